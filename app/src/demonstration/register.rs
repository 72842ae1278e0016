//! Where the Centre stands with each authority.

use chrono::{Days, NaiveDate};

use super::cast::Cast;
use super::draw::Draw;
use crate::authorities::{AuthorityId, Eligible, Stage, eligible};
use crate::people::PersonId;

/// One authority's stage, and what comes next.
#[derive(Debug, PartialEq)]
pub struct Progress {
    pub authority: AuthorityId,
    pub stage: Stage,
    pub owner: Option<PersonId>,
    pub next_step: &'static str,
    pub next_step_on: Option<NaiveDate>,
    pub without_step_since: Option<NaiveDate>,
}

/// Where the named people work: these authorities are active whatever the seed.
const AT_HOME: [&str; 5] = ["Bradford", "Calderdale", "Rotherham", "Salford", "Wakefield"];
/// How many authorities are active: as many as the Centre reached at the time of the grant.
const ACTIVE: usize = 48;

/// The authority of a name on the list.
pub fn named(name: &str) -> Option<AuthorityId> {
    eligible().find(|line| line.name == name).map(|line| line.id())
}

/// The active authorities, each as often as it is likely that somebody works there: a few have ten practitioners, many have two.
pub fn active(draw: &mut Draw) -> Vec<AuthorityId> {
    let mut places = Vec::new();
    for line in eligible().filter(|line| stage_of(line) == Stage::Active) {
        let weight = draw.between(1, 4) * draw.between(1, 3);
        places.extend((0..weight).map(|_| line.id()));
    }
    places
}

/// The stage follows from the authority and not from the seed, so that people of every seed work where somebody is supervised.
fn stage_of(line: &Eligible) -> Stage {
    let mut others: Vec<Eligible> = eligible().filter(|line| !AT_HOME.contains(&line.name)).collect();
    Draw::of(0, "stages").shuffle(&mut others);
    let place = AT_HOME.iter().position(|name| *name == line.name);
    let place = place.or_else(|| others.iter().position(|other| other == line).map(|place| place + AT_HOME.len()));
    match place.unwrap_or(usize::MAX) {
        0..ACTIVE => Stage::Active,
        ACTIVE..56 => Stage::Agreed,
        56..63 => Stage::Assessed,
        63..69 => Stage::Aware,
        69..73 => Stage::NotContacted,
        _ => Stage::Paused,
    }
}

/// What is done next at a stage.
const fn steps(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::NotContacted => &["Find the right person to write to", "Write to the director of children’s services"],
        Stage::Aware => &[
            "Send the invitation to the needs assessment",
            "Speak to the Best Start Family Hubs lead",
            "Offer a date for a first conversation",
        ],
        Stage::Assessed => {
            &["Send the participation agreement", "Go through the needs assessment together", "Agree how many places are needed"]
        }
        Stage::Agreed => &["Collect the practitioners’ details", "Welcome call with the family hub team", "Name the safeguarding contact"],
        Stage::Active => &[
            "Quarterly review with the authority lead",
            "Refresh the needs assessment",
            "Ask who is still waiting for a place",
            "Speak about protected time",
        ],
        Stage::Paused => &["Ask whether to begin again"],
    }
}

/// Invents where the Centre stands with everybody on the list.
pub fn progress(seed: u64, today: NaiveDate, cast: &Cast) -> Vec<Progress> {
    let mut draw = Draw::of(seed, "register");
    let mut waits = Draw::of(seed, "authorities without a next step");
    eligible()
        .map(|line| {
            let stage = stage_of(&line);
            let has_step = stage != Stage::NotContacted && draw.chance(96);
            let next_step = draw.word(steps(stage));
            let day = if draw.chance(12) {
                today - Days::new(u64::from(draw.between(1, 80)))
            } else {
                today + Days::new(u64::from(draw.between(0, 70)))
            };
            Progress {
                authority: line.id(),
                stage,
                owner: if stage == Stage::NotContacted { None } else { draw.pick(&cast.coordinators).copied() },
                next_step: if has_step { next_step } else { "" },
                next_step_on: has_step.then(|| ::series::working_days_after(day, 1)),
                without_step_since: (!has_step).then(|| today - Days::new(u64::from(waits.between(5, 110)))),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_eight_authorities_are_active_and_the_named_people_work_in_five_of_them() {
        let active: Vec<Eligible> = eligible().filter(|line| stage_of(line) == Stage::Active).collect();

        assert_eq!(active.len(), ACTIVE);
        assert!(AT_HOME.iter().all(|name| active.iter().any(|line| line.name == *name)));
    }
}
