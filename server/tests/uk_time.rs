//! Every page to which links lead, as every role, through the real router: one that shows a time of day says that it is UK time, and says in the browser
//! of whoever is elsewhere what their device shows.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/demonstration.rs"]
#[expect(dead_code, reason = "the addresses are found on the pages, not in the database, and the clock stands still")]
mod demonstration;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use app::access::Role;
use axum::http::StatusCode;
use demonstration::{Answer, World};

/// So many pages of each address in the route table are opened in each role.
const OF_EACH: usize = 2;

/// Which pages show a time hangs on the hour: it is looked at in the morning of a working day.
const NOW: &str = "2026-10-22T08:50:00Z";

/// The page that says how clocks change names no moment that a device could show.
const NO_MOMENT: &str = "/help";

/// Every address of the route table, as it stands there.
fn patterns() -> Vec<&'static str> {
    let routes = include_str!("../../app/src/routes.rs");
    routes.split("path!(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Which address of the route table is meant: the one of those that match that leaves least open.
fn pattern_of<'a>(patterns: &[&'a str], address: &str) -> Option<&'a str> {
    let parts: Vec<&str> = address.split(['?', '#']).next().unwrap().split('/').collect();
    let is_meant = |pattern: &&&str| {
        let of_pattern: Vec<&str> = pattern.split('/').collect();
        of_pattern.len() == parts.len() && of_pattern.iter().zip(&parts).all(|(open, part)| open == part || open.starts_with(':'))
    };
    patterns.iter().filter(is_meant).min_by_key(|pattern| pattern.matches(':').count()).copied()
}

/// Where the links of a page lead within the product. What has an ending is a file.
fn links(page: &str) -> impl Iterator<Item = String> {
    let address = |rest: &str| format!("/{}", rest.split(['"', '?', '#']).next().unwrap());
    page.split("href=\"/").skip(1).map(address).filter(|address| !address.contains('.'))
}

/// What stands on a page, without what stands around every page.
fn content(page: &str) -> &str {
    page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).map_or("", |(content, _)| content)
}

/// What somebody reads of it.
fn text(content: &str) -> String {
    content.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text)).collect()
}

fn shows_a_time(text: &str) -> bool {
    text.as_bytes()
        .windows(5)
        .any(|five| five.iter().enumerate().all(|(place, byte)| if place == 2 { *byte == b':' } else { byte.is_ascii_digit() }))
}

#[tokio::test]
async fn every_page_with_a_time_of_day_says_that_it_is_uk_time_and_what_the_readers_device_shows() {
    let (world, patterns) = (World::at(Some(NOW.parse().unwrap())).await, patterns());
    let (mut told, mut silent) = (BTreeSet::new(), Vec::new());
    for role in Role::ALL {
        let cookie = world.cookie(role).await;
        let found = world.send(&cookie, "/search", "search", &[("words", "aire")]).await.location;
        let mut waiting = VecDeque::from(["/today".to_owned(), "/menu".to_owned(), found]);
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
        while let Some(address) = waiting.pop_front() {
            let Some(pattern) = pattern_of(&patterns, &address).filter(|pattern| *pattern != NO_MOMENT) else { continue };
            let of_pattern = opened.entry(pattern).or_default();
            if *of_pattern == OF_EACH {
                continue;
            }
            *of_pattern += 1;
            let Answer { status, page, location } = world.open(&cookie, &address).await;
            assert!(!status.is_server_error(), "{address} answered {status} to a {}", role.name());
            waiting
                .extend(links(&page).chain((status == StatusCode::SEE_OTHER).then_some(location)).filter(|link| seen.insert(link.clone())));
            let content = content(&page);
            let text = text(content);
            if shows_a_time(&text) {
                let has_device = content.contains("DeviceZone") || content.contains("DeviceTime");
                if text.contains("UK time") && has_device {
                    told.insert(pattern);
                } else {
                    silent.push(format!("{address} ({pattern}) to a {}", role.name()));
                }
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
    assert!(told.len() > 30, "only these pages show a time: {told:?}");
}
