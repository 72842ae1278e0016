//! Which learning pages somebody has finished, in the database.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::answers::LearningLine;
use super::model::Text;
use super::texts::{TEXTS, text_of};
use crate::access::Actor;
use crate::audit;
use crate::database::{code, new_id, on};
use crate::error::AppError;

/// Every learning page, with when the actor finished it.
pub async fn learning_pages(actor: &Actor) -> Result<Vec<LearningLine>, AppError> {
    let finished = finished_by(actor).await?;
    Ok(TEXTS.iter().map(|text| line(text, &finished)).collect())
}

/// One of them.
pub async fn learning_page_of(actor: &Actor, slug: &str) -> Result<LearningLine, AppError> {
    let text = text_of(slug)?;
    Ok(line(text, &finished_by(actor).await?))
}

fn line(text: &Text, finished: &HashMap<String, NaiveDate>) -> LearningLine {
    LearningLine {
        slug: text.slug.to_owned(),
        title: text.title.to_owned(),
        about: text.about.to_owned(),
        minutes: text.minutes,
        finished_on: finished.get(text.slug).copied(),
    }
}

async fn finished_by(actor: &Actor) -> Result<HashMap<String, NaiveDate>, AppError> {
    const FINISHED: &str = "SELECT page, completed_at FROM learning_completion WHERE person_id = $1";

    let rows: Vec<(String, DateTime<Utc>)> =
        on!(actor.database(), pool => sqlx::query_as(FINISHED).bind(actor.person()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(page, at)| (page, ::series::local(at).date())).collect())
}

/// Keeps that the actor has finished a page. The first time counts, however often they answer again.
pub async fn finish(actor: &Actor, text: &Text) -> Result<(), AppError> {
    const FINISH: &str = "\
INSERT INTO learning_completion (id, code, person_id, page, title, minutes, completed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (person_id, page) DO NOTHING";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FINISH)
        .bind(new_id())
        .bind(code())
        .bind(actor.person())
        .bind(text.slug)
        .bind(text.title)
        .bind(text.minutes)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let entry = audit::Entry { action: "finish_learning_page", subject: "own_learning", subject_id: None, detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;

    both_databases! {
        async fn a_page_is_finished_at_once_and_the_first_time_counts(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let femi = fixture.actor(person(fixture, "Femi", "Obi", &[Role::Practitioner]).await, &[Role::Practitioner]);
            let text = &TEXTS[0];
            for days in [0, 3] {
                let actor = fixture.actor_at(fixture.now() + chrono::TimeDelta::days(days), amina, &[Role::Practitioner]);
                finish(&actor, text).await.unwrap();
                assert_eq!(learning_page_of(&actor, text.slug).await.unwrap().finished_on, Some("2026-10-22".parse().unwrap()));
                let finished = learning_pages(&actor).await.unwrap().into_iter().filter(|line| line.finished_on.is_some()).count();
                assert_eq!(finished, 1);
            }
            assert_eq!(learning_page_of(&femi, text.slug).await.unwrap().finished_on, None, "what somebody has finished is theirs alone");
            assert_eq!(learning_page_of(&femi, "nowhere").await.unwrap_err(), AppError::NotFound);
        }
    }
}
