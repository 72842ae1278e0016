//! Where one person who waits could go.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Asked, HeldPlace};
use super::api::{OfferPlace, where_could_they_go};
use super::forms::WaitingAddress;
use super::model::times_in_words;
use super::where_to::{GroupToJoin, NewGroup, WhereTo};
use crate::access::{Permission, holders_in_words};
use crate::groups::in_words;
use crate::paths;
use crate::ui::{
    Audience, Banner, Folded, Further, Hidden, PageHead, PostForm, Tone, day_and_month, day_month_year, full_stop, load, lower_first, param,
};

/// How many groups that suit are shown at once; the others are behind a line.
const SHOWN: usize = 10;

/// Groups with a free place for somebody, a new group, and the list.
#[component]
pub fn WhereToPage() -> impl IntoView {
    load(where_could_they_go(WaitingAddress { code: param("code") }), |shown| {
        let WhereTo { entry, person, about, asked, since, offer, is_held, fitting, others, new_group, needed } = shown;
        let holders = holders_in_words(Permission::ManageWaiting);
        let may_offer = offer.is_none();
        let none = match (is_held, fitting.is_empty()) {
            (true, _) => "None is looked at for them until they are available for matching again.",
            (false, true) => "No group that has a free place suits.",
            (false, false) => "",
        };
        let item = |group: GroupToJoin| group_item(&entry, &person.short, group, may_offer).into_any();
        let fitting: Vec<_> = fitting.into_iter().map(item).collect();
        let others: Vec<_> = others.into_iter().map(item).collect();
        let do_not_suit = if others.len() == 1 { "that does not suit" } else { "that do not suit" };
        view! {
            <PageHead
                title=format!("Where could {} go?", person.short)
                up=(paths::WAITING.to_owned(), "Waiting list".to_owned())
                about=asked_in_words(&about, &asked)
            >
                <Audience tier=4 sentence=format!("the Centre’s {holders}. {} is told of nothing here until a place is offered.", person.short) />
            </PageHead>
            {offer.map(|offer| view! { <IsHeldFor offer /> })}
            {is_held.then(|| view! {
                <div class="below-4"><Banner tone=Tone::Warn title="Not available for matching"><p>"So no place is offered for now."</p></Banner></div>
            })}
            <div class="split">
                <section class="card" aria-labelledby="groups">
                    <div class="card__head"><h2 id="groups">"Groups with a free place"</h2></div>
                    {(!none.is_empty()).then(|| view! { <p>{none}</p> })}
                    <Folded items=fitting shown=SHOWN />
                    <Further items=others what=do_not_suit />
                </section>
                <div>
                    {(!is_held).then(|| view! { <New groups=new_group needed /> })}
                    <section class="card" aria-labelledby="the-list">
                        <div class="card__head"><h2 id="the-list">"The list"</h2></div>
                        <p>{format!("They keep their place on the list, where they have been since {}.", day_month_year(::series::local(since).date()))}</p>
                    </section>
                </div>
            </div>
        }
    })
}

/// "Health visitor, Bradford. Waiting for: group, Thursday mornings, online. Now: there is no supervision."
fn asked_in_words(about: &str, asked: &Asked) -> String {
    let about = if about.is_empty() { String::new() } else { format!("{about}. ") };
    let kind = lower_first(asked.kind.name());
    format!("{about}Waiting for: {kind}, {}, {}. {}.", times_in_words(&asked.times), asked.way.name().to_lowercase(), asked.urgency.name())
}

#[component]
fn IsHeldFor(offer: HeldPlace) -> impl IntoView {
    let until = day_and_month(::series::local(offer.until).date());
    view! {
        <div class="below-4">
            <Banner tone=Tone::Info title="A place is held for them">
                <p><a href=paths::group_members(&offer.group_slug)>{offer.group_name}</a>{format!(", until {until}. People are asked about one place at a time.")}</p>
            </Banner>
        </div>
    }
}

fn group_item(entry: &str, person: &str, group: GroupToJoin, may_offer: bool) -> impl IntoView + use<> {
    let GroupToJoin { slug, name, supervisor, meets, mode, reason, may_be_offered } = group;
    let meets = if meets.is_empty() { "no session is planned yet".to_owned() } else { meets };
    let about = full_stop(&format!("{}, {meets}, with {}", mode.name(), supervisor.short));
    let (entry, label) = (entry.to_owned(), format!(" in {name} to {person}"));
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::group_members(&slug)>{name}</a>
                <p class="item__meta">{about}" "{reason}</p>
            </div>
            {(may_offer && may_be_offered).then(|| view! {
                <PostForm action=OfferPlace::PATH>
                    <Hidden name="slug" value=slug />
                    <Hidden name="code" value=entry />
                    <button class="btn btn--second btn--sm" type="submit">"Offer the place"<span class="vh">{label}</span></button>
                </PostForm>
            })}
        </li>
    }
}

/// When a new group could meet, and with how many others.
#[component]
fn New(groups: Vec<NewGroup>, needed: usize) -> impl IntoView {
    let about = match (needed, groups.is_empty()) {
        (0, _) => "It needs nobody else.".to_owned(),
        (needed, true) => {
            format!(
                "It needs {} more, and not that many others who are waiting for the same could come at a time that suits them.",
                in_words(needed)
            )
        }
        (needed, false) => format!("It needs {} more. Others who are waiting for the same could come:", in_words(needed)),
    };
    let times = groups.into_iter().map(|group| {
        let others = if group.others == 1 { "one other".to_owned() } else { format!("{} others", in_words(group.others)) };
        view! { <li>{format!("{}: {others}", group.when)}</li> }
    });
    view! {
        <section class="card" aria-labelledby="new-group">
            <div class="card__head"><h2 id="new-group">"A new group"</h2></div>
            <p>{about}</p>
            <ul class="plain above-2">{times.collect_view()}</ul>
            <p class="row gap-4 small links above-3"><a href=paths::NEW_ROUND>"Start a round"</a><a href=paths::NEW_GROUP>"Make a group"</a></p>
        </section>
    }
}
