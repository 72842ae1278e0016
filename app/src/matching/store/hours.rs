//! How long supervisors lead sessions, or are beside who does, in the first two weeks in which groups of a round meet, beside those groups, and how much of
//! their contract they would give with them.

use std::cmp::Reverse;
use std::collections::HashMap;

use ::matching::Proposal;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::asked::is_promised;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::answers::HoursLine;
use crate::matching::candidates::{TWO_WEEKS, ident};
use crate::matching::model::{Part, RoundId};
use crate::people::PersonId;
use crate::people::store::NameRow;

/// A round and those that it was run again from, one after the other, as the first words of a statement. Their boards were before what its own is now.
macro_rules! begun {
    ($round:literal) => {
        concat!(
            "\
WITH RECURSIVE begun (id) AS (
    SELECT r.id
    FROM matching_round r
    WHERE r.id = ",
            $round,
            "
    UNION
    SELECT a.from_round_id
    FROM begun
    JOIN round_again a ON a.round_id = begun.id
)
"
        )
    };
}

/// The minutes of sessions that supervisors lead, or are beside who does, in the two weeks from the Monday before a day, and of groups that they were asked to
/// lead, or to be beside, and have not declined, a weekly one twice; but for what has become of one round, and of those that it was run again from.
pub(super) async fn minutes_led(
    moment: &mut Transaction,
    starts_on: NaiveDate,
    but_for: Option<RoundId>,
) -> Result<HashMap<PersonId, i64>, AppError> {
    const PLANNED: &str = concat!(
        begun!("$3"),
        "\
, planned AS (
    SELECT s.id, s.supervisor_id, s.length_minutes
    FROM session s
    WHERE s.cancelled_at IS NULL
        AND s.starts_at >= $1
        AND s.starts_at < $2
        AND NOT EXISTS (SELECT 1 FROM asked_group a WHERE a.group_id = s.group_id AND a.round_id IN (SELECT id FROM begun))
)
SELECT there.person_id, CAST(SUM(there.length_minutes) AS BIGINT)
FROM (
    SELECT s.supervisor_id AS person_id, s.length_minutes
    FROM planned s
    UNION ALL
    SELECT h.person_id, s.length_minutes
    FROM planned s
    JOIN session_host h ON h.session_id = s.id
) there
GROUP BY there.person_id"
    );
    const PROMISED: &str = concat!(
        begun!("$1"),
        "\
SELECT w.person_id, CAST(SUM(g.length_minutes * CASE r.meets_every WHEN 'week' THEN 2 ELSE 1 END) AS BIGINT)
FROM asked_person w
JOIN asked_group g ON g.id = w.asked_group_id
JOIN matching_round r ON r.id = g.round_id
WHERE w.part = 'supervisor'
    AND w.beside_settled_at IS NULL
    AND (w.answer IS NULL OR w.answer = 'accepted')
    AND g.round_id NOT IN (SELECT id FROM begun)
    AND ",
        is_promised!(),
        "
GROUP BY w.person_id"
    );

    let but_for = but_for.unwrap_or(RoundId(Uuid::nil()));
    let monday = ::series::monday_of(starts_on);
    let midnight = |date: NaiveDate| -> DateTime<Utc> { ::series::instant(date.and_time(NaiveTime::MIN)) };
    let planned: Vec<(PersonId, i64)> = on!(&mut moment, connection => sqlx::query_as(PLANNED)
        .bind(midnight(monday))
        .bind(midnight(monday + Days::new(14)))
        .bind(but_for)
        .fetch_all(connection).await)?;
    let promised: Vec<(PersonId, i64)> =
        on!(&mut moment, connection => sqlx::query_as(PROMISED).bind(but_for).fetch_all(connection).await)?;
    let mut minutes: HashMap<PersonId, i64> = HashMap::new();
    for (person, more) in planned.into_iter().chain(promised) {
        *minutes.entry(person).or_default() += more;
    }
    Ok(minutes)
}

/// Everybody who can lead in a round, with the hours that they would give in those two weeks with the groups of its board, and the places beside supervisors on
/// it, each of so many minutes in them: who would give most of their contract first, and last those of whom no contract is entered.
pub(super) async fn hours_led(
    moment: &mut Transaction,
    (round, starts_on): (RoundId, NaiveDate),
    (board, beside, minutes_of_each): (&Proposal, &[&str], i64),
) -> Result<Vec<HoursLine>, AppError> {
    const SUPERVISORS: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, a.contracted_minutes
FROM round_person r
JOIN person p ON p.id = r.person_id
LEFT JOIN availability a ON a.person_id = p.id
WHERE r.round_id = $1
    AND r.part = 'supervisor'
    AND CAST(r.obstacles AS TEXT) = '[]'
ORDER BY p.given_key, p.family_key, p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        contracted_minutes: Option<i64>,
    }

    let minutes = minutes_led(moment, starts_on, Some(round)).await?;
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).bind(round).fetch_all(connection).await)?;
    let line = |row: Row| {
        let name = ident(Part::Supervisor, &row.name.code);
        let groups = board.groups.iter().filter(|group| group.supervisor == name).count();
        let is_beside = beside.iter().filter(|who| **who == name).count();
        let of_round = i64::try_from(groups.saturating_add(is_beside)).unwrap_or(i64::MAX).saturating_mul(minutes_of_each);
        HoursLine {
            person: row.name.into(),
            groups,
            minutes: minutes.get(&row.id).copied().unwrap_or_default() + of_round,
            contracted: row.contracted_minutes.filter(|contracted| *contracted > 0).map(|contracted| contracted * TWO_WEEKS),
        }
    };
    let mut lines: Vec<HoursLine> = rows.into_iter().map(line).collect();
    lines.sort_by_key(|line| Reverse(line.share()));
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::minutes_led;
    use crate::access::Actor;
    use crate::asking::fixture::{ask_everybody, made_of_asked};
    use crate::availability::Limits;
    use crate::availability::store::{open_availability, set_limits};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::on;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::groups::store::{end_group, open_group};
    use crate::matching::fixture::{at, board_of, form, learner, practitioner, proposed, proposed_of, scene, supervisor, weekly};
    use crate::matching::forms::{RoundForm, Shown};
    use crate::matching::jobs::work_on_rounds;
    use crate::matching::model::{Part, Stay};
    use crate::matching::runs::AgainForm;
    use crate::matching::store::gather::led_since;
    use crate::matching::store::{round_to_start, run_again};
    use crate::people::PersonId;
    use crate::people::fixture::code_of;
    use crate::sessions::fixture::{cancel, session};

    async fn contract(fixture: &Fixture, sian: &Actor, who: PersonId, minutes: i64) {
        contract_anew(fixture, sian, who, (0, minutes)).await;
    }

    /// The same where the limits have been set so many times before.
    async fn contract_anew(fixture: &Fixture, sian: &Actor, who: PersonId, (version, minutes): (i64, i64)) {
        let opened = open_availability(sian, &code_of(fixture, who).await).await.unwrap();
        set_limits(sian, &opened, version, &Limits { contracted_minutes: Some(minutes), ..Limits::default() }).await.unwrap();
    }

    /// The hours of the one supervisor in the first round.
    async fn hours(sian: &Actor) -> (usize, i64, Option<i64>, Option<i64>) {
        hours_in(sian, 1).await
    }

    /// The same in another.
    async fn hours_in(sian: &Actor, number: i64) -> (usize, i64, Option<i64>, Option<i64>) {
        let line = board_of(sian, number).await.unwrap().hours.remove(0);
        (line.groups, line.minutes, line.contracted, line.share())
    }

    both_databases! {
        async fn the_hours_of_a_supervisor_are_what_they_lead_already_with_the_groups_of_the_board(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            proposed(fixture, &sian).await;
            assert_eq!(hours(&sian).await, (1, 90, None, None));
            contract(fixture, &sian, ruth.person(), 300).await;
            // A round begins on Monday 23 November.
            let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            let monday: DateTime<Utc> = "2026-11-23T10:00:00Z".parse().unwrap();
            for (days, minutes) in [(0, 90), (13, 60), (14, 120), (1, 45)] {
                let planned = session(fixture, aire, monday + TimeDelta::days(days), minutes).await;
                if minutes == 45 {
                    cancel(fixture, planned).await;
                }
            }
            assert_eq!(hours(&sian).await, (1, 240, Some(600), Some(40)));
            ask_everybody(&sian, 1).await;
            assert_eq!(hours(&sian).await, (1, 240, Some(600), Some(40)), "what is asked of the round counts once");
        }

        async fn what_became_of_a_round_counts_once_on_the_boards_of_those_that_were_run_again_from_it(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            proposed(fixture, &sian).await;
            ask_everybody(&sian, 1).await;
            for number in [2, 3] {
                let change = Shown { number: number - 1, seen: 0 }.change();
                let again = AgainForm { change, stay: Stay::Everybody.key().to_owned(), ..AgainForm::default() };
                assert_eq!(run_again(&sian, &again.check().unwrap()).await.unwrap(), number);
                assert_eq!(work_on_rounds(&at(fixture, TimeDelta::zero())).await.unwrap(), 1);
                assert_eq!(hours_in(&sian, number).await, (1, 90, None, None), "what was asked of the first is on its board");
            }
            let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            made_of_asked(fixture, aire).await;
            for published in [false, true] {
                if published {
                    session(fixture, aire, "2026-11-26T10:00:00Z".parse().unwrap(), 90).await;
                }
                for number in [1, 2, 3] {
                    assert_eq!(hours_in(&sian, number).await, (1, 90, None, None), "{number} {published}");
                }
            }
        }

        async fn time_beside_a_supervisor_counts_from_the_question_on_and_in_the_sessions_that_come_of_it(fixture: Fixture) {
            const BESIDE: &str = "INSERT INTO session_host (session_id, person_id, role, added_at) VALUES ($1, $2, 'observer', $3)";
            const WITHOUT: &str = "UPDATE asked_person SET beside_settled_at = $1 WHERE beside IS NOT NULL";

            let (sian, ruth) = scene(fixture).await;
            let octavia = learner(fixture, &sian, "Octavia").await.person();
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            proposed_of(fixture, &sian, &RoundForm { observer: "yes".to_owned(), ..form() }).await;
            let database = &fixture.database;
            let minutes = async || {
                let moment = &mut database.snapshot().await.unwrap();
                let led = minutes_led(moment, "2026-11-23".parse().unwrap(), None).await.unwrap();
                [ruth.person(), octavia].map(|who| led.get(&who).copied())
            };
            assert_eq!(minutes().await, [None, None]);
            ask_everybody(&sian, 1).await;
            assert_eq!(minutes().await, [Some(90), Some(90)]);
            let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            made_of_asked(fixture, aire).await;
            assert_eq!(minutes().await, [Some(90), Some(90)]);
            let planned = session(fixture, aire, "2026-11-26T10:00:00Z".parse().unwrap(), 60).await;
            on!(database, pool => sqlx::query(BESIDE).bind(planned).bind(octavia).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            assert_eq!(minutes().await, [Some(60), Some(60)]);
            assert_eq!(hours(&sian).await, (1, 90, None, None), "on its own board the round counts once");

            let number = proposed_of(fixture, &sian, &RoundForm { observer: "yes".to_owned(), also_placed: "yes".to_owned(), ..form() }).await.line.number;
            ask_everybody(&sian, number).await;
            assert_eq!(minutes().await, [Some(150), Some(150)]);
            on!(database, pool => sqlx::query(WITHOUT).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
            assert_eq!(minutes().await, [Some(150), Some(60)], "of whoever is not beside it after all no time is taken");
        }

        async fn whoever_leads_a_group_beside_another_has_taken_it_on(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            proposed_of(fixture, &sian, &RoundForm { co_supervisor: "yes".to_owned(), ..form() }).await;
            let board = board_of(&sian, 1).await.unwrap();
            assert!(board.hours.iter().all(|line| line.minutes == 90), "one leads and the other is beside: {:?}", board.hours);
            let taken_on = async || {
                let moment = &mut fixture.database.snapshot().await.unwrap();
                let led = led_since(moment).await.unwrap();
                [ruth.person(), nadia.person()].map(|who| led.get(&who).copied())
            };
            ask_everybody(&sian, 1).await;
            assert_eq!(taken_on().await, [Some(1), Some(1)]);
            let leads = if board.groups[0].supervisor.short.starts_with("Ruth") { ruth.person() } else { nadia.person() };
            let aire = group(fixture, leads, &[], GroupKind::Group).await;
            let later = "UPDATE supervision_group SET created_at = $2 WHERE id = $1";
            let database = &fixture.database;
            let tomorrow = fixture.now() + TimeDelta::days(1);
            on!(database, pool => sqlx::query(later).bind(aire).bind(tomorrow).execute(pool).await.map(|_| ())).unwrap();
            made_of_asked(fixture, aire).await;
            assert_eq!(taken_on().await, [Some(1), Some(1)]);
        }

        async fn a_group_that_has_ended_before_its_series_was_published_takes_no_hours_of_a_contract(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            proposed(fixture, &sian).await;
            contract(fixture, &sian, ruth.person(), 75).await;
            ask_everybody(&sian, 1).await;
            let obstacles = async || {
                let looked_at = round_to_start(&sian, form()).await.unwrap().looked_at;
                let leading = looked_at.into_iter().filter(|one| one.part == Part::Supervisor);
                leading.flat_map(|one| one.obstacles).collect::<Vec<_>>()
            };
            let none_left = ["Has no contracted hours left for another group."];
            assert_eq!(obstacles().await, none_left);
            let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            made_of_asked(fixture, aire).await;
            assert_eq!(obstacles().await, none_left);
            end_group(&sian, &open_group(&sian, &slug_of(fixture, aire).await).await.unwrap(), 1).await.unwrap();
            assert_eq!(obstacles().await, Vec::<String>::new());
        }

        async fn nobody_is_asked_to_lead_more_than_their_contract_is_for(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            practitioner(fixture, "Amina", &[]).await;
            let obstacles = async || {
                let looked_at = round_to_start(&sian, form()).await.unwrap().looked_at;
                looked_at.into_iter().flat_map(|one| one.obstacles).collect::<Vec<_>>()
            };
            contract(fixture, &sian, ruth.person(), 75).await;
            assert_eq!(obstacles().await, Vec::<String>::new(), "one group is an hour and a half in two weeks");
            let aire = group(fixture, ruth.person(), &[], GroupKind::Group).await;
            session(fixture, aire, "2026-11-24T18:00:00Z".parse().unwrap(), 90).await;
            assert_eq!(obstacles().await, ["Has no contracted hours left for another group."]);
        }

        async fn a_weekly_group_takes_twice_as_much_of_a_contract_as_one_that_meets_every_fortnight(fixture: Fixture) {
            let (sian, ruth) = scene(fixture).await;
            for name in ["Amina", "Tom", "Grace", "Yusuf"] {
                practitioner(fixture, name, &[]).await;
            }
            let obstacles = async |form: RoundForm| {
                let looked_at = round_to_start(&sian, form).await.unwrap().looked_at;
                looked_at.into_iter().filter(|one| one.part == Part::Supervisor).flat_map(|one| one.obstacles).collect::<Vec<_>>()
            };
            let none_left = ["Has no contracted hours left for another group."];
            contract(fixture, &sian, ruth.person(), 75).await;
            assert_eq!((obstacles(form()).await, obstacles(weekly()).await), (Vec::new(), none_left.map(str::to_owned).to_vec()));
            contract_anew(fixture, &sian, ruth.person(), (1, 120)).await;
            proposed_of(fixture, &sian, &weekly()).await;
            assert_eq!(hours(&sian).await, (1, 180, Some(240), Some(75)));
            // What is asked of her counts twice too: an hour is left of the four that she has in two weeks, which is less than a session.
            ask_everybody(&sian, 1).await;
            assert_eq!(hours(&sian).await, (1, 180, Some(240), Some(75)));
            assert_eq!(obstacles(form()).await, none_left);
        }
    }
}
