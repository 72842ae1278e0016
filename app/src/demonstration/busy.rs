//! A few supervisors whose other calendar says now and then that they are busy.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::cast::Cast;
use super::draw::Draw;
use super::plan::Present;
use crate::people::PersonId;

/// What was read from somebody's other calendar.
#[derive(Debug, PartialEq)]
pub struct OtherCalendar {
    pub person: PersonId,
    pub read_at: DateTime<Utc>,
    pub blocks: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// How many weeks of it are known.
const WEEKS: u64 = 10;

/// Invents a weekly engagement of two hours, and single ones, for every twelfth supervisor. Whoever looks around as Ruth finds her own week in
/// order.
pub fn other_calendars(seed: u64, present: Present, cast: &Cast) -> Vec<OtherCalendar> {
    let mut draw = Draw::of(seed, "busy elsewhere");
    let busy = cast.supervisors.iter().skip(3).step_by(12).filter(|person| **person != cast.ruth);
    busy.map(|person| of_one(&mut draw, present, *person)).collect()
}

fn of_one(draw: &mut Draw, present: Present, person: PersonId) -> OtherCalendar {
    let (weekday, half) = (u64::from(draw.below(5)), i64::from(draw.between(18, 28)));
    let mut blocks = Vec::new();
    for week in 1..=WEEKS {
        let monday = ::series::monday_of(present.today) + Days::new(7 * week);
        let weekly = block(monday + Days::new(weekday), half, 120);
        let once = block(monday + Days::new((weekday + 1 + u64::from(draw.below(4))) % 5), i64::from(draw.between(18, 32)), 60);
        blocks.extend([weekly, once]);
    }
    blocks.sort_unstable();
    OtherCalendar { person, read_at: present.now - TimeDelta::minutes(i64::from(draw.between(5, 115))), blocks }
}

/// A stretch of a day, from so many half hours after midnight.
fn block(date: chrono::NaiveDate, half: i64, minutes: i64) -> (DateTime<Utc>, DateTime<Utc>) {
    let starts_at = ::series::instant(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(30 * half));
    (starts_at, starts_at + TimeDelta::minutes(minutes))
}
