//! Who could lead a group, in the order in which they are proposed: by the same standing as for cover.

use super::candidates::{Standing, experience, hours_left};
use crate::access::Actor;
use crate::availability::store::{FreeSupervisor, supervisors_in_week};
use crate::cover::answers::Candidate;
use crate::error::AppError;
use crate::groups::GroupKind;

/// Everybody who can lead a group: those who are qualified for the kind first, in the order of the contracted hours left to them this week; among
/// equals whoever leads such groups.
pub async fn who_could_lead(actor: &Actor, kind: GroupKind) -> Result<Vec<Candidate>, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let mut supervisors = supervisors_in_week(&mut moment, ::series::local(actor.now()).date()).await?;
    let standing = Standing::read(&mut moment, actor.now()).await?;
    supervisors.sort_by_key(|one| {
        let (is_qualified, leads) = (standing.is_qualified(one.person, kind), standing.leads(one.person, kind));
        (!is_qualified, one.minutes_left.is_none(), one.minutes_left.map(|minutes| -minutes), !leads)
    });
    let candidate = |one: FreeSupervisor| {
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
    use crate::groups::fixture::{coordinator, group};
    use crate::people::PersonId;
    use crate::people::fixture::{code_of, person};
    use crate::sessions::fixture::session;

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
            assert_eq!(told(who_could_lead(&sian, GroupKind::Group).await.unwrap()), [
                "Daniel O.: 7 hours 30 minutes of the contract left this week.",
                "Ruth A.: 5 hours of the contract left this week. Leads groups.",
                "Nadia H.: Contracted hours not entered.",
            ]);
            let opened = open_availability(&sian, &code_of(fixture, ruth).await).await.unwrap();
            let form = QualificationsForm { qualified: vec![GroupKind::Vig.key().to_owned()], ..QualificationsForm::default() };
            set_qualifications(&sian, &opened, &form.check()).await.unwrap();
            assert_eq!(told(who_could_lead(&sian, GroupKind::Vig).await.unwrap())[..2], [
                "Ruth A.: 5 hours of the contract left this week. Qualified for VIG supervision.",
                "Daniel O.: 7 hours 30 minutes of the contract left this week. Not written down as qualified for it.",
            ]);
        }
    }
}
