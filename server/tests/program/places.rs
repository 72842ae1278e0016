//! Fifty who want the last place at once, over the network: one gets it and the others are told so, on both databases.
//!
//! The places of a session of an open clinic are rows that can be there once. Those of a group are counted in one statement by whoever has taken the
//! group's row, since members and offers share them and a place has no number that anybody keeps.

use app::database::{Clock, Database, new_id};
use app::people::PersonId;
use app::sign_in::Stage;
use app::sign_in::store::{Arrival, open_sign_in};

use crate::browser::{Answer, Browser};
use crate::installation::Installation;

const FIFTY: usize = 50;

/// Fifty practitioners who are in no group. Their codes are `person00` and so on.
async fn newcomers(installation: &Installation) -> Vec<PersonId> {
    let people: Vec<PersonId> = (0..FIFTY).map(|_| PersonId(new_id())).collect();
    let statements = people.iter().enumerate().map(|(nth, person)| {
        let id = if installation.url().starts_with("sqlite:") { format!("x'{}'", person.0.simple()) } else { format!("'{person}'") };
        format!(
            "INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
            VALUES ({id}, 'person{nth:02}', '', 'Robin', 'Example', 'robin', 'example', 'robin{nth}@people.example', '', 'registered', '2026-01-01T00:00:00+00:00', 1);
            INSERT INTO person_role (person_id, role) VALUES ({id}, 'practitioner');"
        )
    });
    installation.sql(&statements.collect::<String>()).await;
    people
}

/// What each of fifty requests that leave at the same moment is answered.
fn at_once(requests: Vec<(Browser, &'static str, String)>) -> Vec<Answer> {
    let start = std::sync::Barrier::new(requests.len());
    std::thread::scope(|scope| {
        let asked: Vec<_> = requests
            .iter()
            .map(|(browser, page, fields)| {
                scope.spawn(|| {
                    start.wait();
                    browser.post(page, fields).unwrap()
                })
            })
            .collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn assert_one_has_it(answers: &[Answer], told: &str) {
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), FIFTY - 1, "{statuses:?}");
    for refused in answers.iter().filter(|answer| answer.status == 409) {
        assert!(refused.body.contains(told), "{}", refused.body);
    }
}

#[tokio::test]
async fn of_fifty_who_are_given_the_last_place_of_a_group_at_once_one_has_it() {
    const ONE_LEFT: &str = "\
UPDATE supervision_group
SET capacity = 1
    + (SELECT COUNT(*) FROM membership m WHERE m.group_id = supervision_group.id AND m.left_on IS NULL)
    + (SELECT COUNT(*) FROM place_offer f WHERE f.group_id = supervision_group.id AND f.ended_at IS NULL)
WHERE slug = 'aire'";

    for installation in Installation::of_both_kinds_with_people().await {
        newcomers(&installation).await;
        installation.sql(ONE_LEFT).await;
        let server = installation.serve();
        let mut coordinator = server.browser();
        assert!(coordinator.sign_in_as("coordinator"));
        let give = |nth: usize| format!("_action=/api/add_member&form[slug]=aire&form[person]=person{nth:02}");
        let answers = at_once((0..FIFTY).map(|nth| (coordinator.clone(), "/groups/aire/members", give(nth))).collect());
        assert_one_has_it(&answers, "Every place in this group is taken");
        let joined = installation
            .texts("SELECT p.code FROM membership m JOIN person p ON p.id = m.person_id WHERE p.code LIKE 'person%' AND m.left_on IS NULL")
            .await;
        assert_eq!(joined.len(), 1);
    }
}

#[tokio::test]
async fn of_fifty_who_book_the_last_place_of_a_clinics_session_at_once_one_has_it() {
    const LAST: &str = "\
SELECT s.code
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE g.kind = 'open_clinic'
    AND g.ended_at IS NULL
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at DESC
LIMIT 1";

    for installation in Installation::of_both_kinds_with_people().await {
        let people = newcomers(&installation).await;
        let session = installation.texts(LAST).await.concat();
        let terms = installation.texts(&format!("SELECT CAST(a.version AS TEXT) FROM agreement a JOIN session s ON s.group_id = a.group_id WHERE s.code = '{session}' AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL")).await.concat();
        installation.sql(&format!("UPDATE supervision_group SET capacity = 1 + (SELECT COUNT(b.place) FROM booking b JOIN session s ON s.id = b.session_id WHERE s.code = '{session}') WHERE id = (SELECT s.group_id FROM session s WHERE s.code = '{session}')")).await;
        let server = installation.serve();
        let database = Database::connect(installation.url()).await.unwrap();
        let mut requests = Vec::new();
        for person in people {
            let mut transaction = database.begin().await.unwrap();
            let arrival = Arrival { person, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
            let token = open_sign_in(&mut transaction, &arrival).await.unwrap().token;
            transaction.commit().await.unwrap();
            let fields = format!("_action=/api/book_place&form[session]={session}&form[version]={terms}");
            requests.push((server.browser().with_token(&token), "/clinics", fields));
        }
        database.close().await;
        assert_one_has_it(&at_once(requests), "Every place at this session is taken");
        let booked = installation
            .texts("SELECT p.code FROM booking b JOIN person p ON p.id = b.person_id WHERE p.code LIKE 'person%' AND b.place IS NOT NULL")
            .await;
        assert_eq!(booked.len(), 1);
    }
}
