//! A page as the browser fetches it itself, and what of the page that is open must not be lost when the other is put in.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlElement, HtmlTemplateElement, Request, RequestInit, Response};
use wasm_bindgen_futures::JsFuture;

use super::{AGAIN, merge};

/// Where pages stand, in the one that is shown and in the one that is fetched.
pub const CONTENT: &str = "#main";
/// What somebody is in the middle of: a session in hand, an open dialog, a form that was refused with what they typed.
const IN_HAND: &str = ".ev--moving, dialog[open], #main [role=alert]";

/// What a page is answered with that is closed to whoever asks.
const FORBIDDEN: u16 = 403;
/// What a page is answered with that is not there, or no longer for whoever asks.
const NOT_FOUND: u16 = 404;

/// A page that was fetched.
pub struct Page {
    /// Path and query.
    pub address: String,
    /// What the browser shows as its title.
    pub title: String,
    /// What stands in it, in no document yet.
    pub content: Element,
}

impl Page {
    /// Fetches a page; nothing where the server would have somebody sign in first, knows of no such page any more, or has closed it to them.
    pub async fn fetch(address: String) -> Result<Option<Self>, JsValue> {
        let how = RequestInit::new();
        let request = Request::new_with_str_and_init(&address, &how)?;
        request.headers().set("Accept", "text/html")?;
        request.headers().set(AGAIN, "1")?;
        let response: Response = JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()?;
        if response.redirected() || [FORBIDDEN, NOT_FOUND].contains(&response.status()) {
            return Ok(None);
        }
        if !response.ok() {
            return Err(JsValue::NULL);
        }
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        // Nothing in a template runs or loads.
        let template: HtmlTemplateElement = document().create_element("template")?.dyn_into()?;
        template.set_inner_html(&text);
        let title = template.content().query_selector("title")?.and_then(|title| title.text_content()).unwrap_or_default();
        let content = template.content().query_selector(CONTENT)?.ok_or(JsValue::NULL)?;
        Ok(Some(Self { address, title, content }))
    }
}

/// Path and query of the page that is open.
pub fn here() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Whether somebody is in the middle of something that another content of the page would take from them.
pub fn is_in_hand() -> bool {
    find(IN_HAND).is_some()
}

/// Whether somebody has typed or chosen something on the page that is not sent yet.
pub fn is_being_filled_in() -> bool {
    find(CONTENT).is_some_and(|content| merge::is_being_filled_in(&content))
}

/// What has the focus, by its name and by the day that it is in: the element itself may give way to another.
pub struct Focus {
    element: Option<Element>,
    day: Option<String>,
}

impl Focus {
    pub fn now(content: &Element) -> Self {
        let element = document().active_element().filter(|focused| content.contains(Some(focused)));
        let day = element.as_ref().and_then(|element| element.closest("[data-day]").ok().flatten()?.get_attribute("data-day"));
        Self { element, day }
    }

    /// Gives it back to the same element, to the one of the same name, or to the day that it was in.
    pub fn give_back(self) {
        let Some(element) = self.element else { return };
        if document().active_element().is_some_and(|focused| focused == element) {
            return;
        }
        let same = || Some(element.clone()).filter(|element| element.is_connected());
        let named = || Some(element.id()).filter(|id| !id.is_empty()).and_then(|id| document().get_element_by_id(&id));
        let of_day = || self.day.and_then(|day| find(&format!("#main [data-day='{day}'] a")));
        let found = same().or_else(named).or_else(of_day).or_else(|| find(CONTENT));
        if let Some(found) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    }
}

pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
