//! Reading one's own log.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::drafts::{begun_anew, begun_in};
use super::seal::opened;
use crate::access::Actor;
use crate::database::{Transaction, code, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::{PersonId, short_name};
use crate::reflections::answers::{ENTRIES_ON_A_PAGE, Entry, Log, LogLine, SessionLine, Shared, ToWrite};
use crate::reflections::forms::NewAddress;
use crate::reflections::model::{ReflectionId, Words};
use crate::sealing::Sealed;
use crate::sessions::answers::session_name;

/// What is read of an entry and what stands around it. `$1` is the writer.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "\
SELECT r.id, r.code, r.person_id, r.written_at, r.key_mark, r.sealed, r.version, r.shared_at, r.opened_at,
    s.code AS session_code, s.starts_local, g.kind, g.name AS group_name,
    p.title AS shared_title, p.given_name AS shared_given_name, p.family_name AS shared_family_name,
    ",
            supervises_now!("r.shared_with"),
            " AS is_supervised
FROM reflection r
LEFT JOIN session s ON s.id = r.session_id
LEFT JOIN supervision_group g ON g.id = s.group_id
LEFT JOIN person p ON p.id = r.shared_with
WHERE r.person_id = $1
    AND r.removed_at IS NULL
",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ReflectionId,
    code: String,
    person_id: PersonId,
    written_at: DateTime<Utc>,
    key_mark: String,
    sealed: Vec<u8>,
    version: i64,
    shared_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    session_code: Option<String>,
    starts_local: Option<NaiveDateTime>,
    kind: Option<GroupKind>,
    group_name: Option<String>,
    shared_title: Option<String>,
    shared_given_name: Option<String>,
    shared_family_name: Option<String>,
    is_supervised: bool,
}

impl Row {
    fn words(&self, actor: &Actor) -> Option<Words> {
        let sealed = Sealed { mark: self.key_mark.clone(), bytes: self.sealed.clone() };
        opened(actor.keyring(), (self.id, self.person_id), &sealed)
    }

    fn written(&self) -> NaiveDateTime {
        ::series::local(self.written_at)
    }

    fn session(&self) -> Option<SessionLine> {
        let name = session_name(self.kind?, self.group_name.as_deref()?);
        Some(SessionLine { code: self.session_code.clone()?, name, starts: self.starts_local? })
    }

    fn supervisor(&self) -> Option<String> {
        Some(short_name(self.shared_title.as_deref()?, self.shared_given_name.as_deref()?, self.shared_family_name.as_deref()?))
    }

    fn shared(&self) -> Option<Shared> {
        Some(Shared {
            supervisor: self.supervisor()?,
            since: self.shared_at?,
            opened_at: self.opened_at,
            is_their_supervisor: self.is_supervised,
        })
    }
}

/// A page of the actor's log, the latest entry first.
pub async fn log_of(actor: &Actor, page: i64) -> Result<Log, AppError> {
    const LOG: &str = entries!("ORDER BY r.written_at DESC, r.id DESC LIMIT $2 OFFSET $3");
    const COUNTS: &str = concat!(
        "\
SELECT
    (SELECT COUNT(*) FROM reflection r WHERE r.person_id = $1 AND r.removed_at IS NULL) AS total,
    (
        SELECT COUNT(*)
        FROM reflection r
        WHERE r.shared_with = $1
            AND ",
        supervises_now!("$1"),
        "
    ) AS shared"
    );

    let moment = &mut actor.database().snapshot().await?;
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(LOG)
        .bind(actor.person())
        .bind(ENTRIES_ON_A_PAGE)
        .bind((page - 1) * ENTRIES_ON_A_PAGE)
        .fetch_all(connection).await)?;
    let (total, shared_with_me): (i64, i64) =
        on!(&mut moment, connection => sqlx::query_as(COUNTS).bind(actor.person()).fetch_one(connection).await)?;
    let line = |row: Row| LogLine {
        written: row.written(),
        heading: row.words(actor).map(|words| words.heading()),
        session: row.session(),
        shared_with: row.supervisor(),
        is_opened: row.opened_at.is_some(),
        code: row.code,
    };
    let begun = begun_anew(moment, actor).await?;
    Ok(Log { lines: rows.into_iter().map(line).collect(), page, total, shared_with_me, begun })
}

/// An entry of the actor's; somebody else's is as one that never was.
pub async fn entry_of(actor: &Actor, code: &str) -> Result<Entry, AppError> {
    const ENTRY: &str = entries!("    AND r.code = $2");
    const SUPERVISORS: &str = "\
SELECT DISTINCT p.code, p.title, p.given_name, p.family_name
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
JOIN person p ON p.id = g.supervisor_id
WHERE m.person_id = $1
    AND m.left_on IS NULL
    AND g.ended_at IS NULL
ORDER BY p.given_name, p.family_name, p.code";

    let moment = &mut actor.database().snapshot().await?;
    let row: Option<Row> =
        on!(&mut moment, connection => sqlx::query_as(ENTRY).bind(actor.person()).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let supervisors: Vec<(String, String, String, String)> =
        on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).bind(actor.person()).fetch_all(connection).await)?;
    let named = |(code, title, given, family): (String, String, String, String)| (code, short_name(&title, &given, &family));
    Ok(Entry {
        version: row.version,
        written: row.written(),
        words: row.words(actor),
        session: row.session(),
        shared: row.shared(),
        sessions: recent_sessions(moment, actor).await?,
        begun: begun_in(moment, actor, code).await?,
        supervisors: supervisors.into_iter().map(named).collect(),
        code: row.code,
    })
}

/// What the form of a new entry begins with: what was begun before, if anything. A form that was refused has its part of the address already.
pub async fn to_write(actor: &Actor, address: &NewAddress) -> Result<ToWrite, AppError> {
    const VERSION: &str = "SELECT version FROM reflection WHERE code = $1 AND person_id = $2 AND removed_at IS NULL";

    let moment = &mut actor.database().snapshot().await?;
    let begun = match address.code.as_str() {
        "" => begun_anew(moment, actor).await?,
        code => begun_in(moment, actor, code).await?,
    };
    let version: Option<i64> = on!(&mut moment, connection => sqlx::query_scalar(VERSION)
        .bind(&address.code)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let sessions = recent_sessions(moment, actor).await?;
    let about = begun.as_ref().map(|begun| &begun.session).filter(|session| !session.is_empty()).unwrap_or(&address.session);
    let session = sessions.iter().find(|line| line.code == *about).map(|line| line.code.clone()).unwrap_or_default();
    let drawn = || begun.as_ref().map_or_else(code, |begun| begun.code.clone());
    Ok(ToWrite {
        code: if address.code.is_empty() { drawn() } else { address.code.clone() },
        version: version.unwrap_or(0),
        session,
        sessions,
        begun,
    })
}

/// For how long a session is offered to be written about.
const RECENT: TimeDelta = TimeDelta::days(8 * 7);

/// The sessions of the past weeks at which the actor was, or which they led.
async fn recent_sessions(moment: &mut Transaction, actor: &Actor) -> Result<Vec<SessionLine>, AppError> {
    const SESSIONS: &str = "\
SELECT s.code, g.kind, g.name, s.starts_local
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.starts_at > $2
    AND s.starts_at <= $3
    AND s.cancelled_at IS NULL
    AND (
        s.supervisor_id = $1
        OR s.group_id IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1 AND m.left_on IS NULL)
        OR s.id IN (SELECT a.session_id FROM attendance a WHERE a.person_id = $1)
    )
ORDER BY s.starts_at DESC, s.id
LIMIT 12";

    let rows: Vec<(String, GroupKind, String, NaiveDateTime)> = on!(&mut moment, connection => sqlx::query_as(SESSIONS)
        .bind(actor.person())
        .bind(actor.now() - RECENT)
        .bind(actor.now())
        .fetch_all(connection).await)?;
    let line = |(code, kind, name, starts): (String, GroupKind, String, NaiveDateTime)| SessionLine {
        code,
        name: session_name(kind, &name),
        starts,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// An entry as its writer takes it along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenEntry {
    /// When it was begun, on the clocks of the United Kingdom.
    pub at: NaiveDateTime,
    /// What stands in it; nothing where it cannot be opened.
    pub words: Option<Words>,
}

/// The actor's whole log, the latest entry first.
pub async fn whole_log(actor: &Actor) -> Result<Vec<WrittenEntry>, AppError> {
    const WHOLE: &str = entries!("ORDER BY r.written_at DESC, r.id DESC");

    let rows: Vec<Row> = on!(actor.database(), pool => sqlx::query_as(WHOLE).bind(actor.person()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|row| WrittenEntry { at: row.written(), words: row.words(actor) }).collect())
}
