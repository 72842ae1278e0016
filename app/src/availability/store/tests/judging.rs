//! What a plan comes to beside all that its people have, and who is free in the place of whoever leads.

use super::*;
use crate::database::new_id;

both_databases! {
    async fn a_plan_is_judged_beside_everything_that_its_people_have(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let derwent = group(fixture, working.ruth, &[], GroupKind::Group).await;
        add_hours(&ruth, &own(&ruth).await, &usual()).await.unwrap();
        add_leave(&ruth, &own(&ruth).await, &training("2026-11-12", "2026-11-12")).await.unwrap();
        session(fixture, derwent, uk("2026-10-29 10:00"), 90).await;
        let moved = session(fixture, working.aire, uk("2026-11-19 10:00"), 90).await;
        let planned = |id: MeetingId, starts: &str| ProposedSession { id, starts_at: uk(starts), ends_at: uk(starts) + TimeDelta::minutes(90) };
        let proposal = Proposal {
            group: working.aire,
            supervisor: working.ruth,
            sessions: vec![
                planned(MeetingId(new_id()), "2026-10-29 11:00"),
                planned(MeetingId(new_id()), "2026-11-05 16:00"),
                planned(MeetingId(new_id()), "2026-11-12 10:00"),
                // The same session an hour later does not stand in its own way.
                planned(MeetingId(moved.0), "2026-11-19 11:00"),
            ],
            replaces: vec![MeetingId(moved.0)],
        };
        let verdict = refuse_or_warn(&mut fixture.snapshot().await, Reader::Manager, &proposal).await.unwrap();
        let found: Vec<_> = verdict.findings().map(|finding| (finding.kind, finding.starts.to_string())).collect();
        assert_eq!(found, [
            (ClashKind::SupervisorTwice, "2026-10-29 11:00:00".to_owned()),
            (ClashKind::OnLeave, "2026-11-12 10:00:00".to_owned()),
            (ClashKind::OutsideHours, "2026-11-05 16:00:00".to_owned()),
        ]);
        assert!(!verdict.is_unknown);
        let refused = verdict.refuse_to_save().unwrap_err().to_string();
        assert!(refused.starts_with("The supervisor has another session at the same time (Thursday 29 October, 11:00 to 12:30)."), "{refused}");
        assert!(verdict.findings().all(|finding| finding.sentence.contains("Ruth A.") && !finding.plain.contains("Ruth")));

        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let proposal = Proposal { supervisor: daniel, ..proposal };
        let verdict = refuse_or_warn(&mut fixture.snapshot().await, Reader::Manager, &proposal).await.unwrap();
        assert!(verdict.is_unknown && verdict.findings().count() == 0, "{verdict:?}");
    }

    async fn what_was_planned_with_a_reason_is_kept_with_it(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        add_hours(&ruth, &own(&ruth).await, &usual()).await.unwrap();
        let friday = session(fixture, working.aire, uk("2026-10-30 10:00"), 90).await;
        let sessions = vec![ProposedSession { id: MeetingId(friday.0), starts_at: uk("2026-10-30 10:00"), ends_at: uk("2026-10-30 11:30") }];
        let proposal = Proposal { group: working.aire, supervisor: working.ruth, sessions, replaces: Vec::new() };
        let mut transaction = ruth.begin().await.unwrap();
        take_supervisor(&mut transaction, working.ruth).await.unwrap();
        let verdict = refuse_or_warn(&mut transaction, Reader::Supervisor(working.ruth), &proposal).await.unwrap();
        assert_eq!(verdict.refuse_to_publish(None).unwrap_err().status(), 422);
        verdict.refuse_to_publish(Some(KeepReason::Agreed)).unwrap();
        keep_warned(&mut transaction, &ruth, &proposal, &verdict, KeepReason::Agreed).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(conflicts(&ruth).await.first().and_then(|conflict| conflict.kept), Some(KeepReason::Agreed));
    }

    async fn the_free_supervisors_of_each_session_come_in_the_order_of_the_hours_left_to_them(fixture: Fixture) {
        let working = working(fixture).await;
        let sian = coordinator(fixture).await;
        for (name, contracted) in [("Bola", Some(600)), ("Chidi", None), ("Dana", Some(900)), ("Ewa", Some(1200))] {
            let who = person(fixture, name, "Example", &[Role::Supervisor]).await;
            let opened = open_availability(&sian, &code_of(fixture, who).await).await.unwrap();
            add_hours(&sian, &opened, &usual()).await.unwrap();
            set_limits(&sian, &opened, 0, &Limits { contracted_minutes: contracted, ..Limits::default() }).await.unwrap();
            if name == "Dana" {
                // Six hours of the week are gone, and half past ten on Thursday.
                let dove = group(fixture, who, &[], GroupKind::Group).await;
                session(fixture, dove, uk("2026-10-26 10:00"), 300).await;
                session(fixture, dove, uk("2026-10-29 10:30"), 60).await;
            }
            if name == "Ewa" {
                add_leave(&sian, &opened, &training("2026-11-05", "2026-11-05")).await.unwrap();
            }
        }
        person(fixture, "Farid", "Silent", &[Role::Supervisor]).await;
        let morning = session(fixture, working.aire, uk("2026-10-29 10:00"), 90).await;
        let afternoon = session(fixture, working.aire, uk("2026-10-29 14:00"), 90).await;
        let later = session(fixture, working.aire, uk("2026-11-05 10:00"), 90).await;
        let mut meetings = Vec::new();
        for id in [morning, afternoon, later] {
            meetings.push(meeting(fixture, id).await);
        }
        let free = free_supervisors(&mut fixture.snapshot().await, &meetings).await.unwrap();
        let names: Vec<Vec<String>> = free.iter().map(|free| free.iter().map(|one| one.name.short.clone()).collect()).collect();
        assert_eq!(names, [
            vec!["Ewa E.", "Bola E.", "Chidi E.", "Farid S."],
            vec!["Ewa E.", "Bola E.", "Dana E.", "Chidi E.", "Farid S."],
            vec!["Dana E.", "Bola E.", "Chidi E.", "Farid S."],
        ]);
        let left: Vec<_> = free[1].iter().map(|one| (one.minutes_left, one.has_said)).collect();
        assert_eq!(left, [(Some(1200), true), (Some(600), true), (Some(540), true), (None, true), (None, false)]);
    }
}
