//! Writing an entry, changing it, sharing it and removing it.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::log::ONLY_YOU;
use crate::error::AppError;
use crate::paths;
use crate::reflections::answers::{Begun, Entry, SessionLine, Shared, ToWrite};
use crate::reflections::api::{
    DropReflectionDraft, RemoveReflection, ShareReflection, TakeReflectionBack, WriteReflection, reflection_of, reflection_to_write,
};
use crate::reflections::forms::{EntryAddress, NewAddress};
use crate::reflections::island::KeepsWhatIsBegun;
use crate::reflections::model::{Prompt, Words};
use crate::ui::{
    Audience, Banner, Field, Hidden, Icon, PageHead, PostForm, Rejected, Safety, SelectField, TextArea, Tone, UkTime, clock_time,
    day_and_month, day_month_year, field_name, full_stop, load, param, query,
};

/// Writing something new.
#[component]
pub fn NewReflectionPage() -> impl IntoView {
    // A form that was refused keeps the part of the address that was drawn for it, so that no second entry is made.
    let code = Rejected::of_request()
        .and_then(|rejected| rejected.entered.iter().find(|(name, _)| *name == field_name("code")).map(|(_, code)| code.clone()));
    let address = NewAddress { session: query("session").unwrap_or_default(), code: code.unwrap_or_default() };
    load(reflection_to_write(address), |to_write| view! { <NewEntry to_write /> })
}

#[component]
fn NewEntry(to_write: ToWrite) -> impl IntoView {
    let ToWrite { code, version, session, sessions, begun } = to_write;
    let saved_on = begun.as_ref().map(|begun| begun.saved_at.date());
    view! {
        <PageHead title="Write a few lines" up=(paths::REFLECTIONS.to_owned(), "Reflective log".to_owned())
            about="Two lines are enough. Leave out every question that does not help.">
            {saved_on.map(|day| view! { <p><UkTime day /></p> })}
            <Audience tier=1 sentence=ONLY_YOU />
        </PageHead>
        <section class="card" aria-label="The entry">
            <WriteForm code version session sessions words=Words::default() begun />
        </section>
        <Safety />
    }
}

/// The form of an entry, new or not, with what was begun in the place of what is kept.
#[component]
fn WriteForm(code: String, version: i64, session: String, sessions: Vec<SessionLine>, words: Words, begun: Option<Begun>) -> impl IntoView {
    let (words, version, kept) = begun.as_ref().map_or((words, version, 0), |begun| (begun.words.clone(), begun.version, begun.kept));
    let begun = begun.map(|begun| view! { <StillADraft code=code.clone() saved_at=begun.saved_at is_new=begun.version == 0 /> });
    view! {
        <KeepsWhatIsBegun kept>
            <PostForm action=WriteReflection::PATH changes=Some(version)>
                <Hidden name="code" value=code />
                {Prompt::ALL.into_iter().map(|prompt| view! {
                    <TextArea name=prompt.key() label=prompt.question() value=words.to(prompt).to_owned() rows=if prompt == Prompt::Happened { 5 } else { 3 }
                        hint=if prompt == Prompt::Happened { "No names and no details of a family: “the mother” and “the baby” are enough." } else { "" } />
                }).collect_view()}
                <Field name="title" label="A title, if you want one" value=words.title.clone() />
                {(!sessions.is_empty()).then(|| view! { <AboutSession session sessions /> })}
                <div class="form-foot">
                    <button class="btn" type="submit">"Keep it"</button>
                    <a href=paths::REFLECTIONS>"Back to the log"</a>
                </div>
            </PostForm>
        </KeepsWhatIsBegun>
        {begun}
    }
}

/// Since when what stands there is a draft, and the way to be rid of it.
#[component]
fn StillADraft(code: String, saved_at: NaiveDateTime, is_new: bool) -> impl IntoView {
    let what = if is_new { "This is a draft of" } else { "These are changes that you have not kept yet, of" };
    let when = format!("{what} {}, {}. Only you see it.", day_and_month(saved_at.date()), clock_time(saved_at.time()));
    view! {
        <PostForm action=DropReflectionDraft::PATH class="row gap-3 small above-2">
            <span class="muted">{when}</span>
            <Hidden name="code" value=code />
            <button class="linkbtn" type="submit">"Throw it away"</button>
        </PostForm>
    }
}

#[component]
fn AboutSession(session: String, sessions: Vec<SessionLine>) -> impl IntoView {
    let none = (String::new(), "No session".to_owned());
    let each = |line: SessionLine| (line.code, format!("{}, {}", line.name, day_and_month(line.starts.date())));
    view! {
        <SelectField name="session" label="Is it about a session?" value=session options=[none].into_iter().chain(sessions.into_iter().map(each)).collect() />
    }
}

/// An entry of one's own.
#[component]
pub fn ReflectionPage() -> impl IntoView {
    let has_written = Rejected::of_request().is_some_and(|rejected| rejected.action == WriteReflection::PATH);
    let answer = async move {
        match reflection_of(EntryAddress { code: param("code") }).await {
            // It was removed in another window while somebody wrote on: what they wrote can be kept as a new entry.
            Err(AppError::NotFound) if has_written => reflection_to_write(NewAddress::default()).await.map(Err),
            answer => answer.map(Ok),
        }
    };
    load(answer, |found| match found {
        Ok(entry) => view! { <OwnEntry entry /> }.into_any(),
        Err(to_write) => view! { <NewEntry to_write /> }.into_any(),
    })
}

#[component]
fn OwnEntry(entry: Entry) -> impl IntoView {
    let Entry { code, version, written, words, session, sessions, begun, shared, supervisors } = entry;
    let title = words.as_ref().map_or_else(|| "An entry that cannot be opened".to_owned(), Words::heading);
    let about = format!("Begun on {}, {}. All times are UK time.", day_month_year(written.date()), clock_time(written.time()));
    let is_open = words.is_some();
    let (tier, sentence) = (if shared.is_some() { 2 } else { 1 }, readers(shared.as_ref()));
    // A session of long ago stays the one that it is about.
    let others = sessions.into_iter().filter(|line| session.as_ref().is_none_or(|own| own.code != line.code));
    let sessions: Vec<SessionLine> = session.clone().into_iter().chain(others).collect();
    let session = session.map(|session| session.code).unwrap_or_default();
    let form = words.map(|words| {
        let code = code.clone();
        view! { <section class="card" aria-label="The entry"><WriteForm code version session sessions words begun /></section> }
    });
    view! {
        // What somebody wrote does not stand in the list of what the browser has open.
        <PageHead title tab="An entry of your log" up=(paths::REFLECTIONS.to_owned(), "Reflective log".to_owned()) about times=written.date()>
            <Audience tier sentence />
        </PageHead>
        <div class="split">
            <div>{form}{(!is_open).then(|| view! { <CannotBeOpened /> })}</div>
            <div>
                {is_open.then(|| view! { <Sharing code=code.clone() shared supervisors /> })}
                <section class="card" aria-labelledby="remove">
                    <div class="card__head"><h2 id="remove">"Remove it"</h2></div>
                    <p class="small">"It can be put back for an hour. Then it is deleted for good."</p>
                    <PostForm action=RemoveReflection::PATH class="above-3">
                        <Hidden name="code" value=code />
                        <button class="btn btn--danger btn--sm" type="submit"><Icon name="x" />"Remove this entry"</button>
                    </PostForm>
                </section>
            </div>
        </div>
        <Safety />
    }
}

/// Who reads this entry.
fn readers(shared: Option<&Shared>) -> String {
    match shared {
        None => ONLY_YOU.to_owned(),
        Some(Shared { supervisor, is_their_supervisor: true, .. }) => {
            format!("you, and {supervisor} until you take it back. Nobody else, whatever their role.")
        }
        Some(Shared { supervisor, .. }) => {
            format!("only you. You shared it with {supervisor}, who no longer supervises you and so cannot read it.")
        }
    }
}

/// Said in place of an entry whose key is not at hand.
#[component]
pub fn CannotBeOpened() -> impl IntoView {
    view! {
        <Banner tone=Tone::Warn title="This entry cannot be opened at the moment.">
            <p>"It is kept as it was written. The key that opens it is not at hand: please tell the Centre’s administrator. What you write now is not affected."</p>
        </Banner>
    }
}

/// Sharing it with one supervisor, or taking it back.
#[component]
fn Sharing(code: String, shared: Option<Shared>, supervisors: Vec<(String, String)>) -> impl IntoView {
    let body = match shared {
        Some(shared) => view! { <TakeBack code shared /> }.into_any(),
        None if supervisors.is_empty() => {
            view! { <p class="small muted">"Once you have a supervisor at the Centre, you can share an entry with them here."</p> }
                .into_any()
        }
        None => view! { <Share code supervisors /> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="sharing">
            <div class="card__head"><h2 id="sharing">"Share it with your supervisor"</h2></div>
            {body}
        </section>
    }
}

#[component]
fn Share(code: String, supervisors: Vec<(String, String)>) -> impl IntoView {
    let only = match supervisors.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let button = only.as_ref().map_or_else(|| "Share this entry".to_owned(), |(_, name)| format!("Share with {name}"));
    view! {
        <p class="small">"They read this entry, as it is and as you change it, and no other. After ten minutes they get a message that says there is something to read. You can take it back whenever you like, and they see it no more."</p>
        <PostForm action=ShareReflection::PATH class="above-3">
            <Hidden name="code" value=code />
            {match only {
                Some((supervisor, _)) => view! { <Hidden name="supervisor" value=supervisor /> }.into_any(),
                None => view! { <SelectField name="supervisor" label="With whom?" options=supervisors /> }.into_any(),
            }}
            <button class="btn btn--second above-3" type="submit">{button}</button>
        </PostForm>
    }
}

#[component]
fn TakeBack(code: String, shared: Shared) -> impl IntoView {
    let Shared { supervisor, since, opened_at, .. } = shared;
    let day = |moment| day_and_month(::series::local(moment).date());
    let opened = opened_at.map_or_else(
        || "They have not opened it yet.".to_owned(),
        |moment| format!("They opened it on {} at {}.", day(moment), clock_time(::series::local(moment).time())),
    );
    view! {
        <p>{full_stop(&format!("Shared since {} with {supervisor}", day(since)))}" "{opened}</p>
        <PostForm action=TakeReflectionBack::PATH class="above-3">
            <Hidden name="code" value=code />
            <button class="btn btn--second" type="submit">"Take it back"</button>
        </PostForm>
    }
}
