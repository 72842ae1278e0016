//! Where could she go? Groups with a place for somebody, a new group with others who wait, or the list.

use crate::board::{Board, BoardError, Destination, Effect, Group, Meeting, Obstacle, When};
use crate::ids::{PractitionerRow, SupervisorRow};

/// Somewhere that somebody could go without a rule being broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub to: Destination,
    pub score_change: i64,
}

impl Board {
    /// Every group that somebody could join, the best new one, and the list: the best for the score first. Where they are now is not
    /// among them, and nobody is moved for their sake but those who wait.
    pub fn places(&self, practitioner: &str) -> Result<Vec<Place>, BoardError> {
        let one = self.round.practitioner(practitioner)?;
        let open = self.groups.iter().enumerate().filter(|(_, group)| !group.members.is_empty());
        let mut to: Vec<Destination> = open
            .filter(|(number, group)| {
                self.seats[one] != Some(*number) && self.round.obstacles_of_one(one, group.supervisor, &group.meeting).is_empty()
            })
            .map(|(number, _)| Destination::Group(number))
            .collect();
        to.push(Destination::List);
        let mut places = Vec::new();
        for to in to {
            let effect = self.effect(practitioner, &to)?;
            places.extend(place(to, &effect));
        }
        places.extend(self.best_new(one));
        places.sort_by_key(|place| std::cmp::Reverse(place.score_change));
        Ok(places)
    }

    /// The new group that would be best for the score, if there could be one.
    fn best_new(&self, one: PractitionerRow) -> Option<Place> {
        let mut best: Option<Place> = None;
        for supervisor in self.round.supervisors.positions() {
            let led: Vec<(usize, &Group)> = self.led(supervisor).collect();
            for half_hour in self.round.hours.members(supervisor) {
                for mode in &self.round.supervisors[supervisor].modes {
                    let meeting = Meeting {
                        supervisor: self.round.supervisors[supervisor].id.clone(),
                        stream: self.round.practitioners[one].stream.clone(),
                        mode: mode.clone(),
                        when: When::of(half_hour),
                    };
                    let new = self.new_group(one, supervisor, meeting, &led);
                    if let Some(new) = new.filter(|new| best.as_ref().is_none_or(|best| new.score_change > best.score_change)) {
                        best = Some(new);
                    }
                }
            }
        }
        best
    }

    fn new_group(&self, one: PractitionerRow, supervisor: SupervisorRow, meeting: Meeting, led: &[(usize, &Group)]) -> Option<Place> {
        let is_barred = !self.round.obstacles_of_meeting(supervisor, &meeting).is_empty()
            || !self.round.obstacles_of_one(one, supervisor, &meeting).is_empty()
            || !self.obstacles_of_opening(supervisor, &meeting, led).is_empty();
        if is_barred {
            return None;
        }
        let with = self.company(Group { supervisor, meeting: meeting.clone(), members: vec![one] })?;
        let to = Destination::New { meeting, with: with.iter().map(|row| self.round.practitioners[*row].id.clone()).collect() };
        let effect = self.effect(&self.round.practitioners[one].id, &to).ok()?;
        place(to, &effect)
    }

    /// Others who wait, for a group of somebody alone: one by one whoever adds most, until there are enough and nobody adds anything.
    fn company(&self, mut group: Group) -> Option<Vec<PractitionerRow>> {
        let fits = |other: &PractitionerRow| self.round.obstacles_of_one(*other, group.supervisor, &group.meeting).is_empty();
        let mut others: Vec<PractitionerRow> = self.waiting().filter(|other| !group.members.contains(other)).filter(fits).collect();
        loop {
            let size = self.round.obstacles_of_size(&group.meeting, group.members.len());
            let before = self.round.points(&group);
            let mut best: Option<(i64, usize)> = None;
            for (place, other) in others.iter().enumerate() {
                group.members.push(*other);
                let is_allowed = self.round.obstacles_among(&group.members).is_empty()
                    && !matches!(self.round.obstacles_of_size(&group.meeting, group.members.len()), Some(Obstacle::TooMany { .. }));
                let adds = self.round.points(&group) - before;
                group.members.pop();
                if is_allowed && best.is_none_or(|(most, _)| adds > most) {
                    best = Some((adds, place));
                }
            }
            match (best, size) {
                (Some((adds, place)), size) if adds > 0 || size.is_some() => group.members.push(others.swap_remove(place)),
                (_, Some(_)) => return None,
                (_, None) => return Some(group.members.split_off(1)),
            }
        }
    }
}

fn place(to: Destination, effect: &Effect) -> Option<Place> {
    effect.breaks.is_empty().then_some(Place { to, score_change: effect.score_change })
}
