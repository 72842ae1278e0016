//! One session: how to get in, who comes, and what was agreed.

use leptos::prelude::*;

use super::actions::CarriedActions;
use super::people::WhoIsComing;
use super::room::HowToJoin;
use crate::groups::GroupKind;
use crate::news::KeptUpToDate;
use crate::paths;
use crate::sessions::answers::{Door, OwnPlace, SessionHead, ShownSession};
use crate::sessions::api::{session_at, session_of_day};
use crate::sessions::back::Back;
use crate::sessions::forms::{DayAddress, SessionAddress};
use crate::sessions::model::{CancelReason, SessionState};
use crate::sessions::readers::Relation;
use crate::ui::{Audience, Badge, Banner, DeviceTime, Icon, PageHead, Safety, SentOn, Tone, load, param, time_range};

/// A session, before, during and after.
#[component]
pub fn SessionPage() -> impl IntoView {
    load(session_at(SessionAddress { code: param("code") }), |shown| view! { <Session shown /> })
}

/// Leads from a group and a day to the session that it has then.
#[component]
pub fn SessionOfDayPage() -> impl IntoView {
    load(session_of_day(DayAddress { slug: param("slug"), day: param("day") }), |code| view! { <SentOn to=paths::session(&code) /> })
}

#[component]
fn Session(shown: ShownSession) -> impl IntoView {
    let ShownSession { head, people, own, room, actions, cancelled, may_record, may_cancel, may_change, title, waiting } = shown;
    let about = format!("{}. {}. {}.", head.hours(), head.way(), head.place_in_series());
    let clock = on_the_readers_clock(&head);
    let badge = view! { <StateBadge state=head.state /> }.into_any();
    let room = room.filter(|room| room.door != Door::Closed);
    let code = head.code.clone();
    // Whoever is a guest of the session is told what was agreed by its supervisor; the group’s own page is not theirs.
    let is_guest = matches!(head.relation, Relation::CoSupervisor | Relation::Observer);
    let agreement = (!is_guest).then(|| view! { <Agreement head=head.clone() /> });
    let is_office = head.relation == Relation::Manager;
    let who = view! { <WhoIsComing head=head.clone() people own=own.clone() waiting /> };
    // Without a room and actions of their own, the office's main column is for the people.
    let (who_first, who_beside) = if is_office { (Some(who), None) } else { (None, Some(who)) };
    view! {
        <PageHead title=head.title() up=up(&head) about=about actions=badge>
            {(!title.is_empty()).then(|| view! { <p class="strong">{title}</p> })}
            {clock}
        </PageHead>
        <Audience tier=4 sentence=head.circle().audience_of_page() />
        {cancelled.map(|reason| view! { <Cancelled head=head.clone() reason /> })}
        <div class="split above-4">
            <div>
                {room.map(|room| view! { <HowToJoin head=head.clone() room /> })}
                {own_line(&head, own.as_ref())}
                {record_card(&head, may_record)}
                {for_oneself(&head)}
                {actions.map(|actions| view! { <CarriedActions head=head.clone() actions /> })}
                {who_first}
            </div>
            <div class="split--side">
                {who_beside}
                {is_office.then(|| view! { <WhatTheOfficeSees /> })}
                {calendar_card(&head)}
                {agreement}
                {(may_cancel || may_change).then(|| view! { <IfItChanges code=code.clone() may_cancel may_change /> })}
                <p class="small"><a href=paths::session_history(&code)><Icon name="history" />"What happened to this session"</a></p>
            </div>
        </div>
        <Safety />
        <KeptUpToDate said="The session was brought up to date." />
    }
}

/// What the clock of the reader's device shows meanwhile, where that is another time.
fn on_the_readers_clock(head: &SessionHead) -> impl IntoView + use<> {
    let instant = |local| ::series::instant(local).to_rfc3339();
    view! { <DeviceTime starts=instant(head.starts) ends=instant(head.ends) uk=time_range(head.starts, head.ends) /> }
}

/// The ways to change or cancel it, for those who may. Whoever came from the board goes back there once it is changed.
#[component]
fn IfItChanges(code: String, may_cancel: bool, may_change: bool) -> impl IntoView {
    let change = paths::change_session(&code);
    let change = Back::of_request().map_or_else(|| change.clone(), |back| back.beside(&change));
    view! {
        <section class="card" aria-labelledby="changes">
            <div class="card__head"><h2 id="changes">"If it cannot stay as it is"</h2></div>
            <ul class="list">
                {may_change.then(|| view! { <li class="item"><a href=change>"Change its time, place or series…"</a></li> })}
                {may_change.then(|| view! { <li class="item"><a href=paths::session_hosts(&code)>"Add a co-supervisor or an observer…"</a></li> })}
                {may_cancel.then(|| view! { <li class="item"><a href=paths::cancel(&code)>"Cancel this session…"</a></li> })}
            </ul>
        </section>
    }
}

/// The way up to the group; for whoever has booked, to the open clinics.
fn up(head: &SessionHead) -> (String, String) {
    if matches!(head.relation, Relation::CoSupervisor | Relation::Observer) {
        return (paths::CALENDAR.to_owned(), "Calendar".to_owned());
    }
    if is_booked(head) {
        return (clinic(head), "Open clinics".to_owned());
    }
    (paths::group(&head.group_slug), head.group_name.clone())
}

/// Whether the reader has booked a place at it, so that its group’s page is not theirs.
fn is_booked(head: &SessionHead) -> bool {
    head.relation == Relation::Member && !head.kind.has_members()
}

/// The clinic among the others that can be booked.
fn clinic(head: &SessionHead) -> String {
    format!("{}#{}", paths::CLINICS, head.group_slug)
}

/// How far a session has come, beside its title.
#[component]
pub fn StateBadge(state: SessionState) -> impl IntoView {
    let (tone, icon) = match state {
        SessionState::Planned | SessionState::Cancelled => (Tone::Plain, None),
        SessionState::Open => (Tone::Info, None),
        SessionState::NotMarked => (Tone::Warn, Some("circle-alert")),
        SessionState::Done => (Tone::Good, Some("circle-check")),
    };
    view! { <Badge tone>{icon.map(|name| view! { <Icon name=name /> })}{state.name()}</Badge> }
}

/// Says that there is no session, and why.
#[component]
fn Cancelled(head: SessionHead, reason: CancelReason) -> impl IntoView {
    let title = if head.now < head.ends { "This session will not take place" } else { "This session did not take place" };
    let sentence = match reason {
        CancelReason::GroupEnded => "The group has ended. None of its later sessions takes place.".to_owned(),
        _ => format!("{}. The other sessions are as planned, and every place is kept.", reason.name()),
    };
    view! { <div class="above-4"><Banner tone=Tone::Warn title=title><p>{sentence}</p></Banner></div> }
}

/// How the reader was there, once it is over.
fn own_line(head: &SessionHead, own: Option<&OwnPlace>) -> Option<impl IntoView + use<>> {
    let own = own.filter(|_| head.now >= head.ends && head.state != SessionState::Cancelled)?;
    let sentence = own.mark.map_or_else(
        || format!("Not marked yet. {} marks it after the session.", head.supervisor.short),
        |mark| format!("{}. Only you, {} and the Centre’s office see this line.", mark.words(), head.supervisor.short),
    );
    Some(view! {
        <section class="card" aria-labelledby="own">
            <div class="card__head"><h2 id="own">"Your attendance"</h2></div>
            <p>{sentence}</p>
        </section>
    })
}

/// The session for one's own calendar, as long as it is to come.
fn calendar_card(head: &SessionHead) -> Option<impl IntoView + use<>> {
    let is_to_come = head.state == SessionState::Planned && head.now < head.starts;
    let is_own = head.relation != Relation::Manager;
    is_to_come.then(|| {
        view! {
            <section class="card" aria-labelledby="calendar-file">
                <div class="card__head"><h2 id="calendar-file">"Your own calendar"</h2></div>
                <p><a href=paths::session_file(&head.code)>"Add to my calendar"</a></p>
                {is_own.then(|| view! {
                    <p class="small muted above-2">"Or let it fetch all of your sessions by "<a href=paths::FEEDS>"a calendar link"</a>"."</p>
                })}
            </section>
        }
    })
}

/// The way to the record, for those who read it.
fn record_card(head: &SessionHead, may_record: bool) -> Option<impl IntoView + use<>> {
    if matches!(head.relation, Relation::Member | Relation::Observer) || head.now < head.starts || head.state == SessionState::Cancelled {
        return None;
    }
    let (sentence, link) = match (head.state, may_record) {
        (SessionState::Done, _) => ("Everybody is marked, and the session counts as held.", "See who came"),
        (_, true) if head.relation != Relation::Supervisor => (
            "Whoever led this session cannot mark it any more, so it is yours to finish. Until then it does not count as held.",
            "Mark attendance",
        ),
        (_, true) => ("Until everybody is marked, the session does not count as held.", "Mark attendance"),
        (_, false) => ("It is not finished yet, so the session does not count as held.", "Open the attendance"),
    };
    let class = if may_record && head.state != SessionState::Done { "btn" } else { "btn btn--second" };
    Some(view! {
        <section class="card" aria-labelledby="record">
            <div class="card__head"><h2 id="record">"Attendance"</h2></div>
            <p>{sentence}</p>
            <p class="above-3"><a class=class href=paths::record(&head.code)><Icon name="circle-check" />{link}</a></p>
        </section>
    })
}

/// The way to one's own reflective log, once it is over, for whoever was there.
fn for_oneself(head: &SessionHead) -> Option<impl IntoView + use<>> {
    let is_over = head.now >= head.ends && head.state != SessionState::Cancelled;
    let was_there = matches!(head.relation, Relation::Member | Relation::Supervisor);
    (is_over && was_there).then(|| {
        view! {
            <section class="card" aria-labelledby="for-oneself">
                <div class="card__head"><h2 id="for-oneself">"For yourself"</h2></div>
                <p>"What stays with you? Two lines are enough, and nobody but you reads them."</p>
                <p class="above-3"><a class="btn btn--second" href=paths::reflect_on(&head.code)><Icon name="pencil" />"Write a few lines for yourself"</a></p>
            </section>
        }
    })
}

/// Says to somebody of the Centre what this page leaves out.
#[component]
fn WhatTheOfficeSees() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="office">
            <div class="card__head"><h2 id="office">"What you see here"</h2></div>
            <p>"When the session is, who has sent apologies and who came. The room, and what was agreed, are for the group and its supervisor."</p>
        </section>
    }
}

/// The way to the agreement.
#[component]
fn Agreement(head: SessionHead) -> impl IntoView {
    let text = if is_booked(&head) { clinic(&head) } else { paths::agreement(&head.group_slug) };
    let whose = match (head.relation, head.kind) {
        (_, GroupKind::OpenClinic) => "The clinic’s terms",
        (Relation::Manager, _) => "The group’s agreement",
        (_, GroupKind::OneToOne) => "Your agreement",
        _ => "Your group’s agreement",
    };
    view! {
        <section class="card" aria-labelledby="agreement">
            <div class="card__head"><h2 id="agreement">{whose}</h2><a href=text>"Read"<span class="vh">{format!(": {whose}")}</span></a></div>
            <p class="muted small">"What everybody agreed about confidentiality, attendance and records."</p>
        </section>
    }
}
