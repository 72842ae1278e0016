//! Whoever is beside the supervisor of a group, from the question to its sessions.

use chrono::TimeDelta;

use super::*;
use crate::access::Actor;
use crate::agreements::fixture::agree;
use crate::asking::answers::{OwnStage, WrittenBeside};
use crate::asking::fixture::{ask_everybody, asked_code, form_to_make};
use crate::asking::jobs::publish_agreed;
use crate::asking::model::{AsWhat, Reply};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, messages};
use crate::matching::RoundForm;
use crate::matching::fixture::{at, email_of, form, learner, practitioner, proposed_of, scene, supervisor};
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::Apart;
use crate::registration::store::keep_apart;
use crate::sessions::HostRole;
use crate::sessions::fixture::session;

/// A round that proposes one group of four people, and one who would observe it.
struct World {
    sian: Actor,
    ruth: Actor,
    octavia: Actor,
    people: Vec<Actor>,
    number: i64,
}

async fn world(fixture: &Fixture) -> World {
    let (sian, ruth) = scene(fixture).await;
    let octavia = learner(fixture, &sian, "Octavia").await;
    let mut people = Vec::new();
    for name in ["Amina", "Tom", "Grace", "Yusuf"] {
        people.push(practitioner(fixture, name, &[]).await);
    }
    let number = proposed_of(fixture, &sian, &RoundForm { observer: "yes".to_owned(), ..form() }).await.line.number;
    World { sian, ruth, octavia, people, number }
}

impl World {
    async fn replies(&self, actor: &Actor, fixture: &Fixture, with: Reply) {
        reply(actor, &asked_code(fixture, actor.person()).await, with).await.unwrap();
    }

    /// Everybody who would be in the group, or lead it, accepts.
    async fn all_accept(&self, fixture: &Fixture) {
        for actor in self.people.iter().chain([&self.ruth]) {
            self.replies(actor, fixture, Reply::Accepted).await;
        }
    }

    async fn make(&self) -> String {
        make_asked_group(&self.sian, self.number, &form_to_make(&self.sian, self.number).await).await.unwrap()
    }

    /// The group is made, and everybody agrees.
    async fn make_and_agree(&self, fixture: &Fixture) {
        let slug = self.make().await;
        let everybody: Vec<PersonId> = self.people.iter().chain([&self.ruth]).map(Actor::person).collect();
        assert!(agree(fixture, &slug, &everybody, 1).await);
    }
}

async fn count(fixture: &Fixture, statement: &'static str) -> i64 {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(statement).fetch_one(pool).await).unwrap()
}

/// The last that somebody was written.
async fn letter_to(fixture: &Fixture, person: PersonId) -> String {
    const LETTER: &str = "SELECT body FROM message WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(LETTER).bind(person).fetch_one(pool).await).unwrap()
}

const HOSTED: &str = "SELECT COUNT(*) FROM session_host WHERE role = 'observer'";

both_databases! {
    async fn whoever_accepts_to_be_beside_the_supervisor_is_added_to_the_sessions_when_they_are_published_by_one_letter(fixture: Fixture) {
        let world = world(fixture).await;
        let shown = round_to_ask(&world.sian, world.number).await.unwrap().groups.remove(0);
        let beside = shown.beside.first().unwrap();
        assert_eq!((beside.person.short.as_str(), beside.role, shown.beside.len()), ("Octavia A.", HostRole::Observer, 1));
        assert!(shown.letters.iter().all(|(_, body)| body.contains("Another supervisor is there to learn")), "{:?}", shown.letters);
        assert_eq!(ask_groups(&world.sian, world.number, std::slice::from_ref(&shown.key)).await.unwrap(), 6);
        let code = asked_code(fixture, world.octavia.person()).await;
        assert_eq!(letter_to(fixture, world.octavia.person()).await.replace(&code, "…"), beside.letter.1, "the letter is the one that was shown");
        let own = own_asked(&world.octavia, &code).await.unwrap();
        assert_eq!((own.as_what, own.others), (AsWhat::Beside(HostRole::Observer), 4));

        world.all_accept(fixture).await;
        world.replies(&world.octavia, fixture, Reply::Accepted).await;
        let answers = answers_of_round(&world.sian, world.number).await.unwrap().groups.remove(0);
        assert_eq!((answers.supervisor, answers.beside[0].reply, answers.people.len()), (Some(Reply::Accepted), Some(Reply::Accepted), 4));
        let to_make = group_to_make(&world.sian, world.number, &answers.code).await.unwrap();
        assert_eq!(to_make.beside.len(), 1);
        assert!(to_make.letters[0].1.contains("Another supervisor is there to learn"));
        world.make_and_agree(fixture).await;
        assert_eq!(letter_to(fixture, world.octavia.person()).await, to_make.beside[0].letter.1);
        assert_eq!(count(fixture, HOSTED).await, 0, "nobody is added to what is not published");

        let later = at(fixture, TimeDelta::minutes(1));
        assert_eq!((publish_agreed(&later).await, publish_agreed(&later).await), (Ok(1), Ok(0)));
        let sessions = count(fixture, "SELECT COUNT(*) FROM session").await;
        assert!(sessions > 10);
        assert_eq!((count(fixture, HOSTED).await, messages(fixture, "Sessions of a group beside%").await), (sessions, 1));
        assert!(letter_to(fixture, world.octavia.person()).await.contains(&format!("You were added to {sessions} sessions")));
        assert_eq!(own_asked(&world.octavia, &code).await.unwrap().stage, OwnStage::Begun("aire".to_owned()));
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM membership").await, 4, "she is no member");
    }

    async fn a_group_is_made_without_whoever_declines_to_be_beside_its_supervisor_and_nobody_is_told_of_them(fixture: Fixture) {
        let world = world(fixture).await;
        ask_everybody(&world.sian, world.number).await;
        world.all_accept(fixture).await;
        world.replies(&world.octavia, fixture, Reply::Declined).await;
        let before = count(fixture, "SELECT COUNT(*) FROM message").await;
        world.make().await;
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM message").await - before, 5, "one letter to each of the five, and none to her");
        assert!(!letter_to(fixture, world.people[0].person()).await.contains("Another supervisor"));
        assert_eq!((publish_agreed(&at(fixture, TimeDelta::minutes(1))).await, count(fixture, HOSTED).await), (Ok(0), 0));
    }

    async fn whoever_has_not_answered_or_may_not_meet_a_member_by_then_is_told_that_it_has_begun_without_them(fixture: Fixture) {
        let world = world(fixture).await;
        ask_everybody(&world.sian, world.number).await;
        world.all_accept(fixture).await;
        world.replies(&world.octavia, fixture, Reply::Accepted).await;
        let octavia = code_of(fixture, world.octavia.person()).await;
        keep_apart(&world.sian, &octavia, &Apart::Person(email_of(fixture, world.people[0].person()).await)).await.unwrap();
        let code = asked_code(fixture, world.octavia.person()).await;
        let group = answers_of_round(&world.sian, world.number).await.unwrap().groups.remove(0).code;
        let to_make = group_to_make(&world.sian, world.number, &group).await.unwrap();
        assert_eq!((to_make.beside.len(), to_make.not_beside.len()), (0, 1));
        world.make_and_agree(fixture).await;
        let letter = letter_to(fixture, world.octavia.person()).await;
        assert!(letter.contains("it has begun without you") && !letter.contains("Amina"), "{letter}");
        assert_eq!(letter, to_make.not_beside[0].letter.1, "the letter is the one that was shown");
        assert_eq!(own_asked(&world.octavia, &code).await.unwrap().stage, OwnStage::WithoutYou);
        assert_eq!((publish_agreed(&at(fixture, TimeDelta::minutes(1))).await, count(fixture, HOSTED).await), (Ok(1), 0));
    }

    async fn whoever_may_not_meet_a_member_only_once_the_group_is_made_is_told_to_ask_the_coordinator(fixture: Fixture) {
        let world = world(fixture).await;
        ask_everybody(&world.sian, world.number).await;
        world.all_accept(fixture).await;
        world.replies(&world.octavia, fixture, Reply::Accepted).await;
        world.make_and_agree(fixture).await;
        let octavia = code_of(fixture, world.octavia.person()).await;
        keep_apart(&world.sian, &octavia, &Apart::Person(email_of(fixture, world.people[0].person()).await)).await.unwrap();
        publish_agreed(&at(fixture, TimeDelta::minutes(1))).await.unwrap();
        let letter = letter_to(fixture, world.octavia.person()).await;
        assert!(letter.contains("You were not added to its sessions; please ask the Centre’s coordinator."), "{letter}");
        let code = asked_code(fixture, world.octavia.person()).await;
        assert_eq!((own_asked(&world.octavia, &code).await.unwrap().stage, count(fixture, HOSTED).await), (OwnStage::WithoutYou, 0));
    }

    async fn of_two_who_may_not_meet_by_then_whoever_leads_the_group_too_is_beside_its_supervisor_and_the_other_is_not(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        let nadia = supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        let octavia = learner(fixture, &sian, "Octavia").await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let both = RoundForm { co_supervisor: "yes".to_owned(), observer: "yes".to_owned(), ..form() };
        let number = proposed_of(fixture, &sian, &both).await.line.number;
        ask_everybody(&sian, number).await;
        let world = World { sian, ruth, octavia, people, number };
        world.all_accept(fixture).await;
        for actor in [&nadia, &world.octavia] {
            world.replies(actor, fixture, Reply::Accepted).await;
        }
        let beside = async || {
            let group = answers_of_round(&world.sian, number).await.unwrap().groups.remove(0).code;
            let to_make = group_to_make(&world.sian, number, &group).await.unwrap();
            let roles = |of: &[WrittenBeside]| of.iter().map(|one| one.role).collect::<Vec<_>>();
            (roles(&to_make.beside), roles(&to_make.not_beside))
        };
        assert_eq!(beside().await, (HostRole::ALL.to_vec(), Vec::new()));
        let code = code_of(fixture, world.octavia.person()).await;
        let leads = answers_of_round(&world.sian, number).await.unwrap().groups.remove(0).terms.supervisor;
        let leads_too = if leads.short.starts_with("Ruth") { &nadia } else { &world.ruth };
        keep_apart(&world.sian, &code, &Apart::Person(email_of(fixture, leads_too.person()).await)).await.unwrap();
        assert_eq!(beside().await, (vec![HostRole::CoSupervisor], vec![HostRole::Observer]));
    }

    async fn sessions_for_which_somebody_is_not_free_by_then_are_left_out_and_named_by_their_dates(fixture: Fixture) {
        let world = world(fixture).await;
        ask_everybody(&world.sian, world.number).await;
        world.all_accept(fixture).await;
        world.replies(&world.octavia, fixture, Reply::Accepted).await;
        let first = answers_of_round(&world.sian, world.number).await.unwrap().groups.remove(0).terms.first.unwrap();
        let elsewhere = group(fixture, world.octavia.person(), &[], GroupKind::Group).await;
        session(fixture, elsewhere, ::series::instant(first), 90).await;
        world.make_and_agree(fixture).await;
        assert_eq!(publish_agreed(&at(fixture, TimeDelta::minutes(1))).await, Ok(1));
        let sessions = count(fixture, "SELECT COUNT(*) FROM session s JOIN asked_group a ON a.group_id = s.group_id").await;
        assert_eq!(count(fixture, HOSTED).await, sessions - 1);
        let letter = letter_to(fixture, world.octavia.person()).await;
        assert!(letter.contains(&format!("were not added: {}. ", crate::ui::day_month_year(first.date()))), "{letter}");
    }
}
