//! A text that is being scanned: its tokens, what stands near which, and what was found.

use std::cell::Cell;

use crate::tokens::{Case, Made, Token, Tokens};
use crate::words::Kinds;
use crate::{Category, Span};

/// What has a number in it begins so many tokens before it at most.
const BEFORE_NUMBER: usize = 4;

/// A text that is being scanned.
#[derive(Debug)]
pub(crate) struct Scanned {
    tokens: Tokens,
    /// Which tokens belong to something that was found.
    claimed: Vec<bool>,
    found: Vec<Span>,
    last: Option<(usize, Category)>,
    /// Which tokens are a number or stand shortly before one: nearly all that is looked for is or has a number, and most of what people write has none.
    near_number: Vec<bool>,
    looks: Cell<usize>,
}

impl Scanned {
    pub(crate) fn read(text: &str) -> Self {
        let tokens = Tokens::read(text);
        let mut near_number = vec![false; tokens.len()];
        for place in tokens.numbers() {
            if let Some(near) = near_number.get_mut(place.saturating_sub(BEFORE_NUMBER)..=place) {
                near.fill(true);
            }
        }
        Self { claimed: vec![false; tokens.len()], near_number, tokens, found: Vec::new(), last: None, looks: Cell::new(0) }
    }

    /// The places of all numbers, and of what stands shortly before them.
    pub(crate) fn near_numbers(&self) -> Vec<usize> {
        (0..self.len()).filter(|place| self.is_near_number(*place)).collect()
    }

    pub(crate) fn is_near_number(&self, place: usize) -> bool {
        self.near_number.get(place).is_some_and(|near| *near)
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn looks(&self) -> usize {
        self.looks.get()
    }

    /// What was found, in the order of the text.
    pub(crate) fn spans(mut self) -> Vec<Span> {
        self.found.sort_unstable_by_key(|span| span.start);
        self.found
    }

    /// Claims the tokens from one to another, the last one included, unless some are claimed already.
    pub(crate) fn claim(&mut self, first: usize, last: usize, category: Category) {
        let (Some(start), Some(end)) = (self.token(first).map(|token| token.start), self.token(last).map(|token| token.end)) else {
            return;
        };
        let Some(claimed) = self.claimed.get_mut(first..=last) else { return };
        if claimed.contains(&true) {
            return;
        }
        claimed.fill(true);
        self.found.push(Span { start, end, category });
        self.last = Some((last, category));
    }

    /// Where what was found last has ended, and what it is.
    pub(crate) fn found_last(&self) -> Option<(usize, Category)> {
        self.last
    }

    pub(crate) fn is_claimed(&self, place: usize) -> bool {
        self.claimed.get(place).is_some_and(|claimed| *claimed)
    }

    /// The token at a place: the one door to them, which counts.
    pub(crate) fn token(&self, place: usize) -> Option<&Token> {
        self.looks.set(self.looks.get() + 1);
        self.tokens.get(place)
    }

    /// The token a number of places before another.
    pub(crate) fn before(&self, place: usize, by: usize) -> Option<&Token> {
        place.checked_sub(by).and_then(|place| self.token(place))
    }

    /// The letters and digits of a token in lower case; empty for marks and beyond the text.
    pub(crate) fn word(&self, place: usize) -> &str {
        self.token(place).map(|token| self.tokens.lower(token)).unwrap_or_default()
    }

    pub(crate) fn kinds(&self, place: usize) -> Kinds {
        self.token(place).map_or(Kinds::NONE, |token| token.kinds)
    }

    pub(crate) fn is_mark(&self, place: usize, marks: &[char]) -> bool {
        matches!(self.token(place), Some(Token { made: Made::Mark(mark), .. }) if marks.contains(mark))
    }

    pub(crate) fn is_joined(&self, place: usize) -> bool {
        self.token(place).is_some_and(|token| token.is_joined)
    }

    /// The digits of a token that is made of nothing else.
    pub(crate) fn digits(&self, place: usize) -> Option<&str> {
        let token = self.token(place).filter(|token| token.made == Made::Digits)?;
        Some(self.tokens.lower(token))
    }

    /// Whether a sentence ends at a token: a full stop that is not one of an abbreviation, a question, an exclamation.
    pub(crate) fn ends_sentence(&self, place: usize) -> bool {
        let Some(token) = self.token(place) else { return true };
        match token.made {
            Made::Mark('!' | '?') => true,
            Made::Mark('.') => {
                let is_short = self.before(place, 1).is_some_and(|word| {
                    word.made != Made::Word
                        || word.length <= 2
                        || word.kinds.is(Kinds::TITLE.or(Kinds::REF_NOUN))
                        || word.case == Case::Initial
                });
                let next = self.token(place + 1);
                let goes_on = next.is_some_and(|next| next.is_joined || (is_short && !matches!(next.case, Case::Capital)));
                !goes_on
            }
            _ => false,
        }
    }

    /// How many tokens before a place the nearest one of some kinds stands, within its sentence and so many tokens.
    pub(crate) fn behind(&self, place: usize, within: usize, kinds: Kinds) -> Option<usize> {
        for distance in 1..=within {
            let at = place.checked_sub(distance)?;
            if self.ends_sentence(at) {
                return None;
            }
            if self.kinds(at).is(kinds) {
                return Some(distance);
            }
        }
        None
    }

    /// How many tokens after a place the nearest one of some kinds stands, within its sentence and so many tokens.
    pub(crate) fn ahead(&self, place: usize, within: usize, kinds: Kinds) -> Option<usize> {
        for distance in 1..=within {
            let at = place + distance;
            if self.ends_sentence(at) {
                return None;
            }
            if self.kinds(at).is(kinds) {
                return Some(distance);
            }
        }
        None
    }

    /// Whether a word stands within so many tokens after a place.
    pub(crate) fn ahead_is(&self, place: usize, within: usize, word: &str) -> bool {
        (1..=within).any(|distance| self.word(place + distance) == word)
    }

    /// Whether a token speaks of a family or of one of it, and not of a service that is named after them ("Family Hub", "Mother and Baby Unit").
    pub(crate) fn is_of_family(&self, place: usize) -> bool {
        self.is_little_one(place) || (self.kinds(place).is(Kinds::FAMILY) && !self.names_a_service(place))
    }

    /// "To join by phone, dial …": the numbers of a call, unless somebody of a family is spoken of, who may want to join as well.
    pub(crate) fn is_of_a_call(&self, place: usize) -> bool {
        const FAR: usize = 14;
        let mut joins = false;
        for at in (1..=FAR).map_while(|by| place.checked_sub(by)).take_while(|at| !self.ends_sentence(*at)) {
            let kinds = self.kinds(at);
            // "Families can join by phone" speaks of all.
            let is_of_all = kinds.is(Kinds::PLURAL) && !kinds.is(Kinds::EACH);
            if (self.is_of_family(at) && !is_of_all) || kinds.is(Kinds::PERSONAL) {
                return false;
            }
            joins |= match self.word(at) {
                "dial" => true,
                "join" | "joining" => self.is_call_beside(at, place),
                _ => false,
            };
        }
        joins
    }

    /// Whether what is joined is a call, whose number stands at a place: people join groups as well.
    fn is_call_beside(&self, join: usize, number: usize) -> bool {
        const BESIDE: usize = 6;
        (join.saturating_sub(BESIDE)..number.min(join + BESIDE)).any(|at| match self.word(at) {
            "meeting" | "zoom" | "teams" | "id" | "dial" => true,
            "phone" => self.word(at.wrapping_sub(1)) == "by",
            // "The call", and not "call Kelly".
            "call" => matches!(self.word(at.wrapping_sub(1)), "the" | "this" | "our" | "video" | "conference" | "group" | "team"),
            _ => false,
        })
    }

    /// "little one"
    pub(crate) fn is_little_one(&self, place: usize) -> bool {
        self.word(place) == "one" && place > 0 && self.word(place - 1) == "little"
    }

    /// Whether a word for a family is part of a service's or a book's name.
    pub(crate) fn names_a_service(&self, place: usize) -> bool {
        // "her son's film"
        let is_somebodys = place.checked_sub(1).is_some_and(|before| self.kinds(before).is(Kinds::PERSONAL));
        if is_somebodys && self.is_mark(place + 1, &['\'']) && !self.kinds(place).is(Kinds::PLURAL) {
            return false;
        }
        for at in place + 1..place + 5 {
            let kinds = self.kinds(at);
            if kinds.is(Kinds::SERVICE.or(Kinds::PUBLISHED)) && !kinds.is(Kinds::STOP) {
                return true;
            }
            let is_between = self.is_mark(at, &['\'', '&', '-']) || matches!(self.word(at), "s" | "and") || kinds.is(Kinds::FAMILY);
            if !is_between {
                return false;
            }
        }
        false
    }

    /// Whether what stands at a place is said to be a service's or a venue's and no family's: the nearest word decides.
    pub(crate) fn belongs_to_service(&self, first: usize, last: usize, service: Kinds, family: Kinds) -> bool {
        const NEAR: usize = 10;
        const NEAR_AFTER: usize = 6;
        for distance in 1..=NEAR {
            let Some(at) = first.checked_sub(distance) else { break };
            if self.ends_sentence(at) {
                break;
            }
            // "The line for mothers is …" speaks of all, and "mums mobile", in haste, of one.
            let is_possessive = self.kinds(at + 1).is(Kinds::PHONE.or(Kinds::HOME).or(Kinds::REF_NOUN).or(Kinds::CAR));
            let is_for_all = at.checked_sub(1).is_some_and(|before| self.word(before) == "for");
            let is_of_all = self.kinds(at).is(Kinds::PLURAL) && (is_for_all || !self.kinds(at).is(Kinds::EACH)) && !is_possessive;
            let is_somebodys = self.is_of_family(at) && !is_of_all && self.word(at) != "pram";
            if is_somebodys || self.kinds(at).is(family) {
                return false;
            }
            if self.kinds(at).is(service) && !self.is_no_service(at) {
                return true;
            }
        }
        for distance in 1..=NEAR_AFTER {
            let at = last + distance;
            if self.ends_sentence(at) || self.is_mark(at, &[';']) || self.is_of_family(at) || self.kinds(at).is(family) {
                return false;
            }
            if self.kinds(at).is(service) {
                return true;
            }
        }
        false
    }

    /// "asked us to ring …", "do not drop": words that are a service's in another place.
    fn is_no_service(&self, at: usize) -> bool {
        match self.word(at) {
            "us" => self.word(at + 1) == "to",
            // Families are put up in hotels.
            "hotel" => self.behind(at, 8, Kinds::HOME.or(Kinds::SETTLED).or(Kinds::PERSONAL)).is_some(),
            "drop" => self.word(at + 1) != "in" && self.word(at + 2) != "in",
            _ => false,
        }
    }
}
