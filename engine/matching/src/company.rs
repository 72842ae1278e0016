//! What it costs that people of a group are alike, differ, or are alone in something.
//!
//! One rule for every trait: nobody should be the only one of theirs; beyond two of one kind a group that should be mixed costs something with each
//! further person; and beyond two kinds (one, of levels, since no group has three) a group that should be alike costs something with each
//! further kind. Whoever has said nothing of a trait, or does not let it be used, counts as nobody in it.
//!
//! Beside that, somebody's place costs something for each other with whom they are kept together and who is not in the group, whether or not
//! the other has a place or is in the round at all; and for each in the group whom they know from a group before. Themselves nobody misses
//! or knows.
//!
//! Nothing is ever gained by any of it, so that a bound without these costs is one still.

use crate::instance::{Criteria, Criterion, Practitioner, Rules};

/// Something in which the members of a group can be alike, differ or be alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    Authority,
    /// Being at level 1, which nobody should be alone.
    Novice,
    /// In groups that are formed by it alone.
    Intervention,
    Level,
    Profession,
    Language,
    Setting,
}

/// What a trait costs a group: the criterion of the rules, with the weights that are as old as the format.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub of: Trait,
    criterion: Criterion,
}

/// Something that a group loses points by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub what: Lack,
    /// How many people, or kinds, there are too many or alone.
    pub count: i64,
    /// What that takes from the score.
    pub points: i64,
}

/// What a group should be in a trait, and is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    Company(Trait),
    Likeness(Trait),
    Mixture(Trait),
    /// Those with whom somebody is kept together.
    Companions,
    /// Nobody whom somebody knows from a group before.
    Strangers,
}

impl Trait {
    pub const ALL: [Self; 7] =
        [Self::Authority, Self::Novice, Self::Intervention, Self::Level, Self::Profession, Self::Language, Self::Setting];

    /// What somebody is in it; nothing where they are not asked, or do not let it be used.
    pub fn kind_of(self, one: &Practitioner) -> Option<&str> {
        match self {
            Self::Authority => Some(&one.authority),
            Self::Intervention => Some(&one.intervention),
            Self::Novice => (one.level == 1).then_some("1"),
            Self::Level => Some(match one.level {
                1 => "1",
                2 => "2",
                _ => "3",
            }),
            Self::Profession => one.profession.as_deref(),
            Self::Language => one.language.as_deref(),
            Self::Setting => one.setting.as_deref(),
        }
    }

    /// So many kinds are there without a cost.
    const fn free_kinds(self) -> u32 {
        if matches!(self, Self::Level) { 1 } else { 2 }
    }
}

impl Cost {
    /// What each trait costs, without those that cost nothing.
    pub fn all(rules: &Rules) -> Vec<Self> {
        let (weights, criteria) = (&rules.weights, &rules.criteria);
        let criterion = |of: Trait| match of {
            Trait::Authority => criteria.authority.and(Criterion { mixed: weights.same_authority, ..Criterion::default() }),
            Trait::Intervention => criteria.intervention.and(Criterion { alike: weights.extra_intervention, ..Criterion::default() }),
            Trait::Novice => Criterion { alone: weights.lone_novice, ..Criterion::default() },
            Trait::Level => criteria.level,
            Trait::Profession => criteria.profession,
            Trait::Language => criteria.language,
            Trait::Setting => criteria.setting,
        };
        let costs = Trait::ALL.into_iter().map(|of| Self { of, criterion: criterion(of) });
        costs.filter(|cost| !cost.criterion.is_nothing()).collect()
    }

    /// Whether it counts in a stream.
    pub fn counts(&self, has_interventions: bool) -> bool {
        has_interventions || self.of != Trait::Intervention
    }

    /// What each further kind costs where the group should be alike.
    pub const fn of_a_further_kind(&self) -> i64 {
        self.criterion.alike
    }

    /// What it costs that one more of a kind comes, where there are so many others of it, and so many kinds besides.
    #[inline]
    pub const fn of_one_more(&self, alike: u32, kinds: u32) -> i64 {
        match alike {
            0 if kinds >= self.of.free_kinds() => self.criterion.alone + self.criterion.alike,
            0 => self.criterion.alone,
            1 => -self.criterion.alone,
            _ => self.criterion.mixed,
        }
    }

    /// What is not as it should be with some people together.
    fn flaws(&self, members: &[&Practitioner]) -> [Flaw; 3] {
        let (mut kinds, mut alone, mut beyond_two) = (0_u32, 0, 0);
        for (place, member) in members.iter().enumerate() {
            let Some(kind) = self.of.kind_of(member) else { continue };
            let is_same = |other: &&&Practitioner| self.of.kind_of(other) == Some(kind);
            let before = members.iter().take(place).filter(is_same).count();
            let after = members.iter().skip(place + 1).filter(is_same).count();
            kinds += u32::from(before == 0);
            alone += i64::from(before + after == 0);
            beyond_two += i64::from(before >= 2);
        }
        let further = i64::from(kinds.saturating_sub(self.of.free_kinds()));
        let flaw = |what: Lack, count: i64, each: i64| Flaw { what, count, points: count * each };
        [
            flaw(Lack::Company(self.of), alone, self.criterion.alone),
            flaw(Lack::Likeness(self.of), further, self.criterion.alike),
            flaw(Lack::Mixture(self.of), beyond_two, self.criterion.mixed),
        ]
    }

    /// Everything of this trait that the rules ask, whether or not it is so.
    fn asked(&self, members: &[&Practitioner]) -> impl Iterator<Item = Flaw> {
        let each = [self.criterion.alone, self.criterion.alike, self.criterion.mixed];
        self.flaws(members).into_iter().zip(each).filter(|(_, each)| *each > 0).map(|(flaw, _)| flaw)
    }
}

impl Rules {
    /// What the rules ask of people in one group of a stream beside their number, and how far it is from being so.
    pub fn company(&self, stream: &str, members: &[&Practitioner]) -> Vec<Flaw> {
        let has_interventions = stream == crate::compile::WITH_INTERVENTIONS;
        let costs = Cost::all(self).into_iter().filter(|cost| cost.counts(has_interventions));
        let of_traits = costs.flat_map(|cost| cost.asked(members).collect::<Vec<_>>());
        of_traits.chain(self.criteria.ties(members, members)).collect()
    }
}

impl Criteria {
    /// What is asked for some of the members of a group of one another and of the rest.
    pub(crate) fn ties(&self, some: &[&Practitioner], members: &[&Practitioner]) -> impl Iterator<Item = Flaw> + use<> {
        let flaw = |what: Lack, each: i64, of: fn(&Practitioner) -> &[String], is_flaw_here: bool| {
            let others = some.iter().flat_map(|one| of(one).iter().filter(move |other| **other != one.id));
            let is_here = |other: &String| members.iter().any(|member| member.id == *other);
            let (mut is_asked, mut count) = (false, 0);
            for other in others {
                is_asked = true;
                count += i64::from(is_here(other) == is_flaw_here);
            }
            (is_asked && each > 0).then(|| Flaw { what, count, points: count * each })
        };
        let together = flaw(Lack::Companions, self.together, |one| &one.together, false);
        let acquainted = flaw(Lack::Strangers, self.acquainted, |one| &one.acquainted, true);
        together.into_iter().chain(acquainted)
    }
}
