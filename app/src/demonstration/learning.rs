//! The library as it stands a while after it was laid out, and what Amina and Ruth have saved, read and finished.

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::cast::Cast;
use super::draw::Draw;
use crate::access::Role;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::learning::text_of;
use crate::library::store::put_in;
use crate::people::PersonId;

/// What nobody has come round to reviewing.
const NOT_REVIEWED: [&str; 2] = ["healthy-child-programme", "nice-early-years"];
/// What Amina has put on her list.
const SAVED: [&str; 3] = ["angels-in-the-nursery", "ghosts-in-the-nursery", "vig-handbook"];
/// What was read, how many days ago, and for how many minutes.
const READ: [(&str, u64, i64); 2] = [("ghosts-in-the-nursery", 19, 45), ("parental-reflective-functioning", 61, 30)];
/// Which learning pages were finished, and how many days ago.
const FINISHED: [(&str, i64); 2] = [("what-supervision-is-for", 30), ("when-a-session-stays", 12)];

/// Stores it.
pub async fn insert_learning(transaction: &mut Transaction, now: DateTime<Utc>, seed: u64, cast: &Cast) -> Result<(), AppError> {
    put_in(transaction, now).await?;
    review(transaction, now, cast).await?;
    let mut draw = Draw::of(seed, "learning");
    for slug in SAVED {
        save(transaction, now, (cast.amina, slug)).await?;
    }
    for (slug, days, minutes) in READ {
        read(transaction, now, &mut draw, (cast.amina, slug), (days, minutes)).await?;
    }
    for (slug, days) in FINISHED {
        finish(transaction, now - TimeDelta::days(days), &mut draw, (cast.amina, slug)).await?;
    }
    finish(transaction, now - TimeDelta::days(8), &mut draw, (cast.ruth, "noticing")).await?;
    note_and_certify(transaction, now, &mut draw, cast).await
}

/// What Amina noted beside a page that she finished, and the certificate that she had issued for another.
async fn note_and_certify(transaction: &mut Transaction, now: DateTime<Utc>, draw: &mut Draw, cast: &Cast) -> Result<(), AppError> {
    const NOTE: &str = "\
INSERT INTO log_note (person_id, entry, words, version)
SELECT l.person_id, 'learning-' || l.code, 'I hurry to reassure. Next time I wait for a breath first.', 1
FROM learning_completion l
WHERE l.person_id = $1
    AND l.page = 'when-a-session-stays'";
    const CERTIFY: &str = "\
INSERT INTO certificate (id, code, person_id, holder, title, minutes, starts_on, ends_on, source, issued_at, revoked_reason)
SELECT $1, $2, p.id, p.given_name || ' ' || p.family_name, 'Learning page: ' || l.title, l.minutes, $3, $3, 'learning:' || l.page, $4, ''
FROM learning_completion l
JOIN person p ON p.id = l.person_id
WHERE l.person_id = $5
    AND l.page = 'what-supervision-is-for'";

    let issued_at = now - TimeDelta::days(30);
    on!(&mut transaction, connection => sqlx::query(NOTE).bind(cast.amina).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(CERTIFY)
        .bind(draw.id())
        .bind([draw.code(), draw.code(), draw.code()].concat())
        .bind(::series::local(issued_at).date())
        .bind(issued_at)
        .bind(cast.amina)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn review(transaction: &mut Transaction, now: DateTime<Utc>, cast: &Cast) -> Result<(), AppError> {
    const REVIEW: &str = "\
UPDATE library_item
SET reviewed_on = $1, reviewed_by = $2, review_due_on = $3
WHERE slug NOT IN ($4, $5)";

    let reviewer = cast.everybody.iter().find(|person| person.roles.contains(&Role::ClinicalLead)).map(|person| person.id);
    let today = ::series::local(now).date();
    let [one, other] = NOT_REVIEWED;
    on!(&mut transaction, connection => sqlx::query(REVIEW)
        .bind(today - Days::new(40))
        .bind(reviewer.unwrap_or(cast.ruth))
        .bind(today + Days::new(325))
        .bind(one)
        .bind(other)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn save(transaction: &mut Transaction, now: DateTime<Utc>, (person, slug): (PersonId, &str)) -> Result<(), AppError> {
    const SAVE: &str = "\
INSERT INTO saved_item (person_id, item_id, saved_at)
SELECT $1, i.id, $2
FROM library_item i
WHERE i.slug = $3";

    on!(&mut transaction, connection => sqlx::query(SAVE).bind(person).bind(now).bind(slug).execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn read(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    draw: &mut Draw,
    (person, slug): (PersonId, &str),
    (days, minutes): (u64, i64),
) -> Result<(), AppError> {
    const READ: &str = "\
INSERT INTO reading (id, code, person_id, item_id, read_on, minutes)
SELECT $1, $2, $3, i.id, $4, $5
FROM library_item i
WHERE i.slug = $6";

    on!(&mut transaction, connection => sqlx::query(READ)
        .bind(draw.id())
        .bind(draw.code())
        .bind(person)
        .bind(::series::local(now).date() - Days::new(days))
        .bind(minutes)
        .bind(slug)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn finish(
    transaction: &mut Transaction,
    at: DateTime<Utc>,
    draw: &mut Draw,
    (person, slug): (PersonId, &str),
) -> Result<(), AppError> {
    const FINISH: &str = "\
INSERT INTO learning_completion (id, code, person_id, page, title, minutes, completed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)";

    let text = text_of(slug)?;
    on!(&mut transaction, connection => sqlx::query(FINISH)
        .bind(draw.id())
        .bind(draw.code())
        .bind(person)
        .bind(text.slug)
        .bind(text.title)
        .bind(text.minutes)
        .bind(at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
