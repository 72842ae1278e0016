//! What each group has agreed, and what it is about to agree.

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::cast::Cast;
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;

/// A version of a group's agreement.
#[derive(Debug, PartialEq)]
pub struct Agreement {
    pub id: Uuid,
    pub group: GroupId,
    pub version: i64,
    pub sections: Vec<Section>,
    pub review_on: NaiveDate,
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

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    pub heading: &'static str,
    pub text: String,
}

/// Invents the agreements of every group.
pub fn agreements(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Agreement> {
    let mut draw = Draw::of(seed, "agreements");
    let mut agreements = Vec::new();
    for group in groups {
        let proposed_at = group.created_at + TimeDelta::hours(i64::from(draw.between(1, 20)));
        let mut first = agreement(&mut draw, group, 1, proposed_at);
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
            let mut second = agreement(&mut draw, group, 2, changed_at);
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
    let mut second = agreement(draw, group, 2, proposed_at);
    if let Some(records) = second.sections.iter_mut().find(|section| section.heading == "Records") {
        records.text.push_str(" At the end of each session we say together which actions we have agreed, and who does what.");
    }
    let agreed: HashSet<PersonId> = cast.companions.iter().take(3).copied().chain([group.supervisor]).collect();
    agree(&mut second, |person| agreed.contains(&person).then_some(proposed_at + TimeDelta::hours(20)));
    second
}

fn agreement(draw: &mut Draw, group: &Group, version: i64, proposed_at: DateTime<Utc>) -> Agreement {
    let parties = group.members.iter().map(|member| member.person).chain([group.supervisor]);
    Agreement {
        id: draw.id(),
        group: group.id,
        version,
        sections: sections(group),
        review_on: ::series::local(proposed_at).date() + Days::new(365),
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

fn sections(group: &Group) -> Vec<Section> {
    let who = match group.kind {
        GroupKind::Supervisors => "supervisors, who bring their own supervising",
        GroupKind::Vig => "a guider in training and an accredited supervisor",
        GroupKind::OneToOne => "one practitioner and one supervisor",
        GroupKind::Group => "practitioners from several authorities, who stay together",
    };
    let rhythm = group.rhythm.map_or_else(
        || "We have still to choose our time.".to_owned(),
        |rhythm| {
            let every = if rhythm.every_weeks == 1 { "week".to_owned() } else { format!("{} weeks", rhythm.every_weeks) };
            format!("We meet every {every} for {} minutes, UK time, until {}.", rhythm.slot.minutes, rhythm.until.format("%-d %B %Y"))
        },
    );
    let section = |heading, text: &str| Section { heading, text: text.to_owned() };
    vec![
        section("Who we are", &format!("This agreement is between {who}, and the Centre.")),
        section(
            "What supervision is for",
            "Support and guidance on the work, room to notice what the work does to us, and learning. It is not line management, therapy or safeguarding supervision; responsibility for each family stays with the employer.",
        ),
        section("When and how we meet", &rhythm),
        section(
            "Coming, and not coming",
            "We come to every session that we can, and send apologies ahead when we cannot. After two absences in a row the supervisor asks how things are.",
        ),
        section(
            "What we bring",
            "Something from our own work, told so that nobody could know the family. For film, the family’s written consent comes first.",
        ),
        section(
            "Confidentiality and its limits",
            "What is said here stays here, except where a child or an adult may be at serious risk, where practice is unsafe, or where the law requires it. We say so to each other first wherever that is safe.",
        ),
        section(
            "Records",
            "The Centre keeps who was there. The supervisor keeps the agreed actions. Nobody records sound or picture, and no family is ever named.",
        ),
        section(
            "If we are worried about somebody",
            "We follow our own employer’s safeguarding procedure at once, and tell the supervisor. In an emergency we phone 999.",
        ),
        section(
            "Feedback and evaluation",
            "We may answer three questions after a session. Answers are only ever shown together, never one alone.",
        ),
        section("What each of us needs", "We tell each other what we need to take part fully, and change what can be changed."),
        section("A private space", "Each of us joins from a room in which nobody else can see or hear, with headphones where needed."),
        section(
            "Changing and ending",
            "Any of us may ask for another supervisor, without giving a reason. We say goodbye in a last session, planned ahead.",
        ),
    ]
}
