//! Numbers of the NHS, and telephone numbers.

use crate::Category;
use crate::scanned::Scanned;
use crate::tokens::{Case, Made};
use crate::words::Kinds;

/// Digits that are written together, with a space or a mark between at most.
struct Run {
    last: usize,
    digits: String,
    /// How many digits stand in each part.
    parts: Vec<usize>,
}

/// Digits from a place on, as many parts as are not more than so many digits together: a longer row may be two numbers after one another.
fn run(scanned: &Scanned, first: usize, most: usize, marks: &[char]) -> Option<Run> {
    let digits = scanned.digits(first).filter(|digits| digits.len() <= most)?;
    let mut run = Run { last: first, parts: vec![digits.len()], digits: digits.to_owned() };
    loop {
        let mut next = run.last + 1;
        let mut skipped = 0;
        while skipped < 2 && scanned.is_mark(next, marks) {
            next += 1;
            skipped += 1;
        }
        let Some(more) = scanned.digits(next).filter(|more| run.digits.len() + more.len() <= most) else { return Some(run) };
        run.digits.push_str(more);
        run.parts.push(more.len());
        run.last = next;
    }
}

/// Whether a number goes on before or behind: then it is another, longer one.
fn goes_on(scanned: &Scanned, first: usize, last: usize) -> bool {
    let touches_before = first > 0
        && scanned.is_joined(first)
        && scanned.is_mark(first - 1, &['-', '.', '/', '+'])
        && first > 1
        && scanned.digits(first - 2).is_some();
    let touches_behind = scanned.is_joined(last + 1)
        && scanned.is_mark(last + 1, &['-', '/'])
        && scanned.is_joined(last + 2)
        && scanned.digits(last + 2).is_some();
    touches_before || touches_behind
}

// -- NHS numbers.

pub(crate) fn find_nhs_numbers(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        if !scanned.is_claimed(first) && scanned.digits(first).is_some() {
            nhs_number(scanned, first);
        }
    }
}

fn nhs_number(scanned: &mut Scanned, first: usize) {
    let Some(run) = run(scanned, first, 10, &['-', '.']) else { return };
    let cue = nhs_cue(scanned, first, run.last);
    let is_usual = matches!(run.parts.as_slice(), [10] | [3, 3, 4]);
    let is_whole = run.digits.len() == 10 && !goes_on(scanned, first, run.last);
    let is_nhs = match cue {
        // Whoever writes that it is one may have mistyped it.
        Cue::Named => run.digits.len() >= 9 && !(run.digits.starts_with("07") || run.digits.starts_with("03")),
        Cue::Near => is_whole && is_usual && !run.digits.starts_with('0'),
        Cue::Absent => is_whole && is_usual && !run.digits.starts_with('0') && is_valid(&run.digits) && !is_other(scanned, first),
    };
    if is_nhs {
        scanned.claim(first, run.last, Category::NhsNumber);
    }
}

/// What is said of a number beside it.
enum Cue {
    /// "NHS number".
    Named,
    /// "NHS" a few words away.
    Near,
    Absent,
}

fn nhs_cue(scanned: &Scanned, first: usize, last: usize) -> Cue {
    for distance in 1..=7 {
        let Some(at) = first.checked_sub(distance) else { break };
        if matches!(scanned.word(at), "nhs" | "chi" | "hcn") {
            let between = at + 1..first;
            let is_named = between.clone().all(|place| {
                scanned.word(place).is_empty()
                    || scanned.kinds(place).is(Kinds::REF_NOUN)
                    || matches!(scanned.word(place), "is" | "was" | "the" | "its" | "of" | "s")
            });
            return if is_named { Cue::Named } else { Cue::Near };
        }
    }
    if (last + 1..last + 5).any(|place| scanned.word(place) == "nhs") { Cue::Near } else { Cue::Absent }
}

/// Numbers of ten digits that are said to be something else.
fn is_other(scanned: &Scanned, first: usize) -> bool {
    scanned
        .behind(first, 6, Kinds::OTHER_REF)
        .is_some_and(|distance| !matches!(scanned.word(first - distance), "form" | "page" | "phone" | "mobile" | "room"))
}

/// Whether the last of ten digits is the check digit of those before it, modulo 11.
fn is_valid(digits: &str) -> bool {
    let values = digits.chars().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = values.zip((1..=10).rev()).map(|(value, weight)| value * weight).sum();
    // Ten times the same digit is what people type to get past a field.
    let is_one_digit = digits.chars().all(|digit| digits.starts_with(digit));
    sum.is_multiple_of(11) && !is_one_digit
}

// -- Telephone numbers.

pub(crate) fn find_telephones(scanned: &mut Scanned) {
    for first in scanned.near_numbers() {
        if !scanned.is_claimed(first) {
            telephone(scanned, first);
        }
    }
}

fn telephone(scanned: &mut Scanned, begin: usize) {
    let Some((first, last)) = british(scanned, begin).or_else(|| foreign(scanned, begin)) else { return };
    if goes_on(scanned, first, last) || is_somebody_elses(scanned, first, last) {
        return;
    }
    scanned.claim(first, last, Category::Telephone);
}

/// A number of the United Kingdom: ten or eleven digits from 0, or from +44, 0044 or (0) on.
fn british(scanned: &Scanned, begin: usize) -> Option<(usize, usize)> {
    const MARKS: [char; 5] = ['-', '.', '(', ')', '/'];
    let is_open = scanned.is_mark(begin, &['(']);
    let is_plus = scanned.is_mark(begin, &['+']);
    let first_digits = begin + usize::from(is_open || is_plus);
    let digits = scanned.digits(first_digits)?;
    let is_abroad =
        (is_plus && digits.starts_with("44")) || digits.starts_with("0044") || (digits.len() == 12 && digits.starts_with("447"));
    let is_home = !is_plus && digits.starts_with('0') && !is_abroad;
    let is_without_nought = !is_plus && digits.starts_with('7') && scanned.behind(begin, 5, Kinds::PHONE).is_some();
    let goes_before = begin > 0 && scanned.is_joined(begin) && scanned.is_mark(begin - 1, &['-', '.', '/', '+', '(']);
    if !(is_abroad || is_home || is_without_nought) || (goes_before && !is_open) {
        return None;
    }
    let most = match (is_abroad, is_home) {
        (true, _) => 15,
        (_, true) => 11,
        _ => 10,
    };
    let run = run(scanned, first_digits, most, &MARKS)?;
    let national = national(&run.digits);
    let is_whole = matches!(national.len(), 9 | 10);
    let is_dialled = national.starts_with(['1', '2', '7']);
    // "07/05/2025 10" is a day: numbers are not written with strokes in parts of two.
    let is_day = matches!(run.parts.as_slice(), [2, 2, ..] | [1, ..]) && national.len() < 10 && !is_open;
    (is_whole && is_dialled && !is_day).then_some((begin, run.last))
}

/// A number without what leads to the country.
fn national(digits: &str) -> &str {
    let digits = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).unwrap_or(digits);
    digits.strip_prefix('0').unwrap_or(digits)
}

/// A number of another country: a plus and nine to fifteen digits.
fn foreign(scanned: &Scanned, begin: usize) -> Option<(usize, usize)> {
    let is_plus = scanned.is_mark(begin, &['+']) && scanned.is_joined(begin + 1) && !(begin > 0 && scanned.is_joined(begin));
    let run = run(scanned, begin + 1, 15, &['-', '.', '(', ')']).filter(|_| is_plus)?;
    (run.digits.len() >= 9 && !run.digits.starts_with("44")).then_some((begin, run.last))
}

/// Whether a number is said to be a service's, or something else than a telephone.
fn is_somebody_elses(scanned: &Scanned, first: usize, last: usize) -> bool {
    // "at the door, 0044 …": a comma lies between what is said and the number.
    let is_named_otherwise = scanned.behind(first, 3, Kinds::OTHER_REF).is_some_and(|distance| {
        !scanned.kinds(first - distance).is(Kinds::PHONE) && !(first - distance..first).any(|at| scanned.is_mark(at, &[',']))
    });
    // "out of hours call …"
    let is_out_of_hours =
        (3..=6).any(|by| first.checked_sub(by).is_some_and(|at| scanned.word(at) == "out" && scanned.word(at + 2) == "hours"));
    // "parents can self-refer on …"
    let is_to_refer = (1..=3).any(|by| first.checked_sub(by).is_some_and(|at| scanned.word(at) == "refer"));
    if is_named_otherwise || is_to_refer || is_out_of_hours || scanned.is_of_a_call(first) {
        return true;
    }
    let kinds = Kinds::SERVICE.or(Kinds::PROFESSION);
    let names_itself = first.checked_sub(1).is_some_and(|at| is_name_in_capitals(scanned, at));
    names_itself || scanned.belongs_to_service(first, last, kinds, Kinds::PERSONAL)
}

/// "NSPCC 0161 …": an organisation in capitals right before the number.
fn is_name_in_capitals(scanned: &Scanned, at: usize) -> bool {
    scanned
        .token(at)
        .is_some_and(|token| token.made == Made::Word && token.case == Case::Upper && token.length > 2 && token.kinds == Kinds::NONE)
}
