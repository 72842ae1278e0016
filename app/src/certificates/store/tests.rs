//! What holds of certificates on both databases.

use super::*;
use crate::access::{Premises, Role, Visit};
use crate::access_log::fixture::lines_about;
use crate::certificates::model::CODE_LENGTH;
use crate::database::fixture::{Fixture, both_databases};
use crate::events::fixture::{at, form, hosted, published, space};
use crate::events::forms::EventForm;
use crate::groups::GroupId;
use crate::learning::store::finish;
use crate::learning::text_of;
use crate::people::fixture::person;
use crate::sessions::fixture::{meeting, session};
use crate::spaces::SpaceKind;

fn stranger(fixture: &Fixture) -> Anyone {
    let premises = Premises { database: fixture.database.clone(), clock: fixture.clock, is_demonstration: false, origin: "".into() };
    Anyone::in_test(Visit::new(&premises, "192.0.2.7".parse().unwrap(), "a test"))
}

/// Writes down that somebody was at the whole of an event, and that its attendance is finished.
async fn was_at(fixture: &Fixture, who: PersonId, event: &str) {
    const CAME: &str = "\
INSERT INTO event_answer (event_id, person_id, answer, answered_at, state, minutes)
SELECT e.id, $2, 'yes', $3, 'attended', e.length_minutes
FROM event e
WHERE e.code = $1";
    const DONE: &str = "UPDATE event SET marked_at = $2 WHERE code = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(CAME).bind(event).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(DONE).bind(event).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

/// Writes down that somebody was at the whole of a session of an hour, and that its attendance is finished.
async fn was_supervised(fixture: &Fixture, (group, who): (GroupId, PersonId), starts: &str) {
    const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
    const DONE: &str = "UPDATE session SET marked_at = ends_at WHERE id = $1";

    let held = session(fixture, group, starts.parse().unwrap(), 60).await;
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MARK).bind(held).bind(who).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(DONE).bind(held).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn a_certificate_is_issued_from_what_was_finished_once_and_says_so_to_whoever_has_its_code(fixture: Fixture) {
        let actor = fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner]);
        let lead = fixture.actor(person(fixture, "Sian", "Lewis", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        let text = text_of("noticing").unwrap();
        assert_eq!(certify_page(&actor, text.slug).await, Err(AppError::NotFound), "nothing was finished");
        finish(&actor, text).await.unwrap();
        certify_page(&actor, text.slug).await.unwrap();
        certify_page(&actor, text.slug).await.unwrap();
        let own = my_certificates(&actor).await.unwrap();
        assert_eq!((own.issued.len(), own.pages.len()), (1, 0));

        let code = own.issued[0].code.clone();
        assert_eq!(code.len(), CODE_LENGTH);
        let seen = certificate_at(&stranger(fixture), &code).await.unwrap();
        assert_eq!((seen.holder.as_str(), seen.minutes, seen.revoked_on), ("Amina Rahman", text.minutes, None));
        assert_eq!(own_certificate(&lead, &code).await.unwrap_err(), AppError::NotFound);

        revoke(&lead, &code, "Issued in a test").await.unwrap();
        assert!(matches!(revoke(&lead, &code, "Again").await, Err(AppError::Conflict(_))));
        assert_eq!(certificate_at(&stranger(fixture), &code).await.unwrap().revoked_on, Some("2026-10-22".parse().unwrap()));
        assert_eq!(found(&lead, &code).await.unwrap().unwrap().reason, "Issued in a test");
        assert_eq!(found(&lead, "nowhere").await.unwrap(), None);
        assert_eq!(lines_about(fixture, actor.person()).await, [("certificate".to_owned(), lead.person(), 1)]);
        certify_page(&actor, text.slug).await.unwrap();
        assert_eq!(my_certificates(&actor).await.unwrap().issued.len(), 2, "another one can be issued in its place");
    }

    async fn supervision_is_vouched_for_as_long_as_somebody_was_marked_as_there(fixture: Fixture) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes) VALUES ($1, $2, '', 'late', 70)";
        const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

        let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
        let held = session(fixture, ahead.group, fixture.now() - chrono::TimeDelta::weeks(1), 90).await;
        let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
        let days = Span { from: "2026-10-01".parse().unwrap(), to: "2026-10-22".parse().unwrap() };
        assert!(matches!(certify_supervision(&amina, days).await, Err(AppError::Invalid(_))));
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MARK).bind(held).bind(ahead.amina).execute(pool).await.map(|_| ())).unwrap();
        on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        certify_supervision(&amina, days).await.unwrap();
        let issued = my_certificates(&amina).await.unwrap().issued;
        assert_eq!((issued[0].minutes, issued[0].days), (70, (days.from, days.to)));
        let before = Span { from: days.from, to: "2026-10-10".parse().unwrap() };
        assert!(matches!(certify_supervision(&amina, before).await, Err(AppError::Invalid(_))), "none of it lies in those days");
    }

    async fn no_day_of_supervision_is_on_two_certificates_that_hold_and_no_minute_counts_twice(fixture: Fixture) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
        const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

        let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
        let other = meeting(fixture, fixture.now() + chrono::TimeDelta::days(2)).await;
        let week_ago = fixture.now() - chrono::TimeDelta::weeks(1);
        let database = &fixture.database;
        // Two groups met at the same time for a while, and she was marked in both.
        for (group, starts) in [(ahead.group, week_ago), (other.group, week_ago + chrono::TimeDelta::minutes(60))] {
            let held = session(fixture, group, starts, 90).await;
            on!(database, pool => sqlx::query(MARK).bind(held).bind(ahead.amina).execute(pool).await.map(|_| ())).unwrap();
            on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        }
        let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
        let span = |from: &str, to: &str| Span { from: from.parse().unwrap(), to: to.parse().unwrap() };
        certify_supervision(&amina, span("2026-10-01", "2026-10-20")).await.unwrap();
        assert_eq!(my_certificates(&amina).await.unwrap().issued[0].minutes, 150, "from the beginning of one to the end of the other");
        for days in [span("2026-10-15", "2026-10-22"), span("2026-09-01", "2026-10-22"), span("2026-10-15", "2026-10-15")] {
            let Err(AppError::Invalid(problems)) = certify_supervision(&amina, days).await else { panic!("{days:?}") };
            assert!(problems[0].message.contains("1 October 2026 to 20 October 2026"), "{problems:?}");
        }
        let (one, two) = (span("2026-10-01", "2026-10-20"), span("2026-09-01", "2026-10-20"));
        let code = my_certificates(&amina).await.unwrap().issued[0].code.clone();
        revoke(&fixture.actor(ahead.amina, &[Role::Coordinator]), &code, "For a longer one").await.unwrap();
        let (one, two) = tokio::join!(certify_supervision(&amina, one), certify_supervision(&amina, two));
        assert_eq!([one, two].iter().filter(|issued| issued.is_ok()).count(), 1, "at once, one of them holds");
    }

    async fn supervision_that_is_certified_already_is_found_done_although_one_issued_before_has_the_same_days(fixture: Fixture) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
        const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";
        const BEFORE: &str = "\
INSERT INTO certificate (id, code, person_id, holder, title, minutes, starts_on, ends_on, source, issued_at, revoked_reason)
SELECT $1, 'issued-before', c.person_id, c.holder, c.title, c.minutes, c.starts_on, $2, 'supervision:2026-10-01/2026-10-31', c.issued_at, ''
FROM certificate c
WHERE c.person_id = $3";

        let ahead = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
        let held = session(fixture, ahead.group, fixture.now() - chrono::TimeDelta::weeks(1), 90).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MARK).bind(held).bind(ahead.amina).execute(pool).await.map(|_| ())).unwrap();
        on!(database, pool => sqlx::query(DONE).bind(held).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        let amina = fixture.actor(ahead.amina, &[Role::Practitioner]);
        let span = |from: &str, to: &str| Span { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let (shorter, longer) = (span("2026-10-01", "2026-10-20"), span("2026-10-01", "2026-10-31"));
        certify_supervision(&amina, shorter).await.unwrap();
        // Until a day could be on one certificate alone, two such could be issued.
        on!(database, pool => sqlx::query(BEFORE)
            .bind(CertificateId(new_id()))
            .bind(longer.to)
            .bind(ahead.amina)
            .execute(pool).await.map(|_| ()))
        .unwrap();
        for days in [shorter, longer] {
            assert_eq!(certify_supervision(&amina, days).await, Ok(()), "{days:?}");
        }
        assert!(matches!(certify_supervision(&amina, span("2026-10-10", "2026-10-20")).await, Err(AppError::Invalid(_))));
        assert_eq!(my_certificates(&amina).await.unwrap().issued.len(), 2);
    }

    async fn of_two_events_that_overlap_no_minute_is_vouched_for_twice_whichever_is_marked_first(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, half_past) = hosted(fixture, &form("centre")).await;
        let mut others = Vec::new();
        for (name, starts, minutes) in [("Marianne", "12:00", "60"), ("Daniel", "12:45", "30")] {
            let host = fixture.actor(person(fixture, name, "Example", &[Role::Supervisor]).await, &[Role::Supervisor]);
            let (starts_time, length_minutes, minutes) = (starts.to_owned(), minutes.to_owned(), minutes.to_owned());
            others.push(published(&host, &EventForm { starts_time, length_minutes, minutes, ..form("centre") }).await);
        }
        let [noon, within] = others.as_slice() else { panic!("{others:?}") };
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let amina = at(fixture, "2026-11-06T09:00:00Z", amina, Role::Practitioner);
        was_at(fixture, amina.person(), &half_past).await;
        was_at(fixture, amina.person(), within).await;
        let offered: Vec<String> = my_certificates(&amina).await.unwrap().events.into_iter().map(|(code, _)| code).collect();
        assert_eq!(offered, std::slice::from_ref(&half_past), "of what lay within another there is nothing to vouch for");
        assert_eq!(certify_event(&amina, within).await.unwrap_err().status(), 409);
        certify_event(&amina, &half_past).await.unwrap();
        certify_event(&amina, &half_past).await.unwrap();

        // The one that began before is marked only now: half an hour of the other counts as this one.
        was_at(fixture, amina.person(), noon).await;
        let refused = certify_event(&amina, noon).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("since something that was marked afterwards overlaps with it"), "{refused}");
        let issued = my_certificates(&amina).await.unwrap().issued.remove(0);
        revoke(&ruth, &issued.code, "Another event was marked afterwards").await.unwrap();
        for event in [noon, &half_past, noon, &half_past] {
            assert_eq!(certify_event(&amina, event).await, Ok(()), "a second press finds it done");
        }
        let issued = my_certificates(&amina).await.unwrap().issued;
        let mut minutes: Vec<i64> = issued.iter().filter(|one| one.revoked_on.is_none()).map(|one| one.minutes).collect();
        minutes.sort_unstable();
        assert_eq!(minutes, [30, 60], "from noon to half past one");
    }

    async fn what_overlaps_past_midnight_is_vouched_for_once_whichever_is_marked_first(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, late) = hosted(fixture, &EventForm { starts_time: "23:30".to_owned(), ..form("centre") }).await;
        let people = meeting(fixture, fixture.now() + chrono::TimeDelta::days(1)).await;
        let amina = at(fixture, "2026-11-09T09:00:00Z", people.amina, Role::Practitioner);
        let vouched = async || {
            let issued = my_certificates(&amina).await.unwrap().issued;
            let mut minutes: Vec<i64> = issued.iter().filter(|one| one.revoked_on.is_none()).map(|one| one.minutes).collect();
            minutes.sort_unstable();
            minutes
        };
        let day = |day: &str| Span { from: day.parse().unwrap(), to: day.parse().unwrap() };
        let sixth = day("2026-11-06");

        // An event until half past midnight, and a session from midnight on, which is marked only afterwards.
        was_at(fixture, people.amina, &late).await;
        certify_event(&amina, &late).await.unwrap();
        was_supervised(fixture, (people.group, people.amina), "2026-11-06T00:00:00Z").await;
        let refused = certify_supervision(&amina, sixth).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("“Event: Still face, fifty years on” says more"), "{refused}");
        let code = my_certificates(&amina).await.unwrap().issued[0].code.clone();
        revoke(&ruth, &code, "A session was marked afterwards").await.unwrap();
        certify_event(&amina, &late).await.unwrap();
        certify_supervision(&amina, sixth).await.unwrap();
        assert_eq!(vouched().await, [30, 60], "from half past eleven to one");

        // Two sessions, of which the one of the day before is marked afterwards.
        was_supervised(fixture, (people.group, people.amina), "2026-11-08T00:00:00Z").await;
        certify_supervision(&amina, day("2026-11-08")).await.unwrap();
        was_supervised(fixture, (people.group, people.amina), "2026-11-07T23:30:00Z").await;
        let refused = certify_supervision(&amina, day("2026-11-07")).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("for 8 November 2026 to 8 November 2026 says more"), "{refused}");
        // What touches none of it is vouched for all the same.
        was_supervised(fixture, (people.group, people.amina), "2026-11-04T10:00:00Z").await;
        certify_supervision(&amina, day("2026-11-04")).await.unwrap();
        assert_eq!(vouched().await, [30, 60, 60, 60]);
    }

    async fn a_code_that_nobody_has_is_not_there_and_cannot_be_searched_for(fixture: Fixture) {
        for _ in 0..50 {
            assert_eq!(certificate_at(&stranger(fixture), "abcdefghjkmnpqrstuvwxyz2").await, Err(AppError::NotFound));
        }
        assert_eq!(certificate_at(&stranger(fixture), "…").await, Err(AppError::TooMany));
    }
}
