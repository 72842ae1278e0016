//! What there is to decide.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use crate::moderation::answers::{Month, Queue, QueueLine};
use crate::moderation::api::moderation_queue;
use crate::moderation::forms::QueueFilter;
use crate::moderation::model::{Outcome, due};
use crate::paths;
use crate::spaces::{Reason, when};
use crate::ui::{
    Audience, Badge, Empty, Heading, Icon, Listing, PageHead, TakeAlong, Tone, address_with, and, hours_and_minutes, load, month_and_year,
    query,
};

/// Reports and posts that wait, the oldest first, or what was decided.
#[component]
pub fn ModerationPage() -> impl IntoView {
    load(moderation_queue(QueueFilter { show: query("show").unwrap_or_default() }), |queue| view! { <Shown queue /> })
}

#[component]
fn Shown(queue: Queue) -> impl IntoView {
    let Queue { is_closed, lines, months, now } = queue;
    let list = match (lines.is_empty(), is_closed) {
        (true, false) => view! {
            <Empty title="Nothing to decide"><p>"What members report, and posts that wait to be seen, will be here. You are written to when there is something."</p></Empty>
        }
        .into_any(),
        (true, true) => view! { <Empty title="Nothing is decided yet"><p>"What was decided will be here, with the reasons."</p></Empty> }.into_any(),
        (false, _) => {
            let items = lines.into_iter().map(|line| item(line, is_closed, now)).collect_view();
            view! { <section class="card" aria-label="Cases"><ul class="list">{items}</ul></section> }.into_any()
        }
    };
    let closed = address_with(paths::MODERATION, &[("show", "closed")]);
    view! {
        <PageHead title="To review" up=(paths::COMMUNITY.to_owned(), "Community".to_owned())
            about="What was reported, and what waits to be seen. Each is decided within one working day. All times are UK time." times=now.date()>
            <Audience tier=4 sentence="those who look after the space in question and, of open spaces, coordinators and clinical leads. Whoever wrote a post, or is named in a report, sees nothing of it." />
        </PageHead>
        <nav class="seg" aria-label="Which">
            <a href=paths::MODERATION aria-current=(!is_closed).then_some("page")>"To decide"</a>
            <a href=closed aria-current=is_closed.then_some("page")>"Decided"</a>
        </nav>
        <div class="above-4">{list}</div>
        {(!months.is_empty()).then(|| view! { <Months months /> })}
    }
}

fn item(line: QueueLine, is_closed: bool, now: NaiveDateTime) -> impl IntoView {
    let QueueLine { code, reasons, because, space, is_appealed, asked_at, taken_by, is_mine, outcome } = line;
    let title = match because {
        Some(because) => format!("A post waits: {}", because.short()),
        None => format!("Reported: {}", and(&reasons.iter().map(|reason| short(*reason).to_owned()).collect::<Vec<_>>())),
    };
    let space = space.unwrap_or_else(|| "The closed space of a group".to_owned());
    let taken = match (is_mine, taken_by) {
        (true, _) => "Yours".to_owned(),
        (false, Some(name)) => name,
        (false, None) => "Nobody has taken it".to_owned(),
    };
    let meta = if is_closed {
        format!("{space}. Decided {}.", when(asked_at, now.date()))
    } else {
        format!("{space}. Since {}. {taken}.", when(asked_at, now.date()))
    };
    let until = due(asked_at);
    let (tone, state) = match (is_closed, outcome) {
        (true, Some(outcome)) => (Tone::Plain, outcome.short().to_owned()),
        (true, None) => (Tone::Plain, "Taken back".to_owned()),
        (false, _) if now > until => (Tone::Bad, format!("Was due {}", when(until, now.date()))),
        (false, _) => (Tone::Info, format!("Due {}", when(until, now.date()))),
    };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=if because.is_some() { "hourglass" } else { "shield" } /></span>
            <div class="item__body">
                <a class="item__title" href=paths::moderation_case(&code)>{title}</a>
                <p class="item__meta">{meta}</p>
            </div>
            <p class="item__side">
                {is_appealed.then(|| view! { <Badge tone=Tone::Warn>"To decide again"</Badge>" " })}
                <Badge tone>{state}</Badge>
            </p>
        </li>
    }
}

/// A reason in two or three words.
const fn short(reason: Reason) -> &'static str {
    match reason {
        Reason::Identifies => "could identify somebody",
        Reason::Unkind => "unkind",
        Reason::Unsafe => "advice not safe",
        Reason::Safeguarding => "a worry about safety",
        Reason::Other => "something else",
    }
}

/// What came in and what was decided, month by month.
#[component]
fn Months(months: Vec<Month>) -> impl IntoView {
    let rows = months.into_iter().map(row).collect_view();
    let headings = [
        Heading::of("Month"),
        Heading::of_figures("Reports"),
        Heading::of_much("Decisions"),
        Heading::of_figures("Working hours (median)"),
    ];
    view! {
        <section class="card above-5" aria-labelledby="months">
            <div class="card__head"><h2 id="months">"Month by month"</h2></div>
            <Listing caption="Reports and decisions of each month, without names" frame="Month by month, table" headings>{rows}</Listing>
            <TakeAlong file="/moderation.csv" />
        </section>
    }
}

fn row(month: Month) -> impl IntoView {
    let decisions: Vec<String> =
        month.decisions.iter().map(|(outcome, count): &(Outcome, i64)| format!("{}: {count}", outcome.short())).collect();
    let decisions = if decisions.is_empty() { "None".to_owned() } else { decisions.join(", ") };
    let median = month.median_minutes.map_or_else(|| "–".to_owned(), hours_and_minutes);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{month_and_year(month.first_day)}</th>
            <td role="cell" class="r" data-head="Reports">{month.reports}</td>
            <td role="cell" class="roomy" data-head="Decisions">{decisions}</td>
            <td role="cell" class="r" data-head="Working hours (median)">{median}</td>
        </tr>
    }
}
