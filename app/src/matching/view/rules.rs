//! The rules of a round: which hold, which can be turned off with a reason, and how much everything else counts.

use leptos::prelude::*;

use super::MatchingAudience;
use super::limits::LimitsHeld;
use crate::matching::answers::{RoundRules, WeightLine};
use crate::matching::api::rules_of_round;
use crate::matching::forms::RoundAddress;
use crate::matching::mixes::{CRITERIA, Mix};
use crate::matching::model::{Rule, Stay, Strength};
use crate::paths;
use crate::ui::{Field, FormState, Heading, Hidden, Icon, Listing, PageHead, field_id, field_name, figure, load, param};

/// What nobody can turn off or override, on no page.
const NEVER_BROKEN: [&str; 4] = [
    "Whoever leads holds every clearance until the last day",
    "Nobody with whoever manages them, up to two steps",
    "Nobody with anybody from whom they are kept apart",
    "Nobody who is suspended, or not available for matching",
];

/// What does not hold in rounds from before it was asked.
const NEEDS_MET: &str = "In no way to meet that does not have what somebody needs";

/// What holds in every proposal, and can be broken by hand with a reason.
const IN_EVERY_PROPOSAL: [&str; 6] = [
    "Everybody is free, for the whole session",
    "Whoever leads offers such groups, and works with what members bring",
    "Online or in person as each has asked",
    NEEDS_MET,
    "Levels no more than one apart, and no more people than a group may have",
    "No more groups for a supervisor than they take on, nor more than the limit of their contracted hours",
];

/// The rules of a new round: switches that say so.
#[component]
pub fn HardRules() -> impl IntoView {
    let state = FormState::of_form();
    let kept = state.all_entered("rules_kept");
    let fixed = |rules: &'static [&'static str]| {
        let rule = |rule: &&'static str| {
            view! { <li><label class="switch"><input type="checkbox" role="switch" checked disabled /><span>{*rule}</span></label></li> }
        };
        rules.iter().map(rule).collect_view()
    };
    let switches = Rule::ALL.map(|rule| {
        let is_on = kept.as_ref().is_none_or(|kept| kept.iter().any(|one| one == rule.key()));
        let id = format!("{}-{}", field_id("rules_kept"), rule.key());
        view! {
            <li>
                <label class="switch" for=id.clone()>
                    <input type="checkbox" role="switch" id=id.clone() name=format!("{}[]", field_name("rules_kept")) value=rule.key() checked=is_on />
                    <span>{rule.name()}</span>
                </label>
            </li>
        }
    });
    view! {
        <h3 class="h-sans above-3">"Rules that can be turned off"</h3>
        <p class="small muted">"With a reason, which stands in the record of the round with your name."</p>
        <Hidden name="rules_shown" value="yes" />
        <ul class="plain small above-2">{switches.into_iter().collect_view()}</ul>
        <div class="above-3"><Field name="rules_reason" label="Why is a rule turned off?" hint="Only where one is." /></div>
        <h3 class="h-sans above-4">"Rules of every proposal"</h3>
        <p class="small muted">"By hand they can be broken later, with a reason."</p>
        <ul class="plain small above-2">{fixed(&IN_EVERY_PROPOSAL)}</ul>
        <h3 class="h-sans above-4">"Rules that nobody can override"</h3>
        <ul class="plain small above-2">{fixed(&NEVER_BROKEN)}</ul>
    }
}

/// The rules and weights with which a round was asked.
#[component]
pub fn RoundRulesPage() -> impl IntoView {
    load(rules_of_round(RoundAddress { number: param("number") }), |rules| {
        let RoundRules { number, name, off, reason, session_minutes, sizes, weights, mixes, weakest_first, limits, stay } = rules;
        view! {
            <PageHead
                title=format!("Rules of {name}")
                up=(paths::round(number), name)
                about="They were frozen with the round. Another round can be asked with others."
            >
                <MatchingAudience />
            </PageHead>
            <div class="cols">
                <div class="stack gap-5">
                    <Hard off reason session_minutes sizes stay needs_count=limits.needs_met.is_some() />
                    <LimitsHeld limits />
                </div>
                <Soft weights mixes weakest_first />
            </div>
        }
    })
}

#[component]
fn Hard(
    off: Vec<Rule>,
    reason: String,
    session_minutes: i64,
    sizes: Vec<(String, [i64; 4])>,
    stay: Option<(Stay, usize)>,
    needs_count: bool,
) -> impl IntoView {
    let held = |words: &'static str| view! { <li><Icon name="check" /><span class="grow">{words}</span></li> };
    let never = NEVER_BROKEN.map(held).into_iter().collect_view();
    let every = IN_EVERY_PROPOSAL.into_iter().filter(|rule| needs_count || *rule != NEEDS_MET).map(held).collect_view();
    let chosen = Rule::ALL.map(|rule| {
        let is_off = off.contains(&rule);
        let (icon, words) =
            if is_off { ("triangle-alert", format!("Turned off: {}.", rule.without())) } else { ("check", rule.name().to_owned()) };
        view! { <li class:is-bad=is_off><Icon name=icon /><span class="grow">{words}</span></li> }
    });
    let reason = (!reason.is_empty()).then(|| view! { <p class="small above-2">"Because: "{reason}</p> });
    let sizes = sizes.into_iter().map(|(words, [least, most, from, to])| {
        view! { <div><dt>{words}</dt><dd>{format!("{least} to {most} people, best {from} to {to}")}</dd></div> }
    });
    let stayed = stay.map(|(stay, count)| {
        let words = match stay {
            Stay::Everybody => format!("Everybody on the board from which it was run: {count} people"),
            Stay::Pinned => format!("Whoever was pinned or asked: {count} people"),
        };
        view! { <div><dt>"Kept in their places"</dt><dd>{words}</dd></div> }
    });
    view! {
        <section class="card" aria-labelledby="hard">
            <div class="card__head"><h2 id="hard">"Rules that hold"</h2></div>
            <h3 class="h-sans">"Nobody can override"</h3>
            <ul class="plain why">{never}</ul>
            <h3 class="h-sans above-3">"Could be turned off"</h3>
            <ul class="plain why">{chosen.into_iter().collect_view()}</ul>
            {reason}
            <h3 class="h-sans above-3">"In every proposal"</h3>
            <ul class="plain why">{every}</ul>
            <h3 class="h-sans above-4 below-2">"How long, and how many"</h3>
            <dl class="summary">
                <div><dt>"A session"</dt><dd>{format!("{session_minutes} minutes")}</dd></div>
                {sizes.collect_view()}
                {stayed}
            </dl>
        </section>
    }
}

#[component]
fn Soft(weights: Vec<WeightLine>, mixes: Vec<(String, Mix)>, weakest_first: i64) -> impl IntoView {
    let is_ignored = |name: &str| {
        let key = CRITERIA.iter().find(|criterion| criterion.weight == name).map(|criterion| criterion.key);
        mixes.iter().any(|(other, mix)| Some(other.as_str()) == key && *mix == Mix::Ignored)
    };
    let rows = weights.into_iter().filter(|line| !is_ignored(&line.name)).map(|line| {
        let WeightLine { words, points, usual, .. } = line;
        let beside =
            Strength::giving(points, usual).map_or_else(|| format!("{} is usual", figure(usual)), |strength| strength.name().to_owned());
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{words}</th>
                <td role="cell" class="r num" data-head="Points">{figure(points)}</td>
                <td role="cell">{beside}</td>
            </tr>
        }
    });
    let first = if weakest_first > 0 {
        format!(
            "The weakest group: at most {weakest_first} of each 1,000 points are given so that it fits better, then the second weakest, and so on."
        )
    } else {
        "All groups together: their points are added up.".to_owned()
    };
    let company = CRITERIA.iter().filter_map(|criterion| {
        let (_, mix) = mixes.iter().find(|(key, _)| key == criterion.key)?;
        Some(view! { <div><dt>{criterion.name}</dt><dd>{mix.name()}</dd></div> })
    });
    let rows = rows.collect_view();
    let headings = [Heading::of("What"), Heading::of_figures("Points"), Heading::of("Beside usual")];
    view! {
        <section class="card" aria-labelledby="soft">
            <div class="card__head"><h2 id="soft">"How much everything else counts"</h2></div>
            <h3 class="h-sans">"What goes first"</h3>
            <p class="small above-2">{first}</p>
            <h3 class="h-sans above-4 below-2">"Alike or mixed"</h3>
            <dl class="summary">{company.collect_view()}</dl>
            <h3 class="h-sans above-4 below-2">"Points"</h3>
            <Listing caption="Weights" frame="Weights, table" headings>{rows}</Listing>
        </section>
    }
}
