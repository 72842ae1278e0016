//! What is found and by whom, on both databases.

mod of_texts;
mod of_themes;

use chrono::TimeDelta;

use super::*;
use crate::access::Role;
use crate::database::fixture::{Fixture, both_databases};
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::people::fixture::person;
use crate::people::store::keep_search;
use crate::sessions::fixture::{meeting, session};

async fn looks_for(actor: &Actor, words: &str, address: SearchAddress) -> Result<Found, AppError> {
    let search = keep_search(actor, words).await.unwrap();
    found(actor, &SearchAddress { search, ..address }).await
}

async fn finds(actor: &Actor, words: &str) -> Vec<FoundKind> {
    looks_for(actor, words, SearchAddress::default()).await.unwrap().kinds
}

async fn names(actor: &Actor, kind: Kind, words: &str) -> Vec<String> {
    let of_kind = finds(actor, words).await.into_iter().filter(|found| found.kind == kind);
    of_kind.flat_map(|found| found.lines).map(|line| line.name).collect()
}

async fn put(fixture: &Fixture, statement: &'static str) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn a_group_is_found_by_whoever_may_open_it_and_by_nobody_else(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let slug = slug_of(fixture, meeting.group).await;
        let word = slug.trim_start_matches("group-");
        let clara = person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await;
        for (who, role, is_found) in [
            (meeting.amina, Role::Practitioner, true),
            (meeting.ruth, Role::Supervisor, true),
            (meeting.sian, Role::Coordinator, true),
            (clara, Role::ClinicalLead, true),
            (daniel, Role::Supervisor, false),
            // Whoever led it once and has another role now opens neither.
            (meeting.ruth, Role::Administrator, false),
        ] {
            let actor = fixture.actor(who, &[role]);
            let groups = names(&actor, Kind::Groups, &format!("gro {}", word.get(..5).unwrap())).await;
            assert_eq!(groups.len(), usize::from(is_found), "{role:?}: {groups:?}");
            assert_eq!(names(&actor, Kind::Sessions, word).await.len(), usize::from(is_found), "{role:?}");
        }
        let stranger = fixture.actor(daniel, &[Role::Supervisor]);
        // What is closed is answered as what is not there.
        assert_eq!(finds(&stranger, word).await, finds(&stranger, "zzzzzzzz").await);
    }

    async fn a_member_finds_the_others_of_a_group_by_what_its_page_shows_of_them_and_not_by_their_family_names(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        assert_eq!(names(&amina, Kind::People, "tom b").await, ["Tom B."]);
        assert_eq!(names(&amina, Kind::People, "ruth").await, ["Ruth A."]);
        for unseen in ["bell", "tom be", "adeyemi", "sian", "amina"] {
            assert!(names(&amina, Kind::People, unseen).await.is_empty(), "{unseen}");
        }
        let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
        assert_eq!(names(&sian, Kind::People, "adey").await, ["Adeyemi, Ruth"]);
        let line = finds(&amina, "tom").await.into_iter().find(|kind| kind.kind == Kind::People).unwrap().lines.remove(0);
        assert_eq!(line.address, paths::group(&slug_of(fixture, meeting.group).await));
    }

    async fn somebody_who_left_a_group_finds_neither_it_nor_its_people(fixture: Fixture) {
        const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-20' WHERE person_id IN (SELECT id FROM person WHERE given_name = 'Tom')";
        let meeting = meeting(fixture, fixture.now()).await;
        put(fixture, LEAVE).await;
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        assert!(finds(&tom, "group").await.iter().all(|kind| matches!(kind.kind, Kind::Pages | Kind::Learning)));
        assert!(names(&tom, Kind::People, "amina").await.is_empty());
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        assert!(names(&amina, Kind::People, "tom").await.is_empty());
    }

    async fn a_session_is_found_by_its_day_with_or_without_its_group(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        session(fixture, meeting.group, fixture.now() + TimeDelta::days(7), 90).await;
        let other = group(fixture, meeting.ruth, &[], GroupKind::OneToOne).await;
        session(fixture, other, fixture.now(), 60).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let word = slug_of(fixture, meeting.group).await.replace('-', " ");
        for day in ["2026-10-22", "22 October", "today"] {
            let both = names(&ruth, Kind::Sessions, day).await;
            assert_eq!(both.len(), 2, "{day}: {both:?}");
            // A name stands in no title of a session of two people.
            assert!(both.iter().any(|name| name == "Supervision, Thursday 22 October 2026"), "{both:?}");
            assert_eq!(names(&ruth, Kind::Sessions, &format!("{word} {day}")).await.len(), 1, "{day}");
        }
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        assert_eq!(names(&tom, Kind::Sessions, "October").await.len(), 2);
        assert!(names(&tom, Kind::Sessions, "2026-10-23").await.is_empty());
    }

    async fn more_than_is_shown_says_so_and_where_the_others_are(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        for _ in 0..9 {
            group(fixture, ruth, &[], GroupKind::Group).await;
        }
        let actor = fixture.actor(ruth, &[Role::Supervisor]);
        let groups = finds(&actor, "group").await.into_iter().find(|kind| kind.kind == Kind::Groups).unwrap();
        assert_eq!((groups.lines.len(), groups.more.unwrap().0), (OF_A_KIND, paths::GROUPS.to_owned()));
    }

    async fn authorities_are_found_by_those_who_see_the_register_whatever_their_accents(fixture: Fixture) {
        let mut transaction = fixture.database.begin().await.unwrap();
        crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        for typed in ["BRADF", "brádford"] {
            assert_eq!(names(&fixture.actor(sian, &[Role::Coordinator]), Kind::Authorities, typed).await, ["Bradford"], "{typed}");
        }
        assert!(finds(&fixture.actor(amina, &[Role::Practitioner]), "bradford").await.is_empty());
    }

    async fn another_persons_search_and_no_search_find_nothing(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now()).await;
        let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
        let search = keep_search(&amina, "tom").await.unwrap();
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        for code in [search.as_str(), "", "nothing2"] {
            let found = found(&tom, &SearchAddress { search: code.to_owned(), ..SearchAddress::default() }).await.unwrap();
            assert_eq!((found.words.as_str(), found.kinds.len()), ("", 0));
        }
        // What means something to the database means itself.
        assert!(finds(&amina, "% _ !").await.is_empty());
    }
}
