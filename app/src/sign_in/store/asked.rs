//! Messages that somebody asks for who is not signed in: a new password, or a link to come in by.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use super::invitations::hash_of_chosen;
use super::links::{Purpose, issue, spend};
use super::passwords::set_password;
use super::sign_ins::{Entrance, arrive, sign_out_everywhere};
use crate::access::Anyone;
use crate::audit::{self, Entry};
use crate::database::on;
use crate::error::AppError;
use crate::messages::{NewMessage, queue_way_in};
use crate::paths;
use crate::people::{PersonId, Standing};
use crate::sign_in::checks::NewPassword;
use crate::sign_in::letters;
use crate::sign_in::limits::{self, Limited};

/// How long it takes to answer somebody who asks for a message, whether or not there is anybody to send it to.
const PACE: Duration = Duration::from_millis(300);

/// Sends a link to choose another password, where the address is known; says nothing of whether it is.
pub async fn ask_for_reset(anyone: &Anyone, email: &str) -> Result<(), AppError> {
    ask(anyone, email, Purpose::Reset).await
}

/// Sends a link to sign in with, where the address is known; says nothing of whether it is.
pub async fn ask_for_link(anyone: &Anyone, email: &str) -> Result<(), AppError> {
    ask(anyone, email, Purpose::SignIn).await
}

async fn ask(anyone: &Anyone, email: &str, purpose: Purpose) -> Result<(), AppError> {
    let limits = [Limited::MessagesFrom(anyone.address()), Limited::MessagesTo(email)];
    limits::attempt(anyone.database(), anyone.now(), &limits).await?;
    at_one_pace(send_if_known(anyone, email, purpose)).await
}

/// Answers after the same time, whatever was done in it.
async fn at_one_pace<T>(work: impl Future<Output = T>) -> T {
    let until = Instant::now() + PACE;
    let answer = work.await;
    tokio::time::sleep_until(until).await;
    answer
}

async fn send_if_known(anyone: &Anyone, email: &str, purpose: Purpose) -> Result<(), AppError> {
    const FIND: &str = "SELECT id, standing FROM person WHERE email = $1";

    let found: Option<(PersonId, Standing)> = on!(anyone.database(), pool => sqlx::query_as(FIND).bind(email).fetch_optional(pool).await)?;
    let now = anyone.now();
    let mut transaction = anyone.begin().await?;
    let (letter, action) = match found {
        Some((person, Standing::Registered)) => {
            let token = issue(&mut transaction, person, purpose, now).await?;
            (letter_for(person, purpose, anyone.origin(), &token), purpose.asked_for())
        }
        // Whoever lost the invitation and tries the only way that they see gets another invitation.
        Some((person, Standing::Invited)) => {
            let token = issue(&mut transaction, person, Purpose::Invitation, now).await?;
            (letter_for(person, Purpose::Invitation, anyone.origin(), &token), Purpose::Invitation.asked_for())
        }
        _ => return Ok(()),
    };
    queue_way_in(&mut transaction, &letter, now).await?;
    let entry = Entry { action, subject: "person", subject_id: Some(letter.to.0), detail: "" };
    audit::record_by_anyone(&mut transaction, now, entry).await?;
    transaction.commit().await
}

fn letter_for(person: PersonId, purpose: Purpose, origin: &str, token: &str) -> NewMessage {
    match purpose {
        Purpose::Invitation => letters::invitation(person, &format!("{origin}{}", paths::invitation(token))),
        Purpose::Reset => letters::reset(person, &format!("{origin}{}", paths::reset(token))),
        Purpose::SignIn => letters::sign_in_link(person, &format!("{origin}{}", paths::sign_in_link(token))),
    }
}

/// Chooses another password by a link: every device is signed out, and this one signed in as far as the roles allow.
pub async fn reset_password(anyone: &Anyone, chosen: &NewPassword) -> Result<Entrance, AppError> {
    let hash = hash_of_chosen(anyone, Purpose::Reset, chosen).await?;
    let now = anyone.now();
    let mut transaction = anyone.begin().await?;
    let all = &mut transaction;
    let person = spend(all, Purpose::Reset, &chosen.token, now).await?;
    set_password(all, person, &hash, now).await?;
    sign_out_everywhere(all, person).await?;
    let entry = Entry { action: "reset_password", subject: "person", subject_id: Some(person.0), detail: "" };
    audit::record_by_person(all, person, now, entry).await?;
    let entrance = arrive(all, anyone, person).await?;
    transaction.commit().await?;
    Ok(entrance)
}

/// Signs in by a link, as far as the roles allow.
pub async fn enter_by_link(anyone: &Anyone, token: &str) -> Result<Entrance, AppError> {
    let mut transaction = anyone.begin().await?;
    let person = spend(&mut transaction, Purpose::SignIn, token, anyone.now()).await?;
    let entrance = arrive(&mut transaction, anyone, person).await?;
    transaction.commit().await?;
    Ok(entrance)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::sign_in::Stage;
    use crate::sign_in::store::fixture::{
        bodies, chosen, entry, esther_not_invited, give_password, invited, recognised, suspend, token_in, visitor, visitor_later,
    };
    use crate::sign_in::store::{accept_invitation, sign_in_with_password};

    both_databases! {
        async fn a_reset_changes_the_password_and_signs_out_everywhere(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let elsewhere = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap();
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            let chosen = NewPassword { token: token.clone(), password: "copper lantern quiet river".to_owned() };
            let entrance = reset_password(&visitor(fixture), &chosen).await.unwrap();
            assert!(recognised(fixture, &entrance.sign_in.token).await.is_some());
            assert!(recognised(fixture, &elsewhere.sign_in.token).await.is_none());
            assert!(sign_in_with_password(&visitor(fixture), &entry(&email)).await.is_err(), "the old password is over");
        }

        async fn a_reset_ends_the_links_that_are_on_their_way(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            let sent = bodies(fixture).await;
            reset_password(&visitor(fixture), &chosen(&token_in(&sent[1]))).await.unwrap();
            assert!(enter_by_link(&visitor(fixture), &token_in(&sent[0])).await.is_err());
        }

        async fn a_link_used_while_the_password_is_reset_leaves_nobody_signed_in_by_it(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            let sent = bodies(fixture).await;
            let (thief, owner) = (visitor(fixture), visitor(fixture));
            let (link, new) = (token_in(&sent[0]), chosen(&token_in(&sent[1])));
            let (entered, reset) = tokio::join!(enter_by_link(&thief, &link), reset_password(&owner, &new));
            assert!(recognised(fixture, &reset.unwrap().sign_in.token).await.is_some());
            if let Ok(entered) = entered {
                assert!(recognised(fixture, &entered.sign_in.token).await.is_none());
            }
        }

        async fn what_was_asked_for_is_written_down_by_its_name(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            let actions: Vec<String> = on!(&fixture.database, pool => sqlx::query_scalar("SELECT action FROM audit_entry ORDER BY sequence").fetch_all(pool).await).unwrap();
            assert_eq!(actions, ["ask_for_reset", "ask_for_link"]);
        }

        async fn a_wrong_a_reused_and_an_expired_reset_are_refused_alike(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            let wrong = reset_password(&visitor(fixture), &chosen("wrong")).await.unwrap_err();
            let late = visitor_later(fixture, TimeDelta::hours(1));
            assert_eq!(reset_password(&late, &chosen(&token)).await.unwrap_err(), wrong);
            reset_password(&visitor(fixture), &chosen(&token)).await.unwrap();
            assert_eq!(reset_password(&visitor(fixture), &chosen(&token)).await.unwrap_err(), wrong);
        }

        async fn a_link_signs_in_once_for_a_quarter_of_an_hour(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            assert!(enter_by_link(&visitor_later(fixture, TimeDelta::minutes(15)), &token).await.is_err());
            assert_eq!(enter_by_link(&visitor(fixture), &token).await.unwrap().stage, Stage::Complete);
            assert!(enter_by_link(&visitor(fixture), &token).await.is_err());
        }

        async fn a_link_lets_two_at_the_same_moment_in_once(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            let token = token_in(&bodies(fixture).await[0]);
            let (one, another) = (visitor(fixture), visitor(fixture));
            let (first, second) = tokio::join!(enter_by_link(&one, &token), enter_by_link(&another, &token));
            assert!(first.is_ok() != second.is_ok());
        }

        async fn asking_for_a_message_answers_the_same_for_known_and_unknown_addresses(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            let started = std::time::Instant::now();
            ask_for_reset(&visitor(fixture), "nobody@bradford.example").await.unwrap();
            assert!(started.elapsed() >= PACE, "nobody is answered sooner");
            assert!(bodies(fixture).await.is_empty());
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            assert_eq!(bodies(fixture).await.len(), 1);
            suspend(fixture, amina).await;
            ask_for_link(&visitor(fixture), &email).await.unwrap();
            assert_eq!(bodies(fixture).await.len(), 1, "nothing goes to somebody suspended");
        }

        async fn the_sixth_message_is_one_too_many_for_known_and_unknown_alike(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let email = give_password(fixture, amina).await;
            for address in [email.as_str(), "nobody@bradford.example"] {
                for _ in 0..5 {
                    ask_for_link(&visitor(fixture), address).await.unwrap();
                }
                assert_eq!(ask_for_link(&visitor(fixture), address).await.unwrap_err(), AppError::TooMany);
            }
        }

        async fn somebody_who_lost_the_invitation_gets_another_by_asking_for_a_password(fixture: Fixture) {
            let esther = esther_not_invited(fixture, Role::Practitioner).await;
            let first = invited(fixture, esther).await;
            let email: String = on!(&fixture.database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(esther).fetch_one(pool).await).unwrap();
            ask_for_reset(&visitor(fixture), &email).await.unwrap();
            let second = token_in(&bodies(fixture).await[1]);
            assert!(accept_invitation(&visitor(fixture), &chosen(&first)).await.is_err());
            accept_invitation(&visitor(fixture), &chosen(&second)).await.unwrap();
        }
    }
}
