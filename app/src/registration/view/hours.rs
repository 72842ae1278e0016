//! The hours of one of the two weeks: painted, or said line by line.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::availability::{DAYS, Week, WeekPainter, WeekPicture, weekday_name};
use crate::paths;
use crate::registration::answers::Registration;
use crate::registration::api::{AnswerStep, ChangeHoursOfWeek};
use crate::registration::model::Step;
use crate::ui::{Choices, Field, Hidden, PostForm, Rejected};

/// When somebody is free in a week of the two that groups go by.
#[component]
pub fn WeekQuestion(registration: Registration, step: Step) -> impl IntoView {
    let own = if step == Step::FirstWeek { &registration.first_week } else { &registration.second_week };
    // The second week begins as the first: of most people it is the same.
    let figures = own.clone().or_else(|| registration.first_week.clone()).unwrap_or_else(|| Week::of_hours(&[]).figures());
    let week = Week::of_figures(&figures).unwrap_or_else(|| Week::of_hours(&[]));
    let without_painter = figures.clone();
    let about = if step == Step::FirstWeek {
        "Groups meet once in two weeks, in the first or in the second. When could you come in the first week?"
    } else {
        "When could you come in the second week? It begins here as your first week is: save it so if it is the same."
    };
    let lines = DAYS.iter().enumerate().filter_map(|(day, weekday)| day_line(&week, step, (day, *weekday))).collect_view();
    let was_refused = Rejected::of_request().is_some_and(|rejected| rejected.action == ChangeHoursOfWeek::PATH);
    let is_open = was_refused || (0..7).all(|day| week.stretches(day).is_empty());
    view! {
        <p class="below-3">{about}</p>
        <WeekPainter week=figures.clone()><SaveWeek step figures=figures.clone() /></WeekPainter>
        <WeekPicture week=week />
        <ul class="list above-4">{lines}</ul>
        <details class="above-4" open=is_open>
            <summary>"Add hours…"</summary>
            <div class="above-3"><HoursQuestions step /></div>
        </details>
        <div class="painter-else"><SaveWeek step figures=without_painter /></div>
    }
}

/// Saves the week as it is on show.
#[component]
fn SaveWeek(step: Step, figures: String) -> impl IntoView {
    view! {
        <PostForm action=AnswerStep::PATH class="above-4">
            <Hidden name="step" value=step.key() />
            <Hidden name="painted" value=figures />
            <div class="form-foot"><button class="btn" type="submit">"Save this week and go on"</button><a href=paths::REGISTRATION>"Stop here for now"</a></div>
        </PostForm>
    }
}

/// The hours of a day in words; nothing where there are none.
fn day_line(week: &Week, step: Step, (day, weekday): (usize, chrono::Weekday)) -> Option<impl IntoView + use<>> {
    let stretches: Vec<String> = week
        .stretches(day)
        .into_iter()
        .map(|(stretch, is_preferred)| if is_preferred { format!("{stretch}, preferred") } else { stretch.to_string() })
        .collect();
    let name = weekday_name(weekday);
    (!stretches.is_empty()).then(|| {
        view! {
            <li class="item item--row">
                <div class="item__body"><p class="item__title">{name}</p><p class="item__meta">{stretches.join("; ")}</p></div>
                <PostForm action=ChangeHoursOfWeek::PATH>
                    <Hidden name="step" value=step.key() />
                    <Hidden name="clear" value=day.to_string() />
                    <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{format!(" the hours of {name}")}</span></button>
                </PostForm>
            </li>
        }
    })
}

#[component]
fn HoursQuestions(step: Step) -> impl IntoView {
    let days = DAYS.map(|day| (day.number_from_monday().to_string(), weekday_name(day).to_owned())).to_vec();
    view! {
        <PostForm action=ChangeHoursOfWeek::PATH>
            <Hidden name="step" value=step.key() />
            <Choices name="weekdays" legend="On which days?" several=true options=days />
            <div class="fields">
                <Field name="from" label="From" kind="time" class="input--time" value="09:00" />
                <Field name="to" label="To" kind="time" class="input--time" value="12:00" />
            </div>
            <Choices name="preferred" legend="Would you choose these hours?" several=true
                options=vec![("yes".to_owned(), "These are the times that suit best".to_owned())] />
            <div class="form-foot"><button class="btn btn--second" type="submit">"Add these hours"</button></div>
        </PostForm>
    }
}
