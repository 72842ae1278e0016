//! The answers of a registration in words.

use leptos::prelude::*;

use crate::access::{Permission, holders_in_words};
use crate::availability::{DAYS, Week, weekday_name};
use crate::registration::answers::{OwnRegistration, Registration};
use crate::registration::model::{Manager, Setting, Step, intervention_name};
use crate::ui::Audience;

/// The answer to a question; nothing where it was not given.
pub fn answer_in_words(own: &OwnRegistration, step: Step) -> Option<String> {
    let answers = &own.registration;
    if !answers.answered.contains(&step) {
        return None;
    }
    match step {
        Step::Experience => Some(experience_in_words(answers)),
        Step::Setting => Some(answers.setting.map_or("Not said", Setting::name).to_owned()),
        Step::Stream => answers.stream.map(|stream| stream.name().to_owned()),
        Step::Intervention => answers.intervention.as_deref().map(|key| intervention_name(key).to_owned()),
        Step::Competence => answers.competence.map(|competence| competence.name().to_owned()),
        Step::Way => answers.way.map(|way| way.name().to_owned()),
        Step::Urgency => answers.urgency.map(|urgency| urgency.name().to_owned()),
        Step::FirstWeek => answers.first_week.as_deref().map(week_in_words),
        Step::SecondWeek if answers.second_week == answers.first_week => Some("As in the first week".to_owned()),
        Step::SecondWeek => answers.second_week.as_deref().map(week_in_words),
        Step::Manager => answers.manager.map(|manager| match manager {
            Manager::Named => answers.manager_email.clone(),
            Manager::Nobody | Manager::Unknown => manager.name().to_owned(),
        }),
        Step::Keep => Some(kept_in_words(own)),
        Step::Needs => Some(needs_in_words(answers)),
        Step::Together => Some(list_or(&answers.wished_emails.iter().map(String::as_str).collect::<Vec<_>>(), "Nobody in particular")),
        Step::Apart => Some(apart_in_words(own)),
        Step::Sharing => Some(list_or(&answers.shared.iter().map(|shared| shared.name()).collect::<Vec<_>>(), "Nothing beyond the round")),
    }
}

fn experience_in_words(answers: &Registration) -> String {
    let experience = answers.experience.map(|experience| experience.name()).unwrap_or_default();
    let elsewhere = answers.elsewhere.map(|elsewhere| elsewhere.name()).unwrap_or_default();
    format!("{experience} with under-twos. Clinical supervision elsewhere: {elsewhere}")
}

fn kept_in_words(own: &OwnRegistration) -> String {
    let kept = own.supervisors.iter().find(|(code, _)| *code == own.registration.kept_supervisor);
    kept.map_or_else(|| "Nobody in particular".to_owned(), |(_, name)| name.clone())
}

fn needs_in_words(answers: &Registration) -> String {
    let ticked = answers.needs.iter().map(|need| need.name().to_owned());
    let needs: Vec<String> = ticked.chain([answers.access_needs.clone()]).filter(|words| !words.is_empty()).collect();
    let needs = if needs.is_empty() { "Nothing in particular".to_owned() } else { needs.join("; ") };
    if answers.language.is_empty() { needs } else { format!("{needs}. Works in {}", answers.language) }
}

fn apart_in_words(own: &OwnRegistration) -> String {
    let answers = &own.registration;
    let authorities = own.authorities.iter().filter(|(slug, _)| answers.avoided_authorities.contains(slug));
    let named: Vec<&str> = answers.avoided_emails.iter().map(String::as_str).chain(authorities.map(|(_, name)| name.as_str())).collect();
    list_or(&named, "Nobody")
}

fn list_or(words: &[&str], none: &str) -> String {
    if words.is_empty() { none.to_owned() } else { words.join(", ") }
}

/// "Monday 09:00 to 12:00, 12:00 to 13:00 (preferred); Thursday 09:00 to 17:00".
pub fn week_in_words(figures: &str) -> String {
    let Some(week) = Week::of_figures(figures) else { return "None".to_owned() };
    let days = DAYS.iter().enumerate().filter_map(|(place, weekday)| {
        let stretches: Vec<String> = week
            .stretches(place)
            .into_iter()
            .map(|(stretch, is_preferred)| if is_preferred { format!("{stretch} (preferred)") } else { stretch.to_string() })
            .collect();
        (!stretches.is_empty()).then(|| format!("{} {}", weekday_name(*weekday), stretches.join(", ")))
    });
    let days: Vec<String> = days.collect();
    if days.is_empty() { "None".to_owned() } else { days.join("; ") }
}

/// Who reads a registration.
#[component]
pub fn RegistrationAudience(
    /// Whose it is: "you", or a name.
    #[prop(into)]
    whose: String,
) -> impl IntoView {
    let holders = holders_in_words(Permission::ManageMatching);
    view! { <Audience tier=4 sentence=format!("{whose}, and the Centre’s {holders}, who form groups. Nobody in a group reads any of it.") /> }
}
