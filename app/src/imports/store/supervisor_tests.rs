//! What an import says of supervisors, on both databases: until when they are cleared, and who stays with whom.

use std::sync::Arc;

use super::*;
use crate::access::{Actor, Permission, Role, holders};
use crate::audit::{Verdict, verify};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::groups::fixture::coordinator;
use crate::imports::columns::Column;
use crate::people::fixture::{code_of, person};
use crate::people::{PersonId, WorksThere};
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, note_clearances, registration_of};
use crate::registration::{ClearanceKind, Step};

const NAMED: WorksThere = WorksThere::Named { how: String::new() };
const SUPERVISOR: &[Role] = &[Role::Supervisor];

/// A row of a file: the columns that are filled.
type Cells<'a> = &'a [(Column, &'a str)];

/// A file with the columns of the template.
fn file(rows: &[Cells<'_>]) -> Arc<[u8]> {
    let line = |cells: Vec<&str>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let cell = |row: Cells<'_>, column: Column| row.iter().find(|(other, _)| *other == column).map(|(_, cell)| (*cell).to_owned());
    let row = |row: &Cells<'_>| {
        let cells = Column::ALL.map(|column| cell(row, column).unwrap_or_default());
        line(cells.iter().map(String::as_str).collect())
    };
    std::iter::once(line(Column::HEADINGS.to_vec())).chain(rows.iter().map(row)).collect::<Vec<_>>().join("\n").into_bytes().into()
}

/// The cells by which somebody is known.
fn who<'a>(given_name: &'a str, email: &'a str, role: &'a str) -> Vec<(Column, &'a str)> {
    let mut cells = vec![(Column::GivenName, given_name), (Column::FamilyName, "Example"), (Column::Email, email), (Column::Role, role)];
    if role.is_empty() {
        cells.extend([(Column::Authority, "Bradford"), (Column::Way, "Online")]);
    }
    cells
}

fn with<'a>(mut cells: Vec<(Column, &'a str)>, more: &[(Column, &'a str)]) -> Vec<(Column, &'a str)> {
    cells.extend_from_slice(more);
    cells
}

/// A coordinator, and a supervisor whose indemnity is written down until the first day of 2027, with her email.
async fn scene(fixture: &Fixture) -> (Actor, PersonId, String) {
    let sian = coordinator(fixture).await;
    let mut transaction = sian.begin().await.unwrap();
    crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let ruth = person(fixture, "Ruth", "Example", SUPERVISOR).await;
    note(fixture, &sian, ruth, "2027-01-01").await;
    let email = email_of(fixture, ruth).await;
    (sian, ruth, email)
}

async fn email_of(fixture: &Fixture, person: PersonId) -> String {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(person).fetch_one(pool).await).unwrap()
}

async fn id_of(fixture: &Fixture, email: &str) -> Option<PersonId> {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT id FROM person WHERE email = $1").bind(email).fetch_optional(pool).await).unwrap()
}

/// Writes down by hand until when somebody is insured.
async fn note(fixture: &Fixture, sian: &Actor, person: PersonId, until: &str) {
    note_clearances(sian, &code_of(fixture, person).await, &[(ClearanceKind::Indemnity, until.parse().ok())]).await.unwrap();
}

async fn held(fixture: &Fixture, sian: &Actor, person: PersonId) -> Vec<(&'static str, String)> {
    let held = registration_of(sian, &code_of(fixture, person).await).await.unwrap().clearances;
    held.into_iter().map(|one| (one.kind.key(), one.good_until.to_string())).collect()
}

fn told(key: &'static str, until: &str) -> (&'static str, String) {
    (key, until.to_owned())
}

#[test]
fn whoever_brings_people_could_write_down_by_hand_what_a_file_says_of_supervisors() {
    assert!(holders(Permission::ImportPeople).iter().all(|role| holders(Permission::ManageMatching).contains(role)));
}

both_databases! {
    async fn until_when_supervisors_are_cleared_is_shown_written_down_and_taken_back_with_them(fixture: Fixture) {
        let (sian, ruth, email) = scene(fixture).await;
        let known = with(who("Ruth", &email, "Supervisor"), &[(Column::IndemnityUntil, "31 March 2028"), (Column::DbsUntil, "1/5/2028")]);
        let new = with(who("Olu", "olu@centre.example", "Supervisor"), &[(Column::SafeguardingUntil, "2028-03-31")]);
        let code = bring(&sian, file(&[&known, &new])).await.unwrap();

        let page = import_page(&sian, &code).await.unwrap();
        assert_eq!(
            page.changed[0].changes,
            [
                "Professional indemnity: good until Friday 31 March 2028 instead of Friday 1 January 2027.",
                "DBS decision, to be looked at again: good until Monday 1 May 2028."
            ]
        );
        assert_eq!(page.added[0].more, ["Safeguarding training, level 3: good until Friday 31 March 2028."]);
        assert_eq!(held(fixture, &sian, ruth).await, [told("indemnity", "2027-01-01")], "nothing is written down before it is taken");

        take(&sian, &code, &NAMED).await.unwrap();
        assert_eq!(held(fixture, &sian, ruth).await, [told("indemnity", "2028-03-31"), told("dbs", "2028-05-01")]);
        let olu = id_of(fixture, "olu@centre.example").await.unwrap();
        assert_eq!(held(fixture, &sian, olu).await, [told("safeguarding", "2028-03-31")]);
        let again = bring(&sian, file(&[&known])).await.unwrap();
        assert_eq!(import_page(&sian, &again).await.unwrap().same, 1, "what is written down already is nothing new");

        assert!(take_back(&sian, &code).await.unwrap());
        assert_eq!(held(fixture, &sian, ruth).await, [told("indemnity", "2027-01-01")]);
        assert_eq!(id_of(fixture, "olu@centre.example").await, None);
        assert!(matches!(verify(&fixture.database).await.unwrap(), Verdict::Whole { .. }));
    }

    async fn a_date_that_was_noted_by_hand_is_neither_written_over_unseen_nor_taken_back(fixture: Fixture) {
        let (sian, ruth, email) = scene(fixture).await;
        let known = with(who("Ruth", &email, "Supervisor"), &[(Column::IndemnityUntil, "31 March 2028")]);
        let new = who("Olu", "olu@centre.example", "Supervisor");
        let code = bring(&sian, file(&[&known, &new])).await.unwrap();
        note(fixture, &sian, ruth, "2029-01-01").await;
        take(&sian, &code, &NAMED).await.unwrap();
        let left = import_page(&sian, &code).await.unwrap().left;
        assert!(left.len() == 1 && left[0].problems[0].message.contains("has changed what is known"), "{left:?}");
        assert_eq!(held(fixture, &sian, ruth).await, [told("indemnity", "2029-01-01")]);

        let code = bring(&sian, file(&[&known])).await.unwrap();
        take(&sian, &code, &NAMED).await.unwrap();
        note(fixture, &sian, ruth, "2028-06-30").await;
        assert!(!take_back(&sian, &code).await.unwrap(), "she has moved on");
        assert_eq!(held(fixture, &sian, ruth).await, [told("indemnity", "2028-06-30")]);
        assert_eq!(import_page(&sian, &code).await.unwrap().taken.unwrap().people.len(), 1);
    }

    async fn whoever_stays_with_a_supervisor_is_told_so_goes_on_answering_and_stays_with_them(fixture: Fixture) {
        let (sian, ruth, email) = scene(fixture).await;
        let of_ruth = code_of(fixture, ruth).await;
        let (by_email, by_code) = (email.to_uppercase(), of_ruth.to_uppercase());
        let amina = with(who("Amina", "amina@council.example", ""), &[(Column::Keep, &by_email)]);
        let tom = with(who("Tom", "tom@council.example", ""), &[(Column::Keep, &by_code)]);
        let code = bring(&sian, file(&[&amina, &tom])).await.unwrap();
        let page = import_page(&sian, &code).await.unwrap();
        assert!(page.added.iter().all(|line| line.more == [format!("Would stay with Ruth Example ({email}).")]), "{:?}", page.added);
        take(&sian, &code, &NAMED).await.unwrap();

        let amina = id_of(fixture, "amina@council.example").await.unwrap();
        let actor = fixture.actor(amina, &[Role::Practitioner]);
        answer_step(&actor, &answer(Step::Stream)).await.unwrap();
        let own = registration_of(&sian, &code_of(fixture, amina).await).await.unwrap().own;
        assert_eq!((own.registration.kept_supervisor, own.supervisors.len()), (of_ruth, 1));

        // Who has answered since stays; the other goes, with whom he would stay.
        assert!(!take_back(&sian, &code).await.unwrap());
        assert_eq!(id_of(fixture, "tom@council.example").await, None);
        assert_eq!(id_of(fixture, "amina@council.example").await, Some(amina));
    }

    async fn what_is_wrong_is_said_by_cell_and_of_two_people_of_one_name_neither_is_guessed(fixture: Fixture) {
        let (sian, _, _) = scene(fixture).await;
        person(fixture, "Ruth", "Example", SUPERVISOR).await;
        let other = person(fixture, "Femi", "Example", &[Role::Practitioner]).await;
        let no_supervisor = email_of(fixture, other).await;
        let keep = |cell| with(who("Amina", "amina@council.example", ""), &[(Column::Keep, cell)]);
        let rows = [
            keep("Ruth Example"),
            keep("nobody@centre.example"),
            keep(&no_supervisor),
            with(who("Olu", "olu@centre.example", "Supervisor"), &[(Column::RegistrationUntil, "21 October 2026"), (Column::DbsUntil, "soon")]),
        ];
        let rows: Vec<Cells<'_>> = rows.iter().map(Vec::as_slice).collect();
        let code = bring(&sian, file(&rows)).await.unwrap();

        let left = import_page(&sian, &code).await.unwrap().left;
        let told: Vec<(usize, &str)> =
            left.iter().flat_map(|row| row.problems.iter().map(|problem| (row.row, problem.heading.as_str()))).collect();
        let keep = "Supervisor to stay with";
        assert_eq!(told, [(2, keep), (3, keep), (4, keep), (5, "Professional registration until"), (5, "DBS decision until")]);
        assert!(left[0].problems[0].message.contains("a name is not enough, since two people may have one"));
        assert!(left[1].problems[0].message.contains("take them first, and bring this row again"));
        assert!(take(&sian, &code, &NAMED).await.is_err());
        assert_eq!(id_of(fixture, "olu@centre.example").await, None);
    }
}
