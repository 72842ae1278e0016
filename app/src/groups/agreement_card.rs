//! The agreement of a group in a few lines, on the group's page.

use leptos::prelude::*;

use super::answers::{AgreementCard, AgreementFacts};
use crate::paths;
use crate::ui::{Icon, day_month_year};

/// Which version is in force, who has not agreed yet, and the way to the text.
#[component]
pub(super) fn AgreementSummary(slug: String, card: AgreementCard, may_plan: bool) -> impl IntoView {
    let has_any = card.in_force.is_some() || card.proposed.is_some();
    let has_proposal = card.proposed.is_some();
    view! {
        <section class="card" aria-labelledby="agreement">
            <div class="card__head">
                <h2 id="agreement">"Agreement"</h2>
                {has_any.then(|| view! { <a href=paths::agreement(&slug)>"Read it"</a> })}
            </div>
            {(!has_any).then(|| view! { <p class="muted">"No agreement has been proposed yet."</p> })}
            {has_any.then(|| view! { <dl class="facts">{card.in_force.map(in_force)}{card.proposed.map(proposed)}</dl> })}
            {(may_plan && !has_proposal).then(|| view! {
                <div class="card__foot">
                    <a class="btn btn--second" href=paths::propose_agreement(&slug)>
                        <Icon name="file-text" />
                        {if has_any { "Propose a change" } else { "Propose an agreement" }}
                    </a>
                </div>
            })}
        </section>
    }
}

fn in_force(facts: AgreementFacts) -> impl IntoView {
    let waiting = waiting_names(&facts);
    view! {
        <dt>"In force"</dt>
        <dd>{format!("Since {}, version {}", day_month_year(facts.since), facts.version)}</dd>
        <dt>"Review"</dt>
        <dd>{day_month_year(facts.review_on)}</dd>
        <dt>"Agreed"</dt>
        <dd>{waiting.unwrap_or_else(|| "By everybody in the group".to_owned())}</dd>
    }
}

fn proposed(facts: AgreementFacts) -> impl IntoView {
    let waiting = waiting_names(&facts);
    view! {
        <dt class="above-2">"Proposed"</dt>
        <dd class="above-2">{format!("On {}, version {}", day_month_year(facts.since), facts.version)}</dd>
        <dt>"Agreed"</dt>
        <dd>{waiting.unwrap_or_else(|| "By everybody in the group".to_owned())}</dd>
    }
}

/// "4 of 6. Waiting for Amina R., Tom B."
fn waiting_names(facts: &AgreementFacts) -> Option<String> {
    let waiting: Vec<&str> = facts
        .parties
        .iter()
        .filter(|party| party.agreed_on.is_none())
        .map(|party| if party.is_self { "you" } else { &party.name.short })
        .collect();
    (!waiting.is_empty())
        .then(|| format!("By {} of {}. Waiting for {}", facts.parties.len() - waiting.len(), facts.parties.len(), waiting.join(", ")))
}
