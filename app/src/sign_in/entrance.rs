//! What the browser is told once somebody has come a step further.

use super::checks::local_path;
use super::model::Stage;
use super::store::Entrance;
use crate::access::{Anyone, go_to, hand_over};
use crate::paths;

/// Hands the token over and shows the way: to the page that was wanted, or to the step that is still to come.
pub fn let_in(anyone: &Anyone, entrance: &Entrance, next: &str) {
    hand_over(anyone.origin(), &entrance.sign_in.token, entrance.sign_in.seconds);
    let next = local_path(next);
    match entrance.stage {
        Stage::CodeNeeded => go_to(&with_next(paths::SIGN_IN_CODE, next), ""),
        Stage::CodeSetUp => go_to(&with_next(paths::SIGN_IN_SET_UP, next), ""),
        Stage::Complete => go_to(next, ""),
    }
}

/// An address of a step of coming in that remembers which page was wanted.
pub fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() || next == paths::TODAY {
        return path.to_owned();
    }
    let next = percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC);
    format!("{path}?next={next}")
}
