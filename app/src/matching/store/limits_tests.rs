//! What bounds a round, on both databases: needs that its groups can meet, places of an authority, and the share of a contract.

use ::matching::{Instance, Practitioner};
use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::asking::fixture::ask_everybody;
use crate::availability::Limits as OfContract;
use crate::availability::store::{open_availability, set_limits};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::holds::fixture::hold;
use crate::matching::answers::LookedAt;
use crate::matching::candidates::ident;
use crate::matching::fixture::{at, belong, board_of, form, move_by_hand, practitioner, proposed, proposed_of, scene, supervisor};
use crate::matching::forms::{BoardAddress, BoardForm, RoundForm, Shown};
use crate::matching::jobs::work_on_rounds;
use crate::matching::limits::Limits;
use crate::matching::model::{Part, Stay};
use crate::matching::needs::NeedsMet;
use crate::matching::runs::AgainForm;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, save_offering};
use crate::registration::{NewOffering, Step, StepForm};
use crate::waiting::{Urgency, Way};

const NAMES: [&str; 4] = ["Amina", "Tom", "Grace", "Yusuf"];

/// Who needs something, and would meet in some way.
fn needing(needs: &[&str], way: Way) -> [StepForm; 2] {
    let needs = needs.iter().map(|need| (*need).to_owned()).collect();
    [StepForm { needs, ..answer(Step::Needs) }, StepForm { way: way.key().to_owned(), ..answer(Step::Way) }]
}

/// A round of everybody with some limits.
fn limited(limits: &Limits) -> RoundForm {
    form().limited(limits)
}

fn met(keys: &[&str]) -> Limits {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    Limits { needs_met: NeedsMet::of_keys(&keys), ..Limits::default() }
}

fn places(most: i64) -> Limits {
    Limits { most_places: Some(most), ..Limits::default() }
}

/// A round that is run again with other limits.
fn again(number: i64, limits: &Limits) -> AgainForm {
    let RoundForm { limits_shown, needs_met, most_places, most_share, .. } = limited(limits);
    AgainForm { change: Shown { number, seen: 0 }.change(), limits_shown, needs_met, most_places, most_share, ..AgainForm::default() }
}

async fn run_as(fixture: &Fixture, sian: &Actor, form: AgainForm) -> Result<i64, AppError> {
    let number = run_again(sian, &form.check().unwrap()).await?;
    assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
    Ok(number)
}

async fn question(sian: &Actor, number: i64) -> Instance {
    Instance::read(round_text(sian, number).await.unwrap().0.as_bytes()).unwrap()
}

async fn in_question(fixture: &Fixture, sian: &Actor, number: i64, who: &Actor) -> Option<Practitioner> {
    let ident = ident(Part::Practitioner, &code_of(fixture, who.person()).await);
    question(sian, number).await.practitioners.into_iter().find(|one| one.id == ident)
}

/// What is said of somebody who was looked at for a round; nothing where nothing is.
async fn said_of(sian: &Actor, number: i64, given_name: &str) -> Option<LookedAt> {
    board_of(sian, number).await.unwrap().looked_at.into_iter().find(|one| one.person.short.starts_with(given_name))
}

async fn who_is_placed(sian: &Actor, number: i64) -> Vec<String> {
    let groups = board_of(sian, number).await.unwrap().groups;
    let mut names: Vec<String> = groups.into_iter().flat_map(|group| group.members).map(|member| member.person.short).collect();
    names.sort_unstable();
    names
}

async fn meets_in_person(ruth: &Actor) {
    let offering = NewOffering {
        shown: 1,
        interventions: vec!["solihull".to_owned()],
        way: Way::InPerson,
        region: "Yorkshire and The Humber".to_owned(),
        most_groups: 2,
    };
    save_offering(ruth, &offering).await.unwrap();
}

both_databases! {
    async fn whoever_needs_what_the_rooms_do_not_have_is_asked_for_online_alone_and_the_file_does_not_say_why(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        meets_in_person(&ruth).await;
        for name in ["Amina", "Tom", "Grace"] {
            let StepForm { way, .. } = needing(&[], Way::Either)[1].clone();
            practitioner(fixture, name, &[StepForm { way, ..answer(Step::Way) }]).await;
        }
        let lena = practitioner(fixture, "Lena", &needing(&["step_free"], Way::Either)).await;
        let before = round_to_start(&sian, form()).await.unwrap();
        let needs = "Needs step-free access, which the rooms of this round do not have; online suits them.";
        let lena_before = before.looked_at.iter().find(|one| one.person.short.starts_with("Lena")).unwrap();
        assert_eq!((lena_before.needs.as_deref(), lena_before.obstacles.len()), (Some(needs), 0), "she takes part, and is shown before the start");

        let round = proposed(fixture, &sian).await;
        assert_eq!(round.line.placed, 3);
        assert_eq!(in_question(fixture, &sian, 1, &lena).await.unwrap().modes, ["online"]);
        let text = round_text(&sian, 1).await.unwrap().0;
        assert!(!text.contains("step_free") && !text.contains("needs"), "{text}");
        let left = round.not_placed.iter().find(|one| one.person.short.starts_with("Lena")).unwrap();
        assert_eq!(left.reason, format!("{needs} No supervisor who fits meets in the way asked for."));
        assert_eq!(said_of(&sian, 1, "Lena").await.unwrap().needs.as_deref(), Some(needs));

        // A move by hand says the rule that it breaks, beside the page and in the browser.
        let code = code_of(fixture, lena.person()).await;
        let address = BoardAddress { number: "1".to_owned(), person: code.clone(), ..BoardAddress::default() };
        let about = round_of(&sian, &address).await.unwrap().about_person.unwrap();
        let way = about.ways.iter().find(|way| way.key == "group-0").unwrap();
        let broken = "Lena E. needs step-free access, which the rooms of this round do not have.";
        assert_eq!((way.breaks.clone(), way.may_be_broken), (vec![broken.to_owned()], true));
        assert!(board_in_hand(&sian, 1).await.unwrap().contains(broken));
        assert!(matches!(move_by_hand(&sian, 1, &code, "group-0").await, Err(AppError::Invalid(_))), "without a reason");
        let reason = "The room on that day has a ramp".to_owned();
        let form = BoardForm { number: "1".to_owned(), seen: "0".to_owned(), person: code, to: "group-0".to_owned(), reason };
        move_person(&sian, &form).await.unwrap();
        assert_eq!(board_of(&sian, 1).await.unwrap().figures.unwrap().broken, 1);
    }

    async fn whoever_is_left_no_way_to_meet_is_named_with_the_need_and_placed_once_the_round_meets_it(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        meets_in_person(&ruth).await;
        for name in ["Amina", "Tom", "Grace"] {
            practitioner(fixture, name, &[needing(&[], Way::InPerson)[1].clone()]).await;
        }
        let lena = practitioner(fixture, "Lena", &needing(&["step_free", "captions"], Way::InPerson)).await;
        let round = proposed(fixture, &sian).await;
        let needs = "Needs step-free access, which the rooms of this round do not have, and asks to meet in no other way.";
        let left = round.not_placed.iter().find(|one| one.person.short.starts_with("Lena")).unwrap();
        assert_eq!((left.reason.as_str(), round.line.asking), (needs, 4));
        assert_eq!(in_question(fixture, &sian, 1, &lena).await.unwrap().modes, Vec::<String>::new());

        // What she needs by now is nothing to a round that asked before.
        answer_step(&lena, &needing(&["hearing_loop"], Way::InPerson)[0]).await.unwrap();
        let steps = met(&["step_free-in_person", "captions-online"]);
        let second = run_as(fixture, &sian, again(1, &steps)).await.unwrap();
        assert_eq!(who_is_placed(&sian, second).await, ["Amina E.", "Grace E.", "Lena E.", "Tom E."]);
        assert_eq!(said_of(&sian, second, "Lena").await, None);
        assert_eq!(rules_of(&sian, second).await.unwrap().limits, steps);
        let third = run_as(fixture, &sian, AgainForm { change: Shown { number: second, seen: 0 }.change(), ..AgainForm::default() }).await.unwrap();
        assert_eq!(rules_of(&sian, third).await.unwrap().limits, steps, "what is not changed stays");
        let fourth = run_as(fixture, &sian, again(second, &Limits::default())).await.unwrap();
        assert!(!who_is_placed(&sian, fourth).await.contains(&"Lena E.".to_owned()));
    }

    async fn a_need_that_every_way_meets_changes_nothing_and_one_that_was_told_in_words_is_read_and_not_reckoned(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let words = StepForm { access_needs: "A short break half-way".to_owned(), ..answer(Step::Needs) };
        let grace = practitioner(fixture, "Grace", &[words]).await;
        let lena = practitioner(fixture, "Lena", &needing(&["step_free", "captions"], Way::Online)).await;
        let amina = practitioner(fixture, "Amina", &needing(&["interpreter"], Way::Online)).await;
        let round = proposed(fixture, &sian).await;
        for (one, modes) in [(&grace, vec!["online"]), (&lena, vec!["online"]), (&amina, vec![])] {
            assert_eq!(in_question(fixture, &sian, 1, one).await.unwrap().modes, modes);
        }
        assert_eq!(round.looked_at.len(), 1, "{:?}", round.looked_at);
        let again = proposed_of(fixture, &sian, &limited(&met(&["captions-online", "interpreter-online"]))).await;
        assert_eq!((again.line.placed, again.looked_at.len()), (3, 0));

        // Whoever starts a round is told who has written something, and reads it with their answers alone.
        let before = round_to_start(&sian, form()).await.unwrap().looked_at;
        let wrote: Vec<&LookedAt> = before.iter().filter(|one| one.has_words && one.is_shown()).collect();
        assert!(wrote.len() == 1 && wrote[0].person.short == "Grace E." && wrote[0].needs.is_none(), "{wrote:?}");
        assert!(!serde_json::to_string(&before).unwrap().contains("break"));
    }

    async fn whoever_was_asked_stays_though_a_need_of_theirs_is_turned_off_and_so_do_those_beside_them(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        meets_in_person(&ruth).await;
        let opened = open_availability(&sian, &code_of(fixture, ruth.person()).await).await.unwrap();
        set_limits(&sian, &opened, 0, &OfContract { contracted_minutes: Some(900), ..OfContract::default() }).await.unwrap();
        for name in ["Amina", "Tom", "Grace"] {
            practitioner(fixture, name, &[needing(&[], Way::InPerson)[1].clone()]).await;
        }
        let lena = practitioner(fixture, "Lena", &needing(&["step_free"], Way::InPerson)).await;
        proposed_of(fixture, &sian, &limited(&met(&["step_free-in_person"]))).await;
        let everybody = ["Amina E.", "Grace E.", "Lena E.", "Tom E."];
        assert_eq!(who_is_placed(&sian, 1).await, everybody);
        let pinned = |limits: &Limits| AgainForm { stay: Stay::Pinned.key().to_owned(), ..again(1, limits) };
        let unasked = run_as(fixture, &sian, pinned(&Limits::default())).await.unwrap();
        assert_eq!(in_question(fixture, &sian, unasked, &lena).await.unwrap().modes, Vec::<String>::new(), "nobody was asked yet");

        ask_everybody(&sian, 1).await;
        let number = run_as(fixture, &sian, pinned(&Limits { most_share: 5, ..Limits::default() })).await.unwrap();
        assert_eq!(who_is_placed(&sian, number).await, everybody);
        assert_eq!(in_question(fixture, &sian, number, &lena).await.unwrap().modes, ["in_person"]);
        assert_eq!(question(&sian, number).await.supervisors[0].max_groups, 1, "whoever leads those who were asked leads them still");
    }

    async fn nobody_is_moved_by_hand_past_the_places_of_their_authority(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut codes = Vec::new();
        for name in ["Amina", "Tom", "Grace"] {
            codes.push(code_of(fixture, practitioner(fixture, name, &[]).await.person()).await);
        }
        // She can meet in no way, and takes none of the places.
        let lena = practitioner(fixture, "Lena", &needing(&["interpreter"], Way::Online)).await;
        let lena = code_of(fixture, lena.person()).await;
        let round = proposed_of(fixture, &sian, &limited(&places(3))).await;
        assert_eq!((round.line.placed, round.not_placed.len()), (3, 1));
        assert!(round.not_placed[0].reason.ends_with("The places of Bradford in this round are taken."), "{}", round.not_placed[0].reason);
        assert_eq!(round.not_placed[0].nearest, None);
        let address = BoardAddress { number: "1".to_owned(), person: lena.clone(), ..BoardAddress::default() };
        let offered = async || round_of(&sian, &address).await.unwrap().about_person.unwrap().ways.len();
        assert_eq!(offered().await, 0);
        let to = async |seen: i64, person: &str, to: &str| {
            let reason = "An interpreter was found".to_owned();
            let form = BoardForm { number: "1".to_owned(), seen: seen.to_string(), person: person.to_owned(), to: to.to_owned(), reason };
            move_person(&sian, &form).await.map(|_| ())
        };
        let Err(AppError::Conflict(refused)) = to(0, &lena, "group-0").await else { panic!("she is placed") };
        assert!(refused.starts_with("The places of their authority in this round are taken"), "{refused}");

        to(0, &codes[0], "list").await.unwrap();
        assert!(offered().await > 0, "there is a place by now");
        to(1, &lena, "group-0").await.unwrap();
        assert!(matches!(to(2, &codes[0], "group-0").await, Err(AppError::Conflict(_))), "which is hers");
        assert_eq!(board_of(&sian, 1).await.unwrap().by_hand.moves, 2);
    }

    async fn a_round_from_before_it_was_asked_for_needs_and_shares_is_run_again_without_them_and_does_not_say_otherwise(fixture: Fixture) {
        const BEFORE: [&str; 2] = ["UPDATE matching_round SET needs_met = NULL", "UPDATE round_person SET kept = NULL"];

        let (sian, ruth) = scene(fixture).await;
        meets_in_person(&ruth).await;
        for name in ["Amina", "Tom", "Grace"] {
            practitioner(fixture, name, &[needing(&[], Way::InPerson)[1].clone()]).await;
        }
        practitioner(fixture, "Lena", &needing(&["step_free"], Way::InPerson)).await;
        proposed_of(fixture, &sian, &limited(&met(&["step_free-in_person"]))).await;
        let database = &fixture.database;
        for before in BEFORE {
            on!(database, pool => sqlx::query(before).execute(pool).await.map(|_| ())).unwrap();
        }
        let number = run_as(fixture, &sian, again(1, &places(6))).await.unwrap();
        assert_eq!(who_is_placed(&sian, number).await, ["Amina E.", "Grace E.", "Lena E.", "Tom E."]);
        assert_eq!(rules_of(&sian, number).await.unwrap().limits, Limits { needs_met: None, ..places(6) });
        let refused = run_as(fixture, &sian, again(1, &Limits { most_share: 50, ..Limits::default() })).await.unwrap_err();
        let AppError::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].field, "most_share");
    }

    async fn whoever_asks_for_no_such_group_any_more_stands_in_no_line(fixture: Fixture) {
        const ASK_OTHERWISE: &str = "UPDATE registration SET stream = 'vig'";

        let (sian, _) = scene(fixture).await;
        for name in NAMES {
            practitioner(fixture, name, &[]).await;
        }
        proposed_of(fixture, &sian, &RoundForm { stream: "pir".to_owned(), ..limited(&places(3)) }).await;
        assert_eq!(round_to_run_again(&sian, 1).await.unwrap().over, 1);
        let database = &fixture.database;
        on!(database, pool => sqlx::query(ASK_OTHERWISE).execute(pool).await.map(|_| ())).unwrap();
        let number = run_as(fixture, &sian, again(1, &Limits::default())).await.unwrap();
        let said = board_of(&sian, number).await.unwrap().looked_at.remove(0);
        assert_eq!(said.obstacles, ["Does not ask for such a group any more."]);
        assert_eq!(round_to_run_again(&sian, number).await.unwrap().over, 0);
    }

    async fn a_supervisor_whom_the_share_left_out_leads_again_once_it_is_raised(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        for name in NAMES {
            practitioner(fixture, name, &[]).await;
        }
        let opened = open_availability(&sian, &code_of(fixture, ruth.person()).await).await.unwrap();
        set_limits(&sian, &opened, 0, &OfContract { contracted_minutes: Some(90), ..OfContract::default() }).await.unwrap();
        let share = |most_share| Limits { most_share, ..Limits::default() };
        proposed_of(fixture, &sian, &limited(&share(49))).await;
        let left_out = ["Has no contracted hours left for another group."];
        assert_eq!(said_of(&sian, 1, "Ruth").await.unwrap().obstacles, left_out);
        let to_run = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((to_run.out_of_hours, to_run.available_again.len(), to_run.over), (1, 0, 0));
        let leading = async |number: i64| question(&sian, number).await.supervisors.len();
        let same = run_as(fixture, &sian, again(1, &share(49))).await.unwrap();
        assert_eq!(leading(same).await, 1);
        assert_eq!(said_of(&sian, same, "Ruth").await.unwrap().obstacles, left_out);
        let more = run_as(fixture, &sian, again(1, &share(100))).await.unwrap();
        assert_eq!(leading(more).await, 2);
        assert_eq!(said_of(&sian, more, "Ruth").await, None);
    }

    async fn no_authority_has_more_places_than_a_round_allows_and_the_others_are_told_where_they_stand(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for (name, urgency) in NAMES.into_iter().zip([Urgency::Year, Urgency::Now, Urgency::SixMonths, Urgency::ThreeMonths]) {
            let urgency = urgency.key().to_owned();
            people.push(practitioner(fixture, name, &[StepForm { urgency, ..answer(Step::Urgency) }]).await);
        }
        let barnsley = practitioner(fixture, "Lena", &[]).await;
        belong(fixture, barnsley.person(), "barnsley").await;
        let asked = limited(&places(3));
        let taken = "Not placed: the places of Bradford are taken. Number 4 of 4 who ask, and one authority has 3 places at most.";
        let before = round_to_start(&sian, asked.clone()).await.unwrap().looked_at;
        let shown: Vec<(&str, &[String])> =
            before.iter().filter(|one| one.is_shown()).map(|one| (one.person.short.as_str(), one.obstacles.as_slice())).collect();
        assert_eq!(shown, [("Amina E.", [taken.to_owned()].as_slice())], "the least urgent of Bradford, and nobody of Barnsley");
        proposed_of(fixture, &sian, &asked).await;
        assert_eq!(who_is_placed(&sian, 1).await, ["Grace E.", "Lena E.", "Tom E.", "Yusuf E."]);
        assert_eq!(said_of(&sian, 1, "Amina").await.unwrap().obstacles, [taken]);
        assert_eq!(in_question(fixture, &sian, 1, &people[0]).await, None);
        let question = question(&sian, 1).await;
        assert_eq!(question.practitioners.len(), 4);

        // She is offered to nobody as available again, and comes in by herself where there is a place.
        let to_run = round_to_run_again(&sian, 1).await.unwrap();
        assert_eq!((to_run.available_again.len(), to_run.over, to_run.limits.most_places), (0, 1, Some(3)));
        let same = run_as(fixture, &sian, AgainForm { change: Shown { number: 1, seen: 0 }.change(), ..AgainForm::default() }).await.unwrap();
        assert_eq!(said_of(&sian, same, "Amina").await.unwrap().obstacles, [taken]);
        let more = run_as(fixture, &sian, again(1, &Limits::default())).await.unwrap();
        assert_eq!(who_is_placed(&sian, more).await.len(), 5);
        assert_eq!(said_of(&sian, more, "Amina").await, None);
    }

    async fn a_round_that_is_run_again_with_fewer_places_keeps_whoever_is_pinned_or_asked_before_the_most_urgent(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in NAMES {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let later = StepForm { urgency: Urgency::Later.key().to_owned(), ..answer(Step::Urgency) };
        let lena = practitioner(fixture, "Lena", &[later]).await;
        proposed(fixture, &sian).await;
        let code = code_of(fixture, lena.person()).await;
        let pin = BoardForm { number: "1".to_owned(), seen: "0".to_owned(), person: code, ..BoardForm::default() };
        pin_person(&sian, &pin).await.unwrap();
        let form = |limits: &Limits| AgainForm { change: Shown { number: 1, seen: 1 }.change(), ..again(1, limits) };
        let fewer = run_as(fixture, &sian, AgainForm { stay: Stay::Pinned.key().to_owned(), ..form(&places(3)) }).await.unwrap();
        let placed = who_is_placed(&sian, fewer).await;
        assert!(placed.len() == 3 && placed.contains(&"Lena E.".to_owned()), "{placed:?}");
        assert_eq!(board_of(&sian, fewer).await.unwrap().looked_at.len(), 2, "the two who are left out are told");

        ask_everybody(&sian, 1).await;
        let refused = run_as(fixture, &sian, form(&places(4))).await.unwrap_err();
        let AppError::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].field, "most_places");
        assert!(problems[0].message.starts_with("5 people of Bradford are pinned, or were asked"), "{}", problems[0].message);
    }

    async fn somebody_for_whom_there_was_no_place_and_who_is_in_the_way_of_something_else_by_now_says_so(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in NAMES {
            people.push(practitioner(fixture, name, &[]).await);
        }
        proposed_of(fixture, &sian, &limited(&places(3))).await;
        let out = board_of(&sian, 1).await.unwrap().looked_at.remove(0).person;
        let mut person = None;
        for one in &people {
            if code_of(fixture, one.person()).await == out.code {
                person = Some(one.person());
            }
        }
        hold(fixture, person.unwrap()).await;
        let number = run_as(fixture, &sian, again(1, &Limits::default())).await.unwrap();
        let said = board_of(&sian, number).await.unwrap().looked_at.remove(0);
        assert!(said.obstacles[0].starts_with("Is not available for matching since"), "{said:?}");
    }

    async fn nobody_is_proposed_more_of_their_contract_than_a_round_says_and_a_move_by_hand_beyond_it_shows(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        for name in NAMES {
            practitioner(fixture, name, &[]).await;
        }
        let opened = open_availability(&sian, &code_of(fixture, ruth.person()).await).await.unwrap();
        // Three hours in two weeks: two groups, or one with half of them.
        set_limits(&sian, &opened, 0, &OfContract { contracted_minutes: Some(90), ..OfContract::default() }).await.unwrap();
        let share = |most_share| Limits { most_share, ..Limits::default() };
        let groups = async |number: i64| question(&sian, number).await.supervisors.first().map(|one| one.max_groups);
        proposed(fixture, &sian).await;
        assert_eq!(groups(1).await, Some(2));
        let half = proposed_of(fixture, &sian, &limited(&share(50))).await;
        assert_eq!((groups(2).await, half.most_share, half.hours[0].share()), (Some(1), 50, Some(50)));
        let less = round_to_start(&sian, limited(&share(49))).await.unwrap().looked_at;
        let ruth_then = less.into_iter().find(|one| one.part == Part::Supervisor).unwrap();
        assert_eq!(ruth_then.obstacles, ["Has no contracted hours left for another group."]);

        // With what the contract was for when the round was asked.
        let opened = open_availability(&sian, &code_of(fixture, ruth.person()).await).await.unwrap();
        set_limits(&sian, &opened, 1, &OfContract { contracted_minutes: Some(900), ..OfContract::default() }).await.unwrap();
        let second = run_as(fixture, &sian, again(1, &share(50))).await.unwrap();
        assert_eq!((groups(second).await, rules_of(&sian, second).await.unwrap().limits.most_share), (Some(1), 50));
    }
}
