//! All that is held about somebody, read for themselves: nobody else is named in it, and nothing of it that their own pages would not show them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;

use super::held::{Held, HeldPart};
use super::model::Account;
use super::store::account_of;
use crate::access::{Actor, Permission, Visit, require_of};
use crate::database::on;
use crate::error::AppError;

/// How much there is of each part.
pub(super) async fn held_about(actor: &Actor) -> Result<Held, AppError> {
    let rows = rows_about(actor).await?;
    let entries = entries_by(actor).await?;
    let count = |part: HeldPart| match part {
        HeldPart::Log => entries,
        _ => i64::try_from(rows.iter().filter(|row| row.part == part.key()).count()).unwrap_or(i64::MAX),
    };
    let parts = HeldPart::ALL.into_iter().map(|part| (part, count(part))).filter(|(_, count)| *count > 0).collect();
    Ok(Held { parts })
}

/// All of it as one file. What somebody wrote for themselves alone is handed in, opened, since it is locked where it is stored.
pub async fn my_data_file(visit: &Visit, reflections: serde_json::Value) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::UseOwnAccount)?;
    let file = file_about(&actor, reflections).await?;
    serde_json::to_string_pretty(&file).map_err(|cause| crate::database::unavailable(&cause.to_string()))
}

/// The file, part by part.
#[derive(Debug, Serialize)]
struct File {
    made_at: DateTime<Utc>,
    about_you: Account,
    registration: Option<Registration>,
    offering: Option<Offering>,
    parts: BTreeMap<String, Vec<Line>>,
    reflective_log: serde_json::Value,
    entries_in_the_log: i64,
}

/// One thing of a part: when, what, how it stands, and the words that were written.
#[derive(Debug, Serialize)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<DateTime<Utc>>,
    what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    words: String,
}

async fn file_about(actor: &Actor, reflective_log: serde_json::Value) -> Result<File, AppError> {
    let mut parts: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for row in rows_about(actor).await? {
        let Row { part, on_day, at, what, state, words } = row;
        parts.entry(part).or_default().push(Line { day: on_day, at, what, state, words });
    }
    Ok(File {
        made_at: actor.now(),
        about_you: account_of(actor).await?,
        registration: registration_of(actor).await?,
        offering: offering_of(actor).await?,
        parts,
        reflective_log,
        entries_in_the_log: entries_by(actor).await?,
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    part: String,
    on_day: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    what: String,
    state: String,
    words: String,
}

/// Everything but the answers of the registration, in one statement: each part by an index on the person.
///
/// How somebody was marked is theirs to read once it is final, as on the page of the session. Of messages the subject alone, since a body may hold a
/// link that lets in whoever has it; of another calendar nothing but that there is one.
const ABOUT: &str = "\
SELECT 'groups' AS part, m.joined_on AS on_day, CAST(NULL AS TIMESTAMPTZ) AS at, g.name AS what,
    CASE WHEN m.left_on IS NULL THEN 'member' ELSE 'member until ' || CAST(m.left_on AS TEXT) END AS state, '' AS words
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
WHERE m.person_id = $1
UNION ALL
SELECT 'groups', CAST(NULL AS DATE), g.created_at, g.name, 'supervisor', ''
FROM supervision_group g
WHERE g.supervisor_id = $1
UNION ALL
SELECT 'agreements', CAST(NULL AS DATE), y.agreed_at, g.name || ', version ' || CAST(a.version AS TEXT),
    CASE WHEN y.agreed_at IS NULL THEN 'asked' ELSE 'agreed' END, ''
FROM agreement_party y
JOIN agreement a ON a.id = y.agreement_id
JOIN supervision_group g ON g.id = a.group_id
WHERE y.person_id = $1
UNION ALL
SELECT 'sessions', CAST(NULL AS DATE), s.starts_at, g.name,
    CASE WHEN s.marked_at IS NOT NULL OR s.cancelled_at IS NOT NULL THEN COALESCE(t.state, '') WHEN t.apologies_at IS NOT NULL THEN 'apologies' ELSE '' END,
    t.apologies_reason
FROM attendance t
JOIN session s ON s.id = t.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE t.person_id = $1
    AND (s.marked_at IS NOT NULL OR s.cancelled_at IS NOT NULL OR t.apologies_at IS NOT NULL)
UNION ALL
SELECT 'bookings', CAST(NULL AS DATE), s.starts_at, g.name, CASE WHEN b.place IS NULL THEN 'given back' ELSE 'booked' END, ''
FROM booking b
JOIN session s ON s.id = b.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE b.person_id = $1
UNION ALL
SELECT 'bookings', CAST(NULL AS DATE), s.starts_at, g.name, 'waiting', ''
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE w.person_id = $1
UNION ALL
SELECT 'actions', CAST(NULL AS DATE), a.created_at, g.name, CASE WHEN a.done_at IS NULL THEN 'open' ELSE 'done' END, a.words
FROM agreed_action a
JOIN supervision_group g ON g.id = a.group_id
WHERE a.owner_id = $1
UNION ALL
SELECT 'hours', h.held_on, CAST(NULL AS TIMESTAMPTZ), h.format, CAST(h.minutes AS TEXT) || ' minutes', h.supervised_by
FROM hours_elsewhere h
WHERE h.person_id = $1
    AND h.removed_at IS NULL
UNION ALL
SELECT 'reflections', CAST(NULL AS DATE), r.written_at, 'entry of the reflective log', CASE WHEN r.shared_at IS NULL THEN '' ELSE 'shared' END, ''
FROM reflection r
WHERE r.person_id = $1
    AND r.removed_at IS NULL
UNION ALL
SELECT 'reflections', CAST(NULL AS DATE), d.saved_at, 'entry of the reflective log', 'draft', ''
FROM reflection_draft d
WHERE d.person_id = $1
UNION ALL
SELECT 'learning', CAST(NULL AS DATE), v.saved_at, i.title, 'saved', ''
FROM saved_item v
JOIN library_item i ON i.id = v.item_id
WHERE v.person_id = $1
UNION ALL
SELECT 'learning', d.read_on, CAST(NULL AS TIMESTAMPTZ), i.title, 'read, ' || CAST(d.minutes AS TEXT) || ' minutes', ''
FROM reading d
JOIN library_item i ON i.id = d.item_id
WHERE d.person_id = $1
UNION ALL
SELECT 'learning', CAST(NULL AS DATE), l.completed_at, l.title, 'finished, ' || CAST(l.minutes AS TEXT) || ' minutes', ''
FROM learning_completion l
WHERE l.person_id = $1
UNION ALL
SELECT 'learning', CAST(NULL AS DATE), CAST(NULL AS TIMESTAMPTZ), 'note in the CPD log', n.entry, n.words
FROM log_note n
WHERE n.person_id = $1
UNION ALL
SELECT 'learning', CAST(NULL AS DATE), k.issued_at, 'certificate: ' || k.title,
    CASE WHEN k.revoked_at IS NULL THEN 'issued' ELSE 'revoked' END, ''
FROM certificate k
WHERE k.person_id = $1
UNION ALL
SELECT 'themes', h.raised_on, CAST(NULL AS TIMESTAMPTZ), 'theme', CASE WHEN h.gathered_id IS NULL THEN 'raised' ELSE 'gathered' END, h.words
FROM raised_theme h
WHERE h.raised_by = $1
UNION ALL
SELECT 'waiting', CAST(NULL AS DATE), w.asked_at, w.kind, CASE WHEN w.ended_at IS NULL THEN 'waiting' ELSE 'ended' END, w.wanted_words
FROM waiting_entry w
WHERE w.person_id = $1
UNION ALL
SELECT 'waiting', CAST(NULL AS DATE), o.offered_at, 'a place was offered', COALESCE(o.outcome, 'held'), ''
FROM place_offer o
WHERE o.person_id = $1
UNION ALL
SELECT 'registration', CAST(NULL AS DATE), r.confirmed_at, 'answers', CASE WHEN r.confirmed_at IS NULL THEN 'begun' ELSE 'confirmed' END, ''
FROM registration r
WHERE r.person_id = $1
UNION ALL
SELECT 'registration', CAST(NULL AS DATE), k.asked_at, 'asked about a group: ' || k.kind, COALESCE(k.answer, ''), ''
FROM asked_person k
WHERE k.person_id = $1
UNION ALL
SELECT 'polls', t.starts_on, CAST(NULL AS TIMESTAMPTZ), CAST(t.starts_time AS TEXT), a.answer, ''
FROM poll_answer a
JOIN poll_time t ON t.poll_id = a.poll_id AND t.place = a.place
WHERE a.person_id = $1
UNION ALL
SELECT 'community', CAST(NULL AS DATE), p.written_at, CASE WHEN p.number = 1 THEN COALESCE(x.title, t.title) ELSE 'a reply' END,
    CASE WHEN p.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN p.hidden_as IS NOT NULL THEN 'hidden' ELSE 'posted' END, COALESCE(x.source, p.source)
FROM post p
JOIN thread t ON t.id = p.thread_id
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
WHERE p.author_id = $1
UNION ALL
SELECT 'community', CAST(NULL AS DATE), p.written_at, CASE WHEN p.number = 1 THEN COALESCE(x.title, t.title) ELSE 'a reply' END,
    CASE WHEN p.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN p.hidden_as IS NOT NULL THEN 'hidden, without your name' ELSE 'posted without your name' END,
    COALESCE(x.source, p.source)
FROM author_apart own
JOIN post p ON p.thread_id = own.thread_id AND p.number = own.number
JOIN thread t ON t.id = p.thread_id
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
WHERE own.person_id = $1
UNION ALL
SELECT 'community', CAST(NULL AS DATE), d.saved_at, d.title, 'draft', d.source
FROM post_draft d
WHERE d.person_id = $1
UNION ALL
SELECT 'community', CAST(NULL AS DATE), u.added_at, 'a file: ' || u.kind,
    CASE WHEN u.thread_id IS NOT NULL THEN 'posted' WHEN EXISTS (SELECT 1 FROM held_post w WHERE w.case_id = u.place_id) THEN 'waiting' ELSE 'draft' END,
    u.description
FROM attachment u
LEFT JOIN post p ON p.thread_id = u.thread_id AND p.number = u.number
LEFT JOIN author_apart own ON own.thread_id = u.thread_id AND own.number = u.number
WHERE $1 IN (u.person_id, p.author_id, own.person_id)
UNION ALL
SELECT 'community', l.closes_on, CAST(NULL AS TIMESTAMPTZ), 'an answer to a poll', 'answered', o.words
FROM thread_poll_answer a
JOIN thread_poll_option o ON o.thread_id = a.thread_id AND o.place = a.place
JOIN thread_poll l ON l.thread_id = a.thread_id
WHERE a.person_id = $1
UNION ALL
SELECT 'community', CAST(NULL AS DATE), sv.saved_at, 'a post that you saved', 'saved', ''
FROM saved_post sv
WHERE sv.person_id = $1
UNION ALL
SELECT 'availability', CAST(NULL AS DATE), CAST(NULL AS TIMESTAMPTZ),
    'day ' || CAST(h.weekday AS TEXT) || ' of the week, ' || CAST(h.starts_time AS TEXT) || ' to ' || CAST(h.ends_time AS TEXT), '', ''
FROM working_hours h
WHERE h.person_id = $1
UNION ALL
SELECT 'availability', l.starts_on, CAST(NULL AS TIMESTAMPTZ), 'away until ' || CAST(l.ends_on AS TEXT), l.kind, ''
FROM leave l
WHERE l.person_id = $1
UNION ALL
SELECT 'settings', CAST(NULL AS DATE), f.made_at, 'calendar link', f.titles, ''
FROM calendar_feed f
WHERE f.person_id = $1
UNION ALL
SELECT 'settings', CAST(NULL AS DATE), c.read_at, 'another calendar is read for busy times', c.outcome, ''
FROM other_calendar c
WHERE c.person_id = $1
UNION ALL
SELECT 'settings', CAST(NULL AS DATE), CAST(NULL AS TIMESTAMPTZ), 'reminders',
    CAST(i.first_hours AS TEXT) || ' and ' || CAST(i.second_hours AS TEXT) || ' hours before', ''
FROM reminder_choice i
WHERE i.person_id = $1
UNION ALL
SELECT 'settings', CAST(NULL AS DATE), CAST(NULL AS TIMESTAMPTZ), 'digest of a space', g.rhythm, ''
FROM digest_choice g
WHERE g.person_id = $1
UNION ALL
SELECT 'devices', CAST(NULL AS DATE), d.created_at, d.device, d.stage, ''
FROM sign_in d
WHERE d.person_id = $1
UNION ALL
SELECT 'messages', CAST(NULL AS DATE), e.created_at, e.subject, CASE WHEN e.sent_at IS NULL THEN 'waiting' ELSE 'sent' END, ''
FROM message e
WHERE e.person_id = $1
UNION ALL
SELECT 'searches', CAST(NULL AS DATE), q.made_at, 'search', '', q.words
FROM people_search q
WHERE q.person_id = $1
UNION ALL
SELECT 'moderation', CAST(NULL AS DATE), h.written_at, 'a post that waits: ' || h.title, h.state, h.source
FROM held_post h
WHERE h.author_id = $1
    AND h.state IN ('waiting', 'sent_back')
UNION ALL
SELECT 'moderation', CAST(NULL AS DATE), r.reported_at, 'a post that you reported', r.reason, r.words
FROM post_report r
WHERE r.reporter_id = $1
UNION ALL
SELECT 'moderation', CAST(NULL AS DATE), d.decided_at, 'a decision about a post of yours', d.outcome, d.words
FROM moderation_case c
JOIN moderation_decision d ON d.case_id = c.id
WHERE c.author_id = $1
    AND c.kind = 'report'
UNION ALL
SELECT 'moderation', CAST(NULL AS DATE), a.appealed_at, 'you asked for another decision', '', a.words
FROM appeal a
WHERE a.person_id = $1
UNION ALL
SELECT 'events', CAST(NULL AS DATE), e.starts_at, e.title, CASE WHEN e.marked_at IS NULL THEN y.answer ELSE COALESCE(y.state, y.answer) END, ''
FROM event_answer y
JOIN event e ON e.id = y.event_id
WHERE y.person_id = $1
UNION ALL
SELECT 'events', CAST(NULL AS DATE), e.starts_at, e.title, 'host', e.source
FROM event e
WHERE e.host_id = $1
UNION ALL
SELECT 'access', o.opened_on, o.last_at, o.kind, o.role, CAST(o.times AS TEXT)
FROM opened_record o
WHERE o.person_id = $1
ORDER BY part, at DESC, on_day DESC, what";

async fn rows_about(actor: &Actor) -> Result<Vec<Row>, AppError> {
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(ABOUT).bind(actor.person()).fetch_all(pool).await)?)
}

/// How many entries of the log are of what somebody did.
async fn entries_by(actor: &Actor) -> Result<i64, AppError> {
    const ENTRIES: &str = "SELECT COUNT(*) FROM audit_entry WHERE actor_id = $1";

    Ok(on!(actor.database(), pool => sqlx::query_scalar(ENTRIES).bind(actor.person()).fetch_one(pool).await)?)
}

/// What somebody answered for the forming of groups.
#[derive(Debug, Serialize, sqlx::FromRow)]
struct Registration {
    experience: Option<String>,
    supervised_elsewhere: Option<String>,
    setting: Option<String>,
    stream: Option<String>,
    intervention: Option<String>,
    competence: Option<String>,
    way: Option<String>,
    urgency: Option<i64>,
    first_week: Option<String>,
    second_week: Option<String>,
    manager: Option<String>,
    manager_email: String,
    needs: Json<serde_json::Value>,
    access_needs: String,
    language: String,
    wished_emails: Json<serde_json::Value>,
    avoided_emails: Json<serde_json::Value>,
    avoided_authorities: Json<serde_json::Value>,
    shared: Json<serde_json::Value>,
}

async fn registration_of(actor: &Actor) -> Result<Option<Registration>, AppError> {
    const REGISTRATION: &str = "\
SELECT experience, supervised_elsewhere, setting, stream, intervention, competence, way, urgency, first_week, second_week, manager, manager_email,
    needs, access_needs, language, wished_emails, avoided_emails, avoided_authorities, shared
FROM registration
WHERE person_id = $1";

    Ok(on!(actor.database(), pool => sqlx::query_as(REGISTRATION).bind(actor.person()).fetch_optional(pool).await)?)
}

/// What a supervisor offers when groups are formed.
#[derive(Debug, Serialize, sqlx::FromRow)]
struct Offering {
    interventions: Json<serde_json::Value>,
    way: String,
    region: String,
    most_groups: i64,
    confirmed_at: DateTime<Utc>,
}

async fn offering_of(actor: &Actor) -> Result<Option<Offering>, AppError> {
    const OFFERING: &str = "SELECT interventions, way, region, most_groups, confirmed_at FROM offering WHERE person_id = $1";

    Ok(on!(actor.database(), pool => sqlx::query_as(OFFERING).bind(actor.person()).fetch_optional(pool).await)?)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::database::new_id;
    use crate::people::store::keep_search;
    use crate::sessions::fixture::meeting;
    use crate::sessions::store::{open_session, send_apologies};

    both_databases! {
        async fn everything_of_ones_own_is_counted_and_stands_in_the_file_and_nobody_else_does(fixture: Fixture) {
            const ACTION: &str = "\
INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at)
SELECT $1, group_id, id, $2, $3, starts_at
FROM session";
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            for (actor, reason) in [(&amina, "The school is closed"), (&tom, "A reason of somebody else")] {
                let session = open_session(actor, &meeting.code).await.unwrap();
                send_apologies(actor, &session, reason).await.unwrap();
                let database = &fixture.database;
                on!(database, pool => sqlx::query(ACTION)
                    .bind(new_id())
                    .bind(actor.person())
                    .bind(format!("Action with {reason}"))
                    .execute(pool).await.map(|_| ()))
                .unwrap();
            }
            keep_search(&amina, "ruth").await.unwrap();

            let held = held_about(&amina).await.unwrap();
            let parts: Vec<(HeldPart, i64)> = held.parts.into_iter().filter(|(part, _)| *part != HeldPart::Messages).collect();
            assert_eq!(
                parts,
                [(HeldPart::Groups, 1), (HeldPart::Sessions, 1), (HeldPart::Actions, 1), (HeldPart::Searches, 1), (HeldPart::Log, 1)]
            );
            let file = serde_json::to_string(&file_about(&amina, serde_json::Value::Null).await.unwrap()).unwrap();
            for own in ["The school is closed", "Action with The school", "\"ruth\"", "Amina Rahman"] {
                assert!(file.contains(own), "{own}: {file}");
            }
            for other in ["somebody else", "Bell", "Adeyemi", "Lloyd"] {
                assert!(!file.contains(other), "{other}: {file}");
            }
        }

        async fn how_one_was_marked_is_ones_own_to_read_once_it_is_final(fixture: Fixture) {
            const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) SELECT id, $1, '', 'did_not_attend' FROM session";
            const FINISH: &str = "UPDATE session SET marked_at = ends_at";
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let database = &fixture.database;
            on!(database, pool => sqlx::query(MARK).bind(meeting.amina).execute(pool).await.map(|_| ())).unwrap();
            let is_held = |held: Held| held.parts.contains(&(HeldPart::Sessions, 1));
            assert!(!is_held(held_about(&amina).await.unwrap()));
            on!(database, pool => sqlx::query(FINISH).execute(pool).await.map(|_| ())).unwrap();
            assert!(is_held(held_about(&amina).await.unwrap()));
        }
    }
}
