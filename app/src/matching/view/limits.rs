//! What bounds a round: the needs that its groups can meet, the places of one authority, and the share of a contract.

use leptos::prelude::*;

use crate::matching::limits::Limits;
use crate::matching::needs::{Mode, asked, key_of};
use crate::registration::Need;
use crate::ui::{Field, FormState, Hidden, field_id, lower_first};

/// The switches and numbers, in the form in which they stand.
#[component]
pub fn LimitFields(
    /// The keys of the needs that are met; nothing of a round from before that was asked, in which neither they nor the share can be chosen.
    needs_met: Option<Vec<String>>,
    /// A number, or empty.
    most_places: String,
    /// A number.
    most_share: String,
) -> impl IntoView {
    let share = if needs_met.is_some() {
        view! {
            <Field name="most_share" label="Nobody is proposed more than how much of their contracted hours in this round, in per cent?"
                hint="With what they lead already, in the first two weeks. Of whoever has no contract entered nothing is asked."
                kind="number" inputmode="numeric" class="input--short" value=most_share />
        }
        .into_any()
    } else {
        view! {
            <Hidden name="most_share" value=most_share />
            <p class="small muted">"This round was asked before needs and the share of a contract could be chosen. Start another round to choose them."</p>
        }
        .into_any()
    };
    view! {
        <Hidden name="limits_shown" value="yes" />
        {needs_met.map(|needs_met| view! { <NeedSwitches needs_met /> })}
        <Field name="most_places" label="No more than how many places for one authority in this round? (optional)"
            hint="Where more of its people ask, those have the places for whom it is most urgent, then those who wait longest; the others are left out and told here with where they stand. They are chosen before groups are looked for, so that the number holds in every proposal."
            kind="number" inputmode="numeric" class="input--short" value=most_places />
        {share}
    }
}

/// A switch for each need and each way to meet of which it is asked.
#[component]
fn NeedSwitches(needs_met: Vec<String>) -> impl IntoView {
    let state = FormState::of_form();
    let on = state.all_entered("needs_met").unwrap_or(needs_met);
    let (id, sent_as) = (field_id("needs_met"), format!("{}[]", state.sent_as("needs_met")));
    let switches = asked().enumerate().map(|(place, (need, mode))| {
        // The error summary leads to the first of them.
        let id = if place == 0 { id.clone() } else { format!("{id}-{place}") };
        let key = key_of((need, mode));
        let is_on = on.contains(&key);
        view! {
            <li>
                <label class="switch" for=id.clone()>
                    <input type="checkbox" role="switch" id=id.clone() name=sent_as.clone() value=key checked=is_on />
                    <span>{in_words(need, mode)}</span>
                </label>
            </li>
        }
    });
    let problem = state.problem("needs_met");
    let has_problem = problem.is_some();
    let hint = format!("{id}-hint");
    view! {
        <fieldset class="field" class:field--error=has_problem aria-describedby=hint.clone()>
            <legend class="label">"What can groups of this round meet of what people need?"</legend>
            <p class="hint" id=hint.clone()>
                "Whoever needs what is turned off is placed only in the other way to meet, if they asked for it. Nothing is asked of online groups for step-free access or a hearing loop, nor of a room for captions."
            </p>
            {problem.map(|problem| view! { <p class="error-msg"><span class="vh">"Error: "</span>{problem}</p> })}
            <ul class="plain small">{switches.collect_view()}</ul>
        </fieldset>
    }
}

/// "Step-free access, in person".
fn in_words(need: Need, mode: Mode) -> String {
    format!("{}, {}", need.name(), lower_first(mode.name()))
}

/// The limits with which a round was asked.
#[component]
pub fn LimitsHeld(limits: Limits) -> impl IntoView {
    let needs = match limits.needs_met {
        None => "Did not count yet".to_owned(),
        Some(met) => {
            let words: Vec<String> =
                asked().filter(|(need, mode)| met.has(*need, *mode)).map(|(need, mode)| in_words(need, mode)).collect();
            if words.is_empty() { "None of those that are listed".to_owned() } else { words.join("; ") }
        }
    };
    let places = limits.most_places.map_or_else(|| "As many as ask".to_owned(), |most| format!("{most} at most"));
    view! {
        <section class="card" aria-labelledby="limits">
            <div class="card__head"><h2 id="limits">"Needs, places and hours"</h2></div>
            <dl class="summary">
                <div><dt>"Needs that its groups meet"</dt><dd>{needs}</dd></div>
                <div><dt>"Places for one authority in this round"</dt><dd>{places}</dd></div>
                <div><dt>"Contracted hours"</dt><dd>{format!("{}% at most", limits.most_share)}</dd></div>
            </dl>
        </section>
    }
}
