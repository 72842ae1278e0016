//! What is said where nothing is: above the empty columns of a day, a week or a month at a desk, and in an empty list; each with a way on.

use std::sync::Arc;

use leptos::prelude::*;

use super::model::Calendar;
use super::place::Place;
use super::store::WEEKS_AHEAD;
use super::views::{CalendarView, Whose};
use crate::ui::{clock_time, day_month_year};

/// Says above a grid that nothing is in it. A page with something in it has no such line, so that its grid stands where it always does.
#[component]
pub fn NothingPlanned(
    /// What is on show.
    calendar: Arc<Calendar>,
    /// The page.
    place: Place,
    /// Whether there is something of another kind than those on show.
    is_hidden: bool,
) -> impl IntoView {
    calendar.occurrences.is_empty().then(|| {
        let said = in_words(&calendar, &place, is_hidden);
        view! { <p class="only-wide above-0 below-3">{said}" "<WayOn calendar=calendar.clone() place is_hidden /></p> }
    })
}

/// "Nothing is planned in this week."
fn in_words(calendar: &Calendar, place: &Place, is_hidden: bool) -> String {
    let stretch = match place.view {
        CalendarView::Day => "on this day",
        CalendarView::Week => "in this week",
        CalendarView::Month => "in this month",
        CalendarView::Agenda => "on these days",
    };
    let verb = if calendar.days.end() <= place.today { "was" } else { "is" };
    match (is_hidden, place.shown.whose) {
        (true, _) => format!("Nothing of what {verb} planned {stretch} is of a kind that you chose to see."),
        (false, Whose::Mine) => format!("Nothing {verb} planned {stretch}."),
        (false, Whose::Groups) => format!("Nothing {verb} planned for your groups {stretch}."),
    }
}

/// Where to look instead: at every kind, at the week of one's next session, or further on.
#[component]
pub fn WayOn(
    /// What is on show, which is nothing.
    calendar: Arc<Calendar>,
    /// The page.
    place: Place,
    /// Whether there is something of another kind than those on show.
    is_hidden: bool,
) -> impl IntoView {
    if is_hidden {
        let address = place.shown.of_every_kind().address(&place.view.address(place.day));
        return view! { <a href=address>"Show every kind"</a> }.into_any();
    }
    let Some(next) = calendar.next else {
        let ahead = place.ahead();
        // A month has days of the months beside it in its grid: where something is on those alone, nobody has looked any further.
        let has_looked = place.shown.whose == Whose::Mine && calendar.occurrences.is_empty();
        let nor = has_looked.then(|| format!("Nor is any session in the {WEEKS_AHEAD} weeks after that. "));
        return view! { {nor}<a href=ahead.address>{ahead.words}</a> }.into_any();
    };
    let verb = if next < ::series::local(calendar.now) { "was" } else { "is" };
    let address = place.shown.of_every_kind().address(&place.view.address(next.date()));
    let when = format!("{} at {}", day_month_year(next.date()), clock_time(next.time()));
    view! { {format!("The next session after that {verb} on ")}<a href=address>{when}</a>"." }.into_any()
}

#[cfg(test)]
mod tests {
    use super::super::days::Days;
    use super::super::shown::Shown;
    use super::*;

    #[test]
    fn that_nothing_is_there_is_said_of_the_page_that_is_looked_at() {
        let today = "2026-10-22".parse().unwrap();
        let said = |view: CalendarView, day: &str, (of, is_hidden): (&str, bool)| {
            let day = day.parse().unwrap();
            let place = Place { view, day: view.begins(day), today, shown: Shown::of_words(of, "") };
            let (now, days): (_, Days) = ("2026-10-22T08:50:00Z".parse().unwrap(), view.own_days(day));
            in_words(
                &Calendar { now, days, occurrences: Vec::new(), closures: Vec::new(), next: None, contracted_minutes: None },
                &place,
                is_hidden,
            )
        };
        assert_eq!(said(CalendarView::Week, "2026-10-22", ("", false)), "Nothing is planned in this week.");
        assert_eq!(said(CalendarView::Day, "2026-10-21", ("", false)), "Nothing was planned on this day.");
        assert_eq!(said(CalendarView::Month, "2026-11-01", ("groups", false)), "Nothing is planned for your groups in this month.");
        assert_eq!(
            said(CalendarView::Week, "2026-11-02", ("", true)),
            "Nothing of what is planned in this week is of a kind that you chose to see."
        );
    }
}
