use sqlx::types::Json;

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::people::store::not_to_meet;
use crate::registration::fixture::{answer, register, week};
use crate::registration::forms::{Apart, NewOffering, StepForm};
use crate::registration::model::{ClearanceKind, Competence, Setting, Step};
use crate::waiting::Way;

const PRACTITIONER: &[Role] = &[Role::Practitioner];

async fn practitioner(fixture: &Fixture, given_name: &str) -> Actor {
    fixture.actor(person(fixture, given_name, "Example", PRACTITIONER).await, PRACTITIONER)
}

async fn email_of(fixture: &Fixture, person: PersonId) -> String {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(person).fetch_one(pool).await).unwrap()
}

/// Makes a question one that there was not yet when somebody answered the others.
async fn was_never_asked(fixture: &Fixture, person: PersonId, step: Step) {
    const ANSWERED: &str = "UPDATE registration SET answered = $1 WHERE person_id = $2";

    let answered: Vec<Step> = Step::ALL.iter().copied().filter(|other| *other != step).collect();
    let database = &fixture.database;
    on!(database, pool => sqlx::query(ANSWERED).bind(Json(&answered)).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn an_answer_is_kept_at_once_and_the_next_question_is_the_first_without_one(fixture: Fixture) {
        let amina = practitioner(fixture, "Amina").await;
        assert_eq!(own_registration(&amina).await.unwrap().registration.next_step(), Some(Step::Experience));
        answer_step(&amina, &answer(Step::Experience)).await.unwrap();
        answer_step(&amina, &answer(Step::FirstWeek)).await.unwrap();
        let own = own_registration(&amina).await.unwrap().registration;
        assert_eq!((own.next_step(), own.first_week), (Some(Step::Setting), Some(week())));
        assert!(matches!(confirm(&amina).await, Err(AppError::Conflict(_))), "not before every question is answered");
        let tom = practitioner(fixture, "Tom").await;
        assert_eq!(own_registration(&tom).await.unwrap().registration.answered, []);
    }

    async fn what_was_changed_has_to_be_confirmed_again_and_what_was_not_has_not(fixture: Fixture) {
        let amina = practitioner(fixture, "Amina").await;
        register(&amina, &[]).await;
        answer_step(&amina, &answer(Step::Way)).await.unwrap();
        assert_eq!(own_registration(&amina).await.unwrap().registration.confirmed_at, Some(fixture.now()));
        let unknown = StepForm { competence: "unknown".to_owned(), ..answer(Step::Competence) };
        answer_step(&amina, &unknown).await.unwrap();
        let own = own_registration(&amina).await.unwrap().registration;
        assert_eq!((own.confirmed_at, own.competence), (None, Some(Competence::Unknown)));
    }

    async fn a_question_that_is_new_to_whoever_has_confirmed_takes_nothing_of_that_away_whether_they_answer_it_or_not(fixture: Fixture) {
        let amina = practitioner(fixture, "Amina").await;
        register(&amina, &[]).await;
        was_never_asked(fixture, amina.person(), Step::Setting).await;
        let own = own_registration(&amina).await.unwrap().registration;
        assert_eq!((own.next_step(), own.confirmed_at), (Some(Step::Setting), Some(fixture.now())));
        confirm(&amina).await.unwrap();

        let said = StepForm { setting: Setting::HealthVisiting.key().to_owned(), ..answer(Step::Setting) };
        answer_step(&amina, &said).await.unwrap();
        let own = own_registration(&amina).await.unwrap().registration;
        assert_eq!((own.next_step(), own.setting, own.confirmed_at), (None, Some(Setting::HealthVisiting), Some(fixture.now())));

        // From then on it is a question like every other.
        answer_step(&amina, &answer(Step::Setting)).await.unwrap();
        let own = own_registration(&amina).await.unwrap().registration;
        assert_eq!((own.setting, own.confirmed_at), (None, None));
    }

    async fn where_somebody_works_is_kept_and_can_be_left_unsaid_again(fixture: Fixture) {
        let amina = practitioner(fixture, "Amina").await;
        for setting in Setting::ALL.iter().copied().map(Some).chain([None]) {
            let key = setting.map(Setting::key).unwrap_or_default();
            answer_step(&amina, &StepForm { setting: key.to_owned(), ..answer(Step::Setting) }).await.unwrap();
            assert_eq!(own_registration(&amina).await.unwrap().registration.setting, setting);
        }
    }

    async fn somebody_stays_with_a_supervisor_of_theirs_and_with_no_other(fixture: Fixture) {
        let amina = practitioner(fixture, "Amina").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let other = person(fixture, "Olu", "Other", &[Role::Supervisor]).await;
        group(fixture, ruth, &[amina.person()], GroupKind::Group).await;
        let kept = code_of(fixture, ruth).await;
        answer_step(&amina, &StepForm { kept_supervisor: kept.clone(), ..answer(Step::Keep) }).await.unwrap();
        assert_eq!(own_registration(&amina).await.unwrap().registration.kept_supervisor, kept);
        let stranger = StepForm { kept_supervisor: code_of(fixture, other).await, ..answer(Step::Keep) };
        assert_eq!(answer_step(&amina, &stranger).await.unwrap_err().status(), 422);
    }

    async fn a_manager_is_known_by_their_email_to_coordinators_as_soon_as_they_are_here(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let (amina, boss) = (practitioner(fixture, "Amina").await, practitioner(fixture, "Boss").await);
        let manager_email = email_of(fixture, boss.person()).await;
        let named = StepForm { manager: "named".to_owned(), manager_email, ..answer(Step::Manager) };
        answer_step(&amina, &named).await.unwrap();
        let of = registration_of(&sian, &code_of(fixture, amina.person()).await).await.unwrap();
        assert_eq!(of.manager.unwrap().code, code_of(fixture, boss.person()).await);
        let lines = crate::access_log::fixture::lines_about(fixture, amina.person()).await;
        assert_eq!(lines, [("registration".to_owned(), sian.person(), 1)]);
        assert_eq!(registration_of(&sian, &code_of(fixture, sian.person()).await).await.unwrap_err(), AppError::NotFound, "no practitioner");
    }

    async fn two_people_are_kept_apart_once_whichever_of_them_it_is_noted_at(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let (amina, tom) = (practitioner(fixture, "Amina").await, practitioner(fixture, "Tom").await);
        let (of_amina, of_tom) = (code_of(fixture, amina.person()).await, code_of(fixture, tom.person()).await);
        keep_apart(&sian, &of_amina, &Apart::Person(email_of(fixture, tom.person()).await)).await.unwrap();
        keep_apart(&sian, &of_tom, &Apart::Person(email_of(fixture, amina.person()).await)).await.unwrap();
        let apart = registration_of(&sian, &of_tom).await.unwrap().kept_apart;
        assert_eq!(apart.iter().map(|line| line.from.as_str()).collect::<Vec<_>>(), ["Amina E."]);
        assert_eq!(not_to_meet(&mut fixture.snapshot().await).await.unwrap().len(), 1);
        let own = email_of(fixture, amina.person()).await;
        assert_eq!(keep_apart(&sian, &of_amina, &Apart::Person(own)).await.unwrap_err().status(), 422);
        let stranger = practitioner(fixture, "Stranger").await;
        let line = &apart.first().unwrap().id;
        assert_eq!(let_meet(&sian, &code_of(fixture, stranger.person()).await, line).await.unwrap_err(), AppError::NotFound);
        let_meet(&sian, &of_amina, line).await.unwrap();
        assert_eq!(not_to_meet(&mut fixture.snapshot().await).await.unwrap(), []);
    }

    async fn two_people_are_kept_together_once_whichever_of_them_it_is_noted_at(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let (amina, tom) = (practitioner(fixture, "Amina").await, practitioner(fixture, "Tom").await);
        let (of_amina, of_tom) = (code_of(fixture, amina.person()).await, code_of(fixture, tom.person()).await);
        let (own, toms) = (email_of(fixture, amina.person()).await, email_of(fixture, tom.person()).await);
        keep_together(&sian, &of_amina, &toms).await.unwrap();
        keep_together(&sian, &of_tom, &own).await.unwrap();
        let lines = registration_of(&sian, &of_tom).await.unwrap().kept_together;
        assert_eq!(lines.iter().map(|line| line.with.as_str()).collect::<Vec<_>>(), ["Amina E."]);
        assert_eq!(registration_of(&sian, &of_amina).await.unwrap().kept_together.len(), 1);
        for nobody in [own.as_str(), "nobody.here@council.example"] {
            assert_eq!(keep_together(&sian, &of_amina, nobody).await.unwrap_err().status(), 422);
        }
        let stranger = practitioner(fixture, "Stranger").await;
        let line = &lines.first().unwrap().id;
        assert_eq!(let_part(&sian, &code_of(fixture, stranger.person()).await, line).await.unwrap_err(), AppError::NotFound);
        let_part(&sian, &of_amina, line).await.unwrap();
        assert_eq!(registration_of(&sian, &of_tom).await.unwrap().kept_together, []);
    }

    async fn nobody_is_kept_together_with_somebody_who_only_supervises_until_they_ask_for_a_place_themselves(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let amina = practitioner(fixture, "Amina").await;
        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let (of_amina, of_ruth) = (code_of(fixture, amina.person()).await, code_of(fixture, ruth.person()).await);
        let (aminas, ruths) = (email_of(fixture, amina.person()).await, email_of(fixture, ruth.person()).await);
        for (code, email) in [(&of_amina, &ruths), (&of_ruth, &aminas)] {
            let refused = keep_together(&sian, code, email).await.unwrap_err();
            let AppError::Invalid(fields) = &refused else { panic!("{refused:?}") };
            assert!(format!("{fields:?}").contains("Groups are made up of practitioners"), "{fields:?}");
        }
        assert_eq!(registration_of(&sian, &of_amina).await.unwrap().kept_together, []);
        answer_step(&ruth, &StepForm { stream: "sos".to_owned(), ..answer(Step::Stream) }).await.unwrap();
        keep_together(&sian, &of_amina, &ruths).await.unwrap();
        assert_eq!(registration_of(&sian, &of_ruth).await.unwrap().kept_together.len(), 1);
    }

    async fn whom_somebody_would_like_to_be_with_is_answered_alike_whether_or_not_they_are_here(fixture: Fixture) {
        let (amina, tom) = (practitioner(fixture, "Amina").await, practitioner(fixture, "Tom").await);
        for wished in [email_of(fixture, tom.person()).await, "nobody.here@council.example".to_owned()] {
            let form = StepForm { wished_emails: wished.clone(), ..answer(Step::Together) };
            answer_step(&amina, &form).await.unwrap();
            let own = own_registration(&amina).await.unwrap().registration;
            assert_eq!((own.wished_emails, own.answered), (vec![wished], vec![Step::Together]));
        }
        assert_eq!(own_registration(&tom).await.unwrap().registration.wished_emails, Vec::<String>::new());
    }

    async fn clearances_hold_until_their_date_and_are_forgotten_without_one(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let code = code_of(fixture, ruth).await;
        let until = Some("2027-03-31".parse().unwrap());
        note_clearances(&sian, &code, &[(ClearanceKind::Dbs, until), (ClearanceKind::Indemnity, until)]).await.unwrap();
        note_clearances(&sian, &code, &[(ClearanceKind::Dbs, None), (ClearanceKind::Indemnity, until)]).await.unwrap();
        let held = registration_of(&sian, &code).await.unwrap().clearances;
        assert_eq!(held.iter().map(|one| (one.kind, Some(one.good_until))).collect::<Vec<_>>(), [(ClearanceKind::Indemnity, until)]);
    }

    async fn the_second_of_two_offerings_is_told(fixture: Fixture) {
        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let offering = |shown| NewOffering { shown, interventions: vec!["solihull".to_owned()], way: Way::Either, region: "London".to_owned(), most_groups: 2 };
        save_offering(&ruth, &offering(0)).await.unwrap();
        assert_eq!(save_offering(&ruth, &offering(0)).await.unwrap_err().status(), 409);
        save_offering(&ruth, &offering(1)).await.unwrap();
        assert_eq!(own_registration(&ruth).await.unwrap().offering.unwrap().version, 2);
    }
}
