use std::net::Ipv4Addr;

use super::*;
use crate::access::{Premises, Role, Visit, system};
use crate::database::Clock;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::new_id;
use crate::digest::jobs::send_digests;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::people::fixture::person;
use crate::spaces::store::{OpenedThread, mute_thread, open_space, open_thread, reply, start_thread, thread_shown};
use crate::spaces::{ThreadAddress, Written};

/// Monday 26 October 2026, the first after the clocks went back: half past seven is so in Universal Time as well.
const MONDAY: &str = "2026-10-26T07:30:00Z";
/// Friday 23 October 2026, half past seven in summer time.
const FRIDAY: &str = "2026-10-23T06:30:00Z";

fn moment(at: &str) -> DateTime<Utc> {
    at.parse().unwrap()
}

fn program(fixture: &Fixture, at: &str) -> System {
    system(&premises(fixture, at), "a test")
}

fn premises(fixture: &Fixture, at: &str) -> Premises {
    let clock = Clock::Fixed(moment(at));
    Premises { database: fixture.database.clone(), clock, is_demonstration: false, origin: "https://reverie.example".into() }
}

fn anyone(fixture: &Fixture, at: &str) -> Anyone {
    Anyone::in_test(Visit::new(&premises(fixture, at), Ipv4Addr::LOCALHOST.into(), ""))
}

async fn space(fixture: &Fixture, slug: &str) {
    const INSERT: &str =
        "INSERT INTO space (id, slug, name, about, kind, subject, created_at, version) VALUES ($1, $2, $2, '', 'centre', '', $3, 1)";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(INSERT).bind(new_id()).bind(slug).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

async fn wants(actor: &Actor, slug: &str, rhythm: Option<Rhythm>) {
    choose(actor, &[(slug.to_owned(), rhythm)].into()).await.unwrap();
}

async fn start(actor: &Actor, slug: &str, title: &str) -> OpenedThread {
    let space = open_space(actor, slug).await.unwrap();
    let number = start_thread(actor, &space, title, &Written::of("Words that no letter holds.").unwrap()).await.unwrap().unwrap();
    let address = ThreadAddress { space: slug.to_owned(), number: number.to_string(), page: String::new() };
    open_thread(actor, &address).await.unwrap()
}

async fn answer(actor: &Actor, thread: &OpenedThread) {
    reply(actor, thread, None, &Written::of("An answer.").unwrap()).await.unwrap();
}

/// Every digest with its subject and the address at which it stops, in the order in which they were written.
async fn letters(fixture: &Fixture) -> Vec<(String, String, String)> {
    const LETTERS: &str = "SELECT subject, body, stops_at FROM message WHERE stops_at IS NOT NULL ORDER BY created_at, id";
    on!(&fixture.database, pool => sqlx::query_as(LETTERS).fetch_all(pool).await).unwrap()
}

both_databases! {
    async fn a_digest_holds_what_is_new_to_its_reader_once_and_where_there_is_nothing_there_is_none(fixture: Fixture) {
        space(fixture, "endings").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let at = |minutes, person| fixture.actor_at(fixture.now() + TimeDelta::minutes(minutes), person, &[Role::Practitioner]);
        let (reader, writer) = (at(0, amina), at(10, tom));
        start(&at(-60, tom), "endings", "Before it was asked for").await;
        wants(&reader, "endings", Some(Rhythm::Daily)).await;
        for title in ["Waiting", "Muted", "Read"] {
            let thread = start(&writer, "endings", title).await;
            answer(&at(11, tom), &thread).await;
        }
        start(&at(10, amina), "endings", "Her own").await;
        let opened = async |number: &str| {
            let address = ThreadAddress { space: "endings".to_owned(), number: number.to_owned(), page: String::new() };
            open_thread(&at(20, amina), &address).await.unwrap()
        };
        mute_thread(&at(20, amina), &opened("3").await).await.unwrap();
        thread_shown(&at(20, amina), &opened("4").await, "1", false).await.unwrap();
        // Not a minute too early, and once, whatever number of processes there are.
        assert_eq!(send_digests(&program(fixture, "2026-10-23T06:29:00Z")).await, Ok(0));
        let (one, other) = (program(fixture, FRIDAY), program(fixture, FRIDAY));
        let (one, other) = tokio::join!(send_digests(&one), send_digests(&other));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        let [(subject, body, _)] = letters(fixture).await.try_into().unwrap();
        assert_eq!(subject, "New in the community, Friday 23 October");
        assert!(body.contains("endings\nWaiting\n2 new posts: https://reverie.example/community/endings/2\n"), "{body}");
        for absent in ["Before it", "Muted", "Read\n", "Her own", "Words that", "An answer", "Tom", "closed"] {
            assert!(!body.contains(absent), "{absent}: {body}");
        }
        // What was written just then is told the next day, and not again on the day after.
        let late = fixture.actor_at(moment("2026-10-23T06:29:30Z"), tom, &[Role::Practitioner]);
        start(&late, "endings", "Just now").await;
        for (day, written) in [("2026-10-24T06:30:00Z", 1), ("2026-10-25T07:30:00Z", 0), (MONDAY, 0)] {
            assert_eq!(send_digests(&program(fixture, day)).await, Ok(written), "{day}");
        }
        assert!(letters(fixture).await[1].1.contains("Just now\n1 new post: "));
    }

    async fn of_a_closed_space_a_digest_says_that_there_is_something_and_of_one_that_was_left_nothing(fixture: Fixture) {
        const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-23' WHERE person_id = $1";
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        const OTHER_ROLE: &str = "UPDATE person_role SET role = 'evaluator' WHERE person_id = $1";

        space(fixture, "all").await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let own = slug_of(fixture, group(fixture, ruth, &[amina, tom], GroupKind::Group).await).await;
        let slug = format!("group-{own}");
        let (amina_now, tom_now) = (fixture.actor(amina, &[Role::Practitioner]), fixture.actor(tom, &[Role::Practitioner]));
        for reader in [&amina_now, &tom_now] {
            wants(reader, &slug, Some(Rhythm::Weekly)).await;
            wants(reader, "all", Some(Rhythm::Weekly)).await;
        }
        let ruth_later = fixture.actor_at(fixture.now() + TimeDelta::hours(1), ruth, &[Role::Supervisor]);
        start(&ruth_later, &slug, "Only among us").await;
        on!(&fixture.database, pool => sqlx::query(LEAVE).bind(tom).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(send_digests(&program(fixture, FRIDAY)).await, Ok(0), "it is weekly");
        assert_eq!(send_digests(&program(fixture, MONDAY)).await, Ok(1), "whoever has left the group is told nothing of it");
        let [(subject, body, _)] = letters(fixture).await.try_into().unwrap();
        assert!(body.contains("There is something new in a closed space of yours"), "{body}");
        let all = format!("{subject}\n{body}").to_lowercase();
        for secret in ["only among us", "words that", own.as_str(), "group", "ruth"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        // Whoever is not in the community any more, or is suspended, is told nothing and catches up with nothing.
        start(&fixture.actor_at(moment("2026-10-27T09:00:00Z"), ruth, &[Role::Supervisor]), "all", "A week later").await;
        for (statement, who) in [(SUSPEND, amina), (OTHER_ROLE, tom)] {
            on!(&fixture.database, pool => sqlx::query(statement).bind(who).execute(pool).await.map(|_| ())).unwrap();
        }
        assert_eq!(send_digests(&program(fixture, "2026-11-02T07:30:00Z")).await, Ok(0));
    }

    async fn a_digest_is_stopped_by_its_link_without_signing_in_as_often_as_somebody_likes(fixture: Fixture) {
        space(fixture, "all").await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let reader = fixture.actor(amina, &[Role::Practitioner]);
        wants(&reader, "all", Some(Rhythm::Daily)).await;
        start(&fixture.actor_at(fixture.now() + TimeDelta::minutes(1), tom, &[Role::Practitioner]), "all", "First").await;
        assert_eq!(send_digests(&program(fixture, FRIDAY)).await, Ok(1));
        let [(_, body, link)] = letters(fixture).await.try_into().unwrap();
        assert!(body.contains(&format!("without signing in: {link}")), "{body}");
        let token = link.strip_prefix("https://reverie.example/digest/").unwrap();
        let hashes: Vec<Vec<u8>> =
            on!(&fixture.database, pool => sqlx::query_scalar("SELECT token_hash FROM digest_link").fetch_all(pool).await).unwrap();
        assert_eq!(hashes, [crate::access::digest(token)], "what is stored opens nothing");
        let world = anyone(fixture, FRIDAY);
        assert_eq!(to_stop(&world, token).await, Ok(ToStop::Digest));
        stop(&world, "nobodys").await.unwrap();
        for _ in 0..2 {
            stop(&world, token).await.unwrap();
            assert_eq!(to_stop(&world, token).await, Ok(ToStop::Nothing));
        }
        assert_eq!(digests_of(&reader).await.unwrap().iter().map(|line| line.rhythm).collect::<Vec<_>>(), [None]);
        assert_eq!([to_stop(&world, "nobodys").await, to_stop(&anyone(fixture, "2027-10-25T07:30:00Z"), token).await], [Ok(ToStop::Unknown), Ok(ToStop::Unknown)]);
        // Whoever wants it again begins anew, and what was sent keeps no link.
        wants(&fixture.actor_at(moment("2026-10-24T09:00:00Z"), amina, &[Role::Practitioner]), "all", Some(Rhythm::Weekly)).await;
        assert_eq!(send_digests(&program(fixture, MONDAY)).await, Ok(0));
        let left = crate::messages::jobs::send_next(&program(fixture, MONDAY), async |_| Ok(())).await.unwrap();
        assert!(left.is_some() && letters(fixture).await.is_empty());
    }
}

#[test]
fn a_digest_leaves_at_half_past_seven_of_uk_time_on_the_next_day_or_monday() {
    for (now, daily, weekly) in [
        ("2026-10-23T06:29:00Z", FRIDAY, MONDAY),
        (FRIDAY, "2026-10-24T06:30:00Z", MONDAY),
        ("2026-10-24T12:00:00Z", "2026-10-25T07:30:00Z", MONDAY),
        ("2026-10-26T07:29:00Z", MONDAY, MONDAY),
        (MONDAY, "2026-10-27T07:30:00Z", "2026-11-02T07:30:00Z"),
    ] {
        let due = [Rhythm::Daily, Rhythm::Weekly].map(|rhythm| next_due(rhythm, moment(now)));
        assert_eq!(due, [moment(daily), moment(weekly)], "{now}");
    }
}
