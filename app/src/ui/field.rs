//! Fields: label above, hint between, what is wrong above the control, what was typed kept.

use leptos::prelude::*;

use super::form::{FormState, field_id};
use super::words::{and, escaped};

/// What stands around a control: its label, hint and problem, and the identities that join them.
struct Frame {
    id: String,
    sent_as: String,
    described_by: Option<String>,
    problem: Option<String>,
    value: String,
    /// What is stored, where somebody else changed it meanwhile.
    now: Option<String>,
}

impl Frame {
    fn of(name: &str, value: String, has_hint: bool) -> Self {
        let state = FormState::of_form();
        let id = field_id(name);
        let problem = state.problem(name);
        let mut parts = Vec::new();
        if has_hint {
            parts.push(format!("{id}-hint"));
        }
        if problem.is_some() {
            parts.push(format!("{id}-error"));
        }
        let entered = state.entered(name);
        let now = entered.as_ref().filter(|entered| is_overtaken(&state) && is_other(entered, &value)).map(|_| value.clone());
        if now.is_some() {
            parts.push(format!("{id}-now"));
        }
        let described_by = (!parts.is_empty()).then(|| parts.join(" "));
        Self { described_by, problem, sent_as: state.sent_as(name), value: entered.unwrap_or(value), now, id }
    }
}

fn is_overtaken(state: &FormState) -> bool {
    matches!(state, FormState::Overtaken(_))
}

/// Whether two texts differ in more than how a browser ends their lines.
fn is_other(one: &str, other: &str) -> bool {
    !one.trim().lines().eq(other.trim().lines())
}

/// What somebody else put into a field while this form was being filled in.
#[component]
fn Now(id: String, now: Option<String>) -> impl IntoView {
    now.map(|now| {
        let said =
            if now.trim().is_empty() { "Meanwhile it was emptied.".to_owned() } else { format!("Meanwhile it was changed to: {now}") };
        view! { <p class="hint overtaken" id=format!("{id}-now")>{said}</p> }
    })
}

/// What is wrong with an answer, said as such also to whoever does not see its colour.
#[component]
pub fn WhatIsWrong(
    /// What has to change; nothing where nothing is wrong.
    problem: Option<String>,
    /// Its identity in the page, by which its field refers to it.
    #[prop(optional)]
    id: Option<String>,
) -> impl IntoView {
    problem.map(|problem| view! { <p class="error-msg" id=id><span class="vh">"Error: "</span>{problem}</p> })
}

#[component]
fn Around(id: String, label: String, hint: String, problem: Option<String>, now: Option<String>, children: Children) -> impl IntoView {
    let has_problem = problem.is_some();
    view! {
        <div class="field" class:field--error=has_problem data-astray=(!FormState::is_known()).then_some("")>
            <label class="label" for=id.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <WhatIsWrong problem id=format!("{id}-error") />
            {children()}
            <Now id now />
        </div>
    }
}

/// One line of text, a date, a time, a number, an e-mail address or a password.
#[component]
pub fn Field(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// The kind of HTML input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Further classes, for a width.
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let frame = Frame::of(&name, value, !hint.is_empty());
    // A password is the one thing that is never sent back.
    let value = if kind == "password" { String::new() } else { frame.value };
    view! {
        <Around id=frame.id.clone() label hint problem=frame.problem.clone() now=frame.now>
            <input
                class=format!("input {class}")
                id=frame.id
                name=frame.sent_as
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                aria-describedby=frame.described_by
                aria-invalid=frame.problem.is_some().then_some("true")
            />
        </Around>
    }
}

/// A file, for a form that is sent with one.
#[component]
pub fn FileField(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// The endings and kinds of files that the browser offers: `.csv,text/csv`.
    accept: &'static str,
) -> impl IntoView {
    let frame = Frame::of(&name, String::new(), !hint.is_empty());
    view! {
        <Around id=frame.id.clone() label hint problem=frame.problem.clone() now=None>
            <input
                class="input"
                id=frame.id
                name=frame.sent_as
                type="file"
                accept=accept
                aria-describedby=frame.described_by
                aria-invalid=frame.problem.is_some().then_some("true")
            />
        </Around>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// How many lines are shown.
    #[prop(default = 4)]
    rows: u16,
) -> impl IntoView {
    let frame = Frame::of(&name, value, !hint.is_empty());
    view! {
        <Around id=frame.id.clone() label hint problem=frame.problem.clone() now=frame.now>
            <textarea
                class="textarea"
                id=frame.id
                name=frame.sent_as
                rows=rows.to_string()
                aria-describedby=frame.described_by
                aria-invalid=frame.problem.is_some().then_some("true")
            >{escaped(&frame.value)}</textarea>
        </Around>
    }
}

/// One of a list.
#[component]
pub fn SelectField(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// What is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// Each choice: what is sent, and the words.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let frame = Frame::of(&name, value, !hint.is_empty());
    let now = frame.now.map(|now| words_of(&options, [now]));
    let options = options
        .into_iter()
        .map(|(key, words)| {
            let is_chosen = key == frame.value;
            view! { <option value=key selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <Around id=frame.id.clone() label hint problem=frame.problem.clone() now>
            <select
                class="select"
                id=frame.id
                name=frame.sent_as
                aria-describedby=frame.described_by
                aria-invalid=frame.problem.is_some().then_some("true")
            >{options}</select>
        </Around>
    }
}

/// The words of what is chosen, in the order of the choices.
fn words_of(options: &[(String, String)], chosen: impl AsRef<[String]>) -> String {
    let chosen = options.iter().filter(|(key, _)| chosen.as_ref().contains(key));
    and(&chosen.map(|(_, words)| words.clone()).collect::<Vec<_>>())
}

/// Radio buttons (one of a few) or tick boxes (any of a few) under one question.
#[component]
pub fn Choices(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// What is chosen at first.
    #[prop(optional)]
    chosen: Vec<String>,
    /// Each choice: what is sent, and the words.
    options: Vec<(String, String)>,
    /// Tick boxes instead of radio buttons.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let state = FormState::of_form();
    let (stored, chosen) = (chosen.clone(), state.all_entered(&name).unwrap_or(chosen));
    let now = (is_overtaken(&state) && options.iter().any(|(key, _)| stored.contains(key) != chosen.contains(key)))
        .then(|| words_of(&options, stored));
    let problem = state.problem(&name);
    let has_problem = problem.is_some();
    let id = field_id(&name);
    let described_by =
        [(!hint.is_empty(), "hint"), (now.is_some(), "now")].map(|(is_there, part)| is_there.then(|| format!("{id}-{part}")));
    let described_by = Some(described_by.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|parts| !parts.is_empty());
    let sent_as = if several { format!("{}[]", state.sent_as(&name)) } else { state.sent_as(&name) };
    let options = options
        .into_iter()
        .enumerate()
        .map(|(place, (key, words))| {
            let is_chosen = chosen.contains(&key);
            // The error summary leads to the first choice.
            let id = if place == 0 { id.clone() } else { format!("{id}-{place}") };
            view! {
                <label class="choice" for=id.clone()>
                    <input type=if several { "checkbox" } else { "radio" } id=id.clone() name=sent_as.clone() value=key checked=is_chosen />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:field--error=has_problem aria-describedby=described_by data-astray=(!FormState::is_known()).then_some("")>
            <legend class="label">{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <WhatIsWrong problem id=format!("{id}-error") />
            {options}
            <Now id now />
        </fieldset>
    }
}

/// A value that the person does not see.
#[component]
pub fn Hidden(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What is sent.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let is_astray = !FormState::is_known();
    view! { <input type="hidden" name=FormState::of_form().sent_as(&name) value=value data-astray=is_astray.then_some("") /> }
}
