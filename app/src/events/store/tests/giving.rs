//! Giving an event to another host, and deleting a draft.

use chrono::{DateTime, Utc};

use super::reminding::program;
use super::*;
use crate::availability::store::{add_leave, change_rules, open_availability};
use crate::availability::{ClashKind, KeepReason, LeaveKind, Level, NewLeave, RuleChange};
use crate::events::forms::{EventTimes, GiveEventForm};
use crate::groups::fixture::coordinator;
use crate::library::store::lay_out_library;

async fn supervisor(fixture: &Fixture, name: &str) -> Actor {
    fixture.actor(person(fixture, name, "Example", &[Role::Supervisor]).await, &[Role::Supervisor])
}

async fn give(fixture: &Fixture, by: &Actor, (code, version): (&str, i64), (to, why): (&Actor, &str)) -> Result<(), AppError> {
    let host = code_of(fixture, to.person()).await;
    give_event(by, &GiveEventForm { code: code.to_owned(), version: version.to_string(), host, why: why.to_owned() }).await
}

/// To whom an event is offered, by their names.
async fn offered(actor: &Actor, code: &str) -> Vec<String> {
    event_to_change(actor, code).await.unwrap().hosts.into_iter().map(|(_, name)| name).collect()
}

async fn busy_elsewhere(fixture: &Fixture, who: &Actor) {
    const BLOCK: &str = "INSERT INTO busy_block (person_id, starts_at, ends_at) VALUES ($1, $2, $3)";

    let database = &fixture.database;
    let at = |moment: &str| moment.parse::<DateTime<Utc>>().unwrap();
    on!(database, pool => sqlx::query(BLOCK)
        .bind(who.person())
        .bind(at("2026-11-05T12:00:00Z"))
        .bind(at("2026-11-05T13:00:00Z"))
        .execute(pool).await.map(|_| ()))
    .unwrap();
}

/// A session that somebody leads from 13:00 to 14:30 on the day of the event.
async fn leads(fixture: &Fixture, who: &Actor) {
    let group = group(fixture, who.person(), &[], GroupKind::Group).await;
    session(fixture, group, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
}

/// Whose reasons are kept, in order, with the reasons.
async fn kept(fixture: &Fixture) -> Vec<(PersonId, KeepReason)> {
    const KEPT: &str = "SELECT person_id, reason FROM kept_conflict";

    let database = &fixture.database;
    let mut kept: Vec<(PersonId, KeepReason)> = on!(database, pool => sqlx::query_as(KEPT).fetch_all(pool).await).unwrap();
    kept.sort_unstable_by_key(|(person, _)| *person);
    kept
}

/// What the page says of giving an event to somebody.
async fn said_of_giving(by: &Actor, code: &str, host: String) -> (Vec<String>, usize) {
    let told = in_the_way_of(by, &EventTimes { code: code.to_owned(), host, ..EventTimes::default() }).await.unwrap();
    (told.verdict.findings().map(|finding| finding.sentence.clone()).collect(), told.links.len())
}

both_databases! {
    async fn an_event_is_given_to_somebody_who_belongs_and_both_hosts_are_told(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("supervisors") }).await;
        let (marianne, nadia) = (supervisor(fixture, "Marianne").await, supervisor(fixture, "Nadia").await);
        let lead = fixture.actor(person(fixture, "Hannah", "Vane", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        assert_eq!((come(&marianne, &code).await, come(&nadia, &code).await), (Some(Answer::Yes), Some(Answer::Waiting)));
        // A clinical lead manages every event, and cannot read the space of the supervisors.
        assert_eq!(offered(&ruth, &code).await, ["Marianne E.", "Nadia E."]);
        assert_eq!(give(fixture, &ruth, (&code, 2), (&lead, "agreed")).await, Err(AppError::invalid("host", "Choose who hosts it.")));
        assert_eq!(give(fixture, &nadia, (&code, 2), (&nadia, "")).await, Err(AppError::NotFound));
        assert_eq!(give(fixture, &ruth, (&code, 1), (&marianne, "")).await.unwrap_err().status(), 409, "an older version gives nothing");

        give(fixture, &ruth, (&code, 2), (&marianne, "")).await.unwrap();
        assert_eq!([messages(fixture, "You host the event on%").await, messages(fixture, "The event on % has another host").await], [1, 1]);
        let [shown, before] = [event_at(&marianne, &code).await.unwrap(), event_at(&ruth, &code).await.unwrap()];
        assert_eq!((shown.is_keeper, shown.line.is_host, shown.line.answer), (true, true, None));
        assert!(!before.is_keeper && before.may_come);
        // Whoever hosts it takes no place, so the next has theirs.
        assert_eq!(event_at(&nadia, &code).await.unwrap().line.answer, Some(Answer::Yes));
        assert_eq!(event_record_at(&ruth, &code).await.unwrap_err(), AppError::NotFound);
        give(fixture, &lead, (&code, 3), (&ruth, "")).await.unwrap();
        assert!(event_at(&ruth, &code).await.unwrap().is_keeper);
    }

    async fn whoever_is_elsewhere_does_not_host_it_and_what_only_warns_needs_a_reason(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (daniel, nadia, marianne) = (supervisor(fixture, "Daniel").await, supervisor(fixture, "Nadia").await, supervisor(fixture, "Marianne").await);
        let aire = group(fixture, daniel.person(), &[], GroupKind::Group).await;
        session(fixture, aire, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
        busy_elsewhere(fixture, &nadia).await;
        published(&marianne, &EventForm { starts_time: "13:00".to_owned(), ..form("centre") }).await;
        assert_eq!(offered(&ruth, &code).await, ["Nadia E., with a reason"]);
        for (who, why) in [(&daniel, "agreed"), (&marianne, "agreed")] {
            assert_eq!(give(fixture, &ruth, (&code, 2), (who, why)).await.unwrap_err().status(), 409);
        }
        for why in ["", "only_time", "because"] {
            let AppError::Invalid(problems) = give(fixture, &ruth, (&code, 2), (&nadia, why)).await.unwrap_err() else { panic!("{why}") };
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["why"]);
        }
        give(fixture, &ruth, (&code, 2), (&nadia, "agreed")).await.unwrap();
        assert!(event_at(&nadia, &code).await.unwrap().is_keeper);
        let begun = at(fixture, "2026-11-05T12:30:00Z", nadia.person(), Role::Supervisor);
        assert_eq!(give(fixture, &begun, (&code, 3), (&ruth, "")).await.unwrap_err().status(), 409, "it has begun");
    }

    async fn giving_is_judged_by_the_levels_of_the_rules_and_what_a_colleague_has_said_stays_with_them(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (sian, nadia) = (coordinator(fixture).await, supervisor(fixture, "Nadia").await);
        let draft = make_event(&ruth, &EventForm { starts_time: "10:00".to_owned(), ..form("centre") }.check(ruth.now()).unwrap()).await.unwrap();
        let whose = code_of(fixture, nadia.person()).await;
        let away = NewLeave { first: DAY.parse().unwrap(), last: DAY.parse().unwrap(), kind: LeaveKind::Training };
        add_leave(&sian, &open_availability(&sian, &whose).await.unwrap(), &away).await.unwrap();

        // What may not be published is given as a draft alone.
        assert!(!offered(&ruth, &code).await.contains(&"Nadia E.".to_owned()));
        assert!(offered(&ruth, &draft).await.contains(&"Nadia E.".to_owned()));
        let refused = give(fixture, &ruth, (&code, 2), (&nadia, "agreed")).await.unwrap_err();
        let said = "Whoever hosts it is away on Thursday 5 November. Nothing was changed.";
        assert_eq!((refused.status(), refused.to_string().as_str()), (409, said));
        let in_short = "Nadia E. is away on Thursday 5 November.".to_owned();
        assert_eq!(said_of_giving(&ruth, &code, whose.clone()).await, (vec![in_short], 0));
        let in_full = "Nadia E. is away for training on Thursday 5 November.".to_owned();
        assert_eq!(said_of_giving(&sian, &code, whose.clone()).await, (vec![in_full], 0));
        give(fixture, &ruth, (&draft, 1), (&nadia, "")).await.unwrap();

        // What only warns needs a reason, and what is ignored is not looked at.
        let mut level = Level::BlockPublishing;
        let mut treat = async |to: Level| {
            change_rules(&sian, &[RuleChange { kind: ClashKind::OnLeave, from: level, to }]).await.unwrap();
            level = to;
        };
        treat(Level::Warn).await;
        assert!(offered(&ruth, &code).await.contains(&"Nadia E., with a reason".to_owned()));
        assert!(matches!(give(fixture, &ruth, (&code, 2), (&nadia, "")).await, Err(AppError::Invalid(_))));
        treat(Level::Ignore).await;
        give(fixture, &ruth, (&code, 2), (&nadia, "")).await.unwrap();
        // Somebody to whom it is not offered at all is told of to nobody.
        let amina = somebody(fixture, "Amina").await;
        leads(fixture, &amina).await;
        assert_eq!(said_of_giving(&sian, &code, code_of(fixture, amina.person()).await).await, (vec![], 0));
    }

    async fn whoever_manages_groups_is_led_to_the_session_in_the_way_and_the_reason_is_kept_for_the_new_host_alone(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        // It ends ten minutes before the sessions of both.
        let (ruth, code) = hosted(fixture, &EventForm { starts_time: "11:50".to_owned(), ..form("centre") }).await;
        let (sian, daniel) = (coordinator(fixture).await, supervisor(fixture, "Daniel").await);
        for who in [&ruth, &daniel] {
            leads(fixture, who).await;
        }
        let whose = code_of(fixture, daniel.person()).await;
        let (sentences, links) = said_of_giving(&sian, &code, whose.clone()).await;
        assert!(sentences[0].starts_with("Only 10 minutes lie between it and Group ") && links == 1, "{sentences:?}");
        assert_eq!(said_of_giving(&ruth, &code, whose).await, (vec!["Too little time lies between it and a session.".to_owned()], 0));
        assert!(matches!(give(fixture, &ruth, (&code, 2), (&daniel, "")).await, Err(AppError::Invalid(_))));
        assert_eq!(kept(fixture).await, []);
        give(fixture, &ruth, (&code, 2), (&daniel, "only_once")).await.unwrap();
        assert_eq!(kept(fixture).await, [(daniel.person(), KeepReason::OnlyOnce)]);
    }

    async fn two_hosts_who_give_each_other_an_event_at_once_forget_no_reason_of_each_other(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, daniel) = (supervisor(fixture, "Ruth").await, supervisor(fixture, "Daniel").await);
        for who in [&ruth, &daniel] {
            leads(fixture, who).await;
        }
        // One ends ten minutes before the sessions of both, the other begins ten minutes after them.
        let early = published(&ruth, &EventForm { starts_time: "11:50".to_owned(), ..form("centre") }).await;
        let late = published(&daniel, &EventForm { starts_time: "14:40".to_owned(), ..form("centre") }).await;
        let mut both = [ruth.person(), daniel.person()];
        both.sort_unstable();
        let (mut one, mut other) = (&ruth, &daniel);
        for version in 2..8 {
            let given = tokio::join!(
                give(fixture, one, (&early, version), (other, "agreed")),
                give(fixture, other, (&late, version), (one, "agreed"))
            );
            assert_eq!(given, (Ok(()), Ok(())), "version {version}");
            assert_eq!(kept(fixture).await.into_iter().map(|(person, _)| person).collect::<Vec<_>>(), both, "version {version}");
            (one, other) = (other, one);
        }
    }

    async fn whoever_is_given_two_events_of_one_time_at_once_has_one_of_them(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, marianne, daniel) = (supervisor(fixture, "Ruth").await, supervisor(fixture, "Marianne").await, supervisor(fixture, "Daniel").await);
        let (of_ruth, of_marianne) = (published(&ruth, &form("centre")).await, published(&marianne, &form("centre")).await);
        let (first, second) = tokio::join!(
            give(fixture, &ruth, (&of_ruth, 2), (&daniel, "agreed")),
            give(fixture, &marianne, (&of_marianne, 2), (&daniel, "agreed"))
        );
        let mut statuses = [first, second].map(|given| given.map_err(|refused| refused.status()));
        statuses.sort_unstable();
        assert_eq!(statuses, [Ok(()), Err(409)]);
    }

    async fn what_is_cancelled_takes_along_no_reason_of_what_is_published_at_the_same_moment(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let ruth = supervisor(fixture, "Ruth").await;
        leads(fixture, &ruth).await;
        let early = published(&ruth, &EventForm { starts_time: "11:50".to_owned(), ..form("centre") }).await;
        let late = EventForm { starts_time: "14:40".to_owned(), ..form("centre") };
        let late = make_event(&ruth, &late.check(ruth.now()).unwrap()).await.unwrap();
        let done = tokio::join!(
            cancel_event(&ruth, &early, CancelledBecause::TooFew),
            publish_event(&ruth, (&late, 1), Some(KeepReason::OnlyOnce))
        );
        assert_eq!(done, (Ok(()), Ok(())));
        assert_eq!(kept(fixture).await.into_iter().map(|(person, _)| person).collect::<Vec<_>>(), [ruth.person()]);
    }

    async fn a_draft_is_deleted_by_whoever_sees_it_and_a_published_event_never(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let reading: String = {
            let database = &fixture.database;
            lay_out_library(&program(fixture, "2026-10-22T08:00:00Z")).await.unwrap();
            on!(database, pool => sqlx::query_scalar("SELECT slug FROM library_item ORDER BY slug LIMIT 1").fetch_one(pool).await).unwrap()
        };
        let with_reading = EventForm { starts_on: "2026-11-06".to_owned(), reading: vec![reading], ..form("centre") };
        let draft = make_event(&ruth, &with_reading.check(ruth.now()).unwrap()).await.unwrap();
        let marianne = supervisor(fixture, "Marianne").await;
        assert_eq!(delete_event(&marianne, (&draft, 1)).await, Err(AppError::NotFound));
        assert_eq!(delete_event(&ruth, (&draft, 7)).await.unwrap_err().status(), 409, "it is another by now");
        assert_eq!(delete_event(&ruth, (&code, 2)).await.unwrap_err().status(), 409, "what is published is cancelled");
        delete_event(&ruth, (&draft, 1)).await.unwrap();
        assert_eq!(event_at(&ruth, &draft).await.unwrap_err(), AppError::NotFound);
        assert!(event_at(&ruth, &code).await.is_ok());
    }
}
