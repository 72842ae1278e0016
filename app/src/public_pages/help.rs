use leptos::prelude::*;

use crate::paths;
use crate::ui::{PageHead, Safety};

/// The questions that come up, each with what to do.
#[component]
pub fn HelpPage() -> impl IntoView {
    view! {
        <PageHead title="Help" about="If the answer is not here, ask the Centre’s coordinator." />
        <div class="prose">
            <h2>"Coming in"</h2>
            <Question ask="My invitation does not work">
                "Each invitation works once, for 14 days, and a newer one ends the one before. "
                <a href=paths::FORGOTTEN>"Have it sent again"</a>
                " with your work email."
            </Question>
            <Question ask="I have forgotten my password">
                <a href=paths::FORGOTTEN>"Choose a new one"</a>
                ". The message comes within a few minutes and its link works for an hour. You can also "
                <a href=paths::SIGN_IN_LINK>"sign in by a link"</a>
                " without choosing a new one."
            </Question>
            <Question ask="I do not have my phone for the code">
                "Enter one of the ten recovery codes that you kept when you set up one-time codes; each works once. Then set up your new phone under "
                <a href=paths::ONE_TIME_CODE>"One-time codes"</a>
                ". If you have no recovery code left either, an administrator of the Centre can let you set up another phone."
            </Question>
            <Question ask="I left a device signed in">
                "Sign it out under "
                <a href=paths::DEVICES>"Devices"</a>
                ", from wherever you are."
            </Question>
            <h2>"Sessions"</h2>
            <Question ask="How do I join?">
                "On the session’s page, and on Today, there is a Join button from 15 minutes before the session begins. If the video room does not open, use the telephone number beside it, where your group has one."
            </Question>
            <Question ask="I can’t come">
                "Open the session and choose “I can’t come”. Your supervisor is told, your place is kept, and nothing changes for the others."
            </Question>
            <Question ask="I want fewer reminders, or none">
                "Choose when we write to you before a session or an event, and whether, under "
                <a href=paths::NOTIFICATIONS>"Reminders"</a>
                "."
            </Question>
            <Question ask="Can I have my sessions in my own calendar?">
                "Yes, by "
                <a href=paths::FEEDS>"a private link"</a>
                " that Outlook, Google or Apple fetches. It names nobody. It may lag by a day: what we email you, and Reverie, are right at once."
            </Question>
            <Question ask="Are times right when the clocks change?">
                "Yes. A session at 10:00 stays at 10:00, UK time, all year."
            </Question>
            <h2>"Who can see what I do here?"</h2>
            <p>"Each page says so under its title. "<a href=paths::WHO_SEES_WHAT>"Who sees what"</a>" shows it role by role, and "<a href=paths::PRIVACY>"Privacy"</a>" says what is stored."</p>
        </div>
        <div class="above-6"><Safety /></div>
    }
}

/// A question and what to do.
#[component]
fn Question(ask: &'static str, children: Children) -> impl IntoView {
    view! {
        <h3>{ask}</h3>
        <p>{children()}</p>
    }
}
