//! A group that passes from one supervisor to another, and who comes to what lies ahead of it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::super::letters::{Concerned, supervisor_changed};
use super::parties::{ask_newcomer, release_party, slug_of};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::diaries::{Diary, Posting, diary_of};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// The coming sessions of a group that another supervisor takes over, but for those under cover.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// Who led them until now.
    pub from: PersonId,
    /// Who leads them from now on.
    pub to: PersonId,
    /// Each session: which, from when and until when.
    pub sessions: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)>,
}

/// A group that passes from one supervisor to another, before anybody is told.
#[derive(Debug)]
pub(super) struct Handover<'a> {
    handed_over: HandedOver,
    /// What everybody's own calendar held before.
    before: Diary<'a>,
    /// When the sessions begin that stay with whoever led the group until now.
    stays: Vec<DateTime<Utc>>,
}

/// Gives the series and their coming sessions to another supervisor. Sessions under cover stay with the cover.
pub(super) async fn hand_over<'a>(
    transaction: &mut Transaction,
    actor: &'a Actor,
    group: GroupId,
    (from, to): (PersonId, PersonId),
) -> Result<Handover<'a>, AppError> {
    const GIVE: &str = "\
UPDATE session
SET supervisor_id = $3, version = version + 1
WHERE group_id = $1
    AND supervisor_id = $2
    AND starts_at > $4
    AND cancelled_at IS NULL
RETURNING id, starts_at, ends_at";
    const GIVE_SERIES: &str = "UPDATE series SET supervisor_id = $3, version = version + 1 WHERE group_id = $1 AND supervisor_id = $2";
    // What has begun was held while the group was theirs, whoever led it.
    const KEEP_WHOSE: &str = "UPDATE session SET group_was_of = $2 WHERE group_id = $1 AND starts_at <= $3 AND group_was_of IS NULL";

    let before = diary_of(transaction, group, Posting::by(actor)).await?;
    on!(&mut transaction, connection => sqlx::query(GIVE_SERIES).bind(group).bind(from).bind(to).execute(connection).await.map(|_| ()))?;
    on!(&mut transaction, connection => sqlx::query(KEEP_WHOSE)
        .bind(group)
        .bind(from)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let sessions: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)> = on!(&mut transaction, connection => sqlx::query_as(GIVE)
        .bind(group)
        .bind(from)
        .bind(to)
        .bind(actor.now())
        .fetch_all(connection).await)?;
    Ok(Handover { handed_over: HandedOver { from, to, sessions }, before, stays: Vec::new() })
}

impl Handover<'_> {
    /// What is taken over.
    pub fn handed_over(&self) -> &HandedOver {
        &self.handed_over
    }

    /// Lets some of the sessions stay with whoever led the group until now, until somebody covers them.
    pub async fn let_stay(&mut self, transaction: &mut Transaction, sessions: &BTreeSet<Uuid>) -> Result<(), AppError> {
        let HandedOver { from, sessions: all, .. } = &self.handed_over;
        self.stays = all.iter().filter(|(id, ..)| sessions.contains(id)).map(|(_, starts_at, _)| *starts_at).collect();
        self.stays.sort_unstable();
        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new("UPDATE session SET supervisor_id = ");
            statement.push_bind(*from).push(", stayed_with = ").push_bind(*from).push(" WHERE id IN (");
            statement.push_values(sessions, |mut values, session| {
                values.push_bind(*session);
            });
            statement.push(")");
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
        Ok(())
    }

    /// Asks whoever takes the group over to agree, and tells everybody, each once.
    pub async fn tell(self, transaction: &mut Transaction, actor: &Actor, group: GroupId) -> Result<(), AppError> {
        let Self { handed_over: HandedOver { from, to, .. }, before, stays } = self;
        ask_newcomer(transaction, group, to).await?;
        release_party(transaction, actor, group, from).await?;
        let mut told = expected_in(transaction, group, actor.now()).await?;
        told.extend([from, to]);
        told.sort_unstable();
        told.dedup();
        let news = before.news(transaction).await?;
        let stays: Vec<NaiveDateTime> = stays.into_iter().map(::series::local).collect();
        let (slug, members) = (slug_of(transaction, group).await?, members_of(transaction, group).await?);
        for person in told {
            let concerned = match person {
                person if person == from => Concerned::LedUntilNow,
                person if person == to => Concerned::TakesOver,
                _ => Concerned::Comes,
            };
            // Whoever only comes to a session of it, and whoever led it, opens its page no more.
            let opens_it = person == to || members.contains(&person);
            news.write(transaction, &supervisor_changed(person, concerned, opens_it.then_some(slug.as_str()), &stays)).await?;
        }
        Ok(())
    }
}

pub(super) async fn members_of(transaction: &mut Transaction, group: GroupId) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL ORDER BY joined_on, person_id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(group).fetch_all(connection).await)?)
}

/// Whoever comes to what lies ahead of a group: its members, those who have booked a place at one of its coming sessions that are held, and those who lead
/// one or are there beside its supervisor.
pub(super) async fn expected_in(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    const EXPECTED: &str = "\
SELECT person_id
FROM membership
WHERE group_id = $1
    AND left_on IS NULL
UNION
SELECT b.person_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
UNION
SELECT h.person_id
FROM session s
JOIN session_host h ON h.session_id = s.id
WHERE s.group_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
UNION
SELECT s.supervisor_id
FROM session s
WHERE s.group_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
ORDER BY person_id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(EXPECTED).bind(group).bind(now).fetch_all(connection).await)?)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::{end_group, open_group};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::GroupKind;
    use crate::groups::fixture::{change_group, code_of, coordinator, group, slug_of};
    use crate::groups::forms::GroupForm;
    use crate::people::fixture::person;
    use crate::sessions::fixture::{book, cancel, session};

    /// Those who were written to with such a subject.
    async fn told(fixture: &Fixture, subject: &str) -> Vec<String> {
        const TOLD: &str = "\
SELECT p.given_name
FROM message m
JOIN person p ON p.id = m.person_id
WHERE m.subject LIKE $1
ORDER BY p.given_name";

        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar(TOLD).bind(subject).fetch_all(pool).await).unwrap()
    }

    both_databases! {
        async fn whoever_has_booked_a_session_that_is_not_held_is_told_neither_of_a_new_supervisor_nor_of_the_end(fixture: Fixture) {
            let sian = coordinator(fixture).await;
            let (ruth, daniel) = (person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await);
            let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
            for (given_name, days, is_held) in [("Amina", 7, true), ("Tom", 14, false)] {
                let booked = session(fixture, clinic, fixture.now() + TimeDelta::days(days), 90).await;
                book(fixture, booked, person(fixture, given_name, "Bell", &[Role::Practitioner]).await).await;
                if !is_held {
                    cancel(fixture, booked).await;
                }
            }
            let word = str::to_owned;
            let form = GroupForm {
                name: word("Aire"),
                kind: word(GroupKind::OpenClinic.key()),
                supervisor: code_of(fixture, daniel).await,
                capacity: word("6"),
                mode: word("online"),
                room_url: word("https://meet.example.org/aire"),
                ..GroupForm::default()
            };
            let slug = slug_of(fixture, clinic).await;
            change_group(&sian, &open_group(&sian, &slug).await.unwrap(), 1, &form.check().unwrap()).await.unwrap();
            assert_eq!(told(fixture, "%new supervisor%").await, ["Amina", "Daniel", "Ruth"]);
            end_group(&sian, &open_group(&sian, &slug).await.unwrap(), 2).await.unwrap();
            assert_eq!(told(fixture, "%has ended%").await, ["Amina", "Daniel"]);
        }
    }
}
