//! Who could lead a group, in the order in which they are proposed: by the same standing as for cover.

use super::candidates::{Standing, experience, hours_left, recent_covers};
use crate::access::{Actor, Permission};
use crate::availability::store::{FreeSupervisor, supervisors_in_week};
use crate::cover::answers::Candidate;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::store::{OpenedGroup, people_to_lead};
use crate::people::PersonId;
use crate::people::store::{apart_by_now, held_by_now};

/// Everybody who can lead a group: those who are qualified for the kind first, in the order of the contracted hours left to them this week; among
/// equals whoever leads such groups, and then whoever has covered least. Those come last to whom it would not be given: who are held, or may not meet
/// somebody in a group that there is already, or at its coming sessions; and it is said of them.
pub async fn who_could_lead(actor: &Actor, kind: GroupKind, group: Option<&OpenedGroup>) -> Result<Vec<Candidate>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let people = match group {
        Some(group) => people_to_lead(&mut moment, group.id(), actor.now()).await?,
        None => Vec::new(),
    };
    let (apart, held) = (apart_by_now(&mut moment).await?, held_by_now(&mut moment).await?);
    let why_not = |one: PersonId| {
        // Whoever leads it goes on, whatever is noted.
        if group.is_some_and(|group| group.supervisor() == one) {
            return None;
        }
        if held.contains(&one) {
            let is_told = actor.may(Permission::ManageMatching);
            return Some(if is_told { NOT_AVAILABLE } else { ASK_COORDINATORS });
        }
        apart.first_from(one, &people).map(|_| "Cannot lead it: may not be in one group with somebody in it.")
    };
    let mut supervisors = supervisors_in_week(&mut moment, ::series::local(actor.now()).date()).await?;
    let standing = Standing::read(&mut moment, actor.now()).await?;
    supervisors.sort_by_key(|one| {
        let (is_qualified, leads) = (standing.is_qualified(one.person, kind), standing.leads(one.person, kind));
        (
            why_not(one.person).is_some(),
            !is_qualified,
            one.minutes_left.is_none(),
            one.minutes_left.map(|minutes| -minutes),
            !leads,
            standing.covers(one.person),
        )
    });
    let candidate = |one: FreeSupervisor| {
        if let Some(reason) = why_not(one.person) {
            return Candidate { name: one.name, reason: reason.to_owned() };
        }
        let reason = reason(&one, kind, &standing);
        Candidate { name: one.name, reason }
    };
    Ok(supervisors.into_iter().map(candidate).collect())
}

/// What those who form groups read of whoever is held.
const NOT_AVAILABLE: &str = "Cannot lead it: is not available for matching.";

/// What others read.
const ASK_COORDINATORS: &str = "Cannot lead it. The Centre’s coordinators see why.";

/// "12 hours of the contract left this week. Leads groups. One cover of late."
fn reason(one: &FreeSupervisor, kind: GroupKind, standing: &Standing) -> String {
    let hours = match one.minutes_left {
        None => "Contracted hours not entered.".to_owned(),
        Some(minutes) if minutes <= 0 => "No contracted hours left this week.".to_owned(),
        Some(minutes) => format!("{} of the contract left this week.", hours_left(minutes)),
    };
    if !standing.is_qualified(one.person, kind) {
        return format!("{hours} Not written down as qualified for it.");
    }
    let covers = recent_covers(standing.covers(one.person));
    format!("{hours}{}{covers}", experience(kind, standing.leads(one.person, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::availability::store::{open_availability, set_limits, set_qualifications};
    use crate::availability::{Limits, QualificationsForm};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::on;
    use crate::groups::fixture::{coordinator, group, slug_of};
    use crate::groups::store::open_group;
    use crate::holds::fixture::hold;
    use crate::matching::fixture::email_of;
    use crate::people::fixture::{code_of, person};
    use crate::registration::Apart;
    use crate::registration::store::keep_apart;
    use crate::sessions::fixture::{book, cancel, session};

    async fn contract(fixture: &Fixture, sian: &Actor, who: PersonId, minutes: i64) {
        let opened = open_availability(sian, &code_of(fixture, who).await).await.unwrap();
        set_limits(sian, &opened, 0, &Limits { contracted_minutes: Some(minutes), ..Limits::default() }).await.unwrap();
    }

    both_databases! {
        async fn whoever_has_most_hours_left_stands_first_and_whoever_is_qualified_before_them(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
            contract(fixture, &sian, ruth, 600).await;
            contract(fixture, &sian, daniel, 450).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            session(fixture, aire, "2026-10-23T10:00:00Z".parse().unwrap(), 300).await;
            let told = |candidates: Vec<Candidate>| candidates.into_iter().map(|one| format!("{}: {}", one.name.short, one.reason)).collect::<Vec<_>>();
            assert_eq!(told(who_could_lead(&sian, GroupKind::Group, None).await.unwrap()), [
                "Daniel O.: 7 hours 30 minutes of the contract left this week. No recent cover.",
                "Ruth A.: 5 hours of the contract left this week. Leads groups. No recent cover.",
                "Nadia H.: Contracted hours not entered. No recent cover.",
            ]);
            let opened = open_availability(&sian, &code_of(fixture, ruth).await).await.unwrap();
            let form = QualificationsForm { qualified: vec![GroupKind::Vig.key().to_owned()], ..QualificationsForm::default() };
            set_qualifications(&sian, &opened, &form.check()).await.unwrap();
            assert_eq!(told(who_could_lead(&sian, GroupKind::Vig, None).await.unwrap())[..2], [
                "Ruth A.: 5 hours of the contract left this week. Qualified for VIG supervision. No recent cover.",
                "Daniel O.: 7 hours 30 minutes of the contract left this week. Not written down as qualified for it.",
            ]);
        }

        async fn of_those_who_have_as_many_hours_left_whoever_has_covered_least_stands_first(fixture: Fixture) {
            const COVER: &str = "UPDATE session SET supervisor_id = $2 WHERE id = $1";

            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            // In another week, so that nobody's hours of this one are touched.
            let covered = session(fixture, aire, "2026-10-13T10:00:00Z".parse().unwrap(), 90).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(COVER).bind(covered).bind(daniel).execute(pool).await.map(|_| ())).unwrap();
            for who in [daniel, nadia] {
                contract(fixture, &sian, who, 450).await;
            }
            let candidates = who_could_lead(&sian, GroupKind::Pair, None).await.unwrap();
            let told: Vec<_> = candidates.into_iter().take(2).map(|one| format!("{}: {}", one.name.short, one.reason)).collect();
            assert_eq!(told, [
                "Nadia H.: 7 hours 30 minutes of the contract left this week. No recent cover.",
                "Daniel O.: 7 hours 30 minutes of the contract left this week. One cover of late.",
            ]);
        }

        async fn whoever_may_not_meet_somebody_in_the_group_stands_last_with_the_reason_unless_they_lead_it_already(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            contract(fixture, &sian, daniel, 450).await;
            let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
            for supervisor in [ruth, daniel] {
                keep_apart(&sian, &code_of(fixture, supervisor).await, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
            }
            let opened = open_group(&sian, &slug_of(fixture, aire).await).await.unwrap();
            let candidates = who_could_lead(&sian, GroupKind::Group, Some(&opened)).await.unwrap();
            let names: Vec<&str> = candidates.iter().map(|one| one.name.short.as_str()).collect();
            assert_eq!(names, ["Ruth A.", "Nadia H.", "Daniel O."]);
            assert_eq!(candidates[2].reason, "Cannot lead it: may not be in one group with somebody in it.");
        }

        async fn whoever_is_held_stands_last_also_for_a_new_group_and_goes_on_with_their_own(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            contract(fixture, &sian, daniel, 450).await;
            hold(fixture, daniel).await;
            let told = async |actor: &Actor, group: Option<&OpenedGroup>| {
                let candidates = who_could_lead(actor, GroupKind::Group, group).await.unwrap();
                candidates.into_iter().map(|one| format!("{}: {}", one.name.short, one.reason)).collect::<Vec<_>>()
            };
            let shown = told(&sian, None).await;
            assert!(shown[0].starts_with("Ruth A.: Contracted hours not entered."), "{shown:?}");
            assert_eq!(shown[1], "Daniel O.: Cannot lead it: is not available for matching.");
            let not_told = fixture.actor(ruth, &[Role::Supervisor]);
            assert_eq!(told(&not_told, None).await[1], "Daniel O.: Cannot lead it. The Centre’s coordinators see why.");
            let his = group(fixture, daniel, &[], GroupKind::Group).await;
            let opened = open_group(&sian, &slug_of(fixture, his).await).await.unwrap();
            let shown = told(&sian, Some(&opened)).await;
            assert!(shown[0].starts_with("Daniel O.: 7 hours 30 minutes of the contract left this week."), "{shown:?}");
        }

        async fn whoever_may_not_meet_somebody_who_has_booked_stands_last_until_that_session_is_cancelled(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            contract(fixture, &sian, daniel, 450).await;
            let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
            let booked = session(fixture, clinic, "2026-11-05T10:00:00Z".parse().unwrap(), 90).await;
            book(fixture, booked, amina).await;
            keep_apart(&sian, &code_of(fixture, daniel).await, &Apart::Person(email_of(fixture, amina).await)).await.unwrap();
            let opened = open_group(&sian, &slug_of(fixture, clinic).await).await.unwrap();
            let names = async || {
                let candidates = who_could_lead(&sian, GroupKind::OpenClinic, Some(&opened)).await.unwrap();
                candidates.into_iter().map(|one| one.name.short).collect::<Vec<_>>()
            };
            assert_eq!(names().await, ["Ruth A.", "Nadia H.", "Daniel O."]);
            cancel(fixture, booked).await;
            assert_eq!(names().await, ["Daniel O.", "Ruth A.", "Nadia H."]);
        }
    }
}
