//! What coordinators gather, and what they make of it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::own::WhatBecameOfIt;
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::themes::answers::{Decision, Gathered, GatheredLine, RaisedLine, Themes};
use crate::themes::api::{DecideTheme, GatherThemes, TakeThemeOut, gathered_theme_of, themes_list};
use crate::themes::forms::ThemeAddress;
use crate::themes::model::{Outcome, groups_exactly};
use crate::ui::{
    Audience, Badge, Choices, Empty, Field, Hidden, PageHead, PostForm, Rejected, SelectField, TextArea, Tone, load, month_and_year, param,
};

/// Who reads what supervisors raise.
#[component]
fn ThemesAudience() -> impl IntoView {
    let sentence = format!(
        "the Centre’s {}. Who raised a theme stands nowhere, and no group is kept with it.",
        holders_in_words(Permission::GatherThemes)
    );
    view! { <Audience tier=4 sentence /> }
}

/// What was raised, and what was gathered.
#[component]
pub fn ThemesPage() -> impl IntoView {
    load(themes_list(), |themes| {
        let Themes { raised, gathered } = themes;
        let open: Vec<(String, String)> =
            gathered.iter().filter(|line| line.outcome.is_none()).map(|line| (line.code.clone(), line.title.clone())).collect();
        let waiting = if raised.is_empty() {
            view! {
                <Empty title="Nothing waits to be gathered">
                    <p>"What supervisors raise from their groups will be here, in their words and without their names."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Raised raised open /> }.into_any()
        };
        view! {
            <PageHead title="Themes" about="What supervisors meet again and again. Gather what belongs together, then say what becomes of it."
                actions=view! { <a class="btn btn--second" href=paths::IMPROVEMENTS>"You said, we did"</a> }.into_any()>
                <ThemesAudience />
            </PageHead>
            <div class="split">
                <div>{waiting}</div>
                <div><GatheredList gathered /></div>
            </div>
        }
    })
}

/// What waits, to be ticked and gathered.
#[component]
fn Raised(raised: Vec<RaisedLine>, open: Vec<(String, String)>) -> impl IntoView {
    let options = raised.into_iter().map(|line| (line.code.clone(), format!("{} ({})", line.words, about(&line)))).collect();
    let none = (String::new(), "Something new, with a title of its own".to_owned());
    let has_open = !open.is_empty();
    view! {
        <section class="card" aria-labelledby="raised">
            <div class="card__head"><h2 id="raised">"Not gathered yet"</h2></div>
            <PostForm action=GatherThemes::PATH>
                <Choices name="chosen" legend="Which belong together?" several=true options />
                {has_open.then(|| view! {
                    <SelectField name="into" label="Into what?" options=[none].into_iter().chain(open).collect() />
                })}
                <Field name="title" label="Title, if it is something new" hint="In a few words: “Fathers who work nights”." />
                <div class="form-foot"><button class="btn" type="submit">"Gather them"</button></div>
            </PostForm>
        </section>
    }
}

/// "3 groups, Parent-infant work in general, October 2026".
fn about(line: &RaisedLine) -> String {
    format!("{}, {}, {}", groups_exactly(line.groups_met), line.intervention.name(), month_and_year(line.raised_in))
}

#[component]
fn GatheredList(gathered: Vec<GatheredLine>) -> impl IntoView {
    let is_empty = gathered.is_empty();
    let items = gathered.into_iter().map(gathered_item).collect_view();
    view! {
        <section class="card" aria-labelledby="gathered">
            <div class="card__head"><h2 id="gathered">"Gathered"</h2></div>
            {if is_empty {
                view! { <p class="muted">"Nothing is gathered yet."</p> }.into_any()
            } else {
                view! { <ul class="list">{items}</ul> }.into_any()
            }}
        </section>
    }
}

fn gathered_item(line: GatheredLine) -> impl IntoView {
    let GatheredLine { code, title, themes, groups_met, outcome } = line;
    let themes = if themes == 1 { "1 theme".to_owned() } else { format!("{themes} themes") };
    let (tone, state) = outcome.map_or((Tone::Warn, "To decide"), |outcome| (Tone::Plain, outcome.name()));
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::gathered_theme(&code)>{title}</a>
                <p class="item__meta">{format!("{themes}, met in {}", groups_exactly(groups_met))}</p>
            </div>
            <p class="item__side"><Badge tone>{state}</Badge></p>
        </li>
    }
}

/// Themes that belong together, and what becomes of them.
#[component]
pub fn GatheredPage() -> impl IntoView {
    load(gathered_theme_of(ThemeAddress { code: param("code") }), |gathered| {
        let Gathered { code, version, title, today, themes, decision, improvement, to_tell } = gathered;
        let is_open = decision.is_none();
        // Whoever decided it second keeps what they wrote.
        let is_overtaken = Rejected::of_request().is_some_and(|rejected| rejected.action == DecideTheme::PATH);
        let form = (is_open || is_overtaken).then(|| {
            let (heard, changed_on) = improvement.unwrap_or_else(|| (String::new(), today));
            let stands = Stands { version, decision: decision.clone(), heard, changed_on: changed_on.to_string() };
            view! { <Decide code stands to_tell /> }
        });
        let items = themes.into_iter().map(|line| theme_item(line, is_open)).collect_view();
        let decided = decision.map(|decision| {
            view! {
                <section class="card" aria-labelledby="decided">
                    <div class="card__head"><h2 id="decided">"What became of it"</h2></div>
                    <WhatBecameOfIt decision />
                </section>
            }
        });
        view! {
            <PageHead title up=(paths::THEMES.to_owned(), "Themes".to_owned()) about="What was raised, in the words in which it was raised.">
                <ThemesAudience />
            </PageHead>
            <div class="split">
                <div>
                    <section class="card" aria-labelledby="words">
                        <div class="card__head"><h2 id="words">"In their words"</h2></div>
                        <ul class="list">{items}</ul>
                    </section>
                </div>
                <div>
                    {decided}
                    {form}
                </div>
            </div>
        }
    })
}

fn theme_item(line: RaisedLine, is_open: bool) -> impl IntoView {
    let meta = about(&line);
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p class="item__title">{line.words}</p>
                <p class="item__meta">{meta}</p>
            </div>
            {is_open.then(|| view! {
                <PostForm action=TakeThemeOut::PATH>
                    <Hidden name="code" value=line.code />
                    <button class="btn btn--second btn--sm" type="submit">"Take out"</button>
                </PostForm>
            })}
        </li>
    }
}

/// What stands of a decision, as a form shows it beside what somebody else enters.
struct Stands {
    version: i64,
    decision: Option<Decision>,
    heard: String,
    changed_on: String,
}

/// Deciding what becomes of a theme. What somebody else decided meanwhile stands beside each field, and is not decided again.
#[component]
fn Decide(code: String, stands: Stands, to_tell: i64) -> impl IntoView {
    let outcomes = Outcome::ALL.into_iter().map(|outcome| (outcome.key().to_owned(), outcome.name().to_owned())).collect();
    let Stands { version, decision, heard, changed_on } = stands;
    let is_decided = decision.is_some();
    let (outcome, words, address) =
        decision.map_or_else(Default::default, |decision| (vec![decision.outcome.key().to_owned()], decision.words, decision.address));
    let told = match to_tell {
        0 => "Nobody who raised it asked to be told.".to_owned(),
        1 => "One person who raised it is told, once, that it was answered.".to_owned(),
        several => format!("{several} people who raised it are told, once, that it was answered."),
    };
    let foot = if is_decided {
        view! { <p class="small">"Somebody else has decided this, and whoever raised it was told, so it is not decided again. Copy what you need of your own words."</p> }
            .into_any()
    } else {
        view! {
            <p class="small muted">{told}</p>
            <div class="form-foot"><button class="btn" type="submit">"Keep it and tell them"</button></div>
        }
        .into_any()
    };
    let title = if is_decided { "What you entered" } else { "What becomes of it?" };
    view! {
        <section class="card" aria-labelledby="decide">
            <div class="card__head"><h2 id="decide">{title}</h2></div>
            <PostForm action=DecideTheme::PATH changes=Some(version)>
                <Hidden name="code" value=code />
                <Choices name="outcome" legend="It becomes" chosen=outcome options=outcomes />
                <TextArea name="words" label="What it is, what is changed, or why it is set aside" value=words hint="Those who raised it read this. A change stands in the improvement log too." />
                <Field name="address" label="Where it is, for a resource or an event" value=address hint="https://… or the address of a page of Reverie, such as /library/… or /events/…" />
                <p class="small muted">"It becomes an event? "<a href=paths::NEW_EVENT>"Make it first"</a>", then enter its address here."</p>
                <TextArea name="heard" label="What the Centre heard, for a change" rows=3 value=heard hint="“You said” in the improvement log, for everybody to read." />
                <Field name="changed_on" label="From which day, for a change" kind="date" class="input--date" value=changed_on />
                {foot}
            </PostForm>
        </section>
    }
}
