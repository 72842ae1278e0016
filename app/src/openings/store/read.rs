//! Reading what two people have opened, for as long as it is open. Nothing of this asks what somebody may read otherwise, and nothing else asks this.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::openings::answers::{Opened, OpenedPost};
use crate::openings::model::{OpeningId, PER_PAGE, Subject};
use crate::spaces::store::{
    AuthorRow, EarlierVersions, author_columns, files_in, is_about, is_here, people_of_codes, polls_in, said_before_in, with_names,
};
use crate::spaces::{Attached, HiddenAs, Poll, Reason, SpaceId, ThreadId};

/// Something that is open at this moment for whoever asks, who is one of the two. Only [`open_now`] makes one.
#[derive(sqlx::FromRow)]
pub(super) struct OpenNow {
    pub(super) id: OpeningId,
    group_id: Option<GroupId>,
    group_name: Option<String>,
    space_slug: Option<String>,
    space_name: Option<String>,
    thread_number: Option<i64>,
    number: Option<i64>,
    until: DateTime<Utc>,
}

impl OpenNow {
    fn subject(&self) -> Subject {
        let post = self.space_slug.clone().zip(self.space_name.clone()).zip(self.thread_number.zip(self.number));
        match post {
            Some((space, (thread, post))) => Subject::Author { space, thread, post },
            None => Subject::Space { group: self.group_name.clone().unwrap_or_default() },
        }
    }
}

/// Opens it, for the two alone and until the hour that was agreed; at any other time and for anybody else it is not there.
pub(super) async fn open_now(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<OpenNow, AppError> {
    const OPEN_NOW: &str = "\
SELECT o.id, o.group_id, g.name AS group_name, s.slug AS space_slug, s.name AS space_name, t.number AS thread_number, o.number, o.until
FROM opening o
LEFT JOIN supervision_group g ON g.id = o.group_id
LEFT JOIN thread t ON t.id = o.thread_id
LEFT JOIN space s ON s.id = t.space_id
WHERE o.code = $1
    AND o.is_agreed
    AND o.ended_at IS NULL
    AND o.until > $3
    AND (o.asked_by = $2 OR o.answered_by = $2)";

    let open: Option<OpenNow> = on!(&mut transaction, connection => sqlx::query_as(OPEN_NOW)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    open.ok_or(AppError::NotFound)
}

/// Reads a page of what is open. The first look of each of the two is written down.
pub async fn read(actor: &Actor, code: &str, page: &str) -> Result<Opened, AppError> {
    let mut transaction = actor.begin().await?;
    let open = open_now(&mut transaction, actor, code).await?;
    note_look(&mut transaction, actor, open.id).await?;
    let page = page.parse().ok().filter(|page| *page > 0).unwrap_or(1);
    let (posts, total) = match open.group_id {
        Some(group) => posts_of(&mut transaction, actor, group, page).await?,
        None => (vec![post_of_author(&mut transaction, actor, &open).await?], 1),
    };
    transaction.commit().await?;
    Ok(Opened {
        code: code.to_owned(),
        subject: open.subject(),
        until: ::series::local(open.until),
        posts,
        page,
        total,
        now: ::series::local(actor.now()),
    })
}

pub(super) async fn note_look(transaction: &mut Transaction, actor: &Actor, opening: OpeningId) -> Result<(), AppError> {
    const LOOK: &str =
        "INSERT INTO opening_look (opening_id, person_id, looked_at) VALUES ($1, $2, $3) ON CONFLICT (opening_id, person_id) DO NOTHING";

    let is_first = on!(&mut transaction, connection => sqlx::query(LOOK)
        .bind(opening)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?
        > 0;
    if is_first {
        let entry = Entry { action: "look_into_opening", subject: "opening", subject_id: Some(opening.0), detail: "" };
        audit::record(transaction, actor, entry).await?;
    }
    Ok(())
}

/// What a statement shows of a post `p` that can be hidden, with what was put aside of it as `x`, and of what its thread `t` begins with as `xt`. Why it was
/// hidden is told to nobody whom a report of it is about; `$reader` is who reads.
macro_rules! read_columns {
    ($reader:literal) => {
        concat!(
            "\
t.id AS thread_id, t.space_id, COALESCE(xt.title, t.title) AS thread_title, p.number, COALESCE(x.html, p.html) AS html, p.written_at, p.withdrawn_at, p.hidden_as,
    (SELECT d.reason
        FROM moderation_case c
        JOIN moderation_decision d ON d.case_id = c.id
        WHERE c.thread_id = p.thread_id AND c.number = p.number AND d.outcome IN ('ask', 'hide', 'pause') AND NOT ",
            is_about!($reader),
            "
        ORDER BY d.decided_at DESC, d.code
        LIMIT 1) AS reason"
        )
    };
}

/// A post as it is read.
#[derive(sqlx::FromRow)]
struct PostRow {
    thread_id: ThreadId,
    space_id: SpaceId,
    thread_title: String,
    number: i64,
    html: String,
    written_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    hidden_as: Option<HiddenAs>,
    reason: Option<Reason>,
}

/// What stands with the posts of a space, or of a thread.
struct Beside {
    files: BTreeMap<(ThreadId, i64), Vec<Attached>>,
    polls: BTreeMap<ThreadId, Poll>,
    before: BTreeMap<(ThreadId, i64), EarlierVersions>,
}

impl Beside {
    async fn of(transaction: &mut Transaction, actor: &Actor, place: Uuid) -> Result<Self, AppError> {
        Ok(Self {
            files: files_in(transaction, place).await?,
            polls: polls_in(transaction, actor, place).await?,
            before: said_before_in(transaction, place).await?,
        })
    }

    /// A post with what stands with it, and what it said before it was changed, as whoever looks after the space reads it.
    fn post(&mut self, row: PostRow, author: String, html: String) -> OpenedPost {
        let hidden = row.hidden_as.filter(|_| row.withdrawn_at.is_none());
        OpenedPost {
            title: row.thread_title,
            number: row.number,
            author,
            html,
            written_at: ::series::local(row.written_at),
            is_withdrawn: row.withdrawn_at.is_some(),
            reason: row.reason.filter(|_| hidden.is_some()),
            hidden,
            files: self.files.remove(&(row.thread_id, row.number)).unwrap_or_default(),
            before: self.before.remove(&(row.thread_id, row.number)).unwrap_or_default(),
            poll: if row.number == 1 { self.polls.remove(&row.thread_id) } else { None },
        }
    }
}

/// A post with whoever wrote it without their name.
async fn post_of_author(transaction: &mut Transaction, actor: &Actor, open: &OpenNow) -> Result<OpenedPost, AppError> {
    const POST: &str = concat!(
        "SELECT ",
        read_columns!("$2"),
        ", w.title, w.given_name, w.family_name, w.profession, COALESCE(wa.name, '') AS authority
FROM opening o
JOIN author_apart own ON own.thread_id = o.thread_id AND own.number = o.number
JOIN post p ON p.thread_id = o.thread_id AND p.number = o.number
JOIN thread t ON t.id = o.thread_id
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
LEFT JOIN hidden_post xt ON xt.thread_id = p.thread_id AND xt.number = 1
JOIN person w ON w.id = own.person_id
LEFT JOIN authority wa ON wa.id = w.authority_id
WHERE o.id = $1"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        post: PostRow,
        title: String,
        given_name: String,
        family_name: String,
        profession: String,
        authority: String,
    }

    let row: Row =
        on!(&mut *transaction, connection => sqlx::query_as(POST).bind(open.id).bind(actor.person()).fetch_one(connection).await)?;
    let mut beside = Beside::of(transaction, actor, row.post.thread_id.0).await?;
    // Whoever has to be reached is named in full.
    let name = format!("{} {} {}", row.title, row.given_name, row.family_name).trim().to_owned();
    let parts = [name, row.profession.to_lowercase(), row.authority].into_iter().filter(|part| !part.is_empty());
    let meant = people_of_codes(transaction, row.post.space_id, &[row.post.html.as_str()]).await?;
    let html = with_names(&row.post.html, Some(&meant));
    Ok(beside.post(row.post, parts.collect::<Vec<_>>().join(", "), html))
}

/// A page of the posts of a group's space, thread by thread, and how many there are.
async fn posts_of(transaction: &mut Transaction, actor: &Actor, group: GroupId, page: i64) -> Result<(Vec<OpenedPost>, i64), AppError> {
    const COUNT: &str = "SELECT COUNT(*) FROM post p JOIN thread t ON t.id = p.thread_id WHERE t.space_id = $1";
    const POSTS: &str = concat!(
        "SELECT ",
        read_columns!("$4"),
        ", ",
        author_columns!("p"),
        "
FROM thread t
JOIN post p ON p.thread_id = t.id
LEFT JOIN hidden_post x ON x.thread_id = p.thread_id AND x.number = p.number
LEFT JOIN hidden_post xt ON xt.thread_id = p.thread_id AND xt.number = 1
LEFT JOIN person w ON w.id = p.author_id AND ",
        is_here!("w", "$1", "'group'"),
        "
LEFT JOIN authority wa ON wa.id = w.authority_id
WHERE t.space_id = $1
ORDER BY t.number, p.number
LIMIT $2 OFFSET $3"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        post: PostRow,
        #[sqlx(flatten)]
        author: AuthorRow,
    }

    let total: i64 = on!(&mut *transaction, connection => sqlx::query_scalar(COUNT).bind(group).fetch_one(connection).await)?;
    let rows: Vec<Row> = on!(&mut *transaction, connection => sqlx::query_as(POSTS)
        .bind(group)
        .bind(PER_PAGE)
        .bind((page - 1).saturating_mul(PER_PAGE))
        .bind(actor.person())
        .fetch_all(connection).await)?;
    let texts: Vec<&str> = rows.iter().map(|row| row.post.html.as_str()).collect();
    let meant = people_of_codes(transaction, SpaceId(group.0), &texts).await?;
    let mut beside = Beside::of(transaction, actor, group.0).await?;
    let post = |row: Row| {
        let html = with_names(&row.post.html, Some(&meant));
        beside.post(row.post, row.author.writer().in_full(), html)
    };
    Ok((rows.into_iter().map(post).collect(), total))
}
