//! Whether there is news: how far the audit log has come.

use chrono::{DateTime, Utc};

use crate::access::System;
use crate::database::on;
use crate::error::AppError;

/// The last entry of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Latest {
    /// Its number; 0 where there is none.
    pub entry: i64,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
}

impl Latest {
    /// The later one of two.
    #[must_use]
    pub fn or_later(self, other: Self) -> Self {
        if other.entry > self.entry { other } else { self }
    }
}

/// How far the log has come, and what of it concerns open pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The end of the log.
    pub head: i64,
    /// The last entry that is news of the work: sessions, groups, people.
    pub work: Latest,
    /// The last entry that is news of what people write to one another.
    pub talk: Latest,
    /// The last entry after which somebody who was let in may not be any more; 0 where there is none.
    pub doubted: i64,
}

impl Heard {
    /// This, and what was heard before.
    #[must_use]
    pub fn after(self, before: Self) -> Self {
        Self {
            head: self.head,
            work: before.work.or_later(self.work),
            talk: before.talk.or_later(self.talk),
            doubted: self.doubted.max(before.doubted),
        }
    }
}

/// What has been written down since an entry.
///
/// Entries are numbered in the order in which they are committed, since the end of the log is one row that each writer takes: an entry that is
/// not seen yet has a higher number than every one that is. Whatever is not named here is news of the work.
pub async fn heard_since(system: &System, entry: i64) -> Result<Heard, AppError> {
    const HEARD: &str = "\
SELECT audit_end.sequence, work.sequence, work.written_at, talk.sequence, talk.written_at, doubt.sequence
FROM audit_end
LEFT JOIN (
    SELECT sequence, written_at
    FROM audit_entry
    WHERE sequence > $1
        AND subject NOT IN ('attempt', 'authority', 'certificate', 'gathered_theme', 'hours_elsewhere', 'improvement', 'library_item', 'own_learning', 'poll',
            'reading_list', 'reflection', 'sign_in', 'space', 'theme', 'thread', 'waiting')
        AND (subject <> 'offer' OR action = 'accept_offer')
        AND action NOT IN ('begin_code', 'change_password', 'chase_attendance', 'choose_registration_period', 'choose_reminders', 'drop_new_code', 'forget_codes',
            'remind_of_event', 'remind_of_session', 'renew_recovery_codes', 'reset_password', 'set_up_code', 'sign_out_everywhere', 'sign_out_others',
            'stop_codes', 'use_recovery_code')
    ORDER BY sequence DESC
    LIMIT 1
) work ON TRUE
LEFT JOIN (
    SELECT sequence, written_at
    FROM audit_entry
    WHERE sequence > $1
        AND subject IN ('group', 'moderation', 'space', 'thread')
    ORDER BY sequence DESC
    LIMIT 1
) talk ON TRUE
LEFT JOIN (
    SELECT sequence
    FROM audit_entry
    WHERE sequence > $1
        AND (subject = 'person' OR (subject = 'sign_in' AND action <> 'sign_in'))
    ORDER BY sequence DESC
    LIMIT 1
) doubt ON TRUE
WHERE audit_end.only_row = 1";

    type Row = (i64, Option<i64>, Option<DateTime<Utc>>, Option<i64>, Option<DateTime<Utc>>, Option<i64>);
    let row: Row = on!(system.database(), pool => sqlx::query_as(HEARD).bind(entry).fetch_one(pool).await)?;
    let (head, work, work_at, talk, talk_at, doubted) = row;
    let latest = |entry: Option<i64>, at| Latest { entry: entry.unwrap_or_default(), at };
    Ok(Heard { head, work: latest(work, work_at), talk: latest(talk, talk_at), doubted: doubted.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, system};
    use crate::audit::{Entry, record};
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;

    both_databases! {
        async fn every_change_is_news_and_a_sign_in_or_a_reminder_is_not_and_what_people_write_is_told_apart(fixture: Fixture) {
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
            let heard = async |entry| heard_since(&system, entry).await.unwrap();
            assert_eq!(heard(0).await, Heard::default());
            write("change_sessions", "session").await;
            write("sign_in", "sign_in").await;
            write("remind_of_session", "session").await;
            write("reply_to_thread", "thread").await;
            let at = |entry| Latest { entry, at: Some(fixture.now()) };
            assert_eq!(heard(0).await, Heard { head: 4, work: at(1), talk: at(4), doubted: 0 });
            assert_eq!(heard(1).await.work, Latest::default(), "what people write is no news of the work");
            write("something_that_nobody_has_thought_of", "person").await;
            assert_eq!(heard(4).await, Heard { head: 5, work: at(5), talk: Latest::default(), doubted: 5 });
            write("sign_out", "sign_in").await;
            assert_eq!(heard(5).await, Heard { head: 6, doubted: 6, ..Heard::default() });
            assert_eq!(heard(5).await.after(heard(0).await), Heard { head: 6, work: at(5), talk: at(4), doubted: 6 });
        }
    }
}
