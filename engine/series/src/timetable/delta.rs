//! Rows as they were and as they are to be.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::rows::{Series, Session, Timetable};

/// Everything that one edit changes, in order of identity. Rows that stay as they are do not stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    pub series: Vec<RowChange<Series>>,
    pub sessions: Vec<RowChange<Session>>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowChange<Row> {
    Added(Row),
    Changed {
        before: Row,
        after: Row,
    },
    /// Only an undo takes a row back, and only one that its edit had made.
    Removed(Row),
}

/// Somebody else has changed a row meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Somebody else has changed this series meanwhile. Nothing was changed; look at it as it is now.")]
pub struct Overtaken;

/// Why an edit cannot be undone any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UndoProblem {
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
    #[error("A session has begun meanwhile, or its attendance is being marked, so this can no longer be undone.")]
    Settled,
}

impl Delta {
    /// What leads from one timetable to another. Several edits that were made one after the other become one change in this way.
    pub fn between(before: &Timetable, after: &Timetable) -> Self {
        Self { series: changes(&before.series, &after.series), sessions: changes(&before.sessions, &after.sessions) }
    }

    /// What leads back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            series: self.series.iter().map(RowChange::inverse).collect(),
            sessions: self.sessions.iter().map(RowChange::inverse).collect(),
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.series.is_empty() && self.sessions.is_empty()
    }
}

impl<Row> RowChange<Row> {
    /// The row as it was, where there was one.
    pub fn before(&self) -> Option<&Row> {
        match self {
            Self::Added(_) => None,
            Self::Changed { before: row, .. } | Self::Removed(row) => Some(row),
        }
    }

    /// The row as it is to be, where there is to be one.
    pub fn after(&self) -> Option<&Row> {
        match self {
            Self::Removed(_) => None,
            Self::Changed { after: row, .. } | Self::Added(row) => Some(row),
        }
    }
}

impl<Row: Clone> RowChange<Row> {
    fn inverse(&self) -> Self {
        match self {
            Self::Added(row) => Self::Removed(row.clone()),
            Self::Removed(row) => Self::Added(row.clone()),
            Self::Changed { before, after } => Self::Changed { before: after.clone(), after: before.clone() },
        }
    }
}

impl Timetable {
    /// This timetable with a change made to it, if every row is still as the change found it.
    pub fn apply(&self, delta: &Delta) -> Result<Self, Overtaken> {
        let mut after = self.clone();
        for change in &delta.series {
            replace(&mut after.series, |series| series.key, change)?;
        }
        for change in &delta.sessions {
            replace(&mut after.sessions, |session| session.key, change)?;
        }
        Ok(after)
    }

    /// The change that takes an edit back: its inverse, if nobody has touched its rows and no session that it would alter is settled.
    pub fn undo(&self, edit: &Delta, now: DateTime<Utc>) -> Result<Delta, UndoProblem> {
        let inverse = edit.inverse();
        self.apply(&inverse)?;
        let alters_settled = inverse.sessions.iter().any(|change| match change {
            RowChange::Changed { before, after } => before.is_settled(now) && !before.has_facts_of(after),
            RowChange::Removed(session) => session.is_settled(now),
            RowChange::Added(_) => false,
        });
        if alters_settled { Err(UndoProblem::Settled) } else { Ok(inverse) }
    }
}

fn changes<Key: Ord, Row: Clone + PartialEq>(before: &BTreeMap<Key, Row>, after: &BTreeMap<Key, Row>) -> Vec<RowChange<Row>> {
    let removed_or_changed = before.iter().filter_map(|(key, row)| match after.get(key) {
        None => Some((key, RowChange::Removed(row.clone()))),
        Some(same) if same == row => None,
        Some(changed) => Some((key, RowChange::Changed { before: row.clone(), after: changed.clone() })),
    });
    let added = after.iter().filter(|(key, _)| !before.contains_key(key)).map(|(key, row)| (key, RowChange::Added(row.clone())));
    let mut changes: Vec<_> = removed_or_changed.chain(added).collect();
    changes.sort_by_key(|(key, _)| *key);
    changes.into_iter().map(|(_, change)| change).collect()
}

fn replace<Key: Ord, Row: Clone + PartialEq>(
    rows: &mut BTreeMap<Key, Row>,
    key_of: impl Fn(&Row) -> Key,
    change: &RowChange<Row>,
) -> Result<(), Overtaken> {
    let Some(key) = change.before().or(change.after()).map(key_of) else {
        return Ok(());
    };
    if rows.get(&key) != change.before() {
        return Err(Overtaken);
    }
    match change.after() {
        Some(row) => rows.insert(key, row.clone()),
        None => rows.remove(&key),
    };
    Ok(())
}
