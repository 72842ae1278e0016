//! Who may decide about a case: the one text that says it.

use chrono::{DateTime, TimeDelta, Utc};

use super::open::OpenedSpace;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::store::works_there;
use crate::spaces::held::CaseId;

/// Whether a case is about somebody: they wrote the post, or a report names them. For them it is not there, whatever else they may do. `c` is a row
/// of `moderation_case`.
macro_rules! is_about {
    ($person:literal) => {
        concat!(
            "(c.author_id = ",
            $person,
            " OR EXISTS (SELECT 1 FROM post_report named WHERE named.case_id = c.id AND named.about_id = ",
            $person,
            "))"
        )
    };
}
pub(crate) use is_about;

/// Whether somebody must not decide: it is about them, or it is decided again and they decided before.
macro_rules! is_barred {
    ($person:literal) => {
        concat!(
            "(",
            $crate::spaces::store::is_about!($person),
            " OR (c.state = 'appealed' AND EXISTS (
        SELECT 1 FROM moderation_decision own_d WHERE own_d.case_id = c.id AND own_d.decided_by = ",
            $person,
            ")))"
        )
    };
}
pub(crate) use is_barred;

/// Whether somebody looks after the space of a case: as one of those who were named for it, or as the supervisor of the group, who can pass a case on.
macro_rules! is_near {
    ($person:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM space_moderator own_o WHERE own_o.space_id = c.space_id AND own_o.person_id = ",
            $person,
            ")
    OR (c.passed_on_at IS NULL AND EXISTS (
        SELECT 1 FROM supervision_group own_g WHERE own_g.id = c.space_id AND own_g.ended_at IS NULL AND own_g.supervisor_id = ",
            $person,
            ")))"
        )
    };
}
pub(crate) use is_near;

/// Whether somebody may decide about a case, see it, and know that it is there. `c` is a row of `moderation_case`, `$person` is who.
///
/// Those who look after the space, and of an open space coordinators and clinical leads. Of the closed space of a group its supervisor alone; where
/// they must not, pass it on, or the community is closed to them, a clinical lead; and where none of these is left, a coordinator.
macro_rules! handles {
    ($person:literal) => {
        concat!(
            "(NOT ",
            $crate::spaces::store::is_barred!($person),
            "
    AND (",
            $crate::spaces::store::is_near!($person),
            "
    OR (EXISTS (SELECT 1 FROM space open_s WHERE open_s.id = c.space_id)
        AND EXISTS (SELECT 1 FROM person_role own_r WHERE own_r.person_id = ",
            $person,
            " AND own_r.role IN ('coordinator', 'clinical_lead')))
    OR (EXISTS (
            SELECT 1
            FROM supervision_group led
            JOIN person leader ON leader.id = led.supervisor_id
            WHERE led.id = c.space_id
                AND (c.passed_on_at IS NOT NULL OR led.ended_at IS NOT NULL OR leader.standing <> 'registered' OR NOT ",
            $crate::people::store::works_there!("leader"),
            " OR ",
            $crate::spaces::store::is_barred!("led.supervisor_id"),
            "))
        AND EXISTS (SELECT 1 FROM person_role own_r WHERE own_r.person_id = ",
            $person,
            " AND (own_r.role = 'clinical_lead' OR (own_r.role = 'coordinator' AND NOT EXISTS (
                SELECT 1
                FROM person_role other_r
                JOIN person other_p ON other_p.id = other_r.person_id
                WHERE other_r.role = 'clinical_lead'
                    AND other_p.standing = 'registered'
                    AND ",
            $crate::people::store::works_there!("other_p"),
            "
                    AND NOT ",
            $crate::spaces::store::is_barred!("other_p.id"),
            ")))))))"
        )
    };
}
pub(crate) use handles;

/// Whether what a case is about bears no name, or will bear none: whoever decides is told by nothing whose it is, nor by whom a list leaves out. `c` is a row
/// of `moderation_case`.
macro_rules! bears_no_name {
    () => {
        "(EXISTS (SELECT 1 FROM post un_p WHERE un_p.thread_id = c.thread_id AND un_p.number = c.number AND un_p.author_id IS NULL)
        OR EXISTS (SELECT 1 FROM held_post un_h WHERE un_h.case_id = c.id AND un_h.is_unnamed))"
    };
}
pub(crate) use bears_no_name;

/// Those among whom whoever may decide about `c` is found, so that not everybody is asked.
macro_rules! may_be_near {
    () => {
        "(SELECT n.person_id FROM space_moderator n WHERE n.space_id = c.space_id
        UNION SELECT n.supervisor_id FROM supervision_group n WHERE n.id = c.space_id
        UNION SELECT n.person_id FROM person_role n WHERE n.role IN ('coordinator', 'clinical_lead'))"
    };
}
pub(crate) use may_be_near;

/// How long a letter waits for what else comes.
const GATHERED_FOR: TimeDelta = TimeDelta::hours(1);

/// Asks whoever should decide about a case. They are written to within the hour, once for everything that has come by then; whoever is asked about the same
/// case again before that is asked once.
pub async fn ask_to_decide(transaction: &mut Transaction, case: CaseId, now: DateTime<Utc>) -> Result<(), AppError> {
    ask(transaction, case, now + GATHERED_FOR).await
}

/// The same for what must not wait for anything else.
pub async fn ask_at_once(transaction: &mut Transaction, case: CaseId, now: DateTime<Utc>) -> Result<(), AppError> {
    ask(transaction, case, now).await
}

async fn ask(transaction: &mut Transaction, case: CaseId, due_at: DateTime<Utc>) -> Result<(), AppError> {
    // A letter that leaves at this moment leaves before this or with it: whoever comes second waits for whoever asked the same.
    const ASK: &str = "\
INSERT INTO moderation_call (person_id, case_id, due_at)
VALUES ($1, $2, COALESCE((SELECT MIN(k.due_at) FROM moderation_call k WHERE k.person_id = $1 AND k.due_at < $3), $3))
ON CONFLICT (person_id, case_id) DO UPDATE
SET due_at = CASE WHEN excluded.due_at < moderation_call.due_at THEN excluded.due_at ELSE moderation_call.due_at END";

    for person in to_be_asked(transaction, case).await? {
        on!(&mut *transaction, connection => sqlx::query(ASK)
            .bind(person)
            .bind(case)
            .bind(due_at)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Whom to write that there is something to decide: those who look after the space, and where none of them may, whoever else may. Of what bears no name
/// everybody who may: whoever was asked because none of the others may would know whose it is.
async fn to_be_asked(transaction: &mut Transaction, case: CaseId) -> Result<Vec<PersonId>, AppError> {
    const ASKED: &str = concat!(
        "\
SELECT w.id, ",
        is_near!("w.id"),
        " OR ",
        bears_no_name!(),
        " AS is_asked
FROM moderation_case c
JOIN person w ON w.id IN ",
        may_be_near!(),
        "
WHERE c.id = $1
    AND w.standing = 'registered'
    AND ",
        works_there!("w"),
        "
    AND ",
        handles!("w.id"),
        "
ORDER BY w.id"
    );

    let found: Vec<(PersonId, bool)> = on!(&mut transaction, connection => sqlx::query_as(ASKED).bind(case).fetch_all(connection).await)?;
    let near: Vec<PersonId> = found.iter().filter(|(_, is_asked)| *is_asked).map(|(person, _)| *person).collect();
    Ok(if near.is_empty() { found.into_iter().map(|(person, _)| person).collect() } else { near })
}

/// How much there is for somebody to decide, and whether they are one who decides: `$1` is who.
macro_rules! review_columns {
    () => {
        concat!(
            "(SELECT COUNT(*) FROM moderation_case c WHERE c.state <> 'closed' AND ",
            $crate::spaces::store::handles!("$1"),
            ") AS to_decide,
    EXISTS (SELECT 1 FROM space_moderator o WHERE o.person_id = $1)
        OR EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = $1 AND r.role IN ('coordinator', 'clinical_lead'))
        OR EXISTS (SELECT 1 FROM supervision_group g WHERE g.supervisor_id = $1 AND g.ended_at IS NULL) AS looks_after"
        )
    };
}
pub(super) use review_columns;

/// What these columns hold.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(super) struct ToReview {
    to_decide: i64,
    looks_after: bool,
}

impl ToReview {
    /// How much there is to decide; nothing for nobody who decides.
    pub(super) fn count(self) -> Option<i64> {
        (self.looks_after || self.to_decide > 0).then_some(self.to_decide)
    }
}

/// How much there is for the actor to decide; nothing where they are nobody who decides.
pub async fn to_review(actor: &crate::access::Actor) -> Result<Option<i64>, AppError> {
    const COUNT: &str = concat!("SELECT ", review_columns!());

    let database = actor.database();
    let found: ToReview = on!(database, pool => sqlx::query_as(COUNT).bind(actor.person()).fetch_one(pool).await)?;
    Ok(found.count())
}

/// Who looks after a space, as whoever reports a post can say that it is about them: code and name.
pub async fn who_looks_after(actor: &crate::access::Actor, space: &OpenedSpace) -> Result<Vec<(String, String)>, AppError> {
    let names = super::feed::moderators(actor, space).await?;
    Ok(names.into_iter().map(|name| (name.code, name.short)).collect())
}
