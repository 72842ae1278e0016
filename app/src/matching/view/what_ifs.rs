//! What a round would give if something were otherwise.

use ::matching::people_in_words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::list::StateBadge;
use crate::matching::api::{ForgetWhatIf, SupposeOfRound};
use crate::matching::model::RoundState;
use crate::matching::runs::WhatIf;
use crate::registration::Stream;
use crate::ui::{Choices, Field, Hidden, PostForm, SelectField, day_month_year, figure, full_stop};

/// What was supposed, with what came of it, and supposing something else.
#[component]
pub fn WhatIfs(
    /// The number of the round.
    round: i64,
    what_ifs: Vec<WhatIf>,
) -> impl IntoView {
    let has_any = !what_ifs.is_empty();
    let items = what_ifs.into_iter().map(what_if_item).collect_view();
    let streams = Stream::ALL.iter().map(|stream| (stream.key().to_owned(), stream.name().to_owned())).collect();
    let options = [
        ("supervisors", "There were more supervisors, in office hours and online"),
        ("evenings", "Everybody could come from 17:00 to 20:00 too, on the days on which they are free"),
        ("authorities", "All 75 authorities took part, with as many people each as the others have"),
    ];
    let options = options.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec();
    view! {
        <section class="card" aria-labelledby="what-if">
            <div class="card__head"><h2 id="what-if">"What if?"</h2></div>
            <p class="small muted">"The same round, if something were otherwise, with what is known when you ask of who may not meet and who is available. It is beside the round: nobody can be asked about it, and it can be deleted."</p>
            {has_any.then(|| view! { <ul class="list above-3">{items}</ul> })}
            <details class="above-3">
                <summary>"Suppose something"</summary>
                <PostForm action=SupposeOfRound::PATH class="above-3">
                    <Hidden name="number" value=round.to_string() />
                    <Choices name="what" legend="What if…" options />
                    <div class="fields">
                        <Field name="count" label="How many supervisors?" kind="number" inputmode="numeric" class="input--short" value="2" />
                        <SelectField name="stream" label="For what?" options=streams />
                    </div>
                    <div class="form-foot"><button class="btn btn--second" type="submit">"See what it would give"</button></div>
                </PostForm>
            </details>
        </section>
    }
}

fn what_if_item(what_if: WhatIf) -> impl IntoView {
    let WhatIf { number, supposed, asked_at, state, placed, groups, score, gain, lose } = what_if;
    let words = supposed.name();
    let came_of_it = (state == RoundState::Done).then(|| {
        let gain = if gain == 0 { "Nobody".to_owned() } else { people_in_words(i64::try_from(gain).unwrap_or(i64::MAX)) };
        let lose = if lose == 0 { String::new() } else { format!(", and {lose} would lose theirs") };
        let score = score.map(|score| format!(" The score would be {}.", figure(score))).unwrap_or_default();
        format!("{gain} of the round would gain a place{lose}. {placed} would be placed in {groups} groups.{score}")
    });
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p class="item__title">{full_stop(&words)}</p>
                {came_of_it.map(|words| view! { <p class="item__meta">{words}</p> })}
                <p class="item__meta">{format!("As things stood on {}.", day_month_year(::series::local(asked_at).date()))}</p>
            </div>
            {(state != RoundState::Done).then(|| view! { <StateBadge state /> })}
            <PostForm action=ForgetWhatIf::PATH>
                <Hidden name="what_if" value=number.to_string() />
                <button class="btn btn--ghost btn--sm" type="submit">"Delete"<span class="vh">{format!(": {words}")}</span></button>
            </PostForm>
        </li>
    }
}
