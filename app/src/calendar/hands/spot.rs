//! Where a session stands among the days of a page, and where a key leads from there: pure, whatever the page looks like.

/// The steps of a pointer, and those of the arrow keys, in minutes.
pub(super) const FINE: i32 = 15;
const COARSE: i32 = 30;

/// Where a session stands: which day of the page, from when, for how long, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub day: usize,
    pub from: i32,
    pub length: i32,
}

impl Spot {
    /// When it ends.
    pub(super) fn to(self) -> i32 {
        self.from + self.length
    }
}

/// How the days lie on the page, in the order in which they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Columns of hours.
    Columns,
    /// The cells of a month, week below week. A session keeps its time.
    Month,
    /// The cells of the board, a line for each supervisor. A session keeps its time.
    Board(Lines),
}

/// The lines of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    /// How many days each has; at least one.
    pub days: usize,
    /// How many there are.
    pub count: usize,
    /// Whether the reader chooses who leads a session, and so takes it from one line to another.
    pub may_be_left: bool,
}

impl Layout {
    /// Whether a session goes from day to day alone.
    pub(super) fn keeps_time(self) -> bool {
        self != Self::Columns
    }

    /// What is said when a session is taken by key.
    pub(super) fn how(self) -> &'static str {
        match self {
            Self::Columns => {
                "Moving. The arrows go by a day or half an hour, plus and minus change the length. Enter puts it there, Escape leaves it."
            }
            Self::Month => "Moving. The arrows go by a day or a week. Enter puts it there, Escape leaves it.",
            Self::Board(Lines { may_be_left: true, .. }) => {
                "Moving. Left and right go by a day, up and down to another supervisor. Enter puts it there, Escape leaves it."
            }
            Self::Board(_) => "Moving. Left and right go by a day. Enter puts it there, Escape leaves it.",
        }
    }

    /// Where a key of direction leads.
    pub(super) fn stepped(self, spot: Spot, key: &str) -> Option<Spot> {
        match self {
            Self::Columns => in_columns(spot, key),
            Self::Month => Some(Spot { day: in_month(spot.day, key)?, ..spot }),
            Self::Board(lines) => Some(Spot { day: lines.stepped(spot.day, key)?, ..spot }),
        }
    }
}

impl Lines {
    /// Which line a day belongs to.
    pub(super) fn line_of(self, day: usize) -> usize {
        day / self.days
    }

    /// Where a pointer that is over a day takes a session: to the same day of its own line, where it may not leave that.
    pub(super) fn reached(self, from: usize, over: usize) -> usize {
        if self.may_be_left { over } else { self.line_of(from) * self.days + over % self.days }
    }

    fn stepped(self, day: usize, key: &str) -> Option<usize> {
        let (line, place) = (self.line_of(day), day % self.days);
        let is_stopped = match key {
            "ArrowLeft" => place == 0,
            "ArrowRight" => place + 1 == self.days,
            "ArrowUp" => line == 0 || !self.may_be_left,
            "ArrowDown" => line + 1 == self.count || !self.may_be_left,
            _ => return None,
        };
        Some(match key {
            _ if is_stopped => day,
            "ArrowLeft" => day - 1,
            "ArrowRight" => day + 1,
            "ArrowUp" => day - self.days,
            _ => day + self.days,
        })
    }
}

fn in_columns(spot: Spot, key: &str) -> Option<Spot> {
    Some(match key {
        "ArrowLeft" => Spot { day: spot.day.saturating_sub(1), ..spot },
        "ArrowRight" => Spot { day: spot.day + 1, ..spot },
        "ArrowUp" => Spot { from: spot.from - COARSE, ..spot },
        "ArrowDown" => Spot { from: spot.from + COARSE, ..spot },
        "PageUp" | "-" => Spot { length: (spot.length - FINE).max(FINE), ..spot },
        "PageDown" | "+" => Spot { length: spot.length + FINE, ..spot },
        _ => return None,
    })
}

fn in_month(day: usize, key: &str) -> Option<usize> {
    Some(match key {
        "ArrowLeft" => day.saturating_sub(1),
        "ArrowRight" => day + 1,
        "ArrowUp" => day.checked_sub(7).unwrap_or(day),
        "ArrowDown" => day + 7,
        _ => return None,
    })
}

/// "10:30" as minutes.
pub(super) fn minutes(time: &str) -> Option<i32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
}

/// Minutes as "10:30".
pub(super) fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// To the nearest step.
pub(super) fn snapped(minute: i32, step: i32) -> i32 {
    (minute + step / 2).div_euclid(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_by_a_day_or_half_an_hour_and_the_length_by_a_quarter() {
        let spot = Spot { day: 3, from: 600, length: 90 };
        let stepped = |key| Layout::Columns.stepped(spot, key);
        assert_eq!(stepped("ArrowLeft"), Some(Spot { day: 2, ..spot }));
        assert_eq!(stepped("ArrowDown"), Some(Spot { from: 630, ..spot }));
        assert_eq!(stepped("-"), Some(Spot { length: 75, ..spot }));
        assert_eq!(stepped("x"), None);
    }

    #[test]
    fn in_a_month_the_arrows_go_by_a_day_or_a_week_and_the_time_stays() {
        let spot = Spot { day: 8, from: 610, length: 90 };
        let stepped = |spot, key| Layout::Month.stepped(spot, key);
        assert_eq!(stepped(spot, "ArrowUp"), Some(Spot { day: 1, ..spot }));
        assert_eq!(stepped(spot, "ArrowDown"), Some(Spot { day: 15, ..spot }));
        assert_eq!(stepped(Spot { day: 3, ..spot }, "ArrowUp"), Some(Spot { day: 3, ..spot }));
        assert_eq!(stepped(spot, "-"), None);
    }

    #[test]
    fn on_the_board_the_arrows_go_by_a_day_or_to_another_supervisor_and_stop_at_its_edges() {
        // Three supervisors with five days each; the session is on the second one's Monday.
        let lines = Lines { days: 5, count: 3, may_be_left: true };
        let spot = Spot { day: 5, from: 610, length: 90 };
        let day = |day, key| Layout::Board(lines).stepped(Spot { day, ..spot }, key).map(|spot| (spot.day, spot.from, spot.length));
        assert_eq!(day(5, "ArrowRight"), Some((6, 610, 90)));
        assert_eq!(day(5, "ArrowUp"), Some((0, 610, 90)));
        assert_eq!(day(5, "ArrowDown"), Some((10, 610, 90)));
        assert_eq!(day(5, "ArrowLeft"), Some((5, 610, 90)), "before Monday is no other supervisor's Friday");
        assert_eq!(day(9, "ArrowRight"), Some((9, 610, 90)));
        assert_eq!(day(2, "ArrowUp"), Some((2, 610, 90)), "above the first there is nobody");
        assert_eq!(day(13, "ArrowDown"), Some((13, 610, 90)), "nor below the last");
        assert_eq!(day(5, "+"), None, "its length is changed on its page");
    }

    #[test]
    fn whoever_does_not_choose_who_leads_keeps_a_session_on_its_line() {
        let lines = Lines { days: 5, count: 3, may_be_left: false };
        let spot = Spot { day: 6, from: 610, length: 90 };
        for key in ["ArrowUp", "ArrowDown"] {
            assert_eq!(Layout::Board(lines).stepped(spot, key), Some(spot));
        }
        assert_eq!(lines.reached(6, 13), 8, "over the last one's Thursday it goes to its own");
        assert_eq!(Lines { may_be_left: true, ..lines }.reached(6, 13), 13);
    }

    #[test]
    fn a_pointer_lands_on_the_nearest_quarter() {
        assert_eq!([607, 608, 593, -3].map(|minute| snapped(minute, FINE)), [600, 615, 600, 0]);
        assert_eq!((minutes("09:05"), clock(545)), (Some(545), "09:05".to_owned()));
    }
}
