//! Taking a case, giving it to somebody else, and what those who handle it tell one another.

use super::open::OpenedCase;
use crate::access::Actor;
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::store::works_there;
use crate::spaces::store::{ask_to_decide, bears_no_name, handles, record_case};

/// Takes a case that nobody has. Of two who do so at once, one has it.
pub async fn take_case(actor: &Actor, case: &OpenedCase) -> Result<(), AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE moderation_case AS c
SET assignee_id = $1, version = version + 1
WHERE c.id = $2
    AND c.assignee_id IS NULL
    AND c.state <> 'closed'
    AND ",
        handles!("$1")
    );

    let mut transaction = actor.begin().await?;
    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(actor.person())
        .bind(case.id)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Err(AppError::Conflict("Somebody else has taken it a moment ago, or it is decided.".to_owned()));
    }
    record_case(&mut transaction, actor, "take_case", case.id).await?;
    transaction.commit().await
}

/// Gives a case that was shown in a version to somebody else who may decide, by their code.
pub async fn hand_over(actor: &Actor, case: &OpenedCase, shown: i64, to: &str) -> Result<(), AppError> {
    const WHO: &str = concat!(
        "\
SELECT w.id
FROM moderation_case c
JOIN person w ON w.code = $2
WHERE c.id = $1
    AND w.standing = 'registered'
    AND ",
        works_there!("w"),
        "
    AND NOT ",
        bears_no_name!(),
        "
    AND ",
        handles!("w.id")
    );
    const GIVE: &str = concat!(
        "\
UPDATE moderation_case AS c
SET assignee_id = $4, version = version + 1
WHERE c.id = $2
    AND c.version = $3
    AND c.state <> 'closed'
    AND ",
        handles!("$1")
    );

    let mut transaction = actor.begin().await?;
    let who: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(WHO).bind(case.id).bind(to).fetch_optional(connection).await)?;
    let who = who.ok_or_else(|| AppError::invalid("to", "Choose somebody who can decide about it."))?;
    let given = on!(&mut transaction, connection => sqlx::query(GIVE)
        .bind(actor.person())
        .bind(case.id)
        .bind(shown)
        .bind(who)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if given == 0 {
        return Err(overtaken());
    }
    record_case(&mut transaction, actor, "hand_case_over", case.id).await?;
    transaction.commit().await
}

/// Lets somebody of the Centre decide about a post in the closed space of a group, as its supervisor asks. They see the post and nothing else of the space.
pub async fn pass_on(actor: &Actor, case: &OpenedCase, shown: i64) -> Result<(), AppError> {
    const PASS: &str = concat!(
        "\
UPDATE moderation_case AS c
SET passed_on_at = $4, assignee_id = NULL, version = version + 1
WHERE c.id = $2
    AND c.version = $3
    AND c.state <> 'closed'
    AND c.space_id IN (SELECT g.id FROM supervision_group g WHERE g.supervisor_id = $1)
    AND ",
        handles!("$1")
    );

    let mut transaction = actor.begin().await?;
    let passed = on!(&mut transaction, connection => sqlx::query(PASS)
        .bind(actor.person())
        .bind(case.id)
        .bind(shown)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if passed == 0 {
        return Err(overtaken());
    }
    ask_to_decide(&mut transaction, case.id, actor.now()).await?;
    record_case(&mut transaction, actor, "pass_case_on", case.id).await?;
    transaction.commit().await
}

/// Adds a note for whoever handles the case.
pub async fn add_note(actor: &Actor, case: &OpenedCase, words: &str) -> Result<(), AppError> {
    const NOTE: &str = "INSERT INTO moderation_note (id, case_id, author_id, words, written_at) VALUES ($1, $2, $3, $4, $5)";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(NOTE)
        .bind(new_id())
        .bind(case.id)
        .bind(actor.person())
        .bind(words)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    record_case(&mut transaction, actor, "note_case", case.id).await?;
    transaction.commit().await
}

pub(super) fn overtaken() -> AppError {
    AppError::Conflict(
        "Something has changed about this case while you had it open. What you entered is still here: look at the case, then decide."
            .to_owned(),
    )
}
