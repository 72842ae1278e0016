//! People: everybody who can be invited, what they do and where, and the roles that they hold.
//!
//! Words: a *practitioner* is supervised; a *supervisor* leads supervision and is supervised too. Invariants: an e-mail address is one
//! person; a name never stands in an address of a page; a suspended person is refused from the next request on; without the word of their authority,
//! given by its lead or told to the Centre, the community is closed to whoever is entered with one, and nothing else is.

mod model;

mod answers;
mod confirmation;
mod email;
pub mod forms;

mod api;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod change_view;
#[cfg(feature = "ssr")]
mod colleagues_view;
#[cfg(feature = "ssr")]
mod confirm_view;
#[cfg(feature = "ssr")]
mod list_view;
#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub mod fixture;

pub use answers::{AuthorityChoice, Invitation, ListedPerson, PEOPLE_ON_A_PAGE, PeopleList, PersonChoices, PersonGroup, PersonRecord};
pub use api::ASKS;
pub use confirmation::{Colleague, Colleagues, Confirmation, Confirmed, LeadsAnswer, WorksThere};
pub use email::EmailAddress;
pub use forms::{
    AnswerBackForm, ChangePersonForm, ConfirmPersonForm, CorrectAddressForm, Correction, Details, NewPerson, NewPersonForm, PeopleFilter,
    PeopleSearchForm, PersonChange, PersonForm,
};
pub use model::{PersonId, PersonName, Standing, initials, short_name};

#[cfg(feature = "ssr")]
pub use change_view::{ChangePersonPage, NewPersonPage};
#[cfg(feature = "ssr")]
pub use colleagues_view::ColleaguesPage;
#[cfg(feature = "ssr")]
pub use confirm_view::WorksThereQuestion;
#[cfg(feature = "ssr")]
pub use list_view::PeoplePage;
#[cfg(feature = "ssr")]
pub use table::people_table;
#[cfg(feature = "ssr")]
pub use view::PersonPage;
