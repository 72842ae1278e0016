//! The list of one's own devices.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::sign_ins::{end_sign_in, sign_out_everywhere};
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::on;
use crate::error::AppError;
use crate::sign_in::device::device_words;
use crate::sign_in::model::Device;

/// Where the actor is signed in: this device first, then the one last used.
pub async fn devices_of(actor: &Actor) -> Result<Vec<Device>, AppError> {
    const LIST: &str = "\
SELECT id, device, created_at, seen_at
FROM sign_in
WHERE person_id = $1
    AND stage = 'complete'
    AND expires_at > $2
ORDER BY seen_at DESC, id DESC";

    #[derive(sqlx::FromRow)]
    struct Found {
        id: Uuid,
        device: String,
        created_at: DateTime<Utc>,
        seen_at: DateTime<Utc>,
    }

    let found: Vec<Found> =
        on!(actor.database(), pool => sqlx::query_as(LIST).bind(actor.person()).bind(actor.now()).fetch_all(pool).await)?;
    let mut devices: Vec<Device> = found
        .into_iter()
        .map(|found| Device {
            sign_in: found.id,
            words: device_words(&found.device),
            since: found.created_at,
            seen_at: found.seen_at,
            is_this: found.id == actor.sign_in(),
        })
        .collect();
    devices.sort_by_key(|device| !device.is_this);
    Ok(devices)
}

/// Signs out one of the actor's devices.
pub async fn sign_out_device(actor: &Actor, sign_in: Uuid) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    if !end_sign_in(&mut transaction, sign_in, actor.person()).await? {
        return Err(AppError::Conflict("That device is signed out already.".to_owned()));
    }
    let entry = Entry { action: "sign_out_device", subject: "sign_in", subject_id: Some(sign_in), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Signs out every device of the actor but this one.
pub async fn sign_out_others(actor: &Actor) -> Result<(), AppError> {
    const OTHERS: &str = "DELETE FROM sign_in WHERE person_id = $1 AND id <> $2";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(OTHERS).bind(actor.person()).bind(actor.sign_in()).execute(connection).await.map(|_| ()))?;
    let entry = Entry { action: "sign_out_others", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Signs out every device of the actor, this one too.
pub async fn sign_out_all(actor: &Actor) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    sign_out_everywhere(&mut transaction, actor.person()).await?;
    let entry = Entry { action: "sign_out_everywhere", subject: "person", subject_id: Some(actor.person().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::sign_in::store::fixture::{entry, give_password, recognised, visitor};
    use crate::sign_in::store::{sign_in_with_password, sign_out};

    /// Amina, signed in on three devices.
    async fn amina_on_three_devices(fixture: &Fixture) -> (PersonId, [String; 3]) {
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let email = give_password(fixture, amina).await;
        let mut tokens = [const { String::new() }; 3];
        for token in &mut tokens {
            *token = sign_in_with_password(&visitor(fixture), &entry(&email)).await.unwrap().sign_in.token;
        }
        (amina, tokens)
    }

    async fn still_in(fixture: &Fixture, tokens: &[String]) -> Vec<bool> {
        let mut answers = Vec::new();
        for token in tokens {
            answers.push(recognised(fixture, token).await.is_some());
        }
        answers
    }

    both_databases! {
        async fn my_devices_are_listed_with_this_one_first(fixture: Fixture) {
            let (amina, tokens) = amina_on_three_devices(fixture).await;
            let this = recognised(fixture, &tokens[0]).await.unwrap().sign_in;
            let actor = fixture.actor(amina, &[Role::Practitioner]).on_device(this);
            let devices = devices_of(&actor).await.unwrap();
            assert_eq!(devices.len(), 3);
            assert!(devices[0].is_this && devices[0].sign_in == this && devices[0].words == "Firefox on Windows");
            assert!(!devices[1].is_this);
        }

        async fn one_device_is_signed_out(fixture: Fixture) {
            let (amina, tokens) = amina_on_three_devices(fixture).await;
            let second = recognised(fixture, &tokens[1]).await.unwrap().sign_in;
            let actor = fixture.actor(amina, &[Role::Practitioner]);
            sign_out_device(&actor, second).await.unwrap();
            assert_eq!(still_in(fixture, &tokens).await, [true, false, true]);
            assert!(matches!(sign_out_device(&actor, second).await.unwrap_err(), AppError::Conflict(_)));
        }

        async fn nobody_signs_out_the_device_of_somebody_else(fixture: Fixture) {
            let (_, tokens) = amina_on_three_devices(fixture).await;
            let theirs = recognised(fixture, &tokens[0]).await.unwrap().sign_in;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            assert!(sign_out_device(&fixture.actor(ruth, &[Role::Supervisor]), theirs).await.is_err());
            assert_eq!(still_in(fixture, &tokens).await, [true; 3]);
        }

        async fn every_other_device_is_signed_out(fixture: Fixture) {
            let (amina, tokens) = amina_on_three_devices(fixture).await;
            let this = recognised(fixture, &tokens[2]).await.unwrap().sign_in;
            sign_out_others(&fixture.actor(amina, &[Role::Practitioner]).on_device(this)).await.unwrap();
            assert_eq!(still_in(fixture, &tokens).await, [false, false, true]);
        }

        async fn every_device_is_signed_out(fixture: Fixture) {
            let (amina, tokens) = amina_on_three_devices(fixture).await;
            sign_out_all(&fixture.actor(amina, &[Role::Practitioner])).await.unwrap();
            assert_eq!(still_in(fixture, &tokens).await, [false; 3]);
        }

        async fn signing_out_ends_this_device_alone(fixture: Fixture) {
            let (_, tokens) = amina_on_three_devices(fixture).await;
            sign_out(&crate::sign_in::store::fixture::visitor_with(fixture, &tokens[0]).await).await.unwrap();
            assert_eq!(still_in(fixture, &tokens).await, [false, true, true]);
        }
    }
}
