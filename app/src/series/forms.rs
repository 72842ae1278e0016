//! What the forms of series send, and what of it can be used.

use ::series::{Ending, Ends, Pattern, PlaceInMonth, Repeats, Rhythm, Rule, RuleInput, RulePart, RuleProblem};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// Planning a series, or changing a draft. Every answer holds dates and figures alone, so it may stand in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesForm {
    /// The group's part of the address.
    pub slug: String,
    /// The place in the group of the draft that is changed; empty for a new series.
    pub number: String,
    /// The version of the draft that the person was shown.
    pub version: String,
    /// The date of the first session.
    pub starts_on: String,
    /// When a session begins, on the clocks of the United Kingdom.
    pub starts_time: String,
    /// How long a session lasts.
    pub length_minutes: String,
    /// `weeks`, `months` or `last`.
    pub repeats: String,
    /// Weeks or months from one session to the next.
    pub every: String,
    /// `until`, `times` or `open`.
    pub ending: String,
    /// The last date.
    pub until_on: String,
    /// How many sessions.
    pub times: String,
    /// The dates that were shown as skipped, so that what is stored is what was seen.
    pub skipped: String,
    /// Why it is planned although something of it does not fit; empty where all does.
    pub reason: String,
    /// `publish` where the series is published as soon as it is saved.
    pub then: String,
}

/// The ending on a date.
pub const UNTIL: &str = "until";
/// The ending after a number of sessions.
pub const TIMES: &str = "times";
/// No ending before somebody ends it.
pub const OPEN: &str = "open";
/// So many weeks apart.
pub const WEEKS: &str = "weeks";
/// So many months apart, on the same weekday of the month.
pub const MONTHS: &str = "months";
/// So many months apart, on the last such weekday of the month.
pub const LAST: &str = "last";
/// What [`SeriesForm::then`] holds where the series is published too.
pub const PUBLISH: &str = "publish";

/// Which series a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeriesAddress {
    /// The group's part of the address.
    pub slug: String,
    /// The place in the group.
    pub number: String,
    /// The version that the person was shown.
    pub version: String,
    /// Why it is published although something of it does not fit; empty where all does.
    pub reason: String,
}

/// Drafts that are looked at or published together.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftsForm {
    /// Which, each as a [`DraftKey`].
    pub drafts: Vec<String>,
    /// Why they are published although something does not fit; empty where all does.
    pub reason: String,
}

/// One of several drafts: the group's part of the address, the place in the group, and the version that the person was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey {
    /// The group's part of the address.
    pub slug: String,
    /// The place in the group.
    pub number: i64,
    /// The version that the person was shown; nought where a page is asked for, which shows the present one.
    pub version: i64,
}

impl DraftKey {
    /// "aire.2.1", "aire.2".
    pub fn of_text(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (slug, number) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        Some(Self { slug, number, version: parts.next().and_then(|version| version.parse().ok()).unwrap_or(0) })
    }

    /// As the address of a page has it, which is the same whatever version is shown.
    pub fn in_address(&self) -> String {
        format!("{}.{}", self.slug, self.number)
    }

    /// As the form that publishes sends it.
    pub fn with_version(&self) -> String {
        format!("{}.{}.{}", self.slug, self.number, self.version)
    }
}

impl DraftsForm {
    /// The drafts that are named; what cannot be read is none.
    pub fn keys(&self) -> Vec<DraftKey> {
        self.drafts.iter().filter_map(|text| DraftKey::of_text(text)).collect()
    }
}

impl SeriesAddress {
    /// The place in the group; one that is no number is no place.
    pub fn place(&self) -> i64 {
        self.number.parse().unwrap_or(0)
    }

    /// The version that the person was shown; one that was tampered with is no version, so what is asked is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

impl SeriesForm {
    /// What a form begins with before anything was answered: an hour and a half in the morning, every second week.
    pub fn usual(slug: &str) -> Self {
        Self {
            slug: slug.to_owned(),
            starts_time: "10:00".to_owned(),
            length_minutes: "90".to_owned(),
            repeats: WEEKS.to_owned(),
            every: "2".to_owned(),
            ending: UNTIL.to_owned(),
            ..Self::default()
        }
    }

    /// The answers that give a pattern.
    pub fn of_pattern(slug: &str, pattern: &Pattern, length_minutes: u32) -> Self {
        let (ending, until_on, times) = match pattern.ending() {
            Some(Ending::Until(last)) => (UNTIL, last.to_string(), String::new()),
            Some(Ending::Times(times)) => (TIMES, String::new(), times.to_string()),
            None => (OPEN, String::new(), String::new()),
        };
        let (repeats, every) = repeats_of(pattern.rhythm());
        Self {
            slug: slug.to_owned(),
            starts_on: pattern.start().date().to_string(),
            starts_time: pattern.start().format("%H:%M").to_string(),
            length_minutes: length_minutes.to_string(),
            repeats: repeats.to_owned(),
            every: every.to_string(),
            ending: ending.to_owned(),
            until_on,
            times,
            ..Self::default()
        }
    }

    /// Whether any answer was given that a preview could be made of.
    pub fn is_answered(&self) -> bool {
        [&self.starts_on, &self.until_on, &self.times, &self.ending].iter().any(|answer| !answer.is_empty())
    }

    /// The draft that is changed, or nothing for a new series.
    pub fn draft(&self) -> Option<SeriesAddress> {
        (!self.number.is_empty()).then(|| SeriesAddress {
            slug: self.slug.clone(),
            number: self.number.clone(),
            version: self.version.clone(),
            reason: self.reason.clone(),
        })
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }

    /// The rule that was asked for, or everything that has to change, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<Rule, Vec<Problem>> {
        let start_date = self.start_date();
        let start_time = self.start_time();
        let length = self.length_minutes.trim().parse().ok();
        let repeats = self.repeats();
        let every = self.every.trim().parse().ok();
        let ends = self.ends();
        // What cannot be read goes in as something that the rule refuses, so that everything else is still looked at.
        let rule = Rule::new(RuleInput {
            start_date: start_date.unwrap_or(NaiveDate::MIN),
            start_time: start_time.unwrap_or(NaiveTime::MIN),
            length_minutes: length.unwrap_or(0),
            repeats: repeats.unwrap_or(Repeats::Weeks),
            every: every.unwrap_or(0),
            ends: ends.unwrap_or_default(),
        });
        let refused = rule.as_ref().err().map(Vec::as_slice).unwrap_or_default();
        let problems: Vec<Problem> = [
            self.unreadable(start_date.is_none(), RulePart::StartDate)
                .or_else(|| self.refusal(refused, RulePart::StartDate))
                .or_else(|| is_past(start_date, today).then(|| Problem::new("starts_on", "Choose a start date from today on."))),
            self.unreadable(start_time.is_none(), RulePart::StartTime).or_else(|| self.refusal(refused, RulePart::StartTime)),
            self.unreadable(length.is_none(), RulePart::Length).or_else(|| self.refusal(refused, RulePart::Length)),
            repeats.is_none().then(|| Problem::new("repeats", "Choose whether weeks or months lie between sessions.")),
            self.unreadable(every.is_none(), RulePart::Every).or_else(|| self.refusal(refused, RulePart::Every)),
            self.unreadable(ends.is_err(), RulePart::Ending).or_else(|| self.refusal(refused, RulePart::Ending)),
        ]
        .into_iter()
        .flatten()
        .collect();
        match rule {
            Ok(rule) if problems.is_empty() => Ok(rule),
            _ => Err(problems),
        }
    }

    fn start_date(&self) -> Option<NaiveDate> {
        self.starts_on.trim().parse().ok()
    }

    fn start_time(&self) -> Option<NaiveTime> {
        let time = self.starts_time.trim();
        NaiveTime::parse_from_str(time, "%H:%M").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S")).ok()
    }

    fn repeats(&self) -> Option<Repeats> {
        match self.repeats.as_str() {
            WEEKS => Some(Repeats::Weeks),
            MONTHS => Some(Repeats::MonthsByPlace),
            LAST => Some(Repeats::MonthsByLast),
            _ => None,
        }
    }

    /// The end that was chosen, if one was; an error where it cannot be read.
    fn ends(&self) -> Result<Option<Ends>, ()> {
        match self.ending.as_str() {
            UNTIL => self.until_on.trim().parse().map(|last| Some(Ending::Until(last).into())).map_err(drop),
            TIMES => self.times.trim().parse().map(|times| Some(Ending::Times(times).into())).map_err(drop),
            OPEN => Ok(Some(Ends::Open)),
            _ => Ok(None),
        }
    }

    fn unreadable(&self, is_unreadable: bool, part: RulePart) -> Option<Problem> {
        let sentence = match part {
            RulePart::StartDate => "Choose the date of the first session.",
            RulePart::StartTime => "Choose a start time, such as 10:00.",
            RulePart::Length => "Enter the length in whole minutes, such as 90.",
            RulePart::Every => "Enter how many weeks or months lie between sessions: 1 for every one, 2 for every second one.",
            RulePart::Ending if self.ending == UNTIL => "Choose the last date on which a session can be held.",
            RulePart::Ending => "Choose a number of sessions from 1 to 520.",
        };
        is_unreadable.then(|| Problem::new(self.field_of(part), sentence))
    }

    fn refusal(&self, refused: &[RuleProblem], part: RulePart) -> Option<Problem> {
        let problem = refused.iter().find(|problem| problem.part() == part)?;
        Some(Problem::new(self.field_of(part), problem.to_string()))
    }

    /// The field in which a part of the rule is answered.
    pub fn field_of(&self, part: RulePart) -> &'static str {
        match part {
            RulePart::StartDate => "starts_on",
            RulePart::StartTime => "starts_time",
            RulePart::Length => "length_minutes",
            RulePart::Every => "every",
            RulePart::Ending => match self.ending.as_str() {
                UNTIL => "until_on",
                TIMES => "times",
                _ => "ending",
            },
        }
    }
}

/// The answers that give a rhythm: what lies between its dates, and how many of it.
pub(super) const fn repeats_of(rhythm: Rhythm) -> (&'static str, u32) {
    match rhythm {
        Rhythm::Weekly { every } => (WEEKS, every),
        Rhythm::Monthly { every, place: PlaceInMonth::Last } => (LAST, every),
        Rhythm::Monthly { every, .. } => (MONTHS, every),
    }
}

fn is_past(date: Option<NaiveDate>, today: NaiveDate) -> bool {
    date.is_some_and(|date| date < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SeriesForm {
        SeriesForm { starts_on: "2026-10-22".to_owned(), until_on: "2027-07-16".to_owned(), ..SeriesForm::usual("aire") }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()
    }

    /// Each problem as its field and its sentence.
    fn problems(form: &SeriesForm) -> Vec<(String, String)> {
        let problems = form.check(today()).expect_err("there is a problem");
        problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
    }

    fn one(field: &str, message: &str) -> Vec<(String, String)> {
        vec![(field.to_owned(), message.to_owned())]
    }

    #[test]
    fn what_is_answered_in_full_is_a_rule_and_comes_back_as_it_was() {
        let rule = form().check(today()).unwrap();
        assert_eq!(SeriesForm::of_pattern("aire", &rule.pattern(), rule.length_minutes()), form());
        let times = SeriesForm { ending: TIMES.to_owned(), times: "12".to_owned(), until_on: String::new(), ..form() };
        let last = SeriesForm { starts_on: "2026-10-29".to_owned(), repeats: LAST.to_owned(), every: "1".to_owned(), ..form() };
        let open = SeriesForm { repeats: MONTHS.to_owned(), ending: OPEN.to_owned(), until_on: String::new(), ..form() };
        for asked in [times, last, open] {
            let rule = asked.check(today()).unwrap();
            assert_eq!(SeriesForm::of_pattern("aire", &rule.pattern(), rule.length_minutes()), asked);
        }
    }

    #[test]
    fn a_series_without_an_end_is_refused_where_the_end_is_asked_for() {
        let endless = SeriesForm { ending: String::new(), ..form() };
        let sentence = "Choose when the series ends: on a date, after a number of sessions, or when somebody ends it.";
        assert_eq!(problems(&endless), one("ending", sentence));
        let dateless = SeriesForm { until_on: String::new(), ..form() };
        assert_eq!(problems(&dateless), one("until_on", "Choose the last date on which a session can be held."));
    }

    #[test]
    fn a_session_of_no_length_is_refused_at_its_length() {
        let empty = SeriesForm { length_minutes: "0".to_owned(), ..form() };
        assert_eq!(problems(&empty), one("length_minutes", "Choose a length of at least 1 minute."));
    }

    #[test]
    fn a_start_in_the_hour_that_does_not_exist_is_refused_at_its_time() {
        let missing = SeriesForm { starts_on: "2026-03-29".to_owned(), starts_time: "01:30".to_owned(), ..form() };
        let sentence = "Choose a start time before 01:00 or from 02:00: on 29 March 2026 the clocks go forward and 01:30 does not happen.";
        assert_eq!(problems(&missing), one("starts_time", sentence));
    }

    #[test]
    fn an_end_before_the_start_is_refused_at_the_end() {
        let backwards = SeriesForm { until_on: "2026-10-21".to_owned(), ..form() };
        assert_eq!(problems(&backwards), one("until_on", "Choose an end date on or after the first session, 22 October 2026."));
    }

    #[test]
    fn ten_thousand_sessions_are_refused_where_their_number_is_asked_for() {
        for times in ["10000", "99999999999999999999", "-1", "0", "many"] {
            let long = SeriesForm { ending: TIMES.to_owned(), times: times.to_owned(), ..form() };
            assert_eq!(problems(&long), one("times", "Choose a number of sessions from 1 to 520."));
        }
    }

    #[test]
    fn a_series_cannot_begin_before_today() {
        let past = SeriesForm { starts_on: "2026-01-04".to_owned(), ..form() };
        assert_eq!(problems(&past), one("starts_on", "Choose a start date from today on."));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_in_the_order_of_the_form() {
        let nothing = SeriesForm::default();
        let fields: Vec<String> = problems(&nothing).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["starts_on", "starts_time", "length_minutes", "repeats", "every", "ending"]);
    }
}
