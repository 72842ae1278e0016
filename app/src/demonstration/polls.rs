//! A poll that Ruth has put to one of her groups, and how far it is answered.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use super::cast::Cast;
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::groups::{GroupId, GroupKind};
use crate::people::PersonId;
use crate::polls::{Answer, PollId, PollKind};

/// Times put to the members of a group.
#[derive(Debug, PartialEq)]
pub struct Poll {
    pub id: PollId,
    pub code: String,
    pub group: GroupId,
    pub organiser: PersonId,
    pub kind: PollKind,
    pub length_minutes: i64,
    pub every_weeks: i64,
    pub created_at: DateTime<Utc>,
    pub closes_at: DateTime<Utc>,
    pub times: Vec<NaiveDateTime>,
    pub asked: Vec<Asked>,
}

/// Somebody who was asked, with an answer for each time unless they have not answered.
#[derive(Debug, PartialEq)]
pub struct Asked {
    pub person: PersonId,
    pub answered_at: Option<DateTime<Utc>>,
    pub answers: Vec<Answer>,
}

/// The times of the week that are offered.
const TIMES: [(Weekday, u32, u32); 4] = [(Weekday::Mon, 10, 0), (Weekday::Tue, 13, 30), (Weekday::Wed, 9, 30), (Weekday::Thu, 15, 0)];

/// Invents the poll, two days ago and open for five more.
pub fn polls(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Poll> {
    let mut draw = Draw::of(seed, "polls");
    let is_hers = |group: &&Group| group.supervisor == cast.ruth && group.kind == GroupKind::Group && group.slug != AIRE;
    groups.iter().find(is_hers).map(|group| poll(&mut draw, present, group)).into_iter().collect()
}

fn poll(draw: &mut Draw, present: Present, group: &Group) -> Poll {
    let created_at = present.now - TimeDelta::days(2);
    let monday = ::series::monday_of(present.today) + Days::new(28);
    let times: Vec<NaiveDateTime> = TIMES
        .iter()
        .filter_map(|(weekday, hour, minute)| {
            let day = monday + Days::new(u64::from(weekday.num_days_from_monday()));
            Some(day.and_time(NaiveTime::from_hms_opt(*hour, *minute, 0)?))
        })
        .collect();
    let (id, code) = (PollId(draw.id()), draw.code());
    let asked = group.members.iter().enumerate().map(|(place, member)| asked(draw, member.person, place, &times, created_at)).collect();
    Poll {
        id,
        code,
        group: group.id,
        organiser: group.supervisor,
        kind: PollKind::Weekly,
        length_minutes: 90,
        every_weeks: 2,
        created_at,
        closes_at: ::series::instant((present.today + Days::new(6)).and_time(NaiveTime::MIN)),
        times,
        asked,
    }
}

/// The first of them has not answered yet; the second time suits everybody in one way or the other.
fn asked(draw: &mut Draw, person: PersonId, place: usize, times: &[NaiveDateTime], created_at: DateTime<Utc>) -> Asked {
    if place == 0 {
        return Asked { person, answered_at: None, answers: Vec::new() };
    }
    let answer = |nth: usize, draw: &mut Draw| match (nth, draw.below(10)) {
        (1, 0..7) | (_, 0..4) => Answer::Yes,
        (1, _) | (_, 4..6) => Answer::IfNeedBe,
        _ => Answer::No,
    };
    let answers = (0..times.len()).map(|nth| answer(nth, draw)).collect();
    Asked { person, answered_at: Some(created_at + TimeDelta::hours(i64::from(draw.between(1, 40)))), answers }
}
