//! The one door to a session.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::hosts::hosts_of;
use super::leader::is_leader_there;
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::{is_at_session, place_in_series, whose_group};
use crate::groups::{GroupId, GroupKind, MeetingMode};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::series::SeriesId;
use crate::sessions::answers::Host;
use crate::sessions::model::{CancelReason, Course, SessionId};
use crate::sessions::readers::{Part, Relation};

/// A session that the actor may know of, because the database said so. Only [`open_session`] makes one.
#[derive(Clone, Debug)]
pub struct OpenedSession {
    row: Row,
    course: Course,
    relation: Relation,
    supervisor: PersonName,
    hosts: Vec<(PersonId, Host)>,
    is_overseen: bool,
    is_managed: bool,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: SessionId,
    session_code: String,
    group_id: GroupId,
    slug: String,
    group_name: String,
    kind: GroupKind,
    mode: MeetingMode,
    place: String,
    session_title: String,
    has_room: bool,
    room_phone: String,
    supervisor_id: PersonId,
    group_supervisor_id: PersonId,
    whose_group_id: PersonId,
    series_id: SeriesId,
    number: i64,
    of_number: i64,
    starts_local: NaiveDateTime,
    length_minutes: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    cancelled_reason: String,
    marked_at: Option<DateTime<Utc>>,
    version: i64,
    is_leader_active: bool,
    is_member: bool,
    places_given_back: i64,
    #[sqlx(flatten)]
    supervisor: NameRow,
}

/// Opens a session for its supervisor, the group's supervisor, those who are or were supervised at it, its hosts and whoever manages groups.
/// For anybody else it is not there.
pub async fn open_session(actor: &Actor, code: &str) -> Result<OpenedSession, AppError> {
    const OPEN: &str = concat!(
        "\
SELECT s.id, s.code AS session_code, s.group_id, g.slug, g.name AS group_name, g.kind, g.mode,
    COALESCE(NULLIF(s.place, ''), g.place) AS place, s.title AS session_title, g.room_url <> '' AS has_room, g.room_phone, s.supervisor_id,
    g.supervisor_id AS group_supervisor_id, ",
        whose_group!(),
        " AS whose_group_id, s.series_id, ",
        place_in_series!(),
        ",
    s.starts_local, s.length_minutes, s.starts_at, s.ends_at, s.cancelled_at, s.cancelled_reason, s.marked_at, s.version,
    ",
        is_leader_there!(),
        " AS is_leader_active,
    ",
        is_at_session!("$2"),
        " AS is_member,
    (SELECT COUNT(*) FROM booking b WHERE b.session_id = s.id AND b.person_id = $2 AND b.place IS NULL) AS places_given_back,
    p.code, p.title, p.given_name, p.family_name
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN person p ON p.id = s.supervisor_id
WHERE s.code = $1
    AND (
        $3
        OR s.supervisor_id = $2
        OR g.supervisor_id = $2
        OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $2)
        OR ",
        is_at_session!("$2"),
        "
    )"
    );

    let is_overseen = actor.may(Permission::SeeEveryGroup);
    let is_managed = actor.may(Permission::ManageGroups);
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(code)
        .bind(actor.person())
        .bind(is_overseen)
        .fetch_optional(pool).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let hosts = hosts_of(actor, row.id).await?;
    let host = hosts.iter().find(|(person, _)| *person == actor.person());
    let relation = if row.supervisor_id == actor.person() {
        Relation::Supervisor
    } else if row.group_supervisor_id == actor.person() {
        Relation::GroupSupervisor
    } else if let Some((_, host)) = host {
        host.relation()
    } else if row.is_member {
        Relation::Member
    } else {
        Relation::Manager
    };
    Ok(OpenedSession {
        course: Course { starts_at: row.starts_at, ends_at: row.ends_at, marked_at: row.marked_at, cancelled_at: row.cancelled_at },
        supervisor: row.supervisor.clone().into(),
        hosts,
        relation,
        is_overseen,
        is_managed,
        row,
    })
}

/// Opens the first session of a group on a day that the actor may know of; one that was cancelled only where there is no other.
pub async fn open_session_of_day(actor: &Actor, slug: &str, day: NaiveDate) -> Result<OpenedSession, AppError> {
    const OF_DAY: &str = "\
SELECT s.code
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE g.slug = $1
    AND s.starts_local >= $2
    AND s.starts_local < $3
ORDER BY CASE WHEN s.cancelled_at IS NULL THEN 0 ELSE 1 END, s.starts_local, s.code";

    let (begins, ends) = (day.and_time(NaiveTime::MIN), day.checked_add_days(Days::new(1)).ok_or(AppError::NotFound)?);
    let database = actor.database();
    let codes: Vec<String> = on!(database, pool => sqlx::query_scalar(OF_DAY)
        .bind(slug)
        .bind(begins)
        .bind(ends.and_time(NaiveTime::MIN))
        .fetch_all(pool).await)?;
    for code in codes {
        match open_session(actor, &code).await {
            Err(AppError::NotFound) => {}
            opened => return opened,
        }
    }
    Err(AppError::NotFound)
}

impl OpenedSession {
    /// Which session it is.
    pub fn id(&self) -> SessionId {
        self.row.id
    }

    /// The code in its address.
    pub fn code(&self) -> &str {
        &self.row.session_code
    }

    /// Whose session it is.
    pub fn group(&self) -> GroupId {
        self.row.group_id
    }

    /// The group's part of the address.
    pub fn group_slug(&self) -> &str {
        &self.row.slug
    }

    /// "Aire group".
    pub fn group_name(&self) -> &str {
        &self.row.group_name
    }

    /// What kind of supervision it is.
    pub fn kind(&self) -> GroupKind {
        self.row.kind
    }

    /// How they meet.
    pub fn mode(&self) -> MeetingMode {
        self.row.mode
    }

    /// Where they meet in person.
    pub fn place(&self) -> &str {
        &self.row.place
    }

    /// What it is called beside its group; mostly empty.
    pub fn title(&self) -> &str {
        &self.row.session_title
    }

    /// Which series it belongs to.
    pub fn series(&self) -> SeriesId {
        self.row.series_id
    }

    /// Whether the outside room's address is known.
    pub fn has_room(&self) -> bool {
        self.row.has_room
    }

    /// The telephone number of the room, or empty.
    pub fn room_phone(&self) -> &str {
        &self.row.room_phone
    }

    /// Who leads it.
    pub fn supervisor(&self) -> PersonId {
        self.row.supervisor_id
    }

    /// The name of the one who leads it.
    pub fn supervisor_name(&self) -> &PersonName {
        &self.supervisor
    }

    /// Whoever leads it together with them, or observes it.
    pub fn hosts(&self) -> &[(PersonId, Host)] {
        &self.hosts
    }

    /// Whether the one who leads it still can: is not suspended, and still a supervisor.
    pub fn is_leader_active(&self) -> bool {
        self.row.is_leader_active
    }

    /// Whether whoever leads it does so for somebody else, whose group it was then.
    pub fn is_cover(&self) -> bool {
        self.row.supervisor_id != self.row.whose_group_id
    }

    /// Whether the group's supervisor is somebody other than whoever leads it, and so one more who reads it.
    pub fn is_read_by_groups_supervisor(&self) -> bool {
        self.row.supervisor_id != self.row.group_supervisor_id
    }

    /// Its place in the series, and how many sessions that has.
    pub fn place_in_series(&self) -> (i64, i64) {
        (self.row.number, self.row.of_number)
    }

    /// When it begins on the clocks of the United Kingdom.
    pub fn starts_local(&self) -> NaiveDateTime {
        self.row.starts_local
    }

    /// How long it was planned.
    pub fn length_minutes(&self) -> i64 {
        self.row.length_minutes
    }

    /// The moments that decide how far it has come.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// Why it was cancelled, if it was.
    pub fn cancelled_reason(&self) -> Option<CancelReason> {
        self.course.cancelled_at.and_then(|_| CancelReason::of_key(&self.row.cancelled_reason))
    }

    /// Counts the saves of its record.
    pub fn version(&self) -> i64 {
        self.row.version
    }

    /// What the actor is to it.
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// Whether a part of it is open to the actor as one of those who take part. Whoever has given their place back takes part no more.
    pub fn takes_part_in(&self, part: Part) -> bool {
        let has_left = self.relation == Relation::Member && self.row.places_given_back > 0;
        part.is_open_to(self.relation) && !has_left
    }

    /// Whether the actor reads a part of it.
    pub fn opens(&self, part: Part) -> bool {
        part.is_open_to(self.relation) || (self.is_overseen && part.is_open_to(Relation::Manager))
    }

    /// Whether the actor leads it, so that its record is theirs to keep.
    pub fn is_led_by_actor(&self) -> bool {
        self.relation == Relation::Supervisor
    }

    /// Who leads the group, whoever leads this session.
    pub fn group_supervisor(&self) -> PersonId {
        self.row.group_supervisor_id
    }

    /// Whether the actor leads the group, whoever leads this session.
    pub fn is_led_by_groups_supervisor(&self, actor: &Actor) -> bool {
        self.row.group_supervisor_id == actor.person()
    }

    /// Whether the actor marks its attendance: leads it, or manages groups while the one who led it can mark nothing any more.
    pub fn is_marked_by_actor(&self) -> bool {
        self.is_led_by_actor() || (self.is_managed && !self.is_leader_active())
    }

    /// Whether the actor manages groups, whatever else they are to this session.
    pub fn is_managed(&self) -> bool {
        self.is_managed
    }
}
