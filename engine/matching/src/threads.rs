//! The same work for many things, on as many threads as the caller allows. The results come in the order of the things, so that it makes
//! no difference to the answer how many threads there were.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does the work for each thing. A page has one thread, whatever it asks for.
pub fn map<T: Sync, R: Send>(threads: NonZeroUsize, things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads.get().min(things.len());
    if threads < 2 || cfg!(target_family = "wasm") {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    // Each thread takes the next thing that nobody has taken, so that one long piece of work does not hold up the rest.
    let take = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(place) else { return done };
            done.push((place, work(thing)));
        }
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut results = take();
        for other in others {
            match other.join() {
                Ok(done) => results.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
