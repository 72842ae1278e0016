//! The words that the guard knows, and of which kinds each is.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// One line a kind, `kind: words`.
const LISTS: &str = include_str!("words.txt");

/// Kinds of words, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u64);

/// Names the kinds, each with the word under which it stands in the list.
macro_rules! kinds {
    ($($name:ident $key:literal $place:literal,)*) => {
        impl Kinds {
            $(pub(crate) const $name: Self = Self(1 << $place);)*

            fn of_key(key: &str) -> Self {
                match key {
                    $($key => Self::$name,)*
                    _ => Self::NONE,
                }
            }
        }
    };
}

kinds! {
    STOP "stop" 0,
    MONTH "month" 1,
    FAMILY "family" 2,
    PLURAL "plural" 3,
    CLIENT "client" 4,
    PERSONAL "personal" 5,
    GIVEN "given" 6,
    SURNAME "surname" 7,
    AMBIGUOUS "ambiguous" 8,
    PLACE "place" 9,
    SERVICE "service" 10,
    VENUE "venue" 11,
    HOME "home" 12,
    PHONE "phone" 13,
    CAR "car" 14,
    BIRTH "birth" 15,
    DUE "due" 16,
    OWN "own" 17,
    OCCASION "occasion" 18,
    PROFESSION "pro" 19,
    AUTHOR "author" 20,
    PUBLISHED "published" 21,
    STREET "street" 22,
    WEAK_STREET "street_weak" 23,
    DWELLING "dwelling" 24,
    FLAT "flat" 25,
    SYSTEM "system" 26,
    SUBJECT "subject" 27,
    REF_NOUN "ref_noun" 28,
    REF_ALONE "ref_alone" 29,
    OTHER_REF "other_ref" 30,
    TITLE "title" 31,
    PARTICLE "particle" 32,
    MAILBOX "mailbox" 33,
    ATTEND "attend" 34,
    NUMBER "number" 35,
    COMMON "common" 36,
    SETTLED "settled" 37,
    TALK "talk" 38,
    STREET_FIRST "street_first" 39,
    EACH "each" 40,
    LEADS_TO_NAME "leads_to_name" 41,
    FOLLOWS_NAME "follows_name" 42,
    CREDIT "credit" 43,
    ORDINAL "ordinal" 44,
    FICTION "fiction" 45,
    THING "thing" 46,
    CHILDBIRTH "childbirth" 47,
    CHILD "child" 48,
    DAY "day" 49,
    ARRIVING "arriving" 50,
    PARENTAL "parental" 51,
    MEETING "meeting" 52,
    PAPER "paper" 53,
}

impl Kinds {
    /// Of no kind that is known.
    pub(crate) const NONE: Self = Self(0);

    /// The kinds of a word in lower case.
    pub(crate) fn of(word: &str) -> Self {
        static KNOWN: OnceLock<HashMap<&'static str, Kinds, BuildHasherDefault<Fnv>>> = OnceLock::new();
        KNOWN.get_or_init(read).get(word).copied().unwrap_or(Self::NONE)
    }

    /// Whether it is of any of these kinds.
    pub(crate) const fn is(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// These kinds and those.
    pub(crate) const fn or(self, kinds: Self) -> Self {
        Self(self.0 | kinds.0)
    }
}

fn read() -> HashMap<&'static str, Kinds, BuildHasherDefault<Fnv>> {
    let mut known: HashMap<_, Kinds, _> = HashMap::default();
    for (key, words) in LISTS.lines().filter_map(|line| line.split_once(": ")) {
        let kind = Kinds::of_key(key);
        for word in words.split_whitespace() {
            let kinds = known.entry(word).or_default();
            *kinds = kinds.or(kind);
        }
    }
    known
}

/// The hash of Fowler, Noll and Vo: the words are ours, so that nobody can choose them to collide, and it is small and quick in the browser.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_of_a_kind_that_is_known() {
        for line in LISTS.lines().filter(|line| !line.starts_with('#')) {
            let key = line.split(": ").next().unwrap();
            assert!(Kinds::of_key(key) != Kinds::NONE, "{key}");
        }
        assert!(Kinds::of("mum").is(Kinds::FAMILY));
        assert_eq!(Kinds::of("xylophone"), Kinds::NONE);
    }
}
