//! The form by which somebody chooses when they are reminded.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ChooseReminders;
use super::model::{FIRST, Reminders, SECOND};
use crate::ui::{PostForm, SelectField};

/// When one is reminded of one's sessions and events, and whether.
#[component]
pub fn ReminderForm(
    /// What holds now.
    reminders: Reminders,
) -> impl IntoView {
    let options = |offers: [(i64, &str); 4]| offers.into_iter().map(|(hours, words)| (hours.to_string(), words.to_owned())).collect();
    view! {
        <PostForm action=ChooseReminders::PATH class="onething">
            <SelectField name="first" label="First reminder" value=reminders.first_hours.to_string() options=options(FIRST) />
            <SelectField name="second" label="Second reminder" value=reminders.second_hours.to_string() options=options(SECOND)
                hint="You are told of changes and cancellations whatever you choose here." />
            <div class="form-foot"><button class="btn" type="submit">"Save"</button></div>
        </PostForm>
    }
}
