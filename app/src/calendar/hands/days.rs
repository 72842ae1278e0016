//! The days of the page as they stand in the document, and where a session stands in them: as columns of hours, or as the cells of a month or of the
//! board, in which it keeps its time.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, Node, NodeList};

use super::busy::Busy;
use super::spot::{FINE, Layout, Lines, Spot, clock, minutes, snapped};

const WHOLE_DAY: i32 = 24 * 60;

/// Where the page says how it is come back to.
const BACK: &str = "data-back";

/// The days of the page.
pub(super) struct Days {
    all: Vec<Day>,
    layout: Layout,
    plans: Option<String>,
    /// What a move by hand says of the page that it leaves.
    back: Option<String>,
    /// Whose the lines of the board are.
    leaders: Vec<Leader>,
}

struct Day {
    /// "2026-10-22".
    date: String,
    /// "Thursday 22 October".
    words: String,
    element: Element,
    body: Element,
    opens: i32,
    closes: i32,
}

/// Whose a line of the board is.
struct Leader {
    code: String,
    /// "Dr Ruth A.".
    name: String,
    /// Whether they supervise no longer.
    is_gone: bool,
}

impl Days {
    pub(super) fn of(frame: &Element) -> Option<Self> {
        let found = |selector| frame.query_selector(selector).ok().flatten();
        let days = match found("#grid") {
            Some(grid) => Self::of_grid(&grid)?,
            None => Self::of_board(&found(".board")?)?,
        };
        Some(days).filter(|days| !days.all.is_empty())
    }

    /// Those of a week, a day or a month.
    fn of_grid(grid: &Element) -> Option<Self> {
        let layout = if grid.class_list().contains("month") { Layout::Month } else { Layout::Columns };
        let hour = |name: &str| grid.get_attribute(name).and_then(|hour| hour.parse::<i32>().ok());
        let (opens, closes) = if layout.keeps_time() { (0, WHOLE_DAY) } else { (hour("data-opens")? * 60, hour("data-closes")? * 60) };
        let elements = grid.get_elements_by_class_name("grid__day");
        let days = (0..elements.length()).filter_map(|place| {
            let element = elements.item(place)?;
            let date = element.get_attribute("data-date")?;
            let body = if layout.keeps_time() { element.clone() } else { element.query_selector(".day__body").ok().flatten()? };
            let words = element.query_selector("a .vh").ok().flatten()?.text_content()?;
            // What else there is on a day is said after it.
            let words = words.split(',').next().unwrap_or_default().trim().to_owned();
            Some(Day { date, words, element, body, opens, closes })
        });
        Some(Self {
            all: days.collect(),
            layout,
            plans: grid.get_attribute("data-plans"),
            back: grid.get_attribute(BACK),
            leaders: Vec::new(),
        })
    }

    /// Those of the board: each supervisor's, line by line.
    fn of_board(board: &Element) -> Option<Self> {
        let heads = elements(board.query_selector_all("thead [data-date]").ok()?);
        let dates: Vec<(String, String)> = heads
            .filter_map(|head| Some((head.get_attribute("data-date")?, head.query_selector(".vh").ok().flatten()?.text_content()?)))
            .collect();
        let lines: Vec<Element> = elements(board.query_selector_all("tbody tr").ok()?).collect();
        let leaders = lines.iter().map(Leader::of).collect::<Option<Vec<Leader>>>()?;
        let cells = lines.iter().flat_map(|line| {
            let cells = line.get_elements_by_tag_name("td");
            (0..cells.length()).filter_map(move |place| cells.item(place)).zip(&dates)
        });
        let all = cells.map(|(element, (date, words))| Day {
            date: date.clone(),
            words: words.clone(),
            body: element.clone(),
            element,
            opens: 0,
            closes: WHOLE_DAY,
        });
        let may_be_left = board.has_attribute("data-changes-leader");
        let layout = Layout::Board(Lines { days: dates.len(), count: leaders.len(), may_be_left });
        Some(Self { all: all.collect(), layout, plans: None, back: board.get_attribute(BACK), leaders })
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    fn lines(&self) -> Option<Lines> {
        if let Layout::Board(lines) = self.layout { Some(lines) } else { None }
    }

    fn leader_of(&self, day: usize) -> Option<&Leader> {
        self.leaders.get(self.lines()?.line_of(day))
    }

    /// Whether one who would lead a session on another line than before does so no longer, in words.
    pub(super) fn why_gone(&self, before: usize, day: usize) -> Option<String> {
        let (before, leader) = (self.leader_of(before)?, self.leader_of(day)?);
        (leader.is_gone && leader.code != before.code).then(|| format!("{} is a supervisor no more", leader.name))
    }

    /// The code of whoever would lead a session, if that is somebody else than before.
    pub(super) fn other_leader(&self, before: usize, day: usize) -> Option<&str> {
        let (before, leader) = (self.leader_of(before)?, self.leader_of(day)?);
        (leader.code != before.code).then_some(leader.code.as_str())
    }

    /// Whether those of a line lie beside one another. On a narrow screen the board is a list, over which fingers scroll.
    pub(super) fn lie_side_by_side(&self, day: usize) -> bool {
        let width = |element: &Element| element.get_bounding_client_rect().width();
        let Some(day) = self.all.get(day).filter(|_| self.lines().is_some()) else { return true };
        day.element.parent_element().is_some_and(|line| width(&day.element) * 2.0 < width(&line))
    }

    /// Where a session is put by a pointer that holds it so many minutes after its beginning.
    pub(super) fn dragged(&self, spot: Spot, at: (f64, f64), held_at: i32) -> Spot {
        let over = self.day_at(at).unwrap_or(spot.day);
        match self.layout {
            Layout::Columns => Spot { day: over, from: snapped(self.minute_at(over, at.1) - held_at, FINE), ..spot },
            Layout::Month => Spot { day: over, ..spot },
            Layout::Board(lines) => Spot { day: lines.reached(spot.day, over), ..spot },
        }
    }

    /// Where a session is planned, for whoever plans.
    pub(super) fn plans(&self) -> Option<String> {
        self.plans.clone()
    }

    /// The page as it stands in the address of another, to which somebody goes back who has moved a session.
    pub(super) fn back(&self) -> Option<&str> {
        self.back.as_deref()
    }

    /// The link of a day.
    pub(super) fn link_of(&self, day: usize) -> Option<Element> {
        self.all.get(day)?.element.query_selector("a").ok().flatten()
    }

    /// Puts a session into a day that is yet to be planned.
    pub(super) fn plant(&self, link: &str, spot: Spot) {
        let Some(day) = self.all.get(spot.day) else { return };
        let make = |name: &str, class: &str| {
            let element = document().create_element(name).ok()?;
            element.set_class_name(class);
            Some(element)
        };
        let (Some(item), Some(anchor), Some(times)) = (make("li", "ev ev--new"), make("a", ""), make("span", "t")) else { return };
        anchor.set_id(link);
        let _ = anchor.set_attribute("href", self.plans.as_deref().unwrap_or_default());
        if let Some(title) = make("b", "") {
            title.set_text_content(Some("New session"));
            let _ = anchor.append_child(&title);
        }
        let _ = anchor.append_child(&times);
        let _ = item.append_child(&anchor);
        let _ = day.body.append_child(&item);
        if let Some(item) = item.dyn_ref::<HtmlElement>() {
            self.put(item, spot);
        }
    }

    /// The first day and the last.
    pub(super) fn range(&self) -> (&str, &str) {
        (self.date(0).unwrap_or_default(), self.date(self.all.len().saturating_sub(1)).unwrap_or_default())
    }

    /// "2026-10-22".
    pub(super) fn date(&self, day: usize) -> Option<&str> {
        self.all.get(day).map(|day| day.date.as_str())
    }

    /// The day in which a session stands.
    pub(super) fn day_of(&self, item: &Element) -> Option<usize> {
        self.all.iter().position(|day| day.element.contains(Some(item)))
    }

    /// The day that a pointer is over; among columns the nearest to it.
    pub(super) fn day_at(&self, at: (f64, f64)) -> Option<usize> {
        match self.layout {
            Layout::Columns => {
                let is_reached = |day: &Day| at.0 <= day.element.get_bounding_client_rect().right();
                self.all.iter().position(is_reached).or(self.all.len().checked_sub(1))
            }
            Layout::Month => self.all.iter().position(|day| is_over(&day.element, at)),
            Layout::Board(Lines { days, .. }) => {
                // The lines first: what is in those that are out of view is not laid out until somebody asks where it is.
                let is_in_line = |day: &Day| day.element.parent_element().is_some_and(|line| is_over(&line, at));
                let first = self.all.iter().step_by(days).position(is_in_line)? * days;
                let place = self.all.get(first..)?.iter().take(days).position(|day| is_over(&day.element, at))?;
                Some(first + place)
            }
        }
    }

    /// The minute of the day that a pointer is at.
    pub(super) fn minute_at(&self, day: usize, y: f64) -> i32 {
        let Some(day) = self.all.get(day) else { return 0 };
        let place = day.body.get_bounding_client_rect();
        if place.height() <= 0.0 {
            return day.opens;
        }
        let share = ((y - place.top()) / place.height()).clamp(0.0, 1.0);
        day.opens + whole(share * f64::from(day.closes - day.opens))
    }

    /// The nearest spot that is on the page.
    pub(super) fn within(&self, spot: Spot) -> Spot {
        let day = spot.day.min(self.all.len().saturating_sub(1));
        let Some(hours) = self.all.get(day) else { return spot };
        let length = spot.length.min(hours.closes - hours.opens);
        Spot { day, from: spot.from.min(hours.closes - length).max(hours.opens), length }
    }

    /// Puts a session somewhere.
    pub(super) fn put(&self, item: &HtmlElement, spot: Spot) {
        let Some(day) = self.all.get(spot.day) else { return };
        let _ = item.set_attribute("data-from", &clock(spot.from));
        let _ = item.set_attribute("data-to", &clock(spot.to()));
        if !day.body.contains(Some(item)) {
            let _ = day.body.insert_before(item, self.later_in(day, spot.from).as_ref());
        }
        if let Ok(Some(times)) = item.query_selector(".t") {
            times.set_text_content(Some(&format!("{}–{}", clock(spot.from), clock(spot.to()))));
        }
    }

    /// What a session that begins then stands before: where they keep their time they stand in their order.
    fn later_in(&self, day: &Day, from: i32) -> Option<Node> {
        let sessions = day.body.get_elements_by_tag_name("a");
        let begins = |link: &Element| link.get_attribute("data-from").as_deref().and_then(minutes);
        let is_later = |link: &Element| link.class_list().contains("month__more") || begins(link).is_some_and(|begins| begins > from);
        let mut links = (0..sessions.length()).filter_map(|place| sessions.item(place));
        links.find(|link| self.layout.keeps_time() && is_later(link)).map(Node::from)
    }

    /// "Thursday 22 October, 10:00 to 11:30"; on the board with who would lead it.
    pub(super) fn words(&self, spot: Spot) -> String {
        let day = self.all.get(spot.day).map(|day| day.words.as_str()).unwrap_or_default();
        let who = self.leader_of(spot.day).map(|leader| format!(", led by {}", leader.name)).unwrap_or_default();
        format!("{day}, {} to {}{who}", clock(spot.from), clock(spot.to()))
    }

    /// Whether a stretch of time belongs to a day: on the board to that of the one whose time it is.
    fn is_of(&self, busy: &Busy, day: usize) -> bool {
        self.date(day) == Some(busy.date.as_str()) && self.leader_of(day).is_none_or(|leader| leader.code == busy.leader)
    }

    /// Whether a session that stands somewhere would meet a stretch of time.
    pub(super) fn meets(&self, busy: &Busy, spot: Spot) -> bool {
        self.is_of(busy, spot.day) && busy.meets(spot)
    }

    /// Shades what is impossible, and more lightly what asks for a reason, each with its why; where a session keeps its time the days on which it
    /// cannot.
    pub(super) fn shade(&self, busy: &[Busy], spot: Spot) {
        let is_cell = self.layout.keeps_time();
        for one in busy {
            let Some(day) = (0..self.all.len()).find(|day| self.is_of(one, *day)).and_then(|day| self.all.get(day)) else { continue };
            let (from, to) = (one.from.max(day.opens), one.to.min(day.closes));
            let is_meant = from < to && (!is_cell || one.meets(spot));
            let Some(shade) = document().create_element(if is_cell { "p" } else { "li" }).ok().filter(|_| is_meant) else { continue };
            shade.set_class_name(match (is_cell, one.needs_reason) {
                (true, false) => "day__busy",
                (true, true) => "day__busy day__busy--asks",
                (false, false) => "ev ev--busy",
                (false, true) => "ev ev--busy ev--asks",
            });
            let _ = shade.set_attribute("data-from", &clock(from));
            let _ = shade.set_attribute("data-to", &clock(to));
            shade.set_text_content(Some(&one.why));
            let _ = if is_cell { day.body.append_with_node_1(&shade) } else { day.body.prepend_with_node_1(&shade) };
        }
    }

    /// Takes the shades away.
    pub(super) fn clear(&self) {
        for day in &self.all {
            while let Ok(Some(shade)) = day.body.query_selector(".ev--busy, .day__busy") {
                shade.remove();
            }
        }
    }
}

impl Leader {
    fn of(line: &Element) -> Option<Self> {
        let name = line.query_selector("th").ok().flatten()?.first_child()?.text_content()?;
        Some(Self { code: line.get_attribute("data-leader")?, name, is_gone: line.has_attribute("data-gone") })
    }
}

/// Whether a pointer is over an element.
fn is_over(element: &Element, (x, y): (f64, f64)) -> bool {
    let place = element.get_bounding_client_rect();
    (place.left()..place.right()).contains(&x) && (place.top()..place.bottom()).contains(&y)
}

fn elements(list: NodeList) -> impl Iterator<Item = Element> {
    (0..list.length()).filter_map(move |place| list.item(place)?.dyn_into().ok())
}

/// A number of minutes from a measure, which is small.
#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "a share of a day's minutes fits many times over")]
fn whole(minutes: f64) -> i32 {
    minutes.round() as i32
}
