//! Whether somebody works for their authority: the question where they are entered, and how it stands on their page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ConfirmPerson;
use super::confirmation::{Confirmation, Confirmed, WorksThere};
use crate::ui::{Badge, Choices, Field, Hidden, PostForm, Tone, day_month_year};

/// The question in a form that enters people with an authority. It stands inside the form, which knows what was chosen before it was refused.
#[component]
pub fn WorksThereQuestion(
    /// When it is asked, and what follows.
    hint: &'static str,
) -> impl IntoView {
    let options = vec![
        (WorksThere::NAMED.to_owned(), "Yes, the authority named them".to_owned()),
        (WorksThere::ASK.to_owned(), "Ask the authority’s lead".to_owned()),
    ];
    view! {
        <Choices
            name="works_there"
            legend="Has the authority confirmed that they work there?"
            hint=hint
            chosen=vec![WorksThere::NAMED.to_owned()]
            options
        />
        <Field name="how" label="How the authority confirmed it (optional)" hint="For example, named on the list of 3 November" />
    }
}

/// How it stands with somebody, and the Centre's own word where the authority's is missing.
#[component]
pub fn WhetherWorksThere(
    /// The eight-character code.
    code: String,
    /// The slug of the authority.
    authority: String,
    /// How it stands.
    confirmation: Confirmation,
    /// Whether the reader may change it.
    may_change: bool,
) -> impl IntoView {
    let tone = match confirmation.confirmed {
        Confirmed::Yes => Tone::Good,
        Confirmed::Waits | Confirmed::NoLead => Tone::Warn,
        Confirmed::Denied => Tone::Bad,
    };
    let is_open = confirmation.confirmed == Confirmed::Yes;
    let sentence = confirmation.sentence(|at| day_month_year(::series::local(at).date()));
    let confirm = (may_change && !is_open).then(|| {
        view! {
            <PostForm action=ConfirmPerson::PATH class="above-4">
                <Hidden name="code" value=code />
                <Hidden name="authority" value=authority />
                <Hidden name="shown" value=confirmation.confirmed.key().to_owned() />
                <Field name="how" label="How the authority confirmed it" hint="For example, named on the list of 3 November" />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Confirm that they work there"</button></div>
            </PostForm>
        }
    });
    view! {
        <section class="card" aria-labelledby="works-there">
            <div class="card__head"><h2 id="works-there">"Works there"</h2><Badge tone>{confirmation.confirmed.name()}</Badge></div>
            <p>{sentence}</p>
            {(!is_open).then(|| view! { <p class="small muted above-2">"Until it is confirmed, the community is closed to them. Their supervision goes on."</p> })}
            {confirm}
        </section>
    }
}
