//! A post of one's own that waits for a moderator.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use super::attach::Files;
use crate::paths;
use crate::spaces::held::HeldPost;
use crate::spaces::model::when;
use crate::ui::{Badge, Icon, Tone};

/// What waits, why, and the way to change it or take it back. Nobody else is shown it here.
#[component]
pub fn Held(
    /// What waits.
    held: HeldPost,
    /// The moment of the page.
    now: NaiveDateTime,
) -> impl IntoView {
    let HeldPost { code, html, changes, because, is_sent_back, written_at, files, .. } = held;
    let (tone, state) = if is_sent_back { (Tone::Warn, "Sent back to you") } else { (Tone::Info, "Waiting for a moderator") };
    let what =
        changes.map(|number| view! { <p class="small">{format!("This would change post {number}. Until then it says what it says.")}</p> });
    let why = if is_sent_back {
        "A moderator has looked at it and asks you to change it. Only you see it.".to_owned()
    } else {
        format!("{} Only you see it until then.", because.sentence())
    };
    let way = if is_sent_back { "See why, change it or withdraw it" } else { "Change it or withdraw it" };
    view! {
        <article class="reply" aria-label="Your post that waits">
            <span class="avatar" data-tone="0" aria-hidden="true"><Icon name="hourglass" /></span>
            <div>
                <p class="post__by"><span><Badge tone>{state}</Badge><br />{format!("Written {}", when(written_at, now.date()))}</span></p>
                {what}
                <div class="prose post__text" inner_html=html></div>
                <Files files address=paths::community_file />
                <p class="small muted">{why}</p>
                <p class="small"><a href=paths::own_report(&code)>{way}</a></p>
            </div>
        </article>
    }
}
