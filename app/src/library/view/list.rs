//! The library: its reading lists, and every item that a filter leaves.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::library::answers::{ITEMS_ON_A_PAGE, ItemLine, Library, ListLine};
use crate::library::api::library_of;
use crate::library::forms::LibraryFilter;
use crate::library::model::{ItemAudience, ItemKind, is_review_due};
use crate::library::table::intervention_words;
use crate::paths;
use crate::registration::INTERVENTIONS;
use crate::ui::{
    Badge, Empty, Filter, FilterSearch, FilterSelect, Icon, NoMore, PageHead, Pager, TakeAlong, Tone, address_with, load, query,
};

/// What is worth reading, found by words and by kind; for those who keep it, what wants reviewing first.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let word = |name| query(name).unwrap_or_default();
    let filter = LibraryFilter {
        words: word("words"),
        kind: word("kind"),
        intervention: word("intervention"),
        audience: word("audience"),
        only: word("only"),
        page: word("page"),
    };
    load(library_of(filter), |library| view! { <Found library /> })
}

#[component]
fn Found(library: Library) -> impl IntoView {
    let Library { filter, today, is_keeper, items, total, page, lists } = library;
    let actions = is_keeper.then(|| {
        view! {
            <a class="btn btn--second" href=paths::NEW_LIBRARY_ITEM><Icon name="plus" />"Add an item"</a>
            <a class="btn btn--second" href=paths::NEW_READING_LIST><Icon name="plus" />"Make a reading list"</a>
        }
        .into_any()
    });
    let about = "Guidance, papers, books and measures, each described in the Centre’s own words, with a link to where it is.";
    view! {
        <PageHead title="Library" up=(paths::LEARNING.to_owned(), "Learning".to_owned()) about actions=actions.unwrap_or_else(|| ().into_any()) />
        {(!lists.is_empty() && !filter.is_narrow() && page == 1).then(|| view! { <ReadingLists lists /> })}
        <FilterBar filter=filter.clone() is_keeper />
        <Items filter items total page today />
    }
}

/// The reading lists, each with how much it holds.
#[component]
fn ReadingLists(lists: Vec<ListLine>) -> impl IntoView {
    let items = lists
        .into_iter()
        .map(|list| {
            let count = if list.items == 1 { "1 item".to_owned() } else { format!("{} items", list.items) };
            view! {
                <li>
                    <a href=paths::reading_list(&list.slug)>{list.title}</a>
                    <p class="small muted">{format!("{} {count}.", list.about)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card below-5" aria-labelledby="reading-lists">
            <div class="card__head"><h2 id="reading-lists">"Reading lists"</h2></div>
            <ul class="plain cols cols--narrow gap-4">{items}</ul>
        </section>
    }
}

#[component]
fn FilterBar(filter: LibraryFilter, is_keeper: bool) -> impl IntoView {
    let is_narrow = filter.is_narrow();
    let pair = |(key, name): (&str, &str)| (key.to_owned(), name.to_owned());
    let kinds = ItemKind::ALL.map(|kind| pair((kind.key(), kind.name()))).to_vec();
    let audiences = ItemAudience::ALL.map(|audience| pair((audience.key(), audience.name()))).to_vec();
    let interventions = INTERVENTIONS.iter().copied().map(pair).collect();
    let mut only = vec![pair(("saved", "My list")), pair(("read", "What I have read"))];
    if is_keeper {
        only.extend([pair(("due", "Review due")), pair(("broken", "Broken links")), pair(("retired", "Retired"))]);
    }
    view! {
        <Filter path=paths::LIBRARY label="Filter the library" is_narrow>
            <FilterSearch name="words" label="Title or author" value=filter.words />
            <FilterSelect name="kind" label="Kind" all="Every kind" value=filter.kind options=kinds />
            <FilterSelect name="intervention" label="Intervention" all="Any" value=filter.intervention options=interventions />
            <FilterSelect name="audience" label="Meant for" all="Everybody" value=filter.audience options=audiences />
            <FilterSelect name="only" label="Show" all="Everything" value=filter.only options=only />
        </Filter>
    }
}

#[component]
fn Items(filter: LibraryFilter, items: Vec<ItemLine>, total: i64, page: i64, today: NaiveDate) -> impl IntoView {
    let (is_narrow, is_own) = (filter.is_narrow(), filter.only == "saved");
    let address = move |page: i64| {
        let page = if page == 1 { String::new() } else { page.to_string() };
        let LibraryFilter { words, kind, intervention, audience, only, .. } = &filter;
        let parameters =
            [("words", words), ("kind", kind), ("intervention", intervention), ("audience", audience), ("only", only), ("page", &page)];
        address_with(paths::LIBRARY, &parameters.map(|(name, value)| (name, value.as_str())))
    };
    if items.is_empty() {
        return match (page > 1, is_own, is_narrow) {
            (true, ..) => view! { <NoMore first=address(1) /> }.into_any(),
            (_, true, _) => view! {
                <Empty title="Nothing on your list yet">
                    <p>"Open an item and put it on your list, and you find it here. "<a href=paths::LIBRARY>"Show the whole library"</a></p>
                </Empty>
            }
            .into_any(),
            (_, _, true) => {
                view! { <Empty title="Nothing matches"><p><a href=paths::LIBRARY>"Show the whole library"</a></p></Empty> }.into_any()
            }
            _ => view! { <Empty title="The library is empty"><p>"What coordinators and clinical leads add appears here."</p></Empty> }
                .into_any(),
        };
    }
    let found = if total == 1 { "1 item".to_owned() } else { format!("{total} items") };
    view! {
        <p class="found">{found}</p>
        <ItemList items today />
        <Pager what="Items" page per_page=ITEMS_ON_A_PAGE total address />
        <TakeAlong list=paths::LIBRARY />
    }
    .into_any()
}

/// Items, each with what it is and what there is to know of its review, its link and oneself.
#[component]
pub(super) fn ItemList(items: Vec<ItemLine>, today: NaiveDate) -> impl IntoView {
    let lines = items.into_iter().map(|item| item_line(item, today)).collect_view();
    view! { <div class="card"><ul class="list">{lines}</ul></div> }
}

fn item_line(item: ItemLine, today: NaiveDate) -> impl IntoView {
    let meta = meta_of(&item);
    let badges = view! {
        {item.is_read.then(|| view! { <Badge tone=Tone::Good>"Read"</Badge>" " })}
        {item.is_saved.then(|| view! { <Badge tone=Tone::Info>"On your list"</Badge>" " })}
        {is_review_due(item.due_on, today).then(|| view! { <Badge tone=Tone::Warn>"Review due"</Badge>" " })}
        {item.health.is_broken().then(|| view! { <Badge tone=Tone::Bad>"Broken link"</Badge> })}
    };
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::library_item(&item.slug)>{item.title}</a>
                <p class="item__meta">{meta}</p>
            </div>
            <p class="item__side">{badges}</p>
        </li>
    }
}

/// "Paper, 1975. Selma Fraiberg. For supervisors."
fn meta_of(item: &ItemLine) -> String {
    let year = item.year.map(|year| format!(", {year}")).unwrap_or_default();
    let about = if item.intervention.is_empty() { String::new() } else { format!(" {}.", intervention_words(&item.intervention)) };
    let audience = match item.audience {
        ItemAudience::Everyone => String::new(),
        audience => format!(" For {}.", audience.name().to_lowercase()),
    };
    format!("{}{year}. {}{about}{audience}", item.kind.name(), crate::ui::full_stop(&item.authors))
}
