//! The file of one matching round, `supervision-matching/1`, as it is read and written.
//!
//! Beside what the format fixes, the rules may have `criteria` and `weakest_first`, and practitioners a `profession`, a `language`, a `setting` and others with whom
//! they are kept `together` or `acquainted`, see `company` and `levelling`.
//! A file without them is read, written and scored as the format says.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{InstanceError, check};
use crate::json::{Misread, Node, read};
use crate::names::Names;

/// The word in the file by which its format is known.
pub const INSTANCE_FORMAT: &str = "supervision-matching/1";

/// One matching round: the rules, the supervisors, the practitioners, and who may not meet whom.
///
/// Any value can be put in. [`Matcher::new`](crate::Matcher::new) refuses what is not a round, and says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Instance {
    pub format: String,
    pub rules: Rules,
    pub supervisors: Vec<Supervisor>,
    pub practitioners: Vec<Practitioner>,
    /// Pairs of ids, in either order, that may not be in one group.
    pub conflicts: Vec<(String, String)>,
}

/// The rules and weights of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rules {
    pub session_minutes: i64,
    pub changeover_minutes: i64,
    pub streams: BTreeMap<String, StreamRules>,
    pub weights: Weights,
    /// In what groups should be alike or mixed, and nobody alone, beyond what the weights say. A file may be without it.
    #[serde(skip_serializing_if = "Criteria::is_nothing")]
    pub criteria: Criteria,
    /// Of each thousand points of the score so many may be given so that the weakest groups fit better, see `levelling`; nought where all groups
    /// together go first. A file may be without it.
    #[serde(skip_serializing_if = "is_nothing")]
    pub weakest_first: i64,
}

/// What a group should be, trait by trait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Criteria {
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub authority: Criterion,
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub intervention: Criterion,
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub level: Criterion,
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub profession: Criterion,
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub language: Criterion,
    #[serde(skip_serializing_if = "Criterion::is_nothing")]
    pub setting: Criterion,
    /// What it costs each time that somebody is in a group without one with whom they are kept together.
    #[serde(skip_serializing_if = "is_nothing")]
    pub together: i64,
    /// What it costs each time that somebody is in a group with one whom they know from a group before.
    #[serde(skip_serializing_if = "is_nothing")]
    pub acquainted: i64,
}

/// What it costs that a group is not as it should be in one trait, see `company`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// Each kind beyond those that a group may have.
    pub alike: i64,
    /// Each person beyond two of one kind.
    pub mixed: i64,
    /// Each person who is the only one of theirs.
    pub alone: i64,
}

/// How large the groups of one stream may be, and should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StreamRules {
    pub min: i64,
    pub max: i64,
    pub target_min: i64,
    pub target_max: i64,
}

/// What each term of the score is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Weights {
    pub placed: i64,
    pub urgency: i64,
    pub same_supervisor: i64,
    pub preferred_time: i64,
    pub open_group: i64,
    pub below_target: i64,
    pub above_target: i64,
    pub same_authority: i64,
    pub lone_novice: i64,
    pub extra_intervention: i64,
    pub load_step: i64,
}

/// A stretch of one day of the cycle: `[week, day, from, to)`, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "(i64, i64, i64, i64)")]
pub struct Window {
    pub week: i64,
    pub day: i64,
    pub from: i64,
    pub to: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supervisor {
    pub id: String,
    pub region: String,
    pub streams: Vec<String>,
    pub interventions: Vec<String>,
    pub modes: Vec<String>,
    pub max_groups: i64,
    pub availability: Vec<Window>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Practitioner {
    pub id: String,
    pub authority: String,
    pub region: String,
    pub stream: String,
    pub intervention: String,
    pub level: i64,
    pub modes: Vec<String>,
    pub urgency: i64,
    pub availability: Vec<Window>,
    pub preferred: Vec<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_supervisor: Option<String>,
    /// Where they let it be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
    /// Likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where they work, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The ids of others in whose group they should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<String>,
    /// The ids of others in whose group they have been before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acquainted: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_nothing(weight: &i64) -> bool {
    *weight == 0
}

impl Instance {
    /// Reads a file and checks it.
    pub fn read(json: &[u8]) -> Result<Self, InstanceError> {
        let instance = read(json, Self::of).map_err(InstanceError::Unreadable)?;
        check(&instance)?;
        Ok(instance)
    }

    /// The file as text, one line.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Every mode that somebody offers or accepts.
    pub(crate) fn modes(&self) -> Names<'_> {
        let offered = self.supervisors.iter().flat_map(|supervisor| &supervisor.modes);
        Names::new(offered.chain(self.practitioners.iter().flat_map(|practitioner| &practitioner.modes)))
    }

    fn of(file: &Node) -> Result<Self, Misread> {
        Ok(Self {
            format: file.field("format")?.text()?,
            rules: Rules::of(file.field("rules")?)?,
            supervisors: file.field("supervisors")?.list(Supervisor::of)?,
            practitioners: file.field("practitioners")?.list(Practitioner::of)?,
            conflicts: file.optional("conflicts")?.map_or(Ok(Vec::new()), |pairs| pairs.list(pair))?,
        })
    }
}

fn pair(pair: &Node) -> Result<(String, String), Misread> {
    let [one, other] = pair.row()?;
    Ok((one.text()?, other.text()?))
}

impl Rules {
    fn of(rules: &Node) -> Result<Self, Misread> {
        let mut streams = BTreeMap::new();
        for (name, stream) in rules.field("streams")?.fields()? {
            if streams.insert(name.clone().into_owned(), StreamRules::of(stream)?).is_some() {
                return stream.is_wrong("a stream that was there before");
            }
        }
        Ok(Self {
            session_minutes: rules.field("session_minutes")?.number()?,
            changeover_minutes: rules.field("changeover_minutes")?.number()?,
            streams,
            weights: Weights::of(rules.field("weights")?)?,
            criteria: rules.optional("criteria")?.map_or(Ok(Criteria::default()), Criteria::of)?,
            weakest_first: rules.optional("weakest_first")?.map_or(Ok(0), Node::number)?,
        })
    }
}

impl Criteria {
    fn of(criteria: &Node) -> Result<Self, Misread> {
        let criterion = |name| criteria.optional(name)?.map_or(Ok(Criterion::default()), Criterion::of);
        let weight = |name| criteria.optional(name)?.map_or(Ok(0), Node::number);
        Ok(Self {
            authority: criterion("authority")?,
            intervention: criterion("intervention")?,
            level: criterion("level")?,
            profession: criterion("profession")?,
            language: criterion("language")?,
            setting: criterion("setting")?,
            together: weight("together")?,
            acquainted: weight("acquainted")?,
        })
    }

    /// The criteria by their names in the file.
    pub(crate) fn by_name(&self) -> [(&'static str, &Criterion); 6] {
        [
            ("authority", &self.authority),
            ("intervention", &self.intervention),
            ("level", &self.level),
            ("profession", &self.profession),
            ("language", &self.language),
            ("setting", &self.setting),
        ]
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Criterion {
    fn of(criterion: &Node) -> Result<Self, Misread> {
        let weight = |name| criterion.optional(name)?.map_or(Ok(0), Node::number);
        Ok(Self { alike: weight("alike")?, mixed: weight("mixed")?, alone: weight("alone")? })
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self { alike: self.alike + other.alike, mixed: self.mixed + other.mixed, alone: self.alone + other.alone }
    }
}

impl StreamRules {
    const NAMES: [&str; 4] = ["min", "max", "target_min", "target_max"];

    fn of(stream: &Node) -> Result<Self, Misread> {
        let [min, max, target_min, target_max] = stream.numbers(Self::NAMES)?;
        Ok(Self { min, max, target_min, target_max })
    }

    /// The sizes with their names in the file.
    pub(crate) fn by_name(&self) -> impl Iterator<Item = (&'static str, i64)> {
        Self::NAMES.into_iter().zip([self.min, self.max, self.target_min, self.target_max])
    }
}

impl Weights {
    const NAMES: [&str; 11] = [
        "placed",
        "urgency",
        "same_supervisor",
        "preferred_time",
        "open_group",
        "below_target",
        "above_target",
        "same_authority",
        "lone_novice",
        "extra_intervention",
        "load_step",
    ];

    fn of(weights: &Node) -> Result<Self, Misread> {
        let [
            placed,
            urgency,
            same_supervisor,
            preferred_time,
            open_group,
            below_target,
            above_target,
            same_authority,
            lone_novice,
            extra_intervention,
            load_step,
        ] = weights.numbers(Self::NAMES)?;
        Ok(Self {
            placed,
            urgency,
            same_supervisor,
            preferred_time,
            open_group,
            below_target,
            above_target,
            same_authority,
            lone_novice,
            extra_intervention,
            load_step,
        })
    }

    /// The weights with their names in the file.
    pub(crate) fn by_name(&self) -> impl Iterator<Item = (&'static str, i64)> {
        Self::NAMES.into_iter().zip([
            self.placed,
            self.urgency,
            self.same_supervisor,
            self.preferred_time,
            self.open_group,
            self.below_target,
            self.above_target,
            self.same_authority,
            self.lone_novice,
            self.extra_intervention,
            self.load_step,
        ])
    }
}

impl Window {
    fn of(window: &Node) -> Result<Self, Misread> {
        let [week, day, from, to] = window.row()?;
        Ok(Self { week: week.number()?, day: day.number()?, from: from.number()?, to: to.number()? })
    }
}

impl Supervisor {
    fn of(supervisor: &Node) -> Result<Self, Misread> {
        Ok(Self {
            id: supervisor.field("id")?.text()?,
            region: supervisor.field("region")?.text()?,
            streams: supervisor.field("streams")?.texts()?,
            interventions: supervisor.field("interventions")?.texts()?,
            modes: supervisor.field("modes")?.texts()?,
            max_groups: supervisor.field("max_groups")?.number()?,
            availability: supervisor.field("availability")?.list(Window::of)?,
        })
    }
}

impl Practitioner {
    fn of(practitioner: &Node) -> Result<Self, Misread> {
        let optional_text = |name| practitioner.optional(name)?.map(Node::text).transpose();
        let optional_texts = |name| practitioner.optional(name)?.map_or(Ok(Vec::new()), Node::texts);
        Ok(Self {
            id: practitioner.field("id")?.text()?,
            authority: practitioner.field("authority")?.text()?,
            region: practitioner.field("region")?.text()?,
            stream: practitioner.field("stream")?.text()?,
            intervention: practitioner.field("intervention")?.text()?,
            level: practitioner.field("level")?.number()?,
            modes: practitioner.field("modes")?.texts()?,
            urgency: practitioner.field("urgency")?.number()?,
            availability: practitioner.field("availability")?.list(Window::of)?,
            preferred: practitioner.optional("preferred")?.map_or(Ok(Vec::new()), |windows| windows.list(Window::of))?,
            previous_supervisor: optional_text("previous_supervisor")?,
            profession: optional_text("profession")?,
            language: optional_text("language")?,
            setting: optional_text("setting")?,
            together: optional_texts("together")?,
            acquainted: optional_texts("acquainted")?,
        })
    }
}

impl From<Window> for (i64, i64, i64, i64) {
    fn from(window: Window) -> Self {
        (window.week, window.day, window.from, window.to)
    }
}
