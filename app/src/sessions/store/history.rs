//! What happened to a session: from its own row, from what was kept of its changes and corrections, and from the log.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::open::OpenedSession;
use super::page::head;
use super::participants::seats;
use crate::access::Actor;
use crate::audit::{Told, told_about};
use crate::database::on;
use crate::error::AppError;
use crate::people::PersonId;
use crate::sessions::history::{By, Change, Event, HistoryLine, ShownHistory};
use crate::sessions::model::{CorrectionReason, HostRole};
use crate::sessions::readers::Part;

/// The whole history, as far as the actor may know, the latest first.
pub async fn history_of(actor: &Actor, session: &OpenedSession) -> Result<ShownHistory, AppError> {
    let members = seats(actor, session).await?.len();
    let changes = changes_of(actor, session).await?;
    let told = told_about(actor, "session", session.id().0).await?;
    let planned = planned(actor, session, &changes).await?;
    let mut happened = changes_told(session, &changes);
    happened.extend(told_of_people(&told));
    happened.extend(told_of_course(session, &changes, &told));
    happened.extend(corrections(actor, session).await?);
    // What happened at one moment stays in the order in which it was found.
    happened.sort_by_key(|happened| std::cmp::Reverse(happened.at));
    let line = |happened: Happened| HistoryLine {
        at: Some(::series::local(happened.at)),
        event: happened.event,
        by: happened.by.map(|by| named(actor, session, by)),
    };
    let lines = happened.into_iter().map(line).chain([planned]).collect();
    Ok(ShownHistory { head: head(actor, session, members), lines })
}

/// One thing that happened.
struct Happened {
    at: DateTime<Utc>,
    event: Event,
    by: Option<PersonId>,
}

/// Whoever the page of the session names is named here too, and nobody else.
fn named(actor: &Actor, session: &OpenedSession, person: PersonId) -> By {
    if person == actor.person() {
        return By::You;
    }
    if person == session.supervisor() {
        return By::Named(session.supervisor_name().short.clone());
    }
    let host = session.hosts().iter().find(|(host, _)| *host == person);
    match host {
        Some((_, host)) => By::Named(host.name.short.clone()),
        None if person == session.group_supervisor() => By::GroupSupervisor,
        None => By::TheCentre,
    }
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    changed_at: DateTime<Utc>,
    what: String,
    starts_before: NaiveDateTime,
    starts_after: NaiveDateTime,
    length_before: i64,
    length_after: i64,
    is_led_by_another: bool,
    is_elsewhere: bool,
    is_renamed: bool,
}

/// What was changed, the latest first.
async fn changes_of(actor: &Actor, session: &OpenedSession) -> Result<Vec<ChangeRow>, AppError> {
    const CHANGES: &str = "\
SELECT changed_at, what, starts_before, starts_after, length_before, length_after, is_led_by_another, is_elsewhere, is_renamed
FROM session_change
WHERE session_id = $1
ORDER BY changed_at DESC, id DESC";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(CHANGES).bind(session.id()).fetch_all(pool).await)?)
}

fn changes_told(session: &OpenedSession, changes: &[ChangeRow]) -> Vec<Happened> {
    let event = |change: &ChangeRow| match change.what.as_str() {
        "cancelled" => Event::Cancelled(session.cancelled_reason().filter(|_| session.course().cancelled_at == Some(change.changed_at))),
        "restored" => Event::Restored,
        _ => Event::Changed(Change {
            before: (change.starts_before, change.length_before),
            after: (change.starts_after, change.length_after),
            is_led_by_another: change.is_led_by_another,
            is_elsewhere: change.is_elsewhere,
            is_renamed: change.is_renamed,
        }),
    };
    changes.iter().map(|change| Happened { at: change.changed_at, event: event(change), by: None }).collect()
}

/// Who leads it or is there beside whoever does, as the log has it.
fn told_of_people(told: &[Told]) -> Vec<Happened> {
    let event = |told: &Told| match told.action.as_str() {
        "give_cover" => Some(Event::Covered),
        "end_cover" => Some(Event::CoverEnded),
        "add_host" => Some(Event::HostAdded(HostRole::of_key(&told.detail))),
        "remove_host" => Some(Event::HostRemoved),
        _ => None,
    };
    told.iter().filter_map(|told| Some(Happened { at: told.at, event: event(told)?, by: told.by })).collect()
}

/// That it was cancelled while it was under way, and that everybody was marked: its row says so, and the log by whom.
fn told_of_course(session: &OpenedSession, changes: &[ChangeRow], told: &[Told]) -> Vec<Happened> {
    let by = |action: &str| told.iter().find(|told| told.action == action).and_then(|told| told.by);
    let course = session.course();
    let cancelled = course.cancelled_at.filter(|at| changes.iter().all(|change| change.changed_at != *at));
    let cancelled = cancelled.map(|at| Happened { at, event: Event::Cancelled(session.cancelled_reason()), by: by("cancel_session") });
    let finished = course.marked_at.map(|at| Happened { at, event: Event::Finished, by: by("finish_attendance") });
    finished.into_iter().chain(cancelled).collect()
}

/// What was corrected of a finished attendance: all of it for those who read it, and one's own line for everybody else.
async fn corrections(actor: &Actor, session: &OpenedSession) -> Result<Vec<Happened>, AppError> {
    const CORRECTIONS: &str = "\
SELECT corrected_at, corrected_by, reason, COUNT(*) AS people
FROM attendance_correction
WHERE session_id = $1
    AND ($2 OR person_id = $3)
GROUP BY corrected_at, corrected_by, reason";

    #[derive(sqlx::FromRow)]
    struct Row {
        corrected_at: DateTime<Utc>,
        corrected_by: PersonId,
        reason: String,
        people: i64,
    }

    let reads_all = session.opens(Part::Attendance);
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(CORRECTIONS)
        .bind(session.id())
        .bind(reads_all)
        .bind(actor.person())
        .fetch_all(pool).await)?;
    let happened = |row: Row| {
        let reason = CorrectionReason::of_key(&row.reason).unwrap_or(CorrectionReason::Other);
        let event = if reads_all { Event::Corrected(row.people, reason) } else { Event::OwnCorrected(reason) };
        Happened { at: row.corrected_at, event, by: Some(row.corrected_by) }
    };
    Ok(rows.into_iter().map(happened).collect())
}

/// That it was planned. A session that a change has taken into another series was planned before that series was, so nobody knows when any more.
async fn planned(actor: &Actor, session: &OpenedSession, changes: &[ChangeRow]) -> Result<HistoryLine, AppError> {
    const PUBLISHED: &str = "SELECT published_at FROM series WHERE id = $1";

    let database = actor.database();
    let published: Option<DateTime<Utc>> =
        on!(database, pool => sqlx::query_scalar(PUBLISHED).bind(session.series()).fetch_one(pool).await)?;
    let is_known = |at: &DateTime<Utc>| changes.iter().all(|change| change.changed_at > *at);
    Ok(HistoryLine { at: published.filter(is_known).map(::series::local), event: Event::Planned, by: None })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::database::new_id;
    use crate::sessions::answers::Mark;
    use crate::sessions::fixture::{Meeting, meeting};
    use crate::sessions::forms::{ActionChanges, Correction, Record, Save};
    use crate::sessions::model::AttendanceState;
    use crate::sessions::store::{correct_attendance, open_session, record_at, save_record, send_apologies};

    async fn history(fixture: &Fixture, meeting: &Meeting, person: PersonId, role: Role) -> Vec<HistoryLine> {
        let actor = fixture.actor(person, &[role]);
        let session = open_session(&actor, &meeting.code).await.unwrap();
        history_of(&actor, &session).await.unwrap().lines
    }

    fn words(lines: &[HistoryLine]) -> Vec<String> {
        lines.iter().map(|line| line.event.words()).collect()
    }

    /// Everybody was there; then it turns out that Tom, the first on the sheet, was not.
    async fn finish_and_correct(fixture: &Fixture, meeting: &Meeting) {
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        let lines = record_at(&ruth, &session).await.unwrap().lines;
        let present = Mark { state: AttendanceState::Attended, minutes: None };
        let marks = lines.iter().map(|line| (line.name.code.clone(), present)).collect();
        save_record(&ruth, &session, &Record { version: 1, marks, actions: ActionChanges::default(), save: Save::Finish }).await.unwrap();
        let later = fixture.actor_at(fixture.now() + TimeDelta::days(1), meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&later, &meeting.code).await.unwrap();
        let absent = Mark { state: AttendanceState::DidNotAttend, minutes: None };
        let correction = Correction { version: 2, marks: [(lines[0].name.code.clone(), absent)].into(), reason: CorrectionReason::Mistake };
        correct_attendance(&later, &session, &correction).await.unwrap();
    }

    both_databases! {
        async fn what_was_marked_and_corrected_is_told_to_each_as_far_as_they_read_it(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            finish_and_correct(fixture, &meeting).await;
            let corrected = "The attendance of one person was corrected. It was marked by mistake.";
            let finished = "The attendance was finished: it counts as held.";
            let planned = "Planned, with the other sessions of its series.";
            let of_ruth = history(fixture, &meeting, meeting.ruth, Role::Supervisor).await;
            assert_eq!(words(&of_ruth), [corrected, finished, planned]);
            assert!(of_ruth.iter().take(2).all(|line| line.by == Some(By::You)));
            let of_sian = history(fixture, &meeting, meeting.sian, Role::Coordinator).await;
            assert_eq!((of_sian.len(), &of_sian[0].by), (3, &Some(By::Named("Ruth A.".to_owned()))));
            let of_tom = history(fixture, &meeting, meeting.tom, Role::Practitioner).await;
            assert_eq!(words(&of_tom), ["Your attendance was corrected. It was marked by mistake.", finished, planned]);
            assert_eq!(words(&history(fixture, &meeting, meeting.amina, Role::Practitioner).await), [finished, planned]);
        }

        async fn what_was_changed_is_told_newest_first_with_what_stood_there(fixture: Fixture) {
            const CHANGE: &str = "\
INSERT INTO session_change (id, session_id, changed_at, what, starts_before, starts_after, length_before, length_after, is_led_by_another,
    is_elsewhere, is_renamed)
SELECT $1, id, $2, $3, starts_local, starts_local, 60, 90, FALSE, FALSE, FALSE
FROM session";
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            let database = &fixture.database;
            for (minutes, what) in [(1, "changed"), (2, "cancelled"), (3, "restored")] {
                on!(database, pool => sqlx::query(CHANGE)
                    .bind(new_id())
                    .bind(fixture.now() + TimeDelta::minutes(minutes))
                    .bind(what)
                    .execute(pool).await.map(|_| ()))
                .unwrap();
            }
            let lines = history(fixture, &meeting, meeting.amina, Role::Practitioner).await;
            assert_eq!(
                words(&lines),
                [
                    "Brought back: it is held after all.",
                    "Cancelled for everybody.",
                    "90 minutes instead of 60.",
                    "Planned, with the other sessions of its series."
                ]
            );
        }

        async fn apologies_and_their_reasons_are_no_part_of_it(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::days(7)).await;
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let session = open_session(&tom, &meeting.code).await.unwrap();
            send_apologies(&tom, &session, "A private reason").await.unwrap();
            for (person, role) in [(meeting.tom, Role::Practitioner), (meeting.ruth, Role::Supervisor), (meeting.sian, Role::Coordinator)] {
                assert_eq!(words(&history(fixture, &meeting, person, role).await), ["Planned, with the other sessions of its series."]);
            }
        }
    }
}
