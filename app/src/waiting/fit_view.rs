//! Who waits and fits a group, beside its members.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{HeldPlace, Waiter, WhoFits};
use super::api::{OfferPlace, WithdrawOffer, who_fits_in};
use super::forms::PlaceAddress;
use crate::access::page_day;
use crate::paths;
use crate::ui::{Avatar, DeviceAway, Folded, Further, Hidden, PostForm, clock_time, day_and_month, load, param};

/// How many who fit are shown at once; the others are behind a line.
const SHOWN: usize = 5;

/// The places that are held, and who could be offered one that is free.
#[component]
pub fn PeopleWhoFit() -> impl IntoView {
    load(who_fits_in(PlaceAddress { slug: param("slug") }), |shown| view! { <Fit shown /> })
}

#[component]
fn Fit(shown: WhoFits) -> impl IntoView {
    let WhoFits { slug, free, held, meets, fitting, others } = shown;
    let places = match free {
        ..=0 => "No place is free".to_owned(),
        1 => "One place is free".to_owned(),
        several => format!("{several} places are free"),
    };
    let about = match (fitting.is_empty(), others.is_empty(), meets) {
        (true, true, _) => "Nobody who could have a place here is waiting for this kind of supervision.".to_owned(),
        (true, false, _) => "Nobody on the list fits. What is in the way is said with each.".to_owned(),
        (false, _, Some(meets)) => format!("The group meets on {meets}. Those come first who should be asked first."),
        (false, _, None) => "No session is planned yet, so any time fits. Those come first who should be asked first.".to_owned(),
    };
    let may_offer = free > 0;
    let item = |waiter: Waiter| waiter_item(&slug, waiter, may_offer).into_any();
    let fitting: Vec<_> = fitting.into_iter().map(item).collect();
    let others: Vec<_> = others.into_iter().map(item).collect();
    view! {
        {(!held.is_empty()).then(|| view! { <Held slug=slug.clone() held /> })}
        <section class="card" aria-labelledby="fit">
            <div class="card__head"><h2 id="fit">"Suitable people on the waiting list"</h2><span class="small">{places}</span></div>
            <p class="small muted">{about}</p>
            {(!fitting.is_empty()).then(|| view! { <div class="above-2"><Folded items=fitting shown=SHOWN what="more who fit" /></div> })}
            <Further items=others what="who are waiting and do not fit" />
            <p class="small muted above-3">
                "An offer holds a place for five working days. "<a href=paths::WAITING>"Everybody on the list"</a>
            </p>
        </section>
    }
}

fn waiter_item(slug: &str, waiter: Waiter, may_offer: bool) -> impl IntoView + use<> {
    let Waiter { entry, person, about, reason } = waiter;
    let (slug, label) = (slug.to_owned(), format!(" to {}", person.short));
    let about = if about.is_empty() { reason } else { format!("{about}. {reason}") };
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code />
            <div class="item__body"><p class="item__title">{person.short}</p><p class="item__meta">{about}</p></div>
            {may_offer.then(|| view! {
                <PostForm action=OfferPlace::PATH>
                    <Hidden name="slug" value=slug />
                    <Hidden name="code" value=entry />
                    <button class="btn btn--second btn--sm" type="submit">"Offer the place"<span class="vh">{label}</span></button>
                </PostForm>
            })}
        </li>
    }
}

/// For whom a place is held.
#[component]
fn Held(slug: String, held: Vec<HeldPlace>) -> impl IntoView {
    let items = held.into_iter().map(|place| held_item(&slug, place)).collect_view();
    view! {
        <section class="card" aria-labelledby="held">
            <div class="card__head"><h2 id="held">"Places that are held"</h2><span class="small"><DeviceAway day=page_day() /></span></div>
            <ul class="list">{items}</ul>
        </section>
    }
}

fn held_item(slug: &str, place: HeldPlace) -> impl IntoView + use<> {
    let HeldPlace { code, person, until, .. } = place;
    let until = ::series::local(until);
    let (slug, label) = (slug.to_owned(), format!(" the offer to {}", person.short));
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code />
            <div class="item__body">
                <p class="item__title">{person.short}</p>
                <p class="item__meta">{format!("Until {}, {}, UK time.", day_and_month(until.date()), clock_time(until.time()))}</p>
            </div>
            <PostForm action=WithdrawOffer::PATH>
                <Hidden name="slug" value=slug />
                <Hidden name="code" value=code />
                <button class="btn btn--second btn--sm" type="submit">"Withdraw"<span class="vh">{label}</span></button>
            </PostForm>
        </li>
    }
}
