//! A group that one is asked about: what it would be, and two buttons. There is deliberately no field for a reason.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::first_in_words;
use crate::access::{Permission, holders_in_words, page_day};
use crate::asking::answers::{OwnAsked, OwnStage};
use crate::asking::api::{AnswerAsked, own_asked_of};
use crate::asking::forms::AskedAddress;
use crate::asking::model::{AsWhat, Reply, kind_in_words};
use crate::paths;
use crate::sessions::HostRole;
use crate::ui::{Audience, Banner, Hidden, Icon, PageHead, PostForm, Tone, and, full_stop, load, param};

/// What one is asked about, with the two ways to answer.
#[component]
pub fn AskedPage() -> impl IntoView {
    load(own_asked_of(AskedAddress { code: param("code"), ..AskedAddress::default() }), |asked| {
        let title = match asked.as_what {
            AsWhat::Member => "Would you take this place?",
            AsWhat::Leader => "Would you lead this group?",
            AsWhat::Beside(HostRole::CoSupervisor) => "Would you lead this group with its supervisor?",
            AsWhat::Beside(HostRole::Observer) => "Would you observe this group?",
        };
        let holders = holders_in_words(Permission::ManageMatching);
        let sentence =
            format!("you, and the Centre’s {holders}. The others who are asked do not learn what you answer, or that you are asked.");
        let kind = asked.terms.kind;
        view! {
            <PageHead title up=(paths::TODAY.to_owned(), "Today".to_owned()) about="Nothing is settled before you say so. All times are UK time." times=page_day()>
                <Audience tier=4 sentence />
            </PageHead>
            <Standing asked=asked.clone() />
            <section class="card above-4" aria-labelledby="what" data-kind=kind.colour()>
                <div class="card__head">
                    <h2 id="what">{asked.terms.when.clone()}</h2>
                    <span class="kind push"><Icon name=kind.icon() />{kind.name()}</span>
                </div>
                <What asked=asked.clone() />
                {(asked.stage == OwnStage::Open).then(|| view! { <Answer code=asked.code as_what=asked.as_what reply=asked.reply /> })}
            </section>
        }
    })
}

/// What somebody has answered, and what has come of it.
#[component]
fn Standing(asked: OwnAsked) -> impl IntoView {
    let OwnAsked { as_what, reply, stage, .. } = asked;
    match (stage, reply) {
        (OwnStage::Open, None) => ().into_any(),
        (OwnStage::Open, Some(Reply::Accepted)) => {
            let words = if as_what == AsWhat::Leader { "You have said that you would lead it." } else { "You have accepted." };
            view! { <Banner tone=Tone::Good title=words><p>"You are told as soon as the group begins. Until then you can change your answer below."</p></Banner> }.into_any()
        }
        (OwnStage::Open, Some(Reply::Declined)) => {
            view! { <Banner tone=Tone::Info title="You have declined."><p>"Thank you for saying so. If it was a mistake, change your answer below."</p></Banner> }
                .into_any()
        }
        (OwnStage::Begun(_), _) if matches!(as_what, AsWhat::Beside(_)) => {
            view! { <Banner tone=Tone::Good title="The group has begun."><p>"You are sent its dates as soon as everybody in it has agreed to its agreement."</p></Banner> }
                .into_any()
        }
        (OwnStage::Begun(slug), _) => {
            let address = paths::agreement(&slug);
            view! { <Banner tone=Tone::Good title="The group has begun."><p><a href=address>"Read its agreement, and say that you agree"</a></p></Banner> }
                .into_any()
        }
        (OwnStage::WithoutYou, reply) => {
            let words = if reply == Some(Reply::Declined) { "You had declined. Thank you." } else if matches!(as_what, AsWhat::Beside(_)) { "You need not do anything." } else { "We had not heard from you. If you are waiting for a place, you stay on the list." };
            view! { <Banner tone=Tone::Info title="The group has begun without you."><p>{words}</p></Banner> }.into_any()
        }
        (OwnStage::TakenBack, _) => {
            view! { <Banner tone=Tone::Info title="You need not answer any more."><p>"The group does not begin as it was planned. If you are waiting for a place, you stay on the list."</p></Banner> }
                .into_any()
        }
    }
}

#[component]
fn What(asked: OwnAsked) -> impl IntoView {
    let first = first_in_words(&asked.terms);
    let OwnAsked { as_what, terms, others, professions, authorities, .. } = asked;
    let leads = match as_what {
        AsWhat::Member => terms.supervisor.short,
        AsWhat::Leader => "You would lead it".to_owned(),
        AsWhat::Beside(HostRole::CoSupervisor) => format!("{}, and you with them", terms.supervisor.short),
        AsWhat::Beside(HostRole::Observer) => format!("{}; you would be there to learn", terms.supervisor.short),
    };
    let others = match (others, as_what != AsWhat::Member) {
        (0, _) => "Nobody else yet".to_owned(),
        (1, true) => "One person".to_owned(),
        (1, false) => "One other person".to_owned(),
        (several, true) => format!("{several} people"),
        (several, false) => format!("{several} others"),
    };
    let listed = |words: Vec<String>| if words.is_empty() { "Not known".to_owned() } else { and(&words) };
    view! {
        <dl class="facts">
            <dt>"What"</dt>
            <dd>{format!("A {}", kind_in_words(terms.kind))}</dd>
            <dt>"Led by"</dt>
            <dd>{leads}</dd>
            <dt>"Meets"</dt>
            <dd>{full_stop(&terms.way)}" "{first}</dd>
            <dt>"Who is asked"</dt>
            <dd>{others}</dd>
            <dt>"Their professions"</dt>
            <dd>{listed(professions)}</dd>
            <dt>"Their authorities"</dt>
            <dd>{listed(authorities)}</dd>
        </dl>
    }
}

/// The two answers; the one that was given is not offered again.
#[component]
fn Answer(code: String, as_what: AsWhat, reply: Option<Reply>) -> impl IntoView {
    let accept = match as_what {
        AsWhat::Member => "Accept the place",
        AsWhat::Leader => "I would lead it",
        AsWhat::Beside(HostRole::CoSupervisor) => "I would lead it with them",
        AsWhat::Beside(HostRole::Observer) => "I would observe it",
    };
    let button = |of: Reply, words: &'static str, class: &'static str| {
        let code = code.clone();
        (reply != Some(of)).then(|| {
            view! {
                <PostForm action=AnswerAsked::PATH>
                    <Hidden name="code" value=code />
                    <Hidden name="reply" value=of.key() />
                    <button class=class type="submit">{words}</button>
                </PostForm>
            }
        })
    };
    view! {
        <div class="row gap-3 above-4">
            {button(Reply::Accepted, accept, "btn")}
            {button(Reply::Declined, "Decline", "btn btn--second")}
        </div>
        <p class="small muted above-3">"If you decline, you need not say why. You can change your answer until the group begins."</p>
    }
}
