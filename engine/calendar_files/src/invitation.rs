//! From what an edit has changed to what everybody's calendar is sent.
//!
//! One file is about one series, because a file may hold one identity (RFC 5546, section 3.2.2). It says as little as is enough: a session
//! that was moved or cancelled on its own stands in it alone, under its `RECURRENCE-ID`; whatever changes the pattern sends the series anew.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use series::timetable::{Delta, RowChange, Series, SeriesKey, Session, SessionKey, Timetable};
use series::{Ending, Pattern};

use crate::content::Content;
use crate::feed::Event;
use crate::uk_zone;
use crate::vevent::{Identity, NEUTRAL_TITLE, Repeats, Vevent};

/// How every file begins.
pub const HEAD: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Reverie//Supervision//EN\r\nCALSCALE:GREGORIAN\r\n";

/// What stands under the title.
const DESCRIPTION: &str = "How to join, or the place, is in Reverie. If you cannot come, please send apologies there: an answer to this invitation reaches nobody.";

/// The same of something that takes place once, to which nobody sends apologies.
const DESCRIPTION_OF_ONE: &str =
    "How to join, or the place, is in Reverie. If you cannot come, please say so there: an answer to this invitation reaches nobody.";

/// What an invitation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// These times are to be held.
    Request,
    /// These times are no longer to be held.
    Cancel,
}

impl Method {
    /// The word in the file, and in the type of the message's part.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        [Self::Request, Self::Cancel].into_iter().find(|method| method.word() == word)
    }
}

/// What is sent of one series, the same for everybody who comes to the same sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    method: Method,
    events: Vec<Vevent>,
}

impl Invitation {
    /// What it says.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The file, without sender and recipient: [`crate::addressed`] adds them.
    pub fn file(&self) -> String {
        let mut content = Content::default();
        content.ready(HEAD);
        content.line(format_args!("METHOD:{}", self.method.word()));
        uk_zone::describe(&mut content);
        for event in &self.events {
            event.write(&mut content);
        }
        content.ready("END:VCALENDAR\r\n");
        content.into_text()
    }
}

/// What is to be sent so that calendars show a timetable as it is after a change: one invitation for each series that looks different.
///
/// `timetable` is what the change has led to, and holds the whole of every series that the change names. A series that is published is a
/// change from nothing: `Delta::between(&Timetable::default(), &timetable)`. `now` is the moment of the change, and `address` is where all
/// of somebody's sessions are found. What a calendar does not show, such as who leads a session, makes no invitation.
///
/// Whoever comes to some of the sessions alone is sent what follows from a timetable in which the others are cancelled.
pub fn invitations(timetable: &Timetable, change: &Delta, now: DateTime<Utc>, address: &str) -> Vec<Invitation> {
    let letter = Letter { now, address };
    let keys: Vec<SeriesKey> = touched(change).into_iter().collect();
    keys.into_iter().filter_map(|key| letter.invitation(timetable, change, key)).collect()
}

/// What somebody is sent of one event that belongs to no series: to hold its time, or to hold it no longer. It has the identity that it has in a feed, and
/// whatever is sent of it later counts as newer. `now` is the moment of sending.
pub fn invitation_to(event: &Event, method: Method, now: DateTime<Utc>) -> Invitation {
    let vevent = Vevent {
        identity: event.identity,
        sequence: sequence(now),
        stamped: now,
        starts: event.starts,
        length_minutes: event.length_minutes,
        repeats: Repeats::Once,
        title: event.title.clone(),
        location: String::new(),
        description: DESCRIPTION_OF_ONE,
        address: event.address.clone(),
        is_cancelled: method == Method::Cancel,
        alarm_minutes: None,
    };
    Invitation { method, events: vec![vevent] }
}

/// The series that a change is about, directly or through their sessions.
fn touched(change: &Delta) -> BTreeSet<SeriesKey> {
    let series = change.series.iter().flat_map(|row| row.before().into_iter().chain(row.after())).map(|series| series.key);
    let sessions = change.sessions.iter().flat_map(|row| row.before().into_iter().chain(row.after())).map(|session| session.series);
    series.chain(sessions).collect()
}

/// What all events of a change have in common.
struct Letter<'a> {
    now: DateTime<Utc>,
    address: &'a str,
}

impl Letter<'_> {
    fn invitation(&self, timetable: &Timetable, change: &Delta, key: SeriesKey) -> Option<Invitation> {
        let row = change.series.iter().find(|row| row.before().or(row.after()).is_some_and(|series| series.key == key));
        let held_before = held_before(timetable, change, key);
        // What nobody was invited to need not be cancelled.
        let cancelled = |series| (held_before > 0).then(|| self.cancelled_whole(series));
        let Some(series) = timetable.series(key) else {
            // An undo has taken the series back.
            return row.and_then(RowChange::before).and_then(cancelled);
        };
        let own: Vec<&RowChange<Session>> = change.sessions.iter().filter(|row| concerns(row, key)).filter(|row| shows(row)).collect();
        let looks_different = row.is_some_and(|row| row.before().map(Looks::of) != row.after().map(Looks::of));
        if !looks_different && own.is_empty() {
            return None;
        }
        let sessions: Vec<&Session> = timetable.all_sessions().filter(|session| session.series == key).collect();
        if sessions.iter().all(|session| session.cancelled.is_some()) {
            return cancelled(series);
        }
        // Of a single session no series may be known, so that nothing could stand in the place of one of its dates.
        if !looks_different
            && held_before > 1
            && let Some(invitation) = self.of_single_sessions(series, &own)
        {
            return Some(invitation);
        }
        Some(Invitation { method: Method::Request, events: self.whole(series, &sessions) })
    }

    /// The sessions that were changed on their own, where one file can say it: all of them cancelled, or all of them moved.
    fn of_single_sessions(&self, series: &Series, changes: &[&RowChange<Session>]) -> Option<Invitation> {
        let mut events = Vec::new();
        let mut methods = BTreeSet::new();
        for change in changes {
            let RowChange::Changed { before, after } = change else { return None };
            // A session that takes place again is not known to those who have cancelled it, so they are sent the whole series.
            if before.cancelled.is_some() || before.slot != after.slot || before.series != after.series {
                return None;
            }
            let slot = series.pattern.slot_on(after.slot?);
            let is_cancelled = after.cancelled.is_some();
            methods.insert(is_cancelled);
            // A cancellation names what is in people's calendars.
            let shown = if is_cancelled { before } else { after };
            events.push(Vevent { is_cancelled, ..self.one(series, shown, slot) });
        }
        let method = match methods.into_iter().collect::<Vec<_>>().as_slice() {
            [true] => Method::Cancel,
            [false] => Method::Request,
            _ => return None,
        };
        Some(Invitation { method, events })
    }

    /// The series as it is held: its rule from the first session to the last, the dates that it leaves out, and each session that differs. One
    /// session alone repeats nothing.
    fn whole(&self, series: &Series, sessions: &[&Session]) -> Vec<Vevent> {
        let held: Vec<&Session> = sessions.iter().copied().filter(|session| session.cancelled.is_none()).collect();
        if let [only] = held.as_slice() {
            return vec![self.event(series, Repeats::Once, (only.starts, only.details.length_minutes))];
        }
        let slot = |date: NaiveDate| series.pattern.slot_on(date);
        let pattern = as_held(series, sessions, &held);
        let is_within = |date: &NaiveDate| *date >= pattern.start().date() && last_of(&pattern).is_none_or(|last| *date <= last);
        let cancelled = sessions.iter().filter(|session| session.cancelled.is_some()).filter_map(|session| session.slot);
        let except: BTreeSet<NaiveDateTime> =
            series.skips.iter().map(|skip| skip.date).chain(cancelled).filter(is_within).map(slot).collect();
        // What took place outside the pattern stays in people's calendars.
        let also: BTreeSet<NaiveDateTime> = held.iter().filter(|session| session.slot.is_none()).map(|session| session.starts).collect();
        let differing = held.iter().filter_map(|session| {
            let (stands, by_rule) = session.slot.map_or((session.starts, session.starts), |date| (series.starts_on(date), slot(date)));
            let differs = session.starts != stands || session.details.length_minutes != series.details.length_minutes;
            differs.then(|| self.one(series, session, by_rule))
        });
        let mut differing: Vec<Vevent> = differing.collect();
        differing.sort_by_key(|event| event.starts);
        let rule =
            Repeats::Rule { rule: pattern.to_rrule(&series.skips), except: except.into_iter().collect(), also: also.into_iter().collect() };
        let master = self.event(series, rule, (pattern.start(), series.details.length_minutes));
        std::iter::once(master).chain(differing).collect()
    }

    fn cancelled_whole(&self, series: &Series) -> Invitation {
        let rule = Repeats::Rule { rule: planned(series).to_rrule(&series.skips), except: Vec::new(), also: Vec::new() };
        let master = self.event(series, rule, (series.pattern.start(), series.details.length_minutes));
        Invitation { method: Method::Cancel, events: vec![Vevent { is_cancelled: true, ..master }] }
    }

    /// A session in the place of the one that the rule asks for.
    fn one(&self, series: &Series, session: &Session, by_rule: NaiveDateTime) -> Vevent {
        self.event(series, Repeats::InsteadOf(by_rule), (session.starts, session.details.length_minutes))
    }

    fn event(&self, series: &Series, repeats: Repeats, (starts, length_minutes): (NaiveDateTime, u32)) -> Vevent {
        Vevent {
            identity: Identity(series.key.0),
            sequence: sequence(self.now),
            stamped: self.now,
            starts,
            length_minutes,
            repeats,
            title: NEUTRAL_TITLE.to_owned(),
            location: String::new(),
            description: DESCRIPTION,
            address: self.address.to_owned(),
            is_cancelled: false,
            alarm_minutes: None,
        }
    }
}

/// Seconds since 2026 began: time itself counts what is sent, across splits and undoing, and fits into 32 bits until 2094.
fn sequence(now: DateTime<Utc>) -> i64 {
    const YEAR_2026: i64 = 1_767_225_600;
    (now.timestamp() - YEAR_2026).max(0)
}

/// How many sessions of a series were held before a change.
fn held_before(after: &Timetable, change: &Delta, key: SeriesKey) -> usize {
    let is_held = |session: &&Session| session.series == key && session.cancelled.is_none();
    let touched: BTreeSet<SessionKey> = change.sessions.iter().filter_map(RowChange::after).map(|session| session.key).collect();
    let untouched = after.all_sessions().filter(is_held).filter(|session| !touched.contains(&session.key)).count();
    untouched + change.sessions.iter().filter_map(RowChange::before).filter(is_held).count()
}

/// The pattern from the first session that is held to the last: nobody's calendar need hold what was before they came, or what they are not at.
fn as_held(series: &Series, sessions: &[&Session], held: &[&Session]) -> Pattern {
    let whole = planned(series);
    let ends = |sessions: &[&Session]| {
        let slots = || sessions.iter().filter_map(|session| session.slot);
        slots().min().zip(slots().max())
    };
    match (ends(held), ends(sessions)) {
        (Some((first, last)), all) if all != Some((first, last)) => {
            Pattern::new(whole.slot_on(first), whole.rhythm(), Some(Ending::Until(last))).unwrap_or(whole)
        }
        _ => whole,
    }
}

fn last_of(pattern: &Pattern) -> Option<NaiveDate> {
    match pattern.ending() {
        Some(Ending::Until(last)) => Some(last),
        Some(Ending::Times(_)) | None => None,
    }
}

/// Whether a session belongs to a series, or did so before.
fn concerns(row: &RowChange<Session>, key: SeriesKey) -> bool {
    row.before().is_some_and(|session| session.series == key) || row.after().is_some_and(|session| session.series == key)
}

/// Whether a calendar looks different for it.
fn shows(row: &RowChange<Session>) -> bool {
    let shown = |session: &Session| {
        // Where nothing is held, nothing else matters.
        let held = session.cancelled.is_none().then_some((session.starts, session.details.length_minutes));
        held.map(|held| (session.series, session.slot, held))
    };
    row.before().and_then(shown) != row.after().and_then(shown)
}

/// What calendars show of a series as a whole.
#[derive(PartialEq, Eq)]
struct Looks {
    pattern: Pattern,
    skipped: Vec<NaiveDate>,
    length_minutes: u32,
}

impl Looks {
    fn of(series: &Series) -> Self {
        Self {
            pattern: planned(series),
            skipped: series.skips.iter().map(|skip| skip.date).collect(),
            length_minutes: series.details.length_minutes,
        }
    }
}

/// The pattern as far as it is planned: sessions beyond the horizon of one without an ending do not exist yet, so no calendar shows them.
fn planned(series: &Series) -> Pattern {
    let (pattern, horizon) = (series.pattern, series.horizon);
    let until = horizon.filter(|_| pattern.ending().is_none()).map(Ending::Until);
    until.and_then(|until| Pattern::new(pattern.start(), pattern.rhythm(), Some(until)).ok()).unwrap_or(pattern)
}
