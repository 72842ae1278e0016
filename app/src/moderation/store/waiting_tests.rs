//! What holds of posts that wait to be seen, on both databases.

use super::tests::{decide_as, world};
use super::*;
use crate::access::Role;
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::moderation::model::Outcome;
use crate::people::fixture::person;
use crate::spaces::fixture::{opened, space};
use crate::spaces::store::{open_space, reply, start_thread};
use crate::spaces::{SpaceKind, Written};

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
}
