//! The list of all letters, held against the source and against the outbox: a letter that is added and not tried fails here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every letter, and words by which it is known.
pub const LETTERS: [(&str, &str); 89] = [
    ("agreements::please_agree", "waits for you"),
    ("asking::asked_no_more", "so you need not answer"),
    ("asking::begun_without_you", "it has begun without you"),
    ("asking::group_begins", "The first session is planned for"),
    ("asking::please_answer", "Nothing is settled before you say so"),
    ("asking::sessions_to_look_at", "They are still a draft, and nobody has been told of them"),
    ("availability::availability_changed", "has changed when you can be planned"),
    ("changes::dates_left_out", "was planned further, and no session was planned on these dates"),
    ("changes::sessions_added", "Further sessions of one of your supervision groups"),
    ("changes::sessions_changed", "Sessions of one of your supervision groups have changed"),
    ("changes::sessions_put_back", "was taken back"),
    ("clinics::a_place_is_free", "One is free now. Since"),
    ("clinics::a_place_is_yours", "One has become free, and you have it now"),
    ("clinics::session_closed", "That session was cancelled for everybody"),
    ("clinics::session_open_again", "and you are still waiting for a place at it"),
    ("clinics::place_given_back", "has given back their place at your open clinic"),
    ("clinics::you_have_a_place", "You have a place at an open clinic"),
    ("cover::somebody_else_leads", "binds Nadia H. as it binds you"),
    ("cover::you_cover", "You lead a session in place of its supervisor"),
    ("cover::you_do_not_cover", "the session that you were to cover"),
    ("cover::your_session_is_covered", "leads a session of yours"),
    ("cover::your_session_is_yours", "is yours to lead again"),
    ("cover::your_supervisor_leads", "Your own supervisor leads it after all"),
    ("diaries::your_own_change", "You have changed sessions in Reverie"),
    ("groups::awaited_group_ended", "in which you were waiting for a place has ended"),
    ("groups::group_ended", "One of your supervision groups has ended."),
    ("groups::place_ended", "Your place in one of your supervision groups has ended"),
    ("groups::place_given", "has given you a place in a supervision group"),
    ("groups::supervisor_changed", "is led by another supervisor"),
    ("hosts::somebody_is_there", "covers that person too"),
    ("hosts::you_are_beside", "are planned. You were added to"),
    ("hosts::you_are_added", "please ask its supervisor for the agreement before the session"),
    ("hosts::you_are_removed", "You are no longer expected at a session"),
    ("people::address_changed", "another email address in the place of this one"),
    ("people::address_is_this", "in the place of the one that you had"),
    ("people::does_not_work_there", "somebody who is entered with it does not work there"),
    ("people::sessions_not_yours", "has suspended your access"),
    ("people::sessions_yours_again", "You can sign in to Reverie again"),
    ("people::somebody_waits_for_your_word", "nobody of your authority has confirmed it yet"),
    ("polls::has_closed", "A poll in which you offered times has closed"),
    ("polls::invitation", "Please answer by"),
    ("polls::reminder", "We have not heard from you yet"),
    ("reflections::entry_shared", "has shared an entry of their reflective log with you"),
    ("reminders::reminder", "You have a supervision session on"),
    ("renewals::what_comes_next", "Please renew it, review it or let it end"),
    ("series::sessions_planned", "The sessions of one of your supervision groups are planned"),
    ("sessions::apologies_sent", "has sent apologies"),
    ("sessions::apologies_sent_for", "has sent apologies for these sessions"),
    ("sessions::apologies_withdrawn", "is coming after all"),
    ("sessions::apologies_withdrawn_for", "is coming to these sessions after all"),
    ("sessions::attendance_left_behind", "the supervisor who led it is gone"),
    ("sessions::attendance_to_finish", "It takes half a minute"),
    ("sessions::session_cancelled", "every place is kept"),
    ("sign_in::codes_changed", "were set up a moment ago"),
    ("sign_in::codes_forgotten", "because your phone is lost"),
    ("sign_in::codes_stopped", "does not ask for a one-time code any more"),
    ("sign_in::codes_tried", "entered a wrong code again and again"),
    ("sign_in::invitation", "You are invited to Reverie"),
    ("sign_in::password_changed", "was changed a moment ago"),
    ("sign_in::recovery_code_used", "with your password and a recovery code"),
    ("sign_in::reset", "Somebody asked for a new password"),
    ("sign_in::sign_in_link", "Open this link to sign in"),
    ("themes::theme_answered", "has answered a theme that you raised"),
    ("themes::time_to_ask", "For a year nobody has been asked what the community should take up next"),
    ("waiting::offer_accepted", "A place that was offered has been taken"),
    ("waiting::offer_ended", "was not answered in time"),
    ("waiting::offer_ran_out", "was held for you, and we have not heard from you"),
    ("waiting::offer_withdrawn", "can no longer hold the place"),
    ("waiting::place_offered", "that fits what you asked for is held for you until"),
    ("groups::somebody_joined", "Somebody has joined one of your supervision groups"),
    ("openings::author_seen", "who wrote a post that bears no name"),
    ("openings::opening_answered", "What you asked to open together with somebody else"),
    ("openings::opening_asked", "Nothing is opened unless you agree"),
    ("openings::space_opened", "have opened the closed space of one of your supervision groups"),
    ("digest::digest", "This is new in the community since your last digest"),
    ("messages::further calendars", "the rest of the change for your calendar"),
    ("moderation::to_decide", "This is to be decided, and you are one of those who can"),
    ("moderation::your_post_decided", "A moderator has looked at a post of yours"),
    ("moderation::your_report_decided", "What became of your report"),
    ("events::a_place_is_yours", "One has become free, and it is yours"),
    ("events::event_cancelled", "You need not do anything"),
    ("events::event_changed", "for which you have a place or wait for one, has changed"),
    ("events::reminder", "give your place back on the same page"),
    ("events::you_are_coming", "and how to join. If you cannot come after all"),
    ("events::you_host", "to change it, and to see who is coming"),
    ("events::you_host_no_more", "is hosted by somebody else from now on"),
    ("events::you_were_there", "has written down that you were there"),
    ("events::your_place_lapsed", "is for the readers of a space that you can no longer read"),
    ("events::you_gave_a_place_back", "This message takes it out of your own calendar"),
];

/// Letters are made in files of this name and nowhere else.
const FILE: &str = "letters.rs";

#[test]
fn every_letter_in_the_source_is_in_the_list_of_those_that_are_tried() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for file in files_below(&source) {
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let capability = file.strip_prefix(&source).unwrap().iter().next().unwrap().to_string_lossy().into_owned();
        if file.ends_with(FILE) {
            let names = text.split("fn ").skip(1).filter(|rest| rest.split('{').next().unwrap().contains("-> NewMessage"));
            // What puts the words of several letters together is no letter.
            let names = names.map(|rest| rest.split(['(', '<']).next().unwrap()).filter(|name| *name != "letter");
            found.extend(names.map(|name| format!("{capability}::{name}")));
        } else if capability != "messages" {
            assert!(
                !text.replace("-> NewMessage {", "").contains("NewMessage {"),
                "{} writes a letter; its place is {FILE}",
                file.display()
            );
        }
    }
    let listed: BTreeSet<String> =
        LETTERS.iter().map(|(name, _)| (*name).to_owned()).filter(|name| !name.starts_with("messages::")).collect();
    let forgotten: Vec<_> = found.symmetric_difference(&listed).collect();
    assert!(forgotten.is_empty(), "name these in LETTERS, and let `acts` do what sends them: {forgotten:?}");
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path).into_iter().filter(|file| !file.ends_with("leaks/letters.rs")));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
    files
}
