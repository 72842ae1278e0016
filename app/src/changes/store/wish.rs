//! What somebody asks for, and what the engine says that it comes to.

use std::collections::BTreeSet;

use ::series::timetable::{
    Change, Circumstances, Delta, Edit, EditProblem, LeftAlone, PersonKey, RowChange, Scope, Session, SessionKey, Timetable, WhyLeftAlone,
};
use ::series::{DaysOff, Skip, local};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::write::uuid;
use crate::availability::Verdict;
use crate::changes::answers::{Detail, DetailLine, EditLine, LeftLine, Preview, SkippedLine, Span};
use crate::error::AppError;
use crate::groups::CancelReason;

/// One edit: a session in hand, a scope, and everything that changes at once.
#[derive(Clone, Debug)]
pub struct Wish {
    pub session: SessionKey,
    pub scope: Scope,
    pub changes: Vec<Change>,
}

/// What is known of the world.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    pub now: DateTime<Utc>,
    pub days_off: DaysOff<'a>,
}

/// What a wish comes to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub delta: Delta,
    pub left_alone: Vec<LeftAlone>,
    pub skipped: Vec<Skip>,
}

impl Wish {
    /// Works out every change after the other, as one edit.
    pub fn on(&self, timetable: &Timetable, world: World<'_>, mut fresh: impl FnMut() -> u128) -> Result<Outcome, AppError> {
        let circumstances = Circumstances { now: world.now, days_off: world.days_off };
        let (mut after, mut outcome) = (timetable.clone(), Outcome::default());
        for change in &self.changes {
            let edit = Edit { session: self.session, scope: self.scope, change: change.clone() };
            let step = after.edit(&edit, circumstances, &mut fresh).map_err(refused)?;
            after = after.apply(&step.delta).map_err(|overtaken| AppError::Conflict(overtaken.to_string()))?;
            outcome.left_alone.extend(step.left_alone.into_iter().filter(|one| one.session != self.session));
            outcome.skipped.extend(step.skipped);
        }
        outcome.delta = Delta::between(timetable, &after);
        // What one of the changes leaves alone and another does not is among what changes.
        let changed: BTreeSet<SessionKey> =
            outcome.changed().into_iter().filter_map(|(before, after)| before.or(after)).map(|session| session.key).collect();
        outcome.left_alone.retain(|one| !changed.contains(&one.session));
        outcome.left_alone.sort_by_key(|one| one.session);
        outcome.left_alone.dedup_by_key(|one| one.session);
        if outcome.lines().is_empty() && outcome.delta.is_empty() {
            return Err(AppError::invalid("", "Nothing would change. Choose another time, length, place, title or supervisor."));
        }
        Ok(outcome)
    }
}

/// The field that a refusal is about, and its sentence.
fn refused(problem: EditProblem) -> AppError {
    let field = match problem {
        EditProblem::IntoThePast { .. } | EditProblem::StartOutOfRange | EditProblem::NoDates | EditProblem::TooManySessions => "starts_on",
        EditProblem::StartNotInMinutes | EditProblem::StartDoesNotExist { .. } => "starts_time",
        EditProblem::LengthOutOfRange => "length_minutes",
        EditProblem::PatternOfOne | EditProblem::OffThePattern => "scope",
        EditProblem::NoSuchSession
        | EditProblem::NoSuchSeries
        | EditProblem::Settled
        | EditProblem::Cancelled
        | EditProblem::NothingLeft
        | EditProblem::IdentityTaken => return AppError::Conflict(problem.to_string()),
    };
    AppError::invalid(field, problem.to_string())
}

impl Outcome {
    /// The sessions that are another thing afterwards to those who come to them, in order.
    pub fn changed(&self) -> Vec<(Option<&Session>, Option<&Session>)> {
        let mut changed: Vec<_> = self.delta.sessions.iter().map(facts).filter(|(before, after)| is_news(*before, *after)).collect();
        changed.sort_by_key(|(before, after)| before.or(*after).map(|session| (session.starts, session.key)));
        changed
    }

    /// Why those of them that are held no more are not; nothing where all are held.
    pub fn cancelled_for(&self) -> Option<CancelReason> {
        let cancelled = self.delta.sessions.iter().filter(|change| change.before().is_none_or(|before| before.cancelled.is_none()));
        cancelled.filter_map(RowChange::after).find_map(|after| CancelReason::of_key(after.cancelled.as_deref()?))
    }

    /// The same, as the page shows them.
    pub fn lines(&self) -> Vec<EditLine> {
        let line = |(before, after): (Option<&Session>, Option<&Session>)| EditLine {
            before: before.map(span),
            after: after.map(span),
            details: before.zip(after).map(|(before, after)| details(before, after)).unwrap_or_default(),
        };
        self.changed().into_iter().map(line).collect()
    }

    /// What the page shows before anything is stored.
    pub fn preview(&self, timetable: &Timetable, told: usize) -> Preview {
        let left_alone = self.left_alone.iter().filter_map(|left| {
            let session = timetable.session(left.session)?;
            Some(LeftLine { starts: session.starts, why: why(left.why).to_owned() })
        });
        let skipped = self.skipped.iter().map(|skip| SkippedLine { date: skip.date, reason: skip.reason.clone() });
        let mut preview =
            Preview { lines: self.lines(), left_alone: left_alone.collect(), skipped: skipped.collect(), told, ..Preview::default() };
        preview.left_alone.sort_by_key(|left| left.starts);
        preview.seen = mark(&preview);
        preview
    }

    /// Refuses where it comes to something else than what the person was shown.
    pub fn check_seen(&self, timetable: &Timetable, seen: &str) -> Result<(), AppError> {
        if self.preview(timetable, 0).seen == seen {
            return Ok(());
        }
        let problem = "Somebody else has changed these sessions while you had this open. Nothing was changed. What you entered is kept: look below at what it comes to now, then save.";
        Err(AppError::Conflict(problem.to_owned()))
    }
}

/// A session before and after, where it is held: one that is cancelled is not.
fn facts(change: &RowChange<Session>) -> (Option<&Session>, Option<&Session>) {
    let is_held = |session: &&Session| session.cancelled.is_none();
    (change.before().filter(is_held), change.after().filter(is_held))
}

fn is_news(before: Option<&Session>, after: Option<&Session>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before.starts != after.starts || before.details != after.details,
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}

/// What of a session becomes something else beside its time. Who leads it stands here by their identity.
fn details(before: &Session, after: &Session) -> Vec<DetailLine> {
    let (before, after) = (&before.details, &after.details);
    let host = |host: PersonKey| uuid(host.0).to_string();
    let all = [
        DetailLine { what: Detail::Supervisor, before: host(before.host), after: host(after.host) },
        DetailLine { what: Detail::Place, before: before.place.clone(), after: after.place.clone() },
        DetailLine { what: Detail::Title, before: before.title.clone(), after: after.title.clone() },
    ];
    all.into_iter().filter(|line| line.before != line.after).collect()
}

/// When a session is held.
pub fn span(session: &Session) -> Span {
    Span { starts: session.starts, ends: local(session.ends_at()) }
}

const fn why(why: WhyLeftAlone) -> &'static str {
    match why {
        WhyLeftAlone::Settled => "It has begun, or its attendance is being marked",
        WhyLeftAlone::OwnChoice => "It was changed on its own before",
        WhyLeftAlone::Cancelled => "It is cancelled",
    }
}

/// A short mark of what is shown. It proves nothing to anybody else; it only has to differ where the page would.
fn mark(preview: &Preview) -> String {
    let shown = Preview { told: 0, verdict: Verdict::default(), seen: String::new(), ..preview.clone() };
    let text = serde_json::to_string(&shown).unwrap_or_default();
    data_encoding::HEXLOWER.encode(Sha256::digest(text.as_bytes()).get(..8).unwrap_or_default())
}
