//! The page on which somebody chooses when they are reminded.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChooseReminders, my_reminders};
use super::model::{FIRST, Reminders, SECOND};
use crate::paths;
use crate::ui::{Audience, PageHead, PostForm, SelectField, load};

/// When one is reminded of one's sessions, and whether.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    load(my_reminders(), |reminders| view! { <Choice reminders /> })
}

#[component]
fn Choice(reminders: Reminders) -> impl IntoView {
    let options = |offers: [(i64, &str); 4]| offers.into_iter().map(|(hours, words)| (hours.to_string(), words.to_owned())).collect();
    view! {
        <PageHead
            title="Reminders"
            up=(paths::ME.to_owned(), "Your account".to_owned())
            about="Before each of your sessions we write to your work email: the date, the time, how to join, and how to say that you cannot come."
        >
            <Audience tier=1 sentence="only you." />
        </PageHead>
        <PostForm action=ChooseReminders::PATH class="onething">
            <SelectField name="first" label="First reminder" value=reminders.first_hours.to_string() options=options(FIRST) />
            <SelectField name="second" label="Second reminder" value=reminders.second_hours.to_string() options=options(SECOND)
                hint="You are told of changes and cancellations whatever you choose here." />
            <div class="form-foot"><button class="btn" type="submit">"Save"</button></div>
        </PostForm>
    }
}
