//! What goes wrong around a server: it is stopped, killed, started twice, cut off from its database. Each time it says so clearly, and what
//! was acknowledged is there afterwards.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, SqliteConnection};

use crate::browser::Browser;
use crate::cluster::Cluster;
use crate::installation::Installation;
use crate::line::Line;

const SIGN_IN: &str = "_action=/api/enter_demonstration&form[role]=practitioner&form[next]=/menu";

#[tokio::test]
async fn two_servers_may_start_at_once_on_an_empty_database() {
    for _ in 0..5 {
        for installation in [Installation::on_sqlite(), Installation::on_postgres().await] {
            let (one, other) = (installation.begin_to_serve(), installation.begin_to_serve());
            one.wait_until_ready();
            other.wait_until_ready();
            installation.succeed(&["audit", "verify"]);
        }
    }
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_finishes_what_it_has_begun() {
    for installation in Installation::of_both_kinds_with_people().await {
        let mut server = installation.serve();
        let browser = server.browser();
        let (mut stream, rest) = browser.begin_to_post("/sign-in", SIGN_IN);
        std::thread::sleep(Duration::from_millis(200));
        server.terminate();
        std::thread::sleep(Duration::from_millis(300));
        assert!(browser.get("/health/live").is_none(), "it takes no new requests");
        stream.write_all(rest.as_bytes()).unwrap();
        let answer = Browser::read(stream).unwrap();
        assert_eq!((answer.status, answer.header("location")), (303, Some("/menu")));
        assert_eq!(server.wait_for_end(), Some(0));
        assert!(server.log().contains("Stopped."), "{}", server.log());
    }
}

#[tokio::test]
async fn what_a_server_acknowledged_is_there_after_it_was_killed() {
    for installation in Installation::of_both_kinds_with_people().await {
        let mut acknowledged: Vec<Browser> = Vec::new();
        for round in 0..3 {
            let mut server = installation.serve();
            let (is_over, count) = (AtomicBool::new(false), AtomicUsize::new(0));
            std::thread::scope(|scope| {
                let writers: Vec<_> = (0..4)
                    .map(|_| {
                        scope.spawn(|| {
                            let mut signed_in = Vec::new();
                            while !is_over.load(Ordering::SeqCst) {
                                let mut browser = server.browser();
                                if browser.sign_in_as("practitioner") {
                                    signed_in.push(browser);
                                    count.fetch_add(1, Ordering::SeqCst);
                                }
                            }
                            signed_in
                        })
                    })
                    .collect();
                // In the middle of the work, however fast the machine is, and not at the same moment each time.
                let began = Instant::now();
                while count.load(Ordering::SeqCst) < 8 && began.elapsed() < Duration::from_secs(30) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                std::thread::sleep(Duration::from_millis(round * 13));
                let killed = std::process::Command::new("kill").args(["-9", &server.id().to_string()]).status().unwrap();
                assert!(killed.success());
                is_over.store(true, Ordering::SeqCst);
                for writer in writers {
                    acknowledged.extend(writer.join().unwrap());
                }
            });
            server.kill();
        }
        assert!(acknowledged.len() > 20, "only {} sign-ins were acknowledged", acknowledged.len());
        let server = installation.serve();
        let address = server.browser();
        for browser in &acknowledged {
            assert!(browser.clone().moved_to(&address).is_signed_in(), "an acknowledged sign-in is gone");
        }
        installation.succeed(&["audit", "verify"]);
    }
}

#[tokio::test]
async fn a_read_only_database_is_refused_at_the_start() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["migrate"]);
    let url = format!("{}?mode=ro", installation.url());
    let sentence = installation.with_url(url).fail(&["serve"]);
    assert!(sentence.contains("the database file cannot be written to; give the user that runs Reverie the right"), "{sentence}");

    let installation = Installation::on_postgres().await;
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let name = installation.url().rsplit_once('/').unwrap().1.to_owned();
    installation.sql_on_server(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    installation.sql_on_server(&end_connections(&name)).await;
    // The first to come may still be given a connection that has just ended.
    for _ in 0..3 {
        assert_eq!(server.browser().post("/sign-in", SIGN_IN).unwrap().status, 503);
    }
    assert!(server.log().contains("the database server takes no changes at present"), "{}", server.log());
    assert_eq!(server.browser().get("/sign-in").unwrap().status, 200, "reading goes on");
    installation.sql_on_server(&format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    installation.sql_on_server(&end_connections(&name)).await;
    assert!(server.browser().sign_in_as("practitioner"));
}

#[tokio::test]
async fn a_database_that_another_program_locks_is_waited_for_and_then_said_to_be_locked() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let mut other = SqliteConnection::connect(installation.url()).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let browser = server.browser();
    let waiting = std::thread::spawn(move || browser.clone().sign_in_as("practitioner"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.browser().get("/sign-in").unwrap().status, 200, "reading goes on meanwhile");
    other.execute("COMMIT").await.unwrap();
    assert!(waiting.join().unwrap(), "a short lock is waited for");

    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let answer = server.browser().post("/sign-in", SIGN_IN).unwrap();
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("Nothing that you sent was stored"), "{}", answer.body);
    assert!(server.log().contains("another program keeps the database file locked"), "{}", server.log());
    let sentence = installation.fail(&["migrate"]);
    assert_eq!(sentence, "the database could not be used: another program keeps the database file locked");
    other.execute("COMMIT").await.unwrap();
    assert!(server.browser().sign_in_as("practitioner"), "and afterwards all is well");
}

#[tokio::test]
async fn a_full_disk_of_the_database_server_stores_nothing_by_halves_and_is_named_for_the_operator() {
    let installation = Installation::on_postgres().await;
    installation.succeed(&["demo"]);
    let server = installation.serve();
    // What Postgres says when it cannot make a file longer, at the last statement of every change.
    installation
        .sql(
            "CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file \"base/16384/2619\": No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION disk_is_full()",
        )
        .await;
    let before = installation.texts("SELECT COUNT(*)::TEXT FROM sign_in").await;
    let answer = server.browser().post("/sign-in", SIGN_IN).unwrap();
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("Nothing that you sent was stored"), "{}", answer.body);
    assert!(!answer.body.contains("base/16384"), "{}", answer.body);
    assert!(server.log().contains("the disk of the database server is full"), "{}", server.log());
    assert_eq!(server.browser().get("/sign-in").unwrap().status, 200, "reading goes on");
    assert_eq!(installation.texts("SELECT COUNT(*)::TEXT FROM sign_in").await, before);

    installation.sql("DROP TRIGGER disk_is_full ON audit_entry").await;
    assert!(server.browser().sign_in_as("practitioner"));
    installation.succeed(&["audit", "verify"]);
}

#[tokio::test]
async fn whoever_connects_and_does_not_say_what_they_want_is_let_go_while_others_are_answered() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["migrate"]);
    let server = installation.serve();
    let browser = server.browser();
    let (silent, halting) = (browser.connect(""), browser.connect("GET / HTTP/1.1\r\nhost: "));
    assert_eq!(browser.get("/health/live").unwrap().status, 200);
    for mut connection in [silent, halting] {
        assert!(connection.has_ended(Duration::from_secs(25)));
    }
    assert_eq!(browser.get("/health/live").unwrap().status, 200);
}

#[tokio::test]
async fn a_schema_of_another_version_is_named_with_what_to_do() {
    for installation in [Installation::on_sqlite(), Installation::on_postgres().await] {
        installation.succeed(&["migrate"]);
        installation.sql("DELETE FROM _sqlx_migrations WHERE version = 8").await;
        for command in [&["backup"][..], &["audit", "verify"]] {
            assert_eq!(installation.fail(command), "this database has an older schema; run `reverie migrate` first");
        }
        installation
            .sql("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) SELECT 9999, '', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1")
            .await;
        for command in [&["serve"][..], &["migrate"], &["backup"]] {
            let sentence = installation.fail(command);
            assert!(sentence.contains("made by a newer version of Reverie (its schema has step 9999"), "{sentence}");
        }
    }
}

#[tokio::test]
async fn postgres_may_stop_or_break_down_and_come_back_while_the_server_serves() {
    let cluster = Cluster::start_new();
    let installation = Installation::on_sqlite().with_url(cluster.url());
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let mut acknowledged = Vec::new();
    for go_away in [Cluster::stop, Cluster::end] {
        let mut browser = server.browser();
        assert!(browser.sign_in_as("coordinator"));
        acknowledged.push(browser.clone());
        go_away(&cluster);
        // Each waits for five seconds in the hope that the database is back, so they wait together.
        let (ready, page, form) = std::thread::scope(|scope| {
            let ready = scope.spawn(|| browser.get("/health/ready").unwrap());
            let page = scope.spawn(|| browser.get("/today").unwrap());
            let form = scope.spawn(|| server.browser().post("/sign-in", SIGN_IN).unwrap());
            (ready.join().unwrap(), page.join().unwrap(), form.join().unwrap())
        });
        assert_eq!((ready.status, page.status, form.status), (503, 503, 503));
        assert_eq!(browser.get("/health/live").unwrap().status, 200);
        assert!(page.body.contains("Something is not working at our end"), "{}", page.body);
        assert!(form.body.contains("Nothing that you sent was stored"), "{}", form.body);

        cluster.start();
        let until = Instant::now() + Duration::from_secs(10);
        while browser.get("/health/ready").unwrap().status != 200 {
            assert!(Instant::now() < until, "{}", server.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(acknowledged.iter().all(Browser::is_signed_in), "what was acknowledged is there");
        assert!(server.browser().sign_in_as("practitioner"));
    }
    installation.succeed(&["audit", "verify"]);
}

#[tokio::test]
async fn a_server_outlives_a_line_to_postgres_that_is_cut() {
    let installation = Installation::on_postgres().await;
    installation.succeed(&["demo"]);
    let url = installation.url().to_owned();
    let (before, name) = url.rsplit_once('/').unwrap();
    let (user, place) = before.rsplit_once('@').unwrap();
    let line = Line::to(place);
    let installation = installation.with_url(format!("{user}@{}/{name}", line.address()));
    let server = installation.serve();
    let mut browser = server.browser();
    assert!(browser.sign_in_as("coordinator"));

    line.cut();
    assert_eq!(browser.get("/health/ready").unwrap().status, 503);
    assert_eq!(browser.get("/health/live").unwrap().status, 200);
    let answer = browser.get("/menu").unwrap();
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("Something is not working at our end"), "{}", answer.body);
    assert_eq!(server.browser().post("/sign-in", SIGN_IN).unwrap().status, 503);

    line.mend();
    let until = Instant::now() + Duration::from_secs(10);
    while browser.get("/health/ready").unwrap().status != 200 {
        assert!(Instant::now() < until, "{}", server.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(browser.is_signed_in());
    assert!(server.browser().sign_in_as("practitioner"));
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_said_to_be_so_in_one_sentence() {
    let cases = [
        ("postgres://reverie:hunter2@127.0.0.1:1/reverie", "the database could not be opened: the database server cannot be reached"),
        ("mysql://reverie:hunter2@127.0.0.1/reverie", "DATABASE_URL must begin with sqlite: or postgres:"),
        ("sqlite:/nowhere/reverie.db", "the database could not be opened: the database file cannot be opened; its folder must exist"),
        (
            "postgres://reverie:hunter2@127.0.0.1:port/reverie",
            "the database could not be opened: the address in DATABASE_URL cannot be read",
        ),
    ];
    for (url, beginning) in cases {
        let sentence = Installation::on_sqlite().with_url(url.to_owned()).fail(&["serve"]);
        assert!(sentence.starts_with(beginning), "{sentence}");
        assert!(!sentence.contains("hunter2"), "{sentence}");
    }
    assert!(Installation::on_sqlite().fail(&["audit", "verify"]).starts_with("there is no database yet; `reverie migrate` makes one"));
}

fn end_connections(name: &str) -> String {
    format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
}
