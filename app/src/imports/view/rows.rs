//! The rows of an import: to mend, added, changed.

use leptos::prelude::*;

use crate::imports::answers::{AddedLine, ChangedLine, LeftRow, TakenLine};
use crate::paths;
use crate::people::Standing;
use crate::ui::{Badge, Heading, Icon, Listing, Tone, figure};

/// More of a list nobody reads on a page.
const MOST_SHOWN: usize = 200;

/// How many are not shown.
fn further(count: usize) -> Option<String> {
    let further = i64::try_from(count.saturating_sub(MOST_SHOWN)).unwrap_or(i64::MAX);
    (further > 0).then(|| format!("And {} more.", figure(further)))
}

/// The rows that are not taken as they are, each cell with what to do.
#[component]
pub fn LeftTable(rows: Vec<LeftRow>, code: String) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let further = further(rows.len());
        let lines = rows
            .into_iter()
            .take(MOST_SHOWN)
            .flat_map(|LeftRow { row, name, problems }| problems.into_iter().map(move |problem| (row, name.clone(), problem)));
        let lines = lines.map(|(row, name, problem)| {
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="roomy">{format!("Row {row}")}<small>{name}</small></th>
                    <td role="cell" class="roomy">{format!("Column {}", problem.heading)}</td>
                    <td role="cell" class="roomy">{problem.message}</td>
                </tr>
            }
        });
        view! {
            <section class="card" aria-labelledby="mend">
                <div class="card__head">
                    <h2 id="mend">"Rows to correct"</h2>
                    <a href=paths::import_left(&code) download><Icon name="download" />"Download these rows (CSV)"</a>
                </div>
                <p class="below-3">"None of these rows is imported. Correct them in the file that you download, and import that one."</p>
                <Listing caption="Rows to correct" headings=["Row", "Cell", "What to do"].map(Heading::of)>{lines.collect_view()}</Listing>
                {further.map(|further| view! { <p class="muted above-2">{further}" All of them are in the file."</p> })}
            </section>
        }
    })
}

/// Whoever would be changed, and how.
#[component]
pub fn ChangedList(people: Vec<ChangedLine>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let further = further(people.len());
        let items = people.into_iter().take(MOST_SHOWN).map(|ChangedLine { row, code, name, changes }| {
            let changes = changes.into_iter().map(|change| view! { <p class="item__meta">{change}</p> }).collect_view();
            view! {
                <li class="item item--row">
                    <div class="item__body"><a class="item__title" href=paths::person(&code)>{name}</a>{changes}</div>
                    <span class="small muted nowrap">{format!("Row {row}")}</span>
                </li>
            }
        });
        view! {
            <section class="card" aria-labelledby="changed">
                <div class="card__head"><h2 id="changed">"Would be changed"</h2></div>
                <ul class="list">{items.collect_view()}</ul>
                {further.map(|further| view! { <p class="muted above-2">{further}</p> })}
            </section>
        }
    })
}

/// Whoever would be added.
#[component]
pub fn AddedTable(people: Vec<AddedLine>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let further = further(people.len());
        let rows = people.into_iter().take(MOST_SHOWN).map(|AddedLine { row, name, email, about, answers, more }| {
            let more = more.into_iter().map(|line| view! { <small>{line}</small> }).collect_view();
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader">{name}<small>{email}</small></th>
                    <td role="cell">{about}</td>
                    <td role="cell" class="roomy">{answers}{more}</td>
                    <td role="cell" class="nowrap">{format!("Row {row}")}</td>
                </tr>
            }
        });
        view! {
            <section class="card" aria-labelledby="added">
                <div class="card__head"><h2 id="added">"Would be added"</h2></div>
                <Listing
                    caption="Whoever would be added"
                    frame="Would be added, table"
                    headings=["Name", "Role and authority", "Answers for the forming of groups", "Row"].map(Heading::of)
                >
                    {rows.collect_view()}
                </Listing>
                {further.map(|further| view! { <p class="muted above-2">{further}</p> })}
            </section>
        }
    })
}

/// Whoever was added or changed.
#[component]
pub fn TakenTable(people: Vec<TakenLine>) -> impl IntoView {
    let further = further(people.len());
    let rows = people.into_iter().take(MOST_SHOWN).map(|TakenLine { code, name, standing, is_added }| {
        let (tone, words) = if is_added { (Tone::Good, "Added") } else { (Tone::Info, "Changed") };
        let joined = (standing != Standing::NotInvited).then(|| standing.name());
        view! {
            <li class="item item--row">
                <div class="item__body"><a class="item__title" href=paths::person(&code)>{name}</a><p class="item__meta">{joined}</p></div>
                <Badge tone>{words}</Badge>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="people">
            <div class="card__head"><h2 id="people">"People"</h2></div>
            <ul class="list">{rows.collect_view()}</ul>
            {further.map(|further| view! { <p class="muted above-2">{further}</p> })}
        </section>
    }
}
