//! Reading an agreement, and saying that one agrees.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AgreementView, Party, ShownVersion, Standing, VersionLine};
use super::api::{AgreeToAgreement, agreement_of};
use super::changes::{Change, Piece, SectionChange};
use super::forms::AgreementAddress;
use super::model::Section;
use crate::access::page_day;
use crate::groups::within_sentence;
use crate::paths;
use crate::ui::{
    Audience, Avatar, Badge, Banner, Choices, Empty, Hidden, Icon, PageHead, PostForm, TakeAlong, Tone, day_month_year, load, param,
};

/// The agreement that matters to the reader now: the one that waits for them, otherwise the one in force.
#[component]
pub fn AgreementPage() -> impl IntoView {
    let address = AgreementAddress { slug: param("slug"), version: String::new() };
    load(agreement_of(address), |view| {
        let shows_changes = view.shown.as_ref().is_some_and(|shown| !shown.line.is_in_force());
        view! { <Agreement view shows_changes /> }
    })
}

/// One version, with what changed since the version before.
#[component]
pub fn AgreementVersionPage() -> impl IntoView {
    let address = AgreementAddress { slug: param("slug"), version: param("version") };
    load(agreement_of(address), |view| view! { <Agreement view shows_changes=true /> })
}

#[component]
fn Agreement(view: AgreementView, shows_changes: bool) -> impl IntoView {
    let AgreementView { slug, group, audience, may_plan, shown, versions } = view;
    let title = format!("Agreement of {}", within_sentence(&group));
    let tab = shown.as_ref().map_or_else(|| title.clone(), |shown| format!("{title}, version {}", shown.line.version));
    let is_proposed = versions.iter().any(|line| matches!(line.standing, Standing::Proposed(_)));
    let up = (paths::group(&slug), group.clone());
    let actions = may_plan.then(|| propose_link(&slug, versions.is_empty(), is_proposed)).into_any();
    let about = shown.as_ref().map(|shown| standing_sentence(shown.line)).unwrap_or_default();
    let content = match shown {
        None => view! {
            <Empty title="No agreement yet">
                <p>"The agreement will be here as soon as the supervisor or the Centre’s coordinator has proposed one. No session is planned before everybody has agreed."</p>
            </Empty>
        }
        .into_any(),
        Some(shown) => view! { <Shown slug shown versions shows_changes /> }.into_any(),
    };
    view! {
        <PageHead title tab up about times=page_day() actions>
            <Audience tier=4 sentence=audience />
        </PageHead>
        {content}
        <TakeAlong />
    }
}

fn propose_link(slug: &str, is_first: bool, is_proposed: bool) -> impl IntoView + use<> {
    let name = match (is_first, is_proposed) {
        (true, _) => "Propose an agreement",
        (false, true) => "Change the proposal",
        (false, false) => "Propose a change",
    };
    view! { <a class="btn btn--second" href=paths::propose_agreement(slug)><Icon name="pencil" />{name}</a> }
}

/// "Version 2, in force since Thursday 22 October 2026."
fn standing_sentence(line: VersionLine) -> String {
    let standing = match line.standing {
        Standing::Proposed(day) => format!("proposed on {}. It comes into force when everybody has agreed", day_month_year(day)),
        Standing::InForce(day) => format!("in force since {}", day_month_year(day)),
        Standing::Ended(since, until) => format!("in force from {} to {}", day_month_year(since), day_month_year(until)),
        Standing::Withdrawn(day) => format!("never in force: another text took its place on {}", day_month_year(day)),
    };
    format!("Version {}, {standing}.", line.version)
}

/// The text with who has agreed beside it, and below it the way to agree.
#[component]
fn Shown(slug: String, shown: ShownVersion, versions: Vec<VersionLine>, shows_changes: bool) -> impl IntoView {
    let ShownVersion { line, review_on, review_before, sections, changes, parties, waits_for_reader } = shown;
    let shows_changes = shows_changes && !changes.is_empty();
    let what_changed = shows_changes.then(|| view! { <WhatChanged changes=changes.clone() review_on review_before /> });
    let text = if shows_changes {
        changes.into_iter().map(Part::of_change).collect()
    } else {
        sections.into_iter().map(Part::of_section).collect()
    };
    let needs_supervisor = is_without_supervisor(line, &parties) && !waits_for_reader;
    let agree = waits_for_reader.then(|| view! { <Agree slug=slug.clone() version=line.version /> });
    view! {
        {waits_for_reader.then(|| view! {
            <Banner tone=Tone::Warn title="This text waits for you to agree.">
                <p>"Read it, then "<a href="#agree">"say at its end that you agree"</a>"."</p>
            </Banner>
        })}
        {needs_supervisor.then(|| view! {
            <Banner tone=Tone::Info title="This text needs the new supervisor’s agreement.">
                <p>"It stays in force. Until the supervisor has agreed, no session can be published."</p>
            </Banner>
        })}
        <div class="split above-5">
            <div>
                {what_changed}
                <Text parts=text />
                {agree}
            </div>
            <div class="split--side">
                <section class="card" aria-labelledby="review">
                    <div class="card__head"><h2 id="review">"Next review"</h2></div>
                    <p>{day_month_year(review_on)}</p>
                </section>
                <Parties parties />
                <Versions slug versions shown=line.version />
            </div>
        </div>
    }
}

/// A part of the text, ready to be read: its words, marked where they changed.
struct Part {
    heading: String,
    change: Option<Change>,
    pieces: Vec<Piece>,
}

impl Part {
    fn of_section(section: Section) -> Self {
        Self { heading: section.heading, change: None, pieces: vec![Piece::Kept(section.text)] }
    }

    fn of_change(change: SectionChange) -> Self {
        Self { heading: change.heading, change: Some(change.change), pieces: change.pieces }
    }
}

/// Whether a text is in force that the present supervisor, who came later, has not agreed to.
fn is_without_supervisor(line: VersionLine, parties: &[Party]) -> bool {
    line.is_in_force() && !parties.iter().any(|party| party.line.is_supervisor && party.line.agreed_on.is_some())
}

/// The text of a version, part by part with numbers.
#[component]
fn Text(parts: Vec<Part>) -> impl IntoView {
    let parts = (1..).zip(parts).map(|(number, part)| view! { <TextPart number part /> }).collect_view();
    view! { <article class="agreement">{parts}</article> }
}

#[component]
fn TextPart(number: usize, part: Part) -> impl IntoView {
    let badge = match part.change {
        None | Some(Change::Unchanged) => None,
        Some(Change::Changed) => Some("Changed"),
        Some(Change::Added) => Some("New"),
        Some(Change::Removed) => Some("Left out"),
    };
    let paragraphs = paragraphs(part.pieces).into_iter().map(|pieces| view! { <p>{pieces.into_iter().map(marked).collect_view()}</p> });
    let paragraphs = paragraphs.collect_view();
    let id = format!("part-{number}");
    let title = id.clone();
    view! {
        <section aria-labelledby=title>
            <h2 id=id>
                <span class="num">{number}</span>
                {part.heading}
                {badge.map(|words| view! { " " <Badge tone=Tone::Info>{words}</Badge> })}
            </h2>
            {paragraphs}
        </section>
    }
}

/// Words as they are, or marked as having come or gone; screen readers are told too.
fn marked(piece: Piece) -> AnyView {
    match piece {
        Piece::Kept(text) => text.into_any(),
        Piece::Added(text) => {
            view! { <ins><span class="vh">"Added: "</span>{text}<span class="vh">" End of addition. "</span></ins> }.into_any()
        }
        Piece::Removed(text) => {
            view! { <del><span class="vh">"Removed: "</span>{text}<span class="vh">" End of removal. "</span></del> " " }.into_any()
        }
    }
}

/// The pieces of a part, paragraph by paragraph: an empty line begins a new one.
fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut paragraphs = vec![Vec::new()];
    for piece in pieces {
        let (text, make): (String, fn(String) -> Piece) = match piece {
            Piece::Kept(text) => (text, Piece::Kept),
            Piece::Added(text) => (text, Piece::Added),
            Piece::Removed(text) => (text, Piece::Removed),
        };
        for (nth, words) in text.split("\n\n").enumerate() {
            if nth > 0 {
                paragraphs.push(Vec::new());
            }
            if let (false, Some(paragraph)) = (words.trim().is_empty(), paragraphs.last_mut()) {
                paragraph.push(make(words.to_owned()));
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Which parts differ from the version before, each leading to its place in the text.
#[component]
fn WhatChanged(changes: Vec<SectionChange>, review_on: chrono::NaiveDate, review_before: Option<chrono::NaiveDate>) -> impl IntoView {
    let (same, different): (Vec<_>, Vec<_>) = (1..).zip(changes).partition(|(_, part): &(i32, _)| part.change == Change::Unchanged);
    let items = different
        .into_iter()
        .map(|(number, part)| {
            let what = match part.change {
                Change::Added => "new",
                Change::Removed => "left out",
                Change::Changed | Change::Unchanged => "changed",
            };
            view! { <li><a href=format!("#part-{number}")>{part.heading}</a>{format!(": {what}")}</li> }
        })
        .collect_view();
    let review = review_before.map(|before| {
        view! { <li>{format!("Next review: {}, before {}", day_month_year(review_on), day_month_year(before))}</li> }
    });
    view! {
        <section class="card card--tint below-4" aria-labelledby="changed">
            <div class="card__head"><h2 id="changed">"What changed since the version before"</h2></div>
            <ul class="stack gap-1 plain">{items}{review}</ul>
            <p class="small muted above-2">{format!("{} parts are unchanged.", same.len())}</p>
        </section>
    }
}

/// Who was asked, and when each of them agreed.
#[component]
fn Parties(parties: Vec<Party>) -> impl IntoView {
    let agreed = parties.iter().filter(|party| party.line.agreed_on.is_some()).count();
    let count = format!("{agreed} of {}", parties.len());
    view! {
        <section class="card" aria-labelledby="parties">
            <div class="card__head"><h2 id="parties">"Who has agreed"</h2><span class="small">{count}</span></div>
            <ul class="list">{parties.into_iter().map(party_item).collect_view()}</ul>
        </section>
    }
}

fn party_item(party: Party) -> impl IntoView {
    let Party { line: party, employer } = party;
    let role = match (party.is_self, party.is_supervisor) {
        (true, true) => "You, supervisor",
        (true, false) => "You",
        (false, true) => "Supervisor",
        (false, false) => "Supervisee",
    };
    let employer = if employer.is_empty() { String::new() } else { format!(", {employer}") };
    let state = match party.agreed_on {
        Some(day) => format!("{role}{employer}. Agreed on {}.", day_month_year(day)),
        None => format!("{role}{employer}."),
    };
    let badge = match party.agreed_on {
        Some(_) => view! { <Badge tone=Tone::Good>"Agreed"</Badge> }.into_any(),
        None => view! { <Badge tone=Tone::Warn>"Waiting"</Badge> }.into_any(),
    };
    view! {
        <li class="item item--row">
            <Avatar initials=party.name.initials code=party.name.code />
            <div class="item__body"><p class="item__title">{party.name.short}</p><p class="item__meta">{state}</p></div>
            {badge}
        </li>
    }
}

/// Every version so far.
#[component]
fn Versions(slug: String, versions: Vec<VersionLine>, shown: i64) -> impl IntoView {
    let items = versions
        .into_iter()
        .map(|line| {
            let standing = match line.standing {
                Standing::Proposed(day) => format!("Proposed on {}", day_month_year(day)),
                Standing::InForce(day) => format!("In force since {}", day_month_year(day)),
                Standing::Ended(since, until) => format!("In force from {} to {}", day_month_year(since), day_month_year(until)),
                Standing::Withdrawn(day) => format!("Replaced on {} before it was in force", day_month_year(day)),
            };
            let current = (line.version == shown).then_some("page");
            view! {
                <li class="item">
                    <div class="item__body">
                        <a class="item__title" href=paths::agreement_version(&slug, line.version) aria-current=current>{format!("Version {}", line.version)}</a>
                        <p class="item__meta">{standing}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card no-print" aria-labelledby="versions">
            <div class="card__head"><h2 id="versions">"Versions"</h2></div>
            <ul class="list">{items}</ul>
        </section>
    }
}

/// The tick and the button by which somebody agrees.
#[component]
fn Agree(slug: String, version: i64) -> impl IntoView {
    let options = vec![("yes".to_owned(), "I have read this agreement, and I agree to it".to_owned())];
    view! {
        <section class="card above-5 no-print" id="agree" aria-labelledby="agree-title">
            <div class="card__head"><h2 id="agree-title">"Your agreement"</h2></div>
            <PostForm action=AgreeToAgreement::PATH>
                <Hidden name="slug" value=slug />
                <Hidden name="version" value=version.to_string() />
                <Choices name="read" legend="Do you agree?" several=true options
                    hint="Everybody in the group sees that you have agreed, and on which day. If there is something that you cannot agree to, speak with the supervisor or the Centre’s coordinator first." />
                <div class="form-foot"><button class="btn" type="submit">"I agree"</button></div>
            </PostForm>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_begins_a_paragraph_whatever_happened_to_it() {
        let pieces = vec![Piece::Kept("One.\n\nTwo ".to_owned()), Piece::Removed("old.\n\n".to_owned()), Piece::Added("new.".to_owned())];
        let expected = vec![
            vec![Piece::Kept("One.".to_owned())],
            vec![Piece::Kept("Two ".to_owned()), Piece::Removed("old.".to_owned())],
            vec![Piece::Added("new.".to_owned())],
        ];
        assert_eq!(paragraphs(pieces), expected);
    }
}
