use leptos::prelude::*;

use super::icon::Icon;

/// Which part of a long list this is, and the ways to the parts before and after it. Nothing where the list has one part.
#[component]
pub fn Pager<F>(
    /// What is listed: "Groups".
    what: &'static str,
    /// Which part this is, counted from one.
    page: i64,
    /// How many lines a part has.
    per_page: i64,
    /// How many lines there are in all.
    total: i64,
    /// The address of a part.
    address: F,
) -> impl IntoView
where
    F: Fn(i64) -> String,
{
    let first = (page - 1) * per_page + 1;
    let last = total.min(page * per_page);
    let before = (page > 1).then(|| address(page - 1));
    let after = (last < total).then(|| address(page + 1));
    (before.is_some() || after.is_some()).then(|| {
        view! {
            <div class="pager">
                <p>{format!("{what} {first} to {last} of {total}")}</p>
                <nav class="row gap-2" aria-label=format!("Pages of {}", what.to_lowercase())>
                    {before.map(|address| view! {
                        <a class="btn btn--second btn--sm" href=address><Icon name="chevron-left" />"Page before"</a>
                    })}
                    {after.map(|address| view! {
                        <a class="btn btn--second btn--sm" href=address>"Next page"<Icon name="chevron-right" /></a>
                    })}
                </nav>
            </div>
        }
    })
}

/// What stands in place of a part that a list has no longer, since it is shorter than when somebody kept the address.
#[component]
pub fn NoMore(
    /// The address of the first part.
    first: String,
) -> impl IntoView {
    view! { <p>"There are no more. "<a href=first>"Go to the first page"</a></p> }
}
