//! The next session: what, when, where, with whom, and the way in.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::island::{StartsIn, WAY_IN};
use super::model::{Attendee, Moment, NextSession};
use super::words::days_until;
use crate::calendar::{Occurrence, Part};
use crate::groups::MeetingMode;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Avatar, DeviceTime, Icon, and, capital, clock_time, day, full_stop};

/// How many initials stand side by side.
const FACES_SHOWN: usize = 4;

/// The next session.
#[component]
pub fn Hero(
    /// The session and its people.
    next: NextSession,
    /// The moment of the page.
    now: DateTime<Utc>,
) -> impl IntoView {
    let NextSession { occurrence, others } = next;
    let moment = Moment::of(&occurrence.course, now);
    let today = ::series::local(now).date();
    let address = paths::session(&occurrence.code);
    let place = format!("{}, session {} of {}", occurrence.whereabouts(), occurrence.number, occurrence.of);
    view! {
        <section class="hero" aria-labelledby="next" data-moment=moment.key()>
            <Lines />
            <div class="row row--between">
                <span class="kind" data-kind=occurrence.kind.colour()><Icon name=occurrence.kind.icon() />{occurrence.kind.name()}</span>
                {countdown(&occurrence, moment, now)}
            </div>
            <h2 id="next"><a href=address>{occurrence.title()}</a></h2>
            <p class="hero__when">
                <strong>{when(&occurrence, today)}</strong>
                <span class="muted">{place}</span>
                <DeviceTime
                    starts=occurrence.course.starts_at.to_rfc3339()
                    ends=occurrence.course.ends_at.to_rfc3339()
                    uk=occurrence.times()
                />
            </p>
            {people(&occurrence, &others)}
            {actions(&occurrence, moment)}
            {foot(&occurrence, moment)}
        </section>
    }
}

/// The attunement lines, which mean the product and nothing else.
#[component]
fn Lines() -> impl IntoView {
    view! {
        <svg class="hero__lines" viewBox="0 0 1200 300" preserveAspectRatio="none" fill="none" aria-hidden="true" focusable="false">
            <use href="/lines.svg#outer"></use>
            <use class="line-dawn" href="/lines.svg#inner"></use>
        </svg>
    }
}

/// How near it is; on its day the words count down by themselves.
fn countdown(occurrence: &Occurrence, moment: Moment, now: DateTime<Utc>) -> AnyView {
    if moment == Moment::Later {
        return view! { <span class="hero__in">{days_until(occurrence.date(), ::series::local(now).date())}</span> }.into_any();
    }
    let seconds = occurrence.course.starts_at.signed_duration_since(now).num_seconds();
    view! { <StartsIn seconds begins=clock_time(occurrence.starts_local.time()) /> }.into_any()
}

/// "Today, 10:00 to 11:30".
fn when(occurrence: &Occurrence, today: NaiveDate) -> String {
    format!("{}, {}", capital(&day(occurrence.date(), today)), occurrence.times())
}

fn people(occurrence: &Occurrence, others: &[Attendee]) -> impl IntoView + use<> {
    let (away, coming): (Vec<&Attendee>, Vec<&Attendee>) = others.iter().partition(|other| other.has_sent_apologies);
    let supervisor = matches!(occurrence.part, Part::Member | Part::Hosts).then_some(&occurrence.supervisor);
    let names: Vec<&PersonName> = supervisor.into_iter().chain(coming.iter().map(|other| &other.name)).collect();
    let away: Vec<&PersonName> = away.into_iter().map(|other| &other.name).collect();
    let faces = names.iter().take(FACES_SHOWN);
    let faces = faces.map(|name| view! { <Avatar initials=name.initials.clone() code=name.code.clone() small=true /> }).collect_view();
    let is_alone = names.is_empty();
    let sentences = [with(occurrence, &names), sent_apologies(&away), own_apologies(occurrence)];
    let sentence = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!sentence.is_empty()).then(|| {
        view! {
            <p class="hero__people">
                {(!is_alone).then(|| view! { <span class="avatars" aria-hidden="true">{faces}</span> })}
                <span>{sentence}</span>
            </p>
        }
    })
}

/// "With Dr Ruth A. and four others."; whoever leads reads two names before the count.
fn with(occurrence: &Occurrence, people: &[&PersonName]) -> Option<String> {
    let usual = if occurrence.part == Part::Member { 1 } else { 2 };
    // One more is said by name as quickly as "one other" is.
    let said_by_name = if people.len() == usual + 1 { people.len() } else { usual };
    let mut words: Vec<String> = people.iter().take(said_by_name).map(|person| person.short.clone()).collect();
    match people.len().saturating_sub(said_by_name) {
        0 => {}
        more => words.push(format!("{} others", in_words(more))),
    }
    (!words.is_empty()).then(|| format!("With {}", full_stop(&and(&words))))
}

/// "Dawn F. has sent apologies."
fn sent_apologies(names: &[&PersonName]) -> Option<String> {
    let words: Vec<String> = names.iter().map(|name| name.short.clone()).collect();
    let verb = if words.len() == 1 { "has" } else { "have" };
    (!words.is_empty()).then(|| format!("{} {verb} sent apologies.", and(&words)))
}

fn own_apologies(occurrence: &Occurrence) -> Option<String> {
    let words =
        if occurrence.kind.has_members() { "You have sent apologies. Your place is kept." } else { "You have given your place back." };
    occurrence.own_apologies.then(|| words.to_owned())
}

/// "Amina R., Femi O. and two others".
fn in_words(count: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// Joining, and saying that one cannot come. The way in is there on the day, and shown when its time has come.
fn actions(occurrence: &Occurrence, moment: Moment) -> impl IntoView + use<> {
    let way_in = (occurrence.mode == MeetingMode::Online && moment != Moment::Later).then(|| {
        let address = paths::join(&occurrence.code);
        let is_early = moment != Moment::Open;
        view! { <a class="btn btn--dawn" id=WAY_IN hidden=is_early href=address><Icon name="video" />"Join the session"</a> }
    });
    let apologies = (occurrence.part == Part::Member).then(|| {
        let (address, words) = match (occurrence.kind.has_members(), occurrence.own_apologies) {
            (true, false) => (paths::apologies(&occurrence.code), "I can’t come"),
            (true, true) => (paths::apologies(&occurrence.code), "I can come after all"),
            (false, false) => (paths::CLINICS.to_owned(), "Give my place back"),
            (false, true) => (paths::CLINICS.to_owned(), "Book again"),
        };
        view! { <a class="btn btn--hero" href=address>{words}</a> }
    });
    let file = (moment == Moment::Later).then(|| {
        view! { <a class="btn btn--hero" href=paths::session_file(&occurrence.code)><Icon name="calendar-plus" />"Add to my calendar"</a> }
    });
    view! {
        <div class="hero__acts">
            {way_in}
            {apologies}
            {file}
            <a class="btn btn--hero" href=paths::session(&occurrence.code)>"What’s planned"</a>
        </div>
    }
}

/// What to do if the room will not open.
fn foot(occurrence: &Occurrence, moment: Moment) -> impl IntoView + use<> {
    let has_phone = occurrence.mode == MeetingMode::Online && !occurrence.room_phone.is_empty();
    (has_phone && moment != Moment::Later).then(|| {
        let number = occurrence.room_phone.clone();
        let digits: String = number.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
        view! { <p class="hero__foot">"Room won’t open? Phone "<a class="nowrap" href=format!("tel:{digits}")>{number}</a>"."</p> }
    })
}

/// In place of the next session, when there is none: what will stand here, and what makes it so.
#[component]
pub fn NothingPlanned(
    /// Whether the reader is in a group.
    has_group: bool,
) -> impl IntoView {
    let sentence = if has_group {
        "No session is planned for you in the next sixteen weeks. When your group’s next sessions are published, the first of them appears here."
    } else {
        "You are not in a group yet. The Centre’s coordinator places you, and your first session will appear here."
    };
    view! {
        <section class="hero" aria-labelledby="next" data-moment="none">
            <Lines />
            <h2 id="next">"Nothing is planned yet"</h2>
            <p class="above-2">{sentence}</p>
            <div class="hero__acts">
                <a class="btn btn--second" href=paths::MY_SUPERVISION>"My supervision"</a>
                {(!has_group).then(|| view! { <a class="btn btn--hero" href=paths::MY_WAITING>"Ask for supervision"</a> })}
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(short: &[&str]) -> Vec<PersonName> {
        short.iter().map(|short| PersonName { code: String::new(), short: (*short).to_owned(), initials: String::new() }).collect()
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!((in_words(4), in_words(12)), ("four".to_owned(), "12".to_owned()));
    }

    #[test]
    fn apologies_are_said_with_names() {
        let people = names(&["Dawn F.", "Tom B."]);
        let people: Vec<&PersonName> = people.iter().collect();
        assert_eq!(sent_apologies(&people), Some("Dawn F. and Tom B. have sent apologies.".to_owned()));
        assert_eq!(sent_apologies(people.get(..1).unwrap()), Some("Dawn F. has sent apologies.".to_owned()));
        assert_eq!(sent_apologies(&[]), None);
    }
}
