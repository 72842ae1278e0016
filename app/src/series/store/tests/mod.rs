//! What holds of series on both databases.

mod drafts;
mod together;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::groups::fixture::{coordinator, group, slug_of};
use crate::groups::store::open_group_to_plan;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::series::answers::AgreementStage;
use crate::series::forms::{SeriesAddress, SeriesForm, TIMES, UNTIL, WEEKS};

/// A group of two that Ruth leads.
struct Planning {
    ruth: PersonId,
    amina: PersonId,
    tom: PersonId,
    group: GroupId,
    slug: String,
}

async fn planning(fixture: &Fixture) -> Planning {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let group = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    let slug = slug_of(fixture, group).await;
    Planning { ruth, amina, tom, group, slug }
}

impl Planning {
    fn supervisor(&self, fixture: &Fixture) -> Actor {
        fixture.actor(self.ruth, &[Role::Supervisor])
    }

    /// Every week from the day of the test, across 25 October 2026.
    fn form(&self) -> SeriesForm {
        SeriesForm {
            slug: self.slug.clone(),
            starts_on: "2026-10-22".to_owned(),
            starts_time: "10:00".to_owned(),
            length_minutes: "90".to_owned(),
            repeats: WEEKS.to_owned(),
            every: "1".to_owned(),
            ending: TIMES.to_owned(),
            times: "3".to_owned(),
            ..SeriesForm::default()
        }
    }

    fn address(&self, number: i64) -> SeriesAddress {
        SeriesAddress { slug: self.slug.clone(), number: number.to_string(), ..SeriesAddress::default() }
    }
}

async fn agree(fixture: &Fixture, planning: &Planning) {
    const AGREEMENT: &str = "\
INSERT INTO agreement (id, group_id, version, sections, review_on, proposed_by, proposed_at, in_force_at)
VALUES ($1, $2, 1, $3, $4, $5, $6, $6)";

    const PARTY: &str = "INSERT INTO agreement_party (agreement_id, person_id, agreed_at) VALUES ($1, $2, $3)";

    let (database, agreement) = (&fixture.database, new_id());
    on!(database, pool => sqlx::query(AGREEMENT)
        .bind(agreement)
        .bind(planning.group)
        .bind(sqlx::types::Json(Vec::<String>::new()))
        .bind(NaiveDate::from_ymd_opt(2027, 10, 22).unwrap())
        .bind(planning.ruth)
        .bind(fixture.now())
        .execute(pool).await.map(|_| ()))
    .unwrap();
    on!(database, pool => sqlx::query(PARTY)
        .bind(agreement)
        .bind(planning.ruth)
        .bind(fixture.now())
        .execute(pool).await.map(|_| ()))
    .unwrap();
}

async fn close(fixture: &Fixture, day: &str, reason: &str) {
    crate::closures::fixture::close(fixture, day, day, reason).await;
}

async fn sessions(fixture: &Fixture) -> Vec<(NaiveDateTime, DateTime<Utc>, NaiveDate, PersonId)> {
    const SESSIONS: &str = "SELECT starts_local, starts_at, slot, supervisor_id FROM session ORDER BY starts_at";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(SESSIONS).fetch_all(pool).await).unwrap()
}

async fn letters(fixture: &Fixture) -> Vec<(PersonId, String, String)> {
    const LETTERS: &str = "SELECT person_id, subject, body FROM message ORDER BY person_id";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
}

/// Another supervisor takes over the group and is asked to agree.
async fn hand_over(fixture: &Fixture, planning: &Planning, to: PersonId) {
    const GIVE: &str = "UPDATE supervision_group SET supervisor_id = $2 WHERE id = $1";
    const ASK: &str = "\
INSERT INTO agreement_party (agreement_id, person_id)
SELECT id, $2
FROM agreement
WHERE group_id = $1";

    let database = &fixture.database;
    for statement in [GIVE, ASK] {
        on!(database, pool => sqlx::query(statement).bind(planning.group).bind(to).execute(pool).await.map(|_| ())).unwrap();
    }
}

fn shown(address: &SeriesAddress, version: i64) -> SeriesAddress {
    SeriesAddress { version: version.to_string(), ..address.clone() }
}

both_databases! {
    async fn a_supervisor_plans_for_the_groups_that_they_lead_and_a_coordinator_for_every_one_that_meets(fixture: Fixture) {
        const END: &str = "UPDATE supervision_group SET ended_at = created_at WHERE id = $1";
        const PAIR: &str = "UPDATE supervision_group SET name = 'One-to-one supervision', capacity = 1 WHERE id = $1";

        let planning = planning(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        group(fixture, daniel, &[], GroupKind::Vig).await;
        let ended = group(fixture, planning.ruth, &[], GroupKind::Group).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(END).bind(ended).execute(pool).await.map(|_| ())).unwrap();

        let own = groups_to_plan(&planning.supervisor(fixture)).await.unwrap();
        assert_eq!(own.iter().map(|group| (group.slug.as_str(), group.is_own)).collect::<Vec<_>>(), [(planning.slug.as_str(), true)]);
        assert_eq!(groups_to_plan(&coordinator(fixture).await).await.unwrap().len(), 2);
        assert_eq!(groups_to_plan(&fixture.actor(planning.amina, &[Role::Supervisor])).await.unwrap(), []);
        // Two pairs of one name are told apart by who is in them.
        let pair = group(fixture, planning.ruth, &[planning.tom], GroupKind::OneToOne).await;
        on!(database, pool => sqlx::query(PAIR).bind(pair).execute(pool).await.map(|_| ())).unwrap();
        let own = groups_to_plan(&planning.supervisor(fixture)).await.unwrap();
        assert!(own.iter().any(|group| group.name == "One-to-one supervision with Tom B."), "{own:?}");
    }

    async fn a_group_without_an_agreement_in_force_publishes_nothing(fixture: Fixture) {
        let planning = planning(fixture).await;
        let ruth = planning.supervisor(fixture);
        let refused = save_series(&ruth, &planning.form(), Then::Publish).await.unwrap_err();
        assert_eq!(refused.status(), 409);
        assert!(refused.to_string().contains("no agreement in force"), "{refused}");
        // Nothing of the refused series is kept, and the draft can still be.
        assert_eq!(save_series(&ruth, &planning.form(), Then::KeepAsDraft).await, Ok(1));
        let series = open_series_to_plan(&ruth, &planning.address(1)).await.unwrap();
        assert_eq!(publish_series(&ruth, &series, &shown(&planning.address(1), 1)).await.unwrap_err().status(), 409);
        assert_eq!(series_page(&ruth, &series).await.unwrap().group.agreement, AgreementStage::Missing);
        assert!(sessions(fixture).await.is_empty() && letters(fixture).await.is_empty());
    }

    async fn ten_in_the_morning_stays_ten_across_the_change_of_the_clocks(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        save_series(&planning.supervisor(fixture), &planning.form(), Then::Publish).await.unwrap();
        let stored: Vec<_> =
            sessions(fixture).await.into_iter().map(|(local, instant, slot, _)| (slot.to_string(), local.to_string(), instant.to_rfc3339())).collect();
        assert_eq!(stored, [
            ("2026-10-22".to_owned(), "2026-10-22 10:00:00".to_owned(), "2026-10-22T09:00:00+00:00".to_owned()),
            ("2026-10-29".to_owned(), "2026-10-29 10:00:00".to_owned(), "2026-10-29T10:00:00+00:00".to_owned()),
            ("2026-11-05".to_owned(), "2026-11-05 10:00:00".to_owned(), "2026-11-05T10:00:00+00:00".to_owned()),
        ]);
        assert!(sessions(fixture).await.iter().all(|session| session.3 == planning.ruth));
    }

    async fn publishing_twice_makes_one_set_of_sessions(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let ruth = planning.supervisor(fixture);
        save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap();
        let series = open_series_to_plan(&ruth, &planning.address(1)).await.unwrap();
        // Both were shown the same draft, and press at once.
        let first = shown(&planning.address(1), 1);
        let (one, other) = tokio::join!(publish_series(&ruth, &series, &first), publish_series(&ruth, &series, &first));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        assert_eq!(one.and(other).unwrap_err().status(), 409);
        assert_eq!(sessions(fixture).await.len(), 3);
        let again = open_series_to_plan(&ruth, &planning.address(1)).await.unwrap();
        assert_eq!(publish_series(&ruth, &again, &shown(&planning.address(1), again.version())).await.unwrap_err().status(), 409);
        assert_eq!((sessions(fixture).await.len(), letters(fixture).await.len()), (3, 3));
    }

    async fn everybody_gets_one_message_that_names_nobody(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        close(fixture, "2026-10-29", "Staff learning day").await;
        let skipped = SeriesForm { skipped: "2026-10-29".to_owned(), ..planning.form() };
        save_series(&planning.supervisor(fixture), &skipped, Then::Publish).await.unwrap();
        let letters = letters(fixture).await;
        assert_eq!(letters.iter().map(|letter| letter.0).collect::<Vec<_>>(), [planning.ruth, planning.amina, planning.tom]);
        for (_, subject, body) in &letters {
            assert_eq!(subject, "Your sessions from Thursday 22 October 2026");
            assert!(body.contains("UK time") && body.contains("Thursday 5 November 2026, 10:00 to 11:30"), "{body}");
            assert!(body.contains("Thursday 29 October 2026 (Centre closed: Staff learning day)"), "{body}");
            assert!(body.contains("The clocks go back on 25 October 2026."), "{body}");
            for name in ["Ruth", "Adeyemi", "Amina", "Rahman", "Tom", "Bell"] {
                assert!(!body.contains(name), "{body}");
            }
        }
    }

    async fn another_groups_series_is_answered_as_one_that_does_not_exist(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        save_series(&planning.supervisor(fixture), &planning.form(), Then::KeepAsDraft).await.unwrap();
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor, Role::ClinicalLead]).await;
        for roles in [&[Role::Supervisor][..], &[Role::Supervisor, Role::ClinicalLead][..]] {
            let daniel = fixture.actor(daniel, roles);
            assert_eq!(save_series(&daniel, &planning.form(), Then::Publish).await, Err(AppError::NotFound));
            let change = SeriesForm { number: "1".to_owned(), version: "1".to_owned(), ..planning.form() };
            assert_eq!(save_series(&daniel, &change, Then::KeepAsDraft).await, Err(AppError::NotFound));
            assert_eq!(open_series(&daniel, &planning.address(1)).await.unwrap_err(), AppError::NotFound);
            let unknown = SeriesAddress { slug: "no-such-group".to_owned(), ..planning.address(1) };
            assert_eq!(open_series(&daniel, &unknown).await.unwrap_err(), AppError::NotFound);
        }
    }

    async fn a_member_sees_a_series_once_it_is_published(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let ruth = planning.supervisor(fixture);
        let amina = fixture.actor(planning.amina, &[Role::Practitioner]);
        save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap();
        assert_eq!(open_series(&amina, &planning.address(1)).await.unwrap_err(), AppError::NotFound);
        let draft = open_series_to_plan(&ruth, &planning.address(1)).await.unwrap();
        publish_series(&ruth, &draft, &shown(&planning.address(1), 1)).await.unwrap();
        let series = open_series(&amina, &planning.address(1)).await.unwrap();
        let page = series_page(&amina, &series).await.unwrap();
        assert_eq!((page.plan.words.as_str(), page.plan.held()), ("Every Thursday, 10:00 to 11:30, 3 times", 3));
        assert!(page.plan.dates.iter().all(|line| line.session.is_some()) && !page.may_plan);
        assert_eq!(open_series_to_plan(&amina, &planning.address(1)).await.unwrap_err(), AppError::NotFound);
    }

    async fn a_published_series_is_not_changed_any_more(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let ruth = planning.supervisor(fixture);
        save_series(&ruth, &planning.form(), Then::Publish).await.unwrap();
        for version in ["1", "2"] {
            let change = SeriesForm { number: "1".to_owned(), version: version.to_owned(), times: "9".to_owned(), ..planning.form() };
            let told = save_series(&ruth, &change, Then::Publish).await.unwrap_err();
            assert!(told.status() == 409 && told.to_string().contains("published"), "{told}");
        }
        assert_eq!(sessions(fixture).await.len(), 3);
    }

    async fn bank_holidays_are_skipped_and_shown_with_their_names(fixture: Fixture) {
        let planning = planning(fixture).await;
        let ruth = planning.supervisor(fixture);
        let group = open_group_to_plan(&ruth, &planning.slug).await.unwrap();
        let fridays = SeriesForm {
            starts_on: "2026-12-18".to_owned(),
            ending: UNTIL.to_owned(),
            until_on: "2027-01-08".to_owned(),
            ..planning.form()
        };
        let plan = page_of_new(&ruth, &group, fridays).await.unwrap().plan.unwrap();
        let reasons: Vec<_> = plan.dates.iter().filter_map(|line| line.skipped.as_deref()).collect();
        assert_eq!(reasons, ["Bank holiday: Christmas Day", "Bank holiday: New Year’s Day"]);
        let only = SeriesForm {
            starts_on: "2026-12-25".to_owned(),
            ending: UNTIL.to_owned(),
            until_on: "2026-12-25".to_owned(),
            ..planning.form()
        };
        let page = page_of_new(&ruth, &group, only).await.unwrap();
        assert_eq!(page.problems.first().unwrap().field, "starts_on");
    }

    async fn a_new_supervisor_agrees_first_and_publishes_then(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        save_series(&planning.supervisor(fixture), &planning.form(), Then::KeepAsDraft).await.unwrap();
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        hand_over(fixture, &planning, daniel).await;
        let daniel = fixture.actor(daniel, &[Role::Supervisor]);
        let draft = open_series_to_plan(&daniel, &planning.address(1)).await.unwrap();
        assert_eq!(series_page(&daniel, &draft).await.unwrap().group.agreement, AgreementStage::NeedsSupervisor);
        let refused = publish_series(&daniel, &draft, &shown(&planning.address(1), 1)).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("needs the new supervisor’s agreement"), "{refused}");

        let group = open_group_to_plan(&daniel, &planning.slug).await.unwrap();
        crate::agreements::store::agree_to_agreement(&daniel, &group, 1).await.unwrap();
        publish_series(&daniel, &draft, &shown(&planning.address(1), 1)).await.unwrap();
        assert!(sessions(fixture).await.iter().all(|session| session.3 == daniel.person()));
    }

    async fn a_series_whose_first_session_has_begun_is_not_published(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let early = SeriesForm { starts_time: "09:00".to_owned(), ..planning.form() };
        let told = save_series(&planning.supervisor(fixture), &early, Then::Publish).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().contains("begun already"), "{told}");
    }
}

/// The tests above share one connection on SQLite; here two processes' worth of people press at the same moment on Postgres.
#[tokio::test]
async fn many_who_publish_at_once_on_postgres_make_one_set() {
    let fixture = Fixture::on_postgres().await;
    let planning = planning(&fixture).await;
    agree(&fixture, &planning).await;
    let ruth = planning.supervisor(&fixture);
    save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap();
    let series = open_series_to_plan(&ruth, &shown(&planning.address(1), 1)).await.unwrap();
    let presses: Vec<_> = (0..4)
        .map(|_| {
            let (ruth, series, address) = (ruth.clone(), series.clone(), shown(&planning.address(1), 1));
            tokio::spawn(async move { publish_series(&ruth, &series, &address).await })
        })
        .collect();
    let mut published = 0;
    for press in presses {
        match press.await.unwrap() {
            Ok(()) => published += 1,
            Err(refused) => assert_eq!(refused.status(), 409),
        }
    }
    assert_eq!((published, sessions(&fixture).await.len(), letters(&fixture).await.len()), (1, 3, 3));
    fixture.close().await;
}
