//! Raising a theme, and what became of those that one has raised.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::themes::answers::{Decision, OwnTheme};
use crate::themes::api::{RaiseTheme, WithdrawTheme, my_themes};
use crate::themes::model::{Outcome, Work};
use crate::ui::{Audience, Badge, Choices, Empty, Field, Hidden, PageHead, PostForm, SelectField, TextArea, Tone, day_month_year, load};

/// What one has raised, and raising something.
#[component]
pub fn MyThemesPage() -> impl IntoView {
    load(my_themes(), |themes| {
        let list = if themes.is_empty() {
            view! {
                <Empty title="What you raise will be here">
                    <p>"When something comes up in group after group, tell the Centre. It can become something to read, something to come to, or a change, and you see here which."</p>
                </Empty>
            }
            .into_any()
        } else {
            themes.into_iter().map(theme_card).collect_view().into_any()
        };
        view! {
            <PageHead title="Themes" up=(paths::GROUPS.to_owned(), "My groups".to_owned())
                about="What comes up again and again in your groups, told to the Centre without anybody’s name."
                actions=view! { <a class="btn" href="#raise">"Raise a theme"</a><a class="btn btn--second" href=paths::IMPROVEMENTS>"You said, we did"</a> }.into_any()>
                <Audience tier=4 sentence="the Centre’s coordinators read the words, in how many groups and in which work: not that they are yours, and no group is kept with them. What stands on this page, only you see." />
            </PageHead>
            <div class="split">
                <div>{list}</div>
                <div><Raise /></div>
            </div>
        }
    })
}

#[component]
fn Raise() -> impl IntoView {
    let interventions = Work::ALL.into_iter().map(|one| (one.key().to_owned(), one.name().to_owned())).collect();
    let told = [("yes", "Yes: it is kept with the theme that it was me, for this alone"), ("no", "No: keep nothing of me")];
    let told = told.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec();
    view! {
        <section class="card" aria-labelledby="raise">
            <div class="card__head"><h2 id="raise">"Raise a theme"</h2></div>
            <PostForm action=RaiseTheme::PATH>
                <TextArea name="words" label="What comes up again and again?"
                    hint="A sentence or two, such as “how to include fathers who work nights”. No names, no places, nothing of a family." />
                <Field name="groups_met" label="In how many groups have you met it?" kind="number" inputmode="numeric" class="input--short" />
                <SelectField name="intervention" label="In which work?" value=Work::General.key() options=interventions />
                <Choices name="tell" legend="Do you want to be told what becomes of it?" chosen=vec!["yes".to_owned()] options=told />
                <div class="form-foot"><button class="btn" type="submit">"Raise it"</button></div>
            </PostForm>
        </section>
    }
}

fn theme_card(theme: OwnTheme) -> impl IntoView {
    let OwnTheme { code, raised_on, words, gathered, decision } = theme;
    let id = format!("theme-{code}");
    let (tone, state) = match (&gathered, &decision) {
        (_, Some(decision)) if decision.outcome == Outcome::SetAside => (Tone::Plain, "Set aside"),
        (_, Some(_)) => (Tone::Good, "Answered"),
        (Some(_), None) => (Tone::Info, "Gathered"),
        (None, None) => (Tone::Plain, "Raised"),
    };
    let is_waiting = gathered.is_none();
    let story = match (gathered, decision) {
        (_, Some(decision)) => view! { <WhatBecameOfIt decision /> }.into_any(),
        (Some(title), None) => view! { <p class="small">{format!("The Centre has gathered it with others, as “{title}”. You will be told what becomes of it.")}</p> }.into_any(),
        (None, None) => view! { <p class="small muted">"Nobody has gathered it yet."</p> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby=id.clone()>
            <div class="card__head"><h2 id=id.clone() class="as-h3">{format!("Raised on {}", day_month_year(raised_on))}</h2><Badge tone>{state}</Badge></div>
            <p class="below-3">{words}</p>
            {story}
            {is_waiting.then(|| view! {
                <PostForm action=WithdrawTheme::PATH class="above-3">
                    <Hidden name="code" value=code />
                    <button class="btn btn--second btn--sm" type="submit">"Withdraw it"</button>
                </PostForm>
            })}
        </section>
    }
}

/// What became of a theme: which of the outcomes, the Centre's words, and the way there.
#[component]
pub fn WhatBecameOfIt(decision: Decision) -> impl IntoView {
    let Decision { outcome, words, address, on } = decision;
    let (place, name) = match outcome {
        Outcome::Improvement => (paths::IMPROVEMENTS.to_owned(), "See it in the improvement log"),
        Outcome::Event => (address, "Open the event"),
        Outcome::Resource | Outcome::SetAside => (address, "Open it"),
    };
    view! {
        <div class="stack gap-2">
            <p><b>{outcome.name()}</b>{format!(", {}.", day_month_year(on))}</p>
            <p>{words}</p>
            {(!place.is_empty()).then(|| view! { <p><a href=place rel="noreferrer">{name}</a></p> })}
        </div>
    }
}
