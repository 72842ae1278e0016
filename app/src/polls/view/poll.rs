//! The page of a poll, for those who plan.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::{Permission, holders_in_words};
use crate::error::AppError;
use crate::paths;
use crate::polls::answers::{Answering, PollPage as Shown, Tally};
use crate::polls::api::{ClosePoll, NudgePoll, RevokeLinks, TakeTime, poll_of};
use crate::polls::forms::PollAddress;
use crate::polls::model::{Answer, Subject};
use crate::ui::{
    Audience, Badge, Heading, Hidden, Icon, Listing, PageHead, PostForm, Rejected, SelectField, Tone, day_and_month, day_month_year, load,
    param,
};

/// How a poll is answered, and the way from it to a series.
#[component]
pub fn PollPage() -> impl IntoView {
    load(poll_of(PollAddress { code: param("code") }), |poll| view! { <Poll poll /> })
}

#[component]
fn Poll(poll: Shown) -> impl IntoView {
    let (title, whose) = match &poll.group {
        Some((_, name)) => (format!("Times for {name}"), ", its group’s supervisor"),
        None => ("Times for people by name".to_owned(), ""),
    };
    let up = match &poll.group {
        Some((slug, name)) => (paths::group(slug), name.clone()),
        None => (paths::POLLS.to_owned(), "Polls for times".to_owned()),
    };
    let rhythm = poll.subject.rhythm().map(|rhythm| format!(", {rhythm}")).unwrap_or_default();
    let about = format!("{} minutes{rhythm}. All times are UK time.", poll.subject.length_minutes);
    let first_day = poll.times.iter().map(|tally| tally.time.starts.date()).min().unwrap_or_else(|| ::series::local(poll.now).date());
    let holders = holders_in_words(Permission::ManageGroups);
    let audience = format!("whoever made the poll{whose}, and the Centre’s {holders}. Who answered what is for whoever made it.");
    let people = poll.is_organiser.then(|| view! { <People poll=poll.clone() /> });
    let state = poll.clone();
    view! {
        <PageHead title up about times=first_day>
            <p class="row gap-2 above-1"><State poll=state /></p>
            <Audience tier=4 sentence=audience />
        </PageHead>
        <Results poll=poll.clone() />
        <MakeSeries poll=poll.clone() />
        {people}
        <Running poll />
    }
}

/// Whether it is open, and how many have answered.
#[component]
fn State(poll: Shown) -> impl IntoView {
    let day = day_month_year(poll.subject.last_day());
    let is_open = poll.subject.is_open(poll.now);
    let state = if is_open {
        view! { <Badge tone=Tone::Good>{format!("Open until {day}")}</Badge> }.into_any()
    } else {
        view! { <Badge>{format!("Closed on {day}")}</Badge> }.into_any()
    };
    view! { {state}<span>{format!("{} of {} have answered", poll.answered, poll.asked)}</span> }
}

/// How many each time suits.
#[component]
fn Results(poll: Shown) -> impl IntoView {
    let best = poll.most();
    let (subject, chosen) = (poll.subject, poll.chosen);
    let rows = poll.times.into_iter().map(|tally| result_row(subject, tally, best, chosen)).collect_view();
    view! {
        <section class="card" aria-labelledby="results">
            <div class="card__head"><h2 id="results">"How the times suit"</h2></div>
            <div class="scroll-x" tabindex="0" role="region" aria-label="How the times suit, table">
                <table class="table table--fits">
                    <caption class="vh">"How many each time suits"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Time"</th>
                            {Answer::ALL.map(|answer| view! { <th scope="col" class="r">{answer.name()}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn result_row(subject: Subject, tally: Tally, best: Option<(i64, i64)>, chosen: Option<i64>) -> impl IntoView {
    let place = Some(tally.time.place);
    let badge = if chosen == place {
        view! { " "<Badge tone=Tone::Info>"Taken"</Badge> }.into_any()
    } else if best == Some(tally.merit()) {
        view! { " "<Badge tone=Tone::Good>"Suits most"</Badge> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        <tr>
            <th scope="row">{subject.words(tally.time)}{badge}</th>
            <td class="r">{tally.yes}</td>
            <td class="r">{tally.if_need_be}</td>
            <td class="r">{tally.no}</td>
        </tr>
    }
}

/// From a time to the draft of a series, in one press.
#[component]
fn MakeSeries(poll: Shown) -> impl IntoView {
    let best = poll.chosen.or(poll.best());
    let subject = poll.subject;
    let times = poll.times.iter().map(|tally| (tally.time.place.to_string(), subject.words(tally.time))).collect();
    let other_dates = is_refused().then(|| poll.group.as_ref().map(|(slug, _)| paths::new_series(slug))).flatten();
    let (group, groups) = (poll.group, poll.groups);
    // Made inside the form, which knows what was chosen and what is wrong with it.
    let group = move || {
        if let Some((slug, _)) = group {
            return view! { <Hidden name="slug" value=slug /> }.into_any();
        }
        let options = [(String::new(), "Choose a group".to_owned())].into_iter().chain(groups).collect();
        view! { <SelectField name="slug" label="Which group meets then?" options hint="A group that is not there yet is made on the page of groups." /> }
            .into_any()
    };
    let closes = if subject.is_open(poll.now) { "The poll closes, and a" } else { "A" };
    view! {
        <section class="card above-4" aria-labelledby="series">
            <div class="card__head"><h2 id="series">"Make this the series"</h2></div>
            <p>{format!("{closes} draft with every date is made of the time. Nobody is told of it until you publish it.")}</p>
            <PostForm action=TakeTime::PATH class="above-3">
                <Hidden name="code" value=poll.code />
                <Hidden name="chosen" value=poll.chosen.map(|place| place.to_string()).unwrap_or_default() />
                <div class="fields">
                    <SelectField name="place" label="Time" value=best.map(|place| place.to_string()).unwrap_or_default() options=times />
                    {group()}
                </div>
                <div class="form-foot">
                    <button class="btn" type="submit"><Icon name="calendar-plus" />"Make this the series"</button>
                    {other_dates.map(|address| view! { <a href=address>"Plan a series on other dates"</a> })}
                </div>
            </PostForm>
        </section>
    }
}

/// Whether a time could not be made the series a moment ago, since it does not fit what else is planned.
fn is_refused() -> bool {
    Rejected::of_request().is_some_and(|rejected| rejected.action == TakeTime::PATH && matches!(rejected.error, AppError::Conflict(_)))
}

/// Who answered what, for the organiser.
#[component]
fn People(poll: Shown) -> impl IntoView {
    let Shown { code, subject, times, people, .. } = poll;
    let times_asked = times.iter().map(|tally| Heading::of(subject.words(tally.time)));
    let headings: Vec<Heading> = [Heading::of("Person")].into_iter().chain(times_asked).collect();
    let rows = people.iter().map(|person| person_row(person, subject, &times)).collect_view();
    let asked =
        people.into_iter().filter(|person| !person.is_revoked).map(|person| (person.name.code, person.name.short)).collect::<Vec<_>>();
    view! {
        <section class="card above-4" aria-labelledby="people">
            <div class="card__head"><h2 id="people">"Who answered what"</h2><span class="small muted">"Only you see this"</span></div>
            <Listing caption="Who answered what" frame="Who answered what, table" headings>{rows}</Listing>
            {(!asked.is_empty()).then(|| view! { <TakeBack code asked /> })}
        </section>
    }
}

fn person_row(person: &Answering, subject: Subject, times: &[Tally]) -> impl IntoView + use<> {
    let is_silent = person.own.is_empty();
    let remark = match (person.is_revoked, is_silent) {
        (true, _) => Some("Link taken back, not counted"),
        (false, true) => Some("Not answered yet"),
        (false, false) => None,
    };
    let cell = |tally: &Tally| {
        let answer = person.own.get(&tally.time.place).map_or("–", |answer| answer.name());
        view! { <td role="cell" data-head=subject.words(tally.time)>{answer}</td> }
    };
    let cells = times.iter().map(cell).collect_view();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{person.name.short.clone()}{remark.map(|remark| view! { <small>{remark}</small> })}</th>
            {cells}
        </tr>
    }
}

/// Taking back the link of somebody, which asks once more by being opened first.
#[component]
fn TakeBack(code: String, asked: Vec<(String, String)>) -> impl IntoView {
    view! {
        <details class="above-4">
            <summary>"Withdraw somebody’s link…"</summary>
            <p class="above-2">"They can no longer answer, and what they answered is not counted. They are not told."</p>
            <PostForm action=RevokeLinks::PATH class="above-3">
                <Hidden name="code" value=code />
                <SelectField name="person" label="Whose?" options=asked />
                <div class="form-foot"><button class="btn btn--danger" type="submit">"Withdraw the link"</button></div>
            </PostForm>
        </details>
    }
}

/// What can be done while it is open.
#[component]
fn Running(poll: Shown) -> impl IntoView {
    let code = poll.code.clone();
    poll.subject.is_open(poll.now).then(|| {
        let silent = poll.asked - poll.answered;
        let words = if silent == 1 {
            "Remind the person who has not answered".to_owned()
        } else {
            format!("Remind the {silent} people who have not answered")
        };
        let nudged = poll.nudged_on.map(|day| format!("They were last asked on {}.", day_and_month(day)));
        view! {
            <section class="card above-4" aria-labelledby="running">
                <div class="card__head"><h2 id="running">"While it is open"</h2></div>
                {nudged.map(|nudged| view! { <p class="muted below-2">{nudged}</p> })}
                <div class="row">
                    {poll.may_nudge.then(|| view! {
                        <PostForm action=NudgePoll::PATH>
                            <Hidden name="code" value=code />
                            <button class="btn btn--second" type="submit"><Icon name="send" />{words}</button>
                        </PostForm>
                    })}
                    <PostForm action=ClosePoll::PATH>
                        <Hidden name="code" value=poll.code.clone() />
                        <button class="btn btn--second" type="submit">"Close it now"</button>
                    </PostForm>
                </div>
            </section>
        }
    })
}
