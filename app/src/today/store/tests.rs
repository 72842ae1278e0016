//! What Today promises, on both databases.

use chrono::{Days, TimeDelta};

use super::*;
use crate::access::Role;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Database, new_id};
use crate::groups::fixture::{group, slug_of};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::sessions::fixture::{code_of, session};
use crate::sessions::{AttendanceState, SessionId};

const PRACTITIONER: &[Role] = &[Role::Practitioner];
const SUPERVISOR: &[Role] = &[Role::Supervisor];

struct People {
    ruth: PersonId,
    amina: PersonId,
    dawn: PersonId,
    aire: GroupId,
}

async fn people(fixture: &Fixture) -> People {
    let ruth = person(fixture, "Ruth", "Adeyemi", SUPERVISOR).await;
    let amina = person(fixture, "Amina", "Rahman", PRACTITIONER).await;
    let dawn = person(fixture, "Dawn", "Fletcher", PRACTITIONER).await;
    let aire = group(fixture, ruth, &[amina, dawn], GroupKind::Group).await;
    People { ruth, amina, dawn, aire }
}

async fn run(fixture: &Fixture, change: &'static str, session: SessionId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(change).bind(fixture.now()).bind(session).execute(pool).await.map(|_| ())).unwrap();
}

const CANCEL: &str = "UPDATE session SET cancelled_at = $1, cancelled_reason = 'Illness' WHERE id = $2";
const FINISH: &str = "UPDATE session SET marked_at = $1 WHERE id = $2";

async fn send_apologies(fixture: &Fixture, session: SessionId, who: PersonId) {
    const SEND: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SEND).bind(session).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

async fn mark(fixture: &Fixture, session: SessionId, who: PersonId, state: AttendanceState, minutes: Option<i64>) {
    const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes) VALUES ($1, $2, '', $3, $4)";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MARK).bind(session).bind(who).bind(state).bind(minutes).execute(pool).await.map(|_| ())).unwrap();
}

async fn say_action(fixture: &Fixture, group: GroupId, session: SessionId, owner: PersonId, words: &str) {
    const SAY: &str = "INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SAY).bind(new_id()).bind(group).bind(session).bind(owner).bind(words).bind(fixture.now())
        .execute(pool).await.map(|_| ()))
    .unwrap();
}

async fn propose(fixture: &Fixture, group: GroupId, proposer: PersonId, parties: &[PersonId]) {
    const PROPOSE: &str = "\
INSERT INTO agreement (id, group_id, version, sections, review_on, proposed_by, proposed_at) VALUES ($1, $2, 1, $3, $4, $5, $6)";
    const PARTY: &str = "INSERT INTO agreement_party (agreement_id, person_id) VALUES ($1, $2)";
    let (id, database) = (new_id(), &fixture.database);
    on!(database, pool => sqlx::query(PROPOSE).bind(id).bind(group).bind(sqlx::types::Json(Vec::<String>::new()))
        .bind(fixture.now().date_naive()).bind(proposer).bind(fixture.now()).execute(pool).await.map(|_| ()))
    .unwrap();
    for party in parties {
        on!(database, pool => sqlx::query(PARTY).bind(id).bind(party).execute(pool).await.map(|_| ())).unwrap();
    }
}

both_databases! {
    async fn the_next_session_is_the_first_that_is_held_and_a_cancelled_one_is_told(fixture: Fixture) {
        let People { amina, dawn, aire, .. } = people(fixture).await;
        let soon = session(fixture, aire, fixture.now() + TimeDelta::hours(1), 90).await;
        let later = session(fixture, aire, fixture.now() + TimeDelta::days(7), 90).await;
        run(fixture, CANCEL, soon).await;
        send_apologies(fixture, later, dawn).await;
        let overview = overview(&fixture.actor(amina, PRACTITIONER)).await.unwrap();
        let next = overview.next.unwrap();
        assert_eq!(next.occurrence.code, code_of(fixture, later).await);
        let others: Vec<_> = next.others.iter().map(|other| (other.name.short.as_str(), other.has_sent_apologies)).collect();
        assert_eq!(others, [("Dawn F.", true)]);
        assert_eq!(overview.coming.iter().map(|one| one.code.clone()).collect::<Vec<_>>(), [code_of(fixture, soon).await]);
    }

    async fn a_month_of_cancelled_sessions_does_not_hide_the_one_that_is_held_after_it(fixture: Fixture) {
        let People { amina, aire, .. } = people(fixture).await;
        for week in 1..=7 {
            let off = session(fixture, aire, fixture.now() + TimeDelta::weeks(week), 90).await;
            run(fixture, CANCEL, off).await;
        }
        let held = session(fixture, aire, fixture.now() + TimeDelta::weeks(8), 90).await;
        let overview = overview(&fixture.actor(amina, PRACTITIONER)).await.unwrap();
        assert_eq!(overview.next.unwrap().occurrence.code, code_of(fixture, held).await);
    }

    async fn sessions_on_days_away_wait_for_whoever_leads_them_and_for_who_manages_groups_until_they_are_mended(fixture: Fixture) {
        const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $4, 'leave')";
        let People { ruth, amina, aire, .. } = people(fixture).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let at = |weeks| fixture.now() + TimeDelta::weeks(weeks);
        let (first, second) = (session(fixture, aire, at(1), 90).await, session(fixture, aire, at(2), 90).await);
        session(fixture, aire, at(3), 90).await;
        let day = |weeks| ::series::local(at(weeks)).date();
        let database = &fixture.database;
        // Two absences that share the first session's day end on the second's.
        for (from, to) in [(day(1), day(1)), (day(1), day(2))] {
            on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(ruth).bind(from).bind(to).execute(pool).await.map(|_| ())).unwrap();
        }
        let away = async |person, role| {
            let waiting = overview(&fixture.actor(person, &[role])).await.unwrap().waiting;
            waiting.into_iter().filter(|waiting| matches!(waiting, Waiting::Away { .. })).collect::<Vec<_>>()
        };
        let line = |who: Option<&str>, sessions, first_on| {
            let who = who.map(str::to_owned);
            (who, sessions, first_on)
        };
        let told = |waiting: Vec<Waiting>| {
            let told = waiting.into_iter().map(|waiting| match waiting {
                Waiting::Away { who, sessions, first_on, .. } => (who.map(|who| who.short), sessions, first_on),
                other => panic!("{other:?}"),
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(away(ruth, Role::Supervisor).await), [line(None, 2, day(1))]);
        assert_eq!(told(away(sian, Role::Coordinator).await), [line(Some("Ruth A."), 2, day(1))]);
        assert_eq!(told(away(amina, Role::Practitioner).await), []);
        run(fixture, CANCEL, first).await;
        assert_eq!(told(away(ruth, Role::Supervisor).await), [line(None, 1, day(2))]);
        run(fixture, CANCEL, second).await;
        assert_eq!(told(away(sian, Role::Coordinator).await), []);
    }

    async fn members_are_named_to_their_own_group_and_to_nobody_else(fixture: Fixture) {
        let People { ruth, amina, aire, .. } = people(fixture).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner, Role::Coordinator]).await;
        let soon = session(fixture, aire, fixture.now() + TimeDelta::hours(1), 90).await;
        let code = code_of(fixture, soon).await;
        assert_eq!(others_at(&fixture.actor(ruth, SUPERVISOR), &mut fixture.snapshot().await, &code).await.unwrap().len(), 2);
        assert_eq!(others_at(&fixture.actor(amina, PRACTITIONER), &mut fixture.snapshot().await, &code).await.unwrap().len(), 1);
        assert_eq!(others_at(&fixture.actor(tom, &[Role::Practitioner, Role::Coordinator]), &mut fixture.snapshot().await, &code).await.unwrap(), []);
    }

    async fn what_waits_is_ones_own_and_goes_away_when_it_is_done(fixture: Fixture) {
        let People { ruth, amina, dawn, aire } = people(fixture).await;
        let slug = slug_of(fixture, aire).await;
        let held = session(fixture, aire, fixture.now() - TimeDelta::days(1), 90).await;
        let next = session(fixture, aire, fixture.now() + TimeDelta::days(6), 90).await;
        say_action(fixture, aire, held, amina, "Bring a moment").await;
        propose(fixture, aire, ruth, &[ruth, amina]).await;

        let hers = waiting_for(&fixture.actor(amina, PRACTITIONER), &mut fixture.snapshot().await).await.unwrap();
        let today: NaiveDate = "2026-10-22".parse().unwrap();
        assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Agreement { group_slug, version: 1, since, .. }
            if *group_slug == slug && *since == today)));
        assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Action { words, next: Some((_, day)), .. }
            if words == "Bring a moment" && *day == "2026-10-28".parse().unwrap())));
        assert_eq!(hers.len(), 2);
        assert_eq!(waiting_for(&fixture.actor(dawn, PRACTITIONER), &mut fixture.snapshot().await).await.unwrap(), []);

        let ruths = waiting_for(&fixture.actor(ruth, SUPERVISOR), &mut fixture.snapshot().await).await.unwrap();
        assert!(ruths.iter().any(|waiting| matches!(waiting, Waiting::ToMark { due, .. } if *due == "2026-10-23".parse().unwrap())));
        assert_eq!(ruths.len(), 2);
        let retired = waiting_for(&fixture.actor(ruth, PRACTITIONER), &mut fixture.snapshot().await).await.unwrap();
        assert!(retired.iter().all(|waiting| !matches!(waiting, Waiting::ToMark { .. })), "nobody is told to mark what they cannot");
        run(fixture, FINISH, held).await;
        run(fixture, CANCEL, next).await;
        assert_eq!(waiting_for(&fixture.actor(ruth, SUPERVISOR), &mut fixture.snapshot().await).await.unwrap().len(), 1);
        let hers = waiting_for(&fixture.actor(amina, PRACTITIONER), &mut fixture.snapshot().await).await.unwrap();
        assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Action { next: None, .. })));
    }

    async fn a_group_that_runs_out_waits_with_its_supervisor_and_counts_with_the_coordinators(fixture: Fixture) {
        let People { ruth, amina, aire, .. } = people(fixture).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        session(fixture, aire, fixture.now() - TimeDelta::days(1), 90).await;
        let (ruth, sian) = (fixture.actor(ruth, SUPERVISOR), fixture.actor(sian, &[Role::Coordinator]));
        let hers = renewals(&ruth, &mut fixture.snapshot().await).await.unwrap();
        let slug = slug_of(fixture, aire).await;
        assert!(matches!(hers.as_slice(), [Waiting::Renewal { group }] if group.group_slug == slug));
        let theirs = renewals(&sian, &mut fixture.snapshot().await).await.unwrap();
        assert_eq!(theirs, [Waiting::Renewals { count: 1, stopped: 1 }]);
        assert_eq!(renewals(&fixture.actor(amina, PRACTITIONER), &mut fixture.snapshot().await).await.unwrap(), []);

        session(fixture, aire, fixture.now() + TimeDelta::weeks(7), 90).await;
        assert_eq!(renewals(&ruth, &mut fixture.snapshot().await).await.unwrap(), []);
        assert_eq!(renewals(&sian, &mut fixture.snapshot().await).await.unwrap(), []);
    }

    async fn only_what_was_marked_finished_and_attended_is_counted(fixture: Fixture) {
        let People { amina, aire, .. } = people(fixture).await;
        let ago = |days: i64| fixture.now() - TimeDelta::days(days);
        let since: NaiveDate = "2026-10-01".parse().unwrap();
        let actor = fixture.actor(amina, PRACTITIONER);
        assert_eq!(minutes_attended(&actor, &mut fixture.snapshot().await, since).await.unwrap(), 0);
        for (days, state, minutes, is_finished) in [
            (1, AttendanceState::Attended, None, true),
            (2, AttendanceState::LeftEarly, Some(45), true),
            (3, AttendanceState::Apologies, None, true),
            (4, AttendanceState::Attended, None, false),
            (40, AttendanceState::Attended, None, true),
        ] {
            let held = session(fixture, aire, ago(days), 90).await;
            mark(fixture, held, amina, state, minutes).await;
            if is_finished {
                run(fixture, FINISH, held).await;
            }
        }
        assert_eq!(minutes_attended(&actor, &mut fixture.snapshot().await, since).await.unwrap(), 135);
    }

    async fn ones_own_supervision_holds_the_past_and_the_coming_and_nothing_that_one_leads(fixture: Fixture) {
        let People { ruth, amina, aire, .. } = people(fixture).await;
        let marianne = person(fixture, "Marianne", "Stone", SUPERVISOR).await;
        let above = group(fixture, marianne, &[ruth], GroupKind::Supervisors).await;
        for days in [-7, 7] {
            session(fixture, aire, fixture.now() + TimeDelta::days(days), 90).await;
            session(fixture, above, fixture.now() + TimeDelta::days(days), 90).await;
        }
        for (who, roles) in [(amina, PRACTITIONER), (ruth, SUPERVISOR)] {
            let own = own_supervision(&fixture.actor(who, roles)).await.unwrap();
            assert_eq!((own.past.len(), own.coming.len(), own.practice.chain.len()), (1, 1, 1));
        }
    }

    async fn the_coordinator_is_told_of_attendances_that_nobody_else_can_finish(fixture: Fixture) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        let People { ruth, aire, .. } = people(fixture).await;
        session(fixture, aire, fixture.now() - TimeDelta::days(1), 90).await;
        // So that the group does not run out.
        session(fixture, aire, fixture.now() + TimeDelta::days(90), 90).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let sian = fixture.actor(sian, &[Role::Coordinator]);
        assert_eq!(overview(&sian).await.unwrap().waiting, []);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SUSPEND).bind(ruth).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(overview(&sian).await.unwrap().waiting, [Waiting::LeftBehind { count: 1 }]);
    }

    async fn the_coordinator_is_told_of_authorities_and_invitations_in_numbers(fixture: Fixture) {
        const AUTHORITY: &str = "\
INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, next_step_on, without_step_since, version)
VALUES ($1, $2, $2, $2, 'North', 'metropolitan_district', 'aware', '', $3, $4, 1)";
        const INVITE: &str = "UPDATE person SET standing = 'invited' WHERE id = $1";
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let tom = person(fixture, "Tom", "Bell", PRACTITIONER).await;
        let today = fixture.now().date_naive();
        let database = &fixture.database;
        let ago = |days: u64| Some(today - Days::new(days));
        for (slug, next_step_on, without_step_since) in [
            ("hull", ago(61), None),
            ("york", ago(60), None),
            ("leeds", None, ago(61)),
            ("kirklees", None, ago(60)),
            ("selby", None, ago(0)),
        ] {
            on!(database, pool => sqlx::query(AUTHORITY)
                .bind(new_id())
                .bind(slug)
                .bind(next_step_on)
                .bind(without_step_since)
                .execute(pool).await.map(|_| ()))
            .unwrap();
        }
        on!(database, pool => sqlx::query(INVITE).bind(tom).execute(pool).await.map(|_| ())).unwrap();
        let overview = overview(&fixture.actor(sian, &[Role::Coordinator])).await.unwrap();
        assert_eq!(overview.waiting, [Waiting::Authorities { count: 2 }, Waiting::Invited { count: 1 }]);
        assert_eq!((overview.next, overview.practice), (None, None));
    }

    async fn whoever_leads_a_group_is_told_of_two_sessions_missed_in_a_row_without_apologies(fixture: Fixture) {
        let people = people(fixture).await;
        let now = fixture.now();
        let ruth = fixture.actor(people.ruth, SUPERVISOR);
        let missed = async || {
            let waiting = overview(&ruth).await.unwrap().waiting.into_iter();
            let said = waiting.filter_map(|waiting| match waiting {
                Waiting::Missed { name, count, last_on, .. } => Some((name.short, count, last_on.to_string())),
                _ => None,
            });
            said.collect::<Vec<_>>()
        };
        // Amina came, then stayed away twice; Dawn stayed away once, sent apologies, and stayed away once more.
        let amina = [AttendanceState::Attended, AttendanceState::DidNotAttend, AttendanceState::DidNotAttend];
        let dawn = [AttendanceState::DidNotAttend, AttendanceState::Apologies, AttendanceState::DidNotAttend];
        for (weeks, (aminas, dawns)) in [3, 2, 1].into_iter().zip(amina.into_iter().zip(dawn)) {
            assert!(missed().await.is_empty(), "once is no pattern");
            let held = session(fixture, people.aire, now - TimeDelta::weeks(weeks), 90).await;
            mark(fixture, held, people.amina, aminas, None).await;
            mark(fixture, held, people.dawn, dawns, None).await;
            run(fixture, FINISH, held).await;
        }
        assert_eq!(missed().await, [("Amina R.".to_owned(), 2, "2026-10-15".to_owned())]);
        let saved = session(fixture, people.aire, now - TimeDelta::days(1), 90).await;
        mark(fixture, saved, people.amina, AttendanceState::Attended, None).await;
        assert_eq!(missed().await.len(), 1, "what is saved for later is not finished");
        run(fixture, FINISH, saved).await;
        assert!(missed().await.is_empty(), "she has come again");
    }

    async fn a_coordinator_is_told_how_many_attendances_have_waited_for_five_working_days(fixture: Fixture) {
        let people = people(fixture).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        session(fixture, people.aire, fixture.now() - TimeDelta::days(10), 90).await;
        session(fixture, people.aire, fixture.now() - TimeDelta::days(2), 90).await;
        let waiting = overview(&fixture.actor(sian, &[Role::Coordinator])).await.unwrap().waiting;
        assert!(waiting.contains(&Waiting::Unmarked { count: 1 }), "{waiting:?}");
        let waiting = overview(&fixture.actor(people.ruth, SUPERVISOR)).await.unwrap().waiting;
        assert_eq!(waiting.iter().filter(|waiting| matches!(waiting, Waiting::ToMark { .. })).count(), 2);
    }
}

#[tokio::test]
async fn who_has_missed_sessions_is_read_by_index_alone() {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", waiting::MISSED))).fetch_all(pool).await.unwrap();
    let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
    assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("attendance_missed (person_id=?")), "{steps:#?}");
}
