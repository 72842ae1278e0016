//! One session as a page, and the door of its room.

use super::actions::actions_at;
use super::open::OpenedSession;
use super::participants::{Seat, seats};
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::can_have_place;
use crate::groups::{GroupKind, MeetingMode};
use crate::sessions::answers::{Door, OwnPlace, Participant, Room, SessionHead, ShownSession};
use crate::sessions::model::SessionState;
use crate::sessions::readers::{Part, Relation};
use crate::ui::{clock_time, day_and_month};

/// What every page of a session begins with.
pub fn head(actor: &Actor, session: &OpenedSession, members: usize) -> SessionHead {
    let (number, of) = session.place_in_series();
    SessionHead {
        code: session.code().to_owned(),
        group_slug: session.group_slug().to_owned(),
        group_name: session.group_name().to_owned(),
        kind: session.kind(),
        mode: session.mode(),
        starts: session.starts_local(),
        ends: ::series::local(session.course().ends_at),
        now: ::series::local(actor.now()),
        number,
        of,
        state: session.course().state(actor.now()),
        relation: session.relation(),
        supervisor: session.supervisor_name().clone(),
        is_cover: session.is_cover(),
        is_read_by_groups_supervisor: session.is_read_by_groups_supervisor(),
        hosts: session.hosts().iter().map(|(_, host)| host.clone()).collect(),
        members,
    }
}

/// The session, as far as the actor may know.
pub async fn session_at(actor: &Actor, session: &OpenedSession) -> Result<ShownSession, AppError> {
    let seats = seats(actor, session).await?;
    let actions = actions_at(actor, session).await?;
    let own = seats.iter().find(|seat| seat.person == actor.person()).map(|seat| own_place(actor, session, seat));
    let state = session.course().state(actor.now());
    let is_unsettled = !matches!(state, SessionState::Done | SessionState::Cancelled);
    Ok(ShownSession {
        head: head(actor, session, seats.len()),
        people: seats.iter().map(|seat| participant(actor, seat)).collect(),
        own,
        room: session.opens_room().then(|| room(actor, session)),
        actions,
        cancelled: session.cancelled_reason(),
        may_record: session.is_marked_by_actor() && actor.may(Permission::MarkAttendance),
        may_cancel: matches!(state, SessionState::Planned | SessionState::Open) && session.may_be_cancelled_by(actor),
        may_change: is_unsettled && session.may_be_planned_by(actor),
        title: session.title().to_owned(),
        waiting: waiting(actor, session).await?,
    })
}

/// How many wait for a place and can have it: a number for those who read who came, while there is something to wait for, and never who they are.
async fn waiting(actor: &Actor, session: &OpenedSession) -> Result<i64, AppError> {
    const WAITING: &str = concat!(
        "\
SELECT COUNT(*)
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
WHERE w.session_id = $1
    AND ",
        can_have_place!()
    );

    let is_to_come = session.course().cancelled_at.is_none() && session.course().starts_at > actor.now();
    if session.kind() != GroupKind::OpenClinic || !is_to_come || !session.opens(Part::Attendance) {
        return Ok(0);
    }
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_scalar(WAITING).bind(session.id()).fetch_one(pool).await)?)
}

fn participant(actor: &Actor, seat: &Seat) -> Participant {
    Participant {
        name: seat.name.clone(),
        about: seat.about.clone(),
        is_you: seat.person == actor.person(),
        has_apologies: seat.apologies_at.is_some(),
        reason: seat.apologies_reason.clone(),
        mark: seat.mark,
    }
}

/// The actor's own place.
pub fn own_place(actor: &Actor, session: &OpenedSession, seat: &Seat) -> OwnPlace {
    OwnPlace {
        apologies: seat.apologies(session),
        mark: seat.mark,
        may_send: session.course().is_ahead(actor.now()) && actor.may(Permission::SendApologies),
    }
}

fn room(actor: &Actor, session: &OpenedSession) -> Room {
    Room { door: door(actor, session), phone: session.room_phone().to_owned() }
}

/// Whether one can get in, and when.
fn door(actor: &Actor, session: &OpenedSession) -> Door {
    let course = session.course();
    if !course.is_ahead(actor.now()) {
        return Door::Closed;
    }
    if session.mode() == MeetingMode::InPerson {
        return Door::Place(session.place().to_owned());
    }
    if !session.has_room() {
        return Door::NoRoom;
    }
    if actor.now() < course.opens_at() { Door::OpensAt(::series::local(course.opens_at())) } else { Door::Open }
}

/// The address of the outside room, while it can be entered by the actor.
pub async fn room_address(actor: &Actor, session: &OpenedSession) -> Result<String, AppError> {
    const ROOM: &str = "SELECT room_url FROM supervision_group WHERE id = $1";

    if !session.opens_room() {
        return Err(AppError::NotFound);
    }
    if let Some(refusal) = refusal(&door(actor, session)) {
        return Err(AppError::Conflict(refusal));
    }
    let database = actor.database();
    let address: String = on!(database, pool => sqlx::query_scalar(ROOM).bind(session.group()).fetch_one(pool).await)?;
    // Whatever was entered as the address, nobody is sent anywhere but to a page behind TLS.
    if address.starts_with("https://") { Ok(address) } else { Err(AppError::Conflict(NO_ROOM.to_owned())) }
}

const NO_ROOM: &str = "The address of the room is not known here yet. Ask your supervisor or the Centre’s coordinator how to join.";

/// Why one cannot get in.
fn refusal(door: &Door) -> Option<String> {
    match door {
        Door::Open => None,
        Door::OpensAt(opens) => {
            let (day, time) = (day_and_month(opens.date()), clock_time(opens.time()));
            Some(format!("The room opens on {day} at {time}, UK time. Please come back then."))
        }
        Door::Closed => Some("This session is over or was cancelled, so its room is closed.".to_owned()),
        Door::Place(_) => Some("This session is not online: you meet at the place that its page names.".to_owned()),
        Door::NoRoom => Some(NO_ROOM.to_owned()),
    }
}

impl OpenedSession {
    /// Whether the room is the actor's to enter. Managing groups opens no door.
    fn opens_room(&self) -> bool {
        self.takes_part_in(Part::Room)
    }

    /// Whether the actor may change when it is, and with it its series: the group's supervisor, and a coordinator.
    pub fn may_be_planned_by(&self, actor: &Actor) -> bool {
        (self.is_led_by_groups_supervisor(actor) || self.is_managed()) && actor.may(Permission::PlanSessions)
    }

    /// Whether the actor may cancel it for everybody: its supervisor, and a coordinator.
    pub fn may_be_cancelled_by(&self, actor: &Actor) -> bool {
        let is_theirs = self.is_led_by_actor() || self.relation() == Relation::GroupSupervisor || self.is_managed();
        is_theirs && actor.may(Permission::CancelSessions)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::sessions::fixture::{Meeting, meeting};
    use crate::sessions::store::open_session;

    async fn knock(fixture: &Fixture, meeting: &Meeting, (person, role): (PersonId, Role), at: DateTime<Utc>) -> Result<String, AppError> {
        let actor = fixture.actor_at(at, person, &[role]);
        let session = open_session(&actor, &meeting.code).await.unwrap();
        room_address(&actor, &session).await
    }

    both_databases! {
        async fn the_room_lets_in_members_and_the_supervisor_from_a_quarter_of_an_hour_before(fixture: Fixture) {
            let starts_at = fixture.now();
            let meeting = meeting(fixture, starts_at).await;
            for who in [(meeting.amina, Role::Practitioner), (meeting.ruth, Role::Supervisor)] {
                let opens_at = starts_at - TimeDelta::minutes(15);
                assert!(knock(fixture, &meeting, who, opens_at).await.unwrap().starts_with("https://"));
                let early = knock(fixture, &meeting, who, opens_at - TimeDelta::seconds(1)).await.unwrap_err();
                assert_eq!(early, AppError::Conflict("The room opens on Thursday 22 October at 08:45, UK time. Please come back then.".to_owned()));
                assert!(knock(fixture, &meeting, who, starts_at + TimeDelta::minutes(89)).await.is_ok());
                assert_eq!(knock(fixture, &meeting, who, starts_at + TimeDelta::minutes(90)).await.unwrap_err().status(), 409);
            }
        }

        async fn managing_groups_opens_no_door(fixture: Fixture) {
            let meeting = meeting(fixture, fixture.now()).await;
            assert_eq!(knock(fixture, &meeting, (meeting.sian, Role::Coordinator), fixture.now()).await, Err(AppError::NotFound));
            let sian = fixture.actor(meeting.sian, &[Role::Coordinator]);
            let session = open_session(&sian, &meeting.code).await.unwrap();
            assert_eq!(session_at(&sian, &session).await.unwrap().room, None);
        }

        async fn nobody_is_sent_to_an_address_without_tls(fixture: Fixture) {
            const MOVE: &str = "UPDATE supervision_group SET room_url = 'http://rooms.example/aire'";
            let meeting = meeting(fixture, fixture.now()).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(MOVE).execute(pool).await.map(|_| ())).unwrap();
            let refused = knock(fixture, &meeting, (meeting.amina, Role::Practitioner), fixture.now()).await;
            assert_eq!(refused.unwrap_err().status(), 409);
        }

        async fn a_member_reads_their_own_line_and_no_other(fixture: Fixture) {
            const MARK: &str = "\
INSERT INTO attendance (session_id, person_id, apologies_reason, state)
SELECT id, $1, '', 'did_not_attend' FROM session";
            const FINISH: &str = "UPDATE session SET marked_at = ends_at";
            let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(2)).await;
            let database = &fixture.database;
            for person in [meeting.amina, meeting.tom] {
                on!(database, pool => sqlx::query(MARK).bind(person).execute(pool).await.map(|_| ())).unwrap();
            }
            let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
            let session = open_session(&amina, &meeting.code).await.unwrap();
            // What is saved for later is nobody's yet but the supervisor's.
            assert_eq!(session_at(&amina, &session).await.unwrap().own.unwrap().mark, None);
            on!(database, pool => sqlx::query(FINISH).execute(pool).await.map(|_| ())).unwrap();
            let session = open_session(&amina, &meeting.code).await.unwrap();
            let page = session_at(&amina, &session).await.unwrap();
            assert!(page.own.unwrap().mark.is_some());
            assert!(page.people.iter().all(|person| person.mark.is_some() == person.is_you));
        }
    }
}
