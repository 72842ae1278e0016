//! How much of what its members asked for a group gives, by which the weakest group is found.

use std::ops::{AddAssign, SubAssign};

/// What the members of a group asked for and what it gives, in the points of the round, so that what weighs more there counts for more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// What the times that members prefer and the supervisors whom they have now would add, were all of that given.
    pub asked: i64,
    /// What of it the group gives.
    pub given: i64,
    /// What the group loses by its size and by whom it puts together.
    pub lost: i64,
}

impl Fit {
    /// The share of what was asked for that the group gives, with whatever is not as it should be counted as not given: 0 to 100, rounded to
    /// the nearest. Nothing where nobody asked for anything.
    pub fn share(self) -> Option<i64> {
        let whole = self.asked + self.lost;
        (self.asked > 0).then(|| (self.given * 200 + whole) / (whole * 2))
    }
}

/// Where a group stands among the others, the weakest lowest: by the share that it gives, and where nobody asked for anything above all others,
/// or below them if something of it is not as it should be.
pub const fn rank_of_fit(share: Option<i64>, is_flawed: bool) -> i64 {
    match share {
        Some(share) => share,
        None if is_flawed => 0,
        None => 100,
    }
}

impl AddAssign for Fit {
    fn add_assign(&mut self, other: Self) {
        self.asked += other.asked;
        self.given += other.given;
        self.lost += other.lost;
    }
}

impl SubAssign for Fit {
    fn sub_assign(&mut self, other: Self) {
        self.asked -= other.asked;
        self.given -= other.given;
        self.lost -= other.lost;
    }
}
