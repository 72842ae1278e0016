//! Adding somebody, and changing what is known of them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{PersonChoices, PersonRecord};
use super::api::{AddPerson, ChangePerson, CorrectAddress, choices_for_person, person};
use super::confirm_view::WorksThereQuestion;
use super::forms::PersonForm;
use super::list_view::PeopleAudience;
use super::model::Standing;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Choices, Field, Hidden, PageHead, PostForm, Refusal, SelectField, load, param};

/// The form for somebody new.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    load(choices_for_person(), |choices| {
        view! {
            <PageHead title="Add somebody" up=(paths::PEOPLE.to_owned(), "People".to_owned())>
                <PeopleAudience />
            </PageHead>
            <div class="card prose">
                <PostForm action=AddPerson::PATH>
                    <NameFields title=String::new() given_name=String::new() family_name=String::new() />
                    <EmailField value=String::new() hint="The invitation goes there. It can be corrected at any time." />
                    <WorkFields profession=String::new() authority=String::new() choices=choices.clone() />
                    <WorksThereQuestion hint="Asked of whoever works for an authority. The community is open to them once it is confirmed; their supervision does not wait for it." />
                    <RoleChoices chosen=Vec::new() choices />
                    <Choices
                        name="invite"
                        legend="Invitation"
                        several=true
                        chosen=vec!["now".to_owned()]
                        options=vec![("now".to_owned(), "Send the invitation now".to_owned())]
                    />
                    <div class="form-foot">
                        <button class="btn">"Add"</button>
                        <a href=paths::PEOPLE>"Cancel"</a>
                    </div>
                </PostForm>
            </div>
        }
    })
}

/// The forms that change somebody's record.
#[component]
pub fn ChangePersonPage() -> impl IntoView {
    load(person(PersonForm { code: param("code") }), |person| {
        if !person.may_change {
            return view! { <Refusal error=AppError::NotFound /> }.into_any();
        }
        view! {
            <PageHead title="Change details" about=person.full_name() up=(paths::person(&person.code), person.full_name())>
                <PeopleAudience />
            </PageHead>
            <div class="split">
                <div><DetailsForm person=person.clone() /></div>
                <div><AddressForm person /></div>
            </div>
        }
        .into_any()
    })
}

#[component]
fn DetailsForm(person: PersonRecord) -> impl IntoView {
    let PersonRecord { code, title, given_name, family_name, profession, authority, roles, choices, version, is_own, .. } = person;
    let back = paths::person(&code);
    let chosen: Vec<String> = roles.iter().map(|role| role.key().to_owned()).collect();
    let can_choose = choices.clone();
    // Made inside the form, which knows what was ticked before it was refused.
    let roles = move || {
        if is_own {
            let kept = chosen.into_iter().map(|role| view! { <Hidden name="roles[]" value=role /> }).collect_view();
            view! { <p class="field muted">"You cannot change your own roles. Somebody else who manages people can."</p>{kept} }.into_any()
        } else {
            view! { <RoleChoices chosen choices=can_choose /> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="details">
            <div class="card__head"><h2 id="details">"Details"</h2></div>
            <PostForm action=ChangePerson::PATH changes=Some(version)>
                <Hidden name="code" value=code />
                <NameFields title given_name family_name />
                <WorkFields profession authority=authority.map(|authority| authority.slug).unwrap_or_default() choices />
                <WorksThereQuestion hint="Asked where you move them to another authority. If they stay where they are, it changes nothing." />
                {roles()}
                <div class="form-foot">
                    <button class="btn">"Save"</button>
                    <a href=back>"Cancel"</a>
                </div>
            </PostForm>
        </section>
    }
}

/// Stands by itself, since it has consequences of its own.
#[component]
fn AddressForm(person: PersonRecord) -> impl IntoView {
    let hint = match person.standing {
        Standing::NotInvited | Standing::Suspended => "",
        Standing::Invited => "A new invitation goes to the new address, and the link in the earlier one stops working.",
        Standing::Registered => {
            "From then on this is the address to sign in with. They are signed out everywhere, and told at both addresses."
        }
    };
    if !person.may_correct_address {
        return view! {
            <section class="card" aria-labelledby="address">
                <div class="card__head"><h2 id="address">"Email address"</h2></div>
                <p>{person.email}</p>
                <p class="muted above-2">"This person’s role sees what others do not see, so only an administrator can correct the address."</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="card" aria-labelledby="address">
            <div class="card__head"><h2 id="address">"Email address"</h2></div>
            <PostForm action=CorrectAddress::PATH>
                <Hidden name="code" value=person.code />
                <EmailField value=person.email hint />
                <div class="form-foot"><button class="btn btn--second">"Correct the address"</button></div>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn NameFields(title: String, given_name: String, family_name: String) -> impl IntoView {
    view! {
        <Field name="title" label="Title (optional)" hint="Shown before the name, like Dr" value=title class="input--short" />
        <Field name="given_name" label="First name" value=given_name />
        <Field name="family_name" label="Family name" value=family_name />
    }
}

#[component]
fn EmailField(value: String, hint: &'static str) -> impl IntoView {
    view! { <Field name="email" label="Work email address" hint value kind="email" inputmode="email" /> }
}

#[component]
fn WorkFields(profession: String, authority: String, choices: PersonChoices) -> impl IntoView {
    let none = (String::new(), "None (works for the Centre)".to_owned());
    let options = [none].into_iter().chain(choices.authorities.into_iter().map(|authority| (authority.slug, authority.name))).collect();
    view! {
        <Field name="profession" label="Profession (optional)" hint="For example, Health visitor" value=profession />
        <SelectField name="authority" label="Authority" value=authority options />
    }
}

#[component]
fn RoleChoices(chosen: Vec<String>, choices: PersonChoices) -> impl IntoView {
    let options = choices.roles_to_give.into_iter().map(|role| (role.key().to_owned(), role.name().to_owned())).collect();
    view! {
        <Choices
            name="roles"
            legend="Roles"
            hint="Somebody may hold several. Every role but practitioner signs in with a one-time code as well."
            several=true
            chosen
            options
        />
    }
}
