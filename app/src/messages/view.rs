//! The messages of a demonstration.

use leptos::prelude::*;

use super::api::demonstration_mail;
use super::model::ShownMessage;
use crate::access::page_day;
use crate::ui::{Empty, PageHead, clock_time, day_month_year, load};

/// What would have been sent, for whoever tries the product out.
#[component]
pub fn MailPage() -> impl IntoView {
    load(demonstration_mail(), |messages| {
        let list = if messages.is_empty() {
            view! {
                <Empty title="No messages yet">
                    <p>"Invite somebody, or ask for a new password, and the message appears here."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <ul class="plain stack">{messages.into_iter().map(|message| view! { <li><Letter message /></li> }).collect_view()}</ul> }
                .into_any()
        };
        view! {
            <PageHead
                title="Messages"
                about="A demonstration sends nothing. These are the newest 50 messages that it would have sent, in UK time, the newest first."
                times=page_day()
            />
            {list}
        }
    })
}

/// One message, as its receiver would read it.
#[component]
fn Letter(message: ShownMessage) -> impl IntoView {
    let written = ::series::local(message.written_at);
    let when = format!("{}, {}", day_month_year(written.date()), clock_time(written.time()));
    let paragraphs = message.body.split("\n\n").map(|paragraph| view! { <p>{lines(paragraph, &message.origin)}</p> }).collect_view();
    view! {
        <article class="card stack">
            <div class="card__head">
                <h2>{message.subject}</h2>
                <span class="small">{when}</span>
            </div>
            <p class="small">{format!("To {}", message.address)}</p>
            {paragraphs}
            {message.calendar.map(|calendar| view! { <Attached calendar /> })}
        </article>
    }
}

/// The invitation that travels with a message, for the receiver's calendar.
#[component]
fn Attached(calendar: String) -> impl IntoView {
    view! {
        <details>
            <summary>"With an invitation for the receiver’s calendar (invitation.ics)"</summary>
            <pre class="small above-2">{calendar}</pre>
        </details>
    }
}

/// The lines of a paragraph.
fn lines(paragraph: &str, origin: &str) -> impl IntoView + use<> {
    let lines = paragraph.trim().lines().enumerate().map(|(nth, line)| {
        let words = line.split(' ').map(|word| linked(word, origin)).collect_view();
        view! { {(nth > 0).then(|| view! { <br /> })} {words} }
    });
    lines.collect_view()
}

/// A word, as a link where it is an address of this server and of no other.
fn linked(word: &str, origin: &str) -> AnyView {
    let path = word.strip_prefix(origin).filter(|path| path.starts_with('/'));
    match path {
        Some(path) => view! { <a href=path.to_owned()>{word.to_owned()}</a> " " }.into_any(),
        None => format!("{word} ").into_any(),
    }
}
