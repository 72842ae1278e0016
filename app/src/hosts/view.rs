//! The page on which somebody is added to a session beside its supervisor.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::ShownHosts;
use super::api::{AddHost, RemoveHost, hosts_of};
use crate::paths;
use crate::people::PersonName;
use crate::sessions::HostRole;
use crate::sessions::answers::{Host, SessionHead};
use crate::sessions::forms::SessionAddress;
use crate::sessions::readers::Part;
use crate::ui::{Audience, Avatar, Choices, Hidden, PageHead, PostForm, SelectField, load, param};

/// Who leads a session together with its supervisor, or observes it.
#[component]
pub fn HostsPage() -> impl IntoView {
    load(hosts_of(SessionAddress { code: param("code") }), |shown| view! { <Hosts shown /> })
}

#[component]
fn Hosts(shown: ShownHosts) -> impl IntoView {
    let ShownHosts { head, free } = shown;
    let back = (paths::session(&head.code), head.title());
    let about = format!("{}. {}.", head.title(), head.hours());
    let tab = format!("Who else leads, {}", head.title());
    let audience = head.circle().audience(Part::Plan);
    let lies_ahead = head.now < head.starts;
    view! {
        <PageHead title="Who else leads or observes" tab=tab up=back about=about times=head.starts.date()>
            <Audience tier=Part::Plan.tier() sentence=audience />
        </PageHead>
        <div class="onething stack gap-5">
            <Present head=head.clone() lies_ahead />
            {lies_ahead.then(|| view! { <Add code=head.code.clone() free /> })}
        </div>
    }
}

/// Everybody who leads it now, each in their role.
#[component]
fn Present(head: SessionHead, lies_ahead: bool) -> impl IntoView {
    let (supervisor, code) = (head.supervisor, head.code);
    let hosts = head.hosts.into_iter().map(|host| host_item(&code, host, lies_ahead)).collect_view();
    view! {
        <section class="card" aria-labelledby="hosts">
            <div class="card__head"><h2 id="hosts">"Who leads it"</h2></div>
            <ul class="list">
                <li class="item item--row">
                    <Avatar initials=supervisor.initials code=supervisor.code />
                    <div class="item__body"><b>{supervisor.short}</b><p class="item__meta">"Supervisor, who marks the attendance"</p></div>
                </li>
                {hosts}
            </ul>
        </section>
    }
}

fn host_item(session: &str, host: Host, lies_ahead: bool) -> impl IntoView + use<> {
    let Host { name, role } = host;
    let (session, code, label) = (session.to_owned(), name.code.clone(), format!(" {}", name.short));
    view! {
        <li class="item item--row">
            <Avatar initials=name.initials code=name.code />
            <div class="item__body"><b>{name.short}</b><p class="item__meta">{role.name()}</p></div>
            {lies_ahead.then(|| view! {
                <PostForm action=RemoveHost::PATH>
                    <Hidden name="session" value=session />
                    <Hidden name="person" value=code />
                    <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{label}</span></button>
                </PostForm>
            })}
        </li>
    }
}

/// Adding somebody of those who are free.
#[component]
fn Add(code: String, free: Vec<PersonName>) -> impl IntoView {
    if free.is_empty() {
        return view! {
            <section class="card" aria-labelledby="add">
                <div class="card__head"><h2 id="add">"Add somebody"</h2></div>
                <p>"No other supervisor is free then. Move the session, or ask somebody to change their hours."</p>
            </section>
        }
        .into_any();
    }
    let nobody = (String::new(), "Choose".to_owned());
    let options = std::iter::once(nobody).chain(free.into_iter().map(|name| (name.code, name.short))).collect();
    let roles = HostRole::ALL.map(|role| (role.key().to_owned(), role.name().to_owned())).to_vec();
    view! {
        <section class="card" aria-labelledby="add">
            <div class="card__head"><h2 id="add">"Add somebody"</h2></div>
            <p>"Those who are free then are offered. Everybody who comes is told that somebody else is there, so that they can say if they would rather not."</p>
            <PostForm action=AddHost::PATH class="above-4">
                <Hidden name="session" value=code.clone() />
                <SelectField name="person" label="Who?" options />
                <Choices name="role" legend="What are they at the session?" options=roles />
                <div class="form-foot">
                    <button class="btn" type="submit">"Add them and tell everybody"</button>
                    <a href=paths::session(&code)>"Back to the session"</a>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
