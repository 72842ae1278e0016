//! Nothing that reaches somebody outside of Reverie, by e-mail or as a calendar file, holds a word of anybody else.

mod acts;

mod letters;

use std::net::Ipv4Addr;

use self::acts::live_through_everything;
use self::letters::LETTERS;
use super::model::{FeedChoices, Titles};
use super::store::{feed_at, make_feed, session_file};
use super::story::Story;
use crate::access::{Anyone, Role, Visit};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::messages::AREAS;
use crate::people::PersonId;
use crate::polls::fixture::premises;
use crate::sessions::store::open_session;

/// Every word by which a person could be known.
struct Known {
    person: PersonId,
    words: Vec<String>,
}

async fn everybody(fixture: &Fixture) -> Vec<Known> {
    const PEOPLE: &str = "\
SELECT p.id, p.given_name, p.family_name, p.email, p.code, COALESCE(a.name, '')
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id";

    let database = &fixture.database;
    let people: Vec<(PersonId, String, String, String, String, String)> =
        on!(database, pool => sqlx::query_as(PEOPLE).fetch_all(pool).await).unwrap();
    let known = |(person, given, family, email, code, authority): (PersonId, String, String, String, String, String)| Known {
        person,
        words: [given, family, email, code, authority].into_iter().filter(|word| !word.is_empty()).collect(),
    };
    people.into_iter().map(known).collect()
}

/// What one person was sent: subject, text, and the calendar file as it leaves.
async fn sent_letters(fixture: &Fixture) -> Vec<(PersonId, String)> {
    const SENT: &str = "SELECT person_id, address, subject, body, COALESCE(calendar, '') FROM message ORDER BY id";
    let database = &fixture.database;
    let letters: Vec<(PersonId, String, String, String, String)> =
        on!(database, pool => sqlx::query_as(SENT).fetch_all(pool).await).unwrap();
    let sent = |(person, address, subject, body, calendar): (PersonId, String, String, String, String)| {
        let calendar = calendar_files::addressed(&calendar, "no-reply@reverie.example", &address).replace("\r\n ", "");
        // A letter that went to an address from before is still to the same person.
        (person, format!("{subject}\n{body}\n{}", calendar.replace(&address, "")))
    };
    letters.into_iter().map(sent).collect()
}

/// Fails where somebody is sent a word of somebody else. The one thing that is told of another is who leads a session in place of its supervisor.
fn assert_silent_about_others(everybody: &[Known], cover: PersonId, (to, text): &(PersonId, String)) {
    let tells_who_covers = text.contains(" leads your session: ") || text.contains(" leads a session of yours: ");
    for other in everybody.iter().filter(|other| other.person != *to) {
        let text = if other.person == cover && tells_who_covers { text.replace("Nadia H.", "") } else { text.clone() };
        for word in &other.words {
            assert!(!text.contains(word.as_str()), "{word} reaches somebody else:\n{text}");
        }
    }
}

/// Words of the letters that lead nowhere: what lets somebody in, what goes to whoever is kept out, and the rest of a change of a calendar, which is no
/// news.
const NOWHERE: [&str; 6] = [
    "You are invited to Reverie",
    "Somebody asked for a new password",
    "Open this link to sign in",
    "is yours alone and needs no password",
    "has suspended your access",
    "This belongs to our message of the same subject",
];

both_databases! {
    async fn nothing_that_anybody_is_sent_holds_a_word_of_another_person_and_every_letter_is_tried(fixture: Fixture) {
        let mut story = Story::begin(fixture).await;
        live_through_everything(&mut story).await;
        let (everybody, sent) = (everybody(fixture).await, sent_letters(fixture).await);
        for letter in &sent {
            assert_silent_about_others(&everybody, story.nadia, letter);
        }
        for (name, words) in LETTERS {
            assert!(sent.iter().any(|(_, text)| text.contains(words)), "{name} was not sent: let `acts` do what sends it");
        }
        for who in [story.ruth, story.nadia, story.amina, story.tom, story.femi] {
            assert!(sent.iter().any(|(to, text)| *to == who && text.contains("BEGIN:VEVENT")), "everybody’s own calendar is written to");
        }
    }

    async fn of_where_a_letter_leads_nothing_is_kept_that_lets_somebody_in(fixture: Fixture) {
        const LEADS: &str = "SELECT subject, body, COALESCE(stops_at, ''), COALESCE(leads_to, '') FROM message";

        let mut story = Story::begin(fixture).await;
        live_through_everything(&mut story).await;
        let database = &fixture.database;
        let letters: Vec<(String, String, String, String)> =
            on!(database, pool => sqlx::query_as(LEADS).fetch_all(pool).await).unwrap();
        // The last part of every address that asks for no sign-in, in whichever letter it stands.
        let words = letters.iter().flat_map(|(_, body, stops_at, _)| body.split_whitespace().chain([stops_at.as_str()]));
        let paths = words.filter_map(|word| word.split_once("://")?.1.split_once('/')).map(|(_, path)| path);
        let keys: Vec<&str> = paths
            .filter(|path| !AREAS.contains(&path.split('/').next().unwrap()))
            .filter_map(|path| path.rsplit('/').next())
            .collect();
        let ways = ["/sign-in/invitation/", "/sign-in/reset/", "/sign-in/link/", "/q/", "/digest/"];
        for way in ways {
            assert!(letters.iter().any(|(_, body, ..)| body.contains(way)), "no letter holds a link below {way}");
        }
        let kept: Vec<&(String, String, String, String)> = letters.iter().filter(|(.., leads_to)| !leads_to.is_empty()).collect();
        for (subject, _, _, leads_to) in &kept {
            assert!(AREAS.iter().any(|area| leads_to.split('/').nth(1) == Some(area)), "{subject} leads to {leads_to}");
            assert!(!keys.iter().any(|key| key.len() > 7 && leads_to.contains(key)), "{subject} leads to {leads_to}");
            assert!(!leads_to.contains(['?', '#', ':', '.', '@']), "{subject} leads to {leads_to}");
        }
        for (subject, body, _, leads_to) in &letters {
            let is_nowhere = NOWHERE.iter().any(|words| body.contains(words));
            assert_eq!(leads_to.is_empty(), is_nowhere, "{subject} leads to “{leads_to}”");
        }
        for (subject, body, _, leads_to) in &letters {
            assert!(leads_to.is_empty() || !ways.iter().take(4).any(|way| body.contains(way)), "{subject} leads to {leads_to}");
        }
    }

    async fn what_somebodys_own_calendar_fetches_holds_no_name_at_all(fixture: Fixture) {
        let story = Story::begin(fixture).await;
        let everybody = everybody(fixture).await;
        let program = || Anyone::in_test(Visit::new(&premises(fixture, fixture.now()), Ipv4Addr::LOCALHOST.into(), ""));
        for (owner, role) in [(story.ruth, Role::Supervisor), (story.amina, Role::Practitioner), (story.tom, Role::Practitioner)] {
            let actor = fixture.actor(owner, &[role]);
            let secret = make_feed(&actor, FeedChoices { titles: Titles::Group, alarm_minutes: Some(60) }).await.unwrap();
            let session = open_session(&actor, &story.codes[0]).await.unwrap();
            let files = [feed_at(&program(), &secret).await.unwrap(), session_file(&actor, &session).await.unwrap()];
            for file in files {
                assert!(file.contains("BEGIN:VEVENT"));
                let file = file.replace("\r\n ", "");
                for word in everybody.iter().flat_map(|known| &known.words) {
                    assert!(!file.contains(word.as_str()), "{word} stands in\n{file}");
                }
                assert!(!file.contains('@') && !file.contains("mailto:"), "{file}");
            }
        }
    }
}
