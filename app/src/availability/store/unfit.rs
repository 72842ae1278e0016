//! How many planned sessions do not fit what whoever leads them has said since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::conflicts::{Days, QUARTER, conflicts_of};
use super::known::{Whose, known_for};
use super::open::OpenedAvailability;
use super::page::HORIZON;
use crate::access::{Actor, Permission};
use crate::availability::ClashKind;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// How many sessions are planned outside what a supervisor has said, and are not left so with a reason.
pub async fn unfit_sessions(actor: &Actor, opened: &OpenedAvailability) -> Result<usize, AppError> {
    let today = ::series::local(actor.now()).date();
    let days = Days { whose: Whose::Supervisor(opened.person()), from: today, until: today + HORIZON };
    let mut moment = actor.database().snapshot().await?;
    let known = known_for(&mut moment, days.whose, days.from, days.until).await?;
    let conflicts = conflicts_of(actor, &mut moment, &known, days).await?;
    let is_said = |kind| matches!(kind, ClashKind::OnLeave | ClashKind::UnavailableDate | ClashKind::OutsideHours);
    let unfit = conflicts.into_iter().filter(|conflict| conflict.kept.is_none() && is_said(conflict.kind));
    Ok(unfit.map(|conflict| conflict.session.code).collect::<BTreeSet<_>>().len())
}

/// The sessions of somebody that are planned for days on which they are away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwayFrom {
    /// Who.
    pub name: PersonName,
    /// Whether that is the actor.
    pub is_own: bool,
    /// How many sessions.
    pub sessions: usize,
    /// The day of the first.
    pub first_on: NaiveDate,
}

/// Who has sessions in the next quarter on days on which they are away or cannot be planned, the soonest first: for whoever manages groups
/// everybody, for a supervisor themselves. What is left so with a reason, or is not looked at, is not counted.
pub async fn away_from_sessions(actor: &Actor, moment: &mut Transaction) -> Result<Vec<AwayFrom>, AppError> {
    // A date is before every time of its day on both databases, so that only the beginning of an absence can be compared in the statement.
    const AWAY: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, s.starts_at, s.starts_local, away.ends_on
FROM (
    SELECT person_id, starts_on, ends_on, 'on_leave' AS kind
    FROM leave
    WHERE ends_on >= $2
    UNION ALL
    SELECT person_id, on_date, on_date, 'unavailable_date'
    FROM date_override
    WHERE on_date >= $2
        AND starts_time IS NULL
) away
JOIN person p ON p.id = away.person_id
JOIN session s ON s.supervisor_id = away.person_id
WHERE (away.person_id = $1 OR $5)
    AND s.starts_at > $3
    AND s.starts_at < $4
    AND s.starts_local >= away.starts_on
    AND s.cancelled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM conflict_rule r WHERE r.kind = away.kind AND r.level = 'ignore')
    AND NOT EXISTS (
        SELECT 1
        FROM kept_conflict k
        JOIN conflict_rule r ON r.kind = k.kind AND r.level = 'warn'
        WHERE k.session_id = s.id AND k.kind = away.kind AND k.person_id = away.person_id AND k.starts_at = s.starts_at
    )
ORDER BY s.starts_at, p.code";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        starts_at: DateTime<Utc>,
        starts_local: NaiveDateTime,
        ends_on: NaiveDate,
    }

    let today = ::series::local(actor.now()).date();
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(AWAY)
        .bind(actor.person())
        .bind(today)
        .bind(actor.now())
        .bind(::series::instant((today + QUARTER).and_time(NaiveTime::MIN)))
        .bind(actor.may(Permission::ManageGroups))
        .fetch_all(connection).await)?;
    // Two absences may hold one session.
    let mut by_person: BTreeMap<PersonId, (PersonName, BTreeSet<DateTime<Utc>>, NaiveDate)> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.starts_local.date() <= row.ends_on) {
        let of_person = by_person.entry(row.id).or_insert_with(|| (row.name.into(), BTreeSet::new(), row.starts_local.date()));
        of_person.1.insert(row.starts_at);
    }
    let away = |(person, (name, sessions, first_on)): (PersonId, (PersonName, BTreeSet<_>, _))| AwayFrom {
        name,
        is_own: person == actor.person(),
        sessions: sessions.len(),
        first_on,
    };
    let mut away: Vec<AwayFrom> = by_person.into_iter().map(away).collect();
    away.sort_by(|one, other| (one.first_on, &one.name.short).cmp(&(other.first_on, &other.name.short)));
    Ok(away)
}
