//! The rules and weights of a round: the usual ones, and what somebody has chosen otherwise.

use ::matching::{Criteria, Criterion, Instance, Rules, StreamRules, Weights};

use super::answers::WeightLine;
use super::forms::Weighed;
use super::mixes::{CRITERIA, Mix, Mixes};
use super::model::{Rule, WEIGHTS};

/// Of each thousand points of its score a round gives so many at most for its weakest groups, where they go first. With fewer a small round could give
/// nothing: somebody's preferred time is a larger part of it.
pub const GIVEN_OF_A_THOUSAND: i64 = 20;

/// The same rules with the weakest group first, or with all groups together. What somebody had chosen before stays as it was.
pub fn with_weakest_first(mut rules: Rules, is_first: bool) -> Rules {
    rules.weakest_first = match (is_first, rules.weakest_first) {
        (false, _) => 0,
        (true, 0) => GIVEN_OF_A_THOUSAND,
        (true, chosen) => chosen,
    };
    rules
}

/// Some rules with what was chosen: steps are reckoned from what is usual, and what was not chosen stays as it is.
pub fn weighed(rules: &Rules, weights: &Weighed, mixes: &Mixes) -> Rules {
    let (before, usual, mut rules) = (lines(rules), weight_lines(rules), rules.clone());
    let points_of = |name: &str| {
        let line = usual.iter().find(|line| line.name == name).map(|line| (line.points, line.usual)).unwrap_or_default();
        weights.get(name).map_or(line.0, |chosen| chosen.of(line.1))
    };
    let alone_before = rules.weights.lone_novice;
    for (name, weight) in every_weight(&mut rules) {
        *weight = points_of(name);
    }
    let criteria = &mut rules.criteria;
    for of in [&mut criteria.profession, &mut criteria.language, &mut criteria.setting] {
        if of.alone == alone_before {
            of.alone = rules.weights.lone_novice;
        }
    }
    for (criterion, (mix, _)) in CRITERIA.iter().zip(before) {
        let (mix, points) = (mixes.get(criterion.key).copied().unwrap_or(mix), points_of(criterion.weight));
        if let Some((alike, mixed)) = directions(&mut rules, criterion.key) {
            *alike = if mix == Mix::Alike { points } else { 0 };
            *mixed = if mix == Mix::Mixed { points } else { 0 };
        }
    }
    rules
}

/// In what nobody should be alone, which is one rule. Of a question from before there was more than a level to be alone in, or before settings, the rest is
/// not asked.
fn alone_in_words(rules: &Rules) -> Option<&'static str> {
    let is_asked = |of: Criterion| of.alone == rules.weights.lone_novice;
    match (is_asked(rules.criteria.profession), is_asked(rules.criteria.setting)) {
        (false, _) => Some("Each person alone at level 1 (taken off)"),
        (true, false) => Some("Each person alone at level 1, in a profession or in a language (taken off)"),
        (true, true) => None,
    }
}

/// The weights of what groups are not alike or mixed in, by their names in forms, which are those of the file.
fn every_weight(rules: &mut Rules) -> [(&'static str, &mut i64); 11] {
    let Rules { weights, criteria, .. } = rules;
    [
        ("placed", &mut weights.placed),
        ("urgency", &mut weights.urgency),
        ("same_supervisor", &mut weights.same_supervisor),
        ("preferred_time", &mut weights.preferred_time),
        ("open_group", &mut weights.open_group),
        ("below_target", &mut weights.below_target),
        ("above_target", &mut weights.above_target),
        ("lone_novice", &mut weights.lone_novice),
        ("load_step", &mut weights.load_step),
        ("together", &mut criteria.together),
        ("acquainted", &mut criteria.acquainted),
    ]
}

/// Where the file keeps what a criterion costs, where groups should be alike in it and where they should be mixed.
fn directions<'a>(rules: &'a mut Rules, criterion: &str) -> Option<(&'a mut i64, &'a mut i64)> {
    let (weights, criteria) = (&mut rules.weights, &mut rules.criteria);
    Some(match criterion {
        "authority" => (&mut criteria.authority.alike, &mut weights.same_authority),
        "intervention" => (&mut weights.extra_intervention, &mut criteria.intervention.mixed),
        "level" => (&mut criteria.level.alike, &mut criteria.level.mixed),
        "profession" => (&mut criteria.profession.alike, &mut criteria.profession.mixed),
        "language" => (&mut criteria.language.alike, &mut criteria.language.mixed),
        "setting" => (&mut criteria.setting.alike, &mut criteria.setting.mixed),
        _ => return None,
    })
}

/// What groups should be in each criterion, and how many points that counts; as many as usual where it does not matter.
fn lines(rules: &Rules) -> [(Mix, i64); CRITERIA.len()] {
    let mut rules = rules.clone();
    CRITERIA.map(|criterion| match directions(&mut rules, criterion.key) {
        Some((_, mixed)) if *mixed > 0 => (Mix::Mixed, *mixed),
        Some((alike, _)) if *alike > 0 => (Mix::Alike, *alike),
        _ => (Mix::Ignored, usual_points(criterion.weight)),
    })
}

/// What groups should be in each criterion, by its word in forms.
pub fn mix_lines(rules: &Rules) -> Vec<(String, Mix)> {
    CRITERIA.iter().zip(lines(rules)).map(|(criterion, (mix, _))| (criterion.key.to_owned(), mix)).collect()
}

/// The weights of some rules in the order in which they are shown, each beside what it usually is.
pub fn weight_lines(rules: &Rules) -> Vec<WeightLine> {
    let (mut weighed, mut usual) = (rules.clone(), usual_rules());
    // That people know one another counts where somebody asks for it, and is measured by what it would usually count then.
    usual.criteria.acquainted = usual_points("acquainted");
    let others = every_weight(&mut weighed).into_iter().zip(every_weight(&mut usual));
    let others = others.map(|((name, points), (_, usual))| (name, *points, *usual));
    let criteria = CRITERIA.iter().zip(lines(rules)).map(|(of, (_, points))| (of.weight, points, usual_points(of.weight)));
    let known: Vec<(&str, i64, i64)> = others.chain(criteria).collect();
    let line = |(name, words): (&str, &str)| {
        let (_, points, usual) = *known.iter().find(|(known, ..)| *known == name)?;
        let words = if name == "lone_novice" { alone_in_words(rules).unwrap_or(words) } else { words };
        Some(WeightLine { name: name.to_owned(), words: words.to_owned(), points, usual })
    };
    WEIGHTS.into_iter().filter_map(line).collect()
}

/// What something usually counts, where it does.
fn usual_points(weight: &str) -> i64 {
    match weight {
        "same_authority" => 50,
        "extra_intervention" => 30,
        "together" => 100,
        "acquainted" => 20,
        _ => 40,
    }
}

/// The rules and weights with which rounds are usually asked.
pub fn usual_rules() -> Rules {
    const ALONE: i64 = 40;

    let alone = Criterion { alone: ALONE, ..Criterion::default() };
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
            same_authority: usual_points("same_authority"),
            lone_novice: ALONE,
            extra_intervention: usual_points("extra_intervention"),
            load_step: 10,
        },
        // Nobody is left alone in what they let be used for that.
        criteria: Criteria {
            profession: alone,
            language: alone,
            setting: alone,
            together: usual_points("together"),
            ..Criteria::default()
        },
        weakest_first: 0,
    }
}

/// What stands for the region of everybody where regions do not count.
pub const ANYWHERE: &str = "England";

/// The same question without some of its rules.
pub fn without_rules(mut instance: Instance, off: &[Rule]) -> Instance {
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
    use crate::matching::model::{Strength, Weight};

    #[test]
    fn every_weight_that_has_words_can_be_chosen_and_the_others_stay_as_they_were() {
        let mixed = CRITERIA.map(|criterion| (criterion.key, Mix::Mixed)).into();
        let before = weighed(&Rules { changeover_minutes: 0, ..usual_rules() }, &Weighed::new(), &mixed);
        assert_eq!(weight_lines(&before).len(), WEIGHTS.len());
        for (name, _) in WEIGHTS {
            let after = weighed(&before, &Weighed::from([(name, Weight::Points(7))]), &Mixes::new());
            assert_eq!(after.changeover_minutes, 0);
            for (after, before) in weight_lines(&after).into_iter().zip(weight_lines(&before)) {
                assert_eq!(after.points, if after.name == name { 7 } else { before.points }, "{name} changes {}", after.name);
            }
        }
        let twice = weighed(&before, &Weighed::from([("preferred_time", Weight::Step(Strength::Twice))]), &Mixes::new());
        assert_eq!(twice.weights.preferred_time, 120);
        assert_eq!(weighed(&before, &Weighed::new(), &Mixes::new()), before);
    }

    #[test]
    fn what_groups_should_be_in_a_criterion_is_read_from_the_rules_as_it_was_chosen() {
        let usual = usual_rules();
        let is = |rules: &Rules| mix_lines(rules).into_iter().map(|(_, mix)| mix).collect::<Vec<_>>();
        assert_eq!(is(&usual), [Mix::Mixed, Mix::Alike, Mix::Ignored, Mix::Ignored, Mix::Ignored, Mix::Ignored]);
        for mix in Mix::ALL {
            let chosen = weighed(&usual, &Weighed::new(), &CRITERIA.map(|criterion| (criterion.key, mix)).into());
            assert_eq!(is(&chosen), [mix; 6]);
            assert_eq!(weighed(&chosen, &Weighed::new(), &Mixes::new()), chosen);
        }
        let alike = weighed(&usual, &Weighed::from([("same_authority", Weight::Points(70))]), &Mixes::from([("authority", Mix::Alike)]));
        assert_eq!((alike.weights.same_authority, alike.criteria.authority.alike), (0, 70));
    }

    #[test]
    fn who_is_kept_together_counts_as_usual_and_who_knows_whom_only_where_somebody_asks_for_it() {
        let line = |rules: &Rules, name: &str| weight_lines(rules).into_iter().find(|line| line.name == name).unwrap();
        let points = |rules: &Rules| ["together", "acquainted"].map(|name| (line(rules, name).points, line(rules, name).usual));
        assert_eq!(points(&usual_rules()), [(100, 100), (0, 20)]);
        assert_eq!(Strength::giving(0, 20), Some(Strength::NotAtAll));
        let chosen = Weighed::from([("together", Weight::Step(Strength::NotAtAll)), ("acquainted", Weight::Step(Strength::Twice))]);
        let chosen = weighed(&usual_rules(), &chosen, &Mixes::new());
        assert_eq!((chosen.criteria.together, chosen.criteria.acquainted), (0, 40));
        assert_eq!(points(&chosen), [(0, 100), (40, 20)]);
    }

    #[test]
    fn the_weakest_group_goes_first_where_somebody_says_so_and_other_weights_leave_that_as_it_is() {
        let first = with_weakest_first(usual_rules(), true);
        assert_eq!((usual_rules().weakest_first, first.weakest_first), (0, GIVEN_OF_A_THOUSAND));
        assert_eq!(weighed(&first, &Weighed::from([("urgency", Weight::Points(9))]), &Mixes::new()).weakest_first, GIVEN_OF_A_THOUSAND);
        assert_eq!(with_weakest_first(Rules { weakest_first: 7, ..first.clone() }, true).weakest_first, 7);
        assert_eq!(with_weakest_first(first, false), usual_rules());
    }

    #[test]
    fn whoever_is_alone_counts_the_same_in_whatever_they_are() {
        let chosen = weighed(&usual_rules(), &Weighed::from([("lone_novice", Weight::Points(9))]), &Mixes::new());
        let Criteria { profession, language, setting, .. } = chosen.criteria;
        assert_eq!([chosen.weights.lone_novice, profession.alone, language.alone, setting.alone], [9; 4]);
        let before = Rules { criteria: Criteria::default(), ..usual_rules() };
        let before_settings =
            Rules { criteria: Criteria { setting: Criterion::default(), together: 0, ..usual_rules().criteria }, ..usual_rules() };
        for before in [&before, &before_settings] {
            assert_eq!(weighed(before, &Weighed::new(), &Mixes::new()), *before, "a question that did not ask it does not ask it now");
        }
        let words = |rules: &Rules| weight_lines(rules).into_iter().find(|line| line.name == "lone_novice").unwrap().words;
        assert_eq!(words(&chosen), "Each person alone at level 1, in a profession, a language or a setting (taken off)");
        assert_eq!(words(&before_settings), "Each person alone at level 1, in a profession or in a language (taken off)");
        assert_eq!(words(&before), "Each person alone at level 1 (taken off)");
    }
}
