//! One's own page of the waiting list: what one asked for, where one stands, and the places that are held.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Asked, MyWaiting, OwnEntry, OwnOffer};
use super::api::{AcceptOffer, AskForSupervision, ChangeWaiting, DeclineOffer, LeaveWaiting, my_waiting_of, waiting_to_change};
use super::form_view::WaitingFields;
use super::forms::WaitingAddress;
use super::model::times_in_words;
use crate::access::{Permission, holders_in_words, page_day};
use crate::groups::{GroupKind, within_sentence};
use crate::paths;
use crate::ui::{Audience, Hidden, Icon, PageHead, PostForm, clock_time, day_and_month, day_month_year, load, param};

/// What one waits for, and asking for supervision.
#[component]
pub fn MyWaitingPage() -> impl IntoView {
    load(my_waiting_of(), |waiting| view! { <Own waiting /> })
}

#[component]
fn Own(waiting: MyWaiting) -> impl IntoView {
    let MyWaiting { offers, entries, kinds, last } = waiting;
    let has_entries = !entries.is_empty();
    let offers: Vec<_> = offers.into_iter().map(|offer| view! { <Offer offer /> }).collect();
    let entries: Vec<_> = entries.into_iter().map(|entry| view! { <Entry entry /> }).collect();
    view! {
        <PageHead
            title="Waiting for supervision"
            up=(paths::MY_SUPERVISION.to_owned(), "My supervision".to_owned())
            about="Say what you need and when you could come. As soon as a suitable place is free, it is held for you. All times are UK time."
            times=page_day()
            actions=view! { <a class="btn btn--second" href=paths::REGISTRATION>"Registration"</a> }.into_any()
        >
            <WaitingAudience />
        </PageHead>
        <div class="stack gap-5">
            {offers}
            {entries}
            {(!kinds.is_empty()).then(|| view! { <Ask kinds last has_entries /> })}
        </div>
    }
}

/// Who sees what somebody asked for.
#[component]
fn WaitingAudience() -> impl IntoView {
    let holders = holders_in_words(Permission::ManageWaiting);
    let sentence = format!(
        "you, and the Centre’s {holders}, who look for a place. Nobody else learns that you are waiting, and you do not see who else is."
    );
    view! { <Audience tier=4 sentence /> }
}

/// A place that is held, with the two ways to answer.
#[component]
fn Offer(offer: OwnOffer) -> impl IntoView {
    let OwnOffer { code, group_name, kind, mode, supervisor, members, next, until } = offer;
    let until = ::series::local(until);
    let id = format!("offer-{code}");
    let until = format!("It is held for you until {}, {}, UK time.", day_month_year(until.date()), clock_time(until.time()));
    let people = match members {
        0 => "Nobody is in it yet".to_owned(),
        1 => "One person is in it".to_owned(),
        several => format!("{several} people are in it"),
    };
    let next = next.map_or_else(
        || "No session is planned yet".to_owned(),
        |next| format!("The next session is on {} at {}", day_and_month(next.date()), clock_time(next.time())),
    );
    let (taken, left) = (code.clone(), code);
    let group = within_sentence(&group_name);
    let (take, leave) = (format!(" in {group}"), format!(": the place in {group}"));
    view! {
        <section class="card card--dawn" aria-labelledby=id.clone() data-kind=kind.colour()>
            <div class="card__head">
                <h2 id=id.clone()>{format!("A place in {group} is held for you")}</h2>
                <span class="kind"><Icon name=kind.icon() />{kind.name()}</span>
            </div>
            <p>{format!("{} leads it, {}. {people}. {next}.", supervisor.short, mode.name().to_lowercase())}</p>
            <p class="strong above-2">{until}</p>
            <div class="row gap-3 above-4">
                <PostForm action=AcceptOffer::PATH>
                    <Hidden name="code" value=taken />
                    <button class="btn" type="submit">"Take the place"<span class="vh">{take}</span></button>
                </PostForm>
                <PostForm action=DeclineOffer::PATH>
                    <Hidden name="code" value=left />
                    <button class="btn btn--second" type="submit">"Not this one"<span class="vh">{leave}</span></button>
                </PostForm>
            </div>
            <p class="small muted above-3">"If you do not take it, you need not say why, and stay on the list where you are."</p>
        </section>
    }
}

/// Something that one waits for.
#[component]
fn Entry(entry: OwnEntry) -> impl IntoView {
    let OwnEntry { code, asked, since, band, .. } = entry;
    let Asked { kind, way, times, urgency, wanted } = asked;
    let id = format!("entry-{code}");
    let since = day_month_year(::series::local(since).date());
    let name = kind.name();
    view! {
        <section class="card" aria-labelledby=id.clone() data-kind=kind.colour()>
            <div class="card__head">
                <h2 id=id.clone()>{waits_for(kind)}</h2>
                <a href=paths::change_waiting(&code)>"Change it"<span class="vh">{format!(" ({name})")}</span></a>
            </div>
            <p><b>{band.sentence()}</b>{format!(" You have waited since {since}.")}</p>
            <dl class="facts above-3">
                <dt>"How soon"</dt>
                <dd>{urgency.name()}</dd>
                <dt>"Way to meet"</dt>
                <dd>{way.name()}</dd>
                <dt>"When"</dt>
                <dd>{times_in_words(&times)}</dd>
                {(!wanted.is_empty()).then(|| view! { <dt>"Group asked for"</dt><dd>{wanted}</dd> })}
            </dl>
            <PostForm action=LeaveWaiting::PATH class="above-4">
                <Hidden name="code" value=code />
                <button class="btn btn--second btn--sm" type="submit">"Leave this list"<span class="vh">{format!(" ({name})")}</span></button>
            </PostForm>
            <p class="small muted above-2">"The list goes by how soon people need supervision, and then by how long they have waited. You get no reminders of sessions while you wait."</p>
        </section>
    }
}

/// "You are waiting for a supervision group".
const fn waits_for(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Group => "You are waiting for a supervision group",
        GroupKind::Pair => "You are waiting for supervision as a pair",
        GroupKind::OneToOne => "You are waiting for one-to-one supervision",
        GroupKind::Vig => "You are waiting for VIG supervision",
        GroupKind::Supervisors => "You are waiting for a supervisors’ group",
        GroupKind::Reflective => "You are waiting for a reflective practice group",
        GroupKind::OpenClinic => "You are waiting for an open clinic",
    }
}

/// Asking for a kind of supervision that one does not wait for yet.
#[component]
fn Ask(kinds: Vec<GroupKind>, last: Option<Asked>, has_entries: bool) -> impl IntoView {
    let title = if has_entries { "Ask for something else as well" } else { "Ask for supervision" };
    view! {
        <section class="card" aria-labelledby="ask">
            <div class="card__head"><h2 id="ask">{title}</h2></div>
            <PostForm action=AskForSupervision::PATH>
                <WaitingFields kinds asked=last />
                <div class="form-foot"><button class="btn" type="submit">"Put me on the list"</button></div>
            </PostForm>
        </section>
    }
}

/// Changing what one asked for, in one's place.
#[component]
pub fn ChangeWaitingPage() -> impl IntoView {
    load(waiting_to_change(WaitingAddress { code: param("code") }), |entry| {
        let OwnEntry { code, asked, version, .. } = entry;
        let kind = asked.kind;
        view! {
            <PageHead
                title=format!("Change what you asked for: {}", kind.name())
                up=(paths::MY_WAITING.to_owned(), "Waiting for supervision".to_owned())
                about="The day on which you asked still counts."
            >
                <WaitingAudience />
            </PageHead>
            <section class="card" aria-label="What you ask for">
                <PostForm action=ChangeWaiting::PATH>
                    <Hidden name="code" value=code />
                    <Hidden name="version" value=version.to_string() />
                    <WaitingFields kinds=vec![kind] asked=Some(asked) />
                    <div class="form-foot">
                        <button class="btn" type="submit">"Save"</button>
                        <a href=paths::MY_WAITING>"Cancel"</a>
                    </div>
                </PostForm>
            </section>
        }
    })
}
