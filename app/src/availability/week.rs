//! A week as half hours, each of them free, preferred or neither: what the picture shows and the painter paints.

use chrono::{NaiveTime, TimeDelta, Timelike, Weekday};

use super::model::{Stretch, WorkingHours};

/// The half hours of a day.
pub const HALVES: usize = 48;

/// The days in their order.
pub const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// What a half hour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// It cannot be planned.
    Off,
    /// It can.
    Free,
    /// It is one that they would choose.
    Preferred,
}

impl Cell {
    /// The next state, as a press goes through them.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::Free,
            Self::Free => Self::Preferred,
            Self::Preferred => Self::Off,
        }
    }

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "not free",
            Self::Free => "free",
            Self::Preferred => "preferred",
        }
    }

    /// How it is drawn.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Off => "painter__cell",
            Self::Free => "painter__cell is-free",
            Self::Preferred => "painter__cell is-preferred",
        }
    }

    /// The figure in a form.
    pub const fn figure(self) -> char {
        match self {
            Self::Off => '0',
            Self::Free => '1',
            Self::Preferred => '2',
        }
    }

    fn of_figure(figure: char) -> Option<Self> {
        [Self::Off, Self::Free, Self::Preferred].into_iter().find(|cell| cell.figure() == figure)
    }
}

/// Each half hour of a week, from Monday at midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week(Vec<Cell>);

impl Week {
    /// A half hour counts as what the middle of it is.
    pub fn of_hours(hours: &[WorkingHours]) -> Self {
        let cell = |day: Weekday, half: usize| {
            let middle = time_of(half).overflowing_add_signed(TimeDelta::minutes(15)).0;
            let is_within = |line: &&WorkingHours| line.weekday == day && line.stretch.from() <= middle && middle < line.stretch.to();
            match hours.iter().filter(is_within).map(|line| line.is_preferred).max() {
                Some(true) => Cell::Preferred,
                Some(false) => Cell::Free,
                None => Cell::Off,
            }
        };
        Self(DAYS.iter().flat_map(|day| (0..HALVES).map(move |half| cell(*day, half))).collect())
    }

    /// As a form sends it; nothing where that is no week.
    pub fn of_figures(figures: &str) -> Option<Self> {
        let cells: Option<Vec<Cell>> = figures.chars().map(Cell::of_figure).collect();
        cells.filter(|cells| cells.len() == DAYS.len() * HALVES).map(Self)
    }

    /// As a form sends it.
    pub fn figures(&self) -> String {
        self.0.iter().map(|cell| cell.figure()).collect()
    }

    /// One half hour, counted from Monday at midnight.
    pub fn cell(&self, place: usize) -> Cell {
        self.0.get(place).copied().unwrap_or(Cell::Off)
    }

    /// Paints one.
    pub fn paint(&mut self, place: usize, cell: Cell) {
        if let Some(painted) = self.0.get_mut(place) {
            *painted = cell;
        }
    }

    /// Paints every half hour of a day that lies wholly within a stretch.
    pub fn paint_stretch(&mut self, weekday: Weekday, stretch: Stretch, cell: Cell) {
        let Some(day) = DAYS.iter().position(|day| *day == weekday) else { return };
        for half in 0..HALVES {
            if Stretch::new(time_of(half), time_of(half + 1)).is_some_and(|one| stretch.holds(one)) {
                self.paint(day * HALVES + half, cell);
            }
        }
    }

    /// Takes the hours of a day away.
    pub fn clear(&mut self, day: usize) {
        for half in 0..HALVES {
            self.paint(day * HALVES + half, Cell::Off);
        }
    }

    /// The half hours of a day.
    pub fn day(&self, day: usize) -> &[Cell] {
        self.0.chunks(HALVES).nth(day).unwrap_or_default()
    }

    /// A day as stretches, each with whether it is preferred.
    pub fn stretches(&self, day: usize) -> Vec<(Stretch, bool)> {
        let mut stretches = Vec::new();
        let mut from = 0;
        for run in self.day(day).chunk_by(|one, other| one == other) {
            let to = from + run.len();
            if let Some(cell) = run.first().filter(|cell| **cell != Cell::Off) {
                stretches.extend(Stretch::new(time_of(from), time_of(to)).map(|stretch| (stretch, *cell == Cell::Preferred)));
            }
            from = to;
        }
        stretches
    }

    /// The hours of the day that are on show: the usual ones, and whatever lies outside them.
    pub fn shown(&self) -> (usize, usize) {
        let used = (0..HALVES).filter(|half| DAYS.iter().enumerate().any(|(day, _)| self.cell(day * HALVES + half) != Cell::Off));
        let (first, last) = used.fold(USUAL, |(first, last), half| (first.min(half / 2), last.max(half / 2 + 1)));
        (first * 2, last * 2)
    }

    /// How many days are on show: the working days, and the weekend where there is anything on it.
    pub fn days_shown(&self) -> usize {
        let has_weekend = [5, 6].into_iter().any(|day| self.day(day).iter().any(|cell| *cell != Cell::Off));
        if has_weekend { 7 } else { 5 }
    }
}

/// The hours that are always on show.
const USUAL: (usize, usize) = (8, 18);

/// The time at which a half hour begins; the end of the day is a minute short of midnight, which no stretch goes beyond.
pub fn time_of(half: usize) -> NaiveTime {
    let minutes = i64::try_from(half * 30).unwrap_or_default().min(1439);
    NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(minutes)).0
}

/// "10:30".
pub fn clock_of(half: usize) -> String {
    let time = time_of(half);
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::model::fixture::{hours, stretch};

    #[test]
    fn a_half_hour_is_what_the_middle_of_it_is() {
        let week = Week::of_hours(&[hours(Weekday::Mon, "09:10", "10:40", &[])]);
        let shown: Vec<Cell> = (17..23).map(|half| week.cell(half)).collect();
        assert_eq!(shown, [Cell::Off, Cell::Free, Cell::Free, Cell::Free, Cell::Off, Cell::Off]);
        assert_eq!(week.cell(HALVES + 19), Cell::Off);
    }

    #[test]
    fn what_is_painted_is_what_is_stored() {
        let preferred = WorkingHours { is_preferred: true, ..hours(Weekday::Tue, "12:00", "13:30", &[]) };
        let week = Week::of_hours(&[hours(Weekday::Tue, "09:00", "12:00", &[]), preferred, hours(Weekday::Sun, "22:00", "23:59", &[])]);
        assert_eq!(week.stretches(1), [(stretch("09:00", "12:00"), false), (stretch("12:00", "13:30"), true)]);
        assert_eq!(week.stretches(6), [(stretch("22:00", "23:59"), false)]);
        assert_eq!(week.stretches(0), []);
        assert_eq!(Week::of_figures(&week.figures()), Some(week));
        assert_eq!([Week::of_figures("012"), Week::of_figures(&"3".repeat(336))], [None, None]);
    }

    #[test]
    fn what_is_on_show_widens_to_what_was_said() {
        let usual = Week::of_hours(&[hours(Weekday::Mon, "09:00", "17:00", &[])]);
        assert_eq!((usual.shown(), usual.days_shown()), ((16, 36), 5));
        let wide = Week::of_hours(&[hours(Weekday::Sat, "06:30", "20:15", &[])]);
        assert_eq!((wide.shown(), wide.days_shown()), ((12, 40), 7));
    }
}
