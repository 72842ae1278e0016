//! What holds of events on both databases.

mod beginning;
mod following;
mod giving;
mod reminding;
mod walking_in;

use chrono::TimeDelta;

use super::fixture::{at, form, hosted, published, space};
use super::*;
use crate::access::{Actor, Role};
use crate::calendar::store::calendar_for;
use crate::calendar::{CalendarForm, CalendarView, Part, Whose};
use crate::certificates::store::{certify_event, certify_supervision, my_certificates, revoke};
use crate::cpd::LogAddress;
use crate::cpd::store::log_of;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::events::answers::EventDoor;
use crate::events::forms::EventForm;
use crate::events::model::{Answer, CancelledBecause, Wish};
use crate::groups::GroupKind;
use crate::groups::fixture::{group, messages};
use crate::hours::Span;
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::sessions::fixture::session;
use crate::sessions::forms::{MarkForm, RecordForm, Save, line_key};
use crate::spaces::SpaceKind;

const DAY: &str = "2026-11-05";

async fn somebody(fixture: &Fixture, name: &str) -> Actor {
    fixture.actor(person(fixture, name, "Example", &[Role::Practitioner]).await, &[Role::Practitioner])
}

async fn come(actor: &Actor, code: &str) -> Option<Answer> {
    answer_event(actor, code, Wish::Come).await.unwrap()
}

/// How an event stands in somebody's calendar of its day.
async fn part(actor: &Actor) -> Option<Part> {
    let (days, whose) = CalendarForm::of(CalendarView::Day, DAY.parse().unwrap(), Whose::Mine).check().unwrap();
    let calendar = calendar_for(actor, days, whose).await.unwrap();
    calendar.occurrences.first().map(|occurrence| occurrence.part)
}

/// The files that somebody was sent, the oldest first, by what each says.
async fn files_of(fixture: &Fixture, who: PersonId) -> Vec<&'static str> {
    const FILES: &str = "SELECT calendar FROM message WHERE person_id = $1 AND calendar IS NOT NULL ORDER BY id";

    let database = &fixture.database;
    let files: Vec<String> = on!(database, pool => sqlx::query_scalar(FILES).bind(who).fetch_all(pool).await).unwrap();
    files.iter().map(|file| if file.contains("METHOD:CANCEL") { "cancel" } else { "request" }).collect()
}

both_databases! {
    async fn of_twenty_who_want_the_last_place_at_once_one_gets_it_and_the_others_wait(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (_, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let mut answers = Vec::new();
        for nth in 0..20 {
            let (actor, code) = (somebody(fixture, &format!("Person{nth}")).await, code.clone());
            answers.push(tokio::spawn(async move { answer_event(&actor, &code, Wish::Come).await.unwrap() }));
        }
        let (mut yes, mut waiting) = (0, 0);
        for answer in answers {
            match answer.await.unwrap() {
                Some(Answer::Yes) => yes += 1,
                Some(Answer::Waiting) => waiting += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((yes, waiting, messages(fixture, "Your place at an event%").await), (1, 19, 1));
    }

    async fn a_place_that_is_given_back_goes_to_whoever_has_waited_longest_who_is_told_and_sees_it_in_their_calendar(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let amina = somebody(fixture, "Amina").await;
        assert_eq!((part(&amina).await, part(&ruth).await), (Some(Part::Invited), Some(Part::Leads)));
        assert_eq!((come(&amina, &code).await, come(&amina, &code).await), (Some(Answer::Yes), Some(Answer::Yes)));
        let tom = at(fixture, "2026-10-22T10:00:00Z", somebody(fixture, "Tom").await.person(), Role::Practitioner);
        let femi = at(fixture, "2026-10-22T11:00:00Z", somebody(fixture, "Femi").await.person(), Role::Practitioner);
        assert_eq!((come(&tom, &code).await, come(&femi, &code).await), (Some(Answer::Waiting), Some(Answer::Waiting)));
        let shown = event_at(&femi, &code).await.unwrap();
        assert_eq!((shown.waiting, shown.before_reader, shown.door), (2, 1, None));
        assert_eq!((part(&amina).await, part(&tom).await), (Some(Part::Member), Some(Part::Waits)));

        for _ in 0..2 {
            assert_eq!(answer_event(&amina, &code, Wish::StayAway).await.unwrap(), Some(Answer::No));
        }
        assert_eq!((part(&amina).await, part(&tom).await, part(&femi).await), (None, Some(Part::Member), Some(Part::Waits)));
        assert_eq!((files_of(fixture, amina.person()).await, files_of(fixture, tom.person()).await), (vec!["request", "cancel"], vec!["request"]));
        assert_eq!(messages(fixture, "A place for you at an event%").await, 1);
        // Whoever comes back stands last.
        assert_eq!(answer_event(&amina, &code, Wish::TakeBack).await.unwrap(), None);
        let again = at(fixture, "2026-10-22T12:00:00Z", amina.person(), Role::Practitioner);
        assert_eq!(come(&again, &code).await, Some(Answer::Waiting));
        assert_eq!(event_at(&again, &code).await.unwrap().before_reader, 1);
        assert_eq!(answer_event(&ruth, &code, Wish::Come).await.unwrap_err().status(), 409, "whoever hosts it takes no place");
    }

    async fn for_whoever_may_not_read_its_space_there_is_no_event_and_a_draft_is_its_hosts(fixture: Fixture) {
        space(fixture, "supervisors", SpaceKind::Supervisors).await;
        let (ruth, code) = hosted(fixture, &form("supervisors")).await;
        let another_day = EventForm { starts_on: "2026-11-06".to_owned(), ..form("supervisors") };
        let draft = make_event(&ruth, &another_day.check(ruth.now()).unwrap()).await.unwrap();
        let amina = somebody(fixture, "Amina").await;
        let marianne = fixture.actor(person(fixture, "Marianne", "Sowerby", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let lead = fixture.actor(person(fixture, "Hannah", "Vane", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        for (actor, code) in [(&amina, &code), (&amina, &draft), (&marianne, &draft)] {
            assert_eq!(event_at(actor, code).await.unwrap_err(), AppError::NotFound);
            assert_eq!(answer_event(actor, code, Wish::Come).await.unwrap_err(), AppError::NotFound);
            assert_eq!(event_room(actor, code).await.unwrap_err(), AppError::NotFound);
            assert_eq!(event_file(actor, code).await.unwrap_err(), AppError::NotFound);
        }
        assert_eq!((part(&amina).await, part(&marianne).await, part(&lead).await), (None, Some(Part::Invited), None));
        let listed = |events: crate::events::answers::Events| (events.drafts.len(), events.coming.len());
        assert_eq!(listed(events_for(&amina).await.unwrap()), (0, 0));
        assert_eq!(listed(events_for(&marianne).await.unwrap()), (0, 1));
        assert_eq!(listed(events_for(&ruth).await.unwrap()), (1, 1));
        // Another host looks after nothing of Ruth's; whoever manages events looks after everything.
        assert_eq!(event_record_at(&marianne, &code).await.unwrap_err(), AppError::NotFound);
        assert_eq!(change_event(&marianne, (&code, 2), (&form("supervisors").check(ruth.now()).unwrap(), None)).await, Err(AppError::NotFound));
        assert!(event_at(&lead, &code).await.unwrap().is_keeper && event_at(&lead, &draft).await.unwrap().is_keeper);
        // And nobody makes an event in a space that they cannot read.
        let outsider = fixture.actor(amina.person(), &[Role::Supervisor]);
        let refused = make_event(&outsider, &form("supervisors").check(ruth.now()).unwrap()).await.unwrap_err();
        assert_eq!(refused.status(), 422);
    }

    async fn a_change_of_time_is_told_to_whoever_answered_and_more_places_let_those_who_wait_move_up_in_order(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let mut people = Vec::new();
        for (hour, name) in [(8, "Amina"), (9, "Tom"), (10, "Femi"), (11, "Dawn")] {
            let person = somebody(fixture, name).await.person();
            people.push(at(fixture, &format!("2026-10-22T{hour:02}:30:00Z"), person, Role::Practitioner));
            come(&people[people.len() - 1], &code).await;
        }
        let later = |capacity: &str| EventForm { starts_time: "13:00".to_owned(), capacity: capacity.to_owned(), ..form("centre") };
        change_event(&ruth, (&code, 2), (&later("3").check(ruth.now()).unwrap(), None)).await.unwrap();
        assert_eq!(messages(fixture, "A change of the event on Thursday 5 November").await, 4);
        assert_eq!(files_of(fixture, people[0].person()).await, ["request", "request"]);
        for (actor, answer) in people.iter().zip([Answer::Yes, Answer::Yes, Answer::Yes, Answer::Waiting]) {
            assert_eq!(event_at(actor, &code).await.unwrap().line.answer, Some(answer));
        }
        let stale = change_event(&ruth, (&code, 2), (&later("5").check(ruth.now()).unwrap(), None)).await;
        assert_eq!(stale.unwrap_err().status(), 409, "an older version changes nothing");
        let fewer = change_event(&ruth, (&code, 3), (&later("2").check(ruth.now()).unwrap(), None)).await;
        assert_eq!(fewer, Err(AppError::invalid("capacity", "3 people have a place already. Enter at least 3.")));
        let elsewhere = space(fixture, "endings", SpaceKind::Centre).await;
        let moved = EventForm { space: "endings".to_owned(), ..later("3") };
        assert!(change_event(&ruth, (&code, 3), (&moved.check(ruth.now()).unwrap(), None)).await.is_err(), "{elsewhere} is not its home");
    }

    async fn a_draft_is_changed_and_moves_to_another_home_but_to_none_that_is_not_there(fixture: Fixture) {
        for slug in ["centre", "endings"] {
            space(fixture, slug, SpaceKind::Centre).await;
        }
        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let draft = make_event(&ruth, &form("centre").check(ruth.now()).unwrap()).await.unwrap();
        let later = |home: &str| EventForm { starts_time: "13:00".to_owned(), ..form(home) };
        change_event(&ruth, (&draft, 1), (&later("endings").check(ruth.now()).unwrap(), None)).await.unwrap();
        let line = event_at(&ruth, &draft).await.unwrap().line;
        assert_eq!((line.space.0.as_str(), line.starts.to_string().as_str(), line.is_draft), ("endings", "2026-11-05 13:00:00", true));
        let nowhere = change_event(&ruth, (&draft, 2), (&later("nowhere").check(ruth.now()).unwrap(), None)).await;
        assert_eq!(nowhere, Err(AppError::invalid("space", "Choose one of the spaces.")));
        assert_eq!(event_at(&ruth, &draft).await.unwrap().line.space.0, "endings");
    }

    async fn a_cancelled_event_tells_everybody_why_once_and_cannot_be_answered(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &EventForm { capacity: "1".to_owned(), ..form("centre") }).await;
        let (amina, tom) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await);
        come(&amina, &code).await;
        come(&tom, &code).await;
        for _ in 0..2 {
            cancel_event(&ruth, &code, CancelledBecause::LeaderAway).await.unwrap();
        }
        assert_eq!(messages(fixture, "The event on Thursday 5 November does not take place").await, 2);
        assert_eq!((files_of(fixture, amina.person()).await, files_of(fixture, tom.person()).await.len()), (vec!["request", "cancel"], 0));
        assert_eq!(answer_event(&tom, &code, Wish::StayAway).await.unwrap_err().status(), 409);
        assert_eq!(event_at(&amina, &code).await.unwrap().cancelled, Some(CancelledBecause::LeaderAway));
        let span = (fixture.now(), fixture.now() + TimeDelta::days(30));
        let naming = |is_named| ("https://reverie.example", is_named);
        let files = async |who: PersonId, is_named| {
            event_files_of(&mut fixture.snapshot().await, (who, fixture.now()), span, naming(is_named)).await.unwrap()
        };
        let [neutral, named] = [files(amina.person(), false).await, files(tom.person(), true).await];
        let said: Vec<_> = neutral.iter().chain(&named).map(|file| (file.title.as_str(), file.is_cancelled)).collect();
        assert_eq!(said, [("Event at the Centre", true), ("Waiting list: Still face, fifty years on", true)]);
        assert!(files(somebody(fixture, "Femi").await.person(), true).await.is_empty(), "a feed holds nothing that was not answered");
    }

    async fn the_room_opens_for_those_with_a_place_and_answers_close_before(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (amina, tom) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await);
        come(&amina, &code).await;
        let shortly = |who: PersonId| at(fixture, "2026-11-05T12:20:00Z", who, Role::Practitioner);
        assert_eq!(event_room(&shortly(amina.person()), &code).await.unwrap(), "https://rooms.example/webinar");
        assert_eq!(event_at(&shortly(amina.person()), &code).await.unwrap().door, Some(EventDoor::Open));
        assert_eq!(event_room(&amina, &code).await.unwrap_err().status(), 409, "it is weeks away");
        assert_eq!(event_room(&shortly(tom.person()), &code).await, Err(AppError::NotFound));
        assert!(event_room(&at(fixture, "2026-11-05T12:20:00Z", ruth.person(), Role::Supervisor), &code).await.is_ok());
        assert_eq!(answer_event(&shortly(tom.person()), &code, Wish::Come).await.unwrap_err().status(), 409);
        // A place is given back until the beginning, and not after it.
        assert_eq!(answer_event(&shortly(amina.person()), &code, Wish::StayAway).await.unwrap(), Some(Answer::No));
        let begun = at(fixture, "2026-11-05T12:30:00Z", amina.person(), Role::Practitioner);
        assert_eq!(answer_event(&begun, &code, Wish::TakeBack).await.unwrap_err().status(), 409);
    }

    async fn what_was_marked_counts_in_ones_own_log_and_is_certified_and_nothing_else(fixture: Fixture) {
        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let (amina, tom) = (somebody(fixture, "Amina").await, somebody(fixture, "Tom").await);
        come(&amina, &code).await;
        come(&tom, &code).await;
        let mark = |state: &str, minutes: &str| MarkForm { state: state.to_owned(), minutes: minutes.to_owned() };
        let (of_amina, of_tom) = (code_of(fixture, amina.person()).await, code_of(fixture, tom.person()).await);
        let sheet = |version: i64, marks: Vec<(&String, MarkForm)>, save: Save| RecordForm {
            session: code.clone(),
            version: version.to_string(),
            marks: marks.into_iter().map(|(person, mark)| (line_key(person), mark)).collect(),
            save: save.key().to_owned(),
            ..RecordForm::default()
        };
        let over = at(fixture, "2026-11-05T14:00:00Z", ruth.person(), Role::Supervisor);
        assert!(save_event_record(&ruth, &sheet(2, vec![], Save::AllPresent)).await.is_err(), "it has not begun");
        let half = save_event_record(&over, &sheet(2, vec![(&of_amina, mark("late", "40"))], Save::Finish)).await;
        assert_eq!(half.unwrap_err().status(), 422, "somebody's line is empty");
        let after = |who: PersonId| at(fixture, "2026-11-06T09:00:00Z", who, Role::Practitioner);
        assert_eq!(certify_event(&after(amina.person()), &code).await, Err(AppError::NotFound), "nothing is finished");
        let marks = vec![(&of_amina, mark("late", "40")), (&of_tom, mark("did_not_attend", ""))];
        save_event_record(&over, &sheet(2, marks, Save::Finish)).await.unwrap();

        let everything = LogAddress { period: "everything".to_owned(), ..LogAddress::default() };
        let log = log_of(&after(amina.person()), &everything).await.unwrap();
        assert_eq!(log.entries.iter().map(|entry| (entry.title.as_str(), entry.minutes)).collect::<Vec<_>>(), [("Still face, fifty years on", 40)]);
        assert!(log_of(&after(tom.person()), &everything).await.unwrap().entries.is_empty());
        certify_event(&after(amina.person()), &code).await.unwrap();
        assert_eq!(certify_event(&after(tom.person()), &code).await, Err(AppError::NotFound));
        let other = published(&ruth, &EventForm { starts_on: "2026-11-12".to_owned(), minutes: "0".to_owned(), ..form("centre") }).await;
        assert_eq!(certify_event(&after(amina.person()), &other).await, Err(AppError::NotFound));
    }

    async fn what_overlaps_with_a_session_counts_once_and_is_vouched_for_once(fixture: Fixture) {
        const MARK: &str = "INSERT INTO attendance (session_id, person_id, apologies_reason, state) VALUES ($1, $2, '', 'attended')";
        const DONE: &str = "UPDATE session SET marked_at = $2 WHERE id = $1";

        space(fixture, "centre", SpaceKind::Centre).await;
        let (ruth, code) = hosted(fixture, &form("centre")).await;
        let amina = somebody(fixture, "Amina").await;
        come(&amina, &code).await;
        let all_present = RecordForm { session: code.clone(), version: "2".to_owned(), save: Save::AllPresent.key().to_owned(), ..RecordForm::default() };
        let over = at(fixture, "2026-11-05T15:00:00Z", ruth.person(), Role::Supervisor);
        save_event_record(&over, &all_present).await.unwrap();
        let marks = [(line_key(&code_of(fixture, amina.person()).await), MarkForm { state: "attended".to_owned(), minutes: String::new() })];
        let finish = RecordForm { version: "3".to_owned(), marks: marks.into(), save: Save::Finish.key().to_owned(), ..all_present };
        save_event_record(&over, &finish).await.unwrap();
        let amina = at(fixture, "2026-11-06T09:00:00Z", amina.person(), Role::Practitioner);
        certify_event(&amina, &code).await.unwrap();

        // A session that went on during the second half of it is marked only now.
        let group = group(fixture, ruth.person(), &[amina.person()], GroupKind::Group).await;
        let held = session(fixture, group, "2026-11-05T13:00:00Z".parse().unwrap(), 90).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(MARK).bind(held).bind(amina.person()).execute(pool).await.map(|_| ())).unwrap();
        on!(database, pool => sqlx::query(DONE).bind(held).bind(amina.now()).execute(pool).await.map(|_| ())).unwrap();
        let everything = LogAddress { period: "everything".to_owned(), ..LogAddress::default() };
        let log = log_of(&amina, &everything).await.unwrap();
        let mut counted: Vec<(i64, i64)> = log.entries.iter().map(|entry| (entry.minutes, entry.elsewhere)).collect();
        counted.sort_unstable();
        assert_eq!((counted.as_slice(), log.total()), ([(30, 30), (90, 0)].as_slice(), 120), "from half past twelve to half past two");

        let days = Span { from: "2026-11-01".parse().unwrap(), to: "2026-11-06".parse().unwrap() };
        assert_eq!(certify_supervision(&amina, days).await.unwrap_err().status(), 409, "the certificate of the event has those minutes");
        let issued = my_certificates(&amina).await.unwrap().issued.remove(0);
        assert_eq!(issued.minutes, 60);
        revoke(&over, &issued.code, "A session was marked afterwards").await.unwrap();
        certify_event(&amina, &code).await.unwrap();
        certify_supervision(&amina, days).await.unwrap();
        let mut minutes: Vec<i64> = my_certificates(&amina).await.unwrap().issued.iter().filter(|one| one.revoked_on.is_none()).map(|one| one.minutes).collect();
        minutes.sort_unstable();
        assert_eq!(minutes, [30, 90]);
    }
}
