//! What each group has agreed, and what it is about to agree.

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::cast::Cast;
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::agreements::{Section, Terms, standard_text};
use crate::groups::{GroupId, Rhythm};
use crate::people::{PersonId, short_name};

/// A version of a group's agreement.
#[derive(Debug, PartialEq)]
pub struct Agreement {
    pub id: Uuid,
    pub group: GroupId,
    pub version: i64,
    pub sections: Vec<Section>,
    pub review_on: NaiveDate,
    /// How many weeks apart the sessions are that it promises.
    pub promised_weeks: Option<i64>,
    pub proposed_by: PersonId,
    pub proposed_at: DateTime<Utc>,
    pub in_force_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub parties: Vec<Party>,
}

/// Somebody whose agreement is asked for.
#[derive(Debug, PartialEq)]
pub struct Party {
    pub person: PersonId,
    pub agreed_at: Option<DateTime<Utc>>,
}

/// The part that the Aire group is about to change.
const CHANGED: &str = "What is written down";

/// Invents the agreements of every group.
pub fn agreements(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Agreement> {
    let mut draw = Draw::of(seed, "agreements");
    let mut agreements = Vec::new();
    for group in groups {
        let proposed_at = group.created_at + TimeDelta::hours(i64::from(draw.between(1, 20)));
        let mut first = agreement(&mut draw, (cast, group), 1, proposed_at);
        if group.rhythm.is_none() {
            // The group is being formed: its supervisor has agreed, and the others are asked.
            agree(&mut first, |person| (person == group.supervisor).then_some(proposed_at));
            agreements.push(first);
            continue;
        }
        let in_force_at = proposed_at + TimeDelta::days(3);
        agree(&mut first, |person| Some(joined_at(group, person).max(in_force_at)));
        first.in_force_at = Some(in_force_at);
        if group.slug == AIRE {
            let second = waiting(&mut draw, present, cast, group);
            agreements.extend([first, second]);
        } else if draw.chance(12) {
            let changed_at = proposed_at + TimeDelta::days(60);
            let mut second = agreement(&mut draw, (cast, group), 2, changed_at);
            let agreed_at = changed_at + TimeDelta::days(6);
            agree(&mut second, |person| Some(joined_at(group, person).max(agreed_at)));
            second.in_force_at = Some(agreed_at);
            first.ended_at = Some(agreed_at);
            agreements.extend([first, second]);
        } else {
            agreements.push(first);
        }
    }
    agreements
}

/// The Aire group's next version: Ruth proposed it a few days ago, some have agreed, Amina has not.
fn waiting(draw: &mut Draw, present: Present, cast: &Cast, group: &Group) -> Agreement {
    let proposed_at = present.now - TimeDelta::days(4);
    let mut second = agreement(draw, (cast, group), 2, proposed_at);
    if let Some(records) = second.sections.iter_mut().find(|section| section.heading == CHANGED) {
        records.text.push_str(" At the end of each session we say together which actions we have agreed, and who does what.");
    }
    let agreed: HashSet<PersonId> = cast.companions.iter().take(3).copied().chain([group.supervisor]).collect();
    agree(&mut second, |person| agreed.contains(&person).then_some(proposed_at + TimeDelta::hours(20)));
    second
}

fn agreement(draw: &mut Draw, (cast, group): (&Cast, &Group), version: i64, proposed_at: DateTime<Utc>) -> Agreement {
    let parties = group.members.iter().map(|member| member.person).chain([group.supervisor]);
    Agreement {
        id: draw.id(),
        group: group.id,
        version,
        sections: sections(cast, group),
        review_on: ::series::local(proposed_at).date() + Days::new(365),
        promised_weeks: group.rhythm.map(|rhythm| i64::from(rhythm.every_weeks)),
        proposed_by: group.supervisor,
        proposed_at,
        in_force_at: None,
        ended_at: None,
        parties: parties.map(|person| Party { person, agreed_at: None }).collect(),
    }
}

fn agree(agreement: &mut Agreement, when: impl Fn(PersonId) -> Option<DateTime<Utc>>) {
    for party in &mut agreement.parties {
        party.agreed_at = when(party.person);
    }
}

/// Whoever joined later agreed on the day; the supervisor was there from the beginning.
fn joined_at(group: &Group, person: PersonId) -> DateTime<Utc> {
    let joined_on = group.members.iter().find(|member| member.person == person).map(|member| member.joined_on);
    joined_on.map_or(group.created_at, |day| ::series::instant(day.and_time(chrono::NaiveTime::MIN)) + TimeDelta::hours(12))
}

/// The Centre's standard text, as each of these groups begins with it.
fn sections(cast: &Cast, group: &Group) -> Vec<Section> {
    let supervisor = cast.everybody.iter().find(|person| person.id == group.supervisor);
    let supervisor = supervisor.map(|person| short_name(person.title, person.given_name, person.family_name)).unwrap_or_default();
    let rhythm = group.rhythm.map(|rhythm| Rhythm {
        starts_on: rhythm.first,
        starts_time: rhythm.slot.time,
        length_minutes: i64::from(rhythm.slot.minutes),
        repeats: ::series::Rhythm::Weekly { every: rhythm.every_weeks },
    });
    standard_text(&Terms {
        group: &group.name,
        kind: group.kind,
        supervisor: &supervisor,
        capacity: group.capacity,
        mode: group.mode,
        place: group.place,
        rhythm,
    })
}

#[cfg(test)]
mod tests {
    use super::super::cast::cast;
    use super::super::groups::groups;
    use super::super::plan::Size;
    use super::*;

    #[test]
    fn every_group_has_the_standard_text_about_itself_and_the_aire_groups_next_one_says_more() {
        let present = Present::at("2026-10-22T08:50:00Z".parse().unwrap());
        let cast = cast(Size::SMALL, 1, present);
        let groups = groups(Size::SMALL, 1, present, &cast, &[]);
        let agreements = agreements(1, present, &cast, &groups);

        assert!(agreements.iter().all(|agreement| agreement.sections.len() == 16));
        let aire = groups.iter().find(|group| group.slug == AIRE).unwrap();
        let texts: Vec<_> = agreements.iter().filter(|agreement| agreement.group == aire.id).map(|agreement| &agreement.sections).collect();
        assert!(texts[0][0].text.contains("Aire group") && texts[0][2].text.starts_with("Every Thursday, 10:00 to 11:30, UK time, online"));
        let changed: Vec<_> = texts[0].iter().zip(texts[1]).filter(|(before, after)| before != after).collect();
        assert_eq!(changed.iter().map(|(before, _)| before.heading.as_str()).collect::<Vec<_>>(), [CHANGED]);
    }
}
