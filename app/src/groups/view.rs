//! The page of one group.

use leptos::prelude::*;

use super::agreement_card::AgreementSummary;
use super::answers::{GroupFacts, GroupPage, Participant, SESSIONS_PER_PAGE, SeriesLine, SessionLine, SessionList, waiting_in_words};
use super::api::group_of;
use super::chain::Upkeep;
use super::commitment_card::CommitmentCard;
use super::forms::GroupAddress;
use super::intervention::intervention_name;
use super::model::{GroupKind, MeetingMode, Relation, places_taken_in_words};
use super::running_out::RunningOut;
use crate::access::page_day;
use crate::paths;
use crate::ui::{
    Audience, Avatar, Badge, Banner, Icon, NoMore, PageHead, Pager, Safety, TakeAlong, Tone, address_with, day_month_year, load, param,
    query, time_range,
};

/// A group: who is in it, what they agreed, when and where they meet.
#[component]
pub fn GroupPage() -> impl IntoView {
    let address =
        GroupAddress { slug: param("slug"), coming: query("coming").unwrap_or_default(), past: query("past").unwrap_or_default() };
    load(group_of(address), |page| view! { <GroupView page /> })
}

#[component]
fn GroupView(page: GroupPage) -> impl IntoView {
    let GroupPage {
        facts,
        audience,
        relation,
        may_change,
        may_plan,
        supervisor,
        upkeep,
        members,
        commitment,
        agreement,
        series,
        running_out,
        coming,
        past,
    } = page;
    let slug = facts.slug.clone();
    let is_quiet = facts.ended_on.is_none() && !agreement.lets_publish();
    let standing = (agreement.in_force.is_some(), agreement.proposed.is_some());
    let has_members = facts.kind.has_members();
    let has_space = has_members && !facts.kind.is_named_by_kind() && facts.ended_on.is_none();
    let actions = may_change.then(|| actions(&slug, has_members)).into_any();
    let about = about(&facts, &series);
    let first_day = coming.lines.first().map_or_else(page_day, |line| line.starts.date());
    let ended = facts.ended_on.map(|day| format!("This group ended on {}.", day_month_year(day)));
    let (coming_page, past_page) = (coming.page, past.page);
    let pages = (slug.clone(), coming_page, past_page);
    let pages_of_past = pages.clone();
    view! {
        <PageHead title=facts.name.clone() up=(paths::GROUPS.to_owned(), "Groups".to_owned()) about times=first_day actions>
            <Audience tier=4 sentence=audience />
        </PageHead>
        {ended.map(|title| view! { <Banner title /> })}
        <AgreementWaits slug=slug.clone() waits=agreement.waits_for_reader() />
        {(may_plan && is_quiet).then(|| view! { <NothingToPublish slug=slug.clone() standing /> })}
        {running_out.map(|running_out| view! { <RunsOut running_out /> })}
        <div class="split above-5">
            <div>
                <Sessions title="Coming sessions" id="coming" list=coming nothing="No sessions are planned."
                    address=move |page| sessions_address(&pages, Some(page), None) />
                <Sessions title="Past sessions" id="past" list=past nothing="No session has been held yet."
                    address=move |page| sessions_address(&pages_of_past, None, Some(page)) />
                <CommitmentCard members=commitment supervisor=supervisor.name.short.clone() />
            </div>
            <div class="split--side">
                <People supervisor=supervisor.clone() members capacity=facts.capacity has_members />
                <Support supervisor upkeep relation />
                <AgreementSummary slug=slug.clone() card=agreement may_plan />
                {(has_members && relation != Relation::Manager).then(|| view! { <Agreed slug=slug.clone() /> })}
                {(has_space && relation != Relation::Manager).then(|| view! { <Space slug=slug.clone() /> })}
                <SeriesSummary slug series may_plan has_members />
                <Room facts />
            </div>
        </div>
        <TakeAlong />
        <Safety />
    }
}

/// "Group. Solihull Approach. Online. Every second Thursday, 10:00 to 11:30, UK time."
fn about(facts: &GroupFacts, series: &[SeriesLine]) -> String {
    let rhythm = match series.iter().rev().find(|line| line.is_published) {
        Some(line) => format!(" {}, UK time.", line.rhythm),
        None if series.is_empty() => String::new(),
        None => " All times are UK time.".to_owned(),
    };
    let intervention = facts.intervention.as_deref().map(|key| format!(" {}.", intervention_name(key))).unwrap_or_default();
    format!("{}.{intervention} {}.{rhythm}", facts.kind.name(), facts.mode.name())
}

/// The addresses of the two lists' parts: turning one over leaves the other where it is.
fn sessions_address((slug, coming, past): &(String, i64, i64), to_coming: Option<i64>, to_past: Option<i64>) -> String {
    let anchor = if to_coming.is_some() { "coming" } else { "past" };
    format!("{}?coming={}&past={}#{anchor}", paths::group(slug), to_coming.unwrap_or(*coming), to_past.unwrap_or(*past))
}

fn actions(slug: &str, has_members: bool) -> impl IntoView + use<> {
    let members = has_members.then(|| {
        view! { <a class="btn btn--second" href=paths::group_members(slug)><Icon name="user-round-plus" />"Members"</a> }
    });
    view! {
        {members}
        <a class="btn btn--second" href=paths::change_group(slug)><Icon name="pencil" />"Change"</a>
    }
}

/// Says that the reader has not agreed yet.
#[component]
fn AgreementWaits(slug: String, waits: bool) -> impl IntoView {
    waits.then(|| {
        view! {
            <Banner tone=Tone::Warn title="An agreement waits for you to read and agree.">
                <p><a href=paths::agreement(&slug)>"Read the agreement"</a></p>
            </Banner>
        }
    })
}

/// Says to those who plan that nothing can be published yet, and what to do.
#[component]
fn NothingToPublish(slug: String, standing: (bool, bool)) -> impl IntoView {
    let title = match standing {
        (true, _) => "The agreement needs the new supervisor’s agreement, so no session can be published.",
        (false, _) => "No agreement is in force, so no session can be published.",
    };
    let (way, name) = match standing {
        (false, false) => (paths::propose_agreement(&slug), "Propose an agreement"),
        (_, _) => (paths::agreement(&slug), "See who has not agreed yet"),
    };
    view! {
        <Banner tone=Tone::Info title>
            <p><a href=way>{name}</a></p>
        </Banner>
    }
}

/// Says to those who plan that the sessions come to an end, until somebody has decided what comes next; and then, what it is.
#[component]
fn RunsOut(running_out: RunningOut) -> impl IntoView {
    let tone = if running_out.waits() { Tone::Warn } else { Tone::Info };
    let way = if running_out.waits() { "Renew, review or end" } else { "Change the decision" };
    let decided = running_out.decided.map(|decided| view! { <p>{decided.sentence(running_out.today)}</p> });
    view! {
        <Banner tone title=running_out.sentence()>
            {decided}
            <p><a href=paths::renewal(&running_out.group_slug)>{way}</a></p>
        </Banner>
    }
}

/// A part of the group's sessions, each leading to its own page.
#[component]
fn Sessions<F>(title: &'static str, id: &'static str, list: SessionList, nothing: &'static str, address: F) -> impl IntoView
where
    F: Fn(i64) -> String,
{
    let SessionList { lines, page, total } = list;
    let content = if lines.is_empty() && page > 1 {
        view! { <NoMore first=address(1) /> }.into_any()
    } else if lines.is_empty() {
        view! { <p class="muted">{nothing}</p> }.into_any()
    } else {
        view! {
            <ul class="list">{lines.into_iter().map(session_item).collect_view()}</ul>
            <Pager what=title page per_page=SESSIONS_PER_PAGE total address />
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card__head"><h2 id=id>{title}</h2></div>
            {content}
        </section>
    }
}

fn session_item(line: SessionLine) -> impl IntoView {
    let day = line.starts.date();
    let waiting = waiting_in_words(line.waiting).map(|words| view! { <p class="item__meta">{words}</p> });
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::session(&line.code)>{day_month_year(day)}</a>
                <p class="item__meta">{format!("{}. Session {} of {}.", time_range(line.starts, line.ends), line.number, line.of)}</p>
                {waiting}
            </div>
            {line.is_cancelled.then(|| view! { <Badge tone=Tone::Bad>"Cancelled"</Badge> })}
        </li>
    }
}

/// Who is in the group.
#[component]
fn People(supervisor: Participant, members: Vec<Participant>, capacity: i64, has_members: bool) -> impl IntoView {
    let places = if has_members { places_taken_in_words(members.len(), capacity) } else { String::new() };
    let at_each = match capacity {
        1 => "Nobody belongs to an open clinic. One place can be booked at each session; the session’s page says who has it.".to_owned(),
        _ => format!(
            "Nobody belongs to an open clinic. {capacity} places can be booked at each session; the session’s page says who has one."
        ),
    };
    view! {
        <section class="card" aria-labelledby="people">
            <div class="card__head"><h2 id="people">"Who is in it"</h2><span class="small">{places}</span></div>
            <ul class="list">
                {person_item(supervisor, "Supervisor")}
                {members.into_iter().map(|member| person_item(member, "")).collect_view()}
            </ul>
            {(!has_members).then(|| view! { <p class="small muted above-2">{at_each}</p> })}
        </section>
    }
}

fn person_item(person: Participant, role: &'static str) -> impl IntoView {
    let about = match (person.is_self, role) {
        (true, "") => format!("You. {}", person.about),
        (true, role) => format!("You. {role}"),
        (false, "") => person.about,
        (false, role) => role.to_owned(),
    };
    view! {
        <li class="item item--row">
            <Avatar initials=person.name.initials code=person.name.code />
            <div class="item__body"><p class="item__title">{person.name.short}</p><p class="item__meta">{about}</p></div>
        </li>
    }
}

/// Whether the supervisor is supervised too, and nothing more.
#[component]
fn Support(supervisor: Participant, upkeep: Upkeep, relation: Relation) -> impl IntoView {
    let title = match relation {
        Relation::Supervisor => "Who supports you".to_owned(),
        Relation::Member => "Who supports your supervisor".to_owned(),
        Relation::Manager => format!("Who supports {}", supervisor.name.short),
    };
    let (icon, is_open) = match upkeep {
        Upkeep::InDate => ("shield-check", false),
        Upkeep::Due => ("hourglass", true),
        Upkeep::BeingArranged => ("calendar-plus", true),
    };
    view! {
        <section class="card" aria-labelledby="support">
            <div class="card__head"><h2 id="support">{title}</h2></div>
            <ol class="chain">
                <li>
                    <Avatar initials=supervisor.name.initials code=supervisor.name.code />
                    <span><b>{supervisor.name.short}</b><small>"Supervises this group"</small></span>
                </li>
                <li class:is-open=is_open>
                    <span class="avatar" aria-hidden="true"><Icon name=icon /></span>
                    <span><b>{upkeep.name()}</b><small>{upkeep.sentence()}</small></span>
                </li>
            </ol>
            <p class="small muted above-2">"You see that it happens, never what was said."</p>
        </section>
    }
}

/// The way to what was agreed at the sessions, for those who read it.
#[component]
fn Agreed(slug: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="agreed">
            <div class="card__head"><h2 id="agreed">"Agreed actions"</h2><a href=paths::group_actions(&slug)>"All of them"</a></div>
            <p class="muted small">"What you said at your sessions that you would do: what is open, and what is done."</p>
        </section>
    }
}

/// The way to what the group writes to one another, for those who read it.
#[component]
fn Space(slug: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="space">
            <div class="card__head"><h2 id="space">"Between sessions"</h2><a href=paths::group_space(&slug)>"The group’s space"</a></div>
            <p class="muted small">"What you write to one another. It is closed to everybody else at the Centre."</p>
        </section>
    }
}

/// The group's series, and the way to plan another.
#[component]
fn SeriesSummary(slug: String, series: Vec<SeriesLine>, may_plan: bool, has_members: bool) -> impl IntoView {
    let content = if series.is_empty() {
        view! { <p class="muted">"No series has been made yet."</p> }.into_any()
    } else {
        let items = series.into_iter().map(|line| series_item(&slug, line)).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="series">
            <div class="card__head"><h2 id="series">"Series"</h2></div>
            {content}
            {may_plan.then(|| view! {
                <div class="card__foot">
                    <a class="btn btn--second" href=paths::new_series(&slug)><Icon name="calendar-plus" />"Plan a series"</a>
                    {has_members.then(|| view! {
                        <a class="btn btn--second" href=address_with(paths::NEW_POLL, &[("group", &slug)])><Icon name="send" />"Offer times"</a>
                    })}
                </div>
            })}
        </section>
    }
}

fn series_item(slug: &str, line: SeriesLine) -> impl IntoView + use<> {
    let meta = match line.last_on {
        Some(last) => format!("{} sessions, from {} to {}.", line.sessions, day_month_year(line.rhythm.starts_on), day_month_year(last)),
        None => format!("From {}. Not published yet.", day_month_year(line.rhythm.starts_on)),
    };
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::series(slug, line.number)>{line.rhythm.to_string()}</a>
                <p class="item__meta">{meta}</p>
            </div>
            {(!line.is_published).then(|| view! { <Badge tone=Tone::Warn>"Draft"</Badge> })}
        </li>
    }
}

/// Where the group meets.
#[component]
fn Room(facts: GroupFacts) -> impl IntoView {
    let GroupFacts { kind, mode, place, .. } = facts;
    let sentence = match mode {
        MeetingMode::Online => "Online. The session’s own page has the way in, from 15 minutes before it begins.",
        MeetingMode::InPerson => "In person.",
    };
    view! {
        <section class="card" aria-labelledby="room" data-kind=GroupKind::colour(kind)>
            <div class="card__head"><h2 id="room">"Where it meets"</h2></div>
            <p>{sentence}</p>
            {(!place.is_empty()).then(|| view! { <dl class="facts"><dt>"Place"</dt><dd>{place}</dd></dl> })}
        </section>
    }
}
