//! The attendance sheet: a line for each person, to fill in or to read.

use leptos::prelude::*;

use crate::account::has_letter_keys;
use crate::sessions::answers::{Apologies, Mark, SheetLine};
use crate::sessions::forms::{minutes_field, state_field};
use crate::sessions::island::AttendanceKeys;
use crate::sessions::model::AttendanceState;
use crate::ui::{Avatar, Badge, FormState, Tone, WhatIsWrong, day_and_month, field_id, field_name};

/// Radio buttons for each person, and the minutes where somebody was there for a part.
#[component]
pub fn AttendanceSheet(
    /// Who is on it.
    lines: Vec<SheetLine>,
    /// How long the session was planned.
    length_minutes: i64,
) -> impl IntoView {
    let lines = lines.into_iter().map(|line| view! { <Line line length_minutes /> }).collect_view();
    view! {
        <AttendanceKeys has_letters=has_letter_keys()>
            <ul class="attend above-2 no-print">{lines}</ul>
        </AttendanceKeys>
    }
}

#[component]
fn Line(line: SheetLine, length_minutes: i64) -> impl IntoView {
    let SheetLine { name, mark, apologies } = line;
    let state = FormState::of_form();
    let (state_name, minutes_name) = (state_field(&name.code), minutes_field(&name.code));
    let chosen = state.entered(&state_name).unwrap_or_else(|| mark.map(|mark| mark.state.key().to_owned()).unwrap_or_default());
    let minutes = mark.and_then(|mark| mark.minutes).map(|minutes| minutes.to_string()).unwrap_or_default();
    let minutes = state.entered(&minutes_name).unwrap_or(minutes);
    let (problem, minutes_problem) = (state.problem(&state_name), state.problem(&minutes_name));
    let radios = AttendanceState::OF_ONE.into_iter().map(|state| radio(state, &state_name, &chosen)).collect_view();
    view! {
        <li>
            <fieldset>
                <legend class="vh">{name.short.clone()}</legend>
                <Who initials=name.initials code=name.code short=name.short apologies />
                <WhatIsWrong problem />
                <span class="pick pick--many">{radios}</span>
                <Minutes name=minutes_name minutes length_minutes problem=minutes_problem />
            </fieldset>
        </li>
    }
}

fn radio(state: AttendanceState, name: &str, chosen: &str) -> impl IntoView + use<> {
    // The error summary leads to the first choice.
    let id = (state == AttendanceState::Attended).then(|| field_id(name));
    let tone = match state {
        AttendanceState::Attended => "p",
        AttendanceState::DidNotAttend => "b",
        _ => "w",
    };
    let is_chosen = chosen == state.key();
    let asks = state.is_part().then_some("minutes");
    view! {
        <label>
            <input type="radio" id=id name=field_name(name) value=state.key() checked=is_chosen data-asks=asks />
            <span class=tone>{state.name()}</span>
        </label>
    }
}

/// How long somebody was there, asked where it was a part.
#[component]
fn Minutes(name: String, minutes: String, length_minutes: i64, problem: Option<String>) -> impl IntoView {
    let id = field_id(&name);
    let error_id = problem.is_some().then(|| format!("{id}-error"));
    view! {
        <span class="extra extra--asked">
            <label for=id.clone()>"Minutes attended"</label>
            <input
                class="input num"
                id=id
                name=field_name(&name)
                inputmode="numeric"
                autocomplete="off"
                value=minutes
                aria-describedby=error_id.clone()
                aria-invalid=error_id.is_some().then_some("true")
            />
            <span class="muted">{format!("of {length_minutes}")}</span>
            {problem.map(|problem| view! { <span class="error-msg" id=error_id><span class="vh">"Error: "</span>{problem}</span> })}
        </span>
    }
}

#[component]
fn Who(initials: String, code: String, short: String, apologies: Option<Apologies>) -> impl IntoView {
    let sent = apologies.map(|apologies| {
        let late = if apologies.is_late { ", late" } else { "" };
        let reason = if apologies.reason.is_empty() { String::new() } else { format!(": {}", apologies.reason) };
        format!("Sent apologies on {}{late}{reason}", day_and_month(apologies.sent.date()))
    });
    view! {
        <span class="who">
            <Avatar initials code />
            <span><b>{short}</b>{sent.map(|sent| view! { <span class="small muted" data-apologies="">{sent}</span> })}</span>
        </span>
    }
}

/// What was marked, for reading.
#[component]
pub fn ReadSheet(
    /// Who is on it.
    lines: Vec<SheetLine>,
    /// Whether what stands there is final; until then only apologies are said.
    is_final: bool,
) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|SheetLine { name, mark, apologies }| {
            let badge = mark.filter(|_| is_final).map(mark_badge);
            view! {
                <li class="item item--row">
                    <div class="item__body"><Who initials=name.initials code=name.code short=name.short apologies /></div>
                    {badge}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list attend above-2 no-print">{lines}</ul> }
}

/// The sheet on paper: a table to be read or, before the session, to be filled in by hand, with room for everybody's signature.
#[component]
pub fn PrintedSheet(
    /// Who is on it.
    lines: Vec<SheetLine>,
    /// Whether what is marked is said; otherwise its cells are left empty.
    has_marks: bool,
) -> impl IntoView {
    let rows = lines.into_iter().map(|SheetLine { name, mark, .. }| {
        let words = mark.filter(|_| has_marks).map(|mark| mark.words());
        view! { <tr><th scope="row">{name.short}</th><td>{words}</td><td></td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <table class="table table--signed print-only above-3">
            <caption class="vh">"Attendance, to be signed"</caption>
            <thead><tr><th scope="col">"Name"</th><th scope="col">"Attendance"</th><th scope="col">"Signature"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn mark_badge(mark: Mark) -> impl IntoView {
    let tone = match mark.state {
        AttendanceState::Attended => Tone::Good,
        AttendanceState::DidNotAttend => Tone::Bad,
        AttendanceState::CancelledByCentre => Tone::Plain,
        _ => Tone::Warn,
    };
    view! { <Badge tone>{mark.words()}</Badge> }
}
