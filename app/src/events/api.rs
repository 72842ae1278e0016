//! Events, as server functions. The server answers `/events/{code}.ics` with what the last one answers.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{EventLine, EventRecord, EventShown, EventToChange, Events};
use super::forms::{CancelEventForm, EventAddress, EventForm, EventTimes, GiveEventForm, WalkInForm, WishForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::sessions::forms::RecordForm;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(EventsOf::PATH, Permission::UseCommunity),
    asks(NextEvents::PATH, Permission::UseCommunity),
    asks(EventAt::PATH, Permission::UseCommunity),
    asks(AnswerEvent::PATH, Permission::UseCommunity),
    asks(EventToChangeOf::PATH, Permission::HostEvents),
    asks(MakeEvent::PATH, Permission::HostEvents),
    asks(ChangeEvent::PATH, Permission::HostEvents),
    asks(PublishEvent::PATH, Permission::HostEvents),
    asks(DeleteEvent::PATH, Permission::HostEvents),
    asks(GiveEvent::PATH, Permission::HostEvents),
    asks(CancelEvent::PATH, Permission::HostEvents),
    asks(EventRecordAt::PATH, Permission::HostEvents),
    asks(SaveEventRecord::PATH, Permission::HostEvents),
    asks(AddWalkIn::PATH, Permission::HostEvents),
    asks(EventRoom::PATH, Permission::UseCommunity),
    asks(EventFile::PATH, Permission::UseCommunity),
];

/// The events that one may come to.
#[server(prefix = "/api", endpoint = "events")]
pub async fn events_of() -> Result<Events, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::events_for(&actor).await
}

/// The next few events that one has answered or could come to.
#[server(prefix = "/api", endpoint = "next_events")]
pub async fn next_events() -> Result<Vec<EventLine>, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::next_events(&actor).await
}

/// One event.
#[server(prefix = "/api", endpoint = "event_at")]
pub async fn event_at(form: EventAddress) -> Result<EventShown, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::event_at(&actor, &form.code).await
}

/// Answers that one comes, or that one does not, or takes an answer back.
#[server(prefix = "/api", endpoint = "answer_event")]
pub async fn answer_event(#[server(default)] form: WishForm) -> Result<(), AppError> {
    use super::model::Answer;
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let notice = match super::store::answer_event(&actor, &form.code, form.check()?).await? {
        Some(Answer::Yes) => "You have a place. The event is in your calendar, and this page says how to join.",
        Some(Answer::Waiting) => "Every place is taken, so you are waiting for one. As soon as one is yours, we write to you.",
        Some(Answer::No) => "You are not coming. Nobody but the host, and those who manage events, sees who is.",
        None => "Your answer is taken back.",
    };
    go_to(&crate::paths::event(&form.code), notice);
    Ok(())
}

/// An event to be changed; without a code, what a new one is made from. With a time, also what is in its way then.
#[server(prefix = "/api", endpoint = "event_to_change")]
pub async fn event_to_change_of(form: EventTimes) -> Result<EventToChange, AppError> {
    let actor = crate::access::require(Permission::HostEvents)?;
    let event = super::store::event_to_change(&actor, &form.code).await?;
    Ok(EventToChange { in_the_way: super::store::in_the_way_of(&actor, &form).await?, ..event })
}

/// Makes a draft of an event.
#[server(prefix = "/api", endpoint = "make_event")]
pub async fn make_event(#[server(default)] form: EventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    let code = super::store::make_event(&actor, &form.check(actor.now())?).await?;
    go_to(&crate::paths::event(&code), "This is what it will look like. Nobody else sees it until you publish it.");
    Ok(())
}

/// Changes an event.
#[server(prefix = "/api", endpoint = "change_event")]
pub async fn change_event(#[server(default)] form: EventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    let event = form.check(actor.now())?;
    super::store::change_event(&actor, (&form.code, form.shown_version()), (&event, form.reason())).await?;
    go_to(&crate::paths::event(&form.code), "It is changed. Whoever has answered is told if the time or the place is another.");
    Ok(())
}

/// Publishes a draft.
#[server(prefix = "/api", endpoint = "publish_event")]
pub async fn publish_event(#[server(default)] form: EventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    super::store::publish_event(&actor, (&form.code, form.shown_version()), form.reason()).await?;
    go_to(&crate::paths::event(&form.code), "It is published. Whoever may come can answer from now on.");
    Ok(())
}

/// Deletes a draft.
#[server(prefix = "/api", endpoint = "delete_event")]
pub async fn delete_event(#[server(default)] form: EventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    super::store::delete_event(&actor, (&form.code, form.shown_version())).await?;
    go_to(crate::paths::EVENTS, "The draft is deleted.");
    Ok(())
}

/// Gives an event to another host.
#[server(prefix = "/api", endpoint = "give_event")]
pub async fn give_event(#[server(default)] form: GiveEventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    super::store::give_event(&actor, &form).await?;
    // Whoever has given a draft away sees it no more.
    go_to(crate::paths::EVENTS, "It has another host now. You are both written to.");
    Ok(())
}

/// Cancels an event for everybody.
#[server(prefix = "/api", endpoint = "cancel_event")]
pub async fn cancel_event(#[server(default)] form: CancelEventForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    super::store::cancel_event(&actor, &form.code, form.check()?).await?;
    go_to(&crate::paths::event(&form.code), "It is cancelled. Whoever has a place or waits is told why.");
    Ok(())
}

/// Who has a place, who waits and who came.
#[server(prefix = "/api", endpoint = "event_record_at")]
pub async fn event_record_at(form: EventAddress) -> Result<EventRecord, AppError> {
    let actor = crate::access::require(Permission::HostEvents)?;
    super::store::event_record_at(&actor, &form.code).await
}

/// Saves who came.
#[server(prefix = "/api", endpoint = "save_event_record")]
pub async fn save_event_record(#[server(default)] form: RecordForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::sessions::forms::Save;

    let actor = require(Permission::HostEvents)?;
    let notice = match super::store::save_event_record(&actor, &form).await? {
        Save::Finish => "The attendance is finished. It counts in the logs of those who were there.",
        Save::AllPresent => "Everybody else is marked present. Finish when it is right.",
        Save::ForLater => "Saved for later. The attendance is not finished yet.",
    };
    go_to(&crate::paths::event_record(&form.session), notice);
    Ok(())
}

/// Puts somebody who came without a place onto the sheet.
#[server(prefix = "/api", endpoint = "add_walk_in")]
pub async fn add_walk_in(#[server(default)] form: WalkInForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HostEvents)?;
    super::store::add_walk_in(&actor, &form.code, &form.check()?).await?;
    go_to(&crate::paths::event_record(&form.code), "They are on the sheet, as present, and are written to.");
    Ok(())
}

/// The address of the room, while it is open.
#[server(prefix = "/api", endpoint = "event_room")]
pub async fn event_room(form: EventAddress) -> Result<String, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::event_room(&actor, &form.code).await
}

/// An event as a calendar file.
#[server(prefix = "/api", endpoint = "event_file")]
pub async fn event_file(form: EventAddress) -> Result<String, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::event_file(&actor, &form.code).await
}
