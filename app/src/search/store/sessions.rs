//! Sessions by their group, by their day, or by both.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{ONE_MORE, first_of, nothing_of};
use crate::access::{Actor, Permission};
use crate::database::{each_beginning, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::store::is_at_session;
use crate::paths;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::search::answers::{FoundKind, FoundLine, Kind};
use crate::search::model::{Asked, Span};
use crate::sessions::answers::session_name;
use crate::ui::{day_month_year, full_stop, time_range};

/// How many of the next sessions are shown where no day is said; all of them stand on the group's page.
const NEXT: i64 = 3;
/// How far sessions are looked for where no day is said.
const AHEAD: Days = Days::new(370);

/// The sessions that the actor may open: on the days that were said, or the next ones, of groups whose names the other words begin.
pub(super) async fn sessions_of(actor: &Actor, asked: &Asked) -> Result<FoundKind, AppError> {
    // SQLite takes the tables of a CROSS JOIN in the order in which they stand: first the groups of that name, then their sessions within the bounds.
    const SESSIONS: &str = concat!(
        "\
SELECT s.code AS session_code, g.name AS group_name, g.kind, s.starts_local, s.ends_at, s.cancelled_at IS NOT NULL AS is_cancelled,
    s.supervisor_id = $1 AS is_led_by_reader, p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
CROSS JOIN session s
JOIN person p ON p.id = s.supervisor_id
WHERE s.group_id = g.id
    AND s.starts_at >= $3
    AND s.starts_at < $4
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $5 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $6 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $7 ESCAPE '!'
    AND ' ' || REPLACE(g.name_key, '-', ' ') LIKE $8 ESCAPE '!'
    AND (
        $2
        OR s.supervisor_id = $1
        OR g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $1)
        OR ",
        is_at_session!("$1"),
        "
    )
ORDER BY s.starts_at, s.code
LIMIT $9"
    );

    if !actor.may(Permission::SeeOwnSessions) {
        return Ok(nothing_of(Kind::Sessions));
    }
    let today = ::series::local(actor.now()).date();
    let (days, words, at_most) = match &asked.dated {
        Some(dated) => (dated.days, &dated.others, ONE_MORE),
        None => (Span { from: today, until: today.checked_add_days(AHEAD).unwrap_or(today) }, &asked.words, NEXT),
    };
    let [first, second, third, fourth] = each_beginning(words);
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(SESSIONS)
        .bind(actor.person())
        .bind(actor.may(Permission::SeeEveryGroup))
        .bind(beginning_of(days.from))
        .bind(beginning_of(days.until))
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(at_most)
        .fetch_all(pool).await)?;
    let lines = rows.into_iter().map(FoundLine::from).collect();
    Ok(first_of(Kind::Sessions, lines, whole(actor, days)))
}

/// Where all sessions of some days stand: on the board for whoever sees every group, and in one's own calendar.
fn whole(actor: &Actor, days: Span) -> (String, &'static str) {
    if actor.may(Permission::SeeEveryGroup) {
        let monday = days.from.checked_sub_days(Days::new(days.from.weekday().num_days_from_monday().into()));
        return (paths::board(monday.unwrap_or(days.from)), "the board of that week");
    }
    if days.is_day() {
        (paths::day(days.from), "your calendar of that day")
    } else {
        (paths::month(days.from), "your calendar of that month")
    }
}

/// When a day begins in the United Kingdom.
fn beginning_of(day: NaiveDate) -> DateTime<Utc> {
    ::series::instant(day.and_time(NaiveTime::MIN))
}

#[derive(sqlx::FromRow)]
struct Row {
    session_code: String,
    group_name: String,
    kind: GroupKind,
    starts_local: NaiveDateTime,
    ends_at: DateTime<Utc>,
    is_cancelled: bool,
    is_led_by_reader: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
}

impl From<Row> for FoundLine {
    fn from(row: Row) -> Self {
        let time = time_range(row.starts_local, ::series::local(row.ends_at));
        let led = if row.is_led_by_reader {
            "You lead it.".to_owned()
        } else {
            full_stop(&format!("Led by {}", PersonName::from(row.supervisor).short))
        };
        let cancelled = if row.is_cancelled { " Cancelled." } else { "" };
        Self {
            name: format!("{}, {}", session_name(row.kind, &row.group_name), day_month_year(row.starts_local.date())),
            about: format!("{time}, UK time. {led}{cancelled}"),
            address: paths::session(&row.session_code),
            says: Vec::new(),
        }
    }
}
