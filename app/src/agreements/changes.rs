//! What changed from one version to the next: heading by heading, and within a heading word by word.

use serde::{Deserialize, Serialize};

use super::model::Section;

/// A part of a text beside the same part of the version before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionChange {
    /// The heading.
    pub heading: String,
    /// How it differs.
    pub change: Change,
    /// The text in pieces; joined without those that were removed, they give the text of this version.
    pub pieces: Vec<Piece>,
}

/// How a part differs from the version before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Not at all.
    Unchanged,
    /// Some words.
    Changed,
    /// The version before had no such part.
    Added,
    /// This version has no such part.
    Removed,
}

/// Some words of a text, with the space between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// In both versions.
    Kept(String),
    /// In the version before alone.
    Removed(String),
    /// In this version alone.
    Added(String),
}

/// Compares a text with the one before: its own parts in order, then those that are gone.
pub fn changes(before: &[Section], after: &[Section]) -> Vec<SectionChange> {
    let gone = before.iter().filter(|old| !after.iter().any(|new| new.heading == old.heading)).map(|old| SectionChange {
        heading: old.heading.clone(),
        change: Change::Removed,
        pieces: vec![Piece::Removed(old.text.clone())],
    });
    let present = after.iter().map(|new| {
        let heading = new.heading.clone();
        match before.iter().find(|old| old.heading == new.heading) {
            None => SectionChange { heading, change: Change::Added, pieces: vec![Piece::Added(new.text.clone())] },
            Some(old) if old.text == new.text => {
                SectionChange { heading, change: Change::Unchanged, pieces: vec![Piece::Kept(new.text.clone())] }
            }
            Some(old) => SectionChange { heading, change: Change::Changed, pieces: pieces(&old.text, &new.text) },
        }
    });
    present.chain(gone).collect()
}

/// The most pairs of words that are compared: beyond it a part counts as rewritten, so that no text takes long.
const MOST_PAIRS: usize = 1_000_000;

/// The two texts as what they share and what they do not, by their longest common run of words.
fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (words(before), words(after));
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (shared, old, new) =
        (new.get(..head).unwrap_or_default(), old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, rest) = old.split_at(old.len() - tail);
    let (new, _) = new.split_at(new.len() - tail);
    let mut pieces = Pieces::default();
    pieces.keep(shared);
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        pieces.remove(old);
        pieces.add(new);
    } else {
        between(&mut pieces, old, new);
    }
    pieces.keep(rest);
    pieces.0
}

/// Words with the space that follows each, so that together they are the text.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Walks both lists by the table of longest common runs.
fn between(pieces: &mut Pieces, mut old: &[&str], mut new: &[&str]) {
    let table = common_runs(old, new);
    let longest = |old: &[&str], new: &[&str]| table.get(old.len()).and_then(|row| row.get(new.len())).copied().unwrap_or(0);
    while let ([first_old, rest_old @ ..], [first_new, rest_new @ ..]) = (old, new) {
        if first_old == first_new {
            pieces.keep(std::slice::from_ref(first_new));
            (old, new) = (rest_old, rest_new);
        } else if longest(rest_old, new) >= longest(old, rest_new) {
            pieces.remove(std::slice::from_ref(first_old));
            old = rest_old;
        } else {
            pieces.add(std::slice::from_ref(first_new));
            new = rest_new;
        }
    }
    pieces.remove(old);
    pieces.add(new);
}

/// How long the longest common run of words is, for every pair of endings: `table[m][n]` for the last m words of one and n of the other.
fn common_runs(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]];
    for word in old.iter().rev() {
        let above = table.last().cloned().unwrap_or_default();
        let mut row = vec![0];
        for ((other, diagonal), straight) in new.iter().rev().zip(&above).zip(above.iter().skip(1)) {
            let left = row.last().copied().unwrap_or(0);
            row.push(if word == other { diagonal + 1 } else { left.max(*straight) });
        }
        table.push(row);
    }
    table
}

/// Pieces under way; words that follow one another with the same fate become one piece.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn keep(&mut self, words: &[&str]) {
        self.put(words, |piece| if let Piece::Kept(text) = piece { Some(text) } else { None }, Piece::Kept);
    }

    fn remove(&mut self, words: &[&str]) {
        self.put(words, |piece| if let Piece::Removed(text) = piece { Some(text) } else { None }, Piece::Removed);
    }

    fn add(&mut self, words: &[&str]) {
        self.put(words, |piece| if let Piece::Added(text) = piece { Some(text) } else { None }, Piece::Added);
    }

    fn put(&mut self, words: &[&str], text_of: fn(&mut Piece) -> Option<&mut String>, make: fn(String) -> Piece) {
        if words.is_empty() {
            return;
        }
        let words = words.concat();
        match self.0.last_mut().and_then(text_of) {
            Some(text) => text.push_str(&words),
            None => self.0.push(make(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn section(heading: &str, text: &str) -> Section {
        Section { heading: heading.to_owned(), text: text.to_owned() }
    }

    /// `{+added+}` and `[-removed-]`.
    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Kept(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn a_changed_part_shows_the_words_that_came_and_went() {
        let old = "Whoever cannot come sends apologies, at least 24 hours ahead.";
        let new = "Whoever cannot come sends apologies here, at least two days ahead.";
        assert_eq!(
            shown(&pieces(old, new)),
            "Whoever cannot come sends [-apologies, -]{+apologies here, +}at least [-24 hours -]{+two days +}ahead."
        );
    }

    #[test]
    fn parts_are_unchanged_changed_added_or_removed() {
        let before = [section("Review", "Once a year."), section("Records", "None."), section("Tea", "Always.")];
        let after = [section("Review", "Once a year."), section("Records", "Few."), section("Room", "A private one.")];
        let found: Vec<_> = changes(&before, &after).into_iter().map(|change| (change.heading, change.change)).collect();
        let expected = [("Review", Change::Unchanged), ("Records", Change::Changed), ("Room", Change::Added), ("Tea", Change::Removed)];
        assert_eq!(found, expected.map(|(heading, change)| (heading.to_owned(), change)));
    }

    proptest! {
        #[test]
        fn what_is_kept_and_added_is_the_new_text_and_what_is_kept_and_removed_the_old(old in "[abc \n]{0,60}", new in "[abc \n]{0,60}") {
            let pieces = pieces(&old, &new);
            let mut texts = (String::new(), String::new());
            for piece in &pieces {
                match piece {
                    Piece::Kept(text) => { texts.0.push_str(text); texts.1.push_str(text); }
                    Piece::Removed(text) => texts.0.push_str(text),
                    Piece::Added(text) => texts.1.push_str(text),
                }
            }
            prop_assert_eq!(texts, (old, new));
        }
    }
}
