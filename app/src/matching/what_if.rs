//! What a round would give if something were otherwise: its question with more supervisors, with evenings, or with every authority.

use std::collections::BTreeSet;

use ::matching::{Instance, Practitioner, Supervisor, Window};

use super::model::{MeetsEvery, Supposed};
use crate::authorities::eligible;

/// From when on an evening is, and until when, in minutes after midnight.
const EVENING: (i64, i64) = (17 * 60, 20 * 60);

/// The hours of a supervisor who is supposed.
const OFFICE_HOURS: (i64, i64) = (9 * 60, 17 * 60);

/// How many groups they could lead.
const GROUPS_OF_EACH: i64 = 2;

/// A question that supposes something. Whoever is invented for it is called by no code.
pub fn supposing(mut instance: Instance, supposed: Supposed, meets_every: MeetsEvery) -> Instance {
    match supposed {
        Supposed::Supervisors { stream, count } => {
            let works: BTreeSet<&String> = instance.practitioners.iter().map(|one| &one.intervention).collect();
            let works: Vec<String> = works.into_iter().cloned().collect();
            let new = (1..=count).map(|number| supervisor((number, meets_every), stream.key(), works.clone()));
            instance.supervisors.extend(new);
        }
        Supposed::Evenings => {
            instance.supervisors.iter_mut().for_each(|one| add_evenings(&mut one.availability));
            instance.practitioners.iter_mut().for_each(|one| add_evenings(&mut one.availability));
        }
        Supposed::EveryAuthority => {
            let new = of_other_authorities(&instance.practitioners);
            instance.practitioners.extend(new);
        }
    }
    instance
}

fn supervisor((number, meets_every): (i64, MeetsEvery), stream: &str, interventions: Vec<String>) -> Supervisor {
    let (from, to) = OFFICE_HOURS;
    let hours = (0..i64::from(meets_every.weeks())).flat_map(|week| (0..5).map(move |day| Window { week, day, from, to }));
    Supervisor {
        id: format!("x-{number}"),
        region: String::new(),
        streams: vec![stream.to_owned()],
        interventions,
        modes: vec!["online".to_owned()],
        max_groups: GROUPS_OF_EACH,
        availability: hours.collect(),
    }
}

/// An evening on each day on which somebody is free at any time.
fn add_evenings(windows: &mut Vec<Window>) {
    let days: BTreeSet<(i64, i64)> = windows.iter().map(|window| (window.week, window.day)).collect();
    let (from, to) = EVENING;
    windows.extend(days.into_iter().map(|(week, day)| Window { week, day, from, to }));
    windows.sort_unstable();
}

/// As many people of each authority that has none as the others have in the mean, each like somebody who is there.
fn of_other_authorities(there: &[Practitioner]) -> Vec<Practitioner> {
    let known: BTreeSet<&str> = there.iter().map(|one| one.authority.as_str()).collect();
    let others = eligible().filter(|authority| !known.contains(authority.gss_code));
    let of_each = there.len().div_ceil(known.len().max(1));
    let places = others.flat_map(|authority| (0..of_each).map(move |_| authority));
    let like = there.iter().cycle();
    let one = |(number, (authority, like)): (usize, (crate::authorities::Eligible, &Practitioner))| Practitioner {
        id: format!("x-{number}"),
        authority: authority.gss_code.to_owned(),
        region: authority.region.to_owned(),
        previous_supervisor: None,
        together: Vec::new(),
        acquainted: Vec::new(),
        ..like.clone()
    };
    places.zip(like).enumerate().map(one).collect()
}
