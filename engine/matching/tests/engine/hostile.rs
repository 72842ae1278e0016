//! Rounds that nobody means: an error that says what is wrong, or an honest empty proposal.

use crate::rounds::{easy_round, window};
use matching::{Instance, InstanceError, InstanceProblem, Matcher, PROPOSAL_FORMAT, Proposal, ProposalError, Window};

fn problems(instance: &Instance) -> Vec<InstanceProblem> {
    match Matcher::new(instance, 1) {
        Err(InstanceError::Invalid(problems)) => problems,
        other => panic!("expected problems, got {other:?}"),
    }
}

fn groups_of(instance: &Instance) -> usize {
    let mut matcher = Matcher::new(instance, 1).unwrap();
    matcher.step(10);
    assert!(matcher.score() <= matcher.bound());
    matcher.best().groups.len()
}

#[test]
fn without_supervisors_nothing_is_proposed() {
    let mut round = easy_round(6);
    round.supervisors.clear();

    assert_eq!(groups_of(&round), 0);
}

#[test]
fn without_practitioners_nothing_is_proposed() {
    assert_eq!(groups_of(&easy_round(0)), 0);
}

#[test]
fn where_everybody_is_in_conflict_nothing_is_proposed() {
    let mut round = easy_round(12);
    for one in 1..=12 {
        for other in 1..one {
            round.conflicts.push((format!("p{one}"), format!("p{other}")));
        }
    }

    assert_eq!(groups_of(&round), 0);
}

#[test]
fn where_nobody_has_time_nothing_is_proposed() {
    let mut round = easy_round(6);
    for practitioner in &mut round.practitioners {
        practitioner.availability.clear();
    }
    assert_eq!(groups_of(&round), 0);

    let mut round = easy_round(6);
    round.supervisors[0].availability.clear();
    assert_eq!(groups_of(&round), 0);
}

#[test]
fn people_who_have_time_day_and_night_are_matched() {
    let mut round = easy_round(40);
    let always: Vec<Window> = (0..2).flat_map(|week| (0..7).map(move |day| window(week, day, 0, 1440))).collect();
    round.supervisors[0].availability.clone_from(&always);
    round.supervisors[0].max_groups = i64::MAX;
    for practitioner in &mut round.practitioners {
        practitioner.availability.clone_from(&always);
    }

    assert!(groups_of(&round) >= 5);
}

#[test]
fn a_session_longer_than_a_day_has_no_start() {
    let mut round = easy_round(6);
    round.rules.session_minutes = 2000;

    assert_eq!(groups_of(&round), 0);
}

#[test]
fn a_stream_that_allows_no_size_has_no_group() {
    let mut round = easy_round(6);
    round.rules.streams.get_mut("pir").unwrap().max = 2;

    assert_eq!(groups_of(&round), 0);
}

#[test]
fn groups_as_large_as_a_town_are_matched() {
    let mut round = easy_round(40);
    let stream = round.rules.streams.get_mut("pir").unwrap();
    (stream.max, stream.target_max) = (1_000_000, 1_000_000);

    assert_eq!(groups_of(&round), 1);
}

#[test]
fn a_stream_that_the_rules_do_not_know_has_no_group() {
    let mut round = easy_round(6);
    round.practitioners[0].stream = "one_to_one".to_owned();
    round.supervisors[0].streams.push("one_to_one".to_owned());

    assert_eq!(groups_of(&round), 1);
}

#[test]
fn ids_that_occur_twice_are_refused() {
    let mut round = easy_round(3);
    round.practitioners[1].id = "p1".to_owned();
    assert_eq!(problems(&round), [InstanceProblem::IdTwice("p1".to_owned())]);

    let mut round = easy_round(3);
    round.practitioners[1].id = "s1".to_owned();
    assert_eq!(problems(&round)[0].to_string(), "the id \"s1\" occurs twice");
}

#[test]
fn a_conflict_with_somebody_unknown_is_refused() {
    let mut round = easy_round(3);
    round.conflicts = vec![("p1".to_owned(), "p9".to_owned())];

    assert_eq!(
        problems(&round)[0].to_string(),
        "the conflict between \"p1\" and \"p9\" names \"p9\", who is neither a supervisor nor a practitioner"
    );
}

#[test]
fn a_conflict_of_somebody_with_themselves_does_no_harm() {
    let mut round = easy_round(3);
    round.conflicts = vec![("p1".to_owned(), "p1".to_owned())];

    assert_eq!(groups_of(&round), 1);
}

#[test]
fn times_outside_the_day_or_the_cycle_are_refused() {
    for bad in [window(0, 1, -30, 90), window(2, 1, 0, 90), window(0, 7, 0, 90), window(0, 1, 90, 90), window(0, 1, 0, 1441)] {
        let mut round = easy_round(3);
        round.practitioners[0].availability.push(bad);

        assert_eq!(problems(&round), [InstanceProblem::BadWindow { id: "p1".to_owned(), window: bad }]);
    }
}

#[test]
fn numbers_out_of_range_are_refused_by_name() {
    let mut round = easy_round(3);
    round.practitioners[0].urgency = 101;
    round.practitioners[1].level = 4;
    round.rules.weakest_first = 1001;
    round.rules.weights.open_group = -1;
    round.supervisors[0].max_groups = -1;

    let names: Vec<String> = problems(&round).iter().map(ToString::to_string).collect();
    assert_eq!(names[0], "weakest_first is 1001; it lies between 0 and 1000");
    assert!(names[1].starts_with("the weight open_group is -1; it lies between 0 and"));
    assert!(names[2].starts_with("max_groups of s1 is -1"));
    assert_eq!(names[3], "the urgency of p1 is 101; it lies between 0 and 100");
    assert_eq!(names[4], "the level of p2 is 4; it lies between 1 and 3");
}

#[test]
fn what_groups_should_be_is_never_worth_less_than_nothing() {
    let mut round = easy_round(3);
    round.rules.criteria.language.mixed = -1;
    assert!(problems(&round)[0].to_string().starts_with("the weight mixed of the criterion language is -1; it lies between 0 and"));
    let mut round = easy_round(3);
    round.rules.criteria.together = -1;
    round.rules.criteria.acquainted = 1_000_001;
    let names: Vec<String> = problems(&round).iter().map(ToString::to_string).collect();
    assert!(names[0].starts_with("the weight of the criterion together is -1; it lies between 0 and"), "{names:?}");
    assert!(names[1].starts_with("the weight of the criterion acquainted is 1000001"), "{names:?}");
}

#[test]
fn ten_megabytes_of_windows_are_read_and_mean_what_they_say() {
    let mut round = easy_round(3);
    for minute in 0..800_000 {
        let from = 540 + minute % 89;
        round.practitioners[0].availability.push(window(0, 1, from, from + 1 + minute % 91));
    }
    let file = round.write().unwrap();
    assert!(file.len() > 10_000_000);

    assert_eq!(groups_of(&Instance::read(file.as_bytes()).unwrap()), 1);
}

#[test]
fn a_file_that_is_none_is_refused() {
    for file in ["", "{", "[]", "{\"format\": \"supervision-matching/1\"}", "\u{0}"] {
        assert!(matches!(Instance::read(file.as_bytes()), Err(InstanceError::Unreadable(_))));
    }
    let mut round = easy_round(3);
    round.format = "supervision-matching/2".to_owned();
    let error = Instance::read(round.write().unwrap().as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the format is \"supervision-matching/2\", not \"supervision-matching/1\"");
}

#[test]
fn fields_that_may_be_left_out_may_be_null_too() {
    let file = easy_round(3).write().unwrap();
    let null = file
        .replace("\"preferred\":[]", "\"preferred\":null,\"previous_supervisor\":null")
        .replace("\"conflicts\":[]", "\"conflicts\":null");
    let absent = file.replace(",\"preferred\":[]", "").replace(",\"conflicts\":[]", "");

    assert_eq!(Instance::read(null.as_bytes()).unwrap(), easy_round(3));
    assert_eq!(Instance::read(absent.as_bytes()).unwrap(), easy_round(3));
}

#[test]
fn a_field_or_a_stream_that_occurs_twice_is_refused() {
    let file = easy_round(3).write().unwrap();
    let twice = [
        file.replace("\"urgency\":50", "\"urgency\":50,\"urgency\":50"),
        file.replace("\"pir\":{\"min\"", "\"pir\":{\"min\":3,\"max\":3,\"target_min\":3,\"target_max\":3},\"pir\":{\"min\""),
    ];
    for file in twice {
        assert!(matches!(Instance::read(file.as_bytes()), Err(InstanceError::Unreadable(_))));
    }
}

#[test]
fn fields_that_the_format_does_not_know_are_passed_over() {
    let file = easy_round(3).write().unwrap().replace("\"level\":2", "\"level\":2,\"notes\":[{\"is_new\":true,\"hours\":1.5},null]");

    assert_eq!(Instance::read(file.as_bytes()).unwrap(), easy_round(3));
}

#[test]
fn names_in_any_letters_are_read_as_they_were_written() {
    let mut round = easy_round(3);
    round.practitioners[0].id = "Zoë \"Zed\" O\\Neill\u{1}\t\u{1f476}".to_owned();
    round.practitioners[0].previous_supervisor = Some("s1".to_owned());
    let file = round.write().unwrap();
    let escaped = file.replace("Zoë", "Zo\\u00eb").replace('\u{1f476}', "\\ud83d\\udc76");
    assert_ne!(file, escaped);

    assert_eq!(Instance::read(file.as_bytes()).unwrap(), round);
    assert_eq!(Instance::read(escaped.as_bytes()).unwrap(), round);
}

#[test]
fn numbers_are_whole() {
    let file = easy_round(3).write().unwrap().replace("\"urgency\":50", "\"urgency\":50.0");

    assert!(matches!(Instance::read(file.as_bytes()), Err(InstanceError::Unreadable(_))));
}

#[test]
fn a_proposal_is_read_as_it_was_written() {
    let mut matcher = Matcher::new(&easy_round(6), 1).unwrap();
    matcher.step(3);
    let proposal = matcher.best();

    assert_eq!(Proposal::read(proposal.write().as_bytes()).unwrap(), proposal);
    let other = Proposal { format: "minutes of a meeting".to_owned(), groups: Vec::new() };
    assert_eq!(Proposal::read(other.write().as_bytes()).unwrap_err(), ProposalError::OtherFormat("minutes of a meeting".to_owned()));
    assert_eq!(proposal.format, PROPOSAL_FORMAT);
}
