//! The register in the database.

use chrono::NaiveDate;
use uuid::Uuid;

use super::answers::{AuthorityRecord, ListedAuthority, PeopleCounts, Register};
use super::forms::{NextStep, Progress};
use super::model::{AuthorityId, Stage};
use super::register::{eligible, kind_in_words};
use crate::access::{Actor, Permission, System};
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonName;
use crate::people::store::NameRow;

/// Sees to it that every eligible authority is on the register, before anybody looks at it.
pub async fn keep_register(system: &System) -> Result<(), AppError> {
    const COUNT: &str = "SELECT COUNT(*) FROM authority WHERE next_step_on IS NOT NULL OR without_step_since IS NOT NULL";
    const SINCE_NOW: &str = "UPDATE authority SET without_step_since = $1 WHERE next_step_on IS NULL AND without_step_since IS NULL";

    let database = system.database();
    let count: i64 = on!(database, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)?;
    if usize::try_from(count).is_ok_and(|count| count >= eligible().count()) {
        return Ok(());
    }
    let mut unit = system.begin().await?;
    let transaction = &mut unit;
    let entered = enter_eligible(transaction).await?;
    let today = ::series::local(system.now()).date();
    on!(&mut *transaction, connection => sqlx::query(SINCE_NOW).bind(today).execute(connection).await.map(|_| ()))?;
    // Another process that starts at the same moment may have been quicker.
    if entered > 0 {
        let detail = format!("{entered} entered");
        let entry = Entry { action: "enter_authorities", subject: "authority", subject_id: None, detail: &detail };
        audit::record_by_system(transaction, system, entry).await?;
    }
    unit.commit().await
}

/// Enters every eligible authority that is not on the register yet, as not contacted. Answers with how many there were.
pub async fn enter_eligible(transaction: &mut Transaction) -> Result<u64, AppError> {
    const ENTER: &str = "\
INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, version)
VALUES ($1, $2, $3, $4, $5, $6, 'not_contacted', '', 1)
ON CONFLICT DO NOTHING";

    let mut entered = 0;
    for line in eligible() {
        entered += on!(&mut transaction, connection => sqlx::query(ENTER)
            .bind(line.id())
            .bind(line.slug())
            .bind(line.name)
            .bind(line.gss_code)
            .bind(line.region)
            .bind(line.kind)
            .execute(connection).await.map(|done| done.rows_affected()))?;
    }
    Ok(entered)
}

/// From the end of a statement to the whole of it: the columns of [`Row`].
macro_rules! lines {
    ($end:literal) => {
        concat!(
            "\
SELECT a.id, a.slug, a.name, a.gss_code, a.region, a.kind, a.stage, a.next_step, a.next_step_on, a.without_step_since, a.version,
    o.code, o.title, o.given_name, o.family_name,
    (SELECT COUNT(*)
        FROM person p
        JOIN person_role r ON r.person_id = p.id AND r.role = 'practitioner'
        WHERE p.authority_id = a.id AND p.standing = 'registered') AS practitioners
FROM authority a
LEFT JOIN person o ON o.id = a.owner_id
",
            $end
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: AuthorityId,
    slug: String,
    name: String,
    gss_code: String,
    region: String,
    kind: String,
    stage: Stage,
    next_step: String,
    next_step_on: Option<NaiveDate>,
    without_step_since: Option<NaiveDate>,
    version: i64,
    code: Option<String>,
    title: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    practitioners: i64,
}

impl From<Row> for ListedAuthority {
    fn from(row: Row) -> Self {
        let owner = row.code.zip(row.given_name).zip(row.family_name).map(|((code, given_name), family_name)| {
            PersonName::from(NameRow { code, title: row.title.unwrap_or_default(), given_name, family_name })
        });
        Self {
            slug: row.slug,
            name: row.name,
            gss_code: row.gss_code,
            region: row.region,
            stage: row.stage,
            owner,
            next_step: row.next_step_on.map(|on| NextStep { words: row.next_step, on }),
            without_step_since: row.without_step_since,
            practitioners: row.practitioners,
        }
    }
}

/// The whole register, by name.
pub async fn register(actor: &Actor) -> Result<Register, AppError> {
    const REGISTER: &str = lines!("ORDER BY a.name");

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(REGISTER).fetch_all(pool).await)?;
    Ok(Register { authorities: rows.into_iter().map(ListedAuthority::from).collect(), owners: owners(actor).await?, today: today(actor) })
}

/// One authority; nothing where there is none of that address.
pub async fn record_of(actor: &Actor, slug: &str) -> Result<Option<AuthorityRecord>, AppError> {
    const RECORD: &str = lines!("WHERE a.slug = $1");

    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(RECORD).bind(slug).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(AuthorityRecord {
        people: people_of(actor, row.id).await?,
        kind: kind_in_words(&row.kind).to_owned(),
        version: row.version,
        line: ListedAuthority::from(row),
        owners: owners(actor).await?,
        today: today(actor),
        may_change: actor.may(Permission::ManageAuthorities),
        may_see_people: actor.may(Permission::ManagePeople),
    }))
}

fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}

async fn people_of(actor: &Actor, authority: AuthorityId) -> Result<PeopleCounts, AppError> {
    const PEOPLE: &str = "\
SELECT COUNT(CASE WHEN p.standing = 'registered' THEN 1 END) AS registered,
    COUNT(CASE WHEN p.standing = 'invited' THEN 1 END) AS invited,
    COUNT(CASE WHEN p.standing = 'not_invited' THEN 1 END) AS not_invited,
    COUNT(CASE WHEN p.standing = 'suspended' THEN 1 END) AS suspended,
    COUNT(CASE WHEN EXISTS (
        SELECT 1
        FROM membership m
        JOIN supervision_group g ON g.id = m.group_id
        WHERE m.person_id = p.id AND m.left_on IS NULL AND g.ended_at IS NULL
    ) THEN 1 END) AS placed
FROM person p
WHERE p.authority_id = $1";

    Ok(on!(actor.database(), pool => sqlx::query_as(PEOPLE).bind(authority).fetch_one(pool).await)?)
}

/// Who may keep up with an authority: those who coordinate and can sign in.
async fn owners(actor: &Actor) -> Result<Vec<PersonName>, AppError> {
    const OWNERS: &str = "\
SELECT p.code, p.title, p.given_name, p.family_name
FROM person p
JOIN person_role r ON r.person_id = p.id
WHERE r.role = 'coordinator' AND p.standing = 'registered'
ORDER BY p.given_key, p.family_key, p.id";

    let rows: Vec<NameRow> = on!(actor.database(), pool => sqlx::query_as(OWNERS).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(PersonName::from).collect())
}

/// Says where the Centre stands with an authority, unless somebody else did so in the meantime and to another end.
pub async fn set_progress(actor: &Actor, progress: &Progress) -> Result<(), AppError> {
    const SET: &str = "\
UPDATE authority
SET stage = $1, owner_id = $2, next_step = $3, next_step_on = $4, version = version + 1,
    without_step_since = CASE WHEN $4 IS NULL THEN COALESCE(without_step_since, $7) END
WHERE id = $5 AND version = $6";

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let (authority, now) = find(transaction, &progress.slug).await?;
    let owner = owner_of(transaction, &progress.owner, now.owner.as_ref()).await?;
    let differences = differences(&now, progress);
    if differences.is_empty() {
        return Ok(());
    }
    let set = on!(&mut transaction, connection => sqlx::query(SET)
        .bind(progress.stage)
        .bind(owner)
        .bind(progress.next_step.as_ref().map_or("", |step| step.words.as_str()))
        .bind(progress.next_step.as_ref().map(|step| step.on))
        .bind(authority)
        .bind(progress.version)
        .bind(today(actor))
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if set == 0 {
        return Err(AppError::Conflict(format!(
            "Somebody else changed this authority since you opened the page: {}. What you typed is kept below. Look at both, then save again to put yours in place.",
            differences.join("; ")
        )));
    }
    let detail = format!("stage {}, version {}", progress.stage.key(), progress.version + 1);
    let entry = Entry { action: "set_progress", subject: "authority", subject_id: Some(authority.0), detail: &detail };
    audit::record(transaction, actor, entry).await?;
    unit.commit().await
}

async fn find(transaction: &mut Transaction, slug: &str) -> Result<(AuthorityId, ListedAuthority), AppError> {
    const FIND: &str = lines!("WHERE a.slug = $1");

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(FIND).bind(slug).fetch_optional(connection).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok((row.id, ListedAuthority::from(row)))
}

/// A coordinator, or whoever is the owner already, though they may no longer coordinate.
async fn owner_of(transaction: &mut Transaction, code: &str, now: Option<&PersonName>) -> Result<Option<Uuid>, AppError> {
    const OWNER: &str = "\
SELECT p.id
FROM person p
WHERE p.code = $1
    AND (p.code = $2 OR p.standing = 'registered' AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'coordinator'))";

    if code.is_empty() {
        return Ok(None);
    }
    let now = now.map_or("", |owner| owner.code.as_str());
    let owner: Option<Uuid> =
        on!(&mut transaction, connection => sqlx::query_scalar(OWNER).bind(code).bind(now).fetch_optional(connection).await)?;
    owner.map(Some).ok_or_else(|| AppError::invalid("owner", "Choose a coordinator from the list"))
}

/// In words, what stands there now and was typed otherwise; nothing where the two agree.
fn differences(now: &ListedAuthority, typed: &Progress) -> Vec<String> {
    let mut differences = Vec::new();
    if now.stage != typed.stage {
        differences.push(format!("the stage is now {}", now.stage.name().to_lowercase()));
    }
    if now.owner.as_ref().map_or("", |owner| owner.code.as_str()) != typed.owner {
        let owner = now.owner.as_ref().map_or("nobody", |owner| owner.short.as_str());
        differences.push(format!("the owner is now {owner}"));
    }
    if now.next_step != typed.next_step {
        differences.push(match &now.next_step {
            Some(step) => format!("the next step is now “{}” on {}", step.words, step.on.format("%-d %B %Y")),
            None => "there is no next step now".to_owned(),
        });
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Premises, Role, system};
    use crate::audit::{Verdict, verify};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::people::fixture::{code_of, person};

    async fn fill(fixture: &Fixture) {
        let mut transaction = fixture.database.begin().await.unwrap();
        enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn coordinator(fixture: &Fixture) -> (PersonId, Actor) {
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        (sian, fixture.actor(sian, &[Role::Coordinator]))
    }

    fn progress(version: i64, stage: Stage, owner: &str) -> Progress {
        let next_step = NextStep { words: "Welcome call".to_owned(), on: "2026-11-05".parse().unwrap() };
        Progress { slug: "bradford".to_owned(), version, stage, owner: owner.to_owned(), next_step: Some(next_step) }
    }

    both_databases! {
        async fn the_register_is_entered_once_however_often_a_server_starts(fixture: Fixture) {
            let (_, actor) = coordinator(fixture).await;
            let premises = Premises {
                database: fixture.database.clone(),
                clock: fixture.clock,
                is_demonstration: false,
                origin: "https://reverie.example".into(),
            };

            for _ in 0..2 {
                keep_register(&system(&premises, "a test")).await.unwrap();
            }

            assert_eq!(register(&actor).await.unwrap().authorities.len(), 75);
            assert_eq!(verify(&fixture.database).await.unwrap(), Verdict::Whole { entries: 1 });
        }

        async fn a_coordinator_says_where_the_centre_stands(fixture: Fixture) {
            fill(fixture).await;
            let (sian, actor) = coordinator(fixture).await;
            let code = code_of(fixture, sian).await;

            set_progress(&actor, &progress(1, Stage::Agreed, &code)).await.unwrap();

            let record = record_of(&actor, "bradford").await.unwrap().unwrap();
            assert_eq!((record.line.stage, record.version, record.may_change), (Stage::Agreed, 2, true));
            assert_eq!(record.line.owner.unwrap().short, "Sian L.");
            assert_eq!(record.line.next_step.unwrap().words, "Welcome call");
        }

        async fn the_second_of_two_who_save_at_once_is_told_what_the_first_saved(fixture: Fixture) {
            fill(fixture).await;
            let (_, actor) = coordinator(fixture).await;
            set_progress(&actor, &progress(1, Stage::Agreed, "")).await.unwrap();

            let second = set_progress(&actor, &Progress { next_step: None, ..progress(1, Stage::Active, "") }).await;

            let Err(AppError::Conflict(sentence)) = second else { panic!("{second:?}") };
            assert!(sentence.contains("the stage is now agreed"), "{sentence}");
            assert!(sentence.contains("“Welcome call” on 5 November 2026"), "{sentence}");
            assert_eq!(record_of(&actor, "bradford").await.unwrap().unwrap().line.stage, Stage::Agreed);
        }

        async fn since_when_there_is_no_next_step_is_known_until_there_is_one(fixture: Fixture) {
            const LEAVE: &str = "UPDATE authority SET without_step_since = NULL WHERE slug = 'derby'";
            fill(fixture).await;
            let (sian, _) = coordinator(fixture).await;
            let on = |days: u64| fixture.actor_at(fixture.now() + chrono::Days::new(days), sian, &[Role::Coordinator]);
            let since = async |slug: &str| record_of(&on(0), slug).await.unwrap().unwrap().line.without_step_since;
            let without = |version| Progress { next_step: None, ..progress(version, Stage::Aware, "") };
            set_progress(&on(1), &without(1)).await.unwrap();
            set_progress(&on(5), &Progress { stage: Stage::Assessed, ..without(2) }).await.unwrap();
            assert_eq!(since("bradford").await, Some("2026-10-23".parse().unwrap()));
            set_progress(&on(6), &progress(3, Stage::Assessed, "")).await.unwrap();
            assert_eq!(since("bradford").await, None);
            set_progress(&on(7), &Progress { stage: Stage::Assessed, ..without(4) }).await.unwrap();
            assert_eq!(since("bradford").await, Some("2026-10-29".parse().unwrap()));

            let database = &fixture.database;
            on!(database, pool => sqlx::query(LEAVE).execute(pool).await.map(|_| ())).unwrap();
            let premises = Premises {
                database: fixture.database.clone(),
                clock: fixture.clock,
                is_demonstration: false,
                origin: "https://reverie.example".into(),
            };
            keep_register(&system(&premises, "a test")).await.unwrap();
            assert_eq!(since("derby").await, Some("2026-10-22".parse().unwrap()), "where nobody knows, from now on");
            assert_eq!(since("bradford").await, Some("2026-10-29".parse().unwrap()));
        }

        async fn saving_what_stands_there_already_changes_nothing(fixture: Fixture) {
            fill(fixture).await;
            let (_, actor) = coordinator(fixture).await;
            set_progress(&actor, &progress(1, Stage::Agreed, "")).await.unwrap();

            set_progress(&actor, &progress(1, Stage::Agreed, "")).await.unwrap();

            assert_eq!(record_of(&actor, "bradford").await.unwrap().unwrap().version, 2);
        }

        async fn an_owner_is_a_coordinator(fixture: Fixture) {
            fill(fixture).await;
            let (_, actor) = coordinator(fixture).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let code = code_of(fixture, amina).await;

            let refused = set_progress(&actor, &progress(1, Stage::Agreed, &code)).await;

            assert_eq!(refused, Err(AppError::invalid("owner", "Choose a coordinator from the list")));
        }

        async fn an_authority_that_is_not_there_is_not_found(fixture: Fixture) {
            fill(fixture).await;
            let (_, actor) = coordinator(fixture).await;

            assert_eq!(record_of(&actor, "atlantis").await.unwrap(), None);
            let refused = set_progress(&actor, &Progress { slug: "atlantis".to_owned(), ..progress(1, Stage::Agreed, "") }).await;
            assert_eq!(refused, Err(AppError::NotFound));
        }

        async fn a_clinical_lead_reads_and_is_offered_no_change(fixture: Fixture) {
            fill(fixture).await;
            let hannah = person(fixture, "Hannah", "Vantongeren", &[Role::ClinicalLead]).await;

            let record = record_of(&fixture.actor(hannah, &[Role::ClinicalLead]), "bradford").await.unwrap().unwrap();

            assert!(!record.may_change && !record.may_see_people);
        }

        async fn the_people_of_an_authority_are_counted_by_how_far_they_have_come(fixture: Fixture) {
            const TO_BRADFORD: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = 'bradford') WHERE id = $1";
            fill(fixture).await;
            let (_, actor) = coordinator(fixture).await;
            let database = &fixture.database;
            for name in ["Amina", "Joanne"] {
                let somebody = person(fixture, name, "Rahman", &[Role::Practitioner]).await;
                on!(database, pool => sqlx::query(TO_BRADFORD).bind(somebody).execute(pool).await.map(|_| ())).unwrap();
            }

            let record = record_of(&actor, "bradford").await.unwrap().unwrap();

            assert_eq!(record.people, PeopleCounts { registered: 2, ..PeopleCounts::default() });
            assert_eq!(record.line.practitioners, 2);
        }
    }
}
