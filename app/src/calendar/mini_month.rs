//! A small month beside the calendar, from which another week or day is chosen.

use chrono::{Datelike, Months, NaiveDate};
use leptos::prelude::*;

use super::days::{Days, first_of_month};
use super::place::Place;
use crate::ui::{Icon, day_and_month, month_and_year};

/// A month as a table of days, each a link to its page in the view on show.
#[component]
pub fn MiniMonth(
    /// A day of the month.
    month_of: NaiveDate,
    /// The days on show.
    shown_days: Option<Days>,
    /// The page beside which it stands.
    place: Place,
) -> impl IntoView {
    let today = place.today;
    let first = first_of_month(month_of);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let previous = first.checked_sub_months(Months::new(1)).unwrap_or(first);
    let link = |day: NaiveDate| place.at(place.view, day);
    let weeks = ::series::monday_of(first).iter_weeks().take_while(|monday| *monday < next);
    let weeks = weeks
        .map(|monday| {
            let days = monday.iter_days().take(7).map(|day| {
                let class = class_of(day, first, shown_days);
                let current = (day == today).then_some("date");
                view! { <td class=class><a href=link(day) aria-label=day_and_month(day) aria-current=current>{day.day()}</a></td> }
            });
            view! { <tr>{days.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <section class="only-wide" aria-labelledby="month">
            <div class="row row--between below-1">
                <h2 class="as-h3" id="month">{month_and_year(first)}</h2>
                <span class="row gap-0">
                    <a class="iconbtn iconbtn--sm" href=link(previous)><Icon name="chevron-left" /><span class="vh">{month_and_year(previous)}</span></a>
                    <a class="iconbtn iconbtn--sm" href=link(next)><Icon name="chevron-right" /><span class="vh">{month_and_year(next)}</span></a>
                </span>
            </div>
            <table class="mini">
                <caption class="vh">{format!("{}, choose a day", month_and_year(first))}</caption>
                <thead><Weekdays /></thead>
                <tbody>{weeks}</tbody>
            </table>
        </section>
    }
}

/// Whether a day is on show, or belongs to a month beside this one.
fn class_of(day: NaiveDate, first: NaiveDate, shown_days: Option<Days>) -> &'static str {
    if shown_days.is_some_and(|days| days.contains(day)) {
        return "in";
    }
    if day.month() == first.month() { "" } else { "out" }
}

#[component]
fn Weekdays() -> impl IntoView {
    const NAMES: [(&str, &str); 7] =
        [("Monday", "M"), ("Tuesday", "T"), ("Wednesday", "W"), ("Thursday", "T"), ("Friday", "F"), ("Saturday", "S"), ("Sunday", "S")];
    let heads = NAMES.into_iter().map(|(name, letter)| view! { <th scope="col" abbr=name>{letter}</th> }).collect_view();
    view! { <tr>{heads}</tr> }
}
