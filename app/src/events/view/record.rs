//! Who has a place at an event, who waits, and who came.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::{Permission, holders_in_words};
use crate::events::answers::EventRecord;
use crate::events::api::{AddWalkIn, SaveEventRecord, event_record_at};
use crate::events::forms::EventAddress;
use crate::events::model::people_in_words;
use crate::paths;
use crate::sessions::answers::SheetLine;
use crate::sessions::forms::Save;
use crate::sessions::{AttendanceSheet, ReadSheet, SessionState};
use crate::ui::{Audience, Banner, Empty, Field, Hidden, Icon, PageHead, PostForm, Tone, load, param};

/// The people of an event, for its host.
#[component]
pub fn EventRecordPage() -> impl IntoView {
    load(event_record_at(EventAddress { code: param("code") }), |record| view! { <Record record /> })
}

#[component]
fn Record(record: EventRecord) -> impl IntoView {
    let line = record.line.clone();
    let holders = holders_in_words(Permission::ManageEvents);
    let has_begun = record.now >= line.starts && line.state != SessionState::Cancelled && !line.is_draft;
    let waiting = record.waiting.clone();
    let (lines, count) = (record.lines.clone(), people_in_words(line.coming));
    let people = match (lines.is_empty(), has_begun) {
        (true, _) => {
            view! { <Empty title="Nobody has a place yet"><p>"Whoever says that they are coming will appear here."</p></Empty> }.into_any()
        }
        (false, false) => view! { <Coming lines count /> }.into_any(),
        (false, true) => view! { <ToMark record=record.clone() /> }.into_any(),
    };
    view! {
        <PageHead title=if has_begun { "Who came" } else { "Who is coming" } tab=format!("Who is coming, {}", line.title)
            up=(paths::event(&line.code), line.title.clone()) about=format!("{}. {}, {}, UK time.", line.kind.name(), line.day(), line.hours()) times=line.starts.date()>
            <Audience tier=4 sentence=format!("its host, and {holders}.") />
        </PageHead>
        {people}
        {has_begun.then(|| view! { <WalkIn code=line.code.clone() /> })}
        {(!waiting.is_empty()).then(|| view! {
            <section class="card above-5" aria-labelledby="waiting">
                <div class="card__head"><h2 id="waiting">"Waiting, in order"</h2></div>
                <ol class="list">{waiting.into_iter().map(|name| view! { <li class="item">{name}</li> }).collect_view()}</ol>
            </section>
        })}
        {(!record.lapses.is_empty()).then(|| view! {
            <section class="card above-5" aria-labelledby="lapses">
                <div class="card__head"><h2 id="lapses">"Places that became free by themselves"</h2></div>
                <ul class="list">{record.lapses.iter().map(|lapse| view! { <li class="item">{lapse.words()}</li> }).collect_view()}</ul>
            </section>
        })}
    }
}

#[component]
fn Coming(lines: Vec<SheetLine>, count: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="coming">
            <div class="card__head"><h2 id="coming">{count}</h2></div>
            <ReadSheet lines is_final=false />
        </section>
    }
}

/// Somebody who came and has no line on the sheet. Everybody whom an event is for is on no list here, so they say with which address they sign in.
#[component]
fn WalkIn(code: String) -> impl IntoView {
    view! {
        <section class="card above-5" aria-labelledby="walk-in">
            <div class="card__head"><h2 id="walk-in">"Somebody came without a place"</h2></div>
            <p>"They are put onto the sheet as present, and written to. What you have marked above and not saved is lost, so save it first."</p>
            <PostForm action=AddWalkIn::PATH class="above-4">
                <Hidden name="code" value=code.clone() />
                <Field name="email" label="The address with which they sign in" kind="email" inputmode="email" />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Put them onto the sheet"</button></div>
            </PostForm>
        </section>
    }
}

/// The sheet: to be marked from the beginning on, finished from the end on, and corrected the same way.
#[component]
fn ToMark(record: EventRecord) -> impl IntoView {
    let EventRecord { line, now, length_minutes, lines, version, .. } = record;
    let (has_ended, is_finished) = (now >= line.ends, line.state == SessionState::Done);
    let enter = if has_ended { Save::Finish } else { Save::ForLater };
    let counts = if line.minutes == 0 {
        "It counts for nothing in CPD logs.".to_owned()
    } else {
        format!("Counts for {} minutes in the CPD log of those who were there.", line.minutes)
    };
    view! {
        {is_finished.then(|| view! {
            <div class="below-4"><Banner tone=Tone::Good title="The attendance is finished"><p>"What you correct here changes the CPD logs, and no certificate that was issued already."</p></Banner></div>
        })}
        <PostForm action=SaveEventRecord::PATH class="stack gap-5">
            // Enter presses the first button of a form, whichever stands first on the page; this one makes that the one meant.
            <button hidden type="submit" name="form[save]" value=enter.key()></button>
            <Hidden name="session" value=line.code.clone() />
            <Hidden name="version" value=version.to_string() />
            <section class="card" aria-labelledby="attendance">
                <div class="card__head below-1">
                    <h2 id="attendance">"Who came?"</h2>
                    {(!is_finished).then(|| view! {
                        <button class="btn btn--second btn--sm" type="submit" name="form[save]" value=Save::AllPresent.key()><Icon name="check" />"All present"</button>
                    })}
                </div>
                <AttendanceSheet lines=lines.clone() length_minutes />
                <p class="small muted">{counts.clone()}</p>
            </section>
            <div class="actionbar">
                {has_ended.then(|| view! { <button class="btn" type="submit" name="form[save]" value=Save::Finish.key()>"Save and finish"</button> })}
                {(!is_finished).then(|| view! { <button class="btn btn--second" type="submit" name="form[save]" value=Save::ForLater.key()>"Save for later"</button> })}
            </div>
        </PostForm>
    }
}
