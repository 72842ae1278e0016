//! The page of one person.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{PersonGroup, PersonRecord};
use super::api::{ForgetCodes, InvitePerson, LiftSuspension, SuspendPerson, person};
use super::confirm_view::WhetherWorksThere;
use super::forms::PersonForm;
use super::list_view::{PeopleAudience, StandingBadge};
use super::model::Standing;
use crate::access::{Permission, Role, may, page_visit};
use crate::paths;
use crate::ui::{Banner, DeviceAway, Hidden, Icon, PageHead, PostForm, clock_time, day_month_year, load, param};

/// What the Centre knows of somebody, and what can be done about their joining.
#[component]
pub fn PersonPage() -> impl IntoView {
    load(person(PersonForm { code: param("code") }), |person| {
        let change = if person.may_change {
            view! { <a class="btn btn--second" href=paths::change_person(&person.code)><Icon name="pencil" />"Change details"</a> }
                .into_any()
        } else {
            ().into_any()
        };
        view! {
            <PageHead
                title=person.full_name()
                up=(paths::PEOPLE.to_owned(), "People".to_owned())
                about=about(&person)
                actions=change
            >
                <PeopleAudience />
            </PageHead>
            {(!person.may_change).then(|| view! {
                <div class="below-5"><Banner title="Only an administrator can change this record, since this person is one." /></div>
            })}
            <div class="split">
                <div>
                    <Details person=person.clone() />
                    <Groups groups=person.groups.clone() given_name=person.given_name.clone() />
                </div>
                <div class="split--side">
                    <Joining person=person.clone() />
                    {person.confirmation.zip(person.authority).map(|(confirmation, authority)| view! {
                        <WhetherWorksThere code=person.code authority=authority.slug confirmation may_change=person.may_change />
                    })}
                </div>
            </div>
        }
    })
}

/// "Health visitor, Bradford"; nothing for somebody of the Centre without a profession.
fn about(person: &PersonRecord) -> String {
    let authority = person.authority.as_ref().map(|authority| authority.name.as_str()).unwrap_or_default();
    [person.profession.as_str(), authority].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The record, line by line.
#[component]
fn Details(person: PersonRecord) -> impl IntoView {
    let roles: Vec<&str> = person.roles.iter().map(Role::name).collect();
    let authority = person.authority.map_or_else(|| "None (works for the Centre)".to_owned(), |authority| authority.name);
    let profession = if person.profession.is_empty() { "Not given".to_owned() } else { person.profession };
    let lines = [
        ("Email", person.email),
        ("Roles", roles.join(", ")),
        ("Profession", profession),
        ("Authority", authority),
        ("Added", day_month_year(::series::local(person.created_at).date())),
    ];
    let lines = lines.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    // An administrator manages people and plans nobody.
    let visit = page_visit().ok();
    let may_plan = visit.as_ref().and_then(|visit| visit.visitor().map(|visitor| may(&visitor.roles, Permission::ManageGroups)));
    let availability = (person.roles.contains(Role::Supervisor) && may_plan == Some(true))
        .then(|| view! { <a href=paths::person_availability(&person.code)>"Availability"</a> });
    let registration = visit
        .as_ref()
        .filter(|_| person.roles.contains(Role::Supervisor) || person.roles.contains(Role::Practitioner))
        .filter(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::ManageMatching)))
        .map(|_| view! { <a href=paths::person_registration(&person.code)>"Registration"</a> });
    let statement = visit
        .filter(|_| person.roles.contains(Role::Supervisor))
        .filter(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::SeeStatements)))
        .map(|visit| paths::person_statement(&person.code, ::series::local(visit.clock().now()).date()))
        .map(|address| view! { <a href=address>"Monthly statement"</a> });
    view! {
        <section class="card" aria-labelledby="details">
            <div class="card__head"><h2 id="details">"Details"</h2><span class="row gap-4">{registration}{availability}{statement}</span></div>
            <dl class="summary">{lines}</dl>
        </section>
    }
}

/// The groups that they lead and are in.
#[component]
fn Groups(groups: Vec<PersonGroup>, given_name: String) -> impl IntoView {
    let list = if groups.is_empty() {
        view! { <p class="muted">{format!("{given_name} is in no group yet.")}</p> }.into_any()
    } else {
        view! { <ul class="list">{groups.into_iter().map(|group| view! { <GroupLine group /> }).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="groups">
            <div class="card__head"><h2 id="groups">"Groups"</h2></div>
            {list}
        </section>
    }
}

#[component]
fn GroupLine(group: PersonGroup) -> impl IntoView {
    let with = group.with.map(|with| format!(", with {with}")).unwrap_or_default();
    let part = if group.leads { "Supervisor" } else { "Supervisee" };
    let name = match group.slug {
        Some(slug) => view! { <a class="item__title" href=paths::group(&slug)>{group.name}</a> }.into_any(),
        None => view! { <span class="item__title">{group.name}</span> }.into_any(),
    };
    view! {
        <li class="item item--row">
            <div class="item__body">{name}<p class="item__meta">{format!("{part}{with}")}</p></div>
        </li>
    }
}

/// How far they have come in joining, and the next step in it.
#[component]
fn Joining(person: PersonRecord) -> impl IntoView {
    let standing = person.standing;
    let sent_on =
        person.invitation.as_ref().filter(|_| standing == Standing::Invited).map(|invitation| ::series::local(invitation.sent_at).date());
    let invitation = person.invitation.map(|invitation| {
        let (sent, ends) = (::series::local(invitation.sent_at), ::series::local(invitation.expires_at));
        format!(
            "The invitation was sent on {} at {}, UK time. Its link works until {}.",
            day_month_year(sent.date()),
            clock_time(sent.time()),
            day_month_year(ends.date())
        )
    });
    let sentence = match standing {
        Standing::NotInvited => {
            "Nothing has been sent yet. An invitation goes to the address above and leads to choosing a password.".to_owned()
        }
        Standing::Invited => invitation.unwrap_or_else(|| "An invitation was sent. Its link has run out: send it again.".to_owned()),
        Standing::Registered => "Has chosen a password and can sign in.".to_owned(),
        Standing::Suspended => "Cannot sign in, and is in every list as before.".to_owned(),
    };
    let lost_phone = person.may_forget_codes.then(|| view! { <LostPhone code=person.code.clone() /> });
    let actions = person.may_change.then(|| view! { <Steps code=person.code standing is_own=person.is_own /> });
    view! {
        <section class="card" aria-labelledby="joining">
            <div class="card__head"><h2 id="joining">"Joining"</h2><StandingBadge standing /></div>
            <p>{sentence}{sent_on.map(|day| view! { " "<DeviceAway day /> })}</p>
            {actions}
            {lost_phone}
        </section>
    }
}

/// For an administrator, once somebody has said, in a way that leaves no doubt who they are, that phone and recovery codes are lost.
#[component]
fn LostPhone(code: String) -> impl IntoView {
    view! {
        <details class="above-4">
            <summary>"Their phone is lost"</summary>
            <p class="small above-2 below-3">
                "First make sure that it is they who ask: ring them on a number that you know. They are signed out everywhere and set up a new phone when they next sign in with their password."
            </p>
            <PostForm action=ForgetCodes::PATH>
                <Hidden name="code" value=code />
                <button class="btn btn--second btn--sm">"Remove their one-time codes"</button>
            </PostForm>
        </details>
    }
}

/// What can be done next; nobody suspends themselves.
#[component]
fn Steps(code: String, standing: Standing, is_own: bool) -> impl IntoView {
    let step = |action: &'static str, class: &'static str, words: &'static str| {
        let code = code.clone();
        view! {
            <PostForm action>
                <Hidden name="code" value=code />
                <button class=class>{words}</button>
            </PostForm>
        }
        .into_any()
    };
    let suspend = || step(SuspendPerson::PATH, "btn btn--danger", "Suspend");
    let steps = match standing {
        Standing::NotInvited => vec![step(InvitePerson::PATH, "btn", "Send the invitation")],
        Standing::Invited => vec![step(InvitePerson::PATH, "btn btn--second", "Send it again"), suspend()],
        Standing::Registered if is_own => vec![view! { <p class="small muted">"You cannot suspend yourself."</p> }.into_any()],
        Standing::Registered => vec![suspend()],
        Standing::Suspended => vec![step(LiftSuspension::PATH, "btn btn--second", "Lift the suspension")],
    };
    view! { <div class="card__foot">{steps}</div> }
}
