//! What the forms of openings send, and what of it can be used.

use serde::{Deserialize, Serialize};

use super::model::{HOURS, LEADS};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::guard;
use crate::spaces::Ground;

/// Which opening a page is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpeningAddress {
    /// Its part of the address.
    pub code: String,
    /// Which page of what is read; empty for the first.
    pub page: String,
}

/// Which file of what is open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenedFileAddress {
    /// The opening's part of the address.
    pub opening: String,
    /// The file's code.
    pub code: String,
}

/// Asking to open something, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// What is asked for: `author` or `space`.
    pub kind: String,
    /// The address of the post, or the name of the group.
    pub place: String,
    /// The key of a [`Ground`].
    pub ground: String,
    /// Why, in one's own words.
    pub words: String,
    /// For how many hours.
    pub hours: String,
    /// Why whoever it concerns should not be told at once; empty for telling them.
    pub silence: String,
    /// The key of the role in which one asks, for whoever holds both.
    pub role: String,
}

/// A request that can be stored. Only [`AskForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOpening {
    pub(super) place: Place,
    pub(super) ground: Ground,
    pub(super) words: String,
    pub(super) hours: i64,
    pub(super) silence: String,
    pub(super) role: Option<Role>,
}

/// What is asked for, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A post, by what stands in its address.
    Post { space: String, thread: i64, post: i64 },
    /// A group, by its name.
    Group(String),
}

/// Answering whoever asks, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// Its part of the address.
    pub code: String,
    /// `agree` or `decline`.
    pub answer: String,
    /// In one's own words.
    pub words: String,
    /// Whether whoever it concerns is told at once: `now` or `later`.
    pub tell: String,
}

/// An answer that can be stored. Only [`AnswerForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    pub(super) is_agreed: bool,
    pub(super) words: String,
    pub(super) is_silent: bool,
}

/// The fewest and the most characters of a reason.
const FEWEST: usize = 20;
const MOST: usize = 1_000;

fn reason(field: &str, entered: &str, ask: &str) -> Result<String, Problem> {
    let words = entered.replace("\r\n", "\n").trim().to_owned();
    match words.chars().count() {
        ..FEWEST => Err(Problem::new(field, ask)),
        FEWEST..=MOST => guard::problem(field, &guard::look(&words)).map_or(Ok(words), Err),
        _ => Err(Problem::new(field, "Shorten this to 1,000 characters or fewer.")),
    }
}

impl AskForm {
    /// The request, or everything that has to change.
    pub fn check(&self) -> Result<NewOpening, AppError> {
        let place = self.check_place();
        let ground = Ground::of_key(&self.ground).ok_or_else(|| Problem::new("ground", "Choose the ground on which it has to be opened."));
        let words = reason("words", &self.words, "Say in at least 20 characters why it has to be opened.");
        let hours = self.hours.parse().ok().filter(|hours| HOURS.contains(hours));
        let hours = hours.ok_or_else(|| Problem::new("hours", "Choose for how long."));
        let silence = if self.silence.trim().is_empty() {
            Ok(String::new())
        } else {
            reason("silence", &self.silence, "Say in at least 20 characters whom it would put at risk, and how; or leave this empty.")
        };
        let role = Role::of_key(&self.role).filter(|role| LEADS.contains(role));
        match (place, ground, words, hours, silence) {
            (Ok(place), Ok(ground), Ok(words), Ok(hours), Ok(silence)) => Ok(NewOpening { place, ground, words, hours, silence, role }),
            (place, ground, words, hours, silence) => {
                let problems = [place.err(), ground.err(), words.err(), hours.err(), silence.err()];
                Err(AppError::Invalid(problems.into_iter().flatten().collect()))
            }
        }
    }

    fn check_place(&self) -> Result<Place, Problem> {
        let place = self.place.trim();
        match self.kind.as_str() {
            "author" => post_of(place).ok_or_else(|| {
                Problem::new("place", "Enter the address of the post, as its date leads to it, like /community/endings/3#p2.")
            }),
            "space" if !place.is_empty() && place.chars().count() <= 200 => Ok(Place::Group(place.to_owned())),
            "space" => Err(Problem::new("place", "Enter the group’s name.")),
            _ => Err(Problem::new("kind", "Choose what has to be opened.")),
        }
    }
}

/// The post of an address, whether somebody typed it or took it from their browser.
fn post_of(address: &str) -> Option<Place> {
    let (_, rest) = address.split_once("/community/")?;
    let (path, post) = rest.split_once("#p").unwrap_or((rest, "1"));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (space, thread) = path.split_once('/')?;
    Some(Place::Post { space: space.to_owned(), thread: thread.trim_end_matches('/').parse().ok()?, post: post.parse().ok()? })
}

impl AnswerForm {
    /// The answer, or everything that has to change.
    pub fn check(&self) -> Result<NewAnswer, AppError> {
        let is_agreed = match self.answer.as_str() {
            "agree" => Ok(true),
            "decline" => Ok(false),
            _ => Err(Problem::new("answer", "Choose whether you agree.")),
        };
        let words = reason("words", &self.words, "Say in at least 20 characters why.");
        match (is_agreed, words) {
            (Ok(is_agreed), Ok(words)) => Ok(NewAnswer { is_agreed, words, is_silent: self.tell == "later" }),
            (is_agreed, words) => Err(AppError::Invalid([is_agreed.err(), words.err()].into_iter().flatten().collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_found_by_any_of_the_ways_in_which_its_address_is_written() {
        let expected = |post| Some(Place::Post { space: "endings".to_owned(), thread: 3, post });
        assert_eq!(post_of("https://reverie.example/community/endings/3?page=2#p57"), expected(57));
        assert_eq!(post_of("/community/endings/3#p2"), expected(2));
        assert_eq!(post_of("/community/endings/3"), expected(1));
        for nonsense in ["", "endings", "/community/endings", "/community/endings/x#p2", "/community/endings/3#px"] {
            assert_eq!(post_of(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_request_has_a_ground_a_reason_and_an_end() {
        let fields = |error: AppError| match error {
            AppError::Invalid(problems) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other}"),
        };
        assert_eq!(fields(AskForm::default().check().unwrap_err()), ["kind", "ground", "words", "hours"]);
        let form = AskForm {
            kind: "space".to_owned(),
            place: "Aire group".to_owned(),
            ground: "adult_at_risk".to_owned(),
            words: "Too short".to_owned(),
            hours: "72".to_owned(),
            silence: "No".to_owned(),
            ..AskForm::default()
        };
        assert_eq!(fields(form.check().unwrap_err()), ["words", "hours", "silence"]);
        let family = AskForm {
            words: "About Kelly Smith’s baby, NHS number 943 476 5919.".to_owned(),
            hours: "4".to_owned(),
            silence: String::new(),
            ..form
        };
        assert_eq!(fields(family.check().unwrap_err()), ["words"]);
    }
}
