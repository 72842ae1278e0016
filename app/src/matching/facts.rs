//! What there is to say of a proposal: who is in a group, when else they could meet, and what is in the way of those who have no place.

use std::collections::HashMap;

use ::matching::{Instance, Practitioner, Proposal, ProposedGroup, Rules, Supervisor, Window};
use chrono::{NaiveTime, TimeDelta};

use super::model::MeetsEvery;
use crate::availability::{DAYS, weekday_name};
use crate::registration::intervention_name;
use crate::ui::clock_time;

/// A time of the two weeks: the week, the day, and the minute at which a session begins.
pub type Start = (i64, i64, i64);

/// What is said beside it where nobody who fits meets in the way that somebody asked for.
pub const ONLINE_WOULD_OPEN_MORE: &str = " Online would open more.";

/// A round by the names of its file.
#[derive(Debug)]
pub struct Names<'a> {
    instance: &'a Instance,
    meets_every: MeetsEvery,
    supervisors: HashMap<&'a str, &'a Supervisor>,
    practitioners: HashMap<&'a str, &'a Practitioner>,
}

impl<'a> Names<'a> {
    pub fn of(instance: &'a Instance, meets_every: MeetsEvery) -> Self {
        Self {
            instance,
            meets_every,
            supervisors: instance.supervisors.iter().map(|one| (one.id.as_str(), one)).collect(),
            practitioners: instance.practitioners.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    pub fn practitioner(&self, id: &str) -> Option<&'a Practitioner> {
        self.practitioners.get(id).copied()
    }

    pub fn supervisor(&self, id: &str) -> Option<&'a Supervisor> {
        self.supervisors.get(id).copied()
    }

    pub fn members(&self, group: &ProposedGroup) -> Vec<&'a Practitioner> {
        group.members.iter().filter_map(|member| self.practitioner(member)).collect()
    }

    /// The most who may be in a group of a stream.
    pub fn most(&self, stream: &str) -> i64 {
        self.instance.rules.streams.get(stream).map_or(0, |rules| rules.max)
    }

    /// Whether a whole session lies within some windows.
    pub fn covers(&self, windows: &[Window], start: Start) -> bool {
        lies_within(windows, start, self.instance.rules.session_minutes)
    }

    /// The times at which a supervisor and everybody else could meet.
    pub fn times_in_common(&self, supervisor: &Supervisor, members: &[&Practitioner]) -> Vec<Start> {
        every_start().filter(|start| self.suits(supervisor, members, *start)).collect()
    }

    /// Whether there is any such time.
    fn can_meet(&self, supervisor: &Supervisor, practitioner: &Practitioner) -> bool {
        every_start().any(|start| self.suits(supervisor, &[practitioner], start))
    }

    fn suits(&self, supervisor: &Supervisor, members: &[&Practitioner], start: Start) -> bool {
        self.covers(&supervisor.availability, start) && members.iter().all(|member| self.covers(&member.availability, start))
    }

    /// What was asked.
    pub const fn instance(&self) -> &'a Instance {
        self.instance
    }

    /// The rules and weights of the round.
    pub fn rules(&self) -> &'a Rules {
        &self.instance.rules
    }

    /// How often the groups of the round meet.
    pub const fn meets_every(&self) -> MeetsEvery {
        self.meets_every
    }

    /// "Thursday 10:00 to 11:30, first week".
    pub fn time_in_words(&self, (week, day, start): Start) -> String {
        let end = start + self.instance.rules.session_minutes;
        format!("{} {} to {}, {}", day_name(day), clock(start), clock(end), week_name(week, self.meets_every))
    }

    /// Whether somebody has a supervisor with whom they could stay.
    pub fn had_one(&self, practitioner: &Practitioner) -> bool {
        practitioner.previous_supervisor.as_deref().is_some_and(|supervisor| self.supervisors.contains_key(supervisor))
    }

    /// What is in the way of somebody who has no place: the first of the rules that leaves no supervisor.
    pub fn why_not(&self, proposal: &Proposal, practitioner: &Practitioner) -> String {
        let leads = |supervisor: &&Supervisor| supervisor.streams.contains(&practitioner.stream);
        let in_stream: Vec<&Supervisor> = self.instance.supervisors.iter().filter(leads).collect();
        if in_stream.is_empty() {
            return "No supervisor of this round leads such a group.".to_owned();
        }
        let has_work =
            |supervisor: &&Supervisor| practitioner.stream != "pir" || supervisor.interventions.contains(&practitioner.intervention);
        let with_work: Vec<&Supervisor> = in_stream.into_iter().filter(has_work).collect();
        let work = intervention_name(&practitioner.intervention);
        if with_work.is_empty() {
            return format!("No supervisor of this round works with {work}.");
        }
        let meets = |supervisor: &&Supervisor| {
            let mode =
                |mode: &String| practitioner.modes.contains(mode) && (mode != "in_person" || supervisor.region == practitioner.region);
            supervisor.modes.iter().any(mode)
        };
        let meeting: Vec<&Supervisor> = with_work.into_iter().filter(meets).collect();
        if meeting.is_empty() {
            return format!("No supervisor who fits meets in the way asked for.{ONLINE_WOULD_OPEN_MORE}");
        }
        let free: Vec<&Supervisor> = meeting.iter().copied().filter(|supervisor| self.can_meet(supervisor, practitioner)).collect();
        if free.is_empty() && self.meets_every == MeetsEvery::Week && practitioner.availability.is_empty() {
            return "There is no time at which they are free every week.".to_owned();
        }
        if free.is_empty() {
            return format!("{} would fit, and none is free when they are.", supervisors_in_words(meeting.len()));
        }
        let led = |supervisor: &Supervisor| proposal.groups.iter().filter(|group| group.supervisor == supervisor.id).count();
        let has_left = |supervisor: &&Supervisor| i64::try_from(led(supervisor)).unwrap_or(i64::MAX) < supervisor.max_groups;
        if free.iter().any(has_left) {
            format!(
                "{} would fit; too few others could meet at the same times, or a rule about who meets stands in the way.",
                supervisors_in_words(free.len())
            )
        } else {
            format!("{} would fit, and every group that they take on is full or meets at another time.", supervisors_in_words(free.len()))
        }
    }
}

/// Whether a stretch of so many minutes lies within some windows; those that touch are one.
pub fn lies_within(windows: &[Window], (week, day, start): Start, minutes: i64) -> bool {
    let mut of_day: Vec<&Window> = windows.iter().filter(|window| (window.week, window.day) == (week, day)).collect();
    of_day.sort_unstable();
    let reached = of_day.into_iter().fold(start, |reached, window| if window.from <= reached { reached.max(window.to) } else { reached });
    reached >= start + minutes
}

/// Every half hour of the two weeks.
fn every_start() -> impl Iterator<Item = Start> {
    (0_i64..2).flat_map(|week| (0_i64..7).flat_map(move |day| (0_i64..48).map(move |half| (week, day, half * 30))))
}

/// Whether somebody stays with their supervisor.
pub fn stays(group: &ProposedGroup, member: &Practitioner) -> bool {
    member.previous_supervisor.as_deref() == Some(group.supervisor.as_str())
}

fn supervisors_in_words(count: usize) -> String {
    if count == 1 { "One supervisor".to_owned() } else { format!("{count} supervisors") }
}

/// "Thursday".
pub fn day_name(day: i64) -> &'static str {
    usize::try_from(day).ok().and_then(|day| DAYS.get(day).copied()).map(weekday_name).unwrap_or_default()
}

/// "first week", "every week".
pub const fn week_name(week: i64, meets_every: MeetsEvery) -> &'static str {
    match meets_every {
        MeetsEvery::Week => "every week",
        MeetsEvery::Fortnight if week == 0 => "first week",
        MeetsEvery::Fortnight => "second week",
    }
}

/// "10:00", of minutes after midnight.
pub fn clock(minute: i64) -> String {
    clock_time(NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(minute)).0)
}

#[cfg(test)]
mod tests {
    use ::matching::{INSTANCE_FORMAT, Matcher};

    use super::super::points::Points;
    use super::super::rules::usual_rules;
    use super::*;

    fn window(week: i64, day: i64, from: i64, to: i64) -> Window {
        Window { week, day, from, to }
    }

    fn practitioner(number: usize, work: &str) -> Practitioner {
        let level = if number.is_multiple_of(4) { 1 } else { 2 };
        Practitioner {
            id: format!("p-{number:02}"),
            authority: format!("E{}", number % 3),
            region: "London".to_owned(),
            stream: "pir".to_owned(),
            intervention: work.to_owned(),
            level,
            modes: vec!["online".to_owned()],
            urgency: 20,
            availability: vec![window(0, 1, 540, 660), window(1, 3, 540, 720)],
            preferred: vec![window(1, 3, 540, 660)],
            previous_supervisor: number.is_multiple_of(2).then(|| "s-1".to_owned()),
            profession: None,
            language: None,
            setting: None,
            together: Vec::new(),
            acquainted: Vec::new(),
        }
    }

    fn supervisor(number: i64) -> Supervisor {
        Supervisor {
            id: format!("s-{number}"),
            region: "London".to_owned(),
            streams: vec!["pir".to_owned()],
            interventions: ["solihull", "nbo", "www"].map(str::to_owned).to_vec(),
            modes: vec!["online".to_owned()],
            max_groups: 2,
            availability: vec![window(0, 1, 540, 720), window(1, 3, 540, 630), window(1, 3, 630, 720)],
        }
    }

    fn instance() -> Instance {
        let work = ["solihull", "nbo", "www", "solihull"];
        Instance {
            format: INSTANCE_FORMAT.to_owned(),
            rules: usual_rules(),
            supervisors: vec![supervisor(1), supervisor(2)],
            practitioners: work.iter().cycle().take(22).enumerate().map(|(number, work)| practitioner(number, work)).collect(),
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn what_the_groups_add_up_to_less_the_load_of_their_supervisors_is_the_engines_score() {
        let instance = instance();
        let mut matcher = Matcher::new(&instance, 1).unwrap();
        matcher.step(20);
        let (proposal, names) = (matcher.best(), Names::of(&instance, MeetsEvery::Fortnight));
        let led = |supervisor: &Supervisor| proposal.groups.iter().filter(|group| group.supervisor == supervisor.id).count();
        let load: usize = instance.supervisors.iter().map(led).map(|groups| groups * groups.saturating_sub(1) / 2).sum();
        let groups: i64 = proposal.groups.iter().map(|group| Points::of(&names, group).score()).sum();
        assert!(proposal.groups.len() > 2);
        assert_eq!(groups - instance.rules.weights.load_step * i64::try_from(load).unwrap(), matcher.score());
    }

    #[test]
    fn windows_that_touch_are_one_and_a_session_fits_whole_or_not_at_all() {
        let instance = instance();
        let names = Names::of(&instance, MeetsEvery::Fortnight);
        let windows = [window(0, 1, 540, 600), window(0, 1, 600, 660)];
        assert!(names.covers(&windows, (0, 1, 570)) && !names.covers(&windows, (0, 1, 600)) && !names.covers(&windows, (1, 1, 570)));
        let (one, other) = (supervisor(1), practitioner(1, "nbo"));
        let common: Vec<String> = names.times_in_common(&one, &[&other]).into_iter().map(|start| names.time_in_words(start)).collect();
        assert_eq!(common.first().map(String::as_str), Some("Tuesday 09:00 to 10:30, first week"));
        assert_eq!(common.len(), 2 + 4);
        assert_eq!(Names::of(&instance, MeetsEvery::Week).time_in_words((0, 1, 540)), "Tuesday 09:00 to 10:30, every week");
    }

    #[test]
    fn whoever_has_no_place_is_told_the_first_thing_that_leaves_no_supervisor() {
        let instance = instance();
        let names = Names::of(&instance, MeetsEvery::Fortnight);
        let nothing = Proposal::new(Vec::new());
        let alone = Practitioner { intervention: "mellow".to_owned(), ..practitioner(1, "") };
        assert_eq!(names.why_not(&nothing, &alone), "No supervisor of this round works with Mellow Parenting, Babies or Bumps.");
        let away = Practitioner { modes: vec!["in_person".to_owned()], ..practitioner(1, "nbo") };
        assert_eq!(names.why_not(&nothing, &away), "No supervisor who fits meets in the way asked for. Online would open more.");
        let never = Practitioner { availability: vec![window(0, 6, 540, 720)], ..practitioner(1, "nbo") };
        assert_eq!(names.why_not(&nothing, &never), "2 supervisors would fit, and none is free when they are.");
        let weekly = Names::of(&instance, MeetsEvery::Week);
        assert_eq!(weekly.why_not(&nothing, &never), "2 supervisors would fit, and none is free when they are.");
        let other_each_week = Practitioner { availability: Vec::new(), ..never };
        assert_eq!(weekly.why_not(&nothing, &other_each_week), "There is no time at which they are free every week.");
    }
}
