//! What the page of one's hours reads.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::period::whose;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::hours::answers::{Entry, Hours, Marked};
use crate::hours::intervention::Intervention;
use crate::hours::model::Stretch;
use crate::hours::once::{Attended, counted_once};
use crate::people::short_name;
use crate::sessions::AttendanceState;
use crate::sessions::answers::session_name;

/// What somebody was marked at and what they have logged, in one list: the day stands in one of two columns, and tells which it is.
pub(super) const HOURS: &str = "\
SELECT s.code, g.kind, g.intervention AS group_intervention, g.name, s.starts_local, CAST(NULL AS DATE) AS held_on,
    CASE WHEN a.state = 'attended' THEN s.length_minutes WHEN a.state IN ('late', 'left_early') THEN COALESCE(a.minutes, s.length_minutes) ELSE 0 END AS minutes,
    a.state, p.title, p.given_name, p.family_name, p.profession,
    CAST(NULL AS TEXT) AS format, CAST(NULL AS TEXT) AS intervention, '' AS supervised_by, s.version, s.length_minutes
FROM attendance a
JOIN session s ON s.id = a.session_id
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
WHERE a.person_id = $1
    AND a.state IS NOT NULL
    AND s.starts_at >= $2
    AND s.starts_at < $3
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL
UNION ALL
SELECT e.code, CAST(NULL AS TEXT), CAST(NULL AS TEXT), '', CAST(NULL AS TIMESTAMP), e.held_on, e.minutes,
    CAST(NULL AS TEXT), '', '', '', '', e.format, e.intervention, e.supervised_by, e.version, e.minutes
FROM hours_elsewhere e
WHERE e.person_id = $1
    AND e.held_on >= $4
    AND e.held_on <= $5
    AND e.removed_at IS NULL";

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    kind: Option<GroupKind>,
    group_intervention: Option<String>,
    name: String,
    starts_local: Option<NaiveDateTime>,
    held_on: Option<NaiveDate>,
    minutes: i64,
    state: Option<AttendanceState>,
    title: String,
    given_name: String,
    family_name: String,
    profession: String,
    format: Option<GroupKind>,
    intervention: Option<String>,
    supervised_by: String,
    version: i64,
    length_minutes: i64,
}

impl Row {
    fn marked(&self) -> Option<Marked> {
        let kind = self.kind?;
        let full = [self.title.as_str(), &self.given_name, &self.family_name];
        let full = full.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Some(Marked {
            code: self.code.clone(),
            kind,
            intervention: Intervention::of_group(kind, self.group_intervention.as_deref()),
            name: session_name(kind, &self.name),
            starts: self.starts_local?,
            state: self.state?,
            length_minutes: self.length_minutes,
            minutes: self.minutes,
            elsewhere: 0,
            supervisor: short_name(&self.title, &self.given_name, &self.family_name),
            supervisor_in_full: if self.profession.is_empty() { full } else { format!("{full}, {}", self.profession.to_lowercase()) },
        })
    }

    fn entry(self) -> Option<Entry> {
        Some(Entry {
            code: self.code,
            held_on: self.held_on?,
            minutes: self.minutes,
            format: self.format?,
            intervention: self.intervention?.into(),
            supervised_by: self.supervised_by,
            version: self.version,
        })
    }
}

/// Lets no minute count twice, and puts the latest first.
fn count_once(sessions: &mut [Marked]) {
    sessions.sort_by(|one, other| one.starts.cmp(&other.starts).then_with(|| one.code.cmp(&other.code)));
    let attended = |session: &Marked| Attended {
        starts_at: ::series::instant(session.starts),
        length_minutes: session.length_minutes,
        minutes: session.minutes,
    };
    let counted = counted_once(sessions.iter().map(attended));
    for (session, minutes) in sessions.iter_mut().zip(counted) {
        session.elsewhere = session.minutes - minutes;
        session.minutes = minutes;
    }
    sessions.reverse();
}

/// The actor's own hours in a stretch of time, all of them as they were at one moment.
pub async fn hours_of(actor: &Actor, stretch: Stretch) -> Result<Hours, AppError> {
    let mut moment = actor.database().snapshot().await?;
    hours_in(&mut moment, actor, stretch).await
}

/// The same, as it stands in a transaction. Every session is looked at, since one that began on the day before may have gone on past midnight: what counts of
/// a session is the same for whatever stretch it is asked.
pub async fn hours_in(moment: &mut Transaction, actor: &Actor, stretch: Stretch) -> Result<Hours, AppError> {
    let whose = whose(actor, moment).await?;
    let today = ::series::local(actor.now()).date();
    let days = stretch.days(today, whose.chosen);
    let all = Stretch::Everything.days(today, whose.chosen);
    let instant = |day: NaiveDate| ::series::instant(day.and_time(NaiveTime::MIN));
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(HOURS)
        .bind(actor.person())
        .bind(instant(days.from.min(all.from)))
        .bind(instant(days.to + Days::new(1)))
        .bind(days.from)
        .bind(days.to)
        .fetch_all(connection).await)?;
    let mut sessions: Vec<Marked> = rows.iter().filter_map(Row::marked).collect();
    count_once(&mut sessions);
    sessions.retain(|session| days.has(session.starts.date()));
    let mut elsewhere: Vec<Entry> = rows.into_iter().filter_map(Row::entry).collect();
    elsewhere.sort_by(|one, other| other.held_on.cmp(&one.held_on).then_with(|| one.code.cmp(&other.code)));
    Ok(Hours { now: actor.now(), name: whose.name, profession: whose.profession, stretch, days, chosen: whose.chosen, sessions, elsewhere })
}
