//! Making a poll: its times, who is asked, and a link for each of them.

use chrono::{DateTime, Days, Utc, Weekday};

use crate::access::{Actor, Permission, digest};
use crate::audit;
use crate::database::{Transaction, code, new_id, on, short_secret};
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, open_group_to_plan};
use crate::messages::queue;
use crate::people::{EmailAddress, PersonId};
use crate::polls::answers::PollToMake;
use crate::polls::forms::NewPoll;
use crate::polls::letters::{Invitation, invitation};
use crate::polls::model::{PollId, first_from};

/// Who is asked. Only [`open_whom_to_ask`] makes one.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Everybody in a group.
    Group(OpenedGroup),
    /// People by name, which is for those who may look up everybody.
    Named,
}

/// A group whose sessions the actor plans; people by name for whoever manages groups.
pub async fn open_whom_to_ask(actor: &Actor, slug: &str) -> Result<Asked, AppError> {
    match slug {
        "" if actor.may(Permission::ManageGroups) => Ok(Asked::Named),
        "" => Err(AppError::NotFound),
        slug => Ok(Asked::Group(open_group_to_plan(actor, slug).await?)),
    }
}

/// What the form begins with: the length and the rhythm of the group's last series, a week to answer, and two to plan.
pub async fn poll_to_make(actor: &Actor, asked: &Asked) -> Result<PollToMake, AppError> {
    const LAST: &str = "\
SELECT length_minutes, COALESCE(every_weeks, 4 * every_months)
FROM series
WHERE group_id = $1
    AND deleted_at IS NULL
ORDER BY id DESC
LIMIT 1";

    let last: Option<(i64, i64)> = match asked {
        Asked::Named => None,
        Asked::Group(group) => {
            let database = actor.database();
            on!(database, pool => sqlx::query_as(LAST).bind(group.id()).fetch_optional(pool).await)?
        }
    };
    let (length_minutes, every_weeks) = last.unwrap_or((90, 2));
    let today = ::series::local(actor.now()).date();
    let group = match asked {
        Asked::Group(group) => Some((group.slug().to_owned(), group.name().to_owned())),
        Asked::Named => None,
    };
    let begins_on = first_from(today + Days::new(21), Weekday::Mon);
    Ok(PollToMake { group, length_minutes, every_weeks, begins_on, closes_on: today + Days::new(7) })
}

/// Makes a poll and writes to everybody who is asked. Answers its part of the address.
pub async fn make_poll(actor: &Actor, asked: &Asked, poll: &NewPoll) -> Result<String, AppError> {
    let mut transaction = actor.begin().await?;
    let (people, group) = match asked {
        Asked::Group(group) => (everybody_in(&mut transaction, actor, group).await?, Some(group)),
        Asked::Named => (named(&mut transaction, &poll.emails).await?, None),
    };
    if people.is_empty() {
        return Err(AppError::invalid("", "There is nobody to ask: the group has no member who can come in. Add members first."));
    }
    let (id, code) = (PollId(new_id()), code());
    insert_poll(&mut transaction, actor, (id, &code), group, poll).await?;
    insert_times(&mut transaction, id, poll).await?;
    let letter = Invitation {
        times: i64::try_from(poll.times.len()).unwrap_or_default(),
        last_day: (::series::local(poll.closes_at) - chrono::TimeDelta::milliseconds(1)).date(),
        is_for_group: group.is_some(),
        origin: actor.origin(),
    };
    for person in people {
        ask(&mut transaction, id, person).await?;
        let link = make_link(&mut transaction, id, person, actor.now()).await?;
        queue(&mut transaction, &invitation(person, &letter, &link), actor.now()).await?;
    }
    let entry = audit::Entry { action: "make_poll", subject: "poll", subject_id: Some(id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(code)
}

/// The members and the supervisor, but for the one who asks.
async fn everybody_in(transaction: &mut Transaction, actor: &Actor, group: &OpenedGroup) -> Result<Vec<PersonId>, AppError> {
    const EVERYBODY: &str = "\
SELECT p.id
FROM (
    SELECT person_id
    FROM membership
    WHERE group_id = $1
        AND left_on IS NULL
    UNION
    SELECT supervisor_id
    FROM supervision_group
    WHERE id = $1
) e
JOIN person p ON p.id = e.person_id
WHERE p.id <> $2
    AND p.standing IN ('invited', 'registered')
ORDER BY p.id";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(EVERYBODY)
        .bind(group.id())
        .bind(actor.person())
        .fetch_all(connection).await)?)
}

async fn named(transaction: &mut Transaction, emails: &[EmailAddress]) -> Result<Vec<PersonId>, AppError> {
    const FIND: &str = "SELECT id FROM person WHERE email = $1 AND standing IN ('invited', 'registered')";

    let mut people = Vec::new();
    for (place, email) in (1..).zip(emails) {
        let found: Option<PersonId> =
            on!(&mut transaction, connection => sqlx::query_scalar(FIND).bind(email.as_str()).fetch_optional(connection).await)?;
        // Which of them it is, is said by its place: an error holds nothing personal.
        let unknown = || AppError::invalid("emails", format!("Address {place} belongs to nobody who is invited or registered here."));
        let person = found.ok_or_else(unknown)?;
        if !people.contains(&person) {
            people.push(person);
        }
    }
    Ok(people)
}

async fn insert_poll(
    transaction: &mut Transaction,
    actor: &Actor,
    (id, code): (PollId, &str),
    group: Option<&OpenedGroup>,
    poll: &NewPoll,
) -> Result<(), AppError> {
    const INSERT: &str = "\
INSERT INTO poll (id, code, group_id, organiser_id, kind, length_minutes, every_weeks, created_at, closes_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(code)
        .bind(group.map(OpenedGroup::id))
        .bind(actor.person())
        .bind(poll.kind)
        .bind(poll.length_minutes)
        .bind(poll.every_weeks)
        .bind(actor.now())
        .bind(poll.closes_at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn insert_times(transaction: &mut Transaction, id: PollId, poll: &NewPoll) -> Result<(), AppError> {
    const INSERT: &str = "INSERT INTO poll_time (poll_id, place, starts_on, starts_time) VALUES ($1, $2, $3, $4)";

    for (place, starts) in (1_i64..).zip(&poll.times) {
        on!(&mut transaction, connection => sqlx::query(INSERT)
            .bind(id)
            .bind(place)
            .bind(starts.date())
            .bind(starts.time())
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

async fn ask(transaction: &mut Transaction, id: PollId, person: PersonId) -> Result<(), AppError> {
    const ASK: &str = "INSERT INTO poll_person (poll_id, person_id) VALUES ($1, $2)";

    on!(&mut transaction, connection => sqlx::query(ASK).bind(id).bind(person).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Makes a link for somebody. What is stored is a hash, so a second message needs a link of its own.
pub(super) async fn make_link(transaction: &mut Transaction, id: PollId, person: PersonId, now: DateTime<Utc>) -> Result<String, AppError> {
    const MAKE: &str = "INSERT INTO poll_link (code_hash, poll_id, person_id, made_at) VALUES ($1, $2, $3, $4)";

    let code = short_secret();
    on!(&mut transaction, connection => sqlx::query(MAKE)
        .bind(digest(&code))
        .bind(id)
        .bind(person)
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    Ok(code)
}
