//! Edits of a published series that people ask for, one by one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and so do the functions that it calls")]

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use series::timetable::{
    Change, Circumstances, Delta, Details, Edit, EditProblem, Extension, LeftAlone, Outcome, PersonKey, Publication, Scope, Session,
    SessionKey, Timetable, UndoProblem, WhyLeftAlone,
};
use series::{Closure, DaysOff, Ending, Pattern, PlaceInMonth, Rhythm, Skip};

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A timetable, the time, and the closures of the centre.
struct World {
    timetable: Timetable,
    now: DateTime<Utc>,
    closures: Vec<Closure>,
    keys: u128,
}

impl World {
    /// The series has the identity 1, its sessions 2, 3, 4 and so on.
    fn with(start: &str, rhythm: Rhythm, ending: Option<Ending>) -> Self {
        let now = utc("2026-09-01T08:00:00Z");
        let mut world = Self { timetable: Timetable::default(), now, closures: Vec::new(), keys: 0 };
        let details = Details { length_minutes: 90, host: PersonKey(1), place: "Room 1".to_owned(), title: "Supervision".to_owned() };
        let pattern = Pattern::new(wall(start), rhythm, ending).unwrap();
        let publication = Publication { pattern, details, horizon: date("2026-12-31") };
        let outcome = {
            let circumstances = Circumstances { now, days_off: DaysOff::default() };
            world.timetable.publish(publication, circumstances, || next(&mut world.keys)).unwrap()
        };
        world.timetable = world.timetable.apply(&outcome.delta).unwrap();
        world
    }

    /// Thursdays at 10:00 from 15 October 2026, six times: 15, 22, 29 October, 5, 12 and 19 November.
    fn thursdays() -> Self {
        Self::with("2026-10-15T10:00", Rhythm::Weekly { every: 1 }, Some(Ending::Times(6)))
    }

    fn ask(&mut self, session: u128, scope: Scope, change: Change) -> Result<Outcome, EditProblem> {
        let circumstances = Circumstances { now: self.now, days_off: DaysOff { closures: &self.closures, leave: &[] } };
        let edit = Edit { session: SessionKey(session), scope, change };
        let outcome = self.timetable.edit(&edit, circumstances, || next(&mut self.keys))?;
        self.timetable = self.timetable.apply(&outcome.delta).unwrap();
        assert!(self.timetable.is_consistent());
        Ok(outcome)
    }

    fn edit(&mut self, session: u128, scope: Scope, change: Change) -> Outcome {
        self.ask(session, scope, change).unwrap()
    }

    fn refusal(&mut self, session: u128, scope: Scope, change: Change) -> String {
        self.ask(session, scope, change).unwrap_err().to_string()
    }

    /// "2: Thu 15 Oct 10:00", one line a session, in order of identity.
    fn lines(&self) -> Vec<String> {
        let line = |session: &Session| {
            let cancelled = if session.cancelled.is_some() { " cancelled" } else { "" };
            format!("{}: {}{cancelled}", session.key.0, session.starts.format("%a %-d %b %H:%M"))
        };
        self.timetable.all_sessions().map(line).collect()
    }

    fn session(&self, key: u128) -> &Session {
        self.timetable.session(SessionKey(key)).unwrap()
    }

    /// The identities of the sessions of each series, in order of slot.
    fn series(&self) -> Vec<Vec<u128>> {
        let sessions_of =
            |series: &series::timetable::Series| self.timetable.sessions_of(series.key).iter().map(|session| session.key.0).collect();
        self.timetable.all_series().map(sessions_of).collect()
    }
}

fn next(keys: &mut u128) -> u128 {
    *keys += 1;
    *keys
}

fn weekly() -> Rhythm {
    Rhythm::Weekly { every: 1 }
}

#[test]
fn moving_one_session_leaves_its_neighbours_and_its_slot() {
    let mut world = World::thursdays();

    world.edit(4, Scope::This, Change::Start(wall("2026-10-30T14:00")));

    assert_eq!(world.lines()[1..4], ["3: Thu 22 Oct 10:00", "4: Fri 30 Oct 14:00", "5: Thu 5 Nov 10:00"]);
    assert_eq!(world.session(4).slot, Some(date("2026-10-29")));
    assert_eq!(world.series(), [[2, 3, 4, 5, 6, 7]]);
}

#[test]
fn moving_this_and_following_splits_the_series_and_keeps_every_identity() {
    let mut world = World::thursdays();

    world.edit(4, Scope::ThisAndFollowing, Change::Start(wall("2026-10-27T14:00")));

    assert_eq!(
        world.lines(),
        [
            "2: Thu 15 Oct 10:00",
            "3: Thu 22 Oct 10:00",
            "4: Tue 27 Oct 14:00",
            "5: Tue 3 Nov 14:00",
            "6: Tue 10 Nov 14:00",
            "7: Tue 17 Nov 14:00",
        ]
    );
    assert_eq!(world.series(), [vec![2, 3], vec![4, 5, 6, 7]]);
    let patterns: Vec<_> = world.timetable.all_series().map(|series| (series.pattern.start(), series.pattern.ending())).collect();
    assert_eq!(
        patterns,
        [(wall("2026-10-15T10:00"), Some(Ending::Until(date("2026-10-28")))), (wall("2026-10-27T14:00"), Some(Ending::Times(4))),]
    );
}

#[test]
fn moving_all_before_the_first_changes_the_series_in_place() {
    let mut world = World::thursdays();

    world.edit(4, Scope::All, Change::Start(wall("2026-10-29T11:30")));

    assert_eq!(world.series(), [[2, 3, 4, 5, 6, 7]]);
    assert!(world.timetable.all_sessions().all(|session| session.starts.time() == NaiveTime::from_hms_opt(11, 30, 0).unwrap()));
}

#[test]
fn moving_all_leaves_the_sessions_that_have_been_held() {
    let mut world = World::thursdays();
    // The second session has just begun.
    world.now = utc("2026-10-22T09:00:00Z");

    let outcome = world.edit(7, Scope::All, Change::Start(wall("2026-11-19T11:00")));

    assert_eq!(world.lines()[..3], ["2: Thu 15 Oct 10:00", "3: Thu 22 Oct 10:00", "4: Thu 29 Oct 11:00"]);
    assert_eq!(world.series(), [vec![2, 3], vec![4, 5, 6, 7]]);
    let held = |session| LeftAlone { session: SessionKey(session), why: WhyLeftAlone::Settled };
    assert_eq!(outcome.left_alone, [held(2), held(3)]);
}

#[test]
fn what_was_chosen_for_one_session_stays_and_is_named() {
    let mut world = World::thursdays();
    world.edit(5, Scope::This, Change::Host(PersonKey(7)));
    world.edit(6, Scope::This, Change::Start(wall("2026-11-13T09:00")));

    let hosts = world.edit(3, Scope::All, Change::Host(PersonKey(2)));
    let starts = world.edit(3, Scope::All, Change::Start(wall("2026-10-22T16:00")));

    let left_alone = |outcome: &Outcome| outcome.left_alone.iter().map(|left| (left.session.0, left.why)).collect::<Vec<_>>();
    assert_eq!(left_alone(&hosts), [(5, WhyLeftAlone::OwnChoice)]);
    assert_eq!(left_alone(&starts), [(6, WhyLeftAlone::OwnChoice)]);
    assert_eq!(world.session(5).details.host, PersonKey(7));
    assert_eq!(world.lines()[3..5], ["5: Thu 5 Nov 16:00", "6: Fri 13 Nov 09:00"]);
}

#[test]
fn ten_o_clock_stays_ten_o_clock_when_a_series_is_moved_across_the_clock_change() {
    let mut world = World::thursdays();

    world.edit(2, Scope::All, Change::Start(wall("2026-10-18T01:30")));

    let starts: Vec<_> = world.timetable.all_sessions().map(|session| session.starts_at().format("%d %H:%MZ").to_string()).collect();
    assert_eq!(starts[..3], ["18 00:30Z", "25 00:30Z", "01 01:30Z"]);
}

#[test]
fn a_closure_in_the_way_of_a_move_leaves_one_session_without_a_date_and_says_why() {
    let mut world = World::thursdays();
    world.closures.push(Closure { first: date("2026-11-03"), last: date("2026-11-03"), name: "Staff learning".to_owned() });
    let until = Pattern::new(wall("2026-10-20T10:00"), weekly(), Some(Ending::Until(date("2026-11-17")))).unwrap();

    let outcome = world.edit(3, Scope::ThisAndFollowing, Change::Pattern(until));

    assert_eq!(
        world.lines()[1..],
        ["3: Tue 20 Oct 10:00", "4: Tue 27 Oct 10:00", "5: Thu 5 Nov 10:00 cancelled", "6: Tue 10 Nov 10:00", "7: Tue 17 Nov 10:00",]
    );
    assert_eq!(world.session(5).slot, None);
    assert_eq!(outcome.skipped[0].reason, "Centre closed: Staff learning");
}

#[test]
fn weekly_becomes_fortnightly_on_the_dates_that_stay() {
    let mut world = World::thursdays();
    let fortnightly = Pattern::new(wall("2026-10-29T10:00"), Rhythm::Weekly { every: 2 }, Some(Ending::Times(3))).unwrap();

    world.edit(4, Scope::ThisAndFollowing, Change::Pattern(fortnightly));

    assert_eq!(world.lines()[2..], ["4: Thu 29 Oct 10:00", "5: Thu 5 Nov 10:00 cancelled", "6: Thu 12 Nov 10:00", "7: Thu 26 Nov 10:00",]);
}

#[test]
fn the_second_tuesday_becomes_the_second_thursday_of_every_month() {
    let second_tuesdays = Rhythm::Monthly { every: 1, place: PlaceInMonth::Second };
    let mut world = World::with("2026-10-13T10:00", second_tuesdays, Some(Ending::Until(date("2027-01-31"))));

    world.edit(3, Scope::ThisAndFollowing, Change::Start(wall("2026-11-12T10:00")));

    assert_eq!(world.lines(), ["2: Tue 13 Oct 10:00", "3: Thu 12 Nov 10:00", "4: Thu 10 Dec 10:00", "5: Thu 14 Jan 10:00"]);
}

#[test]
fn cancelling_this_and_following_ends_a_series_that_would_run_on() {
    let mut world = World::with("2026-12-03T10:00", weekly(), None);
    let before = world.lines().len();

    world.edit(4, Scope::ThisAndFollowing, Change::Cancel("The group ends".to_owned()));

    assert_eq!(world.lines()[..3], ["2: Thu 3 Dec 10:00", "3: Thu 10 Dec 10:00", "4: Thu 17 Dec 10:00 cancelled"]);
    let series = world.timetable.all_series().next().unwrap();
    assert_eq!(series.pattern.ending(), Some(Ending::Until(date("2026-12-31"))));
    let circumstances = Circumstances { now: world.now, days_off: DaysOff::default() };
    let extension = Extension { series: series.key, horizon: date("2027-06-30"), left_out: &[] };
    assert!(world.timetable.extend(extension, circumstances, || 99).unwrap().delta.is_empty());
    assert_eq!(world.lines().len(), before);
}

#[test]
fn a_series_without_an_end_grows_with_its_horizon_and_keeps_what_it_has() {
    let mut world = World::with("2026-12-03T10:00", weekly(), None);
    let (before, series) = (world.lines(), world.timetable.all_series().next().unwrap().key);

    let circumstances = Circumstances { now: world.now, days_off: DaysOff::default() };
    let left_out = [Skip { date: date("2027-01-14"), reason: "Something else is planned".to_owned() }];
    let extension = Extension { series, horizon: date("2027-01-21"), left_out: &left_out };
    let outcome = world.timetable.extend(extension, circumstances, || next(&mut world.keys)).unwrap();
    world.timetable = world.timetable.apply(&outcome.delta).unwrap();

    assert_eq!(before.len(), 5);
    assert_eq!(outcome.skipped, left_out);
    assert!(world.timetable.is_consistent());
    assert_eq!(world.lines()[5..], ["7: Thu 7 Jan 10:00", "8: Thu 21 Jan 10:00"]);
    assert_eq!(world.lines()[..5], before);
}

#[test]
fn an_edit_is_undone_to_the_letter() {
    let mut world = World::thursdays();
    let before = world.timetable.clone();
    let outcome = world.edit(4, Scope::ThisAndFollowing, Change::Start(wall("2026-10-27T14:00")));

    let undo = world.timetable.undo(&outcome.delta, world.now).unwrap();

    assert_eq!(world.timetable.apply(&undo).unwrap(), before);
}

#[test]
fn an_edit_can_be_kept_as_text_until_it_is_undone() {
    let mut world = World::thursdays();
    world.keys = u128::MAX - 10;
    let pattern = Pattern::new(wall("2026-10-27T14:00"), weekly(), Some(Ending::Until(date("2026-12-24")))).unwrap();
    let delta = world.edit(4, Scope::ThisAndFollowing, Change::Pattern(pattern)).delta;

    let text = serde_json::to_string(&delta).unwrap();

    assert_eq!(serde_json::from_str::<Delta>(&text).unwrap(), delta);
    let impossible = text.replace("{\"Until\":\"2026-12-24\"}", "{\"Until\":\"2026-10-01\"}");
    assert_ne!(impossible, text);
    assert!(serde_json::from_str::<Delta>(&impossible).is_err());
}

#[test]
fn an_edit_cannot_be_undone_once_somebody_else_has_changed_its_sessions() {
    let mut world = World::thursdays();
    let outcome = world.edit(4, Scope::All, Change::Place("Room 2".to_owned()));
    world.edit(5, Scope::This, Change::Place("Room 3".to_owned()));

    assert_eq!(
        world.timetable.undo(&outcome.delta, world.now).unwrap_err().to_string(),
        "Somebody else has changed this series meanwhile. Nothing was changed; look at it as it is now."
    );
}

#[test]
fn an_edit_cannot_be_undone_once_one_of_its_sessions_has_begun() {
    let mut world = World::thursdays();
    let outcome = world.edit(2, Scope::All, Change::Place("Room 2".to_owned()));
    world.now = utc("2026-10-15T09:00:00Z");

    assert_eq!(world.timetable.undo(&outcome.delta, world.now), Err(UndoProblem::Settled));
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    let mut world = World::thursdays();
    world.edit(7, Scope::This, Change::Cancel("Supervisor is ill".to_owned()));
    world.now = utc("2026-10-15T10:00:00Z");
    let pattern = Pattern::new(wall("2026-11-12T10:00"), weekly(), Some(Ending::Times(600))).unwrap();
    let cases = [
        (2, Scope::This, Change::Length(60), "This session has begun, or its attendance is being marked, so it can no longer be changed."),
        (7, Scope::This, Change::Length(60), "This session is cancelled, so it cannot be changed."),
        (3, Scope::This, Change::Start(wall("2026-10-15T11:00")), "Choose a time to come: 11:00 on 15 October 2026 has passed."),
        (
            3,
            Scope::All,
            Change::Start(wall("2027-03-28T01:30")),
            "Choose a start time before 01:00 or from 02:00: on 28 March 2027 the clocks go forward and 01:30 does not happen.",
        ),
        (5, Scope::All, Change::Start(wall("2026-10-26T10:00")), "Choose a time to come: 10:00 on 12 October 2026 has passed."),
        (3, Scope::All, Change::Length(481), "Choose a length from 1 minute to 8 hours (480 minutes)."),
        (
            3,
            Scope::This,
            Change::Pattern(pattern),
            "A new rhythm is for this and the following sessions, or for all of them. Choose one of the two.",
        ),
        (
            3,
            Scope::All,
            Change::Pattern(pattern),
            "The series would have more than 520 sessions. Choose an earlier end, or fewer sessions.",
        ),
        (99, Scope::This, Change::Length(60), "This session is not there."),
    ];
    for (session, scope, change, refusal) in cases {
        assert_eq!(world.refusal(session, scope, change), refusal);
    }
    world.now = utc("2027-01-01T00:00:00Z");
    assert_eq!(
        world.refusal(3, Scope::All, Change::Length(60)),
        "Nothing is left to change: all of these sessions have begun or been held."
    );
}

#[test]
fn two_edits_in_two_windows_do_not_overwrite_each_other() {
    let world = World::thursdays();
    let mut one = World { timetable: world.timetable.clone(), closures: Vec::new(), ..world };
    let (mut keys, now) = (100, one.now);
    let edit = Edit { session: SessionKey(5), scope: Scope::All, change: Change::Place("Room 2".to_owned()) };
    let circumstances = Circumstances { now, days_off: DaysOff::default() };
    let other = one.timetable.edit(&edit, circumstances, || next(&mut keys)).unwrap();

    one.edit(4, Scope::ThisAndFollowing, Change::Start(wall("2026-10-27T14:00")));

    assert!(one.timetable.apply(&other.delta).is_err());
}
