//! Who is kept together in a round, and who knows whom from a group before, as the engine is told it. Both are wishes and no rules: how much they count is
//! chosen like that of every other wish.

use std::collections::{HashMap, HashSet};

use ::matching::{Instance, Practitioner};

use super::candidates::{Gathered, ident};
use super::model::Part;
use super::wishes::{can_be_in_one_group, keep_below_a_place};
use crate::people::PersonId;

/// Two people by the names of the file.
type Pair = (String, String);

/// The others whom somebody has in one way.
type Others = fn(&mut Practitioner) -> &mut Vec<String>;

/// Who is kept together, and who knows whom, each pair once.
#[derive(Debug, Default)]
pub struct Company {
    together: Vec<Pair>,
    acquainted: Vec<Pair>,
}

impl Company {
    /// As it was read.
    pub fn of(gathered: &Gathered) -> Self {
        let idents: HashMap<PersonId, String> =
            gathered.people.iter().map(|known| (known.id, ident(Part::Practitioner, &known.name.code))).collect();
        let in_file = |pairs: &[(PersonId, PersonId)]| -> Vec<Pair> {
            pairs.iter().filter_map(|(one, other)| Some((idents.get(one)?.clone(), idents.get(other)?.clone()))).collect()
        };
        Self { together: in_file(&gathered.together), acquainted: in_file(&gathered.acquainted) }
    }

    /// Those pairs alone of which one or both are among these.
    #[must_use]
    pub fn with_any_of(mut self, practitioners: &[Practitioner]) -> Self {
        let names: HashSet<&str> = practitioners.iter().map(|one| one.id.as_str()).collect();
        let is_theirs = |(one, other): &Pair| names.contains(one.as_str()) || names.contains(other.as_str());
        self.together.retain(is_theirs);
        self.acquainted.retain(is_theirs);
        self
    }

    /// The same question where everybody who takes part has those of theirs who take part too. Nothing is said of two who cannot be in one group anyway,
    /// since neither of them could do anything about it.
    pub fn in_question(&self, mut instance: Instance) -> Instance {
        let rows: HashMap<String, usize> = instance.practitioners.iter().enumerate().map(|(row, one)| (one.id.clone(), row)).collect();
        let apart = both_ways(&instance.conflicts);
        let lists: [(&[Pair], Others); 2] = [(&self.together, |one| &mut one.together), (&self.acquainted, |one| &mut one.acquainted)];
        for (pairs, others) in lists {
            for (one, other) in pairs {
                let [Some(one), Some(other)] = [one, other].map(|name| rows.get(name).copied()) else { continue };
                let Ok([one, other]) = instance.practitioners.get_disjoint_mut([one, other]) else { continue };
                let may_meet = can_be_in_one_group(one, other) && !apart.contains(&(one.id.as_str(), other.id.as_str()));
                if may_meet && !others(one).contains(&other.id) {
                    others(one).push(other.id.clone());
                    others(other).push(one.id.clone());
                }
            }
            instance.practitioners.iter_mut().for_each(|one| others(one).sort_unstable());
        }
        keep_below_a_place(&mut instance.rules, &instance.practitioners);
        instance
    }
}

/// The same question where nobody has somebody in their company any more whom they may not meet.
pub fn without_those_apart(mut instance: Instance) -> Instance {
    let apart = both_ways(&instance.conflicts);
    for one in &mut instance.practitioners {
        let Practitioner { id, together, acquainted, .. } = one;
        together.retain(|other| !apart.contains(&(id.as_str(), other.as_str())));
        acquainted.retain(|other| !apart.contains(&(id.as_str(), other.as_str())));
    }
    instance
}

/// Who may not meet whom, each pair in either order.
fn both_ways(conflicts: &[Pair]) -> HashSet<(&str, &str)> {
    conflicts.iter().flat_map(|(one, other)| [(one.as_str(), other.as_str()), (other.as_str(), one.as_str())]).collect()
}
