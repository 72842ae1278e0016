//! Moving a session by hand: it is taken with the mouse, a finger or the letter M, put where it should be, and its page then asks which sessions
//! change and shows what that comes to. Without it, the same page is reached from the session.
//!
//! A session that may be moved says so (`data-moves`, the address of that page). Where it stands is what its `data-from` and `data-to` say and which
//! day it is in, so moving it is changing those; nothing is measured but where the pointer is. Times at which it cannot be held are asked for when
//! the move begins, and stand in the days as shaded stretches with their reason. In a month a session goes from day to day and keeps its time.
//!
//! A session that is yet to be planned is taken in the same way: an empty stretch is drawn with the mouse, held with a finger, or asked for with
//! the letter N, or with Enter on a day that has no session. It stands in the day while it is in hand, and the page that it opens asks which group
//! it is for. The grid says whether the reader plans at all (`data-plans`, the address of that page).

mod busy;
mod days;
mod moving;
mod under;

use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement};

use self::busy::{Busy, ask_for_busy};
use self::days::{Days, FINE, Spot, minutes, snapped};
use self::moving::{Moving, Way};
use self::under::{Grip, grip_under, is_choosing_view, is_day_without_sessions, is_empty_under, is_finger, movable_under, place_of};

/// A pointer that has moved less than this many pixels has only pressed.
const PRESSED: f64 = 5.0;

/// A finger that rests on an empty stretch for so long asks for a session there.
const HELD: Duration = Duration::from_millis(550);
/// How long a session is that was not drawn but asked for, in minutes.
const ASKED_FOR: i32 = 60;
/// When it begins on a day that says nothing else.
const MORNING: i32 = 10 * 60;

/// Lets sessions be moved, resized and begun by hand in a grid of days.
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
    /// Whether the server was asked for those times and did not tell.
    is_unread: StoredValue<bool>,
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
            is_unread: StoredValue::new(false),
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
        // A finger scrolls, unless it begins on the grips or rests on an empty stretch.
        if is_finger(event) && grip.is_none() && movable_under(event.target()).is_some() {
            return;
        }
        let Some(days) = self.days() else { return };
        let Some(item) = movable_under(event.target()) else { return self.take_empty(event, &days) };
        let Some(mut hand) = Moving::of(&days, &item) else { return };
        hand.way = Way::Pointer { id: event.pointer_id(), from: place_of(event) };
        hand.resizes = grip == Some(Grip::End);
        hand.held_at = days.minute_at(hand.spot.day, place_of(event).1) - hand.spot.from;
        self.moving.set_value(Some(hand));
    }

    /// A pointer went down on an empty stretch: for whoever plans it may become a session.
    fn take_empty(self, event: &PointerEvent, days: &Days) {
        let Some(address) = days.plans().filter(|_| is_empty_under(event.target())) else { return };
        let at = place_of(event);
        let Some(day) = days.day_at(at) else { return };
        let from = snapped(days.minute_at(day, at.1) - FINE / 2, FINE);
        let mut hand = Moving::begun(address, days.within(Spot { day, from, length: FINE }));
        let id = event.pointer_id();
        hand.way = Way::Pointer { id, from: at };
        self.moving.set_value(Some(hand));
        if is_finger(event) {
            set_timeout(move || self.hold(id), HELD);
        }
    }

    /// A finger has rested long enough, if it is there still.
    fn hold(self, pointer: i32) {
        let rests = |hand: &Moving| !hand.is_under_way && matches!(hand.way, Way::Pointer { id, .. } if id == pointer);
        let (Some(mut hand), Some(days)) = (self.moving.get_value().filter(rests), self.days()) else { return };
        self.moving.set_value(None);
        hand.spot = days.within(Spot { length: ASKED_FOR, ..hand.spot });
        let _ = window().location().set_href(&hand.page(&days));
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
            if hand.is_new && is_finger(event) {
                self.moving.set_value(None);
                return;
            }
            self.was_moved.set_value(true);
            self.begin(&mut hand, &days);
            if let Some(item) = hand.item() {
                let _ = item.set_pointer_capture(id);
            }
        }
        event.prevent_default();
        let spot = if hand.is_new {
            // From where it began to where the pointer is, downwards or upwards.
            let (began, at) = (hand.began.from, snapped(days.minute_at(hand.spot.day, at.1), FINE));
            Spot { from: began.min(at), length: (began - at).abs().max(FINE), ..hand.spot }
        } else if hand.resizes {
            let end = snapped(days.minute_at(hand.spot.day, at.1), FINE);
            Spot { length: (end - hand.spot.from).max(FINE), ..hand.spot }
        } else {
            days.dragged(hand.spot, at, hand.held_at)
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
            // The M of V and M chooses the month.
            if is_choosing_view(event.target()) {
                return false;
            }
            return match key.as_str() {
                "m" | "M" if has_letters => self.take_by_key(event.target()),
                "n" | "N" if has_letters => self.begin_by_key(event.target()),
                "Enter" if is_day_without_sessions(event.target()) => self.begin_by_key(event.target()),
                _ => false,
            };
        };
        let Some(days) = self.days() else { return false };
        match key.as_str() {
            "Enter" => self.end(true),
            "Escape" | "Tab" => self.end(false),
            key => {
                if let Some(spot) = days.stepped(hand.spot, key) {
                    self.go_to(hand, spot, &days);
                }
            }
        }
        key != "Tab"
    }

    fn take_by_key(self, target: Option<EventTarget>) -> bool {
        let (Some(days), Some(item)) = (self.days(), movable_under(target)) else { return false };
        let Some(mut hand) = Moving::of(&days, &item) else { return false };
        self.said.set(days.how().to_owned());
        self.begin(&mut hand, &days);
        self.moving.set_value(Some(hand));
        true
    }

    /// Begins a session on the day that has the focus: after the session that has it, or in the morning.
    fn begin_by_key(self, target: Option<EventTarget>) -> bool {
        let (Some(days), Some(element)) = (self.days(), target.and_then(|target| target.dyn_into::<Element>().ok())) else { return false };
        let (Some(address), Some(day)) = (days.plans(), days.day_of(&element)) else { return false };
        let after = element.closest("[data-to]").ok().flatten().and_then(|item| minutes(&item.get_attribute("data-to")?));
        let mut hand = Moving::begun(address, days.within(Spot { day, from: after.unwrap_or(MORNING), length: ASKED_FOR }));
        hand.came_from = element.id();
        self.begin(&mut hand, &days);
        self.said.set(format!("{HOW_NEW} {}", days.words(hand.spot)));
        if let Some(link) = hand.link() {
            let _ = link.focus();
        }
        self.moving.set_value(Some(hand));
        true
    }

    /// Shows what is in hand, and asks when it cannot be held.
    fn begin(self, hand: &mut Moving, days: &Days) {
        hand.is_under_way = true;
        if hand.is_new {
            days.plant(&hand.link, hand.spot);
        }
        hand.mark(true);
        self.busy.set_value(Vec::new());
        self.is_unread.set_value(false);
        ask_for_busy(hand.session(), days.range(), move |found| {
            if let Some(days) = self.days().filter(|_| self.moving.with_value(Option::is_some)) {
                let is_unread = found.is_none();
                let found = found.unwrap_or_default();
                if let Some(spot) = self.moving.with_value(|hand| hand.as_ref().map(|hand| hand.spot)) {
                    days.shade(&found, spot);
                }
                self.busy.set_value(found);
                self.is_unread.set_value(is_unread);
                if let Some(hand) = self.moving.get_value().filter(|hand| is_unread || self.why(hand, &days, |_| true).is_some()) {
                    self.say(&hand, &days);
                }
            }
        });
    }

    fn go_to(self, mut hand: Moving, spot: Spot, days: &Days) {
        hand.spot = days.within(spot);
        hand.put(days, hand.spot);
        self.say(&hand, days);
        self.moving.set_value(Some(hand));
    }

    /// Says where it is, and why it cannot be there, if it cannot.
    fn say(self, hand: &Moving, days: &Days) {
        let words = days.words(hand.spot);
        let why = match (self.refusal(hand, days), self.warning(hand, days)) {
            (Some(why), _) => format!("not possible, {why}"),
            (None, Some(why)) => format!("{why}, so a reason will be asked for"),
            (None, None) if self.is_unread.get_value() => UNREAD.to_owned(),
            (None, None) => String::new(),
        };
        hand.warn(&why);
        self.said.set(if why.is_empty() { words } else { format!("{words}: {why}") });
    }

    /// Ends the move: the page of changes is opened with where it was put, or it goes back to where it was.
    fn end(self, keeps: bool) {
        let (Some(hand), Some(days)) = (self.moving.get_value(), self.days()) else { return };
        self.moving.set_value(None);
        if !hand.is_under_way {
            return;
        }
        days.clear();
        let refusal = self.refusal(&hand, &days);
        if keeps && refusal.is_none() && (hand.is_new || hand.spot != hand.began) {
            let _ = window().location().set_href(&hand.page(&days));
            return;
        }
        hand.mark(false);
        if hand.is_new {
            self.leave_out(&hand, &days, refusal.filter(|_| keeps));
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

    /// Takes away a session that was begun and is not planned; the focus goes back to where it came from.
    fn leave_out(self, hand: &Moving, days: &Days, refusal: Option<String>) {
        let focus = document().get_element_by_id(&hand.came_from).or_else(|| days.link_of(hand.spot.day));
        let had_focus = hand.link().is_some_and(|link| document().active_element().is_some_and(|focused| *link == focused));
        if let Some(item) = hand.item() {
            item.remove();
        }
        if let Some(link) = focus.filter(|_| had_focus).and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            let _ = link.focus();
        }
        self.said.set(match refusal {
            Some(why) => format!("It cannot be held then: {why}. Nothing is planned."),
            None => "Nothing is planned.".to_owned(),
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
        let overlaps = |one: &&Busy| is_meant(one) && one.date == date && one.meets(hand.spot);
        self.busy.with_value(|busy| busy.iter().find(overlaps).map(|one| one.why.clone()))
    }
}

/// What is said where the server did not tell when a session cannot be held.
const UNREAD: &str = "when it cannot be held could not be read, so its page will say it";

/// What is said when a session is begun by key.
const HOW_NEW: &str =
    "A new session. The arrows go by a day or half an hour, plus and minus change the length. Enter plans it, Escape leaves it.";
