//! Running a round again from its board: who stays, how many could move, and how much everything counts.

use ::matching::people_in_words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::MatchingAudience;
use super::limits::LimitFields;
use super::weights::SoftRules;
use crate::matching::api::{RunRoundAgain, round_to_run_again};
use crate::matching::forms::{RoundAddress, Shown};
use crate::matching::limits::Limits;
use crate::matching::model::Stay;
use crate::matching::needs::NeedsMet;
use crate::matching::runs::RoundAgain;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Banner, Choices, FormState, Hidden, PageHead, PostForm, Tone, and, full_stop, load, param};

/// Says what running a round again would do, and does it.
#[component]
pub fn AgainPage() -> impl IntoView {
    load(round_to_run_again(RoundAddress { number: param("number") }), |round| {
        let RoundAgain { number, name, before, left_out, available_again, .. } = round.clone();
        let before = before.into_iter().map(|(number, name)| view! { <li><a href=paths::round(number)>{name}</a></li> }).collect_view();
        let has_before = !round.before.is_empty();
        let change = Shown { number, seen: round.seen }.change();
        view! {
            <PageHead
                title=format!("Run {name} again")
                up=(paths::round(number), name)
                about="It is begun from the board as it is now, with the same people and the answers that they had given then and, if you choose so, those who could not take part before, and with what is known by now of who may not meet and who is available. The board stays as it is."
            >
                <MatchingAudience />
            </PageHead>
            <div class="split">
                <section class="card" aria-labelledby="again">
                    <div class="card__head"><h2 id="again">"How?"</h2></div>
                    <PostForm action=RunRoundAgain::PATH>
                        <Hidden name="change" value=change />
                        <WhoStays round=round.clone() />
                        <TakeIn people=available_again />
                        <TheLimits round=round.clone() />
                        <Weights round />
                        <div class="form-foot"><button class="btn" type="submit">"Run it again"</button></div>
                    </PostForm>
                </section>
                <div>
                    <LeftOut people=left_out />
                    {has_before.then(|| view! { <Banner tone=Tone::Info title="This board was run again before"><ul class="plain">{before}</ul></Banner> })}
                </div>
            </div>
        }
    })
}

/// Who has no part in it.
#[component]
fn LeftOut(people: Vec<PersonName>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let names: Vec<String> = people.into_iter().map(|one| one.short).collect();
        let words = format!("{} Once they are available again, they can be taken in when it is run again.", full_stop(&and(&names)));
        view! { <Banner tone=Tone::Info title="Left out, since they are not available for matching by now"><p>{words}</p></Banner> }
    })
}

/// Those who had no part in it, and could have one by now.
#[component]
fn TakeIn(people: Vec<PersonName>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let (names, codes): (Vec<String>, Vec<String>) = people.into_iter().map(|one| (one.short, one.code)).unzip();
        let hint = format!("{} had no part in this round and could have one by now, with their current answers.", and(&names));
        let whom = codes.into_iter().map(|code| view! { <input type="hidden" name="form[take_in_whom][]" value=code /> }).collect_view();
        let options = vec![("yes".to_owned(), "Take them in".to_owned())];
        view! {
            {whom}
            <Choices name="take_in" legend="Who else takes part?" hint several=true options />
        }
    })
}

/// Everybody or only some, each with how many could move.
#[component]
fn WhoStays(round: RoundAgain) -> impl IntoView {
    let RoundAgain { placed, held, in_broken, without_place, .. } = round;
    let looked_for = match without_place {
        0 => String::new(),
        1 => " A place is looked for the one who has none.".to_owned(),
        more => format!(" Places are looked for the {more} who have none."),
    };
    let movers = match in_broken {
        0 => "Nobody moves.".to_owned(),
        1 => "One person can move, who is in a group that breaks a rule.".to_owned(),
        more => format!("{more} people can move, who are in groups that break a rule."),
    };
    let free = placed.saturating_sub(held);
    let options = vec![
        (Stay::Everybody.key().to_owned(), format!("Keep everybody where they are, and place the others. {movers}{looked_for}")),
        (
            Stay::Pinned.key().to_owned(),
            format!("Only who is pinned stays. As many as {free} of the {placed} who have a place can move; the round says how many do."),
        ),
    ];
    let hint = match held {
        0 => "Nobody is pinned, and nobody was asked.".to_owned(),
        held => format!("{} pinned, or asked and not declined: they stay in either case.", are(held)),
    };
    view! { <Choices name="stay" legend="Who stays where they are?" hint chosen=vec![Stay::Everybody.key().to_owned()] options /> }
}

fn are(count: usize) -> String {
    let people = people_in_words(i64::try_from(count).unwrap_or(i64::MAX));
    format!("{people} {}", if count == 1 { "is" } else { "are" })
}

/// The needs that are met, the places of one authority and the share of a contract, as before unless they are changed.
#[component]
fn TheLimits(round: RoundAgain) -> impl IntoView {
    let is_refused = matches!(FormState::of_form(), FormState::Refused(_));
    let Limits { needs_met, most_places, most_share } = round.limits;
    let needs_met = needs_met.as_ref().map(NeedsMet::keys);
    let out_of_hours = match round.out_of_hours {
        0 => None,
        1 => Some("One supervisor was left out, since no more of their contract may be proposed. They are looked at again.".to_owned()),
        more => {
            Some(format!("{more} supervisors were left out, since no more of their contract may be proposed. They are looked at again."))
        }
    };
    let over = match round.over {
        0 => None,
        1 => Some("One person was left out, since the places of their authority were taken. They are looked at again.".to_owned()),
        more => Some(format!("{more} people were left out, since the places of their authority were taken. They are looked at again.")),
    };
    view! {
        <details class="above-4" open=is_refused>
            <summary>"Needs, places and hours"</summary>
            {out_of_hours.map(|words| view! { <p class="small above-2">{words}</p> })}
            {over.map(|words| view! { <p class="small above-2">{words}</p> })}
            <div class="above-3">
                <LimitFields needs_met most_places=most_places.map(|most| most.to_string()).unwrap_or_default() most_share=most_share.to_string() />
            </div>
        </details>
    }
}

#[component]
fn Weights(round: RoundAgain) -> impl IntoView {
    let is_refused = matches!(FormState::of_form(), FormState::Refused(_));
    view! {
        <details class="above-4" open=is_refused>
            <summary>"How much everything counts"</summary>
            <p class="small above-2">"As in "{round.name}", unless you change it. Its rules stay: "<a href=paths::round_rules(round.number)>"see them"</a>"."</p>
            <SoftRules weights=round.weights mixes=round.mixes is_weakest_first=round.weakest_first />
        </details>
    }
}
