//! What happened to a session.

use leptos::prelude::*;

use crate::paths;
use crate::sessions::api::history_of;
use crate::sessions::forms::SessionAddress;
use crate::sessions::history::{HistoryLine, ShownHistory};
use crate::sessions::readers::Part;
use crate::ui::{Audience, Icon, PageHead, clock_time, day_month_year, load, param};

/// What happened to a session since it was planned, the latest first.
#[component]
pub fn HistoryPage() -> impl IntoView {
    load(history_of(SessionAddress { code: param("code") }), |shown| view! { <History shown /> })
}

#[component]
fn History(shown: ShownHistory) -> impl IntoView {
    let ShownHistory { head, lines } = shown;
    let audience = format!(
        "{} Corrections of the attendance are told to those who read who came, and each person is told of their own.",
        head.circle().audience(Part::Plan)
    );
    let about = format!("{}, {}.", head.day(), head.hours());
    let lines = lines.iter().map(history_item).collect_view();
    view! {
        <PageHead title="What happened to this session" tab=format!("What happened: {}", head.title()) up=(paths::session(&head.code), head.title()) about times=head.starts.date()>
            <Audience tier=Part::Plan.tier() sentence=audience />
        </PageHead>
        <section class="card above-4" aria-labelledby="history">
            <div class="card__head"><h2 id="history">"The latest first"</h2></div>
            <ol class="list plain">{lines}</ol>
        </section>
    }
}

fn history_item(line: &HistoryLine) -> impl IntoView + use<> {
    let when = line.at.map(|at| format!("{} at {}, UK time", day_month_year(at.date()), clock_time(at.time())));
    let by = line.by.as_ref().map(|by| format!(", {}", by.words())).unwrap_or_default();
    let when = when.map(|when| format!("{when}{by}"));
    let (icon, words) = (line.event.icon(), line.event.words());
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=icon /></span>
            <div class="item__body">
                <p>{words}</p>
                {when.map(|when| view! { <p class="item__meta">{when}</p> })}
            </div>
        </li>
    }
}
