//! How much of their contract supervisors would lead.

use leptos::prelude::*;

use crate::matching::answers::HoursLine;
use crate::matching::limits::ALL_OF_IT;
use crate::paths;
use crate::ui::{Badge, Tone, hours_and_minutes};

/// How evenly the load lies, and each supervisor with their hours; nothing of a round in which nobody can lead.
#[component]
pub fn Hours(
    hours: Vec<HoursLine>,
    /// The most of a contract that is proposed, in hundredths.
    most_share: i64,
) -> impl IntoView {
    (!hours.is_empty()).then(|| {
        let about = how_evenly(&hours);
        let items = hours.into_iter().map(|line| hours_item(line, most_share)).collect_view();
        view! {
            <section class="card" aria-labelledby="hours">
                <div class="card__head"><h2 id="hours">"Hours of supervisors"</h2></div>
                <p class="small muted">"In the first two weeks of the groups: what each leads already, with the groups as they are now."</p>
                <p class="above-2">{about}</p>
                <p class="small muted above-2">{format!("Nobody is proposed more than {most_share}% of their contracted hours.")}</p>
                <details class="above-2"><summary>"Every supervisor"</summary><ul class="list above-2">{items}</ul></details>
            </section>
        }
    })
}

/// "Daniel O. would lead least of their contract, 12%, and Ruth A. most, 55%: 43 points apart."
fn how_evenly(hours: &[HoursLine]) -> String {
    let mut shares = hours.iter().filter_map(|line| Some((line.share()?, &line.person.short)));
    match (shares.next(), shares.next_back()) {
        (None, _) => "No contracted hours are entered, so nobody can say how evenly they lie.".to_owned(),
        (Some((share, one)), None) => format!("{one} would lead {share}% of their contract. Of nobody else one is entered."),
        (Some((most, one)), Some((least, other))) => {
            format!("{other} would lead least of their contract, {least}%, and {one} most, {most}%: {} points apart.", most - least)
        }
    }
}

fn hours_item(line: HoursLine, most_share: i64) -> impl IntoView {
    let share = line.share();
    let HoursLine { person, groups, minutes, contracted } = line;
    let groups = match groups {
        0 => "No group of this round.".to_owned(),
        1 => "One group of this round.".to_owned(),
        several => format!("{several} groups of this round."),
    };
    let of_contract = match contracted.zip(share) {
        None => "contracted hours not entered".to_owned(),
        Some((contracted, share)) => format!("of {} contracted, {share}%", hours_and_minutes(contracted)),
    };
    let meta = format!("{groups} {}, {of_contract}.", sentence_of(minutes));
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::person_availability(&person.code)>{person.short}</a>
                <p class="item__meta">{meta}</p>
            </div>
            {share.is_some_and(|share| share > most_share).then(|| view! { <Badge tone=Tone::Bad>{more_than(most_share)}</Badge> })}
        </li>
    }
}

/// What is said of whoever would lead more than is proposed, by hand or since.
fn more_than(most_share: i64) -> String {
    if most_share == ALL_OF_IT { "More than the contract".to_owned() } else { format!("More than {most_share}% of the contract") }
}

/// "6 hours of sessions".
fn sentence_of(minutes: i64) -> String {
    if minutes == 0 { "No sessions".to_owned() } else { format!("{} of sessions", hours_and_minutes(minutes)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonName;

    fn line(short: &str, minutes: i64, contracted: Option<i64>) -> HoursLine {
        HoursLine {
            person: PersonName { code: String::new(), short: short.to_owned(), initials: String::new() },
            groups: 1,
            minutes,
            contracted,
        }
    }

    #[test]
    fn whoever_would_lead_more_than_a_round_proposes_is_said_to_against_its_own_limit() {
        assert_eq!([100, 80].map(more_than), ["More than the contract", "More than 80% of the contract"]);
    }

    #[test]
    fn how_evenly_hours_lie_is_said_of_those_whose_contract_is_known() {
        let (ruth, daniel, nadia) = (line("Ruth A.", 660, Some(1200)), line("Daniel O.", 120, Some(1000)), line("Nadia H.", 90, None));
        let said = "Daniel O. would lead least of their contract, 12%, and Ruth A. most, 55%: 43 points apart.";
        assert_eq!(how_evenly(&[ruth.clone(), daniel, nadia.clone()]), said);
        assert_eq!(how_evenly(&[ruth, nadia.clone()]), "Ruth A. would lead 55% of their contract. Of nobody else one is entered.");
        assert_eq!(how_evenly(&[nadia]), "No contracted hours are entered, so nobody can say how evenly they lie.");
    }
}
