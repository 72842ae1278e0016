//! A round of VIG supervision with two groups: nobody has been asked about the first, in which Amina would be, and most have answered about
//! the second.

use std::collections::{BTreeSet, HashMap};

use ::matching::{INSTANCE_FORMAT, Instance, Matcher, Practitioner, Proposal, ProposedGroup, Supervisor, Window};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};
use sqlx::types::Json;
use uuid::Uuid;

use super::cast::{Cast, Person};
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use super::registration::holds_everything;
use crate::asking::Reply;
use crate::authorities::eligible;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::matching::{Part, ident, usual_rules};
use crate::people::PersonId;
use crate::registration::Stream;

/// The round, as it was asked and proposed, and the group that people were asked about.
#[derive(Debug, PartialEq)]
pub struct AskedRound {
    pub id: Uuid,
    pub instance: String,
    pub proposal: String,
    pub score: i64,
    pub bound: Option<i64>,
    pub placed: i64,
    pub people: Vec<(PersonId, Part)>,
    pub asked: Asked,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub starts_on: NaiveDate,
}

/// A group that people were asked about.
#[derive(Debug, PartialEq)]
pub struct Asked {
    pub id: Uuid,
    pub code: String,
    pub supervisor: PersonId,
    pub week: i64,
    pub day: i64,
    pub minute: i64,
    pub people: Vec<AskedOne>,
}

/// Somebody who was asked.
#[derive(Debug, PartialEq)]
pub struct AskedOne {
    pub id: Uuid,
    pub code: String,
    pub person: PersonId,
    pub part: Part,
    pub reply: Option<Reply>,
    pub professions: BTreeSet<&'static str>,
    pub authorities: BTreeSet<&'static str>,
    pub others: i64,
}

/// The seed of the round, and how many steps the engine works: few are enough for two groups.
const SEED: u64 = 2;
const STEPS: usize = 6;

/// How long its sessions last, in minutes.
const LENGTH: i64 = 90;

/// Thursday at 13:00 of the first week, and Friday at 10:00 of the second.
const FIRST: Window = Window { week: 0, day: 3, from: 13 * 60, to: 13 * 60 + LENGTH };
const SECOND: Window = Window { week: 1, day: 4, from: 10 * 60, to: 10 * 60 + LENGTH };

/// How many would be in each of the groups, Amina in the first.
const IN_FIRST: usize = 4;
const IN_SECOND: usize = 5;

/// What those who were asked about the second group have answered; the supervisor accepts.
const REPLIES: [Option<Reply>; IN_SECOND] =
    [Some(Reply::Accepted), Some(Reply::Accepted), Some(Reply::Accepted), Some(Reply::Declined), None];

/// Invents the round; nothing where there are too few people for it.
pub fn asked_round(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Option<AskedRound> {
    let mut draw = Draw::of(seed, "asking");
    let known: HashMap<PersonId, &Person> = cast.everybody.iter().map(|person| (person.id, person)).collect();
    let has_vig = |person: &PersonId| {
        groups.iter().any(|group| group.kind == GroupKind::Vig && group.members.iter().any(|one| one.person == *person))
    };
    // The first two are kept apart.
    let free = cast
        .practitioners
        .iter()
        .skip(2)
        .copied()
        .filter(|person| *person != cast.amina && !cast.companions.contains(person) && !has_vig(person));
    let people: Vec<PersonId> = [cast.amina].into_iter().chain(free).take(IN_FIRST + IN_SECOND).collect();
    let is_free = |person: &PersonId| groups.iter().all(|group| !is_there_on_a_friday(group, *person));
    let may_lead = |(place, person): &(usize, PersonId)| *person != cast.ruth && is_free(person) && holds_everything(*place);
    let (_, other) = cast.supervisors.iter().copied().enumerate().rev().find(may_lead)?;
    if people.len() < IN_FIRST + IN_SECOND {
        return None;
    }
    let instance = instance(&known, (cast.ruth, other), &people)?;
    let mut matcher = Matcher::new(&instance, SEED).ok()?;
    matcher.step(STEPS);
    let proposal = matcher.best();
    let ids: HashMap<String, PersonId> =
        people.iter().filter_map(|person| known.get(person)).map(|person| (ident(Part::Practitioner, &person.code), person.id)).collect();
    let asked = asked(&mut draw, &known, other, (second_of(&proposal, known.get(&other)?)?, &ids))?;
    let parts = people.iter().map(|person| (*person, Part::Practitioner)).chain([(cast.ruth, Part::Supervisor), (other, Part::Supervisor)]);
    Some(AskedRound {
        id: draw.id(),
        instance: instance.write().ok()?,
        proposal: proposal.write(),
        score: matcher.score(),
        bound: Some(matcher.bound()).filter(|bound| *bound < i64::MAX),
        placed: i64::try_from(matcher.placed()).ok()?,
        people: parts.collect(),
        asked,
        by: cast.coordinators.first().copied()?,
        at: present.now - TimeDelta::days(3),
        starts_on: ::series::monday_of(present.today + Days::new(34)),
    })
}

fn second_of<'a>(proposal: &'a Proposal, leader: &Person) -> Option<&'a ProposedGroup> {
    let id = ident(Part::Supervisor, &leader.code);
    proposal.groups.iter().find(|group| group.supervisor == id)
}

fn instance(known: &HashMap<PersonId, &Person>, (ruth, other): (PersonId, PersonId), people: &[PersonId]) -> Option<Instance> {
    let supervisor = |person: PersonId, window: Window| {
        known.get(&person).map(|person| Supervisor {
            id: ident(Part::Supervisor, &person.code),
            region: "London".to_owned(),
            streams: vec![Stream::Vig.key().to_owned()],
            interventions: vec!["vig".to_owned()],
            modes: vec!["online".to_owned()],
            max_groups: 1,
            availability: vec![window],
        })
    };
    let practitioner = |(place, person): (usize, &PersonId)| {
        let (person, place) = (known.get(person)?, i64::try_from(place).ok()?);
        let authority = eligible().find(|authority| Some(authority.id()) == person.authority);
        let is_first = place < i64::try_from(IN_FIRST).ok()?;
        // Amina could come to either, and would choose the first.
        let availability = if place == 0 { vec![FIRST, SECOND] } else { vec![if is_first { FIRST } else { SECOND }] };
        Some(Practitioner {
            id: ident(Part::Practitioner, &person.code),
            authority: authority.as_ref().map(|authority| authority.gss_code.to_owned()).unwrap_or_default(),
            region: authority.map(|authority| authority.region.to_owned()).unwrap_or_default(),
            stream: Stream::Vig.key().to_owned(),
            intervention: "vig".to_owned(),
            level: 2,
            modes: vec!["online".to_owned()],
            urgency: 40 + 20 * (place % 4),
            availability,
            preferred: if place == 0 { vec![FIRST] } else { Vec::new() },
            previous_supervisor: None,
            profession: None,
            language: None,
            setting: None,
            together: Vec::new(),
            acquainted: Vec::new(),
        })
    };
    let mut practitioners: Vec<Practitioner> = people.iter().enumerate().filter_map(practitioner).collect();
    practitioners.sort_unstable_by(|one, another| one.id.cmp(&another.id));
    Some(Instance {
        format: INSTANCE_FORMAT.to_owned(),
        rules: usual_rules(),
        supervisors: vec![supervisor(ruth, FIRST)?, supervisor(other, SECOND)?],
        practitioners,
        conflicts: Vec::new(),
    })
}

/// Whoever is asked to lead the second group leads and attends no other on its day.
fn is_there_on_a_friday(group: &Group, person: PersonId) -> bool {
    let is_in = group.supervisor == person || group.members.iter().any(|member| member.person == person);
    is_in && group.rhythm.is_some_and(|rhythm| rhythm.slot.weekday == Weekday::Fri)
}

fn asked(
    draw: &mut Draw,
    known: &HashMap<PersonId, &Person>,
    supervisor: PersonId,
    (group, ids): (&ProposedGroup, &HashMap<String, PersonId>),
) -> Option<Asked> {
    let members: Vec<PersonId> = group.members.iter().filter_map(|id| ids.get(id)).copied().collect();
    let everybody = members.iter().copied().zip(REPLIES).map(|(person, reply)| (person, Part::Practitioner, reply));
    let leader = (supervisor, Part::Supervisor, Some(Reply::Accepted));
    let people = everybody.chain([leader]).map(|(person, part, reply)| {
        let others: Vec<&&Person> = members.iter().filter(|other| **other != person).filter_map(|other| known.get(other)).collect();
        let authority = |other: &&&Person| eligible().find(|one| Some(one.id()) == other.authority).map(|one| one.name);
        AskedOne {
            id: draw.id(),
            code: draw.code(),
            person,
            part,
            reply,
            professions: others.iter().map(|other| other.profession).filter(|profession| !profession.is_empty()).collect(),
            authorities: others.iter().filter_map(authority).collect(),
            others: i64::try_from(others.len()).unwrap_or_default(),
        }
    });
    let people = people.collect();
    (members.len() == IN_SECOND).then(|| Asked {
        id: draw.id(),
        code: draw.code(),
        supervisor,
        week: group.week,
        day: group.day,
        minute: group.start,
        people,
    })
}

/// Stores the round and what was answered. Its number is the next.
pub async fn insert_asked_round(transaction: &mut Transaction, round: &AskedRound) -> Result<(), AppError> {
    const ROUND: &str = "\
INSERT INTO matching_round
    (id, number, name, about, starts_on, ends_on, instance, seed, steps, steps_done, state, proposal, score, bound, placed, started_by,
    started_at, finished_at)
SELECT $1, COALESCE(MAX(number), 0) + 1, 'VIG starters', 'VIG supervision, every authority', $2, $3, $4, $5, $6, $6, 'done', $7, $8, $9,
    $10, $11, $12, $12
FROM matching_round";
    const PERSON: &str = "INSERT INTO round_person (round_id, person_id, part, is_stale, obstacles) VALUES ($1, $2, $3, $4, $5)";

    on!(&mut transaction, connection => sqlx::query(ROUND)
        .bind(round.id)
        .bind(round.starts_on)
        .bind(round.starts_on + Days::new(26 * 7 - 1))
        .bind(&round.instance)
        .bind(i64::try_from(SEED).unwrap_or_default())
        .bind(i64::try_from(STEPS).unwrap_or_default())
        .bind(&round.proposal)
        .bind(round.score)
        .bind(round.bound)
        .bind(round.placed)
        .bind(round.by)
        .bind(round.at)
        .execute(connection).await.map(|_| ()))?;
    for (person, part) in &round.people {
        on!(&mut transaction, connection => sqlx::query(PERSON)
            .bind(round.id)
            .bind(person)
            .bind(part)
            .bind(false)
            .bind(Json(Vec::<String>::new()))
            .execute(connection).await.map(|_| ()))?;
    }
    insert_asked(transaction, round).await
}

async fn insert_asked(transaction: &mut Transaction, round: &AskedRound) -> Result<(), AppError> {
    const GROUP: &str = "\
INSERT INTO asked_group
    (id, code, round_id, kind, supervisor_id, mode, region, week, day, start_minute, length_minutes, least, places, asked_by, asked_at, version)
VALUES ($1, $2, $3, 'vig', $4, 'online', '', $5, $6, $7, $8, 3, $9, $10, $11, 1)";
    const PERSON: &str = "\
INSERT INTO asked_person
    (id, code, asked_group_id, person_id, part, kind, asked_by, asked_at, others, professions, authorities, answer, answered_at)
VALUES ($1, $2, $3, $4, $5, 'vig', $6, $7, $8, $9, $10, $11, $12)";

    let asked = &round.asked;
    let asked_at = round.at + TimeDelta::hours(2);
    on!(&mut transaction, connection => sqlx::query(GROUP)
        .bind(asked.id)
        .bind(&asked.code)
        .bind(round.id)
        .bind(asked.supervisor)
        .bind(asked.week)
        .bind(asked.day)
        .bind(asked.minute)
        .bind(LENGTH)
        .bind(i64::try_from(IN_SECOND).unwrap_or_default())
        .bind(round.by)
        .bind(asked_at)
        .execute(connection).await.map(|_| ()))?;
    for one in &asked.people {
        on!(&mut transaction, connection => sqlx::query(PERSON)
            .bind(one.id)
            .bind(&one.code)
            .bind(asked.id)
            .bind(one.person)
            .bind(one.part)
            .bind(round.by)
            .bind(asked_at)
            .bind(one.others)
            .bind(Json(&one.professions))
            .bind(Json(&one.authorities))
            .bind(one.reply)
            .bind(one.reply.map(|_| asked_at + TimeDelta::days(1)))
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
