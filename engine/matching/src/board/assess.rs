//! What the groups of one supervisor score, and which rules they break.

use crate::board::round::Round;
use crate::board::{Group, Meeting};
use crate::company::Flaw;
use crate::compile::{IN_PERSON, WITH_INTERVENTIONS};
use crate::ids::{PractitionerRow, SupervisorRow};
use crate::instance::Practitioner;

/// A hard rule that is not kept, with what it takes to say so. Practitioners by their ids, groups by their numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    TooFew { missing: i64 },
    TooMany { over: i64 },
    StreamNotOffered,
    InterventionNotOffered { practitioner: String },
    OtherStream { practitioner: String },
    SupervisorNotFree,
    NotFree { practitioner: String },
    TooCloseTo { group: usize },
    TooManyGroups,
    ModeNotOffered,
    ModeNotAccepted { practitioner: String },
    OtherRegion { practitioner: String },
    InConflict { one: String, other: String },
    InConflictWithSupervisor { practitioner: String },
    LevelsApart,
    NotOnTheHalfHour,
}

/// A rule that a group on the board breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    pub group: usize,
    pub obstacle: Obstacle,
}

#[derive(Debug)]
pub struct Assessment {
    pub score: i64,
    pub broken: Vec<Broken>,
}

impl Obstacle {
    /// The number of the rule in the specification.
    pub fn rule(&self) -> u8 {
        match self {
            Self::TooFew { .. } | Self::TooMany { .. } => 2,
            Self::StreamNotOffered | Self::InterventionNotOffered { .. } => 3,
            Self::OtherStream { .. } => 4,
            Self::SupervisorNotFree | Self::NotFree { .. } => 5,
            Self::TooCloseTo { .. } => 6,
            Self::TooManyGroups => 7,
            Self::ModeNotOffered | Self::ModeNotAccepted { .. } | Self::OtherRegion { .. } => 8,
            Self::InConflict { .. } | Self::InConflictWithSupervisor { .. } => 9,
            Self::LevelsApart => 10,
            Self::NotOnTheHalfHour => 11,
        }
    }

    /// How far away it is that the rule is kept: how many people there are too many or too few, or one change.
    pub(super) fn distance(&self) -> i64 {
        match self {
            Self::TooFew { missing } => *missing,
            Self::TooMany { over } => *over,
            _ => 1,
        }
    }
}

impl Round {
    pub fn assess(&self, supervisor: SupervisorRow, groups: &[Group]) -> Assessment {
        let of_supervisor = || groups.iter().enumerate().filter(|(_, group)| group.supervisor == supervisor && !group.members.is_empty());
        let mut assessment = Assessment { score: 0, broken: Vec::new() };
        let mut led = 0;
        for (number, group) in of_supervisor() {
            assessment.score += self.points(group) - self.rules.weights.load_step.saturating_mul(led);
            led += 1;
            let mut obstacles = self.obstacles_of_meeting(supervisor, &group.meeting);
            obstacles.extend(group.members.iter().flat_map(|one| self.obstacles_of_one(*one, supervisor, &group.meeting)));
            obstacles.extend(self.obstacles_among(&group.members));
            obstacles.extend(self.obstacles_of_size(&group.meeting, group.members.len()));
            obstacles.extend(self.too_close(&group.meeting, of_supervisor().filter(|(other, _)| *other < number)));
            if led > self.supervisors[supervisor].max_groups {
                obstacles.push(Obstacle::TooManyGroups);
            }
            assessment.broken.extend(obstacles.into_iter().map(|obstacle| Broken { group: number, obstacle }));
        }
        assessment
    }

    /// Rules between the supervisor and the group, whoever is in it.
    pub fn obstacles_of_meeting(&self, supervisor: SupervisorRow, meeting: &Meeting) -> Vec<Obstacle> {
        let leader = &self.supervisors[supervisor];
        let half_hour = meeting.when.half_hour();
        let checks = [
            (Obstacle::StreamNotOffered, leader.streams.contains(&meeting.stream)),
            (Obstacle::ModeNotOffered, leader.modes.contains(&meeting.mode)),
            (Obstacle::SupervisorNotFree, half_hour.is_none_or(|half_hour| self.hours.has(supervisor, half_hour))),
            (Obstacle::NotOnTheHalfHour, half_hour.is_some()),
        ];
        checks.into_iter().filter(|(_, is_kept)| !is_kept).map(|(obstacle, _)| obstacle).collect()
    }

    /// Rules between one person and the group, whoever else is in it.
    pub fn obstacles_of_one(&self, one: PractitionerRow, supervisor: SupervisorRow, meeting: &Meeting) -> Vec<Obstacle> {
        let (leader, person) = (&self.supervisors[supervisor], &self.practitioners[one]);
        let has_interventions = meeting.stream == WITH_INTERVENTIONS;
        let named = |obstacle: fn(String) -> Obstacle| obstacle(person.id.clone());
        let mut obstacles = Vec::new();
        if person.stream != meeting.stream {
            obstacles.push(named(|practitioner| Obstacle::OtherStream { practitioner }));
        }
        if has_interventions && !leader.interventions.contains(&person.intervention) {
            obstacles.push(named(|practitioner| Obstacle::InterventionNotOffered { practitioner }));
        }
        if self.is_barred(one, supervisor) {
            obstacles.push(named(|practitioner| Obstacle::InConflictWithSupervisor { practitioner }));
        }
        if !person.modes.contains(&meeting.mode) {
            obstacles.push(named(|practitioner| Obstacle::ModeNotAccepted { practitioner }));
        }
        if meeting.mode == IN_PERSON && person.region != leader.region {
            obstacles.push(named(|practitioner| Obstacle::OtherRegion { practitioner }));
        }
        if meeting.when.half_hour().is_some_and(|half_hour| !self.free.has(one, half_hour)) {
            obstacles.push(named(|practitioner| Obstacle::NotFree { practitioner }));
        }
        obstacles
    }

    /// Rules between the members of a group.
    pub fn obstacles_among(&self, members: &[PractitionerRow]) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        for (place, one) in members.iter().enumerate() {
            for other in members.iter().skip(place + 1).filter(|other| self.are_foes(*one, **other)) {
                let [one, other] = [one, other].map(|row| self.practitioners[*row].id.clone());
                obstacles.push(Obstacle::InConflict { one, other });
            }
        }
        let levels = || members.iter().map(|member| self.practitioners[*member].level);
        if levels().max().zip(levels().min()).is_some_and(|(most, least)| most - least > 1) {
            obstacles.push(Obstacle::LevelsApart);
        }
        obstacles
    }

    pub fn obstacles_of_size(&self, meeting: &Meeting, size: usize) -> Option<Obstacle> {
        let (sizes, size) = (self.sizes(&meeting.stream), i64::try_from(size).unwrap_or(i64::MAX));
        if size < sizes.min {
            return Some(Obstacle::TooFew { missing: sizes.min - size });
        }
        (size > sizes.max).then(|| Obstacle::TooMany { over: size - sizes.max })
    }

    /// Other groups of the supervisor that leave too little time between.
    pub fn too_close<'a>(&self, meeting: &Meeting, others: impl Iterator<Item = (usize, &'a Group)>) -> Vec<Obstacle> {
        let spacing = self.rules.session_minutes + self.rules.changeover_minutes;
        let when = meeting.when;
        let is_close = |other: &Group| {
            let other = other.meeting.when;
            (other.week, other.day) == (when.week, when.day) && (other.start - when.start).abs() < spacing
        };
        others.filter(|(_, group)| is_close(group)).map(|(group, _)| Obstacle::TooCloseTo { group }).collect()
    }

    /// What a group scores by itself.
    pub fn points(&self, group: &Group) -> i64 {
        let members: i64 = group.members.iter().map(|member| self.points_of_one(*member, group)).sum();
        let lost: i64 = self.company(group).iter().map(|flaw| flaw.points).sum();
        members + self.points_of_size(&group.meeting.stream, group.members.len()) - lost - self.rules.weights.open_group
    }

    /// What the rules ask of the members together.
    pub fn company(&self, group: &Group) -> Vec<Flaw> {
        self.rules.company(&group.meeting.stream, &self.members(group))
    }

    pub fn members(&self, group: &Group) -> Vec<&Practitioner> {
        group.members.iter().map(|member| &self.practitioners[*member]).collect()
    }

    fn points_of_one(&self, member: PractitionerRow, group: &Group) -> i64 {
        let weights = &self.rules.weights;
        let mut points = weights.placed + weights.urgency * self.practitioners[member].urgency;
        if self.had(member, group.supervisor) {
            points += weights.same_supervisor;
        }
        if self.prefers(member, &group.meeting) {
            points += weights.preferred_time;
        }
        points
    }

    /// Whether somebody was supervised by this supervisor before.
    pub fn had(&self, practitioner: PractitionerRow, supervisor: SupervisorRow) -> bool {
        self.practitioners[practitioner].previous_supervisor.as_ref() == Some(&self.supervisors[supervisor].id)
    }

    pub fn prefers(&self, practitioner: PractitionerRow, meeting: &Meeting) -> bool {
        meeting.when.half_hour().is_some_and(|half_hour| self.preferred.has(practitioner, half_hour))
    }

    pub fn points_of_size(&self, stream: &str, size: usize) -> i64 {
        let (sizes, weights) = (self.sizes(stream), &self.rules.weights);
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        -weights.below_target * (sizes.target_min - size).max(0) - weights.above_target * (size - sizes.target_max).max(0)
    }
}
