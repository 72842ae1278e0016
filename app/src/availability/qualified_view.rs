//! What a supervisor is qualified to lead.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::SetQualifications;
use super::forms::Qualifications;
use crate::groups::GroupKind;
use crate::ui::{Choices, Hidden, PostForm};

/// What they may lead and cover beside what every supervisor leads; whoever manages groups writes it down.
#[component]
pub fn Qualified(code: String, qualified: Vec<GroupKind>, may_qualify: bool) -> impl IntoView {
    let content = if may_qualify {
        let keys: Vec<String> = qualified.iter().map(|kind| kind.key().to_owned()).collect();
        let options = Qualifications::KINDS.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
        view! {
            <PostForm action=SetQualifications::PATH>
                <Hidden name="person" value=code />
                <Hidden name="shown" value=keys.join(",") />
                <Choices name="qualified" legend="Beside groups and one-to-one supervision" several=true chosen=keys options
                    hint="VIG: accredited as a supervisor by the Association for VIG UK. Supervisors: trained in supervising them." />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Save"</button></div>
            </PostForm>
        }
        .into_any()
    } else {
        let named: Vec<String> = qualified.iter().map(|kind| kind.name().to_owned()).collect();
        let beside = if named.is_empty() { String::new() } else { format!(", {}", named.join(", ")) };
        view! { <p>{format!("Groups, one-to-one supervision{beside}.")}</p><p class="muted small">"The Centre’s coordinators write this down."</p> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="qualified">
            <div class="card__head"><h2 id="qualified">"Qualified to lead"</h2></div>
            {content}
        </section>
    }
}
