//! The agreed actions of a group across its sessions: the same rows, readers and rules as on the page and in the record of each session.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::actions::{finish_own, tick_and_clear};
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::{OpenedGroup, open_group};
use crate::groups::{Relation, page_number};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::sessions::forms::ActionChanges;
use crate::sessions::group_actions::{DONE_ON_A_PAGE, GroupAction, GroupActions, GroupActionsAddress};
use crate::sessions::model::ActionId;

/// A group whose agreed actions the actor reads. Only [`open_group_with_actions`] makes one.
#[derive(Clone, Debug)]
pub struct GroupWithActions(OpenedGroup);

impl GroupWithActions {
    fn is_led_by_actor(&self) -> bool {
        self.0.relation() == Relation::Supervisor
    }
}

/// Opens a group for those who read what is agreed at its sessions: its members and its supervisor, and nobody of the Centre's office. Others come
/// to each session of an open clinic, so it agrees nothing across them.
pub async fn open_group_with_actions(actor: &Actor, slug: &str) -> Result<GroupWithActions, AppError> {
    let group = open_group(actor, slug).await?;
    let reads = matches!(group.relation(), Relation::Supervisor | Relation::Member) && group.kind().has_members();
    if reads { Ok(GroupWithActions(group)) } else { Err(AppError::NotFound) }
}

/// What is open, and a page of what is done. A member reads what any of their own sessions has or had before it, so nothing that was done with
/// before they came.
pub async fn group_actions(actor: &Actor, group: &GroupWithActions, address: &GroupActionsAddress) -> Result<GroupActions, AppError> {
    const ABOUT: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM membership m WHERE m.group_id = g.id AND m.left_on IS NULL) AS members,
    (
        SELECT s.code
        FROM session s
        WHERE s.group_id = g.id AND s.ends_at > $2 AND s.cancelled_at IS NULL
        ORDER BY s.starts_at, s.id
        LIMIT 1
    ) AS next_code,
    (SELECT MIN(s.starts_local) FROM session s WHERE s.group_id = g.id AND s.ends_at > $2 AND s.cancelled_at IS NULL) AS next_local
FROM supervision_group g
JOIN person p ON p.id = g.supervisor_id
WHERE g.id = $1";

    #[derive(sqlx::FromRow)]
    struct About {
        #[sqlx(flatten)]
        supervisor: NameRow,
        members: i64,
        next_code: Option<String>,
        next_local: Option<NaiveDateTime>,
    }

    let page = page_number(&address.page);
    let GroupWithActions(opened) = group;
    let database = actor.database();
    let about: About = on!(database, pool => sqlx::query_as(ABOUT).bind(opened.id()).bind(actor.now()).fetch_one(pool).await)?;
    let rows = listed(actor, group, page).await?;
    let done_in_all = rows.iter().map(|row| row.done_in_all).max().unwrap_or_default();
    let (done, open): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.done_at.is_some());
    let line = |row| action_line(actor, group, row);
    Ok(GroupActions {
        slug: opened.slug().to_owned(),
        name: opened.name().to_owned(),
        members: usize::try_from(about.members).unwrap_or_default(),
        supervisor: PersonName::from(about.supervisor),
        may_keep: group.is_led_by_actor() && actor.may(Permission::MarkAttendance),
        open: open.into_iter().map(line).collect(),
        done: done.into_iter().map(line).collect(),
        page,
        done_in_all,
        next: about.next_code.zip(about.next_local),
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ActionId,
    words: String,
    owner_id: PersonId,
    done_at: Option<DateTime<Utc>>,
    starts_local: NaiveDateTime,
    session_code: String,
    done_in_all: i64,
    #[sqlx(flatten)]
    owner: NameRow,
}

async fn listed(actor: &Actor, group: &GroupWithActions, page: i64) -> Result<Vec<Row>, AppError> {
    // All that are open, and of those that are done a page: they are numbered on their own, the latest first.
    const LISTED: &str = "\
WITH readable AS (
    SELECT a.id, a.words, a.owner_id, a.done_at, a.created_at, s.starts_at, s.starts_local, s.code AS session_code
    FROM agreed_action a
    JOIN session s ON s.id = a.session_id
    WHERE a.group_id = $1
        AND (
            $2
            OR EXISTS (
                SELECT 1
                FROM session n
                WHERE n.group_id = a.group_id
                    AND n.starts_local >= $3
                    AND n.starts_at >= s.starts_at
                    AND (a.done_at IS NULL OR a.done_at >= n.starts_at)
            )
        )
), numbered AS (
    SELECT r.id, r.words, r.owner_id, r.done_at, r.created_at, r.starts_at, r.starts_local, r.session_code,
        ROW_NUMBER() OVER (PARTITION BY CASE WHEN r.done_at IS NULL THEN 0 ELSE 1 END ORDER BY r.done_at DESC, r.starts_at DESC, r.id DESC) AS place,
        (SELECT COUNT(*) FROM readable d WHERE d.done_at IS NOT NULL) AS done_in_all
    FROM readable r
)
SELECT n.id, n.words, n.owner_id, n.done_at, n.starts_local, n.session_code, n.done_in_all, p.code, p.title, p.given_name, p.family_name
FROM numbered n
JOIN person p ON p.id = n.owner_id
WHERE n.done_at IS NULL
    OR (n.place > $4 AND n.place <= $5)
ORDER BY n.done_at DESC, n.starts_at, n.created_at, n.id";

    let GroupWithActions(opened) = group;
    let before = (page - 1) * DONE_ON_A_PAGE;
    let since = opened.member_since().unwrap_or_default().and_time(NaiveTime::MIN);
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(LISTED)
        .bind(opened.id())
        .bind(group.is_led_by_actor())
        .bind(since)
        .bind(before)
        .bind(before + DONE_ON_A_PAGE)
        .fetch_all(pool).await)?)
}

fn action_line(actor: &Actor, group: &GroupWithActions, row: Row) -> GroupAction {
    let agreed_on = row.starts_local.date();
    let is_theirs = group.is_led_by_actor() || group.0.member_since().is_some_and(|since| since <= agreed_on);
    GroupAction {
        id: row.id,
        words: row.words,
        owner: row.owner.into(),
        is_own: row.owner_id == actor.person(),
        agreed_on,
        session: is_theirs.then_some(row.session_code),
        done_on: row.done_at.map(|done_at| ::series::local(done_at).date()),
    }
}

/// Marks an action as done: one's own, or whosever it is where the actor leads the group.
pub async fn finish_in_group(actor: &Actor, group: &GroupWithActions, action: ActionId) -> Result<(), AppError> {
    let id = group.0.id();
    let mut transaction = actor.begin().await?;
    if group.is_led_by_actor() && actor.may(Permission::MarkAttendance) {
        let changes = ActionChanges { done: vec![action], ..ActionChanges::default() };
        tick_and_clear(&mut transaction, actor, id, &changes).await?;
    } else {
        finish_own(&mut transaction, actor, id, action).await?;
    }
    transaction.commit().await
}

/// Opens an action again that was ticked by mistake, as whoever leads the group.
pub async fn reopen_in_group(actor: &Actor, group: &GroupWithActions, action: ActionId) -> Result<(), AppError> {
    if !group.is_led_by_actor() {
        return Err(AppError::NotFound);
    }
    let mut transaction = actor.begin().await?;
    let changes = ActionChanges { reopened: vec![action], ..ActionChanges::default() };
    tick_and_clear(&mut transaction, actor, group.0.id(), &changes).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::slug_of;
    use crate::people::fixture::{code_of, person};
    use crate::sessions::fixture::{Meeting, meeting, session};
    use crate::sessions::forms::NewAction;
    use crate::sessions::store::{open_session, save_actions};

    async fn agree(fixture: &Fixture, meeting: &Meeting, owner: PersonId, words: &str) {
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        let new = NewAction { words: words.to_owned(), owner: code_of(fixture, owner).await };
        save_actions(&ruth, &session, &ActionChanges { new: Some(new), ..ActionChanges::default() }).await.unwrap();
    }

    async fn shown(fixture: &Fixture, meeting: &Meeting, actor: &Actor) -> Result<GroupActions, AppError> {
        let group = open_group_with_actions(actor, &slug_of(fixture, meeting.group).await).await?;
        group_actions(actor, &group, &GroupActionsAddress::default()).await
    }

    fn words(lines: &[GroupAction]) -> Vec<&str> {
        lines.iter().map(|line| line.words.as_str()).collect()
    }

    both_databases! {
        async fn what_is_open_stands_first_and_what_is_done_behind_it_for_members_and_the_supervisor(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::days(14)).await;
            let next = session(fixture, meeting.group, fixture.now() + TimeDelta::days(7), 90).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;
            agree(fixture, &meeting, meeting.tom, "Send the guide").await;
            let slug = slug_of(fixture, meeting.group).await;

            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let open = shown(fixture, &meeting, &amina).await.unwrap();
            assert_eq!(words(&open.open), ["Ask for a protected hour", "Send the guide"]);
            assert!(open.done.is_empty() && !open.may_keep);
            assert_eq!(open.next.unwrap().0, crate::sessions::fixture::code_of(fixture, next).await);
            assert_eq!((open.open[0].is_own, open.open[1].owner.short.as_str()), (true, "Tom B."));

            let group = open_group_with_actions(&amina, &slug).await.unwrap();
            finish_in_group(&amina, &group, open.open[0].id).await.unwrap();
            assert_eq!(finish_in_group(&amina, &group, open.open[1].id).await, Err(AppError::NotFound), "it is Tom’s");
            assert_eq!(reopen_in_group(&amina, &group, open.open[0].id).await, Err(AppError::NotFound));

            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let after = shown(fixture, &meeting, &ruth).await.unwrap();
            assert_eq!((words(&after.open), words(&after.done)), (vec!["Send the guide"], vec!["Ask for a protected hour"]));
            assert_eq!((after.done_in_all, after.may_keep), (1, true));

            let group = open_group_with_actions(&ruth, &slug).await.unwrap();
            reopen_in_group(&ruth, &group, after.done[0].id).await.unwrap();
            finish_in_group(&ruth, &group, after.open[0].id).await.unwrap();
            let last = shown(fixture, &meeting, &amina).await.unwrap();
            assert_eq!((words(&last.open), words(&last.done)), (vec!["Ask for a protected hour"], vec!["Send the guide"]));
        }

        async fn nobody_of_the_office_and_no_other_group_reads_them(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::days(7)).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;
            let clara = person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            for (who, role) in [(meeting.sian, Role::Coordinator), (clara, Role::ClinicalLead), (daniel, Role::Supervisor)] {
                assert_eq!(shown(fixture, &meeting, &fixture.actor(who, &[role])).await, Err(AppError::NotFound), "{role:?}");
            }
        }

        async fn whoever_joins_later_reads_what_is_still_open_and_not_what_was_done_before(fixture: Fixture) {
            const LATER: &str = "UPDATE membership SET joined_on = $1 WHERE person_id = $2";
            const DONE_THEN: &str = "UPDATE agreed_action SET done_at = $1 WHERE words = 'Send the guide'";
            let meeting = meeting(fixture, fixture.now() - TimeDelta::days(14)).await;
            session(fixture, meeting.group, fixture.now() + TimeDelta::days(7), 90).await;
            agree(fixture, &meeting, meeting.amina, "Ask for a protected hour").await;
            agree(fixture, &meeting, meeting.amina, "Send the guide").await;
            let (database, now) = (&fixture.database, fixture.now());
            on!(database, pool => sqlx::query(DONE_THEN).bind(now - TimeDelta::days(10)).execute(pool).await.map(|_| ())).unwrap();
            let joined = (now - TimeDelta::days(3)).date_naive();
            on!(database, pool => sqlx::query(LATER).bind(joined).bind(meeting.tom).execute(pool).await.map(|_| ())).unwrap();

            let tom = shown(fixture, &meeting, &fixture.actor(meeting.tom, &[Role::Practitioner])).await.unwrap();
            assert_eq!((words(&tom.open), tom.done.len(), tom.done_in_all), (vec!["Ask for a protected hour"], 0, 0));
            assert_eq!(tom.open[0].session, None, "the session was before they came");
            let amina = shown(fixture, &meeting, &fixture.actor(meeting.amina, &[Role::Practitioner])).await.unwrap();
            assert_eq!((amina.open.len(), amina.done_in_all), (1, 1));
        }
    }
}
