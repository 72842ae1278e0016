//! The rhythm of a series that is planned.

use ::series::Pattern;

use crate::groups::Rhythm;

/// How a pattern is said.
pub fn rhythm_of(pattern: &Pattern, length_minutes: u32) -> Rhythm {
    Rhythm {
        starts_on: pattern.start().date(),
        starts_time: pattern.start().time(),
        length_minutes: i64::from(length_minutes),
        repeats: pattern.rhythm(),
    }
}
