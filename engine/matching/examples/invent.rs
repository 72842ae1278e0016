//! Invents a matching round of any size and writes it to standard output: `invent usual|scarce|vig|region PRACTITIONERS SUPERVISORS SEED`.
//!
//! The usual round is like the service: most practitioners want a parent-infant relationship group, a tenth video interaction guidance, a
//! twelfth supervision of supervisors; most meet online; they have two to six half days a week, a fifth of them others in the second
//! week; half had a supervisor before. Where places are scarce, supervisors have half the groups to give and half the time.

use std::collections::BTreeMap;

use matching::{Criteria, INSTANCE_FORMAT, Instance, Practitioner, Rules, StreamRules, Supervisor, Weights, Window};

const INTERVENTIONS: [&str; 8] = ["solihull", "nbo", "cosp", "mellow", "www", "circle", "triple_p", "incredible_years"];
const REGIONS: [&str; 9] = [
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
];

/// Half days, as minutes after midnight.
const HALF_DAYS: [(i64, i64); 2] = [(540, 750), (780, 1020)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Usual,
    Scarce,
    MostlyVig,
    OneRegion,
}

struct Dice(u64);

impl Dice {
    /// A number below the limit.
    fn roll(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    /// Whether it happens, so many times out of a hundred.
    fn happens(&mut self, of_a_hundred: i64) -> bool {
        self.roll(100) < of_a_hundred
    }

    fn one<'a>(&mut self, names: &[&'a str]) -> &'a str {
        let place = usize::try_from(self.roll(i64::try_from(names.len()).unwrap_or(1))).unwrap_or(0);
        names.get(place).copied().unwrap_or_default()
    }

    /// So many half days of each week on weekdays; a fifth of people have others in the second.
    fn week(&mut self, half_days: i64) -> Vec<Window> {
        let first = self.half_days(half_days);
        let second = if self.happens(20) { self.half_days(half_days) } else { first.clone() };
        let in_week = |week: i64, days: Vec<Window>| days.into_iter().map(move |day| Window { week, ..day });
        in_week(0, first).chain(in_week(1, second)).collect()
    }

    fn half_days(&mut self, count: i64) -> Vec<Window> {
        let mut days = BTreeMap::new();
        for _ in 0..count {
            let (from, to) = if self.happens(55) { HALF_DAYS[0] } else { HALF_DAYS[1] };
            let later = 30 * self.roll(3);
            let day = self.roll(5);
            days.insert((day, from), Window { week: 0, day, from: from + later, to });
        }
        days.into_values().collect()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [shape, practitioners, supervisors, seed] = words.as_slice() else {
        return Err("usage: invent usual|scarce|vig|region PRACTITIONERS SUPERVISORS SEED".into());
    };
    let shape = match shape.as_str() {
        "usual" => Shape::Usual,
        "scarce" => Shape::Scarce,
        "vig" => Shape::MostlyVig,
        "region" => Shape::OneRegion,
        other => return Err(format!("there is no shape {other}").into()),
    };
    println!("{}", round(shape, practitioners.parse()?, supervisors.parse()?, &mut Dice(seed.parse()?)).write()?);
    Ok(())
}

fn round(shape: Shape, practitioners: i64, supervisors: i64, dice: &mut Dice) -> Instance {
    let invented: Vec<Supervisor> = (1..=supervisors).map(|number| supervisor(shape, number, dice)).collect();
    let people: Vec<Practitioner> = (1..=practitioners).map(|number| practitioner(shape, number, supervisors, dice)).collect();
    let conflicts = (0..practitioners / 12)
        .map(|_| {
            let other =
                if dice.happens(80) { format!("p{}", 1 + dice.roll(practitioners)) } else { format!("s{}", 1 + dice.roll(supervisors)) };
            (format!("p{}", 1 + dice.roll(practitioners)), other)
        })
        .collect();
    Instance { format: INSTANCE_FORMAT.to_owned(), rules: rules(), supervisors: invented, practitioners: people, conflicts }
}

fn region(shape: Shape, dice: &mut Dice) -> String {
    if shape == Shape::OneRegion { REGIONS[0].to_owned() } else { dice.one(&REGIONS).to_owned() }
}

fn supervisor(shape: Shape, number: i64, dice: &mut Dice) -> Supervisor {
    let mut streams = vec!["pir"];
    if dice.happens(if shape == Shape::MostlyVig { 80 } else { 35 }) {
        streams.push("vig");
    }
    if dice.happens(30) {
        streams.push("sos");
    }
    let mut interventions: Vec<&str> = (0..3 + dice.roll(3)).map(|_| dice.one(&INTERVENTIONS)).collect();
    interventions.sort_unstable();
    interventions.dedup();
    let is_scarce = shape == Shape::Scarce;
    let modes: &[&str] = if dice.happens(60) { &["online", "in_person"] } else { &["online"] };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    Supervisor {
        id: format!("s{number}"),
        region: region(shape, dice),
        streams: owned(&streams),
        interventions: owned(&interventions),
        modes: owned(modes),
        max_groups: if is_scarce { 1 + dice.roll(2) } else { 2 + dice.roll(3) },
        availability: dice.week(if is_scarce { 2 } else { 4 }),
    }
}

fn practitioner(shape: Shape, number: i64, supervisors: i64, dice: &mut Dice) -> Practitioner {
    let stream = match dice.roll(120) {
        0..12 => "vig",
        12..22 => "sos",
        22..80 if shape == Shape::MostlyVig => "vig",
        _ => "pir",
    };
    let modes: &[&str] = match dice.roll(100) {
        0..8 => &["in_person"],
        8..40 => &["online", "in_person"],
        _ if shape == Shape::OneRegion => &["online", "in_person"],
        _ => &["online"],
    };
    let half_days = 2 + dice.roll(5);
    let availability = dice.week(half_days);
    let is_preferred = |place: usize| place.is_multiple_of(2);
    Practitioner {
        id: format!("p{number}"),
        authority: format!("E{:08}", dice.roll(75)),
        region: region(shape, dice),
        stream: stream.to_owned(),
        intervention: dice.one(&INTERVENTIONS).to_owned(),
        level: 1 + dice.roll(3),
        modes: modes.iter().map(|name| (*name).to_owned()).collect(),
        urgency: dice.roll(101),
        preferred: availability.iter().enumerate().filter(|(place, _)| is_preferred(*place)).map(|(_, window)| *window).collect(),
        availability,
        previous_supervisor: dice.happens(50).then(|| format!("s{}", 1 + dice.roll(supervisors))),
        profession: None,
        language: None,
        setting: None,
        together: Vec::new(),
        acquainted: Vec::new(),
    }
}

/// The rules and weights of the service.
fn rules() -> Rules {
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
