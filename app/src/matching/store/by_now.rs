//! Who may not meet by now, whatever was known when a round was asked. Its question stays as it was; but where people can go is looked at and decided on
//! what is noted since, so that no place is shown as open that would be refused.

use std::collections::{BTreeSet, HashMap, HashSet};

use ::matching::{Board, Instance};

use super::settled::laid_out;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::board::RoundBoard;
use crate::matching::candidates::ident;
use crate::matching::model::{Part, RoundId};
use crate::people::PersonId;
use crate::people::store::apart_by_now;

/// A board that knows who may not meet by now.
pub(super) async fn knowing_by_now(
    moment: &mut Transaction,
    (round, instance): (RoundId, &Instance),
    board: RoundBoard,
) -> Result<RoundBoard, AppError> {
    knowing(asked_by_now(moment, round, instance).await?, board)
}

/// The same of a question with everybody kept apart who is by now.
pub(super) fn knowing(by_now: Instance, board: RoundBoard) -> Result<RoundBoard, AppError> {
    Ok(RoundBoard { board: laid_out(Board::new(by_now, &board.proposal))?, ..board })
}

/// The question of a round with everybody kept apart who is by now.
pub(super) async fn asked_by_now(moment: &mut Transaction, round: RoundId, instance: &Instance) -> Result<Instance, AppError> {
    let named = names_in(moment, round, instance).await?;
    let people: HashSet<PersonId> = named.keys().copied().collect();
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (one, other) in &instance.conflicts {
        known.extend([(one.as_str(), other.as_str()), (other.as_str(), one.as_str())]);
    }
    let mut conflicts = instance.conflicts.clone();
    for (one, other) in apart_by_now(moment).await?.pairs_among(&people) {
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
    Ok(Instance { conflicts, ..instance.clone() })
}

/// What the files of a round call everybody who takes part in it; whoever takes both parts has two names.
async fn names_in(
    moment: &mut Transaction,
    round: RoundId,
    instance: &Instance,
) -> Result<HashMap<PersonId, Vec<(Part, String)>>, AppError> {
    const PEOPLE: &str = "\
SELECT p.id, p.code, r.part
FROM round_person r
JOIN person p ON p.id = r.person_id
WHERE r.round_id = $1
ORDER BY p.id, r.part";

    let practitioners = instance.practitioners.iter().map(|one| one.id.as_str());
    let taking_part: HashSet<&str> = practitioners.chain(instance.supervisors.iter().map(|one| one.id.as_str())).collect();
    let rows: Vec<(PersonId, String, Part)> =
        on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(round).fetch_all(connection).await)?;
    let mut named: HashMap<PersonId, Vec<(Part, String)>> = HashMap::new();
    for (person, code, part) in rows {
        let name = ident(part, &code);
        if taking_part.contains(name.as_str()) {
            named.entry(person).or_default().push((part, name));
        }
    }
    Ok(named)
}
