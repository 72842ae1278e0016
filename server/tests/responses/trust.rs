//! What every response says, whatever it is a response to.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use server::config::Config;

use super::{Answer, SIGN_IN, ask, demonstration, get, post, site};

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
