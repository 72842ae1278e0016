//! Settings by file and environment. Each test has a folder and an environment of its own (`figment::Jail`).

use figment::Jail;

use super::{Config, ConfigError};

#[expect(clippy::result_large_err, reason = "the jail's own error type")]
fn read(toml: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let mut answer = None;
    Jail::expect_with(|jail| {
        jail.clear_env();
        jail.create_file("reverie.toml", toml)?;
        for (key, value) in environment {
            jail.set_env(key, value);
        }
        answer = Some(Config::read(None).map_err(|error: ConfigError| error.to_string()));
        Ok(())
    });
    answer.unwrap()
}

#[test]
fn the_environment_wins_over_the_file() {
    let config = read("listen = '127.0.0.1:4000'\nmail_from = 'A <a@b.example>'", &[("REVERIE_LISTEN", "127.0.0.1:5000")]).unwrap();
    assert_eq!(config.listen.port(), 5000);
    assert_eq!(config.mail_from, "A <a@b.example>");
    assert_eq!(config.origin(), "http://127.0.0.1:5000");
}

#[test]
fn the_database_is_a_file_in_the_data_folder_unless_it_is_named() {
    assert_eq!(read("data = '/srv/reverie'", &[]).unwrap().database_url(), "sqlite:/srv/reverie/reverie.db");
    assert_eq!(read("", &[("DATABASE_URL", "postgres://db/reverie")]).unwrap().database_url(), "postgres://db/reverie");
}

#[test]
fn a_message_names_the_key_and_never_the_value() {
    for (toml, environment, key) in [
        ("smpt_url = 'smtp://secret'", &[][..], "smpt_url"),
        ("listen = 'secret'", &[], "listen"),
        ("demonstration = 'secret'", &[], "demonstration"),
        ("", &[("REVERIE_BEHIND_PROXY", "secret")], "behind_proxy"),
        ("", &[("REVERIE_SECRET_KEY", "secret")], "secret_key"),
        ("smtp_url = 'http://secret'", &[], "smtp_url"),
        ("smtp_url = 'smtp://user:secret@'", &[], "smtp_url"),
        ("mail_from = 'secret'", &[], "mail_from"),
        ("origin = 'https://secret/'", &[], "origin"),
        ("origin = 'secret'", &[], "origin"),
    ] {
        let error = read(toml, environment).unwrap_err();
        assert!(error.contains(&format!("`{key}`")), "{key}: {error}");
        assert!(!error.replace("secret_key", "").contains("secret"), "{key}: {error}");
        assert!(!error.contains('\n'), "{key}: {error}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_named_and_not_quoted() {
    let error = read("password: hunter2", &[]).unwrap_err();
    assert_eq!(error, "reverie.toml is not a file of settings: it must be TOML, one `key = value` a line");
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let error = Config::read(Some(std::path::Path::new("/nowhere/reverie.toml"))).unwrap_err();
    assert_eq!(error.to_string(), "there is no file of settings at /nowhere/reverie.toml");
}

#[test]
fn a_demonstration_stays_on_this_machine_unless_told_otherwise_by_name() {
    let open = &[("REVERIE_DEMONSTRATION", "true"), ("REVERIE_LISTEN", "0.0.0.0:3000")];
    assert!(read("", open).unwrap_err().contains("`demonstration_open_to_the_network`"));
    assert!(read("demonstration_open_to_the_network = true", open).is_ok());
    assert!(read("", &[("REVERIE_DEMONSTRATION", "true"), ("REVERIE_LISTEN", "[::1]:3000")]).is_ok());
}

#[test]
fn only_a_demonstration_may_stop_the_clock() {
    let stopped = &[("REVERIE_NOW", "2026-10-22T08:50:00Z")];
    assert!(read("", stopped).unwrap_err().contains("`now`"));
    assert!(read("demonstration = true", stopped).is_ok());
}

#[test]
fn what_is_shown_holds_no_secret() {
    let config = read(
        "smtp_url = 'smtps://user:hunter2@mail.example:465?tls=required'",
        &[("DATABASE_URL", "postgres://reverie:p@ss@db.example/reverie?password=hunter2")],
    )
    .unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("p@ss"), "{shown}");
    assert!(shown.contains("postgres://***@db.example/reverie"), "{shown}");
    assert!(shown.contains("smtps://***@mail.example:465"), "{shown}");
}

#[test]
fn the_readme_names_every_setting() {
    let readme = include_str!("../../../README.md");
    let settings = serde_json::to_value(Config::default()).unwrap();
    for key in settings.as_object().unwrap().keys() {
        let variable = if key == "database_url" { "DATABASE_URL".to_owned() } else { format!("REVERIE_{}", key.to_uppercase()) };
        assert!(readme.contains(&format!("| `{key}` | `{variable}` |")), "{key}");
    }
}
