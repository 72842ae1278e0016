//! One's own log, the latest entry first.

use leptos::prelude::*;

use crate::groups::within_sentence;
use crate::paths;
use crate::reflections::answers::{Begun, ENTRIES_ON_A_PAGE, Log, LogLine};
use crate::reflections::api::my_reflections;
use crate::reflections::forms::LogAddress;
use crate::ui::{
    Audience, Badge, Banner, DeviceAway, Empty, Icon, PageHead, Pager, Safety, Tone, address_with, clock_time, day_and_month, load, query,
};

/// Who reads a log, said on each of its pages.
pub const ONLY_YOU: &str = "only you. Nobody at the Centre can read it, whatever their role, and it is locked where it is stored. An entry that you share is read by that one supervisor until you take it back.";

/// What one has written.
#[component]
pub fn ReflectionsPage() -> impl IntoView {
    load(my_reflections(LogAddress { page: query("page").unwrap_or_default() }), |log| view! { <OwnLog log /> })
}

#[component]
fn OwnLog(log: Log) -> impl IntoView {
    let Log { lines, page, total, shared_with_me, begun } = log;
    let write = view! { <a class="btn" href=paths::NEW_REFLECTION><Icon name="pencil" />"Write a few lines"</a> }.into_any();
    let body = if lines.is_empty() {
        view! {
            <Empty title="What you write will be here, for you alone">
                <p>"Four minutes between two visits are enough, and so are two lines: what happened between you, what you felt, what you wonder."</p>
            </Empty>
        }
        .into_any()
    } else {
        let items = lines.into_iter().map(line_item).collect_view();
        view! { <section class="card" aria-label="Entries"><ul class="list">{items}</ul></section> }.into_any()
    };
    let address = |page: i64| address_with(paths::REFLECTIONS, &[("page", &page.to_string())]);
    view! {
        <PageHead title="Reflective log" up=(paths::MY_SUPERVISION.to_owned(), "My supervision".to_owned())
            about="A few lines after a visit or a session, to think with later." actions=write>
            <Audience tier=1 sentence=ONLY_YOU />
        </PageHead>
        {(shared_with_me > 0).then(|| view! {
            <p class="below-4"><a href=paths::SHARED_WITH_ME>{shared(shared_with_me)}</a></p>
        })}
        {begun.map(|begun| view! { <GoOn begun /> })}
        {body}
        <Pager what="Entries" page per_page=ENTRIES_ON_A_PAGE total address />
        {(total > 0).then(|| view! {
            <p class="small above-4">
                <a href=format!("{}.md", paths::REFLECTIONS) download>"Download the whole log as text"</a>
                <span class="muted">". It is no longer locked then, so mind where you keep it."</span>
            </p>
        })}
        <Safety />
    }
}

/// What was begun, before anything else.
#[component]
fn GoOn(begun: Begun) -> impl IntoView {
    let saved = format!("{}, {}, UK time", day_and_month(begun.saved_at.date()), clock_time(begun.saved_at.time()));
    view! {
        <Banner tone=Tone::Info title=format!("You have a draft of {saved}.")>
            <p><DeviceAway day=begun.saved_at.date() />" "<a href=paths::NEW_REFLECTION>"Go on writing"</a></p>
        </Banner>
    }
}

/// How many entries were shared with the reader.
fn shared(count: i64) -> String {
    if count == 1 { "One entry is shared with you".to_owned() } else { format!("{count} entries are shared with you") }
}

fn line_item(line: LogLine) -> impl IntoView {
    let LogLine { code, written, heading, session, shared_with, is_opened } = line;
    let meta = session
        .map(|session| view! { <p class="item__meta">{format!("About {}, {}", within_sentence(&session.name), day_and_month(session.starts.date()))}</p> });
    let side = shared_with.map(|supervisor| {
        let words = if is_opened { format!("Read by {supervisor}") } else { format!("Shared with {supervisor}") };
        view! { <p class="item__side"><Badge tone=Tone::Info>{words}</Badge></p> }
    });
    view! {
        <li class="item">
            <p class="datebox">
                <span>{written.format("%a").to_string()}</span>" "<b>{written.format("%-d").to_string()}</b>" "<span>{written.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=paths::reflection(&code)>{heading.unwrap_or_else(|| "An entry that cannot be opened at the moment".to_owned())}</a>
                {meta}
            </div>
            {side}
        </li>
    }
}
