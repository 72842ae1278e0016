//! Which rules break, and which do not.

use std::collections::HashMap;

use chrono::Weekday;

use super::super::known::fixture::{AMINA, DANIEL, RUTH, known, meeting};
use super::super::model::fixture::{hours, leave, nine_to_five, stretch};
use super::super::model::{DateOverride, Limits};
use super::*;
use crate::busy::BusyBlock;

fn kinds(meeting: &Meeting, known: &Known) -> Vec<ClashKind> {
    judge(meeting, known).into_iter().map(|clash| clash.cause.kind()).collect()
}

#[test]
fn a_session_within_the_hours_breaks_no_rule() {
    let ten = meeting(1, "2026-10-22 10:00", 90);
    assert_eq!(judge(&ten, &known(nine_to_five(), std::slice::from_ref(&ten))), []);
}

#[test]
fn somebody_who_said_nothing_is_neither_free_nor_busy() {
    let night = meeting(1, "2026-10-25 03:00", 90);
    assert_eq!(judge(&night, &known(Availability::default(), &[])), []);
    assert_eq!(judge(&night, &Known::default()), []);
}

#[test]
fn leave_a_date_and_the_hours_each_have_a_rule_and_the_strongest_is_told() {
    let said = Availability {
        overrides: vec![DateOverride { on: "2026-10-29".parse().unwrap(), hours: None }],
        leave: vec![leave("2026-11-02", "2026-11-06")],
        ..nine_to_five()
    };
    for (starts, expected) in [
        ("2026-10-22 16:00", vec![ClashKind::OutsideHours]),
        ("2026-10-24 10:00", vec![ClashKind::OutsideHours]),
        ("2026-10-29 10:00", vec![ClashKind::UnavailableDate]),
        ("2026-11-05 10:00", vec![ClashKind::OnLeave]),
        ("2026-10-22 15:30", vec![]),
    ] {
        assert_eq!(kinds(&meeting(1, starts, 90), &known(said.clone(), &[])), expected, "{starts}");
    }
}

#[test]
fn hours_for_one_kind_of_supervision_are_outside_for_another() {
    let said = Availability { hours: vec![hours(Weekday::Thu, "09:00", "17:00", &[GroupKind::Vig])], ..Availability::default() };
    let group = meeting(1, "2026-10-22 10:00", 60);
    let vig = Meeting { kind: GroupKind::Vig, ..group.clone() };
    assert_eq!(kinds(&group, &known(said.clone(), &[])), [ClashKind::OutsideHours]);
    assert_eq!(kinds(&vig, &known(said.clone(), &[])), []);
    assert_eq!(judge_other(&group, &known(said, &[])), [], "what is no supervision lies within hours for any");
}

#[test]
fn ten_in_the_morning_is_within_the_hours_on_both_sides_of_a_change_of_the_clocks() {
    let said = Availability { hours: vec![hours(Weekday::Thu, "10:00", "11:30", &[])], ..Availability::default() };
    for date in ["2026-10-22", "2026-10-29", "2027-03-25", "2027-04-01"] {
        assert_eq!(kinds(&meeting(1, &format!("{date} 10:00"), 90), &known(said.clone(), &[])), [], "{date}");
    }
}

#[test]
fn a_session_over_the_change_of_the_clocks_takes_every_time_that_they_show() {
    let until = |to| Availability { hours: vec![hours(Weekday::Sun, "00:00", to, &[])], ..Availability::default() };
    // From 00:30 for an hour and a half, the clocks show 02:00, then 01:00.
    let back = meeting(1, "2026-10-25 00:30", 90);
    assert_eq!(kinds(&back, &known(until("01:30"), &[])), [ClashKind::OutsideHours]);
    assert_eq!(kinds(&back, &known(until("02:00"), &[])), []);
    // From 00:30 for an hour, they show 02:30.
    let forward = meeting(1, "2027-03-28 00:30", 60);
    assert_eq!(kinds(&forward, &known(until("02:00"), &[])), [ClashKind::OutsideHours]);
    assert_eq!(kinds(&forward, &known(until("02:30"), &[])), []);
}

#[test]
fn a_session_past_midnight_is_outside_every_hour() {
    let said = Availability { hours: vec![hours(Weekday::Thu, "00:00", "23:59", &[])], ..Availability::default() };
    assert_eq!(kinds(&meeting(1, "2026-10-22 23:30", 60), &known(said, &[])), [ClashKind::OutsideHours]);
}

#[test]
fn a_supervisor_is_in_one_room_at_a_time_whatever_part_they_have_there() {
    let (ten, eleven) = (meeting(1, "2026-10-22 10:00", 90), meeting(2, "2026-10-22 11:00", 60));
    let both = known(nine_to_five(), &[ten.clone(), eleven.clone()]);
    assert_eq!(judge(&ten, &both).first().map(|clash| clash.cause.clone()), Some(Cause::SupervisorTwice { other: eleven.id }));

    let mut as_a_member = known(nine_to_five(), std::slice::from_ref(&ten));
    as_a_member.plan(Meeting { supervisor: DANIEL, ..eleven }, &[RUTH]);
    assert_eq!(kinds(&ten, &as_a_member), [ClashKind::SupervisorTwice]);

    // Nobody covers a session at which they are supervised.
    let own = Meeting { supervisor: DANIEL, ..ten.clone() };
    let mut supervised = known(nine_to_five(), &[]);
    supervised.plan(own.clone(), &[RUTH]);
    assert_eq!(kinds(&Meeting { supervisor: RUTH, ..own }, &supervised), [ClashKind::SupervisorTwice]);
}

#[test]
fn whoever_is_busy_in_another_calendar_is_so_for_the_sessions_that_they_lead_and_needs_no_time_around_it() {
    let block = |starts: &str, minutes| {
        let Meeting { starts_at, ends_at, .. } = meeting(9, starts, minutes);
        BusyBlock { starts_at, ends_at }
    };
    let elsewhere = HashMap::from([(RUTH, vec![block("2026-10-22 09:00", 60), block("2026-10-22 11:30", 30)])]);
    let known = Known { elsewhere, ..known(nine_to_five(), &[]) };
    for (starts, minutes, is_busy) in
        [("10:00", 90, false), ("09:30", 60, true), ("11:00", 45, true), ("11:45", 15, true), ("12:00", 60, false), ("09:00", 240, true)]
    {
        let session = meeting(1, &format!("2026-10-22 {starts}"), minutes);
        let expected: &[ClashKind] = if is_busy { &[ClashKind::BusyElsewhere] } else { &[] };
        assert_eq!(kinds(&session, &known), expected, "{starts}");
        assert_eq!(kinds(&Meeting { supervisor: DANIEL, ..session }, &known), []);
    }
}

#[test]
fn nothing_is_held_on_a_day_on_which_the_centre_is_closed() {
    let (first, last) = ("2026-10-22".parse().unwrap(), "2026-10-23".parse().unwrap());
    let closures = vec![::series::Closure { first, last, name: "Staff learning days".to_owned() }];
    let known = Known { closures, ..known(nine_to_five(), &[]) };
    for (starts, expected) in [
        ("2026-10-21 10:00", vec![]),
        ("2026-10-22 10:00", vec![ClashKind::Closed]),
        ("2026-10-23 10:00", vec![ClashKind::Closed]),
        ("2026-10-26 10:00", vec![]),
    ] {
        assert_eq!(kinds(&meeting(1, starts, 90), &known), expected, "{starts}");
    }
}

#[test]
fn a_member_is_in_one_room_at_a_time() {
    let (ten, eleven) = (meeting(1, "2026-10-22 10:00", 90), Meeting { supervisor: DANIEL, ..meeting(2, "2026-10-22 11:00", 60) });
    let mut known = known(nine_to_five(), &[]);
    known.plan(ten.clone(), &[AMINA]);
    known.plan(eleven.clone(), &[AMINA]);
    let expected = [Cause::MemberTwice { member: AMINA, other: eleven.id }];
    assert_eq!(judge(&ten, &known).into_iter().map(|clash| clash.cause).collect::<Vec<_>>(), expected);
    known.members.insert(ten.id, Vec::new());
    assert_eq!(judge(&ten, &known), [], "whoever has sent apologies is not there");
}

#[test]
fn the_minutes_after_a_session_stay_empty_on_either_side() {
    let ten = meeting(1, "2026-10-22 10:00", 90);
    for (starts, expected) in [("11:30", Some(0)), ("11:40", Some(10)), ("11:45", None), ("09:00", None), ("09:10", Some(5))] {
        let minutes = if starts.starts_with("09") { 45 } else { 60 };
        let other = meeting(2, &format!("2026-10-22 {starts}"), minutes);
        let known = known(nine_to_five(), &[ten.clone(), other.clone()]);
        let expected: Vec<Cause> = expected.map(|minutes| Cause::Buffer { other: other.id, minutes, wanted: 15 }).into_iter().collect();
        assert_eq!(judge(&ten, &known).into_iter().map(|clash| clash.cause).collect::<Vec<_>>(), expected, "{starts}");
    }
}

#[test]
fn more_sessions_than_are_wanted_are_told_of_once_for_a_day_and_once_for_a_week() {
    let limits = Limits { most_in_day: Some(2), most_in_week: Some(3), ..Limits::default() };
    let said = Availability { limits, ..nine_to_five() };
    let meetings = [
        meeting(1, "2026-10-20 09:00", 60),
        meeting(2, "2026-10-22 09:00", 60),
        meeting(3, "2026-10-22 11:00", 60),
        meeting(4, "2026-10-22 14:00", 60),
        meeting(5, "2026-10-26 09:00", 60),
    ];
    let known = known(said, &meetings);
    let all: Vec<Clash> = meetings.iter().flat_map(|meeting| judge(meeting, &known)).collect();
    assert_eq!(all.len(), 7, "each of three is one too many for its day, and each of four for its week");
    let once: Vec<(u128, Cause)> = once_each(all, &known).into_iter().map(|clash| (clash.meeting.0.as_u128(), clash.cause)).collect();
    assert_eq!(once, [(4, Cause::DayCap { planned: 3, most: 2 }), (4, Cause::WeekCap { planned: 4, most: 3 })]);
    // One that is only planned is judged beside them all.
    assert_eq!(kinds(&meeting(6, "2026-10-22 16:00", 60), &known), [ClashKind::DayCap, ClashKind::WeekCap]);
}

#[test]
fn two_sessions_that_clash_are_one_conflict() {
    let (ten, eleven) = (meeting(1, "2026-10-22 10:00", 90), meeting(2, "2026-10-22 11:00", 60));
    let known = known(nine_to_five(), &[ten.clone(), eleven.clone()]);
    let all: Vec<Clash> = [&ten, &eleven].into_iter().flat_map(|meeting| judge(meeting, &known)).collect();
    assert_eq!(all.len(), 2);
    assert_eq!(once_each(all, &known).into_iter().map(|clash| clash.meeting).collect::<Vec<_>>(), [ten.id]);
}

#[test]
fn the_hours_that_are_told_are_those_of_the_day() {
    let clash = judge(&meeting(1, "2026-10-22 16:30", 60), &known(nine_to_five(), &[]));
    assert_eq!(clash.into_iter().map(|clash| clash.cause).collect::<Vec<_>>(), [Cause::OutsideHours(vec![stretch("09:00", "17:00")])]);
}
