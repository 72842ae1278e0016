//! Lines of content as they are read: unfolded, with name, parameters and value apart.

/// What is left of a longer line is not kept: nothing that says when somebody is busy is as long.
const LONGEST: usize = 64 * 1024;

/// The lines of a file, one after the other, with whatever continues them.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
}

/// One line: `NAME;PARAMETER=…:VALUE`.
#[derive(Debug)]
pub(super) struct Line {
    text: String,
    /// It was longer than is read.
    pub(super) is_cut: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(content: &'a [u8]) -> Self {
        Self { rest: content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content) }
    }

    /// The bytes up to the end of a line, which they are parted from.
    fn physical(&mut self) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let (line, rest) = self.rest.split_at_checked(end.map_or(self.rest.len(), |end| end + 1)).unwrap_or((self.rest, &[]));
        self.rest = rest;
        line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line))
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.rest.is_empty() {
            return None;
        }
        let mut bytes = Vec::new();
        let mut is_cut = append(&mut bytes, self.physical());
        while matches!(self.rest, [b' ' | b'\t', ..]) {
            is_cut |= append(&mut bytes, self.physical().get(1..).unwrap_or_default());
        }
        // What is looked at is ASCII in every encoding that calendars are written in; a title may become unreadable, and is not read.
        Some(Line { text: String::from_utf8_lossy(&bytes).into_owned(), is_cut })
    }
}

/// Appends what there is room for, and answers whether that was not all.
fn append(bytes: &mut Vec<u8>, piece: &[u8]) -> bool {
    let room = LONGEST.saturating_sub(bytes.len());
    bytes.extend_from_slice(piece.get(..room).unwrap_or(piece));
    piece.len() > room
}

impl Line {
    /// Whether the line has a name, in letters of any size.
    pub(super) fn name_is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// Whether the line says just this.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name_is(name) && self.value().eq_ignore_ascii_case(value)
    }

    pub(super) fn name(&self) -> &str {
        self.text.split([';', ':']).next().unwrap_or_default().trim()
    }

    /// A parameter's value, without quotes.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let (head, _) = self.halves();
        let mut parameters = head.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        parameters.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"'))
    }

    pub(super) fn value(&self) -> &str {
        self.halves().1.trim()
    }

    /// Before and after the colon that stands in no quotes.
    fn halves(&self) -> (&str, &str) {
        let mut is_quoted = false;
        let colon = self.text.find(|character: char| {
            is_quoted ^= character == '"';
            character == ':' && !is_quoted
        });
        let halves = colon.and_then(|colon| self.text.split_at_checked(colon));
        halves.map_or((self.text.as_str(), ""), |(head, rest)| (head, rest.get(1..).unwrap_or_default()))
    }
}
