//! The dates that a form of a series gives, while it is filled in. Without it the button shows them.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement};

use super::answers::{DateLine, Plan};
use super::forms::SeriesForm;
use super::outlook::{OwnDaysOff, outlook};
use super::words::{count_in_words, date_with_day, plan_of};

/// Says under the questions, which are its children, what their answers give; nothing as long as they give no series.
#[island]
pub fn DatesWhileAsked(
    /// The date in the United Kingdom.
    today: chrono::NaiveDate,
    /// What the series would step over.
    days_off: OwnDaysOff,
    children: Children,
) -> impl IntoView {
    let asked = NodeRef::<html::Div>::new();
    let plan = RwSignal::new(None::<Plan>);
    let look = move |_| {
        let form = asked.get_untracked().map(|asked| answers_in(&asked));
        plan.set(form.and_then(|form| {
            let rule = form.check(today).ok()?;
            let seen = outlook(&rule, &days_off);
            (seen.short_by == 0 && !seen.held.is_empty())
                .then(|| plan_of(&rule.pattern(), rule.length_minutes(), (&seen.held, &seen.skipped)))
        }));
    };
    view! {
        <div node_ref=asked on:input=look>
            {children()}
            <p class="above-4" aria-live="polite">
                {move || plan.get().map(|plan| format!("{}. {}", plan.words, count_in_words(plan.held(), plan.skips())))}
            </p>
            {move || plan.get().map(|plan| view! {
                <ul class="dates above-2">{plan.dates.into_iter().map(date_item).collect_view()}</ul>
            })}
        </div>
    }
}

fn date_item(line: DateLine) -> impl IntoView {
    let day = date_with_day(line.starts);
    let is_skipped = line.skipped.is_some();
    view! {
        <li class:is-skipped=is_skipped>
            <span>{day}</span>
            {line.skipped.map(|reason| view! { <small>{format!("No session. {reason}")}</small> })}
        </li>
    }
}

/// What stands in the fields at this moment.
fn answers_in(form: &Element) -> SeriesForm {
    let answer = |selector: &str| {
        let field = form.query_selector(selector).ok().flatten();
        field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| field.value()).unwrap_or_default()
    };
    SeriesForm {
        starts_on: answer("[name='starts_on']"),
        starts_time: answer("[name='starts_time']"),
        length_minutes: answer("[name='length_minutes']"),
        repeats: answer("[name='repeats']:checked"),
        every: answer("[name='every']"),
        ending: answer("[name='ending']:checked"),
        until_on: answer("[name='until_on']"),
        times: answer("[name='times']"),
        ..SeriesForm::default()
    }
}
