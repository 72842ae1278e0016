//! What holds for every text.

use proptest::prelude::*;
use text_guard::{Category, Span, looks, scan};

fn found(text: &str) -> Vec<(Category, String)> {
    let part = |span: Span| text.chars().skip(span.start).take(span.end - span.start).collect();
    scan(text).into_iter().map(|span| (span.category, part(span))).collect()
}

fn only(text: &str) -> Option<Category> {
    let found = found(text);
    assert!(found.len() < 2, "{found:?} in {text:?}");
    found.first().map(|(category, _)| *category)
}

/// Texts of what the guard looks for, cut and put together at random, among any other letters.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => "(mum|baby|the dad,|Sarah|Jones|O'Brien|de la|NHS|no\\.|dob|born|on|lives at|Flat|Road|ref|LCS|car|reg|clinic|due|Mrs|\\(|\\)|at|dot|com)",
        2 => "[0-9]{1,11}",
        2 => "[A-Z]{1,2}[0-9]{1,2}[A-Z]? ?[0-9]?[A-Z]{0,3}",
        2 => "[-+./,:'@\"\\n\u{200b}\u{a0}\u{202e}\u{301}]",
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    (prop::collection::vec(part, 0..40), prop::collection::vec(any::<bool>(), 40)).prop_map(|(parts, spaces)| {
        parts.iter().zip(spaces).map(|(part, is_spaced)| if is_spaced { format!("{part} ") } else { part.clone() }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_in_order_apart_and_within_the_text(text in texts()) {
        let length = text.chars().count();
        let mut end = 0;
        for span in scan(&text) {
            prop_assert!(span.start >= end && span.start < span.end && span.end <= length, "{span:?}");
            end = span.end;
        }
    }

    #[test]
    fn what_stands_in_another_paragraph_changes_nothing(text in texts(), before in texts(), behind in texts()) {
        let (before, behind) = (format!("{before}\n\n"), format!("\n\n{behind}"));
        let shift = before.chars().count();
        let length = text.chars().count();
        let whole = scan(&format!("{before}{text}{behind}"));
        let inside: Vec<Span> = whole
            .into_iter()
            .filter(|span| span.end > shift && span.start < shift + length)
            .map(|span| Span { start: span.start - shift, end: span.end - shift, ..span })
            .collect();
        prop_assert_eq!(inside, scan(&text));
    }
}

#[test]
fn the_work_grows_with_the_length_of_the_text_and_no_faster() {
    let hostile = [
        "a",
        "1",
        "0",
        "@",
        "a@",
        "a.",
        "1-",
        "1 ",
        "+",
        "(0",
        "mum ",
        "Sarah ",
        "Sarah Jones ",
        "de la ",
        "O'",
        "Al-",
        "and ",
        "dob ",
        "1/",
        "Flat 3, ",
        "14 Elm ",
        "Mary ",
        "nhs ",
        "ref ",
        "CP/",
        "AB12 ",
        "d.o.b. ",
        "'s ",
        "St ",
        "\u{200b}",
        "é",
        "mum, ",
        "LS1 ",
        "1a-",
        "LCS ",
        "Mrs ",
        ", ",
        "\n\n",
        "Re: Sarah Jones ",
        "the Hughes family ",
        "twenty-first of ",
        "17Jul24 ",
        "LL 204981 and ",
        "On her birth plan ",
        "arrived at ",
    ];
    for part in hostile {
        let (short, long) = (part.repeat(500), part.repeat(5_000));
        let (few, many) = (looks(&short), looks(&long));
        assert!(many < few * 11 + 1_000, "{part:?}: {few} looks at 500, {many} at 5,000");
        assert!(many < 5_000 * part.len() * 600, "{part:?}: {many} looks");
    }
}

#[test]
fn what_is_only_made_to_look_different_is_found() {
    assert_eq!(only("NHS ９４３ ４７６ ５９１９"), Some(Category::NhsNumber));
    assert_eq!(only("943\u{a0}476\u{2011}5919"), Some(Category::NhsNumber));
    assert_eq!(only("she is at M14\n5RT now"), Some(Category::Postcode));
    assert_eq!(found("mum Sa\u{200b}rah Jo\u{ad}nes"), [(Category::PersonName, "Sa\u{200b}rah Jo\u{ad}nes".to_owned())]);
    assert_eq!(found("ring \u{202e}07700\u{2060} 900123\u{202c}"), [(Category::Telephone, "07700\u{2060} 900123".to_owned())]);
    assert_eq!(only("her mobile is O77OO 9OO123"), Some(Category::Telephone));
}

#[test]
fn one_number_is_called_one_thing() {
    // A valid NHS number, but said to be a telephone's, and a telephone's that would be a valid NHS number.
    assert_eq!(only("NHS number 943 476 5919, phone to follow"), Some(Category::NhsNumber));
    assert_eq!(only("ring mum on 0113 496 0122"), Some(Category::Telephone));
    assert_eq!(only("the NHS line is 0300 123 4567"), None);
}

#[test]
fn spans_count_code_points() {
    let spans = scan("👶🏽 dob 14/02/2025");
    let span = spans.first().unwrap();
    assert_eq!((span.start, span.end), (7, 17));
}
