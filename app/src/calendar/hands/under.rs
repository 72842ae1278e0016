//! What is under a pointer, or has the focus.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement};

use crate::calendar::island::CHOOSING_VIEW;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    Whole,
    End,
}

/// The session that may be moved and that something happened to.
pub(super) fn movable_under(target: Option<EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-moves]").ok().flatten()?.dyn_into().ok()
}

/// Whether something happened where no session is.
pub(super) fn is_empty_under(target: Option<EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let is_within = |selector: &str| element.closest(selector).is_ok_and(|found| found.is_some());
    is_within(".day__body") && !is_within(".ev")
}

/// Whether it is the link of a day on which nothing is planned.
pub(super) fn is_day_without_sessions(target: Option<EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let day = element.closest(".day__head").ok().flatten().and_then(|head| head.parent_element());
    day.is_some_and(|day| day.query_selector(".day__body a").is_ok_and(|link| link.is_none()))
}

/// Whether the next letter chooses another view.
pub(super) fn is_choosing_view(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(CHOOSING_VIEW).is_ok_and(|frame| frame.is_some()))
}

pub(super) fn is_finger(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

pub(super) fn grip_under(target: Option<EventTarget>) -> Option<Grip> {
    let element = target?.dyn_into::<Element>().ok()?;
    let grip = element.closest("[data-grip]").ok().flatten()?;
    Some(if grip.get_attribute("data-grip").as_deref() == Some("end") { Grip::End } else { Grip::Whole })
}

/// Where a pointer is on the screen.
pub(super) fn place_of(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// On the board, the session that somebody has moved and comes back to has the focus. In the calendar its keys see to that.
pub(super) fn come_back_to_session(frame: &Element) {
    let fragment = window().location().hash().unwrap_or_default();
    let link = fragment.strip_prefix('#').filter(|id| id.starts_with("s-")).and_then(|id| document().get_element_by_id(id));
    let on_board = |link: &Element| frame.contains(Some(link)) && link.closest(".board").is_ok_and(|board| board.is_some());
    if let Some(link) = link.filter(on_board).and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
