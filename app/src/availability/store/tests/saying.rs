//! When somebody can be planned follows from what was said of it, and from nothing else.

use super::*;
use crate::availability::forms::PaintedWeek;
use crate::availability::week::{Cell, HALVES, Week};
use crate::groups::fixture::messages;

both_databases! {
    async fn the_free_times_are_exactly_the_hours_that_were_said(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        assert!(availability_page(&ruth, &opened, "").await.unwrap().days.iter().all(|day| day.day == Day::Unknown), "nothing said yet");
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        set_date(&ruth, &opened, &DateOverride { on: date("2026-10-26"), hours: None }).await.unwrap();
        set_date(&ruth, &opened, &DateOverride { on: date("2026-10-29"), hours: Some(stretch("08:00", "20:00")) }).await.unwrap();
        add_leave(&ruth, &opened, &training("2026-11-02", "2026-11-04")).await.unwrap();
        session(fixture, working.aire, uk("2026-10-29 10:00"), 90).await;

        let page = availability_page(&ruth, &opened, "").await.unwrap();
        let on = |day: &str| page.days.iter().find(|free| free.date == date(day)).unwrap().day.clone();
        assert_eq!(on("2026-10-22"), Day::Free(vec![stretch("09:00", "17:00")]));
        assert_eq!(on("2026-10-23"), Day::Off);
        assert_eq!(on("2026-10-26"), Day::Unavailable);
        assert_eq!(on("2026-10-29"), Day::Free(vec![stretch("08:00", "09:45"), stretch("11:45", "20:00")]));
        assert_eq!(on("2026-11-02"), Day::Away(LeaveKind::Training));
        assert!(page.is_own && page.conflicts.is_empty());
    }

    async fn hours_for_one_kind_of_work_are_free_for_that_kind_alone(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        add_hours(&ruth, &opened, &NewHours { kinds: vec![GroupKind::Vig], ..usual() }).await.unwrap();
        for (kind, expected) in [("vig", Day::Free(vec![stretch("09:00", "17:00")])), ("group", Day::Off)] {
            let page = availability_page(&ruth, &opened, kind).await.unwrap();
            assert_eq!(page.days.first().unwrap().day, expected, "{kind}");
        }
        // Saying it again for every kind takes the place of what was said.
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        let page = availability_page(&ruth, &opened, "group").await.unwrap();
        assert_eq!((page.said.hours.len(), page.days.first().unwrap().day.clone()), (2, Day::Free(vec![stretch("09:00", "17:00")])));
    }

    async fn a_painted_day_is_stored_as_it_was_painted_and_every_other_keeps_its_minutes(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        add_hours(&ruth, &opened, &NewHours { stretch: stretch("09:10", "12:40"), ..usual() }).await.unwrap();
        let vig = NewHours { weekdays: vec![Weekday::Thu], stretch: stretch("14:00", "16:00"), kinds: vec![GroupKind::Vig], is_preferred: false };
        add_hours(&ruth, &opened, &vig).await.unwrap();
        let shown = Week::of_hours(&[hours(Weekday::Mon, "09:10", "12:40", &[]), hours(Weekday::Thu, "09:10", "12:40", &[])]);
        let mut painted = shown.clone();
        // Ten to half past on Thursday is what she would choose.
        painted.paint(3 * HALVES + 20, Cell::Preferred);
        set_week(&ruth, &opened, &PaintedWeek { shown: shown.clone(), painted: painted.clone() }).await.unwrap();
        let said = availability_page(&ruth, &opened, "").await.unwrap().said.hours;
        let lines: Vec<_> = said.iter().map(|line| (line.weekday, line.stretch.to_string(), line.is_preferred)).collect();
        assert_eq!(lines, [
            (Weekday::Mon, "09:10 to 12:40".to_owned(), false),
            (Weekday::Thu, "09:00 to 10:00".to_owned(), false),
            (Weekday::Thu, "10:00 to 10:30".to_owned(), true),
            (Weekday::Thu, "10:30 to 12:30".to_owned(), false),
            (Weekday::Thu, "14:00 to 16:00".to_owned(), false),
        ]);
        // Whoever painted over a week that has changed since changes nothing.
        assert_eq!(set_week(&ruth, &opened, &PaintedWeek { shown, painted }).await.unwrap_err().status(), 409);
    }

    async fn a_supervisor_is_told_when_somebody_else_changes_it_for_them(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        add_hours(&ruth, &own(&ruth).await, &usual()).await.unwrap();
        assert_eq!(messages(fixture, "When you can be planned%").await, 0);
        let sian = coordinator(fixture).await;
        let opened = open_availability(&sian, &code_of(fixture, working.ruth).await).await.unwrap();
        add_leave(&sian, &opened, &training("2026-11-05", "2026-11-05")).await.unwrap();
        assert_eq!(messages(fixture, "When you can be planned has been changed").await, 1);
    }

    async fn a_form_that_is_sent_twice_says_it_once(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        let leave = training("2026-11-05", "2026-11-06");
        let (hours, again) = tokio::join!(add_leave(&ruth, &opened, &leave), add_leave(&ruth, &opened, &leave));
        assert_eq!((hours, again), (Ok(()), Ok(())));
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        let said = availability_page(&ruth, &opened, "").await.unwrap().said;
        assert_eq!((said.leave.len(), said.hours.len()), (1, 2));
    }

    async fn of_two_who_set_limits_at_once_the_second_is_told_what_the_first_did(fixture: Fixture) {
        let working = working(fixture).await;
        let ruth = working.supervisor(fixture);
        let opened = own(&ruth).await;
        let limits = Limits { most_in_day: Some(4), contracted_minutes: Some(450), ..Limits::default() };
        set_limits(&ruth, &opened, 0, &limits).await.unwrap();
        let told = set_limits(&ruth, &opened, 0, &Limits::default()).await.unwrap_err();
        assert!(told.status() == 409 && told.to_string().contains("4 in a day, no limit in a week, contracted hours 7.5"), "{told}");
        assert_eq!(availability_page(&ruth, &opened, "").await.unwrap().said.limits, limits);
        // What else is said in the meantime does not touch the limits.
        add_hours(&ruth, &opened, &usual()).await.unwrap();
        set_limits(&ruth, &opened, 1, &Limits::default()).await.unwrap();
    }
}
