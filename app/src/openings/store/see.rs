//! What was asked for: by whoever asked, by whoever answered, and while it waits, by whoever could.

use chrono::{DateTime, Utc};

use crate::access::{Actor, Role};
use crate::database::on;
use crate::error::AppError;
use crate::openings::answers::{Answer, Opening, OpeningLine};
use crate::openings::model::{OpeningId, State, Subject, other};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::spaces::Ground;

/// An opening `o` with all that it is about. `$1` is who asks to see it, `$2` the moment, and `$3` a part of an address, or empty. Whoever could have answered
/// sees that a request was taken back for as long as it would have waited; a safeguarding lead sees as well what those whom it concerns have still to be told.
const SEEN: &str = "\
SELECT o.id, o.code, s.slug AS space_slug, s.name AS space_name, t.number AS thread_number, o.number AS post_number, g.name AS group_name, o.ground, o.words,
    o.silence, o.hours, o.asked_by, o.asked_as, o.asked_at, o.answered_by, o.answered_as, o.answered_at, o.is_agreed, o.answer_words, o.until, o.ended_at, o.told_at,
    ask.code AS asked_code, ask.title AS asked_title, ask.given_name AS asked_given, ask.family_name AS asked_family,
    reply.code AS reply_code, reply.title AS reply_title, reply.given_name AS reply_given, reply.family_name AS reply_family
FROM opening o
JOIN person ask ON ask.id = o.asked_by
LEFT JOIN person reply ON reply.id = o.answered_by
LEFT JOIN thread t ON t.id = o.thread_id
LEFT JOIN space s ON s.id = t.space_id
LEFT JOIN supervision_group g ON g.id = o.group_id
WHERE ($3 = '' OR o.code = $3)
    AND (o.asked_by = $1
        OR o.answered_by = $1
        OR (o.answered_at IS NULL AND o.until > $2 AND EXISTS (
            SELECT 1 FROM person_role held
            WHERE held.person_id = $1 AND held.role IN ('clinical_lead', 'safeguarding_lead') AND held.role <> o.asked_as))
        OR (o.is_agreed AND o.told_at IS NULL AND EXISTS (
            SELECT 1 FROM person_role held WHERE held.person_id = $1 AND held.role = 'safeguarding_lead')))
ORDER BY o.answered_at IS NOT NULL OR o.ended_at IS NOT NULL, o.asked_at DESC, o.id
LIMIT 100";

#[derive(sqlx::FromRow)]
struct Row {
    id: OpeningId,
    code: String,
    space_slug: Option<String>,
    space_name: Option<String>,
    thread_number: Option<i64>,
    post_number: Option<i64>,
    group_name: Option<String>,
    ground: Ground,
    words: String,
    silence: String,
    hours: i64,
    asked_by: PersonId,
    asked_as: Role,
    asked_at: DateTime<Utc>,
    answered_by: Option<PersonId>,
    answered_as: Option<Role>,
    answered_at: Option<DateTime<Utc>>,
    is_agreed: Option<bool>,
    answer_words: String,
    until: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    told_at: Option<DateTime<Utc>>,
    asked_code: String,
    asked_title: String,
    asked_given: String,
    asked_family: String,
    reply_code: Option<String>,
    reply_title: Option<String>,
    reply_given: Option<String>,
    reply_family: Option<String>,
}

impl Row {
    fn state(&self, now: DateTime<Utc>) -> State {
        match self.is_agreed {
            // What nobody answers ends at its time or after it.
            None if self.ended_at.is_some_and(|ended| ended < self.until) => State::TakenBack,
            None if self.until > now => State::Waits,
            None => State::Lapsed,
            Some(false) => State::Declined,
            Some(true) if self.until > now => State::Open,
            Some(true) => State::Over,
        }
    }

    fn subject(&self) -> Subject {
        let post = self.space_slug.clone().zip(self.space_name.clone()).zip(self.thread_number.zip(self.post_number));
        match post {
            Some((space, (thread, post))) => Subject::Author { space, thread, post },
            None => Subject::Space { group: self.group_name.clone().unwrap_or_default() },
        }
    }

    fn line(&self, actor: &Actor) -> OpeningLine {
        let state = self.state(actor.now());
        OpeningLine {
            code: self.code.clone(),
            subject: self.subject(),
            state,
            asked_at: ::series::local(self.asked_at),
            until: ::series::local(self.until),
            is_readers_to_answer: state == State::Waits && self.asked_by != actor.person() && actor.roles().contains(other(self.asked_as)),
            is_untold: self.is_agreed == Some(true) && self.told_at.is_none(),
        }
    }

    fn answer(&mut self) -> Option<Answer> {
        let name = self.reply_code.take().zip(self.reply_title.take()).zip(self.reply_given.take().zip(self.reply_family.take()))?;
        let ((code, title), (given_name, family_name)) = name;
        let name = NameRow { code, title, given_name, family_name };
        Some(Answer {
            by: (name.into(), self.answered_as?),
            at: ::series::local(self.answered_at?),
            is_agreed: self.is_agreed?,
            words: std::mem::take(&mut self.answer_words),
        })
    }
}

async fn rows(actor: &Actor, code: &str) -> Result<Vec<Row>, AppError> {
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(SEEN)
        .bind(actor.person())
        .bind(actor.now())
        .bind(code)
        .fetch_all(pool).await)?)
}

/// What the actor has asked for, answered or been asked: what waits first, then the last first.
pub async fn openings(actor: &Actor) -> Result<Vec<OpeningLine>, AppError> {
    Ok(rows(actor, "").await?.iter().map(|row| row.line(actor)).collect())
}

async fn row_of(actor: &Actor, code: &str) -> Result<Row, AppError> {
    // No part of an address is empty.
    let found = if code.is_empty() { None } else { rows(actor, code).await?.pop() };
    found.ok_or(AppError::NotFound)
}

/// One of them with all that stands in it.
pub async fn opening(actor: &Actor, code: &str) -> Result<Opening, AppError> {
    let mut row = row_of(actor, code).await?;
    let line = row.line(actor);
    let answer = row.answer();
    let asked = NameRow { code: row.asked_code, title: row.asked_title, given_name: row.asked_given, family_name: row.asked_family };
    Ok(Opening {
        ground: row.ground,
        words: row.words,
        silence: row.silence,
        hours: row.hours,
        asked_by: (asked.into(), row.asked_as),
        answer,
        told_at: row.told_at.map(::series::local),
        looks: looks(actor, row.id).await?,
        is_readers: row.asked_by == actor.person() || row.answered_by == Some(actor.person()),
        is_readers_to_take_back: line.state == State::Waits && row.asked_by == actor.person(),
        may_tell: line.is_untold && actor.roles().contains(Role::SafeguardingLead),
        line,
    })
}

/// Who has looked, and when first.
async fn looks(actor: &Actor, opening: OpeningId) -> Result<Vec<(PersonName, chrono::NaiveDateTime)>, AppError> {
    const LOOKS: &str = "\
SELECT w.code, w.title, w.given_name, w.family_name, l.looked_at
FROM opening_look l
JOIN person w ON w.id = l.person_id
WHERE l.opening_id = $1
ORDER BY l.looked_at, w.id";

    #[derive(sqlx::FromRow)]
    struct Look {
        #[sqlx(flatten)]
        name: NameRow,
        looked_at: DateTime<Utc>,
    }

    let database = actor.database();
    let rows: Vec<Look> = on!(database, pool => sqlx::query_as(LOOKS).bind(opening).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|look| (look.name.into(), ::series::local(look.looked_at))).collect())
}

/// What whoever answers has before them: which one it is, and for how many hours it would be open.
pub(super) async fn asked_for(actor: &Actor, code: &str) -> Result<(OpeningId, i64, bool), AppError> {
    let row = row_of(actor, code).await?;
    Ok((row.id, row.hours, !row.silence.is_empty()))
}

/// Which one it is that the actor has asked for themselves.
pub(super) async fn own_request(actor: &Actor, code: &str) -> Result<OpeningId, AppError> {
    let row = row_of(actor, code).await?;
    if row.asked_by == actor.person() { Ok(row.id) } else { Err(AppError::NotFound) }
}
