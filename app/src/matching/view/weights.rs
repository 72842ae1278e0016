//! How much each thing counts in the score of a round: a slider that says it in words and in points, and a number for whoever wants another.

use leptos::prelude::*;

use crate::matching::answers::WeightLine;
use crate::matching::levelling::weakest_first;
use crate::matching::mixes::{CRITERIA, Mix};
use crate::matching::model::{MEASURE, Strength};
use crate::matching::rules::GIVEN_OF_A_THOUSAND;
use crate::ui::{Field, FormState, SelectField, field_id, field_name, figure};

/// What goes first, the sliders, and the numbers below them.
#[component]
pub fn SoftRules(
    weights: Vec<WeightLine>,
    mixes: Vec<(String, Mix)>,
    /// Whether the weakest group goes first.
    #[prop(optional)]
    is_weakest_first: bool,
) -> impl IntoView {
    let measure = weights.iter().find(|line| line.name == MEASURE).map(|line| line.points).unwrap_or_default();
    let sliders = weights.iter().filter(|line| line.name != MEASURE).map(|line| view! { <Slider line=line.clone() /> });
    let sliders = sliders.collect_view();
    let fields = weights.into_iter().map(|line| {
        let WeightLine { name, words, points, usual } = line;
        // What no step of the slider gives is a number from the beginning.
        let value = if Strength::giving(points, usual).is_none() { points.to_string() } else { String::new() };
        view! { <Field name=format!("weights[{name}]") label=words kind="number" inputmode="numeric" class="input--short" value /> }
    });
    let fields = fields.collect_view();
    let is_refused = matches!(FormState::of_form(), FormState::Refused(_));
    view! {
        <WeakestFirst is_on=is_weakest_first />
        <Company mixes />
        <h3 class="h-sans above-4">"How much each counts"</h3>
        <p class="small muted below-3">{format!("Points beside the {} that each place adds. They are kept with the round. However much it counts to be kept together, a place counts more: people are apart rather than without one.", figure(measure))}</p>
        {sliders}
        <details class="above-4 small" open=is_refused>
            <summary>"Other numbers of points"</summary>
            <p class="muted above-2 below-3">"A whole number from 0 to 10,000 goes before the slider of the same name. What is empty is as the slider says."</p>
            <div class="fields">{fields}</div>
        </details>
    }
}

/// Whether the weakest group goes before all of them together.
#[component]
fn WeakestFirst(is_on: bool) -> impl IntoView {
    let entered = FormState::of_form().all_entered("weakest_first");
    let is_on = entered.and_then(|words| weakest_first(&words)).unwrap_or(is_on);
    let (id, name) = (field_id("weakest_first"), format!("{}[]", field_name("weakest_first")));
    let hint = format!("{id}-hint");
    view! {
        <h3 class="h-sans above-3">"What goes first"</h3>
        <input type="hidden" name=name.clone() value="no" />
        <label class="switch small above-2" for=id.clone()>
            <input type="checkbox" role="switch" id=id.clone() name=name value="yes" checked=is_on aria-describedby=hint.clone() />
            <span>"Weakest group first"</span>
        </label>
        <p class="small muted below-3" id=hint>
            {format!("Once the best groups are found, people are moved or change places so that the weakest group fits better, then the second weakest, and so on, though all groups together score less. Nobody loses a place, whoever is to stay stays, and two who are kept together are not taken apart. At most {GIVEN_OF_A_THOUSAND} of each 1,000 points are given for it, and the round says how many were.")}
        </p>
    }
}

/// In what groups should be alike, and in what mixed.
#[component]
fn Company(mixes: Vec<(String, Mix)>) -> impl IntoView {
    let options = Mix::ALL.map(|mix| (mix.key().to_owned(), mix.name().to_owned())).to_vec();
    let choices = CRITERIA.map(|criterion| {
        let now = mixes.iter().find(|(key, _)| key == criterion.key).map_or(Mix::Ignored, |(_, mix)| *mix);
        let name = format!("mixes[{}]", criterion.key);
        view! { <SelectField name label=criterion.name value=now.key() options=options.clone() /> }
    });
    view! {
        <h3 class="h-sans above-3">"Alike or mixed"</h3>
        <p class="small muted below-3">
            "Where groups should be alike, each kind beyond two takes points off, and with levels each beyond one. Where they should be mixed, each person beyond two of one kind does. Profession, language and setting count where people let them be used."
        </p>
        <div class="fields">{choices.into_iter().collect_view()}</div>
    }
}

/// A slider whose steps stand below it, each in words and in points, so that nothing needs a script to say where it is.
#[component]
fn Slider(line: WeightLine) -> impl IntoView {
    let WeightLine { name, words, points, usual } = line;
    let field = format!("strengths[{name}]");
    let (state, id) = (FormState::of_form(), field_id(&field));
    let now = Strength::giving(points, usual).unwrap_or(Strength::AsUsual);
    let place = state.entered(&field).filter(|place| Strength::at(place).is_some()).unwrap_or_else(|| now.place().to_string());
    let scale = format!("{id}-scale");
    let steps = Strength::ALL.map(|step| view! { <span>{step.name()}" "<b class="num">{figure(step.of(usual))}</b></span> });
    view! {
        <div class="field weigh">
            <label class="label" for=id.clone()>{words}</label>
            <input type="range" id=id name=state.sent_as(&field) min="0" max=(Strength::ALL.len() - 1).to_string() step="1" value=place aria-describedby=scale.clone() />
            <p class="weigh__scale" id=scale>{steps.into_iter().collect_view()}</p>
        </div>
    }
}
