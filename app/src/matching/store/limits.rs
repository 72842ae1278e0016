//! The limits of a round that is run again: what was frozen with it, reckoned with others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::matching::{Instance, Practitioner, ProposedGroup};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::asked::AskedAbout;
use super::available_again::AvailableAgain;
use super::by_now::Out;
use super::gather::waits_since;
use super::settled::Round;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::board::RoundBoard;
use crate::matching::bounded::minutes_of_each;
use crate::matching::candidates::{ident, in_file};
use crate::matching::limits::{Kept, Limits};
use crate::matching::model::{Part, RoundId};
use crate::matching::needs::Mode;
use crate::matching::quota::{InLine, Tier, held_beyond, over};
use crate::people::PersonId;
use crate::people::store::NameRow;

/// The limits with which a round is run again. One from before it was asked for needs knows of nobody what they need, nor what their contract is for, so that
/// these cannot be reckoned anew, and it is not said that they were.
pub(super) fn limits_again(chosen: Option<&Limits>, before: &Limits) -> Result<Limits, AppError> {
    let Some(chosen) = chosen else { return Ok(before.clone()) };
    if before.needs_met.is_some() {
        return Ok(chosen.clone());
    }
    if chosen.most_share != before.most_share {
        let sentence = "This round was asked before the share could be chosen, so it stays as it was. Start another round to choose it.";
        return Err(AppError::invalid("most_share", sentence));
    }
    Ok(Limits { needs_met: None, ..chosen.clone() })
}

/// Everybody who was looked at for a round, by what its files call them.
pub(super) struct LookedAtThen(HashMap<String, Then>);

#[derive(sqlx::FromRow)]
struct Then {
    id: PersonId,
    #[sqlx(flatten)]
    name: NameRow,
    authority: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    part: Part,
    kept: Option<Json<Kept>>,
}

/// Reads them.
pub(super) async fn looked_at_then(moment: &mut Transaction, round: RoundId) -> Result<LookedAtThen, AppError> {
    const THEN: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, a.name AS authority, g.confirmed_at, r.part, r.kept
FROM round_person r
JOIN person p ON p.id = r.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN registration g ON g.person_id = p.id
WHERE r.round_id = $1";

    let rows: Vec<Then> = on!(&mut moment, connection => sqlx::query_as(THEN).bind(round).fetch_all(connection).await)?;
    Ok(LookedAtThen(rows.into_iter().map(|then| (ident(then.part, &then.name.code), then)).collect()))
}

impl LookedAtThen {
    /// Reckons the question of a round anew with other limits, but for whoever was looked at with them just now. What somebody needs, and what a contract is
    /// for, are as they were when the round was asked. Whoever is pinned, or was asked and has not declined, can meet where they are whatever the limits, and
    /// whoever leads them leads them still.
    pub fn with_limits(&self, round: &mut Round, limits: &Limits, back: &AvailableAgain, (board, asked): (&RoundBoard, &AskedAbout)) {
        let each_takes = minutes_of_each(round.meets_every);
        let is_held = |who: &String| board.pins.contains(who) || asked.has_asked(who);
        let kept = |name: &String| if back.is_one(name) { None } else { Some(&self.0.get(name)?.kept.as_ref()?.0) };
        if limits.needs_met != round.limits.needs_met {
            for one in &mut round.instance.practitioners {
                if let (Some(Kept::Needs(needing)), Some(met)) = (kept(&one.id), &limits.needs_met) {
                    let kept: Vec<String> = if is_held(&one.id) { std::mem::take(&mut one.modes) } else { Vec::new() };
                    let left = needing.modes_left(met);
                    let can_meet = |mode: &Mode| left.contains(mode) || kept.iter().any(|key| key == mode.key());
                    one.modes = in_file(Mode::ALL.into_iter().filter(can_meet).collect());
                }
            }
        }
        if limits.most_share != round.limits.most_share {
            for one in &mut round.instance.supervisors {
                if let Some(Kept::Contract(contract)) = kept(&one.id) {
                    let leads = |group: &&ProposedGroup| group.supervisor == one.id && group.members.iter().any(is_held);
                    let led = i64::try_from(board.proposal.groups.iter().filter(leads).count()).unwrap_or(i64::MAX);
                    one.max_groups = contract.groups(limits.most_share, each_takes).max(led);
                }
            }
        }
    }

    /// Who of a question is left out since the places of their authority are taken, by what its file calls them. Whoever is held has a place in any case, and
    /// whoever stays goes before the others.
    pub async fn over_the_quota(
        &self,
        moment: &mut Transaction,
        (instance, limits): (&Instance, &Limits),
        (held, staying): (&BTreeSet<String>, &BTreeSet<String>),
    ) -> Result<BTreeMap<String, Out>, AppError> {
        let Some(most) = limits.most_places else { return Ok(BTreeMap::new()) };
        let waits_since = waits_since(moment).await?;
        let in_line = |one: &Practitioner| {
            let then = self.0.get(&one.id)?;
            let tier = match (held.contains(&one.id), staying.contains(&one.id)) {
                (true, _) => Tier::Held,
                (false, true) => Tier::Stays,
                (false, false) => Tier::Asks,
            };
            let since = [waits_since.get(&then.id).copied(), then.confirmed_at].into_iter().flatten().min();
            // Whoever could be placed in no group anyway takes no place.
            let takes_one = tier == Tier::Held || !one.modes.is_empty();
            let authority = then.authority.as_deref().filter(|_| takes_one)?;
            Some(InLine { ident: one.id.clone(), authority, tier, urgency: one.urgency, since })
        };
        let asking: Vec<InLine<'_>> = instance.practitioners.iter().filter_map(in_line).collect();
        if let Some((authority, count)) = held_beyond(&asking, most) {
            let sentence = format!(
                "{count} people of {authority} are pinned, or were asked and have not declined. Enter {count} or more, or take pins away first."
            );
            return Err(AppError::invalid("most_places", sentence));
        }
        let out = over(asking, most).into_iter().filter_map(|over| {
            let then = self.0.get(&over.ident)?;
            let (obstacle, place_in_line) = (over.in_words(most), Some(over.place));
            Some((over.ident, Out { id: then.id, part: then.part, name: then.name.clone().into(), obstacle, place_in_line }))
        });
        Ok(out.collect())
    }
}
