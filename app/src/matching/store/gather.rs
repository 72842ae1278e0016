//! Reading all that a round needs, as it was at one moment: one statement for each kind of thing.

use chrono::NaiveDate;

use crate::access::{Role, Roles};
use crate::authorities::Stage;
use crate::availability::store::{Whose, qualified, said_from};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::matching::candidates::{Authority, Gathered, Known};
use crate::people::store::NameRow;
use crate::people::{PersonId, Standing};
use crate::registration::store::{clearances_of, kept_apart_pairs, offerings, registrations};

/// All of it.
pub async fn gather(moment: &mut Transaction, today: NaiveDate) -> Result<Gathered, AppError> {
    const PLACED: &str = "\
SELECT m.person_id, g.kind
FROM membership m
JOIN supervision_group g ON g.id = m.group_id
WHERE m.left_on IS NULL
    AND g.ended_at IS NULL";

    let placed: Vec<(PersonId, GroupKind)> = on!(&mut moment, connection => sqlx::query_as(PLACED).fetch_all(connection).await)?;
    Ok(Gathered {
        people: people(moment).await?,
        registrations: registrations(moment, None).await?,
        offerings: offerings(moment, None).await?,
        clearances: clearances_of(moment, None).await?,
        said: said_from(moment, Whose::Supervisors, today).await?,
        qualified: qualified(moment).await?,
        placed: placed.into_iter().collect(),
        kept_apart: kept_apart_pairs(moment).await?,
        today,
    })
}

/// Everybody who is supervised or supervises, in the order of their codes.
async fn people(moment: &mut Transaction) -> Result<Vec<Known>, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.email, p.standing, a.slug, a.name AS authority_name, a.gss_code, a.region, a.stage,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
WHERE EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role IN ('practitioner', 'supervisor'))";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
        email: String,
        standing: Standing,
        slug: Option<String>,
        authority_name: Option<String>,
        gss_code: Option<String>,
        region: Option<String>,
        stage: Option<Stage>,
        roles: String,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).fetch_all(connection).await)?;
    let known = |row: Row| {
        let authority = row.slug.zip(row.authority_name).zip(row.gss_code).zip(row.region).zip(row.stage);
        Known {
            id: row.id,
            name: row.name.into(),
            email: row.email,
            standing: row.standing,
            authority: authority.map(|((((slug, name), gss_code), region), stage)| Authority { slug, name, gss_code, region, stage }),
            is_supervisor: Roles::of_list(&row.roles).contains(Role::Supervisor),
        }
    };
    let mut people: Vec<Known> = rows.into_iter().map(known).collect();
    people.sort_unstable_by(|one, other| one.name.code.cmp(&other.name.code));
    Ok(people)
}
