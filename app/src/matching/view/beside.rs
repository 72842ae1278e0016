//! The places beside the supervisor of a group: on its card, and beside the board with everybody who could have them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::matching::api::ChooseBeside;
use crate::matching::beside::{AboutBeside, BesideLine};
use crate::matching::forms::Shown;
use crate::paths;
use crate::sessions::HostRole;
use crate::ui::{Choices, Hidden, Icon, PostForm, SelectField, full_stop};

/// What a round asks of such places, in the form that starts it.
#[component]
pub fn AskBeside() -> impl IntoView {
    let options = || vec![(String::new(), "No".to_owned()), ("yes".to_owned(), "Where one can be found".to_owned())];
    view! {
        <Choices name="co_supervisor" legend="Do groups have a co-supervisor?"
            hint="Another supervisor of the round who leads it too, with hours left and in the same work."
            chosen=vec![String::new()] options=options() />
        <Choices name="observer" legend="Do groups have an observer?"
            hint="A new supervisor who learns to lead: no group that they have led is a year old."
            chosen=vec![String::new()] options=options() />
    }
}

/// The places on the card of a group.
#[component]
pub fn BesideLines(lines: Vec<BesideLine>) -> impl IntoView {
    let lines = lines.into_iter().map(|BesideLine { role, person, problem }| {
        let flag = problem.zip(person.clone()).map(|(problem, person)| {
            view! { <p class="gcard__flag"><Icon name="triangle-alert" />{format!("{} cannot be beside by now. {problem}", person.short)}</p> }
        });
        let who = match person {
            Some(person) => view! { <a href=paths::person_registration(&person.code)>{person.short}</a> }.into_any(),
            None => view! { "nobody" }.into_any(),
        };
        view! { <p class="small muted">{format!("{}: ", role.name())}{who}</p>{flag} }
    });
    lines.collect_view()
}

/// The places of the group that is chosen on a board, with a form for each that gives it to another.
#[component]
pub fn Beside(
    shown: Shown,
    /// Its place on the board, from nought.
    group: usize,
    places: Vec<AboutBeside>,
    /// Whether people were asked about it.
    is_asked: bool,
) -> impl IntoView {
    if places.is_empty() {
        return ().into_any();
    }
    let form = if is_asked {
        view! { <p class="small above-3">"People were asked about this group, so nobody else comes beside its supervisor by hand. Under "<a href=paths::round_answers(shown.number)>"Answers"</a>" you see what they say, and can take the question back."</p> }.into_any()
    } else {
        places.clone().into_iter().map(|about| view! { <Choose shown group about /> }).collect_view().into_any()
    };
    view! {
        <section class="card card--dense" aria-labelledby="beside">
            <h2 id="beside">"Beside its supervisor"</h2>
            {places.into_iter().map(|about| view! { <Place about /> }).collect_view()}
            {form}
        </section>
    }
    .into_any()
}

/// To whom a place goes and why, and who cannot have it.
#[component]
fn Place(about: AboutBeside) -> impl IntoView {
    let AboutBeside { line, why, could_not, .. } = about;
    let holder = line.person.map_or_else(|| "Nobody".to_owned(), |person| person.short);
    let others = (!could_not.is_empty()).then(|| {
        let title = format!("Who cannot be {}, and why: {}", what_in_words(line.role), could_not.len());
        let lines = could_not.into_iter().map(|(person, why)| view! { <li><b>{person.short}</b>{format!(": {why}")}</li> }).collect_view();
        view! { <details class="small above-2"><summary>{title}</summary><ul class="plain stack gap-2 above-2">{lines}</ul></details> }
    });
    view! {
        <h3 class="h-sans above-3">{line.role.name()}</h3>
        <p class="small above-2"><b>{full_stop(&holder)}</b>{format!(" {why}")}</p>
        {others}
    }
}

/// "a co-supervisor".
pub fn what_in_words(role: HostRole) -> &'static str {
    match role {
        HostRole::CoSupervisor => "a co-supervisor",
        HostRole::Observer => "an observer",
    }
}

/// Giving a place to somebody else who could have it, or to nobody.
#[component]
fn Choose(shown: Shown, group: usize, about: AboutBeside) -> impl IntoView {
    let role = about.line.role;
    // Made inside the form, which knows what was chosen.
    let choice = move || field(about);
    view! {
        <PostForm action=ChooseBeside::PATH class="stack gap-3 above-3">
            <Hidden name="number" value=shown.number.to_string() />
            <Hidden name="seen" value=shown.seen.to_string() />
            <Hidden name="group" value=group.to_string() />
            <Hidden name="role" value=role.key() />
            {choice()}
            <button class="btn btn--second btn--sm" type="submit">{format!("Change the {}", role.name().to_lowercase())}</button>
        </PostForm>
    }
}

/// Whoever has it stays among the choices, whatever is in their way by now: nothing else is chosen without somebody choosing it.
fn field(about: AboutBeside) -> impl IntoView {
    let AboutBeside { line, could, .. } = about;
    let out = line.person.clone().zip(line.problem);
    let holder = line.person.map(|person| person.code).unwrap_or_default();
    let options = out.into_iter().chain(could).map(|(person, why)| (person.code, format!("{}: {why}", person.short)));
    let options = [(String::new(), "Nobody".to_owned())].into_iter().chain(options).collect();
    view! { <SelectField name=line.role.key() label=line.role.name() value=holder options /> }
}
