//! A case, for whoever handles it.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::decide::Decide;
use crate::guard::Guarded;
use crate::moderation::Outcome;
use crate::moderation::answers::{Appeal, Case, Decided, Note, ReportLine, Reported, Waiting};
use crate::moderation::api::{HandCaseOver, NoteCase, PassCaseOn, TakeCase, moderation_case};
use crate::moderation::forms::CaseAddress;
use crate::moderation::model::due;
use crate::paths;
use crate::spaces::{Files, when};
use crate::ui::{Audience, Badge, Banner, Hidden, PageHead, PostForm, SelectField, TextArea, Tone, capital, load, param};

/// What was reported or waits, what was decided about it, and deciding.
#[component]
pub fn CasePage() -> impl IntoView {
    load(moderation_case(CaseAddress { code: param("code"), version: String::new() }), |case| view! { <Shown case /> })
}

#[component]
fn Shown(case: Case) -> impl IntoView {
    let title = if case.reported.is_some() { "A post that was reported" } else { "A post that waits to be seen" };
    let now = case.now;
    let reported = case.reported.clone().map(|reported| view! { <ReportedPost case=case.clone() reported /> });
    let held = case.held.clone().map(|held| view! { <HeldPost case=case.clone() held /> });
    let (decisions, appeals, notes) = (case.decisions.clone(), case.appeals.clone(), case.notes.clone());
    let can_decide = !case.is_closed && case.held.as_ref().is_none_or(|held| !held.is_withdrawn);
    view! {
        <PageHead title up=(paths::MODERATION.to_owned(), "To review".to_owned()) about="All times are UK time." times=now.date()>
            <Audience tier=4 sentence="those who decide about this. Whoever wrote the post, or is named in a report, sees nothing of it; its author is told what is decided, and never who reported it." />
        </PageHead>
        <div class="split">
            <div>
                {reported}
                {held}
                <Story decisions appeals now />
                {can_decide.then(|| view! { <Decide case=case.clone() /> })}
            </div>
            <div>
                <Work case=case.clone() />
                <Notes code=case.code.clone() notes now />
                <Earlier earlier=case.earlier />
            </div>
        </div>
    }
}

/// Where a post stands, and who wrote it.
#[component]
fn Place(case: Case) -> impl IntoView {
    let space = case.space.unwrap_or_else(|| "The closed space of a group".to_owned());
    let place = case.place.map(|(title, address)| view! { ", "<a href=address>{format!("in “{title}”")}</a> });
    view! { <p class="small muted">{format!("{} · {space}", case.author.map_or("The writer, without name".to_owned(), |author| author.short))}{place}</p> }
}

/// What stands with the post, fetched as a part of this case.
#[component]
fn FilesOfPost(case: Case) -> impl IntoView {
    let code = case.code;
    view! { <Files files=case.files address=move |file| paths::case_file(&code, file) /> }
}

#[component]
fn ReportedPost(case: Case, reported: Reported) -> impl IntoView {
    let Reported { html, now: changed, is_withdrawn, is_hidden, reports } = reported;
    let moment = case.now;
    let text = if is_withdrawn {
        view! { <p class="muted above-2">"Its author took it back. What it said is gone."</p> }.into_any()
    } else {
        view! { <div class="prose post__text above-2" inner_html=html></div> }.into_any()
    };
    let changed = changed.filter(|_| !is_withdrawn).map(|html| {
        view! { <p class="small strong above-3">"It was changed, and says now"</p><div class="prose post__text" inner_html=html></div> }
    });
    let lines = reports.into_iter().map(|line| report_line(line, moment)).collect_view();
    view! {
        <section class="card" aria-labelledby="the-post">
            <div class="card__head">
                <h2 id="the-post">"What the post said"</h2>
                {is_hidden.then(|| view! { <Badge tone=Tone::Warn>"Hidden"</Badge> })}
            </div>
            <Place case=case.clone() />
            {text}
            {changed}
            <FilesOfPost case />
        </section>
        <section class="card" aria-labelledby="reports">
            <div class="card__head"><h2 id="reports">"What was reported"</h2></div>
            <ul class="list">{lines}</ul>
        </section>
    }
}

fn report_line(line: ReportLine, now: NaiveDateTime) -> impl IntoView {
    let ReportLine { reason, words, about, at } = line;
    let about = about.map(
        |name| view! { <p class="small above-1">{format!("It is about {name}, who looks after the space and does not see this.")}</p> },
    );
    view! {
        <li class="item">
            <div class="item__body">
                <p class="item__title">{reason.name()}</p>
                {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
                {about}
                <p class="item__meta">{capital(&when(at, now.date()))}</p>
            </div>
        </li>
    }
}

#[component]
fn HeldPost(case: Case, held: Waiting) -> impl IntoView {
    let Waiting { title, html, changes, because, findings, is_withdrawn, is_writer_gone } = held;
    let is_shown = case.decisions.last().is_some_and(|decided| decided.outcome == Outcome::Show);
    let text = if is_withdrawn {
        view! { <p class="muted above-2">"Its author took it back. What it said is gone."</p> }.into_any()
    } else if is_shown && html.is_empty() {
        view! { <p class="muted above-2">"It is shown where it belongs."</p> }.into_any()
    } else {
        view! { <div class="prose post__text above-2" inner_html=html></div> }.into_any()
    };
    let is_waiting = !is_withdrawn && !is_shown && changes.is_none() && !case.files.is_empty();
    let becomes = is_waiting.then(|| {
        view! { <p class="small above-2">"Its files are shown with it. Sent back, it loses them, and its writer can attach others."</p> }
    });
    let changes = changes.map(|number| view! { <p class="small above-2">{format!("It would change post {number}.")}</p> });
    let found = (!findings.is_empty()).then(|| {
        let lines = findings.into_iter().map(|(what, part)| view! { <li>{format!("“{part}” looks like {what}")}</li> }).collect_view();
        view! { <p class="small strong above-3">"What was marked in it"</p><ul class="plain small">{lines}</ul> }
    });
    view! {
        <section class="card" aria-labelledby="the-post">
            <div class="card__head"><h2 id="the-post">"What it says"</h2></div>
            <Place case=case.clone() />
            {(!title.is_empty()).then(|| view! { <p class="strong above-2">{title}</p> })}
            {text}
            {found}
            {changes}
            <FilesOfPost case />
            {becomes}
            <p class="small muted above-3">{because.sentence()}</p>
            {is_writer_gone.then(|| view! { <div class="above-3"><Banner tone=Tone::Warn title="Its author has left the space, or is suspended"><p class="small">"While that is so it cannot be shown. It waits, and nothing of it is lost: show it once they are back, or send it back."</p></Banner></div> })}
        </section>
    }
}

/// What was decided so far, and who asks for another decision.
#[component]
fn Story(decisions: Vec<Decided>, appeals: Vec<Appeal>, now: NaiveDateTime) -> impl IntoView {
    (!decisions.is_empty() || !appeals.is_empty()).then(|| {
        let decided = decisions.into_iter().map(|decided| decided_line(decided, now)).collect_view();
        let appealed = appeals.into_iter().map(|appeal| {
            let who = if appeal.is_author { "The author" } else { "Somebody who reported it" };
            view! {
                <li class="item">
                    <div class="item__body">
                        <p class="item__title">{format!("{who} asks for another decision")}</p>
                        <p>{appeal.words}</p>
                        <p class="item__meta">{capital(&when(appeal.at, now.date()))}</p>
                    </div>
                </li>
            }
        });
        view! {
            <section class="card" aria-labelledby="story">
                <div class="card__head"><h2 id="story">"What was decided"</h2></div>
                <ul class="list">{decided}{appealed.collect_view()}</ul>
            </section>
        }
    })
}

fn decided_line(decided: Decided, now: NaiveDateTime) -> impl IntoView {
    let Decided { outcome, reason, words, by, at } = decided;
    let reason = reason.map(|reason| view! { <p>{reason.name()}</p> });
    view! {
        <li class="item">
            <div class="item__body">
                <p class="item__title">{outcome.short()}</p>
                {reason}
                {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
                <p class="item__meta">{format!("{}, {}", by.unwrap_or_default(), when(at, now.date()))}</p>
            </div>
        </li>
    }
}

/// Who has it, until when, and giving it to somebody else.
#[component]
fn Work(case: Case) -> impl IntoView {
    let Case { code, version, others, asked_at, is_closed, taken_by, is_mine, may_pass_on, now, .. } = case;
    let due = due(asked_at);
    let until = format!("{} by {}.", if now > due { "It was to be decided" } else { "To be decided" }, when(due, now.date()));
    let taken = match (is_mine, &taken_by) {
        (true, _) => "You have taken it.".to_owned(),
        (false, Some(name)) => format!("{name} has taken it."),
        (false, None) => "Nobody has taken it.".to_owned(),
    };
    let (of_take, of_hand) = (code.clone(), code.clone());
    let take = (!is_closed && taken_by.is_none()).then(|| {
        view! {
            <PostForm action=TakeCase::PATH class="above-3">
                <Hidden name="code" value=of_take />
                <button class="btn btn--second btn--sm" type="submit">"Take it"</button>
            </PostForm>
        }
    });
    let hand = (!is_closed && !others.is_empty()).then(|| {
        let options = [(String::new(), "Choose".to_owned())].into_iter().chain(others).collect();
        view! {
            <PostForm action=HandCaseOver::PATH class="above-3">
                <Hidden name="code" value=of_hand />
                <Hidden name="version" value=version.to_string() />
                <SelectField name="to" label="Give it to" options />
                <button class="btn btn--second btn--sm above-3" type="submit">"Hand it over"</button>
            </PostForm>
        }
    });
    let pass = may_pass_on.then(|| {
        view! {
            <PostForm action=PassCaseOn::PATH class="above-3">
                <p class="small">"Should somebody else decide? A clinical lead then sees this post, and nothing else of the space; you no longer do."</p>
                <Hidden name="code" value=code />
                <Hidden name="version" value=version.to_string() />
                <button class="btn btn--second btn--sm above-2" type="submit">"Ask a clinical lead"</button>
            </PostForm>
        }
    });
    view! {
        <section class="card" aria-labelledby="work">
            <div class="card__head"><h2 id="work" class="as-h3">"Who decides"</h2></div>
            <p class="small">{if is_closed { "It is decided.".to_owned() } else { format!("{taken} {until}") }}</p>
            {take}
            {hand}
            {pass}
        </section>
    }
}

/// What those who handle a case tell one another.
#[component]
fn Notes(code: String, notes: Vec<Note>, now: NaiveDateTime) -> impl IntoView {
    let lines = notes
        .into_iter()
        .map(|note| {
            let meta = format!("{}, {}", note.by, when(note.at, now.date()));
            view! { <li class="item"><div class="item__body"><p>{note.words}</p><p class="item__meta">{meta}</p></div></li> }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="notes">
            <div class="card__head"><h2 id="notes" class="as-h3">"Notes"</h2></div>
            <p class="small muted">"Read by those who decide about this, and by nobody else."</p>
            {(!lines.is_empty()).then(|| view! { <ul class="list">{lines}</ul> })}
            <PostForm action=NoteCase::PATH class="above-3">
                <Hidden name="code" value=code />
                <Guarded name="note"><TextArea name="note" label="A note" rows=3 /></Guarded>
                <button class="btn btn--second btn--sm above-3" type="submit">"Keep the note"</button>
            </PostForm>
        </section>
    }
}

/// Earlier cases of the same post.
#[component]
fn Earlier(earlier: Vec<(String, Option<Outcome>)>) -> impl IntoView {
    (!earlier.is_empty()).then(|| {
        let lines = earlier
            .into_iter()
            .map(|(code, outcome)| view! { <li><a href=paths::moderation_case(&code)>{outcome.map_or("Not decided", Outcome::short)}</a></li> })
            .collect_view();
        view! {
            <section class="card" aria-labelledby="earlier">
                <div class="card__head"><h2 id="earlier" class="as-h3">"Earlier, about the same post"</h2></div>
                <ul class="plain small">{lines}</ul>
            </section>
        }
    })
}
