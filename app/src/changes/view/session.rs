//! Changing a session: when first, with everything that it comes to, and what stays as it is below.

use http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use super::preview::{Told, WhatChanges};
use crate::availability::{KeepReason, Level};
use crate::changes::answers::{ChangePage as Shown, InHand, Preview};
use crate::changes::api::{ChangeDetails, ChangeTimes, session_to_change};
use crate::changes::forms::{ALL, DetailsForm, FOLLOWING, THIS, TimesForm};
use crate::error::Problem;
use crate::groups::audience_of_any_group;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{
    AskForm, Audience, Choices, Field, Hidden, PageHead, PostForm, ProblemSummary, Rejected, SelectField, Sentences, Tone, load, param,
    query, time_range,
};

/// Who sees what is entered here.
/// Changing a session, the ones that follow, or all of its series.
#[component]
pub fn ChangeSessionPage() -> impl IntoView {
    let answer = |name| query(name).unwrap_or_default();
    let form = TimesForm {
        session: param("code"),
        scope: answer("scope"),
        starts_on: answer("starts_on"),
        starts_time: answer("starts_time"),
        length_minutes: answer("length_minutes"),
        ..TimesForm::default()
    };
    load(session_to_change(form), |page| view! { <ChangeView page /> })
}

#[component]
fn ChangeView(page: Shown) -> impl IntoView {
    let Shown { session, times, problems, preview, details, supervisors, is_in_person } = page;
    answer_for(&problems);
    let title = format!("Change {}", session.name);
    let tab = if problems.is_empty() { title.clone() } else { format!("Error: {title}") };
    let up = (paths::session(&session.code), session.name.clone());
    let about = format!("{}, UK time", time_range(session.span.starts, session.span.ends));
    let address = paths::change_session(&session.code);
    let (asked, back) = (times.clone(), up.0.clone());
    let button = if preview.is_some() { "btn btn--second" } else { "btn" };
    let scopes = scopes(&session);
    let details = view! { <Details details supervisors is_in_person scopes=scopes.clone() /> };
    view! {
        <ProblemSummary problems=problems.clone() />
        <PageHead title tab up about=about>
            <Audience tier=4 sentence=format!("whoever sees the session: {}.", audience_of_any_group()) />
        </PageHead>
        <section class="card" aria-labelledby="when">
            <div class="card__head"><h2 id="when">"Another time or length"</h2></div>
            <AskForm address problems class="prose">
                <Field name="starts_on" label="Date" kind="date" class="input--date" value=asked.starts_on />
                <Field name="starts_time" label="Starts at" kind="time" class="input--time" value=asked.starts_time />
                <Field name="length_minutes" label="Length in minutes" kind="number" inputmode="numeric" class="input--short"
                    value=asked.length_minutes />
                <Scopes name="scope" chosen=asked.scope options=scopes />
                <div class="form-foot">
                    <button class=button type="submit">"Show what changes"</button>
                    <a href=back>"Leave it"</a>
                </div>
            </AskForm>
            {preview.map(|preview| view! { <Saving times preview /> })}
        </section>
        {details}
        <p class="above-5">
            <a href=paths::cancel(&session.code)>"Cancel this session"</a>
            {(session.all > 1).then(|| view! { " · "<a href=paths::cancel_series(&session.code)>"Cancel several sessions"</a> })}
        </p>
    }
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

/// Everything that the answers come to, and the button that stores it.
#[component]
fn Saving(times: TimesForm, preview: Preview) -> impl IntoView {
    let Told { sentence, button } = Told::of(&preview, "Save");
    let (seen, verdict) = (preview.seen.clone(), preview.verdict.clone());
    let tone = |level| if level == Level::Warn { Tone::Warn } else { Tone::Bad };
    let told = verdict.told().into_iter().map(|(level, title, sentences)| view! { <Sentences tone=tone(level) title sentences /> });
    let told = told.collect_view();
    if !verdict.may_be_published() {
        return view! { <WhatChanges preview />{told} }.into_any();
    }
    let why = (!verdict.warns.is_empty()).then(|| {
        view! { <Choices name="reason" legend="Why is it changed all the same?" options=KeepReason::options() /> }
    });
    view! {
        <WhatChanges preview />
        {told}
        <PostForm action=ChangeTimes::PATH class="card__foot">
            <Hidden name="session" value=times.session />
            <Hidden name="scope" value=times.scope />
            <Hidden name="starts_on" value=times.starts_on />
            <Hidden name="starts_time" value=times.starts_time />
            <Hidden name="length_minutes" value=times.length_minutes />
            <Hidden name="seen" value=seen />
            {why}
            <button class="btn" type="submit">{button}</button>
            <p class="hint above-2">{sentence}</p>
        </PostForm>
    }
    .into_any()
}

/// Who leads, where, and what it is called.
#[component]
fn Details(details: DetailsForm, supervisors: Vec<PersonName>, is_in_person: bool, scopes: Vec<(String, String)>) -> impl IntoView {
    let options: Vec<(String, String)> = supervisors.into_iter().map(|name| (name.code, name.short)).collect();
    let who = (!options.is_empty()).then(|| {
        let reasons: Vec<_> = [(String::new(), "It fits".to_owned())].into_iter().chain(KeepReason::options()).collect();
        view! {
            <SelectField name="supervisor" label="Led by" value=details.supervisor options />
            <SelectField name="why" label="If it does not quite fit: why all the same?" value="" options=reasons />
        }
    });
    let place = is_in_person.then(|| {
        view! {
            <Field name="place" label="Place (optional)" value=details.place
                hint="Leave it empty where the group meets at its usual place." />
        }
    });
    view! {
        <section class="card above-5" aria-labelledby="details">
            <div class="card__head"><h2 id="details">"Other changes"</h2></div>
            <PostForm action=ChangeDetails::PATH class="prose">
                <Hidden name="session" value=details.session />
                <Hidden name="was_supervisor" value=details.was_supervisor />
                <Hidden name="was_place" value=details.was_place />
                <Hidden name="was_title" value=details.was_title />
                {who}
                {place}
                <Field name="title" label="Title (optional)" value=details.title
                    hint="Shown beside the group’s name, such as “Review of our agreement”. Please name nobody." />
                <Scopes name="which" chosen=details.which options=scopes />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Save the other changes"</button></div>
            </PostForm>
        </section>
    }
}
