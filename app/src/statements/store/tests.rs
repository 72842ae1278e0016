use chrono::TimeDelta;

use super::*;
use crate::access::Role;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Database, new_id};
use crate::groups::fixture::{change_group, coordinator, group, slug_of};
use crate::groups::store::open_group_to_change;
use crate::groups::{GroupForm, GroupId};
use crate::people::fixture::{code_of, person};
use crate::sessions::SessionId;
use crate::sessions::fixture::session;
use crate::statements::answers::Sum;

/// Ruth leads a group of two and covers a session of Daniel's; he covers one of hers.
struct Month {
    ruth: PersonId,
    daniel: PersonId,
    amina: PersonId,
    tom: PersonId,
    aire: GroupId,
    held: SessionId,
}

async fn run(fixture: &Fixture, statement: &'static str, session: SessionId, at: DateTime<Utc>) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(session).bind(at).execute(pool).await.map(|_| ())).unwrap();
}

async fn finish(fixture: &Fixture, session: SessionId, at: DateTime<Utc>) {
    run(fixture, "UPDATE session SET marked_at = $2 WHERE id = $1", session, at).await;
}

async fn mark(fixture: &Fixture, session: SessionId, person: PersonId, state: &str) {
    const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', $3)";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MARK).bind(session).bind(person).bind(state).execute(pool).await.map(|_| ())).unwrap();
}

async fn lead(fixture: &Fixture, session: SessionId, person: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query("UPDATE session SET supervisor_id = $2 WHERE id = $1")
        .bind(session).bind(person).execute(pool).await.map(|_| ()))
    .unwrap();
}

async fn month(fixture: &Fixture) -> Month {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let aire = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    let tees = group(fixture, daniel, &[], GroupKind::Vig).await;
    let ago = |days: i64| fixture.now() - TimeDelta::days(days);
    let held = session(fixture, aire, ago(7), 90).await;
    mark(fixture, held, amina, "attended").await;
    mark(fixture, held, tom, "late").await;
    finish(fixture, held, ago(7)).await;
    let unmarked = session(fixture, aire, ago(2), 90).await;
    // Saved for later, which is nobody's to count.
    mark(fixture, unmarked, amina, "attended").await;
    let cancelled = session(fixture, aire, ago(3), 90).await;
    mark(fixture, cancelled, amina, "cancelled_by_centre").await;
    run(fixture, "UPDATE session SET cancelled_at = $2 WHERE id = $1", cancelled, ago(4)).await;
    let given = session(fixture, tees, ago(5), 60).await;
    lead(fixture, given, ruth).await;
    finish(fixture, given, ago(5)).await;
    let received = session(fixture, aire, ago(6), 90).await;
    lead(fixture, received, daniel).await;
    mark(fixture, received, amina, "did_not_attend").await;
    finish(fixture, received, ago(6)).await;
    session(fixture, aire, fixture.now() + TimeDelta::days(1), 90).await;
    // Of another month.
    let before = session(fixture, aire, ago(28), 90).await;
    finish(fixture, before, ago(28)).await;
    Month { ruth, daniel, amina, tom, aire, held }
}

async fn own(fixture: &Fixture, person: PersonId, month: &str) -> Statement {
    let actor = fixture.actor(person, &[Role::Supervisor]);
    own_statement(&actor, &MonthAddress { month: month.to_owned() }).await.unwrap()
}

both_databases! {
    async fn a_statement_counts_what_was_led_and_finished_and_nothing_else(fixture: Fixture) {
        let people = month(fixture).await;
        let statement = own(fixture, people.ruth, "").await;
        assert_eq!((statement.name.as_str(), statement.month.first().to_string().as_str()), ("Ruth Adeyemi", "2026-10-01"));
        let standings: Vec<_> = statement.lines.iter().map(|line| (line.part, line.standing)).collect();
        assert_eq!(
            standings,
            [
                (Part::Led, Standing::Held),
                (Part::CoverReceived, Standing::Held),
                (Part::CoverGiven, Standing::Held),
                (Part::Led, Standing::Cancelled),
                (Part::Led, Standing::NotMarked),
                (Part::Led, Standing::Planned),
            ]
        );
        assert_eq!(statement.delivered(), Sum { sessions: 2, minutes: 150 });
        assert_eq!(statement.cover_given(), Sum { sessions: 1, minutes: 60 });
        assert_eq!(statement.cover_received(), Sum { sessions: 1, minutes: 90 });
        assert_eq!((statement.own_in(Standing::NotMarked).sessions, statement.own_in(Standing::Cancelled).sessions), (1, 1));
        assert_eq!(statement.came_in_all(), Came { present: 1, part: 1, ..Came::default() });
        assert_eq!(statement.lines[2].other.as_deref(), Some("Daniel O."));
        // What one gave, the other received, and neither counts it twice.
        let daniels = own(fixture, people.daniel, "2026-10").await;
        assert_eq!((daniels.delivered(), daniels.cover_received().sessions), (Sum { sessions: 1, minutes: 90 }, 1));
        assert_eq!(own(fixture, people.ruth, "2026-09").await.delivered(), Sum { sessions: 1, minutes: 90 });
    }

    async fn what_was_finished_or_corrected_after_the_month_says_so(fixture: Fixture) {
        const CORRECT: &str = "\
INSERT INTO attendance_correction (id, session_id, person_id, state_before, state_after, reason, corrected_by, corrected_at)
VALUES ($1, $2, $3, 'attended', 'did_not_attend', 'mistake', $4, $5)";
        let people = month(fixture).await;
        let database = &fixture.database;
        let moments: [DateTime<Utc>; 2] = ["2026-10-31T23:59:59Z".parse().unwrap(), "2026-11-03T09:00:00Z".parse().unwrap()];
        for (moment, said) in moments.into_iter().zip([None, Some("corrected on 3 November 2026")]) {
            on!(database, pool => sqlx::query(CORRECT)
                .bind(new_id()).bind(people.held).bind(people.tom).bind(people.ruth).bind(moment)
                .execute(pool).await.map(|_| ()))
            .unwrap();
            assert_eq!(own(fixture, people.ruth, "2026-10").await.lines[0].afterwards().as_deref(), said);
        }
        finish(fixture, people.held, "2026-11-01T00:00:00Z".parse().unwrap()).await;
        let said = own(fixture, people.ruth, "2026-10").await.lines[0].afterwards();
        assert_eq!(said.as_deref(), Some("finished on 1 November 2026, corrected on 3 November 2026"));
    }

    async fn what_was_led_for_ones_own_group_is_no_cover_once_the_group_is_handed_over(fixture: Fixture) {
        let people = month(fixture).await;
        let (ruths, daniels) = (own(fixture, people.ruth, "").await, own(fixture, people.daniel, "").await);
        let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
        let (sian, word) = (coordinator(fixture).await, str::to_owned);
        let aire = open_group_to_change(&sian, &slug_of(fixture, people.aire).await).await.unwrap();
        let form = GroupForm {
            name: word("Aire group"),
            kind: word("group"),
            supervisor: code_of(fixture, nadia).await,
            capacity: word("6"),
            mode: word("online"),
            room_url: word("https://rooms.example/aire"),
            ..GroupForm::default()
        };
        change_group(&sian, &aire, 1, &form.check().unwrap()).await.unwrap();

        let told = |statement: &Statement| {
            let line = |line: &Line| (line.code.clone(), line.part, line.standing, line.other.clone());
            statement.lines.iter().map(line).collect::<Vec<_>>()
        };
        let after = own(fixture, people.ruth, "").await;
        // The one to come is Nadia's to lead, and what has been stays as it was: Ruth's own, and the one that Daniel covered for her.
        assert_eq!(told(&after), told(&ruths)[..5]);
        assert_eq!((after.delivered(), after.cover_given()), (ruths.delivered(), ruths.cover_given()));
        assert_eq!(told(&own(fixture, people.daniel, "").await), told(&daniels));
        let nadias = own(fixture, nadia, "").await;
        assert_eq!(nadias.lines.iter().map(|line| (line.part, line.standing)).collect::<Vec<_>>(), [(Part::Led, Standing::Planned)]);
    }

    async fn a_coordinator_sees_the_statement_of_whoever_supervises_and_nobody_elses(fixture: Fixture) {
        let people = month(fixture).await;
        let sian = fixture.actor(person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await, &[Role::Coordinator]);
        let of = async |person: &str, month: &str| {
            statement_of(&sian, &StatementAddress { person: person.to_owned(), month: month.to_owned() }).await
        };
        let code = code_of(fixture, people.ruth).await;
        assert_eq!(of(&code, "2026-10").await.unwrap(), own(fixture, people.ruth, "2026-10").await);
        assert_eq!(of(&code, "soon").await, Err(AppError::NotFound));
        assert_eq!(of(&code_of(fixture, people.amina).await, "2026-10").await, Err(AppError::NotFound));
        assert_eq!(of("nobody22", "").await, Err(AppError::NotFound));
        let lines = crate::access_log::fixture::lines_about(fixture, people.ruth).await;
        assert_eq!(lines, [("statement".to_owned(), sian.person(), 1)], "her own and what was refused are not written down");
    }
}

#[tokio::test]
async fn a_statement_is_read_by_index_alone() {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {STATEMENT}"))).fetch_all(pool).await.unwrap();
    let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
    for table in ["led", "covered", "ours", "before", "s", "g", "other", "t", "c"] {
        assert!(!steps.iter().any(|step| *step == format!("SCAN {table}")), "{steps:#?}");
    }
    for index in [
        "session_by_supervisor (supervisor_id=? AND starts_at>? AND starts_at<?)",
        "session_by_group (group_id=? AND starts_at>? AND starts_at<?)",
        "session_of_group_before (group_was_of=? AND starts_at>? AND starts_at<?)",
    ] {
        assert!(steps.iter().any(|step| step.contains(index)), "{steps:#?}");
    }
}
