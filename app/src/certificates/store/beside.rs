//! That no minute is on two certificates that hold, where something was marked or corrected after one of them was issued.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{Facts, counted, supervised};
use crate::access::Actor;
use crate::cpd::Log;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::hours::Span;
use crate::people::PersonId;

/// A certificate of an event or of supervision that holds.
#[derive(sqlx::FromRow)]
struct Certified {
    source: String,
    title: String,
    minutes: i64,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

impl Certified {
    fn days(&self) -> Span {
        Span { from: self.starts_on, to: self.ends_on }
    }

    /// What it could say by now.
    fn counts(&self, log: &Log) -> i64 {
        self.source.strip_prefix("event:").map_or_else(|| supervised(log, self.days()), |event| counted(log, event))
    }

    /// Which one it is, as its holder knows it.
    fn name(&self) -> String {
        let of_days = if self.source.starts_with("event:") { String::new() } else { format!(" for {}", self.days().words()) };
        format!("“{}”{of_days}", self.title)
    }
}

/// An event or a session at which somebody was marked, however, and the instants between which it went on.
#[derive(sqlx::FromRow)]
struct Marked {
    is_event: bool,
    code: String,
    starts_local: NaiveDateTime,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

impl Marked {
    /// Whether a certificate is of it.
    fn is_in(&self, (source, days): (&str, Span)) -> bool {
        match source.strip_prefix("event:") {
            Some(event) => self.is_event && self.code == event,
            None => !self.is_event && days.has(self.starts_local.date()),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }
}

/// That no other certificate vouches for time that counts as something else by now, where that is what is to be vouched for. What overlaps is found by its
/// instants, on whichever days it began.
pub(super) async fn check_beside(transaction: &mut Transaction, actor: &Actor, (facts, log): (&Facts, &Log)) -> Result<(), AppError> {
    const CERTIFIED: &str = "\
SELECT source, title, minutes, starts_on, ends_on
FROM certificate
WHERE person_id = $1
    AND revoked_at IS NULL
    AND (source LIKE 'event:%' OR source LIKE 'supervision:%')
    AND source <> $2
ORDER BY starts_on, id";

    let certified: Vec<Certified> = on!(&mut transaction, connection => sqlx::query_as(CERTIFIED)
        .bind(actor.person())
        .bind(&facts.source)
        .fetch_all(connection).await)?;
    let too_much: Vec<Certified> = certified.into_iter().filter(|other| other.minutes > other.counts(log)).collect();
    if too_much.is_empty() {
        return Ok(());
    }
    let marked = marked(transaction, actor.person()).await?;
    let own: Vec<&Marked> = marked.iter().filter(|one| one.is_in((&facts.source, facts.days))).collect();
    let is_beside = |other: &&Certified| {
        let mut theirs = marked.iter().filter(|one| one.is_in((&other.source, other.days())));
        theirs.any(|one| own.iter().any(|own| own.overlaps(one)))
    };
    match too_much.iter().find(is_beside) {
        None => Ok(()),
        Some(other) => Err(AppError::Conflict(format!(
            "Your certificate {} says more than counts now, since something that was marked afterwards overlaps with it. Ask a coordinator to revoke that one first.",
            other.name()
        ))),
    }
}

/// Everything at which somebody was marked: of what was corrected, such as a session at which they were not after all, a certificate may hold still.
async fn marked(transaction: &mut Transaction, person: PersonId) -> Result<Vec<Marked>, AppError> {
    const MARKED: &str = "\
SELECT 1 = 1 AS is_event, e.code, e.starts_local, e.starts_at, e.ends_at
FROM event_answer a
JOIN event e ON e.id = a.event_id
WHERE a.person_id = $1
    AND a.state IS NOT NULL
UNION ALL
SELECT 1 = 0, s.code, s.starts_local, s.starts_at, s.ends_at
FROM attendance a
JOIN session s ON s.id = a.session_id
WHERE a.person_id = $1
    AND a.state IS NOT NULL";

    Ok(on!(&mut transaction, connection => sqlx::query_as(MARKED).bind(person).fetch_all(connection).await)?)
}
