//! How long it takes to scan 10 kB: `cargo run --release -p text_guard --example scan_ten_kilobytes`.

use std::hint::black_box;
use std::time::Instant;

const TALK: &str = "Mum said she is fine and I did not believe her. The clinic line is 0161 496 0123, the baby (Amelia Clarke, dob 14/02/2025) \
                    was asleep, and they live at 14 Elm Road, M14 5RT. I noticed my own breath when he turned away from her. ";
const LENGTH: usize = 10_000;
const ROUNDS: usize = 200;

fn main() {
    let text: String = TALK.chars().cycle().take(LENGTH).collect();
    let mut milliseconds = Vec::with_capacity(ROUNDS);
    let mut spans = 0;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        spans = black_box(text_guard::scan(black_box(&text))).len();
        milliseconds.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    milliseconds.sort_by(f64::total_cmp);
    let place = |place: usize| milliseconds.get(place).copied().unwrap_or_default();
    println!(
        "{LENGTH} letters, {spans} spans: {:.3} ms, at best {:.3} ms, at worst {:.3} ms (of {ROUNDS})",
        place(ROUNDS / 2),
        place(0),
        place(ROUNDS - 1)
    );
}
