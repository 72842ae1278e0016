//! What the forms of polls send, and what of it can be used.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::model::{Answer, MOST_TIMES, PollKind, Time, end_of, first_from};
use crate::error::{AppError, Problem};
use crate::people::EmailAddress;

/// Which poll a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PollAddress {
    /// Its part of the address.
    pub code: String,
}

/// For which group a new poll is; empty where people are named.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPollAddress {
    /// The group's part of the address.
    pub slug: String,
}

/// A new poll.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PollForm {
    /// The group's part of the address; empty where people are named.
    pub slug: String,
    /// The key of a [`PollKind`].
    pub kind: String,
    /// The times, by [`time_key`].
    pub times: BTreeMap<String, TimeForm>,
    /// How long a session would last.
    pub length_minutes: String,
    /// Weeks from one to the next.
    pub every_weeks: String,
    /// From when the times of a week would hold.
    pub begins_on: String,
    /// The last day for answers.
    pub closes_on: String,
    /// The people, as e-mail addresses, where they are named.
    pub emails: String,
}

/// One time of the form. A line of which nothing was filled in is no time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeForm {
    /// The day of the week, as the database counts them: `1` is Monday.
    pub day: String,
    /// The date.
    pub date: String,
    /// When it begins.
    pub time: String,
}

/// The name of a line of the form. A figure alone would be read as a place in a list, hence the letter before it.
pub fn time_key(place: usize) -> String {
    format!("t{place}")
}

/// The name of a field of a line.
pub fn time_field(place: usize, part: &str) -> String {
    format!("times[{}][{part}]", time_key(place))
}

/// The name of the field of an answer.
pub fn answer_field(place: i64) -> String {
    format!("answers[t{place}]")
}

/// A poll that can be stored. Only [`PollForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPoll {
    pub(super) kind: PollKind,
    pub(super) length_minutes: i64,
    pub(super) every_weeks: i64,
    pub(super) times: Vec<NaiveDateTime>,
    pub(super) closes_at: DateTime<Utc>,
    /// Whom to ask, where no group is.
    pub(super) emails: Vec<EmailAddress>,
}

/// How far ahead a poll may close.
const OPEN_AT_MOST: Days = Days::new(92);
/// The most people whom one poll asks by name.
const MOST_PEOPLE: usize = 60;

impl PollForm {
    /// The poll, or everything that has to change, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<NewPoll, AppError> {
        let mut problems = Vec::new();
        let kind = PollKind::of_key(&self.kind);
        let emails = self.check_emails(&mut problems);
        let length_minutes = whole(&self.length_minutes, 15..=480);
        if length_minutes.is_none() {
            problems.push(Problem::new("length_minutes", "Enter a length from 15 to 480 minutes, such as 90."));
        }
        let every_weeks = if kind == PollKind::Dates { Some(1) } else { whole(&self.every_weeks, 1..=52) };
        if every_weeks.is_none() {
            problems
                .push(Problem::new("every_weeks", "Enter how many weeks lie between sessions: 1 for every week, 2 for every second week."));
        }
        let closes_on = check_day(("closes_on", &self.closes_on), today, &mut problems);
        if closes_on.is_some_and(|day| day > today + OPEN_AT_MOST) {
            problems.push(Problem::new("closes_on", "Choose a day within the next three months."));
        }
        let begins_on = match kind {
            PollKind::Weekly => check_day(("begins_on", &self.begins_on), today, &mut problems),
            PollKind::Dates => Some(today),
        };
        let times = self.check_times(kind, begins_on.unwrap_or(today), closes_on.unwrap_or(today), &mut problems);
        match (length_minutes, every_weeks, closes_on) {
            (Some(length_minutes), Some(every_weeks), Some(closes_on)) if problems.is_empty() => {
                Ok(NewPoll { kind, length_minutes, every_weeks, times, closes_at: end_of(closes_on), emails })
            }
            _ => Err(AppError::Invalid(problems)),
        }
    }

    fn check_emails(&self, problems: &mut Vec<Problem>) -> Vec<EmailAddress> {
        if !self.slug.is_empty() {
            return Vec::new();
        }
        let entered: Vec<&str> = self.emails.split([',', ';', '\n']).map(str::trim).filter(|entered| !entered.is_empty()).collect();
        let emails: Vec<EmailAddress> = entered.iter().filter_map(|entered| EmailAddress::of(entered)).collect();
        if entered.is_empty() {
            problems.push(Problem::new("emails", "Enter the work email of each person, one on a line."));
        } else if emails.len() < entered.len() {
            problems.push(Problem::new("emails", "One of these is no email address. Enter each like name@council.gov.uk, one on a line."));
        } else if entered.len() > MOST_PEOPLE {
            problems.push(Problem::new("emails", format!("Ask at most {MOST_PEOPLE} people at once.")));
        }
        emails
    }

    /// The times in their order, each once.
    fn check_times(&self, kind: PollKind, begins_on: NaiveDate, closes_on: NaiveDate, problems: &mut Vec<Problem>) -> Vec<NaiveDateTime> {
        let mut times = BTreeSet::new();
        for place in 1..=MOST_TIMES {
            let Some(line) = self.times.get(&time_key(place)).filter(|line| !line.is_empty()) else { continue };
            let day_field = time_field(place, if kind == PollKind::Weekly { "day" } else { "date" });
            let day = match kind {
                PollKind::Weekly => line.weekday().map(|weekday| first_from(begins_on, weekday)),
                PollKind::Dates => line.date.trim().parse().ok(),
            };
            let starts_time = time_of(&line.time);
            if day.is_none() {
                problems.push(Problem::new(&day_field, format!("Choose the day of time {place}.")));
            }
            if starts_time.is_none() {
                problems.push(Problem::new(&time_field(place, "time"), format!("Choose when time {place} begins, such as 10:00.")));
            }
            let (Some(day), Some(starts_time)) = (day, starts_time) else { continue };
            if kind == PollKind::Dates && day <= closes_on {
                problems.push(Problem::new(&day_field, format!("Choose a date for time {place} after the last day for answers.")));
            } else if !times.insert(day.and_time(starts_time)) {
                problems.push(Problem::new(&day_field, format!("Time {place} is in the list already. Choose another, or leave it empty.")));
            }
        }
        if times.is_empty() && problems.is_empty() {
            let field = time_field(1, if kind == PollKind::Weekly { "day" } else { "date" });
            problems.push(Problem::new(&field, "Offer at least one time."));
        }
        times.into_iter().collect()
    }
}

impl TimeForm {
    fn is_empty(&self) -> bool {
        [&self.day, &self.date, &self.time].iter().all(|part| part.trim().is_empty())
    }

    fn weekday(&self) -> Option<Weekday> {
        let number: u8 = self.day.parse().ok()?;
        Weekday::try_from(number.checked_sub(1)?).ok()
    }
}

fn check_day((field, entered): (&str, &str), today: NaiveDate, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let day = entered.trim().parse().ok().filter(|day| *day >= today);
    if day.is_none() {
        problems.push(Problem::new(field, "Choose a day from today on."));
    }
    day
}

fn whole(entered: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    entered.trim().parse().ok().filter(|number| range.contains(number))
}

fn time_of(entered: &str) -> Option<NaiveTime> {
    let entered = entered.trim();
    NaiveTime::parse_from_str(entered, "%H:%M").or_else(|_| NaiveTime::parse_from_str(entered, "%H:%M:%S")).ok()
}

/// Somebody's answers, by the link that they were sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswersForm {
    /// The code in the link.
    pub code: String,
    /// The key of an [`Answer`] for each time, by [`answer_field`].
    pub answers: BTreeMap<String, String>,
}

impl AnswersForm {
    /// An answer for each of the times, or those for which one is missing.
    pub fn check(&self, times: &[Time], words: impl Fn(Time) -> String) -> Result<Vec<(i64, Answer)>, AppError> {
        let answer = |time: &Time| self.answers.get(&format!("t{}", time.place)).and_then(|key| Answer::of_key(key));
        let problems: Vec<Problem> = times
            .iter()
            .filter(|time| answer(time).is_none())
            .map(|time| Problem::new(&answer_field(time.place), format!("Choose an answer for {}", words(*time))))
            .collect();
        if problems.is_empty() {
            Ok(times.iter().filter_map(|time| Some((time.place, answer(time)?))).collect())
        } else {
            Err(AppError::Invalid(problems))
        }
    }
}

/// Taking back the links of somebody.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    /// The poll's part of the address.
    pub code: String,
    /// The person's code.
    pub person: String,
}

/// Making a series of one of the times.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeTimeForm {
    /// The poll's part of the address.
    pub code: String,
    /// The place of the time.
    pub place: String,
    /// The group's part of the address, where the poll is for none.
    pub slug: String,
    /// The place of the time that was shown as taken; empty where none was.
    pub chosen: String,
}

impl TakeTimeForm {
    /// The time that was shown as taken; nought where none was.
    pub fn shown(&self) -> i64 {
        self.chosen.parse().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    fn line(day: &str, date: &str, time: &str) -> TimeForm {
        TimeForm { day: day.to_owned(), date: date.to_owned(), time: time.to_owned() }
    }

    fn form(lines: &[TimeForm]) -> PollForm {
        PollForm {
            slug: "aire".to_owned(),
            kind: "weekly".to_owned(),
            times: (1..).zip(lines).map(|(place, line)| (time_key(place), line.clone())).collect(),
            length_minutes: "90".to_owned(),
            every_weeks: "2".to_owned(),
            begins_on: "2026-11-02".to_owned(),
            closes_on: "2026-10-30".to_owned(),
            emails: String::new(),
        }
    }

    fn fields(form: &PollForm) -> Vec<String> {
        let AppError::Invalid(problems) = form.check(today()).unwrap_err() else { panic!("refused for another reason") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn times_of_a_week_are_their_first_dates_in_order_and_empty_lines_are_none() {
        let poll = form(&[line("4", "", "10:00"), line("", "", ""), line("1", "", "14:30")]).check(today()).unwrap();
        let times: Vec<String> = poll.times.iter().map(ToString::to_string).collect();
        assert_eq!(times, ["2026-11-02 14:30:00", "2026-11-05 10:00:00"]);
        assert_eq!((poll.kind, poll.every_weeks, poll.closes_at.to_rfc3339().as_str()), (PollKind::Weekly, 2, "2026-10-31T00:00:00+00:00"));
    }

    #[test]
    fn a_time_stands_once_and_a_date_comes_after_the_answers() {
        assert_eq!(fields(&form(&[line("4", "", "10:00"), line("4", "", "10:00")])), ["times[t2][day]"]);
        let dates = PollForm { kind: "dates".to_owned(), ..form(&[line("", "2026-10-30", "10:00"), line("", "2026-10-31", "10:00")]) };
        assert_eq!(fields(&dates), ["times[t1][date]"]);
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        assert_eq!(fields(&form(&[])), ["times[t1][day]"]);
        assert_eq!(fields(&form(&[line("8", "", ""), line("", "", "10:00")])), ["times[t1][day]", "times[t1][time]", "times[t2][day]"]);
        let empty = PollForm { slug: String::new(), ..form(&[line("4", "", "10:00")]) };
        assert_eq!(fields(&empty), ["emails"]);
        assert_eq!(fields(&PollForm { emails: "amina@bradford.gov.uk\namina".to_owned(), ..empty }), ["emails"]);
        let late = PollForm { closes_on: "2027-02-01".to_owned(), begins_on: "2026-10-21".to_owned(), ..form(&[line("4", "", "10:00")]) };
        assert_eq!(fields(&late), ["closes_on", "begins_on"]);
    }

    #[test]
    fn every_time_has_to_be_answered() {
        let times = [1, 2].map(|place| Time { place, starts: "2026-11-05T10:00:00".parse().unwrap() });
        let mut form = AnswersForm { answers: [("t1".to_owned(), "if_need_be".to_owned())].into(), ..AnswersForm::default() };
        let AppError::Invalid(problems) = form.check(&times, |time| time.place.to_string()).unwrap_err() else { panic!("another reason") };
        assert_eq!(problems, [Problem::new("answers[t2]", "Choose an answer for 2")]);
        form.answers.insert("t2".to_owned(), "no".to_owned());
        assert_eq!(form.check(&times, |_| String::new()), Ok(vec![(1, Answer::IfNeedBe), (2, Answer::No)]));
    }
}
