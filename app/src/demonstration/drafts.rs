//! The next term of a few groups, planned and not published yet.

use chrono::{Days, NaiveDate, NaiveTime};
use series::{Closure, Ending, Repeats, Rule, RuleInput, Skip, preview};
use uuid::Uuid;

use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::groups::{GroupId, GroupKind};

/// A series that nobody but its planners sees.
#[derive(Debug, PartialEq)]
pub struct NextTerm {
    pub id: Uuid,
    pub group: GroupId,
    pub starts_on: NaiveDate,
    pub starts_time: NaiveTime,
    pub length_minutes: i64,
    pub every_weeks: i64,
    pub until_on: NaiveDate,
    pub skips: Vec<Skip>,
}

/// How many groups have their next term planned.
const PLANNED: usize = 4;
/// How long a term is.
const TERM: Days = Days::new(7 * 16);

/// Plans the next term of the last few groups that meet well into the future, which those who look around as somebody do not begin with.
pub fn next_terms(seed: u64, present: Present, groups: &[Group], closed: &[Closure]) -> Vec<NextTerm> {
    let mut draw = Draw::of(seed, "drafts");
    let meets_on = |group: &&Group| {
        group.kind == GroupKind::Group && group.slug != AIRE && group.rhythm.is_some_and(|rhythm| rhythm.until > present.today + TERM)
    };
    groups.iter().rev().filter(meets_on).filter_map(|group| next_term(&mut draw, group, closed)).take(PLANNED).collect()
}

fn next_term(draw: &mut Draw, group: &Group, closed: &[Closure]) -> Option<NextTerm> {
    let rhythm = group.rhythm?;
    let step = usize::try_from(rhythm.every_weeks).ok()?.saturating_mul(7);
    let starts_on = rhythm.first.iter_days().step_by(step).find(|date| *date > rhythm.until)?;
    let until_on = starts_on + TERM;
    let input = RuleInput {
        start_date: starts_on,
        start_time: rhythm.slot.time,
        length_minutes: i64::from(rhythm.slot.minutes),
        repeats: Repeats::Weeks,
        every: i64::from(rhythm.every_weeks),
        ends: Some(Ending::Until(until_on).into()),
    };
    Some(NextTerm {
        id: draw.id(),
        group: group.id,
        starts_on,
        starts_time: rhythm.slot.time,
        length_minutes: i64::from(rhythm.slot.minutes),
        every_weeks: i64::from(rhythm.every_weeks),
        until_on,
        skips: preview(&Rule::new(input).ok()?, closed).skipped,
    })
}
