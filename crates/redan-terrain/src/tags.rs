//! Tags of a TIFF directory as bytes (TIFF 6.0, section 2), little-endian.

/// The tags of one image, in ascending order of their numbers, as the standard wants them.
#[derive(Default)]
pub(crate) struct Directory {
    tags: Vec<Tag>,
}

struct Tag {
    number: u16,
    kind: u16,
    count: usize,
    bytes: Vec<u8>,
}

/// Bytes of a tag in the directory, and those of its value that stand in the tag itself.
const TAG_BYTES: usize = 12;
const SHORT_VALUE_BYTES: usize = 4;

impl Directory {
    pub(crate) fn shorts(&mut self, number: u16, values: &[u16]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.tags.push(Tag { number, kind: 3, count: values.len(), bytes });
    }

    pub(crate) fn longs(&mut self, number: u16, values: &[u32]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.tags.push(Tag { number, kind: 4, count: values.len(), bytes });
    }

    pub(crate) fn doubles(&mut self, number: u16, values: &[f64]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.tags.push(Tag { number, kind: 12, count: values.len(), bytes });
    }

    pub(crate) fn text(&mut self, number: u16, text: &str) {
        let mut bytes = text.as_bytes().to_vec();
        bytes.push(0);
        self.tags.push(Tag { number, kind: 2, count: bytes.len(), bytes });
    }

    /// The directory and the long values behind it, for a place of the file; `None` where it would
    /// reach beyond what 32 bits can count.
    pub(crate) fn to_bytes(&self, start: u32) -> Option<Vec<u8>> {
        let small = |count: usize| u32::try_from(count).ok();
        let behind = 2 + TAG_BYTES * self.tags.len() + 4;
        let (mut head, mut values) = (Vec::with_capacity(behind), Vec::new());
        head.extend(u16::try_from(self.tags.len()).ok()?.to_le_bytes());
        for tag in &self.tags {
            head.extend(tag.number.to_le_bytes());
            head.extend(tag.kind.to_le_bytes());
            head.extend(small(tag.count)?.to_le_bytes());
            if tag.bytes.len() <= SHORT_VALUE_BYTES {
                let mut bytes = tag.bytes.clone();
                bytes.resize(SHORT_VALUE_BYTES, 0);
                head.extend(bytes);
            } else {
                let at = small(behind + values.len())?.checked_add(start)?;
                head.extend(at.to_le_bytes());
                values.extend_from_slice(&tag.bytes);
                // Values begin on even places.
                values.resize(values.len().next_multiple_of(2), 0);
            }
        }
        head.extend(0_u32.to_le_bytes());
        small(behind + values.len())?.checked_add(start)?;
        head.extend(values);
        Some(head)
    }
}

/// Text as it may stand between marks of XML; what XML cannot hold is left out.
pub(crate) fn xml_text(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            control if control < ' ' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
