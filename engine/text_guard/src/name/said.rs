//! What is said of a name that tells whose it is: on a form, in the records, at the head of a message.

use super::AT_WORK;
use crate::scanned::Scanned;
use crate::words::Kinds;

/// How far from a name somebody of the family may be spoken of.
const REST: usize = 14;

/// Whom mothers and children are compared with.
const FAMOUS: [(&str, &str); 18] = [
    ("harry", "potter"),
    ("peter", "pan"),
    ("peter", "rabbit"),
    ("mary", "poppins"),
    ("oliver", "twist"),
    ("jane", "eyre"),
    ("kate", "middleton"),
    ("meghan", "markle"),
    ("taylor", "swift"),
    ("katie", "price"),
    ("joe", "wicks"),
    ("david", "beckham"),
    ("victoria", "beckham"),
    ("peter", "kay"),
    ("postman", "pat"),
    ("bob", "builder"),
    ("princess", "diana"),
    ("virgin", "mary"),
];

/// Whether something is said of a name that is said of families alone.
pub(super) fn is_familys(scanned: &Scanned, first: usize, last: usize) -> bool {
    if has_children(scanned, last) && scanned.behind(first, 2, AT_WORK).is_none() {
        return true;
    }
    if is_somebody_at_work(scanned, first, last) {
        return false;
    }
    is_somebodys_name(scanned, last)
        || is_whose(scanned, last)
        || has_what_parents_have(scanned, last)
        || is_of_age(scanned, last)
        || is_missed(scanned, last)
        || is_met_about(scanned, first)
        || is_led_by_family(scanned, first)
        || has_children_along(scanned, last)
        || (is_she(scanned, first) && is_beside_one_of_family(scanned, first, last))
        || ((is_signed(scanned, first) || is_in_records(scanned, first) || is_how_it_is_written(scanned, last))
            && is_beside_one_of_family(scanned, first, last))
}

fn is_somebody_at_work(scanned: &Scanned, first: usize, last: usize) -> bool {
    const BEFORE: usize = 6;
    const BEHIND: usize = 4;
    scanned.behind(first, BEFORE, AT_WORK).is_some_and(|by| !scanned.kinds(first - by).is(Kinds::PAPER))
        || scanned.ahead(last, BEHIND, Kinds::PROFESSION).is_some()
}

fn is_one(scanned: &Scanned, at: usize) -> bool {
    scanned.is_of_family(at) && (!scanned.kinds(at).is(Kinds::PLURAL) || scanned.kinds(at).is(Kinds::EACH))
}

fn is_beside_one_of_family(scanned: &Scanned, first: usize, last: usize) -> bool {
    (1..=REST).map_while(|by| first.checked_sub(by)).take_while(|at| !scanned.ends_sentence(*at)).any(|at| is_one(scanned, at))
        || (1..=REST).map(|by| last + by).take_while(|at| !scanned.ends_sentence(*at)).any(|at| is_one(scanned, at))
}

/// "… is her full name"
fn is_somebodys_name(scanned: &Scanned, last: usize) -> bool {
    let verb = last + 1;
    if !matches!(scanned.word(verb), "is" | "was") {
        return false;
    }
    let name = (verb + 2..verb + 6).find(|at| matches!(scanned.word(*at), "name" | "surname"));
    let is_theirs = |name: usize| (verb + 1..name).any(|at| scanned.kinds(at).is(Kinds::PERSONAL) || scanned.is_of_family(at));
    name.is_some_and(|name| is_theirs(name) && !matches!(scanned.word(name - 1), "pen" | "stage" | "file"))
}

/// ", whose dad has …"
fn is_whose(scanned: &Scanned, last: usize) -> bool {
    let whose = last + 1 + usize::from(scanned.is_mark(last + 1, &[',', '-', '(']));
    scanned.word(whose) == "whose" && (whose + 1..=whose + 3).any(|at| is_one(scanned, at))
}

/// "…'s children", "…'s twins".
fn has_children(scanned: &Scanned, last: usize) -> bool {
    let is_possessive = scanned.is_mark(last + 1, &['\'']) && scanned.word(last + 2) == "s";
    is_possessive
        && matches!(
            scanned.word(last + 3),
            "children" | "kids" | "twins" | "sons" | "daughters" | "boys" | "girls" | "parents" | "siblings"
        )
        && !scanned.names_a_service(last + 3)
}

/// "…'s parenting", "…'s waters".
fn has_what_parents_have(scanned: &Scanned, last: usize) -> bool {
    let is_possessive = scanned.is_mark(last + 1, &['\'']) && scanned.word(last + 2) == "s";
    is_possessive
        && scanned.kinds(last + 3).is(Kinds::PARENTAL)
        && !scanned.kinds(last + 4).is(Kinds::SERVICE.or(Kinds::PUBLISHED).or(Kinds::OCCASION))
}

/// "…, 19, …": nobody writes how old a colleague is.
fn is_of_age(scanned: &Scanned, last: usize) -> bool {
    let is_age = scanned.digits(last + 2).is_some_and(|age| age.len() == 2 && ("13"..="48").contains(&age));
    is_age && scanned.is_mark(last + 1, &[',']) && scanned.is_mark(last + 3, &[',', '.']) && !scanned.is_joined(last + 2)
}

/// "… DNA", "… WNB x2": who was expected and not brought.
fn is_missed(scanned: &Scanned, last: usize) -> bool {
    matches!(scanned.word(last + 1), "dna" | "dnad" | "wnb" | "cnb")
}

/// "… and the twins": no colleague comes with children.
fn has_children_along(scanned: &Scanned, last: usize) -> bool {
    let is_and = scanned.word(last + 1) == "and" || scanned.is_mark(last + 1, &['&', '+']);
    let whose = scanned.word(last + 2);
    let children = if matches!(whose, "the" | "her" | "his" | "their" | "both") { last + 3 } else { last + 2 };
    is_and && matches!(scanned.word(children), "twins" | "triplets" | "kids" | "boys" | "girls") && !scanned.names_a_service(children)
}

/// "She is … in the notes".
fn is_she(scanned: &Scanned, first: usize) -> bool {
    let Some(verb) = first.checked_sub(1).filter(|at| matches!(scanned.word(*at), "is" | "was" | "s")) else { return false };
    let who = if scanned.word(verb) == "s" { verb.checked_sub(2) } else { verb.checked_sub(1) };
    who.is_some_and(|who| matches!(scanned.word(who), "she" | "he"))
}

/// "core group for …", "strategy meeting re …".
fn is_met_about(scanned: &Scanned, first: usize) -> bool {
    let Some(about) = first.checked_sub(1).filter(|at| matches!(scanned.word(*at), "for" | "re" | "about" | "on")) else { return false };
    (1..=3).filter_map(|by| about.checked_sub(by)).any(|at| {
        let is_core = scanned.word(at) != "core" || scanned.word(at + 1) == "group";
        scanned.kinds(at).is(Kinds::MEETING) && is_core
    })
}

/// "On her birth plan …", "With her baby on her hip …": whose it is follows as the name.
fn is_led_by_family(scanned: &Scanned, first: usize) -> bool {
    const FAR: usize = 8;
    let Some(begin) = (1..=FAR).map_while(|by| first.checked_sub(by)).find(|at| *at == 0 || scanned.ends_sentence(at - 1)) else {
        return false;
    };
    let is_preposition = matches!(
        scanned.word(begin),
        "with"
            | "on"
            | "in"
            | "at"
            | "after"
            | "before"
            | "during"
            | "for"
            | "since"
            | "beside"
            | "behind"
            | "holding"
            | "despite"
            | "through"
    );
    let is_theirs = |at: usize| {
        matches!(scanned.word(at), "her" | "his")
            && (at + 1..at + 3).any(|next| is_one(scanned, next) || scanned.kinds(next).is(Kinds::TALK) || scanned.word(next) == "birth")
    };
    is_preposition && (begin + 1..first).any(is_theirs)
}

/// "She signed the form as …", "mum goes by …", "is down as …".
fn is_signed(scanned: &Scanned, first: usize) -> bool {
    let Some(before) = first.checked_sub(1).filter(|at| matches!(scanned.word(*at), "as" | "by" | "under")) else { return false };
    let verb = (1..=6).map_while(|by| before.checked_sub(by)).take_while(|at| !scanned.ends_sentence(*at)).find(|at| {
        matches!(
            scanned.word(*at),
            "signed"
                | "signs"
                | "registered"
                | "booked"
                | "recorded"
                | "down"
                | "goes"
                | "went"
                | "known"
                | "entered"
                | "listed"
                | "named"
                | "written"
                | "referred"
                | "given"
                | "appears"
        )
    });
    verb.is_some_and(|at| !at.checked_sub(1).is_some_and(|who| matches!(scanned.word(who), "i" | "we")))
}

/// "All the records say …", "the letter was addressed to the parents of …".
fn is_in_records(scanned: &Scanned, first: usize) -> bool {
    let Some(verb) = first.checked_sub(1) else { return false };
    let is_verb = matches!(
        scanned.word(verb),
        "say" | "says" | "said" | "begins" | "starts" | "have" | "has" | "had" | "show" | "shows" | "read" | "reads"
    ) || scanned.is_mark(verb, &[':', '"', '\'']);
    is_verb && (1..=5).map_while(|by| verb.checked_sub(by)).any(|at| scanned.kinds(at).is(Kinds::PAPER))
}

/// "… is how the red book has it"
fn is_how_it_is_written(scanned: &Scanned, last: usize) -> bool {
    matches!(scanned.word(last + 1), "is" | "was") && matches!(scanned.word(last + 2), "how" | "what")
}

/// "Re: Oluwaseun Adeyemi": the head of a message about somebody, in which a family is spoken of before anybody at work is.
pub(super) fn is_head(scanned: &Scanned, first: usize, last: usize) -> bool {
    const FAR: usize = 20;
    let Some(mut at) = first.checked_sub(1) else { return false };
    if scanned.is_mark(at, &[':', '-']) && at > 0 {
        at -= 1;
    }
    let is_head = matches!(scanned.word(at), "re" | "subject" | "regarding" | "name" | "pt" | "fao" | "ref");
    let begins = at == 0 || scanned.ends_sentence(at - 1) || matches!(scanned.word(at), "re" | "regarding");
    if !is_head || !begins || scanned.is_mark(last + 1, &['\'']) {
        return false;
    }
    let mut rest = last + 1..last + FAR;
    rest.find(|at| is_one(scanned, *at) || scanned.kinds(*at).is(AT_WORK)).is_some_and(|at| is_one(scanned, at))
}

/// "The trainee presented …, mum of twins": what is presented in a group is a family.
pub(super) fn is_presented(scanned: &Scanned, first: usize, last: usize) -> bool {
    let is_verb = first.checked_sub(1).is_some_and(|at| match scanned.word(at) {
        "presented" | "presents" | "presenting" | "described" | "describes" => true,
        // "moved to tears by …", and not "a book by …".
        "by" => scanned.behind(at, 6, Kinds::CREDIT.or(Kinds::PUBLISHED).or(Kinds::PROFESSION)).is_none(),
        _ => false,
    });
    is_verb && scanned.is_mark(last + 1, &[',', '(', '-']) && (last + 2..last + 5).any(|at| is_one(scanned, at))
}

/// A story's people, and those who are held up as an example.
pub(super) fn is_invented(scanned: &Scanned, first: usize, last: usize) -> bool {
    let is_example = scanned.word(last + 1) == "as" && (last + 2..last + 4).any(|at| scanned.word(at) == "example");
    let is_famous = FAMOUS.iter().any(|(given, surname)| scanned.word(first) == *given && scanned.word(last) == *surname);
    is_example || is_famous || (first..=last).any(|at| scanned.kinds(at).is(Kinds::FICTION))
}

/// "the mother in the novel", where nothing right before the name says that it is a family's.
pub(super) fn is_beside_fiction(scanned: &Scanned, first: usize, last: usize) -> bool {
    const FAR: usize = 8;
    scanned.behind(first, FAR, Kinds::FICTION).is_some() || scanned.ahead(last, FAR, Kinds::FICTION).is_some()
}
