//! The page of one's own calendar link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChangeFeed, MakeFeed, RemoveFeed, RenewFeed, my_feed};
use super::model::{ALARMS, FeedChoices, OwnFeed, Titles};
use crate::access::page_visit;
use crate::paths;
use crate::ui::{Answered, Audience, Choices, Icon, PageHead, PostForm, SelectField, day_month_year, load};

/// The link to one's own sessions: fresh and shown once, made earlier, or not made yet.
#[component]
pub fn FeedsPage() -> impl IntoView {
    let fresh = Answered::to_form(MakeFeed::PATH).or_else(|| Answered::to_form(RenewFeed::PATH));
    load(my_feed(), move |feed| {
        let part = match (fresh, feed) {
            (Some(secret), _) => view! { <Fresh secret /> }.into_any(),
            (None, Some(feed)) => view! { <Standing feed /> }.into_any(),
            (None, None) => view! { <NotYet /> }.into_any(),
        };
        view! {
            <PageHead
                title="Calendar link"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Your sessions in the calendar that you use every day, such as Outlook, Google or Apple."
            >
                <Audience
                    tier=1
                    sentence="only you can see this page. Whoever has the link sees when your sessions are, and no names: keep it as you keep a password."
                />
            </PageHead>
            <div class="stack gap-5">
                {part}
                <GoodToKnow />
            </div>
        }
    })
}

/// The link, on the only page that ever shows it.
#[component]
fn Fresh(secret: String) -> impl IntoView {
    let origin = page_visit().map(|visit| visit.origin().to_owned()).unwrap_or_default();
    let link = format!("{origin}{}", paths::feed(&secret));
    // The scheme by which calendar programs offer to subscribe.
    let subscribe = link.replacen("https://", "webcal://", 1).replacen("http://", "webcal://", 1);
    view! {
        <section class="card onething" aria-labelledby="fresh">
            <h2 id="fresh">"Your link"</h2>
            <p class="below-4">"It is shown only now. Add it to your calendar before you leave this page."</p>
            <p class="secret">{link}</p>
            <p class="above-4"><a class="btn" href=subscribe><Icon name="calendar-plus" />"Add it to the calendar on this device"</a></p>
            <div class="prose above-5">
                <h3>"Or add it by hand"</h3>
                <ul>
                    <li>"Outlook: Add calendar, Subscribe from web, and paste the link."</li>
                    <li>"Google: beside Other calendars choose +, From URL, and paste the link."</li>
                    <li>"Apple: File, New Calendar Subscription, and paste the link."</li>
                </ul>
            </div>
            <p class="above-5"><a class="btn btn--second" href=paths::FEEDS>"I have added it"</a></p>
        </section>
    }
}

/// For somebody without a link.
#[component]
fn NotYet() -> impl IntoView {
    let choices = FeedChoices { titles: Titles::Neutral, alarm_minutes: None };
    view! {
        <section class="card onething" aria-labelledby="make">
            <h2 id="make">"Make a link"</h2>
            <p class="below-4">"With this link your calendar fetches your sessions, from 90 days back to a year ahead. You can remove it at any time."</p>
            <PostForm action=MakeFeed::PATH>
                <ChoiceFields choices />
                <div class="form-foot"><button class="btn">"Make a link"</button></div>
            </PostForm>
        </section>
    }
}

/// For somebody with a link: since when, what it gives, and how to change or end it.
#[component]
fn Standing(feed: OwnFeed) -> impl IntoView {
    let since = format!("You have had this link since {}. It was shown once, and is not stored.", day_month_year(feed.made_on));
    view! {
        <section class="card onething" aria-labelledby="choices">
            <h2 id="choices">"What your calendar shows"</h2>
            <p class="below-4">{since}</p>
            <PostForm action=ChangeFeed::PATH>
                <ChoiceFields choices=feed.choices />
                <div class="form-foot"><button class="btn">"Save"</button></div>
            </PostForm>
        </section>
        <section class="card onething" aria-labelledby="another">
            <h2 id="another">"Another link, or none"</h2>
            <p class="below-4">"If the link is lost, or somebody else has it, make a new one. The old one stops working at once."</p>
            <div class="row">
                <PostForm action=RenewFeed::PATH><button class="btn btn--second">"Make a new link"</button></PostForm>
                <PostForm action=RemoveFeed::PATH><button class="btn btn--danger">"Remove the link"</button></PostForm>
            </div>
        </section>
    }
}

/// What each session is called, and whether the device reminds.
#[component]
fn ChoiceFields(choices: FeedChoices) -> impl IntoView {
    let alarm = ALARMS.iter().find(|(_, minutes, _)| *minutes == choices.alarm_minutes).map(|(key, ..)| (*key).to_owned());
    let alarms = ALARMS.iter().map(|(key, _, words)| ((*key).to_owned(), (*words).to_owned())).collect();
    view! {
        <Choices
            name="titles"
            legend="What each session is called"
            hint="Colleagues may see your calendar. One-to-one and VIG supervision is always called “Supervision session”."
            chosen=vec![choices.titles.key().to_owned()]
            options=vec![
                (Titles::Neutral.key().to_owned(), "Supervision session".to_owned()),
                (Titles::Group.key().to_owned(), "The group’s name, such as “Aire group”".to_owned()),
            ]
        />
        <SelectField
            name="alarm"
            label="Reminder on your device"
            hint="Some calendars leave out the reminders of a calendar that they fetch."
            value=alarm.unwrap_or_else(|| "none".to_owned())
            options=alarms
        />
    }
}

/// What a fetched calendar can and cannot be trusted with.
#[component]
fn GoodToKnow() -> impl IntoView {
    view! {
        <section class="card onething" aria-labelledby="know">
            <h2 id="know">"Good to know"</h2>
            <div class="prose above-2">
                <ul>
                    <li>"Your calendar decides when it fetches the link. A change can take a day to show. What we email you, and Reverie itself, are right at once."</li>
                    <li>"A session that is cancelled stays in the feed, marked as cancelled. Some calendars hide it."</li>
                    <li>"No person and no place is named: each entry leads to the session’s page here, where you join or send apologies."</li>
                    <li>"Deleting or declining an entry in your calendar tells nobody. Please send apologies here."</li>
                </ul>
            </div>
        </section>
    }
}
