//! Statements, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::Statement;
use super::forms::{MonthAddress, StatementAddress};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(MyStatement::PATH, Permission::SeeOwnStatement), asks(StatementOf::PATH, Permission::SeeStatements)];

/// One's own statement of a month.
#[server(prefix = "/api", endpoint = "my_statement")]
pub async fn my_statement(form: MonthAddress) -> Result<Statement, AppError> {
    let actor = crate::access::require(Permission::SeeOwnStatement)?;
    super::store::own_statement(&actor, &form).await
}

/// A supervisor's statement of a month.
#[server(prefix = "/api", endpoint = "statement_of")]
pub async fn statement_of(form: StatementAddress) -> Result<Statement, AppError> {
    let actor = crate::access::require(Permission::SeeStatements)?;
    super::store::statement_of(&actor, &form).await
}
