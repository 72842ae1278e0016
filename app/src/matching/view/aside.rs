//! What is told beside a board: why somebody or a group is as it is, where else somebody could go, and when a group could meet.

use ::matching::group_name;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::beside::Beside;
use super::not_placed::NearestGroup;
use super::times::Times;
use crate::matching::answers::{AboutGroup, AboutPerson, PointLine, WayToGo};
use crate::matching::api::{MovePerson, PinPerson, UnpinPerson};
use crate::matching::forms::Shown;
use crate::paths;
use crate::ui::{Badge, Hidden, Icon, PostForm, SelectField, TextArea, signed};

/// What there is to know of who or what is chosen; how to choose, where nothing is.
#[component]
pub fn Aside(shown: Shown, about_group: Option<AboutGroup>, about_person: Option<AboutPerson>) -> impl IntoView {
    if about_group.is_none() && about_person.is_none() {
        return view! {
            <aside class="match__aside" aria-label="Explained">
                <section class="card card--dense" aria-labelledby="why">
                    <h2 id="why">"Why is it like this?"</h2>
                    <p class="small muted">"Choose a group to see what adds up to its score and when its members are free, or a person to see why they are where they are and where else they could go."</p>
                </section>
            </aside>
        }
        .into_any();
    }
    // Of two headings the first is the one to which the board leads.
    let is_person_first = about_person.is_some();
    view! {
        <aside class="match__aside stack gap-4" aria-label="Explained">
            {about_person.map(|about| view! { <Person shown about /> })}
            {about_group.map(|about| view! { <WhyGroup shown about is_first=!is_person_first /> })}
        </aside>
    }
    .into_any()
}

/// Why somebody is where they are, pinning them, and where else they could go.
#[component]
fn Person(shown: Shown, about: AboutPerson) -> impl IntoView {
    let AboutPerson { person, about, group, is_pinned, is_asked, is_held, reasons, changes, nearest, supervisors, ways, chosen_way } =
        about;
    let name = person.short.clone();
    let title = match group {
        Some(number) => format!("Why {name} is in {}", group_name(number)),
        None => format!("Why {name} has no place"),
    };
    let reasons = (!reasons.is_empty()).then(|| view! { <PointList lines=reasons /> });
    let changes = (!changes.is_empty()).then(|| {
        let lines = changes.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <h3 class="h-sans above-3">"What would have to change"</h3><ul class="plain stack gap-2 small above-2">{lines}</ul> }
    });
    let nearest = nearest.into_iter().map(|nearest| view! { <NearestGroup nearest /> }).collect_view();
    let supervisors = (!supervisors.is_empty()).then(|| {
        let lines = supervisors.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <details class="small above-3"><summary>"Every supervisor"</summary><ul class="plain stack gap-2 above-2">{lines}</ul></details> }
    });
    view! {
        <section class="card card--dense" aria-labelledby="why">
            <h2 id="why">{title}</h2>
            <p class="small muted">{about}". "<a href=paths::person_registration(&person.code)>"What they answered"</a></p>
            {reasons}
            {changes}
            {nearest}
            {supervisors}
            {group.map(|_| view! { <Pin shown code=person.code.clone() is_pinned /> })}
        </section>
        {if is_asked {
            view! { <WasAsked round=shown.number name /> }.into_any()
        } else {
            view! { <WhereElse shown code=person.code name is_placed=group.is_some() is_held ways chosen=chosen_way /> }.into_any()
        }}
    }
}

/// What can be done about somebody who was asked, in place of moving them.
#[component]
fn WasAsked(round: i64, name: String) -> impl IntoView {
    view! {
        <section class="card card--dense card--dawn" aria-labelledby="where">
            <h2 id="where">{format!("{name} was asked")}</h2>
            <p class="small">"Nobody is moved by hand who was asked and has not declined. Under "<a href=paths::round_answers(round)>"Answers"</a>" you see what they say, and can take the question back."</p>
        </section>
    }
}

/// Keeping somebody where they are.
#[component]
fn Pin(shown: Shown, code: String, is_pinned: bool) -> impl IntoView {
    let (action, words) = if is_pinned { (UnpinPerson::PATH, "Take the pin away") } else { (PinPerson::PATH, "Pin here") };
    view! {
        <PostForm action class="above-3">
            <Hidden name="number" value=shown.number.to_string() />
            <Hidden name="seen" value=shown.seen.to_string() />
            <Hidden name="person" value=code />
            <button class="btn btn--second btn--sm" type="submit"><Icon name="pin" />{words}</button>
        </PostForm>
    }
}

/// Every group that somebody could join, a new one and the list, the best first; then what breaks a rule, with a reason or not at all.
#[component]
fn WhereElse(
    shown: Shown,
    code: String,
    name: String,
    is_placed: bool,
    is_held: bool,
    ways: Vec<WayToGo>,
    chosen: String,
) -> impl IntoView {
    let title = if is_placed { format!("Where else could {name} go?") } else { format!("Where could {name} go?") };
    let (asked, ways): (Vec<WayToGo>, Vec<WayToGo>) = ways.into_iter().partition(|way| way.is_asked);
    let (free, broken): (Vec<WayToGo>, Vec<WayToGo>) = ways.into_iter().partition(|way| way.breaks.is_empty());
    let (with_reason, never): (Vec<WayToGo>, Vec<WayToGo>) = broken.into_iter().partition(|way| way.may_be_broken);
    let nowhere = match (is_held, free.is_empty()) {
        (true, _) => Some("They are not available for matching, so no group is offered."),
        (false, true) => Some("Nowhere without breaking a rule."),
        (false, false) => None,
    };
    let nowhere = nowhere.map(|words| view! { <p class="small">{words}</p> });
    let free = free.into_iter().map(|way| way_item(shown, code.clone(), &name, way)).collect_view();
    let never = never.into_iter().map(never_item).collect_view();
    let asked = asked.into_iter().filter(|way| way.breaks.is_empty()).map(|way| asked_item(shown.number, way)).collect_view();
    let with_reason = (!with_reason.is_empty()).then(|| view! { <WithReason shown code=code.clone() ways=with_reason chosen /> });
    view! {
        <section class="card card--dense card--dawn" aria-labelledby="where">
            <h2 id="where">{title}</h2>
            {nowhere}
            <ul class="plain ways">{free}{asked}{never}</ul>
            {with_reason}
        </section>
    }
}

fn way_item(shown: Shown, code: String, person: &str, way: WayToGo) -> impl IntoView + use<> {
    let WayToGo { key, name, about, score_change, reasons, .. } = way;
    let words = format!(" {person}: {}", name.to_lowercase());
    view! {
        <li>
            <p class="grow"><b>{name}</b><span class="ways__about">{about}" "{reasons}</span></p>
            <b class="num">{signed(score_change)}</b>
            <PostForm action=MovePerson::PATH>
                <Hidden name="number" value=shown.number.to_string() />
                <Hidden name="seen" value=shown.seen.to_string() />
                <Hidden name="person" value=code />
                <Hidden name="to" value=key />
                <button class="btn btn--second btn--sm" type="submit">"Move"<span class="vh">{words}</span></button>
            </PostForm>
        </li>
    }
}

/// A group that would suit, and about which people were asked.
fn asked_item(round: i64, way: WayToGo) -> impl IntoView {
    let WayToGo { name, about, .. } = way;
    view! {
        <li>
            <p class="grow muted"><b>{name}</b><span class="ways__about">{about}" Its people were asked. An open place is given under "<a href=paths::round_answers(round)>"Answers"</a>"."</span></p>
        </li>
    }
}

fn never_item(way: WayToGo) -> impl IntoView {
    let WayToGo { name, breaks, .. } = way;
    view! {
        <li>
            <p class="grow muted"><b>{name}</b><span class="ways__about">{breaks.join(" ")}" Only the Centre sees this."</span></p>
            <Badge><Icon name="ban" />"Not possible"</Badge>
        </li>
    }
}

/// A move that breaks a rule: which, and why it is made all the same.
#[component]
fn WithReason(shown: Shown, code: String, ways: Vec<WayToGo>, chosen: String) -> impl IntoView {
    let options = ways.into_iter().map(|way| {
        let words = format!("{} ({}): {}", way.name, signed(way.score_change), way.breaks.join(" "));
        (way.key, words)
    });
    let options = [(String::new(), "Choose where to".to_owned())].into_iter().chain(options).collect();
    view! {
        <h3 class="h-sans above-4">"What breaks a rule"</h3>
        <PostForm action=MovePerson::PATH class="stack gap-3 above-2">
            <Hidden name="number" value=shown.number.to_string() />
            <Hidden name="seen" value=shown.seen.to_string() />
            <Hidden name="person" value=code />
            <SelectField name="to" label="Where to" value=chosen options />
            <TextArea name="reason" label="Why is the rule broken?" hint="It stands in the record of the round, with your name." rows=2 />
            <button class="btn btn--second btn--sm" type="submit">"Move all the same"</button>
        </PostForm>
    }
}

/// Why a group looks as it does, and when it could meet.
#[component]
fn WhyGroup(shown: Shown, about: AboutGroup, is_first: bool) -> impl IntoView {
    let AboutGroup { number, about, points, common, beside, is_asked } = about;
    let id = if is_first { "why" } else { "why-group" };
    view! {
        <section class="card card--dense" aria-labelledby=id>
            <h2 id=id>{format!("Why {} looks like this", group_name(number))}</h2>
            <p class="small muted">{about}</p>
            <PointList lines=points />
        </section>
        <Beside shown group=number places=beside is_asked />
        <Times common />
    }
}

/// Sentences with what each adds or takes.
#[component]
fn PointList(lines: Vec<PointLine>) -> impl IntoView {
    let lines = lines.into_iter().map(|PointLine { sentence, is_good, points }| {
        let (icon, word) = match is_good {
            Some(true) => ("check", "Kept: "),
            Some(false) => ("triangle-alert", "Not kept: "),
            None => ("minus", ""),
        };
        let points = (points != 0).then(|| view! { <b class="num">{signed(points)}</b> });
        view! { <li class:is-bad=is_good == Some(false)><Icon name=icon /><span class="grow"><span class="vh">{word}</span>{sentence}</span>{points}</li> }
    });
    view! { <ul class="plain why">{lines.collect_view()}</ul> }
}
