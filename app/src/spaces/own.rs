//! What somebody has written in the community, for themselves: what stands on the page, and its server functions.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::{Deserialize, Serialize};

use super::forms::FeedAddress;
use super::held::HiddenAs;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for. What somebody wrote stays theirs, whatever else they may do by now.
pub const ASKS: &[Asks] = &[asks(OwnPosts::PATH, Permission::UseOwnAccount), asks(WithdrawOwnPost::PATH, Permission::UseOwnAccount)];

/// A post of the reader's own, with nothing of anybody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPost {
    /// Which thread it stands in.
    pub thread: String,
    /// Its number in the thread.
    pub number: i64,
    /// What the reader called the thread that it begins; empty of a reply.
    pub title: String,
    /// The text as HTML.
    pub html: String,
    /// The text as it was typed.
    pub source: String,
    /// When it was written.
    pub written_at: NaiveDateTime,
    /// Whether it bears no name.
    pub is_unnamed: bool,
    /// Whether a moderator hid it.
    pub hidden: Option<HiddenAs>,
    /// How many files stand with it.
    pub files: i64,
    /// Where it stands, if the reader may still read that.
    pub place: Option<OwnPlace>,
}

/// Where a post of the reader's own stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPlace {
    /// The name of the space.
    pub space: String,
    /// What the thread is called.
    pub thread: String,
    /// The address of the post.
    pub address: String,
}

/// A page of what the reader has written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPostsShown {
    /// The posts, the latest first.
    pub posts: Vec<OwnPost>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// Which post of one's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnPostForm {
    /// The thread that it stands in.
    pub thread: String,
    /// Its number in the thread.
    pub number: String,
}

/// What one has written, wherever it stands, but for what one took back.
#[server(prefix = "/api", endpoint = "own_posts")]
pub async fn own_posts(#[server(default)] form: FeedAddress) -> Result<OwnPostsShown, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::own_posts(&actor, &form.before).await
}

/// Takes back a post of one's own, also where one reads no more.
#[server(prefix = "/api", endpoint = "withdraw_own_post")]
pub async fn withdraw_own_post(#[server(default)] form: OwnPostForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseOwnAccount)?;
    let thread = form.thread.parse().map(super::model::ThreadId).map_err(|_| AppError::NotFound)?;
    let number = form.number.parse().map_err(|_| AppError::NotFound)?;
    super::store::withdraw_own(&actor, thread, number).await?;
    go_to(crate::paths::MY_POSTS, "Your post is withdrawn. What it said is gone.");
    Ok(())
}
