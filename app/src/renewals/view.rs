//! The list of groups that run out, and the page on which it is decided what comes next.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::RenewalPage as Shown;
use super::api::{DecideRenewal, groups_that_run_out, renewal_of};
use crate::access::{Permission, holders_in_words};
use crate::groups::{GroupAddress, NextStep, RunningOut};
use crate::paths;
use crate::ui::{
    Audience, Badge, Banner, Choices, DeviceAway, Empty, Field, Hidden, Icon, PageHead, PostForm, Tone, day_month_year, load, lower_first,
    param,
};

/// Every group that runs out and that the reader plans for.
#[component]
pub fn RenewalsPage() -> impl IntoView {
    load(groups_that_run_out(), |groups| {
        let (waiting, decided): (Vec<RunningOut>, Vec<RunningOut>) = groups.into_iter().partition(RunningOut::waits);
        let (stopped, ending): (Vec<RunningOut>, Vec<RunningOut>) = waiting.into_iter().partition(RunningOut::has_stopped);
        let is_empty = stopped.is_empty() && ending.is_empty() && decided.is_empty();
        let holders = holders_in_words(Permission::ManageGroups);
        view! {
            <PageHead title="Groups coming to an end" up=(paths::GROUPS.to_owned(), "Groups".to_owned()) about="From six weeks before their last session, until they are renewed or have ended.">
                <Audience tier=4 sentence=format!("the Centre’s {holders}. A supervisor sees the groups that they lead.") />
            </PageHead>
            {is_empty.then(|| view! {
                <Empty title="No group is coming to an end">
                    <p>"Every group has sessions for more than six weeks ahead. Those that come to an end will appear here in good time."</p>
                </Empty>
            })}
            <Part title="Stopped, and nobody has decided" id="stopped" groups=stopped />
            <Part title="Coming to their last session" id="ending" groups=ending />
            <Part title="Decided" id="decided" groups=decided />
        }
    })
}

/// Some of the groups; nothing where there are none.
#[component]
fn Part(title: &'static str, id: &'static str, groups: Vec<RunningOut>) -> impl IntoView {
    (!groups.is_empty()).then(|| {
        view! {
            <section class="card above-4" aria-labelledby=id>
                <div class="card__head"><h2 id=id>{title}</h2></div>
                <ul class="list">{groups.into_iter().map(group_item).collect_view()}</ul>
            </section>
        }
    })
}

fn group_item(group: RunningOut) -> impl IntoView {
    let decided = group.decided.map(|decided| format!(" {}", decided.sentence(group.today))).unwrap_or_default();
    let badge = match (group.waits(), group.has_stopped()) {
        (true, true) => view! { <Badge tone=Tone::Bad>"Stopped"</Badge> }.into_any(),
        (true, false) => view! { <Badge tone=Tone::Warn>"To decide"</Badge> }.into_any(),
        (false, _) => ().into_any(),
    };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name="hourglass" /></span>
            <div class="item__body">
                <a class="item__title" href=paths::renewal(&group.group_slug)>{group.name()}</a>
                <p class="item__meta">{format!("{} leads it. {}{decided}", group.supervisor.short, group.sentence())}</p>
            </div>
            {badge}
        </li>
    }
}

/// Renew, review or end.
#[component]
pub fn RenewalPage() -> impl IntoView {
    let address = GroupAddress { slug: param("slug"), ..GroupAddress::default() };
    load(renewal_of(address), |page| view! { <Renewal page /> })
}

#[component]
fn Renewal(page: Shown) -> impl IntoView {
    let Shown { running_out, audience, next, form_of_next, may_end, version } = page;
    let slug = running_out.group_slug.clone();
    let up = (paths::group(&slug), running_out.name());
    let tab = format!("What comes next, {}", running_out.group_name);
    let (tone, title) = match running_out.decided {
        Some(decided) => (if running_out.waits() { Tone::Warn } else { Tone::Info }, decided.sentence(running_out.today)),
        None => (Tone::Warn, "Nobody has decided what comes next.".to_owned()),
    };
    view! {
        <PageHead title="What comes next?" tab up about=running_out.sentence()>
            <Audience tier=4 sentence=audience />
        </PageHead>
        <Banner tone title />
        <section class="card above-4" aria-labelledby="renew">
            <div class="card__head"><h2 id="renew">"Renew it"</h2></div>
            <p>{format!(
                "The next series would be {}, from {}, UK time. The form begins with these answers; you see every date before anything is saved.",
                lower_first(&next.to_string()),
                day_month_year(next.starts_on)
            )}" "<DeviceAway day=next.starts_on /></p>
            <p class="row above-3"><a class="btn" href=form_of_next><Icon name="calendar-plus" />"Plan the next series"</a></p>
        </section>
        <section class="card above-4" aria-labelledby="decide">
            <div class="card__head"><h2 id="decide">"Or record another decision"</h2></div>
            <p class="muted">"Nobody is reminded until the day that you choose here. The group’s members are not told."</p>
            <DecisionForm running_out version />
        </section>
        {may_end.then(|| view! {
            <p class="above-4">"On the group’s last day, "<a href=paths::end_group(&slug)>"end the group"</a>". Its members are told."</p>
        })}
    }
}

#[component]
fn DecisionForm(running_out: RunningOut, version: i64) -> impl IntoView {
    let options = NextStep::ALL.map(|step| (step.key().to_owned(), words_for(step).to_owned()));
    let (chosen, by) = running_out
        .decided
        .map_or((Vec::new(), running_out.last_on.max(running_out.today)), |decided| (vec![decided.what.key().to_owned()], decided.by));
    view! {
        <PostForm action=DecideRenewal::PATH changes=Some(version) class="above-3">
            <Hidden name="slug" value=running_out.group_slug.clone() />
            <Choices name="step" legend="What comes next?" chosen options=options.into() />
            <Field name="by" label="By which day?" kind="date" class="input--date" value=by.to_string()
                hint="If the group ends, its last day. After this day we ask again, unless a later series is planned or the group has ended." />
            <div class="form-foot">
                <button class="btn btn--second" type="submit">"Save decision"</button>
                <a href=paths::group(&running_out.group_slug)>"Cancel"</a>
            </div>
        </PostForm>
    }
}

const fn words_for(step: NextStep) -> &'static str {
    match step {
        NextStep::Later => "The group continues. We plan the next series later",
        NextStep::Review => "We review the agreement first",
        NextStep::End => "It ends",
    }
}
