//! A group that people are asked about, as it is stored.

use chrono::{DateTime, NaiveDate, Utc};

use super::people::about;
use crate::asking::answers::{Answering, Stage, Terms};
use crate::asking::letters::Told;
use crate::asking::model::{AskedGroupId, Meeting, Reply, way_in_words};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{GroupKind, MeetingMode, named_intervention};
use crate::matching::{MeetsEvery, Part, RoundId};
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};
use crate::series::store::DaysOffOfAll;
use crate::sessions::HostRole;

/// A group that people are asked about.
#[derive(Clone, Debug)]
pub(super) struct AskedGroup {
    pub id: AskedGroupId,
    pub code: String,
    pub supervisor: PersonId,
    pub supervisor_name: PersonName,
    pub kind: GroupKind,
    pub mode: MeetingMode,
    pub region: String,
    pub meeting: Meeting,
    pub least: i64,
    pub places: i64,
    pub is_closed: bool,
    /// The group that was made: the part of the address, and its name.
    pub made: Option<(String, String)>,
    pub version: i64,
    pub people: Vec<AskedPerson>,
}

/// Somebody who is asked about a group.
#[derive(Clone, Debug)]
pub(super) struct AskedPerson {
    pub person: PersonId,
    /// The code of what they are asked, in its address.
    pub asked: String,
    pub name: PersonName,
    pub about: String,
    pub part: Part,
    /// What they would be beside the supervisor, if they would be that.
    pub beside: Option<HostRole>,
    /// Whether they are suspended or held by now.
    pub is_out: bool,
    /// The key of the work that they would bring, as they have registered it by now.
    pub intervention: Option<String>,
    pub reply: Option<Reply>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: AskedGroupId,
    asked_code: String,
    supervisor_id: PersonId,
    #[sqlx(flatten)]
    supervisor: NameRow,
    kind: GroupKind,
    mode: MeetingMode,
    region: String,
    week: i64,
    day: i64,
    start_minute: i64,
    length_minutes: i64,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    meets_every: MeetsEvery,
    least: i64,
    places: i64,
    closed_at: Option<DateTime<Utc>>,
    group_slug: Option<String>,
    group_name: Option<String>,
    version: i64,
}

/// The groups of a round that people were asked about, in the order in which they were, or the one of a code.
pub(super) async fn asked_groups(moment: &mut Transaction, round: RoundId, code: &str) -> Result<Vec<AskedGroup>, AppError> {
    const GROUPS: &str = "\
SELECT g.id, g.code AS asked_code, g.supervisor_id, p.code, p.title, p.given_name, p.family_name, g.kind, g.mode, g.region, g.week, g.day,
    g.start_minute, g.length_minutes, r.starts_on, r.ends_on, r.meets_every, g.least, g.places, g.closed_at, m.slug AS group_slug,
    m.name AS group_name, g.version
FROM asked_group g
JOIN matching_round r ON r.id = g.round_id
JOIN person p ON p.id = g.supervisor_id
LEFT JOIN supervision_group m ON m.id = g.group_id
WHERE g.round_id = $1
    AND ($2 = '' OR g.code = $2)
ORDER BY g.asked_at, g.id";

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(GROUPS).bind(round).bind(code).fetch_all(connection).await)?;
    let mut groups: Vec<AskedGroup> = rows.into_iter().map(AskedGroup::from).collect();
    for (group, person) in people(moment, round).await? {
        if let Some(of) = groups.iter_mut().find(|one| one.id == group) {
            of.people.push(person);
        }
    }
    Ok(groups)
}

async fn people(moment: &mut Transaction, round: RoundId) -> Result<Vec<(AskedGroupId, AskedPerson)>, AppError> {
    const PEOPLE: &str = "\
SELECT w.asked_group_id, w.person_id, w.code AS asked, p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority, w.part,
    w.beside, r.intervention, w.answer,
    p.standing = 'suspended' OR EXISTS (SELECT 1 FROM safety_hold h WHERE h.person_id = p.id AND h.lifted_at IS NULL) AS is_out
FROM asked_person w
JOIN asked_group g ON g.id = w.asked_group_id
JOIN person p ON p.id = w.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN registration r ON r.person_id = w.person_id
WHERE g.round_id = $1
ORDER BY p.given_key, p.family_key, p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        asked_group_id: AskedGroupId,
        person_id: PersonId,
        asked: String,
        #[sqlx(flatten)]
        name: NameRow,
        profession: String,
        authority: String,
        part: Part,
        beside: Option<HostRole>,
        intervention: Option<String>,
        answer: Option<Reply>,
        is_out: bool,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(round).fetch_all(connection).await)?;
    let person = |row: Row| {
        let about = about(&row.profession, &row.authority);
        let Row { asked_group_id, person_id: person, asked, name, part, beside, intervention, answer: reply, is_out, .. } = row;
        (asked_group_id, AskedPerson { person, asked, name: name.into(), about, part, beside, is_out, intervention, reply })
    };
    Ok(rows.into_iter().map(person).collect())
}

impl From<Row> for AskedGroup {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            code: row.asked_code,
            supervisor: row.supervisor_id,
            supervisor_name: row.supervisor.into(),
            kind: row.kind,
            mode: row.mode,
            region: row.region,
            meeting: Meeting {
                week: row.week,
                day: row.day,
                minute: row.start_minute,
                length_minutes: row.length_minutes,
                meets_every: row.meets_every,
                from: row.starts_on,
                until: row.ends_on,
            },
            least: row.least,
            places: row.places,
            is_closed: row.closed_at.is_some(),
            made: row.group_slug.zip(row.group_name),
            version: row.version,
            people: Vec::new(),
        }
    }
}

impl AskedGroup {
    /// Everybody who is asked for a place.
    pub fn members(&self) -> impl Iterator<Item = &AskedPerson> {
        self.people.iter().filter(|one| one.part == Part::Practitioner)
    }

    /// Who has not declined, so that a place is theirs or held for them.
    pub fn seated(&self) -> impl Iterator<Item = &AskedPerson> {
        self.members().filter(|one| one.reply != Some(Reply::Declined))
    }

    /// Whether a place in it is somebody's, or held for them.
    pub fn holds_place_of(&self, person: PersonId) -> bool {
        self.placed().any(|one| one.person == person)
    }

    /// Whose the places are, or for whom they are held: of a group that was made, those who accepted; of a question that was taken back, nobody.
    pub fn placed(&self) -> impl Iterator<Item = &AskedPerson> {
        let (is_made, is_open) = (self.made.is_some(), !self.is_closed);
        self.seated().filter(move |one| is_open || (is_made && one.reply == Some(Reply::Accepted)))
    }

    /// Who accepts a place.
    pub fn accepting(&self) -> impl Iterator<Item = &AskedPerson> {
        self.members().filter(|one| one.reply == Some(Reply::Accepted))
    }

    /// The named intervention that all who accept would bring, where it is the same.
    pub fn intervention(&self) -> Option<&'static str> {
        let mut brought = self.accepting().map(|one| one.intervention.as_deref());
        let first = brought.next().flatten()?;
        if brought.all(|other| other == Some(first)) { named_intervention(first) } else { None }
    }

    /// Everybody who is asked to be beside whoever would lead it, with what they would be.
    pub fn beside(&self) -> impl Iterator<Item = (&AskedPerson, HostRole)> {
        self.people.iter().filter_map(|one| Some((one, one.beside?)))
    }

    /// What whoever would lead it answers.
    pub fn leader_replies(&self) -> Option<Reply> {
        self.people.iter().find(|one| one.part == Part::Supervisor && one.beside.is_none()).and_then(|one| one.reply)
    }

    /// How many places are neither taken nor held.
    pub fn open_places(&self) -> i64 {
        if self.is_closed { 0 } else { (self.places - count(self.seated())).max(0) }
    }

    /// How it stands.
    pub fn stage(&self) -> Stage {
        match &self.made {
            Some((slug, name)) => Stage::Made(slug.clone(), name.clone()),
            None if self.is_closed => Stage::TakenBack,
            None if self.may_be_made() => Stage::Ready,
            None => Stage::Waiting,
        }
    }

    /// Whether its supervisor accepts, and as many people as are enough.
    pub fn may_be_made(&self) -> bool {
        self.leader_replies() == Some(Reply::Accepted) && count(self.accepting()) >= self.least
    }

    /// When and how it would meet.
    pub fn terms(&self, days_off: &DaysOffOfAll, today: NaiveDate) -> Terms {
        let rhythm = self.meeting.rhythm(today);
        Terms {
            kind: self.kind,
            supervisor: self.supervisor_name.clone(),
            when: rhythm.to_string(),
            way: way_in_words(self.mode, &self.region),
            first: days_off.first_session(self.supervisor, rhythm, self.meeting.until),
            until: self.meeting.until,
        }
    }
}

impl Terms {
    /// The same for letters.
    pub(super) fn told<'a>(&self, beside: Vec<HostRole>, origin: &'a str) -> Told<'a> {
        Told { kind: self.kind, when: self.when.clone(), way: self.way.clone(), first: self.first, until: self.until, beside, origin }
    }
}

impl From<&AskedPerson> for Answering {
    fn from(one: &AskedPerson) -> Self {
        Self { person: one.name.clone(), about: one.about.clone(), reply: one.reply }
    }
}

/// How many there are.
pub(super) fn count<T>(of: impl Iterator<Item = T>) -> i64 {
    i64::try_from(of.count()).unwrap_or(i64::MAX)
}
