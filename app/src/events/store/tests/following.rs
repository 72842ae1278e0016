//! Places follow the facts by which somebody belongs to those whom an event is for.

use super::reminding::program;
use super::*;
use crate::events::jobs::let_places_follow;

const NOW: &str = "2026-10-22T14:00:00Z";

pub(super) async fn supervisor(fixture: &Fixture, name: &str, hour: u32) -> Actor {
    let person = person(fixture, name, "Example", &[Role::Supervisor]).await;
    at(fixture, &format!("2026-10-22T{hour:02}:00:00Z"), person, Role::Supervisor)
}

async fn is_no_supervisor_more(fixture: &Fixture, who: &Actor) {
    const NO_MORE: &str = "DELETE FROM person_role WHERE person_id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(NO_MORE).bind(who.person()).execute(pool).await.map(|_| ())).unwrap();
}

async fn suspend(fixture: &Fixture, who: &Actor) {
    const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(SUSPEND).bind(who.person()).execute(pool).await.map(|_| ())).unwrap();
}

/// Who stands on the sheet of an event, by their names.
pub(super) async fn coming_to(host: &Actor, code: &str) -> Vec<String> {
    event_record_at(host, code).await.unwrap().lines.into_iter().map(|line| line.name.short).collect()
}

both_databases! {
    async fn the_place_of_whoever_belongs_no_more_goes_to_the_next_who_does_once_and_the_host_is_told_without_a_name(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("supervisors") }).await;
        let mut people = Vec::new();
        for (name, hour) in [("Marianne", 8), ("Nadia", 9), ("Daniel", 10), ("Femi", 11)] {
            people.push(supervisor(fixture, name, hour).await);
            come(&people[people.len() - 1], &code).await;
        }
        assert_eq!(let_places_follow(&program(fixture, NOW)).await, Ok(0));
        is_no_supervisor_more(fixture, &people[0]).await;
        suspend(fixture, &people[1]).await;
        let (one, other) = (program(fixture, NOW), program(fixture, NOW));
        let both = tokio::join!(let_places_follow(&one), let_places_follow(&other));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 2);

        let daniel = event_at(&people[2], &code).await.unwrap();
        assert_eq!((daniel.line.answer, daniel.line.coming, daniel.waiting), (Some(Answer::Yes), 1, 1));
        let femi = event_at(&people[3], &code).await.unwrap();
        assert_eq!((femi.line.answer, femi.before_reader), (Some(Answer::Waiting), 0));
        assert_eq!(files_of(fixture, people[0].person()).await, ["request", "cancel"]);
        let told = [messages(fixture, "The event on % is no longer open to you").await, messages(fixture, "A place for you at%").await];
        assert_eq!(told, [1, 1], "whoever is suspended is told nothing more");

        let record = event_record_at(&ruth, &code).await.unwrap();
        let said: Vec<String> = record.lapses.iter().map(crate::events::answers::Lapse::words).collect();
        assert_eq!(
            said,
            ["Thursday 22 October: 1 person who had a place no longer belongs to those whom the event is for. \
              1 person who waited no longer belongs to those whom the event is for. 1 place went to whoever had waited longest."]
        );
        assert_eq!(event_record_at(&people[2], &code).await.unwrap_err(), AppError::NotFound);
    }

    async fn nobody_loses_a_place_at_an_event_that_has_begun_or_was_cancelled_nor_by_having_said_no(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &form("supervisors")).await;
        let (marianne, nadia) = (supervisor(fixture, "Marianne", 8).await, supervisor(fixture, "Nadia", 9).await);
        come(&marianne, &code).await;
        answer_event(&nadia, &code, Wish::StayAway).await.unwrap();
        assert_eq!(let_places_follow(&program(fixture, "2026-11-05T12:30:00Z")).await, Ok(0), "everybody belongs as it begins");
        for who in [&marianne, &nadia] {
            is_no_supervisor_more(fixture, who).await;
        }
        assert_eq!(let_places_follow(&program(fixture, "2026-11-05T12:31:00Z")).await, Ok(0), "who came is a fact");
        assert_eq!(coming_to(&ruth, &code).await, ["Marianne E."]);
        let other = published(&ruth, &EventForm { starts_on: "2026-11-12".to_owned(), ..form("supervisors") }).await;
        let daniel = supervisor(fixture, "Daniel", 10).await;
        come(&daniel, &other).await;
        cancel_event(&ruth, &other, CancelledBecause::TooFew).await.unwrap();
        is_no_supervisor_more(fixture, &daniel).await;
        assert_eq!(let_places_follow(&program(fixture, NOW)).await, Ok(0));
        assert_eq!(event_record_at(&ruth, &code).await.unwrap().lapses.len(), 0);
    }

    async fn a_place_that_lapsed_shortly_before_the_beginning_does_not_come_back_with_it(fixture: Fixture) {
        const BEGINS: &str = "2026-11-05T12:30:00Z";

        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("supervisors") }).await;
        let (marianne, nadia) = (supervisor(fixture, "Marianne", 8).await, supervisor(fixture, "Nadia", 9).await);
        assert_eq!((come(&marianne, &code).await, come(&nadia, &code).await), (Some(Answer::Yes), Some(Answer::Waiting)));
        let then = |who: &Actor| at(fixture, BEGINS, who.person(), Role::Supervisor);
        // The program does not come to it before half past twelve.
        is_no_supervisor_more(fixture, &marianne).await;
        let shown = event_at(&then(&nadia), &code).await.unwrap();
        assert_eq!((shown.line.answer, shown.line.coming), (Some(Answer::Yes), 1));
        assert!(event_room(&then(&nadia), &code).await.is_ok());
        assert_eq!(coming_to(&then(&ruth), &code).await, ["Nadia E."]);
        let (one, other) = (program(fixture, BEGINS), program(fixture, BEGINS));
        let both = tokio::join!(let_places_follow(&one), let_places_follow(&other));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 1, "Marianne alone, once");
        assert_eq!((coming_to(&then(&ruth), &code).await, messages(fixture, "A place for you at%").await), (vec!["Nadia E.".to_owned()], 1));

        // From now on the answers stand, whatever becomes of people.
        is_no_supervisor_more(fixture, &nadia).await;
        assert_eq!(let_places_follow(&program(fixture, "2026-11-05T12:31:00Z")).await, Ok(0));
        assert_eq!(coming_to(&then(&ruth), &code).await, ["Nadia E."]);
    }

    async fn whoever_marks_who_came_before_the_program_does_so_finds_no_place_that_had_lapsed(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("supervisors") }).await;
        let (marianne, nadia) = (supervisor(fixture, "Marianne", 8).await, supervisor(fixture, "Nadia", 9).await);
        come(&marianne, &code).await;
        come(&nadia, &code).await;
        suspend(fixture, &marianne).await;
        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        let sheet = RecordForm { session: code.clone(), version: "2".to_owned(), save: Save::AllPresent.key().to_owned(), ..RecordForm::default() };
        save_event_record(&over, &sheet).await.unwrap();
        let record = event_record_at(&over, &code).await.unwrap();
        let marked: Vec<_> = record.lines.iter().map(|line| (line.name.short.as_str(), line.mark.is_some())).collect();
        assert_eq!((marked, record.lapses.len()), (vec![("Nadia E.", true)], 1));
        assert_eq!(messages(fixture, "A place for you at%").await, 0, "nobody is written to about what is over");
        assert_eq!(let_places_follow(&program(fixture, "2026-11-05T14:01:00Z")).await, Ok(0));
    }

    async fn a_place_has_lapsed_and_is_given_on_for_whoever_looks_or_answers_before_that_is_written(fixture: Fixture) {
        const WRITTEN: &str = "SELECT COUNT(*) FROM event_lapse";

        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "2".to_owned(), ..form("supervisors") }).await;
        let mut people = Vec::new();
        for (name, hour) in [("Marianne", 8), ("Nadia", 9), ("Daniel", 10), ("Femi", 11)] {
            people.push(supervisor(fixture, name, hour).await);
            come(&people[people.len() - 1], &code).await;
        }
        let [marianne, nadia, daniel, femi] = people.as_slice() else { unreachable!() };
        let queue = async |who: &Actor| {
            let shown = event_at(who, &code).await.unwrap();
            (shown.line.answer, shown.line.coming, shown.waiting, shown.before_reader)
        };
        assert_eq!(queue(femi).await, (Some(Answer::Waiting), 2, 2, 1));
        is_no_supervisor_more(fixture, marianne).await;
        suspend(fixture, nadia).await;
        let written = async || {
            let database = &fixture.database;
            let count: i64 = on!(database, pool => sqlx::query_scalar(WRITTEN).fetch_one(pool).await).unwrap();
            count
        };
        for who in [daniel, femi] {
            assert_eq!(queue(who).await, (Some(Answer::Yes), 2, 0, 0));
            assert_eq!((events_for(who).await.unwrap().coming[0].answer, part(who).await), (Some(Answer::Yes), Some(Part::Member)));
        }
        let record = event_record_at(&ruth, &code).await.unwrap();
        assert_eq!((record.line.coming, record.lines.len(), record.waiting.len()), (2, 2, 0), "the host sees the two who have the places");
        assert_eq!(written().await, 0);

        // Whoever answers writes it down on the way, as nobody's doing.
        let olu = supervisor(fixture, "Olu", 12).await;
        assert_eq!(come(&olu, &code).await, Some(Answer::Waiting));
        assert_eq!((written().await, messages(fixture, "A place for you at%").await), (1, 2));
        assert_eq!(let_places_follow(&program(fixture, NOW)).await, Ok(0), "there is nothing left to write");
        // With fewer who have a place, there can be fewer places.
        is_no_supervisor_more(fixture, femi).await;
        is_no_supervisor_more(fixture, &olu).await;
        let version = event_at(&ruth, &code).await.unwrap().version;
        let fewer = EventForm { capacity: "1".to_owned(), ..form("supervisors") };
        change_event(&ruth, (&code, version), (&fewer.check(ruth.now()).unwrap(), None)).await.unwrap();
        assert_eq!(queue(daniel).await, (Some(Answer::Yes), 1, 0, 0));
    }
}
