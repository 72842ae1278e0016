//! A calendar program for tests, which knows nothing but the files that it was sent.

use std::collections::{BTreeMap, BTreeSet};

use ::series::{Ending, Pattern, instant};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// What somebody's own calendar holds.
#[derive(Debug, Default)]
pub struct OwnCalendar {
    events: BTreeMap<String, Known>,
}

#[derive(Debug, Default)]
struct Known {
    sequence: i64,
    whole: Option<Event>,
    instead: BTreeMap<NaiveDateTime, Event>,
}

#[derive(Debug, Default)]
struct Event {
    uid: String,
    sequence: i64,
    instead_of: Option<NaiveDateTime>,
    starts: NaiveDateTime,
    length: TimeDelta,
    rule: Option<String>,
    except: BTreeSet<NaiveDateTime>,
    also: BTreeSet<NaiveDateTime>,
    is_cancelled: bool,
}

/// From when until when.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

impl OwnCalendar {
    /// Takes in a file as RFC 5546 says: what it names takes the place of what was known, and nothing that comes later may count as older.
    pub fn take_in(&mut self, file: &str) {
        let events: Vec<Event> = read(file);
        let known = self.events.entry(events[0].uid.clone()).or_default();
        for event in &events {
            assert!(event.sequence > known.sequence, "SEQUENCE does not rise:\n{file}");
        }
        known.sequence = events[0].sequence;
        if events.iter().any(|event| event.instead_of.is_none()) {
            known.instead.clear();
        }
        for event in events {
            assert_eq!(event.sequence, known.sequence);
            match event.instead_of {
                None => known.whole = Some(event),
                Some(slot) => _ = known.instead.insert(slot, event),
            }
        }
    }

    /// What is to be held, in order.
    pub fn held(&self) -> Vec<Span> {
        let mut held: Vec<Span> = self.events.values().flat_map(Known::held).collect();
        held.sort_unstable();
        held
    }
}

impl Known {
    fn held(&self) -> Vec<Span> {
        let whole = self.whole.as_ref().expect("no session is changed of a series that nobody was told of");
        if whole.is_cancelled {
            return Vec::new();
        }
        let slots = whole.slots();
        assert!(self.instead.keys().all(|slot| slots.contains(slot)), "a session is changed that is none of the rule's: {self:?}");
        let span = |starts: NaiveDateTime, event: &Event| (instant(starts), instant(starts) + event.length);
        let held = slots.into_iter().filter_map(|slot| match self.instead.get(&slot) {
            None => Some(span(slot, whole)),
            Some(event) => (!event.is_cancelled).then(|| span(event.starts, event)),
        });
        held.collect()
    }
}

impl Event {
    fn slots(&self) -> BTreeSet<NaiveDateTime> {
        let Some(rule) = &self.rule else { return BTreeSet::from([self.starts]) };
        let pattern = Pattern::from_rrule(self.starts, rule).unwrap();
        let most = match pattern.ending() {
            Some(Ending::Times(times)) => usize::try_from(times).unwrap(),
            Some(Ending::Until(_)) => usize::MAX,
            None => panic!("a series without an end is known as far as it is planned"),
        };
        let dates = pattern.dates().take(most).map(|date| pattern.slot_on(date)).filter(|slot| !self.except.contains(slot));
        dates.chain(self.also.iter().copied()).collect()
    }
}

fn read(file: &str) -> Vec<Event> {
    let text = file.replace("\r\n ", "");
    let mut events = Vec::new();
    for block in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let mut event = Event::default();
        for line in block.split("END:VEVENT").next().unwrap().lines() {
            let (name, value) = line.split_once(':').unwrap();
            match name.split(';').next().unwrap() {
                "UID" => value.clone_into(&mut event.uid),
                "SEQUENCE" => event.sequence = value.parse().unwrap(),
                "RECURRENCE-ID" => event.instead_of = Some(clock(value)),
                "DTSTART" => event.starts = clock(value),
                "DTEND" => event.length = instant(clock(value)) - instant(event.starts),
                "DURATION" => event.length = minutes(value),
                "RRULE" => event.rule = Some(value.to_owned()),
                "EXDATE" => _ = event.except.insert(clock(value)),
                "RDATE" => _ = event.also.insert(clock(value)),
                "STATUS" => event.is_cancelled = value == "CANCELLED",
                _ => {}
            }
        }
        events.push(event);
    }
    events
}

fn clock(value: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").unwrap()
}

fn minutes(value: &str) -> TimeDelta {
    TimeDelta::minutes(value.strip_prefix("PT").and_then(|rest| rest.strip_suffix('M')).unwrap().parse().unwrap())
}
