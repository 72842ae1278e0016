//! Names as they are compared: in small letters and without accents, so that both databases find and order them alike.
//!
//! SQLite knows the capitals of English alone, and Postgres orders by the language of its server; neither is asked.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as it is stored for comparing.
pub fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match without_stroke(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// The letters that Unicode does not take apart, as English writes them.
const fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        '‘' | '’' | 'ʼ' => "'",
        '‐' | '‑' | '–' => "-",
        _ => return None,
    })
}

/// What a search means to `LIKE … ESCAPE '!'` on a folded column: the words anywhere, every other character for itself. Empty where nothing
/// is searched for.
pub fn anywhere(search: &str) -> String {
    let words = folded(&search.split_whitespace().collect::<Vec<_>>().join(" "));
    if words.is_empty() {
        return words;
    }
    format!("%{}%", literally(&words))
}

/// Of how many words of a search each may stand anywhere. Words beyond that follow the last of these.
const WORDS: usize = 4;

/// The words of a search, each as a pattern for `LIKE … ESCAPE '!'` on folded columns, so that "Pickersgill, Joanne" finds Joanne
/// Pickersgill. A pattern that no word is left for finds everything.
pub fn each_anywhere(search: &str) -> [String; WORDS] {
    let folded = folded(search);
    patterns(folded.split(|letter: char| letter.is_whitespace() || letter == ','), "")
}

/// The same for words of which each begins a word of the column, which stands behind a space and has spaces in place of its hyphens:
/// "ami ra" finds Amina Rahman, and not Samira.
pub fn each_beginning(words: &[String]) -> [String; WORDS] {
    patterns(words.iter().map(String::as_str), " ")
}

fn patterns<'a>(words: impl Iterator<Item = &'a str>, before_each: &str) -> [String; WORDS] {
    let mut patterns: [String; WORDS] = std::array::from_fn(|_| "%".to_owned());
    for (place, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if let Some(pattern) = patterns.get_mut(place.min(WORDS - 1)) {
            pattern.push_str(before_each);
            pattern.push_str(&literally(word));
            pattern.push('%');
        }
    }
    patterns
}

fn literally(word: &str) -> String {
    word.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_with_and_without_its_accents() {
        for (name, key) in [
            ("Élodie", "elodie"),
            ("ŞULE", "sule"),
            ("Ólafur Łukasz", "olafur lukasz"),
            ("O’Hara", "o'hara"),
            ("Weiß-Ærø", "weiss-aero"),
            ("İpek", "ipek"),
            ("Nguyễn", "nguyen"),
            ("李", "李"),
        ] {
            assert_eq!(folded(name), key);
        }
    }

    #[test]
    fn what_means_something_to_the_database_means_itself() {
        assert_eq!(anywhere("  100%  a_b! "), "%100!% a!_b!!%");
        assert_eq!(anywhere("  "), "");
        assert_eq!(each_anywhere("100% a_b!"), ["%100!%%", "%a!_b!!%", "%", "%"]);
    }

    #[test]
    fn the_words_of_a_search_are_looked_for_in_whatever_order() {
        assert_eq!(each_anywhere("Pickersgill,  Joanne"), ["%pickersgill%", "%joanne%", "%", "%"]);
        assert_eq!(each_anywhere("Ana María van der Berg"), ["%ana%", "%maria%", "%van%", "%der%berg%"]);
        assert_eq!(each_anywhere(" , "), ["%", "%", "%", "%"]);
    }

    #[test]
    fn a_word_that_begins_one_is_looked_for_behind_a_space() {
        let words = ["ami", "a_b", "van", "der", "berg"].map(str::to_owned);
        assert_eq!(each_beginning(&words), ["% ami%", "% a!_b%", "% van%", "% der% berg%"]);
        assert_eq!(each_beginning(&[]), ["%", "%", "%", "%"]);
    }
}
