//! The quiet mark beside a box. Without it the server says the same when the form is sent.

use std::time::Duration;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::model::{Finding, advice, look, name};

/// How long somebody has stopped typing before what they wrote is looked at: half a word is nobody's name.
const PAUSE: Duration = Duration::from_millis(600);

/// Lists under a box what in it could point to a family, and says each new finding aloud once. It stops nobody.
#[island]
pub fn GuardMarks(
    /// What stands in the box at first.
    text: String,
    children: Children,
) -> impl IntoView {
    let findings = RwSignal::new(look(&text));
    let said = RwSignal::new(String::new());
    let known = StoredValue::new(findings.get_untracked());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let look_again = move |event: Event| {
        let Some(text) = typed(&event) else { return };
        if let Some(pause) = pause.get_value() {
            pause.clear();
        }
        let look = move || {
            let now = look(&text);
            let new: Vec<Finding> = now.iter().filter(|finding| !known.with_value(|known| known.contains(finding))).cloned().collect();
            if let Some(words) = new.first().map(sentence) {
                said.set(words);
            }
            known.update_value(|known| known.extend(new));
            if findings.with_untracked(|findings| *findings != now) {
                findings.set(now);
            }
        };
        pause.set_value(set_timeout_with_handle(look, PAUSE).ok());
    };
    let lines = move || {
        findings.with(|findings| {
            findings.iter().map(|finding| view! { <li>{format!("{} {}", sentence(finding), advice(finding.category))}</li> }).collect_view()
        })
    };
    view! {
        <div on:input=look_again>{children()}</div>
        <ul class="plain small guard" hidden=move || findings.with(Vec::is_empty)>{lines}</ul>
        <p class="vh" aria-live="polite">{said}</p>
    }
}

fn sentence(finding: &Finding) -> String {
    format!("This looks like {}: “{}”.", name(finding.category), finding.part)
}

/// What stands in the box in which something was typed.
fn typed(event: &Event) -> Option<String> {
    let target = event.target()?;
    let area = target.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    area.or_else(|| target.dyn_ref::<HtmlInputElement>().filter(|input| input.type_() == "text").map(HtmlInputElement::value))
}
