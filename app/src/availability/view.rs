//! The page on which somebody says when they can be planned. Each change is a form of its own.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AvailabilityPage as Shown, Conflict};
use super::api::{AddLeave, AddWorkingHours, RemoveDate, RemoveLeave, RemoveWorkingHours, SetDate, SetLimits, SetWeek, availability_of};
use super::conflicts_view::conflict_item;
use super::forms::{AvailabilityAddress, NONE, OTHER, YES, hours_of_minutes};
use super::island::WeekPainter;
use super::model::{DateOverride, Leave, LeaveKind, Limits, WorkingHours, weekday_name};
use super::planner_view::NextDays;
use super::qualified_view::Qualified;
use super::week::Week;
use super::week_view::WeekPicture;
use crate::access::page_day;
use crate::busy::AnotherCalendar;
use crate::groups::GroupKind;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Audience, Banner, Choices, Field, Folded, Hidden, PageHead, PostForm, Rejected, Tone, day_month_year, load, param, query};

/// One's own availability.
#[component]
pub fn AvailabilityPage() -> impl IntoView {
    let address = AvailabilityAddress { person: String::new(), kind: query("kind").unwrap_or_default() };
    load(availability_of(address), |shown| view! { <Said shown /> })
}

/// A supervisor's availability, for those who plan.
#[component]
pub fn PersonAvailabilityPage() -> impl IntoView {
    let address = AvailabilityAddress { person: param("code"), kind: query("kind").unwrap_or_default() };
    load(availability_of(address), |shown| view! { <Said shown /> })
}

#[component]
fn Said(shown: Shown) -> impl IntoView {
    let Shown { person, is_own, said, version, days, kind, conflicts, qualified, may_qualify, other_calendar } = shown;
    let address = if is_own { paths::AVAILABILITY.to_owned() } else { paths::person_availability(&person.code) };
    // A form about oneself names nobody, so that one's own page works for whoever opens it.
    let code = if is_own { String::new() } else { person.code.clone() };
    let who = if is_own { "You have".to_owned() } else { format!("{} has", person.short) };
    let is_unknown = !said.has_hours();
    view! {
        <Head person is_own />
        {is_unknown.then(|| view! { <NothingSaid who /> })}
        <DoesNotFit conflicts />
        <div class="split above-4">
            <div>
                <EveryWeek code=code.clone() hours=said.hours.clone() />
                <NextDays days kind address />
            </div>
            <div>
                <Away code=code.clone() leave=said.leave.clone() />
                <Dates code=code.clone() dates=said.overrides.clone() />
                <LimitsCard code=code.clone() limits=said.limits version />
                <Qualified code qualified may_qualify />
                {is_own.then(|| view! { <AnotherCalendar calendar=other_calendar /> })}
            </div>
        </div>
    }
}

/// Whose it is, and who sees it.
#[component]
fn Head(person: PersonName, is_own: bool) -> impl IntoView {
    const ABOUT: &str = "When sessions can be planned. All times are UK time.";
    const TOLD: &str =
        "Members of a session that is covered are told of leave or training, and of nothing else but that the supervisor is not available.";

    if is_own {
        let audience = format!("you and the Centre’s coordinators. {TOLD}");
        let offering = view! { <a class="btn btn--second" href=paths::OFFERING>"What you offer"</a> };
        return view! { <PageHead title="Availability" about=ABOUT times=page_day() actions=offering.into_any()><Audience tier=4 sentence=audience /></PageHead> }.into_any();
    }
    let audience = format!("{} and the Centre’s coordinators. {TOLD}", person.short);
    let up = (paths::person(&person.code), person.short.clone());
    view! {
        <PageHead title=format!("Availability of {}", person.short) up about=ABOUT times=page_day()><Audience tier=4 sentence=audience /></PageHead>
    }
    .into_any()
}

/// Says that nobody knows yet.
#[component]
fn NothingSaid(who: String) -> impl IntoView {
    view! {
        <div class="below-4">
            <Banner tone=Tone::Info title=format!("{who} not said any working hours yet")>
                <p>"Until there are some, nobody is taken to be free or busy: whoever plans is told that it is not known."</p>
            </Banner>
        </div>
    }
}

/// How many conflicts are told of before the line that opens the others.
const AT_ONCE: usize = 5;

/// The sessions that are planned and no longer fit, each a link.
#[component]
fn DoesNotFit(conflicts: Vec<Conflict>) -> impl IntoView {
    let (kept, open): (Vec<Conflict>, Vec<Conflict>) = conflicts.into_iter().partition(|conflict| conflict.kept.is_some());
    let title = match open.len() {
        0 => return view! { <AllFits kept=kept.len() /> }.into_any(),
        1 => "One planned session does not fit".to_owned(),
        several => format!("{several} conflicts with what is planned"),
    };
    let items: Vec<_> = open.into_iter().map(conflict_item).collect();
    view! {
        <section class="card" aria-labelledby="does-not-fit">
            <div class="card__head"><h2 id="does-not-fit">{title}</h2><a href=paths::CONFLICTS>"All conflicts"</a></div>
            <Folded items shown=AT_ONCE />
        </section>
    }
    .into_any()
}

#[component]
fn AllFits(kept: usize) -> impl IntoView {
    let sentence = match kept {
        0 => "Everything that is planned fits.".to_owned(),
        1 => "Everything that is planned fits, but for one conflict that was left as it is.".to_owned(),
        several => format!("Everything that is planned fits, but for {several} conflicts that were left as they are."),
    };
    view! { <p class="small muted">{sentence}</p> }
}

/// Whether the form of an action was refused just now, so that it must be in sight.
fn was_refused(action: &str) -> bool {
    Rejected::of_request().is_some_and(|rejected| rejected.action == action)
}

/// The week that was painted in a form that was refused just now.
fn painted_in_vain() -> Option<String> {
    let rejected = Rejected::of_request().filter(|rejected| rejected.action == SetWeek::PATH)?;
    let painted = rejected.entered.iter().find(|(field, _)| field == "form[painted]").map(|(_, value)| value.clone())?;
    Week::of_figures(&painted).is_some().then_some(painted)
}

/// The hours of every week, as a picture and line by line.
#[component]
fn EveryWeek(code: String, hours: Vec<WorkingHours>) -> impl IntoView {
    let is_open = hours.is_empty() || was_refused(AddWorkingHours::PATH);
    let (for_all, for_some): (Vec<WorkingHours>, Vec<WorkingHours>) = hours.iter().cloned().partition(|line| line.kinds.is_empty());
    let shown = Week::of_hours(&for_all).figures();
    // What somebody painted over a week that was changed meanwhile is theirs to keep; the lines beside it say how the week is now.
    let painted = painted_in_vain().unwrap_or_else(|| shown.clone());
    let painter_code = code.clone();
    let lines = hours.iter().map(|line| hours_item(&code, line)).collect_view();
    let list = if hours.is_empty() { ().into_any() } else { view! { <ul class="list above-4">{lines}</ul> }.into_any() };
    view! {
        <section class="card" aria-labelledby="week">
            <div class="card__head"><h2 id="week">"Every week"</h2></div>
            <WeekPainter week=painted.clone()>
                <PostForm action=SetWeek::PATH class="above-3">
                    <Hidden name="person" value=painter_code />
                    <Hidden name="shown" value=shown />
                    <Hidden name="painted" value=painted />
                    {(!for_some.is_empty()).then(|| view! {
                        <p class="small muted below-2">"Hours for one kind of supervision are not painted. They are in the list below."</p>
                    })}
                    <button class="btn btn--second" type="submit">"Save the week"</button>
                </PostForm>
            </WeekPainter>
            <WeekPicture week=Week::of_hours(&hours) />
            {list}
            <details class="above-4" open=is_open>
                <summary>"Add hours…"</summary>
                <div class="above-3"><HoursQuestions code /></div>
            </details>
        </section>
    }
}

fn hours_item(code: &str, line: &WorkingHours) -> impl IntoView + use<> {
    let (code, id) = (code.to_owned(), line.id.to_string());
    let what = format!("{}, {}", weekday_name(line.weekday), line.stretch);
    let kinds: Vec<&str> = line.kinds.iter().map(|kind| kind.name()).collect();
    let about = match (kinds.is_empty(), line.is_preferred) {
        (true, false) => "Every kind of supervision".to_owned(),
        (true, true) => "Every kind of supervision. Preferred".to_owned(),
        (false, false) => kinds.join(", "),
        (false, true) => format!("{}. Preferred", kinds.join(", ")),
    };
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{what.clone()}</p><p class="item__meta">{about}</p></div>
            <PostForm action=RemoveWorkingHours::PATH>
                <Hidden name="person" value=code />
                <Hidden name="line" value=id />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{format!(" {what}")}</span></button>
            </PostForm>
        </li>
    }
}

#[component]
fn HoursQuestions(code: String) -> impl IntoView {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

    let days = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let days = days.map(|day| (day.number_from_monday().to_string(), weekday_name(day).to_owned())).to_vec();
    let kinds = GroupKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    view! {
        <PostForm action=AddWorkingHours::PATH>
            <Hidden name="person" value=code />
            <div class="cols cols--narrow">
                <Choices name="weekdays" legend="On which days?" several=true options=days />
                <Choices name="kinds" legend="For what?" hint="Choose nothing for every kind." several=true options=kinds />
            </div>
            <div class="fields">
                <Field name="from" label="From" kind="time" class="input--time" value="09:00" />
                <Field name="to" label="To" kind="time" class="input--time" value="17:00" />
            </div>
            <Choices name="preferred" legend="Would you choose these hours?" several=true
                options=vec![(YES.to_owned(), "These are the times that suit best".to_owned())] />
            <div class="form-foot"><button class="btn" type="submit">"Add these hours"</button></div>
        </PostForm>
    }
}

/// Days away.
#[component]
fn Away(code: String, leave: Vec<Leave>) -> impl IntoView {
    let items = leave.iter().map(|line| leave_item(&code, line)).collect_view();
    let list = if leave.is_empty() {
        view! { <p class="muted">"No days away are noted."</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let kinds = LeaveKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    view! {
        <section class="card" aria-labelledby="away">
            <div class="card__head"><h2 id="away">"Days away"</h2></div>
            {list}
            <details class="above-3" open=was_refused(AddLeave::PATH)>
                <summary>"Add days away…"</summary>
                <PostForm action=AddLeave::PATH class="above-3">
                    <Hidden name="person" value=code />
                    <div class="fields">
                        <Field name="first" label="First day" kind="date" class="input--date" />
                        <Field name="last" label="Last day" kind="date" class="input--date" />
                    </div>
                    <Choices name="leave_kind" legend="What is it?" hint="Nothing more is asked. That somebody is ill is seen by them and the Centre’s coordinators, and told to nobody else."
                        chosen=vec![LeaveKind::Leave.key().to_owned()] options=kinds />
                    <div class="form-foot"><button class="btn" type="submit">"Add these days"</button></div>
                </PostForm>
            </details>
        </section>
    }
}

fn leave_item(code: &str, line: &Leave) -> impl IntoView + use<> {
    let (code, id) = (code.to_owned(), line.id.to_string());
    let days = if line.first == line.last {
        day_month_year(line.first)
    } else {
        format!("{} to {}", day_month_year(line.first), day_month_year(line.last))
    };
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{days.clone()}</p><p class="item__meta">{line.kind.name()}</p></div>
            <PostForm action=RemoveLeave::PATH>
                <Hidden name="person" value=code />
                <Hidden name="line" value=id />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{format!(" {days}")}</span></button>
            </PostForm>
        </li>
    }
}

/// Dates on which other hours hold.
#[component]
fn Dates(code: String, dates: Vec<DateOverride>) -> impl IntoView {
    let items = dates.iter().map(|date| date_item(&code, date)).collect_view();
    let list = if dates.is_empty() {
        view! { <p class="muted">"The usual hours hold on every date."</p> }.into_any()
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let what = vec![(NONE.to_owned(), "Not at all".to_owned()), (OTHER.to_owned(), "At other hours".to_owned())];
    view! {
        <section class="card" aria-labelledby="dates">
            <div class="card__head"><h2 id="dates">"Single dates"</h2></div>
            {list}
            <details class="above-3" open=was_refused(SetDate::PATH)>
                <summary>"Change a date…"</summary>
                <PostForm action=SetDate::PATH class="above-3">
                    <Hidden name="person" value=code />
                    <Field name="on" label="Date" kind="date" class="input--date" />
                    <Choices name="what" legend="When can it be planned?" chosen=vec![NONE.to_owned()] options=what />
                    <div class="fields">
                        <Field name="date_from" label="From (at other hours)" kind="time" class="input--time" />
                        <Field name="date_to" label="To (at other hours)" kind="time" class="input--time" />
                    </div>
                    <div class="form-foot"><button class="btn" type="submit">"Save this date"</button></div>
                </PostForm>
            </details>
        </section>
    }
}

fn date_item(code: &str, date: &DateOverride) -> impl IntoView + use<> {
    let (code, on) = (code.to_owned(), date.on.to_string());
    let day = day_month_year(date.on);
    let hours = date.hours.map_or_else(|| "Cannot be planned".to_owned(), |hours| hours.to_string());
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{day.clone()}</p><p class="item__meta">{hours}</p></div>
            <PostForm action=RemoveDate::PATH>
                <Hidden name="person" value=code />
                <Hidden name="on" value=on />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{format!(" {day}")}</span></button>
            </PostForm>
        </li>
    }
}

/// How much can be planned.
#[component]
fn LimitsCard(code: String, limits: Limits, version: i64) -> impl IntoView {
    let text = |limit: Option<i64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    view! {
        <section class="card" aria-labelledby="limits">
            <div class="card__head"><h2 id="limits">"Limits"</h2></div>
            <PostForm action=SetLimits::PATH changes=Some(version)>
                <Hidden name="person" value=code />
                <Field name="buffer" label="Minutes that stay empty after a session" kind="number" inputmode="numeric" class="input--short"
                    value=limits.buffer_minutes.to_string() />
                <Field name="most_in_day" label="Most sessions in a day (optional)" kind="number" inputmode="numeric" class="input--short"
                    value=text(limits.most_in_day) />
                <Field name="most_in_week" label="Most sessions in a week (optional)" kind="number" inputmode="numeric" class="input--short"
                    value=text(limits.most_in_week) />
                <Field name="contracted" label="Contracted hours of sessions in a week (optional)" inputmode="decimal" class="input--short"
                    value=limits.contracted_minutes.map(hours_of_minutes).unwrap_or_default() hint="Such as 7.5." />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Save the limits"</button></div>
            </PostForm>
        </section>
    }
}
