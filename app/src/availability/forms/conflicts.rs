//! How conflicts are treated, which of them are kept as they are, and which are shown.

use serde::{Deserialize, Serialize};

use crate::availability::level::{ClashKind, KeepReason, Level};
use crate::error::{AppError, Problem};

/// How each kind of conflict is treated from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    /// The rules as the person was shown them, in the order of [`ClashKind::ALL`].
    pub shown: String,
    /// The keys of the levels by the key of the kind.
    pub supervisor_twice: String,
    /// The same.
    pub member_twice: String,
    /// The same.
    pub closed: String,
    /// The same.
    pub on_leave: String,
    /// The same.
    pub unavailable_date: String,
    /// The same.
    pub outside_hours: String,
    /// The same.
    pub busy_elsewhere: String,
    /// The same.
    pub buffer: String,
    /// The same.
    pub day_cap: String,
    /// The same.
    pub week_cap: String,
}

/// One rule that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// Which rule.
    pub kind: ClashKind,
    /// How it was treated when it was shown.
    pub from: Level,
    /// How it is treated from now on.
    pub to: Level,
}

impl RulesForm {
    /// What is sent for a kind.
    fn level_of(&self, kind: ClashKind) -> &str {
        match kind {
            ClashKind::SupervisorTwice => &self.supervisor_twice,
            ClashKind::MemberTwice => &self.member_twice,
            ClashKind::Closed => &self.closed,
            ClashKind::OnLeave => &self.on_leave,
            ClashKind::UnavailableDate => &self.unavailable_date,
            ClashKind::OutsideHours => &self.outside_hours,
            ClashKind::BusyElsewhere => &self.busy_elsewhere,
            ClashKind::Buffer => &self.buffer,
            ClashKind::DayCap => &self.day_cap,
            ClashKind::WeekCap => &self.week_cap,
        }
    }

    /// The rules that are changed, or everything that is wrong.
    pub fn check(&self) -> Result<Vec<RuleChange>, AppError> {
        let shown: Vec<Option<Level>> = self.shown.split(',').map(Level::of_key).collect();
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        for (place, kind) in ClashKind::ALL.into_iter().enumerate() {
            match (shown.get(place).copied().flatten(), Level::of_key(self.level_of(kind))) {
                (Some(from), Some(to)) => changes.extend((from != to).then_some(RuleChange { kind, from, to })),
                _ => problems.push(Problem::new(kind.key(), "Choose how it is treated.")),
            }
        }
        if problems.is_empty() { Ok(changes) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Leaving a conflict as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    /// The session's part of the address.
    pub session: String,
    /// The key of a [`ClashKind`].
    pub kind: String,
    /// Whose it is, by their code.
    pub person: String,
    /// The key of a [`KeepReason`].
    pub reason: String,
}

/// A conflict that is left as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The session's part of the address.
    pub session: String,
    /// The rule.
    pub kind: ClashKind,
    /// Whose it is, by their code: of whoever leads the session, or of somebody who is there beside them.
    pub person: String,
    /// Why.
    pub reason: KeepReason,
}

impl KeepForm {
    /// What is valid of it.
    pub fn check(&self) -> Result<Keep, AppError> {
        let kind = ClashKind::of_key(&self.kind).ok_or(AppError::NotFound)?;
        let reason = KeepReason::of_key(&self.reason).ok_or_else(|| AppError::invalid("", "Choose why it is left as it is."))?;
        Ok(Keep { session: self.session.clone(), kind, person: self.person.clone(), reason })
    }
}

/// Which part of the conflicts is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConflictFilter {
    /// The key of a kind, or empty.
    pub kind: String,
    /// Which part of the list, counted from one.
    pub page: String,
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fields;
    use super::*;

    #[test]
    fn the_rules_that_are_changed_are_those_that_differ_from_what_was_shown() {
        let form = RulesForm {
            shown: ClashKind::ALL.map(|kind| kind.usual_level().key()).join(","),
            supervisor_twice: "block".to_owned(),
            member_twice: "block".to_owned(),
            closed: "block_publishing".to_owned(),
            on_leave: "block_publishing".to_owned(),
            unavailable_date: "block_publishing".to_owned(),
            outside_hours: "ignore".to_owned(),
            busy_elsewhere: "warn".to_owned(),
            buffer: "warn".to_owned(),
            day_cap: "warn".to_owned(),
            week_cap: "warn".to_owned(),
        };
        let changes: Vec<_> = form.check().unwrap().into_iter().map(|change| (change.kind, change.to)).collect();
        assert_eq!(changes, [(ClashKind::MemberTwice, Level::Block), (ClashKind::OutsideHours, Level::Ignore)]);
        assert_eq!(fields(RulesForm { buffer: "shout".to_owned(), ..form }.check()), ["buffer"]);
    }
}
