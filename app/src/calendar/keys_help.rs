//! The keys of a grid of days, and the page of help about them that `?` opens.

use leptos::prelude::*;

use super::island::CalendarKeys;
use super::place::Place;
use super::view::may_plan;
use super::views::CalendarView;
use crate::account::has_letter_keys;
use crate::paths;

/// The grid, brought to life by its keys; and what they are, in a dialog that is there only where the keys are.
#[component]
pub fn KeysHelp(
    /// The page.
    place: Place,
    children: Children,
) -> impl IntoView {
    let has_letters = has_letter_keys();
    let rows = keys_of(place.view).into_iter().map(|(keys, effect)| row(keys, effect)).collect_view();
    let plans = may_plan() && place.view != CalendarView::Month;
    let letters = letters_of(has_letters, plans, place.view);
    let rows = (rows, plans.then(|| row(&["Enter"], "On a day without sessions: plan one")));
    view! {
        <CalendarKeys leads=place.keys() has_letters>
            {children()}
            <p class="cal__keys small only-wide for-keys"><button type="button" class="linkbtn" data-shows-keys hidden>"Keyboard shortcuts"</button></p>
            <dialog class="dialog" aria-labelledby="keys-title">
                <h2 id="keys-title" tabindex="-1" autofocus>"Keyboard shortcuts"</h2>
                <p class="small muted below-2">"They work while a day or a session has the focus."</p>
                <dl class="keys">{rows}{letters}</dl>
                <form method="dialog" class="dialog__foot"><button class="btn btn--second">"Close"</button></form>
            </dialog>
        </CalendarKeys>
    }
}

/// Keys, and what they do.
type Line = (&'static [&'static str], &'static str);

/// The keys of a view with what each does.
fn keys_of(view: CalendarView) -> Vec<Line> {
    const BY_WEEK: &[Line] = &[
        (&["↑", "↓"], "The week before, the week after"),
        (&["F2"], "Into the sessions of the day; ↑ and ↓ go between them and back to the day"),
        (&["Page Up", "Page Down"], "The month before, the month after; with Shift the year"),
    ];
    const BY_SESSION: &[Line] = &[
        (&["↑", "↓"], "The session before, the session after"),
        (&["Page Up", "Page Down"], "The week before, the week after; with Shift the month"),
    ];
    const ALWAYS: &[Line] = &[
        (&["Home", "End"], "The first, the last day of the week"),
        (&["Ctrl + Home", "Ctrl + End"], "The first, the last day of the page"),
        (&["Enter"], "Open the session, or the day"),
        (&["Esc"], "To the bar above"),
    ];
    let days: Line = (&["←", "→"], "The day before, the day after");
    let own = if view == CalendarView::Month { BY_WEEK } else { BY_SESSION };
    [days].iter().chain(own).chain(ALWAYS).copied().collect()
}

/// The keys that are letters, or that they are switched off, and where that is changed.
fn letters_of(has_letters: bool, plans: bool, view: CalendarView) -> impl IntoView {
    let moves = match view {
        CalendarView::Month => "Move a session that you plan: arrows by a day or a week, Enter to look at it, Esc to leave it",
        _ => "Move a session that you plan: arrows by a day or half an hour, + and − for its length, Enter to look at it, Esc to leave it",
    };
    let change = view! { <a href=paths::APPEARANCE>"Appearance"</a> };
    if !has_letters {
        return view! { <div><dt>"Letters"</dt><dd>"Switched off on this device, under "{change}"."</dd></div> }.into_any();
    }
    view! {
        {row(&["T"], "Today")}
        <div>
            <dt><kbd>"V"</kbd></dt>
            <dd>"Then "<kbd>"M"</kbd>" month, "<kbd>"W"</kbd>" week, "<kbd>"D"</kbd>" day, "<kbd>"A"</kbd>" agenda"</dd>
        </div>
        {plans.then(|| row(&["N"], "Plan a session on the day, or after the session: arrows and + and − as for moving, Enter to plan it, Esc to leave it"))}
        {row(&["M"], moves)}
        {row(&["?"], "This help")}
        <div><dt>"Letters"</dt><dd>"They can be switched off under "{change}"."</dd></div>
    }
    .into_any()
}

fn row(keys: &[&'static str], effect: &'static str) -> impl IntoView + use<> {
    let keys: Vec<_> = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect();
    view! { <div><dt>{keys}</dt><dd>{effect}</dd></div> }
}
