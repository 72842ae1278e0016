//! A round: how far it has come, and what is proposed.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::MatchingAudience;
use super::group::{Group, NotPlacedList};
use super::list::StateBadge;
use super::new::InTheWay;
use super::record::Record;
use crate::matching::answers::RoundOf;
use crate::matching::api::{StopRound, round_by_number};
use crate::matching::forms::RoundAddress;
use crate::matching::model::RoundState;
use crate::news::KeptUpToDate;
use crate::paths;
use crate::ui::{Banner, Hidden, PageHead, PostForm, Tone, day_month_year, load, param};

/// A round with its proposal.
#[component]
pub fn RoundPage() -> impl IntoView {
    load(round_by_number(RoundAddress { number: param("number") }), |round| {
        let about = format!(
            "{}. Groups would meet from {} until {}.",
            round.line.about,
            day_month_year(round.starts_on),
            day_month_year(round.ends_on)
        );
        let is_over = round.line.state.is_over();
        let state = round.line.state;
        view! {
            <PageHead
                title=round.line.name.clone()
                up=(paths::MATCHING.to_owned(), "Matching".to_owned())
                about
                actions=view! { <StateBadge state /> }.into_any()
            >
                <MatchingAudience />
            </PageHead>
            {(!is_over).then(|| view! { <UnderWay round=round.clone() /> })}
            {(state == RoundState::Failed).then(|| view! {
                <Banner tone=Tone::Bad title="The engine could not read this round"><p>"Nothing was changed. Start another, and tell us if it happens again."</p></Banner>
            })}
            {(state == RoundState::Done).then(|| view! { <Proposed round=round.clone() /> })}
            <div class="cols above-5">
                <Record round=round.clone() />
                <div class="stack gap-5"><InTheWay looked_at=round.looked_at /></div>
            </div>
            {(!is_over).then(|| view! { <KeptUpToDate said="The groups are proposed." /> })}
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

/// The figures of a proposal, its groups, and who has no place.
#[component]
fn Proposed(round: RoundOf) -> impl IntoView {
    let RoundOf { line, record, groups, not_placed, .. } = round;
    let members = groups.iter().flat_map(|group| &group.members);
    let (preferred, staying) =
        (members.clone().filter(|member| member.is_preferred).count(), members.filter(|member| member.stays).count());
    let score = record.score.unwrap_or_default();
    let bound = record.bound.map(|bound| format!("No groups could score more than {bound}.")).unwrap_or_default();
    let figures = [
        ("Placed", format!("{} of {}", line.placed, line.asking)),
        ("Groups", groups.len().to_string()),
        ("At a preferred time", preferred.to_string()),
        ("Stay with their supervisor", staying.to_string()),
        ("Score", score.to_string()),
    ];
    let figures = figures
        .into_iter()
        .map(|(name, value)| view! { <div class="kpi"><dt>{name}</dt><dd class="kpi__n">{value}</dd></div> })
        .collect_view();
    let shown = groups.into_iter().enumerate().map(|(place, group)| view! { <Group group number=place + 1 /> }).collect_view();
    view! {
        <dl class="kpis">{figures}</dl>
        <h2>"Groups"</h2>
        <p class="muted below-3">"The weakest first. This is a proposal: it helps you decide, and decides nothing. "{bound}</p>
        <div class="cols">{shown}</div>
        <NotPlacedList not_placed />
    }
}
