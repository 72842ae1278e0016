//! A board in the words of its page.

use std::collections::BTreeSet;

use ::matching::{Destination, Meeting, Naming, Practitioner, ProposedGroup, rank_of_fit};

use super::aside::PEOPLE_AND_SUPERVISORS;
use super::asked::AskedAbout;
use super::by_now::ByNow;
use super::places::{is_past_the_places, taken_in_words};
use crate::groups::GroupKind;
use crate::matching::answers::{ByHand, ChangeLine, Figures, NotPlaced, RoundGroup, RoundMember};
use crate::matching::beside::{Chosen, Places};
use crate::matching::board::{Deed, Done, MovedTo, RoundBoard, meeting_of};
use crate::matching::facts::{Names, ONLINE_WOULD_OPEN_MORE, stays};
use crate::matching::forms::BoardAddress;
use crate::matching::points::Points;
use crate::matching::words::{Words, flaw_in_words};
use crate::people::PersonName;
use crate::registration::Stream;

/// A board with all that it takes to tell of it.
pub(super) struct Told<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) board: &'a RoundBoard,
    pub(super) words: Words<'a>,
    /// What is chosen on it.
    pub(super) chosen: &'a BoardAddress,
    /// The groups about which people were asked.
    pub(super) asked: &'a AskedAbout,
    /// What is known by now of those who take part.
    pub(super) by_now: &'a ByNow,
    /// The places beside supervisors, where the round asks for any.
    pub(super) beside: Option<Places<'a>>,
    /// How many places one authority may have, where there is such a number.
    pub(super) most_places: Option<i64>,
}

impl Told<'_> {
    pub(super) fn person(&self, id: &str) -> Option<PersonName> {
        self.words.seen.get(id).map(|seen| seen.looked_at.person.clone())
    }

    /// Whether people were asked about a group.
    pub(super) fn is_asked(&self, number: usize) -> bool {
        self.board.proposal.groups.get(number).is_some_and(|group| self.asked.is_about(group))
    }

    /// The groups, the weakest first: those that give least of what was asked, or have flaws where nothing was; of those that are alike in that, the
    /// one in which each adds least.
    pub(super) fn groups(&self) -> Vec<RoundGroup> {
        let broken = self.board.board.broken();
        let told = |(number, group): (usize, &ProposedGroup)| {
            let meeting = meeting_of(group);
            let of_group = broken.iter().filter(|broken| broken.group == number);
            self.group(number, group, of_group.map(|broken| self.words.obstacle(&meeting, &broken.obstacle)).collect())
        };
        let mut groups: Vec<RoundGroup> = self.board.proposal.groups.iter().enumerate().filter_map(told).collect();
        let rank = |group: &RoundGroup| rank_of_fit(group.fit, !group.flaws.is_empty());
        groups.sort_by_key(|group| (rank(group), group.score / i64::try_from(group.members.len()).unwrap_or(1).max(1)));
        groups
    }

    fn group(&self, number: usize, group: &ProposedGroup, broken: Vec<String>) -> Option<RoundGroup> {
        let supervisor = self.names.supervisor(&group.supervisor)?;
        let members = self.names.members(group);
        let (meeting, points) = (meeting_of(group), Points::of(self.names, group));
        let start = (group.week, group.day, group.start);
        let others = self.names.times_in_common(supervisor, &members).into_iter().filter(|other| *other != start);
        let led_by = self.person(&group.supervisor)?;
        let is_out = self.by_now.is_out(&group.supervisor);
        let not_led = is_out.then(|| format!("{} is not available for matching by now", led_by.short));
        Some(RoundGroup {
            number,
            kind: Stream::of_key(&group.stream).map_or(GroupKind::Group, Stream::kind),
            supervisor: led_by,
            mode: self.words.mode(&meeting),
            when: self.words.when(&meeting),
            other_times: others.count(),
            members: members.iter().filter_map(|member| self.member(group, member)).collect(),
            most: self.names.most(&group.stream),
            score: points.score(),
            fit: points.fit(),
            flaws: not_led.into_iter().chain(points.flaws.iter().map(|(flaw, _)| flaw_in_words(*flaw))).collect(),
            broken,
            is_asked: self.is_asked(number),
            beside: self.beside.as_ref().map(|places| places.lines(number)).unwrap_or_default(),
        })
    }

    fn member(&self, group: &ProposedGroup, member: &Practitioner) -> Option<RoundMember> {
        Some(RoundMember {
            person: self.person(&member.id)?,
            level: member.level,
            about: self.words.about_but_the_level(member),
            is_preferred: self.names.covers(&member.preferred, (group.week, group.day, group.start)),
            stays: stays(group, member),
            is_pinned: self.board.pins.contains(&member.id),
            is_held: self.by_now.is_out(&member.id),
        })
    }

    pub(super) fn figures(&self, groups: &[RoundGroup]) -> Figures {
        let members = || groups.iter().flat_map(|group| &group.members);
        let supervisors: BTreeSet<&str> = groups.iter().map(|group| group.supervisor.code.as_str()).collect();
        let placed = self.board.proposal.groups.iter().flat_map(|group| self.names.members(group));
        Figures {
            placed: members().count(),
            groups: groups.len(),
            supervisors: supervisors.len(),
            preferred: members().filter(|member| member.is_preferred).count(),
            staying: members().filter(|member| member.stays).count(),
            had_one: placed.filter(|member| self.names.had_one(member)).count(),
            weakest: groups.first().map(|group| (group.number, group.fit)),
            score: self.board.board.score(),
            broken: groups.iter().map(|group| group.broken.len()).sum(),
        }
    }

    /// Who has no place. What they miss by least is looked for as far as that takes no longer than somebody waits for a page: everybody in
    /// a round of the Centre's usual size, the most urgent in a large one, and whoever is chosen.
    pub(super) fn not_placed(&self, practitioners: &[Practitioner], supervisors: usize) -> Vec<NotPlaced> {
        let placed: BTreeSet<&str> = self.board.proposal.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect();
        let mut left: Vec<&Practitioner> = practitioners.iter().filter(|one| !placed.contains(one.id.as_str())).collect();
        left.sort_by_key(|one| -one.urgency);
        let looked_for = PEOPLE_AND_SUPERVISORS / (left.len() * supervisors).max(1);
        let told = left.into_iter().enumerate().filter_map(|(place, one)| {
            let nearest = if place < looked_for { self.nearest(&one.id).into_iter().next() } else { None };
            // Whoever was taken out by hand, for one.
            let is_open = nearest.as_ref().is_some_and(|nearest| nearest.is_open);
            let is_held = self.by_now.is_out(&one.id);
            let reason = match (is_held, self.is_past_the_places(&one.id, &Destination::Group(0)), is_open) {
                (true, ..) => "Not available for matching.".to_owned(),
                (false, true, _) => format!("{} {}", self.why_not(one), taken_in_words(&self.words.authority(one))),
                (false, false, true) => "A group has room for them.".to_owned(),
                (false, false, false) => self.why_not(one),
            };
            Some(NotPlaced { person: self.person(&one.id)?, about: self.words.about(one), urgency: one.urgency, is_held, reason, nearest })
        });
        told.collect()
    }

    /// What is in the way of somebody who has no place. What they need that groups do not have comes first, since it narrows everything else.
    fn why_not(&self, one: &Practitioner) -> String {
        let why = self.names.why_not(&self.board.proposal, one);
        match self.words.seen.get(&one.id).and_then(|seen| seen.looked_at.needs.as_ref()) {
            None => why,
            Some(needs) if one.modes.is_empty() => needs.clone(),
            Some(needs) => format!("{needs} {}", why.strip_suffix(ONLINE_WOULD_OPEN_MORE).unwrap_or(&why)),
        }
    }

    /// Whether a move would bring an authority past its places, which is refused whatever the reason.
    pub(super) fn is_past_the_places(&self, who: &str, to: &Destination) -> bool {
        is_past_the_places((self.names.instance(), &self.board.proposal), self.most_places, who, to)
    }

    /// What was changed by hand, the last change first.
    pub(super) fn by_hand(&self, score_of_proposal: i64) -> ByHand {
        ByHand {
            seen: self.board.position(),
            moves: self.board.moves(),
            pins: self.board.pins.len(),
            score_change: self.board.board.score() - score_of_proposal,
            last: self.board.last().map(|change| self.deed(&change.deed)),
            run_again_as: None,
            changes: self.board.done.iter().rev().map(|done| self.change(done)).collect(),
        }
    }

    fn change(&self, done: &Done) -> ChangeLine {
        ChangeLine {
            sentence: self.deed(&done.change.deed),
            reason: done.change.reason.clone(),
            by: done.change.by.clone(),
            at: done.change.at,
            score_change: done.score_change,
            is_taken_back: done.is_taken_back,
        }
    }

    fn deed(&self, deed: &Deed) -> String {
        let place = |meeting: &Meeting| format!("{}, with {}", self.words.when(meeting), self.words.who(&meeting.supervisor));
        match deed {
            Deed::Move(who, MovedTo::List) => format!("{} back to the list", self.words.who(who)),
            Deed::Move(who, MovedTo::Group(sitting)) => format!("{} to {}", self.words.who(who), place(&sitting.meeting())),
            Deed::Move(who, MovedTo::New(sitting, with)) => {
                let everybody: Vec<String> = [who].into_iter().chain(with).map(|one| self.words.who(one)).collect();
                format!("{} to a new group, {}", crate::ui::and(&everybody), place(&sitting.meeting()))
            }
            Deed::Pin(who) => format!("{} pinned", self.words.who(who)),
            Deed::Unpin(who) => format!("{} no longer pinned", self.words.who(who)),
            Deed::Beside(Chosen { at, role, who: Some(who) }) => {
                format!("{} {}, {}", self.words.who(who), role.name().to_lowercase(), place(&at.meeting()))
            }
            Deed::Beside(Chosen { at, role, who: None }) => format!("No {}, {}", role.name().to_lowercase(), place(&at.meeting())),
            Deed::TakeBack => "The change before it taken back".to_owned(),
        }
    }
}
