//! How long it takes to expand 1,000 series over a year: `cargo run --release -p series --example expand_a_year`.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate, NaiveTime};
use series::{Closure, DaysOff, Ending, Pattern, PlaceInMonth, Rhythm, preview_pattern};

const SERIES: u32 = 1_000;
const ROUNDS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let patterns = patterns()?;
    let closures = closures();
    let days_off = DaysOff { closures: &closures, leave: &[] };
    let mut milliseconds = Vec::with_capacity(ROUNDS);
    let mut sessions = 0;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        sessions = patterns.iter().map(|pattern| black_box(preview_pattern(pattern, 90, days_off, None)).held.len()).sum();
        milliseconds.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    milliseconds.sort_by(f64::total_cmp);
    let place = |place: usize| milliseconds.get(place).copied().unwrap_or_default();
    println!("{SERIES} series, {sessions} sessions in a year: {:.1} ms, at best {:.1} ms (of {ROUNDS})", place(ROUNDS / 2), place(0));
    Ok(())
}

/// Half weekly, the rest fortnightly or monthly, on every day and at every hour of the working week.
fn patterns() -> Result<Vec<Pattern>, Box<dyn Error>> {
    let monday = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such date")?;
    let year = monday + Days::new(364);
    (0..SERIES)
        .map(|number| {
            let date = monday + Days::new(u64::from(number % 5));
            let rhythm = match number % 4 {
                0 | 1 => Rhythm::Weekly { every: 1 },
                2 => Rhythm::Weekly { every: 2 },
                _ => Rhythm::Monthly { every: 1, place: PlaceInMonth::of(date) },
            };
            let time = NaiveTime::from_hms_opt(9 + number % 8, 0, 0).ok_or("no such time")?;
            Ok(Pattern::new(date.and_time(time), rhythm, Some(Ending::Until(year)))?)
        })
        .collect()
}

fn closures() -> Vec<Closure> {
    let closure = |(month, first, last)| {
        Some(Closure {
            first: NaiveDate::from_ymd_opt(2026, month, first)?,
            last: NaiveDate::from_ymd_opt(2026, month, last)?,
            name: String::from("Staff learning"),
        })
    };
    [(2, 16, 17), (8, 24, 28), (12, 21, 31)].into_iter().filter_map(closure).collect()
}
