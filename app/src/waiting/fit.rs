//! Who fits a free place, why, and in which order they are asked.

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{PartOfWeek, Urgency, Way, days_since};
use crate::groups::MeetingMode;

/// What a group is to those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When it usually meets; nothing where no session is planned.
    pub meets: Option<PartOfWeek>,
    /// How it meets.
    pub mode: MeetingMode,
    /// The day on which it is asked.
    pub today: NaiveDate,
}

/// What counts of somebody who waits, when a place is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The way to meet.
    pub way: Way,
    /// The times that suit, by their keys.
    pub times: Vec<String>,
    /// How soon.
    pub urgency: Urgency,
    /// Since when they wait.
    pub since: DateTime<Utc>,
    /// Whether they asked for this group by its name.
    pub is_wanted: bool,
    /// Whether they had an offer of this group before, and have not taken it up.
    pub had_offer: bool,
}

impl Wish {
    /// Why nobody need ask them about this place; empty where it fits.
    pub fn obstacles(&self, place: Place) -> Vec<String> {
        let time = place.meets.filter(|meets| !self.times.contains(&meets.key())).map(|meets| format!("{meets} do not suit"));
        let way = (!self.way.suits(place.mode)).then(|| format!("would meet {}", self.way.name().to_lowercase()));
        let before = self.had_offer.then(|| "was offered a place here before".to_owned());
        [time, way, before].into_iter().flatten().collect()
    }

    /// What of a place suits, in the order in which it counts.
    pub fn suits(&self, place: Place) -> Vec<String> {
        let wanted = self.is_wanted.then(|| "asked for this group".to_owned());
        let time = place.meets.filter(|meets| self.times.contains(&meets.key())).map(|meets| format!("{meets} suit"));
        let way = self.way.suits(place.mode).then(|| format!("{} suits", place.mode.name().to_lowercase()));
        [wanted, time, way].into_iter().flatten().collect()
    }

    /// Why somebody should be asked about this place: what of it suits, how urgent it is, and how long they have waited.
    pub fn reasons(&self, place: Place) -> Vec<String> {
        let urgency = match self.urgency {
            Urgency::Now => "has no supervision now".to_owned(),
            other => format!("needs it {}", other.name().to_lowercase()),
        };
        self.suits(place).into_iter().chain([urgency, self.waited(place.today)]).collect()
    }

    /// "has waited 34 days".
    fn waited(&self, today: NaiveDate) -> String {
        match days_since(self.since, today) {
            0 => "asked today".to_owned(),
            1 => "has waited 1 day".to_owned(),
            days => format!("has waited {days} days"),
        }
    }

    /// What people are ordered by: whoever asked for the group, then by urgency, then by how long they have waited.
    pub const fn order(&self) -> (bool, i64, DateTime<Utc>) {
        (!self.is_wanted, self.urgency.rank(), self.since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn whoever_waits_fits_by_time_and_way_and_comes_by_urgency_and_then_by_waiting() {
        let today = NaiveDate::from_ymd_opt(2026, 10, 22).unwrap();
        let place = Place { meets: PartOfWeek::of_key("thursday-morning"), mode: MeetingMode::Online, today };
        let wish = Wish {
            way: Way::Either,
            times: vec!["thursday-morning".to_owned()],
            urgency: Urgency::Now,
            since: at("2026-09-18T08:00:00Z"),
            is_wanted: false,
            had_offer: false,
        };
        assert_eq!(wish.obstacles(place), Vec::<String>::new());
        assert_eq!(wish.reasons(place), ["Thursday mornings suit", "online suits", "has no supervision now", "has waited 34 days"]);

        let other = Wish { way: Way::InPerson, times: vec!["monday-evening".to_owned()], had_offer: true, ..wish.clone() };
        let obstacles = ["Thursday mornings do not suit", "would meet in person", "was offered a place here before"];
        assert_eq!(other.obstacles(place), obstacles);

        let later = Wish { urgency: Urgency::Later, since: at("2026-01-01T08:00:00Z"), ..wish.clone() };
        let wanted = Wish { is_wanted: true, ..later.clone() };
        let after = Wish { since: at("2026-09-19T08:00:00Z"), ..wish.clone() };
        let mut order = [later.clone(), after.clone(), wish.clone(), wanted.clone()];
        order.sort_by_key(Wish::order);
        assert_eq!(order, [wanted, wish, after, later]);
    }
}
