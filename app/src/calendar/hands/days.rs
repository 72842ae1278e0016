//! The days of the page as they stand in the document, and where a session stands in them: as columns of hours, or as the cells of a month, in which
//! it keeps its time.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{DomRect, Element, HtmlElement, Node};

use super::busy::Busy;

/// The steps of a pointer, and those of the arrow keys, in minutes.
pub(super) const FINE: i32 = 15;
const COARSE: i32 = 30;
const WHOLE_DAY: i32 = 24 * 60;

const HOW: &str =
    "Moving. The arrows go by a day or half an hour, plus and minus change the length. Enter puts it there, Escape leaves it.";
const HOW_IN_MONTH: &str = "Moving. The arrows go by a day or a week. Enter puts it there, Escape leaves it.";

/// Where a session stands: which day of the page, from when, for how long, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub day: usize,
    pub from: i32,
    pub length: i32,
}

impl Spot {
    /// Where a key of direction leads among columns.
    fn stepped(self, key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self { day: self.day.saturating_sub(1), ..self },
            "ArrowRight" => Self { day: self.day + 1, ..self },
            "ArrowUp" => Self { from: self.from - COARSE, ..self },
            "ArrowDown" => Self { from: self.from + COARSE, ..self },
            "PageUp" | "-" => Self { length: (self.length - FINE).max(FINE), ..self },
            "PageDown" | "+" => Self { length: self.length + FINE, ..self },
            _ => return None,
        })
    }

    /// Where it leads in a month.
    fn stepped_in_month(self, key: &str) -> Option<Self> {
        let day = match key {
            "ArrowLeft" => self.day.saturating_sub(1),
            "ArrowRight" => self.day + 1,
            "ArrowUp" => self.day.checked_sub(7).unwrap_or(self.day),
            "ArrowDown" => self.day + 7,
            _ => return None,
        };
        Some(Self { day, ..self })
    }

    /// When it ends.
    pub(super) fn to(self) -> i32 {
        self.from + self.length
    }
}

/// The days of the page.
pub(super) struct Days {
    all: Vec<Day>,
    is_month: bool,
    plans: Option<String>,
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

impl Days {
    pub(super) fn of(frame: &Element) -> Option<Self> {
        let grid = frame.query_selector("#grid").ok().flatten()?;
        let is_month = grid.class_list().contains("month");
        let hour = |name: &str| grid.get_attribute(name).and_then(|hour| hour.parse::<i32>().ok());
        let (opens, closes) = if is_month { (0, WHOLE_DAY) } else { (hour("data-opens")? * 60, hour("data-closes")? * 60) };
        let elements = grid.get_elements_by_class_name("grid__day");
        let days = (0..elements.length()).filter_map(|place| {
            let element = elements.item(place)?;
            let date = element.get_attribute("data-date")?;
            let body = if is_month { element.clone() } else { element.query_selector(".day__body").ok().flatten()? };
            let words = element.query_selector("a .vh").ok().flatten()?.text_content()?;
            // What else there is on a day is said after it.
            let words = words.split(',').next().unwrap_or_default().trim().to_owned();
            Some(Day { date, words, element, body, opens, closes })
        });
        let (all, plans) = (days.collect::<Vec<_>>(), grid.get_attribute("data-plans"));
        Some(Self { all, is_month, plans }).filter(|days| !days.all.is_empty())
    }

    /// What is said when a session is taken by key.
    pub(super) fn how(&self) -> &'static str {
        if self.is_month { HOW_IN_MONTH } else { HOW }
    }

    /// Where a key of direction leads.
    pub(super) fn stepped(&self, spot: Spot, key: &str) -> Option<Spot> {
        if self.is_month { spot.stepped_in_month(key) } else { spot.stepped(key) }
    }

    /// Where a session is put by a pointer that holds it so many minutes after its beginning.
    pub(super) fn dragged(&self, spot: Spot, at: (f64, f64), held_at: i32) -> Spot {
        let day = self.day_at(at).unwrap_or(spot.day);
        if self.is_month { Spot { day, ..spot } } else { Spot { day, from: snapped(self.minute_at(day, at.1) - held_at, FINE), ..spot } }
    }

    /// Where a session is planned, for whoever plans.
    pub(super) fn plans(&self) -> Option<String> {
        self.plans.clone()
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
    pub(super) fn day_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let place = |day: &Day| day.element.get_bounding_client_rect();
        if self.is_month {
            let is_over = |place: DomRect| (place.left()..place.right()).contains(&x) && (place.top()..place.bottom()).contains(&y);
            return self.all.iter().position(|day| is_over(place(day)));
        }
        self.all.iter().position(|day| x <= place(day).right()).or(self.all.len().checked_sub(1))
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

    /// What a session that begins then stands before: in a month they stand in their order.
    fn later_in(&self, day: &Day, from: i32) -> Option<Node> {
        let sessions = day.body.get_elements_by_tag_name("a");
        let begins = |link: &Element| link.get_attribute("data-from").as_deref().and_then(minutes);
        let is_later = |link: &Element| link.class_list().contains("month__more") || begins(link).is_some_and(|begins| begins > from);
        (0..sessions.length()).filter_map(|place| sessions.item(place)).find(|link| self.is_month && is_later(link)).map(Node::from)
    }

    /// "Thursday 22 October, 10:00 to 11:30".
    pub(super) fn words(&self, spot: Spot) -> String {
        let day = self.all.get(spot.day).map(|day| day.words.as_str()).unwrap_or_default();
        format!("{day}, {} to {}", clock(spot.from), clock(spot.to()))
    }

    /// Shades what is impossible, and more lightly what asks for a reason, each with its why; in a month the days on which a session cannot keep
    /// its time.
    pub(super) fn shade(&self, busy: &[Busy], spot: Spot) {
        for one in busy {
            let Some(day) = self.all.iter().find(|day| day.date == one.date) else { continue };
            let (from, to) = (one.from.max(day.opens), one.to.min(day.closes));
            let is_meant = from < to && (!self.is_month || one.meets(spot));
            let Some(shade) = document().create_element(if self.is_month { "p" } else { "li" }).ok().filter(|_| is_meant) else { continue };
            shade.set_class_name(match (self.is_month, one.needs_reason) {
                (true, false) => "month__busy",
                (true, true) => "month__busy month__busy--asks",
                (false, false) => "ev ev--busy",
                (false, true) => "ev ev--busy ev--asks",
            });
            let _ = shade.set_attribute("data-from", &clock(from));
            let _ = shade.set_attribute("data-to", &clock(to));
            shade.set_text_content(Some(&one.why));
            let _ = if self.is_month { day.body.append_with_node_1(&shade) } else { day.body.prepend_with_node_1(&shade) };
        }
    }

    /// Takes the shades away.
    pub(super) fn clear(&self) {
        for day in &self.all {
            while let Ok(Some(shade)) = day.body.query_selector(".ev--busy, .month__busy") {
                shade.remove();
            }
        }
    }
}

/// "10:30" as minutes.
pub(super) fn minutes(time: &str) -> Option<i32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
}

/// Minutes as "10:30".
pub(super) fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// To the nearest step.
pub(super) fn snapped(minute: i32, step: i32) -> i32 {
    (minute + step / 2).div_euclid(step) * step
}

/// A number of minutes from a measure, which is small.
#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "a share of a day's minutes fits many times over")]
fn whole(minutes: f64) -> i32 {
    minutes.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_by_a_day_or_half_an_hour_and_the_length_by_a_quarter() {
        let spot = Spot { day: 3, from: 600, length: 90 };
        assert_eq!(spot.stepped("ArrowLeft"), Some(Spot { day: 2, ..spot }));
        assert_eq!(spot.stepped("ArrowDown"), Some(Spot { from: 630, ..spot }));
        assert_eq!(spot.stepped("-"), Some(Spot { length: 75, ..spot }));
        assert_eq!(spot.stepped("x"), None);
    }

    #[test]
    fn in_a_month_the_arrows_go_by_a_day_or_a_week_and_the_time_stays() {
        let spot = Spot { day: 8, from: 610, length: 90 };
        assert_eq!(spot.stepped_in_month("ArrowUp"), Some(Spot { day: 1, ..spot }));
        assert_eq!(spot.stepped_in_month("ArrowDown"), Some(Spot { day: 15, ..spot }));
        assert_eq!(Spot { day: 3, ..spot }.stepped_in_month("ArrowUp"), Some(Spot { day: 3, ..spot }));
        assert_eq!(spot.stepped_in_month("-"), None);
    }

    #[test]
    fn a_pointer_lands_on_the_nearest_quarter() {
        assert_eq!([607, 608, 593, -3].map(|minute| snapped(minute, FINE)), [600, 615, 600, 0]);
        assert_eq!((minutes("09:05"), clock(545)), (Some(545), "09:05".to_owned()));
    }
}
