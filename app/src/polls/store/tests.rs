//! What holds of polls on both databases.

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::access::{Actor, Role, digest};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{coordinator, group, slug_of};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person};
use crate::polls::fixture::{codes_of, form, job, letters, visitor};
use crate::polls::forms::{AnswersForm, PollForm, TakeTimeForm};
use crate::polls::jobs::{announce_closed_polls, forget_poll_links};
use crate::polls::model::Answer;
use crate::series::forms::SeriesAddress;
use crate::series::store::{open_series, series_page};
use crate::sessions::fixture::session;

/// A group of two that Ruth leads and puts two times to.
struct Asking {
    ruth: PersonId,
    amina: PersonId,
    tom: PersonId,
    slug: String,
    code: String,
}

impl Asking {
    fn organiser(&self, fixture: &Fixture) -> Actor {
        fixture.actor(self.ruth, &[Role::Supervisor])
    }
}

fn today() -> NaiveDate {
    "2026-10-22".parse().unwrap()
}

async fn asking(fixture: &Fixture) -> Asking {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let slug = slug_of(fixture, group(fixture, ruth, &[amina, tom], GroupKind::Group).await).await;
    let actor = fixture.actor(ruth, &[Role::Supervisor]);
    let code = make(&actor, &form(&slug)).await.unwrap();
    Asking { ruth, amina, tom, slug, code }
}

async fn make(actor: &Actor, form: &PollForm) -> Result<String, AppError> {
    let asked = open_whom_to_ask(actor, &form.slug).await?;
    make_poll(actor, &asked, &form.check(today())?).await
}

fn answers(code: &str, first: &str, second: &str) -> AnswersForm {
    let answers = [("t1".to_owned(), first.to_owned()), ("t2".to_owned(), second.to_owned())].into();
    AnswersForm { code: code.to_owned(), answers }
}

async fn suspend(fixture: &Fixture, who: PersonId) {
    const SUSPEND: &str = "UPDATE person SET standing = 'suspended' WHERE id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SUSPEND).bind(who).execute(pool).await.map(|_| ())).unwrap();
}

async fn leave(fixture: &Fixture, who: PersonId) {
    const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1";
    let database = &fixture.database;
    on!(database, pool => sqlx::query(LEAVE).bind(who).execute(pool).await.map(|_| ())).unwrap();
}

async fn page(actor: &Actor, code: &str) -> crate::polls::answers::PollPage {
    poll_page(actor, &open_poll(actor, code).await.unwrap()).await.unwrap()
}

fn first_of(slug: &str) -> SeriesAddress {
    SeriesAddress { slug: slug.to_owned(), number: "1".to_owned(), ..SeriesAddress::default() }
}

both_databases! {
    async fn everybody_but_the_organiser_is_sent_a_link_of_their_own_that_names_nobody(fixture: Fixture) {
        let asking = asking(fixture).await;
        let letters = letters(fixture).await;
        assert_eq!(letters.iter().map(|letter| letter.0).collect::<Vec<_>>(), [asking.amina, asking.tom]);
        for (_, subject, body) in &letters {
            assert_eq!(subject, "When can you come? Please answer by Thursday 29 October");
            assert!(body.contains("2 times are offered") && body.contains("until Thursday 29 October 2026"), "{body}");
            assert!(!["Ruth", "Adeyemi", "Amina", "Rahman", "Tom", "Bell"].iter().any(|name| body.contains(name)), "{body}");
        }
        let (amina, tom) = (codes_of(fixture, asking.amina).await, codes_of(fixture, asking.tom).await);
        assert!(amina[0] != tom[0] && amina[0].len() == 12);
        let database = &fixture.database;
        let stored: Vec<Vec<u8>> =
            on!(database, pool => sqlx::query_scalar("SELECT code_hash FROM poll_link").fetch_all(pool).await).unwrap();
        assert!(stored.len() == 2 && stored.contains(&digest(&amina[0])));
    }

    async fn answers_are_kept_by_the_link_alone_and_can_be_changed_until_the_poll_closes(fixture: Fixture) {
        let asking = asking(fixture).await;
        let code = codes_of(fixture, asking.amina).await.remove(0);
        let now = visitor(fixture, fixture.now());
        let shown = poll_by_link(&now, &code).await.unwrap().unwrap();
        assert_eq!((shown.given_name.as_str(), shown.times.len(), shown.own.len()), ("Amina", 2, 0));
        assert_eq!(shown.subject.words(shown.times[0]), "Monday, 14:30 to 16:00");
        answer_poll(&now, &answers(&code, "yes", "no")).await.unwrap();
        answer_poll(&now, &answers(&code, "if_need_be", "yes")).await.unwrap();
        let AppError::Invalid(problems) = answer_poll(&now, &answers(&code, "yes", "")).await.unwrap_err() else { panic!("another reason") };
        assert_eq!(problems[0].field, "answers[t2]");
        assert_eq!(poll_by_link(&now, &code).await.unwrap().unwrap().own, [(1, Answer::IfNeedBe), (2, Answer::Yes)].into());

        let after = visitor(fixture, "2026-10-30T00:00:00Z".parse().unwrap());
        let refused = answer_poll(&after, &answers(&code, "no", "no")).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("until Thursday 29 October 2026"), "{refused}");
        // Whoever opens it late is told kindly, and sees what they answered.
        let shown = poll_by_link(&after, &code).await.unwrap().unwrap();
        assert!(!shown.subject.is_open(shown.now) && shown.own[&2] == Answer::Yes);
    }

    async fn a_link_opens_its_own_answers_and_nothing_else(fixture: Fixture) {
        let asking = asking(fixture).await;
        let now = visitor(fixture, fixture.now());
        let (amina, tom) = (codes_of(fixture, asking.amina).await.remove(0), codes_of(fixture, asking.tom).await.remove(0));
        answer_poll(&now, &answers(&amina, "yes", "yes")).await.unwrap();
        assert!(poll_by_link(&now, &tom).await.unwrap().unwrap().own.is_empty());
        for wrong in ["", "abcdefghjkmn", asking.code.as_str()] {
            assert_eq!(poll_by_link(&now, wrong).await, Ok(None));
            assert_eq!(answer_poll(&now, &answers(wrong, "yes", "yes")).await.unwrap_err().status(), 409);
        }
        suspend(fixture, asking.tom).await;
        assert_eq!(poll_by_link(&now, &tom).await, Ok(None));
        leave(fixture, asking.amina).await;
        assert_eq!(poll_by_link(&now, &amina).await, Ok(None));
    }

    async fn links_are_not_found_by_trying(fixture: Fixture) {
        let asking = asking(fixture).await;
        let code = codes_of(fixture, asking.amina).await.remove(0);
        let now = visitor(fixture, fixture.now());
        for _ in 0..60 {
            poll_by_link(&now, &code).await.unwrap().unwrap();
        }
        for _ in 0..50 {
            assert_eq!(poll_by_link(&now, "abcdefghjkmn").await, Ok(None));
        }
        assert_eq!(poll_by_link(&now, &code).await, Err(AppError::TooMany));
        let later = visitor(fixture, fixture.now() + TimeDelta::minutes(16));
        assert!(poll_by_link(&later, &code).await.unwrap().is_some());
    }

    async fn the_organiser_reads_names_and_others_who_plan_read_counts(fixture: Fixture) {
        let asking = asking(fixture).await;
        let code = codes_of(fixture, asking.amina).await.remove(0);
        answer_poll(&visitor(fixture, fixture.now()), &answers(&code, "if_need_be", "yes")).await.unwrap();
        let shown = page(&asking.organiser(fixture), &asking.code).await;
        let names: Vec<_> = shown.people.iter().map(|person| (person.name.short.as_str(), person.own.len())).collect();
        assert_eq!(names, [("Amina R.", 2), ("Tom B.", 0)]);
        assert_eq!((shown.asked, shown.answered, shown.best(), shown.may_nudge), (2, 1, Some(2), true));
        assert_eq!(shown.times.iter().map(|tally| (tally.yes, tally.if_need_be, tally.no)).collect::<Vec<_>>(), [(0, 1, 0), (1, 0, 0)]);

        let sian = coordinator(fixture).await;
        let counted = page(&sian, &asking.code).await;
        assert!(counted.people.is_empty() && !counted.is_organiser && counted.times == shown.times);
        assert_eq!(polls_list(&sian).await.unwrap().len(), 1);
        let daniel = fixture.actor(person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await, &[Role::Supervisor]);
        assert_eq!(open_poll(&daniel, &asking.code).await.unwrap_err(), AppError::NotFound);
        assert!(polls_list(&daniel).await.unwrap().is_empty());
        assert_eq!(open_whom_to_ask(&daniel, &asking.slug).await.unwrap_err(), AppError::NotFound);
        assert_eq!(open_whom_to_ask(&daniel, "").await.unwrap_err(), AppError::NotFound);
    }

    async fn whoever_has_not_answered_is_asked_once_more_and_no_more_that_day(fixture: Fixture) {
        let asking = asking(fixture).await;
        let code = codes_of(fixture, asking.amina).await.remove(0);
        answer_poll(&visitor(fixture, fixture.now()), &answers(&code, "yes", "yes")).await.unwrap();
        let ruth = asking.organiser(fixture);
        let poll = open_poll(&ruth, &asking.code).await.unwrap();
        let (one, other) = tokio::join!(nudge(&ruth, &poll), nudge(&ruth, &poll));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        assert_eq!(one.and(other).unwrap_err().status(), 409);
        let codes = codes_of(fixture, asking.tom).await;
        assert_eq!((letters(fixture).await.len(), codes.len(), codes_of(fixture, asking.amina).await.len()), (3, 2, 1));
        // Both of Tom's links work.
        for code in &codes {
            assert!(poll_by_link(&visitor(fixture, fixture.now()), code).await.unwrap().is_some());
        }
        let tomorrow = fixture.actor_at(fixture.now() + TimeDelta::days(1), asking.ruth, &[Role::Supervisor]);
        nudge(&tomorrow, &open_poll(&tomorrow, &asking.code).await.unwrap()).await.unwrap();
    }

    async fn a_link_that_is_taken_back_works_no_more_and_its_answers_do_not_count(fixture: Fixture) {
        let asking = asking(fixture).await;
        let code = codes_of(fixture, asking.amina).await.remove(0);
        let now = visitor(fixture, fixture.now());
        answer_poll(&now, &answers(&code, "yes", "yes")).await.unwrap();
        let (ruth, amina) = (asking.organiser(fixture), code_of(fixture, asking.amina).await);
        let sian = coordinator(fixture).await;
        assert_eq!(revoke_links(&sian, &open_poll(&sian, &asking.code).await.unwrap(), &amina).await, Err(AppError::NotFound));
        for _ in 0..2 {
            revoke_links(&ruth, &open_poll(&ruth, &asking.code).await.unwrap(), &amina).await.unwrap();
        }
        assert_eq!(poll_by_link(&now, &code).await, Ok(None));
        assert_eq!(answer_poll(&now, &answers(&code, "no", "no")).await.unwrap_err().status(), 409);
        let shown = page(&ruth, &asking.code).await;
        assert_eq!((shown.asked, shown.answered, shown.times[0].yes), (1, 0, 0));
    }

    async fn a_poll_closes_by_itself_and_its_organiser_is_told_once(fixture: Fixture) {
        let asking = asking(fixture).await;
        let closes_at = "2026-10-30T00:00:00Z".parse().unwrap();
        assert_eq!(announce_closed_polls(&job(fixture, closes_at - TimeDelta::seconds(1))).await, Ok(0));
        let (first, second) = (job(fixture, closes_at), job(fixture, closes_at));
        // Both have found the poll before either takes it.
        let found = polls_to_announce(&first).await.unwrap();
        assert_eq!(polls_to_announce(&second).await.unwrap(), found);
        let (one, other) = tokio::join!(announce(&first, found[0]), announce(&second, found[0]));
        assert_ne!(one.unwrap(), other.unwrap());
        assert_eq!(announce_closed_polls(&first).await, Ok(0));
        let told = letters(fixture).await.into_iter().filter(|letter| letter.0 == asking.ruth).collect::<Vec<_>>();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].1, "Your poll of Thursday 29 October has closed");
        assert!(told[0].2.contains("0 of 2 have answered") && told[0].2.contains(&format!("/polls/{}", asking.code)), "{}", told[0].2);
        assert_eq!(forget_poll_links(&job(fixture, closes_at + TimeDelta::days(89))).await, Ok(0));
        assert_eq!(forget_poll_links(&job(fixture, closes_at + TimeDelta::days(90))).await, Ok(2));
    }

    async fn a_time_that_is_taken_closes_the_poll_and_is_the_series_as_a_draft(fixture: Fixture) {
        let asking = asking(fixture).await;
        let ruth = asking.organiser(fixture);
        let poll = open_poll(&ruth, &asking.code).await.unwrap();
        let take = |place: &str| TakeTimeForm { place: place.to_owned(), ..TakeTimeForm::default() };
        for wrong in ["3", "0", "soon", ""] {
            assert_eq!(take_time(&ruth, &poll, &take(wrong)).await.unwrap_err().status(), 422);
        }
        assert!(page(&ruth, &asking.code).await.subject.is_open(ruth.now()));
        let before = letters(fixture).await.len();
        let drafted = take_time(&ruth, &poll, &take("2")).await.unwrap();
        assert_eq!((drafted.slug.as_str(), drafted.number), (asking.slug.as_str(), 1));
        let draft = series_page(&ruth, &open_series(&ruth, &first_of(&asking.slug)).await.unwrap()).await.unwrap();
        assert_eq!(draft.plan.words, "Every second Thursday, 10:00 to 11:30, until 12 May 2027");
        assert!(draft.published_on.is_none() && draft.may_plan && draft.plan.dates[0].starts.to_string() == "2026-11-12 10:00:00");
        assert_eq!(letters(fixture).await.len(), before, "nobody is told of a draft");
        let shown = page(&ruth, &asking.code).await;
        assert!(!shown.subject.is_open(shown.now) && shown.chosen == Some(2));
        // Whoever closed it need not be told that it has closed.
        assert_eq!(announce_closed_polls(&job(fixture, fixture.now() + TimeDelta::days(30))).await, Ok(0));
        let code = codes_of(fixture, asking.amina).await.remove(0);
        assert_eq!(answer_poll(&visitor(fixture, fixture.now()), &answers(&code, "yes", "yes")).await.unwrap_err().status(), 409);
    }

    async fn a_time_at_which_the_supervisor_is_elsewhere_is_refused_and_the_poll_stays_open(fixture: Fixture) {
        let asking = asking(fixture).await;
        let other = group(fixture, asking.ruth, &[], GroupKind::Group).await;
        session(fixture, other, "2026-11-26T10:30:00Z".parse().unwrap(), 90).await;
        let ruth = asking.organiser(fixture);
        let poll = open_poll(&ruth, &asking.code).await.unwrap();
        let take = |place: &str| TakeTimeForm { place: place.to_owned(), ..TakeTimeForm::default() };
        let refused = take_time(&ruth, &poll, &take("2")).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("at the same time (Thursday 26 November"), "{refused}");
        let shown = page(&ruth, &asking.code).await;
        assert!(shown.subject.is_open(shown.now) && shown.chosen.is_none());
        assert_eq!(open_series(&ruth, &first_of(&asking.slug)).await.unwrap_err(), AppError::NotFound);
        assert_eq!(take_time(&ruth, &poll, &take("1")).await.unwrap().number, 1);
    }

    async fn of_two_who_take_times_at_once_one_makes_the_series(fixture: Fixture) {
        let asking = asking(fixture).await;
        let (ruth, sian) = (asking.organiser(fixture), coordinator(fixture).await);
        let take = |place: &str, chosen: &str| TakeTimeForm { place: place.to_owned(), chosen: chosen.to_owned(), ..TakeTimeForm::default() };
        let (hers, theirs) = (open_poll(&ruth, &asking.code).await.unwrap(), open_poll(&sian, &asking.code).await.unwrap());
        let (first, second) = (take("1", ""), take("2", ""));
        let (one, other) = tokio::join!(take_time(&ruth, &hers, &first), take_time(&sian, &theirs, &second));
        assert_eq!([&one, &other].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {other:?}");
        assert_eq!(one.and(other).unwrap_err().status(), 409);
        // Whoever sees what was taken may take another all the same; the first draft is theirs to delete.
        let chosen = page(&ruth, &asking.code).await.chosen.unwrap();
        let another = take(if chosen == 1 { "2" } else { "1" }, &chosen.to_string());
        assert_eq!(take_time(&ruth, &hers, &another).await.unwrap().number, 2);
    }

    async fn people_are_named_by_whoever_manages_groups_and_only_those_who_may_come_in(fixture: Fixture) {
        const EMAIL: &str = "SELECT email FROM person WHERE id = $1";
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let database = &fixture.database;
        let email: String = on!(database, pool => sqlx::query_scalar(EMAIL).bind(amina).fetch_one(pool).await).unwrap();
        let sian = coordinator(fixture).await;
        let named = PollForm { emails: format!("{}\n", email.to_uppercase()), ..form("") };
        let code = make(&sian, &named).await.unwrap();
        let shown = page(&sian, &code).await;
        assert_eq!((shown.asked, shown.people.len(), shown.group), (1, 1, None));
        let poll = open_poll(&sian, &code).await.unwrap();
        let nowhere = TakeTimeForm { place: "1".to_owned(), ..TakeTimeForm::default() };
        assert_eq!(take_time(&sian, &poll, &nowhere).await.unwrap_err().status(), 422);

        let unknown = PollForm { emails: format!("{email}\nnobody@bradford.example"), ..form("") };
        let AppError::Invalid(problems) = make(&sian, &unknown).await.unwrap_err() else { panic!("another reason") };
        assert!(problems[0].message.starts_with("Address 2") && !problems[0].message.contains('@'));
        suspend(fixture, amina).await;
        assert_eq!(make(&sian, &named).await.unwrap_err().status(), 422);
        assert_eq!(letters(fixture).await.len(), 1);
    }
}
