//! Every page that somebody can open, through the real router: none holds a word of another person that the reader may not see.
//!
//! The addresses come from the route table, so that a page that is added is walked, or has to be named here with what stands in its address.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use app::database::{Clock, Database};
use app::demonstration::{Size, load};
use app::people::PersonId;
use app::sealing::Keyring;
use app::sign_in::Stage;
use app::sign_in::store::{Arrival, open_sign_in};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use server::config::Config;
use server::router::{Process, router};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use tower::ServiceExt;

/// Makes every word of everybody else one that stands nowhere by chance. `$1` is the reader.
const MARK: [&str; 19] = [
    "UPDATE log_note SET words = 'Noteq' WHERE person_id <> $1",
    "UPDATE certificate SET title = 'Titleq' WHERE person_id <> $1",
    "UPDATE person SET given_name = 'Gq' || code, family_name = 'Fq' || code, email = code || '@elsewhere.example', profession = 'Pq' || code WHERE id <> $1",
    "UPDATE authority SET name = 'Aq' || slug",
    "UPDATE supervision_group SET name = 'Nq' || slug, room_url = 'https://rooms.example/rq' || slug WHERE id NOT IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1)",
    "UPDATE attendance SET apologies_reason = 'Reasonq' WHERE person_id <> $1 AND apologies_at IS NOT NULL",
    "UPDATE agreed_action SET words = 'Actionq' WHERE group_id NOT IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1)",
    "UPDATE hours_elsewhere SET supervised_by = 'Hoursq' WHERE person_id <> $1",
    "UPDATE waiting_entry SET wanted_words = 'Wantedq' WHERE person_id <> $1",
    "UPDATE message SET subject = 'Subjectq', body = 'Letterq' WHERE person_id <> $1",
    "UPDATE post SET html = 'Postq' WHERE thread_id IN (SELECT t.id FROM thread t JOIN supervision_group g ON g.id = t.space_id) AND thread_id NOT IN (SELECT t.id FROM thread t JOIN membership m ON m.group_id = t.space_id AND m.left_on IS NULL WHERE m.person_id = $1)",
    "UPDATE thread SET title = 'Threadq', excerpt = 'Threadq' WHERE space_id IN (SELECT id FROM supervision_group UNION SELECT id FROM space WHERE kind = 'supervisors') AND space_id NOT IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1 AND m.left_on IS NULL)",
    "UPDATE post_report SET words = 'Reportq' WHERE reporter_id <> $1",
    "UPDATE held_post SET title = 'Heldq', source = 'Heldq', html = 'Heldq' WHERE author_id <> $1",
    "UPDATE hidden_post SET title = 'Hiddenq', source = 'Hiddenq', html = 'Hiddenq' WHERE (thread_id, number) NOT IN (SELECT thread_id, number FROM post WHERE author_id = $1)",
    "UPDATE moderation_note SET words = 'Casenoteq' WHERE $1 IS NOT NULL",
    "UPDATE moderation_decision SET words = 'Decidedq' WHERE case_id NOT IN (SELECT id FROM moderation_case WHERE author_id = $1)",
    "UPDATE event SET title = 'Eventq', html = 'Eventq' WHERE $1 IS NOT NULL AND (published_at IS NULL OR space_id IN (SELECT id FROM space WHERE kind = 'supervisors'))",
    "UPDATE event SET room_url = 'https://rooms.example/Roomq' WHERE id NOT IN (SELECT a.event_id FROM event_answer a WHERE a.person_id = $1 AND a.answer = 'yes')",
];

/// Whom the reader may know by first name, profession and authority: who is or was in their groups, leads them or their sessions, is there beside
/// whoever does, leads an open clinic, has opened the space of one of their groups, writes with their name in a space of the community that they may read or looks after it, has reviewed what stands in the library, hosts an event that they may come to; and by first name whoever supervises those who lead, one step up and no further.
const KNOWN: &str = "\
WITH own AS (
    SELECT DISTINCT m.group_id AS id FROM membership m WHERE m.person_id = $1
    UNION
    SELECT g.id FROM supervision_group g WHERE g.kind = 'open_clinic'
), chain AS (
    SELECT g.supervisor_id AS person_id FROM supervision_group g JOIN own ON own.id = g.id
    UNION
    SELECT above.supervisor_id
    FROM supervision_group g
    JOIN own ON own.id = g.id
    JOIN membership m ON m.person_id = g.supervisor_id AND m.left_on IS NULL
    JOIN supervision_group above ON above.id = m.group_id AND above.kind = 'supervisors' AND above.ended_at IS NULL
), open_space AS (
    SELECT s.id
    FROM space s
    JOIN person me ON me.id = $1
    LEFT JOIN authority a ON a.id = me.authority_id
    WHERE s.kind IN ('centre', 'new_starters')
        OR (s.kind = 'region' AND s.subject = a.region)
        OR (s.kind = 'intervention' AND s.subject IN (SELECT r.intervention FROM registration r WHERE r.person_id = $1))
)
SELECT p.code
FROM person p
WHERE p.id = $1
    OR p.id IN (SELECT person_id FROM chain)
    OR p.id IN (SELECT m.person_id FROM membership m JOIN own ON own.id = m.group_id)
    OR p.id IN (SELECT s.supervisor_id FROM session s JOIN own ON own.id = s.group_id)
    OR p.id IN (SELECT w.author_id FROM post w JOIN thread t ON t.id = w.thread_id WHERE t.space_id IN (SELECT id FROM open_space))
    OR p.id IN (SELECT o.asked_by FROM opening o JOIN own ON own.id = o.group_id UNION SELECT o.answered_by FROM opening o JOIN own ON own.id = o.group_id)
    OR p.id IN (SELECT o.person_id FROM space_moderator o WHERE o.space_id IN (SELECT id FROM open_space))
    OR p.id IN (SELECT i.reviewed_by FROM library_item i)
    OR p.id IN (SELECT e.host_id FROM event e WHERE e.space_id IN (SELECT id FROM open_space) AND e.published_at IS NOT NULL)
    OR p.id IN (SELECT h.person_id FROM session_host h JOIN session s ON s.id = h.session_id JOIN own ON own.id = s.group_id)";

/// The family names of those who led sessions at which the reader was.
const WHO_LED: &str = "\
SELECT DISTINCT p.family_name
FROM attendance a
JOIN session s ON s.id = a.session_id
JOIN person p ON p.id = s.supervisor_id
WHERE a.person_id = $1
    AND a.state IS NOT NULL";

/// The given names of those who opened something of the reader's own, who are told so on one page.
const WHO_OPENED: &str = "\
SELECT DISTINCT p.given_name
FROM opened_record o
JOIN person p ON p.id = o.reader_id
WHERE o.person_id = $1";

struct World {
    site: Router,
    pool: SqlitePool,
    reader: PersonId,
    cookie: String,
}

impl World {
    async fn new() -> Self {
        // One connection, since each connection to memory is a database of its own; it must never be let go.
        let options = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = options.connect("sqlite::memory:").await.unwrap();
        let database = Database::Sqlite(pool.clone());
        database.migrate().await.unwrap();
        let config = Config::default();
        load(&app::access::system(&config.premises(database.clone()), "test"), Size::SMALL, 1, |_| ()).await.unwrap();
        let reader: PersonId =
            sqlx::query_scalar("SELECT id FROM person WHERE email = 'practitioner@demonstration.example'").fetch_one(&pool).await.unwrap();
        for statement in MARK {
            sqlx::query(statement).bind(reader).execute(&pool).await.unwrap();
        }
        // Somebody whom the reader could not know otherwise has written everything that bears no name.
        let unnamed = format!(
            "UPDATE author_apart SET person_id = (SELECT s.id FROM person s WHERE s.standing = 'registered' AND s.code NOT IN ({KNOWN}) ORDER BY s.code LIMIT 1)"
        );
        assert!(sqlx::query(AssertSqlSafe(unnamed)).bind(reader).execute(&pool).await.unwrap().rows_affected() > 0);
        let mut transaction = database.begin().await.unwrap();
        let arrival = Arrival { person: reader, stage: Stage::Complete, has_code: true, device: "a test", now: Clock::System.now() };
        let cookie = format!("sign-in={}", open_sign_in(&mut transaction, &arrival).await.unwrap().token);
        transaction.commit().await.unwrap();
        // What was invented can be opened here, so that a log would be found if it showed.
        let process = Process { keyring: Keyring::of_demonstration().into(), ..Process::new(&config, database) };
        Self { site: router(process), pool, reader, cookie }
    }

    /// The only column of what a query finds; `$1` is the reader.
    async fn words(&self, query: &str) -> Vec<String> {
        sqlx::query_scalar(AssertSqlSafe(query.to_owned())).bind(self.reader).fetch_all(&self.pool).await.unwrap()
    }

    async fn open(&self, address: &str) -> (StatusCode, String) {
        let request = Request::get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        let answer = self.site.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// Every word of somebody or something else that no page may hold for the reader.
    async fn forbidden(&self) -> Vec<String> {
        let known: BTreeSet<String> = self.words(KNOWN).await.into_iter().collect();
        let others = self.words("SELECT code FROM person WHERE id <> $1").await;
        let strangers = others.iter().filter(|code| !known.contains(*code)).flat_map(|code| [format!("Gq{code}"), format!("Pq{code}")]);
        let of_anybody =
            others.iter().flat_map(|code| [format!("Fq{code}"), format!("{code}@elsewhere.example"), format!("/people/{code}")]);
        let their_own: BTreeSet<String> = self
            .words(&format!("SELECT a.name FROM authority a JOIN person p ON p.authority_id = a.id WHERE p.code IN ({KNOWN})"))
            .await
            .into_iter()
            .collect();
        let authorities =
            self.words("SELECT name FROM authority WHERE $1 IS NOT NULL").await.into_iter().filter(|name| !their_own.contains(name));
        let groups =
            self.words("SELECT name FROM supervision_group WHERE kind <> 'open_clinic' AND name LIKE 'Nq%' AND $1 IS NOT NULL").await;
        let rooms = self.words("SELECT room_url FROM supervision_group WHERE room_url LIKE '%/rq%' AND $1 IS NOT NULL").await;
        let written = [
            "Reasonq",
            "Actionq",
            "Hoursq",
            "Wantedq",
            "Letterq",
            "Subjectq",
            "Postq",
            "Threadq",
            "Noteq",
            "Reportq",
            "Heldq",
            "Hiddenq",
            "Casenoteq",
            "Decidedq",
            "Titleq",
            "Eventq",
            "Roomq",
            "I answered quickly today",
            "The father began to speak at eight",
        ]
        .map(ToOwned::to_owned);
        strangers.chain(of_anybody).chain(authorities).chain(groups).chain(rooms).chain(written).collect()
    }

    /// What may stand in one place of an address: of the reader's own, and of others'.
    async fn values(&self, pattern: &str, name: &str) -> Vec<String> {
        let query = match (pattern.split('/').nth(1).unwrap(), name) {
            ("groups", "slug") => {
                "SELECT slug FROM (SELECT g.slug, g.id IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1 AND m.left_on IS NULL) AS own
                FROM supervision_group g WHERE g.ended_at IS NULL ORDER BY own DESC, g.slug LIMIT 4)"
            }
            ("sessions", "code") => {
                "SELECT code FROM (SELECT s.code FROM session s JOIN membership m ON m.group_id = s.group_id WHERE m.person_id = $1 ORDER BY ABS(julianday(s.starts_at) - julianday('now')) LIMIT 4)
                UNION SELECT code FROM (SELECT s.code FROM session s WHERE s.group_id NOT IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1) LIMIT 2)"
            }
            ("people" | "cover", "code") => "SELECT code FROM person WHERE id <> $1 LIMIT 2",
            ("community", "space") => {
                "SELECT slug FROM space WHERE $1 IS NOT NULL UNION ALL
                SELECT slug FROM (SELECT 'group-' || g.slug AS slug FROM supervision_group g
                ORDER BY g.id IN (SELECT m.group_id FROM membership m WHERE m.person_id = $1 AND m.left_on IS NULL) DESC, g.slug LIMIT 4)"
            }
            ("community", "code") => "SELECT code FROM post_report ORDER BY reporter_id <> $1 LIMIT 3",
            ("moderation", "code") => "SELECT code FROM moderation_case WHERE $1 IS NOT NULL LIMIT 3",
            ("community", "post") => "SELECT '2' WHERE $1 IS NOT NULL",
            ("polls", "code") => "SELECT code FROM poll WHERE $1 IS NOT NULL",
            ("closures", "code") => "SELECT code FROM closure WHERE $1 IS NOT NULL LIMIT 1",
            ("authorities", "slug") => "SELECT slug FROM authority WHERE $1 IS NOT NULL LIMIT 1",
            ("library", "slug") => "SELECT slug FROM library_item WHERE $1 IS NOT NULL LIMIT 2",
            ("reading-lists", "slug") => "SELECT slug FROM reading_list WHERE $1 IS NOT NULL LIMIT 1",
            ("learning", "slug") => "SELECT 'what-supervision-is-for' WHERE $1 IS NOT NULL",
            ("me", "entry") => "SELECT entry FROM log_note ORDER BY person_id <> $1 LIMIT 2",
            ("me", "step") => "SELECT 'manager' WHERE $1 IS NOT NULL",
            ("me", "code") if pattern.starts_with("/me/hours") => "SELECT code FROM hours_elsewhere ORDER BY person_id <> $1 LIMIT 3",
            ("me", "code") if pattern.starts_with("/me/reflections") || pattern.starts_with("/me/shared") => {
                "SELECT code FROM reflection ORDER BY person_id <> $1 LIMIT 8"
            }
            ("me", "code") if pattern.starts_with("/me/asked") => "SELECT code FROM asked_person ORDER BY person_id <> $1 LIMIT 3",
            ("openings", "code") => "SELECT code FROM opening WHERE $1 IS NOT NULL LIMIT 2",
            ("themes", "code") => "SELECT code FROM gathered_theme WHERE $1 IS NOT NULL LIMIT 2",
            ("events", "code") => "SELECT code FROM event WHERE $1 IS NOT NULL",
            ("matching", "code") => "SELECT code FROM asked_group WHERE $1 IS NOT NULL LIMIT 1",
            ("me" | "waiting", "code") => "SELECT code FROM waiting_entry ORDER BY person_id <> $1 LIMIT 3",
            ("calendar" | "board" | "groups", "day") => "SELECT date('now') WHERE $1 IS NOT NULL",
            ("statement" | "people", "month") => "SELECT strftime('%Y-%m', 'now') WHERE $1 IS NOT NULL",
            ("community", "number") => "SELECT '1' WHERE $1 IS NOT NULL UNION SELECT CAST(number AS TEXT) FROM thread WHERE author_id IS NULL",
            ("groups" | "matching", "number") => "SELECT '1' WHERE $1 IS NOT NULL",
            ("groups", "version") => "SELECT 'v1' WHERE $1 IS NOT NULL",
            // A link belongs to whoever holds it, and what it opens is tried beside the letters that carry it.
            ("sign-in" | "digest", "token") | ("q" | "verify", "code") => "SELECT 'abcdefghjkmn' WHERE $1 IS NOT NULL",
            _ => panic!("say what stands in {name} of {pattern}, so that this page is walked too"),
        };
        let values = self.words(query).await;
        assert!(!values.is_empty(), "there is nothing to put into {name} of {pattern}");
        values
    }

    /// Every address of a page.
    async fn addresses(&self, pattern: &str) -> Vec<String> {
        let mut addresses = vec![String::new()];
        for part in pattern.split('/').skip(1) {
            let values = match part.strip_prefix(':') {
                None => vec![part.to_owned()],
                // A month in the calendar is one, and not a day.
                Some("day") if pattern.starts_with("/calendar/month") => {
                    self.words("SELECT strftime('%Y-%m', 'now') WHERE $1 IS NOT NULL").await
                }
                Some(name) => self.values(pattern, name).await,
            };
            addresses = addresses.iter().flat_map(|before| values.iter().map(move |value| format!("{before}/{value}"))).collect();
        }
        addresses
    }
}

/// Every address of the route table, as it stands there.
fn patterns() -> Vec<&'static str> {
    let routes = include_str!("../../app/src/routes.rs");
    routes.split("path!(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn no_page_that_a_practitioner_opens_holds_a_word_of_anybody_whom_they_may_not_know() {
    let world = World::new().await;
    let forbidden = world.forbidden().await;
    assert!(forbidden.len() > 100, "the world is too small to leak");
    let (led, opened_by) = (world.words(WHO_LED).await, world.words(WHO_OPENED).await);
    let (mut opened, mut all, mut leaks) = (0, String::new(), BTreeSet::new());
    for pattern in patterns() {
        for address in world.addresses(pattern).await {
            for query in ["", "?print", "?of=groups"] {
                let (status, page) = world.open(&format!("{address}{query}")).await;
                assert!(!status.is_server_error(), "{address}{query} answered {status}");
                // The sheet for a register has who led in full; a page that is refused may repeat the address that was asked for.
                let may_hold = |word: &String| {
                    (matches!(pattern, "/me/hours" | "/me/log") && led.contains(word))
                        || (pattern == "/me/access" && opened_by.contains(word))
                        || address.starts_with(word.as_str())
                };
                let held = forbidden.iter().filter(|word| page.contains(word.as_str()) && !may_hold(word));
                leaks.extend(held.map(|word| format!("{word} stands in {address}{query}")));
                if status == StatusCode::OK {
                    opened += 1;
                    all.push_str(&page);
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
    // What the reader may see is there, so what they may not is missing for a reason.
    assert!(opened > 100, "only {opened} pages were opened");
    let companions = world
        .words("SELECT 'Gq' || p.code FROM membership m JOIN membership o ON o.group_id = m.group_id JOIN person p ON p.id = o.person_id WHERE m.person_id = $1 AND p.id <> $1 AND m.left_on IS NULL AND o.left_on IS NULL")
        .await;
    assert!(!opened_by.is_empty() && opened_by.iter().all(|name| all.contains(name.as_str())), "{opened_by:?}");
    assert!(all.matches("A member, without name").count() > 3, "nothing without a name was opened");
    assert!(!companions.is_empty() && companions.iter().all(|name| all.contains(name.as_str())), "{companions:?}");
}
