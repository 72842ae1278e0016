//! Making a group and changing it.

use std::collections::BTreeSet;

use sqlx::FromRow;
use uuid::Uuid;

use super::super::forms::GroupDetails;
use super::fit::{Wanted, check_fit};
use super::handover::{HandedOver, Handover, hand_over};
use super::open::OpenedGroup;
use super::placing::why_not_led;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, folded, new_id, on};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind, MeetingMode, slug_of_name};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// Makes a group and answers its part of the address.
pub async fn create_group(actor: &Actor, details: &GroupDetails) -> Result<String, AppError> {
    let mut transaction = actor.begin().await?;
    let made = make_group(&mut transaction, actor, details).await?;
    transaction.commit().await?;
    Ok(made.slug)
}

/// A group that was made within a unit of work.
#[derive(Clone, Debug)]
pub struct MadeGroup {
    /// Which it is.
    pub id: GroupId,
    /// Its part of the address.
    pub slug: String,
    /// Who leads it.
    pub supervisor: PersonId,
}

/// Makes a group within a unit of work.
pub async fn make_group(transaction: &mut Transaction, actor: &Actor, details: &GroupDetails) -> Result<MadeGroup, AppError> {
    let supervisor = supervisor_of_code(transaction, &details.supervisor).await?;
    if let Some(why) = why_not_led(transaction, actor, supervisor, &[]).await? {
        return Err(AppError::invalid("supervisor", format!("{why} Choose somebody else.")));
    }
    let id = GroupId(new_id());
    let slug = insert(transaction, actor, id, supervisor, details).await?;
    audit(transaction, actor, "create_group", id).await?;
    Ok(MadeGroup { id, slug, supervisor })
}

/// How many groups of one name there can have been, the ended ones included.
const MOST_NAMESAKES: u32 = 50;

/// Stores the group at the address that its name gives. Where a group that has ended stands there, a number is added.
async fn insert(
    transaction: &mut Transaction,
    actor: &Actor,
    id: GroupId,
    supervisor: PersonId,
    details: &GroupDetails,
) -> Result<String, AppError> {
    const INSERT: &str = "\
INSERT INTO supervision_group
    (id, slug, name, name_key, kind, supervisor_id, mode, room_url, room_phone, place, capacity, created_at, intervention, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
ON CONFLICT (slug) DO NOTHING";
    const IS_RUNNING: &str = "SELECT COUNT(*) FROM supervision_group WHERE slug = $1 AND ended_at IS NULL";

    let base = slug_of_name(&details.name);
    for nth in 1..=MOST_NAMESAKES {
        let slug = if nth == 1 { base.clone() } else { format!("{base}-{nth}") };
        let inserted = on!(&mut transaction, connection => sqlx::query(INSERT)
            .bind(id)
            .bind(&slug)
            .bind(&details.name)
            .bind(folded(&details.name))
            .bind(details.kind)
            .bind(supervisor)
            .bind(details.mode)
            .bind(&details.room_url)
            .bind(&details.room_phone)
            .bind(&details.place)
            .bind(details.capacity)
            .bind(actor.now())
            .bind(details.intervention)
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if inserted == 1 {
            return Ok(slug);
        }
        let running: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_RUNNING).bind(&slug).fetch_one(connection).await)?;
        if running > 0 {
            break;
        }
    }
    Err(AppError::invalid("name", "There is a group of this name already. Choose another name, such as that of a river."))
}

/// A group that is changed, but for what is asked of its sessions above this room. Only [`ChangedGroup::commit`] stores it.
#[derive(Debug)]
#[must_use = "a change that is not committed is none"]
pub struct ChangedGroup<'a> {
    transaction: Transaction,
    actor: &'a Actor,
    group: GroupId,
    handover: Option<Handover<'a>>,
}

impl ChangedGroup<'_> {
    /// What another supervisor takes over, where the group was given to another.
    pub fn handed_over(&self) -> Option<HandedOver> {
        self.handover.as_ref().map(|handover| handover.handed_over().clone())
    }

    /// The unit of work that the change belongs to.
    pub fn transaction(&mut self) -> &mut Transaction {
        &mut self.transaction
    }

    /// Lets some of the sessions stay with whoever led the group until now, until somebody covers them.
    pub async fn let_stay(&mut self, sessions: &BTreeSet<Uuid>) -> Result<(), AppError> {
        let Some(handover) = self.handover.as_mut().filter(|_| !sessions.is_empty()) else { return Ok(()) };
        handover.let_stay(&mut self.transaction, sessions).await
    }

    /// Stores the change, and tells everybody once.
    pub async fn commit(mut self) -> Result<(), AppError> {
        if let Some(handover) = self.handover {
            handover.tell(&mut self.transaction, self.actor, self.group).await?;
        }
        audit(&mut self.transaction, self.actor, "change_group", self.group).await?;
        self.transaction.commit().await
    }
}

/// Changes a group that nobody else has changed since it was shown.
pub async fn change_group<'a>(
    actor: &'a Actor,
    group: &OpenedGroup,
    shown: i64,
    details: &GroupDetails,
) -> Result<ChangedGroup<'a>, AppError> {
    const CHANGE: &str = "\
UPDATE supervision_group
SET name = $2, name_key = $3, kind = $4, supervisor_id = $5, mode = $6, room_url = $7, room_phone = $8, place = $9, capacity = $10, intervention = $11
WHERE id = $1";

    let mut transaction = actor.begin().await?;
    let before = take_version(&mut transaction, group.id(), shown, details).await?;
    let supervisor = supervisor_of_code(&mut transaction, &details.supervisor).await?;
    let wanted = Wanted { group: group.id(), kind: before.kind, led_by: before.supervisor, supervisor, details };
    check_fit(&mut transaction, actor, &wanted).await?;
    on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(group.id())
        .bind(&details.name)
        .bind(folded(&details.name))
        .bind(details.kind)
        .bind(supervisor)
        .bind(details.mode)
        .bind(&details.room_url)
        .bind(&details.room_phone)
        .bind(&details.place)
        .bind(details.capacity)
        .bind(details.intervention)
        .execute(connection).await.map(|_| ()))?;
    let handover = if supervisor == before.supervisor {
        None
    } else {
        Some(hand_over(&mut transaction, actor, group.id(), (before.supervisor, supervisor)).await?)
    };
    Ok(ChangedGroup { transaction, actor, group: group.id(), handover })
}

/// What a group was when it was taken.
#[derive(Clone, Copy, FromRow)]
struct Before {
    supervisor: PersonId,
    kind: GroupKind,
}

/// Takes the group for this transaction, if it still is as the person was shown it.
async fn take_version(transaction: &mut Transaction, group: GroupId, shown: i64, details: &GroupDetails) -> Result<Before, AppError> {
    const TAKE: &str = "\
UPDATE supervision_group
SET version = version + 1
WHERE id = $1
    AND version = $2
    AND ended_at IS NULL
RETURNING supervisor_id AS supervisor, kind";

    let taken: Option<Before> =
        on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(group).bind(shown).fetch_optional(connection).await)?;
    if let Some(before) = taken {
        return Ok(before);
    }
    let stored = stored_details(transaction, group).await?;
    if stored.is_ended {
        return Err(AppError::Conflict("This group has ended in the meantime, so it cannot be changed any more.".to_owned()));
    }
    Err(AppError::Conflict(format!(
        "Somebody else changed this group while you had it open. {} What you entered is kept below; save again to put it in place of theirs.",
        stored.against(details)
    )))
}

/// A group as it is stored, to be compared with what somebody entered.
#[derive(FromRow)]
struct Stored {
    name: String,
    kind: GroupKind,
    intervention: Option<String>,
    mode: MeetingMode,
    room_url: String,
    room_phone: String,
    place: String,
    capacity: i64,
    is_ended: bool,
    #[sqlx(flatten)]
    supervisor: NameRow,
}

async fn stored_details(transaction: &mut Transaction, group: GroupId) -> Result<Stored, AppError> {
    const STORED: &str = "\
SELECT g.name, g.kind, g.intervention, g.mode, g.room_url, g.room_phone, g.place, g.capacity, g.ended_at IS NOT NULL AS is_ended,
    p.code, p.title, p.given_name, p.family_name
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id
WHERE g.id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_as(STORED).bind(group).fetch_one(connection).await)?)
}

impl Stored {
    /// A sentence that says in what the stored group differs from what was entered.
    fn against(self, details: &GroupDetails) -> String {
        let supervisor = PersonName::from(self.supervisor);
        let differences: Vec<String> = [
            (self.name != details.name).then(|| format!("its name is {}", self.name)),
            (self.kind != details.kind).then(|| format!("its kind is {}", self.kind.name())),
            (self.intervention.as_deref() != details.intervention).then(|| "it is on another intervention".to_owned()),
            (supervisor.code != details.supervisor).then(|| format!("its supervisor is {}", supervisor.short)),
            (self.capacity != details.capacity).then(|| format!("it has {} places", self.capacity)),
            (self.mode != details.mode).then(|| format!("it meets {}", self.mode.name().to_lowercase())),
            (self.room_url != details.room_url).then(|| "its room has another address".to_owned()),
            (self.room_phone != details.room_phone).then(|| "its room has another telephone number".to_owned()),
            (self.place != details.place).then(|| "it meets at another place".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        if differences.is_empty() {
            return "It now is what you entered.".to_owned();
        }
        format!("Now {}.", differences.join(", "))
    }
}

/// The person of a code, if they can lead a group.
pub async fn supervisor_of_code(transaction: &mut Transaction, code: &str) -> Result<PersonId, AppError> {
    const FIND: &str = "\
SELECT p.id
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.code = $1
    AND p.standing <> 'suspended'";

    let found: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(FIND).bind(code).fetch_optional(connection).await)?;
    found.ok_or_else(|| AppError::invalid("supervisor", "Choose a supervisor from the list."))
}

pub(super) async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, group: GroupId) -> Result<(), AppError> {
    record(transaction, actor, Entry { action, subject: "group", subject_id: Some(group.0), detail: "" }).await
}

#[cfg(test)]
mod tests {
    use super::super::{end_group, open_group};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{change_group, code_of, coordinator, group, messages, slug_of};
    use crate::groups::forms::GroupForm;
    use crate::people::fixture::person;

    fn details(name: &str, supervisor: &str, capacity: &str) -> GroupDetails {
        let word = str::to_owned;
        GroupForm {
            name: word(name),
            kind: word("group"),
            supervisor: word(supervisor),
            capacity: word(capacity),
            mode: word("online"),
            room_url: word("https://meet.example.org/aire"),
            ..GroupForm::default()
        }
        .check()
        .unwrap()
    }

    both_databases! {
        async fn a_new_group_stands_at_the_address_that_its_name_gives(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let aire = details("Aire group", &code_of(fixture, ruth).await, "6");
            assert_eq!(create_group(&actor, &aire).await.unwrap(), "aire");
            let opened = open_group(&actor, "aire").await.unwrap();
            assert_eq!((opened.name(), opened.supervisor()), ("Aire group", ruth));
        }

        async fn a_name_is_given_once_until_its_group_has_ended(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let aire = details("Aire group", &code_of(fixture, ruth).await, "6");
            create_group(&actor, &aire).await.unwrap();
            assert_eq!(create_group(&actor, &aire).await.unwrap_err().status(), 422);
            end_group(&actor, &open_group(&actor, "aire").await.unwrap(), 1).await.unwrap();
            assert_eq!(create_group(&actor, &aire).await.unwrap(), "aire-2");
        }

        async fn only_a_supervisor_can_lead(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            for code in [code_of(fixture, tom).await.as_str(), "nobody22"] {
                let refused = create_group(&actor, &details("Aire", code, "6")).await.unwrap_err();
                assert_eq!(refused, AppError::invalid("supervisor", "Choose a supervisor from the list."));
            }
        }

        async fn the_second_of_two_who_change_a_group_at_once_is_told_what_changed(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let ruth = code_of(fixture, ruth).await;
            create_group(&actor, &details("Aire", &ruth, "6")).await.unwrap();
            let opened = open_group(&actor, "aire").await.unwrap();
            change_group(&actor, &opened, 1, &details("Aire", &ruth, "4")).await.unwrap();
            let refused = change_group(&actor, &opened, 1, &details("Calder", &ruth, "6")).await.unwrap_err();
            assert_eq!(
                refused,
                AppError::Conflict(
                    "Somebody else changed this group while you had it open. Now its name is Aire, it has 4 places. What you entered is kept below; save again to put it in place of theirs.".to_owned()
                )
            );
            change_group(&actor, &opened, 2, &details("Calder", &ruth, "6")).await.unwrap();
            // The address stays, since it has been sent to people.
            assert_eq!(open_group(&actor, "aire").await.unwrap().name(), "Calder");
        }

        async fn a_group_never_has_fewer_places_than_members(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let grace = person(fixture, "Grace", "Amoah", &[Role::Practitioner]).await;
            let yusuf = person(fixture, "Yusuf", "Hadi", &[Role::Practitioner]).await;
            let slug = slug_of(fixture, group(fixture, ruth, &[amina, tom, grace, yusuf], GroupKind::Group).await).await;
            let opened = open_group(&actor, &slug).await.unwrap();
            let refused = change_group(&actor, &opened, 1, &details("Aire", &code_of(fixture, ruth).await, "3")).await.unwrap_err();
            assert_eq!(refused, AppError::invalid("capacity", "The group has 4 members. Enter 4 or more, or remove somebody first."));
            assert_eq!(open_group(&actor, &slug).await.unwrap().name(), opened.name());
        }

        async fn a_member_and_whoever_a_member_supervises_cannot_take_over(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let slug = slug_of(fixture, group(fixture, ruth, &[marianne], GroupKind::Supervisors).await).await;
            group(fixture, marianne, &[daniel], GroupKind::Supervisors).await;
            let opened = open_group(&actor, &slug).await.unwrap();
            for unfit in [marianne, daniel] {
                let refused = change_group(&actor, &opened, 1, &details("Aire", &code_of(fixture, unfit).await, "6")).await.unwrap_err();
                assert_eq!(refused.status(), 422);
            }
            assert_eq!(open_group(&actor, &slug).await.unwrap().supervisor(), ruth);
        }

        async fn another_supervisor_takes_over_the_coming_sessions_and_everybody_is_told(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            let yesterday = crate::sessions::fixture::session(fixture, id, fixture.now() - chrono::TimeDelta::days(1), 90).await;
            let tomorrow = crate::sessions::fixture::session(fixture, id, fixture.now() + chrono::TimeDelta::days(1), 90).await;
            let opened = open_group(&actor, &slug_of(fixture, id).await).await.unwrap();
            change_group(&actor, &opened, 1, &details("Aire", &code_of(fixture, daniel).await, "6")).await.unwrap();
            assert_eq!(leader(fixture, yesterday).await, ruth);
            assert_eq!(leader(fixture, tomorrow).await, daniel);
            assert_eq!(messages(fixture, "%new supervisor%").await, 3);
        }
    }

    async fn leader(fixture: &Fixture, session: crate::sessions::SessionId) -> PersonId {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar("SELECT supervisor_id FROM session WHERE id = $1").bind(session).fetch_one(pool).await)
            .unwrap()
    }
}
