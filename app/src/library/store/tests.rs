use super::*;
use crate::access::{Actor, Premises, Role, System, system};
use crate::busy::NotFetched;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::library::forms::{ItemForm, LibraryFilter, NewItem, NewList};
use crate::library::jobs::check_links;
use crate::library::model::LinkState;
use crate::people::fixture::person;

fn program(fixture: &Fixture, at: chrono::DateTime<chrono::Utc>) -> System {
    let clock = crate::database::Clock::Fixed(at);
    system(&Premises { database: fixture.database.clone(), clock, is_demonstration: false, origin: "".into() }, "a test")
}

async fn keeper(fixture: &Fixture) -> Actor {
    fixture.actor(person(fixture, "Sian", "Lewis", &[Role::ClinicalLead]).await, &[Role::ClinicalLead])
}

async fn reader(fixture: &Fixture) -> Actor {
    fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner])
}

fn item(title: &str, link: &str) -> NewItem {
    let form = ItemForm {
        title: title.to_owned(),
        authors: "Donald Winnicott".to_owned(),
        kind: "book".to_owned(),
        summary: "About playing.".to_owned(),
        link: link.to_owned(),
        licence: "© the publisher, link only".to_owned(),
        audience: "everyone".to_owned(),
        ..ItemForm::default()
    };
    form.check("2026-10-22".parse().unwrap()).unwrap()
}

fn only(only: &str) -> LibraryFilter {
    LibraryFilter { only: only.to_owned(), ..LibraryFilter::default() }
}

async fn titles(actor: &Actor, filter: LibraryFilter) -> Vec<String> {
    library_for(actor, &filter).await.unwrap().items.into_iter().map(|item| item.title).collect()
}

both_databases! {
    async fn what_the_product_brings_along_is_put_in_once_and_what_was_retired_stays_out(fixture: Fixture) {
        let (program, keeper, reader) = (program(fixture, fixture.now()), keeper(fixture).await, reader(fixture).await);
        let put_in = lay_out_library(&program).await.unwrap();
        assert!(put_in >= 20);
        let library = library_for(&reader, &LibraryFilter::default()).await.unwrap();
        assert_eq!((library.total, library.lists.len()), (i64::try_from(put_in).unwrap(), 2));
        assert!(library.items.iter().all(|item| item.reviewed_on.is_none()), "nobody has reviewed it yet, and it says so");
        assert_eq!(reading_list_of(&reader, "first-steps").await.unwrap().items.len(), 5);

        retire_item(&keeper, "still-face").await.unwrap();
        assert_eq!(lay_out_library(&program).await.unwrap(), 0);
        assert_eq!(item_of(&reader, "still-face").await.unwrap_err(), AppError::NotFound);
        assert_eq!(reading_list_of(&reader, "first-steps").await.unwrap().items.len(), 4);
        assert_eq!(titles(&keeper, only("retired")).await.len(), 1);
        assert_eq!(titles(&reader, only("retired")).await.len(), 20, "what only keepers ask for narrows nothing for others");
    }

    async fn an_item_is_found_by_its_words_and_what_is_due_comes_first_for_whoever_reviews(fixture: Fixture) {
        let (keeper, reader) = (keeper(fixture).await, reader(fixture).await);
        let (soon, late) = ("2026-10-22".parse().unwrap(), "2027-10-22".parse().unwrap());
        add_item(&keeper, &item("A Secure Base", "https://a.example/"), late).await.unwrap();
        let slug = add_item(&keeper, &item("Playing and Réality", "https://b.example/"), soon).await.unwrap();
        assert_eq!(slug, "playing-and-reality");
        assert_eq!(titles(&keeper, LibraryFilter::default()).await, ["Playing and Réality", "A Secure Base"]);
        assert_eq!(titles(&reader, LibraryFilter::default()).await, ["A Secure Base", "Playing and Réality"]);
        let words = LibraryFilter { words: "WINNICOTT reality".to_owned(), kind: "book".to_owned(), ..LibraryFilter::default() };
        assert_eq!(titles(&reader, words).await, ["Playing and Réality"]);
        assert_eq!(titles(&reader, LibraryFilter { kind: "paper".to_owned(), ..LibraryFilter::default() }).await, [""; 0]);
        assert_eq!(add_item(&keeper, &item("Playing and reality", "https://c.example/"), late).await.unwrap(), "playing-and-reality-2");
        assert_eq!(add_item(&keeper, &item("New", "https://c.example/"), late).await.unwrap(), "item");

        let shown = item_of(&keeper, &slug).await.unwrap();
        assert_eq!((shown.reviewer.as_str(), shown.version), ("Sian L.", 1));
        review_item(&keeper, (&slug, 1), late).await.unwrap();
        assert_eq!(titles(&keeper, only("due")).await, [""; 0]);
        let overtaken = change_item(&keeper, (&slug, 1), &item("Other", "https://b.example/")).await;
        assert!(matches!(overtaken, Err(AppError::Conflict(_))), "it was reviewed in the meantime");
    }

    async fn what_somebody_saves_and_reads_is_theirs_alone_and_outlasts_the_item(fixture: Fixture) {
        let (keeper, reader) = (keeper(fixture).await, reader(fixture).await);
        let late = "2027-10-22".parse().unwrap();
        let slug = add_item(&keeper, &item("A Secure Base", "https://a.example/"), late).await.unwrap();
        save_item(&reader, &slug).await.unwrap();
        save_item(&reader, &slug).await.unwrap();
        mark_read(&reader, &slug, ("2026-10-20".parse().unwrap(), 30)).await.unwrap();
        mark_read(&reader, &slug, ("2026-10-21".parse().unwrap(), 45)).await.unwrap();
        assert_eq!(titles(&reader, only("saved")).await, ["A Secure Base"]);
        assert_eq!(item_of(&reader, &slug).await.unwrap().read, Some(("2026-10-21".parse().unwrap(), 45)));
        assert_eq!(titles(&keeper, only("saved")).await, [""; 0]);
        assert_eq!(item_of(&keeper, &slug).await.unwrap().read, None);

        retire_item(&keeper, &slug).await.unwrap();
        assert!(item_of(&reader, &slug).await.unwrap().is_retired);
        forget_reading(&reader, &slug).await.unwrap();
        let_go(&reader, &slug).await.unwrap();
        assert_eq!(item_of(&reader, &slug).await.unwrap_err(), AppError::NotFound);
    }

    async fn a_reading_list_keeps_its_order_and_is_not_overwritten(fixture: Fixture) {
        let (keeper, reader) = (keeper(fixture).await, reader(fixture).await);
        let late = "2027-10-22".parse().unwrap();
        for title in ["One", "Two", "Three"] {
            add_item(&keeper, &item(title, "https://a.example/"), late).await.unwrap();
        }
        let list = |items: &[&str]| NewList {
            title: "First steps".to_owned(),
            about: "Where to begin.".to_owned(),
            items: items.iter().map(|slug| (*slug).to_owned()).collect(),
        };
        let slug = keep_reading_list(&keeper, ("", 0), &list(&["three", "one", "nowhere"])).await.unwrap();
        let order = async || reading_list_of(&reader, &slug).await.unwrap().items.into_iter().map(|item| item.slug).collect::<Vec<_>>();
        assert_eq!(order().await, ["three", "one"]);
        keep_reading_list(&keeper, (&slug, 1), &list(&["two", "three"])).await.unwrap();
        assert_eq!(order().await, ["two", "three"]);
        assert!(matches!(keep_reading_list(&keeper, (&slug, 1), &list(&["one"])).await, Err(AppError::Conflict(_))));
        assert!(matches!(keep_reading_list(&keeper, ("", 0), &list(&["one"])).await, Err(AppError::Invalid(_))), "the name is taken");
        remove_reading_list(&keeper, &slug).await.unwrap();
        assert_eq!(reading_list_of(&reader, &slug).await.unwrap_err(), AppError::NotFound);
    }

    async fn a_link_is_looked_at_every_week_and_one_that_is_gone_is_told(fixture: Fixture) {
        let keeper = keeper(fixture).await;
        let late = "2027-10-22".parse().unwrap();
        lay_out_library(&program(fixture, fixture.now())).await.unwrap();
        forget_every_item(fixture).await;
        let gone = add_item(&keeper, &item("Gone", "https://gone.example/a"), late).await.unwrap();
        let moved = add_item(&keeper, &item("Moved", "https://moved.example/a"), late).await.unwrap();
        let silent = add_item(&keeper, &item("Silent", "https://silent.example/a"), late).await.unwrap();
        let look = |address: crate::busy::CalendarAddress| async move {
            match address.host() {
                "gone.example" => Ok(404),
                "moved.example" => Ok(302),
                _ => Err(NotFetched::NotReached),
            }
        };
        for (days, looked_at) in [(0, 3), (0, 0), (1, 2), (2, 2), (7, 3)] {
            let program = program(fixture, fixture.now() + chrono::TimeDelta::days(days));
            assert_eq!(check_links(&program, look).await.unwrap(), looked_at, "after {days} days");
        }
        assert_eq!(titles(&keeper, only("broken")).await, ["Gone", "Silent"]);
        let state = async |slug: &str| item_of(&keeper, slug).await.unwrap().line.health.state;
        assert_eq!(state(&gone).await, LinkState::Gone);
        assert_eq!(state(&silent).await, LinkState::Unreachable);
        assert_eq!(state(&moved).await, LinkState::Answers);
        change_item(&keeper, (&gone, 1), &item("Gone", "https://here.example/a")).await.unwrap();
        assert_eq!(state(&gone).await, LinkState::Unchecked);
    }
}

/// Takes out all that the product brings along, so that a test has its own items alone.
async fn forget_every_item(fixture: &Fixture) {
    const RETIRE: &str = "UPDATE library_item SET retired_at = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(RETIRE).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}
