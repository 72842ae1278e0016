//! What people are in what they let be used, so that two who say the same in other words are alike.

use crate::registration::Setting;

/// Words that say nothing of which languages somebody works in.
const BESIDE_LANGUAGES: [&str; 21] = [
    "a", "also", "and", "basic", "bit", "both", "fluent", "little", "mainly", "mostly", "n", "na", "native", "nil", "no", "none", "not",
    "of", "only", "or", "some",
];

/// What everybody is supervised in, so that nobody is alone who works in it.
const SUPERVISED_IN: &str = "english";

/// "health visitor"; nothing where nothing was said.
pub fn profession(said: &str) -> Option<String> {
    let words: Vec<String> = said.split_whitespace().map(str::to_lowercase).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The languages beside English, in whatever order they were said; nothing where there are none.
pub fn language(said: &str) -> Option<String> {
    let words = said.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
    let mut languages: Vec<String> =
        words.filter(|word| !word.is_empty() && word != SUPERVISED_IN && !BESIDE_LANGUAGES.contains(&word.as_str())).collect();
    languages.sort_unstable();
    languages.dedup();
    (!languages.is_empty()).then(|| languages.join(" "))
}

/// "maternity"; nothing where nothing was said, and for whoever works somewhere else, which need not be where another does.
pub fn setting(said: Option<Setting>) -> Option<String> {
    said.filter(|setting| *setting != Setting::Other).map(|setting| setting.key().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_in_other_words_is_the_same() {
        assert_eq!(profession("  Health   Visitor"), profession("health visitor"));
        assert_eq!(profession(" "), None);
        assert_eq!(language("English and Urdu, some Punjabi"), Some("punjabi urdu".to_owned()));
        assert_eq!(language("Punjabi/Urdu"), language("urdu and punjabi"));
        assert_eq!((language("English"), language("")), (None, None));
        assert_eq!(language("English only"), None);
        assert_eq!(language("None"), None);
        assert_eq!(language("N/A"), None);
        assert_eq!(language("Urdu (fluent)"), language("Urdu"));
    }

    #[test]
    fn two_who_work_somewhere_else_are_not_alike_in_it() {
        assert_eq!(setting(Some(Setting::FamilyHub)), Some("family_hub".to_owned()));
        assert_eq!((setting(Some(Setting::Other)), setting(None)), (None, None));
    }
}
