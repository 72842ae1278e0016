use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::access_log::fixture::lines_about;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::fixture::coordinator;
use crate::matching::answers::{RoundOf, RoundRules, WayToGo};
use crate::matching::fixture::{at, board_of, email_of, practitioner, proposed, scene, supervisor};
use crate::matching::forms::{BoardAddress, BoardForm, Shown};
use crate::matching::jobs::{reproduce, work_on_rounds};
use crate::matching::model::{RoundState, Stay, Supposed};
use crate::matching::runs::AgainForm;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::{Step, StepForm};

/// A coordinator, and four people who are proposed as one group.
async fn group_of_four(fixture: &Fixture) -> (Actor, [Actor; 4], RoundOf) {
    let (sian, _) = scene(fixture).await;
    let mut people = Vec::new();
    for name in ["Amina", "Tom", "Grace", "Yusuf"] {
        people.push(practitioner(fixture, name, &[]).await);
    }
    let round = proposed(fixture, &sian).await;
    assert_eq!((round.groups.len(), round.line.placed), (1, 4));
    (sian, people.try_into().unwrap(), round)
}

/// A coordinator, and seven people who are proposed with two supervisors.
async fn group_of_two_supervisors(fixture: &Fixture) -> (Actor, Vec<Actor>, RoundOf) {
    let (sian, _) = scene(fixture).await;
    supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
    let mut people = Vec::new();
    for name in ["Amina", "Tom", "Grace", "Yusuf", "Lena", "Paul", "Femi"] {
        people.push(practitioner(fixture, name, &[]).await);
    }
    let round = proposed(fixture, &sian).await;
    assert_eq!(round.line.placed, 7);
    (sian, people, round)
}

async fn form(fixture: &Fixture, shown: Shown, person: PersonId, to: &str) -> BoardForm {
    let person = code_of(fixture, person).await;
    BoardForm { number: shown.number.to_string(), seen: shown.seen.to_string(), person, to: to.to_owned(), ..BoardForm::default() }
}

fn first_shown(round: &RoundOf) -> Shown {
    Shown { number: round.line.number, seen: round.by_hand.seen }
}

/// How many are in each group, as whoever asks people is told.
async fn sizes(fixture: &Fixture, number: i64) -> Vec<usize> {
    let settled = settled(&mut fixture.snapshot().await, number).await.unwrap();
    settled.proposal.groups.iter().map(|group| group.members.len()).collect()
}

/// Runs a round again. Answers its number.
async fn run(sian: &Actor, shown: Shown, stay: Stay) -> Result<i64, AppError> {
    run_again(sian, &AgainForm { change: shown.change(), stay: stay.key().to_owned(), ..AgainForm::default() }.check().unwrap()).await
}

async fn ways(fixture: &Fixture, sian: &Actor, number: i64, person: PersonId) -> Vec<WayToGo> {
    let address = BoardAddress { number: number.to_string(), person: code_of(fixture, person).await, ..BoardAddress::default() };
    round_of(sian, &address).await.unwrap().about_person.unwrap().ways
}

both_databases! {
    async fn whoever_looks_at_somebodys_place_on_a_board_is_written_down_for_them_and_whoever_looks_at_the_board_is_not(fixture: Fixture) {
        let (sian, [.., yusuf], round) = group_of_four(fixture).await;
        let code = code_of(fixture, yusuf.person()).await;
        let address = |person: &str| BoardAddress { number: round.line.number.to_string(), person: person.to_owned(), ..BoardAddress::default() };
        for person in ["", "nobody22"] {
            assert!(open_round(&sian, &address(person), false).await.unwrap().about_person.is_none());
        }
        assert_eq!(lines_about(fixture, yusuf.person()).await, []);
        assert!(open_round(&sian, &address(&code), false).await.unwrap().about_person.is_some());
        assert_eq!(lines_about(fixture, yusuf.person()).await, [("round".to_owned(), sian.person(), 1)]);
    }

    async fn whoever_has_not_what_they_asked_for_is_told_what_would_have_to_change(fixture: Fixture) {
        const KEEP: &str = "UPDATE registration SET kept_supervisor_id = $1 WHERE person_id = $2";
        let (sian, ruth) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        let mut people = Vec::new();
        for (name, kept) in [("Amina", &nadia), ("Tom", &ruth), ("Grace", &nadia), ("Yusuf", &nadia)] {
            let one = practitioner(fixture, name, &[]).await.person();
            let database = &fixture.database;
            on!(database, pool => sqlx::query(KEEP).bind(kept.person()).bind(one).execute(pool).await.map(|_| ())).unwrap();
            people.push(one);
        }
        let round = proposed(fixture, &sian).await;
        assert_eq!((round.groups.len(), round.groups[0].supervisor.short.as_str()), (1, "Nadia A."));
        let changes = async |person: PersonId| {
            let address = BoardAddress { number: "1".to_owned(), person: code_of(fixture, person).await, ..BoardAddress::default() };
            round_of(&sian, &address).await.unwrap().about_person.unwrap().changes
        };
        assert_eq!(changes(people[0]).await, Vec::<String>::new());
        let said = "The supervisor of now: none of the groups as they are would give it, and no new one that could be opened now.";
        assert_eq!(changes(people[1]).await, [said]);
    }

    async fn whoever_was_moved_away_from_their_supervisor_is_told_which_group_would_give_them_back(fixture: Fixture) {
        const KEEP: &str = "UPDATE registration SET kept_supervisor_id = $1 WHERE person_id = $2";
        let (sian, ruth) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        let mut people = Vec::new();
        for nth in 0..8 {
            let one = practitioner(fixture, &format!("Person{nth}"), &[]).await.person();
            let (database, kept) = (&fixture.database, if nth % 2 == 0 { &ruth } else { &nadia });
            on!(database, pool => sqlx::query(KEEP).bind(kept.person()).bind(one).execute(pool).await.map(|_| ())).unwrap();
            people.push(one);
        }
        let round = proposed(fixture, &sian).await;
        let led_by = |name: &str| round.groups.iter().position(|group| group.supervisor.short == name).unwrap();
        let (ruths, nadias) = (led_by("Ruth A."), led_by("Nadia A."));
        assert_eq!((round.groups.len(), round.groups[ruths].members.len()), (2, 4));
        let moved = form(fixture, first_shown(&round), people[0], &format!("group-{nadias}")).await;
        move_person(&sian, &moved).await.unwrap();
        let address = BoardAddress { number: "1".to_owned(), person: code_of(fixture, people[0]).await, ..BoardAddress::default() };
        let changes = round_of(&sian, &address).await.unwrap().about_person.unwrap().changes;
        assert_eq!(changes, [format!("The supervisor of now: Group {} would give it.", ruths + 1)]);
    }

    async fn a_move_changes_the_groups_and_never_the_proposal_and_can_be_taken_back(fixture: Fixture) {
        let (sian, [.., yusuf], round) = group_of_four(fixture).await;
        let number = round.line.number;
        let proposal = round_text(&sian, number).await.unwrap();
        let back = ways(fixture, &sian, number, yusuf.person()).await.into_iter().find(|way| way.key == "list").unwrap();

        let moved = move_person(&sian, &form(fixture, first_shown(&round), yusuf.person(), "list").await).await.unwrap();
        let board = board_of(&sian, number).await.unwrap();
        assert_eq!(sizes(fixture, number).await, [3]);
        assert_eq!((board.by_hand.moves, board.by_hand.score_change), (1, back.score_change), "what was said is what it does");
        assert_eq!(board.figures.unwrap().score, round.record.score.unwrap() + back.score_change);
        let [waiting] = board.not_placed.as_slice() else { panic!("{:?}", board.not_placed) };
        assert_eq!(waiting.nearest.as_ref().unwrap().sentence, format!("Group 1, {}, with Ruth A.: nothing is in the way.", board.groups[0].when));

        take_back(&sian, moved).await.unwrap();
        let board = board_of(&sian, number).await.unwrap();
        assert_eq!((sizes(fixture, number).await, board.by_hand.moves, board.by_hand.score_change), (vec![4], 0, 0));
        assert!(board.by_hand.changes.iter().any(|change| change.is_taken_back && change.by.short == "Sian L."), "{:?}", board.by_hand);
        assert_eq!(round_text(&sian, number).await.unwrap(), proposal, "not a byte of it is changed");
    }

    async fn of_two_who_change_a_board_at_the_same_time_one_is_told_to_look_again(fixture: Fixture) {
        let (sian, [amina, tom, ..], round) = group_of_four(fixture).await;
        let other = coordinator(fixture).await;
        let shown = first_shown(&round);
        let (one, two) = (form(fixture, shown, amina.person(), "list").await, form(fixture, shown, tom.person(), "list").await);
        let (one, two) = tokio::join!(move_person(&sian, &one), move_person(&other, &two));
        let mut both = [one, two];
        both.sort_by_key(Result::is_err);
        let [moved, refused] = both;
        assert_eq!(moved.unwrap(), Shown { seen: 1, ..shown });
        assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
        assert_eq!(sizes(fixture, round.line.number).await, [3]);
        assert!(matches!(take_back(&other, shown).await, Err(AppError::Conflict(_))), "an old page takes nothing back");
    }

    async fn a_rule_is_broken_with_a_reason_that_stays_in_the_record_and_not_without(fixture: Fixture) {
        let (sian, [amina, tom, ..], round) = group_of_four(fixture).await;
        let shown = move_person(&sian, &form(fixture, first_shown(&round), amina.person(), "list").await).await.unwrap();
        let too_few = form(fixture, shown, tom.person(), "list").await;
        let Err(AppError::Invalid(problems)) = move_person(&sian, &too_few).await else { panic!("two are no group") };
        assert_eq!(problems[0].field, "reason");
        let reason = "Tom  asked to wait".to_owned();
        move_person(&sian, &BoardForm { reason, ..too_few }).await.unwrap();
        let board = board_of(&sian, round.line.number).await.unwrap();
        assert_eq!(board.by_hand.changes[0].reason, "Tom asked to wait");
        assert_eq!(board.groups[0].broken, ["One person too few."]);
    }

    async fn two_who_may_not_meet_are_in_one_group_for_no_reason(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let amina = practitioner(fixture, "Amina", &[]).await;
        let tom = practitioner(fixture, "Tom", &[StepForm { avoided_emails: email_of(fixture, amina.person()).await, ..answer(Step::Apart) }]).await;
        for name in ["Grace", "Yusuf", "Lena"] {
            practitioner(fixture, name, &[]).await;
        }
        let round = proposed(fixture, &sian).await;
        let out = if round.not_placed[0].person.short.starts_with("Tom") { tom.person() } else { amina.person() };
        let told = ways(fixture, &sian, round.line.number, out).await;
        assert_eq!(told.iter().map(|way| (way.key.as_str(), way.may_be_broken)).collect::<Vec<_>>(), [("group-0", false)]);
        let form = BoardForm { reason: "They get on".to_owned(), ..form(fixture, first_shown(&round), out, "group-0").await };
        assert!(matches!(move_person(&sian, &form).await, Err(AppError::Conflict(_))));
        assert_eq!(sizes(fixture, round.line.number).await, [4]);
    }

    async fn a_round_is_run_again_from_its_board_with_its_pins_and_gives_the_same_to_the_byte(fixture: Fixture) {
        let (sian, [amina, _, _, yusuf], round) = group_of_four(fixture).await;
        let shown = pin_person(&sian, &form(fixture, first_shown(&round), amina.person(), "").await).await.unwrap();
        let shown = move_person(&sian, &form(fixture, shown, yusuf.person(), "list").await).await.unwrap();
        let number = run(&sian, shown, Stay::Pinned).await.unwrap();
        assert!(matches!(run(&sian, shown, Stay::Pinned).await, Err(AppError::Conflict(_))), "a second press starts no second round");
        assert_eq!(board_of(&sian, round.line.number).await.unwrap().by_hand.run_again_as, Some(number));

        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
        let again = board_of(&sian, number).await.unwrap();
        let of_before = again.record.again.clone().unwrap();
        let since = of_before.since.unwrap();
        assert_eq!((of_before.number, of_before.pins, again.line.name.as_str()), (round.line.number, 1, "Round 1, run 2"));
        assert_eq!((since.newly_placed, since.no_longer_placed), (1, 0), "Yusuf has a place again: {since:?}");
        assert_eq!(again.record.score.unwrap() - since.score_change, board_of(&sian, round.line.number).await.unwrap().figures.unwrap().score);

        let (instance, proposal) = round_text(&sian, number).await.unwrap();
        let database = &fixture.database;
        let id = on!(database, pool => sqlx::query_scalar("SELECT id FROM matching_round WHERE number = $1").bind(number).fetch_one(pool).await).unwrap();
        let begun_from = begun_from(&mut fixture.snapshot().await, id).await.unwrap();
        assert!(begun_from.is_some());
        let asked = Asked { instance, seed: again.record.seed, begun_from };
        assert_eq!(reproduce(&asked, again.record.steps_done).map(|(_, proposal)| proposal), proposal);
    }

    async fn whoever_has_a_place_keeps_it_when_a_round_is_run_again_unless_somebody_says_otherwise(fixture: Fixture) {
        let (sian, _, round) = group_of_two_supervisors(fixture).await;
        let number = round.line.number;
        let before = settled(&mut fixture.snapshot().await, number).await.unwrap().proposal;
        // Two go to the list, from one group that stays large enough.
        let group = before.groups.iter().max_by_key(|group| group.members.len()).unwrap();
        let mut shown = first_shown(&round);
        for member in group.members.iter().take(1) {
            let person = member.strip_prefix("p-").unwrap().to_owned();
            let form = BoardForm { number: number.to_string(), seen: shown.seen.to_string(), person, to: "list".to_owned(), ..BoardForm::default() };
            shown = move_person(&sian, &form).await.unwrap();
        }
        let told = round_to_run_again(&sian, number).await.unwrap();
        assert_eq!((told.placed, told.held, told.in_broken, told.without_place), (6, 0, 0, 1));

        let keeping = run(&sian, shown, Stay::of_key("").unwrap()).await.unwrap();
        run(&sian, shown, Stay::Pinned).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2, "the same board, in two ways");
        let again = board_of(&sian, keeping).await.unwrap().record.again.unwrap();
        let since = again.since.unwrap();
        assert_eq!((again.stay, again.pins, since.had_place), (Stay::Everybody, 6, 6));
        assert_eq!((since.moved, since.newly_placed, since.no_longer_placed), (0, 1, 0));
        assert_eq!(round_to_run_again(&sian, number).await.unwrap().before.len(), 2);
        assert_eq!(rules_of(&sian, keeping).await.unwrap().stay, Some((Stay::Everybody, 6)));
    }

    async fn other_weights_are_kept_with_the_round_that_is_run_with_them(fixture: Fixture) {
        let (sian, _, round) = group_of_four(fixture).await;
        let shown = first_shown(&round);
        let form = AgainForm {
            change: shown.change(),
            strengths: [("preferred_time".to_owned(), "0".to_owned())].into(),
            weights: [("urgency".to_owned(), "7".to_owned())].into(),
            ..AgainForm::default()
        };
        let number = run_again(&sian, &form.check().unwrap()).await.unwrap();
        run(&sian, shown, Stay::Everybody).await.unwrap();
        let points = |rules: RoundRules, name: &str| rules.weights.into_iter().find(|line| line.name == name).unwrap().points;
        for (name, of_first, of_second) in [("preferred_time", 60, 0), ("urgency", 5, 7), ("placed", 1000, 1000)] {
            assert_eq!(points(rules_of(&sian, round.line.number).await.unwrap(), name), of_first);
            assert_eq!(points(rules_of(&sian, number).await.unwrap(), name), of_second);
        }
        assert_eq!(rules_of(&sian, 99).await, Err(AppError::NotFound));
    }

    async fn what_is_supposed_stands_beside_a_round_and_nobody_can_be_asked_about_it(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf", "Lena"] {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let vig = StepForm { stream: "vig".to_owned(), ..answer(Step::Stream) };
        let with_vig = StepForm { intervention: "vig".to_owned(), ..answer(Step::Intervention) };
        for name in ["Paul", "Femi", "Ines"] {
            people.push(practitioner(fixture, name, &[vig.clone(), with_vig.clone()]).await);
        }
        let round = proposed(fixture, &sian).await;
        assert_eq!((round.line.placed, round.line.asking), (5, 8), "nobody leads VIG supervision");
        let number = round.line.number;
        let supposed = Supposed::Supervisors { stream: crate::registration::Stream::Vig, count: 2 };
        suppose(&sian, number, supposed).await.unwrap();
        suppose(&sian, number, Supposed::EveryAuthority).await.unwrap();
        assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 2, "by the same engine");
        let after = board_of(&sian, number).await.unwrap();
        let found = after.what_ifs.iter().find(|one| one.supposed == supposed).unwrap();
        assert_eq!((found.placed, found.gain, found.lose, found.state), (8, 3, 0, RoundState::Done));
        assert_eq!((after.groups, after.figures), (round.groups, round.figures), "the round is as it was");
        assert_eq!(rounds_list(&sian).await.unwrap().len(), 1);
        assert_eq!(take_board(&mut sian.begin().await.unwrap(), found.number).await, Err(AppError::NotFound));
        assert_eq!(board_of(&sian, found.number).await.map(|_| ()), Err(AppError::NotFound));
        assert_eq!(forget_what_if(&sian, number).await, Err(AppError::NotFound), "a round is never deleted");
        assert_eq!(forget_what_if(&sian, found.number).await, Ok(number));
        assert_eq!(board_of(&sian, number).await.unwrap().what_ifs.len(), 1);
    }

    async fn nobody_is_moved_who_is_not_of_the_round_and_nothing_where_nothing_is_proposed(fixture: Fixture) {
        let (sian, _, round) = group_of_four(fixture).await;
        let late = practitioner(fixture, "Late", &[]).await;
        assert_eq!(move_person(&sian, &form(fixture, first_shown(&round), late.person(), "group-0").await).await, Err(AppError::NotFound));
        assert_eq!(pin_person(&sian, &form(fixture, first_shown(&round), late.person(), "").await).await, Err(AppError::NotFound));
        let elsewhere = Shown { number: 99, seen: 0 };
        assert_eq!(take_back(&sian, elsewhere).await, Err(AppError::NotFound));
        assert_eq!(settled(&mut fixture.snapshot().await, 99).await.map(|_| ()), Err(AppError::NotFound));
    }

    async fn whoever_moves_to_another_supervisor_or_opens_a_group_is_where_the_board_says(fixture: Fixture) {
        let (sian, _, round) = group_of_two_supervisors(fixture).await;
        let number = round.line.number;
        let before = sizes(fixture, number).await;
        let settled_before = settled(&mut fixture.snapshot().await, number).await.unwrap();
        let mut shown = first_shown(&round);
        // One after the other to the list, and then into a group that is opened for all of them.
        let group = &settled_before.proposal.groups[0];
        for member in &group.members {
            let code = member.strip_prefix("p-").unwrap().to_owned();
            let form = BoardForm { number: number.to_string(), seen: shown.seen.to_string(), person: code, to: "list".to_owned(), reason: "To try".to_owned() };
            shown = move_person(&sian, &form).await.unwrap();
        }
        assert_eq!(sizes(fixture, number).await.len(), before.len() - 1, "a group without anybody is none");
        let first = group.members[0].strip_prefix("p-").unwrap().to_owned();
        let open = BoardForm { number: number.to_string(), seen: shown.seen.to_string(), person: first, to: "new".to_owned(), ..BoardForm::default() };
        move_person(&sian, &open).await.unwrap();
        let after = settled(&mut fixture.snapshot().await, number).await.unwrap();
        assert_eq!(after.proposal.groups.iter().map(|group| group.members.len()).sum::<usize>(), before.iter().sum::<usize>());
        assert!(board_of(&sian, number).await.unwrap().groups.iter().all(|group| group.broken.is_empty()));
    }
}
