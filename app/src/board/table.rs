//! The week as a table: a line for each supervisor, a column for each day. On a narrow screen the same lines stand as a list.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use leptos::prelude::*;

use super::model::{Board, BoardLine, BoardSession};
use crate::calendar::closed_on;
use crate::paths;
use crate::sessions::{Back, SessionState};
use crate::ui::{Badge, Icon, Tone, day_and_month, hours_and_minutes};

/// The lines. Six hundred sessions stand here at once, so each is one link with its words and nothing else.
#[component]
pub fn BoardTable(
    /// The week.
    board: Board,
    /// Whether the reader chooses who leads a session, and so moves it from line to line.
    changes_leader: bool,
) -> impl IntoView {
    let today = ::series::local(board.now).date();
    let has_weekend = board.lines.iter().flat_map(|line| &line.sessions).any(|session| is_weekend(session.date()));
    let back = Back::of_this_page();
    let days: Vec<NaiveDate> = board.days.each().filter(|date| has_weekend || !is_weekend(*date)).collect();
    let heads = days.iter().map(|date| head(*date, today, closed_on(&board.closures, *date))).collect_view();
    let lines = board.lines.iter().map(|line| row(line, &days, (board.now, back.as_ref()))).collect_view();
    view! {
        // A week gives way to the next as a whole, which is quicker than session by session.
        <table
            class="board"
            id=format!("week-{}", board.days.first())
            class:board--seven=has_weekend
            role="table"
            data-changes-leader=changes_leader.then_some("")
            data-back=back.as_ref().map(Back::in_query)
        >
            <caption class="vh">{format!("Who leads what, {}", board.days.in_words())}</caption>
            <thead role="rowgroup">
                <tr role="row"><th role="columnheader" scope="col">"Supervisor"</th>{heads}</tr>
            </thead>
            <tbody role="rowgroup">{lines}</tbody>
        </table>
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn head(date: NaiveDate, today: NaiveDate, closed: Vec<String>) -> impl IntoView {
    let is_today = date == today;
    let notes = closed.into_iter().map(|words| view! { <small>{words}</small> }).collect_view();
    view! {
        <th role="columnheader" scope="col" data-date=date.to_string() class:is-today=is_today aria-current=is_today.then_some("date")>
            <span class="vh">{day_and_month(date)}</span>
            <span aria-hidden="true">{date.format("%a").to_string()}" "<b>{date.day()}</b></span>
            {notes}
        </th>
    }
}

fn row(line: &BoardLine, days: &[NaiveDate], (now, back): (DateTime<Utc>, Option<&Back>)) -> impl IntoView + use<> {
    let clashes = line.clashes(now);
    let cells = days.iter().map(|date| cell(line, *date, &clashes, (now, back))).collect_view();
    let load = match line.load_minutes {
        0 => "Nothing planned".to_owned(),
        minutes if line.is_over() => format!("{}, above {}", hours_and_minutes(minutes), hours_and_minutes(line.full_minutes)),
        minutes => hours_and_minutes(minutes),
    };
    let over = line.is_over().then(|| view! { <Badge tone=Tone::Warn><Icon name="triangle-alert" />"Full"</Badge> });
    let gone = (!line.is_supervisor).then(|| view! { <Badge tone=Tone::Bad><Icon name="circle-alert" />"Supervisor no more"</Badge> });
    view! {
        <tr role="row" data-leader=line.supervisor.code.clone() data-gone=(!line.is_supervisor).then_some("")>
            <th role="rowheader" scope="row">{line.supervisor.short.clone()}<small>{load}</small>{over}{gone}</th>
            {cells}
        </tr>
    }
}

fn cell(line: &BoardLine, date: NaiveDate, clashes: &HashSet<&str>, (now, back): (DateTime<Utc>, Option<&Back>)) -> impl IntoView + use<> {
    let sessions = line.sessions.iter().filter(|session| session.date() == date);
    let links = sessions.map(|session| link(session, clashes.contains(session.code.as_str()), (now, back))).collect_view();
    view! { <td role="cell" data-date=date.format("%a %-d").to_string()>{links}</td> }
}

/// "10:00 Aire group", and below it what kind it is, unless the name says so, and how far it has come. What is heard begins with
/// what is seen, and is an attribute: hidden elements beside the words would double the time that six hundred of them take. It says that it leads
/// away from the board, to which whoever changes the session comes back.
fn link(session: &BoardSession, is_clash: bool, (now, back): (DateTime<Utc>, Option<&Back>)) -> impl IntoView + use<> {
    let remarks = session.remarks(now, is_clash).join(" · ");
    let heard = session.spoken(now, is_clash);
    let class = match (session.course.state(now), is_clash) {
        (_, true) => "bev bev--clash",
        (SessionState::Open, false) => "bev bev--live",
        (SessionState::Cancelled, false) => "bev bev--cancelled",
        (SessionState::Done | SessionState::NotMarked, false) => "bev bev--past",
        (SessionState::Planned, false) if session.covered_for(now).is_some() => "bev bev--cover",
        (SessionState::Planned, false) => "bev",
    };
    let moves = session.moves(now);
    let (from, to) = moves.unzip();
    let address = paths::session(&session.code);
    let address = back.map_or_else(|| address.clone(), |back| back.beside(&address));
    view! {
        <a
            class=class
            id=from.is_some().then(|| format!("s-{}", session.code))
            data-kind=session.kind.colour()
            data-moves=from.is_some().then(|| paths::change_session(&session.code))
            data-from=from
            data-to=to
            aria-label=heard
            href=address
        >
            {session.words()}
            {(!remarks.is_empty()).then(|| view! { " "<small>{remarks}</small> })}
        </a>
    }
}
