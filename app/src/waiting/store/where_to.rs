//! Where one person who waits could go: groups with a free place, a new group, or the list. Nothing is read of them but what stands in the list, so that
//! nobody has opened a record of theirs.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::types::Json;

use super::fit::{has_role_for, sentence};
use super::row::{EntryRow, entries};
use crate::access::{Actor, Permission};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::{below_by_now, places_taken};
use crate::groups::{GroupId, GroupKind, MeetingMode};
use crate::people::PersonId;
use crate::people::store::{Apart, NameRow, apart_by_now, held_by_now};
use crate::waiting::answers::WaitingLine;
use crate::waiting::fit::{Place, Wish};
use crate::waiting::model::{PartOfWeek, Way, usual_part};
use crate::waiting::where_to::{GroupToJoin, NewGroup, WhereTo};

/// So many times are told at which a new group could meet.
const TIMES_TOLD: usize = 3;

/// Somebody who waits, by an entry, with where they could go.
pub async fn where_to(actor: &Actor, code: &str) -> Result<WhereTo, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let entry = entry_of(moment, code).await?;
    let held = held_by_now(moment).await?;
    let apart = apart_by_now(moment).await?;
    let may_know = actor.may(Permission::ManageMatching);
    let is_held = held.contains(&entry.person);
    let kept_out = KeptOut { of: entry.person, apart: &apart, below: below_by_now(moment, entry.person).await?.into_iter().collect() };
    let (mut fitting, mut others) = (Vec::new(), Vec::new());
    for (group, place) in groups_to_join(moment, (code, entry.line.asked.kind), actor.now()).await?.into_iter().filter(|_| !is_held) {
        let wish = entry.wish(&group);
        let (may_be_offered, obstacles) = match kept_out.why(&group) {
            // Of whom somebody is kept apart, is nothing to others.
            Some(why) if why.is_confidential && !may_know => continue,
            Some(why) => (false, vec![why.words.to_owned()]),
            None => (true, wish.obstacles(place)),
        };
        if obstacles.is_empty() {
            let mut reasons = wish.suits(place);
            reasons.push(match group.capacity {
                1 => "its one place is free".to_owned(),
                capacity => format!("{} of {capacity} places are taken", capacity - group.free),
            });
            fitting.push((
                (!group.is_wanted, place.meets.is_none(), group.capacity - group.free),
                group.told(place, &reasons, may_be_offered),
            ));
        } else {
            others.push((obstacles.len(), group.told(place, &obstacles, may_be_offered)));
        }
    }
    fitting.sort_by_key(|(order, _)| *order);
    others.sort_by_key(|(obstacles, _)| *obstacles);
    let needed = usize::try_from(*entry.line.asked.kind.places().start() - 1).unwrap_or_default();
    let new_group = if is_held { Vec::new() } else { new_groups(moment, &entry, (&apart, &held)).await? };
    let WaitingLine { entry, person, about, asked, since, offer } = entry.line;
    Ok(WhereTo {
        entry,
        is_held: is_held && may_know,
        fitting: fitting.into_iter().map(|(_, group)| group).collect(),
        others: others.into_iter().map(|(_, group)| group).collect(),
        new_group: new_group.into_iter().filter(|one| needed > 0 && one.others >= needed).take(TIMES_TOLD).collect(),
        needed,
        person,
        about,
        asked,
        since,
        offer,
    })
}

/// Somebody who waits.
struct Entry {
    person: PersonId,
    line: WaitingLine,
}

impl Entry {
    fn wish(&self, group: &GroupRow) -> Wish {
        let WaitingLine { asked, since, .. } = &self.line;
        Wish {
            way: asked.way,
            times: asked.times.clone(),
            urgency: asked.urgency,
            since: *since,
            is_wanted: group.is_wanted,
            had_offer: group.had_offers > 0,
        }
    }
}

async fn entry_of(moment: &mut Transaction, code: &str) -> Result<Entry, AppError> {
    const ENTRY: &str = entries!("p.id AS person_id", "    AND e.code = $1");

    #[derive(sqlx::FromRow)]
    struct Row {
        person_id: PersonId,
        #[sqlx(flatten)]
        entry: EntryRow,
    }

    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(ENTRY).bind(code).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(Entry { person: row.person_id, line: row.entry.into() })
}

/// A group that has a place which is neither taken nor held, and who is in it or has an offer of a place in it.
struct GroupRow {
    slug: String,
    name: String,
    mode: MeetingMode,
    capacity: i64,
    free: i64,
    is_wanted: bool,
    had_offers: i64,
    supervisor: PersonId,
    supervisor_name: crate::people::PersonName,
    there: Vec<PersonId>,
}

impl GroupRow {
    fn told(self, place: Place, reasons: &[String], may_be_offered: bool) -> GroupToJoin {
        GroupToJoin {
            slug: self.slug,
            name: self.name,
            supervisor: self.supervisor_name,
            meets: place.meets.map(|meets| meets.to_string()).unwrap_or_default(),
            mode: self.mode,
            reason: sentence(reasons),
            may_be_offered,
        }
    }
}

/// Who is in which group of a kind, and when groups meet next: a statement for each, however many groups there are.
async fn groups_to_join(
    moment: &mut Transaction,
    (code, kind): (&str, GroupKind),
    now: DateTime<Utc>,
) -> Result<Vec<(GroupRow, Place)>, AppError> {
    const GROUPS: &str = concat!(
        "\
SELECT g.id, g.slug, g.name, g.mode, g.capacity, g.capacity - ",
        places_taken!("g.id"),
        " AS free, g.supervisor_id, p.code, p.title, p.given_name, p.family_name, COALESCE(e.wanted_group_id = g.id, FALSE) AS is_wanted,
    (
        SELECT COUNT(*)
        FROM place_offer f
        WHERE f.person_id = e.person_id AND f.group_id = g.id AND f.outcome IN ('declined', 'expired')
    ) AS had_offers
FROM waiting_entry e
JOIN supervision_group g ON g.kind = e.kind AND g.ended_at IS NULL
JOIN person p ON p.id = g.supervisor_id
WHERE e.code = $1
    AND e.ended_at IS NULL
    AND g.supervisor_id <> e.person_id
    AND ",
        has_role_for!("e.person_id"),
        "
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = e.person_id AND m.left_on IS NULL)
    AND g.capacity > ",
        places_taken!("g.id"),
        "
ORDER BY g.name_key, g.slug"
    );
    const THERE: &str = "\
SELECT m.group_id, m.person_id
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
WHERE g.kind = $1
    AND g.ended_at IS NULL
    AND m.left_on IS NULL
UNION
SELECT f.group_id, f.person_id
FROM place_offer f
JOIN supervision_group g ON g.id = f.group_id
WHERE g.kind = $1
    AND g.ended_at IS NULL
    AND f.ended_at IS NULL";
    const NEXT: &str = "\
SELECT n.group_id, n.starts_local
FROM (
    SELECT s.group_id, s.starts_local, ROW_NUMBER() OVER (PARTITION BY s.group_id ORDER BY s.starts_at) AS nth
    FROM session s
    JOIN supervision_group g ON g.id = s.group_id
    WHERE g.kind = $1
        AND g.ended_at IS NULL
        AND s.starts_at > $2
        AND s.cancelled_at IS NULL
) n
WHERE n.nth <= 6
ORDER BY n.group_id, n.nth";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: GroupId,
        slug: String,
        name: String,
        mode: MeetingMode,
        capacity: i64,
        free: i64,
        is_wanted: bool,
        had_offers: i64,
        supervisor_id: PersonId,
        #[sqlx(flatten)]
        supervisor: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(GROUPS).bind(code).fetch_all(connection).await)?;
    let people: Vec<(GroupId, PersonId)> = on!(&mut moment, connection => sqlx::query_as(THERE).bind(kind).fetch_all(connection).await)?;
    let starts: Vec<(GroupId, NaiveDateTime)> =
        on!(&mut moment, connection => sqlx::query_as(NEXT).bind(kind).bind(now).fetch_all(connection).await)?;
    let (mut there, mut next): (HashMap<GroupId, Vec<PersonId>>, HashMap<GroupId, Vec<NaiveDateTime>>) = (HashMap::new(), HashMap::new());
    for (group, person) in people {
        there.entry(group).or_default().push(person);
    }
    for (group, start) in starts {
        next.entry(group).or_default().push(start);
    }
    let today = ::series::local(now).date();
    let group = |row: Row| {
        let place = Place { meets: usual_part(next.get(&row.id).map(Vec::as_slice).unwrap_or_default()), mode: row.mode, today };
        let there = there.remove(&row.id).unwrap_or_default();
        let Row { slug, name, mode, capacity, free, is_wanted, had_offers, supervisor_id, supervisor, .. } = row;
        let supervisor_name = supervisor.into();
        (GroupRow { slug, name, mode, capacity, free, is_wanted, had_offers, supervisor: supervisor_id, supervisor_name, there }, place)
    };
    Ok(rows.into_iter().map(group).collect())
}

/// Who would be refused a place, looked at for one person and many groups.
struct KeptOut<'a> {
    of: PersonId,
    apart: &'a Apart,
    /// Whom they supervise.
    below: HashSet<PersonId>,
}

/// Why somebody would be refused a place.
struct Why {
    words: &'static str,
    is_confidential: bool,
}

impl KeptOut<'_> {
    fn why(&self, group: &GroupRow) -> Option<Why> {
        let is_apart = |other: &PersonId| self.apart.are_apart(self.of, *other);
        if is_apart(&group.supervisor) || group.there.iter().any(is_apart) {
            return Some(Why { words: "may not be in one group with somebody in it", is_confidential: true });
        }
        let is_above = self.below.contains(&group.supervisor);
        is_above.then_some(Why { words: "supervises whoever leads it", is_confidential: false })
    }
}

/// When others could come who wait for the same kind, have no offer, and could be in one group with somebody: the times at which most could first.
async fn new_groups(
    moment: &mut Transaction,
    entry: &Entry,
    (apart, held): (&Apart, &HashSet<PersonId>),
) -> Result<Vec<NewGroup>, AppError> {
    const OTHERS: &str = "\
SELECT e.person_id, e.way, e.times
FROM waiting_entry e
JOIN person p ON p.id = e.person_id
WHERE e.kind = $1
    AND e.code <> $2
    AND e.ended_at IS NULL
    AND p.standing <> 'suspended'
    AND NOT EXISTS (SELECT 1 FROM place_offer h WHERE h.entry_id = e.id AND h.ended_at IS NULL)";

    let rows: Vec<(PersonId, Way, Json<Vec<String>>)> = on!(&mut moment, connection => sqlx::query_as(OTHERS)
        .bind(entry.line.asked.kind)
        .bind(&entry.line.entry)
        .fetch_all(connection).await)?;
    let suits =
        |way: Way| [MeetingMode::Online, MeetingMode::InPerson].into_iter().any(|mode| way.suits(mode) && entry.line.asked.way.suits(mode));
    let could =
        rows.into_iter().filter(|(person, way, _)| suits(*way) && !held.contains(person) && !apart.are_apart(entry.person, *person));
    let could: Vec<Vec<String>> = could.map(|(_, _, Json(times))| times).collect();
    let mut groups: Vec<NewGroup> = entry
        .line
        .asked
        .times
        .iter()
        .filter_map(|time| {
            let others = could.iter().filter(|times| times.contains(time)).count();
            Some(NewGroup { when: PartOfWeek::of_key(time)?.to_string(), others })
        })
        .collect();
    groups.sort_by_key(|group| Reverse(group.others));
    Ok(groups)
}
