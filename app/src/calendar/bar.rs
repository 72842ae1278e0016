//! What stands above the days: the heading, the choice of view, and the ways earlier and later.

use leptos::prelude::*;

use super::place::Place;
use super::view::may_plan;
use super::views::CalendarView;
use crate::paths;
use crate::ui::{Audience, Icon, UkTime, address_with};

/// The heading, the choice of view on a wide screen, and the way to a new session for whoever plans.
#[component]
pub fn Head(
    /// The page.
    place: Place,
) -> impl IntoView {
    let plan = way_to_plan(&place).map(|address| {
        view! { <a class="btn btn--sm" href=address><Icon name="calendar-plus" />"New session"</a> }
    });
    view! {
        <div class="page-head page-head--tight page-head--short">
            <div class="page-head__text">
                <h1>"Calendar"</h1>
                <Audience tier=1 sentence="only you. Each session’s page says who can see what is on it." />
            </div>
            <div class="page-head__actions">
                <nav class="seg only-wide" aria-label="Calendar view">{views(&place)}</nav>
                {plan}
            </div>
        </div>
    }
}

/// For whoever plans, on days that are not over: what is drawn in the grid with the mouse, as a link to the first of these days that is to come.
fn way_to_plan(place: &Place) -> Option<String> {
    let days = place.view.own_days(place.day);
    let day = days.first().max(place.today);
    (day <= days.last() && may_plan()).then(|| address_with(paths::PLAN_SESSION, &[("day", &day.to_string())]))
}

/// A link to the same days in each view.
fn views(place: &Place) -> impl IntoView + use<> {
    let link = |view: CalendarView| {
        let current = (view == place.view).then_some("true");
        view! { <a href=place.seen_as(view) aria-current=current>{view.name()}</a> }
    };
    CalendarView::ALL.map(link).collect_view()
}

/// Earlier, later, today, and which days these are.
#[component]
pub fn CalendarBar(
    /// The page.
    place: Place,
) -> impl IntoView {
    let (before, after) = (place.before(), place.after());
    // On a phone there is no room for a way to where one is already.
    let class = if place.is_todays() { "btn btn--second btn--sm only-wide" } else { "btn btn--second btn--sm" };
    view! {
        <div class="cal__bar">
            <a class=class href=place.to_today()>"Today"</a>
            <span class="row gap-1">
                <a class="iconbtn iconbtn--sm iconbtn--line" href=before.address data-ahead>
                    <Icon name="chevron-left" /><span class="vh">{before.words}</span>
                </a>
                <a class="iconbtn iconbtn--sm iconbtn--line" href=after.address data-ahead>
                    <Icon name="chevron-right" /><span class="vh">{after.words}</span>
                </a>
            </span>
            <div class="when">
                <h2>{place.title()}</h2>
                <p class="small muted only-narrow"><UkTime day=place.day /></p>
            </div>
            <span class="small muted push only-wide"><UkTime day=place.day /></span>
            <nav class="seg only-narrow" aria-label="Calendar view, phone">
                {views(&place)}
                <a href="#show"><Icon name="filter" class=" icon--sm" />"Filter"</a>
            </nav>
        </div>
    }
}
