//! Who is kept together in a round, and who knows whom from a group before, as the engine is told it. Both are wishes and no rules: how much they count is
//! chosen like that of every other wish.

use std::collections::{BTreeSet, HashMap};

use ::matching::{Instance, Practitioner};

use super::candidates::{Gathered, ident};
use super::model::Part;
use crate::people::PersonId;

/// Two people, each pair once.
type Pair = (PersonId, PersonId);

/// The others whom somebody has in one way.
type Others = fn(&mut Practitioner) -> &mut Vec<String>;

/// The same question where everybody who takes part has those of theirs who take part too. Nothing is said of two who cannot be in one group anyway, since
/// neither of them could do anything about it.
pub fn with_company(mut instance: Instance, gathered: &Gathered) -> Instance {
    let named: HashMap<&str, usize> = instance.practitioners.iter().enumerate().map(|(row, one)| (one.id.as_str(), row)).collect();
    let row_of = |name: &str| named.get(ident(Part::Practitioner, name).as_str()).copied();
    let rows: HashMap<PersonId, usize> = gathered.people.iter().filter_map(|known| Some((known.id, row_of(&known.name.code)?))).collect();
    let conflicts: BTreeSet<(String, String)> = instance.conflicts.iter().cloned().collect();
    let are_apart = |one: &Practitioner, other: &Practitioner| {
        let pair = (one.id.clone().min(other.id.clone()), one.id.clone().max(other.id.clone()));
        one.stream != other.stream || conflicts.contains(&pair)
    };
    let lists: [(&[Pair], Others); 2] = [(&gathered.together, |one| &mut one.together), (&gathered.acquainted, |one| &mut one.acquainted)];
    for (pairs, others) in lists {
        for (one, other) in pairs {
            let [Some(one), Some(other)] = [one, other].map(|person| rows.get(person).copied()) else { continue };
            let Ok([one, other]) = instance.practitioners.get_disjoint_mut([one, other]) else { continue };
            if !are_apart(one, other) {
                others(one).push(other.id.clone());
                others(other).push(one.id.clone());
            }
        }
        instance.practitioners.iter_mut().for_each(|one| others(one).sort_unstable());
    }
    instance
}
