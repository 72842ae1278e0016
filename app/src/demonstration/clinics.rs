//! The places that are booked at the open clinics, of the sessions that have been and of those that come, and who waits for one.

use std::collections::HashMap;

use chrono::{DateTime, Days, TimeDelta, Utc};
use uuid::Uuid;

use super::agreements::{Agreement, Party};
use super::attendance::Attendance;
use super::cast::Cast;
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use super::sessions::{Series, Session};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;

/// Somebody's place at one session.
#[derive(Debug, PartialEq)]
pub struct Booking {
    pub session: Uuid,
    pub person: PersonId,
    /// None where it was given back late.
    pub place: Option<i64>,
    pub booked_at: DateTime<Utc>,
}

/// Somebody who waits for a place at one session.
#[derive(Debug, PartialEq)]
pub struct ClinicWait {
    pub session: Uuid,
    pub person: PersonId,
    pub asked_at: DateTime<Utc>,
    pub asked_for: DateTime<Utc>,
    pub agreement: Uuid,
}

/// How many weeks ahead people book.
const AHEAD: u64 = 5;
/// How many minutes ago each asked who waits for the session that is full: after its last place was booked, and so few that whoever asks next is among the
/// first five.
const WAITING_SINCE: [i64; 3] = [50, 35, 20];

/// Invents who has booked. The next session of the first clinic is full, and Amina has a place at the one after it.
pub fn bookings(seed: u64, present: Present, cast: &Cast, (groups, series): (&[Group], &[Series])) -> Vec<Booking> {
    let clinics: HashMap<GroupId, &Group> =
        groups.iter().filter(|group| group.kind == GroupKind::OpenClinic).map(|group| (group.id, group)).collect();
    let mut booking = Booked { draw: Draw::of(seed, "clinics"), taken: taken(groups, series), bookings: Vec::new() };
    let mut is_first = true;
    for series in series {
        let Some(clinic) = clinics.get(&series.group) else { continue };
        let coming: Vec<Uuid> = series.sessions.iter().filter(|session| is_ahead(session, present)).map(|session| session.id).collect();
        let is_booked =
            |session: &&Session| session.cancelled.is_none() && session.starts_local.date() <= present.today + Days::new(7 * AHEAD);
        for session in series.sessions.iter().filter(is_booked) {
            let place = coming.iter().position(|id| *id == session.id).filter(|_| is_first);
            if place == Some(1) {
                booking.book(present, session, cast.amina);
            }
            let wanted = if place == Some(0) { clinic.capacity } else { i64::from(booking.draw.between(1, 4)) };
            booking.fill(present, session, cast, wanted);
        }
        is_first = false;
    }
    booking.bookings
}

fn is_ahead(session: &Session, present: Present) -> bool {
    session.starts_at > present.now && session.cancelled.is_none()
}

type Times = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// When everybody is in a session of their groups.
fn taken(groups: &[Group], series: &[Series]) -> HashMap<PersonId, Times> {
    let groups: HashMap<GroupId, &Group> = groups.iter().map(|group| (group.id, group)).collect();
    let mut taken: HashMap<PersonId, Times> = HashMap::new();
    for series in series {
        for member in groups.get(&series.group).into_iter().flat_map(|group| &group.members) {
            taken.entry(member.person).or_default().extend(series.sessions.iter().map(|session| (session.starts_at, session.ends_at)));
        }
    }
    taken
}

struct Booked {
    draw: Draw,
    taken: HashMap<PersonId, Times>,
    bookings: Vec<Booking>,
}

impl Booked {
    /// Gives places to practitioners who are free, until so many are taken.
    fn fill(&mut self, present: Present, session: &Session, cast: &Cast, wanted: i64) {
        for _ in 0..10 * wanted {
            if self.places(session) >= wanted {
                return;
            }
            let Some(person) = self.draw.pick(&cast.practitioners).copied() else { return };
            self.book(present, session, person);
        }
    }

    fn places(&self, session: &Session) -> i64 {
        let taken = self.bookings.iter().rev().take_while(|booking| booking.session == session.id).count();
        i64::try_from(taken).unwrap_or(i64::MAX)
    }

    /// Books a place, unless the person is elsewhere or has one.
    fn book(&mut self, present: Present, session: &Session, person: PersonId) {
        let times = self.taken.entry(person).or_default();
        if times.iter().any(|(from, until)| *from < session.ends_at && session.starts_at < *until) {
            return;
        }
        times.push((session.starts_at, session.ends_at));
        let place = self.places(session) + 1;
        // Now and then somebody who had a place could not come after all.
        let is_given_back = session.marked_at.is_some() && self.draw.chance(8);
        let booked_at =
            (session.starts_at - TimeDelta::hours(i64::from(self.draw.between(48, 480)))).min(present.now - TimeDelta::hours(1));
        self.bookings.push(Booking { session: session.id, person, place: (!is_given_back).then_some(place), booked_at });
    }
}

/// Invents who waits for the next session of the first clinic, which is full: practitioners who are free then and have no place at it.
pub fn clinic_waits(
    seed: u64,
    present: Present,
    cast: &Cast,
    (groups, series, agreements): (&[Group], &[Series], &[Agreement]),
    bookings: &[Booking],
) -> Vec<ClinicWait> {
    let Some(clinic) = groups.iter().find(|group| group.kind == GroupKind::OpenClinic) else { return Vec::new() };
    let of_clinic = series.iter().filter(|series| series.group == clinic.id).flat_map(|series| &series.sessions);
    let Some(session) = of_clinic.filter(|session| is_ahead(session, present)).min_by_key(|session| session.starts_at) else {
        return Vec::new();
    };
    let terms =
        agreements.iter().find(|agreement| agreement.group == clinic.id && agreement.in_force_at.is_some() && agreement.ended_at.is_none());
    let Some(terms) = terms else { return Vec::new() };
    let mut taken = taken(groups, series);
    let sessions: HashMap<Uuid, &Session> =
        series.iter().flat_map(|series| &series.sessions).map(|session| (session.id, session)).collect();
    for booking in bookings {
        let booked = sessions.get(&booking.session).map(|session| (session.starts_at, session.ends_at));
        taken.entry(booking.person).or_default().extend(booked);
    }
    let is_free = |person: &PersonId| {
        let times = taken.get(person).map_or(&[][..], Vec::as_slice);
        !times.iter().any(|(from, until)| *from < session.ends_at && session.starts_at < *until)
    };
    let mut people: Vec<PersonId> = cast.practitioners.iter().copied().filter(is_free).collect();
    Draw::of(seed, "clinic waits").shuffle(&mut people);
    let waits = people.into_iter().zip(WAITING_SINCE).map(|(person, minutes)| ClinicWait {
        session: session.id,
        person,
        asked_at: present.now - TimeDelta::minutes(minutes),
        asked_for: session.starts_at,
        agreement: terms.id,
    });
    waits.collect()
}

/// Who was there of those who had booked.
pub fn attendance_of(series: &[Series], bookings: &[Booking]) -> Vec<Attendance> {
    let sessions: HashMap<Uuid, &Session> =
        series.iter().flat_map(|series| &series.sessions).map(|session| (session.id, session)).collect();
    let line = |booking: &Booking| {
        let session = sessions.get(&booking.session).filter(|session| session.marked_at.is_some())?;
        let late = booking.place.is_none().then(|| session.starts_at - TimeDelta::hours(3));
        let state = if late.is_some() { "cancelled_by_member" } else { "attended" };
        let (session, person) = (booking.session, booking.person);
        Some(Attendance { session, person, apologies_at: late, apologies_reason: "", state: Some(state), minutes: None })
    };
    bookings.iter().filter_map(line).collect()
}

/// Makes whoever has booked a party to the terms that were in force then and are now.
pub fn agree(agreements: &mut [Agreement], series: &[Series], bookings: &[Booking]) {
    let clinics: HashMap<Uuid, GroupId> =
        series.iter().flat_map(|series| series.sessions.iter().map(|session| (session.id, series.group))).collect();
    for booking in bookings {
        let Some(clinic) = clinics.get(&booking.session) else { continue };
        let in_force = |agreement: &&mut Agreement| {
            agreement.group == *clinic
                && agreement.ended_at.is_none()
                && agreement.in_force_at.is_some_and(|since| since <= booking.booked_at)
        };
        let Some(agreement) = agreements.iter_mut().find(in_force) else { continue };
        if !agreement.parties.iter().any(|party| party.person == booking.person) {
            agreement.parties.push(Party { person: booking.person, agreed_at: Some(booking.booked_at) });
        }
    }
}
