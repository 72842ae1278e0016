//! How to get into a session, and the door itself.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::access::page_day;
use crate::error::AppError;
use crate::groups::within_sentence;
use crate::paths;
use crate::sessions::answers::{Door, Room, SessionHead};
use crate::sessions::api::room_address;
use crate::sessions::forms::SessionAddress;
use crate::sessions::readers::Relation;
use crate::ui::{DeviceAway, Icon, Lines, PageTitle, Refusal, SentOn, clock_time, param};

/// The room and its door, or the place, and the telephone for when the room fails.
#[component]
pub fn HowToJoin(head: SessionHead, room: Room) -> impl IntoView {
    let Room { door, phone } = room;
    let is_online = !matches!(door, Door::Place(_));
    let moment = match (&door, head.starts.date() == head.now.date()) {
        (Door::Open, _) => "open",
        (_, true) => "today",
        (_, false) => "later",
    };
    view! {
        <section class="hero join" data-moment=moment aria-labelledby="join">
            <Lines class="hero__lines" />
            {door_words(&head, &door)}
            {is_online.then(|| view! {
                <p class="join__check small">"Choose a private space where nobody overhears you, and use headphones if you can."</p>
            })}
            {(door == Door::Open).then(|| view! {
                <div class="hero__acts">
                    <a class="btn btn--dawn" href=paths::join(&head.code)><Icon name="video" />"Join"</a>
                </div>
            })}
            {is_online.then(|| view! { <WhoCouldListen /> })}
        </section>
        {(is_online && !phone.is_empty()).then(|| view! { <Telephone head phone /> })}
    }
}

/// When and where, as large as it is near.
fn door_words(head: &SessionHead, door: &Door) -> impl IntoView + use<> {
    let (title, sentence) = match door {
        Door::Open if head.relation == Relation::Member => {
            ("The room is open".to_owned(), format!("{} meets you there.", head.supervisor.short))
        }
        Door::Open => ("The room is open".to_owned(), "Those who come meet you there.".to_owned()),
        Door::OpensAt(opens) => {
            (format!("The room opens at {}", clock_time(opens.time())), "From then on, you join from this page.".to_owned())
        }
        Door::Place(place) if place.is_empty() => {
            ("You meet in person".to_owned(), "The place has not been entered yet. Your supervisor tells you where.".to_owned())
        }
        Door::Place(place) => (place.clone(), "You meet in person, at this place.".to_owned()),
        Door::NoRoom | Door::Closed => (
            "The room is not known yet".to_owned(),
            "Its address has not been entered. Ask your supervisor or the Centre’s coordinator how to join.".to_owned(),
        ),
    };
    view! {
        <div>
            <p class="hero__in">{head.nearness()}</p>
            <h2 id="join">{title}</h2>
            <p class="muted above-1">{sentence}</p>
        </div>
    }
}

/// Who could technically see or hear, never promotional.
#[component]
fn WhoCouldListen() -> impl IntoView {
    view! {
        <p class="hero__foot">
            "The room is run by an outside provider, who could technically see and hear what happens in it. The Centre is not in the room and does not record. Please do not record on your own device."
        </p>
    }
}

/// The number to phone when sound or picture fail.
#[component]
fn Telephone(head: SessionHead, phone: String) -> impl IntoView {
    let address = format!("tel:{}", phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect::<String>());
    let ask = format!("Ask for {}.", within_sentence(&head.group_name));
    view! {
        <section class="card" aria-labelledby="phone">
            <div class="card__head"><h2 id="phone">"If the room will not open"</h2></div>
            <p class="muted small below-3">"Some council and NHS networks block it. You will not lose the session."</p>
            <div class="row">
                <a class="btn btn--second" href=address><Icon name="phone" />{format!("Phone {phone}")}</a>
                <span class="small muted">{ask}</span>
            </div>
        </section>
    }
}

/// The door: sends those on whose room it is, while it is open; tells them when it will be otherwise.
#[component]
pub fn JoinPage() -> impl IntoView {
    let code = param("code");
    let knock = async move {
        match room_address(SessionAddress { code: code.clone() }).await {
            Ok(address) => view! { <SentOn to=address /> }.into_any(),
            Err(AppError::Conflict(sentence)) => {
                view! { <ClosedDoor sentence back=(paths::session(&code), "Back to the session") /> }.into_any()
            }
            Err(error) => view! { <Refusal error /> }.into_any(),
        }
    };
    view! { <Suspense>{Suspend::new(knock)}</Suspense> }
}

/// Why one cannot get in now, and the way back.
#[component]
pub fn ClosedDoor(
    /// When the room opens, or that one has no place in it.
    sentence: String,
    /// The way back: where it leads, and its words.
    back: (String, &'static str),
) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::CONFLICT);
    }
    let says_a_time = sentence.contains("UK time");
    view! {
        <PageTitle text="The room is not open" />
        <div class="onething">
            <h1>"The room is not open"</h1>
            <p>{sentence}{says_a_time.then(|| view! { " "<DeviceAway day=page_day() /> })}</p>
            <p><a class="btn" href=back.0>{back.1}</a></p>
        </div>
    }
}
