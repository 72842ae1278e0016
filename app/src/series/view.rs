//! The page of one series.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AgreementStage, GroupName, SeriesPage as Shown};
use super::api::{DeleteDraft, PublishSeries, series_at};
use super::dates::{Dates, NothingToPublish};
use super::forms::SeriesAddress;
use super::plan_view::Why;
use crate::access::page_day;
use crate::availability::{Verdict, WhatDoesNotFit};
use crate::paths;
use crate::ui::{Audience, Badge, Hidden, Icon, PageHead, PostForm, Tone, day_month_year, load, param};

/// A series: its rhythm, its dates, and whether they are published.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let address = SeriesAddress { slug: param("slug"), number: param("number"), ..SeriesAddress::default() };
    load(series_at(address), |series| view! { <SeriesView series /> })
}

#[component]
fn SeriesView(series: Shown) -> impl IntoView {
    let Shown { group, number, version, published_on, may_plan, plan, verdict } = series;
    let up = (paths::group(&group.slug), group.name.clone());
    let tab = format!("Series {number}, {}", group.name);
    let is_draft = published_on.is_none();
    let first = plan.dates.first().map_or_else(page_day, |line| line.starts.date());
    let change = (is_draft && may_plan)
        .then(|| view! { <a class="btn btn--second" href=paths::change_series(&group.slug, number)><Icon name="pencil" />"Change"</a> })
        .into_any();
    let state = match published_on {
        Some(day) => view! { <Badge tone=Tone::Good>{format!("Published on {}", day_month_year(day))}</Badge> }.into_any(),
        None => view! { <Badge tone=Tone::Warn>"Draft"</Badge> }.into_any(),
    };
    let audience = if is_draft {
        "the group’s supervisor and the Centre’s coordinators. Nobody else sees a draft."
    } else {
        "the group’s members, its supervisor, and the Centre’s coordinators and clinical leads."
    };
    view! {
        <PageHead title=plan.words.clone() tab up about="All times are UK time." times=first actions=change>
            <p class="row gap-2 above-1">{state}</p>
            <Audience tier=4 sentence=audience />
        </PageHead>
        <section class="card" aria-labelledby="dates">
            <div class="card__head"><h2 id="dates">"Dates"</h2></div>
            <Dates plan />
            {(is_draft && may_plan).then(|| view! { <Publishing group=group.clone() number version verdict /> })}
        </section>
        {(is_draft && may_plan).then(|| view! { <Deleting slug=group.slug number version /> })}
    }
}

/// Deleting a draft, which asks once more.
#[component]
fn Deleting(slug: String, number: i64, version: i64) -> impl IntoView {
    view! {
        <details class="above-5">
            <summary>"Delete this draft…"</summary>
            <p class="above-2">"It cannot be brought back. Nobody has been told of it, and no session is lost."</p>
            <PostForm action=DeleteDraft::PATH class="above-3">
                <Hidden name="slug" value=slug />
                <Hidden name="number" value=number.to_string() />
                <Hidden name="version" value=version.to_string() />
                <button class="btn btn--danger" type="submit">"Delete the draft"</button>
            </PostForm>
        </details>
    }
}

/// The button that publishes a draft, or what stands in its way.
#[component]
fn Publishing(group: GroupName, number: i64, version: i64, verdict: Verdict) -> impl IntoView {
    let (may_be_published, warns) = (verdict.may_be_published(), !verdict.warns.is_empty());
    let fit = view! { <WhatDoesNotFit verdict /> };
    if !may_be_published {
        return fit.into_any();
    }
    if group.agreement != AgreementStage::InForce {
        return view! { <div class="above-4"><NothingToPublish group /></div> }.into_any();
    }
    view! {
        {fit}
        <PostForm action=PublishSeries::PATH class="card__foot">
            <Hidden name="slug" value=group.slug />
            <Hidden name="number" value=number.to_string() />
            <Hidden name="version" value=version.to_string() />
            {warns.then(|| view! { <Why /> })}
            <button class="btn" type="submit">"Publish"</button>
            <p class="hint above-2">"Publishing puts the sessions into everybody’s calendar and sends each member and the supervisor one message."</p>
        </PostForm>
    }
    .into_any()
}
