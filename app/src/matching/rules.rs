//! The rules and weights of a round: the usual ones, and what somebody has chosen otherwise.

use ::matching::{Instance, Rules, StreamRules, Weights};

use super::forms::Weighed;
use super::model::Rule;

/// Some rules with the weights that were chosen: steps are reckoned from what is usual.
pub fn weighed(rules: &Rules, chosen: &Weighed) -> Rules {
    let (mut rules, mut usual) = (rules.clone(), usual_rules().weights);
    let usual = every_weight(&mut usual).map(|(_, weight)| *weight);
    for ((name, weight), usual) in every_weight(&mut rules.weights).into_iter().zip(usual) {
        *weight = chosen.get(name).map_or(*weight, |chosen| chosen.of(usual));
    }
    rules
}

/// The weights by their names in the file.
fn every_weight(weights: &mut Weights) -> [(&'static str, &mut i64); 11] {
    [
        ("placed", &mut weights.placed),
        ("urgency", &mut weights.urgency),
        ("same_supervisor", &mut weights.same_supervisor),
        ("preferred_time", &mut weights.preferred_time),
        ("open_group", &mut weights.open_group),
        ("below_target", &mut weights.below_target),
        ("above_target", &mut weights.above_target),
        ("same_authority", &mut weights.same_authority),
        ("lone_novice", &mut weights.lone_novice),
        ("extra_intervention", &mut weights.extra_intervention),
        ("load_step", &mut weights.load_step),
    ]
}

/// The rules and weights with which rounds are usually asked.
pub fn usual_rules() -> Rules {
    let sizes = |max: i64, target_min: i64, target_max: i64| StreamRules { min: 3, max, target_min, target_max };
    let streams = [("pir", sizes(8, 4, 6)), ("vig", sizes(6, 3, 5)), ("sos", sizes(6, 4, 6))];
    Rules {
        session_minutes: 90,
        changeover_minutes: 15,
        streams: streams.map(|(name, rules)| (name.to_owned(), rules)).into(),
        weights: Weights {
            placed: 1000,
            urgency: 5,
            same_supervisor: 90,
            preferred_time: 60,
            open_group: 120,
            below_target: 40,
            above_target: 40,
            same_authority: 50,
            lone_novice: 40,
            extra_intervention: 30,
            load_step: 10,
        },
    }
}

/// The same question without some of its rules.
pub fn without_rules(mut instance: Instance, off: &[Rule]) -> Instance {
    // What stands for the region of everybody where regions do not count.
    const ANYWHERE: &str = "England";

    for rule in off {
        match rule {
            Rule::Pause => instance.rules.changeover_minutes = 0,
            Rule::Three => instance.rules.streams.values_mut().for_each(|sizes| sizes.min = sizes.min.min(2)),
            Rule::Region => {
                instance.supervisors.iter_mut().for_each(|one| ANYWHERE.clone_into(&mut one.region));
                instance.practitioners.iter_mut().for_each(|one| ANYWHERE.clone_into(&mut one.region));
            }
        }
    }
    instance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::model::{Strength, WEIGHTS, Weight};

    #[test]
    fn every_weight_that_has_words_can_be_chosen_and_the_others_stay_as_they_were() {
        let before = Rules { changeover_minutes: 0, ..usual_rules() };
        for (name, _) in WEIGHTS {
            let mut chosen = weighed(&before, &Weighed::from([(name, Weight::Points(7))]));
            assert_eq!(chosen.changeover_minutes, 0);
            let mut before = before.weights;
            for ((other, after), (_, before)) in every_weight(&mut chosen.weights).into_iter().zip(every_weight(&mut before)) {
                assert_eq!(*after, if other == name { 7 } else { *before }, "{name} changes {other}");
            }
        }
        let twice = weighed(&before, &Weighed::from([("preferred_time", Weight::Step(Strength::Twice))]));
        assert_eq!(twice.weights.preferred_time, 120);
    }
}
