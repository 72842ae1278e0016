//! The agreed actions of a group across its sessions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::groups::within_sentence;
use crate::paths;
use crate::sessions::api::{FinishGroupAction, ReopenGroupAction, actions_of_group};
use crate::sessions::group_actions::{DONE_ON_A_PAGE, GroupAction, GroupActions, GroupActionsAddress};
use crate::sessions::readers::Part;
use crate::ui::{Audience, Badge, Hidden, Icon, NoMore, PageHead, Pager, PostForm, Safety, Tone, day_month_year, load, param, query};

/// What the people of a group said that they would do: what is open, then what is done.
#[component]
pub fn GroupActionsPage() -> impl IntoView {
    let address = GroupActionsAddress { slug: param("slug"), page: query("page").unwrap_or_default() };
    load(actions_of_group(address), |shown| view! { <Actions shown /> })
}

#[component]
fn Actions(shown: GroupActions) -> impl IntoView {
    let circle = shown.circle();
    let GroupActions { slug, name, may_keep, open, done, page, done_in_all, next, .. } = shown;
    let title = format!("Agreed actions of {}", within_sentence(&name));
    let carried = match &next {
        Some((code, starts)) => view! {
            <p class="small muted below-3">
                "What is open is carried to the session on "<a href=paths::session(code)>{day_month_year(starts.date())}</a>", and on until it is done."
            </p>
        }
        .into_any(),
        None => view! { <p class="small muted below-3">"What is open is carried to the next session that is planned, and on until it is done."</p> }.into_any(),
    };
    let keeping = Keeping { slug: slug.clone(), may_keep };
    let open_lines = open.iter().map(|action| open_item(&keeping, action)).collect::<Vec<_>>();
    let done_lines = done.iter().map(|action| done_item(&keeping, action)).collect::<Vec<_>>();
    let is_nothing_open = open_lines.is_empty();
    let address = {
        let slug = slug.clone();
        move |page: i64| format!("{}?page={page}#done", paths::group_actions(&slug))
    };
    view! {
        <PageHead title up=(paths::group(&slug), name)>
            <Audience tier=Part::Actions.tier() sentence=circle.audience(Part::Actions) />
        </PageHead>
        <section class="card above-4" aria-labelledby="open">
            <div class="card__head"><h2 id="open">"Open"</h2></div>
            {(!is_nothing_open).then_some(carried)}
            {if is_nothing_open {
                view! { <p class="muted">"Nothing is open. What you agree at a session appears here until it is done."</p> }.into_any()
            } else {
                view! { <ul class="list">{open_lines}</ul> }.into_any()
            }}
        </section>
        <section class="card above-4" aria-labelledby="done">
            <div class="card__head"><h2 id="done">"Done"</h2></div>
            {if done_lines.is_empty() && page > 1 {
                view! { <NoMore first=address(1) /> }.into_any()
            } else if done_lines.is_empty() {
                view! { <p class="muted">"Nothing has been done yet. What is marked as done stays here to be read."</p> }.into_any()
            } else {
                view! { <ul class="list">{done_lines}</ul> }.into_any()
            }}
            <Pager what="Actions" page per_page=DONE_ON_A_PAGE total=done_in_all address />
        </section>
        <Safety />
    }
}

/// Whose actions the reader ticks and clears.
struct Keeping {
    slug: String,
    may_keep: bool,
}

fn open_item(keeping: &Keeping, action: &GroupAction) -> AnyView {
    let may_finish = action.is_own || keeping.may_keep;
    let button = may_finish.then(|| one_press(FinishGroupAction::PATH, keeping, action, ("check", "Mark as done")));
    let agreed = agreed_at(action);
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p>{action.words.clone()}</p>
                <p class="item__meta">{whose(action)}", since "{agreed}</p>
            </div>
            {button}
        </li>
    }
    .into_any()
}

fn done_item(keeping: &Keeping, action: &GroupAction) -> AnyView {
    let done = action.done_on.map(|day| format!(". Done on {}.", day_month_year(day)));
    let again = keeping.may_keep.then(|| one_press(ReopenGroupAction::PATH, keeping, action, ("undo-2", "Not done")));
    let agreed = agreed_at(action);
    view! {
        <li class="item item--row">
            <div class="item__body">
                <p class="muted struck">{action.words.clone()}</p>
                <p class="item__meta">{whose(action)}", agreed on "{agreed}{done}</p>
            </div>
            <Badge tone=Tone::Good>"Done"</Badge>
            {again}
        </li>
    }
    .into_any()
}

fn whose(action: &GroupAction) -> String {
    if action.is_own { "You".to_owned() } else { action.owner.short.clone() }
}

/// The day on which it was agreed, and the way to that session where the reader was there.
fn agreed_at(action: &GroupAction) -> AnyView {
    let day = day_month_year(action.agreed_on);
    match &action.session {
        Some(code) => view! { <a href=paths::session(code)>{day}</a> }.into_any(),
        None => day.into_any(),
    }
}

/// One press for one action.
fn one_press(function: &'static str, keeping: &Keeping, action: &GroupAction, (icon, word): (&'static str, &'static str)) -> AnyView {
    let (slug, id, name) = (keeping.slug.clone(), action.id.to_string(), format!(" “{}”", action.words));
    view! {
        <PostForm action=function>
            <Hidden name="slug" value=slug />
            <Hidden name="action" value=id />
            <button class="btn btn--second btn--sm" type="submit"><Icon name=icon />{word}<span class="vh">{name}</span></button>
        </PostForm>
    }
    .into_any()
}
