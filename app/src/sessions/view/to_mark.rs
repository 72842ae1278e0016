//! The sessions that wait for their attendance.

use leptos::prelude::*;

use crate::access::{Permission, holders_in_words, may, page_day, page_visit};
use crate::paths;
use crate::sessions::answers::Unmarked;
use crate::sessions::api::sessions_to_mark;
use crate::ui::{Audience, Badge, Empty, Icon, PageHead, TakeAlong, Tone, clock_time, day_and_month, load, time_range};

/// One's own sessions that are over and not finished, oldest first; for a coordinator also those whose supervisor is gone, and those that
/// have waited for more than five working days.
#[component]
pub fn ToMarkPage() -> impl IntoView {
    load(sessions_to_mark(), |sessions| view! { <ToMark sessions /> })
}

#[component]
fn ToMark(sessions: Vec<Unmarked>) -> impl IntoView {
    let audience = if sessions.iter().any(|session| session.is_left_behind || session.waits_for.is_some()) {
        "only you see your own sessions here. Those of others are on the list of every coordinator."
    } else {
        "only you see this list. Each session’s page says who can see what is on it."
    };
    let body = if sessions.is_empty() {
        view! {
            <Empty title="Nothing to mark">
                <p>"Your sessions appear here when they have ended."</p>
            </Empty>
        }
        .into_any()
    } else {
        let (waiting, others): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.waits_for.is_some());
        let (left_behind, own): (Vec<_>, Vec<_>) = others.into_iter().partition(|session| session.is_left_behind);
        view! {
            {(!own.is_empty()).then(|| view! {
                <section class="card" aria-label="Sessions to mark"><ul class="list">{own.into_iter().map(unmarked_line).collect_view()}</ul></section>
            })}
            {(!left_behind.is_empty()).then(|| view! { <LeftBehind sessions=left_behind /> })}
            {(!waiting.is_empty()).then(|| view! { <LongOverdue sessions=waiting /> })}
            <TakeAlong list=paths::TO_MARK />
        }
        .into_any()
    };
    let leads = page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::SeeOwnStatement)));
    let statement = leads
        .then(|| view! { <a class="btn btn--second" href=paths::STATEMENT><Icon name="file-text" />"Monthly statement"</a> })
        .into_any();
    view! {
        <PageHead title="To mark" about="A session counts as held once its attendance is finished. All times are UK time." times=page_day() actions=statement>
            <Audience tier=1 sentence=audience />
        </PageHead>
        {body}
    }
}

/// The sessions that nobody but a coordinator can finish.
#[component]
fn LeftBehind(sessions: Vec<Unmarked>) -> impl IntoView {
    let readers = holders_in_words(Permission::ManageGroups);
    view! {
        <section class="card" aria-labelledby="left-behind">
            <div class="card__head"><h2 id="left-behind">"Their supervisor is gone"</h2></div>
            <Audience tier=4 sentence=format!("the Centre’s {readers}.") />
            <p class="above-2">"Whoever led these sessions is suspended, not registered, or a supervisor no more. Please finish them in their place."</p>
            <ul class="list above-3">{sessions.into_iter().map(unmarked_line).collect_view()}</ul>
        </section>
    }
}

/// The sessions that their supervisors have not finished for more than five working days. They finish them; a coordinator has a word.
#[component]
fn LongOverdue(sessions: Vec<Unmarked>) -> impl IntoView {
    let readers = holders_in_words(Permission::ManageGroups);
    view! {
        <section class="card" aria-labelledby="long-overdue">
            <div class="card__head"><h2 id="long-overdue">"Not finished after five working days"</h2></div>
            <Audience tier=4 sentence=format!("the Centre’s {readers}, and each session’s supervisor.") />
            <p class="above-2">"None of these counts as held yet. Their supervisors were reminded by email: please have a word with them."</p>
            <ul class="list above-3">{sessions.into_iter().map(unmarked_line).collect_view()}</ul>
        </section>
    }
}

fn unmarked_line(session: Unmarked) -> impl IntoView {
    let Unmarked { code, kind, name, starts, ends, due, is_overdue, is_begun, waits_for, .. } = session;
    let due = format!("{}, {}", day_and_month(due.date()), clock_time(due.time()));
    let by = if is_overdue { format!("It was due on {due}.") } else { format!("Please finish by {due}.") };
    let whose = waits_for.map(|name| format!(" Led by {name}")).unwrap_or_default();
    let meta = format!("{}.{whose} {by}", time_range(starts, ends));
    let badge = match (is_overdue, is_begun) {
        (true, _) => view! { <Badge tone=Tone::Warn>"Overdue"</Badge> }.into_any(),
        (false, true) => view! { <Badge>"Saved for later"</Badge> }.into_any(),
        (false, false) => ().into_any(),
    };
    view! {
        <li class="item" data-kind=kind.colour()>
            <span class="datebox"><b>{starts.date().format("%-d").to_string()}</b><span>{starts.date().format("%b").to_string()}</span></span>
            <div class="item__body">
                <a class="item__title" href=paths::record(&code)>{format!("{name}, {}", day_and_month(starts.date()))}</a>
                <p class="item__meta">{meta}</p>
            </div>
            {badge}
        </li>
    }
}
