//! To whom the places beside supervisors go: as the run has proposed it, but for what coordinators have chosen since.

use ::matching::{ProposedGroup, assign, group_name};
use serde::{Deserialize, Serialize};

use super::answers::{AboutBeside, BesideLine};
use super::pool::Free;
use super::table::Table;
use crate::matching::board::Sitting;
use crate::people::PersonName;
use crate::sessions::HostRole;

/// To whom a place goes: to nobody where it is to stay empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The group, by who leads it, how and when.
    pub at: Sitting,
    /// What somebody is in it.
    pub role: HostRole,
    /// Who, by the names of the round's files.
    pub who: Option<String>,
}

/// The places of a board.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    table: Table<'a>,
    /// What coordinators have chosen since the run.
    by_hand: &'a [Chosen],
    /// To whom each goes that goes to somebody: the group's place on the board, the role, and who.
    holders: Vec<(usize, HostRole, &'a str)>,
}

impl Table<'_> {
    /// Who is proposed for the places of all groups: as many as can be filled, with those who fit best, and nobody twice. What a coordinator had chosen on
    /// the board from which the round was run again stays where it is possible.
    pub fn propose(&self) -> Vec<Chosen> {
        let places = self.groups.iter().flat_map(|group| self.asked.roles.iter().map(move |role| (group, *role)));
        let mut proposed: Vec<Chosen> = Vec::new();
        let mut open = Vec::new();
        for (group, role) in places {
            let at = Sitting::of(group);
            let kept = self.asked.kept.iter().find(|kept| kept.at == at && kept.role == role);
            let is_possible = |who: &String| self.of_pool(who).is_some_and(|one| self.can_have((group, role), one, &proposed));
            match kept {
                Some(kept) if kept.who.as_ref().is_none_or(is_possible) => proposed.push(kept.clone()),
                _ => open.push((group, role)),
            }
        }
        let filled = self.fill(&open, &proposed);
        proposed.extend(filled);
        // Of two who may not meet and were found for one group, whoever would lead it too stays, and another is looked for who would learn.
        let mut again = Vec::new();
        for group in self.groups {
            if let Some(apart) = self.apart_from_co_supervisor(group, &proposed) {
                proposed.remove(apart);
                again.push((group, HostRole::Observer));
            }
        }
        let filled = self.fill(&again, &proposed);
        proposed.extend(filled);
        proposed
    }

    /// Which of those chosen would observe a group, and may not meet whoever would lead it too.
    fn apart_from_co_supervisor(&self, group: &ProposedGroup, chosen: &[Chosen]) -> Option<usize> {
        let at = Sitting::of(group);
        let place = |role: HostRole| chosen.iter().position(|one| one.role == role && one.at == at);
        let who = |place: usize| chosen.get(place)?.who.as_deref();
        let observer = place(HostRole::Observer)?;
        let leads_too = who(place(HostRole::CoSupervisor)?)?;
        self.why_not_beside(leads_too, self.of_pool(who(observer)?)?).map(|_| observer)
    }

    /// Whether somebody can have a place beside those who are chosen already.
    fn can_have(&self, (group, role): (&ProposedGroup, HostRole), one: &Free, chosen: &[Chosen]) -> bool {
        let at = Sitting::of(group);
        let mut others = chosen.iter().filter(|other| other.at == at).filter_map(|other| other.who.as_deref());
        self.why_not(group, role, one).is_none()
            && !has_one(chosen, &one.id)
            && others.all(|other| self.why_not_beside(other, one).is_none())
    }

    /// Fills places beside those who are chosen already.
    fn fill(&self, open: &[(&ProposedGroup, HostRole)], chosen: &[Chosen]) -> Vec<Chosen> {
        let all = i64::try_from(open.len()).unwrap_or(i64::MAX);
        let ranks = HostRole::ALL.map(|role| (role, self.ranked(role)));
        let best = i64::try_from(self.asked.pool.len()).unwrap_or(i64::MAX);
        // Of as many places, those are filled first in which somebody leads too.
        let of_role = |role: HostRole| if role == HostRole::CoSupervisor { best.saturating_mul(all) } else { 0 };
        let worth = |(group, role): &(&ProposedGroup, HostRole), one: &Free| {
            if !self.can_have((group, *role), one, chosen) {
                return None;
            }
            let (_, ranked) = ranks.iter().find(|(of, _)| of == role)?;
            let rank = ranked.iter().position(|other| other.id == one.id)?;
            Some(of_role(*role) + best - i64::try_from(rank).unwrap_or(best))
        };
        let points: Vec<Vec<Option<i64>>> =
            open.iter().map(|place| self.asked.pool.iter().map(|one| worth(place, one)).collect()).collect();
        let assigned = assign(&points).into_iter().zip(open);
        let filled = assigned.filter_map(|(person, (group, role))| {
            let who = self.asked.pool.get(person?)?.id.clone();
            Some(Chosen { at: Sitting::of(group), role: *role, who: Some(who) })
        });
        filled.collect()
    }
}

fn has_one(chosen: &[Chosen], who: &str) -> bool {
    chosen.iter().any(|one| one.who.as_deref() == Some(who))
}

impl<'a> Places<'a> {
    /// The places of a board to which the run has proposed these, and coordinators have chosen those since.
    pub fn of(table: Table<'a>, proposed: &'a [Chosen], by_hand: &'a [Chosen]) -> Self {
        let holder = |(number, group): (usize, &ProposedGroup), role: HostRole| {
            let at = Sitting::of(group);
            let is_it = |chosen: &&Chosen| chosen.role == role && chosen.at == at;
            let chosen = by_hand.iter().find(is_it).or_else(|| proposed.iter().find(is_it))?;
            Some((number, role, chosen.who.as_deref()?))
        };
        let places = table.groups.iter().enumerate().flat_map(|group| table.asked.roles.iter().map(move |role| (group, *role)));
        Self { table, by_hand, holders: places.filter_map(|(group, role)| holder(group, role)).collect() }
    }

    /// To whom each place goes that goes to somebody, with what is in their way by now.
    pub fn held(&self) -> impl Iterator<Item = (usize, HostRole, &'a str, Option<String>)> {
        self.holders.iter().map(|(number, role, who)| (*number, *role, *who, self.problem((*number, *role), who)))
    }

    /// Who has one.
    pub fn holders(&self) -> impl Iterator<Item = &'a str> {
        self.holders.iter().map(|(.., who)| *who)
    }

    /// To whom a place goes, if to anybody.
    pub fn holder(&self, place: (usize, HostRole)) -> Option<&'a str> {
        self.holders.iter().find(|(number, role, _)| (*number, *role) == place).map(|(.., who)| *who)
    }

    /// What is in the way by now of whoever has a place. Of two who may not meet, whoever leads the group too stays.
    fn problem(&self, place: (usize, HostRole), who: &str) -> Option<String> {
        let Some(one) = self.table.of_pool(who) else { return Some("Has no part in this round any more.".to_owned()) };
        self.why_not_alone(place, one).or_else(|| if place.1 == HostRole::CoSupervisor { None } else { self.why_not_together(place, one) })
    }

    /// What keeps somebody from a place of the board.
    pub fn why_not(&self, place: (usize, HostRole), one: &Free) -> Option<String> {
        self.why_not_alone(place, one).or_else(|| self.why_not_together(place, one))
    }

    /// That they may not meet whoever else is beside the supervisor.
    fn why_not_together(&self, (number, role): (usize, HostRole), one: &Free) -> Option<String> {
        let mut others = self.holders.iter().filter(|(of, as_what, _)| *of == number && *as_what != role);
        others.find_map(|(.., other)| self.table.why_not_beside(other, one))
    }

    fn why_not_alone(&self, (number, role): (usize, HostRole), one: &Free) -> Option<String> {
        let group = self.table.groups.get(number)?;
        let taken = || {
            let is_other = |(other, of, who): &&(usize, HostRole, &str)| *who == one.id && (*other, *of) != (number, role);
            let (other, ..) = self.holders.iter().find(is_other)?;
            Some(format!("Has a place beside the supervisor of {}.", group_name(*other)))
        };
        self.table.why_not(group, role, one).or_else(taken)
    }

    /// The places of a group.
    pub fn lines(&self, number: usize) -> Vec<BesideLine> {
        self.table.asked.roles.iter().map(|role| self.line((number, *role))).collect()
    }

    fn line(&self, place: (usize, HostRole)) -> BesideLine {
        let holder = self.holder(place);
        BesideLine {
            role: place.1,
            person: holder.and_then(|who| self.name(who)),
            problem: holder.and_then(|who| self.problem(place, who)),
        }
    }

    /// The same with everybody who could have them.
    pub fn about(&self, number: usize) -> Vec<AboutBeside> {
        let Some(group) = self.table.groups.get(number) else { return Vec::new() };
        let at = Sitting::of(group);
        let about = |role: &HostRole| {
            let line = self.line((number, *role));
            let (mut could, mut could_not) = (Vec::new(), Vec::new());
            let place = (number, *role);
            for one in self.table.ranked(*role) {
                let Some(name) = self.name(&one.id) else { continue };
                let is_holder = self.holder(place) == Some(one.id.as_str());
                match if is_holder { self.problem(place, &one.id) } else { self.why_not(place, one) } {
                    None => could.push((name, self.table.why(*role, one))),
                    Some(problem) => could_not.push((name, problem)),
                }
            }
            let is_by_hand = self.by_hand.iter().any(|chosen| chosen.at == at && chosen.role == *role);
            let of_holder = line.person.as_ref().and_then(|holder| could.iter().find(|(name, _)| name == holder));
            let why = match (&line.problem, of_holder, is_by_hand) {
                (Some(problem), ..) => problem.clone(),
                (None, Some((_, why)), true) => format!("Chosen by hand. {why}"),
                (None, Some((_, why)), false) => why.clone(),
                (None, None, true) => "Left empty by hand.".to_owned(),
                (None, None, false) if could.is_empty() => "Nobody could be found.".to_owned(),
                (None, None, false) => "Nobody was proposed for it.".to_owned(),
            };
            AboutBeside { line, why, could, could_not }
        };
        self.table.asked.roles.iter().map(about).collect()
    }

    fn name(&self, who: &str) -> Option<PersonName> {
        self.table.people.get(who).map(|known| known.name.clone())
    }
}
