//! Who supports one's supervisor: who and whether it is in date, never what was said.

use leptos::prelude::*;

use super::model::Practice;
use crate::access::VisitorName;
use crate::groups::{ChainLink, Upkeep};
use crate::paths;
use crate::ui::{Avatar, Icon, hours_and_minutes};

/// The chain above the reader.
#[component]
pub fn ChainCard(
    /// Supervisors and hours.
    practice: Practice,
    /// The reader.
    you: VisitorName,
) -> impl IntoView {
    let hours = format!("{} of supervision since {}", hours_and_minutes(practice.minutes), practice.since.format("%-d %B"));
    let mut links = practice.chain.into_iter();
    let first = links.next();
    let has_supervisor = first.is_some();
    let others = links.map(|link| view! { <ol class="chain above-3">{chain_link(link)}</ol> }).collect_view();
    view! {
        <section class="card" aria-labelledby="chain">
            <div class="card__head"><h2 id="chain">"Who supports your supervisor"</h2></div>
            <ol class="chain">
                <li><Avatar initials=you.initials code=you.code /><span><b>"You"</b><small><a href=paths::HOURS>{hours}</a></small></span></li>
                {first.map(chain_link)}
            </ol>
            {others}
            <p class="small muted above-2">
                {if has_supervisor {
                    "You see who it is and that it happens, never what was said."
                } else {
                    "You have no supervisor yet. Once you are in a group, the chain above you appears here."
                }}
            </p>
        </section>
    }
}

/// A supervisor, and how it stands with their own supervision.
fn chain_link(link: ChainLink) -> impl IntoView {
    let icon = match link.upkeep {
        Upkeep::InDate => "shield-check",
        Upkeep::Due => "clock",
        Upkeep::BeingArranged => "hourglass",
    };
    let is_open = link.upkeep != Upkeep::InDate;
    let told = link.told();
    let ChainLink { supervisor, group_name, upkeep, .. } = link;
    view! {
        <li>
            <Avatar initials=supervisor.initials code=supervisor.code />
            <span><b>{supervisor.short}</b><small>{format!("Your supervisor, {group_name}")}</small></span>
        </li>
        <li class:is-open=is_open>
            <span class="avatar" aria-hidden="true"><Icon name=icon /></span>
            <span><b>{upkeep.name()}</b><small>{told}</small></span>
        </li>
    }
}
