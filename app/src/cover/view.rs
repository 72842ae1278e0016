//! The sessions of somebody who is away, each with who could lead it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Candidate, CoverForPage as Shown, CoveredSession, OpenSession};
use super::api::{EndCover, GiveCover, cover_for};
use super::forms::CoverAddress;
use super::list_view::CoverAudience;
use crate::access::page_day;
use crate::groups::within_sentence;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Avatar, Banner, Empty, Folded, Hidden, Icon, PageHead, PostForm, Tone, and, day_and_month, load, param, time_range};

/// How many are proposed at once; the others are behind a line.
const PROPOSED: usize = 3;

/// One supervisor's sessions that need cover, and those that have it.
#[component]
pub fn CoverForPage() -> impl IntoView {
    load(cover_for(CoverAddress { person: param("code") }), |shown| view! { <CoverFor shown /> })
}

#[component]
fn CoverFor(shown: Shown) -> impl IntoView {
    let Shown { person, is_gone, open, covered } = shown;
    let hours = view! { <a class="btn btn--second" href=paths::person_availability(&person.code)><Icon name="clock" />"Availability"</a> };
    let first_day = open.first().map_or_else(page_day, |session| session.starts.date());
    let list = if open.is_empty() {
        view! { <Empty title="No session needs cover"><p>"Every session of the days away has somebody to lead it, or there is none."</p></Empty> }
            .into_any()
    } else {
        open.into_iter().map(|session| view! { <NeedsCover session from=person.code.clone() /> }).collect_view().into_any()
    };
    view! {
        <PageHead
            title=format!("Cover for {}", person.short)
            up=(paths::COVER.to_owned(), "Cover".to_owned())
            about="Whoever is chosen leads this one session. The group keeps its supervisor. All times are UK time."
            times=first_day
            actions=hours.into_any()
        >
            <CoverAudience />
        </PageHead>
        {is_gone.then(|| view! {
            <div class="below-4">
                <Banner tone=Tone::Warn title=format!("{} can no longer lead sessions", person.short)>
                    <p>"Cover helps for the next sessions. The groups need another supervisor: change that on each group’s page."</p>
                </Banner>
            </div>
        })}
        <div class="stack">{list}</div>
        <Covered covered of=person is_gone />
    }
}

/// One session, with who could lead it.
#[component]
fn NeedsCover(session: OpenSession, from: String) -> impl IntoView {
    let OpenSession { code, group, kind, starts, ends, has_stayed, candidates, kept_apart, held } = session;
    let title = format!("{group}, {}", day_and_month(starts.date()));
    let id = format!("session-{code}");
    let line = |candidate: Candidate| candidate_item(candidate, &code, &from, &title).into_any();
    let nobody = candidates.is_empty().then(|| {
        let is_anybody_free = !kept_apart.is_empty() || !held.is_empty();
        let words = if is_anybody_free { "Nobody else who is qualified is free then." } else { "Nobody who is qualified is free then." };
        view! { <p>{format!("{words} Move the session, cancel it, or ask somebody to change their hours.")}</p> }
    });
    let kept_apart = (!kept_apart.is_empty()).then(|| {
        let words = format!("Free then, but may not be in one group with somebody who comes: {}.", and(&kept_apart));
        view! { <p class="small muted above-2">{words}</p> }
    });
    let held = (!held.is_empty()).then(|| {
        let words = format!("Free then, but not available for matching, so they are given nobody to lead: {}.", and(&held));
        view! { <p class="small muted above-2">{words}</p> }
    });
    let lines: Vec<_> = candidates.into_iter().map(line).collect();
    view! {
        <section class="card" aria-labelledby=id.clone() data-kind=kind.colour()>
            <div class="card__head">
                <h2 id=id.clone()>{title.clone()}</h2>
                <a href=paths::session(&code)>"Open the session"<span class="vh">{format!(": {title}")}</span></a>
            </div>
            <p class="row gap-2 muted">{time_range(starts, ends)}<span class="kind"><Icon name=kind.icon() />{kind.name()}</span></p>
            {has_stayed.then(|| view! { <p>"It stayed when the group was handed over, since the new supervisor cannot lead it."</p> })}
            {nobody}
            <div class="above-2"><Folded items=lines shown=PROPOSED what="more who could" /></div>
            {kept_apart}
            {held}
        </section>
    }
}

fn candidate_item(candidate: Candidate, session: &str, from: &str, title: &str) -> impl IntoView + use<> {
    let Candidate { name, reason } = candidate;
    let (session, from, label) = (session.to_owned(), from.to_owned(), format!(" {} for {}", name.short, within_sentence(title)));
    view! {
        <li class="item item--row">
            <Avatar initials=name.initials code=name.code.clone() />
            <div class="item__body"><p class="item__title">{name.short}</p><p class="item__meta">{reason}</p></div>
            <PostForm action=GiveCover::PATH>
                <Hidden name="session" value=session />
                <Hidden name="from" value=from />
                <Hidden name="to" value=name.code />
                <button class="btn btn--second btn--sm" type="submit">"Choose"<span class="vh">{label}</span></button>
            </PostForm>
        </li>
    }
}

/// What is arranged already.
#[component]
fn Covered(covered: Vec<CoveredSession>, of: PersonName, is_gone: bool) -> impl IntoView {
    (!covered.is_empty()).then(|| {
        let items = covered
            .into_iter()
            .map(|session| {
                let title = format!("{}, {}", session.group, day_and_month(session.starts.date()));
                let meta = format!("{}. {} leads it.", time_range(session.starts, session.ends), session.cover.short);
                let (code, cover, from) = (session.code.clone(), session.cover.code.clone(), of.code.clone());
                let which = format!(" to {}: {title}", of.short);
                view! {
                    <li class="item item--row">
                        <Avatar initials=session.cover.initials code=session.cover.code />
                        <div class="item__body">
                            <a class="item__title" href=paths::session(&session.code)>{title}</a>
                            <p class="item__meta">{meta}</p>
                        </div>
                        {(!is_gone).then(|| view! {
                            <PostForm action=EndCover::PATH>
                                <Hidden name="session" value=code />
                                <Hidden name="cover" value=cover />
                                <Hidden name="from" value=from />
                                <button class="btn btn--second btn--sm" type="submit">"Give back"<span class="vh">{which}</span></button>
                            </PostForm>
                        })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="card above-5" aria-labelledby="covered">
                <div class="card__head"><h2 id="covered">"Cover is arranged"</h2></div>
                <ul class="list">{items}</ul>
            </section>
        }
    })
}
