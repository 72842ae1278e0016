//! What a calendar program gets, which signs in nowhere, and what a browser saves.

use crate::installation::Installation;

/// What stands in a page between two marks.
fn between<'a>(body: &'a str, before: &str, after: &str) -> &'a str {
    body.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_default()
}

#[tokio::test]
async fn a_calendar_program_fetches_by_its_link_alone_and_is_told_when_nothing_has_changed() {
    let installation = Installation::on_sqlite().with("REVERIE_NOW", "2026-10-22T08:50:00Z");
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let (mut browser, program) = (server.browser(), server.browser());
    assert!(browser.sign_in_as("practitioner"));
    let make = "_action=/api/make_feed&form[titles]=group&form[alarm]=60";
    let page = browser.post("/me/feeds", make).unwrap();
    let link = between(&page.body, "class=\"secret\">", "<");
    let path = format!("/feed/{}", link.rsplit('/').next().unwrap());
    assert!((page.status, path.len()) == (200, "/feed/.ics".len() + 43), "{link}");
    assert!(page.body.contains(&format!("href=\"webcal://{}\"", link.trim_start_matches("http://"))));

    let file = program.get(&path).unwrap();
    assert_eq!((file.status, file.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    assert_eq!(file.header("cache-control"), Some("private, no-cache"));
    assert!(file.body.contains("SUMMARY:Aire group\r\n") && file.body.contains("TRIGGER:-PT60M\r\n"), "{}", file.body);
    assert!(file.body.contains("DTSTART;TZID=Europe/London:20261022T100000\r\n"), "{}", file.body);
    let mark = file.header("etag").unwrap();
    let again = program.get_unless(&path, mark).unwrap();
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", Some(mark)));
    assert_eq!(program.get_unless(&path, "W/\"another\"").unwrap().status, 200);

    let (unknown, nowhere) = (program.get("/feed/unknown.ics").unwrap(), program.get("/nowhere").unwrap());
    assert_eq!((unknown.status, nowhere.status), (404, 404));
    assert_eq!(between(&unknown.body, "<h1>", "</main>"), between(&nowhere.body, "<h1>", "</main>"));
    assert_eq!(browser.post("/me/feeds", make).unwrap().status, 409, "there is one link at a time");
    assert_eq!(browser.post("/me/feeds", "_action=/api/renew_feed").unwrap().status, 200);
    assert_eq!(program.get(&path).unwrap().status, 404, "the old link is over at once");
    assert!(!server.log().contains(between(&path, "/feed/", ".ics")), "a secret stands in no log");
}

#[tokio::test]
async fn a_session_is_saved_as_a_file_by_whoever_may_open_it() {
    let installation = Installation::on_sqlite().with("REVERIE_NOW", "2026-10-22T08:50:00Z");
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let mut browser = server.browser();
    let code = "SELECT s.code FROM session s JOIN supervision_group g ON g.id = s.group_id WHERE g.slug = '";
    let [own, other] = ["aire", "cober"].map(|slug| format!("{code}{slug}' AND s.starts_at > '2026-10-28' ORDER BY s.starts_at LIMIT 1"));
    let own = installation.texts(&own).await.remove(0);
    let other = installation.texts(&other).await.remove(0);

    let asked = browser.get(&format!("/sessions/{own}.ics")).unwrap();
    assert_eq!((asked.status, asked.header("location")), (303, Some(format!("/sign-in?next=%2Fsessions%2F{own}%2Eics").as_str())));
    assert!(browser.sign_in_as("practitioner"));
    let file = browser.get(&format!("/sessions/{own}.ics")).unwrap();
    assert_eq!((file.status, file.header("content-disposition")), (200, Some("attachment; filename=\"session.ics\"")));
    assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 1);
    assert!(file.body.contains("SUMMARY:Supervision session\r\n"), "{}", file.body);
    let (foreign, unknown) = (browser.get(&format!("/sessions/{other}.ics")).unwrap(), browser.get("/sessions/zzzzzzzz.ics").unwrap());
    assert_eq!((foreign.status, unknown.status), (404, 404));
}
