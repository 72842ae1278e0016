//! The page of one's own supervision: with whom, whether they are supported, how much, and every session.

use chrono::{DateTime, Datelike, Utc};
use leptos::prelude::*;

use super::api::my_supervision;
use super::chain::ChainCard;
use super::model::OwnSupervision;
use super::view::coming_item;
use crate::access::{Permission, may, page_visit};
use crate::asking::{AsWhat, AskedLine, Reply};
use crate::calendar::Occurrence;
use crate::groups::ChainLink;
use crate::paths;
use crate::sessions::{AttendanceState, SessionState};
use crate::ui::{Audience, Badge, Banner, Empty, Folded, Icon, PageHead, Safety, Tone, UkTime, hours_and_minutes, load};

/// How many of the coming sessions are listed; the calendar has them all.
const COMING_SHOWN: usize = 5;

/// How many of the past ones are listed at once; the others open below them.
const PAST_SHOWN: usize = 6;

/// One's own supervision.
#[component]
pub fn MySupervisionPage() -> impl IntoView {
    load(my_supervision(), |own| view! { <Own own /> })
}

#[component]
fn Own(own: OwnSupervision) -> impl IntoView {
    let OwnSupervision { now, practice, overdue, asked, coming, past } = own;
    let you = page_visit().ok().and_then(|visit| visit.visitor().map(|visitor| visitor.name.clone()));
    let groups = practice.chain.clone();
    let first_day = coming.first().or(past.first()).map_or_else(|| ::series::local(now).date(), Occurrence::date);
    let hours = format!("{} since {}", hours_and_minutes(practice.minutes), practice.since.format("%-d %B %Y"));
    let actions = view! {
        <a class="btn btn--second" href=paths::HOURS><Icon name="hourglass" />"My hours"</a>
        <a class="btn btn--second" href=paths::REFLECTIONS><Icon name="pencil" />"Reflective log"</a>
        <a class="btn btn--second" href=paths::MY_WAITING><Icon name="plus" />"Ask for supervision"</a>
        {open_clinics()}
    }
    .into_any();
    view! {
        <PageHead title="My supervision" actions>
            <p><UkTime day=first_day /></p>
            <Audience tier=1 sentence="only you. Your supervisor marks who came, and the Centre counts it; what you talk about is not kept here." />
        </PageHead>
        {overdue.map(|overdue| view! {
            <div class="below-4"><Banner tone=Tone::Info title="It is a while since your last supervision."><p>{overdue.sentence()}</p></Banner></div>
        })}
        <div class="split">
            <div>
                <Coming coming now />
                <Past past now hours />
            </div>
            <div>
                {(!asked.is_empty()).then(|| view! { <AskedAbout asked /> })}
                <Groups groups />
                {you.map(|you| view! { <ChainCard practice you /> })}
            </div>
        </div>
        <Safety />
    }
}

/// The way to sessions that one books, for whoever may.
fn open_clinics() -> impl IntoView {
    let may_book = page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::BookPlaces)));
    may_book.then(|| view! { <a class="btn btn--second" href=paths::CLINICS><Icon name="calendar-plus" />"Open clinics"</a> })
}

/// Groups that one is asked about, until they begin.
#[component]
fn AskedAbout(asked: Vec<AskedLine>) -> impl IntoView {
    let items = asked.into_iter().map(|line| {
        let title = match line.as_what {
            AsWhat::Member => "A place that you would take",
            AsWhat::Leader => "A group that you would lead",
            AsWhat::Beside(_) => "A group beside whose supervisor you would be",
        };
        let reply = line.reply.map_or("You have not answered yet", |reply| match reply {
            Reply::Accepted => "You accept",
            Reply::Declined => "You decline",
        });
        view! {
            <li class="item">
                <span class="item__icon"><Icon name=line.kind.icon() /></span>
                <div class="item__body">
                    <a class="item__title" href=paths::asked(&line.code)>{title}</a>
                    <p class="item__meta">{format!("{}. {reply}.", line.kind.name())}</p>
                </div>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="asked">
            <div class="card__head"><h2 id="asked">"You are asked"</h2></div>
            <ul class="list">{items.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Groups(groups: Vec<ChainLink>) -> impl IntoView {
    let is_empty = groups.is_empty();
    let items = groups
        .into_iter()
        .map(|link| {
            view! {
                <li class="item">
                    <span class="item__icon"><Icon name=link.kind.icon() /></span>
                    <div class="item__body">
                        <a class="item__title" href=paths::group(&link.group_slug)>{link.group_name}</a>
                        <p class="item__meta">{format!("With {}", link.supervisor.short)}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="groups">
            <div class="card__head"><h2 id="groups">"Your groups"</h2></div>
            {if is_empty {
                view! { <p class="muted">"You are not in a group yet. The Centre’s coordinator places you. "<a href=paths::MY_WAITING>"Ask for supervision"</a></p> }.into_any()
            } else {
                view! { <ul class="list">{items}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Coming(coming: Vec<Occurrence>, now: DateTime<Utc>) -> impl IntoView {
    let is_empty = coming.is_empty();
    let items = coming.iter().take(COMING_SHOWN).map(|occurrence| coming_item(occurrence, now)).collect_view();
    view! {
        <section class="card" aria-labelledby="coming">
            <div class="card__head"><h2 id="coming">"Next sessions"</h2><a href=paths::CALENDAR>"Calendar"</a></div>
            {if is_empty {
                view! { <Empty title="Your next sessions will appear here as soon as they are published." /> }.into_any()
            } else {
                view! { <ul class="list">{items}</ul> }.into_any()
            }}
        </section>
    }
}

/// The sessions that are over, with how the reader was there.
#[component]
fn Past(past: Vec<Occurrence>, now: DateTime<Utc>, hours: String) -> impl IntoView {
    let is_empty = past.is_empty();
    let items: Vec<_> = past.iter().map(|occurrence| past_item(occurrence, now)).collect();
    view! {
        <section class="card" aria-labelledby="past">
            <div class="card__head"><h2 id="past">"Past sessions"</h2><a class="small" href=paths::HOURS>{hours}</a></div>
            {if is_empty {
                view! { <p class="muted">"Sessions that you have been to will appear here, each with how it was marked."</p> }.into_any()
            } else {
                view! { <Folded items shown=PAST_SHOWN what="earlier" /> }.into_any()
            }}
        </section>
    }
}

fn past_item(occurrence: &Occurrence, now: DateTime<Utc>) -> impl IntoView + use<> {
    let date = occurrence.date();
    let state = occurrence.state(now);
    let was_there = occurrence.own_state.is_some_and(AttendanceState::was_there);
    let tone = if state == SessionState::Done && was_there { Tone::Good } else { Tone::Plain };
    let remark = occurrence.remark(now);
    view! {
        <li class="item">
            <p class="datebox">
                <span>{date.format("%a").to_string()}</span>" "<b>{date.day()}</b>" "<span>{date.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=paths::session(&occurrence.code)>{occurrence.title()}</a>
                <p class="item__meta">{format!("{}. Session {} of {}.", occurrence.times(), occurrence.number, occurrence.of)}</p>
            </div>
            {remark.map(|remark| view! { <p class="item__side"><Badge tone><Icon name=remark.icon />{remark.words}</Badge></p> })}
        </li>
    }
}
