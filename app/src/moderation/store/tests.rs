//! What holds of moderation on both databases.

use chrono::TimeDelta;

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, messages, slug_of};
use crate::moderation::answers::OwnKind;
use crate::moderation::forms::{AppealForm, DecisionForm, ReportForm};
use crate::moderation::jobs::write_to_moderators;
use crate::moderation::model::Outcome;
use crate::people::PersonId;
use crate::people::fixture::{code_of, is_entered_with, person};
use crate::polls::fixture::job;
use crate::spaces::fixture::{look_after, opened, space, start, words};
use crate::spaces::store::{
    Changed, change_held, change_post, feed, open_space, post_to_change, reply, save_post, saved, start_thread, thread_shown, to_review,
    withdraw_held, withdraw_post,
};
use crate::spaces::{HiddenAs, SpaceKind, Written};

/// A space that Ruth and Nadia look after, in which Amina has written, and those at the Centre.
pub(super) struct World<'a> {
    pub(super) fixture: &'a Fixture,
    pub(super) ruth: PersonId,
    pub(super) nadia: PersonId,
    pub(super) amina: PersonId,
    pub(super) tom: PersonId,
    pub(super) sian: PersonId,
}

pub(super) async fn world(fixture: &Fixture) -> World<'_> {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
    let all = space(fixture, "all", SpaceKind::Centre, "").await;
    look_after(fixture, all, ruth).await;
    look_after(fixture, all, nadia).await;
    World { fixture, ruth, nadia, amina, tom, sian }
}

impl World<'_> {
    /// Somebody, so many minutes after the test began.
    pub(super) fn at(&self, minutes: i64, person: PersonId) -> Actor {
        let role = match person {
            who if who == self.sian => Role::Coordinator,
            who if who == self.ruth || who == self.nadia => Role::Supervisor,
            _ => Role::Practitioner,
        };
        self.fixture.actor_at(self.fixture.now() + TimeDelta::minutes(minutes), person, &[role])
    }

    pub(super) async fn says(&self, statement: &'static str) {
        let database = &self.fixture.database;
        on!(database, pool => sqlx::query(statement).execute(pool).await.map(|_| ())).unwrap();
    }

    pub(super) async fn letters_to(&self, person: PersonId) -> i64 {
        const COUNT: &str = "SELECT COUNT(*) FROM message WHERE person_id = $1";
        let database = &self.fixture.database;
        on!(database, pool => sqlx::query_scalar(COUNT).bind(person).fetch_one(pool).await).unwrap()
    }

    /// The code of the only case that somebody has to decide.
    pub(super) async fn case(&self, actor: &Actor) -> String {
        let queue = queue_of(actor, false).await.unwrap();
        assert_eq!(queue.lines.len(), 1, "{queue:#?}");
        queue.lines[0].code.clone()
    }

    pub(super) async fn decide(&self, actor: &Actor, outcome: Outcome) -> Result<(), AppError> {
        decide_as(actor, &self.case(actor).await, outcome).await
    }
}

pub(super) async fn decide_as(actor: &Actor, code: &str, outcome: Outcome) -> Result<(), AppError> {
    let case = open_case(actor, code).await?;
    let form = DecisionForm {
        code: code.to_owned(),
        version: case_shown(actor, &case).await?.version.to_string(),
        outcome: outcome.key().to_owned(),
        reason: "unkind".to_owned(),
        days: "3".to_owned(),
        words: "Please say it otherwise.".to_owned(),
        nobodys: String::new(),
    };
    let possible: &[Outcome] = if case.is_report() { &Outcome::OF_REPORTS } else { &Outcome::OF_WAITING };
    decide(actor, &case, &form.check(possible)?).await
}

pub(super) async fn report(actor: &Actor, slug: &str, number: i64, about: &str) -> Result<(), AppError> {
    let form = ReportForm { reason: "unkind".to_owned(), words: "It hurts.".to_owned(), about: about.to_owned(), ..ReportForm::default() };
    report_post(actor, &opened(actor, slug, 1).await?, number, &form.check().unwrap()).await
}

/// What somebody reads in a thread: for each post its number, its text, and how it is hidden.
pub(super) async fn posts(actor: &Actor, slug: &str) -> Vec<(i64, String, Option<HiddenAs>)> {
    let thread = opened(actor, slug, 1).await.unwrap();
    thread_shown(actor, &thread, "", false).await.unwrap().shown.into_iter().map(|post| (post.number, post.html, post.hidden)).collect()
}

pub(super) async fn own(actor: &Actor, kind: OwnKind) -> String {
    own_reports(actor).await.unwrap().lines.into_iter().find(|line| line.kind == kind).unwrap().code
}

both_databases! {
    async fn whoever_a_report_is_about_does_not_learn_that_there_is_one(fixture: Fixture) {
        const LOG: &str = "SELECT actor_id FROM audit_entry WHERE subject = 'moderation' ORDER BY sequence";

        let world = world(fixture).await;
        start(&world.at(0, world.amina), "all", "Endings", "First words").await.unwrap();
        let (ruth, nadia) = (world.at(2, world.ruth), world.at(2, world.nadia));
        report(&world.at(1, world.tom), "all", 1, &code_of(fixture, world.ruth).await).await.unwrap();
        let code = world.case(&nadia).await;
        assert_eq!(world.case(&world.at(2, world.sian)).await, code);
        write_to_moderators(&job(fixture, fixture.now() + TimeDelta::hours(2))).await.unwrap();
        for (who, letters) in [(world.nadia, 1), (world.ruth, 0), (world.amina, 0), (world.sian, 0)] {
            assert_eq!(world.letters_to(who).await, letters);
        }
        // Neither whom it names, nor who wrote the post, nor anybody who looks after nothing.
        for who in [&ruth, &world.at(2, world.amina), &world.at(2, world.tom)] {
            assert_eq!(open_case(who, &code).await.unwrap_err(), AppError::NotFound);
            assert!(queue_of(who, false).await.unwrap().lines.is_empty() && months(who).await.unwrap().is_empty());
        }
        assert_eq!((to_review(&ruth).await, to_review(&nadia).await, to_review(&world.at(2, world.tom)).await), (Ok(Some(0)), Ok(Some(1)), Ok(None)));
        // They are nobody to whom it can be given.
        let others = case_shown(&nadia, &open_case(&nadia, &code).await.unwrap()).await.unwrap().others;
        assert_eq!(others.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Sian L."]);
        assert_eq!(hand_over(&nadia, &open_case(&nadia, &code).await.unwrap(), 2, &code_of(fixture, world.ruth).await).await.unwrap_err().status(), 422);

        world.decide(&nadia, Outcome::Hide).await.unwrap();
        assert!(queue_of(&ruth, true).await.unwrap().lines.is_empty() && months(&ruth).await.unwrap().is_empty());
        assert_eq!(months(&nadia).await.unwrap()[0].decisions, [(Outcome::Hide, 1)]);
        // The log names nobody who reported, and says nothing to whom it is about, whatever else they may read.
        let database = &fixture.database;
        let who: Vec<Option<PersonId>> = on!(database, pool => sqlx::query_scalar(LOG).fetch_all(pool).await).unwrap();
        assert_eq!(who, [None, Some(world.nadia)]);
    }

    async fn both_are_told_what_was_decided_and_neither_who_the_other_is(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.amina), "all", "Endings", "First words").await.unwrap();
        let (tom, amina) = (world.at(1, world.tom), world.at(3, world.amina));
        report(&tom, "all", 1, "").await.unwrap();
        assert_eq!(report(&tom, "all", 1, "").await.unwrap_err().status(), 409);
        assert_eq!(report(&world.at(1, world.amina), "all", 1, "").await, Err(AppError::NotFound), "it is their own");
        world.decide(&world.at(2, world.nadia), Outcome::Pause).await.unwrap();
        assert_eq!((messages(fixture, "What became of your report").await, messages(fixture, "%a post of yours").await), (1, 1));
        let told = own_report(&amina, &own(&amina, OwnKind::Decision).await).await.unwrap();
        let decided = told.decided.unwrap();
        assert_eq!((decided.outcome, decided.words.as_str(), decided.by), (Outcome::Pause, "Please say it otherwise.", None));
        assert!(told.paused_until.is_some() && told.html.contains("First words") && told.words.is_empty());
        let code = own(&tom, OwnKind::Report).await;
        let told = own_report(&tom, &code).await.unwrap();
        let decided = told.decided.unwrap();
        assert_eq!((decided.words.as_str(), decided.reason, told.paused_until, told.html.as_str()), ("", None, None, ""));
        for stranger in [&amina, &world.at(3, world.ruth)] {
            assert_eq!(own_report(stranger, &code).await.unwrap_err(), AppError::NotFound);
        }
        // Until it is over, nothing is posted here and everything elsewhere.
        space(fixture, "other", SpaceKind::Centre, "").await;
        let refused = start_thread(&amina, &open_space(&amina, "all").await.unwrap(), "Once more", &words("Words")).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("until Sunday 25 October") && refused.to_string().contains("still in the box"), "{refused}");
        start(&amina, "other", "Elsewhere", "Words").await.unwrap();
        let later = world.at(3 * 24 * 60 + 3, world.amina);
        assert!(start_thread(&later, &open_space(&later, "all").await.unwrap(), "Later", &words("Words")).await.unwrap().is_some());
    }

    async fn of_the_space_of_a_group_its_supervisor_decides_and_somebody_else_only_where_they_may_not(fixture: Fixture) {
        let world = world(fixture).await;
        let slug = format!("group-{}", slug_of(fixture, group(fixture, world.ruth, &[world.amina, world.tom], GroupKind::Group).await).await);
        let lead = person(fixture, "Beth", "Moss", &[Role::ClinicalLead]).await;
        let lead_now = fixture.actor_at(fixture.now() + TimeDelta::minutes(5), lead, &[Role::ClinicalLead]);
        let (ruth, sian) = (world.at(5, world.ruth), world.at(5, world.sian));
        start(&world.at(0, world.amina), &slug, "Thank you", "First words").await.unwrap();
        report(&world.at(1, world.tom), &slug, 1, "").await.unwrap();
        let code = world.case(&ruth).await;
        for other in [&lead_now, &sian, &world.at(5, world.nadia)] {
            assert_eq!(open_case(other, &code).await.unwrap_err(), AppError::NotFound);
        }
        write_to_moderators(&job(fixture, fixture.now() + TimeDelta::hours(2))).await.unwrap();
        assert_eq!((world.letters_to(world.ruth).await, world.letters_to(lead).await), (1, 0));
        // As the supervisor asks, a clinical lead sees the post, and nothing else of the space; a coordinator sees nothing.
        let case = open_case(&ruth, &code).await.unwrap();
        pass_on(&ruth, &case, case_shown(&ruth, &case).await.unwrap().version).await.unwrap();
        assert_eq!(open_case(&ruth, &code).await.unwrap_err(), AppError::NotFound);
        let shown = case_shown(&lead_now, &open_case(&lead_now, &code).await.unwrap()).await.unwrap();
        assert!(shown.reported.unwrap().html.contains("First words") && shown.place.is_none() && shown.space.is_none() && shown.others.is_empty());
        assert_eq!(open_space(&lead_now, &slug).await.unwrap_err(), AppError::NotFound);
        world.decide(&lead_now, Outcome::Leave).await.unwrap();
        // About the supervisor it is the clinical lead's from the beginning, and where there is none, a coordinator's.
        reply(&ruth, &opened(&ruth, &slug, 1).await.unwrap(), None, &words("Second words")).await.unwrap();
        report(&world.at(6, world.tom), &slug, 2, "").await.unwrap();
        assert!(queue_of(&ruth, false).await.unwrap().lines.is_empty() && queue_of(&sian, false).await.unwrap().lines.is_empty());
        let code = world.case(&lead_now).await;
        world.says("UPDATE person SET standing = 'suspended' WHERE given_name = 'Beth'").await;
        assert_eq!(world.case(&sian).await, code);
    }

    async fn where_the_community_is_closed_to_the_supervisor_of_a_group_a_clinical_lead_decides_and_where_it_is_to_them_a_coordinator(fixture: Fixture) {
        let world = world(fixture).await;
        let mut transaction = fixture.database.begin().await.unwrap();
        crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let slug = format!("group-{}", slug_of(fixture, group(fixture, world.ruth, &[world.amina, world.tom], GroupKind::Group).await).await);
        let lead = person(fixture, "Beth", "Moss", &[Role::ClinicalLead]).await;
        let lead_now = fixture.actor_at(fixture.now() + TimeDelta::minutes(5), lead, &[Role::ClinicalLead]);
        start(&world.at(0, world.amina), &slug, "Thank you", "First words").await.unwrap();
        is_entered_with(fixture, world.ruth, "bradford").await;
        report(&world.at(1, world.tom), &slug, 1, "").await.unwrap();
        let code = world.case(&lead_now).await;
        write_to_moderators(&job(fixture, fixture.now() + TimeDelta::hours(2))).await.unwrap();
        assert_eq!((world.letters_to(world.ruth).await, world.letters_to(lead).await), (0, 1));
        is_entered_with(fixture, lead, "bradford").await;
        assert_eq!(world.case(&world.at(5, world.sian)).await, code);
    }

    async fn there_is_one_case_of_a_post_and_one_decision_about_it(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.amina), "all", "Endings", "First words").await.unwrap();
        let femi = person(fixture, "Femi", "Okonjo", &[Role::Practitioner]).await;
        let (tom, femi) = (world.at(1, world.tom), world.at(1, femi));
        let (one, two) = tokio::join!(report(&tom, "all", 1, ""), report(&femi, "all", 1, ""));
        one.and(two).unwrap();
        let (ruth, nadia) = (world.at(2, world.ruth), world.at(2, world.nadia));
        let code = world.case(&ruth).await;
        let (hers, theirs) = (open_case(&ruth, &code).await.unwrap(), open_case(&nadia, &code).await.unwrap());
        assert_eq!(case_shown(&ruth, &hers).await.unwrap().reported.unwrap().reports.len(), 2);
        let (one, two) = tokio::join!(take_case(&ruth, &hers), take_case(&nadia, &theirs));
        assert_eq!([&one, &two].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {two:?}");
        let (one, two) = tokio::join!(decide_as(&ruth, &code, Outcome::Leave), decide_as(&nadia, &code, Outcome::Hide));
        assert_eq!([&one, &two].iter().filter(|answer| answer.is_ok()).count(), 1, "{one:?} {two:?}");
        // Once it is decided, what is reported anew is a case of its own, beside which the earlier stands.
        if two.is_ok() {
            assert_eq!(report(&world.at(3, world.ruth), "all", 1, "").await, Err(AppError::NotFound), "it is hidden");
        } else {
            report(&world.at(3, world.ruth), "all", 1, "").await.unwrap();
            let again = open_case(&nadia, &world.case(&nadia).await).await.unwrap();
            assert_eq!(case_shown(&nadia, &again).await.unwrap().earlier, [(code, Some(Outcome::Leave))]);
        }
    }

    async fn a_hidden_post_is_hidden_however_it_is_read_and_another_decides_when_its_author_asks(fixture: Fixture) {
        const MEANT: &str = "SELECT person_id FROM mention";

        let world = world(fixture).await;
        let (amina, tom) = (world.at(0, world.amina), world.at(1, world.tom));
        start(&amina, "all", "Endings", &format!("First words for @{}", code_of(fixture, world.tom).await)).await.unwrap();
        save_post(&tom, &opened(&tom, "all", 1).await.unwrap(), 1).await.unwrap();
        report(&tom, "all", 1, "").await.unwrap();
        let ruth = world.at(2, world.ruth);
        world.decide(&ruth, Outcome::Hide).await.unwrap();
        let reader = world.at(3, world.tom);
        assert_eq!(posts(&reader, "all").await, [(1, String::new(), Some(HiddenAs::Hidden))]);
        assert!(saved(&reader, "").await.unwrap().posts.is_empty());
        let listed = feed(&reader, "", false).await.unwrap().earlier.remove(0);
        assert_eq!((listed.title.as_str(), listed.excerpt.as_str(), listed.new, listed.mentions_reader), ("Hidden by a moderator", "Hidden by a moderator.", 0, false));
        assert!(posts(&world.at(3, world.amina), "all").await[0].1.contains("First words"), "its author reads it");
        let thread = opened(&world.at(3, world.amina), "all", 1).await.unwrap();
        assert_eq!(change_post(&world.at(3, world.amina), &thread, (1, 1), &words("Other")).await, Err(AppError::NotFound));

        let code = own(&world.at(3, world.amina), OwnKind::Decision).await;
        let words = AppealForm { words: "I meant it otherwise.".to_owned(), ..AppealForm::default() }.check().unwrap();
        assert_eq!(appeal(&world.at(14 * 24 * 60 + 3, world.amina), &code, &words).await.unwrap_err().status(), 409, "it is too late");
        assert_eq!(appeal(&world.at(4, world.nadia), &code, &words).await, Err(AppError::NotFound));
        appeal(&world.at(4, world.amina), &code, &words).await.unwrap();
        assert_eq!(appeal(&world.at(5, world.amina), &code, &words).await.unwrap_err().status(), 409, "once");
        assert!(queue_of(&world.at(6, world.ruth), false).await.unwrap().lines.is_empty(), "whoever decided does not decide again");
        world.decide(&world.at(6, world.nadia), Outcome::Leave).await.unwrap();
        let reader = world.at(7, world.tom);
        assert!(posts(&reader, "all").await[0].1.contains("First words"));
        assert_eq!(saved(&reader, "").await.unwrap().posts.len(), 1);
        assert_eq!(feed(&reader, "", false).await.unwrap().earlier[0].title, "Endings");
        let database = &fixture.database;
        let meant: Vec<PersonId> = on!(database, pool => sqlx::query_scalar(MEANT).fetch_all(pool).await).unwrap();
        assert_eq!(meant, [world.tom]);
    }

    async fn a_first_post_is_there_for_its_author_alone_until_somebody_shows_it(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.tom), "all", "Endings", "First words").await.unwrap();
        world.says("UPDATE space SET approval = 'first'").await;
        let (amina, reader) = (world.at(1, world.amina), world.at(9, world.tom));
        let thread = opened(&amina, "all", 1).await.unwrap();
        let all = open_space(&amina, "all").await.unwrap();
        let text = Written::of(&format!("For @{}", code_of(fixture, world.tom).await)).unwrap();
        // Of two who come at once neither is the second.
        let (one, two) = tokio::join!(reply(&amina, &thread, None, &text), start_thread(&amina, &all, "New", &text));
        assert_eq!((one, two), (Ok(None), Ok(None)));
        for who in [&reader, &world.at(9, world.ruth)] {
            assert_eq!((posts(who, "all").await.len(), opened(who, "all", 1).await.unwrap().posts()), (1, 1));
            assert_eq!(feed(who, "", false).await.unwrap().new.len() + feed(who, "", false).await.unwrap().earlier.len(), 1);
        }
        assert_eq!(own_reports(&amina).await.unwrap().lines.len(), 2);
        assert!(own_reports(&reader).await.unwrap().lines.is_empty());
        let waiting = queue_of(&world.at(9, world.ruth), false).await.unwrap().lines;
        assert_eq!((waiting.len(), queue_of(&amina, false).await.unwrap().lines.len()), (2, 0));
        for line in &waiting {
            decide_as(&world.at(10, world.ruth), &line.code, Outcome::Show).await.unwrap();
        }
        // It has come to the end of its thread at the moment at which it was shown, new to those who had read to the end.
        let reader = world.at(11, world.tom);
        let new = feed(&reader, "", false).await.unwrap().new;
        assert_eq!(new.iter().map(|thread| (thread.new, thread.mentions_reader)).collect::<Vec<_>>(), [(1, true), (1, true)]);
        assert_eq!(posts(&reader, "all").await.iter().map(|(number, ..)| *number).collect::<Vec<_>>(), [1, 2]);
        assert!(start(&world.at(12, world.amina), "all", "At once", "Words").await.is_ok());
    }

    async fn a_post_without_a_name_is_decided_about_by_those_who_do_not_learn_whose_it_is_and_never_by_its_writer(fixture: Fixture) {
        let world = world(fixture).await;
        world.says("UPDATE space SET allows_unnamed = TRUE").await;
        let (nadia, ruth) = (world.at(0, world.nadia), world.at(2, world.ruth));
        let all = open_space(&nadia, "all").await.unwrap();
        start_thread(&nadia, &all, "After a visit", &words("I shouted at a colleague.").bearing_name(false)).await.unwrap();
        report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
        let code = world.case(&ruth).await;
        let shown = case_shown(&ruth, &open_case(&ruth, &code).await.unwrap()).await.unwrap();
        assert_eq!((shown.author, shown.others), (None, Vec::new()), "whoever was missing from a list would have written it");
        assert_eq!(open_case(&nadia, &code).await.unwrap_err(), AppError::NotFound);
        world.decide(&ruth, Outcome::Hide).await.unwrap();
        assert_eq!(own_reports(&nadia).await.unwrap().lines.len(), 1, "its writer is told");
        assert_eq!(posts(&world.at(3, world.tom), "all").await, [(1, String::new(), Some(HiddenAs::Hidden))]);
    }

    async fn what_is_sent_back_is_changed_and_looked_at_again_or_withdrawn(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.tom), "all", "Endings", "First words").await.unwrap();
        let amina = world.at(1, world.amina);
        let thread = opened(&amina, "all", 1).await.unwrap();
        // The guard marks it, and its writer asks a moderator.
        let marked = Written::for_a_moderator("She lives near M14 5RT now").unwrap();
        assert_eq!(reply(&amina, &thread, None, &marked).await, Ok(None));
        let nadia = world.at(2, world.nadia);
        let code = world.case(&nadia).await;
        let held = case_shown(&nadia, &open_case(&nadia, &code).await.unwrap()).await.unwrap().held.unwrap();
        assert_eq!(held.findings, [("a postcode".to_owned(), "M14 5RT".to_owned())]);
        world.decide(&nadia, Outcome::SendBack).await.unwrap();
        let told = own_report(&amina, &code).await.unwrap();
        assert_eq!((told.decided.unwrap().words.as_str(), told.source.as_str()), ("Please say it otherwise.", "She lives near M14 5RT now"));
        assert_eq!(change_held(&world.at(3, world.tom), &code, "", &words("Not mine")).await, Err(AppError::NotFound));
        change_held(&world.at(3, world.amina), &code, "", &words("The clinic is in town")).await.unwrap();
        assert_eq!(world.case(&nadia).await, code);
        withdraw_held(&world.at(4, world.amina), &code).await.unwrap();
        assert_eq!(decide_as(&nadia, &code, Outcome::Show).await.unwrap_err().status(), 409);
        assert_eq!(posts(&world.at(5, world.tom), "all").await.len(), 1);
    }

    async fn a_post_that_somebody_was_asked_to_change_is_shown_once_the_change_was_looked_at(fixture: Fixture) {
        let world = world(fixture).await;
        start(&world.at(0, world.amina), "all", "Endings", "First words").await.unwrap();
        report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
        world.decide(&world.at(2, world.ruth), Outcome::Ask).await.unwrap();
        let amina = world.at(3, world.amina);
        let thread = opened(&amina, "all", 1).await.unwrap();
        assert_eq!(change_post(&amina, &thread, (1, 1), &words("Second words")).await, Ok(Changed::Waits));
        assert!(post_to_change(&amina, &thread, 1).await.unwrap().waiting.is_some_and(|(_, is_sent_back)| !is_sent_back));
        // A second change takes the place of the first.
        assert_eq!(change_post(&amina, &thread, (1, 1), &words("Kinder words")).await, Ok(Changed::Waits));
        assert_eq!(posts(&world.at(4, world.tom), "all").await, [(1, String::new(), Some(HiddenAs::ToChange))]);
        world.decide(&world.at(5, world.ruth), Outcome::Show).await.unwrap();
        assert_eq!(posts(&world.at(6, world.tom), "all").await, [(1, "<p>Kinder words</p>\n".to_owned(), None)]);
        assert_eq!(feed(&world.at(6, world.tom), "", false).await.unwrap().earlier[0].excerpt, "Kinder words");
        // What its author withdraws is gone for those who decide as well.
        report(&world.at(6, world.ruth), "all", 1, "").await.unwrap();
        withdraw_post(&world.at(7, world.amina), &opened(&world.at(7, world.amina), "all", 1).await.unwrap(), 1).await.unwrap();
        let nadia = world.at(8, world.nadia);
        let reported = case_shown(&nadia, &open_case(&nadia, &world.case(&nadia).await).await.unwrap()).await.unwrap().reported.unwrap();
        assert!(reported.is_withdrawn && reported.html.is_empty(), "{reported:?}");
    }
}
