//! That a change is kept where those at a session read it.

use super::*;
use crate::sessions::store::{history_of, open_session};

/// What a member reads of a session's history.
async fn told(fixture: &Fixture, running: &Running, place: usize) -> Vec<String> {
    let amina = fixture.actor(running.amina, &[Role::Practitioner]);
    let session = open_session(&amina, running.code(place)).await.unwrap();
    history_of(&amina, &session).await.unwrap().lines.into_iter().map(|line| line.event.words()).collect()
}

both_databases! {
    async fn each_session_that_a_change_moves_tells_where_it_was_and_so_does_the_undo(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let stored = change(&ruth, running.code(0), &times(ALL, "2026-10-30", "14:00", "60")).await.unwrap();
        for place in 0..4 {
            let told = told(fixture, &running, place).await;
            assert!(told.len() == 2 && told[0].starts_with("Moved from Thursday ") && told[0].ends_with("60 minutes instead of 90."), "{told:?}");
        }
        undo(&ruth, &stored).await.unwrap();
        assert_eq!(
            told(fixture, &running, 0).await,
            [
                "Moved from Friday 30 October 2026, 14:00 to Thursday 29 October 2026, 10:00. 90 minutes instead of 60.",
                "Moved from Thursday 29 October 2026, 10:00 to Friday 30 October 2026, 14:00. 60 minutes instead of 90.",
                "Planned, with the other sessions of its series.",
            ]
        );
    }

    async fn a_session_that_is_not_touched_tells_of_nothing(fixture: Fixture) {
        let running = running(fixture).await;
        change(&running.supervisor(fixture), running.code(1), &times(THIS, "2026-11-06", "09:30", "90")).await.unwrap();
        for (place, lines) in [(0, 1), (1, 2), (2, 1), (3, 1)] {
            assert_eq!(told(fixture, &running, place).await.len(), lines, "{place}");
        }
    }
}
