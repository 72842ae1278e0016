//! What holds of posts without a name, on both databases.

use std::fs;
use std::path::{Path, PathBuf};

use super::tests::{at, read};
use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::spaces::answers::Writer;
use crate::spaces::fixture::{look_after, opened, space, words};
use crate::spaces::model::SpaceKind;

async fn allow(fixture: &Fixture) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query("UPDATE space SET allows_unnamed = TRUE").execute(pool).await.map(|_| ())).unwrap();
}

async fn count(fixture: &Fixture, query: &'static str, person: PersonId) -> i64 {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(query).bind(person).fetch_one(pool).await).unwrap()
}

/// Everything that the community answers to somebody, as it goes over the wire.
async fn everything_for(reader: &Actor) -> String {
    let thread = opened(reader, "all", 1).await.unwrap();
    let all = open_space(reader, "all").await.unwrap();
    let answers = [
        serde_json::to_string(&feed(reader, "", true).await.unwrap()).unwrap(),
        serde_json::to_string(&space_shown(reader, &all, "").await.unwrap()).unwrap(),
        serde_json::to_string(&thread_shown(reader, &thread, "", true).await.unwrap()).unwrap(),
        serde_json::to_string(&saved(reader, "").await.unwrap()).unwrap(),
        serde_json::to_string(&thread_to_start(reader, &all).await.unwrap()).unwrap(),
        serde_json::to_string(&people_to_mean(reader, &all, Some(thread.id())).await.unwrap()).unwrap(),
    ];
    answers.join("\n")
}

both_databases! {
    async fn nothing_that_anybody_is_answered_or_the_log_keeps_tells_who_wrote_without_their_name(fixture: Fixture) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        const BY: &str = "SELECT COUNT(*) FROM audit_entry WHERE actor_id = $1";
        let all = space(fixture, "all", SpaceKind::Centre, "").await;
        allow(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        look_after(fixture, all, ruth).await;
        let (writer, reader) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 9, tom, Role::Practitioner));
        let moderator = at(fixture, 2, ruth, Role::Supervisor);
        start_thread(&writer, &open_space(&writer, "all").await.unwrap(), "After a visit", &words("I cried in the car.").bearing_name(false)).await.unwrap();
        reply(&moderator, &opened(&moderator, "all", 1).await.unwrap(), Some(1), &words("Thank you for saying it.")).await.unwrap();
        let writer = at(fixture, 3, amina, Role::Practitioner);
        reply(&writer, &opened(&writer, "all", 1).await.unwrap(), Some(2), &words("It helps.").bearing_name(false)).await.unwrap();
        let thread = opened(&writer, "all", 1).await.unwrap();
        change_post(&writer, &thread, (3, 1), &words("It helps me.")).await.unwrap();
        save_post(&reader, &opened(&reader, "all", 1).await.unwrap(), 1).await.unwrap();
        reply(&reader, &opened(&reader, "all", 1).await.unwrap(), Some(3), &words("And me.")).await.unwrap();

        assert_eq!(count(fixture, BY, amina).await, 0, "the log names whoever wrote");
        let known = [code_of(fixture, amina).await, "Amina".to_owned(), "Rahman".to_owned(), amina.to_string()];
        for leaves in [false, true] {
            if leaves {
                let database = &fixture.database;
                on!(database, pool => sqlx::query(SUSPEND).bind(amina).execute(pool).await.map(|_| ())).unwrap();
            }
            for somebody in [&reader, &at(fixture, 9, ruth, Role::Supervisor)] {
                let answered = everything_for(somebody).await;
                assert!(answered.contains("a member, without name") && answered.contains("Unnamed"), "{answered}");
                for word in &known {
                    assert!(!answered.contains(word.as_str()), "{word}: {answered}");
                }
                let shown = read(somebody, "all", 1, "").await.shown;
                let without = shown.iter().filter(|post| post.author == Writer::Unnamed).map(|post| (post.number, post.is_own));
                // Whoever has left is a former member with their name, and nothing else without it.
                assert_eq!(without.collect::<Vec<_>>(), [(1, false), (3, false)]);
            }
        }
        assert_eq!(change_post(&reader, &opened(&reader, "all", 1).await.unwrap(), (3, 2), &words("Not mine")).await, Err(AppError::NotFound));
        assert_eq!(withdraw_post(&moderator, &opened(&moderator, "all", 1).await.unwrap(), 3).await, Err(AppError::NotFound));
    }

    async fn a_post_without_a_name_is_its_writers_own_to_change_and_to_take_back_and_is_never_new_to_them(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        allow(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (writer, other) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, tom, Role::Practitioner));
        start_thread(&writer, &open_space(&writer, "all").await.unwrap(), "After a visit", &words("I cried.").bearing_name(false)).await.unwrap();
        reply(&other, &opened(&other, "all", 1).await.unwrap(), None, &words("Thank you.")).await.unwrap();
        let writer = at(fixture, 2, amina, Role::Practitioner);
        let thread = opened(&writer, "all", 1).await.unwrap();
        reply(&writer, &thread, None, &words("It helps.").bearing_name(false)).await.unwrap();
        let new = |feed: crate::spaces::answers::Feed| feed.new.into_iter().map(|thread| thread.new).collect::<Vec<_>>();
        assert_eq!(new(feed(&writer, "", false).await.unwrap()), [1], "what Tom wrote, and not her own");
        assert_eq!(new(feed(&at(fixture, 3, tom, Role::Practitioner), "", false).await.unwrap()), [1], "what followed on his own reply");

        let own = read(&writer, "all", 1, "").await.shown;
        assert_eq!(own.iter().filter(|post| post.is_own && !post.is_new).map(|post| post.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(post_to_change(&writer, &thread, 3).await.unwrap().source, "It helps.");
        change_post(&writer, &thread, (1, 1), &words("I cried in the car.")).await.unwrap();
        withdraw_post(&writer, &thread, 3).await.unwrap();
        let seen = read(&other, "all", 1, "").await.shown;
        assert!(seen[0].edited_at.is_some() && seen[2].is_withdrawn && seen[2].author == Writer::Unnamed, "{seen:?}");
        // What is looked at once more before it is posted is not posted with a name by that.
        keep_draft(&writer, &Desk::Reply(thread.id()), &Begun { title: "", text: "More", is_unnamed: true }).await.unwrap();
        assert!(read(&writer, "all", 1, "").await.draft.unwrap().is_unnamed);
    }

    async fn nobody_posts_without_a_name_where_that_is_not_done_and_never_in_the_space_of_a_group(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let slug = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await);
        let writer = at(fixture, 0, amina, Role::Practitioner);
        let unnamed = words("I cried in the car.").bearing_name(false);
        let all = open_space(&writer, "all").await.unwrap();
        assert_eq!(start_thread(&writer, &all, "After a visit", &unnamed).await.unwrap_err().status(), 409);
        allow(fixture).await;
        let closed = open_space(&writer, &slug).await.unwrap();
        assert!(!closed.allows_unnamed());
        assert_eq!(start_thread(&writer, &closed, "After a visit", &unnamed).await.unwrap_err().status(), 409);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM post WHERE author_id IS NULL OR author_id = $1", amina).await, 0);
        assert_eq!(start_thread(&writer, &all, "After a visit", &unnamed).await, Ok(Some(1)));
    }
}

/// What may know who wrote without their name: whether it is one's own, a letter to them, the file of what is held about oneself, and the two who have
/// opened it together; and the demonstration, which invents them.
const READERS: [&str; 5] = [
    "account/held_store.rs",
    "demonstration/community_rows.rs",
    "openings/store/read.rs",
    "spaces/store/apart.rs",
    "spaces/store/opened.rs",
];

#[test]
fn nothing_else_in_the_source_reads_who_wrote_without_their_name() {
    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let reads = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("author_apart");
    let name = |path: PathBuf| path.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
    let mut found: Vec<String> = files(&source).into_iter().filter(reads).map(name).filter(|name| !name.contains("tests")).collect();
    found.sort();
    assert_eq!(found, READERS);
}
