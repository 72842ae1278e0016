//! When a session cannot be held, or only with a reason, as the page asks the server while the session is in somebody's hand.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, JSON, Reflect};
use leptos::web_sys::{Request, RequestInit, Response};
use wasm_bindgen_futures::JsFuture;

use super::spot::{Spot, minutes};

/// A stretch of a day at which the session in hand cannot be held, or only with a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// "2026-10-22".
    pub date: String,
    /// Minutes of the day.
    pub from: i32,
    /// Minutes of the day.
    pub to: i32,
    /// "Dr Ruth A. is at another session".
    pub why: String,
    /// Whether it can be held all the same by whoever gives a reason, for which its page asks.
    pub needs_reason: bool,
    /// The code of whoever would lead it then.
    pub leader: String,
}

impl Busy {
    /// Whether a session that stands there would meet it, on its day and in its line.
    pub(super) fn meets(&self, spot: Spot) -> bool {
        self.from < spot.to() && spot.from < self.to
    }
}

/// What the server is asked.
pub struct Question<'a> {
    /// The function that answers it.
    pub function: &'static str,
    /// The code of the session; empty for one that is yet to be planned.
    pub session: &'a str,
    /// The first day and the last.
    pub days: (&'a str, &'a str),
}

/// Asks when a session cannot be held. Where no answer comes, or none of use, that is said instead: nothing shaded is not the same as nothing busy.
pub fn ask_for_busy(question: &Question<'_>, show: impl Fn(Option<Vec<Busy>>) + 'static) {
    let Question { function, session, days: (from, until) } = *question;
    let body = format!("form[session]={session}&form[from]={from}&form[until]={until}");
    spawn_local(async move { show(ask(function, &body).await.ok().as_ref().and_then(read)) });
}

async fn ask(function: &str, body: &str) -> Result<JsValue, JsValue> {
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_body(&JsValue::from_str(body));
    let request = Request::new_with_str_and_init(function, &how)?;
    request.headers().set("Content-Type", "application/x-www-form-urlencoded")?;
    request.headers().set("Accept", "application/json")?;
    let response: Response = JsFuture::from(leptos::prelude::window().fetch_with_request(&request)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?;
    JSON::parse(&text.as_string().unwrap_or_default())
}

/// The lines of an answer, if it is one that has lines.
fn read(answer: &JsValue) -> Option<Vec<Busy>> {
    let word = |line: &JsValue, name: &str| Reflect::get(line, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    let is_set = |line: &JsValue, name: &str| Reflect::get(line, &JsValue::from_str(name)).is_ok_and(|value| value.is_truthy());
    let line = |line: JsValue| {
        let (from, to) = (word(&line, "from")?, word(&line, "to")?);
        let (date, why, leader) = (word(&line, "date")?, word(&line, "why")?, word(&line, "leader")?);
        Some(Busy { date, from: minutes(&from)?, to: minutes(&to)?, why, needs_reason: is_set(&line, "needs_reason"), leader })
    };
    answer.dyn_ref::<Array>().map(|lines| lines.iter().filter_map(line).collect())
}
