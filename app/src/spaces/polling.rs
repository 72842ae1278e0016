//! Polls in threads: what their forms send, and their server functions.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::{Deserialize, Serialize};

use super::answers::SpaceLine;
use super::forms::ThreadAddress;
use super::held::Posting;
use super::model::{LONGEST_OPTION, LONGEST_POLL, OPTIONS};
use super::plain::plain_line;
use crate::access::{Asks, Permission, asks};
use crate::error::{AppError, Problem};
use crate::guard;

/// Why no poll stands where what is written is looked at first.
pub const POLLS_CANNOT_WAIT: &str =
    "What is written here is looked at first, and a poll cannot be. Ask your question in a reply, with the answers in it.";

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(ThreadToPoll::PATH, Permission::UseCommunity),
    asks(AddPoll::PATH, Permission::UseCommunity),
    asks(AnswerPoll::PATH, Permission::UseCommunity),
];

/// A poll for a thread of one's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PollForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The answers, one on a line.
    pub options: String,
    /// "yes", if several can be chosen.
    pub several: Vec<String>,
    /// The last day on which somebody can answer.
    pub closes_on: String,
    /// "yes", if it asks what the community takes up next.
    pub topics: Vec<String>,
}

/// A poll that can be asked. Only [`PollForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPoll {
    pub(super) options: Vec<String>,
    pub(super) takes_several: bool,
    pub(super) closes_on: NaiveDate,
    pub(super) is_about_topics: bool,
}

impl PollForm {
    /// The poll, or everything that has to be put right.
    pub fn check(&self, today: NaiveDate) -> Result<NewPoll, AppError> {
        let options: Vec<String> = self.options.lines().map(plain_line).filter(|option| !option.is_empty()).collect();
        let mut problems = Vec::new();
        let (least, most) = (OPTIONS.start(), OPTIONS.end());
        let is_repeated = options.iter().enumerate().any(|(place, option)| options.iter().skip(place + 1).any(|other| other == option));
        if !OPTIONS.contains(&options.len()) {
            problems.push(Problem::new("options", format!("Enter {least} to {most} answers, one on a line.")));
        } else if let Some(long) = options.iter().find(|option| option.chars().count() > LONGEST_OPTION) {
            problems.push(Problem::new("options", format!("Shorten “{long}” to {LONGEST_OPTION} characters.")));
        } else if is_repeated {
            problems.push(Problem::new("options", "Two answers are the same. Change one of them."));
        } else {
            problems.extend(guard::problem("options", &guard::look(&options.join("\n"))));
        }
        let closes_on = self.closes_on.parse().ok().filter(|day| (today..=today + TimeDelta::days(LONGEST_POLL)).contains(day));
        let Some(closes_on) = closes_on else {
            problems.push(Problem::new("closes_on", format!("Choose a day from today on, at most {LONGEST_POLL} days ahead.")));
            return Err(AppError::Invalid(problems));
        };
        if problems.is_empty() {
            Ok(NewPoll { options, takes_several: !self.several.is_empty(), closes_on, is_about_topics: !self.topics.is_empty() })
        } else {
            Err(AppError::Invalid(problems))
        }
    }
}

/// What somebody chooses in a poll.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PollAnswerForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The place of the answer, where one can be chosen.
    pub one: String,
    /// The places of the answers, where several can be.
    pub several: Vec<String>,
}

/// An answer of a poll, and how many chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollOption {
    /// Its place among the others.
    pub place: i64,
    /// The words.
    pub words: String,
    /// How many chose it.
    pub chosen: i64,
    /// Whether the reader did.
    pub is_own: bool,
}

/// A poll as a thread shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// The answers, in their order.
    pub options: Vec<PollOption>,
    /// Whether several can be chosen.
    pub takes_several: bool,
    /// The last day on which somebody can answer.
    pub closes_on: NaiveDate,
    /// Whether that day is over.
    pub is_closed: bool,
    /// How many people have answered.
    pub people: i64,
    /// Whether it asks what the community takes up next.
    pub is_about_topics: bool,
}

/// A poll that asks what the community takes up next, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicVote {
    /// What its thread is called.
    pub title: String,
    /// The address of the thread.
    pub address: String,
    /// The poll.
    pub poll: Poll,
}

impl Poll {
    /// Whether its reader has answered.
    pub fn is_answered(&self) -> bool {
        self.options.iter().any(|option| option.is_own)
    }
}

/// A thread of one's own that has no poll yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadWithoutPoll {
    /// The space in which it stands.
    pub space: SpaceLine,
    /// The thread's number in it.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// The moment of the answer.
    pub now: NaiveDateTime,
    /// What would become of a poll: one that would have to wait cannot be added.
    pub posting: Posting,
    /// Whether it can ask what the community takes up next.
    pub may_ask_for_topics: bool,
}

/// The thread to which one would add a poll.
#[server(prefix = "/api", endpoint = "thread_to_poll")]
pub async fn thread_to_poll(form: ThreadAddress) -> Result<ThreadWithoutPoll, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form).await?;
    let (posting, may_ask_for_topics) = super::store::what_becomes_of_poll(&actor, &thread).await?;
    Ok(ThreadWithoutPoll {
        posting,
        space: thread.space().line(),
        number: thread.number(),
        title: thread.title().to_owned(),
        now: ::series::local(actor.now()),
        may_ask_for_topics,
    })
}

/// Adds a poll to a thread of one's own.
#[server(prefix = "/api", endpoint = "add_poll")]
pub async fn add_poll(form: PollForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let address = ThreadAddress { space: form.space.clone(), number: form.number.clone(), page: String::new() };
    let thread = super::store::open_thread(&actor, &address).await?;
    let poll = form.check(::series::local(actor.now()).date())?;
    super::store::add_poll(&actor, &thread, &poll).await?;
    go_to(&crate::paths::thread(thread.space().slug(), thread.number()), "Your poll is below your first post.");
    Ok(())
}

/// Answers a poll, or answers it otherwise.
#[server(prefix = "/api", endpoint = "answer_thread_poll")]
pub async fn answer_poll(form: PollAnswerForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let address = ThreadAddress { space: form.space.clone(), number: form.number.clone(), page: String::new() };
    let thread = super::store::open_thread(&actor, &address).await?;
    let chosen: Vec<i64> = form.several.iter().chain([&form.one]).filter_map(|place| place.parse().ok()).collect();
    super::store::answer_poll(&actor, &thread, &chosen).await?;
    let counts = "Thank you, your answer counts. Nobody sees who chose what.";
    crate::access::stay(if chosen.is_empty() { "Your answer is taken back." } else { counts });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_offers_a_few_different_answers_until_a_day_that_comes() {
        let today: NaiveDate = "2026-10-22".parse().unwrap();
        let form = |options: &str, closes_on: &str| PollForm {
            options: options.to_owned(),
            closes_on: closes_on.to_owned(),
            ..PollForm::default()
        };
        assert_eq!(form("Mornings\n\n Evenings \n", "2026-10-29").check(today).unwrap().options, ["Mornings", "Evenings"]);
        for (options, closes_on, field) in [
            ("Mornings", "2026-10-29", "options"),
            ("Mornings\nMornings", "2026-10-29", "options"),
            ("Mornings\nEvenings", "2026-10-21", "closes_on"),
            ("Mornings\nEvenings", "2027-10-21", "closes_on"),
            ("Mornings\nEvenings", "soon", "closes_on"),
            ("Ring 07700 900123\nEvenings", "2026-10-29", "options"),
        ] {
            let Err(AppError::Invalid(problems)) = form(options, closes_on).check(today) else { panic!("{options}, {closes_on}") };
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }
}
