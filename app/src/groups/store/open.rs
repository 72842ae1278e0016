//! The one door to a group.

use chrono::NaiveDate;

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind, Relation};
use crate::people::PersonId;

/// A group that the actor may see, because the database said so. Only [`open_group`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedGroup {
    id: GroupId,
    slug: String,
    name: String,
    kind: GroupKind,
    supervisor: PersonId,
    is_ended: bool,
    relation: Relation,
    member_since: Option<NaiveDate>,
    is_managed: bool,
    may_be_planned: bool,
}

/// Opens the group at a slug for its supervisor, its members and whoever manages groups; for anybody else it is not there.
pub async fn open_group(actor: &Actor, slug: &str) -> Result<OpenedGroup, AppError> {
    const OPEN: &str = "\
SELECT g.id, g.slug, g.name, g.kind, g.supervisor_id, g.ended_at IS NOT NULL AS is_ended,
    m.joined_on
FROM supervision_group g
LEFT JOIN membership m ON m.group_id = g.id AND m.person_id = $2 AND m.left_on IS NULL
WHERE g.slug = $1
    AND (g.supervisor_id = $2 OR m.person_id IS NOT NULL OR $3)";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: GroupId,
        slug: String,
        name: String,
        kind: GroupKind,
        supervisor_id: PersonId,
        is_ended: bool,
        joined_on: Option<NaiveDate>,
    }

    let is_seen_anyway = actor.may(Permission::SeeEveryGroup);
    let is_managed = actor.may(Permission::ManageGroups);
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(slug)
        .bind(actor.person())
        .bind(is_seen_anyway)
        .fetch_optional(pool).await)?;
    let Row { id, slug, name, kind, supervisor_id, is_ended, joined_on } = row.ok_or(AppError::NotFound)?;
    let relation = match (supervisor_id == actor.person(), joined_on.is_some()) {
        (true, _) => Relation::Supervisor,
        (false, true) => Relation::Member,
        (false, false) => Relation::Manager,
    };
    Ok(OpenedGroup {
        id,
        slug,
        name,
        kind,
        supervisor: supervisor_id,
        is_ended,
        relation,
        member_since: joined_on,
        is_managed,
        may_be_planned: !is_ended && actor.may(Permission::PlanSessions) && (is_managed || relation == Relation::Supervisor),
    })
}

/// Opens a group for those who may propose its agreement and plan its sessions: its supervisor, and coordinators.
pub async fn open_group_to_plan(actor: &Actor, slug: &str) -> Result<OpenedGroup, AppError> {
    let group = open_group(actor, slug).await?;
    if group.may_be_planned() { Ok(group) } else { Err(AppError::NotFound) }
}

/// Opens a group that still meets, for those who change groups.
pub async fn open_group_to_change(actor: &Actor, slug: &str) -> Result<OpenedGroup, AppError> {
    let group = open_group(actor, slug).await?;
    if group.is_managed() && !group.is_ended() { Ok(group) } else { Err(AppError::NotFound) }
}

impl OpenedGroup {
    /// Which group it is.
    pub fn id(&self) -> GroupId {
        self.id
    }

    /// Its part of the address.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Its name, for example "Aire group".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What kind of supervision it is for.
    pub fn kind(&self) -> GroupKind {
        self.kind
    }

    /// Who leads it.
    pub fn supervisor(&self) -> PersonId {
        self.supervisor
    }

    /// Whether it meets no more.
    pub fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// What the actor is to it.
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// Whether the actor manages groups, whatever else they are to this one.
    pub fn is_managed(&self) -> bool {
        self.is_managed
    }

    /// Since when the actor is a member, if they are.
    pub fn member_since(&self) -> Option<NaiveDate> {
        self.member_since
    }

    /// Whether the actor may propose its agreement and plan its sessions. A group that has ended is planned no more.
    pub fn may_be_planned(&self) -> bool {
        self.may_be_planned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::fixture::{group, slug_of};
    use crate::people::fixture::person;

    both_databases! {
        async fn a_group_opens_for_its_members_its_supervisor_and_who_manages_groups(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            let slug = slug_of(fixture, id).await;
            for (who, role, relation) in [
                (ruth, Role::Supervisor, Relation::Supervisor),
                (amina, Role::Practitioner, Relation::Member),
                (sian, Role::Coordinator, Relation::Manager),
            ] {
                let opened = open_group(&fixture.actor(who, &[role]), &slug).await.unwrap();
                assert_eq!((opened.id(), opened.relation(), opened.supervisor()), (id, relation, ruth));
            }
        }

        async fn a_clinical_lead_who_supervises_plans_the_groups_that_they_lead_and_no_other(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let clara = person(fixture, "Clara", "Wood", &[Role::Supervisor, Role::ClinicalLead]).await;
            let actor = fixture.actor(clara, &[Role::Supervisor, Role::ClinicalLead]);
            for (supervisor, may_plan) in [(ruth, false), (clara, true)] {
                let id = group(fixture, supervisor, &[], GroupKind::Group).await;
                let slug = slug_of(fixture, id).await;
                assert_eq!(open_group(&actor, &slug).await.unwrap().may_be_planned(), may_plan);
                assert_eq!(open_group_to_plan(&actor, &slug).await.is_ok(), may_plan);
            }
        }

        async fn another_groups_address_is_answered_as_one_that_does_not_exist(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[], GroupKind::Group).await;
            group(fixture, daniel, &[tom], GroupKind::Group).await;
            let slug = slug_of(fixture, id).await;
            for (who, role) in [(daniel, Role::Supervisor), (tom, Role::Practitioner)] {
                let actor = fixture.actor(who, &[role]);
                let foreign = open_group(&actor, &slug).await.unwrap_err();
                let unknown = open_group(&actor, "no-such-group").await.unwrap_err();
                assert_eq!((&foreign, foreign.status()), (&unknown, 404));
            }
        }
    }
}
