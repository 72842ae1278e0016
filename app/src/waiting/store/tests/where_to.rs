//! Where one person who waits could go.

use super::*;
use crate::holds::fixture::hold;
use crate::matching::fixture::email_of;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::waiting::where_to::{GroupToJoin, WhereTo};

async fn page(sian: &Actor, who: &Actor) -> WhereTo {
    where_to(sian, &entry_of(who).await).await.unwrap()
}

/// The names of who leads each, with why.
fn told(groups: &[GroupToJoin]) -> Vec<(String, String)> {
    groups.iter().map(|group| (group.supervisor.short.clone(), group.reason.clone())).collect()
}

/// Another group of six places that meets on Thursday mornings, or some days later.
async fn another(fixture: &Fixture, supervisor: &str, members: usize, days_later: i64) -> GroupId {
    let leads = person(fixture, supervisor, "Okafor", &[Role::Supervisor]).await;
    let mut present = Vec::new();
    for nth in 0..members {
        present.push(person(fixture, &format!("Other{nth}"), "Present", PRACTITIONER).await);
    }
    let id = group(fixture, leads, &present, GroupKind::Group).await;
    session(fixture, id, fixture.now() + TimeDelta::days(7 + days_later), 90).await;
    id
}

both_databases! {
    async fn groups_with_a_free_place_come_by_what_suits_and_how_few_are_in_them_and_the_others_with_what_is_in_the_way(fixture: Fixture) {
        let (sian, _) = scene(fixture, 5).await;
        another(fixture, "Daniel", 3, 0).await;
        another(fixture, "Nadia", 1, 1).await;
        another(fixture, "Bola", 6, 0).await;
        let amina = waiter(fixture, "Amina", &group_now()).await;
        let shown = page(&sian, &amina).await;
        let (three, five) = ("3 of 6 places are taken.", "5 of 6 places are taken.");
        let suit = |taken: &str| format!("Thursday mornings suit, online suits, {taken}");
        assert_eq!(told(&shown.fitting), [("Daniel O.".to_owned(), suit(three)), ("Ruth A.".to_owned(), suit(five))]);
        assert_eq!(told(&shown.others), [("Nadia O.".to_owned(), "Friday mornings do not suit.".to_owned())], "Bola's is full");
        assert!(shown.fitting.iter().chain(&shown.others).all(|group| group.may_be_offered), "what does not suit may be offered all the same");
        offer_place(&sian, &open_group(&sian, &shown.fitting[0].slug).await.unwrap(), &shown.entry).await.unwrap();
        assert_eq!(page(&sian, &amina).await.offer.unwrap().group_slug, shown.fitting[0].slug);
        assert_eq!(where_to(&sian, "nothing2").await, Err(AppError::NotFound));
    }

    async fn no_group_is_named_in_which_somebody_would_be_refused_but_to_those_who_may_know_why(fixture: Fixture) {
        let (sian, aire) = scene(fixture, 3).await;
        let (amina, tom) = (waiter(fixture, "Amina", &group_now()).await, waiter(fixture, "Tom", &group_now()).await);
        keep_apart(&sian, &code_of(fixture, amina.person()).await, &Apart::Person(email_of(fixture, aire.supervisor()).await)).await.unwrap();
        let shown = page(&sian, &amina).await;
        assert_eq!((shown.fitting.len(), told(&shown.others)), (0, vec![("Ruth A.".to_owned(), "May not be in one group with somebody in it.".to_owned())]));
        assert!(!shown.others[0].may_be_offered, "a place there would be refused");
        let leading = fixture.actor(aire.supervisor(), &[Role::Supervisor]);
        let shown = page(&leading, &amina).await;
        assert_eq!((shown.fitting.len(), shown.others.len()), (0, 0));

        group(fixture, tom.person(), &[aire.supervisor()], GroupKind::Supervisors).await;
        let shown = page(&sian, &tom).await;
        assert_eq!(told(&shown.others), [("Ruth A.".to_owned(), "Supervises whoever leads it.".to_owned())]);
        assert!(!shown.others[0].may_be_offered);
        hold(fixture, tom.person()).await;
        let shown = page(&sian, &tom).await;
        assert!(shown.is_held && shown.fitting.is_empty() && shown.others.is_empty() && shown.new_group.is_empty());
        assert!(!page(&leading, &tom).await.is_held);
    }

    async fn no_group_is_shown_to_which_nobody_of_their_roles_belongs_and_no_others_where_a_new_one_needs_none(fixture: Fixture) {
        const LEAVE: &str = "DELETE FROM person_role WHERE person_id = $1";
        let (sian, _) = scene(fixture, 3).await;
        let vig = asked(GroupKind::Vig, Urgency::Now);
        let (amina, vera) = (waiter(fixture, "Amina", &group_now()).await, waiter(fixture, "Vera", &vig).await);
        waiter(fixture, "Tom", &vig).await;
        let shown = page(&sian, &vera).await;
        assert_eq!((shown.needed, shown.new_group.len()), (0, 0), "Tom could come, and is not needed");
        assert_eq!(page(&sian, &amina).await.fitting.len(), 1);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LEAVE).bind(amina.person()).execute(pool).await.map(|_| ())).unwrap();
        let shown = page(&sian, &amina).await;
        assert_eq!((shown.fitting.len(), shown.others.len()), (0, 0));
    }

    async fn a_new_group_is_told_where_enough_others_wait_who_could_come_and_meet(fixture: Fixture) {
        let (sian, _) = scene(fixture, 6).await;
        let both = Asked { times: vec!["thursday-morning".to_owned(), "monday-evening".to_owned()], ..group_now() };
        let amina = waiter(fixture, "Amina", &both).await;
        let mut others = Vec::new();
        for given_name in ["Tom", "Grace", "Yusuf"] {
            others.push(waiter(fixture, given_name, &group_now()).await);
        }
        let evening = Asked { times: vec!["monday-evening".to_owned()], ..group_now() };
        waiter(fixture, "Lena", &evening).await;
        waiter(fixture, "Vera", &asked(GroupKind::Vig, Urgency::Now)).await;
        let told = async || {
            let shown = page(&sian, &amina).await;
            (shown.needed, shown.new_group.into_iter().map(|group| (group.when, group.others)).collect::<Vec<_>>())
        };
        assert_eq!(told().await, (2, vec![("Thursday mornings".to_owned(), 3)]), "on Monday evenings one other is too few");
        hold(fixture, others[0].person()).await;
        assert_eq!(told().await.1, [("Thursday mornings".to_owned(), 2)]);
        keep_apart(&sian, &code_of(fixture, amina.person()).await, &Apart::Person(email_of(fixture, others[1].person()).await)).await.unwrap();
        assert_eq!(told().await.1, []);
    }
}
