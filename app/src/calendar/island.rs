//! The keys of the month, the week and the day: one stop for Tab, arrows between days and sessions. Without it every one of them is a link
//! in the tab order.
//!
//! The page says where each key leads that leaves it, and hands its days over as they stand: an element `grid__day` with `data-day`, counted
//! from one, whose first link is the day's own and whose others are sessions. Focus travels in the fragment of an address: `#at-22` is the day to
//! arrive at, counted back from the end where it is not above zero, and `#s-…` the session that somebody comes back to.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlCollection, HtmlDialogElement, HtmlElement};

use crate::news::{UPDATED, turn_to};

/// Arrives where the grid would begin by itself: at today, or at the first session.
const GRID: &str = "#grid";

/// What the grid has while the next letter chooses another view.
const CHOOSES: &str = "data-chooses-view";
pub(super) const CHOOSING_VIEW: &str = "[data-chooses-view]";

/// Moves between days and sessions with the arrow keys, between pages and views with the keys that the page names.
#[island]
pub fn CalendarKeys(
    /// Where each key leads that leaves the page; `before` and `after` lie beyond the edges of the grid.
    leads: Vec<(String, String)>,
    /// Whether keys that are letters do anything.
    has_letters: bool,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            settle(&frame);
            let _stays = window_event_listener_untyped(UPDATED, move |_| keep_one_stop(&frame));
        }
    });
    let press = move |event: KeyboardEvent| {
        let is_edge = matches!(event.key().as_str(), "Home" | "End");
        if (event.ctrl_key() && !is_edge) || event.alt_key() || event.meta_key() || event.key() == "Shift" {
            return;
        }
        let Some(frame) = frame.get_untracked() else { return };
        let Some(grid) = Grid::with_focus(&frame) else { return };
        let was_choosing_view = frame.has_attribute(CHOOSES);
        let _ = frame.remove_attribute(CHOOSES);
        let name = name_of(&event, was_choosing_view);
        let is_letter = event.key().chars().count() == 1;
        let is_done = match name.as_str() {
            _ if is_letter && !has_letters => false,
            "v" => frame.set_attribute(CHOOSES, "").is_ok(),
            "?" => show_keys(&frame),
            "Escape" => go_to_bar(),
            _ if is_letter => leave(&grid, &leads, &name, GRID),
            key => grid.go(key, &leads) || leave(&grid, &leads, key, &grid.fragment_of_day()),
        };
        if is_done {
            event.prevent_default();
        }
    };
    let follow = move |event: FocusEvent| {
        let link = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let (Some(frame), Some(link)) = (frame.get_untracked(), link.filter(|link| link.tag_name() == "A")) {
            rest_on(&frame, &link);
        }
    };
    let click = move |event: MouseEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(frame) = frame.get_untracked() else { return };
        if target.closest("[data-shows-keys]").is_ok_and(|button| button.is_some()) {
            show_keys(&frame);
        } else if let Some(grid) = Grid::with_focus(&frame) {
            grid.keep_place();
        }
    };
    view! { <div node_ref=frame on:keydown=press on:focusin=follow on:click=click>{children()}</div> }
}

/// `PageUp`, `Shift+PageUp`, `t`, and `v m` for the second of two letters.
fn name_of(event: &KeyboardEvent, is_choosing_view: bool) -> String {
    let key = event.key();
    match key.chars().count() {
        1 if is_choosing_view => format!("v {}", key.to_lowercase()),
        1 => key.to_lowercase(),
        _ if event.ctrl_key() => format!("Control+{key}"),
        _ if event.shift_key() => format!("Shift+{key}"),
        _ => key,
    }
}

/// The days of the page and where the focus is among them.
struct Grid {
    days: Vec<Day>,
    /// Days are moved between by week, and their sessions are a step further in.
    is_month: bool,
    /// The day and the link in it that have the focus.
    here: (usize, usize),
}

/// A day as the keys see it: its own link, and those of its sessions.
struct Day {
    /// Its number on the page.
    at: i32,
    element: Element,
    links: Vec<HtmlElement>,
}

/// Where a step leads.
enum Step {
    To(HtmlElement),
    /// Beyond the first or the last day, to a day of the page there.
    Beyond(&'static str, i32),
    Nowhere,
}

impl Grid {
    fn of(frame: &Element) -> Self {
        let is_month = frame.query_selector(".month").is_ok_and(|month| month.is_some());
        let days = elements(frame.get_elements_by_class_name("grid__day")).filter_map(|element| {
            let at = element.get_attribute("data-day")?.parse().ok()?;
            let links = elements(element.get_elements_by_tag_name("a")).collect();
            Some(Day { at, element: element.into(), links })
        });
        Self { days: days.collect(), is_month, here: (0, 0) }
    }

    /// The grid, if something in it has the focus.
    fn with_focus(frame: &Element) -> Option<Self> {
        let focused = document().active_element()?;
        let mut grid = Self::of(frame);
        let place = |day: &Day| day.links.iter().position(|link| **link == focused);
        grid.here = grid.days.iter().enumerate().find_map(|(day, found)| Some((day, place(found)?)))?;
        Some(grid)
    }

    fn day(&self) -> Option<&Day> {
        self.days.get(self.here.0)
    }

    fn link(&self) -> Option<&HtmlElement> {
        self.day()?.links.get(self.here.1)
    }

    fn last(&self) -> i32 {
        self.days.last().map_or(0, |day| day.at)
    }

    /// Does what a key of direction means; whether it meant anything.
    fn go(&self, key: &str, leads: &[(String, String)]) -> bool {
        match self.step(key, leads) {
            Step::To(link) => focus(&link),
            Step::Beyond(side, at) => leave(self, leads, side, &format!("#at-{at}")),
            Step::Nowhere => false,
        }
    }

    fn step(&self, key: &str, leads: &[(String, String)]) -> Step {
        let is_on_day = self.here.1 == 0;
        match key {
            "ArrowLeft" => self.by_days(-1),
            "ArrowRight" => self.by_days(1),
            "ArrowUp" if self.is_month && is_on_day => self.by_days(-7),
            "ArrowDown" if self.is_month && is_on_day => self.by_days(7),
            "ArrowUp" => self.by_links(-1),
            "ArrowDown" => self.by_links(1),
            "F2" if self.is_month => self.day().and_then(|day| day.links.get(1)).map_or(Step::Nowhere, |link| Step::To(link.clone())),
            "Control+Home" => self.days.first().and_then(|day| self.arrival(day, "")).map_or(Step::Nowhere, Step::To),
            "Control+End" => self.days.last().and_then(|day| self.arrival(day, "")).map_or(Step::Nowhere, Step::To),
            // Where the week is not on the page, the page says where its ends are.
            "Home" | "End" if !leads.iter().any(|(name, _)| name == key) => self.to_end_of_week(key == "End"),
            _ => Step::Nowhere,
        }
    }

    fn by_days(&self, days: i32) -> Step {
        let Some(day) = self.day() else { return Step::Nowhere };
        let at = day.at + days;
        match self.days.iter().find(|other| other.at == at) {
            Some(other) => self.arrival(other, &self.time()).map_or(Step::Nowhere, Step::To),
            None if days < 0 => Step::Beyond("before", at),
            None => Step::Beyond("after", at - self.last()),
        }
    }

    /// To the link before or after; in a month among those of the day alone.
    fn by_links(&self, links: isize) -> Step {
        let Some(here) = self.link() else { return Step::Nowhere };
        let days = if self.is_month { self.day().into_iter().collect() } else { self.days.iter().collect::<Vec<_>>() };
        let all: Vec<&HtmlElement> = days.into_iter().flat_map(|day| &day.links).collect();
        let place = all.iter().position(|link| *link == here).and_then(|place| place.checked_add_signed(links));
        place.and_then(|place| all.get(place)).map_or(Step::Nowhere, |link| Step::To((*link).clone()))
    }

    fn to_end_of_week(&self, is_last: bool) -> Step {
        let parent = |day: &Day| day.element.parent_element();
        let Some(week) = self.day().and_then(parent) else { return Step::Nowhere };
        let mut of_week = self.days.iter().filter(|day| parent(day).as_ref() == Some(&week));
        let day = if is_last { of_week.next_back() } else { of_week.next() };
        day.and_then(|day| self.arrival(day, "")).map_or(Step::Nowhere, Step::To)
    }

    /// When what has the focus begins; nothing where it is the day itself.
    fn time(&self) -> String {
        self.link().map(time_of).unwrap_or_default()
    }

    /// What is come to on a day: the session that begins at that time or next after it, or else the last; where there is none, or in a
    /// month, the day itself.
    fn arrival(&self, day: &Day, from: &str) -> Option<HtmlElement> {
        let sessions = if self.is_month { None } else { day.links.get(1..) };
        let sessions = sessions.unwrap_or_default();
        let next = sessions.iter().find(|link| time_of(link).as_str() >= from).or(sessions.last());
        next.or(day.links.first()).cloned()
    }

    /// Where the keys begin: at today, or else at the first session, or else at the first day.
    fn beginning(&self) -> Option<HtmlElement> {
        let today = self.days.iter().find(|day| day.element.matches(".day--today, .is-today").unwrap_or(false));
        let busy = || if self.is_month { None } else { self.days.iter().find(|day| day.links.len() > 1) };
        today.or_else(busy).or(self.days.first()).and_then(|day| self.arrival(day, ""))
    }

    /// What the fragment of the page's address asks for; nothing where it asks for nothing in the grid.
    fn asked_for(&self, fragment: &str) -> Option<HtmlElement> {
        if fragment == GRID {
            return self.beginning();
        }
        if let Some(at) = fragment.strip_prefix("#at-").and_then(|at| at.parse::<i32>().ok()) {
            let last = self.last();
            let at = if at > 0 { at.min(last) } else { (last + at).max(1) };
            return self.days.iter().find(|day| day.at == at).and_then(|day| self.arrival(day, ""));
        }
        let id = fragment.strip_prefix('#')?;
        self.days.iter().flat_map(|day| &day.links).find(|link| !id.is_empty() && link.id() == id).cloned()
    }

    fn fragment_of_day(&self) -> String {
        self.day().map(|day| format!("#at-{}", day.at)).unwrap_or_default()
    }

    /// Leaves in the address what has the focus, so that whoever comes back finds it there.
    fn keep_place(&self) {
        let id = self.link().map(|link| link.id()).unwrap_or_default();
        let fragment = if id.is_empty() { self.fragment_of_day() } else { format!("#{id}") };
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&fragment));
        }
    }
}

/// Leaves one stop for Tab, says what the days are now, and goes on from where somebody came by key.
fn settle(frame: &Element) {
    let grid = Grid::of(frame);
    let first = grid.beginning();
    if let Some(first) = &first {
        rest_on(frame, first);
    }
    become_grid(frame);
    if let Ok(Some(button)) = frame.query_selector("[data-shows-keys]") {
        let _ = button.remove_attribute("hidden");
    }
    let fragment = window().location().hash().unwrap_or_default();
    if let Some(link) = grid.asked_for(&fragment) {
        focus(&link);
    }
}

/// Says what the days are once the arrow keys go between them: the cells of a grid. The rows and cells of a month, which is a table, are so by themselves;
/// a week and a day are one row.
fn become_grid(frame: &Element) {
    const ROLES: [(&str, &str); 3] = [("#grid", "grid"), (".week__cols", "row"), (".week .grid__day", "gridcell")];

    for (selector, role) in ROLES {
        let Ok(found) = frame.query_selector_all(selector) else { continue };
        for element in (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<Element>().ok()) {
            let _ = element.set_attribute("role", role);
            if role == "gridcell" {
                // A cell is called after what stands in it, as those of a table are.
                let _ = element.remove_attribute("aria-labelledby");
            }
        }
    }
    if let Ok(Some(grid)) = frame.query_selector(GRID) {
        let _ = grid.set_attribute("aria-readonly", "true");
    }
}

/// Leaves one stop for Tab after the page was brought up to date: what has the focus, or where it was before, if that is there still.
fn keep_one_stop(frame: &Element) {
    become_grid(frame);
    let grid = Grid::with_focus(frame);
    let focused = grid.as_ref().and_then(Grid::link).cloned();
    let before = || frame.query_selector("#grid a[tabindex='0']").ok().flatten()?.dyn_into().ok();
    if let Some(stop) = focused.or_else(before).or_else(|| Grid::of(frame).beginning()) {
        rest_on(frame, &stop);
    }
}

/// Makes one link the stop for Tab.
fn rest_on(frame: &Element, stop: &HtmlElement) {
    let Ok(Some(grid)) = frame.query_selector(GRID) else { return };
    for link in elements(grid.get_elements_by_tag_name("a")) {
        link.set_tab_index(if link == *stop { 0 } else { -1 });
    }
}

/// Goes where a key leads, if it leads anywhere, with the focus at a place there.
fn leave(grid: &Grid, leads: &[(String, String)], key: &str, fragment: &str) -> bool {
    let Some((_, address)) = leads.iter().find(|(name, _)| name == key) else { return false };
    let location = window().location();
    let here = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    if *address == here {
        return grid.asked_for(fragment).is_some_and(|link| focus(&link));
    }
    grid.keep_place();
    let address = format!("{address}{fragment}");
    turn_to(&address) || location.set_href(&address).is_ok()
}

/// Opens the help about keys. The browser gives the focus back when it is closed.
fn show_keys(frame: &Element) -> bool {
    let dialog = frame.query_selector("dialog").ok().flatten().and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    dialog.is_some_and(|dialog| dialog.show_modal().is_ok())
}

/// To the arrows of the bar above.
fn go_to_bar() -> bool {
    let arrow = document().query_selector(".cal__bar .iconbtn").ok().flatten().and_then(|arrow| arrow.dyn_into::<HtmlElement>().ok());
    arrow.is_some_and(|arrow| focus(&arrow))
}

/// "10:00", which sorts as it reads; nothing where a link has no time.
fn time_of(link: &HtmlElement) -> String {
    let timed = link.closest("[data-from]").ok().flatten();
    timed.and_then(|element| element.get_attribute("data-from")).unwrap_or_default()
}

fn elements(collection: HtmlCollection) -> impl Iterator<Item = HtmlElement> {
    (0..collection.length()).filter_map(move |place| collection.item(place)?.dyn_into().ok())
}

/// Focus that cannot be given is no loss: the page works by links.
fn focus(link: &HtmlElement) -> bool {
    link.focus().is_ok()
}
