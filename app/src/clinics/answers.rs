//! What the page of open clinics shows: how many places are free, and never who has the others.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::agreements::Section;
use crate::groups::{Band, MeetingMode};
use crate::people::PersonName;
use crate::ui::{clock_time, day_and_month, day_month_year, time_range};

/// The open clinics, and the places that the reader has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinics {
    /// The present day.
    pub today: NaiveDate,
    /// Sessions that lie ahead and at which the reader has a place, soonest first.
    pub own: Vec<OwnPlace>,
    /// Every clinic that can be booked, by name.
    pub bookable: Vec<Clinic>,
    /// At how many sessions the reader waits for a place, whether or not they stand among those.
    pub waits: i64,
}

impl Clinics {
    /// The day of the first session among them all; the present one where there is none.
    pub fn first_day(&self) -> NaiveDate {
        let own = self.own.iter().map(|place| &place.session);
        let sessions = own.chain(self.bookable.iter().flat_map(|clinic| &clinic.sessions));
        sessions.map(|session| session.starts.date()).min().unwrap_or(self.today)
    }
}

/// A place that the reader has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPlace {
    /// What the clinic is called.
    pub clinic: String,
    /// The session.
    pub session: ClinicSession,
    /// Until when the place is given back in good time, in UK local time.
    pub cut_off: NaiveDateTime,
    /// Whether that has passed.
    pub is_late: bool,
}

/// What the reader waits for at open clinics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWaits {
    /// The present day.
    pub today: NaiveDate,
    /// Whether they may book places. Whoever may not is given none.
    pub may_book: bool,
    /// The sessions, soonest first.
    pub sessions: Vec<OwnWait>,
}

/// A session that lies ahead, at which the reader waits for a place. Times are UK local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWait {
    /// What the clinic is called.
    pub clinic: String,
    /// The session's part of the address.
    pub code: String,
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Where the reader stands.
    pub band: Band,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
    /// Whether it is at another time than the reader asked for, or on terms that are not in force any more.
    pub is_other_than_asked: bool,
}

/// A session at which people wait for a place: how many, and never who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitedSession {
    /// What the clinic is called.
    pub clinic: String,
    /// The session's part of the address.
    pub code: String,
    /// When it begins, in UK local time.
    pub starts: NaiveDateTime,
    /// How many wait and can have a place.
    pub waiting: i64,
}

/// A clinic and its next sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    /// Its part of an address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Who leads it.
    pub supervisor: PersonName,
    /// Whether that is the reader, who books no place there.
    pub is_led_by_reader: bool,
    /// How it meets.
    pub mode: MeetingMode,
    /// How many places each session has.
    pub places: i64,
    /// Which version of the agreement is in force.
    pub version: i64,
    /// What everybody agrees to by booking.
    pub terms: Vec<Section>,
    /// The next sessions, soonest first.
    pub sessions: Vec<ClinicSession>,
}

/// One session of a clinic. Times are UK local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicSession {
    /// Its part of the address.
    pub code: String,
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Who leads it.
    pub supervisor: PersonName,
    /// How many places are free.
    pub free: i64,
    /// Whether the reader has one of the others.
    pub is_booked: bool,
    /// Where the reader stands among those who wait for one, if they do.
    pub waits: Option<Band>,
    /// Whether the reader waits for another time than it has by now, or on terms that are not in force any more.
    pub is_other_than_asked: bool,
}

impl ClinicSession {
    /// "Thursday 5 November 2026".
    pub fn day(&self) -> String {
        day_month_year(self.starts.date())
    }

    /// "10:00 to 11:30".
    pub fn hours(&self) -> String {
        time_range(self.starts, self.ends)
    }

    /// "4 of 6 places free", "Full".
    pub fn places_in_words(&self, places: i64) -> String {
        match self.free {
            0 => "Full".to_owned(),
            free if places == 1 => format!("{free} place free"),
            free => format!("{free} of {places} places free"),
        }
    }
}

impl Clinic {
    /// The first session after another that still has a place for the reader.
    pub fn next_with_places(&self, full: &ClinicSession) -> Option<&ClinicSession> {
        self.sessions.iter().find(|session| session.starts > full.starts && session.free > 0 && !session.is_booked)
    }
}

/// "The next with a place is on Thursday 5 November at 10:00.", or that there is none yet.
pub fn next_in_words(starts: Option<NaiveDateTime>) -> String {
    match starts {
        Some(starts) => format!("The next with a place is on {} at {}.", day_and_month(starts.date()), clock_time(starts.time())),
        None => "No later session has a place yet.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(starts: &str, free: i64) -> ClinicSession {
        let starts: NaiveDateTime = starts.parse().unwrap();
        let supervisor = PersonName { code: "abcd2345".to_owned(), short: "Dr Ruth A.".to_owned(), initials: "RA".to_owned() };
        let ends = starts + chrono::TimeDelta::minutes(90);
        ClinicSession { code: String::new(), starts, ends, supervisor, free, is_booked: false, waits: None, is_other_than_asked: false }
    }

    #[test]
    fn a_full_session_says_so_and_which_is_the_next_with_a_place_and_the_page_is_about_the_first_day_of_all() {
        let sessions = vec![session("2026-10-29T10:00:00", 0), session("2026-11-05T10:00:00", 0), session("2026-11-12T10:00:00", 2)];
        assert_eq!(sessions[0].places_in_words(6), "Full");
        assert_eq!(sessions[2].places_in_words(6), "2 of 6 places free");
        let clinic = Clinic {
            slug: "nidd-clinic".to_owned(),
            name: "Nidd clinic".to_owned(),
            supervisor: sessions[0].supervisor.clone(),
            is_led_by_reader: false,
            mode: MeetingMode::Online,
            places: 6,
            version: 1,
            terms: Vec::new(),
            sessions,
        };
        let next = clinic.next_with_places(&clinic.sessions[0]).map(|session| session.starts);
        assert_eq!(next_in_words(next), "The next with a place is on Thursday 12 November at 10:00.");
        assert_eq!(clinic.next_with_places(&clinic.sessions[2]), None);

        let today: NaiveDate = "2026-10-22".parse().unwrap();
        let shown = Clinics { today, own: Vec::new(), bookable: vec![clinic], waits: 0 };
        assert_eq!(shown.first_day().to_string(), "2026-10-29");
        assert_eq!(Clinics { bookable: Vec::new(), ..shown }.first_day(), today);
    }
}
