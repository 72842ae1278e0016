//! What a server logs: enough to find a fault, and nothing about anybody.

use crate::installation::Installation;

#[tokio::test]
async fn the_log_of_a_journey_names_nobody() {
    for installation in Installation::of_both_kinds_with_people().await {
        let installation = installation.with("RUST_LOG", "debug").with("REVERIE_LOG_JSON", "true");
        let mut server = installation.serve();
        let mut tokens = Vec::new();
        for role in ["practitioner", "supervisor", "coordinator"] {
            let mut browser = server.browser();
            assert!(browser.sign_in_as(role));
            tokens.extend(browser.token());
            for page in ["/menu", "/today", "/calendar", "/groups", "/people", "/people?search=Rahman", "/me", "/nowhere"] {
                browser.get(page).unwrap();
            }
            browser
                .post("/people/new", "_action=/api/add_person&form[given_name]=Winifred&form[email]=winifred@elsewhere.example")
                .unwrap();
        }
        server.terminate();
        server.wait_for_end();
        let log = server.log();
        assert!(log.lines().count() > 20, "{log}");
        for line in log.lines() {
            assert!(line.starts_with('{') && line.ends_with('}'), "{line}");
        }
        let mut words = installation.texts("SELECT family_name FROM person").await;
        words.extend(installation.texts("SELECT email FROM person").await);
        words.extend(installation.texts("SELECT code FROM person").await);
        words.extend(["Rahman", "Winifred", "winifred@elsewhere.example"].map(ToOwned::to_owned));
        words.extend(tokens);
        for word in words {
            assert!(!is_in(&log, &word), "the log holds {word}");
        }
    }
}

/// Whether a word stands in a text by itself: "Lane" is not in "planed".
fn is_in(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(place, _)| {
        let is_letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !is_letter(text[..place].chars().next_back()) && !is_letter(text[place + word.len()..].chars().next())
    })
}

#[tokio::test]
async fn the_figures_count_requests_by_kind_and_name_nobody() {
    let installation = Installation::on_sqlite().with("REVERIE_METRICS_LISTEN", "127.0.0.1:0");
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let mut browser = server.browser();
    assert!(browser.sign_in_as("coordinator"));
    browser.get("/people/abcdefgh").unwrap();
    assert_eq!(browser.get("/metrics").unwrap().status, 404, "the figures are for whoever runs the server");
    let figures = server.figures().get("/metrics").unwrap();
    assert!(figures.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    assert!(figures.body.contains("reverie_request_seconds"), "{}", figures.body);
    assert!(figures.body.contains("area=\"people\""), "{}", figures.body);
    assert!(!figures.body.contains("abcdefgh"), "{}", figures.body);
}
