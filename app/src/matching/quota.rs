//! Who of an authority takes part in a round in which more of its people ask than it may have places. The engine knows no such limit, so it is drawn before
//! it is asked: no more are let in than there are places, which no proposal, no move by hand and no other run can then exceed. That is exact about the limit
//! and not about the best groups: somebody who is let in may find no group that suits them while another, further down, would have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// Somebody of an authority who asks for a place.
#[derive(Clone, Debug)]
pub struct InLine<'a> {
    /// What the file of the round calls them.
    pub ident: String,
    /// Whose practitioner they are.
    pub authority: &'a str,
    /// Who comes before everybody else: whoever has a place that is kept.
    pub tier: Tier,
    /// How urgent it is, from 0 to 100.
    pub urgency: i64,
    /// Since when they wait.
    pub since: Option<DateTime<Utc>>,
}

/// Who comes before whom, whatever they answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// They are pinned, or were asked and have not declined.
    Held,
    /// They have a place that everybody keeps.
    Stays,
    /// They ask for one.
    Asks,
}

/// Somebody for whom there is no place left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// What the file of the round calls them.
    pub ident: String,
    /// Whose practitioner they are.
    pub authority: String,
    /// Their place among those of their authority who ask, from one.
    pub place: i64,
    /// How many those are.
    pub of: i64,
}

impl Over {
    /// What is said of them.
    pub fn in_words(&self, most: i64) -> String {
        let Self { authority, place, of, .. } = self;
        let places = if most == 1 { "one place".to_owned() } else { format!("{most} places") };
        format!("Not placed: the places of {authority} are taken. Number {place} of {of} who ask, and one authority has {places} at most.")
    }
}

/// Everybody for whom there is no place left: the most urgent come first, then who waits longest, then whose name in the file comes first.
pub fn over(asking: Vec<InLine<'_>>, most: i64) -> Vec<Over> {
    let mut by_authority: BTreeMap<&str, Vec<InLine<'_>>> = BTreeMap::new();
    for one in asking {
        by_authority.entry(one.authority).or_default().push(one);
    }
    let mut left_out = Vec::new();
    for (authority, mut line) in by_authority {
        // Nobody knows since when the last ones wait.
        line.sort_by_cached_key(|one| (one.tier, Reverse(one.urgency), one.since.is_none(), one.since, one.ident.clone()));
        let of = i64::try_from(line.len()).unwrap_or(i64::MAX);
        let numbered = (1_i64..).zip(line).filter(|(place, _)| *place > most);
        left_out.extend(numbered.map(|(place, one)| Over { ident: one.ident, authority: authority.to_owned(), place, of }));
    }
    left_out
}

/// The authority of which more are held than there are places, with how many, if there is one.
pub fn held_beyond<'a>(asking: &[InLine<'a>], most: i64) -> Option<(&'a str, i64)> {
    let mut held: BTreeMap<&str, i64> = BTreeMap::new();
    for one in asking.iter().filter(|one| one.tier == Tier::Held) {
        *held.entry(one.authority).or_default() += 1;
    }
    held.into_iter().find(|(_, count)| *count > most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(ident: &str, urgency: i64, since: Option<&str>) -> InLine<'static> {
        let since = since.map(|day| format!("{day}T09:00:00Z").parse().unwrap());
        InLine { ident: ident.to_owned(), authority: "Bradford", tier: Tier::Asks, urgency, since }
    }

    fn left_out(asking: Vec<InLine<'_>>, most: i64) -> Vec<(String, i64)> {
        over(asking, most).into_iter().map(|over| (over.ident, over.place)).collect()
    }

    #[test]
    fn the_most_urgent_have_the_places_then_those_who_wait_longest_then_by_name() {
        let asking = || {
            vec![
                one("p-d", 20, Some("2026-01-01")),
                one("p-c", 100, None),
                one("p-b", 100, Some("2026-03-01")),
                one("p-a", 100, Some("2026-02-01")),
                one("p-f", 100, Some("2026-03-01")),
            ]
        };
        let named = |names: &[(&str, i64)]| names.iter().map(|(name, place)| ((*name).to_owned(), *place)).collect::<Vec<_>>();
        assert_eq!(left_out(asking(), 2), named(&[("p-f", 3), ("p-c", 4), ("p-d", 5)]));
        assert_eq!(left_out(asking(), 5), []);
        let kept = InLine { tier: Tier::Stays, ..one("p-z", 20, None) };
        assert_eq!(left_out([asking(), vec![kept]].concat(), 5), named(&[("p-d", 6)]));
        let other = InLine { authority: "Leeds", ..one("p-x", 20, None) };
        assert_eq!(left_out([asking(), vec![other]].concat(), 5), [], "each authority has places of its own");
        let words = over(asking(), 4).remove(0).in_words(4);
        assert_eq!(words, "Not placed: the places of Bradford are taken. Number 5 of 5 who ask, and one authority has 4 places at most.");
    }

    #[test]
    fn an_authority_of_which_more_are_held_than_there_are_places_is_named() {
        let held = |ident: &str| InLine { tier: Tier::Held, ..one(ident, 20, None) };
        assert_eq!(held_beyond(&[held("p-a"), held("p-b"), one("p-c", 100, None)], 1), Some(("Bradford", 2)));
        assert_eq!(held_beyond(&[held("p-a"), held("p-b")], 2), None);
    }

    proptest! {
        #[test]
        fn no_authority_ever_has_more_than_its_places_and_nobody_is_left_out_while_one_is_free(
            people in prop::collection::vec((0_usize..3, 0_i64..3), 0..30), most in 1_i64..6,
        ) {
            const AUTHORITIES: [&str; 3] = ["Bradford", "Leeds", "Kent"];

            let asking: Vec<InLine<'_>> = people.iter().enumerate()
                .map(|(number, (authority, urgency))| InLine { authority: AUTHORITIES[*authority], ..one(&format!("p-{number}"), *urgency, None) })
                .collect();
            let left_out = over(asking.clone(), most);
            for authority in AUTHORITIES {
                let asking = asking.iter().filter(|one| one.authority == authority).count();
                let out = left_out.iter().filter(|over| over.authority == authority).count();
                prop_assert_eq!(i64::try_from(asking - out).unwrap(), most.min(i64::try_from(asking).unwrap()));
            }
        }
    }
}
