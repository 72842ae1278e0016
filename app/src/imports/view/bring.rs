//! Bringing a file, and what may stand in it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::{Permission, holders_in_words, page_day};
use crate::imports::answers::{ImportLine, OwnImports};
use crate::imports::api::{BringPeople, own_imports_of};
use crate::imports::columns::Column;
use crate::imports::jobs::KEPT_FOR;
use crate::paths;
use crate::ui::{Audience, FileField, Heading, Icon, Listing, PageHead, PostForm, clock_time, day_and_month, load, or};

/// The endings and kinds that browsers offer. What a file is follows from what is in it.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Brings a file, and says which columns are understood.
#[component]
pub fn BringPage() -> impl IntoView {
    load(own_imports_of(), |OwnImports { imports }| {
        view! {
            <PageHead
                title="Import people from a spreadsheet"
                up=(paths::PEOPLE.to_owned(), "People".to_owned())
                about="Practitioners and supervisors, with what they have answered elsewhere. You see what each row would do before anything is saved, and you can undo the import for a day. All times are UK time."
                times=page_day()
            >
                <ImportAudience />
            </PageHead>
            {(!imports.is_empty()).then(|| view! { <Own imports /> })}
            <section class="card" aria-labelledby="bring">
                <div class="card__head"><h2 id="bring">"Choose a file"</h2></div>
                <PostForm action=BringPeople::PATH with_file=true>
                    <FileField
                        name="file"
                        label="Excel workbook (.xlsx) or CSV"
                        hint="Up to 2 MB and 2,000 rows. The headings are those below, in any order; of a workbook the first sheet is read."
                        accept=ACCEPTED
                    />
                    <div class="form-foot"><button class="btn" type="submit">"Read the file"</button></div>
                </PostForm>
                <p class="above-3 links"><a href=paths::IMPORT_TEMPLATE download><Icon name="download" />"Download a template (CSV)"</a></p>
            </section>
            <Columns />
        }
    })
}

/// Who sees what is brought.
#[component]
pub fn ImportAudience() -> impl IntoView {
    let people = holders_in_words(Permission::ManagePeople);
    let answers = holders_in_words(Permission::ManageMatching);
    let sentence = format!(
        "you alone, until you import it. Then the Centre’s {people} see the people, and {answers} their answers and until when they are cleared."
    );
    view! { <Audience tier=4 sentence /> }
}

/// "Thursday 22 October at 10:00".
pub fn moment(at: DateTime<Utc>) -> String {
    let at = ::series::local(at);
    format!("{} at {}", day_and_month(at.date()), clock_time(at.time()))
}

/// What one has brought within a day.
#[component]
fn Own(imports: Vec<ImportLine>) -> impl IntoView {
    let items = imports.into_iter().map(|ImportLine { code, brought_at, taken_at }| {
        let words = format!("Read on {}", moment(brought_at));
        let until = moment(taken_at.unwrap_or(brought_at) + KEPT_FOR);
        let state = if taken_at.is_some() {
            format!("Imported. You can undo it until {until}.")
        } else {
            format!("Not imported yet. It is forgotten on {until}.")
        };
        view! {
            <li class="item item--row">
                <div class="item__body"><a class="item__title" href=paths::import(&code)>{words}</a><p class="item__meta">{state}</p></div>
            </li>
        }
    });
    view! {
        <section class="card below-5" aria-labelledby="own">
            <div class="card__head"><h2 id="own">"Your imports"</h2></div>
            <ul class="list">{items.collect_view()}</ul>
        </section>
    }
}

/// Every column that is understood.
#[component]
fn Columns() -> impl IntoView {
    let rows = Column::ALL.into_iter().map(|column| {
        let words: Vec<String> = column.vocabulary().choices().iter().map(|choice| format!("“{}”", choice.name)).collect();
        let words = match words.len() {
            0 => ().into_any(),
            1..=6 => view! { <p>{format!("{}.", or(&words))}</p> }.into_any(),
            _ => view! { <details><summary>"The words for it"</summary><p>{format!("{}.", or(&words))}</p></details> }.into_any(),
        };
        let example = column.example();
        let example_head = (!example.is_empty()).then_some("For example");
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{column.heading()}</th>
                <td role="cell" class="roomy"><p>{column.about()}</p>{words}</td>
                <td role="cell" class="roomy" data-head=example_head>{example}</td>
            </tr>
        }
    });
    view! {
        <section class="card above-5" aria-labelledby="columns">
            <div class="card__head"><h2 id="columns">"The columns that are understood"</h2></div>
            <p class="below-3">
                "Only the first name, the family name and the email are needed. An empty cell changes nothing, and a role is given and never taken. Answers by which groups are formed are imported for whoever has given none here: nobody’s own answers are changed by a file. Until when a supervisor is cleared is written down as the file says, also of whoever is here already; undoing the import sets each date back."
            </p>
            <Listing
                caption="The columns that are understood"
                frame="Columns, table"
                headings=["Heading", "What it may hold", "For example"].map(Heading::of)
            >
                {rows.collect_view()}
            </Listing>
        </section>
    }
}
