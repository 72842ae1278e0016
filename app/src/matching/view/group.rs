//! A group on a board.

use ::matching::group_name;
use leptos::prelude::*;

use super::beside::BesideLines;
use super::grip::Grip;
use crate::matching::answers::{RoundGroup, RoundMember};
use crate::matching::candidates::ident;
use crate::matching::forms::Whither;
use crate::matching::model::Part;
use crate::paths;
use crate::ui::{Avatar, Icon, figure};

/// Who would meet, when, and how well it suits them.
#[component]
pub fn Group(
    /// The number of the round.
    round: i64,
    group: RoundGroup,
    /// Whether it is told beside the board why it looks as it does.
    is_chosen: bool,
    /// The code of the one who is chosen; empty where nobody is.
    chosen: String,
) -> impl IntoView {
    let RoundGroup { number, kind, supervisor, mode, when, other_times, members, most, score, fit, flaws, broken, is_asked, beside } =
        group;
    let id = format!("group-{}", number + 1);
    let places = format!("{} of {most}", members.len());
    let has_broken = !broken.is_empty();
    let summary = summary(&members, other_times);
    let lines = members.into_iter().map(|member| member_item(round, member, &chosen, !is_asked)).collect_view();
    let whither = (!is_asked).then(|| Whither::Group(number).key());
    let warnings = broken.into_iter().map(|sentence| format!("Broken by hand: {sentence}")).chain(flaws);
    let warnings = warnings.map(|sentence| view! { <p class="gcard__flag"><Icon name="triangle-alert" />{sentence}</p> }).collect_view();
    view! {
        <article class="gcard" class:gcard--chosen=is_chosen class:gcard--broken=has_broken aria-labelledby=id.clone() data-kind=kind.colour() data-whither=whither data-name=group_name(number)>
            <div class="row gap-2">
                <h3 id=id.clone()><a href=format!("{}#why", paths::group_on_board(round, number + 1)) aria-current=is_chosen.then_some("true")>{group_name(number)}</a></h3>
                <span class="kind"><Icon name=kind.icon() />{kind.name()}</span>
                <span class="small muted push">{places}</span>
            </div>
            {is_asked.then(|| view! { <p><a class="small" href=paths::round_answers(round)>"Its people were asked"</a></p> })}
            <p class="small"><b>{when}</b></p>
            <p class="small muted"><a href=paths::person_registration(&supervisor.code)>{supervisor.short}</a>{format!(" leads. {mode}.")}</p>
            <BesideLines lines=beside />
            <p class="row gap-2 tiny muted">
                {fit_in_words(fit)}
                <span class="num">{figure(score)}</span>
            </p>
            <ul class="plain gcard__people">{lines}</ul>
            <div class="gcard__foot"><p>{summary}</p>{warnings}</div>
        </article>
    }
}

/// How much it gives of what was asked; a group of which nobody asked anything gives neither all nor nothing.
fn fit_in_words(fit: Option<i64>) -> impl IntoView {
    let Some(fit) = fit else { return view! { <span class="grow">"Nobody asked for a time or a supervisor"</span> }.into_any() };
    view! {
        <span>"Fit "<b>{fit}</b></span>
        <span class="progress grow" aria-hidden="true"><span data-part=(fit * 20 / 100 * 5).to_string()></span></span>
    }
    .into_any()
}

/// "3 of 4 at a preferred time; 1 stays with their supervisor. Two other times would suit all."
fn summary(members: &[RoundMember], other_times: usize) -> String {
    let preferred = members.iter().filter(|member| member.is_preferred).count();
    let staying = members.iter().filter(|member| member.stays).count();
    let staying = match staying {
        0 => String::new(),
        1 => "; one stays with their supervisor".to_owned(),
        more => format!("; {more} stay with their supervisor"),
    };
    let others = match other_times {
        0 => "No other time suits everybody.".to_owned(),
        1 => "One other time suits everybody.".to_owned(),
        more => format!("{more} other times suit everybody."),
    };
    format!("{preferred} of {} at a preferred time{staying}. {others}", members.len())
}

fn member_item(round: i64, member: RoundMember, chosen: &str, may_move: bool) -> impl IntoView + use<> {
    let RoundMember { person, level, about, is_preferred, stays, is_pinned, is_held } = member;
    // Only their own page says where they can go.
    let may_move = may_move && !is_held;
    let is_chosen = person.code == chosen;
    let signs = [("pin", "Pinned", is_pinned), ("repeat", "Same supervisor", stays), ("star", "Preferred time", is_preferred)];
    let signs = signs.into_iter().filter(|(.., holds)| *holds);
    let signs = signs.map(
        |(icon, words, _)| view! { <span class=format!("sign sign--{icon}")><Icon name=icon /><span class="vh">{words}</span></span> },
    );
    view! {
        <li class:is-chosen=is_chosen data-who=may_move.then(|| ident(Part::Practitioner, &person.code))>
            {may_move.then(|| view! { <Grip /> })}
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <span class="grow">
                <a href=format!("{}#why", paths::person_on_board(round, &person.code)) aria-current=is_chosen.then_some("true")>{person.short}</a>
                <span class="gcard__about"><span aria-hidden="true">{format!("L{level}")}</span><span class="vh">{format!("Level {level}")}</span>{format!(" · {about}")}</span>
                {is_held.then(|| view! { <span class="gcard__about">"Not available for matching"</span> })}
            </span>
            {signs.collect_view()}
        </li>
    }
}
