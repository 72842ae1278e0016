//! What holds of closures on both databases.

use super::*;
use crate::access::{Actor, Role};
use crate::closures::answers::ClosedLine;
use crate::closures::fixture::close;
use crate::closures::forms::ClosureForm;
use crate::database::fixture::both_databases;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group};
use crate::people::fixture::person;
use crate::sessions::fixture::{code_of, session};

fn form(first: &str, last: &str) -> ClosureForm {
    ClosureForm { first: first.to_owned(), last: last.to_owned(), name: "Staff learning days".to_owned(), ..ClosureForm::default() }
}

async fn add(actor: &Actor, form: &ClosureForm) -> Result<String, AppError> {
    add_closure(actor, &form.check()?, &form.seen).await
}

async fn change(actor: &Actor, form: &ClosureForm) -> Result<(), AppError> {
    change_closure(actor, form, &form.check()?).await
}

both_databases! {
    async fn what_falls_into_the_days_is_shown_before_they_are_closed_and_stays_as_it_was(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let aire = group(fixture, ruth, &[], GroupKind::Group).await;
        let inside = session(fixture, aire, "2026-10-29T23:30:00Z".parse().unwrap(), 60).await;
        // The days are those of the United Kingdom: half past midnight of the 29th, by summer time, is the 28th in UTC, and no clock stands so here.
        for outside in ["2026-10-28T10:00:00Z", "2026-10-31T00:00:00Z", "2026-10-22T07:00:00Z"] {
            session(fixture, aire, outside.parse().unwrap(), 60).await;
        }
        let days = form("2026-10-29", "2026-10-30");
        let told = add(&sian, &days).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().starts_with("One published session falls into these days."), "{told}");
        let shown = closure_to_set(&sian, &days).await.unwrap();
        assert_eq!(shown.falling.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), [code_of(fixture, inside).await]);
        add(&sian, &ClosureForm { seen: shown.seen.clone(), ..days }).await.unwrap();
        let page = closures_page(&sian, 2026).await.unwrap();
        let sessions: Vec<i64> =
            page.lines.iter().filter_map(|line| if let ClosedLine::Closure { sessions, .. } = line { Some(*sessions) } else { None }).collect();
        assert_eq!(sessions, [1]);
        // What was shown for other days counts for those alone.
        assert_eq!(add(&sian, &ClosureForm { seen: shown.seen, ..form("2026-10-28", "2026-10-30") }).await.unwrap_err().status(), 409);
    }

    async fn a_year_lists_its_bank_holidays_and_closures_by_date_and_one_across_its_end_in_both(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        close(fixture, "2026-12-24", "2027-01-01", "Christmas closure").await;
        let firsts = |lines: &[ClosedLine]| lines.iter().map(|line| line.first().to_string()).collect::<Vec<_>>();
        let lines = closures_page(&sian, 2026).await.unwrap().lines;
        assert_eq!(firsts(&lines)[5..], ["2026-08-31", "2026-12-24", "2026-12-25", "2026-12-28"][..]);
        let lines = closures_page(&sian, 2027).await.unwrap().lines;
        assert_eq!(firsts(&lines)[..2], ["2026-12-24", "2027-01-01"]);
        assert!(matches!(&lines[1], ClosedLine::BankHoliday { name, .. } if name == "New Year’s Day"));
    }

    async fn the_same_days_are_closed_once(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let days = form("2026-11-04", "2026-11-04");
        let (one, other) = tokio::join!(add(&sian, &days), add(&sian, &days));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        assert_eq!(one.and(other).unwrap_err().status(), 422);
        let code = add(&sian, &form("2026-11-05", "2026-11-05")).await.unwrap();
        let onto = ClosureForm { code, version: "1".to_owned(), ..days };
        assert_eq!(change(&sian, &onto).await.unwrap_err().status(), 422);
    }

    async fn of_two_who_change_a_closure_the_second_is_told_what_the_first_did(fixture: Fixture) {
        let sian = coordinator(fixture).await;
        let code = add(&sian, &form("2026-11-04", "2026-11-04")).await.unwrap();
        let shown = |first: &str, version: &str| ClosureForm { code: code.clone(), version: version.to_owned(), ..form(first, "2026-11-06") };
        change(&sian, &shown("2026-11-05", "1")).await.unwrap();
        let told = change(&sian, &shown("2026-11-03", "1")).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().contains("Thursday 5 November 2026 to Friday 6 November 2026"), "{told}");
        assert_eq!(remove_closure(&sian, &shown("", "1")).await.unwrap_err().status(), 409);
        change(&sian, &shown("2026-11-03", "2")).await.unwrap();
        remove_closure(&sian, &shown("", "3")).await.unwrap();
        for gone in [change(&sian, &shown("2026-11-03", "3")).await, remove_closure(&sian, &shown("", "3")).await] {
            assert_eq!(gone, Err(AppError::NotFound));
        }
    }
}
