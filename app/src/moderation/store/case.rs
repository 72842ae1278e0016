//! What the page of a case reads, of one moment.

use chrono::{DateTime, Utc};

use super::files::files;
use super::open::OpenedCase;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::guard;
use crate::moderation::answers::{Appeal, Case, Decided, Note, ReportLine, Reported, Waiting};
use crate::moderation::model::Outcome;
use crate::people::PersonName;
use crate::people::short_name;
use crate::people::store::{NameRow, works_there};
use crate::spaces::store::{
    bears_no_name, handles, may_be_near, may_still_post, people_of_codes, starters_since, to_a_stranger, with_names,
};
use crate::spaces::{Because, Reason, ThreadId, post_address};

/// A case, for whoever handles it.
pub async fn case_shown(actor: &Actor, case: &OpenedCase) -> Result<Case, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let held = if case.is_report() { None } else { Some(held(moment, actor, case).await?) };
    let thread = case.thread_id.zip(case.number).or_else(|| held.as_ref().and_then(|(_, thread, number)| thread.zip(*number)));
    let mut shown = Case {
        code: case.code.clone(),
        version: case.version,
        space: case.read_name.clone().or_else(|| case.space_name.clone()),
        place: place(moment, case, thread).await?,
        author: author(moment, case).await?,
        reported: if case.is_report() { Some(reported(moment, case).await?) } else { None },
        held: held.map(|(held, ..)| held),
        decisions: decisions(moment, case).await?,
        appeals: appeals(moment, case).await?,
        notes: notes(moment, case).await?,
        files: files(moment, case).await?,
        earlier: earlier(moment, actor, case).await?,
        others: others(moment, actor, case).await?,
        asked_at: ::series::local(case.asked_at),
        is_closed: case.is_closed,
        is_appealed: case.is_appealed,
        taken_by: case.taken_by(),
        is_mine: case.is_mine,
        may_pass_on: case.may_pass_on,
        now: ::series::local(actor.now()),
    };
    name_whoever_is_meant(moment, case, &mut shown).await?;
    Ok(shown)
}

/// Puts names in the place of the codes by which the post means people, as in its thread, for whoever may read that: whoever only decides about the post is
/// not told who else is there.
async fn name_whoever_is_meant(moment: &mut Transaction, case: &OpenedCase, shown: &mut Case) -> Result<(), AppError> {
    let reported = shown.reported.iter_mut().flat_map(|reported| [Some(&mut reported.html), reported.now.as_mut()]).flatten();
    let texts: Vec<&mut String> = reported.chain(shown.held.iter_mut().map(|held| &mut held.html)).collect();
    let said: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let meant = people_of_codes(moment, case.space_id, &said).await?;
    let meant = if case.read_slug.is_some() { meant } else { to_a_stranger(meant) };
    for text in texts {
        *text = with_names(text, Some(&meant));
    }
    Ok(())
}

/// Where the post stands, if the actor may read the space: whoever only decides about it is told nothing else of where.
async fn place(moment: &mut Transaction, case: &OpenedCase, post: Option<(ThreadId, i64)>) -> Result<Option<(String, String)>, AppError> {
    const THREAD: &str = "SELECT number, title FROM thread WHERE id = $1";

    let Some((slug, (thread, post))) = case.read_slug.as_ref().zip(post) else { return Ok(None) };
    let (number, title): (i64, String) = on!(&mut *moment, connection => sqlx::query_as(THREAD).bind(thread).fetch_one(connection).await)?;
    Ok(Some((title, post_address(slug, number, post))))
}

/// Whose post it is; nobody of one that bears no name.
async fn author(moment: &mut Transaction, case: &OpenedCase) -> Result<Option<PersonName>, AppError> {
    const AUTHOR: &str = concat!(
        "\
SELECT w.code, w.title, w.given_name, w.family_name
FROM moderation_case c
JOIN person w ON w.id = c.author_id
WHERE c.id = $1
    AND NOT ",
        bears_no_name!()
    );

    let row: Option<NameRow> = on!(&mut *moment, connection => sqlx::query_as(AUTHOR).bind(case.id).fetch_optional(connection).await)?;
    Ok(row.map(PersonName::from))
}

/// The post as it was reported first, and as it is now. What its author took back is gone here too.
async fn reported(moment: &mut Transaction, case: &OpenedCase) -> Result<Reported, AppError> {
    const POST: &str = "\
SELECT COALESCE(b.html, h.html, p.html) AS html, CASE WHEN b.html IS NOT NULL THEN COALESCE(h.html, p.html) END AS now,
    p.withdrawn_at IS NOT NULL AS is_withdrawn, p.hidden_as IS NOT NULL AS is_hidden
FROM post p
LEFT JOIN hidden_post h ON h.thread_id = p.thread_id AND h.number = p.number
LEFT JOIN post_before b ON b.thread_id = p.thread_id AND b.number = p.number
    AND b.version = (SELECT MIN(r.version) FROM post_report r WHERE r.case_id = $3)
WHERE p.thread_id = $1
    AND p.number = $2";
    const REPORTS: &str = "\
SELECT r.reason, r.words, r.reported_at, w.title, w.given_name, w.family_name
FROM post_report r
LEFT JOIN person w ON w.id = r.about_id
WHERE r.case_id = $1
ORDER BY r.reported_at, r.code";

    #[derive(sqlx::FromRow)]
    struct Row {
        reason: Reason,
        words: String,
        reported_at: DateTime<Utc>,
        title: Option<String>,
        given_name: Option<String>,
        family_name: Option<String>,
    }

    let (html, now, is_withdrawn, is_hidden): (String, Option<String>, bool, bool) = on!(&mut *moment, connection => sqlx::query_as(POST)
            .bind(case.thread_id)
            .bind(case.number)
            .bind(case.id)
            .fetch_one(connection).await)?;
    let rows: Vec<Row> = on!(&mut *moment, connection => sqlx::query_as(REPORTS).bind(case.id).fetch_all(connection).await)?;
    let line = |row: Row| ReportLine {
        reason: row.reason,
        words: row.words,
        about: row.title.zip(row.given_name).zip(row.family_name).map(|((title, given), family)| short_name(&title, &given, &family)),
        at: ::series::local(row.reported_at),
    };
    Ok(Reported { html, now, is_withdrawn, is_hidden, reports: rows.into_iter().map(line).collect() })
}

/// What waits to be seen, and where it would stand.
async fn held(moment: &mut Transaction, actor: &Actor, case: &OpenedCase) -> Result<(Waiting, Option<ThreadId>, Option<i64>), AppError> {
    const HELD: &str = concat!(
        "\
SELECT h.title, h.source, h.html, h.because, h.state = 'withdrawn' AS is_withdrawn, h.thread_id, h.number, h.quoted,
    h.state = 'waiting' AND NOT h.is_unnamed AND NOT ",
        may_still_post!("h.author_id", "c.space_id", "$2"),
        " AS is_writer_gone
FROM held_post h
JOIN moderation_case c ON c.id = h.case_id
WHERE h.case_id = $1"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        title: String,
        source: String,
        html: String,
        because: Because,
        is_withdrawn: bool,
        thread_id: Option<ThreadId>,
        number: Option<i64>,
        quoted: Option<i64>,
        is_writer_gone: bool,
    }

    let row: Row = on!(&mut *moment, connection => sqlx::query_as(HELD)
        .bind(case.id)
        .bind(starters_since(actor))
        .fetch_one(connection).await)?;
    let findings = guard::look(&format!("{}\n{}", row.title, row.source));
    let findings = findings.into_iter().map(|finding| (guard::name(finding.category).to_owned(), finding.part)).collect();
    let changes = row.number.filter(|_| !case.is_closed);
    let waiting = Waiting {
        title: row.title,
        html: row.html,
        changes,
        because: row.because,
        findings,
        is_withdrawn: row.is_withdrawn,
        is_writer_gone: row.is_writer_gone,
    };
    // A reply stands below what it answers, or else what the thread begins with.
    Ok((waiting, row.thread_id, row.number.or(row.quoted).or(Some(1))))
}

async fn decisions(moment: &mut Transaction, case: &OpenedCase) -> Result<Vec<Decided>, AppError> {
    const DECISIONS: &str = "\
SELECT d.outcome, d.reason, d.words, d.decided_at, w.title, w.given_name, w.family_name
FROM moderation_decision d
JOIN person w ON w.id = d.decided_by
WHERE d.case_id = $1
ORDER BY d.decided_at, d.code";

    type Row = (Outcome, Option<Reason>, String, DateTime<Utc>, String, String, String);
    let rows: Vec<Row> = on!(&mut *moment, connection => sqlx::query_as(DECISIONS).bind(case.id).fetch_all(connection).await)?;
    let decided = |(outcome, reason, words, at, title, given, family): Row| Decided {
        outcome,
        reason,
        words,
        by: Some(short_name(&title, &given, &family)),
        at: ::series::local(at),
    };
    Ok(rows.into_iter().map(decided).collect())
}

async fn appeals(moment: &mut Transaction, case: &OpenedCase) -> Result<Vec<Appeal>, AppError> {
    const APPEALS: &str = "\
SELECT person_id = $2 AS is_author, words, appealed_at
FROM appeal
WHERE case_id = $1
ORDER BY appealed_at, person_id";

    let rows: Vec<(bool, String, DateTime<Utc>)> = on!(&mut *moment, connection => sqlx::query_as(APPEALS)
        .bind(case.id)
        .bind(case.author_id)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(is_author, words, at)| Appeal { is_author, words, at: ::series::local(at) }).collect())
}

async fn notes(moment: &mut Transaction, case: &OpenedCase) -> Result<Vec<Note>, AppError> {
    const NOTES: &str = "\
SELECT w.title, w.given_name, w.family_name, n.words, n.written_at
FROM moderation_note n
JOIN person w ON w.id = n.author_id
WHERE n.case_id = $1
ORDER BY n.written_at, n.id";

    type Row = (String, String, String, String, DateTime<Utc>);
    let rows: Vec<Row> = on!(&mut *moment, connection => sqlx::query_as(NOTES).bind(case.id).fetch_all(connection).await)?;
    let note = |(title, given, family, words, at): Row| Note { by: short_name(&title, &given, &family), words, at: ::series::local(at) };
    Ok(rows.into_iter().map(note).collect())
}

/// Earlier cases of the same post that the actor handles as well, the latest first.
async fn earlier(moment: &mut Transaction, actor: &Actor, case: &OpenedCase) -> Result<Vec<(String, Option<Outcome>)>, AppError> {
    const EARLIER: &str = concat!(
        "\
SELECT c.code, (SELECT d.outcome FROM moderation_decision d WHERE d.case_id = c.id ORDER BY d.decided_at DESC LIMIT 1) AS outcome
FROM moderation_case c
WHERE c.thread_id = $2
    AND c.number = $3
    AND c.id <> $4
    AND ",
        handles!("$1"),
        "
ORDER BY c.opened_at DESC"
    );

    Ok(on!(&mut *moment, connection => sqlx::query_as(EARLIER)
        .bind(actor.person())
        .bind(case.thread_id)
        .bind(case.number)
        .bind(case.id)
        .fetch_all(connection).await)?)
}

/// Who else may decide: code and name. Nobody of a post without a name: whoever is missing would have written it.
async fn others(moment: &mut Transaction, actor: &Actor, case: &OpenedCase) -> Result<Vec<(String, String)>, AppError> {
    const OTHERS: &str = concat!(
        "\
SELECT w.code, w.title, w.given_name, w.family_name
FROM moderation_case c
JOIN person w ON w.id IN ",
        may_be_near!(),
        "
WHERE c.id = $2
    AND w.id <> $1
    AND w.standing = 'registered'
    AND ",
        works_there!("w"),
        "
    AND NOT ",
        bears_no_name!(),
        "
    AND ",
        handles!("w.id"),
        "
ORDER BY w.given_key, w.family_key, w.id"
    );

    let rows: Vec<NameRow> = on!(&mut *moment, connection => sqlx::query_as(OTHERS)
        .bind(actor.person())
        .bind(case.id)
        .fetch_all(connection).await)?;
    Ok(rows.into_iter().map(PersonName::from).map(|name| (name.code, name.short)).collect())
}
