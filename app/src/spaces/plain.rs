//! Text as it can be kept, whatever was sent.

/// The text with one kind of line ending, without what cannot be seen and turns the direction of what follows (Trojan Source, CVE-2021-42574).
/// The marks that languages written from the right need of themselves stay.
pub fn plain_text(entered: &str) -> String {
    let text = entered.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|letter| !turns(*letter) && (!letter.is_control() || matches!(letter, '\n' | '\t'))).collect();
    kept.trim_end().trim_start_matches('\n').to_owned()
}

/// The same of one line, with single spaces.
pub fn plain_line(entered: &str) -> String {
    plain_text(entered).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Embeddings, overrides and isolates.
const fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_turns_the_direction_of_what_follows_is_kept_without_that() {
        assert_eq!(plain_text("\n a\u{202e}b\r\nc\u{2066}\rd\u{0} \n"), " ab\nc\nd");
        assert_eq!(plain_text("שלום\u{200f}!"), "שלום\u{200f}!");
        assert_eq!(plain_line("  When a\nfamily \t stops "), "When a family stops");
    }
}
