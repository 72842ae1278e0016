use chrono::TimeDelta;

use super::page::HOURS;
use super::*;
use crate::access::{Actor, Role};
use crate::audit;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Database, on};
use crate::error::AppError;
use crate::groups::{Commitment, GroupId};
use crate::hours::answers::{EntryToLog, Hours};
use crate::hours::forms::{EntryForm, NewEntry, PeriodForm};
use crate::hours::model::{Stretch, Total};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::sessions::SessionId;
use crate::sessions::fixture::{Meeting, meeting, session};

fn entry(held_on: &str, minutes: i64) -> NewEntry {
    entry_on("vig", held_on, minutes)
}

fn entry_on(intervention: &str, held_on: &str, minutes: i64) -> NewEntry {
    let form = EntryForm {
        held_on: held_on.to_owned(),
        minutes: minutes.to_string(),
        format: "one_to_one".to_owned(),
        intervention: intervention.to_owned(),
        supervised_by: "Line manager, NHS trust".to_owned(),
        ..EntryForm::default()
    };
    form.check("2026-10-22".parse().unwrap()).unwrap()
}

/// Says how somebody was at a session; its attendance is finished where `is_finished` says so.
async fn mark(fixture: &Fixture, session: SessionId, person: PersonId, (state, minutes): (&str, Option<i64>)) {
    const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes) VALUES ($1, $2, '', $3, $4)";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MARK).bind(session).bind(person).bind(state).bind(minutes).execute(pool).await.map(|_| ())).unwrap();
}

async fn finish(fixture: &Fixture, session: SessionId) {
    const FINISH: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(FINISH).bind(session).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

/// Amina is marked at four sessions of the past weeks: there, there for part of it, away with apologies, away without.
async fn marked(fixture: &Fixture) -> Meeting {
    let ahead = meeting(fixture, fixture.now() + TimeDelta::days(1)).await;
    let states = [("attended", None), ("late", Some(70)), ("apologies", None), ("did_not_attend", None)];
    for (weeks, state) in (1..).zip(states) {
        let held = session(fixture, ahead.group, fixture.now() - TimeDelta::weeks(weeks), 90).await;
        mark(fixture, held, ahead.amina, state).await;
        mark(fixture, held, ahead.tom, ("attended", None)).await;
        finish(fixture, held).await;
    }
    ahead
}

async fn put_on(fixture: &Fixture, group: GroupId, intervention: &str) {
    const PUT_ON: &str = "UPDATE supervision_group SET intervention = $2 WHERE id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(PUT_ON).bind(group).bind(intervention).execute(pool).await.map(|_| ())).unwrap();
}

fn practitioner(fixture: &Fixture, person: PersonId) -> Actor {
    fixture.actor(person, &[Role::Practitioner])
}

async fn hours(actor: &Actor) -> Hours {
    hours_of(actor, Stretch::Registration).await.unwrap()
}

both_databases! {
    async fn a_finished_attendance_counts_what_somebody_was_there_for(fixture: Fixture) {
        let people = marked(fixture).await;
        let unfinished = session(fixture, people.group, fixture.now() - TimeDelta::days(1), 90).await;
        mark(fixture, unfinished, people.amina, ("attended", None)).await;
        let hours = hours(&practitioner(fixture, people.amina)).await;
        assert_eq!(hours.sessions.iter().map(|session| session.minutes).collect::<Vec<_>>(), [90, 70, 0, 0]);
        assert_eq!(hours.sessions[0].supervisor_in_full, "Ruth Adeyemi, health visitor");
        assert_eq!(hours.total(), Total { verified: 160, reported: 0 });
        assert_eq!(hours.by_format(), [("Group", hours.total())]);
        assert_eq!(hours.commitment(), Commitment { held: 4, attended: 2, told_ahead: 1 });
        assert_eq!(hours_of(&practitioner(fixture, people.amina), Stretch::Month).await.unwrap().total().verified, 160);
    }

    async fn the_hours_of_a_group_count_under_its_intervention_and_those_of_one_without_under_the_work_in_general(fixture: Fixture) {
        let people = marked(fixture).await;
        let amina = practitioner(fixture, people.amina);
        let verified = Total { verified: 160, reported: 0 };
        assert_eq!(hours(&amina).await.by_intervention(), [("Parent-infant work in general", verified)]);
        for (key, name) in [("solihull", "Solihull Approach"), ("vig", "Video Interaction Guidance (VIG)")] {
            put_on(fixture, people.group, key).await;
            let shown = hours(&amina).await;
            assert_eq!((shown.by_intervention(), shown.by_format()), (vec![(name, verified)], vec![("Group", verified)]));
            assert!(shown.sessions.iter().all(|session| session.intervention.name() == name), "so it stands in the file and on the sheet");
        }
        log_hours(&amina, &entry("2026-10-01", 60)).await.unwrap();
        let both = Total { verified: 160, reported: 60 };
        assert_eq!(hours(&amina).await.by_intervention(), [("Video Interaction Guidance (VIG)", both)]);
    }

    async fn hours_elsewhere_can_be_on_whatever_a_group_can_be_on_and_count_in_one_line_with_its_hours(fixture: Fixture) {
        let people = marked(fixture).await;
        let amina = practitioner(fixture, people.amina);
        put_on(fixture, people.group, "solihull").await;
        for (intervention, minutes) in [("solihull", 60), ("nbo", 30), ("general", 20), ("other", 10)] {
            log_hours(&amina, &entry_on(intervention, "2026-10-01", minutes)).await.unwrap();
        }
        let alone = |reported| Total { verified: 0, reported };
        let expected = [
            ("Parent-infant work in general", alone(20)),
            ("Solihull Approach", Total { verified: 160, reported: 60 }),
            ("Newborn Behavioral Observations (NBO, NBAS)", alone(30)),
            ("Another intervention", alone(10)),
        ];
        let shown = hours(&amina).await;
        assert_eq!(shown.by_intervention(), expected);
        let general = shown.elsewhere.iter().find(|entry| entry.minutes == 20).unwrap();
        change_hours(&amina, (&general.code, general.version), &entry_on("www", "2026-10-01", 20)).await.unwrap();
        assert_eq!(entry_of(&amina, &general.code).await.unwrap().intervention.name(), "Watch, Wait and Wonder");
    }

    async fn what_was_logged_before_there_were_so_many_interventions_is_kept_as_it_was(fixture: Fixture) {
        const LOGGED: &str = "\
INSERT INTO hours_elsewhere (id, code, person_id, held_on, minutes, format, intervention, supervised_by, logged_at, removed_at, version)
VALUES ($1, $2, $3, $4, 60, 'pair', $5, 'Line manager, NHS trust', $6, $7, 3)";

        let mut transaction = fixture.database.begin().await.unwrap();
        transaction.start_over(68).await.unwrap();
        transaction.commit().await.unwrap();
        let amina = practitioner(fixture, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await);
        let database = &fixture.database;
        for (code, intervention, removed_at) in [("first222", "general", None), ("second22", "other", None), ("third222", "vig", Some(fixture.now()))] {
            on!(database, pool => sqlx::query(LOGGED)
                .bind(crate::database::new_id())
                .bind(code)
                .bind(amina.person())
                .bind(chrono::NaiveDate::from_ymd_opt(2026, 10, 1))
                .bind(intervention)
                .bind(fixture.now())
                .bind(removed_at)
                .execute(pool).await.map(|_| ()))
            .unwrap();
        }
        database.migrate().await.unwrap();
        let kept = hours(&amina).await.elsewhere;
        let kept: Vec<_> = kept.iter().map(|entry| (entry.code.as_str(), entry.intervention.key(), entry.minutes, entry.version)).collect();
        assert_eq!(kept, [("first222", "general", 60, 3), ("second22", "other", 60, 3)]);
        restore_hours(&amina, "third222").await.unwrap();
        assert_eq!(entry_of(&amina, "third222").await.unwrap().intervention.name(), "Video Interaction Guidance (VIG)");
    }

    async fn what_was_had_elsewhere_stands_beside_what_is_verified(fixture: Fixture) {
        let people = marked(fixture).await;
        let amina = practitioner(fixture, people.amina);
        log_hours(&amina, &entry("2026-10-01", 60)).await.unwrap();
        log_hours(&amina, &entry("2026-03-31", 45)).await.unwrap();
        let shown = hours(&amina).await;
        assert_eq!((shown.total(), shown.total().sum()), (Total { verified: 160, reported: 60 }, 220));
        let both = [("Group", Total { verified: 160, reported: 0 }), ("One-to-one", Total { verified: 0, reported: 60 })];
        assert_eq!(shown.by_format(), both);
        assert_eq!(shown.by_intervention()[1], ("Video Interaction Guidance (VIG)", Total { verified: 0, reported: 60 }));
        assert_eq!(hours_of(&amina, Stretch::Everything).await.unwrap().total().reported, 105);

        let period = PeriodForm { starts_on: "2026-03-01".to_owned(), ends_on: "2026-10-08".to_owned() }.check().unwrap();
        choose_period(&amina, period).await.unwrap();
        choose_period(&amina, period).await.unwrap();
        let shown = hours(&amina).await;
        assert_eq!((shown.days, shown.chosen, shown.total().reported), (period, Some(period), 105));
        assert_eq!(shown.sessions.len(), 3, "the session of 15 October lies after the last day");
    }

    async fn what_went_on_past_midnight_counts_once_in_whatever_stretch_it_is_asked_for(fixture: Fixture) {
        let people = meeting(fixture, fixture.now() + TimeDelta::days(1)).await;
        // From half past eleven on 7 October to half past midnight, and from midnight to one.
        for starts in ["2026-10-07T22:30:00Z", "2026-10-07T23:00:00Z"] {
            let held = session(fixture, people.group, starts.parse().unwrap(), 60).await;
            mark(fixture, held, people.amina, ("attended", None)).await;
            finish(fixture, held).await;
        }
        let amina = practitioner(fixture, people.amina);
        assert_eq!(hours(&amina).await.total().verified, 90);
        let from_the_eighth = PeriodForm { starts_on: "2026-10-08".to_owned(), ends_on: "2026-10-31".to_owned() }.check().unwrap();
        choose_period(&amina, from_the_eighth).await.unwrap();
        let shown = hours(&amina).await;
        assert_eq!(shown.sessions.iter().map(|session| (session.minutes, session.elsewhere)).collect::<Vec<_>>(), [(30, 30)]);
    }

    async fn nobody_else_reads_changes_or_removes_what_somebody_has_logged(fixture: Fixture) {
        let people = meeting(fixture, fixture.now()).await;
        let (amina, tom) = (practitioner(fixture, people.amina), practitioner(fixture, people.tom));
        log_hours(&amina, &entry("2026-10-01", 60)).await.unwrap();
        let code = hours(&amina).await.elsewhere.remove(0).code;
        assert!(hours(&tom).await.elsewhere.is_empty());
        let last = |to_log: EntryToLog| to_log.last.map(|entry| entry.code);
        assert_eq!(last(entry_to_log(&amina).await.unwrap()), Some(code.clone()));
        assert_eq!(last(entry_to_log(&tom).await.unwrap()), None);
        assert_eq!(entry_of(&tom, &code).await, Err(AppError::NotFound));
        assert_eq!(change_hours(&tom, (&code, 1), &entry("2026-10-01", 90)).await.unwrap_err().status(), 409);
        assert_eq!(remove_hours(&tom, &code).await, Err(AppError::NotFound));
        remove_hours(&amina, &code).await.unwrap();
        assert_eq!(restore_hours(&tom, &code).await.unwrap_err().status(), 409);
    }

    async fn two_windows_do_not_overwrite_each_other(fixture: Fixture) {
        let amina = practitioner(fixture, meeting(fixture, fixture.now()).await.amina);
        log_hours(&amina, &entry("2026-10-01", 60)).await.unwrap();
        let shown = hours(&amina).await.elsewhere.remove(0);
        change_hours(&amina, (&shown.code, shown.version), &entry("2026-10-02", 75)).await.unwrap();
        assert_eq!(change_hours(&amina, (&shown.code, shown.version), &entry("2026-10-01", 5)).await.unwrap_err().status(), 409);
        let changed = entry_of(&amina, &shown.code).await.unwrap();
        assert_eq!((changed.held_on.to_string().as_str(), changed.minutes, changed.version), ("2026-10-02", 75, 2));
    }

    async fn what_was_removed_can_be_put_back_for_a_day_and_is_then_forgotten(fixture: Fixture) {
        let people = meeting(fixture, fixture.now()).await;
        let amina = practitioner(fixture, people.amina);
        log_hours(&amina, &entry("2026-10-01", 60)).await.unwrap();
        let code = hours(&amina).await.elsewhere.remove(0).code;
        remove_hours(&amina, &code).await.unwrap();
        assert_eq!((hours(&amina).await.total().reported, remove_hours(&amina, &code).await), (0, Err(AppError::NotFound)));
        restore_hours(&amina, &code).await.unwrap();
        assert_eq!((hours(&amina).await.total().reported, restore_hours(&amina, &code).await.unwrap_err().status()), (60, 409));
        remove_hours(&amina, &code).await.unwrap();
        let late = fixture.actor_at(fixture.now() + TimeDelta::days(1), people.amina, &[Role::Practitioner]);
        assert_eq!(restore_hours(&late, &code).await.unwrap_err().status(), 409);
        log_hours(&late, &entry("2026-10-02", 30)).await.unwrap();
        let database = &fixture.database;
        let kept: i64 =
            on!(database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM hours_elsewhere").fetch_one(pool).await).unwrap();
        assert_eq!(kept, 1);
        assert_eq!(audit::verify(database).await.unwrap(), audit::Verdict::Whole { entries: 5 });
    }
}

#[tokio::test]
async fn ones_hours_are_read_by_index_alone() {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {HOURS}"))).fetch_all(pool).await.unwrap();
    let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
    assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("attendance_by_person (person_id=?")), "{steps:#?}");
    assert!(steps.iter().any(|step| step.contains("hours_elsewhere_by_person (person_id=? AND held_on>? AND held_on<?)")), "{steps:#?}");
}
