//! What keeps those away who are there beside whoever leads a session, on both databases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::*;
use crate::access::{Actor, Role};
use crate::availability::answers::Conflict;
use crate::availability::forms::{Keep, NewLeave, RuleChange};
use crate::availability::{ClashKind, KeepReason, LeaveKind, Level};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::fixture::session;

fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A session that Ruth leads on Thursday 5 November, with Daniel beside her, who is away on that day.
struct Beside {
    ruth: PersonId,
    daniel: PersonId,
    sian: Actor,
}

async fn beside(fixture: &Fixture) -> Beside {
    const ADD: &str = "INSERT INTO session_host (session_id, person_id, role, added_at) VALUES ($1, $2, 'co_supervisor', $3)";

    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
    let (aire, sian) = (group(fixture, ruth, &[], GroupKind::Group).await, coordinator(fixture).await);
    let database = &fixture.database;
    for day in ["2026-11-05", "2026-11-12"] {
        let session = session(fixture, aire, uk(&format!("{day} 10:00")), 90).await;
        on!(database, pool => sqlx::query(ADD).bind(session).bind(daniel).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    }
    let opened = open_availability(&sian, &code_of(fixture, daniel).await).await.unwrap();
    let away = NewLeave { first: date("2026-11-05"), last: date("2026-11-06"), kind: LeaveKind::Training };
    add_leave(&sian, &opened, &away).await.unwrap();
    Beside { ruth, daniel, sian }
}

async fn conflicts(actor: &Actor) -> Vec<Conflict> {
    open_conflicts(actor, date("2026-10-22"), date("2027-01-22")).await.unwrap()
}

async fn treat(sian: &Actor, level: Level) {
    change_rules(sian, &[RuleChange { kind: ClashKind::OnLeave, from: level_of_leave(sian).await, to: level }]).await.unwrap();
}

async fn level_of_leave(sian: &Actor) -> Level {
    let rules = rules(sian).await.unwrap().rules;
    rules.into_iter().find(|(kind, _)| *kind == ClashKind::OnLeave).unwrap().1
}

both_databases! {
    async fn whoever_is_beside_the_supervisor_and_away_is_a_conflict_for_all_whom_it_concerns_and_nobody_else(fixture: Fixture) {
        let Beside { ruth, daniel, sian } = beside(fixture).await;
        let told = conflicts(&sian).await;
        let [conflict] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((conflict.kind, conflict.level, conflict.is_beside), (ClashKind::OnLeave, Level::BlockPublishing, true));
        assert_eq!(conflict.sentence, "Daniel O. is away for training on Thursday 5 November.");
        assert_eq!((conflict.session.starts.date(), conflict.supervisor.short.as_str()), (date("2026-11-05"), "Daniel O."));
        assert!(conflict.way.contains("somebody else be there beside"), "{}", conflict.way);
        let sentences = async |who: PersonId| {
            let told = conflicts(&fixture.actor(who, &[Role::Supervisor])).await;
            told.into_iter().map(|conflict| (conflict.sentence, conflict.may_keep)).collect::<Vec<_>>()
        };
        assert_eq!(sentences(ruth).await, [("Daniel O. is away for training on Thursday 5 November.".to_owned(), false)]);
        assert_eq!(sentences(daniel).await, [("You are away for training on Thursday 5 November.".to_owned(), false)]);
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        assert_eq!(sentences(nadia).await, []);
        let own = open_availability(&fixture.actor(daniel, &[Role::Supervisor]), "").await.unwrap();
        assert_eq!(unfit_sessions(&fixture.actor(daniel, &[Role::Supervisor]), &own).await.unwrap(), 1, "which is said after saving");
    }

    async fn it_is_listed_at_the_level_of_the_rule_and_left_as_it_is_by_whoever_leads(fixture: Fixture) {
        let Beside { ruth, daniel, sian } = beside(fixture).await;
        treat(&sian, Level::Warn).await;
        let may_keep = async |who: PersonId| {
            let told = conflicts(&fixture.actor(who, &[Role::Supervisor])).await;
            told.into_iter().map(|conflict| (conflict.level, conflict.may_keep)).collect::<Vec<_>>()
        };
        assert_eq!(may_keep(ruth).await, [(Level::Warn, true)]);
        assert_eq!(may_keep(daniel).await, [(Level::Warn, false)], "it is for whoever leads to say");
        treat(&sian, Level::Ignore).await;
        assert_eq!(conflicts(&sian).await, []);
    }

    async fn what_is_left_as_it_is_for_one_of_them_says_nothing_of_the_other(fixture: Fixture) {
        let Beside { ruth, daniel, sian } = beside(fixture).await;
        let (of_ruth, of_daniel) = (code_of(fixture, ruth).await, code_of(fixture, daniel).await);
        let opened = open_availability(&sian, &of_ruth).await.unwrap();
        let away = NewLeave { first: date("2026-11-05"), last: date("2026-11-05"), kind: LeaveKind::Leave };
        add_leave(&sian, &opened, &away).await.unwrap();
        treat(&sian, Level::Warn).await;
        let whose = async |is_kept: bool| {
            let told = conflicts(&sian).await.into_iter().filter(|conflict| conflict.kept.is_some() == is_kept);
            let mut names: Vec<String> = told.map(|conflict| conflict.supervisor.short).collect();
            names.sort();
            names
        };
        assert_eq!(whose(false).await, ["Daniel O.", "Ruth A."]);
        let session = conflicts(&sian).await.remove(0).session.code;
        let keep = async |person: &str| {
            let keep = Keep { session: session.clone(), kind: ClashKind::OnLeave, person: person.to_owned(), reason: KeepReason::Agreed };
            keep_conflict(&fixture.actor(ruth, &[Role::Supervisor]), &keep).await
        };
        keep(&of_daniel).await.unwrap();
        assert_eq!((whose(false).await, whose(true).await), (vec!["Ruth A.".to_owned()], vec!["Daniel O.".to_owned()]));
        let missed = away_from_sessions(&sian, &mut fixture.snapshot().await).await.unwrap();
        assert_eq!(missed.iter().map(|away| away.name.short.as_str()).collect::<Vec<_>>(), ["Ruth A."], "she is away from it still");
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        assert_eq!(keep(&code_of(fixture, nadia).await).await, Err(AppError::NotFound), "who is not at it has nothing to leave so");
        keep(&of_ruth).await.unwrap();
        assert_eq!((whose(false).await, away_from_sessions(&sian, &mut fixture.snapshot().await).await.unwrap()), (Vec::new(), Vec::new()));
        assert_eq!(whose(true).await, ["Daniel O.", "Ruth A."]);
    }
}
