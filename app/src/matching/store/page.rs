//! A round with its board.

use std::collections::HashMap;

use ::matching::{Instance, Proposal, Rules};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use super::again::{again_of, run_again_as};
use super::asked::asked_about;
use super::beside::{beside_of, read_beside};
use super::board::Told;
use super::by_now::known_by_now;
use super::hours::hours_led;
use super::levelled::levelled;
use super::moves::changes_of;
use super::row::{LimitsRow, LineRow};
use super::settled::{lay, read_instance, read_proposal};
use super::what_ifs::what_ifs;
use crate::access::Actor;
use crate::access_log::{RecordKind, note_opened_by_code};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::answers::{
    AboutGroup, AboutPerson, Again, ByHand, Figures, HoursLine, LookedAt, NotPlaced, RoundGroup, RoundOf, RoundRecord,
};
use crate::matching::beside::Places;
use crate::matching::candidates::ident;
use crate::matching::facts::Names;
use crate::matching::forms::BoardAddress;
use crate::matching::levelling::Levelled;
use crate::matching::limits::{Kept, Limits};
use crate::matching::mixes::Mix;
use crate::matching::model::{MeetsEvery, Part, RoundId, Rule};
use crate::matching::needs::Mode;
use crate::matching::rules::mix_lines;
use crate::matching::runs::WhatIf;
use crate::matching::words::{Seen, Words};
use crate::people::PersonName;
use crate::people::store::NameRow;

#[derive(sqlx::FromRow)]
struct Row {
    id: RoundId,
    #[sqlx(flatten)]
    line: LineRow,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    meets_every: MeetsEvery,
    instance: String,
    proposal: Option<String>,
    searched: Option<String>,
    seed: i64,
    steps: i64,
    steps_done: i64,
    score: Option<i64>,
    bound: Option<i64>,
    is_stopping: bool,
    finished_at: Option<DateTime<Utc>>,
    rules_off: Json<Vec<Rule>>,
    most_places: Option<i64>,
    most_share: i64,
    beside: Option<String>,
    #[sqlx(flatten)]
    started_by: NameRow,
}

/// What there is once groups are proposed.
#[derive(Default)]
struct Shown {
    figures: Option<Figures>,
    groups: Vec<RoundGroup>,
    not_placed: Vec<NotPlaced>,
    by_hand: ByHand,
    about_group: Option<AboutGroup>,
    about_person: Option<AboutPerson>,
    what_ifs: Vec<WhatIf>,
    hours: Vec<HoursLine>,
    levelled: Option<Levelled>,
}

/// The same for whoever has opened its page. Where it shows somebody's place, that is written down for them, in a unit of work of its own: a board
/// takes longer to lay out than others should wait to write.
pub async fn open_round(actor: &Actor, address: &BoardAddress, is_again: bool) -> Result<RoundOf, AppError> {
    let round = round_of(actor, address).await?;
    if round.about_person.is_some() {
        note_opened_by_code(actor, &address.person, RecordKind::Round, is_again).await?;
    }
    Ok(round)
}

/// A round by its number, with its board as it is now.
pub async fn round_of(actor: &Actor, address: &BoardAddress) -> Result<RoundOf, AppError> {
    const ROUND: &str = "\
SELECT r.id, r.number, r.name, r.about, r.state, r.placed, r.started_at, r.starts_on, r.ends_on, r.meets_every, r.instance, r.proposal, r.searched, r.seed,
    r.steps, r.steps_done, r.score, r.bound, r.stop_asked_at IS NOT NULL AS is_stopping, r.finished_at, r.rules_off, r.most_places, r.most_share,
    r.beside,
    p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM round_person q WHERE q.round_id = r.id AND q.part = 'practitioner' AND CAST(q.obstacles AS TEXT) = '[]') AS asking
FROM matching_round r
JOIN person p ON p.id = r.started_by
WHERE r.number = $1
    AND r.number > 0";

    let number: i64 = address.number.parse().map_err(|_| AppError::NotFound)?;
    let moment = &mut actor.database().snapshot().await?;
    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(ROUND).bind(number).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let seen = seen_in(moment, row.id).await?;
    let instance = read_instance(&row.instance)?;
    let proposal = row.proposal.as_deref().map(read_proposal).transpose()?;
    let again = again_of(moment, (row.id, &instance), proposal.as_ref().zip(row.score)).await?;
    let shown = match proposal {
        Some(proposal) => shown(moment, &row, &Asked { instance: &instance, seen: &seen, chosen: address }, &proposal).await?,
        None => Shown::default(),
    };
    let looked_at = seen.into_values().map(|seen| seen.looked_at).filter(LookedAt::is_shown);
    let mut looked_at: Vec<LookedAt> = looked_at.collect();
    looked_at.sort_unstable_by(|one, other| one.person.short.cmp(&other.person.short).then(one.person.code.cmp(&other.person.code)));
    let beside = row.beside.as_deref().map(read_beside).transpose()?.map(|asked| asked.roles).unwrap_or_default();
    let round = row.with(&instance, again, shown, looked_at);
    Ok(RoundOf { record: RoundRecord { beside, ..round.record }, ..round })
}

impl Row {
    fn with(self, instance: &Instance, again: Option<Again>, shown: Shown, looked_at: Vec<LookedAt>) -> RoundOf {
        RoundOf {
            line: self.line.into(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            meets_every: self.meets_every,
            record: RoundRecord {
                started_by: self.started_by.into(),
                finished_at: self.finished_at,
                is_stopping: self.is_stopping,
                seed: self.seed,
                steps: self.steps,
                steps_done: self.steps_done,
                score: self.score,
                bound: self.bound,
                bound_leaves_out: bound_leaves_out(&instance.rules),
                rules_off: self.rules_off.0.len(),
                conflicts: i64::try_from(instance.conflicts.len()).unwrap_or(i64::MAX),
                beside: Vec::new(),
                weakest_first: instance.rules.weakest_first > 0,
                levelled: shown.levelled,
                again,
            },
            figures: shown.figures,
            groups: shown.groups,
            not_placed: shown.not_placed,
            by_hand: shown.by_hand,
            about_group: shown.about_group,
            about_person: shown.about_person,
            looked_at,
            what_ifs: shown.what_ifs,
            hours: shown.hours,
            most_share: self.most_share,
        }
    }
}

/// Whether anything counts of which the engine's bound knows nothing: how alike, how mixed and how alone people are in their groups, but for the kinds of
/// work where groups should be alike in it, and with whom they are kept together or would be again. Each only ever takes points off, so that the bound is one without them.
fn bound_leaves_out(rules: &Rules) -> bool {
    let leaves_out = |(criterion, mix): &(String, Mix)| match mix {
        Mix::Ignored => false,
        Mix::Alike => criterion != "intervention",
        Mix::Mixed => true,
    };
    let criteria = &rules.criteria;
    [rules.weights.lone_novice, criteria.together, criteria.acquainted].into_iter().any(|weight| weight > 0)
        || mix_lines(rules).iter().any(leaves_out)
}

/// What a board is laid out from, and what is chosen on it.
struct Asked<'a> {
    instance: &'a Instance,
    seen: &'a HashMap<String, Seen>,
    chosen: &'a BoardAddress,
}

async fn shown(moment: &mut Transaction, row: &Row, asked: &Asked<'_>, proposal: &Proposal) -> Result<Shown, AppError> {
    let board = lay(asked.instance, proposal, changes_of(moment, row.id).await?)?;
    let by_now = known_by_now(moment, (row.id, asked.instance)).await?;
    let board = by_now.board(board)?;
    let names = Names::of(asked.instance, row.meets_every);
    let asked_about = asked_about(moment, row.id).await?;
    let words = Words { names: &names, seen: asked.seen, proposal: &board.proposal, board: &board.board };
    let beside = beside_of(moment, row.id).await?;
    let beside = beside.as_ref().map(|beside| beside.places(&names, &board));
    let told = Told {
        names: &names,
        board: &board,
        words,
        chosen: asked.chosen,
        asked: &asked_about,
        by_now: &by_now,
        beside,
        most_places: row.most_places,
    };
    let groups = told.groups();
    let minutes_of_each = asked.instance.rules.session_minutes * row.meets_every.times_in_two_weeks();
    let is_beside: Vec<&str> = told.beside.iter().flat_map(Places::holders).collect();
    let run_again_as = run_again_as(moment, row.id, board.position()).await?;
    Ok(Shown {
        figures: Some(told.figures(&groups)),
        not_placed: told.not_placed(&asked.instance.practitioners, asked.instance.supervisors.len()),
        by_hand: ByHand { run_again_as, ..told.by_hand(row.score.unwrap_or_default()) },
        about_group: told.about_group(),
        about_person: told.about_person(),
        what_ifs: what_ifs(moment, row.id, (&board.proposal, &by_now)).await?,
        hours: hours_led(moment, (row.id, row.starts_on), (&board.proposal, &is_beside, minutes_of_each)).await?,
        levelled: row.searched.as_deref().map(|searched| levelled(&names, searched, proposal)).transpose()?,
        groups,
    })
}

/// The question or the answer of a round, as the engine reads and writes them.
pub async fn round_text(actor: &Actor, number: i64) -> Result<(String, Option<String>), AppError> {
    const TEXT: &str = "SELECT instance, proposal FROM matching_round WHERE number = $1 AND number > 0";

    let database = actor.database();
    let text: Option<(String, Option<String>)> = on!(database, pool => sqlx::query_as(TEXT).bind(number).fetch_optional(pool).await)?;
    text.ok_or(AppError::NotFound)
}

/// Everybody who was looked at, by what the files of the round call them.
pub(super) async fn seen_in(moment: &mut Transaction, round: RoundId) -> Result<HashMap<String, Seen>, AppError> {
    const SEEN: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, COALESCE(a.name, '') AS authority, r.part, r.is_stale, r.obstacles, r.kept,
    m.needs_met, m.most_places, m.most_share
FROM round_person r
JOIN matching_round m ON m.id = r.round_id
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
        kept: Option<Json<Kept>>,
        #[sqlx(flatten)]
        limits: LimitsRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SEEN).bind(round).fetch_all(connection).await)?;
    let seen = |row: Row| {
        let person = PersonName::from(row.name);
        let ident = ident(row.part, &person.code);
        let needing = row.kept.and_then(|kept| kept.0.needing());
        let needing = needing.zip(Limits::from(row.limits).needs_met);
        let needs = needing.as_ref().and_then(|(needing, met)| needing.told(met));
        let why_not = |mode: Mode| Some((mode, needing.as_ref().and_then(|(needing, met)| needing.why_not(met, mode))?));
        let not_in = Mode::ALL.into_iter().filter_map(why_not).collect();
        let looked_at = LookedAt { person, part: row.part, is_stale: row.is_stale, obstacles: row.obstacles.0, needs, has_words: false };
        (ident, Seen { looked_at, authority: row.authority, not_in })
    };
    Ok(rows.into_iter().map(seen).collect())
}
