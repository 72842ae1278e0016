//! What reading a calendar promises, on both databases.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::*;
use crate::access::Role;
use crate::calendar::Part;
use crate::database::Database;
use crate::database::fixture::{Fixture, both_databases};
use crate::groups::fixture::group;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::sessions::fixture::{code_of, session};
use crate::sessions::{AttendanceState, SessionId, SessionState};

/// The instant at which the clocks of the United Kingdom show a time.
fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn week(fixture: &Fixture, who: PersonId, day: &str) -> Vec<Occurrence> {
    let actor = fixture.actor(who, &[Role::Practitioner]);
    calendar_for(&actor, Days::week_of(date(day)), Whose::Mine).await.unwrap().occurrences
}

async fn week_of_groups(fixture: &Fixture, who: PersonId, day: &str) -> Vec<Occurrence> {
    let actor = fixture.actor(who, &[Role::Supervisor]);
    calendar_for(&actor, Days::week_of(date(day)), Whose::Groups).await.unwrap().occurrences
}

/// Somebody else leads a session than its group's supervisor.
async fn cover(fixture: &Fixture, session: SessionId, who: PersonId) {
    const COVER: &str = "UPDATE session SET supervisor_id = $1 WHERE id = $2";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(COVER).bind(who).bind(session).execute(pool).await.map(|_| ())).unwrap();
}

async fn leave(fixture: &Fixture, group: GroupId, who: PersonId, on: &str) {
    const LEAVE: &str = "UPDATE membership SET left_on = $1 WHERE group_id = $2 AND person_id = $3";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(LEAVE).bind(date(on)).bind(group).bind(who).execute(pool).await.map(|_| ())).unwrap();
}

async fn cancel(fixture: &Fixture, session: SessionId) {
    const CANCEL: &str = "UPDATE session SET cancelled_at = $1, cancelled_reason = 'Illness' WHERE id = $2";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(CANCEL).bind(fixture.now()).bind(session).execute(pool).await.map(|_| ())).unwrap();
}

async fn send_apologies(fixture: &Fixture, session: SessionId, who: PersonId) {
    const SEND: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SEND).bind(session).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

/// A line of a sheet that the supervisor has saved for later.
async fn draft(fixture: &Fixture, session: SessionId, who: PersonId, state: AttendanceState) {
    const DRAFT: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', $3)";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(DRAFT).bind(session).bind(who).bind(state).execute(pool).await.map(|_| ())).unwrap();
}

async fn finish(fixture: &Fixture, session: SessionId) {
    const FINISH: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(FINISH).bind(session).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn a_session_at_ten_is_at_ten_before_and_after_the_clocks_go_back(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        for start in ["2026-10-22 10:00", "2026-10-25 00:30", "2026-10-25 23:30", "2026-10-29 10:00"] {
            session(fixture, aire, uk(start), 90).await;
        }
        let (before, after) = (week(fixture, amina, "2026-10-22").await, week(fixture, amina, "2026-10-29").await);
        let times: Vec<_> = before.iter().chain(&after).map(|occurrence| occurrence.starts_local.to_string()).collect();
        assert_eq!(times, ["2026-10-22 10:00:00", "2026-10-25 00:30:00", "2026-10-25 23:30:00", "2026-10-29 10:00:00"]);
        assert_eq!((before.len(), after.len()), (3, 1));
        let (summer, winter) = (before.first().unwrap(), after.first().unwrap());
        assert_eq!(summer.course.starts_at.to_rfc3339(), "2026-10-22T09:00:00+00:00");
        assert_eq!(winter.course.starts_at.to_rfc3339(), "2026-10-29T10:00:00+00:00");
        assert_eq!((summer.times(), winter.times()), ("10:00 to 11:30".to_owned(), "10:00 to 11:30".to_owned()));
    }

    async fn where_nothing_is_the_next_session_that_takes_place_is_named_and_nobody_elses(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        session(fixture, aire, uk("2026-10-29 10:00"), 90).await;
        // However many are cancelled one after the other.
        for day in 9..=18 {
            for time in ["10:00", "12:00", "14:00"] {
                cancel(fixture, session(fixture, aire, uk(&format!("2026-11-{day:02} {time}")), 90).await).await;
            }
        }
        session(fixture, aire, uk("2026-11-19 10:00"), 90).await;
        let next = async |who: PersonId, day: &str, whose: Whose| {
            let actor = fixture.actor(who, &[Role::Practitioner]);
            let calendar = calendar_for(&actor, Days::week_of(date(day)), whose).await.unwrap();
            calendar.next.map(|next| next.to_string())
        };
        let expected = Some("2026-11-19 10:00:00".to_owned());
        for who in [ruth, amina] {
            assert_eq!(next(who, "2026-11-02", Whose::Mine).await, expected);
            assert_eq!(next(who, "2026-10-29", Whose::Mine).await, None, "there is something in that week");
            assert_eq!(next(who, "2026-11-23", Whose::Mine).await, None, "nothing comes after it");
            assert_eq!(next(who, "2026-06-01", Whose::Mine).await, None, "it is too far off");
        }
        assert_eq!(next(ruth, "2026-11-02", Whose::Groups).await, None, "of one’s groups it is not asked");
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        assert_eq!(next(tom, "2026-11-02", Whose::Mine).await, None);
    }

    async fn another_persons_sessions_never_appear(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        let tees = group(fixture, daniel, &[tom], GroupKind::Group).await;
        let own = session(fixture, aire, uk("2026-10-22 10:00"), 90).await;
        session(fixture, tees, uk("2026-10-22 10:00"), 90).await;

        let own = code_of(fixture, own).await;
        for (who, part) in [(amina, Part::Member), (ruth, Part::Leads)] {
            let found = week(fixture, who, "2026-10-22").await;
            assert_eq!(found.iter().map(|one| (one.code.as_str(), one.part)).collect::<Vec<_>>(), [(own.as_str(), part)]);
        }
        let coordinator = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        assert_eq!(week(fixture, coordinator, "2026-10-22").await, []);
    }

    async fn a_session_that_another_leads_is_with_them_and_with_the_group_and_says_whose_it_is(fixture: Fixture) {
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tees = group(fixture, daniel, &[amina], GroupKind::Group).await;
        let own = session(fixture, tees, uk("2026-10-20 10:00"), 90).await;
        let covered = session(fixture, tees, uk("2026-10-22 10:00"), 90).await;
        cover(fixture, covered, ruth).await;
        let (own, covered) = (code_of(fixture, own).await, code_of(fixture, covered).await);

        let parts = |found: Vec<Occurrence>| -> Vec<(String, Part, Option<String>)> {
            found.into_iter().map(|one| (one.code, one.part, one.group_supervisor.map(|name| name.short))).collect()
        };
        let daniels = || Some("Daniel O.".to_owned());
        assert_eq!(parts(week(fixture, ruth, "2026-10-22").await), [(covered.clone(), Part::Leads, daniels())]);
        assert_eq!(parts(week(fixture, daniel, "2026-10-22").await), [(own.clone(), Part::Leads, None)]);
        assert_eq!(
            parts(week(fixture, amina, "2026-10-22").await),
            [(own.clone(), Part::Member, None), (covered.clone(), Part::Member, daniels())]
        );
        assert_eq!(parts(week_of_groups(fixture, daniel, "2026-10-22").await), [(own, Part::Leads, None), (covered, Part::Covered, daniels())]);
        assert_eq!(week_of_groups(fixture, ruth, "2026-10-22").await, []);
    }

    async fn a_cancelled_session_stays_and_says_so(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        let off = session(fixture, aire, uk("2026-10-22 10:00"), 90).await;
        cancel(fixture, off).await;
        let found = week(fixture, amina, "2026-10-22").await;
        assert_eq!(found.iter().map(|one| one.state(fixture.now())).collect::<Vec<_>>(), [SessionState::Cancelled]);
    }

    async fn who_leaves_a_group_keeps_its_past_and_loses_what_comes(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let femi = person(fixture, "Femi", "Ojo", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina, femi], GroupKind::Group).await;
        let (past, coming) = (uk("2026-10-20 10:00"), uk("2026-10-23 10:00"));
        session(fixture, aire, past, 90).await;
        let lost = session(fixture, aire, coming, 90).await;
        send_apologies(fixture, lost, amina).await;
        leave(fixture, aire, amina, "2026-10-22").await;

        let hers = week(fixture, amina, "2026-10-22").await;
        assert_eq!(hers.iter().map(|one| (one.course.starts_at, one.members)).collect::<Vec<_>>(), [(past, 2)]);
        let actor = fixture.actor(amina, &[Role::Practitioner]);
        assert_eq!(next_sessions(&actor, &mut fixture.snapshot().await, 5).await.unwrap(), []);
        let his = week(fixture, femi, "2026-10-22").await;
        assert_eq!(his.iter().map(|one| (one.members, one.apologies)).collect::<Vec<_>>(), [(2, 0), (1, 0)]);
    }

    async fn a_new_member_does_not_see_what_was_before_them(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        session(fixture, aire, uk("2026-09-22 10:00"), 90).await;
        assert_eq!(week(fixture, amina, "2026-09-22").await, []);
        assert_eq!(week(fixture, ruth, "2026-09-22").await.len(), 1);
    }

    async fn apologies_and_attendance_are_counted_and_ones_own_are_known(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let femi = person(fixture, "Femi", "Ojo", &[Role::Practitioner]).await;
        let aire = group(fixture, ruth, &[amina, femi], GroupKind::Group).await;
        let held = session(fixture, aire, uk("2026-10-20 10:00"), 90).await;
        draft(fixture, held, amina, AttendanceState::Attended).await;
        assert_eq!(week(fixture, amina, "2026-10-22").await.first().unwrap().own_state, None, "a draft is nobody's but the supervisor's");
        finish(fixture, held).await;
        let coming = session(fixture, aire, uk("2026-10-23 10:00"), 90).await;
        send_apologies(fixture, coming, femi).await;

        let found = week(fixture, amina, "2026-10-22").await;
        let counts: Vec<_> = found.iter().map(|one| (one.members, one.apologies, one.attended, one.own_apologies, one.own_state)).collect();
        assert_eq!(counts, [(2, 0, 0, false, Some(AttendanceState::Attended)), (2, 1, 0, false, None)]);
        assert_eq!(week(fixture, ruth, "2026-10-22").await.first().unwrap().attended, 1);
        let found = week(fixture, femi, "2026-10-22").await;
        assert_eq!(found.iter().map(|one| (one.own_apologies, one.own_state)).collect::<Vec<_>>(), [(false, None), (true, None)]);
    }

    async fn individual_supervision_knows_the_other_person_and_a_group_names_nobody(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let alone = group(fixture, ruth, &[amina], GroupKind::OneToOne).await;
        let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
        session(fixture, alone, uk("2026-10-21 10:00"), 60).await;
        session(fixture, aire, uk("2026-10-22 10:00"), 90).await;
        let found = week(fixture, ruth, "2026-10-22").await;
        let names: Vec<_> = found.iter().map(|one| one.supervisee.as_ref().map(|name| name.short.as_str())).collect();
        assert_eq!(names, [Some("Amina R."), None]);
        assert_eq!(found.first().unwrap().title(), "Amina R.");
    }

    async fn the_next_sessions_begin_with_the_one_under_way(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
        let aire = group(fixture, ruth, &[], GroupKind::Group).await;
        let above = group(fixture, marianne, &[ruth], GroupKind::Supervisors).await;
        let now = fixture.now();
        session(fixture, aire, now - TimeDelta::hours(3), 90).await;
        session(fixture, aire, now + TimeDelta::days(2), 90).await;
        session(fixture, above, now - TimeDelta::minutes(30), 90).await;
        session(fixture, above, now + TimeDelta::days(1), 90).await;
        let actor = fixture.actor(ruth, &[Role::Supervisor]);
        let found = next_sessions(&actor, &mut fixture.snapshot().await, 2).await.unwrap();
        let starts: Vec<_> = found.iter().map(|one| (one.course.starts_at - now, one.part)).collect();
        assert_eq!(starts, [(TimeDelta::minutes(-30), Part::Member), (TimeDelta::days(1), Part::Member)]);
        assert_eq!(next_sessions(&actor, &mut fixture.snapshot().await, 9).await.unwrap().len(), 3);
    }

    async fn whoever_leads_groups_sees_what_their_contract_is_for_in_their_own_calendar_alone(fixture: Fixture) {
        const CONTRACT: &str = "\
INSERT INTO availability (person_id, buffer_minutes, contracted_minutes, said_at, version)
VALUES ($1, 15, $2, $3, 1)";

        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let actor = fixture.actor(ruth, &[Role::Supervisor]);
        let contract = async |actor, whose| calendar_for(actor, Days::week_of(date("2026-10-22")), whose).await.unwrap().contracted_minutes;
        assert_eq!(contract(&actor, Whose::Mine).await, None);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CONTRACT).bind(ruth).bind(720_i64).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(contract(&actor, Whose::Mine).await, Some(720));
        assert_eq!(contract(&actor, Whose::Groups).await, None);
        assert_eq!(contract(&fixture.actor(ruth, &[Role::Practitioner]), Whose::Mine).await, None);
    }
}

/// Every step of a plan that reads the table of sessions.
async fn steps_on_sessions(sql: &'static str) -> Vec<String> {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(pool).await.unwrap();
    let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
    for table in ["m", "a", "g", "p", "one", "own", "usual", "ours"] {
        assert!(!steps.iter().any(|step| *step == format!("SCAN {table}")), "{steps:#?}");
    }
    steps.into_iter().filter(|step| step.contains(" s ") || step.ends_with(" s")).collect()
}

#[tokio::test]
async fn the_range_is_read_by_index_alone() {
    let steps = steps_on_sessions(CALENDAR).await;
    assert!(steps.iter().all(|step| step.starts_with("SEARCH s USING")), "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("session_by_group (group_id=? AND starts_at>? AND starts_at<?)")), "{steps:#?}");
    assert!(
        steps.iter().any(|step| step.contains("session_by_supervisor (supervisor_id=? AND starts_at>? AND starts_at<?)")),
        "{steps:#?}"
    );
}

#[tokio::test]
async fn the_range_of_ones_groups_is_read_by_index_alone() {
    let steps = steps_on_sessions(GROUPS).await;
    assert!(steps.iter().all(|step| step.starts_with("SEARCH s USING")), "{steps:#?}");
    let by_group = steps.iter().filter(|step| step.contains("session_by_group (group_id=? AND starts_at>? AND starts_at<?)"));
    assert_eq!(by_group.count(), 2, "{steps:#?}");
}

#[tokio::test]
async fn the_next_sessions_are_read_by_index_alone() {
    let steps = steps_on_sessions(NEXT).await;
    assert!(steps.iter().all(|step| step.starts_with("SEARCH s USING")), "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("session_by_group (group_id=? AND starts_at>? AND starts_at<?)")), "{steps:#?}");
    assert!(
        steps.iter().any(|step| step.contains("session_by_supervisor (supervisor_id=? AND starts_at>? AND starts_at<?)")),
        "{steps:#?}"
    );
}
