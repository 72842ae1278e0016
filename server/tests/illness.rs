//! That somebody is ill is seen by them and by coordinators, and stands on no page and in no file of anybody else, through the real router.

#[path = "support/demonstration.rs"]
mod demonstration;

use app::access::Role;
use app::downloads::DOWNLOADS;
use axum::http::StatusCode;
use demonstration::{Answer, World};

/// A page without the elements of a class.
fn without(page: &str, element: &str, class: &str) -> String {
    let begins = format!("<{element} ");
    let mut parts = page.split(begins.as_str());
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let is_meant = part.split('>').next().is_some_and(|opening| opening.contains(&format!("class=\"{class}\"")));
        before + if is_meant { part.split_once(&format!("</{element}>")).map_or("", |(_, after)| after) } else { part }
    })
}

/// Whether a page says of anybody that they are ill, in more than the list from which a reason is chosen and the words that explain it.
fn says_ill(page: &str) -> bool {
    let page = without(&without(page, "label", "choice"), "p", "hint");
    page.split(|letter: char| !letter.is_alphabetic()).any(|word| matches!(word, "ill" | "Ill" | "illness" | "Illness" | "sick" | "unwell"))
}

#[tokio::test]
async fn nobody_but_a_coordinator_and_whoever_it_is_learns_that_a_supervisor_is_ill() {
    const OTHERS: &str =
        "UPDATE leave SET kind = 'ill' WHERE person_id <> (SELECT id FROM person WHERE email = 'supervisor@demonstration.example')";
    const ALL: &str = "\
INSERT INTO leave (id, person_id, starts_on, ends_on, kind)
SELECT randomblob(16), p.id, date('now'), date('now', '+21 days'), 'ill'
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.email <> 'supervisor@demonstration.example'";

    let world = World::new().await;
    for statement in [OTHERS, ALL] {
        assert!(sqlx::query(statement).execute(&world.pool).await.unwrap().rows_affected() > 0);
    }
    let mut addresses: Vec<String> = [
        "/today",
        "/calendar",
        "/board",
        "/conflicts",
        "/cover",
        "/availability",
        "/statement",
        "/groups",
        "/people",
        "/news",
        "/me/access",
        "/me/supervision",
        "/audit",
        "/overdue",
    ]
    .map(ToOwned::to_owned)
    .into();
    addresses.extend(DOWNLOADS.map(|(path, _)| path.to_owned()));
    for session in
        world.words("SELECT code FROM session WHERE starts_at > datetime('now') AND cancelled_at IS NULL ORDER BY starts_at LIMIT 12").await
    {
        addresses.extend(["", "/history", "/move", "/hosts"].map(|page| format!("/sessions/{session}{page}")));
    }
    let ill = world
        .words("SELECT DISTINCT p.code FROM person p JOIN leave l ON l.person_id = p.id WHERE l.kind = 'ill' ORDER BY p.code LIMIT 4")
        .await;
    for person in &ill {
        addresses.extend([format!("/people/{person}"), format!("/people/{person}/availability"), format!("/cover/{person}")]);
    }
    let (mut opened, mut told) = (0, Vec::new());
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Coordinator) {
        let cookie = world.cookie(role).await;
        for address in &addresses {
            let Answer { status, page, .. } = world.open(&cookie, address).await;
            assert!(!status.is_server_error(), "{address} answered {status} to a {}", role.name());
            opened += usize::from(status == StatusCode::OK);
            told.extend((status == StatusCode::OK && says_ill(&page)).then(|| format!("{address} to a {}", role.name())));
        }
    }
    assert!(opened > 40, "only {opened} pages were opened");
    assert_eq!(told, Vec::<String>::new());

    // Whoever arranges cover sees it where the days away stand, and on no list.
    let cookie = world.cookie(Role::Coordinator).await;
    let first = ill.first().unwrap();
    let away = [("person", first.as_str()), ("first", "2199-01-04"), ("last", "2199-01-04"), ("leave_kind", "ill")];
    assert_eq!(world.send(&cookie, "/cover", "mark_away", &away).await.status, StatusCode::UNPROCESSABLE_ENTITY, "that is too far ahead");
    let later = world.words("SELECT date('now', '+30 days')").await.remove(0);
    let away = [("person", first.as_str()), ("first", later.as_str()), ("last", later.as_str()), ("leave_kind", "ill")];
    assert_eq!(world.send(&cookie, "/cover", "mark_away", &away).await.location, format!("/cover/{first}"));
    let Answer { status, page, .. } = world.open(&cookie, &format!("/people/{first}/availability")).await;
    assert_eq!((status, says_ill(&page)), (StatusCode::OK, true));
    for address in addresses.iter().filter(|address| !address.ends_with("/availability")) {
        let Answer { page, .. } = world.open(&cookie, address).await;
        assert!(!says_ill(&page), "{address} says it to a coordinator");
    }
}
