//! Coming in, as a browser does it: an invitation, a password, a code, and what is refused on the way.

use app::database::Clock;
use data_encoding::BASE32_NOPAD;
use totp_rs::Builder;

use crate::browser::{Answer, Browser};
use crate::installation::Installation;

const PASSWORD: &str = "gravel+linen+trellis+moat";

/// What stands in a page between two marks.
fn between<'a>(body: &'a str, before: &str, after: &str) -> &'a str {
    body.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_default()
}

/// The code that a phone would show now for the key on a page.
fn code_of(page: &Answer) -> String {
    let key = between(&page.body, "class=\"secret\">", "<").replace(' ', "");
    let secret = BASE32_NOPAD.decode(key.as_bytes()).unwrap();
    let codes = Builder::new().with_secret(secret).build().unwrap();
    codes.generate(u64::try_from(Clock::System.now().timestamp()).unwrap()).to_string()
}

/// The path of a new administrator's invitation.
fn invitation(installation: &Installation) -> String {
    let link =
        installation.succeed(&["admin", "create", "--given-name", "Morag", "--family-name", "Fraser", "--email", "morag@centre.example"]);
    format!("/sign-in/{}", link.trim().rsplit_once("/sign-in/").unwrap().1)
}

#[tokio::test]
async fn an_administrator_comes_in_by_an_invitation_and_comes_back_with_password_and_code() {
    for installation in [Installation::on_sqlite(), Installation::on_postgres().await] {
        let server = installation.serve();
        let mut browser = server.browser();
        let invitation = invitation(&installation);
        let accept = |password: &str| {
            let token = invitation.rsplit('/').next().unwrap();
            format!("_action=/api/accept_invitation&form[token]={token}&form[password]={password}")
        };

        assert!(browser.get(&invitation).unwrap().body.contains("Welcome, Morag"));
        let weak = browser.post(&invitation, &accept("morag+walks+on+gravel")).unwrap();
        assert_eq!(weak.status, 422);
        assert!(weak.body.contains("without your own name") && !weak.body.contains("gravel"), "a password is never sent back");

        let accepted = browser.post(&invitation, &accept(PASSWORD)).unwrap();
        assert_eq!((accepted.status, accepted.header("location")), (303, Some("/sign-in/set-up")));
        browser.keep(&accepted);
        assert!(!browser.is_signed_in(), "a code is still to come");
        assert_eq!(browser.get(&invitation).unwrap().status, 410, "the link works once");

        let to_scan = browser.get("/sign-in/set-up").unwrap();
        let code = code_of(&to_scan);
        let half_way = browser.clone();
        let done = browser.post("/sign-in/set-up", &format!("_action=/api/set_up_code&form[code]={code}")).unwrap();
        assert_eq!(done.status, 200);
        let recovery_codes = done.body.split("class=\"codes\"").nth(1).unwrap();
        let recovery_code = between(recovery_codes, "<li>", "<");
        assert_eq!(recovery_code.len(), 14, "{recovery_code}");
        browser.keep(&done);
        assert!(browser.is_signed_in());
        assert!(!half_way.is_signed_in(), "the token of the first step is over");

        let left = browser.post("/me", "_action=/api/sign_out").unwrap();
        assert_eq!(left.header("location"), Some("/sign-in"));
        assert!(!browser.is_signed_in(), "the server has forgotten the token too");

        let sign_in = format!("_action=/api/sign_in&form[email]=Morag@Centre.example&form[password]={PASSWORD}&form[next]=/people");
        let known = browser.post("/sign-in", &sign_in).unwrap();
        assert_eq!(known.header("location"), Some("/sign-in/code?next=%2Fpeople"));
        browser.keep(&known);
        let again = format!("_action=/api/enter_code&form[code]={code}&form[next]=/people");
        assert_eq!(browser.post("/sign-in/code", &again).unwrap().status, 422, "a code works once");
        let recovered =
            browser.post("/sign-in/code", &format!("_action=/api/enter_code&form[code]={recovery_code}&form[next]=/people")).unwrap();
        assert_eq!((recovered.status, recovered.header("location")), (303, Some("/people")));
        browser.keep(&recovered);
        assert!(browser.is_signed_in());
    }
}

#[test]
fn what_is_refused_looks_the_same_for_known_and_unknown_addresses() {
    let installation = Installation::on_sqlite();
    let server = installation.serve();
    let mut browser = server.browser();
    let invitation = invitation(&installation);
    let token = invitation.rsplit('/').next().unwrap();
    let accepted = browser.post(&invitation, &format!("_action=/api/accept_invitation&form[token]={token}&form[password]={PASSWORD}"));
    browser.keep(&accepted.unwrap());
    let visitor = server.browser();
    let refused = |email: &str| {
        let answer = visitor.post("/sign-in", &format!("_action=/api/sign_in&form[email]={email}&form[password]=wrong")).unwrap();
        assert!(answer.body.contains("That email and password do not belong together."));
        let nonce = between(&answer.head, "'nonce-", "'").to_owned();
        (answer.status, answer.body.replace(&nonce, "").replace(email, ""))
    };
    assert_eq!(refused("morag@centre.example"), refused("norag@centre.example"));
    let asked = |email: &str| {
        let answer = visitor.post("/sign-in/forgotten", &format!("_action=/api/ask_for_reset&form[email]={email}")).unwrap();
        (answer.status, answer.header("location").map(str::to_owned), answer.header("set-cookie").map(str::to_owned))
    };
    assert_eq!(asked("morag@centre.example"), asked("nobody@centre.example"));
}

#[test]
fn nobody_is_led_to_another_site_after_signing_in() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let server = installation.serve();
    for elsewhere in ["//evil.example", "https://evil.example", "/%5Cevil.example"] {
        let form = format!("_action=/api/enter_demonstration&form[role]=practitioner&form[next]={elsewhere}");
        let answer = server.browser().post("/sign-in", &form).unwrap();
        assert_eq!(answer.header("location"), Some("/today"), "{elsewhere}");
    }
}

#[test]
fn the_cookie_of_a_sign_in_is_out_of_reach_of_scripts_and_other_sites() {
    let installation = Installation::on_sqlite()
        .with("REVERIE_ORIGIN", "https://reverie.example")
        .with("REVERIE_DEMONSTRATION_OPEN_TO_THE_NETWORK", "true");
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let answer = server.browser().post("/sign-in", "_action=/api/enter_demonstration&form[role]=practitioner").unwrap();
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-sign-in="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

#[test]
fn whoever_is_signed_in_is_led_from_the_front_page_to_today() {
    let installation = Installation::on_sqlite();
    installation.succeed(&["demo"]);
    let server = installation.serve();
    let mut browser: Browser = server.browser();
    assert_eq!(browser.get("/").unwrap().status, 200);
    assert!(browser.sign_in_as("practitioner"));
    let front = browser.get("/").unwrap();
    assert_eq!((front.status, front.header("location")), (302, Some("/today")));
}
