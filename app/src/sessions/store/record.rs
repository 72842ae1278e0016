//! The record of a session: its attendance, marked by the one who leads it, or by a coordinator once that person is gone.

use super::actions::{actions_at, change_actions};
use super::correction::corrections_of;
use super::leader::is_leader_there;
use super::moment::{check_moment, present_of};
use super::open::OpenedSession;
use super::page::head;
use super::participants::{Seat, seats, seats_in};
use crate::access::{Actor, Permission};
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::{AppError, Problem};
use crate::people::PersonId;
use crate::sessions::answers::{Mark, RecordStage, SheetLine, ShownRecord};
use crate::sessions::forms::{Marks, Record, Save, state_field};
use crate::sessions::model::{AttendanceState, SessionState};
use crate::sessions::readers::Part;

/// The record, for the session's supervisor, the group's, and whoever manages groups.
pub async fn record_at(actor: &Actor, session: &OpenedSession) -> Result<ShownRecord, AppError> {
    if !session.opens(Part::Attendance) {
        return Err(AppError::NotFound);
    }
    let seats = seats(actor, session).await?;
    let actions = actions_at(actor, session).await?;
    let owners = std::iter::once(session.supervisor_name().clone()).chain(seats.iter().map(|seat| seat.name.clone())).collect();
    Ok(ShownRecord {
        head: head(actor, session, seats.len()),
        version: session.version(),
        length_minutes: session.length_minutes(),
        due: session.course().due(),
        stage: stage(actor, session),
        lines: seats.iter().map(|seat| sheet_line(session, seat)).collect(),
        actions,
        owners,
        corrections: corrections_of(actor, session).await?,
    })
}

fn stage(actor: &Actor, session: &OpenedSession) -> RecordStage {
    match session.course().state(actor.now()) {
        SessionState::Cancelled => RecordStage::Cancelled,
        SessionState::Done if session.may_be_corrected_by(actor) => RecordStage::ToCorrect,
        SessionState::Done => RecordStage::Finished,
        _ if actor.now() < session.course().starts_at => RecordStage::TooEarly,
        _ if session.is_marked_by_actor() && actor.may(Permission::MarkAttendance) => RecordStage::ToMark,
        _ => RecordStage::Waiting,
    }
}

/// What stands on the sheet: what was saved; until the attendance is finished, failing that, what the apologies say.
fn sheet_line(session: &OpenedSession, seat: &Seat) -> SheetLine {
    let is_open = session.course().marked_at.is_none() && session.course().cancelled_at.is_none();
    let announced =
        seat.apologies_at.filter(|_| is_open).map(|sent_at| Mark { state: session.course().state_of_apologies(sent_at), minutes: None });
    SheetLine { name: seat.name.clone(), mark: seat.mark.or(announced), apologies: seat.apologies(session) }
}

/// Saves the whole record at once; with [`Save::Finish`], the session counts from then on.
pub async fn save_record(actor: &Actor, session: &OpenedSession, record: &Record) -> Result<(), AppError> {
    // What was agreed is not a coordinator's to read, so neither is it theirs to change.
    if !session.is_marked_by_actor() || !(session.is_led_by_actor() || record.actions.is_empty()) {
        return Err(AppError::NotFound);
    }
    check_moment(actor, session, record.save)?;
    let mut transaction = actor.begin().await?;
    take_version(&mut transaction, actor, session, record).await?;
    // Read once the session is taken: apologies that come in meanwhile are seen, and nobody is marked over them.
    let seats = seats_in(&mut transaction, actor, session).await?;
    let marks = marks_to_save(&seats, record);
    if record.save == Save::Finish {
        check_complete(&seats, &marks)?;
    }
    for seat in &seats {
        write_mark(&mut transaction, session, seat.person, marks.get(&seat.name.code).copied()).await?;
    }
    change_actions(&mut transaction, actor, session, &record.actions).await?;
    let action = if record.save == Save::Finish { "finish_attendance" } else { "save_attendance" };
    let version = record.version.saturating_add(1);
    let instead = if session.is_led_by_actor() { "" } else { ", in place of the supervisor who is gone" };
    let detail = format!("version {version}{instead}");
    audit::record(&mut transaction, actor, audit::Entry { action, subject: "session", subject_id: Some(session.id().0), detail: &detail })
        .await?;
    transaction.commit().await
}

/// The marks as they were sent; with [`Save::AllPresent`], whoever has none and has sent no apologies is present.
fn marks_to_save(seats: &[Seat], record: &Record) -> Marks {
    let mut marks = record.marks.clone();
    if record.save == Save::AllPresent {
        for seat in seats.iter().filter(|seat| seat.apologies_at.is_none()) {
            marks.entry(seat.name.code.clone()).or_insert(Mark { state: AttendanceState::Attended, minutes: None });
        }
    }
    marks
}

/// Nothing is finished while somebody's line is empty. The problem names the line, since an error names nobody.
fn check_complete(seats: &[Seat], marks: &Marks) -> Result<(), AppError> {
    let problems: Vec<Problem> = seats
        .iter()
        .enumerate()
        .filter(|(_, seat)| !marks.contains_key(&seat.name.code))
        .map(|(place, seat)| {
            let line = place.saturating_add(1);
            Problem::new(&state_field(&seat.name.code), format!("Line {line}: choose how this person attended"))
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

/// Moves the record on to its next version, if it is still the one that the form was made from.
async fn take_version(transaction: &mut Transaction, actor: &Actor, session: &OpenedSession, record: &Record) -> Result<(), AppError> {
    // A supervisor who has come back since the session was opened marks it themselves.
    const TAKE: &str = concat!(
        "\
UPDATE session
SET version = version + 1, marked_at = $4
WHERE id = $1
    AND (supervisor_id = $2 OR ($5 AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = session.supervisor_id AND ",
        is_leader_there!(),
        ")))
    AND version = $3
    AND marked_at IS NULL
    AND cancelled_at IS NULL"
    );

    let finished_at = (record.save == Save::Finish).then(|| actor.now());
    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(session.id())
        .bind(actor.person())
        .bind(record.version)
        .bind(finished_at)
        .bind(session.is_managed())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken > 0 {
        return Ok(());
    }
    Err(present_of(transaction, session).await?.overtaken())
}

pub(super) async fn write_mark(
    transaction: &mut Transaction,
    session: &OpenedSession,
    person: PersonId,
    mark: Option<Mark>,
) -> Result<(), AppError> {
    const WRITE: &str = "\
INSERT INTO attendance (session_id, person_id, apologies_reason, state, minutes)
VALUES ($1, $2, '', $3, $4)
ON CONFLICT (session_id, person_id) DO UPDATE
SET state = excluded.state, minutes = excluded.minutes";

    on!(&mut transaction, connection => sqlx::query(WRITE)
        .bind(session.id())
        .bind(person)
        .bind(mark.map(|mark| mark.state.key()))
        .bind(mark.and_then(|mark| mark.minutes))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::sessions::fixture::{Meeting, meeting};
    use crate::sessions::forms::ActionChanges;
    use crate::sessions::store::{check_open_to_record, open_session, send_apologies};

    fn record(save: Save, version: i64, marks: &[(&str, AttendanceState)]) -> Record {
        let marks = marks
            .iter()
            .map(|(code, state)| ((*code).to_owned(), Mark { state: *state, minutes: state.is_part().then_some(65) }))
            .collect();
        Record { version, marks, actions: ActionChanges::default(), save }
    }

    async fn past_meeting(fixture: &Fixture) -> Meeting {
        meeting(fixture, fixture.now() - TimeDelta::hours(2)).await
    }

    async fn sheet(fixture: &Fixture, person: PersonId, role: Role, code: &str) -> ShownRecord {
        let actor = fixture.actor(person, &[role]);
        let session = open_session(&actor, code).await.unwrap();
        record_at(&actor, &session).await.unwrap()
    }

    /// The codes on the sheet, in its order: Tom Bell before Amina Rahman.
    async fn codes(fixture: &Fixture, meeting: &Meeting) -> (String, String) {
        let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
        let codes: Vec<String> = page.lines.into_iter().map(|line| line.name.code).collect();
        (codes[0].clone(), codes[1].clone())
    }

    async fn save(fixture: &Fixture, meeting: &Meeting, record: &Record) -> Result<(), AppError> {
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        let session = open_session(&ruth, &meeting.code).await.unwrap();
        save_record(&ruth, &session, record).await
    }

    both_databases! {
        async fn every_state_of_one_person_is_there_again_afterwards(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, _) = codes(fixture, &meeting).await;
            for (version, state) in (1..).zip(AttendanceState::OF_ONE) {
                save(fixture, &meeting, &record(Save::ForLater, version, &[(&tom, state)])).await.unwrap();
                let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
                assert_eq!(page.lines[0].mark, Some(Mark { state, minutes: state.is_part().then_some(65) }));
                assert_eq!(page.lines[1].mark, None);
            }
        }

        async fn a_session_counts_once_everybody_is_marked_and_not_before(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let half = record(Save::Finish, 1, &[(&tom, AttendanceState::Attended)]);
            let AppError::Invalid(problems) = save(fixture, &meeting, &half).await.unwrap_err() else { panic!("it was finished") };
            assert_eq!(problems[0].field, state_field(&amina));
            let whole = record(Save::Finish, 1, &[(&tom, AttendanceState::Attended), (&amina, AttendanceState::DidNotAttend)]);
            save(fixture, &meeting, &whole).await.unwrap();
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            assert_eq!((page.head.state, page.stage), (SessionState::Done, RecordStage::ToCorrect));
        }

        async fn two_windows_do_not_overwrite_each_other(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, _) = codes(fixture, &meeting).await;
            save(fixture, &meeting, &record(Save::ForLater, 1, &[(&tom, AttendanceState::Attended)])).await.unwrap();
            let second = save(fixture, &meeting, &record(Save::ForLater, 1, &[(&tom, AttendanceState::DidNotAttend)])).await;
            assert_eq!(second.unwrap_err().status(), 409);
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            assert_eq!(page.lines[0].mark.unwrap().state, AttendanceState::Attended);
            assert_eq!(page.version, 2);
        }

        async fn all_present_leaves_apologies_as_they_are(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let amina = fixture.actor_at(fixture.now() - TimeDelta::days(3), meeting.amina, &[Role::Practitioner]);
            let session = open_session(&amina, &meeting.code).await.unwrap();
            send_apologies(&amina, &session, "").await.unwrap();
            let (_, code) = codes(fixture, &meeting).await;
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            assert_eq!(page.lines[1].mark.unwrap().state, AttendanceState::Apologies);
            save(fixture, &meeting, &record(Save::AllPresent, 1, &[(&code, AttendanceState::Apologies)])).await.unwrap();
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            let states: Vec<_> = page.lines.iter().map(|line| line.mark.unwrap().state).collect();
            assert_eq!(states, [AttendanceState::Attended, AttendanceState::Apologies]);
            assert_eq!(page.stage, RecordStage::ToMark);
        }

        async fn all_present_keeps_what_was_chosen_for_somebody(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, _) = codes(fixture, &meeting).await;
            save(fixture, &meeting, &record(Save::AllPresent, 1, &[(&tom, AttendanceState::DidNotAttend)])).await.unwrap();
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            let states: Vec<_> = page.lines.iter().map(|line| line.mark.unwrap().state).collect();
            assert_eq!(states, [AttendanceState::DidNotAttend, AttendanceState::Attended]);
        }

        async fn apologies_that_came_after_the_sheet_was_opened_are_not_marked_over(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::minutes(30)).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let opened = open_session(&ruth, &meeting.code).await.unwrap();
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            send_apologies(&tom, &open_session(&tom, &meeting.code).await.unwrap(), "").await.unwrap();
            save_record(&ruth, &opened, &record(Save::AllPresent, 1, &[])).await.unwrap();
            let page = sheet(fixture, meeting.ruth, Role::Supervisor, &meeting.code).await;
            let states: Vec<_> = page.lines.iter().map(|line| line.mark.unwrap().state).collect();
            assert_eq!(states, [AttendanceState::CancelledByMember, AttendanceState::Attended]);
        }

        async fn a_session_that_is_under_way_is_saved_for_later_and_finished_only_once_it_has_ended(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() - TimeDelta::minutes(30)).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let whole = [(tom.as_str(), AttendanceState::Attended), (amina.as_str(), AttendanceState::Attended)];
            let early = save(fixture, &meeting, &record(Save::Finish, 1, &whole)).await.unwrap_err();
            assert!(early.status() == 409 && early.to_string().contains("under way until 10:00"), "{early}");
            save(fixture, &meeting, &record(Save::ForLater, 1, &whole)).await.unwrap();
            let at_the_end = fixture.actor_at(fixture.now() + TimeDelta::minutes(60), meeting.ruth, &[Role::Supervisor]);
            let session = open_session(&at_the_end, &meeting.code).await.unwrap();
            save_record(&at_the_end, &session, &record(Save::Finish, 2, &whole)).await.unwrap();
        }

        async fn whoever_was_overtaken_is_told_what_happened_since_they_opened_the_session(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            let opened = open_session(&ruth, &meeting.code).await.unwrap();
            let whole = [(tom.as_str(), AttendanceState::Attended), (amina.as_str(), AttendanceState::Attended)];
            save(fixture, &meeting, &record(Save::ForLater, 1, &whole)).await.unwrap();
            let told = save_record(&ruth, &opened, &record(Save::Finish, 1, &whole)).await.unwrap_err();
            assert!(told.to_string().contains("saved in the meantime"), "{told}");
            save(fixture, &meeting, &record(Save::Finish, 2, &whole)).await.unwrap();
            let told = save_record(&ruth, &opened, &record(Save::Finish, 1, &whole)).await.unwrap_err();
            assert!(told.to_string().contains("finished in the meantime"), "{told}");
        }

        async fn a_sheet_that_was_finished_meanwhile_says_so_before_anything_else_is_looked_at(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
            check_open_to_record(&ruth, &open_session(&ruth, &meeting.code).await.unwrap(), 1).unwrap();
            let whole = [(tom.as_str(), AttendanceState::Attended), (amina.as_str(), AttendanceState::Attended)];
            save(fixture, &meeting, &record(Save::Finish, 1, &whole)).await.unwrap();
            let session = open_session(&ruth, &meeting.code).await.unwrap();
            let told = check_open_to_record(&ruth, &session, 1).unwrap_err();
            assert!(told.to_string().contains("finished in the meantime"), "{told}");
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let theirs = open_session(&tom, &meeting.code).await.unwrap();
            assert_eq!(check_open_to_record(&tom, &theirs, 2), Err(AppError::NotFound));
        }

        async fn a_supervisor_who_does_not_lead_the_session_cannot_mark_it(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let whole = record(Save::Finish, 1, &[(&tom, AttendanceState::Attended), (&amina, AttendanceState::Attended)]);
            let daniel = crate::people::fixture::person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let daniel = fixture.actor(daniel, &[Role::Supervisor]);
            assert_eq!(open_session(&daniel, &meeting.code).await.unwrap_err(), AppError::NotFound);
            // Neither does being there as a supervisee, or managing groups, make it theirs to mark.
            for (person, roles) in [
                (meeting.tom, &[Role::Practitioner, Role::Supervisor]),
                (meeting.sian, &[Role::Coordinator, Role::Supervisor]),
            ] {
                let actor = fixture.actor(person, roles);
                let session = open_session(&actor, &meeting.code).await.unwrap();
                assert_eq!(save_record(&actor, &session, &whole).await, Err(AppError::NotFound));
            }
        }

        async fn a_coordinator_finishes_what_a_supervisor_who_is_gone_has_left(fixture: Fixture) {
            const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
            const RETIRE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = 'supervisor'";
            const DETAIL: &str = "SELECT detail FROM audit_entry WHERE action = 'finish_attendance' AND actor_id = $1";
            for gone in [SUSPEND, RETIRE] {
                let meeting = past_meeting(fixture).await;
                let (tom, amina) = codes(fixture, &meeting).await;
                save(fixture, &meeting, &record(Save::ForLater, 1, &[(&tom, AttendanceState::Late)])).await.unwrap();
                let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
                let before = open_session(&sian, &meeting.code).await.unwrap();
                let page = record_at(&sian, &before).await.unwrap();
                assert_eq!((page.stage, page.lines[0].mark), (RecordStage::Waiting, None));
                let whole = record(Save::Finish, 2, &[(&tom, AttendanceState::Late), (&amina, AttendanceState::Attended)]);
                assert_eq!(save_record(&sian, &before, &whole).await, Err(AppError::NotFound));

                let database = &fixture.database;
                on!(database, pool => sqlx::query(gone).bind(meeting.ruth).execute(pool).await.map(|_| ())).unwrap();
                let session = open_session(&sian, &meeting.code).await.unwrap();
                let page = record_at(&sian, &session).await.unwrap();
                assert_eq!((page.stage, page.actions), (RecordStage::ToMark, None));
                assert_eq!(page.lines[0].mark.unwrap().state, AttendanceState::Late, "what was saved for later is there");
                save_record(&sian, &session, &whole).await.unwrap();
                let finished = open_session(&sian, &meeting.code).await.unwrap();
                assert_eq!(record_at(&sian, &finished).await.unwrap().head.state, SessionState::Done);
                let details: Vec<String> =
                    on!(database, pool => sqlx::query_scalar(DETAIL).bind(meeting.sian).fetch_all(pool).await).unwrap();
                assert_eq!(details, ["version 3, in place of the supervisor who is gone"]);
            }
        }

        async fn a_supervisor_who_is_back_marks_themselves_and_no_action_is_a_coordinators_to_change(fixture: Fixture) {
            const STANDING: &str = "UPDATE person SET standing = $2 WHERE id = $1";
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(STANDING).bind(meeting.ruth).bind("suspended").execute(pool).await.map(|_| ())).unwrap();
            let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
            let opened = open_session(&sian, &meeting.code).await.unwrap();
            let whole = record(Save::Finish, 1, &[(&tom, AttendanceState::Attended), (&amina, AttendanceState::Attended)]);
            let new = Some(crate::sessions::forms::NewAction { words: "Ask for a protected hour".to_owned(), owner: tom.clone() });
            let with_action = Record { actions: ActionChanges { new, ..ActionChanges::default() }, ..whole.clone() };
            assert_eq!(save_record(&sian, &opened, &with_action).await, Err(AppError::NotFound));

            on!(database, pool => sqlx::query(STANDING).bind(meeting.ruth).bind("registered").execute(pool).await.map(|_| ())).unwrap();
            assert_eq!(save_record(&sian, &opened, &whole).await.unwrap_err().status(), 409);
            save(fixture, &meeting, &whole).await.unwrap();
        }

        async fn a_coordinator_sees_the_attendance_and_no_action_and_a_member_sees_no_sheet(fixture: Fixture) {
            let meeting = past_meeting(fixture).await;
            let (tom, amina) = codes(fixture, &meeting).await;
            let whole = record(Save::Finish, 1, &[(&tom, AttendanceState::Attended), (&amina, AttendanceState::Late)]);
            save(fixture, &meeting, &whole).await.unwrap();
            let page = sheet(fixture, meeting.sian, Role::Coordinator, &meeting.code).await;
            assert!(page.lines.iter().all(|line| line.mark.is_some()));
            assert_eq!((page.actions, page.stage), (None, RecordStage::Finished));
            let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
            let session = open_session(&tom, &meeting.code).await.unwrap();
            assert_eq!(record_at(&tom, &session).await, Err(AppError::NotFound));
        }

        async fn nobody_is_marked_before_the_session_begins(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now() + TimeDelta::minutes(5)).await;
            let early = record(Save::ForLater, 1, &[]);
            assert_eq!(save(fixture, &meeting, &early).await.unwrap_err().status(), 409);
        }
    }
}
