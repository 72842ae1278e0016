//! The page of open clinics: one's own places, and every clinic with its next sessions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Clinic, ClinicSession, Clinics, OwnPlace, next_in_words};
use super::api::{BookPlace, GiveBackPlace, StopWaitingForPlace, WaitForPlace, open_clinics};
use crate::agreements::Section;
use crate::groups::GroupKind;
use crate::paths;
use crate::ui::{Audience, Badge, Empty, Hidden, Icon, PageHead, PostForm, Safety, Tone, UkTime, clock_time, day_and_month, load};

/// The open clinics: find a session, book a place, give it back.
#[component]
pub fn ClinicsPage() -> impl IntoView {
    load(open_clinics(), |shown| view! { <OpenClinics shown /> })
}

#[component]
fn OpenClinics(shown: Clinics) -> impl IntoView {
    let first_day = shown.first_day();
    let Clinics { own, bookable: clinics, waits, .. } = shown;
    let has_full = clinics.iter().any(|clinic| clinic.sessions.iter().any(|session| session.free == 0));
    let list = if clinics.is_empty() {
        view! {
            <Empty title="No open clinic at the moment">
                <p>"Sessions at which anybody can book a place will appear here as soon as the Centre has published them."</p>
            </Empty>
        }
        .into_any()
    } else {
        clinics.into_iter().map(|clinic| view! { <ClinicCard clinic /> }).collect_view().into_any()
    };
    view! {
        <PageHead
            title="Open clinics"
            up=(paths::MY_SUPERVISION.to_owned(), "My supervision".to_owned())
            about="Supervision that you book one session at a time."
        >
            <p><UkTime day=first_day /></p>
            <Audience tier=1 sentence="only you see which places you have here. Everybody who can book sees how many are free. Who has one is seen by those at the session, its supervisor and the Centre’s office. Those who lead the session or the clinic, and the office, also see how many are waiting for one, and not who they are." />
        </PageHead>
        <OwnPlaces own />
        {(waits > 0).then(|| view! { <p class="below-3"><a href=paths::CLINIC_WAITS>{waits_in_words(waits)}</a></p> })}
        {has_full.then(|| view! {
            <p class="muted below-3">"Where every place is taken you can wait for one. It is yours as soon as one becomes free, and you are told. In the last 36 hours before the session, so that nobody is given a place that they could hardly give back in good time, you are only told that one is free, and whoever books it first has it."</p>
        })}
        <div class="stack">{list}</div>
        <Safety />
    }
}

/// "You are waiting for places at 2 sessions".
fn waits_in_words(waits: i64) -> String {
    if waits == 1 {
        "You are waiting for a place at one session".to_owned()
    } else {
        format!("You are waiting for places at {waits} sessions")
    }
}

/// The places that the reader has, each with the way to give it back.
#[component]
fn OwnPlaces(own: Vec<OwnPlace>) -> impl IntoView {
    (!own.is_empty()).then(|| {
        let items = own.into_iter().map(own_item).collect_view();
        view! {
            <section class="card below-5" aria-labelledby="own">
                <div class="card__head"><h2 id="own">"Your places"</h2><a href=paths::CALENDAR>"Calendar"</a></div>
                <ul class="list">{items}</ul>
            </section>
        }
    })
}

fn own_item(place: OwnPlace) -> impl IntoView {
    let OwnPlace { clinic, session, cut_off, is_late } = place;
    let until = if is_late {
        "If you give it back now, it counts as late apologies.".to_owned()
    } else {
        let day = day_and_month(cut_off.date());
        format!("Until {day}, {}, you give it back in good time; after that it counts as late apologies.", clock_time(cut_off.time()))
    };
    let label = format!(" your place at {clinic}, {}", session.day());
    view! {
        <li class="item">
            <Day session=session.clone() />
            <div class="item__body">
                <a class="item__title" href=paths::session(&session.code)>{format!("{clinic}, {}", session.day())}</a>
                <p class="item__meta">{format!("{}, with {}", session.hours(), session.supervisor.short)}</p>
                <p class="item__meta">{until}</p>
            </div>
            <PostForm action=GiveBackPlace::PATH>
                <Hidden name="session" value=session.code />
                <button class="btn btn--second btn--sm" type="submit">"Give back"<span class="vh">{label}</span></button>
            </PostForm>
        </li>
    }
}

/// A day in a box, beside the words that say the same.
#[component]
fn Day(session: ClinicSession) -> impl IntoView {
    let day = session.starts.date();
    view! {
        <span class="datebox" aria-hidden="true">
            <span>{day.format("%a").to_string()}</span>
            <b>{day.format("%-d").to_string()}</b>
            <span>{day.format("%b").to_string()}</span>
        </span>
    }
}

/// One clinic: what it is, what one agrees to, and its next sessions.
#[component]
fn ClinicCard(clinic: Clinic) -> impl IntoView {
    let title = format!("clinic-{}", clinic.slug);
    let about = format!("{}, with {}", clinic.mode.name(), clinic.supervisor.short);
    let led = clinic.is_led_by_reader.then(|| view! { <p class="muted">"You lead it, so its places are for others."</p> });
    let sessions = if clinic.sessions.is_empty() {
        view! { <p class="muted">"No session is planned at the moment."</p> }.into_any()
    } else {
        let items = clinic.sessions.iter().map(|session| session_item(&clinic, session)).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="card" id=clinic.slug.clone() aria-labelledby=title.clone() data-kind=GroupKind::OpenClinic.colour()>
            <div class="card__head">
                <h2 id=title.clone()>{clinic.name.clone()}</h2>
                <span class="kind"><Icon name=GroupKind::OpenClinic.icon() />{GroupKind::OpenClinic.name()}</span>
            </div>
            <p>{about}</p>
            {led}
            <Terms name=clinic.name terms=clinic.terms />
            {sessions}
        </section>
    }
}

/// What everybody agrees to by booking.
#[component]
fn Terms(name: String, terms: Vec<Section>) -> impl IntoView {
    let paragraphs =
        |text: String| text.split("\n\n").map(|paragraph| view! { <p class="above-1">{paragraph.to_owned()}</p> }).collect_view();
    let sections = terms
        .into_iter()
        .map(|section| view! { <h3 class="h-sans above-4">{section.heading}</h3>{paragraphs(section.text)} })
        .collect_view();
    view! {
        <details class="above-2 below-2">
            <summary>"What you agree to by booking"<span class="vh">{format!(" at {name}")}</span></summary>
            <div class="prose">{sections}</div>
        </details>
    }
}

fn session_item(clinic: &Clinic, session: &ClinicSession) -> impl IntoView + use<> {
    let led_by = (session.supervisor.code != clinic.supervisor.code).then(|| format!(" {} leads it.", session.supervisor.short));
    let meta = format!("{}. {}.{}", session.hours(), session.places_in_words(clinic.places), led_by.unwrap_or_default());
    let next = (session.free == 0 && !session.is_booked).then(|| next_line(clinic.next_with_places(session)));
    let waits = session.waits.map(|band| view! { <p class="item__meta">{format!("You are waiting for a place. {}", band.sentence())}</p> });
    let changed = session.is_other_than_asked.then(|| view! {
        <p class="item__meta">"Its time or the clinic’s terms have changed since you asked. You are told when a place is free, and given one only if you wait for it again; you keep your place on the list."</p>
    });
    view! {
        <li class="item" id=format!("s-{}", session.code)>
            <Day session=session.clone() />
            <div class="item__body">
                <p class="item__title">{session.day()}</p>
                <p class="item__meta">{meta}</p>
                {next}
                {waits}
                {changed}
            </div>
            {way_in(clinic, session)}
        </li>
    }
}

/// Where there is still a place, with the way there.
fn next_line(next: Option<&ClinicSession>) -> impl IntoView + use<> {
    let sentence = next_in_words(next.map(|next| next.starts));
    match next {
        Some(next) => view! { <p class="item__meta"><a href=format!("#s-{}", next.code)>{sentence}</a></p> }.into_any(),
        None => view! { <p class="item__meta">{sentence}</p> }.into_any(),
    }
}

/// The button that books, or why there is none; where every place is taken, waiting for one, and for whoever waits, leaving it at that.
fn way_in(clinic: &Clinic, session: &ClinicSession) -> Option<impl IntoView + use<>> {
    if session.is_booked {
        return Some(view! { <Badge tone=Tone::Good><Icon name="circle-check" />"Your place"</Badge> }.into_any());
    }
    let is_full = session.free == 0;
    let full = is_full.then(|| view! { <Badge>"Full"</Badge> });
    let waits = session.waits.is_some();
    // Whoever waits and leads the clinic by now can still leave it at that.
    if clinic.is_led_by_reader && !waits {
        return full.map(IntoAny::into_any);
    }
    let may_book = !clinic.is_led_by_reader;
    let book = (may_book && !is_full).then(|| press((BookPlace::PATH, "Book a place"), (clinic, session)));
    let wait = (may_book && is_full && !waits).then(|| press((WaitForPlace::PATH, "Wait for a place"), (clinic, session)));
    let anew = (may_book && is_full && session.is_other_than_asked).then(|| press((WaitForPlace::PATH, "Wait again"), (clinic, session)));
    let stop = waits.then(|| press((StopWaitingForPlace::PATH, "Stop waiting"), (clinic, session)));
    Some(view! { <div class="row gap-3">{full}{book}{wait}{anew}{stop}</div> }.into_any())
}

/// One button, for one session. With it goes which terms were shown, to which whoever books or waits agrees.
fn press((action, words): (&'static str, &'static str), (clinic, session): (&Clinic, &ClinicSession)) -> impl IntoView + use<> {
    let label = format!(" at {}, {}", clinic.name, session.day());
    let (code, version) = (session.code.clone(), clinic.version.to_string());
    view! {
        <PostForm action>
            <Hidden name="session" value=code />
            <Hidden name="version" value=version />
            <button class="btn btn--second btn--sm" type="submit">{words}<span class="vh">{label}</span></button>
        </PostForm>
    }
}
