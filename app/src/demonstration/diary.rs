//! Who is taken at which hour of the week, so that nobody is invented into two rooms at once.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta, Weekday};

use crate::people::PersonId;

/// An hour of the week. Every n-th week is treated as every week: a demonstration has hours to spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub weekday: Weekday,
    pub time: NaiveTime,
    pub minutes: u32,
}

impl Slot {
    fn ends(self) -> NaiveTime {
        self.time.overflowing_add_signed(TimeDelta::minutes(i64::from(self.minutes))).0
    }

    /// Whether somebody would have less than a quarter of an hour between the two.
    fn collides(self, other: Self) -> bool {
        let pause = TimeDelta::minutes(15);
        self.weekday == other.weekday && self.time - pause < other.ends() && other.time - pause < self.ends()
    }
}

/// What everybody has taken.
#[derive(Debug, Default)]
pub struct Diary {
    taken: HashMap<PersonId, Vec<Slot>>,
}

impl Diary {
    /// Whether somebody is free.
    pub fn is_free(&self, person: PersonId, slot: Slot) -> bool {
        self.taken.get(&person).is_none_or(|slots| !slots.iter().any(|taken| taken.collides(slot)))
    }

    /// Writes it down for somebody.
    pub fn take(&mut self, person: PersonId, slot: Slot) {
        self.taken.entry(person).or_default().push(slot);
    }

    /// The first of several hours at which everybody is free.
    pub fn first_free(&self, people: &[PersonId], slots: &[Slot]) -> Option<Slot> {
        slots.iter().copied().find(|slot| people.iter().all(|person| self.is_free(*person, *slot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thursday(hour: u32, minute: u32) -> Slot {
        Slot { weekday: Weekday::Thu, time: NaiveTime::from_hms_opt(hour, minute, 0).unwrap(), minutes: 90 }
    }

    #[test]
    fn a_quarter_of_an_hour_lies_between_two_sessions() {
        let person = PersonId(uuid::Uuid::nil());
        let mut diary = Diary::default();
        diary.take(person, thursday(10, 0));

        assert!(!diary.is_free(person, thursday(11, 30)));
        assert!(diary.is_free(person, thursday(11, 45)));
        assert!(!diary.is_free(person, thursday(8, 30)));
        assert!(diary.is_free(person, thursday(8, 15)));
        assert_eq!(diary.first_free(&[person], &[thursday(9, 0), thursday(14, 0)]), Some(thursday(14, 0)));
    }
}
