//! A round whose people are asked, for tests.

use super::forms::MakeForm;
use super::store::{answers_of_round, ask_groups, group_to_make, round_to_ask};
use crate::access::Actor;
use crate::database::fixture::Fixture;
use crate::database::on;
use crate::groups::GroupId;
use crate::people::PersonId;

/// The keys of the groups about which nobody is asked yet.
pub async fn keys(sian: &Actor, number: i64) -> Vec<String> {
    round_to_ask(sian, number).await.unwrap().groups.into_iter().map(|group| group.key).collect()
}

/// Asks everybody of a round.
pub async fn ask_everybody(sian: &Actor, number: i64) {
    ask_groups(sian, number, &keys(sian, number).await).await.unwrap();
}

/// The code under which somebody was asked last.
pub async fn asked_code(fixture: &Fixture, person: PersonId) -> String {
    const CODE: &str = "SELECT code FROM asked_person WHERE person_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(CODE).bind(person).fetch_one(pool).await).unwrap()
}

/// Everybody who was asked accepts, and a group is made of it, whose series is not published.
pub async fn made_of_asked(fixture: &Fixture, group: GroupId) {
    const ACCEPT: &str = "UPDATE asked_person SET answer = 'accepted', answered_at = $1, ended_at = $1";
    const MADE: &str = "UPDATE asked_group SET group_id = $2, closed_at = $1";

    let (database, now) = (&fixture.database, fixture.now());
    on!(database, pool => sqlx::query(ACCEPT).bind(now).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(MADE).bind(now).bind(group).execute(pool).await.map(|_| ())).unwrap();
}

/// What makes the first group of a round's answers.
pub async fn form_to_make(sian: &Actor, number: i64) -> MakeForm {
    let code = answers_of_round(sian, number).await.unwrap().groups.into_iter().next().unwrap().code;
    let to_make = group_to_make(sian, number, &code).await.unwrap();
    MakeForm {
        number: number.to_string(),
        code,
        version: to_make.version.to_string(),
        name: "Aire group".to_owned(),
        room_url: "https://rooms.example/aire".to_owned(),
        ..MakeForm::default()
    }
}
