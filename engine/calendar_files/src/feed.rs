//! What a calendar program fetches: sessions one by one.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::content::{Content, Text};
use crate::uk_zone;
use crate::vevent::{Identity, Repeats, Vevent};

/// Somebody's sessions.
#[derive(Clone, Copy, Debug)]
pub struct Feed<'a> {
    /// What the calendar program calls it at first.
    pub name: &'a str,
    /// The sessions, in order.
    pub events: &'a [Event],
}

/// A session in somebody's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The session's.
    pub identity: Identity,
    /// Rises with every change of the session.
    pub version: i64,
    /// When it came to be as it is. It must not be the moment of asking: then every answer would be another.
    pub stamped: DateTime<Utc>,
    /// On the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// Elapsed minutes.
    pub length_minutes: u32,
    /// Neutral, or the group's name.
    pub title: String,
    /// "Online" or "In person".
    pub location: String,
    /// Where the session's page is.
    pub address: String,
    /// Whether it will not be held.
    pub is_cancelled: bool,
    /// How long before it the device should say so.
    pub alarm_minutes: Option<u32>,
}

/// How often a program should ask again. Many ask once a day, whatever is said.
const ASK_AGAIN: &str = "PT4H";

/// What stands under the title.
const DESCRIPTION: &str = "How to join, or the place, is in Reverie. So is the way to send apologies.";

/// About as long as an event is, in bytes.
const EVENT: usize = 640;

/// Writes a feed.
pub fn feed(feed: &Feed<'_>) -> String {
    let mut content = begun(feed.events.len());
    content.line(format_args!("NAME:{}", Text(feed.name)));
    content.line(format_args!("X-WR-CALNAME:{}", Text(feed.name)));
    content.line(format_args!("REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN}"));
    content.line(format_args!("X-PUBLISHED-TTL:{ASK_AGAIN}"));
    finished(content, feed.events)
}

/// Writes a session alone, as somebody downloads it.
pub fn one_session(event: &Event) -> String {
    finished(begun(1), std::slice::from_ref(event))
}

fn begun(events: usize) -> Content {
    let mut content = Content::with_capacity(events.saturating_mul(EVENT).saturating_add(1_024));
    content.ready(crate::invitation::HEAD);
    content.ready("METHOD:PUBLISH\r\n");
    content
}

fn finished(mut content: Content, events: &[Event]) -> String {
    uk_zone::describe(&mut content);
    for event in events {
        event.vevent().write(&mut content);
    }
    content.ready("END:VCALENDAR\r\n");
    content.into_text()
}

impl Event {
    fn vevent(&self) -> Vevent {
        Vevent {
            identity: self.identity,
            sequence: self.version,
            stamped: self.stamped,
            starts: self.starts,
            length_minutes: self.length_minutes,
            repeats: Repeats::Once,
            title: self.title.clone(),
            location: self.location.clone(),
            description: DESCRIPTION,
            address: self.address.clone(),
            is_cancelled: self.is_cancelled,
            alarm_minutes: self.alarm_minutes,
        }
    }
}
