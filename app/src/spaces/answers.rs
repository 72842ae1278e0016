//! What the pages of the community show.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::held::{Approval, HeldPost, HiddenAs, Posting};
use super::model::{FileKind, SpaceKind};
use super::opened::TimeOpened;
use super::polling::Poll;
use crate::people::PersonName;

/// A space as it stands beside the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceLine {
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is about, in a sentence; empty of a group's.
    pub about: String,
    /// For whom it is.
    pub kind: SpaceKind,
}

/// By whom something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writer {
    /// Somebody who is still there.
    Named(Author),
    /// Somebody who has left.
    Former,
    /// Somebody who wrote without their name. Nothing more is known of them here, so that nothing more can be told.
    Unnamed,
}

impl Writer {
    /// Who it is, with what they do: "Ruth A., health visitor, Bradford", "A former member".
    pub fn in_full(&self) -> String {
        match self {
            Self::Named(Author { name, about, .. }) if about.is_empty() => name.short.clone(),
            Self::Named(Author { name, about, .. }) => format!("{}, {about}", name.short),
            Self::Former => "A former member".to_owned(),
            Self::Unnamed => "A member, without name".to_owned(),
        }
    }

    /// Who it is, within a sentence: "Ruth A.", "a former member".
    pub fn within(&self) -> &str {
        match self {
            Self::Named(author) => &author.name.short,
            Self::Former => "a former member",
            Self::Unnamed => "a member, without name",
        }
    }
}

/// Somebody who wrote something, and has neither left nor kept their name back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The name.
    pub name: PersonName,
    /// "health visitor, Bradford"; empty where nothing is known.
    pub about: String,
    /// Whether they supervise.
    pub is_supervisor: bool,
}

/// A thread in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadLine {
    /// The space: its part of the address and its name.
    pub space: (String, String),
    /// Its number in the space.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// The first words.
    pub excerpt: String,
    /// Who began it.
    pub author: Writer,
    /// When somebody wrote last.
    pub last_at: NaiveDateTime,
    /// How many posts it has.
    pub posts: i64,
    /// How many of them are new to the reader.
    pub new: i64,
    /// How far the reader has read.
    pub read_to: i64,
    /// Whether somebody meant the reader in what is new.
    pub mentions_reader: bool,
    /// Whether it stands above the others.
    pub is_pinned: bool,
    /// Whether the reader wants to hear nothing of it.
    pub is_muted: bool,
}

/// What is new, and what was there before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The spaces that the reader may read.
    pub spaces: Vec<SpaceLine>,
    /// What holds something new, the latest first.
    pub new: Vec<ThreadLine>,
    /// The others, the latest first.
    pub earlier: Vec<ThreadLine>,
    /// Where the next part begins, and whether that is of what is new.
    pub next: Option<String>,
    /// When the reader was here before.
    pub before: Option<NaiveDateTime>,
    /// How much there is for the reader to decide; nothing where they are nobody who decides.
    pub to_review: Option<i64>,
    /// How many threads have moved since the reader opened the page.
    pub since_opened: i64,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A space with its threads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceShown {
    /// The space.
    pub space: SpaceLine,
    /// Who looks after it.
    pub moderators: Vec<PersonName>,
    /// Whether the reader does.
    pub is_moderator: bool,
    /// Whether files can be attached to posts.
    pub takes_files: bool,
    /// When two people at the Centre have opened it, of a closed one, the last time first.
    pub opened: Vec<TimeOpened>,
    /// Whether what is written in it is looked at first.
    pub approval: Approval,
    /// The threads, pinned ones first.
    pub threads: Vec<ThreadLine>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// The spaces that the reader may read.
    pub spaces: Vec<SpaceLine>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A page of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
pub struct ThreadShown {
    /// The space.
    pub space: SpaceLine,
    /// Its number in the space.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// How many posts it has.
    pub posts: i64,
    /// Which page this is.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// What it begins with, and the replies of the page.
    pub shown: Vec<Post>,
    /// The poll below what it begins with.
    pub poll: Option<Poll>,
    /// How many replies are new to the reader, on every page.
    pub new: i64,
    /// Whether nobody can reply any more.
    pub is_locked: bool,
    /// Whether it stands above the others.
    pub is_pinned: bool,
    /// Whether every reply is looked at before others see it.
    pub is_slowed: bool,
    /// Whether the reader wants to hear nothing of it.
    pub is_muted: bool,
    /// Whether the reader looks after the space.
    pub is_moderator: bool,
    /// Whether the reader can reply without their name.
    pub allows_unnamed: bool,
    /// Who can be meant: code and name.
    pub people: Vec<(String, String)>,
    /// What the reader has begun to write here.
    pub draft: Option<Draft>,
    /// What is attached to that; none where nothing can be.
    pub files: Option<Vec<Attached>>,
    /// What of the reader's own waits for a moderator, or was sent back.
    pub held: Vec<HeldPost>,
    /// What becomes of what the reader posts here.
    pub posting: Posting,
    /// The spaces that the reader may read.
    pub spaces: Vec<SpaceLine>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
pub struct Post {
    /// Its number in the thread.
    pub number: i64,
    /// Who wrote it.
    pub author: Writer,
    /// The text as HTML; empty where it was withdrawn.
    pub html: String,
    /// When.
    pub written_at: NaiveDateTime,
    /// When it was changed last.
    pub edited_at: Option<NaiveDateTime>,
    /// Whether its author took it back.
    pub is_withdrawn: bool,
    /// Whether a moderator hid it. Its author still reads what it says.
    pub hidden: Option<HiddenAs>,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// Whether the reader has not read it.
    pub is_new: bool,
    /// Whether the reader has saved it.
    pub is_saved: bool,
    /// The post that it answers: number, and whose it is.
    pub quoted: Option<(i64, String)>,
    /// What it said before, for whoever looks after the space.
    pub before: Vec<(NaiveDateTime, String)>,
    /// What stands with it.
    pub files: Vec<Attached>,
    /// When two people at the Centre have seen that the reader wrote it, of a post of the reader's own without a name.
    pub opened: Vec<TimeOpened>,
}

/// A file of a post, or of what somebody has begun to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: FileKind,
    /// What is in it, in the words of whoever attached it.
    pub description: String,
    /// Width and height in points, of a picture.
    pub size: Option<(i64, i64)>,
    /// How large it is, in bytes.
    pub bytes: i64,
}

/// Where a file is to be attached, and what is attached there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachingPlace {
    /// The space.
    pub space: SpaceLine,
    /// The thread's number and title; none of a new thread.
    pub thread: Option<(i64, String)>,
    /// The code of a post that waits; empty of what is being written.
    pub held: String,
    /// What is attached already.
    pub files: Vec<Attached>,
}

/// What somebody has begun to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The title, of a new thread.
    pub title: String,
    /// The text as it was typed.
    pub source: String,
    /// What it will look like.
    pub html: String,
    /// Whether it is not to bear the writer's name.
    pub is_unnamed: bool,
    /// When it was kept.
    pub saved_at: NaiveDateTime,
    /// How often it was kept so far.
    pub kept: i64,
}

/// What the form of a new thread begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadToStart {
    /// The space.
    pub space: SpaceLine,
    /// Whether one can post in it without one's name.
    pub allows_unnamed: bool,
    /// Who can be meant: code and name.
    pub people: Vec<(String, String)>,
    /// What was begun.
    pub draft: Option<Draft>,
    /// What is attached to that; none where nothing can be.
    pub files: Option<Vec<Attached>>,
    /// What becomes of what is posted.
    pub posting: Posting,
    /// The spaces in which one could write.
    pub spaces: Vec<SpaceLine>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A post of one's own, to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostToChange {
    /// The space.
    pub space: SpaceLine,
    /// The thread's number and title.
    pub thread: (i64, String),
    /// The number of the post.
    pub number: i64,
    /// The text as it was typed.
    pub source: String,
    /// In which version that is.
    pub version: i64,
    /// What was begun.
    pub draft: Option<Draft>,
    /// What stands with it.
    pub files: Vec<Attached>,
    /// What becomes of what is posted.
    pub posting: Posting,
    /// A change of it that waits for a moderator already: its part of the address, and whether it was sent back.
    pub waiting: Option<(String, bool)>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A post that the reader has saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPost {
    /// The space: its part of the address and its name.
    pub space: (String, String),
    /// The thread's number and title.
    pub thread: (i64, String),
    /// The number of the post.
    pub number: i64,
    /// Who wrote it.
    pub author: Writer,
    /// The text as HTML; empty where it was withdrawn.
    pub html: String,
    /// When it was written.
    pub written_at: NaiveDateTime,
}

/// The posts that the reader has saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The posts, the one saved last first.
    pub posts: Vec<SavedPost>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// The spaces that the reader may read.
    pub spaces: Vec<SpaceLine>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}
