//! The pages of matching rounds.

mod list;

mod new;

mod limits;
mod rules;
mod weights;

mod round;

mod board;

mod not_placed;

mod group;

mod grip;

mod aside;
mod beside;

mod times;

mod record;

mod again;

mod what_ifs;

mod hours;

pub use again::AgainPage;
pub use list::RoundsPage;
pub use new::NewRoundPage;
pub use round::RoundPage;
pub use rules::RoundRulesPage;

use leptos::prelude::*;

use crate::access::{Permission, holders_in_words};
use crate::ui::Audience;

/// Who sees the pages of matching rounds.
#[component]
fn MatchingAudience() -> impl IntoView {
    let holders = holders_in_words(Permission::ManageMatching);
    view! { <Audience tier=4 sentence=format!("the Centre’s {holders}. Nobody in a group is told anything of a round.") /> }
}
