//! The page of one's own hours.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Entry, Hours, Marked};
use super::api::{ChoosePeriod, my_hours};
use super::forms::HoursAddress;
use super::model::{Span, Stretch, Total};
use super::paper::Sheet;
use crate::groups::Commitment;
use crate::paths;
use crate::ui::{
    Audience, Badge, Empty, Field, Figure, Folded, Icon, PageHead, PostForm, TakeAlong, Tone, address_with, day_and_month,
    hours_and_minutes, is_on_paper, load, query,
};

/// How many lines of a list are shown at once; the others open below them.
const SHOWN: usize = 8;

/// How much supervision one has had: verified, self-reported, and both.
#[component]
pub fn HoursPage() -> impl IntoView {
    let is_on_paper = is_on_paper();
    let address = HoursAddress { period: query("period").unwrap_or_default() };
    load(
        my_hours(address),
        move |hours| {
            if is_on_paper { view! { <Sheet hours /> }.into_any() } else { view! { <OwnHours hours /> }.into_any() }
        },
    )
}

#[component]
fn OwnHours(hours: Hours) -> impl IntoView {
    let log =
        view! { <a class="btn btn--second" href=paths::LOG_HOURS><Icon name="plus" />"Log supervision from elsewhere"</a> }.into_any();
    let is_empty = hours.sessions.is_empty() && hours.elsewhere.is_empty();
    let Hours { stretch, days, chosen, .. } = hours;
    let body = if is_empty {
        view! {
            <Empty title="No hours in this time yet">
                <p>"A session counts as soon as your supervisor has finished its attendance. Hours that you have elsewhere you can log yourself."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Counted hours /> }.into_any()
    };
    view! {
        <PageHead title="My hours" up=(paths::MY_SUPERVISION.to_owned(), "My supervision".to_owned())
            about="Your supervision, added up for your own records and for re-registration." actions=log>
            <Audience tier=1 sentence="only you. The Centre and your supervisor see who came to a session, not this page and not what you log here." />
        </PageHead>
        <Stretches stretch />
        <h2 class="above-4 below-3">{stretch.words(days)}</h2>
        {(stretch == Stretch::Registration && chosen.is_none()).then(|| view! {
            <p class="muted below-3">"This is the financial year. Choose your own registration period below, and it is remembered."</p>
        })}
        {body}
        <RegistrationPeriod days=chosen.unwrap_or(days) is_offered=stretch == Stretch::Registration />
    }
}

/// For which time it is added up.
#[component]
fn Stretches(stretch: Stretch) -> impl IntoView {
    let links = Stretch::ALL
        .into_iter()
        .map(|to| {
            let name = match to {
                Stretch::Registration => "Registration period",
                Stretch::Month => "This month",
                Stretch::Everything => "Everything",
            };
            let key = if to == Stretch::Registration { "" } else { to.key() };
            view! { <a href=address_with(paths::HOURS, &[("period", key)]) aria-current=(to == stretch).then_some("page")>{name}</a> }
        })
        .collect_view();
    view! { <nav class="seg" aria-label="For which time">{links}</nav> }
}

#[component]
fn Counted(hours: Hours) -> impl IntoView {
    let total = hours.total();
    let (by_format, by_intervention, commitment) = (hours.by_format(), hours.by_intervention(), hours.commitment());
    let Hours { sessions, elsewhere, .. } = hours;
    view! {
        <dl class="kpis">
            <Figure name="Verified" about="Marked by your supervisors at the Centre">{in_figures(total.verified)}</Figure>
            <Figure name="Self-reported" about="Logged by you, not verified by anybody">{in_figures(total.reported)}</Figure>
            <Figure name="Both together" about="Verified and self-reported hours, added up">{in_figures(total.sum())}</Figure>
        </dl>
        <div class="split">
            <div>
                <AtTheCentre sessions />
                <Elsewhere elsewhere />
            </div>
            <div>
                <section class="card" aria-labelledby="by-format">
                    <div class="card__head"><h2 id="by-format">"By format"</h2></div>
                    <Parts parts=by_format />
                </section>
                <section class="card" aria-labelledby="by-intervention">
                    <div class="card__head"><h2 id="by-intervention">"By intervention"</h2></div>
                    <Parts parts=by_intervention />
                </section>
                {(commitment.held > 0).then(|| view! {
                    <section class="card" aria-labelledby="commitment">
                        <div class="card__head"><h2 id="commitment">"Attendance and commitment"</h2></div>
                        <p class="small muted below-2">{format!("Of the {} at the Centre in this time.", commitment.sessions_held())}</p>
                        <Kept commitment />
                    </section>
                })}
            </div>
        </div>
        <TakeAlong list=paths::HOURS />
    }
}

/// A total in hours and minutes.
fn in_figures(minutes: i64) -> impl IntoView {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hour = if hours == 1 { " hour" } else { " hours" };
    let whole = (hours > 0 || rest == 0).then(|| view! { {hours}<small>{hour}</small>" " });
    let rest = (rest > 0).then(|| view! { {rest}<small>" min"</small> });
    view! { {whole}{rest} }
}

/// The parts of a total, each with what is verified and what is not.
#[component]
fn Parts(parts: Vec<(&'static str, Total)>) -> impl IntoView {
    if parts.is_empty() {
        return view! { <p class="muted">"Nothing counts yet."</p> }.into_any();
    }
    let rows = parts.into_iter().map(|(name, total)| view! { <div><dt>{name}</dt><dd>{words(total)}</dd></div> }).collect_view();
    view! { <dl class="summary">{rows}</dl> }.into_any()
}

/// "3 hours verified", "1 hour self-reported", or both.
fn words(total: Total) -> String {
    let said = |minutes: i64, by: &str| (minutes > 0).then(|| format!("{} {by}", hours_and_minutes(minutes)));
    [said(total.verified, "verified"), said(total.reported, "self-reported")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Both measures: coming, and saying so in good time where one cannot.
#[component]
fn Kept(commitment: Commitment) -> impl IntoView {
    view! {
        <dl class="summary">
            <div><dt>"You were there"</dt><dd>{commitment.share(commitment.attended)}</dd></div>
            <div><dt>"There, or apologies a day ahead"</dt><dd>{commitment.share(commitment.kept())}</dd></div>
        </dl>
    }
}

#[component]
fn AtTheCentre(sessions: Vec<Marked>) -> impl IntoView {
    let count = match sessions.len() {
        1 => "1 session held".to_owned(),
        count => format!("{count} sessions held"),
    };
    let content = if sessions.is_empty() {
        view! { <p class="muted">"No session in this time has been marked yet."</p> }.into_any()
    } else {
        let items: Vec<_> = sessions.into_iter().map(session_item).collect();
        view! { <Folded items shown=SHOWN /> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="centre">
            <div class="card__head"><h2 id="centre">"At the Centre: verified"</h2><span class="small muted">{count}</span></div>
            {content}
        </section>
    }
}

fn session_item(session: Marked) -> impl IntoView {
    let Marked { code, name, starts, state, minutes, elsewhere, supervisor, .. } = session;
    let is_counted = minutes > 0;
    let counts = if is_counted { format!("{}, marked by {supervisor}", hours_and_minutes(minutes)) } else { "Does not count".to_owned() };
    let counts = if elsewhere > 0 {
        format!("{counts}. {} of it count at another session at the same time", hours_and_minutes(elsewhere))
    } else {
        counts
    };
    let tone = if is_counted { Tone::Good } else { Tone::Plain };
    view! {
        <li class="item">
            <p class="datebox">
                <span>{starts.format("%a").to_string()}</span>" "<b>{starts.format("%-d").to_string()}</b>" "<span>{starts.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=paths::session(&code)>{format!("{name}, {}", day_and_month(starts.date()))}</a>
                <p class="item__meta">{counts}</p>
            </div>
            <p class="item__side"><Badge tone>{state.name()}</Badge></p>
        </li>
    }
}

#[component]
fn Elsewhere(elsewhere: Vec<Entry>) -> impl IntoView {
    let content = if elsewhere.is_empty() {
        view! { <p class="muted">"You have logged nothing in this time."</p> }.into_any()
    } else {
        let items: Vec<_> = elsewhere.into_iter().map(entry_item).collect();
        view! { <Folded items shown=SHOWN /> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="elsewhere">
            <div class="card__head"><h2 id="elsewhere">"Elsewhere: self-reported"</h2><a href=paths::LOG_HOURS>"Log hours"</a></div>
            {content}
        </section>
    }
}

fn entry_item(entry: Entry) -> impl IntoView {
    let Entry { code, held_on, minutes, format, intervention, supervised_by, .. } = entry;
    let meta = format!("{}, {}. {}. With: {supervised_by}.", hours_and_minutes(minutes), format.name(), intervention.name());
    view! {
        <li class="item">
            <p class="datebox">
                <span>{held_on.format("%a").to_string()}</span>" "<b>{held_on.format("%-d").to_string()}</b>" "<span>{held_on.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=paths::change_hours(&code)>{format!("Elsewhere, {}", day_and_month(held_on))}</a>
                <p class="item__meta">{meta}</p>
            </div>
            <p class="item__side"><Badge tone=Tone::Warn>"Not verified"</Badge></p>
        </li>
    }
}

/// From when until when one's registration runs; remembered.
#[component]
fn RegistrationPeriod(days: Span, is_offered: bool) -> impl IntoView {
    is_offered.then(|| {
        view! {
            <section class="card above-5" aria-labelledby="registration">
                <div class="card__head"><h2 id="registration">"Your registration period"</h2></div>
                <p>"Your professional body says from when until when you count. It is remembered until you choose another."</p>
                <PostForm action=ChoosePeriod::PATH class="above-3">
                    <div class="fields">
                        <Field name="starts_on" label="First day" kind="date" class="input--date" value=days.from.to_string() />
                        <Field name="ends_on" label="Last day" kind="date" class="input--date" value=days.to.to_string() />
                    </div>
                    <div class="form-foot"><button class="btn btn--second" type="submit">"Keep this period"</button></div>
                </PostForm>
            </section>
        }
    })
}
