//! Whether there is news: how far the audit log has come.

use chrono::{DateTime, Utc};

use crate::access::System;
use crate::database::on;
use crate::error::AppError;

/// How far the log has come, and the last of it that is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Heard {
    /// The end of the log.
    pub head: i64,
    /// The last entry after the one that was asked about that is news.
    pub told: Option<i64>,
    /// When that was written.
    pub told_at: Option<DateTime<Utc>>,
}

/// What has been written down since an entry.
///
/// Entries are numbered in the order in which they are committed, since the end of the log is one row that each writer takes: an entry that is
/// not seen yet has a higher number than every one that is. Whatever is not named here is news.
pub async fn heard_since(system: &System, entry: i64) -> Result<Heard, AppError> {
    const HEARD: &str = "\
SELECT audit_end.sequence AS head, news.sequence AS told, news.written_at AS told_at
FROM audit_end
LEFT JOIN (
    SELECT sequence, written_at
    FROM audit_entry
    WHERE sequence > $1
        AND subject NOT IN ('attempt', 'authority', 'certificate', 'gathered_theme', 'hours_elsewhere', 'improvement', 'library_item', 'own_learning', 'poll',
            'reading_list', 'reflection', 'sign_in', 'space', 'theme', 'waiting')
        AND (subject <> 'offer' OR action = 'accept_offer')
        AND action NOT IN ('begin_code', 'change_password', 'chase_attendance', 'choose_registration_period', 'choose_reminders', 'drop_new_code', 'forget_codes',
            'remind_of_session', 'renew_recovery_codes', 'reset_password', 'set_up_code', 'sign_out_everywhere', 'sign_out_others',
            'stop_codes', 'use_recovery_code')
    ORDER BY sequence DESC
    LIMIT 1
) news ON TRUE
WHERE audit_end.only_row = 1";

    Ok(on!(system.database(), pool => sqlx::query_as(HEARD).bind(entry).fetch_one(pool).await)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, system};
    use crate::audit::{Entry, record};
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;

    both_databases! {
        async fn every_change_is_news_and_a_sign_in_or_a_reminder_is_not(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let actor = fixture.actor(amina, &[]);
            let premises =
                Premises { database: fixture.database.clone(), clock: fixture.clock, is_demonstration: false, origin: "".into() };
            let system = system(&premises, "a test");
            let write = async |action, subject| {
                let mut transaction = actor.begin().await.unwrap();
                record(&mut transaction, &actor, Entry { action, subject, subject_id: None, detail: "" }).await.unwrap();
                transaction.commit().await.unwrap();
            };
            assert_eq!(heard_since(&system, 0).await.unwrap(), Heard { head: 0, told: None, told_at: None });
            write("change_sessions", "session").await;
            write("sign_out", "sign_in").await;
            write("remind_of_session", "session").await;
            let heard = heard_since(&system, 0).await.unwrap();
            assert_eq!(heard, Heard { head: 3, told: Some(1), told_at: Some(fixture.now()) });
            assert_eq!(heard_since(&system, 1).await.unwrap().told, None);
            write("something_that_nobody_has_thought_of", "person").await;
            assert_eq!(heard_since(&system, 3).await.unwrap(), Heard { head: 4, told: Some(4), told_at: Some(fixture.now()) });
        }
    }
}
