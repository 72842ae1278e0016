//! Somebody who came without a place is on the sheet like everybody else.

use super::*;
use crate::people::EmailAddress;

async fn email_of(fixture: &Fixture, who: &Actor) -> EmailAddress {
    const EMAIL: &str = "SELECT email FROM person WHERE id = $1";

    let database = &fixture.database;
    let email: String = on!(database, pool => sqlx::query_scalar(EMAIL).bind(who.person()).fetch_one(pool).await).unwrap();
    EmailAddress::of(&email).unwrap()
}

const NOBODY: &str = "Nobody of those whom this event is for signs in with this address.";

both_databases! {
    async fn whoever_came_without_a_place_is_marked_counts_and_is_certified_like_everybody_else(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let (amina, tom, femi) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await, somebody(fixture, "Femi").await);
        assert_eq!((come(&amina, &code).await, come(&tom, &code).await), (Some(Answer::Yes), Some(Answer::Waiting)));
        let tom_at = email_of(fixture, &tom).await;
        assert_eq!(add_walk_in(&ruth, &code, &tom_at).await.unwrap_err().status(), 409, "it has not begun");
        let during = at(fixture, "2026-11-05T12:45:00Z", ruth.person(), Role::Supervisor);
        for who in [&tom, &femi] {
            add_walk_in(&during, &code, &email_of(fixture, who).await).await.unwrap();
        }
        assert_eq!(add_walk_in(&during, &code, &tom_at).await, Err(AppError::invalid("email", "They are on the sheet already.")));
        assert_eq!(messages(fixture, "You were at the event on Thursday 5 November").await, 2);
        let record = event_record_at(&during, &code).await.unwrap();
        let marked: Vec<_> = record.lines.iter().map(|line| (line.name.short.as_str(), line.mark.is_some())).collect();
        assert_eq!((marked, record.waiting.len()), (vec![("Amina E.", false), ("Femi E.", true), ("Tom E.", true)], 0));

        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        let sheet = |version: i64, save: Save| RecordForm {
            session: code.clone(),
            version: version.to_string(),
            save: save.key().to_owned(),
            ..RecordForm::default()
        };
        assert_eq!(save_event_record(&over, &sheet(2, Save::AllPresent)).await.unwrap_err().status(), 409, "a sheet without their lines");
        save_event_record(&over, &sheet(record.version, Save::AllPresent)).await.unwrap();
        let present = |state: &str| MarkForm { state: state.to_owned(), minutes: String::new() };
        let mut marks = Vec::new();
        for (who, state) in [(&amina, "attended"), (&tom, "attended"), (&femi, "did_not_attend")] {
            marks.push((line_key(&code_of(fixture, who.person()).await), present(state)));
        }
        let finished = RecordForm { marks: marks.into_iter().collect(), ..sheet(record.version + 1, Save::Finish) };
        save_event_record(&over, &finished).await.unwrap();
        let after = |who: &Actor| at(fixture, "2026-11-06T09:00:00Z", who.person(), Role::Practitioner);
        let everything = LogAddress { period: "everything".to_owned(), ..LogAddress::default() };
        let log = log_of(&after(&tom), &everything).await.unwrap();
        assert_eq!(log.entries.iter().map(|entry| entry.minutes).collect::<Vec<_>>(), [60]);
        certify_event(&after(&tom), &code).await.unwrap();
        assert_eq!(certify_event(&after(&femi), &code).await, Err(AppError::NotFound), "what is corrected is corrected");
    }

    async fn nobody_is_added_who_does_not_belong_and_nobody_but_its_host_adds_anybody(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &form("supervisors")).await;
        let amina = somebody(fixture, "Amina").await;
        let marianne = fixture.actor(person(fixture, "Marianne", "Sowerby", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let during = |who: &Actor| at(fixture, "2026-11-05T12:45:00Z", who.person(), Role::Supervisor);
        let unknown = EmailAddress::of("nobody@people.example").unwrap();
        for email in [email_of(fixture, &amina).await, email_of(fixture, &ruth).await, unknown] {
            assert_eq!(add_walk_in(&during(&ruth), &code, &email).await, Err(AppError::invalid("email", NOBODY)));
        }
        let own = email_of(fixture, &marianne).await;
        assert_eq!(add_walk_in(&during(&marianne), &code, &own).await, Err(AppError::NotFound));
        cancel_event(&ruth, &code, CancelledBecause::TooFew).await.unwrap();
        assert_eq!(add_walk_in(&during(&ruth), &code, &own).await.unwrap_err().status(), 409);
    }
}
