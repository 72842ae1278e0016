//! Who could have a place beside the supervisor of a group, why, and why others could not: pure, of the pool and of the groups as they are.

use std::cmp::Reverse;
use std::collections::HashMap;

use ::matching::{ProposedGroup, Window, group_name, mode_in_words};

use super::pool::{Asked, Free};
use crate::matching::candidates::ident;
use crate::matching::facts::{Names, lies_within};
use crate::matching::limits::ALL_OF_IT;
use crate::matching::model::Part;
use crate::people::store::Apart;
use crate::people::{PersonId, PersonName};
use crate::registration::intervention_name;
use crate::sessions::HostRole;
use crate::ui::{full_stop, hours_and_minutes};

/// Somebody who was looked at for the round.
#[derive(Debug)]
pub struct OnBoard {
    pub id: PersonId,
    pub name: PersonName,
    /// Why they are not available by now.
    pub obstacle: Option<String>,
}

/// The pool beside the groups as they are.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    pub asked: &'a Asked,
    pub names: &'a Names<'a>,
    pub groups: &'a [ProposedGroup],
    /// Everybody by what the files of the round call them.
    pub people: &'a HashMap<String, OnBoard>,
    /// Who may not meet by now.
    pub apart: &'a Apart,
}

impl<'a> Table<'a> {
    /// The pool for one role, the best first: of those who would lead too whoever has most hours left, and of those who would learn whoever has led nobody, and
    /// takes on nobody, yet.
    pub fn ranked(&self, role: HostRole) -> Vec<&'a Free> {
        let mut ranked: Vec<&Free> = self.asked.pool.iter().collect();
        ranked.sort_by_cached_key(|one| {
            let led = self.led(one);
            let left = self.asked.minutes_left(one, led);
            let is_observer = role == HostRole::Observer;
            let (has_led, leads) = (is_observer && one.has_led + led > 0, is_observer && one.most_groups > 0);
            (has_led, leads, left.is_none(), Reverse(left), led, one.id.clone())
        });
        ranked
    }

    /// Somebody of the pool.
    pub fn of_pool(&self, id: &str) -> Option<&'a Free> {
        self.asked.pool.iter().find(|one| one.id == id)
    }

    /// Why somebody fits a place.
    pub fn why(&self, role: HostRole, one: &Free) -> String {
        let what = match role {
            HostRole::CoSupervisor => "Free then, and in this work.",
            HostRole::Observer if one.has_led == 0 => "Free then, and has led no group yet.",
            HostRole::Observer => "Free then, and has led for less than a year.",
        };
        let of_it = if self.asked.most_share == ALL_OF_IT { String::new() } else { format!("{}% of ", self.asked.most_share) };
        match self.asked.minutes_left(one, self.led(one)) {
            Some(left) => format!("{what} {} of {of_it}their contract are left in two weeks.", hours_and_minutes(left)),
            None => format!("{what} No contracted hours are entered."),
        }
    }

    /// What keeps somebody from a place beside the supervisor of a group.
    pub fn why_not(&self, group: &ProposedGroup, role: HostRole, one: &Free) -> Option<String> {
        if one.id == group.supervisor {
            return Some("Leads this group.".to_owned());
        }
        let Some(known) = self.people.get(&one.id) else { return Some("Has no part in this round any more.".to_owned()) };
        known
            .obstacle
            .clone()
            .or_else(|| self.why_not_qualified(group, role, one))
            .or_else(|| self.why_not_there(group, one))
            .or_else(|| self.why_no_hours(role, one))
            .or_else(|| self.why_not_with_them(group, known))
    }

    fn why_not_qualified(&self, group: &ProposedGroup, role: HostRole, one: &Free) -> Option<String> {
        if role == HostRole::Observer && !one.is_new {
            return Some("Has led groups for a year or more.".to_owned());
        }
        if !one.streams.contains(&group.stream) {
            return Some("Is not qualified for such groups.".to_owned());
        }
        if role == HostRole::Observer || group.stream != "pir" {
            return None;
        }
        let mut brought = self.names.members(group).into_iter().map(|member| &member.intervention);
        let missing = brought.find(|work| !one.interventions.contains(work))?;
        Some(format!("Does not work with {}.", intervention_name(missing)))
    }

    fn why_not_there(&self, group: &ProposedGroup, one: &Free) -> Option<String> {
        if !one.modes.contains(&group.mode) {
            return Some(format!("Does not meet {}.", mode_in_words(&group.mode)));
        }
        let is_elsewhere = || self.names.supervisor(&group.supervisor).is_some_and(|leader| leader.region != one.region);
        if group.mode == "in_person" && is_elsewhere() {
            return Some("Is of another region.".to_owned());
        }
        let windows: Vec<Window> =
            one.availability.iter().map(|(week, day, from, to)| Window { week: *week, day: *day, from: *from, to: *to }).collect();
        if !lies_within(&windows, (group.week, group.day, group.start), self.names.rules().session_minutes) {
            return Some("Is not free then.".to_owned());
        }
        let as_member = self.people.get(&one.id).map(|known| ident(Part::Practitioner, &known.name.code));
        let rules = self.names.rules();
        let apart = rules.session_minutes + rules.changeover_minutes;
        let is_then = |other: &ProposedGroup| {
            (other.week, other.day) == (group.week, group.day) && (other.start - group.start).abs() < apart && other != group
        };
        let comes =
            |other: &ProposedGroup| other.supervisor == one.id || other.members.iter().any(|member| Some(member) == as_member.as_ref());
        let other = self.groups.iter().position(|other| is_then(other) && comes(other))?;
        Some(format!("Is in {} then.", group_name(other)))
    }

    fn why_no_hours(&self, role: HostRole, one: &Free) -> Option<String> {
        let led = self.led(one);
        if role == HostRole::CoSupervisor && one.most_groups <= led {
            return Some("Takes on no more groups.".to_owned());
        }
        let left = self.asked.minutes_left(one, led);
        left.is_some_and(|left| left < self.asked.minutes_of_each).then(|| "Has no contracted hours left for it.".to_owned())
    }

    fn why_not_with_them(&self, group: &ProposedGroup, known: &OnBoard) -> Option<String> {
        let there: Vec<&OnBoard> = group.members.iter().chain([&group.supervisor]).filter_map(|one| self.people.get(one)).collect();
        if there.iter().any(|one| one.id == known.id) {
            return Some("Is in this group.".to_owned());
        }
        let other = there.into_iter().find(|one| self.apart.are_apart(known.id, one.id))?;
        Some(may_not_be_with(other))
    }

    /// What keeps somebody from being beside a supervisor together with somebody else.
    pub fn why_not_beside(&self, other: &str, one: &Free) -> Option<String> {
        let (known, other) = (self.people.get(&one.id)?, self.people.get(other)?);
        self.apart.are_apart(known.id, other.id).then(|| may_not_be_with(other))
    }

    /// How many groups of the board somebody would lead.
    fn led(&self, one: &Free) -> i64 {
        i64::try_from(self.groups.iter().filter(|group| group.supervisor == one.id).count()).unwrap_or(i64::MAX)
    }
}

fn may_not_be_with(other: &OnBoard) -> String {
    format!("May not be in one group with {}", full_stop(&other.name.short))
}
