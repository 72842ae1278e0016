//! The ways into the product that stand in letters.

use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::SqliteConnectOptions;

use super::{ask, database, demonstration, get, post, site};

#[tokio::test]
async fn the_messages_of_a_demonstration_are_seen_in_a_demonstration_alone() {
    let site_of = async |config: &Config| {
        let database = database(SqliteConnectOptions::new().in_memory(true)).await;
        database.migrate().await.unwrap();
        write_message(&database).await;
        router(Process::new(config, database))
    };
    let answer = ask(&site_of(&demonstration()).await, get("/demonstration/mail")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("You are invited"), "{}", answer.body);
    // The markers that Leptos leaves between parts say nothing to the reader.
    let body = answer.body.replace("<!>", "");
    assert!(body.contains("<a href=\"/sign-in/invitation/abc\">http://127.0.0.1:3000/sign-in/invitation/abc</a>"), "{}", answer.body);
    assert!(answer.body.contains("http://127.0.0.1:3000.evil.example/"), "{}", answer.body);
    assert!(!answer.body.contains("href=\".evil") && !answer.body.contains("href=\"http://127.0.0.1:3000.evil"), "{}", answer.body);
    assert!(answer.body.contains("&lt;b&gt;"), "what a message says is text: {}", answer.body);

    let real = site_of(&Config { demonstration: false, ..demonstration() }).await;
    let answer = ask(&real, get("/demonstration/mail")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.body.contains("You are invited"));
    let answer = ask(&real, post("/api/demonstration_mail", "")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_to_which_news_lead_answers_without_a_sign_in() {
    let site = site(&demonstration()).await;
    for area in app::messages::AREAS {
        for path in [format!("/{area}"), format!("/{area}/k3f9x2mv"), format!("/{area}/k3f9x2mv/apologies")] {
            let answer = ask(&site, get(&path)).await;
            assert!([303, 404].contains(&answer.status.as_u16()), "{path} answered {} to nobody", answer.status);
            assert!(
                answer.status == 404 || answer.header("location").starts_with("/sign-in"),
                "{path} leads to {}",
                answer.header("location")
            );
        }
    }
}

async fn write_message(database: &Database) {
    const PERSON: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, 'abcdefgh', '', 'Amina', 'Rahman', 'amina', 'rahman', 'amina@people.example', '', 'invited', $2, 1)";
    let Database::Sqlite(pool) = database else { unreachable!("the database is in memory") };
    let (person, now) = (app::people::PersonId(app::database::new_id()), Clock::System.now());
    sqlx::query(PERSON).bind(person).bind(now).execute(pool).await.unwrap();
    let mut transaction = database.begin().await.unwrap();
    let message = app::messages::NewMessage {
        to: person,
        leads: app::messages::Leads::LetsIn,
        subject: "You are invited".to_owned(),
        body: "Dear Amina,\n\nhttp://127.0.0.1:3000/sign-in/invitation/abc\nhttp://127.0.0.1:3000.evil.example/ <b>".to_owned(),
    };
    app::messages::queue(&mut transaction, &message, now).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn a_digest_comes_once_and_is_stopped_without_signing_in_by_a_program_of_mail_or_by_the_button_of_its_page() {
    let config = demonstration();
    let database = database(SqliteConnectOptions::new().in_memory(true)).await;
    database.migrate().await.unwrap();
    let premises = config.premises(database.clone());
    let program = app::access::system(&premises, "test");
    load(&program, Size::SMALL, 1, |_| ()).await.unwrap();
    for written in [1, 0] {
        assert_eq!(app::digest::jobs::send_digests(&program).await, Ok(written));
    }
    let Database::Sqlite(pool) = &database else { unreachable!("the site is in memory") };
    let link: String = sqlx::query_scalar("SELECT stops_at FROM message WHERE stops_at IS NOT NULL").fetch_one(pool).await.unwrap();
    let path = link.strip_prefix(premises.origin.as_ref()).unwrap().to_owned();
    let site = router(Process::new(&config, database.clone()));
    let page = ask(&site, get(&path)).await;
    assert_eq!((page.status, page.body.contains("Stop the digest?")), (StatusCode::OK, true));
    // No cookie, no origin, in either way in which forms are sent, and answered where it was posted to.
    let parts = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let in_parts = Request::post(&path).header("content-type", "multipart/form-data; boundary=x").body(Body::from(parts)).unwrap();
    let token = path.rsplit('/').next().unwrap();
    let button = post(&path, format!("_action=/api/stop_digest&form[token]={token}"));
    for request in [post(&path, "List-Unsubscribe=One-Click"), in_parts, button] {
        let stopped = ask(&site, request).await;
        assert_eq!((stopped.status, stopped.body.contains("The digest is stopped")), (StatusCode::OK, true), "{}", stopped.body);
    }
    assert!(ask(&site, get(&path)).await.body.contains("You get no digest"));
    let unknown = ask(&site, post("/digest/nobodys", "List-Unsubscribe=One-Click")).await;
    assert_eq!((unknown.status, unknown.body.contains("This link is too old")), (StatusCode::GONE, true));
}
