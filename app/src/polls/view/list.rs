//! The list of polls.

use leptos::prelude::*;

use crate::access::{Permission, holders_in_words, may, page_visit};
use crate::paths;
use crate::polls::answers::PollLine;
use crate::polls::api::polls_list;
use crate::polls::model::PollKind;
use crate::ui::{Audience, Badge, Empty, Icon, PageHead, Tone, day_and_month, load};

/// The polls that one has made or may see, the newest first.
#[component]
pub fn PollsPage() -> impl IntoView {
    let may_name_people =
        page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::ManageGroups)));
    load(polls_list(), move |polls| {
        let make = may_name_people
            .then(|| view! { <a class="btn" href=paths::NEW_POLL><Icon name="plus" />"Offer times to people by name"</a> })
            .into_any();
        let content = if polls.is_empty() {
            view! {
                <Empty title="No poll yet">
                    <p>"Offer times from a group’s page. Everybody in it gets a link and says which times suit them; the best one becomes the series."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <section class="card" aria-label="Polls"><ul class="list">{polls.into_iter().map(poll_item).collect_view()}</ul></section> }
                .into_any()
        };
        let holders = holders_in_words(Permission::ManageGroups);
        view! {
            <PageHead title="Polls for times" up=(paths::GROUPS.to_owned(), "Groups".to_owned()) actions=make>
                <Audience tier=4 sentence=format!(
                    "whoever made a poll, its group’s supervisor, and the Centre’s {holders}. Who answered what is for whoever made it."
                ) />
            </PageHead>
            {content}
        }
    })
}

fn poll_item(poll: PollLine) -> impl IntoView {
    let what = match poll.subject.kind {
        PollKind::Weekly => "Times of a week",
        PollKind::Dates => "Single dates",
    };
    let name = poll.group_name.unwrap_or_else(|| "People by name".to_owned());
    let day = day_and_month(poll.subject.last_day());
    let until = if poll.is_open { format!("open until {day}") } else { format!("closed on {day}") };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name="calendar-clock" /></span>
            <div class="item__body">
                <a class="item__title" href=paths::poll(&poll.code)>{format!("{name}, {until}")}</a>
                <p class="item__meta">{format!("{what}. {} of {} have answered.", poll.answered, poll.asked)}</p>
            </div>
            {poll.is_open.then(|| view! { <Badge tone=Tone::Good>"Open"</Badge> })}
        </li>
    }
}
