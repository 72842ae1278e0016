//! Agreed actions, on the page of a session and in its record.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::guard::Guarded;
use crate::people::PersonName;
use crate::sessions::answers::{ActionLine, SessionHead};
use crate::sessions::api::FinishAction;
use crate::sessions::readers::{Part, Relation};
use crate::ui::{Audience, Badge, Field, FormState, Hidden, Icon, PostForm, SelectField, Tone};

/// What was agreed at earlier sessions and at this one, each of the reader's own with a way to say that it is done.
#[component]
pub fn CarriedActions(head: SessionHead, actions: Vec<ActionLine>) -> impl IntoView {
    let is_empty = actions.is_empty();
    let lines = actions.into_iter().map(|action| action_line(head.code.clone(), action)).collect_view();
    let what_comes = if head.relation == Relation::Member {
        "Nothing is open. What you agree at a session appears here until it is done."
    } else {
        "Nothing is open. What the group agrees at a session appears here until it is done."
    };
    view! {
        <section class="card" aria-labelledby="actions">
            <div class="card__head"><h2 id="actions">"Agreed actions"</h2></div>
            {is_empty.then(|| view! { <p class="muted">{what_comes}</p> })}
            {(!is_empty).then(|| view! { <ul class="list">{lines}</ul> })}
        </section>
    }
}

fn action_line(code: String, action: ActionLine) -> impl IntoView {
    let from = action.origin();
    let ActionLine { id, words, owner, is_own, is_done, .. } = action;
    let whose = if is_own { "You".to_owned() } else { owner.short };
    let state = match (is_done, is_own) {
        (true, _) => view! { <Badge tone=Tone::Good>"Done"</Badge> }.into_any(),
        (false, true) => {
            let name = words.clone();
            view! {
                <PostForm action=FinishAction::PATH>
                    <Hidden name="session" value=code />
                    <Hidden name="action" value=id.to_string() />
                    <button class="btn btn--second btn--sm" type="submit">
                        <Icon name="check" />"Mark as done"<span class="vh">{format!(" “{name}”")}</span>
                    </button>
                </PostForm>
            }
            .into_any()
        }
        (false, false) => ().into_any(),
    };
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p class:muted=is_done class:struck=is_done>{words}</p>
                <p class="item__meta">{format!("{whose}, {from}")}</p>
            </div>
            {state}
        </li>
    }
}

/// The part of the record form in which actions are ticked, cleared and added.
#[component]
pub fn ActionFields(head: SessionHead, actions: Vec<ActionLine>, owners: Vec<PersonName>) -> impl IntoView {
    let done = actions.iter().filter(|action| action.is_done).count();
    let about = match (actions.len().saturating_sub(done), done) {
        (0, 0) => "None yet. What is open appears on the page of the next session.".to_owned(),
        (open, done) => format!("{done} done, {open} open. Open ones appear on the page of the next session."),
    };
    let ticked = FormState::of_form().all_entered("done");
    let lines = actions.into_iter().map(|action| action_box(action, ticked.as_deref())).collect_view();
    let choose = (String::new(), "Choose a person".to_owned());
    let options = std::iter::once(choose).chain(owners.into_iter().map(|owner| (owner.code, owner.short))).collect();
    view! {
        <section class="card" aria-labelledby="actions">
            <div class="card__head below-1">
                <h2 id="actions">"Agreed actions"</h2>
                <span class="small muted">{about}</span>
            </div>
            <Audience tier=Part::Actions.tier() sentence=head.circle().audience(Part::Actions) />
            <ul class="list above-3">{lines}</ul>
            <div class="above-3 no-print">
                <Guarded name="new_words">
                    <div class="row row--end">
                        <div class="grow grow--more"><Field name="new_words" label="New action (optional)" /></div>
                        <div class="grow"><SelectField name="new_owner" label="Whose" options /></div>
                        <button class="btn btn--second" type="submit" name="form[save]" value="later"><Icon name="plus" />"Add"</button>
                    </div>
                </Guarded>
            </div>
        </section>
    }
}

fn action_box(action: ActionLine, ticked: Option<&[String]>) -> impl IntoView + use<> {
    let from = action.origin();
    let ActionLine { id, words, owner, is_done, .. } = action;
    let id = id.to_string();
    let is_ticked = ticked.map_or(is_done, |ticked| ticked.contains(&id));
    view! {
        <li class="item item--row">
            <div class="item__body">
                <label class="choice">
                    <input type="checkbox" name="form[done][]" value=id.clone() checked=is_ticked />
                    <span>{words}</span>
                </label>
                {is_done.then(|| view! { <input type="hidden" name="form[was_done][]" value=id /> })}
            </div>
            <span class="item__side"><b>{owner.short}</b><br />{from}</span>
        </li>
    }
}

/// The actions, for those who read them and do not keep the record.
#[component]
pub fn ReadActions(head: SessionHead, actions: Vec<ActionLine>) -> impl IntoView {
    let lines = actions
        .into_iter()
        .map(|action| {
            let state = if action.is_done { "done" } else { "open" };
            view! {
                <li class="item item--row">
                    <div class="item__body">
                        <p>{action.words}</p>
                        <p class="item__meta">{format!("{}, {state}", action.owner.short)}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="actions">
            <div class="card__head below-1"><h2 id="actions">"Agreed actions"</h2></div>
            <Audience tier=Part::Actions.tier() sentence=head.circle().audience(Part::Actions) />
            <ul class="list above-3">{lines}</ul>
        </section>
    }
}
