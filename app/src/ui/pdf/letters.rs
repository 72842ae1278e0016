//! The letters: how wide they are, and what stands for one that there is not.

use ttf_parser::Face;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) const REGULAR: &[u8] = include_bytes!("../../../fonts/reverie-sans-regular.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("../../../fonts/reverie-sans-bold.ttf");

/// A weight of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both weights, ready to be measured.
pub(super) struct Letters {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Letters {
    pub fn read() -> Option<Self> {
        Some(Self { regular: Face::parse(REGULAR, 0).ok()?, bold: Face::parse(BOLD, 0).ok()? })
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// How wide a text is at a size.
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let face = self.face(weight);
        let advance = |letter: char| face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or_default();
        let units: f32 = text.chars().map(|letter| f32::from(advance(letter))).sum();
        units * size / f32::from(face.units_per_em())
    }

    /// A text in letters that there are: one without its accents where the accented one is missing, and a question mark where that is too.
    pub fn that_there_are(&self, text: &str) -> String {
        let is_there = |letter: char| self.regular.glyph_index(letter).is_some();
        let mut said = String::with_capacity(text.len());
        for letter in text.nfc() {
            if is_there(letter) {
                said.push(letter);
                continue;
            }
            if letter.is_whitespace() {
                said.push(' ');
                continue;
            }
            let plain: Vec<char> = letter.nfkd().filter(|part| !is_combining_mark(*part)).collect();
            if !plain.is_empty() && plain.iter().all(|part| is_there(*part)) {
                said.extend(plain);
            } else if !letter.is_control() {
                said.push('?');
            }
        }
        said
    }

    /// The lines that a text takes within a width; never none.
    pub fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let text = self.that_there_are(text);
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, weight, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line, weight, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(if line.is_empty() && lines.is_empty() { "–".to_owned() } else { line });
        lines
    }
}
