//! What the program does for matching rounds on its own.

use std::time::{Duration, Instant};

use ::matching::{Instance, Matcher};

use super::store::{Answer, Asked, Progress, TakenRound, Verdict, fail_round, finish_round, give_rounds_up, note_progress, take_round};
use crate::access::System;
use crate::database::unavailable;
use crate::error::AppError;

/// For how long the engine works before it is said how far it has come.
const BETWEEN_SIGNS_OF_LIFE: Duration = Duration::from_millis(500);

/// Works on the rounds that wait, one after the other. Says how many it has proposed groups for.
///
/// Safe to run in several processes at once: each round is taken by one of them.
pub async fn work_on_rounds(system: &System) -> Result<u64, AppError> {
    give_rounds_up(system).await?;
    let mut proposed = 0_u64;
    while let Some(taken) = take_round(system).await? {
        if work_on(system, &taken).await? {
            proposed = proposed.saturating_add(1);
        }
    }
    Ok(proposed)
}

async fn work_on(system: &System, taken: &TakenRound) -> Result<bool, AppError> {
    let Some(mut matcher) = matcher_of(&taken.asked) else {
        fail_round(system, taken).await?;
        return Ok(false);
    };
    let mut progress = Progress::default();
    loop {
        let left = taken.steps - progress.steps_done;
        let (worked, steps) = tokio::task::spawn_blocking(move || step_for_a_while(matcher, left))
            .await
            .map_err(|_| unavailable("the engine broke off while it worked on a round"))?;
        matcher = worked;
        progress = progress_of(&matcher, progress.steps_done + steps);
        match note_progress(system, taken, progress).await? {
            Verdict::Lost => return Ok(false),
            Verdict::GoOn if progress.steps_done < taken.steps => {}
            Verdict::GoOn | Verdict::Stop => break,
        }
    }
    let answer = tokio::task::spawn_blocking(move || answer_of(&matcher, progress.steps_done))
        .await
        .map_err(|_| unavailable("the engine broke off while it levelled the groups of a round"))?;
    finish_round(system, taken, &answer).await
}

/// The proposal, levelled where the weakest group goes first. The score is counted as it was, so that the bound is one.
fn answer_of(matcher: &Matcher, steps_done: i64) -> Answer {
    let (progress, searched) = (progress_of(matcher, steps_done), matcher.best().write());
    match matcher.levelled() {
        None => Answer { progress, proposal: searched, searched: None },
        Some(levelled) => Answer {
            progress: Progress { score: levelled.score, ..progress },
            proposal: levelled.proposal.write(),
            searched: Some(searched),
        },
    }
}

fn progress_of(matcher: &Matcher, steps_done: i64) -> Progress {
    let bound = Some(matcher.bound()).filter(|bound| *bound < i64::MAX);
    Progress { steps_done, score: matcher.score(), bound, placed: i64::try_from(matcher.placed()).unwrap_or(i64::MAX) }
}

/// At least one step, so that whoever stops a round at once has a proposal all the same.
fn step_for_a_while(mut matcher: Matcher, most: i64) -> (Matcher, i64) {
    let began = Instant::now();
    let mut steps = 0_i64;
    while steps < most.max(1) && (steps == 0 || began.elapsed() < BETWEEN_SIGNS_OF_LIFE) {
        matcher.step(1);
        steps += 1;
    }
    (matcher, steps)
}

fn matcher_of(asked: &Asked) -> Option<Matcher> {
    let instance = Instance::read(asked.instance.as_bytes()).ok()?;
    let seed = u64::try_from(asked.seed).unwrap_or_default();
    match &asked.begun_from {
        None => Matcher::new(&instance, seed).ok(),
        Some(begun) => Matcher::rerun(&instance, &begun.rerun()?, seed).ok(),
    }
}

/// The proposal that follows from a record: the question, which says whether the weakest group goes first, the seed, the board from which it was run
/// again, and how many steps were worked.
pub fn reproduce(asked: &Asked, steps_done: i64) -> Option<(Progress, String)> {
    let mut matcher = matcher_of(asked)?;
    matcher.step(usize::try_from(steps_done).ok()?);
    let Answer { progress, proposal, .. } = answer_of(&matcher, steps_done);
    Some((progress, proposal))
}
