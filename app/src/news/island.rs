//! Listening for news, and fetching the page again when there is some.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::{Date, Math};
use leptos::web_sys::{Element, Event, EventSource};

use super::page::{CONTENT, Focus, Page, find, here, is_being_filled_in, is_in_hand};
use super::{CHANGED, ENDED, UPDATED, merge};
use crate::paths;

/// The page's age, as the server said it.
const AS_OF: &str = "[data-as-of]";
/// How long to wait for whoever is in the middle of something.
const PATIENCE: Duration = Duration::from_millis(700);
/// How long to wait before listening again, and at most, in seconds.
const FIRST_WAIT: f64 = 1.0;
const LONGEST_WAIT: f64 = 60.0;
/// How long a form that was sent may take to lead to the next page, or to say that it is a file, in milliseconds.
const LEADING_ON: f64 = 10_000.0;
/// From which wait on the page itself is asked for.
const DOUBTFUL: f64 = 4.0;
/// Those who hear the same news do not all ask at the same moment: they are spread over so many milliseconds. The server answers them by turns.
const SPREAD: f64 = 100.0;

/// Listens for news while the page is in view, and brings it up to date; what somebody is typing, has in hand or has the focus on stays.
#[island]
pub fn Listening(
    /// What is said when something on the page has changed.
    said: String,
    /// What of the page is brought up to date; all of it where nothing is named.
    only: String,
    /// What the page is about.
    about: String,
) -> impl IntoView {
    let (words, said) = (said, RwSignal::new(String::new()));
    Effect::new(move |_| {
        // Made here, since what belongs to the browser must not come to be on the server, whose threads hand a page on.
        let listener = Listener {
            source: StoredValue::new_local(None),
            wait: StoredValue::new(FIRST_WAIT),
            is_asking: StoredValue::new(false),
            is_over: StoredValue::new(false),
            leaves_until: StoredValue::new(0.0),
            words: StoredValue::new(words.clone()),
            only: StoredValue::new(only.clone()),
            about: StoredValue::new(about.clone()),
            said,
        };
        listener.open();
        // A page out of view hears nothing; it catches up when it comes back. So does one that the browser keeps for the way back.
        for name in ["visibilitychange", "pageshow", "pagehide"] {
            let _stays = window_event_listener_untyped(name, move |event| {
                if event.type_() == "pageshow" {
                    listener.leaves_until.set_value(0.0);
                }
                if document().hidden() || event.type_() == "pagehide" { listener.close() } else { listener.open() }
            });
        }
        let _stays = window_event_listener_untyped("submit", move |event| {
            let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            // That of a dialog closes it, and leads nowhere.
            let leads_on = form.is_some_and(|form| form.get_attribute("method").as_deref() != Some("dialog"));
            if leads_on && !event.default_prevented() {
                listener.leave();
            }
        });
    });
    view! { <p class="vh" aria-live="polite">{said}</p> }
}

#[derive(Clone, Copy)]
struct Listener {
    source: StoredValue<Option<EventSource>, LocalStorage>,
    /// How long to wait after the next failure, in seconds.
    wait: StoredValue<f64>,
    /// Whether the page is being fetched, or about to be.
    is_asking: StoredValue<bool>,
    /// Whether the server has said that there will be no more.
    is_over: StoredValue<bool>,
    /// Until when a form that was sent may lead to another page, in milliseconds.
    leaves_until: StoredValue<f64>,
    words: StoredValue<String>,
    only: StoredValue<String>,
    about: StoredValue<String>,
    said: RwSignal<String>,
}

impl Listener {
    fn open(self) {
        let is_open = self.source.with_value(Option::is_some);
        if is_open || document().hidden() || self.is_over.get_value() || self.is_leaving() {
            return;
        }
        let as_of = find(AS_OF).and_then(|mark| mark.get_attribute("data-as-of")).unwrap_or_default();
        let Ok(source) = EventSource::new(&format!("{}?since={as_of}&about={}", paths::LISTEN, self.about.get_value())) else { return };
        self.on(&source, CHANGED, Self::ask);
        self.on(&source, ENDED, Self::end);
        self.on(&source, "open", |listener| listener.wait.set_value(FIRST_WAIT));
        self.on(&source, "error", Self::try_later);
        self.source.set_value(Some(source));
    }

    fn on(self, source: &EventSource, name: &str, does: fn(Self)) {
        let heard = Closure::<dyn Fn(Event)>::new(move |_| does(self)).into_js_value();
        let _ = source.add_event_listener_with_callback(name, heard.unchecked_ref());
    }

    /// What was sent is news itself, and the page that it leads to must not be overtaken by the one that it leaves.
    fn leave(self) {
        self.close();
        self.leaves_until.set_value(Date::now() + LEADING_ON);
        set_timeout(move || self.open(), Duration::try_from_secs_f64(LEADING_ON / 1_000.0).unwrap_or(PATIENCE));
    }

    fn is_leaving(self) -> bool {
        Date::now() < self.leaves_until.get_value()
    }

    fn is_busy(self) -> bool {
        self.is_leaving() || is_in_hand()
    }

    fn close(self) {
        if let Some(source) = self.source.try_update_value(Option::take).flatten() {
            source.close();
        }
    }

    /// Waits twice as long after each failure, and not as long as everybody else.
    fn try_later(self) {
        self.close();
        let wait = self.wait.get_value();
        self.wait.set_value((wait * 2.0).min(LONGEST_WAIT));
        let seconds = wait * (0.5 + Math::random());
        // What goes wrong again and again may be that nobody is signed in here any more, which the page itself finds out.
        let again = if wait < DOUBTFUL { Self::open } else { Self::ask };
        set_timeout(move || again(self), Duration::try_from_secs_f64(seconds).unwrap_or(PATIENCE));
    }

    /// There is news: the page is fetched once, however much of it comes together.
    fn ask(self) {
        if self.is_asking.get_value() {
            return;
        }
        self.is_asking.set_value(true);
        let soon = Duration::try_from_secs_f64(Math::random() * SPREAD / 1_000.0).unwrap_or_default();
        set_timeout(move || self.fetch(), soon);
    }

    fn fetch(self) {
        if self.is_busy() {
            set_timeout(move || self.fetch(), PATIENCE);
            return;
        }
        self.is_asking.set_value(false);
        spawn_local(async move {
            match Page::fetch(here()).await {
                Ok(Some(page)) => self.put_in(&page),
                Ok(None) => self.end(),
                // The server is away, or the line is: listening again brings the next chance.
                Err(_) => self.try_later(),
            }
        });
    }

    /// Puts in what is different.
    fn put_in(self, page: &Page) {
        // Something may have been taken in hand while the page was on its way, or the page turned over.
        if self.is_busy() || page.address != here() {
            self.ask();
            return;
        }
        let Some(content) = find(CONTENT) else { return };
        let focus = Focus::now(&content);
        let only = self.only.get_value();
        let has_changed = if only.is_empty() {
            merge::bring_up_to_date(&content, &page.content)
        } else {
            let parts = find(&only).zip(page.content.query_selector(&only).ok().flatten());
            parts.is_some_and(|(old, new)| merge::bring_up_to_date(&old, &new))
        };
        focus.give_back();
        if let Ok(event) = Event::new(UPDATED) {
            let _ = window().dispatch_event(&event);
        }
        if has_changed {
            // The same words twice are said once, so that they are taken away first.
            self.said.set(String::new());
            set_timeout(move || self.said.set(self.words.get_value()), Duration::from_millis(100));
        }
        self.open();
    }

    /// Whoever would no longer be let in is shown that, unless they are typing: what they typed is theirs.
    fn end(self) {
        self.is_over.set_value(true);
        self.close();
        if !self.is_busy() && !is_being_filled_in() {
            let _ = window().location().reload();
        }
    }
}
