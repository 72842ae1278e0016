//! The log in the database: read from where its entries stand, with the notes beside them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::answers::{Log, LogEntry};
use super::forms::LogAddress;
use super::model::{Body, EntryKind, bacp_minutes};
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::hours::{Attended, Hours, Stretch, counted_once};
use crate::paths;

/// The actor's own log, all of it as it was at one moment.
pub async fn log_of(actor: &Actor, address: &LogAddress) -> Result<Log, AppError> {
    let mut moment = actor.database().snapshot().await?;
    log_in(&mut moment, actor, address).await
}

/// All that is kept of the actor's own log, as it stands in a transaction.
pub async fn whole_log_in(moment: &mut Transaction, actor: &Actor) -> Result<Log, AppError> {
    let everything = LogAddress { period: Stretch::Everything.key().to_owned(), body: String::new() };
    log_in(moment, actor, &everything).await
}

async fn log_in(moment: &mut Transaction, actor: &Actor, address: &LogAddress) -> Result<Log, AppError> {
    let stretch = Stretch::of_key(&address.period);
    let body = Body::of_key(&address.body);
    // All of it is counted and then cut to its days: what counts of something that went on past midnight follows from what was on both days.
    let hours = crate::hours::store::hours_in(moment, actor, Stretch::Everything).await?;
    let sizes = if body == Body::Bacp { sizes_of(moment, actor).await? } else { HashMap::new() };
    let days = stretch.days(::series::local(hours.now).date(), hours.chosen);
    let (now, name, profession) = (hours.now, hours.name.clone(), hours.profession.clone());
    let sessions = hours.sessions.iter().map(|session| Attended {
        starts_at: ::series::instant(session.starts),
        length_minutes: session.length_minutes,
        minutes: session.minutes,
    });
    let events = attended(moment, actor, sessions.collect()).await?;
    let mut entries = supervision(hours, body, &sizes);
    entries.extend(learned(moment, actor).await?);
    entries.extend(events);
    entries.retain(|entry| days.has(entry.on));
    let mut notes = notes_of(moment, actor).await?;
    for entry in &mut entries {
        if let Some((words, version)) = notes.remove(&entry.key) {
            (entry.note, entry.note_version) = (words, version);
        }
    }
    entries.sort_by(|one, other| other.on.cmp(&one.on).then_with(|| one.key.cmp(&other.key)));
    Ok(Log { now, name, profession, stretch, days, body, entries })
}

/// What was supervision, as `hours` counts it.
fn supervision(hours: Hours, body: Body, sizes: &HashMap<String, i64>) -> Vec<LogEntry> {
    let sessions = hours.sessions.into_iter().filter(|session| session.minutes > 0).map(|session| LogEntry {
        counted: (body == Body::Bacp).then(|| bacp_minutes(session.minutes, sizes.get(&session.code).copied().unwrap_or(1))),
        key: EntryKind::Session.key_of(&session.code),
        path: paths::session(&session.code),
        kind: EntryKind::Session,
        on: session.starts.date(),
        title: session.name,
        with: session.supervisor_in_full,
        minutes: session.minutes,
        elsewhere: session.elsewhere,
        note: String::new(),
        note_version: 0,
    });
    let elsewhere = hours.elsewhere.into_iter().map(|entry| LogEntry {
        // Of a group elsewhere it is not known how many were in it.
        counted: (body == Body::Bacp && entry.format == GroupKind::OneToOne).then_some(entry.minutes),
        key: EntryKind::Elsewhere.key_of(&entry.code),
        path: paths::change_hours(&entry.code),
        kind: EntryKind::Elsewhere,
        on: entry.held_on,
        title: entry.format.name().to_owned(),
        with: entry.supervised_by,
        minutes: entry.minutes,
        elsewhere: 0,
        note: String::new(),
        note_version: 0,
    });
    sessions.chain(elsewhere).collect()
}

/// How many were marked at each session at which the actor was.
async fn sizes_of(moment: &mut Transaction, actor: &Actor) -> Result<HashMap<String, i64>, AppError> {
    const SIZES: &str = "\
SELECT s.code, COUNT(*)
FROM attendance a
JOIN session s ON s.id = a.session_id
JOIN attendance o ON o.session_id = a.session_id AND o.state IS NOT NULL
WHERE a.person_id = $1
    AND a.state IS NOT NULL
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL
GROUP BY s.code";

    let rows: Vec<(String, i64)> = on!(&mut moment, connection => sqlx::query_as(SIZES).bind(actor.person()).fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

#[derive(sqlx::FromRow)]
struct Learned {
    is_reading: bool,
    code: String,
    page: String,
    title: String,
    authors: String,
    minutes: i64,
    read_on: Option<NaiveDate>,
    completed_at: Option<DateTime<Utc>>,
}

/// What was finished and read.
async fn learned(moment: &mut Transaction, actor: &Actor) -> Result<Vec<LogEntry>, AppError> {
    const LEARNED: &str = "\
SELECT 1 = 0 AS is_reading, c.code, c.page, c.title, '' AS authors, c.minutes, CAST(NULL AS DATE) AS read_on, c.completed_at
FROM learning_completion c
WHERE c.person_id = $1
UNION ALL
SELECT 1 = 1, r.code, i.slug, i.title, i.authors, r.minutes, r.read_on, CAST(NULL AS TIMESTAMPTZ)
FROM reading r
JOIN library_item i ON i.id = r.item_id
WHERE r.person_id = $1";

    let rows: Vec<Learned> = on!(&mut moment, connection => sqlx::query_as(LEARNED).bind(actor.person()).fetch_all(connection).await)?;
    let entries = rows.into_iter().filter_map(|row| {
        let on = row.read_on.or_else(|| row.completed_at.map(|at| ::series::local(at).date()))?;
        let kind = if row.is_reading { EntryKind::Reading } else { EntryKind::Learning };
        Some(LogEntry {
            key: kind.key_of(&row.code),
            path: if row.is_reading { paths::library_item(&row.page) } else { paths::learning_page(&row.page) },
            kind,
            on,
            title: row.title,
            with: row.authors,
            minutes: row.minutes,
            elsewhere: 0,
            counted: None,
            note: String::new(),
            note_version: 0,
        })
    });
    Ok(entries.collect())
}

#[derive(sqlx::FromRow)]
struct AtEvent {
    code: String,
    title: String,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    minutes: i64,
    speaker: String,
}

/// The events at which the actor was marked as present, for as long as each counts: without the time for which one of their sessions, or an event that began
/// before, counts already.
async fn attended(moment: &mut Transaction, actor: &Actor, sessions: Vec<Attended>) -> Result<Vec<LogEntry>, AppError> {
    const ATTENDED: &str = "\
SELECT e.code, e.title, e.starts_local, e.length_minutes, CASE WHEN a.minutes < e.minutes THEN a.minutes ELSE e.minutes END AS minutes, e.speaker
FROM event_answer a
JOIN event e ON e.id = a.event_id
WHERE a.person_id = $1
    AND a.state IN ('attended', 'late', 'left_early')
    AND e.marked_at IS NOT NULL
    AND e.minutes > 0
ORDER BY e.starts_local, e.code";

    let rows: Vec<AtEvent> = on!(&mut moment, connection => sqlx::query_as(ATTENDED).bind(actor.person()).fetch_all(connection).await)?;
    let before = sessions.len();
    let at_event = |row: &AtEvent| Attended {
        starts_at: ::series::instant(row.starts_local),
        length_minutes: row.length_minutes,
        minutes: row.minutes,
    };
    let counted = counted_once(sessions.into_iter().chain(rows.iter().map(at_event)));
    let entry = |(row, minutes): (AtEvent, i64)| LogEntry {
        key: EntryKind::Event.key_of(&row.code),
        path: paths::event(&row.code),
        kind: EntryKind::Event,
        on: row.starts_local.date(),
        title: row.title,
        with: row.speaker,
        minutes,
        elsewhere: row.minutes - minutes,
        counted: None,
        note: String::new(),
        note_version: 0,
    };
    Ok(rows.into_iter().zip(counted.into_iter().skip(before)).map(entry).collect())
}

async fn notes_of(moment: &mut Transaction, actor: &Actor) -> Result<HashMap<String, (String, i64)>, AppError> {
    const NOTES: &str = "SELECT entry, words, version FROM log_note WHERE person_id = $1";

    let rows: Vec<(String, String, i64)> =
        on!(&mut moment, connection => sqlx::query_as(NOTES).bind(actor.person()).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(entry, words, version)| (entry, (words, version))).collect())
}

/// One entry of the actor's own log; somebody else's is as one that never was.
pub async fn entry_of(actor: &Actor, key: &str) -> Result<LogEntry, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let log = whole_log_in(&mut moment, actor).await?;
    log.entries.into_iter().find(|entry| entry.key == key).ok_or(AppError::NotFound)
}

/// Keeps what the actor notes beside an entry, if the note is still the version that was shown; no words remove it.
pub async fn keep_note(actor: &Actor, (key, version): (&str, i64), words: &str) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO log_note (person_id, entry, words, version)
VALUES ($1, $2, $3, $4 + 1)
ON CONFLICT (person_id, entry) DO UPDATE
SET words = excluded.words, version = excluded.version
WHERE log_note.version = $4";
    const REMOVE: &str = "DELETE FROM log_note WHERE person_id = $1 AND entry = $2 AND version = $3";

    let entry = entry_of(actor, key).await?;
    if words.is_empty() && entry.note_version == 0 {
        return Ok(());
    }
    let mut transaction = actor.begin().await?;
    let kept = if words.is_empty() {
        on!(&mut transaction, connection => sqlx::query(REMOVE)
            .bind(actor.person())
            .bind(&entry.key)
            .bind(version)
            .execute(connection).await.map(|done| done.rows_affected()))?
    } else {
        on!(&mut transaction, connection => sqlx::query(KEEP)
            .bind(actor.person())
            .bind(&entry.key)
            .bind(words)
            .bind(version)
            .execute(connection).await.map(|done| done.rows_affected()))?
    };
    if kept == 0 {
        let sentence = "You have changed this note in the meantime, perhaps in another window. What you wrote is still here: compare, then save again.";
        return Err(AppError::Conflict(sentence.to_owned()));
    }
    let entry = audit::Entry { action: "keep_log_note", subject: "own_learning", subject_id: None, detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::learning::store::finish;
    use crate::learning::text_of;
    use crate::people::fixture::person;
    use crate::sessions::fixture::{meeting, session};

    fn everything(body: &str) -> LogAddress {
        LogAddress { period: "everything".to_owned(), body: body.to_owned() }
    }

    both_databases! {
        async fn what_was_marked_and_finished_stands_in_ones_own_log_and_in_nobody_elses(fixture: Fixture) {
            const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
            const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

            let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
            let held = session(fixture, ahead.group, fixture.now() - chrono::TimeDelta::weeks(1), 90).await;
            let database = &fixture.database;
            for member in [ahead.amina, ahead.tom] {
                on!(database, pool => sqlx::query(MARK).bind(held).bind(member).execute(pool).await.map(|_| ())).unwrap();
            }
            on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
            finish(&amina, text_of("noticing").unwrap()).await.unwrap();

            let log = log_of(&amina, &everything("bacp")).await.unwrap();
            assert_eq!(log.totals(), [(EntryKind::Session, 90), (EntryKind::Learning, 10)]);
            let counted: Vec<Option<i64>> = log.entries.iter().map(|entry| entry.counted).collect();
            assert_eq!(counted, [None, Some(45)], "half a session counts where two were there, and a page counts for no body");
            assert_eq!(log.counted_by_month(), [("2026-10-01".parse().unwrap(), 45)]);
            let tom = fixture.actor(ahead.tom, &[Role::Practitioner]);
            assert_eq!(log_of(&tom, &everything("")).await.unwrap().totals(), [(EntryKind::Session, 90)]);
        }

        async fn a_note_is_its_owners_alone_and_is_not_overwritten(fixture: Fixture) {
            let actor = fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner]);
            let lead = fixture.actor(person(fixture, "Sian", "Lewis", &[Role::ClinicalLead]).await, &[Role::ClinicalLead, Role::Administrator]);
            for one in [&actor, &lead] {
                finish(one, text_of("noticing").unwrap()).await.unwrap();
            }
            let key = log_of(&actor, &everything("")).await.unwrap().entries[0].key.clone();
            keep_note(&actor, (&key, 0), "I waited, and he looked up.").await.unwrap();
            assert!(matches!(keep_note(&actor, (&key, 0), "From another window").await, Err(AppError::Conflict(_))));
            assert_eq!(entry_of(&actor, &key).await.unwrap().note, "I waited, and he looked up.");
            assert_eq!(entry_of(&lead, &key).await.unwrap_err(), AppError::NotFound);
            assert_eq!(keep_note(&lead, (&key, 1), "Mine").await, Err(AppError::NotFound));
            assert!(log_of(&lead, &everything("")).await.unwrap().entries.iter().all(|entry| entry.note.is_empty()));
            keep_note(&actor, (&key, 1), "").await.unwrap();
            assert_eq!(entry_of(&actor, &key).await.unwrap().note_version, 0);
        }
    }
}
