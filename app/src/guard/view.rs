//! The rules beside a box, and the box with its marks.

use leptos::prelude::*;

use super::island::GuardMarks;
use super::model::look;
use crate::ui::FormState;

/// Under this name a writer says that what was found is nobody's.
const NOBODYS: &str = "nobodys";

/// What to leave out, in one line, and the rest folded behind it.
#[component]
pub fn GuardRules() -> impl IntoView {
    view! {
        <details class="small above-3 below-2 no-print">
            <summary>"Leave out anything that could identify a family"</summary>
            <ul class="above-1">
                <li>"No full names of children, parents or relatives. Say “the mother”, or use an invented first name."</li>
                <li>"No dates of birth, addresses or postcodes. Say an age, and the kind of place."</li>
                <li>"No NHS numbers, case numbers, telephone numbers, email addresses or numbers of cars."</li>
                <li>"What looks like one of these is shown to you before anything is saved. It can be wrong, and it does not see everything."</li>
            </ul>
        </details>
    }
}

/// The rules, a field, and what in the field could point to a family. It stands in the form, around the field.
#[component]
pub fn Guarded(
    /// The field's name in the form type.
    #[prop(into)]
    name: String,
    /// What stands in the field at first.
    #[prop(optional, into)]
    value: String,
    children: Children,
) -> impl IntoView {
    let state = FormState::of_form();
    let text = state.entered(&name).unwrap_or(value);
    // Only who was stopped is asked: a box that stands there always is ticked always.
    let was_stopped = state.problem(&name).is_some() && !look(&text).is_empty();
    let is_nobodys = was_stopped.then(|| {
        view! {
            <label class="choice above-2">
                <input type="checkbox" name=state.sent_as(NOBODYS) value="yes" />
                <span>"I have looked again: none of this is about a family. Save it as it is."</span>
            </label>
        }
    });
    view! {
        <GuardRules />
        <GuardMarks text>{children()}</GuardMarks>
        {is_nobodys}
    }
}
