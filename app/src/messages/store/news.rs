//! What somebody has been told, for themselves.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::messages::model::{News, NewsLine, ON_A_PAGE};
use crate::paths;

/// A page of the actor's news, the latest first. With it they have looked.
pub async fn news_of(actor: &Actor, page: i64) -> Result<News, AppError> {
    const LINES: &str = "\
SELECT subject, told_at, leads_to, given_up_at
FROM message
WHERE person_id = $1
    AND told_at <= $2
ORDER BY told_at DESC, id DESC
LIMIT $3
OFFSET $4";

    #[derive(sqlx::FromRow)]
    struct Row {
        subject: String,
        told_at: DateTime<Utc>,
        leads_to: Option<String>,
        given_up_at: Option<DateTime<Utc>>,
    }

    let told = told_in_all(actor).await?;
    let since = look(actor, told.latest).await?;
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LINES)
        .bind(actor.person())
        .bind(actor.now())
        .bind(ON_A_PAGE)
        .bind((page - 1) * ON_A_PAGE)
        .fetch_all(pool).await)?;
    let line = |row: Row| NewsLine {
        subject: row.subject,
        at: ::series::local(row.told_at),
        // Somebody who comes to an event may have no calendar here.
        leads_to: row.leads_to.filter(|path| path != paths::CALENDAR || actor.may(Permission::SeeOwnSessions)),
        is_new: since.is_none_or(|since| row.told_at > since),
        is_lost: row.given_up_at.is_some(),
    };
    let today = ::series::local(actor.now()).date();
    Ok(News { lines: rows.into_iter().map(line).collect(), page, total: told.count, today })
}

/// How much somebody has been told, and when the latest of it.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
struct InAll {
    count: i64,
    latest: Option<DateTime<Utc>>,
}

async fn told_in_all(actor: &Actor) -> Result<InAll, AppError> {
    const IN_ALL: &str = "SELECT COUNT(*) AS count, MAX(told_at) AS latest FROM message WHERE person_id = $1 AND told_at <= $2";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(IN_ALL).bind(actor.person()).bind(actor.now()).fetch_one(pool).await)?)
}

/// Notes that the actor looks. Answers when they had looked the time before; what lies within half an hour is one look, so that a second page and
/// the way back still say what is new.
async fn look(actor: &Actor, latest: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, AppError> {
    const LAST: &str = "SELECT here_at, before_at FROM news_visit WHERE person_id = $1";
    const HERE: &str = "\
INSERT INTO news_visit (person_id, here_at, before_at)
VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE
SET here_at = excluded.here_at, before_at = excluded.before_at";

    let database = actor.database();
    let last: Option<(DateTime<Utc>, Option<DateTime<Utc>>)> =
        on!(database, pool => sqlx::query_as(LAST).bind(actor.person()).fetch_optional(pool).await)?;
    let is_one_look = |here_at: DateTime<Utc>| actor.now() - here_at <= TimeDelta::minutes(30);
    let before = last.and_then(|(here_at, before_at)| if is_one_look(here_at) { before_at } else { Some(here_at) });
    // Whoever looks again at what has not changed makes the database write nothing.
    let is_known = last.is_some_and(|(here_at, _)| is_one_look(here_at) && latest.is_none_or(|latest| latest <= here_at));
    if !is_known {
        on!(database, pool => sqlx::query(HERE).bind(actor.person()).bind(actor.now()).bind(before).execute(pool).await.map(|_| ()))?;
    }
    Ok(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, Role, Visit};
    use crate::database::Clock;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::messages::{Leads, NewMessage, Waits, jobs, queue, queue_until, queue_way_in, recall, take_back};
    use crate::people::PersonId;
    use crate::people::fixture::person;

    fn letter(to: PersonId, subject: &str) -> NewMessage {
        let body = "It is here: https://reverie.example/groups/aire".to_owned();
        NewMessage { to, leads: Leads::AsWritten, subject: subject.to_owned(), body }
    }

    fn premises(fixture: &Fixture, moment: DateTime<Utc>) -> Premises {
        Premises {
            database: fixture.database.clone(),
            clock: Clock::Fixed(moment),
            is_demonstration: false,
            origin: "https://reverie.example".into(),
        }
    }

    async fn tell(fixture: &Fixture, to: PersonId, subject: &str, at: DateTime<Utc>) {
        let mut transaction = fixture.database.begin().await.unwrap();
        queue(&mut transaction, &letter(to, subject), at).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn read(fixture: &Fixture, who: PersonId, at: DateTime<Utc>) -> Vec<(String, bool)> {
        let news = news_of(&fixture.actor_at(at, who, &[]), 1).await.unwrap();
        assert_eq!(i64::try_from(news.lines.len()).unwrap(), news.total);
        news.lines.into_iter().map(|line| (line.subject, line.is_new)).collect()
    }

    /// The number on the bell, as the layer reads it that finds out who somebody is.
    async fn unread(fixture: &Fixture, who: PersonId, at: DateTime<Utc>) -> i64 {
        const SIGN_IN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, created_at, seen_at, expires_at, device)
VALUES ($1, $2, $3, 'complete', $4, $4, $5, '')
ON CONFLICT DO NOTHING";

        let token = who.0.to_string();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SIGN_IN)
            .bind(crate::database::new_id())
            .bind(crate::access::digest(&token))
            .bind(who)
            .bind(at)
            .bind(fixture.now() + TimeDelta::days(30))
            .execute(pool).await.map(|_| ()))
        .unwrap();
        let premises = premises(fixture, at);
        let visit = Visit::new(&premises, std::net::Ipv4Addr::LOCALHOST.into(), "").recognise(&premises, &token).await.unwrap();
        visit.visitor().unwrap().unread
    }

    both_databases! {
        async fn what_came_since_somebody_looked_is_counted_until_they_look_and_marked_while_they_do(fixture: Fixture) {
            let (amina, tom) = (person(fixture, "Amina", "Rahman", &[]).await, person(fixture, "Tom", "Barrowclough", &[]).await);
            let at = |minutes| fixture.now() + TimeDelta::minutes(minutes);
            assert_eq!((unread(fixture, amina, at(0)).await, read(fixture, amina, at(0)).await), (0, vec![]));
            tell(fixture, amina, "Moved", at(50)).await;
            tell(fixture, tom, "To somebody else", at(55)).await;
            tell(fixture, amina, "Cancelled", at(60)).await;
            assert_eq!((unread(fixture, amina, at(61)).await, unread(fixture, tom, at(61)).await), (2, 1));
            let both = |is_new| vec![("Cancelled".to_owned(), is_new), ("Moved".to_owned(), is_new)];
            assert_eq!(read(fixture, amina, at(62)).await, both(true));
            assert_eq!(unread(fixture, amina, at(62)).await, 0);
            assert_eq!(read(fixture, amina, at(70)).await, both(true), "a second page and the way back are the same look");
            assert_eq!(read(fixture, amina, at(100)).await, both(false));
            tell(fixture, amina, "Put back", at(105)).await;
            assert_eq!(unread(fixture, amina, at(105)).await, 1);
            assert_eq!(read(fixture, amina, at(200)).await.into_iter().filter(|(_, is_new)| *is_new).count(), 1);
        }

        async fn the_bell_counts_no_further_than_it_shows(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let at = fixture.now() + TimeDelta::minutes(5);
            for number in 0..35 {
                tell(fixture, amina, &format!("Message {number}"), at).await;
            }
            assert_eq!(unread(fixture, amina, at).await, 10);
            let actor = fixture.actor_at(at, amina, &[]);
            let (first, second) = (news_of(&actor, 1).await.unwrap(), news_of(&actor, 2).await.unwrap());
            assert_eq!((first.lines.len(), second.lines.len(), second.total), (30, 5, 35));
            assert!(second.lines.iter().all(|line| line.is_new));
        }

        async fn what_may_still_be_taken_back_is_told_at_its_moment_and_not_at_all_where_it_was(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let (now, later) = (fixture.now() + TimeDelta::minutes(1), fixture.now() + TimeDelta::minutes(6));
            let (done, undone) = (crate::database::new_id(), crate::database::new_id());
            let mut transaction = fixture.database.begin().await.unwrap();
            for (subject, about) in [("Done", done), ("Undone", undone)] {
                let waits = Waits { now, until: later, about: Some(about) };
                queue_until(&mut transaction, &letter(amina, subject), &[], waits).await.unwrap();
            }
            transaction.commit().await.unwrap();
            assert_eq!((unread(fixture, amina, now).await, read(fixture, amina, now).await), (0, vec![]));
            let mut transaction = fixture.database.begin().await.unwrap();
            take_back(&mut transaction, undone).await.unwrap();
            transaction.commit().await.unwrap();
            assert_eq!(unread(fixture, amina, later).await, 1);
            assert_eq!(read(fixture, amina, later).await, [("Done".to_owned(), true)]);
        }

        async fn what_mail_could_not_bring_is_told_and_what_was_recalled_is_not(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let at = fixture.now() + TimeDelta::minutes(1);
            tell(fixture, amina, "Came back", at).await;
            let system = crate::access::system(&premises(fixture, at), "test");
            jobs::send_next(&system, async |_| Err(jobs::NotSent::ForGood("its address is none".to_owned()))).await.unwrap();
            tell(fixture, amina, "Recalled", at).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            recall(&mut transaction, amina, at).await.unwrap();
            transaction.commit().await.unwrap();
            assert_eq!(unread(fixture, amina, at).await, 1);
            let news = news_of(&fixture.actor_at(at, amina, &[]), 1).await.unwrap();
            let lines: Vec<_> = news.lines.iter().map(|line| (line.subject.as_str(), line.is_lost, line.leads_to.as_deref())).collect();
            assert_eq!(lines, [("Came back", true, Some("/groups/aire"))]);
        }

        async fn a_way_in_and_the_rest_of_a_change_of_a_calendar_are_no_news(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[]).await;
            let at = fixture.now() + TimeDelta::minutes(1);
            let mut transaction = fixture.database.begin().await.unwrap();
            queue_way_in(&mut transaction, &letter(amina, "Your link"), at).await.unwrap();
            let without = NewMessage { leads: Leads::to(paths::CALENDAR), ..letter(amina, "Changed") };
            let files = ["one".to_owned(), "two".to_owned(), "three".to_owned()];
            crate::messages::queue_with_calendars(&mut transaction, &without, &files, at).await.unwrap();
            transaction.commit().await.unwrap();
            for (roles, leads_to) in [(&[Role::Practitioner], Some("/calendar")), (&[Role::AuthorityLead], None)] {
                let news = news_of(&fixture.actor_at(at, amina, roles), 1).await.unwrap();
                let lines: Vec<_> = news.lines.iter().map(|line| (line.subject.as_str(), line.leads_to.as_deref())).collect();
                assert_eq!(lines, [("Changed", leads_to)]);
            }
        }
    }
}
