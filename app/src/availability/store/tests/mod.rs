//! What holds of availability and conflicts on both databases.

mod judging;
mod saying;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

use super::*;
use crate::access::{Actor, Role};
use crate::access_log::fixture::lines_about;
use crate::availability::answers::Conflict;
use crate::availability::forms::{ConflictFilter, Keep, NewHours, NewLeave, RuleChange};
use crate::availability::free::Day;
use crate::availability::model::fixture::{hours, stretch};
use crate::availability::words::Reader;
use crate::availability::{ClashKind, DateOverride, KeepReason, LeaveKind, Level, Limits, Meeting, MeetingId};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::groups::fixture::{coordinator, group};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::SessionId;
use crate::sessions::fixture::session;

/// The instant at which the clocks of the United Kingdom show a time.
fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Thursdays and Mondays from nine to five.
fn usual() -> NewHours {
    NewHours { weekdays: vec![Weekday::Mon, Weekday::Thu], stretch: stretch("09:00", "17:00"), kinds: Vec::new(), is_preferred: false }
}

fn training(first: &str, last: &str) -> NewLeave {
    NewLeave { first: date(first), last: date(last), kind: LeaveKind::Training }
}

/// A supervisor, and somebody in a group of theirs.
struct Working {
    ruth: PersonId,
    amina: PersonId,
    aire: GroupId,
}

async fn working(fixture: &Fixture) -> Working {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let aire = group(fixture, ruth, &[amina], GroupKind::Group).await;
    Working { ruth, amina, aire }
}

impl Working {
    fn supervisor(&self, fixture: &Fixture) -> Actor {
        fixture.actor(self.ruth, &[Role::Supervisor])
    }
}

async fn own(actor: &Actor) -> OpenedAvailability {
    open_availability(actor, "").await.unwrap()
}

/// What is planned in the half year from the day of the test and does not fit, as the actor sees it.
async fn conflicts(actor: &Actor) -> Vec<Conflict> {
    open_conflicts(actor, date("2026-10-22"), date("2027-04-22")).await.unwrap()
}

fn kinds(conflicts: &[Conflict]) -> Vec<ClashKind> {
    conflicts.iter().map(|conflict| conflict.kind).collect()
}

/// A session as it is stored, for the hooks.
async fn meeting(fixture: &Fixture, id: SessionId) -> Meeting {
    let mut moment = fixture.snapshot().await;
    let known = known_for(&mut moment, Whose::Everybody, date("2026-10-01"), date("2027-04-01")).await.unwrap();
    known.meetings.get(&MeetingId(id.0)).cloned().unwrap()
}

/// A stretch that somebody's other calendar keeps busy.
async fn busy_elsewhere(fixture: &Fixture, person: PersonId, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) {
    const BLOCK: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) VALUES ($1, $2, $3)";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(BLOCK).bind(person).bind(starts_at).bind(ends_at).execute(pool).await.map(|_| ())).unwrap();
}

/// Who is free to lead a session in the place of whoever does.
async fn free_for_one(moment: &mut Transaction, meeting: &Meeting) -> Vec<PersonId> {
    let free = free_supervisors(moment, std::slice::from_ref(meeting)).await.unwrap();
    free.into_iter().flatten().map(|free| free.person).collect()
}

both_databases! {
    async fn whoever_reads_when_somebody_else_can_be_planned_is_written_down_and_whoever_changes_it_is_not(fixture: Fixture) {
        let working = working(fixture).await;
        let (ruth, sian) = (working.supervisor(fixture), coordinator(fixture).await);
        let code = code_of(fixture, working.ruth).await;
        open_availability_to_read(&ruth, "").await.unwrap();
        open_availability_to_read(&ruth, &code).await.unwrap();
        assert!(open_availability_to_read(&ruth, &code_of(fixture, sian.person()).await).await.is_err());
        open_availability(&sian, &code).await.unwrap();
        assert_eq!(lines_about(fixture, working.ruth).await, []);
        assert!(!open_availability_to_read(&sian, &code).await.unwrap().is_own());
        assert_eq!(lines_about(fixture, working.ruth).await, [("availability".to_owned(), sian.person(), 1)]);
    }

    async fn whoever_is_busy_in_another_calendar_is_asked_why_and_planned_or_asked_to_cover_only_beside_it(fixture: Fixture) {
        let working = working(fixture).await;
        let (ruth, sian) = (working.supervisor(fixture), coordinator(fixture).await);
        let opened = own(&ruth).await;
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        let id = session(fixture, working.aire, uk("2026-10-29 10:00"), 90).await;
        busy_elsewhere(fixture, working.ruth, uk("2026-10-29 11:15"), uk("2026-10-29 13:00")).await;

        let found = conflicts(&ruth).await;
        assert_eq!(found.iter().map(|found| (found.kind, found.level, found.may_keep)).collect::<Vec<_>>(), [(ClashKind::BusyElsewhere, Level::Warn, true)]);
        assert_eq!(found[0].sentence, "You are busy in another calendar then (Thursday 29 October, 10:00 to 11:30).");
        assert_eq!(conflicts(&sian).await[0].sentence, "Ruth A. is busy in another calendar then (Thursday 29 October, 10:00 to 11:30).");
        let page = availability_page(&ruth, &opened, "").await.unwrap();
        let day = page.days.iter().find(|day| day.date == date("2026-10-29")).unwrap();
        assert_eq!(day.day, Day::Free(vec![stretch("09:00", "09:45"), stretch("13:00", "17:00")]));

        // Moved an hour on it needs a reason, and moved before it none.
        let moved = |starts: &str| Proposal {
            group: working.aire,
            supervisor: working.ruth,
            sessions: vec![ProposedSession { id: MeetingId(id.0), starts_at: uk(starts), ends_at: uk(starts) + TimeDelta::minutes(90) }],
            replaces: vec![MeetingId(id.0)],
        };
        let mut moment = fixture.snapshot().await;
        let verdict = refuse_or_warn(&mut moment, Reader::Manager, &moved("2026-10-29 11:00")).await.unwrap();
        let asked = verdict.refuse_to_change(None).unwrap_err();
        assert!(format!("{asked:?}").contains("The supervisor is busy in another calendar"), "{asked:?}");
        assert_eq!(verdict.refuse_to_change(Some(KeepReason::Agreed)), Ok(()));
        let verdict = refuse_or_warn(&mut moment, Reader::Manager, &moved("2026-10-29 09:30")).await.unwrap();
        assert_eq!(verdict.findings().count(), 0);
        drop(moment);

        // Nobody is proposed as cover who is busy then, by whoever's calendar.
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        let meeting = meeting(fixture, id).await;
        assert_eq!(free_for_one(&mut fixture.snapshot().await, &meeting).await, [nadia]);
        busy_elsewhere(fixture, nadia, uk("2026-10-29 08:00"), uk("2026-10-29 10:01")).await;
        assert_eq!(free_for_one(&mut fixture.snapshot().await, &meeting).await, []);
    }

    async fn what_is_planned_is_looked_at_again_whenever_something_is_said(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        for week in ["2026-10-29", "2026-11-05", "2026-11-12"] {
            session(fixture, working.aire, uk(&format!("{week} 16:00")), 60).await;
        }
        assert_eq!(conflicts(&ruth).await, [], "nothing said, so nothing is held against it");
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        assert_eq!(conflicts(&ruth).await, []);

        add_leave(&ruth, &opened, &training("2026-11-05", "2026-11-05")).await.unwrap();
        set_date(&ruth, &opened, &DateOverride { on: date("2026-11-12"), hours: None }).await.unwrap();
        let found = conflicts(&ruth).await;
        assert_eq!(kinds(&found), [ClashKind::OnLeave, ClashKind::UnavailableDate]);
        assert_eq!(found.first().unwrap().sentence, "You are away for training on Thursday 5 November.");
        assert_eq!(unfit_sessions(&ruth, &opened).await.unwrap(), 2, "which is said after saving");

        let line = availability_page(&ruth, &opened, "").await.unwrap().said.leave.first().unwrap().id;
        remove_leave(&ruth, &opened, line.0).await.unwrap();
        assert_eq!(remove_leave(&ruth, &opened, line.0).await.unwrap_err().status(), 409);
        remove_date(&ruth, &opened, date("2026-11-12")).await.unwrap();
        let hours = availability_page(&ruth, &opened, "").await.unwrap().said.hours;
        for line in hours.iter().filter(|line| line.weekday == Weekday::Thu) {
            remove_hours(&ruth, &opened, line.id.0).await.unwrap();
        }
        assert_eq!(kinds(&conflicts(&ruth).await), [ClashKind::OutsideHours; 3]);
        let first = conflicts(&ruth).await.remove(0);
        let kept = Keep { session: first.session.code, kind: ClashKind::OutsideHours, person: first.supervisor.code, reason: KeepReason::Agreed };
        keep_conflict(&ruth, &kept).await.unwrap();
        assert_eq!(unfit_sessions(&ruth, &opened).await.unwrap(), 2, "what is left so with a reason is not said again");
    }

    async fn each_sees_the_conflicts_that_are_theirs_and_a_coordinator_all(fixture: Fixture) {
        let working = working(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        // Amina is in a group of Daniel's too, and both meet at once.
        let tees = group(fixture, daniel, &[working.amina], GroupKind::Group).await;
        session(fixture, working.aire, uk("2026-10-29 10:00"), 90).await;
        session(fixture, tees, uk("2026-10-29 11:00"), 90).await;
        let found = conflicts(&coordinator(fixture).await).await;
        assert_eq!(kinds(&found), [ClashKind::MemberTwice], "one pair is one conflict");
        assert!(found.first().unwrap().sentence.starts_with("Amina R. has another session at the same time: Group "));
        assert!(found.first().unwrap().other.is_some());
        for who in [working.ruth, daniel] {
            let own = conflicts(&fixture.actor(who, &[Role::Supervisor])).await;
            // Another supervisor's group is nothing that a supervisor learns of.
            assert_eq!(own.iter().map(|conflict| conflict.other.clone()).collect::<Vec<_>>(), [None]);
            assert!(own.iter().all(|conflict| conflict.sentence.starts_with("A member of the group has another session at the same time (")));
        }
        let noor = person(fixture, "Noor", "Haddad", &[Role::Supervisor]).await;
        assert_eq!(conflicts(&fixture.actor(noor, &[Role::Supervisor])).await, []);
    }

    async fn a_supervisor_in_two_rooms_at_once_comes_first_and_a_cancelled_session_counts_nowhere(fixture: Fixture) {
        const CANCEL: &str = "UPDATE session SET cancelled_at = $1, cancelled_reason = 'other' WHERE id = $2";
        let working = working(fixture).await;
        let marianne = person(fixture, "Marianne", "Stone", &[Role::Supervisor]).await;
        let above = group(fixture, marianne, &[working.ruth], GroupKind::Supervisors).await;
        let ruth = working.supervisor(fixture);
        set_limits(&ruth, &own(&ruth).await, 0, &Limits { most_in_day: Some(1), ..Limits::default() }).await.unwrap();
        session(fixture, working.aire, uk("2026-10-29 09:00"), 60).await;
        session(fixture, working.aire, uk("2026-10-29 10:05"), 60).await;
        let off = session(fixture, above, uk("2026-10-29 10:30"), 90).await;
        let found = conflicts(&ruth).await;
        assert_eq!(kinds(&found), [ClashKind::SupervisorTwice, ClashKind::Buffer, ClashKind::DayCap]);
        assert!(found.first().unwrap().other.is_some(), "it is her own supervision");
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CANCEL).bind(fixture.now()).bind(off).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(kinds(&conflicts(&ruth).await), [ClashKind::Buffer, ClashKind::DayCap]);
        assert!(conflicts(&ruth).await.first().unwrap().sentence.starts_with("Only 5 minutes lie between it and Group "));
    }

    async fn whoever_has_sent_apologies_is_in_one_room(fixture: Fixture) {
        const SEND: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
        let working = working(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let tees = group(fixture, daniel, &[working.amina], GroupKind::Group).await;
        let given_up = session(fixture, working.aire, uk("2026-10-29 10:00"), 90).await;
        session(fixture, tees, uk("2026-10-29 11:00"), 90).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SEND).bind(given_up).bind(working.amina).bind(fixture.now()).execute(pool).await.map(|_| ()))
            .unwrap();
        assert_eq!(conflicts(&coordinator(fixture).await).await, []);
    }

    async fn another_supervisors_availability_is_answered_as_one_that_does_not_exist(fixture: Fixture) {
        let working = working(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let (ruth, of_daniel) = (working.supervisor(fixture), code_of(fixture, daniel).await);
        assert_eq!(open_availability(&ruth, &of_daniel).await.unwrap_err(), AppError::NotFound);
        assert_eq!(open_availability(&ruth, "nobody22").await.unwrap_err(), AppError::NotFound);
        assert!(open_availability(&ruth, &code_of(fixture, working.ruth).await).await.unwrap().is_own());
        let sian = coordinator(fixture).await;
        // A coordinator who supervises nobody has no hours, and neither has a practitioner.
        assert_eq!(open_availability(&sian, "").await.unwrap_err(), AppError::NotFound);
        assert_eq!(open_availability(&sian, &code_of(fixture, working.amina).await).await.unwrap_err(), AppError::NotFound);
        // A line of somebody else is not there either, whoever opened their own page.
        let opened = open_availability(&sian, &of_daniel).await.unwrap();
        add_hours(&sian, &opened, &usual()).await.unwrap();
        let line = availability_page(&sian, &opened, "").await.unwrap().said.hours.first().unwrap().id;
        assert_eq!(remove_hours(&ruth, &own(&ruth).await, line.0).await.unwrap_err().status(), 409);
        assert_eq!(availability_page(&sian, &opened, "").await.unwrap().said.hours.len(), 2);
    }

    async fn a_rule_is_treated_as_the_coordinator_decided(fixture: Fixture) {
        let working = working(fixture).await;
        let (ruth, sian) = (working.supervisor(fixture), coordinator(fixture).await);
        add_hours(&ruth, &own(&ruth).await, &usual()).await.unwrap();
        session(fixture, working.aire, uk("2026-10-30 10:00"), 90).await;
        assert_eq!(conflicts(&sian).await.first().map(|conflict| (conflict.kind, conflict.level)), Some((ClashKind::OutsideHours, Level::Warn)));
        let to = |from, to| [RuleChange { kind: ClashKind::OutsideHours, from, to }];
        change_rules(&sian, &to(Level::Warn, Level::Block)).await.unwrap();
        assert_eq!(conflicts(&sian).await.first().map(|conflict| conflict.level), Some(Level::Block));
        // Somebody who still had the old page open changes nothing.
        assert_eq!(change_rules(&sian, &to(Level::Warn, Level::Ignore)).await.unwrap_err().status(), 409);
        change_rules(&sian, &to(Level::Block, Level::Ignore)).await.unwrap();
        assert_eq!(conflicts(&sian).await, []);
        assert!(rules(&sian).await.unwrap().rules.contains(&(ClashKind::OutsideHours, Level::Ignore)));
    }

    async fn a_warning_that_is_left_with_a_reason_comes_back_when_the_session_moves(fixture: Fixture) {
        const MOVE: &str = "UPDATE session SET starts_at = $1, ends_at = $2 WHERE id = $3";
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        add_hours(&ruth, &own(&ruth).await, &usual()).await.unwrap();
        let friday = session(fixture, working.aire, uk("2026-10-30 10:00"), 90).await;
        let code = crate::sessions::fixture::code_of(fixture, friday).await;
        let person_code = code_of(fixture, working.ruth).await;
        let keep = Keep { session: code.clone(), kind: ClashKind::OutsideHours, person: person_code, reason: KeepReason::OnlyTime };
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        assert_eq!(keep_conflict(&fixture.actor(daniel, &[Role::Supervisor]), &keep).await, Err(AppError::NotFound));
        assert_eq!(keep_conflict(&ruth, &Keep { kind: ClashKind::OnLeave, ..keep.clone() }).await.unwrap_err().status(), 409);
        keep_conflict(&ruth, &keep).await.unwrap();
        let page = conflicts_page(&ruth, &ConflictFilter::default()).await.unwrap();
        assert_eq!((page.total, page.kept.iter().map(|conflict| conflict.kept).collect::<Vec<_>>()), (0, vec![Some(KeepReason::OnlyTime)]));

        let (starts, ends) = (uk("2026-10-31 10:00"), uk("2026-10-31 11:30"));
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MOVE).bind(starts).bind(ends).bind(friday).execute(pool).await.map(|_| ())).unwrap();
        let page = conflicts_page(&ruth, &ConflictFilter::default()).await.unwrap();
        assert_eq!((page.total, page.kept.len()), (1, 0));
    }
}

/// Every step of a plan that reads the sessions, the memberships or the apologies.
async fn steps(sql: &'static str) -> Vec<String> {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(pool).await.unwrap();
    plan.into_iter().map(|(_, _, _, step)| step).collect()
}

#[tokio::test]
async fn sessions_memberships_and_apologies_are_read_by_index_alone() {
    const BY_SUPERVISOR: &str = "session_by_supervisor (supervisor_id=? AND starts_at>? AND starts_at<?)";
    const BY_GROUP: &str = "session_by_group (group_id=? AND starts_at>? AND starts_at<?)";
    const KEPT_BY_TIME: &str = "kept_conflict_by_time (starts_at>?)";
    const BY_TIME: &str = "session_by_time (starts_at>? AND starts_at<?)";

    for (what, sql, indexes) in [
        ("everybody", known::OF_EVERYBODY, &[BY_TIME][..]),
        ("supervisors", known::OF_SUPERVISORS, &[]),
        ("whoever is away", known::OF_AWAY, &[]),
        ("a supervisor", known::OF_SUPERVISOR, &[BY_SUPERVISOR, BY_GROUP]),
        ("what is kept", conflicts::KEPT, &[KEPT_BY_TIME]),
    ] {
        let steps = steps(sql).await;
        for table in ["s", "m", "a", "g", "e", "kept_conflict"] {
            assert!(!steps.iter().any(|step| *step == format!("SCAN {table}")), "{what}: {steps:#?}");
        }
        for index in indexes {
            assert!(steps.iter().any(|step| step.contains(index)), "{what}: {steps:#?}");
        }
    }
}
