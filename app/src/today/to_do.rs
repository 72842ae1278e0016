//! What waits for the reader: five things at most, and the others behind one line.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::model::Waiting;
use crate::asking::AsWhat;
use crate::groups::within_sentence;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Folded, Icon, day, day_and_month, short_day};

/// How many are shown at once.
const AT_MOST: usize = 5;

/// A card of things to do, soonest first.
#[component]
pub fn ToDo(
    /// What waits, soonest first.
    waiting: Vec<Waiting>,
    /// The present day.
    today: NaiveDate,
    /// Whether the reader is supervised, so that actions can come.
    is_supervised: bool,
) -> impl IntoView {
    let count = waiting.len();
    let items: Vec<_> = waiting.into_iter().map(|waiting| line(Line::of(waiting, today))).collect();
    let things = match count {
        0 => None,
        1 => Some("1 thing".to_owned()),
        more => Some(format!("{more} things")),
    };
    view! {
        <section class="card" aria-labelledby="to-do">
            <div class="card__head">
                <h2 id="to-do">"For you to do"</h2>
                {things.map(|things| view! { <span class="small muted">{things}</span> })}
            </div>
            {if count == 0 {
                let what_comes = if is_supervised { "New actions from supervision" } else { "Whatever needs you" };
                view! { <p class="muted">{format!("Nothing waiting for you. {what_comes} will appear here.")}</p> }.into_any()
            } else {
                view! { <Folded items shown=AT_MOST /> }.into_any()
            }}
        </section>
    }
}

/// One thing to do, in words.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    icon: &'static str,
    tone: Option<&'static str>,
    address: String,
    title: String,
    about: String,
    side: String,
}

fn line(line: Line) -> impl IntoView {
    view! {
        <li class="item">
            <span class="item__icon" data-tone=line.tone><Icon name=line.icon /></span>
            <div class="item__body">
                <a class="item__title" href=line.address>{line.title}</a>
                <p class="item__meta">{line.about}</p>
            </div>
            {(!line.side.is_empty()).then(|| view! { <p class="item__side">{line.side}</p> })}
        </li>
    }
}

impl Line {
    fn of(waiting: Waiting, today: NaiveDate) -> Self {
        match waiting {
            Waiting::Agreement { group_name, group_slug, version, since } => Self {
                icon: "file-check",
                tone: None,
                address: paths::agreement(&group_slug),
                title: if version == 1 { "Agree the supervision agreement" } else { "Agree the new supervision agreement" }.to_owned(),
                about: format!("{group_name}, version {version}."),
                side: format!("since {}", near(since, today)),
            },
            Waiting::ToMark { code, group_name, held_on, due } => Self {
                icon: "clock",
                tone: Some("warn"),
                address: paths::record(&code),
                title: format!("Mark the attendance of {}", within_sentence(&group_name)),
                about: format!("The session {}.", on(held_on, today)),
                side: if due < today { format!("was due {}", near(due, today)) } else { format!("by {}", near(due, today)) },
            },
            Waiting::Action { words, group_name, group_slug, said_on, next } => {
                let about = format!("Your action from {}, {group_name}.", said_on.format("%-d %B"));
                let (address, side) = next.map_or_else(
                    || (paths::group(&group_slug), String::new()),
                    |(code, day)| (paths::session(&code), format!("for {}", near(day, today))),
                );
                Self { icon: "flag", tone: None, address, title: words, about, side }
            }
            Waiting::Missed { name, group_name, group_slug, count, last_on } => Self {
                icon: "user-round",
                tone: None,
                address: format!("{}#commitment", paths::group(&group_slug)),
                title: format!("{} has missed {} without apologies: a word?", name.short, sessions_in_a_row(count)),
                about: format!("{group_name}, the last {}.", on(last_on, today)),
                side: String::new(),
            },
            Waiting::Away { who, supervisors, sessions, first_on } => Self {
                icon: "calendar-off",
                tone: Some("warn"),
                address: paths::CONFLICTS.to_owned(),
                title: planned_while_away(who.as_ref(), supervisors, sessions),
                about: "They need cover, another time, or to be cancelled.".to_owned(),
                side: format!("from {}", near(first_on, today)),
            },
            Waiting::Unmarked { count } => Self::at_the_centre(
                ("clock", paths::TO_MARK.to_owned()),
                plural(
                    count,
                    "1 attendance is not finished after five working days",
                    "attendances are not finished after five working days",
                ),
                "Their supervisors were reminded. Please have a word with them.",
            ),
            Waiting::Offer { group_name, until } => Self {
                icon: "users-round",
                tone: Some("warn"),
                address: paths::MY_WAITING.to_owned(),
                title: "Take the place that is held for you, or leave it".to_owned(),
                about: format!("In {}. You asked for supervision.", within_sentence(&group_name)),
                side: format!("by {}", near(until, today)),
            },
            Waiting::Asked { code, kind, as_what, asked_on } => Self {
                icon: "users-round",
                tone: Some("warn"),
                address: paths::asked(&code),
                title: say_whether(as_what).to_owned(),
                about: format!("{}. You need not say why if you decline.", kind.name()),
                side: format!("since {}", near(asked_on, today)),
            },
            Waiting::LeftBehind { count } => Self::at_the_centre(
                ("clock", paths::TO_MARK.to_owned()),
                plural(count, "1 attendance has nobody to finish it", "attendances have nobody to finish them"),
                "Whoever led the session is gone. You can finish it in their place.",
            ),
            Waiting::Renewal { group } => Self {
                icon: "hourglass",
                tone: group.has_stopped().then_some("warn"),
                address: paths::renewal(&group.group_slug),
                title: format!("{}: renew, review or end", group.name()),
                about: group.decided.map_or_else(|| group.sentence(), |decided| decided.sentence(group.today)),
                side: String::new(),
            },
            Waiting::Renewals { count, stopped } => Self::renewals(count, stopped),
            // Those without any step come first in the list, then those whose step is the oldest.
            Waiting::Authorities { count } => Self::at_the_centre(
                ("map", format!("{}?overdue=lapsed&sort=step", paths::AUTHORITIES)),
                plural(count, "1 authority has had no next step for 60 days", "authorities have had no next step for 60 days"),
                "None has been planned since, or its day was as long ago.",
            ),
            Waiting::Invited { count } => Self::at_the_centre(
                ("user-round-plus", format!("{}?standing=invited", paths::PEOPLE)),
                plural(count, "1 invitation has run out", "invitations have run out"),
                "They were invited and have not come in.",
            ),
            Waiting::NotThere { count } => Self::not_there(count),
            Waiting::NoLead { count } => Self::no_lead(count),
            Waiting::Colleagues { count, since } => Self::colleagues(count, since, today),
        }
    }

    fn renewals(count: i64, stopped: i64) -> Self {
        let about = match stopped {
            0 => "Nobody has decided what comes next.".to_owned(),
            stopped => format!("Nobody has decided what comes next, and {}.", plural(stopped, "1 has stopped", "have stopped")),
        };
        Self::at_the_centre(("hourglass", paths::RENEWALS.to_owned()), plural(count, "1 group runs out", "groups run out"), &about)
    }

    fn not_there(count: i64) -> Self {
        Self::at_the_centre(
            ("building-2", format!("{}?works_there=denied", paths::PEOPLE)),
            plural(count, "1 person does not work where they are entered", "people do not work where they are entered"),
            "Their authority says so. The community is closed to them, and nothing else has changed.",
        )
    }

    fn no_lead(count: i64) -> Self {
        Self::at_the_centre(
            ("building-2", format!("{}?works_there=no_lead", paths::PEOPLE)),
            plural(
                count,
                "1 person waits for an authority that has nobody here to confirm them",
                "people wait for authorities that have nobody here to confirm them",
            ),
            "Please ask their authority, and confirm it for them. Until then the community is closed to them.",
        )
    }

    fn colleagues(count: i64, since: NaiveDate, today: NaiveDate) -> Self {
        Self {
            icon: "building-2",
            tone: Some("warn"),
            address: paths::COLLEAGUES.to_owned(),
            title: plural(
                count,
                "Say whether somebody works for your authority",
                "people wait for your word that they work for your authority",
            ),
            about: "Until you do, the community is closed to them.".to_owned(),
            side: format!("since {}", near(since, today)),
        }
    }

    fn at_the_centre((icon, address): (&'static str, String), title: String, about: &str) -> Self {
        Self { icon, tone: None, address, title, about: about.to_owned(), side: String::new() }
    }
}

const fn say_whether(as_what: AsWhat) -> &'static str {
    match as_what {
        AsWhat::Member => "Say whether you would take a place",
        AsWhat::Leader => "Say whether you would lead a group",
        AsWhat::Beside(_) => "Say whether you would be beside the supervisor of a group",
    }
}

/// "3 planned sessions fall on days when Dr Ruth A. is away".
fn planned_while_away(who: Option<&PersonName>, supervisors: usize, sessions: usize) -> String {
    let whose = match (who, supervisors) {
        (Some(who), _) => format!("{} is away", who.short),
        (None, 1) => "you are away".to_owned(),
        (None, several) => format!("{several} supervisors are away"),
    };
    match sessions {
        1 => format!("1 planned session falls on a day when {whose}"),
        more => format!("{more} planned sessions fall on days when {whose}"),
    }
}

/// "two sessions", "5 sessions".
fn sessions_in_a_row(count: i64) -> String {
    match count {
        2 => "two sessions".to_owned(),
        3 => "three sessions".to_owned(),
        more => format!("{more} sessions"),
    }
}

fn plural(count: i64, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

/// "Thu 22 Oct", or "today".
fn near(date: NaiveDate, today: NaiveDate) -> String {
    if date == today { "today".to_owned() } else { short_day(date) }
}

/// "on Thursday 22 October", "today", "yesterday".
fn on(date: NaiveDate, today: NaiveDate) -> String {
    let words = day(date, today);
    if words == day_and_month(date) { format!("on {words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_action_leads_to_the_session_that_it_is_for() {
        let waiting = Waiting::Action {
            words: "Bring a moment where you noticed yourself rushing".to_owned(),
            group_name: "Aire group".to_owned(),
            group_slug: "aire".to_owned(),
            said_on: date("2026-10-08"),
            next: Some(("q7m2k9dp".to_owned(), date("2026-10-22"))),
        };
        let line = Line::of(waiting, date("2026-10-22"));
        assert_eq!(line.address, "/sessions/q7m2k9dp");
        assert_eq!(line.about, "Your action from 8 October, Aire group.");
        assert_eq!(line.side, "for today");
    }

    #[test]
    fn sessions_on_days_away_are_told_in_the_words_of_the_reader() {
        let told = |who, supervisors, sessions| planned_while_away(who, supervisors, sessions);
        assert_eq!(told(None, 1, 1), "1 planned session falls on a day when you are away");
        assert_eq!(told(None, 3, 7), "7 planned sessions fall on days when 3 supervisors are away");
    }

    #[test]
    fn a_session_to_mark_says_by_when() {
        let to_mark = |due: &str| Waiting::ToMark {
            code: "q7m2k9dp".to_owned(),
            group_name: "Aire group".to_owned(),
            held_on: date("2026-10-22"),
            due: date(due),
        };
        let line = Line::of(to_mark("2026-10-26"), date("2026-10-23"));
        assert_eq!((line.about.as_str(), line.side.as_str()), ("The session yesterday.", "by Mon 26 Oct"));
        assert_eq!(line.title, "Mark the attendance of Aire group");
        let Waiting::ToMark { code, held_on, due, .. } = to_mark("2026-10-26") else { unreachable!() };
        let alone = Waiting::ToMark { code, held_on, due, group_name: "One-to-one supervision".to_owned() };
        assert_eq!(Line::of(alone, date("2026-10-23")).title, "Mark the attendance of one-to-one supervision");
        let line = Line::of(to_mark("2026-10-26"), date("2026-10-27"));
        assert_eq!((line.about.as_str(), line.side.as_str()), ("The session on Thursday 22 October.", "was due Mon 26 Oct"));
    }
}
