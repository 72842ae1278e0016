//! A text as words, numbers and marks, with what is only made to look different taken back.

use crate::words::Kinds;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Letters.
    Word,
    /// Digits.
    Digits,
    /// Letters and digits.
    Mixed,
    /// One mark: a stop, a dash, a bracket.
    Mark(char),
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// All in small letters.
    Lower,
    /// With a Capital first, and small ones (`McAllister` has another).
    Capital,
    /// ALL IN CAPITALS.
    Upper,
    /// One capital alone.
    Initial,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it begins, in code points.
    pub(crate) start: usize,
    /// Where it has ended, in code points.
    pub(crate) end: usize,
    pub(crate) made: Made,
    pub(crate) case: Case,
    /// Whether nothing stands between it and the one before.
    pub(crate) is_joined: bool,
    pub(crate) kinds: Kinds,
    /// Its letters and digits in lower case, as a range of bytes.
    lower: (usize, usize),
    /// How many letters and digits it has.
    pub(crate) length: usize,
}

/// Every token of a text.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    list: Vec<Token>,
    lower: String,
}

impl Tokens {
    /// Reads a text.
    pub(crate) fn read(text: &str) -> Self {
        let mut tokens = Self { list: Vec::with_capacity(text.len() / 4), lower: String::with_capacity(text.len()) };
        let mut open: Option<Open> = None;
        let mut is_joined = false;
        for (place, written) in text.chars().enumerate() {
            let Some(letter) = plain(written) else { continue };
            if letter.is_alphanumeric() || is_combining(letter) {
                let open = open.get_or_insert_with(|| Open::at(place, tokens.lower.len(), is_joined));
                open.add(letter, place);
                if letter.is_ascii() {
                    tokens.lower.push(letter.to_ascii_lowercase());
                } else {
                    tokens.lower.extend(letter.to_lowercase());
                }
                is_joined = true;
                continue;
            }
            tokens.close(&mut open);
            if letter.is_whitespace() || letter.is_control() {
                is_joined = false;
                continue;
            }
            tokens.mark(letter, place, is_joined);
            is_joined = true;
        }
        tokens.close(&mut open);
        tokens
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The places of what has digits, and of the days of a month in words.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        let is_number = |token: &Token| matches!(token.made, Made::Digits | Made::Mixed) || token.kinds.is(Kinds::ORDINAL);
        self.list.iter().enumerate().filter(move |(_, token)| is_number(token)).map(|(place, _)| place)
    }

    pub(crate) fn get(&self, place: usize) -> Option<&Token> {
        self.list.get(place)
    }

    /// A token's letters and digits in lower case.
    pub(crate) fn lower(&self, token: &Token) -> &str {
        self.lower.get(token.lower.0..token.lower.1).unwrap_or_default()
    }

    fn mark(&mut self, mark: char, place: usize, is_joined: bool) {
        let lower = (self.lower.len(), self.lower.len());
        let (made, case, kinds) = (Made::Mark(mark), Case::Lower, Kinds::NONE);
        self.list.push(Token { start: place, end: place + 1, made, case, is_joined, kinds, lower, length: 0 });
    }

    fn close(&mut self, open: &mut Option<Open>) {
        let Some(open) = open.take() else { return };
        let lower = (open.lower, self.lower.len());
        let mut made = match (open.letters, open.digits) {
            (_, 0) => Made::Word,
            (0, _) => Made::Digits,
            _ => Made::Mixed,
        };
        let word = self.lower.get(lower.0..).unwrap_or_default();
        // "O7700": the letter is typed for the digit.
        if made == Made::Mixed && open.letters + open.digits > 2 && word.chars().all(|letter| letter == 'o' || letter.is_ascii_digit()) {
            made = Made::Digits;
        }
        let kinds = if made == Made::Word { Kinds::of(word) } else { Kinds::NONE };
        if made == Made::Digits && open.letters > 0 {
            let digits = word.replace('o', "0");
            self.lower.truncate(lower.0);
            self.lower.push_str(&digits);
        }
        let (start, end, is_joined, length) = (open.start, open.end, open.is_joined, open.letters + open.digits);
        self.list.push(Token { start, end, made, case: open.case(), is_joined, kinds, lower, length });
    }
}

/// A word or number that is being read.
struct Open {
    start: usize,
    end: usize,
    lower: usize,
    is_joined: bool,
    letters: usize,
    digits: usize,
    capitals: usize,
    begins_with_capital: bool,
}

impl Open {
    fn at(start: usize, lower: usize, is_joined: bool) -> Self {
        Self { start, end: start, lower, is_joined, letters: 0, digits: 0, capitals: 0, begins_with_capital: false }
    }

    fn add(&mut self, letter: char, place: usize) {
        self.end = place + 1;
        if letter.is_ascii_digit() {
            self.digits += 1;
        } else if !is_combining(letter) {
            self.begins_with_capital |= self.letters == 0 && letter.is_uppercase();
            self.letters += 1;
            self.capitals += usize::from(letter.is_uppercase());
        }
    }

    fn case(&self) -> Case {
        match (self.begins_with_capital, self.letters, self.capitals) {
            (true, 1, _) => Case::Initial,
            (true, letters, capitals) if letters == capitals => Case::Upper,
            (true, ..) => Case::Capital,
            _ => Case::Lower,
        }
    }
}

/// A letter as it is read: full-width and Arabic digits as plain ones, every dash and apostrophe as one; `None` for what is not seen at all.
fn plain(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    let shifted = |base: u32, first: u32| char::from_u32(u32::from(letter).wrapping_sub(base) + first);
    match letter {
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        '\u{ff01}'..='\u{ff5e}' => shifted(0xff01, 0x21),
        '\u{660}'..='\u{669}' => shifted(0x660, 0x30),
        '\u{6f0}'..='\u{6f9}' => shifted(0x6f0, 0x30),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((u32::from(letter) - 0x1d7ce) % 10, 10),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '‘' | '’' | 'ʼ' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        _ => Some(letter),
    }
}

/// An accent that is written as a letter of its own.
fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}
