//! What the page of a statement shows.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Month, Part, Standing};
use crate::groups::GroupKind;

/// What a supervisor has led in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// Whose it is: their part of the address.
    pub person: String,
    /// Their whole name.
    pub name: String,
    /// The month.
    pub month: Month,
    /// Every session of theirs in it, the earliest first.
    pub lines: Vec<Line>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its part of the address.
    pub code: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// "Aire group", or "Supervision".
    pub name: String,
    /// When it begins, in UK local time.
    pub starts: NaiveDateTime,
    /// How long it is.
    pub length_minutes: i64,
    /// What it is to them.
    pub part: Part,
    /// For whom they led it, or who led it for them: "Daniel O.".
    pub other: Option<String>,
    /// How far it has come.
    pub standing: Standing,
    /// How many came and did not, where it was held.
    pub came: Came,
    /// The day on which its attendance was finished, where that was after the month.
    pub finished_late_on: Option<NaiveDate>,
    /// The day on which its attendance was last corrected, where that was after the month.
    pub corrected_late_on: Option<NaiveDate>,
}

impl Line {
    /// Whether it counts for them: they led it, and its attendance is finished.
    pub fn is_delivered(&self) -> bool {
        self.standing == Standing::Held && self.part != Part::CoverReceived
    }

    /// "finished on 3 November, corrected on 5 November": what became of it after the month.
    pub fn afterwards(&self) -> Option<String> {
        let said = |day: Option<NaiveDate>, what: &str| day.map(|day| format!("{what} on {}", day.format("%-d %B %Y")));
        let parts: Vec<String> =
            [said(self.finished_late_on, "finished"), said(self.corrected_late_on, "corrected")].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// How many people were how at a session, or at several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// There from beginning to end.
    pub present: i64,
    /// There for a part.
    pub part: i64,
    /// Away, and said so in good time.
    pub apologies: i64,
    /// Away, and said so late.
    pub late_apologies: i64,
    /// Away without a word.
    pub absent: i64,
}

impl Came {
    /// How many came.
    pub const fn there(self) -> i64 {
        self.present.saturating_add(self.part)
    }

    /// How many places there were.
    pub const fn places(self) -> i64 {
        self.there().saturating_add(self.apologies).saturating_add(self.late_apologies).saturating_add(self.absent)
    }
}

impl std::ops::AddAssign for Came {
    fn add_assign(&mut self, other: Self) {
        self.present += other.present;
        self.part += other.part;
        self.apologies += other.apologies;
        self.late_apologies += other.late_apologies;
        self.absent += other.absent;
    }
}

/// Sessions and their minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many sessions.
    pub sessions: usize,
    /// How long they were together.
    pub minutes: i64,
}

impl Statement {
    /// Those that count, in all.
    pub fn delivered(&self) -> Sum {
        self.sum(Line::is_delivered)
    }

    /// Those that count and were led for somebody else's group.
    pub fn cover_given(&self) -> Sum {
        self.sum(|line| line.is_delivered() && line.part == Part::CoverGiven)
    }

    /// Those that somebody else led.
    pub fn cover_received(&self) -> Sum {
        self.sum(|line| line.part == Part::CoverReceived && line.standing != Standing::Cancelled)
    }

    /// One's own in a standing.
    pub fn own_in(&self, standing: Standing) -> Sum {
        self.sum(|line| line.part != Part::CoverReceived && line.standing == standing)
    }

    /// Those that count, by kind; those kinds alone of which there are any.
    pub fn by_kind(&self) -> Vec<(GroupKind, Sum, Came)> {
        let of = |kind: GroupKind| {
            let is_of_kind = |line: &Line| line.is_delivered() && line.kind == kind;
            (kind, self.sum(is_of_kind), self.came(is_of_kind))
        };
        GroupKind::ALL.into_iter().map(of).filter(|(_, sum, _)| sum.sessions > 0).collect()
    }

    /// How many came to those that count.
    pub fn came_in_all(&self) -> Came {
        self.came(Line::is_delivered)
    }

    fn sum(&self, counts: impl Fn(&Line) -> bool) -> Sum {
        let lines = self.lines.iter().filter(|line| counts(line));
        lines.fold(Sum::default(), |sum, line| Sum { sessions: sum.sessions + 1, minutes: sum.minutes + line.length_minutes })
    }

    fn came(&self, counts: impl Fn(&Line) -> bool) -> Came {
        let mut came = Came::default();
        for line in self.lines.iter().filter(|line| counts(line)) {
            came += line.came;
        }
        came
    }
}
