//! Groups after whose last planned session nothing comes.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::open::OpenedGroup;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::running_out::{Decided, NOTICE, NextStep, RunningOut};
use crate::people::PersonName;
use crate::people::store::NameRow;

/// Groups `g` that still meet and whose last session `s` begins no later than `$1`, with its series as `x`, its supervisor as `p`, the one
/// other person of individual supervision as `one`, and what was decided as `r`.
///
/// The last session is the last that was not cancelled; of a group whose sessions were all cancelled, it is the last of them, since that
/// group stops as well. A later series moves it, which is how a group leaves this list.
macro_rules! running_out {
    ($columns:literal, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            "
FROM supervision_group g
JOIN session s ON s.id = COALESCE(
    (SELECT held.id FROM session held WHERE held.group_id = g.id AND held.cancelled_at IS NULL ORDER BY held.starts_at DESC LIMIT 1),
    (SELECT called_off.id FROM session called_off WHERE called_off.group_id = g.id ORDER BY called_off.starts_at DESC LIMIT 1)
)
JOIN series x ON x.id = s.series_id
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN person one ON one.id = (
    SELECT m.person_id
    FROM membership m
    WHERE g.kind IN ('one_to_one', 'vig')
        AND g.capacity = 1
        AND m.group_id = g.id
        AND m.left_on IS NULL
    LIMIT 1
)
LEFT JOIN renewal r ON r.series_id = x.id
WHERE g.ended_at IS NULL
    AND s.starts_at <= $1
",
            $end
        )
    };
}
pub(crate) use running_out;

const LINES: &str = running_out!(
    "g.slug, g.name, s.starts_local AS last_local, r.decision, r.decided_for, p.code, p.title, p.given_name, p.family_name, one.code AS one_code,
    one.title AS one_title, one.given_name AS one_given_name, one.family_name AS one_family_name",
    "    AND ($2 OR g.supervisor_id = $3)
    AND ($4 = '' OR g.slug = $4)
ORDER BY s.starts_at, g.name, g.id"
);

/// Whose groups are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those that the actor leads.
    Led,
    /// Those of the whole Centre.
    Every,
}

/// The groups that run out, those first whose last session is the earliest.
pub async fn groups_running_out(actor: &Actor, moment: &mut Transaction, whose: Whose) -> Result<Vec<RunningOut>, AppError> {
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(LINES)
        .bind(actor.now() + NOTICE)
        .bind(whose == Whose::Every)
        .bind(actor.person())
        .bind("")
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| row.on(today(actor))).collect())
}

/// Whether an opened group runs out; for those alone who plan its sessions.
pub async fn running_out_of(actor: &Actor, group: &OpenedGroup) -> Result<Option<RunningOut>, AppError> {
    if group.may_be_planned() { last_session_by(actor, group, actor.now() + NOTICE).await } else { Ok(None) }
}

/// The same, where the last session begins by a moment.
pub async fn last_session_by(actor: &Actor, group: &OpenedGroup, until: DateTime<Utc>) -> Result<Option<RunningOut>, AppError> {
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(LINES)
        .bind(until)
        .bind(true)
        .bind(actor.person())
        .bind(group.slug())
        .fetch_optional(pool).await)?;
    Ok(row.map(|row| row.on(today(actor))))
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    name: String,
    last_local: NaiveDateTime,
    decision: Option<NextStep>,
    decided_for: Option<NaiveDate>,
    #[sqlx(flatten)]
    supervisor: NameRow,
    one_code: Option<String>,
    one_title: Option<String>,
    one_given_name: Option<String>,
    one_family_name: Option<String>,
}

impl Row {
    fn on(self, today: NaiveDate) -> RunningOut {
        RunningOut {
            supervisee: self.supervisee(),
            supervisor: self.supervisor.into(),
            group_slug: self.slug,
            group_name: self.name,
            last_on: self.last_local.date(),
            decided: self.decision.zip(self.decided_for).map(|(what, by)| Decided { what, by }),
            today,
        }
    }

    fn supervisee(&self) -> Option<PersonName> {
        let row = NameRow {
            code: self.one_code.clone()?,
            title: self.one_title.clone()?,
            given_name: self.one_given_name.clone()?,
            family_name: self.one_family_name.clone()?,
        };
        Some(row.into())
    }
}

fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::groups::GroupKind;
    use crate::groups::fixture::{coordinator, group, slug_of};
    use crate::groups::store::{end_group, open_group};
    use crate::people::fixture::person;
    use crate::sessions::SessionId;
    use crate::sessions::fixture::session;

    /// The slugs of the groups that run out, with a comma between them.
    async fn slugs(actor: &Actor, fixture: &Fixture, whose: Whose) -> String {
        let groups = groups_running_out(actor, &mut fixture.snapshot().await, whose).await.unwrap();
        groups.into_iter().map(|group| group.group_slug).collect::<Vec<_>>().join(",")
    }

    async fn cancel(fixture: &Fixture, session: SessionId) {
        const CANCEL: &str = "UPDATE session SET cancelled_at = $1 WHERE id = $2";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(CANCEL).bind(fixture.now()).bind(session).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn a_group_runs_out_six_weeks_before_its_last_session_until_a_later_series_is_there(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let sian = coordinator(fixture).await;
            let ending = group(fixture, ruth, &[], GroupKind::Group).await;
            let slug = slug_of(fixture, ending).await;
            session(fixture, ending, fixture.now() + TimeDelta::weeks(2), 90).await;
            session(fixture, ending, fixture.now() + TimeDelta::weeks(6), 90).await;
            let going_on = group(fixture, ruth, &[], GroupKind::Group).await;
            session(fixture, going_on, fixture.now() + TimeDelta::weeks(6) + TimeDelta::minutes(1), 90).await;
            // A group that is being formed has nothing that could run out.
            group(fixture, ruth, &[], GroupKind::Group).await;

            let (ruth, daniel) = (fixture.actor(ruth, &[Role::Supervisor]), fixture.actor(daniel, &[Role::Supervisor]));
            assert_eq!(slugs(&ruth, fixture, Whose::Led).await, slug);
            assert_eq!(slugs(&daniel, fixture, Whose::Led).await, "");
            assert_eq!(slugs(&sian, fixture, Whose::Every).await, slug);
            let opened = open_group(&ruth, &slug).await.unwrap();
            assert_eq!(running_out_of(&ruth, &opened).await.unwrap().unwrap().last_on.to_string(), "2026-12-03");

            session(fixture, ending, fixture.now() + TimeDelta::weeks(8), 90).await;
            assert_eq!(running_out_of(&ruth, &opened).await.unwrap(), None);
            assert_eq!(slugs(&sian, fixture, Whose::Every).await, "");
        }

        async fn a_cancelled_session_keeps_no_group_going_and_a_group_that_ended_is_not_listed(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let sian = coordinator(fixture).await;
            let (ending, stopped) = (group(fixture, ruth, &[], GroupKind::Group).await, group(fixture, ruth, &[], GroupKind::Group).await);
            session(fixture, ending, fixture.now() - TimeDelta::weeks(1), 90).await;
            cancel(fixture, session(fixture, ending, fixture.now() + TimeDelta::weeks(9), 90).await).await;
            cancel(fixture, session(fixture, stopped, fixture.now() - TimeDelta::weeks(3), 90).await).await;
            let (ending, stopped) = (slug_of(fixture, ending).await, slug_of(fixture, stopped).await);
            assert_eq!(slugs(&sian, fixture, Whose::Every).await, format!("{stopped},{ending}"));

            end_group(&sian, &open_group(&sian, &stopped).await.unwrap(), 1).await.unwrap();
            assert_eq!(slugs(&sian, fixture, Whose::Every).await, ending);
        }

        async fn a_member_is_not_told_before_anything_is_decided(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let id = group(fixture, ruth, &[amina], GroupKind::Group).await;
            session(fixture, id, fixture.now() + TimeDelta::weeks(1), 90).await;
            let amina = fixture.actor(amina, &[Role::Practitioner]);
            let opened = open_group(&amina, &slug_of(fixture, id).await).await.unwrap();
            assert_eq!(running_out_of(&amina, &opened).await.unwrap(), None);
        }
    }
}
