//! What a page of a thread reads.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::apart::{is_anothers, is_own};
use super::attachments::{files_of_draft, files_of_posts};
use super::before::{EarlierVersions, said_before};
use super::drafts::{Desk, draft_at};
use super::hiding::is_shown;
use super::holding::{held_in, posting_in};
use super::marks::mark_read;
use super::meant::{FORMER, Meant, Person, people_of_codes};
use super::open::{OpenedThread, spaces_of};
use super::opened::author_seen;
use super::people::people_to_mean;
use super::polls::poll_of;
use super::readable::{author_columns, is_here};
use super::row::AuthorRow;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::spaces::answers::{Attached, Draft, Post, SpaceLine, ThreadShown, Writer};
use crate::spaces::held::{HeldPost, HiddenAs, Posting};
use crate::spaces::model::{ThreadId, page_of, replies_of};
use crate::spaces::opened::TimeOpened;
use crate::spaces::polling::Poll;
use crate::ui::escaped;

/// A page of a thread: the one that is asked for, or else that of the first post that the actor has not read. What it shows counts as read from then on.
/// All of it is of one moment, and one connection answers; it is handed back before anything is written.
pub async fn thread_shown(actor: &Actor, thread: &OpenedThread, page: &str, is_again: bool) -> Result<ThreadShown, AppError> {
    let pages = page_of(thread.posts());
    let is_on_the_way = page.is_empty() && pages > 1;
    let page = if page.is_empty() && is_again {
        // Only a thread that had one page is open at the address without one, and goes on showing that.
        1
    } else if page.is_empty() {
        page_of((thread.read_to() + 1).min(thread.posts()))
    } else {
        page.parse().ok().filter(|page| (1..=pages).contains(page)).ok_or(AppError::NotFound)?
    };
    let (space, replies) = (thread.space(), replies_of(page));
    let alone = if is_again { posts_alone(actor, thread, replies).await? } else { None };
    let (part, posting) = match alone {
        Some(part) => (part, Posting::default()),
        None => of_one_moment(actor, thread, replies, is_again).await?,
    };
    // Of a long thread the address without a page leads on to that of the page, which is what is read.
    if !is_on_the_way && !is_again {
        mark_read(actor, thread, replies.1.min(thread.posts())).await?;
    }
    let (people, draft, files, spaces) = if is_again { Around::default() } else { around(actor, thread).await? };
    Ok(ThreadShown {
        space: space.line(),
        number: thread.number(),
        title: thread.title().to_owned(),
        posts: thread.posts(),
        page,
        pages,
        shown: part.shown,
        poll: part.poll,
        new: part.new,
        is_locked: thread.is_locked(),
        is_pinned: thread.is_pinned(),
        is_slowed: thread.is_slowed(),
        is_muted: thread.is_muted(),
        is_moderator: space.is_moderator(),
        allows_unnamed: space.allows_unnamed(),
        people,
        draft,
        files,
        held: part.held,
        posting,
        spaces,
        now: ::series::local(actor.now()),
    })
}

/// What an open page of a thread brings up to date by itself.
struct Part {
    shown: Vec<Post>,
    poll: Option<Poll>,
    held: Vec<HeldPost>,
    new: i64,
}

/// The page of a thread that has nothing but posts, as most threads do: one statement, which is of one moment by itself. Every open page of a thread asks
/// when somebody posts. Nothing where more has to be read.
async fn posts_alone(actor: &Actor, thread: &OpenedThread, replies: (i64, i64)) -> Result<Option<Part>, AppError> {
    let rows = rows(actor, None, thread, replies).await?;
    let holds = rows.first().map(|row| row.holds).unwrap_or_default();
    let stands_alone = |row: &Row| row.hidden_as.is_none() && !row.is_own_unnamed();
    if thread.space().is_moderator() || holds.has_more() || !rows.iter().all(stands_alone) {
        return Ok(None);
    }
    let mut beside = Beside::default();
    let shown = rows.into_iter().map(|row| row.post(thread, &mut beside)).collect();
    Ok(Some(Part { shown, poll: None, held: Vec::new(), new: holds.new }))
}

/// The page with all that it holds, and what becomes of what the actor posts, which an open page that looks again has.
async fn of_one_moment(actor: &Actor, thread: &OpenedThread, replies: (i64, i64), is_again: bool) -> Result<(Part, Posting), AppError> {
    let mut moment = actor.database().snapshot().await?;
    let rows = rows(actor, Some(&mut moment), thread, replies).await?;
    let holds = rows.first().map(|row| row.holds).unwrap_or_default();
    let mut beside = beside(actor, &mut moment, (thread, holds), (&rows, replies)).await?;
    let shown = rows.into_iter().map(|row| row.post(thread, &mut beside)).collect();
    let poll = if holds.poll { poll_of(actor, &mut moment, thread).await? } else { None };
    let held = if holds.held { held_in(actor, &mut moment, thread).await? } else { Vec::new() };
    let posting = if is_again { Posting::default() } else { posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await? };
    Ok((Part { shown, poll, held, new: holds.new }, posting))
}

/// What stands around the posts: who can be meant, what was begun and what is attached to it, and the spaces. An open page that looks again has it.
type Around = (Vec<(String, String)>, Option<Draft>, Option<Vec<Attached>>, Vec<SpaceLine>);

async fn around(actor: &Actor, thread: &OpenedThread) -> Result<Around, AppError> {
    let (space, desk) = (thread.space(), Desk::Reply(thread.id()));
    let files = if space.takes_files() { Some(files_of_draft(actor, &desk).await?) } else { None };
    Ok((people_to_mean(actor, space, Some(thread.id())).await?, draft_at(actor, &desk).await?, files, spaces_of(actor).await?))
}

/// How many replies the actor has not read, on every page, and what a thread can hold and most do not, so that it is asked for only where there is any.
#[derive(Clone, Copy, Default, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
struct Holds {
    new: i64,
    mentions: bool,
    files: bool,
    poll: bool,
    held: bool,
}

impl Holds {
    fn has_more(self) -> bool {
        self.mentions || self.files || self.poll || self.held
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    #[sqlx(flatten)]
    author: AuthorRow,
    html: String,
    written_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
    hidden_as: Option<HiddenAs>,
    is_own: bool,
    is_saved: bool,
    quoted: Option<i64>,
    q_is_unnamed: bool,
    q_code: Option<String>,
    q_title: Option<String>,
    q_given: Option<String>,
    q_family: Option<String>,
    /// The same in every row.
    #[sqlx(flatten)]
    holds: Holds,
}

impl Row {
    fn is_own_unnamed(&self) -> bool {
        self.is_own && self.author.is_unnamed()
    }

    fn post(mut self, thread: &OpenedThread, beside: &mut Beside) -> Post {
        let number = self.number;
        let meant = if self.hidden_as.is_some() { Some(&beside.in_hidden) } else { beside.meant.get(&number) };
        Post {
            quoted: self.quoted(),
            html: with_names(&self.html, meant),
            author: self.author.writer(),
            written_at: ::series::local(self.written_at),
            edited_at: self.edited_at.map(::series::local),
            is_withdrawn: self.withdrawn_at.is_some(),
            hidden: self.hidden_as.filter(|_| self.withdrawn_at.is_none()),
            is_new: !self.is_own
                && self.withdrawn_at.is_none()
                && self.hidden_as.is_none()
                && number > thread.read_to()
                && self.written_at > thread.read_until(),
            is_own: self.is_own,
            is_saved: self.is_saved,
            before: beside.before.remove(&(thread.id(), number)).unwrap_or_default(),
            files: beside.files.remove(&number).unwrap_or_default(),
            opened: beside.opened.remove(&number).unwrap_or_default(),
            number,
        }
    }

    fn quoted(&mut self) -> Option<(i64, String)> {
        let number = self.quoted?;
        if self.q_is_unnamed {
            return Some((number, Writer::Unnamed.within().to_owned()));
        }
        let name = self.q_code.take().zip(self.q_title.take()).zip(self.q_given.take().zip(self.q_family.take()));
        let name =
            name.map(|((code, title), (given_name, family_name))| PersonName::from(NameRow { code, title, given_name, family_name }).short);
        Some((number, name.unwrap_or_else(|| FORMER.to_owned())))
    }
}

/// What a thread begins with, and the replies between two numbers; at a moment, or at the present one.
async fn rows(
    actor: &Actor,
    moment: Option<&mut Transaction>,
    thread: &OpenedThread,
    (first, last): (i64, i64),
) -> Result<Vec<Row>, AppError> {
    const POSTS: &str = concat!(
        "\
SELECT p.number, COALESCE(h.html, p.html) AS html, p.written_at, p.edited_at, p.withdrawn_at, p.hidden_as, ",
        is_own!("p", "$4"),
        " AS is_own, sv.person_id IS NOT NULL AS is_saved, p.quoted,
    q.thread_id IS NOT NULL AND q.author_id IS NULL AS q_is_unnamed, qw.code AS q_code, qw.title AS q_title, qw.given_name AS q_given, qw.family_name AS q_family,
    ",
        author_columns!("p"),
        ",
    (
        SELECT COUNT(*)
        FROM post
        WHERE thread_id = $1
            AND number > $7
            AND written_at > $8
            AND ",
        is_anothers!("post", "$4"),
        "
            AND ",
        is_shown!("post"),
        "
    ) AS new,
    EXISTS (SELECT 1 FROM mention WHERE thread_id = $1) AS mentions,
    EXISTS (SELECT 1 FROM attachment WHERE thread_id = $1) AS files,
    EXISTS (SELECT 1 FROM thread_poll WHERE thread_id = $1) AS poll,
    EXISTS (SELECT 1 FROM held_post WHERE thread_id = $1 AND author_id = $4) AS held
FROM post p
LEFT JOIN person w ON w.id = p.author_id AND ",
        is_here!("w", "$5", "$6"),
        "
LEFT JOIN authority wa ON wa.id = w.authority_id
LEFT JOIN saved_post sv ON sv.thread_id = p.thread_id AND sv.number = p.number AND sv.person_id = $4
LEFT JOIN hidden_post h ON h.thread_id = p.thread_id AND h.number = p.number AND ",
        is_own!("p", "$4"),
        "
LEFT JOIN post q ON q.thread_id = p.thread_id AND q.number = p.quoted
LEFT JOIN person qw ON qw.id = q.author_id AND ",
        is_here!("qw", "$5", "$6"),
        "
WHERE p.thread_id = $1
    AND (p.number = 1 OR p.number BETWEEN $2 AND $3)
ORDER BY p.number"
    );

    macro_rules! found {
        ($($in:tt)+) => {
            on!($($in)+, connection => sqlx::query_as(POSTS)
                .bind(thread.id())
                .bind(first)
                .bind(last)
                .bind(actor.person())
                .bind(thread.space().id())
                .bind(thread.space().kind())
                .bind(thread.read_to().max(1))
                .bind(thread.read_until())
                .fetch_all(connection).await)
        };
    }

    let database = actor.database();
    Ok(match moment {
        Some(moment) => found!(&mut moment)?,
        None => found!(database)?,
    })
}

/// What is read beside the posts of a page, by their numbers.
#[derive(Default)]
struct Beside {
    meant: BTreeMap<i64, Meant>,
    in_hidden: Meant,
    files: BTreeMap<i64, Vec<Attached>>,
    opened: BTreeMap<i64, Vec<TimeOpened>>,
    before: BTreeMap<(ThreadId, i64), EarlierVersions>,
}

async fn beside(
    actor: &Actor,
    moment: &mut Transaction,
    (thread, holds): (&OpenedThread, Holds),
    (rows, replies): (&[Row], (i64, i64)),
) -> Result<Beside, AppError> {
    // Nobody is told of a hidden post, so that it is not kept whom it means; what it says is here for its writer alone.
    let hidden: Vec<&str> = rows.iter().filter(|row| row.hidden_as.is_some()).map(|row| row.html.as_str()).collect();
    let has_own_unnamed = rows.iter().any(Row::is_own_unnamed);
    Ok(Beside {
        meant: if holds.mentions { meant(moment, thread, replies).await? } else { BTreeMap::new() },
        in_hidden: people_of_codes(moment, thread.space().id(), &hidden).await?,
        files: if holds.files { files_of_posts(actor, moment, thread, replies).await? } else { BTreeMap::new() },
        opened: if has_own_unnamed { author_seen(actor, moment, thread).await? } else { BTreeMap::new() },
        before: if thread.space().is_moderator() { said_before(moment, thread, replies).await? } else { BTreeMap::new() },
    })
}

/// Who is meant in each post: their code, and their name as it is today.
async fn meant(moment: &mut Transaction, thread: &OpenedThread, (first, last): (i64, i64)) -> Result<BTreeMap<i64, Meant>, AppError> {
    const MEANT: &str = concat!(
        "\
SELECT n.number, c.code AS typed, w.code, w.title, w.given_name, w.family_name
FROM mention n
JOIN person c ON c.id = n.person_id
LEFT JOIN person w ON w.id = n.person_id AND ",
        is_here!("w", "$4", "$5"),
        "
WHERE n.thread_id = $1
    AND (n.number = 1 OR n.number BETWEEN $2 AND $3)"
    );

    #[derive(sqlx::FromRow)]
    struct Named {
        number: i64,
        #[sqlx(flatten)]
        person: Person,
    }

    let rows: Vec<Named> = on!(&mut moment, connection => sqlx::query_as(MEANT)
        .bind(thread.id())
        .bind(first)
        .bind(last)
        .bind(thread.space().id())
        .bind(thread.space().kind())
        .fetch_all(connection).await)?;
    let mut meant: BTreeMap<i64, Meant> = BTreeMap::new();
    for Named { number, person } in rows {
        meant.entry(number).or_default().push(person.meant());
    }
    Ok(meant)
}

/// Puts names in the place of codes in HTML.
pub(crate) fn with_names(html: &str, meant: Option<&Meant>) -> String {
    let Some(meant) = meant else { return html.to_owned() };
    let mut said = String::with_capacity(html.len());
    for part in html.split_inclusive('>') {
        // The address of a link is no place for a name.
        let (words, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
        let named = |words: String, (code, name): &(String, String)| {
            words.replace(&format!("@{code}"), &format!("<span class=\"meant\">{}</span>", escaped(name)))
        };
        said.push_str(&meant.iter().fold(words.to_owned(), named));
        said.push_str(tag);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_text_is_a_name_and_nothing_else() {
        let meant = vec![("k3f9x2mv".to_owned(), "<b>A. & B.".to_owned())];
        let html = with_names("<p>Thank you @k3f9x2mv, @abcdefgh</p>", Some(&meant));
        assert!(html.contains("<span class=\"meant\">") && !html.contains("<b>") && html.contains("@abcdefgh"), "{html}");
        let link = "<p><a href=\"https://a.example/@k3f9x2mv/\" rel=\"nofollow\">there</a></p>";
        assert_eq!(with_names(link, Some(&meant)), link);
    }
}
