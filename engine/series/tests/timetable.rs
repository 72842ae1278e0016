//! What holds for every sequence of edits of a published series, whatever is asked for and whenever.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, and so do the functions that it calls")]

mod law;
mod naive;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use law::{is_in_the_missing_hour, naive_instant};
use naive::Diary;
use proptest::prelude::*;
use series::timetable::{
    Change, Circumstances, Delta, Details, Edit, Extension, PersonKey, Publication, RowChange, Scope, Session, SessionKey, Timetable,
    UndoProblem,
};
use series::{Closure, DaysOff, Ending, Leave, Pattern, PlaceInMonth, Rhythm};

/// What happens to a series in its life. Numbers that choose a session are taken as far as there are sessions.
#[derive(Debug, Clone)]
enum Step {
    Edit { session: usize, scope: Scope, change: AnyChange },
    UndoTheLast,
    Attend { session: usize },
    Extend { days: u64 },
    Wait { days: i64, hours: i64 },
}

#[derive(Debug, Clone)]
enum AnyChange {
    Start { days: i64, time: NaiveTime },
    Pattern { days: u64, time: NaiveTime, rhythm: AnyRhythm, ending: AnyEnding },
    Detail(Change),
}

#[derive(Debug, Clone, Copy)]
enum AnyRhythm {
    Weekly(u32),
    /// Monthly on the place that the start has, or on the last where it is that.
    Monthly {
        every: u32,
        prefers_last: bool,
    },
}

#[derive(Debug, Clone, Copy)]
enum AnyEnding {
    Until { days: u64 },
    Times(u32),
    Never,
}

#[derive(Debug, Clone)]
struct Life {
    start: NaiveDate,
    time: NaiveTime,
    rhythm: AnyRhythm,
    ending: AnyEnding,
    closures: Vec<Closure>,
    leave: Vec<Leave>,
    steps: Vec<Step>,
}

fn any_time() -> impl Strategy<Value = NaiveTime> {
    let minutes = prop_oneof![4 => (32_u32..72).prop_map(|quarter| quarter * 15), 1 => 0_u32..180];
    minutes.prop_map(|minutes| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap())
}

fn any_rhythm() -> impl Strategy<Value = AnyRhythm> {
    prop_oneof![
        3 => (1_u32..=4).prop_map(AnyRhythm::Weekly),
        1 => (1_u32..=2, any::<bool>()).prop_map(|(every, prefers_last)| AnyRhythm::Monthly { every, prefers_last }),
    ]
}

fn any_ending() -> impl Strategy<Value = AnyEnding> {
    prop_oneof![(0_u64..150).prop_map(|days| AnyEnding::Until { days }), (1_u32..12).prop_map(AnyEnding::Times), Just(AnyEnding::Never),]
}

fn any_detail() -> impl Strategy<Value = Change> {
    prop_oneof![
        prop::sample::select(vec![45_u32, 60, 90]).prop_map(Change::Length),
        (1_u128..4).prop_map(|host| Change::Host(PersonKey(host))),
        prop::sample::select(vec!["Room 1", "Room 2", "Online"]).prop_map(|place| Change::Place(place.to_owned())),
        prop::sample::select(vec!["Supervision", "Review"]).prop_map(|title| Change::Title(title.to_owned())),
        Just(Change::Cancel("Supervisor is ill".to_owned())),
    ]
}

fn any_change() -> impl Strategy<Value = AnyChange> {
    prop_oneof![
        3 => (-9_i64..20, any_time()).prop_map(|(days, time)| AnyChange::Start { days, time }),
        2 => (0_u64..40, any_time(), any_rhythm(), any_ending())
            .prop_map(|(days, time, rhythm, ending)| AnyChange::Pattern { days, time, rhythm, ending }),
        4 => any_detail().prop_map(AnyChange::Detail),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let scope = prop::sample::select(vec![Scope::This, Scope::ThisAndFollowing, Scope::All]);
    prop_oneof![
        12 => (0_usize..20, scope, any_change()).prop_map(|(session, scope, change)| Step::Edit { session, scope, change }),
        2 => Just(Step::UndoTheLast),
        1 => (0_usize..20).prop_map(|session| Step::Attend { session }),
        1 => (0_u64..60).prop_map(|days| Step::Extend { days }),
        5 => (0_i64..20, 0_i64..24).prop_map(|(days, hours)| Step::Wait { days, hours }),
    ]
}

prop_compose! {
    fn any_life()(
        // Half of the starts are Sundays, because the clocks change on Sundays.
        days in 0_u64..730,
        is_sunday in any::<bool>(),
        time in any_time(),
        rhythm in any_rhythm(),
        ending in any_ending(),
        closures in prop::collection::vec((0_u64..200, 0_u64..12), 0..4),
        leave in prop::collection::vec((0_u64..200, 0_u64..12), 0..3),
        steps in prop::collection::vec(any_step(), 1..12),
    ) -> Life {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(days);
        let start = if is_sunday { day + Days::new(u64::from(6 - day.weekday().num_days_from_monday())) } else { day };
        let closures = closures
            .into_iter()
            .map(|(from, days)| Closure { first: start + Days::new(from), last: start + Days::new(from + days), name: "Painting".to_owned() })
            .collect();
        let leave =
            leave.into_iter().map(|(from, days)| Leave { first: start + Days::new(from), last: start + Days::new(from + days) }).collect();
        Life { start, time, rhythm, ending, closures, leave, steps }
    }
}

/// A pattern that begins on a date, or `None` where its start would be in the hour that does not exist.
fn pattern(start: NaiveDate, time: NaiveTime, rhythm: AnyRhythm, ending: AnyEnding) -> Option<Pattern> {
    let rhythm = match rhythm {
        AnyRhythm::Weekly(every) => Rhythm::Weekly { every },
        AnyRhythm::Monthly { every, prefers_last } => {
            let place = if prefers_last && PlaceInMonth::is_last(start) { PlaceInMonth::Last } else { PlaceInMonth::of(start) };
            Rhythm::Monthly { every, place }
        }
    };
    let ending = match ending {
        AnyEnding::Until { days } => Some(Ending::Until(start + Days::new(days))),
        AnyEnding::Times(times) => Some(Ending::Times(times)),
        AnyEnding::Never => None,
    };
    let start = start.and_time(time);
    (!is_in_the_missing_hour(start)).then(|| Pattern::new(start, rhythm, ending).unwrap())
}

/// A timetable, the time, and what happened last.
struct World {
    timetable: Timetable,
    closures: Vec<Closure>,
    leave: Vec<Leave>,
    /// Which sessions somebody has had in hand and given another start.
    moved: BTreeSet<SessionKey>,
    now: DateTime<Utc>,
    /// Before the last edit, what it changed, and after it.
    last: Option<(Timetable, Delta, Timetable)>,
    keys: u128,
}

impl World {
    fn begin(life: &Life) -> Option<Self> {
        let now = naive_instant(life.start.and_time(life.time)) - TimeDelta::days(3);
        let details = Details { length_minutes: 90, host: PersonKey(1), place: "Room 1".to_owned(), title: "Supervision".to_owned() };
        let pattern = pattern(life.start, life.time, life.rhythm, life.ending)?;
        let publication = Publication { pattern, details, horizon: life.start + Days::new(90) };
        let mut world = Self {
            timetable: Timetable::default(),
            closures: life.closures.clone(),
            leave: life.leave.clone(),
            moved: BTreeSet::new(),
            now,
            last: None,
            keys: 0,
        };
        let outcome = world.with(|timetable, circumstances, fresh| timetable.publish(publication, circumstances, fresh)).ok()?;
        world.timetable = world.timetable.apply(&outcome.delta).unwrap();
        Some(world)
    }

    fn with<Answer>(&mut self, ask: impl FnOnce(&Timetable, Circumstances<'_>, &mut dyn FnMut() -> u128) -> Answer) -> Answer {
        let days_off = DaysOff { closures: &self.closures, leave: &self.leave };
        let circumstances = Circumstances { now: self.now, days_off };
        let keys = &mut self.keys;
        ask(&self.timetable, circumstances, &mut || {
            *keys += 1;
            *keys
        })
    }

    fn chosen(&self, session: usize) -> Session {
        let sessions: Vec<&Session> = self.timetable.all_sessions().collect();
        sessions[session % sessions.len()].clone()
    }

    fn change(&self, in_hand: &Session, change: &AnyChange) -> Option<Change> {
        match change {
            AnyChange::Detail(detail) => Some(detail.clone()),
            AnyChange::Start { days, time } => Some(Change::Start((in_hand.starts.date() + TimeDelta::days(*days)).and_time(*time))),
            AnyChange::Pattern { days, time, rhythm, ending } => {
                pattern(self.now.date_naive() + Days::new(*days), *time, *rhythm, *ending).map(Change::Pattern)
            }
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Edit { session, scope, change } => {
                let in_hand = self.chosen(*session);
                if let Some(change) = self.change(&in_hand, change) {
                    self.edit(Edit { session: in_hand.key, scope: *scope, change })?;
                }
            }
            Step::UndoTheLast => self.undo()?,
            Step::Attend { session } => {
                let attended = self.chosen(*session).key;
                let sessions = self
                    .timetable
                    .all_sessions()
                    .cloned()
                    .map(|session| Session { is_attended: session.is_attended || session.key == attended, ..session });
                self.timetable = Timetable::of(self.timetable.all_series().cloned().collect(), sessions.collect());
            }
            Step::Extend { days } => self.extend(*days)?,
            Step::Wait { days, hours } => self.now += TimeDelta::days(*days) + TimeDelta::hours(*hours),
        }
        Ok(())
    }

    fn edit(&mut self, edit: Edit) -> Result<(), TestCaseError> {
        let before = self.timetable.clone();
        let mut diary = Diary::of(&before, DaysOff { closures: &self.closures, leave: &self.leave }, self.now);
        let expected = diary.edit(edit.session, edit.scope, &edit.change);
        let lines = diary.lines;
        let outcome = self.with(|timetable, circumstances, fresh| timetable.edit(&edit, circumstances, fresh));
        prop_assert_eq!(outcome.is_ok(), expected.is_ok(), "the diary: {:?}, the engine: {:?}", expected, outcome);
        let Ok(outcome) = outcome else { return Ok(()) };
        let after = before.apply(&outcome.delta).unwrap();
        if let Change::Start(_) = edit.change {
            self.moved.insert(edit.session);
        }

        self.nothing_is_lost_and_nothing_twice(&before, &after)?;
        self.the_past_is_unchanged(&before, &after)?;
        self.local_time_is_constant(&after)?;
        the_diary_says_the_same(&lines, &before, &after)?;
        prop_assert_eq!(&after.apply(&outcome.delta.inverse()).unwrap(), &before);
        prop_assert_eq!(outcome.delta.inverse().inverse(), outcome.delta.clone());
        for left_alone in &outcome.left_alone {
            let facts = |timetable: &Timetable| {
                let session = timetable.session(left_alone.session).unwrap();
                (session.starts, session.details.clone(), session.cancelled.clone())
            };
            prop_assert_eq!(facts(&before), facts(&after));
        }
        self.last = Some((before, outcome.delta, after.clone()));
        self.timetable = after;
        Ok(())
    }

    fn undo(&mut self) -> Result<(), TestCaseError> {
        let Some((before, delta, after)) = self.last.take() else { return Ok(()) };
        let is_untouched = self.timetable == after;
        match self.timetable.undo(&delta, self.now) {
            Ok(inverse) => {
                let undone = self.timetable.apply(&inverse).unwrap();
                self.the_past_is_unchanged(&self.timetable, &undone)?;
                prop_assert!(undone.is_consistent());
                prop_assert!(!is_untouched || undone == before);
                self.timetable = undone;
            }
            Err(UndoProblem::Settled) => prop_assert!(delta.sessions.iter().any(|change| self.is_settled_by_now(change))),
            Err(UndoProblem::Overtaken(_)) => prop_assert!(!is_untouched),
        }
        Ok(())
    }

    /// Whether a change gave a session other facts, or made it, and it has begun or been marked since.
    fn is_settled_by_now(&self, change: &RowChange<Session>) -> bool {
        let facts = |session: &Session| (session.starts, session.details.clone(), session.cancelled.clone());
        let Some(after) = change.after() else { return false };
        let is_settled = self.timetable.session(after.key).is_some_and(|session| session.is_settled(self.now));
        is_settled && change.before().is_none_or(|before| facts(before) != facts(after))
    }

    fn extend(&mut self, days: u64) -> Result<(), TestCaseError> {
        let horizon = self.now.date_naive() + Days::new(90 + days);
        let before = self.timetable.clone();
        let mut diary = Diary::of(&before, DaysOff { closures: &self.closures, leave: &self.leave }, self.now);
        diary.extend(horizon);
        let lines = diary.lines;
        let series: Vec<_> = before.all_series().map(|series| series.key).collect();
        for key in series {
            let extension = Extension { series: key, horizon, left_out: &[] };
            let outcome = self.with(|timetable, circumstances, fresh| timetable.extend(extension, circumstances, fresh)).unwrap();
            self.timetable = self.timetable.apply(&outcome.delta).unwrap();
        }
        let after = self.timetable.clone();
        self.nothing_is_lost_and_nothing_twice(&before, &after)?;
        self.local_time_is_constant(&after)?;
        the_diary_says_the_same(&lines, &before, &after)?;
        for session in before.all_sessions() {
            prop_assert_eq!(after.session(session.key), Some(session));
        }
        Ok(())
    }

    /// Every identity is still there, and every date of every pattern has one session or a reason for none.
    fn nothing_is_lost_and_nothing_twice(&self, before: &Timetable, after: &Timetable) -> Result<(), TestCaseError> {
        prop_assert!(after.is_consistent());
        for session in before.all_sessions() {
            prop_assert!(after.session(session.key).is_some(), "{:?} is lost", session.key);
        }
        let slots: Vec<_> = after.all_sessions().filter_map(|session| Some((session.series, session.slot?))).collect();
        prop_assert_eq!(slots.iter().collect::<BTreeSet<_>>().len(), slots.len());
        for session in after.all_sessions().filter(|session| session.slot.is_none()) {
            prop_assert!(session.cancelled.is_some() || session.is_settled(self.now));
        }
        for session in after.all_sessions().filter(|session| before.session(session.key).is_none()) {
            prop_assert!(!session.is_settled(self.now), "a new session is to come");
        }
        Ok(())
    }

    fn the_past_is_unchanged(&self, before: &Timetable, after: &Timetable) -> Result<(), TestCaseError> {
        for session in before.all_sessions().filter(|session| session.is_settled(self.now)) {
            let now = after.session(session.key).unwrap();
            prop_assert_eq!((now.starts, &now.details, &now.cancelled), (session.starts, &session.details, &session.cancelled));
            prop_assert_eq!((now.starts_at(), now.ends_at()), (session.starts_at(), session.ends_at()));
        }
        Ok(())
    }

    /// A session that nobody has moved on its own stands on its slot while it is to come: the wall shows the time of its series, and the instant
    /// follows by the law.
    fn local_time_is_constant(&self, after: &Timetable) -> Result<(), TestCaseError> {
        for session in after.all_sessions() {
            let series = after.series(session.series).unwrap();
            prop_assert_eq!(session.starts_at(), naive_instant(session.starts));
            let Some(slot) = session.slot else { continue };
            let asked = slot.and_time(series.pattern.start().time());
            let stands = if is_in_the_missing_hour(asked) { asked + TimeDelta::hours(1) } else { asked };
            prop_assert_eq!(series.starts_on(slot), stands);
            if !session.is_settled(self.now) && !self.moved.contains(&session.key) {
                prop_assert_eq!(session.starts, stands);
            }
        }
        Ok(())
    }
}

/// Series by series, the diary and the engine hold the same sessions: the known ones by identity, new ones by what they are.
fn the_diary_says_the_same(lines: &[naive::Line], before: &Timetable, after: &Timetable) -> Result<(), TestCaseError> {
    type Facts = (Option<SessionKey>, Option<NaiveDate>, chrono::NaiveDateTime, u32, PersonKey, String, String, bool);
    let facts = |key, slot, starts, details: &Details, is_cancelled| -> Facts {
        let Details { length_minutes, host, place, title } = details.clone();
        (key, slot, starts, length_minutes, host, place, title, is_cancelled)
    };
    let mut by_diary: Vec<Vec<Facts>> = lines
        .iter()
        .map(|line| {
            let meetings = line.meetings.iter();
            meetings.map(|meeting| facts(meeting.key, meeting.slot, meeting.starts, &meeting.details, meeting.is_cancelled)).collect()
        })
        .collect();
    let mut by_engine: Vec<Vec<Facts>> = after
        .all_series()
        .map(|series| {
            let sessions = after.all_sessions().filter(|session| session.series == series.key);
            let known = |key| before.session(key).map(|_| key);
            sessions
                .map(|session| facts(known(session.key), session.slot, session.starts, &session.details, session.cancelled.is_some()))
                .collect()
        })
        .collect();
    for series in by_diary.iter_mut().chain(by_engine.iter_mut()) {
        series.sort();
    }
    by_diary.sort();
    by_engine.sort();
    prop_assert_eq!(by_diary, by_engine);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12_000))]

    #[test]
    fn a_series_keeps_its_promises_through_every_sequence_of_edits(life in any_life()) {
        if let Some(mut world) = World::begin(&life) {
            for step in &life.steps {
                world.step(step)?;
            }
        }
    }
}
