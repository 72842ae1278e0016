//! Changing a session: when and by whom first, with everything that it comes to, and what stays as it is below.

use http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use super::preview::{Told, WhatChanges};
use crate::availability::{KeepReason, Verdict, WhatDoesNotFit};
use crate::changes::answers::{ChangePage as Shown, InHand, Preview};
use crate::changes::api::{ChangeDetails, ChangeTimes, PreviewDetails, session_to_change};
use crate::changes::forms::{ALL, ChangeForm, DetailsForm, FOLLOWING, THIS, TimesForm};
use crate::error::Problem;
use crate::groups::{audience_of_any_group, within_sentence};
use crate::paths;
use crate::people::PersonName;
use crate::sessions::{BACK, Back};
use crate::ui::{
    Answered, AskForm, Audience, Choices, Field, Hidden, PageHead, PostForm, ProblemSummary, Rejected, SelectField, load, param, query,
    time_range,
};

/// Changing a session, the ones that follow, or all of its series.
#[component]
pub fn ChangeSessionPage() -> impl IntoView {
    let answer = |name| query(name).unwrap_or_default();
    let times = TimesForm {
        session: param("code"),
        scope: answer("scope"),
        starts_on: answer("starts_on"),
        starts_time: answer("starts_time"),
        length_minutes: answer("length_minutes"),
        supervisor: answer("supervisor"),
        was_supervisor: answer("was_supervisor"),
        ..TimesForm::default()
    };
    let details = asked_details();
    load(session_to_change(ChangeForm { times, details }), |page| view! { <ChangeView page /> })
}

/// What the form of details was sent with: to be looked at, or to be saved, which was refused. Nothing of it stands in the address.
fn asked_details() -> DetailsForm {
    if let Some(asked) = Answered::to_form(PreviewDetails::PATH).and_then(|answer| DetailsForm::of_answer(&answer)) {
        return asked;
    }
    let Some(rejected) = Rejected::of_request().filter(|rejected| rejected.action == ChangeDetails::PATH) else {
        return DetailsForm::default();
    };
    let entered = |name| rejected.entered_in(name);
    DetailsForm {
        session: param("code"),
        which: entered("which"),
        place: entered("place"),
        title: entered("title"),
        was_place: entered("was_place"),
        was_title: entered("was_title"),
        ..DetailsForm::default()
    }
}

#[component]
fn ChangeView(page: Shown) -> impl IntoView {
    let Shown { session, times, problems, preview, details, details_problems, details_preview, supervisors, is_in_person } = page;
    let all_problems: Vec<Problem> = problems.iter().chain(&details_problems).cloned().collect();
    answer_for(&all_problems);
    let title = format!("Change {}", within_sentence(&session.name));
    let tab = if all_problems.is_empty() { title.clone() } else { format!("Error: {title}") };
    let up = (paths::session(&session.code), session.name.clone());
    let back = Back::of_request();
    let day = session.span.starts.date();
    let about = format!("{}, UK time.", time_range(session.span.starts, session.span.ends));
    let asked_times = Asked { form: times, problems, preview };
    let asked_details = Asked { form: details, problems: details_problems, preview: details_preview };
    view! {
        <ProblemSummary problems=all_problems />
        <PageHead title tab up about=about times=day>
            <Audience tier=4 sentence=format!("whoever sees the session: {}.", audience_of_any_group()) />
        </PageHead>
        <TimesAndLeader session=session.clone() asked=asked_times supervisors back=back.clone() />
        <Details session=session.clone() asked=asked_details is_in_person back />
        <p class="above-5">
            <a href=paths::cancel(&session.code)>"Cancel this session"</a>
            {(session.all > 1).then(|| view! { " · "<a href=paths::cancel_series(&session.code)>"Cancel several sessions"</a> })}
        </p>
    }
}

/// What stands in a form, what is wrong with it, and what it comes to.
struct Asked<Form> {
    form: Form,
    problems: Vec<Problem>,
    preview: Option<Preview>,
}

/// When it is, for how long, and, for whoever chooses that, who leads it: in one form, since whoever is to lead it may be free at another time alone.
#[component]
fn TimesAndLeader(session: InHand, asked: Asked<TimesForm>, supervisors: Vec<PersonName>, back: Option<Back>) -> impl IntoView {
    let Asked { form: times, problems, preview } = asked;
    let leave = back.as_ref().map_or_else(|| paths::session(&session.code), |back| back.at(&session.code));
    let back = in_field(back);
    let from = back.clone();
    let came_from = move || (!from.is_empty()).then(|| view! { <Hidden name=BACK value=from /> });
    let form = times.clone();
    let button = if preview.is_some() { "btn btn--second" } else { "btn" };
    let title = if supervisors.is_empty() { "Another time or length" } else { "Another time, length or supervisor" };
    let options: Vec<(String, String)> = supervisors.into_iter().map(|name| (name.code, name.short)).collect();
    // Made inside the form, which knows under which names its fields are sent and what is wrong with them.
    let who = move || {
        (!options.is_empty()).then(|| {
            view! {
                <Hidden name="was_supervisor" value=form.was_supervisor />
                <SelectField name="supervisor" label="Led by" value=form.supervisor options />
            }
        })
    };
    view! {
        <section class="card" aria-labelledby="when">
            <div class="card__head"><h2 id="when">{title}</h2></div>
            <AskForm address=paths::change_session(&session.code) problems class="prose">
                <Field name="starts_on" label="Date" kind="date" class="input--date" value=form.starts_on />
                <Field name="starts_time" label="Starts at" kind="time" class="input--time" value=form.starts_time />
                <Field name="length_minutes" label="Length in minutes" kind="number" inputmode="numeric" class="input--short"
                    value=form.length_minutes />
                {who()}
                {came_from()}
                <Scopes name="scope" chosen=form.scope options=scopes(&session) />
                <div class="form-foot">
                    <button class=button type="submit">"Show what changes"</button>
                    <a href=leave>"Cancel"</a>
                </div>
            </AskForm>
            {preview.map(|preview| saving_times(TimesForm { back, ..times }, preview))}
        </section>
    }
}

/// The page to go back to, as the field of a form says it; empty for the session's own.
fn in_field(back: Option<Back>) -> String {
    back.map(|back| back.address()).unwrap_or_default()
}

/// Answers, where what stands in the address cannot be done, that it cannot. A form that was refused has a status of its own.
fn answer_for(problems: &[Problem]) {
    if let (false, None, Some(response)) = (problems.is_empty(), Rejected::of_request(), use_context::<ResponseOptions>()) {
        response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// What a change can be for, with how many sessions that is. One that stands alone is not asked about.
fn scopes(session: &InHand) -> Vec<(String, String)> {
    let mut scopes = vec![(THIS.to_owned(), "Only this session".to_owned())];
    if session.following > 1 {
        scopes.push((FOLLOWING.to_owned(), format!("This and the following: {} sessions", session.following)));
    }
    if session.all > session.following && session.all > 1 {
        scopes.push((ALL.to_owned(), format!("All that have not begun: {} sessions", session.all)));
    }
    scopes
}

#[component]
fn Scopes(name: &'static str, chosen: String, options: Vec<(String, String)>) -> impl IntoView {
    if options.len() == 1 {
        return view! { <Hidden name value=THIS /> }.into_any();
    }
    view! {
        <Choices name legend="Which sessions change?" chosen=vec![chosen] options
            hint="Sessions that have begun or been marked never change." />
    }
    .into_any()
}

/// Everything that the answers come to, and the button that stores them.
#[component]
fn Saving(
    preview: Preview,
    /// The word on the button.
    verb: &'static str,
    /// What stores them.
    action: &'static str,
    /// The answers.
    answers: Vec<(&'static str, String)>,
) -> impl IntoView {
    let Told { sentence, button } = Told::of(&preview, verb);
    let (seen, verdict, doubts) = (preview.seen.clone(), preview.verdict.clone(), preview.verdict.clone());
    let form = verdict.may_be_published().then(|| {
        view! {
            <PostForm action class="card__foot">
                {answers.into_iter().map(|(name, value)| view! { <Hidden name value /> }).collect_view()}
                <Hidden name="seen" value=seen />
                <WhyAllTheSame verdict=doubts />
                <button class="btn" type="submit">{button}</button>
                <p class="hint above-2">{sentence}</p>
            </PostForm>
        }
    });
    view! { <WhatChanges preview /><WhatDoesNotFit verdict />{form} }
}

fn saving_times(times: TimesForm, preview: Preview) -> impl IntoView {
    let TimesForm { session, scope, starts_on, starts_time, length_minutes, supervisor, was_supervisor, back, .. } = times;
    let answers = vec![
        ("session", session),
        ("scope", scope),
        ("starts_on", starts_on),
        ("starts_time", starts_time),
        ("length_minutes", length_minutes),
        ("supervisor", supervisor),
        ("was_supervisor", was_supervisor),
        (BACK, back),
    ];
    view! { <Saving preview verb="Save" action=ChangeTimes::PATH answers /> }
}

fn saving_details(details: DetailsForm, preview: Preview) -> impl IntoView {
    let DetailsForm { session, which, place, title, was_place, was_title, back, .. } = details;
    let answers = vec![
        ("session", session),
        ("which", which),
        ("place", place),
        ("title", title),
        ("was_place", was_place),
        ("was_title", was_title),
        (BACK, back),
    ];
    view! { <Saving preview verb="Save these changes" action=ChangeDetails::PATH answers /> }
}

/// Asked where something only warns.
#[component]
fn WhyAllTheSame(verdict: Verdict) -> impl IntoView {
    (!verdict.warns.is_empty())
        .then(|| view! { <Choices name="reason" legend="Why is it changed all the same?" options=KeepReason::options() /> })
}

/// Where, and what it is called.
#[component]
fn Details(session: InHand, asked: Asked<DetailsForm>, is_in_person: bool, back: Option<Back>) -> impl IntoView {
    // What is wrong with it is said above, and beside its field where it was refused.
    let Asked { form: details, preview, .. } = asked;
    let form = details.clone();
    // Made inside the form, as above.
    let place = move || {
        is_in_person.then(|| {
            view! {
                <Field name="place" label="Place (optional)" value=form.place
                    hint="Leave it empty where the group meets at its usual place." />
            }
        })
    };
    view! {
        <section class="card above-5" aria-labelledby="details">
            <div class="card__head"><h2 id="details">"Other changes"</h2></div>
            <PostForm action=PreviewDetails::PATH class="prose">
                <Hidden name="session" value=session.code.clone() />
                <Hidden name="was_place" value=form.was_place />
                <Hidden name="was_title" value=form.was_title />
                {place()}
                <Field name="title" label="Title (optional)" value=form.title
                    hint="Shown beside the group’s name, such as “Review of our agreement”. Please name nobody." />
                <Scopes name="which" chosen=form.which options=scopes(&session) />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Show these changes"</button></div>
            </PostForm>
            {preview.map(|preview| saving_details(DetailsForm { back: in_field(back), ..details }, preview))}
        </section>
    }
}
