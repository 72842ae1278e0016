//! Giving an event to another host, and deleting a draft.

use chrono::{DateTime, Utc};

use super::reminding::program;
use super::*;
use crate::events::forms::GiveEventForm;
use crate::groups::GroupKind;
use crate::groups::fixture::group;
use crate::library::store::lay_out_library;
use crate::sessions::fixture::session;

async fn supervisor(fixture: &Fixture, name: &str) -> Actor {
    fixture.actor(person(fixture, name, "Example", &[Role::Supervisor]).await, &[Role::Supervisor])
}

async fn give(fixture: &Fixture, by: &Actor, (code, version): (&str, i64), (to, why): (&Actor, &str)) -> Result<(), AppError> {
    let host = code_of(fixture, to.person()).await;
    give_event(by, &GiveEventForm { code: code.to_owned(), version: version.to_string(), host, why: why.to_owned() }).await
}

/// To whom an event is offered, by their names.
async fn offered(actor: &Actor, code: &str) -> Vec<String> {
    event_to_change(actor, code).await.unwrap().hosts.into_iter().map(|(_, name)| name).collect()
}

async fn busy_elsewhere(fixture: &Fixture, who: &Actor) {
    const BLOCK: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) VALUES ($1, $2, $3)";

    let database = &fixture.database;
    let at = |moment: &str| moment.parse::<DateTime<Utc>>().unwrap();
    on!(database, pool => sqlx::query(BLOCK)
        .bind(who.person())
        .bind(at("2026-11-05T12:00:00Z"))
        .bind(at("2026-11-05T13:00:00Z"))
        .execute(pool).await.map(|_| ()))
    .unwrap();
}

both_databases! {
    async fn an_event_is_given_to_somebody_who_belongs_and_both_hosts_are_told(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("supervisors") }).await;
        let (marianne, nadia) = (supervisor(fixture, "Marianne").await, supervisor(fixture, "Nadia").await);
        let lead = fixture.actor(person(fixture, "Hannah", "Vane", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        assert_eq!((come(&marianne, &code).await, come(&nadia, &code).await), (Some(Answer::Yes), Some(Answer::Waiting)));
        // A clinical lead manages every event, and cannot read the space of the supervisors.
        assert_eq!(offered(&ruth, &code).await, ["Marianne E.", "Nadia E."]);
        assert_eq!(give(fixture, &ruth, (&code, 2), (&lead, "agreed")).await, Err(AppError::invalid("host", "Choose who hosts it.")));
        assert_eq!(give(fixture, &nadia, (&code, 2), (&nadia, "")).await, Err(AppError::NotFound));
        assert_eq!(give(fixture, &ruth, (&code, 1), (&marianne, "")).await.unwrap_err().status(), 409, "an older version gives nothing");

        give(fixture, &ruth, (&code, 2), (&marianne, "")).await.unwrap();
        assert_eq!([messages(fixture, "You host the event on%").await, messages(fixture, "The event on % has another host").await], [1, 1]);
        let [shown, before] = [event_at(&marianne, &code).await.unwrap(), event_at(&ruth, &code).await.unwrap()];
        assert_eq!((shown.is_keeper, shown.line.is_host, shown.line.answer), (true, true, None));
        assert!(!before.is_keeper && before.may_come);
        // Whoever hosts it takes no place, so the next has theirs.
        assert_eq!(event_at(&nadia, &code).await.unwrap().line.answer, Some(Answer::Yes));
        assert_eq!(event_record_at(&ruth, &code).await.unwrap_err(), AppError::NotFound);
        give(fixture, &lead, (&code, 3), (&ruth, "")).await.unwrap();
        assert!(event_at(&ruth, &code).await.unwrap().is_keeper);
    }

    async fn whoever_is_elsewhere_does_not_host_it_and_what_only_warns_needs_a_reason(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (daniel, nadia, marianne) = (supervisor(fixture, "Daniel").await, supervisor(fixture, "Nadia").await, supervisor(fixture, "Marianne").await);
        let aire = group(fixture, daniel.person(), &[], GroupKind::Group).await;
        session(fixture, aire, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
        busy_elsewhere(fixture, &nadia).await;
        published(&marianne, &EventForm { starts_time: "13:00".to_owned(), ..form("centre") }).await;
        assert_eq!(offered(&ruth, &code).await, ["Nadia E., with a reason"]);
        for (who, why) in [(&daniel, "agreed"), (&marianne, "agreed")] {
            assert_eq!(give(fixture, &ruth, (&code, 2), (who, why)).await.unwrap_err().status(), 409);
        }
        for why in ["", "only_time", "because"] {
            let AppError::Invalid(problems) = give(fixture, &ruth, (&code, 2), (&nadia, why)).await.unwrap_err() else { panic!("{why}") };
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["why"]);
        }
        give(fixture, &ruth, (&code, 2), (&nadia, "agreed")).await.unwrap();
        assert!(event_at(&nadia, &code).await.unwrap().is_keeper);
        let begun = at(fixture, "2026-11-05T12:30:00Z", nadia.person(), Role::Supervisor);
        assert_eq!(give(fixture, &begun, (&code, 3), (&ruth, "")).await.unwrap_err().status(), 409, "it has begun");
    }

    async fn a_draft_is_deleted_by_whoever_sees_it_and_a_published_event_never(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let reading: String = {
            let database = &fixture.database;
            lay_out_library(&program(fixture, "2026-10-22T08:00:00Z")).await.unwrap();
            on!(database, pool => sqlx::query_scalar("SELECT slug FROM library_item ORDER BY slug LIMIT 1").fetch_one(pool).await).unwrap()
        };
        let with_reading = EventForm { starts_on: "2026-11-06".to_owned(), reading: vec![reading], ..form("centre") };
        let draft = make_event(&ruth, &with_reading.check(ruth.now()).unwrap()).await.unwrap();
        let marianne = supervisor(fixture, "Marianne").await;
        assert_eq!(delete_event(&marianne, (&draft, 1)).await, Err(AppError::NotFound));
        assert_eq!(delete_event(&ruth, (&draft, 7)).await.unwrap_err().status(), 409, "it is another by now");
        assert_eq!(delete_event(&ruth, (&code, 2)).await.unwrap_err().status(), 409, "what is published is cancelled");
        delete_event(&ruth, (&draft, 1)).await.unwrap();
        assert_eq!(event_at(&ruth, &draft).await.unwrap_err(), AppError::NotFound);
        assert!(event_at(&ruth, &code).await.is_ok());
    }
}
