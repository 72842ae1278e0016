//! Giving a session to somebody else, and giving it back.

use super::candidates::{Given, Standing, meeting_to_give};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::store::{FreeSupervisor, free_supervisors, take_supervisor};
use crate::availability::{LeaveKind, Meeting};
use crate::cover::forms::{CoverForm, EndCoverForm};
use crate::cover::letters::{
    Covered, somebody_else_leads, you_cover, you_do_not_cover, your_session_is_covered, your_session_is_yours, your_supervisor_leads,
};
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::store::{coming_to_session, people_of_session, take_group, why_not_led};
use crate::messages::NewMessage;
use crate::people::PersonId;

/// Gives a session to somebody who is qualified and free for it now, is not held and may meet those who come, if whoever was shown still leads it. The members
/// who come, the one who covers and the one who is covered are told.
pub async fn give_cover(actor: &Actor, form: &CoverForm) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let given = meeting_to_give(actor, &mut transaction, &form.session).await?.ok_or(AppError::NotFound)?;
    let (from, to) = (person_of(&mut transaction, &form.from).await?, person_of(&mut transaction, &form.to).await?);
    let meeting = &given.meeting;
    if meeting.supervisor != from {
        return Err(overtaken());
    }
    // Whose group it is, is known once it is taken: until then it may be handed over.
    let own = take_group(&mut transaction, meeting.group).await?;
    let free = free_for(&mut transaction, meeting, to).await?;
    let standing = Standing::read(&mut transaction, actor.now()).await?;
    let proposed = standing.proposed(meeting, free).into_iter().find(|(person, _)| *person == to);
    let (_, cover) = proposed.ok_or_else(|| {
        AppError::Conflict(
            "That supervisor is no longer free for this session. Nothing was changed; the others who could are below.".to_owned(),
        )
    })?;
    let coming = coming_to(&mut transaction, meeting).await?;
    if to != own
        && let Some(why) = why_not_led(&mut transaction, actor, to, &coming).await?
    {
        return Err(AppError::Conflict(format!("{why} Nothing was changed; the others who could are below.")));
    }
    let before = diary_of(&mut transaction, meeting.group, Posting::by(actor)).await?;
    hand_over(&mut transaction, &given, to).await?;
    let letters = if to == own {
        letters_of_return(&mut transaction, meeting, (to, from)).await?
    } else {
        // Why somebody who covers is away is not the group's to know.
        let why = if from == own { why_away(&mut transaction, meeting).await? } else { None };
        let covered = Covered { meeting, cover: &cover.name.short, why, origin: actor.origin() };
        let members = members_at(&mut transaction, meeting).await?;
        let mut letters: Vec<NewMessage> = members.into_iter().map(|member| somebody_else_leads(member, &covered)).collect();
        letters.extend([you_cover(to, &covered), your_session_is_covered(own, &covered)]);
        letters.extend((from != own).then(|| you_do_not_cover(from, meeting)));
        letters
    };
    let news = before.news(&mut transaction).await?;
    for letter in &letters {
        news.write(&mut transaction, letter).await?;
    }
    let entry = Entry { action: "give_cover", subject: "session", subject_id: Some(meeting.id.0), detail: "" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Gives a session that somebody covers back to the group's supervisor, if they are free for it again.
pub async fn end_cover(actor: &Actor, form: &EndCoverForm) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let given = meeting_to_give(actor, &mut transaction, &form.session).await?.ok_or(AppError::NotFound)?;
    let (meeting, cover) = (&given.meeting, person_of(&mut transaction, &form.cover).await?);
    let own = take_group(&mut transaction, meeting.group).await?;
    if meeting.supervisor != cover || own == cover {
        return Err(overtaken());
    }
    let free = free_for(&mut transaction, meeting, own).await?;
    if free.iter().all(|one| one.person != own) {
        return Err(AppError::Conflict(
            "The group’s supervisor is away or has something else then. Change that first, under their availability; nothing was changed."
                .to_owned(),
        ));
    }
    let before = diary_of(&mut transaction, meeting.group, Posting::by(actor)).await?;
    hand_over(&mut transaction, &given, own).await?;
    let letters = letters_of_return(&mut transaction, meeting, (own, cover)).await?;
    let news = before.news(&mut transaction).await?;
    for letter in &letters {
        news.write(&mut transaction, letter).await?;
    }
    let entry = Entry { action: "end_cover", subject: "session", subject_id: Some(meeting.id.0), detail: "" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// What is written when the group's own supervisor leads a session in place of whoever did.
async fn letters_of_return(
    transaction: &mut Transaction,
    meeting: &Meeting,
    (own, cover): (PersonId, PersonId),
) -> Result<Vec<NewMessage>, AppError> {
    let members = members_at(transaction, meeting).await?;
    let mut letters: Vec<NewMessage> = members.into_iter().map(|member| your_supervisor_leads(member, meeting)).collect();
    letters.extend([you_do_not_cover(cover, meeting), your_session_is_yours(own, meeting)]);
    Ok(letters)
}

async fn person_of(transaction: &mut Transaction, code: &str) -> Result<PersonId, AppError> {
    const PERSON: &str = "SELECT id FROM person WHERE code = $1";

    let person: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(PERSON).bind(code).fetch_optional(connection).await)?;
    person.ok_or(AppError::NotFound)
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "Somebody else has changed this session in the meantime. Nothing was changed by you; look at it as it is now.".to_owned(),
    )
}

/// Who is free for a session. Whoever gives the same supervisor another session at this moment waits here, and is then told that they are free no
/// more.
async fn free_for(transaction: &mut Transaction, meeting: &Meeting, supervisor: PersonId) -> Result<Vec<FreeSupervisor>, AppError> {
    take_supervisor(transaction, supervisor).await?;
    Ok(free_supervisors(transaction, std::slice::from_ref(meeting)).await?.into_iter().next().unwrap_or_default())
}

/// The session goes over as it was read, or not at all.
async fn hand_over(transaction: &mut Transaction, given: &Given, to: PersonId) -> Result<(), AppError> {
    const GIVE: &str = "\
UPDATE session
SET supervisor_id = $2, stayed_with = NULL, version = version + 1
WHERE id = $1
    AND supervisor_id = $3
    AND version = $4
    AND starts_at = $5
    AND cancelled_at IS NULL
    AND marked_at IS NULL";

    let meeting = &given.meeting;
    let handed = on!(&mut transaction, connection => sqlx::query(GIVE)
        .bind(meeting.id)
        .bind(to)
        .bind(meeting.supervisor)
        .bind(given.version)
        .bind(meeting.starts_at)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if handed == 1 { Ok(()) } else { Err(overtaken()) }
}

/// What the day away is called; nothing where whoever leads it is not away, but gone.
async fn why_away(transaction: &mut Transaction, meeting: &Meeting) -> Result<Option<LeaveKind>, AppError> {
    const WHY: &str = "\
SELECT kind
FROM leave
WHERE person_id = $1
    AND starts_on <= $2
    AND ends_on >= $2
ORDER BY starts_on, id
LIMIT 1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(WHY)
        .bind(meeting.supervisor)
        .bind(meeting.date())
        .fetch_optional(connection).await)?)
}

/// Whoever comes to a session, so that whoever leads it meets them.
async fn coming_to(transaction: &mut Transaction, meeting: &Meeting) -> Result<Vec<PersonId>, AppError> {
    const COMING: &str = concat!(coming_to_session!(), "\nORDER BY person_id");

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(COMING).bind(meeting.id).fetch_all(connection).await)?)
}

/// Those whom a session is for, who are written to: also whoever gave their place back late.
async fn members_at(transaction: &mut Transaction, meeting: &Meeting) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = concat!(people_of_session!(), "\nORDER BY person_id");

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(meeting.id).fetch_all(connection).await)?)
}
