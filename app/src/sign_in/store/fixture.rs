//! Passwords, codes and visitors for the tests of coming in.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::invitations::invite;
use super::passwords::set_password;
use super::pending_code::{begin_own_code, confirm_code};
use crate::access::{Anyone, Premises, Role, SignedIn, Visit};
use crate::database::fixture::Fixture;
use crate::database::{Clock, on};
use crate::people::fixture::person;
use crate::people::{PersonId, Standing};
use crate::sign_in::checks::{NewPassword, PasswordEntry};
use crate::sign_in::one_time_code::shown_at;
use crate::sign_in::password;

/// The password that [`give_password`] gives.
pub const PASSWORD: &str = "gravel linen trellis moat";
/// What the browsers of the tests say of themselves.
pub const DEVICE: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A right password for an address.
pub fn entry(email: &str) -> PasswordEntry {
    PasswordEntry { email: email.to_owned(), password: PASSWORD.to_owned() }
}

/// Gives somebody [`PASSWORD`], and answers their address.
pub async fn give_password(fixture: &Fixture, person: PersonId) -> String {
    let hash = password::hash(PASSWORD).await.unwrap();
    let mut transaction = fixture.database.begin().await.unwrap();
    set_password(&mut transaction, person, &hash, fixture.now()).await.unwrap();
    transaction.commit().await.unwrap();
    on!(&fixture.database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(person).fetch_one(pool).await).unwrap()
}

/// Sets up one-time codes for somebody, ten minutes ago, and answers the secret.
pub async fn give_code(fixture: &Fixture, person: PersonId) -> Vec<u8> {
    const PENDING: &str = "SELECT code_pending FROM credential WHERE person_id = $1";
    let earlier = fixture.now() - chrono::TimeDelta::minutes(10);
    let actor = fixture.actor_at(earlier, person, &[Role::Practitioner]);
    begin_own_code(&actor).await.unwrap();
    let secret: Vec<u8> = on!(&fixture.database, pool => sqlx::query_scalar(PENDING).bind(person).fetch_one(pool).await).unwrap();
    confirm_code(&actor, &shown_at(&secret, earlier)).await.unwrap();
    secret
}

/// Suspends somebody.
pub async fn suspend(fixture: &Fixture, person: PersonId) {
    const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
    on!(&fixture.database, pool => sqlx::query(SUSPEND).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

/// The process of the test at a moment.
pub fn premises(fixture: &Fixture, moment: DateTime<Utc>, is_demonstration: bool) -> Premises {
    let origin = "https://reverie.example".into();
    Premises { database: fixture.database.clone(), clock: Clock::Fixed(moment), is_demonstration, origin }
}

/// A visitor who is nobody yet.
pub fn visitor(fixture: &Fixture) -> Anyone {
    Anyone::in_test(visit(&premises(fixture, fixture.now(), false)))
}

/// A visitor to a demonstration.
pub fn visitor_to_demonstration(fixture: &Fixture) -> Anyone {
    Anyone::in_test(visit(&premises(fixture, fixture.now(), true)))
}

/// A visitor with a token.
pub async fn visitor_with(fixture: &Fixture, token: &str) -> Anyone {
    visitor_at(fixture, fixture.now(), token).await
}

/// A visitor with a token, at another moment.
pub async fn visitor_at(fixture: &Fixture, moment: DateTime<Utc>, token: &str) -> Anyone {
    let premises = premises(fixture, moment, false);
    Anyone::in_test(visit(&premises).recognise(&premises, token).await.unwrap())
}

/// Who a token stands for now.
pub async fn recognised(fixture: &Fixture, token: &str) -> Option<SignedIn> {
    visitor_with(fixture, token).await.signed_in().cloned()
}

fn visit(premises: &Premises) -> Visit {
    let device: Arc<str> = DEVICE.into();
    Visit::new(premises, IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), &device)
}

/// A visitor who is nobody yet, some time after the test's moment.
pub fn visitor_later(fixture: &Fixture, later: chrono::TimeDelta) -> Anyone {
    Anyone::in_test(visit(&premises(fixture, fixture.now() + later, false)))
}

/// Esther, whom nobody has invited yet.
pub async fn esther_not_invited(fixture: &Fixture, role: Role) -> PersonId {
    let esther = person(fixture, "Esther", "Kim", &[role]).await;
    on!(&fixture.database, pool => sqlx::query("UPDATE person SET standing = 'not_invited' WHERE id = $1").bind(esther).execute(pool).await.map(|_| ())).unwrap();
    esther
}

/// Invites Esther, and answers the token of the link.
pub async fn invited(fixture: &Fixture, esther: PersonId) -> String {
    let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
    let mut transaction = fixture.database.begin().await.unwrap();
    let token = invite(&mut transaction, &fixture.actor(sian, &[Role::Coordinator]), esther).await.unwrap();
    transaction.commit().await.unwrap();
    token
}

/// The choice of [`PASSWORD`] by a link.
pub fn chosen(token: &str) -> NewPassword {
    NewPassword { token: token.to_owned(), password: PASSWORD.to_owned() }
}

/// How far somebody has come in joining.
pub async fn standing(fixture: &Fixture, person: PersonId) -> Standing {
    on!(&fixture.database, pool => sqlx::query_scalar("SELECT standing FROM person WHERE id = $1").bind(person).fetch_one(pool).await)
        .unwrap()
}

/// What the messages say, in the order in which they were queued.
pub async fn bodies(fixture: &Fixture) -> Vec<String> {
    on!(&fixture.database, pool => sqlx::query_scalar("SELECT body FROM message ORDER BY created_at, id").fetch_all(pool).await).unwrap()
}

/// The token of the link in a message.
pub fn token_in(body: &str) -> String {
    let link = body.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}
