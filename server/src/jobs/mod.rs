//! Work that nobody asks for: sending messages, chasing what was forgotten, forgetting what has run out.
//!
//! Invariants: any number of processes may run these jobs at once, so each takes what it works on in the database first; a job that fails
//! has said so in the log and is tried again; when the process is told to stop, what has begun is finished.

mod mail;
#[cfg(test)]
mod mail_server;
mod schedule;

use std::sync::Arc;
use std::time::Duration;

use app::access::Premises;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;

pub use mail::Post;

/// How many jobs work at once, of those that nothing wakes: two may be long, a matching round and another calendar that is slow to answer, and the
/// others go on beside them. Each has a connection to the database, and what those hold is most of the memory of an idle process.
const AT_ONCE: usize = 3;
/// How long a job may take to finish what it has begun, once the process is told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// The jobs of a process that serves.
#[derive(Debug)]
pub struct Jobs {
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Jobs {
    /// Starts every job. `changed` is told when a form was accepted, so that a message need not wait for the next round.
    pub fn start(config: &Config, premises: &Premises, changed: Arc<Notify>) -> Self {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        tasks.spawn(mail::send_messages(premises.clone(), Post::of(config), changed, stop.clone()));
        for job in schedule::JOBS {
            tasks.spawn(job.repeat(premises.clone(), turns.clone(), stop.clone()));
        }
        tasks.close();
        Self { tasks, stop }
    }

    /// Lets each job finish what it has begun.
    pub async fn stop(self) {
        self.stop.cancel();
        if tokio::time::timeout(PATIENCE, self.tasks.wait()).await.is_err() {
            tracing::warn!("A job did not finish in time; what it had begun is tried again by the next process.");
        }
    }
}
