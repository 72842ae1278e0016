//! Days, times and lists as the product says them. Every time is UK local time already: nothing here knows of zones.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// "Thursday 22 October 2026".
pub fn day_month_year(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// "Thursday 22 October".
pub fn day_and_month(date: NaiveDate) -> String {
    date.format("%A %-d %B").to_string()
}

/// "Thu 22 Oct".
pub fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// "October 2026".
pub fn month_and_year(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

/// "10:00".
pub fn clock_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// "10:00 to 11:30".
pub fn time_range(starts: NaiveDateTime, ends: NaiveDateTime) -> String {
    format!("{} to {}", clock_time(starts.time()), clock_time(ends.time()))
}

/// "today", "tomorrow", "yesterday", or the day in words.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    match date.signed_duration_since(today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        _ => day_and_month(date),
    }
}

/// "6 hours", "1 hour 30 minutes", "no time".
pub fn hours_and_minutes(minutes: i64) -> String {
    let of = |count: i64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        more => Some(format!("{more} {unit}s")),
    };
    let parts: Vec<String> = [of(minutes / 60, "hour"), of(minutes % 60, "minute")].into_iter().flatten().collect();
    if parts.is_empty() { "no time".to_owned() } else { parts.join(" ") }
}

/// "a, b and c".
pub fn and(parts: &[String]) -> String {
    joined(parts, "and")
}

/// "a, b or c".
pub fn or(parts: &[String]) -> String {
    joined(parts, "or")
}

fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} {word} {last}", before.join(", ")),
    }
}

/// Words as they begin a sentence or a line: "Yesterday, 16:20".
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words that begin a line, as they stand within a sentence: "every second Thursday, 10:00 to 11:30".
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Words with a full stop; a name such as "Dr Ruth A." brings its own.
pub fn full_stop(words: &str) -> String {
    if words.ends_with('.') { words.to_owned() } else { format!("{words}.") }
}

/// Words as they stand in HTML that is put together by hand, and in a text area, whose content Leptos puts into the page as it is.
pub fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// "1,144", and "−1,144" for what is missing.
pub fn figure(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    if number < 0 { format!("−{said}") } else { said }
}

/// What is added or taken away: "+310", "−40", "0".
pub fn signed(number: i64) -> String {
    if number > 0 { format!("+{}", figure(number)) } else { figure(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_said_in_hours_and_minutes() {
        assert_eq!(hours_and_minutes(0), "no time");
        assert_eq!(hours_and_minutes(45), "45 minutes");
        assert_eq!(hours_and_minutes(60), "1 hour");
        assert_eq!(hours_and_minutes(90), "1 hour 30 minutes");
        assert_eq!(hours_and_minutes(361), "6 hours 1 minute");
    }

    #[test]
    fn a_line_begins_with_a_capital() {
        assert_eq!(capital("yesterday, 16:20"), "Yesterday, 16:20");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }

    #[test]
    fn a_list_is_said_as_people_say_it() {
        let parts = ["Amina R.", "Femi O.", "two others"].map(str::to_owned);
        assert_eq!(and(&[]), "");
        assert_eq!(and(parts.get(..1).unwrap()), "Amina R.");
        assert_eq!(or(parts.get(..2).unwrap()), "Amina R. or Femi O.");
        assert_eq!(full_stop(&and(&parts)), "Amina R., Femi O. and two others.");
        assert_eq!(full_stop("Amina R."), "Amina R.");
    }

    #[test]
    fn what_somebody_typed_ends_no_element() {
        assert_eq!(escaped("Six </textarea><b>x</b> &lt;"), "Six &lt;/textarea&gt;&lt;b&gt;x&lt;/b&gt; &amp;lt;");
    }

    #[test]
    fn a_figure_is_said_in_threes_and_a_change_with_its_sign() {
        assert_eq!([0, 12, 999, 1_144, 49_100, 1_000_000].map(figure), ["0", "12", "999", "1,144", "49,100", "1,000,000"]);
        assert_eq!([0, 310, -40, -1_300].map(signed), ["0", "+310", "−40", "−1,300"]);
    }
}
