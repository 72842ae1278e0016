//! Where somebody stands who waits for a place.

use serde::{Deserialize, Serialize};

/// Where somebody stands on a list, as they are told it: near enough to plan by, and no number that would fall back by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// One of the first five.
    FirstFive,
    /// The sixth to the tenth.
    SixToTen,
    /// The eleventh to the twentieth.
    ElevenToTwenty,
    /// Behind that.
    Later,
}

impl Band {
    /// The band of a place, counted from one.
    pub const fn of(place: i64) -> Self {
        match place {
            ..=5 => Self::FirstFive,
            6..=10 => Self::SixToTen,
            11..=20 => Self::ElevenToTwenty,
            _ => Self::Later,
        }
    }

    /// "You are among the first 5 on this list."
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::FirstFive => "You are among the first 5 on this list.",
            Self::SixToTen => "You are between places 6 and 10 on this list.",
            Self::ElevenToTwenty => "You are between places 11 and 20 on this list.",
            Self::Later => "You are behind the first 20 on this list.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_list_is_told_as_a_band() {
        let bands = [1, 5, 6, 10, 11, 20, 21].map(Band::of);
        let [first, fifth, sixth, tenth, eleventh, twentieth, behind] = bands;
        assert_eq!((first, fifth), (Band::FirstFive, Band::FirstFive));
        assert_eq!((sixth, tenth), (Band::SixToTen, Band::SixToTen));
        assert_eq!((eleventh, twentieth, behind), (Band::ElevenToTwenty, Band::ElevenToTwenty, Band::Later));
    }
}
