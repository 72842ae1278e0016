//! Who would be placed and who waits longest, by authority, profession and stated access need, with small numbers protected.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whoever asks for a place, as far as it counts here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking<'a> {
    /// "Bradford".
    pub authority: &'a str,
    /// "Health visitor".
    pub profession: &'a str,
    /// Whether they have stated a need.
    pub has_access_need: bool,
    /// Whether they would have a place.
    pub is_placed: bool,
    /// Since when they wait.
    pub since: Option<DateTime<Utc>>,
}

/// One way to look at who is placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquityTable {
    /// "By authority".
    pub title: String,
    /// Its rows, those first of whom the fewest are placed.
    pub rows: Vec<EquityRow>,
}

/// People who have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquityRow {
    /// "Bradford".
    pub name: String,
    /// How many ask for a place.
    pub asking: Figure,
    /// How many would have one.
    pub placed: Figure,
    /// How many would not.
    pub not_placed: Figure,
    /// For how many days the longest of them has waited.
    pub longest: Figure,
}

/// A number, or that it is too small to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// It is shown.
    Shown(i64),
    /// It is fewer than five, or would give away one that is.
    Protected,
}

/// Below this, a number of people could be one whom somebody knows.
const FEWEST: i64 = 5;

/// People with something in common are shown together below this name where they are too few by themselves.
const TOGETHER: &str = "All smaller ones together";

/// The three tables. A table of one row says nothing, and is left out.
pub fn equity(people: &[Asking<'_>], today: NaiveDate) -> Vec<EquityTable> {
    let access = |one: &Asking<'_>| if one.has_access_need { "A need is stated" } else { "None stated" }.to_owned();
    let tables = [
        table("By authority", people, today, |one| or_none(one.authority)),
        table("By profession", people, today, |one| or_none(one.profession)),
        table("By access need", people, today, access),
    ];
    tables.into_iter().filter(|table| table.rows.len() > 1).collect()
}

fn or_none(word: &str) -> String {
    if word.is_empty() { "None".to_owned() } else { word.to_owned() }
}

/// What is counted of people who have something in common.
#[derive(Clone, Debug, Default)]
struct Count {
    asking: i64,
    placed: i64,
    longest: i64,
}

impl Count {
    fn not_placed(&self) -> i64 {
        self.asking - self.placed
    }

    fn add(&mut self, other: &Self) {
        self.asking += other.asking;
        self.placed += other.placed;
        self.longest = self.longest.max(other.longest);
    }

    /// Whether it gives somebody away that so many of them are placed.
    fn is_telling(&self) -> bool {
        [self.placed, self.not_placed()].into_iter().any(|count| (1..FEWEST).contains(&count))
    }
}

fn table(title: &str, people: &[Asking<'_>], today: NaiveDate, name: impl Fn(&Asking<'_>) -> String) -> EquityTable {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for one in people {
        let waited = one.since.map_or(0, |since| today.signed_duration_since(::series::local(since).date()).num_days().max(0));
        counts.entry(name(one)).or_default().add(&Count { asking: 1, placed: i64::from(one.is_placed), longest: waited });
    }
    let mut counts = large_enough(counts.into_iter().collect());
    // The fewest of a hundred first; whole numbers decide.
    counts.sort_by_key(|(_, count)| count.placed * 1000 / count.asking.max(1));
    let telling = counts.iter().filter(|(_, count)| count.is_telling()).count();
    // One protected row could be reckoned from the others and the whole, so another is protected with it: the smallest.
    let also =
        if telling == 1 { counts.iter().filter(|(_, count)| !count.is_telling()).map(|(_, count)| count.asking).min() } else { None };
    let mut also = also;
    let rows = counts.into_iter().map(|(name, count)| {
        let is_protected = count.is_telling() || (also == Some(count.asking) && also.take().is_some());
        row(name, &count, is_protected)
    });
    EquityTable { title: title.to_owned(), rows: rows.collect() }
}

fn row(name: String, count: &Count, is_protected: bool) -> EquityRow {
    let is_small = count.asking < FEWEST;
    let figure = |value: i64, is_protected: bool| if is_protected { Figure::Protected } else { Figure::Shown(value) };
    EquityRow {
        name,
        asking: figure(count.asking, is_small),
        placed: figure(count.placed, is_small || is_protected),
        not_placed: figure(count.not_placed(), is_small || is_protected),
        longest: figure(count.longest, is_small),
    }
}

/// Rows of fewer than five become one; where they are fewer than five even so, the next smallest goes with them.
fn large_enough(mut counts: Vec<(String, Count)>) -> Vec<(String, Count)> {
    counts.sort_by_key(|(_, count)| count.asking);
    let mut together = Count::default();
    let mut large = Vec::new();
    for (name, count) in counts {
        if count.asking < FEWEST || (1..FEWEST).contains(&together.asking) {
            together.add(&count);
        } else {
            large.push((name, count));
        }
    }
    if together.asking > 0 {
        large.push((TOGETHER.to_owned(), together));
    }
    large
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(authority: &str, placed: usize, not_placed: usize) -> Vec<Asking<'_>> {
        let one = |is_placed| Asking { authority, profession: "Midwife", has_access_need: false, is_placed, since: None };
        (0..placed).map(|_| one(true)).chain((0..not_placed).map(|_| one(false))).collect()
    }

    fn by_authority(people: &[Asking<'_>]) -> Vec<EquityRow> {
        equity(people, "2026-10-22".parse().unwrap()).into_iter().find(|table| table.title == "By authority").unwrap().rows
    }

    #[test]
    fn no_row_tells_of_fewer_than_five_people() {
        let everybody =
            [people("Bradford", 9, 6), people("Leeds", 2, 0), people("Hull", 0, 1), people("Kent", 5, 0), people("Derby", 6, 7)].concat();
        let rows = by_authority(&everybody);
        // Leeds and Hull are three people, so Kent is shown together with them.
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Derby", "Bradford", TOGETHER]);
        assert_eq!(rows.iter().map(|row| row.asking).collect::<Vec<_>>(), [13, 15, 8].map(Figure::Shown));
        assert_eq!(rows[2].not_placed, Figure::Protected, "one person of them is not placed");
        assert_eq!((rows[0].placed, rows[1].placed), (Figure::Protected, Figure::Shown(9)), "the smallest other is protected with it");
    }

    #[test]
    fn whoever_waits_longest_is_said_in_days_and_those_first_of_whom_fewest_are_placed() {
        let mut everybody = [people("Bradford", 10, 0), people("Derby", 0, 10)].concat();
        everybody[12].since = Some("2026-10-02T08:00:00Z".parse().unwrap());
        let rows = by_authority(&everybody);
        assert_eq!((rows[0].name.as_str(), rows[0].longest, rows[0].not_placed), ("Derby", Figure::Shown(20), Figure::Shown(10)));
        assert_eq!((rows[1].placed, rows[1].not_placed), (Figure::Shown(10), Figure::Shown(0)));
    }

    #[test]
    fn a_table_of_one_row_is_left_out() {
        let tables = equity(&people("Bradford", 9, 9), "2026-10-22".parse().unwrap());
        assert_eq!(tables, []);
    }
}
