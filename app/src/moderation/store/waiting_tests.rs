//! What holds of posts that wait to be seen, on both databases.

use super::tests::{decide_as, report, world};
use super::*;
use crate::access::Role;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::error::AppError;
use crate::moderation::model::Outcome;
use crate::people::fixture::{code_of, person};
use crate::spaces::fixture::{opened, space, start, words};
use crate::spaces::store::{Changed, change_held, change_post, open_space, reply, start_thread, thread_shown, withdraw_held};
use crate::spaces::{SpaceKind, Writer, Written};

both_databases! {
    async fn what_somebody_wrote_who_has_gone_is_not_shown_and_not_lost(fixture: Fixture) {
        const LEAVES: &str = "UPDATE person_role SET role = 'practitioner' WHERE person_id = $1";
        const COMES_BACK: &str = "UPDATE person_role SET role = 'supervisor' WHERE person_id = $1";

        let world = world(fixture).await;
        let zoe = person(fixture, "Zoe", "Hart", &[Role::Supervisor]).await;
        space(fixture, "supervisors", SpaceKind::Supervisors, "").await;
        let writer = fixture.actor(zoe, &[Role::Supervisor]);
        let held = Written::for_a_moderator("Ours is at M14 5RT").unwrap();
        assert_eq!(start_thread(&writer, &open_space(&writer, "supervisors").await.unwrap(), "Moved", &held).await, Ok(None));
        let sian = world.at(1, world.sian);
        let code = world.case(&sian).await;
        let database = &fixture.database;
        let put = async |statement: &'static str| {
            on!(database, pool => sqlx::query(statement).bind(zoe).execute(pool).await.map(|_| ())).unwrap();
        };
        let is_gone = async || case_shown(&sian, &open_case(&sian, &code).await.unwrap()).await.unwrap().held.unwrap().is_writer_gone;
        for (goes, returns) in [
            (LEAVES, COMES_BACK),
            ("UPDATE person SET standing = 'suspended' WHERE id = $1", "UPDATE person SET standing = 'registered' WHERE id = $1"),
        ] {
            assert!(!is_gone().await);
            put(goes).await;
            assert!(is_gone().await);
            let refused = decide_as(&sian, &code, Outcome::Show).await.unwrap_err();
            assert!(refused.status() == 409 && refused.to_string().contains("they have left the space, or their account is suspended"), "{refused}");
            assert_eq!(world.case(&sian).await, code, "it is still to be decided");
            put(returns).await;
        }
        decide_as(&sian, &code, Outcome::Show).await.unwrap();
        assert_eq!(opened(&writer, "supervisors", 1).await.unwrap().title(), "Moved");

        // Sent back, it is there for its author when they return.
        let thread = opened(&writer, "supervisors", 1).await.unwrap();
        reply(&writer, &thread, None, &held).await.unwrap();
        put(LEAVES).await;
        decide_as(&sian, &world.case(&sian).await, Outcome::SendBack).await.unwrap();
        put(COMES_BACK).await;
        assert_eq!(own_reports(&writer).await.unwrap().lines.len(), 1);
    }

    async fn a_post_without_a_name_waits_like_any_other_and_nothing_tells_those_who_decide_whose_it_is(fixture: Fixture) {
        const BY: &str = "SELECT COUNT(*) FROM audit_entry WHERE actor_id = $1";

        let world = world(fixture).await;
        world.says("UPDATE space SET allows_unnamed = TRUE, approval = 'first'").await;
        // Whoever looks after the space waits without a name as everybody does, and so does whoever has posted before.
        let (nadia, ruth, reader) = (world.at(0, world.nadia), world.at(1, world.ruth), world.at(9, world.tom));
        start(&nadia, "all", "With my name", "Hello").await.unwrap();
        let unnamed = words("I shouted at a colleague.").bearing_name(false);
        assert_eq!(start_thread(&nadia, &open_space(&nadia, "all").await.unwrap(), "After a visit", &unnamed).await, Ok(None));
        let code = world.case(&ruth).await;
        let shown = case_shown(&ruth, &open_case(&ruth, &code).await.unwrap()).await.unwrap();
        assert_eq!((&shown.author, &shown.others), (&None, &Vec::new()), "whoever was missing from a list would have written it");
        let known = ["Nadia".to_owned(), "Hussain".to_owned(), code_of(fixture, world.nadia).await];
        let answered = serde_json::to_string(&(&shown, queue_of(&ruth, false).await.unwrap())).unwrap();
        assert!(!known.iter().any(|word| answered.contains(word.as_str())), "{answered}");
        assert_eq!(open_case(&nadia, &code).await.unwrap_err(), AppError::NotFound);
        let given = hand_over(&ruth, &open_case(&ruth, &code).await.unwrap(), 1, &code_of(fixture, world.sian).await).await;
        assert_eq!(given.unwrap_err().status(), 422);

        // Sent back and changed, its writer alone is told.
        decide_as(&ruth, &code, Outcome::SendBack).await.unwrap();
        assert_eq!(own_report(&nadia, &code).await.unwrap().source, "I shouted at a colleague.");
        change_held(&nadia, &code, "After a visit", &words("I was loud.")).await.unwrap();
        decide_as(&ruth, &code, Outcome::Show).await.unwrap();
        let post = thread_shown(&reader, &opened(&reader, "all", 2).await.unwrap(), "", false).await.unwrap().shown.remove(0);
        assert_eq!((post.html.as_str(), &post.author), ("<p>I was loud.</p>\n", &Writer::Unnamed));
        let own = thread_shown(&nadia, &opened(&nadia, "all", 2).await.unwrap(), "", false).await.unwrap().shown.remove(0);
        assert!(own.is_own && !own.is_new);
        let database = &fixture.database;
        let by: i64 = on!(database, pool => sqlx::query_scalar(BY).bind(world.nadia).fetch_one(pool).await).unwrap();
        assert_eq!(by, 1, "the log names her for what bears her name, and for nothing else");
    }

    async fn whoever_wrote_without_a_name_is_asked_for_a_change_and_makes_it_without_one(fixture: Fixture) {
        let world = world(fixture).await;
        world.says("UPDATE space SET allows_unnamed = TRUE").await;
        let (amina, ruth) = (world.at(0, world.amina), world.at(2, world.ruth));
        let all = open_space(&amina, "all").await.unwrap();
        start_thread(&amina, &all, "After a visit", &words("I shouted at a colleague.").bearing_name(false)).await.unwrap();
        report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
        world.decide(&ruth, Outcome::Ask).await.unwrap();
        let thread = opened(&amina, "all", 1).await.unwrap();
        assert_eq!(change_post(&amina, &thread, (1, 1), &words("I was loud.")).await, Ok(Changed::Waits));
        // Neither that she has gone nor that the space takes no more of them is a reason why a change of it is not shown.
        world.says("UPDATE space SET allows_unnamed = FALSE").await;
        world.says("UPDATE person SET standing = 'suspended' WHERE given_name = 'Amina'").await;
        let code = world.case(&ruth).await;
        let shown = case_shown(&ruth, &open_case(&ruth, &code).await.unwrap()).await.unwrap();
        assert_eq!((shown.author, shown.held.unwrap().is_writer_gone), (None, false));
        decide_as(&ruth, &code, Outcome::Show).await.unwrap();
        let reader = world.at(9, world.tom);
        let post = thread_shown(&reader, &opened(&reader, "all", 1).await.unwrap(), "", false).await.unwrap().shown.remove(0);
        assert_eq!((post.html.as_str(), post.author, post.hidden), ("<p>I was loud.</p>\n", Writer::Unnamed, None));
    }

    async fn what_waits_without_a_name_is_shown_only_while_its_space_takes_such_posts_and_never_with_one(fixture: Fixture) {
        let world = world(fixture).await;
        world.says("UPDATE space SET allows_unnamed = TRUE").await;
        let (amina, ruth) = (world.at(0, world.amina), world.at(1, world.ruth));
        let marked = Written::for_a_moderator("Ours is at M14 5RT").unwrap().bearing_name(false);
        assert_eq!(start_thread(&amina, &open_space(&amina, "all").await.unwrap(), "Moved", &marked).await, Ok(None));
        let code = world.case(&ruth).await;
        world.says("UPDATE space SET allows_unnamed = FALSE").await;
        assert_eq!(start_thread(&amina, &open_space(&amina, "all").await.unwrap(), "Moved", &marked).await.unwrap_err().status(), 409);
        let refused = decide_as(&ruth, &code, Outcome::Show).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("nobody posts without their name any more"), "{refused}");
        assert_eq!(world.case(&ruth).await, code);
        assert_eq!(own_reports(&amina).await.unwrap().lines.len(), 1);
        withdraw_held(&amina, &code).await.unwrap();
    }
}
