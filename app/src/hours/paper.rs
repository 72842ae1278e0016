//! One's hours as a sheet for whoever registers them.

use leptos::prelude::*;

use super::answers::Hours;
use super::model::Total;
use crate::ui::{Audience, PageHead, hours_and_minutes};

/// The sheet: whose hours, for which time, the totals, and every line with who says so.
#[component]
pub fn Sheet(hours: Hours) -> impl IntoView {
    let total = hours.total();
    let (by_format, by_intervention) = (hours.by_format(), hours.by_intervention());
    let whose =
        if hours.profession.is_empty() { hours.name.clone() } else { format!("{}, {}", hours.name, hours.profession.to_lowercase()) };
    let printed_on = ::series::local(hours.now).format("%-d %B %Y").to_string();
    view! {
        <PageHead title="Hours of supervision">
            <Audience tier=1 sentence="only you, and whoever you give this sheet to." />
        </PageHead>
        <dl class="facts above-4">
            <dt>"Whose"</dt><dd>{whose}</dd>
            <dt>"Period"</dt><dd>{hours.stretch.words(hours.days)}</dd>
            <dt>"Printed on"</dt><dd>{printed_on}</dd>
        </dl>
        <h2 class="as-h3 above-5">"Totals"</h2>
        <Totals caption="By format" parts=by_format total />
        <Totals caption="By intervention" parts=by_intervention total />
        <Verified hours=hours.clone() />
        <Reported hours />
        <p class="small above-5">
            "Verified: the supervisor who led the session, a clinical supervisor of the National Centre for Supervision of Parent-Infant Relationships, marked that this person was there and for how long. Self-reported: logged by the person themselves; nobody has verified it. All times are UK time."
        </p>
    }
}

/// A table of totals, whose foot is the whole.
#[component]
fn Totals(caption: &'static str, parts: Vec<(&'static str, Total)>, total: Total) -> impl IntoView {
    let cells = |total: Total| {
        view! {
            <td class="r">{hours_and_minutes(total.verified)}</td>
            <td class="r">{hours_and_minutes(total.reported)}</td>
            <td class="r">{hours_and_minutes(total.sum())}</td>
        }
    };
    let rows = parts.into_iter().map(|(name, part)| view! { <tr><th scope="row">{name}</th>{cells(part)}</tr> }).collect_view();
    view! {
        <div class="scroll-x above-3" tabindex="0" role="region" aria-label=format!("{caption}, table")>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Kind"</th>
                        <th scope="col" class="r">"Verified"</th>
                        <th scope="col" class="r">"Self-reported"</th>
                        <th scope="col" class="r">"Both together"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">"Total"</th>{cells(total)}</tr></tfoot>
            </table>
        </div>
    }
}

#[component]
fn Verified(hours: Hours) -> impl IntoView {
    let counted = hours.sessions.into_iter().filter(|session| session.minutes > 0);
    let rows = counted
        .map(|session| {
            let what = format!("{}. {}", session.kind.name(), session.intervention.name());
            view! {
                <tr>
                    <th scope="row">{session.starts.format("%-d %B %Y").to_string()}</th>
                    <td>{what}</td>
                    <td class="r">{session.minutes}</td>
                    <td>{session.supervisor_in_full}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! { <Lines title="Verified sessions" last="Verified by" rows nothing="No session in this period." /> }
}

#[component]
fn Reported(hours: Hours) -> impl IntoView {
    let rows = hours
        .elsewhere
        .into_iter()
        .map(|entry| {
            view! {
                <tr>
                    <th scope="row">{entry.held_on.format("%-d %B %Y").to_string()}</th>
                    <td>{format!("{}. {}", entry.format.name(), entry.intervention.name())}</td>
                    <td class="r">{entry.minutes}</td>
                    <td>{entry.supervised_by}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! { <Lines title="Self-reported, not verified" last="With whom" rows nothing="Nothing was logged for this period." /> }
}

#[component]
fn Lines<R: IntoView + 'static>(title: &'static str, last: &'static str, rows: Vec<R>, nothing: &'static str) -> impl IntoView {
    let content = if rows.is_empty() {
        view! { <p class="muted">{nothing}</p> }.into_any()
    } else {
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=format!("{title}, table")>
                <table class="table">
                    <caption class="vh">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Date"</th>
                            <th scope="col">"Supervision"</th>
                            <th scope="col" class="r">"Minutes"</th>
                            <th scope="col">{last}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <h2 class="as-h3 above-5 below-2">{title}</h2>
        {content}
    }
}
