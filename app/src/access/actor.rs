//! The three doors to the database: [`require`] for a person, [`anyone`] for public pages, [`system`] for jobs and commands.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::matrix::{Permission, may};
use super::role::Roles;
use super::visit::{Premises, SignedIn, Visit, page_visit};
use crate::database::{Clock, Database, Transaction};
use crate::error::AppError;
use crate::people::PersonId;
use crate::sealing::Keyring;

/// A person whose permission has been checked. Only [`require`] makes one.
#[derive(Clone, Debug)]
pub struct Actor {
    person: PersonId,
    sign_in: uuid::Uuid,
    roles: Roles,
    works_there: bool,
    database: Database,
    clock: Clock,
    origin: Arc<str>,
    keyring: Arc<Keyring>,
}

/// Lets the person through who made this request and holds the permission.
pub fn require(permission: Permission) -> Result<Actor, AppError> {
    require_of(&page_visit()?, permission)
}

/// The same for a request that is answered outside of a page, such as that for a file.
pub fn require_of(visit: &Visit, permission: Permission) -> Result<Actor, AppError> {
    let signed_in = visit.visitor().ok_or(AppError::SignInNeeded)?;
    if !may(&signed_in.roles, permission) {
        return Err(AppError::NotAllowed);
    }
    if permission.is_of_community() && !signed_in.works_there {
        return Err(AppError::NotConfirmed);
    }
    Ok(Actor {
        person: signed_in.person,
        sign_in: signed_in.sign_in,
        roles: signed_in.roles.clone(),
        works_there: signed_in.works_there,
        database: visit.database.clone(),
        clock: visit.clock,
        origin: visit.origin.clone(),
        keyring: visit.keyring.clone(),
    })
}

impl Actor {
    /// Who acts.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The device on which they act.
    pub fn sign_in(&self) -> uuid::Uuid {
        self.sign_in
    }

    /// Whether they hold a further permission, which widens what a statement returns.
    pub fn may(&self, permission: Permission) -> bool {
        may(&self.roles, permission) && (self.works_there || !permission.is_of_community())
    }

    /// Whether they are of the Centre, or their authority has confirmed that they work there.
    pub fn works_there(&self) -> bool {
        self.works_there
    }

    /// The roles that they hold.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// For reading.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// For writing.
    pub async fn begin(&self) -> Result<Transaction, AppError> {
        self.database.begin().await
    }

    /// The address that stands in messages, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The keys of what people write for themselves alone.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// An actor for the tests of a store, which stand below the layer that signs people in.
    #[cfg(test)]
    pub fn in_test(person: PersonId, roles: Roles, database: &Database, clock: Clock) -> Self {
        let origin = "https://reverie.example".into();
        let keyring = Keyring::of_demonstration().into();
        let sign_in = crate::database::new_id();
        Self { person, sign_in, roles, works_there: true, database: database.clone(), clock, origin, keyring }
    }
}

#[cfg(test)]
impl Actor {
    /// The same person, where the server has another keyring.
    #[must_use]
    pub fn with_keyring(self, keyring: Keyring) -> Self {
        Self { keyring: keyring.into(), ..self }
    }

    /// The same person, on a device that is signed in.
    #[must_use]
    pub fn on_device(self, sign_in: uuid::Uuid) -> Self {
        Self { sign_in, ..self }
    }
}

/// A visitor who need not be anybody: sign-in, invitation, reset, public pages.
#[derive(Clone, Debug)]
pub struct Anyone {
    visit: Visit,
}

/// Lets everybody through. What stands behind it must be safe to show to the whole world.
pub fn anyone() -> Result<Anyone, AppError> {
    Ok(Anyone { visit: page_visit()? })
}

impl Anyone {
    /// For reading.
    pub fn database(&self) -> &Database {
        &self.visit.database
    }

    /// For writing.
    pub async fn begin(&self) -> Result<Transaction, AppError> {
        self.visit.database.begin().await
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.visit.clock.now()
    }

    /// Where the request came from, for limits on attempts; never stored as it stands.
    pub fn address(&self) -> IpAddr {
        self.visit.address
    }

    /// What the browser says of itself, for the list of devices.
    pub fn device(&self) -> &str {
        &self.visit.device
    }

    /// Whether people are invented and sign in without a password.
    pub fn is_demonstration(&self) -> bool {
        self.visit.is_demonstration
    }

    /// The address that stands in messages, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.visit.origin
    }

    /// A visitor for the tests of a store.
    #[cfg(test)]
    pub fn in_test(visit: Visit) -> Self {
        Self { visit }
    }

    /// Whoever has begun to sign in, complete or not.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.visit.signed_in.as_deref()
    }
}

/// The program itself: jobs and commands, which nobody asked for by name.
#[derive(Clone, Debug)]
pub struct System {
    database: Database,
    clock: Clock,
    origin: Arc<str>,
    is_demonstration: bool,
    reason: &'static str,
}

/// Lets the program through, with the reason that the audit log keeps.
pub fn system(premises: &Premises, reason: &'static str) -> System {
    System {
        database: premises.database.clone(),
        clock: premises.clock,
        origin: premises.origin.clone(),
        is_demonstration: premises.is_demonstration,
        reason,
    }
}

impl System {
    /// For reading.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// For writing.
    pub async fn begin(&self) -> Result<Transaction, AppError> {
        self.database.begin().await
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The address that stands in messages, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether people are invented and nothing is sent.
    pub fn is_demonstration(&self) -> bool {
        self.is_demonstration
    }

    /// Why the program acts.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}
