//! What can be asked at all for people to be together: nothing that could not be, and never as much as a place is worth.

use ::matching::{Practitioner, Rules};

/// Whether some group could have both: they ask for the same, are at most one level apart, and have a way of meeting in common.
pub fn can_be_in_one_group(one: &Practitioner, other: &Practitioner) -> bool {
    const IN_PERSON: &str = "in_person";

    let is_in_common = |way: &String| other.modes.contains(way) && (way != IN_PERSON || one.region == other.region);
    one.stream == other.stream && one.level.abs_diff(other.level) <= 1 && one.modes.iter().any(is_in_common)
}

/// Lets all the wishes of one person, counted for both of each pair, be less than a place is worth, however much somebody has chosen: they are apart rather
/// than without a place, and nobody else is without one for their sake.
pub fn keep_below_a_place(rules: &mut Rules, practitioners: &[Practitioner]) {
    let most = practitioners.iter().map(|one| one.together.len()).max().unwrap_or_default();
    let counted = i64::try_from(2 * most).unwrap_or(i64::MAX);
    if let Some(limit) = (rules.weights.placed - 1).max(0).checked_div(counted) {
        rules.criteria.together = rules.criteria.together.min(limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::rules::usual_rules;

    fn practitioner(level: i64, modes: &[&str], region: &str) -> Practitioner {
        Practitioner {
            id: format!("p-{level}-{region}"),
            authority: "E08000032".to_owned(),
            region: region.to_owned(),
            stream: "pir".to_owned(),
            intervention: "solihull".to_owned(),
            level,
            modes: modes.iter().map(|mode| (*mode).to_owned()).collect(),
            urgency: 20,
            availability: Vec::new(),
            preferred: Vec::new(),
            previous_supervisor: None,
            profession: None,
            language: None,
            setting: None,
            together: Vec::new(),
            acquainted: Vec::new(),
        }
    }

    #[test]
    fn only_those_can_be_in_one_group_who_ask_for_the_same_at_levels_beside_one_another_and_have_a_way_of_meeting_in_common() {
        let amina = practitioner(2, &["online", "in_person"], "London");
        let can = |other: &Practitioner| can_be_in_one_group(&amina, other) && can_be_in_one_group(other, &amina);
        assert!(can(&practitioner(3, &["online"], "South East")) && can(&practitioner(1, &["in_person"], "London")));
        assert!(!can(&practitioner(2, &["in_person"], "South East")), "in person means within a region");
        assert!(!can(&Practitioner { stream: "vig".to_owned(), ..amina.clone() }));
        let online = |level: i64| practitioner(level, &["online"], "London");
        assert!(!can_be_in_one_group(&online(1), &online(3)));
        assert!(!can_be_in_one_group(&online(2), &practitioner(2, &["in_person"], "London")));
    }

    #[test]
    fn wishes_stay_below_a_place_whatever_is_chosen_and_are_as_they_were_where_they_do_anyway() {
        let with = |companions: usize| {
            let together = (0..companions).map(|number| format!("p-{number}")).collect();
            [Practitioner { together, ..practitioner(2, &["online"], "London") }]
        };
        let kept = |chosen: i64, companions: usize| {
            let mut rules = usual_rules();
            rules.criteria.together = chosen;
            keep_below_a_place(&mut rules, &with(companions));
            rules.criteria.together
        };
        assert_eq!([kept(10_000, 0), kept(400, 1), kept(100, 3), kept(0, 3)], [10_000, 400, 100, 0]);
        for (chosen, companions) in [(10_000, 1), (400, 3), (10_000, 7)] {
            let both = 2 * kept(chosen, companions) * i64::try_from(companions).unwrap();
            assert!((900..usual_rules().weights.placed).contains(&both), "{companions} at {chosen}: {both}");
        }
        let mut worthless = usual_rules();
        worthless.weights.placed = 0;
        keep_below_a_place(&mut worthless, &with(1));
        assert_eq!(worthless.criteria.together, 0);
    }
}
