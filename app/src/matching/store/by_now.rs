//! What is known by now of those who take part in a round, whatever was known when it was asked: who may not meet, and who is suspended or held. Its
//! question stays as it was; but where people can go is looked at and decided on what is noted since, so that no place is shown as open that would be
//! refused, and whatever is asked of a round anew is asked with it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use ::matching::{Board, Instance, Proposal};
use chrono::{DateTime, Utc};

use super::asked::AskedAbout;
use super::settled::laid_out;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::beside::OnBoard;
use crate::matching::board::RoundBoard;
use crate::matching::candidates::{SUSPENDED, held_in_words, ident};
use crate::matching::company::without_those_apart;
use crate::matching::model::{Part, RoundId};
use crate::people::store::{NameRow, apart_by_now};
use crate::people::{PersonId, PersonName, Standing};

/// What is known by now.
pub(super) struct ByNow {
    /// The question of the round, with everybody kept apart who is by now, and nobody of them together.
    pub instance: Instance,
    /// Who takes part in the round and is not available by now, by the names of its files.
    out: BTreeMap<String, Out>,
}

/// Somebody who is not available by now.
pub(super) struct Out {
    pub id: PersonId,
    pub part: Part,
    pub name: PersonName,
    /// Why, as it is said of whoever is looked at for a round.
    pub obstacle: String,
    /// Where they stand among those of their authority who ask, where its places are taken.
    pub place_in_line: Option<i64>,
}

/// Reads it for a round and its question.
pub(super) async fn known_by_now(moment: &mut Transaction, (round, instance): (RoundId, &Instance)) -> Result<ByNow, AppError> {
    let practitioners = instance.practitioners.iter().map(|one| one.id.as_str());
    let taking_part: HashSet<&str> = practitioners.chain(instance.supervisors.iter().map(|one| one.id.as_str())).collect();
    let mut people = everybody_in(moment, round).await?;
    people.retain(|one| taking_part.contains(one.ident().as_str()));
    let mut named: HashMap<PersonId, Vec<(Part, String)>> = HashMap::new();
    for one in &people {
        named.entry(one.id).or_default().push((one.part, one.ident()));
    }
    let there: HashSet<PersonId> = named.keys().copied().collect();
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (one, other) in &instance.conflicts {
        known.extend([(one.as_str(), other.as_str()), (other.as_str(), one.as_str())]);
    }
    let mut conflicts = instance.conflicts.clone();
    for (one, other) in apart_by_now(moment).await?.pairs_among(&there) {
        for (part, name) in named.get(&one).into_iter().flatten() {
            for (of_other, other) in named.get(&other).into_iter().flatten() {
                // Two who lead are in no group with one another.
                let is_of_one_group = (*part, *of_other) != (Part::Supervisor, Part::Supervisor);
                if is_of_one_group && !known.contains(&(name.as_str(), other.as_str())) {
                    conflicts.push((name.clone(), other.clone()));
                }
            }
        }
    }
    let out = people.into_iter().filter_map(|one| Some((one.ident(), one.out()?)));
    Ok(ByNow { instance: without_those_apart(Instance { conflicts, ..instance.clone() }), out: out.collect() })
}

impl ByNow {
    /// Whether somebody is not available by now.
    pub fn is_out(&self, name: &str) -> bool {
        self.out.contains_key(name)
    }

    /// A board that knows it.
    pub fn board(&self, board: RoundBoard) -> Result<RoundBoard, AppError> {
        Ok(RoundBoard { board: laid_out(Board::new(self.for_board(&board.proposal), &board.proposal))?, ..board })
    }

    /// The question as a board of these groups is asked it: nobody who is not available comes into a group that is opened for somebody, or leads one.
    pub fn for_board(&self, groups: &Proposal) -> Instance {
        let mut instance = self.instance.clone();
        let seated: HashSet<&str> = groups.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect();
        for one in instance.practitioners.iter_mut().filter(|one| self.is_out(&one.id) && !seated.contains(one.id.as_str())) {
            one.availability.clear();
        }
        for one in instance.supervisors.iter_mut().filter(|one| self.is_out(&one.id)) {
            let led = groups.groups.iter().filter(|group| group.supervisor == one.id).count();
            one.max_groups = one.max_groups.min(i64::try_from(led).unwrap_or(i64::MAX));
        }
        instance
    }

    /// Who has no part in what is asked anew: whoever is not available, but for those who were asked about a group of these and have not declined, and
    /// those who lead a group about which people were asked.
    pub fn left_out(&self, asked: &AskedAbout, groups: &Proposal) -> LeftOut<'_> {
        let led: HashSet<&str> =
            groups.groups.iter().filter(|group| asked.is_about(group)).map(|group| group.supervisor.as_str()).collect();
        let stays = |name: &str| asked.has_asked(name) || led.contains(name);
        LeftOut(self.out.iter().filter(|(name, _)| !stays(name)).map(|(name, out)| (name.as_str(), out)).collect())
    }

    /// Everybody who is not available.
    pub fn everybody_out(&self) -> LeftOut<'_> {
        LeftOut(self.out.iter().map(|(name, out)| (name.as_str(), out)).collect())
    }
}

/// Those who are left out of what is asked anew.
pub(super) struct LeftOut<'a>(BTreeMap<&'a str, &'a Out>);

impl<'a> LeftOut<'a> {
    /// Those for whom their authority has no place left.
    pub fn over_the_quota(out: &'a BTreeMap<String, Out>) -> Self {
        Self(out.iter().map(|(name, out)| (name.as_str(), out)).collect())
    }
}

impl LeftOut<'_> {
    /// Who they are.
    pub fn people(&self) -> impl Iterator<Item = &Out> {
        self.0.values().copied()
    }

    /// What they are called; whoever would lead and asks for a place too is named once.
    pub fn names(&self) -> Vec<PersonName> {
        let mut named = HashSet::new();
        self.people().filter(|out| named.insert(out.id)).map(|out| out.name.clone()).collect()
    }

    /// A question without them.
    pub fn without(&self, mut instance: Instance) -> Instance {
        instance.practitioners.retain(|one| !self.has(&one.id));
        instance.supervisors.retain(|one| !self.has(&one.id));
        instance.conflicts.retain(|(one, other)| !self.has(one) && !self.has(other));
        for one in &mut instance.practitioners {
            one.together.retain(|other| !self.has(other));
            one.acquainted.retain(|other| !self.has(other));
        }
        instance
    }

    /// Groups without them: whoever was in a group that one of them leads has no place.
    pub fn without_in(&self, groups: &Proposal) -> Proposal {
        let mut groups = groups.clone();
        groups.groups.retain(|group| !self.has(&group.supervisor));
        groups.groups.iter_mut().for_each(|group| group.members.retain(|member| !self.has(member)));
        groups.groups.retain(|group| !group.members.is_empty());
        groups
    }

    /// A board without them, of the question without them. Whoever has lost their place by that is pinned no more.
    pub fn board(&self, instance: Instance, board: RoundBoard) -> Result<RoundBoard, AppError> {
        let proposal = self.without_in(&board.proposal);
        let seated: HashSet<&str> = proposal.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect();
        let pins = board.pins.into_iter().filter(|pinned| seated.contains(pinned.as_str())).collect();
        Ok(RoundBoard { board: laid_out(Board::new(instance, &proposal))?, pins, proposal, beside: board.beside, done: board.done })
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// Somebody who was looked at for a round.
#[derive(sqlx::FromRow)]
pub(super) struct RoundPerson {
    id: PersonId,
    #[sqlx(flatten)]
    name: NameRow,
    part: Part,
    standing: Standing,
    held_at: Option<DateTime<Utc>>,
}

impl RoundPerson {
    pub(super) fn ident(&self) -> String {
        ident(self.part, &self.name.code)
    }

    fn obstacle(&self) -> Option<String> {
        let suspended = (self.standing == Standing::Suspended).then(|| SUSPENDED.to_owned());
        suspended.or_else(|| self.held_at.map(|at| held_in_words(::series::local(at).date())))
    }

    fn out(self) -> Option<Out> {
        Some(Out { obstacle: self.obstacle()?, id: self.id, part: self.part, name: self.name.into(), place_in_line: None })
    }

    pub(super) fn on_board(self) -> OnBoard {
        OnBoard { obstacle: self.obstacle(), id: self.id, name: self.name.into() }
    }
}

/// Everybody who was looked at for a round; whoever takes both parts is there twice.
pub(super) async fn everybody_in(moment: &mut Transaction, round: RoundId) -> Result<Vec<RoundPerson>, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.standing, r.part, h.held_at
FROM round_person r
JOIN person p ON p.id = r.person_id
LEFT JOIN safety_hold h ON h.person_id = p.id AND h.lifted_at IS NULL
WHERE r.round_id = $1
ORDER BY p.id, r.part";

    Ok(on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(round).fetch_all(connection).await)?)
}
