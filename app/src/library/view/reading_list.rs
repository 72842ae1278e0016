//! A reading list, and the form that makes and changes one.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::list::ItemList;
use crate::access::{Permission, holders_in_words};
use crate::library::answers::{ListToChange, ReadingList};
use crate::library::api::{KeepReadingList, RemoveReadingList, reading_list_of, reading_list_to_change};
use crate::library::forms::{SlugAddress, place_field};
use crate::paths;
use crate::ui::{Audience, Empty, Field, Hidden, Icon, PageHead, PostForm, TextArea, load, param};

/// Items in the order in which they are read.
#[component]
pub fn ReadingListPage() -> impl IntoView {
    load(reading_list_of(SlugAddress { slug: param("slug") }), |list| {
        let ReadingList { slug, title, about, items, today, is_keeper, .. } = list;
        let actions = is_keeper.then(|| {
            view! { <a class="btn btn--second" href=paths::change_reading_list(&slug)><Icon name="pencil" />"Change"</a> }.into_any()
        });
        let content = if items.is_empty() {
            view! { <Empty title="Nothing in it any more"><p>"What stood in it has been taken out of the library."</p></Empty> }.into_any()
        } else {
            view! { <ItemList items today /> }.into_any()
        };
        view! {
            <PageHead title up=(paths::LIBRARY.to_owned(), "Library".to_owned()) about actions=actions.unwrap_or_else(|| ().into_any()) />
            {content}
        }
    })
}

/// Making a reading list.
#[component]
pub fn NewReadingListPage() -> impl IntoView {
    load(reading_list_to_change(SlugAddress::default()), |to_change| {
        view! {
            <Head title="Make a reading list" up=(paths::LIBRARY.to_owned(), "Library".to_owned()) />
            <Form to_change />
        }
    })
}

/// Changing a reading list.
#[component]
pub fn ChangeReadingListPage() -> impl IntoView {
    load(reading_list_to_change(SlugAddress { slug: param("slug") }), |to_change| {
        let up = to_change.list.as_ref().map(|list| (paths::reading_list(&list.slug), list.title.clone()));
        let slug = to_change.list.as_ref().map(|list| list.slug.clone()).unwrap_or_default();
        view! {
            <Head title="Change a reading list" up=up.unwrap_or_else(|| (paths::LIBRARY.to_owned(), "Library".to_owned())) />
            <Form to_change />
            <PostForm action=RemoveReadingList::PATH class="above-5">
                <Hidden name="slug" value=slug.clone() />
                <button class="btn btn--danger" type="submit"><Icon name="x" />"Remove this list"</button>
            </PostForm>
        }
    })
}

#[component]
fn Head(title: &'static str, up: (String, String)) -> impl IntoView {
    let holders = holders_in_words(Permission::ManageLibrary);
    view! {
        <PageHead title up about="Number the items in the order in which they are read, and leave the others empty.">
            <Audience tier=4 sentence=format!("everybody who learns here reads lists; {holders} change them.") />
        </PageHead>
    }
}

#[component]
fn Form(to_change: ListToChange) -> impl IntoView {
    let ListToChange { list, items } = to_change;
    let changes = list.as_ref().map(|list| list.version);
    let (slug, title, about) = list.map_or_else(Default::default, |list| (list.slug, list.title, list.about));
    view! {
        <PostForm action=KeepReadingList::PATH changes class="prose above-4">
            <Hidden name="slug" value=slug.clone() />
            <Field name="title" label="What is it called?" value=title.clone() />
            <TextArea name="about" label="What is it for?" rows=2 value=about.clone() />
            <div class="short-answers above-5">
                {items.iter().map(|(item, title, place)| view! {
                    <Field name=place_field(item) label=title.clone() inputmode="numeric" class="input--short"
                        value=place.map(|place| place.to_string()).unwrap_or_default() />
                }).collect_view()}
            </div>
            <div class="form-foot"><button class="btn" type="submit">"Keep this list"</button></div>
        </PostForm>
    }
}
