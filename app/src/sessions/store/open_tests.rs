//! To whom a session opens, and as what.

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::access::Role;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::error::AppError;
use crate::groups::fixture::{change_group, coordinator, group, slug_of};
use crate::groups::store::open_group_to_change;
use crate::groups::{GroupForm, GroupKind};
use crate::people::fixture::{code_of, person};
use crate::sessions::fixture::{meeting, session};
use crate::sessions::readers::{Part, Relation};

both_databases! {
    async fn a_session_opens_for_those_at_it_and_for_who_manages_groups(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        for (who, role, relation) in [
            (meeting.ruth, Role::Supervisor, Relation::Supervisor),
            (meeting.amina, Role::Practitioner, Relation::Member),
            (meeting.sian, Role::Coordinator, Relation::Manager),
        ] {
            let opened = open_session(&fixture.actor(who, &[role]), &meeting.code).await.unwrap();
            assert_eq!((opened.id(), opened.relation()), (meeting.session, relation));
            assert_eq!(opened.place_in_series(), (1, 1));
        }
    }

    async fn a_group_and_a_day_lead_to_the_session_for_those_whom_it_opens_to(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let slug = slug_of(fixture, meeting.group).await;
        let day: NaiveDate = "2026-10-22".parse().unwrap();
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        assert_eq!(open_session_of_day(&amina, &slug, day).await.unwrap().id(), meeting.session);
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let daniel = fixture.actor(daniel, &[Role::Supervisor]);
        for (actor, slug, day) in [(&daniel, slug.as_str(), day), (&amina, &slug, day.succ_opt().unwrap()), (&amina, "nowhere", day)] {
            assert_eq!(open_session_of_day(actor, slug, day).await.unwrap_err(), AppError::NotFound);
        }
    }

    async fn another_groups_session_is_answered_as_one_that_does_not_exist(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let grace = person(fixture, "Grace", "Adebayo", &[Role::Practitioner]).await;
        let other = group(fixture, daniel, &[grace], GroupKind::Group).await;
        session(fixture, other, fixture.now(), 60).await;
        for (who, role) in [(daniel, Role::Supervisor), (grace, Role::Practitioner)] {
            let actor = fixture.actor(who, &[role]);
            let foreign = open_session(&actor, &meeting.code).await.unwrap_err();
            let unknown = open_session(&actor, "zzzzzzzz").await.unwrap_err();
            assert_eq!((&foreign, foreign.status()), (&unknown, 404));
        }
    }

    async fn somebody_who_left_keeps_the_sessions_that_they_were_at_and_no_later_one(fixture: Fixture) {
        const LEAVE: &str = "UPDATE membership SET left_on = $1 WHERE person_id = $2";
        let meeting = meeting(fixture, fixture.now() - TimeDelta::days(7)).await;
        let later = session(fixture, meeting.group, fixture.now() + TimeDelta::days(7), 90).await;
        let later = crate::sessions::fixture::code_of(fixture, later).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LEAVE).bind(fixture.now().date_naive()).bind(meeting.tom).execute(pool).await.map(|_| ()))
            .unwrap();
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        assert_eq!(open_session(&tom, &meeting.code).await.unwrap().relation(), Relation::Member);
        assert_eq!(open_session(&tom, &later).await.unwrap_err(), AppError::NotFound);
    }

    async fn the_groups_supervisor_reads_a_session_that_somebody_else_covers(fixture: Fixture) {
        const COVER: &str = "UPDATE session SET supervisor_id = $1 WHERE id = $2";
        let meeting = meeting(fixture, fixture.now()).await;
        let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(COVER).bind(nadia).bind(meeting.session).execute(pool).await.map(|_| ())).unwrap();
        let covering = open_session(&fixture.actor(nadia, &[Role::Supervisor]), &meeting.code).await.unwrap();
        assert!(covering.is_led_by_actor() && covering.is_cover());
        let ruth = open_session(&fixture.actor(meeting.ruth, &[Role::Supervisor]), &meeting.code).await.unwrap();
        assert_eq!(ruth.relation(), Relation::GroupSupervisor);
        assert!(!ruth.is_led_by_actor() && ruth.opens(Part::Attendance) && !ruth.opens(Part::ApologiesReason));
    }

    async fn what_was_led_for_ones_own_group_is_no_cover_once_it_is_handed_over_and_whoever_leads_it_by_then_reads_it(fixture: Fixture) {
        const COVER: &str = "UPDATE session SET supervisor_id = $1 WHERE id = $2";
        let (week, word) = (TimeDelta::days(7), str::to_owned);
        let meeting = meeting(fixture, fixture.now() - week).await;
        let (daniel, nadia) = (
            person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await,
            person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await,
        );
        let covered = session(fixture, meeting.group, fixture.now() - week * 2, 90).await;
        let later = session(fixture, meeting.group, fixture.now() + week, 90).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(COVER).bind(daniel).bind(covered).execute(pool).await.map(|_| ())).unwrap();
        let aire = open_group_to_change(&coordinator(fixture).await, &slug_of(fixture, meeting.group).await).await.unwrap();
        let form = GroupForm {
            name: word("Aire group"),
            kind: word("group"),
            supervisor: code_of(fixture, nadia).await,
            capacity: word("6"),
            mode: word("online"),
            room_url: word("https://rooms.example/aire"),
            ..GroupForm::default()
        };
        change_group(&coordinator(fixture).await, &aire, 1, &form.check().unwrap()).await.unwrap();

        let code = async |id| crate::sessions::fixture::code_of(fixture, id).await;
        for (who, session, relation, is_cover, is_read) in [
            (meeting.ruth, meeting.session, Relation::Supervisor, false, true),
            (nadia, meeting.session, Relation::GroupSupervisor, false, true),
            (daniel, covered, Relation::Supervisor, true, true),
            (nadia, later, Relation::Supervisor, false, false),
        ] {
            let opened = open_session(&fixture.actor(who, &[Role::Supervisor]), &code(session).await).await.unwrap();
            assert_eq!((opened.relation(), opened.is_cover(), opened.is_read_by_groups_supervisor()), (relation, is_cover, is_read));
        }
    }
}
