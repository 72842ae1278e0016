//! When whoever leads could not, as it is shaded where a session is moved or drawn.

use super::*;

both_databases! {
    async fn what_another_calendar_keeps_busy_is_shaded_as_seriously_as_it_is_taken_and_moving_there_asks_why(fixture: Fixture) {
        const BLOCK: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) VALUES ($1, $2, $3)";
        const RULE: &str = "\
INSERT INTO conflict_rule (kind, level, changed_by, changed_at)
VALUES ('busy_elsewhere', $1, $2, $3)
ON CONFLICT (kind) DO UPDATE
SET level = excluded.level";
        let running = running(fixture).await;
        let (ruth, database) = (running.supervisor(fixture), &fixture.database);
        let friday = |time: &str| -> DateTime<Utc> { format!("2026-10-30T{time}:00Z").parse().unwrap() };
        // From Friday evening until Sunday: of the days that are looked at, two.
        let block = (friday("20:00"), friday("20:00") + TimeDelta::hours(30));
        on!(database, pool => sqlx::query(BLOCK).bind(running.ruth).bind(block.0).bind(block.1).execute(pool).await.map(|_| ())).unwrap();
        let shaded = async || {
            let session = open_to_change(&ruth, running.code(0)).await.unwrap();
            let days = ("2026-10-30".parse().unwrap(), "2026-10-31".parse().unwrap());
            let lines = busy_times(&ruth, &session, days).await.unwrap();
            lines.iter().map(|line| format!("{} {} to {}, {}, {}", line.date, line.from, line.to, line.why, line.needs_reason)).collect::<Vec<_>>()
        };
        let lines = |needs_reason: bool| {
            [("2026-10-30", "20:00", "24:00"), ("2026-10-31", "00:00", "24:00")]
                .map(|(date, from, to)| format!("{date} {from} to {to}, you are busy in another calendar, {needs_reason}"))
        };
        assert_eq!(shaded().await, lines(true));
        let moved = times(THIS, "2026-10-30", "19:00", "90");
        let refused = change(&ruth, running.code(0), &moved).await.unwrap_err();
        assert!(matches!(&refused, AppError::Invalid(problems) if problems.iter().all(|problem| problem.field == "reason")), "{refused:?}");
        change(&ruth, running.code(0), &TimesForm { reason: "agreed".to_owned(), ..moved }).await.unwrap();

        for (level, expected) in [("block_publishing", lines(false).to_vec()), ("ignore", Vec::new())] {
            on!(database, pool => sqlx::query(RULE).bind(level).bind(running.ruth).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            assert_eq!(shaded().await, expected);
        }
    }

    async fn what_whoever_leads_has_said_of_a_day_is_shaded_in_the_words_of_the_reader_and_as_seriously_as_moving_there_is_taken(fixture: Fixture) {
        const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $3, 'leave')";
        const HOURS: &str = "\
INSERT INTO working_hours (id, person_id, weekday, starts_time, ends_time, kinds, is_preferred)
VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let running = running(fixture).await;
        let (ruth, database) = (running.supervisor(fixture), &fixture.database);
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let friday: NaiveDate = "2026-10-30".parse().unwrap();
        let time = |text: &str| -> chrono::NaiveTime { text.parse().unwrap() };
        on!(database, pool => sqlx::query(HOURS).bind(new_id()).bind(running.ruth).bind(5_i64).bind(time("09:00:00")).bind(time("17:00:00"))
            .bind(sqlx::types::Json(Vec::<String>::new())).bind(false).execute(pool).await.map(|_| ()))
        .unwrap();
        on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(running.ruth).bind(friday + Days::new(1)).execute(pool).await.map(|_| ()))
            .unwrap();
        let shaded = async |actor: &Actor| {
            let session = open_to_change(actor, running.code(0)).await.unwrap();
            let lines = busy_times(actor, &session, (friday, friday + Days::new(2))).await.unwrap();
            lines.iter().map(|line| format!("{} {} to {}: {}, {}", line.date, line.from, line.to, line.why, line.needs_reason)).collect::<Vec<_>>()
        };
        assert_eq!(shaded(&ruth).await, [
            "2026-10-30 00:00 to 09:00: you work from 09:00 to 17:00, true",
            "2026-10-30 17:00 to 24:00: you work from 09:00 to 17:00, true",
            "2026-10-31 00:00 to 24:00: you are away, false",
            "2026-11-01 00:00 to 24:00: you do not work on this day, true",
        ]);
        assert!(shaded(&fixture.actor(sian, &[Role::Coordinator])).await[2].ends_with("Ruth A. is away, false"));
        let early = change(&ruth, running.code(0), &times(THIS, "2026-10-30", "08:00", "60")).await.unwrap_err();
        assert!(matches!(&early, AppError::Invalid(problems) if problems.iter().all(|problem| problem.field == "reason")), "{early:?}");
        let away = change(&ruth, running.code(0), &times(THIS, "2026-10-31", "10:00", "60")).await.unwrap_err();
        assert!(!matches!(&away, AppError::Invalid(problems) if problems.iter().any(|problem| problem.field == "reason")), "{away:?}");
    }

    async fn whoever_draws_a_new_session_sees_when_they_are_at_another_and_nobody_elses_times(fixture: Fixture) {
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let first: NaiveDate = FIRST.parse().unwrap();
        let busy = async |person, role| {
            let lines = own_busy_times(&fixture.actor(person, &[role]), (first, first + Days::new(1))).await.unwrap();
            lines.into_iter().map(|line| format!("{} {} to {}: {}", line.date, line.from, line.to, line.why)).collect::<Vec<_>>()
        };
        let own = ["2026-10-29 10:00 to 11:30: you are at another session"];
        assert_eq!(busy(running.ruth, Role::Supervisor).await, own);
        assert_eq!(busy(running.amina, Role::Supervisor).await, own, "a supervisor is supervised too");
        assert_eq!(busy(daniel, Role::Supervisor).await, <[String; 0]>::default());
    }
}
