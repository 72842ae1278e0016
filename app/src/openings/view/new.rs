//! Asking to open something.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::Role;
use crate::openings::answers::ToAsk;
use crate::openings::api::{AskToOpen, opening_to_ask};
use crate::openings::model::{HOURS, WAITS_DAYS};
use crate::paths;
use crate::spaces::Ground;
use crate::ui::{Audience, Banner, Choices, Field, PageHead, PostForm, TextArea, Tone, load, query};

/// The form by which somebody asks. A link at a post without a name brings that post's address along.
#[component]
pub fn NewOpeningPage() -> impl IntoView {
    let post = query("post").unwrap_or_default();
    load(opening_to_ask(), move |ToAsk { roles, could_be_agreed }| {
        view! {
            <PageHead title="Ask to open something" up=(paths::OPENINGS.to_owned(), "Openings".to_owned())
                about="Somebody else, in the other role, has to agree. Nothing is opened before that, and then for the two of you alone.">
                <Audience tier=2 sentence="you, and whoever can agree. Whoever it concerns is told when it is opened, by whom and on which ground; not the words that you enter here." />
            </PageHead>
            {(!could_be_agreed).then(|| view! {
                <div class="below-5"><Banner tone=Tone::Warn title="Nobody could agree"><p>"Nobody beside you holds the other of the two roles. Ask an administrator to name somebody first."</p></Banner></div>
            })}
            <PostForm action=AskToOpen::PATH class="prose">
                <Ask post=post.clone() roles />
            </PostForm>
        }
    })
}

/// Choices from keys and words.
fn choices<const N: usize>(of: [(&str, &str); N]) -> Vec<(String, String)> {
    of.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec()
}

#[component]
fn Ask(post: String, roles: Vec<Role>) -> impl IntoView {
    let kinds = choices([("author", "Who wrote a post without a name"), ("space", "The closed space of a group")]);
    let grounds = Ground::ALL.into_iter().map(|ground| (ground.key().to_owned(), ground.name().to_owned())).collect();
    let hours = HOURS.map(|hours| (hours.to_string(), if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") })).to_vec();
    let kind = if post.is_empty() { Vec::new() } else { vec!["author".to_owned()] };
    let roles = (roles.len() > 1).then(|| roles.iter().map(|role| (role.key().to_owned(), role.name().to_owned())).collect::<Vec<_>>());
    view! {
        <Choices name="kind" legend="What has to be opened?" chosen=kind options=kinds />
        <Field name="place" label="Which one?" value=post
            hint="Of a post its address, to which its date leads, like /community/endings/3#p2. Of a space the name of the group." />
        <Choices name="ground" legend="On which ground?" hint="The grounds on which confidentiality may be broken, as they stand in every agreement. Whoever it concerns reads this." options=grounds />
        <TextArea name="words" label="Why?" hint="In at least 20 characters, without anything that identifies a family. Whoever agrees reads this, and it stays on record." />
        <Choices name="hours" legend="For how long?" options=hours />
        {roles.map(|options| view! { <Choices name="role" legend="In which role do you ask?" options /> })}
        <TextArea name="silence" label="Would telling them now put somebody at risk? (optional)" rows=3
            hint="Leave this empty, and whoever it concerns is told as soon as it is open. Otherwise say whom it would put at risk, and how. It counts only if the other person agrees, and it ends when a safeguarding lead says so." />
        <p class="small muted">{format!("Your request waits for {WAITS_DAYS} days.")}</p>
        <div class="form-foot"><button class="btn" type="submit">"Ask"</button></div>
    }
}
