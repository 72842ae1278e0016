//! Holds in the database.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::answers::HoldLine;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{EmailAddress, PersonId, PersonName};

/// Everybody who is held, the last first.
pub async fn holds_list(actor: &Actor) -> Result<Vec<HoldLine>, AppError> {
    const LIST: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, b.code AS by_code, b.title AS by_title, b.given_name AS by_given_name,
    b.family_name AS by_family_name, h.held_at
FROM safety_hold h
JOIN person p ON p.id = h.person_id
JOIN person b ON b.id = h.held_by
WHERE h.lifted_at IS NULL
ORDER BY h.held_at DESC, h.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        person: NameRow,
        by_code: String,
        by_title: String,
        by_given_name: String,
        by_family_name: String,
        held_at: DateTime<Utc>,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
    let line = |row: Row| {
        let by = NameRow { code: row.by_code, title: row.by_title, given_name: row.by_given_name, family_name: row.by_family_name };
        HoldLine { person: row.person.into(), by: PersonName::from(by), since: ::series::local(row.held_at).date() }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Since when people are held, for whoever places people.
pub async fn held_since(moment: &mut Transaction) -> Result<HashMap<PersonId, NaiveDate>, AppError> {
    const HELD: &str = "SELECT person_id, held_at FROM safety_hold WHERE lifted_at IS NULL";

    let rows: Vec<(PersonId, DateTime<Utc>)> = on!(&mut moment, connection => sqlx::query_as(HELD).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(person, at)| (person, ::series::local(at).date())).collect())
}

/// Holds whoever has a work email. Whoever is held already stays so.
pub async fn hold_person(actor: &Actor, email: &EmailAddress) -> Result<(), AppError> {
    const PERSON: &str = "SELECT id FROM person WHERE email = $1";
    const HOLD: &str = "\
INSERT INTO safety_hold (id, person_id, held_by, held_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING";

    let mut transaction = actor.begin().await?;
    let person: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(PERSON).bind(email.as_str()).fetch_optional(connection).await)?;
    let person = person.ok_or_else(|| AppError::invalid("email", "Nobody here has this work email. Check it."))?;
    let held = on!(&mut transaction, connection => sqlx::query(HOLD)
        .bind(new_id())
        .bind(person)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if held == 0 {
        return Err(AppError::Conflict("They are held already.".to_owned()));
    }
    record(&mut transaction, actor, Entry { action: "hold_person", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

/// Lifts the hold of whoever has a code.
pub async fn lift_hold(actor: &Actor, code: &str) -> Result<(), AppError> {
    const LIFT: &str = "\
UPDATE safety_hold
SET lifted_by = $2, lifted_at = $3
WHERE person_id = (SELECT p.id FROM person p WHERE p.code = $1)
    AND lifted_at IS NULL
RETURNING person_id";

    let mut transaction = actor.begin().await?;
    let lifted: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(LIFT)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let person = lifted.ok_or_else(|| AppError::Conflict("This hold was lifted in the meantime.".to_owned()))?;
    record(&mut transaction, actor, Entry { action: "lift_hold", subject: "person", subject_id: Some(person.0), detail: "" }).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::asking::store::round_to_ask;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::matching::fixture::{board_of, email_of, form, move_by_hand, practitioner, proposed, scene};
    use crate::matching::store::round_to_start;
    use crate::people::fixture::{code_of, person};

    async fn moira(fixture: &Fixture) -> Actor {
        fixture.actor(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, &[Role::SafeguardingLead])
    }

    async fn hold(fixture: &Fixture, moira: &Actor, who: PersonId) -> Result<(), AppError> {
        hold_person(moira, &EmailAddress::of(&email_of(fixture, who).await).unwrap()).await
    }

    both_databases! {
        async fn somebody_is_held_once_at_a_time_and_the_hold_is_lifted_by_whoever_may(fixture: Fixture) {
            let moira = moira(fixture).await;
            let amina = practitioner_without_answers(fixture).await;
            hold(fixture, &moira, amina).await.unwrap();
            assert!(matches!(hold(fixture, &moira, amina).await, Err(AppError::Conflict(_))));
            let lines = holds_list(&moira).await.unwrap();
            assert_eq!((lines.len(), lines[0].person.short.as_str(), lines[0].by.short.as_str()), (1, "Amina E.", "Moira T."));
            let code = code_of(fixture, amina).await;
            lift_hold(&moira, &code).await.unwrap();
            assert!(matches!(lift_hold(&moira, &code).await, Err(AppError::Conflict(_))));
            hold(fixture, &moira, amina).await.unwrap();
            assert_eq!(held_since(&mut fixture.snapshot().await).await.unwrap().len(), 1, "what was lifted does not count");
        }

        async fn whoever_is_held_is_in_no_round_and_no_reason_is_told(fixture: Fixture) {
            let ((sian, ruth), moira) = (scene(fixture).await, moira(fixture).await);
            let amina = practitioner(fixture, "Amina", &[]).await;
            hold(fixture, &moira, amina.person()).await.unwrap();
            hold(fixture, &moira, ruth.person()).await.unwrap();
            let round = round_to_start(&sian, form()).await.unwrap();
            let held: Vec<_> = round.looked_at.iter().map(|one| one.obstacles.clone()).collect();
            assert_eq!(held, vec![vec!["Is not available for matching since Thursday 22 October 2026.".to_owned()]; 2]);
        }

        async fn whoever_is_held_since_is_neither_moved_into_a_group_nor_asked(fixture: Fixture) {
            let ((sian, ruth), moira) = (scene(fixture).await, moira(fixture).await);
            let mut people = Vec::new();
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                people.push(practitioner(fixture, name, &[]).await);
            }
            let number = proposed(fixture, &sian).await.line.number;
            let amina = people[0].person();
            hold(fixture, &moira, amina).await.unwrap();
            let group = round_to_ask(&sian, number).await.unwrap().groups.remove(0);
            assert_eq!(group.left_out.len(), 1);
            assert_eq!(group.left_out[0].1, "Is not available for matching.");
            let code = code_of(fixture, amina).await;
            move_by_hand(&sian, number, &code, "list").await.unwrap();
            assert!(matches!(move_by_hand(&sian, number, &code, "group-0").await, Err(AppError::Conflict(_))));
            assert_eq!(board_of(&sian, number).await.unwrap().by_hand.moves, 1);

            hold(fixture, &moira, ruth.person()).await.unwrap();
            let group = round_to_ask(&sian, number).await.unwrap().groups.remove(0);
            assert_eq!(group.problem.as_deref(), Some("Ruth A. is not available for matching."));
        }
    }

    async fn practitioner_without_answers(fixture: &Fixture) -> PersonId {
        person(fixture, "Amina", "Example", &[Role::Practitioner]).await
    }
}
