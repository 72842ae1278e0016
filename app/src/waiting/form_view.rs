//! The form in which somebody says what they ask for.

use leptos::prelude::*;

use super::answers::Asked;
use super::forms::times_field;
use super::model::{PartOfDay, PartOfWeek, Urgency, Way};
use crate::availability::weekday_name;
use crate::groups::GroupKind;
use crate::ui::{Choices, Field, Hidden};

/// What is asked for: the kind, unless it is settled, the way to meet, the times, and how soon.
#[component]
pub fn WaitingFields(
    /// The kinds to choose from; one alone is settled.
    kinds: Vec<GroupKind>,
    /// What stands in the fields at first.
    asked: Option<Asked>,
) -> impl IntoView {
    let chosen = asked.as_ref().map(|asked| asked.kind).filter(|kind| kinds.contains(kind));
    let way = asked.as_ref().map_or(Way::Either, |asked| asked.way);
    let urgency = asked.as_ref().map(|asked| asked.urgency.key().to_owned()).into_iter().collect::<Vec<_>>();
    let (times, wanted) = asked.map(|asked| (asked.times, asked.wanted)).unwrap_or_default();
    let kind = if let [only] = kinds.as_slice() {
        view! { <Hidden name="kind" value=only.key() /> }.into_any()
    } else {
        let options = kinds.iter().map(|kind| (kind.key().to_owned(), kind_in_words(*kind).to_owned())).collect();
        let chosen = chosen.map(|kind| kind.key().to_owned()).into_iter().collect::<Vec<_>>();
        view! { <Choices name="kind" legend="What do you ask for?" chosen options /> }.into_any()
    };
    let ways = Way::ALL.map(|way| (way.key().to_owned(), way.name().to_owned())).to_vec();
    let degrees = Urgency::ALL.map(|urgency| (urgency.key().to_owned(), urgency.name().to_owned())).to_vec();
    let days = PartOfWeek::DAYS.map(|weekday| day_choices(weekday, &times)).collect_view();
    view! {
        {kind}
        <Choices name="way" legend="How would you meet?" chosen=vec![way.key().to_owned()] options=ways />
        <div class="above-5" role="group" aria-labelledby="times" aria-describedby="times-hint">
            <p class="label" id="times">"When could you come?"</p>
            <p class="hint" id="times-hint">"Choose every part of a day that suits. Mornings are until 12:00, evenings from 17:00. The more you choose, the sooner something fits."</p>
            <div class="cols cols--tight gap-4">{days}</div>
        </div>
        <div class="above-5">
            <Choices name="urgency" legend="How soon do you need supervision?" chosen=urgency options=degrees />
            <Field
                name="wanted"
                label="A group that you would join (optional)"
                hint="If you know one by its name, such as Aire group. Please write nothing else here."
                value=wanted
            />
        </div>
    }
}

/// "A supervision group".
const fn kind_in_words(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Group => "A supervision group",
        GroupKind::Pair => "Supervision as a pair",
        GroupKind::OneToOne => "One-to-one supervision",
        GroupKind::Vig => "Video Interaction Guidance (VIG) supervision",
        GroupKind::Supervisors => "A group of supervisors, for your own supervision",
        GroupKind::Reflective => "A reflective practice group",
        GroupKind::OpenClinic => "An open clinic",
    }
}

/// The parts of one weekday.
fn day_choices(weekday: chrono::Weekday, chosen: &[String]) -> impl IntoView + use<> {
    let options = PartOfDay::ALL
        .map(|part| {
            let words = part.word();
            let mut letters = words.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            (PartOfWeek { weekday, part }.key(), format!("{first}{}", letters.as_str()))
        })
        .to_vec();
    view! { <div><Choices name=times_field(weekday) legend=weekday_name(weekday) several=true chosen=chosen.to_vec() options /></div> }
}
