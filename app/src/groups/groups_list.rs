//! The list of groups: one's own, or every group of the Centre.

use leptos::prelude::*;

use super::answers::{AgreementStanding, GROUPS_PER_PAGE, GroupLine, GroupList};
use super::api::groups_list;
use super::forms::GroupFilter;
use super::model::GroupKind;
use crate::access::{Permission, holders_in_words, may, page_day, page_visit};
use crate::paths;
use crate::people::PersonName;
use crate::ui::{
    Audience, Badge, Empty, Filter, FilterSearch, FilterSelect, Heading, Icon, Listing, NoMore, PageHead, Pager, TakeAlong, Tone,
    address_with, clock_time, load, query, short_day,
};

/// The groups that one is in or leads; every group for a coordinator.
#[component]
pub fn GroupsPage() -> impl IntoView {
    let word = |name| query(name).unwrap_or_default();
    let filter = GroupFilter { name: word("name"), kind: word("kind"), supervisor: word("supervisor"), page: word("page") };
    load(groups_list(filter.clone()), |list| {
        if list.is_all { view! { <EveryGroup list filter /> }.into_any() } else { view! { <OwnGroups list /> }.into_any() }
    })
}

/// The few groups of one person.
#[component]
fn OwnGroups(list: GroupList) -> impl IntoView {
    let leads_any = list.lines.iter().any(|line| line.is_led_by_reader);
    let content = if list.lines.is_empty() {
        view! {
            <Empty title="No group yet">
                <p>"Your groups will be here as soon as the Centre has given you a place. Nothing is asked of you until then."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <ul class="plain cols">{list.lines.into_iter().map(own_group).collect_view()}</ul>
            <TakeAlong list=paths::GROUPS />
        }
        .into_any()
    };
    view! {
        <PageHead title="My groups" about="All times are UK time." times=page_day()>
            <Audience tier=1 sentence="only you see this list. Each group’s page says who can see it." />
        </PageHead>
        {leads_any.then(ways_to_plan)}
        {content}
    }
}

/// What is planned and not settled yet, for whoever plans.
fn ways_to_plan() -> impl IntoView {
    view! {
        <p class="row links below-4">
            <a href=paths::DRAFTS>"Drafts"</a>
            <a href=paths::RENEWALS>"Groups coming to an end"</a>
            <a href=paths::POLLS>"Polls for times"</a>
        </p>
    }
}

fn own_group(line: GroupLine) -> impl IntoView {
    let members = match (line.kind.has_members(), line.members) {
        (false, _) => "places are booked".to_owned(),
        (true, 0) => "no members yet".to_owned(),
        (true, 1) => "one member".to_owned(),
        (true, several) => format!("{several} members"),
    };
    let lead = if line.is_led_by_reader { "You lead it".to_owned() } else { format!("With {}", line.supervisor.short) };
    let on = line.on().map(|intervention| view! { <p class="muted">{intervention}</p> });
    view! {
        <li class="card" data-kind=line.kind.colour()>
            <div class="row row--between">
                <h2 class="as-h3"><a href=paths::group(&line.slug)>{line.told_apart()}</a></h2>
                <span class="kind"><Icon name=line.kind.icon() />{line.kind.name()}</span>
            </div>
            <p class="above-1">{format!("{lead}, {members}.")}</p>
            {on}
            <p class="muted">{next_words(&line)}</p>
            <p class="row gap-2 above-2">{agreement_badge(&line)}</p>
        </li>
    }
}

/// "Thu 5 Nov, 10:00".
fn next_words(line: &GroupLine) -> String {
    line.next.map_or_else(
        || "No session planned.".to_owned(),
        |next| format!("Next session {}, {}.", short_day(next.date()), clock_time(next.time())),
    )
}

fn agreement_badge(line: &GroupLine) -> impl IntoView + use<> {
    let tone = match (line.is_ended, line.agreement) {
        (true, _) => Tone::Plain,
        (false, AgreementStanding::InForce) => Tone::Good,
        (false, AgreementStanding::ChangeProposed) => Tone::Info,
        (false, AgreementStanding::Proposed | AgreementStanding::NeedsSupervisor | AgreementStanding::Missing) => Tone::Warn,
    };
    let words = line.standing();
    view! { <Badge tone>{words}</Badge> }
}

/// Every group of the Centre, filtered by what stands in the address.
#[component]
fn EveryGroup(list: GroupList, filter: GroupFilter) -> impl IntoView {
    let GroupList { lines, page, total, supervisors, .. } = list;
    let is_filtered = !(filter.name.is_empty() && filter.kind.is_empty() && filter.supervisor.is_empty());
    let found = match total {
        1 => "1 group".to_owned(),
        several => format!("{several} groups"),
    };
    let may_do = |permission| page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, permission)));
    let make = may_do(Permission::ManageGroups)
        .then(|| view! { <a class="btn" href=paths::NEW_GROUP><Icon name="plus" />"New group"</a> }.into_any());
    let address = {
        let filter = filter.clone();
        move |page| address_of(&filter, page)
    };
    let content = if lines.is_empty() && page > 1 {
        view! { <NoMore first=address(1) /> }.into_any()
    } else if lines.is_empty() && is_filtered {
        view! { <Empty title="No groups match"><p><a href=paths::GROUPS>"Show every group"</a></p></Empty> }.into_any()
    } else if lines.is_empty() {
        view! { <Empty title="No groups yet"><p>"The first group appears here as soon as it is made."</p></Empty> }.into_any()
    } else {
        view! {
            <p class="found">{found}</p>
            <GroupTable lines />
            <Pager what="Groups" page per_page=GROUPS_PER_PAGE total address />
            <TakeAlong list=paths::GROUPS />
        }
        .into_any()
    };
    view! {
        <PageHead title="Groups" about="All times are UK time." times=page_day() actions=make.unwrap_or_else(|| ().into_any())>
            <Audience tier=4 sentence=format!("the Centre’s {}. Everybody else sees only their own groups.", holders_in_words(Permission::SeeEveryGroup)) />
        </PageHead>
        {may_do(Permission::PlanSessions).then(ways_to_plan)}
        <FilterBar filter supervisors is_narrow=is_filtered />
        {content}
    }
}

/// The address of a part of the filtered list.
fn address_of(filter: &GroupFilter, page: i64) -> String {
    let GroupFilter { name, kind, supervisor, .. } = filter;
    address_with(paths::GROUPS, &[("page", &page.to_string()), ("name", name), ("kind", kind), ("supervisor", supervisor)])
}

/// Search and choices above the list, in the address when they are applied.
#[component]
fn FilterBar(filter: GroupFilter, supervisors: Vec<PersonName>, is_narrow: bool) -> impl IntoView {
    let kinds = GroupKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    let supervisors = supervisors.into_iter().map(|person| (person.code, person.short)).collect();
    view! {
        <Filter path=paths::GROUPS label="Groups" is_narrow>
            <FilterSearch name="name" label="Name" value=filter.name />
            <FilterSelect name="kind" label="Kind" all="Every kind" value=filter.kind options=kinds />
            <FilterSelect name="supervisor" label="Supervisor" all="Every supervisor" value=filter.supervisor options=supervisors />
        </Filter>
    }
}

#[component]
fn GroupTable(lines: Vec<GroupLine>) -> impl IntoView {
    let headings = [
        Heading::of("Group"),
        Heading::of("Kind"),
        Heading::of("Supervisor"),
        Heading::of_figures("Members"),
        Heading::of("Next session"),
        Heading::of("Agreement"),
    ];
    view! {
        <div class="card">
            <Listing caption="Groups" frame="Groups, table" headings>{lines.into_iter().map(group_row).collect_view()}</Listing>
        </div>
    }
}

fn group_row(line: GroupLine) -> impl IntoView {
    let next =
        line.next.map_or_else(|| "None planned".to_owned(), |next| format!("{}, {}", short_day(next.date()), clock_time(next.time())));
    let badge = agreement_badge(&line);
    let members = if line.kind.has_members() { format!("{} of {}", line.members, line.capacity) } else { "booked".to_owned() };
    let on = line.on().map(|intervention| view! { <small>{intervention}</small> });
    view! {
        <tr role="row" data-kind=line.kind.colour()>
            <th scope="row" role="rowheader"><a href=paths::group(&line.slug)>{line.told_apart()}</a></th>
            <td role="cell"><span class="kind"><Icon name=line.kind.icon() />{line.kind.name()}</span>{on}</td>
            <td role="cell" class="nowrap" data-head="Supervisor">{line.supervisor.short}</td>
            <td role="cell" class="r nowrap" data-head="Members">{members}</td>
            <td role="cell" class="nowrap" data-head="Next session">{next}</td>
            <td role="cell">{badge}</td>
        </tr>
    }
}
