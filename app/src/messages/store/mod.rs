//! The outbox in the database.

mod news;
mod shown;

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use news::news_of;
pub use shown::demonstration_mail;

use super::leads::Leads;
use super::model::{is_last, one_line, rest_after};
use crate::access::System;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::PersonId;

/// What is sent, and to whom.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// The one who receives it, at the address that they have now.
    pub to: PersonId,
    /// Where it leads within the product.
    pub leads: Leads,
    /// The thing and the date, for example "Your session on Thursday 5 November has moved".
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Puts a message into the outbox. It leaves when the transaction is committed, and not otherwise.
///
/// Whoever was never invited knows nothing of the product, and whoever is suspended is told nothing more: for them nothing is written.
pub async fn queue(transaction: &mut Transaction, message: &NewMessage, now: DateTime<Utc>) -> Result<(), AppError> {
    put(transaction, message, Beside::nothing(message), Waits::not(now)).await
}

/// The same for a link that lets somebody in. It is of no use to whoever is in and reads their news, so it is none of these.
pub async fn queue_way_in(transaction: &mut Transaction, message: &NewMessage, now: DateTime<Utc>) -> Result<(), AppError> {
    put(transaction, message, Beside { is_news: false, ..Beside::nothing(message) }, Waits::not(now)).await
}

/// The same for one of many, which whoever receives it can stop at an address, from the list of their mail and without opening it.
pub async fn queue_with_stop(
    transaction: &mut Transaction,
    message: &NewMessage,
    stops_at: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    put(transaction, message, Beside { stops_at: Some(stops_at), ..Beside::nothing(message) }, Waits::not(now)).await
}

/// The same with invitations of the engine `calendar_files`, which name nobody until they are sent.
///
/// A calendar takes one from a message, so the first travels with the words, and each further one in a short message of its own.
pub async fn queue_with_calendars(
    transaction: &mut Transaction,
    message: &NewMessage,
    calendars: &[String],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    queue_until(transaction, message, calendars, Waits::not(now)).await
}

/// The same for something that may be undone: it leaves at a later moment, unless it is taken back until then.
pub async fn queue_until(transaction: &mut Transaction, message: &NewMessage, calendars: &[String], waits: Waits) -> Result<(), AppError> {
    let mut calendars = calendars.iter();
    put(transaction, message, Beside { calendar: calendars.next(), ..Beside::nothing(message) }, waits).await?;
    for further in calendars {
        let message = NewMessage { body: FURTHER_CALENDAR.to_owned(), ..message.clone() };
        let beside = Beside { calendar: Some(further), is_news: false, leads_to: None, ..Beside::nothing(&message) };
        put(transaction, &message, beside, waits).await?;
    }
    Ok(())
}

/// What travels beside the words, and how they stand in the news of whoever receives them.
#[derive(Clone, Debug)]
struct Beside<'a> {
    calendar: Option<&'a String>,
    stops_at: Option<&'a str>,
    is_news: bool,
    leads_to: Option<String>,
}

impl Beside<'_> {
    /// Nothing travels beside the words.
    fn nothing(message: &NewMessage) -> Self {
        Self { calendar: None, stops_at: None, is_news: true, leads_to: message.leads.path(&message.body) }
    }
}

/// What is written beside an invitation that belongs to the message before.
const FURTHER_CALENDAR: &str = "Hello\n\nThis belongs to our message of the same subject. It holds nothing but the rest of the change for your calendar. If you keep your calendar by hand, you can leave it.\n\nThe Centre";

async fn put(transaction: &mut Transaction, message: &NewMessage, beside: Beside<'_>, waits: Waits) -> Result<(), AppError> {
    const QUEUE: &str = "\
INSERT INTO message (id, person_id, address, subject, body, calendar, created_at, due_at, attempts, about, stops_at, told_at, leads_to)
SELECT $1, id, email, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11
FROM person
WHERE id = $2
    AND standing IN ('invited', 'registered')";

    on!(&mut transaction, connection => sqlx::query(QUEUE)
        .bind(new_id())
        .bind(message.to)
        .bind(one_line(&message.subject))
        .bind(&message.body)
        .bind(beside.calendar)
        .bind(waits.now)
        .bind(waits.until)
        .bind(waits.about)
        .bind(beside.stops_at)
        .bind(beside.is_news.then_some(waits.until))
        .bind(beside.leads_to)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// How long a message waits, and what it tells of.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// The present moment.
    pub now: DateTime<Utc>,
    /// When it leaves.
    pub until: DateTime<Utc>,
    /// What was done, by which the message is taken back.
    pub about: Option<Uuid>,
}

impl Waits {
    /// It leaves at once, and is about nothing that could be undone.
    const fn not(now: DateTime<Utc>) -> Self {
        Self { now, until: now, about: None }
    }
}

/// Takes back every message about something that was undone, but for those that are on their way. Answers who has been told, or is being told.
pub async fn take_back(transaction: &mut Transaction, about: Uuid) -> Result<Vec<PersonId>, AppError> {
    const TAKE_BACK: &str = "DELETE FROM message WHERE about = $1 AND attempts = 0 AND sent_at IS NULL";
    const TOLD: &str = "SELECT DISTINCT person_id FROM message WHERE about = $1 AND given_up_at IS NULL ORDER BY person_id";

    on!(&mut transaction, connection => sqlx::query(TAKE_BACK).bind(about).execute(connection).await.map(|_| ()))?;
    Ok(on!(&mut transaction, connection => sqlx::query_scalar(TOLD).bind(about).fetch_all(connection).await)?)
}

/// Takes back what waits for somebody who is to be told nothing more. It does not stand in their news either.
pub async fn recall(transaction: &mut Transaction, person: PersonId, now: DateTime<Utc>) -> Result<(), AppError> {
    const RECALL: &str = "\
UPDATE message
SET given_up_at = $2, body = '', calendar = NULL, stops_at = NULL, told_at = NULL
WHERE person_id = $1
    AND sent_at IS NULL
    AND given_up_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(RECALL).bind(person).bind(now).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Removes what was sent, or given up, before a moment. Answers how many there were.
pub(super) async fn remove_settled(system: &System, before: DateTime<Utc>) -> Result<u64, AppError> {
    const REMOVE: &str = "DELETE FROM message WHERE sent_at <= $1 OR given_up_at <= $1";
    Ok(on!(system.database(), pool => sqlx::query(REMOVE).bind(before).execute(pool).await.map(|done| done.rows_affected()))?)
}

/// A message that this process has taken, so that no other process sends it at the same time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Outgoing {
    /// Names the message for good: every attempt carries the same identity.
    pub id: Uuid,
    /// To whom.
    pub address: String,
    /// The subject, on one line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// An invitation that travels with it, without sender and recipient.
    pub calendar: Option<String>,
    /// Where whoever receives it stops what it is one of.
    pub stops_at: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Which attempt this is, counted from one.
    pub attempts: i64,
}

impl Outgoing {
    /// Whether a failure of this attempt is the end of it.
    pub fn is_last_attempt(&self) -> bool {
        is_last(self.attempts)
    }
}

/// Takes the message that has been due for longest, if any is due. Taking it puts it off, so a process that dies here loses nothing.
pub async fn take_due(system: &System) -> Result<Option<Outgoing>, AppError> {
    // A read first: most of the time nothing is due, and a write would take the lock of the SQLite file for nothing.
    const DUE: &str = "\
SELECT id, attempts
FROM message
WHERE sent_at IS NULL
    AND given_up_at IS NULL
    AND due_at <= $1
ORDER BY due_at, id
LIMIT 1";
    const TAKE: &str = "\
UPDATE message
SET attempts = attempts + 1, due_at = $3
WHERE id = $1
    AND attempts = $2
    AND sent_at IS NULL
    AND given_up_at IS NULL
RETURNING id, address, subject, body, calendar, stops_at, created_at, attempts";

    let (database, now) = (system.database(), system.now());
    loop {
        let due: Option<(Uuid, i64)> = on!(database, pool => sqlx::query_as(DUE).bind(now).fetch_optional(pool).await)?;
        let Some((id, attempts)) = due else { return Ok(None) };
        let taken = on!(database, pool => sqlx::query_as(TAKE)
            .bind(id)
            .bind(attempts)
            .bind(now + rest_after(attempts + 1))
            .fetch_optional(pool).await)?;
        // Another process may have been quicker; then the next one is looked for.
        if taken.is_some() {
            return Ok(taken);
        }
    }
}

/// Notes that a message has left. Its text goes, except in a demonstration, which shows it.
pub async fn note_sent(system: &System, message: &Outgoing) -> Result<(), AppError> {
    const SENT: &str = "UPDATE message SET sent_at = $2, body = $3, calendar = $4, stops_at = NULL WHERE id = $1";
    settle(system, message, SENT).await
}

/// Notes that a message will not be tried again.
pub async fn note_given_up(system: &System, message: &Outgoing) -> Result<(), AppError> {
    const GIVEN_UP: &str = "UPDATE message SET given_up_at = $2, body = $3, calendar = $4, stops_at = NULL WHERE id = $1";
    settle(system, message, GIVEN_UP).await
}

async fn settle(system: &System, message: &Outgoing, statement: &'static str) -> Result<(), AppError> {
    let (body, calendar) = if system.is_demonstration() { (message.body.as_str(), message.calendar.as_deref()) } else { ("", None) };
    on!(system.database(), pool => sqlx::query(statement)
        .bind(message.id)
        .bind(system.now())
        .bind(body)
        .bind(calendar)
        .execute(pool).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, system};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::fixture::person;

    fn letter(to: PersonId, subject: &str) -> NewMessage {
        let body = "https://reverie.example/sign-in/invitation/abc".to_owned();
        NewMessage { to, leads: Leads::LetsIn, subject: subject.to_owned(), body }
    }

    fn job(fixture: &Fixture) -> System {
        let premises = Premises {
            database: fixture.database.clone(),
            clock: fixture.clock,
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        };
        system(&premises, "test")
    }

    both_databases! {
        async fn a_message_leaves_only_when_its_transaction_is_committed(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let mut undone = fixture.database.begin().await.unwrap();
            queue(&mut undone, &letter(amina, "Undone"), fixture.now()).await.unwrap();
            drop(undone);
            assert!(take_due(&job(fixture)).await.unwrap().is_none());

            let mut done = fixture.database.begin().await.unwrap();
            queue(&mut done, &letter(amina, "Done\r\nBcc: x@example.org"), fixture.now()).await.unwrap();
            done.commit().await.unwrap();
            let taken = take_due(&job(fixture)).await.unwrap().unwrap();
            assert_eq!(taken.subject, "Done Bcc: x@example.org");
            assert!(taken.address.starts_with("amina.rahman."), "{}", taken.address);
            assert_eq!(taken.attempts, 1);
        }

        async fn a_message_that_one_process_has_taken_is_not_taken_by_another(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            for number in 0..20 {
                queue(&mut transaction, &letter(amina, &format!("Message {number}")), fixture.now()).await.unwrap();
            }
            transaction.commit().await.unwrap();
            let take_all = || {
                let system = job(fixture);
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    while let Some(message) = take_due(&system).await.unwrap() {
                        taken.push(message.id);
                        tokio::task::yield_now().await;
                    }
                    taken
                })
            };
            let (one, other) = tokio::join!(take_all(), take_all());
            let mut all = [one.unwrap(), other.unwrap()].concat();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 20);
        }

        async fn nothing_is_written_to_somebody_suspended_or_never_invited(fixture: Fixture) {
            const PUT: &str = "UPDATE person SET standing = $2 WHERE id = $1";
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            for (standing, messages) in [("suspended", 0_i64), ("not_invited", 0), ("invited", 1), ("registered", 2)] {
                let database = &fixture.database;
                on!(database, pool => sqlx::query(PUT).bind(amina).bind(standing).execute(pool).await.map(|_| ())).unwrap();
                let mut transaction = database.begin().await.unwrap();
                queue(&mut transaction, &letter(amina, "A place in a group"), fixture.now()).await.unwrap();
                transaction.commit().await.unwrap();
                let count: i64 = on!(database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM message").fetch_one(pool).await).unwrap();
                assert_eq!(count, messages, "{standing}");
            }
        }

        async fn each_invitation_travels_in_a_message_of_its_own_and_the_words_with_the_first(fixture: Fixture) {
            const SENT: &str = "SELECT subject, body, calendar FROM message ORDER BY id";
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            let (words, files) = (letter(amina, "Moved"), ["old series".to_owned(), "new series".to_owned()]);
            queue_with_calendars(&mut transaction, &words, &files, fixture.now()).await.unwrap();
            queue_with_calendars(&mut transaction, &letter(amina, "No file"), &[], fixture.now()).await.unwrap();
            transaction.commit().await.unwrap();
            let sent: Vec<(String, String, Option<String>)> =
                on!(&fixture.database, pool => sqlx::query_as(SENT).fetch_all(pool).await).unwrap();
            let shown: Vec<_> = sent.iter().map(|(subject, body, file)| (subject.as_str(), body == &words.body, file.as_deref())).collect();
            assert_eq!(shown, [("Moved", true, Some("old series")), ("Moved", false, Some("new series")), ("No file", true, None)]);
        }

        async fn what_was_sent_keeps_no_body_and_no_calendar(fixture: Fixture) {
            const FILES: &str = "SELECT COUNT(*) FROM message WHERE calendar IS NOT NULL";
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            queue_with_calendars(&mut transaction, &letter(amina, "Sent"), &["BEGIN:VCALENDAR".to_owned()], fixture.now()).await.unwrap();
            queue(&mut transaction, &letter(amina, "Given up"), fixture.now()).await.unwrap();
            transaction.commit().await.unwrap();
            let system = job(fixture);
            let sent = take_due(&system).await.unwrap().unwrap();
            assert_eq!(sent.calendar.as_deref(), Some("BEGIN:VCALENDAR"));
            note_sent(&system, &sent).await.unwrap();
            let given_up = take_due(&system).await.unwrap().unwrap();
            note_given_up(&system, &given_up).await.unwrap();
            let bodies: Vec<String> =
                on!(&fixture.database, pool => sqlx::query_scalar("SELECT body FROM message").fetch_all(pool).await).unwrap();
            assert_eq!(bodies, ["", ""]);
            let files: i64 = on!(&fixture.database, pool => sqlx::query_scalar(FILES).fetch_one(pool).await).unwrap();
            assert_eq!(files, 0);
        }
    }
}
