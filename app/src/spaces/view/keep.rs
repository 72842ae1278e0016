//! The spaces that there are, for whoever makes them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::spaces::api::{ChangeSpace, MakeSpace, kept_spaces, space_to_keep};
use crate::spaces::forms::SpaceAddress;
use crate::spaces::held::Approval;
use crate::spaces::keeping::{KeptSpace, whom_choices, whom_in_words, whom_key};
use crate::ui::{Audience, Choices, Empty, Field, Hidden, Icon, PageHead, PostForm, SelectField, TextArea, load, param};

/// Every space that is no group's, and the form of a new one.
#[component]
pub fn KeptSpacesPage() -> impl IntoView {
    load(kept_spaces(), |spaces| view! { <Kept spaces /> })
}

#[component]
fn Kept(spaces: Vec<KeptSpace>) -> impl IntoView {
    let list = if spaces.is_empty() {
        view! { <Empty title="No space yet"><p>"Every supervision group has a closed space of its own already. Make the first for more than one group below."</p></Empty> }
            .into_any()
    } else {
        view! { <section class="card" aria-label="Spaces"><ul class="list">{spaces.into_iter().map(item).collect_view()}</ul></section> }
            .into_any()
    };
    view! {
        <PageHead title="Spaces" up=(paths::COMMUNITY.to_owned(), "Community".to_owned())
            about="Nobody is put into a space: who may read it follows from what they do. The closed spaces of groups are there with the groups, and are not in this list.">
            <Audience tier=4 sentence="coordinators see which spaces there are and who looks after them. What is written in a space is read by those for whom it is." />
        </PageHead>
        {list}
        <section class="card above-4" aria-labelledby="new-space">
            <h2 id="new-space">"Make a space"</h2>
            <PostForm action=MakeSpace::PATH class="prose above-3">
                <SelectField name="whom" label="For whom?" options=whom_options() hint="This cannot be changed later: what people write, they write for these readers." />
                <Details name="" about="" moderators="" allows_unnamed=false approval=Approval::Off />
                <div class="form-foot"><button class="btn" type="submit">"Make the space"</button></div>
            </PostForm>
        </section>
    }
}

fn whom_options() -> Vec<(String, String)> {
    let first = (String::new(), "Choose".to_owned());
    [first].into_iter().chain(whom_choices().into_iter().map(|(kind, subject, words)| (whom_key(kind, subject), words))).collect()
}

fn item(space: KeptSpace) -> impl IntoView {
    let after = match space.moderators.len() {
        0 => "Nobody looks after it.".to_owned(),
        1 => "One person looks after it.".to_owned(),
        more => format!("{more} people look after it."),
    };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name="messages-square" /></span>
            <div class="item__body">
                <a class="item__title" href=paths::keep_space(&space.slug)>{space.name.clone()}</a>
                <p class="item__meta">{format!("{}. {after}", whom_in_words(space.kind, &space.subject))}</p>
            </div>
        </li>
    }
}

/// What can be changed of a space.
#[component]
fn Details(
    #[prop(into)] name: String,
    #[prop(into)] about: String,
    #[prop(into)] moderators: String,
    allows_unnamed: bool,
    approval: Approval,
) -> impl IntoView {
    let chosen = if allows_unnamed { vec!["yes".to_owned()] } else { Vec::new() };
    let options = Approval::EACH.map(|approval| (approval.key().to_owned(), approval.name().to_owned())).to_vec();
    view! {
        <Field name="name" label="Name" value=name />
        <Field name="about" label="What is it about? (optional)" value=about hint="One sentence, shown under the name." />
        <TextArea name="moderators" label="Who looks after it?" value=moderators
            hint="Work emails, one on a line. They read the space, pin and lock threads, decide what was reported, and see what posts said before they were changed." />
        <SelectField name="approval" label="Is what people write looked at before others see it?" value=approval.key() options
            hint="Whoever looks after the space does so, within one working day. It holds for what is written from now on." />
        <Choices name="unnamed" legend="Posts without a name" several=true chosen
            hint="Who wrote such a post is shown to nobody, to you and to those who look after the space neither. The clinical lead and the safeguarding lead can see it together, with a reason. Where posts are looked at first, each of these is, and whoever decides does not learn whose it is. What was posted so stays so if you take the tick away."
            options=vec![("yes".to_owned(), "People may post here without their name".to_owned())] />
    }
}

/// Changing a space, and who looks after it.
#[component]
pub fn KeepSpacePage() -> impl IntoView {
    load(space_to_keep(SpaceAddress { space: param("space"), before: String::new() }), |space| view! { <Keep space /> })
}

#[component]
fn Keep(space: KeptSpace) -> impl IntoView {
    let moderators = space.moderators.join("\n");
    view! {
        <PageHead title=format!("Change {}", space.name) up=(paths::KEPT_SPACES.to_owned(), "Spaces".to_owned())
            about=format!("{}. That cannot be changed.", whom_in_words(space.kind, &space.subject))>
            <Audience tier=4 sentence="coordinators. Everybody who reads the space sees its name, what it is about and who looks after it." />
        </PageHead>
        <PostForm action=ChangeSpace::PATH changes=Some(space.version) class="prose">
            <Hidden name="slug" value=space.slug />
            <Details name=space.name about=space.about moderators allows_unnamed=space.allows_unnamed approval=space.approval />
            <div class="form-foot"><button class="btn" type="submit">"Save"</button></div>
        </PostForm>
    }
}
