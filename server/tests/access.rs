//! Every server function, as every role, through the real router: what the matrix says is what happens.

mod support;

use std::collections::BTreeSet;

use app::access::{Permission, Role, holders};
use axum::http::StatusCode;
use support::{Site, text};

#[tokio::test]
async fn every_registered_function_is_in_the_table_and_the_table_holds_no_other() {
    let registered: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    let listed: BTreeSet<&str> = app::functions::all().map(|function| function.path).collect();
    assert_eq!(registered, listed);
    assert_eq!(app::functions::all().count(), listed.len(), "a function stands in the table twice");
}

#[tokio::test]
async fn without_a_sign_in_only_the_open_functions_answer() {
    let site = Site::new().await;
    for function in app::functions::all() {
        let status = site.call(function.path, None).await;
        if function.permission.is_some() {
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{} answered somebody who is not signed in", function.path);
        } else {
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{} is open to anyone", function.path);
        }
    }
    assert_eq!(site.call("/api/no_such_function", None).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn each_role_may_call_what_the_matrix_says_and_nothing_else() {
    let site = Site::new().await;
    for role in Role::ALL {
        for function in app::functions::all() {
            let Some(permission) = function.permission else { continue };
            // Each call by somebody new, since some functions sign their caller out.
            let caller = site.signed_in(&[role]).await;
            let status = site.call(function.path, Some(&caller)).await;
            if holders(permission).contains(&role) {
                assert!(
                    !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::SERVICE_UNAVAILABLE),
                    "{} answered {status} to a {}, who may call it",
                    function.path,
                    role.name()
                );
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{} answered a {}, who may not call it", function.path, role.name());
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_the_community_answers_whoever_waits_for_their_authority_and_all_else_does() {
    let site = Site::new().await;
    for role in [Role::Practitioner, Role::Supervisor, Role::Coordinator, Role::ClinicalLead, Role::AuthorityLead] {
        let mut refused = 0;
        for function in app::functions::all() {
            let Some(permission) = function.permission.filter(|permission| holders(*permission).contains(&role)) else { continue };
            let caller = site.waiting_for_their_authority(&[role]).await;
            let answer = site.call_whole(function.path, Some(&caller)).await;
            let status = answer.status();
            if permission.is_of_community() {
                let told = (status, text(answer).await);
                assert_eq!(told, (StatusCode::FORBIDDEN, "\"NotConfirmed\"".to_owned()), "{} as a {}", function.path, role.name());
                refused += 1;
            } else {
                assert!(
                    !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::SERVICE_UNAVAILABLE),
                    "{} answered {status} to a {} who waits for nothing but the community",
                    function.path,
                    role.name()
                );
            }
        }
        assert!(refused > 40, "{refused}");
    }
}

#[tokio::test]
async fn every_page_of_the_community_says_alike_that_it_is_closed_until_the_authority_has_confirmed_and_opens_then() {
    const CLOSED: &str = "The community is not open to you yet";
    let site = Site::new().await;
    let caller = site.waiting_for_their_authority(&[Role::Practitioner]).await;
    for path in [
        "/community",
        "/community/saved",
        "/community/reports",
        "/community/everybody",
        "/community/everybody/1",
        "/community/nowhere-at-all",
        "/events",
        "/events/zzzzzzzz",
        "/moderation",
    ] {
        let answer = site.get(path, Some(&caller)).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        let page = text(answer).await;
        assert!(page.contains(CLOSED) && page.contains("ask the lead of your authority"), "{path}");
    }
    for (path, permission) in app::downloads::COMMUNITY_FILES {
        if permission == Permission::UseCommunity {
            let answer = site.get(&format!("{path}?code=zzzzzzzz&case=zzzzzzzz"), Some(&caller)).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        }
    }
    for path in ["/today", "/calendar", "/me/supervision", "/me/registration", "/learning", "/search", "/me/notifications"] {
        let answer = site.get(path, Some(&caller)).await;
        assert!(matches!(answer.status(), StatusCode::OK | StatusCode::SEE_OTHER), "{path}: {}", answer.status());
        assert!(!text(answer).await.contains(CLOSED), "{path}");
    }
    site.confirm(&caller).await;
    assert_eq!(site.get("/community", Some(&caller)).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn somebody_without_any_role_may_call_nothing() {
    let site = Site::new().await;
    let caller = site.signed_in(&[]).await;
    for function in app::functions::all().filter(|function| function.permission.is_some()) {
        assert_eq!(site.call(function.path, Some(&caller)).await, StatusCode::FORBIDDEN, "{}", function.path);
    }
}

#[tokio::test]
async fn somebody_suspended_a_second_ago_is_nobody() {
    let site = Site::new().await;
    let caller = site.signed_in(&[Role::Coordinator]).await;
    let function = app::functions::all().find(|function| function.permission == Some(Permission::ManagePeople)).unwrap();
    assert_ne!(site.call(function.path, Some(&caller)).await, StatusCode::UNAUTHORIZED);
    site.suspend(&caller).await;
    assert_eq!(site.call(function.path, Some(&caller)).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn each_list_is_a_file_for_whoever_may_see_it_and_is_not_there_for_anybody_else() {
    let site = Site::new().await;
    for (path, permission) in app::downloads::DOWNLOADS {
        let nobody = site.get(path, None).await;
        assert_eq!(nobody.status(), StatusCode::SEE_OTHER, "{path} was answered to somebody who is not signed in");
        for role in Role::ALL {
            let caller = site.signed_in(&[role]).await;
            let answer = site.get(path, Some(&caller)).await;
            let is_file = answer.headers()["content-type"] == "text/csv; charset=utf-8";
            let expected = if holders(permission).contains(&role) { (StatusCode::OK, true) } else { (StatusCode::NOT_FOUND, false) };
            assert_eq!((answer.status(), is_file), expected, "{path} as a {}", role.name());
        }
        let caller = site.signed_in(&[]).await;
        assert_eq!(site.get(path, Some(&caller)).await.status(), StatusCode::NOT_FOUND);
        let caller = site.signed_in(holders(permission)).await;
        for nonsense in ["?role=%00", "?name=%ff", "?stage=a&stage=b", "?search=%"] {
            let answer = site.get(&format!("{path}{nonsense}"), Some(&caller)).await;
            assert!(matches!(answer.status(), StatusCode::OK | StatusCode::NOT_FOUND), "{path}{nonsense}: {}", answer.status());
        }
    }
}

#[tokio::test]
async fn what_is_ones_own_is_a_file_for_everybody_who_is_signed_in() {
    let site = Site::new().await;
    for (path, permission) in app::downloads::OWN_FILES {
        assert_eq!(site.get(path, None).await.status(), StatusCode::SEE_OTHER, "{path}");
        let kind = match path.rsplit_once('.') {
            Some((_, "md")) => "text/markdown; charset=utf-8",
            Some((_, "pdf")) => "application/pdf",
            _ => "application/json",
        };
        for role in holders(permission) {
            let caller = site.signed_in(&[*role]).await;
            let answer = site.get(path, Some(&caller)).await;
            assert_eq!((answer.status(), &answer.headers()["content-type"]), (StatusCode::OK, &kind.parse().unwrap()), "{path}");
        }
    }
}

#[tokio::test]
async fn every_page_that_search_names_opens_for_whom_it_is_named_to() {
    let site = Site::new().await;
    for role in Role::ALL {
        let caller = site.signed_in(&[role]).await;
        for path in app::search::addresses_open_to(&[role].into_iter().collect()) {
            let status = site.get(path, Some(&caller)).await.status();
            assert!(matches!(status, StatusCode::OK | StatusCode::SEE_OTHER), "{path} answered {status} to a {}", role.name());
        }
    }
}

#[test]
fn the_access_document_is_the_matrix() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/access.md");
    let document = app::functions::access_document();
    if std::env::var_os("REVERIE_WRITE_DOCUMENTS").is_some() {
        std::fs::write(path, &document).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), document, "run the tests once with REVERIE_WRITE_DOCUMENTS=1 to write it anew");
}
