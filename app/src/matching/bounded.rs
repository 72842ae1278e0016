//! What the limits of a round make of what was read: for how many groups a contract has hours, in which ways somebody can meet, and who of an authority takes
//! part.

use std::collections::HashMap;

use super::candidates::{Candidate, Gathered, Known, TWO_WEEKS, groups_left, ident, urgency_in_file};
use super::forms::RoundToAsk;
use super::limits::Contract;
use super::model::{MeetsEvery, Part};
use super::needs::{Mode, Needing};
use super::quota::{InLine, Over, Tier, over};
use super::rules::usual_rules;
use crate::registration::{Offering, Registration};

/// The contract of a supervisor, where it is entered.
pub fn contract(gathered: &Gathered, known: &Known, offering: &Offering) -> Option<Contract> {
    let contracted = gathered.said.get(&known.id)?.limits.contracted_minutes?;
    let led = gathered.minutes_led.get(&known.id).copied().unwrap_or_default();
    Some(Contract { most_groups: groups_left(gathered, known, offering), minutes: contracted * TWO_WEEKS, led })
}

/// For how many more groups it has hours.
pub fn room(asked: &RoundToAsk, contract: Contract) -> i64 {
    contract.room(asked.limits.most_share, minutes_of_each(asked.meets_every))
}

/// How many minutes a group takes in two weeks.
pub fn minutes_of_each(meets_every: MeetsEvery) -> i64 {
    usual_rules().session_minutes * meets_every.times_in_two_weeks()
}

/// What somebody needs to take part, where it is any of what is listed.
pub fn needing(registration: &Registration) -> Option<Needing> {
    let modes = Mode::of(registration.way?);
    (!registration.needs.is_empty()).then(|| Needing { needs: registration.needs.clone(), modes })
}

/// In which ways somebody can meet in a round.
pub fn modes_left(registration: &Registration, asked: &RoundToAsk) -> Vec<Mode> {
    match (needing(registration), &asked.limits.needs_met) {
        (Some(needing), Some(met)) => needing.modes_left(met),
        _ => registration.way.map(Mode::of).unwrap_or_default(),
    }
}

/// Leaves those out for whom their authority has no place left. Whoever could be placed in no group anyway takes none of them.
pub fn leave_out_over_the_quota(gathered: &Gathered, asked: &RoundToAsk, candidates: &mut [Candidate<'_>]) {
    let Some(most) = asked.limits.most_places else { return };
    let asking: Vec<InLine<'_>> = candidates.iter().filter_map(|one| in_line(gathered, asked, one)).collect();
    let out: HashMap<String, Over> = over(asking, most).into_iter().map(|over| (over.ident.clone(), over)).collect();
    for one in candidates {
        if let Some(over) = out.get(&ident(one.part, &one.known.name.code)) {
            one.obstacles.push(over.in_words(most));
            one.place_in_line = Some(over.place);
        }
    }
}

/// Somebody who asks for a place of their authority; nothing of anybody else.
fn in_line<'a>(gathered: &Gathered, asked: &RoundToAsk, one: &Candidate<'a>) -> Option<InLine<'a>> {
    let registration = &gathered.registrations.get(&one.known.id)?.registration;
    let authority = one.known.authority.as_ref()?;
    let takes_one = one.part == Part::Practitioner && one.obstacles.is_empty() && !modes_left(registration, asked).is_empty();
    takes_one.then(|| InLine {
        ident: ident(one.part, &one.known.name.code),
        authority: &authority.name,
        tier: Tier::Asks,
        urgency: registration.urgency.map(urgency_in_file).unwrap_or_default(),
        since: [gathered.waits_since.get(&one.known.id).copied(), registration.confirmed_at].into_iter().flatten().min(),
    })
}
