//! Who came to an event, marked by its host or by whoever manages events.

use super::change::audit;
use super::lapse::{lapses_of, let_lapse_before};
use super::open::{OpenedEvent, TakenEvent, open_to_keep, starters_at, taken};
use super::row::stands;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::{AppError, Problem};
use crate::events::answers::EventRecord;
use crate::events::model::EventId;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::sessions::answers::{Mark, SheetLine};
use crate::sessions::forms::{Marks, Record, RecordForm, Save, state_field};
use crate::sessions::{AttendanceState, SessionState};

#[derive(sqlx::FromRow)]
struct Seat {
    person_id: PersonId,
    #[sqlx(flatten)]
    name: NameRow,
    state: Option<AttendanceState>,
    minutes: Option<i64>,
    is_waiting: bool,
}

/// Whoever has a place at an event and whoever waits; until the answers stand without those who belong no more to those whom it is for.
const SEATS: &str = concat!(
    "\
SELECT a.person_id, p.code, p.title, p.given_name, p.family_name, a.state, a.minutes, a.answer = 'waiting' AS is_waiting
FROM event_answer a
JOIN event e ON e.id = a.event_id
JOIN person p ON p.id = a.person_id
WHERE a.event_id = $1
    AND a.answer IN ('yes', 'waiting')
    AND (e.settled_at IS NOT NULL OR e.cancelled_at IS NOT NULL OR ",
    stands!("a", "a.person_id", "p", "e.space_id", "$2"),
    ")
ORDER BY is_waiting, CASE WHEN a.answer = 'waiting' THEN a.answered_at END, p.family_key, p.given_key, p.code"
);

/// Who has a place and who waits, and from the beginning on who came.
pub async fn event_record_at(actor: &Actor, code: &str) -> Result<EventRecord, AppError> {
    let event = open_to_keep(actor, code).await?;
    // Those with a place stand first, then those who wait, in their order: what became free belongs to the first of these.
    let mut coming = seats_of(actor, &event).await?;
    let waiting = coming.split_off(usize::try_from(event.row.coming()).unwrap_or(usize::MAX).min(coming.len()));
    let sheet_line = |seat: Seat| SheetLine {
        name: seat.name.into(),
        mark: seat.state.map(|state| Mark { state, minutes: seat.minutes }),
        apologies: None,
    };
    Ok(EventRecord {
        line: event.row.line(actor.now()),
        now: ::series::local(actor.now()),
        length_minutes: event.row.length_minutes,
        lines: coming.into_iter().map(sheet_line).collect(),
        waiting: waiting.into_iter().map(|seat| PersonName::from(seat.name).short).collect(),
        lapses: lapses_of(actor.database(), event.row.id).await?,
        version: event.row.version,
    })
}

async fn seats_of(actor: &Actor, event: &OpenedEvent) -> Result<Vec<Seat>, AppError> {
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(SEATS)
        .bind(event.row.id)
        .bind(starters_at(event.row.starts_at, actor.now()))
        .fetch_all(pool).await)?)
}

/// Saves who came; with [`Save::Finish`], the event counts in their logs from then on. What was finished is corrected the same way.
pub async fn save_event_record(actor: &Actor, form: &RecordForm) -> Result<Save, AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version + 1, marked_at = COALESCE(marked_at, $3)
WHERE id = $1
    AND version = $2
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL",
        taken!()
    );

    let event = open_to_keep(actor, &form.session).await?;
    let record = form.check(event.row.length_minutes)?;
    check_moment(actor, &event, record.save)?;
    let mut transaction = actor.begin().await?;
    let taken: Option<TakenEvent> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(event.row.id)
        .bind(record.version)
        .bind((record.save == Save::Finish).then(|| actor.now()))
        .fetch_optional(connection).await)?;
    let Some(taken) = taken else {
        return Err(AppError::Conflict("Somebody else changed this event while you had it open. Look at it as it is now.".to_owned()));
    };
    let_lapse_before(&mut transaction, actor, &taken).await?;
    let seats: Vec<Seat> = on!(&mut transaction, connection => sqlx::query_as(SEATS)
        .bind(event.row.id)
        .bind(starters_at(event.row.starts_at, actor.now()))
        .fetch_all(connection).await)?;
    let seats: Vec<Seat> = seats.into_iter().filter(|seat| !seat.is_waiting).collect();
    let marks = marks_to_save(&seats, &record);
    if record.save == Save::Finish {
        check_complete(&seats, &marks)?;
    }
    write_marks(&mut transaction, event.row.id, (&seats, &marks)).await?;
    let is_finished = event.row.course().marked_at.is_some();
    let action = match (is_finished, record.save) {
        (true, _) => "correct_event_attendance",
        (false, Save::Finish) => "finish_event_attendance",
        (false, _) => "save_event_attendance",
    };
    audit(&mut transaction, actor, action, event.row.id).await?;
    transaction.commit().await?;
    Ok(record.save)
}

fn check_moment(actor: &Actor, event: &OpenedEvent, save: Save) -> Result<(), AppError> {
    let refused = |sentence: &str| Err(AppError::Conflict(sentence.to_owned()));
    match event.row.course().state(actor.now()) {
        SessionState::Cancelled => refused("This event was cancelled, so nobody was there."),
        _ if event.row.published_at.is_none() || event.row.starts_at > actor.now() => {
            refused("Attendance is marked once the event has begun.")
        }
        _ if save == Save::Finish && event.row.ends_at > actor.now() => refused("You can finish the attendance once the event has ended."),
        SessionState::Done if save != Save::Finish => refused("The attendance is finished. Correct it, then save and finish again."),
        _ => Ok(()),
    }
}

/// The marks as they were sent; with [`Save::AllPresent`], whoever has none is present.
fn marks_to_save(seats: &[Seat], record: &Record) -> Marks {
    let mut marks = record.marks.clone();
    if record.save == Save::AllPresent {
        for seat in seats {
            marks.entry(seat.name.code.clone()).or_insert(Mark { state: AttendanceState::Attended, minutes: None });
        }
    }
    marks
}

/// Nothing is finished while somebody's line is empty. The problem names the line, since an error names nobody.
fn check_complete(seats: &[Seat], marks: &Marks) -> Result<(), AppError> {
    let empty = (1..).zip(seats).filter(|(_, seat)| !marks.contains_key(&seat.name.code));
    let problems: Vec<Problem> = empty
        .map(|(line, seat)| Problem::new(&state_field(&seat.name.code), format!("Line {line}: choose how this person attended")))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

async fn write_marks(transaction: &mut Transaction, id: EventId, (seats, marks): (&[Seat], &Marks)) -> Result<(), AppError> {
    const WRITE: &str = "\
UPDATE event_answer
SET state = $3, minutes = $4
WHERE event_id = $1
    AND person_id = $2
    AND answer = 'yes'";

    for seat in seats {
        let mark = marks.get(&seat.name.code);
        on!(&mut transaction, connection => sqlx::query(WRITE)
            .bind(id)
            .bind(seat.person_id)
            .bind(mark.map(|mark| mark.state.key()))
            .bind(mark.and_then(|mark| mark.minutes))
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
