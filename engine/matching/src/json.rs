//! Text of JSON as a tree, from which the two formats are read.
//!
//! Read by hand because a page loads the engine: the reader that `serde` makes for the same types is larger than the search. It is as strict:
//! nothing that JSON does not allow, no field twice, no number that is not whole, and an error says where.

use std::borrow::Cow;

/// So deep may lists and objects stand within one another. What is deeper was made to exhaust the stack.
const DEEPEST: usize = 100;

/// A value, and where in the text it begins.
#[derive(Debug)]
pub struct Node<'a> {
    value: Value<'a>,
    at: usize,
}

#[derive(Debug)]
enum Value<'a> {
    Null,
    /// Nothing that is read here, as `true`, or half of something.
    Other,
    Whole(i64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// What is wrong, and where.
#[derive(Debug)]
pub struct Misread {
    what: String,
    at: usize,
}

/// Makes something of a text, or says what is wrong with it.
pub fn read<T>(json: &[u8], make: impl Fn(&Node) -> Result<T, Misread>) -> Result<T, String> {
    let read = match str::from_utf8(json) {
        Ok(text) => Reader { text, at: 0 }.whole_text().and_then(|node| make(&node)),
        Err(error) => Err(Misread::new("this is no text of UTF-8", error.valid_up_to())),
    };
    read.map_err(|misread| misread.sentence(json))
}

/// A text with quotation marks around it, in which what JSON does not allow is escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\0'..' ' => {
                quoted.push_str("\\u00");
                let number = u32::from(character);
                quoted.extend([number / 16, number % 16].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

impl Misread {
    fn new(what: &str, at: usize) -> Self {
        Self { what: what.to_owned(), at }
    }

    fn sentence(&self, json: &[u8]) -> String {
        let before = json.get(..self.at).unwrap_or(json);
        let is_end = |byte: &u8| *byte == b'\n';
        let line = before.split(is_end).count();
        // All but the first byte of a character begin with the bits 10.
        let begins_a_character = |byte: &&u8| **byte >> 6 != 0b10;
        let column = 1 + before.rsplit(is_end).next().unwrap_or_default().iter().filter(begins_a_character).count();
        format!("{} at line {line} column {column}", self.what)
    }
}

impl<'a> Node<'a> {
    pub fn text(&self) -> Result<String, Misread> {
        if let Value::Text(text) = &self.value { Ok(text.clone().into_owned()) } else { self.is_not("a text") }
    }

    pub fn number(&self) -> Result<i64, Misread> {
        if let Value::Whole(number) = self.value { Ok(number) } else { self.is_not("a whole number") }
    }

    pub fn list<T>(&self, item: impl Fn(&Self) -> Result<T, Misread>) -> Result<Vec<T>, Misread> {
        self.nodes()?.iter().map(item).collect()
    }

    pub fn texts(&self) -> Result<Vec<String>, Misread> {
        self.list(Self::text)
    }

    /// A list of so many.
    pub fn row<const COUNT: usize>(&self) -> Result<&[Node<'a>; COUNT], Misread> {
        self.nodes()?.as_array().map_or_else(|| self.is_not(&format!("a list of {COUNT}")), Ok)
    }

    /// The fields of an object by name, in the order of the text.
    pub fn fields(&self) -> Result<&[(Cow<'a, str>, Node<'a>)], Misread> {
        if let Value::Object(fields) = &self.value { Ok(fields) } else { self.is_not("an object") }
    }

    /// A field that must be there.
    pub fn field(&self, name: &str) -> Result<&Self, Misread> {
        self.find(name)?.map_or_else(|| self.is_wrong(&format!("missing field `{name}`")), Ok)
    }

    /// A field that may be left out, or be null.
    pub fn optional(&self, name: &str) -> Result<Option<&Self>, Misread> {
        Ok(self.find(name)?.filter(|node| !matches!(node.value, Value::Null)))
    }

    /// The numbers that so many fields must hold.
    pub fn numbers<const COUNT: usize>(&self, names: [&str; COUNT]) -> Result<[i64; COUNT], Misread> {
        let mut numbers = [0; COUNT];
        for (number, name) in numbers.iter_mut().zip(names) {
            *number = self.field(name)?.number()?;
        }
        Ok(numbers)
    }

    fn find(&self, name: &str) -> Result<Option<&Self>, Misread> {
        let mut named = self.fields()?.iter().filter(|(other, _)| other == name).map(|(_, node)| node);
        let first = named.next();
        named.next().map_or(Ok(first), |node| node.is_wrong(&format!("duplicate field `{name}`")))
    }

    fn nodes(&self) -> Result<&[Self], Misread> {
        if let Value::List(nodes) = &self.value { Ok(nodes) } else { self.is_not("a list") }
    }

    fn is_not<T>(&self, what: &str) -> Result<T, Misread> {
        self.is_wrong(&format!("expected {what}"))
    }

    pub fn is_wrong<T>(&self, what: &str) -> Result<T, Misread> {
        Err(Misread::new(what, self.at))
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn whole_text(mut self) -> Result<Node<'a>, Misread> {
        let node = self.node(0)?;
        self.skip_blanks();
        if self.peek().is_some() { self.is_wrong("trailing characters") } else { Ok(node) }
    }

    fn node(&mut self, depth: usize) -> Result<Node<'a>, Misread> {
        if depth > DEEPEST {
            return self.is_wrong("too many lists within one another");
        }
        self.skip_blanks();
        let at = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { value, at })
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Misread> {
        let mut fields = Vec::new();
        self.all_until(b'}', |reader| {
            reader.skip_blanks();
            let name = reader.string()?;
            reader.must_take(b':')?;
            fields.push((name, reader.node(depth + 1)?));
            Ok(())
        })?;
        Ok(Value::Object(fields))
    }

    fn list(&mut self, depth: usize) -> Result<Value<'a>, Misread> {
        let mut nodes = Vec::new();
        self.all_until(b']', |reader| {
            nodes.push(reader.node(depth + 1)?);
            Ok(())
        })?;
        Ok(Value::List(nodes))
    }

    /// What stands between two brackets, with commas in between.
    fn all_until(&mut self, closing: u8, mut item: impl FnMut(&mut Self) -> Result<(), Misread>) -> Result<(), Misread> {
        self.at += 1;
        if self.takes(closing) {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.takes(closing) {
                return Ok(());
            }
            self.must_take(b',')?;
        }
    }

    fn word(&mut self) -> Result<Value<'a>, Misread> {
        let rest = self.rest();
        for (word, value) in [("null", Value::Null), ("true", Value::Other), ("false", Value::Other)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.is_wrong("expected a value")
    }

    fn number(&mut self) -> Result<Value<'a>, Misread> {
        let from = self.at;
        self.takes_here(b'-');
        if !self.takes_here(b'0') {
            self.digits()?;
        }
        let until = self.at;
        if self.takes_here(b'.') {
            self.digits()?;
        }
        if self.takes_here(b'e') || self.takes_here(b'E') {
            let _ = self.takes_here(b'-') || self.takes_here(b'+');
            self.digits()?;
        }
        // As elsewhere, minus nothing is no whole number.
        let whole = self.text.get(from..until).filter(|digits| until == self.at && *digits != "-0");
        let whole = whole.and_then(|digits| digits.parse().ok());
        Ok(whole.map_or(Value::Other, Value::Whole))
    }

    fn digits(&mut self) -> Result<(), Misread> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == from { self.is_wrong("expected a digit") } else { Ok(()) }
    }

    /// A text as it stands in the file, or a copy where something in it is escaped.
    fn string(&mut self) -> Result<Cow<'a, str>, Misread> {
        if !self.takes_here(b'"') {
            return self.is_wrong("expected a text");
        }
        let mut copy = String::new();
        let mut from = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let last = self.text.get(from..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(if copy.is_empty() { Cow::Borrowed(last) } else { Cow::Owned(copy + last) });
                }
                Some(b'\\') => {
                    copy.push_str(self.text.get(from..self.at).unwrap_or_default());
                    self.at += 1;
                    copy.push(self.escaped()?);
                    from = self.at;
                }
                None | Some(0..b' ') => return self.is_wrong("a text without an end"),
                Some(_) => self.at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Misread> {
        let escaped = self.peek();
        self.at += 1;
        Ok(match escaped {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.escaped_by_number(),
            _ => return self.is_wrong("nothing that can be escaped"),
        })
    }

    /// A character by its number, or by the two halves that UTF-16 makes of it.
    fn escaped_by_number(&mut self) -> Result<char, Misread> {
        let mut halves = vec![self.four_digits()?];
        if (0xD800..0xDC00).contains(halves.first().unwrap_or(&0)) && self.rest().starts_with("\\u") {
            self.at += 2;
            halves.push(self.four_digits()?);
        }
        match char::decode_utf16(halves).next() {
            Some(Ok(character)) => Ok(character),
            _ => self.is_wrong("half of a character"),
        }
    }

    fn four_digits(&mut self) -> Result<u16, Misread> {
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(number) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
            return self.is_wrong("expected four digits");
        };
        self.at += 4;
        Ok(number)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes_here(&mut self, byte: u8) -> bool {
        let is_here = self.peek() == Some(byte);
        self.at += usize::from(is_here);
        is_here
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        self.takes_here(byte)
    }

    fn must_take(&mut self, byte: u8) -> Result<(), Misread> {
        if self.takes(byte) { Ok(()) } else { self.is_wrong(&format!("expected `{}`", char::from(byte))) }
    }

    /// An error here, unless it is that there is no more.
    fn is_wrong<T>(&self, what: &str) -> Result<T, Misread> {
        Err(Misread::new(if self.at < self.text.len() { what } else { "the text ends too soon" }, self.at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Theirs;

    use super::*;

    /// The tree in the terms of another reader, where a number that is not whole is nothing in particular.
    fn theirs(node: &Node) -> Result<Theirs, Misread> {
        Ok(match &node.value {
            Value::Null | Value::Other => Theirs::Null,
            Value::Whole(number) => Theirs::from(*number),
            Value::Text(text) => Theirs::from(text.as_ref()),
            Value::List(_) => Theirs::Array(node.list(theirs)?),
            Value::Object(fields) => {
                fields.iter().map(|(name, node)| Ok((name.to_string(), theirs(node)?))).collect::<Result<_, _>>().map(Theirs::Object)?
            }
        })
    }

    fn without_what_is_not_read(value: Theirs) -> Theirs {
        match value {
            Theirs::Bool(_) => Theirs::Null,
            Theirs::Number(number) => number.as_i64().map_or(Theirs::Null, Theirs::from),
            Theirs::Array(values) => values.into_iter().map(without_what_is_not_read).collect(),
            Theirs::Object(fields) => fields.into_iter().map(|(name, value)| (name, without_what_is_not_read(value))).collect(),
            other => other,
        }
    }

    fn is_read_as_by_another_reader(json: &str) {
        let (ours, other) = (read(json.as_bytes(), theirs), serde_json::from_str(json));
        match (ours, other) {
            (Ok(ours), Ok(other)) => assert_eq!(ours, without_what_is_not_read(other), "{json}"),
            (ours, other) => assert!(ours.is_err() && other.is_err(), "{json}: {ours:?}, but {other:?}"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn what_looks_like_json_is_read_or_refused_as_by_another_reader(json in r#"([\[\]{}:, \n]|"(\\[\\"/bfnrtux]|\\u[0d][08c-f][0-9]{2}|[a-é]|\t)?"|-?[01]{0,2}(\.[01]?)?([eE][+-]?2?)?|null|true|fals){0,9}"#) {
            is_read_as_by_another_reader(&json);
        }

        #[test]
        fn any_text_is_read_as_it_was_written(text: String) {
            is_read_as_by_another_reader(&serde_json::to_string(&[&text]).unwrap());
            prop_assert_eq!(read(quoted(&text).as_bytes(), |node| node.text()).unwrap(), text.clone());
            prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
        }
    }

    #[test]
    fn numbers_are_read_as_by_another_reader() {
        let numbers = ["0", "-1", "01", "-", "1.", ".5", "1.5", "1e", "1e+2", "9223372036854775807", "9223372036854775808", "+1", "1 2"];
        numbers.into_iter().for_each(is_read_as_by_another_reader);
    }

    #[test]
    fn an_error_says_where() {
        let text = |json: &str| read(json.as_bytes(), |node| node.field("who")?.texts()).unwrap_err();

        assert_eq!(text("{\"who\":\n [\"é\", 1]}"), "expected a text at line 2 column 8");
        assert_eq!(text("{\"who\": [\"a\""), "the text ends too soon at line 1 column 13");
        assert_eq!(text("{\"whom\": []}"), "missing field `who` at line 1 column 1");
        assert_eq!(text("{\"who\": [], \"who\": []}"), "duplicate field `who` at line 1 column 20");
        assert_eq!(read(b"[\"\xff\"]", |node| node.texts()).unwrap_err(), "this is no text of UTF-8 at line 1 column 3");
    }

    #[test]
    fn lists_within_one_another_without_end_do_no_harm() {
        assert!(read("[".repeat(1_000_000).as_bytes(), |node| node.texts()).is_err());
    }
}
