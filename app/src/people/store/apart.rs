//! Who may not be in one group: whoever manages somebody, whom coordinators keep apart, and whom people would rather not meet. It is
//! asked here when a round is asked about and its groups are made and begin, when somebody gives or offers another a place, and when a group or a session
//! is given to somebody else to lead; not of a group that goes on as it is, nor where people act for themselves.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter::successors;

use sqlx::types::Json;

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// How many steps up somebody’s managers are not met in supervision.
const STEPS_UP: usize = 2;

/// Who manages whom, who is kept apart by a coordinator, and whom people would rather not meet.
#[derive(Debug)]
pub struct Apart {
    pairs: HashSet<(PersonId, PersonId)>,
    /// The slugs of authorities whose people somebody does not meet.
    from_authorities: HashMap<PersonId, HashSet<String>>,
    authorities: HashMap<PersonId, String>,
    managers: HashMap<PersonId, PersonId>,
}

/// Reads all of it.
pub async fn apart_by_now(moment: &mut Transaction) -> Result<Apart, AppError> {
    const AUTHORITIES: &str = "\
SELECT p.id, a.slug
FROM person p
JOIN authority a ON a.id = p.authority_id";

    let authorities: Vec<(PersonId, String)> = on!(&mut moment, connection => sqlx::query_as(AUTHORITIES).fetch_all(connection).await)?;
    let mut apart = Apart {
        pairs: HashSet::new(),
        from_authorities: HashMap::new(),
        authorities: authorities.into_iter().collect(),
        managers: managers(moment).await?,
    };
    for (person, other, authority) in not_to_meet(moment).await? {
        apart.pairs.extend(other.map(|other| (person, other)));
        apart.from_authorities.entry(person).or_default().extend(authority);
    }
    Ok(apart)
}

impl Apart {
    /// Whether one of two people manages the other, or may not meet them.
    pub fn are_apart(&self, one: PersonId, other: PersonId) -> bool {
        let avoids = |one: PersonId, other: PersonId| {
            let of_authority = || self.from_authorities.get(&one)?.get(self.authorities.get(&other)?);
            self.manages(one, other) || self.pairs.contains(&(one, other)) || of_authority().is_some()
        };
        avoids(one, other) || avoids(other, one)
    }

    /// Every two of some people who may not be in one group.
    pub fn pairs_among(&self, people: &HashSet<PersonId>) -> BTreeSet<(PersonId, PersonId)> {
        let manager_of = |person: PersonId| self.managers.get(&person).copied();
        let managed = people.iter().flat_map(|one| managers_above(*one, manager_of).map(|manager| (*one, manager)));
        let is_of = |other: &PersonId, slugs: &HashSet<String>| self.authorities.get(other).is_some_and(|slug| slugs.contains(slug));
        let avoiding = people.iter().filter_map(|one| Some((*one, self.from_authorities.get(one).filter(|slugs| !slugs.is_empty())?)));
        let of_authorities =
            avoiding.flat_map(|(one, slugs)| people.iter().filter(|other| is_of(other, slugs)).map(move |other| (one, *other)));
        let pairs = managed.chain(of_authorities).chain(self.pairs.iter().copied());
        let are_two = |(one, other): &(PersonId, PersonId)| one != other && people.contains(one) && people.contains(other);
        pairs.filter(are_two).map(|(one, other)| (one.min(other), one.max(other))).collect()
    }

    /// The first of some people whom somebody may not meet. They may be among them.
    pub fn first_from(&self, person: PersonId, there: &[PersonId]) -> Option<PersonId> {
        there.iter().copied().find(|other| *other != person && self.are_apart(person, *other))
    }

    fn manages(&self, one: PersonId, other: PersonId) -> bool {
        managers_above(other, |person| self.managers.get(&person).copied()).any(|manager| manager == one)
    }

    /// The first two of some people who may not be in one group.
    pub fn first_apart(&self, people: &[PersonId]) -> Option<(PersonId, PersonId)> {
        people.iter().enumerate().find_map(|(place, one)| {
            let other = people.iter().skip(place + 1).find(|other| self.are_apart(*one, **other))?;
            Some((*one, *other))
        })
    }
}

/// Those of somebody’s managers whom they do not meet in supervision, from the nearest up.
pub fn managers_above(person: PersonId, manager_of: impl Fn(PersonId) -> Option<PersonId>) -> impl Iterator<Item = PersonId> {
    successors(manager_of(person), move |manager| manager_of(*manager)).take(STEPS_UP)
}

/// Whoever manages somebody, where both are here.
async fn managers(moment: &mut Transaction) -> Result<HashMap<PersonId, PersonId>, AppError> {
    const MANAGERS: &str = "\
SELECT r.person_id, m.id
FROM registration r
JOIN person m ON m.email = r.manager_email";

    let rows: Vec<(PersonId, PersonId)> = on!(&mut moment, connection => sqlx::query_as(MANAGERS).fetch_all(connection).await)?;
    Ok(rows.into_iter().collect())
}

/// Somebody, and another or the slug of an authority, whom they do not meet.
pub type NotToMeet = (PersonId, Option<PersonId>, Option<String>);

/// Whom coordinators keep apart, and whom people have said they would rather not meet.
pub async fn not_to_meet(moment: &mut Transaction) -> Result<Vec<NotToMeet>, AppError> {
    const KEPT_APART: &str = "\
SELECT k.person_id, k.other_id, a.slug
FROM kept_apart k
LEFT JOIN authority a ON a.id = k.authority_id
ORDER BY k.id";
    const AVOIDED: &str = "\
SELECT person_id, avoided_emails, avoided_authorities
FROM registration
WHERE CAST(avoided_emails AS TEXT) <> '[]'
    OR CAST(avoided_authorities AS TEXT) <> '[]'
ORDER BY person_id";
    const BY_EMAIL: &str = "SELECT email, id FROM person";

    type Avoided = (PersonId, Json<Vec<String>>, Json<Vec<String>>);
    let mut pairs: Vec<NotToMeet> = on!(&mut moment, connection => sqlx::query_as(KEPT_APART).fetch_all(connection).await)?;
    let avoided: Vec<Avoided> = on!(&mut moment, connection => sqlx::query_as(AVOIDED).fetch_all(connection).await)?;
    if avoided.is_empty() {
        return Ok(pairs);
    }
    let by_email: Vec<(String, PersonId)> = on!(&mut moment, connection => sqlx::query_as(BY_EMAIL).fetch_all(connection).await)?;
    let by_email: HashMap<String, PersonId> = by_email.into_iter().collect();
    for (person, Json(emails), Json(authorities)) in avoided {
        pairs.extend(emails.iter().filter_map(|email| by_email.get(email)).map(|other| (person, Some(*other), None)));
        pairs.extend(authorities.into_iter().map(|slug| (person, None, Some(slug))));
    }
    Ok(pairs)
}
