//! An entry as the list reads it: what was asked for, who waits, and the place that is held for them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::groups::GroupKind;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::waiting::answers::{Asked, HeldPlace, WaitingLine};
use crate::waiting::model::{Urgency, Way};

/// What was asked for: `e.kind, e.way, e.times, e.urgency, e.wanted_words`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct AskedRow {
    kind: GroupKind,
    way: Way,
    times: Json<Vec<String>>,
    urgency: i64,
    wanted_words: String,
}

impl From<AskedRow> for Asked {
    fn from(row: AskedRow) -> Self {
        let AskedRow { kind, way, times, urgency, wanted_words } = row;
        Self { kind, way, times: times.0, urgency: Urgency::of_rank(urgency), wanted: wanted_words }
    }
}

/// Somebody and their work: the columns of a name, `p.profession` and `authority`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct PersonRow {
    #[sqlx(flatten)]
    name: NameRow,
    profession: String,
    authority: String,
}

impl PersonRow {
    /// Their name, and "Health visitor, Bradford".
    pub(super) fn told(self) -> (PersonName, String) {
        let about: Vec<String> = [self.profession, self.authority].into_iter().filter(|part| !part.is_empty()).collect();
        (self.name.into(), about.join(", "))
    }
}

/// Entries `e` that still count, of people `p` who are not suspended: the columns of [`EntryRow`] and `$columns`, and what follows the conditions.
macro_rules! entries {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT e.code AS entry_code, e.kind, e.way, e.times, e.urgency, e.wanted_words, e.asked_at, p.code, p.title, p.given_name, p.family_name,
    p.profession, COALESCE(a.name, '') AS authority, f.code AS offer_code, f.holds_until, g.slug AS group_slug, g.name AS group_name, ",
            $columns,
            "
FROM waiting_entry e
JOIN person p ON p.id = e.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN place_offer f ON f.entry_id = e.id AND f.ended_at IS NULL
LEFT JOIN supervision_group g ON g.id = f.group_id
WHERE e.ended_at IS NULL
    AND p.standing <> 'suspended'
",
            $end
        )
    };
}
pub(super) use entries;

/// An entry, with the place that is held.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct EntryRow {
    entry_code: String,
    #[sqlx(flatten)]
    asked: AskedRow,
    asked_at: DateTime<Utc>,
    #[sqlx(flatten)]
    person: PersonRow,
    offer_code: Option<String>,
    holds_until: Option<DateTime<Utc>>,
    group_slug: Option<String>,
    group_name: Option<String>,
}

impl From<EntryRow> for WaitingLine {
    fn from(row: EntryRow) -> Self {
        let EntryRow { entry_code, asked, asked_at, person, offer_code, holds_until, group_slug, group_name } = row;
        let (person, about) = person.told();
        let held = offer_code.zip(holds_until).zip(group_slug.zip(group_name));
        let offer =
            held.map(|((code, until), (group_slug, group_name))| HeldPlace { code, person: person.clone(), group_slug, group_name, until });
        Self { entry: entry_code, person, about, asked: asked.into(), since: asked_at, offer }
    }
}
