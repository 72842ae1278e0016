//! Who is coming, or was there.

use leptos::prelude::*;

use crate::groups::waiting_in_words;
use crate::paths;
use crate::sessions::answers::{Host, OwnPlace, Participant, SessionHead};
use crate::sessions::model::SessionState;
use crate::ui::{Avatar, Badge, Icon, Tone, day_and_month};

/// The supervisor and the members, with who has sent apologies, and the reader's own way to do so.
#[component]
pub fn WhoIsComing(head: SessionHead, people: Vec<Participant>, own: Option<OwnPlace>, waiting: i64) -> impl IntoView {
    let is_ahead = head.now < head.ends && head.state != SessionState::Cancelled;
    let (title, count) = if is_ahead {
        let coming = people.iter().filter(|person| !person.has_apologies).count();
        ("Who is coming", format!("{coming} of {}", people.len()))
    } else {
        ("Members", String::new())
    };
    let role = if head.is_cover {
        format!("Supervisor, covering. What was agreed about confidentiality covers {} too.", head.supervisor.short)
    } else {
        "Supervisor".to_owned()
    };
    let supervisor = head.supervisor.clone();
    // Of a session that was cancelled for everybody, the page says so once.
    let is_cancelled = head.state == SessionState::Cancelled;
    let unmarked = |person: Participant| Participant { mark: person.mark.filter(|_| !is_cancelled), ..person };
    let lines = people.into_iter().map(unmarked).map(|person| person_line(person, is_ahead)).collect_view();
    let hosts = head.hosts.iter().cloned().map(host_line).collect_view();
    let own = own.map(|own| own_place(&head, &own));
    let waiting = waiting_in_words(waiting)
        .map(|words| view! { <p class="small muted above-3">{format!("{words} You see how many there are, and not who they are.")}</p> });
    view! {
        <section class="card" aria-labelledby="who">
            <div class="card__head"><h2 id="who">{title}</h2><span class="small muted">{count}</span></div>
            <ul class="list">
                <li class="item item--row">
                    <Avatar initials=supervisor.initials code=supervisor.code />
                    <div class="item__body"><b>{supervisor.short}</b><p class="item__meta">{role}</p></div>
                </li>
                {hosts}
                {lines}
            </ul>
            {waiting}
            {own}
        </section>
    }
}

/// Somebody who leads it too, or observes it.
pub(super) fn host_line(host: Host) -> impl IntoView {
    view! {
        <li class="item item--row">
            <Avatar initials=host.name.initials code=host.name.code />
            <div class="item__body"><b>{host.name.short}</b><p class="item__meta">{host.role.name()}</p></div>
        </li>
    }
}

fn person_line(person: Participant, is_ahead: bool) -> impl IntoView {
    let Participant { name, about, is_you, has_apologies, reason, mark } = person;
    let about = match (is_you, about.is_empty()) {
        (true, true) => "You".to_owned(),
        (true, false) => format!("You. {about}"),
        (false, _) => about,
    };
    let badge = match (mark, has_apologies) {
        (Some(mark), _) => view! { <Badge>{mark.words()}</Badge> }.into_any(),
        (None, true) => view! { <Badge tone=Tone::Warn>"Apologies"</Badge> }.into_any(),
        (None, false) if is_ahead => view! { <Badge>"Coming"</Badge> }.into_any(),
        (None, false) => ().into_any(),
    };
    view! {
        <li class="item item--row">
            <Avatar initials=name.initials code=name.code />
            <div class="item__body">
                <b>{name.short}</b>
                <p class="item__meta">{about}</p>
                {(!reason.is_empty()).then(|| view! { <p class="item__meta">{format!("Reason: {reason}")}</p> })}
            </div>
            {badge}
        </li>
    }
}

/// The way to apologies, sent or to be sent.
fn own_place(head: &SessionHead, own: &OwnPlace) -> Option<impl IntoView + use<>> {
    if !own.may_send {
        return None;
    }
    if !head.kind.has_members() {
        return (head.now < head.starts).then(|| own_booking(own).into_any());
    }
    let address = paths::apologies(&head.code);
    let Some(apologies) = &own.apologies else {
        let words = if head.starts.date() == head.now.date() { "I can’t come today" } else { "I can’t come" };
        let link = view! { <a class="btn btn--second btn--wide" href=address><Icon name="calendar-x" />{words}</a> };
        return Some(view! { <p class="above-3">{link}</p> }.into_any());
    };
    let sentence = format!("You sent apologies on {}. Your place is kept. ", day_and_month(apologies.sent.date()));
    Some(view! { <p class="above-3 small">{sentence}<a href=address>"Change or withdraw them"</a></p> }.into_any())
}

/// The way to give a place at an open clinic back, or that it is given back.
fn own_booking(own: &OwnPlace) -> impl IntoView + use<> {
    match &own.apologies {
        None => {
            let link =
                view! { <a class="btn btn--second btn--wide" href=paths::CLINICS><Icon name="calendar-x" />"Give my place back"</a> };
            view! { <p class="above-3">{link}</p> }.into_any()
        }
        Some(apologies) => {
            let sentence = format!("You gave your place back on {}. ", day_and_month(apologies.sent.date()));
            view! { <p class="above-3 small">{sentence}<a href=paths::CLINICS>"Book again"</a></p> }.into_any()
        }
    }
}
