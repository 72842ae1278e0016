//! What an event counts at its beginning does not hang on when the program comes to it: the facts of that moment decide, whatever becomes of them afterwards.

use chrono::{DateTime, Utc};

use super::following::{coming_to, supervisor};
use super::reminding::program;
use super::*;
use crate::access::Roles;
use crate::belonging::note_who_belonged;
use crate::events::jobs::let_places_follow;
use crate::people::store::{change_person, lift_suspension, record_of, suspend_person};
use crate::people::{Details, PersonChange};
use crate::registration::fixture::{answer, register};
use crate::registration::store::answer_step;
use crate::registration::{Step, StepForm};
use crate::spaces::fixture::{look_after, space as space_for};

const BEFORE: &str = "2026-11-05T12:29:30Z";
const AFTER: &str = "2026-11-05T12:30:20Z";
/// When the program comes to it.
const COMES: &str = "2026-11-05T12:31:00Z";

/// Has somebody supervise no more, as the page of a person does.
async fn take_role(fixture: &Fixture, coordinator: &Actor, of: &Actor) {
    let code = code_of(fixture, of.person()).await;
    let record = record_of(coordinator, &code).await.unwrap().unwrap();
    let details = Details {
        title: record.title,
        given_name: record.given_name,
        family_name: record.family_name,
        profession: record.profession,
        authority: String::new(),
        roles: Roles::of_list("practitioner"),
    };
    change_person(coordinator, &PersonChange { code, version: record.version, details, works_there: None }).await.unwrap();
}

both_databases! {
    async fn what_becomes_of_people_once_an_event_has_begun_neither_takes_a_place_nor_gives_one_back(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "2".to_owned(), ..form("supervisors") }).await;
        let mut people = Vec::new();
        for (name, hour) in [("Marianne", 8), ("Nadia", 9), ("Daniel", 10)] {
            people.push(supervisor(fixture, name, hour).await);
            come(&people[people.len() - 1], &code).await;
        }
        let [marianne, nadia, daniel] = people.as_slice() else { unreachable!() };
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        let coordinator = |moment: &str| at(fixture, moment, sian, Role::Coordinator);
        let nadias = code_of(fixture, nadia.person()).await;
        suspend_person(&coordinator(BEFORE), &nadias).await.unwrap();

        // All of this before the program comes to an event that has begun.
        take_role(fixture, &coordinator(AFTER), marianne).await;
        suspend_person(&coordinator(AFTER), &code_of(fixture, daniel.person()).await).await.unwrap();
        lift_suspension(&coordinator(AFTER), &nadias).await.unwrap();
        let then = at(fixture, AFTER, ruth.person(), Role::Supervisor);
        assert_eq!(coming_to(&then, &code).await, ["Marianne E.", "Daniel E."], "as it began, before that is written");
        let shown = event_at(&at(fixture, AFTER, nadia.person(), Role::Supervisor), &code).await.unwrap();
        assert_eq!((shown.line.answer, shown.line.coming), (None, 2));

        assert_eq!(let_places_follow(&program(fixture, COMES)).await, Ok(1), "Nadia alone");
        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        assert_eq!(coming_to(&over, &code).await, ["Daniel E.", "Marianne E."]);
    }

    async fn nobody_loses_a_place_by_a_year_that_ends_while_the_event_runs(fixture: Fixture) {
        const CAME: &str = "UPDATE person SET created_at = $2 WHERE id = $1";

        space(fixture, "new-here", SpaceKind::NewStarters).await;
        let (ruth, code) = hosted(fixture, &form("new-here")).await;
        let mut people = Vec::new();
        // One was new for the last time as it began, and one had been so until then.
        for (name, came) in [("Amina", "2025-11-05T12:30:30Z"), ("Beth", "2025-11-05T12:29:30Z")] {
            let actor = somebody(fixture, name).await;
            let came: DateTime<Utc> = came.parse().unwrap();
            let database = &fixture.database;
            on!(database, pool => sqlx::query(CAME).bind(actor.person()).bind(came).execute(pool).await.map(|_| ())).unwrap();
            come(&actor, &code).await;
            people.push(actor);
        }
        let runs = at(fixture, COMES, ruth.person(), Role::Supervisor);
        let shown = async |who: &Actor| (events_for(who).await.unwrap().coming[0].coming, event_at(who, &code).await.unwrap().line.coming);
        let [amina, beth] = people.as_slice() else { unreachable!() };
        let of_amina = async || {
            let amina = at(fixture, COMES, amina.person(), Role::Practitioner);
            let listed = events_for(&amina).await.unwrap();
            (event_at(&amina, &code).await.unwrap().line.answer, listed.coming.len() + listed.past.len(), part(&amina).await)
        };
        let is_hers = (Some(Answer::Yes), 1, Some(Part::Member));
        assert_eq!((shown(&runs).await, of_amina().await), ((1, 1), is_hers), "as it began, before that is written");
        assert_eq!(let_places_follow(&program(fixture, COMES)).await, Ok(1));
        assert_eq!((shown(&runs).await, of_amina().await), ((1, 1), is_hers));
        let beth = at(fixture, COMES, beth.person(), Role::Practitioner);
        assert_eq!(event_at(&beth, &code).await.unwrap_err(), AppError::NotFound);
        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        assert_eq!(coming_to(&over, &code).await, ["Amina E."]);
    }

    async fn neither_another_answer_nor_another_moderator_takes_a_place_once_an_event_has_begun(fixture: Fixture) {
        const NO_MORE: &str = "DELETE FROM space_moderator WHERE person_id = $1";

        let id = space_for(fixture, "solihull", SpaceKind::Intervention, "solihull").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        look_after(fixture, id, ruth).await;
        let ruth = fixture.actor(ruth, &[Role::Supervisor]);
        let code = published(&ruth, &form("solihull")).await;
        let (amina, beth) = (somebody(fixture, "Amina").await, somebody(fixture, "Beth").await);
        register(&amina, &[]).await;
        look_after(fixture, id, beth.person()).await;
        for who in [&amina, &beth] {
            assert_eq!(come(who, &code).await, Some(Answer::Yes));
        }
        let other = StepForm { intervention: "vig".to_owned(), ..answer(Step::Intervention) };
        let then = at(fixture, AFTER, amina.person(), Role::Practitioner);
        answer_step(&then, &other).await.unwrap();
        let mut transaction = then.begin().await.unwrap();
        note_who_belonged(&mut transaction, then.now()).await.unwrap();
        on!(&mut transaction, connection => sqlx::query(NO_MORE).bind(beth.person()).execute(connection).await.map(|_| ())).unwrap();
        transaction.commit().await.unwrap();

        assert_eq!(let_places_follow(&program(fixture, COMES)).await, Ok(0));
        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        assert_eq!(coming_to(&over, &code).await, ["Amina E.", "Beth E."]);
    }
}
