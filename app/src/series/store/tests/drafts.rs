//! What becomes of a draft until it is published.

use super::*;
use crate::groups::store::series_of;

both_databases! {
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
}
