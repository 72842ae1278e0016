//! What is said in the community: everywhere something, kind and to the point, and nothing that points to a family.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::cast::{Cast, Person};
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use super::registration::Registrations;
use crate::access::Role;
use crate::authorities::eligible;
use crate::people::{PersonId, Standing};
use crate::spaces::{SpaceId, SpaceKind, ThreadId, Written};

/// Spaces, with what was written in them.
#[derive(Debug, Default, PartialEq)]
pub struct Community {
    pub spaces: Vec<Space>,
    pub threads: Vec<Thread>,
    pub poll: Option<Poll>,
}

/// A poll of a thread, with who chose which place.
#[derive(Debug, PartialEq)]
pub struct Poll {
    pub thread: ThreadId,
    pub closes_on: NaiveDate,
    pub options: [&'static str; 3],
    pub answers: Vec<(i64, PersonId)>,
}

/// A space for more than one group.
#[derive(Debug, PartialEq)]
pub struct Space {
    pub id: SpaceId,
    pub slug: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    pub kind: SpaceKind,
    pub subject: &'static str,
    pub moderators: Vec<PersonId>,
    pub takes_files: bool,
    pub allows_unnamed: bool,
}

/// A thread with its posts, the first of which it begins with.
#[derive(Debug, PartialEq)]
pub struct Thread {
    pub id: ThreadId,
    pub space: SpaceId,
    pub number: i64,
    pub title: String,
    pub posts: Vec<Post>,
    pub is_pinned: bool,
}

/// Somebody's words.
#[derive(Debug, PartialEq)]
pub struct Post {
    pub author: PersonId,
    pub text: Written,
    pub at: DateTime<Utc>,
}

/// Slug, name, what it is about, for whom, and which intervention or region.
const SPACES: [(&str, &str, &str, SpaceKind, &str); 12] = [
    ("ask-anything", "Ask anything", "No question is too small, and none has to be finished.", SpaceKind::Centre, ""),
    ("endings", "Endings", "Leaving, being left, handing over, stopping well.", SpaceKind::Centre, ""),
    ("fathers", "Fathers and co-parents", "Everybody else who holds the baby.", SpaceKind::Centre, ""),
    ("new-starters", "New starters", "The first months, and what others wish they had known.", SpaceKind::NewStarters, ""),
    ("supervisors", "Supervisors", "Leading groups, and being led.", SpaceKind::Supervisors, ""),
    ("vig", "VIG", "Video Interaction Guidance: clips, shared review, supervision.", SpaceKind::Intervention, "vig"),
    ("solihull", "Solihull Approach", "Containment, reciprocity and what comes of them.", SpaceKind::Intervention, "solihull"),
    ("www", "Watch, Wait and Wonder", "Following the baby’s lead.", SpaceKind::Intervention, "www"),
    ("nbo", "Newborn observation", "What a newborn can say.", SpaceKind::Intervention, "nbo"),
    ("yorkshire", "Yorkshire and The Humber", "What goes on in the region.", SpaceKind::Region, "Yorkshire and The Humber"),
    ("north-west", "North West", "What goes on in the region.", SpaceKind::Region, "North West"),
    ("london", "London", "What goes on in the region.", SpaceKind::Region, "London"),
];

/// A thread as it is written down beforehand.
struct Script {
    space: &'static str,
    title: &'static str,
    /// The texts, and whether a supervisor says it.
    lines: Vec<(bool, &'static str)>,
}

/// Reads threads: `#` begins one, `-` is a reply, `*` one by a supervisor, anything else what it begins with.
fn scripts(text: &'static str) -> Vec<Script> {
    let mut scripts: Vec<Script> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            let (space, title) = head.split_once(" | ").unwrap_or(("", head));
            scripts.push(Script { space, title, lines: Vec::new() });
            continue;
        }
        let said = match (line.strip_prefix("- "), line.strip_prefix("* ")) {
            (Some(said), _) => (false, said),
            (None, Some(said)) => (true, said),
            (None, None) => (false, line),
        };
        if let Some(script) = scripts.last_mut() {
            script.lines.push(said);
        }
    }
    scripts
}

/// Lets people talk: in every space of its own, and in the closed space of every group of several.
pub fn community(seed: u64, present: Present, cast: &Cast, groups: &[Group], registrations: &Registrations) -> Community {
    let mut draw = Draw::of(seed, "community");
    let spaces: Vec<Space> = SPACES.iter().map(|space| space_of(&mut draw, cast, *space)).collect();
    let mut numbers: BTreeMap<SpaceId, i64> = BTreeMap::new();
    let mut threads = Vec::new();
    let talk = scripts(include_str!("community.txt"));
    let count = i64::try_from(talk.len()).unwrap_or_default();
    for (place, script) in (0..).zip(&talk) {
        let Some(space) = spaces.iter().find(|space| space.slug == script.space) else { continue };
        let writers = writers(cast, space, registrations);
        // Spread over seven weeks, the last one some hours ago; the order of the file is not that of time.
        let last_at = hours_ago(present.now, 3 + (place * 7 + 5) % count * 1_100 / count.max(1), place);
        let number = numbers.entry(space.id).or_default();
        *number += 1;
        let is_pinned = script.title.starts_with("What I wish");
        threads.extend(thread(&mut draw, last_at, (space.id, *number), script, &writers, is_pinned));
    }
    let closed = scripts(include_str!("group_talk.txt"));
    let of_several = |group: &&Group| group.members.len() > 2 && group.kind.has_members() && !group.kind.is_named_by_kind();
    for (place, group) in (0..).zip(groups.iter().filter(of_several)) {
        let Some(script) = draw.pick(&closed) else { continue };
        let writers = Writers { members: group.members.iter().map(|member| member.person).collect(), supervisors: vec![group.supervisor] };
        let last_at = hours_ago(present.now, i64::from(draw.between(4, 500)), place);
        threads.extend(thread(&mut draw, last_at, (SpaceId(group.id.0), 1), script, &writers, false));
    }
    let poll = poll(present, cast, &threads);
    Community { spaces, threads, poll }
}

/// Where the interpreter sits: the one poll, answered by some of those who are about.
fn poll(present: Present, cast: &Cast, threads: &[Thread]) -> Option<Poll> {
    let thread = threads.iter().find(|thread| thread.title.starts_with("Working with an interpreter"))?;
    let people = cast.everybody.iter().filter(|person| person.standing == Standing::Registered && person.roles == [Role::Practitioner]);
    let answers = [3, 1, 3, 2, 3, 3, 1].into_iter().zip(people.skip(1)).map(|(place, person)| (place, person.id)).collect();
    Some(Poll {
        thread: thread.id,
        closes_on: present.today + TimeDelta::days(9),
        options: ["Beside me", "Beside the parent", "Between us, as a triangle"],
        answers,
    })
}

fn space_of(
    draw: &mut Draw,
    cast: &Cast,
    (slug, name, about, kind, subject): (&'static str, &'static str, &'static str, SpaceKind, &'static str),
) -> Space {
    let moderators = draw.pick(&cast.supervisors).copied().into_iter().collect();
    Space {
        id: SpaceId(draw.id()),
        slug,
        name,
        about,
        kind,
        subject,
        moderators,
        takes_files: slug == "ask-anything",
        allows_unnamed: false,
    }
}

/// Who may write in a space.
struct Writers {
    members: Vec<PersonId>,
    supervisors: Vec<PersonId>,
}

fn writers(cast: &Cast, space: &Space, registrations: &Registrations) -> Writers {
    let region_of = |person: &Person| eligible().find(|line| Some(line.id()) == person.authority).map(|line| line.region);
    let may_write = |person: &&Person| match space.kind {
        SpaceKind::Region => region_of(person) == Some(space.subject),
        SpaceKind::Intervention => {
            registrations.answers.iter().any(|answers| answers.person == person.id && answers.intervention == space.subject)
        }
        _ => true,
    };
    let registered = cast.everybody.iter().filter(|person| person.standing == Standing::Registered);
    let members = registered.filter(|person| person.roles.contains(&Role::Practitioner)).filter(may_write);
    let members: Vec<PersonId> = members.map(|person| person.id).collect();
    let members = if space.kind == SpaceKind::Supervisors { cast.supervisors.clone() } else { members };
    let of_work = registrations.offers.iter().filter(|offer| offer.interventions.contains(&space.subject)).map(|offer| offer.person);
    let supervisors = match space.kind {
        SpaceKind::Intervention => of_work.collect(),
        SpaceKind::Region => space.moderators.clone(),
        _ => cast.supervisors.clone(),
    };
    Writers { members, supervisors }
}

fn thread(
    draw: &mut Draw,
    last_at: DateTime<Utc>,
    (space, number): (SpaceId, i64),
    script: &Script,
    writers: &Writers,
    is_pinned: bool,
) -> Option<Thread> {
    let mut at = by_day(last_at);
    let mut posts = Vec::new();
    let mut before = None;
    // From the last to the first, so that it is known when it ended.
    for (is_supervisor, said) in script.lines.iter().rev() {
        let from = if *is_supervisor && !writers.supervisors.is_empty() { &writers.supervisors } else { &writers.members };
        let others: Vec<PersonId> = from.iter().copied().filter(|person| Some(*person) != before || from.len() == 1).collect();
        let author = *draw.pick(&others)?;
        before = Some(author);
        posts.push(Post { author, text: Written::of(&said.replace("||", "\n\n")).ok()?, at });
        at = by_day(at - TimeDelta::minutes(i64::from(draw.between(20, 900))));
    }
    posts.reverse();
    Some(Thread { id: ThreadId(draw.id()), space, number, title: script.title.to_owned(), posts, is_pinned })
}

/// So many hours ago, or somewhat longer: nobody writes at the same minute of every hour. The minute follows from the place among what is written, so that
/// nothing else is drawn otherwise by it.
pub(super) fn hours_ago(now: DateTime<Utc>, hours: i64, place: i64) -> DateTime<Utc> {
    now - TimeDelta::hours(hours) - TimeDelta::minutes((place * 23 + 7) % 60)
}

/// Nobody writes at night: what would be written then was written the evening before.
pub(super) fn by_day(at: DateTime<Utc>) -> DateTime<Utc> {
    match i64::from(::series::local(at).time().hour()) {
        early @ 0..7 => at - TimeDelta::hours(early + 4),
        late @ 22.. => at - TimeDelta::hours(late - 20),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_within_sixty_hours_is_written_at_sixty_different_minutes() {
        let now = "2026-10-22T08:50:00Z".parse().unwrap();
        let minutes: std::collections::BTreeSet<u32> = (0..60).map(|place| hours_ago(now, 60 - place, place).minute()).collect();
        assert_eq!(minutes.len(), 60);
    }

    #[test]
    fn every_space_has_something_to_read() {
        let scripts = scripts(include_str!("community.txt"));
        for (slug, ..) in SPACES {
            assert!(scripts.iter().any(|script| script.space == slug), "{slug}");
        }
        assert!(scripts.iter().all(|script| SPACES.iter().any(|(slug, ..)| *slug == script.space) && script.lines.len() > 1));
    }
}
