//! Rounds in which the weakest group goes first, on both databases.

use ::matching::{Instance, Window};
use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::matching::answers::RoundOf;
use crate::matching::fixture::{at, board_of, form, practitioner, proposed_of, scene, supervisor};
use crate::matching::forms::{RoundForm, Shown};
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::levelling::Levelled;
use crate::matching::model::Supposed;
use crate::matching::rules::GIVEN_OF_A_THOUSAND;
use crate::matching::runs::AgainForm;
use crate::registration::Stream;

fn switched(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn first() -> RoundForm {
    RoundForm { weakest_first: switched(&["no", "yes"]), ..form() }
}

/// A coordinator, two supervisors and eight people.
async fn two_and_eight(fixture: &Fixture) -> Actor {
    let (sian, _) = scene(fixture).await;
    supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
    for name in ["Amina", "Tom", "Grace", "Yusuf", "Lena", "Paul", "Femi", "Ines"] {
        practitioner(fixture, name, &[]).await;
    }
    sian
}

/// The same question, but that each supervisor has one hour to give, and that two of those who ask ask for anything at all: one for the supervisor of the
/// first hour and for the second, the other for that supervisor too, without being free then.
async fn with_two_who_ask(fixture: &Fixture, sian: &Actor, number: i64) -> Instance {
    const ASK: &str = "UPDATE matching_round SET instance = $1 WHERE number = $2";

    let mut question = Instance::read(round_text(sian, number).await.unwrap().0.as_bytes()).unwrap();
    let hour = |day| Window { week: 0, day, from: 540, to: 630 };
    for (day, one) in question.supervisors.iter_mut().enumerate() {
        one.availability = vec![hour(i64::try_from(day).unwrap())];
        one.max_groups = 1;
    }
    for (place, one) in question.practitioners.iter_mut().enumerate() {
        (one.authority, one.level, one.urgency) = (format!("E{place}"), 2, 50);
        (one.availability, one.preferred, one.previous_supervisor) = (vec![hour(0), hour(1)], Vec::new(), None);
    }
    question.rules.streams.get_mut("pir").unwrap().max = 5;
    question.practitioners[0].preferred = vec![hour(1)];
    question.practitioners[7].availability = vec![hour(1)];
    for asking in [0, 7] {
        question.practitioners[asking].previous_supervisor = Some(question.supervisors[0].id.clone());
    }
    let database = &fixture.database;
    on!(database, pool => sqlx::query(ASK).bind(question.write().unwrap()).bind(number).execute(pool).await.map(|_| ())).unwrap();
    question
}

/// Works on a round with that question.
async fn worked_on(fixture: &Fixture, sian: &Actor, form: &RoundForm) -> RoundOf {
    let number = start_round(sian, form).await.unwrap();
    with_two_who_ask(fixture, sian, number).await;
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    board_of(sian, number).await.unwrap()
}

fn weakest(round: &RoundOf) -> i64 {
    round.figures.as_ref().unwrap().weakest.unwrap().1.unwrap()
}

both_databases! {
    async fn where_the_weakest_group_goes_first_it_fits_better_and_what_was_given_for_it_is_said(fixture: Fixture) {
        let sian = two_and_eight(fixture).await;
        let usual = worked_on(fixture, &sian, &form()).await;
        assert_eq!((usual.line.placed, usual.groups.len(), weakest(&usual)), (8, 2, 0));
        assert_eq!((usual.record.weakest_first, usual.record.levelled), (false, None));

        let round = worked_on(fixture, &sian, &first()).await;
        assert_eq!((round.line.placed, round.groups.len(), weakest(&round)), (8, 2, 25), "{:?}", round.groups);
        let score = usual.record.score.unwrap();
        assert!(round.record.weakest_first);
        assert_eq!(round.record.levelled, Some(Levelled { moved: 2, weakest: (0, 25), of: score, given: 30 }));
        assert_eq!((round.record.score, round.figures.unwrap().score), (Some(score - 30), score - 30));
        assert!(round.record.bound.unwrap() >= score, "the score is counted as ever, and so is the bound");
    }

    async fn a_round_that_was_levelled_gives_the_same_to_the_byte(fixture: Fixture) {
        let sian = two_and_eight(fixture).await;
        let round = worked_on(fixture, &sian, &first()).await;
        let (instance, proposal) = round_text(&sian, round.line.number).await.unwrap();
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        let (progress, again) = reproduce(&asked, round.record.steps_done).unwrap();
        assert_eq!((Some(again), Some(progress.score)), (proposal, round.record.score));
    }

    async fn of_people_as_they_are_the_weakest_group_is_no_weaker_where_it_goes_first(fixture: Fixture) {
        const KEEP: &str = "UPDATE registration SET kept_supervisor_id = $1 WHERE person_id = $2";

        let (sian, ruth) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        for (nth, kept) in [&ruth, &nadia, &nadia, &ruth, &nadia, &nadia, &nadia, &ruth, &nadia].into_iter().enumerate() {
            let one = practitioner(fixture, &format!("Person{nth}"), &[]).await.person();
            let database = &fixture.database;
            on!(database, pool => sqlx::query(KEEP).bind(kept.person()).bind(one).execute(pool).await.map(|_| ())).unwrap();
        }
        let round = proposed_of(fixture, &sian, &first()).await;
        let Levelled { weakest: (before, after), of, given, .. } = round.record.levelled.unwrap();
        assert!(after >= before);
        assert_eq!((weakest(&round), round.record.score, round.line.placed), (after, Some(of - given), 9));
        assert!(given <= of * GIVEN_OF_A_THOUSAND / 1000);
    }

    async fn whether_the_weakest_group_goes_first_is_kept_with_the_round_and_stays_so_until_somebody_says_otherwise(fixture: Fixture) {
        let sian = two_and_eight(fixture).await;
        let number = worked_on(fixture, &sian, &first()).await.line.number;
        let (rules, to_run) = (rules_of(&sian, number).await.unwrap(), round_to_run_again(&sian, number).await.unwrap());
        assert_eq!((rules.weakest_first, to_run.weakest_first), (GIVEN_OF_A_THOUSAND, true));

        let again = async |words: &[&str]| {
            let change = Shown { number, seen: 0 }.change();
            let form = AgainForm { change, stay: "pinned".to_owned(), weakest_first: switched(words), ..AgainForm::default() };
            run_again(&sian, &form.check().unwrap()).await
        };
        let (same, off) = (again(&[]).await.unwrap(), again(&["no"]).await.unwrap());
        assert!(again(&["no", "yes"]).await.is_err(), "this board is run again in this way already");
        suppose(&sian, number, Supposed::Supervisors { stream: Stream::ParentInfant, count: 1 }).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 3);
        let (same, off) = (board_of(&sian, same).await.unwrap(), board_of(&sian, off).await.unwrap());
        assert_eq!((same.record.weakest_first, weakest(&same)), (true, 25));
        assert_eq!((off.record.weakest_first, off.record.levelled, weakest(&off)), (false, None, 0));
        let database = &fixture.database;
        let supposed: String = on!(database, pool => sqlx::query_scalar("SELECT instance FROM matching_round WHERE number < 0").fetch_one(pool).await).unwrap();
        assert_eq!(Instance::read(supposed.as_bytes()).unwrap().rules.weakest_first, GIVEN_OF_A_THOUSAND);
    }

    async fn whoever_is_kept_in_their_place_stays_there_for_no_weak_group(fixture: Fixture) {
        let sian = two_and_eight(fixture).await;
        let usual = worked_on(fixture, &sian, &form()).await;
        let number = usual.line.number;
        let change = Shown { number, seen: 0 }.change();
        let form = AgainForm { change, weakest_first: switched(&["no", "yes"]), ..AgainForm::default() };
        let again = run_again(&sian, &form.check().unwrap()).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        let round = board_of(&sian, again).await.unwrap();
        assert_eq!((round.record.levelled.unwrap().moved, weakest(&round)), (0, 0), "everybody stays where they are");
        let mut groups = Vec::new();
        for round in [number, again] {
            groups.push(settled(&mut fixture.snapshot().await, round).await.unwrap().proposal);
        }
        assert_eq!(groups.first(), groups.last());
    }
}
