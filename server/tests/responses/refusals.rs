//! What becomes of requests that nobody should send, and of those that come when nothing can be stored.

use std::str::FromStr;

use app::database::Database;
use app::demonstration::{Size, load};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::config::Config;
use server::router::{Process, router};
use sqlx::sqlite::SqliteConnectOptions;

use super::{SIGN_IN, ask, database, demonstration, get, post, site};

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
async fn a_database_that_can_be_read_alone_stores_nothing_and_goes_on_once_it_can_be_written() {
    let options = SqliteConnectOptions::new().in_memory(true);
    let database = database(options).await;
    database.migrate().await.unwrap();
    let config = demonstration();
    load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
    let Database::Sqlite(pool) = database.clone() else { unreachable!("the database is in memory") };
    let site = router(Process::new(&config, database));
    // What SQLite answers is the same as for a disk that was put on again for reading alone.
    sqlx::query("PRAGMA query_only = ON").execute(&pool).await.unwrap();
    let refused = ask(&site, post("/sign-in", SIGN_IN)).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.body.contains("Nothing that you sent was stored"), "{}", refused.body);
    assert_eq!(ask(&site, get("/sign-in")).await.status, StatusCode::OK, "reading goes on");
    let stored: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sign_in").fetch_one(&pool).await.unwrap();
    assert_eq!(stored, 0);

    sqlx::query("PRAGMA query_only = OFF").execute(&pool).await.unwrap();
    assert_eq!(ask(&site, post("/sign-in", SIGN_IN)).await.status, StatusCode::SEE_OTHER);
}
