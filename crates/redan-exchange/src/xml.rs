//! Text within XML 1.0.

use std::borrow::Cow;

/// A text as content or as an attribute's value between double quotes. Characters that XML 1.0 forbids
/// (section 2.2) become spaces; line ends in attributes are kept as references, which a reader would
/// otherwise make spaces (section 3.3.3).
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let is_plain =
        |letter: char| !matches!(letter, '&' | '<' | '>' | '"' | '\'') && is_char(letter);
    if text.chars().all(|letter| is_plain(letter) && !letter.is_control()) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            other => escaped.push(if is_char(other) { other } else { ' ' }),
        }
    }
    Cow::Owned(escaped)
}

/// The production Char of the standard.
fn is_char(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_markup() {
        assert_eq!(text("Murted, 1st"), "Murted, 1st");
        assert_eq!(text("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&apos;");
        assert_eq!(text("one\ntwo\u{7}\u{ffff}Würfel"), "one&#10;two  Würfel");
    }
}
