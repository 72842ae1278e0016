//! Messages as a demonstration and as somebody's news show them, and when a message is tried again.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A message of a demonstration, where nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownMessage {
    /// To whom it would have gone.
    pub address: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The invitation that would have travelled with it.
    pub calendar: Option<String>,
    /// Where links of this server begin, so that no other text becomes a link.
    pub origin: String,
}

/// Which part of somebody's news a page shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsAddress {
    /// Which page, counted from one.
    pub page: String,
}

impl NewsAddress {
    /// Which page; the first where it is no number.
    pub fn page(&self) -> i64 {
        self.page.parse().ok().filter(|page| (1..100_000).contains(page)).unwrap_or(1)
    }
}

/// As many lines as a page of news holds.
pub const ON_A_PAGE: i64 = 30;

/// What somebody has been told, a page of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The latest first.
    pub lines: Vec<NewsLine>,
    /// Which page, counted from one.
    pub page: i64,
    /// How many lines there are in all.
    pub total: i64,
    /// The day in UK time.
    pub today: NaiveDate,
}

/// A message as it stands in the news of whoever it was written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsLine {
    /// The thing and the date.
    pub subject: String,
    /// When, in UK time.
    pub at: NaiveDateTime,
    /// Where it leads within the product.
    pub leads_to: Option<String>,
    /// Whether it came since they looked the time before.
    pub is_new: bool,
    /// Whether mail could not bring it.
    pub is_lost: bool,
}

/// How long a message rests after each failed attempt; after the last of them comes one more attempt, and no other.
const RESTS: [TimeDelta; 4] = [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(30), TimeDelta::minutes(120)];

/// How long a message rests once it has been tried this many times. A process that dies while it tries has put the message off as well.
pub fn rest_after(attempts: i64) -> TimeDelta {
    let [.., longest] = RESTS;
    let nth = usize::try_from(attempts - 1).unwrap_or_default();
    RESTS.get(nth).copied().unwrap_or(longest)
}

/// Whether the attempt that was just made was the last.
pub fn is_last(attempts: i64) -> bool {
    usize::try_from(attempts).is_ok_and(|attempts| attempts > RESTS.len())
}

/// A subject on one line, whatever was put into it: a line break would begin another header.
pub fn one_line(subject: &str) -> String {
    let printable = subject.split(|character: char| character.is_whitespace() || character.is_control());
    printable.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_five_times_over_two_and_a_half_hours() {
        let rests: Vec<i64> = (1..=4).map(|attempts| rest_after(attempts).num_minutes()).collect();
        assert_eq!(rests, [1, 5, 30, 120]);
        assert_eq!((1..=6).map(is_last).collect::<Vec<_>>(), [false, false, false, false, true, true]);
    }

    #[test]
    fn a_subject_cannot_begin_another_header() {
        assert_eq!(one_line("Your session\r\nBcc: everybody@example.org\u{0}"), "Your session Bcc: everybody@example.org");
        assert_eq!(one_line("  Your session\u{2028}on Thursday "), "Your session on Thursday");
    }
}
