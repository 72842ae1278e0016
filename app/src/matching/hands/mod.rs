//! Moving somebody on a board by hand: they are taken with the mouse, by their grip with a finger, or with the letter M, and put where they should
//! be. What every place would do to the score, and which rules it would break, is computed by the engine in the browser while they are in hand.
//! Without it, whoever chooses a person is shown the same beside the board, with a form for each place.
//!
//! Whoever may be moved says so (`data-who`, what the round's file calls them), and so does every place (`data-whither`, what forms call it, with
//! its name in `data-name`). A place that breaks no rule is taken at once, and Undo takes it back; where one is broken, the page beside the board
//! asks why.

mod engine;
mod places;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use self::engine::{Answer, Engine, Known, WayKind};
use self::places::{Places, code_of, is_grip, person_under, place_under};
use crate::paths;
use crate::ui::{figure, full_stop, scroll_at_the_edge, signed};

/// A pointer that has moved less than this many pixels has only pressed.
const PRESSED: f64 = 5.0;

/// Lets people be moved on a board by hand.
#[island]
pub fn BoardHands(
    /// Whether keys that are letters do anything.
    has_letters: bool,
    /// The address of the engine; empty where there is none.
    engine: String,
    /// The number of the round.
    round: i64,
    /// How many changes the board had that is shown.
    seen: i64,
    children: Children,
) -> impl IntoView {
    let hands = Hands::new(round, seen);
    Effect::new(move |_| hands.wake(&engine));
    let press = move |event: KeyboardEvent| {
        if hands.press(&event, has_letters) {
            event.prevent_default();
        }
    };
    // Somebody who was put somewhere is not chosen by the same press.
    let click = move |event: MouseEvent| {
        if hands.was_moved.get_value() {
            event.prevent_default();
        }
    };
    let hand = NodeRef::<html::P>::new();
    Effect::new(move |_| {
        if let (Some((_, at)), Some(hand)) = (hands.shown.get(), hand.get()) {
            let _ = HtmlElement::from(hand).style().set_property("translate", &within_the_window(at));
        }
    });
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
        <p class="in-hand small" aria-hidden="true" hidden=move || hands.shown.with(Option::is_none) node_ref=hand>
            {move || hands.shown.get().map(|(words, _)| words)}
        </p>
        <p class="vh" aria-live="polite">{hands.said}</p>
    }
}

/// Somebody in hand.
#[derive(Clone, Debug)]
struct Taken {
    /// What the round's file calls them.
    who: String,
    name: String,
    /// Where they are, as forms call it.
    home: String,
    /// Over which place they are held.
    over: Option<String>,
    way: Held,
    is_under_way: bool,
}

#[derive(Clone, Copy, Debug)]
enum Held {
    ByKeys,
    ByPointer { id: i32, from: (f64, f64) },
}

/// Who is in hand, and what is known while they are.
#[derive(Clone, Copy)]
struct Hands {
    frame: NodeRef<html::Div>,
    /// About whom the engine is asked.
    asked: RwSignal<Option<String>>,
    /// Whether it is at work.
    has_engine: StoredValue<bool>,
    /// The number of the round.
    round: i64,
    /// How many changes the board had that is shown.
    seen: i64,
    taken: StoredValue<Option<Taken>>,
    /// Where they could go; nothing while the engine has not answered.
    answer: StoredValue<Option<Answer>>,
    /// Whether the last press was a move, and so no click.
    was_moved: StoredValue<bool>,
    /// What is shown beside the pointer, and where that is.
    shown: RwSignal<Option<(String, (f64, f64))>>,
    said: RwSignal<String>,
}

impl Hands {
    fn new(round: i64, seen: i64) -> Self {
        Self {
            frame: NodeRef::new(),
            asked: RwSignal::new(None),
            has_engine: StoredValue::new(false),
            round,
            seen,
            taken: StoredValue::new(None),
            answer: StoredValue::new(None),
            was_moved: StoredValue::new(false),
            shown: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    /// Sets the engine to work, so that it is there when it is asked.
    fn wake(self, engine: &str) {
        let Some(frame) = self.frame.get().filter(|_| !engine.is_empty()) else { return };
        let Some(engine) = Engine::begin(engine, &paths::round_board(self.round), move |answer| self.hear(answer)) else { return };
        // It stands here alone, since what belongs to the browser must not come to be on the server, whose threads hand a page on.
        Effect::new(move |_| self.asked.with(|who| who.iter().for_each(|who| engine.ask(who))));
        self.has_engine.set_value(true);
        let _ = frame.class_list().add_1("has-hands");
    }

    fn on<T>(self, ask: impl FnOnce(&Places) -> T) -> Option<T> {
        let frame: HtmlElement = self.frame.get_untracked()?.into();
        Some(ask(&Places(&frame)))
    }

    /// A pointer went down: on somebody who may be moved, it may become a move.
    fn take(self, event: &PointerEvent) {
        // Another finger takes nobody from the first.
        if self.taken.with_value(|taken| taken.as_ref().is_some_and(|taken| taken.is_under_way)) {
            return;
        }
        self.was_moved.set_value(false);
        let is_finger = event.pointer_type() == "touch";
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || is_finger && !is_grip(event.target()) {
            return;
        }
        let Some(who) = person_under(event.target()) else { return };
        let way = Held::ByPointer { id: event.pointer_id(), from: spot_of(event) };
        self.pick_up(who, way);
    }

    /// Takes somebody, and asks where they could go.
    fn pick_up(self, who: String, way: Held) -> bool {
        let found = self.on(|places| places.place_of(&who).map(|home| (places.name_of(&who), home))).flatten();
        let Some((name, home)) = found.filter(|_| self.has_engine.get_value()) else { return false };
        self.answer.set_value(None);
        self.asked.set(Some(who.clone()));
        self.taken.set_value(Some(Taken { who, name, home, over: None, way, is_under_way: false }));
        true
    }

    fn drag(self, event: &PointerEvent) {
        let Some(mut taken) = self.taken.get_value() else { return };
        let Held::ByPointer { id, from } = taken.way else { return };
        if id != event.pointer_id() {
            return;
        }
        let at = spot_of(event);
        if !taken.is_under_way {
            if (at.0 - from.0).hypot(at.1 - from.1) < PRESSED {
                return;
            }
            self.was_moved.set_value(true);
            self.begin(&mut taken);
            if let Some(frame) = self.frame.get_untracked() {
                let _ = frame.set_pointer_capture(id);
            }
        }
        event.prevent_default();
        scroll_at_the_edge(at.1);
        taken.over = place_under(event);
        self.hold(taken, Some(at));
    }

    fn let_go(self, event: &PointerEvent) {
        let is_mine = |taken: &Taken| matches!(taken.way, Held::ByPointer { id, .. } if id == event.pointer_id());
        let Some(taken) = self.taken.get_value().filter(is_mine) else { return };
        if taken.is_under_way {
            self.end(true);
        } else {
            self.taken.set_value(None);
        }
    }

    /// A key was pressed. Answers whether it meant something here.
    fn press(self, event: &KeyboardEvent, has_letters: bool) -> bool {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let key = event.key();
        let Some(taken) = self.taken.get_value().filter(|taken| matches!(taken.way, Held::ByKeys)) else {
            self.was_moved.set_value(false);
            return has_letters && matches!(key.as_str(), "m" | "M") && self.take_by_key(event);
        };
        match key.as_str() {
            "ArrowDown" | "ArrowRight" => self.step(taken, false),
            "ArrowUp" | "ArrowLeft" => self.step(taken, true),
            "Enter" => self.end(true),
            "Escape" | "Tab" => self.end(false),
            _ => {}
        }
        key != "Tab"
    }

    fn take_by_key(self, event: &KeyboardEvent) -> bool {
        let Some(who) = person_under(event.target()).filter(|who| self.pick_up(who.clone(), Held::ByKeys)) else { return false };
        if let Some(mut taken) = self.taken.get_value().filter(|taken| taken.who == who) {
            self.begin(&mut taken);
            self.said.set(format!("{} is in your hand. {HOW}", taken.name));
            self.taken.set_value(Some(taken));
        }
        true
    }

    /// Holds somebody over the next place where they could go, or the one before.
    fn step(self, mut taken: Taken, is_back: bool) {
        let is_place = |to: &str| to == taken.home || self.with_known(|known| known.ways.iter().any(|way| way.to == to)).unwrap_or(true);
        let from = taken.over.clone().unwrap_or_else(|| taken.home.clone());
        if let Some(next) = self.on(|places| places.beside(&from, is_place, is_back)).flatten() {
            taken.over = Some(next);
        }
        self.hold(taken, None);
    }

    fn begin(self, taken: &mut Taken) {
        taken.is_under_way = true;
        self.on(|places| places.mark(&taken.who, true));
        self.with_known(|known| self.on(|places| places.show(known)));
    }

    /// The engine has answered.
    fn hear(self, answer: Answer) {
        let Some(taken) = self.taken.get_value().filter(|taken| taken.who == answer.who) else { return };
        self.answer.set_value(Some(answer));
        if taken.is_under_way {
            self.with_known(|known| self.on(|places| places.show(known)));
            let at = self.shown.with_untracked(|shown| shown.as_ref().map(|(_, at)| *at));
            if taken.over.is_some() {
                self.hold(taken, at);
            }
        }
    }

    /// What is known, if it is of the board that is shown.
    fn with_known<T>(self, ask: impl FnOnce(&Known) -> T) -> Option<T> {
        self.answer.with_value(|answer| answer.as_ref()?.known.as_ref().filter(|known| known.seen == self.seen).map(ask))
    }

    /// Holds somebody over a place, or over none, and says what it would do to put them there.
    fn hold(self, taken: Taken, at: Option<(f64, f64)>) {
        self.on(|places| places.hold_over(taken.over.as_deref(), matches!(taken.way, Held::ByKeys)));
        let at = at.or_else(|| self.on(|places| places.corner_of(taken.over.as_deref()?)).flatten());
        let words = self.words(&taken);
        if taken.over.is_some() && self.said.with_untracked(|said| *said != words) {
            self.said.set(words.clone());
        }
        self.shown.set(at.map(|at| (words, at)));
        self.taken.set_value(Some(taken));
    }

    /// "Lena T. to Group 3: score 48,270 (+60)."
    fn words(self, taken: &Taken) -> String {
        let Some(to) = &taken.over else { return taken.name.clone() };
        let place = self.on(|places| places.place_name(to)).unwrap_or_default();
        if *to == taken.home {
            return format!("{place}, where {} is now.", taken.name);
        }
        let Some(answer) = self.answer.get_value() else { return format!("{} to {place}.", taken.name) };
        let Some(known) = answer.known else { return format!("{} to {place}. {UNREAD}", taken.name) };
        if known.seen != self.seen {
            return OVERTAKEN.to_owned();
        }
        let Some(way) = known.ways.iter().find(|way| way.to == *to) else {
            return format!("{place} is no place for {}", full_stop(&taken.name));
        };
        let score = format!("score {} ({})", figure(known.score + way.score_change), signed(way.score_change));
        match way.kind {
            WayKind::Free if to == NEW => format!("{} to a new group: {score}. It is shown before it is made.", taken.name),
            WayKind::Free => format!("{} to {place}: {score}.", taken.name),
            WayKind::WithReason => format!("{} to {place}: {score}. {} It needs a reason.", taken.name, way.broken),
            WayKind::Never => format!("{} to {place}: not possible. {}", taken.name, way.broken),
        }
    }

    /// Ends the move: they are put where they are held, or stay where they were.
    fn end(self, keeps: bool) {
        let Some(taken) = self.taken.get_value() else { return };
        self.taken.set_value(None);
        self.shown.set(None);
        if !taken.is_under_way {
            return;
        }
        self.on(|places| places.mark(&taken.who, false));
        let to = taken.over.clone().filter(|to| keeps && *to != taken.home);
        if to.is_some_and(|to| self.put(&taken, &to)) {
            return;
        }
        if let Some(link) = self.on(|places| places.link_of(&taken.who)).flatten() {
            let _ = link.focus();
        }
        let why = taken.over.as_ref().filter(|to| keeps && **to != taken.home).map(|_| self.words(&taken));
        let why = why.map(|why| format!("{why} ")).unwrap_or_default();
        self.said.set(format!("{why}{} stays where they were.", taken.name));
    }

    /// Puts somebody somewhere. Answers whether that can be.
    fn put(self, taken: &Taken, to: &str) -> bool {
        // Where the engine could not be asked, the server says what it thinks of it.
        let kind = self.answer.with_value(|answer| match answer.as_ref().and_then(|answer| answer.known.as_ref()) {
            Some(known) if known.seen == self.seen => known.ways.iter().find(|way| way.to == to).map(|way| way.kind),
            _ => Some(WayKind::WithReason),
        });
        match kind {
            Some(WayKind::Free) if to != NEW => self.on(|places| places.send(&taken.who, to)).unwrap_or(false),
            Some(WayKind::Free | WayKind::WithReason) => {
                let page = format!("{}&to={to}#where", paths::person_on_board(self.round, code_of(&taken.who)));
                window().location().set_href(&page).is_ok()
            }
            Some(WayKind::Never) | None => false,
        }
    }
}

/// What forms call a group that is opened.
const NEW: &str = "new";

/// What is said when somebody is taken by key.
const HOW: &str = "The arrows go from place to place. Enter puts them there, Escape leaves them where they are.";

/// What is said where the engine did not arrive.
const UNREAD: &str = "What it would do could not be computed; the page will say it.";

/// What is said where somebody else has changed the board.
const OVERTAKEN: &str = "Somebody changed this board a moment ago. Load the page again to see it as it is now.";

/// A place beside a spot of the screen, which leaves room for a few lines of words.
fn within_the_window((x, y): (f64, f64)) -> String {
    format!("min({x}px, calc(100vw - 22rem)) min({y}px, calc(100vh - 9rem))")
}

/// Where a pointer is on the screen.
fn spot_of(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
