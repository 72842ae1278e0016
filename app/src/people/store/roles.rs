//! Giving roles and taking them.

use super::found::note;
use crate::access::{Actor, Role, Roles};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::model::PersonId;

/// Only an administrator makes an administrator, or takes the role away.
pub(super) fn may_give(actor: &Actor, roles: &Roles) -> Result<(), AppError> {
    if roles.contains(Role::Administrator) && !actor.roles().contains(Role::Administrator) {
        return Err(AppError::NotAllowed);
    }
    Ok(())
}

/// The roles that stand in one of the two and not in the other.
pub(super) fn changed_roles(before: &Roles, after: &Roles) -> Roles {
    Role::ALL.into_iter().filter(|role| before.contains(*role) != after.contains(*role)).collect()
}

/// Gives and takes what differs, and writes each down.
pub(super) async fn set_roles(
    transaction: &mut Transaction,
    actor: &Actor,
    person: PersonId,
    before: &Roles,
    after: &Roles,
) -> Result<(), AppError> {
    const GIVE: &str = "INSERT INTO person_role (person_id, role) VALUES ($1, $2)";
    const TAKE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = $2";

    for role in changed_roles(before, after).iter() {
        let (statement, action) = if after.contains(role) { (GIVE, "give_role") } else { (TAKE, "take_role") };
        on!(&mut transaction, connection => sqlx::query(statement).bind(person).bind(role).execute(connection).await.map(|_| ()))?;
        note(transaction, actor, action, person, role.key()).await?;
    }
    // Whoever is signed in without a one-time code must not carry that into a role that asks for one.
    if after.need_code() && !before.need_code() {
        crate::sign_in::store::sign_out_everywhere(transaction, person).await?;
    }
    Ok(())
}
