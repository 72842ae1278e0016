//! Who fits an open place: whoever takes part in the round, has no place and is held back by no rule.

use std::cmp::Reverse;
use std::collections::HashSet;

use ::matching::{Board, Destination, Practitioner, Proposal, ProposedGroup};

use super::people::RoundPerson;
use super::row::AskedGroup;
use super::scene::Scene;
use crate::database::unavailable;
use crate::error::AppError;
use crate::matching::{Part, ident, said_of, urgency_in_words};
use crate::registration::Stream;
use crate::ui::full_stop;

/// How many are suggested for one group.
pub(super) const SUGGESTED: usize = 5;

/// Somebody who fits a place.
pub(super) struct Fitting<'a> {
    pub person: &'a RoundPerson,
    /// What they would add to the score.
    pub adds: i64,
    /// Why, in words.
    pub why: String,
}

/// The groups of a round as they are by now, on the board of the engine, and those who have no place in them.
pub(super) struct Waiting<'a> {
    scene: &'a Scene,
    groups: Vec<ProposedGroup>,
    board: Board,
    without_place: Vec<(&'a Practitioner, &'a RoundPerson)>,
}

impl<'a> Waiting<'a> {
    /// Sets up the board.
    pub fn of(scene: &'a Scene) -> Result<Self, AppError> {
        let proposal = as_it_is(scene);
        let placed: HashSet<&str> = proposal.groups.iter().flat_map(|one| &one.members).map(String::as_str).collect();
        let waiting = scene.settled.instance.practitioners.iter().filter(|one| !placed.contains(one.id.as_str()));
        let without_place = waiting.filter_map(|one| scene.people.get(&one.id).map(|person| (one, person))).collect();
        let board = Board::new(scene.settled.instance.clone(), &proposal)
            .map_err(|_| unavailable("the groups of a round that people were asked about do not belong to it"))?;
        Ok(Self { scene, board, without_place, groups: proposal.groups })
    }

    /// Who fits a place in a group, with what they would add to the score: the best first. Whoever was asked about it is not asked again.
    pub fn who_fits(&self, group: &AskedGroup) -> Vec<Fitting<'a>> {
        let Some(number) = self.groups.iter().position(|one| is_of(one, group)) else { return Vec::new() };
        let there = |one: &RoundPerson| one.id == group.supervisor || group.seated().any(|seated| seated.person == one.id);
        let others: Vec<&RoundPerson> = self.scene.people.values().filter(|one| there(one)).collect();
        let may_be_asked = |one: &RoundPerson| {
            one.obstacle(group.kind).is_none()
                && group.members().all(|asked| asked.person != one.id)
                && !others.iter().any(|other| self.scene.are_apart(one, other))
        };
        let mut fitting: Vec<Fitting<'a>> = Vec::new();
        for (one, person) in self.without_place.iter().copied().filter(|(_, person)| may_be_asked(person)) {
            let to = Destination::Group(number);
            let effect = self.board.effect(&one.id, &to).ok().filter(|effect| effect.breaks.is_empty());
            fitting.extend(effect.map(|effect| Fitting { person, adds: effect.score_change, why: self.why(one, &to) }));
        }
        fitting.sort_by_key(|one| Reverse(one.adds));
        fitting
    }

    /// "No supervision now. At a preferred time; another supervisor than now."
    fn why(&self, one: &Practitioner, to: &Destination) -> String {
        let urgency = urgency_in_words(one.urgency).map(full_stop);
        let reasons = self.board.reasons_at(&one.id, to).map(|reasons| said_of(&reasons)).unwrap_or_default();
        urgency.into_iter().chain([reasons]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

fn is_of(one: &ProposedGroup, group: &AskedGroup) -> bool {
    let at = group.meeting;
    one.supervisor == ident(Part::Supervisor, &group.supervisor_name.code) && (one.week, one.day, one.start) == (at.week, at.day, at.minute)
}

/// The groups as they are by now: those that people were asked about with whoever has not declined, and the others as they are settled.
fn as_it_is(scene: &Scene) -> Proposal {
    let of_round: HashSet<&str> = scene.settled.instance.practitioners.iter().map(|one| one.id.as_str()).collect();
    let mut placed: HashSet<String> = HashSet::new();
    let mut groups = Vec::new();
    for group in scene.asked.iter().filter(|group| !group.is_closed || group.made.is_some()) {
        let members: Vec<String> = group.placed().map(|one| ident(Part::Practitioner, &one.name.code)).collect();
        let stream = Stream::ALL.iter().find(|stream| stream.kind() == group.kind).map(|stream| stream.key().to_owned());
        groups.push(ProposedGroup {
            supervisor: ident(Part::Supervisor, &group.supervisor_name.code),
            stream: stream.unwrap_or_default(),
            mode: group.mode.key().to_owned(),
            week: group.meeting.week,
            day: group.meeting.day,
            start: group.meeting.minute,
            members: members.into_iter().filter(|id| of_round.contains(id.as_str()) && placed.insert(id.clone())).collect(),
        });
    }
    for group in scene.unasked() {
        let members = group.members.iter().filter(|id| placed.insert((*id).clone())).cloned().collect();
        groups.push(ProposedGroup { members, ..group.clone() });
    }
    Proposal::new(groups)
}
