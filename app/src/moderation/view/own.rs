//! What of one's own is with the moderators, or was.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::guard::{GuardMarks, Guarded};
use crate::moderation::answers::{Decided, OwnKind, OwnLine, OwnReport, OwnReports};
use crate::moderation::api::{AppealDecision, own_report_of, own_reports_list};
use crate::moderation::forms::CaseAddress;
use crate::paths;
use crate::spaces::{AskModerator, Attachments, ChangeHeldPost, WithdrawHeldPost, attaching_to_held, when};
use crate::ui::{
    Audience, Badge, Banner, Empty, Field, FormState, Hidden, Icon, PageHead, PostForm, TextArea, Tone, capital, clock_time, day_and_month,
    load, param,
};

const AUDIENCE: &str = "only you. Nobody is told who reported a post, and nobody else is told what was decided about yours.";

/// Posts that wait, posts that one has reported, and what was decided about one's own.
#[component]
pub fn OwnReportsPage() -> impl IntoView {
    load(own_reports_list(), |own| {
        let OwnReports { lines, now } = own;
        let list = if lines.is_empty() {
            view! {
                <Empty title="Nothing is with the moderators">
                    <p>"A post of yours that waits, a post that you report and whatever is decided about either will be here."</p>
                </Empty>
            }
            .into_any()
        } else {
            let items = lines.into_iter().map(|line| item(line, now)).collect_view();
            view! { <section class="card" aria-label="With the moderators"><ul class="list">{items}</ul></section> }.into_any()
        };
        view! {
            <PageHead title="With the moderators" up=(paths::COMMUNITY.to_owned(), "Community".to_owned())
                about="What you reported, what of yours waits to be seen, and what was decided. All times are UK time." times=now.date()>
                <Audience tier=1 sentence=AUDIENCE />
            </PageHead>
            {list}
        }
    })
}

fn item(line: OwnLine, now: NaiveDateTime) -> impl IntoView {
    let OwnLine { code, kind, outcome, at } = line;
    let (icon, title) = match kind {
        OwnKind::Report => ("shield", "A post that you reported"),
        OwnKind::Decision => ("messages-square", "A post of yours"),
        OwnKind::Held => ("hourglass", "A post of yours that others do not see yet"),
    };
    let (tone, state) = match (kind, outcome) {
        (OwnKind::Held, Some(_)) => (Tone::Warn, "Sent back to you"),
        (OwnKind::Held, None) => (Tone::Info, "Waiting for a moderator"),
        (OwnKind::Report, None) => (Tone::Info, "Being looked at"),
        (OwnKind::Report, Some(_)) => (Tone::Good, "Decided"),
        (OwnKind::Decision, outcome) => (Tone::Plain, outcome.map_or("", crate::moderation::Outcome::short)),
    };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=icon /></span>
            <div class="item__body">
                <a class="item__title" href=paths::own_report(&code)>{title}</a>
                <p class="item__meta">{capital(&when(at, now.date()))}</p>
            </div>
            <p class="item__side"><Badge tone>{state}</Badge></p>
        </li>
    }
}

/// What became of a report, of a post of one's own, or of one that waits.
#[component]
pub fn OwnReportPage() -> impl IntoView {
    load(own_report_of(CaseAddress { code: param("code"), version: String::new() }), |own| view! { <Shown own /> })
}

#[component]
fn Shown(own: OwnReport) -> impl IntoView {
    let title = match own.kind {
        OwnKind::Report => "Your report",
        OwnKind::Decision => "A post of yours",
        OwnKind::Held => "Your post that waits",
    };
    let place =
        own.place.clone().map(|(title, address)| view! { <p class="small above-2"><a href=address>{format!("In “{title}”")}</a></p> });
    let said = (own.kind == OwnKind::Report).then(|| {
        let words = (!own.words.is_empty()).then(|| view! { <p class="above-2">{own.words.clone()}</p> });
        view! { <p><b>{own.reason.map(crate::spaces::Reason::name)}</b></p>{words} }
    });
    let text = (own.kind != OwnKind::Report && !own.html.is_empty())
        .then(|| view! { <div class="prose post__text" inner_html=own.html.clone()></div> });
    let waits = own.because.map(|because| view! { <p class="small muted above-2">{because.sentence()}</p> });
    let heading = if own.kind == OwnKind::Report { "What you reported" } else { "What it says" };
    view! {
        <PageHead title up=(paths::OWN_REPORTS.to_owned(), "With the moderators".to_owned()) about="All times are UK time." times=own.now.date()>
            <Audience tier=1 sentence=AUDIENCE />
        </PageHead>
        <section class="card prose" aria-labelledby="what">
            <h2 id="what" class="as-h3">{heading}</h2>
            <div class="above-2">{said}{text}</div>
            {place}
            {waits}
        </section>
        <Outcome own=own.clone() />
        <Again own=own.clone() />
        {(!own.source.is_empty()).then(|| view! { <Change own /> })}
    }
}

/// What was decided, as far as the reader is told.
#[component]
fn Outcome(own: OwnReport) -> impl IntoView {
    let OwnReport { kind, decided, paused_until, because, now, .. } = own;
    let Some(Decided { outcome, reason, words, at, .. }) = decided else {
        let is_waiting = kind != OwnKind::Held || because.is_some();
        return is_waiting
            .then(|| view! { <p class="above-4">"Somebody looks at it within one working day, and you are told what they decide."</p> })
            .into_any();
    };
    let told = if kind == OwnKind::Report { outcome.told_reporter() } else { outcome.told_author() };
    let reason = reason.map(|reason| view! { <p class="above-2"><b>"The reason: "</b>{reason.name()}</p> });
    let words = (!words.is_empty()).then(|| view! { <p class="above-2">{words}</p> });
    let paused = paused_until.map(|until| {
        let until = format!(
            "You can post in that space again from {}, {}. You can read it all the while.",
            day_and_month(until.date()),
            clock_time(until.time())
        );
        view! { <div class="above-3"><Banner tone=Tone::Warn title=until /></div> }
    });
    view! {
        <section class="card prose above-4" aria-labelledby="decided">
            <h2 id="decided" class="as-h3">"What was decided"</h2>
            <p class="above-2">{told}</p>
            {reason}
            {words}
            <p class="small muted above-2">{capital(&when(at, now.date()))}</p>
            {paused}
        </section>
    }
    .into_any()
}

/// Asking for another decision, or what one said when one did.
#[component]
fn Again(own: OwnReport) -> impl IntoView {
    let OwnReport { code, appealed, may_appeal_until, decided, .. } = own;
    if let Some(words) = appealed {
        return view! {
            <section class="card prose above-4" aria-labelledby="again">
                <h2 id="again" class="as-h3">"You have asked for another decision"</h2>
                <p class="above-2">{words}</p>
            </section>
        }
        .into_any();
    }
    let Some(until) = may_appeal_until.filter(|_| decided.is_some()) else { return ().into_any() };
    view! {
        <section class="card prose above-4" aria-labelledby="again">
            <h2 id="again" class="as-h3">"Do you disagree?"</h2>
            <p class="small above-2">{format!("You can ask once, until {}, that somebody else looks at it again.", day_and_month(until))}</p>
            <PostForm action=AppealDecision::PATH class="above-3">
                <Hidden name="code" value=code />
                <Guarded name="words">
                    <TextArea name="words" label="Why should it be decided differently?" />
                </Guarded>
                <div class="form-foot"><button class="btn btn--second" type="submit">"Ask for another decision"</button></div>
            </PostForm>
        </section>
    }
    .into_any()
}

/// Changing a post that waits or was sent back, and taking it back.
#[component]
fn Change(own: OwnReport) -> impl IntoView {
    let OwnReport { code, title, source, files, takes_files, because, .. } = own;
    let (of_change, has_title) = (code.clone(), !title.is_empty());
    let lost = because.is_none().then_some("A post that is sent back keeps no files. Attach again what may be shown with it. ");
    let attach = takes_files.then(|| view! { <p class="small above-4">{lost}<a href=attaching_to_held(&code)>"Attach a file"</a></p> });
    view! {
        <section class="card prose above-4" aria-labelledby="change">
            <h2 id="change" class="as-h3">"Change it, or take it back"</h2>
            <PostForm action=ChangeHeldPost::PATH class="above-3">
                <Hidden name="code" value=of_change />
                {has_title.then(|| view! { <Hidden name="of_thread" value="yes" /><Field name="title" label="Title" value=title /> })}
                <GuardMarks text=FormState::of_form().entered("text").unwrap_or_else(|| source.clone())>
                    <TextArea name="text" label="Your words" rows=8 value=source.clone() />
                </GuardMarks>
                <AskModerator />
                <div class="form-foot"><button class="btn" type="submit">"Ask again with this"</button></div>
            </PostForm>
            <Attachments files heading="What is to be attached to it" />
            {attach}
            <PostForm action=WithdrawHeldPost::PATH class="above-4">
                <Hidden name="code" value=code />
                <button class="btn btn--second btn--sm" type="submit">"Withdraw it"</button>
            </PostForm>
        </section>
    }
}
