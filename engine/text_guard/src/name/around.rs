//! What else than the words right beside a name says that it is one of a family.

use crate::scanned::Scanned;
use crate::words::Kinds;

/// How many words may stand before a name without one that says it is somebody at work.
const AT_WORK_NEAR: usize = 8;
/// How far a sentence is read on behind a name.
const REST: usize = 14;

/// "the mother of …", "call her …": what stands between a word for a family and a name.
pub(super) fn leads_on(scanned: &Scanned, at: usize) -> bool {
    match scanned.word(at) {
        "of" => at.checked_sub(1).is_some_and(|who| scanned.is_of_family(who) || scanned.kinds(who).is(Kinds::CLIENT)),
        "one" | "two" | "three" | "1" | "2" | "3" => {
            // "her partner, one Kyle …"
            let who = if at > 0 && scanned.is_mark(at - 1, &[',']) { at.checked_sub(2) } else { at.checked_sub(1) };
            who.is_some_and(|who| scanned.is_of_family(who))
        }
        "like" => at.checked_sub(1).is_some_and(|who| scanned.is_of_family(who)),
        // "I never liked a baby less than …"
        "than" => at.checked_sub(2).is_some_and(|who| scanned.is_of_family(who)),
        "less" | "more" | "other" => scanned.word(at + 1) == "than",
        "call" => scanned.kinds(at + 1).is(Kinds::PERSONAL),
        _ => false,
    }
}

/// "EPDS 19 for …", "the referral for …", "we filmed …", "worried about …": nobody but a family is scored, referred, filmed or worried about.
pub(super) fn is_looked_at(scanned: &Scanned, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    // "Orla's full name, Orla McGuinness": a form asks for "your full name" as well.
    let full =
        (1..=6).filter_map(|by| first.checked_sub(by)).find(|at| scanned.word(*at) == "name" && scanned.word(at.wrapping_sub(1)) == "full");
    if full.is_some_and(|at| (2..=4).all(|by| scanned.word(at.wrapping_sub(by)) != "your")) {
        return true;
    }
    // "the visit of …" may be a colleague's, and "the appointment of …" to a post.
    let is_referred = |at: usize| match scanned.word(at) {
        "epds" | "phq" | "gad" | "asq" | "referral" | "score" | "scores" => true,
        "visit" | "appointment" => scanned.word(before) == "for",
        _ => false,
    };
    match scanned.word(before) {
        "filmed" | "filming" => before.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "i" | "we" | "have" | "had" | "ve")),
        "about" | "of" if is_on_ones_mind(scanned, before) => true,
        "referred" => before.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "i" | "we" | "have" | "hv" | "ve")),
        "for" | "of" => (1..=4).any(|by| before.checked_sub(by).is_some_and(is_referred)),
        "to" => before.checked_sub(1).is_some_and(|at| scanned.word(at) == "birth"),
        _ => false,
    }
}

/// "I keep thinking of …"
fn is_on_ones_mind(scanned: &Scanned, preposition: usize) -> bool {
    preposition
        .checked_sub(1)
        .is_some_and(|at| matches!(scanned.word(at), "thinking" | "worried" | "worry" | "worrying" | "concerned" | "anxious"))
}

/// "…'s health visitor": colleagues have none.
pub(super) fn is_ones_own_worker(scanned: &Scanned, last: usize, at: usize) -> bool {
    let is_theirs = scanned.is_mark(last + 1, &['\'']) && (at <= last + 4);
    let is_worker = match scanned.word(at) {
        "visitor" | "midwife" | "hv" | "sw" | "gp" | "keyworker" | "paediatrician" => true,
        "worker" => matches!(scanned.word(at - 1), "social" | "key" | "family" | "support"),
        _ => false,
    };
    // "…'s health visitor team"
    is_theirs && is_worker && !scanned.kinds(at + 1).is(Kinds::SERVICE)
}

/// "… brought baby", "… held her son": what somebody does with a child of theirs.
pub(super) fn is_done_for_family(word: &str) -> bool {
    matches!(word, "brought" | "brings" | "held" | "holds" | "fed" | "feeds" | "carried" | "lost" | "expecting" | "with" | "plus")
}

/// "baby", "mum": one of a family, said without an article, as only those say it who speak of this family.
pub(super) fn is_one_of_family(scanned: &Scanned, at: usize) -> bool {
    (scanned.is_of_family(at) && !scanned.kinds(at).is(Kinds::PLURAL)) || scanned.word(at) == "bump"
}

/// "… Mariam Yusuf? Her baby …", "Saw Emma Jones. Baby …": the next sentence says whose name it was.
pub(super) fn goes_on_of_family(scanned: &Scanned, first: usize, end: usize) -> bool {
    let works = Kinds::PROFESSION.or(Kinds::CREDIT).or(Kinds::SERVICE);
    let begin = end + 1;
    // "Can we talk about Rhys Penhaligon? He's nine weeks": nobody at work is of that age.
    if matches!(scanned.word(begin), "she" | "he") && is_aged_in_weeks(scanned, begin + 1) {
        return true;
    }
    if scanned.behind(first, AT_WORK_NEAR, works).is_some() {
        return false;
    }
    match scanned.word(begin) {
        "her" | "his" | "their" => {
            (2..=4).map(|by| end + by).take_while(|at| !scanned.ends_sentence(*at)).any(|at| is_one_of_family(scanned, at))
        }
        "she" => (2..=7).map(|by| end + by).any(|at| matches!(scanned.word(at), "pregnant" | "breastfeeding" | "postnatal")),
        "baby" | "newborn" | "twins" => scanned.behind(first, 2, Kinds::ATTEND).is_some() && is_one_of_family(scanned, begin),
        _ => false,
    }
}

/// "She's twelve weeks", "He is 7/12".
fn is_aged_in_weeks(scanned: &Scanned, behind_pronoun: usize) -> bool {
    let verb = behind_pronoun + usize::from(scanned.is_mark(behind_pronoun, &['\'']));
    let age = verb + if matches!(scanned.word(verb + 1), "only" | "just" | "now" | "about") { 2 } else { 1 };
    let is_number = scanned.digits(age).is_some() || scanned.kinds(age).is(Kinds::NUMBER);
    let unit = if scanned.is_mark(age + 1, &['-', '/']) { age + 2 } else { age + 1 };
    let is_small = matches!(scanned.word(unit), "weeks" | "months" | "days" | "wks" | "mths" | "week" | "month" | "12" | "52");
    matches!(scanned.word(verb), "s" | "is" | "was") && is_number && is_small
}

/// "a joint visit with …", "alongside …", "Dear …": a colleague, or whoever is to read it.
pub(super) fn works_beside_writer(scanned: &Scanned, first: usize) -> bool {
    if first.checked_sub(1).is_some_and(|at| matches!(scanned.word(at), "dear" | "hi" | "hello" | "thanks" | "regards")) {
        return true;
    }
    // "Best wishes, …"
    let signs = first.checked_sub(2).filter(|at| scanned.is_mark(at + 1, &[','])).map(|at| scanned.word(at));
    if signs.is_some_and(|word| matches!(word, "wishes" | "regards" | "thanks" | "sincerely" | "faithfully" | "cheers" | "warmly")) {
        return true;
    }
    let is_clients = |at: usize| scanned.kinds(at).is(Kinds::FAMILY.or(Kinds::CLIENT)) && !scanned.names_a_service(at);
    let mut near = (1..=4).map_while(|by| first.checked_sub(by)).take_while(|at| !scanned.ends_sentence(*at) && !is_clients(*at));
    near.any(|at| matches!(scanned.word(at), "joint" | "jointly" | "alongside"))
}

/// "the judge asked …", "the midwife told …".
pub(super) fn is_asked_at_work(scanned: &Scanned, first: usize) -> bool {
    let verb = first.checked_sub(1).filter(|at| {
        matches!(
            scanned.word(*at),
            "asked"
                | "asks"
                | "told"
                | "tells"
                | "saw"
                | "met"
                | "visited"
                | "gave"
                | "handed"
                | "showed"
                | "helped"
                | "advised"
                | "discharged"
                | "weighed"
                | "filmed"
                | "examined"
                | "supported"
                | "assessed"
                | "referred"
                | "warned"
                | "reminded"
                | "offered"
                | "admitted"
        )
    });
    verb.and_then(|verb| verb.checked_sub(1)).is_some_and(|who| scanned.kinds(who).is(Kinds::PROFESSION))
}

/// "After the film …" and not "the film by …".
pub(super) fn is_watched(scanned: &Scanned, at: usize) -> bool {
    matches!(scanned.word(at), "film" | "video" | "session") && !matches!(scanned.word(at + 1), "by" | "of" | "from" | "with")
}

/// "Mr and Mrs …"
pub(super) fn is_couple(scanned: &Scanned, first: usize) -> bool {
    let is_title = |by: usize| first.checked_sub(by).is_some_and(|at| scanned.kinds(at).is(Kinds::TITLE));
    let is_and = first.checked_sub(2).is_some_and(|at| scanned.word(at) == "and" || scanned.is_mark(at, &['&']));
    is_title(1) && is_and && is_title(3)
}

/// "… is the loneliest mother": one word between an article and a word for a family.
pub(super) fn says_what_kind(scanned: &Scanned, at: usize) -> bool {
    let is_article = at.checked_sub(1).is_some_and(|before| matches!(scanned.word(before), "the" | "a" | "an"));
    // "… was the kind of father who …"
    let is_kind_of =
        matches!(scanned.word(at), "kind" | "sort" | "type") && scanned.word(at + 1) == "of" && is_one_of_family(scanned, at + 2);
    is_article && (is_kind_of || (!scanned.word(at).is_empty() && is_one_of_family(scanned, at + 1)))
}

/// "…, the mum whose baby": said of somebody who was named before.
pub(super) fn is_apposed(scanned: &Scanned, at: usize) -> bool {
    let Some(comma) = at.checked_sub(2) else { return false };
    scanned.is_mark(comma, &[',', '(', '-'])
        && matches!(scanned.word(comma + 1), "the" | "a")
        && matches!(scanned.word(at + 1), "whose" | "who" | "of" | "with" | "from" | "i")
}

/// Whether somebody of a family is spoken of in the rest of the sentence, and nobody at work beside the name.
pub(super) fn is_beside_family(scanned: &Scanned, first: usize, last: usize) -> bool {
    let works = Kinds::PROFESSION.or(Kinds::CREDIT).or(Kinds::SERVICE).or(Kinds::AUTHOR);
    scanned.behind(first, 5, works).is_none()
        // "… and not by her first name"
        && scanned.ahead(last, 5, works).is_none_or(|distance| distance > 1 && scanned.word(last + distance) == "by")
        && (1..=REST).map(|by| last + by).take_while(|at| !scanned.ends_sentence(*at)).any(|at| is_one_of_family(scanned, at))
}

/// "Her name is … and she is 21, with a baby".
pub(super) fn is_named_in_talk(scanned: &Scanned, first: usize, last: usize) -> bool {
    let Some(noun) = first.checked_sub(2).filter(|noun| scanned.word(*noun) == "name" && matches!(scanned.word(noun + 1), "is" | "was"))
    else {
        return false;
    };
    let is_somebodys = (1..=2).any(|by| noun.checked_sub(by).is_some_and(|at| scanned.kinds(at).is(Kinds::PERSONAL)));
    is_somebodys && is_beside_family(scanned, first, last)
}

/// "Could Stacey Lumb be offered the group? Baby is 12 weeks": the baby of whoever was named.
pub(super) fn goes_on_with_age(scanned: &Scanned, first: usize, end: usize) -> bool {
    let is_baby = scanned.word(end + 1) == "baby" && matches!(scanned.word(end + 2), "is" | "now" | "was");
    let is_aged = scanned.digits(end + 3).is_some() || scanned.kinds(end + 3).is(Kinds::NUMBER);
    let works = Kinds::PROFESSION.or(Kinds::CREDIT).or(Kinds::SERVICE);
    let goes_along = (1..=3).any(|by| first.checked_sub(by).is_some_and(|at| scanned.word(at) == "with"));
    is_baby && is_aged && !goes_along && scanned.behind(first, AT_WORK_NEAR, works).is_none() && scanned.ahead(first, 5, works).is_none()
}
