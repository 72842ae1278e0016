//! From the file of a round to the problem that is searched.

use std::collections::BTreeMap;

use crate::ids::{BitTable, InterventionId, Position, PractitionerId, StartId, StreamId, SupervisorId, Table};
use crate::instance::{Instance, Practitioner, Supervisor, Window};
use crate::problem::{Leader, Person, Problem, RuleBook, Start, Stream};

const DAY: i64 = 24 * 60;
pub const HALF_HOUR: i64 = 30;
/// Half hours of one day.
pub const STARTS_A_DAY: i64 = DAY / HALF_HOUR;
/// Half hours of the two weeks.
pub const STARTS: usize = 14 * 48;
pub const IN_PERSON: &str = "in_person";
pub const WITH_INTERVENTIONS: &str = "pir";

/// The half hours of the cycle at which somebody has a whole session free, as positions in it.
pub type Free = Vec<usize>;

/// Names in alphabetical order, so that their positions do not depend on who comes first in the file.
struct Names<'a>(BTreeMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn new(names: impl Iterator<Item = &'a String>) -> Self {
        let mut positions: BTreeMap<&str, usize> = names.map(|name| (name.as_str(), 0)).collect();
        for (position, value) in positions.values_mut().enumerate() {
            *value = position;
        }
        Self(positions)
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    fn number(&self, name: &str) -> u32 {
        self.at(name).and_then(|position| u32::try_from(position).ok()).unwrap_or(u32::MAX)
    }

    fn bits(&self, names: &[String]) -> u32 {
        names
            .iter()
            .filter_map(|name| self.at(name))
            .fold(0, |bits, position| bits | 1_u32.checked_shl(u32::try_from(position).unwrap_or(32)).unwrap_or(0))
    }
}

/// What the names of the file stand for.
struct Dictionary<'a> {
    streams: Names<'a>,
    modes: Names<'a>,
    interventions: Names<'a>,
    authorities: Names<'a>,
    regions: Names<'a>,
    /// Where each half hour of the cycle stands among the starts that are kept.
    starts: Vec<Option<StartId>>,
}

/// Makes the problem of an instance that has been checked.
pub fn compile(instance: &Instance) -> Problem {
    let session = instance.rules.session_minutes;
    let supervisors = in_order(&instance.supervisors, supervisor_key);
    let hours: Vec<Free> = supervisors.iter().map(|(_, supervisor)| free_starts(&supervisor.availability, session)).collect();
    let (starts, kept) = starts_in_use(&hours);
    let practitioners = &instance.practitioners;
    let dictionary = Dictionary {
        streams: Names::new(instance.rules.streams.keys()),
        modes: Names::new(practitioners.iter().flat_map(|one| &one.modes).chain(instance.supervisors.iter().flat_map(|one| &one.modes))),
        interventions: Names::new(
            practitioners.iter().map(|one| &one.intervention).chain(instance.supervisors.iter().flat_map(|one| &one.interventions)),
        ),
        authorities: Names::new(practitioners.iter().map(|one| &one.authority)),
        regions: Names::new(practitioners.iter().map(|one| &one.region).chain(instance.supervisors.iter().map(|one| &one.region))),
        starts: kept,
    };
    let mut problem = Problem {
        rules: rule_book(instance, &dictionary),
        people: Table::new(),
        free: BitTable::new(0, starts.len()),
        preferred: BitTable::new(0, starts.len()),
        foes: Table::new(),
        leaders: Table::new(),
        hours: BitTable::new(supervisors.len(), starts.len()),
        works_with: BitTable::new(supervisors.len(), dictionary.interventions.0.len()),
        starts,
    };
    for ((row, supervisor), hours) in supervisors.iter().zip(&hours) {
        add_leader(&mut problem, &dictionary, *row, supervisor, hours);
    }
    let by_id: BTreeMap<&str, SupervisorId> =
        supervisors.iter().enumerate().map(|(position, (_, one))| (one.id.as_str(), SupervisorId::nth(position))).collect();
    let previous = |one: &Practitioner| one.previous_supervisor.as_deref().and_then(|id| by_id.get(id).copied());
    for (row, practitioner) in in_order(practitioners, |one| (practitioner_key(one), previous(one))) {
        add_person(&mut problem, &dictionary, instance, row, practitioner, previous(practitioner));
    }
    add_conflicts(&mut problem, instance, &by_id);
    problem
}

/// The rows of a list in the order of what they are, each with its place in the file.
fn in_order<'a, T, K: Ord>(rows: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<(usize, &'a T)> {
    let mut rows: Vec<(usize, &T)> = rows.iter().enumerate().collect();
    rows.sort_by_cached_key(|(_, row)| key(row));
    rows
}

fn supervisor_key(one: &Supervisor) -> impl Ord {
    let sorted = |names: &Vec<String>| {
        let mut names = names.clone();
        names.sort();
        names
    };
    let mut windows = one.availability.clone();
    windows.sort_unstable();
    (windows, one.region.clone(), sorted(&one.streams), sorted(&one.interventions), sorted(&one.modes), one.max_groups)
}

fn practitioner_key(one: &Practitioner) -> impl Ord {
    let (mut windows, mut preferred, mut modes) = (one.availability.clone(), one.preferred.clone(), one.modes.clone());
    windows.sort_unstable();
    preferred.sort_unstable();
    modes.sort();
    let who = (one.authority.clone(), one.region.clone(), one.stream.clone(), one.intervention.clone(), one.level, one.urgency);
    (windows, preferred, modes, who)
}

/// The half hours at which a whole session lies inside the union of the windows.
pub fn free_starts(windows: &[Window], session: i64) -> Free {
    let mut windows = windows.to_vec();
    windows.sort_unstable();
    let mut free = Vec::new();
    let mut joined: Option<Window> = None;
    for window in windows {
        match &mut joined {
            Some(last) if (last.week, last.day) == (window.week, window.day) && window.from <= last.to => last.to = last.to.max(window.to),
            _ => {
                free.extend(joined.iter().flat_map(|window| starts_in(*window, session)));
                joined = Some(window);
            }
        }
    }
    free.extend(joined.iter().flat_map(|window| starts_in(*window, session)));
    free
}

fn starts_in(window: Window, session: i64) -> impl Iterator<Item = usize> {
    let first = (window.from + HALF_HOUR - 1) / HALF_HOUR;
    let last = if window.to >= session { (window.to - session) / HALF_HOUR } else { -1 };
    let day = (window.week * 7 + window.day) * STARTS_A_DAY;
    (first..=last).filter_map(move |start| usize::try_from(day + start).ok())
}

/// The starts at which somebody could lead, and where each half hour of the cycle stands among them.
fn starts_in_use(hours: &[Free]) -> (Table<StartId, Start>, Vec<Option<StartId>>) {
    let mut used = vec![false; STARTS];
    for start in hours.iter().flatten() {
        if let Some(used) = used.get_mut(*start) {
            *used = true;
        }
    }
    let mut starts = Table::new();
    let mut kept = Vec::with_capacity(STARTS);
    for (position, used) in used.into_iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(0);
        let (day, start) = (position / STARTS_A_DAY, position % STARTS_A_DAY);
        kept.push(used.then(|| starts.push(Start { week: day / 7, day: day % 7, minute: start * HALF_HOUR })));
    }
    (starts, kept)
}

fn rule_book(instance: &Instance, dictionary: &Dictionary) -> RuleBook {
    let rules = &instance.rules;
    let stream = |(name, rules): (&String, &_)| Stream { rules: *rules, has_interventions: name == WITH_INTERVENTIONS };
    RuleBook {
        weights: rules.weights,
        streams: rules.streams.iter().map(stream).collect(),
        spacing: rules.session_minutes + rules.changeover_minutes,
        in_person: dictionary.modes.bits(&[IN_PERSON.to_owned()]),
        modes: dictionary.modes.0.len(),
    }
}

fn add_leader(problem: &mut Problem, dictionary: &Dictionary, row: usize, supervisor: &Supervisor, hours: &Free) {
    let id = problem.leaders.push(Leader {
        region: dictionary.regions.number(&supervisor.region),
        modes: dictionary.modes.bits(&supervisor.modes),
        streams: dictionary.streams.bits(&supervisor.streams),
        max_groups: usize::try_from(supervisor.max_groups).unwrap_or(usize::MAX),
        barred: Vec::new(),
        row,
    });
    for start in hours.iter().filter_map(|start| dictionary.starts.get(*start).copied().flatten()) {
        problem.hours.set(id, start);
    }
    for intervention in supervisor.interventions.iter().filter_map(|name| dictionary.interventions.at(name)) {
        problem.works_with.set(id, InterventionId::nth(intervention));
    }
}

fn add_person(
    problem: &mut Problem,
    dictionary: &Dictionary,
    instance: &Instance,
    row: usize,
    practitioner: &Practitioner,
    previous: Option<SupervisorId>,
) {
    let session = instance.rules.session_minutes;
    let kept = |windows: &[Window]| -> Vec<StartId> {
        free_starts(windows, session).iter().filter_map(|start| dictionary.starts.get(*start).copied().flatten()).collect()
    };
    let free = kept(&practitioner.availability);
    let Some(stream) = dictionary.streams.at(&practitioner.stream) else { return };
    if free.is_empty() {
        return;
    }
    let weights = &problem.rules.weights;
    let id = problem.people.push(Person {
        stream: StreamId::nth(stream),
        intervention: InterventionId::nth(dictionary.interventions.at(&practitioner.intervention).unwrap_or(usize::MAX)),
        level: practitioner.level,
        authority: dictionary.authorities.number(&practitioner.authority),
        region: dictionary.regions.number(&practitioner.region),
        modes: dictionary.modes.bits(&practitioner.modes),
        worth: weights.placed + weights.urgency * practitioner.urgency,
        previous,
        pin: None,
        excluded: Vec::new(),
        row,
    });
    problem.foes.push(Vec::new());
    problem.free.push_row(&[]);
    problem.preferred.push_row(&[]);
    for start in free {
        problem.free.set(id, start);
    }
    for start in kept(&practitioner.preferred) {
        problem.preferred.set(id, start);
    }
}

fn add_conflicts(problem: &mut Problem, instance: &Instance, supervisors: &BTreeMap<&str, SupervisorId>) {
    let id = |row: usize| instance.practitioners.get(row).map(|one| one.id.as_str());
    let practitioners: BTreeMap<&str, PractitionerId> =
        problem.people.entries().filter_map(|(position, person)| id(person.row).map(|id| (id, position))).collect();
    for (one, other) in &instance.conflicts {
        for (one, other) in [(one, other), (other, one)] {
            let Some(foe) = practitioners.get(other.as_str()) else { continue };
            if let Some(practitioner) = practitioners.get(one.as_str()) {
                problem.foes[*practitioner].push(*foe);
            } else if let Some(supervisor) = supervisors.get(one.as_str()) {
                problem.leaders[*supervisor].barred.push(*foe);
            }
        }
    }
    for position in problem.foes.positions() {
        problem.foes[position].sort_unstable();
    }
    for position in problem.leaders.positions() {
        problem.leaders[position].barred.sort_unstable();
    }
}
