//! The pages of coming in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EnterDemonstration, demonstration_people};
use super::model::DemonstrationPerson;
use crate::ui::{Avatar, Hidden, PageTitle, PostForm, load, query};

/// The page on which people sign in.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! {
        <PageTitle text="Sign in" />
        <h1>"Sign in"</h1>
        {load(demonstration_people(), |people| view! { <DemonstrationPeople people /> })}
    }
}

/// In a demonstration, one button for each role.
#[component]
fn DemonstrationPeople(people: Vec<DemonstrationPerson>) -> impl IntoView {
    let next = query("next").unwrap_or_default();
    (!people.is_empty()).then(|| {
        let buttons = people.into_iter().map(|person| view! { <li><RoleButton person next=next.clone() /></li> }).collect_view();
        view! {
            <section class="card roles" aria-labelledby="roles">
                <h2 id="roles" class="h-sans">"Look around as"</h2>
                <ul class="roles__list">{buttons}</ul>
            </section>
        }
    })
}

#[component]
fn RoleButton(person: DemonstrationPerson, next: String) -> impl IntoView {
    let role = person.role.name();
    let about = if person.place.is_empty() { role.to_owned() } else { format!("{role}, {}", person.place) };
    view! {
        <PostForm action=EnterDemonstration::PATH>
            <Hidden name="role" value=person.role.key() />
            <Hidden name="next" value=next />
            <button class="role">
                <Avatar initials=person.initials code=person.code />
                <span><b>{person.short}</b><small>{about}</small></span>
            </button>
        </PostForm>
    }
}
