//! The list of people whose supervision is overdue.

use leptos::prelude::*;

use super::api::overdue_people;
use super::model::{LINES_ON_A_PAGE, Overdue, OverdueList, OverduePart};
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, Badge, Empty, Heading, Listing, NoMore, PageHead, Pager, Tone, address_with, load, query, short_day};

/// Everybody whose supervision is overdue, those first who have waited longest.
#[component]
pub fn OverduePage() -> impl IntoView {
    let part = OverduePart { page: query("page").unwrap_or_default() };
    load(overdue_people(part), |list| {
        let holders = holders_in_words(Permission::SeeEveryGroup);
        view! {
            <PageHead
                title="Overdue supervision"
                about="Everybody who has attended no session for longer than their group’s agreement promises, allowing a week for attendance to be marked."
            >
                <Audience tier=4 sentence=format!("the Centre’s {holders}. Everybody else sees only their own, under My supervision.") />
            </PageHead>
            <List list />
        }
    })
}

#[component]
fn List(list: OverdueList) -> impl IntoView {
    let OverdueList { lines, page, total, without_next } = list;
    let address = |page: i64| address_with(paths::OVERDUE, &[("page", &page.to_string())]);
    if total == 0 {
        return view! {
            <Empty title="Nobody is overdue"><p>"Everybody has had the supervision that their group’s agreement promises."</p></Empty>
        }
        .into_any();
    }
    if lines.is_empty() {
        return view! { <NoMore first=address(1) /> }.into_any();
    }
    let people = if total == 1 { "1 person is overdue".to_owned() } else { format!("{total} people are overdue") };
    let without = match without_next {
        0 => "each has a session planned".to_owned(),
        1 => "1 of them has nothing planned".to_owned(),
        several => format!("{several} of them have nothing planned"),
    };
    view! {
        <p class="found">{format!("{people}; {without}.")}</p>
        <div class="card">
            <Listing
                caption="People whose supervision is overdue"
                frame="Overdue supervision, table"
                headings=["Person", "Group", "Last attended", "Next planned", "Overdue by"].map(Heading::of)
            >
                {lines.into_iter().map(row).collect_view()}
            </Listing>
        </div>
        <Pager what="People" page per_page=LINES_ON_A_PAGE total address />
    }
    .into_any()
}

fn row(line: Overdue) -> impl IntoView {
    let last = line.last_on.map_or_else(|| "Not yet".to_owned(), short_day);
    let next_head = line.next_on.is_some().then_some("Next planned");
    let next = match line.next_on {
        Some(day) => view! { {short_day(day)} }.into_any(),
        None => view! { <Badge tone=Tone::Warn>"Nothing planned"</Badge> }.into_any(),
    };
    let (much, promise, due) = (line.by_how_much(), line.promise_in_words(), format!("due {}", short_day(line.due_on)));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{line.person.short}<small>{line.authority}</small></th>
            <td role="cell"><a href=paths::group(&line.group_slug)>{line.group_name}</a><small>{promise}</small></td>
            <td role="cell" class="nowrap" data-head="Last attended">{last}</td>
            <td role="cell" class="nowrap" data-head=next_head>{next}</td>
            <td role="cell" class="nowrap" data-head="Overdue by">{much}<small>{due}</small></td>
        </tr>
    }
}
