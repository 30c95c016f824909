//! Text from users' files made harmless in HTML.

/// Text for the body and for quoted attributes. Markup is escaped. Control characters, which HTML
/// forbids, and the marks that turn the direction of writing, which could make a name read as something
/// else, become U+FFFD.
pub(crate) fn esc(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(letter),
            _ if letter.is_control() || turns(letter) => safe.push('\u{fffd}'),
            _ => safe.push(letter),
        }
    }
    safe
}

/// Text of at most `letters` characters, with an ellipsis where it was cut. Not escaped.
pub(crate) fn short(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `1 round`, `2 rounds`.
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_name_holds_becomes_markup() {
        let safe = esc("<b a='1' c=\"2\">&amp;\u{0}\u{202e}x");
        assert_eq!(safe, "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;\u{fffd}\u{fffd}x");
    }

    #[test]
    fn cut_text_says_so() {
        assert_eq!(short("Ankara", 6), "Ankara");
        assert_eq!(short("Ankara air base", 8), "Ankara…");
    }
}
