//! What reading other calendars promises, on both databases.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Premises, Role, System, system};
use crate::busy::jobs::read_other_calendars;
use crate::busy::{BusyBlock, CalendarAddress, NotFetched, OtherCalendar, Outcome};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, on};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::sessions::fixture::meeting;

const CALENDAR: &str = "\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Dentist with Tom
LOCATION:High Street
DTSTART:20261023T080000Z
DTEND:20261023T090000Z
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=Somewhere else:20261024T080000
END:VEVENT
END:VCALENDAR
";

fn job(fixture: &Fixture, moment: DateTime<Utc>) -> System {
    let premises = Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(moment),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "busy times are read")
}

fn address(path: &str) -> CalendarAddress {
    CalendarAddress::of(&format!("https://calendar.example.org/{path}")).unwrap()
}

async fn ruth(fixture: &Fixture) -> Actor {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    fixture.actor(ruth, &[Role::Supervisor])
}

/// Reads what is due at a moment, which is this, and answers how many were tried.
async fn read_at(fixture: &Fixture, moment: DateTime<Utc>, answer: Result<&str, NotFetched>) -> u64 {
    let answer = answer.map(|text| text.as_bytes().to_vec());
    read_other_calendars(&job(fixture, moment), |_| std::future::ready(answer.clone())).await.unwrap()
}

async fn calendar_of(fixture: &Fixture, person: PersonId) -> Option<OtherCalendar> {
    other_calendar_of(&mut fixture.snapshot().await, person).await.unwrap()
}

async fn blocks_of(fixture: &Fixture, person: PersonId) -> Vec<BusyBlock> {
    let all = (fixture.now() - TimeDelta::days(9_999), fixture.now() + TimeDelta::days(9_999));
    let mut moment = fixture.snapshot().await;
    let own = busy_blocks(&mut moment, Whose::Person(person), all).await.unwrap().remove(&person).unwrap_or_default();
    let among_all = busy_blocks(&mut moment, Whose::Everybody, all).await.unwrap().remove(&person).unwrap_or_default();
    assert_eq!(own, among_all);
    own
}

/// Everything that is stored of another calendar, and what the audit log says of it, as text.
async fn all_that_is_stored(fixture: &Fixture) -> String {
    const CALENDARS: &str = "SELECT address, outcome FROM other_calendar";
    const AUDIT: &str = "SELECT action, detail FROM audit_entry";
    let database = &fixture.database;
    let calendars: Vec<(String, String)> = on!(database, pool => sqlx::query_as(CALENDARS).fetch_all(pool).await).unwrap();
    let audit: Vec<(String, String)> = on!(database, pool => sqlx::query_as(AUDIT).fetch_all(pool).await).unwrap();
    format!("{calendars:?} {audit:?}")
}

both_databases! {
    async fn only_busy_times_are_kept_of_another_calendar_and_nothing_once_it_is_forgotten(fixture: Fixture) {
        let ruth = ruth(fixture).await;
        add_calendar(&ruth, &address("secret.ics")).await.unwrap();
        assert_eq!(calendar_of(fixture, ruth.person()).await.unwrap().outcome, Outcome::Waiting);
        assert_eq!(read_at(fixture, fixture.now(), Ok(CALENDAR)).await, 1);

        let block = BusyBlock { starts_at: "2026-10-23T08:00:00Z".parse().unwrap(), ends_at: "2026-10-23T09:00:00Z".parse().unwrap() };
        assert_eq!(blocks_of(fixture, ruth.person()).await, [block]);
        let shown = calendar_of(fixture, ruth.person()).await.unwrap();
        let expected = OtherCalendar { host: "calendar.example.org".to_owned(), outcome: Outcome::Read, read_at: Some(fixture.now()), not_understood: 1 };
        assert_eq!(shown, expected, "the address is not among what is shown");
        let stored = all_that_is_stored(fixture).await;
        assert!(!stored.contains("Dentist") && !stored.contains("High Street"), "{stored}");

        forget_calendar(&ruth).await.unwrap();
        assert_eq!((calendar_of(fixture, ruth.person()).await, blocks_of(fixture, ruth.person()).await), (None, Vec::new()));
        let stored = all_that_is_stored(fixture).await;
        assert!(stored.contains("forget_other_calendar") && !stored.contains("example.org"), "the audit log names no address: {stored}");
    }

    async fn what_cannot_be_read_leaves_what_was_known_says_why_and_rests_for_two_hours(fixture: Fixture) {
        let ruth = ruth(fixture).await;
        add_calendar(&ruth, &address("x.ics")).await.unwrap();
        read_at(fixture, fixture.now(), Ok(CALENDAR)).await;
        let mut moment = fixture.now();
        let endless = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(20_001));
        for (answer, outcome) in [
            (Err(NotFetched::NotReached), Outcome::NotReached),
            (Err(NotFetched::Refused), Outcome::Refused),
            (Err(NotFetched::SentElsewhere), Outcome::SentElsewhere),
            (Err(NotFetched::TooLarge), Outcome::TooLarge),
            (Ok(endless.as_str()), Outcome::TooLarge),
            (Ok("<h1>Sign in</h1>"), Outcome::NotACalendar),
        ] {
            assert_eq!(read_at(fixture, moment + TimeDelta::minutes(119), answer).await, 0);
            moment += TimeDelta::hours(2);
            assert_eq!(read_at(fixture, moment, answer).await, 1);
            let shown = calendar_of(fixture, ruth.person()).await.unwrap();
            assert_eq!((shown.outcome, shown.read_at), (outcome, Some(fixture.now())));
            assert_eq!(blocks_of(fixture, ruth.person()).await.len(), 1);
        }
        // Whoever does not want to wait need not.
        read_calendar_again(&fixture.actor_at(moment, ruth.person(), &[Role::Supervisor])).await.unwrap();
        assert_eq!(read_at(fixture, moment, Ok("BEGIN:VCALENDAR\nEND:VCALENDAR\n")).await, 1);
        assert_eq!(calendar_of(fixture, ruth.person()).await.unwrap().outcome, Outcome::Read);
        assert_eq!(blocks_of(fixture, ruth.person()).await, []);
    }

    async fn two_processes_at_once_read_a_calendar_once(fixture: Fixture) {
        let ruth = ruth(fixture).await;
        add_calendar(&ruth, &address("x.ics")).await.unwrap();
        let (first, second) = (job(fixture, fixture.now()), job(fixture, fixture.now()));
        let (first, second) = tokio::join!(take_due(&first), take_due(&second));
        assert_eq!([first, second].iter().filter(|taken| taken.as_ref().unwrap().is_some()).count(), 1);
    }

    async fn another_address_forgets_what_came_from_the_one_before_also_where_that_is_still_being_read(fixture: Fixture) {
        let ruth = ruth(fixture).await;
        add_calendar(&ruth, &address("old.ics")).await.unwrap();
        let system = job(fixture, fixture.now());
        let taken = take_due(&system).await.unwrap().unwrap();
        add_calendar(&ruth, &address("new.ics")).await.unwrap();
        let busy = calendar_files::Busy { starts_at: fixture.now(), ends_at: fixture.now() + TimeDelta::hours(1) };
        store_blocks(&system, &taken, &calendar_files::BusyTimes { blocks: vec![busy], not_understood: 0 }).await.unwrap();
        note_outcome(&system, &taken, Outcome::Refused).await.unwrap();
        assert_eq!(blocks_of(fixture, ruth.person()).await, []);
        assert_eq!(calendar_of(fixture, ruth.person()).await.unwrap().outcome, Outcome::Waiting);
        assert_eq!(take_due(&system).await.unwrap().unwrap().address, address("new.ics"));
    }

    async fn nothing_is_read_for_whoever_can_lead_no_session(fixture: Fixture) {
        const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
        const RETIRE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = 'supervisor'";
        let database = &fixture.database;
        for gone in [SUSPEND, RETIRE] {
            let ruth = ruth(fixture).await;
            add_calendar(&ruth, &address("x.ics")).await.unwrap();
            on!(database, pool => sqlx::query(gone).bind(ruth.person()).execute(pool).await.map(|_| ())).unwrap();
            assert!(take_due(&job(fixture, fixture.now())).await.unwrap().is_none());
        }
    }

    async fn a_session_of_ours_in_another_calendar_is_not_another_engagement(fixture: Fixture) {
        let meeting = meeting(fixture, fixture.now() + TimeDelta::days(1)).await;
        let ruth = fixture.actor(meeting.ruth, &[Role::Supervisor]);
        add_calendar(&ruth, &address("x.ics")).await.unwrap();
        let event = |uid: &str, day: u32| {
            format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:202610{day}T080000Z\nDTEND:202610{day}T093000Z\nEND:VEVENT\n")
        };
        let ours = event(&meeting.session.0.to_string().to_uppercase(), 23);
        let calendar = format!("BEGIN:VCALENDAR\n{ours}{}END:VCALENDAR\n", event("dentist@example.org", 26));
        read_at(fixture, fixture.now(), Ok(&calendar)).await;
        let starts: Vec<String> = blocks_of(fixture, meeting.ruth).await.iter().map(|block| block.starts_at.to_string()).collect();
        assert_eq!(starts, ["2026-10-26 08:00:00 UTC"]);
    }
}
