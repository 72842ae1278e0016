//! Those who were looked at for a round, had no part in it, and could have one by now: whoever was held or away then, and is available again. They are
//! taken in where a coordinator says so when the round is run again, with the answers that they give by now; nobody else is looked at anew. They are looked
//! at for what the round was asked for: its kinds of group and its place.

use std::collections::HashSet;

use ::matching::{Instance, Practitioner, Supervisor};
use chrono::NaiveDate;
use sqlx::types::Json;

use super::gather::gather;
use super::settled::Round;
use super::start::EVERY_AUTHORITY;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::candidates::{Candidate, Gathered, ident, instance_of, looked_at};
use crate::matching::company::Company;
use crate::matching::forms::{Place, RoundToAsk, Weighed};
use crate::matching::limits::{Kept, Limits};
use crate::matching::mixes::Mixes;
use crate::matching::model::{Part, RoundId, Rule};
use crate::people::{PersonId, PersonName};
use crate::registration::{REGIONS, Stream};

/// Who they are, and what stands of them in the file.
#[derive(Debug, Default)]
pub(super) struct AvailableAgain {
    people: Vec<Back>,
    /// Who was left out since the places of their authority were taken, and has something else in the way by now.
    no_more: Vec<(PersonId, Vec<String>)>,
    supervisors: Vec<Supervisor>,
    practitioners: Vec<Practitioner>,
    /// Who of them may not meet whom.
    conflicts: Vec<(String, String)>,
    /// With whom they are kept together, and whom they know, whoever else is in the round.
    company: Company,
}

#[derive(Debug)]
struct Back {
    id: PersonId,
    part: Part,
    name: PersonName,
    is_stale: bool,
    kept: Option<Kept>,
    /// Whether nothing but the places of their authority was in the way.
    was_over: bool,
}

/// Looks who they are, or who they are of those whose codes are given, with these limits. Whoever is in such a group by now asks for no place. Those for whom
/// their authority had no place left are among them in any case: nothing else was in the way, and who of them has a place is settled afterwards.
pub(super) async fn available_again(
    moment: &mut Transaction,
    today: NaiveDate,
    (round, limits): (&Round, &Limits),
    whom: Option<&[String]>,
) -> Result<AvailableAgain, AppError> {
    const HAD_NO_PART: &str = "\
SELECT person_id, part, place_in_line IS NOT NULL
FROM round_person
WHERE round_id = $1
    AND CAST(obstacles AS TEXT) <> '[]'";
    const ASKED: &str = "SELECT rules_off, about FROM matching_round WHERE id = $1";

    let had_none: Vec<(PersonId, Part, bool)> =
        on!(&mut moment, connection => sqlx::query_as(HAD_NO_PART).bind(round.id).fetch_all(connection).await)?;
    let over: HashSet<PersonId> = had_none.iter().filter(|(.., was_over)| *was_over).map(|(person, ..)| *person).collect();
    if had_none.is_empty() || (over.is_empty() && whom.is_some_and(<[String]>::is_empty)) {
        return Ok(AvailableAgain::default());
    }
    let (rules_off, about): (Json<Vec<Rule>>, String) =
        on!(&mut moment, connection => sqlx::query_as(ASKED).bind(round.id).fetch_one(connection).await)?;
    let mut asked = RoundToAsk {
        streams: streams_of(&round.instance),
        place: Place::Everywhere,
        starts_on: round.starts_on,
        ends_on: round.ends_on,
        meets_every: round.meets_every,
        also_placed: false,
        weights: Weighed::new(),
        mixes: Mixes::new(),
        weakest_first: false,
        rules_off: rules_off.0,
        rules_off_reason: String::new(),
        limits: Limits { most_places: None, ..limits.clone() },
        beside: Vec::new(),
    };
    let had_none: HashSet<(PersonId, Part)> = had_none.into_iter().map(|(person, part, _)| (person, part)).collect();
    let gathered = gather(moment, today, &asked).await?;
    asked.place = place_of(&gathered, &about);
    let was_over = |one: &Candidate<'_>| one.part == Part::Practitioner && over.contains(&one.known.id);
    let is_meant = |one: &Candidate<'_>| was_over(one) || whom.is_none_or(|whom| whom.contains(&one.known.name.code));
    let mut back = looked_at(&gathered, &asked);
    let no_more = back.iter().filter(|one| was_over(one) && !one.obstacles.is_empty());
    let no_more = no_more.map(|one| (one.known.id, one.obstacles.clone())).collect();
    back.retain(|one| one.obstacles.is_empty() && had_none.contains(&(one.known.id, one.part)) && is_meant(one));
    let Instance { supervisors, practitioners, conflicts, .. } = instance_of(&gathered, &asked, &back);
    let company = Company::of(&gathered).with_any_of(&practitioners);
    let people = back.into_iter().map(|one| Back { was_over: was_over(&one), ..Back::from(one) }).collect();
    Ok(AvailableAgain { people, no_more, supervisors, practitioners, conflicts, company })
}

/// The kinds of group for which a round was asked, so far as its file shows them: those for which somebody asks in it or leads.
fn streams_of(instance: &Instance) -> Vec<Stream> {
    let led = instance.supervisors.iter().flat_map(|one| &one.streams);
    let there: HashSet<&str> = instance.practitioners.iter().map(|one| &one.stream).chain(led).map(String::as_str).collect();
    Stream::ALL.iter().copied().filter(|stream| there.contains(stream.key())).collect()
}

/// For which place a round was asked, by what is said of it. An authority of that name to which nobody belongs any more has nobody who could be taken in.
fn place_of(gathered: &Gathered, about: &str) -> Place {
    let is_of = |place: &str| about.ends_with(&format!(", {place}"));
    if is_of(EVERY_AUTHORITY) {
        return Place::Everywhere;
    }
    if let Some(region) = REGIONS.into_iter().find(|region| is_of(region)) {
        return Place::Region(region);
    }
    let mut authorities = gathered.people.iter().filter_map(|known| known.authority.as_ref());
    Place::Authority(authorities.find(|authority| is_of(&authority.name)).map_or_else(String::new, |authority| authority.slug.clone()))
}

impl From<Candidate<'_>> for Back {
    fn from(one: Candidate<'_>) -> Self {
        Self { id: one.known.id, part: one.part, name: one.known.name.clone(), is_stale: one.is_stale, kept: one.kept, was_over: false }
    }
}

impl AvailableAgain {
    /// What those are called who are taken in where a coordinator says so; whoever would lead and asks for a place too is named once.
    pub fn names(&self) -> Vec<PersonName> {
        let mut named = HashSet::new();
        self.people.iter().filter(|one| !one.was_over && named.insert(one.id)).map(|one| one.name.clone()).collect()
    }

    /// How many had no part since the places of their authority were taken, and still ask.
    pub fn over(&self) -> usize {
        self.people.iter().filter(|one| one.was_over).count()
    }

    /// Whether somebody of the file is one of them, so that what stands of them in it is of now.
    pub fn is_one(&self, name: &str) -> bool {
        self.people.iter().any(|one| ident(one.part, &one.name.code) == name)
    }

    /// A question with them. Whoever leads and asks for a place is in no group of their own.
    pub fn in_question(&self, mut instance: Instance) -> Instance {
        instance.supervisors.extend(self.supervisors.iter().cloned());
        instance.practitioners.extend(self.practitioners.iter().cloned());
        let mut conflicts: HashSet<(String, String)> = instance.conflicts.iter().cloned().collect();
        let asking: HashSet<&str> = instance.practitioners.iter().map(|one| one.id.as_str()).collect();
        let leading: HashSet<&str> = instance.supervisors.iter().map(|one| one.id.as_str()).collect();
        let both = self.people.iter().map(|one| (ident(Part::Practitioner, &one.name.code), ident(Part::Supervisor, &one.name.code)));
        let both = both.filter(|(asks, leads)| asking.contains(asks.as_str()) && leading.contains(leads.as_str()));
        let new: Vec<(String, String)> = self.conflicts.iter().cloned().chain(both).filter(|pair| conflicts.insert(pair.clone())).collect();
        instance.conflicts.extend(new);
        self.company.in_question(instance)
    }

    /// Says of them that nothing is in the way any more, and of whoever has something else in the way, what.
    pub async fn note(&self, transaction: &mut Transaction, round: RoundId) -> Result<(), AppError> {
        const NOTE: &str = "\
UPDATE round_person
SET obstacles = $4, is_stale = $5, kept = $6, place_in_line = NULL
WHERE round_id = $1
    AND person_id = $2
    AND part = $3";
        const NO_MORE: &str = "\
UPDATE round_person
SET obstacles = $3, place_in_line = NULL
WHERE round_id = $1
    AND person_id = $2
    AND part = 'practitioner'";

        for one in &self.people {
            on!(&mut transaction, connection => sqlx::query(NOTE)
                .bind(round)
                .bind(one.id)
                .bind(one.part)
                .bind(Json(Vec::<String>::new()))
                .bind(one.is_stale)
                .bind(one.kept.as_ref().map(Json))
                .execute(connection).await.map(|_| ()))?;
        }
        for (person, obstacles) in &self.no_more {
            on!(&mut transaction, connection => sqlx::query(NO_MORE)
                .bind(round)
                .bind(*person)
                .bind(Json(obstacles))
                .execute(connection).await.map(|_| ()))?;
        }
        Ok(())
    }
}
