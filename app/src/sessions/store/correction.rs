//! Correcting an attendance that was finished: with a reason, and with its history kept.

use chrono::{DateTime, Utc};

use super::open::OpenedSession;
use super::participants::seats;
use super::record::write_mark;
use crate::access::{Actor, Permission};
use crate::audit;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::{PersonId, PersonName, initials, short_name};
use crate::sessions::answers::{CorrectionLine, Mark};
use crate::sessions::forms::Correction;
use crate::sessions::model::{AttendanceState, CorrectionReason};

impl OpenedSession {
    /// Whether the actor may correct its finished attendance: for thirty days the one who leads it, later a coordinator. Where the one who
    /// led it does so no more, a coordinator corrects it from the beginning.
    pub(super) fn may_be_corrected_by(&self, actor: &Actor) -> bool {
        if self.course().marked_at.is_none() || self.course().cancelled_at.is_some() || !actor.may(Permission::CorrectAttendance) {
            return false;
        }
        let is_supervisors = actor.now() <= self.course().supervisor_corrects_until() && self.is_leader_active();
        if is_supervisors { self.is_led_by_actor() } else { self.is_managed() }
    }
}

/// What is changed about one person's line.
struct Change {
    person: PersonId,
    before: Option<Mark>,
    after: Mark,
}

/// Corrects what differs from what was marked, and keeps what stood there.
pub async fn correct_attendance(actor: &Actor, session: &OpenedSession, correction: &Correction) -> Result<(), AppError> {
    if !session.may_be_corrected_by(actor) {
        return Err(not_theirs(session));
    }
    let seats = seats(actor, session).await?;
    let changes: Vec<Change> = seats
        .iter()
        .filter_map(|seat| {
            let after = *correction.marks.get(&seat.name.code)?;
            (seat.mark != Some(after)).then_some(Change { person: seat.person, before: seat.mark, after })
        })
        .collect();
    if changes.is_empty() {
        return Err(AppError::invalid("", "Nothing differs from what was marked, so there is nothing to correct."));
    }
    let mut transaction = actor.begin().await?;
    take_version(&mut transaction, session, correction.version).await?;
    for change in &changes {
        write_mark(&mut transaction, session, change.person, Some(change.after)).await?;
        keep_history(&mut transaction, actor, session, (change, correction.reason)).await?;
    }
    // What was changed stands in the history of the corrections; who reads the audit log need not read how somebody was.
    let detail = format!("version {}", correction.version.saturating_add(1));
    let entry = audit::Entry { action: "correct_attendance", subject: "session", subject_id: Some(session.id().0), detail: &detail };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

fn not_theirs(session: &OpenedSession) -> AppError {
    if !session.is_led_by_actor() {
        return AppError::NotFound;
    }
    AppError::Conflict(
        "The thirty days in which you can correct this attendance are over. Ask the Centre’s coordinator to do it.".to_owned(),
    )
}

async fn take_version(transaction: &mut Transaction, session: &OpenedSession, version: i64) -> Result<(), AppError> {
    const TAKE: &str = "\
UPDATE session
SET version = version + 1
WHERE id = $1
    AND version = $2
    AND marked_at IS NOT NULL";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(session.id())
        .bind(version)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken > 0 {
        return Ok(());
    }
    Err(AppError::Conflict(
        "This attendance was corrected in the meantime, perhaps in another window. What you entered is still here: check it, then save again."
            .to_owned(),
    ))
}

async fn keep_history(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &OpenedSession,
    (change, reason): (&Change, CorrectionReason),
) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO attendance_correction (id, session_id, person_id, state_before, minutes_before, state_after, minutes_after, reason,
    corrected_by, corrected_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(new_id())
        .bind(session.id())
        .bind(change.person)
        .bind(change.before.map(|mark| mark.state.key()))
        .bind(change.before.and_then(|mark| mark.minutes))
        .bind(change.after.state.key())
        .bind(change.after.minutes)
        .bind(reason.key())
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What was corrected, latest first. The caller has checked that the actor reads the attendance.
pub(super) async fn corrections_of(actor: &Actor, session: &OpenedSession) -> Result<Vec<CorrectionLine>, AppError> {
    const CORRECTIONS: &str = "\
SELECT c.state_before, c.minutes_before, c.state_after, c.minutes_after, c.reason, c.corrected_at,
    p.code, p.title, p.given_name, p.family_name,
    b.code AS by_code, b.title AS by_title, b.given_name AS by_given_name, b.family_name AS by_family_name
FROM attendance_correction c
JOIN person p ON p.id = c.person_id
JOIN person b ON b.id = c.corrected_by
WHERE c.session_id = $1
ORDER BY c.corrected_at DESC, c.id DESC";

    #[derive(sqlx::FromRow)]
    struct Row {
        state_before: Option<AttendanceState>,
        minutes_before: Option<i64>,
        state_after: AttendanceState,
        minutes_after: Option<i64>,
        reason: String,
        corrected_at: DateTime<Utc>,
        #[sqlx(flatten)]
        name: crate::people::store::NameRow,
        by_code: String,
        by_title: String,
        by_given_name: String,
        by_family_name: String,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(CORRECTIONS).bind(session.id()).fetch_all(pool).await)?;
    Ok(rows
        .into_iter()
        .map(|row| CorrectionLine {
            name: row.name.into(),
            before: row.state_before.map(|state| Mark { state, minutes: row.minutes_before }),
            after: Mark { state: row.state_after, minutes: row.minutes_after },
            reason: CorrectionReason::of_key(&row.reason).unwrap_or(CorrectionReason::Other),
            by: PersonName {
                short: short_name(&row.by_title, &row.by_given_name, &row.by_family_name),
                initials: initials(&row.by_given_name, &row.by_family_name),
                code: row.by_code,
            },
            at: ::series::local(row.corrected_at),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::sessions::fixture::{Meeting, meeting};
    use crate::sessions::forms::{ActionChanges, Record, Save};
    use crate::sessions::store::{open_session, record_at, save_record};

    async fn finished_meeting(fixture: &Fixture) -> Meeting {
        let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        let record = Record { version: 1, marks: [].into(), actions: ActionChanges::default(), save: Save::AllPresent };
        save_record(&ruth, &session, &record).await.unwrap();
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        let lines = record_at(&ruth, &session).await.unwrap().lines;
        let marks = lines.into_iter().map(|line| (line.name.code, line.mark.unwrap())).collect();
        save_record(&ruth, &session, &Record { version: 2, marks, actions: ActionChanges::default(), save: Save::Finish }).await.unwrap();
        meeting
    }

    /// Tom, the first on the sheet, was absent after all.
    async fn correct(actor: &Actor, meeting: &Meeting, version: i64) -> Result<(), AppError> {
        let session = open_session(actor, &meeting.code).await.unwrap();
        let tom = record_at(actor, &session).await.unwrap().lines[0].name.code.clone();
        let absent = Mark { state: AttendanceState::DidNotAttend, minutes: None };
        let correction = Correction { version, marks: [(tom, absent)].into(), reason: CorrectionReason::ToldAfterwards };
        correct_attendance(actor, &session, &correction).await
    }

    both_databases! {
        async fn a_correction_keeps_what_stood_there_and_why_it_changed(fixture: Fixture) {
            let meeting = finished_meeting(fixture).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            correct(&ruth, &meeting, 3).await.unwrap();
            let session = open_session(&ruth, &meeting.code).await.unwrap();
            let page = record_at(&ruth, &session).await.unwrap();
            assert_eq!(page.corrections.len(), 1);
            assert_eq!(page.corrections[0].before.unwrap().state, AttendanceState::Attended);
            assert_eq!(page.corrections[0].after.state, AttendanceState::DidNotAttend);
            assert_eq!(page.corrections[0].reason, CorrectionReason::ToldAfterwards);
            assert_eq!(page.lines[0].mark.unwrap().state, AttendanceState::DidNotAttend);
            assert_eq!(audit::verify(&fixture.database).await.unwrap(), audit::Verdict::Whole { entries: 3 });
        }

        async fn the_supervisor_corrects_for_thirty_days_and_later_a_coordinator_does(fixture: Fixture) {
            let meeting = finished_meeting(fixture).await;
            let (day_30, day_31) = (fixture.now() + TimeDelta::days(29), fixture.now() + TimeDelta::days(31));
            let sian_early = fixture.actor_at(day_30, meeting.sian, &[Role::Coordinator]);
            assert_eq!(correct(&sian_early, &meeting, 3).await, Err(AppError::NotFound));
            let ruth_late = fixture.actor_at(day_31, meeting.ruth, &[Role::Supervisor]);
            assert_eq!(correct(&ruth_late, &meeting, 3).await.unwrap_err().status(), 409);
            let sian = fixture.actor_at(day_31, meeting.sian, &[Role::Coordinator]);
            correct(&sian, &meeting, 3).await.unwrap();
        }

        async fn a_coordinator_corrects_at_once_where_the_supervisor_is_suspended_or_supervises_no_more(fixture: Fixture) {
            const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
            const RETIRE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = 'supervisor'";
            for gone in [SUSPEND, RETIRE] {
                let meeting = finished_meeting(fixture).await;
                let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
                assert_eq!(correct(&sian, &meeting, 3).await, Err(AppError::NotFound));
                let database = &fixture.database;
                on!(database, pool => sqlx::query(gone).bind(meeting.ruth).execute(pool).await.map(|_| ())).unwrap();
                correct(&sian, &meeting, 3).await.unwrap();
            }
        }

        async fn two_corrections_of_one_version_do_not_overwrite_each_other(fixture: Fixture) {
            let meeting = finished_meeting(fixture).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            assert_eq!(correct(&ruth, &meeting, 2).await.unwrap_err().status(), 409);
            correct(&ruth, &meeting, 3).await.unwrap();
            // The same once more changes nothing.
            assert_eq!(correct(&ruth, &meeting, 4).await.unwrap_err().status(), 422);
        }

        async fn a_clinical_lead_reads_and_does_not_correct(fixture: Fixture) {
            let meeting = finished_meeting(fixture).await;
            let clara = crate::people::fixture::person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await;
            let clara = fixture.actor_at(fixture.now() + TimeDelta::days(31), clara, &[Role::ClinicalLead]);
            assert_eq!(correct(&clara, &meeting, 3).await, Err(AppError::NotFound));
        }
    }
}
