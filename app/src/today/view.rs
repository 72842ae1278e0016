//! The page of today.

use chrono::Datelike;
use leptos::prelude::*;

use super::api::today;
use super::chain::ChainCard;
use super::hero::{Hero, NothingPlanned};
use super::model::Overview;
use super::to_do::ToDo;
use super::words::greeting;
use crate::access::page_visit;
use crate::calendar::{Occurrence, Part};
use crate::events::ComingEvents;
use crate::paths;
use crate::sessions::SessionState;
use crate::ui::{Audience, PageHead, Safety, day_month_year, load};

/// The next session first, then what waits, beside what comes and who supports one's supervisor.
#[component]
pub fn TodayPage() -> impl IntoView {
    load(today(), |overview| view! { <Day overview /> })
}

#[component]
fn Day(overview: Overview) -> impl IntoView {
    let visitor = page_visit().ok().and_then(|visit| visit.visitor().map(|visitor| visitor.name.clone()));
    let Overview { now, next, coming, events, waiting, practice } = overview;
    let local = ::series::local(now);
    let name = visitor.as_ref().map_or("", |name| name.given.as_str());
    let greeting = format!("{}, {name}", greeting(local.time()));
    let has_practice = practice.is_some();
    let has_group = practice.as_ref().is_some_and(|practice| !practice.chain.is_empty());
    let hero = match next {
        Some(next) => view! { <Hero next now /> }.into_any(),
        None if has_practice => view! { <NothingPlanned has_group /> }.into_any(),
        None => ().into_any(),
    };
    let chain = practice.zip(visitor).map(|(practice, you)| view! { <ChainCard practice you /> });
    let side = (has_practice || !coming.is_empty()).then(|| {
        view! {
            <div class="today__side">
                <ComingUp coming now />
                {chain}
            </div>
            <ComingEvents lines=events />
        }
    });
    view! {
        <PageHead title=greeting tab="Today" about=format!("{}. All times are UK time.", day_month_year(local.date())) times=local.date()>
            <Audience tier=1 sentence="only you. The page of each group and session says who can see what is on it." />
        </PageHead>
        <div class="today">
            {hero}
            <ToDo waiting today=local.date() is_supervised=has_practice />
            {side}
        </div>
        <Safety />
    }
}

/// The sessions after the next one.
#[component]
fn ComingUp(coming: Vec<Occurrence>, now: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let is_empty = coming.is_empty();
    let items = coming.iter().map(|occurrence| coming_item(occurrence, now)).collect_view();
    view! {
        <section class="card" aria-labelledby="coming">
            <div class="card__head"><h2 id="coming">"Coming up"</h2><a href=paths::CALENDAR>"Calendar"</a></div>
            {if is_empty {
                view! { <p class="muted">"Nothing else is planned yet."</p> }.into_any()
            } else {
                view! { <ul class="list">{items}</ul> }.into_any()
            }}
        </section>
    }
}

/// One of several sessions, beside its date.
pub fn coming_item(occurrence: &Occurrence, now: chrono::DateTime<chrono::Utc>) -> impl IntoView + use<> {
    let date = occurrence.date();
    let is_cancelled = occurrence.state(now) == SessionState::Cancelled;
    // Individual supervision is called after the other person, so its kind is said here, to the one who leads it.
    let kind = if occurrence.supervisee.is_some() && occurrence.part == Part::Leads {
        format!("{}, ", occurrence.kind.name())
    } else {
        String::new()
    };
    let place = format!("{kind}{}, {}.", occurrence.times(), lower_first(occurrence.whereabouts()));
    let meta = if is_cancelled {
        format!("Cancelled. It would have been {}.", occurrence.times())
    } else if occurrence.own_apologies {
        format!("{place} You have sent apologies.")
    } else {
        format!("{place} Session {} of {}.", occurrence.number, occurrence.of)
    };
    view! {
        <li class="item">
            <p class="datebox">
                <span>{date.format("%a").to_string()}</span>" "<b>{date.day()}</b>" "<span>{date.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" class:struck=is_cancelled href=occurrence.address()>{occurrence.title()}</a>
                <p class="item__meta">{meta}</p>
            </div>
        </li>
    }
}

/// "online", within a sentence; a place keeps its letters.
fn lower_first(whereabouts: &str) -> &str {
    if whereabouts == "Online" { "online" } else { whereabouts }
}
