//! A round: how far it has come, and its board.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::MatchingAudience;
use super::board::{Board, RunAgainFrom};
use super::hours::Hours;
use super::list::StateBadge;
use super::new::InTheWay;
use super::record::Record;
use super::what_ifs::WhatIfs;
use crate::matching::answers::RoundOf;
use crate::matching::api::{StopRound, round_by_number};
use crate::matching::forms::BoardAddress;
use crate::matching::model::RoundState;
use crate::news::KeptUpToDate;
use crate::paths;
use crate::ui::{Banner, Hidden, PageHead, PostForm, Tone, day_month_year, load, param, query};

/// A round with its board.
#[component]
pub fn RoundPage() -> impl IntoView {
    let word = |name| query(name).unwrap_or_default();
    load(round_by_number(BoardAddress { number: param("number"), person: word("person"), group: word("group"), to: word("to") }), |round| {
        let about = format!(
            "{}. Groups would meet {} from {} until {}. All times are UK time.",
            round.line.about,
            round.meets_every.name().to_lowercase(),
            day_month_year(round.starts_on),
            day_month_year(round.ends_on)
        );
        let is_over = round.line.state.is_over();
        let state = round.line.state;
        let is_supposing = round.what_ifs.iter().any(|one| !one.state.is_over());
        view! {
            <PageHead
                title=round.line.name.clone()
                up=(paths::MATCHING.to_owned(), "Matching".to_owned())
                about
                times=round.starts_on
                actions=view! {
                    <StateBadge state />
                    {(state == RoundState::Done).then(|| view! { <a class="btn" href=paths::ask_round(round.line.number)>"Ask the people…"</a> })}
                }.into_any()
            >
                <MatchingAudience />
            </PageHead>
            {round.record.again.clone().map(|again| view! { <RunAgainFrom again /> })}
            {(!is_over).then(|| view! { <UnderWay round=round.clone() /> })}
            {(state == RoundState::Failed).then(|| view! {
                <Banner tone=Tone::Bad title="The engine could not read this round"><p>"Nothing was changed. Start another, and tell us if it happens again."</p></Banner>
            })}
            {(state == RoundState::Done).then(|| view! { <Board round=round.clone() /> })}
            <div class="cols above-5">
                <Record round=round.clone() />
                <div class="stack gap-5">
                    <Hours hours=round.hours most_share=round.most_share />
                    {(state == RoundState::Done).then(|| view! { <WhatIfs round=round.line.number what_ifs=round.what_ifs /> })}
                    <InTheWay looked_at=round.looked_at />
                </div>
            </div>
            {(!is_over || is_supposing).then(|| view! { <KeptUpToDate said="The groups are proposed." /> })}
        }
    })
}

/// How far the engine has come, and stopping it.
#[component]
fn UnderWay(round: RoundOf) -> impl IntoView {
    let RoundOf { line, record, .. } = round;
    let sentence = if line.state == RoundState::Waiting {
        "The engine takes it up in a few seconds.".to_owned()
    } else {
        format!("{} of {} steps. So far {} of {} people have a place.", record.steps_done, record.steps, line.placed, line.asking)
    };
    let part = record.steps_done * 20 / record.steps.max(1) * 5;
    let stop = if record.is_stopping {
        view! { <p class="muted above-3">"It was asked to stop, and does in a moment."</p> }.into_any()
    } else {
        view! {
            <PostForm action=StopRound::PATH class="above-3">
                <Hidden name="number" value=line.number.to_string() />
                <button class="btn btn--second" type="submit">"Stop, and keep what there is"</button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="under-way">
            <div class="card__head"><h2 id="under-way">"The engine is at work"</h2><a href=paths::round(line.number)>"Look again"</a></div>
            <div class="progress" role="img" aria-label=sentence.clone()><span data-part=part.to_string()></span></div>
            <p class="above-2">{sentence}</p>
            {stop}
        </section>
    }
}
