//! What every response says, whatever it is a response to; and what becomes of requests that nobody should send.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::str::FromStr;

use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tower::ServiceExt;

const SIGN_IN: &str = "_action=/api/enter_demonstration&form[role]=practitioner&form[next]=/menu";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn demonstration() -> Config {
    Config { demonstration: true, site: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../public").into()), ..Config::default() }
}

async fn database(options: SqliteConnectOptions) -> Database {
    // One connection, since each connection to memory is a database of its own; it must never be let go.
    let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    Database::Sqlite(pool.connect_with(options).await.unwrap())
}

async fn site(config: &Config) -> Router {
    let database = database(SqliteConnectOptions::new().in_memory(true)).await;
    database.migrate().await.unwrap();
    let premises = config.premises(database.clone());
    load(&app::access::system(&premises, "test"), Size::SMALL, 1, |_| ()).await.unwrap();
    router(Process::new(config, database))
}

async fn ask(site: &Router, request: Request<Body>) -> Answer {
    let response = site.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    let form = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    form.header("sec-fetch-site", "same-origin").body(body.into()).unwrap()
}

/// A response of every kind that there is.
async fn one_of_every_kind(site: &Router) -> Vec<(&'static str, Answer)> {
    let foreign = Request::post("/sign-in").header("sec-fetch-site", "cross-site").body(Body::from(SIGN_IN)).unwrap();
    let put = Request::builder().method(Method::PUT).uri("/sign-in").body(Body::empty()).unwrap();
    let mut kinds = Vec::new();
    for (kind, request) in [
        ("a page", get("/sign-in")),
        ("a page that is not there", get("/nowhere")),
        ("a page that needs a sign-in", get("/menu")),
        ("an accepted form", post("/sign-in", SIGN_IN)),
        ("a refused form", post("/sign-in", "_action=/api/enter_demonstration&form[role]=nobody")),
        ("a form for nothing", post("/sign-in", "_action=/api/nothing")),
        ("a form that is too large", post("/sign-in", vec![b'a'; 5_000_000])),
        ("a form that is not UTF-8", post("/sign-in", "form[role]=%ff%fe")),
        ("a form from elsewhere", foreign),
        ("a function", post("/api/demonstration_people", "")),
        ("a function that is not there", post("/api/nothing", "")),
        ("a method that is none", put),
        ("a file", get("/robots.txt")),
        ("a file that is not there", get("/pkg/nothing.js")),
        ("the state of the process", get("/health/live")),
        ("the state of the database", get("/health/ready")),
        ("the figures, which are elsewhere", get("/metrics")),
    ] {
        kinds.push((kind, ask(site, request).await));
    }
    kinds
}

#[tokio::test]
async fn every_response_tells_the_browser_what_to_trust() {
    let site = site(&demonstration()).await;
    for (kind, answer) in one_of_every_kind(&site).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ] {
            assert_eq!(answer.header(name), value, "{kind}: {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{kind}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{kind}: {policy}");
        assert_eq!(answer.header("strict-transport-security"), "", "{kind}: without TLS there is nothing to be strict about");
        let is_file = kind == "a file";
        assert_eq!(answer.header("cache-control"), if is_file { "public, max-age=86400" } else { "no-store" }, "{kind}");
    }
}

#[tokio::test]
async fn every_kind_of_response_has_a_true_status_and_something_to_read() {
    let site = site(&demonstration()).await;
    let expected = [200, 404, 303, 303, 404, 401, 413, 422, 403, 200, 401, 405, 200, 404, 200, 200, 404];
    for ((kind, answer), status) in one_of_every_kind(&site).await.into_iter().zip(expected) {
        assert_eq!(answer.status, status, "{kind}: {}", answer.body);
        if answer.header("content-type").starts_with("text/html") {
            assert!(answer.body.contains("<h1"), "{kind} has no heading");
        }
        let is_for_people = kind.contains("page") || kind.contains("form");
        assert!(!is_for_people || answer.status == 303 || answer.header("content-type").starts_with("text/html"), "{kind} is no page");
    }
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own_which_every_script_bears() {
    let site = site(&demonstration()).await;
    let mut nonces = Vec::new();
    for _ in 0..3 {
        let page = ask(&site, get("/sign-in")).await;
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(nonce.len() >= 16, "{nonce}");
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        for forbidden in [" style=", " onclick=", " onload=", "javascript:"] {
            assert!(!page.body.contains(forbidden), "{forbidden}");
        }
        nonces.push(nonce);
    }
    nonces.dedup();
    assert_eq!(nonces.len(), 3);
}

#[tokio::test]
async fn cookies_are_bound_to_the_host_and_transport_is_strict_behind_tls_alone() {
    let open = site(&demonstration()).await;
    let answer = ask(&open, post("/sign-in", SIGN_IN)).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("sign-in=") && !cookie.contains("Secure"), "{cookie}");

    let safe = site(&Config { origin: "https://reverie.example".to_owned(), ..demonstration() }).await;
    for (kind, answer) in one_of_every_kind(&safe).await {
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains", "{kind}");
    }
    let answer = ask(&safe, post("/sign-in", SIGN_IN)).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-sign-in="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let site = site(&demonstration()).await;
    for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
        for path in ["/sign-in", "/api/enter_demonstration"] {
            let request = Request::post(path).header("host", "127.0.0.1:3000").header(header, value);
            let answer = ask(&site, request.body(Body::from(SIGN_IN)).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header}: {value}");
            assert!(answer.headers.get("set-cookie").is_none());
            assert!(answer.body.contains("another site"), "{}", answer.body);
        }
    }
    let own = Request::post("/sign-in").header("host", "127.0.0.1:3000").header("origin", "http://127.0.0.1:3000");
    assert_eq!(ask(&site, own.body(Body::from(SIGN_IN)).unwrap()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_a_function_says_to_the_server_stays_there() {
    let site = site(&demonstration()).await;
    for path in ["/sign-in", "/api/enter_demonstration"] {
        let answer = ask(&site, post(path, SIGN_IN)).await;
        assert!(answer.headers.contains_key("set-cookie"), "{path}: {}", answer.status);
        for name in ["x-go-to", "x-notice", "x-answer"] {
            assert!(!answer.headers.contains_key(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_form_of_five_megabytes_is_refused_with_a_page_that_says_so() {
    let site = site(&demonstration()).await;
    for path in ["/sign-in", "/api/enter_demonstration"] {
        for says_how_long in [true, false] {
            let content = vec![b'a'; 5_000_000];
            let length = content.len();
            let body = if says_how_long {
                Body::from(content)
            } else {
                Body::from_stream(futures_util::stream::iter(
                    content.chunks(10_000).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect::<Vec<_>>(),
                ))
            };
            let mut request = post(path, body);
            if says_how_long {
                request.headers_mut().insert("content-length", length.into());
            }
            let answer = ask(&site, request).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", answer.body);
            assert!(answer.body.contains("more than a form can hold"), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn characters_that_cannot_be_read_are_refused_with_what_to_do() {
    let site = site(&demonstration()).await;
    let unreadable: [&[u8]; 4] = [
        b"_action=/api/enter_demonstration&form[role]=%ff",
        b"_action=/api/enter_demonstration&form[role]=\xc3\x28",
        b"_action=/api/enter_demonstration&form[role]=%00",
        b"%ff=1",
    ];
    for body in unreadable {
        let answer = ask(&site, post("/sign-in", body.to_vec())).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("characters that cannot be read"), "{}", answer.body);
    }
    for body in unreadable {
        let answer = ask(&site, post("/api/enter_demonstration", body.to_vec())).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::UNPROCESSABLE_ENTITY, "application/json"));
        assert!(answer.body.contains("characters that cannot be read"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_call_of_any_function_with_the_character_zero_is_refused_with_what_to_do() {
    let site = site(&demonstration()).await;
    for function in app::functions::all() {
        let answer = ask(&site, post(function.path, "form[code]=%00&form[name][]=Zo%00")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", function.path);
        assert!(answer.body.contains("characters that cannot be read"), "{}: {}", function.path, answer.body);
    }
}

#[tokio::test]
async fn whoever_is_second_to_change_something_reads_what_stands_there_now_and_keeps_what_they_typed() {
    let site = site(&Config { now: Some("2026-10-22T08:50:00Z".parse().unwrap()), ..demonstration() }).await;
    let entered = ask(&site, post("/sign-in", "_action=/api/enter_demonstration&form[role]=coordinator&form[next]=/menu")).await;
    let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    let with_cookie = |mut request: Request<Body>| {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        request
    };
    let page = ask(&site, with_cookie(get("/authorities/barnsley"))).await.body;
    let hidden = |page: &str, name: &str| {
        let field = page.split("<input").find(|field| field.contains(&format!("name=\"form[{name}]\""))).unwrap();
        field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let version = hidden(&page, "version");
    let change = |version: &str, words: &str| {
        let form = format!(
            "_action=/api/set_progress&form[slug]=barnsley&form[version]={version}&form[stage]=aware&form[owner]=\
             &form[next_step]={words}&form[next_step_on]=2026-12-01"
        );
        with_cookie(post("/authorities/barnsley", form))
    };
    assert_eq!(ask(&site, change(&version, "Ring+Hannah")).await.status, StatusCode::SEE_OTHER);

    let second = ask(&site, change(&version, "Write+to+Hannah")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.body.contains("Meanwhile it was changed to: Ring Hannah"), "{}", second.body);
    assert_eq!(hidden(&second.body, "next_step"), "Write to Hannah");
    assert_eq!(second.body.matches("Meanwhile it was").count(), 1, "only what differs is said: {}", second.body);
    assert_eq!(ask(&site, change(&hidden(&second.body, "version"), "Write+to+Hannah")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_full_disk_stores_all_of_a_form_or_nothing_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", folder.path().join("reverie.db").display())).unwrap();
    let options = options.create_if_missing(true).foreign_keys(true);
    let pool = app::database::file_connections().max_connections(1).connect_with(options.clone()).await.unwrap();
    let database = Database::Sqlite(pool.clone());
    database.migrate().await.unwrap();
    let config = Config { now: Some("2026-10-22T08:50:00Z".parse().unwrap()), ..demonstration() };
    load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
    let site = router(Process::new(&config, database.clone()));
    // The limit is one connection's own, so it is given to this one and to those that may take its place.
    let set_limit = async |pages: i64| {
        let used: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&pool).await.unwrap();
        let limit = (used + pages).to_string();
        pool.set_connect_options(options.clone().pragma("max_page_count", limit.clone()));
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {limit}"))).fetch_one(&pool).await.unwrap();
    };

    set_limit(2).await;
    let mut accepted = 0;
    let refused = loop {
        let answer = ask(&site, post("/sign-in", SIGN_IN)).await;
        if answer.status != StatusCode::SEE_OTHER {
            break answer;
        }
        accepted += 1;
        assert!(accepted < 1_000, "the disk never became full");
    };
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.body.contains("Nothing that you sent was stored"), "{}", refused.body);
    assert_eq!(ask(&site, get("/sign-in")).await.status, StatusCode::OK, "reading goes on");
    let stored: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sign_in").fetch_one(&pool).await.unwrap();
    assert_eq!(stored, accepted);

    set_limit(1_000).await;
    assert_eq!(ask(&site, post("/sign-in", SIGN_IN)).await.status, StatusCode::SEE_OTHER);
    // Besides those sign-ins: the demonstration, its proposal of groups, and the sign-in when there was room.
    let verdict = app::audit::verify(&database).await.unwrap();
    assert_eq!(verdict, app::audit::Verdict::Whole { entries: accepted + 3 });
}

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

#[tokio::test]
async fn what_was_built_may_be_kept_for_ever_since_another_build_has_another_address() {
    let built = tempfile::tempdir().unwrap();
    let folder = built.path().join("pkg");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("reverie.js"), "1").unwrap();
    std::fs::write(folder.join("reverie.wasm"), "2").unwrap();
    let mut versions: Vec<String> = Vec::new();
    for style in ["a { color: red }", "a { color: blue }"] {
        std::fs::write(folder.join("reverie.css"), style).unwrap();
        std::fs::write(folder.join("reverie.css.br"), format!("compressed {style}")).unwrap();
        let site = site(&Config { site: Some(built.path().to_owned()), ..demonstration() }).await;
        let page = ask(&site, get("/sign-in")).await;
        let (_, after) = page.body.split_once("rel=\"stylesheet\" href=\"").unwrap();
        let address = after.split_once('"').unwrap().0.to_owned();
        assert!(address.starts_with("/pkg/"), "{address}");

        let plain = ask(&site, get(&address)).await;
        assert_eq!((plain.status, plain.body.as_str()), (StatusCode::OK, style));
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
        let asked = Request::get(&address).header(header::ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
        let small = ask(&site, asked).await;
        assert_eq!((small.header("content-encoding"), small.body.as_str()), ("br", format!("compressed {style}").as_str()));
        for earlier in &versions {
            assert_eq!(ask(&site, get(earlier)).await.status, StatusCode::NOT_FOUND, "{earlier} is of another build");
        }
        versions.push(address);
    }
}
