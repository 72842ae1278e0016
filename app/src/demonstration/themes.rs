//! Themes in every state, and lines of the improvement log.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::cast::Cast;
use super::draw::Draw;
use super::plan::Present;
use crate::people::PersonId;
use crate::themes::{GatheredId, ImprovementId, Outcome, ThemeId, Work};

/// All of it.
#[derive(Debug, PartialEq)]
pub struct Themes {
    pub gathered: Vec<Gathered>,
    pub raised: Vec<Raised>,
    pub improvements: Vec<Improvement>,
}

/// Themes under one title.
#[derive(Debug, PartialEq)]
pub struct Gathered {
    pub id: GatheredId,
    pub code: String,
    pub title: &'static str,
    pub at: DateTime<Utc>,
    pub outcome: Option<Outcome>,
    pub outcome_words: &'static str,
    pub outcome_address: &'static str,
}

/// A theme as somebody raised it.
#[derive(Debug, PartialEq)]
pub struct Raised {
    pub id: ThemeId,
    pub code: String,
    pub by: Option<PersonId>,
    pub day: NaiveDate,
    pub words: &'static str,
    pub groups_met: i64,
    pub intervention: Work,
    pub gathered: Option<GatheredId>,
}

/// A line of the improvement log.
#[derive(Debug, PartialEq)]
pub struct Improvement {
    pub id: ImprovementId,
    pub code: String,
    pub gathered: Option<GatheredId>,
    pub changed_on: NaiveDate,
    pub heard: &'static str,
    pub changed: &'static str,
}

/// A title, how many days ago, and what became of it with the address.
const GATHERED: [(&str, i64, Option<Outcome>, &str, &str); 4] = [
    ("Fathers and co-parents", 6, None, "", ""),
    (
        "Interpreters in the room",
        40,
        Some(Outcome::Improvement),
        "The agreement’s template now has a paragraph on interpreters, and groups can plan a longer session.",
        "",
    ),
    ("Ending well", 75, Some(Outcome::Resource), "A page on endings: for the family, for the group, and for oneself.", "/help"),
    (
        "Recording sessions",
        100,
        Some(Outcome::SetAside),
        "Sessions are not recorded, so that people can speak freely. That stays as it is.",
        "",
    ),
];

/// Who raised it: Ruth, another supervisor, or nobody who wants to be told.
#[derive(Clone, Copy)]
enum By {
    Ruth,
    Another,
    Nobody,
}

/// By whom, how many days ago, the words, in how many groups, in which work, and the place of what it was gathered into.
type Draft = (By, u64, &'static str, i64, Work, Option<usize>);

/// What was raised, the latest first.
const RAISED: [Draft; 9] = [
    (By::Ruth, 2, "Practitioners feel that they must have an answer before they leave the house.", 2, Work::General, None),
    (By::Another, 3, "Several groups ask what to say when a film shows something that the parent does not see.", 3, Work::Vig, None),
    (By::Nobody, 5, "Travel between visits leaves no time to write anything down.", 1, Work::Other, None),
    (By::Ruth, 8, "How to include fathers who work nights.", 3, Work::General, Some(0)),
    (By::Another, 12, "Second parents sit at the edge of the visit, and nobody knows how to turn to them.", 2, Work::Vig, Some(0)),
    (By::Ruth, 50, "With an interpreter the hour is over before it has begun.", 3, Work::General, Some(1)),
    (By::Another, 55, "Nobody agreed beforehand what the interpreter may repeat.", 4, Work::General, Some(1)),
    (By::Ruth, 80, "Endings come by letter, and the group hears of them afterwards.", 2, Work::General, Some(2)),
    (By::Ruth, 104, "Could a session be recorded for whoever misses it?", 1, Work::General, Some(3)),
];

/// Invents the themes.
pub fn themes(seed: u64, present: Present, cast: &Cast) -> Themes {
    let mut draw = Draw::of(seed, "themes");
    let gathered: Vec<Gathered> = GATHERED
        .iter()
        .map(|(title, days, outcome, outcome_words, outcome_address)| Gathered {
            id: GatheredId(draw.id()),
            code: draw.code(),
            title,
            at: present.now - TimeDelta::days(*days),
            outcome: *outcome,
            outcome_words,
            outcome_address,
        })
        .collect();
    let another = cast.supervisors.first().copied().filter(|person| *person != cast.ruth);
    let raised = RAISED
        .iter()
        .map(|(by, days, words, groups_met, intervention, into)| Raised {
            id: ThemeId(draw.id()),
            code: draw.code(),
            by: match by {
                By::Ruth => Some(cast.ruth),
                By::Another => another,
                By::Nobody => None,
            },
            day: present.today - Days::new(*days),
            words,
            groups_met: *groups_met,
            intervention: *intervention,
            gathered: into.and_then(|place| gathered.get(place)).map(|gathered| gathered.id),
        })
        .collect();
    let improvement = |draw: &mut Draw, days: u64, gathered: Option<GatheredId>, heard, changed| Improvement {
        id: ImprovementId(draw.id()),
        code: draw.code(),
        gathered,
        changed_on: present.today - Days::new(days),
        heard,
        changed,
    };
    let interpreters = gathered.iter().find(|gathered| gathered.outcome == Some(Outcome::Improvement));
    let improvements = vec![
        improvement(
            &mut draw,
            33,
            interpreters.map(|gathered| gathered.id),
            "With an interpreter the hour is too short, and nobody has agreed what may be repeated.",
            interpreters.map_or("", |gathered| gathered.outcome_words),
        ),
        improvement(
            &mut draw,
            120,
            None,
            "Reminders came while people were driving from visit to visit.",
            "Everybody chooses how many hours before a session they are reminded.",
        ),
    ];
    Themes { gathered, raised, improvements }
}
