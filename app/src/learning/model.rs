//! What a learning page is made of.

/// A text with its questions.
#[derive(Debug)]
pub struct Text {
    /// Its part of the address.
    pub slug: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// One sentence on what it is about.
    pub about: &'static str,
    /// For how long it counts.
    pub minutes: i64,
    /// What there is to read.
    pub sections: &'static [Section],
    /// What there is to answer.
    pub questions: &'static [Question],
}

/// A part of a text.
#[derive(Debug)]
pub struct Section {
    /// What stands above it.
    pub title: &'static str,
    /// Its paragraphs.
    pub paragraphs: &'static [&'static str],
    /// Points below them; may be none.
    pub points: &'static [&'static str],
}

/// A question to check oneself by.
#[derive(Debug)]
pub struct Question {
    /// What is asked.
    pub asks: &'static str,
    /// The answers to choose from.
    pub options: &'static [Choice],
}

/// An answer that can be chosen.
#[derive(Debug)]
pub struct Choice {
    /// What it says.
    pub words: &'static str,
    /// What there is to say about it.
    pub feedback: &'static str,
    /// Whether it is the right one.
    pub is_right: bool,
}

/// The name of the field of a question, by its place counted from one.
pub fn answer_field(place: usize) -> String {
    format!("answers[q{place}]")
}
