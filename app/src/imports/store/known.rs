//! Who is here already, and what rows are checked against.

use crate::access::{Actor, Roles};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::imports::named::{Named, Names};
use crate::imports::plan::{KnownPeople, KnownPerson};
use crate::imports::row::Against;
use crate::imports::supervisors::Supervisors;
use crate::people::store::may_change;
use crate::people::{Details, PersonId, Standing};
use crate::registration::store::clearances_of;

/// Everybody, by email: a file may name any of them. One statement reads them all, and one what they hold.
pub(super) async fn known_people(transaction: &mut Transaction, actor: &Actor) -> Result<KnownPeople, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.email, p.profession, p.standing, p.version,
    COALESCE(a.slug, '') AS authority,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles,
    (SELECT COUNT(*) FROM registration r WHERE r.person_id = p.id) AS answers,
    (SELECT COUNT(*) FROM offering o WHERE o.person_id = p.id) AS offerings
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        code: String,
        title: String,
        given_name: String,
        family_name: String,
        email: String,
        profession: String,
        standing: Standing,
        version: i64,
        authority: String,
        roles: String,
        answers: i64,
        offerings: i64,
    }

    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(PEOPLE).fetch_all(connection).await)?;
    let mut clearances = clearances_of(transaction, None).await?;
    let known = |row: Row| {
        let roles: Roles = Roles::of_list(&row.roles).iter().collect();
        let person = KnownPerson {
            id: row.id,
            code: row.code,
            version: row.version,
            standing: row.standing,
            may_change: may_change(actor, &roles),
            is_own: row.id == actor.person(),
            has_answers: row.answers > 0,
            has_offering: row.offerings > 0,
            clearances: clearances.remove(&row.id).unwrap_or_default(),
            details: Details {
                title: row.title,
                given_name: row.given_name,
                family_name: row.family_name,
                profession: row.profession,
                authority: row.authority,
                roles,
            },
        };
        (row.email, person)
    };
    Ok(rows.into_iter().map(known).collect())
}

/// What rows are checked against.
pub(super) async fn against(transaction: &mut Transaction, actor: &Actor, known: &KnownPeople) -> Result<Against, AppError> {
    const REGISTER: &str = "SELECT slug, name, gss_code FROM authority ORDER BY name";

    let register: Vec<Named> = on!(&mut transaction, connection => sqlx::query_as(REGISTER).fetch_all(connection).await)?;
    Ok(Against { names: Names::of(register), supervisors: Supervisors::of(known), now: actor.now() })
}
