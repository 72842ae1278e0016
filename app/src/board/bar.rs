//! What stands above the board: which week it is, the ways to others, and the filter.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::model::BoardForm;
use crate::authorities::REGIONS;
use crate::calendar::Days;
use crate::groups::GroupKind;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Filter, FilterSelect, Icon, UkTime, address_with};

/// The address of a week with the same filter.
pub fn address_of(form: &BoardForm, monday: NaiveDate) -> String {
    address_with(&paths::board(monday), &[("region", &form.region), ("kind", &form.kind), ("supervisor", &form.supervisor)])
}

/// Earlier, later, this week, and which week it is.
#[component]
pub fn WeekBar(
    /// The week.
    days: Days,
    /// The present day.
    today: NaiveDate,
    /// The filter that stays.
    form: BoardForm,
) -> impl IntoView {
    let link = |week: Days| (address_of(&form, week.first()), week.in_words());
    let (before, after) = (link(days.before()), link(days.after()));
    let this_week = address_of(&form, Days::week_of(today).first());
    view! {
        <div class="cal__bar">
            <a class="btn btn--second btn--sm" href=this_week>"This week"</a>
            <span class="row gap-1">
                <a class="iconbtn iconbtn--sm iconbtn--line" href=before.0 data-ahead>
                    <Icon name="chevron-left" /><span class="vh">{format!("Week before, {}", before.1)}</span>
                </a>
                <a class="iconbtn iconbtn--sm iconbtn--line" href=after.0 data-ahead>
                    <Icon name="chevron-right" /><span class="vh">{format!("Week after, {}", after.1)}</span>
                </a>
            </span>
            <div class="when">
                <h2>{days.in_words()}</h2>
                <p class="small muted only-narrow"><UkTime day=days.first() /></p>
            </div>
            <span class="small muted push only-wide"><UkTime day=days.first() /></span>
        </div>
    }
}

/// Region, kind and supervisor, in the address when they are applied.
#[component]
pub fn BoardFilter(
    /// The week.
    days: Days,
    /// What is chosen.
    form: BoardForm,
    /// Whether anything is.
    is_narrow: bool,
    /// Who can be chosen.
    supervisors: Vec<PersonName>,
) -> impl IntoView {
    let regions = REGIONS.into_iter().map(|region| (region.to_owned(), region.to_owned())).collect();
    let kinds = GroupKind::ALL.into_iter().map(|kind| (kind.key().to_owned(), kind.name().to_owned())).collect();
    let supervisors = supervisors.into_iter().map(|person| (person.code, person.short)).collect();
    view! {
        <Filter path=paths::board(days.first()) label="Filter the board" is_narrow>
            <FilterSelect name="region" label="Region of those supervised" all="All regions" value=form.region options=regions />
            <FilterSelect name="kind" label="Kind" all="Every kind" value=form.kind options=kinds />
            <FilterSelect name="supervisor" label="Supervisor" all="Every supervisor" value=form.supervisor options=supervisors />
        </Filter>
    }
}
