//! The forms that add and change an item.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::{Permission, holders_in_words};
use crate::library::answers::Item;
use crate::library::api::{AddItem, ChangeItem, item_to_change, reading_list_to_change};
use crate::library::forms::SlugAddress;
use crate::library::model::{ItemAudience, ItemKind};
use crate::library::table::intervention_words;
use crate::paths;
use crate::registration::INTERVENTIONS;
use crate::ui::{Audience, Field, Hidden, PageHead, PostForm, SelectField, TextArea, load, param};

/// Adding an item.
#[component]
pub fn NewItemPage() -> impl IntoView {
    // Whoever may not keep the library is told nothing of this page.
    load(reading_list_to_change(SlugAddress::default()), |_| {
        view! {
            <Head title="Add an item" up=(paths::LIBRARY.to_owned(), "Library".to_owned()) />
            <PostForm action=AddItem::PATH class="prose above-4">
                <Fields item=None />
                <div class="form-foot"><button class="btn" type="submit">"Add it to the library"</button></div>
            </PostForm>
        }
    })
}

/// Changing an item.
#[component]
pub fn ChangeItemPage() -> impl IntoView {
    load(item_to_change(SlugAddress { slug: param("slug") }), |item| {
        let up = (paths::library_item(&item.line.slug), item.line.title.clone());
        let (slug, version) = (item.line.slug.clone(), item.version);
        view! {
            <Head title="Change an item" up />
            <PostForm action=ChangeItem::PATH changes=Some(version) class="prose above-4">
                <Hidden name="slug" value=slug.clone() />
                <Fields item=Some(item.clone()) />
                <div class="form-foot"><button class="btn" type="submit">"Save changes"</button></div>
            </PostForm>
        }
    })
}

#[component]
fn Head(title: &'static str, up: (String, String)) -> impl IntoView {
    let holders = holders_in_words(Permission::ManageLibrary);
    view! {
        <PageHead title up about="Describe it in your own words: the library links, and copies nothing.">
            <Audience tier=4 sentence=format!("everybody who learns here reads items; {holders} change them.") />
        </PageHead>
    }
}

#[component]
fn Fields(item: Option<Item>) -> impl IntoView {
    let pair = |key: &str, name: &str| (key.to_owned(), name.to_owned());
    let (kind, audience) =
        item.as_ref().map_or(("", ItemAudience::Everyone.key()), |item| (item.line.kind.key(), item.line.audience.key()));
    let nothing = item.is_none().then(|| pair("", "Choose a kind"));
    let kinds = nothing.into_iter().chain(ItemKind::ALL.map(|kind| pair(kind.key(), kind.name()))).collect();
    let general = pair("", intervention_words(""));
    let interventions = std::iter::once(general).chain(INTERVENTIONS.iter().map(|(key, name)| pair(key, name))).collect();
    let audiences = ItemAudience::ALL.map(|audience| pair(audience.key(), audience.name())).to_vec();
    let text = |of: fn(&Item) -> String| item.as_ref().map(of).unwrap_or_default();
    view! {
        <Field name="title" label="Title" value=text(|item| item.line.title.clone()) />
        <Field name="authors" label="Who wrote or published it?" value=text(|item| item.line.authors.clone()) />
        <Field name="year" label="Year" inputmode="numeric" class="input--short" hint="Leave it empty for a website."
            value=text(|item| item.line.year.map(|year| year.to_string()).unwrap_or_default()) />
        <SelectField name="kind" label="What kind of thing is it?" value=kind options=kinds />
        <TextArea name="summary" label="What does it say, and whom does it help?" rows=6 value=text(|item| item.summary.clone()) />
        <Field name="link" label="Where is it?" kind="url" inputmode="url" hint="The publisher’s own page, or a DOI such as https://doi.org/10.1002/imhj.20071."
            value=text(|item| item.line.link.clone()) />
        <Field name="licence" label="Whose is it, and on what terms?" hint="Such as “© the publisher, link only”." value=text(|item| item.line.licence.clone()) />
        <SelectField name="intervention" label="Which intervention is it about?" value=text(|item| item.line.intervention.clone()) options=interventions />
        <SelectField name="audience" label="Whom is it meant for?" value=audience options=audiences />
    }
}
