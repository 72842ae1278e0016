//! Listing, adding, inviting and changing people.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{PeopleList, PersonChoices, PersonRecord};
use super::confirmation::Colleagues;
use super::forms::{
    AnswerBackForm, ChangePersonForm, ConfirmPersonForm, CorrectAddressForm, NewPersonForm, PeopleFilter, PeopleSearchForm, PersonForm,
};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(People::PATH, Permission::ManagePeople),
    asks(SearchPeople::PATH, Permission::ManagePeople),
    asks(Person::PATH, Permission::ManagePeople),
    asks(ChoicesForPerson::PATH, Permission::ManagePeople),
    asks(AddPerson::PATH, Permission::ManagePeople),
    asks(ChangePerson::PATH, Permission::ManagePeople),
    asks(CorrectAddress::PATH, Permission::ManagePeople),
    asks(InvitePerson::PATH, Permission::ManagePeople),
    asks(SuspendPerson::PATH, Permission::ManagePeople),
    asks(LiftSuspension::PATH, Permission::ManagePeople),
    asks(ForgetCodes::PATH, Permission::ForgetCodes),
    asks(ConfirmPerson::PATH, Permission::ManagePeople),
    asks(OwnColleagues::PATH, Permission::ConfirmColleagues),
    asks(SayWorksThere::PATH, Permission::ConfirmColleagues),
    asks(SayDoesNotWorkThere::PATH, Permission::ConfirmColleagues),
    asks(TakeAnswerBack::PATH, Permission::ConfirmColleagues),
];

/// A page of the people whom a filter leaves.
#[server(prefix = "/api", endpoint = "people")]
pub async fn people(#[server(default)] form: PeopleFilter) -> Result<PeopleList, AppError> {
    let actor = crate::access::require(Permission::ManagePeople)?;
    super::store::people_for(&actor, &form).await
}

/// Narrows the list of people. The words are kept on the server, and the address holds what stands for them.
#[server(prefix = "/api", endpoint = "search_people")]
pub async fn search_people(#[server(default)] form: PeopleSearchForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;
    use crate::ui::address_with;

    let actor = require(Permission::ManagePeople)?;
    let search = super::store::keep_search(&actor, &form.words).await?;
    let PeopleSearchForm { role, authority, standing, works_there, .. } = form;
    let narrowed =
        [("search", &search), ("role", &role), ("authority", &authority), ("standing", &standing), ("works_there", &works_there)];
    go_to(&address_with(paths::PEOPLE, &narrowed.map(|(name, value)| (name, value.as_str()))), "");
    Ok(())
}

/// One person.
#[server(prefix = "/api", endpoint = "person")]
pub async fn person(#[server(default)] form: PersonForm) -> Result<PersonRecord, AppError> {
    let actor = crate::access::require(Permission::ManagePeople)?;
    super::store::record_of(&actor, &form.code).await?.ok_or(AppError::NotFound)
}

/// What the form for somebody new offers.
#[server(prefix = "/api", endpoint = "choices_for_person")]
pub async fn choices_for_person() -> Result<PersonChoices, AppError> {
    let actor = crate::access::require(Permission::ManagePeople)?;
    super::store::choices_for(&actor).await
}

/// Adds somebody.
#[server(prefix = "/api", endpoint = "add_person")]
pub async fn add_person(#[server(default)] form: NewPersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    let person = form.check()?;
    let code = super::store::add_person(&actor, &person).await?;
    let notice = if person.is_invited { "Added, and the invitation is on its way." } else { "Added. No invitation has been sent yet." };
    go_to(&paths::person(&code), notice);
    Ok(())
}

/// Changes what is known of somebody.
#[server(prefix = "/api", endpoint = "change_person")]
pub async fn change_person(#[server(default)] form: ChangePersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    let change = form.check()?;
    super::store::change_person(&actor, &change).await?;
    go_to(&paths::person(&change.code), "The changes are saved.");
    Ok(())
}

/// Corrects an address.
#[server(prefix = "/api", endpoint = "correct_address")]
pub async fn correct_address(#[server(default)] form: CorrectAddressForm) -> Result<(), AppError> {
    use super::model::Standing;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    let correction = form.check()?;
    let notice = match super::store::correct_address(&actor, &correction).await? {
        Standing::Invited => "The address is corrected. A new invitation is on its way to it, and the earlier link no longer works.",
        Standing::Registered => "The address is corrected. They are signed out everywhere, and told at both addresses.",
        Standing::NotInvited | Standing::Suspended => "The address is corrected.",
    };
    go_to(&paths::person(&correction.code), notice);
    Ok(())
}

/// Sends an invitation, for the first time or again.
#[server(prefix = "/api", endpoint = "invite_person")]
pub async fn invite_person(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    super::store::invite_person(&actor, &form.code).await?;
    go_to(&paths::person(&form.code), "The invitation is on its way. A link that was sent before no longer works.");
    Ok(())
}

/// Keeps somebody out.
#[server(prefix = "/api", endpoint = "suspend_person")]
pub async fn suspend_person(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    super::store::suspend_person(&actor, &form.code).await?;
    go_to(&paths::person(&form.code), "Suspended. Every device is signed out.");
    Ok(())
}

/// Lets somebody in again.
#[server(prefix = "/api", endpoint = "lift_suspension")]
pub async fn lift_suspension(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    super::store::lift_suspension(&actor, &form.code).await?;
    go_to(&paths::person(&form.code), "The suspension is lifted.");
    Ok(())
}

/// Lets somebody who has lost their phone set up another.
#[server(prefix = "/api", endpoint = "forget_codes")]
pub async fn forget_codes(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ForgetCodes)?;
    super::store::forget_codes(&actor, &form.code).await?;
    go_to(&paths::person(&form.code), "The codes are removed, and every device is signed out. A message has gone to them.");
    Ok(())
}

/// Confirms for the Centre that somebody works for their authority.
#[server(prefix = "/api", endpoint = "confirm_person")]
pub async fn confirm_person(#[server(default)] form: ConfirmPersonForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManagePeople)?;
    super::store::confirm_person(&actor, &form.check()?).await?;
    go_to(&paths::person(&form.code), "Confirmed. The community is open to them.");
    Ok(())
}

/// Those of the actor's authority who wait for its word.
#[server(prefix = "/api", endpoint = "own_colleagues")]
pub async fn own_colleagues() -> Result<Colleagues, AppError> {
    let actor = crate::access::require(Permission::ConfirmColleagues)?;
    super::store::colleagues_of(&actor).await
}

/// Says that somebody works for the actor's authority.
#[server(prefix = "/api", endpoint = "say_works_there")]
pub async fn say_works_there(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use super::confirmation::LeadsAnswer;
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ConfirmColleagues)?;
    super::store::answer_about(&actor, &form.code, LeadsAnswer::WorksThere).await?;
    let undo = Undo { action: TakeAnswerBack::PATH.to_owned(), of: form.code };
    go_to_with_undo(crate::paths::COLLEAGUES, "Confirmed. The community is open to them.", &undo);
    Ok(())
}

/// Says that somebody does not work for the actor's authority.
#[server(prefix = "/api", endpoint = "say_does_not_work_there")]
pub async fn say_does_not_work_there(#[server(default)] form: PersonForm) -> Result<(), AppError> {
    use super::confirmation::LeadsAnswer;
    use crate::access::{Undo, go_to_with_undo, require};

    let actor = require(Permission::ConfirmColleagues)?;
    super::store::answer_about(&actor, &form.code, LeadsAnswer::DoesNot).await?;
    let undo = Undo { action: TakeAnswerBack::PATH.to_owned(), of: form.code };
    go_to_with_undo(crate::paths::COLLEAGUES, "The Centre’s coordinators are told. The community stays closed to them.", &undo);
    Ok(())
}

/// Takes back what the actor has just said of somebody.
#[server(prefix = "/api", endpoint = "take_answer_back")]
pub async fn take_answer_back(#[server(default)] form: AnswerBackForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ConfirmColleagues)?;
    super::store::take_answer_back(&actor, &form.change).await?;
    go_to(crate::paths::COLLEAGUES, "Taken back. They wait for your word again.");
    Ok(())
}
