//! Turning over to the page before or after, which is fetched ahead: its content is put into the page that is open, so that what does not change
//! from one to the other keeps its place and its focus, and a week of six hundred sessions is there at once.
//!
//! The links that lead there say so (`data-ahead`). Whatever does not go this way goes the ordinary one, by the link.

use std::cell::RefCell;
use std::time::Duration;

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

/// How long to wait for a page that is on its way, before going there the ordinary way, on which the browser shows that it is coming.
const PATIENCE: Duration = Duration::from_millis(700);

/// A page that is fetched ahead.
struct Ahead {
    address: String,
    /// When it was asked for, in milliseconds.
    asked: f64,
    /// Nothing while it is on its way.
    page: Option<Page>,
    /// Where somebody wants to be as soon as it has come, with what is to have the focus.
    wanted: Option<String>,
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
        // What was fetched may have changed as well.
        let _stays = window_event_listener_untyped(UPDATED, |_| {
            FETCHED.with_borrow_mut(|pages| pages.retain(|ahead| ahead.wanted.is_some()));
            fetch_ahead();
        });
        // What has become too old is fetched again when somebody is about to go there.
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
    if is_in_hand() || is_being_filled_in() {
        return false;
    }
    let page = page_of(address);
    if let Some(page) = fetched(page) {
        let address = address.to_owned();
        // What is turned over wakes anew, which it cannot do within the press that asked for it.
        spawn_local(async move { turn(&address, &page) });
        return true;
    }
    let is_on_its_way = want(page, address);
    if is_on_its_way {
        let address = address.to_owned();
        set_timeout(move || give_up(&address), PATIENCE);
    }
    is_on_its_way
}

fn turn(address: &str, page: &Page) {
    match window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address))) {
        Ok(()) => show(page, address.contains('#')),
        Err(_) => go(address),
    }
}

/// The ordinary way.
fn go(address: &str) {
    let _ = window().location().set_href(address);
}

/// An address without its fragment.
fn page_of(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// Takes a page out of what was fetched, unless it is too old.
fn fetched(address: &str) -> Option<Page> {
    FETCHED.with_borrow_mut(|pages| {
        let place = pages.iter().position(|ahead| ahead.address == address && ahead.page.is_some())?;
        let ahead = pages.swap_remove(place);
        ahead.page.filter(|_| is_fresh(ahead.asked))
    })
}

/// Somebody wants to be on a page that is on its way, and on no other. Answers whether it is.
fn want(page: &str, address: &str) -> bool {
    FETCHED.with_borrow_mut(|pages| {
        for ahead in pages.iter_mut() {
            ahead.wanted = (ahead.address == page).then(|| address.to_owned());
        }
        pages.iter().any(|ahead| ahead.address == page)
    })
}

/// Goes the ordinary way to a page that has not come.
fn give_up(address: &str) {
    let is_wanted = FETCHED.with_borrow(|pages| pages.iter().any(|ahead| ahead.wanted.as_deref() == Some(address)));
    if is_wanted && !is_in_hand() {
        go(address);
    }
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
                pages.push(Ahead { address: address.clone(), asked, page: None, wanted: None });
            }
            is_new
        });
        if is_new {
            spawn_local(async move { keep(&address, asked, Page::fetch(address.clone()).await.ok().flatten()) });
        }
    }
}

/// Keeps what has come, unless it was forgotten meanwhile, or shows it to whoever waits for it.
fn keep(address: &str, asked: f64, page: Option<Page>) {
    let ahead = FETCHED.with_borrow_mut(|pages| {
        let place = pages.iter().position(|ahead| ahead.address == address && ahead.asked.total_cmp(&asked).is_eq())?;
        Some(pages.swap_remove(place))
    });
    match (ahead.map(|ahead| ahead.wanted), page) {
        (Some(None), Some(page)) => {
            FETCHED.with_borrow_mut(|pages| pages.push(Ahead { address: address.to_owned(), asked, page: Some(page), wanted: None }));
        }
        // Whoever has taken a session in hand since then wants that more.
        (Some(Some(_)), _) if is_in_hand() => {}
        (Some(Some(wanted)), Some(page)) => turn(&wanted, &page),
        (Some(Some(wanted)), None) => go(&wanted),
        (Some(None), None) | (None, _) => {}
    }
}

fn elements(list: &NodeList) -> impl Iterator<Item = Element> {
    (0..list.length()).filter_map(move |place| list.item(place)?.dyn_into().ok())
}

fn link_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(AHEAD).ok().flatten()
}
