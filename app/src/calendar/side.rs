//! What stands beside the calendar: which kinds are shown, and what waits to be marked.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::prelude::*;

use super::model::{Calendar, Part};
use crate::groups::{GroupKind, RunningOut};
use crate::paths;
use crate::renewals::groups_you_lead_that_run_out;
use crate::sessions::SessionState;
use crate::ui::{Icon, current_path, load, short_day};

/// Which kinds of session are shown: `?show=group,vig`. Without a choice it is all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(Vec<GroupKind>);

impl Shown {
    /// What the address asks for. A form sends a parameter for each box, a link has them in one.
    pub fn of_request() -> Self {
        let chosen = leptos_router::hooks::use_query_map().with_untracked(|query| query.get_all("show")).unwrap_or_default();
        Self::of_words(&chosen.join(","))
    }

    fn of_words(words: &str) -> Self {
        let chosen: Vec<&str> = words.split(',').collect();
        let kinds: Vec<GroupKind> = GroupKind::ALL.into_iter().filter(|kind| chosen.contains(&kind.colour())).collect();
        if kinds.is_empty() { Self(GroupKind::ALL.to_vec()) } else { Self(kinds) }
    }

    /// Whether a kind is shown.
    pub fn has(&self, kind: GroupKind) -> bool {
        self.0.contains(&kind)
    }

    /// An address at which the same kinds are shown.
    pub fn address(&self, path: &str) -> String {
        if self.0.len() == GroupKind::ALL.len() {
            return path.to_owned();
        }
        let words: Vec<&str> = self.0.iter().map(|kind| kind.colour()).collect();
        format!("{path}?show={}", words.join(","))
    }
}

/// A box for each kind of session, with how many there are of it on these days.
#[component]
pub fn KindFilter(
    /// The days, with every kind.
    calendar: Arc<Calendar>,
    /// What is chosen.
    shown: Shown,
) -> impl IntoView {
    let boxes = GroupKind::ALL
        .into_iter()
        .map(|kind| {
            let count = calendar.occurrences.iter().filter(|occurrence| occurrence.kind == kind).count();
            view! {
                <li>
                    <label data-kind=kind.colour()>
                        <input type="checkbox" name="show" value=kind.colour() checked=shown.has(kind) />
                        <Icon name=kind.icon() />
                        {kind.name()}
                        <span class="n">{count}<span class="vh">" on these days"</span></span>
                    </label>
                </li>
            }
        })
        .collect_view();
    let path = current_path().split('?').next().map(str::to_owned);
    view! {
        <section class="no-print" aria-labelledby="show">
            <h2 class="as-h3 below-1" id="show">"Show"</h2>
            <form method="get" action=path>
                <ul class="legend">{boxes}</ul>
                <button class="btn btn--second btn--sm above-2" type="submit">"Apply"</button>
            </form>
        </section>
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
                        <a href=paths::record(&occurrence.code)>{format!("Mark {}, {}", occurrence.title(), short_day(occurrence.date()))}</a>
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
                let words = format!("{} {}", group.group_name, group.in_short());
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
    use super::*;

    #[test]
    fn a_choice_of_kinds_has_one_address_however_it_was_sent() {
        for words in ["group,vig", "vig,group", "vig,group,journal", "group,group,vig"] {
            assert_eq!(Shown::of_words(words).address("/calendar/week/2026-10-19"), "/calendar/week/2026-10-19?show=group,vig");
        }
    }

    #[test]
    fn everything_and_nothing_chosen_are_the_plain_address() {
        for words in ["", "journal", "group,one,vig,own"] {
            assert_eq!(Shown::of_words(words).address("/calendar/week/2026-10-19"), "/calendar/week/2026-10-19");
        }
    }
}
