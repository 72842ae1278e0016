//! All that is invented, before any of it is stored.

use chrono::{DateTime, Days, NaiveDate, Utc};
use series::Closure;

use super::agreements::{Agreement, agreements};
use super::asking::{AskedRound, asked_round};
use super::attendance::{Action, Attendance, actions, attendance};
use super::availability::{Said, availability};
use super::busy::{OtherCalendar, other_calendars};
use super::cast::{Cast, cast};
use super::clinics::{Booking, ClinicWait, agree, attendance_of, bookings, clinic_waits};
use super::community::{Community, community};
use super::drafts::{NextTerm, next_terms};
use super::draw::Draw;
use super::groups::{Group, groups};
use super::hours::{Elsewhere, elsewhere};
use super::openings::{Opening, openings};
use super::polls::{Poll, polls};
use super::reflections::{Reflection, reflections};
use super::register::{Progress, progress};
use super::registration::{Registrations, registrations};
use super::sessions::{Series, series};
use super::themes::{Themes, themes};
use super::waiting::{Waiting, waiting};
use crate::groups::NOTICE;

/// How much is invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// What the audit log calls it.
    pub name: &'static str,
    /// Who are supervised.
    pub practitioners: u32,
    /// Who lead supervision.
    pub supervisors: u32,
    /// Groups of three to six.
    pub groups: u32,
    /// Pairs of a supervisor and a practitioner.
    pub one_to_ones: u32,
    /// Pairs in Video Interaction Guidance supervision.
    pub vig: u32,
}

impl Size {
    /// For looking at the product: 64 groups of every format, those of the supervisors among them.
    pub const SMALL: Self = Self { name: "small", practitioners: 300, supervisors: 40, groups: 40, one_to_ones: 8, vig: 5 };
    /// For measuring it: some 10,000 sessions a year.
    pub const PLANNING: Self = Self { name: "planning", practitioners: 600, supervisors: 60, groups: 150, one_to_ones: 180, vig: 30 };
}

/// The whole of it.
#[derive(Debug, PartialEq)]
pub struct Plan {
    pub cast: Cast,
    pub register: Vec<Progress>,
    pub closures: Vec<Closed>,
    pub groups: Vec<Group>,
    pub agreements: Vec<Agreement>,
    pub series: Vec<Series>,
    pub asked: Vec<Asked>,
    pub attendance: Vec<Attendance>,
    pub actions: Vec<Action>,
    pub bookings: Vec<Booking>,
    pub clinic_waits: Vec<ClinicWait>,
    pub polls: Vec<Poll>,
    pub said: Vec<Said>,
    pub other_calendars: Vec<OtherCalendar>,
    pub elsewhere: Vec<Elsewhere>,
    pub reflections: Vec<Reflection>,
    pub themes: Themes,
    pub waiting: Vec<Waiting>,
    pub drafts: Vec<NextTerm>,
    pub registrations: Registrations,
    pub asked_round: Option<AskedRound>,
    pub community: Community,
    pub openings: Vec<Opening>,
}

/// Days on which the Centre is closed.
#[derive(Debug, PartialEq)]
pub struct Closed {
    pub id: uuid::Uuid,
    pub code: String,
    pub closure: Closure,
}

/// That those who plan were asked what comes after a series.
#[derive(Debug, PartialEq)]
pub struct Asked {
    pub series: uuid::Uuid,
    pub at: DateTime<Utc>,
}

/// The day and the moment around which everything is invented.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
}

impl Present {
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { now, today: ::series::local(now).date() }
    }
}

/// Invents everything.
pub fn plan(size: Size, seed: u64, now: DateTime<Utc>) -> Plan {
    let present = Present::at(now);
    let closures = closures(seed, present.today);
    let closed: Vec<Closure> = closures.iter().map(|closed| closed.closure.clone()).collect();
    let cast = cast(size, seed, present);
    let register = progress(seed, present.today, &cast);
    let groups = groups(size, seed, present, &cast, &closed);
    let mut agreements = agreements(seed, present, &cast, &groups);
    let series = series(seed, present, &groups, &closed);
    let asked = asked(present, &series);
    let mut attendance = attendance(seed, present, &cast, &groups, &series);
    let actions = actions(seed, present, &cast, &groups, &series);
    let bookings = bookings(seed, present, &cast, (&groups, &series));
    attendance.extend(attendance_of(&series, &bookings));
    agree(&mut agreements, &series, &bookings);
    let clinic_waits = clinic_waits(seed, present, &cast, (&groups, &series, &agreements), &bookings);
    let polls = polls(seed, present, &cast, &groups);
    let said = availability(seed, present, &cast, &groups);
    let other_calendars = other_calendars(seed, present, &cast);
    let elsewhere = elsewhere(seed, present, &cast);
    let reflections = reflections(seed, present, &cast, &groups);
    let themes = themes(seed, present, &cast);
    let waiting = waiting(seed, present, &cast, &groups);
    let drafts = next_terms(seed, present, &groups, &closed);
    let registrations = registrations(seed, present, &cast, (&groups, &said));
    let asked_round = asked_round(seed, present, &cast, &groups);
    let mut community = community(seed, present, &cast, &groups, &registrations);
    let openings = openings(seed, present, (&cast, &groups), &mut community);
    Plan {
        cast,
        register,
        closures,
        groups,
        agreements,
        series,
        asked,
        attendance,
        actions,
        bookings,
        clinic_waits,
        polls,
        said,
        other_calendars,
        elsewhere,
        reflections,
        themes,
        waiting,
        drafts,
        registrations,
        asked_round,
        community,
        openings,
    }
}

/// Christmas of this winter and of the ones before and after, and a day on which everybody at the Centre learns.
fn closures(seed: u64, today: NaiveDate) -> Vec<Closed> {
    use chrono::Datelike;

    let mut draw = Draw::of(seed, "closures");
    let christmas = (today.year() - 1..=today.year() + 1).filter_map(|year| {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 12, 24)?, NaiveDate::from_ymd_opt(year + 1, 1, 1)?);
        Some(Closure { first, last, name: "Christmas closure".to_owned() })
    });
    let learning = ::series::monday_of(today) + Days::new(7 * 9 + 2);
    let learning = Closure { first: learning, last: learning, name: "Staff learning day".to_owned() };
    let mut codes = Draw::of(seed, "codes of closures");
    christmas.chain([learning]).map(|closure| Closed { id: draw.id(), code: codes.code(), closure }).collect()
}

/// About every series whose last session is near or over, six weeks before it.
fn asked(present: Present, series: &[Series]) -> Vec<Asked> {
    let asked_about = |series: &Series| {
        let last = series.sessions.iter().filter(|session| session.cancelled.is_none()).map(|session| session.starts_at).max()?;
        Some(Asked { series: series.id, at: last - NOTICE }).filter(|asked| asked.at <= present.now)
    };
    series.iter().filter_map(asked_about).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::groups::GroupKind;
    use crate::people::PersonId;

    fn small(now: &str) -> Plan {
        plan(Size::SMALL, 1, now.parse().unwrap())
    }

    #[test]
    fn the_same_seed_at_the_same_moment_invents_the_same_everything() {
        assert_eq!(small("2026-10-22T08:50:00Z"), small("2026-10-22T08:50:00Z"));
    }

    #[test]
    fn the_small_size_has_groups_of_every_format_with_different_addresses() {
        let plan = small("2026-10-22T08:50:00Z");

        assert_eq!(plan.groups.len(), 64);
        assert!(GroupKind::ALL.iter().all(|kind| plan.groups.iter().any(|group| group.kind == *kind)));
        assert_eq!(plan.groups.iter().map(|group| &group.slug).collect::<HashSet<_>>().len(), 64);
        assert!(plan.groups.iter().all(|group| group.members.len() <= 8 && group.members.is_empty() != group.kind.has_members()));
    }

    #[test]
    fn the_planning_size_has_some_ten_thousand_sessions_in_a_year() {
        let plan = plan(Size::PLANNING, 1, "2026-10-22T08:50:00Z".parse().unwrap());

        let sessions: usize = plan.series.iter().map(|series| series.sessions.len()).sum();
        let groups = plan.groups.iter().filter(|group| group.kind == GroupKind::Group).count();

        assert!((9_500..10_500).contains(&sessions), "{sessions}");
        assert_eq!(groups, 150);
        assert_eq!(plan.groups.iter().map(|group| &group.slug).collect::<HashSet<_>>().len(), plan.groups.len());
    }

    #[test]
    fn nobody_is_in_two_rooms_at_once() {
        let plan = small("2026-10-22T08:50:00Z");
        let groups: HashMap<_, _> = plan.groups.iter().map(|group| (group.id, group)).collect();
        let mut taken: HashMap<PersonId, Vec<_>> = HashMap::new();
        for series in &plan.series {
            let group = groups[&series.group];
            for session in &series.sessions {
                for person in group.members.iter().map(|member| member.person).chain([group.supervisor]) {
                    taken.entry(person).or_default().push((session.starts_at, session.ends_at));
                }
            }
        }

        for mut sessions in taken.into_values() {
            sessions.sort_unstable();
            assert!(sessions.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        }
    }

    #[test]
    fn every_supervisor_but_the_most_senior_is_supervised_and_nobody_by_themselves() {
        let plan = small("2026-10-22T08:50:00Z");
        let above: HashMap<PersonId, PersonId> = plan
            .groups
            .iter()
            .filter(|group| group.kind == GroupKind::Supervisors)
            .flat_map(|group| group.members.iter().map(|member| (member.person, group.supervisor)))
            .collect();

        for supervisor in &plan.cast.supervisors[1..] {
            let mut chain = vec![*supervisor];
            while let Some(next) = above.get(chain.last().unwrap()) {
                assert!(!chain.contains(next), "a circle");
                chain.push(*next);
            }
            assert_eq!(chain.last(), plan.cast.supervisors.first());
        }
    }

    #[test]
    fn the_aire_group_meets_within_a_quarter_of_an_hour_in_the_day_and_at_ten_otherwise() {
        let next = |now: &str| {
            let plan = small(now);
            let now: DateTime<Utc> = now.parse().unwrap();
            let aire = plan.groups.iter().find(|group| group.slug == "aire").unwrap();
            let series = plan.series.iter().find(|series| series.group == aire.id).unwrap();
            series.sessions.iter().find(|session| session.starts_at > now).unwrap().starts_local.to_string()
        };

        assert_eq!(next("2026-10-22T08:50:00Z"), "2026-10-22 10:00:00");
        assert_eq!(next("2026-10-22T09:00:00Z"), "2026-10-22 10:15:00");
        // At a weekend there is something to join in the day; at night, the next working day is meant.
        assert_eq!(next("2026-11-21T12:50:00Z"), "2026-11-21 13:00:00");
        assert_eq!(next("2026-11-21T20:23:09Z"), "2026-11-23 10:00:00");
        assert_eq!(next("2026-11-21T02:00:00Z"), "2026-11-23 10:00:00");
        assert_eq!(next("2026-12-25T11:00:00Z"), "2027-01-04 10:00:00");
    }

    #[test]
    fn everybody_but_one_comes_to_the_session_that_a_demonstration_opens_with() {
        let plan = small("2026-10-22T08:50:00Z");

        let aire = plan.groups.iter().find(|group| group.slug == "aire").unwrap();
        let series = plan.series.iter().find(|series| series.group == aire.id).unwrap();
        let opening = series.sessions.iter().find(|session| session.starts_local.to_string() == "2026-10-22 10:00:00").unwrap();
        let away: Vec<PersonId> = plan.attendance.iter().filter(|line| line.session == opening.id).map(|line| line.person).collect();

        assert_eq!(away, [plan.cast.companions[2]]);
    }

    #[test]
    fn some_twenty_people_wait_and_no_group_holds_more_places_than_it_has() {
        let plan = small("2026-10-22T08:50:00Z");

        assert_eq!(plan.waiting.len(), 21);
        assert_eq!(plan.waiting.iter().map(|waiting| waiting.person).collect::<HashSet<_>>().len(), 21);
        let held: HashSet<_> = plan.waiting.iter().filter_map(|waiting| waiting.offer.as_ref()).map(|offer| offer.group).collect();
        assert_eq!(held.len(), 3);
        for group in plan.groups.iter().filter(|group| held.contains(&group.id)) {
            assert!(i64::try_from(group.members.len()).unwrap() < group.capacity);
        }
    }

    #[test]
    fn the_next_session_of_one_clinic_is_full_with_three_who_wait_and_amina_has_a_place_at_the_one_after() {
        let plan = small("2026-10-22T08:50:00Z");
        let now: DateTime<Utc> = "2026-10-22T08:50:00Z".parse().unwrap();

        let clinics: Vec<_> = plan.groups.iter().filter(|group| group.kind == GroupKind::OpenClinic).collect();
        let series = plan.series.iter().find(|series| series.group == clinics[0].id).unwrap();
        let coming: Vec<_> = series.sessions.iter().filter(|session| session.starts_at > now && session.cancelled.is_none()).collect();
        let places = |session: uuid::Uuid| plan.bookings.iter().filter(|one| one.session == session && one.place.is_some()).count();
        assert_eq!((clinics.len(), places(coming[0].id)), (2, 6));
        assert!(places(coming[1].id) < 6);
        assert!(plan.bookings.iter().any(|one| one.session == coming[1].id && one.person == plan.cast.amina));
        let waiting: HashSet<_> = plan.clinic_waits.iter().filter(|wait| wait.session == coming[0].id).map(|wait| wait.person).collect();
        assert_eq!((waiting.len(), plan.clinic_waits.len()), (3, 3));
        let has_place = |person| plan.bookings.iter().any(|one| one.session == coming[0].id && one.person == person);
        assert!(waiting.iter().all(|person| *person != plan.cast.amina && !has_place(*person)));
    }

    #[test]
    fn amina_and_ruth_have_something_to_do() {
        let plan = small("2026-10-22T08:50:00Z");

        let open = plan.actions.iter().filter(|action| action.owner == plan.cast.amina && action.done_at.is_none()).count();
        let asked = plan.agreements.iter().flat_map(|agreement| &agreement.parties).filter(|party| party.agreed_at.is_none());
        let to_mark = plan.series.iter().flat_map(|series| &series.sessions).filter(|session| {
            session.supervisor == plan.cast.ruth
                && session.ends_at < "2026-10-22T08:50:00Z".parse::<DateTime<Utc>>().unwrap()
                && session.marked_at.is_none()
        });

        assert_eq!(open, 2);
        assert_eq!(asked.filter(|party| party.person == plan.cast.amina).count(), 1);
        assert_eq!(to_mark.filter(|session| session.cancelled.is_none()).count(), 3);
    }
}
