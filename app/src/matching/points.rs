//! What a group adds to the score of a round, and how much of what was asked for it gives.

use ::matching::{Fit, Lack, ProposedGroup, rank_of_fit};

use super::facts::{Names, stays};

/// Something that some members asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// How many asked for it.
    pub asked: i64,
    /// How many get it.
    pub given: i64,
    /// What each who gets it adds.
    pub each: i64,
}

/// What a group loses points by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// So many fewer than there should be.
    Small(i64),
    /// So many more.
    Large(i64),
    /// People, or kinds of them, who should not be together, or alone.
    Company(Lack),
}

/// The points of a group, but for what it costs that its supervisor leads several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// How many are in it.
    pub size: i64,
    /// How urgent all of them are together.
    pub urgency: i64,
    /// What their places add.
    pub places: i64,
    /// The times at which they would rather meet.
    pub preferred_time: Wish,
    /// The supervisors whom they have now.
    pub same_supervisor: Wish,
    /// What it costs to open a group.
    pub opening: i64,
    /// What is not as it should be, each with what it costs.
    pub flaws: Vec<(Flaw, i64)>,
}

impl Wish {
    /// What it adds.
    pub const fn points(self) -> i64 {
        self.given * self.each
    }
}

impl Points {
    /// The points of a group.
    pub fn of(names: &Names<'_>, group: &ProposedGroup) -> Self {
        let weights = &names.rules().weights;
        let members = names.members(group);
        let start = (group.week, group.day, group.start);
        let urgency = members.iter().map(|member| member.urgency).sum();
        let size = count(members.iter());
        Self {
            size,
            urgency,
            places: size * weights.placed + urgency * weights.urgency,
            preferred_time: Wish {
                asked: count(members.iter().filter(|member| !member.preferred.is_empty())),
                given: count(members.iter().filter(|member| names.covers(&member.preferred, start))),
                each: weights.preferred_time,
            },
            same_supervisor: Wish {
                asked: count(members.iter().filter(|member| names.had_one(member))),
                given: count(members.iter().filter(|member| stays(group, member))),
                each: weights.same_supervisor,
            },
            opening: weights.open_group,
            flaws: flaws(names, group),
        }
    }

    /// What the group adds to the score.
    pub fn score(&self) -> i64 {
        self.places + self.preferred_time.points() + self.same_supervisor.points() - self.opening - self.lost()
    }

    /// How much of what its members asked for the group gives, as the engine measures it where the weakest group goes first: 0 to 100. Nothing
    /// where nobody asked for anything.
    pub fn fit(&self) -> Option<i64> {
        let wishes = [self.preferred_time, self.same_supervisor];
        let asked = wishes.iter().map(|wish| wish.asked * wish.each).sum();
        let given = wishes.iter().map(|wish| wish.points()).sum();
        Fit { asked, given, lost: self.lost() }.share()
    }

    /// Where the group stands among the others, the weakest lowest.
    pub fn rank(&self) -> i64 {
        rank_of_fit(self.fit(), !self.flaws.is_empty())
    }

    fn lost(&self) -> i64 {
        self.flaws.iter().map(|(_, points)| points).sum()
    }
}

fn flaws(names: &Names<'_>, group: &ProposedGroup) -> Vec<(Flaw, i64)> {
    let weights = &names.rules().weights;
    let members = names.members(group);
    let size = count(members.iter());
    let mut found = Vec::new();
    let mut note = |flaw: Flaw, how_many: i64, each: i64| {
        if how_many > 0 {
            found.push((flaw, how_many * each));
        }
    };
    if let Some(sizes) = names.rules().streams.get(&group.stream) {
        note(Flaw::Small(sizes.target_min - size), sizes.target_min - size, weights.below_target);
        note(Flaw::Large(size - sizes.target_max), size - sizes.target_max, weights.above_target);
    }
    let company = names.rules().company(&group.stream, &members).into_iter().filter(|flaw| flaw.points > 0);
    found.extend(company.map(|flaw| (Flaw::Company(flaw.what), flaw.points)));
    found
}

fn count<T>(things: impl Iterator<Item = T>) -> i64 {
    i64::try_from(things.count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use ::matching::Trait;

    use super::*;

    const LONE_NOVICE: Flaw = Flaw::Company(Lack::Company(Trait::Novice));

    fn wish(asked: i64, given: i64, each: i64) -> Wish {
        Wish { asked, given, each }
    }

    #[test]
    fn fit_is_the_share_of_what_was_asked_for_that_a_group_gives_where_anything_was_asked() {
        let fit = |times: (i64, i64), supervisors: (i64, i64), flaws: &[(Flaw, i64)]| {
            let (preferred_time, same_supervisor) = (wish(times.0, times.1, 60), wish(supervisors.0, supervisors.1, 90));
            Points { preferred_time, same_supervisor, flaws: flaws.to_vec(), ..Points::default() }.fit()
        };
        assert_eq!(fit((4, 3), (0, 0), &[]), Some(75));
        assert_eq!(fit((4, 3), (0, 0), &[(LONE_NOVICE, 40)]), Some(64));
        assert_eq!(fit((4, 3), (1, 1), &[]), Some(82), "a supervisor weighs more than a time");
        assert_eq!(fit((6, 5), (2, 2), &[]), Some(89));
        assert_eq!(fit((4, 4), (2, 2), &[]), Some(100));
        assert_eq!(fit((1, 1), (0, 0), &[(Flaw::Small(3), 120)]), Some(33), "what it gives is never made nothing by what it lacks");
        assert_eq!(fit((4, 0), (0, 0), &[(Flaw::Small(1), 40)]), Some(0));
        assert_eq!((fit((0, 0), (0, 0), &[]), fit((0, 0), (0, 0), &[(LONE_NOVICE, 40)])), (None, None), "nobody asked for anything");
    }
}
