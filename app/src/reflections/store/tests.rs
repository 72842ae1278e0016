use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Role, System};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::polls::fixture::{job, letters};
use crate::reflections::forms::{EntryForm, NewAddress};
use crate::reflections::model::Words;
use crate::sealing::Keyring;
use crate::sessions::fixture::{Meeting, meeting};

const CODE: &str = "k3f9x2mv";
/// A key that seals nothing but what these tests write.
const NEW_KEY: &str = "YSBrZXkgZm9yIHRlc3RzLCB3aGljaCBzZWFscyB0aGU=";

/// Words that stand nowhere by chance.
fn form(version: i64, felt: &str) -> EntryForm {
    EntryForm {
        code: CODE.to_owned(),
        version: version.to_string(),
        title: "Titleq".to_owned(),
        felt: felt.to_owned(),
        ..EntryForm::default()
    }
}

async fn keep(actor: &Actor, form: EntryForm) -> Result<i64, AppError> {
    write(actor, &form.check().unwrap()).await
}

async fn world(fixture: &Fixture) -> (Meeting, Actor, Actor) {
    let meeting = meeting(fixture, fixture.now() - TimeDelta::hours(3)).await;
    let amina = fixture.actor(meeting.amina, &[Role::Practitioner]);
    let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
    (meeting, amina, ruth)
}

async fn words_of(actor: &Actor) -> Option<Words> {
    entry_of(actor, CODE).await.unwrap().words
}

/// Runs a statement about the only entry there is.
async fn settle(fixture: &Fixture, statement: &'static str, whose: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(whose).execute(pool).await.map(|_| ())).unwrap();
}

fn program(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    job(fixture, moment)
}

/// Everything that the database holds of the entry, of the log and of letters, as text.
async fn all_that_is_stored(fixture: &Fixture) -> String {
    const SEALED: &str = "SELECT sealed FROM reflection UNION ALL SELECT sealed FROM reflection_draft";
    const TOLD: &str = "SELECT action || ' ' || subject || ' ' || detail FROM audit_entry";

    let database = &fixture.database;
    let sealed: Vec<Vec<u8>> = on!(database, pool => sqlx::query_scalar(SEALED).fetch_all(pool).await).unwrap();
    let told: Vec<String> = on!(database, pool => sqlx::query_scalar(TOLD).fetch_all(pool).await).unwrap();
    let sealed = sealed.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let letters = letters(fixture).await.into_iter().map(|(_, subject, body)| format!("{subject} {body}"));
    sealed.chain(told).chain(letters).collect()
}

both_databases! {
    async fn what_somebody_writes_is_theirs_to_read_and_to_nobody_elses_eyes_and_lies_sealed_in_the_database(fixture: Fixture) {
        let (meeting, amina, ruth) = world(fixture).await;
        let about = EntryForm { session: meeting.code.clone(), ..form(0, "Feltq") };
        assert_eq!(keep(&amina, about.clone()).await.unwrap(), 1);

        let entry = entry_of(&amina, CODE).await.unwrap();
        assert_eq!(entry.words.unwrap().felt, "Feltq");
        assert_eq!(entry.session.unwrap().code, meeting.code);
        assert_eq!(log_of(&amina, 1).await.unwrap().lines[0].heading.as_deref(), Some("Titleq"));
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        let sian = fixture.actor(meeting.sian, &[Role::Coordinator, Role::ClinicalLead, Role::SafeguardingLead, Role::Administrator]);
        for other in [&tom, &ruth, &sian] {
            assert_eq!(entry_of(other, CODE).await, Err(AppError::NotFound));
            assert_eq!(log_of(other, 1).await.unwrap().total, 0);
            assert!(whole_log(other).await.unwrap().is_empty());
            assert!(keep(other, form(0, "Mine")).await.is_err() && keep(other, form(1, "Mine")).await.is_err());
            assert!(remove(other, CODE).await.is_err() && take_back(other, CODE).await.is_err());
            assert_eq!(open_shared(other, CODE).await, Err(AppError::NotFound));
        }
        let stored = all_that_is_stored(fixture).await;
        assert!(!stored.contains("Titleq") && !stored.contains("Feltq"), "{stored}");
        // A session at which one never was is not taken.
        let elsewhere = EntryForm { code: "abcdefgh".to_owned(), ..about };
        let sian_writes = keep(&sian, elsewhere).await;
        assert_eq!(sian_writes, Ok(1));
        assert_eq!(entry_of(&sian, "abcdefgh").await.unwrap().session, None);
    }

    async fn a_second_window_overwrites_nothing_and_the_same_form_makes_one_entry(fixture: Fixture) {
        let (_, amina, _) = world(fixture).await;
        keep(&amina, form(0, "First")).await.unwrap();
        assert!(matches!(keep(&amina, form(0, "Sent twice")).await, Err(AppError::Conflict(_))));
        assert_eq!(keep(&amina, form(1, "Second")).await.unwrap(), 2);
        assert!(matches!(keep(&amina, form(1, "From another window")).await, Err(AppError::Conflict(_))));
        assert_eq!(words_of(&amina).await.unwrap().felt, "Second");
        assert_eq!(log_of(&amina, 1).await.unwrap().total, 1);
        let again = to_write(&amina, &NewAddress { code: CODE.to_owned(), ..NewAddress::default() }).await.unwrap();
        assert_eq!((again.code.as_str(), again.version), (CODE, 2));
    }

    async fn a_row_that_is_given_to_somebody_else_or_lacks_its_key_does_not_open_and_is_not_lost(fixture: Fixture) {
        let (meeting, amina, _) = world(fixture).await;
        keep(&amina, form(0, "Feltq")).await.unwrap();
        let tom = fixture.actor(meeting.tom, &[Role::Practitioner]);
        settle(fixture, "UPDATE reflection SET person_id = $1", meeting.tom).await;
        assert_eq!(words_of(&tom).await, None);
        settle(fixture, "UPDATE reflection SET person_id = $1", meeting.amina).await;
        assert!(words_of(&amina).await.is_some());

        let turned = amina.clone().with_keyring(Keyring::read(&Keyring::drawn()).unwrap());
        assert!(words_of(&turned).await.is_some(), "an older key still opens");
        assert_eq!(keep(&turned, form(1, "Under the new key")).await.unwrap(), 2);
        assert_eq!(words_of(&amina).await, None, "where the new key is missing, the page says so");
        assert_eq!(log_of(&amina, 1).await.unwrap().lines[0].heading, None);
        assert_eq!(words_of(&turned).await.unwrap().felt, "Under the new key");
        assert_eq!(marks_in_use(&fixture.database).await.unwrap().len(), 1);
    }

    async fn one_supervisor_reads_what_is_shared_until_it_is_taken_back_and_then_it_has_never_been(fixture: Fixture) {
        let (meeting, amina, ruth) = world(fixture).await;
        keep(&amina, form(0, "Feltq")).await.unwrap();
        let ruths_code = code_of(fixture, meeting.ruth).await;
        assert_eq!(share(&amina, CODE, &code_of(fixture, meeting.sian).await).await, Err(AppError::NotFound));
        share(&amina, CODE, &ruths_code).await.unwrap();
        assert!(matches!(share(&amina, CODE, &ruths_code).await, Err(AppError::Conflict(_))));

        assert_eq!(entry_of(&amina, CODE).await.unwrap().shared.unwrap().opened_at, None);
        assert_eq!(shared_with(&ruth).await.unwrap()[0].writer, "Amina R.");
        assert_eq!(log_of(&ruth, 1).await.unwrap().shared_with_me, 1);
        assert_eq!(open_shared(&ruth, CODE).await.unwrap().words.unwrap().felt, "Feltq");
        assert_eq!(entry_of(&amina, CODE).await.unwrap().shared.unwrap().opened_at, Some(fixture.now()));
        let lines = crate::access_log::fixture::lines_about(fixture, meeting.amina).await;
        assert_eq!(lines, [("shared_entry".to_owned(), meeting.ruth, 1)]);
        assert_eq!(entry_of(&ruth, CODE).await, Err(AppError::NotFound), "it is not hers to change");
        for other in [meeting.tom, meeting.sian] {
            let other = fixture.actor(other, &[Role::Supervisor, Role::Coordinator, Role::ClinicalLead]);
            assert!(shared_with(&other).await.unwrap().is_empty());
            assert_eq!(open_shared(&other, CODE).await, Err(AppError::NotFound));
        }
        let told = letters(fixture).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].0 == meeting.ruth && !told[0].2.contains("Amina") && !told[0].2.contains(CODE), "{told:?}");

        take_back(&amina, CODE).await.unwrap();
        assert!(shared_with(&ruth).await.unwrap().is_empty());
        assert_eq!(open_shared(&ruth, CODE).await, Err(AppError::NotFound));
        assert!(letters(fixture).await.is_empty(), "a message that has not left is taken back as well");
        assert_eq!(entry_of(&amina, CODE).await.unwrap().shared, None);
    }

    async fn whoever_supervises_the_writer_no_more_reads_nothing_more(fixture: Fixture) {
        let (meeting, amina, ruth) = world(fixture).await;
        keep(&amina, form(0, "Feltq")).await.unwrap();
        share(&amina, CODE, &code_of(fixture, meeting.ruth).await).await.unwrap();
        let changes: [(&'static str, &'static str, PersonId); 3] = [
            ("UPDATE membership SET left_on = '2026-10-21' WHERE person_id = $1", "UPDATE membership SET left_on = NULL WHERE person_id = $1", meeting.amina),
            ("UPDATE supervision_group SET ended_at = created_at WHERE supervisor_id = $1", "UPDATE supervision_group SET ended_at = NULL WHERE supervisor_id = $1", meeting.ruth),
            ("UPDATE supervision_group SET supervisor_id = $1", "UPDATE supervision_group SET supervisor_id = (SELECT shared_with FROM reflection) WHERE supervisor_id = $1", meeting.sian),
        ];
        for (change, undo, whom) in changes {
            settle(fixture, change, whom).await;
            assert!(shared_with(&ruth).await.unwrap().is_empty(), "{change}");
            assert_eq!(open_shared(&ruth, CODE).await, Err(AppError::NotFound), "{change}");
            let sian = fixture.actor(meeting.sian, &[Role::Supervisor]);
            assert!(shared_with(&sian).await.unwrap().is_empty(), "it was not shared with whoever comes next");
            assert!(!entry_of(&amina, CODE).await.unwrap().shared.unwrap().is_their_supervisor);
            settle(fixture, undo, whom).await;
            assert_eq!(shared_with(&ruth).await.unwrap().len(), 1, "{undo}");
        }
    }

    async fn what_is_begun_is_found_again_sealed_until_it_is_kept_and_no_older_window_writes_over_it(fixture: Fixture) {
        let (meeting, amina, ruth) = world(fixture).await;
        let typed = async |version: i64, felt: &str, kept: i64| keep_begun(&amina, &form(version, felt).begun().unwrap(), kept).await;
        assert_eq!(typed(0, "Feltq", 0).await, Ok(1));
        assert_eq!(typed(0, "Feltq, and more", 1).await, Ok(2));
        for stale in [0, 1] {
            assert!(matches!(typed(0, "Old", stale).await, Err(AppError::Conflict(_))));
        }
        let elsewhere = amina.clone().on_device(new_id());
        let found = to_write(&elsewhere, &NewAddress::default()).await.unwrap();
        let begun = found.begun.unwrap();
        assert_eq!((found.code.as_str(), begun.words.felt.as_str(), begun.kept), (CODE, "Feltq, and more", 2));
        assert_eq!(log_of(&amina, 1).await.unwrap().begun.map(|begun| begun.code), Some(CODE.to_owned()));
        assert_eq!(log_of(&ruth, 1).await.unwrap().begun, None);
        assert_eq!(to_write(&ruth, &NewAddress { code: CODE.to_owned(), ..NewAddress::default() }).await.unwrap().begun, None);
        let stored = all_that_is_stored(fixture).await;
        assert!(!stored.contains("Titleq") && !stored.contains("Feltq"), "{stored}");
        assert_eq!(marks_in_use(&fixture.database).await.unwrap().len(), 1);

        keep(&amina, form(0, "Feltq, and more")).await.unwrap();
        assert_eq!(log_of(&amina, 1).await.unwrap().begun, None);
        assert!(typed(0, "From a window that was left open", 0).await.is_err(), "it is an entry by now");
        assert_eq!(typed(1, "Changed", 0).await, Ok(1));
        let entry = entry_of(&amina, CODE).await.unwrap();
        assert_eq!((entry.words.unwrap().felt.as_str(), entry.begun.unwrap().words.felt.as_str()), ("Feltq, and more", "Changed"));
        assert_eq!(log_of(&amina, 1).await.unwrap().begun, None, "a change that was begun is no new entry");
        drop_begun(&amina, CODE).await.unwrap();
        assert_eq!(entry_of(&amina, CODE).await.unwrap().begun, None);
        assert_eq!(typed(1, "Changed again", 0).await, Ok(1));
        remove(&amina, CODE).await.unwrap();
        settle(fixture, "DELETE FROM reflection WHERE person_id = $1", meeting.amina).await;
        assert_eq!(marks_in_use(&fixture.database).await.unwrap().len(), 0, "what is removed leaves no draft behind");
        let blank = EntryForm { code: CODE.to_owned(), version: "0".to_owned(), felt: " ".to_owned(), ..EntryForm::default() };
        assert_eq!(keep_begun(&amina, &blank.begun().unwrap(), 0).await, Ok(0));
    }

    async fn what_is_removed_comes_back_for_an_hour_unshared_and_is_gone_for_good_then(fixture: Fixture) {
        let (meeting, amina, ruth) = world(fixture).await;
        keep(&amina, form(0, "Feltq")).await.unwrap();
        share(&amina, CODE, &code_of(fixture, meeting.ruth).await).await.unwrap();
        remove(&amina, CODE).await.unwrap();
        assert_eq!(remove(&amina, CODE).await, Err(AppError::NotFound));
        assert_eq!(open_shared(&ruth, CODE).await, Err(AppError::NotFound));
        assert!(matches!(keep(&amina, form(1, "Still open in a window")).await, Err(AppError::Conflict(_))));
        restore(&amina, CODE).await.unwrap();
        assert_eq!(words_of(&amina).await.unwrap().felt, "Feltq");
        assert!(shared_with(&ruth).await.unwrap().is_empty());

        remove(&amina, CODE).await.unwrap();
        let later = fixture.now() + TimeDelta::minutes(61);
        assert!(matches!(restore(&fixture.actor_at(later, meeting.amina, &[Role::Practitioner]), CODE).await, Err(AppError::Conflict(_))));
        assert_eq!(forget_removed(&program(fixture, fixture.now())).await.unwrap(), 0);
        assert_eq!(forget_removed(&program(fixture, later)).await.unwrap(), 1);
        assert_eq!(marks_in_use(&fixture.database).await.unwrap().len(), 0, "nothing of it is left in the database");
    }

    async fn with_a_new_key_everything_is_sealed_anew_and_nobody_who_writes_meanwhile_is_overtaken(fixture: Fixture) {
        const MARKS: &str = "SELECT key_mark FROM reflection UNION ALL SELECT key_mark FROM reflection_draft ORDER BY key_mark";

        let (_, amina, _) = world(fixture).await;
        let old = Keyring::drawn();
        let before = amina.clone().with_keyring(Keyring::read(&old).unwrap());
        let codes: Vec<String> = (0..205).map(|_| crate::database::code()).collect();
        for code in &codes {
            keep(&before, EntryForm { code: code.clone(), ..form(0, "Feltq") }).await.unwrap();
        }
        let begun = EntryForm { code: codes[0].clone(), ..form(1, "Begunq") };
        assert_eq!(keep_begun(&before, &begun.check().unwrap(), 0).await, Ok(1));

        let turned = || Keyring::read(&format!("{NEW_KEY}\n{old}")).unwrap();
        let system = program(fixture, fixture.now());
        assert_eq!(reseal(&system, &turned()).await, Ok(Resealed { done: 206, closed: 0 }));
        assert_eq!(reseal(&system, &turned()).await, Ok(Resealed::default()), "there is nothing left to do");
        let database = &fixture.database;
        let marks: Vec<String> = on!(database, pool => sqlx::query_scalar(MARKS).fetch_all(pool).await).unwrap();
        assert!(marks.iter().all(|mark| Some(mark.as_str()) == turned().mark()));
        assert_eq!(marks_in_use(database).await.unwrap().len(), 1);

        // The old key is needed no more, and a window that was open goes on.
        let after = amina.clone().with_keyring(Keyring::read(NEW_KEY).unwrap());
        assert_eq!(entry_of(&after, &codes[204]).await.unwrap().words.unwrap().felt, "Feltq");
        assert_eq!(keep_begun(&after, &begun.check().unwrap(), 1).await, Ok(2));
        assert_eq!(keep(&after, EntryForm { code: codes[0].clone(), ..form(1, "Keptq") }).await, Ok(2));
        assert_eq!(reseal(&system, &Keyring::read(&Keyring::drawn()).unwrap()).await, Ok(Resealed { done: 0, closed: 205 }), "its key is not there");
        assert_eq!(entry_of(&after, &codes[0]).await.unwrap().words.unwrap().felt, "Keptq");
    }

    async fn of_two_servers_with_different_keyrings_the_second_learns_which_key_it_lacks_even_before_anything_is_sealed(fixture: Fixture) {
        let (one, other) = (Keyring::drawn(), Keyring::drawn());
        let read = |text: &str| Keyring::read(text).unwrap();
        let mark = |text: &str| Some(read(text).mark().unwrap().to_owned());
        let database = &fixture.database;
        assert_eq!(seals_with(database, &read(&one)).await, Ok(None));
        assert_eq!(seals_with(database, &read(&one)).await, Ok(None));
        assert_eq!(seals_with(database, &read(&other)).await, Ok(mark(&one)));
        // A new key above the old one is the one from then on, and whoever still has the old one alone is told of it.
        assert_eq!(seals_with(database, &read(&format!("{other}{one}"))).await, Ok(None));
        assert_eq!(seals_with(database, &read(&one)).await, Ok(mark(&other)));
        let given_up = format!("{one}lost {}\n", mark(&other).unwrap());
        assert_eq!(seals_with(database, &read(&given_up)).await, Ok(None));
    }
}
