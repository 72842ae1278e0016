//! Closing days, and changing a closure: the sessions that fall into it are listed before anything is saved.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{ClosureToSet, FallingSession, StoredClosure};
use super::api::{AddClosure, ChangeClosure, RemoveClosure, closure_to_set_at};
use super::forms::ClosureForm;
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, DeviceAway, Field, Hidden, PageHead, PostForm, Rejected, day_and_month, field_name, load, param, time_range};

/// Closing days.
#[component]
pub fn NewClosurePage() -> impl IntoView {
    load(closure_to_set_at(entered(AddClosure::PATH, String::new())), |page| {
        let ClosureToSet { falling, seen, .. } = page;
        view! {
            <Head title="Close days" />
            <Falling falling />
            <PostForm action=AddClosure::PATH class="prose above-4">
                <Questions stored=None seen />
                <div class="form-foot">
                    <button class="btn" type="submit">"Close these days"</button>
                    <a href=paths::CLOSURES>"Cancel"</a>
                </div>
            </PostForm>
        }
    })
}

/// Changing a closure, and removing it.
#[component]
pub fn ChangeClosurePage() -> impl IntoView {
    load(closure_to_set_at(entered(ChangeClosure::PATH, param("code"))), |page| {
        let ClosureToSet { stored, falling, seen } = page;
        let changes = stored.as_ref().map(|stored| stored.version);
        let (code, version) = stored.as_ref().map(|stored| (stored.code.clone(), stored.version.to_string())).unwrap_or_default();
        view! {
            <Head title="Change a closure" />
            <Falling falling />
            <PostForm action=ChangeClosure::PATH changes class="prose above-4">
                <Questions stored seen />
                <div class="form-foot">
                    <button class="btn" type="submit">"Save"</button>
                    <a href=paths::CLOSURES>"Cancel"</a>
                </div>
            </PostForm>
            <details class="above-5">
                <summary>"Remove this closure…"</summary>
                <p class="above-2">"The days can be planned again. Series that have stepped over them stay as they are, and nobody is told."</p>
                <PostForm action=RemoveClosure::PATH class="above-3">
                    <Hidden name="code" value=code />
                    <Hidden name="version" value=version />
                    <button class="btn btn--danger" type="submit">"Remove the closure"</button>
                </PostForm>
            </details>
        }
    })
}

/// What the page is asked with: which closure, and the days that stand in the form that was refused.
fn entered(action: &str, code: String) -> ClosureForm {
    let rejected = Rejected::of_request().filter(|rejected| rejected.action == action);
    let entered = |name: &str| {
        let sent_as = field_name(name);
        let value = rejected.as_ref().and_then(|rejected| rejected.entered.iter().find(|(field, _)| *field == sent_as));
        value.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    ClosureForm { first: entered("first"), last: entered("last"), code, ..ClosureForm::default() }
}

#[component]
fn Head(title: &'static str) -> impl IntoView {
    let holders = holders_in_words(Permission::ManageClosures);
    view! {
        <PageHead title up=(paths::CLOSURES.to_owned(), "Closures".to_owned())
            about="Series that are planned from now on step over these days. You see every published session that falls into them before anything is saved.">
            <Audience tier=4 sentence=format!("the Centre’s {holders}. Everybody reads the name where a date of theirs is skipped.") />
        </PageHead>
    }
}

#[component]
fn Questions(stored: Option<StoredClosure>, seen: String) -> impl IntoView {
    let identity = stored.as_ref().map(|stored| view! { <Hidden name="code" value=stored.code.clone() /> });
    let (first, last, name) =
        stored.map(|stored| (stored.days.first.to_string(), stored.days.last.to_string(), stored.name)).unwrap_or_default();
    view! {
        {identity}
        <Hidden name="seen" value=seen />
        <Field name="first" label="First day" kind="date" class="input--date" value=first />
        <Field name="last" label="Last day" kind="date" class="input--date" value=last hint="For one day, the same as the first." />
        <Field name="name" label="Name" value=name hint="Everybody reads it, so it holds nobody’s name: Christmas closure, Staff learning day." />
    }
}

/// The sessions that fall into the days, each with its link; nothing where there are none.
#[component]
fn Falling(falling: Vec<FallingSession>) -> impl IntoView {
    (!falling.is_empty()).then(|| {
        let title = match falling.len() {
            1 => "One published session falls into these days".to_owned(),
            several => format!("{several} published sessions fall into these days"),
        };
        let first_day = falling.first().map(|session| session.starts.date());
        let items = falling.into_iter().map(falling_item).collect_view();
        view! {
            <section class="card above-4" aria-labelledby="falling">
                <div class="card__head"><h2 id="falling">{title}</h2></div>
                <p>"Closing the days does not touch them. Open a session to move or cancel it; those who come to it are told then. Until that is done, each is listed among the conflicts. "{first_day.map(|day| view! { <DeviceAway day /> })}</p>
                <ul class="list above-3">{items}</ul>
            </section>
        }
    })
}

fn falling_item(session: FallingSession) -> impl IntoView {
    let FallingSession { code, group, starts, ends, supervisor } = session;
    let title = format!("{group}, {}", day_and_month(starts.date()));
    let meta = format!("{}, UK time, with {}", time_range(starts, ends), supervisor.short);
    view! { <li class="item"><div class="item__body"><a class="item__title" href=paths::session(&code)>{title}</a><p class="item__meta">{meta}</p></div></li> }
}
