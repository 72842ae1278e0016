//! What somebody is asked about.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::access::{Actor, Permission};
use crate::asking::answers::{AskedLine, OwnAsked, OwnStage, Terms};
use crate::asking::model::{AsWhat, Meeting, Reply, way_in_words};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{GroupKind, MeetingMode};
use crate::matching::{MeetsEvery, Part};
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::series::store::days_off_of_all_from;
use crate::sessions::HostRole;

#[derive(sqlx::FromRow)]
struct Row {
    part: Part,
    beside: Option<HostRole>,
    answer: Option<Reply>,
    ended_at: Option<DateTime<Utc>>,
    others: i64,
    professions: Json<Vec<String>>,
    authorities: Json<Vec<String>>,
    kind: GroupKind,
    mode: MeetingMode,
    region: String,
    week: i64,
    day: i64,
    start_minute: i64,
    length_minutes: i64,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    meets_every: MeetsEvery,
    supervisor_id: PersonId,
    #[sqlx(flatten)]
    supervisor: NameRow,
    group_slug: Option<String>,
    /// Whether it is settled that they are not beside its supervisor.
    is_without: bool,
}

/// A group that the actor is asked about; for anybody else it is not there.
pub async fn own_asked(actor: &Actor, code: &str) -> Result<OwnAsked, AppError> {
    const OWN: &str = "\
SELECT w.part, w.beside, w.answer, w.ended_at, w.others, w.professions, w.authorities, g.kind, g.mode, g.region, g.week, g.day, g.start_minute,
    g.length_minutes, r.starts_on, r.ends_on, r.meets_every, g.supervisor_id, p.code, p.title, p.given_name, p.family_name, m.slug AS group_slug,
    w.beside_settled_at IS NOT NULL AND NOT EXISTS (
        SELECT 1
        FROM session s
        JOIN session_host h ON h.session_id = s.id
        WHERE s.group_id = g.group_id AND h.person_id = w.person_id
    ) AS is_without
FROM asked_person w
JOIN asked_group g ON g.id = w.asked_group_id
JOIN matching_round r ON r.id = g.round_id
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN supervision_group m ON m.id = g.group_id
WHERE w.code = $1
    AND w.person_id = $2";

    let moment = &mut actor.database().snapshot().await?;
    let row: Option<Row> =
        on!(&mut moment, connection => sqlx::query_as(OWN).bind(code).bind(actor.person()).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let today = ::series::local(actor.now()).date();
    let days_off = days_off_of_all_from(moment, today).await?;
    let meeting = Meeting {
        week: row.week,
        day: row.day,
        minute: row.start_minute,
        length_minutes: row.length_minutes,
        meets_every: row.meets_every,
        from: row.starts_on,
        until: row.ends_on,
    };
    let rhythm = meeting.rhythm(today);
    let stage = match (row.ended_at, row.group_slug) {
        (None, _) => OwnStage::Open,
        (Some(_), None) => OwnStage::TakenBack,
        (Some(_), Some(slug)) if row.answer == Some(Reply::Accepted) && !row.is_without => OwnStage::Begun(slug),
        (Some(_), Some(_)) => OwnStage::WithoutYou,
    };
    Ok(OwnAsked {
        code: code.to_owned(),
        as_what: AsWhat::of(row.part, row.beside),
        terms: Terms {
            kind: row.kind,
            supervisor: row.supervisor.into(),
            when: rhythm.to_string(),
            way: way_in_words(row.mode, &row.region),
            first: days_off.first_session(row.supervisor_id, rhythm, meeting.until),
            until: meeting.until,
        },
        others: row.others,
        professions: row.professions.0,
        authorities: row.authorities.0,
        reply: row.answer,
        stage,
    })
}

/// What the actor is asked about and can still answer, or answer otherwise.
pub async fn asked_lines(actor: &Actor, moment: &mut Transaction) -> Result<Vec<AskedLine>, AppError> {
    const OPEN: &str = "\
SELECT code, kind, part, beside, asked_at, answer
FROM asked_person
WHERE person_id = $1
    AND ended_at IS NULL
ORDER BY asked_at, id";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        kind: GroupKind,
        part: Part,
        beside: Option<HostRole>,
        asked_at: DateTime<Utc>,
        answer: Option<Reply>,
    }

    if !actor.may(Permission::AnswerWhenAsked) {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(OPEN).bind(actor.person()).fetch_all(connection).await)?;
    let line = |row: Row| AskedLine {
        code: row.code,
        kind: row.kind,
        as_what: AsWhat::of(row.part, row.beside),
        asked_on: ::series::local(row.asked_at).date(),
        reply: row.answer,
    };
    Ok(rows.into_iter().map(line).collect())
}
