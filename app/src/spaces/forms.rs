//! What the forms of the community send.

use serde::{Deserialize, Serialize};

use super::model::{LONGEST_DESCRIPTION, LONGEST_TITLE};
use crate::error::{AppError, Problem};
use crate::guard;

/// Which part of the feed, or of what is saved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedAddress {
    /// Where the part begins; empty for the beginning.
    pub before: String,
    /// Whether an open page asks, which nobody has opened.
    pub is_again: bool,
}

/// Which space.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SpaceAddress {
    /// Its part of the address.
    pub space: String,
    /// Where the part begins that is asked for; empty for the beginning.
    pub before: String,
}

/// Which thread, or which of its posts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadAddress {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// Which page; empty for where the reader has got to.
    pub page: String,
}

/// Which post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PostAddress {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The post's number in the thread.
    pub post: String,
}

impl PostAddress {
    /// The thread that it stands in.
    pub fn thread(&self) -> ThreadAddress {
        ThreadAddress { space: self.space.clone(), number: self.number.clone(), page: String::new() }
    }
}

/// What is done about a thread.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SteerForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The key of a [`Steer`].
    pub what: String,
}

impl SteerForm {
    /// The thread that it is about.
    pub fn thread(&self) -> ThreadAddress {
        ThreadAddress { space: self.space.clone(), number: self.number.clone(), page: String::new() }
    }
}

/// What whoever looks after a space can do with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// It stands above the others.
    Pin,
    /// It stands where its last post puts it.
    Unpin,
    /// Nobody replies any more.
    Lock,
    /// People can reply again.
    Unlock,
    /// Replies are looked at before others see them.
    Slow,
    /// They are shown at once.
    LetRun,
}

impl Steer {
    /// The word in forms and in the log.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pin => "pin_thread",
            Self::Unpin => "unpin_thread",
            Self::Lock => "lock_thread",
            Self::Unlock => "unlock_thread",
            Self::Slow => "slow_thread",
            Self::LetRun => "let_thread_run",
        }
    }

    /// What a word means.
    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Pin, Self::Unpin, Self::Lock, Self::Unlock, Self::Slow, Self::LetRun].into_iter().find(|steer| steer.key() == key)
    }
}

/// Which button of a composer was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The text is posted.
    Post,
    /// It is kept as a draft and shown as it will look.
    Preview,
    /// It is kept as a draft.
    Keep,
    /// It is kept as a draft while a file is attached to it.
    Attach,
}

impl Press {
    /// What a button sends. A form without one, as the Enter key sends it, posts.
    pub fn of_key(key: &str) -> Self {
        match key {
            "preview" => Self::Preview,
            "keep" => Self::Keep,
            "attach" => Self::Attach,
            _ => Self::Post,
        }
    }
}

/// A new thread.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadForm {
    /// The space's part of the address.
    pub space: String,
    /// What it is called.
    pub title: String,
    /// The text.
    pub text: String,
    /// The code of somebody who is meant.
    pub mention: String,
    /// Ticked for a post without its writer's name.
    pub unnamed: Vec<String>,
    /// Whether a moderator is asked, since what was marked is nobody's: `yes`.
    pub ask: String,
    /// The button.
    pub press: String,
}

impl ThreadForm {
    /// Whether it is not to bear the writer's name.
    pub fn is_unnamed(&self) -> bool {
        !self.unnamed.is_empty()
    }

    /// The title as it can be kept, and whether something in it is marked, which is for a moderator alone.
    pub fn check_title(&self) -> Result<(String, bool), Problem> {
        let title = super::plain::plain_line(&self.title);
        let length = title.chars().count();
        if length < 3 {
            return Err(Problem::new("title", "Enter a title of a few words."));
        }
        if length > LONGEST_TITLE {
            return Err(Problem::new("title", format!("Shorten the title to {LONGEST_TITLE} characters. It has {length}.")));
        }
        match guard::problem("title", &guard::look(&title)) {
            Some(problem) if self.ask.is_empty() => Err(problem),
            marked => Ok((title, marked.is_some())),
        }
    }
}

/// A reply.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The number of the post that it answers; empty for the thread.
    pub quoted: String,
    /// The text.
    pub text: String,
    /// The code of somebody who is meant.
    pub mention: String,
    /// Ticked for a post without its writer's name.
    pub unnamed: Vec<String>,
    /// Whether a moderator is asked, since what was marked is nobody's: `yes`.
    pub ask: String,
    /// The button.
    pub press: String,
}

impl ReplyForm {
    /// Whether it is not to bear the writer's name.
    pub fn is_unnamed(&self) -> bool {
        !self.unnamed.is_empty()
    }

    /// The thread that it goes into.
    pub fn thread(&self) -> ThreadAddress {
        ThreadAddress { space: self.space.clone(), number: self.number.clone(), page: String::new() }
    }
}

/// A change of a post of one's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The post's number in the thread.
    pub post: String,
    /// In which version it was shown.
    pub version: String,
    /// The text.
    pub text: String,
    /// Whether a moderator is asked, since what was marked is nobody's: `yes`.
    pub ask: String,
    /// The button.
    pub press: String,
}

impl ChangeForm {
    /// The post that is changed.
    pub fn post(&self) -> PostAddress {
        PostAddress { space: self.space.clone(), number: self.number.clone(), post: self.post.clone() }
    }

    /// The version in which it was shown.
    pub fn shown(&self) -> Result<i64, AppError> {
        self.version.parse().map_err(|_| AppError::NotFound)
    }
}

/// What is kept of a text while it is typed, and which place it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it; empty for a new thread.
    pub number: String,
    /// The post's number, where it is being changed.
    pub post: String,
    /// The title, of a new thread.
    pub title: String,
    /// The text.
    pub text: String,
    /// Whether it is not to bear the writer's name.
    pub is_unnamed: bool,
    /// The code of a post that waits, to which a file is attached; empty of what is being written.
    pub held: String,
}

/// Whether files can be attached in a space from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FilesForm {
    /// The space's part of the address.
    pub space: String,
    /// "yes", or anything else.
    pub allow: String,
}

/// What is said about the file that is sent beside the form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttachForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it; empty for a new thread.
    pub number: String,
    /// The number of the post that is answered; empty where none is.
    pub quoted: String,
    /// The code of a post that waits; empty of what is being written.
    pub held: String,
    /// What is in it.
    pub description: String,
    /// That nobody of a family can be recognised.
    pub nobody: Vec<String>,
}

impl AttachForm {
    /// The place for which something is written.
    pub fn place(&self) -> DraftForm {
        DraftForm { space: self.space.clone(), number: self.number.clone(), held: self.held.clone(), ..DraftForm::default() }
    }

    /// What is said about the file, or everything that has to be put right.
    pub fn check(&self) -> Result<String, AppError> {
        let description = super::plain::plain_line(&self.description);
        let length = description.chars().count();
        let mut problems = Vec::new();
        if length < 3 {
            problems.push(Problem::new("description", "Say in a few words what is in it, for whoever cannot see it."));
        } else if length > LONGEST_DESCRIPTION {
            problems.push(Problem::new("description", format!("Shorten this to {LONGEST_DESCRIPTION} characters. It has {length}.")));
        }
        problems.extend(guard::problem("description", &guard::look(&description)));
        if self.nobody.is_empty() {
            let sentence =
                "Look at the file once more. Tick this only if nobody of a family can be recognised in it; otherwise leave it out.";
            problems.push(Problem::new("nobody", sentence));
        }
        if problems.is_empty() { Ok(description) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Which file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FileAddress {
    /// Its code.
    pub code: String,
}

/// A post that waits for a moderator, or was sent back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldForm {
    /// Its part of the address.
    pub code: String,
    /// Whether it begins a thread, and so has a title: `yes`.
    pub of_thread: String,
    /// The title, of a new thread.
    pub title: String,
    /// The text.
    pub text: String,
    /// Whether a moderator is asked, since what was marked is nobody's: `yes`.
    pub ask: String,
}
