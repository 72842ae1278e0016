//! Posts and other texts, by their words.

use chrono::{DateTime, Utc};

use super::super::texts::{POSTS_IN_POSTGRES, POSTS_IN_SQLITE};
use super::*;
use crate::access::{Premises, system};
use crate::database::{Database, new_id};
use crate::events::CancelledBecause;
use crate::events::fixture::{form, hosted, published};
use crate::events::forms::EventForm;
use crate::events::store::{cancel_event, change_event, make_event, publish_event};
use crate::library::store::{lay_out_library, retire_item};
use crate::people::PersonId;
use crate::spaces::ThreadAddress;
use crate::spaces::store::{OpenedThread, change_post, open_thread, reply, start_thread, withdraw_post};
use crate::spaces::{SpaceId, Written};

async fn space(fixture: &Fixture, slug: &str, kind: &str) -> SpaceId {
    const INSERT: &str =
        "INSERT INTO space (id, slug, name, about, kind, subject, created_at, version) VALUES ($1, $2, $2, '', $3, '', $4, 1)";

    let (id, database) = (SpaceId(new_id()), &fixture.database);
    on!(database, pool => sqlx::query(INSERT).bind(id).bind(slug).bind(kind).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
    id
}

fn words(text: &str) -> Written {
    Written::of(text).unwrap()
}

fn at(fixture: &Fixture, minutes: i64, person: PersonId) -> Actor {
    fixture.actor_at(fixture.now() + TimeDelta::minutes(minutes), person, &[Role::Practitioner])
}

async fn start(actor: &Actor, slug: &str, title: &str, text: &str) -> OpenedThread {
    let space = open_space(actor, slug).await.unwrap();
    let number = start_thread(actor, &space, title, &words(text)).await.unwrap().unwrap();
    let address = ThreadAddress { space: slug.to_owned(), number: number.to_string(), page: String::new() };
    open_thread(actor, &address).await.unwrap()
}

async fn says(actor: &Actor, words: &str) -> Vec<String> {
    let posts = finds(actor, words).await.into_iter().filter(|found| found.kind == Kind::Posts).flat_map(|found| found.lines);
    let marked = |line: FoundLine| {
        let pieces = line.says.into_iter();
        pieces.map(|piece| if piece.is_marked { format!("[{}]", piece.text) } else { piece.text }).collect::<String>()
    };
    posts.map(marked).collect()
}

/// Every word that helps whoever mistypes one, of whatever circle.
async fn known_words(fixture: &Fixture) -> Vec<(String, i64)> {
    const KNOWN: &str = "SELECT word, CAST(SUM(entries) AS BIGINT) FROM search_word GROUP BY word ORDER BY word";
    on!(&fixture.database, pool => sqlx::query_as(KNOWN).fetch_all(pool).await).unwrap()
}

both_databases! {
    async fn a_post_is_found_by_its_words_and_what_says_them_in_its_title_stands_first(fixture: Fixture) {
        space(fixture, "all", "centre").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        start(&at(fixture, 0, amina), "all", "Attunement and endings", "**First** of them.").await;
        start(&at(fixture, 1, amina), "all", "Endings, with attunement", "The other way round: parent/infant.").await;
        let thread = start(&at(fixture, 2, amina), "all", "Something else", "About [attunement](https://aimh.example) in endings, café.").await;
        reply(&at(fixture, 3, amina), &thread, None, &words("Endings, again. Attunement!")).await.unwrap();
        let reader = at(fixture, 9, amina);
        let first = ["First of them.", "The other way round: parent/infant.", "[Endings], again. [Attunement]!", "About [attunement] in [endings], café."];
        assert_eq!(says(&reader, "Attunement and endings").await, first);
        assert_eq!(says(&reader, "infant").await, ["The other way round: parent/[infant]."], "a word is a word, whatever stands beside it");
        assert_eq!(says(&reader, "CAFÉ endi").await, ["About attunement in [endings], [café]."]);
        assert!(says(&reader, "attunement of nobody").await.is_empty(), "every word has to stand in it");
        assert!(says(&reader, "post").await.is_empty(), "what kind of thing it is is no word of it");
        let line = finds(&reader, "again").await.into_iter().find(|found| found.kind == Kind::Posts).unwrap().lines.remove(0);
        assert_eq!((line.name.as_str(), line.address.as_str()), ("Something else", "/community/all/3?page=1#p2"));
        // Whatever means something to a database means itself.
        for typed in ["attunement OR nothing", "NEAR(attunement endings)", "title:first", "\"again", "again*\"", "-again", "again & !endings", "'again", "a <-> b", "again' | 'x", "(", "^again"] {
            looks_for(&reader, typed, SearchAddress::default()).await.unwrap();
        }
        assert!(says(&reader, "attunement OR nothing").await.is_empty());
    }

    async fn a_post_with_a_very_long_word_is_found_by_its_beginning(fixture: Fixture) {
        space(fixture, "all", "centre").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let writer = at(fixture, 0, amina);
        start(&writer, "all", "A word", "Her psychoneuroimmunologically-minded colleague.").await;
        start(&writer, "all", "Another", "Donaudampfschifffahrtsgesellschaft, said the father.").await;
        let reader = at(fixture, 9, amina);
        assert_eq!(says(&reader, "donaudampf").await, ["[Donaudampfschifffahrtsgesellschaft], said the father."]);
        assert_eq!(says(&reader, "donaudampf fath").await, ["[Donaudampfschifffahrtsgesellschaft], said the [father]."]);
        assert!(says(&reader, "donaudampf coll").await.is_empty());
        assert_eq!(says(&reader, "psychoneuro").await.len(), 1);
        let found = looks_for(&reader, "donaudampf", SearchAddress { kind: "posts".to_owned(), ..SearchAddress::default() }).await.unwrap();
        assert_eq!((found.kinds[0].lines.len(), found.has_more), (1, false));
    }

    async fn a_word_that_is_mistyped_is_helped_by_what_its_reader_may_read_and_never_by_what_is_closed(fixture: Fixture) {
        space(fixture, "all", "centre").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let closed = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await);
        let (member, stranger) = (at(fixture, 9, amina), at(fixture, 9, tom));
        start(&member, "all", "What helps", "Attunement, and reflective functioning.").await;
        // In the closed space stands a word that is nearer to what is typed than any in the open one.
        start(&member, &closed, "Between us", "Attunments and a supervisor’s rehearsal.").await;
        for typed in ["attunment", "Attunemnet", "reflexive functioning"] {
            let found = looks_for(&stranger, typed, SearchAddress::default()).await.unwrap();
            assert!(found.kinds.iter().any(|kind| kind.kind == Kind::Posts), "{typed}");
            assert_eq!(found.instead.len(), 1, "{typed}: {:?}", found.instead);
        }
        assert_eq!(says(&stranger, "attunment").await, ["[Attunement], and reflective functioning."]);
        assert_eq!(says(&member, "attunment").await, ["[Attunments] and a supervisor’s rehearsal."], "the beginning of a word is enough");
        // What is closed is found by its members, and is as nothing to everybody else, mistyped or not.
        assert_eq!(says(&member, "reherasal").await.len(), 1);
        let nothing = looks_for(&stranger, "zzzzzzzzz", SearchAddress::default()).await.unwrap();
        for typed in ["rehearsal", "reherasal", "supervisor’s rehearsal", "attunments"] {
            let found = looks_for(&stranger, typed, SearchAddress::default()).await.unwrap();
            let is_open = typed == "attunments";
            assert_eq!(found.kinds.iter().any(|kind| kind.kind == Kind::Posts), is_open, "{typed}");
            assert!(is_open || (&found.kinds, &found.instead) == (&nothing.kinds, &nothing.instead), "{typed}: {found:?}");
        }
        let within = |space: &str| SearchAddress { space: space.to_owned(), ..SearchAddress::default() };
        assert_eq!(looks_for(&member, "rehearsal", within("all")).await.unwrap().kinds, []);
        assert_eq!(looks_for(&member, "rehearsal", within(&closed)).await.unwrap().kinds[0].lines.len(), 1);
        for slug in [closed.as_str(), "group-that-is-none"] {
            assert_eq!(looks_for(&stranger, "rehearsal", within(slug)).await.unwrap_err(), AppError::NotFound);
        }
    }

    async fn what_is_changed_is_found_as_it_is_now_and_of_what_is_withdrawn_no_word_stays(fixture: Fixture) {
        space(fixture, "all", "centre").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let writer = at(fixture, 0, amina);
        let thread = start(&writer, "all", "Rupture", "Rupture before repair.").await;
        reply(&writer, &thread, None, &words("Another rupture, another repair.")).await.unwrap();
        let of = |known: &[(String, i64)], word: &str| known.iter().find(|(own, _)| own == word).map(|(_, entries)| *entries);
        let known = known_words(fixture).await;
        assert_eq!([of(&known, "rupture"), of(&known, "repair"), of(&known, "before")], [Some(2), Some(2), Some(1)]);
        change_post(&writer, &thread, (2, 1), &words("Another moment.")).await.unwrap();
        let known = known_words(fixture).await;
        assert_eq!([of(&known, "rupture"), of(&known, "repair"), of(&known, "moment")], [Some(1), Some(1), Some(1)]);
        assert_eq!((says(&writer, "rupture").await.len(), says(&writer, "moment").await.len()), (1, 1));
        withdraw_post(&writer, &thread, 1).await.unwrap();
        withdraw_post(&writer, &thread, 2).await.unwrap();
        assert_eq!(known_words(fixture).await, []);
        for typed in ["rupture", "repair", "moment", "withdrawn"] {
            assert!(says(&writer, typed).await.is_empty(), "{typed}");
        }
        if let Database::Sqlite(pool) = &fixture.database {
            for index in ["search_text", "search_title", "search_few"] {
                let vocabulary = format!("CREATE VIRTUAL TABLE temp.left_in_{index} USING fts5vocab(main, {index}, row)");
                sqlx::query(sqlx::AssertSqlSafe(vocabulary)).execute(pool).await.unwrap();
                let left = format!("SELECT term FROM temp.left_in_{index}");
                let left: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(left)).fetch_all(pool).await.unwrap();
                assert!(left.is_empty(), "{index}: {left:?}");
            }
        }
    }

    async fn a_library_is_found_by_those_who_learn_until_an_item_is_retired_and_so_are_learning_pages(fixture: Fixture) {
        let premises = Premises { database: fixture.database.clone(), clock: fixture.clock, is_demonstration: false, origin: "".into() };
        lay_out_library(&system(&premises, "a test")).await.unwrap();
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let clara = person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await;
        let reader = fixture.actor(amina, &[Role::Practitioner]);
        let found = names(&reader, Kind::Library, "still face").await;
        assert!(!found.is_empty());
        assert_eq!(names(&reader, Kind::Learning, "yes-cycles").await, ["Noticing: what VIG sees"]);
        assert!(finds(&fixture.actor(amina, &[Role::Administrator]), "yes-cycles").await.iter().all(|kind| kind.kind != Kind::Learning));
        retire_item(&fixture.actor(clara, &[Role::ClinicalLead]), "still-face").await.unwrap();
        assert_eq!(names(&reader, Kind::Library, "still face").await.len(), found.len() - 1);
    }

    async fn an_event_is_found_by_whoever_sees_it_from_when_it_is_published_and_by_nobody_else(fixture: Fixture) {
        space(fixture, "all", "centre").await;
        space(fixture, "supervisors", "supervisors").await;
        let amina = fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner]);
        let clara = fixture.actor(person(fixture, "Clara", "Wood", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        let nadia = fixture.actor(person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let of = |slug: &str, title: &str| EventForm { title: title.to_owned(), ..form(slug) };
        // One at a time, since she hosts them all.
        let on = |day: &str, event: EventForm| EventForm { starts_on: day.to_owned(), ..event };
        let (ruth, open) = hosted(fixture, &of("all", "Rupture and repair")).await;
        published(&ruth, &on("2026-11-06", of("supervisors", "Rehearsal of an ending"))).await;
        let draft = make_event(&ruth, &on("2026-11-09", of("all", "Rupture again")).check(ruth.now()).unwrap()).await.unwrap();

        assert_eq!(names(&amina, Kind::Events, "rupture").await, ["Rupture and repair"]);
        let line = finds(&amina, "pause somebody").await.into_iter().find(|found| found.kind == Kind::Events).unwrap().lines.remove(0);
        assert_eq!((line.about.as_str(), line.address), ("Webinar, Thursday 5 November 2026, 12:30", paths::event(&open)));
        // Whoever hosts it, may come or manages them all.
        for actor in [&ruth, &nadia, &clara] {
            assert_eq!(names(actor, Kind::Events, "rehearsal").await, ["Rehearsal of an ending"]);
        }
        let nothing = looks_for(&amina, "zzzzzzzzz", SearchAddress::default()).await.unwrap();
        for typed in ["rehearsal", "reherasal"] {
            let found = looks_for(&amina, typed, SearchAddress::default()).await.unwrap();
            assert_eq!((found.kinds, found.instead), (nothing.kinds.clone(), nothing.instead.clone()), "{typed}");
        }
        assert_eq!(names(&nadia, Kind::Events, "reherasal").await.len(), 1);

        assert!(names(&amina, Kind::Events, "event").await.is_empty(), "what kind of thing it is is no word of it");
        publish_event(&ruth, (&draft, 1), None).await.unwrap();
        assert_eq!(names(&amina, Kind::Events, "rupture").await.len(), 2);
        change_event(&ruth, (&draft, 2), (&on("2026-11-09", of("all", "Goodbyes")).check(ruth.now()).unwrap(), None)).await.unwrap();
        cancel_event(&ruth, &open, CancelledBecause::NoRoom).await.unwrap();
        assert_eq!(names(&amina, Kind::Events, "rupture").await, ["Rupture and repair"]);
        assert_eq!(names(&amina, Kind::Events, "goodbyes").await, ["Goodbyes"]);
        let kind = SearchAddress { kind: "events".to_owned(), ..SearchAddress::default() };
        let alone = looks_for(&amina, "still", kind).await.unwrap();
        assert!(alone.kinds.is_empty(), "{alone:?}");
        assert!(names(&fixture.actor(amina.person(), &[Role::Administrator]), Kind::Events, "goodbyes").await.is_empty());
    }

    async fn of_very_many_the_newest_are_found_first_in_whatever_order_a_restore_brought_them(fixture: Fixture) {
        const THREAD: &str = "\
INSERT INTO thread (id, space_id, number, title, excerpt, author_id, started_at, posts, last_at)
VALUES ($1, $2, 1, 'Endings', '', $3, $4, 600, $4)";
        const POST: &str = "\
INSERT INTO post (thread_id, number, author_id, source, html, written_at, version)
VALUES ($1, $2, $3, 'A good goodbye', '', $4, 1)";

        let all = space(fixture, "all", "centre").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let (thread, now) = (new_id(), fixture.now());
        let mut transaction = fixture.database.begin().await.unwrap();
        on!(&mut transaction, connection => sqlx::query(THREAD).bind(thread).bind(all).bind(amina).bind(now).execute(connection).await.map(|_| ())).unwrap();
        // The newest comes first, and the oldest last.
        for number in 1..=600_i64 {
            on!(&mut transaction, connection => sqlx::query(POST)
                .bind(thread)
                .bind(number)
                .bind(amina)
                .bind(now - TimeDelta::minutes(number))
                .execute(connection).await.map(|_| ()))
            .unwrap();
        }
        number_by_time(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let lines = finds(&at(fixture, 9, amina), "goodbye").await.remove(0).lines;
        let addresses: Vec<String> = lines.into_iter().map(|line| line.address).collect();
        assert_eq!(addresses[..2], ["/community/all/1?page=1#p1", "/community/all/1?page=1#p2"]);
        assert_eq!(says(&at(fixture, 9, amina), "endings").await.len(), 1, "titles are found by the same numbers");
    }

    async fn what_was_written_before_there_was_a_search_is_found_and_a_page_follows_another(fixture: Fixture) {
        const PERSON: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, 'abcdefgh', '', 'Amina', 'Rahman', 'amina', 'rahman', 'amina@council.example', '', 'registered', $2, 1)";
        const SPACE: &str =
            "INSERT INTO space (id, slug, name, about, kind, subject, created_at, version) VALUES ($1, 'all', 'All', '', 'centre', '', $2, 1)";
        const THREAD: &str = "\
INSERT INTO thread (id, space_id, number, title, excerpt, author_id, started_at, posts, last_at)
VALUES ($1, $1, 1, 'Endings', '', $1, $2, 45, $2)";
        const POSTS: &str = "\
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 45)
INSERT INTO post (thread_id, number, author_id, source, html, written_at, version)
SELECT $1, n, $1, 'A good goodbye', '', $2, 1 FROM numbers";

        let (id, now) = (new_id(), fixture.now());
        let mut transaction = fixture.database.begin().await.unwrap();
        transaction.start_over(42).await.unwrap();
        for statement in [PERSON, SPACE, THREAD, POSTS] {
            run(&mut transaction, statement, id, now).await;
        }
        transaction.migrate().await.unwrap();
        transaction.commit().await.unwrap();
        let reader = fixture.actor(PersonId(id), &[Role::Practitioner]);
        let posts = finds(&reader, "goodbye").await.remove(0);
        assert_eq!((posts.lines.len(), posts.more.is_some()), (OF_A_KIND, true));
        let mut seen = Vec::new();
        for page in 1..=3_i64 {
            let address = SearchAddress { kind: "posts".to_owned(), page: page.to_string(), ..SearchAddress::default() };
            let found = looks_for(&reader, "goodbye", address).await.unwrap();
            assert_eq!(found.has_more, page < 3);
            seen.extend(found.kinds.into_iter().flat_map(|kind| kind.lines).map(|line| line.address));
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 45);
        assert_eq!(known_words(fixture).await, [("endings".to_owned(), 1), ("goodbye".to_owned(), 45)]);
    }
}

async fn run(transaction: &mut crate::database::Transaction, statement: &'static str, id: uuid::Uuid, now: DateTime<Utc>) {
    on!(&mut transaction, connection => sqlx::query(statement).bind(id).bind(now).execute(connection).await.map(|_| ())).unwrap();
}

#[tokio::test]
async fn posts_are_found_by_their_words_and_never_by_going_through_them_all() {
    let (sqlite, postgres) = (Fixture::on_sqlite().await, Fixture::on_postgres().await);
    let Database::Sqlite(pool) = &sqlite.database else { unreachable!("the fixture is on SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {POSTS_IN_SQLITE}"))).fetch_all(pool).await.unwrap();
    let steps: Vec<String> = plan.into_iter().map(|(_, _, _, step)| step).collect();
    // From the newest on, in the order of the index.
    for (index, times) in [("search_text", 1), ("search_title", 2)] {
        let by_words = steps.iter().filter(|step| step.starts_with(&format!("SCAN {index} VIRTUAL TABLE INDEX 192:M"))).count();
        assert_eq!(by_words, times, "{steps:#?}");
    }
    for table in ["e", "b", "t"] {
        assert!(steps.iter().any(|step| step.starts_with(&format!("SEARCH {table} USING"))), "{table}: {steps:#?}");
    }
    let Database::Postgres(pool) = &postgres.database else { unreachable!("the fixture is on Postgres") };
    let mut connection = pool.acquire().await.unwrap();
    sqlx::query("SET enable_seqscan = off").execute(&mut *connection).await.unwrap();
    let explain = format!("EXPLAIN {POSTS_IN_POSTGRES}");
    let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(explain))
        .bind(new_id())
        .bind(postgres.now())
        .bind("'wait':*")
        .bind("'wait':*")
        .bind("% wait%")
        .bind("")
        .bind(9_i64)
        .bind(0_i64)
        .fetch_all(&mut *connection)
        .await
        .unwrap();
    let plan = plan.join("\n");
    assert!(plan.contains("search_entry_by_words") && plan.contains("search_entry_by_title"), "{plan}");
    drop(connection);
    postgres.close().await;
}
