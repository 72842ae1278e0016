//! What an instance must be before anything is made of it.

use std::fmt;

use crate::instance::{INSTANCE_FORMAT, Instance, Rules, Window};
use crate::json::quoted;
use crate::order::in_order;

/// Weights and group sizes beyond this are a slip of the hand; below it no sum of a score can overflow.
const LARGEST_NUMBER: i64 = 1_000_000;

/// Modes and streams are kept as bits of one word.
const MOST_NAMES: usize = 32;

/// So many problems are told; a file with more is wrong in one way many times.
const MOST_PROBLEMS: usize = 20;

/// Why a round cannot be matched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    #[error("the instance cannot be read: {0}")]
    Unreadable(String),
    #[error("{}", Sentences(.0))]
    Invalid(Vec<InstanceProblem>),
}

/// One thing that is wrong with an instance, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceProblem {
    #[error("the format is {}, not {}", quoted(.0), quoted(INSTANCE_FORMAT))]
    OtherFormat(String),
    #[error("{name} is {value}; it lies between {least} and {most}")]
    OutOfRange { name: String, value: i64, least: i64, most: i64 },
    #[error("there are {count} different {names}; at most {MOST_NAMES} can be told apart")]
    TooManyNames { names: &'static str, count: usize },
    #[error("there are {count} {names}; at most {most} fit into one round")]
    TooMany { names: &'static str, count: usize, most: usize },
    #[error("the id {} occurs twice", quoted(.0))]
    IdTwice(String),
    #[error("{id}: the window [{}, {}, {}, {}] is not within one day of the two weeks, or ends before it begins", .window.week, .window.day, .window.from, .window.to)]
    BadWindow { id: String, window: Window },
    #[error("the conflict between {} and {} names {}, who is neither a supervisor nor a practitioner", quoted(.one), quoted(.other), quoted(.missing))]
    UnknownInConflict { one: String, other: String, missing: String },
}

struct Sentences<'a>(&'a [InstanceProblem]);

impl fmt::Display for Sentences<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}

/// Refuses an instance that is not a round, with the first problems that are found.
pub fn check(instance: &Instance) -> Result<(), InstanceError> {
    let mut found = Found(Vec::new());
    if instance.format != INSTANCE_FORMAT {
        found.add(InstanceProblem::OtherFormat(instance.format.clone()));
    }
    check_rules(&instance.rules, &mut found);
    check_counts(instance, &mut found);
    for supervisor in &instance.supervisors {
        found.range(supervisor.max_groups, 0, i64::MAX, || format!("max_groups of {}", supervisor.id));
        found.windows(&supervisor.id, &supervisor.availability);
    }
    for practitioner in &instance.practitioners {
        found.range(practitioner.level, 1, 3, || format!("the level of {}", practitioner.id));
        found.range(practitioner.urgency, 0, 100, || format!("the urgency of {}", practitioner.id));
        found.windows(&practitioner.id, &practitioner.availability);
        found.windows(&practitioner.id, &practitioner.preferred);
    }
    check_ids(instance, &mut found);
    if found.0.is_empty() { Ok(()) } else { Err(InstanceError::Invalid(found.0)) }
}

struct Found(Vec<InstanceProblem>);

impl Found {
    fn add(&mut self, problem: InstanceProblem) {
        if self.0.len() < MOST_PROBLEMS {
            self.0.push(problem);
        }
    }

    fn range(&mut self, value: i64, least: i64, most: i64, name: impl Fn() -> String) {
        if !(least..=most).contains(&value) {
            self.add(InstanceProblem::OutOfRange { name: name(), value, least, most });
        }
    }

    fn windows(&mut self, id: &str, windows: &[Window]) {
        let bad = windows.iter().find(|window| {
            !(0..=1).contains(&window.week)
                || !(0..=6).contains(&window.day)
                || window.from < 0
                || window.to <= window.from
                || window.to > 24 * 60
        });
        if let Some(window) = bad {
            self.add(InstanceProblem::BadWindow { id: id.to_owned(), window: *window });
        }
    }
}

fn check_rules(rules: &Rules, found: &mut Found) {
    found.range(rules.session_minutes, 1, LARGEST_NUMBER, || "session_minutes".to_owned());
    found.range(rules.changeover_minutes, 0, LARGEST_NUMBER, || "changeover_minutes".to_owned());
    found.range(rules.weakest_first, 0, 1000, || "weakest_first".to_owned());
    for (name, stream) in &rules.streams {
        for (size, value) in stream.by_name() {
            found.range(value, 0, LARGEST_NUMBER, || format!("{size} of the stream {name}"));
        }
    }
    for (weight, value) in rules.weights.by_name() {
        found.range(value, 0, LARGEST_NUMBER, || format!("the weight {weight}"));
    }
    for (name, criterion) in rules.criteria.by_name() {
        for (weight, value) in [("alike", criterion.alike), ("mixed", criterion.mixed), ("alone", criterion.alone)] {
            found.range(value, 0, LARGEST_NUMBER, || format!("the weight {weight} of the criterion {name}"));
        }
    }
    for (name, value) in [("together", rules.criteria.together), ("acquainted", rules.criteria.acquainted)] {
        found.range(value, 0, LARGEST_NUMBER, || format!("the weight of the criterion {name}"));
    }
}

fn check_counts(instance: &Instance, found: &mut Found) {
    for (names, count) in [("modes", instance.modes().len()), ("streams", instance.rules.streams.len())] {
        if count > MOST_NAMES {
            found.add(InstanceProblem::TooManyNames { names, count });
        }
    }
    let most = 10_000_000;
    for (names, count) in [("supervisors", instance.supervisors.len()), ("practitioners", instance.practitioners.len())] {
        if count > most {
            found.add(InstanceProblem::TooMany { names, count, most });
        }
    }
}

fn check_ids(instance: &Instance, found: &mut Found) {
    let supervisors = instance.supervisors.iter().map(|supervisor| &supervisor.id);
    let ids = supervisors.chain(instance.practitioners.iter().map(|practitioner| &practitioner.id)).map(String::as_str);
    let known = in_order(ids, |id| id);
    for alike in known.chunk_by(|one, other| one == other) {
        if let [id, _, ..] = alike {
            found.add(InstanceProblem::IdTwice((*id).to_owned()));
        }
    }
    for (one, other) in &instance.conflicts {
        if let Some(missing) = [one, other].into_iter().find(|id| known.binary_search(&id.as_str()).is_err()) {
            found.add(InstanceProblem::UnknownInConflict { one: one.clone(), other: other.clone(), missing: missing.clone() });
        }
    }
}
