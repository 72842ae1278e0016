//! What the forms of the library send, and what of it can be used.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::{ItemAudience, ItemKind};
use crate::error::{AppError, Problem};
use crate::registration::INTERVENTIONS;

/// Which items are listed. What is empty leaves every one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LibraryFilter {
    /// Words of the title or of the authors.
    pub words: String,
    /// The key of an [`ItemKind`].
    pub kind: String,
    /// The key of an intervention.
    pub intervention: String,
    /// The key of an [`ItemAudience`].
    pub audience: String,
    /// `saved`, `read`, `due` for review, `broken` links.
    pub only: String,
    /// Which page, counted from one.
    pub page: String,
}

impl LibraryFilter {
    /// Whether it leaves anything out.
    pub fn is_narrow(&self) -> bool {
        [&self.words, &self.kind, &self.intervention, &self.audience, &self.only].into_iter().any(|word| !word.is_empty())
    }

    /// Which page, counted from one.
    pub fn page(&self) -> i64 {
        self.page.parse().unwrap_or(1).clamp(1, 10_000)
    }
}

/// Which item or reading list a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SlugAddress {
    /// Its part of the address.
    pub slug: String,
}

/// Saying that one has read something.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    /// The item's part of the address.
    pub slug: String,
    /// On which day.
    pub read_on: String,
    /// How long.
    pub minutes: String,
}

impl ReadForm {
    /// The day and the minutes, or what has to change.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, i64), AppError> {
        let read_on = self.read_on.trim().parse().ok().filter(|day: &NaiveDate| *day <= today && *day + Months::new(120) > today);
        let minutes = self.minutes.trim().parse().ok().filter(|minutes| (5..=600).contains(minutes));
        match (read_on, minutes) {
            (Some(read_on), Some(minutes)) => Ok((read_on, minutes)),
            (read_on, minutes) => Err(AppError::Invalid(problems([
                read_on.is_none().then(|| Problem::new("read_on", "Choose the day on which you read it, today or before.")),
                minutes.is_none().then(|| Problem::new("minutes", "Enter the minutes, from 5 to 600, such as 30.")),
            ]))),
        }
    }
}

/// Saying that an item was reviewed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    /// The item's part of the address.
    pub slug: String,
    /// The version that was reviewed.
    pub version: String,
    /// When it is reviewed next.
    pub due_on: String,
}

impl ReviewForm {
    /// When it is reviewed next, or what has to change.
    pub fn check(&self, today: NaiveDate) -> Result<NaiveDate, AppError> {
        let due_on = self.due_on.trim().parse().ok().filter(|day: &NaiveDate| *day > today && *day <= today + Months::new(60));
        due_on.ok_or_else(|| AppError::invalid("due_on", "Choose the day of the next review, within the next five years."))
    }

    /// The version that the reviewer was shown.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// An item, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// Its part of the address; empty where it is new.
    pub slug: String,
    /// The version that was changed; empty where it is new.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// Who wrote or published it.
    pub authors: String,
    /// The year, or nothing.
    pub year: String,
    /// The key of an [`ItemKind`].
    pub kind: String,
    /// What it says.
    pub summary: String,
    /// Where it is.
    pub link: String,
    /// On what terms.
    pub licence: String,
    /// The key of an intervention, or empty.
    pub intervention: String,
    /// The key of an [`ItemAudience`].
    pub audience: String,
}

/// An item that can be stored. Only [`ItemForm::check`] and the starter list make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    pub(super) title: String,
    pub(super) authors: String,
    pub(super) year: Option<i64>,
    pub(super) kind: ItemKind,
    pub(super) summary: String,
    pub(super) link: String,
    pub(super) licence: String,
    pub(super) intervention: String,
    pub(super) audience: ItemAudience,
}

impl ItemForm {
    /// The item, or everything that has to change, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<NewItem, AppError> {
        let (title, authors, summary, licence) =
            (one_line(&self.title), one_line(&self.authors), self.summary.trim().to_owned(), one_line(&self.licence));
        let (kind, audience, link) = (ItemKind::of_key(&self.kind), ItemAudience::of_key(&self.audience), self.link.trim().to_owned());
        let year = self.checked_year(today);
        let is_intervention = self.intervention.is_empty() || INTERVENTIONS.iter().any(|(key, _)| *key == self.intervention);
        let found = problems([
            text_problem("title", &title, 200, "Enter what it is called"),
            text_problem("authors", &authors, 200, "Enter who wrote or published it"),
            year.is_err().then(|| Problem::new("year", "Enter the year with four figures, such as 2014, or leave it empty.")),
            kind.is_none().then(|| Problem::new("kind", "Choose what kind of thing it is.")),
            text_problem("summary", &summary, 2_000, "Describe in your own words what it says"),
            (!is_web_address(&link)).then(|| Problem::new("link", "Enter the address of a public page, which begins with https://.")),
            text_problem("licence", &licence, 200, "Say whose it is and on what terms, such as “© the publisher, link only”"),
            (!is_intervention).then(|| Problem::new("intervention", "Choose one of the list.")),
            audience.is_none().then(|| Problem::new("audience", "Choose whom it is meant for.")),
        ]);
        match (found.is_empty(), kind, audience, year) {
            (true, Some(kind), Some(audience), Ok(year)) => {
                Ok(NewItem { title, authors, year, kind, summary, link, licence, intervention: self.intervention.clone(), audience })
            }
            _ => Err(AppError::Invalid(found)),
        }
    }

    fn checked_year(&self, today: NaiveDate) -> Result<Option<i64>, ()> {
        use chrono::Datelike;

        let year = self.year.trim();
        if year.is_empty() {
            return Ok(None);
        }
        let in_range = |year: &i64| (1800..=i64::from(today.year()) + 1).contains(year);
        year.parse().ok().filter(in_range).map(Some).ok_or(())
    }

    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// A reading list, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListForm {
    /// Its part of the address; empty where it is new.
    pub slug: String,
    /// The version that was changed; empty where it is new.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// The number of each item by its part of the address; empty where it is left out.
    pub places: BTreeMap<String, String>,
}

/// A reading list that can be stored. Only [`ListForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewList {
    pub(super) title: String,
    pub(super) about: String,
    /// The items' parts of the address, in their order.
    pub(super) items: Vec<String>,
}

impl ListForm {
    /// The list, or everything that has to change, in the order of the form. Numbers may be missing: what counts is their order.
    pub fn check(&self) -> Result<NewList, AppError> {
        let (title, about) = (one_line(&self.title), self.about.trim().to_owned());
        let mut numbered: Vec<(i64, &String)> = Vec::new();
        let mut found = problems([
            text_problem("title", &title, 120, "Enter what the list is called"),
            text_problem("about", &about, 500, "Say what the list is for"),
        ]);
        for (slug, number) in self.places.iter().filter(|(_, number)| !number.trim().is_empty()) {
            match number.trim().parse() {
                Ok(number) if (1..=99).contains(&number) => numbered.push((number, slug)),
                _ => found.push(Problem::new(&place_field(slug), "Enter a number from 1 to 99, or leave it empty.")),
            }
        }
        numbered.sort();
        if numbered.is_empty() && found.is_empty() {
            let first = self.places.keys().next().map_or_else(|| "title".to_owned(), |slug| place_field(slug));
            found.push(Problem::new(&first, "Number at least one item."));
        }
        if !found.is_empty() {
            return Err(AppError::Invalid(found));
        }
        Ok(NewList { title, about, items: numbered.into_iter().map(|(_, slug)| slug.clone()).collect() })
    }

    /// The version that the person was shown.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// The name of the field of an item's number.
pub fn place_field(slug: &str) -> String {
    format!("places[{slug}]")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn problems<const N: usize>(found: [Option<Problem>; N]) -> Vec<Problem> {
    found.into_iter().flatten().collect()
}

fn text_problem(field: &str, words: &str, longest: usize, what: &str) -> Option<Problem> {
    let length = words.chars().count();
    let message = if length == 0 { format!("{what}.") } else { format!("{what}, in at most {longest} characters.") };
    (length == 0 || length > longest || words.contains('\0')).then(|| Problem::new(field, message))
}

/// An address that a browser opens safely, and that says where it leads: `https`, a name, no user in it.
fn is_web_address(link: &str) -> bool {
    let Some(rest) = link.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && host.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'));
    is_host && link.len() <= 500 && link.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    fn fields<T: std::fmt::Debug>(refused: Result<T, AppError>) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn an_item_links_to_a_public_page_and_to_nothing_that_a_browser_would_run() {
        for link in ["https://www.nice.org.uk/guidance/cg192", "https://doi.org/10.1000/182?a=b#c"] {
            assert!(is_web_address(link), "{link}");
        }
        for link in [
            "",
            "http://www.nice.org.uk",
            "javascript:alert(1)",
            "https://user@host.example/",
            "https://localhost/",
            "https://a.example/\"x",
            "https://a.example/ b",
        ] {
            assert!(!is_web_address(link), "{link}");
        }
    }

    #[test]
    fn an_empty_item_says_everything_that_is_missing() {
        assert_eq!(fields(ItemForm::default().check(today())), ["title", "authors", "kind", "summary", "link", "licence", "audience"]);
    }

    #[test]
    fn a_list_is_in_the_order_of_its_numbers_whatever_they_are() {
        let place = |slug: &str, number: &str| (slug.to_owned(), number.to_owned());
        let form =
            |places| ListForm { title: "First steps".to_owned(), about: "Where to begin.".to_owned(), places, ..ListForm::default() };
        let list = form(BTreeMap::from([place("a", "7"), place("b", " 2 "), place("c", "")])).check().unwrap();
        assert_eq!(list.items, ["b", "a"]);
        assert_eq!(fields(form(BTreeMap::from([place("a", "first"), place("b", "0")])).check()), ["places[a]", "places[b]"]);
        assert_eq!(fields(form(BTreeMap::from([place("a", "")])).check()), ["places[a]"]);
    }

    #[test]
    fn reading_is_past_and_takes_some_minutes() {
        let read = |day: &str, minutes: &str| {
            ReadForm { slug: String::new(), read_on: day.to_owned(), minutes: minutes.to_owned() }.check(today())
        };
        assert!(read("2026-10-22", "30").is_ok());
        assert_eq!(fields(read("2026-10-23", "4")), ["read_on", "minutes"]);
    }
}
