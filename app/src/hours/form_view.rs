//! The forms that log and change hours had elsewhere.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Entry, EntryToLog};
use super::api::{ChangeHours, LogHours, RemoveHours, hours_to_change, hours_to_log};
use super::forms::EntryAddress;
use super::intervention::Intervention;
use crate::groups::GroupKind;
use crate::paths;
use crate::ui::{Audience, Field, Hidden, Icon, PageHead, PostForm, SelectField, load, param};

/// Logging hours had elsewhere.
#[component]
pub fn LogHoursPage() -> impl IntoView {
    load(hours_to_log(), |to_log| {
        let EntryToLog { today, last } = to_log;
        view! {
            <Head title="Log supervision from elsewhere" />
            <PostForm action=LogHours::PATH class="prose above-4">
                <Fields held_on=today entry=last is_new=true />
                <div class="form-foot"><button class="btn" type="submit">"Log these hours"</button></div>
            </PostForm>
        }
    })
}

/// Changing or removing what was logged.
#[component]
pub fn ChangeHoursPage() -> impl IntoView {
    load(hours_to_change(EntryAddress { code: param("code") }), |entry| {
        let (code, held_on) = (entry.code.clone(), entry.held_on);
        view! {
            <Head title="Change hours had elsewhere" />
            <PostForm action=ChangeHours::PATH changes=Some(entry.version) class="prose above-4">
                <Hidden name="code" value=entry.code.clone() />
                <Fields held_on entry=Some(entry) is_new=false />
                <div class="form-foot"><button class="btn" type="submit">"Save changes"</button></div>
            </PostForm>
            <PostForm action=RemoveHours::PATH class="above-5">
                <Hidden name="code" value=code />
                <button class="btn btn--danger" type="submit"><Icon name="x" />"Remove these hours"</button>
            </PostForm>
        }
    })
}

#[component]
fn Head(title: &'static str) -> impl IntoView {
    view! {
        <PageHead title up=(paths::HOURS.to_owned(), "My hours".to_owned())
            about="Supervision that you had outside the Centre. It is shown as self-reported, and nobody verifies it.">
            <Audience tier=1 sentence="only you." />
        </PageHead>
    }
}

#[component]
fn Fields(held_on: NaiveDate, entry: Option<Entry>, is_new: bool) -> impl IntoView {
    let minutes = entry.as_ref().filter(|_| !is_new).map(|entry| entry.minutes.to_string()).unwrap_or_default();
    let format = entry.as_ref().map_or("", |entry| entry.format.key());
    let intervention = entry.as_ref().map_or("", |entry| entry.intervention.key());
    let supervised_by = entry.as_ref().map(|entry| entry.supervised_by.clone()).unwrap_or_default();
    let has_none = entry.is_none();
    let nothing = |words: &str| has_none.then(|| (String::new(), words.to_owned()));
    let formats = GroupKind::ALL.into_iter().map(|one| (one.key().to_owned(), one.name().to_owned()));
    let interventions = Intervention::all().map(|one| (one.key().to_owned(), one.name().to_owned()));
    view! {
        <Field name="held_on" label="On which day?" kind="date" class="input--date" value=held_on.to_string() />
        <Field name="minutes" label="How many minutes?" kind="number" inputmode="numeric" class="input--short" value=minutes />
        <SelectField name="format" label="In which format?" value=format
            options=nothing("Choose a format").into_iter().chain(formats).collect() />
        <SelectField name="intervention" label="On what?" value=intervention
            options=nothing("Choose what it was on").into_iter().chain(interventions).collect() />
        <Field name="supervised_by" label="With whom, in general words?" value=supervised_by
            hint="The role and the kind of employer, such as “line manager, NHS trust”. No names, no figures, nothing about a family." />
    }
}
