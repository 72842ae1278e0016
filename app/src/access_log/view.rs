//! The page of who has opened something of one's own.

use std::future::Future;
use std::pin::Pin;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::api::my_access_log;
use super::model::{AccessAddress, AccessLine, AccessLog, Further, LINES_ON_A_PAGE};
use crate::access::page_day;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Audience, Empty, PageHead, Pager, TakeAlong, address_with, clock_time, day_month_year, load, query};

/// What two people have opened together and the reader has been told of, as the room hands it in that knows.
pub type Furthers = fn() -> Pin<Box<dyn Future<Output = Result<Vec<Further>, AppError>> + Send>>;

/// Who has opened something of one's own in the past twelve months, day by day.
#[component]
pub fn AccessPage(
    /// What two people have opened together.
    further: Furthers,
) -> impl IntoView {
    let address = AccessAddress { page: query("page").unwrap_or_default() };
    let read = async move { Ok::<_, AppError>((my_access_log(address).await?, further().await?)) };
    load(read, |(log, further)| {
        let AccessLog { lines, page, total } = log;
        let address = |page: i64| address_with(paths::MY_ACCESS, &[("page", &page.to_string())]);
        let is_empty = lines.is_empty() && further.is_empty();
        let days = by_day(lines).into_iter().map(|(date, lines)| view! { <Day date lines /> }).collect_view();
        view! {
            <PageHead
                title="Who opened your records"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Who has opened a page that is about you alone, in the past 12 months. All times are UK time."
                times=page_day()
            >
                <Audience tier=1 sentence="only you. Whoever opened something is not told that you look here." />
            </PageHead>
            <WhatIsRecorded />
            {(page == 1 && !further.is_empty()).then(|| view! { <Together further /> })}
            {days}
            {is_empty.then(|| view! {
                <Empty title="Nobody has opened anything of yours"><p>"In the past 12 months. Once somebody does, it appears here at once."</p></Empty>
            })}
            <Pager what="Lines" page per_page=LINES_ON_A_PAGE total address />
            {(!is_empty).then(|| view! { <TakeAlong list=paths::MY_ACCESS /> })}
        }
    })
}

/// What stands here and what does not.
#[component]
fn WhatIsRecorded() -> impl IntoView {
    view! {
        <div class="prose small below-4">
            <p>
                "What is recorded: who opens your details, your registration, your place in a matching round, when you can be planned, a monthly statement or a certificate of yours, and an entry of your reflective log that you share, with their role, the day, the first and the last time, and how often."
            </p>
            <p class="above-2">
                "What is not recorded: lists in which you stand among others, such as people, the board, the calendar, the waiting list, a group and its members, a session and who came; and what you write to others in the community, or show to somebody yourself. What two people open together for somebody’s safety stands here once you have been told of it."
            </p>
        </div>
    }
}

/// What two people have opened together.
#[component]
fn Together(further: Vec<Further>) -> impl IntoView {
    let items = further.into_iter().map(|Further { who, what, from, until }| {
        let last_day = if from.date() == until.date() { String::new() } else { format!("{}, ", day_month_year(until.date())) };
        let (begins, ends) = (clock_time(from.time()), clock_time(until.time()));
        let when = format!("{}, {begins}, until {last_day}{ends}. {who}.", day_month_year(from.date()));
        view! { <li class="item"><div class="item__body"><p class="item__title">{what}</p><p class="item__meta">{when}</p></div></li> }
    });
    view! {
        <section class="card below-4" aria-labelledby="together">
            <div class="card__head"><h2 id="together">"Opened by two people together"</h2></div>
            <ul class="list">{items.collect_view()}</ul>
        </section>
    }
}

/// The lines in their days, in their order.
fn by_day(lines: Vec<AccessLine>) -> Vec<(NaiveDate, Vec<AccessLine>)> {
    let mut days: Vec<(NaiveDate, Vec<AccessLine>)> = Vec::new();
    for line in lines {
        let date = line.first.date();
        match days.last_mut().filter(|(day, _)| *day == date) {
            Some((_, lines)) => lines.push(line),
            None => days.push((date, vec![line])),
        }
    }
    days
}

/// What was opened on a day.
#[component]
fn Day(date: NaiveDate, lines: Vec<AccessLine>) -> impl IntoView {
    let id = format!("day-{date}");
    view! {
        <section class="card below-4" aria-labelledby=id.clone()>
            <div class="card__head"><h2 id=id.clone()>{day_month_year(date)}</h2></div>
            <ul class="list">{lines.into_iter().map(item).collect_view()}</ul>
        </section>
    }
}

fn item(line: AccessLine) -> impl IntoView {
    let when = when(&line);
    let who = format!("{} ({})", line.reader, line.role.name().to_lowercase());
    view! {
        <li class="item">
            <div class="item__body">
                <p class="item__title">{line.kind.name()}</p>
                <p class="item__meta">{format!("{who}, {when}")}</p>
            </div>
        </li>
    }
}

/// "at 10:02", "3 times, from 10:02 to 11:40".
fn when(line: &AccessLine) -> String {
    let (first, last) = (clock_time(line.first.time()), clock_time(line.last.time()));
    match line.times {
        1 => format!("at {first}"),
        2 if first == last => format!("twice at {first}"),
        2 => format!("twice, at {first} and {last}"),
        several if first == last => format!("{several} times at {first}"),
        several => format!("{several} times, from {first} to {last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::access_log::RecordKind;

    fn line(first: &str, last: &str, times: i64) -> AccessLine {
        let at = |time: &str| format!("2026-10-22T{time}:00").parse().unwrap();
        AccessLine { reader: "Sian L.".into(), role: Role::Coordinator, kind: RecordKind::Details, first: at(first), last: at(last), times }
    }

    #[test]
    fn how_often_and_when_is_said_in_words() {
        assert_eq!(when(&line("10:02", "10:02", 1)), "at 10:02");
        assert_eq!(when(&line("10:02", "11:40", 2)), "twice, at 10:02 and 11:40");
        assert_eq!(when(&line("10:02", "11:40", 3)), "3 times, from 10:02 to 11:40");
        assert_eq!(when(&line("10:02", "10:02", 3)), "3 times at 10:02");
    }
}
