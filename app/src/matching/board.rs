//! The board of a round: its proposal with what coordinators have changed by hand. Nothing here is stored: a board follows from the
//! proposal and the changes, and is laid out anew whenever somebody looks.

use std::collections::BTreeSet;

use ::matching::{Board, BoardError, Destination, Instance, Meeting, Proposal, ProposedGroup, When};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::beside::Chosen;
use crate::people::PersonName;

/// Who leads a group, how and when: what no two groups of a board have in common. It is what a stored change calls a group, since the
/// numbers on a board move on when a group is emptied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    supervisor: String,
    stream: String,
    mode: String,
    week: i64,
    day: i64,
    start: i64,
}

/// Where somebody was moved, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovedTo {
    /// A group that was there.
    Group(Sitting),
    /// A group that was opened for it, with others who had no place.
    New(Sitting, Vec<String>),
    /// Those who have no place.
    List,
}

/// What somebody did with a board. People are named as in the files of the round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Moved somebody.
    Move(String, MovedTo),
    /// Said that somebody stays where they are when the round is run again.
    Pin(String),
    /// Took that back.
    Unpin(String),
    /// Gave a place beside a supervisor to somebody, or to nobody.
    Beside(Chosen),
    /// Took back the last change that stood.
    TakeBack,
}

/// A change as it was made.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its place among the changes of the board, from one.
    pub position: i64,
    /// What was done.
    pub deed: Deed,
    /// Why a rule was broken; empty where none was.
    pub reason: String,
    /// Who did it.
    pub by: PersonName,
    /// When.
    pub at: DateTime<Utc>,
}

/// A change with what has become of it.
#[derive(Clone, Debug)]
pub struct Done {
    /// The change.
    pub change: Change,
    /// What a move did to the score.
    pub score_change: Option<i64>,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}

/// A board as it is now. Its groups are numbered as they stand in the proposal.
#[derive(Debug)]
pub struct RoundBoard {
    /// What is asked.
    pub board: Board,
    /// The groups.
    pub proposal: Proposal,
    /// Who stays where they are when the round is run again.
    pub pins: BTreeSet<String>,
    /// To whom the places beside supervisors go that somebody has chosen by hand, each once.
    pub beside: Vec<Chosen>,
    /// Every change, in its order.
    pub done: Vec<Done>,
}

impl RoundBoard {
    /// Lays a board out.
    pub fn lay(instance: &Instance, proposal: &Proposal, changes: Vec<Change>) -> Result<Self, BoardError> {
        let board = Board::new(instance.clone(), proposal)?;
        let done = Vec::with_capacity(changes.len());
        let mut laid = Self { board, proposal: proposal.clone(), pins: BTreeSet::new(), beside: Vec::new(), done };
        let stands = what_stands(&changes);
        for (place, change) in changes.into_iter().enumerate() {
            let is_taken_back = change.deed != Deed::TakeBack && !stands.contains(&place);
            let score_change = if is_taken_back { None } else { laid.apply(instance, &change.deed)? };
            laid.done.push(Done { change, score_change, is_taken_back });
        }
        Ok(laid)
    }

    fn apply(&mut self, instance: &Instance, deed: &Deed) -> Result<Option<i64>, BoardError> {
        match deed {
            Deed::Pin(who) => self.pins.insert(who.clone()),
            Deed::Unpin(who) => self.pins.remove(who),
            Deed::Beside(chosen) => {
                self.give(chosen.clone());
                true
            }
            Deed::TakeBack => false,
            Deed::Move(who, to) => {
                if *to == MovedTo::List {
                    self.pins.remove(who);
                }
                let effect = self.board.change(who, &self.destination(to)?)?;
                // Groups that were emptied are gone, and their numbers with them.
                self.proposal = self.board.proposal();
                self.board = Board::new(instance.clone(), &self.proposal)?;
                return Ok(Some(effect.score_change));
            }
        };
        Ok(None)
    }

    /// Gives a place beside a supervisor to somebody, or to nobody, in place of whoever had it.
    pub fn give(&mut self, chosen: Chosen) {
        self.beside.retain(|other| (&other.at, other.role) != (&chosen.at, chosen.role));
        self.beside.push(chosen);
    }

    /// How many changes it has seen: the place before that of the next.
    pub fn position(&self) -> i64 {
        self.done.last().map_or(0, |done| done.change.position)
    }

    /// The change that would be taken back.
    pub fn last(&self) -> Option<&Change> {
        self.done
            .iter()
            .rev()
            .map(|done| (&done.change, done.is_taken_back))
            .find_map(|(change, is_taken_back)| (!is_taken_back && change.deed != Deed::TakeBack).then_some(change))
    }

    /// How many moves stand.
    pub fn moves(&self) -> usize {
        self.done.iter().filter(|done| !done.is_taken_back && matches!(done.change.deed, Deed::Move(..))).count()
    }

    /// The groups as they would be if somebody moved.
    pub fn after(&self, who: &str, to: &Destination) -> Result<Proposal, BoardError> {
        let mut board = self.board.clone();
        board.change(who, to)?;
        Ok(board.proposal())
    }

    /// The groups as they would be without the last change that stands.
    pub fn before_the_last(&self, instance: &Instance, proposal: &Proposal) -> Result<Proposal, BoardError> {
        let standing = self.done.iter().filter(|done| !done.is_taken_back && done.change.deed != Deed::TakeBack);
        let mut standing: Vec<Change> = standing.map(|done| done.change.clone()).collect();
        standing.pop();
        Ok(Self::lay(instance, proposal, standing)?.proposal)
    }

    /// The groups that break no rule.
    pub fn whole_groups(&self) -> impl Iterator<Item = &ProposedGroup> {
        let broken: BTreeSet<usize> = self.board.broken().iter().map(|broken| broken.group).collect();
        self.proposal.groups.iter().enumerate().filter(move |(number, _)| !broken.contains(number)).map(|(_, group)| group)
    }

    /// The group in which somebody is, with its number from nought.
    pub fn group_of(&self, who: &str) -> Option<(usize, &ProposedGroup)> {
        self.proposal.groups.iter().enumerate().find(|(_, group)| group.members.iter().any(|member| member == who))
    }

    fn destination(&self, to: &MovedTo) -> Result<Destination, BoardError> {
        Ok(match to {
            MovedTo::List => Destination::List,
            MovedTo::New(sitting, with) => Destination::New { meeting: sitting.meeting(), with: with.clone() },
            MovedTo::Group(sitting) => {
                let number = self.proposal.groups.iter().position(|group| Sitting::of(group) == *sitting);
                Destination::Group(number.ok_or(BoardError::UnknownGroup(self.proposal.groups.len()))?)
            }
        })
    }

    /// A destination as it is stored.
    pub fn moved_to(&self, to: &Destination) -> Option<MovedTo> {
        Some(match to {
            Destination::List => MovedTo::List,
            Destination::Group(number) => MovedTo::Group(Sitting::of(self.proposal.groups.get(*number)?)),
            Destination::New { meeting, with } => MovedTo::New(Sitting::at(meeting), with.clone()),
        })
    }
}

/// Which changes stand: each that takes back ends the last that stood before it, and is none that could be taken back itself.
fn what_stands(changes: &[Change]) -> Vec<usize> {
    let mut stands = Vec::new();
    for (place, change) in changes.iter().enumerate() {
        if change.deed == Deed::TakeBack {
            stands.pop();
        } else {
            stands.push(place);
        }
    }
    stands
}

impl Sitting {
    /// That of a proposed group.
    pub fn of(group: &ProposedGroup) -> Self {
        let ProposedGroup { supervisor, stream, mode, week, day, start, members: _ } = group.clone();
        Self { supervisor, stream, mode, week, day, start }
    }

    fn at(meeting: &Meeting) -> Self {
        let Meeting { supervisor, stream, mode, when: When { week, day, start } } = meeting.clone();
        Self { supervisor, stream, mode, week, day, start }
    }

    /// The same in the words of the engine.
    pub fn meeting(&self) -> Meeting {
        let Self { supervisor, stream, mode, week, day, start } = self.clone();
        Meeting { supervisor, stream, mode, when: When { week, day, start } }
    }
}

/// Who leads a proposed group, how and when.
pub fn meeting_of(group: &ProposedGroup) -> Meeting {
    Sitting::of(group).meeting()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(deed: Deed) -> Change {
        let by = PersonName { code: String::new(), short: String::new(), initials: String::new() };
        Change { position: 0, deed, reason: String::new(), by, at: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn what_is_taken_back_is_the_last_change_that_stands() {
        let pin = |who: &str| change(Deed::Pin(who.to_owned()));
        let back = || change(Deed::TakeBack);
        assert_eq!(what_stands(&[pin("a"), pin("b"), back()]), [0]);
        assert_eq!(what_stands(&[pin("a"), back(), pin("b"), pin("c"), back(), back()]), Vec::<usize>::new());
        assert_eq!(what_stands(&[pin("a"), pin("b"), back(), pin("c")]), [0, 3]);
    }
}
