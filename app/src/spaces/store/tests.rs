//! What holds of the community on both databases.

use chrono::{TimeDelta, Utc};

use super::feed::{UNPINNED, WITH_NEW, WITHOUT_NEW};
use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Database, new_id, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::people::PersonId;
use crate::people::fixture::{code_of, is_entered_with, person, works_for};
use crate::spaces::answers::{Post, ThreadShown, Writer};
use crate::spaces::fixture::{look_after, opened, space, start, words};
use crate::spaces::forms::Steer;
use crate::spaces::keeping::SpaceForm;
use crate::spaces::model::{SpaceKind, ThreadId};

async fn run(fixture: &Fixture, statement: &'static str, person: PersonId) {
    let database = &fixture.database;
    on!(database, pool => sqlx::query(statement).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

/// Somebody, so many minutes after the test began.
pub(super) fn at(fixture: &Fixture, minutes: i64, person: PersonId, role: Role) -> Actor {
    fixture.actor_at(fixture.now() + TimeDelta::minutes(minutes), person, &[role])
}

pub(super) async fn answer(actor: &Actor, slug: &str, number: i64, text: &str) -> Result<i64, AppError> {
    Ok(reply(actor, &opened(actor, slug, number).await?, None, &words(text)).await?.expect("it is shown at once"))
}

pub(super) async fn read(actor: &Actor, slug: &str, number: i64, page: &str) -> ThreadShown {
    thread_shown(actor, &opened(actor, slug, number).await.unwrap(), page, false).await.unwrap()
}

pub(super) async fn post(actor: &Actor, slug: &str, number: i64, post: i64) -> Post {
    read(actor, slug, number, "").await.shown.into_iter().find(|shown| shown.number == post).unwrap()
}

async fn new_titles(actor: &Actor) -> Vec<(String, i64)> {
    feed(actor, "", false).await.unwrap().new.into_iter().map(|thread| (thread.title, thread.new)).collect()
}

fn name(post: &Post) -> Option<&str> {
    match &post.author {
        Writer::Named(author) => Some(author.name.short.as_str()),
        Writer::Former | Writer::Unnamed => None,
    }
}

both_databases! {
    async fn the_space_of_a_group_is_open_to_its_members_and_its_supervisor_and_to_nobody_else(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let slug = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina, tom], GroupKind::Group).await).await);
        let amina_now = at(fixture, 0, amina, Role::Practitioner);
        assert_eq!(start(&amina_now, &slug, "Thank you", "I went home lighter.").await, Ok(1));
        for (minutes, reader, role) in [(1, tom, Role::Practitioner), (2, ruth, Role::Supervisor)] {
            let reader = at(fixture, minutes, reader, role);
            assert_eq!(new_titles(&reader).await, [("Thank you".to_owned(), 1)]);
            assert_eq!(name(&post(&reader, &slug, 1, 1).await), Some("Amina R."));
        }
        for role in [Role::Coordinator, Role::ClinicalLead, Role::Administrator, Role::SafeguardingLead, Role::Supervisor, Role::Practitioner] {
            let stranger = person(fixture, "Sian", "Lloyd", &[role]).await;
            let stranger = at(fixture, 1, stranger, role);
            assert_eq!(open_space(&stranger, &slug).await.unwrap_err(), AppError::NotFound);
            assert_eq!(opened(&stranger, &slug, 1).await.unwrap_err(), AppError::NotFound);
            assert_eq!(opened(&stranger, "group-that-is-none", 1).await.unwrap_err(), AppError::NotFound);
            assert!(new_titles(&stranger).await.is_empty() && spaces_of(&stranger).await.unwrap().is_empty());
        }
        group(fixture, ruth, &[amina], GroupKind::OneToOne).await;
        assert_eq!(spaces_of(&amina_now).await.unwrap().len(), 1, "supervision of one person has no space");
        // Whoever leaves reads no more, and is a former member from then on.
        let tom_then = opened(&at(fixture, 2, tom, Role::Practitioner), &slug, 1).await.unwrap();
        run(fixture, "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1", amina).await;
        assert_eq!(opened(&amina_now, &slug, 1).await.unwrap_err(), AppError::NotFound);
        assert_eq!(answer(&amina_now, &slug, 1, "Once more").await, Err(AppError::NotFound));
        let shown = thread_shown(&at(fixture, 3, tom, Role::Practitioner), &tom_then, "", false).await.unwrap();
        assert_eq!((name(&shown.shown[0]), shown.shown[0].html.as_str()), (None, "<p>I went home lighter.</p>\n"));
        assert!(shown.people.iter().all(|(_, name)| name != "Amina R."));
    }

    async fn who_reads_a_space_follows_from_what_they_are_at_that_moment(fixture: Fixture) {
        const OFFERS_VIG: &str = "\
INSERT INTO offering (person_id, interventions, way, region, most_groups, confirmed_at, version)
VALUES ($1, '[\"nbo\", \"vig\"]', 'online', '', 2, '2026-10-01T00:00:00+00:00', 1)";
        let mut transaction = fixture.database.begin().await.unwrap();
        crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        for (slug, kind, subject) in [
            ("all", SpaceKind::Centre, ""),
            ("yorkshire", SpaceKind::Region, "Yorkshire and The Humber"),
            ("london", SpaceKind::Region, "London"),
            ("vig", SpaceKind::Intervention, "vig"),
            ("vi", SpaceKind::Intervention, "vi"),
            ("leads", SpaceKind::Supervisors, ""),
            ("new", SpaceKind::NewStarters, ""),
        ] {
            space(fixture, slug, kind, subject).await;
        }
        let looked_after = space(fixture, "www", SpaceKind::Intervention, "www").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let slugs = async |minutes| {
            let spaces = spaces_of(&at(fixture, minutes, amina, Role::Practitioner)).await.unwrap();
            spaces.into_iter().map(|space| space.slug).collect::<Vec<_>>()
        };
        assert_eq!(slugs(0).await, ["all", "new"]);
        is_entered_with(fixture, amina, "bradford").await;
        assert_eq!(slugs(0).await.len(), 0, "before the authority has confirmed that they work there");
        works_for(fixture, amina, "bradford").await;
        run(fixture, OFFERS_VIG, amina).await;
        look_after(fixture, looked_after, amina).await;
        run(fixture, "INSERT INTO person_role (person_id, role) VALUES ($1, 'supervisor')", amina).await;
        assert_eq!(slugs(0).await, ["all", "new", "leads", "vig", "www", "yorkshire"]);
        run(fixture, "UPDATE person SET authority_id = NULL WHERE id = $1", amina).await;
        run(fixture, "DELETE FROM offering WHERE person_id = $1", amina).await;
        run(fixture, "DELETE FROM space_moderator WHERE person_id = $1", amina).await;
        run(fixture, "DELETE FROM person_role WHERE person_id = $1 AND role = 'supervisor'", amina).await;
        assert_eq!(slugs(365 * 24 * 60).await, ["all"], "a year later they are new no more");
    }

    async fn what_is_new_is_read_by_opening_it_and_all_of_it_at_once(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (writer, reader) = (|minutes| at(fixture, minutes, amina, Role::Practitioner), |minutes| at(fixture, minutes, tom, Role::Practitioner));
        start(&writer(0), "all", "Endings", "How do you end?").await.unwrap();
        start(&writer(1), "all", "Silence", "How long?").await.unwrap();
        assert!(new_titles(&writer(2)).await.is_empty(), "nobody's own words are new to them");
        assert_eq!(new_titles(&reader(2)).await, [("Silence".to_owned(), 1), ("Endings".to_owned(), 1)]);
        assert!(post(&reader(3), "all", 1, 1).await.is_new && !post(&reader(3), "all", 1, 1).await.is_new);
        answer(&writer(4), "all", 1, "One more thing").await.unwrap();
        assert_eq!(new_titles(&reader(5)).await, [("Endings".to_owned(), 1), ("Silence".to_owned(), 1)]);
        // A page that asks again is told how much has come since it was opened.
        answer(&writer(6), "all", 2, "Still counting").await.unwrap();
        assert_eq!(feed(&reader(7), "", true).await.unwrap().since_opened, 1);
        assert_eq!(feed(&reader(8), "", false).await.unwrap().since_opened, 0);
        mute_thread(&reader(9), &opened(&reader(9), "all", 2).await.unwrap()).await.unwrap();
        let shown = feed(&reader(9), "", false).await.unwrap();
        assert_eq!((shown.new.len(), shown.earlier.len(), shown.earlier[0].is_muted), (1, 1, true));
        mark_all_read(&reader(10)).await.unwrap();
        assert!(new_titles(&reader(10)).await.is_empty());
        answer(&writer(11), "all", 1, "And another").await.unwrap();
        assert_eq!(new_titles(&reader(12)).await, [("Endings".to_owned(), 1)]);
        hear_of_thread(&reader(13), &opened(&reader(13), "all", 2).await.unwrap()).await.unwrap();
        answer(&writer(14), "all", 2, "Here again").await.unwrap();
        assert_eq!(new_titles(&reader(15)).await[0], ("Silence".to_owned(), 1));
        // After a month nothing is new any more.
        assert!(new_titles(&reader(31 * 24 * 60)).await.is_empty());
    }

    async fn of_two_changes_the_second_is_told_and_what_it_said_before_is_for_those_who_look_after_the_space(fixture: Fixture) {
        let all = space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        look_after(fixture, all, tom).await;
        let (writer, other) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, tom, Role::Practitioner));
        start(&writer, "all", "Endings", "First words").await.unwrap();
        let (thread, theirs) = (opened(&writer, "all", 1).await.unwrap(), opened(&other, "all", 1).await.unwrap());
        assert_eq!(change_post(&writer, &thread, (1, 1), &words("First words")).await, Ok(Changed::Nothing), "nobody is told of a change that is none");
        let (one, two) = (words("Second words"), words("Third words"));
        let (first, second) = tokio::join!(change_post(&writer, &thread, (1, 1), &one), change_post(&writer, &thread, (1, 1), &two));
        assert_eq!([&first, &second].iter().filter(|answer| answer.is_ok()).count(), 1, "{first:?} {second:?}");
        assert_eq!(first.and(second).unwrap_err().status(), 409);
        assert_eq!(change_post(&other, &theirs, (1, 2), &words("Not mine")).await, Err(AppError::NotFound));
        let seen = post(&other, "all", 1, 1).await;
        assert!(seen.edited_at.is_some() && seen.before.len() == 1 && seen.before[0].1.contains("First words"), "{seen:?}");
        assert!(post(&writer, "all", 1, 1).await.before.is_empty());

        save_post(&other, &theirs, 1).await.unwrap();
        assert_eq!(saved(&other, "").await.unwrap().posts.len(), 1);
        assert_eq!(withdraw_post(&other, &theirs, 1).await, Err(AppError::NotFound));
        withdraw_post(&writer, &thread, 1).await.unwrap();
        assert_eq!(withdraw_post(&writer, &thread, 1).await, Err(AppError::NotFound));
        let gone = post(&other, "all", 1, 1).await;
        assert!(gone.is_withdrawn && gone.html.is_empty() && gone.before.is_empty(), "{gone:?}");
        assert_eq!(feed(&other, "", false).await.unwrap().earlier[0].excerpt, "");
        assert!(saved(&other, "").await.unwrap().posts.is_empty());
        assert_eq!(post_to_change(&writer, &thread, 1).await, Err(AppError::NotFound));
    }

    async fn a_locked_thread_takes_no_reply_and_only_who_looks_after_the_space_locks(fixture: Fixture) {
        let all = space(fixture, "all", SpaceKind::Centre, "").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        look_after(fixture, all, ruth).await;
        let (ruth, amina) = (at(fixture, 0, ruth, Role::Supervisor), at(fixture, 0, amina, Role::Practitioner));
        start(&amina, "all", "Endings", "First words").await.unwrap();
        let (hers, theirs) = (opened(&ruth, "all", 1).await.unwrap(), opened(&amina, "all", 1).await.unwrap());
        assert_eq!(steer_thread(&amina, &theirs, Steer::Lock).await, Err(AppError::NotFound));
        steer_thread(&ruth, &hers, Steer::Lock).await.unwrap();
        // The thread was open when they began to write.
        let refused = reply(&amina, &theirs, None, &words("Too late")).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("still in the box"), "{refused}");
        steer_thread(&ruth, &hers, Steer::Unlock).await.unwrap();
        assert_eq!(reply(&amina, &theirs, None, &words("In time")).await, Ok(Some(2)));
        steer_thread(&ruth, &hers, Steer::Pin).await.unwrap();
        start(&amina, "all", "Later", "Another").await.unwrap();
        let shown = space_shown(&amina, &open_space(&amina, "all").await.unwrap(), "").await.unwrap();
        assert_eq!(shown.threads.iter().map(|thread| thread.title.as_str()).collect::<Vec<_>>(), ["Endings", "Later"]);
    }

    async fn whoever_makes_a_space_says_who_looks_after_it_and_reads_nothing_by_it(fixture: Fixture) {
        const EMAIL: &str = "SELECT email FROM person WHERE id = $1";
        let (sian, ruth) = (
            person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await,
            person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await,
        );
        let database = &fixture.database;
        let email: String = on!(database, pool => sqlx::query_scalar(EMAIL).bind(ruth).fetch_one(pool).await).unwrap();
        let form = |name: &str, moderators: &str| SpaceForm { name: name.to_owned(), moderators: moderators.to_owned(), ..SpaceForm::default() }.check().unwrap();
        let actor = at(fixture, 0, sian, Role::Coordinator);
        let whom = (SpaceKind::Intervention, "vig");
        assert_eq!(make_space(&actor, whom, &form("VIG", &email)).await.unwrap(), "vig");
        for taken in ["V.I.G".replace('.', "").as_str(), "Saved", "Group of all"] {
            assert_eq!(make_space(&actor, whom, &form(taken, &email)).await.unwrap_err().status(), 422, "{taken}");
        }
        let unknown = make_space(&actor, whom, &form("Other", &format!("{email}\nnobody@council.example"))).await.unwrap_err();
        assert!(matches!(&unknown, AppError::Invalid(problems) if problems[0].message.starts_with("Address 2")), "{unknown:?}");
        assert_eq!(open_space(&actor, "vig").await.unwrap_err(), AppError::NotFound);
        assert!(open_space(&at(fixture, 0, ruth, Role::Supervisor), "vig").await.unwrap().is_moderator());
        change_space(&actor, ("vig", 1), &form("Clips", &email)).await.unwrap();
        assert_eq!(change_space(&actor, ("vig", 1), &form("Again", &email)).await.unwrap_err().status(), 409);
        let kept = kept_space(&actor, "vig").await.unwrap();
        assert_eq!((kept.name.as_str(), kept.moderators, kept.version), ("Clips", vec![email], 2));
    }

    async fn a_space_is_still_saved_while_the_word_of_an_authority_is_waited_for_and_nobody_new_of_whom_it_is_looks_after_it(fixture: Fixture) {
        const EMAIL: &str = "SELECT email FROM person WHERE id = $1";
        let mut transaction = fixture.database.begin().await.unwrap();
        crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let mut emails: Vec<String> = Vec::new();
        for name in ["Ruth", "Nadia"] {
            let supervisor = person(fixture, name, "Adeyemi", &[Role::Supervisor]).await;
            let database = &fixture.database;
            emails.push(on!(database, pool => sqlx::query_scalar(EMAIL).bind(supervisor).fetch_one(pool).await).unwrap());
        }
        let form = |moderators: &str| SpaceForm { name: "VIG".to_owned(), moderators: moderators.to_owned(), ..SpaceForm::default() }.check().unwrap();
        let actor = at(fixture, 0, sian, Role::Coordinator);
        make_space(&actor, (SpaceKind::Intervention, "vig"), &form(&emails[0])).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query("UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = 'bradford') WHERE family_name = 'Adeyemi'")
            .execute(pool).await.map(|_| ()))
        .unwrap();

        change_space(&actor, ("vig", 1), &form(&emails[0])).await.unwrap();
        assert_eq!(change_space(&actor, ("vig", 2), &form(&emails.join("\n"))).await.unwrap_err().status(), 422);
        assert_eq!(kept_space(&actor, "vig").await.unwrap().moderators, [emails[0].clone()]);
    }

    async fn those_who_write_at_once_are_numbered_one_after_the_other(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let actor = at(fixture, 0, amina, Role::Practitioner);
        let all = open_space(&actor, "all").await.unwrap();
        let text = words("At once");
        let (one, two, three) =
            tokio::join!(start_thread(&actor, &all, "One", &text), start_thread(&actor, &all, "Two", &text), start_thread(&actor, &all, "Three", &text));
        let mut numbers = [one.unwrap(), two.unwrap(), three.unwrap()].map(Option::unwrap);
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3]);
        let thread = opened(&actor, "all", 1).await.unwrap();
        let (one, two, three) = tokio::join!(reply(&actor, &thread, Some(1), &text), reply(&actor, &thread, Some(9), &text), reply(&actor, &thread, None, &text));
        let mut numbers = [one.unwrap(), two.unwrap(), three.unwrap()].map(Option::unwrap);
        numbers.sort_unstable();
        assert_eq!(numbers, [2, 3, 4]);
        let shown = read(&actor, "all", 1, "").await.shown;
        assert_eq!(shown.iter().filter_map(|post| post.quoted.clone()).collect::<Vec<_>>(), [(1, "Amina R.".to_owned())]);
    }

    async fn a_draft_is_found_on_another_device_by_its_writer_alone_and_is_gone_once_it_is_posted(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (writer, other) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 0, tom, Role::Practitioner));
        start(&writer, "all", "Endings", "First words").await.unwrap();
        let thread = opened(&writer, "all", 1).await.unwrap();
        for text in ["I had *six*", "I had *six* good visits"] {
            keep_draft(&writer, &Desk::Reply(thread.id()), &Begun { title: "", text, is_unnamed: false }).await.unwrap();
        }
        let elsewhere = writer.clone().on_device(new_id());
        let draft = read(&elsewhere, "all", 1, "").await.draft.unwrap();
        assert_eq!((draft.source.as_str(), draft.html.as_str()), ("I had *six* good visits", "<p>I had <em>six</em> good visits</p>\n"));
        assert!(read(&other, "all", 1, "").await.draft.is_none());
        answer(&writer, "all", 1, "I had *six* good visits").await.unwrap();
        assert!(read(&writer, "all", 1, "").await.draft.is_none());
        keep_draft(&writer, &Desk::Change(thread.id(), 1), &Begun { title: "", text: "Other words", is_unnamed: false }).await.unwrap();
        drop_draft(&writer, &Desk::Change(thread.id(), 1)).await.unwrap();
        assert!(post_to_change(&writer, &thread, 1).await.unwrap().draft.is_none());
    }

    async fn a_window_that_was_left_open_writes_over_no_newer_draft_and_brings_none_back(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let writer = at(fixture, 0, amina, Role::Practitioner);
        start(&writer, "all", "Endings", "First words").await.unwrap();
        let desk = Desk::Reply(opened(&writer, "all", 1).await.unwrap().id());
        let begun = |text| Begun { title: "", text, is_unnamed: false };
        assert_eq!(keep_typed(&writer, &desk, &begun("One"), 0).await, Ok(1));
        assert_eq!(keep_typed(&writer, &desk, &begun("One, two"), 1).await, Ok(2));
        for stale in [0, 1] {
            assert!(matches!(keep_typed(&writer, &desk, &begun("Old"), stale).await, Err(AppError::Conflict(_))));
        }
        assert_eq!(draft_at(&writer, &desk).await.unwrap().map(|draft| (draft.source, draft.kept)), Some(("One, two".to_owned(), 2)));
        // A button is pressed by somebody who sees what they keep.
        keep_draft(&writer, &desk, &begun("Pressed")).await.unwrap();
        assert!(matches!(keep_typed(&writer, &desk, &begun("One, two, three"), 2).await, Err(AppError::Conflict(_))));
        answer(&writer, "all", 1, "Pressed").await.unwrap();
        assert!(matches!(keep_typed(&writer, &desk, &begun("Pressed, and more"), 3).await, Err(AppError::Conflict(_))));
        assert_eq!(draft_at(&writer, &desk).await, Ok(None));
        assert_eq!(keep_typed(&writer, &desk, &begun("Another"), 0).await, Ok(1));
        assert_eq!(keep_typed(&writer, &desk, &begun("  "), 1).await, Ok(0));
    }

    async fn only_those_who_can_read_it_are_meant_in_a_text(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let slug = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina], GroupKind::Group).await).await);
        let (ruth_code, tom_code) = (code_of(fixture, ruth).await, code_of(fixture, tom).await);
        let writer = at(fixture, 0, amina, Role::Practitioner);
        start(&writer, &slug, "Thank you", &format!("To @{ruth_code} and @{tom_code}")).await.unwrap();
        let reader = at(fixture, 1, ruth, Role::Supervisor);
        assert!(feed(&reader, "", false).await.unwrap().new[0].mentions_reader);
        let html = post(&reader, &slug, 1, 1).await.html;
        assert!(html.contains(">Ruth A.</span>") && html.contains(&format!("@{tom_code}")) && !html.contains("Tom"), "{html}");
        let database = &fixture.database;
        let meant: Vec<PersonId> = on!(database, pool => sqlx::query_scalar("SELECT person_id FROM mention").fetch_all(pool).await).unwrap();
        assert_eq!(meant, [ruth]);
    }

    async fn a_thread_of_five_thousand_replies_opens_at_the_first_that_is_new(fixture: Fixture) {
        const POSTS: &str = "\
WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5001)
INSERT INTO post (thread_id, number, author_id, source, html, written_at, version)
SELECT $1, n, $2, 'x', '<p>x</p>', $3, 1 FROM numbers";

        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (writer, reader) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 2, tom, Role::Practitioner));
        start(&writer, "all", "Endings", "First words").await.unwrap();
        let thread = opened(&writer, "all", 1).await.unwrap().id();
        fill(fixture, POSTS, thread, amina).await;
        let shown = read(&reader, "all", 1, "").await;
        assert_eq!((shown.page, shown.pages, shown.new, shown.shown.len()), (1, 100, 5_000, 51));
        // The address of the thread only leads on: what is read is a page.
        assert_eq!(read(&reader, "all", 1, "").await.page, 1);
        assert_eq!(read(&reader, "all", 1, "1").await.shown.iter().filter(|post| post.is_new).count(), 51);
        let shown = read(&reader, "all", 1, "").await;
        assert_eq!((shown.page, shown.new), (2, 4_950));
        assert_eq!(read(&reader, "all", 1, "100").await.shown.last().unwrap().number, 5_001);
        let thread = opened(&reader, "all", 1).await.unwrap();
        // A page that was opened while there was no second one stays that page, and shows what opening it shows.
        let again = thread_shown(&reader, &thread, "", true).await.unwrap();
        assert_eq!((again.page, again.shown), (1, read(&reader, "all", 1, "1").await.shown));
        for nowhere in ["0", "101", "-1", "x"] {
            assert_eq!(thread_shown(&reader, &thread, nowhere, false).await, Err(AppError::NotFound));
        }
    }

    async fn the_feed_goes_on_where_it_ended_and_leaves_nothing_out(fixture: Fixture) {
        space(fixture, "all", SpaceKind::Centre, "").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        for place in 0..75_i64 {
            // Three at a time stand at the same moment.
            start(&at(fixture, place / 3, amina, Role::Practitioner), "all", &format!("Thread {place}"), "Words").await.unwrap();
        }
        let reader = at(fixture, 60, tom, Role::Practitioner);
        read(&reader, "all", 1, "").await;
        let (mut seen, mut before, mut parts) = (Vec::new(), String::new(), 0);
        loop {
            let part = feed(&reader, &before, false).await.unwrap();
            seen.extend(part.new.iter().chain(&part.earlier).map(|thread| thread.number));
            parts += 1;
            match part.next {
                Some(next) => before = next,
                None => break,
            }
        }
        assert_eq!((seen.len(), parts), (75, 4));
        assert_eq!(seen.last(), Some(&1), "what is read stands below what is new");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 75);
    }
}

async fn fill(fixture: &Fixture, posts: &'static str, thread: ThreadId, author: PersonId) {
    const COUNT: &str = "UPDATE thread SET posts = 5001 WHERE id = $1";

    let moment: chrono::DateTime<Utc> = fixture.now() + TimeDelta::minutes(1);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(posts).bind(thread).bind(author).bind(moment).execute(pool).await.map(|_| ())).unwrap();
    on!(database, pool => sqlx::query(COUNT).bind(thread).execute(pool).await.map(|_| ())).unwrap();
}

#[tokio::test]
async fn the_feed_is_read_in_its_order_and_never_sorted() {
    let fixture = Fixture::on_sqlite().await;
    let Database::Sqlite(pool) = &fixture.database else { unreachable!("the fixture is on SQLite") };
    for (statement, row, index) in
        [(WITH_NEW, "h", "thread_by_activity"), (WITHOUT_NEW, "h", "thread_by_activity"), (UNPINNED, "t", "thread_of_space")]
    {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(pool).await.unwrap();
        // The part that is asked for begins where it begins: what stands before it is not gone through.
        let walk = plan.iter().find(|(.., step)| step.contains(&format!(" {row} USING INDEX {index}")) && step.contains("last_at<?"));
        let Some((_, parent, ..)) = walk else { panic!("{plan:#?}") };
        // Where enough are found first, those few are put in order once more; nothing else is.
        let is_sorted = |(_, within, _, step): &(i64, i64, i64, String)| within == parent && step.contains("FOR ORDER BY");
        assert!(!plan.iter().any(is_sorted), "{plan:#?}");
        assert!(!plan.iter().any(|(.., step)| step == "SCAN np" || step == "SCAN w" || step == "SCAN k" || step == "SCAN m"), "{plan:#?}");
    }
}
