//! Making, changing and ending a group.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{EndPage, GroupChange, GroupFacts};
use super::api::{CreateGroup, EndGroup, group_to_change, group_to_end, group_to_make};
use super::audience::audience_of_any_group;
use super::forms::GroupAddress;
use super::intervention::named_interventions;
use super::model::{GroupKind, MeetingMode, within_sentence};
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, Choices, Field, FormState, Hidden, PageHead, PostForm, SelectField, load, param};

/// Who sees what is entered here.
/// The field in which a supervisor is chosen, for a kind of supervision and with whoever is chosen already. How long everybody still works is known
/// above this room, so it is handed in.
type ChooseSupervisor = fn(GroupKind, String) -> AnyView;

/// A new group.
#[component]
pub fn NewGroupPage(
    /// The field in which its supervisor is chosen.
    choose: ChooseSupervisor,
) -> impl IntoView {
    load(group_to_make(), move |change| {
        view! {
            <PageHead title="New group" up=(paths::GROUPS.to_owned(), "Groups".to_owned())>
                <Audience tier=4 sentence=format!("{}, as soon as you save.", audience_of_any_group()) />
            </PageHead>
            <PostForm action=CreateGroup::PATH class="prose">
                <Details change choose />
                <div class="form-foot">
                    <button class="btn" type="submit">"Make the group"</button>
                    <a href=paths::GROUPS>"Cancel"</a>
                </div>
            </PostForm>
        }
    })
}

/// Changing a group.
#[component]
pub fn ChangeGroupPage(
    /// The field in which its supervisor is chosen.
    choose: ChooseSupervisor,
    /// The function that changes it. What its sessions come to for another supervisor is known above this room, so it is handed in.
    action: &'static str,
) -> impl IntoView {
    let address = GroupAddress { slug: param("slug"), ..GroupAddress::default() };
    load(group_to_change(address), move |change| {
        let (slug, name) = change.facts.as_ref().map(|facts| (facts.slug.clone(), facts.name.clone())).unwrap_or_default();
        let changes = change.facts.as_ref().map(|facts| facts.version);
        let (back, ending) = (paths::group(&slug), paths::end_group(&slug));
        view! {
            <PageHead title=format!("Change {}", within_sentence(&name)) up=(back.clone(), name)>
                <Audience tier=4 sentence=format!("{}, as soon as you save.", audience_of_any_group()) />
            </PageHead>
            <PostForm action changes class="prose">
                <Details change choose />
                <div class="form-foot">
                    <button class="btn" type="submit">"Save"</button>
                    <a href=back>"Cancel"</a>
                </div>
            </PostForm>
            <hr />
            <p><a href=ending>"End this group…"</a></p>
        }
    })
}

/// The fields of a group, new or not.
#[component]
fn Details(change: GroupChange, choose: ChooseSupervisor) -> impl IntoView {
    let GroupChange { facts, supervisor } = change;
    let identity = facts.as_ref().map(|facts| view! { <Hidden name="slug" value=facts.slug.clone() /> });
    let facts = facts.unwrap_or_else(empty_facts);
    let kind = FormState::of_form().entered("kind").and_then(|kind| GroupKind::of_key(&kind)).unwrap_or(facts.kind);
    let kinds = GroupKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).into();
    let interventions = [("", "Not one in particular")].into_iter().chain(named_interventions());
    let interventions = interventions.map(|(key, name)| (key.to_owned(), name.to_owned())).collect();
    let modes = MeetingMode::ALL.map(|mode| (mode.key().to_owned(), mode.name().to_owned())).into();
    view! {
        {identity}
        <Field name="name" label="Name" value=facts.name
            hint="A neutral name, such as that of a river: Aire group. It appears in addresses and calendars, so it never holds a person’s name." />
        <Choices name="kind" legend="Kind of supervision" chosen=vec![facts.kind.key().to_owned()] options=kinds />
        <SelectField name="intervention" label="On which intervention is it?" value=facts.intervention.unwrap_or_default() options=interventions
            hint="Everybody in it sees this. The hours of its members are added up under it, also those that they have had already." />
        {choose(kind, supervisor)}
        <Field name="capacity" label="Places" kind="number" inputmode="numeric" class="input--short" value=facts.capacity.to_string()
            hint=places_hint() />
        <Choices name="mode" legend="How it meets" chosen=vec![facts.mode.key().to_owned()] options=modes />
        <Field name="room_url" label="Address of the room (for online)" kind="url" inputmode="url" value=facts.room_url
            hint="The outside room that the group uses. It begins with https://" />
        <Field name="room_phone" label="Telephone number of the room (optional)" kind="tel" value=facts.room_phone />
        <Field name="place" label="Place (for in person)" value=facts.place hint="The building, the room and the town." />
    }
}

/// "Without the supervisor. Group: from 3 to 8 places. Pair: 2 places. …"
fn places_hint() -> String {
    let allowed = GroupKind::ALL.map(|kind| format!(" {}: {}.", kind.name(), kind.places_in_words()));
    format!("Without the supervisor.{}", allowed.concat())
}

/// What the form of a new group shows at first: the usual group.
fn empty_facts() -> GroupFacts {
    GroupFacts {
        slug: String::new(),
        name: String::new(),
        kind: GroupKind::Group,
        intervention: None,
        mode: MeetingMode::Online,
        room_url: String::new(),
        room_phone: String::new(),
        place: String::new(),
        capacity: 6,
        ended_on: None,
        version: 0,
    }
}

/// Asks before a group ends, and says who will be told what.
#[component]
pub fn EndGroupPage() -> impl IntoView {
    let address = GroupAddress { slug: param("slug"), ..GroupAddress::default() };
    load(group_to_end(address), |page| {
        let EndPage { facts, members, sessions } = page;
        let title = format!("End {}?", facts.name);
        let back = paths::group(&facts.slug);
        view! {
            <PageHead title up=(back.clone(), facts.name.clone())>
                <Audience tier=4 sentence=format!("the Centre’s {}.", holders_in_words(Permission::SeeEveryGroup)) />
            </PageHead>
            <div class="prose">
                <p>"This cannot be taken back. When you end the group:"</p>
                <ul>
                    <li>{members_leave(members)}</li>
                    <li>{sessions_cancelled(sessions)}</li>
                    <li>"its agreement ends; the text, and who agreed to it and when, are kept;"</li>
                    <li>"the members and the supervisor are each sent a message that says so."</li>
                </ul>
            </div>
            <PostForm action=EndGroup::PATH>
                <Hidden name="slug" value=facts.slug />
                <Hidden name="version" value=facts.version.to_string() />
                <div class="form-foot">
                    <a class="btn" href=back>"Keep the group"</a>
                    <button class="btn btn--danger" type="submit">"End the group and tell everybody"</button>
                </div>
            </PostForm>
        }
    })
}

fn members_leave(members: i64) -> String {
    match members {
        0 => "it has no members who would leave it;".to_owned(),
        1 => "its one member leaves it, and no longer sees its page;".to_owned(),
        several => format!("its {several} members leave it, and no longer see its page;"),
    }
}

fn sessions_cancelled(sessions: i64) -> String {
    match sessions {
        0 => "it has no coming sessions to cancel;".to_owned(),
        1 => "its one coming session is cancelled;".to_owned(),
        several => format!("its {several} coming sessions are cancelled;"),
    }
}
