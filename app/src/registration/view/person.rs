//! Somebody's registration, for those who form groups: the answers, what a supervisor holds, and who is kept apart or together.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::together::Together;
use super::told::{RegistrationAudience, answer_in_words};
use crate::paths;
use crate::registration::answers::{Clearance, KeptApart, OwnRegistration, RegistrationOf};
use crate::registration::api::{KeepApart as KeepApartForm, LetMeet, NoteClearances, registration_of_person};
use crate::registration::forms::{PersonAddress, until_field};
use crate::registration::model::{ClearanceKind, Step, intervention_name, is_stale};
use crate::ui::{Badge, Banner, Field, Hidden, PageHead, PostForm, SelectField, Tone, day_month_year, full_stop, load, param};

/// What is known of somebody for the forming of groups.
#[component]
pub fn PersonRegistrationPage() -> impl IntoView {
    load(registration_of_person(PersonAddress { person: param("code") }), |of| {
        let RegistrationOf { person, own, manager, clearances, kept_together, kept_apart } = of;
        let manager = manager.map(|manager| full_stop(&format!("Their line manager is here: {}", manager.short)));
        let (code, authorities, is_supervisor) = (person.code.clone(), own.authorities.clone(), own.is_supervisor);
        let today = own.today;
        view! {
            <PageHead
                title=format!("Registration of {}", person.short)
                up=(paths::person(&code), person.short.clone())
                about="Their answers, and what the Centre has noted. All times are UK time."
                times=today
            >
                <RegistrationAudience whose=person.short.clone() />
            </PageHead>
            <div class="split">
                <div>
                    <Answers own=own.clone() manager />
                    {is_supervisor.then(|| view! { <Offered own /> })}
                </div>
                <div>
                    {is_supervisor.then(|| view! { <Clearances code=code.clone() clearances today /> })}
                    <Apart code=code.clone() kept_apart authorities />
                    <Together code kept_together />
                </div>
            </div>
        }
    })
}

#[component]
fn Answers(own: OwnRegistration, manager: Option<String>) -> impl IntoView {
    let standing = match (own.registration.confirmed_at, own.registration.answered.len()) {
        (None, 0) => (Tone::Plain, "Not begun", "Nothing is answered yet.".to_owned()),
        (None, done) => (Tone::Warn, "Not confirmed", format!("{done} of {} questions are answered.", Step::ALL.len())),
        (Some(at), _) => {
            let (tone, state) = if is_stale(at, own.today) { (Tone::Warn, "Old answers") } else { (Tone::Good, "Confirmed") };
            (tone, state, format!("Confirmed on {}.", day_month_year(::series::local(at).date())))
        }
    };
    let (tone, state, since) = standing;
    let rows = Step::ALL
        .iter()
        .map(|step| {
            let answer = answer_in_words(&own, *step).unwrap_or_else(|| "Not answered yet".to_owned());
            view! { <div><dt>{step.about_them()}</dt><dd>{answer}</dd></div> }
        })
        .collect_view();
    let has_answers = !own.registration.answered.is_empty();
    view! {
        <section class="card" aria-labelledby="answers">
            <div class="card__head"><h2 id="answers">"Their answers"</h2><Badge tone>{state}</Badge></div>
            <p class="small muted below-3">{since}</p>
            {has_answers.then(|| view! { <dl class="summary">{rows}</dl> })}
            {manager.map(|manager| view! { <p class="small muted above-3">{manager}</p> })}
        </section>
    }
}

#[component]
fn Offered(own: OwnRegistration) -> impl IntoView {
    let content = match own.offering {
        None => {
            view! { <p class="muted">"They have not said what they offer. Until they do, they lead no group of a round."</p> }.into_any()
        }
        Some(offering) => {
            let work: Vec<&str> = offering.interventions.iter().map(|key| intervention_name(key)).collect();
            let lines = [
                ("Supervises", work.join(", ")),
                ("Way to meet", offering.way.name().to_owned()),
                ("Region", offering.region),
                ("New groups at most", offering.most_groups.to_string()),
                ("Last confirmed on", day_month_year(::series::local(offering.confirmed_at).date())),
            ];
            let lines = lines.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
            view! { <dl class="summary">{lines}</dl> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="offered">
            <div class="card__head"><h2 id="offered">"What they offer as a supervisor"</h2></div>
            {content}
        </section>
    }
}

/// What a supervisor must hold, each with the last day on which it holds.
#[component]
fn Clearances(code: String, clearances: Vec<Clearance>, today: chrono::NaiveDate) -> impl IntoView {
    let until = |kind: ClearanceKind| clearances.iter().find(|clearance| clearance.kind == kind).map(|clearance| clearance.good_until);
    let over = ClearanceKind::ALL.iter().filter(|kind| until(**kind).is_none_or(|until| until < today)).count();
    let banner = (over > 0).then(|| {
        view! { <Banner tone=Tone::Warn title="Without all of these they lead no group of a round, and nobody can override that" /> }
    });
    let fields = ClearanceKind::ALL.iter().map(|kind| {
        let until = until(*kind);
        let hint = match until {
            None => "Nothing is written down.".to_owned(),
            Some(until) if until < today => format!("Ran out on {}.", day_month_year(until)),
            Some(until) => format!("Valid until {}.", day_month_year(until)),
        };
        (*kind, hint, until.map(|until| until.to_string()).unwrap_or_default())
    });
    let fields: Vec<_> = fields.collect();
    let field = |(kind, hint, value): (ClearanceKind, String, String)| {
        view! { <Field name=until_field(kind) label=kind.name() hint kind="date" class="input--date" value /> }
    };
    view! {
        <section class="card" aria-labelledby="clearances">
            <div class="card__head"><h2 id="clearances">"Clearances"</h2></div>
            {banner}
            <PostForm action=NoteClearances::PATH class="above-3">
                <Hidden name="person" value=code />
                {fields.into_iter().map(field).collect_view()}
                <div class="form-foot"><button class="btn btn--second" type="submit">"Save dates"</button></div>
            </PostForm>
        </section>
    }
}

/// Who is kept apart from them, without a reason.
#[component]
fn Apart(code: String, kept_apart: Vec<KeptApart>, authorities: Vec<(String, String)>) -> impl IntoView {
    let lines = kept_apart.into_iter().map(|line| apart_item(&code, line)).collect::<Vec<_>>();
    let list = if lines.is_empty() {
        view! { <p class="muted">"Nobody."</p> }.into_any()
    } else {
        view! { <ul class="list">{lines}</ul> }.into_any()
    };
    let choose = (String::new(), "No authority".to_owned());
    let options: Vec<(String, String)> = [choose].into_iter().chain(authorities).collect();
    view! {
        <section class="card" aria-labelledby="apart">
            <div class="card__head"><h2 id="apart">"Kept apart from"</h2></div>
            <p class="small muted below-3">"Relatives, partners, close friends, two who are in one case or in a dispute: one line is enough for each pair, and holds whoever leads and whoever is a member, when groups are formed and when somebody is given or offered a place in one. A group that meets already stays as it is. Only those who form groups see it. No reason is asked, and nobody is told. Line managers are kept apart by themselves."</p>
            {list}
            <PostForm action=KeepApartForm::PATH class="above-4">
                <Hidden name="person" value=code />
                <Field name="email" label="The work email of a person" kind="email" inputmode="email" />
                <SelectField name="authority" label="Or everybody of an authority" options />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Keep apart"</button></div>
            </PostForm>
        </section>
    }
}

fn apart_item(code: &str, line: KeptApart) -> impl IntoView + use<> {
    let KeptApart { id, from } = line;
    let (code, name) = (code.to_owned(), format!(" {from}"));
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{from}</p></div>
            <PostForm action=LetMeet::PATH>
                <Hidden name="person" value=code />
                <Hidden name="line" value=id />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{name}</span></button>
            </PostForm>
        </li>
    }
}
