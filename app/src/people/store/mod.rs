//! People in the database.

mod add;
mod apart;
mod change;
mod colleagues;
mod confirm;
mod coordinators;
mod found;
mod held;
mod joining;
mod list;
mod record;
mod remove;
mod roles;
mod search;

#[cfg(test)]
mod confirm_tests;

use super::model::{PersonId, PersonName, initials, short_name};
use crate::database::{Transaction, on};
use crate::error::AppError;

pub use add::{add_person, add_within};
pub use apart::{Apart, apart_by_now, managers_above, not_to_meet};
pub use change::{change_person, change_within};
pub use colleagues::{answer_about, colleagues_of, colleagues_waiting, take_answer_back};
pub use confirm::confirm_person;
pub(crate) use confirm::{has_lead, works_there};
pub use coordinators::coordinators;
pub use held::held_by_now;
pub use joining::{correct_address, forget_codes, invite_person, lift_suspension, send_invitation, suspend_person};
pub use list::{everybody_for, people_for};
pub use record::{choices_for, may_change, record_of};
pub use remove::remove_within;
pub use search::{keep_search, searched_for};

/// The columns of a name, for statements of other capabilities that show people: `p.code, p.title, p.given_name, p.family_name`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NameRow {
    /// The eight-character code.
    pub code: String,
    /// "Dr", or empty.
    pub title: String,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
}

impl From<NameRow> for PersonName {
    fn from(row: NameRow) -> Self {
        Self {
            short: short_name(&row.title, &row.given_name, &row.family_name),
            initials: initials(&row.given_name, &row.family_name),
            code: row.code,
        }
    }
}

/// What somebody who is here is called.
pub async fn name_of(transaction: &mut Transaction, person: PersonId) -> Result<PersonName, AppError> {
    const NAME: &str = "SELECT code, title, given_name, family_name FROM person WHERE id = $1";

    let name: NameRow = on!(&mut transaction, connection => sqlx::query_as(NAME).bind(person).fetch_one(connection).await)?;
    Ok(name.into())
}
