//! The rules and weights of a round, to be looked at.

use ::matching::Weights;
use sqlx::types::Json;

use super::settled::read_instance;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::matching::answers::{RoundRules, WeightLine};
use crate::matching::model::{Rule, Stay};
use crate::matching::rules::usual_rules;
use crate::registration::Stream;

/// The rules and weights of a round by its number.
pub async fn rules_of(actor: &Actor, number: i64) -> Result<RoundRules, AppError> {
    const RULES: &str = "\
SELECT r.name, r.instance, r.rules_off, r.rules_off_reason, a.stay, a.pins
FROM matching_round r
LEFT JOIN round_again a ON a.round_id = r.id
WHERE r.number = $1
    AND r.number > 0";

    type Row = (String, String, Json<Vec<Rule>>, String, Option<Stay>, Option<Json<Vec<String>>>);
    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(RULES).bind(number).fetch_optional(pool).await)?;
    let (name, instance, Json(off), reason, stay, pins) = row.ok_or(AppError::NotFound)?;
    let rules = read_instance(&instance)?.rules;
    let sizes = Stream::ALL.iter().filter_map(|stream| {
        let sizes = rules.streams.get(stream.key())?;
        Some((stream.name().to_owned(), [sizes.min, sizes.max, sizes.target_min, sizes.target_max]))
    });
    Ok(RoundRules {
        number,
        name,
        off,
        reason,
        session_minutes: rules.session_minutes,
        sizes: sizes.collect(),
        weights: weight_lines(&rules.weights),
        stay: stay.zip(pins).map(|(stay, Json(pins))| (stay, pins.len())),
    })
}

/// Weights by their names in the file, each beside what it usually is.
pub(super) fn weight_lines(weights: &Weights) -> Vec<WeightLine> {
    let (points, usual) = (by_name(weights), by_name(&usual_rules().weights));
    let line = |(name, points): (String, i64)| {
        let usual = usual.iter().find(|(other, _)| *other == name).map_or(points, |(_, usual)| *usual);
        WeightLine { name, points, usual }
    };
    points.into_iter().map(line).collect()
}

fn by_name(weights: &Weights) -> Vec<(String, i64)> {
    let weights = serde_json::to_value(weights).ok();
    let weights = weights.as_ref().and_then(serde_json::Value::as_object);
    weights.map(|weights| weights.iter().filter_map(|(name, value)| Some((name.clone(), value.as_i64()?))).collect()).unwrap_or_default()
}
