use ::matching::Window;
use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::group;
use crate::matching::answers::RoundOf;
use crate::matching::candidates::ident;
use crate::matching::fixture::{at, board_of, email_of, form, practitioner, proposed, scene, supervisor};
use crate::matching::forms::RoundForm;
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::limits::Limits;
use crate::matching::model::{Part, RoundState, Rule};
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{keep_apart, note_clearances};
use crate::registration::{Apart, ClearanceKind, Step, StepForm};
use crate::sessions::fixture::session;

fn members(round: &RoundOf) -> Vec<Vec<&str>> {
    round.groups.iter().map(|group| group.members.iter().map(|member| member.person.short.as_str()).collect()).collect()
}

/// The hours of a supervisor in the question of the next round.
async fn free_time(fixture: &Fixture, sian: &Actor, ruth: &Actor) -> Vec<Window> {
    let number = start_round(sian, &form()).await.unwrap();
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    let (instance, _) = round_text(sian, number).await.unwrap();
    let id = ident(Part::Supervisor, &code_of(fixture, ruth.person()).await);
    let supervisors = ::matching::Instance::read(instance.as_bytes()).unwrap().supervisors;
    supervisors.into_iter().find(|one| one.id == id).unwrap().availability
}

async fn obstacles(sian: &Actor, given_name: &str) -> Vec<String> {
    let round = round_to_start(sian, form()).await.unwrap();
    let one = round.looked_at.into_iter().find(|one| one.person.short.starts_with(given_name)).unwrap();
    one.obstacles
}

both_databases! {
    async fn a_round_proposes_a_group_that_can_be_looked_at_and_its_record_gives_the_same_to_the_byte(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let round = proposed(fixture, &sian).await;
        assert_eq!((round.line.state, round.line.placed, round.line.asking), (RoundState::Done, 4, 4));
        let group = round.groups.first().unwrap();
        assert_eq!((group.supervisor.code.clone(), group.members.len()), (code_of(fixture, ruth.person()).await, 4));
        assert!(group.when.starts_with("Thursday ") && group.members.iter().all(|member| member.is_preferred), "{group:?}");
        assert_eq!(round.record.score, Some(round.groups.iter().map(|group| group.score).sum::<i64>()), "one group costs no more");

        let (instance, proposal) = round_text(&sian, round.line.number).await.unwrap();
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        assert_eq!(reproduce(&asked, round.record.steps_done).map(|(_, proposal)| proposal), proposal);
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::days(1))).await.unwrap(), 0, "a round that is over stays as it is");
    }

    async fn a_supervisor_whose_clearance_runs_out_before_the_last_day_leads_nothing_and_the_date_is_said(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace"] {
            practitioner(fixture, name, &[]).await;
        }
        let code = code_of(fixture, ruth.person()).await;
        let until = |date: &str| date.parse::<NaiveDate>().ok();
        note_clearances(&sian, &code, &[(ClearanceKind::Indemnity, until("2027-05-22")), (ClearanceKind::Dbs, None)]).await.unwrap();
        assert_eq!(
            obstacles(&sian, "Ruth").await,
            [
                "Professional indemnity: good until Saturday 22 May 2027, and groups meet until Sunday 23 May 2027.",
                "DBS decision, to be looked at again: no date is written down."
            ]
        );
        let round = proposed(fixture, &sian).await;
        assert_eq!((round.groups.len(), round.not_placed.len()), (0, 3));
        assert_eq!(round.not_placed.first().unwrap().reason, "No supervisor of this round leads such a group.");
        assert!(round.looked_at.iter().any(|one| one.part == Part::Supervisor && one.obstacles.len() == 2));
    }

    async fn whoever_manages_somebody_up_to_two_steps_and_whoever_is_kept_apart_is_in_no_group_with_them(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let top = practitioner(fixture, "Top", &[]).await;
        let named = |manager_email: String| StepForm { manager: "named".to_owned(), manager_email, ..answer(Step::Manager) };
        let middle = practitioner(fixture, "Middle", &[named(email_of(fixture, top.person()).await)]).await;
        let low = practitioner(fixture, "Low", &[named(email_of(fixture, middle.person()).await)]).await;
        let others = [practitioner(fixture, "Amina", &[]).await, practitioner(fixture, "Tom", &[]).await];
        let avoided_emails = email_of(fixture, low.person()).await;
        practitioner(fixture, "Grace", &[StepForm { avoided_emails, ..answer(Step::Apart) }]).await;
        let [amina, tom] = others;
        keep_apart(&sian, &code_of(fixture, amina.person()).await, &Apart::Person(email_of(fixture, tom.person()).await)).await.unwrap();

        let round = proposed(fixture, &sian).await;
        for pair in [["Top E.", "Middle E."], ["Top E.", "Low E."], ["Middle E.", "Low E."], ["Grace E.", "Low E."], ["Amina E.", "Tom E."]] {
            assert!(members(&round).iter().all(|group| !pair.iter().all(|name| group.contains(name))), "{pair:?} in {:?}", members(&round));
        }
        assert_eq!(round.record.conflicts, 5);
        let (instance, _) = round_text(&sian, round.line.number).await.unwrap();
        assert!(!instance.contains('@'), "no address of anybody is in the file");
    }

    async fn whoever_is_not_ready_is_named_with_what_is_in_the_way(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let unknown = StepForm { competence: "unknown".to_owned(), ..answer(Step::Competence) };
        practitioner(fixture, "Unsure", &[unknown]).await;
        assert_eq!(obstacles(&sian, "Unsure").await, ["Does not know the level yet. Ask, and let them change the answer."]);
        let elsewhere = practitioner(fixture, "Elsewhere", &[]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE authority SET stage = 'aware' WHERE slug = 'bradford'").execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(obstacles(&sian, "Elsewhere").await, ["The participation agreement of Bradford is not signed."]);
        assert_eq!(start_round(&sian, &form()).await.unwrap_err().status(), 409, "nobody would take part");
        let later = fixture.actor_at(fixture.now() + TimeDelta::days(200), sian.person(), &[Role::Coordinator]);
        let old = round_to_start(&later, form()).await.unwrap().looked_at;
        let code = code_of(fixture, elsewhere.person()).await;
        assert!(old.iter().any(|one| one.person.code == code && one.is_stale), "answers of more than six months are flagged");
    }

    async fn whoever_leads_or_is_in_a_session_then_is_not_proposed_at_that_time(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace"] {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let when = proposed(fixture, &sian).await.groups[0].when.clone();
        // Her other group meets at the time that was proposed, every second week, on every date of the round.
        let meets = settled(&mut fixture.snapshot().await, 1).await.unwrap().proposal.groups[0].clone();
        let group = group(fixture, ruth.person(), &[], GroupKind::OneToOne).await;
        let monday = "2026-11-23".parse::<NaiveDate>().unwrap();
        for place in 0..13 {
            let date = monday + chrono::Days::new(u64::try_from(meets.week * 7 + meets.day).unwrap() + 14 * place);
            let starts = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(meets.start);
            session(fixture, group, ::series::instant(starts), 90).await;
        }
        let hours = free_time(fixture, &sian, &ruth).await;
        assert!(!hours.iter().any(|window| (window.week, window.day) == (meets.week, meets.day) && window.from < meets.start + 90 && meets.start < window.to), "{hours:?}");
        assert!(!hours.is_empty());
        let second = proposed(fixture, &sian).await;
        assert!(second.groups.iter().all(|group| group.when != when), "{when}");
    }

    async fn a_supervisor_takes_on_no_more_groups_than_they_said_counting_those_that_began_since(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        practitioner(fixture, "Amina", &[]).await;
        assert_eq!(obstacles(&sian, "Ruth").await, Vec::<String>::new());
        for _ in 0..2 {
            let began = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            let database = &fixture.database;
            let later = fixture.now() + TimeDelta::minutes(1);
            on!(database, pool => sqlx::query("UPDATE supervision_group SET created_at = $2 WHERE id = $1").bind(began).bind(later).execute(pool).await.map(|_| ())).unwrap();
        }
        assert_eq!(obstacles(&sian, "Ruth").await, ["Has taken on as many new groups since as they said they could."]);
    }

    async fn a_rule_that_is_turned_off_stands_in_the_record_with_its_reason(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        for name in ["Amina", "Tom"] {
            practitioner(fixture, name, &[]).await;
        }
        let all = proposed(fixture, &sian).await;
        assert_eq!((all.groups.len(), all.record.rules_off), (0, 0), "two are no group");
        let asked = RoundForm {
            rules_shown: "yes".to_owned(),
            rules_kept: vec!["pause".to_owned(), "region".to_owned()],
            rules_reason: "Both work nights".to_owned(),
            ..form()
        };
        let number = start_round(&sian, &asked).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        let round = board_of(&sian, number).await.unwrap();
        assert_eq!((round.groups.len(), round.record.rules_off), (1, 1));
        let rules = rules_of(&sian, number).await.unwrap();
        assert_eq!((rules.off, rules.reason.as_str()), (vec![Rule::Three], "Both work nights"));
    }

    async fn one_process_works_on_a_round_and_another_takes_it_over_where_it_died(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace"] {
            practitioner(fixture, name, &[]).await;
        }
        let number = start_round(&sian, &form()).await.unwrap();
        let (now, soon, late) = (at(fixture, TimeDelta::zero()), at(fixture, TimeDelta::minutes(1)), at(fixture, TimeDelta::minutes(3)));
        let first = take_round(&now).await.unwrap().unwrap();
        assert!(take_round(&soon).await.unwrap().is_none(), "somebody holds it");
        assert_eq!(note_progress(&soon, &first, Progress { steps_done: 5, ..Progress::default() }).await.unwrap(), Verdict::GoOn);
        assert!(take_round(&soon).await.unwrap().is_none());
        let second = take_round(&late).await.unwrap();
        assert!(second.is_none(), "a sign of life holds it for two minutes more");
        let second = take_round(&at(fixture, TimeDelta::minutes(4))).await.unwrap().unwrap();
        assert_eq!(note_progress(&late, &first, Progress::default()).await.unwrap(), Verdict::Lost);
        assert!(!finish_round(&late, &first, &Answer { proposal: "{}".to_owned(), ..Answer::default() }).await.unwrap(), "what was taken over is not overwritten");
        stop_round(&sian, number).await.unwrap();
        assert_eq!(note_progress(&late, &second, Progress::default()).await.unwrap(), Verdict::Stop);
        assert!(matches!(stop_round(&sian, number).await, Err(AppError::Conflict(_))));

        take_round(&at(fixture, TimeDelta::minutes(8))).await.unwrap().unwrap();
        let much_later = at(fixture, TimeDelta::minutes(12));
        assert_eq!(work_on_rounds(&much_later).await.unwrap(), 0, "a round that has ended three runs is taken no more");
        assert_eq!(board_of(&sian, number).await.unwrap().line.state, RoundState::Failed);
    }

    async fn a_limit_that_is_none_is_said_beside_it_and_everybody_is_looked_at_all_the_same(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        practitioner(fixture, "Amina", &[]).await;
        supervisor(fixture, &sian, "Daniel", "2027-12-31").await;
        let form = RoundForm { most_places: "-4".to_owned(), most_share: "all".to_owned(), ..form().limited(&Limits::default()) };
        let round = round_to_start(&sian, form.clone()).await.unwrap();
        assert_eq!(round.problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["most_places", "most_share"]);
        assert_eq!((round.form.most_places.as_str(), round.form.most_share.as_str(), round.looked_at.len()), ("-4", "all", 3));
        assert!(matches!(start_round(&sian, &form).await, Err(AppError::Invalid(_))));
    }
}
