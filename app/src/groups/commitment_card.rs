//! How the members of a group keep to it, for whoever reads its attendance.

use leptos::prelude::*;

use super::audience::audience_of_attendance;
use super::commitment::MemberCommitment;
use crate::ui::Audience;

/// Every member with both measures; nothing before a session has been held.
#[component]
pub fn CommitmentCard(
    /// The members, by name.
    members: Vec<MemberCommitment>,
    /// "Dr Ruth A.".
    supervisor: String,
) -> impl IntoView {
    let is_held = members.iter().any(|member| member.commitment.held > 0);
    is_held.then(|| {
        let rows = members
            .into_iter()
            .map(|member| {
                let MemberCommitment { name, commitment } = member;
                view! {
                    <div>
                        <dt>{name.short}</dt>
                        <dd>{format!("There: {}", commitment.share(commitment.attended))}</dd>
                        <dd>{format!("There, or apologies a day ahead: {}", commitment.share(commitment.kept()))}</dd>
                    </div>
                }
            })
            .collect_view();
        view! {
            <section class="card" aria-labelledby="commitment">
                <div class="card__head"><h2 id="commitment">"Attendance and commitment"</h2></div>
                <Audience tier=4 sentence=audience_of_attendance(&supervisor) />
                <p class="small muted above-2 below-3">"Of the sessions that were held in the past twelve months, by name."</p>
                <dl class="summary">{rows}</dl>
            </section>
        }
    })
}
