//! Why somebody is where they are, and what keeps somebody out.

use crate::board::round::Round;
use crate::board::{Board, BoardError, Destination, Group, Meeting, Obstacle, When};
use crate::company::Lack;
use crate::ids::{PractitionerRow, SupervisorRow};

/// Something that the score asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    SameSupervisor,
    PreferredTime,
    /// Not smaller and not larger than the groups of its stream should be.
    Size,
    /// What the members should be together: alike, mixed, or not alone, in some trait.
    Company(Lack),
}

/// One wish of the score for somebody who is in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub term: Term,
    pub is_met: bool,
    /// What it adds to the score, or takes from it.
    pub points: i64,
}

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In a group: what speaks for it, and what against. What does not concern somebody is not mentioned.
    Placed { group: usize, reasons: Vec<Reason> },
    /// On the list: what it would take at each supervisor and time, the nearest first.
    Waiting { misses: Vec<Miss> },
}

/// A group that somebody is not in, there already or still to be opened, and the rules that keep them out: none where they could go at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    pub meeting: Meeting,
    pub group: Option<usize>,
    pub obstacles: Vec<Obstacle>,
}

impl Board {
    /// Why somebody is where they are.
    pub fn explain(&self, practitioner: &str) -> Result<Standing, BoardError> {
        let one = self.round.practitioner(practitioner)?;
        let placed = self.seats[one].and_then(|number| self.groups.get(number).map(|group| (number, group)));
        Ok(match placed {
            Some((number, group)) => Standing::Placed { group: number, reasons: self.round.reasons(one, group) },
            None => Standing::Waiting { misses: self.misses(one) },
        })
    }

    /// What would speak for a place, and what against, if somebody went there; nothing on the list.
    pub fn reasons_at(&self, practitioner: &str, to: &Destination) -> Result<Vec<Reason>, BoardError> {
        let one = self.round.practitioner(practitioner)?;
        let after = self.groups_after(one, to)?;
        let group = after.iter().find(|group| group.members.contains(&one));
        Ok(group.map(|group| self.round.reasons(one, group)).unwrap_or_default())
    }

    /// What it would take to place somebody, at every supervisor, time and mode.
    pub(super) fn misses(&self, one: PractitionerRow) -> Vec<Miss> {
        let mut misses: Vec<(i64, Miss)> = Vec::new();
        for supervisor in self.round.supervisors.positions() {
            let led: Vec<(usize, &Group)> = self.led(supervisor).collect();
            for half_hour in self.round.hours.members(supervisor) {
                let when = When::of(half_hour);
                let there = led.iter().find(|(_, group)| group.meeting.when == when);
                match there {
                    Some((number, group)) => misses.push(measured(self.miss_of_group(one, *number, group))),
                    None => misses.extend(self.misses_of_new(one, supervisor, when, &led).map(measured)),
                }
            }
        }
        // Those of equal distance stay in the order of the file and of the clock.
        misses.sort_by_key(|(distance, _)| *distance);
        misses.into_iter().map(|(_, miss)| miss).collect()
    }

    pub(super) fn led(&self, supervisor: SupervisorRow) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(move |(_, group)| group.supervisor == supervisor && !group.members.is_empty())
    }

    pub(super) fn waiting(&self) -> impl Iterator<Item = PractitionerRow> {
        self.seats.entries().filter(|(_, seat)| seat.is_none()).map(|(row, _)| row)
    }

    fn miss_of_group(&self, one: PractitionerRow, number: usize, group: &Group) -> Miss {
        let mut obstacles = self.round.obstacles_of_one(one, group.supervisor, &group.meeting);
        let mut members = group.members.clone();
        members.push(one);
        let before = self.round.obstacles_among(&group.members);
        obstacles.extend(self.round.obstacles_among(&members).into_iter().filter(|obstacle| !before.contains(obstacle)));
        obstacles.extend(self.round.obstacles_of_size(&group.meeting, members.len()));
        Miss { meeting: group.meeting.clone(), group: Some(number), obstacles }
    }

    /// A group that would be opened, in each mode that the supervisor offers.
    fn misses_of_new<'a>(
        &'a self,
        one: PractitionerRow,
        supervisor: SupervisorRow,
        when: When,
        led: &'a [(usize, &'a Group)],
    ) -> impl Iterator<Item = Miss> + 'a {
        let leader = &self.round.supervisors[supervisor];
        leader.modes.iter().map(move |mode| {
            let stream = self.round.practitioners[one].stream.clone();
            let meeting = Meeting { supervisor: leader.id.clone(), stream, mode: mode.clone(), when };
            let mut obstacles = self.round.obstacles_of_meeting(supervisor, &meeting);
            obstacles.extend(self.round.obstacles_of_one(one, supervisor, &meeting));
            obstacles.extend(self.obstacles_of_opening(supervisor, &meeting, led));
            obstacles.extend(self.round.obstacles_of_size(&meeting, 1 + self.others_for(one, supervisor, &meeting)));
            obstacles.retain(|obstacle| !matches!(obstacle, Obstacle::TooMany { .. }));
            Miss { meeting, group: None, obstacles }
        })
    }

    pub(super) fn obstacles_of_opening(&self, supervisor: SupervisorRow, meeting: &Meeting, led: &[(usize, &Group)]) -> Vec<Obstacle> {
        let mut obstacles = self.round.too_close(meeting, led.iter().copied());
        if i64::try_from(led.len()).is_ok_and(|led| led >= self.round.supervisors[supervisor].max_groups) {
            obstacles.push(Obstacle::TooManyGroups);
        }
        obstacles
    }

    /// How many of those who wait could be in a group with somebody, as far as each of them goes.
    fn others_for(&self, one: PractitionerRow, supervisor: SupervisorRow, meeting: &Meeting) -> usize {
        let fits = |other: &PractitionerRow| {
            *other != one
                && self.round.obstacles_of_one(*other, supervisor, meeting).is_empty()
                && self.round.obstacles_among(&[one, *other]).is_empty()
        };
        self.waiting().filter(fits).count()
    }
}

fn measured(miss: Miss) -> (i64, Miss) {
    (miss.obstacles.iter().map(Obstacle::distance).sum(), miss)
}

impl Round {
    fn reasons(&self, one: PractitionerRow, group: &Group) -> Vec<Reason> {
        let (person, weights, members) = (&self.practitioners[one], &self.rules.weights, &group.members);
        let earned = |term, is_met, points| Reason { term, is_met, points: if is_met { points } else { 0 } };
        let spared = |term, points: i64| Reason { term, is_met: points == 0, points };
        let mut reasons = Vec::new();
        if person.previous_supervisor.is_some() {
            reasons.push(earned(Term::SameSupervisor, self.had(one, group.supervisor), weights.same_supervisor));
        }
        if !person.preferred.is_empty() {
            reasons.push(earned(Term::PreferredTime, self.prefers(one, &group.meeting), weights.preferred_time));
        }
        reasons.push(spared(Term::Size, self.points_of_size(&group.meeting.stream, members.len())));
        for flaw in self.company(group) {
            // Who is alone matters to whoever could be; whom others miss or know, to them.
            let concerns = match flaw.what {
                Lack::Company(of) => of.kind_of(person).is_some(),
                Lack::Likeness(_) | Lack::Mixture(_) => true,
                Lack::Companions | Lack::Strangers => false,
            };
            if concerns {
                reasons.push(spared(Term::Company(flaw.what), -flaw.points));
            }
        }
        let own = self.rules.criteria.ties(&[person], &self.members(group));
        reasons.extend(own.map(|flaw| spared(Term::Company(flaw.what), -flaw.points)));
        reasons
    }
}
