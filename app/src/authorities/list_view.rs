//! The register of authorities, as a table and as a map.

use leptos::prelude::*;

use super::answers::{ListedAuthority, Register, Upkeep};
use super::api::register_of_authorities;
use super::forms::{NOBODY, RegisterFilter};
use super::model::Stage;
use super::register::REGIONS;
use super::tile_map::TileMap;
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{
    Audience, Badge, Empty, Filter, FilterSelect, Heading, Listing, PageHead, TakeAlong, Tone, address_with, load, query, short_day,
};

/// Every authority with its stage, its owner and what comes next.
#[component]
pub fn AuthoritiesPage() -> impl IntoView {
    let asked = |name| query(name).unwrap_or_default();
    let filter = RegisterFilter {
        region: asked("region"),
        stage: asked("stage"),
        owner: asked("owner"),
        overdue: asked("overdue"),
        sort: asked("sort"),
    };
    let is_map = query("view").as_deref() == Some("map");
    load(register_of_authorities(), move |register| {
        let view = if is_map {
            view! { <TileMap register /> }.into_any()
        } else {
            view! {
                <RegisterFilterBar register=register.clone() filter=filter.clone() />
                <RegisterTable register filter />
            }
            .into_any()
        };
        view! {
            <PageHead title="Authorities" actions=view! { <Views is_map /> }.into_any()>
                <RegisterAudience />
            </PageHead>
            {view}
        }
    })
}

/// Who sees what stands on the pages about authorities.
#[component]
pub fn RegisterAudience() -> impl IntoView {
    let holders = holders_in_words(Permission::SeeAuthorities);
    view! { <Audience tier=4 sentence=format!("the Centre’s {holders}. The authorities themselves do not see it.") /> }
}

/// The same register in two forms.
#[component]
fn Views(is_map: bool) -> impl IntoView {
    let current = |is_this: bool| is_this.then_some("page");
    view! {
        <nav class="seg" aria-label="How to show it">
            <a href=paths::AUTHORITIES aria-current=current(!is_map)>"List"</a>
            <a href=address_with(paths::AUTHORITIES, &[("view", "map")]) aria-current=current(is_map)>"Map"</a>
        </nav>
    }
}

#[component]
fn RegisterFilterBar(register: Register, filter: RegisterFilter) -> impl IntoView {
    let regions = REGIONS.into_iter().map(|region| (region.to_owned(), region.to_owned())).collect();
    let stages = Stage::ALL.into_iter().map(|stage| (stage.key().to_owned(), stage.name().to_owned())).collect();
    let nobody = (NOBODY.to_owned(), "Nobody".to_owned());
    let owners = register.owners.into_iter().map(|owner| (owner.code, owner.short)).chain([nobody]).collect();
    let overdue =
        vec![("yes".to_owned(), "Overdue or missing".to_owned()), ("lapsed".to_owned(), "Overdue or missing for 60 days".to_owned())];
    let is_narrow = filter.is_narrow();
    view! {
        <Filter path=paths::AUTHORITIES label="Filter authorities" is_narrow kept=vec![("sort", filter.sort)]>
            <FilterSelect name="region" label="Region" all="All regions" value=filter.region options=regions />
            <FilterSelect name="stage" label="Stage" all="All stages" value=filter.stage options=stages />
            <FilterSelect name="owner" label="Owner" all="All owners" value=filter.owner options=owners />
            <FilterSelect name="overdue" label="Next step" all="Any" value=filter.overdue options=overdue />
        </Filter>
    }
}

#[component]
fn RegisterTable(register: Register, filter: RegisterFilter) -> impl IntoView {
    let shown = register.shown(&filter);
    if shown.is_empty() {
        return view! {
            <Empty title="No authorities match">
                <p>"Choose fewer filters, or "<a href=paths::AUTHORITIES>"see them all"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    let found = format!("{} of {} authorities. Dates are UK time.", shown.len(), register.authorities.len());
    let rows = shown.into_iter().map(|authority| view! { <Line authority=authority.clone() today=register.today /> }).collect_view();
    let head = |key: &'static str, words: &'static str| {
        let is_sorted = filter.sort == key || key.is_empty() && !matches!(filter.sort.as_str(), "stage" | "step");
        let RegisterFilter { region, stage, owner, overdue, .. } = &filter;
        let address = address_with(
            paths::AUTHORITIES,
            &[("region", region), ("stage", stage), ("owner", owner), ("overdue", overdue), ("sort", key)],
        );
        let heading = Heading::of(words).leading_to(address);
        if is_sorted { heading.sorted() } else { heading }
    };
    let headings = [
        head("", "Authority"),
        head("stage", "Stage"),
        Heading::of("Owner"),
        head("step", "Next step"),
        Heading::of_figures("Practitioners"),
    ];
    view! {
        <p class="found">{found}</p>
        <div class="card">
            <Listing caption="Authorities, with stage, owner and next step" frame="Register of authorities" headings>{rows}</Listing>
        </div>
        <TakeAlong list=paths::AUTHORITIES />
    }
    .into_any()
}

/// An authority, with the way to its page.
#[component]
fn Line(authority: ListedAuthority, today: chrono::NaiveDate) -> impl IntoView {
    let state = authority.upkeep(today);
    let step = authority.next_step.map(|step| view! { {step.words}<small>{short_day(step.on)}</small> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader"><a href=paths::authority(&authority.slug)>{authority.name}</a><small>{authority.region}</small></th>
            <td role="cell"><StageMark stage=authority.stage /></td>
            <td role="cell" class="nowrap" data-head="Owner">{authority.owner.map_or_else(|| "Nobody".to_owned(), |owner| owner.short)}</td>
            <td role="cell" class="roomy" data-head="Next step">{step}<UpkeepBadge state /></td>
            <td role="cell" class="r" data-head="Practitioners">{authority.practitioners.to_string()}</td>
        </tr>
    }
}

/// How far an authority has come: a mark and the word.
#[component]
pub fn StageMark(stage: Stage) -> impl IntoView {
    view! { <span class="stage" data-st=stage.mark()><i></i>{stage.name()}</span> }
}

/// What is wrong with a next step; nothing where it is in order.
#[component]
pub fn UpkeepBadge(state: Upkeep) -> impl IntoView {
    let tone = match state {
        Upkeep::Ahead => return ().into_any(),
        Upkeep::Overdue | Upkeep::Missing => Tone::Warn,
        Upkeep::LongOverdue | Upkeep::Lapsed => Tone::Bad,
    };
    view! { <Badge tone>{state.words()}</Badge> }.into_any()
}
