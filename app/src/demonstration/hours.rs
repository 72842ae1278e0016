//! Hours that Amina and Ruth had elsewhere and logged for themselves.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::cast::Cast;
use super::draw::Draw;
use super::plan::Present;
use crate::groups::GroupKind;
use crate::hours::{EntryId, Intervention};
use crate::people::PersonId;

/// One entry.
#[derive(Debug, PartialEq)]
pub struct Elsewhere {
    pub id: EntryId,
    pub code: String,
    pub person: PersonId,
    pub held_on: NaiveDate,
    pub minutes: i64,
    pub format: GroupKind,
    pub intervention: Intervention,
    pub supervised_by: &'static str,
    pub logged_at: DateTime<Utc>,
}

/// How many days ago, how long, and with whom.
const AMINAS: [(u64, i64, GroupKind, Intervention, &str); 4] = [
    (9, 60, GroupKind::OneToOne, Intervention::GENERAL, "Line manager, NHS trust"),
    (37, 60, GroupKind::OneToOne, Intervention::GENERAL, "Line manager, NHS trust"),
    (51, 90, GroupKind::Reflective, Intervention::GENERAL, "Psychologist of the hub, local authority"),
    (72, 50, GroupKind::Pair, Intervention::VIG, "VIG supervisor, university"),
];
const RUTHS: [(u64, i64, GroupKind, Intervention, &str); 1] =
    [(24, 50, GroupKind::OneToOne, Intervention::OTHER, "Personal supervisor, private practice")];

/// Invents the entries.
pub fn elsewhere(seed: u64, present: Present, cast: &Cast) -> Vec<Elsewhere> {
    let mut draw = Draw::of(seed, "hours");
    let entries = AMINAS.iter().map(|entry| (cast.amina, entry)).chain(RUTHS.iter().map(|entry| (cast.ruth, entry)));
    entries
        .map(|(person, (days, minutes, format, intervention, supervised_by))| Elsewhere {
            id: EntryId(draw.id()),
            code: draw.code(),
            person,
            held_on: present.today - Days::new(*days),
            minutes: *minutes,
            format: *format,
            intervention: *intervention,
            supervised_by,
            logged_at: present.now - TimeDelta::days(i64::try_from(*days).unwrap_or_default()),
        })
        .collect()
}
