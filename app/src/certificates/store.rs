//! Certificates in the database.

use chrono::{DateTime, NaiveDate, Utc};

use super::answers::{Certificate, FoundCertificate, MyCertificates};
use super::model::CertificateId;
use crate::access::{Actor, Anyone, Permission};
use crate::access_log::{RecordKind, note_opened};
use crate::audit;
use crate::cpd::{EntryKind, LogAddress};
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

/// The actor's own certificates, and the pages for which they could have one.
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

    let database = actor.database();
    let issued: Vec<Row> = on!(database, pool => sqlx::query_as(ISSUED).bind(actor.person()).fetch_all(pool).await)?;
    let pages: Vec<(String, String)> = on!(database, pool => sqlx::query_as(PAGES).bind(actor.person()).fetch_all(pool).await)?;
    let events: Vec<(String, String)> = on!(database, pool => sqlx::query_as(EVENTS).bind(actor.person()).fetch_all(pool).await)?;
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

/// Issues a certificate of a page that the actor has finished. A second press finds it done.
pub async fn certify_page(actor: &Actor, page: &str) -> Result<(), AppError> {
    const FINISHED: &str = "SELECT title, minutes, completed_at FROM learning_completion WHERE person_id = $1 AND page = $2";

    let finished: Option<(String, i64, DateTime<Utc>)> =
        on!(actor.database(), pool => sqlx::query_as(FINISHED).bind(actor.person()).bind(page).fetch_optional(pool).await)?;
    let (title, minutes, at) = finished.ok_or(AppError::NotFound)?;
    let on_day = ::series::local(at).date();
    let days = Span { from: on_day, to: on_day };
    issue(actor, &Facts { title: format!("Learning page: {title}"), minutes, days, source: format!("learning:{page}") }).await
}

/// Issues a certificate of an event at which the actor was marked as present, for as long as it counts for them. A second press finds it done.
pub async fn certify_event(actor: &Actor, event: &str) -> Result<(), AppError> {
    let attended = crate::cpd::store::entry_of(actor, &EntryKind::Event.key_of(event)).await?;
    if attended.minutes == 0 {
        return Err(AppError::Conflict(
            "All of this event lay within something else that counts for you already, and no minute counts twice.".to_owned(),
        ));
    }
    let days = Span { from: attended.on, to: attended.on };
    issue(actor, &Facts { title: format!("Event: {}", attended.title), minutes: attended.minutes, days, source: format!("event:{event}") })
        .await
}

/// Issues a certificate of what the actor was marked at in some days, as their hours count it, if none that holds vouches for one of these days. A second
/// press finds it done.
pub async fn certify_supervision(actor: &Actor, days: Span) -> Result<(), AppError> {
    let hours = crate::hours::store::hours_of(actor, crate::hours::Stretch::Everything).await?;
    let of_days = hours.sessions.iter().filter(|session| days.from <= session.starts.date() && session.starts.date() <= days.to);
    let minutes: i64 = of_days.map(|session| session.minutes).sum();
    if minutes == 0 {
        return Err(AppError::invalid("starts_on", "No session at which you were marked as present lies in these days. Choose others."));
    }
    check_events(actor, days).await?;
    let source = format!("supervision:{}/{}", days.from, days.to);
    issue(actor, &Facts { title: "Clinical supervision of parent-infant work".to_owned(), minutes, days, source }).await
}

/// That no certificate of an event vouches for time that counts as supervision: where a session was marked only after that was issued.
async fn check_events(actor: &Actor, days: Span) -> Result<(), AppError> {
    const OF_EVENTS: &str = "\
SELECT source, title, minutes
FROM certificate
WHERE person_id = $1
    AND revoked_at IS NULL
    AND source LIKE 'event:%'
    AND starts_on >= $2
    AND starts_on <= $3
ORDER BY starts_on, id";

    let certified: Vec<(String, String, i64)> = on!(actor.database(), pool => sqlx::query_as(OF_EVENTS)
        .bind(actor.person())
        .bind(days.from)
        .bind(days.to)
        .fetch_all(pool).await)?;
    if certified.is_empty() {
        return Ok(());
    }
    let everything = LogAddress { period: crate::hours::Stretch::Everything.key().to_owned(), body: String::new() };
    let log = crate::cpd::store::log_of(actor, &everything).await?;
    for (source, title, minutes) in certified {
        let key = EntryKind::Event.key_of(source.trim_start_matches("event:"));
        let counts = log.entries.iter().find(|entry| entry.key == key).map_or(0, |entry| entry.minutes);
        if minutes > counts {
            return Err(AppError::Conflict(format!(
                "Your certificate “{title}” says more than counts now, since a session that was marked afterwards overlaps with it. Ask a coordinator to revoke that one first."
            )));
        }
    }
    Ok(())
}

async fn issue(actor: &Actor, facts: &Facts) -> Result<(), AppError> {
    const ISSUE: &str = "\
INSERT INTO certificate (id, code, person_id, holder, title, minutes, starts_on, ends_on, source, issued_at, revoked_reason)
SELECT $1, $2, p.id, TRIM(p.title || ' ' || p.given_name || ' ' || p.family_name), $4, $5, $6, $7, $8, $9, ''
FROM person p
WHERE p.id = $3
ON CONFLICT (person_id, source) WHERE revoked_at IS NULL DO NOTHING";

    let id = CertificateId(new_id());
    let mut transaction = actor.begin().await?;
    check_days(&mut transaction, actor, facts).await?;
    let issued = on!(&mut transaction, connection => sqlx::query(ISSUE)
        .bind(id)
        .bind([code(), code(), code()].concat())
        .bind(actor.person())
        .bind(&facts.title)
        .bind(facts.minutes)
        .bind(facts.days.from)
        .bind(facts.days.to)
        .bind(&facts.source)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if issued == 0 {
        return says_the_same(&mut transaction, actor, facts).await;
    }
    let entry = audit::Entry { action: "issue_certificate", subject: "own_learning", subject_id: None, detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// That no other certificate of supervision that holds vouches for one of the same days. Whoever has two issued at once has them one after the other.
async fn check_days(transaction: &mut Transaction, actor: &Actor, facts: &Facts) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE person SET version = version WHERE id = $1";
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
    on!(&mut transaction, connection => sqlx::query(TAKE).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    let other: Option<(NaiveDate, NaiveDate)> = on!(&mut transaction, connection => sqlx::query_as(OVERLAPS)
        .bind(actor.person())
        .bind(&facts.source)
        .bind(facts.days.from)
        .bind(facts.days.to)
        .fetch_optional(connection).await)?;
    let Some((from, to)) = other else { return Ok(()) };
    let sentence = format!(
        "Your certificate for {} holds and has some of these days, which no other can have. Choose other days, or ask a coordinator to revoke that one first.",
        Span { from, to }.words()
    );
    Err(AppError::invalid("starts_on", sentence))
}

/// Whether the certificate that holds already says what one would say now. One that says otherwise has to be revoked first.
async fn says_the_same(transaction: &mut Transaction, actor: &Actor, facts: &Facts) -> Result<(), AppError> {
    const MINUTES: &str = "SELECT minutes FROM certificate WHERE person_id = $1 AND source = $2 AND revoked_at IS NULL";

    let minutes: Option<i64> = on!(&mut transaction, connection => sqlx::query_scalar(MINUTES)
        .bind(actor.person())
        .bind(&facts.source)
        .fetch_optional(connection).await)?;
    if minutes == Some(facts.minutes) {
        return Ok(());
    }
    Err(AppError::Conflict(
        "You have a certificate for this with other hours. Ask a coordinator to revoke it, then issue it again.".to_owned(),
    ))
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
mod tests {
    use super::*;
    use crate::access::{Premises, Role, Visit};
    use crate::access_log::fixture::lines_about;
    use crate::certificates::model::CODE_LENGTH;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::learning::store::finish;
    use crate::learning::text_of;
    use crate::people::fixture::person;
    use crate::sessions::fixture::{meeting, session};

    fn stranger(fixture: &Fixture) -> Anyone {
        let premises = Premises { database: fixture.database.clone(), clock: fixture.clock, is_demonstration: false, origin: "".into() };
        Anyone::in_test(Visit::new(&premises, "192.0.2.7".parse().unwrap(), "a test"))
    }

    both_databases! {
        async fn a_certificate_is_issued_from_what_was_finished_once_and_says_so_to_whoever_has_its_code(fixture: Fixture) {
            let actor = fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner]);
            let lead = fixture.actor(person(fixture, "Sian", "Lewis", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
            let text = text_of("noticing").unwrap();
            assert_eq!(certify_page(&actor, text.slug).await, Err(AppError::NotFound), "nothing was finished");
            finish(&actor, text).await.unwrap();
            certify_page(&actor, text.slug).await.unwrap();
            certify_page(&actor, text.slug).await.unwrap();
            let own = my_certificates(&actor).await.unwrap();
            assert_eq!((own.issued.len(), own.pages.len()), (1, 0));

            let code = own.issued[0].code.clone();
            assert_eq!(code.len(), CODE_LENGTH);
            let seen = certificate_at(&stranger(fixture), &code).await.unwrap();
            assert_eq!((seen.holder.as_str(), seen.minutes, seen.revoked_on), ("Amina Rahman", text.minutes, None));
            assert_eq!(own_certificate(&lead, &code).await.unwrap_err(), AppError::NotFound);

            revoke(&lead, &code, "Issued in a test").await.unwrap();
            assert!(matches!(revoke(&lead, &code, "Again").await, Err(AppError::Conflict(_))));
            assert_eq!(certificate_at(&stranger(fixture), &code).await.unwrap().revoked_on, Some("2026-10-22".parse().unwrap()));
            assert_eq!(found(&lead, &code).await.unwrap().unwrap().reason, "Issued in a test");
            assert_eq!(found(&lead, "nowhere").await.unwrap(), None);
            assert_eq!(lines_about(fixture, actor.person()).await, [("certificate".to_owned(), lead.person(), 1)]);
            certify_page(&actor, text.slug).await.unwrap();
            assert_eq!(my_certificates(&actor).await.unwrap().issued.len(), 2, "another one can be issued in its place");
        }

        async fn supervision_is_vouched_for_as_long_as_somebody_was_marked_as_there(fixture: Fixture) {
            const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes) VALUES ($1, $2, '', 'late', 70)";
            const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

            let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
            let held = session(fixture, ahead.group, fixture.now() - chrono::TimeDelta::weeks(1), 90).await;
            let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
            let days = Span { from: "2026-10-01".parse().unwrap(), to: "2026-10-22".parse().unwrap() };
            assert!(matches!(certify_supervision(&amina, days).await, Err(AppError::Invalid(_))));
            let database = &fixture.database;
            on!(database, pool => sqlx::query(MARK).bind(held).bind(ahead.amina).execute(pool).await.map(|_| ())).unwrap();
            on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            certify_supervision(&amina, days).await.unwrap();
            let issued = my_certificates(&amina).await.unwrap().issued;
            assert_eq!((issued[0].minutes, issued[0].days), (70, (days.from, days.to)));
            let before = Span { from: days.from, to: "2026-10-10".parse().unwrap() };
            assert!(matches!(certify_supervision(&amina, before).await, Err(AppError::Invalid(_))), "none of it lies in those days");
        }

        async fn no_day_of_supervision_is_on_two_certificates_that_hold_and_no_minute_counts_twice(fixture: Fixture) {
            const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
            const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

            let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
            let other = meeting(fixture, fixture.now() + chrono::TimeDelta::days(2)).await;
            let week_ago = fixture.now() - chrono::TimeDelta::weeks(1);
            let database = &fixture.database;
            // Two groups met at the same time for a while, and she was marked in both.
            for (group, starts) in [(ahead.group, week_ago), (other.group, week_ago + chrono::TimeDelta::minutes(60))] {
                let held = session(fixture, group, starts, 90).await;
                on!(database, pool => sqlx::query(MARK).bind(held).bind(ahead.amina).execute(pool).await.map(|_| ())).unwrap();
                on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            }
            let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
            let span = |from: &str, to: &str| Span { from: from.parse().unwrap(), to: to.parse().unwrap() };
            certify_supervision(&amina, span("2026-10-01", "2026-10-20")).await.unwrap();
            assert_eq!(my_certificates(&amina).await.unwrap().issued[0].minutes, 150, "from the beginning of one to the end of the other");
            for days in [span("2026-10-15", "2026-10-22"), span("2026-09-01", "2026-10-22"), span("2026-10-15", "2026-10-15")] {
                let Err(AppError::Invalid(problems)) = certify_supervision(&amina, days).await else { panic!("{days:?}") };
                assert!(problems[0].message.contains("1 October 2026 to 20 October 2026"), "{problems:?}");
            }
            let (one, two) = (span("2026-10-01", "2026-10-20"), span("2026-09-01", "2026-10-20"));
            let code = my_certificates(&amina).await.unwrap().issued[0].code.clone();
            revoke(&fixture.actor(ahead.amina, &[Role::Coordinator]), &code, "For a longer one").await.unwrap();
            let (one, two) = tokio::join!(certify_supervision(&amina, one), certify_supervision(&amina, two));
            assert_eq!([one, two].iter().filter(|issued| issued.is_ok()).count(), 1, "at once, one of them holds");
        }

        async fn a_code_that_nobody_has_is_not_there_and_cannot_be_searched_for(fixture: Fixture) {
            for _ in 0..50 {
                assert_eq!(certificate_at(&stranger(fixture), "abcdefghjkmnpqrstuvwxyz2").await, Err(AppError::NotFound));
            }
            assert_eq!(certificate_at(&stranger(fixture), "…").await, Err(AppError::TooMany));
        }
    }
}
