//! The pages of the calendar.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::agenda::{AgendaList, Ahead};
use super::api::{agenda_from, week_for};
use super::days::{DayForm, Days, date_of};
use super::mini_month::MiniMonth;
use super::model::{Calendar, Occurrence};
use super::side::{KindFilter, RunOut, Shown, ToMark};
use super::week_grid::WeekGrid;
use crate::access::page_visit;
use crate::error::AppError;
use crate::paths;
use crate::ui::{
    Banner, DeviceZone, Icon, PageTitle, Refusal, SentOn, Tone, clock_time, current_path, day_and_month, load, param, time_range,
};

/// The calendar as its owner last chose to see it: sends them on to today's week, or to the agenda from today.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let Ok(visit) = page_visit() else {
        return view! { <Refusal error=AppError::SignInNeeded /> }.into_any();
    };
    if visit.visitor().is_none() {
        return view! { <Refusal error=AppError::SignInNeeded /> }.into_any();
    }
    let today = ::series::local(visit.clock().now()).date();
    let view_of_today = if prefers_agenda() { paths::agenda(today) } else { paths::week(::series::monday_of(today)) };
    view! { <SentOn to=view_of_today /> }.into_any()
}

/// Whether the person chose the list on the page of appearance. Without a choice it is the week, which a narrow screen shows as a list.
fn prefers_agenda() -> bool {
    let cookies = use_context::<http::request::Parts>();
    let cookies = cookies.iter().flat_map(|parts| parts.headers.get_all(http::header::COOKIE)).filter_map(|line| line.to_str().ok());
    cookies.flat_map(|line| line.split("; ")).any(|cookie| cookie == "calendar=agenda")
}

/// A week: as seven columns on a wide screen, as a list on a narrow one and on paper.
#[component]
pub fn WeekPage() -> impl IntoView {
    show_days("monday", week_address, |day| load(week_for(DayForm::on(day)), |calendar| view! { <Week calendar /> }).into_any())
}

/// Thirty days as a list.
#[component]
pub fn AgendaPage() -> impl IntoView {
    show_days("day", paths::agenda, |day| load(agenda_from(DayForm::on(day)), |calendar| view! { <Agenda calendar /> }).into_any())
}

fn week_address(day: NaiveDate) -> String {
    paths::week(::series::monday_of(day))
}

/// Shows the day that the address names, at the one address that it has; nonsense is nowhere.
fn show_days(part: &str, address: fn(NaiveDate) -> String, show: fn(NaiveDate) -> AnyView) -> AnyView {
    let Some(day) = date_of(&param(part)) else {
        return view! { <Refusal error=AppError::NotFound /> }.into_any();
    };
    let address = Shown::of_request().address(&address(day));
    if address != current_path() {
        return view! { <SentOn to=address /> }.into_any();
    }
    keep_for_a_moment_if_prefetched();
    show(day)
}

/// The neighbouring weeks are asked for ahead (feature 1.35). Such an answer, and no other, may wait in the browser for a minute.
fn keep_for_a_moment_if_prefetched() {
    let is_prefetch = use_context::<http::request::Parts>()
        .and_then(|parts| parts.headers.get("sec-purpose").cloned())
        .is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    if is_prefetch && let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("private, max-age=60"));
    }
}

#[component]
fn Week(calendar: Calendar) -> impl IntoView {
    let shown = Shown::of_request();
    let (days, today) = (calendar.days, calendar.today());
    let visible = Arc::new(calendar.only(|kind| shown.has(kind)));
    let neighbour = |days: Days| (shown.address(&paths::week(days.first())), days.in_words());
    let (before, after) = (neighbour(days.before()), neighbour(days.after()));
    let this_week = shown.address(&week_address(today));
    let bar = Bar {
        title: days.in_words(),
        first: days.first(),
        today: this_week.clone(),
        has_today: days.contains(today),
        before: (before.0.clone(), format!("Week before, {}", before.1)),
        after: (after.0.clone(), format!("Week after, {}", after.1)),
        week: None,
        agenda: Some(shown.address(&paths::agenda(if days.contains(today) { today } else { days.first() }))),
    };
    let ahead = Ahead { address: after.0.clone(), words: format!("Next week, {}", after.1) };
    let month_of = days.first() + TimeDelta::days(3);
    view! {
        <PageTitle text=format!("Calendar, {}", days.in_words()) />
        <link rel="prefetch" href=before.0.clone() />
        <link rel="prefetch" href=after.0.clone() />
        <Head bar=bar.clone() />
        <div class="cal">
            <div>
                <CalendarBar bar />
                <Clashes calendar=visible.clone() />
                <WeekGrid calendar=visible.clone() before=before.0 after=after.0 today=this_week />
                <AgendaList calendar=visible ahead=ahead is_beside_the_week=true />
            </div>
            <div class="cal__side">
                <MiniMonth month_of today shown_days=Some(days) address=week_address shown=shown.clone() />
                <KindFilter calendar=Arc::new(calendar.clone()) shown />
                <ToMark calendar=Arc::new(calendar) />
                <RunOut />
            </div>
        </div>
    }
}

#[component]
fn Agenda(calendar: Calendar) -> impl IntoView {
    let shown = Shown::of_request();
    let (days, today) = (calendar.days, calendar.today());
    let visible = Arc::new(calendar.only(|kind| shown.has(kind)));
    let address = |days: Days| shown.address(&paths::agenda(days.first()));
    let bar = Bar {
        title: days.in_words(),
        first: days.first(),
        today: shown.address(&paths::agenda(today)),
        has_today: days.first() == today,
        before: (address(days.before()), format!("Earlier, {}", days.before().in_words())),
        after: (address(days.after()), format!("Later, {}", days.after().in_words())),
        week: Some(shown.address(&week_address(days.first()))),
        agenda: None,
    };
    let ahead = Ahead { address: bar.after.0.clone(), words: bar.after.1.clone() };
    view! {
        <PageTitle text=format!("Agenda, {}", days.in_words()) />
        <link rel="prefetch" href=bar.before.0.clone() />
        <link rel="prefetch" href=bar.after.0.clone() />
        <Head bar=bar.clone() />
        <div class="cal">
            <div>
                <CalendarBar bar />
                <Clashes calendar=visible.clone() />
                <AgendaList calendar=visible ahead=ahead is_beside_the_week=false />
            </div>
            <div class="cal__side">
                <MiniMonth month_of=days.first() today shown_days=None address=paths::agenda shown=shown.clone() />
                <KindFilter calendar=Arc::new(calendar.clone()) shown />
                <ToMark calendar=Arc::new(calendar) />
                <RunOut />
            </div>
        </div>
    }
}

/// Where the calendar stands and where one can go from there: addresses, with the words for those who do not see an arrow.
#[derive(Clone)]
struct Bar {
    title: String,
    /// The first of the days.
    first: NaiveDate,
    today: String,
    /// Whether today is one of the days.
    has_today: bool,
    before: (String, String),
    after: (String, String),
    /// The week, unless it is on show.
    week: Option<String>,
    /// The agenda, unless it is on show.
    agenda: Option<String>,
}

/// The heading, and the choice of view on a wide screen.
#[component]
fn Head(bar: Bar) -> impl IntoView {
    view! {
        <div class="page-head page-head--tight page-head--short">
            <div class="page-head__text"><h1>"Calendar"</h1></div>
            <div class="page-head__actions">
                <nav class="seg only-wide" aria-label="Calendar view"><Views bar /></nav>
            </div>
        </div>
    }
}

#[component]
fn Views(bar: Bar) -> impl IntoView {
    let link = |address: Option<String>, name: &'static str| {
        let current = address.is_none().then_some("true");
        view! { <a href=address.unwrap_or_else(current_path) aria-current=current>{name}</a> }
    };
    view! {
        {link(bar.week, "Week")}
        {link(bar.agenda, "Agenda")}
    }
}

/// Earlier, later, today, and which days these are.
#[component]
fn CalendarBar(bar: Bar) -> impl IntoView {
    // On a phone there is no room for a way to where one is already.
    let class = if bar.has_today { "btn btn--second btn--sm only-wide" } else { "btn btn--second btn--sm" };
    view! {
        <div class="cal__bar">
            <a class=class href=bar.today.clone()>"Today"</a>
            <span class="row gap-1">
                <a class="iconbtn iconbtn--sm iconbtn--line" href=bar.before.0.clone()>
                    <Icon name="chevron-left" /><span class="vh">{bar.before.1.clone()}</span>
                </a>
                <a class="iconbtn iconbtn--sm iconbtn--line" href=bar.after.0.clone()>
                    <Icon name="chevron-right" /><span class="vh">{bar.after.1.clone()}</span>
                </a>
            </span>
            <div class="when">
                <h2>{bar.title.clone()}</h2>
                <p class="small muted only-narrow">{uk_time(bar.first)}</p>
            </div>
            <span class="small muted push only-wide">{uk_time(bar.first)}</span>
            <nav class="seg only-narrow" aria-label="Calendar view, phone">
                <Views bar />
                <a href="#show"><Icon name="filter" class=" icon--sm" />"Filter"</a>
            </nav>
        </div>
    }
}

/// "All times are UK time.", and how far the reader's device is from that, where it is.
fn uk_time(first: NaiveDate) -> impl IntoView {
    let noon = first.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    let at = ::series::instant(noon);
    let ahead = noon.signed_duration_since(at.naive_utc()).num_minutes();
    view! { "All times are UK time. "<DeviceZone at=at.to_rfc3339() uk=i32::try_from(ahead).unwrap_or_default() /> }
}

/// Says which sessions are planned for the same time, and leads to both: one banner, however many there are.
#[component]
fn Clashes(calendar: Arc<Calendar>) -> impl IntoView {
    let clashes = calendar.clashes();
    let overlap = |(one, other): &(&Occurrence, &Occurrence)| {
        let (starts, ends) = (one.starts_local.max(other.starts_local), one.ends_local.min(other.ends_local));
        format!("{}, {}", day_and_month(starts.date()), time_range(starts, ends))
    };
    let title = match clashes.as_slice() {
        [] => return None,
        [only] => format!("Two sessions overlap on {}", overlap(only)),
        more => format!("Sessions overlap {} times", more.len()),
    };
    let is_one = clashes.len() == 1;
    let lines: Vec<_> = clashes
        .iter()
        .map(|pair| {
            let (one, other) = pair;
            let (first, second) = ((paths::session(&one.code), one.title()), (paths::session(&other.code), other.title()));
            let when = (!is_one).then(|| format!("{}: ", overlap(pair)));
            let runs = format!(" runs to {}. ", clock_time(one.ends_local.time()));
            let begins = format!(" starts at {}.", clock_time(other.starts_local.time()));
            view! { <p class="small">{when}<a href=first.0>{first.1}</a>{runs}<a href=second.0>{second.1}</a>{begins}</p> }
        })
        .collect();
    Some(view! { <Banner tone=Tone::Bad title>{lines}</Banner> })
}
