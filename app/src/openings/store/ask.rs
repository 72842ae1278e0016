//! Asking to open something.

use chrono::{NaiveDateTime, TimeDelta};

use crate::access::{Actor, Role};
use crate::audit::{self, Entry};
use crate::database::{Transaction, code as new_code, new_id, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::messages::queue;
use crate::openings::answers::ToAsk;
use crate::openings::forms::{NewOpening, Place};
use crate::openings::letters::opening_asked;
use crate::openings::model::{LEADS, OpeningId, WAITS_DAYS, other};
use crate::paths;
use crate::people::PersonId;
use crate::people::store::works_there;
use crate::spaces::ThreadId;

/// What the form begins with.
pub async fn to_ask(actor: &Actor) -> Result<ToAsk, AppError> {
    const OTHERS: &str = concat!(
        "\
SELECT COUNT(*)
FROM person p
JOIN person_role held ON held.person_id = p.id
WHERE p.standing = 'registered'
    AND p.id <> $1
    AND held.role IN ('clinical_lead', 'safeguarding_lead')
    AND held.role <> $2
    AND ",
        works_there!("p")
    );

    let roles = leads(actor);
    // Whoever holds both can ask in either.
    let own = if let [role] = roles.as_slice() { role.key() } else { "" };
    let database = actor.database();
    let others: i64 = on!(database, pool => sqlx::query_scalar(OTHERS).bind(actor.person()).bind(own).fetch_one(pool).await)?;
    Ok(ToAsk { roles, could_be_agreed: others > 0 })
}

/// The roles in which the actor can ask and agree.
fn leads(actor: &Actor) -> Vec<Role> {
    LEADS.into_iter().filter(|role| actor.roles().contains(*role)).collect()
}

/// In which role the actor asks: the one that they hold, or of two the one that they chose.
fn role_of(actor: &Actor, chosen: Option<Role>) -> Result<Role, AppError> {
    match leads(actor).as_slice() {
        [role] => Ok(*role),
        held => chosen.filter(|role| held.contains(role)).ok_or_else(|| AppError::invalid("role", "Choose in which role you ask.")),
    }
}

/// Asks to open something, and tells whoever can agree. Answers its part of the address.
pub async fn ask(actor: &Actor, new: &NewOpening) -> Result<String, AppError> {
    const ASK: &str = "\
INSERT INTO opening (id, code, thread_id, number, group_id, ground, words, silence, hours, asked_by, asked_as, asked_at, answer_words, until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13)
ON CONFLICT DO NOTHING";

    let role = role_of(actor, new.role)?;
    let mut transaction = actor.begin().await?;
    let (post, group) = found(&mut transaction, &new.place).await?;
    let (id, code, until) = (OpeningId(new_id()), new_code(), actor.now() + TimeDelta::days(WAITS_DAYS));
    let asked = on!(&mut transaction, connection => sqlx::query(ASK)
        .bind(id)
        .bind(&code)
        .bind(post.map(|(thread, _)| thread))
        .bind(post.map(|(_, number)| number))
        .bind(group)
        .bind(new.ground)
        .bind(&new.words)
        .bind(&new.silence)
        .bind(new.hours)
        .bind(actor.person())
        .bind(role)
        .bind(actor.now())
        .bind(until)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if asked == 0 {
        return Err(AppError::Conflict("Somebody has asked for this already, or it is open now.".to_owned()));
    }
    write_to_whoever_could_agree(&mut transaction, actor, other(role), (&code, ::series::local(until))).await?;
    let detail = format!("for {} hours", new.hours);
    let entry = Entry { action: "ask_to_open", subject: "opening", subject_id: Some(id.0), detail: &detail };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Writes to everybody else who holds a role. Where nobody does, nothing is asked.
async fn write_to_whoever_could_agree(
    transaction: &mut Transaction,
    actor: &Actor,
    role: Role,
    (code, until): (&str, NaiveDateTime),
) -> Result<(), AppError> {
    const WHO: &str = concat!(
        "\
SELECT p.id
FROM person p
JOIN person_role held ON held.person_id = p.id AND held.role = $2
WHERE p.standing = 'registered'
    AND p.id <> $1
    AND ",
        works_there!("p"),
        "
ORDER BY p.id"
    );

    let who: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(WHO)
        .bind(actor.person())
        .bind(role)
        .fetch_all(connection).await)?;
    if who.is_empty() {
        let role = role.name().to_lowercase();
        return Err(AppError::Conflict(format!(
            "Nobody beside you is {role} here, so nobody could agree. Ask an administrator to name somebody."
        )));
    }
    let link = format!("{}{}", actor.origin(), paths::opening(code));
    for person in who {
        queue(transaction, &opening_asked(person, until, &link), actor.now()).await?;
    }
    Ok(())
}

/// A post without a name, by its thread and number, or a group that has a space.
type Found = (Option<(ThreadId, i64)>, Option<GroupId>);

async fn found(transaction: &mut Transaction, place: &Place) -> Result<Found, AppError> {
    const POST: &str = "\
SELECT p.thread_id
FROM space s
JOIN thread t ON t.space_id = s.id
JOIN post p ON p.thread_id = t.id
WHERE s.slug = $1
    AND t.number = $2
    AND p.number = $3
    AND p.author_id IS NULL";
    const GROUP: &str = "\
SELECT g.id, g.slug = LOWER($1) AS is_by_address
FROM supervision_group g
WHERE (LOWER(g.name) = LOWER($1) OR g.slug = LOWER($1))
    AND g.kind NOT IN ('one_to_one', 'vig', 'open_clinic')
    AND g.ended_at IS NULL
ORDER BY CASE WHEN g.slug = LOWER($1) THEN 0 ELSE 1 END, g.id
LIMIT 2";

    match place {
        Place::Post { space, thread, post } => {
            let thread: Option<ThreadId> = on!(&mut transaction, connection => sqlx::query_scalar(POST)
                .bind(space)
                .bind(thread)
                .bind(post)
                .fetch_optional(connection).await)?;
            let thread = thread.ok_or_else(|| AppError::invalid("place", "There is no post without a name at this address."))?;
            Ok((Some((thread, *post)), None))
        }
        Place::Group(name) => {
            let groups: Vec<(GroupId, bool)> =
                on!(&mut transaction, connection => sqlx::query_as(GROUP).bind(name).fetch_all(connection).await)?;
            match groups.as_slice() {
                [(group, true), ..] | [(group, _)] => Ok((None, Some(*group))),
                [] => {
                    Err(AppError::invalid("place", "No group of this name has a space. Enter the name as it stands on the group’s page."))
                }
                _ => Err(AppError::invalid("place", "Two groups are called so. Enter how the address of its page ends, such as “aire”.")),
            }
        }
    }
}
