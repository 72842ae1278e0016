//! Joining a group and leaving it. Both are kept with their dates; nothing is deleted.

use chrono::{Days, NaiveDate};

use super::super::letters;
use super::ancestry::supervisors_above;
use super::open::OpenedGroup;
use super::parties::{ask_newcomer, release_party, slug_of, take_group};
use super::places::{places_held, places_taken, wait_no_more};
use super::placing::check_may_be_placed;
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::messages::queue;
use crate::people::PersonId;

/// Gives somebody a place, if there is one, and tells them.
pub async fn add_member(actor: &Actor, group: &OpenedGroup, code: &str) -> Result<(), AppError> {
    has_members(group)?;
    let mut transaction = actor.begin().await?;
    let supervisor = take_group(&mut transaction, group.id()).await?;
    let person = person_who_may_join(&mut transaction, group.kind(), code).await?;
    let placing = Placing { group: group.id(), supervisor, person };
    check_may_be_placed(&mut transaction, Some(actor), placing).await?;
    give_place(&mut transaction, actor, placing).await?;
    record_place_given(&mut transaction, actor, (group.id(), person)).await?;
    transaction.commit().await
}

/// Writes down that somebody was given a place, as the last step of whatever gave it.
pub async fn record_place_given(
    transaction: &mut Transaction,
    actor: &Actor,
    (group, person): (GroupId, PersonId),
) -> Result<(), AppError> {
    audit(transaction, actor, "add_member", group, person).await
}

/// Somebody who shall have a place in a group that is taken.
#[derive(Clone, Copy, Debug)]
pub struct Placing {
    /// The group.
    pub group: GroupId,
    /// Who leads it.
    pub supervisor: PersonId,
    /// Who shall have the place.
    pub person: PersonId,
}

/// Gives a place in a group that is taken: asks the newcomer to agree to what the others have agreed to, lets them wait no more, and tells
/// them.
pub async fn give_place(transaction: &mut Transaction, actor: &Actor, placing: Placing) -> Result<(), AppError> {
    let before = diary_of(transaction, placing.group, Posting::by(actor)).await?;
    let is_asked = take_place(transaction, actor, placing).await?;
    let slug = slug_of(transaction, placing.group).await?;
    before.news(transaction).await?.write(transaction, &letters::place_given(placing.person, is_asked, &slug)).await?;
    tell_the_others(transaction, actor, (placing, &slug)).await
}

/// Tells those who share the space of a group that somebody reads it with them from now on, whoever gave the place. Where a group is made, everybody is
/// told at once, and there is nothing to read yet.
async fn tell_the_others(transaction: &mut Transaction, actor: &Actor, (placing, slug): (Placing, &str)) -> Result<(), AppError> {
    const OTHERS: &str = "\
SELECT p.id
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id OR p.id IN (SELECT m.person_id FROM membership m WHERE m.group_id = g.id AND m.left_on IS NULL)
WHERE g.id = $1
    AND g.kind NOT IN ('one_to_one', 'vig', 'open_clinic')
    AND p.id <> $2
    AND p.standing = 'registered'
ORDER BY p.id";

    let others: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(OTHERS)
        .bind(placing.group)
        .bind(placing.person)
        .fetch_all(connection).await)?;
    for other in others {
        queue(transaction, &letters::somebody_joined(other, slug), actor.now()).await?;
    }
    Ok(())
}

/// The same without a word to anybody, for whoever makes a group and tells everybody at once. Answers whether there was anything to agree to.
pub async fn take_place(transaction: &mut Transaction, actor: &Actor, placing: Placing) -> Result<bool, AppError> {
    let Placing { group, person, .. } = placing;
    check_may_join(transaction, placing).await?;
    if !join(transaction, actor, group, person).await? {
        return Err(why_not(transaction, group, person).await?);
    }
    wait_no_more(transaction, actor, group, person).await?;
    ask_newcomer(transaction, group, person).await
}

/// Refuses who leads the group, or supervises whoever leads it.
pub async fn check_may_join(transaction: &mut Transaction, placing: Placing) -> Result<(), AppError> {
    if placing.person == placing.supervisor {
        return Err(AppError::invalid("", "This person leads the group. Choose another supervisor first."));
    }
    if supervisors_above(transaction, placing.supervisor).await?.contains(&placing.person) {
        return Err(AppError::invalid(
            "",
            "This person supervises the group’s supervisor, directly or through others. Nobody supervises their own supervisor.",
        ));
    }
    Ok(())
}

/// An open clinic has no members: whoever wants to come books a place at one of its sessions.
pub(super) fn has_members(group: &OpenedGroup) -> Result<(), AppError> {
    if group.kind().has_members() { Ok(()) } else { Err(AppError::NotFound) }
}

/// Takes a place while there is one; the count and the place are one statement, and the group is taken, so a group never holds more than it
/// has places.
async fn join(transaction: &mut Transaction, actor: &Actor, group: GroupId, person: PersonId) -> Result<bool, AppError> {
    // Somebody who left today, or by tomorrow, never was away: their membership goes on.
    const COME_BACK: &str = concat!(
        "\
UPDATE membership
SET left_on = NULL
WHERE group_id = $1
    AND person_id = $2
    AND left_on >= $3
    AND ",
        places_taken!("$1", but "$2"),
        " < (SELECT g.capacity FROM supervision_group g WHERE g.id = $1 AND g.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.group_id = $1 AND o.person_id = $2 AND o.left_on IS NULL)"
    );
    const JOIN: &str = concat!(
        "\
INSERT INTO membership (group_id, person_id, joined_on)
SELECT g.id, $2, $3
FROM supervision_group g
WHERE g.id = $1
    AND g.ended_at IS NULL
    AND ",
        places_taken!("$1", but "$2"),
        " < g.capacity
    AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.group_id = $1 AND o.person_id = $2 AND (o.left_on IS NULL OR o.left_on >= $3))"
    );

    for statement in [COME_BACK, JOIN] {
        let joined = on!(&mut transaction, connection => sqlx::query(statement)
            .bind(group)
            .bind(person)
            .bind(today(actor))
            .execute(connection).await.map(|done| done.rows_affected()))?;
        if joined > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Why nobody could take a place a moment ago.
async fn why_not(transaction: &mut Transaction, group: GroupId, person: PersonId) -> Result<AppError, AppError> {
    const IS_MEMBER: &str = "SELECT COUNT(*) FROM membership WHERE group_id = $1 AND person_id = $2 AND left_on IS NULL";
    const IS_RUNNING: &str = "SELECT COUNT(*) FROM supervision_group WHERE id = $1 AND ended_at IS NULL";

    let running: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_RUNNING).bind(group).fetch_one(connection).await)?;
    if running == 0 {
        return Ok(AppError::Conflict("This group has ended, so nobody can join it.".to_owned()));
    }
    let present: i64 =
        on!(&mut transaction, connection => sqlx::query_scalar(IS_MEMBER).bind(group).bind(person).fetch_one(connection).await)?;
    if present > 0 {
        return Ok(AppError::Conflict("This person is a member of the group already.".to_owned()));
    }
    if places_held(transaction, group).await? > 0 {
        return Ok(AppError::Conflict(
            "Every place in this group is taken, or held for somebody by an offer. Give the group more places, withdraw an offer, or choose another group.".to_owned(),
        ));
    }
    Ok(AppError::Conflict("Every place in this group is taken. Give the group more places, or choose another group.".to_owned()))
}

/// The person of a code, if this kind of group is for them.
pub async fn person_who_may_join(transaction: &mut Transaction, kind: GroupKind, code: &str) -> Result<PersonId, AppError> {
    const FIND: &str = "\
SELECT p.id
FROM person p
WHERE p.code = $1
    AND p.standing <> 'suspended'
    AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND (r.role = 'supervisor' OR (r.role = 'practitioner' AND NOT $2)))";

    let found: Option<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(FIND)
        .bind(code)
        .bind(kind == GroupKind::Supervisors)
        .fetch_optional(connection).await)?;
    found.ok_or(AppError::NotFound)
}

/// Ends somebody's place, asks them to agree to nothing more, and tells them.
pub async fn remove_member(actor: &Actor, group: &OpenedGroup, code: &str) -> Result<(), AppError> {
    const FIND: &str = "\
SELECT p.id
FROM person p
JOIN membership m ON m.person_id = p.id AND m.group_id = $2 AND m.left_on IS NULL
WHERE p.code = $1";

    let mut transaction = actor.begin().await?;
    take_group(&mut transaction, group.id()).await?;
    let found: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(FIND).bind(code).bind(group.id()).fetch_optional(connection).await)?;
    let person = found.ok_or_else(|| AppError::Conflict("This person is no longer a member of the group.".to_owned()))?;
    let before = diary_of(&mut transaction, group.id(), Posting::by(actor)).await?;
    leave(&mut transaction, actor, group.id(), person).await?;
    audit(&mut transaction, actor, "remove_member", group.id(), person).await?;
    release_party(&mut transaction, actor, group.id(), person).await?;
    before.news(&mut transaction).await?.write(&mut transaction, &letters::place_ended(person)).await?;
    transaction.commit().await
}

/// Writes down on which day somebody no longer belongs: today, or tomorrow if the group has met today and they were part of that.
pub(super) async fn leave(transaction: &mut Transaction, actor: &Actor, group: GroupId, person: PersonId) -> Result<(), AppError> {
    const HAS_MET_TODAY: &str =
        "SELECT COUNT(*) FROM session WHERE group_id = $1 AND starts_local >= $2 AND starts_at <= $3 AND cancelled_at IS NULL";
    const LEAVE: &str = "UPDATE membership SET left_on = $3 WHERE group_id = $1 AND person_id = $2 AND left_on IS NULL";

    let today = today(actor);
    let met: i64 = on!(&mut transaction, connection => sqlx::query_scalar(HAS_MET_TODAY)
        .bind(group)
        .bind(today.and_time(chrono::NaiveTime::MIN))
        .bind(actor.now())
        .fetch_one(connection).await)?;
    let left_on = if met > 0 { today.checked_add_days(Days::new(1)).unwrap_or(today) } else { today };
    on!(&mut transaction, connection => sqlx::query(LEAVE)
        .bind(group)
        .bind(person)
        .bind(left_on)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}

async fn audit(
    transaction: &mut Transaction,
    actor: &Actor,
    action: &'static str,
    group: GroupId,
    person: PersonId,
) -> Result<(), AppError> {
    let detail = format!("person {person}");
    record(transaction, actor, Entry { action, subject: "group", subject_id: Some(group.0), detail: &detail }).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{code_of, group, slug_of};
    use crate::groups::store::open_group;
    use crate::people::fixture::person;

    /// A coordinator, a supervisor's group, and somebody who is in no group.
    async fn scene(fixture: &Fixture) -> (Actor, PersonId, OpenedGroup, PersonId) {
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let actor = fixture.actor(sian, &[Role::Coordinator]);
        let slug = slug_of(fixture, group(fixture, ruth, &[], GroupKind::Group).await).await;
        let opened = open_group(&actor, &slug).await.unwrap();
        (actor, ruth, opened, tom)
    }

    async fn count(fixture: &Fixture, statement: &'static str, group: GroupId) -> i64 {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(statement).bind(group).fetch_one(pool).await).unwrap()
    }

    const PRESENT: &str = "SELECT COUNT(*) FROM membership WHERE group_id = $1 AND left_on IS NULL";
    const EVER: &str = "SELECT COUNT(*) FROM membership WHERE group_id = $1";

    both_databases! {
        async fn joining_and_leaving_keep_the_history_and_write_to_the_person_and_joining_to_those_who_were_there(fixture: Fixture) {
            let (actor, _, opened, tom) = scene(fixture).await;
            let code = code_of(fixture, tom).await;
            add_member(&actor, &opened, &code).await.unwrap();
            assert_eq!(count(fixture, PRESENT, opened.id()).await, 1);

            let later = fixture.actor_at(fixture.now() + chrono::TimeDelta::days(30), actor.person(), &[Role::Coordinator]);
            remove_member(&later, &opened, &code).await.unwrap();
            assert_eq!((count(fixture, PRESENT, opened.id()).await, count(fixture, EVER, opened.id()).await), (0, 1));
            let letters = "SELECT COUNT(*) FROM message m JOIN supervision_group g ON g.id = $1 WHERE m.subject LIKE '%place in a supervision group%'";
            assert_eq!(count(fixture, letters, opened.id()).await, 2);

            let much_later = fixture.actor_at(fixture.now() + chrono::TimeDelta::days(60), actor.person(), &[Role::Coordinator]);
            add_member(&much_later, &opened, &code).await.unwrap();
            assert_eq!((count(fixture, PRESENT, opened.id()).await, count(fixture, EVER, opened.id()).await), (1, 2));

            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            add_member(&much_later, &opened, &code_of(fixture, amina).await).await.unwrap();
            let told = "SELECT COUNT(*) FROM message m JOIN supervision_group g ON g.id = $1 WHERE m.subject LIKE 'Somebody has joined%'";
            assert_eq!(count(fixture, told, opened.id()).await, 2 + 2, "its supervisor twice, then its supervisor and Tom");
        }

        async fn somebody_who_comes_back_on_the_same_day_was_never_away(fixture: Fixture) {
            let (actor, _, opened, tom) = scene(fixture).await;
            let code = code_of(fixture, tom).await;
            add_member(&actor, &opened, &code).await.unwrap();
            remove_member(&actor, &opened, &code).await.unwrap();
            add_member(&actor, &opened, &code).await.unwrap();
            assert_eq!((count(fixture, PRESENT, opened.id()).await, count(fixture, EVER, opened.id()).await), (1, 1));
        }

        async fn a_member_is_not_added_twice_and_a_stranger_is_not_removed(fixture: Fixture) {
            let (actor, _, opened, tom) = scene(fixture).await;
            let code = code_of(fixture, tom).await;
            add_member(&actor, &opened, &code).await.unwrap();
            let again = add_member(&actor, &opened, &code).await.unwrap_err();
            assert_eq!(again, AppError::Conflict("This person is a member of the group already.".to_owned()));
            remove_member(&actor, &opened, &code).await.unwrap();
            assert_eq!(remove_member(&actor, &opened, &code).await.unwrap_err().status(), 409);
            assert_eq!(add_member(&actor, &opened, "nobody22").await.unwrap_err(), AppError::NotFound);
        }

        async fn a_supervisors_group_is_for_supervisors_alone(fixture: Fixture) {
            let (actor, ruth, _, tom) = scene(fixture).await;
            let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
            let slug = slug_of(fixture, group(fixture, marianne, &[], GroupKind::Supervisors).await).await;
            let opened = open_group(&actor, &slug).await.unwrap();
            assert_eq!(add_member(&actor, &opened, &code_of(fixture, tom).await).await.unwrap_err(), AppError::NotFound);
            add_member(&actor, &opened, &code_of(fixture, ruth).await).await.unwrap();
        }

        async fn nobody_joins_a_group_that_they_lead(fixture: Fixture) {
            let (actor, ruth, opened, _) = scene(fixture).await;
            let refused = add_member(&actor, &opened, &code_of(fixture, ruth).await).await.unwrap_err();
            assert_eq!(refused.status(), 422);
            assert_eq!(count(fixture, EVER, opened.id()).await, 0);
        }

        async fn nobody_ends_up_supervising_their_own_supervisor(fixture: Fixture) {
            let (actor, ruth, opened, _) = scene(fixture).await;
            let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            // Marianne supervises Daniel, who supervises Ruth: she cannot join the group that Ruth leads.
            group(fixture, marianne, &[daniel], GroupKind::Supervisors).await;
            group(fixture, daniel, &[ruth], GroupKind::Supervisors).await;
            for above in [marianne, daniel] {
                assert_eq!(add_member(&actor, &opened, &code_of(fixture, above).await).await.unwrap_err().status(), 422);
            }
            assert_eq!(count(fixture, EVER, opened.id()).await, 0);
        }

        async fn of_fifty_who_want_the_last_place_at_once_one_gets_it(fixture: Fixture) {
            the_last_place_goes_to_one(fixture).await;
        }
    }

    #[tokio::test]
    async fn of_fifty_who_want_the_last_place_at_once_one_gets_it_in_a_file_with_many_connections() {
        let fixture = Fixture::in_a_file().await;
        the_last_place_goes_to_one(&fixture).await;
        fixture.close().await;
    }

    async fn the_last_place_goes_to_one(fixture: &Fixture) {
        let (actor, _, opened, _) = scene(fixture).await;
        let mut codes = Vec::new();
        for nth in 0..55 {
            codes.push(code_of(fixture, person(fixture, &format!("Person{nth}"), "Example", &[Role::Practitioner]).await).await);
        }
        // The group has six places.
        let late = codes.split_off(5);
        for code in &codes {
            add_member(&actor, &opened, code).await.unwrap();
        }
        let attempts = late.into_iter().map(|code| {
            let (actor, opened) = (actor.clone(), opened.clone());
            tokio::spawn(async move { add_member(&actor, &opened, &code).await })
        });
        let mut outcomes = Vec::new();
        for attempt in attempts.collect::<Vec<_>>() {
            outcomes.push(attempt.await.unwrap());
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|error| error.status() == 409), "{outcomes:?}");
        assert_eq!(count(fixture, PRESENT, opened.id()).await, 6);
    }
}
