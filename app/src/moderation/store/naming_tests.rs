//! That people are called by their names in what those who decide, and its writer, read of a post: on both databases.

use super::tests::{own, posts, report, world};
use super::*;
use crate::access::Role;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::moderation::answers::OwnKind;
use crate::moderation::model::Outcome;
use crate::people::fixture::{code_of, person};
use crate::spaces::Written;
use crate::spaces::fixture::{opened, start};
use crate::spaces::store::{own_posts, reply, thread_shown};

both_databases! {
    async fn whoever_is_meant_is_named_to_those_who_decide_and_to_the_writer_as_in_the_thread(fixture: Fixture) {
        let world = world(fixture).await;
        let to_tom = code_of(fixture, world.tom).await;
        start(&world.at(0, world.amina), "all", "Endings", &format!("Thank you @{to_tom}.")).await.unwrap();
        let named = "<p>Thank you <span class=\"meant\">Tom B.</span>.</p>\n";
        let tom = world.at(1, world.tom);
        assert_eq!(post_to_report(&tom, &opened(&tom, "all", 1).await.unwrap(), 1).await.unwrap().html, named);
        report(&tom, "all", 1, "").await.unwrap();
        let ruth = world.at(2, world.ruth);
        let code = world.case(&ruth).await;
        let shown = async || case_shown(&ruth, &open_case(&ruth, &code).await.unwrap()).await.unwrap();
        assert_eq!(shown().await.reported.unwrap().html, named);
        world.decide(&ruth, Outcome::Hide).await.unwrap();
        assert_eq!(shown().await.reported.unwrap().html, named, "hidden, it says what it said");

        let amina = world.at(3, world.amina);
        assert_eq!(posts(&amina, "all").await[0].1, named);
        assert_eq!(own_posts(&amina, "").await.unwrap().posts[0].html, named);
        assert_eq!(own_report(&amina, &own(&amina, OwnKind::Decision).await).await.unwrap().html, named);
        assert_eq!(posts(&world.at(3, world.tom), "all").await[0].1, "");
    }

    async fn whoever_is_meant_in_what_waits_is_named_where_it_waits(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.tom), "all", "Endings", "First words").await.unwrap();
        let amina = world.at(1, world.amina);
        let text = format!("She lives near M14 5RT now, @{}.", code_of(fixture, world.tom).await);
        let marked = Written::for_a_moderator(&text).unwrap();
        assert_eq!(reply(&amina, &opened(&amina, "all", 1).await.unwrap(), None, &marked).await, Ok(None));
        let named = "<p>She lives near M14 5RT now, <span class=\"meant\">Tom B.</span>.</p>\n";
        let nadia = world.at(2, world.nadia);
        let code = world.case(&nadia).await;
        assert_eq!(case_shown(&nadia, &open_case(&nadia, &code).await.unwrap()).await.unwrap().held.unwrap().html, named);
        let thread = opened(&amina, "all", 1).await.unwrap();
        assert_eq!(thread_shown(&amina, &thread, "", false).await.unwrap().held[0].html, named);
        let told = own_report(&amina, &code).await.unwrap();
        assert_eq!((told.html.as_str(), told.source), (named, text), "what is to be changed is as it was typed");
    }

    async fn whoever_cannot_read_a_group_is_not_told_who_is_in_it_by_a_post_that_means_somebody(fixture: Fixture) {
        const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1";

        let world = world(fixture).await;
        let lead = fixture.actor(person(fixture, "Hannah", "Vane", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        let slug = format!("group-{}", slug_of(fixture, group(fixture, world.ruth, &[world.amina, world.tom], GroupKind::Group).await).await);
        let text = format!("Thank you @{}.", code_of(fixture, world.tom).await);
        start(&world.at(0, world.amina), &slug, "Endings", &text).await.unwrap();
        report(&world.at(1, world.tom), &slug, 1, "").await.unwrap();
        let ruth = world.at(2, world.ruth);
        let case = open_case(&ruth, &world.case(&ruth).await).await.unwrap();
        let shown = case_shown(&ruth, &case).await.unwrap();
        assert!(shown.reported.unwrap().html.contains("Tom B."), "its supervisor knows who is in it");
        pass_on(&ruth, &case, shown.version).await.unwrap();
        let nobody = "<p>Thank you <span class=\"meant\">somebody</span>.</p>\n";
        let case = open_case(&lead, &world.case(&lead).await).await.unwrap();
        assert_eq!(case_shown(&lead, &case).await.unwrap().reported.unwrap().html, nobody);

        // Nor is its writer who has left since.
        world.decide(&lead, Outcome::Hide).await.unwrap();
        let amina = world.at(3, world.amina);
        let decision = own(&amina, OwnKind::Decision).await;
        assert!(own_report(&amina, &decision).await.unwrap().html.contains("Tom B."));
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LEAVE).bind(world.amina).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(own_report(&amina, &decision).await.unwrap().html, nobody);
        assert_eq!(own_posts(&amina, "").await.unwrap().posts[0].html, nobody);
    }
}
