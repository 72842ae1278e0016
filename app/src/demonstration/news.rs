//! What Amina and Ruth were written in the last weeks, of what has happened in the demonstration by then, and who opened something of theirs.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Plan;
use super::sessions::Session;
use crate::access::{Role, System, holders};
use crate::access_log::RecordKind;
use crate::agreements::letters::please_agree;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::{NewMessage, queue};
use crate::moderation::Outcome;
use crate::moderation::letters::your_report_decided;
use crate::openings::letters::{WhereItStands, author_seen, space_opened};
use crate::paths;
use crate::people::PersonId;
use crate::reminders::USUAL;
use crate::reminders::letters::{Part, Reminded, reminder};
use crate::sessions::letters::apologies_sent;
use crate::spaces::post_address;
use crate::themes::letters::theme_answered;

/// When a letter left, and the letter.
type Left = (DateTime<Utc>, NewMessage);

/// How long ago they looked at their news last: what is older they have read.
const LOOKED: TimeDelta = TimeDelta::hours(12);

/// Writes to them through the outbox, as if at the moments at which it would have been done, and has all of it sent.
pub(super) async fn insert_news(transaction: &mut Transaction, system: &System, plan: &Plan) -> Result<(), AppError> {
    const SENT: &str = "UPDATE message SET sent_at = told_at WHERE sent_at IS NULL";
    const LOOKED_AT: &str = "INSERT INTO news_visit (person_id, here_at) VALUES ($1, $2)";

    let mut letters = planned(system, plan);
    for reader in [plan.cast.amina, plan.cast.ruth] {
        letters.extend(about_reports(transaction, system, reader).await?);
    }
    letters.retain(|(at, _)| *at <= system.now());
    letters.sort_by_key(|(at, _)| *at);
    for (at, letter) in &letters {
        queue(transaction, letter, *at).await?;
    }
    on!(&mut *transaction, connection => sqlx::query(SENT).execute(connection).await.map(|_| ()))?;
    for reader in [plan.cast.amina, plan.cast.ruth] {
        on!(&mut *transaction, connection => sqlx::query(LOOKED_AT)
            .bind(reader)
            .bind(system.now() - LOOKED)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// What follows from what was invented.
fn planned(system: &System, plan: &Plan) -> Vec<Left> {
    let (amina, ruth) = (plan.cast.amina, plan.cast.ruth);
    let mut letters = answered_themes(system, plan, ruth);
    letters.extend(opened(system, plan));
    if let Some(aire) = plan.groups.iter().find(|group| group.slug == AIRE) {
        letters.extend(reminders(system, plan, aire, (amina, Part::Member)));
        letters.extend(reminders(system, plan, aire, (ruth, Part::Leads)));
        letters.extend(apologies(plan, aire));
        letters.extend(texts_to_agree(plan, aire, amina));
    }
    letters
}

/// The reminders of the day before, of a month.
fn reminders(system: &System, plan: &Plan, group: &Group, (to, part): (PersonId, Part)) -> Vec<Left> {
    const LATELY: TimeDelta = TimeDelta::days(30);

    let of_group = plan.series.iter().filter(|series| series.group == group.id);
    let sessions = of_group.flat_map(|series| series.sessions.iter().map(move |session| (series.length_minutes, session)));
    let held = sessions.filter(|(_, session)| session.cancelled.is_none() && session.supervisor == group.supervisor);
    let letter = |(length_minutes, session): (i64, &Session)| {
        let reminded = Reminded {
            code: session.code.clone(),
            starts: session.starts_local,
            ends: session.starts_local + TimeDelta::minutes(length_minutes),
            length_minutes,
            mode: group.mode,
            place: group.place.to_owned(),
            has_phone: !group.room_phone.is_empty(),
        };
        (session.starts_at - TimeDelta::hours(USUAL.second_hours), reminder(to, &reminded, part, system.origin()))
    };
    held.map(letter).filter(|(at, _)| *at > system.now() - LATELY).collect()
}

/// To whoever leads the group: who cannot come to the session with which a demonstration opens.
fn apologies(plan: &Plan, group: &Group) -> Vec<Left> {
    let sessions = plan.series.iter().filter(|series| series.group == group.id).flat_map(|series| &series.sessions);
    let to_come = sessions.filter(|session| session.marked_at.is_none() && session.cancelled.is_none());
    let sent = to_come.flat_map(|session| {
        let of_session = plan.attendance.iter().filter(move |one| one.session == session.id);
        of_session.filter_map(move |one| Some((one.apologies_at?, session)))
    });
    sent.map(|(at, session)| (at, apologies_sent(group.supervisor, group.kind, session.starts_local.date(), Some(&session.code)))).collect()
}

/// To somebody whom a new text of an agreement waits for.
fn texts_to_agree(plan: &Plan, group: &Group, to: PersonId) -> Vec<Left> {
    let waiting = plan.agreements.iter().filter(|agreement| agreement.group == group.id && agreement.in_force_at.is_none());
    let for_them = waiting.filter(|agreement| agreement.parties.iter().any(|party| party.person == to && party.agreed_at.is_none()));
    for_them.map(|agreement| (agreement.proposed_at, please_agree(to, agreement.version, &group.slug))).collect()
}

/// To whoever raised what was decided.
fn answered_themes(system: &System, plan: &Plan, to: PersonId) -> Vec<Left> {
    /// As in what is stored of them.
    const DECIDED_AFTER: TimeDelta = TimeDelta::days(5);
    /// Messages are kept for so long.
    const KEPT: TimeDelta = TimeDelta::days(80);

    let themes = &plan.themes;
    let raised = |gathered| themes.raised.iter().any(|raised| raised.by == Some(to) && raised.gathered == Some(gathered));
    let decided = themes.gathered.iter().filter(|gathered| gathered.outcome.is_some() && raised(gathered.id));
    let at = decided.map(|gathered| gathered.at + DECIDED_AFTER).filter(|at| *at > system.now() - KEPT);
    at.map(|at| (at, theme_answered(to, system.origin()))).collect()
}

/// To those whom it concerned that two people opened something.
fn opened(system: &System, plan: &Plan) -> Vec<Left> {
    let mut letters = Vec::new();
    for opening in &plan.openings {
        let Some((_, at, _)) = opening.agreed else { continue };
        let (from, until) = (::series::local(at), ::series::local(at + TimeDelta::hours(opening.hours)));
        if let Some(group) = plan.groups.iter().find(|group| opening.group == Some(group.id)) {
            let link = format!("{}{}", system.origin(), paths::space(&format!("group-{}", group.slug)));
            let readers = [plan.cast.amina, group.supervisor];
            letters.extend(readers.map(|reader| (at, space_opened(reader, (from, until), WhereItStands::AtItsHead(&link)))));
        }
        let Some((thread, number)) = opening.post else { continue };
        let Some(thread) = plan.community.threads.iter().find(|one| one.id == thread) else { continue };
        let space = plan.community.spaces.iter().find(|space| space.id == thread.space);
        let post = (1_i64..).zip(&thread.posts).find(|(place, _)| *place == number);
        if let (Some(space), Some((_, post))) = (space, post) {
            let link = format!("{}{}", system.origin(), post_address(space.slug, thread.number, number));
            letters.push((at, author_seen(post.author, from, &link)));
        }
    }
    letters
}

/// To whoever reported a post about which something was decided.
async fn about_reports(transaction: &mut Transaction, system: &System, reporter: PersonId) -> Result<Vec<Left>, AppError> {
    const DECIDED: &str = "\
SELECT r.code, d.outcome, d.decided_at
FROM post_report r
JOIN moderation_decision d ON d.case_id = r.case_id
WHERE r.reporter_id = $1
ORDER BY d.decided_at";

    let decided: Vec<(String, Outcome, DateTime<Utc>)> =
        on!(&mut *transaction, connection => sqlx::query_as(DECIDED).bind(reporter).fetch_all(connection).await)?;
    let letter =
        |(code, outcome, at): (String, Outcome, DateTime<Utc>)| (at, your_report_decided(reporter, outcome, &code, system.origin()));
    Ok(decided.into_iter().map(letter).collect())
}

/// Whether it is of Amina's or of Ruth's, how many days ago, and what was opened, by whoever is the first to hold what that asks for.
type Opened = (bool, u64, RecordKind);

/// What was opened. Of one kind, a week lies between two, so that a holiday does not put them onto one day.
const OPENED: [Opened; 8] = [
    (true, 1, RecordKind::Details),
    (true, 2, RecordKind::Registration),
    (true, 16, RecordKind::Details),
    (true, 38, RecordKind::Registration),
    (false, 1, RecordKind::Availability),
    (false, 5, RecordKind::Statement),
    (false, 15, RecordKind::Availability),
    (false, 37, RecordKind::Details),
];

/// Writes down who has opened something of theirs on some working days, and that Ruth read what Amina shares with her.
pub(super) async fn insert_opened(transaction: &mut Transaction, seed: u64, plan: &Plan, now: DateTime<Utc>) -> Result<(), AppError> {
    let (mut draw, today) = (Draw::of(seed, "opened records"), ::series::local(now).date());
    for (is_aminas, days, kind) in OPENED {
        let whose = if is_aminas { plan.cast.amina } else { plan.cast.ruth };
        let Some(role) = holders(kind.permission()).first().copied() else { continue };
        let Some(reader) = plan.cast.everybody.iter().find(|person| person.roles.contains(&role)) else { continue };
        let mut day = today - Days::new(days);
        while !::series::is_working_day(day) {
            day -= TimeDelta::days(1);
        }
        let minutes = i64::from(draw.between(9 * 60, 15 * 60));
        let times = i64::from(draw.between(1, 3));
        let first = ::series::instant(day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes));
        let last = first + TimeDelta::minutes((times - 1) * i64::from(draw.between(2, 40)));
        insert_line(transaction, (whose, kind), (reader.id, role), (first, last, times)).await?;
    }
    for entry in &plan.reflections {
        let Some((reader, _, Some(opened_at))) = entry.shared else { continue };
        insert_line(transaction, (entry.writer, RecordKind::SharedEntry), (reader, Role::Supervisor), (opened_at, opened_at, 1)).await?;
    }
    Ok(())
}

async fn insert_line(
    transaction: &mut Transaction,
    (whose, kind): (PersonId, RecordKind),
    (reader, role): (PersonId, Role),
    (first, last, times): (DateTime<Utc>, DateTime<Utc>, i64),
) -> Result<(), AppError> {
    const LINE: &str = "\
INSERT INTO opened_record (person_id, opened_on, kind, reader_id, role, first_at, last_at, times)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (person_id, opened_on, kind, reader_id) DO NOTHING";

    on!(&mut *transaction, connection => sqlx::query(LINE)
        .bind(whose)
        .bind(::series::local(first).date())
        .bind(kind)
        .bind(reader)
        .bind(role)
        .bind(first)
        .bind(last)
        .bind(times)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
