//! What in a text could identify a family: a scanner by hand, the same on the server and in the browser.
//!
//! It reads words and numbers, never a grammar: a number is what its digits and the words beside it say (a check digit, a postcode area, "born",
//! "the duty line"), and a name is one that stands beside a word for a child, a parent or a relative. It asks no list of people and sends
//! nothing anywhere. What it does not know it lets pass: it helps people to look again, and is no proof that a text is harmless.
//!
//! Invariants: spans are in order, apart from one another and within the text; every look goes a fixed number of words to either side, so that
//! the work grows with the length of the text and no faster; what lies farther off than that changes nothing.

mod category;
mod scanned;
mod tokens;
mod words;

mod address;
mod date;
mod digits;
mod email;
mod name;
mod postcode;
mod reference;
mod vehicle;

use std::iter;

pub use category::Category;

use scanned::Scanned;

/// A part of a text that could identify a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Where it begins, in Unicode code points.
    pub start: usize,
    /// Where it has ended, in Unicode code points.
    pub end: usize,
    /// What it looks like.
    pub category: Category,
}

/// Everything in a text that could identify a family, in the order of the text.
pub fn scan(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begun = 0;
    for paragraph in paragraphs(text) {
        let scanned = look(paragraph);
        spans.extend(scanned.spans().into_iter().map(|span| Span { start: begun + span.start, end: begun + span.end, ..span }));
        begun += paragraph.chars().count();
    }
    spans
}

/// How often a scan looks at a word, which tests hold to the length of the text.
#[doc(hidden)]
pub fn looks(text: &str) -> usize {
    paragraphs(text).map(|paragraph| look(paragraph).looks()).sum()
}

/// The parts of a text that blank lines set apart: what is said in one says nothing of what stands in another.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let mut length = 0;
        for line in rest.split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            length += line.len();
            if is_blank {
                break;
            }
        }
        let (paragraph, behind) = rest.split_at_checked(length)?;
        rest = behind;
        (!paragraph.is_empty()).then_some(paragraph)
    })
}

/// What is surest is claimed first, so that no part is called two things.
fn look(paragraph: &str) -> Scanned {
    let mut found = Scanned::read(paragraph);
    let scanned = &mut found;
    email::find(scanned);
    digits::find_nhs_numbers(scanned);
    date::find(scanned);
    reference::find(scanned);
    digits::find_telephones(scanned);
    postcode::find(scanned);
    vehicle::find(scanned);
    address::find(scanned);
    name::find(scanned);
    found
}
