//! A new series that is known in part: its form, opened with those answers in it, so that nobody types what is known.

use ::series::Pattern;
use chrono::{NaiveDate, TimeDelta};

use super::forms::{OPEN, SeriesForm, TIMES, UNTIL, repeats_of};
use crate::groups::Rhythm;
use crate::paths;
use crate::ui::address_with;

/// The answers with which the form of a new series opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// When its sessions are held.
    pub rhythm: Rhythm,
    /// Where it ends.
    pub ends: Ends,
}

/// Where a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// On this date.
    Until(NaiveDate),
    /// After so many sessions.
    Times(i64),
    /// When somebody ends it.
    Open,
}

impl Opening {
    /// What stands in the fields.
    pub fn answers(&self, slug: &str) -> SeriesForm {
        let Rhythm { starts_on, starts_time, length_minutes, repeats } = self.rhythm;
        let (repeats, every) = repeats_of(repeats);
        let (ending, until_on, times) = match self.ends {
            Ends::Until(last) => (UNTIL, last.to_string(), String::new()),
            Ends::Times(times) => (TIMES, String::new(), times.to_string()),
            Ends::Open => (OPEN, String::new(), String::new()),
        };
        SeriesForm {
            slug: slug.to_owned(),
            starts_on: starts_on.to_string(),
            starts_time: starts_time.format("%H:%M").to_string(),
            length_minutes: length_minutes.to_string(),
            repeats: repeats.to_owned(),
            every: every.to_string(),
            ending: ending.to_owned(),
            until_on,
            times,
            ..SeriesForm::default()
        }
    }

    /// The form at an address of its own, which shows every date and stores nothing.
    pub fn form(&self, slug: &str) -> String {
        let form = self.answers(slug);
        address_with(
            &paths::new_series(slug),
            &[
                ("starts_on", &form.starts_on),
                ("starts_time", &form.starts_time),
                ("length_minutes", &form.length_minutes),
                ("repeats", &form.repeats),
                ("every", &form.every),
                ("ending", &form.ending),
                ("until_on", &form.until_on),
                ("times", &form.times),
            ],
        )
    }

    /// The series that takes up where this one leaves off: its next date after a day, and as long again.
    #[must_use]
    pub fn taken_up_after(&self, day: NaiveDate) -> Self {
        let starts_on = self.rhythm.starts_on;
        let endless = Pattern::new(starts_on.and_time(self.rhythm.starts_time), self.rhythm.repeats, None);
        let next = endless.ok().and_then(|endless| endless.dates().find(|date| *date > day)).unwrap_or(starts_on);
        let ends = match self.ends {
            Ends::Until(last) => Ends::Until(last + TimeDelta::days(next.signed_duration_since(starts_on).num_days())),
            same @ (Ends::Times(_) | Ends::Open) => same,
        };
        Self { rhythm: Rhythm { starts_on: next, ..self.rhythm }, ends }
    }
}

#[cfg(test)]
mod tests {
    use ::series::Rhythm as Repeats;
    use chrono::NaiveTime;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fortnightly(ends: Ends) -> Opening {
        let starts_time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
        Opening {
            rhythm: Rhythm { starts_on: date("2026-05-07"), starts_time, length_minutes: 90, repeats: Repeats::Weekly { every: 2 } },
            ends,
        }
    }

    #[test]
    fn the_next_series_keeps_the_rhythm_and_is_as_long_again() {
        let old = fortnightly(Ends::Until(date("2026-10-22")));
        let next = old.taken_up_after(date("2026-10-22"));
        assert_eq!((next.rhythm.starts_on, next.ends), (date("2026-11-05"), Ends::Until(date("2027-04-22"))));
        // Where the last session was moved, or was long ago, the rhythm is kept all the same.
        assert_eq!(old.taken_up_after(date("2026-10-23")).rhythm.starts_on, date("2026-11-05"));
        assert_eq!(old.taken_up_after(date("2026-11-05")).rhythm.starts_on, date("2026-11-19"));
        assert_eq!(fortnightly(Ends::Times(12)).taken_up_after(date("2026-10-22")).ends, Ends::Times(12));
    }

    #[test]
    fn the_form_opens_with_what_is_known() {
        assert_eq!(
            fortnightly(Ends::Times(12)).form("aire"),
            "/groups/aire/series/new?starts_on=2026%2D05%2D07&starts_time=10%3A00&length_minutes=90&repeats=weeks&every=2&ending=times&times=12"
        );
    }
}
