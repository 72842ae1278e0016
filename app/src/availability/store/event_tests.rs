//! That an event is made, published and moved where its host is free, by the levels of the rules for sessions, on both databases.

use super::*;
use crate::access::{Actor, Role};
use crate::availability::forms::RuleChange;
use crate::availability::{ClashKind, KeepReason, Level, Verdict};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::events::CancelledBecause;
use crate::events::fixture::{form, space};
use crate::events::forms::{EventForm, GiveEventForm};
use crate::events::store::{cancel_event, change_event, event_at, give_event, make_event, publish_event};
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::fixture::{code_of as session_code, session};
use crate::spaces::SpaceKind;

/// Ruth leads a session on Thursday 5 November from 13:00 to 14:30: a webinar of hers at half past twelve would run into it. Its code comes with her.
async fn leading(fixture: &Fixture) -> (Actor, String) {
    space(fixture, "centre", SpaceKind::Centre).await;
    let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
    let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
    let session = session(fixture, aire, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
    (ruth, session_code(fixture, session).await)
}

async fn treat(fixture: &Fixture, kind: ClashKind, to: Level) {
    let sian = coordinator(fixture).await;
    let from = rules(&sian).await.unwrap().rules.into_iter().find(|(other, _)| *other == kind).unwrap().1;
    change_rules(&sian, &[RuleChange { kind, from, to }]).await.unwrap();
}

async fn draft(host: &Actor, form: &EventForm) -> Result<String, AppError> {
    make_event(host, &form.check(host.now()).unwrap()).await
}

/// The fields that a refusal asks for.
fn asked(refused: Result<(), AppError>) -> Vec<String> {
    let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
    problems.into_iter().map(|problem| problem.field).collect()
}

/// Why each conflict is kept as it is that a coordinator sees, in order.
async fn kept(fixture: &Fixture) -> Vec<(ClashKind, Option<KeepReason>)> {
    let conflicts =
        open_conflicts(&coordinator(fixture).await, "2026-10-22".parse().unwrap(), "2027-01-22".parse().unwrap()).await.unwrap();
    conflicts.into_iter().map(|conflict| (conflict.kind, conflict.kept)).collect()
}

both_databases! {
    async fn where_nobody_is_at_two_things_at_once_not_even_a_draft_is_made_at_the_time_of_a_session(fixture: Fixture) {
        let (ruth, _) = leading(fixture).await;
        let refused = draft(&ruth, &form("centre")).await.unwrap_err();
        let said = "Whoever hosts it has a session at the same time (Thursday 5 November, 12:30 to 13:30). Nothing was saved.";
        assert_eq!((refused.status(), refused.to_string().as_str()), (409, said));
        // It is made at another time, and not moved back by a change.
        let early = EventForm { starts_time: "10:00".to_owned(), ..form("centre") };
        let code = draft(&ruth, &early).await.unwrap();
        let moved = change_event(&ruth, (&code, 1), (&form("centre").check(ruth.now()).unwrap(), Some(KeepReason::Other))).await;
        assert!(moved.unwrap_err().to_string().ends_with("Nothing was saved."));
        publish_event(&ruth, (&code, 1), None).await.unwrap();
        let moved = change_event(&ruth, (&code, 2), (&form("centre").check(ruth.now()).unwrap(), Some(KeepReason::Other))).await;
        assert!(moved.unwrap_err().to_string().ends_with("Nothing was changed."));
        let shown = event_at(&ruth, &code).await.unwrap();
        assert_eq!((shown.line.hours().as_str(), shown.version), ("10:00 to 11:00", 2));
        // An event is not in its own way.
        let later = EventForm { starts_time: "10:30".to_owned(), ..early };
        change_event(&ruth, (&code, 2), (&later.check(ruth.now()).unwrap(), None)).await.unwrap();
    }

    async fn where_a_rule_is_for_publishing_the_draft_says_what_is_in_the_way_with_a_link_and_waits(fixture: Fixture) {
        let (ruth, session) = leading(fixture).await;
        treat(fixture, ClashKind::SupervisorTwice, Level::BlockPublishing).await;
        let code = draft(&ruth, &form("centre")).await.unwrap();
        let in_the_way = event_at(&ruth, &code).await.unwrap().in_the_way;
        let said: Vec<(Level, String)> = in_the_way.verdict.findings().map(|finding| (finding.level, finding.sentence.clone())).collect();
        let [(Level::BlockPublishing, sentence)] = said.as_slice() else { panic!("{said:?}") };
        assert!(sentence.starts_with("You have a session at the same time: Group ") && sentence.ends_with(", Thursday 5 November, 13:00 to 14:30."));
        let [(address, words)] = in_the_way.links.as_slice() else { panic!("{:?}", in_the_way.links) };
        assert_eq!(*address, crate::paths::session(&session));
        assert!(words.ends_with("Thursday 5 November, 13:00 to 14:30"), "{words}");
        let refused = publish_event(&ruth, (&code, 1), Some(KeepReason::Other)).await.unwrap_err();
        assert_eq!(refused.status(), 409);
        assert!(refused.to_string().contains("Nothing was published; a draft can be kept until it fits."), "{refused}");
        assert!(event_at(&ruth, &code).await.unwrap().line.is_draft);
        // Whoever manages events and no groups is told that there is something, and not which group meets.
        let lead = fixture.actor(person(fixture, "Hannah", "Vane", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        let told = event_at(&lead, &code).await.unwrap().in_the_way;
        assert_eq!(told.links, []);
        let told: Vec<String> = told.verdict.findings().map(|finding| finding.sentence.clone()).collect();
        assert_eq!(told, ["Ruth A. has a session at the same time (Thursday 5 November, 12:30 to 13:30)."]);
    }

    async fn what_only_warns_needs_a_reason_which_is_kept_of_the_session_too_and_what_is_ignored_needs_none(fixture: Fixture) {
        let (ruth, _) = leading(fixture).await;
        // Ten minutes before her session.
        let close = EventForm { starts_time: "11:50".to_owned(), ..form("centre") };
        let code = draft(&ruth, &close).await.unwrap();
        assert_eq!(asked(publish_event(&ruth, (&code, 1), None).await), ["reason"]);
        assert!(event_at(&ruth, &code).await.unwrap().line.is_draft);
        publish_event(&ruth, (&code, 1), Some(KeepReason::OnlyOnce)).await.unwrap();
        assert_eq!(kept(fixture).await, [(ClashKind::Buffer, Some(KeepReason::OnlyOnce))]);

        let closer = EventForm { starts_time: "11:55".to_owned(), ..close };
        let closer = closer.check(ruth.now()).unwrap();
        assert_eq!(asked(change_event(&ruth, (&code, 2), (&closer, None)).await), ["reason"]);
        change_event(&ruth, (&code, 2), (&closer, Some(KeepReason::Other))).await.unwrap();
        assert_eq!(kept(fixture).await, [(ClashKind::Buffer, Some(KeepReason::Other))]);

        treat(fixture, ClashKind::SupervisorTwice, Level::Ignore).await;
        let over = EventForm { starts_time: "13:30".to_owned(), ..form("centre") };
        let code = draft(&ruth, &over).await.unwrap();
        assert_eq!(event_at(&ruth, &code).await.unwrap().in_the_way.verdict, Verdict::default());
        publish_event(&ruth, (&code, 1), None).await.unwrap();
    }

    async fn a_reason_follows_an_event_to_its_next_host_goes_with_it_and_replaces_none_kept_for_something_else(fixture: Fixture) {
        const KEPT: &str = "SELECT person_id, reason FROM kept_conflict";
        const OTHERWISE: &str = "UPDATE kept_conflict SET reason = 'only_time'";

        let (ruth, _) = leading(fixture).await;
        let daniel = fixture.actor(person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let tees = group(fixture, daniel.person(), &[], GroupKind::Group).await;
        session(fixture, tees, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
        let database = &fixture.database;
        let kept = async || -> Vec<(PersonId, KeepReason)> {
            on!(database, pool => sqlx::query_as(KEPT).fetch_all(pool).await).unwrap()
        };
        // Ten minutes before the sessions of both.
        let close = EventForm { starts_time: "11:50".to_owned(), ..form("centre") };
        let code = draft(&ruth, &close).await.unwrap();
        publish_event(&ruth, (&code, 1), Some(KeepReason::OnlyOnce)).await.unwrap();
        assert_eq!(kept().await, [(ruth.person(), KeepReason::OnlyOnce)]);
        let host = code_of(fixture, daniel.person()).await;
        give_event(&ruth, &GiveEventForm { code: code.clone(), version: "2".to_owned(), host, why: "agreed".to_owned() }).await.unwrap();
        assert_eq!(kept().await, [(daniel.person(), KeepReason::Agreed)]);
        cancel_event(&daniel, &code, CancelledBecause::TooFew).await.unwrap();
        assert_eq!(kept().await, []);

        // A second session of his ten minutes after the first breaks the same rule at it, and a reason for that is kept.
        session(fixture, tees, "2026-11-05T14:40:00Z".parse().unwrap(), 60).await;
        let code = draft(&daniel, &close).await.unwrap();
        publish_event(&daniel, (&code, 1), Some(KeepReason::Other)).await.unwrap();
        on!(database, pool => sqlx::query(OTHERWISE).execute(pool).await.map(|_| ())).unwrap();
        cancel_event(&daniel, &code, CancelledBecause::TooFew).await.unwrap();
        let code = draft(&daniel, &close).await.unwrap();
        publish_event(&daniel, (&code, 1), Some(KeepReason::Other)).await.unwrap();
        assert_eq!(kept().await, [(daniel.person(), KeepReason::OnlyTime)]);
    }

    async fn of_two_drafts_of_one_host_at_one_time_one_is_published_however_fast_and_the_other_leads_to_it(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let drafts = [draft(&ruth, &form("centre")).await.unwrap(), draft(&ruth, &form("centre")).await.unwrap()];
        let published = drafts.clone().map(|code| {
            let ruth = ruth.clone();
            tokio::spawn(async move { publish_event(&ruth, (&code, 1), Some(KeepReason::Other)).await })
        });
        let mut outcomes = Vec::new();
        for one in published {
            outcomes.push(one.await.unwrap().map_err(|refused| refused.status()));
        }
        outcomes.sort_unstable();
        assert_eq!(outcomes, [Ok(()), Err(409)]);
        let mut links = Vec::new();
        for code in &drafts {
            links.extend(event_at(&ruth, code).await.unwrap().in_the_way.links);
        }
        let [(address, words)] = links.as_slice() else { panic!("{links:?}") };
        assert!(drafts.iter().any(|code| *address == crate::paths::event(code)), "{address}");
        assert_eq!(words, "Still face, fifty years on, Thursday 5 November, 12:30");
    }
}
