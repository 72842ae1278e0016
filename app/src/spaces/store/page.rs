//! What a page of a thread reads.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::apart::{is_anothers, is_own};
use super::attachments::{files_of_draft, files_of_posts};
use super::before::said_before;
use super::drafts::{Desk, draft_at};
use super::hiding::is_shown;
use super::holding::{Rules, held_in, posting_rules};
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
use crate::spaces::held::HiddenAs;
use crate::spaces::model::{page_of, replies_of};
use crate::ui::escaped;

/// A page of a thread: the one that is asked for, or else that of the first post that the actor has not read. What it shows counts as read from then on.
/// All of it is of one moment, and one connection answers; it is handed back before anything is written.
pub async fn thread_shown(actor: &Actor, thread: &OpenedThread, page: &str, is_again: bool) -> Result<ThreadShown, AppError> {
    let pages = page_of(thread.posts());
    let is_on_the_way = page.is_empty() && pages > 1;
    let page = if page.is_empty() {
        page_of((thread.read_to() + 1).min(thread.posts()))
    } else {
        page.parse().ok().filter(|page| (1..=pages).contains(page)).ok_or(AppError::NotFound)?
    };
    let (space, mut moment) = (thread.space(), actor.database().snapshot().await?);
    let holds = holds(actor, &mut moment, thread).await?;
    let shown = posts(actor, &mut moment, (thread, &holds), replies_of(page)).await?;
    let poll = if holds.poll { poll_of(actor, &mut moment, thread).await? } else { None };
    let held = if holds.held { held_in(actor, &mut moment, thread).await? } else { Vec::new() };
    let posting = holds.rules.posting(space, false);
    drop(moment);
    // Of a long thread the address without a page leads on to that of the page, which is what is read.
    if !is_on_the_way && !is_again {
        mark_read(actor, thread, replies_of(page).1.min(thread.posts())).await?;
    }
    let (people, draft, files, spaces) = if is_again { Around::default() } else { around(actor, thread).await? };
    Ok(ThreadShown {
        space: space.line(),
        number: thread.number(),
        title: thread.title().to_owned(),
        posts: thread.posts(),
        page,
        pages,
        shown,
        poll,
        new: holds.new,
        is_locked: thread.is_locked(),
        is_pinned: thread.is_pinned(),
        is_slowed: thread.is_slowed(),
        is_muted: thread.is_muted(),
        is_moderator: space.is_moderator(),
        allows_unnamed: space.allows_unnamed(),
        people,
        draft,
        files,
        held,
        posting,
        spaces,
        now: ::series::local(actor.now()),
    })
}

/// What stands around the posts: who can be meant, what was begun and what is attached to it, and the spaces. An open page that looks again has it.
type Around = (Vec<(String, String)>, Option<Draft>, Option<Vec<Attached>>, Vec<SpaceLine>);

async fn around(actor: &Actor, thread: &OpenedThread) -> Result<Around, AppError> {
    let (space, desk) = (thread.space(), Desk::Reply(thread.id()));
    let files = if space.takes_files() { Some(files_of_draft(actor, &desk).await?) } else { None };
    Ok((people_to_mean(actor, space, Some(thread.id())).await?, draft_at(actor, &desk).await?, files, spaces_of(actor).await?))
}

/// How many replies the actor has not read, on every page; what a thread can hold and most do not, so that it is asked for only where there is any; and by
/// which rules the actor replies.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
struct Holds {
    #[sqlx(flatten)]
    rules: Rules,
    new: i64,
    mentions: bool,
    files: bool,
    poll: bool,
    held: bool,
}

async fn holds(actor: &Actor, moment: &mut Transaction, thread: &OpenedThread) -> Result<Holds, AppError> {
    const HOLDS: &str = posting_rules!(concat!(
        ",
    (
        SELECT COUNT(*)
        FROM post
        WHERE thread_id = $3
            AND number > $5
            AND written_at > $6
            AND ",
        is_anothers!("post", "$1"),
        "
            AND ",
        is_shown!("post"),
        "
    ) AS new,
    EXISTS (SELECT 1 FROM mention WHERE thread_id = $3) AS mentions,
    EXISTS (SELECT 1 FROM attachment WHERE thread_id = $3) AS files,
    EXISTS (SELECT 1 FROM thread_poll WHERE thread_id = $3) AS poll,
    EXISTS (SELECT 1 FROM held_post WHERE thread_id = $3 AND author_id = $1) AS held"
    ));

    Ok(on!(&mut moment, connection => sqlx::query_as(HOLDS)
        .bind(actor.person())
        .bind(thread.space().id())
        .bind(thread.id())
        .bind(actor.now())
        .bind(thread.read_to().max(1))
        .bind(thread.read_until())
        .fetch_one(connection).await)?)
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
}

impl Row {
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

/// What a thread begins with, and the replies between two numbers.
async fn posts(
    actor: &Actor,
    moment: &mut Transaction,
    (thread, holds): (&OpenedThread, &Holds),
    (first, last): (i64, i64),
) -> Result<Vec<Post>, AppError> {
    const POSTS: &str = concat!(
        "\
SELECT p.number, COALESCE(h.html, p.html) AS html, p.written_at, p.edited_at, p.withdrawn_at, p.hidden_as, ",
        is_own!("p", "$4"),
        " AS is_own, sv.person_id IS NOT NULL AS is_saved, p.quoted,
    q.thread_id IS NOT NULL AND q.author_id IS NULL AS q_is_unnamed, qw.code AS q_code, qw.title AS q_title, qw.given_name AS q_given, qw.family_name AS q_family,
    ",
        author_columns!("p"),
        "
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

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(POSTS)
        .bind(thread.id())
        .bind(first)
        .bind(last)
        .bind(actor.person())
        .bind(thread.space().id())
        .bind(thread.space().kind())
        .fetch_all(connection).await)?;
    let meant = if holds.mentions { meant(moment, thread, (first, last)).await? } else { BTreeMap::new() };
    // Nobody is told of a hidden post, so that it is not kept whom it means; what it says is here for its writer alone.
    let hidden: Vec<&str> = rows.iter().filter(|row| row.hidden_as.is_some()).map(|row| row.html.as_str()).collect();
    let in_hidden = people_of_codes(moment, thread.space().id(), &hidden).await?;
    let mut files = if holds.files { files_of_posts(actor, moment, thread, (first, last)).await? } else { BTreeMap::new() };
    let has_own_unnamed = rows.iter().any(|row| row.is_own && row.author.is_unnamed());
    let mut opened = if has_own_unnamed { author_seen(actor, moment, thread).await? } else { BTreeMap::new() };
    let mut before = if thread.space().is_moderator() { said_before(moment, thread, (first, last)).await? } else { BTreeMap::new() };
    let post = |mut row: Row| Post {
        quoted: row.quoted(),
        html: with_names(&row.html, if row.hidden_as.is_some() { Some(&in_hidden) } else { meant.get(&row.number) }),
        author: row.author.writer(),
        written_at: ::series::local(row.written_at),
        edited_at: row.edited_at.map(::series::local),
        is_withdrawn: row.withdrawn_at.is_some(),
        hidden: row.hidden_as.filter(|_| row.withdrawn_at.is_none()),
        is_new: !row.is_own
            && row.withdrawn_at.is_none()
            && row.hidden_as.is_none()
            && row.number > thread.read_to()
            && row.written_at > thread.read_until(),
        is_own: row.is_own,
        is_saved: row.is_saved,
        before: before.remove(&(thread.id(), row.number)).unwrap_or_default(),
        files: files.remove(&row.number).unwrap_or_default(),
        opened: opened.remove(&row.number).unwrap_or_default(),
        number: row.number,
    };
    Ok(rows.into_iter().map(post).collect())
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
