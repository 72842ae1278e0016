//! Moving a session by hand: it is taken with the mouse, a finger or the letter M, put where it should be, and its page then asks which sessions
//! change and shows what that comes to. Without it, the same page is reached from the session.
//!
//! A session that may be moved says so (`data-moves`, the address of that page). Where it stands is what its `data-from` and `data-to` say and which
//! day it is in, so moving it is changing those; nothing is measured but where the pointer is. Times at which it cannot be held are asked for when
//! the move begins, and stand in the days as shaded stretches with their reason.

mod busy;
mod days;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement};

use self::busy::{Busy, ask_for_busy};
use self::days::{Days, FINE, Spot, minutes, snapped};

/// A pointer that has moved less than this many pixels has only pressed.
const PRESSED: f64 = 5.0;

/// Lets sessions be moved and resized by hand in a grid of days.
#[island]
pub fn SessionHands(
    /// Whether keys that are letters do anything.
    has_letters: bool,
    children: Children,
) -> impl IntoView {
    let hands = Hands::new();
    let press = move |event: KeyboardEvent| {
        if hands.press(&event, has_letters) {
            event.prevent_default();
            // The keys of the calendar would go to another session.
            event.stop_propagation();
        }
    };
    // A session that was put somewhere is not opened by the same press.
    let click = move |event: MouseEvent| {
        if hands.was_moved.get_value() {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <div
            node_ref=hands.frame
            on:pointerdown=move |event| hands.take(&event)
            on:pointermove=move |event| hands.drag(&event)
            on:pointerup=move |event| hands.let_go(&event)
            on:pointercancel=move |_| hands.end(false)
            on:keydown=press
            on:click=click
            on:dragstart=|event| event.prevent_default()
        >
            {children()}
        </div>
        <p class="vh" role="status">{hands.said}</p>
    }
}

/// What is in hand, and what is known while it is.
#[derive(Clone, Copy)]
struct Hands {
    frame: NodeRef<html::Div>,
    moving: StoredValue<Option<Moving>>,
    busy: StoredValue<Vec<Busy>>,
    /// Whether the last press was a move, and so no click.
    was_moved: StoredValue<bool>,
    said: RwSignal<String>,
}

impl Hands {
    fn new() -> Self {
        Self {
            frame: NodeRef::new(),
            moving: StoredValue::new(None),
            busy: StoredValue::new(Vec::new()),
            was_moved: StoredValue::new(false),
            said: RwSignal::new(String::new()),
        }
    }

    fn days(self) -> Option<Days> {
        let frame: Element = self.frame.get_untracked()?.into();
        Days::of(&frame)
    }

    /// A pointer went down: on a session that may be moved, it may become a move.
    fn take(self, event: &PointerEvent) {
        self.was_moved.set_value(false);
        if event.button() != 0 || event.ctrl_key() || event.meta_key() {
            return;
        }
        let grip = grip_under(event.target());
        // A finger scrolls, unless it begins on the grips.
        if event.pointer_type() == "touch" && grip.is_none() {
            return;
        }
        let (Some(days), Some(item)) = (self.days(), movable_under(event.target())) else { return };
        let Some(mut hand) = Moving::of(&days, &item) else { return };
        hand.way = Way::Pointer { id: event.pointer_id(), from: place_of(event) };
        hand.resizes = grip == Some(Grip::End);
        hand.held_at = days.minute_at(hand.spot.day, place_of(event).1) - hand.spot.from;
        self.moving.set_value(Some(hand));
    }

    fn drag(self, event: &PointerEvent) {
        let Some(mut hand) = self.moving.get_value() else { return };
        let Way::Pointer { id, from } = hand.way else { return };
        let Some(days) = self.days().filter(|_| id == event.pointer_id()) else { return };
        let at = place_of(event);
        if !hand.is_under_way {
            if (at.0 - from.0).hypot(at.1 - from.1) < PRESSED {
                return;
            }
            self.was_moved.set_value(true);
            if let Some(item) = hand.item() {
                let _ = item.set_pointer_capture(id);
            }
            self.begin(&mut hand, &days);
        }
        event.prevent_default();
        let spot = if hand.resizes {
            let end = snapped(days.minute_at(hand.spot.day, at.1), FINE);
            Spot { length: (end - hand.spot.from).max(FINE), ..hand.spot }
        } else {
            let day = days.day_at(at.0);
            Spot { day, from: snapped(days.minute_at(day, at.1) - hand.held_at, FINE), ..hand.spot }
        };
        self.go_to(hand, spot, &days);
    }

    fn let_go(self, event: &PointerEvent) {
        let is_mine = |hand: &Moving| matches!(hand.way, Way::Pointer { id, .. } if id == event.pointer_id());
        let Some(hand) = self.moving.get_value().filter(is_mine) else { return };
        if hand.is_under_way {
            self.end(true);
        } else {
            self.moving.set_value(None);
        }
    }

    /// A key was pressed. Answers whether it meant something here.
    fn press(self, event: &KeyboardEvent, has_letters: bool) -> bool {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let key = event.key();
        let Some(hand) = self.moving.get_value() else {
            return has_letters && key.eq_ignore_ascii_case("m") && self.take_by_key(event.target());
        };
        let Some(days) = self.days() else { return false };
        match key.as_str() {
            "Enter" => self.end(true),
            "Escape" | "Tab" => self.end(false),
            key => {
                if let Some(spot) = hand.spot.stepped(key) {
                    self.go_to(hand, spot, &days);
                }
            }
        }
        key != "Tab"
    }

    fn take_by_key(self, target: Option<EventTarget>) -> bool {
        let (Some(days), Some(item)) = (self.days(), movable_under(target)) else { return false };
        let Some(mut hand) = Moving::of(&days, &item) else { return false };
        self.said.set(HOW.to_owned());
        self.begin(&mut hand, &days);
        self.moving.set_value(Some(hand));
        true
    }

    /// Shows what is in hand, and asks when it cannot be held.
    fn begin(self, hand: &mut Moving, days: &Days) {
        hand.is_under_way = true;
        hand.mark(true);
        self.busy.set_value(Vec::new());
        ask_for_busy(&hand.address, days.range(), move |found| {
            if let Some(days) = self.days().filter(|_| self.moving.with_value(Option::is_some)) {
                days.shade(&found);
                self.busy.set_value(found);
            }
        });
    }

    fn go_to(self, mut hand: Moving, spot: Spot, days: &Days) {
        hand.spot = days.within(spot);
        hand.put(days, hand.spot);
        let words = days.words(hand.spot);
        self.said.set(match (self.refusal(&hand, days), self.warning(&hand, days)) {
            (Some(why), _) => format!("{words}: not possible, {why}"),
            (None, Some(why)) => format!("{words}: {why}, so a reason will be asked for"),
            (None, None) => words,
        });
        self.moving.set_value(Some(hand));
    }

    /// Ends the move: the page of changes is opened with where it was put, or it goes back to where it was.
    fn end(self, keeps: bool) {
        let (Some(hand), Some(days)) = (self.moving.get_value(), self.days()) else { return };
        self.moving.set_value(None);
        hand.mark(false);
        days.clear();
        let refusal = self.refusal(&hand, &days);
        if keeps && refusal.is_none() && hand.spot != hand.began {
            let _ = window().location().set_href(&hand.page(&days));
            return;
        }
        hand.put(&days, hand.began);
        if let Some(link) = hand.link() {
            let _ = link.focus();
        }
        self.said.set(match refusal {
            Some(why) if keeps => format!("It cannot be held then: {why}. It stays where it was."),
            _ => "It stays where it was.".to_owned(),
        });
    }

    /// Why it cannot be held where it is, if it cannot.
    fn refusal(self, hand: &Moving, days: &Days) -> Option<String> {
        self.why(hand, days, |one| !one.needs_reason)
    }

    /// Why a reason will be asked for where it is, if one will.
    fn warning(self, hand: &Moving, days: &Days) -> Option<String> {
        self.why(hand, days, |one| one.needs_reason)
    }

    fn why(self, hand: &Moving, days: &Days, is_meant: impl Fn(&Busy) -> bool) -> Option<String> {
        let date = days.date(hand.spot.day)?;
        let overlaps = |one: &&Busy| is_meant(one) && one.date == date && one.from < hand.spot.to() && hand.spot.from < one.to;
        self.busy.with_value(|busy| busy.iter().find(overlaps).map(|one| one.why.clone()))
    }
}

/// What is said when a session is taken by key.
const HOW: &str =
    "Moving. The arrows go by a day or half an hour, plus and minus change the length. Enter puts it there, Escape leaves it.";

/// A session in somebody's hand.
#[derive(Clone)]
struct Moving {
    /// The identity of its link, by which it is found: the page is the one place where elements are kept.
    link: String,
    /// The page that asks which sessions change.
    address: String,
    began: Spot,
    spot: Spot,
    way: Way,
    /// Whether its end is moved, and not the whole.
    resizes: bool,
    is_under_way: bool,
    /// How many minutes after its beginning it is held.
    held_at: i32,
}

#[derive(Clone, Copy)]
enum Way {
    Keys,
    Pointer { id: i32, from: (f64, f64) },
}

impl Moving {
    fn of(days: &Days, item: &HtmlElement) -> Option<Self> {
        let (from, to) = (minutes(&item.get_attribute("data-from")?)?, minutes(&item.get_attribute("data-to")?)?);
        let spot = Spot { day: days.day_of(item)?, from, length: to - from };
        let address = item.get_attribute("data-moves")?;
        let link = item.query_selector("a").ok().flatten()?.id();
        Some(Self { link, address, began: spot, spot, way: Way::Keys, resizes: false, is_under_way: false, held_at: 0 })
    }

    fn link(&self) -> Option<HtmlElement> {
        document().get_element_by_id(&self.link)?.dyn_into().ok()
    }

    fn item(&self) -> Option<HtmlElement> {
        self.link()?.parent_element()?.dyn_into().ok()
    }

    /// Shows that it is in somebody's hand, or no longer.
    fn mark(&self, is_moving: bool) {
        if let Some(item) = self.item() {
            let _ = item.class_list().toggle_with_force("ev--moving", is_moving);
        }
    }

    /// Puts it somewhere. Whoever holds it by key does not lose hold of it.
    fn put(&self, days: &Days, spot: Spot) {
        let Some(item) = self.item() else { return };
        let had_focus = document().active_element().is_some_and(|focused| item.contains(Some(&focused)));
        days.put(&item, spot);
        if let Some(link) = self.link().filter(|_| had_focus) {
            let _ = link.focus();
        }
    }

    /// The page on which the move is looked at and saved.
    fn page(&self, days: &Days) -> String {
        let date = days.date(self.spot.day).unwrap_or_default();
        let Spot { from, length, .. } = self.spot;
        format!("{}?scope=this&starts_on={date}&starts_time={}&length_minutes={length}", self.address, days::clock(from))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grip {
    Whole,
    End,
}

/// The session that may be moved and that something happened to.
fn movable_under(target: Option<EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-moves]").ok().flatten()?.dyn_into().ok()
}

fn grip_under(target: Option<EventTarget>) -> Option<Grip> {
    let element = target?.dyn_into::<Element>().ok()?;
    let grip = element.closest("[data-grip]").ok().flatten()?;
    Some(if grip.get_attribute("data-grip").as_deref() == Some("end") { Grip::End } else { Grip::Whole })
}

/// Where a pointer is on the screen.
fn place_of(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
