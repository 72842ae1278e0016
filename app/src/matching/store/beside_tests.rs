use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::asking::fixture::ask_everybody;
use crate::availability::Limits;
use crate::availability::store::{open_availability, set_limits};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::group;
use crate::holds::fixture::hold;
use crate::matching::RoundForm;
use crate::matching::answers::RoundOf;
use crate::matching::beside::{AboutBeside, BesideForm};
use crate::matching::fixture::{at, board_of, email_of, form, learner, practitioner, proposed_of, scene, supervisor};
use crate::matching::forms::{BoardAddress, Shown};
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::limits::Limits as RoundLimits;
use crate::matching::model::Stay;
use crate::matching::runs::{AgainForm, ToRunAgain};
use crate::people::fixture::code_of;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::sessions::HostRole;

/// A round of four people that asks for both places.
fn both() -> RoundForm {
    RoundForm { co_supervisor: "yes".to_owned(), observer: "yes".to_owned(), ..form() }
}

struct World {
    sian: Actor,
    amina: Actor,
    /// The two of whom one leads the group.
    leading: [Actor; 2],
    octavia: Actor,
}

/// Two supervisors who lead, one who learns to, and four people for one group.
async fn world(fixture: &Fixture) -> World {
    let (sian, ruth) = scene(fixture).await;
    let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
    let octavia = learner(fixture, &sian, "Octavia").await;
    let amina = practitioner(fixture, "Amina", &[]).await;
    for name in ["Tom", "Grace", "Yusuf"] {
        practitioner(fixture, name, &[]).await;
    }
    World { sian, amina, leading: [ruth, nadia], octavia }
}

impl World {
    /// The one of the two who does not lead the group.
    async fn other(&self, fixture: &Fixture, round: &RoundOf) -> (String, String) {
        let leads = round.groups.first().unwrap().supervisor.code.clone();
        let [ruth, nadia] = [code_of(fixture, self.leading[0].person()).await, code_of(fixture, self.leading[1].person()).await];
        if leads == ruth { (nadia, "Nadia A.".to_owned()) } else { (ruth, "Ruth A.".to_owned()) }
    }
}

/// Who is beside the supervisor of the first group: what they are, who, and what is in their way.
fn beside(round: &RoundOf) -> Vec<(HostRole, Option<String>, Option<String>)> {
    let lines = round.groups.first().unwrap().beside.iter();
    lines.map(|line| (line.role, line.person.as_ref().map(|person| person.short.clone()), line.problem.clone())).collect()
}

/// The places of the first group with everybody who could have them.
async fn about(sian: &Actor, number: i64) -> Vec<AboutBeside> {
    let address = BoardAddress { number: number.to_string(), group: "1".to_owned(), ..BoardAddress::default() };
    round_of(sian, &address).await.unwrap().about_group.unwrap().beside
}

/// Why somebody cannot observe the first group.
async fn why_not(sian: &Actor, number: i64, who: &str) -> Option<String> {
    let observer = about(sian, number).await.pop().unwrap();
    observer.could_not.into_iter().find(|(person, _)| person.short.starts_with(who)).map(|(_, why)| why)
}

/// Who shall be beside the supervisor of the first group of a board as it is now.
async fn choice(sian: &Actor, number: i64, (role, who): (HostRole, &str)) -> BesideForm {
    let seen = board_of(sian, number).await.unwrap().by_hand.seen.to_string();
    let (number, group, who) = (number.to_string(), "0".to_owned(), who.to_owned());
    let form = BesideForm { number, seen, group, role: role.key().to_owned(), ..BesideForm::default() };
    match role {
        HostRole::CoSupervisor => BesideForm { co_supervisor: who, ..form },
        HostRole::Observer => BesideForm { observer: who, ..form },
    }
}

both_databases! {
    async fn a_run_proposes_who_is_beside_the_supervisor_each_of_their_own_pool_and_its_record_gives_the_same_groups_to_the_byte(fixture: Fixture) {
        let world = world(fixture).await;
        let without = proposed_of(fixture, &world.sian, &form()).await;
        assert_eq!((beside(&without), without.record.beside), (Vec::new(), Vec::new()));

        let round = proposed_of(fixture, &world.sian, &both()).await;
        let (_, other) = world.other(fixture, &round).await;
        let expected = [(HostRole::CoSupervisor, Some(other), None), (HostRole::Observer, Some("Octavia A.".to_owned()), None)];
        assert_eq!(beside(&round), expected, "whoever takes on no group can be there to learn");
        assert_eq!(round.record.beside, HostRole::ALL);
        let about = about(&world.sian, round.line.number).await;
        assert_eq!(about[1].why, "Free then, and has led no group yet. No contracted hours are entered.");
        assert!(about.iter().all(|place| place.could_not.iter().any(|(_, why)| why == "Leads this group.")));

        let (instance, proposal) = round_text(&world.sian, round.line.number).await.unwrap();
        let octavia = code_of(fixture, world.octavia.person()).await;
        assert!(!instance.contains(&octavia) && !proposal.as_ref().unwrap().contains(&octavia), "the engine knows nothing of it");
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        assert_eq!(reproduce(&asked, round.record.steps_done).map(|(_, proposal)| proposal), proposal);
    }

    async fn nobody_is_beside_a_supervisor_who_may_not_meet_a_member_or_has_no_hours_left_or_is_not_new(fixture: Fixture) {
        let world = world(fixture).await;
        let octavia = code_of(fixture, world.octavia.person()).await;
        keep_apart(&world.sian, &octavia, &Apart::Person(email_of(fixture, world.amina.person()).await)).await.unwrap();
        let round = proposed_of(fixture, &world.sian, &both()).await;
        assert_eq!(beside(&round)[1], (HostRole::Observer, None, None));
        assert_eq!(why_not(&world.sian, round.line.number, "Octavia").await.as_deref(), Some("May not be in one group with Amina E."));

        let paula = learner(fixture, &world.sian, "Paula").await;
        let opened = open_availability(&world.sian, &code_of(fixture, paula.person()).await).await.unwrap();
        set_limits(&world.sian, &opened, 0, &Limits { contracted_minutes: Some(30), ..Limits::default() }).await.unwrap();
        let ines = learner(fixture, &world.sian, "Ines").await;
        let led = group(fixture, ines.person(), &[], GroupKind::Group).await;
        let long_ago = "UPDATE supervision_group SET created_at = $2 WHERE id = $1";
        let database = &fixture.database;
        let at_that_time = fixture.now() - TimeDelta::days(366);
        on!(database, pool => sqlx::query(long_ago).bind(led).bind(at_that_time).execute(pool).await.map(|_| ())).unwrap();
        let number = proposed_of(fixture, &world.sian, &both()).await.line.number;
        assert_eq!(why_not(&world.sian, number, "Paula").await.as_deref(), Some("Has no contracted hours left for it."));
        assert_eq!(why_not(&world.sian, number, "Ines").await.as_deref(), Some("Has led groups for a year or more."));
        assert_eq!(beside(&board_of(&world.sian, number).await.unwrap())[1].1, None);
    }

    async fn a_coordinator_gives_a_place_to_somebody_else_or_to_nobody_and_takes_that_back(fixture: Fixture) {
        let world = world(fixture).await;
        let round = proposed_of(fixture, &world.sian, &both()).await;
        let (sian, number) = (&world.sian, round.line.number);
        let (other, _) = world.other(fixture, &round).await;
        let octavia = code_of(fixture, world.octavia.person()).await;
        let before = beside(&round);

        let same = choice(sian, number, (HostRole::Observer, &octavia)).await;
        assert!(matches!(choose_beside(sian, &same).await, Err(AppError::Conflict(_))), "nothing would change");
        let twice = choice(sian, number, (HostRole::Observer, &other)).await;
        assert!(matches!(choose_beside(sian, &twice).await, Err(AppError::Conflict(_))), "nobody has two places");
        let shown = choose_beside(sian, &choice(sian, number, (HostRole::Observer, "")).await).await.unwrap();
        let board = board_of(sian, number).await.unwrap();
        assert_eq!(beside(&board)[1], (HostRole::Observer, None, None));
        assert_eq!(about(sian, number).await[1].why, "Left empty by hand.");
        assert!(board.by_hand.changes[0].sentence.starts_with("No observer, Thursday "), "{:?}", board.by_hand.changes);
        assert!(matches!(choose_beside(sian, &same).await, Err(AppError::Conflict(_))), "the board has changed since it was shown");

        take_back(sian, shown).await.unwrap();
        assert_eq!(beside(&board_of(sian, number).await.unwrap()), before);
        choose_beside(sian, &choice(sian, number, (HostRole::CoSupervisor, "")).await).await.unwrap();
        choose_beside(sian, &choice(sian, number, (HostRole::Observer, &other)).await).await.unwrap();
        assert_eq!(about(sian, number).await[1].why, "Chosen by hand. Free then, and has led no group yet. No contracted hours are entered.");
        assert_eq!(board_of(sian, number).await.unwrap().by_hand.changes.len(), 4, "two places were changed, beside what was taken back");
    }

    async fn two_who_may_not_meet_are_never_beside_one_supervisor(fixture: Fixture) {
        let world = world(fixture).await;
        let sian = &world.sian;
        let round = proposed_of(fixture, sian, &both()).await;
        let (number, (other_code, other)) = (round.line.number, world.other(fixture, &round).await);
        let octavia = code_of(fixture, world.octavia.person()).await;
        let [ruth, nadia] = &world.leading;
        let leads_too = if other.starts_with("Ruth") { ruth } else { nadia };
        keep_apart(sian, &octavia, &Apart::Person(email_of(fixture, leads_too.person()).await)).await.unwrap();

        let apart = format!("May not be in one group with {other}");
        let expected = [(HostRole::CoSupervisor, Some(other.clone()), None), (HostRole::Observer, Some("Octavia A.".to_owned()), Some(apart.clone()))];
        assert_eq!(beside(&board_of(sian, number).await.unwrap()), expected, "whoever leads it too stays");
        choose_beside(sian, &choice(sian, number, (HostRole::Observer, "")).await).await.unwrap();
        assert_eq!(why_not(sian, number, "Octavia").await, Some(apart));
        let refused = choose_beside(sian, &choice(sian, number, (HostRole::Observer, &octavia)).await).await;
        assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
        choose_beside(sian, &choice(sian, number, (HostRole::CoSupervisor, "")).await).await.unwrap();
        choose_beside(sian, &choice(sian, number, (HostRole::Observer, &octavia)).await).await.unwrap();
        let refused = choose_beside(sian, &choice(sian, number, (HostRole::CoSupervisor, &other_code)).await).await;
        assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");

        let proposed = beside(&proposed_of(fixture, sian, &both()).await);
        let names: Vec<&str> = proposed.iter().filter_map(|(_, who, _)| who.as_deref()).collect();
        assert!(!(names.contains(&other.as_str()) && names.contains(&"Octavia A.")), "{proposed:?}");
        assert!(proposed.iter().all(|(.., problem)| problem.is_none()), "{proposed:?}");
    }

    async fn nobody_is_beside_a_supervisor_for_more_of_their_contract_than_the_round_proposes_and_run_again_with_more_they_are(fixture: Fixture) {
        let world = world(fixture).await;
        let sian = &world.sian;
        let opened = open_availability(sian, &code_of(fixture, world.octavia.person()).await).await.unwrap();
        set_limits(sian, &opened, 0, &Limits { contracted_minutes: Some(60), ..Limits::default() }).await.unwrap();
        let of_contract = |most_share| RoundLimits { most_share, ..RoundLimits::default() };
        let round = proposed_of(fixture, sian, &both().limited(&of_contract(50))).await;
        let number = round.line.number;
        assert_eq!(beside(&round)[1], (HostRole::Observer, None, None));
        assert_eq!(why_not(sian, number, "Octavia").await.as_deref(), Some("Has no contracted hours left for it."));

        let again = AgainForm { change: Shown { number, seen: 0 }.change(), stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
        let again = ToRunAgain { limits: Some(of_contract(100)), ..again.check().unwrap() };
        let again = run_again(sian, &again).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        assert_eq!(beside(&board_of(sian, again).await.unwrap())[1].1.as_deref(), Some("Octavia A."));
        assert_eq!(about(sian, again).await[1].why, "Free then, and has led no group yet. 2 hours of their contract are left in two weeks.");
    }

    async fn who_is_beside_a_supervisor_stays_as_it_was_once_people_were_asked(fixture: Fixture) {
        let world = world(fixture).await;
        let number = proposed_of(fixture, &world.sian, &both()).await.line.number;
        let shown = choose_beside(&world.sian, &choice(&world.sian, number, (HostRole::CoSupervisor, "")).await).await.unwrap();
        ask_everybody(&world.sian, number).await;
        let form = choice(&world.sian, number, (HostRole::Observer, "")).await;
        assert!(matches!(choose_beside(&world.sian, &form).await, Err(AppError::Conflict(_))));
        assert!(matches!(take_back(&world.sian, shown).await, Err(AppError::Conflict(_))));
    }

    async fn whoever_is_held_since_the_run_is_shown_with_what_is_in_their_way(fixture: Fixture) {
        let world = world(fixture).await;
        let round = proposed_of(fixture, &world.sian, &both()).await;
        hold(fixture, world.octavia.person()).await;
        let board = board_of(&world.sian, round.line.number).await.unwrap();
        let problem = beside(&board)[1].2.clone().unwrap();
        assert!(problem.starts_with("Is not available for matching since "), "{problem}");
    }

    async fn what_a_coordinator_has_chosen_stays_when_the_round_is_run_again(fixture: Fixture) {
        let world = world(fixture).await;
        let number = proposed_of(fixture, &world.sian, &both()).await.line.number;
        let shown: Shown = choose_beside(&world.sian, &choice(&world.sian, number, (HostRole::CoSupervisor, "")).await).await.unwrap();
        let again = AgainForm { change: shown.change(), stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
        let again = run_again(&world.sian, &again.check().unwrap()).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        let board = board_of(&world.sian, again).await.unwrap();
        let expected = [(HostRole::CoSupervisor, None, None), (HostRole::Observer, Some("Octavia A.".to_owned()), None)];
        assert_eq!(beside(&board), expected, "the place that was left empty stays so");
    }
}
