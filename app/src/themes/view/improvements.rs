//! You said, we did.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::themes::answers::{ImprovementLine, Improvements};
use crate::themes::api::{AddImprovement, improvements_list};
use crate::themes::model::groups_told;
use crate::ui::{Audience, Empty, Field, PageHead, PostForm, TextArea, day_month_year, load};

/// What the Centre heard and what it changed.
#[component]
pub fn ImprovementsPage() -> impl IntoView {
    load(improvements_list(), |log| {
        let Improvements { lines, may_add, today } = log;
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
                <div>{list}</div>
                {may_add.then(|| view! { <div><Add today=today.to_string() /></div> })}
            </div>
        }
    })
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
