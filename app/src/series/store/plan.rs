//! What a form of a series would give, before anything is saved.

use ::series::{Occurrence, Pattern, Skip};
use chrono::NaiveDate;

use super::days_off::days_off_from;
use super::fits::verdict_of;
use super::open::OpenedSeries;
use crate::access::Actor;
use crate::availability::Verdict;
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::OpenedGroup;
use crate::people::PersonId;
use crate::series::answers::{AgreementStage, GroupName, PlanPage};
use crate::series::forms::{SeriesForm, TIMES};
use crate::series::outlook::{horizon_of, outlook};
use crate::series::words::{dates_of, plan_of};

/// A series that can be stored: its pattern, its sessions and its skips. Only [`check_plan`] makes one.
#[derive(Clone, Debug)]
pub struct Planned {
    pub(in crate::series) pattern: Pattern,
    pub(in crate::series) length_minutes: u32,
    /// How far a series without an end is planned at first.
    pub(super) horizon: Option<NaiveDate>,
    pub(super) held: Vec<Occurrence>,
    pub(super) skips: Vec<Skip>,
}

/// What the form gives with the bank holidays, closures and leave that are known now, or everything that has to change.
pub async fn check_plan(actor: &Actor, group: &OpenedGroup, form: &SeriesForm) -> Result<Planned, AppError> {
    check_plan_led_by(actor, group.supervisor(), form).await
}

/// The same for a group that is not there yet, by who would lead it.
pub async fn check_plan_led_by(actor: &Actor, supervisor: PersonId, form: &SeriesForm) -> Result<Planned, AppError> {
    let rule = form.check(today(actor)).map_err(AppError::Invalid)?;
    let days_off = days_off_from(actor.database(), supervisor, rule.start().date()).await?;
    let (pattern, length_minutes) = (rule.pattern(), rule.length_minutes());
    let preview = outlook(&rule, &days_off);
    if preview.short_by > 0 {
        return Err(AppError::invalid(TIMES, "No session can be held on too many of these dates. Choose fewer sessions, or another day."));
    }
    if preview.held.is_empty() {
        let reason = preview.skipped.first().map(|skip| skip.reason.as_str()).unwrap_or_default();
        return Err(AppError::invalid("starts_on", format!("No session would be held ({reason}). Choose another date, or a later end.")));
    }
    Ok(Planned { pattern, length_minutes, horizon: horizon_of(&rule), held: preview.held, skips: preview.skipped })
}

/// The page on which a new series is planned.
pub async fn page_of_new(actor: &Actor, group: &OpenedGroup, form: SeriesForm) -> Result<PlanPage, AppError> {
    let form = if form.is_answered() { form } else { SeriesForm::usual(group.slug()) };
    page(actor, group, form).await
}

/// The page on which a draft is changed.
pub async fn page_of_draft(actor: &Actor, series: &OpenedSeries, form: SeriesForm) -> Result<PlanPage, AppError> {
    let form = if form.is_answered() {
        form
    } else {
        SeriesForm {
            number: series.number().to_string(),
            version: series.version().to_string(),
            ..SeriesForm::of_pattern(series.group().slug(), series.pattern(), series.length_minutes())
        }
    };
    let page = page(actor, series.group(), form).await?;
    Ok(PlanPage { version: series.version(), is_published: series.published_at().is_some(), ..page })
}

async fn page(actor: &Actor, opened: &OpenedGroup, form: SeriesForm) -> Result<PlanPage, AppError> {
    let group = group_name(actor, opened).await?;
    let (problems, verdict) = (Vec::new(), Verdict::default());
    let today = today(actor);
    let days_off = days_off_from(actor.database(), opened.supervisor(), today).await?;
    let page = PlanPage { group, form, version: 0, is_published: false, problems, plan: None, verdict, today, days_off };
    // A first look at an empty form is no mistake.
    if page.form.starts_on.is_empty() && page.form == (SeriesForm::usual(&page.group.slug)) {
        return Ok(page);
    }
    match check_plan(actor, opened, &page.form).await {
        Ok(planned) => {
            let verdict = verdict_of(actor, opened.id(), opened.supervisor(), &planned.held).await?;
            let form = SeriesForm { skipped: dates_of(&planned.skips), ..page.form };
            Ok(PlanPage {
                plan: Some(plan_of(&planned.pattern, planned.length_minutes, (&planned.held, &planned.skips))),
                form,
                verdict,
                ..page
            })
        }
        Err(AppError::Invalid(problems)) => Ok(PlanPage { problems, ..page }),
        Err(other) => Err(other),
    }
}

impl Planned {
    /// The sessions that are held.
    pub fn held(&self) -> &[Occurrence] {
        &self.held
    }

    /// The dates that are skipped.
    pub fn skips(&self) -> &[Skip] {
        &self.skips
    }

    /// Refuses where the Centre's closures have changed since the dates were shown, so that nobody stores what they did not see.
    pub(super) fn check_seen(&self, form: &SeriesForm) -> Result<(), AppError> {
        if form.skipped == dates_of(&self.skips) {
            return Ok(());
        }
        let problem = "The Centre’s closures have changed while you had this open. Look at the dates below again, then save.";
        Err(AppError::Conflict(problem.to_owned()))
    }
}

/// A group's name, and whether its sessions can be published.
pub(super) async fn group_name(actor: &Actor, group: &OpenedGroup) -> Result<GroupName, AppError> {
    const AGREEMENTS: &str = "\
SELECT a.in_force_at IS NOT NULL AS is_in_force,
    EXISTS (
        SELECT 1
        FROM agreement_party p
        WHERE p.agreement_id = a.id
            AND p.person_id = $2
            AND p.agreed_at IS NOT NULL
    ) AS has_supervisor
FROM agreement a
WHERE a.group_id = $1
    AND a.ended_at IS NULL";

    let database = actor.database();
    let texts: Vec<(bool, bool)> =
        on!(database, pool => sqlx::query_as(AGREEMENTS).bind(group.id()).bind(group.supervisor()).fetch_all(pool).await)?;
    let agreement = match texts.iter().find(|(is_in_force, _)| *is_in_force) {
        Some((_, true)) => AgreementStage::InForce,
        Some((_, false)) => AgreementStage::NeedsSupervisor,
        None if texts.is_empty() => AgreementStage::Missing,
        None => AgreementStage::Proposed,
    };
    Ok(GroupName { slug: group.slug().to_owned(), name: group.name().to_owned(), agreement })
}

/// The date in the United Kingdom.
fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}
