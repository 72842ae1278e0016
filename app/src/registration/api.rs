//! Registrations, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{OwnRegistration, RegistrationOf};
use super::forms::{ApartForm, ClearancesForm, HoursOfWeekForm, NotedForm, OfferingForm, PersonAddress, StepForm, TogetherForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyRegistration::PATH, Permission::KeepRegistration),
    asks(AnswerStep::PATH, Permission::KeepRegistration),
    asks(ChangeHoursOfWeek::PATH, Permission::KeepRegistration),
    asks(ConfirmRegistration::PATH, Permission::KeepRegistration),
    asks(MyOffering::PATH, Permission::OfferSupervision),
    asks(SayOffering::PATH, Permission::OfferSupervision),
    asks(RegistrationOfPerson::PATH, Permission::ManageMatching),
    asks(NoteClearances::PATH, Permission::ManageMatching),
    asks(KeepApart::PATH, Permission::ManageMatching),
    asks(LetMeet::PATH, Permission::ManageMatching),
    asks(KeepTogether::PATH, Permission::ManageMatching),
    asks(LetPart::PATH, Permission::ManageMatching),
];

/// One's own registration.
#[server(prefix = "/api", endpoint = "my_registration")]
pub async fn my_registration() -> Result<OwnRegistration, AppError> {
    let actor = crate::access::require(Permission::KeepRegistration)?;
    super::store::own_registration(&actor).await
}

/// Answers one question, and goes on to the next that is not answered.
#[server(prefix = "/api", endpoint = "answer_step")]
pub async fn answer_step(#[server(default)] form: StepForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepRegistration)?;
    let step = form.step()?;
    let before = super::store::own_registration(&actor).await?.registration;
    let is_first_time = before.confirmed_at.is_none() && before.next_step().is_some();
    let answered = super::store::answer_step(&actor, &form).await?;
    // Whoever changes one answer of many goes back to all of them; whoever answers for the first time goes on.
    match step.next().filter(|_| is_first_time && answered.next_step().is_some()) {
        Some(next) => go_to(&crate::paths::registration_step(next.key()), "Saved."),
        None if answered.confirmed_at.is_some() => go_to(crate::paths::REGISTRATION, "Saved."),
        None => go_to(crate::paths::REGISTRATION, "Saved. Please check your answers, and say that they are right."),
    }
    Ok(())
}

/// Adds hours to a week or takes them away, without the painter.
#[server(prefix = "/api", endpoint = "change_hours_of_week")]
pub async fn change_hours_of_week(#[server(default)] form: HoursOfWeekForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepRegistration)?;
    super::store::change_hours(&actor, &form).await?;
    go_to(&crate::paths::registration_step(&form.step), "The hours are changed. Save the week when it is right.");
    Ok(())
}

/// Says that every answer is right.
#[server(prefix = "/api", endpoint = "confirm_registration")]
pub async fn confirm_registration() -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepRegistration)?;
    super::store::confirm(&actor).await?;
    go_to(crate::paths::REGISTRATION, "Thank you. Your answers are used when groups are next formed.");
    Ok(())
}

/// What one offers as a supervisor.
#[server(prefix = "/api", endpoint = "my_offering")]
pub async fn my_offering() -> Result<OwnRegistration, AppError> {
    let actor = crate::access::require(Permission::OfferSupervision)?;
    super::store::own_registration(&actor).await
}

/// Says what one offers as a supervisor.
#[server(prefix = "/api", endpoint = "say_offering")]
pub async fn say_offering(#[server(default)] form: OfferingForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::OfferSupervision)?;
    super::store::save_offering(&actor, &form.check()?).await?;
    go_to(crate::paths::OFFERING, "Thank you. It is used when groups are next formed.");
    Ok(())
}

/// Somebody's registration, with what only those who match note.
#[server(prefix = "/api", endpoint = "registration_of")]
pub async fn registration_of_person(#[server(default)] form: PersonAddress) -> Result<RegistrationOf, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::registration_of(&actor, &form.person).await
}

/// Notes what a supervisor holds, and until when.
#[server(prefix = "/api", endpoint = "note_clearances")]
pub async fn note_clearances(#[server(default)] form: ClearancesForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    super::store::note_clearances(&actor, &form.person, &form.check()?).await?;
    go_to(&crate::paths::person_registration(&form.person), "The dates are written down.");
    Ok(())
}

/// Keeps somebody apart from another, or from everybody of an authority.
#[server(prefix = "/api", endpoint = "keep_apart")]
pub async fn keep_apart(#[server(default)] form: ApartForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    super::store::keep_apart(&actor, &form.person, &form.check()?).await?;
    go_to(&crate::paths::person_registration(&form.person), "They are not placed together. Neither of them is told.");
    Ok(())
}

/// Takes it back that somebody is kept apart.
#[server(prefix = "/api", endpoint = "let_meet")]
pub async fn let_meet(#[server(default)] form: NotedForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    super::store::let_meet(&actor, &form.person, &form.line).await?;
    go_to(&crate::paths::person_registration(&form.person), "They can be placed together again.");
    Ok(())
}

/// Keeps somebody together with another where no rule forbids it.
#[server(prefix = "/api", endpoint = "keep_together")]
pub async fn keep_together(#[server(default)] form: TogetherForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    super::store::keep_together(&actor, &form.person, &form.check()?).await?;
    go_to(&crate::paths::person_registration(&form.person), "They are placed together where it can be. Neither of them is told.");
    Ok(())
}

/// Takes it back that somebody is kept together with another.
#[server(prefix = "/api", endpoint = "let_part")]
pub async fn let_part(#[server(default)] form: NotedForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    super::store::let_part(&actor, &form.person, &form.line).await?;
    go_to(&crate::paths::person_registration(&form.person), "They are placed as it comes.");
    Ok(())
}
