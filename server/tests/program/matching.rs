//! Groups for a round from the command line.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::checker;
use crate::installation::Installation;
use flate2::Compression;
use flate2::write::GzEncoder;
use matching::{Instance, Proposal};

/// A round of so many people with so many half days each, whose supervisors cannot take all of them.
fn round(practitioners: usize) -> String {
    let mut people = String::new();
    for number in 0..practitioners {
        let (day, other, level) = (number % 5, (number / 5 + 2) % 5, 1 + number % 3);
        let comma = if number == 0 { "" } else { "," };
        write!(
            people,
            r#"{comma}{{"id": "p{number}", "authority": "E{}", "region": "London", "stream": "pir", "intervention": "solihull",
            "level": {level}, "modes": ["online"], "urgency": {}, "availability": [[0, {day}, 540, 720], [1, {other}, 540, 720]],
            "preferred": [[0, {day}, 540, 660]]}}"#,
            number % 7,
            number % 101,
        )
        .unwrap();
    }
    let supervisors: Vec<String> = (0..practitioners.div_ceil(12))
        .map(|number| {
            format!(
                r#"{{"id": "s{number}", "region": "London", "streams": ["pir"], "interventions": ["solihull"], "modes": ["online"],
                "max_groups": 2, "availability": [[0, {}, 540, 720], [1, {}, 540, 720]]}}"#,
                number % 5,
                (number + 2) % 5,
            )
        })
        .collect();
    format!(
        r#"{{"format": "supervision-matching/1", "rules": {{"session_minutes": 90, "changeover_minutes": 15,
        "streams": {{"pir": {{"min": 3, "max": 8, "target_min": 4, "target_max": 6}}}},
        "weights": {{"placed": 1000, "urgency": 5, "same_supervisor": 90, "preferred_time": 60, "open_group": 120, "below_target": 40,
        "above_target": 40, "same_authority": 50, "lone_novice": 40, "extra_intervention": 30, "load_step": 10}}}},
        "supervisors": [{}], "practitioners": [{people}], "conflicts": [["p0", "p15"]]}}"#,
        supervisors.join(",")
    )
}

/// How many groups there are in a proposal that keeps the rules of its round.
fn groups_in(proposal: &str, round: &str) -> usize {
    let (proposal, round) = (Proposal::read(proposal.as_bytes()).unwrap(), Instance::read(round.as_bytes()).unwrap());
    assert!(checker::broken_rules(&round, &proposal).is_empty(), "{proposal:?}");
    proposal.groups.len()
}

#[test]
fn a_round_becomes_a_proposal_that_keeps_the_rules_and_scores_what_was_said() {
    let (installation, round) = (Installation::on_sqlite(), round(120));
    fs::write(installation.file("round.json"), &round).unwrap();
    let said = installation.run(&["match", "round.json", "--seconds", "0.3", "--seed", "7"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(groups_in(&said.output, &round) >= 10, "{said:?}");
    let (proposal, instance) = (Proposal::read(said.output.as_bytes()).unwrap(), Instance::read(round.as_bytes()).unwrap());
    let score = format!("  score {}  bound ", checker::score(&instance, &proposal));
    assert!(said.errors.lines().last().unwrap().contains(&score), "{}", said.errors);
}

#[test]
fn the_same_round_seed_and_steps_give_the_same_bytes_however_the_round_is_handed_over() {
    let (installation, round) = (Installation::on_sqlite(), round(90));
    fs::write(installation.file("round.json"), &round).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(round.as_bytes()).unwrap();
    fs::write(installation.file("round.json.gz"), packed.finish().unwrap()).unwrap();
    let plain = installation.succeed(&["match", "round.json", "--steps", "12", "--seed", "3"]);
    let packed = installation.succeed(&["match", "round.json.gz", "--steps", "12", "--seed", "3"]);
    let handed = installation.run_with(&["match", "-", "--steps", "12", "--seed", "3"], round.as_bytes());
    assert_eq!((&packed, &handed.output), (&plain, &plain));
    assert_ne!(installation.succeed(&["match", "round.json", "--steps", "12", "--seed", "4"]), plain);
}

#[test]
fn a_round_that_asks_for_the_weakest_group_first_is_levelled_and_what_was_given_for_it_is_said() {
    let installation = Installation::on_sqlite();
    let round = round(90).replacen("\"changeover_minutes\": 15,", "\"changeover_minutes\": 15, \"weakest_first\": 20,", 1);
    fs::write(installation.file("round.json"), &round).unwrap();
    let said = installation.run(&["match", "round.json", "--steps", "12", "--seed", "3"]);
    assert!(groups_in(&said.output, &round) >= 8, "{said:?}");
    let (proposal, instance) = (Proposal::read(said.output.as_bytes()).unwrap(), Instance::read(round.as_bytes()).unwrap());
    let score = format!("the weakest group first: score {}, ", checker::score(&instance, &proposal));
    assert!(said.errors.lines().last().unwrap().starts_with(&score), "{}", said.errors);
    assert_eq!(installation.succeed(&["match", "round.json", "--steps", "12", "--seed", "3"]), said.output);
}

#[test]
fn whoever_stops_it_gets_the_best_proposal_so_far() {
    let (installation, round) = (Installation::on_sqlite(), round(120));
    fs::write(installation.file("round.json"), &round).unwrap();
    for signal in ["INT", "TERM"] {
        let mut program = installation.begin(&["match", "round.json", "--seconds", "100"]);
        let until = Instant::now() + Duration::from_secs(20);
        while program.log().is_empty() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        program.signal(signal);
        assert_eq!(program.wait_for_end(), Some(0), "{}", program.log());
        assert!(groups_in(&program.output(), &round) >= 10);
    }
}

#[test]
fn a_file_that_is_no_round_is_named_with_what_is_wrong_in_it() {
    let installation = Installation::on_sqlite();
    let good = round(30);
    let twice = good.replace("\"id\": \"p1\"", "\"id\": \"p2\"");
    let backwards = good.replacen("[0, 0, 540, 720]", "[0, 0, 720, 540]", 1);
    let files = [
        ("cut.json", &good[..good.len() / 2], "cut.json: the instance cannot be read: the text ends too soon at line "),
        ("twice.json", &twice, "twice.json: the id \"p2\" occurs twice; "),
        ("backwards.json", &backwards, "backwards.json: s0: the window [0, 0, 720, 540] is not within one day of the two weeks, "),
        ("empty.json", "", "empty.json: the instance cannot be read: the text ends too soon at line 1 column 1"),
        ("broken.json.gz", "\u{1f}", "broken.json.gz: the instance cannot be read: expected a value at line 1 column 1"),
    ];
    for (name, content, reason) in files {
        fs::write(installation.file(name), content).unwrap();
        let said = installation.fail(&["match", name, "--steps", "1"]);
        assert!(said.starts_with(reason) && said.ends_with("; nothing was matched, so put that right and try again"), "{said}");
    }
    fs::write(installation.file("half.json.gz"), [0x1f, 0x8b, 8, 0]).unwrap();
    assert!(installation.fail(&["match", "half.json.gz"]).starts_with("half.json.gz cannot be read: "));
    assert_eq!(installation.fail(&["match", "none.json"]), "none.json cannot be read: No such file or directory (os error 2)");
    assert_eq!(installation.run(&["match", "none.json", "--seconds", "soon"]).code, Some(2));
}
