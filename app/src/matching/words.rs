//! The rules and reasons of the engine in the words of the Centre, in one place. Whoever reads them is a coordinator.

use std::collections::HashMap;

use ::matching::{
    Board, Destination, Lack, Meeting, Miss, Naming, Obstacle, Proposal, Reason, Term, Trait, group_name, mode_in_words, people_in_words,
};

use super::answers::LookedAt;
use super::board::meeting_of;
use super::facts::Names;
use super::needs::Mode;
use super::points::Flaw;
use crate::registration::intervention_name;
use crate::ui::{and, full_stop};

/// Somebody who was looked at, as the pages of a round name them.
#[derive(Debug)]
pub struct Seen {
    pub looked_at: LookedAt,
    pub authority: String,
    /// The ways to meet that do not have what they need, each with "needs step-free access, which …".
    pub not_in: Vec<(Mode, String)>,
}

impl Seen {
    /// "Amina R. needs step-free access, which the rooms of this round do not have."; nothing where they do not meet in a way for another reason.
    pub fn why_not_by_mode(&self, mode: &str) -> Option<String> {
        let (_, why) = self.not_in.iter().find(|(one, _)| one.key() == mode)?;
        Some(format!("{} {why}.", self.looked_at.person.short))
    }
}

/// A board as it is told: everybody by the names of the round's files, and the groups as they are now.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub names: &'a Names<'a>,
    pub seen: &'a HashMap<String, Seen>,
    pub proposal: &'a Proposal,
    pub board: &'a Board,
}

impl Words<'_> {
    /// "Thursday 10:00 to 11:30, first week".
    pub fn when(&self, meeting: &Meeting) -> String {
        let when = meeting.when;
        self.names.time_in_words((when.week, when.day, when.start))
    }

    /// "Online", "In person, London".
    pub fn mode(&self, meeting: &Meeting) -> String {
        match self.names.supervisor(&meeting.supervisor) {
            Some(supervisor) if meeting.mode != "online" => format!("In person, {}", supervisor.region),
            _ => "Online".to_owned(),
        }
    }

    /// "Level 2, Bradford, Solihull Approach".
    pub fn about(&self, one: &::matching::Practitioner) -> String {
        format!("Level {}, {}", one.level, self.about_but_the_level(one))
    }

    /// "Bradford, Solihull Approach".
    pub fn about_but_the_level(&self, one: &::matching::Practitioner) -> String {
        let authority = self.authority(one);
        let work = intervention_name(&one.intervention).to_owned();
        [authority, work].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Whose practitioner somebody is; empty of whoever is nobody's.
    pub fn authority(&self, one: &::matching::Practitioner) -> String {
        self.seen.get(&one.id).map(|seen| seen.authority.clone()).unwrap_or_default()
    }

    /// A rule that a group breaks, or would break.
    pub fn obstacle(&self, meeting: &Meeting, obstacle: &Obstacle) -> String {
        self.board.sentence(meeting, obstacle, self)
    }

    /// What could be done about it; nothing where nothing can.
    fn way_round(&self, meeting: &Meeting, obstacle: &Obstacle) -> Option<String> {
        let supervisor = self.who(&meeting.supervisor);
        Some(match obstacle {
            Obstacle::NotFree { practitioner } => format!("Ask whether {} could come then.", self.who(practitioner)),
            Obstacle::ModeNotAccepted { practitioner } if self.why_not_by_mode(practitioner, &meeting.mode).is_some() => {
                "Ask whether that can be had there.".to_owned()
            }
            Obstacle::ModeNotAccepted { practitioner } => {
                format!("Ask whether {} would meet {}.", self.who(practitioner), mode_in_words(&meeting.mode))
            }
            Obstacle::InterventionNotOffered { practitioner } => {
                format!("Ask whether {supervisor} would take on {}.", self.work(practitioner))
            }
            Obstacle::TooManyGroups => format!("Ask whether {supervisor} would lead one more."),
            Obstacle::TooFew { missing } => format!("{} more who could come then would make a group.", people_in_words(*missing)),
            Obstacle::TooMany { .. } => "Somebody in it would have to go elsewhere.".to_owned(),
            Obstacle::LevelsApart => "Look whether somebody in it could go elsewhere.".to_owned(),
            _ => return None,
        })
    }

    /// A group that somebody is not in: what keeps them out, and what could be done about it.
    pub fn miss(&self, miss: &Miss) -> (String, String) {
        let Miss { meeting, group, obstacles } = miss;
        let name = group.map_or_else(|| "A new group".to_owned(), group_name);
        let place = format!("{name}, {}, with {}", self.when(meeting), self.who(&meeting.supervisor));
        if obstacles.is_empty() {
            return (format!("{place}: nothing is in the way."), "Move them there.".to_owned());
        }
        let barriers: Vec<String> = obstacles.iter().map(|obstacle| self.obstacle(meeting, obstacle)).collect();
        let ways: Vec<String> = obstacles.iter().filter_map(|obstacle| self.way_round(meeting, obstacle)).collect();
        // One that cannot be got round is enough.
        let ways = if ways.len() == obstacles.len() { ways.join(" ") } else { String::new() };
        (format!("{place}: {}", barriers.join(" ")), ways)
    }

    /// Where somebody could go: its name, and what there is to know of it.
    pub fn destination(&self, to: &Destination) -> (String, String) {
        match to {
            Destination::List => ("Back to the list".to_owned(), "Without a place for now.".to_owned()),
            Destination::Group(number) => {
                let Some(group) = self.proposal.groups.get(*number) else { return (group_name(*number), String::new()) };
                let meeting = meeting_of(group);
                let size = format!("{} of {}", group.members.len(), self.names.most(&group.stream));
                (group_name(*number), format!("{}, {size}, with {}", self.when(&meeting), full_stop(&self.who(&meeting.supervisor))))
            }
            Destination::New { meeting, with } => {
                let with: Vec<String> = with.iter().map(|other| self.who(other)).collect();
                let together = if with.is_empty() { String::new() } else { format!(" Together with {}", full_stop(&and(&with))) };
                let place = format!("{}, with {}", self.when(meeting), full_stop(&self.who(&meeting.supervisor)));
                ("A new group".to_owned(), format!("{place}{together}"))
            }
        }
    }
}

impl Naming for Words<'_> {
    fn who(&self, id: &str) -> String {
        self.seen.get(id).map_or_else(|| "Somebody".to_owned(), |seen| seen.looked_at.person.short.clone())
    }

    fn why_not_by_mode(&self, practitioner: &str, mode: &str) -> Option<String> {
        self.seen.get(practitioner)?.why_not_by_mode(mode)
    }

    fn work(&self, practitioner: &str) -> String {
        self.names.practitioner(practitioner).map_or("this work", |one| intervention_name(&one.intervention)).to_owned()
    }
}

/// One wish of the score for somebody who has a place.
pub fn reason_in_words(reason: &Reason) -> String {
    let words = match (reason.term, reason.is_met) {
        (Term::SameSupervisor, true) => "Stays with the supervisor of now",
        (Term::SameSupervisor, false) => "Another supervisor than now",
        (Term::PreferredTime, true) => "At a preferred time",
        (Term::PreferredTime, false) => "Not at a preferred time",
        (Term::Size, true) => "As many in the group as there should be",
        (Term::Size, false) => "More or fewer in the group than there should be",
        (Term::Company(Lack::Company(Trait::Novice)), true) => "Not alone at level 1",
        (Term::Company(Lack::Company(Trait::Novice)), false) => "Alone at level 1",
        (Term::Company(Lack::Likeness(Trait::Level)), true) => "All at one level",
        (Term::Company(Lack::Companions), true) => "With everybody with whom they are kept together",
        (Term::Company(Lack::Companions), false) => "Without somebody with whom they are kept together",
        (Term::Company(Lack::Strangers), true) => "With nobody whom they know from a group before",
        (Term::Company(Lack::Strangers), false) => "With somebody whom they know from a group before",
        (Term::Company(lack), false) => return lack_in_words(lack),
        (Term::Company(Lack::Company(of)), true) => return format!("Nobody alone in their {}", one_and_several(of).0),
        (Term::Company(Lack::Likeness(of)), true) => return format!("No more than two {}", one_and_several(of).1),
        (Term::Company(Lack::Mixture(of)), true) => return format!("No more than two of one {}", one_and_several(of).0),
    };
    words.to_owned()
}

/// What people in one group should be, and are not.
fn lack_in_words(lack: Lack) -> String {
    match lack {
        Lack::Company(Trait::Novice) => "One person at level 1, alone at that level".to_owned(),
        Lack::Company(of) => format!("Somebody alone in their {}", one_and_several(of).0),
        Lack::Likeness(Trait::Level) => "Not all at one level".to_owned(),
        Lack::Likeness(of) => format!("More than two {}", one_and_several(of).1),
        Lack::Mixture(of) => format!("More than two of one {}", one_and_several(of).0),
        Lack::Companions => "Somebody without one with whom they are kept together".to_owned(),
        Lack::Strangers => "People who know one another from a group before".to_owned(),
    }
}

const fn one_and_several(of: Trait) -> (&'static str, &'static str) {
    match of {
        Trait::Authority => ("authority", "authorities"),
        Trait::Intervention => ("intervention", "interventions"),
        Trait::Novice | Trait::Level => ("level", "levels"),
        Trait::Profession => ("profession", "professions"),
        Trait::Language => ("language", "languages"),
        Trait::Setting => ("setting", "settings"),
    }
}

/// What the score says of a place in one line: whether it gives what somebody asked for, and what is not as it should be.
pub fn said_of(reasons: &[Reason]) -> String {
    let is_telling = |reason: &&Reason| matches!(reason.term, Term::SameSupervisor | Term::PreferredTime) || !reason.is_met;
    let mut said = String::new();
    for reason in reasons.iter().filter(is_telling) {
        let words = reason_in_words(reason);
        if said.is_empty() {
            said.push_str(&words);
        } else {
            said.push_str("; ");
            said.extend(words.chars().map(|letter| letter.to_ascii_lowercase()));
        }
    }
    match (said.is_empty(), reasons.is_empty()) {
        (true, true) => said,
        (true, false) => "Nothing speaks against it.".to_owned(),
        (false, _) => full_stop(&said),
    }
}

/// What is said of whoever needs a place most; nothing of the others.
pub fn urgency_in_words(urgency: i64) -> Option<&'static str> {
    (urgency == 100).then_some("No supervision now")
}

/// What a group loses points by.
pub fn flaw_in_words(flaw: Flaw) -> String {
    match flaw {
        Flaw::Small(missing) => format!("{} fewer than there should be", people_in_words(missing)),
        Flaw::Large(over) => format!("{} more than there should be", people_in_words(over)),
        Flaw::Company(lack) => lack_in_words(lack),
    }
}

#[cfg(test)]
mod tests {
    use ::matching::{Board, INSTANCE_FORMAT, Instance, Practitioner, ProposedGroup, Standing, Supervisor, Window};

    use super::super::model::{MeetsEvery, Part};
    use super::super::rules::usual_rules;
    use super::*;
    use crate::people::PersonName;

    fn window(week: i64, day: i64, from: i64, to: i64) -> Window {
        Window { week, day, from, to }
    }

    fn practitioner(id: &str) -> Practitioner {
        Practitioner {
            id: id.to_owned(),
            authority: format!("E-{id}"),
            region: "London".to_owned(),
            stream: "pir".to_owned(),
            intervention: "nbo".to_owned(),
            level: 2,
            modes: vec!["online".to_owned()],
            urgency: 20,
            availability: vec![window(0, 1, 540, 720)],
            preferred: Vec::new(),
            previous_supervisor: None,
            profession: None,
            language: None,
            setting: None,
            together: Vec::new(),
            acquainted: Vec::new(),
        }
    }

    fn instance(waiting: Practitioner) -> Instance {
        Instance {
            format: INSTANCE_FORMAT.to_owned(),
            rules: usual_rules(),
            supervisors: vec![Supervisor {
                id: "s-ruth".to_owned(),
                region: "London".to_owned(),
                streams: vec!["pir".to_owned()],
                interventions: vec!["nbo".to_owned()],
                modes: vec!["online".to_owned()],
                max_groups: 1,
                availability: vec![window(0, 1, 540, 630), window(0, 3, 540, 630)],
            }],
            practitioners: ["p-a", "p-b", "p-c"].map(practitioner).into_iter().chain([waiting]).collect(),
            conflicts: vec![("p-apart".to_owned(), "p-a".to_owned())],
        }
    }

    /// The group that somebody misses by least while three others are in the one group there is.
    fn nearest(waiting: Practitioner) -> (String, String) {
        let who = waiting.id.clone();
        let instance = instance(waiting);
        let members = ["p-a", "p-b", "p-c"].map(str::to_owned).to_vec();
        let (supervisor, stream, mode) = ("s-ruth".to_owned(), "pir".to_owned(), "online".to_owned());
        let proposal = Proposal::new(vec![ProposedGroup { supervisor, stream, mode, week: 0, day: 1, start: 540, members }]);
        let names = Names::of(&instance, MeetsEvery::Fortnight);
        let seen = [("s-ruth", "Ruth A."), ("p-a", "Amina R."), ("p-late", "Lena T."), ("p-apart", "Tom B.")].map(|(id, short)| {
            let person = PersonName { code: String::new(), short: short.to_owned(), initials: String::new() };
            (
                id.to_owned(),
                Seen {
                    looked_at: LookedAt {
                        person,
                        part: Part::Practitioner,
                        is_stale: false,
                        obstacles: Vec::new(),
                        needs: None,
                        has_words: false,
                    },
                    authority: String::new(),
                    not_in: Vec::new(),
                },
            )
        });
        let seen = HashMap::from(seen);
        let board = Board::new(instance.clone(), &proposal).unwrap();
        let Standing::Waiting { misses } = board.explain(&who).unwrap() else { panic!("{who} has a place") };
        Words { names: &names, seen: &seen, proposal: &proposal, board: &board }.miss(&misses[0])
    }

    #[test]
    fn whoever_has_no_place_is_told_the_group_that_is_nearest_and_what_would_get_them_in() {
        let late = Practitioner { availability: vec![window(1, 4, 540, 720)], ..practitioner("p-late") };
        let place = "Group 1, Tuesday 09:00 to 10:30, first week, with Ruth A.";
        assert_eq!(nearest(late), (format!("{place}: Lena T. is not free then."), "Ask whether Lena T. could come then.".to_owned()));
        let in_person = Practitioner { modes: vec!["in_person".to_owned()], ..practitioner("p-late") };
        let way = "Ask whether Lena T. would meet online.".to_owned();
        assert_eq!(nearest(in_person), (format!("{place}: Lena T. asked not to meet online."), way));
        let level = Practitioner { level: 4, ..practitioner("p-late") };
        assert_eq!(nearest(level).0, format!("{place}: Levels more than one apart."));
    }

    #[test]
    fn whoever_a_way_to_meet_lacks_something_for_is_told_what_and_not_that_they_asked_for_another() {
        let person = PersonName { code: String::new(), short: "Lena T.".to_owned(), initials: String::new() };
        let looked_at =
            LookedAt { person, part: Part::Practitioner, is_stale: false, obstacles: Vec::new(), needs: None, has_words: false };
        let not_in = vec![(Mode::InPerson, "needs step-free access, which the rooms of this round do not have".to_owned())];
        let seen = Seen { looked_at, authority: String::new(), not_in };
        let told = "Lena T. needs step-free access, which the rooms of this round do not have.";
        assert_eq!(seen.why_not_by_mode("in_person").as_deref(), Some(told));
        assert_eq!(seen.why_not_by_mode("online"), None);
    }

    #[test]
    fn a_place_is_told_in_one_line_by_what_was_asked_for_and_what_is_not_as_it_should_be() {
        let reason = |term, is_met| Reason { term, is_met, points: 0 };
        let reasons =
            [reason(Term::PreferredTime, true), reason(Term::Size, true), reason(Term::Company(Lack::Company(Trait::Novice)), false)];
        assert_eq!(said_of(&reasons), "At a preferred time; alone at level 1.");
        assert_eq!(said_of(&reasons[1..2]), "Nothing speaks against it.");
        assert_eq!(said_of(&[]), "");
    }

    #[test]
    fn nobody_is_told_a_way_round_a_rule_that_stands_for_ever() {
        let (sentence, way) = nearest(practitioner("p-apart"));
        assert!(sentence.ends_with("with Ruth A.: Amina R. and Tom B. may not be in one group."), "{sentence}");
        assert_eq!(way, "");
    }
}
