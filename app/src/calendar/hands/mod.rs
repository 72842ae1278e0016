//! Moving a session by hand, in the calendar and on the board: it is taken with the mouse, a finger that rests on it, or the letter M, put where it
//! should be, and its page then asks which sessions change and shows what that comes to. Without it, the same page is reached from the session.
//!
//! A session that may be moved says so (`data-moves`, the address of that page). Where it stands is what its `data-from` and `data-to` say and which
//! day it is in, so moving it is changing those; nothing is measured but where the pointer is. Times at which it cannot be held are asked for when
//! the move begins, and stand in the days as shaded stretches with their reason. In a month a session goes from day to day and keeps its time. On the
//! board it does so too, and goes to another supervisor besides, if the reader chooses who leads a session (`data-changes-leader`); whose a line is
//! and on which dates it has days stands at its head (`data-leader`, `data-date`).
//!
//! A session that is yet to be planned is taken in the same way: an empty stretch is drawn with the mouse, held with a finger, or asked for with
//! the letter N, or with Enter on a day that has no session. It stands in the day while it is in hand, and the page that it opens asks which group
//! it is for. The grid says whether the reader plans at all (`data-plans`, the address of that page).

mod busy;
mod days;
mod moving;
mod said;
mod spot;
mod under;

use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement};

use self::busy::{Busy, Question, ask_for_busy};
use self::days::Days;
use self::moving::{Moving, Way};
use self::spot::{FINE, Layout, Lines, Spot, minutes, snapped};
use self::under::{
    Grip, come_back_to_session, grip_under, is_choosing_view, is_day_without_sessions, is_empty_under, is_finger, movable_under, place_of,
};
use crate::changes::{BUSY_LEADERS, BUSY_TIMES};
use crate::ui::scroll_at_the_edge;

/// A pointer that has moved less than this many pixels has only pressed.
const PRESSED: f64 = 5.0;

/// A finger that rests for so long takes a session, or asks for one on an empty stretch.
const HELD: Duration = Duration::from_millis(550);
/// How long a session is that was not drawn but asked for, in minutes.
const ASKED_FOR: i32 = 60;
/// When it begins on a day that says nothing else.
const MORNING: i32 = 10 * 60;

/// What is said when a session is begun by key.
const HOW_NEW: &str =
    "A new session. The arrows go by a day or half an hour, plus and minus change the length. Enter plans it, Escape leaves it.";

/// What on the page says how sessions are moved by hand. It is hidden until they can be.
const SAYS_HOW: &str = "[data-says-how]";

/// Lets sessions be moved, resized and begun by hand in a grid of days.
#[island]
pub fn SessionHands(
    /// Whether keys that are letters do anything.
    has_letters: bool,
    children: Children,
) -> impl IntoView {
    let hands = Hands::new();
    Effect::new(move |_| {
        let Some(frame) = hands.frame.get() else { return };
        if let Some(words) = frame.query_selector(SAYS_HOW).ok().flatten() {
            let _ = words.remove_attribute("hidden");
        }
        come_back_to_session(&frame);
    });
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
            on:touchmove=move |event| {
                // What is in hand is moved, and the page is not.
                if event.cancelable() && hands.is_dragging() {
                    event.prevent_default();
                }
            }
            on:contextmenu=move |event| {
                // A finger that rests on a link would otherwise be shown what else can be done with it.
                if hands.is_rested_on() {
                    event.prevent_default();
                }
            }
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

    /// Whether a pointer has something in hand.
    fn is_dragging(self) -> bool {
        self.holds(|hand| hand.is_under_way && matches!(hand.way, Way::Pointer { .. }))
    }

    /// Whether a finger is on something that it takes by resting there.
    fn is_rested_on(self) -> bool {
        self.holds(|hand| matches!(hand.way, Way::Pointer { must_rest: true, .. }))
    }

    fn holds(self, is_so: impl Fn(&Moving) -> bool) -> bool {
        self.moving.with_value(|hand| hand.as_ref().is_some_and(is_so))
    }

    /// A pointer went down: on a session that may be moved, it may become a move.
    fn take(self, event: &PointerEvent) {
        // A second finger takes nothing from the first.
        if self.is_dragging() {
            return;
        }
        self.was_moved.set_value(false);
        if event.button() != 0 || event.ctrl_key() || event.meta_key() {
            return;
        }
        let Some(days) = self.days() else { return };
        let Some(item) = movable_under(event.target()) else { return self.take_empty(event, &days) };
        let Some(mut hand) = Moving::of(&days, &item).filter(|hand| days.lie_side_by_side(hand.spot.day)) else { return };
        let grip = grip_under(event.target());
        hand.resizes = grip == Some(Grip::End);
        hand.held_at = days.minute_at(hand.spot.day, place_of(event).1) - hand.spot.from;
        // A finger scrolls, unless it begins on the grips or rests.
        self.wait_for(hand, event, is_finger(event) && grip.is_none());
    }

    /// Waits for what a pointer that went down does next.
    fn wait_for(self, mut hand: Moving, event: &PointerEvent, must_rest: bool) {
        let id = event.pointer_id();
        hand.way = Way::Pointer { id, from: place_of(event), must_rest };
        self.moving.set_value(Some(hand));
        if must_rest {
            set_timeout(move || self.hold(id), HELD);
        }
    }

    /// A pointer went down on an empty stretch: for whoever plans it may become a session.
    fn take_empty(self, event: &PointerEvent, days: &Days) {
        let Some(address) = days.plans().filter(|_| is_empty_under(event.target())) else { return };
        let at = place_of(event);
        let Some(day) = days.day_at(at) else { return };
        let from = snapped(days.minute_at(day, at.1) - FINE / 2, FINE);
        let hand = Moving::begun(address, days.within(Spot { day, from, length: FINE }));
        self.wait_for(hand, event, is_finger(event));
    }

    /// A finger has rested long enough, if it is there still.
    fn hold(self, pointer: i32) {
        let rests = |hand: &Moving| !hand.is_under_way && matches!(hand.way, Way::Pointer { id, .. } if id == pointer);
        let (Some(mut hand), Some(days)) = (self.moving.get_value().filter(rests), self.days()) else { return };
        self.moving.set_value(None);
        if hand.is_new {
            hand.spot = days.within(Spot { length: ASKED_FOR, ..hand.spot });
            let _ = window().location().set_href(&hand.page(&days));
            return;
        }
        self.begin_by_pointer(&mut hand, pointer, &days);
        self.say(&hand, &days);
        self.moving.set_value(Some(hand));
    }

    /// From here on every move of the pointer is a move of what it holds, wherever on the page it is.
    fn begin_by_pointer(self, hand: &mut Moving, pointer: i32, days: &Days) {
        self.was_moved.set_value(true);
        self.begin(hand, days);
        if let Some(frame) = self.frame.get_untracked() {
            let _ = frame.set_pointer_capture(pointer);
        }
    }

    fn drag(self, event: &PointerEvent) {
        let Some(mut hand) = self.moving.get_value() else { return };
        let Way::Pointer { id, from, must_rest } = hand.way else { return };
        let Some(days) = self.days().filter(|_| id == event.pointer_id()) else { return };
        let at = place_of(event);
        if !hand.is_under_way {
            if (at.0 - from.0).hypot(at.1 - from.1) < PRESSED {
                return;
            }
            if must_rest {
                self.moving.set_value(None);
                return;
            }
            self.begin_by_pointer(&mut hand, id, &days);
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
        if matches!(days.layout(), Layout::Board(_)) {
            scroll_at_the_edge(at.1);
        }
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
            self.was_moved.set_value(false);
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
                if let Some(spot) = days.layout().stepped(hand.spot, key) {
                    self.go_to(hand, spot, &days);
                }
            }
        }
        key != "Tab"
    }

    fn take_by_key(self, target: Option<EventTarget>) -> bool {
        let (Some(days), Some(item)) = (self.days(), movable_under(target)) else { return false };
        let Some(mut hand) = Moving::of(&days, &item) else { return false };
        self.said.set(days.layout().how().to_owned());
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
        // Where it can go to another supervisor, the times of all of them are of use.
        let function = if matches!(days.layout(), Layout::Board(Lines { may_be_left: true, .. })) { BUSY_LEADERS } else { BUSY_TIMES };
        ask_for_busy(&Question { function, session: hand.session(), days: days.range() }, move |found| {
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
}
