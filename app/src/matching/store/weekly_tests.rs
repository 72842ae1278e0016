//! Rounds whose groups meet every week, on both databases.

use ::matching::{Instance, Window};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::*;
use crate::access::Actor;
use crate::asking::fixture::ask_everybody;
use crate::availability::{Cell, Stretch, Week};
use crate::database::fixture::both_databases;
use crate::database::on;
use crate::groups::GroupKind;
use crate::groups::fixture::group;
use crate::matching::candidates::ident;
use crate::matching::fixture::{at, board_of, form, move_by_hand, practitioner, proposed_of, scene, weekly};
use crate::matching::forms::{BoardAddress, RoundForm, Shown};
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::model::{MeetsEvery, Part, Supposed};
use crate::matching::runs::AgainForm;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::{Step, StepForm, Stream};
use crate::sessions::fixture::session;

const THURSDAY: i64 = 3;

/// Free in the second week on one day alone, between two hours.
fn second_week(weekday: Weekday, (from, to): (u32, u32)) -> StepForm {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let mut week = Week::of_hours(&[]);
    week.paint_stretch(weekday, Stretch::new(at(from), at(to)).unwrap(), Cell::Free);
    StepForm { painted: week.figures(), ..answer(Step::SecondWeek) }
}

async fn question(sian: &Actor, number: i64) -> Instance {
    Instance::read(round_text(sian, number).await.unwrap().0.as_bytes()).unwrap()
}

/// Every window of a question, of whomever.
fn every_window(question: &Instance) -> Vec<Window> {
    let leading = question.supervisors.iter().flat_map(|one| &one.availability);
    let asking = question.practitioners.iter().flat_map(|one| one.availability.iter().chain(&one.preferred));
    leading.chain(asking).copied().collect()
}

/// The hours of the one supervisor in the question of the next round.
async fn hours_of_leader(sian: &Actor, form: &RoundForm) -> Vec<Window> {
    let number = start_round(sian, form).await.unwrap();
    question(sian, number).await.supervisors.remove(0).availability
}

both_databases! {
    async fn a_weekly_round_proposes_a_time_of_every_week_says_so_and_gives_the_same_to_the_byte(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let round = proposed_of(fixture, &sian, &weekly()).await;
        assert_eq!((round.meets_every, round.groups.len(), round.line.placed), (MeetsEvery::Week, 1, 4));
        let when = round.groups[0].when.clone();
        assert!(when.starts_with("Thursday ") && when.ends_with(", every week"), "{when}");
        let windows = every_window(&question(&sian, 1).await);
        assert!(!windows.is_empty() && windows.iter().all(|window| window.week == 0));

        let address = BoardAddress { number: "1".to_owned(), group: "1".to_owned(), ..BoardAddress::default() };
        let about = round_of(&sian, &address).await.unwrap().about_group.unwrap();
        let days: Vec<_> = about.common.days.iter().map(|day| (day.name.as_str(), day.short.as_str())).collect();
        assert_eq!(days, [("Thursday, every week", "Thu")]);

        let (instance, proposal) = round_text(&sian, 1).await.unwrap();
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        assert_eq!(reproduce(&asked, round.record.steps_done).map(|(_, proposal)| proposal), proposal);
        assert_eq!(proposed_of(fixture, &sian, &form()).await.meets_every, MeetsEvery::Fortnight, "unless it is chosen");
        assert!(every_window(&question(&sian, 2).await).iter().any(|window| window.week == 1));
    }

    async fn whoever_is_free_at_other_times_in_the_second_week_is_asked_for_the_times_of_both(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let amina = practitioner(fixture, "Amina", &[second_week(Weekday::Thu, (11, 13))]).await;
        let tom = practitioner(fixture, "Tom", &[second_week(Weekday::Fri, (9, 13))]).await;
        let round = proposed_of(fixture, &sian, &weekly()).await;
        let question = question(&sian, 1).await;
        let mut hours = Vec::new();
        for person in [&amina, &tom] {
            let id = ident(Part::Practitioner, &code_of(fixture, person.person()).await);
            let one = question.practitioners.iter().find(|one| one.id == id).unwrap();
            hours.push((one.availability.clone(), one.preferred.clone()));
        }
        let both = Window { week: 0, day: THURSDAY, from: 11 * 60, to: 13 * 60 };
        assert_eq!(hours, [(vec![both], vec![]), (vec![], vec![])]);
        let tom = round.not_placed.iter().find(|one| one.person.short.starts_with("Tom")).unwrap();
        assert_eq!(tom.reason, "There is no time at which they are free every week.");
    }

    async fn what_a_supervisor_leads_every_second_week_takes_the_time_of_a_weekly_group_and_a_weekly_group_that_of_both_weeks(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        assert_eq!(hours_of_leader(&sian, &weekly()).await, [Window { week: 0, day: THURSDAY, from: 540, to: 1020 }]);
        // In the second week of the round, and in every second one after it.
        let other = group(fixture, ruth.person(), &[], GroupKind::OneToOne).await;
        let thursday: NaiveDate = "2026-12-03".parse().unwrap();
        for time in 0..13 {
            let starts = (thursday + Days::new(14 * time)).and_time(NaiveTime::MIN) + TimeDelta::hours(14);
            session(fixture, other, ::series::instant(starts), 60).await;
        }
        let left = hours_of_leader(&sian, &weekly()).await;
        assert!(left.iter().all(|window| window.to <= 14 * 60 || window.from >= 15 * 60), "{left:?}");

        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2);
        ask_everybody(&sian, 2).await;
        let meets = settled(&mut fixture.snapshot().await, 2).await.unwrap().proposal.groups[0].clone();
        let left = hours_of_leader(&sian, &form()).await;
        let (from, to) = (meets.start, meets.start + 90);
        assert!(left.iter().all(|window| window.to <= from || window.from >= to), "{from} {left:?}");
        assert_eq!([0, 1].map(|week| left.iter().any(|window| window.week == week)), [true; 2]);
    }

    async fn a_weekly_round_stays_weekly_by_hand_run_again_and_in_what_is_supposed_of_it(fixture: Fixture) {
        const SUPPOSED: &str = "SELECT meets_every, instance FROM matching_round WHERE number < 0";

        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            people.push(code_of(fixture, practitioner(fixture, name, &[]).await.person()).await);
        }
        proposed_of(fixture, &sian, &weekly()).await;
        move_by_hand(&sian, 1, &people[0], "list").await.unwrap();
        let address = BoardAddress { number: "1".to_owned(), person: people[0].clone(), ..BoardAddress::default() };
        let about = round_of(&sian, &address).await.unwrap().about_person.unwrap();
        let back = about.ways.iter().find(|way| way.key == "group-0").unwrap();
        assert!(back.about.contains(", every week, ") && back.breaks.is_empty(), "{back:?}");

        let again = AgainForm { change: Shown { number: 1, seen: 1 }.change(), ..AgainForm::default() };
        assert_eq!(run_again(&sian, &again.check().unwrap()).await.unwrap(), 2);
        suppose(&sian, 1, Supposed::Supervisors { stream: Stream::ParentInfant, count: 2 }).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2);
        let second = board_of(&sian, 2).await.unwrap();
        assert_eq!((second.meets_every, second.line.placed), (MeetsEvery::Week, 4), "whoever was taken out has their place again");
        assert!(second.groups.iter().all(|group| group.when.ends_with(", every week")));
        let database = &fixture.database;
        let (meets_every, instance): (MeetsEvery, String) =
            on!(database, pool => sqlx::query_as(SUPPOSED).fetch_one(pool).await).unwrap();
        assert_eq!(meets_every, MeetsEvery::Week);
        let windows = every_window(&Instance::read(instance.as_bytes()).unwrap());
        assert!(windows.iter().any(|window| window.day == 0) && windows.iter().all(|window| window.week == 0));
    }
}
