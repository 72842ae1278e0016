//! The doors to a space and to a thread.

use chrono::{DateTime, Utc};

use super::readable::{OF_GROUP, readable, readable_but_groups};
use super::row::SpaceRow;
use crate::access::Actor;
use crate::belonging::STARTING;
use crate::database::on;
use crate::error::AppError;
use crate::spaces::answers::SpaceLine;
use crate::spaces::forms::ThreadAddress;
use crate::spaces::model::{FRESH, SpaceId, SpaceKind, ThreadId};

/// The moment since when somebody is a new starter.
pub fn starters_since(actor: &Actor) -> DateTime<Utc> {
    actor.now() - STARTING
}

/// The spaces that somebody may read, in the order in which they stand beside the feed, with what else is read beside them: `$1` is who, `$2` the moment
/// since when somebody is a new starter.
macro_rules! spaces {
    ($columns:expr, $joined:literal) => {
        concat!(
            "SELECT r.id, r.slug, r.name, r.about, r.kind",
            $columns,
            "\nFROM (",
            $crate::spaces::store::readable!("$1", "$2"),
            ") r",
            $joined,
            "\nORDER BY CASE r.kind
    WHEN 'centre' THEN 0 WHEN 'new_starters' THEN 1 WHEN 'supervisors' THEN 2 WHEN 'intervention' THEN 3 WHEN 'region' THEN 4 ELSE 5 END,
    r.name, r.slug"
        )
    };
}
pub(super) use spaces;

/// The spaces that the actor may read, as they stand beside the feed.
pub async fn spaces_of(actor: &Actor) -> Result<Vec<SpaceLine>, AppError> {
    const SPACES: &str = spaces!("", "");

    let database = actor.database();
    let rows: Vec<SpaceRow> = on!(database, pool => sqlx::query_as(SPACES)
        .bind(actor.person())
        .bind(starters_since(actor))
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(SpaceLine::from).collect())
}

/// A space that the actor may read, because the database said so. Only [`open_space`] and [`open_thread`] make one.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenedSpace {
    #[sqlx(flatten)]
    row: SpaceRow,
    is_moderator: bool,
    takes_files: bool,
    allows_unnamed: bool,
}

/// The space `$3` of those in `$spaces` with what else is read beside it: `$1` is who, `$2` the moment since when somebody is a new starter.
macro_rules! opened {
    ($spaces:expr, $columns:expr, $joined:expr) => {
        concat!(
            "\
SELECT r.id, r.slug, r.name, r.about, r.kind,
    EXISTS (SELECT 1 FROM space_moderator o WHERE o.space_id = r.id AND o.person_id = $1)
        OR EXISTS (SELECT 1 FROM supervision_group o WHERE o.id = r.id AND o.supervisor_id = $1) AS is_moderator,
    EXISTS (SELECT 1 FROM space_with_files o WHERE o.space_id = r.id) AS takes_files,
    EXISTS (SELECT 1 FROM space o WHERE o.id = r.id AND o.allows_unnamed) AS allows_unnamed",
            $columns,
            "\nFROM (",
            $spaces,
            ") r",
            $joined,
            "\nWHERE r.slug = $3"
        )
    };
}

/// The statement that opens what stands at an address: Postgres sets a plan up anew for every request, and half of this
/// one is about groups.
fn statement(slug: &str, of_group: &'static str, of_another: &'static str) -> &'static str {
    if slug.starts_with(OF_GROUP) { of_group } else { of_another }
}

/// Opens a space for whoever may read it; for anybody else it is not there.
pub async fn open_space(actor: &Actor, slug: &str) -> Result<OpenedSpace, AppError> {
    const OF_A_GROUP: &str = opened!(readable!("$1", "$2"), "", "");
    const ANOTHER: &str = opened!(readable_but_groups!("$1", "$2"), "", "");

    let database = actor.database();
    let space: Option<OpenedSpace> = on!(database, pool => sqlx::query_as(statement(slug, OF_A_GROUP, ANOTHER))
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(slug)
        .fetch_optional(pool).await)?;
    space.ok_or(AppError::NotFound)
}

impl OpenedSpace {
    /// Which space it is.
    pub fn id(&self) -> SpaceId {
        self.row.id
    }

    /// Its part of the address.
    pub fn slug(&self) -> &str {
        &self.row.slug
    }

    /// For whom it is.
    pub fn kind(&self) -> SpaceKind {
        self.row.kind
    }

    /// As it is shown.
    pub fn line(&self) -> SpaceLine {
        self.row.clone().into()
    }

    /// Whether the actor looks after it.
    pub fn is_moderator(&self) -> bool {
        self.is_moderator
    }

    /// Whether files can be attached to posts.
    pub fn takes_files(&self) -> bool {
        self.takes_files
    }

    /// Whether people may post in it without their name.
    pub fn allows_unnamed(&self) -> bool {
        self.allows_unnamed
    }
}

/// A thread in a space that the actor may read. Only [`open_thread`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedThread {
    row: Row,
    fresh_since: DateTime<Utc>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
struct Row {
    #[sqlx(flatten)]
    space: OpenedSpace,
    thread_id: ThreadId,
    number: i64,
    title: String,
    posts: i64,
    is_locked: bool,
    is_pinned: bool,
    is_slowed: bool,
    read_to: Option<i64>,
    is_muted: bool,
    all_read_at: Option<DateTime<Utc>>,
}

macro_rules! thread_columns {
    () => {
        ",
    t.id AS thread_id, t.number, t.title, t.posts, t.locked_at IS NOT NULL AS is_locked, t.pinned_at IS NOT NULL AS is_pinned,
    t.slowed_at IS NOT NULL AS is_slowed, k.read_to, k.muted_at IS NOT NULL AS is_muted, v.all_read_at"
    };
}

macro_rules! thread_joined {
    () => {
        "
JOIN thread t ON t.space_id = r.id AND t.number = $4
LEFT JOIN thread_mark k ON k.thread_id = t.id AND k.person_id = $1
LEFT JOIN community_visit v ON v.person_id = $1"
    };
}

/// Opens a thread for whoever may read its space.
pub async fn open_thread(actor: &Actor, address: &ThreadAddress) -> Result<OpenedThread, AppError> {
    const OF_A_GROUP: &str = opened!(readable!("$1", "$2"), thread_columns!(), thread_joined!());
    const ANOTHER: &str = opened!(readable_but_groups!("$1", "$2"), thread_columns!(), thread_joined!());

    let number: i64 = address.number.parse().map_err(|_| AppError::NotFound)?;
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(statement(&address.space, OF_A_GROUP, ANOTHER))
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(&address.space)
        .bind(number)
        .fetch_optional(pool).await)?;
    Ok(OpenedThread { row: row.ok_or(AppError::NotFound)?, fresh_since: actor.now() - FRESH })
}

impl OpenedThread {
    /// Which thread it is.
    pub fn id(&self) -> ThreadId {
        self.row.thread_id
    }

    /// The space that it stands in.
    pub fn space(&self) -> &OpenedSpace {
        &self.row.space
    }

    /// Its number in the space.
    pub fn number(&self) -> i64 {
        self.row.number
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.row.title
    }

    /// The number of its last post.
    pub fn posts(&self) -> i64 {
        self.row.posts
    }

    /// Whether nobody can reply.
    pub fn is_locked(&self) -> bool {
        self.row.is_locked
    }

    /// Whether it stands above the others.
    pub fn is_pinned(&self) -> bool {
        self.row.is_pinned
    }

    /// Whether every reply is looked at before others see it.
    pub fn is_slowed(&self) -> bool {
        self.row.is_slowed
    }

    /// Whether the actor wants to hear nothing of it.
    pub fn is_muted(&self) -> bool {
        self.row.is_muted
    }

    /// How far the actor has read.
    pub fn read_to(&self) -> i64 {
        self.row.read_to.unwrap_or_default()
    }

    /// The moment up to which everything counts as read, whatever its mark says.
    pub fn read_until(&self) -> DateTime<Utc> {
        self.row.all_read_at.map_or(self.fresh_since, |moment| moment.max(self.fresh_since))
    }
}
