//! Finding open clinics, booking a place, giving it back, and waiting for one.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Clinics, OwnWaits};
use super::forms::{BookForm, GiveBackForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(OpenClinics::PATH, Permission::BookPlaces),
    asks(BookPlace::PATH, Permission::BookPlaces),
    asks(GiveBackPlace::PATH, Permission::BookPlaces),
    asks(WaitForPlace::PATH, Permission::BookPlaces),
    // Whoever can book no more can still see and leave what they asked for.
    asks(OwnClinicWaits::PATH, Permission::UseOwnAccount),
    asks(StopWaitingForPlace::PATH, Permission::UseOwnAccount),
];

/// The open clinics with their next sessions, and one's own places.
#[server(prefix = "/api", endpoint = "open_clinics")]
pub async fn open_clinics() -> Result<Clinics, AppError> {
    let actor = crate::access::require(Permission::BookPlaces)?;
    super::store::open_clinics(&actor).await
}

/// Books a place at a session, and with it agrees to the clinic's terms.
#[server(prefix = "/api", endpoint = "book_place")]
pub async fn book_place(#[server(default)] form: BookForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::BookPlaces)?;
    super::store::book_place(&actor, &form).await?;
    go_to(crate::paths::CLINICS, "You have a place. The session is in your calendar, and its page says how to join.");
    Ok(())
}

/// Gives one's place at a session back.
#[server(prefix = "/api", endpoint = "give_back_place")]
pub async fn give_back_place(#[server(default)] form: GiveBackForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::BookPlaces)?;
    super::store::give_back_place(&actor, &form.session).await?;
    go_to(crate::paths::CLINICS, "Your place is given back, so that somebody else can have it.");
    Ok(())
}

/// Waits for a place at a session that is full, and with it agrees to the clinic's terms.
#[server(prefix = "/api", endpoint = "wait_for_place")]
pub async fn wait_for_place(#[server(default)] form: BookForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::BookPlaces)?;
    let waits = super::store::wait_for_place(&actor, &form).await?;
    go_to(crate::paths::CLINICS, waits.notice());
    Ok(())
}

/// What one waits for at open clinics.
#[server(prefix = "/api", endpoint = "own_clinic_waits")]
pub async fn own_clinic_waits() -> Result<OwnWaits, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::own_waits(&actor).await
}

/// Waits no more.
#[server(prefix = "/api", endpoint = "stop_waiting_for_place")]
pub async fn stop_waiting_for_place(#[server(default)] form: BookForm) -> Result<(), AppError> {
    use crate::access::{require, stay};

    let actor = require(Permission::UseOwnAccount)?;
    super::store::stop_waiting(&actor, &form.session).await?;
    stay("You are no longer waiting for a place at that session.");
    Ok(())
}
