//! Reading the log: the latest first, by kind and by day, page after page by its numbers.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::answers::{AuditLine, AuditLog, ENTRIES_ON_A_PAGE};
use super::check::last_check;
use super::forms::AuditFilter;
use super::model::{ABOUT_ACCOUNTS, Kind, action_in_words};
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::paths;
use crate::people::store::NameRow;
use crate::people::{PersonName, short_name};

/// A page of the log, and what is known of its chain.
pub(super) async fn log_of(actor: &Actor, filter: AuditFilter) -> Result<AuditLog, AppError> {
    const END: &str = "SELECT sequence FROM audit_end WHERE only_row = 1";

    let mut lines = listed(actor, &filter, ENTRIES_ON_A_PAGE + 1).await?;
    let has_more = i64::try_from(lines.len()).is_ok_and(|count| count > ENTRIES_ON_A_PAGE);
    if has_more {
        lines.pop();
    }
    let next = lines.last().filter(|_| has_more).map(|line| line.sequence);
    let end: Option<i64> = on!(actor.database(), pool => sqlx::query_scalar(END).fetch_optional(pool).await)?;
    Ok(AuditLog { filter, lines, next, check: last_check(actor).await?, end: end.unwrap_or_default() })
}

/// The entries that a filter leaves, the latest first and so many at most. What moderators do about a post, whoever wrote it or is named in a report of
/// it does not read here either.
pub(super) async fn listed(actor: &Actor, filter: &AuditFilter, at_most: i64) -> Result<Vec<AuditLine>, AppError> {
    const LISTED: &str = "\
SELECT e.sequence, e.written_at, e.action, e.subject, e.detail, w.title AS who_title, w.given_name AS who_given_name, w.family_name AS who_family_name,
    p.code AS whom_code, p.title AS whom_title, p.given_name AS whom_given_name, p.family_name AS whom_family_name
FROM audit_entry e
LEFT JOIN person w ON w.id = e.actor_id
LEFT JOIN person p ON p.id = e.subject_id AND e.subject = 'person' AND $6
WHERE e.sequence < $1
    AND ($2 = '' OR e.subject = $2)
    AND e.written_at >= $3
    AND e.written_at < $4
    AND NOT (e.subject = 'moderation' AND EXISTS (
        SELECT 1
        FROM moderation_case c
        LEFT JOIN post_report r ON r.case_id = c.id AND r.about_id = $7
        WHERE c.id = e.subject_id AND (c.author_id = $7 OR r.about_id IS NOT NULL)))
ORDER BY e.sequence DESC
LIMIT $5";

    let first = filter.from().unwrap_or_default();
    let after = filter.until().and_then(|until| until.checked_add_days(Days::new(1)));
    let end = after.map_or_else(|| actor.now() + chrono::TimeDelta::days(1), beginning_of);
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LISTED)
        .bind(filter.before())
        .bind(filter.kind())
        .bind(beginning_of(first))
        .bind(end)
        .bind(at_most)
        .bind(actor.may(Permission::ManagePeople))
        .bind(actor.person())
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// When a day begins in the United Kingdom.
fn beginning_of(day: NaiveDate) -> DateTime<Utc> {
    ::series::instant(day.and_time(NaiveTime::MIN))
}

#[derive(sqlx::FromRow)]
struct Row {
    sequence: i64,
    written_at: DateTime<Utc>,
    action: String,
    subject: String,
    detail: String,
    who_title: Option<String>,
    who_given_name: Option<String>,
    who_family_name: Option<String>,
    whom_code: Option<String>,
    whom_title: Option<String>,
    whom_given_name: Option<String>,
    whom_family_name: Option<String>,
}

impl From<Row> for AuditLine {
    fn from(row: Row) -> Self {
        let who = row.who_title.zip(row.who_given_name).zip(row.who_family_name);
        let whom = row.whom_code.zip(row.whom_title).zip(row.whom_given_name).zip(row.whom_family_name);
        let is_about_account = ABOUT_ACCOUNTS.contains(&row.action.as_str());
        let whom = whom
            .filter(|_| is_about_account)
            .map(|(((code, title), given_name), family_name)| PersonName::from(NameRow { code, title, given_name, family_name }));
        Self {
            sequence: row.sequence,
            at: ::series::local(row.written_at),
            who: who
                .map(|((title, given_name), family_name)| short_name(&title, &given_name, &family_name))
                .or_else(|| (row.subject == "attempt").then(|| "Somebody unknown".to_owned())),
            what: action_in_words(&row.action),
            kind: Kind::name_of(&row.subject),
            whom: whom.map(|name| (name.short, paths::person(&name.code))),
            // What is said of other things may hold who it is about, or what somebody asked for.
            detail: if is_about_account || tells_nobody(&row.subject) { row.detail } else { String::new() },
        }
    }
}

/// Whether the details of a kind of thing are numbers and words of the product alone.
fn tells_nobody(subject: &str) -> bool {
    matches!(subject, "agreement" | "attempt" | "demonstration")
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::audit::check::{check_in_time, check_now};
    use crate::audit::{Entry, record};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::people::fixture::person;

    async fn administrator(fixture: &Fixture) -> Actor {
        fixture.actor(person(fixture, "Tom", "Barrowclough", &[Role::Administrator]).await, &[Role::Administrator])
    }

    async fn write(fixture: &Fixture, by: PersonId, at: DateTime<Utc>, (action, subject, about): (&'static str, &'static str, PersonId)) {
        let actor = fixture.actor_at(at, by, &[Role::Coordinator]);
        let mut transaction = actor.begin().await.unwrap();
        let entry = Entry { action, subject, subject_id: Some(about.0), detail: "person 7, apart from person 8" };
        record(&mut transaction, &actor, entry).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn read(actor: &Actor, filter: AuditFilter) -> AuditLog {
        log_of(actor, filter).await.unwrap()
    }

    both_databases! {
        async fn the_latest_stand_first_and_pages_follow_one_another_by_number(fixture: Fixture) {
            let tom = administrator(fixture).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            for minute in 0..ENTRIES_ON_A_PAGE + 3 {
                write(fixture, sian, fixture.now() - TimeDelta::minutes(100 - minute), ("publish_series", "series", sian)).await;
            }
            let first = read(&tom, AuditFilter::default()).await;
            assert_eq!((first.lines.len(), first.lines[0].sequence, first.end), (50, 53, 53));
            assert_eq!((first.lines[0].who.as_deref(), first.lines[0].what.as_str()), (Some("Sian L."), "Publish series"));
            let before = first.next.unwrap().to_string();
            let second = read(&tom, AuditFilter { before, ..AuditFilter::default() }).await;
            assert_eq!(second.lines.iter().map(|line| line.sequence).collect::<Vec<_>>(), [3, 2, 1]);
            assert_eq!(second.next, None);
        }

        async fn it_is_filtered_by_kind_and_by_day(fixture: Fixture) {
            let tom = administrator(fixture).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            // Half past midnight on the 21st in the United Kingdom, while it is still the 20th in UTC.
            write(fixture, sian, "2026-10-20T23:30:00Z".parse().unwrap(), ("publish_series", "series", sian)).await;
            write(fixture, sian, fixture.now(), ("invite_person", "person", sian)).await;
            for (kind, from, until, expected) in [
                ("", "", "", vec![2, 1]),
                ("series", "", "", vec![1]),
                ("no_such_kind", "", "", vec![2, 1]),
                ("", "2026-10-22", "", vec![2]),
                ("", "", "2026-10-20", vec![]),
                ("", "2026-10-21", "2026-10-21", vec![1]),
                ("", "yesterday", "0000-00-00", vec![2, 1]),
            ] {
                let filter = AuditFilter { kind: kind.to_owned(), from: from.to_owned(), until: until.to_owned(), ..AuditFilter::default() };
                let found: Vec<i64> = read(&tom, filter.clone()).await.lines.iter().map(|line| line.sequence).collect();
                assert_eq!(found, expected, "{filter:?}");
            }
        }

        async fn it_names_whose_account_was_changed_and_nobody_whom_something_was_noted_about(fixture: Fixture) {
            let tom = administrator(fixture).await;
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            for action in ABOUT_ACCOUNTS {
                write(fixture, sian, fixture.now(), (action, "person", amina)).await;
            }
            assert!(read(&tom, AuditFilter::default()).await.lines.iter().all(|line| line.whom.as_ref().is_some_and(|whom| whom.0 == "Amina R.")));
            for (action, subject) in [("keep_apart", "person"), ("note_clearances", "person"), ("answer_registration", "registration"), ("add_member", "group")] {
                write(fixture, sian, fixture.now(), (action, subject, amina)).await;
                let line = read(&tom, AuditFilter::default()).await.lines.remove(0);
                assert_eq!((line.whom, line.detail.as_str()), (None, ""), "{action}");
                assert!(!line.what.to_lowercase().contains("apart"), "{action}");
            }
        }

        async fn a_check_is_kept_and_the_page_says_what_the_last_one_found(fixture: Fixture) {
            let tom = administrator(fixture).await;
            write(fixture, tom.person(), fixture.now(), ("publish_series", "series", tom.person())).await;
            assert_eq!(read(&tom, AuditFilter::default()).await.check, None);
            let premises = crate::access::Premises {
                database: fixture.database.clone(),
                clock: fixture.clock,
                is_demonstration: false,
                origin: "https://reverie.example".into(),
            };
            let system = crate::access::system(&premises, "a test");
            assert_eq!(check_in_time(&system).await.unwrap(), 1);
            assert_eq!(check_in_time(&system).await.unwrap(), 0, "it is known already");
            let check = read(&tom, AuditFilter::default()).await.check.unwrap();
            assert_eq!((check.entries, check.broken), (1, None));
            assert_eq!(check_now(&tom).await.unwrap_err().status(), 409);
            let later = fixture.actor_at(fixture.now() + TimeDelta::minutes(2), tom.person(), &[Role::Administrator]);
            check_now(&later).await.unwrap();
        }

        async fn a_log_that_was_changed_underneath_is_said_to_be_so(fixture: Fixture) {
            const CUT: &str = "UPDATE audit_end SET sequence = 5";
            let tom = administrator(fixture).await;
            write(fixture, tom.person(), fixture.now(), ("publish_series", "series", tom.person())).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(CUT).execute(pool).await.map(|_| ())).unwrap();
            check_now(&tom).await.unwrap();
            let broken = read(&tom, AuditFilter::default()).await.check.unwrap().broken.unwrap();
            assert_eq!(broken.0, 2);
        }
    }
}
