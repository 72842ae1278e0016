//! The list of people.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{ListedPerson, PEOPLE_ON_A_PAGE, PeopleList};
use super::api::{SearchPeople, people};
use super::confirmation::Confirmed;
use super::forms::PeopleFilter;
use super::model::Standing;
use crate::access::{Permission, Role, holders_in_words, may, page_visit};
use crate::paths;
use crate::ui::{
    Audience, Avatar, Badge, Empty, FilterSearch, FilterSelect, Heading, Icon, Listing, OnPhone, PageHead, Pager, PostForm, TakeAlong,
    Tone, address_with, load, query,
};

/// Everybody, fifty to a page, by family name.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let asked = |name| query(name).unwrap_or_default();
    let filter = PeopleFilter {
        search: asked("search"),
        role: asked("role"),
        authority: asked("authority"),
        standing: asked("standing"),
        works_there: asked("works_there"),
        page: asked("page"),
    };
    load(people(filter), |list| {
        let may_import =
            page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::ImportPeople)));
        let import = may_import.then(|| view! { <a class="btn btn--second" href=paths::IMPORT_PEOPLE>"Import a spreadsheet"</a> });
        let action = view! { {import}<a class="btn" href=paths::NEW_PERSON><Icon name="plus" />"Add somebody"</a> }.into_any();
        view! {
            <PageHead title="People" actions=action>
                <PeopleAudience />
            </PageHead>
            <PeopleFilterBar list=list.clone() />
            <People list />
        }
    })
}

/// Who sees what stands on the pages about people.
#[component]
pub fn PeopleAudience() -> impl IntoView {
    let holders = holders_in_words(Permission::ManagePeople);
    view! { <Audience tier=4 sentence=format!("the Centre’s {holders}. Members of a group see only first names and initials.") /> }
}

#[component]
fn PeopleFilterBar(list: PeopleList) -> impl IntoView {
    let PeopleList { filter, words, authorities, .. } = list;
    let is_narrow = filter.is_narrow();
    let roles = Role::ALL.into_iter().map(|role| (role.key().to_owned(), role.name().to_owned())).collect();
    let standings = Standing::ALL.into_iter().map(|standing| (standing.key().to_owned(), standing.name().to_owned())).collect();
    let authorities = authorities.into_iter().map(|authority| (authority.slug, authority.name)).collect();
    let confirmed = Confirmed::ALL.into_iter().map(|confirmed| (confirmed.key().to_owned(), confirmed.name().to_owned())).collect();
    view! {
        <div role="search" aria-label="Filter people">
            <PostForm action=SearchPeople::PATH class="filter">
                <FilterSearch name="form[words]" label="Name or email address" value=words />
                <FilterSelect name="form[role]" label="Role" all="All roles" value=filter.role options=roles />
                <FilterSelect name="form[authority]" label="Authority" all="All authorities" value=filter.authority options=authorities />
                <FilterSelect name="form[standing]" label="Standing" all="Any standing" value=filter.standing options=standings />
                <FilterSelect name="form[works_there]" label="Works there" all="Confirmed or not" value=filter.works_there options=confirmed />
                <button class="btn btn--second">"Apply"</button>
                {is_narrow.then(|| view! { <a href=paths::PEOPLE>"Clear"</a> })}
            </PostForm>
        </div>
    }
}

#[component]
fn People(list: PeopleList) -> impl IntoView {
    let PeopleList { filter, people, total, page, .. } = list;
    if people.is_empty() {
        return if filter.is_narrow() {
            view! {
                <Empty title="Nobody matches">
                    <p>"Try fewer words, or "<a href=paths::PEOPLE>"see everybody"</a>"."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Empty title="Nobody is here yet"><p>"Add the first practitioners, and invite them."</p></Empty> }.into_any()
        };
    }
    let found = match (total, filter.is_narrow()) {
        (1, true) => "1 person found".to_owned(),
        (total, true) => format!("{total} people found"),
        (1, false) => "1 person".to_owned(),
        (total, false) => format!("{total} people"),
    };
    let rows = people.into_iter().map(|person| view! { <Line person /> }).collect_view();
    let address = move |page: i64| {
        let page = if page == 1 { String::new() } else { page.to_string() };
        let PeopleFilter { search, role, authority, standing, works_there, .. } = &filter;
        address_with(
            paths::PEOPLE,
            &[
                ("search", search),
                ("role", role),
                ("authority", authority),
                ("standing", standing),
                ("works_there", works_there),
                ("page", &page),
            ],
        )
    };
    view! {
        <p class="found">{found}</p>
        <div class="card">
            <Listing
                caption="People, by family name"
                headings=[Heading::of("Name").sorted(), Heading::of("Standing"), Heading::of("Role"), Heading::of("Authority")]
                on_phone=OnPhone::Stack
            >
                {rows}
            </Listing>
        </div>
        <Pager what="People" page per_page=PEOPLE_ON_A_PAGE total address />
        <TakeAlong list=paths::PEOPLE />
    }
    .into_any()
}

/// Somebody, with the way to their page.
#[component]
fn Line(person: ListedPerson) -> impl IntoView {
    let roles: Vec<&str> = person.roles.iter().map(Role::name).collect();
    // An address that is too long for a phone goes on after its @.
    let (mailbox, domain) = person.email.split_once('@').unwrap_or((&person.email, ""));
    let email = view! { <small>{format!("{mailbox}@")}<wbr />{domain.to_owned()}</small> };
    // Most are confirmed, and that is not said of each of them.
    let open =
        person.confirmed.filter(|confirmed| *confirmed != Confirmed::Yes).map(|confirmed| view! { <small>{confirmed.name()}</small> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <span class="row row--start gap-3">
                    <Avatar initials=person.initials code=person.code.clone() small=true />
                    <span class="grow">
                        <a href=paths::person(&person.code)>{person.name}</a>
                        {email}
                    </span>
                </span>
            </th>
            <td role="cell"><StandingBadge standing=person.standing /></td>
            <td role="cell">{roles.join(", ")}<small>{person.profession}</small></td>
            <td role="cell">{person.authority}{open}</td>
        </tr>
    }
}

/// How far somebody has come in joining, in a word.
#[component]
pub fn StandingBadge(standing: Standing) -> impl IntoView {
    let tone = match standing {
        Standing::NotInvited => Tone::Plain,
        Standing::Invited => Tone::Info,
        Standing::Registered => Tone::Good,
        Standing::Suspended => Tone::Bad,
    };
    view! { <Badge tone>{standing.name()}</Badge> }
}
