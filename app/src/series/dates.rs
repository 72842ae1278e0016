//! The dates of a series, held and skipped.

use leptos::prelude::*;

use super::answers::{AgreementStage, DateLine, GroupName, Plan};
use super::words::{count_in_words, date_with_day};
use crate::paths;
use crate::ui::{Badge, Banner, Tone, clock_time};

/// Every session to be held and every date that is skipped, with its reason.
#[component]
pub fn Dates(plan: Plan) -> impl IntoView {
    let (held, skips) = (plan.held(), plan.skips());
    let usual = plan.dates.first().map(|line| line.starts.time());
    let items = plan.dates.into_iter().map(|line| date_item(line, usual)).collect_view();
    view! {
        <p>{count_in_words(held, skips)}</p>
        {(!plan.clocks.is_empty()).then(|| view! { <p class="above-2">{plan.clocks}</p> })}
        <ul class="dates above-3">{items}</ul>
    }
}

fn date_item(line: DateLine, usual: Option<chrono::NaiveTime>) -> impl IntoView {
    let day = date_with_day(line.starts);
    if let Some(reason) = line.skipped {
        return view! { <li class="is-skipped"><span>{day}</span><small>{format!("No session. {reason}")}</small></li> }.into_any();
    }
    // Only where the clocks leave the usual time out does a session begin at another.
    let other_time = (Some(line.starts.time()) != usual).then(|| format!("at {}", clock_time(line.starts.time())));
    let day = match line.session {
        Some(code) => view! { <a href=paths::session(&code)>{day}</a> }.into_any(),
        None => view! { <span>{day}</span> }.into_any(),
    };
    view! {
        <li>
            {day}
            {other_time.map(|time| view! { <small>{time}</small> })}
            {line.is_cancelled.then(|| view! { <Badge tone=Tone::Bad>"Cancelled"</Badge> })}
        </li>
    }
    .into_any()
}

/// Why nothing can be published yet, and the way to it; nothing where an agreement is in force.
#[component]
pub fn NothingToPublish(group: GroupName) -> impl IntoView {
    let sentence = match group.agreement {
        AgreementStage::InForce => return None,
        AgreementStage::NeedsSupervisor => "The agreement needs the new supervisor’s agreement, so no session can be published yet.",
        AgreementStage::Proposed => "The agreement waits for somebody to agree, so no session can be published yet.",
        AgreementStage::Missing => "No agreement is in force, so no session can be published yet.",
    };
    Some(view! {
        <Banner tone=Tone::Info title=sentence>
            <p>"A draft can be kept until then. "<a href=paths::agreement(&group.slug)>"Go to the agreement"</a></p>
        </Banner>
    })
}
