//! What the answer of a round follows from, to be looked at and taken along.

use leptos::prelude::*;

use super::beside::what_in_words;
use crate::matching::answers::{ChangeLine, RoundOf};
use crate::matching::model::RoundState;
use crate::paths;
use crate::sessions::HostRole;
use crate::ui::{Badge, Icon, and, clock_time, day_month_year, signed};

/// Who asked what and when, with what rules, and the files.
#[component]
pub fn Record(round: RoundOf) -> impl IntoView {
    let RoundOf { line, meets_every, record, by_hand, .. } = round;
    let changes = by_hand.changes;
    let lines = [
        ("Started by", record.started_by.short),
        ("Started", moment(line.started_at)),
        ("Over", record.finished_at.map_or_else(|| "Not yet".to_owned(), moment)),
        ("Steps", format!("{} of {}", record.steps_done, record.steps)),
        ("Seed", record.seed.to_string()),
        ("Groups meet", meets_every.name().to_owned()),
        ("Pairs kept apart", record.conflicts.to_string()),
        ("Beside the supervisor", beside_in_words(&record.beside)),
        (
            "Weakest group first",
            match (record.weakest_first, record.levelled, line.state) {
                (true, None, RoundState::Done) => "Asked for, and not tried: this round is too large for it",
                (true, ..) => "Yes",
                (false, ..) => "No",
            }
            .to_owned(),
        ),
    ];
    let lines = lines.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    let rules = match record.rules_off {
        0 => "Rules and weights".to_owned(),
        1 => "Rules and weights: one rule is turned off".to_owned(),
        more => format!("Rules and weights: {more} rules are turned off"),
    };
    let proposal = record.finished_at.filter(|_| record.score.is_some()).map(|_| {
        view! { <a href=paths::round_proposal(line.number) download><Icon name="download" />"The proposal (JSON)"</a> }
    });
    let begun = record.again.map(|_| {
        view! { <a href=paths::round_begun(line.number) download><Icon name="download" />"From what it was begun (JSON)"</a> }
    });
    view! {
        <section class="card" aria-labelledby="record">
            <div class="card__head"><h2 id="record">"Record"</h2></div>
            <dl class="summary">{lines}</dl>
            {(!changes.is_empty()).then(|| view! { <Changes changes /> })}
            <p class="above-3"><a href=paths::round_rules(line.number)>{rules}</a></p>
            <p class="row gap-4 small links above-4">
                <a href=paths::round_instance(line.number) download><Icon name="download" />"What was asked (JSON)"</a>
                {begun}
                {proposal}
            </p>
            <p class="small muted above-2">"Line management, a missing clearance, people who are kept apart and a suspension cannot be overridden. The same file, seed and steps give the same groups to the byte."</p>
        </section>
    }
}

/// "A co-supervisor and an observer where one can be found".
fn beside_in_words(roles: &[HostRole]) -> String {
    let roles: Vec<String> = roles.iter().map(|role| what_in_words(*role).to_owned()).collect();
    if roles.is_empty() { "Nobody".to_owned() } else { format!("Where one can be found: {}", and(&roles)) }
}

fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    let at = ::series::local(at);
    format!("{} at {}", day_month_year(at.date()), clock_time(at.time()))
}

/// What coordinators have changed by hand, the last change first; what was taken back stays.
#[component]
fn Changes(changes: Vec<ChangeLine>) -> impl IntoView {
    let title = if changes.len() == 1 { "One change by hand".to_owned() } else { format!("{} changes by hand", changes.len()) };
    let lines = changes.into_iter().map(change_item).collect_view();
    view! { <details class="above-3" open><summary>{title}</summary><ul class="list above-2">{lines}</ul></details> }
}

fn change_item(line: ChangeLine) -> impl IntoView {
    let ChangeLine { sentence, reason, by, at, score_change, is_taken_back } = line;
    let score = score_change.map(|points| format!(" {} points.", signed(points))).unwrap_or_default();
    let meta = format!("{}, {}.{score}", by.short, moment(at));
    let reason = (!reason.is_empty()).then(|| view! { <p class="small">"Against a rule, because: "{reason}</p> });
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p class:struck=is_taken_back>{sentence}</p>
                <p class="item__meta">{meta}</p>
                {reason}
            </div>
            {is_taken_back.then(|| view! { <Badge>"Taken back"</Badge> })}
        </li>
    }
}
