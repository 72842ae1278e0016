//! The form by which a case is decided.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::report::reasons;
use crate::guard::Guarded;
use crate::moderation::Outcome;
use crate::moderation::answers::Case;
use crate::moderation::api::DecideCase;
use crate::moderation::model::PAUSES;
use crate::ui::{Choices, Hidden, PostForm, SelectField, TextArea};

/// What can be decided, why, and what the author is told beside it.
#[component]
pub fn Decide(
    /// The case.
    case: Case,
) -> impl IntoView {
    let is_report = case.reported.is_some();
    let possible: &[Outcome] = if is_report { &Outcome::OF_REPORTS } else { &Outcome::OF_WAITING };
    let outcomes = possible.iter().map(|outcome| (outcome.key().to_owned(), outcome.name().to_owned())).collect();
    let reasons = [(String::new(), "Choose, unless nothing is wrong".to_owned())].into_iter().chain(reasons()).collect();
    let days = PAUSES.map(|days| (days.to_string(), if days == 1 { "1 day".to_owned() } else { format!("{days} days") }));
    let days = [(String::new(), "No pause".to_owned())].into_iter().chain(days).collect();
    let told = if is_report {
        "Its author and everybody who reported it are told what became of the post. The reason and your words are for its author alone."
    } else {
        "Its author is told."
    };
    view! {
        <section class="card" aria-labelledby="decide">
            <div class="card__head"><h2 id="decide">{if case.is_appealed { "Decide again" } else { "Decide" }}</h2></div>
            <PostForm action=DecideCase::PATH>
                <Hidden name="code" value=case.code />
                <Hidden name="version" value=case.version.to_string() />
                <Choices name="outcome" legend="What becomes of it?" options=outcomes />
                <SelectField name="reason" label="Why?" options=reasons />
                {is_report.then(|| view! { <SelectField name="days" label="For how long is posting paused?" options=days hint="Only where you pause it." /> })}
                <Guarded name="words">
                    <TextArea name="words" label="What do you tell the author? (optional)" hint="Needed where they are to change something." />
                </Guarded>
                <p class="small muted above-3">{told}</p>
                <div class="form-foot"><button class="btn" type="submit">"Decide"</button></div>
            </PostForm>
        </section>
    }
}
