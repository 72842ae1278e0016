//! Running a round again from its board: the same question, but for who is kept apart and who is not available by now, begun from the groups as they are,
//! with those who are pinned where they are.

use std::collections::BTreeSet;

use ::matching::{Board, Instance, Matcher, Obstacle, Proposal, Rerun, RerunError, changes};
use sha2::{Digest, Sha256};
use sqlx::types::Json;

use super::asked::{AskedAbout, asked_about};
use super::available_again::available_again;
use super::beside::ask_beside_again;
use super::by_now::{LeftOut, Out, known_by_now};
use super::limits::{limits_again, looked_at_then};
use super::moves::{OpenedBoard, changes_of, open_board};
use super::settled::{proposed_round, read_proposal};
use super::start::next_number;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, is_taken, new_id, on, unavailable};
use crate::error::AppError;
use crate::matching::answers::{Again, Since};
use crate::matching::board::RoundBoard;
use crate::matching::model::{RoundId, Stay};
use crate::matching::rules::{mix_lines, weighed, weight_lines, with_weakest_first};
use crate::matching::runs::{RoundAgain, ToRunAgain};
use crate::matching::wishes::keep_below_a_place;

/// From what a round was run again, beside its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunFrom {
    /// The groups, as a proposal.
    pub board: String,
    /// Who stays, by the names of the file.
    pub pins: Vec<String>,
}

impl BegunFrom {
    /// The same in the words of the engine; nothing where it cannot be read.
    pub fn rerun(&self) -> Option<Rerun> {
        Some(Rerun { from: Proposal::read(self.board.as_bytes()).ok()?, pins: self.pins.clone(), exclusions: Vec::new() })
    }
}

/// From what a round was run again, if it was.
pub async fn begun_from(moment: &mut Transaction, round: RoundId) -> Result<Option<BegunFrom>, AppError> {
    const BEGUN_FROM: &str = "SELECT board, pins FROM round_again WHERE round_id = $1";

    let row: Option<(String, Json<Vec<String>>)> =
        on!(&mut moment, connection => sqlx::query_as(BEGUN_FROM).bind(round).fetch_optional(connection).await)?;
    Ok(row.map(|(board, Json(pins))| BegunFrom { board, pins }))
}

/// The same as a file.
pub async fn begun_text(actor: &Actor, number: i64) -> Result<String, AppError> {
    const BEGUN: &str = "\
SELECT a.board, a.pins
FROM round_again a
JOIN matching_round r ON r.id = a.round_id
WHERE r.number = $1";

    let database = actor.database();
    let row: Option<(String, Json<Vec<String>>)> = on!(database, pool => sqlx::query_as(BEGUN).bind(number).fetch_optional(pool).await)?;
    let (board, Json(pins)) = row.ok_or(AppError::NotFound)?;
    let pins = serde_json::to_string(&pins).map_err(|_| unavailable("the pins of a round cannot be written"))?;
    // As the engine was given it: the board is not written anew.
    Ok(format!("{{\"from\":{board},\"pins\":{pins}}}"))
}

/// From which board a round was run again, if it was, and who would notice.
pub(super) async fn again_of(
    moment: &mut Transaction,
    (round, instance): (RoundId, &Instance),
    proposed: Option<(&Proposal, i64)>,
) -> Result<Option<Again>, AppError> {
    const AGAIN: &str = "\
SELECT f.number, f.name, a.board, a.pins, a.stay
FROM round_again a
JOIN matching_round f ON f.id = a.from_round_id
WHERE a.round_id = $1";

    #[derive(sqlx::FromRow)]
    struct Row {
        number: i64,
        name: String,
        board: String,
        pins: Json<Vec<String>>,
        stay: Stay,
    }

    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(AGAIN).bind(round).fetch_optional(connection).await)?;
    let Some(row) = row else { return Ok(None) };
    let since = match proposed {
        Some((after, score)) => Some(since(instance, &read_proposal(&row.board)?, after, score)?),
        None => None,
    };
    Ok(Some(Again { number: row.number, name: row.name, stay: row.stay, pins: row.pins.0.len(), since }))
}

/// Both are reckoned with the weights of the round that was run, since they may be others than before.
fn since(instance: &Instance, before: &Proposal, after: &Proposal, score: i64) -> Result<Since, AppError> {
    let board = Board::new(instance.clone(), before).map_err(|_| unavailable("the board of a round cannot be laid out"))?;
    let changes = changes(before, after);
    Ok(Since {
        score_change: score - board.score(),
        had_place: before.groups.iter().map(|group| group.members.len()).sum(),
        moved: changes.moved.len(),
        newly_placed: changes.newly_placed.len(),
        no_longer_placed: changes.no_longer_placed.len(),
    })
}

/// The last round that was started from a board as it is now, if one was.
pub(super) async fn run_again_as(moment: &mut Transaction, round: RoundId, position: i64) -> Result<Option<i64>, AppError> {
    Ok(run_again_from(moment, round, position).await?.first().map(|(number, _)| *number))
}

/// The rounds that were started from a board as it is now, the last first.
async fn run_again_from(moment: &mut Transaction, round: RoundId, position: i64) -> Result<Vec<(i64, String)>, AppError> {
    const RUN_AGAIN: &str = "\
SELECT r.number, r.name
FROM round_again a
JOIN matching_round r ON r.id = a.round_id
WHERE a.from_round_id = $1
    AND a.from_position = $2
ORDER BY r.number DESC";

    Ok(on!(&mut moment, connection => sqlx::query_as(RUN_AGAIN).bind(round).bind(position).fetch_all(connection).await)?)
}

/// What running a round again would do, before it is done.
pub async fn round_to_run_again(actor: &Actor, number: i64) -> Result<RoundAgain, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let round = proposed_round(moment, number).await?;
    let back = available_again(moment, ::series::local(actor.now()).date(), (&round, &round.limits), None).await?;
    let board = round.board(changes_of(moment, round.id).await?)?;
    let by_now = known_by_now(moment, (round.id, &round.instance)).await?;
    let asked = asked_about(moment, round.id).await?;
    let left_out = by_now.left_out(&asked, &board.proposal);
    let instance = left_out.without(by_now.instance.clone());
    let asking = instance.practitioners.len();
    let board = left_out.board(instance, board)?;
    let placed: usize = board.proposal.groups.iter().map(|group| group.members.len()).sum();
    let staying = who_stays(&board, &asked, Stay::Everybody).len();
    Ok(RoundAgain {
        number,
        seen: board.position(),
        placed,
        held: who_stays(&board, &asked, Stay::Pinned).len(),
        in_broken: placed.saturating_sub(staying),
        without_place: asking.saturating_sub(placed),
        left_out: left_out.names(),
        available_again: back.names(),
        over: back.over(),
        out_of_hours: back.out_of_hours(),
        limits: round.limits.clone(),
        weights: weight_lines(&round.instance.rules),
        mixes: mix_lines(&round.instance.rules),
        weakest_first: round.instance.rules.weakest_first > 0,
        before: run_again_from(moment, round.id, board.position()).await?,
        name: round.name,
    })
}

/// Who stays where they are: whoever is pinned, or was asked and has not declined; and, if everybody shall, whoever is in a group that breaks
/// no rule. Whoever was asked stays too where others of the group are too few by now, or may not be in it, or cannot come.
fn who_stays(board: &RoundBoard, asked: &AskedAbout, stay: Stay) -> BTreeSet<String> {
    let is_kept = |who: &&String| stay == Stay::Everybody || asked.has_asked(who);
    let kept = board.whole_groups().flat_map(|group| &group.members).filter(is_kept);
    let broken = board.board.broken();
    let seated = board.proposal.groups.iter().enumerate().flat_map(|(number, group)| group.members.iter().map(move |who| (number, who)));
    let is_amiss = |number: usize, who: &str| broken.iter().any(|broken| broken.group == number && is_in_the_way_of(&broken.obstacle, who));
    let promised = seated.filter(|(number, who)| asked.has_asked(who) && !is_amiss(*number, who)).map(|(_, who)| who);
    board.pins.iter().chain(kept).chain(promised).cloned().collect()
}

/// Whether a rule is in the way of one member of a group: it is not where it is about who else is in it, or what else its supervisor leads, so that somebody
/// can stay in it who is right there themselves.
fn is_in_the_way_of(obstacle: &Obstacle, who: &str) -> bool {
    match obstacle {
        Obstacle::TooFew { .. }
        | Obstacle::TooMany { .. }
        | Obstacle::LevelsApart
        | Obstacle::InConflict { .. }
        | Obstacle::TooCloseTo { .. }
        | Obstacle::TooManyGroups => false,
        Obstacle::InterventionNotOffered { practitioner }
        | Obstacle::OtherStream { practitioner }
        | Obstacle::NotFree { practitioner }
        | Obstacle::ModeNotAccepted { practitioner }
        | Obstacle::OtherRegion { practitioner }
        | Obstacle::InConflictWithSupervisor { practitioner } => practitioner == who,
        Obstacle::StreamNotOffered | Obstacle::SupervisorNotFree | Obstacle::ModeNotOffered | Obstacle::NotOnTheHalfHour => true,
    }
}

/// Starts a round from a board as it was shown. Answers its number.
pub async fn run_again(actor: &Actor, to_run: &ToRunAgain) -> Result<i64, AppError> {
    let mut transaction = actor.begin().await?;
    let OpenedBoard { mut round, board, shown } = open_board(&mut transaction, to_run.shown).await?;
    let limits = limits_again(to_run.limits.as_ref(), &round.limits)?;
    let (today, whom) = (::series::local(actor.now()).date(), Some(to_run.take_in.as_slice()));
    let back = available_again(&mut transaction, today, (&round, &limits), whom).await?;
    round.instance = back.in_question(round.instance);
    let then = looked_at_then(&mut transaction, round.id).await?;
    let asked = asked_about(&mut transaction, round.id).await?;
    then.with_limits(&mut round, &limits, &back, (&board, &asked));
    let by_now = known_by_now(&mut transaction, (round.id, &round.instance)).await?;
    let left_out = by_now.left_out(&asked, &board.proposal);
    round.instance = left_out.without(by_now.instance.clone());
    if round.instance.practitioners.is_empty() {
        return Err(AppError::Conflict("Nobody who asks for a place in this round is available for matching by now.".to_owned()));
    }
    let board = left_out.board(round.instance.clone(), board)?;
    let (held, staying) = (who_stays(&board, &asked, Stay::Pinned), who_stays(&board, &asked, to_run.stay));
    let over = then.over_the_quota(&mut transaction, (&round.instance, &limits), (&held, &staying)).await?;
    let over = LeftOut::over_the_quota(&over);
    round.instance = over.without(round.instance);
    let board = over.board(round.instance.clone(), board)?;
    round.limits = limits;
    let mut opened = OpenedBoard { round, board, shown };
    let pins = who_stays(&opened.board, &asked, to_run.stay).into_iter().collect();
    let begun = BegunFrom { board: opened.board.proposal.write(), pins };
    let weights = weigh_otherwise(&mut opened.round.instance, to_run)?;
    let question = opened.round.instance.write().map_err(|_| unavailable("a round cannot be written"))?;
    let way = Way { stay: to_run.stay, weights, known: mark_of(&question, &begun.pins) };
    can_begin(&opened, &begun).await?;
    let (id, number) = freeze_again(&mut transaction, actor, (&opened, &question)).await?;
    back.note(&mut transaction, id).await?;
    note_who_is_left_out(&mut transaction, id, left_out.people().chain(over.people())).await?;
    ask_beside_again(&mut transaction, (opened.round.id, id), &opened.board).await?;
    begin_from(&mut transaction, id, (&opened, &way), &begun).await?;
    let detail = format!("round {number} from round {}", to_run.shown.number);
    record(&mut transaction, actor, Entry { action: "run_round_again", subject: "round", subject_id: Some(id.0), detail: &detail }).await?;
    transaction.commit().await?;
    Ok(number)
}

/// How a round is run again.
struct Way {
    stay: Stay,
    /// The weights and criteria where they are others than before; empty where they are the same.
    weights: String,
    /// What is asked by now, and who stays.
    known: String,
}

/// Asks the question with the weights that were chosen, and says which they are where they are others.
fn weigh_otherwise(instance: &mut Instance, to_run: &ToRunAgain) -> Result<String, AppError> {
    let mut rules = weighed(&instance.rules, &to_run.weights, &to_run.mixes);
    keep_below_a_place(&mut rules, &instance.practitioners);
    let is_weighed_alike = (rules.weights, rules.criteria) == (instance.rules.weights, instance.rules.criteria);
    instance.rules = match to_run.weakest_first {
        Some(is_first) => with_weakest_first(rules, is_first),
        None => rules,
    };
    if is_weighed_alike {
        return Ok(String::new());
    }
    serde_json::to_string(&(instance.rules.weights, instance.rules.criteria))
        .map_err(|_| unavailable("the weights of a round cannot be written"))
}

/// A short mark of a question and of who stays: the same board, run again in the same way, asks another one once somebody is held or kept apart.
fn mark_of(question: &str, pins: &[String]) -> String {
    let mut hash = Sha256::new();
    hash.update(question.as_bytes());
    for pinned in pins {
        hash.update(b"\n");
        hash.update(pinned.as_bytes());
    }
    data_encoding::HEXLOWER.encode(hash.finalize().get(..8).unwrap_or_default())
}

/// Asks the engine itself, since nobody is helped by a round that ends before it began.
async fn can_begin(opened: &OpenedBoard, begun: &BegunFrom) -> Result<(), AppError> {
    let (instance, rerun) = (opened.round.instance.clone(), begun.rerun());
    let rerun = rerun.ok_or_else(|| unavailable("a board cannot be read back"))?;
    let begun = tokio::task::spawn_blocking(move || Matcher::rerun(&instance, &rerun, 0).map(|_| ())).await;
    match begun.map_err(|_| unavailable("the engine broke off while it began a round"))? {
        Ok(()) => Ok(()),
        Err(RerunError::NeverThere(_)) => Err(AppError::Conflict(
            "Somebody is pinned in a group where a rule is broken for them. Take the pin away, or move them, then run it again.".to_owned(),
        )),
        Err(_) => Err(unavailable("a round cannot be run again from its board")),
    }
}

/// Asks the same people again, but for those who are left out, with the weights that were chosen and with everybody kept apart who is by now.
async fn freeze_again(
    transaction: &mut Transaction,
    actor: &Actor,
    (opened, question): (&OpenedBoard, &str),
) -> Result<(RoundId, i64), AppError> {
    const FREEZE: &str = "\
INSERT INTO matching_round
    (id, number, name, about, starts_on, ends_on, instance, seed, steps, steps_done, state, placed, started_by, started_at, rules_off,
    rules_off_reason, meets_every, needs_met, most_places, most_share)
SELECT $1, $2, $3, r.about, r.starts_on, r.ends_on, $7, $2, r.steps, 0, 'waiting', 0, $4, $5, r.rules_off, r.rules_off_reason, r.meets_every, $8, $9, $10
FROM matching_round r
WHERE r.id = $6";
    const LOOKED_AT: &str = "\
INSERT INTO round_person (round_id, person_id, part, is_stale, obstacles, kept, place_in_line)
SELECT $1, p.person_id, p.part, p.is_stale, p.obstacles, p.kept, p.place_in_line
FROM round_person p
WHERE p.round_id = $2";

    let (id, number) = (RoundId(new_id()), next_number(transaction).await?);
    let frozen = on!(&mut transaction, connection => sqlx::query(FREEZE)
        .bind(id)
        .bind(number)
        .bind(name_again(&opened.round.name))
        .bind(actor.person())
        .bind(actor.now())
        .bind(opened.round.id)
        .bind(question)
        .bind(opened.round.limits.needs_met.as_ref().map(Json))
        .bind(opened.round.limits.most_places)
        .bind(opened.round.limits.most_share)
        .execute(connection).await.map(|_| ()));
    match frozen {
        Err(cause) if is_taken(&cause) => return Err(started_a_moment_ago()),
        frozen => frozen?,
    }
    on!(&mut transaction, connection => sqlx::query(LOOKED_AT).bind(id).bind(opened.round.id).execute(connection).await.map(|_| ()))?;
    Ok((id, number))
}

/// Says of those who are left out what is in the way, as of everybody else who was looked at.
async fn note_who_is_left_out(transaction: &mut Transaction, round: RoundId, left_out: impl Iterator<Item = &Out>) -> Result<(), AppError> {
    const NOTE: &str = "UPDATE round_person SET obstacles = $4, place_in_line = $5 WHERE round_id = $1 AND person_id = $2 AND part = $3";

    for out in left_out {
        on!(&mut transaction, connection => sqlx::query(NOTE)
            .bind(round)
            .bind(out.id)
            .bind(out.part)
            .bind(Json([&out.obstacle]))
            .bind(out.place_in_line)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

async fn begin_from(
    transaction: &mut Transaction,
    id: RoundId,
    (opened, way): (&OpenedBoard, &Way),
    begun: &BegunFrom,
) -> Result<(), AppError> {
    const BEGIN_FROM: &str = "\
INSERT INTO round_again (round_id, from_round_id, from_position, board, pins, stay, weights, known)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    let stored = on!(&mut transaction, connection => sqlx::query(BEGIN_FROM)
        .bind(id)
        .bind(opened.round.id)
        .bind(opened.shown.seen)
        .bind(&begun.board)
        .bind(Json(&begun.pins))
        .bind(way.stay)
        .bind(&way.weights)
        .bind(&way.known)
        .execute(connection).await.map(|_| ()));
    match stored {
        Err(cause) if is_taken(&cause) => {
            Err(AppError::Conflict("This board is run again in this way already. Look at that round, or choose otherwise.".to_owned()))
        }
        stored => Ok(stored?),
    }
}

fn started_a_moment_ago() -> AppError {
    AppError::Conflict("Somebody started a round a moment ago. Look at it, then run this one again.".to_owned())
}

/// "Autumn starters, run 2", and "run 3" after that.
fn name_again(name: &str) -> String {
    let run = name.rsplit_once(", run ").and_then(|(name, run)| Some((name, run.parse::<u32>().ok()?)));
    let (name, run) = run.unwrap_or((name, 1));
    format!("{name}, run {}", run.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::name_again;

    #[test]
    fn a_round_that_is_run_again_is_called_by_its_run() {
        assert_eq!(name_again("Autumn starters"), "Autumn starters, run 2");
        assert_eq!(name_again("Autumn starters, run 2"), "Autumn starters, run 3");
        assert_eq!(name_again("A name, run by hand"), "A name, run by hand, run 2");
    }
}
