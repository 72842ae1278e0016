//! What holds of series on both databases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::groups::fixture::{coordinator, group, slug_of};
use crate::groups::store::{open_group_to_plan, series_of};
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::series::answers::{AgreementStage, Readiness};
use crate::series::forms::{DraftsForm, SeriesAddress, SeriesForm, TIMES, UNTIL, WEEKS};

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

/// Another group, which has agreed, with some of the same people.
async fn beside(fixture: &Fixture, planning: &Planning, supervisor: PersonId, members: &[PersonId]) -> Planning {
    let group = group(fixture, supervisor, members, GroupKind::Group).await;
    let other = Planning { ruth: supervisor, group, slug: slug_of(fixture, group).await, ..*planning };
    agree(fixture, &other).await;
    other
}

async fn end_agreement(fixture: &Fixture, planning: &Planning) {
    const END: &str = "UPDATE agreement SET ended_at = $2 WHERE group_id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(END).bind(planning.group).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
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

    async fn of_two_who_change_one_draft_the_second_is_told_what_the_first_did(fixture: Fixture) {
        let planning = planning(fixture).await;
        let (ruth, sian) = (planning.supervisor(fixture), coordinator(fixture).await);
        save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap();
        let draft = SeriesForm { number: "1".to_owned(), version: "1".to_owned(), ..planning.form() };
        let fortnightly = SeriesForm { every: "2".to_owned(), ..draft.clone() };
        let longer = SeriesForm { length_minutes: "120".to_owned(), ..draft };
        assert_eq!(save_series(&ruth, &fortnightly, Then::KeepAsDraft).await, Ok(1));
        let told = save_series(&sian, &longer, Then::KeepAsDraft).await.unwrap_err();
        assert_eq!(told.status(), 409);
        assert!(told.to_string().contains("Every second Thursday, 10:00 to 11:30, 3 times, from 22 October 2026"), "{told}");
        // Having seen it, she may put hers in its place; the page keeps her answers and takes the present version.
        let series = open_series_to_plan(&sian, &planning.address(1)).await.unwrap();
        let page = page_of_draft(&sian, &series, longer.clone()).await.unwrap();
        assert_eq!((page.form.length_minutes.as_str(), page.version), ("120", 2));
        let seen = SeriesForm { version: "2".to_owned(), ..longer };
        assert_eq!(save_series(&sian, &seen, Then::KeepAsDraft).await, Ok(1));
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

    async fn a_form_that_is_sent_twice_makes_one_series(fixture: Fixture) {
        let planning = planning(fixture).await;
        let ruth = planning.supervisor(fixture);
        assert_eq!(save_series(&ruth, &planning.form(), Then::KeepAsDraft).await, Ok(1));
        assert_eq!(save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap_err().status(), 409);
        assert_eq!(open_series(&ruth, &planning.address(2)).await.unwrap_err(), AppError::NotFound);
    }

    async fn nothing_is_stored_that_was_not_shown(fixture: Fixture) {
        let planning = planning(fixture).await;
        let ruth = planning.supervisor(fixture);
        close(fixture, "2026-10-29", "Staff learning day").await;
        let told = save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().contains("closures have changed"), "{told}");
        let group = open_group_to_plan(&ruth, &planning.slug).await.unwrap();
        let page = page_of_new(&ruth, &group, planning.form()).await.unwrap();
        let plan = page.plan.unwrap();
        assert_eq!((plan.held(), plan.skips(), page.form.skipped.as_str()), (3, 1, "2026-10-29"));
        assert_eq!(save_series(&ruth, &page.form, Then::KeepAsDraft).await, Ok(1));
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

    async fn a_draft_is_deleted_by_who_plans_and_leaves_every_other_address_as_it_was(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let ruth = planning.supervisor(fixture);
        save_series(&ruth, &planning.form(), Then::KeepAsDraft).await.unwrap();
        let later = SeriesForm { starts_time: "14:00".to_owned(), ..planning.form() };
        assert_eq!(save_series(&ruth, &later, Then::Publish).await, Ok(2));
        let draft = open_series_to_plan(&ruth, &planning.address(1)).await.unwrap();
        assert_eq!(delete_draft(&ruth, &draft, 7).await.unwrap_err().status(), 409);
        delete_draft(&ruth, &draft, 1).await.unwrap();

        assert_eq!(open_series(&ruth, &planning.address(1)).await.unwrap_err(), AppError::NotFound);
        // Whoever still had it open publishes and deletes nothing.
        assert_eq!(publish_series(&ruth, &draft, &shown(&planning.address(1), 1)).await.unwrap_err().status(), 409);
        assert_eq!(delete_draft(&ruth, &draft, 1).await.unwrap_err().status(), 409);
        let lines = series_of(&ruth, draft.group()).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2]);
        let published = open_series_to_plan(&ruth, &planning.address(2)).await.unwrap();
        assert_eq!(delete_draft(&ruth, &published, published.version()).await.unwrap_err().status(), 409);
        assert_eq!(sessions(fixture).await.len(), 3);
        // The same dates can be planned again, at an address of their own.
        assert_eq!(save_series(&ruth, &planning.form(), Then::KeepAsDraft).await, Ok(3));
    }

    async fn a_series_whose_first_session_has_begun_is_not_published(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let early = SeriesForm { starts_time: "09:00".to_owned(), ..planning.form() };
        let told = save_series(&planning.supervisor(fixture), &early, Then::Publish).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().contains("begun already"), "{told}");
    }

    async fn several_drafts_are_published_together_with_one_message_to_each_person(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let other = beside(fixture, &planning, planning.ruth, &[planning.amina]).await;
        let sian = coordinator(fixture).await;
        save_series(&sian, &planning.form(), Then::KeepAsDraft).await.unwrap();
        save_series(&sian, &SeriesForm { starts_time: "14:00".to_owned(), ..other.form() }, Then::KeepAsDraft).await.unwrap();
        let chosen = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let page = drafts_page(&sian, &chosen).await.unwrap();
        let told = page.preview.unwrap().told;
        let lines: Vec<_> = told.iter().map(|line| (line.name.short.as_str(), line.of.iter().map(|(_, count)| *count).collect::<Vec<_>>())).collect();
        assert_eq!(lines, [("Amina R.", vec![3, 3]), ("Ruth A.", vec![3, 3]), ("Tom B.", vec![3])]);

        assert_eq!(publish_drafts(&sian, &chosen).await, Ok(2));
        assert_eq!(sessions(fixture).await.len(), 6);
        let letters = letters(fixture).await;
        let words: Vec<_> = letters.iter().filter(|letter| !letter.2.contains("This belongs to our message")).collect();
        assert_eq!(words.iter().map(|letter| letter.0).collect::<Vec<_>>(), [planning.ruth, planning.amina, planning.tom]);
        assert!(words.iter().take(2).all(|letter| letter.2.contains("The sessions of 2 series are planned") && letter.2.contains("14:00 to 15:30")));
        assert!(words[2].2.contains("one of your supervision groups are planned") && !words[2].2.contains("14:00"), "{}", words[2].2);
        assert_eq!(publish_drafts(&sian, &chosen).await.unwrap_err().status(), 409);
    }

    async fn drafts_that_clash_with_one_another_are_shown_and_none_of_them_is_published(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let other = beside(fixture, &planning, daniel, &[planning.amina]).await;
        let sian = coordinator(fixture).await;
        for form in [planning.form(), SeriesForm { starts_time: "11:00".to_owned(), ..other.form() }] {
            save_series(&sian, &form, Then::KeepAsDraft).await.unwrap();
        }
        let chosen = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let preview = drafts_page(&sian, &chosen).await.unwrap().preview.unwrap();
        assert!(!preview.may_be_published());
        let found: usize = preview.drafts.iter().map(|(_, verdict)| verdict.blocks_publishing.len()).sum();
        assert_eq!(found, 3, "each date is said once");
        let refused = publish_drafts(&sian, &chosen).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("A member of the group"), "{refused}");
        assert!(sessions(fixture).await.is_empty() && letters(fixture).await.is_empty());
        // Alone, each of them can be.
        let one = DraftsForm { drafts: vec![format!("{}.1.1", other.slug)], ..DraftsForm::default() };
        assert_eq!(publish_drafts(&sian, &one).await, Ok(1));
    }

    async fn a_draft_that_is_not_ready_or_not_ones_own_is_not_published_with_others(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let other = beside(fixture, &planning, daniel, &[]).await;
        end_agreement(fixture, &other).await;
        let sian = coordinator(fixture).await;
        save_series(&sian, &planning.form(), Then::KeepAsDraft).await.unwrap();
        save_series(&sian, &other.form(), Then::KeepAsDraft).await.unwrap();
        let stages = drafts_page(&sian, &DraftsForm::default()).await.unwrap().drafts;
        let ready: Vec<_> = stages.iter().filter(|draft| draft.readiness == Readiness::Ready).map(|draft| draft.slug.as_str()).collect();
        assert_eq!((ready, stages.len()), (vec![planning.slug.as_str()], 2));
        let both = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let refused = publish_drafts(&sian, &both).await.unwrap_err();
        assert!(refused.to_string().contains("no agreement in force"), "{refused}");
        // Ruth plans her own group, and knows nothing of Daniel's.
        let ruth = planning.supervisor(fixture);
        assert_eq!(drafts_page(&ruth, &both).await.unwrap().drafts.len(), 1);
        assert_eq!(publish_drafts(&ruth, &both).await.unwrap_err().status(), 409);
        assert!(sessions(fixture).await.is_empty());
        assert_eq!(publish_drafts(&sian, &DraftsForm::default()).await.unwrap_err().status(), 422);
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
