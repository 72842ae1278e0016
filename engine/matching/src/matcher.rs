//! The engine as its callers see it.

use std::num::NonZeroUsize;

use crate::bound::Bound;
use crate::check::{InstanceError, check};
use crate::compile::compile;
use crate::directory::Directory;
use crate::ground::Ground;
use crate::instance::Instance;
use crate::levelling::level;
use crate::placeable::only_placeable;
use crate::plan::{Local, Part, Plan};
use crate::problem::Problem;
use crate::proposal::Proposal;
use crate::random::Random;
use crate::rerun::{PINNED, Rerun, RerunError, begin};
use crate::schedule::Schedule;
use crate::search::{Search, Slots};

/// A part has about so many people.
const PEOPLE_OF_A_PART: usize = 400;

/// A round with fewer people is not cut.
const PEOPLE_TO_CUT: usize = 100;

/// Large changes tried for each person of a part in one step.
const CHANGES_FOR_EACH_PERSON: usize = 2;

/// Beyond so many pairs of a supervisor and a practitioner the sets for the bound do not fit, and the bound stays at its first value.
const PAIRS_FOR_A_BOUND: usize = 100_000_000;

/// The work of one large change with its small ones, in looks at a candidate of a slot: about that many take as long.
const LOOKS_FOR_A_CHANGE: usize = 2_000;

/// The work of pricing a slot in full, in the same measure.
const LOOKS_FOR_A_SLOT: usize = 500;

/// So much more work goes into the proposal than into the bound.
const SEARCH_FOR_BOUND: usize = 4;

/// Finds groups for a round, better ones with every step, and a score that no groups can pass.
///
/// The same instance, seed and number of steps give the same answer on every machine, on any number of threads.
#[derive(Debug)]
pub struct Matcher {
    threads: NonZeroUsize,
    directory: Directory,
    problem: Problem,
    random: Random,
    schedule: Schedule,
    plan: Plan,
    best: Plan,
    proof: Option<Proof>,
    trivial_bound: i64,
}

/// The groups that were found, levelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levelled {
    pub proposal: Proposal,
    /// What they score, by the same rule as before.
    pub score: i64,
}

/// The bound, and what it stands on.
#[derive(Debug)]
struct Proof {
    ground: Ground,
    slots: Slots,
    /// From the first proposal on.
    bound: Option<Bound>,
    /// Looks at a candidate that one step of the bound takes.
    cost: usize,
    credit: usize,
}

impl Matcher {
    /// Checks a round and prepares to match it. Nothing is proposed before the first step.
    pub fn new(instance: &Instance, seed: u64) -> Result<Self, InstanceError> {
        check(instance)?;
        Ok(Self::of(only_placeable(compile(instance)), Directory::of(instance), Plan::default(), seed))
    }

    /// Prepares to match a round again, from a proposal and with some of it fixed.
    pub fn rerun(instance: &Instance, rerun: &Rerun, seed: u64) -> Result<Self, RerunError> {
        check(instance)?;
        let (mut problem, directory) = (only_placeable(compile(instance)), Directory::of(instance));
        let plan = begin(instance, &mut problem, &directory, rerun)?;
        Ok(Self::of(problem, directory, plan, seed))
    }

    fn of(problem: Problem, directory: Directory, plan: Plan, seed: u64) -> Self {
        let pairs = problem.people.len().saturating_mul(problem.leaders.len());
        let proof = (pairs <= PAIRS_FOR_A_BOUND).then(|| Proof::new(&problem));
        let weights = &problem.rules.weights;
        let most = |worth: i64| worth + weights.same_supervisor + weights.preferred_time;
        Self {
            threads: NonZeroUsize::MIN,
            directory,
            random: Random::branch(seed, 0),
            schedule: Schedule::new(weights),
            best: plan.clone(),
            plan,
            trivial_bound: problem.people.iter().map(|person| most(person.worth)).sum(),
            proof,
            problem,
        }
    }

    /// Works on so many threads from now on; on one where nothing is said, since a program mostly has other work too.
    #[must_use]
    pub fn on_threads(self, threads: NonZeroUsize) -> Self {
        Self { threads, ..self }
    }

    /// Works on: each step takes about as long as the last.
    pub fn step(&mut self, steps: usize) {
        for _ in 0..steps {
            self.search();
            if !self.schedule.is_past_the_first_cycle() {
                continue;
            }
            if let Some(proof) = &mut self.proof {
                proof.work(self.threads, self.problem.people.len() * CHANGES_FOR_EACH_PERSON, &self.best);
            }
        }
    }

    /// The score of the best proposal so far.
    pub fn score(&self) -> i64 {
        self.best.score - self.pins_kept() * PINNED
    }

    /// How many of the pins the best proposal so far keeps: all of them, unless one is at odds with the rest.
    pub fn pins_kept(&self) -> i64 {
        self.best.pins(&self.problem)
    }

    /// The best proposal so far.
    pub fn best(&self) -> Proposal {
        self.directory.proposal(&self.problem, &self.best)
    }

    /// The best proposal so far, levelled, where the round asks for the weakest group first. The search goes on from what it had found, whether or
    /// not this was asked. Rounds that are too large for a bound are not levelled, so that nothing is said of it.
    pub fn levelled(&self) -> Option<Levelled> {
        let of_a_thousand = self.problem.rules.weakest_first;
        if of_a_thousand == 0 {
            return None;
        }
        let most_given = self.score().max(0).saturating_mul(of_a_thousand) / 1000;
        let plan = level(&self.proof.as_ref()?.ground, &self.best, most_given);
        Some(Levelled { proposal: self.directory.proposal(&self.problem, &plan), score: plan.score - self.pins_kept() * PINNED })
    }

    /// A score that no proposal can pass, if it keeps as many of the pins.
    pub fn bound(&self) -> i64 {
        let bound = self
            .proof
            .as_ref()
            .map_or(self.trivial_bound, |proof| proof.bound.as_ref().map_or(i64::MAX, Bound::score).min(self.trivial_bound));
        bound - self.pins_kept() * PINNED
    }

    /// How many of the practitioners have a place in the best proposal so far.
    pub fn placed(&self) -> usize {
        self.best.groups.iter().map(|group| group.members.len()).sum()
    }

    /// Cuts the round into parts and searches each at the temperature of this step.
    fn search(&mut self) {
        let temperature = self.schedule.next();
        if temperature.is_new_cycle {
            self.plan = self.best.clone();
        }
        let people = self.problem.people.len();
        let count = if people < PEOPLE_TO_CUT { 1 } else { (people / PEOPLE_OF_A_PART).max(2) };
        let parts = self.plan.cut(&self.problem, count.min(self.problem.leaders.len()).max(1), &mut self.random);
        let local = Local::of(&self.problem, &parts);
        let problem = &self.problem;
        let favourites = self.proof.as_ref().and_then(|proof| proof.bound.as_ref()).map(Bound::favourites);
        let searched =
            crate::threads::map(self.threads, &parts, |part| search_part(part, problem, &local, favourites, temperature.in_256ths));
        let mut plan = Plan::default();
        for (part, searched) in parts.iter().zip(searched) {
            plan.score += searched.score;
            plan.groups.extend(part.in_the_whole(searched));
        }
        self.plan = plan;
        if self.plan.score > self.best.score {
            self.best = self.plan.clone();
        }
    }
}

fn search_part(part: &Part, whole: &Problem, local: &Local, favourites: Option<&Slots>, temperature: i64) -> Plan {
    let (problem, plan) = part.problem_and_plan(whole, local);
    let ground = Ground::new(problem);
    let slots = Slots::of(&ground);
    let favourites = Slots::new(part.supervisors.len(), favourites.map_or_else(Vec::new, |favourites| part.slots_in_part(favourites)));
    let mut search = Search::new(plan.arrange(&ground), &slots, &favourites, Random::new(part.seed));
    search.run(part.people.len() * CHANGES_FOR_EACH_PERSON, temperature);
    Plan::of(&search.arrangement)
}

impl Proof {
    fn new(problem: &Problem) -> Self {
        let ground = Ground::new(problem.clone());
        let slots = Slots::of(&ground);
        let cost = slots.all().iter().map(|slot| ground.count_candidates(*slot) + LOOKS_FOR_A_SLOT).sum();
        Self { bound: None, ground, slots, cost, credit: 0 }
    }

    /// Gives the bound its share of the work.
    fn work(&mut self, threads: NonZeroUsize, changes: usize, best: &Plan) {
        self.credit += changes * LOOKS_FOR_A_CHANGE / SEARCH_FOR_BOUND;
        while self.credit >= self.cost {
            self.credit -= self.cost;
            let bound = self.bound.get_or_insert_with(|| Bound::new(threads, &self.ground, &self.slots, best));
            if bound.is_settled() {
                self.credit = 0;
                return;
            }
            bound.step(threads, &self.ground, &self.slots, best.score);
        }
    }
}
