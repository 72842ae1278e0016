//! Every round.

use leptos::prelude::*;

use super::MatchingAudience;
use crate::matching::answers::RoundLine;
use crate::matching::api::rounds_list;
use crate::matching::model::RoundState;
use crate::paths;
use crate::ui::{Badge, Empty, Icon, PageHead, Tone, day_month_year, load};

/// The rounds, and the way to a new one.
#[component]
pub fn RoundsPage() -> impl IntoView {
    load(rounds_list(), |rounds| {
        let start = view! { <a class="btn" href=paths::NEW_ROUND><Icon name="plus" />"Start a round"</a> };
        let list = if rounds.is_empty() {
            view! {
                <Empty title="No round yet">
                    <p>"A round looks at who has registered and at who can lead, and proposes groups. You look at them before anybody is asked."</p>
                </Empty>
            }
            .into_any()
        } else {
            let items = rounds.into_iter().map(round_item).collect_view();
            view! { <section class="card" aria-label="Rounds"><ul class="list">{items}</ul></section> }.into_any()
        };
        view! {
            <PageHead title="Matching" about="Rounds in which groups are proposed from registrations." actions=start.into_any()>
                <MatchingAudience />
            </PageHead>
            {list}
        }
    })
}

fn round_item(line: RoundLine) -> impl IntoView {
    let started = day_month_year(::series::local(line.started_at).date());
    let meta = format!("{}. Started on {started}.", line.about);
    let placed = format!("{} of {} placed", line.placed, line.asking);
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::round(line.number)>{line.name}</a>
                <p class="item__meta">{meta}</p>
            </div>
            <span class="item__side row gap-2"><span>{placed}</span><StateBadge state=line.state /></span>
        </li>
    }
}

/// How far a round has come.
#[component]
pub fn StateBadge(state: RoundState) -> impl IntoView {
    let tone = match state {
        RoundState::Waiting | RoundState::Running => Tone::Info,
        RoundState::Done => Tone::Good,
        RoundState::Failed => Tone::Bad,
    };
    view! { <Badge tone>{state.name()}</Badge> }
}
