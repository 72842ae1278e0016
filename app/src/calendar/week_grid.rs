//! The week as seven columns, or one day as a column: each day a heading and a list of links, placed by time.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use leptos::prelude::*;

use super::lanes::{MIDNIGHT, Placed, Stretch, side_by_side};
use super::model::Calendar;
use super::occurrence::Occurrence;
use super::place::Place;
use super::view::may_plan;
use super::views::CalendarView;
use crate::paths;
use crate::sessions::{Back, SessionState};
use crate::ui::{Icon, clock_time, day_and_month};

/// The columns of a working day, which widen to the earliest beginning and the latest end.
const USUAL_HOURS: (u16, u16) = (8, 17);
/// Below this many minutes a session has room for two lines.
const SHORT: i64 = 55;
/// From this many minutes on it has room for who comes and for a remark at its foot.
const LONG: i64 = 75;

/// How many stand side by side: the column of a day alone is as wide as a week.
const LANES_OF_WEEK: u8 = 3;
const LANES_OF_DAY: u8 = 6;

/// Days on a wide screen. Without a script each day is a region and each session a link, in their order; with it they are the cells of a grid, in which
/// the arrow keys go.
#[component]
pub fn WeekGrid(
    /// The sessions on show.
    calendar: Arc<Calendar>,
    /// The page.
    place: Place,
) -> impl IntoView {
    let hours = hours_of(&calendar);
    let is_day = place.view == CalendarView::Day;
    let has_weekend = calendar.occurrences.iter().any(|occurrence| is_weekend(occurrence.date()));
    let columns = calendar.days.each().zip(1..).map(|(date, number)| day_column(&calendar, &place, (date, number), hours)).collect_view();
    let axis = (hours.0 + 1..hours.1)
        .map(|hour| {
            let time = at_hour(hour);
            view! { <span data-from=time.clone()>{time.clone()}</span> }
        })
        .collect_view();
    view! {
        <div
            class="week only-wide"
            class:week--seven=has_weekend
            class:week--day=is_day
            id="grid"
            role="group"
            aria-label=place.title()
            tabindex="-1"
            data-opens=hours.0
            data-closes=hours.1
            data-plans=may_plan().then_some(paths::PLAN_SESSION)
            data-back=Back::of_this_page().map(|back| back.in_query())
        >
            <div class="week__cols">
                <div class="week__axis" aria-hidden="true">{axis}</div>
                {columns}
            </div>
        </div>
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    use chrono::{Datelike, Weekday};
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// "09:00".
fn at_hour(hour: u16) -> String {
    format!("{hour:02}:00")
}

/// "10:30", and "24:00" at the end of the day.
pub(super) fn at_minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute_of(time: NaiveTime) -> u16 {
    u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(MIDNIGHT)
}

/// Where a session stands in its day. What goes on past midnight ends with the day here; its words say when it really ends.
pub(super) fn stretch_of(occurrence: &Occurrence) -> Stretch {
    let from = minute_of(occurrence.starts_local.time());
    let length = u16::try_from(occurrence.length_minutes).unwrap_or(MIDNIGHT);
    Stretch { from, to: from.saturating_add(length).min(MIDNIGHT) }
}

fn hours_of(calendar: &Calendar) -> (u16, u16) {
    calendar
        .occurrences
        .iter()
        .map(stretch_of)
        .fold(USUAL_HOURS, |(opens, closes), stretch| (opens.min(stretch.from / 60), closes.max(stretch.to.div_ceil(60))))
}

/// A day: its heading leads to the day alone, and `number` is its place on the page, by which the keys find it.
fn day_column(calendar: &Calendar, place: &Place, (date, number): (NaiveDate, u8), hours: (u16, u16)) -> impl IntoView + use<> {
    let is_today = date == calendar.today();
    let closed = calendar.closed_on(date);
    let class = match (is_today, is_weekend(date) || !closed.is_empty()) {
        (true, _) => "day day--today grid__day",
        (false, true) => "day day--off grid__day",
        (false, false) => "day grid__day",
    };
    let id = format!("day-{date}");
    let heading = if is_today { format!("{}, today", day_and_month(date)) } else { day_and_month(date) };
    view! {
        <div class=class role="region" data-day=number data-date=date.to_string() aria-labelledby=id.clone()>
            <h3 class="day__head" id=id.clone()>
                <a href=place.at(CalendarView::Day, date)>
                    <span class="vh">{heading}</span>
                    <span aria-hidden="true">{date.format("%a").to_string()}<b>{date.format("%-d").to_string()}</b></span>
                </a>
            </h3>
            <ol class="day__body">
                {closed_note(closed)}
                {clock_note(date, hours.0)}
                {sessions_of(calendar, place, date)}
                {is_today.then(|| now_line(calendar, hours))}
            </ol>
        </div>
    }
}

/// "Bank holiday: Christmas Day. Centre closed: Christmas closure".
fn closed_note(closed: Vec<String>) -> Option<impl IntoView> {
    (!closed.is_empty()).then(|| view! { <li class="ev ev--off"><span>{closed.join(". ")}</span></li> })
}

/// "Clocks go back 02:00", at the head of the column, since that hour is not on show.
fn clock_note(date: NaiveDate, opens: u16) -> Option<impl IntoView> {
    let words = match ::series::clock_change(date)? {
        ::series::ClockChange::Forward => "Clocks go forward 01:00",
        ::series::ClockChange::Back => "Clocks go back 02:00",
    };
    Some(view! { <li class="ev ev--note" data-from=at_hour(opens) data-to=at_hour(opens + 2)><span>{words}</span></li> })
}

fn now_line(calendar: &Calendar, hours: (u16, u16)) -> Option<impl IntoView + use<>> {
    let time = ::series::local(calendar.now).time();
    let is_on_show = (hours.0 * 60..hours.1 * 60).contains(&minute_of(time));
    is_on_show.then(|| {
        let time = clock_time(time);
        view! { <li class="now" data-from=time.clone()><span class="vh">{format!("Now, {time}")}</span></li> }
    })
}

fn sessions_of(calendar: &Calendar, place: &Place, date: NaiveDate) -> impl IntoView + use<> {
    let is_day = place.view == CalendarView::Day;
    let lanes_at_most = if is_day { LANES_OF_DAY } else { LANES_OF_WEEK };
    // Those for which there is no room stand in the day alone, and where that has none either, in the list.
    let beyond = place.at(if is_day { CalendarView::Agenda } else { CalendarView::Day }, date);
    let occurrences: Vec<&Occurrence> = calendar.on(date).collect();
    let stretches: Vec<Stretch> = occurrences.iter().map(|occurrence| stretch_of(occurrence)).collect();
    side_by_side(&stretches, lanes_at_most)
        .into_iter()
        .filter_map(|placed| match placed {
            Placed::One { place, lane, lanes } => {
                let occurrence = occurrences.get(place)?;
                Some(session(calendar, occurrence, Lane { lane, lanes }).into_any())
            }
            Placed::More { count, stretch } => {
                let lane = Lane { lane: lanes_at_most, lanes: lanes_at_most };
                Some(more(date, beyond.clone(), count, (stretch, lane)).into_any())
            }
        })
        .collect_view()
}

#[derive(Clone, Copy)]
struct Lane {
    lane: u8,
    lanes: u8,
}

/// One session: a link that says everything, with what fits in view.
fn session(calendar: &Calendar, occurrence: &Occurrence, Lane { lane, lanes }: Lane) -> impl IntoView + use<> {
    let now = calendar.now;
    let is_clash = calendar.is_clash(occurrence);
    let remark = if is_clash && occurrence.state(now) == SessionState::Planned {
        Some(("triangle-alert", "Clash"))
    } else {
        occurrence.remark(now).map(|remark| (remark.icon, remark.words))
    };
    let stretch = stretch_of(occurrence);
    let is_alone = lanes == 1;
    let line = occurrence.who_comes(now).filter(|_| is_alone && (remark.is_none() || occurrence.length_minutes >= LONG));
    let times = if is_alone {
        format!("{}–{}", clock_time(occurrence.starts_local.time()), clock_time(occurrence.ends_local.time()))
    } else {
        clock_time(occurrence.starts_local.time())
    };
    let remark = remark.map(|(icon, words)| view! { <span class="f" aria-hidden="true"><Icon name=icon />{words}</span> });
    // Where there is room for two lines, the second is what there is to say: the time can be seen from the place.
    let (early, late) = if occurrence.length_minutes < SHORT { (remark, None) } else { (None, remark) };
    view! {
        <li
            class=class_of(occurrence, now, is_clash)
            data-kind=occurrence.kind.colour()
            data-from=at_minute(stretch.from)
            data-to=at_minute(stretch.to)
            data-lane=(!is_alone).then_some(lane)
            data-lanes=(!is_alone).then_some(lanes)
            data-moves=occurrence.may_be_moved(now).then(|| paths::change_session(&occurrence.code))
        >
            <a id=format!("s-{}", occurrence.code) href=occurrence.address()>
                <span class="vh">{occurrence.spoken(now, is_clash)}</span>
                <Icon name=occurrence.kind.icon() class=" ki" />
                <b aria-hidden="true">{occurrence.title()}</b>
                {early}
                <span class="t" aria-hidden="true">{times}</span>
                {line.map(|line| view! { <span aria-hidden="true">{line}</span> })}
                {late}
            </a>
            {occurrence.may_be_moved(now).then(|| view! { <span class="ev__grip" data-grip="whole"></span><span class="ev__grip" data-grip="end"></span> })}
        </li>
    }
}

fn class_of(occurrence: &Occurrence, now: DateTime<Utc>, is_clash: bool) -> &'static str {
    match (occurrence.state(now), is_clash) {
        _ if occurrence.is_open_to_answer(now) => "ev ev--asked",
        (SessionState::Open, _) => "ev ev--live",
        (_, true) => "ev ev--clash",
        (SessionState::Planned, false) if occurrence.covered_for(now).is_some() => "ev ev--cover",
        (SessionState::Planned, false) => "ev",
        (SessionState::NotMarked, false) => "ev ev--todo",
        (SessionState::Done, false) => "ev ev--done",
        (SessionState::Cancelled, false) => "ev ev--cancelled",
    }
}

/// "+2": those for which the column has no room, and the day's own list, which has them all.
fn more(date: NaiveDate, address: String, count: usize, (stretch, Lane { lane, lanes }): (Stretch, Lane)) -> impl IntoView {
    view! {
        <li class="ev ev--more" data-from=at_minute(stretch.from) data-to=at_minute(stretch.to) data-lane=lane data-lanes=lanes>
            <a href=address>
                <span class="vh">{format!("{count} more on {}", day_and_month(date))}</span>
                <span aria-hidden="true">{format!("+{count}")}</span>
            </a>
        </li>
    }
}
