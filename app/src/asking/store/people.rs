//! Everybody who takes part in a round, by what its files call them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::matching::{Part, RoundId, ident};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName, Standing};

/// Somebody who takes part in a round.
#[derive(Clone, Debug)]
pub(super) struct RoundPerson {
    pub id: PersonId,
    pub name: PersonName,
    pub profession: String,
    pub authority: String,
    pub standing: Standing,
    /// Whether they are held from matching.
    pub is_held: bool,
    /// Whether they have stated a need; what it is, is read where it can be met.
    pub has_access_need: bool,
    /// Since when they wait.
    pub since: Option<DateTime<Utc>>,
    /// The kinds of group for which they were asked, and have not declined.
    pub asked_for: HashSet<GroupKind>,
    /// The kinds of group that they have joined since the round was started.
    pub joined_since: HashSet<GroupKind>,
}

impl RoundPerson {
    /// "Health visitor, Bradford".
    pub fn about(&self) -> String {
        about(&self.profession, &self.authority)
    }

    /// Why they are not asked; nothing where they are.
    pub fn obstacle(&self, kind: GroupKind) -> Option<&'static str> {
        if self.standing == Standing::Suspended {
            return Some("Is suspended.");
        }
        if self.is_held {
            return Some("Is not available for matching.");
        }
        if self.joined_since.contains(&kind) {
            return Some("Has joined such a group since the round was started.");
        }
        self.asked_for.contains(&kind).then_some("Is asked about another group, and has not declined.")
    }
}

/// "Health visitor, Bradford".
pub(super) fn about(profession: &str, authority: &str) -> String {
    [profession, authority].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Everybody who takes part in a round.
pub(super) async fn people_of(moment: &mut Transaction, round: RoundId) -> Result<HashMap<String, RoundPerson>, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.profession, p.standing, COALESCE(a.name, '') AS authority,
    r.part, (g.access_needs <> '' OR CAST(g.needs AS TEXT) <> '[]') IS TRUE AS has_access_need, g.confirmed_at,
    EXISTS (SELECT 1 FROM safety_hold h WHERE h.person_id = p.id AND h.lifted_at IS NULL) AS is_held,
    (SELECT MIN(e.asked_at) FROM waiting_entry e WHERE e.person_id = p.id AND e.ended_at IS NULL) AS waits_since
FROM round_person r
JOIN person p ON p.id = r.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN registration g ON g.person_id = p.id
WHERE r.round_id = $1
    AND CAST(r.obstacles AS TEXT) = '[]'";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        profession: String,
        standing: Standing,
        authority: String,
        part: Part,
        has_access_need: bool,
        is_held: bool,
        confirmed_at: Option<DateTime<Utc>>,
        waits_since: Option<DateTime<Utc>>,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(round).fetch_all(connection).await)?;
    let (mut asked_for, mut joined_since) = (asked_for(moment).await?, joined_since(moment, round).await?);
    let person = |row: Row| {
        let name = PersonName::from(row.name);
        let of_practitioner = |kinds: &mut HashMap<PersonId, HashSet<GroupKind>>| {
            if row.part == Part::Practitioner { kinds.remove(&row.id).unwrap_or_default() } else { HashSet::new() }
        };
        let (asked_for, joined_since) = (of_practitioner(&mut asked_for), of_practitioner(&mut joined_since));
        let person = RoundPerson {
            id: row.id,
            profession: row.profession,
            authority: row.authority,
            standing: row.standing,
            is_held: row.is_held,
            has_access_need: row.has_access_need,
            since: [row.waits_since, row.confirmed_at].into_iter().flatten().min(),
            asked_for,
            joined_since,
            name,
        };
        (ident(row.part, &person.name.code), person)
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The kinds of group that people have joined since a round was started. Whoever takes part in it although they were in one already does so
/// because a coordinator has asked for that.
async fn joined_since(moment: &mut Transaction, round: RoundId) -> Result<HashMap<PersonId, HashSet<GroupKind>>, AppError> {
    const STARTED: &str = "SELECT started_at FROM matching_round WHERE id = $1";
    const JOINED: &str = "\
SELECT m.person_id, g.kind
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
WHERE m.left_on IS NULL
    AND g.ended_at IS NULL
    AND m.joined_on > $1";

    let started: DateTime<Utc> = on!(&mut moment, connection => sqlx::query_scalar(STARTED).bind(round).fetch_one(connection).await)?;
    let started_on = ::series::local(started).date();
    let rows: Vec<(PersonId, GroupKind)> =
        on!(&mut moment, connection => sqlx::query_as(JOINED).bind(started_on).fetch_all(connection).await)?;
    Ok(by_person(rows))
}

fn by_person(rows: Vec<(PersonId, GroupKind)>) -> HashMap<PersonId, HashSet<GroupKind>> {
    let mut by_person: HashMap<PersonId, HashSet<GroupKind>> = HashMap::new();
    for (person, kind) in rows {
        by_person.entry(person).or_default().insert(kind);
    }
    by_person
}

/// For which kinds of group people are asked, in whatever round, and have not declined.
async fn asked_for(moment: &mut Transaction) -> Result<HashMap<PersonId, HashSet<GroupKind>>, AppError> {
    const ASKED_FOR: &str = "\
SELECT person_id, kind
FROM asked_person
WHERE part = 'practitioner'
    AND ended_at IS NULL
    AND (answer IS NULL OR answer = 'accepted')";

    let rows: Vec<(PersonId, GroupKind)> = on!(&mut moment, connection => sqlx::query_as(ASKED_FOR).fetch_all(connection).await)?;
    Ok(by_person(rows))
}
