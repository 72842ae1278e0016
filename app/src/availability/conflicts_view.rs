//! What is planned and does not fit, with the ways out.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{CONFLICTS_ON_A_PAGE, Conflict, ConflictsPage as Shown};
use super::api::{KeepConflict, conflicts};
use super::forms::ConflictFilter;
use super::level::{ClashKind, KeepReason, Level};
use crate::access::{Permission, may, page_day, page_visit};
use crate::paths;
use crate::people::PersonName;
use crate::ui::{
    Audience, Badge, Empty, Filter, FilterSelect, Hidden, Icon, PageHead, Pager, PostForm, Tone, address_with, day_and_month,
    day_month_year, load, query, time_range,
};

/// Every conflict, the most serious first.
#[component]
pub fn ConflictsPage() -> impl IntoView {
    let filter = ConflictFilter { kind: query("kind").unwrap_or_default(), page: query("page").unwrap_or_default() };
    let kind = filter.kind.clone();
    load(conflicts(filter), |shown| view! { <Conflicts shown kind /> })
}

#[component]
fn Conflicts(shown: Shown, kind: String) -> impl IntoView {
    let Shown { is_everybody, lines, page, total, kept, unknown, until } = shown;
    let audience = if is_everybody {
        "the Centre’s coordinators. Each supervisor sees those of their own sessions."
    } else {
        "you, and the Centre’s coordinators."
    };
    let rules = is_everybody.then(|| {
        view! {
            <a class="btn btn--second" href=paths::CLOSURES><Icon name="calendar-off" />"Closures"</a>
            <a class="btn btn--second" href=paths::CONFLICT_RULES><Icon name="settings" />"Rules"</a>
        }
    });
    let kinds = ClashKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    let is_narrow = ClashKind::of_key(&kind).is_some();
    let of_kind = kind.clone();
    let at = move |page: i64| address_with(paths::CONFLICTS, &[("kind", &of_kind), ("page", &page.to_string())]);
    let pager = view! { <Pager what="Conflicts" page per_page=CONFLICTS_ON_A_PAGE total address=at /> };
    view! {
        <PageHead
            title="Conflicts"
            about=format!("What is planned up to {} and does not fit. All times are UK time.", day_month_year(until))
            times=page_day()
            actions=rules.into_any()
        >
            <Audience tier=4 sentence=audience />
        </PageHead>
        <Filter path=paths::CONFLICTS label="Filter conflicts" is_narrow>
            <FilterSelect name="kind" label="Kind of conflict" all="Every kind" value=kind.clone() options=kinds />
        </Filter>
        <div class="stack above-4"><ByLevel lines is_narrow /></div>
        {pager}
        <KeptAsTheyAre kept />
        <NotKnown unknown />
    }
}

/// The conflicts of this part of the list, under the level that they are treated at.
#[component]
fn ByLevel(lines: Vec<Conflict>, is_narrow: bool) -> impl IntoView {
    if lines.is_empty() {
        let title = if is_narrow { "No conflict of this kind" } else { "No conflicts" };
        return view! { <Empty title><p>"When hours, days away or sessions change, what no longer fits appears here."</p></Empty> }
            .into_any();
    }
    let mut lines = lines;
    [Level::Block, Level::BlockPublishing, Level::Warn]
        .into_iter()
        .filter_map(|level| {
            let of_level: Vec<Conflict> = lines.extract_if(.., |conflict| conflict.level == level).collect();
            (!of_level.is_empty()).then(|| view! { <OfLevel level lines=of_level /> })
        })
        .collect_view()
        .into_any()
}

#[component]
fn OfLevel(level: Level, lines: Vec<Conflict>) -> impl IntoView {
    let (title, tone, word) = match level {
        Level::Block => ("Cannot stay as it is", Tone::Bad, "Not possible"),
        Level::BlockPublishing => ("Needs somebody else, or another time", Tone::Warn, "To be changed"),
        Level::Warn | Level::Ignore => ("Please look at these", Tone::Plain, "Warning"),
    };
    let items = lines.into_iter().map(conflict_with_steps).collect_view();
    view! {
        <section class="card" aria-labelledby=level.key()>
            <div class="card__head"><h2 id=level.key()>{title}</h2><Badge tone>{word}</Badge></div>
            <ul class="list">{items}</ul>
        </section>
    }
}

/// One conflict: the session as a link, what is wrong, what can be done.
pub fn conflict_item(conflict: Conflict) -> impl IntoView {
    item(conflict, ().into_any())
}

/// The same, with the ways to the hours and to leaving it as it is.
fn conflict_with_steps(conflict: Conflict) -> impl IntoView {
    let keep = conflict.may_keep.then(|| {
        let title = format!("{}, {}", conflict.session.group, day_and_month(conflict.session.starts.date()));
        view! { <Keep session=conflict.session.code.clone() kind=conflict.kind whose=conflict.supervisor.clone() title /> }
    });
    let ways = ways(&conflict);
    item(conflict, view! { {ways}{keep} }.into_any())
}

fn item(conflict: Conflict, steps: AnyView) -> impl IntoView {
    let Conflict { session, other, sentence, way, .. } = conflict;
    let starts = session.starts;
    let title = format!("{}, {}", session.group, day_and_month(starts.date()));
    let other = other.map(|other| {
        let words = format!("{}, {}, {}", other.group, day_and_month(other.starts.date()), time_range(other.starts, other.ends));
        view! { " "<a href=paths::session(&other.code)>{words}</a> }
    });
    view! {
        <li class="item">
            <span class="datebox"><b>{starts.date().format("%-d").to_string()}</b><span>{starts.date().format("%b").to_string()}</span></span>
            <div class="item__body">
                <a class="item__title" href=paths::session(&session.code)>{title}</a>
                <p>{sentence}</p>
                <p class="item__meta">{way}{other}</p>
                {steps}
            </div>
        </li>
    }
}

/// The ways to whoever could lead the session instead, for those who arrange cover, or to who else is there; and to the hours of whoever leads it or is
/// there: one's own for a supervisor, theirs for whoever plans for all.
fn ways(conflict: &Conflict) -> Option<impl IntoView + use<>> {
    let visitor = page_visit().ok().and_then(|visit| visit.visitor().cloned())?;
    let supervisor = &conflict.supervisor;
    let is_own = visitor.name.code == supervisor.code;
    let is_away = matches!(conflict.kind, ClashKind::OnLeave) && !conflict.is_beside;
    let beside = (conflict.is_beside && may(&visitor.roles, Permission::ManageGroups))
        .then(|| view! { <a href=paths::session_hosts(&conflict.session.code)>"Who else leads or observes"</a> });
    let cover = (is_away && may(&visitor.roles, Permission::ArrangeCover))
        .then(|| view! { <a href=paths::cover_for(&supervisor.code)>{format!("Find cover for {}", supervisor.short)}</a> });
    let hours = if is_own {
        Some((paths::AVAILABILITY.to_owned(), "Your availability".to_owned()))
    } else {
        may(&visitor.roles, Permission::ManageGroups)
            .then(|| (paths::person_availability(&supervisor.code), format!("Availability of {}", supervisor.short)))
    };
    let hours = hours.map(|(address, words)| view! { <a href=address>{words}</a> });
    Some(view! { <p class="row gap-4 small links">{cover}{beside}{hours}</p> })
}

/// Leaving it as it is, which needs a reason.
#[component]
fn Keep(session: String, kind: ClashKind, whose: PersonName, title: String) -> impl IntoView {
    let label = format!("keep-{session}-{}-{}", kind.key(), whose.code);
    let options = KeepReason::ALL.into_iter().map(|reason| view! { <option value=reason.key()>{reason.name()}</option> }).collect_view();
    view! {
        <details class="above-1">
            <summary>"Leave it as it is…"<span class="vh">{format!(" {title}: {}, {}", kind.name(), whose.short)}</span></summary>
            <PostForm action=KeepConflict::PATH class="with-button above-2">
                <Hidden name="session" value=session />
                <Hidden name="kind" value=kind.key() />
                <Hidden name="person" value=whose.code />
                <div class="field">
                    <label class="label" for=label.clone()>"Why?"</label>
                    <select class="select" id=label name="form[reason]">{options}</select>
                </div>
                <button class="btn btn--second" type="submit">"Leave it as it is"</button>
            </PostForm>
        </details>
    }
}

/// What was left as it is, and why.
#[component]
fn KeptAsTheyAre(kept: Vec<Conflict>) -> impl IntoView {
    (!kept.is_empty()).then(|| {
        let count = if kept.len() == 1 {
            "One conflict was left as it is".to_owned()
        } else {
            format!("{} conflicts were left as they are", kept.len())
        };
        let items = kept
            .into_iter()
            .map(|conflict| {
                let reason = conflict.kept.map(KeepReason::name).unwrap_or_default();
                let title = format!("{}, {}", conflict.session.group, day_and_month(conflict.session.starts.date()));
                view! {
                    <li class="item item--row">
                        <div class="item__body">
                            <a class="item__title" href=paths::session(&conflict.session.code)>{title}</a>
                            <p class="item__meta">{format!("{} {reason}.", conflict.sentence)}</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! { <details class="above-5"><summary>{count}</summary><ul class="list above-2">{items}</ul></details> }
    })
}

/// Who has never said any hours, so that nobody knows whether their sessions fit.
#[component]
fn NotKnown(unknown: Vec<PersonName>) -> impl IntoView {
    let visitor = page_visit().ok().and_then(|visit| visit.visitor().cloned());
    let own = visitor.map(|visitor| visitor.name.code);
    (!unknown.is_empty()).then(|| {
        let items = unknown
            .into_iter()
            .map(|person| {
                let is_own = own.as_ref() == Some(&person.code);
                let address = if is_own { paths::AVAILABILITY.to_owned() } else { paths::person_availability(&person.code) };
                view! { <li><a href=address>{person.short}</a></li> }
            })
            .collect_view();
        view! {
            <section class="card above-5" aria-labelledby="not-known">
                <div class="card__head"><h2 id="not-known">"Not known"</h2></div>
                <p>"These supervisors have not entered their working hours, so nobody knows whether their sessions fit."</p>
                <ul class="plain row links above-2">{items}</ul>
            </section>
        }
    })
}
