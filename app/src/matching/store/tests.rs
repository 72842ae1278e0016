use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::access::{Actor, Premises, Role, System, system};
use crate::authorities::store::enter_eligible;
use crate::availability::NewHours;
use crate::availability::store::{add_hours, open_availability};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, on};
use crate::error::AppError;
use crate::groups::fixture::coordinator;
use crate::matching::answers::RoundOf;
use crate::matching::forms::{BoardAddress, RoundForm};
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::model::{Part, RoundState};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::registration::fixture::{answer, register};
use crate::registration::store::{keep_apart, note_clearances, save_offering};
use crate::registration::{Apart, ClearanceKind, NewOffering, Step, StepForm};
use crate::waiting::Way;

const PRACTITIONER: &[Role] = &[Role::Practitioner];
const SUPERVISOR: &[Role] = &[Role::Supervisor];

pub(super) fn form() -> RoundForm {
    RoundForm { starts_on: "2026-11-23".to_owned(), ends_on: "2027-05-23".to_owned(), ..RoundForm::default() }
}

pub(super) fn at(fixture: &Fixture, later: TimeDelta) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(fixture.now() + later),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "groups are proposed")
}

/// Puts somebody into an authority whose agreement is signed.
async fn belong(fixture: &Fixture, person: PersonId, slug: &str) {
    const BELONG: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = $1) WHERE id = $2";
    const AGREE: &str = "UPDATE authority SET stage = 'active' WHERE slug = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(BELONG).bind(slug).bind(person).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(AGREE).bind(slug).execute(pool).await.map(|_| ())).unwrap();
}

pub(super) async fn email_of(fixture: &Fixture, person: PersonId) -> String {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar("SELECT email FROM person WHERE id = $1").bind(person).fetch_one(pool).await).unwrap()
}

pub(super) async fn practitioner(fixture: &Fixture, given_name: &str, otherwise: &[StepForm]) -> Actor {
    let actor = fixture.actor(person(fixture, given_name, "Example", PRACTITIONER).await, PRACTITIONER);
    belong(fixture, actor.person(), "bradford").await;
    register(&actor, otherwise).await;
    actor
}

/// A supervisor who holds everything until a day.
pub(super) async fn supervisor(fixture: &Fixture, sian: &Actor, given_name: &str, until: &str) -> Actor {
    let ruth = fixture.actor(person(fixture, given_name, "Adeyemi", SUPERVISOR).await, SUPERVISOR);
    let offering =
        NewOffering { shown: 0, interventions: vec!["solihull".to_owned()], way: Way::Online, region: "London".to_owned(), most_groups: 2 };
    save_offering(&ruth, &offering).await.unwrap();
    let until: NaiveDate = until.parse().unwrap();
    let held: Vec<_> = ClearanceKind::ALL.iter().map(|kind| (*kind, Some(until))).collect();
    note_clearances(sian, &code_of(fixture, ruth.person()).await, &held).await.unwrap();
    let at = |text: &str| chrono::NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let stretch = crate::availability::Stretch::new(at("09:00"), at("17:00")).unwrap();
    let hours = NewHours { weekdays: vec![chrono::Weekday::Thu], stretch, kinds: Vec::new(), is_preferred: false };
    let own = open_availability(&ruth, "").await.unwrap();
    add_hours(&ruth, &own, &hours).await.unwrap();
    ruth
}

/// A coordinator with authorities to choose from, and a supervisor who can lead.
pub(super) async fn scene(fixture: &Fixture) -> (Actor, Actor) {
    let sian = coordinator(fixture).await;
    let mut transaction = sian.begin().await.unwrap();
    enter_eligible(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let ruth = supervisor(fixture, &sian, "Ruth", "2027-12-31").await;
    (sian, ruth)
}

pub(super) async fn board_of(sian: &Actor, number: i64) -> Result<RoundOf, AppError> {
    round_of(sian, &BoardAddress { number: number.to_string(), ..BoardAddress::default() }).await
}

pub(super) async fn proposed(fixture: &Fixture, sian: &Actor) -> RoundOf {
    let number = start_round(sian, &form()).await.unwrap();
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    board_of(sian, number).await.unwrap()
}

fn members(round: &RoundOf) -> Vec<Vec<&str>> {
    round.groups.iter().map(|group| group.members.iter().map(|member| member.person.short.as_str()).collect()).collect()
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
        assert!(!finish_round(&late, &first, Progress::default(), "{}").await.unwrap(), "what was taken over is not overwritten");
        stop_round(&sian, number).await.unwrap();
        assert_eq!(note_progress(&late, &second, Progress::default()).await.unwrap(), Verdict::Stop);
        assert!(matches!(stop_round(&sian, number).await, Err(AppError::Conflict(_))));

        take_round(&at(fixture, TimeDelta::minutes(8))).await.unwrap().unwrap();
        let much_later = at(fixture, TimeDelta::minutes(12));
        assert_eq!(work_on_rounds(&much_later).await.unwrap(), 0, "a round that has ended three runs is taken no more");
        assert_eq!(board_of(&sian, number).await.unwrap().line.state, RoundState::Failed);
    }
}
