//! The digest itself: what is new and where, and neither who wrote nor what.

use chrono::NaiveDate;

use super::model::Rhythm;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{and, day_and_month};

/// A thread with something new, in a space that is not closed.
#[derive(Clone, Debug)]
pub(super) struct NewsLine {
    pub space_slug: String,
    pub space: String,
    pub thread: i64,
    pub title: String,
    pub posts: i64,
}

/// What is new to somebody.
#[derive(Clone, Debug, Default)]
pub(super) struct News {
    /// The threads that are named, by their spaces.
    pub lines: Vec<NewsLine>,
    /// How many threads more there are.
    pub more: usize,
    /// In how many closed spaces there is something new.
    pub closed: usize,
    /// How often they are told.
    pub rhythms: Vec<Rhythm>,
}

/// To somebody who wants it. The link stops every digest of theirs.
pub(super) fn digest(to: PersonId, news: &News, today: NaiveDate, link: &str, origin: &str) -> NewMessage {
    let mut parts = vec!["Hello".to_owned(), "This is new in the community since your last digest.".to_owned()];
    for (place, line) in news.lines.iter().enumerate() {
        let is_first =
            place.checked_sub(1).and_then(|before| news.lines.get(before)).is_none_or(|before| before.space_slug != line.space_slug);
        let heading = if is_first { format!("{}\n", line.space) } else { String::new() };
        let posts = if line.posts == 1 { "1 new post".to_owned() } else { format!("{} new posts", line.posts) };
        parts.push(format!("{heading}{}\n{posts}: {origin}{}", line.title, paths::thread(&line.space_slug, line.thread)));
    }
    if news.more > 0 {
        let threads = if news.more == 1 { "1 thread".to_owned() } else { format!("{} threads", news.more) };
        parts.push(format!("And there is something new in {threads} more: {origin}{}", paths::COMMUNITY));
    }
    if news.closed > 0 {
        let spaces = if news.closed == 1 { "a closed space".to_owned() } else { format!("{} closed spaces", news.closed) };
        parts.push(format!("There is something new in {spaces} of yours, which no letter tells of: {origin}{}", paths::COMMUNITY));
    }
    let often: Vec<String> =
        news.rhythms.iter().map(|rhythm| if *rhythm == Rhythm::Daily { "every day" } else { "every Monday" }.to_owned()).collect();
    parts.push(format!(
        "You asked to be told {}. You choose how often, and of which spaces: {origin}{}\n\nThis stops every digest, without signing in: {link}",
        and(&often),
        paths::NOTIFICATIONS
    ));
    parts.push("The Centre".to_owned());
    let subject = format!("New in the community, {}", day_and_month(today));
    // Where it leads is not looked for in its words, which hold what people chose.
    NewMessage { to, leads: Leads::to(paths::COMMUNITY), subject, body: parts.join("\n\n") }
}
