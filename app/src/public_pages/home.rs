use leptos::prelude::*;

use crate::access::page_visit;
use crate::paths;
use crate::ui::{Icon, PageTitle};

/// What the Centre offers, and the way in. Whoever is signed in is led to Today.
#[component]
pub fn HomePage() -> impl IntoView {
    if page_visit().is_ok_and(|visit| visit.visitor().is_some()) {
        leptos_axum::redirect(paths::TODAY);
    }
    view! {
        <PageTitle text="Supervision for parent-infant work" />
        <h1>"Supervision for parent-infant work"</h1>
        <p class="muted above-2">
            "The National Centre for Supervision of Parent-Infant Relationships brings practitioners in 75 areas of England together with experienced supervisors."
        </p>
        <ul class="list above-5">
            <Offer icon="users-round" name="A group that stays the same" about="A few colleagues, one supervisor and a regular time, with an agreement that each of you has read." />
            <Offer icon="video" name="Wherever you work" about="Online, by telephone or in person, for many ways of working, Video Interaction Guidance among them." />
            <Offer icon="layers" name="Supervisors who are supervised" about="You can always see who supports your supervisor." />
        </ul>
        <p class="above-5"><a class="btn btn--wide" href=paths::SIGN_IN>"Sign in"</a></p>
        <p class="above-3"><a class="btn btn--second btn--wide" href=paths::JOIN>"How to join"</a></p>
    }
}

/// One thing that the Centre offers.
#[component]
fn Offer(icon: &'static str, name: &'static str, about: &'static str) -> impl IntoView {
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=icon /></span>
            <div class="item__body">
                <p class="item__title">{name}</p>
                <p class="item__meta">{about}</p>
            </div>
        </li>
    }
}
