//! What people write into cells: one word of a few, yes or no, a number, a date.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::database::folded;
use crate::ui::or;

/// Letters and figures alone, small and without accents: by these, what is written and what is meant are compared.
pub fn plain(text: &str) -> String {
    folded(text).chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '<' | '>' | '+')).collect()
}

/// What stands in a cell, in quotation marks and not longer than a line of an error.
pub fn quoted(cell: &str) -> String {
    const LONGEST: usize = 40;
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return format!("“{line}”");
    }
    let beginning: String = line.chars().take(LONGEST).collect();
    format!("“{beginning}…”")
}

/// One of the words that may stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// By which it is stored.
    pub key: &'static str,
    /// The words of the product.
    pub name: &'static str,
    /// What else people write.
    pub also: &'static [&'static str],
}

impl Choice {
    /// Everything that means it: "Level 2: advanced" is "Level 2" too, and "Video Interaction Guidance (VIG)" is both of the two.
    pub fn words(&self) -> Vec<String> {
        let before = |end: char| self.name.split_once(end).map(|(before, _)| before.trim().to_owned());
        let within = self.name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(within, _)| within);
        let within = within.into_iter().flat_map(|within| within.split(',')).map(|part| part.trim().to_owned());
        [self.key, self.name]
            .into_iter()
            .chain(self.also.iter().copied())
            .map(str::to_owned)
            .chain(before(':'))
            .chain(before('('))
            .chain(within)
            .collect()
    }
}

/// The words that may stand in a column, by how they are compared.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    choices: Vec<Choice>,
    by_word: HashMap<String, &'static str>,
}

impl Vocabulary {
    /// The words of some choices. A word that two of them claim is that of the first.
    pub fn of(choices: Vec<Choice>) -> Self {
        let mut by_word = HashMap::new();
        for choice in &choices {
            for word in choice.words() {
                by_word.entry(plain(&word)).or_insert(choice.key);
            }
        }
        Self { choices, by_word }
    }

    /// Each choice.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The key of what is meant, or what to write instead.
    pub fn choose(&self, cell: &str) -> Result<&'static str, String> {
        /// More are not said in an error.
        const MOST_SAID: usize = 5;

        if let Some(key) = self.by_word.get(&plain(cell)) {
            return Ok(key);
        }
        if let Some(near) = nearest(cell, self.choices.iter().map(|choice| choice.name)) {
            return Err(format!("{} is not one of the words for this. Did you mean “{near}”?", quoted(cell)));
        }
        if self.choices.len() > MOST_SAID {
            return Err(format!("{} is not one of the words for this. Write one of those that are listed for this column.", quoted(cell)));
        }
        let names: Vec<String> = self.choices.iter().map(|choice| format!("“{}”", choice.name)).collect();
        Err(format!("{} is not one of the words for this. Write {}.", quoted(cell), or(&names)))
    }
}

/// The name that differs from what was written by a slip or two of the finger.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = plain(typed).chars().collect();
    let near = names.filter_map(|name| {
        let plain: Vec<char> = plain(name).chars().collect();
        let slips = slips(&typed, &plain);
        (slips <= plain.len().max(typed.len()) / 4).then_some((slips, name))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, name)| name)
}

/// How many letters have to be put in, left out or changed to come from one word to the other (Levenshtein's distance).
fn slips(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for ((counterpart, diagonal), above) in other.iter().zip(&before).zip(before.iter().skip(1)) {
            let left = line.last().copied().unwrap_or_default();
            line.push((diagonal + usize::from(letter != counterpart)).min(above + 1).min(left + 1));
        }
        before = line;
    }
    before.last().copied().unwrap_or_default()
}

/// Yes or no, as people say it and as programs do.
pub fn yes_or_no(cell: &str) -> Result<bool, String> {
    let cell = cell.trim();
    match plain(cell).as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ok" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ if ["✓", "✔", "☑"].contains(&cell) => Ok(true),
        _ if ["", "-", "–"].contains(&cell) => Ok(false),
        _ => Err(format!("{} is neither yes nor no.", quoted(cell))),
    }
}

/// A whole number, with the zeros that a program puts before or behind it.
pub fn number(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    let whole = cell.split_once('.').filter(|(_, rest)| rest.chars().all(|figure| figure == '0')).map_or(cell, |(whole, _)| whole);
    whole.parse().ok()
}

/// A number of years, with or without the word.
pub fn years(cell: &str) -> Option<f64> {
    let cell = cell.trim().to_lowercase();
    let figures = ["years", "year", "yrs", "yr", "y"].into_iter().find_map(|word| cell.strip_suffix(word)).unwrap_or(&cell);
    figures.trim().replace(',', ".").parse().ok().filter(|years: &f64| (0.0..=80.0).contains(years))
}

/// A day, however it is written: by name of the month, by figures in the order of day, month and year, by figures from the year on, or as the
/// number of days that spreadsheets count with. A time of the day behind it is left out.
pub fn date(cell: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let date = written_date(cell.trim()).ok_or_else(|| format!("{} is not a date. Write it like 1 October 2026.", quoted(cell)))?;
    if date > today {
        return Err(format!("{} has not come yet. Write the day on which they answered, like 1 October 2026.", quoted(cell)));
    }
    Ok(date)
}

/// The last day on which something holds: one that is not over, and not so far ahead that a figure must be wrong.
pub fn last_day(cell: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    const MOST_YEARS: u32 = 20;

    let date = written_date(cell.trim())
        .ok_or_else(|| format!("{} is not a date. Write the last day on which it holds, like 31 March 2028.", quoted(cell)))?;
    if date < today {
        return Err(format!("{} is over. Write the last day after the renewal, or leave the cell empty.", quoted(cell)));
    }
    if today.checked_add_months(Months::new(12 * MOST_YEARS)).is_some_and(|latest| date > latest) {
        return Err(format!("{} is more than {MOST_YEARS} years ahead. Look at the year again.", quoted(cell)));
    }
    Ok(date)
}

fn written_date(cell: &str) -> Option<NaiveDate> {
    const WAYS: [&str; 10] =
        ["%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %d %Y", "%A %d %B %Y"];

    let words = cell.replace(',', " ").split_whitespace().map(|word| without_ordinal(day_of(word))).collect::<Vec<_>>();
    // The time comes last, and has a colon.
    let end = words.iter().position(|word| word.contains(':')).unwrap_or(words.len());
    let words = words.get(..end)?.join(" ");
    let words = words.as_str();
    let written = WAYS.iter().find_map(|way| NaiveDate::parse_from_str(words, way).ok());
    // A year of two figures is read as one of the first century.
    written.or_else(|| counted_date(words)).filter(|date| date.year() >= 2000)
}

/// The day of a moment as programs write it, "2026-10-01T12:33:21".
fn day_of(word: &str) -> &str {
    word.split_once('T').filter(|(day, _)| day.len() == 10).map_or(word, |(day, _)| day)
}

/// "1st" as "1".
fn without_ordinal(word: &str) -> String {
    let figures = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_ordinal = !figures.is_empty() && ["st", "nd", "rd", "th"].iter().any(|end| word.strip_prefix(figures) == Some(end));
    if is_ordinal { figures.to_owned() } else { word.to_owned() }
}

/// Spreadsheets count the days from the end of 1899, and the time of day as a fraction.
fn counted_date(cell: &str) -> Option<NaiveDate> {
    let days = cell.split('.').next()?.parse::<u64>().ok().filter(|days| (36_526..73_051).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let today = day("2026-10-22");
        for written in [
            "2026-10-01",
            "1/10/2026",
            "01/10/2026",
            "1.10.2026",
            "01-10-2026",
            "1 October 2026",
            "1 Oct 2026",
            "1st October 2026",
            "October 1, 2026",
            "2026-10-01 12:33:21",
            "2026-10-01T12:33:21",
            "01/10/2026 09:15",
            "46296",
            "46296.5",
            "Thursday 1 October 2026",
            "1-Oct-2026",
        ] {
            assert_eq!(date(written, today), Ok(day("2026-10-01")), "{written}");
        }
        for written in ["yesterday", "13/13/2026", "32 October 2026", "1/10/26", "12", "0", "", "1 October"] {
            assert!(date(written, today).unwrap_err().contains("is not a date"), "{written}");
        }
        assert!(date("2026-10-23", today).unwrap_err().contains("has not come yet"));
    }

    #[test]
    fn the_last_day_of_something_is_today_or_later_and_no_slip_of_the_year() {
        let today = day("2026-10-22");
        for (written, read) in [("22/10/2026", "2026-10-22"), ("31 March 2028", "2028-03-31"), ("46843", "2028-03-31")] {
            assert_eq!(last_day(written, today), Ok(day(read)), "{written}");
        }
        for (written, what) in [
            ("21/10/2026", "“21/10/2026” is over. Write the last day after the renewal, or leave the cell empty."),
            ("valid", "“valid” is not a date. Write the last day on which it holds, like 31 March 2028."),
            ("31/02/2028", "“31/02/2028” is not a date. Write the last day on which it holds, like 31 March 2028."),
            ("31 March 2082", "“31 March 2082” is more than 20 years ahead. Look at the year again."),
        ] {
            assert_eq!(last_day(written, today), Err(what.to_owned()));
        }
    }

    #[test]
    fn numbers_and_yes_and_no_are_read_as_programs_write_them() {
        assert_eq!(["3", " 03 ", "3.0", "3.5", "three", ""].map(number), [Some(3), Some(3), Some(3), None, None, None]);
        assert_eq!(["2", "2.5 years", "10 yrs", "1,5", "-1", "many"].map(years), [Some(2.0), Some(2.5), Some(10.0), Some(1.5), None, None]);
        for yes in ["Yes", "Y", "TRUE", "x", "1", "✓"] {
            assert_eq!(yes_or_no(yes), Ok(true), "{yes}");
        }
        for no in ["no", "N", "FALSE", "0", "-", ""] {
            assert_eq!(yes_or_no(no), Ok(false), "{no}");
        }
        assert!(yes_or_no("perhaps").is_err() && yes_or_no("?").is_err());
    }

    #[test]
    fn a_slip_of_the_finger_is_told_what_was_meant() {
        let choices = Vocabulary::of(vec![
            Choice { key: "online", name: "Online", also: &["remote"] },
            Choice { key: "in_person", name: "In person", also: &[] },
        ]);
        assert_eq!(choices.choose("ON-LINE"), Ok("online"));
        assert_eq!(choices.choose(" Remote "), Ok("online"));
        assert_eq!(choices.choose("Onlin").unwrap_err(), "“Onlin” is not one of the words for this. Did you mean “Online”?");
        assert_eq!(choices.choose("by post").unwrap_err(), "“by post” is not one of the words for this. Write “Online” or “In person”.");
        assert_eq!(nearest("Bradfrod", ["Bradford", "Bedford", "Bristol"].into_iter()), Some("Bradford"));
        assert_eq!(nearest("", ["Bradford"].into_iter()), None);
        assert!(quoted(&"a".repeat(1_000)).len() < 60);
    }
}
