//! The pages of the calendar.

use std::sync::Arc;

use chrono::TimeDelta;
use leptos::prelude::*;

use super::agenda::{AgendaList, Stands};
use super::api::calendar_for;
use super::bar::{CalendarBar, Head};
use super::clashes::Clashes;
use super::days::Days;
use super::hands::SessionHands;
use super::keys_help::KeysHelp;
use super::mini_month::MiniMonth;
use super::model::Calendar;
use super::month_grid::MonthGrid;
use super::nothing::NothingPlanned;
use super::place::Place;
use super::shown::Shown;
use super::side::{ContractedHours, KindFilter, MoreToBook, RunOut, ToMark, WhoseSessions};
use super::views::{CalendarForm, CalendarView};
use super::week_grid::WeekGrid;
use crate::access::{Permission, may, page_visit, remember, remembered};
use crate::account::has_letter_keys;
use crate::error::AppError;
use crate::news::{KeptUpToDate, is_asked_again};
use crate::ui::{Audience, PageHead, PageTitle, Refusal, SentOn, TakeAlong, UkTime, current_path, load, param};

/// The cookie with the view in which the calendar always opens, for whoever chose one.
const ALWAYS: &str = "calendar";
/// The cookie with the view that was used last.
const LAST_USED: &str = "view";

/// The calendar as its owner chose to see it, or last saw it: sends them on to the page of that view that has today.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let Some(visit) = page_visit().ok().filter(|visit| visit.visitor().is_some()) else {
        return view! { <Refusal error=AppError::SignInNeeded /> }.into_any();
    };
    let today = ::series::local(visit.clock().now()).date();
    let kept = [ALWAYS, LAST_USED].into_iter().find_map(|cookie| CalendarView::of_key(&remembered(cookie)?));
    view! { <SentOn to=kept.unwrap_or_default().address(today) /> }.into_any()
}

/// A month: as a table of days, and as a list on a narrow screen and on paper.
#[component]
pub fn MonthPage() -> impl IntoView {
    show(CalendarView::Month)
}

/// A week: as seven columns on a wide screen, as a list on a narrow one and on paper.
#[component]
pub fn WeekPage() -> impl IntoView {
    show(CalendarView::Week)
}

/// A day: as one column on a wide screen, as a list on a narrow one and on paper.
#[component]
pub fn DayPage() -> impl IntoView {
    show(CalendarView::Day)
}

/// Thirty days as a list.
#[component]
pub fn AgendaPage() -> impl IntoView {
    show(CalendarView::Agenda)
}

/// Shows the days that the address names, at the one address that they have; nonsense is nowhere.
fn show(view: CalendarView) -> AnyView {
    let Some(day) = view.day_of(&param("day")) else {
        return view! { <Refusal error=AppError::NotFound /> }.into_any();
    };
    let shown = Shown::of_request();
    let address = shown.address(&view.address(day));
    if address != current_path() {
        return view! { <SentOn to=address /> }.into_any();
    }
    if !is_asked_again() {
        keep_as_last_used(view);
    }
    let form = CalendarForm::of(view, day, shown.whose);
    load(calendar_for(form), move |calendar| {
        let place = Place { view, day: view.begins(day), today: calendar.today(), shown };
        if place.shown.is_for_paper {
            view! { <Paper place calendar /> }.into_any()
        } else {
            view! { <Screen place calendar /> }.into_any()
        }
    })
    .into_any()
}

/// The view in which the calendar opens next time on this device.
fn keep_as_last_used(view: CalendarView) {
    if remembered(LAST_USED).as_deref() != Some(view.key())
        && let Ok(visit) = page_visit()
    {
        remember(visit.origin(), LAST_USED, view.key());
    }
}

/// A page of the calendar: where it stands, its days, and what stands beside them.
#[component]
fn Screen(place: Place, calendar: Calendar) -> impl IntoView {
    let visible = Arc::new(calendar.only(|kind| place.shown.has(kind)));
    let is_hidden = visible.occurrences.is_empty() && !calendar.occurrences.is_empty();
    let calendar = Arc::new(calendar);
    view! {
        <PageTitle text=format!("Calendar, {}", place.title()) />
        <Head place=place.clone() />
        <div class="cal">
            <div>
                <CalendarBar place=place.clone() />
                <Clashes calendar=visible.clone() />
                <ViewOfDays place=place.clone() calendar=visible is_hidden />
            </div>
            <div class="cal__side">
                <Choose place=place.clone() />
                <WhoseSessions place=place.clone() />
                <KindFilter calendar=calendar.clone() shown=place.shown.clone() />
                <ContractedHours place=place.clone() calendar=calendar.clone() />
                <ToMark calendar />
                <RunOut />
                <div class="cal__ways"><MoreToBook /><TakeAlong /></div>
            </div>
        </div>
        <KeptUpToDate said="The calendar was brought up to date." />
    }
}

/// The days as the view has them. Each but the agenda has a grid with keys of its own, and a list that stands in for it.
#[component]
fn ViewOfDays(place: Place, calendar: Arc<Calendar>, is_hidden: bool) -> impl IntoView {
    let view = place.view;
    let days = view.own_days(place.day);
    let stands = if view == CalendarView::Agenda { Stands::Alone } else { Stands::BesideGrid(view) };
    let list = view! { <AgendaList calendar=calendar.clone() days place=place.clone() stands is_hidden /> };
    let nothing = view! { <NothingPlanned calendar=calendar.clone() place=place.clone() is_hidden /> };
    let otherwise = view! { <SeenOtherwise place=place.clone() /> };
    let grid = match view {
        CalendarView::Agenda => return view! { {otherwise}{list} }.into_any(),
        CalendarView::Month => view! { <MonthGrid calendar place=place.clone() /> }.into_any(),
        CalendarView::Week | CalendarView::Day => view! { <WeekGrid calendar place=place.clone() /> }.into_any(),
    };
    let has_letters = has_letter_keys();
    view! {
        {otherwise}
        {nothing}
        <KeysHelp place><SessionHands has_letters>{grid}</SessionHands></KeysHelp>
        {list}
    }
    .into_any()
}

/// For whoever hears the page or goes by keys: the same days as a list, and from the list back to columns. It is seen while it has the focus.
#[component]
fn SeenOtherwise(place: Place) -> impl IntoView {
    let (address, words) = match place.view {
        CalendarView::Month => (place.at(CalendarView::Agenda, place.day), "Read this month as a list"),
        CalendarView::Week => (place.at(CalendarView::Agenda, place.day), "Read this week as a list"),
        CalendarView::Day => (place.at(CalendarView::Agenda, place.day), "Read this day as a list"),
        CalendarView::Agenda => (place.seen_as(CalendarView::Week), "See the week in columns"),
    };
    view! { <a class="skip only-wide" href=address>{words}</a> }
}

/// Whether the reader plans sessions at all: of which groups, the page that asks for them says.
pub(super) fn may_plan() -> bool {
    page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::PlanSessions)))
}

/// A small month to choose another page from; the month itself needs none.
#[component]
fn Choose(place: Place) -> impl IntoView {
    let days = place.view.own_days(place.day);
    let (month_of, shown_days) = match place.view {
        CalendarView::Month => return None,
        CalendarView::Week => (days.first() + TimeDelta::days(3), Some(days)),
        CalendarView::Day => (place.day, Some(days)),
        CalendarView::Agenda => (place.day, None),
    };
    Some(view! { <MiniMonth month_of shown_days place /> })
}

/// The same days for paper: a list in black on white, without the name of anybody in individual supervision.
#[component]
fn Paper(place: Place, calendar: Calendar) -> impl IntoView {
    let days: Days = place.view.own_days(place.day);
    let calendar = Arc::new(calendar.only(|kind| place.shown.has(kind)));
    view! {
        <PageHead title=format!("Calendar, {}", place.title())>
            <Audience tier=1 sentence="only you, until you give the paper away. Individual supervision is without names on it." />
            <p><UkTime day=place.day /></p>
        </PageHead>
        <div class="for-paper">
            <h2 class="vh">"Days"</h2>
            <AgendaList calendar days stands=Stands::OnPaper(place.view) place is_hidden=false />
        </div>
    }
}
