//! The specification of a proposal, written again from its text: it shares nothing with the engine but the types of the two files.

use std::collections::{BTreeMap, BTreeSet};

use matching::{Instance, Practitioner, Proposal, ProposedGroup, Supervisor, Window};

/// The hard rules that a proposal breaks, by number.
pub fn broken_rules(instance: &Instance, proposal: &Proposal) -> BTreeSet<u8> {
    let mut broken = BTreeSet::new();
    let mut placed = BTreeSet::new();
    for group in &proposal.groups {
        let Some(supervisor) = instance.supervisors.iter().find(|one| one.id == group.supervisor) else {
            broken.insert(1);
            continue;
        };
        let members = members(instance, group);
        if members.len() != group.members.len() || group.members.iter().any(|member| !placed.insert(member.clone())) {
            broken.insert(1);
        }
        broken.extend(broken_by_group(instance, group, supervisor, &members));
    }
    for supervisor in &instance.supervisors {
        let led: Vec<&ProposedGroup> = proposal.groups.iter().filter(|group| group.supervisor == supervisor.id).collect();
        if i64::try_from(led.len()).unwrap() > supervisor.max_groups {
            broken.insert(7);
        }
        let spacing = instance.rules.session_minutes + instance.rules.changeover_minutes;
        for (position, one) in led.iter().enumerate() {
            for other in &led[position + 1..] {
                if (one.week, one.day) == (other.week, other.day) && (one.start - other.start).abs() < spacing {
                    broken.insert(6);
                }
            }
        }
    }
    broken
}

fn broken_by_group(instance: &Instance, group: &ProposedGroup, supervisor: &Supervisor, members: &[&Practitioner]) -> Vec<u8> {
    let size = i64::try_from(members.len()).unwrap();
    let span = |window: &[Window]| covers(window, group, instance.rules.session_minutes);
    let levels: BTreeSet<i64> = members.iter().map(|member| member.level).collect();
    let ids: Vec<&String> = group.members.iter().chain([&group.supervisor]).collect();
    let stream = instance.rules.streams.get(&group.stream);
    let checks = [
        (2, stream.is_some_and(|stream| (stream.min..=stream.max).contains(&size))),
        (3, supervisor.streams.contains(&group.stream)),
        (3, group.stream != "pir" || members.iter().all(|member| supervisor.interventions.contains(&member.intervention))),
        (4, members.iter().all(|member| member.stream == group.stream)),
        (5, span(&supervisor.availability) && members.iter().all(|member| span(&member.availability))),
        (8, supervisor.modes.contains(&group.mode) && members.iter().all(|member| member.modes.contains(&group.mode))),
        (8, group.mode != "in_person" || members.iter().all(|member| member.region == supervisor.region)),
        (9, !instance.conflicts.iter().any(|(one, other)| one != other && ids.contains(&one) && ids.contains(&other))),
        (10, levels.last().zip(levels.first()).is_none_or(|(most, least)| most - least <= 1)),
        (11, group.start % 30 == 0),
    ];
    checks.into_iter().filter(|(_, is_kept)| !is_kept).map(|(rule, _)| rule).collect()
}

fn members<'a>(instance: &'a Instance, group: &ProposedGroup) -> Vec<&'a Practitioner> {
    group.members.iter().filter_map(|member| instance.practitioners.iter().find(|one| one.id == *member)).collect()
}

/// Whether the union of the windows holds the whole session, minute by minute.
fn covers(windows: &[Window], group: &ProposedGroup, session: i64) -> bool {
    let today: Vec<&Window> = windows.iter().filter(|window| (window.week, window.day) == (group.week, group.day)).collect();
    (group.start..group.start + session).all(|minute| today.iter().any(|window| (window.from..window.to).contains(&minute)))
}

/// The score of a proposal that keeps the rules.
pub fn score(instance: &Instance, proposal: &Proposal) -> i64 {
    let weights = &instance.rules.weights;
    let mut score = 0;
    let mut led: BTreeMap<&str, i64> = BTreeMap::new();
    for group in &proposal.groups {
        *led.entry(&group.supervisor).or_default() += 1;
        let members = members(instance, group);
        let stream = &instance.rules.streams[&group.stream];
        let size = i64::try_from(members.len()).unwrap();
        score -= weights.open_group;
        score -= weights.below_target * (stream.target_min - size).max(0);
        score -= weights.above_target * (size - stream.target_max).max(0);
        let mut authorities: BTreeMap<&str, i64> = BTreeMap::new();
        for member in &members {
            score += weights.placed + weights.urgency * member.urgency;
            if member.previous_supervisor.as_ref() == Some(&group.supervisor) {
                score += weights.same_supervisor;
            }
            if covers(&member.preferred, group, instance.rules.session_minutes) {
                score += weights.preferred_time;
            }
            *authorities.entry(&member.authority).or_default() += 1;
        }
        score -= authorities.values().map(|count| weights.same_authority * (count - 2).max(0)).sum::<i64>();
        if members.iter().filter(|member| member.level == 1).count() == 1 {
            score -= weights.lone_novice;
        }
        if group.stream == "pir" {
            let interventions: BTreeSet<&String> = members.iter().map(|member| &member.intervention).collect();
            score -= weights.extra_intervention * (i64::try_from(interventions.len()).unwrap() - 2).max(0);
        }
        score -= lost_by_company(instance, &group.stream, &members);
        score -= lost_by_ties(instance, &members);
    }
    score - led.values().map(|groups| weights.load_step * groups * (groups - 1) / 2).sum::<i64>()
}

/// What a group loses by whom its members miss, and whom they know.
fn lost_by_ties(instance: &Instance, members: &[&Practitioner]) -> i64 {
    let criteria = &instance.rules.criteria;
    let here: BTreeSet<&str> = members.iter().map(|one| one.id.as_str()).collect();
    let mut lost = 0;
    for one in members {
        for other in one.together.iter().filter(|other| **other != one.id) {
            lost += if here.contains(other.as_str()) { 0 } else { criteria.together };
        }
        for other in one.acquainted.iter().filter(|other| **other != one.id) {
            lost += if here.contains(other.as_str()) { criteria.acquainted } else { 0 };
        }
    }
    lost
}

/// What a group loses by who is in it, beyond what the weights say.
fn lost_by_company(instance: &Instance, stream: &str, members: &[&Practitioner]) -> i64 {
    let criteria = &instance.rules.criteria;
    let kinds = |kind: &dyn Fn(&Practitioner) -> Option<String>| members.iter().filter_map(|one| kind(one)).collect::<Vec<String>>();
    let works = if stream == "pir" { kinds(&|one| Some(one.intervention.clone())) } else { Vec::new() };
    let traits = [
        (criteria.authority, kinds(&|one| Some(one.authority.clone())), 2),
        (criteria.intervention, works, 2),
        (criteria.level, kinds(&|one| Some(one.level.to_string())), 1),
        (criteria.profession, kinds(&|one| one.profession.clone()), 2),
        (criteria.language, kinds(&|one| one.language.clone()), 2),
        (criteria.setting, kinds(&|one| one.setting.clone()), 2),
    ];
    let mut lost = 0;
    for (criterion, kinds, free) in traits {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for kind in &kinds {
            *counts.entry(kind).or_default() += 1;
        }
        lost += criterion.alike * (i64::try_from(counts.len()).unwrap() - free).max(0);
        lost += counts.values().map(|count| criterion.mixed * (count - 2).max(0)).sum::<i64>();
        lost += counts.values().filter(|count| **count == 1).map(|_| criterion.alone).sum::<i64>();
    }
    lost
}
