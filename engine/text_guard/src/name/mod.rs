//! Full names of children, parents and relatives.
//!
//! A name counts where a word for a child, a parent or a relative belongs to it: right before ("mum Sarah Jones", "the dad, Tom O'Brien"), right
//! behind ("Sarah Jones, mum of two", "Sarah Jones's baby", "Sarah Jones. Her baby …"), or in the same sentence where the given name is a usual one and
//! nothing makes it a colleague's; and where something is said that is said of families alone ("the referral for …", "…'s health visitor"). A given name alone is let pass: practitioners think of people by one, often an invented one, and it leads to nobody. Colleagues
//! and supervisors are let pass too: the product itself names them, and no family is found by them.

mod around;
mod reading;
mod said;
mod surname;

use reading::{Name, Written};

use crate::Category;
use crate::date;
use crate::scanned::Scanned;
use crate::tokens::Case;
use crate::words::Kinds;

/// How many words may stand between a name and the word that it belongs to.
const NEAR: usize = 8;
/// What somebody is in the work, and what they do who write and speak of it.
const AT_WORK: Kinds = Kinds::PROFESSION.or(Kinds::CREDIT);

pub(crate) fn find(scanned: &mut Scanned) {
    let mut first = 0;
    // Where the last name ended, for "Leanne Booth and Ryan Sykes".
    let mut pair = None;
    while first < scanned.len() {
        if scanned.is_claimed(first) || (first > 0 && scanned.is_joined(first) && scanned.is_mark(first - 1, &['@', '#', '\'', '-'])) {
            first += 1;
            continue;
        }
        let Some(name) = reading::read(scanned, first) else {
            if let Some(last) = surname::read(scanned, first) {
                scanned.claim(first, last, Category::PersonName);
            }
            first += 1;
            continue;
        };
        if pair == Some(first) || is_of_family(scanned, first, &name) {
            scanned.claim(first, name.last, Category::PersonName);
            date::claim_behind_name(scanned, name.last);
            pair = behind_and(scanned, name.last);
        }
        first = name.last + 1;
    }
}

/// "Mr …", and not "Dr …".
fn is_titled(scanned: &Scanned, first: usize) -> bool {
    let before = first.wrapping_sub(if scanned.is_mark(first.wrapping_sub(1), &['.']) { 2 } else { 1 });
    scanned.kinds(before).is(Kinds::TITLE)
}

fn behind_and(scanned: &Scanned, last: usize) -> Option<usize> {
    let is_and = scanned.word(last + 1) == "and" || scanned.is_mark(last + 1, &['&', '/']);
    // "Patience Moyo, Tadiwa Moyo": of one family by their name.
    let is_of_one = scanned.is_mark(last + 1, &[',']) && scanned.word(last + 3) == scanned.word(last) && !scanned.word(last).is_empty();
    (is_and || is_of_one).then_some(last + 2)
}

fn is_of_family(scanned: &Scanned, first: usize, name: &Name) -> bool {
    if is_authors(scanned, first, name) || said::is_invented(scanned, first, name.last) {
        return false;
    }
    if said::is_presented(scanned, first, name.last)
        || said::is_head(scanned, first, name.last)
        || said::is_familys(scanned, first, name.last)
    {
        return true;
    }
    match before(scanned, first) {
        Belongs::Family => return true,
        Belongs::Profession => return false,
        Belongs::Nobody => {}
    }
    if around::works_beside_writer(scanned, first) || said::is_beside_fiction(scanned, first, name.last) {
        return false;
    }
    match behind(scanned, first, name.last) {
        Belongs::Family => true,
        Belongs::Profession => false,
        Belongs::Nobody => {
            // "Mrs Olawale said that the baby …": colleagues call one another by their names.
            let is_addressed =
                is_titled(scanned, first) && (around::is_couple(scanned, first) || around::is_beside_family(scanned, first, name.last));
            is_addressed
                || around::is_named_in_talk(scanned, first, name.last)
                || (matches!(name.written, Written::Known | Written::Strange) && is_in_talk_of_family(scanned, first, name.last))
        }
    }
}

/// To whom a name belongs by what stands right beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    Family,
    Profession,
    Nobody,
}

/// "mum ", "the dad, ", "baby's name is ", "the birth mother, a young woman named ".
fn before(scanned: &Scanned, first: usize) -> Belongs {
    // "The parent I am worried about is …": what is said to be the name may stand a clause away.
    let mut is_said_to_be = false;
    for distance in 1..=NEAR {
        let Some(at) = first.checked_sub(distance) else { break };
        if scanned.ends_sentence(at) {
            break;
        }
        let kinds = scanned.kinds(at);
        let word = scanned.word(at);
        let works = kinds.is(Kinds::PROFESSION) || (kinds.is(Kinds::CREDIT) && !is_said_to_be);
        if works && !kinds.is(Kinds::FAMILY) && !around::is_watched(scanned, at) {
            return Belongs::Profession;
        }
        let is_person = kinds.is(Kinds::FAMILY.or(Kinds::CLIENT)) && !scanned.names_a_service(at);
        if is_person && (!kinds.is(Kinds::PLURAL) || kinds.is(Kinds::EACH)) {
            return if is_own(scanned, at) { Belongs::Nobody } else { Belongs::Family };
        }
        is_said_to_be |= matches!(word, "is" | "was" | "called" | "named");
        // "The nursery is called …"
        if is_said_to_be && kinds.is(Kinds::VENUE) {
            return Belongs::Profession;
        }
        if is_said_to_be && is_child_meant(scanned, at) {
            return Belongs::Family;
        }
        if !is_filler_before(scanned, at) && !around::leads_on(scanned, at) && !is_said_to_be {
            return if is_clause_of_family(scanned, first, at) { Belongs::Family } else { little(scanned, first) };
        }
    }
    little(scanned, first)
}

/// "little Jayden Okoro", "the referral for Sarah Jones"
fn little(scanned: &Scanned, first: usize) -> Belongs {
    let is_little = first.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "little" | "wee" | "tiny"));
    if is_little || around::is_looked_at(scanned, first) { Belongs::Family } else { Belongs::Nobody }
}

/// "the mother I mentioned, …".
fn is_clause_of_family(scanned: &Scanned, first: usize, at: usize) -> bool {
    let is_apposed = scanned.is_mark(first - 1, &[',', '(', '-']);
    let begins = |by: usize| {
        let who = at.checked_sub(by)?;
        let is_clause = matches!(scanned.word(who + 1), "i" | "we" | "you" | "who" | "whose" | "that");
        Some(is_clause && scanned.is_of_family(who) && !scanned.kinds(who).is(Kinds::PLURAL))
    };
    let has_profession = (1..=5).any(|by| at.checked_sub(by).is_some_and(|at| scanned.kinds(at).is(AT_WORK)));
    is_apposed && !has_profession && (1..=5).any(|by| begins(by) == Some(true))
}

/// "he is called", "she's called".
fn is_child_meant(scanned: &Scanned, at: usize) -> bool {
    if !matches!(scanned.word(at), "is" | "s" | "was") || !matches!(scanned.word(at + 1), "called" | "named" | "name") {
        return false;
    }
    let before = at.saturating_sub(1);
    let who = if scanned.is_mark(before, &['\'']) { before.saturating_sub(1) } else { before };
    matches!(scanned.word(who), "he" | "she")
}

/// "my own mum": a practitioner's, who is no family of the practice.
fn is_own(scanned: &Scanned, at: usize) -> bool {
    scanned.word(at.wrapping_sub(1)) == "own" && scanned.kinds(at.wrapping_sub(2)).is(Kinds::OWN)
}

fn is_filler_before(scanned: &Scanned, at: usize) -> bool {
    const MARKS: [char; 12] = [',', ':', '(', '"', '\'', '-', '=', ';', '.', '[', '/', '*'];
    let is_given = scanned.token(at).is_some_and(|token| token.case == Case::Capital && token.kinds.is(Kinds::GIVEN));
    is_given || scanned.is_mark(at, &MARKS) || scanned.kinds(at).is(Kinds::TITLE.or(Kinds::LEADS_TO_NAME))
}

/// ", mum of two", " (dad)", "'s baby", " is a first-time mum".
fn behind(scanned: &Scanned, first: usize, last: usize) -> Belongs {
    for distance in 1..=NEAR {
        let at = last + distance;
        if scanned.ends_sentence(at) {
            return if around::goes_on_of_family(scanned, first, at) { Belongs::Family } else { Belongs::Nobody };
        }
        let kinds = scanned.kinds(at);
        if (kinds.is(Kinds::FAMILY) && !kinds.is(Kinds::PLURAL)) || scanned.is_little_one(at) {
            let is_said_of_work = scanned.names_a_service(at) || is_father_of_thought(scanned, at) || names_a_profession(scanned, at);
            return if is_said_of_work { Belongs::Profession } else { Belongs::Family };
        }
        if around::is_ones_own_worker(scanned, last, at) {
            return Belongs::Family;
        }
        if kinds.is(AT_WORK) {
            return Belongs::Profession;
        }
        if is_said_of_parent_or_child(scanned, at) {
            return Belongs::Family;
        }
        if !is_filler_behind(scanned, at) {
            break;
        }
    }
    Belongs::Nobody
}

/// "Parent-Infant Practitioner", "child psychologist".
fn names_a_profession(scanned: &Scanned, at: usize) -> bool {
    let last =
        (at + 1..at + 5).take_while(|next| scanned.is_mark(*next, &['-', '/', '&']) || scanned.kinds(*next).is(Kinds::FAMILY)).last();
    scanned.kinds(last.unwrap_or(at) + 1).is(Kinds::PROFESSION)
}

/// "14 months", "(dob …)", "gave birth", "is pregnant".
fn is_said_of_parent_or_child(scanned: &Scanned, at: usize) -> bool {
    let is_small = scanned.digits(at).is_some_and(|digits| digits.len() <= 2) || scanned.kinds(at).is(Kinds::NUMBER);
    // "her six-week-old" as well.
    let is_dashed = scanned.is_mark(at + 1, &['-']);
    let unit = scanned.word(if is_dashed { at + 2 } else { at + 1 });
    let is_small_age = matches!(unit, "months" | "weeks" | "days" | "month" | "week" | "mths" | "wks" | "mth" | "wk");
    let is_age =
        is_small && (is_small_age || (matches!(unit, "day" | "year") && scanned.word(at + if is_dashed { 4 } else { 2 }) == "old"));
    // "5/12" is five months, "3/52" three weeks.
    let is_in_twelfths = is_small && scanned.is_mark(at + 1, &['/']) && matches!(scanned.word(at + 2), "12" | "52" | "40");
    let is_birth_story = scanned.word(at) == "birth" && matches!(scanned.word(at + 1), "story" | "plan");
    let gave_birth = scanned.word(at) == "gave" && scanned.word(at + 1) == "birth";
    // "para 3", "G2P1": how often somebody gave birth.
    let is_obstetric = matches!(scanned.word(at), "para" | "gravida" | "primip" | "multip");
    let turned =
        matches!(scanned.word(at), "turned" | "turns") && (scanned.kinds(at + 1).is(Kinds::NUMBER) || scanned.digits(at + 1).is_some());
    // "lost her first"
    let is_lost =
        matches!(scanned.word(at), "lost" | "had") && scanned.kinds(at + 1).is(Kinds::PERSONAL) && scanned.kinds(at + 2).is(Kinds::ORDINAL);
    is_age
        || is_age_in_haste(scanned.word(at))
        || is_lost
        || is_in_twelfths
        || is_birth_story
        || gave_birth
        || turned
        || is_obstetric
        || matches!(
            scanned.word(at),
            "dob" | "pregnant" | "induced" | "breastfeeding" | "breastfeeds" | "breastfed" | "disclosed" | "miscarried"
        )
}

/// "5mths", "6wks"
fn is_age_in_haste(word: &str) -> bool {
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (1..=2).contains(&(word.len() - unit.len())) && matches!(unit, "mths" | "mth" | "months" | "mo" | "wks" | "wk" | "weeks" | "days")
}

/// "the father of attachment theory"
fn is_father_of_thought(scanned: &Scanned, at: usize) -> bool {
    let is_of = scanned.word(at + 1) == "of";
    // "mum of two and carer of one": a word that may join two names joins others as well.
    let is_published = |place: usize| scanned.kinds(place).is(Kinds::PUBLISHED) && !scanned.kinds(place).is(Kinds::STOP);
    is_of && (at + 2..at + 6).take_while(|place| !scanned.ends_sentence(*place)).any(is_published)
}

fn is_filler_behind(scanned: &Scanned, at: usize) -> bool {
    const MARKS: [char; 12] = [',', '(', '-', '\'', '"', ':', '[', '/', '=', '*', '+', '&'];
    // "… and the baby" may be another's; "… and her baby" and "… and baby" are not.
    let is_and = scanned.word(at) == "and";
    if is_and || around::is_done_for_family(scanned.word(at)) {
        let is_theirs = scanned.kinds(at + 1).is(Kinds::PERSONAL) || around::is_one_of_family(scanned, at + 1);
        if is_and || is_theirs {
            return is_theirs;
        }
    }
    scanned.is_mark(at, &MARKS)
        || scanned.digits(at).is_some()
        || scanned.kinds(at).is(Kinds::FOLLOWS_NAME)
        || around::says_what_kind(scanned, at)
}

/// Whether a sentence speaks of the family of whoever is named, with nothing that makes it a colleague's name.
fn is_in_talk_of_family(scanned: &Scanned, first: usize, last: usize) -> bool {
    const BESIDE: usize = 5;
    // "After the film …", "the judge asked …": what was watched is not by whoever is named, and who is asked is not who asks.
    let is_asked = around::is_asked_at_work(scanned, first);
    let works_before = scanned.behind(first, BESIDE, AT_WORK).is_some_and(|by| !is_asked && !around::is_watched(scanned, first - by));
    let works_here = works_before || scanned.ahead(last, BESIDE, AT_WORK).is_some();
    if works_here {
        return false;
    }
    // "I visited Gemma Lowe and the newborn": whom a practitioner visits is family. A colleague asks after the baby as well, but has none here.
    let attended = scanned.behind(first, 3, Kinds::ATTEND).is_some();
    let end = (1..=12).map(|distance| last + distance).find(|at| scanned.ends_sentence(*at));
    let goes_on = |end: usize| {
        let is_theirs = attended || matches!(scanned.word(end + 1), "her" | "his");
        (is_theirs && around::goes_on_of_family(scanned, first, end)) || around::goes_on_with_age(scanned, first, end)
    };
    if end.is_some_and(goes_on) {
        return true;
    }
    (1..=12).map(|distance| last + distance).take_while(|at| !scanned.ends_sentence(*at)).any(|at| {
        // "… has moved back in with mum"
        let lives_with = scanned.word(at) == "with"
            && scanned.behind(at, 3, Kinds::HOME.or(Kinds::SETTLED)).is_some()
            && (at + 1..at + 4).any(|who| around::is_one_of_family(scanned, who));
        if lives_with {
            return true;
        }
        let is_family = scanned.is_of_family(at) && !scanned.kinds(at).is(Kinds::PLURAL);
        let is_theirs = (1..=3).any(|by| at.checked_sub(by).is_some_and(|at| matches!(scanned.word(at), "her" | "his" | "their")));
        (is_family && (is_theirs || attended || around::is_apposed(scanned, at))) || (scanned.kinds(at).is(Kinds::TALK) && is_theirs)
    })
}

/// Whoever wrote the books of the field is quoted beside mothers and babies all the time.
fn is_authors(scanned: &Scanned, first: usize, name: &Name) -> bool {
    // "Solomon Tesfay": a surname of one may be somebody's given name.
    let begin = if name.last > first && scanned.kinds(first).is(Kinds::GIVEN) { first + 1 } else { first };
    (begin..=name.last).any(|place| scanned.kinds(place).is(Kinds::AUTHOR))
}
