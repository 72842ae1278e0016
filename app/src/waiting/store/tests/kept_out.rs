//! To whom a place is not offered, since they would be refused it.

use super::*;
use crate::holds::store::hold_person;
use crate::matching::fixture::email_of;
use crate::people::EmailAddress;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, keep_apart};
use crate::registration::{Apart, Step, StepForm};

/// Who fits, in the order in which they would be asked.
async fn fitting(sian: &Actor, group: &OpenedGroup) -> Vec<String> {
    let shown = who_fits(sian, group).await.unwrap();
    shown.fitting.into_iter().map(|waiter| waiter.person.short).collect()
}

both_databases! {
    async fn a_place_is_not_offered_beside_somebody_whom_one_may_not_meet_and_whoever_takes_theirs_is_not_told(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 4).await;
        let (amina, grace) = (waiter(fixture, "Amina", &group_now()).await, waiter(fixture, "Grace", &group_now()).await);
        let tom = waiter(fixture, "Tom", &asked(GroupKind::Group, Urgency::ThreeMonths)).await;
        let yusuf = waiter(fixture, "Yusuf", &asked(GroupKind::Group, Urgency::Year)).await;
        let from_amina = Apart::Person(email_of(fixture, amina.person()).await);
        keep_apart(&sian, &code_of(fixture, tom.person()).await, &from_amina).await.unwrap();
        offer_place(&sian, &aire, &entry_of(&amina).await).await.unwrap();
        let refused = AppError::Conflict("Tom E. and Amina E. may not be in one group. Nothing was changed.".to_owned());
        assert_eq!(fitting(&sian, &aire).await, ["Grace E.", "Yusuf E."], "whoever would be refused is not shown");
        assert_eq!(offer_place(&sian, &aire, &entry_of(&tom).await).await, Err(refused));
        offer_place(&sian, &aire, &entry_of(&grace).await).await.unwrap();
        decline_offer(&grace, &offer_of(&grace).await).await.unwrap();
        assert_eq!(pass_places_on(&at(fixture, fixture.now())).await, Ok(1));
        assert_eq!((my_waiting(&tom).await.unwrap().offers.len(), my_waiting(&yusuf).await.unwrap().offers.len()), (0, 1));

        keep_apart(&sian, &code_of(fixture, yusuf.person()).await, &from_amina).await.unwrap();
        for one in [&amina, &yusuf] {
            accept_offer(one, &offer_of(one).await).await.unwrap();
        }
        assert_eq!(members(fixture, aire.id()).await, 6);
    }

    async fn whoever_would_be_refused_a_place_is_not_among_those_whom_it_fits_nor_among_those_whom_it_does_not(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 4).await;
        let moira = fixture.actor(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, &[Role::SafeguardingLead]);
        let (tom, grace) = (waiter(fixture, "Tom", &group_now()).await, waiter(fixture, "Grace", &group_now()).await);
        let evening = Asked { times: vec!["monday-evening".to_owned()], ..group_now() };
        let (yusuf, amina) = (waiter(fixture, "Yusuf", &evening).await, waiter(fixture, "Amina", &group_now()).await);
        waiter(fixture, "Bola", &evening).await;
        // Tom is held, Grace is managed by whoever leads the group, Yusuf is kept apart from them, and Amina supervises them.
        hold_person(&moira, &EmailAddress::of(&email_of(fixture, tom.person()).await).unwrap()).await.unwrap();
        let ruths = email_of(fixture, aire.supervisor()).await;
        let reports = StepForm { manager: "named".to_owned(), manager_email: ruths.clone(), ..answer(Step::Manager) };
        answer_step(&grace, &reports).await.unwrap();
        keep_apart(&sian, &code_of(fixture, yusuf.person()).await, &Apart::Person(ruths)).await.unwrap();
        group(fixture, amina.person(), &[aire.supervisor()], GroupKind::Supervisors).await;
        let shown = who_fits(&sian, &aire).await.unwrap();
        let others: Vec<&str> = shown.others.iter().map(|waiter| waiter.person.short.as_str()).collect();
        assert_eq!((shown.fitting.len(), others), (0, vec!["Bola E."]));
    }
}
