//! The list of a year's closures.

use leptos::prelude::*;

use super::answers::{ClosedLine, ClosuresPage as Shown};
use super::api::closures_of;
use super::forms::ClosuresAddress;
use super::model::ClosedDays;
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, Badge, Icon, PageHead, Tone, day_month_year, load, query};

/// The closures and bank holidays of a year, by date.
#[component]
pub fn ClosuresPage() -> impl IntoView {
    load(closures_of(ClosuresAddress { year: query("year").unwrap_or_default() }), |shown| view! { <Closures shown /> })
}

#[component]
fn Closures(shown: Shown) -> impl IntoView {
    let Shown { year, lines } = shown;
    let add = view! { <a class="btn" href=paths::NEW_CLOSURE><Icon name="plus" />"Close days"</a> }.into_any();
    let audience = format!(
        "the Centre’s {}. Everybody reads a closure’s name where a date of theirs is skipped for it.",
        holders_in_words(Permission::ManageClosures)
    );
    let items = lines.into_iter().map(line_item).collect_view();
    view! {
        <PageHead title=format!("Closures in {year}") actions=add
            up=(paths::CONFLICTS.to_owned(), "Conflicts".to_owned())
            about="Days on which the Centre is closed. A series steps over them, and over bank holidays; sessions that are published stay as they are until somebody moves or cancels them.">
            <Audience tier=4 sentence=audience />
        </PageHead>
        <section class="card" aria-label=format!("Closures and bank holidays in {year}")><ul class="list">{items}</ul></section>
        <nav class="row gap-4 above-4 links" aria-label="Other years">
            <a href=ClosuresAddress::of(year - 1)>{(year - 1).to_string()}</a>
            <a href=ClosuresAddress::of(year + 1)>{(year + 1).to_string()}</a>
        </nav>
    }
}

fn line_item(line: ClosedLine) -> impl IntoView {
    let first = line.first();
    let box_of_date = view! { <span class="datebox" aria-hidden="true"><b>{first.format("%-d").to_string()}</b><span>{first.format("%b").to_string()}</span></span> };
    match line {
        ClosedLine::BankHoliday { name, date } => view! {
            <li class="item">
                {box_of_date}
                <div class="item__body"><p class="item__title">{name}</p><p class="item__meta">{day_month_year(date)}</p></div>
                <Badge>"Bank holiday"</Badge>
            </li>
        }
        .into_any(),
        ClosedLine::Closure { code, name, days, sessions } => view! {
            <li class="item">
                {box_of_date}
                <div class="item__body">
                    <a class="item__title" href=paths::closure(&code)>{name}</a>
                    <p class="item__meta">{ClosedDays::words(days)}</p>
                </div>
                <Falling sessions />
            </li>
        }
        .into_any(),
    }
}

/// How many sessions still fall into a closure. Its page lists them.
#[component]
fn Falling(sessions: i64) -> impl IntoView {
    let words = match sessions {
        0 => return None,
        1 => "One session falls into it".to_owned(),
        several => format!("{several} sessions fall into it"),
    };
    Some(view! { <Badge tone=Tone::Warn>{words}</Badge> })
}
