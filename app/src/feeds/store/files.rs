//! Calendar files: everything behind a link, or one session.

use calendar_files::{Event, Feed, Identity, NEUTRAL_TITLE, feed, one_session};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::link::minutes;
use crate::access::{Actor, Anyone, Permission, Roles, digest, may};
use crate::calendar::store::own_sessions;
use crate::database::on;
use crate::error::AppError;
use crate::events::store::event_files_of;
use crate::feeds::model::{FeedChoices, Titles};
use crate::groups::{GroupKind, MeetingMode};
use crate::paths;
use crate::people::PersonId;
use crate::sessions::SessionId;
use crate::sessions::store::OpenedSession;
use crate::sign_in::limits::{Limited, attempt};

/// How far back and how far ahead a feed reaches.
const BACK: TimeDelta = TimeDelta::days(90);
const AHEAD: TimeDelta = TimeDelta::days(366);

/// From a statement that names sessions (`id`) to all that a file says of each.
macro_rules! events {
    ($($mine:tt)+) => {
        concat!(
            "WITH mine AS (\n",
            $($mine)+,
            ")
SELECT s.id, s.code, s.version, s.starts_local, s.length_minutes, s.cancelled_at, n.published_at, g.name, s.title AS session_title, g.kind, g.mode
FROM mine
JOIN session s ON s.id = mine.id
JOIN series n ON n.id = s.series_id
JOIN supervision_group g ON g.id = s.group_id
ORDER BY s.starts_at, s.id"
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SessionId,
    code: String,
    version: i64,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    cancelled_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
    name: String,
    session_title: String,
    kind: GroupKind,
    mode: MeetingMode,
}

/// The feed behind a link. A link that nobody has is not there; from an address that tries many, nothing is listened to for a while.
pub async fn feed_at(anyone: &Anyone, secret: &str) -> Result<String, AppError> {
    const SESSIONS: &str = events!(own_sessions!());

    let (database, now) = (anyone.database(), anyone.now());
    let Some(Owner { person, choices }) = owner_of(anyone, secret).await? else {
        attempt(database, now, &[Limited::FeedsFrom(anyone.address())]).await?;
        return Err(AppError::NotFound);
    };
    let mut moment = database.snapshot().await?;
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SESSIONS)
        .bind(person)
        .bind(now - BACK)
        .bind(now + AHEAD)
        .fetch_all(connection).await)?;
    let mut events: Vec<Event> = rows.into_iter().map(|row| row.event(anyone.origin(), choices)).collect();
    let naming = (anyone.origin(), choices.titles == Titles::Group);
    let of_community = event_files_of(&mut moment, (person, now), (now - BACK, now + AHEAD), naming).await?;
    events.extend(of_community.into_iter().map(|event| Event { alarm_minutes: choices.alarm_minutes, ..event }));
    events.sort_by_key(|event| event.starts);
    Ok(feed(&Feed { name: "Supervision", events: &events }))
}

/// One session, as its page offers it. It has the identity that it has in a feed, so that a later download changes it in place.
pub async fn session_file(actor: &Actor, session: &OpenedSession) -> Result<String, AppError> {
    const SESSION: &str = events!("    SELECT id FROM session WHERE id = $1\n");
    const CHOICES: FeedChoices = FeedChoices { titles: Titles::Neutral, alarm_minutes: None };

    let row: Row = on!(actor.database(), pool => sqlx::query_as(SESSION).bind(session.id()).fetch_one(pool).await)?;
    Ok(one_session(&row.event(actor.origin(), CHOICES)))
}

/// Whose feed it is.
struct Owner {
    person: PersonId,
    choices: FeedChoices,
}

/// The owner of a link: registered, and in a role that has sessions, at this very moment.
async fn owner_of(anyone: &Anyone, secret: &str) -> Result<Option<Owner>, AppError> {
    const OWNER: &str = "\
SELECT f.person_id, f.titles, f.alarm_minutes,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = f.person_id) AS roles
FROM calendar_feed f
JOIN person p ON p.id = f.person_id
WHERE f.secret_hash = $1
    AND p.standing = 'registered'";

    let found: Option<(PersonId, Titles, Option<i64>, String)> =
        on!(anyone.database(), pool => sqlx::query_as(OWNER).bind(digest(secret)).fetch_optional(pool).await)?;
    let owner = found.filter(|(.., roles)| may(&Roles::of_list(roles), Permission::SeeOwnSessions));
    Ok(owner.map(|(person, titles, alarm, _)| Owner { person, choices: FeedChoices { titles, alarm_minutes: minutes(alarm) } }))
}

impl Row {
    fn event(self, origin: &str, choices: FeedChoices) -> Event {
        Event {
            identity: Identity(self.id.0.as_u128()),
            version: self.version,
            // The same however often it is asked for, so that a program which has the file is told so.
            stamped: self.published_at.max(self.cancelled_at).unwrap_or_default(),
            starts: self.starts_local,
            length_minutes: u32::try_from(self.length_minutes).unwrap_or_default(),
            title: title(choices.titles, self.kind, (self.name, &self.session_title)),
            location: match self.mode {
                MeetingMode::Online => "Online".to_owned(),
                MeetingMode::InPerson => "In person".to_owned(),
            },
            address: format!("{origin}{}", paths::session(&self.code)),
            is_cancelled: self.cancelled_at.is_some(),
            alarm_minutes: choices.alarm_minutes,
        }
    }
}

/// Individual supervision is never called by a name, whatever was chosen: its group's may be that of the one who is in it.
fn title(titles: Titles, kind: GroupKind, (name, session_title): (String, &str)) -> String {
    match titles {
        Titles::Group if !kind.is_named_by_kind() && !session_title.is_empty() => format!("{name}: {session_title}"),
        Titles::Group if !kind.is_named_by_kind() => name,
        _ => NEUTRAL_TITLE.to_owned(),
    }
}
