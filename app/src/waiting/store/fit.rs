//! Who waits and fits a group with a free place.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::row::{AskedRow, PersonRow};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, kept_out_of, places_taken};
use crate::groups::{GroupId, MeetingMode};
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::waiting::answers::{Asked, HeldPlace, Waiter, WhoFits};
use crate::waiting::fit::{Place, Wish};
use crate::waiting::model::usual_part;

/// Who waits and fits a group, in the order in which they would be asked, and who does not; and for whom a place is held.
pub async fn who_fits(actor: &Actor, group: &OpenedGroup) -> Result<WhoFits, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let (place, free) = place_in(moment, group.id(), actor.now()).await?;
    let ranked = ranked(moment, (group.id(), group.supervisor()), place).await?;
    let waiter = |waiting: Waiting, reasons: Vec<String>| Waiter {
        entry: waiting.entry,
        person: waiting.name,
        about: waiting.about,
        reason: sentence(&reasons),
    };
    Ok(WhoFits {
        slug: group.slug().to_owned(),
        free,
        held: held_places(moment, group).await?,
        meets: place.meets.map(|meets| meets.to_string()),
        fitting: ranked.fitting.into_iter().map(|(waiting, reasons)| waiter(waiting, reasons)).collect(),
        others: ranked.others.into_iter().map(|(waiting, obstacles)| waiter(waiting, obstacles)).collect(),
    })
}

/// "Thursday mornings suit, online suits, has waited 34 days."
pub(super) fn sentence(parts: &[String]) -> String {
    let joined = parts.join(", ");
    let mut letters = joined.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// Everybody who waits for the kind of a group and could be asked.
pub(super) struct Ranked {
    /// Who fits, the first to be asked first, each with the reasons.
    pub fitting: Vec<(Waiting, Vec<String>)>,
    /// Who does not fit, each with what is in the way.
    pub others: Vec<(Waiting, Vec<String>)>,
}

/// Somebody who waits.
pub(super) struct Waiting {
    /// The entry's part of forms.
    pub entry: String,
    name: crate::people::PersonName,
    about: String,
    wish: Wish,
}

/// What a group is to those who wait, and how many of its places are neither taken nor held.
pub(super) async fn place_in(moment: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<(Place, i64), AppError> {
    const GROUP: &str = concat!("SELECT g.mode, g.capacity - ", places_taken!("g.id"), " FROM supervision_group g WHERE g.id = $1");
    const NEXT: &str = "\
SELECT starts_local
FROM session
WHERE group_id = $1
    AND starts_at > $2
    AND cancelled_at IS NULL
ORDER BY starts_at
LIMIT 6";

    let (mode, free): (MeetingMode, i64) = on!(&mut moment, connection => sqlx::query_as(GROUP).bind(group).fetch_one(connection).await)?;
    let starts: Vec<NaiveDateTime> =
        on!(&mut moment, connection => sqlx::query_scalar(NEXT).bind(group).bind(now).fetch_all(connection).await)?;
    Ok((Place { meets: usual_part(&starts), mode, today: ::series::local(now).date() }, free))
}

/// Whether a role of somebody's lets them be in the group `g`, as a condition of a statement.
macro_rules! has_role_for {
    ($person:literal) => {
        concat!(
            "\
EXISTS (
        SELECT 1
        FROM person_role r
        WHERE r.person_id = ",
            $person,
            " AND (r.role = 'supervisor' OR (r.role = 'practitioner' AND g.kind <> 'supervisors'))
    )"
        )
    };
}
pub(super) use has_role_for;

/// Whoever waits for the kind of a group, is not in it, does not lead it, and has no offer elsewhere; but nobody who would be refused the place, of whom
/// it is not said that they wait either.
pub(super) async fn ranked(moment: &mut Transaction, (group, supervisor): (GroupId, PersonId), place: Place) -> Result<Ranked, AppError> {
    const WAITING: &str = concat!(
        "\
SELECT p.id AS person_id, e.code AS entry_code, e.kind, e.way, e.times, e.urgency, e.wanted_words, e.asked_at,
    p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority,
    COALESCE(e.wanted_group_id = g.id, FALSE) AS is_wanted,
    (
        SELECT COUNT(*)
        FROM place_offer f
        WHERE f.person_id = e.person_id AND f.group_id = g.id AND f.outcome IN ('declined', 'expired')
    ) AS had_offers
FROM supervision_group g
JOIN waiting_entry e ON e.kind = g.kind AND e.ended_at IS NULL
JOIN person p ON p.id = e.person_id
LEFT JOIN authority a ON a.id = p.authority_id
WHERE g.id = $1
    AND g.ended_at IS NULL
    AND p.standing <> 'suspended'
    AND p.id <> g.supervisor_id
    AND ",
        has_role_for!("p.id"),
        "
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = p.id AND m.left_on IS NULL)
    AND NOT EXISTS (SELECT 1 FROM place_offer h WHERE h.entry_id = e.id AND h.ended_at IS NULL)
ORDER BY e.urgency, e.asked_at, e.id"
    );

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(WAITING).bind(group).fetch_all(connection).await)?;
    let kept_out = kept_out_of(moment, group, supervisor).await?;
    let mut everybody: Vec<Waiting> = rows.into_iter().filter(|row| !kept_out.has(row.person_id)).map(Waiting::from).collect();
    everybody.sort_by_key(|waiting| waiting.wish.order());
    let (mut fitting, mut others) = (Vec::new(), Vec::new());
    for waiting in everybody {
        let obstacles = waiting.wish.obstacles(place);
        if obstacles.is_empty() {
            let reasons = waiting.wish.reasons(place);
            fitting.push((waiting, reasons));
        } else {
            others.push((waiting, obstacles));
        }
    }
    Ok(Ranked { fitting, others })
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: PersonId,
    entry_code: String,
    #[sqlx(flatten)]
    asked: AskedRow,
    asked_at: DateTime<Utc>,
    #[sqlx(flatten)]
    person: PersonRow,
    is_wanted: bool,
    had_offers: i64,
}

impl From<Row> for Waiting {
    fn from(row: Row) -> Self {
        let Asked { way, times, urgency, .. } = row.asked.into();
        let (name, about) = row.person.told();
        let wish = Wish { way, times, urgency, since: row.asked_at, is_wanted: row.is_wanted, had_offer: row.had_offers > 0 };
        Self { entry: row.entry_code, name, about, wish }
    }
}

/// For whom places of a group are held, the first to end first.
async fn held_places(moment: &mut Transaction, group: &OpenedGroup) -> Result<Vec<HeldPlace>, AppError> {
    const HELD: &str = "\
SELECT f.code AS offer_code, f.holds_until, p.code, p.title, p.given_name, p.family_name
FROM place_offer f
JOIN person p ON p.id = f.person_id
WHERE f.group_id = $1
    AND f.ended_at IS NULL
ORDER BY f.holds_until, f.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        offer_code: String,
        holds_until: DateTime<Utc>,
        #[sqlx(flatten)]
        person: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(HELD).bind(group.id()).fetch_all(connection).await)?;
    let held = rows.into_iter().map(|row| HeldPlace {
        code: row.offer_code,
        person: row.person.into(),
        group_slug: group.slug().to_owned(),
        group_name: group.name().to_owned(),
        until: row.holds_until,
    });
    Ok(held.collect())
}
