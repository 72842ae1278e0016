//! What is said of a reference, which tells whose it is.

use super::form;
use super::reading::Reference;
use crate::scanned::Scanned;
use crate::tokens::Case;
use crate::words::Kinds;

/// How many words may stand between what a number is of and the number.
const NEAR: usize = 6;

/// Whether the words before a number say that it is one of a family's records.
pub(super) fn is_named(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    let mut has_noun = false;
    let mut has_subject = false;
    let mut has_plain_ref = false;
    for distance in 1..=NEAR {
        let Some(at) = first.checked_sub(distance) else { break };
        let kinds = scanned.kinds(at);
        let word = scanned.word(at);
        if (scanned.ends_sentence(at) && !has_noun && !scanned.is_mark(at, &['.']))
            || (kinds.is(Kinds::PHONE) && !kinds.is(Kinds::REF_NOUN))
        {
            return false;
        }
        // The number by which people come into a call; a case conference is another matter.
        let is_call = word == "conference" && matches!(scanned.word(at + 1), "id" | "code" | "number");
        if is_call || (kinds.is(Kinds::OTHER_REF) && !(has_noun && is_set_apart(scanned, at, first))) {
            return false;
        }
        let is_one = matches!(
            (scanned.word(at.saturating_sub(1)), word),
            ("system" | "systm", "one") | ("liquid", "logic") | ("care", "first") | ("framework", "i")
        );
        if (kinds.is(Kinds::SYSTEM) || is_one) && reference.digits >= 4 {
            return true;
        }
        if kinds.is(Kinds::REF_ALONE) {
            return word != "urn" || !is_of_a_setting(scanned, at);
        }
        if kinds.is(Kinds::REF_NOUN) {
            has_noun = true;
            has_plain_ref |= matches!(word, "ref" | "reference" | "id" | "urn") && !is_of_something_else(scanned, at);
            // "The number on the CIN plan is …", and not "the number of children is …".
            let is_of_subject = has_subject && reference.digits >= 5 && scanned.word(at + 1) != "of";
            if kinds.is(Kinds::SUBJECT) || word == "file" || is_of_subject {
                return true;
            }
        } else if kinds.is(Kinds::SUBJECT) {
            if has_noun {
                return true;
            }
            has_subject = true;
        } else if scanned.is_of_family(at) {
            // "system no. for the mother is …"
            has_subject = true;
        } else if !is_between(scanned, at, has_noun) {
            break;
        }
    }
    // "ref 4471928": long, and of nothing else that is said.
    let is_all_that_is_said = !scanned.is_of_a_call(first) && scanned.ahead(reference.last, 4, Kinds::OTHER_REF).is_none();
    is_all_that_is_said && reference.digits >= 5 && (has_plain_ref || (has_noun && is_on_hospital_paper(scanned, reference.last)))
}

/// "hall ref", "cleaning ref": of a thing that is nobody's.
fn is_of_something_else(scanned: &Scanned, noun: usize) -> bool {
    let Some(before) = noun.checked_sub(1) else { return false };
    let kinds = scanned.kinds(before);
    let is_thing = kinds == Kinds::NONE || kinds.is(Kinds::THING);
    let is_said = matches!(
        scanned.word(before),
        "" | "new"
            | "old"
            | "correct"
            | "right"
            | "given"
            | "quote"
            | "quoting"
            | "wrong"
            | "same"
            | "other"
            | "their"
            | "unique"
            | "system"
            | "own"
    );
    is_thing && !is_said && scanned.token(before).is_some_and(|token| token.case == Case::Lower && token.length > 3)
}

/// "strategy meeting, ref no 2025-…": what is said before a comma is not what the number is of.
pub(super) fn is_set_apart(scanned: &Scanned, at: usize, first: usize) -> bool {
    let is_loose = matches!(scanned.word(at), "meeting" | "course" | "page" | "job" | "issue" | "room" | "form");
    is_loose && at + 1 < first && scanned.is_mark(at + 1, &[',', ';', '-'])
}

/// "Ofsted inspected the hub, URN 128846": the number of a setting.
fn is_of_a_setting(scanned: &Scanned, at: usize) -> bool {
    const FAR: usize = 12;
    let kinds = Kinds::SERVICE.or(Kinds::OTHER_REF).or(Kinds::PERSONAL).or(Kinds::CLIENT);
    let is_setting = scanned.behind(at, FAR, kinds).is_some_and(|by| !scanned.kinds(at - by).is(Kinds::PERSONAL.or(Kinds::CLIENT)));
    is_setting || scanned.behind(at, FAR, Kinds::OTHER_REF).is_some()
}

/// "R number R4471902 on the hospital letter".
fn is_on_hospital_paper(scanned: &Scanned, last: usize) -> bool {
    let is_on = matches!(scanned.word(last + 1), "on" | "from" | "at" | "with");
    is_on
        && (last + 2..last + 6).any(|at| matches!(scanned.word(at), "hospital" | "discharge" | "clinic" | "ward" | "redbook" | "wristband"))
}

/// "case FSW-2024-3360", "on case 447201".
pub(super) fn is_right_behind_case(scanned: &Scanned, first: usize, reference: &Reference) -> bool {
    // "case k3f9x2mv" is a code of this place.
    let is_scrambled = reference.parts == 1 && reference.letters > 0 && form::letters_and_digits(scanned.word(first)).is_none();
    let is_long = !is_scrambled && (reference.digits >= 5 || (reference.letters > 0 && reference.digits >= 4));
    let noun = first.checked_sub(1).map(|at| if scanned.is_mark(at, &['#', ':', '(']) { at.saturating_sub(1) } else { at });
    noun.is_some_and(|at| {
        let is_noun = matches!(scanned.word(at), "case" | "patient" | "client" | "casefile" | "referral");
        // "just in case 20000 …"
        is_long && is_noun && at.checked_sub(1).is_none_or(|before| scanned.word(before) != "in")
    })
}

/// Words that may stand between what a number is of and the number.
fn is_between(scanned: &Scanned, at: usize, has_noun: bool) -> bool {
    match scanned.word(at) {
        "" | "is" | "she" | "he" | "they" | "re" | "it" | "its" | "as" | "was" | "under" | "the" | "her" | "his" | "their" | "on" | "s"
        | "with" | "of" | "for" | "by" | "my" | "our" | "see" | "plan" => true,
        _ => has_noun && scanned.kinds(at).is(Kinds::FAMILY),
    }
}

/// "4471928 on LCS".
pub(super) fn is_in_system_behind(scanned: &Scanned, reference: &Reference) -> bool {
    let is_on = matches!(scanned.word(reference.last + 1), "on" | "in");
    let names_system =
        scanned.kinds(reference.last + 2).is(Kinds::SYSTEM) || matches!(scanned.word(reference.last + 2), "system" | "systm");
    reference.digits >= 5 && is_on && names_system
}
