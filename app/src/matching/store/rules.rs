//! The rules and weights of a round, to be looked at.

use sqlx::types::Json;

use super::row::LimitsRow;
use super::settled::read_instance;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::matching::answers::RoundRules;
use crate::matching::model::{Rule, Stay};
use crate::matching::rules::{mix_lines, weight_lines};
use crate::registration::Stream;

/// The rules and weights of a round by its number.
pub async fn rules_of(actor: &Actor, number: i64) -> Result<RoundRules, AppError> {
    const RULES: &str = "\
SELECT r.name, r.instance, r.rules_off, r.rules_off_reason, r.needs_met, r.most_places, r.most_share, a.stay, a.pins
FROM matching_round r
LEFT JOIN round_again a ON a.round_id = r.id
WHERE r.number = $1
    AND r.number > 0";

    #[derive(sqlx::FromRow)]
    struct Row {
        name: String,
        instance: String,
        rules_off: Json<Vec<Rule>>,
        rules_off_reason: String,
        #[sqlx(flatten)]
        limits: LimitsRow,
        stay: Option<Stay>,
        pins: Option<Json<Vec<String>>>,
    }

    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(RULES).bind(number).fetch_optional(pool).await)?;
    let row = row.ok_or(AppError::NotFound)?;
    let rules = read_instance(&row.instance)?.rules;
    let sizes = Stream::ALL.iter().filter_map(|stream| {
        let sizes = rules.streams.get(stream.key())?;
        Some((stream.name().to_owned(), [sizes.min, sizes.max, sizes.target_min, sizes.target_max]))
    });
    Ok(RoundRules {
        number,
        name: row.name,
        off: row.rules_off.0,
        reason: row.rules_off_reason,
        session_minutes: rules.session_minutes,
        sizes: sizes.collect(),
        weights: weight_lines(&rules),
        mixes: mix_lines(&rules),
        weakest_first: rules.weakest_first,
        limits: row.limits.into(),
        stay: row.stay.zip(row.pins).map(|(stay, Json(pins))| (stay, pins.len())),
    })
}
