//! The people and the places of a board, as they stand in its page.

use leptos::ev::PointerEvent;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement, HtmlFormElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::engine::Known;
use crate::ui::signed;

/// The person that something happened to, as the round's file calls them, if they may be moved.
pub(super) fn person_under(target: Option<EventTarget>) -> Option<String> {
    target?.dyn_into::<Element>().ok()?.closest("[data-who]").ok().flatten()?.get_attribute("data-who")
}

/// Whether it is the grip, by which a finger takes them: anywhere else it scrolls.
pub(super) fn is_grip(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest("[data-grip]").is_ok_and(|grip| grip.is_some()))
}

/// The place under a pointer, as forms call it.
pub(super) fn place_under(event: &PointerEvent) -> Option<String> {
    let on_screen = |pixels: i32| i16::try_from(pixels).ok().map(f32::from);
    let (x, y) = (on_screen(event.client_x())?, on_screen(event.client_y())?);
    place_of(&document().element_from_point(x, y)?)
}

fn place_of(element: &Element) -> Option<String> {
    element.closest("[data-whither]").ok().flatten()?.get_attribute("data-whither")
}

/// A board in its page.
pub(super) struct Places<'a>(pub(super) &'a HtmlElement);

impl Places<'_> {
    fn all(&self) -> Vec<Element> {
        let Ok(found) = self.0.query_selector_all("[data-whither]") else { return Vec::new() };
        (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
    }

    fn place(&self, to: &str) -> Option<Element> {
        self.0.query_selector(&format!("[data-whither='{to}']")).ok().flatten()
    }

    fn person(&self, who: &str) -> Option<Element> {
        self.0.query_selector(&format!("[data-who='{who}']")).ok().flatten()
    }

    /// What somebody is called here.
    pub(super) fn name_of(&self, who: &str) -> String {
        self.link_of(who).and_then(|link| link.text_content()).unwrap_or_default()
    }

    /// The link by which somebody has the focus.
    pub(super) fn link_of(&self, who: &str) -> Option<HtmlElement> {
        self.person(who)?.query_selector("a").ok().flatten()?.dyn_into().ok()
    }

    /// Where somebody is.
    pub(super) fn place_of(&self, who: &str) -> Option<String> {
        place_of(&self.person(who)?)
    }

    /// What a place is called: "Group 3".
    pub(super) fn place_name(&self, to: &str) -> String {
        self.place(to).and_then(|place| place.get_attribute("data-name")).unwrap_or_default()
    }

    /// The place after another, or before it, in the order in which they are read.
    pub(super) fn beside(&self, to: &str, is_possible: impl Fn(&str) -> bool, is_back: bool) -> Option<String> {
        let mut all: Vec<String> = self.all().iter().filter_map(|place| place.get_attribute("data-whither")).collect();
        if is_back {
            all.reverse();
        }
        let after = all.iter().position(|place| place == to).map_or(0, |at| at + 1);
        all.into_iter().skip(after).find(|place| is_possible(place))
    }

    /// Where a place stands on the screen.
    pub(super) fn corner_of(&self, to: &str) -> Option<(f64, f64)> {
        let around = self.place(to)?.get_bounding_client_rect();
        Some((around.left(), around.top()))
    }

    /// Shows that somebody is in hand, or that nobody is any more.
    pub(super) fn mark(&self, who: &str, is_in_hand: bool) {
        let _ = self.0.class_list().toggle_with_force("is-in-hand", is_in_hand);
        if let Some(person) = self.person(who) {
            let _ = person.class_list().toggle_with_force("is-taken", is_in_hand);
        }
        if is_in_hand {
            if let Some(home) = self.place_of(who).and_then(|home| self.place(&home)) {
                let _ = home.set_attribute("data-way", "here");
            }
        } else {
            for place in self.all() {
                for attribute in ["data-way", "data-change", "data-over"] {
                    let _ = place.remove_attribute(attribute);
                }
            }
        }
    }

    /// Shows at every place what it would do to go there.
    pub(super) fn show(&self, known: &Known) {
        for way in &known.ways {
            if let Some(place) = self.place(&way.to) {
                let _ = place.set_attribute("data-way", way.kind.key());
                let _ = place.set_attribute("data-change", &signed(way.score_change));
            }
        }
    }

    /// Shows over which place somebody is held.
    pub(super) fn hold_over(&self, to: Option<&str>, is_by_keys: bool) {
        for place in self.all() {
            if place.get_attribute("data-whither").as_deref() == to {
                let _ = place.set_attribute("data-over", "");
                if is_by_keys {
                    bring_into_view(&place);
                }
            } else {
                let _ = place.remove_attribute("data-over");
            }
        }
    }

    /// Sends the form that moves somebody.
    pub(super) fn send(&self, who: &str, to: &str) -> bool {
        let Some(form) = self.0.query_selector("form.move-by-hand").ok().flatten() else { return false };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return false };
        let fill = |name: &str, value: &str| {
            let field = form.query_selector(&format!("[name='{name}']")).ok().flatten()?.dyn_into::<HtmlInputElement>().ok()?;
            field.set_value(value);
            Some(())
        };
        let is_filled = fill("form[person]", code_of(who)).and(fill("form[to]", to)).is_some();
        is_filled && form.submit().is_ok()
    }
}

/// The code of somebody of whom a round's file speaks.
pub(super) fn code_of(who: &str) -> &str {
    who.trim_start_matches("p-")
}

fn bring_into_view(place: &Element) {
    let how = ScrollIntoViewOptions::new();
    how.set_block(ScrollLogicalPosition::Nearest);
    place.scroll_into_view_with_scroll_into_view_options(&how);
}
