//! The box in which people write.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use super::attach::Attachments;
use super::side::RULES;
use crate::guard::{GuardMarks, look};
use crate::paths;
use crate::spaces::answers::{Attached, Draft, SpaceLine};
use crate::spaces::drafting::DropDraft;
use crate::spaces::held::{Posting, paused_until};
use crate::spaces::island::{Composing, MARKS};
use crate::spaces::model::{LONGEST_TITLE, when};
use crate::ui::{
    Audience, Banner, Choices, Field, FormState, Hidden, Icon, PageTitle, PostForm, Rejected, SelectField, TextArea, Tone, escaped,
    field_name, query,
};

/// What is being written, and where.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The server function.
    pub action: &'static str,
    /// The heading.
    pub title: String,
    /// The words on the button.
    pub button: &'static str,
    /// The space.
    pub space: SpaceLine,
    /// The thread's number in it; none of a new thread.
    pub number: Option<i64>,
    /// The number of the post that is changed; none of a new one.
    pub post: Option<i64>,
    /// Whether it can be posted without the writer's name.
    pub allows_unnamed: bool,
    /// Who can be meant: code and name.
    pub people: Vec<(String, String)>,
    /// What was begun.
    pub draft: Option<Draft>,
    /// The moment of the page.
    pub now: NaiveDateTime,
    /// What stands in the box where nothing was begun.
    pub begun: String,
    /// What is attached to it; none where nothing can be.
    pub files: Option<Vec<Attached>>,
    /// What becomes of it.
    pub posting: Posting,
}

/// A box for Markdown with the rules beside it, a preview and a draft that is kept. Without scripts it has a button for each.
#[component]
pub fn Composer(
    /// What is being written.
    writing: Writing,
    children: Children,
) -> impl IntoView {
    let Writing { action, title, button, space, number, post, allows_unnamed, people, draft, now, begun, files, posting } = writing;
    let shown_preview = query("preview").and(draft.as_ref()).map(|draft| draft.html.clone());
    let text = draft.as_ref().map_or(begun, |draft| draft.source.clone());
    let is_unnamed = draft.as_ref().is_some_and(|draft| draft.is_unnamed);
    let draft_title = draft.as_ref().map(|draft| draft.title.clone()).unwrap_or_default();
    let numbers = (number.map(|number| number.to_string()).unwrap_or_default(), post.map(|post| post.to_string()).unwrap_or_default());
    let takes_files = files.is_some();
    let place = (space.slug.clone(), numbers.0.clone(), numbers.1.clone());
    // Made inside the form, which knows what was typed.
    let has_title = number.is_none();
    let fields = move || {
        view! {
            <Hidden name="space" value=place.0.clone() />
            {has_title.then(|| view! {
                <Field name="title" label="Title" hint=format!("What you would like to think about, in at most {LONGEST_TITLE} characters.") value=draft_title />
            })}
            {(!has_title).then(|| view! { <Hidden name="number" value=numbers.0.clone() /> })}
            {post.map(|_| view! { <Hidden name="post" value=numbers.1.clone() /> })}
            <Toolbar />
            <GuardMarks text=FormState::of_form().entered("text").unwrap_or_else(|| text.clone())>
                <TextArea name="text" label="Your words" rows=8 value=text
                    hint="Speak about your side of the work. Leave out anything that could identify a family or a colleague. **Bold**, *italic*, - lists and > quotations work." />
            </GuardMarks>
            <AskModerator />
            <Mean people />
            {allows_unnamed.then(|| view! { <WithoutName is_unnamed /> })}
        }
    };
    view! {
        <section class="composer" aria-labelledby="write">
            <h2 id="write" class="as-h3">{title}</h2>
            <div class="above-2"><Audience tier=space.kind.tier() sentence=space.kind.audience(&space.name) /></div>
            <ul class="composer__rules above-2" aria-label="What we agreed">{RULES.map(|rule| view! { <li>{rule}</li> }).collect_view()}</ul>
            <Becomes posting now />
            {shown_preview.map(|html| view! {
                <section id="preview" class="composer__preview" aria-labelledby="preview-title" tabindex="-1">
                    <h3 id="preview-title">"This is what it will look like"</h3>
                    <div class="prose post__text" inner_html=html></div>
                </section>
            })}
            <Composing space=space.slug.clone() number=number.map(|number| number.to_string()).unwrap_or_default()
                post=post.map(|post| post.to_string()).unwrap_or_default() kept=draft.as_ref().map_or(0, |draft| draft.kept)>
                <PostForm action=action>
                    {children()}
                    {fields()}
                    <div class="form-foot">
                        <button class="btn" type="submit" name=field_name("press") value="post">{button}</button>
                        <button class="btn btn--second" type="submit" name=field_name("press") value="preview">"Preview"</button>
                        {takes_files.then(|| view! {
                            <button class="btn btn--ghost" type="submit" name=field_name("press") value="attach">"Attach a file…"</button>
                        })}
                        <button class="btn btn--ghost" type="submit" name=field_name("press") value="keep">"Keep as a draft"</button>
                    </div>
                </PostForm>
            </Composing>
            <Attachments files=files.unwrap_or_default() heading="Attached" />
            {draft.map(|draft| view! { <Kept draft now space=space.slug.clone() number post /> })}
        </section>
    }
}

/// How the words look, above the box that they are typed into. Without scripts there is nothing to press.
#[component]
fn Toolbar() -> impl IntoView {
    let buttons = MARKS
        .iter()
        .enumerate()
        .map(|(place, (name, ..))| view! { <button type="button" class="btn btn--ghost btn--sm" data-mark=place.to_string()>{*name}</button> })
        .collect_view();
    view! { <div class="composer__bar row gap-1" role="group" aria-label="How the words look" data-marks="" hidden>{buttons}</div> }
}

/// Posting without one's name, with who could find out all the same.
#[component]
fn WithoutName(is_unnamed: bool) -> impl IntoView {
    let chosen = if is_unnamed { vec![UNNAMED.to_owned()] } else { Vec::new() };
    view! {
        <Choices name="unnamed" legend="Your name" several=true chosen
            hint="The clinical lead and the safeguarding lead can find out that you wrote it, only together and with a reason that is written down; you are told as soon as that puts nobody at risk. Nobody else can. Your words can still give you away."
            options=vec![(UNNAMED.to_owned(), "Post without my name".to_owned())] />
    }
}

/// What the tick sends.
const UNNAMED: &str = "yes";

/// What becomes of what is posted here, said before it is: that it waits for a moderator, or until when nothing can be posted.
#[component]
fn Becomes(posting: Posting, now: NaiveDateTime) -> impl IntoView {
    if let Some(paused) = posting.paused {
        let told = paused_until(paused, now);
        return view! {
            <div class="above-3 below-4"><Banner tone=Tone::Warn title=told>
                <p class="small">"You can read everything, and keep drafts. "<a href=paths::OWN_REPORTS>"What was decided, and how to ask again"</a></p>
            </Banner></div>
        }
        .into_any();
    }
    let waits =
        posting.waits.map(|because| format!("{} It takes one working day at most, and until then only you see it.", because.sentence()));
    waits.map(|waits| view! { <p class="row gap-2 small above-3"><Icon name="hourglass" /><span>{waits}</span></p> }).into_any()
}

/// The way round for whoever was stopped by what looks like a detail of a family: a moderator looks at it. It stands in the form.
#[component]
pub fn AskModerator() -> impl IntoView {
    let state = FormState::of_form();
    let is_marked = |name: &str| state.problem(name).is_some() && state.entered(name).is_some_and(|text| !look(&text).is_empty());
    // Only who was stopped is asked: a box that stands there always is ticked always.
    (is_marked("text") || is_marked("title")).then(|| {
        view! {
            <label class="choice above-2 below-3">
                <input type="checkbox" name=field_name("ask") value="yes" />
                <span>"I have looked again, and none of this is about a family. Ask a moderator: it waits, as it is, until they have looked at it."</span>
            </label>
        }
    })
}

/// Somebody who is meant, by whom a list of those who can read the space offers.
#[component]
fn Mean(people: Vec<(String, String)>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let options = [(String::new(), "Nobody in particular".to_owned())].into_iter().chain(people).collect();
        view! {
            <SelectField name="mention" label="Do you want to mention somebody? (optional)" options
                hint="They are told under what is new. Only people who can read this space are offered." />
        }
    })
}

/// When the draft was kept, and the way to be rid of it.
#[component]
fn Kept(draft: Draft, now: NaiveDateTime, space: String, number: Option<i64>, post: Option<i64>) -> impl IntoView {
    view! {
        <PostForm action=DropDraft::PATH class="row gap-3 small above-2">
            <span class="muted">{format!("Your draft was kept {}. Only you see it.", when(draft.saved_at, now.date()))}</span>
            <Hidden name="space" value=space />
            {number.map(|number| view! { <Hidden name="number" value=number.to_string() /> })}
            {post.map(|post| view! { <Hidden name="post" value=post.to_string() /> })}
            <button class="linkbtn" type="submit">"Throw it away"</button>
        </PostForm>
    }
}

/// What somebody wrote to a place that is no longer open to them.
#[derive(Clone, Debug)]
pub struct HandedBack {
    title: String,
    text: String,
}

impl HandedBack {
    /// What was typed into the form of a function that was refused.
    pub fn of_request(action: &str) -> Option<Self> {
        let rejected = Rejected::of_request().filter(|rejected| rejected.action == action)?;
        let state = FormState::Refused(rejected);
        let handed_back = Self { title: state.entered("title").unwrap_or_default(), text: state.entered("text").unwrap_or_default() };
        (!handed_back.text.is_empty()).then_some(handed_back)
    }
}

/// Shows what was written, to be copied, where it could not be posted any more.
#[component]
pub fn HandedBack(
    /// What was written.
    handed_back: HandedBack,
) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <PageTitle text="Not posted" />
        <h1>"This was not posted"</h1>
        <p class="above-3">"There is nothing at this address any more, or it is not open to you. What you wrote is here, so that you can copy it. It is kept nowhere else."</p>
        <ToCopy handed_back />
        <p class="above-4"><a class="btn" href=paths::COMMUNITY>"Go to the community"</a></p>
    }
}

/// What was written, to be copied.
#[component]
pub fn ToCopy(
    /// What was written.
    handed_back: HandedBack,
) -> impl IntoView {
    let whole = if handed_back.title.is_empty() { handed_back.text } else { format!("{}\n\n{}", handed_back.title, handed_back.text) };
    view! {
        <div class="field above-4">
            <label class="label" for="handed-back">"What you wrote"</label>
            <textarea class="textarea" id="handed-back" rows="12" readonly>{escaped(&whole)}</textarea>
        </div>
    }
}
