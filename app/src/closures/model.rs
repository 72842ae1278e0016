//! Closed days, and how they are said.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::ui::day_month_year;

identity! {
    /// A closure.
    ClosureId
}

/// Days on which the Centre is closed, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDays {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl ClosedDays {
    /// "Thursday 24 December 2026 to Friday 1 January 2027"; of one day, the day.
    pub fn words(self) -> String {
        if self.first == self.last {
            return day_month_year(self.first);
        }
        format!("{} to {}", day_month_year(self.first), day_month_year(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_said_once() {
        let days = |first: &str, last: &str| ClosedDays { first: first.parse().unwrap(), last: last.parse().unwrap() }.words();
        assert_eq!(days("2026-12-23", "2026-12-23"), "Wednesday 23 December 2026");
        assert_eq!(days("2026-12-24", "2027-01-01"), "Thursday 24 December 2026 to Friday 1 January 2027");
    }
}
