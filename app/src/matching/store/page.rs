//! A round with its proposal.

use std::collections::HashMap;

use ::matching::{Instance, Proposal, ProposedGroup};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use super::row::LineRow;
use crate::access::Actor;
use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::matching::answers::{LookedAt, NotPlaced, RoundGroup, RoundMember, RoundOf, RoundRecord};
use crate::matching::candidates::ident;
use crate::matching::facts::{Names, stays, time_in_words};
use crate::matching::model::{Part, RoundId};
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::registration::{Stream, intervention_name};

#[derive(sqlx::FromRow)]
struct Row {
    id: RoundId,
    #[sqlx(flatten)]
    line: LineRow,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    instance: String,
    proposal: Option<String>,
    seed: i64,
    steps: i64,
    steps_done: i64,
    score: Option<i64>,
    bound: Option<i64>,
    is_stopping: bool,
    finished_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    started_by: NameRow,
}

/// Somebody who was looked at, as the pages of a round name them.
struct Seen {
    looked_at: LookedAt,
    authority: String,
}

/// A round by its number.
pub async fn round_of(actor: &Actor, number: i64) -> Result<RoundOf, AppError> {
    const ROUND: &str = "\
SELECT r.id, r.number, r.name, r.about, r.state, r.placed, r.started_at, r.starts_on, r.ends_on, r.instance, r.proposal, r.seed, r.steps,
    r.steps_done, r.score, r.bound, r.stop_asked_at IS NOT NULL AS is_stopping, r.finished_at, p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM round_person q WHERE q.round_id = r.id AND q.part = 'practitioner' AND CAST(q.obstacles AS TEXT) = '[]') AS asking
FROM matching_round r
JOIN person p ON p.id = r.started_by
WHERE r.number = $1";

    let moment = &mut actor.database().snapshot().await?;
    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(ROUND).bind(number).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let seen = seen_in(moment, row.id).await?;
    let instance: Instance =
        Instance::read(row.instance.as_bytes()).map_err(|_| unavailable("the question of a round cannot be read back"))?;
    let proposal = match &row.proposal {
        Some(text) => Some(Proposal::read(text.as_bytes()).map_err(|_| unavailable("the proposal of a round cannot be read back"))?),
        None => None,
    };
    let told = Told { names: Names::of(&instance), minutes: instance.rules.session_minutes, seen: &seen };
    let (groups, not_placed) = proposal.map(|proposal| (told.groups(&proposal), told.not_placed(&instance, &proposal))).unwrap_or_default();
    let looked_at = seen.into_values().map(|seen| seen.looked_at).filter(|one| one.is_stale || !one.obstacles.is_empty());
    let mut looked_at: Vec<LookedAt> = looked_at.collect();
    looked_at.sort_unstable_by(|one, other| one.person.short.cmp(&other.person.short).then(one.person.code.cmp(&other.person.code)));
    Ok(RoundOf {
        line: row.line.into(),
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        record: RoundRecord {
            started_by: row.started_by.into(),
            finished_at: row.finished_at,
            is_stopping: row.is_stopping,
            seed: row.seed,
            steps: row.steps,
            steps_done: row.steps_done,
            score: row.score,
            bound: row.bound,
            weights: weights_of(&instance),
            conflicts: i64::try_from(instance.conflicts.len()).unwrap_or(i64::MAX),
        },
        groups,
        not_placed,
        looked_at,
    })
}

/// The question or the answer of a round, as the engine reads and writes them.
pub async fn round_text(actor: &Actor, number: i64) -> Result<(String, Option<String>), AppError> {
    const TEXT: &str = "SELECT instance, proposal FROM matching_round WHERE number = $1";

    let database = actor.database();
    let text: Option<(String, Option<String>)> = on!(database, pool => sqlx::query_as(TEXT).bind(number).fetch_optional(pool).await)?;
    text.ok_or(AppError::NotFound)
}

/// Everybody who was looked at, by what the files of the round call them.
async fn seen_in(moment: &mut Transaction, round: RoundId) -> Result<HashMap<String, Seen>, AppError> {
    const SEEN: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, COALESCE(a.name, '') AS authority, r.part, r.is_stale, r.obstacles
FROM round_person r
JOIN person p ON p.id = r.person_id
LEFT JOIN authority a ON a.id = p.authority_id
WHERE r.round_id = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        authority: String,
        part: Part,
        is_stale: bool,
        obstacles: Json<Vec<String>>,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SEEN).bind(round).fetch_all(connection).await)?;
    let seen = |row: Row| {
        let person = PersonName::from(row.name);
        let ident = ident(row.part, &person.code);
        let looked_at = LookedAt { person, part: row.part, is_stale: row.is_stale, obstacles: row.obstacles.0 };
        (ident, Seen { looked_at, authority: row.authority })
    };
    Ok(rows.into_iter().map(seen).collect())
}

fn weights_of(instance: &Instance) -> Vec<(String, i64)> {
    let weights = serde_json::to_value(instance.rules.weights).ok();
    let weights = weights.as_ref().and_then(serde_json::Value::as_object);
    weights.map(|weights| weights.iter().filter_map(|(name, value)| Some((name.clone(), value.as_i64()?))).collect()).unwrap_or_default()
}

/// A proposal in the words of its pages.
struct Told<'a> {
    names: Names<'a>,
    minutes: i64,
    seen: &'a HashMap<String, Seen>,
}

impl Told<'_> {
    fn groups(&self, proposal: &Proposal) -> Vec<RoundGroup> {
        let mut groups: Vec<RoundGroup> = proposal.groups.iter().filter_map(|group| self.group(group)).collect();
        // The weakest first: what each member brings is what groups of different sizes are compared by.
        groups.sort_by_key(|group| group.score / i64::try_from(group.members.len()).unwrap_or(1).max(1));
        groups
    }

    fn group(&self, group: &ProposedGroup) -> Option<RoundGroup> {
        let supervisor = self.names.supervisor(&group.supervisor)?;
        let members = self.names.members(group);
        let start = (group.week, group.day, group.start);
        let others = self.names.times_in_common(supervisor, &members).into_iter().filter(|other| *other != start);
        let mode = if group.mode == "online" { "Online".to_owned() } else { format!("In person, {}", supervisor.region) };
        let told = members.iter().filter_map(|member| {
            let person = self.seen.get(&member.id)?.looked_at.person.clone();
            let is_preferred = self.names.covers(&member.preferred, start);
            Some(RoundMember { person, about: self.about(member), is_preferred, stays: stays(group, member) })
        });
        Some(RoundGroup {
            kind: Stream::of_key(&group.stream).map_or(GroupKind::Group, Stream::kind),
            supervisor: self.seen.get(&group.supervisor)?.looked_at.person.clone(),
            mode,
            when: time_in_words(start, self.minutes),
            other_times: others.map(|other| time_in_words(other, self.minutes)).collect(),
            members: told.collect(),
            most: self.names.most(&group.stream),
            score: self.names.score(group),
        })
    }

    fn not_placed(&self, instance: &Instance, proposal: &Proposal) -> Vec<NotPlaced> {
        let placed: std::collections::HashSet<&str> = proposal.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect();
        let left = instance.practitioners.iter().filter(|one| !placed.contains(one.id.as_str()));
        let told = left.filter_map(|one| {
            let person = self.seen.get(&one.id)?.looked_at.person.clone();
            Some(NotPlaced { person, about: self.about(one), urgency: one.urgency, reason: self.names.why_not(proposal, one) })
        });
        let mut not_placed: Vec<NotPlaced> = told.collect();
        not_placed.sort_by_key(|one| -one.urgency);
        not_placed
    }

    /// "Level 2, Bradford, Solihull Approach".
    fn about(&self, one: &::matching::Practitioner) -> String {
        let authority = self.seen.get(&one.id).map(|seen| seen.authority.clone()).unwrap_or_default();
        let level = format!("Level {}", one.level);
        let work = intervention_name(&one.intervention).to_owned();
        [level, authority, work].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
