use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::agreements::fixture::agree;
use crate::asking::answers::{GroupAnswers, OwnStage, RoundAnswers, Stage};
use crate::asking::fixture::{ask_everybody, asked_code, form_to_make, keys};
use crate::asking::forms::MakeForm;
use crate::asking::jobs::publish_agreed;
use crate::asking::model::{AsWhat, Reply};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::fixture::messages;
use crate::groups::store::open_group;
use crate::matching::RoundForm;
use crate::matching::fixture::{at, email_of, form, practitioner, proposed, proposed_of, scene};
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, keep_apart, note_clearances};
use crate::registration::{Apart, ClearanceKind, Step, StepForm};
use crate::waiting::store::ask_for_supervision;

const NAMES: [&str; 4] = ["Amina", "Tom", "Grace", "Yusuf"];

/// A round that proposes one group of four people.
pub(super) struct World {
    pub(super) sian: Actor,
    pub(super) ruth: Actor,
    people: Vec<Actor>,
    pub(super) number: i64,
}

pub(super) async fn world(fixture: &Fixture) -> World {
    world_of(fixture, &form()).await
}

/// The same of another round.
pub(super) async fn world_of(fixture: &Fixture, form: &RoundForm) -> World {
    let (sian, ruth) = scene(fixture).await;
    let mut people = Vec::new();
    for name in NAMES {
        people.push(practitioner(fixture, name, &[]).await);
    }
    let number = proposed_of(fixture, &sian, form).await.line.number;
    World { sian, ruth, people, number }
}

impl World {
    pub(super) fn one(&self, place: usize) -> &Actor {
        &self.people[place]
    }

    pub(super) async fn keys(&self) -> Vec<String> {
        keys(&self.sian, self.number).await
    }

    pub(super) async fn ask_all(&self) {
        ask_everybody(&self.sian, self.number).await;
    }

    async fn answers(&self) -> RoundAnswers {
        answers_of_round(&self.sian, self.number).await.unwrap()
    }

    pub(super) async fn group(&self) -> GroupAnswers {
        self.answers().await.groups.into_iter().next().unwrap()
    }

    pub(super) async fn replies(&self, actor: &Actor, fixture: &Fixture, with: Reply) -> Result<(), AppError> {
        reply(actor, &asked_code(fixture, actor.person()).await, with).await
    }

    pub(super) async fn form(&self) -> MakeForm {
        form_to_make(&self.sian, self.number).await
    }
}

async fn count(fixture: &Fixture, statement: &'static str) -> i64 {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(statement).fetch_one(pool).await).unwrap()
}

/// What somebody was written, the last first: subject and text.
async fn letters_to(fixture: &Fixture, person: PersonId) -> Vec<(String, String)> {
    const LETTERS: &str = "SELECT subject, body FROM message WHERE person_id = $1 ORDER BY created_at DESC, id DESC";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_as(LETTERS).bind(person).fetch_all(pool).await).unwrap()
}

/// What somebody answers, of what they can still answer.
async fn own_lines(fixture: &Fixture, actor: &Actor) -> Vec<Option<Reply>> {
    let lines = asked_lines(actor, &mut fixture.snapshot().await).await.unwrap();
    lines.into_iter().map(|line| line.reply).collect()
}

both_databases! {
    async fn looking_sends_nothing_and_asking_writes_to_each_person_what_was_shown(fixture: Fixture) {
        let world = world(fixture).await;
        let shown = round_to_ask(&world.sian, world.number).await.unwrap();
        let group = shown.groups.first().unwrap();
        assert_eq!((group.asked.len(), group.left_out.len()), (4, 0));
        // The round begins on Monday 23 November; its group meets on a Thursday of the cycle.
        let first = group.terms.first.unwrap().date().to_string();
        assert!(["2026-11-26", "2026-12-03"].contains(&first.as_str()), "{first}");
        assert_eq!((messages(fixture, "Would you%").await, count(fixture, "SELECT COUNT(*) FROM asked_person").await), (0, 0));

        assert_eq!(ask_groups(&world.sian, world.number, &world.keys().await).await.unwrap(), 5);
        assert_eq!((messages(fixture, "Would you take%").await, messages(fixture, "Would you lead%").await), (4, 1));
        let code = asked_code(fixture, world.one(0).person()).await;
        let (subject, body) = letters_to(fixture, world.one(0).person()).await.remove(0);
        let [to_members, _] = group.letters.clone();
        assert_eq!((subject, body.replace(&code, "…")), to_members, "the letter is the one that was shown");
        assert!(!body.contains("Ruth") && !body.contains("Round") && !body.contains('@'), "{body}");
        assert_eq!(round_to_ask(&world.sian, world.number).await.unwrap().groups, []);
    }

    async fn of_two_who_ask_at_once_the_second_asks_nobody(fixture: Fixture) {
        let world = world(fixture).await;
        let keys = world.keys().await;
        ask_groups(&world.sian, world.number, &keys).await.unwrap();
        assert_eq!(ask_groups(&world.sian, world.number, &keys).await.unwrap_err().status(), 409);
        // The same people, in another round: each of them is asked about one group of a kind at a time.
        let again = proposed(fixture, &world.sian).await.line.number;
        let shown = round_to_ask(&world.sian, again).await.unwrap();
        assert!(shown.groups.iter().all(|group| group.asked.is_empty() && group.left_out.len() == 4));
        assert_eq!(messages(fixture, "Would you take%").await, 4);
        let twice = "INSERT INTO asked_person SELECT $1, 'other', asked_group_id, person_id, part, kind, asked_by, asked_at, 0, professions, authorities, NULL, NULL, NULL, NULL, NULL FROM asked_person LIMIT 1";
        let database = &fixture.database;
        let refused = on!(database, pool => sqlx::query(twice).bind(crate::database::new_id()).execute(pool).await.map(|_| ()));
        assert!(crate::database::is_taken(&refused.unwrap_err()), "the database settles it");
    }

    async fn whoever_is_asked_sees_no_name_of_the_others_and_nobody_sees_what_another_answers(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        let (amina, tom) = (world.one(0), world.one(1));
        let code = asked_code(fixture, amina.person()).await;
        let before = own_asked(amina, &code).await.unwrap();
        assert_eq!((before.others, before.authorities.clone(), before.as_what), (3, vec!["Bradford".to_owned()], AsWhat::Member));
        assert_eq!(own_asked(tom, &code).await.unwrap_err(), AppError::NotFound);
        assert_eq!(reply(tom, &code, Reply::Accepted).await.unwrap_err(), AppError::NotFound);

        world.replies(tom, fixture, Reply::Declined).await.unwrap();
        assert_eq!(own_asked(amina, &code).await.unwrap(), before, "what Amina reads does not tell that Tom declines");
        assert_eq!(own_asked(&world.ruth, &asked_code(fixture, world.ruth.person()).await).await.unwrap().others, 4);
        let group = world.group().await;
        let replies: Vec<_> = group.people.iter().map(|one| (one.person.short.as_str(), one.reply)).collect();
        assert_eq!(replies, [("Amina E.", None), ("Grace E.", None), ("Tom E.", Some(Reply::Declined)), ("Yusuf E.", None)]);
    }

    async fn an_answer_can_be_changed_while_the_place_is_there(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        let tom = world.one(1);
        assert_eq!(own_lines(fixture, tom).await, [None]);
        for with in [Reply::Declined, Reply::Accepted, Reply::Declined] {
            world.replies(tom, fixture, with).await.unwrap();
        }
        assert_eq!(own_lines(fixture, tom).await, [Some(Reply::Declined)]);
        assert_eq!(world.group().await.open, 1);

        // Somebody else takes part, and is asked for the place that is open.
        let noor = practitioner(fixture, "Noor", &[]).await;
        take_part(fixture, &world, &noor).await;
        let next = world.group().await.next;
        assert_eq!(next.iter().map(|one| one.person.short.as_str()).collect::<Vec<_>>(), ["Noor E."], "whoever declined is not asked again");
        let (group, person) = (world.group().await.code, code_of(fixture, noor.person()).await);
        ask_next(&world.sian, world.number, &group, &person).await.unwrap();
        assert_eq!(ask_next(&world.sian, world.number, &group, &person).await.unwrap_err().status(), 409, "no place is open any more");
        assert_eq!(letters_to(fixture, noor.person()).await.len(), 1);
        assert_eq!(own_asked(&noor, &asked_code(fixture, noor.person()).await).await.unwrap().others, 3, "Tom is not counted");
        assert_eq!(world.replies(tom, fixture, Reply::Accepted).await.unwrap_err().status(), 409, "the place is held for somebody else");
        world.replies(&noor, fixture, Reply::Accepted).await.unwrap();
    }

    async fn nobody_else_is_asked_for_a_group_whose_supervisor_does_not_hold_every_clearance_any_more(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        world.replies(world.one(1), fixture, Reply::Declined).await.unwrap();
        let noor = practitioner(fixture, "Noor", &[]).await;
        take_part(fixture, &world, &noor).await;
        let (group, person) = (world.group().await.code, code_of(fixture, noor.person()).await);
        let ruth = code_of(fixture, world.ruth.person()).await;
        let lapsed: Vec<_> = ClearanceKind::ALL.iter().map(|kind| (*kind, None)).collect();
        note_clearances(&world.sian, &ruth, &lapsed).await.unwrap();
        assert_eq!(ask_next(&world.sian, world.number, &group, &person).await.unwrap_err().status(), 409);
        assert_eq!(letters_to(fixture, noor.person()).await, []);
    }

    async fn whoever_is_kept_apart_since_the_round_was_asked_is_not_asked_with_the_other_and_no_letter_says_so(fixture: Fixture) {
        let world = world(fixture).await;
        let tom = email_of(fixture, world.one(1).person()).await;
        keep_apart(&world.sian, &code_of(fixture, world.one(0).person()).await, &Apart::Person(tom)).await.unwrap();
        let shown = round_to_ask(&world.sian, world.number).await.unwrap().groups.remove(0);
        assert_eq!((shown.asked.len(), shown.left_out.len()), (3, 1));
        world.ask_all().await;
        assert_eq!(messages(fixture, "Would you take%").await, 3);
        assert_eq!(world.group().await.next, [], "nor is their place offered to the one who is kept apart");
    }

    async fn a_question_that_is_taken_back_can_be_asked_again_and_is_told_to_whoever_had_not_declined(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        world.replies(world.one(1), fixture, Reply::Declined).await.unwrap();
        let code = world.group().await.code;
        take_back(&world.sian, world.number, &code).await.unwrap();
        assert_eq!(messages(fixture, "You need not answer%").await, 4);
        assert_eq!(take_back(&world.sian, world.number, &code).await.unwrap_err().status(), 409);
        assert_eq!(world.replies(world.one(0), fixture, Reply::Accepted).await.unwrap_err().status(), 409);
        assert_eq!(world.keys().await.len(), 1);
        world.ask_all().await;
        assert_eq!(world.answers().await.groups.len(), 2);
    }

    async fn a_group_is_made_once_of_those_who_accept_with_its_agreement_and_its_series_and_one_letter_to_each(fixture: Fixture) {
        let world = world(fixture).await;
        wait(world.one(0)).await;
        wait(world.one(3)).await;
        world.ask_all().await;
        let made = |form: MakeForm| { let world = &world; async move { make_asked_group(&world.sian, world.number, &form).await } };
        for (place, with) in [(0, Reply::Accepted), (1, Reply::Declined), (2, Reply::Accepted)] {
            world.replies(world.one(place), fixture, with).await.unwrap();
        }
        assert_eq!(world.group().await.stage, Stage::Waiting);
        assert_eq!(made(world.form().await).await.unwrap_err().status(), 409, "two are not enough, and nobody leads");
        world.replies(world.one(3), fixture, Reply::Accepted).await.unwrap();
        world.replies(&world.ruth, fixture, Reply::Accepted).await.unwrap();
        let stale = world.form().await;
        world.replies(world.one(3), fixture, Reply::Declined).await.unwrap();
        assert_eq!(made(stale).await.unwrap_err().status(), 409, "an answer has changed since it was shown");
        world.replies(world.one(3), fixture, Reply::Accepted).await.unwrap();

        let before = count(fixture, "SELECT COUNT(*) FROM message").await;
        let form = world.form().await;
        assert_eq!(made(form.clone()).await.unwrap(), "aire");
        assert_eq!(made(form).await.unwrap(), "aire", "whoever presses again finds the group that is there");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM supervision_group WHERE intervention = 'solihull'").await, 1, "all would bring that");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM membership").await, 3);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM agreement_party WHERE agreed_at IS NULL").await, 4);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM series WHERE published_at IS NULL").await, 1);
        assert_eq!(publish_agreed(&at(fixture, TimeDelta::zero())).await, Ok(0), "nothing is published that nobody has agreed to");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM waiting_entry WHERE ended_at IS NULL").await, 0, "they wait no more");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await - before, 4, "one letter to each of the four");
        assert_eq!(letters_to(fixture, world.one(1).person()).await.len(), 1, "and none to Tom, who declined");
        let own = own_asked(world.one(0), &asked_code(fixture, world.one(0).person()).await).await.unwrap();
        assert_eq!(own.stage, OwnStage::Begun("aire".to_owned()));
        assert!(matches!(world.group().await.stage, Stage::Made(..)));

        let everybody: Vec<PersonId> = [0, 2, 3].into_iter().map(|place| world.one(place).person()).chain([world.ruth.person()]).collect();
        assert!(agree(fixture, "aire", &everybody, 1).await, "the agreement can be signed, and is in force then");
        assert!(open_group(world.one(1), "aire").await.is_err(), "Tom is in no group");
        let later = at(fixture, TimeDelta::minutes(1));
        assert_eq!((publish_agreed(&later).await, publish_agreed(&later).await), (Ok(1), Ok(0)), "then its sessions are published, once");
        assert!(count(fixture, "SELECT COUNT(*) FROM session").await > 10);
        assert_eq!(messages(fixture, "Your sessions from%").await, 4);
    }

    async fn a_group_whose_members_would_bring_different_work_is_on_no_intervention_in_particular(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        for one in world.people.iter().chain([&world.ruth]) {
            world.replies(one, fixture, Reply::Accepted).await.unwrap();
        }
        let code = world.group().await.code;
        let shown = async || group_to_make(&world.sian, world.number, &code).await.unwrap().intervention;
        assert_eq!(shown().await.as_deref(), Some("Solihull Approach"));
        answer_step(world.one(3), &StepForm { intervention: "nbo".to_owned(), ..answer(Step::Intervention) }).await.unwrap();
        assert_eq!(shown().await, None);
        make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap();
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM supervision_group WHERE intervention IS NULL").await, 1);
    }

    async fn sessions_that_do_not_fit_once_all_have_agreed_stay_a_draft_of_which_the_coordinator_is_told_once(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        for one in world.people.iter().chain([&world.ruth]) {
            world.replies(one, fixture, Reply::Accepted).await.unwrap();
        }
        let first = world.group().await.terms.first.unwrap();
        let slug = make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap();
        let everybody: Vec<PersonId> = world.people.iter().chain([&world.ruth]).map(Actor::person).collect();
        assert!(agree(fixture, &slug, &everybody, 1).await);
        let other = crate::groups::fixture::group(fixture, world.ruth.person(), &[], crate::groups::GroupKind::Group).await;
        let session = crate::sessions::fixture::session(fixture, other, ::series::instant(first) + TimeDelta::minutes(15), 90).await;

        let letters = "The sessions of a new group wait%";
        for minutes in 1..4 {
            assert_eq!(publish_agreed(&at(fixture, TimeDelta::minutes(minutes))).await, Ok(0));
        }
        assert_eq!((messages(fixture, letters).await, letters_to(fixture, world.sian.person()).await.len()), (1, 1));

        let database = &fixture.database;
        for (statement, series_or_session) in [
            ("UPDATE session SET cancelled_at = starts_at WHERE id = $1", session.0),
            ("UPDATE series SET version = version + 1 WHERE published_at IS NULL AND id <> $1", session.0),
        ] {
            on!(database, pool => sqlx::query(statement).bind(series_or_session).execute(pool).await.map(|_| ())).unwrap();
        }
        assert_eq!(publish_agreed(&at(fixture, TimeDelta::minutes(5))).await, Ok(1), "a draft that was changed is tried again");
    }

    async fn whoever_has_not_answered_is_told_that_it_has_begun_without_them_and_stays_on_the_list(fixture: Fixture) {
        let world = world(fixture).await;
        wait(world.one(3)).await;
        world.ask_all().await;
        for place in 0..3 {
            world.replies(world.one(place), fixture, Reply::Accepted).await.unwrap();
        }
        world.replies(&world.ruth, fixture, Reply::Accepted).await.unwrap();
        make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap();
        let yusuf = world.one(3);
        assert_eq!(letters_to(fixture, yusuf.person()).await.first().unwrap().0, "A supervision group has begun without you");
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM waiting_entry WHERE ended_at IS NULL").await, 1);
        let code = asked_code(fixture, yusuf.person()).await;
        assert_eq!(own_asked(yusuf, &code).await.unwrap().stage, OwnStage::WithoutYou);
        assert_eq!(reply(yusuf, &code, Reply::Accepted).await.unwrap_err().status(), 409);
    }

    async fn a_group_whose_supervisor_is_taken_by_then_is_not_made_and_nothing_of_it_is_left(fixture: Fixture) {
        let world = world(fixture).await;
        world.ask_all().await;
        for one in world.people.iter().chain([&world.ruth]) {
            world.replies(one, fixture, Reply::Accepted).await.unwrap();
        }
        let first = world.group().await.terms.first.unwrap();
        let other = crate::groups::fixture::group(fixture, world.ruth.person(), &[], crate::groups::GroupKind::Group).await;
        crate::sessions::fixture::session(fixture, other, ::series::instant(first) + TimeDelta::minutes(15), 90).await;
        assert_eq!(make_asked_group(&world.sian, world.number, &world.form().await).await.unwrap_err().status(), 409);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM supervision_group").await, 1);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM membership").await, 0);
        assert_eq!(world.group().await.stage, Stage::Ready);
    }
}

/// Lets somebody take part in the round as one who has no place, as if they had been looked at with the others.
async fn take_part(fixture: &Fixture, world: &World, person: &Actor) {
    const LOOKED_AT: &str = "\
INSERT INTO round_person (round_id, person_id, part, is_stale, obstacles)
SELECT round_id, $1, part, is_stale, obstacles
FROM round_person
WHERE person_id = $2";
    const INSTANCE: &str = "SELECT instance FROM matching_round WHERE number = $1";
    const KEEP: &str = "UPDATE matching_round SET instance = $2 WHERE number = $1";

    let database = &fixture.database;
    let like = world.one(0).person();
    on!(database, pool => sqlx::query(LOOKED_AT).bind(person.person()).bind(like).execute(pool).await.map(|_| ())).unwrap();
    let text: String = on!(database, pool => sqlx::query_scalar(INSTANCE).bind(world.number).fetch_one(pool).await).unwrap();
    let mut instance = ::matching::Instance::read(text.as_bytes()).unwrap();
    let like = format!("p-{}", code_of(fixture, like).await);
    let mut one = instance.practitioners.iter().find(|one| one.id == like).unwrap().clone();
    one.id = format!("p-{}", code_of(fixture, person.person()).await);
    instance.practitioners.push(one);
    let text = instance.write().unwrap();
    on!(database, pool => sqlx::query(KEEP).bind(world.number).bind(&text).execute(pool).await.map(|_| ())).unwrap();
}

/// Puts somebody on the list for a group.
async fn wait(actor: &Actor) {
    let asked = crate::waiting::Asked {
        kind: crate::groups::GroupKind::Group,
        way: crate::waiting::Way::Online,
        times: vec!["thursday-morning".to_owned()],
        urgency: crate::waiting::Urgency::Now,
        wanted: String::new(),
    };
    ask_for_supervision(actor, &asked).await.unwrap();
}
