//! Who is kept together, and who knows whom from a group before.

use std::collections::{BTreeSet, HashMap};

use chrono::{Months, NaiveDate, NaiveTime};
use sqlx::types::Json;

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// For how long it counts that two were in one group.
const MONTHS_KNOWN: u32 = 36;

/// Two people, each pair once.
type Pair = (PersonId, PersonId);

/// Those whom coordinators keep together, and those of whom each has asked for the other. Who has asked without being asked for stands nowhere else than in
/// their own registration.
pub(super) async fn together(moment: &mut Transaction) -> Result<Vec<Pair>, AppError> {
    const NOTED: &str = "SELECT person_id, other_id FROM kept_together";
    const WISHED: &str = "SELECT person_id, wished_emails FROM registration WHERE CAST(wished_emails AS TEXT) <> '[]'";
    const BY_EMAIL: &str = "SELECT email, id FROM person";

    let noted: Vec<Pair> = on!(&mut moment, connection => sqlx::query_as(NOTED).fetch_all(connection).await)?;
    let mut together: BTreeSet<Pair> = noted.into_iter().collect();
    let wished: Vec<(PersonId, Json<Vec<String>>)> = on!(&mut moment, connection => sqlx::query_as(WISHED).fetch_all(connection).await)?;
    if !wished.is_empty() {
        let by_email: Vec<(String, PersonId)> = on!(&mut moment, connection => sqlx::query_as(BY_EMAIL).fetch_all(connection).await)?;
        let by_email: HashMap<String, PersonId> = by_email.into_iter().collect();
        let of_one = |(person, Json(emails)): &(PersonId, Json<Vec<String>>)| {
            let others: Vec<PersonId> = emails.iter().filter_map(|email| by_email.get(email).copied()).collect();
            others.into_iter().map(|other| (*person, other)).collect::<Vec<Pair>>()
        };
        let asked: BTreeSet<Pair> = wished.iter().flat_map(of_one).collect();
        together.extend(asked.iter().filter(|(one, other)| one < other && asked.contains(&(*other, *one))));
    }
    Ok(together.into_iter().collect())
}

/// Those who were members of one group at one time, in the last years or still.
pub(super) async fn acquainted(moment: &mut Transaction, today: NaiveDate) -> Result<Vec<Pair>, AppError> {
    const ACQUAINTED: &str = "\
SELECT DISTINCT one.person_id, other.person_id AS other_id
FROM membership one
JOIN membership other ON other.group_id = one.group_id AND other.person_id > one.person_id
JOIN supervision_group g ON g.id = one.group_id
WHERE (one.left_on IS NULL OR (one.left_on >= $1 AND one.left_on > other.joined_on))
    AND (other.left_on IS NULL OR (other.left_on >= $1 AND other.left_on > one.joined_on))
    AND (g.ended_at IS NULL OR g.ended_at >= $2)";

    let since = today.checked_sub_months(Months::new(MONTHS_KNOWN)).unwrap_or(today);
    let midnight = ::series::instant(since.and_time(NaiveTime::MIN));
    let mut pairs: Vec<Pair> =
        on!(&mut moment, connection => sqlx::query_as(ACQUAINTED).bind(since).bind(midnight).fetch_all(connection).await)?;
    pairs.sort_unstable();
    Ok(pairs)
}
