//! Sending what waits, one message at a time. Several processes may do so at once.

use std::future::Future;

use chrono::TimeDelta;

use super::store::{Outgoing, note_given_up, note_sent, remove_settled, take_due};
use crate::access::System;
use crate::error::AppError;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has left.
    Sent,
    /// It did not leave, and will be tried again.
    PutOff,
    /// It did not leave, and will not be tried again.
    GivenUp,
}

/// Why a message did not leave. Its words never hold an address.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NotSent {
    /// Another attempt may succeed.
    #[error("{0}")]
    ForNow(String),
    /// The message itself is the obstacle.
    #[error("{0}")]
    ForGood(String),
}

/// What was done with one message, for the log.
#[derive(Debug)]
pub struct Attempt {
    /// Which message.
    pub message: uuid::Uuid,
    /// Which attempt it was, counted from one.
    pub number: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it did not leave.
    pub reason: Option<NotSent>,
}

/// Sends the message that has been due for longest; nothing where none is due.
pub async fn send_next<F>(system: &System, send: impl FnOnce(Outgoing) -> F) -> Result<Option<Attempt>, AppError>
where
    F: Future<Output = Result<(), NotSent>>,
{
    let Some(message) = take_due(system).await? else { return Ok(None) };
    let attempt = |outcome, reason| Some(Attempt { message: message.id, number: message.attempts, outcome, reason });
    match send(message.clone()).await {
        Ok(()) => {
            note_sent(system, &message).await?;
            Ok(attempt(Outcome::Sent, None))
        }
        Err(NotSent::ForNow(reason)) if !message.is_last_attempt() => Ok(attempt(Outcome::PutOff, Some(NotSent::ForNow(reason)))),
        Err(reason) => {
            note_given_up(system, &message).await?;
            Ok(attempt(Outcome::GivenUp, Some(reason)))
        }
    }
}

/// How long it is remembered that a message was sent, or was not.
const SETTLED_STAYS: TimeDelta = TimeDelta::days(90);

/// Removes messages that were sent or given up long ago, and answers how many.
pub async fn forget_messages(system: &System) -> Result<u64, AppError> {
    remove_settled(system, system.now() - SETTLED_STAYS).await
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::access::{Premises, system};
    use crate::database::Clock;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::messages::{Leads, NewMessage, queue};
    use crate::people::fixture::person;

    fn job_at(fixture: &Fixture, moment: DateTime<Utc>) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "test")
    }

    async fn queue_one(fixture: &Fixture) {
        let amina = person(fixture, "Amina", "Rahman", &[]).await;
        let (subject, body) = ("Your session has moved".to_owned(), "It is on Friday.".to_owned());
        let message = NewMessage { to: amina, leads: Leads::AsWritten, subject, body };
        let mut transaction = fixture.database.begin().await.unwrap();
        queue(&mut transaction, &message, fixture.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn refuse(_: Outgoing) -> Result<(), NotSent> {
        Err(NotSent::ForNow("the mail server did not answer".to_owned()))
    }

    both_databases! {
        async fn a_message_is_forgotten_ninety_days_after_it_left(fixture: Fixture) {
            queue_one(fixture).await;
            queue_one(fixture).await;
            send_next(&job_at(fixture, fixture.now()), async |_| Ok(())).await.unwrap();
            assert_eq!(forget_messages(&job_at(fixture, fixture.now() + TimeDelta::days(89))).await, Ok(0));
            let later = job_at(fixture, fixture.now() + TimeDelta::days(90));
            assert_eq!(forget_messages(&later).await, Ok(1), "the one that still waits stays");
            assert_eq!(forget_messages(&later).await, Ok(0));
        }

        async fn a_message_that_left_does_not_leave_again(fixture: Fixture) {
            queue_one(fixture).await;
            let later = fixture.now() + TimeDelta::days(1);
            let attempt = send_next(&job_at(fixture, fixture.now()), async |_| Ok(())).await.unwrap().unwrap();
            assert_eq!(attempt.outcome, Outcome::Sent);
            assert!(send_next(&job_at(fixture, later), refuse).await.unwrap().is_none());
        }

        async fn a_message_that_does_not_leave_is_tried_again_and_then_given_up(fixture: Fixture) {
            queue_one(fixture).await;
            let mut moment = fixture.now();
            for minutes in [1, 5, 30, 120] {
                let attempt = send_next(&job_at(fixture, moment), refuse).await.unwrap().unwrap();
                assert_eq!(attempt.outcome, Outcome::PutOff);
                let too_soon = moment + TimeDelta::minutes(minutes) - TimeDelta::seconds(1);
                assert!(send_next(&job_at(fixture, too_soon), refuse).await.unwrap().is_none());
                moment += TimeDelta::minutes(minutes);
            }
            let attempt = send_next(&job_at(fixture, moment), refuse).await.unwrap().unwrap();
            assert_eq!((attempt.outcome, attempt.number), (Outcome::GivenUp, 5));
            let later = moment + TimeDelta::days(1);
            assert!(send_next(&job_at(fixture, later), refuse).await.unwrap().is_none());
        }

        async fn a_message_that_can_never_leave_is_given_up_at_once(fixture: Fixture) {
            queue_one(fixture).await;
            let never = async |_| Err(NotSent::ForGood("its address is none".to_owned()));
            let attempt = send_next(&job_at(fixture, fixture.now()), never).await.unwrap().unwrap();
            assert_eq!(attempt.outcome, Outcome::GivenUp);
        }

        async fn a_message_is_tried_again_by_others_when_a_process_dies_while_it_sends(fixture: Fixture) {
            queue_one(fixture).await;
            let system = job_at(fixture, fixture.now());
            let dies = async |_| std::future::pending::<Result<(), NotSent>>().await;
            assert!(tokio::time::timeout(std::time::Duration::from_millis(300), send_next(&system, dies)).await.is_err());
            let after = job_at(fixture, fixture.now() + TimeDelta::minutes(1));
            let attempt = send_next(&after, async |_| Ok(())).await.unwrap().unwrap();
            assert_eq!((attempt.outcome, attempt.number), (Outcome::Sent, 2));
        }
    }
}
