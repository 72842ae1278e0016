//! What stands beside the calendar: whose sessions and which kinds are shown, what waits to be marked, and the way to paper.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::prelude::*;

use super::kind::boxes;
use super::model::Calendar;
use super::occurrence::Part;
use super::place::Place;
use super::shown::Shown;
use super::views::{CalendarView, Whose};
use crate::access::{Permission, may, page_visit};
use crate::groups::RunningOut;
use crate::paths;
use crate::renewals::groups_you_lead_that_run_out;
use crate::sessions::SessionState;
use crate::ui::{Icon, current_path, hours_and_minutes, load, short_day};

/// One's own sessions, or those of one's groups whoever leads them: for whoever leads groups, since it is the same for everybody else.
#[component]
pub fn WhoseSessions(
    /// The page.
    place: Place,
) -> impl IntoView {
    let leads = page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::MarkAttendance)));
    let path = place.view.address(place.day);
    let link = |whose: Whose, name: &'static str| {
        let current = (place.shown.whose == whose).then_some("true");
        view! { <a href=place.shown.of(whose).address(&path) aria-current=current>{name}</a> }
    };
    leads.then(|| {
        view! {
            <nav class="seg seg--wide no-print" aria-label="Whose sessions">
                {link(Whose::Mine, "My sessions")}
                {link(Whose::Groups, "My groups")}
            </nav>
        }
    })
}

/// The way to sessions that one books, for whoever may.
#[component]
pub fn MoreToBook() -> impl IntoView {
    let may_book = page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::BookPlaces)));
    may_book.then(|| {
        view! { <p class="small links no-print"><a href=paths::CLINICS><Icon name="calendar-plus" />"Open clinics to book"</a></p> }
    })
}

/// A box for each kind of session, with how many there are of it on these days.
#[component]
pub fn KindFilter(
    /// The days, with every kind.
    calendar: Arc<Calendar>,
    /// What is chosen.
    shown: Shown,
) -> impl IntoView {
    let boxes = boxes()
        .into_iter()
        .map(|kind| {
            let count = calendar.occurrences.iter().filter(|occurrence| occurrence.kind.word() == kind.word).count();
            view! {
                <li>
                    <label data-kind=kind.colour>
                        <input type="checkbox" name="show" value=kind.word checked=shown.has_box(kind.word) />
                        <Icon name=kind.icon />
                        {kind.name}
                        <span class="n">{count}<span class="vh">" on these days"</span></span>
                    </label>
                </li>
            }
        })
        .collect_view();
    let is_of_groups = shown.whose == Whose::Groups;
    let path = current_path().split('?').next().map(str::to_owned);
    view! {
        <section class="no-print" aria-labelledby="show">
            <h2 class="as-h3 below-1" id="show">"Show"</h2>
            <form method="get" action=path>
                {is_of_groups.then(|| view! { <input type="hidden" name="of" value=Whose::Groups.key() /> })}
                <ul class="legend">{boxes}</ul>
                <button class="btn btn--second btn--sm above-2" type="submit">"Apply"</button>
            </form>
        </section>
    }
}

/// How much of the contract of whoever leads groups is planned in a week.
#[component]
pub fn ContractedHours(
    /// The page.
    place: Place,
    /// The days, with every kind.
    calendar: Arc<Calendar>,
) -> impl IntoView {
    let contracted = calendar.contracted_minutes.filter(|_| place.view == CalendarView::Week)?;
    let led = calendar.minutes_led();
    let part = (led * 20 / contracted * 5).min(100);
    let says = in_contract(led, contracted);
    Some(view! {
        <section class="card card--dense no-print" aria-labelledby="contracted">
            <h2 class="as-h3 below-2" id="contracted">"Contracted hours"</h2>
            <p class="small below-2">{says}</p>
            <div class="progress" aria-hidden="true"><span data-part=part.to_string()></span></div>
        </section>
    })
}

/// "You lead 2 hours 30 minutes of the 12 hours a week of your contract."
fn in_contract(led: i64, contracted: i64) -> String {
    let all = hours_and_minutes(contracted);
    match led {
        0 => format!("You lead nothing this week, of the {all} of your contract."),
        _ if led > contracted => {
            format!("You lead {}: {} more than the {all} of your contract.", hours_and_minutes(led), hours_and_minutes(led - contracted))
        }
        _ => format!("You lead {} of the {all} of your contract.", hours_and_minutes(led)),
    }
}

/// The sessions of these days that the reader led and has not marked, each with the day by which it should be done.
#[component]
pub fn ToMark(
    /// The days, with every kind.
    calendar: Arc<Calendar>,
) -> impl IntoView {
    let today = calendar.today();
    let unmarked = calendar
        .occurrences
        .iter()
        .filter(|occurrence| occurrence.part == Part::Leads && occurrence.state(calendar.now) == SessionState::NotMarked)
        .map(|occurrence| {
            let due = ::series::working_days_after(occurrence.date(), 2);
            let due = match due.cmp(&today) {
                Ordering::Less => format!(", was due by {}", short_day(due)),
                Ordering::Equal => ", due today".to_owned(),
                Ordering::Greater => format!(", due by {}", short_day(due)),
            };
            view! {
                <li class="tick">
                    <Icon name="circle-alert" />
                    <span>
                        <a href=occurrence.record_address()>{format!("Mark {}, {}", occurrence.title(), short_day(occurrence.date()))}</a>
                        {due}
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!unmarked.is_empty()).then(|| {
        view! {
            <section class="card card--dense no-print" aria-labelledby="to-mark">
                <h2 class="as-h3 below-2" id="to-mark">"To mark"</h2>
                <ul class="plain small stack gap-2">{unmarked}</ul>
            </section>
        }
    })
}

/// The groups that the reader leads and that run out, until somebody has decided what comes next.
#[component]
pub fn RunOut() -> impl IntoView {
    load(groups_you_lead_that_run_out(), |groups| {
        let waiting = groups
            .into_iter()
            .filter(RunningOut::waits)
            .map(|group| {
                let words = format!("{} {}", group.name(), group.in_short());
                view! {
                    <li class="tick">
                        <Icon name="hourglass" />
                        <span><a href=paths::renewal(&group.group_slug)>{words}</a>": renew, review or end"</span>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        (!waiting.is_empty()).then(|| {
            view! {
                <section class="card card--dense no-print" aria-labelledby="run-out">
                    <h2 class="as-h3 below-2" id="run-out">"What comes next?"</h2>
                    <ul class="plain small stack gap-2">{waiting}</ul>
                </section>
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::in_contract;

    #[test]
    fn whoever_leads_groups_reads_how_much_of_their_contract_is_planned() {
        assert_eq!(in_contract(0, 720), "You lead nothing this week, of the 12 hours of your contract.");
        assert_eq!(in_contract(150, 720), "You lead 2 hours 30 minutes of the 12 hours of your contract.");
        assert_eq!(in_contract(720, 720), "You lead 12 hours of the 12 hours of your contract.");
        assert_eq!(in_contract(780, 720), "You lead 13 hours: 1 hour more than the 12 hours of your contract.");
    }
}
