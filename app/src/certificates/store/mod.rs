//! Certificates in the database.

mod beside;

use chrono::{DateTime, NaiveDate, Utc};

use self::beside::check_beside;
use super::answers::{Certificate, FoundCertificate, MyCertificates};
use super::model::CertificateId;
use crate::access::{Actor, Anyone, Permission};
use crate::access_log::{RecordKind, note_opened};
use crate::audit;
use crate::cpd::store::whole_log_in;
use crate::cpd::{EntryKind, Log};
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::hours::Span;
use crate::people::PersonId;
use crate::sign_in::limits::{Limited, attempt};

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    holder: String,
    title: String,
    minutes: i64,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    issued_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    revoked_reason: String,
}

impl From<Row> for Certificate {
    fn from(row: Row) -> Self {
        let Row { code, holder, title, minutes, starts_on, ends_on, issued_at, revoked_at, .. } = row;
        let day = |at| ::series::local(at).date();
        Self { code, holder, title, minutes, days: (starts_on, ends_on), issued_on: day(issued_at), revoked_on: revoked_at.map(day) }
    }
}

/// The actor's own certificates, and the pages and events for which they could have one.
pub async fn my_certificates(actor: &Actor) -> Result<MyCertificates, AppError> {
    const ISSUED: &str = "\
SELECT code, holder, title, minutes, starts_on, ends_on, issued_at, revoked_at, revoked_reason
FROM certificate
WHERE person_id = $1
ORDER BY issued_at DESC, id DESC";
    const PAGES: &str = "\
SELECT l.page, l.title
FROM learning_completion l
LEFT JOIN certificate c ON c.person_id = l.person_id AND c.source = 'learning:' || l.page AND c.revoked_at IS NULL
WHERE l.person_id = $1
    AND c.id IS NULL
ORDER BY l.completed_at DESC, l.id DESC";

    const EVENTS: &str = "\
SELECT e.code, e.title
FROM event_answer a
JOIN event e ON e.id = a.event_id
LEFT JOIN certificate c ON c.person_id = a.person_id AND c.source = 'event:' || e.code AND c.revoked_at IS NULL
WHERE a.person_id = $1
    AND a.state IN ('attended', 'late', 'left_early')
    AND e.marked_at IS NOT NULL
    AND e.minutes > 0
    AND c.id IS NULL
ORDER BY e.starts_at DESC, e.id DESC";

    let mut moment = actor.database().snapshot().await?;
    let issued: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(ISSUED).bind(actor.person()).fetch_all(connection).await)?;
    let pages: Vec<(String, String)> =
        on!(&mut moment, connection => sqlx::query_as(PAGES).bind(actor.person()).fetch_all(connection).await)?;
    let mut events: Vec<(String, String)> =
        on!(&mut moment, connection => sqlx::query_as(EVENTS).bind(actor.person()).fetch_all(connection).await)?;
    if !events.is_empty() {
        // One that lay within something else counts for nothing, so that there is nothing to vouch for.
        let log = whole_log_in(&mut moment, actor).await?;
        events.retain(|(code, _)| counted(&log, code) > 0);
    }
    Ok(MyCertificates {
        issued: issued.into_iter().map(Certificate::from).collect(),
        pages,
        events,
        is_supervised: actor.may(Permission::KeepOwnHours),
        today: ::series::local(actor.now()).date(),
    })
}

/// One of the actor's own.
pub async fn own_certificate(actor: &Actor, code: &str) -> Result<Certificate, AppError> {
    const OWN: &str = "\
SELECT code, holder, title, minutes, starts_on, ends_on, issued_at, revoked_at, revoked_reason
FROM certificate
WHERE code = $1
    AND person_id = $2";

    let row: Option<Row> = on!(actor.database(), pool => sqlx::query_as(OWN).bind(code).bind(actor.person()).fetch_optional(pool).await)?;
    row.map(Certificate::from).ok_or(AppError::NotFound)
}

/// What a certificate vouches for.
struct Facts {
    title: String,
    minutes: i64,
    days: Span,
    source: String,
}

/// For how many minutes an event counts for somebody; none where it is not in their log.
fn counted(log: &Log, event: &str) -> i64 {
    let key = EntryKind::Event.key_of(event);
    log.entries.iter().find(|entry| entry.key == key).map_or(0, |entry| entry.minutes)
}

/// For how many minutes supervision in some days counts for somebody.
fn supervised(log: &Log, days: Span) -> i64 {
    let sessions = log.entries.iter().filter(|entry| entry.kind == EntryKind::Session && days.has(entry.on));
    sessions.map(|entry| entry.minutes).sum()
}

/// Begins to issue: whoever has two certificates issued at once has them one after the other, and what is read from then on is what is vouched for.
async fn begin(actor: &Actor) -> Result<Transaction, AppError> {
    const TAKE: &str = "UPDATE person SET version = version WHERE id = $1";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(TAKE).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    Ok(transaction)
}

/// Issues a certificate of a page that the actor has finished. A second press finds it done.
pub async fn certify_page(actor: &Actor, page: &str) -> Result<(), AppError> {
    const FINISHED: &str = "SELECT title, minutes, completed_at FROM learning_completion WHERE person_id = $1 AND page = $2";

    let mut transaction = begin(actor).await?;
    let finished: Option<(String, i64, DateTime<Utc>)> = on!(&mut transaction, connection => sqlx::query_as(FINISHED)
        .bind(actor.person())
        .bind(page)
        .fetch_optional(connection).await)?;
    let (title, minutes, at) = finished.ok_or(AppError::NotFound)?;
    let on_day = ::series::local(at).date();
    let days = Span { from: on_day, to: on_day };
    let facts = Facts { title: format!("Learning page: {title}"), minutes, days, source: format!("learning:{page}") };
    issue(transaction, actor, (&facts, None)).await
}

/// Issues a certificate of an event at which the actor was marked as present, for as long as it counts for them. A second press finds it done.
pub async fn certify_event(actor: &Actor, event: &str) -> Result<(), AppError> {
    let mut transaction = begin(actor).await?;
    let log = whole_log_in(&mut transaction, actor).await?;
    let key = EntryKind::Event.key_of(event);
    let attended = log.entries.iter().find(|entry| entry.key == key).ok_or(AppError::NotFound)?;
    if attended.minutes == 0 {
        return Err(AppError::Conflict(
            "All of this event lay within something else that counts for you already, and no minute counts twice.".to_owned(),
        ));
    }
    let days = Span { from: attended.on, to: attended.on };
    let title = format!("Event: {}", attended.title);
    let facts = Facts { title, minutes: attended.minutes, days, source: format!("event:{event}") };
    issue(transaction, actor, (&facts, Some(&log))).await
}

/// Issues a certificate of what the actor was marked at in some days, as their hours count it, if none that holds vouches for one of these days. A second
/// press finds it done.
pub async fn certify_supervision(actor: &Actor, days: Span) -> Result<(), AppError> {
    let mut transaction = begin(actor).await?;
    let log = whole_log_in(&mut transaction, actor).await?;
    let minutes = supervised(&log, days);
    if minutes == 0 {
        return Err(AppError::invalid("starts_on", "No session at which you were marked as present lies in these days. Choose others."));
    }
    let source = format!("supervision:{}/{}", days.from, days.to);
    let facts = Facts { title: "Clinical supervision of parent-infant work".to_owned(), minutes, days, source };
    issue(transaction, actor, (&facts, Some(&log))).await
}

/// Issues a certificate, if none that holds vouches for the same already; where it is of something that counts in a log, with that log as it stands. One that
/// says the same stays as it is.
async fn issue(mut transaction: Transaction, actor: &Actor, (facts, log): (&Facts, Option<&Log>)) -> Result<(), AppError> {
    const ISSUE: &str = "\
INSERT INTO certificate (id, code, person_id, holder, title, minutes, starts_on, ends_on, source, issued_at, revoked_reason)
SELECT $1, $2, p.id, TRIM(p.title || ' ' || p.given_name || ' ' || p.family_name), $4, $5, $6, $7, $8, $9, ''
FROM person p
WHERE p.id = $3";

    if is_issued(&mut transaction, actor, facts).await? {
        return Ok(());
    }
    if let Some(log) = log {
        check_days(&mut transaction, actor, facts).await?;
        check_beside(&mut transaction, actor, (facts, log)).await?;
    }
    on!(&mut transaction, connection => sqlx::query(ISSUE)
        .bind(CertificateId(new_id()))
        .bind([code(), code(), code()].concat())
        .bind(actor.person())
        .bind(&facts.title)
        .bind(facts.minutes)
        .bind(facts.days.from)
        .bind(facts.days.to)
        .bind(&facts.source)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let entry = audit::Entry { action: "issue_certificate", subject: "own_learning", subject_id: None, detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// That no other certificate of supervision that holds vouches for one of the same days.
async fn check_days(transaction: &mut Transaction, actor: &Actor, facts: &Facts) -> Result<(), AppError> {
    const OVERLAPS: &str = "\
SELECT starts_on, ends_on
FROM certificate
WHERE person_id = $1
    AND revoked_at IS NULL
    AND source LIKE 'supervision:%'
    AND source <> $2
    AND starts_on <= $4
    AND ends_on >= $3
ORDER BY starts_on
LIMIT 1";

    if !facts.source.starts_with("supervision:") {
        return Ok(());
    }
    let other: Option<(NaiveDate, NaiveDate)> = on!(&mut transaction, connection => sqlx::query_as(OVERLAPS)
        .bind(actor.person())
        .bind(&facts.source)
        .bind(facts.days.from)
        .bind(facts.days.to)
        .fetch_optional(connection).await)?;
    let Some((from, to)) = other else { return Ok(()) };
    let sentence = format!(
        "Your certificate for {} is valid and has some of these days, which no other can have. Choose other days, or ask a coordinator to revoke that one first.",
        Span { from, to }.words()
    );
    Err(AppError::invalid("starts_on", sentence))
}

/// Whether a certificate of the same that holds says what one would say now. One that says otherwise has to be revoked first.
async fn is_issued(transaction: &mut Transaction, actor: &Actor, facts: &Facts) -> Result<bool, AppError> {
    const MINUTES: &str = "SELECT minutes FROM certificate WHERE person_id = $1 AND source = $2 AND revoked_at IS NULL";

    let minutes: Option<i64> = on!(&mut transaction, connection => sqlx::query_scalar(MINUTES)
        .bind(actor.person())
        .bind(&facts.source)
        .fetch_optional(connection).await)?;
    match minutes {
        None => Ok(false),
        Some(minutes) if minutes == facts.minutes => Ok(true),
        Some(_) => Err(AppError::Conflict(
            "You have a certificate for this with other hours. Ask a coordinator to revoke it, then issue it again.".to_owned(),
        )),
    }
}

/// A certificate for whoever is shown it. From an address that tries many codes, nothing is listened to for a while.
pub async fn certificate_at(anyone: &Anyone, code: &str) -> Result<Certificate, AppError> {
    let database = anyone.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(AT).bind(code).fetch_optional(pool).await)?;
    let Some(row) = row else {
        attempt(database, anyone.now(), &[Limited::CertificatesFrom(anyone.address())]).await?;
        return Err(AppError::NotFound);
    };
    Ok(row.into())
}

const AT: &str = "\
SELECT code, holder, title, minutes, starts_on, ends_on, issued_at, revoked_at, revoked_reason
FROM certificate
WHERE code = $1";

/// A certificate for those who revoke; nothing where none has the code. That it was opened is written down for whoever holds it.
pub async fn found(actor: &Actor, code: &str) -> Result<Option<FoundCertificate>, AppError> {
    const HOLDER: &str = "SELECT person_id FROM certificate WHERE code = $1";

    let mut transaction = actor.begin().await?;
    let holder: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(HOLDER).bind(code).fetch_optional(connection).await)?;
    let Some(holder) = holder else { return Ok(None) };
    note_opened(&mut transaction, actor, holder, RecordKind::Certificate).await?;
    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(AT).bind(code).fetch_optional(connection).await)?;
    transaction.commit().await?;
    Ok(row.map(|row| FoundCertificate { reason: row.revoked_reason.clone(), certificate: row.into() }))
}

/// Revokes a certificate. A second press finds it done.
pub async fn revoke(actor: &Actor, code: &str, reason: &str) -> Result<(), AppError> {
    const REVOKE: &str = "\
UPDATE certificate
SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
WHERE code = $1
    AND revoked_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let revoked: Option<CertificateId> = on!(&mut transaction, connection => sqlx::query_scalar(REVOKE)
        .bind(code)
        .bind(actor.now())
        .bind(actor.person())
        .bind(reason)
        .fetch_optional(connection).await)?;
    let id = revoked.ok_or_else(|| AppError::Conflict("There is no such certificate, or it has been revoked already.".to_owned()))?;
    let entry = audit::Entry { action: "revoke_certificate", subject: "certificate", subject_id: Some(id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests;
