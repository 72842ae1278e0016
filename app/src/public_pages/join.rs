use leptos::prelude::*;

use crate::paths;
use crate::ui::PageHead;

/// How a practitioner and an authority join.
#[component]
pub fn HowToJoinPage() -> impl IntoView {
    view! {
        <PageHead title="How to join" about="Supervision here is for people who work with babies and their parents in the 75 areas that take part." />
        <div class="prose">
            <h2>"If you work with parents and infants"</h2>
            <ol>
                <li>"Ask the person who leads this work in your authority whether it takes part, and to give the Centre your name and work email."</li>
                <li>"The Centre’s coordinator sends you an invitation. Its link works for 14 days; you choose a password and are in."</li>
                <li>"The coordinator finds you a group whose times, ways of working and supervisor suit you. You read its agreement and agree to it before the first session."</li>
            </ol>
            <h2>"If you lead this work in an authority"</h2>
            <p>"The Centre’s coordinator talks with each authority about who needs supervision and how it fits beside what you have. Joining costs your practitioners’ time and nothing else; nothing about families is asked for or kept."</p>
            <h2>"If you were invited already"</h2>
            <p>"Open the link in your invitation. If it has run out, " <a href=paths::FORGOTTEN>"have it sent again"</a>" with your work email. If you have chosen a password, "<a href=paths::SIGN_IN>"sign in"</a>"."</p>
        </div>
    }
}
