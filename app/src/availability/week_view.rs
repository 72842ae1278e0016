//! The hours of a week as a picture. The lines beside it say the same in words, so it is hidden from screen readers.

use chrono::{NaiveTime, TimeDelta, Timelike, Weekday};
use leptos::prelude::*;

use super::model::WorkingHours;

/// The hours that are always on show, which widen to the earliest beginning and the latest end.
const USUAL_HOURS: (u32, u32) = (8, 18);

/// Each half hour of the week: free, preferred, or neither.
#[component]
pub fn WeekPicture(
    /// The hours.
    hours: Vec<WorkingHours>,
) -> impl IntoView {
    let days = days_of(&hours);
    let (opens, closes) = hours_of(&hours);
    let heads = days.iter().map(|day| view! { <span class="painter__day">{day.to_string()}</span> }).collect_view();
    let rows = (opens * 2..closes * 2)
        .map(|half| {
            let label = if half % 2 == 0 { format!("{:02}:00", half / 2) } else { String::new() };
            let cells = days.iter().map(|day| view! { <span class=cell_class(&hours, *day, half)></span> }).collect_view();
            view! { <span class="painter__time">{label}</span>{cells} }
        })
        .collect_view();
    view! {
        <div class="painter" class:painter--seven=days.len() == 7 aria-hidden="true">
            <span></span>
            {heads}
            {rows}
        </div>
        <p class="painter__key tiny muted above-2" aria-hidden="true">
            <span class="painter__cell is-free"></span>"can be planned"
            <span class="painter__cell is-preferred"></span>"preferred"
        </p>
    }
}

/// The working days, and the weekend where there is anything on it.
fn days_of(hours: &[WorkingHours]) -> Vec<Weekday> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

    let has_weekend = hours.iter().any(|line| matches!(line.weekday, Sat | Sun));
    if has_weekend { vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun] } else { vec![Mon, Tue, Wed, Thu, Fri] }
}

fn hours_of(hours: &[WorkingHours]) -> (u32, u32) {
    hours.iter().fold(USUAL_HOURS, |(opens, closes), line| {
        let last = line.stretch.to();
        let closes_at = last.hour() + u32::from(last.minute() > 0);
        (opens.min(line.stretch.from().hour()), closes.max(closes_at))
    })
}

/// How a half hour of a day is shown: it counts where the greater part of it can be planned.
fn cell_class(hours: &[WorkingHours], day: Weekday, half: u32) -> &'static str {
    let middle = NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(i64::from(half) * 30 + 15)).0;
    let is_within = |line: &&WorkingHours| line.weekday == day && line.stretch.from() <= middle && middle < line.stretch.to();
    match hours.iter().filter(is_within).map(|line| line.is_preferred).max() {
        Some(true) => "painter__cell is-preferred",
        Some(false) => "painter__cell is-free",
        None => "painter__cell",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::model::fixture::hours;

    #[test]
    fn the_picture_widens_to_what_was_said() {
        let usual = [hours(Weekday::Mon, "09:00", "17:00", &[])];
        assert_eq!((hours_of(&usual), days_of(&usual).len()), (USUAL_HOURS, 5));
        let wide = [hours(Weekday::Sat, "06:30", "20:15", &[])];
        assert_eq!((hours_of(&wide), days_of(&wide).len()), ((6, 21), 7));
    }

    #[test]
    fn a_half_hour_is_shown_as_what_most_of_it_is() {
        let said = [hours(Weekday::Mon, "09:10", "10:40", &[])];
        let shown: Vec<&str> = (17..23).map(|half| cell_class(&said, Weekday::Mon, half)).collect();
        let (off, free) = ("painter__cell", "painter__cell is-free");
        assert_eq!(shown, [off, free, free, free, off, off]);
        assert_eq!(cell_class(&said, Weekday::Tue, 19), off);
    }
}
