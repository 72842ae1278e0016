//! What Today is made of, in as few statements as there are kinds of thing.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::model::{Attendee, NextSession, Overview, OwnSupervision, Practice, Waiting};
use super::words::financial_year_start;
use crate::access::{Actor, Permission};
use crate::calendar::Occurrence;
use crate::calendar::store as calendar;
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::chain_above;
use crate::people::store::NameRow;
use crate::sessions::SessionState;

/// The next session, three that follow, and one more, since a session that was cancelled is told but is never the next one.
const SESSIONS_READ: i64 = 5;

/// All that Today shows.
pub async fn overview(actor: &Actor) -> Result<Overview, AppError> {
    let (next, coming) = if actor.may(Permission::SeeOwnSessions) { sessions(actor).await? } else { (None, Vec::new()) };
    let mut waiting = waiting_for(actor).await?;
    if actor.may(Permission::ManageAuthorities) {
        waiting.extend(waiting_at_the_centre(actor).await?);
    }
    waiting.sort_by_key(Waiting::due);
    let practice = if actor.may(Permission::SeeSupervisionChain) { Some(practice(actor).await?) } else { None };
    Ok(Overview { now: actor.now(), next, coming, waiting, practice })
}

async fn sessions(actor: &Actor) -> Result<(Option<NextSession>, Vec<Occurrence>), AppError> {
    let mut coming = calendar::next_sessions(actor, SESSIONS_READ).await?;
    let first_held = coming.iter().position(|occurrence| occurrence.state(actor.now()) != SessionState::Cancelled);
    let next = match first_held {
        Some(place) => {
            let occurrence = coming.remove(place);
            Some(NextSession { others: others_at(actor, &occurrence.code).await?, occurrence })
        }
        None => None,
    };
    coming.truncate(3);
    Ok((next, coming))
}

/// The other members of a session that is in the actor's calendar; of any other session, nobody.
pub async fn others_at(actor: &Actor, code: &str) -> Result<Vec<Attendee>, AppError> {
    const OTHERS: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, a.apologies_at IS NOT NULL AS has_sent_apologies
FROM session s
JOIN membership m ON m.group_id = s.group_id
    AND s.starts_local >= m.joined_on
    AND (m.left_on IS NULL OR s.starts_local < m.left_on)
JOIN person p ON p.id = m.person_id
LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = m.person_id
WHERE s.code = $1
    AND m.person_id <> $2
    AND (
        s.supervisor_id = $2
        OR EXISTS (SELECT 1 FROM membership own WHERE own.group_id = s.group_id AND own.person_id = $2 AND own.left_on IS NULL)
    )
ORDER BY p.given_name, p.family_name, p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        name: NameRow,
        has_sent_apologies: bool,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(OTHERS).bind(code).bind(actor.person()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|row| Attendee { name: row.name.into(), has_sent_apologies: row.has_sent_apologies }).collect())
}

const WAITING: &str = "\
SELECT 'agreement' AS what, g.name AS group_name, g.slug AS group_slug, '' AS code, '' AS words, a.version,
    a.proposed_at AS since, a.proposed_at AS until
FROM agreement_party own
JOIN agreement a ON a.id = own.agreement_id
JOIN supervision_group g ON g.id = a.group_id
WHERE own.person_id = $1
    AND own.agreed_at IS NULL
    AND a.ended_at IS NULL
    AND g.ended_at IS NULL
    AND (
        g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL)
    )
UNION ALL
SELECT 'to_mark', g.name, g.slug, s.code, '', 0, s.starts_at, s.ends_at
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.supervisor_id = $1
    AND s.ends_at <= $2
    AND s.marked_at IS NULL
    AND s.cancelled_at IS NULL
UNION ALL
SELECT 'action', g.name, g.slug, COALESCE(n.code, ''), x.words, 0, said.starts_at, COALESCE(n.starts_at, said.starts_at)
FROM agreed_action x
JOIN supervision_group g ON g.id = x.group_id
JOIN session said ON said.id = x.session_id
LEFT JOIN session n ON n.group_id = x.group_id
    AND n.starts_at = (
        SELECT MIN(later.starts_at)
        FROM session later
        WHERE later.group_id = x.group_id
            AND later.starts_at > said.starts_at
            AND later.ends_at > $2
            AND later.cancelled_at IS NULL
    )
WHERE x.owner_id = $1
    AND x.done_at IS NULL
    AND (
        g.supervisor_id = $1
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1 AND m.left_on IS NULL)
    )";

/// Agreements that wait for the actor's word, sessions that they led and have not marked, and what they said they would do.
pub async fn waiting_for(actor: &Actor) -> Result<Vec<Waiting>, AppError> {
    let database = actor.database();
    let rows: Vec<WaitingRow> =
        on!(database, pool => sqlx::query_as(WAITING).bind(actor.person()).bind(actor.now()).fetch_all(pool).await)?;
    Ok(rows.into_iter().filter_map(WaitingRow::read).collect())
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    what: String,
    group_name: String,
    group_slug: String,
    code: String,
    words: String,
    version: i64,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl WaitingRow {
    fn read(self) -> Option<Waiting> {
        let Self { what, group_name, group_slug, code, words, version, since, until } = self;
        let (since, until) = (::series::local(since).date(), ::series::local(until).date());
        Some(match what.as_str() {
            "agreement" => Waiting::Agreement { group_name, group_slug, version, since },
            "to_mark" => Waiting::ToMark { code, group_name, held_on: since, due: ::series::working_days_after(until, 2) },
            "action" => {
                Waiting::Action { words, group_name, group_slug, said_on: since, next: (!code.is_empty()).then_some((code, until)) }
            }
            _ => return None,
        })
    }
}

/// After how many days without a next step an authority waits for its coordinator (feature 5.2).
const DAYS_WITHOUT_STEP: u64 = 60;

/// What waits for whoever coordinates: authorities, and people whose invitation has run out.
pub async fn waiting_at_the_centre(actor: &Actor) -> Result<Vec<Waiting>, AppError> {
    const COUNTS: &str = "\
SELECT
    (
        SELECT COUNT(*)
        FROM authority
        WHERE stage <> 'paused' AND (next_step_on IS NULL OR next_step_on < $1)
    ) AS authorities,
    (
        SELECT COUNT(*)
        FROM person p
        WHERE p.standing = 'invited'
            AND NOT EXISTS (
                SELECT 1
                FROM one_time_link l
                WHERE l.person_id = p.id AND l.purpose = 'invitation' AND l.used_at IS NULL AND l.expires_at > $2
            )
    ) AS invited";

    let today = ::series::local(actor.now()).date();
    let long_ago = today.checked_sub_days(Days::new(DAYS_WITHOUT_STEP)).unwrap_or(today);
    let database = actor.database();
    let (authorities, invited): (i64, i64) =
        on!(database, pool => sqlx::query_as(COUNTS).bind(long_ago).bind(actor.now()).fetch_one(pool).await)?;
    let waiting = [(authorities, Waiting::Authorities { count: authorities }), (invited, Waiting::Invited { count: invited })];
    Ok(waiting.into_iter().filter(|(count, _)| *count > 0).map(|(_, waiting)| waiting).collect())
}

async fn practice(actor: &Actor) -> Result<Practice, AppError> {
    let since = financial_year_start(::series::local(actor.now()).date());
    Ok(Practice { chain: chain_above(actor).await?, minutes: minutes_attended(actor, since).await?, since })
}

/// How much supervision the actor has attended since a day, in minutes: what was marked and finished, and no more.
pub async fn minutes_attended(actor: &Actor, since: NaiveDate) -> Result<i64, AppError> {
    const MINUTES: &str = "\
SELECT CAST(COALESCE(SUM(CASE WHEN a.state = 'attended' THEN s.length_minutes ELSE COALESCE(a.minutes, s.length_minutes) END), 0) AS BIGINT)
FROM attendance a
JOIN session s ON s.id = a.session_id
WHERE a.person_id = $1
    AND a.state IN ('attended', 'late', 'left_early')
    AND s.starts_at >= $2
    AND s.marked_at IS NOT NULL
    AND s.cancelled_at IS NULL";

    let since = ::series::instant(since.and_time(NaiveTime::MIN));
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_scalar(MINUTES).bind(actor.person()).bind(since).fetch_one(pool).await)?)
}

/// How far ahead one's own sessions are listed.
const AHEAD: chrono::TimeDelta = chrono::TimeDelta::weeks(16);

/// The page of one's own supervision.
pub async fn own_supervision(actor: &Actor) -> Result<OwnSupervision, AppError> {
    let now = actor.now();
    let practice = practice(actor).await?;
    let from = ::series::instant(practice.since.and_time(NaiveTime::MIN));
    let sessions = calendar::own_supervision(actor, from, now + AHEAD).await?;
    let (mut past, coming): (Vec<Occurrence>, Vec<Occurrence>) = sessions.into_iter().partition(|session| session.course.ends_at <= now);
    past.reverse();
    Ok(OwnSupervision { now, practice, coming, past })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::new_id;
    use crate::groups::fixture::{group, slug_of};
    use crate::groups::{GroupId, GroupKind};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::sessions::fixture::{code_of, session};
    use crate::sessions::{AttendanceState, SessionId};

    const PRACTITIONER: &[Role] = &[Role::Practitioner];
    const SUPERVISOR: &[Role] = &[Role::Supervisor];

    struct People {
        ruth: PersonId,
        amina: PersonId,
        dawn: PersonId,
        aire: GroupId,
    }

    async fn people(fixture: &Fixture) -> People {
        let ruth = person(fixture, "Ruth", "Adeyemi", SUPERVISOR).await;
        let amina = person(fixture, "Amina", "Rahman", PRACTITIONER).await;
        let dawn = person(fixture, "Dawn", "Fletcher", PRACTITIONER).await;
        let aire = group(fixture, ruth, &[amina, dawn], GroupKind::Group).await;
        People { ruth, amina, dawn, aire }
    }

    async fn run(fixture: &Fixture, change: &'static str, session: SessionId) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(change).bind(fixture.now()).bind(session).execute(pool).await.map(|_| ())).unwrap();
    }

    const CANCEL: &str = "UPDATE session SET cancelled_at = $1, cancelled_reason = 'Illness' WHERE id = $2";
    const FINISH: &str = "UPDATE session SET marked_at = $1 WHERE id = $2";

    async fn send_apologies(fixture: &Fixture, session: SessionId, who: PersonId) {
        const SEND: &str = "INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason) VALUES ($1, $2, $3, '')";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SEND).bind(session).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn mark(fixture: &Fixture, session: SessionId, who: PersonId, state: AttendanceState, minutes: Option<i64>) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes) VALUES ($1, $2, '', $3, $4)";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MARK).bind(session).bind(who).bind(state).bind(minutes).execute(pool).await.map(|_| ())).unwrap();
    }

    async fn say_action(fixture: &Fixture, group: GroupId, session: SessionId, owner: PersonId, words: &str) {
        const SAY: &str =
            "INSERT INTO agreed_action (id, group_id, session_id, owner_id, words, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
        let database = &fixture.database;
        on!(database, pool => sqlx::query(SAY).bind(new_id()).bind(group).bind(session).bind(owner).bind(words).bind(fixture.now())
            .execute(pool).await.map(|_| ()))
        .unwrap();
    }

    async fn propose(fixture: &Fixture, group: GroupId, proposer: PersonId, parties: &[PersonId]) {
        const PROPOSE: &str = "\
INSERT INTO agreement (id, group_id, version, sections, review_on, proposed_by, proposed_at) VALUES ($1, $2, 1, $3, $4, $5, $6)";
        const PARTY: &str = "INSERT INTO agreement_party (agreement_id, person_id) VALUES ($1, $2)";
        let (id, database) = (new_id(), &fixture.database);
        on!(database, pool => sqlx::query(PROPOSE).bind(id).bind(group).bind(sqlx::types::Json(Vec::<String>::new()))
            .bind(fixture.now().date_naive()).bind(proposer).bind(fixture.now()).execute(pool).await.map(|_| ()))
        .unwrap();
        for party in parties {
            on!(database, pool => sqlx::query(PARTY).bind(id).bind(party).execute(pool).await.map(|_| ())).unwrap();
        }
    }

    both_databases! {
        async fn the_next_session_is_the_first_that_is_held_and_a_cancelled_one_is_told(fixture: Fixture) {
            let People { amina, dawn, aire, .. } = people(fixture).await;
            let soon = session(fixture, aire, fixture.now() + TimeDelta::hours(1), 90).await;
            let later = session(fixture, aire, fixture.now() + TimeDelta::days(7), 90).await;
            run(fixture, CANCEL, soon).await;
            send_apologies(fixture, later, dawn).await;
            let overview = overview(&fixture.actor(amina, PRACTITIONER)).await.unwrap();
            let next = overview.next.unwrap();
            assert_eq!(next.occurrence.code, code_of(fixture, later).await);
            let others: Vec<_> = next.others.iter().map(|other| (other.name.short.as_str(), other.has_sent_apologies)).collect();
            assert_eq!(others, [("Dawn F.", true)]);
            assert_eq!(overview.coming.iter().map(|one| one.code.clone()).collect::<Vec<_>>(), [code_of(fixture, soon).await]);
        }

        async fn members_are_named_to_their_own_group_and_to_nobody_else(fixture: Fixture) {
            let People { ruth, amina, aire, .. } = people(fixture).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner, Role::Coordinator]).await;
            let soon = session(fixture, aire, fixture.now() + TimeDelta::hours(1), 90).await;
            let code = code_of(fixture, soon).await;
            assert_eq!(others_at(&fixture.actor(ruth, SUPERVISOR), &code).await.unwrap().len(), 2);
            assert_eq!(others_at(&fixture.actor(amina, PRACTITIONER), &code).await.unwrap().len(), 1);
            assert_eq!(others_at(&fixture.actor(tom, &[Role::Practitioner, Role::Coordinator]), &code).await.unwrap(), []);
        }

        async fn what_waits_is_ones_own_and_goes_away_when_it_is_done(fixture: Fixture) {
            let People { ruth, amina, dawn, aire } = people(fixture).await;
            let slug = slug_of(fixture, aire).await;
            let held = session(fixture, aire, fixture.now() - TimeDelta::days(1), 90).await;
            let next = session(fixture, aire, fixture.now() + TimeDelta::days(6), 90).await;
            say_action(fixture, aire, held, amina, "Bring a moment").await;
            propose(fixture, aire, ruth, &[ruth, amina]).await;

            let hers = waiting_for(&fixture.actor(amina, PRACTITIONER)).await.unwrap();
            let today: NaiveDate = "2026-10-22".parse().unwrap();
            assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Agreement { group_slug, version: 1, since, .. }
                if *group_slug == slug && *since == today)));
            assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Action { words, next: Some((_, day)), .. }
                if words == "Bring a moment" && *day == "2026-10-28".parse().unwrap())));
            assert_eq!(hers.len(), 2);
            assert_eq!(waiting_for(&fixture.actor(dawn, PRACTITIONER)).await.unwrap(), []);

            let ruths = waiting_for(&fixture.actor(ruth, SUPERVISOR)).await.unwrap();
            assert!(ruths.iter().any(|waiting| matches!(waiting, Waiting::ToMark { due, .. } if *due == "2026-10-23".parse().unwrap())));
            assert_eq!(ruths.len(), 2);
            run(fixture, FINISH, held).await;
            run(fixture, CANCEL, next).await;
            assert_eq!(waiting_for(&fixture.actor(ruth, SUPERVISOR)).await.unwrap().len(), 1);
            let hers = waiting_for(&fixture.actor(amina, PRACTITIONER)).await.unwrap();
            assert!(hers.iter().any(|waiting| matches!(waiting, Waiting::Action { next: None, .. })));
        }

        async fn only_what_was_marked_finished_and_attended_is_counted(fixture: Fixture) {
            let People { amina, aire, .. } = people(fixture).await;
            let ago = |days: i64| fixture.now() - TimeDelta::days(days);
            let since: NaiveDate = "2026-10-01".parse().unwrap();
            let actor = fixture.actor(amina, PRACTITIONER);
            assert_eq!(minutes_attended(&actor, since).await.unwrap(), 0);
            for (days, state, minutes, is_finished) in [
                (1, AttendanceState::Attended, None, true),
                (2, AttendanceState::LeftEarly, Some(45), true),
                (3, AttendanceState::Apologies, None, true),
                (4, AttendanceState::Attended, None, false),
                (40, AttendanceState::Attended, None, true),
            ] {
                let held = session(fixture, aire, ago(days), 90).await;
                mark(fixture, held, amina, state, minutes).await;
                if is_finished {
                    run(fixture, FINISH, held).await;
                }
            }
            assert_eq!(minutes_attended(&actor, since).await.unwrap(), 135);
        }

        async fn ones_own_supervision_holds_the_past_and_the_coming_and_nothing_that_one_leads(fixture: Fixture) {
            let People { ruth, amina, aire, .. } = people(fixture).await;
            let marianne = person(fixture, "Marianne", "Stone", SUPERVISOR).await;
            let above = group(fixture, marianne, &[ruth], GroupKind::Supervisors).await;
            for days in [-7, 7] {
                session(fixture, aire, fixture.now() + TimeDelta::days(days), 90).await;
                session(fixture, above, fixture.now() + TimeDelta::days(days), 90).await;
            }
            for (who, roles) in [(amina, PRACTITIONER), (ruth, SUPERVISOR)] {
                let own = own_supervision(&fixture.actor(who, roles)).await.unwrap();
                assert_eq!((own.past.len(), own.coming.len(), own.practice.chain.len()), (1, 1, 1));
            }
        }

        async fn the_coordinator_is_told_of_authorities_and_invitations_in_numbers(fixture: Fixture) {
            const AUTHORITY: &str = "\
INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, next_step_on, version)
VALUES ($1, $2, $2, $2, 'North', 'metropolitan_district', 'aware', '', $3, 1)";
            const INVITE: &str = "UPDATE person SET standing = 'invited' WHERE id = $1";
            let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
            let tom = person(fixture, "Tom", "Bell", PRACTITIONER).await;
            let today = fixture.now().date_naive();
            let database = &fixture.database;
            for (slug, next_step_on) in [("leeds", None), ("hull", Some(today - Days::new(61))), ("york", Some(today - Days::new(60)))] {
                on!(database, pool => sqlx::query(AUTHORITY).bind(new_id()).bind(slug).bind(next_step_on).execute(pool).await.map(|_| ())).unwrap();
            }
            on!(database, pool => sqlx::query(INVITE).bind(tom).execute(pool).await.map(|_| ())).unwrap();
            let overview = overview(&fixture.actor(sian, &[Role::Coordinator])).await.unwrap();
            assert_eq!(overview.waiting, [Waiting::Authorities { count: 2 }, Waiting::Invited { count: 1 }]);
            assert_eq!((overview.next, overview.practice), (None, None));
        }
    }
}
