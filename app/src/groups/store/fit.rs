//! Whether what a group is changed to fits who is in it and what it has done.

use super::super::forms::GroupDetails;
use super::ancestry::supervisors_above;
use super::handover::members_of;
use super::places::places_held;
use super::placing::{people_to_lead, why_not_led};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::{AppError, Problem};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;

/// What a group that is taken shall be.
pub(super) struct Wanted<'a> {
    /// Which group.
    pub group: GroupId,
    /// What kind it is now.
    pub kind: GroupKind,
    /// Who leads it now.
    pub led_by: PersonId,
    /// Who shall lead it.
    pub supervisor: PersonId,
    /// What else it shall be.
    pub details: &'a GroupDetails,
}

/// Refuses what does not fit, with everything that has to change. What is asked of the circle above a supervisor is asked after the change
/// was written to the audit log.
pub(super) async fn check_fit(transaction: &mut Transaction, actor: &Actor, wanted: &Wanted<'_>) -> Result<(), AppError> {
    let members = members_of(transaction, wanted.group).await?;
    let problems: Vec<Problem> = [
        kind_problem(transaction, actor, wanted).await?,
        clinic_problem(transaction, &members, wanted).await?,
        places_problem(&members, places_held(transaction, wanted.group).await?, wanted.details.capacity),
        booked_problem(transaction, actor, wanted).await?,
        supervisor_problem(transaction, actor, &members, wanted).await?,
    ]
    .into_iter()
    .flatten()
    .collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

/// A supervisors' group is for supervisors alone, and its sessions are what keeps them in date: whether it is one is settled once it has
/// met.
async fn kind_problem(transaction: &mut Transaction, actor: &Actor, wanted: &Wanted<'_>) -> Result<Option<Problem>, AppError> {
    const MET: &str = "SELECT COUNT(*) FROM session WHERE group_id = $1 AND starts_at <= $2 AND cancelled_at IS NULL";
    const UNFIT: &str = "\
SELECT COUNT(*)
FROM membership m
WHERE m.group_id = $1
    AND m.left_on IS NULL
    AND NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = m.person_id AND r.role = 'supervisor')";

    let (before, after) = (wanted.kind == GroupKind::Supervisors, wanted.details.kind == GroupKind::Supervisors);
    if before == after {
        return Ok(None);
    }
    let met: i64 = on!(&mut transaction, connection => sqlx::query_scalar(MET)
        .bind(wanted.group)
        .bind(actor.now())
        .fetch_one(connection).await)?;
    if met > 0 {
        let now = if before { "stop being" } else { "become" };
        let sentence = format!(
            "This group has met already, and its sessions count as what they were, so it cannot {now} a supervisors’ group. End it, and make a new one."
        );
        return Ok(Some(Problem::new("kind", sentence)));
    }
    let unfit: i64 = on!(&mut transaction, connection => sqlx::query_scalar(UNFIT).bind(wanted.group).fetch_one(connection).await)?;
    let sentence =
        "A supervisors’ group is for supervisors alone, and somebody in this group is none. Remove them first, or choose another kind.";
    Ok((after && unfit > 0).then(|| Problem::new("kind", sentence)))
}

/// Whether people belong to a group or book its sessions is settled once somebody belongs to it, or a session is published.
async fn clinic_problem(transaction: &mut Transaction, members: &[PersonId], wanted: &Wanted<'_>) -> Result<Option<Problem>, AppError> {
    const SESSIONS: &str = "SELECT COUNT(*) FROM session WHERE group_id = $1";

    if wanted.kind.has_members() == wanted.details.kind.has_members() {
        return Ok(None);
    }
    let sessions: i64 = on!(&mut transaction, connection => sqlx::query_scalar(SESSIONS).bind(wanted.group).fetch_one(connection).await)?;
    let now = if wanted.kind.has_members() { "become" } else { "stop being" };
    let sentence = format!("This group has members or sessions already, so it cannot {now} an open clinic. End it, and make a new one.");
    Ok((sessions > 0 || !members.is_empty()).then(|| Problem::new("kind", sentence)))
}

/// No session that lies ahead has more people than places.
async fn booked_problem(transaction: &mut Transaction, actor: &Actor, wanted: &Wanted<'_>) -> Result<Option<Problem>, AppError> {
    const MOST_BOOKED: &str = "\
SELECT COUNT(*) AS booked
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
    AND s.ends_at > $2
    AND s.cancelled_at IS NULL
GROUP BY s.id
ORDER BY booked DESC
LIMIT 1";

    let booked: Option<i64> = on!(&mut transaction, connection => sqlx::query_scalar(MOST_BOOKED)
        .bind(wanted.group)
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let booked = booked.filter(|booked| *booked > wanted.details.capacity);
    Ok(booked.map(|booked| Problem::new("capacity", format!("{booked} people have booked one of its sessions. Enter {booked} or more."))))
}

fn places_problem(members: &[PersonId], held: i64, capacity: i64) -> Option<Problem> {
    let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
    let taken = count.saturating_add(held);
    let sentence = match held {
        0 => format!("The group has {count} members. Enter {count} or more, or remove somebody first."),
        1 => {
            format!("The group has {count} members, and one place is held by an offer. Enter {taken} or more, or withdraw the offer first.")
        }
        _ => format!(
            "The group has {count} members, and {held} places are held by offers. Enter {taken} or more, or withdraw an offer first."
        ),
    };
    (taken > capacity).then(|| Problem::new("capacity", sentence))
}

/// Nobody leads a group that they are in, or supervises whoever supervises them; nor is it given to somebody who is held, or may not meet one of its people.
async fn supervisor_problem(
    transaction: &mut Transaction,
    actor: &Actor,
    members: &[PersonId],
    wanted: &Wanted<'_>,
) -> Result<Option<Problem>, AppError> {
    let above = supervisors_above(transaction, wanted.supervisor).await?;
    let sentence = if members.contains(&wanted.supervisor) {
        "This person is a member of the group. Choose somebody else, or remove them first.".to_owned()
    } else if members.iter().any(|member| above.contains(member)) {
        "A member of this group supervises this person, directly or through others. Nobody supervises their own supervisor: choose somebody else."
            .to_owned()
    } else if let Some(why) = not_given_to_next(transaction, actor, wanted).await? {
        format!("{why} Choose somebody else.")
    } else {
        return Ok(None);
    };
    Ok(Some(Problem::new("supervisor", sentence)))
}

/// Why somebody else may not take a group over, who is held or may not meet one of those who are in it, have an offer of a place in it or have booked one of
/// its coming sessions. Whoever leads it goes on: nobody loses their supervision by a line that somebody notes.
async fn not_given_to_next(transaction: &mut Transaction, actor: &Actor, wanted: &Wanted<'_>) -> Result<Option<String>, AppError> {
    if wanted.supervisor == wanted.led_by {
        return Ok(None);
    }
    let people = people_to_lead(transaction, wanted.group, actor.now()).await?;
    why_not_led(transaction, actor, wanted.supervisor, &people).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::{create_group, open_group};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{change_group, code_of, coordinator, group, slug_of};
    use crate::groups::forms::GroupForm;
    use crate::holds::fixture::hold;
    use crate::matching::fixture::email_of;
    use crate::people::fixture::person;
    use crate::registration::fixture::answer;
    use crate::registration::store::{answer_step, keep_apart};
    use crate::registration::{Apart, Step, StepForm};
    use crate::sessions::fixture::{book, cancel, session};

    async fn form(fixture: &Fixture, leader: PersonId, kind: GroupKind) -> GroupForm {
        GroupForm {
            name: "Aire".to_owned(),
            kind: kind.key().to_owned(),
            supervisor: code_of(fixture, leader).await,
            capacity: "6".to_owned(),
            mode: "online".to_owned(),
            room_url: "https://meet.example.org/aire".to_owned(),
            ..GroupForm::default()
        }
    }

    /// Gives a group to somebody to lead.
    async fn give(fixture: &Fixture, actor: &Actor, group: GroupId, next: PersonId) -> Result<(), AppError> {
        let opened = open_group(actor, &slug_of(fixture, group).await).await.unwrap();
        change_group(actor, &opened, 1, &form(fixture, next, GroupKind::Group).await.check().unwrap()).await
    }

    /// Changes the kind of a group and nothing else, and answers what was wrong with it.
    async fn change_kind(fixture: &Fixture, actor: &Actor, (group, leader): (GroupId, PersonId), kind: GroupKind) -> Option<String> {
        let form = form(fixture, leader, kind).await;
        let opened = open_group(actor, &slug_of(fixture, group).await).await.unwrap();
        match change_group(actor, &opened, 1, &form.check().unwrap()).await {
            Ok(()) => None,
            Err(AppError::Invalid(problems)) => {
                assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["kind"]);
                problems.into_iter().next().map(|problem| problem.message)
            }
            Err(other) => panic!("{other}"),
        }
    }

    both_databases! {
        async fn a_group_with_a_practitioner_in_it_does_not_become_a_supervisors_group(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let mixed = group(fixture, ruth, &[amina, daniel], GroupKind::Group).await;
            let refused = change_kind(fixture, &actor, (mixed, ruth), GroupKind::Supervisors).await.unwrap();
            assert!(refused.contains("supervisors alone"), "{refused}");
            assert_eq!(change_kind(fixture, &actor, (mixed, ruth), GroupKind::Vig).await, None);
            let fit = group(fixture, ruth, &[daniel], GroupKind::Group).await;
            assert_eq!(change_kind(fixture, &actor, (fit, ruth), GroupKind::Supervisors).await, None);
        }

        async fn a_group_that_has_met_neither_becomes_a_supervisors_group_nor_stops_being_one(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            for (before, after) in [(GroupKind::Group, GroupKind::Supervisors), (GroupKind::Supervisors, GroupKind::Group)] {
                let id = group(fixture, ruth, &[daniel], before).await;
                session(fixture, id, fixture.now() - TimeDelta::days(1), 90).await;
                let refused = change_kind(fixture, &actor, (id, ruth), after).await.unwrap();
                assert!(refused.contains("has met already"), "{refused}");
            }
        }

        async fn a_group_is_given_to_nobody_who_may_not_meet_one_of_its_people_and_coordinators_alone_read_who_that_is(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let (daniel, nadia) = (person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, person(fixture, "Nadia", "Khan", &[Role::Supervisor]).await);
            let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
            let aminas = Apart::Person(email_of(fixture, amina).await);
            keep_apart(&sian, &code_of(fixture, daniel).await, &aminas).await.unwrap();
            let reports = StepForm { manager: "named".to_owned(), manager_email: email_of(fixture, nadia).await, ..answer(Step::Manager) };
            answer_step(&fixture.actor(amina, &[Role::Practitioner]), &reports).await.unwrap();
            for (next, named) in [(daniel, "Daniel O."), (nadia, "Nadia K.")] {
                let refused = format!("{named} and Amina R. may not be in one group. Choose somebody else.");
                assert_eq!(give(fixture, &sian, aire, next).await, Err(AppError::invalid("supervisor", refused)));
                let neutral = "This person cannot lead these people. The Centre’s coordinators see why; please ask them. Choose somebody else.";
                let leading = fixture.actor(ruth, &[Role::Supervisor]);
                assert_eq!(give(fixture, &leading, aire, next).await, Err(AppError::invalid("supervisor", neutral)));
            }
            // Nobody loses their supervision by a line that somebody notes.
            keep_apart(&sian, &code_of(fixture, ruth).await, &aminas).await.unwrap();
            assert_eq!(give(fixture, &sian, aire, ruth).await, Ok(()));
        }

        async fn a_group_is_given_to_nobody_who_is_held_and_no_new_one_either_but_whoever_leads_one_goes_on(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
            hold(fixture, daniel).await;
            let refused = "Daniel O. is not available for matching, so they are given nobody to lead. Choose somebody else.";
            assert_eq!(give(fixture, &sian, aire, daniel).await, Err(AppError::invalid("supervisor", refused)));
            let new = form(fixture, daniel, GroupKind::Group).await.check().unwrap();
            assert_eq!(create_group(&sian, &new).await, Err(AppError::invalid("supervisor", refused)));
            let leading = fixture.actor(ruth, &[Role::Supervisor]);
            let neutral = "This person cannot lead these people. The Centre’s coordinators see why; please ask them. Choose somebody else.";
            assert_eq!(give(fixture, &leading, aire, daniel).await, Err(AppError::invalid("supervisor", neutral)));
            hold(fixture, ruth).await;
            assert_eq!(give(fixture, &sian, aire, ruth).await, Ok(()));
        }

        async fn whoever_has_booked_a_session_is_met_by_whoever_takes_the_clinic_over_unless_it_was_cancelled(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
            let booked = session(fixture, clinic, fixture.now() + TimeDelta::days(7), 90).await;
            book(fixture, booked, amina).await;
            keep_apart(&sian, &code_of(fixture, daniel).await, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
            let opened = open_group(&sian, &slug_of(fixture, clinic).await).await.unwrap();
            let details = form(fixture, daniel, GroupKind::OpenClinic).await.check().unwrap();
            let refused = AppError::invalid("supervisor", "Daniel O. and Amina R. may not be in one group. Choose somebody else.");
            assert_eq!(change_group(&sian, &opened, 1, &details).await, Err(refused));
            cancel(fixture, booked).await;
            assert_eq!(change_group(&sian, &opened, 1, &details).await, Ok(()));
        }
    }
}
