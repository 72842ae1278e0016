//! What groups of a round can meet of what people need to take part, each way to meet for itself. Somebody is not placed in a way that does not meet what
//! they need: it is taken out of those in which they would meet. What they need is read by those who match alone; the file of a round has only what is left.

use serde::{Deserialize, Serialize};

use crate::registration::Need;
use crate::ui::{and, lower_first};
use crate::waiting::Way;

/// A way in which groups meet, as the files of rounds call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// By video.
    Online,
    /// In a room.
    InPerson,
}

impl Mode {
    /// Each, in the order in which forms and files name them.
    pub const ALL: [Self; 2] = [Self::Online, Self::InPerson];

    /// The word in files and forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::InPerson => "in_person",
        }
    }

    /// "Online", "In person".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => Way::Online.name(),
            Self::InPerson => Way::InPerson.name(),
        }
    }

    /// Those in which somebody would meet.
    pub fn of(way: Way) -> Vec<Self> {
        match way {
            Way::Online => vec![Self::Online],
            Way::InPerson => vec![Self::InPerson],
            Way::Either => Self::ALL.to_vec(),
        }
    }

    /// What has or has not what somebody needs.
    const fn of_round(self) -> &'static str {
        match self {
            Self::Online => "the online groups of this round",
            Self::InPerson => "the rooms of this round",
        }
    }
}

/// Whether a need is anything to ask of a way to meet at all.
const fn is_asked(need: Need, mode: Mode) -> bool {
    // Nobody goes anywhere for an online group, and whoever hears through a hearing aid has what they need where they sit.
    let is_at_home = matches!((need, mode), (Need::StepFree | Need::HearingLoop, Mode::Online));
    // Captions stand below the picture of a video meeting. Whoever needs in writing what is said in a room says so in words, since that is somebody who
    // writes, and no caption.
    let is_on_screen = matches!((need, mode), (Need::Captions, Mode::InPerson));
    !is_at_home && !is_on_screen
}

/// Whether it is met unless a coordinator says otherwise. The services by which groups meet online write captions by themselves. Rooms are another each time,
/// and an interpreter is booked: there a promise that nobody has made would leave somebody at the door, and one that is missing is seen before the start.
const fn is_usually_met(need: Need, mode: Mode) -> bool {
    matches!((need, mode), (Need::Captions, Mode::Online))
}

/// Every need with each way to meet of which it is asked, in the order of forms.
pub fn asked() -> impl Iterator<Item = (Need, Mode)> {
    let pairs = Need::ALL.iter().flat_map(|need| Mode::ALL.map(|mode| (*need, mode)));
    pairs.filter(|(need, mode)| is_asked(*need, *mode))
}

/// What a form sends for one of them.
pub fn key_of((need, mode): (Need, Mode)) -> String {
    format!("{}-{}", need.key(), mode.key())
}

/// What groups of a round can meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsMet(Vec<(Need, Mode)>);

impl NeedsMet {
    /// What is met unless somebody says otherwise.
    pub fn usual() -> Self {
        Self(asked().filter(|(need, mode)| is_usually_met(*need, *mode)).collect())
    }

    /// What a form says; nothing where it names what is not asked.
    pub fn of_keys(keys: &[String]) -> Option<Self> {
        let of_key = |key: &String| asked().find(|pair| key_of(*pair) == *key);
        let named: Vec<(Need, Mode)> = keys.iter().map(of_key).collect::<Option<_>>()?;
        Some(Self(asked().filter(|pair| named.contains(pair)).collect()))
    }

    /// What a form sends for it.
    pub fn keys(&self) -> Vec<String> {
        self.0.iter().copied().map(key_of).collect()
    }

    /// Whether a way to meet has what somebody needs.
    pub fn has(&self, need: Need, mode: Mode) -> bool {
        !is_asked(need, mode) || self.0.contains(&(need, mode))
    }
}

/// What somebody needs to take part, and in which ways they would meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needing {
    /// In which ways they would meet.
    pub modes: Vec<Mode>,
    /// What they need.
    pub needs: Vec<Need>,
}

impl Needing {
    /// In which of the ways they can meet.
    pub fn modes_left(&self, met: &NeedsMet) -> Vec<Mode> {
        self.modes.iter().copied().filter(|mode| self.needs.iter().all(|need| met.has(*need, *mode))).collect()
    }

    /// "needs step-free access, which the rooms of this round do not have"; nothing where they can meet in that way.
    pub fn why_not(&self, met: &NeedsMet, mode: Mode) -> Option<String> {
        let needs = self.missing(met, mode);
        (!needs.is_empty()).then(|| format!("needs {needs}, which {} do not have", mode.of_round()))
    }

    /// The same of all the ways in which they would meet, and what is left of those; nothing where all of them are.
    pub fn told(&self, met: &NeedsMet) -> Option<String> {
        let left = self.modes_left(met);
        let missing: Vec<(Mode, String)> =
            self.modes.iter().map(|mode| (*mode, self.missing(met, *mode))).filter(|(_, needs)| !needs.is_empty()).collect();
        let what = match missing.as_slice() {
            [] => return None,
            [(mode, needs)] => format!("Needs {needs}, which {} do not have", mode.of_round()),
            [(_, needs), (_, others)] if needs == others => {
                format!("Needs {needs}, which groups of this round have neither online nor in person")
            }
            several => {
                let each = several.iter().map(|(mode, needs)| format!("{needs}, which {} do not have", mode.of_round()));
                format!("Needs {}", each.collect::<Vec<_>>().join(", and "))
            }
        };
        Some(match (left.first(), missing.len()) {
            (Some(mode), _) => format!("{what}; {} suits them.", lower_first(mode.name())),
            (None, 1) => format!("{what}, and asks to meet in no other way."),
            (None, _) => format!("{what}."),
        })
    }

    /// What of it a way to meet does not have, in words.
    fn missing(&self, met: &NeedsMet, mode: Mode) -> String {
        let missing = self.needs.iter().filter(|need| !met.has(**need, mode));
        let words: Vec<String> = missing.map(|need| lower_first(need.name())).collect();
        if words.is_empty() { String::new() } else { and(&words) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needing(needs: &[Need], modes: &[Mode]) -> Needing {
        Needing { needs: needs.to_vec(), modes: modes.to_vec() }
    }

    fn met(keys: &[&str]) -> NeedsMet {
        NeedsMet::of_keys(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn step_free_access_is_asked_of_rooms_alone_and_captions_of_online_groups_alone() {
        let keys: Vec<String> = asked().map(key_of).collect();
        assert_eq!(
            keys,
            ["step_free-in_person", "captions-online", "hearing_loop-in_person", "interpreter-online", "interpreter-in_person"]
        );
        let nothing = met(&[]);
        assert!(nothing.has(Need::StepFree, Mode::Online) && nothing.has(Need::Captions, Mode::InPerson));
        assert!(!nothing.has(Need::StepFree, Mode::InPerson) && !nothing.has(Need::Captions, Mode::Online));
        assert_eq!(NeedsMet::usual(), met(&["captions-online"]));
        for wrong in ["step_free-online", "wings-in_person", ""] {
            assert_eq!(NeedsMet::of_keys(&[wrong.to_owned()]), None, "{wrong}");
        }
    }

    #[test]
    fn a_way_to_meet_that_does_not_meet_a_need_is_taken_out_and_said_with_what_is_left() {
        let either = needing(&[Need::StepFree], &Mode::ALL);
        assert_eq!(either.modes_left(&met(&[])), [Mode::Online]);
        assert_eq!(either.modes_left(&met(&["step_free-in_person"])), Mode::ALL);
        let told = "Needs step-free access, which the rooms of this round do not have; online suits them.";
        assert_eq!(either.told(&met(&[])).as_deref(), Some(told));
        assert_eq!(either.told(&met(&["step_free-in_person"])), None);
        assert_eq!(either.why_not(&met(&[]), Mode::Online), None);
        let why = "needs step-free access, which the rooms of this round do not have";
        assert_eq!(either.why_not(&met(&[]), Mode::InPerson).as_deref(), Some(why));

        let in_person = needing(&[Need::StepFree, Need::HearingLoop], &[Mode::InPerson]);
        assert_eq!(in_person.modes_left(&met(&["step_free-in_person"])), []);
        let told = "Needs a hearing loop, which the rooms of this round do not have, and asks to meet in no other way.";
        assert_eq!(in_person.told(&met(&["step_free-in_person"])).as_deref(), Some(told));
        let signing = needing(&[Need::Interpreter], &Mode::ALL);
        let told = "Needs a British Sign Language interpreter, which groups of this round have neither online nor in person.";
        assert_eq!(signing.told(&met(&[])).as_deref(), Some(told));
        let both = needing(&[Need::StepFree, Need::Captions], &Mode::ALL);
        let told = "Needs live captions, which the online groups of this round do not have, and step-free access, which the rooms of this round do not have.";
        assert_eq!(both.told(&met(&[])).as_deref(), Some(told));
    }
}
