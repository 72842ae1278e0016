//! Saying ahead that one cannot come.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::guard::Guarded;
use crate::paths;
use crate::sessions::answers::{SessionHead, ShownPlace};
use crate::sessions::api::{SendApologies, WithdrawApologies, place_at};
use crate::sessions::forms::{SessionAddress, THIS_SESSION};
use crate::sessions::readers::Part;
use crate::ui::{
    Audience, Banner, Choices, Hidden, PageHead, PostForm, TextArea, Tone, clock_time, day_and_month, day_month_year, load, param,
};

/// Apologies for one's own place: send, change the reason, withdraw.
#[component]
pub fn ApologiesPage() -> impl IntoView {
    load(place_at(SessionAddress { code: param("code") }), |place| view! { <Apologies place /> })
}

#[component]
fn Apologies(place: ShownPlace) -> impl IntoView {
    let ShownPlace { head, own, cut_off, following, together } = place;
    let about = format!("{}. {}.", head.title(), head.hours());
    let circle = head.circle();
    let back = (paths::session(&head.code), head.title());
    let is_late = head.now > cut_off;
    let reason = own.apologies.as_ref().map(|apologies| apologies.reason.clone()).unwrap_or_default();
    let sent = own.apologies.map(|apologies| {
        let late = if apologies.is_late { " They are recorded as late apologies." } else { "" };
        format!("You sent apologies on {} at {}.{late}", day_and_month(apologies.sent.date()), clock_time(apologies.sent.time()))
    });
    let is_sent = sent.is_some();
    let body = if own.may_send {
        view! {
            {sent.map(|sent| view! { <Banner tone=Tone::Good title=sent><p>"Your place is kept, and the session goes on."</p></Banner> })}
            {(!is_sent).then(|| view! { <Notice head=head.clone() is_late cut_off /> })}
            <ReasonForm head=head.clone() reason is_sent following />
            {is_sent.then(|| view! { <WithdrawForm head=head.clone() together /> })}
        }
        .into_any()
    } else {
        view! {
            <Banner title="This session is over or was cancelled">
                <p>"Apologies can no longer be sent or withdrawn here."</p>
            </Banner>
        }
        .into_any()
    };
    view! {
        <PageHead title="I can’t come" tab=format!("Apologies, {}", head.day()) up=back about=about times=head.starts.date() />
        <Audience tier=Part::Apologies.tier() sentence=circle.audience(Part::Apologies) />
        <div class="onething above-4">{body}</div>
    }
}

/// What sending does, and whether it is in good time.
#[component]
fn Notice(head: SessionHead, is_late: bool, cut_off: chrono::NaiveDateTime) -> impl IntoView {
    let when = format!("{}, {}", day_and_month(cut_off.date()), clock_time(cut_off.time()));
    let time = if is_late {
        format!("The time for apologies ended on {when}, so yours will be recorded as late. Please send them all the same.")
    } else {
        format!("Apologies sent by {when} are in good time; after that they are recorded as late.")
    };
    view! {
        <p>{format!("{} is told. Your place is kept, and the session goes on for the others.", head.supervisor.short)}</p>
        <p>{time}</p>
    }
}

#[component]
fn ReasonForm(head: SessionHead, reason: String, is_sent: bool, following: Vec<NaiveDate>) -> impl IntoView {
    let sessions = (!is_sent && !following.is_empty()).then(|| which_sessions(head.starts.date(), &following));
    let words = if is_sent { "Save the reason" } else { "Send apologies" };
    let audience = head.circle().audience(Part::ApologiesReason);
    view! {
        <PostForm action=SendApologies::PATH class="card above-4">
            <Hidden name="session" value=head.code.clone() />
            {sessions.map(|options| view! {
                <Choices
                    name="until"
                    legend="Which sessions can you not come to?"
                    hint="Sessions that are cancelled are left out."
                    chosen=vec![THIS_SESSION.to_owned()]
                    options
                />
            })}
            <Guarded name="reason" value=reason.clone()>
                <TextArea name="reason" label="Reason (optional)" hint="You do not have to give one." value=reason rows=3 />
            </Guarded>
            <div class="above-2"><Audience tier=Part::ApologiesReason.tier() sentence=audience /></div>
            <div class="form-foot">
                <button class="btn" type="submit">{words}</button>
                <a href=paths::session(&head.code)>"Back to the session"</a>
            </div>
        </PostForm>
    }
}

/// So many of the next sessions are offered one by one, which is longer than a holiday; whoever is away for longer is away from all that are planned.
const ONE_BY_ONE: usize = 12;

/// This session alone, every one until that of a day, or all that are planned: so each of them stands there with its date before anything is sent.
fn which_sessions(first: NaiveDate, following: &[NaiveDate]) -> Vec<(String, String)> {
    let this = (THIS_SESSION.to_owned(), format!("Only this one, {}", day_and_month(first)));
    let until = following.iter().zip(2..).take(ONE_BY_ONE).map(|(day, count): (_, usize)| {
        let words = match count {
            2 => format!("This one and {}", day_and_month(*day)),
            several => format!("{several} sessions, up to {}", day_and_month(*day)),
        };
        (day.to_string(), words)
    });
    let all = following.get(ONE_BY_ONE..).and_then(<[NaiveDate]>::last).map(|last| {
        let words = format!("This one and all that follow: {} sessions, up to {}", following.len() + 1, day_month_year(*last));
        (last.to_string(), words)
    });
    [this].into_iter().chain(until).chain(all).collect()
}

#[component]
fn WithdrawForm(head: SessionHead, together: i64) -> impl IntoView {
    let code = head.code.clone();
    let all = (together > 1).then(|| {
        let words = format!("Withdraw those for all {together} sessions");
        view! {
            <PostForm action=WithdrawApologies::PATH class="above-3">
                <Hidden name="session" value=code />
                <Hidden name="together" value="yes" />
                <button class="btn btn--second" type="submit">{words}</button>
            </PostForm>
            <p class="hint above-1">"They are those that you sent at once with these."</p>
        }
    });
    view! {
        <section class="above-6" aria-labelledby="withdraw">
            <h2 id="withdraw">"Can you come after all?"</h2>
            <p class="above-1">{format!("{} is told that somebody is coming after all.", head.supervisor.short)}</p>
            <PostForm action=WithdrawApologies::PATH class="above-3">
                <Hidden name="session" value=head.code />
                <button class="btn btn--second" type="submit">"Withdraw my apologies"</button>
            </PostForm>
            {all}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    #[test]
    fn the_next_dozen_is_offered_one_by_one_and_all_that_are_planned_in_one_step() {
        let first: NaiveDate = "2026-10-22".parse().unwrap();
        let weekly = |count: u64| (1..=count).map(|week| first + Days::new(7 * week)).collect::<Vec<_>>();
        let words = |count| which_sessions(first, &weekly(count)).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert_eq!(words(0), ["Only this one, Thursday 22 October"]);
        assert_eq!(words(2)[1..], ["This one and Thursday 29 October", "3 sessions, up to Thursday 5 November"]);
        assert_eq!(words(12).len(), 13, "the last of them is all of them");
        let year = which_sessions(first, &weekly(40));
        let all = ("2027-07-29".to_owned(), "This one and all that follow: 41 sessions, up to Thursday 29 July 2027".to_owned());
        assert_eq!((year.len(), year.last()), (14, Some(&all)));
    }
}
