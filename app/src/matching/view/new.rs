//! Starting a round: for whom, who would take part, and what is in the way of the others.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::MatchingAudience;
use super::beside::AskBeside;
use super::limits::LimitFields;
use super::rules::HardRules;
use super::weights::SoftRules;
use crate::error::Problem;
use crate::matching::answers::{LookedAt, RoundToStart, WeightLine};
use crate::matching::api::{StartRound, round_to_start_for};
use crate::matching::forms::{REGION, RoundForm};
use crate::matching::mixes::Mix;
use crate::matching::model::{MeetsEvery, Part};
use crate::paths;
use crate::registration::{REGIONS, Stream};
use crate::ui::{AskForm, Badge, Choices, Field, FormState, Hidden, PageHead, PostForm, ProblemSummary, SelectField, Tone, load, query};

/// Chooses for whom groups are formed, and shows who would take part.
#[component]
pub fn NewRoundPage() -> impl IntoView {
    let word = |name| query(name).unwrap_or_default();
    let form = RoundForm {
        stream: word("stream"),
        place: word("place"),
        starts_on: word("starts_on"),
        ends_on: word("ends_on"),
        meets_every: word("meets_every"),
        also_placed: word("also_placed"),
        limits_shown: word("limits_shown"),
        needs_met: use_query_map().with_untracked(|query| query.get_all("needs_met[]").unwrap_or_default()),
        most_places: word("most_places"),
        most_share: word("most_share"),
        ..RoundForm::default()
    };
    load(round_to_start_for(form), |round| {
        let RoundToStart { form, number, looked_at, unregistered, authorities, problems, weights, mixes } = round;
        view! {
            <PageHead
                title="Start a round"
                up=(paths::MATCHING.to_owned(), "Matching".to_owned())
                about="First see who would take part. What stands in somebody’s way is said with its date."
            >
                <MatchingAudience />
            </PageHead>
            <div class="split">
                <div>
                    <ForWhom form=form.clone() authorities problems=problems.clone() />
                    {problems.is_empty().then(|| view! { <Start form number weights mixes can_start=asking(&looked_at) /> })}
                </div>
                <div><WhoTakesPart looked_at unregistered /></div>
            </div>
        }
    })
}

fn asking(looked_at: &[LookedAt]) -> usize {
    looked_at.iter().filter(|one| one.part == Part::Practitioner && one.obstacles.is_empty()).count()
}

#[component]
fn ForWhom(form: RoundForm, authorities: Vec<(String, String)>, problems: Vec<Problem>) -> impl IntoView {
    let every_kind = (String::new(), "Every kind of group".to_owned());
    let streams =
        [every_kind].into_iter().chain(Stream::ALL.iter().map(|stream| (stream.key().to_owned(), stream.name().to_owned()))).collect();
    let everywhere = (String::new(), "Every authority".to_owned());
    let regions = REGIONS.map(|region| (format!("{REGION}{region}"), format!("All of {region}")));
    let places = [everywhere].into_iter().chain(regions).chain(authorities).collect();
    let every = MeetsEvery::ALL.map(|one| (one.key().to_owned(), one.name().to_owned())).to_vec();
    let meets_every = MeetsEvery::of_key(&form.meets_every).unwrap_or_default().key().to_owned();
    let has_problems = !problems.is_empty();
    let also = vec![("yes".to_owned(), "Also people who are in such a group now".to_owned())];
    view! {
        <section class="card" aria-labelledby="for-whom">
            <div class="card__head"><h2 id="for-whom">"For whom?"</h2></div>
            <ProblemSummary problems=problems.clone() />
            <AskForm address=paths::NEW_ROUND problems>
                <SelectField name="stream" label="Kind of group" value=form.stream options=streams />
                <SelectField name="place" label="Practitioners of" value=form.place options=places />
                <div class="fields">
                    <Field name="starts_on" label="Groups meet from" kind="date" class="input--date" value=form.starts_on />
                    <Field name="ends_on" label="Until" kind="date" class="input--date" value=form.ends_on />
                </div>
                <Choices name="meets_every" legend="How often do its groups meet?"
                    hint="Every week: at a time at which everybody is free in the first of two weeks and in the second."
                    chosen=vec![meets_every] options=every />
                <Choices name="also_placed" legend="Who else?" chosen=vec![form.also_placed]
                    options=[(String::new(), "Only people who need a place".to_owned())].into_iter().chain(also).collect() />
                <details class="above-4" open=has_problems>
                    <summary>"Needs, places and hours"</summary>
                    <div class="above-3"><LimitFields needs_met=Some(form.needs_met) most_places=form.most_places most_share=form.most_share /></div>
                </details>
                <div class="form-foot"><button class="btn btn--second" type="submit">"See who would take part"</button></div>
            </AskForm>
        </section>
    }
}

#[component]
fn Start(form: RoundForm, number: i64, weights: Vec<WeightLine>, mixes: Vec<(String, Mix)>, can_start: usize) -> impl IntoView {
    if can_start == 0 {
        return view! { <p class="muted">"Nobody would take part who asks for a place, so there is nothing to start."</p> }.into_any();
    }
    view! {
        <section class="card" aria-labelledby="start">
            <div class="card__head"><h2 id="start">"Start it"</h2></div>
            <p>"What is known now is frozen with the round. The engine takes up to some minutes. It makes no group and tells nobody."</p>
            <PostForm action=StartRound::PATH class="above-3">
                <Hidden name="stream" value=form.stream />
                <Hidden name="place" value=form.place />
                <Hidden name="starts_on" value=form.starts_on />
                <Hidden name="ends_on" value=form.ends_on />
                <Hidden name="meets_every" value=form.meets_every />
                <Hidden name="also_placed" value=form.also_placed />
                <Hidden name="limits_shown" value=form.limits_shown />
                {form.needs_met.into_iter().map(|key| view! { <Hidden name="needs_met[]" value=key /> }).collect_view()}
                <Hidden name="most_places" value=form.most_places />
                <Hidden name="most_share" value=form.most_share />
                <Field name="name" label="What is it called? (optional)" hint=format!("Such as autumn starters. Without a name it is Round {number}.") />
                <AskBeside />
                <RulesAndWeights weights mixes />
                <div class="form-foot"><button class="btn" type="submit">"Start the round"</button></div>
            </PostForm>
        </section>
    }
    .into_any()
}

/// What holds in the round, and how much everything else counts.
#[component]
fn RulesAndWeights(weights: Vec<WeightLine>, mixes: Vec<(String, Mix)>) -> impl IntoView {
    let is_refused = matches!(FormState::of_form(), FormState::Refused(_));
    view! {
        <details class="above-4" open=is_refused>
            <summary>"Rules"</summary>
            <HardRules />
        </details>
        <details class="above-3" open=is_refused>
            <summary>"How much everything else counts"</summary>
            <SoftRules weights mixes />
        </details>
    }
}

/// Who takes part, who does with old answers, and who does not.
#[component]
fn WhoTakesPart(looked_at: Vec<LookedAt>, unregistered: i64) -> impl IntoView {
    let count = |part: Part| looked_at.iter().filter(|one| one.part == part && one.obstacles.is_empty()).count();
    let (asking, leading) = (count(Part::Practitioner), count(Part::Supervisor));
    let unregistered = (unregistered > 0).then(|| {
        view! { <p class="muted above-2">{format!("{} not begun to register.", people_have(unregistered))}</p> }
    });
    let shown: Vec<LookedAt> = looked_at.into_iter().filter(LookedAt::is_shown).collect();
    view! {
        <section class="card" aria-labelledby="who">
            <div class="card__head"><h2 id="who">"Who would take part"</h2></div>
            <p><b>{asking}</b>" who ask for a place, and "<b>{leading}</b>" who can lead."</p>
            {unregistered}
        </section>
        <InTheWay looked_at=shown />
    }
}

fn people_have(count: i64) -> String {
    if count == 1 { "One practitioner has".to_owned() } else { format!("{count} practitioners have") }
}

/// Everybody of whom something is in the way, or whose answers are old.
#[component]
pub fn InTheWay(looked_at: Vec<LookedAt>) -> impl IntoView {
    let (blocked, stale): (Vec<LookedAt>, Vec<LookedAt>) = looked_at.into_iter().partition(|one| !one.obstacles.is_empty());
    let in_words: Vec<LookedAt> = stale.iter().filter(|one| one.has_words).cloned().collect();
    let needing: Vec<LookedAt> = stale.iter().filter(|one| one.needs.is_some()).cloned().collect();
    let stale: Vec<LookedAt> = stale.into_iter().filter(|one| one.is_stale).collect();
    let (leaders, askers): (Vec<LookedAt>, Vec<LookedAt>) = blocked.into_iter().partition(|one| one.part == Part::Supervisor);
    let part = |id: &'static str, title: &'static str, people: Vec<LookedAt>| {
        (!people.is_empty()).then(|| {
            let count = people.len();
            let items = people.into_iter().map(looked_at_item).collect_view();
            view! {
                <section class="card" aria-labelledby=id>
                    <div class="card__head"><h2 id=id>{title}</h2><Badge>{count}</Badge></div>
                    <details><summary>"Show them"</summary><ul class="list above-2">{items}</ul></details>
                </section>
            }
        })
    };
    view! {
        {part("cannot-lead", "Supervisors who cannot lead", leaders)}
        {part("cannot-be-placed", "Practitioners who cannot be placed", askers)}
        {part("needs-not-met", "Needs that are not met everywhere", needing)}
        {part("needs-in-words", "Needs in their own words", in_words)}
        {part("old-answers", "Answers older than six months", stale)}
    }
}

fn looked_at_item(one: LookedAt) -> impl IntoView {
    let LookedAt { person, is_stale, obstacles, needs, has_words, .. } = one;
    // Whatever it is, the engine does not reckon with it; what they wrote is read with their answers.
    let words = has_words.then(|| "Has written what else they need.".to_owned());
    let reasons = obstacles.into_iter().chain(needs).chain(words).map(|reason| view! { <p class="item__meta">{reason}</p> }).collect_view();
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                {reasons}
            </div>
            {is_stale.then(|| view! { <Badge tone=Tone::Warn>"Old answers"</Badge> })}
        </li>
    }
}
