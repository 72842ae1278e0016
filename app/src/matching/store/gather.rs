//! Reading all that a round needs, as it was at one moment: one statement for each kind of thing.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::asked::is_promised;
use super::company::{acquainted, together};
use super::hours::minutes_led;
use crate::access::{Role, Roles};
use crate::authorities::Stage;
use crate::availability::store::{Whose, qualified, said_from};
use crate::busy::BusyBlock;
use crate::busy::store::{Whose as Busy, busy_blocks};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::holds::store::held_since;
use crate::matching::candidates::{Authority, Gathered, Known};
use crate::matching::forms::RoundToAsk;
use crate::matching::model::MeetsEvery;
use crate::matching::taken::{Cycle, Taken};
use crate::people::store::{NameRow, not_to_meet};
use crate::people::{PersonId, Standing};
use crate::registration::store::{clearances_of, offerings, registrations};

/// All of it.
pub async fn gather(moment: &mut Transaction, today: NaiveDate, asked: &RoundToAsk) -> Result<Gathered, AppError> {
    const PLACED: &str = "\
SELECT m.person_id, g.kind
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
WHERE m.left_on IS NULL
    AND g.ended_at IS NULL";

    let placed: Vec<(PersonId, GroupKind)> = on!(&mut moment, connection => sqlx::query_as(PLACED).fetch_all(connection).await)?;
    Ok(Gathered {
        people: people(moment).await?,
        registrations: registrations(moment, None).await?,
        offerings: offerings(moment, None).await?,
        clearances: clearances_of(moment, None).await?,
        said: said_from(moment, Whose::Supervisors, today).await?,
        qualified: qualified(moment).await?,
        placed: placed.into_iter().collect(),
        taken: taken(moment, asked).await?,
        elsewhere: elsewhere(moment, asked).await?,
        led_since: led_since(moment).await?,
        minutes_led: minutes_led(moment, asked.starts_on, None).await?,
        waits_since: waits_since(moment).await?,
        held: held_since(moment).await?,
        not_to_meet: not_to_meet(moment).await?,
        together: together(moment).await?,
        acquainted: acquainted(moment, today).await?,
        today,
    })
}

/// When people are in sessions on the days of a round or host an event, and when they would be in a group that they were asked about and have not
/// declined.
async fn taken(moment: &mut Transaction, asked: &RoundToAsk) -> Result<HashMap<PersonId, Vec<Taken>>, AppError> {
    let mut taken: HashMap<PersonId, Vec<Taken>> = HashMap::new();
    let planned = sessions(moment, days_of(asked)).await?.into_iter().chain(hosted(moment, days_of(asked)).await?);
    for (person, starts_at, ends_at) in planned {
        taken.entry(person).or_default().extend(Taken::between(starts_at, ends_at));
    }
    for (person, promised) in promised(moment).await? {
        taken.entry(person).or_default().extend(promised);
    }
    Ok(taken)
}

/// When somebody is there, from one moment to another.
type Stretch = (PersonId, DateTime<Utc>, DateTime<Utc>);

/// The days of a round, from midnight to midnight.
fn days_of(asked: &RoundToAsk) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = |date: NaiveDate| ::series::instant(date.and_time(NaiveTime::MIN));
    (midnight(asked.starts_on), midnight(asked.ends_on + Days::new(1)))
}

/// The sessions between two moments: those that people lead, those of their groups, those of clinics at which they have booked a place, and those
/// at which they are beside the supervisor.
async fn sessions(moment: &mut Transaction, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> Result<Vec<Stretch>, AppError> {
    const SESSIONS: &str = "\
WITH planned AS (
    SELECT id, group_id, supervisor_id, starts_at, ends_at
    FROM session
    WHERE cancelled_at IS NULL
        AND starts_at >= $1
        AND starts_at < $2
)
SELECT s.supervisor_id AS person_id, s.starts_at, s.ends_at
FROM planned s
UNION ALL
SELECT m.person_id, s.starts_at, s.ends_at
FROM planned s
JOIN membership m ON m.group_id = s.group_id
WHERE m.left_on IS NULL
UNION ALL
SELECT b.person_id, s.starts_at, s.ends_at
FROM planned s
JOIN booking b ON b.session_id = s.id
WHERE b.place IS NOT NULL
UNION ALL
SELECT h.person_id, s.starts_at, s.ends_at
FROM planned s
JOIN session_host h ON h.session_id = s.id";

    Ok(on!(&mut moment, connection => sqlx::query_as(SESSIONS).bind(from).bind(until).fetch_all(connection).await)?)
}

/// The events between two moments, by whoever hosts them. Who only comes to one can do without it.
async fn hosted(moment: &mut Transaction, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> Result<Vec<Stretch>, AppError> {
    const HOSTED: &str = "\
SELECT host_id, starts_at, ends_at
FROM event
WHERE published_at IS NOT NULL
    AND cancelled_at IS NULL
    AND starts_at >= $1
    AND starts_at < $2";

    Ok(on!(&mut moment, connection => sqlx::query_as(HOSTED).bind(from).bind(until).fetch_all(connection).await)?)
}

/// When other calendars are busy on the days of a round.
async fn elsewhere(moment: &mut Transaction, asked: &RoundToAsk) -> Result<HashMap<PersonId, Vec<Taken>>, AppError> {
    let blocks = busy_blocks(moment, Busy::Everybody, days_of(asked)).await?;
    let taken = |blocks: Vec<BusyBlock>| blocks.into_iter().flat_map(|block| Taken::between(block.starts_at, block.ends_at)).collect();
    Ok(blocks.into_iter().map(|(person, blocks)| (person, taken(blocks))).collect())
}

/// The dates of groups that people were asked about, until their own sessions are published or they end.
async fn promised(moment: &mut Transaction) -> Result<Vec<(PersonId, Vec<Taken>)>, AppError> {
    const PROMISED: &str = concat!(
        "\
SELECT w.person_id, r.starts_on, r.ends_on, r.meets_every, g.week, g.day, g.start_minute, g.length_minutes
FROM asked_person w
JOIN asked_group g ON g.id = w.asked_group_id
JOIN matching_round r ON r.id = g.round_id
WHERE (w.answer = 'accepted' OR (w.answer IS NULL AND g.closed_at IS NULL))
    AND w.beside_settled_at IS NULL
    AND ",
        is_promised!()
    );

    type Row = (PersonId, NaiveDate, NaiveDate, MeetsEvery, i64, i64, i64, i64);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PROMISED).fetch_all(connection).await)?;
    let dates = |(person, starts_on, ends_on, meets_every, week, day, from, length): Row| {
        let dates = Cycle::of((starts_on, ends_on), meets_every).dates_of(week, day);
        (person, dates.map(|on| Taken { on, from, to: from + length }).collect())
    };
    Ok(rows.into_iter().map(dates).collect())
}

/// How many groups each supervisor leads, alone or beside another, that began after they said how many new ones they could take on, and how many more they are
/// asked to lead. Whoever is there to learn takes on none by it.
pub(super) async fn led_since(moment: &mut Transaction) -> Result<HashMap<PersonId, i64>, AppError> {
    const LED_SINCE: &str = "\
SELECT led.person_id, COUNT(*)
FROM (
    SELECT g.supervisor_id AS person_id
    FROM supervision_group g
    JOIN offering o ON o.person_id = g.supervisor_id
    WHERE g.ended_at IS NULL
        AND g.kind IN ('group', 'vig', 'supervisors')
        AND g.created_at > o.confirmed_at
    UNION ALL
    SELECT w.person_id
    FROM asked_person w
    WHERE w.part = 'supervisor'
        AND (w.beside IS NULL OR w.beside = 'co_supervisor')
        AND w.ended_at IS NULL
        AND (w.answer IS NULL OR w.answer = 'accepted')
    UNION ALL
    SELECT w.person_id
    FROM asked_person w
    JOIN asked_group a ON a.id = w.asked_group_id
    JOIN supervision_group g ON g.id = a.group_id
    JOIN offering o ON o.person_id = w.person_id
    WHERE w.beside = 'co_supervisor'
        AND w.answer = 'accepted'
        AND g.ended_at IS NULL
        AND g.created_at > o.confirmed_at
        AND (
            w.beside_settled_at IS NULL
            OR EXISTS (
                SELECT 1
                FROM session s
                JOIN session_host h ON h.session_id = s.id
                WHERE s.group_id = g.id AND h.person_id = w.person_id
            )
        )
) led
GROUP BY led.person_id";

    let rows: Vec<(PersonId, i64)> = on!(&mut moment, connection => sqlx::query_as(LED_SINCE).fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

/// Since when those wait who have asked for supervision.
pub(super) async fn waits_since(moment: &mut Transaction) -> Result<HashMap<PersonId, DateTime<Utc>>, AppError> {
    const WAITS_SINCE: &str = "SELECT person_id, MIN(asked_at) FROM waiting_entry WHERE ended_at IS NULL GROUP BY person_id";

    let rows: Vec<(PersonId, DateTime<Utc>)> = on!(&mut moment, connection => sqlx::query_as(WAITS_SINCE).fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

/// Everybody who is supervised or supervises, in the order of their codes.
async fn people(moment: &mut Transaction) -> Result<Vec<Known>, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.profession, p.standing, a.slug, a.name AS authority_name, a.gss_code, a.region, a.stage,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role IN ('practitioner', 'supervisor'))";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        profession: String,
        standing: Standing,
        slug: Option<String>,
        authority_name: Option<String>,
        gss_code: Option<String>,
        region: Option<String>,
        stage: Option<Stage>,
        roles: String,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).fetch_all(connection).await)?;
    let known = |row: Row| {
        let authority = row.slug.zip(row.authority_name).zip(row.gss_code).zip(row.region).zip(row.stage);
        Known {
            id: row.id,
            name: row.name.into(),
            profession: row.profession,
            standing: row.standing,
            authority: authority.map(|((((slug, name), gss_code), region), stage)| Authority { slug, name, gss_code, region, stage }),
            is_supervisor: Roles::of_list(&row.roles).contains(Role::Supervisor),
        }
    };
    let mut people: Vec<Known> = rows.into_iter().map(known).collect();
    people.sort_unstable_by(|one, other| one.name.code.cmp(&other.name.code));
    Ok(people)
}
