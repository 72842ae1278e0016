//! The pages of the board.

use leptos::prelude::*;

use super::api::board_for;
use super::bar::{BoardFilter, WeekBar, address_of};
use super::model::{Board, BoardForm};
use super::table::BoardTable;
use crate::access::{Permission, holders_in_words, may, page_visit};
use crate::account::has_letter_keys;
use crate::calendar::{Days, SessionHands, date_of};
use crate::error::AppError;
use crate::news::KeptUpToDate;
use crate::paths;
use crate::ui::{Audience, Empty, PageHead, Refusal, SentOn, current_path, full_stop, load, param, query};

/// Sends whoever opens the board on to the present week.
#[component]
pub fn BoardTodayPage() -> impl IntoView {
    let Some(visit) = page_visit().ok().filter(|visit| visit.visitor().is_some()) else {
        return view! { <Refusal error=AppError::SignInNeeded /> }.into_any();
    };
    let today = ::series::local(visit.clock().now()).date();
    let form = BoardForm { day: today.to_string(), ..asked() };
    // Whoever may not see the board does not learn that there is one.
    load(board_for(form.clone()), move |_| view! { <SentOn to=address_of(&form, Days::week_of(today).first()) /> }).into_any()
}

/// A week of the board, at the one address that it has.
#[component]
pub fn BoardPage() -> impl IntoView {
    let Some(day) = date_of(&param("day")) else {
        return view! { <Refusal error=AppError::NotFound /> }.into_any();
    };
    let monday = Days::week_of(day).first();
    let form = BoardForm { day: day.to_string(), ..asked() };
    load(board_for(form.clone()), move |board| {
        let address = address_of(&form, monday);
        if address == current_path() { view! { <Week board form /> }.into_any() } else { view! { <SentOn to=address /> }.into_any() }
    })
    .into_any()
}

/// The filter in the page's address.
fn asked() -> BoardForm {
    let word = |name| query(name).unwrap_or_default();
    BoardForm { day: String::new(), region: word("region"), kind: word("kind"), supervisor: word("supervisor") }
}

#[component]
fn Week(board: Board, form: BoardForm) -> impl IntoView {
    let days = board.days;
    let today = ::series::local(board.now).date();
    let audience = format!("the Centre’s {}. Nobody supervised individually is named here.", holders_in_words(Permission::SeeEveryGroup));
    let content = if board.lines.is_empty() {
        view! { <Empty title="No sessions match in this week"><p>"Clear the filter to see every supervisor."</p></Empty> }.into_any()
    } else {
        view! {
            <p class="found">{summary(&board)}</p>
            <Lines board=board.clone() />
        }
        .into_any()
    };
    view! {
        <PageHead title="Board" tab=format!("Board, {}", days.in_words())>
            <Audience tier=4 sentence=audience />
        </PageHead>
        <WeekBar days today form=form.clone() />
        <BoardFilter days is_narrow=form.is_narrow() form supervisors=board.supervisors />
        {content}
        <KeptUpToDate said="The board was brought up to date." />
    }
}

/// The lines; for whoever plans sessions they are moved there by hand, and it is said how.
#[component]
fn Lines(board: Board) -> impl IntoView {
    let may_do = |permission| page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, permission)));
    if !may_do(Permission::PlanSessions) {
        return view! { <BoardTable board changes_leader=false /> }.into_any();
    }
    let (changes_leader, has_letters) = (may_do(Permission::ManageGroups), has_letter_keys());
    view! {
        <SessionHands has_letters>
            <SaysHow changes_leader has_letters />
            <BoardTable board changes_leader />
        </SessionHands>
    }
    .into_any()
}

/// How a session is moved by hand, where it can be.
#[component]
fn SaysHow(changes_leader: bool, has_letters: bool) -> impl IntoView {
    let (to, arrows) = if changes_leader {
        ("another day or another supervisor", "← and → for the day, ↑ and ↓ for the supervisor")
    } else {
        ("another day", "← and → for the day")
    };
    let keys = if has_letters {
        view! {
            "By keys: "<kbd>"M"</kbd>{format!(" while a session has the focus, {arrows}, then ")}<kbd>"Enter"</kbd>" to look at what changes, or "
            <kbd>"Esc"</kbd>" to leave it."
        }
        .into_any()
    } else {
        view! { "Letters as keys are switched off on this device, under "<a href=paths::APPEARANCE>"Appearance"</a>"." }.into_any()
    };
    view! {
        <p class="found only-wide" data-says-how hidden>
            {format!("To move a session, drag it to {to}; with a finger, rest on it first. The page of a session has a form for the same. ")}
            <span class="for-keys">{keys}</span>
        </p>
    }
}

/// "40 supervisors, 38 sessions. Nobody has more sessions than their week holds."
fn summary(board: &Board) -> String {
    let count = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let sessions = board.lines.iter().map(|line| line.sessions.len()).sum();
    let over: Vec<&str> = board.lines.iter().filter(|line| line.is_over()).map(|line| line.supervisor.short.as_str()).collect();
    let load = match over.as_slice() {
        [] => "Nobody has more sessions than their week holds.".to_owned(),
        names => full_stop(&format!("More sessions than their week holds: {}", names.join(", "))),
    };
    format!("{}, {}. {load}", count(board.lines.len(), "supervisor"), count(sessions, "session"))
}
