//! What somebody has been told, as a page.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::api::my_news;
use super::model::{News, NewsAddress, NewsLine, ON_A_PAGE};
use crate::paths;
use crate::ui::{Audience, Badge, Empty, PageHead, Pager, Tone, address_with, clock_time, day, load, query};

/// What one has been told, day by day, the latest first, and where each leads.
#[component]
pub fn NewsPage() -> impl IntoView {
    load(my_news(NewsAddress { page: query("page").unwrap_or_default() }), |news| {
        let News { lines, page, total, today } = news;
        let body = if lines.is_empty() {
            view! {
                <Empty title="Nothing yet">
                    <p>"Whatever we write to you will appear here as well: a session that moves, a place that is yours, a text to agree to."</p>
                </Empty>
            }
            .into_any()
        } else {
            by_day(lines).into_iter().map(|(date, lines)| view! { <Day date today lines /> }).collect_view().into_any()
        };
        let address = |page: i64| address_with(paths::NEWS, &[("page", &page.to_string())]);
        view! {
            <PageHead
                title="News"
                about="What we wrote to you in the past 90 days, whether or not the email has reached you, without the links by which one signs in. All times are UK time."
                times=today
            >
                <Audience tier=1 sentence="only you." />
            </PageHead>
            {body}
            <Pager what="News" page per_page=ON_A_PAGE total address />
        }
    })
}

/// The lines in the days to which they belong, in their order.
fn by_day(lines: Vec<NewsLine>) -> Vec<(NaiveDate, Vec<NewsLine>)> {
    let mut days: Vec<(NaiveDate, Vec<NewsLine>)> = Vec::new();
    for line in lines {
        let date = line.at.date();
        match days.last_mut().filter(|(day, _)| *day == date) {
            Some((_, lines)) => lines.push(line),
            None => days.push((date, vec![line])),
        }
    }
    days
}

/// The news of a day.
#[component]
fn Day(date: NaiveDate, today: NaiveDate, lines: Vec<NewsLine>) -> impl IntoView {
    let id = format!("day-{date}");
    let heading = match day(date, today).as_str() {
        "today" => "Today".to_owned(),
        "yesterday" => "Yesterday".to_owned(),
        other => other.to_owned(),
    };
    view! {
        <section class="card below-4" aria-labelledby=id.clone()>
            <div class="card__head"><h2 id=id.clone()>{heading}</h2></div>
            <ul class="list">{lines.into_iter().map(item).collect_view()}</ul>
        </section>
    }
}

fn item(line: NewsLine) -> impl IntoView {
    let NewsLine { subject, at, leads_to, is_new, is_lost } = line;
    let title = match leads_to {
        Some(path) => view! { <a class="item__title" href=path>{subject}</a> }.into_any(),
        None => view! { <p class="item__title">{subject}</p> }.into_any(),
    };
    let time = clock_time(at.time());
    let lost = is_lost.then_some(". The email could not be delivered.");
    view! {
        <li class="item">
            <div class="item__body">
                {title}
                <p class="item__meta"><time datetime=at.format("%Y-%m-%dT%H:%M").to_string()>{time}</time>{lost}</p>
            </div>
            {is_new.then(|| view! { <p class="item__side"><Badge tone=Tone::Info>"New"</Badge></p> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_stand_under_their_days_in_their_order() {
        let line = |at: &str| NewsLine { subject: at.to_owned(), at: at.parse().unwrap(), leads_to: None, is_new: false, is_lost: false };
        let days = by_day(["2026-10-22T09:00:00", "2026-10-21T18:00:00", "2026-10-21T08:00:00"].map(line).into());
        let shown: Vec<(String, usize)> = days.iter().map(|(date, lines)| (date.to_string(), lines.len())).collect();
        assert_eq!(shown, [("2026-10-22".to_owned(), 1), ("2026-10-21".to_owned(), 2)]);
    }
}
