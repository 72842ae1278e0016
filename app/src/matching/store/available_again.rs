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
use crate::matching::candidates::{Candidate, Gathered, NO_HOURS_LEFT, ident, instance_of, looked_at};
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
    /// Who was left out by a limit alone, and has something else in the way by now.
    no_more: Vec<(PersonId, Part, Vec<String>)>,
    /// How many supervisors no more of whose contract may be proposed have nothing else in the way.
    out_of_hours: usize,
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
    /// Whether nothing but a limit was in the way: the places of their authority, or the share of their contract.
    was_over: bool,
}

/// Looks who they are, or who they are of those whose codes are given, with these limits. Whoever is in such a group by now asks for no place. Those whom
/// a limit alone left out are among them in any case: for whom of an authority there is a place is settled afterwards, and supervisors of whose contract more
/// may be proposed by now lead again.
pub(super) async fn available_again(
    moment: &mut Transaction,
    today: NaiveDate,
    (round, limits): (&Round, &Limits),
    whom: Option<&[String]>,
) -> Result<AvailableAgain, AppError> {
    const HAD_NO_PART: &str = "\
SELECT person_id, part, place_in_line, obstacles
FROM round_person
WHERE round_id = $1
    AND CAST(obstacles AS TEXT) <> '[]'";
    const ASKED: &str = "SELECT rules_off, about FROM matching_round WHERE id = $1";

    let had_none: Vec<HadNone> = on!(&mut moment, connection => sqlx::query_as(HAD_NO_PART).bind(round.id).fetch_all(connection).await)?;
    let over: HashSet<(PersonId, Part)> = had_none.iter().filter(|one| one.was_over()).map(|one| (one.person_id, one.part)).collect();
    if had_none.is_empty() || (over.is_empty() && whom.is_some_and(<[String]>::is_empty)) {
        return Ok(AvailableAgain::default());
    }
    let (rules_off, about): (Json<Vec<Rule>>, String) =
        on!(&mut moment, connection => sqlx::query_as(ASKED).bind(round.id).fetch_one(connection).await)?;
    let mut asked = RoundToAsk {
        streams: streams_of(&about),
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
    let had_none: HashSet<(PersonId, Part)> = had_none.into_iter().map(|one| (one.person_id, one.part)).collect();
    let gathered = gather(moment, today, &asked).await?;
    asked.place = place_of(&gathered, &about);
    let was_over = |one: &Candidate<'_>| over.contains(&(one.known.id, one.part));
    let is_meant = |one: &Candidate<'_>| was_over(one) || whom.is_none_or(|whom| whom.contains(&one.known.name.code));
    let mut back = looked_at(&gathered, &asked);
    let no_more = back.iter().filter(|one| was_over(one) && !one.obstacles.is_empty());
    let mut no_more: Vec<(PersonId, Part, Vec<String>)> = no_more.map(|one| (one.known.id, one.part, one.obstacles.clone())).collect();
    let out_of_hours = back.iter().filter(|one| one.part == Part::Supervisor && was_over(one));
    let out_of_hours = out_of_hours.filter(|one| one.obstacles.iter().all(|obstacle| obstacle == NO_HOURS_LEFT)).count();
    let looked_at: HashSet<(PersonId, Part)> = back.iter().map(|one| (one.known.id, one.part)).collect();
    let gone = over.iter().filter(|(person, part)| *part == Part::Practitioner && !looked_at.contains(&(*person, *part)));
    no_more.extend(gone.map(|(person, part)| (*person, *part, vec![ASKS_NO_MORE.to_owned()])));
    back.retain(|one| one.obstacles.is_empty() && had_none.contains(&(one.known.id, one.part)) && is_meant(one));
    let Instance { supervisors, practitioners, conflicts, .. } = instance_of(&gathered, &asked, &back);
    let company = Company::of(&gathered).with_any_of(&practitioners);
    let people = back.into_iter().map(|one| Back { was_over: was_over(&one), ..Back::from(one) }).collect();
    Ok(AvailableAgain { people, no_more, out_of_hours, supervisors, practitioners, conflicts, company })
}

/// What is said of whoever was left out since the places of their authority were taken, and has changed for what they ask, or withdrawn it.
const ASKS_NO_MORE: &str = "Does not ask for such a group any more.";

/// Somebody who had no part in a round.
#[derive(sqlx::FromRow)]
struct HadNone {
    person_id: PersonId,
    part: Part,
    place_in_line: Option<i64>,
    obstacles: Json<Vec<String>>,
}

impl HadNone {
    /// Whether nothing but a limit of the round was in the way.
    fn was_over(&self) -> bool {
        self.place_in_line.is_some() || (self.part == Part::Supervisor && *self.obstacles == [NO_HOURS_LEFT])
    }
}

/// The kinds of group for which a round was asked, by what is said of it: one, or every one.
fn streams_of(about: &str) -> Vec<Stream> {
    let is_of = |stream: &Stream| about.starts_with(&format!("{}, ", stream.kind().name()));
    Stream::ALL.iter().copied().find(is_of).map_or_else(|| Stream::ALL.to_vec(), |stream| vec![stream])
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
        self.people.iter().filter(|one| one.was_over && one.part == Part::Practitioner).count()
    }

    /// How many supervisors no more of whose contract may be proposed have nothing else in the way.
    pub fn out_of_hours(&self) -> usize {
        self.out_of_hours
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
SET obstacles = $4, place_in_line = NULL
WHERE round_id = $1
    AND person_id = $2
    AND part = $3";

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
        for (person, part, obstacles) in &self.no_more {
            on!(&mut transaction, connection => sqlx::query(NO_MORE)
                .bind(round)
                .bind(*person)
                .bind(*part)
                .bind(Json(obstacles))
                .execute(connection).await.map(|_| ()))?;
        }
        Ok(())
    }
}
