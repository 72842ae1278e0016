//! What stands beside every page of the community: the spaces, and what was agreed.

use leptos::prelude::*;

use crate::paths;
use crate::spaces::answers::SpaceLine;
use crate::spaces::model::SpaceKind;
use crate::ui::Icon;

/// The spaces that the reader may read, under the reasons for which they may.
#[component]
pub fn Spaces(
    /// The spaces, in their order.
    spaces: Vec<SpaceLine>,
    /// The part of the address of the one that is shown; empty where none is.
    #[prop(into)]
    current: String,
    /// How many threads of a space hold something new.
    #[prop(optional)]
    new: Vec<(String, usize)>,
    /// How much there is for the reader to decide, where they are somebody who decides.
    #[prop(default = None)]
    to_review: Option<i64>,
) -> impl IntoView {
    let mut headings: Vec<(&'static str, Vec<AnyView>)> = vec![("Everyone", vec![feed_item(current.is_empty())])];
    for space in spaces {
        let heading = space.kind.heading();
        let count = new.iter().find(|(slug, _)| *slug == space.slug).map(|(_, count)| *count);
        let item = space_item(&space, space.slug == current, count);
        match headings.iter_mut().find(|(other, _)| *other == heading) {
            Some((_, items)) => items.push(item),
            None => headings.push((heading, vec![item])),
        }
    }
    let lists = headings.into_iter().map(|(heading, items)| view! { <h2>{heading}</h2><ul>{items}</ul> }).collect_view();
    view! {
        <nav class="spaces" aria-label="Spaces">
            {lists}
            <h2>"Yours"</h2>
            <ul>
                <li><a href=paths::SAVED aria-current=(current == SAVED).then_some("page")>"Saved posts"</a></li>
                <li><a href=paths::MY_POSTS>"My posts"</a></li>
                <li><a href=paths::OWN_REPORTS>"Moderators"</a></li>
                {to_review.map(|count| {
                    let count = (count > 0).then(|| view! { <span class="n">{count}<span class="vh">" to decide"</span></span> });
                    view! { <li><a href=paths::MODERATION>"To review"{count}</a></li> }
                })}
                <li><a href=paths::EVENTS>"Events"</a></li>
            </ul>
        </nav>
    }
}

/// What stands in the place of a space on the page of saved posts. No space is called so, since its address is taken.
pub const SAVED: &str = "saved";

fn feed_item(is_current: bool) -> AnyView {
    view! { <li><a href=paths::COMMUNITY aria-current=is_current.then_some("page")>"What’s new"</a></li> }.into_any()
}

fn space_item(space: &SpaceLine, is_current: bool, count: Option<usize>) -> AnyView {
    let lock = space.kind.is_closed().then(|| view! { <Icon name="lock" /> });
    let members_only = space.kind.is_closed().then(|| view! { <span class="vh">", members only"</span> });
    let count = count.map(|count| view! { <span class="n">{count}<span class="vh">" with something new"</span></span> });
    view! {
        <li>
            <a href=paths::space(&space.slug) aria-current=is_current.then_some("page")>{lock}{space.name.clone()}{members_only}{count}</a>
        </li>
    }
    .into_any()
}

/// What everybody here has agreed to, which stands beside every box as well.
#[component]
pub fn Agreed() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="agreed">
            <h2 id="agreed" class="as-h3">"What we agreed"</h2>
            <ul class="plain stack gap-2 small above-2">
                {RULES.map(|rule| view! { <li class="tick"><Icon name="check" />{rule}</li> }).collect_view()}
            </ul>
        </section>
    }
}

/// The rules of confidentiality.
pub const RULES: [&str; 3] =
    ["No names, dates or places that could point to a family", "Speak from your own practice", "Curious before certain"];

/// For whom a space is, in two or three words.
pub const fn open_to(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Centre => "All members",
        SpaceKind::Intervention => "Whoever does this work",
        SpaceKind::Region => "Whoever works in the region",
        SpaceKind::Supervisors => "Supervisors",
        SpaceKind::NewStarters => "Whoever came in the past year",
        SpaceKind::Group => "Members and supervisor only",
    }
}
