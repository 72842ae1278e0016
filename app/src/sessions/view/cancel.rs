//! Cancelling a session, which asks first and names everybody who is told.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::sessions::answers::Cancellation;
use crate::sessions::api::{CancelSession, cancellation_of};
use crate::sessions::forms::SessionAddress;
use crate::sessions::model::{CancelReason, SessionState};
use crate::sessions::readers::Part;
use crate::ui::{Audience, Avatar, Banner, Choices, Hidden, PageHead, PostForm, load, param};

/// The form that cancels a session which has not begun, so that it can be brought back. Changes of series are known above this room, so it is handed
/// in.
type AskToCancel = fn(String) -> AnyView;

/// The question before a session is cancelled.
#[component]
pub fn CancelPage(
    /// The form for a session that has not begun.
    ask: AskToCancel,
) -> impl IntoView {
    load(cancellation_of(SessionAddress { code: param("code") }), move |cancellation| view! { <Question cancellation ask /> })
}

#[component]
fn Question(cancellation: Cancellation, ask: AskToCancel) -> impl IntoView {
    let Cancellation { head, told } = cancellation;
    let back = (paths::session(&head.code), head.title());
    let about = format!("{}. {}.", head.title(), head.hours());
    let tab = format!("Cancel, {}", head.title());
    // That it is cancelled, and why, is read by whoever reads when it is.
    let audience = head.circle().audience(Part::Plan);
    let is_settled = !matches!(head.state, SessionState::Planned | SessionState::Open);
    let number = told.len();
    let names = told
        .into_iter()
        .map(|name| view! { <li class="item item--row"><Avatar initials=name.initials code=name.code small=true /><span>{name.short}</span></li> })
        .collect_view();
    let body = if is_settled {
        view! {
            <Banner title="This session can no longer be cancelled">
                <p>"It was cancelled already, or it is over."</p>
            </Banner>
        }
        .into_any()
    } else {
        let is_to_come = head.starts > head.now;
        let last_words = if is_to_come { "" } else { " It has begun, so it cannot be brought back." };
        let form =
            if is_to_come { ask(head.code.clone()) } else { view! { <OfOneThatHasBegun code=head.code.clone() told=number /> }.into_any() };
        view! {
            <p>{format!("It is cancelled for everybody. The attendance of everybody becomes “Cancelled by the Centre”.{last_words}")}</p>
            <section class="card above-4" aria-labelledby="told">
                <div class="card__head"><h2 id="told">"Who is told, with the reason"</h2></div>
                <ul class="list">{names}</ul>
            </section>
            {form}
        }
        .into_any()
    };
    view! {
        <PageHead title="Cancel this session?" tab=tab up=back about=about times=head.starts.date()>
            <Audience tier=Part::Plan.tier() sentence=audience />
        </PageHead>
        <div class="onething">{body}</div>
    }
}

/// The form for a session that is under way.
#[component]
fn OfOneThatHasBegun(code: String, told: usize) -> impl IntoView {
    let words = match told {
        1 => "Cancel it and tell 1 person".to_owned(),
        number => format!("Cancel it and tell {number} people"),
    };
    let options = CancelReason::OFFERED.into_iter().map(|reason| (reason.key().to_owned(), reason.name().to_owned())).collect();
    view! {
        <PostForm action=CancelSession::PATH class="card above-4">
            <Hidden name="session" value=code.clone() />
            <Choices name="reason" legend="Why can it not take place?" options=options />
            <div class="form-foot">
                <button class="btn btn--danger" type="submit">{words}</button>
                <a href=paths::session(&code)>"Keep the session"</a>
            </div>
        </PostForm>
    }
}
