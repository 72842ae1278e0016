//! The keys of the week: one stop for Tab, arrows between the sessions. Without it every session is a link in the tab order.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// What a neighbouring week is opened with, so that the keys go on there.
const ARRIVE_IN_THE_WEEK: &str = "#week";

/// Moves between sessions with the arrow keys, Home and End; between weeks with Page Up and Page Down; T is today.
#[island]
pub fn WeekKeys(
    /// The week before.
    before: String,
    /// The week after.
    after: String,
    /// The week that today is in.
    today: String,
    children: Children,
) -> impl IntoView {
    let week = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(week) = week.get() {
            settle(&week);
        }
    });
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(week) = week.get_untracked() else { return };
        match Key::of(&event.key()) {
            Some(Key::Move(step)) => move_focus(&week, step),
            Some(Key::Before) => go_to_week(&before),
            Some(Key::After) => go_to_week(&after),
            Some(Key::Today) => go_to_week(&today),
            None => return,
        }
        event.prevent_default();
    };
    let follow = move |event: FocusEvent| {
        let link = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let (Some(week), Some(link)) = (week.get_untracked(), link)
            && link.tag_name() == "A"
        {
            rest_on(&week, &link);
        }
    };
    view! { <div node_ref=week on:keydown=press on:focusin=follow>{children()}</div> }
}

#[derive(Clone, Copy)]
enum Key {
    Move(Step),
    Before,
    After,
    Today,
}

#[derive(Clone, Copy)]
enum Step {
    Earlier,
    Later,
    DayBefore,
    DayAfter,
    FirstDay,
    LastDay,
}

impl Key {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowUp" => Self::Move(Step::Earlier),
            "ArrowDown" => Self::Move(Step::Later),
            "ArrowLeft" => Self::Move(Step::DayBefore),
            "ArrowRight" => Self::Move(Step::DayAfter),
            "Home" => Self::Move(Step::FirstDay),
            "End" => Self::Move(Step::LastDay),
            "PageUp" => Self::Before,
            "PageDown" => Self::After,
            "t" | "T" => Self::Today,
            _ => return None,
        })
    }
}

/// A session of the week as the keys see it.
struct Stop {
    link: HtmlElement,
    /// Which column it stands in.
    day: u32,
    /// "10:00", which sorts as it reads.
    from: String,
}

/// The sessions in the order of the week.
fn stops(week: &Element) -> Vec<Stop> {
    let days = week.get_elements_by_class_name("day");
    let mut stops = Vec::new();
    for day in 0..days.length() {
        let Some(column) = days.item(day) else { continue };
        let sessions = column.get_elements_by_class_name("ev");
        for place in 0..sessions.length() {
            let Some(session) = sessions.item(place) else { continue };
            let link = session.first_element_child().and_then(|child| child.dyn_into::<HtmlElement>().ok());
            if let Some(link) = link.filter(|link| link.tag_name() == "A") {
                stops.push(Stop { link, day, from: session.get_attribute("data-from").unwrap_or_default() });
            }
        }
    }
    stops
}

/// Leaves one stop for Tab: today's first session, or the first of the week. Whoever came by key goes on from there.
fn settle(week: &Element) {
    let stops = stops(week);
    let todays = week.query_selector(".day--today .ev a").ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let first = todays.or_else(|| stops.into_iter().next().map(|stop| stop.link));
    if let Some(first) = &first {
        rest_on(week, first);
    }
    if window().location().hash().is_ok_and(|hash| hash == ARRIVE_IN_THE_WEEK) {
        focus(first.or_else(|| week.first_element_child().and_then(|child| child.dyn_into().ok())));
    }
}

/// Makes one link the stop for Tab.
fn rest_on(week: &Element, link: &HtmlElement) {
    for stop in stops(week) {
        stop.link.set_tab_index(if stop.link == *link { 0 } else { -1 });
    }
}

fn move_focus(week: &Element, step: Step) {
    let stops = stops(week);
    let current = document().active_element();
    let here = current.and_then(|element| stops.iter().position(|stop| *stop.link == element));
    let target = match (here, step) {
        (_, Step::LastDay) => stops.last().map(|last| last.day).and_then(|day| first_of(&stops, day)),
        (None, _) | (_, Step::FirstDay) => stops.first(),
        (Some(here), Step::Earlier) => here.checked_sub(1).and_then(|place| stops.get(place)),
        (Some(here), Step::Later) => here.checked_add(1).and_then(|place| stops.get(place)),
        (Some(here), Step::DayBefore) => stops.get(here).and_then(|stop| {
            let day = stops.iter().map(|other| other.day).filter(|day| *day < stop.day).max()?;
            closest(&stops, day, &stop.from)
        }),
        (Some(here), Step::DayAfter) => stops.get(here).and_then(|stop| {
            let day = stops.iter().map(|other| other.day).filter(|day| *day > stop.day).min()?;
            closest(&stops, day, &stop.from)
        }),
    };
    focus(target.map(|stop| stop.link.clone()));
}

fn first_of(stops: &[Stop], day: u32) -> Option<&Stop> {
    stops.iter().find(|stop| stop.day == day)
}

/// The session of a day that begins at that time or next after it, or else the day's last.
fn closest<'a>(stops: &'a [Stop], day: u32, from: &str) -> Option<&'a Stop> {
    let of_day = || stops.iter().filter(|stop| stop.day == day);
    of_day().find(|stop| stop.from.as_str() >= from).or_else(|| of_day().next_back())
}

/// Focus that cannot be given is no loss: the page works by links.
fn focus(link: Option<HtmlElement>) {
    if let Some(link) = link {
        let _ = link.focus();
    }
}

fn go_to_week(address: &str) {
    let _ = window().location().set_href(&format!("{address}{ARRIVE_IN_THE_WEEK}"));
}
