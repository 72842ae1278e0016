//! Matches a round from the command line: `match instance.json[.gz] [--seconds 10] [--steps 100] [--seed 1]`.
//!
//! The proposal goes to standard output. A line for every better proposal goes to standard error: seconds, steps, score, bound, the
//! gap between the two, and how many people have a place.

use std::io::Read;
use std::time::{Duration, Instant};

use matching::{Instance, Matcher};

struct Wish {
    file: String,
    seconds: f64,
    steps: usize,
    seed: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wish = wish()?;
    let mut json = std::fs::read(&wish.file)?;
    if json.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(json.as_slice()).read_to_end(&mut unpacked)?;
        json = unpacked;
    }
    let began = Instant::now();
    let instance = Instance::read(&json)?;
    let mut matcher = Matcher::new(&instance, wish.seed)?;
    let mut said = Duration::ZERO;
    for step in 1..=wish.steps {
        matcher.step(1);
        let spent = began.elapsed();
        let is_over = spent.as_secs_f64() >= wish.seconds || step == wish.steps;
        if is_over || spent >= said + said / 4 + Duration::from_millis(100) || step == 1 {
            said = spent;
            let (score, bound) = (matcher.score(), matcher.bound());
            let gap = f64::from(i32::try_from(bound - score)?) * 100.0 / f64::from(i32::try_from(bound.max(1))?);
            eprintln!(
                "{:8.2} s {step:7} steps  score {score}  bound {bound}  gap {gap:.2}%  placed {}",
                spent.as_secs_f64(),
                matcher.placed()
            );
        }
        if is_over {
            break;
        }
    }
    println!("{}", matcher.best().write()?);
    Ok(())
}

fn wish() -> Result<Wish, Box<dyn std::error::Error>> {
    let mut wish = Wish { file: String::new(), seconds: f64::INFINITY, steps: usize::MAX, seed: 1 };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--seconds" => wish.seconds = value()?.parse()?,
            "--steps" => wish.steps = value()?.parse()?,
            "--seed" => wish.seed = value()?.parse()?,
            _ => wish.file = word,
        }
    }
    if wish.file.is_empty() || (wish.seconds.is_infinite() && wish.steps == usize::MAX) {
        return Err("usage: match instance.json[.gz] --seconds 10 [--steps 100] [--seed 1]".into());
    }
    Ok(wish)
}
