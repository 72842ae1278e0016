//! Planning a session that begins with its time: which group it is for is asked next.

use ::series::Rhythm as Repeats;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use leptos::prelude::*;

use super::answers::GroupToPlan;
use super::api::groups_to_plan;
use super::opening::{Ends, Opening};
use crate::access::page_day;
use crate::groups::Rhythm;
use crate::paths;
use crate::ui::{Audience, Empty, Icon, PageHead, SentOn, clock_time, day_month_year, load, query};

/// How long a session lasts where nothing was said.
const USUAL_LENGTH: i64 = 90;

/// Asks for which group a session is planned, and opens the form of its series with the day, the time and the length in it. Where there is only
/// one group, nothing is asked.
#[component]
pub fn PlanSessionPage() -> impl IntoView {
    let slot = Slot::of_request();
    load(groups_to_plan(), move |groups| match groups.as_slice() {
        [only] => view! { <SentOn to=slot.form(&only.slug) /> }.into_any(),
        _ => view! { <WhichGroup groups when=slot /> }.into_any(),
    })
}

/// When it is to be, as it stands in the page's address; what cannot be read is as if it was not said.
#[derive(Clone, Copy)]
struct Slot {
    day: NaiveDate,
    from: NaiveTime,
    length: i64,
}

impl Slot {
    fn of_request() -> Self {
        let from = query("from").and_then(|time| NaiveTime::parse_from_str(&time, "%H:%M").ok());
        let length = query("length").and_then(|length| length.parse().ok()).filter(|length| (1..=24 * 60).contains(length));
        Self {
            day: query("day").and_then(|day| day.parse().ok()).unwrap_or_else(page_day),
            from: from.or(NaiveTime::from_hms_opt(10, 0, 0)).unwrap_or_default(),
            length: length.unwrap_or(USUAL_LENGTH),
        }
    }

    /// The form of a series of one session then, which can be made longer there.
    fn form(self, slug: &str) -> String {
        let rhythm =
            Rhythm { starts_on: self.day, starts_time: self.from, length_minutes: self.length, repeats: Repeats::Weekly { every: 2 } };
        Opening { rhythm, ends: Ends::Times(1) }.form(slug)
    }

    /// "Thursday 29 October 2026, 14:00 to 15:30".
    fn words(self) -> String {
        let ends = self.from.overflowing_add_signed(TimeDelta::minutes(self.length)).0;
        format!("{}, {} to {}", day_month_year(self.day), clock_time(self.from), clock_time(ends))
    }
}

#[component]
fn WhichGroup(groups: Vec<GroupToPlan>, when: Slot) -> impl IntoView {
    let day = (paths::day(when.day), day_month_year(when.day));
    let about = format!("{}, UK time. Nothing is saved before you have seen every date.", when.words());
    let content = if groups.is_empty() {
        view! {
            <Empty title="No group to plan for">
                <p>"Sessions are planned for a group. The groups that you lead will be here as soon as the Centre has made them."</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = groups.into_iter().map(|group| line(group, when)).collect_view();
        view! {
            <section class="card" aria-labelledby="which">
                <div class="card__head"><h2 id="which">"Which group is it for?"</h2></div>
                <ul class="list list--cols">{lines}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <PageHead title="Plan a session" up=day about times=when.day>
            <Audience tier=1 sentence="only you, until you save what you plan." />
        </PageHead>
        {content}
    }
}

fn line(group: GroupToPlan, when: Slot) -> impl IntoView {
    let lead = if group.is_own { "You lead it".to_owned() } else { format!("With {}", group.supervisor.short) };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=group.kind.icon() /></span>
            <div class="item__body">
                <a class="item__title" href=when.form(&group.slug)>{group.name}</a>
                <p class="item__meta">{format!("{}. {lead}", group.kind.name())}</p>
            </div>
        </li>
    }
}
