//! What is typed, taken apart: words by which things are called, and the day or the month that some of them say.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate};

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Every word, folded.
    pub words: Vec<String>,
    /// The days that some of the words say, and the words that are left.
    pub dated: Option<Dated>,
}

/// Days, and the words beside them: "aire 22 October".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days.
    pub days: Span,
    /// The words that say no day, folded.
    pub others: Vec<String>,
}

/// Days that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
}

impl Span {
    fn day(date: NaiveDate) -> Option<Self> {
        Some(Self { from: date, until: date.checked_add_days(Days::new(1))? })
    }

    fn month(first: NaiveDate) -> Option<Self> {
        Some(Self { from: first, until: first.checked_add_months(Months::new(1))? })
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        self.from.succ_opt() == Some(self.until)
    }
}

impl Asked {
    /// Takes apart what was typed, already folded.
    pub fn of(folded: &str, today: NaiveDate) -> Self {
        let tokens: Vec<&str> =
            folded.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|token| !token.is_empty()).collect();
        let dated = first_date(&tokens, today).map(|(days, said)| {
            let others = tokens.iter().enumerate().filter(|(place, token)| !said.contains(place) && !is_weekday(token));
            Dated { days, others: others.flat_map(|(_, token)| words_of(token)).collect() }
        });
        Self { words: words_of(folded), dated }
    }
}

/// The words of a folded text, also those that a hyphen joins.
fn words_of(folded: &str) -> Vec<String> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '-' | '/');
    folded.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether each of the words begins a word of a text.
pub fn begins_words_of(words: &[String], folded: &str) -> bool {
    let of_text: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '\'').collect();
    words.iter().all(|word| of_text.iter().any(|own| own.starts_with(word.as_str())))
}

/// The first day or month that is said, and where.
fn first_date(tokens: &[&str], today: NaiveDate) -> Option<(Span, RangeInclusive<usize>)> {
    (0..tokens.len()).find_map(|place| {
        let token = tokens.get(place)?;
        match in_one_word(token, today).or_else(|| with_slashes(token, today)) {
            Some(days) => Some((days, place..=place)),
            None => around_month(tokens, place, today),
        }
    })
}

/// "2026-10-22", "2026-10", "tomorrow".
fn in_one_word(token: &str, today: NaiveDate) -> Option<Span> {
    match token {
        "today" => return Span::day(today),
        "tomorrow" => return Span::day(today.succ_opt()?),
        "yesterday" => return Span::day(today.pred_opt()?),
        _ => {}
    }
    let numbers: Option<Vec<u32>> = token.split('-').map(|part| part.parse().ok()).collect();
    match numbers?.as_slice() {
        [year, month, day] => Span::day(date(*year, *month, *day)?),
        [year, month] => Span::month(date(*year, *month, 1)?),
        _ => None,
    }
}

/// "22 October", "October 22nd", "22 Oct 2026", "October 2026", "October"; an abbreviation alone may be anybody's name.
fn around_month(tokens: &[&str], place: usize, today: NaiveDate) -> Option<(Span, RangeInclusive<usize>)> {
    let token = tokens.get(place)?;
    let month = month_of(token)?;
    let before = place.checked_sub(1).and_then(|before| Some((before, day_number(tokens.get(before)?)?)));
    let after = tokens.get(place + 1).and_then(|after| day_number(after));
    let (day, first, last) = match (before, after) {
        (Some((before, day)), _) => (Some(day), before, place),
        (None, Some(day)) => (Some(day), place, place + 1),
        (None, None) => (None, place, place),
    };
    let year = tokens.get(last + 1).and_then(|year| year_of(year));
    let last = if year.is_some() { last + 1 } else { last };
    let of_year = |year: u32| match day {
        Some(day) => Span::day(date(year, month, day)?),
        None => Span::month(date(year, month, 1)?),
    };
    let days = match (year, day) {
        (Some(year), _) => of_year(year)?,
        (None, None) if token.len() <= 4 && !matches!(*token, "may" | "june" | "july") => return None,
        (None, _) => nearest(today, of_year)?,
    };
    Some((days, first..=last))
}

/// "22/10/2026" and "22/10", as the United Kingdom writes days.
fn with_slashes(token: &str, today: NaiveDate) -> Option<Span> {
    let numbers: Option<Vec<u32>> = token.split('/').map(|part| part.parse().ok()).collect();
    match numbers?.as_slice() {
        [day, month, year] => Span::day(date(*year, *month, *day)?),
        [day, month] => nearest(today, |year| Span::day(date(year, *month, *day)?)),
        _ => None,
    }
}

/// Of last year, this and the next, the days that are nearest to today.
fn nearest(today: NaiveDate, of_year: impl Fn(u32) -> Option<Span>) -> Option<Span> {
    let this = u32::try_from(today.year()).ok()?;
    let distance = |days: &Span| days.from.signed_duration_since(today).num_days().abs();
    (this.checked_sub(1)?..=this + 1).filter_map(of_year).min_by_key(distance)
}

/// A date in the years of which there can be sessions.
fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (2000..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn year_of(token: &str) -> Option<u32> {
    token.parse().ok().filter(|year| (2000..2200).contains(year))
}

/// "22", "22nd", "1st".
fn day_number(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ending = token.strip_prefix(digits)?;
    let is_day = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|day| is_day && (1..=31).contains(day))
}

fn month_of(token: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    let is_short = |month: &str| (token.len() == 3 && month.starts_with(token)) || (token == "sept" && month == "september");
    let place = MONTHS.iter().position(|month| *month == token || is_short(month))?;
    u32::try_from(place).ok().map(|place| place + 1)
}

fn is_weekday(token: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    DAYS.iter().any(|day| *day == token || (token.len() == 3 && day.starts_with(token)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str) -> NaiveDate {
        date.parse().unwrap()
    }

    fn dated(typed: &str) -> Option<(Span, String)> {
        let dated = Asked::of(typed, day("2026-10-22")).dated?;
        Some((dated.days, dated.others.join(" ")))
    }

    #[test]
    fn a_day_is_understood_however_it_is_written() {
        let expected = |others: &str| Some((Span { from: day("2026-10-29"), until: day("2026-10-30") }, others.to_owned()));
        for typed in [
            "2026-10-29",
            "29 october",
            "29th oct",
            "october 29",
            "29 october 2026",
            "29/10/2026",
            "29/10",
            "thursday 29 october",
            "thu, 29 oct",
        ] {
            assert_eq!(dated(typed), expected(""), "{typed}");
        }
        assert_eq!(dated("aire 29 october"), expected("aire"));
        assert_eq!(dated("29 october aire group"), expected("aire group"));
        assert_eq!(dated("tomorrow").unwrap().0.from, day("2026-10-23"));
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest() {
        assert_eq!(dated("5 january").unwrap().0.from, day("2027-01-05"));
        assert_eq!(dated("30 september").unwrap().0.from, day("2026-09-30"));
        assert_eq!(dated("29 february"), None, "no year near has one");
    }

    #[test]
    fn a_month_is_all_of_its_days() {
        let november = Some((Span { from: day("2026-11-01"), until: day("2026-12-01") }, String::new()));
        for typed in ["november", "november 2026", "nov 2026", "2026-11"] {
            assert_eq!(dated(typed), november, "{typed}");
        }
    }

    #[test]
    fn what_says_no_day_is_words_alone() {
        for typed in ["mar", "jan", "aire", "32 october 1999", "2026-13-01", "1/13", "22", "o'hara", ""] {
            let asked = Asked::of(typed, day("2026-10-22"));
            assert!(asked.dated.as_ref().is_none_or(|dated| dated.days.from == day("2026-10-01")), "{typed}: {asked:?}");
        }
        assert_eq!(Asked::of("one-to-one supervision", day("2026-10-22")).words, ["one", "to", "one", "supervision"]);
    }

    #[test]
    fn every_word_has_to_begin_one() {
        let words = |typed: &str| Asked::of(typed, day("2026-10-22")).words;
        assert!(begins_words_of(&words("st hel"), "st. helens"));
        assert!(begins_words_of(&words("tyne newc"), "newcastle upon tyne"));
        assert!(!begins_words_of(&words("castle"), "newcastle upon tyne"));
        assert!(!begins_words_of(&words("tyne leeds"), "newcastle upon tyne"));
    }
}
