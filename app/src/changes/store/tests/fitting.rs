//! That nothing is written which does not fit, whoever writes it.

use super::*;
use crate::agreements::fixture::{agree, propose};
use crate::changes::jobs::{forget_changes, plan_further_sessions};
use crate::cover::forms::CoverForm;
use crate::cover::store::{cover_for, cover_needed, give_cover, open_absence};
use crate::groups::GroupForm;
use crate::groups::fixture::{code_of, coordinator, slug_of};
use crate::groups::store::open_group_to_change;
use crate::sessions::fixture::session;

/// Somebody works on Fridays from nine to five, and at no other time.
async fn works_on_fridays(fixture: &Fixture, who: PersonId) {
    const HOURS: &str = "\
INSERT INTO working_hours (id, person_id, weekday, starts_time, ends_time, kinds, is_preferred)
VALUES ($1, $2, 5, $3, $4, $5, $6)";
    let time = |text: &str| -> chrono::NaiveTime { text.parse().unwrap() };
    let database = &fixture.database;
    on!(database, pool => sqlx::query(HOURS).bind(new_id()).bind(who).bind(time("09:00:00")).bind(time("17:00:00"))
        .bind(sqlx::types::Json(Vec::<String>::new())).bind(false).execute(pool).await.map(|_| ()))
    .unwrap();
}

/// What is kept as it is: for which time, and why.
async fn kept(fixture: &Fixture) -> Vec<(DateTime<Utc>, String)> {
    const KEPT: &str = "SELECT starts_at, reason FROM kept_conflict ORDER BY starts_at";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(KEPT).fetch_all(pool).await).unwrap()
}

/// A group of Ruth's with an open series, and the agreement of both.
async fn open_ended(fixture: &Fixture, ruth: PersonId, amina: PersonId) -> (GroupId, Vec<String>) {
    let group = group(fixture, ruth, &[amina], GroupKind::Group).await;
    let codes = publish(fixture, group, None).await;
    let slug = slug_of(fixture, group).await;
    let version = propose(fixture, &slug, ruth, 0, "We meet every week.").await;
    assert!(agree(fixture, &slug, &[ruth, amina], version).await);
    (group, codes)
}

async fn hand_over(fixture: &Fixture, actor: &Actor, slug: &str, form: &GroupForm) -> Result<Option<Stayed>, AppError> {
    const VERSION: &str = "SELECT version FROM supervision_group WHERE slug = $1";
    let opened = open_group_to_change(actor, slug).await.unwrap();
    let database = &fixture.database;
    let version: i64 = on!(database, pool => sqlx::query_scalar(VERSION).bind(slug).fetch_one(pool).await).unwrap();
    change_group(actor, &opened, &GroupForm { version: version.to_string(), ..form.clone() }).await
}

/// The form that gives Ruth's group to somebody else.
async fn form_for(fixture: &Fixture, supervisor: PersonId) -> GroupForm {
    GroupForm {
        name: "Aire group".to_owned(),
        kind: "group".to_owned(),
        supervisor: code_of(fixture, supervisor).await,
        capacity: "6".to_owned(),
        mode: "online".to_owned(),
        room_url: "https://meet.example.org/aire".to_owned(),
        ..GroupForm::default()
    }
}

async fn slug_of_session(fixture: &Fixture, code: &str) -> String {
    const SLUG: &str = "SELECT g.slug FROM session s JOIN supervision_group g ON g.id = s.group_id WHERE s.code = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(SLUG).bind(code).fetch_one(pool).await).unwrap()
}

/// The fields that a refusal is about.
fn fields(refused: &AppError) -> Vec<&str> {
    let AppError::Invalid(problems) = refused else { panic!("{refused}") };
    problems.iter().map(|problem| problem.field.as_str()).collect()
}

/// Who leads each session of a group, in the order of their beginning.
async fn leaders(fixture: &Fixture, slug: &str) -> Vec<PersonId> {
    const LEADERS: &str = "\
SELECT s.supervisor_id
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE g.slug = $1
ORDER BY s.starts_at";
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(LEADERS).bind(slug).fetch_all(pool).await).unwrap()
}

both_databases! {
    async fn an_undo_is_refused_once_something_else_is_planned_for_the_time_before(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        let stored = change(&ruth, running.code(0), &times(THIS, "2026-10-30", "10:00", "90")).await.unwrap();
        let other = group(fixture, running.ruth, &[], GroupKind::Group).await;
        session(fixture, other, uk("2026-10-29 10:30"), 60).await;
        let refused = undo(&ruth, &stored).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("another session at the same time"), "{refused}");
        assert_eq!(clocks(fixture).await[0], "30 Oct 10:00");
    }

    async fn a_group_is_handed_over_where_its_sessions_fit_and_with_a_reason_where_they_do_not_quite(fixture: Fixture) {
        const TAKE_AWAY: &str = "DELETE FROM session WHERE id = $1";
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        let taken = session(fixture, other, uk("2026-11-05 10:30"), 60).await;
        works_on_fridays(fixture, daniel).await;
        let (sian, database) = (coordinator(fixture).await, &fixture.database);
        let slug = slug_of_session(fixture, running.code(0)).await;
        let form = form_for(fixture, daniel).await;
        let refused = hand_over(fixture, &sian, &slug, &form).await.unwrap_err();
        assert_eq!(fields(&refused), ["stays", "reason"]);
        on!(database, pool => sqlx::query(TAKE_AWAY).bind(taken).execute(pool).await.map(|_| ())).unwrap();
        let asked = hand_over(fixture, &sian, &slug, &form).await.unwrap_err();
        assert_eq!(fields(&asked), ["reason"]);
        assert_eq!((leaders(fixture, &slug).await, kept(fixture).await.len()), (vec![running.ruth; 4], 0));
        assert_eq!(hand_over(fixture, &sian, &slug, &GroupForm { reason: "agreed".to_owned(), ..form }).await, Ok(None));
        assert_eq!((leaders(fixture, &slug).await, kept(fixture).await.len()), (vec![daniel; 4], 4));
    }

    async fn what_whoever_takes_a_group_over_cannot_lead_stays_and_needs_cover_and_everybody_is_told_once(fixture: Fixture) {
        let running = running(fixture).await;
        send_apologies(fixture, running.code(1), running.amina).await;
        let (daniel, sian) = (person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, coordinator(fixture).await);
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        session(fixture, other, uk("2026-11-05 10:30"), 60).await;
        let (slug, form) = (slug_of_session(fixture, running.code(0)).await, form_for(fixture, daniel).await);
        let before: Vec<Uuid> = sessions(fixture).await.into_iter().map(|session| session.0).collect();

        let refused = hand_over(fixture, &sian, &slug, &form).await.unwrap_err();
        assert_eq!(fields(&refused), ["stays"]);
        let AppError::Invalid(problems) = &refused else { panic!("{refused}") };
        let sentence = &problems[0].message;
        assert!(sentence.contains("what is planned on Thursday 5 November.") && !sentence.contains("Daniel"), "{sentence}");
        let opened = open_group_to_change(&sian, &slug).await.unwrap();
        let shown = what_stays(&sian, &opened, &form).await.unwrap().unwrap();
        assert_eq!((shown.from.short.as_str(), shown.handed_over, shown.stays.len()), ("Ruth A.", 3, 1));
        assert_eq!(shown.stays[0].code, running.code(1));
        assert!(shown.stays[0].why[0].starts_with("Daniel O. has another session at the same time"), "{shown:?}");
        assert_eq!((leaders(fixture, &slug).await, messages(fixture).await.len()), (vec![running.ruth; 4], 0), "looking changes nothing");
        let unseen = GroupForm { stays: vec!["0123456789abcdef".to_owned()], ..form.clone() };
        assert_eq!(fields(&hand_over(fixture, &sian, &slug, &unseen).await.unwrap_err()), ["stays"], "it is another than was shown");

        let stayed = hand_over(fixture, &sian, &slug, &GroupForm { stays: vec![shown.seen], ..form }).await.unwrap();
        assert_eq!(stayed, Some(Stayed { with: code_of(fixture, running.ruth).await, sessions: 1 }));
        assert_eq!(leaders(fixture, &slug).await, [daniel, running.ruth, daniel, daniel]);
        assert_eq!(sessions(fixture).await.into_iter().map(|session| session.0).collect::<Vec<_>>(), before);
        assert_eq!(attendance(fixture).await, [(running.amina, true, None)]);
        let told = messages(fixture).await;
        assert_eq!(told.len(), 4, "both members and both supervisors, each once");
        for (person, _, body, _) in told {
            let words = match person {
                person if person == running.ruth => "On this date the new supervisor cannot lead, so you still do",
                person if person == daniel => "On this date you cannot lead",
                _ => "On this date your supervisor until now leads still",
            };
            assert!(body.contains(words) && body.contains("Thursday 5 November 2026, 10:00 (UK time)"), "{body}");
        }
    }

    async fn what_stayed_is_found_under_cover_until_somebody_leads_it_and_no_longer(fixture: Fixture) {
        let running = running(fixture).await;
        let (daniel, sian) = (person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, coordinator(fixture).await);
        let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
        let other = group(fixture, daniel, &[], GroupKind::Group).await;
        let taken = session(fixture, other, uk("2026-11-05 10:30"), 60).await;
        let (slug, form) = (slug_of_session(fixture, running.code(0)).await, form_for(fixture, daniel).await);
        let opened = open_group_to_change(&sian, &slug).await.unwrap();
        assert_eq!(cover_needed(&sian).await.unwrap().away, []);
        let shown = what_stays(&sian, &opened, &form).await.unwrap().unwrap();
        hand_over(fixture, &sian, &slug, &GroupForm { stays: vec![shown.seen], ..form }).await.unwrap();

        let needed = cover_needed(&sian).await.unwrap().away;
        assert_eq!(needed.iter().map(|line| (line.person.short.as_str(), line.sessions)).collect::<Vec<_>>(), [("Ruth A.", 1)]);
        let of = async |who| cover_for(&sian, &open_absence(&sian, &code_of(fixture, who).await).await.unwrap()).await.unwrap();
        let open = of(running.ruth).await.open;
        assert_eq!(open.iter().map(|session| (session.code.as_str(), session.has_stayed)).collect::<Vec<_>>(), [(running.code(1), true)]);
        assert_eq!(open[0].candidates.iter().map(|one| one.name.short.as_str()).collect::<Vec<_>>(), ["Nadia H."], "Daniel is elsewhere then");
        assert_eq!(of(daniel).await.covered, [], "it has no cover yet");
        let give = async |to| CoverForm {
            session: running.code(1).to_owned(),
            from: code_of(fixture, running.ruth).await,
            to: code_of(fixture, to).await,
        };
        // Once Daniel has time, it is his like the others.
        let database = &fixture.database;
        on!(database, pool => sqlx::query("DELETE FROM session WHERE id = $1").bind(taken).execute(pool).await.map(|_| ())).unwrap();
        give_cover(&sian, &give(daniel).await).await.unwrap();
        assert_eq!(leaders(fixture, &slug).await, [daniel; 4]);
        assert_eq!((cover_needed(&sian).await.unwrap().away, of(daniel).await.covered), (vec![], vec![]));
        let after_all = messages(fixture).await.into_iter().filter(|message| message.1.ends_with("after all")).count();
        assert_eq!(after_all, 2, "the members are told that their supervisor leads it");
        assert_eq!(give_cover(&sian, &give(nadia).await).await.unwrap_err().status(), 409, "it is Ruth’s no more");
    }

    async fn a_group_of_which_somebody_can_lead_no_session_is_not_handed_over(fixture: Fixture) {
        const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $4, 'leave')";
        let running = running(fixture).await;
        let (daniel, sian) = (person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, coordinator(fixture).await);
        let (database, days) = (&fixture.database, ["2026-10-01", "2027-01-01"].map(|day| day.parse::<NaiveDate>().unwrap()));
        on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(daniel).bind(days[0]).bind(days[1]).execute(pool).await.map(|_| ())).unwrap();
        let slug = slug_of_session(fixture, running.code(0)).await;
        let refused = hand_over(fixture, &sian, &slug, &form_for(fixture, daniel).await).await.unwrap_err();
        assert_eq!(fields(&refused), ["supervisor"]);
        assert_eq!(leaders(fixture, &slug).await, [running.ruth; 4]);
    }

    async fn a_series_goes_on_without_the_dates_that_are_taken_and_those_who_plan_it_are_told(fixture: Fixture) {
        const SKIPS: &str = "SELECT skips FROM series WHERE group_id = $1";
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let sian = coordinator(fixture).await.person();
        let (group_id, _) = open_ended(fixture, ruth, amina).await;
        let other = group(fixture, ruth, &[], GroupKind::Group).await;
        session(fixture, other, uk("2026-12-03 11:00"), 60).await;
        assert_eq!(plan_further_sessions(&at(fixture)).await, Ok(1));

        let at_ten = |session: SessionFacts| (session.3.format("%H:%M").to_string() == "10:00").then(|| session.3.date());
        let dates: Vec<_> = sessions(fixture).await.into_iter().filter_map(at_ten).collect();
        for (date, is_planned) in [("2026-11-26", true), ("2026-12-03", false), ("2026-12-10", true)] {
            assert_eq!(dates.contains(&date.parse().unwrap()), is_planned, "{date}");
        }
        let database = &fixture.database;
        let skips: sqlx::types::Json<Vec<::series::Skip>> =
            on!(database, pool => sqlx::query_scalar(SKIPS).bind(group_id).fetch_one(pool).await).unwrap();
        let of_the_third = skips.0.iter().find(|skip| skip.date == "2026-12-03".parse().unwrap()).unwrap();
        assert_eq!(of_the_third.reason, "It does not fit what else is planned");
        let told: Vec<_> = messages(fixture).await.into_iter().filter(|message| message.1.starts_with("Dates that were left out")).collect();
        assert_eq!(told.iter().map(|message| message.0).collect::<Vec<_>>(), [ruth, sian]);
        assert!(told.iter().all(|message| message.2.contains("Thursday 3 December 2026") && !message.2.contains("Ruth")), "{told:?}");
    }

    async fn a_series_is_not_planned_on_for_a_supervisor_who_has_agreed_to_nothing(fixture: Fixture) {
        const GIVE: &str = "UPDATE supervision_group SET supervisor_id = $1 WHERE id = $2";
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let (group, _) = open_ended(fixture, ruth, amina).await;
        let due = series_to_extend(&at(fixture)).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(GIVE).bind(daniel).bind(group).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(extend(&at(fixture), due[0]).await, Ok(false), "it was handed over after it had been found due");
        assert_eq!(series_to_extend(&at(fixture)).await, Ok(Vec::new()));
        assert_eq!(sessions(fixture).await.len(), 4);
    }

    async fn a_series_that_cannot_be_planned_further_holds_up_no_other(fixture: Fixture) {
        const BREAK: &str = "DELETE FROM session WHERE code = $1";
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (_, broken) = open_ended(fixture, ruth, amina).await;
        let (whole, _) = open_ended(fixture, daniel, tom).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(BREAK).bind(&broken[1]).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(plan_further_sessions(&at(fixture)).await, Ok(1));
        let due = series_to_extend(&at(fixture)).await.unwrap();
        assert!(due.len() == 1 && due[0].1 != whole, "the one that is broken is tried again");
    }

    async fn a_session_is_moved_only_to_when_whoever_is_there_beside_its_supervisor_is_not_away(fixture: Fixture) {
        const BESIDE: &str = "INSERT INTO session_host (session_id, person_id, role, added_at) SELECT id, $2, 'co_supervisor', $3 FROM session WHERE code = $1";
        const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $3, 'leave')";
        let running = running(fixture).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let (database, friday) = (&fixture.database, "2026-10-30".parse::<NaiveDate>().unwrap());
        on!(database, pool => sqlx::query(BESIDE).bind(running.code(0)).bind(daniel).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
        on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(daniel).bind(friday).execute(pool).await.map(|_| ())).unwrap();
        let ruth = running.supervisor(fixture);
        let away = change(&ruth, running.code(0), &times(THIS, "2026-10-30", "10:00", "90")).await.unwrap_err();
        assert!(away.status() == 409 && away.to_string().contains("there beside the supervisor is away on Friday 30 October"), "{away}");
        change(&ruth, running.code(1), &times(THIS, "2026-10-30", "14:00", "90")).await.unwrap();
        change(&ruth, running.code(0), &times(THIS, "2026-10-31", "10:00", "90")).await.unwrap();
    }

    async fn an_undo_brings_back_what_was_kept_as_it_is_before(fixture: Fixture) {
        let running = running(fixture).await;
        let ruth = running.supervisor(fixture);
        works_on_fridays(fixture, running.ruth).await;
        let with = |reason: &str, form: TimesForm| TimesForm { reason: reason.to_owned(), ..form };
        let first = change(&ruth, running.code(0), &with("agreed", times(THIS, "2026-10-30", "18:00", "60"))).await.unwrap();
        let evening = vec![(uk("2026-10-30 18:00"), "agreed".to_owned())];
        assert_eq!(kept(fixture).await, evening);
        let second = change(&ruth, running.code(0), &with("only_once", times(THIS, "2026-10-31", "10:00", "60"))).await.unwrap();
        assert_eq!(kept(fixture).await, [(uk("2026-10-31 10:00"), "only_once".to_owned())]);
        undo(&ruth, &second).await.unwrap();
        assert_eq!(kept(fixture).await, evening);
        undo(&ruth, &first).await.unwrap();
        assert_eq!(kept(fixture).await, []);

        change(&ruth, running.code(0), &with("agreed", times(THIS, "2026-10-30", "18:00", "60"))).await.unwrap();
        let program = |now: DateTime<Utc>| {
            let premises = Premises { clock: Clock::Fixed(now), ..premises(fixture) };
            system(&premises, "changes are kept no longer than they can be undone")
        };
        forget_changes(&program(uk("2026-10-30 17:59"))).await.unwrap();
        assert_eq!(kept(fixture).await, evening);
        forget_changes(&program(uk("2026-10-30 18:00"))).await.unwrap();
        assert_eq!(kept(fixture).await, []);
    }
}
