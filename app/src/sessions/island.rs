//! The letter keys of the attendance sheet. Without them it is a sheet of radio buttons, which says the same.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};

use super::model::AttendanceState;

/// Marks the person whose line has the focus with one letter, and goes on to the next; each mark is said aloud once.
#[island]
pub fn AttendanceKeys(
    /// Whether keys that are letters do anything.
    has_letters: bool,
    children: Children,
) -> impl IntoView {
    let sheet = NodeRef::<html::Div>::new();
    let (is_awake, set_awake) = signal(false);
    let (said, set_said) = signal(String::new());
    Effect::new(move |_| set_awake.set(true));
    let press = move |event: KeyboardEvent| {
        if !has_letters || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(line) = focused_line(&event) else { return };
        let answer = if event.shift_key() {
            if event.key() == "P" && line.previous_element_sibling().is_none() {
                sheet.get_untracked().map(|sheet| all_present(&sheet))
            } else {
                None
            }
        } else {
            state_of_key(&event.key()).and_then(|state| mark(&line, state))
        };
        if let Some(answer) = answer {
            event.prevent_default();
            set_said.set(answer);
        }
    };
    view! {
        <div node_ref=sheet on:keydown=press>{children()}</div>
        <p class="small muted above-2 for-keys">
            "Keys: Tab goes to the next person, the arrow keys choose, Enter saves."
            <span hidden=move || !(has_letters && is_awake.get())>
                " On a person’s line: P present, T came late, E left early, A apologies, L late apologies, N absent; Shift and P on the first line: all present."
            </span>
        </p>
        <p class="vh" aria-live="polite">{said}</p>
    }
}

fn state_of_key(key: &str) -> Option<AttendanceState> {
    Some(match key {
        "p" | "P" => AttendanceState::Attended,
        "t" | "T" => AttendanceState::Late,
        "e" | "E" => AttendanceState::LeftEarly,
        "a" | "A" => AttendanceState::Apologies,
        "l" | "L" => AttendanceState::CancelledByMember,
        "n" | "N" => AttendanceState::DidNotAttend,
        _ => return None,
    })
}

/// The line whose radio buttons have the focus. In the field for minutes, a letter is a letter.
fn focused_line(event: &KeyboardEvent) -> Option<Element> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    if input.type_() == "radio" { input.closest("li").ok()? } else { None }
}

/// Chooses a state, and moves the focus: to the minutes where they are asked for, otherwise to the next person.
fn mark(line: &Element, state: AttendanceState) -> Option<String> {
    choose(line, state)?;
    let said = format!("{}: {}", name_of(line), state.name());
    if state.is_part() {
        focus(line, "input:not([type=radio])");
        return Some(format!("{said}. How many minutes?"));
    }
    let Some(next) = line.next_element_sibling() else {
        focus_choice(line);
        return Some(format!("{said}. That was the last line."));
    };
    focus_choice(&next);
    Some(format!("{said}. Next: {}", name_of(&next)))
}

/// Everybody is present who is not marked yet, but for those whose line says apologies of either kind.
fn all_present(sheet: &Element) -> String {
    let mut line = sheet.query_selector(".attend > li").ok().flatten();
    let mut last = None;
    while let Some(present) = line {
        if !has_apologies(&present) && !is_marked(&present) {
            choose(&present, AttendanceState::Attended);
        }
        line = present.next_element_sibling();
        last = Some(present);
    }
    if let Some(last) = last {
        focus_choice(&last);
    }
    "Everybody else is present.".to_owned()
}

fn has_apologies(line: &Element) -> bool {
    line.query_selector("[data-apologies]").ok().flatten().is_some()
}

fn is_marked(line: &Element) -> bool {
    line.query_selector("input:checked").ok().flatten().is_some()
}

fn choose(line: &Element, state: AttendanceState) -> Option<()> {
    let radio = line.query_selector(&format!("input[value={}]", state.key())).ok()??;
    radio.dyn_into::<HtmlInputElement>().ok()?.set_checked(true);
    Some(())
}

/// Where Tab would go: to what is chosen on the line, otherwise to its first choice.
fn focus_choice(line: &Element) {
    if !focus(line, "input:checked") {
        focus(line, "input[type=radio]");
    }
}

fn focus(line: &Element, selector: &str) -> bool {
    let control = line.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    control.is_some_and(|control| control.focus().is_ok())
}

fn name_of(line: &Element) -> String {
    line.query_selector("legend").ok().flatten().and_then(|legend| legend.text_content()).unwrap_or_default()
}
