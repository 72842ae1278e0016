//! Who is overdue: one statement, and the rule of [`super::model`].

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::model::{Had, LINES_ON_A_PAGE, Overdue, OverdueList, Promise, due_on, is_overdue};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::store::NameRow;

/// The members of every group that meets, with what they were promised, what they had and what is planned.
///
/// What was promised stands in the agreement in force. Where that says nothing, it is the rhythm of the series of the group's last session that has
/// begun: a series to come promises nothing yet.
const MEMBERS: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, COALESCE(l.name, '') AS authority, g.name AS group_name, g.slug AS group_slug, g.kind,
    CASE WHEN y.promised_months IS NULL THEN COALESCE(y.promised_weeks, x.every_weeks) END AS every_weeks,
    CASE WHEN y.promised_weeks IS NULL THEN COALESCE(y.promised_months, x.every_months) END AS every_months,
    m.joined_on, y.in_force_at,
    (
        SELECT MAX(s.starts_local)
        FROM attendance a
        JOIN session s ON s.id = a.session_id
        WHERE a.person_id = m.person_id
            AND s.group_id = m.group_id
            AND a.state IN ('attended', 'late', 'left_early')
            AND s.marked_at IS NOT NULL
            AND s.cancelled_at IS NULL
    ) AS last_local,
    (
        SELECT MIN(s.starts_local)
        FROM session s
        WHERE s.group_id = m.group_id
            AND s.starts_local >= m.joined_on
            AND s.starts_at <= $1
    ) AS first_local,
    (
        SELECT MIN(s.starts_local)
        FROM session s
        WHERE s.group_id = m.group_id
            AND s.starts_at > $1
            AND s.cancelled_at IS NULL
            AND NOT EXISTS (
                SELECT 1
                FROM attendance a
                WHERE a.session_id = s.id AND a.person_id = m.person_id AND a.apologies_at IS NOT NULL
            )
    ) AS next_local
FROM membership m
JOIN person p ON p.id = m.person_id
JOIN supervision_group g ON g.id = m.group_id
LEFT JOIN agreement y ON y.group_id = g.id AND y.in_force_at IS NOT NULL AND y.ended_at IS NULL
LEFT JOIN series x ON x.id = (
    SELECT s.series_id
    FROM session s
    WHERE s.group_id = m.group_id AND s.starts_at <= $1
    ORDER BY s.starts_at DESC
    LIMIT 1
)
LEFT JOIN authority l ON l.id = p.authority_id
WHERE m.left_on IS NULL
    AND g.ended_at IS NULL
    AND p.standing <> 'suspended'
    AND ($2 OR m.person_id = $3)";

/// Everybody who is overdue, in parts, those first who have waited longest.
pub async fn overdue_people(actor: &Actor, page: i64) -> Result<OverdueList, AppError> {
    let every = overdue(actor, &mut actor.database().snapshot().await?, true).await?;
    let (total, without_next) = (every.len(), every.iter().filter(|line| line.next_on.is_none()).count());
    let skipped = usize::try_from((page - 1).saturating_mul(LINES_ON_A_PAGE)).unwrap_or(usize::MAX);
    let lines = every.into_iter().skip(skipped).take(usize::try_from(LINES_ON_A_PAGE).unwrap_or_default()).collect();
    Ok(OverdueList { lines, page, total: of_count(total), without_next: of_count(without_next) })
}

/// The actor's own overdue supervision, the longest first.
pub async fn own_overdue(actor: &Actor, moment: &mut Transaction) -> Result<Vec<Overdue>, AppError> {
    overdue(actor, moment, false).await
}

async fn overdue(actor: &Actor, moment: &mut Transaction, is_everybody: bool) -> Result<Vec<Overdue>, AppError> {
    let today = ::series::local(actor.now()).date();
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(MEMBERS)
        .bind(actor.now())
        .bind(is_everybody)
        .bind(actor.person())
        .fetch_all(connection).await)?;
    let mut overdue: Vec<Overdue> = rows.into_iter().filter_map(|row| row.overdue(today)).collect();
    overdue.sort_by(|one, other| {
        let key = |line: &Overdue| (Reverse(line.days()), line.person.short.clone(), line.group_name.clone());
        key(one).cmp(&key(other))
    });
    Ok(overdue)
}

fn of_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    person: NameRow,
    authority: String,
    group_name: String,
    group_slug: String,
    kind: GroupKind,
    every_weeks: Option<i64>,
    every_months: Option<i64>,
    joined_on: NaiveDate,
    in_force_at: Option<DateTime<Utc>>,
    last_local: Option<NaiveDateTime>,
    first_local: Option<NaiveDateTime>,
    next_local: Option<NaiveDateTime>,
}

impl Row {
    /// The line, if it is one of somebody overdue.
    fn overdue(self, today: NaiveDate) -> Option<Overdue> {
        let promise = self.promise()?;
        let day = |local: Option<NaiveDateTime>| local.map(|local| local.date());
        let had = Had {
            last: day(self.last_local),
            first: day(self.first_local),
            next: day(self.next_local),
            promised_since: self.in_force_at.map(|since| ::series::local(since).date().max(self.joined_on)),
        };
        let due_on = due_on(had, promise).filter(|due| is_overdue(*due, today))?;
        Some(Overdue {
            person: self.person.into(),
            authority: self.authority,
            group_name: self.group_name,
            group_slug: self.group_slug,
            kind: self.kind,
            promise,
            last_on: had.last,
            due_on,
            next_on: had.next,
            today,
        })
    }

    fn promise(&self) -> Option<Promise> {
        let count = |count: i64| u32::try_from(count).ok();
        self.every_weeks.and_then(count).map(Promise::Weeks).or(self.every_months.and_then(count).map(Promise::Months))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::agreements::fixture::{agree, propose};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::fixture::{coordinator, group, join, slug_of};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::sessions::SessionId;
    use crate::sessions::fixture::session;

    /// A session that was held and finished, so many days ago.
    async fn held(fixture: &Fixture, group: crate::groups::GroupId, days_ago: i64) -> SessionId {
        const FINISH: &str = "UPDATE session SET marked_at = ends_at WHERE id = $1";
        let session = session(fixture, group, fixture.now() - TimeDelta::days(days_ago), 90).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(FINISH).bind(session).execute(pool).await.map(|_| ())).unwrap();
        session
    }

    async fn mark(fixture: &Fixture, session: SessionId, who: PersonId, state: &str) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', $3)";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MARK).bind(session).bind(who).bind(state).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn apologise(fixture: &Fixture, session: SessionId, who: PersonId) {
        const SEND: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SEND).bind(session).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn run(fixture: &Fixture, change: &'static str, who: PersonId) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(change).bind(who).execute(pool).await.map(|_| ())).unwrap();
    }

    fn said(list: &OverdueList) -> Vec<(String, i64, Option<String>)> {
        list.lines.iter().map(|line| (line.person.short.clone(), line.days(), line.next_on.map(|day| day.to_string()))).collect()
    }

    both_databases! {
        async fn whoever_was_not_there_for_longer_than_promised_is_listed_with_what_is_planned(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let dawn = person(fixture, "Dawn", "Fletcher", &[Role::Practitioner]).await;
            let aire = group(fixture, ruth, &[amina, tom, dawn], GroupKind::Group).await;
            // Every week. Amina was there last; Tom was there before that and absent since; Dawn never came.
            let (first, second, third) = (held(fixture, aire, 21).await, held(fixture, aire, 14).await, held(fixture, aire, 7).await);
            for (session, who, state) in [
                (first, amina, "attended"), (third, amina, "left_early"), (first, tom, "late"), (second, tom, "apologies"),
                (third, tom, "did_not_attend"), (first, dawn, "did_not_attend"), (third, dawn, "cancelled_by_centre"),
            ] {
                mark(fixture, session, who, state).await;
            }
            let next = session(fixture, aire, fixture.now() + TimeDelta::days(7), 90).await;
            session(fixture, aire, fixture.now() + TimeDelta::days(14), 90).await;
            apologise(fixture, next, tom).await;

            let sian = coordinator(fixture).await;
            let list = overdue_people(&sian, 1).await.unwrap();
            assert_eq!(said(&list), [
                ("Dawn F.".to_owned(), 21, Some("2026-10-29".to_owned())),
                ("Tom B.".to_owned(), 14, Some("2026-11-05".to_owned())),
            ]);
            assert_eq!((list.total, list.without_next), (2, 0));
            assert!(overdue_people(&sian, 2).await.unwrap().lines.is_empty());
        }

        async fn a_slower_series_lowers_no_promise_and_a_group_without_sessions_is_not_forgotten(fixture: Fixture) {
            const WEEKLY: &str = "UPDATE agreement SET promised_weeks = 1, in_force_at = $2 WHERE group_id = $1";
            const SLOWER: &str = "UPDATE series SET every_weeks = 8 WHERE group_id = $1";
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let (aire, idle) = (group(fixture, ruth, &[amina], GroupKind::Group).await, group(fixture, ruth, &[tom], GroupKind::Group).await);
            mark(fixture, held(fixture, aire, 21).await, amina, "attended").await;
            let (database, since) = (&fixture.database, fixture.now() - TimeDelta::days(20));
            on!(database, pool => sqlx::query(SLOWER).bind(aire).execute(pool).await.map(|_| ())).unwrap();
            let sian = coordinator(fixture).await;
            assert_eq!(said(&overdue_people(&sian, 1).await.unwrap()), [], "without an agreement the series is all that is known");
            for (group, member) in [(aire, amina), (idle, tom)] {
                let slug = slug_of(fixture, group).await;
                let version = propose(fixture, &slug, ruth, 0, "We meet every week.").await;
                assert!(agree(fixture, &slug, &[ruth, member], version).await);
                on!(database, pool => sqlx::query(WEEKLY).bind(group).bind(since).execute(pool).await.map(|_| ())).unwrap();
            }
            // Amina's next was due a week after her last, Tom's a week after the agreement came into force.
            let list = said(&overdue_people(&sian, 1).await.unwrap());
            assert_eq!(list, [("Amina R.".to_owned(), 14, None), ("Tom B.".to_owned(), 13, None)]);
        }

        async fn each_sees_their_own_and_nobody_elses(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let aire = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
            held(fixture, aire, 20).await;
            let own = own_overdue(&fixture.actor(tom, &[Role::Practitioner]), &mut fixture.snapshot().await).await.unwrap();
            assert_eq!(own.iter().map(|line| line.person.short.as_str()).collect::<Vec<_>>(), ["Tom B."]);
            assert_eq!(own_overdue(&fixture.actor(ruth, &[Role::Supervisor]), &mut fixture.snapshot().await).await.unwrap(), []);
        }

        async fn nobody_is_overdue_who_is_suspended_has_left_joined_lately_or_whose_group_has_not_begun(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let [suspended, gone, new, waiting] = [("Sam", "Old"), ("Gwen", "Left"), ("Nia", "New"), ("Will", "Wait")];
            let mut people = Vec::new();
            for (given_name, family_name) in [suspended, gone, new, waiting] {
                people.push(person(fixture, given_name, family_name, &[Role::Practitioner]).await);
            }
            let aire = group(fixture, ruth, &people[..2], GroupKind::Group).await;
            held(fixture, aire, 25).await;
            join(fixture, aire, people[2]).await;
            run(fixture, "UPDATE person SET standing = 'suspended' WHERE id = $1", people[0]).await;
            run(fixture, "UPDATE membership SET left_on = '2026-10-01' WHERE person_id = $1", people[1]).await;
            run(fixture, "UPDATE membership SET joined_on = '2026-10-20' WHERE person_id = $1", people[2]).await;
            let forming = group(fixture, ruth, &[people[3]], GroupKind::Group).await;
            session(fixture, forming, fixture.now() + TimeDelta::days(1), 90).await;
            assert_eq!(said(&overdue_people(&coordinator(fixture).await, 1).await.unwrap()), []);
        }
    }
}
