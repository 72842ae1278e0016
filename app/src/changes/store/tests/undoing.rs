//! That what was changed or cancelled is put back as it was, once, by whoever may, and that those who were told of it are told of that.

use super::*;

/// What a series repeats and what its sessions have.
async fn all_series(
    fixture: &Fixture,
) -> Vec<(Uuid, NaiveDate, chrono::NaiveTime, i64, Option<NaiveDate>, Option<i64>, Option<PersonId>, String)> {
    const SERIES: &str = "SELECT id, starts_on, starts_time, length_minutes, until_on, times, supervisor_id, title FROM series ORDER BY id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(SERIES).fetch_all(pool).await).unwrap()
}

both_databases! {
    async fn this_and_the_following_keep_their_identity_and_an_undo_is_exact(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let before = (sessions(fixture).await, all_series(fixture).await);
        let stored = change(&ruth, running.code(2), &times(FOLLOWING, "2026-11-12", "15:00", "60")).await.unwrap();
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "5 Nov 10:00", "12 Nov 15:00", "19 Nov 15:00"]);
        let ids = |sessions: &[SessionFacts]| sessions.iter().map(|session| session.0).collect::<Vec<_>>();
        assert_eq!(ids(&before.0), ids(&sessions(fixture).await));
        assert_eq!(all_series(fixture).await.len(), 2, "the series is parted where it changes");

        undo(&ruth, &stored).await.unwrap();
        assert_eq!((sessions(fixture).await, all_series(fixture).await), before);
        assert!(messages(fixture).await.is_empty(), "nobody had been told yet");
        assert_eq!(undo(&ruth, &stored).await.unwrap_err().status(), 409, "an undo is undone once");
    }

    async fn those_who_were_told_are_told_of_the_undo(fixture: Fixture) {
        const SENT: &str = "UPDATE message SET sent_at = $1, attempts = 1, body = ''";
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let stored = change(&ruth, running.code(0), &times(THIS, "2026-10-30", "10:00", "90")).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SENT).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        undo(&ruth, &stored).await.unwrap();
        let subjects: Vec<String> = messages(fixture).await.into_iter().map(|message| message.1).collect();
        assert_eq!(subjects.iter().filter(|subject| *subject == "Your sessions are as they were").count(), 2, "{subjects:?}");
    }

    async fn cancelling_the_following_and_undoing_it_keeps_apologies(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        send_apologies(fixture, running.code(3), running.amina).await;
        let before = sessions(fixture).await;
        let session = open_to_change(&ruth, running.code(2)).await.unwrap();
        let shown = cancel_page(&ruth, &session, Scope::ThisAndFollowing).await.unwrap().preview.unwrap();
        assert_eq!(shown.told, 2);
        let call = (Scope::ThisAndFollowing, CancelReason::CentreClosed);
        let stored = cancel_series(&ruth, &session, call, &shown.seen).await.unwrap();
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "5 Nov 10:00", "-", "-"]);
        let lines = attendance(fixture).await;
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.2.as_deref() == Some("cancelled_by_centre")), "nobody counts as absent");

        undo(&ruth, &stored).await.unwrap();
        assert_eq!(sessions(fixture).await, before);
        assert_eq!(attendance(fixture).await, [(running.amina, true, None)]);
    }

    async fn one_session_is_cancelled_with_its_reason_and_brought_back_by_whoever_leads_it(fixture: Fixture) {
        const COVER: &str = "UPDATE session SET supervisor_id = $1 WHERE code = $2";
        const OWN: &str = "SELECT COUNT(*) FROM message WHERE person_id = $1 AND calendar IS NOT NULL";
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(COVER).bind(daniel).bind(running.code(1)).execute(pool).await.map(|_| ())).unwrap();
        let before = sessions(fixture).await;
        let cover = fixture.actor(daniel, &[Role::Supervisor]);
        assert_eq!(open_to_cancel(&cover, running.code(1), Scope::ThisAndFollowing).await.unwrap_err(), AppError::NotFound);
        let member = fixture.actor(running.amina, &[Role::Practitioner]);
        assert_eq!(open_to_cancel(&member, running.code(1), Scope::This).await.unwrap_err(), AppError::NotFound);

        let session = open_to_cancel(&cover, running.code(1), Scope::This).await.unwrap();
        let seen = cancel_page(&cover, &session, Scope::This).await.unwrap().preview.unwrap().seen;
        let stored = cancel_series(&cover, &session, (Scope::This, CancelReason::TooFew), &seen).await.unwrap();
        assert_eq!(stored.notice(), "1 session is cancelled. 2 people are being told.");
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "-", "12 Nov 10:00", "19 Nov 10:00"]);
        let told = messages(fixture).await;
        assert!(told.iter().all(|message| message.1 == "Your session on Thursday 5 November will not take place"), "{told:?}");
        assert!(told.iter().all(|message| message.2.contains("Too few people can come.")), "{told:?}");
        let own: i64 = on!(database, pool => sqlx::query_scalar(OWN).bind(daniel).fetch_one(pool).await).unwrap();
        assert_eq!(own, 1, "the one who acts is sent the file for their own calendar");
        undo(&cover, &stored).await.unwrap();
        assert_eq!(sessions(fixture).await, before);
        assert_eq!((attendance(fixture).await, messages(fixture).await.len()), (Vec::new(), 0));
    }

    async fn an_undo_is_refused_once_somebody_has_changed_the_same(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let stored = change(&ruth, running.code(0), &times(THIS, "2026-10-30", "10:00", "90")).await.unwrap();
        change(&ruth, running.code(0), &times(THIS, "2026-10-31", "10:00", "90")).await.unwrap();
        assert_eq!(undo(&ruth, &stored).await.unwrap_err().status(), 409);
        assert_eq!(clocks(fixture).await[0], "31 Oct 10:00");
    }

    async fn nobody_but_who_plans_the_group_changes_or_undoes(fixture: Fixture) {
        const COVER: &str = "UPDATE session SET supervisor_id = $1 WHERE code = $2";
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(COVER).bind(daniel).bind(running.code(0)).execute(pool).await.map(|_| ())).unwrap();
        for (who, role) in [(running.amina, Role::Practitioner), (daniel, Role::Supervisor)] {
            let actor = fixture.actor(who, &[role]);
            assert_eq!(open_to_change(&actor, running.code(0)).await.unwrap_err(), AppError::NotFound);
        }
        let coordinator = fixture.actor(sian, &[Role::Coordinator]);
        let stored = change(&coordinator, running.code(1), &times(THIS, "2026-11-06", "10:00", "90")).await.unwrap();
        let refused = undo(&running.supervisor(fixture), &stored).await.unwrap_err();
        assert_eq!(refused, undo_change(&coordinator, &new_id().to_string()).await.unwrap_err(), "another's change is as one that never was");
    }
}
