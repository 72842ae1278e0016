//! What makes a date a birthday without a word for one: the child right before it, how the child came, the birth that is spoken of.

use super::written::Date;
use crate::scanned::Scanned;
use crate::tokens::Made;
use crate::words::Kinds;

/// How far from a date what is said of it may stand.
const NEAR: usize = 8;

pub(super) fn is_said(scanned: &Scanned, first: usize, date: &Date) -> bool {
    is_childs_next(scanned, first)
        || is_by_section(scanned, first)
        || is_how_child_came(scanned, first)
        || is_when_she_had(scanned, first)
        || is_prem(scanned, first)
        || (date.has_year && (is_right_behind_child(scanned, first, date.last) || is_in_talk_of_birth(scanned, first)))
        || (date.has_year && is_said_again(scanned, first))
}

/// A child, of nobody who is at work: "my colleague's baby".
fn is_child(scanned: &Scanned, at: usize) -> bool {
    const BESIDE: usize = 3;
    scanned.is_of_family(at) && scanned.kinds(at).is(Kinds::CHILD) && scanned.behind(at, BESIDE, Kinds::PROFESSION).is_none()
}

/// "LO 30.12.23 still not babbling", "the little girl (19/08/2023)": unless it is the day on which the child was seen.
fn is_right_behind_child(scanned: &Scanned, first: usize, last: usize) -> bool {
    let Some(mut at) = first.checked_sub(1) else { return false };
    while at > 0 && at + 3 > first && scanned.is_mark(at, &[',', '(', '-', ':', '=', '*']) {
        at -= 1;
    }
    // "baby 2 12/03/2025"
    if scanned.digits(at).is_some_and(|digits| digits.len() == 1) {
        at = at.saturating_sub(1);
    }
    if !is_child(scanned, at) || scanned.ahead(last, 3, Kinds::OCCASION).is_some() {
        return false;
    }
    // What is done on a day that is no birthday.
    let is_of_a_day = |place: usize| scanned.kinds(place).is(Kinds::ATTEND.or(Kinds::OCCASION).or(Kinds::SERVICE).or(Kinds::DAY));
    !(1..=NEAR).map_while(|by| at.checked_sub(by)).take_while(|place| !scanned.ends_sentence(*place)).any(is_of_a_day)
}

/// "The twins arrived at twenty-nine weeks on …", "she came six weeks early, on …".
fn is_how_child_came(scanned: &Scanned, first: usize) -> bool {
    const FAR: usize = 12;
    let mut is_birth = false;
    for at in (1..=FAR).map_while(|by| first.checked_sub(by)) {
        let word = scanned.word(at);
        if matches!(word, "arrived" | "arrives" | "came" | "delivered" | "appeared") {
            let is_childs = (1..=4)
                .map_while(|by| at.checked_sub(by))
                .take_while(|who| !scanned.ends_sentence(*who))
                .any(|who| is_child(scanned, who) || (is_birth && matches!(scanned.word(who), "he" | "she" | "they")));
            return is_childs && (is_birth || word == "arrived" || word == "delivered");
        }
        is_birth |=
            matches!(word, "weeks" | "week" | "wks" | "early" | "prem" | "prematurely" | "premature" | "term" | "section" | "induction");
        let is_between =
            word.is_empty() || scanned.digits(at).is_some() || scanned.kinds(at).is(Kinds::NUMBER) || scanned.kinds(at).is(Kinds::ARRIVING);
        if !is_between || scanned.ends_sentence(at) {
            return false;
        }
    }
    false
}

/// "She had him on …", and not "we had him on …".
fn is_when_she_had(scanned: &Scanned, first: usize) -> bool {
    let is_on = first.checked_sub(1).is_some_and(|at| scanned.word(at) == "on");
    let whom = first.checked_sub(2).filter(|at| is_on && matches!(scanned.word(*at), "him" | "her" | "them"));
    let Some(had) = whom.and_then(|at| at.checked_sub(1)).filter(|at| scanned.word(*at) == "had") else { return false };
    had.checked_sub(1).is_some_and(|who| matches!(scanned.word(who), "she" | "mum" | "mam" | "mother" | "who"))
}

/// "prem at 27+4 on …": how far the pregnancy was.
fn is_prem(scanned: &Scanned, first: usize) -> bool {
    let Some(on) = first.checked_sub(1).filter(|at| scanned.word(*at) == "on") else { return false };
    let Some(weeks) = on.checked_sub(3) else { return false };
    let is_gestation = scanned.digits(weeks).is_some() && scanned.is_mark(weeks + 1, &['+', '/']) && scanned.digits(weeks + 2).is_some();
    is_gestation
        && (1..=2).filter_map(|by| weeks.checked_sub(by)).any(|at| matches!(scanned.word(at), "prem" | "premature" | "del" | "born"))
}

/// "EMCS 12.02.25", "by emergency section on …".
fn is_by_section(scanned: &Scanned, first: usize) -> bool {
    for at in (1..=3).map_while(|by| first.checked_sub(by)) {
        if scanned.kinds(at).is(Kinds::CHILDBIRTH) {
            return true;
        }
        let is_operation = matches!(scanned.word(at), "section" | "csection" | "caesarean")
            && (scanned.word(at) != "section"
                || (1..=2).any(|by| {
                    at.checked_sub(by).is_some_and(|kind| {
                        matches!(scanned.word(kind), "c" | "emergency" | "caesarean" | "elective" | "planned" | "crash" | "cat")
                    })
                }));
        if is_operation {
            return true;
        }
        let is_between =
            scanned.is_mark(at, &[',', ':', '-', '(']) || matches!(scanned.word(at), "on" | "is" | "was" | "the" | "booked" | "for");
        if !is_between {
            return false;
        }
    }
    false
}

/// "When I asked about the birth, he said …", "the birth certificate says …".
fn is_in_talk_of_birth(scanned: &Scanned, first: usize) -> bool {
    const OTHER: Kinds = Kinds::ATTEND.or(Kinds::OCCASION).or(Kinds::SERVICE).or(Kinds::PUBLISHED);
    for at in (1..=NEAR).map_while(|by| first.checked_sub(by)) {
        if scanned.word(at) == "birth" {
            let is_of_another = scanned.kinds(at + 1).is(OTHER.or(Kinds::FAMILY))
                || matches!(
                    scanned.word(at + 1),
                    "plan" | "story" | "trauma" | "debrief" | "reflections" | "partner" | "preparation" | "choices" | "weight" | "order"
                );
            let is_registered = (1..=3).any(|by| {
                at.checked_sub(by)
                    .is_some_and(|place| matches!(scanned.word(place), "register" | "registered" | "registering" | "since" | "after"))
            });
            // "the training on birth"
            let is_subject = scanned.behind(at, 4, Kinds::OCCASION.or(Kinds::SERVICE)).is_some();
            return !is_of_another && !is_registered && !is_subject;
        }
        let is_other = scanned.kinds(at).is(Kinds::DAY) || (scanned.kinds(at).is(OTHER) && !scanned.kinds(at).is(Kinds::STOP));
        if is_other || scanned.ends_sentence(at) {
            return false;
        }
    }
    false
}

/// "he will be one on …", "she's 18 months on …".
fn is_childs_next(scanned: &Scanned, first: usize) -> bool {
    let the = first.checked_sub(1).filter(|at| scanned.word(*at) == "the");
    let Some(on) = the.unwrap_or(first).checked_sub(1).filter(|at| scanned.word(*at) == "on") else { return false };
    let mut number = on.saturating_sub(1);
    while number + 4 > on && number > 0 && matches!(scanned.word(number), "months" | "weeks" | "years" | "year" | "old") {
        number -= 1;
    }
    let is_age = scanned.kinds(number).is(Kinds::NUMBER) || scanned.digits(number).is_some_and(|digits| digits.len() <= 2);
    let Some(verb) = number.checked_sub(1).filter(|at| is_age && matches!(scanned.word(*at), "be" | "is" | "s" | "was")) else {
        return false;
    };
    (1..=4)
        .map_while(|by| verb.checked_sub(by))
        .take_while(|at| !scanned.ends_sentence(*at))
        .any(|at| is_child(scanned, at) || matches!(scanned.word(at), "he" | "she"))
}

/// "I had his date of birth wrong. It is …": the sentence before says of what.
fn is_said_again(scanned: &Scanned, first: usize) -> bool {
    const FAR: usize = 14;
    let mut end = None;
    for at in (1..=NEAR).map_while(|by| first.checked_sub(by)) {
        if scanned.ends_sentence(at) {
            end = Some(at);
            break;
        }
        let is_of_what_went_before = matches!(
            scanned.word(at),
            "" | "it"
                | "its"
                | "s"
                | "is"
                | "was"
                | "should"
                | "be"
                | "that"
                | "the"
                | "correct"
                | "date"
                | "right"
                | "one"
                | "actually"
                | "really"
                | "in"
                | "fact"
                | "on"
                | "must"
                | "have"
                | "been"
        );
        if !is_of_what_went_before {
            return false;
        }
    }
    let Some(end) = end.filter(|end| end + 1 < first) else { return false };
    (1..=FAR).map_while(|by| end.checked_sub(by)).take_while(|at| !ends(scanned, *at)).any(|at| {
        (scanned.kinds(at).is(Kinds::BIRTH) && scanned.word(at) != "born")
            || (scanned.word(at) == "birth" && at.checked_sub(2).is_some_and(|date| scanned.word(date) == "date"))
    })
}

fn ends(scanned: &Scanned, at: usize) -> bool {
    scanned.ends_sentence(at) && scanned.token(at).is_some_and(|token| matches!(token.made, Made::Mark(_)))
}
