//! Groups, who is in them, and their rhythm.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use series::Closure;

use super::cast::Cast;
use super::diary::{Diary, Slot};
use super::draw::Draw;
use super::plan::{Present, Size};
use crate::groups::{GroupId, GroupKind, MeetingMode};
use crate::people::PersonId;

/// A supervision group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: GroupId,
    pub slug: String,
    pub name: String,
    pub kind: GroupKind,
    /// The key of the intervention that it is on, where it is on one in particular.
    pub intervention: Option<&'static str>,
    pub supervisor: PersonId,
    pub mode: MeetingMode,
    pub room_url: String,
    pub room_phone: String,
    pub place: &'static str,
    pub capacity: i64,
    pub created_at: DateTime<Utc>,
    pub members: Vec<Member>,
    /// When it meets; a group that is being formed has no rhythm yet.
    pub rhythm: Option<Rhythm>,
}

/// Somebody in a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub person: PersonId,
    pub joined_on: NaiveDate,
}

/// When a group meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    pub slot: Slot,
    pub every_weeks: u32,
    pub first: NaiveDate,
    pub until: NaiveDate,
}

/// The slug of the group that a demonstration opens with.
pub const AIRE: &str = "aire";
/// Half of the year that is shown, in weeks.
const HALF_YEAR: u64 = 26;

const WORKING_DAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
/// Hour and minute at which groups begin. The end of the afternoon is kept for the supervisors' own groups.
const GROUPS_BEGIN: [(u32, u32); 8] = [(9, 0), (9, 30), (10, 0), (11, 0), (11, 30), (13, 0), (13, 30), (14, 0)];
const PAIRS_BEGIN: [(u32, u32); 8] = [(9, 0), (9, 30), (10, 30), (11, 30), (12, 30), (13, 30), (14, 0), (14, 30)];
const SUPERVISORS_BEGIN: [(u32, u32); 1] = [(16, 0)];

const PLACES: [&str; 4] = [
    "Family hub, room 2, ground floor",
    "Children’s centre, the quiet room",
    "Health centre, meeting room 1, lift to the second floor",
    "Town library, community room",
];

/// What every third group is on, in turn; the others are on nothing in particular.
const WORK: [&str; 3] = ["solihull", "nbo", "www"];

/// Invents every group.
pub fn groups(size: Size, seed: u64, present: Present, cast: &Cast, closed: &[Closure]) -> Vec<Group> {
    let mut draw = Draw::of(seed, "groups");
    let mut rivers: Vec<&'static str> = include_str!("rivers.txt").lines().filter(|river| *river != "Aire").collect();
    draw.shuffle(&mut rivers);
    let mut waiting = cast.practitioners.clone();
    draw.shuffle(&mut waiting);
    let mut forming = Forming { draw, present, diary: Diary::default(), rivers: rivers.into_iter().cycle(), waiting, groups: Vec::new() };
    forming.aire(cast, closed);
    forming.of_supervisors(cast);
    forming.pairs(size, cast);
    forming.of_practitioners(size, cast);
    forming.of_other_formats(cast);
    forming.groups
}

struct Forming<Rivers> {
    draw: Draw,
    present: Present,
    diary: Diary,
    rivers: Rivers,
    /// Practitioners who are in no group of several yet.
    waiting: Vec<PersonId>,
    groups: Vec<Group>,
}

/// What is known of a group before it has a room and a rhythm.
struct Sketch {
    name: String,
    slug: String,
    kind: GroupKind,
    supervisor: PersonId,
    members: Vec<PersonId>,
}

impl<Rivers: Iterator<Item = &'static str>> Forming<Rivers> {
    /// Amina's and Ruth's group meets every week, next within a quarter of an hour, so that there is something to join.
    fn aire(&mut self, cast: &Cast, closed: &[Closure]) {
        let (date, time) = next_quarter_hour(self.present.now, closed);
        let slot = Slot { weekday: chrono::Datelike::weekday(&date), time, minutes: 90 };
        let first = date - Days::new(7 * (HALF_YEAR - 2));
        let rhythm = Rhythm { slot, every_weeks: 1, first, until: first + Days::new(7 * 2 * HALF_YEAR) };
        let members = [cast.amina].into_iter().chain(cast.companions.iter().copied()).collect();
        let sketch =
            Sketch { name: "Aire group".to_owned(), slug: AIRE.to_owned(), kind: GroupKind::Group, supervisor: cast.ruth, members };
        self.found(sketch, Some(rhythm), MeetingMode::Online);
    }

    /// Everybody who supervises is supervised, but for the most senior, whose own supervision is still being arranged.
    fn of_supervisors(&mut self, cast: &Cast) {
        let Some((first, others)) = cast.supervisors.split_first() else { return };
        let leading = (cast.supervisors.len() / 6).clamp(1, 8).min(others.len());
        let (leaders, led) = others.split_at(leading);
        let mut circles: Vec<(PersonId, Vec<PersonId>)> = leaders.iter().map(|leader| (*leader, Vec::new())).collect();
        let rounds = circles.len().max(1);
        for (place, supervisor) in led.iter().rev().enumerate() {
            // From the end, so that Ruth, who comes last, is in the first circle: Marianne's.
            if let Some((_, circle)) = circles.get_mut(place % rounds) {
                circle.push(*supervisor);
            }
        }
        circles.insert(0, (*first, leaders.to_vec()));
        let last = circles.len().saturating_sub(1);
        for (place, (supervisor, members)) in circles.into_iter().enumerate().filter(|(_, (_, members))| !members.is_empty()) {
            let (name, slug) = self.river("supervisors’ group", "supervisors");
            let sketch = Sketch { name, slug, kind: GroupKind::Supervisors, supervisor, members };
            // In one circle the sessions ran out and nobody noticed: its supervisors are no longer in date.
            let has_lapsed = place == last && place > 1;
            self.settle(sketch, &SUPERVISORS_BEGIN, if has_lapsed { Course::Lapsed } else { Course::Running(4) });
        }
    }

    fn pairs(&mut self, size: Size, cast: &Cast) {
        let leaders: Vec<PersonId> = cast.supervisors.iter().copied().skip(1).filter(|supervisor| *supervisor != cast.ruth).collect();
        let mut leaders = leaders.into_iter().cycle();
        let mut practitioners = self.waiting.clone().into_iter().cycle();
        for place in 0..size.one_to_ones {
            let supervisor = if place < 2 { Some(cast.ruth) } else { leaders.next() };
            let (Some(supervisor), Some(practitioner)) = (supervisor, practitioners.next()) else { return };
            let every = if place % 3 == 0 { 1 } else { 2 };
            self.pair(GroupKind::OneToOne, supervisor, practitioner, every);
        }
        for place in 0..size.vig {
            let member = if place == 0 { Some(cast.amina) } else { practitioners.next() };
            let supervisor = if place == 1 { Some(cast.ruth) } else { leaders.next() };
            let (Some(supervisor), Some(member)) = (supervisor, member) else { return };
            self.pair(GroupKind::Vig, supervisor, member, 3);
        }
    }

    /// Two people: the name and the address say nothing of who they are.
    fn pair(&mut self, kind: GroupKind, supervisor: PersonId, member: PersonId, every_weeks: u32) {
        let (name, prefix) = match kind {
            GroupKind::Vig => ("VIG supervision", "vig"),
            _ => ("One-to-one supervision", "one-to-one"),
        };
        let slug = format!("{prefix}-{}", self.draw.code());
        let sketch = Sketch { name: name.to_owned(), slug, kind, supervisor, members: vec![member] };
        self.settle(sketch, &PAIRS_BEGIN, Course::Running(every_weeks));
    }

    fn of_practitioners(&mut self, size: Size, cast: &Cast) {
        let leaders: Vec<PersonId> = cast.supervisors.iter().copied().skip(1).filter(|supervisor| *supervisor != cast.ruth).collect();
        let mut leaders = leaders.into_iter().cycle();
        let groups = usize::try_from(size.groups.saturating_sub(1)).unwrap_or_default();
        let waiting = std::mem::take(&mut self.waiting);
        let mut waiting = waiting.into_iter();
        for place in 0..groups {
            let supervisor = if place < 2 { Some(cast.ruth) } else { leaders.next() };
            let Some(supervisor) = supervisor else { return };
            // Three for every group that is still to come; what lies above that is shared out by chance, up to six.
            let to_spare = waiting.len().saturating_sub(3 * (groups - place));
            let members = 3 + (0..3_usize).filter(|more| to_spare > *more && self.draw.chance(75)).count();
            let members: Vec<PersonId> = waiting.by_ref().take(members).collect();
            let (name, slug) = self.river("group", "");
            let sketch = Sketch { name, slug, kind: GroupKind::Group, supervisor, members };
            let course = match groups - place {
                // The last few are being formed: no agreement in force yet, and no sessions.
                1..=2 => Course::Forming,
                3..=5 => Course::RunningOut,
                _ => Course::Running(if self.draw.chance(80) { 2 } else { 3 }),
            };
            self.settle(sketch, &GROUPS_BEGIN, course);
        }
    }

    /// One pair, one reflective practice group, and two open clinics, to which nobody belongs.
    fn of_other_formats(&mut self, cast: &Cast) {
        let mut leaders = cast.supervisors.iter().rev().copied().filter(|supervisor| *supervisor != cast.ruth);
        let mut practitioners = cast.practitioners.iter().rev().copied();
        for (what, suffix, kind, members, every_weeks) in [
            ("pair", "pair", GroupKind::Pair, 2, 2),
            ("reflective practice group", "reflective", GroupKind::Reflective, 4, 4),
            ("open clinic", "clinic", GroupKind::OpenClinic, 0, 1),
            ("open clinic", "clinic", GroupKind::OpenClinic, 0, 2),
        ] {
            let Some(supervisor) = leaders.next() else { return };
            let members = practitioners.by_ref().take(members).collect();
            let (name, slug) = self.river(what, suffix);
            self.settle(Sketch { name, slug, kind, supervisor, members }, &GROUPS_BEGIN, Course::Running(every_weeks));
        }
    }

    /// A name after a river, and what stands in its address.
    fn river(&mut self, what: &str, suffix: &str) -> (String, String) {
        let river = self.rivers.next().unwrap_or("Thames");
        let slug = if suffix.is_empty() { river.to_lowercase() } else { format!("{}-{suffix}", river.to_lowercase()) };
        (format!("{river} {what}"), slug)
    }

    /// Finds an hour at which everybody is free, and founds the group there.
    fn settle(&mut self, sketch: Sketch, begins: &[(u32, u32)], course: Course) {
        let minutes = if sketch.members.len() == 1 { 60 } else { 90 };
        let mut slots: Vec<Slot> = WORKING_DAYS
            .iter()
            .flat_map(|weekday| begins.iter().filter_map(|(hour, minute)| Some((*weekday, NaiveTime::from_hms_opt(*hour, *minute, 0)?))))
            .map(|(weekday, time)| Slot { weekday, time, minutes })
            .collect();
        self.draw.shuffle(&mut slots);
        let people: Vec<PersonId> = sketch.members.iter().copied().chain([sketch.supervisor]).collect();
        let slot = self.diary.first_free(&people, &slots);
        let rhythm = slot.and_then(|slot| self.rhythm(slot, course));
        let mode = if sketch.members.len() > 1 && self.draw.chance(10) { MeetingMode::InPerson } else { MeetingMode::Online };
        self.found(sketch, rhythm, mode);
    }

    fn rhythm(&mut self, slot: Slot, course: Course) -> Option<Rhythm> {
        let (every_weeks, until) = match course {
            Course::Forming => return None,
            Course::Running(every_weeks) => (every_weeks, self.present.today + Days::new(7 * HALF_YEAR)),
            Course::RunningOut => (2, self.present.today + Days::new(7 * 5)),
            Course::Lapsed => (4, self.present.today - Days::new(7 * 8)),
        };
        let weeks_ago = if self.draw.chance(12) { HALF_YEAR - 14 } else { HALF_YEAR };
        let monday = ::series::monday_of(self.present.today) - Days::new(7 * weeks_ago);
        let day = u64::from(slot.weekday.num_days_from_monday()) + 7 * u64::from(self.draw.below(every_weeks));
        Some(Rhythm { slot, every_weeks, first: monday + Days::new(day), until })
    }

    fn found(&mut self, sketch: Sketch, rhythm: Option<Rhythm>, mode: MeetingMode) {
        let Sketch { name, slug, kind, supervisor, members } = sketch;
        let founded = rhythm.map_or(self.present.today - Days::new(9), |rhythm| rhythm.first - Days::new(10));
        for person in members.iter().copied().chain([supervisor]) {
            if let Some(rhythm) = rhythm {
                self.diary.take(person, rhythm.slot);
            }
        }
        let capacity = match (kind, members.len()) {
            (GroupKind::Pair, _) => 2,
            (_, 1) => 1,
            (_, several) => i64::try_from(several).unwrap_or_default().clamp(6, 8),
        };
        let is_online = mode == MeetingMode::Online;
        let room = format!("https://rooms.example/{slug}");
        let phone = format!("01632 960 {:03}", self.draw.below(1_000));
        let members = self.joined(&slug, &members, founded);
        let group = Group {
            id: GroupId(self.draw.id()),
            name,
            kind,
            intervention: self.work(kind),
            supervisor,
            mode,
            room_url: if is_online { room } else { String::new() },
            room_phone: if is_online { phone } else { String::new() },
            place: if is_online { "" } else { self.draw.word(&PLACES) },
            capacity,
            created_at: ::series::instant(founded.and_time(NaiveTime::MIN)) + TimeDelta::hours(10),
            members,
            slug,
            rhythm,
        };
        self.groups.push(group);
    }

    fn work(&self, kind: GroupKind) -> Option<&'static str> {
        let before = self.groups.iter().filter(|group| group.kind == kind).count();
        let is_on_one = kind == GroupKind::Group && before % 3 == 0;
        WORK.into_iter().cycle().nth(before / 3).filter(|_| is_on_one)
    }

    /// Now and then somebody joined a group that was running already.
    fn joined(&mut self, slug: &str, members: &[PersonId], founded: NaiveDate) -> Vec<Member> {
        let latest = self.present.today - Days::new(28);
        let join = |(place, person): (usize, &PersonId)| {
            let is_late = slug != AIRE && place >= 3 && self.draw.chance(15);
            let joined_on = if is_late { (founded + Days::new(70)).min(latest).max(founded) } else { founded };
            Member { person: *person, joined_on }
        };
        members.iter().enumerate().map(join).collect()
    }
}

/// How far a group has come.
#[derive(Clone, Copy, Debug)]
enum Course {
    /// Nobody has met yet.
    Forming,
    /// It meets every so many weeks.
    Running(u32),
    /// Its sessions come to an end in a few weeks.
    RunningOut,
    /// They have come to an end.
    Lapsed,
}

/// The next full quarter of an hour, in the day; at night and on closed days, ten o'clock on the next working day that is open.
fn next_quarter_hour(now: DateTime<Utc>, closed: &[Closure]) -> (NaiveDate, NaiveTime) {
    let local = ::series::local(now);
    let minutes = i64::from(15 - local.minute() % 15);
    let next = local + TimeDelta::minutes(minutes);
    let next_minute = next.time().with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(next.time());
    let is_closed = |date: NaiveDate| closed.iter().any(|closure| closure.contains(date));
    // Whoever looks at it at a weekend still has something to join.
    let is_held = ::series::bank_holiday_on(next.date()).is_none() && !is_closed(next.date());
    if (8..18).contains(&next.hour()) && is_held {
        return (next.date(), next_minute);
    }
    let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default();
    let from = if local.hour() < 8 { local.date() } else { local.date() + Days::new(1) };
    (from.iter_days().find(|date| ::series::is_working_day(*date) && !is_closed(*date)).unwrap_or(from), ten)
}
