//! The board of a round: its figures, what was changed by hand, who has no place, and the groups.

use std::path::Path;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::aside::Aside;
use super::group::Group;
use super::not_placed::NotPlacedList;
use crate::account::has_letter_keys;
use crate::matching::answers::{Again, ByHand, Figures, RoundOf, Since};
use crate::matching::api::{MovePerson, TakeBackMove};
use crate::matching::forms::{Shown, Whither};
use crate::matching::hands::BoardHands;
use crate::matching::model::Stay;
use crate::paths;
use crate::ui::{Banner, Hidden, Icon, PostForm, Tone, figure, signed};

/// What is proposed, as it is now.
#[component]
pub fn Board(round: RoundOf) -> impl IntoView {
    let RoundOf { line, record, figures, groups, not_placed, by_hand, about_group, about_person, .. } = round;
    let Some(figures) = figures else { return ().into_any() };
    let shown = Shown { number: line.number, seen: by_hand.seen };
    let chosen_group = about_group.as_ref().map(|group| group.number);
    let chosen_person = about_person.as_ref().map(|about| about.person.code.clone()).unwrap_or_default();
    let heading = format!("Groups: {}", groups.len());
    let cards = groups
        .into_iter()
        .map(|group| {
            let is_chosen = chosen_group == Some(group.number);
            view! { <li><Group round=line.number group is_chosen chosen=chosen_person.clone() /></li> }
        })
        .collect_view();
    view! {
        <TheFigures figures asking=line.asking bound=record.bound score_change=by_hand.score_change />
        {(record.bound.is_some() && record.bound_leaves_out).then(|| view! { <BoundLeavesOut /> })}
        {record.levelled.map(|levelled| view! { <p class="small below-4">{levelled.in_words()}</p> })}
        <ByHandBar by_hand shown />
        <BoardHands has_letters=has_letter_keys() engine=engine_address() round=line.number seen=shown.seen>
        <div class="match">
            <NotPlacedList round=line.number not_placed />
            <section class="match__groups" aria-labelledby="groups">
                <div class="row row--between gap-2">
                    <h2 id="groups">{heading}</h2>
                    <TheKey />
                </div>
                <HowToMove />
                <p class="small muted below-3">"The weakest first. Fit is the share of the times and supervisors asked for that a group gives, 0 to 100, with what is not as it should be counted as not given. This is a proposal: it helps you decide, and decides nothing."</p>
                <ul class="plain match__cards">
                    {cards}
                    <li class="match__new" data-whither=Whither::New.key() data-name="A new group"><p class="gcard"><b>"A new group"</b><span class="small muted">"With others who have no place. You see who and when before it is made."</span></p></li>
                </ul>
            </section>
            <Aside shown about_group about_person />
        </div>
        <PostForm action=MovePerson::PATH class="move-by-hand">
            <Hidden name="number" value=shown.number.to_string() />
            <Hidden name="seen" value=shown.seen.to_string() />
            <Hidden name="person" value="" />
            <Hidden name="to" value="" />
        </PostForm>
        </BoardHands>
    }
    .into_any()
}

/// Where the engine stands with what else was built for browsers; nothing where it was not built, which `cargo leptos watch` does not do: people are
/// then moved by the forms beside the board.
fn engine_address() -> String {
    const ENGINE: &str = "matching.js";

    let Some(options) = use_context::<LeptosOptions>() else { return String::new() };
    let folder: &str = &options.site_pkg_dir;
    // Only what is watched has no version in its address.
    let is_built = folder.contains('/') || Path::new(&*options.site_root).join(folder).join(ENGINE).is_file();
    if is_built { format!("/{folder}/{ENGINE}") } else { String::new() }
}

/// How people are moved by hand, where scripts run.
#[component]
fn HowToMove() -> impl IntoView {
    let by_key = has_letter_keys().then(|| view! { <span class="for-keys">" By key: M on a name, then the arrows and Enter."</span> });
    view! { <p class="small muted with-hands below-2">"Drag a person to another group or to the list; while they are in your hand, each place says what it would do."{by_key}</p> }
}

#[component]
fn TheFigures(figures: Figures, asking: i64, bound: Option<i64>, score_change: i64) -> impl IntoView {
    let Figures { placed, groups, supervisors, preferred, staying, had_one, weakest, score, broken } = figures;
    let leading = if supervisors == 1 { "with one supervisor".to_owned() } else { format!("with {supervisors} supervisors") };
    let weakest = weakest.map_or_else(
        || ("–".to_owned(), String::new()),
        |(number, fit)| match fit {
            Some(fit) => (fit.to_string(), format!("fit, Group {}", number + 1)),
            None => ("–".to_owned(), format!("Group {}, where nobody asked for a time or a supervisor", number + 1)),
        },
    );
    let had_one = if had_one == 0 { "nobody had one".to_owned() } else { format!("of {had_one} who had one") };
    let bound = bound.map_or_else(|| "no bound is proven yet".to_owned(), |bound| format!("of {} at most", figure(bound)));
    let tiles = [
        ("Placed", placed.to_string(), format!("of {asking} people"), String::new()),
        ("Groups", groups.to_string(), leading, broken_in_words(broken)),
        ("At a preferred time", preferred.to_string(), format!("of {placed}"), String::new()),
        ("Stay with their supervisor", staying.to_string(), had_one, String::new()),
        ("Weakest group", weakest.0, weakest.1, String::new()),
        (
            "Score",
            figure(score),
            bound,
            if score_change == 0 { String::new() } else { format!("{} since the proposal", signed(score_change)) },
        ),
    ];
    let tiles = tiles.map(|(name, value, of, more)| {
        view! {
            <div class="kpi">
                <dt>{name}</dt>
                <dd class="kpi__n">{value}" "<small>{of}</small></dd>
                {(!more.is_empty()).then(|| view! { <dd class="kpi__d">{more}</dd> })}
            </div>
        }
    });
    view! { <dl class="kpis kpis--tight">{tiles.into_iter().collect_view()}</dl> }
}

/// What the bound does not reckon with, where it makes a difference.
#[component]
fn BoundLeavesOut() -> impl IntoView {
    view! {
        <p class="small muted below-4">"“At most” leaves out what groups lose where they are not alike or mixed as asked, or leave somebody alone, so even the best groups may score less."</p>
    }
}

fn broken_in_words(broken: usize) -> String {
    match broken {
        0 => String::new(),
        1 => "one rule is broken".to_owned(),
        more => format!("{more} rules are broken"),
    }
}

/// From which round this one was run again, and who would notice.
#[component]
pub fn RunAgainFrom(again: Again) -> impl IntoView {
    let Again { number, name, stay, pins, since } = again;
    let who = since.map(|Since { score_change, had_place, moved, newly_placed, no_longer_placed }| {
        format!(
            "Against the board from which it was run, {} in another group or at another time, {} a place who had none, and {} a place. The score changes by {}.",
            of_all(moved, had_place),
            have(newly_placed),
            lose(no_longer_placed),
            signed(score_change)
        )
    });
    let pinned = match (stay, pins) {
        (Stay::Everybody, _) => "Whoever had a place there was kept in it.".to_owned(),
        (Stay::Pinned, 0) => "Nobody was pinned.".to_owned(),
        (Stay::Pinned, 1) => "One person was pinned and stays.".to_owned(),
        (Stay::Pinned, more) => format!("{more} people were pinned or asked, and stay."),
    };
    view! {
        <div class="below-4">
            <Banner tone=Tone::Info title="This round was run again from a board">
                <p>"It was begun from "<a href=paths::round(number)>{name}</a>". "{pinned}</p>
                {who.map(|who| view! { <p>{who}</p> })}
            </Banner>
        </div>
    }
}

fn of_all(moved: usize, had_place: usize) -> String {
    match moved {
        0 => format!("nobody of the {had_place} who had a place is"),
        1 => format!("one of the {had_place} who had a place is"),
        more => format!("{more} of the {had_place} who had a place are"),
    }
}

fn have(count: usize) -> String {
    match count {
        0 => "nobody has".to_owned(),
        1 => "one has".to_owned(),
        more => format!("{more} have"),
    }
}

fn lose(count: usize) -> String {
    match count {
        0 => "nobody loses".to_owned(),
        1 => "one loses".to_owned(),
        more => format!("{more} lose"),
    }
}

/// What was changed by hand, taking the last change back, and running it all again.
#[component]
fn ByHandBar(by_hand: ByHand, shown: Shown) -> impl IntoView {
    let ByHand { moves, pins, last, run_again_as, .. } = by_hand;
    let moves = if moves == 1 { "1 move by hand".to_owned() } else { format!("{moves} moves by hand") };
    let pins = if pins == 1 { "1 pin".to_owned() } else { format!("{pins} pins") };
    let undo = last.map(|last| {
        view! {
            <PostForm action=TakeBackMove::PATH>
                <Hidden name="change" value=shown.change() />
                <button class="btn btn--ghost btn--sm" type="submit"><Icon name="undo-2" />"Undo"<span class="vh">{format!(": {last}")}</span></button>
            </PostForm>
        }
    });
    let seen = run_again_as.map(|number| {
        view! { <a class="btn btn--ghost btn--sm" href=paths::round(number)>"See it run again"</a> }
    });
    view! {
        <section class="card card--dense row below-4" aria-label="Changed by hand">
            <p class="small grow--more"><b>{format!("{moves}, {pins}.")}</b><span class="muted">" Nobody is told anything. What breaks a rule is taken apart when it is run again."</span></p>
            {undo}
            {seen}
            <a class="btn btn--second btn--sm" href=paths::run_round_again(shown.number)><Icon name="repeat" />"Run again…"</a>
        </section>
    }
}

/// The signs beside the members.
#[component]
fn TheKey() -> impl IntoView {
    view! {
        <ul class="plain row gap-3 tiny muted" aria-label="Signs used">
            <li><b>"L1 to L3"</b>" level"</li>
            <li class="tick"><Icon name="star" />"preferred time"</li>
            <li class="tick"><Icon name="repeat" />"same supervisor"</li>
            <li class="tick"><Icon name="pin" />"pinned"</li>
        </ul>
    }
}
