//! Matching rounds for tests.

use chrono::{NaiveDate, TimeDelta};

use super::answers::RoundOf;
use super::forms::{BoardAddress, BoardForm, RoundForm};
use super::jobs::work_on_rounds;
use super::model::MeetsEvery;
use super::store::{move_person, round_of, start_round};
use crate::access::{Actor, Premises, Role, System, system};
use crate::authorities::store::enter_eligible;
use crate::availability::NewHours;
use crate::availability::store::{add_hours, open_availability};
use crate::database::fixture::Fixture;
use crate::database::{Clock, on};
use crate::error::AppError;
use crate::groups::fixture::coordinator;
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::registration::fixture::register;
use crate::registration::store::{note_clearances, save_offering};
use crate::registration::{ClearanceKind, NewOffering, StepForm};
use crate::waiting::Way;

const PRACTITIONER: &[Role] = &[Role::Practitioner];
const SUPERVISOR: &[Role] = &[Role::Supervisor];

/// A round of everybody, for half a year from the end of November.
pub fn form() -> RoundForm {
    RoundForm { starts_on: "2026-11-23".to_owned(), ends_on: "2027-05-23".to_owned(), ..RoundForm::default() }
}

/// The same of weekly groups.
pub fn weekly() -> RoundForm {
    RoundForm { meets_every: MeetsEvery::Week.key().to_owned(), ..form() }
}

/// The program, so much later.
pub fn at(fixture: &Fixture, later: TimeDelta) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(fixture.now() + later),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "groups are proposed")
}

/// Puts somebody into an authority whose agreement is signed.
pub async fn belong(fixture: &Fixture, person: PersonId, slug: &str) {
    const BELONG: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = $1) WHERE id = $2";
    const AGREE: &str = "UPDATE authority SET stage = 'active' WHERE slug = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(BELONG).bind(slug).bind(person).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(AGREE).bind(slug).execute(pool).await.map(|_| ())).unwrap();
}

/// Somebody's work email.
pub async fn email_of(fixture: &Fixture, person: PersonId) -> String {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(person).fetch_one(pool).await).unwrap()
}

/// Somebody of Bradford who has registered as most people do, but for some answers.
pub async fn practitioner(fixture: &Fixture, given_name: &str, otherwise: &[StepForm]) -> Actor {
    let actor = fixture.actor(person(fixture, given_name, "Example", PRACTITIONER).await, PRACTITIONER);
    belong(fixture, actor.person(), "bradford").await;
    register(&actor, otherwise).await;
    actor
}

/// A supervisor who holds everything until a day.
pub async fn supervisor(fixture: &Fixture, sian: &Actor, given_name: &str, until: &str) -> Actor {
    supervisor_of(fixture, sian, (given_name, until), 2).await
}

/// One who holds everything, and takes on no group.
pub async fn learner(fixture: &Fixture, sian: &Actor, given_name: &str) -> Actor {
    supervisor_of(fixture, sian, (given_name, "2027-12-31"), 0).await
}

async fn supervisor_of(fixture: &Fixture, sian: &Actor, (given_name, until): (&str, &str), most_groups: i64) -> Actor {
    let ruth = fixture.actor(person(fixture, given_name, "Adeyemi", SUPERVISOR).await, SUPERVISOR);
    let offering =
        NewOffering { shown: 0, interventions: vec!["solihull".to_owned()], way: Way::Online, region: "London".to_owned(), most_groups };
    save_offering(&ruth, &offering).await.unwrap();
    let until: NaiveDate = until.parse().unwrap();
    let held: Vec<_> = ClearanceKind::ALL.iter().map(|kind| (*kind, Some(until))).collect();
    note_clearances(sian, &code_of(fixture, ruth.person()).await, &held).await.unwrap();
    let at = |text: &str| chrono::NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let stretch = crate::availability::Stretch::new(at("09:00"), at("17:00")).unwrap();
    let hours = NewHours { weekdays: vec![chrono::Weekday::Thu], stretch, kinds: Vec::new(), is_preferred: false };
    let own = open_availability(&ruth, "").await.unwrap();
    add_hours(&ruth, &own, &hours).await.unwrap();
    ruth
}

/// A coordinator with authorities to choose from, and a supervisor who can lead.
pub async fn scene(fixture: &Fixture) -> (Actor, Actor) {
    let sian = coordinator(fixture).await;
    let mut transaction = sian.begin().await.unwrap();
    enter_eligible(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let ruth = supervisor(fixture, &sian, "Ruth", "2027-12-31").await;
    (sian, ruth)
}

/// A round as its board shows it.
pub async fn board_of(sian: &Actor, number: i64) -> Result<RoundOf, AppError> {
    round_of(sian, &BoardAddress { number: number.to_string(), ..BoardAddress::default() }).await
}

/// Moves somebody on the board as it is now.
pub async fn move_by_hand(sian: &Actor, number: i64, person: &str, to: &str) -> Result<(), AppError> {
    let seen = board_of(sian, number).await?.by_hand.seen.to_string();
    let form = BoardForm { number: number.to_string(), seen, person: person.to_owned(), to: to.to_owned(), ..BoardForm::default() };
    move_person(sian, &form).await.map(|_| ())
}

/// A round of everybody with its proposal.
pub async fn proposed(fixture: &Fixture, sian: &Actor) -> RoundOf {
    proposed_of(fixture, sian, &form()).await
}

/// Another round with its proposal.
pub async fn proposed_of(fixture: &Fixture, sian: &Actor, form: &RoundForm) -> RoundOf {
    let number = start_round(sian, form).await.unwrap();
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    board_of(sian, number).await.unwrap()
}
