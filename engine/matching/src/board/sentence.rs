//! What a change breaks, in plain English. It is said here and nowhere else, so that a page that asks the engine in the browser says the same as
//! the server does.

use crate::board::{Board, Destination, Effect, Meeting, Obstacle};

/// Who and what sentences name, by the ids of a round's file.
pub trait Naming {
    /// A person: "Amina R."
    fn who(&self, id: &str) -> String;
    /// What a practitioner works with: "Solihull Approach".
    fn work(&self, practitioner: &str) -> String;
    /// Why a practitioner does not meet in a mode, as a sentence, where that is anything but that they asked not to.
    fn why_not_by_mode(&self, _practitioner: &str, _mode: &str) -> Option<String> {
        None
    }
}

/// "Group 3": the groups of a board are called by their numbers, counted from one.
pub fn group_name(number: usize) -> String {
    format!("Group {}", number + 1)
}

/// "One person", "4 people".
pub fn people_in_words(count: i64) -> String {
    if count == 1 { "One person".to_owned() } else { format!("{count} people") }
}

/// How a group meets.
pub fn mode_in_words(mode: &str) -> &'static str {
    if mode == "online" { "online" } else { "in person" }
}

impl Obstacle {
    /// Whether a coordinator may break the rule, with a reason. Two people who may not meet, be it that one manages the other or that they are
    /// kept apart, never do.
    pub fn may_be_broken(&self) -> bool {
        !matches!(self, Self::InConflict { .. } | Self::InConflictWithSupervisor { .. })
    }
}

impl Board {
    /// A rule that a group breaks, or would break.
    pub fn sentence(&self, meeting: &Meeting, obstacle: &Obstacle, naming: &impl Naming) -> String {
        let supervisor = naming.who(&meeting.supervisor);
        match obstacle {
            Obstacle::TooFew { missing } => format!("{} too few.", people_in_words(*missing)),
            Obstacle::TooMany { over } => format!("{} too many.", people_in_words(*over)),
            Obstacle::StreamNotOffered => format!("{supervisor} leads no such group."),
            Obstacle::InterventionNotOffered { practitioner } => format!("{supervisor} does not work with {}.", naming.work(practitioner)),
            Obstacle::OtherStream { practitioner } => format!("{} asked for another kind of group.", naming.who(practitioner)),
            Obstacle::SupervisorNotFree => format!("{supervisor} is not free then."),
            Obstacle::NotFree { practitioner } => format!("{} is not free then.", naming.who(practitioner)),
            Obstacle::TooCloseTo { group } => format!("{supervisor} leads {} too soon before or after it.", group_name(*group)),
            Obstacle::TooManyGroups => format!("{supervisor} takes on {} at most.", self.most_groups(meeting)),
            Obstacle::ModeNotOffered => format!("{supervisor} does not meet {}.", mode_in_words(&meeting.mode)),
            Obstacle::ModeNotAccepted { practitioner } => naming
                .why_not_by_mode(practitioner, &meeting.mode)
                .unwrap_or_else(|| format!("{} asked not to meet {}.", naming.who(practitioner), mode_in_words(&meeting.mode))),
            Obstacle::OtherRegion { practitioner } => {
                let region = self.round.supervisor(&meeting.supervisor).map_or("", |supervisor| supervisor.region.as_str());
                format!("{} is not of {region}.", naming.who(practitioner))
            }
            Obstacle::InConflict { one, other } => format!("{} and {} may not be in one group.", naming.who(one), naming.who(other)),
            Obstacle::InConflictWithSupervisor { practitioner } => {
                format!("{supervisor} may not lead a group with {} in it.", naming.who(practitioner))
            }
            Obstacle::LevelsApart => "Levels more than one apart.".to_owned(),
            Obstacle::NotOnTheHalfHour => "It does not begin on the half hour.".to_owned(),
        }
    }

    /// Every rule that a move breaks. What it breaks elsewhere, such as where somebody comes from, is said with its group.
    pub fn broken_in_words(&self, to: &Destination, effect: &Effect, naming: &impl Naming) -> Vec<String> {
        let said = effect.breaks.iter().filter_map(|broken| {
            let sentence = self.sentence(&self.groups.get(broken.group)?.meeting, &broken.obstacle, naming);
            let is_there = matches!(to, Destination::Group(number) if *number == broken.group);
            Some(if is_there { sentence } else { format!("{}: {sentence}", group_name(broken.group)) })
        });
        said.collect()
    }

    fn most_groups(&self, meeting: &Meeting) -> String {
        match self.round.supervisor(&meeting.supervisor).map_or(0, |supervisor| supervisor.max_groups) {
            1 => "one group".to_owned(),
            most => format!("{most} groups"),
        }
    }
}
