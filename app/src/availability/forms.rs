//! What the forms about availability and conflicts send, and what is valid of it.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::level::{ClashKind, KeepReason, Level};
use super::model::{DateOverride, LeaveKind, Limits, Stretch};
use super::week::Week;
use crate::error::{AppError, Problem};
use crate::groups::GroupKind;

/// Whose availability a page is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AvailabilityAddress {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The kind of supervision for which the free times are shown, or empty.
    pub kind: String,
}

/// Adding working hours, to one day or to several alike.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The days of the week, from `1` for Monday.
    pub weekdays: Vec<String>,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// The keys of the kinds of supervision; none for every kind.
    pub kinds: Vec<String>,
    /// `yes` for the time that they would choose.
    pub preferred: String,
}

/// Working hours that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHours {
    /// Each day.
    pub weekdays: Vec<Weekday>,
    /// From when to when.
    pub stretch: Stretch,
    /// For which kinds; none named means every kind.
    pub kinds: Vec<GroupKind>,
    /// Whether it is the time that they would choose.
    pub is_preferred: bool,
}

impl HoursForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<NewHours, AppError> {
        let weekdays: Vec<Weekday> = self.weekdays.iter().filter_map(|day| weekday_of(day)).collect();
        let stretch = stretch_of(("from", &self.from), ("to", &self.to));
        let kinds: Vec<GroupKind> = self.kinds.iter().filter_map(|kind| GroupKind::of_key(kind)).collect();
        let no_day = weekdays.is_empty().then(|| Problem::new("weekdays", "Choose at least one day of the week."));
        let is_preferred = self.preferred == YES;
        match (no_day, stretch) {
            (None, Ok(stretch)) => Ok(NewHours { weekdays, stretch, kinds, is_preferred }),
            (no_day, stretch) => Err(AppError::Invalid(no_day.into_iter().chain(stretch.err().unwrap_or_default()).collect())),
        }
    }
}

/// Painting the hours of every week.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WeekForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The week as the person was shown it.
    pub shown: String,
    /// The week as it was painted.
    pub painted: String,
}

/// A week that was painted over another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaintedWeek {
    /// As it was shown.
    pub shown: Week,
    /// As it is now.
    pub painted: Week,
}

impl WeekForm {
    /// What is valid of it.
    pub fn check(&self) -> Result<PaintedWeek, AppError> {
        match (Week::of_figures(&self.shown), Week::of_figures(&self.painted)) {
            (Some(shown), Some(painted)) => Ok(PaintedWeek { shown, painted }),
            _ => Err(AppError::invalid("", "The week did not arrive whole. Please paint it again, or use the form below it.")),
        }
    }
}

/// What a tick box sends.
pub const YES: &str = "yes";

/// The day of the week of a figure in a form.
fn weekday_of(figure: &str) -> Option<Weekday> {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    days.into_iter().find(|day| day.number_from_monday().to_string() == figure)
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

/// From one time to a later one, each a field's name and what was typed into it.
fn stretch_of(from: (&str, &str), to: (&str, &str)) -> Result<Stretch, Vec<Problem>> {
    match (time_of(from.1), time_of(to.1)) {
        (Some(starts), Some(ends)) => {
            Stretch::new(starts, ends).ok_or_else(|| vec![Problem::new(to.0, "Choose an end after the beginning, on the same day.")])
        }
        (starts, ends) => {
            let no_start = starts.is_none().then(|| Problem::new(from.0, "Choose when it begins, such as 09:00."));
            let no_end = ends.is_none().then(|| Problem::new(to.0, "Choose when it ends, such as 17:00."));
            Err(no_start.into_iter().chain(no_end).collect())
        }
    }
}

/// Taking back a line of hours or of leave.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// Which line.
    pub line: String,
}

impl LineForm {
    /// The line; one that cannot be read is none that is there.
    pub fn line(&self) -> Result<uuid::Uuid, AppError> {
        self.line.parse().map_err(|_| AppError::NotFound)
    }
}

/// What holds on one date.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DateForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The date.
    pub on: String,
    /// `none` or `other`.
    pub what: String,
    /// From when, with other hours.
    pub date_from: String,
    /// Until when, with other hours.
    pub date_to: String,
}

/// The date has no hours.
pub const NONE: &str = "none";
/// The date has other hours.
pub const OTHER: &str = "other";

/// How far ahead something can be said: two years.
const FARTHEST: Days = Days::new(731);

impl DateForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<DateOverride, AppError> {
        let on = date_of(("on", "Choose the date."), &self.on, today);
        let hours = match self.what.as_str() {
            NONE => Ok(None),
            OTHER => stretch_of(("date_from", &self.date_from), ("date_to", &self.date_to)).map(Some),
            _ => Err(vec![Problem::new("what", "Choose whether you have other hours on that date, or none.")]),
        };
        match (on, hours) {
            (Ok(on), Ok(hours)) => Ok(DateOverride { on, hours }),
            (on, hours) => Err(AppError::Invalid(on.err().into_iter().chain(hours.err().unwrap_or_default()).collect())),
        }
    }

    /// The date; one that cannot be read is none that is there.
    pub fn date(&self) -> Result<NaiveDate, AppError> {
        self.on.trim().parse().map_err(|_| AppError::NotFound)
    }
}

/// A date from today on; the field comes with what to say where it is empty.
fn date_of((field, missing): (&str, &str), text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let date: NaiveDate = text.trim().parse().map_err(|_| Problem::new(field, missing))?;
    match (date < today, date > today + FARTHEST) {
        (true, _) => Err(Problem::new(field, "Choose a date from today on.")),
        (_, true) => Err(Problem::new(field, "Choose a date within the next two years.")),
        _ => Ok(date),
    }
}

/// Days away.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaveForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// The key of a [`LeaveKind`].
    pub leave_kind: String,
}

/// Days away that can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLeave {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why.
    pub kind: LeaveKind,
}

impl LeaveForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<NewLeave, AppError> {
        let first = date_of(("first", "Choose the first day."), &self.first, today);
        let last = match (&first, date_of(("last", "Choose the last day."), &self.last, today)) {
            (Ok(first), Ok(last)) if last < *first => Err(Problem::new("last", "Choose a last day on or after the first.")),
            (_, last) => last,
        };
        let kind = LeaveKind::of_key(&self.leave_kind).ok_or_else(|| Problem::new("leave_kind", "Choose why."));
        match (first, last, kind) {
            (Ok(first), Ok(last), Ok(kind)) => Ok(NewLeave { first, last, kind }),
            (first, last, kind) => Err(AppError::Invalid([first.err(), last.err(), kind.err()].into_iter().flatten().collect())),
        }
    }
}

/// How much can be planned.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitsForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The version that the person was shown.
    pub version: String,
    /// Minutes after a session.
    pub buffer: String,
    /// The most sessions of a day, or empty.
    pub most_in_day: String,
    /// The most sessions of a week, or empty.
    pub most_in_week: String,
    /// Hours of sessions in a week by the contract, or empty: `7.5`.
    pub contracted: String,
}

/// What somebody is qualified for, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QualificationsForm {
    /// The person's code.
    pub person: String,
    /// The keys of the kinds that stood there when the page was shown, with a comma between them.
    pub shown: String,
    /// The keys of the kinds.
    pub qualified: Vec<String>,
}

/// What somebody is to be qualified for, and what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifications {
    pub shown: Vec<GroupKind>,
    pub kinds: Vec<GroupKind>,
}

impl Qualifications {
    /// The kinds that not every supervisor leads, in the order in which forms name them.
    pub const KINDS: [GroupKind; 2] = [GroupKind::Vig, GroupKind::Supervisors];
}

impl QualificationsForm {
    /// What is valid of it; a word that names no such kind is none.
    pub fn check(&self) -> Qualifications {
        let named = |words: &[&str]| Qualifications::KINDS.into_iter().filter(|kind| words.contains(&kind.key())).collect();
        let sent: Vec<&str> = self.qualified.iter().map(String::as_str).collect();
        Qualifications { shown: named(&self.shown.split(',').collect::<Vec<_>>()), kinds: named(&sent) }
    }
}

impl LimitsForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<Limits, AppError> {
        let buffer = whole("buffer", &self.buffer, 0..=240, "Enter the minutes after a session, from 0 to 240.")
            .and_then(|minutes| minutes.ok_or_else(|| Problem::new("buffer", "Enter the minutes after a session, from 0 to 240.")));
        let day = whole("most_in_day", &self.most_in_day, 1..=20, "Enter a number of sessions from 1 to 20, or nothing for no limit.");
        let week = whole("most_in_week", &self.most_in_week, 1..=60, "Enter a number of sessions from 1 to 60, or nothing for no limit.");
        let contracted = minutes_of_hours(&self.contracted);
        match (buffer, day, week, contracted) {
            (Ok(buffer_minutes), Ok(most_in_day), Ok(most_in_week), Ok(contracted_minutes)) => {
                Ok(Limits { buffer_minutes, most_in_day, most_in_week, contracted_minutes })
            }
            (buffer, day, week, contracted) => {
                Err(AppError::Invalid([buffer.err(), day.err(), week.err(), contracted.err()].into_iter().flatten().collect()))
            }
        }
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(-1)
    }
}

fn whole(field: &str, text: &str, range: std::ops::RangeInclusive<i64>, otherwise: &str) -> Result<Option<i64>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().ok().filter(|figure| range.contains(figure)).map(Some).ok_or_else(|| Problem::new(field, otherwise))
}

/// Hours as people write them, in whole minutes: `7.5`, `7,5` or `7:30`; nothing where nothing was entered.
fn minutes_of_hours(text: &str) -> Result<Option<i64>, Problem> {
    let problem = || Problem::new("contracted", "Enter hours from 1 to 50, such as 7.5, or nothing.");
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let (hours, part) = text.split_once(['.', ':']).unwrap_or((&text, "0"));
    let hours: i64 = hours.parse().map_err(|_| problem())?;
    let minutes = match part {
        part if text.contains(':') => part.parse().ok().filter(|minutes| (0..60).contains(minutes)),
        "0" | "00" => Some(0),
        "25" => Some(15),
        "5" | "50" => Some(30),
        "75" => Some(45),
        _ => None,
    };
    let minutes: i64 = minutes.ok_or_else(problem)?;
    Some(hours.checked_mul(60).ok_or_else(problem)? + minutes).filter(|minutes| (60..=3000).contains(minutes)).map(Some).ok_or_else(problem)
}

/// Minutes as hours in a form: "7.5".
pub fn hours_of_minutes(minutes: i64) -> String {
    match minutes % 60 {
        0 => format!("{}", minutes / 60),
        15 => format!("{}.25", minutes / 60),
        30 => format!("{}.5", minutes / 60),
        45 => format!("{}.75", minutes / 60),
        rest => format!("{}:{rest:02}", minutes / 60),
    }
}

/// How each kind of conflict is treated from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    /// The rules as the person was shown them, in the order of [`ClashKind::ALL`].
    pub shown: String,
    /// The keys of the levels by the key of the kind.
    pub supervisor_twice: String,
    /// The same.
    pub member_twice: String,
    /// The same.
    pub on_leave: String,
    /// The same.
    pub unavailable_date: String,
    /// The same.
    pub outside_hours: String,
    /// The same.
    pub busy_elsewhere: String,
    /// The same.
    pub buffer: String,
    /// The same.
    pub day_cap: String,
    /// The same.
    pub week_cap: String,
}

/// One rule that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// Which rule.
    pub kind: ClashKind,
    /// How it was treated when it was shown.
    pub from: Level,
    /// How it is treated from now on.
    pub to: Level,
}

impl RulesForm {
    /// What is sent for a kind.
    fn level_of(&self, kind: ClashKind) -> &str {
        match kind {
            ClashKind::SupervisorTwice => &self.supervisor_twice,
            ClashKind::MemberTwice => &self.member_twice,
            ClashKind::OnLeave => &self.on_leave,
            ClashKind::UnavailableDate => &self.unavailable_date,
            ClashKind::OutsideHours => &self.outside_hours,
            ClashKind::BusyElsewhere => &self.busy_elsewhere,
            ClashKind::Buffer => &self.buffer,
            ClashKind::DayCap => &self.day_cap,
            ClashKind::WeekCap => &self.week_cap,
        }
    }

    /// The rules that are changed, or everything that is wrong.
    pub fn check(&self) -> Result<Vec<RuleChange>, AppError> {
        let shown: Vec<Option<Level>> = self.shown.split(',').map(Level::of_key).collect();
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        for (place, kind) in ClashKind::ALL.into_iter().enumerate() {
            match (shown.get(place).copied().flatten(), Level::of_key(self.level_of(kind))) {
                (Some(from), Some(to)) => changes.extend((from != to).then_some(RuleChange { kind, from, to })),
                _ => problems.push(Problem::new(kind.key(), "Choose how it is treated.")),
            }
        }
        if problems.is_empty() { Ok(changes) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Leaving a conflict as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    /// The session's part of the address.
    pub session: String,
    /// The key of a [`ClashKind`].
    pub kind: String,
    /// The key of a [`KeepReason`].
    pub reason: String,
}

/// A conflict that is left as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The session's part of the address.
    pub session: String,
    /// The rule.
    pub kind: ClashKind,
    /// Why.
    pub reason: KeepReason,
}

impl KeepForm {
    /// What is valid of it.
    pub fn check(&self) -> Result<Keep, AppError> {
        let kind = ClashKind::of_key(&self.kind).ok_or(AppError::NotFound)?;
        let reason = KeepReason::of_key(&self.reason).ok_or_else(|| AppError::invalid("", "Choose why it is left as it is."))?;
        Ok(Keep { session: self.session.clone(), kind, reason })
    }
}

/// Which part of the conflicts is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConflictFilter {
    /// The key of a kind, or empty.
    pub kind: String,
    /// Which part of the list, counted from one.
    pub page: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::model::fixture::stretch;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    fn fields<T: std::fmt::Debug>(checked: Result<T, AppError>) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = checked else { panic!("{checked:?}") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    fn hours() -> HoursForm {
        HoursForm {
            weekdays: vec!["1".to_owned(), "4".to_owned()],
            from: "09:00".to_owned(),
            to: "12:30".to_owned(),
            kinds: vec!["vig".to_owned()],
            ..HoursForm::default()
        }
    }

    #[test]
    fn hours_are_given_to_several_days_at_once() {
        let expected = NewHours {
            weekdays: vec![Weekday::Mon, Weekday::Thu],
            stretch: stretch("09:00", "12:30"),
            kinds: vec![GroupKind::Vig],
            is_preferred: false,
        };
        assert_eq!(hours().check(), Ok(expected));
    }

    #[test]
    fn everything_that_is_wrong_with_hours_is_said_at_once() {
        assert_eq!(fields(HoursForm::default().check()), ["weekdays", "from", "to"]);
        assert_eq!(fields(HoursForm { to: "09:00".to_owned(), ..hours() }.check()), ["to"]);
        assert_eq!(
            fields(HoursForm { weekdays: vec!["8".to_owned(), "x".to_owned()], to: "25:00".to_owned(), ..hours() }.check()),
            ["weekdays", "to"]
        );
    }

    #[test]
    fn a_date_has_other_hours_or_none_and_is_not_past() {
        let none = DateForm { on: "2026-10-29".to_owned(), what: NONE.to_owned(), ..DateForm::default() };
        assert_eq!(none.check(today()), Ok(DateOverride { on: "2026-10-29".parse().unwrap(), hours: None }));
        let other = DateForm { what: OTHER.to_owned(), date_from: "08:00".to_owned(), date_to: "20:00".to_owned(), ..none.clone() };
        assert_eq!(other.check(today()).map(|said| said.hours), Ok(Some(stretch("08:00", "20:00"))));
        assert_eq!(fields(DateForm { on: "2026-10-21".to_owned(), what: String::new(), ..none.clone() }.check(today())), ["on", "what"]);
        assert_eq!(fields(DateForm { on: "9999-12-31".to_owned(), ..none }.check(today())), ["on"]);
    }

    #[test]
    fn leave_ends_on_or_after_the_day_on_which_it_begins() {
        let form = LeaveForm {
            first: "2026-10-29".to_owned(),
            last: "2026-10-29".to_owned(),
            leave_kind: "training".to_owned(),
            ..LeaveForm::default()
        };
        assert_eq!(form.check(today()).map(|leave| leave.kind), Ok(LeaveKind::Training));
        assert_eq!(fields(LeaveForm { last: "2026-10-28".to_owned(), ..form.clone() }.check(today())), ["last"]);
        assert_eq!(fields(LeaveForm::default().check(today())), ["first", "last", "leave_kind"]);
    }

    #[test]
    fn contracted_hours_are_taken_as_people_write_them() {
        for (text, minutes) in [("7.5", Some(450)), ("7,5", Some(450)), ("7:30", Some(450)), ("20", Some(1200)), ("", None)] {
            let form = LimitsForm { buffer: "15".to_owned(), contracted: text.to_owned(), ..LimitsForm::default() };
            assert_eq!(form.check().map(|limits| limits.contracted_minutes), Ok(minutes), "{text}");
        }
        for text in ["0.5", "51", "7.3", "many", "-3", "99999999999999999999", "7:75"] {
            let form = LimitsForm { buffer: "15".to_owned(), contracted: text.to_owned(), ..LimitsForm::default() };
            assert_eq!(fields(form.check()), ["contracted"], "{text}");
        }
        assert_eq!([hours_of_minutes(450), hours_of_minutes(1200), hours_of_minutes(70)], ["7.5", "20", "1:10"]);
    }

    #[test]
    fn limits_may_be_left_open_and_the_buffer_may_not() {
        assert_eq!(
            fields(LimitsForm { most_in_day: "0".to_owned(), most_in_week: "61".to_owned(), ..LimitsForm::default() }.check()),
            ["buffer", "most_in_day", "most_in_week"]
        );
    }

    #[test]
    fn the_rules_that_are_changed_are_those_that_differ_from_what_was_shown() {
        let form = RulesForm {
            shown: ClashKind::ALL.map(|kind| kind.usual_level().key()).join(","),
            supervisor_twice: "block".to_owned(),
            member_twice: "block".to_owned(),
            on_leave: "block_publishing".to_owned(),
            unavailable_date: "block_publishing".to_owned(),
            outside_hours: "ignore".to_owned(),
            busy_elsewhere: "warn".to_owned(),
            buffer: "warn".to_owned(),
            day_cap: "warn".to_owned(),
            week_cap: "warn".to_owned(),
        };
        let changes: Vec<_> = form.check().unwrap().into_iter().map(|change| (change.kind, change.to)).collect();
        assert_eq!(changes, [(ClashKind::MemberTwice, Level::Block), (ClashKind::OutsideHours, Level::Ignore)]);
        assert_eq!(fields(RulesForm { buffer: "shout".to_owned(), ..form }.check()), ["buffer"]);
    }
}
