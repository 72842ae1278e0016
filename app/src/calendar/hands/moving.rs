//! A session in somebody's hand: where it began, where it is, and how it is held.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::days::Days;
use super::spot::{Spot, clock, minutes};

/// What the link of a session is called that is yet to be planned.
const NEW: &str = "s-new";

/// A session in somebody's hand.
#[derive(Clone)]
pub(super) struct Moving {
    /// The identity of its link, by which it is found: the page is the one place where elements are kept.
    pub(super) link: String,
    /// The page that asks which sessions change.
    pub(super) address: String,
    pub(super) began: Spot,
    pub(super) spot: Spot,
    pub(super) way: Way,
    /// Whether its end is moved, and not the whole.
    pub(super) resizes: bool,
    pub(super) is_under_way: bool,
    /// How many minutes after its beginning it is held.
    pub(super) held_at: i32,
    /// Whether it is yet to be planned.
    pub(super) is_new: bool,
    /// The identity of the link on which it was asked for, if it was and that has one.
    pub(super) came_from: String,
}

#[derive(Clone, Copy)]
pub(super) enum Way {
    Keys,
    Pointer {
        id: i32,
        from: (f64, f64),
        /// Whether it moves only once the finger that is on it has rested: until then a finger scrolls.
        must_rest: bool,
    },
}

impl Moving {
    pub(super) fn of(days: &Days, item: &HtmlElement) -> Option<Self> {
        let (from, to) = (minutes(&item.get_attribute("data-from")?)?, minutes(&item.get_attribute("data-to")?)?);
        let spot = Spot { day: days.day_of(item)?, from, length: to - from };
        let address = item.get_attribute("data-moves")?;
        let link = if item.id().is_empty() { item.query_selector("a").ok().flatten()?.id() } else { item.id() };
        Some(Self { link, is_new: false, ..Self::begun(address, spot) })
    }

    /// One that is yet to be planned.
    pub(super) fn begun(address: String, spot: Spot) -> Self {
        Self {
            link: NEW.to_owned(),
            address,
            began: spot,
            spot,
            way: Way::Keys,
            resizes: false,
            is_under_way: false,
            held_at: 0,
            is_new: true,
            came_from: String::new(),
        }
    }

    /// The code of the session; nothing while it is yet to be planned.
    pub(super) fn session(&self) -> &str {
        if self.is_new { "" } else { self.address.trim_start_matches("/sessions/").trim_end_matches("/move") }
    }

    pub(super) fn link(&self) -> Option<HtmlElement> {
        document().get_element_by_id(&self.link)?.dyn_into().ok()
    }

    pub(super) fn item(&self) -> Option<HtmlElement> {
        self.link()?.closest(".ev, .chipev, .bev").ok().flatten()?.dyn_into().ok()
    }

    /// Shows that it is in somebody's hand, or no longer.
    pub(super) fn mark(&self, is_moving: bool) {
        if let Some(item) = self.item() {
            let _ = item.class_list().toggle_with_force("ev--moving", is_moving);
            let _ = item.remove_attribute("data-why");
        }
    }

    /// Shows beside it why it cannot be where it is, or what will be asked; nothing where it can.
    pub(super) fn warn(&self, why: &str) {
        if let Some(item) = self.item() {
            let _ = item.set_attribute("data-why", why);
        }
    }

    /// Puts it somewhere. Whoever holds it by key does not lose hold of it.
    pub(super) fn put(&self, days: &Days, spot: Spot) {
        let Some(item) = self.item() else { return };
        let had_focus = document().active_element().is_some_and(|focused| item.contains(Some(&focused)));
        days.put(&item, spot);
        if let Some(link) = self.link().filter(|_| had_focus) {
            let _ = link.focus();
        }
    }

    /// The page on which the move is looked at and saved.
    pub(super) fn page(&self, days: &Days) -> String {
        let date = days.date(self.spot.day).unwrap_or_default();
        let Spot { from, length, .. } = self.spot;
        if self.is_new {
            return format!("{}?day={date}&from={}&length={length}", self.address, clock(from));
        }
        let leader = days.other_leader(self.began.day, self.spot.day).map(|code| format!("&supervisor={code}")).unwrap_or_default();
        let back = days.back().map(|back| format!("&back={back}")).unwrap_or_default();
        format!("{}?scope=this&starts_on={date}&starts_time={}&length_minutes={length}{leader}{back}", self.address, clock(from))
    }
}
