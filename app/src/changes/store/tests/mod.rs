//! What holds of changes on both databases.

mod fitting;
mod history;
mod leaders;
mod shading;
mod undoing;

use ::series::timetable::Scope;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::access::{Actor, Premises, Role, System, system};
use crate::changes::answers::Preview;
use crate::changes::forms::{ALL, ChangeForm, DetailsForm, FOLLOWING, THIS, Times, TimesForm};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, code, new_id, on};
use crate::error::AppError;
use crate::groups::fixture::{code_of, group};
use crate::groups::{CancelReason, GroupId, GroupKind};
use crate::people::PersonId;
use crate::people::fixture::person;

/// A group of two that Ruth leads, which meets on four Thursdays at 10:00 from a week after the test on; the clocks go back before the first.
struct Running {
    ruth: PersonId,
    amina: PersonId,
    codes: Vec<String>,
}

const FIRST: &str = "2026-10-29";

async fn running(fixture: &Fixture) -> Running {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let group = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    let codes = publish(fixture, group, Some(4)).await;
    Running { ruth, amina, codes }
}

/// Four weekly sessions from the first date on, of a series that ends with them or is open.
async fn publish(fixture: &Fixture, group: GroupId, times: Option<i64>) -> Vec<String> {
    const SERIES: &str = "\
INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, times, horizon_on, skips, published_at, version, supervisor_id)
SELECT $1, id, $3, $4, 'Europe/London', 90, 1, $5, $6, $7, $8, 1, supervisor_id
FROM supervision_group
WHERE id = $2";
    const SESSION: &str = "\
INSERT INTO session (id, code, group_id, series_id, slot, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_reason, version)
SELECT $1, $2, id, $3, $4, supervisor_id, $5, 'Europe/London', 90, $6, $7, '', 1
FROM supervision_group
WHERE id = $8";

    let (series, first) = (new_id(), FIRST.parse::<NaiveDate>().unwrap().and_hms_opt(10, 0, 0).unwrap());
    let database = &fixture.database;
    let horizon = times.is_none().then(|| first.date() + Days::new(21));
    on!(database, pool => sqlx::query(SERIES).bind(series).bind(group).bind(first.date()).bind(first.time()).bind(times).bind(horizon)
        .bind(sqlx::types::Json(Vec::<::series::Skip>::new())).bind(fixture.now()).execute(pool).await.map(|_| ()))
    .unwrap();
    let mut codes = Vec::new();
    for week in 0..4 {
        let (local, code) = (first + TimeDelta::weeks(week), code());
        let starts_at = ::series::instant(local);
        on!(database, pool => sqlx::query(SESSION).bind(new_id()).bind(&code).bind(series).bind(local.date()).bind(local).bind(starts_at)
            .bind(starts_at + TimeDelta::minutes(90)).bind(group).execute(pool).await.map(|_| ()))
        .unwrap();
        codes.push(code);
    }
    codes
}

impl Running {
    fn supervisor(&self, fixture: &Fixture) -> Actor {
        fixture.actor(self.ruth, &[Role::Supervisor])
    }

    fn code(&self, place: usize) -> &str {
        &self.codes[place]
    }
}

/// The instant at which the clocks of the United Kingdom show a time.
fn uk(local: &str) -> DateTime<Utc> {
    ::series::instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

/// Every fact of a session that anybody can see, and where it belongs.
type SessionFacts =
    (Uuid, Uuid, Option<NaiveDate>, NaiveDateTime, DateTime<Utc>, i64, PersonId, String, String, Option<DateTime<Utc>>, String);

async fn sessions(fixture: &Fixture) -> Vec<SessionFacts> {
    const SESSIONS: &str = "\
SELECT id, series_id, slot, starts_local, starts_at, length_minutes, supervisor_id, place, title, cancelled_at, cancelled_reason
FROM session
ORDER BY id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(SESSIONS).fetch_all(pool).await).unwrap()
}

/// The clock of each session, in the order in which they were made: "29 Oct 10:00", or "-" where it is cancelled.
async fn clocks(fixture: &Fixture) -> Vec<String> {
    let show = |session: SessionFacts| if session.9.is_some() { "-".to_owned() } else { session.3.format("%-d %b %H:%M").to_string() };
    sessions(fixture).await.into_iter().map(show).collect()
}

async fn messages(fixture: &Fixture) -> Vec<(PersonId, String, String, DateTime<Utc>)> {
    const MESSAGES: &str = "\
SELECT person_id, subject, body, due_at
FROM message
WHERE subject NOT LIKE 'For your own calendar%'
ORDER BY subject, person_id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(MESSAGES).fetch_all(pool).await).unwrap()
}

async fn attendance(fixture: &Fixture) -> Vec<(PersonId, bool, Option<String>)> {
    const LINES: &str = "SELECT person_id, apologies_at IS NOT NULL, state FROM attendance ORDER BY session_id, person_id";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LINES).fetch_all(pool).await).unwrap()
}

async fn send_apologies(fixture: &Fixture, code: &str, who: PersonId) {
    const SEND: &str = "\
INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason)
SELECT id, $2, $3, ''
FROM session
WHERE code = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SEND).bind(code).bind(who).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

fn times(scope: &str, starts_on: &str, starts_time: &str, length: &str) -> TimesForm {
    TimesForm {
        scope: scope.to_owned(),
        starts_on: starts_on.to_owned(),
        starts_time: starts_time.to_owned(),
        length_minutes: length.to_owned(),
        ..TimesForm::default()
    }
}

async fn preview(actor: &Actor, code: &str, form: &TimesForm) -> Result<Preview, Vec<crate::error::Problem>> {
    times_page(actor, code, form).await.map(|(_, preview)| preview)
}

/// What the page answers a form of times: how it would be saved, and what that comes to.
async fn times_page(actor: &Actor, code: &str, form: &TimesForm) -> Result<(TimesForm, Preview), Vec<crate::error::Problem>> {
    let session = open_to_change(actor, code).await.unwrap();
    let times = TimesForm { session: code.to_owned(), ..form.clone() };
    let page = change_page(actor, &session, ChangeForm { times, ..ChangeForm::default() }).await.unwrap();
    let preview = page.preview.ok_or(page.problems)?;
    Ok((TimesForm { seen: preview.seen.clone(), ..page.times }, preview))
}

/// Looks at what a form comes to, and saves that.
async fn change(actor: &Actor, code: &str, form: &TimesForm) -> Result<Stored, AppError> {
    let (form, _) = times_page(actor, code, form).await.map_err(AppError::Invalid)?;
    let session = open_to_change(actor, code).await?;
    let times: Times = form.check().map_err(AppError::Invalid)?;
    change_times(actor, &session, times, &form).await
}

/// A form as it is saved, with the mark of what it comes to now.
async fn shown(actor: &Actor, code: &str, form: TimesForm) -> TimesForm {
    times_page(actor, code, &form).await.unwrap().0
}

/// Looks at what a form of details comes to.
async fn details_page(actor: &Actor, session: &SessionToChange, form: &DetailsForm) -> crate::changes::answers::ChangePage {
    change_page(actor, session, ChangeForm { details: form.clone(), ..ChangeForm::default() }).await.unwrap()
}

/// Looks at what a form of details comes to, and saves that.
async fn change_other(actor: &Actor, session: &SessionToChange, form: &DetailsForm) -> Result<Stored, AppError> {
    let page = details_page(actor, session, form).await;
    let seen = page.details_preview.ok_or_else(|| AppError::Conflict(page.details_problems[0].message.clone()))?.seen;
    change_details(actor, session, form.check()?, &DetailsForm { seen, ..form.clone() }).await
}

async fn undo(actor: &Actor, stored: &Stored) -> Result<Undone, AppError> {
    undo_change(actor, &stored.undo().of).await
}

both_databases! {
    async fn moving_one_session_leaves_the_others_where_they_are(fixture: Fixture) {
        let running = running(fixture).await;
        send_apologies(fixture, running.code(1), running.amina).await;
        let (before, ruth) = (sessions(fixture).await, running.supervisor(fixture));
        change(&ruth, running.code(1), &times(THIS, "2026-11-06", "09:30", "90")).await.unwrap();

        let after = sessions(fixture).await;
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "6 Nov 09:30", "12 Nov 10:00", "19 Nov 10:00"]);
        for place in [0, 2, 3] {
            assert_eq!(before[place], after[place]);
        }
        let same = |session: &SessionFacts| (session.0, session.1, session.2);
        assert_eq!(same(&before[1]), same(&after[1]), "it stands for the same date of the same series");
        assert_eq!(attendance(fixture).await, [(running.amina, true, None)]);
    }

    async fn everybody_gets_one_message_ten_seconds_later_and_it_names_nobody(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        change(&ruth, running.code(0), &times(ALL, "2026-10-30", "14:00", "60")).await.unwrap();
        let messages = messages(fixture).await;
        assert_eq!(messages.len(), 2, "the two members, and not the one who changed it");
        for (person, subject, body, due_at) in messages {
            assert_ne!(person, running.ruth);
            assert_eq!(subject, "Your sessions from Thursday 29 October have changed");
            assert_eq!(due_at, fixture.now() + TimeDelta::seconds(10));
            assert!(body.contains("Thursday 29 October 2026, 10:00 to 11:30: now Friday 30 October 2026, 14:00 to 15:00"), "{body}");
            assert_eq!(body.matches(": now ").count(), 4);
            for name in ["Ruth", "Adeyemi", "Amina", "Rahman", "Tom", "Bell"] {
                assert!(!body.contains(name), "{body}");
            }
        }
    }

    async fn whoever_changes_their_own_sessions_is_sent_the_file_for_their_calendar_alone(fixture: Fixture) {
        const OWN: &str = "SELECT body, calendar FROM message WHERE person_id = $1";
        let running = running(fixture).await;
        change(&running.supervisor(fixture), running.code(1), &times(THIS, "2026-11-06", "09:30", "90")).await.unwrap();
        let database = &fixture.database;
        let own: Vec<(String, Option<String>)> =
            on!(database, pool => sqlx::query_as(OWN).bind(running.ruth).fetch_all(pool).await).unwrap();
        let [(body, Some(file))] = own.as_slice() else { panic!("{own:?}") };
        assert!(body.contains("nothing but the change for your own calendar"), "{body}");
        assert!(file.contains("RECURRENCE-ID;TZID=Europe/London:20261105T100000\r\nDTSTART;TZID=Europe/London:20261106T093000"), "{file}");
    }

    async fn no_scope_alters_what_has_begun(fixture: Fixture) {
        let running = running(fixture).await;
        let before = sessions(fixture).await;
        // Half an hour into the second session.
        let ruth = fixture.actor_at("2026-11-05T10:30:00Z".parse().unwrap(), running.ruth, &[Role::Supervisor]);
        let form = times(ALL, "2026-11-13", "09:00", "90");
        let shown = preview(&ruth, running.code(2), &form).await.unwrap();
        assert_eq!((shown.lines.len(), shown.left_alone.len()), (2, 2), "{shown:?}");
        change(&ruth, running.code(2), &form).await.unwrap();
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "5 Nov 10:00", "13 Nov 09:00", "20 Nov 09:00"]);
        assert_eq!(&before[..2], &sessions(fixture).await[..2]);
        let begun = change(&ruth, running.code(1), &times(THIS, "2026-11-20", "10:00", "90")).await.unwrap_err();
        assert!(begun.to_string().contains("look again") || begun.to_string().contains("begun"), "{begun}");
    }

    async fn whoever_saves_second_is_shown_what_it_comes_to_now(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let (one, other) = (times(ALL, "2026-10-29", "11:00", "90"), times(FOLLOWING, "2026-11-05", "16:00", "90"));
        let other = shown(&ruth, running.code(1), other).await;
        change(&ruth, running.code(0), &one).await.unwrap();
        let session = open_to_change(&ruth, running.code(1)).await.unwrap();
        let late = change_times(&ruth, &session, other.check().unwrap(), &other).await.unwrap_err();
        assert_eq!(late.status(), 409);
        assert_eq!(clocks(fixture).await, ["29 Oct 11:00", "5 Nov 11:00", "12 Nov 11:00", "19 Nov 11:00"]);
        // What was entered is shown again with what it comes to, and can then be saved.
        change(&ruth, running.code(1), &other).await.unwrap();
        assert_eq!(clocks(fixture).await, ["29 Oct 11:00", "5 Nov 16:00", "12 Nov 16:00", "19 Nov 16:00"]);
    }

    async fn two_who_save_at_once_do_not_both_succeed(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let (one, other) = (times(ALL, "2026-10-29", "11:00", "90"), times(ALL, "2026-10-29", "16:00", "90"));
        let (one, other) = (shown(&ruth, running.code(0), one).await, shown(&ruth, running.code(0), other).await);
        let session = open_to_change(&ruth, running.code(0)).await.unwrap();
        let (first, second) = tokio::join!(
            change_times(&ruth, &session, one.check().unwrap(), &one),
            change_times(&ruth, &session, other.check().unwrap(), &other),
        );
        assert_eq!([first.is_ok(), second.is_ok()].into_iter().filter(|is_ok| *is_ok).count(), 1, "{first:?} {second:?}");
        let hours: std::collections::BTreeSet<String> = clocks(fixture).await.into_iter().map(|clock| clock[clock.len() - 5..].to_owned()).collect();
        assert_eq!(hours.len(), 1, "all of one or all of the other: {hours:?}");
    }

    async fn a_move_into_the_past_and_one_that_changes_nothing_are_refused_where_they_were_asked(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        for (form, field) in [
            (times(THIS, "2026-10-21", "10:00", "90"), "starts_on"),
            (times(ALL, "2027-03-28", "01:30", "90"), "starts_time"),
            (times(FOLLOWING, "2026-10-29", "10:00", "0"), "length_minutes"),
            (times("some", "2026-10-30", "10:00", "90"), "scope"),
        ] {
            let problems = preview(&ruth, running.code(0), &form).await.unwrap_err();
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), [field]);
        }
        assert_eq!(clocks(fixture).await, ["29 Oct 10:00", "5 Nov 10:00", "12 Nov 10:00", "19 Nov 10:00"]);
    }

    async fn a_coordinator_gives_one_session_another_supervisor_and_members_are_not_told_who(fixture: Fixture) {
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let actor = fixture.actor(sian, &[Role::Coordinator]);
        let session = open_to_change(&actor, running.code(0)).await.unwrap();
        let daniels = code_of(fixture, daniel).await;
        let form = TimesForm { supervisor: daniels, was_supervisor: code_of(fixture, running.ruth).await, ..times(THIS, FIRST, "10:00", "90") };
        let shown = preview(&actor, running.code(0), &form).await.unwrap();
        let details: Vec<_> = shown.lines[0].details.iter().map(|line| (line.before.as_str(), line.after.as_str())).collect();
        assert_eq!((details, shown.told), (vec![("Ruth A.", "Daniel O.")], 4));
        let unseen = change_times(&actor, &session, form.check().unwrap(), &form).await.unwrap_err();
        assert_eq!(unseen.status(), 409, "nothing is stored that was not shown");
        change(&actor, running.code(0), &form).await.unwrap();
        let after = sessions(fixture).await;
        assert_eq!(after.iter().map(|session| session.6).collect::<Vec<_>>(), [daniel, running.ruth, running.ruth, running.ruth]);
        let told = messages(fixture).await;
        assert_eq!(told.len(), 4, "two members, who led and who will lead");
        assert!(told.iter().all(|message| message.2.contains("confidentiality covers them too") && !message.2.contains("Daniel")));
        assert!(told.iter().all(|message| message.2.contains("at the same time as before, led by somebody else")));
    }

    async fn of_two_who_change_one_title_the_second_is_told_and_what_she_left_alone_is_not_put_back(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = fixture.actor(running.ruth, &[Role::Supervisor]);
        let session = open_to_change(&ruth, running.code(0)).await.unwrap();
        let titled = |title: &str| DetailsForm { which: THIS.to_owned(), title: title.to_owned(), ..DetailsForm::default() };
        let change = async |form: &DetailsForm| change_other(&ruth, &session, form).await;
        change(&DetailsForm { place: "Room 4".to_owned(), ..titled("Review") }).await.unwrap();
        // She had opened the form before: the place that she did not touch stays, and the title that she typed is not put over another unseen.
        let refused = change(&titled("Looking back")).await.unwrap_err();
        let AppError::Conflict(sentence) = refused else { panic!("{refused:?}") };
        assert!(sentence.contains("the title is now “Review”") && !sentence.contains("Room 4"), "{sentence}");
        change(&DetailsForm { was_title: "Review".to_owned(), ..titled("Looking back") }).await.unwrap();
        let after = &sessions(fixture).await[0];
        assert_eq!((after.7.as_str(), after.8.as_str()), ("Room 4", "Looking back"));
    }

    async fn whoever_has_booked_is_told_of_their_own_session_and_gets_the_file_of_that_one_alone(fixture: Fixture) {
        const BOOK: &str = "INSERT INTO booking (session_id, person_id, place, booked_at) SELECT id, $2, 1, $3 FROM session WHERE code = $1";
        const FILES: &str = "SELECT calendar FROM message WHERE person_id = $1 AND calendar IS NOT NULL";

        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let clinic = group(fixture, ruth, &[], GroupKind::OpenClinic).await;
        let codes = publish(fixture, clinic, Some(4)).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(BOOK).bind(&codes[1]).bind(amina).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        let actor = fixture.actor(ruth, &[Role::Supervisor]);
        change(&actor, &codes[0], &times(ALL, "2026-10-30", "14:00", "60")).await.unwrap();
        let told = messages(fixture).await;
        assert_eq!(told.iter().map(|message| message.0).collect::<Vec<_>>(), [amina]);
        assert!(told[0].2.contains("Thursday 5 November 2026, 10:00 to 11:30: now Friday 6 November 2026, 14:00 to 15:00"));
        assert_eq!(told[0].2.matches(": now ").count(), 1);
        let files: Vec<String> = on!(database, pool => sqlx::query_scalar(FILES).bind(amina).fetch_all(pool).await).unwrap();
        let starts: Vec<&str> = files.iter().flat_map(|file| file.lines()).filter(|line| line.starts_with("DTSTART;TZID=")).collect();
        assert_eq!(starts, ["DTSTART;TZID=Europe/London:20261106T140000"]);
    }

    async fn a_series_without_an_end_goes_on_once_whoever_asks(fixture: Fixture) {
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let group = group(fixture, ruth, &[amina], GroupKind::Group).await;
        publish(fixture, group, None).await;
        let slug = crate::groups::fixture::slug_of(fixture, group).await;
        let version = crate::agreements::fixture::propose(fixture, &slug, ruth, 0, "We meet every week.").await;
        assert!(crate::agreements::fixture::agree(fixture, &slug, &[ruth, amina], version).await);
        let due = series_to_extend(&at(fixture)).await.unwrap();
        let (one, other) = (at(fixture), at(fixture));
        let (first, second) = tokio::join!(extend(&one, due[0]), extend(&other, due[0]));
        assert_eq!([first.unwrap(), second.unwrap()].into_iter().filter(|was_extended| *was_extended).count(), 1);
        // Half a year from the day of the test, but for Christmas Eve to New Year's Day, of which none is a closure here.
        let planned = sessions(fixture).await;
        assert_eq!(planned.last().unwrap().2, Some("2027-04-22".parse().unwrap()));
        assert_eq!(series_to_extend(&at(fixture)).await.unwrap(), []);
        let told = messages(fixture).await.into_iter().filter(|message| message.1.starts_with("Your further sessions")).count();
        assert_eq!(told, 2, "the member and the supervisor, once");
    }
}

fn premises(fixture: &Fixture) -> Premises {
    Premises {
        database: fixture.database.clone(),
        clock: Clock::Fixed(fixture.now()),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    }
}

fn at(fixture: &Fixture) -> System {
    system(&premises(fixture), "a series without an end is planned as time goes on")
}
