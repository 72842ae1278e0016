//! Who could lead a group, in the order in which they are proposed: by the same standing as for cover.

use super::candidates::{Standing, experience, hours_left};
use crate::access::Actor;
use crate::availability::store::{FreeSupervisor, supervisors_in_week};
use crate::cover::answers::Candidate;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::store::{OpenedGroup, people_to_lead};
use crate::people::PersonId;
use crate::people::store::apart_by_now;

/// Everybody who can lead a group: those who are qualified for the kind first, in the order of the contracted hours left to them this week; among
/// equals whoever leads such groups. Of a group that there is already, those come last who may not meet somebody in it or at its
/// coming sessions, and it is said of them.
pub async fn who_could_lead(actor: &Actor, kind: GroupKind, group: Option<&OpenedGroup>) -> Result<Vec<Candidate>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let kept_apart = match group {
        Some(group) => {
            Some((apart_by_now(&mut moment).await?, people_to_lead(&mut moment, group.id(), actor.now()).await?, group.supervisor()))
        }
        None => None,
    };
    // Whoever leads it goes on, whatever is noted.
    let may_not =
        |one: PersonId| kept_apart.as_ref().is_some_and(|(apart, people, leads)| one != *leads && apart.first_from(one, people).is_some());
    let mut supervisors = supervisors_in_week(&mut moment, ::series::local(actor.now()).date()).await?;
    let standing = Standing::read(&mut moment, actor.now()).await?;
    supervisors.sort_by_key(|one| {
        let (is_qualified, leads) = (standing.is_qualified(one.person, kind), standing.leads(one.person, kind));
        (may_not(one.person), !is_qualified, one.minutes_left.is_none(), one.minutes_left.map(|minutes| -minutes), !leads)
    });
    let candidate = |one: FreeSupervisor| {
        if may_not(one.person) {
            return Candidate { name: one.name, reason: "Cannot lead it: may not be in one group with somebody in it.".to_owned() };
        }
        let reason = reason(&one, kind, (standing.is_qualified(one.person, kind), standing.leads(one.person, kind)));
        Candidate { name: one.name, reason }
    };
    Ok(supervisors.into_iter().map(candidate).collect())
}

/// "12 hours of the contract left this week. Leads groups."
fn reason(one: &FreeSupervisor, kind: GroupKind, (is_qualified, leads): (bool, bool)) -> String {
    let hours = match one.minutes_left {
        None => "Contracted hours not entered.".to_owned(),
        Some(minutes) if minutes <= 0 => "No contracted hours left this week.".to_owned(),
        Some(minutes) => format!("{} of the contract left this week.", hours_left(minutes)),
    };
    if is_qualified { format!("{hours}{}", experience(kind, leads)) } else { format!("{hours} Not written down as qualified for it.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::availability::store::{open_availability, set_limits, set_qualifications};
    use crate::availability::{Limits, QualificationsForm};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{coordinator, group, slug_of};
    use crate::groups::store::open_group;
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
                "Daniel O.: 7 hours 30 minutes of the contract left this week.",
                "Ruth A.: 5 hours of the contract left this week. Leads groups.",
                "Nadia H.: Contracted hours not entered.",
            ]);
            let opened = open_availability(&sian, &code_of(fixture, ruth).await).await.unwrap();
            let form = QualificationsForm { qualified: vec![GroupKind::Vig.key().to_owned()], ..QualificationsForm::default() };
            set_qualifications(&sian, &opened, &form.check()).await.unwrap();
            assert_eq!(told(who_could_lead(&sian, GroupKind::Vig, None).await.unwrap())[..2], [
                "Ruth A.: 5 hours of the contract left this week. Qualified for VIG supervision.",
                "Daniel O.: 7 hours 30 minutes of the contract left this week. Not written down as qualified for it.",
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
