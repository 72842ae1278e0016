//! Turning over to the page before or after, which is fetched ahead: its content is put into the page that is open, so that what does not change
//! from one to the other keeps its place and its focus, and a week of six hundred sessions is there at once.
//!
//! The links that lead there say so (`data-ahead`). Whatever does not go this way goes the ordinary one, by the link.

use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Date;
use leptos::web_sys::{Element, Event, MouseEvent, NodeList};

use super::page::{CONTENT, Focus, Page, find, here, is_being_filled_in, is_in_hand};
use super::{UPDATED, merge};

/// The links to the pages before and after this one.
const AHEAD: &str = "a[data-ahead]";
/// What is fired in the window when another page was put in.
const TURNED: &str = "turned";
/// For how long a page that was fetched ahead may be shown, in milliseconds; news makes an end of it at once.
const KEEPS: f64 = 300_000.0;

/// A page that is fetched ahead.
struct Ahead {
    address: String,
    /// When it was asked for, in milliseconds.
    asked: f64,
    /// Nothing while it is on its way.
    page: Option<Page>,
}

thread_local! {
    static FETCHED: RefCell<Vec<Ahead>> = const { RefCell::new(Vec::new()) };
    /// Path and query of what is shown, which the address is ahead of on the way back.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Fetches the pages before and after, and shows them when their links are followed.
#[island]
pub fn Turning() -> impl IntoView {
    let said = RwSignal::new(String::new());
    Effect::new(move |_| {
        SHOWN.set(here());
        fetch_ahead();
        let _stays = window_event_listener(ev::click, follow);
        // What was fetched may have changed as well; it is fetched again when somebody is about to go there.
        let _stays = window_event_listener_untyped(UPDATED, |_| FETCHED.with_borrow_mut(Vec::clear));
        for name in ["pointerover", "focusin"] {
            let _stays = window_event_listener_untyped(name, |event| {
                if link_of(&event).is_some() {
                    fetch_ahead();
                }
            });
        }
        let _stays = window_event_listener(ev::popstate, |_| go_back());
        let _stays = window_event_listener_untyped(TURNED, move |_| said.set(document().title()));
    });
    view! { <p class="vh" aria-live="polite">{said}</p> }
}

/// Turns over to a page, if it was fetched ahead and nobody is in the middle of anything. A fragment says what is to have the focus there.
pub fn turn_to(address: &str) -> bool {
    let (page, fragment) = address.split_once('#').map_or((address, None), |(page, fragment)| (page, Some(fragment)));
    if is_in_hand() || is_being_filled_in() {
        return false;
    }
    let Some(page) = fetched(page) else { return false };
    let is_in_history = window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address))).is_ok();
    if is_in_history {
        show(&page, fragment.is_some());
    }
    is_in_history
}

/// Takes a page out of what was fetched, unless it is too old.
fn fetched(address: &str) -> Option<Page> {
    FETCHED.with_borrow_mut(|pages| {
        let place = pages.iter().position(|ahead| ahead.address == address && ahead.page.is_some())?;
        let ahead = pages.swap_remove(place);
        ahead.page.filter(|_| is_fresh(ahead.asked))
    })
}

fn is_fresh(asked: f64) -> bool {
    Date::now() - asked < KEEPS
}

fn follow(event: MouseEvent) {
    let is_plain = event.button() == 0 && !(event.ctrl_key() || event.shift_key() || event.alt_key() || event.meta_key());
    let address = link_of(&event).and_then(|link| link.get_attribute("href"));
    if let Some(address) = address.filter(|_| is_plain && !event.default_prevented())
        && turn_to(&address)
    {
        event.prevent_default();
    }
}

/// The way back and forward among pages that were turned over to. An address that differs in its fragment alone is on the page.
fn go_back() {
    let address = here();
    if SHOWN.with_borrow(|shown| *shown == address) {
        return;
    }
    if let Some(page) = fetched(&address) {
        show(&page, true);
        return;
    }
    spawn_local(async move {
        match Page::fetch(address).await {
            Ok(Some(page)) if page.address == here() => show(&page, true),
            // Somebody has gone on meanwhile.
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => {
                let _ = window().location().reload();
            }
        }
    });
}

/// Puts in what is different. The focus stays where it is, unless the page itself gives it to something when it wakes.
fn show(page: &Page, is_given_focus: bool) {
    let Some(content) = find(CONTENT) else { return };
    let focus = (!is_given_focus).then(|| Focus::now(&content));
    merge::bring_up_to_date(&content, &page.content);
    if let Some(focus) = focus {
        focus.give_back();
    }
    document().set_title(&page.title);
    SHOWN.set(page.address.clone());
    if let Ok(event) = Event::new(TURNED) {
        let _ = window().dispatch_event(&event);
    }
    fetch_ahead();
}

/// Fetches what the page's links lead to, if it is neither there nor on its way, and forgets everything else.
fn fetch_ahead() {
    let Ok(links) = document().query_selector_all(AHEAD) else { return };
    let addresses: Vec<String> = elements(&links).filter_map(|link| link.get_attribute("href")).collect();
    FETCHED.with_borrow_mut(|pages| pages.retain(|ahead| addresses.contains(&ahead.address) && is_fresh(ahead.asked)));
    for address in addresses {
        let asked = Date::now();
        let is_new = FETCHED.with_borrow_mut(|pages| {
            let is_new = pages.iter().all(|ahead| ahead.address != address);
            if is_new {
                pages.push(Ahead { address: address.clone(), asked, page: None });
            }
            is_new
        });
        if is_new {
            spawn_local(async move { keep(&address, asked, Page::fetch(address.clone()).await.ok().flatten()) });
        }
    }
}

/// Keeps what has come, unless it was forgotten meanwhile.
fn keep(address: &str, asked: f64, page: Option<Page>) {
    FETCHED.with_borrow_mut(|pages| {
        let Some(place) = pages.iter().position(|ahead| ahead.address == address && ahead.asked.total_cmp(&asked).is_eq()) else { return };
        let mut ahead = pages.swap_remove(place);
        ahead.page = page;
        pages.extend(Some(ahead).filter(|ahead| ahead.page.is_some()));
    });
}

fn elements(list: &NodeList) -> impl Iterator<Item = Element> {
    (0..list.length()).filter_map(move |place| list.item(place)?.dyn_into().ok())
}

fn link_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(AHEAD).ok().flatten()
}
