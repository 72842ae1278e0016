//! What each command says of itself, and of what is wrong.

use crate::installation::Installation;

#[test]
fn every_command_explains_itself() {
    let installation = Installation::on_sqlite();
    let help = installation.succeed(&["--help"]);
    let listed = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names: Vec<&str> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for expected in ["serve", "migrate", "demo", "admin", "backup", "restore", "audit", "keyring", "config", "series", "match", "guard"] {
        assert!(names.contains(&expected), "{expected} is not in {names:?}");
    }
    for name in names.iter().filter(|name| **name != "help") {
        let help = installation.succeed(&[name, "--help"]);
        assert!(help.split("Usage:").next().unwrap().trim().len() > 20, "{name}: {help}");
    }
}

#[test]
fn what_is_watched_serves_without_being_told_and_is_found_again_at_the_same_address() {
    let installation = Installation::on_sqlite();
    assert_eq!(installation.run(&[]).code, Some(2), "otherwise it says what it can do");
    let installation = installation.with("LEPTOS_WATCH", "true");
    let server = installation.begin(&[]);
    server.wait_until_ready();
    let page = server.browser().get("/sign-in").unwrap();
    assert!(page.body.contains("href=\"/pkg/reverie.css\""), "{}", page.body);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("connect-src 'self' ws://*:3001;"), "{policy}");
}

#[test]
fn the_settings_are_shown_without_secrets() {
    let installation = Installation::on_sqlite()
        .with_url("postgres://reverie:hunter2@db.example/reverie".to_owned())
        .with("REVERIE_SMTP_URL", "smtps://reverie:hunter2@mail.example");
    let shown = installation.succeed(&["config", "check"]);
    assert!(shown.contains("database_url = postgres://***@db.example/reverie\n"), "{shown}");
    assert!(shown.contains("smtp_url = smtps://***@mail.example\n"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn a_wrong_setting_is_named_by_every_command() {
    let installation = Installation::on_sqlite().with("REVERIE_MAIL_FORM", "x");
    for command in [&["config", "check"][..], &["serve"], &["backup"]] {
        assert_eq!(
            installation.fail(command),
            "the setting `mail_form` cannot be read: there is no such setting; see the README for what it takes"
        );
    }
}

#[test]
fn everything_is_sealed_anew_by_a_command_and_with_no_other_keyring_than_that_of_the_database() {
    let installation = Installation::on_sqlite().with("REVERIE_DEMONSTRATION", "false");
    installation.succeed(&["migrate"]);
    let said = installation.succeed(&["keyring", "reseal"]);
    assert_eq!(said.trim(), "Sealed anew: 0. Every server of this database needs these keys: none yet.");
    let own = std::fs::read_to_string(installation.file("keyring")).unwrap();
    let new_key = app::sealing::Keyring::drawn();
    std::fs::write(installation.file("keyring"), &new_key).unwrap();
    assert!(installation.fail(&["keyring", "reseal"]).contains("does not hold the key"));
    std::fs::write(installation.file("keyring"), format!("{new_key}{own}")).unwrap();
    installation.succeed(&["keyring", "reseal"]);
}

#[test]
fn an_address_that_is_taken_is_named() {
    let installation = Installation::on_sqlite();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap().to_string();
    let sentence = installation.with("REVERIE_LISTEN", &taken).fail(&["serve"]);
    assert_eq!(sentence, format!("cannot listen on {taken}: address in use"));
}

#[tokio::test]
async fn a_broken_audit_log_is_found_and_said_where() {
    for installation in Installation::of_both_kinds_with_people().await {
        assert!(installation.succeed(&["audit", "verify"]).starts_with("The audit log is whole: 2 entries, ending in "));
        let past_the_triggers = if installation.url().starts_with("sqlite:") {
            "DROP TRIGGER audit_entry_is_never_changed"
        } else {
            "ALTER TABLE audit_entry DISABLE TRIGGER USER"
        };
        installation.sql(past_the_triggers).await;
        installation.sql("UPDATE audit_entry SET detail = 'something else' WHERE sequence = 1").await;
        let said = installation.run(&["audit", "verify"]);
        assert_eq!(said.code, Some(1));
        assert_eq!(said.output, "The audit log is broken at entry 1: it was changed after it was written.\n");
    }
}

#[test]
fn an_administrator_is_made_on_the_command_line_and_chooses_a_password_behind_the_link() {
    let installation = Installation::on_sqlite();
    let create = ["admin", "create", "--given-name", "Morag", "--family-name", "Fraser", "--email"];
    let sentence = installation.fail(&[&create[..], &["morag"]].concat());
    assert!(sentence.contains("give an e-mail address"), "{sentence}");
    let said = installation.succeed(&[&create[..], &["Morag@centre.example"]].concat());
    let link = said.lines().last().unwrap();
    let (_, path) = link.split_once("127.0.0.1:0").unwrap();
    let server = installation.serve();
    let answer = server.browser().get(path).unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Morag"), "{}", answer.body);
}

#[test]
fn texts_are_guarded_line_by_line_and_a_line_that_cannot_be_read_is_named() {
    let installation = Installation::on_sqlite();
    let lines = "{\"text\": \"mum Sarah Jones cried\"}\n{\"text\": \"Call the clinic on 0161 496 0123.\"}\n";
    let said = installation.run_with(&["guard"], lines.as_bytes());
    assert_eq!(said.code, Some(0));
    assert_eq!(said.output, "{\"spans\":[{\"start\":4,\"end\":15,\"category\":\"person_name\"}]}\n{\"spans\":[]}\n");
    let said = installation.run_with(&["guard"], b"mum Sarah Jones\n{\"text\": \"\"}\n");
    assert_eq!(said.code, Some(1));
    assert!(said.output.ends_with("{\"spans\":[]}\n"), "{}", said.output);
    let complaint = "line 1 is not an object of JSON with a \"text\", at column 1: write {\"text\": \"…\"}\n";
    assert_eq!(said.errors, complaint, "nothing of the text is repeated");
}
