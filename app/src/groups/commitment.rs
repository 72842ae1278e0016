//! How somebody keeps to their group: whether they come, and whether they say so ahead when they cannot.

use serde::{Deserialize, Serialize};

use crate::people::PersonName;

/// Of the sessions that were held, how many somebody was at, and of how many they said in good time that they could not come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Sessions whose attendance is finished.
    pub held: i64,
    /// At how many of them they were, the whole time or a part of it.
    pub attended: i64,
    /// For how many they sent apologies in good time.
    pub told_ahead: i64,
}

impl Commitment {
    /// At how many they were, or had said in good time that they could not come.
    pub const fn kept(self) -> i64 {
        self.attended.saturating_add(self.told_ahead)
    }

    /// "1 session held", "8 sessions held".
    pub fn sessions_held(self) -> String {
        if self.held == 1 { "1 session held".to_owned() } else { format!("{} sessions held", self.held) }
    }

    /// "7 of 8 (88%)".
    pub fn share(self, of: i64) -> String {
        // Half of the next hundredth counts as one: 7 of 8 is 88%.
        let percent = (of.saturating_mul(200).saturating_add(self.held)).checked_div(self.held.saturating_mul(2)).unwrap_or_default();
        format!("{of} of {} ({percent}%)", self.held)
    }
}

/// A member of a group, and how they keep to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCommitment {
    /// Who.
    pub name: PersonName,
    /// How they keep to it.
    pub commitment: Commitment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apologies_in_good_time_are_commitment_and_not_attendance() {
        let commitment = Commitment { held: 8, attended: 5, told_ahead: 2 };
        assert_eq!(commitment.share(commitment.attended), "5 of 8 (63%)");
        assert_eq!(commitment.share(commitment.kept()), "7 of 8 (88%)");
        assert_eq!(Commitment::default().share(0), "0 of 0 (0%)");
    }
}
