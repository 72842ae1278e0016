//! Matches a round and says how good the proposal is after 0.1, 1, 10 and 60 seconds, as rows of a table: `measure round.json`.
//!
//! A step that began before a moment may end after it; what it found then counts for the next moment. `measure round.json 20` writes the
//! proposal after twenty steps instead, to be compared with another machine's.

use std::io::Read;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Instant;

use flate2::read::GzDecoder;
use matching::{Instance, Matcher};

const MOMENTS: [f64; 4] = [0.1, 1.0, 10.0, 60.0];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (file, steps) = match words.as_slice() {
        [file] => (file, None),
        [file, steps] => (file, Some(steps.parse()?)),
        _ => return Err("usage: measure round.json [STEPS]".into()),
    };
    let mut json = std::fs::read(file)?;
    if json.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        GzDecoder::new(json.as_slice()).read_to_end(&mut unpacked)?;
        json = unpacked;
    }
    let Some(steps) = steps else { return measure(file, &json) };
    let mut matcher = Matcher::new(&Instance::read(&json)?, 1)?;
    matcher.step(steps);
    println!("{}", matcher.best().write());
    Ok(())
}

fn measure(file: &str, json: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".gz").trim_end_matches(".json");
    let began = Instant::now();
    let instance = Instance::read(json)?;
    let mut matcher = Matcher::new(&instance, 1)?.on_threads(available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let mut first = None;
    for moment in MOMENTS {
        let mut row = row(&matcher);
        while began.elapsed().as_secs_f64() < moment {
            matcher.step(1);
            let spent = began.elapsed().as_secs_f64();
            first.get_or_insert(spent);
            if spent <= moment {
                row = self::row(&matcher);
            }
        }
        println!("| {name} | {moment} s | {row} |");
    }
    let (people, supervisors) = (instance.practitioners.len(), instance.supervisors.len());
    let (first, memory) = (first.unwrap_or_default(), most_memory().unwrap_or_default());
    eprintln!(
        "{name}: {people} practitioners, {supervisors} supervisors; first proposal after {first:.2} s; at most {memory} MB of memory"
    );
    Ok(())
}

fn row(matcher: &Matcher) -> String {
    let (score, bound) = (matcher.score(), matcher.bound());
    if matcher.placed() == 0 {
        return "none yet | | | ".to_owned();
    }
    // In hundredths of a per cent.
    let gap = i128::from(bound - score) * 10_000 / i128::from(bound.max(1));
    format!("{score} | {bound} | {}.{:02}% | {}", gap / 100, gap % 100, matcher.placed())
}

/// The most memory that this program has had, where the system says so.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes.div_ceil(1000))
}
