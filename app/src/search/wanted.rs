//! What is looked for in texts: words, and never operators, however they are typed; and what of a text is shown around them.

use std::collections::BTreeMap;

use super::answers::Piece;
use crate::database::folded;

/// The most words that are looked for. Whoever types more has found what they wanted with these.
const MOST_WORDS: usize = 8;
/// The most letters of a word that count.
const LONGEST_WORD: usize = 40;
/// A word of as many letters finds what begins with it; a shorter one would find almost everything.
const BEGINS: usize = 3;

/// Of how many letters a word is of which the others are known that begin with it, up to twenty-six letters: the index keeps words of five to as many.
const KNOWN_FROM: std::ops::RangeInclusive<usize> = BEGINS + 1..=25;

/// Words that stand in every text and tell nothing of it, where others were typed too.
const EVERYWHERE: [&str; 14] = ["a", "an", "and", "are", "at", "for", "in", "is", "of", "on", "or", "the", "to", "with"];

/// The words that a text has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Those that tell something.
    words: Vec<Word>,
    /// All of them, one after the other.
    phrase: Vec<String>,
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed, folded: letters and digits, and nothing else.
    typed: String,
    /// Words that may have been meant instead.
    meant: Vec<String>,
    /// The words that begin with it, where they are known and looked for in the place of the beginning.
    longer: Option<Vec<String>>,
}

impl Wanted {
    /// The words of what was typed, already folded. Whatever is neither letter nor digit stands between words.
    pub fn of(folded: &str) -> Self {
        let typed = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let phrase: Vec<String> = typed.take(2 * MOST_WORDS).map(|word| word.chars().take(LONGEST_WORD).collect()).collect();
        let (telling, others): (Vec<&String>, Vec<&String>) = phrase.iter().partition(|word| !EVERYWHERE.contains(&word.as_str()));
        let words = if telling.is_empty() { others } else { telling };
        let words =
            words.into_iter().take(MOST_WORDS).map(|typed| Word { typed: typed.clone(), meant: Vec::new(), longer: None }).collect();
        Self { words, phrase }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words that are long enough to be mistyped and still known.
    pub fn mistakable(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.typed.as_str()).filter(|typed| most_slips(typed) > 0)
    }

    /// The same, where other words may have been meant.
    pub fn meaning(mut self, known: &[(String, i64)]) -> Self {
        for word in &mut self.words {
            word.meant = nearest(&word.typed, known);
        }
        self
    }

    /// The words of which those are known that begin with them and have at most twenty-six letters.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| KNOWN_FROM.contains(&word.typed.chars().count())).map(|word| word.typed.as_str())
    }

    /// The same, where the words are known that begin with some of them.
    pub fn beginning(mut self, known: &BTreeMap<String, Vec<String>>) -> Self {
        for word in &mut self.words {
            word.longer = known.get(&word.typed).cloned();
        }
        self
    }

    /// What was typed, and what is looked for in its place.
    pub fn instead(&self) -> Vec<(String, Vec<String>)> {
        let changed = self.words.iter().filter(|word| !word.meant.is_empty());
        changed.map(|word| (word.typed.clone(), word.meant.clone())).collect()
    }

    /// As the index of SQLite is asked: every word quoted, so that it means itself.
    pub fn in_fts5(&self) -> String {
        self.each(" AND ", " OR ", |word, begins| format!("\"{word}\"{}", if begins { "*" } else { "" }))
    }

    /// The same of titles alone.
    pub fn in_title_fts5(&self) -> String {
        format!("title : ({})", self.in_fts5())
    }

    /// All of the words one after the other in a title.
    pub fn phrase_fts5(&self) -> String {
        format!("title : \"{}\"{}", self.likeliest().join(" "), if self.phrase_begins() { "*" } else { "" })
    }

    /// As Postgres is asked.
    pub fn in_tsquery(&self) -> String {
        self.each(" & ", " | ", |word, begins| format!("'{word}'{}", if begins { ":*" } else { "" }))
    }

    /// All of the words one after the other in a title, as a pattern for `LIKE` on plain words with a space at each end.
    pub fn phrase_like(&self) -> String {
        format!("% {}{}", self.likeliest().join(" "), if self.phrase_begins() { "%" } else { " %" })
    }

    fn likeliest(&self) -> Vec<&str> {
        let meant = |typed: &str| self.words.iter().find(|word| word.typed == typed).and_then(|word| word.meant.first());
        self.phrase.iter().map(|typed| meant(typed).map_or(typed.as_str(), String::as_str)).collect()
    }

    fn phrase_begins(&self) -> bool {
        self.phrase.last().is_some_and(|word| word.chars().count() >= BEGINS)
    }

    fn each(&self, and: &str, or: &str, one: impl Fn(&str, bool) -> String) -> String {
        let word = |word: &Word| {
            let others = word.longer.iter().flatten().chain(&word.meant).map(|other| one(other, false));
            let all: Vec<String> = std::iter::once(one(&word.typed, word.begins() && word.longer.is_none())).chain(others).collect();
            format!("({})", all.join(or))
        };
        self.words.iter().map(word).collect::<Vec<_>>().join(and)
    }

    /// Whether a text holds every word, for the few texts that stand in no database.
    pub fn is_in(&self, text: &str) -> bool {
        let own: Vec<String> = words_in(text).map(|(_, word)| folded(word)).collect();
        self.words.iter().all(|word| own.iter().any(|own| word.is(own)))
    }

    /// The part of a text in which the words stand first, with the words marked.
    pub fn shown_in(&self, text: &str) -> Vec<Piece> {
        let is_wanted = |word: &str| {
            let own = folded(word);
            self.words.iter().any(|word| word.is(&own))
        };
        let first = words_in(text).find(|(_, word)| is_wanted(word)).map_or(0, |(at, _)| at);
        let (from, until) = part_around(text, first);
        let part = text.get(from..until).unwrap_or_default();
        let mut pieces = Vec::new();
        let mut plain = if from > 0 { "… ".to_owned() } else { String::new() };
        let mut after = 0;
        for (at, word) in words_in(part).filter(|(_, word)| is_wanted(word)) {
            plain.push_str(part.get(after..at).unwrap_or_default());
            pieces.push(Piece { text: std::mem::take(&mut plain), is_marked: false });
            pieces.push(Piece { text: word.to_owned(), is_marked: true });
            after = at + word.len();
        }
        plain.push_str(part.get(after..).unwrap_or_default());
        if until < text.len() {
            plain.push('…');
        }
        pieces.push(Piece { text: plain, is_marked: false });
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

impl Word {
    fn begins(&self) -> bool {
        self.typed.chars().count() >= BEGINS
    }

    fn is(&self, own: &str) -> bool {
        own == self.typed || (self.begins() && own.starts_with(&self.typed)) || self.meant.iter().any(|meant| meant == own)
    }
}

/// How many letters before the first word, and how many in all, are shown of a text.
const BEFORE: usize = 70;
const SHOWN: usize = 220;

/// Where a part of a text begins and ends, around a place and with whole words.
fn part_around(text: &str, place: usize) -> (usize, usize) {
    let before = text.get(..place).unwrap_or_default();
    let from = if before.chars().count() <= BEFORE {
        0
    } else {
        let cut = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
        let space = before.get(cut..).unwrap_or_default().find(char::is_whitespace);
        space.map_or(cut, |space| cut + space + 1)
    };
    let rest = text.get(from..).unwrap_or_default();
    match rest.char_indices().nth(SHOWN) {
        None => (from, text.len()),
        Some((end, _)) => {
            let cut = rest.get(..end).unwrap_or_default();
            (from, from + cut.rfind(char::is_whitespace).unwrap_or(end))
        }
    }
}

/// The words of a text, each with where it begins.
fn words_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|letter: char| !letter.is_alphanumeric()).filter_map(move |word| {
        let begins = at;
        // What ends a word is one letter, of however many bytes.
        at += word.len() + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((begins, word))
    })
}

/// How many letters somebody may slip on in a word and still be understood: one in six, two in nine.
fn most_slips(word: &str) -> usize {
    match word.chars().count() {
        0..=5 => 0,
        6..=8 => 1,
        _ => 2,
    }
}

/// Between which lengths the words lie that may have been meant by another.
pub fn lengths_near(word: &str) -> (i64, i64) {
    let (length, slips) = (word.chars().count(), most_slips(word));
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    (whole(length.saturating_sub(slips)), whole(length + slips))
}

/// How many words are looked for in the place of one.
const MOST_MEANT: usize = 3;

/// The known words that are nearest to one, those that stand in the most texts first.
fn nearest(word: &str, known: &[(String, i64)]) -> Vec<String> {
    let slips = most_slips(word);
    let near = known.iter().filter(|(other, _)| other.chars().next() == word.chars().next());
    let near = near.map(|(other, texts)| (distance(word, other), -texts, other)).filter(|(slipped, _, _)| (1..=slips).contains(slipped));
    let mut near: Vec<_> = near.collect();
    near.sort_unstable();
    let least = near.first().map_or(0, |(slipped, _, _)| *slipped);
    near.into_iter().filter(|(slipped, _, _)| *slipped == least).take(MOST_MEANT).map(|(_, _, other)| other.clone()).collect()
}

/// How many letters have to be added, left out, put in the place of another or changed over with the next to make one word of another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut two_above: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, letter) in one.chars().enumerate() {
        let mut next = vec![row + 1];
        for (place, its) in other.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let changed = cell(&above, place) + usize::from(letter != *its);
            let mut slips = changed.min(cell(&above, place + 1) + 1).min(cell(&next, place) + 1);
            let before = place.checked_sub(1);
            if let Some(before) = before.filter(|before| other.get(*before) == Some(&letter) && previous == Some(*its)) {
                slips = slips.min(cell(&two_above, before) + 1);
            }
            next.push(slips);
        }
        two_above = std::mem::replace(&mut above, next);
        previous = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(typed: &str) -> Wanted {
        Wanted::of(&folded(typed))
    }

    #[test]
    fn what_is_an_operator_elsewhere_is_a_word_or_nothing_here() {
        for (typed, fts5, tsquery) in [
            ("\"stay* OR title:wait\"", "(\"stay\"*) AND (\"title\"*) AND (\"wait\"*)", "('stay':*) & ('title':*) & ('wait':*)"),
            ("-NEAR(a, b) ^c", "(\"near\"*) AND (\"b\") AND (\"c\")", "('near':*) & ('b') & ('c')"),
            ("don’t!:&|<->'", "(\"don\"*) AND (\"t\")", "('don':*) & ('t')"),
        ] {
            assert_eq!((wanted(typed).in_fts5().as_str(), wanted(typed).in_tsquery().as_str()), (fts5, tsquery), "{typed}");
        }
        assert!(wanted("\" * : - ( ) & | ! <-> \u{0}").is_empty());
        assert_eq!(wanted("of the").in_fts5(), "(\"of\") AND (\"the\"*)", "what tells nothing is looked for where nothing else was typed");
        let phrase = |typed: &str| [wanted(typed).phrase_fts5(), wanted(typed).phrase_like()];
        assert_eq!(phrase("the end of it"), ["title : \"the end of it\"", "% the end of it %"]);
        assert_eq!(phrase("100% ending"), ["title : \"100 ending\"*", "% 100 ending%"]);
        assert_eq!(wanted(&"word ".repeat(50)).in_tsquery().matches("word").count(), MOST_WORDS);
    }

    #[test]
    fn words_that_are_known_to_begin_with_one_are_looked_for_in_the_place_of_the_beginning() {
        let typed = wanted("to wait in the bay, attuned");
        assert_eq!(typed.beginnings().collect::<Vec<_>>(), ["wait", "attuned"], "of three letters not every word is known");
        let known = BTreeMap::from([("wait".to_owned(), vec!["waited".to_owned(), "waiting".to_owned()])]);
        let asked = typed.beginning(&known);
        assert_eq!(asked.in_fts5(), "(\"wait\" OR \"waited\" OR \"waiting\") AND (\"bay\"*) AND (\"attuned\"*)");
        assert_eq!(asked.phrase_fts5(), "title : \"to wait in the bay attuned\"*");
        let none = wanted("waiting").beginning(&BTreeMap::from([("waiting".to_owned(), Vec::new())]));
        assert_eq!(none.in_fts5(), "(\"waiting\")", "nothing else begins with it");
    }

    #[test]
    fn a_word_that_was_mistyped_is_known_by_the_words_that_there_are() {
        let known = ["attunement", "attachment", "reflective", "refuse", "covers"].map(|word| (word.to_owned(), 1));
        let meant = |typed: &str| wanted(typed).meaning(&known).instead().into_iter().flat_map(|(_, meant)| meant).collect::<Vec<_>>();
        assert_eq!(meant("attunment"), ["attunement"]);
        assert_eq!(meant("attunemnet"), ["attunement"]);
        assert_eq!(meant("reflexive"), ["reflective"]);
        assert!(meant("cober").is_empty(), "a short word is what it is");
        assert!(meant("attunement").is_empty(), "a word that is known is meant");
        assert!(meant("xattunement").is_empty(), "hardly anybody slips on the first letter");
        assert_eq!(
            ["kitten sitting", "abcd acbd", "same same", " abc"].map(|pair| {
                let (one, other) = pair.split_once(' ').unwrap();
                distance(one, other)
            }),
            [3, 1, 0, 3]
        );
    }

    #[test]
    fn what_is_shown_of_a_text_lies_around_the_first_word_and_marks_them_all() {
        let said = |typed: &str, text: &str| {
            let pieces = wanted(typed).shown_in(text).into_iter();
            pieces.map(|piece| if piece.is_marked { format!("[{}]", piece.text) } else { piece.text }).collect::<String>()
        };
        assert_eq!(said("wait silen", "I wait, and the Silence – waits."), "I [wait], and the [Silence] – [waits].");
        assert_eq!(said("ete", "Un été, <b>été</b>"), "Un [été], <b>[été]</b>");
        assert_eq!(said("none", "Nothing of it"), "Nothing of it");
        assert_eq!(said("none", ""), "");
        let long = format!("{}here it is {}", "before ".repeat(40), "after ".repeat(60));
        let shown = said("here", &long);
        assert!(shown.starts_with("… before") && shown.contains("before [here] it is after") && shown.ends_with("after…"), "{shown}");
        assert!((200..=240).contains(&shown.chars().count()), "{}", shown.chars().count());
        assert!(said("ä", &"ääää ".repeat(400)).chars().count() < 240);
    }

    #[test]
    fn a_text_that_stands_in_no_database_is_found_by_the_same_words() {
        assert!(wanted("yes cycle").is_in("Yes-cycles, and breaks that are mended"));
        assert!(!wanted("yes cycle").is_in("Yes"));
        assert!(!wanted("on e").is_in("Only ever one"), "a short word finds itself alone");
    }
}
