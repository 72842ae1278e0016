//! The month as a table: whole weeks down, and in each day a way to it, up to three sessions, and how many there are beside.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::model::Calendar;
use super::occasion::in_number;
use super::occurrence::Occurrence;
use super::place::Place;
use super::views::CalendarView;
use super::week_grid::{at_minute, stretch_of};
use crate::paths;
use crate::sessions::{Back, SessionState};
use crate::ui::{Icon, clock_time, day_and_month, month_and_year};

/// How many sessions of a day are shown.
const MOST: usize = 3;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A month. On a wide screen each day has its sessions as links; on a narrow one it says how many they are, and the list below has them.
#[component]
pub fn MonthGrid(
    /// The sessions on show.
    calendar: Arc<Calendar>,
    /// The page.
    place: Place,
) -> impl IntoView {
    let heads = WEEKDAYS.map(|name| {
        let (short, rest) = name.split_at(3);
        view! { <th scope="col">{short}<span>{rest}</span></th> }
    });
    let weeks = calendar
        .days
        .first()
        .iter_weeks()
        .take_while(|monday| *monday < calendar.days.end())
        .map(|monday| {
            let days = monday.iter_days().take(7).map(|date| day_cell(&calendar, &place, date)).collect_view();
            view! { <tr>{days}</tr> }
        })
        .collect_view();
    view! {
        <table class="month" id="grid" tabindex="-1" data-back=Back::of_this_page().map(|back| back.in_query())>
            <caption class="vh">{month_and_year(place.day)}</caption>
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
    }
}

/// A day. What belongs to the months beside is there to see, and the keys reach it in its own month.
fn day_cell(calendar: &Calendar, place: &Place, date: NaiveDate) -> impl IntoView + use<> {
    let occurrences: Vec<&Occurrence> = calendar.on(date).collect();
    let is_today = date == place.today;
    let is_own = date.month() == place.day.month();
    let class = match (is_own, is_today) {
        (false, _) => "is-out",
        (true, true) => "grid__day is-today",
        (true, false) if !::series::is_working_day(date) || !calendar.closed_on(date).is_empty() => "grid__day is-off",
        (true, false) => "grid__day",
    };
    let count = occurrences.len();
    let sessions = if count == 0 { String::new() } else { format!(", {}", in_number(occurrences.iter().copied())) };
    let note = note_of(calendar, date);
    let said = note.as_ref().map(|words| format!(", {words}"));
    let day = place.at(CalendarView::Day, date);
    let more = (count > MOST).then(|| {
        let words = format!("{} more", count.saturating_sub(MOST));
        view! { <a class="month__more" href=day.clone()>{words}<span class="vh">{format!(" on {}", day_and_month(date))}</span></a> }
    });
    let chips = occurrences.iter().take(MOST).map(|occurrence| chip(calendar, occurrence)).collect_view();
    view! {
        <td class=class data-day=is_own.then(|| date.day()) data-date=is_own.then(|| date.to_string()) data-count=(count > 0).then(|| count.min(MOST + 1))>
            <a class="dn" href=day aria-current=is_today.then_some("date")>
                <span class="vh">{day_and_month(date)}{sessions}{said}</span>
                <span aria-hidden="true">{date.day()}</span>
            </a>
            {note.map(|words| view! { <p class="month__note" aria-hidden="true">{words}</p> })}
            {chips}
            {more}
        </td>
    }
}

/// A bank holiday, a closure of the Centre, or a change of the clocks.
fn note_of(calendar: &Calendar, date: NaiveDate) -> Option<String> {
    let clocks = || match ::series::clock_change(date)? {
        ::series::ClockChange::Forward => Some("Clocks go forward 01:00".to_owned()),
        ::series::ClockChange::Back => Some("Clocks go back 02:00".to_owned()),
    };
    let closed = calendar.closed_on(date);
    if closed.is_empty() { clocks() } else { Some(closed.join(". ")) }
}

/// One session: when, what, and what there is to say of it.
fn chip(calendar: &Calendar, occurrence: &Occurrence) -> impl IntoView + use<> {
    let (now, stretch) = (calendar.now, stretch_of(occurrence));
    let moves = occurrence.may_be_moved(now);
    let is_clash = calendar.is_clash(occurrence);
    let state = occurrence.state(now);
    let class = match (state, is_clash) {
        (SessionState::Cancelled, _) => "chipev chipev--cancelled",
        (_, true) => "chipev chipev--clash",
        (SessionState::Done | SessionState::NotMarked, _) => "chipev chipev--past",
        (SessionState::Planned | SessionState::Open, _) if occurrence.is_open_to_answer(now) => "chipev chipev--asked",
        (SessionState::Planned | SessionState::Open, _) if occurrence.covered_for(now).is_some() => "chipev chipev--cover",
        _ => "chipev",
    };
    let remark =
        if is_clash && state == SessionState::Planned { Some(("triangle-alert", "Clash")) } else { in_short(occurrence, state, calendar) };
    view! {
        <a
            class=class
            data-kind=occurrence.kind.colour()
            data-from=at_minute(stretch.from)
            data-to=at_minute(stretch.to)
            data-moves=moves.then(|| paths::change_session(&occurrence.code))
            id=format!("s-{}", occurrence.code)
            href=occurrence.address()
        >
            <span class="vh">{occurrence.spoken(now, is_clash)}</span>
            <span aria-hidden="true">
                <b class="num">{clock_time(occurrence.starts_local.time())}</b>" "{occurrence.title()}
            </span>
            {remark.map(|(icon, words)| view! { <span class="chipev__f" aria-hidden="true"><Icon name=icon />{words}</span> })}
            {moves.then(|| view! { <span class="ev__grip" data-grip="whole"></span> })}
        </a>
    }
}

/// What is out of the ordinary. That a session was held and marked is not.
fn in_short(occurrence: &Occurrence, state: SessionState, calendar: &Calendar) -> Option<(&'static str, &'static str)> {
    let remark = occurrence.remark(calendar.now)?;
    (state != SessionState::Done).then_some((remark.icon, remark.words))
}
