//! Choosing who leads a group.

use leptos::prelude::*;

use super::answers::Candidate;
use super::api::who_could_lead;
use super::forms::KindForm;
use crate::availability::KeepReason;
use crate::changes::ask_what_stays;
use crate::groups::GroupKind;
use crate::ui::{Choices, FormState, SelectField, load, param};

/// The field in which a group's supervisor is chosen: everybody who can lead it, each with what speaks for them.
pub fn choose_supervisor(kind: GroupKind, chosen: String) -> AnyView {
    choose(KindForm { kind: kind.key().to_owned(), group: String::new() }, chosen)
}

fn choose(form: KindForm, chosen: String) -> AnyView {
    load(who_could_lead(form), move |candidates| {
        let choose = (String::new(), "Choose a supervisor".to_owned());
        let options = std::iter::once(choose).chain(candidates.into_iter().map(option)).collect();
        view! {
            <SelectField name="supervisor" label="Supervisor" value=chosen options
                hint="Whoever is qualified comes first, and of them whoever has most contracted hours left." />
        }
    })
    .into_any()
}

/// The same for a group that is led already. Once that has to be asked, with the question whether the sessions that the new supervisor can lead are handed
/// over without the others, and why they take it over although its sessions do not quite fit them.
pub fn choose_next_supervisor(kind: GroupKind, chosen: String) -> AnyView {
    let form = FormState::of_form();
    let is_asked = form.problem("reason").is_some() || form.entered("reason").is_some_and(|reason| !reason.is_empty());
    let why = is_asked.then(|| {
        view! { <Choices name="reason" legend="Why does this person take it over all the same?" options=KeepReason::options() /> }
    });
    let supervisor = choose(KindForm { kind: kind.key().to_owned(), group: param("slug") }, chosen);
    view! { {supervisor} {ask_what_stays()} {why} }.into_any()
}

/// "Nadia H. (12 hours of the contract left this week. Leads groups.)".
fn option(candidate: Candidate) -> (String, String) {
    (candidate.name.code, format!("{} ({})", candidate.name.short, candidate.reason))
}
