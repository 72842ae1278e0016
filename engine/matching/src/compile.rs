//! From the file of a round to the problem that is searched.

use std::slice;

use crate::company::{Cost, Trait};
use crate::ids::{BitTable, InterventionId, Position, StartId, StreamId, SupervisorId, Table};
use crate::instance::{Instance, Practitioner, Supervisor, Window};
use crate::names::{ByName, Names};
use crate::order::in_order;
use crate::problem::{Leader, NO_KIND, Person, Problem, RuleBook, Start, Stream};

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

/// What the names of the file stand for.
struct Dictionary<'a> {
    streams: Names<'a>,
    modes: Names<'a>,
    interventions: Names<'a>,
    authorities: Names<'a>,
    professions: Names<'a>,
    languages: Names<'a>,
    settings: Names<'a>,
    regions: Names<'a>,
    /// Where each half hour of the cycle stands among the starts that are kept.
    starts: Vec<Option<StartId>>,
}

/// Makes the problem of an instance that has been checked.
pub fn compile(instance: &Instance) -> Problem {
    let session = instance.rules.session_minutes;
    let mut dictionary = Dictionary::of(instance);
    let supervisors = rows_in_order(&instance.supervisors, |one| dictionary.supervisor_key(one));
    let hours: Vec<Free> = supervisors.iter().map(|(_, supervisor)| free_starts(&supervisor.availability, session)).collect();
    let (starts, kept) = starts_in_use(&hours);
    dictionary.starts = kept;
    let mut problem = Problem {
        rules: rule_book(instance, &dictionary),
        people: Table::new(),
        kinds: Table::new(),
        free: BitTable::new(0, starts.len()),
        preferred: BitTable::new(0, starts.len()),
        foes: Table::new(),
        leaders: Table::new(),
        hours: BitTable::new(supervisors.len(), starts.len()),
        works_with: BitTable::new(supervisors.len(), dictionary.interventions.len()),
        starts,
    };
    for ((row, supervisor), hours) in supervisors.iter().zip(&hours) {
        add_leader(&mut problem, &dictionary, *row, supervisor, hours);
    }
    let ids: Vec<_> = supervisors.iter().enumerate().map(|(position, (_, one))| (&one.id, SupervisorId::nth(position))).collect();
    let by_id = ByName::new(&ids);
    let previous = |one: &Practitioner| one.previous_supervisor.as_deref().and_then(|id| by_id.get(id));
    for (row, practitioner) in rows_in_order(&instance.practitioners, |one| dictionary.practitioner_key(one, previous(one))) {
        add_person(&mut problem, &dictionary, instance, row, practitioner, previous(practitioner));
    }
    add_company(&mut problem, instance, &by_id);
    problem
}

/// The rows of a list in the order of what they are, said in numbers, each with its place in the file.
fn rows_in_order<'a, T>(rows: &'a [T], key: impl Fn(&'a T) -> Vec<i64>) -> Vec<(usize, &'a T)> {
    in_order(rows.iter().enumerate(), |(_, one)| key(one))
}

impl<'a> Dictionary<'a> {
    fn of(instance: &'a Instance) -> Self {
        let (practitioners, supervisors) = (&instance.practitioners, &instance.supervisors);
        let said = |of: fn(&'a Practitioner) -> Option<&'a String>| Names::new(practitioners.iter().filter_map(of));
        Self {
            streams: Names::new(instance.rules.streams.keys()),
            modes: instance.modes(),
            interventions: Names::new(
                practitioners.iter().map(|one| &one.intervention).chain(supervisors.iter().flat_map(|one| &one.interventions)),
            ),
            authorities: Names::new(practitioners.iter().map(|one| &one.authority)),
            professions: said(|one| one.profession.as_ref()),
            languages: said(|one| one.language.as_ref()),
            settings: said(|one| one.setting.as_ref()),
            regions: Names::new(practitioners.iter().map(|one| &one.region).chain(supervisors.iter().map(|one| &one.region))),
            starts: Vec::new(),
        }
    }

    fn supervisor_key(&self, one: &Supervisor) -> Vec<i64> {
        let mut key = Vec::new();
        add_windows(&mut key, &one.availability);
        add_names(&mut key, &self.regions, slice::from_ref(&one.region));
        add_names(&mut key, &self.streams, &one.streams);
        add_names(&mut key, &self.interventions, &one.interventions);
        add_names(&mut key, &self.modes, &one.modes);
        key.push(one.max_groups);
        key
    }

    fn practitioner_key(&self, one: &Practitioner, previous: Option<SupervisorId>) -> Vec<i64> {
        let mut key = Vec::new();
        add_windows(&mut key, &one.availability);
        add_windows(&mut key, &one.preferred);
        add_names(&mut key, &self.modes, &one.modes);
        add_names(&mut key, &self.authorities, slice::from_ref(&one.authority));
        add_names(&mut key, &self.regions, slice::from_ref(&one.region));
        add_names(&mut key, &self.streams, slice::from_ref(&one.stream));
        add_names(&mut key, &self.interventions, slice::from_ref(&one.intervention));
        key.extend([one.level, one.urgency, previous.map_or(END, |previous| number(previous.at()))]);
        add_names(&mut key, &self.professions, one.profession.as_slice());
        add_names(&mut key, &self.languages, one.language.as_slice());
        add_names(&mut key, &self.settings, one.setting.as_slice());
        key.extend([number(one.together.len()), number(one.acquainted.len())]);
        key
    }

    /// What somebody is in a trait.
    fn kind(&self, of: Trait, one: &Practitioner) -> u32 {
        let Some(name) = of.kind_of(one) else { return NO_KIND };
        match of {
            Trait::Authority => self.authorities.number(name),
            Trait::Intervention => self.interventions.number(name),
            Trait::Novice | Trait::Level => u32::try_from(one.level).unwrap_or(NO_KIND),
            Trait::Profession => self.professions.number(name),
            Trait::Language => self.languages.number(name),
            Trait::Setting => self.settings.number(name),
        }
    }
}

/// The end of a list among numbers that are not negative: a list comes before those that go on where it ends.
const END: i64 = -1;

fn add_windows(key: &mut Vec<i64>, windows: &[Window]) {
    key.extend(sorted(windows).iter().flat_map(|window| [window.week, window.day, window.from, window.to]));
    key.push(END);
}

fn add_names(key: &mut Vec<i64>, names: &Names, of_one: &[String]) {
    let of_one = of_one.iter().filter_map(|name| names.at(name));
    key.extend(in_order(of_one, |position| position).into_iter().map(number));
    key.push(END);
}

fn number(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

fn sorted(windows: &[Window]) -> Vec<Window> {
    in_order(windows.iter().copied(), |window| window)
}

/// The half hours at which a whole session lies inside the union of the windows.
pub fn free_starts(windows: &[Window], session: i64) -> Free {
    let mut free = Vec::new();
    let mut joined: Option<Window> = None;
    for window in sorted(windows) {
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
        costs: Cost::all(rules),
        weakest_first: rules.weakest_first,
        streams: rules.streams.iter().map(stream).collect(),
        spacing: rules.session_minutes + rules.changeover_minutes,
        in_person: dictionary.modes.bits(&[IN_PERSON.to_owned()]),
        modes: dictionary.modes.len(),
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
    // Whoever prefers a time at which nobody leads has asked for it all the same.
    let of_time = if practitioner.preferred.is_empty() { 0 } else { weights.preferred_time };
    let of_supervisor = if previous.is_some() { weights.same_supervisor } else { 0 };
    let id = problem.people.push(Person {
        stream: StreamId::nth(stream),
        intervention: InterventionId::nth(dictionary.interventions.at(&practitioner.intervention).unwrap_or(usize::MAX)),
        level: practitioner.level,
        region: dictionary.regions.number(&practitioner.region),
        modes: dictionary.modes.bits(&practitioner.modes),
        worth: weights.placed + weights.urgency * practitioner.urgency,
        asked: of_time + of_supervisor,
        previous,
        pin: None,
        excluded: Vec::new(),
        missing: 0,
        ties: Vec::new(),
        row,
    });
    let mut kinds = [NO_KIND; _];
    for (kind, cost) in kinds.iter_mut().zip(&problem.rules.costs) {
        *kind = dictionary.kind(cost.of, practitioner);
    }
    problem.kinds.push(kinds);
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

/// Who may not meet whom, and who should or should rather not.
fn add_company(problem: &mut Problem, instance: &Instance, supervisors: &ByName<SupervisorId>) {
    let id = |row: usize| instance.practitioners.get(row).map(|one| &one.id);
    let ids: Vec<_> = problem.people.entries().filter_map(|(position, person)| Some((id(person.row)?, position))).collect();
    let practitioners = ByName::new(&ids);
    let criteria = &instance.rules.criteria;
    for one in &instance.practitioners {
        let Some(practitioner) = practitioners.get(&one.id) else { continue };
        for (others, missing, cost) in [(&one.together, criteria.together, -criteria.together), (&one.acquainted, 0, criteria.acquainted)] {
            for other in others.iter().filter(|other| **other != one.id && cost != 0) {
                problem.people[practitioner].missing += missing;
                if let Some(other) = practitioners.get(other) {
                    // The cost is one of the two, whichever of them comes to the other.
                    problem.people[practitioner].ties.push((other, cost));
                    problem.people[other].ties.push((practitioner, cost));
                }
            }
        }
    }
    for (one, other) in &instance.conflicts {
        for (one, other) in [(one, other), (other, one)] {
            let Some(foe) = practitioners.get(other) else { continue };
            if let Some(practitioner) = practitioners.get(one) {
                problem.foes[practitioner].push(foe);
            } else if let Some(supervisor) = supervisors.get(one) {
                problem.leaders[supervisor].barred.push(foe);
            }
        }
    }
    for foes in problem.foes.iter_mut() {
        *foes = in_order(foes.iter().copied(), |foe| foe);
    }
    for leader in problem.leaders.iter_mut() {
        leader.barred = in_order(leader.barred.iter().copied(), |barred| barred);
    }
}
