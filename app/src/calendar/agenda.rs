//! The days as a list: a heading for each, its sessions below as links. It is what phones, screen readers by choice, and paper get.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::days::Days;
use super::model::Calendar;
use super::nothing::WayOn;
use super::occasion::in_number;
use super::occurrence::Occurrence;
use super::place::Place;
use super::views::CalendarView;
use crate::sessions::SessionState;
use crate::ui::{Badge, Empty, Icon, Tone, clock_time, day_and_month};

/// How many sessions of a day a month lists. Whoever has more than that looks at the day.
const MOST: usize = 5;

/// What the list is to the page that it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is the page.
    Alone,
    /// It stands in for the grid of a view, on a narrow screen and when that is printed.
    BesideGrid(CalendarView),
    /// It is the page of a view for paper.
    OnPaper(CalendarView),
}

impl Stands {
    /// Whether every day has its line, also those without anything.
    fn has_every_day(self) -> bool {
        matches!(self, Self::BesideGrid(CalendarView::Week | CalendarView::Day) | Self::OnPaper(CalendarView::Week | CalendarView::Day))
    }

    /// How many sessions a day lists.
    fn most(self) -> usize {
        if self == Self::BesideGrid(CalendarView::Month) { MOST } else { usize::MAX }
    }

    /// "Earlier this week": the word for the stretch whose past days are folded away.
    fn folds(self) -> Option<&'static str> {
        match self {
            Self::BesideGrid(CalendarView::Week) => Some("week"),
            Self::BesideGrid(CalendarView::Month) => Some("month"),
            _ => None,
        }
    }
}

/// The list of days.
#[component]
pub fn AgendaList(
    /// The sessions on show.
    calendar: Arc<Calendar>,
    /// The days of the list.
    days: Days,
    /// The page.
    place: Place,
    /// What it is to the page.
    stands: Stands,
    /// Whether there is something of another kind than those on show.
    is_hidden: bool,
) -> impl IntoView {
    let today = calendar.today();
    let ahead = place.ahead();
    let folded = stands.folds().filter(|_| days.contains(today) && days.first() != today);
    let (past, coming): (Vec<NaiveDate>, Vec<NaiveDate>) = days.each().partition(|date| folded.is_some() && *date < today);
    let show = |dates: &[NaiveDate]| {
        let days = dates.iter().filter_map(|date| agenda_day(&calendar, &place, *date, stands));
        days.collect_view()
    };
    let past_count = in_number(past.iter().flat_map(|date| calendar.on(*date)));
    let has_past = past.iter().any(|date| calendar.on(*date).next().is_some());
    let is_empty = !stands.has_every_day() && !days.each().any(|date| calendar.on(date).next().is_some());
    let is_narrow = matches!(stands, Stands::BesideGrid(_));
    let is_on_screen = !matches!(stands, Stands::OnPaper(_));
    let way_on =
        (is_empty && is_on_screen).then(|| view! { <p><WayOn calendar=calendar.clone() place=place.clone() is_hidden /></p> }.into_any());
    view! {
        <div class="agenda" class:only-narrow=is_narrow>
            {folded.filter(|_| has_past).map(|stretch| view! {
                <details>
                    <summary>{format!("Earlier this {stretch}, {past_count}")}</summary>
                    {show(&past)}
                </details>
            })}
            {is_empty.then(|| view! {
                <Empty title="Nothing is planned on these days.">
                    <p>"Sessions appear here as soon as they are published."</p>
                    {way_on}
                </Empty>
            })}
            {show(&coming)}
            {is_on_screen.then(|| view! { <p class="above-4"><a class="btn btn--second btn--wide" href=ahead.address>{ahead.words}</a></p> })}
        </div>
    }
}

/// One day. A day without anything has a line only where every day has one.
fn agenda_day(calendar: &Calendar, place: &Place, date: NaiveDate, stands: Stands) -> Option<impl IntoView + use<>> {
    let occurrences: Vec<&Occurrence> = calendar.on(date).collect();
    let closed = calendar.closed_on(date);
    let clocks = ::series::clock_change(date).map(|change| change.to_string());
    let is_today = date == calendar.today();
    if occurrences.is_empty() && closed.is_empty() && clocks.is_none() && !stands.has_every_day() && !is_today {
        return None;
    }
    let nothing = (occurrences.is_empty() && closed.is_empty())
        .then(|| if ::series::is_working_day(date) { "Nothing planned" } else { "Not a working day" });
    let id = format!("agenda-{date}");
    let items = occurrences.iter().take(stands.most()).map(|occurrence| agenda_item(calendar, occurrence, stands)).collect_view();
    let more = occurrences.len().checked_sub(stands.most()).filter(|more| *more > 0).map(|more| {
        let words = format!("{more} more on {}", day_and_month(date));
        view! { <p class="agenda__free"><a href=place.at(CalendarView::Day, date)>{words}</a></p> }
    });
    let list = (!occurrences.is_empty()).then(|| view! { <ol>{items}</ol> });
    Some(view! {
        <section aria-labelledby=id.clone()>
            <h3 id=id.clone()>{day_and_month(date)}{is_today.then(|| view! { " "<span class="badge badge--brand">"Today"</span> })}</h3>
            {clocks.map(|words| view! { <p class="agenda__free agenda__free--note">{words}</p> })}
            {closed.into_iter().map(|words| view! { <p class="agenda__free">{words}</p> }).collect_view()}
            {nothing.map(|words| view! { <p class="agenda__free">{words}</p> })}
            {list}
            {more}
        </section>
    })
}

fn agenda_item(calendar: &Calendar, occurrence: &Occurrence, stands: Stands) -> impl IntoView + use<> {
    let now = calendar.now;
    let is_clash = calendar.is_clash(occurrence);
    let is_on_paper = matches!(stands, Stands::OnPaper(_));
    let class = match (occurrence.state(now), is_clash) {
        (SessionState::Cancelled, _) => "agenda__ev agenda__ev--cancelled",
        (_, true) => "agenda__ev agenda__ev--clash",
        _ if occurrence.is_open_to_answer(now) => "agenda__ev agenda__ev--asked",
        _ if occurrence.covered_for(now).is_some() => "agenda__ev agenda__ev--cover",
        _ => "agenda__ev",
    };
    let who = occurrence.who_comes(now).map(|who| format!(" · {who}"));
    view! {
        <li>
            <a class=class data-kind=occurrence.kind.colour() href=occurrence.address()>
                {spoken(occurrence, now, (is_clash, is_on_paper))}
                <span class="t" aria-hidden="true">
                    {clock_time(occurrence.starts_local.time())}<small>{clock_time(occurrence.ends_local.time())}</small>
                </span>
                <span aria-hidden="true">
                    {title(occurrence, is_on_paper)}
                    <span class="m">
                        <span class="kindline"><Icon name=occurrence.kind.icon() />{occurrence.kind.name()}</span>
                        {who}
                    </span>
                    {is_clash.then(|| view! { <Badge tone=Tone::Bad><Icon name="triangle-alert" />"Clash"</Badge>" " })}
                    {remark(calendar, occurrence)}
                </span>
            </a>
        </li>
    }
}

/// The whole of it for whoever hears the calendar. A printed page keeps such words, though nobody sees them, so paper has its own.
fn spoken(occurrence: &Occurrence, now: DateTime<Utc>, (is_clash, is_on_paper): (bool, bool)) -> impl IntoView + use<> {
    let without_names = occurrence.spoken_without_names(now, is_clash);
    if is_on_paper || occurrence.supervisee.is_none() {
        return view! { <span class="vh">{without_names}</span> }.into_any();
    }
    view! {
        <span class="vh no-print">{occurrence.spoken(now, is_clash)}</span>
        <span class="vh print-only">{without_names}</span>
    }
    .into_any()
}

/// The name; on paper, which others may pick up, individual supervision is without one.
fn title(occurrence: &Occurrence, is_on_paper: bool) -> impl IntoView + use<> {
    if is_on_paper {
        return view! { <strong>{occurrence.title_without_names()}</strong> }.into_any();
    }
    if occurrence.supervisee.is_none() {
        return view! { <strong>{occurrence.title()}</strong> }.into_any();
    }
    view! {
        <strong><span class="no-print">{occurrence.title()}</span><span class="print-only">{occurrence.title_without_names()}</span></strong>
    }
    .into_any()
}

fn remark(calendar: &Calendar, occurrence: &Occurrence) -> Option<impl IntoView + use<>> {
    let remark = occurrence.remark(calendar.now)?;
    let tone = match occurrence.state(calendar.now) {
        SessionState::Open | SessionState::NotMarked => Tone::Warn,
        SessionState::Done => Tone::Good,
        SessionState::Planned | SessionState::Cancelled => Tone::Plain,
    };
    let whose = occurrence.covered_for(calendar.now).filter(|_| remark.words == "Cover").map(|usual| format!(" for {}", usual.short));
    let when = (remark.words == "Join now").then(|| join_when(calendar, occurrence));
    Some(view! { <Badge tone><Icon name=remark.icon />{remark.words}{whose}{when}</Badge> })
}

fn join_when(calendar: &Calendar, occurrence: &Occurrence) -> String {
    let minutes = occurrence.course.starts_at.signed_duration_since(calendar.now).num_minutes();
    match minutes {
        ..=0 => format!(", started at {}", clock_time(occurrence.starts_local.time())),
        1 => ", starts in 1 minute".to_owned(),
        more => format!(", starts in {more} minutes"),
    }
}
