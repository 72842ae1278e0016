//! `reverie match`: the engine of groups by itself, so that any other tool can check it.

use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use flate2::read::GzDecoder;
use matching::{Instance, Matcher};

/// For how long a round is matched where nothing is said.
const USUAL_TIME: Duration = Duration::from_secs(10);

/// Nobody's round is larger; a small file that unpacks to more was made to do harm.
const MOST_BYTES: u64 = 1 << 30;

/// With these two bytes a file of gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Propose groups for a matching round, without a database.
///
/// The round is a file of the format `supervision-matching/1`, plain or packed with gzip. The proposal goes to standard output; how good the
/// best one is so far, and how good any could be, to standard error. When it is told to stop (Ctrl+C, SIGTERM) it writes the best proposal
/// that it has found and ends. The same file, seed and number of steps give the same proposal on every machine. Where the file asks for the
/// weakest group first, the groups are levelled at the end, and what was given for it is said.
#[derive(Debug, Args)]
pub struct Matching {
    /// The file of the round; - reads it from standard input.
    instance: PathBuf,
    /// For how long to look for better proposals; 10 where neither seconds nor steps are given.
    #[arg(long, value_parser = seconds)]
    seconds: Option<Duration>,
    /// How many steps to take at most.
    #[arg(long)]
    steps: Option<usize>,
    /// Another seed finds another proposal.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Matches until the time or the steps are over, or until it is told to stop.
pub async fn matching(wish: Matching) -> Result<(), Box<dyn Error>> {
    // Until there is a round there is nothing to write, so that whoever stops it meanwhile ends it at once.
    let name = if is_standard_input(&wish.instance) { "standard input".to_owned() } else { wish.instance.display().to_string() };
    let round = read(&wish.instance).map_err(|cause| format!("{name} cannot be read: {cause}"))?;
    let refused = |error| format!("{name}: {error}; nothing was matched, so put that right and try again");
    let round = Instance::read(&round).map_err(refused)?;
    // The program does nothing else.
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let matcher = Matcher::new(&round, wish.seed).map_err(refused)?.on_threads(threads);
    drop(round);
    let is_told_to_stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&is_told_to_stop);
    tokio::spawn(async move {
        super::told_to_stop().await;
        told.store(true, Ordering::Relaxed);
    });
    // The search takes all of a thread, which must not be one that waits for signals.
    let searched = tokio::task::spawn_blocking(move || propose(matcher, &wish, &is_told_to_stop));
    let proposal = searched.await?;
    let mut output = io::stdout().lock();
    writeln!(output, "{proposal}")?;
    output.flush()?;
    Ok(())
}

/// The best proposal, as the text of a file.
fn propose(mut matcher: Matcher, wish: &Matching, is_told_to_stop: &AtomicBool) -> String {
    let began = Instant::now();
    let time = wish.seconds.or(wish.steps.is_none().then_some(USUAL_TIME)).unwrap_or(Duration::MAX);
    let steps = wish.steps.unwrap_or(usize::MAX);
    let mut next_line = Duration::ZERO;
    for step in 1..=steps {
        matcher.step(1);
        let spent = began.elapsed();
        let is_over = step == steps || spent >= time || is_told_to_stop.load(Ordering::Relaxed);
        if is_over || spent >= next_line {
            eprintln!("{}", progress(&matcher, step, spent));
            next_line = spent + spent / 4 + Duration::from_millis(100);
        }
        if is_over {
            break;
        }
    }
    let Some(levelled) = matcher.levelled() else { return matcher.best().write() };
    eprintln!("the weakest group first: score {}, {} given for it", levelled.score, matcher.score() - levelled.score);
    levelled.proposal.write()
}

fn progress(matcher: &Matcher, step: usize, spent: Duration) -> String {
    let (score, bound) = (matcher.score(), matcher.bound());
    // In hundredths of a per cent, since whole numbers print alike everywhere.
    let gap = i128::from(bound - score) * 10_000 / i128::from(bound.max(1));
    let (placed, spent) = (matcher.placed(), spent.as_secs_f64());
    format!("{spent:8.2} s  step {step}  score {score}  bound {bound}  gap {}.{:02}%  placed {placed}", gap / 100, gap % 100)
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// What is in the file, unpacked where it is packed.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let bytes = if is_standard_input(file) { all_of(io::stdin().lock())? } else { all_of(File::open(file)?)? };
    if bytes.starts_with(&GZIP) { all_of(GzDecoder::new(bytes.as_slice())) } else { Ok(bytes) }
}

fn all_of(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = source.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length <= MOST_BYTES) {
        return Ok(bytes);
    }
    Err(io::Error::other(format!("it is larger than {} MB, and no round is", MOST_BYTES >> 20)))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_number_that_is_not_negative() {
        assert_eq!(seconds("0.1"), Ok(Duration::from_millis(100)));
        for wrong in ["", "ten", "-1", "NaN", "inf", "1e300"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
