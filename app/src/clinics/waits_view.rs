//! The page of what one waits for at open clinics. It is open to whoever waits, also once they can book no more.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{OwnWait, OwnWaits};
use super::api::{StopWaitingForPlace, own_clinic_waits};
use crate::paths;
use crate::ui::{Audience, Badge, Empty, Hidden, PageHead, PostForm, Tone, UkTime, day_month_year, load, time_range};

/// What one waits for, where one stands, and waiting no more.
#[component]
pub fn ClinicWaitsPage() -> impl IntoView {
    load(own_clinic_waits(), |waits| view! { <Waits waits /> })
}

#[component]
fn Waits(waits: OwnWaits) -> impl IntoView {
    let OwnWaits { today, may_book, sessions } = waits;
    let first_day = sessions.first().map_or(today, |session| session.starts.date());
    let (up, name) = if may_book { (paths::CLINICS, "Open clinics") } else { (paths::ME, "Your account") };
    let cannot = (!may_book && !sessions.is_empty()).then(|| {
        view! { <p class="below-3">"You cannot book places at the moment, so you will not be given one. You can stop waiting here."</p> }
    });
    let list = if sessions.is_empty() {
        view! { <Empty title="You are not waiting for anything here"><p>"When every place at a session of an open clinic is taken, you can wait for one, and find it here."</p></Empty> }
            .into_any()
    } else {
        let items = sessions.into_iter().map(|wait| wait_item(wait, may_book)).collect_view();
        view! {
            <section class="card" aria-labelledby="waits">
                <div class="card__head"><h2 id="waits">"You are waiting for a place at"</h2></div>
                <ul class="list">{items}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <PageHead title="Waiting for open clinics" up=(up.to_owned(), name.to_owned())
            about="Sessions at which every place is taken. You can stop waiting at any time.">
            <p><UkTime day=first_day /></p>
            <Audience tier=1 sentence="only you see what you are waiting for. Those who lead a session or its clinic, and the Centre’s office, see how many are waiting for it, and not who they are." />
        </PageHead>
        {cannot}
        {list}
    }
}

fn wait_item(wait: OwnWait, may_book: bool) -> impl IntoView {
    let OwnWait { clinic, code, starts, ends, band, is_cancelled, is_other_than_asked } = wait;
    let day = day_month_year(starts.date());
    let label = format!(" at {clinic}, {day}");
    let stands = match (is_cancelled, is_other_than_asked) {
        (true, _) => {
            "It was cancelled for everybody. If it takes place after all, you will be waiting for it again unless you stop.".to_owned()
        }
        (false, true) => {
            format!(
                "{} Its time or the clinic’s terms have changed since you asked, so you will be told of a free place and not given it.",
                band.sentence()
            )
        }
        (false, false) => band.sentence().to_owned(),
    };
    let way = (may_book && !is_cancelled).then(|| {
        let see = format!("{}#s-{code}", paths::CLINICS);
        view! { <p class="item__meta"><a href=see>"See it among the open clinics"<span class="vh">{label.clone()}</span></a></p> }
    });
    view! {
        <li class="item">
            <div class="item__body">
                <p class="item__title">{format!("{clinic}, {day}")}</p>
                <p class="item__meta">{time_range(starts, ends)}</p>
                <p class="item__meta">{stands}</p>
                {way}
            </div>
            <div class="row gap-3">
                {is_cancelled.then(|| view! { <Badge tone=Tone::Bad>"Cancelled"</Badge> })}
                <PostForm action=StopWaitingForPlace::PATH>
                    <Hidden name="session" value=code />
                    <button class="btn btn--second btn--sm" type="submit">"Stop waiting"<span class="vh">{label}</span></button>
                </PostForm>
            </div>
        </li>
    }
}
