//! What the pages of the library show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::LibraryFilter;
use super::model::{ItemAudience, ItemKind, LinkHealth};

/// How many items stand on a page.
pub const ITEMS_ON_A_PAGE: i64 = 20;

/// The library as a filter leaves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// The filter.
    pub filter: LibraryFilter,
    /// The present day.
    pub today: NaiveDate,
    /// Whether the reader reviews and changes items.
    pub is_keeper: bool,
    /// One page of the items.
    pub items: Vec<ItemLine>,
    /// How many items there are on all pages.
    pub total: i64,
    /// Which page this is.
    pub page: i64,
    /// The reading lists.
    pub lists: Vec<ListLine>,
}

/// An item in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub kind: ItemKind,
    /// Who wrote or published it.
    pub authors: String,
    /// The year in which it came out, where that means anything.
    pub year: Option<i64>,
    /// The key of an intervention, or empty.
    pub intervention: String,
    /// Whom it is meant for.
    pub audience: ItemAudience,
    /// When it was reviewed, if it was.
    pub reviewed_on: Option<NaiveDate>,
    /// When it is reviewed next.
    pub due_on: NaiveDate,
    /// Where it is.
    pub link: String,
    /// On what terms.
    pub licence: String,
    /// What is known of its link.
    pub health: LinkHealth,
    /// Whether it stands on the reader's own list.
    pub is_saved: bool,
    /// Whether the reader has read it.
    pub is_read: bool,
}

/// A reading list in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLine {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// How many items it holds.
    pub items: i64,
}

/// An item by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What stands in a list too.
    pub line: ItemLine,
    /// What it says, in the Centre's own words.
    pub summary: String,
    /// Who reviewed it: "Sian L."
    pub reviewer: String,
    /// Whether it was taken out.
    pub is_retired: bool,
    /// Which version of its description this is.
    pub version: i64,
    /// When the reader read it, and for how many minutes.
    pub read: Option<(NaiveDate, i64)>,
    /// The reading lists in which it stands.
    pub lists: Vec<ListLine>,
    /// The present day.
    pub today: NaiveDate,
    /// Whether the reader reviews and changes items.
    pub is_keeper: bool,
}

/// A reading list by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingList {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Which version of it this is.
    pub version: i64,
    /// Its items, in the order in which they are read.
    pub items: Vec<ItemLine>,
    /// The present day.
    pub today: NaiveDate,
    /// Whether the reader changes it.
    pub is_keeper: bool,
}

/// What the form of a reading list begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListToChange {
    /// The list; nothing of a new one.
    pub list: Option<ReadingList>,
    /// Every item that can stand in it: its part of the address, its title, and its place in the list.
    pub items: Vec<(String, String, Option<i64>)>,
}
