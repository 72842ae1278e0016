//! Spaces, threads and posts, and how they are said.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::ui::{clock_time, day_and_month};

identity! {
    /// A space; the closed space of a supervision group has the group's.
    SpaceId
}

identity! {
    /// A thread.
    ThreadId
}

/// For whom a space is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// Everybody in the community.
    Centre,
    /// Whoever does this work with families, and whoever supervises it.
    Intervention,
    /// Whoever works for an authority of the region.
    Region,
    /// Supervisors.
    Supervisors,
    /// Whoever came to the Centre a short while ago.
    NewStarters,
    /// The members of a supervision group and its supervisor.
    Group,
}

impl SpaceKind {
    /// The heading under which spaces of this kind stand beside the feed.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Centre | Self::NewStarters => "Everyone",
            Self::Intervention => "Your interventions",
            Self::Region => "Your region",
            Self::Supervisors => "Supervisors",
            Self::Group => "Closed to others",
        }
    }

    /// Whether it is closed to everybody but a few who know one another.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Group)
    }

    /// Who can read it, after "Who can see this:".
    pub fn audience(self, name: &str) -> String {
        match self {
            Self::Centre => "everybody in the community. Not the public, and no search engine.".to_owned(),
            Self::Intervention => format!("whoever works with {name}, whoever supervises that work, and those who look after this space."),
            Self::Region => format!("whoever works for an authority in this region ({name}), and those who look after this space."),
            Self::Supervisors => "supervisors, and those who look after this space.".to_owned(),
            Self::NewStarters => "whoever came to the Centre in the past year, and those who look after this space.".to_owned(),
            Self::Group => {
                format!(
                    "the members of {name} and its supervisor. Nobody else at the Centre, coordinators and administrators included. For somebody’s safety the clinical lead and the safeguarding lead can open it together for some hours, and you are told as soon as that puts nobody at risk."
                )
            }
        }
    }

    /// How wide the circle of its readers is, as the audience line draws it.
    pub const fn tier(self) -> u8 {
        if self.is_closed() { 3 } else { 4 }
    }
}

/// What a file of a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A document.
    Pdf,
    /// A drawing, or what a screen showed.
    Png,
}

impl FileKind {
    /// As browsers are told.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
        }
    }

    /// How the name of such a file ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }
}

/// How many answers a poll can offer.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=8;
/// The most characters of an answer of a poll.
pub const LONGEST_OPTION: usize = 80;
/// How long a poll can be open, in days.
pub const LONGEST_POLL: i64 = 90;

/// The most files of one post.
pub const MOST_FILES: usize = 3;
/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// The most characters of what is said about a file.
pub const LONGEST_DESCRIPTION: usize = 200;

/// What is older than this counts as read.
pub const FRESH: TimeDelta = TimeDelta::days(30);
/// How many replies stand on one page of a thread.
pub const PER_PAGE: i64 = 50;
/// The most characters of a post.
pub const LONGEST_POST: usize = 20_000;
/// The most characters of a title.
pub const LONGEST_TITLE: usize = 160;

/// The address of a post on its page of a thread: `/community/{space}/{number}?page=2#p57`.
pub fn post_address(space: &str, thread: i64, post: i64) -> String {
    format!("{}#p{post}", crate::paths::thread_page(space, thread, page_of(post)))
}

/// Where somebody writes: a new thread of a space, or a reply to a thread or to one of its posts.
#[cfg(feature = "ssr")]
pub fn writing_address(space: &str, number: &str, quoted: &str) -> String {
    match number {
        "" => crate::paths::new_thread(space),
        _ => crate::ui::address_with(&format!("{}/{number}", crate::paths::space(space)), &[("quote", quoted)]),
    }
}

/// Where somebody attaches a file to what they have begun to write there: `/community/attach?space=endings&number=3&quote=2`.
#[cfg(feature = "ssr")]
pub fn attaching_address(space: &str, number: &str, quoted: &str) -> String {
    crate::ui::address_with(crate::paths::ATTACH, &[("space", space), ("number", number), ("quote", quoted)])
}

/// Where somebody attaches a file to a post of theirs that waits: `/community/attach?held=k3f9x2mv`.
#[cfg(feature = "ssr")]
pub fn attaching_to_held(code: &str) -> String {
    crate::ui::address_with(crate::paths::ATTACH, &[("held", code)])
}

/// On which page of a thread a post stands. The first post stands on every page.
pub const fn page_of(number: i64) -> i64 {
    if number < 2 { 1 } else { (number - 2) / PER_PAGE + 1 }
}

/// The numbers of the first and the last reply of a page.
pub const fn replies_of(page: i64) -> (i64, i64) {
    ((page - 1) * PER_PAGE + 2, page * PER_PAGE + 1)
}

/// "today, 08:05", "yesterday, 16:20", "Wednesday 21 October, 16:20", and with the year where it is another.
pub fn when(at: NaiveDateTime, today: NaiveDate) -> String {
    format!("{}, {}", on_day(at.date(), today), clock_time(at.time()))
}

/// "today", "yesterday", "Monday" within a week, "16 October".
pub fn on_day(date: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;

    match today.signed_duration_since(date).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ if date.year() == today.year() => day_and_month(date),
        _ => format!("{} {}", day_and_month(date), date.year()),
    }
}

/// A place in a list that is ordered by time, the latest first: what stands in the address of the next part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The moment by which it is ordered.
    pub at: DateTime<Utc>,
    /// Which of those of the same moment.
    pub id: uuid::Uuid,
}

impl Place {
    /// As it stands in an address.
    pub fn key(&self) -> String {
        format!("{}-{}", self.at.timestamp_millis(), self.id.simple())
    }

    /// The place of such a key; nonsense is the beginning.
    pub fn of_key(key: &str) -> Option<Self> {
        let (at, id) = key.split_once('-')?;
        Some(Self { at: DateTime::from_timestamp_millis(at.parse().ok()?)?, id: id.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_of_five_thousand_replies_has_a_hundred_pages_and_each_reply_stands_on_one() {
        assert_eq!([1, 2, 51, 52, 5_001].map(page_of), [1, 1, 1, 2, 100]);
        for number in [2, 51, 52, 4_999, 5_001] {
            let (first, last) = replies_of(page_of(number));
            assert!((first..=last).contains(&number), "{number}");
        }
    }

    #[test]
    fn a_place_is_found_again_by_its_key_and_nonsense_is_the_beginning() {
        let place = Place { at: "2026-10-22T08:00:00.123Z".parse().unwrap(), id: uuid::Uuid::from_u128(7) };
        assert_eq!(Place::of_key(&place.key()), Some(place));
        for nonsense in ["", "now", "12-", "-7", "99999999999999999-00000000000000000000000000000007"] {
            assert_eq!(Place::of_key(nonsense), None);
        }
    }

    #[test]
    fn a_day_is_said_with_its_year_only_where_that_is_another() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-10-22");
        assert_eq!(on_day(day("2026-10-21"), today), "yesterday");
        assert_eq!(on_day(day("2026-10-16"), today), "Friday 16 October");
        assert_eq!(on_day(day("2025-10-16"), today), "Thursday 16 October 2025");
    }
}
