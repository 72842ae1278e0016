//! The page of the log.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AuditLine, AuditLog, Check};
use super::api::{CheckLog, log_of};
use super::forms::AuditFilter;
use super::model::KINDS;
use super::table::MOST;
use crate::access::{Permission, holders_in_words, page_day};
use crate::paths;
use crate::ui::{
    Audience, Banner, Empty, Filter, FilterDate, FilterSelect, Heading, Icon, Listing, PageHead, PostForm, TakeAlong, Tone, address_with,
    clock_time, day_month_year, figure, load, query,
};

/// What was done, by whom and when, the latest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let asked = |name| query(name).unwrap_or_default();
    let filter = AuditFilter { kind: asked("kind"), from: asked("from"), until: asked("until"), before: asked("before") };
    load(log_of(filter), |log| {
        let holders = holders_in_words(Permission::SeeAuditLog);
        let audience =
            format!("the Centre’s {holders}. It holds no word that anybody wrote, and not about whom coordinators note something.");
        view! {
            <PageHead title="Audit log" about="What was done, when and by whom. Nothing in it is ever changed or removed. All times are UK time." times=page_day()>
                <Audience tier=4 sentence=audience />
            </PageHead>
            <Chain check=log.check.clone() end=log.end />
            <FilterBar filter=log.filter.clone() />
            <Entries log />
        }
    })
}

/// Whether the chain holds, as far as is known, and the way to know it now.
#[component]
fn Chain(check: Option<Check>, end: i64) -> impl IntoView {
    let (tone, title, sentence) = match check {
        None => (Tone::Info, "The log has not been checked yet".to_owned(), "It is checked by itself every few hours.".to_owned()),
        Some(Check { at, entries, broken }) => {
            let when = format!("It was last checked on {} at {}.", day_month_year(at.date()), clock_time(at.time()));
            match broken {
                None => {
                    let since = end - entries;
                    let later = match since {
                        1 => " One was written since.".to_owned(),
                        several if several > 1 => format!(" {} were written since.", figure(several)),
                        _ => String::new(),
                    };
                    (
                        Tone::Good,
                        format!("The log is intact: each of {} entries follows from the one before", figure(entries)),
                        format!("{when}{later}"),
                    )
                }
                Some((at_entry, fault)) => {
                    let title = format!("The log is broken at entry {}: {fault}", figure(at_entry));
                    (Tone::Bad, title, format!("{when} Keep the database as it is, and find out who could change it underneath."))
                }
            }
        }
    };
    view! {
        <div class="above-4 below-4">
            <Banner tone title>
                <p>{sentence}</p>
                <PostForm action=CheckLog::PATH class="above-2 no-print">
                    <button class="btn btn--second btn--sm" type="submit">"Check it now"</button>
                </PostForm>
            </Banner>
        </div>
    }
}

#[component]
fn FilterBar(filter: AuditFilter) -> impl IntoView {
    let is_narrow = filter.is_narrow();
    let kinds = KINDS.iter().map(|kind| (kind.key.to_owned(), kind.name.to_owned())).collect();
    view! {
        <Filter path=paths::AUDIT label="Filter the log" is_narrow>
            <FilterSelect name="kind" label="Kind" all="Everything" value=filter.kind options=kinds />
            <FilterDate name="from" label="From" value=filter.from />
            <FilterDate name="until" label="Until" value=filter.until />
        </Filter>
    }
}

#[component]
fn Entries(log: AuditLog) -> impl IntoView {
    let AuditLog { filter, lines, next, .. } = log;
    if lines.is_empty() {
        return view! {
            <Empty title="No entry like that">
                <p>"Choose other days or another kind, or "<a href=paths::AUDIT>"see the latest"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    let address = |before: &str| {
        address_with(paths::AUDIT, &[("kind", &filter.kind), ("from", &filter.from), ("until", &filter.until), ("before", before)])
    };
    let earlier = next.map(|next| address(&next.to_string()));
    let latest = (!filter.before.is_empty()).then(|| address(""));
    let pages = (earlier.is_some() || latest.is_some()).then(|| {
        view! {
            <nav class="pager row gap-2" aria-label="Pages of the log">
                {latest.map(|address| view! { <a class="btn btn--second btn--sm" href=address><Icon name="chevron-left" />"The latest"</a> })}
                {earlier.map(|address| view! { <a class="btn btn--second btn--sm" href=address>"Earlier entries"<Icon name="chevron-right" /></a> })}
            </nav>
        }
    });
    let rows = lines.into_iter().map(row).collect_view();
    let headings = [Heading::of("When"), Heading::of("Who"), Heading::of("What"), Heading::of("Kind"), Heading::of_figures("Number")];
    view! {
        <div class="card">
            <Listing caption="Entries of the log, the latest first" frame="Entries of the log" headings>{rows}</Listing>
        </div>
        {pages}
        <TakeAlong list=paths::AUDIT />
        <p class="small muted above-2 no-print">{format!("A file holds {} entries at most. Choose days to have the others.", figure(MOST))}</p>
    }
    .into_any()
}

fn row(line: AuditLine) -> impl IntoView {
    let AuditLine { sequence, at, who, what, kind, whom, detail } = line;
    let who = who.unwrap_or_else(|| "Reverie".to_owned());
    let whom = whom.map(|(name, address)| view! { ": "<a href=address>{name}</a> });
    let detail = (!detail.is_empty()).then(|| view! { <small>{detail}</small> });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="nowrap">{at.format("%-d %b %Y").to_string()}<small>{at.format("%H:%M:%S").to_string()}</small></th>
            <td role="cell" class="nowrap">{who}</td>
            <td role="cell">{what}{whom}{detail}</td>
            <td role="cell">{kind}</td>
            <td role="cell" class="r num" data-head="Number">{figure(sequence)}</td>
        </tr>
    }
}
