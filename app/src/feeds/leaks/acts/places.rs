//! Everything that writes of places: booked at open clinics, held for who waits, and beside a supervisor.

use chrono::TimeDelta;

use crate::access::{Actor, Role};
use crate::agreements::fixture::{agree, propose};
use crate::clinics::BookForm;
use crate::clinics::jobs::follow_clinics;
use crate::clinics::store::{book_place, give_back_place, wait_for_place};
use crate::database::on;
use crate::feeds::story::Story;
use crate::groups::store::{OpenedGroup, end_group, open_group_to_change};
use crate::groups::{GroupKind, fixture as groups};
use crate::hosts::store::{add_host, open_session_to_host, remove_host};
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::sessions::{HostRole, fixture as sessions};
use crate::waiting::jobs::pass_places_on;
use crate::waiting::store::{accept_offer, ask_for_supervision, decline_offer, my_waiting, offer_place, withdraw_offer};
use crate::waiting::{Asked, Urgency, Way};

/// A place at an open clinic: given back, whoever waited for it having it then, and given back again when it is late; and a session that is
/// cancelled, and takes place after all.
pub(super) async fn book(story: &Story<'_>) {
    const ONE_PLACE: &str = "UPDATE supervision_group SET capacity = 1 WHERE id = $1";
    const RESTORE: &str = "UPDATE session SET cancelled_at = NULL, cancelled_reason = '' WHERE id = $1";

    let fixture = story.fixture;
    let clinic = groups::group(fixture, story.ruth, &[], GroupKind::OpenClinic).await;
    let slug = groups::slug_of(fixture, clinic).await;
    let version = propose(fixture, &slug, story.ruth, 0, "What is said in the clinic stays in the clinic.").await;
    assert!(agree(fixture, &slug, &[story.ruth], version).await);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(ONE_PLACE).bind(clinic).execute(pool).await.map(|_| ())).unwrap();
    let starts_at = story.now + TimeDelta::days(8);
    let id = sessions::session(fixture, clinic, starts_at, 90).await;
    let session = sessions::code_of(fixture, id).await;

    let terms = BookForm { session: session.clone(), version: version.to_string() };
    let acting = |person| story.acting(person, Role::Practitioner);
    book_place(&acting(story.tom), &terms).await.unwrap();
    wait_for_place(&acting(story.femi), &terms).await.unwrap();
    give_back_place(&acting(story.tom), &session).await.unwrap();
    wait_for_place(&acting(story.amina), &terms).await.unwrap();
    let late = fixture.actor_at(starts_at - TimeDelta::hours(3), story.femi, &[Role::Practitioner]);
    give_back_place(&late, &session).await.unwrap();
    sessions::cancel(fixture, id).await;
    assert_eq!(follow_clinics(&story.program(story.now + TimeDelta::hours(1))).await, Ok(1));
    on!(database, pool => sqlx::query(RESTORE).bind(id).execute(pool).await.map(|_| ())).unwrap();
    assert!(follow_clinics(&story.program(story.now + TimeDelta::hours(2))).await.unwrap() > 0);
}

/// Somebody beside the supervisor, in either role, and then nobody.
pub(super) async fn stand_beside(story: &Story<'_>) {
    let (fixture, sian) = (story.fixture, story.coordinator());
    let group = groups::group(fixture, story.ruth, &[story.amina, story.tom], GroupKind::Group).await;
    let session = sessions::session(fixture, group, story.now + TimeDelta::days(11), 90).await;
    let session = open_session_to_host(&sian, &sessions::code_of(fixture, session).await).await.unwrap();
    let nadia = code_of(fixture, story.nadia).await;
    for role in HostRole::ALL {
        add_host(&sian, &session, &nadia, role).await.unwrap();
        remove_host(&sian, &session, &nadia).await.unwrap();
    }
}

/// Every way in which an offer ends, and a group that ends while somebody waits for it.
pub(super) async fn wait_for_a_place(story: &Story<'_>) {
    let (fixture, sian) = (story.fixture, story.coordinator());
    let id = groups::group(fixture, story.ruth, &[story.tom], GroupKind::Group).await;
    sessions::session(fixture, id, story.now + TimeDelta::days(14), 90).await;
    let group = open_group_to_change(&sian, &groups::slug_of(fixture, id).await).await.unwrap();
    let femi = waiter(story, story.femi, "").await;
    let amina = waiter(story, story.amina, group.name()).await;

    withdraw_offer(&sian, &offer(&sian, &group, &femi).await).await.unwrap();
    decline_offer(&femi, &offer(&sian, &group, &femi).await).await.unwrap();
    // It goes on to Amina, who does not answer; then nobody is left who was not asked.
    assert_eq!(pass_places_on(&story.program(story.now)).await, Ok(1));
    assert_eq!(my_waiting(&amina).await.unwrap().offers.len(), 1);
    assert_eq!(pass_places_on(&story.program(story.now + TimeDelta::days(9))).await, Ok(1));
    accept_offer(&femi, &offer(&sian, &group, &femi).await).await.unwrap();
    end_group(&sian, &group, 1).await.unwrap();
}

/// Somebody who asks for a place on Thursday mornings, in a group of a name or in any.
async fn waiter(story: &Story<'_>, who: PersonId, wanted: &str) -> Actor {
    let times = vec!["thursday-morning".to_owned()];
    let asked = Asked { kind: GroupKind::Group, way: Way::Either, times, urgency: Urgency::Now, wanted: wanted.to_owned() };
    let actor = story.acting(who, Role::Practitioner);
    ask_for_supervision(&actor, &asked).await.unwrap();
    actor
}

/// Holds a place for somebody who waits. Answers the offer's part of forms.
async fn offer(sian: &Actor, group: &OpenedGroup, waiter: &Actor) -> String {
    let entry = my_waiting(waiter).await.unwrap().entries[0].code.clone();
    offer_place(sian, group, &entry).await.unwrap();
    my_waiting(waiter).await.unwrap().offers[0].code.clone()
}
