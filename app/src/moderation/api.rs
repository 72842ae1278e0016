//! Moderation, as server functions. Who may decide about which case is settled in the statements: those who look after a space are members like others.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Case, OwnReport, OwnReports, PostToReport, Queue};
use super::forms::{AppealForm, CaseAddress, DecisionForm, HandOverForm, NoteForm, QueueFilter, ReportForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::spaces::PostAddress;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(PostToReportAt::PATH, Permission::UseCommunity),
    asks(ReportPost::PATH, Permission::UseCommunity),
    asks(OwnReportsList::PATH, Permission::UseCommunity),
    asks(OwnReportOf::PATH, Permission::UseCommunity),
    asks(AppealDecision::PATH, Permission::UseCommunity),
    asks(ModerationQueue::PATH, Permission::UseCommunity),
    asks(ModerationCase::PATH, Permission::UseCommunity),
    asks(TakeCase::PATH, Permission::UseCommunity),
    asks(HandCaseOver::PATH, Permission::UseCommunity),
    asks(PassCaseOn::PATH, Permission::UseCommunity),
    asks(NoteCase::PATH, Permission::UseCommunity),
    asks(DecideCase::PATH, Permission::UseCommunity),
];

/// A post that one is about to report.
#[server(prefix = "/api", endpoint = "post_to_report")]
pub async fn post_to_report_at(#[server(default)] form: PostAddress) -> Result<PostToReport, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = crate::spaces::store::open_thread(&actor, &form.thread()).await?;
    super::store::post_to_report(&actor, &thread, number_of(&form.post)?).await
}

/// Reports a post.
#[server(prefix = "/api", endpoint = "report_post")]
pub async fn report_post(#[server(default)] form: ReportForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let thread = crate::spaces::store::open_thread(&actor, &form.post().thread()).await?;
    super::store::report_post(&actor, &thread, number_of(&form.post)?, &form.check()?).await?;
    go_to(crate::paths::OWN_REPORTS, "Thank you. Somebody looks at it within one working day, and you are told what becomes of it.");
    Ok(())
}

/// What of one's own is with the moderators, or was.
#[server(prefix = "/api", endpoint = "own_reports")]
pub async fn own_reports_list() -> Result<OwnReports, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::own_reports(&actor).await
}

/// What became of a report, of a post of one's own, or of one that waits.
#[server(prefix = "/api", endpoint = "own_report")]
pub async fn own_report_of(#[server(default)] form: CaseAddress) -> Result<OwnReport, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::own_report(&actor, &form.code).await
}

/// Asks for another decision.
#[server(prefix = "/api", endpoint = "appeal_decision")]
pub async fn appeal_decision(#[server(default)] form: AppealForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let words = form.check()?;
    super::store::appeal(&actor, &form.code, &words).await?;
    go_to(&crate::paths::own_report(&form.code), "Somebody else looks at it again, and you are told what they decide.");
    Ok(())
}

/// What there is to decide, or what was decided.
#[server(prefix = "/api", endpoint = "moderation_queue")]
pub async fn moderation_queue(#[server(default)] form: QueueFilter) -> Result<Queue, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    // Whoever decides nothing is told of no such page.
    crate::spaces::store::to_review(&actor).await?.ok_or(AppError::NotFound)?;
    super::store::queue_of(&actor, form.is_closed()).await
}

/// A case.
#[server(prefix = "/api", endpoint = "moderation_case")]
pub async fn moderation_case(#[server(default)] form: CaseAddress) -> Result<Case, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    super::store::case_shown(&actor, &case).await
}

/// Takes a case that nobody has.
#[server(prefix = "/api", endpoint = "take_case")]
pub async fn take_case(#[server(default)] form: CaseAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    super::store::take_case(&actor, &case).await?;
    crate::access::stay("It is yours. The others who could decide see that.");
    Ok(())
}

/// Gives a case to somebody else who may decide.
#[server(prefix = "/api", endpoint = "hand_case_over")]
pub async fn hand_case_over(#[server(default)] form: HandOverForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    super::store::hand_over(&actor, &case, number_of(&form.version)?, &form.to).await?;
    crate::access::stay("It is handed over.");
    Ok(())
}

/// Lets somebody of the Centre decide about a post of a closed space.
#[server(prefix = "/api", endpoint = "pass_case_on")]
pub async fn pass_case_on(#[server(default)] form: CaseAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    super::store::pass_on(&actor, &case, number_of(&form.version)?).await?;
    go_to(crate::paths::MODERATION, "A clinical lead decides about it. They see this post, and nothing else of the space.");
    Ok(())
}

/// Adds a note for those who handle a case.
#[server(prefix = "/api", endpoint = "note_case")]
pub async fn note_case(#[server(default)] form: NoteForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    super::store::add_note(&actor, &case, &form.check()?).await?;
    crate::access::stay("The note is kept, for those who decide about this.");
    Ok(())
}

/// Decides about a case.
#[server(prefix = "/api", endpoint = "decide_case")]
pub async fn decide_case(#[server(default)] form: DecisionForm) -> Result<(), AppError> {
    use super::model::Outcome;
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.code).await?;
    let possible: &[Outcome] = if case.is_report() { &Outcome::OF_REPORTS } else { &Outcome::OF_WAITING };
    super::store::decide(&actor, &case, &form.check(possible)?).await?;
    go_to(crate::paths::MODERATION, "It is decided, and those whom it concerns are told.");
    Ok(())
}

/// What is in a file of the post that a case is about, and of which kind it is.
#[cfg(feature = "ssr")]
pub async fn case_file(
    visit: &crate::access::Visit,
    form: &super::forms::CaseFileAddress,
) -> Result<(crate::spaces::FileKind, Vec<u8>), AppError> {
    let actor = crate::access::require_of(visit, Permission::UseCommunity)?;
    let case = super::store::open_case(&actor, &form.case).await?;
    super::store::file_of_case(&actor, &case, &form.code).await
}

#[cfg(feature = "ssr")]
fn number_of(entered: &str) -> Result<i64, AppError> {
    entered.parse().map_err(|_| AppError::NotFound)
}
