//! A thread without names, and what two people have opened: one that is over, one that is open, and one that waits for an answer.

use chrono::{DateTime, TimeDelta, Utc};

use super::cast::Cast;
use super::community::{Community, Post, Thread, hours_ago};
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::access::Role;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::openings::OpeningId;
use crate::people::PersonId;
use crate::spaces::{Ground, ThreadId, Written};

/// What somebody asked to open.
#[derive(Debug, PartialEq)]
pub struct Opening {
    pub id: OpeningId,
    pub code: String,
    pub post: Option<(ThreadId, i64)>,
    pub group: Option<GroupId>,
    pub ground: Ground,
    pub words: &'static str,
    pub hours: i64,
    pub asked_by: (PersonId, Role),
    pub asked_at: DateTime<Utc>,
    /// Who agreed, when, and in which words.
    pub agreed: Option<((PersonId, Role), DateTime<Utc>, &'static str)>,
}

/// The space in which people may post without their name.
pub const UNNAMED_IN: &str = "ask-anything";

/// What is said without a name: whether it bears none, and the words.
const TALK: [(bool, &str); 4] = [
    (
        true,
        "I have cried in the car after three visits this month. I would say so to nobody at work, so I say it here.||Does it pass, or is it telling me something?",
    ),
    (
        false,
        "Thank you for saying it. Both, I think: it passes, and it is telling you something. Who could hear it this week, before the next visit?",
    ),
    (true, "The same here, last winter. What helped was to be asked by somebody who did not need me to be all right."),
    (false, "I would bring it to supervision exactly as you wrote it. It needs no case around it."),
];

/// Lets people write without their names, and two people open what they may. It comes last, so that nothing else is drawn otherwise by it.
pub fn openings(seed: u64, present: Present, (cast, groups): (&Cast, &[Group]), community: &mut Community) -> Vec<Opening> {
    let mut draw = Draw::of(seed, "openings");
    let Some(thread) = unnamed_thread(&mut draw, present, cast, community) else { return Vec::new() };
    let who = |role: Role| cast.everybody.iter().find(|person| person.roles.contains(&role)).map(|person| (person.id, role));
    let (Some(hannah), Some(moira)) = (who(Role::ClinicalLead), who(Role::SafeguardingLead)) else { return Vec::new() };
    let ago = |hours: i64| present.now - TimeDelta::hours(hours);
    let mut openings = vec![Opening {
        id: OpeningId(draw.id()),
        code: draw.code(),
        post: Some((thread, 1)),
        group: None,
        ground: Ground::HarmToSelfOrOthers,
        words: "What is written there could be the words of somebody who is not safe with themselves, and nobody has reached them.",
        hours: 24,
        asked_by: hannah,
        asked_at: ago(3),
        agreed: Some((moira, ago(1), "I read it in the same way, and I will call them today.")),
    }];
    openings.push(Opening {
        id: OpeningId(draw.id()),
        code: draw.code(),
        post: Some((thread, 3)),
        group: None,
        ground: Ground::UnsafePractice,
        words: "I would like to be sure that whoever wrote this is supervised at present.",
        hours: 1,
        asked_by: moira,
        asked_at: ago(2),
        agreed: None,
    });
    openings.extend(groups.iter().find(|group| group.slug == AIRE).map(|group| Opening {
        id: OpeningId(draw.id()),
        code: draw.code(),
        post: None,
        group: Some(group.id),
        ground: Ground::ChildAtRisk,
        words: "A concern was raised by telephone, and what was said in the group’s space may show who holds the case.",
        hours: 4,
        asked_by: moira,
        asked_at: ago(24 * 40 + 2),
        agreed: Some((hannah, ago(24 * 40), "Agreed: we know of no other way to find out today.")),
    }));
    openings
}

/// A thread of two who keep their names back, and two who do not. Amina begins it, so that whoever looks around as she does finds what is her own.
fn unnamed_thread(draw: &mut Draw, present: Present, cast: &Cast, community: &mut Community) -> Option<ThreadId> {
    let space = community.spaces.iter_mut().find(|space| space.slug == UNNAMED_IN)?;
    space.allows_unnamed = true;
    let space = space.id;
    let number = community.threads.iter().filter(|thread| thread.space == space).map(|thread| thread.number).max().unwrap_or_default() + 1;
    let authors = [cast.amina, cast.ruth, *cast.companions.first()?, *cast.supervisors.first()?];
    let mut posts = Vec::new();
    for (place, (author, (is_unnamed, said))) in (0..).zip(authors.into_iter().zip(TALK)) {
        let text = Written::of(&said.replace("||", "\n\n")).ok()?;
        let text = text.bearing_name(!is_unnamed);
        posts.push(Post { author, text, at: hours_ago(present.now, 24 * 5 - 3 * place, place) });
    }
    let id = ThreadId(draw.id());
    let title = "What I do not say to anybody at work".to_owned();
    community.threads.push(Thread { id, space, number, title, posts, is_pinned: false });
    Some(id)
}

/// Stores what was asked, after the posts that it is about.
pub async fn insert_openings(transaction: &mut Transaction, openings: &[Opening]) -> Result<(), AppError> {
    const OPENING: &str = "\
INSERT INTO opening (id, code, thread_id, number, group_id, ground, words, silence, hours, asked_by, asked_as, asked_at, answered_by, answered_as,
    answered_at, is_agreed, answer_words, until, told_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $14)";
    const WAITS: TimeDelta = TimeDelta::days(crate::openings::WAITS_DAYS);

    for opening in openings {
        let (thread, number) = opening.post.unzip();
        let (by, agreed) = (opening.agreed.map(|(by, ..)| by).unzip(), opening.agreed);
        let at = agreed.map(|(_, at, _)| at);
        on!(&mut transaction, connection => sqlx::query(OPENING)
            .bind(opening.id)
            .bind(&opening.code)
            .bind(thread)
            .bind(number)
            .bind(opening.group)
            .bind(opening.ground)
            .bind(opening.words)
            .bind(opening.hours)
            .bind(opening.asked_by.0)
            .bind(opening.asked_by.1)
            .bind(opening.asked_at)
            .bind(by.0)
            .bind(by.1)
            .bind(at)
            .bind(agreed.map(|_| true))
            .bind(agreed.map_or("", |(_, _, words)| words))
            .bind(at.map_or(opening.asked_at + WAITS, |at| at + TimeDelta::hours(opening.hours)))
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
