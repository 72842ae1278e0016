//! What is done every so often.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::access::{Premises, System, system};
use app::error::AppError;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::outside::{fetch, look};

/// The work of a job; it answers how many things it dealt with.
type Work = fn(System) -> Pin<Box<dyn Future<Output = Result<u64, AppError>> + Send>>;

/// Something that is done every so often.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// Its name in the log and in the figures.
    name: &'static str,
    /// Why, for the audit log.
    reason: &'static str,
    /// How often.
    every: Duration,
    work: Work,
}

/// Every job but the sending of messages, which is woken as well.
pub const JOBS: [Job; 25] = [
    Job {
        name: "forget_what_ran_out",
        reason: "sign-ins, links and attempts are kept no longer than they are needed",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::sign_in::jobs::forget_what_ran_out(&system).await }),
    },
    Job {
        name: "forget_messages",
        reason: "messages that have left are kept no longer than they are needed",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::messages::jobs::forget_messages(&system).await }),
    },
    Job {
        name: "forget_access",
        reason: "who opened whose record is kept as long as the log, and no longer",
        every: Duration::from_hours(24),
        work: |system| Box::pin(async move { app::access_log::jobs::forget_access(&system).await }),
    },
    Job {
        name: "chase_unmarked",
        reason: "attendance is due two working days after a session",
        every: Duration::from_mins(15),
        work: |system| Box::pin(async move { app::sessions::jobs::chase_unmarked(&system).await }),
    },
    Job {
        name: "plan_further_sessions",
        reason: "a series without an end is planned as time goes on",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::changes::jobs::plan_further_sessions(&system).await }),
    },
    Job {
        name: "forget_changes",
        reason: "changes are kept no longer than they can be undone",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::changes::jobs::forget_changes(&system).await }),
    },
    Job {
        name: "remind_of_sessions",
        reason: "people are reminded of sessions and events at the times that they chose",
        every: Duration::from_mins(10),
        work: |system| {
            Box::pin(async move {
                let sessions = app::reminders::jobs::remind_of_sessions(&system).await?;
                Ok(sessions.saturating_add(app::events::jobs::remind_of_events(&system).await?))
            })
        },
    },
    Job {
        name: "forget_reminders",
        reason: "which sessions and events people were reminded of is kept until they begin",
        every: Duration::from_hours(1),
        work: |system| {
            Box::pin(async move {
                let sessions = app::reminders::jobs::forget_reminders(&system).await?;
                Ok(sessions.saturating_add(app::events::jobs::forget_event_reminders(&system).await?))
            })
        },
    },
    Job {
        name: "announce_closed_polls",
        reason: "whoever offered times is told when their poll has closed",
        every: Duration::from_mins(15),
        work: |system| Box::pin(async move { app::polls::jobs::announce_closed_polls(&system).await }),
    },
    Job {
        name: "forget_poll_links",
        reason: "links of polls are kept no longer than they are needed",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::polls::jobs::forget_poll_links(&system).await }),
    },
    Job {
        name: "pass_places_on",
        reason: "a place that was declined or not answered about goes to the next who fits",
        every: Duration::from_mins(5),
        work: |system| Box::pin(async move { app::waiting::jobs::pass_places_on(&system).await }),
    },
    Job {
        name: "follow_clinics",
        reason: "a free place at an open clinic is for whoever waits for it",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::clinics::jobs::follow_clinics(&system).await }),
    },
    Job {
        name: "forget_imports",
        reason: "what was brought from a spreadsheet is kept for a day",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::imports::jobs::forget_imports(&system).await }),
    },
    Job {
        name: "forget_reflections",
        reason: "what somebody removed from their log is deleted after an hour",
        every: Duration::from_mins(5),
        work: |system| Box::pin(async move { app::reflections::jobs::forget_reflections(&system).await }),
    },
    Job {
        name: "work_on_rounds",
        reason: "groups are proposed for the matching rounds that were started",
        every: Duration::from_secs(5),
        work: |system| Box::pin(async move { app::matching::jobs::work_on_rounds(&system).await }),
    },
    Job {
        name: "publish_agreed",
        reason: "the sessions of a group that a round has formed are published once everybody has agreed",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::asking::jobs::publish_agreed(&system).await }),
    },
    Job {
        name: "ask_about_renewals",
        reason: "a group is renewed, reviewed or ended before its sessions stop",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::renewals::jobs::ask_about_renewals(&system).await }),
    },
    Job {
        name: "remind_to_ask_for_topics",
        reason: "members are asked once a year what the community takes up next",
        every: Duration::from_hours(24),
        work: |system| Box::pin(async move { app::themes::jobs::remind_to_ask(&system).await }),
    },
    Job {
        name: "check_audit_log",
        reason: "whether anything was changed underneath is known without anybody waiting for it",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::audit::jobs::check_audit_log(&system).await }),
    },
    Job {
        name: "read_other_calendars",
        reason: "busy times are read from the other calendars that supervisors have named",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::busy::jobs::read_other_calendars(&system, fetch).await }),
    },
    Job {
        name: "check_links",
        reason: "the library holds what the product brings along, and its links lead somewhere",
        every: Duration::from_hours(1),
        work: |system| Box::pin(async move { app::library::jobs::check_links(&system, look).await }),
    },
    Job {
        name: "end_openings",
        reason: "what two people have opened is closed again at its time",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::openings::jobs::end_openings(&system).await }),
    },
    Job {
        name: "write_to_moderators",
        reason: "those who decide are written to once about what came within an hour",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::moderation::jobs::write_to_moderators(&system).await }),
    },
    Job {
        name: "let_places_follow",
        reason: "a place at an event is for whoever belongs to those whom it is for",
        every: Duration::from_mins(1),
        work: |system| Box::pin(async move { app::events::jobs::let_places_follow(&system).await }),
    },
    Job {
        name: "send_digests",
        reason: "people are sent a digest of the spaces that they chose",
        every: Duration::from_mins(5),
        work: |system| Box::pin(async move { app::digest::jobs::send_digests(&system).await }),
    },
];

impl Job {
    /// Does the work as soon as it has a turn, and then every so often until it is told to stop.
    pub async fn repeat(self, premises: Premises, turns: Arc<Semaphore>, stop: CancellationToken) {
        let system = system(&premises, self.reason);
        loop {
            let turn = tokio::select! {
                () = stop.cancelled() => return,
                turn = turns.acquire() => turn,
            };
            self.run(system.clone()).await;
            drop(turn);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(self.every) => {}
            }
        }
    }

    async fn run(self, system: System) {
        let started = Instant::now();
        let result = (self.work)(system).await;
        let outcome = if result.is_ok() { "done" } else { "failed" };
        metrics::counter!("reverie_jobs_total", "job" => self.name, "outcome" => outcome).increment(1);
        let duration_ms = started.elapsed().as_secs_f64() * 1_000.0;
        match result {
            // A job of every minute would fill the log with saying that there was nothing.
            Ok(0) => tracing::debug!(job = self.name, duration_ms, "A job had nothing to do."),
            Ok(count) => tracing::info!(job = self.name, count, duration_ms, "Finished a job."),
            Err(error) => tracing::warn!(job = self.name, %error, duration_ms, "A job failed; it will be tried again."),
        }
    }
}
