//! What adding somebody beside the supervisor promises, on both databases.

use chrono::TimeDelta;

use super::*;
use crate::access::Role;
use crate::clinics::store::give_back_place;
use crate::database::fixture::both_databases;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{code_of, coordinator, group, messages};
use crate::holds::fixture::hold;
use crate::matching::fixture::email_of;
use crate::people::fixture::person;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::sessions::HostRole;
use crate::sessions::fixture::{book, code_of as session_code, meeting, session};
use crate::sessions::readers::Relation;
use crate::sessions::store::{open_session, record_at, session_at};

both_databases! {
    async fn a_co_supervisor_and_an_observer_are_at_the_session_each_with_what_their_role_reads(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        for (who, role) in [(daniel, HostRole::CoSupervisor), (nadia, HostRole::Observer)] {
            let opened = open_session_to_host(&ruth, &meeting.code).await.unwrap();
            add_host(&ruth, &opened, &code_of(fixture, who).await, role).await.unwrap();
        }
        assert_eq!((messages(fixture, "Co-supervisor on%").await, messages(fixture, "Who else is at%").await), (1, 4));
        for (who, relation, reads_attendance, reads_actions) in
            [(daniel, Relation::CoSupervisor, true, true), (nadia, Relation::Observer, false, false)]
        {
            let actor = fixture.actor(who, &[Role::Supervisor]);
            let opened = open_session(&actor, &meeting.code).await.unwrap();
            let page = session_at(&actor, &opened).await.unwrap();
            assert_eq!((page.head.relation, page.room.is_some(), page.actions.is_some()), (relation, true, reads_actions));
            assert_eq!(record_at(&actor, &opened).await.is_ok(), reads_attendance);
            assert!(!page.may_record && !page.may_change && !page.may_cancel);
        }
        let record = record_at(&ruth, &open_session(&ruth, &meeting.code).await.unwrap()).await.unwrap();
        let hosts: Vec<(&str, HostRole)> = record.head.hosts.iter().map(|host| (host.name.short.as_str(), host.role)).collect();
        assert_eq!(hosts, [("Daniel O.", HostRole::CoSupervisor), ("Nadia H.", HostRole::Observer)]);
    }

    async fn whoever_is_elsewhere_is_not_added_and_whoever_is_added_is_free_for_nothing_else_then(fixture: Fixture) {
        let starts_at = fixture.now() + TimeDelta::days(7);
        let meeting = meeting(fixture, starts_at).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        let elsewhere = session(fixture, other, starts_at + TimeDelta::minutes(30), 60).await;
        let opened = open_session_to_host(&ruth, &meeting.code).await.unwrap();
        assert_eq!(hosts_page(&ruth, &opened).await.unwrap().free.iter().map(|name| name.short.as_str()).collect::<Vec<_>>(), ["Nadia H."]);
        let refused = add_host(&ruth, &opened, &code_of(fixture, daniel).await, HostRole::Observer).await.unwrap_err();
        assert_eq!(refused.status(), 409);
        let nadias = code_of(fixture, nadia).await;
        add_host(&ruth, &opened, &nadias, HostRole::CoSupervisor).await.unwrap();
        assert_eq!(add_host(&ruth, &opened, &nadias, HostRole::Observer).await.unwrap_err().status(), 409);

        let actor = fixture.actor(daniel, &[Role::Supervisor]);
        let his = open_session_to_host(&actor, &session_code(fixture, elsewhere).await).await.unwrap();
        assert!(hosts_page(&actor, &his).await.unwrap().free.is_empty());
        remove_host(&ruth, &opened, &nadias).await.unwrap();
        assert_eq!(hosts_page(&actor, &his).await.unwrap().free.len(), 1);
    }

    async fn only_who_plans_the_session_adds_somebody_and_only_before_it_begins(fixture: Fixture) {
        let starts_at = fixture.now() + TimeDelta::days(7);
        let meeting = meeting(fixture, starts_at).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let code = code_of(fixture, daniel).await;
        for (who, role) in [(meeting.amina, Role::Practitioner), (daniel, Role::Supervisor)] {
            let actor = fixture.actor(who, &[role]);
            assert_eq!(open_session_to_host(&actor, &meeting.code).await.unwrap_err(), AppError::NotFound);
        }
        let sian = fixture.actor_at(starts_at, meeting.sian, &[Role::Coordinator]);
        let opened = open_session_to_host(&sian, &meeting.code).await.unwrap();
        assert_eq!(add_host(&sian, &opened, &code, HostRole::Observer).await.unwrap_err().status(), 409);
    }

    async fn nobody_is_beside_the_supervisor_who_may_not_meet_somebody_who_comes(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
        let (ruth, sian) = (fixture.actor(meeting.ruth, &[Role::Supervisor]), fixture.actor(meeting.sian, &[Role::Coordinator]));
        let daniel = code_of(fixture, person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await).await;
        person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        keep_apart(&sian, &daniel, &Apart::Person(email_of(fixture, meeting.amina).await)).await.unwrap();
        let opened = open_session_to_host(&ruth, &meeting.code).await.unwrap();
        assert_eq!(hosts_page(&ruth, &opened).await.unwrap().free.iter().map(|name| name.short.as_str()).collect::<Vec<_>>(), ["Nadia H."]);
        assert_eq!(add_host(&ruth, &opened, &daniel, HostRole::Observer).await.unwrap_err().status(), 409);
    }

    async fn nobody_who_is_held_is_beside_the_supervisor_and_why_is_not_told(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        hold(fixture, daniel).await;
        let opened = open_session_to_host(&ruth, &meeting.code).await.unwrap();
        assert_eq!(hosts_page(&ruth, &opened).await.unwrap().free.iter().map(|name| name.short.as_str()).collect::<Vec<_>>(), ["Nadia H."]);
        let refused = add_host(&ruth, &opened, &code_of(fixture, daniel).await, HostRole::CoSupervisor).await.unwrap_err();
        assert!(refused.status() == 409 && !refused.to_string().contains("matching"), "{refused}");
    }

    async fn whoever_gave_their_place_back_late_keeps_nobody_from_being_beside_the_supervisor(fixture: Fixture) {
        let starts_at = fixture.now() + TimeDelta::days(7);
        let (ruth, daniel) = (person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await);
        let (amina, sian) = (person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, coordinator(fixture).await);
        let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
        let booked = session(fixture, clinic, starts_at, 60).await;
        book(fixture, booked, amina).await;
        let (code, daniels) = (session_code(fixture, booked).await, code_of(fixture, daniel).await);
        keep_apart(&sian, &daniels, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
        let ruth = fixture.actor(ruth, &[Role::Supervisor]);
        let opened = open_session_to_host(&ruth, &code).await.unwrap();
        assert!(hosts_page(&ruth, &opened).await.unwrap().free.is_empty());
        let late = fixture.actor_at(starts_at - TimeDelta::hours(2), amina, &[Role::Practitioner]);
        give_back_place(&late, &code).await.unwrap();
        assert_eq!(hosts_page(&ruth, &opened).await.unwrap().free.iter().map(|name| name.short.as_str()).collect::<Vec<_>>(), ["Daniel O."]);
        add_host(&ruth, &opened, &daniels, HostRole::Observer).await.unwrap();
    }
}
