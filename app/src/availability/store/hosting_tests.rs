//! That whoever hosts an event is at no session then, and that whoever is at a session is given no event, on both databases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Role};
use crate::availability::words::Reader;
use crate::availability::{ClashKind, Level, MeetingId};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::events::fixture::{form, hosted, space};
use crate::events::forms::GiveEventForm;
use crate::events::store::{event_to_change, give_event, make_event};
use crate::groups::fixture::{coordinator, group};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::fixture::session;
use crate::spaces::SpaceKind;

fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ruth, who hosts a webinar on Thursday 5 November from 12:30 to 13:30.
async fn hosting(fixture: &Fixture) -> (Actor, String) {
    space(fixture, "centre", SpaceKind::Centre).await;
    hosted(fixture, &form("centre")).await
}

/// What a session of an hour of some group of hers would break, by kind and in the words of an error.
async fn judged(fixture: &Fixture, (group, supervisor): (GroupId, PersonId), starts: &str) -> Vec<(ClashKind, String)> {
    let session = ProposedSession { id: MeetingId(new_id()), starts_at: uk(starts), ends_at: uk(starts) + TimeDelta::minutes(60) };
    let proposal = Proposal { group, supervisor, sessions: vec![session], replaces: Vec::new() };
    let verdict = refuse_or_warn(&mut fixture.snapshot().await, Reader::Manager, &proposal).await.unwrap();
    verdict.findings().map(|finding| (finding.kind, finding.plain.clone())).collect()
}

both_databases! {
    async fn a_session_is_not_planned_while_its_supervisor_hosts_an_event(fixture: Fixture) {
        const CANCEL: &str = "UPDATE event SET cancelled_at = $1, cancelled_reason = 'host_away' WHERE code = $2";
        let (ruth, code) = hosting(fixture).await;
        let aire = (group(fixture, ruth.person(), &[], GroupKind::Group).await, ruth.person());
        let twice = (ClashKind::SupervisorTwice, "The supervisor hosts an event at the same time (Thursday 5 November, 13:00 to 14:00).".to_owned());
        assert_eq!(judged(fixture, aire, "2026-11-05 13:00").await, [twice]);
        let close = judged(fixture, aire, "2026-11-05 13:40").await;
        assert_eq!(close, [(ClashKind::Buffer, "Only 10 minutes lie between it and an event; 15 should.".to_owned())]);
        assert_eq!(judged(fixture, aire, "2026-11-05 14:00").await, []);
        // Somebody who is supervised at it is not there either.
        let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
        let above = (group(fixture, marianne, &[ruth.person()], GroupKind::Supervisors).await, marianne);
        let member = (ClashKind::MemberTwice, "A member of the group hosts an event at the same time (Thursday 5 November, 13:00 to 14:00).".to_owned());
        assert_eq!(judged(fixture, above, "2026-11-05 13:00").await, [member]);
        // A draft of an event takes nobody's time, and neither does one that was cancelled.
        make_event(&ruth, &crate::events::forms::EventForm { starts_on: "2026-11-06".to_owned(), ..form("centre") }.check(ruth.now()).unwrap()).await.unwrap();
        assert_eq!(judged(fixture, aire, "2026-11-06 13:00").await, []);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CANCEL).bind(fixture.now()).bind(&code).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(judged(fixture, aire, "2026-11-05 13:00").await, []);
    }

    async fn the_hours_of_an_event_are_grey_in_the_calendar_of_its_host_and_nobody_covers_a_session_then(fixture: Fixture) {
        let (ruth, _) = hosting(fixture).await;
        let day = date("2026-11-05");
        let shut = shut_to_new(&mut fixture.snapshot().await, ruth.person(), (day, day)).await.unwrap();
        let told: Vec<_> = shut.iter().map(|time| (time.starts.to_string(), time.ends.to_string(), time.why.as_str(), time.level)).collect();
        assert_eq!(told, [("2026-11-05 12:30:00".to_owned(), "2026-11-05 13:30:00".to_owned(), "you host an event", Level::Block)]);
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let tees = group(fixture, daniel, &[], GroupKind::Group).await;
        let (during, after) = (session(fixture, tees, uk("2026-11-05 13:00"), 60).await, session(fixture, tees, uk("2026-11-05 15:00"), 60).await);
        let known = known_for(&mut fixture.snapshot().await, Whose::Everybody, day, date("2026-11-06")).await.unwrap();
        let meetings = [during, after].map(|id| known.meetings.get(&MeetingId(id.0)).cloned().unwrap());
        let free = free_supervisors(&mut fixture.snapshot().await, &meetings).await.unwrap();
        let free: Vec<Vec<PersonId>> = free.into_iter().map(|free| free.into_iter().map(|one| one.person).collect()).collect();
        assert_eq!(free, [vec![], vec![ruth.person()]]);
    }

    async fn a_session_that_stands_beside_an_event_of_its_supervisor_is_a_conflict_with_a_link(fixture: Fixture) {
        let (ruth, _) = hosting(fixture).await;
        let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
        session(fixture, aire, uk("2026-11-05 13:00"), 60).await;
        let conflicts = open_conflicts(&coordinator(fixture).await, date("2026-10-22"), date("2027-01-22")).await.unwrap();
        let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
        assert_eq!((conflict.kind, conflict.level), (ClashKind::SupervisorTwice, Level::Block));
        assert_eq!(conflict.sentence, "Ruth A. hosts an event at the same time (Thursday 5 November, 13:00 to 14:00).");
        assert_eq!(conflict.session.starts.date(), date("2026-11-05"));
    }

    async fn an_event_is_not_given_to_whoever_is_at_a_session_then(fixture: Fixture) {
        let (ruth, code) = hosting(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let tees = group(fixture, daniel, &[], GroupKind::Group).await;
        session(fixture, tees, uk("2026-11-05 13:00"), 60).await;
        assert_eq!(event_to_change(&ruth, &code).await.unwrap().hosts, []);
        let give = GiveEventForm { code, version: "2".to_owned(), host: code_of(fixture, daniel).await, why: "agreed".to_owned() };
        let refused = give_event(&ruth, &give).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().starts_with("Whoever hosts it has a session at the same time"), "{refused}");
    }
}
