//! Imports on both databases.

use std::sync::Arc;

use super::*;
use crate::access::{Actor, Premises, Role, Roles, system};
use crate::audit::{Verdict, verify};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::imports::columns::Column;
use crate::imports::jobs::forget_imports;
use crate::people::fixture::person;
use crate::people::store::{add_person, change_person, invite_person, record_of};
use crate::people::{Details, EmailAddress, NewPerson, PersonChange, Standing, WorksThere};
use crate::registration::Step;
use crate::registration::store::registrations;

const NAMED: WorksThere = WorksThere::Named { how: String::new() };

async fn coordinator(fixture: &Fixture) -> Actor {
    let mut transaction = fixture.database.begin().await.unwrap();
    crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
    fixture.actor(sian, &[Role::Coordinator])
}

/// A file with the columns of the template. Each row is its example with another email and, where one is given, another profession.
fn file(rows: &[(&str, &str)]) -> Arc<[u8]> {
    file_without(None, rows)
}

/// The same without one of the columns.
fn file_without(left_out: Option<Column>, rows: &[(&str, &str)]) -> Arc<[u8]> {
    let columns = move || Column::ALL.into_iter().filter(move |column| Some(*column) != left_out);
    let line = |cells: Vec<String>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let head = line(columns().map(|column| column.heading().to_owned()).collect());
    let rows = rows.iter().map(|(email, profession)| {
        line(
            columns()
                .map(|column| match column {
                    Column::Email => (*email).to_owned(),
                    Column::Profession => (*profession).to_owned(),
                    other => other.example().to_owned(),
                })
                .collect(),
        )
    });
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n").into_bytes().into()
}

fn midwife(email: &str) -> NewPerson {
    let details = Details {
        title: String::new(),
        given_name: "Femi".to_owned(),
        family_name: "Okafor".to_owned(),
        profession: "Midwife".to_owned(),
        authority: "leicester".to_owned(),
        roles: Roles::of_list("practitioner"),
    };
    NewPerson { details, email: EmailAddress::of(email).unwrap(), works_there: NAMED, is_invited: false }
}

async fn count(fixture: &Fixture, query: &'static str) -> i64 {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
}

async fn code_of(fixture: &Fixture, email: &str) -> Option<String> {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT code FROM person WHERE email = $1").bind(email).fetch_optional(pool).await).unwrap()
}

async fn taken(actor: &Actor, rows: &[(&str, &str)]) -> String {
    let code = bring(actor, file(rows)).await.unwrap();
    take(actor, &code, &NAMED).await.unwrap();
    code
}

both_databases! {
    async fn nothing_is_stored_among_people_before_it_is_taken(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        add_person(&sian, &midwife("femi@council.example")).await.unwrap();

        let code = bring(&sian, file(&[("amina@council.example", "Nurse"), ("FEMI@council.example", ""), ("nobody", "")])).await.unwrap();

        let page = import_page(&sian, &code).await.unwrap();
        assert_eq!((page.added.len(), page.changed.len(), page.same, page.left.len()), (1, 1, 0, 1));
        assert_eq!((page.added[0].email.as_str(), page.added[0].about.as_str()), ("amina@council.example", "Practitioner, Bradford"));
        assert_eq!(page.added[0].answers, "All but with whom they would like to be: they are asked for it");
        assert_eq!(
            page.changed[0].changes,
            [
                "Title: “Dr” instead of nothing.",
                "First name: “Amina” instead of “Femi”.",
                "Family name: “Rahman” instead of “Okafor”.",
                "Authority: “Bradford” instead of “Leicester”.",
                "Answers for the forming of groups are added."
            ]
        );
        assert_eq!((page.left[0].row, page.left[0].problems[0].heading.as_str()), (4, "Email"));
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM person").await, 2);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM registration").await, 0);
    }

    async fn what_is_taken_is_written_down_for_each_person_and_nobody_is_written_to(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let femi = add_person(&sian, &midwife("femi@council.example")).await.unwrap();

        let code = taken(&sian, &[("amina@council.example", "Nurse"), ("femi@council.example", "Nurse"), ("nobody", "")]).await;

        let amina = record_of(&sian, &code_of(fixture, "amina@council.example").await.unwrap()).await.unwrap().unwrap();
        assert_eq!((amina.profession.as_str(), amina.standing, amina.authority.unwrap().slug), ("Nurse", Standing::NotInvited, "bradford".to_owned()));
        assert_eq!(record_of(&sian, &femi).await.unwrap().unwrap().profession, "Nurse");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM registration WHERE confirmed_at IS NOT NULL").await, 2);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await, 0);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM audit_entry WHERE action IN ('add_person', 'change_person', 'bring_registration')").await, 5);
        assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { .. }));
        let page = import_page(&sian, &code).await.unwrap();
        assert_eq!(page.left.iter().map(|row| row.row).collect::<Vec<_>>(), [4]);
        let told = page.taken.unwrap();
        assert_eq!((told.people.len(), told.to_invite), (2, 1));
        assert_eq!(left_rows_of(&sian, &code).await.unwrap().rows.len(), 1, "of the others nothing is kept");
        assert!(matches!(take(&sian, &code, &NAMED).await, Err(AppError::Conflict(_))), "once is enough");
    }

    async fn whoever_comes_without_an_answer_to_an_optional_question_is_asked_it_and_has_confirmed_the_rest(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let code = bring(&sian, file_without(Some(Column::Setting), &[("amina@council.example", "Nurse")])).await.unwrap();
        assert_eq!(import_page(&sian, &code).await.unwrap().added[0].answers, "All but where they work and with whom they would like to be: they are asked for both");
        take(&sian, &code, &NAMED).await.unwrap();
        taken(&sian, &[("tom@council.example", "Nurse")]).await;

        let registered = registrations(&mut fixture.snapshot().await, None).await.unwrap();
        let mut answers: Vec<_> = registered.into_values().map(|one| (one.registration.next_step(), one.registration.confirmed_at.is_some())).collect();
        answers.sort_by_key(|(next, _)| *next == Some(Step::Setting));
        assert_eq!(answers, [(Some(Step::Together), true), (Some(Step::Setting), true)], "no file says with whom they would like to be");
    }

    async fn whoever_was_added_or_changed_meanwhile_is_left_by_name_and_the_rest_is_taken(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let femi = add_person(&sian, &midwife("femi@council.example")).await.unwrap();
        let code = bring(&sian, file(&[("amina@council.example", "Nurse"), ("femi@council.example", "Nurse"), ("jo@council.example", "Nurse")])).await.unwrap();
        add_person(&sian, &midwife("amina@council.example")).await.unwrap();
        let mut details = midwife("femi@council.example").details;
        details.profession = "Psychologist".to_owned();
        change_person(&sian, &PersonChange { code: femi.clone(), version: 1, details, works_there: None }).await.unwrap();

        take(&sian, &code, &NAMED).await.unwrap();

        let page = import_page(&sian, &code).await.unwrap();
        let left: Vec<(usize, &str)> = page.left.iter().map(|row| (row.row, row.problems[0].message.as_str())).collect();
        assert_eq!(left.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3]);
        assert!(left[0].1.contains("added or removed") && left[1].1.contains("has changed"), "{left:?}");
        assert_eq!(record_of(&sian, &femi).await.unwrap().unwrap().profession, "Psychologist");
        assert!(code_of(fixture, "jo@council.example").await.is_some());
    }

    async fn answers_that_somebody_has_given_are_never_changed_by_a_file(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        crate::registration::fixture::register(&fixture.actor(amina, &[Role::Practitioner]), &[]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE person SET email = 'amina@council.example' WHERE id = $1").bind(amina).execute(pool).await.map(|_| ())).unwrap();

        let code = bring(&sian, file(&[("amina@council.example", "Nurse")])).await.unwrap();
        let changes = import_page(&sian, &code).await.unwrap().changed.remove(0).changes;
        take(&sian, &code, &NAMED).await.unwrap();

        assert!(changes.iter().any(|change| change.contains("left out")), "{changes:?}");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM registration WHERE access_needs = 'Captions'").await, 0);
    }

    async fn what_was_taken_can_be_taken_back_as_a_whole(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let femi = add_person(&sian, &midwife("femi@council.example")).await.unwrap();
        let code = taken(&sian, &[("amina@council.example", "Nurse"), ("femi@council.example", "Nurse")]).await;
        // Looking at somebody is no reason for them to stay.
        record_of(&sian, &code_of(fixture, "amina@council.example").await.unwrap()).await.unwrap().unwrap();

        assert!(take_back(&sian, &code).await.unwrap());

        assert_eq!(code_of(fixture, "amina@council.example").await, None);
        let femi = record_of(&sian, &femi).await.unwrap().unwrap();
        assert_eq!((femi.full_name().as_str(), femi.profession.as_str(), femi.version), ("Femi Okafor", "Midwife", 3));
        assert_eq!(count(fixture, "SELECT (SELECT COUNT(*) FROM registration) + (SELECT COUNT(*) FROM people_import) + (SELECT COUNT(*) FROM people_import_line)").await, 0);
        assert_eq!(import_page(&sian, &code).await, Err(AppError::NotFound));
        assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { .. }));
    }

    async fn whoever_has_moved_on_stays_and_is_named(fixture: Fixture) {
        const PLACED: &str = "\
INSERT INTO clearance (person_id, kind, good_until, noted_by, noted_at)
SELECT id, 'dbs', $1, id, $2 FROM person WHERE email = 'placed@council.example'";
        let sian = coordinator(fixture).await;
        let code = taken(&sian, &[("invited@council.example", "Nurse"), ("changed@council.example", "Nurse"), ("placed@council.example", "Nurse"), ("gone@council.example", "Nurse")]).await;
        invite_person(&sian, &code_of(fixture, "invited@council.example").await.unwrap()).await.unwrap();
        let changed = record_of(&sian, &code_of(fixture, "changed@council.example").await.unwrap()).await.unwrap().unwrap();
        let details = midwife("changed@council.example").details;
        change_person(&sian, &PersonChange { code: changed.code, version: changed.version, details, works_there: None }).await.unwrap();
        let (database, now) = (&fixture.database, fixture.now());
        on!(database, pool => sqlx::query(PLACED).bind(now.date_naive()).bind(now).execute(pool).await.map(|_| ())).unwrap();

        assert!(!take_back(&sian, &code).await.unwrap());

        let told = import_page(&sian, &code).await.unwrap().taken.unwrap();
        assert!(told.is_taken_back);
        assert_eq!(told.people.len(), 3);
        for stays in ["invited@council.example", "changed@council.example", "placed@council.example"] {
            assert!(code_of(fixture, stays).await.is_some(), "{stays}");
        }
        assert_eq!(code_of(fixture, "gone@council.example").await, None);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM registration").await, 3, "nobody is taken back in part");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM audit_entry WHERE action = 'remove_person'").await, 1);
        assert!(matches!(take_back(&sian, &code).await, Err(AppError::Conflict(_))));
        assert!(matches!(verify(database).await.unwrap(), Verdict::Whole { .. }));
    }

    async fn those_who_were_added_are_invited_in_a_step_of_its_own(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let code = taken(&sian, &[("amina@council.example", "Nurse"), ("jo@council.example", "Nurse")]).await;
        invite_person(&sian, &code_of(fixture, "jo@council.example").await.unwrap()).await.unwrap();

        assert_eq!(invite_added(&sian, &code).await, Ok(1));

        assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await, 2);
        assert!(matches!(invite_added(&sian, &code).await, Err(AppError::Conflict(_))));
    }

    async fn a_file_is_there_for_whoever_brought_it_alone_and_for_a_day(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let morag = person(fixture, "Morag", "Fraser", &[Role::Coordinator]).await;
        let morag = fixture.actor(morag, &[Role::Coordinator]);
        let code = bring(&sian, file(&[("amina@council.example", "Nurse")])).await.unwrap();
        let kept = bring(&sian, file(&[("jo@council.example", "Nurse")])).await.unwrap();

        assert_eq!(own_imports(&sian).await.unwrap().imports.len(), 2);
        assert!(own_imports(&morag).await.unwrap().imports.is_empty());
        assert_eq!(import_page(&morag, &code).await, Err(AppError::NotFound));
        assert_eq!(take(&morag, &code, &NAMED).await, Err(AppError::NotFound));
        assert_eq!(give_up(&morag, &code).await, Err(AppError::NotFound));
        give_up(&sian, &code).await.unwrap();
        assert_eq!(import_page(&sian, &code).await, Err(AppError::NotFound));

        let tomorrow = fixture.actor_at(fixture.now() + chrono::TimeDelta::days(1), sian.person(), &[Role::Coordinator]);
        assert_eq!(take(&tomorrow, &kept, &NAMED).await, Err(AppError::NotFound));
        let premises = Premises {
            database: fixture.database.clone(),
            clock: crate::database::Clock::Fixed(tomorrow.now()),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        assert_eq!(forget_imports(&system(&premises, "test")).await, Ok(1));
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM people_import").await, 0);
    }

    async fn a_file_with_nothing_to_take_says_so(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let code = bring(&sian, file(&[("nobody", "")])).await.unwrap();

        assert!(matches!(take(&sian, &code, &NAMED).await, Err(AppError::Conflict(_))));
        assert!(import_page(&sian, &code).await.unwrap().taken.is_none());
        assert!(matches!(bring(&sian, b"no heading".to_vec().into()).await, Err(AppError::Invalid(_))));
    }
}
