//! Reading a week of the board.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};

use super::model::{Asked, Board, BoardLine, BoardSession, FULL_WEEK_MINUTES};
use crate::access::{Actor, Permission};
use crate::closures::store::closures_from;
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::store::{is_member_on_the_day, supervisors};
use crate::people::store::NameRow;
use crate::people::{PersonName, short_name};
use crate::sessions::{Course, SessionState};

/// Every session of a week with who leads it, in one statement, and whether anybody who is supervised in it works in the region.
const WEEK: &str = concat!(
    "\
SELECT s.code AS session_code, g.name AS group_name, s.title AS session_title, g.kind, s.starts_local, s.length_minutes, s.starts_at, s.ends_at, s.marked_at, s.cancelled_at,
    p.code, p.title, p.given_name, p.family_name, v.contracted_minutes,
    usual.title AS usual_title, usual.given_name AS usual_given_name, usual.family_name AS usual_family_name, g.supervisor_id = $4 AS is_planner,
    $3 = '' OR EXISTS (
        SELECT 1
        FROM membership m
        JOIN person q ON q.id = m.person_id
        JOIN authority a ON a.id = q.authority_id
        WHERE m.group_id = s.group_id
            AND a.region = $3
            AND ",
    is_member_on_the_day!(),
    "
    ) OR EXISTS (
        SELECT 1
        FROM booking b
        JOIN person q ON q.id = b.person_id
        JOIN authority a ON a.id = q.authority_id
        WHERE b.session_id = s.id
            AND a.region = $3
    ) AS is_in_region
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
LEFT JOIN availability v ON v.person_id = p.id
LEFT JOIN person usual ON usual.id = g.supervisor_id AND g.supervisor_id <> s.supervisor_id
WHERE s.starts_at >= $1
    AND s.starts_at < $2
ORDER BY s.starts_at, s.id"
);

#[derive(sqlx::FromRow)]
struct Row {
    session_code: String,
    group_name: String,
    session_title: String,
    kind: GroupKind,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    marked_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    supervisor: NameRow,
    contracted_minutes: Option<i64>,
    usual_title: Option<String>,
    usual_given_name: Option<String>,
    usual_family_name: Option<String>,
    is_planner: bool,
    is_in_region: bool,
}

/// The week that is asked for. The actor sees every group.
pub async fn board_for(actor: &Actor, asked: &Asked) -> Result<Board, AppError> {
    let (from, until) = asked.days.instants();
    let mut moment = actor.database().snapshot().await?;
    let mut rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(WEEK)
        .bind(from)
        .bind(until)
        .bind(&asked.region)
        .bind(actor.person())
        .fetch_all(connection).await)?;
    // As when a session is opened to change it: its group's supervisor plans it, and whoever manages groups.
    for row in &mut rows {
        row.is_planner = (row.is_planner || actor.may(Permission::ManageGroups)) && actor.may(Permission::PlanSessions);
    }
    let closures = closures_from(&mut moment, asked.days.first()).await?;
    drop(moment);
    let supervisors = supervisors(actor).await?;
    let now = actor.now();
    let mut lines = lines_of(&supervisors, rows, asked, now);
    lines.retain(|line| asked.has(line));
    Ok(Board { now, days: asked.days, supervisors, lines, closures })
}

/// A line for every supervisor, and before them one for everybody else who leads a session.
fn lines_of(supervisors: &[PersonName], rows: Vec<Row>, asked: &Asked, now: DateTime<Utc>) -> Vec<BoardLine> {
    let known: HashSet<String> = supervisors.iter().map(|supervisor| supervisor.code.clone()).collect();
    let mut led: HashMap<String, BoardLine> = HashMap::new();
    for row in rows {
        let is_shown = row.is_in_region && asked.kind.is_none_or(|kind| kind == row.kind);
        let contracted_minutes = row.contracted_minutes;
        let (name, session) = row.into_session();
        let line = led.entry(name.code.clone()).or_insert_with(|| BoardLine::free(name, &known));
        line.full_minutes = contracted_minutes.unwrap_or(FULL_WEEK_MINUTES);
        if session.course.state(now) != SessionState::Cancelled {
            line.load_minutes += session.length_minutes;
        }
        if is_shown {
            line.sessions.push(session);
        }
    }
    let known_lines: Vec<BoardLine> =
        supervisors.iter().map(|name| led.remove(&name.code).unwrap_or_else(|| BoardLine::free(name.clone(), &known))).collect();
    let mut lines: Vec<BoardLine> = led.into_values().collect();
    lines.sort_by(|one, other| (&one.supervisor.short, &one.supervisor.code).cmp(&(&other.supervisor.short, &other.supervisor.code)));
    lines.extend(known_lines);
    lines
}

impl BoardLine {
    /// Somebody without a session yet.
    fn free(supervisor: PersonName, known: &HashSet<String>) -> Self {
        Self {
            is_supervisor: known.contains(&supervisor.code),
            supervisor,
            load_minutes: 0,
            full_minutes: FULL_WEEK_MINUTES,
            sessions: Vec::new(),
        }
    }
}

impl Row {
    fn into_session(self) -> (PersonName, BoardSession) {
        let usual = self.usual_title.zip(self.usual_given_name).zip(self.usual_family_name);
        let session = BoardSession {
            code: self.session_code,
            group_name: self.group_name,
            session_title: self.session_title,
            kind: self.kind,
            starts_local: self.starts_local,
            length_minutes: self.length_minutes,
            course: Course { starts_at: self.starts_at, ends_at: self.ends_at, marked_at: self.marked_at, cancelled_at: self.cancelled_at },
            usual_supervisor: usual.map(|((title, given_name), family_name)| short_name(&title, &given_name, &family_name)),
            is_planner: self.is_planner,
        };
        (self.supervisor.into(), session)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::authorities::store::enter_eligible;
    use crate::board::model::BoardForm;
    use crate::database::Database;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{coordinator, group};
    use crate::people::PersonId;
    use crate::people::fixture::{code_of, person};
    use crate::sessions::SessionId;
    use crate::sessions::fixture::session;

    async fn board(fixture: &Fixture, form: BoardForm) -> Board {
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let actor = fixture.actor(sian, &[Role::Coordinator]);
        let asked = BoardForm { day: "2026-10-22".to_owned(), ..form }.check().unwrap();
        board_for(&actor, &asked).await.unwrap()
    }

    /// Who stands on the board, with how many sessions and what load.
    fn seen(board: &Board) -> Vec<(&str, usize, i64)> {
        board.lines.iter().map(|line| (line.supervisor.short.as_str(), line.sessions.len(), line.load_minutes)).collect()
    }

    async fn work_in(fixture: &Fixture, who: PersonId, region: &str) {
        const WORK: &str =
            "UPDATE person SET authority_id = (SELECT id FROM authority WHERE region = $1 ORDER BY slug LIMIT 1) WHERE id = $2";
        let mut transaction = fixture.database.begin().await.unwrap();
        enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(WORK).bind(region).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn cancel(fixture: &Fixture, session: SessionId) {
        const CANCEL: &str = "UPDATE session SET cancelled_at = starts_at, cancelled_reason = 'other' WHERE id = $1";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CANCEL).bind(session).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn cover(fixture: &Fixture, session: SessionId, who: PersonId) {
        const COVER: &str = "UPDATE session SET supervisor_id = $2 WHERE id = $1";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(COVER).bind(session).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn suspend(fixture: &Fixture, who: PersonId) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SUSPEND).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn contract(fixture: &Fixture, who: PersonId, minutes: i64) {
        const CONTRACT: &str = "\
INSERT INTO availability (person_id, buffer_minutes, contracted_minutes, said_at, version)
VALUES ($1, 15, $2, $3, 1)";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CONTRACT).bind(who).bind(minutes).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn a_week_is_too_full_by_the_hours_that_are_contracted_where_somebody_entered_them(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            contract(fixture, ruth, 60).await;
            for supervisor in [ruth, daniel] {
                let group = group(fixture, supervisor, &[], GroupKind::Group).await;
                session(fixture, group, fixture.now(), 90).await;
            }
            let board = board(fixture, BoardForm::default()).await;
            let lines: Vec<_> = board.lines.iter().map(|line| (line.supervisor.short.as_str(), line.full_minutes, line.is_over())).collect();
            assert_eq!(lines, [("Daniel O.", FULL_WEEK_MINUTES, false), ("Ruth A.", 60, true)]);
        }

        async fn the_board_has_every_supervisor_and_the_sessions_of_the_week_alone(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            let now = fixture.now();
            session(fixture, aire, now, 90).await;
            let off = session(fixture, aire, now + TimeDelta::hours(3), 60).await;
            session(fixture, aire, now + TimeDelta::weeks(1), 90).await;
            cancel(fixture, off).await;
            assert_eq!(seen(&board(fixture, BoardForm::default()).await), [("Daniel O.", 0, 0), ("Ruth A.", 2, 90)]);
        }

        async fn a_filter_hides_sessions_and_leaves_the_load_as_it_is(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            work_in(fixture, amina, "North West").await;
            work_in(fixture, tom, "London").await;
            let now = fixture.now();
            for (supervisor, member, kind, minutes) in [(ruth, amina, GroupKind::Group, 90), (ruth, tom, GroupKind::Vig, 60), (daniel, tom, GroupKind::Group, 90)] {
                let group = group(fixture, supervisor, &[member], kind).await;
                session(fixture, group, now, minutes).await;
            }
            let north = BoardForm { region: "North West".to_owned(), ..BoardForm::default() };
            assert_eq!(seen(&board(fixture, north).await), [("Ruth A.", 1, 150)]);
            let vig = BoardForm { kind: "vig".to_owned(), ..BoardForm::default() };
            assert_eq!(seen(&board(fixture, vig).await), [("Ruth A.", 1, 150)]);
            let daniels = BoardForm { supervisor: code_of(fixture, daniel).await, kind: "vig".to_owned(), ..BoardForm::default() };
            assert_eq!(seen(&board(fixture, daniels).await), [("Daniel O.", 0, 90)]);
        }

        async fn whoever_is_a_supervisor_no_more_stands_first_with_what_is_theirs(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let aire = group(fixture, ruth, &[], GroupKind::Group).await;
            session(fixture, aire, fixture.now(), 90).await;
            suspend(fixture, ruth).await;
            let board = board(fixture, BoardForm::default()).await;
            let lines: Vec<_> = board.lines.iter().map(|line| (line.supervisor.short.as_str(), line.is_supervisor)).collect();
            assert_eq!(lines, [("Ruth A.", false), ("Daniel O.", true)]);
        }

        async fn a_coordinator_moves_every_session_and_a_clinical_lead_those_of_the_groups_that_she_leads_as_a_supervisor(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor, Role::ClinicalLead]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            for supervisor in [ruth, daniel] {
                let group = group(fixture, supervisor, &[], GroupKind::Group).await;
                session(fixture, group, fixture.now() + TimeDelta::hours(1), 90).await;
            }
            let asked = BoardForm { day: "2026-10-22".to_owned(), ..BoardForm::default() }.check().unwrap();
            let moved = async |actor: Actor| {
                let board = board_for(&actor, &asked).await.unwrap();
                let all = board.lines.iter().flat_map(|line| &line.sessions);
                all.map(|session| session.moves(board.now).is_some()).collect::<Vec<_>>()
            };
            // First Daniel's, and then hers.
            assert_eq!(moved(coordinator(fixture).await).await, [true, true]);
            assert_eq!(moved(fixture.actor(ruth, &[Role::Supervisor, Role::ClinicalLead])).await, [false, true]);
            assert_eq!(moved(fixture.actor(ruth, &[Role::ClinicalLead])).await, [false, false]);
        }

        async fn a_session_that_another_leads_is_on_their_line_and_says_whose_it_is(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let tees = group(fixture, daniel, &[], GroupKind::Group).await;
            let covered = session(fixture, tees, fixture.now() + TimeDelta::hours(2), 90).await;
            cover(fixture, covered, ruth).await;
            let board = board(fixture, BoardForm::default()).await;
            let covers: Vec<_> = board.lines.iter().map(|line| line.sessions.first().and_then(|one| one.covered_for(board.now))).collect();
            assert_eq!(covers, [None, Some("Daniel O.")]);
            assert_eq!(seen(&board), [("Daniel O.", 0, 0), ("Ruth A.", 1, 90)]);
        }
    }

    #[tokio::test]
    async fn the_week_is_read_by_the_index_on_beginnings_and_everything_else_by_key() {
        let fixture = Fixture::on_sqlite().await;
        let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {WEEK}"))).fetch_all(pool).await.unwrap();
        let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:#?}");
        assert!(steps.iter().any(|step| step.contains("SEARCH s USING INDEX session_by_time (starts_at>? AND starts_at<?)")), "{steps:#?}");
    }
}
