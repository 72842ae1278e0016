//! Events of the community: three to come, one of them full with people who wait, two that have been, and a draft.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::cast::Cast;
use super::community::Community;
use super::draw::Draw;
use crate::access::Role;
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::{Answer, EventId, EventKind};
use crate::groups::MeetingMode;
use crate::people::PersonId;
use crate::spaces::Written;
use crate::spaces::store::readable;

/// An event as it is written down beforehand.
struct Script {
    kind: EventKind,
    title: &'static str,
    speaker: &'static str,
    text: &'static str,
    space: &'static str,
    /// Days after the Monday of this week, and the hour and minute at which it begins.
    day: i64,
    at: (u32, u32),
    length_minutes: i64,
    mode: MeetingMode,
    place: &'static str,
    /// How many come beside Amina, how many places are left, and how many wait; as many as want to come where no places are counted.
    coming: usize,
    left: Option<i64>,
    waiting: usize,
    amina: Option<Answer>,
    reading: &'static [&'static str],
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    Published,
    Marked,
}

const ONLINE: &str = "https://rooms.example/community";

const SCRIPTS: [Script; 6] = [
    Script {
        kind: EventKind::JournalClub,
        title: "Still face, fifty years on",
        speaker: "",
        text: "We read the paper together and ask what it shows us **in supervision**.\n\nPlease bring:\n\n- one sentence of the paper that stayed with you\n- a pause from your own week, without anything that points to a family",
        space: "ask-anything",
        day: 15,
        at: (12, 30),
        length_minutes: 60,
        mode: MeetingMode::Online,
        place: "",
        coming: 11,
        left: Some(1),
        waiting: 0,
        amina: None,
        reading: &["still-face"],
        stage: Stage::Published,
    },
    Script {
        kind: EventKind::Webinar,
        title: "Fathers who work nights",
        speaker: "a health visitor and a father from one of the first family hubs",
        text: "Three hubs tried three ways of meeting fathers who sleep by day. What worked, what did not, and what they would do again.\n\nHalf of the time is for questions.",
        space: "fathers",
        day: 23,
        at: (16, 0),
        length_minutes: 90,
        mode: MeetingMode::Online,
        place: "",
        coming: 14,
        left: Some(0),
        waiting: 2,
        amina: Some(Answer::Waiting),
        reading: &[],
        stage: Stage::Published,
    },
    Script {
        kind: EventKind::TrainingDay,
        title: "Beginning a supervision group well",
        speaker: "two supervisors from the region",
        text: "A day for whoever starts in a group this winter: what an agreement is for, the first three sessions, and what to do when a group falls silent.\n\nLunch is provided. Say at the door what you cannot eat.",
        space: "yorkshire",
        day: 39,
        at: (9, 30),
        length_minutes: 360,
        mode: MeetingMode::InPerson,
        place: "Room 2, Shipley library, Shipley",
        coming: 7,
        left: None,
        waiting: 0,
        amina: Some(Answer::Yes),
        reading: &[],
        stage: Stage::Published,
    },
    Script {
        kind: EventKind::Webinar,
        title: "Putting a hard visit down",
        speaker: "a clinical psychologist",
        text: "What the body keeps of a hard visit, and three small ways of putting it down before the next door.",
        space: "ask-anything",
        day: -20,
        at: (12, 30),
        length_minutes: 60,
        mode: MeetingMode::Online,
        place: "",
        coming: 9,
        left: Some(11),
        waiting: 0,
        amina: Some(Answer::Yes),
        reading: &[],
        stage: Stage::Marked,
    },
    Script {
        kind: EventKind::ReadingCircle,
        title: "Ghosts and angels in the nursery",
        speaker: "",
        text: "Two short papers that belong together, a part at a time.",
        space: "endings",
        day: -6,
        at: (15, 0),
        length_minutes: 75,
        mode: MeetingMode::Online,
        place: "",
        coming: 6,
        left: None,
        waiting: 0,
        amina: None,
        reading: &["angels-in-the-nursery", "ghosts-in-the-nursery"],
        stage: Stage::Published,
    },
    Script {
        kind: EventKind::JournalClub,
        title: "What containment asks of us",
        speaker: "",
        text: "A draft, to be talked over first.",
        space: "supervisors",
        day: 46,
        at: (12, 30),
        length_minutes: 60,
        mode: MeetingMode::Online,
        place: "",
        coming: 0,
        left: Some(12),
        waiting: 0,
        amina: None,
        reading: &[],
        stage: Stage::Draft,
    },
];

/// Stores them. The library has been laid out and the spaces made.
pub async fn insert_events(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    seed: u64,
    (cast, community): (&Cast, &Community),
) -> Result<(), AppError> {
    let mut draw = Draw::of(seed, "events");
    let lead = cast.everybody.iter().find(|person| person.roles.contains(&Role::ClinicalLead)).map_or(cast.ruth, |person| person.id);
    for script in &SCRIPTS {
        let host = if script.stage == Stage::Draft { cast.ruth } else { lead };
        let event = EventId(draw.id());
        insert_event(transaction, now, (&mut draw, script), (event, host, community)).await?;
        answer(transaction, now, (&mut draw, script), (event, cast)).await?;
        for item in script.reading {
            read_before(transaction, (event, item)).await?;
        }
    }
    Ok(())
}

/// When it begins: on a working day, so that nobody comes in a holiday.
fn starts_of(now: DateTime<Utc>, script: &Script) -> NaiveDateTime {
    let monday = ::series::monday_of(::series::local(now).date());
    let (mut day, step) = (monday + TimeDelta::days(script.day), if script.day < 0 { -7 } else { 7 });
    while !::series::is_working_day(day) {
        day += TimeDelta::days(step);
    }
    let (hour, minute) = script.at;
    day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
}

async fn insert_event(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    (draw, script): (&mut Draw, &Script),
    (event, host, community): (EventId, PersonId, &Community),
) -> Result<(), AppError> {
    const EVENT: &str = "\
INSERT INTO event (id, code, kind, title, speaker, source, html, space_id, host_id, mode, room_url, place, starts_local, zone, length_minutes, starts_at,
    ends_at, capacity, closes_hours, minutes, made_at, published_at, cancelled_reason, marked_at, settled_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'Europe/London', $14, $15, $16, $17, 2, $14, $18, $19, '', $20, $21, 1)";

    let Some(space) = community.spaces.iter().find(|space| space.slug == script.space) else { return Ok(()) };
    let starts = starts_of(now, script);
    let starts_at = ::series::instant(starts);
    let ends_at = starts_at + TimeDelta::minutes(script.length_minutes);
    let made_at = (starts_at - TimeDelta::days(30)).min(now - TimeDelta::days(2));
    let text = Written::of(script.text)?;
    let own = usize::from(script.amina == Some(Answer::Yes));
    let taken = i64::try_from(script.coming + own).unwrap_or_default();
    on!(&mut transaction, connection => sqlx::query(EVENT)
        .bind(event)
        .bind(draw.code())
        .bind(script.kind)
        .bind(script.title)
        .bind(script.speaker)
        .bind(text.source())
        .bind(text.html())
        .bind(space.id)
        .bind(host)
        .bind(script.mode)
        .bind(if script.mode == MeetingMode::Online { ONLINE } else { "" })
        .bind(script.place)
        .bind(starts)
        .bind(script.length_minutes)
        .bind(starts_at)
        .bind(ends_at)
        .bind(script.left.map(|left| taken + left))
        .bind(made_at)
        .bind((script.stage != Stage::Draft).then(|| made_at + TimeDelta::hours(1)))
        .bind((script.stage == Stage::Marked).then(|| ends_at + TimeDelta::hours(2)))
        .bind((script.stage != Stage::Draft && starts_at <= now).then_some(starts_at))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Lets people answer, Amina before those who wait.
async fn answer(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    (draw, script): (&mut Draw, &Script),
    (event, cast): (EventId, &Cast),
) -> Result<(), AppError> {
    const ANSWER: &str = "\
INSERT INTO event_answer (event_id, person_id, answer, answered_at, state)
SELECT $1, p.id, $3, $4, $5
FROM person p
WHERE p.id = $2";

    let mut others: Vec<PersonId> = cast.practitioners.iter().copied().filter(|person| *person != cast.amina).collect();
    draw.shuffle(&mut others);
    let belonging = who_belong(transaction, event, now).await?;
    others.retain(|person| belonging.contains(person));
    let (yes, waiting) = others.split_at(script.coming.min(others.len()));
    let coming = yes.iter().map(|person| (*person, Answer::Yes));
    let own = script.amina.map(|answer| (cast.amina, answer));
    let waiting = waiting.iter().take(script.waiting).map(|person| (*person, Answer::Waiting));
    let first = ::series::instant(starts_of(now, script)).min(now) - TimeDelta::days(1);
    for (place, (person, answer)) in (0_i32..).zip(coming.chain(own).chain(waiting)) {
        let is_there = script.stage == Stage::Marked && answer == Answer::Yes;
        // Of those who had a place at a past event, one did not come.
        let state = if place == 3 { "did_not_attend" } else { "attended" };
        on!(&mut transaction, connection => sqlx::query(ANSWER)
            .bind(event)
            .bind(person)
            .bind(answer)
            .bind(first + TimeDelta::minutes(i64::from(place) * 20))
            .bind(is_there.then_some(state))
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Those whom an event is for. Anybody else's place would lapse before it is seen.
async fn who_belong(transaction: &mut Transaction, event: EventId, now: DateTime<Utc>) -> Result<HashSet<PersonId>, AppError> {
    const BELONG: &str = concat!(
        "SELECT p.id FROM event e CROSS JOIN person p WHERE e.id = $1 AND EXISTS (SELECT 1 FROM (",
        readable!("p.id", "$2"),
        ") r WHERE r.id = e.space_id)"
    );

    let people: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(BELONG)
        .bind(event)
        .bind(now - STARTING)
        .fetch_all(connection).await)?;
    Ok(people.into_iter().collect())
}

async fn read_before(transaction: &mut Transaction, (event, slug): (EventId, &str)) -> Result<(), AppError> {
    const READ: &str = "INSERT INTO event_reading (event_id, item_id) SELECT $1, i.id FROM library_item i WHERE i.slug = $2";

    on!(&mut transaction, connection => sqlx::query(READ).bind(event).bind(slug).execute(connection).await.map(|_| ()))?;
    Ok(())
}
