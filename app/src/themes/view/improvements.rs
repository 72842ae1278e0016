//! You said, we did.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::spaces::{PollRead, TopicVote};
use crate::themes::answers::{ImprovementLine, Improvements};
use crate::themes::api::{AddImprovement, improvements_list};
use crate::themes::model::{groups_told, is_time_to_ask};
use crate::ui::{Audience, Banner, Empty, Field, PageHead, PostForm, TextArea, Tone, day_month_year, load};

/// What the Centre heard and what it changed.
#[component]
pub fn ImprovementsPage() -> impl IntoView {
    load(improvements_list(), |log| {
        let Improvements { lines, may_add, today, votes } = log;
        let is_time_to_ask = may_add && votes.iter().all(|vote| is_time_to_ask(vote.poll.closes_on, today));
        let list = if lines.is_empty() {
            view! {
                <Empty title="What changes will be here">
                    <p>"Where the Centre changes something because of what it heard, a line here says what was heard and what was changed."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <div class="stack gap-5">{lines.into_iter().map(line_card).collect_view()}</div> }.into_any()
        };
        view! {
            <PageHead title="You said, we did" about="What the Centre heard from those who use it, and what it changed.">
                <Audience tier=4 sentence="everybody who can sign in. Nobody is named: not who said it, and not in which group." />
            </PageHead>
            <div class:split=may_add>
                <div>
                    {is_time_to_ask.then(|| view! { <Ask /> })}
                    {(!votes.is_empty()).then(|| view! { <Votes votes /> })}
                    {list}
                </div>
                {may_add.then(|| view! { <div><Add today=today.to_string() /></div> })}
            </div>
        }
    })
}

/// That it is time to ask, and how.
#[component]
fn Ask() -> impl IntoView {
    view! {
        <div class="below-5">
            <Banner tone=Tone::Info title="For a year nobody has been asked what the community should take up next">
                <p>"Write a post in a space for everybody, and add a poll below it that says that it is about this. It then stands here. "
                    <a href=paths::NEW_THREAD>"Write a post"</a>
                </p>
            </Banner>
        </div>
    }
}

/// What everybody was asked of what could be taken up next: where to answer, or how it went.
#[component]
fn Votes(votes: Vec<TopicVote>) -> impl IntoView {
    let votes = votes.into_iter().map(vote).collect_view();
    view! {
        <section class="card below-5" aria-labelledby="votes">
            <div class="card__head"><h2 id="votes">"What we take up next"</h2></div>
            <ul class="list">{votes}</ul>
        </section>
    }
}

fn vote(vote: TopicVote) -> impl IntoView {
    let TopicVote { title, address, poll } = vote;
    let is_open = !poll.is_closed;
    let until = format!("Open until {}.", day_month_year(poll.closes_on));
    let how = if poll.is_answered() { "You have answered." } else { "You have not answered yet." };
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=address>{title}</a>
                {is_open.then(|| view! { <p class="item__meta">{until}" "{how}</p> })}
                {(!is_open).then(|| view! { <PollRead poll /> })}
            </div>
        </li>
    }
}

fn line_card(line: ImprovementLine) -> impl IntoView {
    let ImprovementLine { changed_on, heard, changed, groups_met } = line;
    let met = groups_met.map(|groups| view! { <p class="small muted">{format!("Met in {}.", groups_told(groups))}</p> });
    view! {
        <section class="card prose">
            <h2 class="as-h3">{day_month_year(changed_on)}</h2>
            <dl class="facts above-2">
                <dt>"You said"</dt>
                <dd>{heard}</dd>
                <dt>"We did"</dt>
                <dd>{changed}</dd>
            </dl>
            {met}
        </section>
    }
}

#[component]
fn Add(today: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="add">
            <div class="card__head"><h2 id="add">"Add a line"</h2></div>
            <PostForm action=AddImprovement::PATH>
                <TextArea name="heard" label="What the Centre heard" rows=3 />
                <TextArea name="changed" label="What it changed" rows=3 />
                <Field name="changed_on" label="From which day" kind="date" class="input--date" value=today />
                <div class="form-foot"><button class="btn" type="submit">"Add it for everybody to read"</button></div>
            </PostForm>
        </section>
    }
}
