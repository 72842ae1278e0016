//! The record of a session: who came, and what was agreed.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::actions::{ActionFields, ReadActions};
use super::session::StateBadge;
use super::sheet::{AttendanceSheet, PrintedSheet, ReadSheet};
use crate::paths;
use crate::people::PersonName;
use crate::sessions::answers::{ActionLine, CorrectionLine, RecordStage, SessionHead, SheetLine, ShownRecord};
use crate::sessions::api::{CorrectAttendance, SaveActions, SaveRecord, record_at};
use crate::sessions::forms::{Save, SessionAddress};
use crate::sessions::model::CorrectionReason;
use crate::sessions::readers::{Part, Relation};
use crate::ui::{
    Audience, Banner, Choices, Hidden, Icon, PageHead, PostForm, Rejected, Safety, TakeAlong, Tone, clock_time, day_and_month, load, param,
};

/// Attendance and agreed actions: to mark, to correct or to read, by what the reader is to the session.
#[component]
pub fn RecordPage() -> impl IntoView {
    load(record_at(SessionAddress { code: param("code") }), |record| view! { <Record record /> })
}

#[component]
fn Record(record: ShownRecord) -> impl IntoView {
    let head = record.head.clone();
    let has_actions = record.actions.is_some();
    let title = if has_actions { format!("Attendance and actions, {}", head.day()) } else { format!("Attendance, {}", head.day()) };
    let badge = view! { <StateBadge state=head.state /> }.into_any();
    let about = about(&record);
    let back = (paths::session(&head.code), head.title());
    let tab = format!("Attendance, {}", head.title());
    let record_head = head.clone();
    let body = match record.stage {
        RecordStage::ToMark => view! { <ToMark record /> }.into_any(),
        _ => view! { <Marked record /> }.into_any(),
    };
    view! {
        <PageHead title=title tab=tab up=back about=about times=record_head.starts.date() actions=badge />
        {has_actions.then(|| view! {
            <nav class="tabs" aria-label="Parts of the record"><a href="#attendance">"Attendance"</a><a href="#actions">"Actions"</a></nav>
        })}
        {led_by(&record_head)}
        {body}
        <Safety />
    }
}

/// Who led it, each in their role, where it was more than one.
fn led_by(head: &SessionHead) -> Option<impl IntoView + use<>> {
    let hosts = head.hosts.iter().map(|host| format!("{}, {}", host.name.short, host.role.name().to_lowercase()));
    let people: Vec<String> = std::iter::once(format!("{}, supervisor", head.supervisor.short)).chain(hosts).collect();
    (people.len() > 1).then(|| view! { <p class="below-4">{format!("Led by {}.", people.join("; "))}</p> })
}

/// Whether what stands on the sheet is more than what somebody saved for later.
const fn is_final(stage: RecordStage) -> bool {
    matches!(stage, RecordStage::ToCorrect | RecordStage::Finished | RecordStage::Cancelled)
}

fn about(record: &ShownRecord) -> String {
    let head = &record.head;
    let due = format!("{}, {}", day_and_month(record.due.date()), clock_time(record.due.time()));
    let series = head.place_in_series();
    match record.stage {
        RecordStage::ToMark if head.now < head.ends => format!("Ends at {}, UK time. {series}.", clock_time(head.ends.time())),
        RecordStage::ToMark if head.now > record.due => format!("{} {series}. It was due on {due}.", ended(head)),
        RecordStage::ToMark => format!("{} {series}. Please finish by {due}.", ended(head)),
        RecordStage::Waiting if head.now < head.ends => format!("{}. {series}.", head.hours()),
        RecordStage::Waiting => format!("{} {series}. To be finished by {due}.", ended(head)),
        RecordStage::TooEarly | RecordStage::ToCorrect | RecordStage::Finished | RecordStage::Cancelled => {
            format!("{}. {series}.", head.hours())
        }
    }
}

fn ended(head: &SessionHead) -> String {
    format!("Ended at {}, UK time.", clock_time(head.ends.time()))
}

/// The whole record as one form, saved at once.
#[component]
fn ToMark(record: ShownRecord) -> impl IntoView {
    let ShownRecord { head, version, length_minutes, lines, actions, owners, .. } = record;
    let audience = head.circle().audience(Part::Attendance);
    let has_ended = head.now >= head.ends;
    let (enter, of_enter) =
        if has_ended { (Save::Finish, "Enter saves and finishes.") } else { (Save::ForLater, "Enter saves for later.") };
    let is_in_place = head.relation != Relation::Supervisor;
    view! {
        {is_in_place.then(|| view! { <InPlace supervisor=head.supervisor.short.clone() /> })}
        <PostForm action=SaveRecord::PATH class="stack gap-5">
            // Enter presses the first button of a form, whichever stands first on the page; this one makes that the one meant.
            <button hidden type="submit" name="form[save]" value=enter.key()></button>
            <Hidden name="session" value=head.code.clone() />
            // Always the present version: what was typed and refused is looked at again before it is saved over another's save.
            <Hidden name="version" value=version.to_string() />
            <section class="card" aria-labelledby="attendance">
                <div class="card__head below-1">
                    <h2 id="attendance">"Who came?"</h2>
                    <button class="btn btn--second btn--sm" type="submit" name="form[save]" value=Save::AllPresent.key()>
                        <Icon name="check" />"All present"
                    </button>
                </div>
                <Audience tier=Part::Attendance.tier() sentence=audience />
                <AttendanceSheet lines=lines.clone() length_minutes />
                <PrintedSheet lines has_marks=true />
                <p class="small muted no-print">{format!("“All present” leaves marks and apologies as they are. {of_enter}")}</p>
                <TakeAlong />
            </section>
            {actions.map(|actions| {
                if is_in_place {
                    view! { <ReadActions head=head.clone() actions /> }.into_any()
                } else {
                    view! { <ActionFields head=head.clone() actions owners /> }.into_any()
                }
            })}
            <SaveButtons head has_ended />
        </PostForm>
    }
}

/// Says to a coordinator why the sheet is theirs to fill in.
#[component]
fn InPlace(supervisor: String) -> impl IntoView {
    view! {
        <div class="below-4">
            <Banner tone=Tone::Warn title="Nobody else can finish this attendance">
                <p>{format!("{supervisor} led this session and cannot mark it any more. You finish it in their place, which the Centre’s log keeps.")}</p>
            </Banner>
        </div>
    }
}

/// Saving for later at any time, and finishing from the session's end.
#[component]
fn SaveButtons(head: SessionHead, has_ended: bool) -> impl IntoView {
    let (class, sentence) = if has_ended {
        ("btn btn--second", "The session counts as held once it is finished.".to_owned())
    } else {
        ("btn", format!("You can finish it once the session has ended, at {}, UK time.", clock_time(head.ends.time())))
    };
    view! {
        <div class="actionbar">
            {has_ended.then(|| view! { <button class="btn" type="submit" name="form[save]" value=Save::Finish.key()>"Save and finish"</button> })}
            <button class=class type="submit" name="form[save]" value=Save::ForLater.key()>"Save for later"</button>
            <span class="small muted push">{sentence}</span>
        </div>
    }
}

/// A record that is read, with what can still be done to it.
#[component]
fn Marked(record: ShownRecord) -> impl IntoView {
    let ShownRecord { head, version, length_minutes, stage, lines, actions, owners, corrections, .. } = record;
    let is_final = is_final(stage);
    let correction = (stage == RecordStage::ToCorrect)
        .then(|| view! { <CorrectionForm code=head.code.clone() version length_minutes lines=lines.clone() /> });
    view! {
        <div class="stack gap-5">
            {notice(&head, stage)}
            <section class="card" aria-labelledby="attendance">
                <div class="card__head below-1"><h2 id="attendance">"Who came"</h2></div>
                <Audience tier=Part::Attendance.tier() sentence=head.circle().audience(Part::Attendance) />
                <ReadSheet lines=lines.clone() is_final />
                <PrintedSheet lines has_marks=is_final />
                {correction}
                <TakeAlong />
            </section>
            {(!corrections.is_empty()).then(|| view! { <Corrections corrections /> })}
            {actions.map(|actions| actions_part(&head, stage, actions, owners))}
            {(head.relation == Relation::Manager).then(|| view! {
                <p class="muted">"You see who came. What was agreed and said is for the group and its supervisor."</p>
            })}
        </div>
    }
}

/// Why nothing can be marked here.
fn notice(head: &SessionHead, stage: RecordStage) -> Option<impl IntoView + use<>> {
    let (title, sentence) = match stage {
        RecordStage::TooEarly => {
            let begins = format!("The session begins on {} at {}", head.day(), clock_time(head.starts.time()));
            (begins, "Attendance is marked once it has begun.".to_owned())
        }
        RecordStage::Waiting => (
            "The attendance is not finished".to_owned(),
            format!("{} leads this session and marks it. Until then it does not count as held.", head.supervisor.short),
        ),
        RecordStage::Cancelled => ("There was no session".to_owned(), "The Centre cancelled it for everybody.".to_owned()),
        RecordStage::ToMark | RecordStage::ToCorrect | RecordStage::Finished => return None,
    };
    Some(view! { <Banner title=title><p>{sentence}</p></Banner> })
}

fn actions_part(head: &SessionHead, stage: RecordStage, actions: Vec<ActionLine>, owners: Vec<PersonName>) -> AnyView {
    let head = head.clone();
    let has_begun = !matches!(stage, RecordStage::TooEarly | RecordStage::Cancelled);
    if head.relation != Relation::Supervisor || !has_begun {
        return view! { <ReadActions head actions /> }.into_any();
    }
    view! {
        <PostForm action=SaveActions::PATH in_place_of=SaveRecord::PATH>
            <Hidden name="session" value=head.code.clone() />
            <ActionFields head actions owners />
            <div class="form-foot"><button class="btn btn--second" type="submit">"Save the actions"</button></div>
        </PostForm>
    }
    .into_any()
}

/// The sheet once more, with the reason why it is changed.
#[component]
fn CorrectionForm(code: String, version: i64, length_minutes: i64, lines: Vec<SheetLine>) -> impl IntoView {
    // Also when the sheet was finished in another window meanwhile: what was entered here is then a correction.
    let is_refused =
        Rejected::of_request().is_some_and(|rejected| rejected.action == CorrectAttendance::PATH || rejected.action == SaveRecord::PATH);
    let options = CorrectionReason::ALL.into_iter().map(|reason| (reason.key().to_owned(), reason.name().to_owned())).collect();
    view! {
        <details class="above-4 no-print" open=is_refused>
            <summary>"Correct the attendance"</summary>
            <PostForm action=CorrectAttendance::PATH in_place_of=SaveRecord::PATH class="above-3">
                <Hidden name="session" value=code />
                <Hidden name="version" value=version.to_string() />
                <AttendanceSheet lines length_minutes />
                <div class="above-4"><Choices name="reason" legend="Why is it corrected?" options=options /></div>
                <p class="small muted">"What is there now is kept, with the date, the reason and your name."</p>
                <div class="form-foot"><button class="btn" type="submit">"Save the correction"</button></div>
            </PostForm>
        </details>
    }
}

/// What was corrected, by whom and why.
#[component]
fn Corrections(corrections: Vec<CorrectionLine>) -> impl IntoView {
    let lines = corrections
        .into_iter()
        .map(|line| {
            let before = line.before.map_or_else(|| "nothing".to_owned(), |mark| mark.words());
            let change = format!("{}: {before}, now {}", line.name.short, line.after.words());
            let why = format!("{}. {}, {}", line.reason.name(), line.by.short, day_and_month(line.at.date()));
            view! { <li class="item"><div class="item__body"><p>{change}</p><p class="item__meta">{why}</p></div></li> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="corrections">
            <div class="card__head"><h2 id="corrections">"Corrections"</h2></div>
            <ul class="list">{lines}</ul>
        </section>
    }
}
