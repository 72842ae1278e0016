//! The page on which a lead of an authority says who works there.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{SayDoesNotWorkThere, SayWorksThere, own_colleagues};
use super::confirmation::{Colleague, Colleagues};
use super::model::Standing;
use crate::access::{Permission, holders_in_words};
use crate::ui::{Audience, Avatar, Empty, Hidden, PageHead, PostForm, day_month_year, load};

/// Those who are entered with the lead's authority and wait for its word.
#[component]
pub fn ColleaguesPage() -> impl IntoView {
    load(own_colleagues(), |Colleagues { authority, is_open, waiting }| {
        let managers = holders_in_words(Permission::ManagePeople);
        let (about, sentence) = if authority.is_empty() {
            (
                "You are entered with no authority, so nobody waits for your word. Ask the Centre’s coordinator.".to_owned(),
                format!("the Centre’s {managers}."),
            )
        } else {
            (
                format!(
                    "People whom the Centre has entered as working for {authority}, and of whom nobody at {authority} has said so yet."
                ),
                format!("you and other leads of {authority}, and the Centre’s {managers}."),
            )
        };
        let list = if !authority.is_empty() && !is_open {
            view! {
                <Empty title="This is closed until your own work is confirmed">
                    <p>{format!("It is not confirmed that you work for {authority}, so you cannot say it of others yet. Please ask the Centre’s coordinator.")}</p>
                </Empty>
            }
            .into_any()
        } else if waiting.is_empty() {
            view! {
                <Empty title="Nobody waits for your word">
                    <p>"We write to you when somebody does."</p>
                </Empty>
            }
            .into_any()
        } else {
            let items = waiting.into_iter().map(|colleague| view! { <Item colleague /> }).collect_view();
            view! {
                <section class="card" aria-labelledby="waiting">
                    <div class="card__head"><h2 id="waiting">"Waiting for your word"</h2></div>
                    <p class="small muted below-3">
                        "Once you say that somebody works there, the community is open to them. If you say that somebody does not, the Centre’s coordinators are told, and you need not say why. Their supervision goes on either way."
                    </p>
                    <ul class="list">{items}</ul>
                </section>
            }
            .into_any()
        };
        view! {
            <PageHead title="Who works here?" about>
                <Audience tier=4 sentence />
            </PageHead>
            <div class="prose">{list}</div>
        }
    })
}

#[component]
fn Item(colleague: Colleague) -> impl IntoView {
    let Colleague { code, name, initials, profession, standing, invited_on } = colleague;
    let invited = match (standing, invited_on) {
        (Standing::NotInvited, _) => "Not invited yet".to_owned(),
        (_, Some(day)) => format!("Invited on {}", day_month_year(day)),
        (_, None) => "Invited".to_owned(),
    };
    let meta = if profession.is_empty() { invited } else { format!("{profession}. {invited}") };
    let (whoever_works, whoever_does_not) = (format!(": {name}"), format!(": {name}"));
    let (works, does_not) = (code.clone(), code.clone());
    view! {
        <li class="item">
            <Avatar initials code small=true />
            <div class="item__body">
                <p class="item__title">{name}</p>
                <p class="item__meta">{meta}</p>
                <div class="row gap-3 above-2">
                    <PostForm action=SayWorksThere::PATH>
                        <Hidden name="code" value=works />
                        <button class="btn btn--sm" type="submit">"Works here"<span class="vh">{whoever_works}</span></button>
                    </PostForm>
                    <PostForm action=SayDoesNotWorkThere::PATH>
                        <Hidden name="code" value=does_not />
                        <button class="btn btn--second btn--sm" type="submit">"Does not work here"<span class="vh">{whoever_does_not}</span></button>
                    </PostForm>
                </div>
            </div>
        </li>
    }
}
