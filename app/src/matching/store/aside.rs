//! What is told beside a board of the one group or person that is chosen on it.

use std::collections::HashSet;

use ::matching::{Destination, Effect, Lack, Miss, Naming, Obstacle, ProposedGroup, Reason, Standing, Term, people_in_words};

use super::board::Told;
use crate::matching::answers::{AboutGroup, AboutPerson, Nearest, PointLine, WayToGo};
use crate::matching::board::meeting_of;
use crate::matching::candidates::ident;
use crate::matching::forms::Whither;
use crate::matching::model::Part;
use crate::matching::points::Points;
use crate::matching::times_in_common::times_in_common;
use crate::matching::words::{flaw_in_words, reason_in_words, said_of};
use crate::ui::full_stop;

/// For so many pairs of somebody without a place and a supervisor it is looked how near each is to each: about half a second.
pub(super) const PEOPLE_AND_SUPERVISORS: usize = 40_000;

/// So many of the groups that somebody misses by least are told.
const NEAREST: usize = 3;

/// So many of the groups that cannot be reached without breaking a rule are told.
const WITH_BROKEN_RULES: usize = 12;

impl Told<'_> {
    /// The chosen group, or that of the chosen person.
    pub(super) fn about_group(&self) -> Option<AboutGroup> {
        let who = ident(Part::Practitioner, &self.chosen.person);
        let by_number = || self.chosen.group.parse::<usize>().ok()?.checked_sub(1);
        let number = self.board.group_of(&who).map(|(number, _)| number).or_else(by_number)?;
        let group = self.board.proposal.groups.get(number)?;
        let meeting = meeting_of(group);
        let about = format!("{}, with {}", self.words.when(&meeting), full_stop(&self.words.who(&meeting.supervisor)));
        Some(AboutGroup {
            number,
            about,
            points: self.points(number, group),
            common: times_in_common(self.names, group),
            beside: self.beside.as_ref().map(|places| places.about(number)).unwrap_or_default(),
            is_asked: self.is_asked(number),
        })
    }

    /// Why a group looks as it does: first what it keeps, then what adds to the score, then what takes from it.
    fn points(&self, number: usize, group: &ProposedGroup) -> Vec<PointLine> {
        let points = Points::of(self.names, group);
        let meeting = meeting_of(group);
        let line = |sentence: String, is_good: bool, points: i64| PointLine { sentence, is_good: Some(is_good), points };
        let broken = self.board.board.broken();
        let broken: Vec<_> = broken.iter().filter(|broken| broken.group == number).collect();
        let mut lines = Vec::new();
        if broken.is_empty() {
            lines.push(line("Every rule is kept: free times, work, levels, and who may meet whom".to_owned(), true, 0));
        }
        lines.extend(broken.iter().map(|broken| line(self.words.obstacle(&meeting, &broken.obstacle), false, 0)));
        lines.push(line(format!("{} placed, urgency {}", people_in_words(points.size), points.urgency), true, points.places));
        for (what, wish) in [("at a preferred time", points.preferred_time), ("with the supervisor of now", points.same_supervisor)] {
            if wish.asked > 0 {
                lines.push(line(format!("{} of {} who asked {what}", wish.given, wish.asked), wish.given == wish.asked, wish.points()));
            }
        }
        lines.push(PointLine { sentence: "Opening a group".to_owned(), is_good: None, points: -points.opening });
        lines.extend(points.flaws.iter().map(|(flaw, lost)| line(flaw_in_words(*flaw), false, -lost)));
        lines
    }

    /// The chosen person; nothing where nobody of the round is.
    pub(super) fn about_person(&self) -> Option<AboutPerson> {
        let one = self.names.practitioner(&ident(Part::Practitioner, &self.chosen.person))?;
        let (mut reasons, mut changes, mut nearest, mut supervisors) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let ways = self.ways(&one.id);
        match self.board.board.explain(&one.id).ok()? {
            Standing::Placed { reasons: found, .. } => {
                let line =
                    |reason: &Reason| PointLine { sentence: reason_in_words(reason), is_good: Some(reason.is_met), points: reason.points };
                reasons = found.iter().map(line).collect();
                let unmet = found.iter().filter(|reason| !reason.is_met).filter_map(|reason| wish_in_words(reason.term));
                changes = unmet.map(|(wish, term)| self.what_would_give(&one.id, wish, term, &ways)).collect();
            }
            Standing::Waiting { misses } if !self.by_now.is_out(&one.id) && !self.is_past_the_places(&one.id, &Destination::Group(0)) => {
                nearest = self.nearest_of(&misses);
                supervisors = self.supervisors(&misses);
            }
            Standing::Waiting { .. } => {}
        }
        Some(AboutPerson {
            person: self.person(&one.id)?,
            about: self.words.about(one),
            group: self.board.group_of(&one.id).map(|(number, _)| number),
            is_pinned: self.board.pins.contains(&one.id),
            is_asked: self.asked.has_asked(&one.id),
            is_held: self.by_now.is_out(&one.id),
            reasons,
            changes,
            nearest,
            supervisors,
            ways: self.told(&one.id, &ways),
            chosen_way: self.chosen.to.clone(),
        })
    }

    /// The groups that somebody without a place misses by least.
    pub(super) fn nearest(&self, who: &str) -> Vec<Nearest> {
        match self.board.board.explain(who) {
            Ok(Standing::Waiting { misses }) if !self.by_now.is_out(who) && !self.is_past_the_places(who, &Destination::Group(0)) => {
                self.nearest_of(&misses)
            }
            _ => Vec::new(),
        }
    }

    /// The nearest first; of each supervisor who is available one, and none that nothing could open while there is another.
    fn nearest_of(&self, misses: &[Miss]) -> Vec<Nearest> {
        let mut led_by = HashSet::new();
        let available = misses.iter().filter(|miss| !self.by_now.is_out(&miss.meeting.supervisor));
        let nearest = available.filter(|miss| led_by.insert(miss.meeting.supervisor.as_str())).take(NEAREST * NEAREST);
        let mut told: Vec<Nearest> = nearest
            .map(|miss| {
                let (sentence, way) = self.words.miss(miss);
                Nearest { sentence, way, is_open: miss.obstacles.is_empty() }
            })
            .collect();
        told.sort_by_key(|nearest| nearest.way.is_empty());
        told.truncate(NEAREST);
        told
    }

    /// What keeps each supervisor from having somebody, and how many lead no such group or do not work with it.
    fn supervisors(&self, misses: &[Miss]) -> Vec<String> {
        let mut led_by = HashSet::new();
        let mut elsewhere = 0_usize;
        let mut lines = Vec::new();
        for miss in misses.iter().filter(|miss| led_by.insert(miss.meeting.supervisor.as_str())) {
            if miss.obstacles.iter().any(is_other_work) {
                elsewhere += 1;
                continue;
            }
            let supervisor = &miss.meeting.supervisor;
            lines.push(if self.by_now.is_out(supervisor) {
                format!("{} is not available for matching.", self.words.who(supervisor))
            } else {
                self.words.miss(miss).0
            });
        }
        if elsewhere > 0 {
            let count = if elsewhere == 1 { "One supervisor leads".to_owned() } else { format!("{elsewhere} supervisors lead") };
            lines.push(format!("{count} no such group, or other work."));
        }
        lines
    }

    /// Where somebody without their wish would have it, and what is in the way there.
    fn what_would_give(&self, who: &str, wish: &str, term: Term, ways: &[(Destination, Effect)]) -> String {
        let is_it = |reason: &Reason| reason.term == term && reason.is_met;
        let gives = |to: &Destination| self.board.board.reasons_at(who, to).is_ok_and(|reasons| reasons.iter().any(is_it));
        let Some((to, effect)) = ways.iter().find(|(to, _)| gives(to)) else {
            return format!("{wish}: none of the groups as they are would give it, and no new one that could be opened now.");
        };
        let place = self.words.destination(to).0;
        let broken = self.board.board.broken_in_words(to, effect, &self.words).join(" ");
        if broken.is_empty() { format!("{wish}: {place} would give it.") } else { format!("{wish}: {place} would give it. {broken}") }
    }

    /// Everywhere that somebody could go, the best first, but for what would be refused whatever the reason.
    fn ways(&self, who: &str) -> Vec<(Destination, Effect)> {
        let mut ways = self.board.board.ways(who).unwrap_or_default();
        ways.retain(|(to, _)| !self.is_refused(who, to));
        ways
    }

    /// As many of them as are told.
    fn told(&self, who: &str, ways: &[(Destination, Effect)]) -> Vec<WayToGo> {
        let (free, broken): (Vec<_>, Vec<_>) = ways.iter().partition(|(_, effect)| effect.breaks.is_empty());
        let is_told = |(place, (to, _)): &(usize, &(Destination, Effect))| *place < WITH_BROKEN_RULES || key_of(to) == self.chosen.to;
        let broken = broken.into_iter().enumerate().filter(is_told).map(|(_, way)| way);
        free.into_iter().chain(broken).map(|(to, effect)| self.way(who, to, effect)).collect()
    }

    /// Whether it would place somebody who is not available for matching, or with whoever leads and is not, or bring an authority past its places, which is
    /// refused whatever the reason. Of a new group the board knows who is available.
    fn is_refused(&self, who: &str, to: &Destination) -> bool {
        let is_out = match to {
            Destination::List => false,
            Destination::Group(number) => {
                let leader = self.board.proposal.groups.get(*number).map(|group| group.supervisor.as_str());
                self.by_now.is_out(who) || leader.is_some_and(|leader| self.by_now.is_out(leader))
            }
            Destination::New { .. } => self.by_now.is_out(who),
        };
        is_out || self.is_past_the_places(who, to)
    }

    fn way(&self, who: &str, to: &Destination, effect: &Effect) -> WayToGo {
        let (name, about) = self.words.destination(to);
        WayToGo {
            key: key_of(to),
            name,
            about,
            score_change: effect.score_change,
            reasons: self.board.board.reasons_at(who, to).map(|reasons| said_of(&reasons)).unwrap_or_default(),
            is_asked: matches!(to, Destination::Group(number) if self.is_asked(*number)),
            breaks: self.board.board.broken_in_words(to, effect, &self.words),
            may_be_broken: effect.breaks.iter().all(|broken| broken.obstacle.may_be_broken()),
        }
    }
}

/// What somebody has asked for, where that is what a term of the score is about.
const fn wish_in_words(term: Term) -> Option<(&'static str, Term)> {
    match term {
        Term::PreferredTime => Some(("A preferred time", term)),
        Term::SameSupervisor => Some(("The supervisor of now", term)),
        Term::Company(Lack::Companions) => Some(("Those with whom they are kept together", term)),
        Term::Size | Term::Company(_) => None,
    }
}

/// What a form sends for a place.
fn key_of(to: &Destination) -> String {
    let whither = match to {
        Destination::Group(number) => Whither::Group(*number),
        Destination::New { .. } => Whither::New,
        Destination::List => Whither::List,
    };
    whither.key()
}

/// Whether whoever leads has nothing to do with what somebody asks for.
fn is_other_work(obstacle: &Obstacle) -> bool {
    matches!(obstacle, Obstacle::StreamNotOffered | Obstacle::InterventionNotOffered { .. } | Obstacle::OtherStream { .. })
}
