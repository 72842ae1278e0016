//! Invented rounds for tests: small ones of every shape, from a seed.

use std::collections::BTreeMap;

use matching::{Criteria, Criterion, INSTANCE_FORMAT, Instance, Practitioner, Rules, StreamRules, Supervisor, Weights, Window};

pub fn rules() -> Rules {
    let stream = |max, target_min, target_max| StreamRules { min: 3, max, target_min, target_max };
    Rules {
        session_minutes: 90,
        changeover_minutes: 15,
        streams: BTreeMap::from([
            ("pir".to_owned(), stream(8, 4, 6)),
            ("vig".to_owned(), stream(6, 3, 5)),
            ("sos".to_owned(), stream(6, 4, 6)),
        ]),
        weights: Weights {
            placed: 1000,
            urgency: 5,
            same_supervisor: 90,
            preferred_time: 60,
            open_group: 120,
            below_target: 40,
            above_target: 40,
            same_authority: 50,
            lone_novice: 40,
            extra_intervention: 30,
            load_step: 10,
        },
        criteria: Criteria::default(),
        weakest_first: 0,
    }
}

pub fn window(week: i64, day: i64, from: i64, to: i64) -> Window {
    Window { week, day, from, to }
}

pub fn supervisor(id: &str) -> Supervisor {
    Supervisor {
        id: id.to_owned(),
        region: "London".to_owned(),
        streams: vec!["pir".to_owned()],
        interventions: vec!["solihull".to_owned(), "nbo".to_owned()],
        modes: vec!["online".to_owned()],
        max_groups: 2,
        availability: vec![window(0, 1, 540, 720)],
    }
}

pub fn practitioner(id: &str) -> Practitioner {
    Practitioner {
        id: id.to_owned(),
        authority: format!("authority of {id}"),
        region: "London".to_owned(),
        stream: "pir".to_owned(),
        intervention: "solihull".to_owned(),
        level: 2,
        modes: vec!["online".to_owned()],
        urgency: 50,
        availability: vec![window(0, 1, 540, 720)],
        preferred: Vec::new(),
        previous_supervisor: None,
        profession: None,
        language: None,
        setting: None,
        together: Vec::new(),
        acquainted: Vec::new(),
    }
}

/// A round of one supervisor and so many practitioners who get on well.
pub fn easy_round(practitioners: usize) -> Instance {
    Instance {
        format: INSTANCE_FORMAT.to_owned(),
        rules: rules(),
        supervisors: vec![supervisor("s1")],
        practitioners: (1..=practitioners).map(|number| practitioner(&format!("p{number}"))).collect(),
        conflicts: Vec::new(),
    }
}

/// Numbers for inventing, from a seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn some(&mut self, names: &[&str], least: usize) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        while names.len() > least && self.roll(2) == 0 {
            let place = usize::try_from(self.roll(u64::try_from(names.len()).unwrap())).unwrap();
            names.remove(place);
        }
        names
    }

    fn one(&mut self, names: &[&str]) -> String {
        names[usize::try_from(self.roll(u64::try_from(names.len()).unwrap())).unwrap()].to_owned()
    }

    fn windows(&mut self, count: u64) -> Vec<Window> {
        (0..count)
            .map(|_| {
                let from = 540 + 15 * i64::try_from(self.roll(6)).unwrap();
                let length = 90 + 15 * i64::try_from(self.roll(6)).unwrap();
                window(0, i64::try_from(self.roll(2)).unwrap(), from, from + length)
            })
            .collect()
    }
}

/// The same round where some let their profession, language and setting be used, and the rules ask that groups be mixed, alike, and without anybody
/// alone, as the seed has it.
pub fn with_criteria(mut round: Instance, seed: u64) -> Instance {
    let mut dice = Dice(seed.rotate_left(17) ^ 0x5eed);
    let mut weight = || if dice.roll(3) == 0 { i64::try_from(10 + dice.roll(60)).unwrap() } else { 0 };
    let mut criterion = || Criterion { alike: weight(), mixed: weight(), alone: weight() };
    round.rules.criteria = Criteria {
        authority: criterion(),
        intervention: criterion(),
        level: criterion(),
        profession: criterion(),
        language: criterion(),
        setting: criterion(),
        ..round.rules.criteria
    };
    for one in &mut round.practitioners {
        one.profession = (dice.roll(4) > 0).then(|| dice.one(&["health visitor", "midwife", "psychologist"]));
        one.language = (dice.roll(3) == 0).then(|| dice.one(&["urdu", "welsh"]));
        one.setting = (dice.roll(3) > 0).then(|| dice.one(&["family hub", "maternity", "social care"]));
    }
    round
}

/// The same round where some are kept together and some know one another, each with others of the round, with strangers and with themselves, some of
/// them said by one of the two alone; and the rules ask for it, as the seed has it.
pub fn with_ties(mut round: Instance, seed: u64) -> Instance {
    let mut dice = Dice(seed.rotate_left(29) ^ 0x71e5);
    let mut weight = || i64::try_from(dice.roll(4) * dice.roll(50)).unwrap();
    (round.rules.criteria.together, round.rules.criteria.acquainted) = (weight(), weight());
    let others = u64::try_from(round.practitioners.len()).unwrap() + 1;
    for one in &mut round.practitioners {
        let mut some = |most| (0..dice.roll(most)).map(|_| format!("p{}", dice.roll(others))).collect::<Vec<String>>();
        (one.together, one.acquainted) = (some(3), some(5));
    }
    let ties: Vec<(String, Vec<String>)> = round.practitioners.iter().map(|one| (one.id.clone(), one.together.clone())).collect();
    for one in round.practitioners.iter_mut().filter(|_| dice.roll(2) == 0) {
        let back = ties.iter().filter(|(id, others)| *id != one.id && others.contains(&one.id)).map(|(id, _)| id.clone());
        one.together.extend(back);
    }
    round
}

/// A round of the given numbers of people, of a shape that the seed decides: narrow hours, few interventions, conflicts.
pub fn invented_round(seed: u64, supervisors: u64, practitioners: u64) -> Instance {
    let mut dice = Dice(seed);
    let interventions = ["solihull", "nbo", "cosp", "mellow"];
    let regions = ["London", "North East"];
    let mut rules = rules();
    for stream in rules.streams.values_mut() {
        stream.min = 2 + i64::try_from(dice.roll(2)).unwrap();
    }
    let supervisors: Vec<Supervisor> = (0..supervisors)
        .map(|number| Supervisor {
            id: format!("s{number}"),
            region: dice.one(&regions),
            streams: dice.some(&["pir", "vig"], 1),
            interventions: dice.some(&interventions, 2),
            modes: dice.some(&["online", "in_person"], 1),
            max_groups: i64::try_from(1 + dice.roll(3)).unwrap(),
            availability: dice.windows(2),
        })
        .collect();
    let practitioners: Vec<Practitioner> = (0..practitioners)
        .map(|number| Practitioner {
            id: format!("p{number}"),
            authority: dice.one(&["E1", "E2"]),
            region: dice.one(&regions),
            stream: dice.one(&["pir", "pir", "pir", "vig"]),
            intervention: dice.one(&interventions),
            level: i64::try_from(1 + dice.roll(3)).unwrap(),
            modes: dice.some(&["online", "in_person"], 1),
            urgency: i64::try_from(dice.roll(101)).unwrap(),
            availability: dice.windows(3),
            preferred: dice.windows(1),
            previous_supervisor: (dice.roll(2) == 0).then(|| format!("s{}", dice.roll(3))),
            profession: None,
            language: None,
            setting: None,
            together: Vec::new(),
            acquainted: Vec::new(),
        })
        .collect();
    let count = u64::try_from(practitioners.len()).unwrap().max(1);
    let conflicts = (0..dice.roll(3))
        .filter(|_| !practitioners.is_empty() && !supervisors.is_empty())
        .map(|_| (format!("p{}", dice.roll(count)), if dice.roll(2) == 0 { "s0".to_owned() } else { format!("p{}", dice.roll(count)) }))
        .collect();
    Instance { format: INSTANCE_FORMAT.to_owned(), rules, supervisors, practitioners, conflicts }
}
