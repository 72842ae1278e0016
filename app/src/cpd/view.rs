//! The page of one's own log, and the note beside an entry.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Log, LogEntry};
use super::api::{KeepLogNote, log_entry_of, my_log};
use super::forms::{EntryAddress, LogAddress};
use super::model::{BACP_MONTH, Body, EntryKind};
use crate::hours::{COUNTED_ONCE, Stretch};
use crate::paths;
use crate::ui::{
    Audience, Badge, Empty, Hidden, Icon, PageHead, PostForm, TextArea, Tone, address_with, capital, day_month_year, full_stop,
    hours_and_minutes, load, month_and_year, param, query,
};

/// What one has done for one's continuing professional development.
#[component]
pub fn LogPage() -> impl IntoView {
    let address = LogAddress { period: query("period").unwrap_or_default(), body: query("body").unwrap_or_default() };
    load(my_log(address), |log| view! { <OwnLog log /> })
}

#[component]
fn OwnLog(log: Log) -> impl IntoView {
    let (stretch, body, days) = (log.stretch, log.body, log.days);
    let actions =
        view! { <a class="btn btn--second" href=paths::MY_CERTIFICATES><Icon name="file-check" />"My certificates"</a> }.into_any();
    let content = if log.entries.is_empty() {
        view! {
            <Empty title="Nothing in this time yet">
                <p>"Sessions appear here once their attendance is finished, learning pages as soon as you finish them, and what you keep as read in the "<a href=paths::LIBRARY>"library"</a>"."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Entries log /> }.into_any()
    };
    view! {
        <PageHead title="My CPD log" up=(paths::LEARNING.to_owned(), "Learning".to_owned())
            about="Supervision, learning pages and reading in one list, for your own records and for revalidation." actions>
            <Audience tier=1 sentence="only you, and whoever you give the file to. Your notes are in the CSV file and not in the PDF." />
        </PageHead>
        <Stretches stretch body />
        <h2 class="above-4 below-3">{stretch.words(days)}</h2>
        {content}
    }
}

/// For which time, and how it is counted.
#[component]
fn Stretches(stretch: Stretch, body: Body) -> impl IntoView {
    let address = |stretch: Stretch, body: Body| {
        let period = if stretch == Stretch::Registration { "" } else { stretch.key() };
        address_with(paths::CPD_LOG, &[("period", period), ("body", body.key())])
    };
    let times = Stretch::ALL
        .into_iter()
        .map(|to| {
            let name = match to {
                Stretch::Registration => "Registration period",
                Stretch::Month => "This month",
                Stretch::Everything => "Everything",
            };
            view! { <a href=address(to, body) aria-current=(to == stretch).then_some("page")>{name}</a> }
        })
        .collect_view();
    let bodies = [(Body::AsItWas, "As it was"), (Body::Bacp, "As the BACP counts")]
        .into_iter()
        .map(|(to, name)| view! { <a href=address(stretch, to) aria-current=(to == body).then_some("true")>{name}</a> })
        .collect_view();
    view! {
        <div class="row gap-4">
            <nav class="seg" aria-label="For which time">{times}</nav>
            <nav class="seg" aria-label="How supervision counts">{bodies}</nav>
        </div>
    }
}

#[component]
fn Entries(log: Log) -> impl IntoView {
    let query = {
        let period = if log.stretch == Stretch::Registration { "" } else { log.stretch.key() };
        [("period", period), ("body", log.body.key())]
    };
    let totals = log
        .totals()
        .into_iter()
        .map(|(kind, minutes)| view! { <div><dt>{kind.name()}</dt><dd>{hours_and_minutes(minutes)}</dd></div> })
        .collect::<Vec<_>>();
    let total = hours_and_minutes(log.total());
    let months = (log.body == Body::Bacp).then(|| log.counted_by_month());
    // A phone has the totals below all the entries.
    let count = if log.entries.len() == 1 { format!("1 entry, {total}") } else { format!("{} entries, {total}", log.entries.len()) };
    let items = log.entries.into_iter().map(entry_item).collect_view();
    view! {
        <div class="split">
            <section class="card" aria-labelledby="entries">
                <div class="card__head"><h2 id="entries">"Entries"</h2><span class="small muted">{count}</span></div>
                <ul class="list">{items}</ul>
            </section>
            <div>
                <section class="card" aria-labelledby="totals">
                    <div class="card__head"><h2 id="totals">"Totals"</h2></div>
                    <dl class="summary">{totals}<div><dt>"Together"</dt><dd>{total}</dd></div></dl>
                    <p class="small muted above-3">{COUNTED_ONCE}</p>
                </section>
                {months.map(|months| view! { <Months months /> })}
            </div>
        </div>
        <p class="row gap-4 small links above-4 no-print">
            <a href=address_with("/me/log.pdf", &query) download><Icon name="download" />"Download as PDF"</a>
            <a href=address_with("/me/log.csv", &query) download><Icon name="download" />"Download as CSV"</a>
        </p>
    }
}

/// What the BACP counts in each month.
#[component]
fn Months(months: Vec<(chrono::NaiveDate, i64)>) -> impl IntoView {
    let rows = months
        .into_iter()
        .map(|(month, minutes)| {
            let is_short = minutes < BACP_MONTH;
            view! {
                <div>
                    <dt>{month_and_year(month)}</dt>
                    <dd>{capital(&hours_and_minutes(minutes))}{is_short.then(|| view! { " "<Badge tone=Tone::Warn>"Below 1½ hours"</Badge> })}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="months">
            <div class="card__head"><h2 id="months">"As the BACP counts"</h2></div>
            <p class="small muted below-2">"All of a session alone, half of it with two to four supervisees, a share with five or more: whoever was marked at the session is counted. At least 1½ hours in every month, not on average. Groups elsewhere are left out, since it is not known how many were in them. Check with the BACP what holds for you."</p>
            <dl class="summary">{rows}</dl>
        </section>
    }
}

fn entry_item(entry: LogEntry) -> impl IntoView {
    let LogEntry { key, path, kind, on, title, with, minutes, elsewhere, counted, note, .. } = entry;
    let with = match (with.is_empty(), kind) {
        (true, _) => String::new(),
        (false, EntryKind::Event) => format!(" With {}", full_stop(&with)),
        (false, _) => format!(" {}", full_stop(&with)),
    };
    let counts = counted.map(|minutes| format!(" Counts for {}.", hours_and_minutes(minutes))).unwrap_or_default();
    let once = if elsewhere > 0 {
        format!(" {} more went by at something else that counts.", hours_and_minutes(elsewhere))
    } else {
        String::new()
    };
    let meta = format!("{}, {}.{with}{counts}{once}", kind.name(), hours_and_minutes(minutes));
    let words = if note.is_empty() { "Add a note" } else { "Change the note" };
    let tone = if matches!(kind, EntryKind::Session | EntryKind::Learning | EntryKind::Event) { Tone::Good } else { Tone::Plain };
    view! {
        <li class="item">
            <p class="datebox">
                <span>{on.format("%a").to_string()}</span>" "<b>{on.format("%-d").to_string()}</b>" "<span>{on.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=path>{title.clone()}</a>
                <p class="item__meta">{meta}</p>
                {(!note.is_empty()).then(|| view! { <p class="small">{note}</p> })}
                <p class="small no-print"><a href=paths::log_note(&key)>{words}<span class="vh">{format!(": {title}, {}", day_month_year(on))}</span></a></p>
            </div>
            <p class="item__side"><Badge tone>{kind.says()}</Badge></p>
        </li>
    }
}

/// What one notes beside an entry.
#[component]
pub fn LogNotePage() -> impl IntoView {
    load(log_entry_of(EntryAddress { entry: param("entry") }), |entry| {
        let LogEntry { key, kind, on, title, note, note_version, .. } = entry;
        view! {
            <PageHead title="My note" up=(paths::CPD_LOG.to_owned(), "My CPD log".to_owned())
                about=format!("{}: {title}, {}", kind.name(), day_month_year(on))>
                <Audience tier=1 sentence="only you. No role at the Centre opens it." />
            </PageHead>
            <PostForm action=KeepLogNote::PATH changes=Some(note_version) class="prose above-4">
                <Hidden name="entry" value=key.clone() />
                <TextArea name="words" label="What do you take from it?" rows=8 value=note.clone()
                    hint="About you and your practice. Nothing by which a family could be recognised. Leave it empty to remove the note." />
                <div class="form-foot"><button class="btn" type="submit">"Keep my note"</button></div>
            </PostForm>
        }
    })
}
