//! Who would be placed and who waits longest.

use leptos::prelude::*;

use crate::asking::equity::{EquityRow, EquityTable, Figure};
use crate::ui::{Heading, Listing};

/// The equity check, before anybody is asked.
#[component]
pub fn Equity(tables: Vec<EquityTable>) -> impl IntoView {
    if tables.is_empty() {
        return view! { <p class="muted below-4">"Too few people take part for a look at who is placed and who is waiting: small numbers are protected."</p> }.into_any();
    }
    let shown = tables.into_iter().enumerate().map(|(place, table)| view! { <Table table is_open=place == 0 /> }).collect_view();
    view! {
        <section class="card below-5" aria-labelledby="equity">
            <div class="card__head"><h2 id="equity">"Who is placed, and who is waiting"</h2></div>
            <p class="muted">"Look here before you ask. Those first of whom the fewest would have a place. Numbers below five, and those that would give one away, are not shown."</p>
            {shown}
        </section>
    }
    .into_any()
}

/// One way to look at it; the first stands open.
#[component]
fn Table(table: EquityTable, is_open: bool) -> impl IntoView {
    let EquityTable { title, rows } = table;
    let label = format!("{title}, table");
    let rows = rows.into_iter().map(table_row).collect_view();
    let figures = ["Ask", "Placed", "Not placed", "Longest wait"].map(Heading::of_figures);
    let headings: Vec<Heading> = [Heading::of("Who")].into_iter().chain(figures).collect();
    view! {
        <details class="above-3" open=is_open>
            <summary>{title.clone()}</summary>
            <div class="above-2"><Listing caption=title frame=label headings>{rows}</Listing></div>
        </details>
    }
}

fn table_row(row: EquityRow) -> impl IntoView {
    let EquityRow { name, asking, placed, not_placed, longest } = row;
    let days = match longest {
        Figure::Shown(1) => "1 day".to_owned(),
        Figure::Shown(days) => format!("{days} days"),
        Figure::Protected => figure(longest),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{name}</th>
            <td role="cell" class="r" data-head="Ask">{figure(asking)}</td>
            <td role="cell" class="r" data-head="Placed">{figure(placed)}</td>
            <td role="cell" class="r" data-head="Not placed">{figure(not_placed)}</td>
            <td role="cell" class="r" data-head="Longest wait">{days}</td>
        </tr>
    }
}

fn figure(figure: Figure) -> String {
    match figure {
        Figure::Shown(number) => number.to_string(),
        Figure::Protected => "not shown".to_owned(),
    }
}
