//! Everybody who waits, for coordinators.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::answers::{ENTRIES_ON_A_PAGE, FreePlaces, WaitingLine, WaitingList};
use super::api::waiting_list_for;
use super::forms::WaitingFilter;
use super::model::{Urgency, days_since, times_in_words};
use crate::access::{Permission, holders_in_words};
use crate::clinics::WaitedSession;
use crate::groups::{GroupKind, waiting_in_words};
use crate::paths;
use crate::ui::{
    Audience, Badge, Empty, Filter, FilterSelect, Folded, Heading, Icon, Listing, NoMore, PageHead, Pager, TakeAlong, Tone, address_with,
    day_and_month, load, query, short_day,
};

/// Who waits, for what and how long, and where a place is free.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let word = |name| query(name).unwrap_or_default();
    let filter = WaitingFilter { kind: word("kind"), urgency: word("urgency"), offer: word("offer"), page: word("page") };
    load(waiting_list_for(filter), |list| view! { <Everybody list /> })
}

#[component]
fn Everybody(list: WaitingList) -> impl IntoView {
    let WaitingList { filter, lines, total, page, free, clinics, now } = list;
    let holders = holders_in_words(Permission::ManageWaiting);
    let today = ::series::local(now).date();
    view! {
        <PageHead title="Waiting list" about="The most urgent come first, and among them those who have waited longest.">
            <Audience tier=4 sentence=format!("the Centre’s {holders}. Everybody on the list sees only their own entry, and in which band it is.") />
        </PageHead>
        {(!free.is_empty()).then(|| view! { <Free free /> })}
        {(!clinics.is_empty()).then(|| view! { <AtClinics sessions=clinics /> })}
        <FilterBar filter=filter.clone() />
        <Lines filter lines total page today />
    }
}

/// How many groups with a free place are shown at once; the others are behind a line.
const FREE_SHOWN: usize = 10;

/// How they are set, beside one another.
const BESIDE: &str = "plain cols cols--narrow gap-4";

/// Groups with a place for somebody who waits.
#[component]
fn Free(free: Vec<FreePlaces>) -> impl IntoView {
    let items: Vec<_> = free.into_iter().map(free_item).collect();
    view! {
        <section class="card below-5" aria-labelledby="free">
            <div class="card__head"><h2 id="free">"Groups with a free place"</h2></div>
            <Folded items shown=FREE_SHOWN class=BESIDE />
        </section>
    }
}

fn free_item(group: FreePlaces) -> impl IntoView {
    let FreePlaces { slug, name, kind, free, waiting } = group;
    let places = if free == 1 { "One place".to_owned() } else { format!("{free} places") };
    let waiting = if waiting == 1 { "one person is waiting".to_owned() } else { format!("{waiting} are waiting") };
    view! {
        <li>
            <a href=paths::group_members(&slug)>{name}</a>
            <p class="small muted">{format!("{places} free, {waiting} for {}.", kind_in_words(kind))}</p>
        </li>
    }
}

/// Sessions of open clinics at which every place is taken and people wait for one.
#[component]
fn AtClinics(sessions: Vec<WaitedSession>) -> impl IntoView {
    let items = sessions
        .into_iter()
        .map(|session| {
            let WaitedSession { clinic, code, starts, waiting } = session;
            let title = format!("{clinic}, {}", day_and_month(starts.date()));
            view! {
                <li>
                    <a href=paths::session(&code)>{title}</a>
                    <p class="small muted">{waiting_in_words(waiting)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card below-5" aria-labelledby="clinics">
            <div class="card__head"><h2 id="clinics">"Waiting at open clinics"</h2></div>
            <p class="small muted below-2">"A place that is given back goes to whoever has waited longest; when the session is near, everybody waiting is told of it instead. You see how many of them can have a place, and not who they are."</p>
            <ul class=BESIDE>{items}</ul>
        </section>
    }
}

const fn kind_in_words(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Group => "a group",
        GroupKind::Pair => "a pair",
        GroupKind::OneToOne => "one-to-one supervision",
        GroupKind::Vig => "VIG supervision",
        GroupKind::Supervisors => "a supervisors’ group",
        GroupKind::Reflective => "a reflective practice group",
        GroupKind::OpenClinic => "an open clinic",
    }
}

#[component]
fn FilterBar(filter: WaitingFilter) -> impl IntoView {
    let is_narrow = filter.is_narrow();
    let kinds = GroupKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    let degrees = Urgency::ALL.map(|urgency| (urgency.key().to_owned(), urgency.name().to_owned())).to_vec();
    let offers = vec![("yes".to_owned(), "A place is held".to_owned()), ("no".to_owned(), "No place is held".to_owned())];
    view! {
        <Filter path=paths::WAITING label="Filter the waiting list" is_narrow>
            <FilterSelect name="kind" label="Waiting for" all="Every kind" value=filter.kind options=kinds />
            <FilterSelect name="urgency" label="How soon" all="However soon" value=filter.urgency options=degrees />
            <FilterSelect name="offer" label="Offer" all="With or without" value=filter.offer options=offers />
        </Filter>
    }
}

#[component]
fn Lines(filter: WaitingFilter, lines: Vec<WaitingLine>, total: i64, page: i64, today: NaiveDate) -> impl IntoView {
    let is_narrow = filter.is_narrow();
    let address = move |page: i64| {
        let page = if page == 1 { String::new() } else { page.to_string() };
        let WaitingFilter { kind, urgency, offer, .. } = &filter;
        address_with(paths::WAITING, &[("kind", kind), ("urgency", urgency), ("offer", offer), ("page", &page)])
    };
    if lines.is_empty() {
        return match (page > 1, is_narrow) {
            (true, _) => view! { <NoMore first=address(1) /> }.into_any(),
            (false, true) => view! { <Empty title="Nobody matches"><p><a href=paths::WAITING>"Show everybody"</a></p></Empty> }.into_any(),
            (false, false) => {
                view! { <Empty title="Nobody is waiting"><p>"Whoever asks for supervision appears here, the most urgent first."</p></Empty> }
                    .into_any()
            }
        };
    }
    let found = if total == 1 { "1 person is waiting".to_owned() } else { format!("{total} entries") };
    let rows: Vec<_> = lines.into_iter().map(|line| row(line, today)).collect();
    let headings = [
        Heading::of_much("Person"),
        Heading::of("Waiting for"),
        Heading::of("How soon"),
        Heading::of_much("Times that suit"),
        Heading::of("Since"),
        Heading::of("Offer"),
    ];
    view! {
        <p class="found">{found}</p>
        <div class="card">
            <Listing caption="Who is waiting for supervision" frame="Waiting list, table" headings>{rows}</Listing>
        </div>
        <Pager what="Entries" page per_page=ENTRIES_ON_A_PAGE total address />
        <TakeAlong list=paths::WAITING />
    }
    .into_any()
}

fn row(line: WaitingLine, today: NaiveDate) -> impl IntoView {
    let WaitingLine { entry, person, about, asked, since, offer } = line;
    let wanted =
        if asked.wanted.is_empty() { asked.way.name().to_owned() } else { format!("{}; asked for {}", asked.way.name(), asked.wanted) };
    let days = match days_since(since, today) {
        0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    let offer = if let Some(offer) = offer {
        let until = format!("held until {}", short_day(::series::local(offer.until).date()));
        view! { <a href=paths::group_members(&offer.group_slug)>{offer.group_name}</a><small>{until}</small> }.into_any()
    } else {
        let who = format!(": {}", person.short);
        view! { <a href=paths::where_to(&entry)>"Where could they go?"<span class="vh">{who}</span></a> }.into_any()
    };
    let urgency = if asked.urgency == Urgency::Now {
        view! { <Badge tone=Tone::Warn>"Now"</Badge><small>"no supervision"</small> }.into_any()
    } else {
        view! { {asked.urgency.name()} }.into_any()
    };
    view! {
        <tr role="row" data-kind=asked.kind.colour()>
            <th scope="row" role="rowheader"><a href=paths::person(&person.code)>{person.short}</a><small>{about}</small></th>
            <td role="cell"><span class="kind"><Icon name=asked.kind.icon() />{asked.kind.name()}</span><small>{wanted}</small></td>
            <td role="cell" class="nowrap">{urgency}</td>
            <td role="cell" class="roomy">{times_in_words(&asked.times)}</td>
            <td role="cell" class="nowrap" data-head="Waiting">{days}<small>{short_day(::series::local(since).date())}</small></td>
            <td role="cell" class="nowrap" data-head="Offer">{offer}</td>
        </tr>
    }
}
