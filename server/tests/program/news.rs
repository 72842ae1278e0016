//! Open pages hear of changes: across processes, no longer than they may, and never in the way of a stop.

use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::installation::Installation;

/// How soon a page hears of a change that another process made.
const SOON: Duration = Duration::from_secs(2);
/// Days away, in a form of the supervisor's own availability.
const AWAY: &str = "_action=/api/add_leave&form[person]=&form[first]=2027-05-03&form[last]=2027-05-03&form[leave_kind]=training";

/// A page that was made just now.
fn made_now() -> String {
    format!("/listen?since={}", app::database::Clock::System.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// Waits until what the servers do at their start is done: it stands in the log, and would be heard as news.
async fn at_rest(installation: &Installation) {
    let entries = async || installation.texts("SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry").await;
    let mut before = Vec::new();
    for _ in 0..30 {
        let now = entries().await;
        if now == before {
            return;
        }
        before = now;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    panic!("the servers wrote into the log for a whole minute");
}

fn signed_in(mut browser: Browser, role: &str) -> Browser {
    assert!(browser.sign_in_as(role));
    browser
}

#[tokio::test]
async fn a_change_in_one_process_is_heard_in_another() {
    for installation in Installation::of_both_kinds_with_people().await {
        let (one, other) = (installation.serve(), installation.serve());
        let supervisor = signed_in(one.browser(), "supervisor");
        let coordinator = signed_in(other.browser(), "coordinator");
        at_rest(&installation).await;
        // What was invented may count as having happened just now: a page that is a minute younger has nothing to catch up on.
        let later = app::database::Clock::System.now() + chrono::TimeDelta::minutes(1);
        let address = format!("/listen?since={}", later.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        let mut page = coordinator.listen(&address);
        assert_eq!(page.head_line("content-type"), "text/event-stream");
        assert_eq!(page.wait_for("event:", Duration::from_secs(2)), None, "nothing has happened yet");
        assert_eq!(supervisor.post("/availability", AWAY).unwrap().status, 303);
        let changed_at = Instant::now();
        assert!(page.wait_for("event: changed\ndata: changed\n\n", SOON).is_some(), "it is heard within {SOON:?}");
        assert!(changed_at.elapsed() < SOON);
        // Whoever has an older page hears at once that it is old; the word says nothing else, and the answer is not kept back to be compressed.
        let mut old = coordinator.listen(&made_now());
        let heard = old.wait_for("event: changed\ndata: changed\n\n", SOON).unwrap();
        assert!(!heard.contains("availab") && !heard.contains("leave"), "{heard}");
        // Signing in and out is no news.
        signed_in(one.browser(), "practitioner");
        assert_eq!(page.wait_for("event:", Duration::from_secs(2)), None);
    }
}

#[tokio::test]
async fn somebody_suspended_hears_nothing_more_and_nobody_listens_without_signing_in() {
    for installation in Installation::of_both_kinds_with_people().await {
        let (one, other) = (installation.serve(), installation.serve());
        let coordinator = signed_in(one.browser(), "coordinator");
        let practitioner = signed_in(other.browser(), "practitioner");
        let mut page = practitioner.listen(&made_now());
        let code = "SELECT p.code FROM sign_in s JOIN person p ON p.id = s.person_id JOIN person_role r ON r.person_id = p.id WHERE r.role = 'practitioner'";
        let code = installation.texts(code).await.remove(0);
        let answer = coordinator.post(&format!("/people/{code}"), &format!("_action=/api/suspend_person&form[code]={code}")).unwrap();
        assert_eq!(answer.status, 303);
        assert!(page.wait_for("event: ended", SOON).is_some());
        assert!(page.has_ended(SOON), "the connection is let go");
        assert_eq!(practitioner.get("/listen").unwrap().status, 401);
        assert_eq!(other.browser().get("/listen").unwrap().status, 401);
    }
}

#[test]
fn one_person_listens_with_eight_pages_and_a_page_that_closes_makes_room() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let browser = signed_in(server.browser(), "supervisor");
    let mut pages: Vec<_> = (0..8).map(|_| browser.listen(&made_now())).collect();
    assert!(pages.iter().all(|page| page.head_line("content-type") == "text/event-stream"));
    assert_eq!(browser.get("/listen").unwrap().status, 429);
    let somebody_else = signed_in(server.browser(), "coordinator").listen(&made_now());
    assert_eq!(somebody_else.head_line("content-type"), "text/event-stream");
    pages.remove(0);
    let until = Instant::now() + Duration::from_secs(20);
    while browser.listen("/listen").head_line("content-type") != "text/event-stream" {
        assert!(Instant::now() < until, "the place of a page that has gone is given to another");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_server_that_is_told_to_stop_does_not_wait_for_those_who_listen() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let mut server = installation.serve();
    let mut page = signed_in(server.browser(), "supervisor").listen(&made_now());
    let told_at = Instant::now();
    server.terminate();
    assert_eq!(server.wait_for_end(), Some(0));
    assert!(told_at.elapsed() < Duration::from_secs(5));
    assert!(page.has_ended(SOON));
}
