//! Another supervisor for a session, with another time or without, and when those who can lead could not.

use super::*;
use crate::changes::answers::BusyLine;
use crate::changes::forms::BusyForm;
use crate::error::Problem;
use crate::groups::fixture::coordinator;
use crate::holds::fixture::hold;
use crate::matching::fixture::email_of;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::sessions::fixture::session;

async fn daniel(fixture: &Fixture) -> PersonId {
    person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await
}

async fn is_away(fixture: &Fixture, who: PersonId, date: &str) {
    const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $3, 'leave')";
    let (database, date) = (&fixture.database, date.parse::<NaiveDate>().unwrap());
    on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(who).bind(date).execute(pool).await.map(|_| ())).unwrap();
}

/// Who leads each of the four, in order.
async fn leaders(fixture: &Fixture) -> Vec<PersonId> {
    sessions(fixture).await.into_iter().map(|session| session.6).collect()
}

/// Something is noted of Daniel after a form has shown that a session goes to him: the form is refused then, and so is what it had shown; nobody is offered
/// but who leads, and on the board he is shaded.
async fn is_given_nothing_once(fixture: &Fixture, noted: impl AsyncFnOnce(&Actor, &Running, PersonId), told: &str, shaded: &str) {
    let running = running(fixture).await;
    let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
    let form = TimesForm { supervisor: code_of(fixture, daniel).await, ..times(THIS, "2026-10-30", "10:00", "90") };
    let seen = shown(&sian, running.code(0), form.clone()).await;
    noted(&sian, &running, daniel).await;
    assert_eq!(preview(&sian, running.code(0), &form).await.unwrap_err(), [Problem::new("supervisor", told)]);
    let session = open_to_change(&sian, running.code(0)).await.unwrap();
    let stored = change_times(&sian, &session, seen.check().unwrap(), &seen).await;
    assert_eq!(stored.unwrap_err(), AppError::invalid("supervisor", told));
    assert_eq!(leaders(fixture).await, [running.ruth; 4]);
    let offered = change_page(&sian, &session, ChangeForm::default()).await.unwrap().supervisors;
    assert_eq!(offered.iter().map(|one| one.short.as_str()).collect::<Vec<_>>(), ["Ruth A."]);
    let days = BusyForm { session: String::new(), from: "2026-10-29".to_owned(), until: "2026-10-30".to_owned() };
    let lines: Vec<BusyLine> = busy_leaders(&sian, &session, days.check().unwrap()).await.unwrap();
    let of_daniel: Vec<_> =
        lines.iter().filter(|line| line.leader == form.supervisor).map(|line| (line.why.as_str(), line.needs_reason)).collect();
    assert_eq!(of_daniel, [(shaded, false); 2]);
}

both_databases! {
    async fn a_session_goes_to_another_day_and_another_supervisor_in_one_change_that_one_undo_takes_back(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let before = sessions(fixture).await;
        // As the board leads there: it names whom the session goes to, and whose it is now is read.
        let form = TimesForm { supervisor: code_of(fixture, daniel).await, ..times(THIS, "2026-10-30", "10:00", "90") };
        let stored = change(&sian, running.code(0), &form).await.unwrap();
        assert_eq!(clocks(fixture).await, ["30 Oct 10:00", "5 Nov 10:00", "12 Nov 10:00", "19 Nov 10:00"]);
        assert_eq!(leaders(fixture).await, [daniel, running.ruth, running.ruth, running.ruth]);
        let told = messages(fixture).await;
        assert_eq!(told.len(), 4, "two members, who led and who will lead, each once");
        assert!(told.iter().all(|message| message.2.contains("now Friday 30 October 2026, 10:00 to 11:30, led by somebody else")), "{told:?}");
        undo(&sian, &stored).await.unwrap();
        assert_eq!(sessions(fixture).await, before);
    }

    async fn a_session_that_was_moved_on_its_own_keeps_its_time_and_is_led_by_whoever_leads_the_others(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        change(&sian, running.code(2), &times(THIS, "2026-11-13", "14:00", "90")).await.unwrap();
        let form = TimesForm { supervisor: code_of(fixture, daniel).await, ..times(FOLLOWING, "2026-11-06", "10:00", "90") };
        let shown = preview(&sian, running.code(1), &form).await.unwrap();
        assert_eq!((shown.lines.len(), shown.left_alone.len()), (3, 0), "what changes is not among what stays: {shown:?}");
        change(&sian, running.code(1), &form).await.unwrap();
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "6 Nov 10:00", "13 Nov 14:00", "20 Nov 10:00"]);
        assert_eq!(leaders(fixture).await, [running.ruth, daniel, daniel, daniel]);
    }

    async fn of_two_who_give_a_session_to_others_the_second_is_told_and_whoever_chose_nobody_puts_nobody_back(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let nadia = person(fixture, "Nadia", "Khan", &[Role::Supervisor]).await;
        let [ruths, daniels, nadias] = [code_of(fixture, running.ruth).await, code_of(fixture, daniel).await, code_of(fixture, nadia).await];
        let led_by = |supervisor: &str, time: &str| TimesForm {
            supervisor: supervisor.to_owned(),
            was_supervisor: ruths.clone(),
            ..times(THIS, FIRST, time, "90")
        };
        change(&sian, running.code(0), &led_by(&daniels, "10:00")).await.unwrap();
        let problems = preview(&sian, running.code(0), &led_by(&nadias, "10:00")).await.unwrap_err();
        assert!(problems[0].message.contains("somebody else leads it now"), "{problems:?}");
        // Another had the form open since before as well, and changes the time alone.
        change(&sian, running.code(0), &led_by(&ruths, "11:00")).await.unwrap();
        assert_eq!((leaders(fixture).await[0], clocks(fixture).await[0].as_str()), (daniel, "29 Oct 11:00"));
    }

    async fn what_the_one_who_is_to_lead_has_at_that_time_stands_in_the_way(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        session(fixture, other, uk("2026-10-30 10:30"), 60).await;
        let form = |day: &str, code: &str| TimesForm { supervisor: code.to_owned(), ..times(THIS, day, "10:00", "90") };
        let daniels = code_of(fixture, daniel).await;
        let refused = change(&sian, running.code(0), &form("2026-10-30", &daniels)).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("another session at the same time"), "{refused}");
        change(&sian, running.code(0), &form(FIRST, &daniels)).await.unwrap();
        let ruth = running.supervisor(fixture);
        let kept = preview(&ruth, running.code(1), &form("2026-11-06", &daniels)).await.unwrap();
        assert!(kept.lines[0].details.is_empty(), "a supervisor hands no session to another");
    }

    async fn for_the_board_everybody_who_can_lead_is_shaded_where_the_session_would_meet_what_they_have(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        session(fixture, other, uk("2026-10-29 11:00"), 60).await;
        // It does not meet a session from 10:00 to 11:30.
        session(fixture, other, uk("2026-10-28 11:30"), 60).await;
        is_away(fixture, daniel, "2026-10-30").await;
        is_away(fixture, running.ruth, "2026-10-27").await;
        let [ruths, daniels] = [code_of(fixture, running.ruth).await, code_of(fixture, daniel).await];
        let session = open_to_change(&sian, running.code(0)).await.unwrap();
        let form = BusyForm { session: String::new(), from: "2026-10-26".to_owned(), until: "2026-10-30".to_owned() };
        let mut lines: Vec<BusyLine> = busy_leaders(&sian, &session, form.check().unwrap()).await.unwrap();
        lines.sort_by_key(|line| line.date);
        let shaded: Vec<_> = lines.iter().map(|line| (line.date.to_string(), line.leader.as_str(), line.why.as_str(), line.needs_reason)).collect();
        assert_eq!(shaded, [
            ("2026-10-27".to_owned(), ruths.as_str(), "Ruth A. is away", false),
            ("2026-10-29".to_owned(), daniels.as_str(), "Daniel O. is at another session", false),
            ("2026-10-30".to_owned(), daniels.as_str(), "Daniel O. is away", false),
        ]);
        let own = busy_times(&sian, &session, form.check().unwrap()).await.unwrap();
        assert!(own.iter().any(|line| line.why == "Ruth A. is away") && own.iter().all(|line| line.leader == ruths), "{own:?}");
    }

    async fn sessions_are_given_to_nobody_who_may_not_meet_somebody_who_comes_and_on_the_board_they_are_shaded(fixture: Fixture) {
        let keep = async |sian: &Actor, running: &Running, daniel: PersonId| {
            let amina = Apart::Person(email_of(fixture, running.amina).await);
            keep_apart(sian, &code_of(fixture, daniel).await, &amina).await.unwrap();
        };
        let told = "Daniel O. and Amina R. may not be in one group. Choose somebody else.";
        is_given_nothing_once(fixture, keep, told, "Daniel O. may not be in one group with somebody who comes").await;
    }

    async fn sessions_are_given_to_nobody_who_is_held_and_on_the_board_they_are_shaded(fixture: Fixture) {
        let hold = async |_: &Actor, _: &Running, daniel: PersonId| hold(fixture, daniel).await;
        let told = "Daniel O. is not available for matching, so they are given nobody to lead. Choose somebody else.";
        is_given_nothing_once(fixture, hold, told, "Daniel O. is not available for matching").await;
    }

    async fn whoever_leads_a_group_goes_on_whatever_is_noted_and_an_undo_puts_back_nobody_who_may_not_meet_those_who_come(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let form = TimesForm { supervisor: code_of(fixture, daniel).await, ..times(THIS, FIRST, "10:00", "90") };
        change(&sian, running.code(0), &form).await.unwrap();
        let ruths = code_of(fixture, running.ruth).await;
        let back = TimesForm { supervisor: ruths.clone(), was_supervisor: form.supervisor.clone(), ..times(THIS, FIRST, "10:00", "90") };
        let stored = change(&sian, running.code(0), &back).await.unwrap();
        for supervisor in [&ruths, &form.supervisor] {
            keep_apart(&sian, supervisor, &Apart::Person(email_of(fixture, running.amina).await)).await.unwrap();
        }
        change(&sian, running.code(1), &times(THIS, "2026-11-06", "10:00", "90")).await.unwrap();
        let refused = undo(&sian, &stored).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("Daniel O. and Amina R. may not be in one group."), "{refused}");
        assert_eq!(leaders(fixture).await, [running.ruth; 4]);
    }

    async fn a_cancellation_is_undone_for_whoever_covered_the_session_whatever_is_noted_meanwhile(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (daniel(fixture).await, coordinator(fixture).await);
        let daniels = code_of(fixture, daniel).await;
        let form = TimesForm { supervisor: daniels.clone(), ..times(THIS, FIRST, "10:00", "90") };
        change(&sian, running.code(0), &form).await.unwrap();
        let before = sessions(fixture).await;
        let session = open_to_cancel(&sian, running.code(0), Scope::This).await.unwrap();
        let seen = cancel_page(&sian, &session, Scope::This).await.unwrap().preview.unwrap().seen;
        let stored = cancel_series(&sian, &session, (Scope::This, CancelReason::TooFew), &seen).await.unwrap();
        keep_apart(&sian, &daniels, &Apart::Person(email_of(fixture, running.amina).await)).await.unwrap();
        undo(&sian, &stored).await.unwrap();
        assert_eq!(sessions(fixture).await, before);
        assert_eq!(leaders(fixture).await, [daniel, running.ruth, running.ruth, running.ruth]);
    }
}
