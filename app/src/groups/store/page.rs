//! What the page of one group reads.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::FromRow;

use super::super::answers::{
    AgreementCard, AgreementFacts, EndPage, GroupChange, GroupFacts, GroupPage, Participant, PartyLine, SeriesLine,
};
use super::super::audience::audience_of_group;
use super::super::forms::{GroupAddress, page_number};
use super::chain::upkeep_of;
use super::commitment::commitment_of;
use super::open::OpenedGroup;
use super::running_out::running_out_of;
use super::sessions::{coming_sessions, past_sessions};
use crate::access::Actor;
use crate::database::on;
use crate::diaries::RhythmRow;
use crate::error::AppError;
use crate::groups::{GroupKind, MeetingMode};
use crate::people::PersonName;
use crate::people::store::NameRow;

/// Everything on the page of a group.
pub async fn group_page(actor: &Actor, group: &OpenedGroup, address: &GroupAddress) -> Result<GroupPage, AppError> {
    let supervisor = supervisor_of(actor, group).await?;
    let members = members_of(actor, group).await?;
    // The way in stands on each session's page, for those who come and while the door is open; here it would be open to all and always.
    Ok(GroupPage {
        facts: GroupFacts { room_url: String::new(), room_phone: String::new(), ..facts_of(actor, group).await? },
        audience: audience_of_group(members.len(), &supervisor.name.short),
        relation: group.relation(),
        may_change: group.is_managed() && !group.is_ended(),
        may_plan: group.may_be_planned(),
        upkeep: upkeep_of(actor, group).await?,
        commitment: commitment_of(actor, group).await?,
        agreement: agreement_card(actor, group).await?,
        series: series_of(actor, group).await?,
        running_out: running_out_of(actor, group).await?,
        coming: coming_sessions(actor, group, page_number(&address.coming)).await?,
        past: past_sessions(actor, group, page_number(&address.past)).await?,
        supervisor,
        members,
    })
}

/// Who can see a group's pages, in a sentence.
pub async fn audience(actor: &Actor, group: &OpenedGroup) -> Result<String, AppError> {
    let supervisor = supervisor_of(actor, group).await?;
    Ok(audience_of_group(members_of(actor, group).await?.len(), &supervisor.name.short))
}

/// Name, kind and room of a group, for the form that changes them.
pub async fn facts_of(actor: &Actor, group: &OpenedGroup) -> Result<GroupFacts, AppError> {
    const FACTS: &str = "\
SELECT slug, name, kind, intervention, mode, room_url, room_phone, place, capacity, ended_at, version
FROM supervision_group
WHERE id = $1";

    #[derive(FromRow)]
    struct Row {
        slug: String,
        name: String,
        kind: GroupKind,
        intervention: Option<String>,
        mode: MeetingMode,
        room_url: String,
        room_phone: String,
        place: String,
        capacity: i64,
        ended_at: Option<DateTime<Utc>>,
        version: i64,
    }

    let database = actor.database();
    let row: Row = on!(database, pool => sqlx::query_as(FACTS).bind(group.id()).fetch_one(pool).await)?;
    Ok(GroupFacts {
        slug: row.slug,
        name: row.name,
        kind: row.kind,
        intervention: row.intervention,
        mode: row.mode,
        room_url: row.room_url,
        room_phone: row.room_phone,
        place: row.place,
        capacity: row.capacity,
        ended_on: row.ended_at.map(day_of),
        version: row.version,
    })
}

/// A person as the others of a group see them.
#[derive(FromRow)]
pub(super) struct ParticipantRow {
    #[sqlx(flatten)]
    name: NameRow,
    profession: String,
    authority: String,
    is_self: bool,
    joined_on: Option<NaiveDate>,
}

impl From<ParticipantRow> for Participant {
    fn from(row: ParticipantRow) -> Self {
        let about: Vec<String> = [row.profession, row.authority].into_iter().filter(|part| !part.is_empty()).collect();
        Self { name: row.name.into(), about: about.join(", "), is_self: row.is_self, joined_on: row.joined_on }
    }
}

/// The members of a group, in the order of their names.
pub async fn members_of(actor: &Actor, group: &OpenedGroup) -> Result<Vec<Participant>, AppError> {
    const MEMBERS: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority, p.id = $2 AS is_self, m.joined_on
FROM membership m
JOIN person p ON p.id = m.person_id
LEFT JOIN authority a ON a.id = p.authority_id
WHERE m.group_id = $1
    AND m.left_on IS NULL
ORDER BY p.given_key, p.family_key, p.id";

    let database = actor.database();
    let rows: Vec<ParticipantRow> =
        on!(database, pool => sqlx::query_as(MEMBERS).bind(group.id()).bind(actor.person()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Participant::from).collect())
}

/// Whoever leads a group.
pub async fn supervisor_of(actor: &Actor, group: &OpenedGroup) -> Result<Participant, AppError> {
    const SUPERVISOR: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name, p.profession, COALESCE(a.name, '') AS authority, p.id = $2 AS is_self,
    CAST(NULL AS DATE) AS joined_on
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE p.id = $1";

    let database = actor.database();
    let row: ParticipantRow =
        on!(database, pool => sqlx::query_as(SUPERVISOR).bind(group.supervisor()).bind(actor.person()).fetch_one(pool).await)?;
    Ok(row.into())
}

/// The agreement in force and the one proposed, with who of the present group has agreed to each.
async fn agreement_card(actor: &Actor, group: &OpenedGroup) -> Result<AgreementCard, AppError> {
    const VERSIONS: &str = "\
SELECT version, review_on, proposed_at, in_force_at
FROM agreement
WHERE group_id = $1
    AND ended_at IS NULL
ORDER BY version";
    const PARTIES: &str = "\
SELECT v.version, p.code, p.title, p.given_name, p.family_name, p.id = $2 AS is_self, p.id = g.supervisor_id AS is_supervisor, a.agreed_at
FROM agreement v
JOIN supervision_group g ON g.id = v.group_id
JOIN agreement_party a ON a.agreement_id = v.id
JOIN person p ON p.id = a.person_id
LEFT JOIN membership m ON m.group_id = v.group_id AND m.person_id = p.id AND m.left_on IS NULL
WHERE v.group_id = $1
    AND v.ended_at IS NULL
    AND (p.id = g.supervisor_id OR m.person_id IS NOT NULL)
ORDER BY is_supervisor DESC, p.given_key, p.family_key, p.id";

    #[derive(FromRow)]
    struct VersionRow {
        version: i64,
        review_on: NaiveDate,
        proposed_at: DateTime<Utc>,
        in_force_at: Option<DateTime<Utc>>,
    }

    #[derive(FromRow)]
    struct PartyRow {
        version: i64,
        #[sqlx(flatten)]
        name: NameRow,
        is_self: bool,
        is_supervisor: bool,
        agreed_at: Option<DateTime<Utc>>,
    }

    let database = actor.database();
    let versions: Vec<VersionRow> = on!(database, pool => sqlx::query_as(VERSIONS).bind(group.id()).fetch_all(pool).await)?;
    let parties: Vec<PartyRow> =
        on!(database, pool => sqlx::query_as(PARTIES).bind(group.id()).bind(actor.person()).fetch_all(pool).await)?;
    let mut lines: Vec<(i64, PartyLine)> = parties
        .into_iter()
        .map(|row| {
            let PartyRow { version, name, is_self, is_supervisor, agreed_at } = row;
            (version, PartyLine { name: name.into(), is_self, is_supervisor, agreed_on: agreed_at.map(day_of) })
        })
        .collect();
    let mut card = AgreementCard::default();
    for row in versions {
        let since = day_of(row.in_force_at.unwrap_or(row.proposed_at));
        let parties = lines.extract_if(.., |(version, _)| *version == row.version).map(|(_, line)| line).collect();
        let facts = AgreementFacts { version: row.version, since, review_on: row.review_on, parties };
        match row.in_force_at {
            Some(_) => card.in_force = Some(facts),
            None => card.proposed = Some(facts),
        }
    }
    Ok(card)
}

/// The series of a group; drafts only for those who may plan.
pub async fn series_of(actor: &Actor, group: &OpenedGroup) -> Result<Vec<SeriesLine>, AppError> {
    const SERIES: &str = "\
SELECT s.starts_on, s.starts_time, s.length_minutes, s.every_weeks, s.every_months, s.month_place, s.published_at IS NOT NULL AS is_published, s.deleted_at IS NOT NULL AS is_deleted,
    (SELECT COUNT(*) FROM session n WHERE n.series_id = s.id) AS session_count,
    (SELECT MAX(n.starts_local) FROM session n WHERE n.series_id = s.id) AS last_local
FROM series s
WHERE s.group_id = $1
ORDER BY s.id";

    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        rhythm: RhythmRow,
        is_published: bool,
        is_deleted: bool,
        session_count: i64,
        last_local: Option<NaiveDateTime>,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(SERIES).bind(group.id()).fetch_all(pool).await)?;
    let is_shown = |row: &Row| !row.is_deleted && (row.is_published || group.may_be_planned());
    let lines = (1..).zip(rows).filter(|(_, row)| is_shown(row)).map(|(number, row)| {
        Ok(SeriesLine {
            number,
            rhythm: row.rhythm.rhythm()?,
            is_published: row.is_published,
            sessions: row.session_count,
            last_on: row.last_local.map(|last| last.date()),
        })
    });
    lines.collect()
}

/// Everybody who can lead a group, for a list to choose from.
pub async fn supervisors(actor: &Actor) -> Result<Vec<PersonName>, AppError> {
    const SUPERVISORS: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.standing <> 'suspended'
ORDER BY p.given_key, p.family_key, p.id";

    let database = actor.database();
    let rows: Vec<NameRow> = on!(database, pool => sqlx::query_as(SUPERVISORS).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(PersonName::from).collect())
}

/// What the form begins with that changes a group.
pub async fn group_to_change(actor: &Actor, group: &OpenedGroup) -> Result<GroupChange, AppError> {
    Ok(GroupChange { facts: Some(facts_of(actor, group).await?), supervisor: supervisor_of(actor, group).await?.name.code })
}

/// What ending a group would do.
pub async fn group_to_end(actor: &Actor, group: &OpenedGroup) -> Result<EndPage, AppError> {
    const COUNT: &str = "\
SELECT
    (SELECT COUNT(*) FROM membership m WHERE m.group_id = $1 AND m.left_on IS NULL),
    (SELECT COUNT(*) FROM session s WHERE s.group_id = $1 AND s.starts_at > $2 AND s.cancelled_at IS NULL)";

    let database = actor.database();
    let (members, sessions): (i64, i64) =
        on!(database, pool => sqlx::query_as(COUNT).bind(group.id()).bind(actor.now()).fetch_one(pool).await)?;
    Ok(EndPage { facts: facts_of(actor, group).await?, members, sessions })
}

/// The day on which something happened, as the United Kingdom counts days.
fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    ::series::local(moment).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupForm;
    use crate::groups::fixture::{change_group, code_of, coordinator, group, slug_of};
    use crate::groups::store::{create_group, open_group};
    use crate::people::fixture::person;

    both_databases! {
        async fn a_page_shows_who_is_in_the_group_and_who_can_see_it(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let slug = slug_of(fixture, group(fixture, ruth, &[tom, amina], GroupKind::Group).await).await;
            let actor = fixture.actor(amina, &[Role::Practitioner]);
            let opened = open_group(&actor, &slug).await.unwrap();
            let page = group_page(&actor, &opened, &GroupAddress::default()).await.unwrap();
            let members: Vec<(&str, bool)> = page.members.iter().map(|member| (member.name.short.as_str(), member.is_self)).collect();
            assert_eq!(members, [("Amina R.", true), ("Tom B.", false)]);
            assert_eq!(page.supervisor.name.short, "Ruth A.");
            assert!(page.audience.starts_with("the two members, Ruth A., and the Centre’s coordinators"));
            assert!(!page.may_change && !page.may_plan);
        }

        async fn the_intervention_that_a_coordinator_chooses_for_a_group_is_shown_until_another_is_chosen_or_none(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let supervisor = code_of(fixture, ruth).await;
            let on = |intervention: &str| {
                let [name, kind, capacity, mode] = ["Aire group", "group", "6", "online"].map(str::to_owned);
                let (intervention, supervisor, room_url) = (intervention.to_owned(), supervisor.clone(), "https://rooms.example/aire".to_owned());
                GroupForm { name, kind, intervention, supervisor, capacity, mode, room_url, ..GroupForm::default() }.check().unwrap()
            };
            let opened = open_group(&actor, &create_group(&actor, &on("mellow")).await.unwrap()).await.unwrap();
            let shown = async || facts_of(&actor, &opened).await.unwrap().intervention;
            assert_eq!(shown().await.as_deref(), Some("mellow"));
            for (version, key) in [(1, "nbo"), (2, "")] {
                change_group(&actor, &opened, version, &on(key)).await.unwrap();
                assert_eq!(shown().await.unwrap_or_default(), key);
            }
        }
    }
}
