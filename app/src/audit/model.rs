//! Kinds of things that entries are about, and what an entry says in words.

use crate::ui::capital;

/// A kind of thing that entries are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word in the log and in addresses.
    pub key: &'static str,
    /// The words that a person reads.
    pub name: &'static str,
}

/// Every kind, in the order in which the filter offers them.
pub const KINDS: [Kind; 32] = [
    kind("person", "People and accounts"),
    kind("sign_in", "Sign-ins"),
    kind("attempt", "Attempts to sign in"),
    kind("group", "Groups"),
    kind("agreement", "Agreements"),
    kind("series", "Series"),
    kind("session", "Sessions"),
    kind("agreed_action", "Agreed actions"),
    kind("poll", "Polls"),
    kind("space", "Spaces of the community"),
    kind("thread", "Threads of the community"),
    kind("waiting", "Waiting"),
    kind("offer", "Offers of places"),
    kind("registration", "Registrations"),
    kind("round", "Matching rounds"),
    kind("asked_group", "Groups that people are asked about"),
    kind("hours_elsewhere", "Hours logged"),
    kind("reflection", "Reflective logs"),
    kind("own_learning", "One’s own learning"),
    kind("library_item", "Library"),
    kind("reading_list", "Reading lists"),
    kind("certificate", "Certificates"),
    kind("theme", "Themes that were raised"),
    kind("gathered_theme", "Themes that were gathered"),
    kind("improvement", "Improvement log"),
    kind("closure", "Closures"),
    kind("conflict_rule", "Rules of conflicts"),
    kind("authority", "Authorities"),
    kind("demonstration", "Demonstration"),
    kind("opening", "What two people open together"),
    kind("moderation", "Moderation of the community"),
    kind("event", "Events"),
];

const fn kind(key: &'static str, name: &'static str) -> Kind {
    Kind { key, name }
}

impl Kind {
    /// The name of a kind; a kind that nobody has named is said as the log has it.
    pub fn name_of(key: &str) -> String {
        KINDS.iter().find(|kind| kind.key == key).map_or_else(|| in_words(key), |kind| kind.name.to_owned())
    }
}

/// Whom something was done to is told of these, since whoever reads the log looks after accounts anyway.
pub const ABOUT_ACCOUNTS: [&str; 14] = [
    "add_person",
    "ask_about_work",
    "change_person",
    "confirm_work",
    "correct_address",
    "create_administrator",
    "deny_work",
    "forget_codes",
    "give_role",
    "invite_person",
    "lift_suspension",
    "suspend_person",
    "take_back_work",
    "take_role",
];

/// What coordinators note about people, which is told to nobody else: not what of it was done either.
const NOTED: [&str; 5] = ["keep_apart", "keep_together", "let_meet", "let_part", "note_clearances"];

/// What was done, in words: "Publish series".
pub fn action_in_words(action: &str) -> String {
    if NOTED.contains(&action) {
        return "Note something for the forming of groups".to_owned();
    }
    match action {
        "ask_about_work" => "Ask an authority whether somebody works there".to_owned(),
        "confirm_work" => "Confirm where somebody works".to_owned(),
        "deny_work" => "Say that somebody does not work there".to_owned(),
        "take_back_work" => "Take back what was said of where somebody works".to_owned(),
        "keep_log" => "Keep a reflective log".to_owned(),
        "reach_limit" => "Reach the limit of attempts".to_owned(),
        "answer_asked" => "Answer about a group".to_owned(),
        "ask_next" => "Ask the next who fits".to_owned(),
        "add_host" => "Add somebody beside a supervisor".to_owned(),
        "remove_host" => "Take off somebody beside a supervisor".to_owned(),
        "make_feed" => "Make a calendar link".to_owned(),
        "renew_feed" => "Make a new calendar link".to_owned(),
        "change_feed" => "Change a calendar link".to_owned(),
        "remove_feed" => "End a calendar link".to_owned(),
        _ => in_words(action),
    }
}

fn in_words(key: &str) -> String {
    capital(&key.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_said_in_words_and_what_coordinators_note_in_one_way() {
        assert_eq!(action_in_words("publish_series"), "Publish series");
        assert_eq!(action_in_words("keep_apart"), action_in_words("let_meet"));
        assert_eq!(action_in_words("keep_together"), action_in_words("let_part"));
        assert_eq!(Kind::name_of("agreed_action"), "Agreed actions");
        assert_eq!(Kind::name_of("something_new"), "Something new");
    }
}
