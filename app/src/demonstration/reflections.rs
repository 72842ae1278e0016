//! What Amina, Ruth and some others wrote for themselves, and what of it they share.

use chrono::{DateTime, TimeDelta, Utc};

use super::cast::Cast;
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use crate::groups::GroupKind;
use crate::people::PersonId;
use crate::reflections::{ReflectionId, Words};

/// One entry, before it is sealed.
#[derive(Debug, PartialEq)]
pub struct Reflection {
    pub id: ReflectionId,
    pub code: String,
    pub writer: PersonId,
    pub written_at: DateTime<Utc>,
    pub words: Words,
    /// With whom, since when, and when they opened it.
    pub shared: Option<(PersonId, DateTime<Utc>, Option<DateTime<Utc>>)>,
}

/// What is written: so many hours ago, the title, and what stands under each question.
type Draft = (i64, &'static str, [&'static str; 4]);

const AMINAS: [Draft; 4] = [
    (
        20,
        "",
        [
            "She put the baby down to make tea and came back quickly. I noticed that I had been holding my breath.",
            "Relief. Then a bit foolish.",
            "Was it her worry or mine?",
            "",
        ],
    ),
    (
        70,
        "The pram that nobody spoke about",
        [
            "It stood in the hall, still in its wrapping. We talked about sleep for forty minutes.",
            "Heavy, and very tired, more than the day explains.",
            "Whose tiredness is it? What would have happened had I asked?",
            "How to stay with a silence without filling it.",
        ],
    ),
    (200, "After the group", ["Joanne’s way of waiting stayed with me.", "", "Could I wait like that on a doorstep?", ""]),
    (
        410,
        "A good visit",
        [
            "They looked at each other and both laughed. I did nothing at all.",
            "Glad. I want to remember this one on the other days.",
            "",
            "",
        ],
    ),
];

const RUTHS: [Draft; 2] = [
    (
        30,
        "Who was I talking to?",
        [
            "I answered quickly today, twice, where nobody had asked me anything.",
            "Hurried.",
            "What in the group could not be borne for another minute?",
            "The hurry.",
        ],
    ),
    (
        300,
        "",
        [
            "Two of them looked at the clock at the same moment.",
            "",
            "Were they telling me something about the length, or about the week?",
            "",
        ],
    ),
];

/// What one of Amina's companions has shared, so that Ruth finds more than one.
const COMPANIONS: [Draft; 1] = [(
    96,
    "Saying less",
    [
        "I counted to ten before I spoke. The father began to speak at eight.",
        "Curious, for once, and not responsible.",
        "How often do I speak at seven?",
        "",
    ],
)];

/// Invents the entries.
pub fn reflections(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Reflection> {
    let mut draw = Draw::of(seed, "reflections");
    let supervises_amina = groups.iter().any(|group| {
        group.kind == GroupKind::Group && group.supervisor == cast.ruth && group.members.iter().any(|member| member.person == cast.amina)
    });
    let mut entry = |writer: PersonId, (hours, title, [happened, felt, wonder, bring]): &Draft, shared: Option<(i64, Option<i64>)>| {
        let ago = |hours: i64| present.now - TimeDelta::hours(hours);
        Reflection {
            id: ReflectionId(draw.id()),
            code: draw.code(),
            writer,
            written_at: ago(*hours),
            words: Words {
                title: (*title).to_owned(),
                happened: (*happened).to_owned(),
                felt: (*felt).to_owned(),
                wonder: (*wonder).to_owned(),
                bring: (*bring).to_owned(),
            },
            shared: shared.filter(|_| supervises_amina).map(|(since, opened)| (cast.ruth, ago(since), opened.map(ago))),
        }
    };
    // Her second entry is shared and not read yet, her third was read.
    let sharing = [None, Some((4, None)), Some((190, Some(150))), None];
    let mut entries: Vec<Reflection> = AMINAS.iter().zip(sharing).map(|(draft, shared)| entry(cast.amina, draft, shared)).collect();
    entries.extend(RUTHS.iter().map(|draft| entry(cast.ruth, draft, None)));
    let companion = cast.companions.first().copied();
    entries.extend(
        companion
            .into_iter()
            .flat_map(|companion| COMPANIONS.iter().map(move |draft| (companion, draft)))
            .map(|(companion, draft)| entry(companion, draft, Some((90, None)))),
    );
    entries
}
