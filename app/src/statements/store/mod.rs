//! Statements in the database.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::answers::{Came, Line, Statement};
use super::forms::{MonthAddress, StatementAddress, month_of};
use super::model::{Month, Part, Standing};
use crate::access::Actor;
use crate::access_log::{RecordKind, note_opened};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::store::whose_group;
use crate::people::{PersonId, short_name};
use crate::sessions::answers::session_name;

/// The actor's own statement of a month.
pub async fn own_statement(actor: &Actor, address: &MonthAddress) -> Result<Statement, AppError> {
    const SELF: &str = "SELECT p.id, p.code, p.title, p.given_name, p.family_name FROM person p WHERE p.id = $1";

    let month = month_of(&address.month, present(actor))?;
    let moment = &mut actor.database().snapshot().await?;
    let whose: Whose = on!(&mut moment, connection => sqlx::query_as(SELF).bind(actor.person()).fetch_one(connection).await)?;
    statement(actor, moment, whose, month).await
}

/// The statement of somebody who supervises, or has led a session; nobody else has one. That it was opened is written down for that person.
pub async fn statement_of(actor: &Actor, address: &StatementAddress) -> Result<Statement, AppError> {
    const SUPERVISOR: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
WHERE p.code = $1
    AND (
        EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor')
        OR EXISTS (SELECT 1 FROM session s WHERE s.supervisor_id = p.id)
    )";

    let month = month_of(&address.month, present(actor))?;
    let mut transaction = actor.begin().await?;
    let whose: Option<Whose> =
        on!(&mut transaction, connection => sqlx::query_as(SUPERVISOR).bind(&address.person).fetch_optional(connection).await)?;
    let whose = whose.ok_or(AppError::NotFound)?;
    note_opened(&mut transaction, actor, whose.id, RecordKind::Statement).await?;
    let statement = statement(actor, &mut transaction, whose, month).await?;
    transaction.commit().await?;
    Ok(statement)
}

fn present(actor: &Actor) -> Month {
    Month::of(::series::local(actor.now()).date())
}

#[derive(sqlx::FromRow)]
struct Whose {
    id: PersonId,
    code: String,
    title: String,
    given_name: String,
    family_name: String,
}

/// The sessions that somebody led in a month, and those of their groups that somebody else led. What is saved for later counts nobody.
const STATEMENT: &str = concat!(
    "\
WITH theirs AS (
    SELECT led.id
    FROM session led
    WHERE led.supervisor_id = $1
        AND led.starts_at >= $2
        AND led.starts_at < $3
    UNION ALL
    SELECT covered.id
    FROM supervision_group ours
    JOIN session covered ON covered.group_id = ours.id
    WHERE ours.supervisor_id = $1
        AND covered.supervisor_id <> $1
        AND covered.starts_at >= $2
        AND covered.starts_at < $3
        AND covered.group_was_of IS NULL
    UNION ALL
    SELECT before.id
    FROM session before
    WHERE before.group_was_of = $1
        AND before.supervisor_id <> $1
        AND before.starts_at >= $2
        AND before.starts_at < $3
)
SELECT s.code, g.kind, g.name, s.starts_local, s.length_minutes, s.ends_at, s.marked_at, s.cancelled_at, s.supervisor_id = $1 AS is_leader,
    other.title, other.given_name, other.family_name,
    (SELECT MAX(c.corrected_at) FROM attendance_correction c WHERE c.session_id = s.id AND c.corrected_at >= $3) AS corrected_at,
    COUNT(CASE WHEN t.state = 'attended' THEN 1 END) AS present,
    COUNT(CASE WHEN t.state IN ('late', 'left_early') THEN 1 END) AS part,
    COUNT(CASE WHEN t.state = 'apologies' THEN 1 END) AS apologies,
    COUNT(CASE WHEN t.state = 'cancelled_by_member' THEN 1 END) AS late_apologies,
    COUNT(CASE WHEN t.state = 'did_not_attend' THEN 1 END) AS absent
FROM theirs
JOIN session s ON s.id = theirs.id
JOIN supervision_group g ON g.id = s.group_id
LEFT JOIN person other ON other.id = CASE WHEN s.supervisor_id = $1 THEN ",
    whose_group!(),
    " ELSE s.supervisor_id END AND other.id <> $1
LEFT JOIN attendance t ON t.session_id = s.id AND s.marked_at IS NOT NULL AND s.cancelled_at IS NULL
GROUP BY s.id, g.id, other.id
ORDER BY s.starts_at, s.id"
);

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    kind: GroupKind,
    name: String,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    ends_at: DateTime<Utc>,
    marked_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    is_leader: bool,
    title: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    corrected_at: Option<DateTime<Utc>>,
    present: i64,
    part: i64,
    apologies: i64,
    late_apologies: i64,
    absent: i64,
}

async fn statement(actor: &Actor, moment: &mut Transaction, whose: Whose, month: Month) -> Result<Statement, AppError> {
    let (from, until) = month.instants();
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(STATEMENT)
        .bind(whose.id)
        .bind(from)
        .bind(until)
        .fetch_all(connection).await)?;
    let parts = [whose.title, whose.given_name, whose.family_name];
    Ok(Statement {
        now: actor.now(),
        person: whose.code,
        name: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        month,
        lines: rows.into_iter().map(|row| row.line(actor.now(), until)).collect(),
    })
}

impl Row {
    fn line(self, now: DateTime<Utc>, month_ends: DateTime<Utc>) -> Line {
        let (standing, part) = (self.standing(now), self.part());
        let day = |moment: DateTime<Utc>| ::series::local(moment).date();
        let other = self.given_name.zip(self.family_name);
        Line {
            code: self.code,
            kind: self.kind,
            name: session_name(self.kind, &self.name),
            starts: self.starts_local,
            length_minutes: self.length_minutes,
            part,
            other: other.map(|(given, family)| short_name(self.title.as_deref().unwrap_or_default(), &given, &family)),
            standing,
            came: Came {
                present: self.present,
                part: self.part,
                apologies: self.apologies,
                late_apologies: self.late_apologies,
                absent: self.absent,
            },
            finished_late_on: self.marked_at.filter(|marked_at| standing == Standing::Held && *marked_at >= month_ends).map(day),
            corrected_late_on: self.corrected_at.map(day),
        }
    }

    fn part(&self) -> Part {
        match (self.is_leader, self.given_name.is_some()) {
            (true, false) => Part::Led,
            (true, true) => Part::CoverGiven,
            (false, _) => Part::CoverReceived,
        }
    }

    fn standing(&self, now: DateTime<Utc>) -> Standing {
        match (self.cancelled_at, self.marked_at) {
            (Some(_), _) => Standing::Cancelled,
            (None, Some(_)) => Standing::Held,
            (None, None) if self.ends_at <= now => Standing::NotMarked,
            (None, None) => Standing::Planned,
        }
    }
}

#[cfg(test)]
mod tests;
