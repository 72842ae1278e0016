//! Text that keeps itself while somebody writes.

use std::time::Duration;

use leptos::ev::BeforeUnloadEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FormData, HtmlFormElement};

use crate::error::AppError;

/// How long after the first change what stands there is kept; whoever writes on is kept again as often.
const KEEP_AFTER: Duration = Duration::from_secs(4);

/// Keeps a form on the server while somebody writes in it, and says so. A copy is counted each time that it is kept, so that a window that was left
/// open does not write over what was written in another one.
#[derive(Clone, Copy, Debug)]
pub struct Keeping {
    /// How often the copy of which this window knows was kept.
    kept: StoredValue<i64>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    is_on_its_way: StoredValue<bool>,
    is_unkept: StoredValue<bool>,
    is_sent: StoredValue<bool>,
    said: RwSignal<String>,
}

impl Keeping {
    /// Of a copy that was kept so often; 0 where there is none. Whoever leaves with words that are not kept is asked once.
    pub fn new(kept: i64) -> Self {
        let keeping = Self {
            kept: StoredValue::new(kept),
            waiting: StoredValue::new(None),
            is_on_its_way: StoredValue::new(false),
            is_unkept: StoredValue::new(false),
            is_sent: StoredValue::new(false),
            said: RwSignal::new(String::new()),
        };
        Effect::new(move |_| {
            let handle = window_event_listener(leptos::ev::beforeunload, move |event: BeforeUnloadEvent| {
                if keeping.is_unkept.get_value() && !keeping.is_sent.get_value() {
                    event.prevent_default();
                }
            });
            on_cleanup(move || handle.remove());
        });
        keeping
    }

    /// Somebody wrote: what `keep` finds there in a moment is kept. It is told how often it was kept before, and answers how often it is now.
    pub fn changed<F, A>(self, keep: F)
    where
        F: FnOnce(i64) -> A + 'static,
        A: Future<Output = Result<i64, AppError>> + 'static,
    {
        self.is_unkept.set_value(true);
        if self.is_sent.get_value() || self.waiting.with_value(Option::is_some) {
            return;
        }
        let timeout = set_timeout_with_handle(move || self.keep(keep), KEEP_AFTER);
        self.waiting.set_value(timeout.ok());
    }

    /// The form is sent: what was about to be kept is a draft no more.
    pub fn sent(self) {
        self.is_sent.set_value(true);
        if let Some(timeout) = self.waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    }

    /// What is said to whoever writes.
    pub fn said(self) -> RwSignal<String> {
        self.said
    }

    fn keep<F, A>(self, keep: F)
    where
        F: FnOnce(i64) -> A + 'static,
        A: Future<Output = Result<i64, AppError>> + 'static,
    {
        self.waiting.set_value(None);
        // One at a time: a second one would look like that of another window.
        if self.is_on_its_way.get_value() {
            return self.changed(keep);
        }
        self.is_on_its_way.set_value(true);
        spawn_local(async move {
            let answer = keep(self.kept.get_value()).await;
            self.is_on_its_way.set_value(false);
            self.said.set(match answer {
                Ok(kept) => {
                    self.kept.set_value(kept);
                    self.is_unkept.set_value(self.waiting.with_value(Option::is_some));
                    "Your draft is kept.".to_owned()
                }
                Err(AppError::Conflict(words)) => words,
                Err(_) => "Your draft could not be kept just now. What you typed is still here.".to_owned(),
            });
        });
    }
}

/// What stands in the fields of the form within an element.
#[derive(Clone, Debug)]
pub struct Entered(FormData);

impl Entered {
    /// What stands there now.
    pub fn within(frame: &Element) -> Option<Self> {
        let form: HtmlFormElement = frame.query_selector("form").ok()??.dyn_into().ok()?;
        FormData::new_with_form(&form).ok().map(Self)
    }

    /// What stands in a field; nothing where there is none.
    pub fn of(&self, name: &str) -> String {
        self.0.get(&format!("form[{name}]")).as_string().unwrap_or_default()
    }

    /// Whether a box of a field is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.0.has(&format!("form[{name}][]"))
    }
}
