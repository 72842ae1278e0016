//! One question on a page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::hours::WeekQuestion;
use super::told::RegistrationAudience;
use crate::access::page_visit;
use crate::error::AppError;
use crate::paths;
use crate::registration::answers::{OwnRegistration, Registration};
use crate::registration::api::{AnswerStep, my_registration};
use crate::registration::forms::streams_for;
use crate::registration::model::{Competence, Elsewhere, Experience, INTERVENTIONS, Manager, Need, Setting, Shared, Step};
use crate::ui::{Choices, Field, Hidden, PageHead, PostForm, Refusal, SelectField, TextArea, UkTime, load, param};
use crate::waiting::{Urgency, Way};

/// One question of one's registration.
#[component]
pub fn StepPage() -> impl IntoView {
    let step = Step::of_key(&param("step"));
    load(my_registration(), move |own| match step {
        Some(step) => view! { <Question own step /> }.into_any(),
        None => view! { <Refusal error=AppError::NotFound /> }.into_any(),
    })
}

#[component]
fn Question(own: OwnRegistration, step: Step) -> impl IntoView {
    let place = Step::ALL.iter().position(|other| *other == step).map_or(1, |place| place + 1);
    let back = match step.before() {
        Some(before) if own.registration.is_gone_through() => (paths::registration_step(before.key()), "Back".to_owned()),
        _ => (paths::REGISTRATION.to_owned(), "Registration".to_owned()),
    };
    let week_of = matches!(step, Step::FirstWeek | Step::SecondWeek).then_some(own.today);
    let content = match step {
        Step::FirstWeek | Step::SecondWeek => view! { <WeekQuestion registration=own.registration step /> }.into_any(),
        _ => view! {
            <PostForm action=AnswerStep::PATH>
                <Hidden name="step" value=step.key() />
                <Fields own step />
                <div class="form-foot"><button class="btn" type="submit">"Save and go on"</button><a href=paths::REGISTRATION>"Stop here for now"</a></div>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <PageHead title=step.name() up=back about=format!("Question {place} of {}", Step::ALL.len())>
            {week_of.map(|day| view! { <p><UkTime day /></p> })}
            <RegistrationAudience whose="you" />
        </PageHead>
        <section class="card" aria-label=step.name()>{content}</section>
    }
}

fn options<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str, name: impl Fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|choice| (key(*choice).to_owned(), name(*choice).to_owned())).collect()
}

fn one(key: Option<&str>) -> Vec<String> {
    key.map(str::to_owned).into_iter().collect()
}

/// The fields of a question, with what was answered.
#[component]
fn Fields(own: OwnRegistration, step: Step) -> impl IntoView {
    let answers = &own.registration;
    match step {
        Step::Experience => view! { <ExperienceFields answers=answers.clone() /> }.into_any(),
        Step::Setting => view! { <SettingField answers=answers.clone() /> }.into_any(),
        Step::Stream => {
            let roles = page_visit().ok().and_then(|visit| visit.visitor().map(|visitor| visitor.roles.clone()));
            let streams = streams_for(&roles.unwrap_or_default());
            let options = options(&streams, |stream| stream.key(), |stream| stream.name());
            view! { <Choices name="stream" legend="What kind of group do you ask for?" chosen=one(answers.stream.map(|one| one.key())) options /> }
                .into_any()
        }
        Step::Intervention => {
            let options = INTERVENTIONS.map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec();
            let hint = "The work that you would bring most often. Your supervisor knows it well.";
            view! { <Choices name="intervention" legend="Which work with families would you bring?" hint chosen=one(answers.intervention.as_deref()) options /> }
                .into_any()
        }
        Step::Competence => {
            let options = options(Competence::ALL, |level| level.key(), |level| level.name());
            let hint =
                "By the AiMH UK Infant Mental Health Competency Framework. If you don’t know, we will ask you before you are placed.";
            view! { <Choices name="competence" legend="Which level describes you best?" hint chosen=one(answers.competence.map(|one| one.key())) options /> }
                .into_any()
        }
        Step::Way => {
            let options = options(&Way::ALL, |way| way.key(), |way| way.name());
            let hint = "In person means within your own region.";
            view! { <Choices name="way" legend="How would you meet?" hint chosen=one(answers.way.map(|one| one.key())) options /> }
                .into_any()
        }
        Step::Urgency => {
            let options = options(&Urgency::ALL, |urgency| urgency.key(), |urgency| urgency.name());
            view! { <Choices name="urgency" legend="How soon do you need supervision?" chosen=one(answers.urgency.map(|one| one.key())) options /> }
                .into_any()
        }
        Step::Manager => view! { <ManagerFields answers=answers.clone() /> }.into_any(),
        Step::Keep => view! { <KeepField own /> }.into_any(),
        Step::Needs => view! { <NeedsFields answers=answers.clone() /> }.into_any(),
        Step::Together => view! { <TogetherField answers=answers.clone() /> }.into_any(),
        Step::Apart => view! { <ApartFields own /> }.into_any(),
        Step::Sharing => {
            let options = options(Shared::ALL, |shared| shared.key(), |shared| shared.name());
            let chosen = answers.shared.iter().map(|shared| shared.key().to_owned()).collect();
            let hint = "A profession, a language or where you work helps us not to leave you the only one of it in a group. Choose nothing if you would rather not.";
            view! { <Choices name="shared" legend="What may we use?" hint several=true chosen options /> }.into_any()
        }
        Step::FirstWeek | Step::SecondWeek => ().into_any(),
    }
}

#[component]
fn ExperienceFields(answers: Registration) -> impl IntoView {
    let experience = options(Experience::ALL, |one| one.key(), |one| one.name());
    let elsewhere = options(Elsewhere::ALL, |one| one.key(), |one| one.name());
    view! {
        <Choices name="experience" legend="For how long have you worked with children under two and their parents?"
            chosen=one(answers.experience.map(|one| one.key())) options=experience />
        <Choices name="elsewhere" legend="Do you have clinical supervision elsewhere?"
            hint="Not line management, and not safeguarding supervision."
            chosen=one(answers.elsewhere.map(|one| one.key())) options=elsewhere />
    }
}

#[component]
fn SettingField(answers: Registration) -> impl IntoView {
    let unsaid = (String::new(), "I would rather not say".to_owned());
    let mut options = options(Setting::ALL, |setting| setting.key(), |setting| setting.name());
    options.push(unsaid);
    let was_answered = answers.answered.contains(&Step::Setting);
    let chosen = one(was_answered.then(|| answers.setting.map(Setting::key).unwrap_or_default()));
    view! {
        <Choices name="setting" legend="Where do you work with families? (optional)"
            hint="Where you do most of it. It counts when groups are made only if you allow that in the last question."
            chosen options />
    }
}

#[component]
fn ManagerFields(answers: Registration) -> impl IntoView {
    let options = options(Manager::ALL, |manager| manager.key(), |manager| manager.name());
    view! {
        <Choices name="manager" legend="Who is your line manager?"
            hint="Nobody is placed in a group with someone who manages them. They are not told that you named them."
            chosen=one(answers.manager.map(|one| one.key())) options />
        <Field name="manager_email" label="Their work email" hint="Only if you chose “This person”." kind="email" inputmode="email" value=answers.manager_email />
    }
}

#[component]
fn KeepField(own: OwnRegistration) -> impl IntoView {
    let nobody = (String::new(), "Nobody in particular".to_owned());
    let options: Vec<(String, String)> = [nobody].into_iter().chain(own.supervisors).collect();
    view! {
        <SelectField name="kept_supervisor" label="With which supervisor would you stay?"
            hint="Those who supervise you now, or have before. We try, and cannot promise."
            value=own.registration.kept_supervisor options />
    }
}

#[component]
fn NeedsFields(answers: Registration) -> impl IntoView {
    view! {
        <Choices name="needs" legend="What do you need to take part? (optional)"
            hint="You are placed only in groups that have it. Nobody in a group is told."
            several=true chosen=answers.needs.iter().map(|need| need.key().to_owned()).collect() options=options(Need::ALL, |need| need.key(), |need| need.name()) />
        <TextArea name="access_needs" label="What else do you need? (optional)"
            hint="Such as breaks. Whoever forms groups reads it. Please write nothing about your health that we need not know."
            value=answers.access_needs />
        <Field name="language" label="The language that you work in (optional)" hint="Such as English and Urdu." value=answers.language />
    }
}

#[component]
fn TogetherField(answers: Registration) -> impl IntoView {
    view! {
        <TextArea name="wished_emails" label="People you would like to be in a group with (optional)"
            hint="Up to three. Their work emails, one on a line. It counts only where they ask for you as well, and neither of you is told whether the other has. We try, and cannot promise."
            value=answers.wished_emails.join("\n") />
    }
}

#[component]
fn ApartFields(own: OwnRegistration) -> impl IntoView {
    let OwnRegistration { registration, authorities, .. } = own;
    let has_authorities = !registration.avoided_authorities.is_empty();
    view! {
        <TextArea name="avoided_emails" label="People you would rather not be in a group with (optional)"
            hint="A relative, a partner or anybody else, members and supervisors alike. Their work emails, one on a line. You need not say why, and they are never told." value=registration.avoided_emails.join("\n") />
        <details class="above-4" open=has_authorities>
            <summary>"Everybody of an authority…"</summary>
            <div class="above-3">
                <Choices name="avoided_authorities" legend="Authorities whose people you would rather not meet" several=true
                    chosen=registration.avoided_authorities options=authorities />
            </div>
        </details>
    }
}
