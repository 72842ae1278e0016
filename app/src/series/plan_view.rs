//! Planning a series, and changing a draft: questions first, every date next, and nothing stored until both were seen.

use http::StatusCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use super::answers::{AgreementStage, GroupName, Plan, PlanPage};
use super::api::{SaveSeries, series_to_plan};
use super::dates::{Dates, NothingToPublish};
use super::forms::{LAST, MONTHS, OPEN, PUBLISH, SeriesForm, TIMES, UNTIL, WEEKS};
use super::island::DatesWhileAsked;
use crate::access::{Permission, holders_in_words};
use crate::availability::{KeepReason, Verdict, WhatDoesNotFit};
use crate::error::{AppError, Problem};
use crate::groups::audience_of_any_group;
use crate::paths;
use crate::ui::{AskForm, Audience, Banner, Choices, Field, Hidden, PageHead, PostForm, ProblemSummary, Rejected, load, param, query};

/// Who sees what is entered here.
/// The supervisor and those who manage groups plan; once it is published, whoever sees the group sees it.
fn audience() -> String {
    let planners = holders_in_words(Permission::ManageGroups);
    format!("the group’s supervisor and the Centre’s {planners}. When you publish: {}.", audience_of_any_group())
}

/// A new series.
#[component]
pub fn NewSeriesPage() -> impl IntoView {
    load(series_to_plan(asked(param("slug"), String::new())), |page| view! { <PlanView page /> })
}

/// A draft that is changed.
#[component]
pub fn ChangeSeriesPage() -> impl IntoView {
    load(series_to_plan(asked(param("slug"), param("number"))), |page| view! { <PlanView page /> })
}

/// What stands in the page's address.
fn asked(slug: String, number: String) -> SeriesForm {
    let answer = |name| query(name).unwrap_or_default();
    SeriesForm {
        slug,
        number,
        version: answer("version"),
        starts_on: answer("starts_on"),
        starts_time: answer("starts_time"),
        length_minutes: answer("length_minutes"),
        repeats: answer("repeats"),
        every: answer("every"),
        ending: answer("ending"),
        until_on: answer("until_on"),
        times: answer("times"),
        ..SeriesForm::default()
    }
}

#[component]
fn PlanView(page: PlanPage) -> impl IntoView {
    let PlanPage { group, mut form, version, is_published, problems, plan, verdict, today, days_off } = page;
    // Whoever was told what somebody else changed has seen the version as it is now, and may put their own in its place.
    if matches!(Rejected::of_request().as_deref(), Some(Rejected { error: AppError::Conflict(_), .. })) {
        form.version = version.to_string();
    }
    let (title, address, up) = place(&group, &form);
    let tab = if problems.is_empty() { title.clone() } else { format!("Error: {title}") };
    answer_for(&problems);
    if is_published {
        let title_again = title.clone();
        return view! {
            <PageHead title=title_again up=up.clone()>
                <Audience tier=4 sentence=audience() />
            </PageHead>
            <Banner title="This series is published, so it can no longer be changed."><p><a href=up.0>"Go to the series"</a></p></Banner>
        }
        .into_any();
    }
    let button = if plan.is_some() { "btn btn--second" } else { "btn" };
    let questions = form.clone();
    let back = up.0.clone();
    view! {
        <ProblemSummary problems=problems.clone() />
        <PageHead title tab up about="You see every date before anything is saved. All times are UK time." times=today>
            <Audience tier=4 sentence=audience() />
        </PageHead>
        <AskForm address problems class="prose">
            <DatesWhileAsked today days_off>
                <Questions form=questions />
                <div class="form-foot">
                    <button class=button type="submit">"Show the dates"</button>
                    <a href=back>"Cancel"</a>
                </div>
            </DatesWhileAsked>
        </AskForm>
        {plan.map(|plan| view! { <Preview group form plan verdict /> })}
    }
    .into_any()
}

/// Answers, where what stands in the address cannot be a series, that it cannot be done. A form that was refused has a status of its own.
fn answer_for(problems: &[Problem]) {
    if let (false, None, Some(response)) = (problems.is_empty(), Rejected::of_request(), use_context::<ResponseOptions>()) {
        response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Title, address and the page above, for a new series and for a draft.
fn place(group: &GroupName, form: &SeriesForm) -> (String, String, (String, String)) {
    match form.draft() {
        None => ("Plan a series".to_owned(), paths::new_series(&group.slug), (paths::group(&group.slug), group.name.clone())),
        Some(draft) => {
            let number = draft.place();
            let up = (paths::series(&group.slug, number), format!("Series {number}, {}", group.name));
            ("Change the series".to_owned(), paths::change_series(&group.slug, number), up)
        }
    }
}

/// What a series is asked about.
#[component]
fn Questions(form: SeriesForm) -> impl IntoView {
    let rhythms = options([
        (WEEKS, "Every so many weeks, on the same day of the week"),
        (MONTHS, "Every so many months, on the same weekday of the month, as in “the second Tuesday”"),
        (LAST, "Every so many months, on the last such weekday, as in “the last Thursday”"),
    ]);
    let endings = options([
        (UNTIL, "On a date"),
        (TIMES, "After a number of sessions"),
        (OPEN, "When somebody ends it: sessions are always planned half a year ahead"),
    ]);
    view! {
        {form.draft().map(|draft| view! { <Hidden name="version" value=draft.version /> })}
        <Field name="starts_on" label="First session" kind="date" class="input--date" value=form.starts_on
            hint="The day of the week follows from it." />
        <Field name="starts_time" label="Starts at" kind="time" class="input--time" value=form.starts_time />
        <Field name="length_minutes" label="Length in minutes" kind="number" inputmode="numeric" class="input--short"
            value=form.length_minutes />
        <Choices name="repeats" legend="How does it repeat?" chosen=vec![form.repeats] options=rhythms />
        <Field name="every" label="Weeks or months from one session to the next" kind="number" inputmode="numeric" class="input--short"
            value=form.every hint="1 for every week or month, 2 for every second one, and so on." />
        <Choices name="ending" legend="When does it end?" chosen=vec![form.ending] options=endings />
        <Field name="until_on" label="Last date" kind="date" class="input--date" value=form.until_on
            hint="A session that is skipped is not made up for." />
        <Field name="times" label="Number of sessions" kind="number" inputmode="numeric" class="input--short"
            value=form.times hint="Sessions that are held are counted: a skipped date makes the series longer." />
    }
}

fn options<const COUNT: usize>(options: [(&str, &str); COUNT]) -> Vec<(String, String)> {
    options.map(|(key, words)| (key.to_owned(), words.to_owned())).into()
}

/// Every date that the answers give, and the two ways to save them.
#[component]
fn Preview(group: GroupName, form: SeriesForm, plan: Plan, verdict: Verdict) -> impl IntoView {
    let may_publish = group.agreement == AgreementStage::InForce && verdict.may_be_published();
    let is_doubtful = may_publish && !verdict.warns.is_empty();
    let publish =
        may_publish.then(|| view! { <button class="btn" type="submit" name="form[then]" value=PUBLISH>"Save and publish"</button> });
    let draft_class = if may_publish { "btn btn--second" } else { "btn" };
    view! {
        <section class="card above-5" aria-labelledby="dates">
            <div class="card__head"><h2 id="dates">{plan.words.clone()}</h2></div>
            <Dates plan />
            <WhatDoesNotFit verdict />
            <div class="above-4"><NothingToPublish group /></div>
            <PostForm action=SaveSeries::PATH class="card__foot">
                <Answers form />
                {is_doubtful.then(|| view! { <Why /> })}
                <div class="row">
                    {publish}
                    <button class=draft_class type="submit">"Save as a draft"</button>
                </div>
                {may_publish.then(|| view! {
                    <p class="hint above-2">"Publishing puts the sessions into everybody’s calendar and sends each member and the supervisor one message."</p>
                })}
            </PostForm>
        </section>
    }
}

/// Why it is published although it does not quite fit.
#[component]
pub(super) fn Why() -> impl IntoView {
    view! { <Choices name="reason" legend="Why is it planned all the same?" options=KeepReason::options() /> }
}

/// What was answered and shown, as it is sent to be saved.
#[component]
fn Answers(form: SeriesForm) -> impl IntoView {
    [
        ("slug", form.slug),
        ("number", form.number),
        ("version", form.version),
        ("starts_on", form.starts_on),
        ("starts_time", form.starts_time),
        ("length_minutes", form.length_minutes),
        ("repeats", form.repeats),
        ("every", form.every),
        ("ending", form.ending),
        ("until_on", form.until_on),
        ("times", form.times),
        ("skipped", form.skipped),
    ]
    .map(|(name, value)| view! { <Hidden name value /> })
    .into_iter()
    .collect_view()
}
