//! Writing to those who were asked to decide.

use crate::access::System;
use crate::database::on;
use crate::error::AppError;
use crate::messages::queue;
use crate::moderation::letters::{Counts, to_decide};
use crate::people::PersonId;
use crate::spaces::CaseId;
use crate::spaces::store::handles;

/// To whom a letter is due.
pub async fn who_is_asked(system: &System) -> Result<Vec<PersonId>, AppError> {
    const DUE: &str = "SELECT DISTINCT person_id FROM moderation_call WHERE due_at <= $1 ORDER BY person_id";

    Ok(on!(system.database(), pool => sqlx::query_scalar(DUE).bind(system.now()).fetch_all(pool).await)?)
}

/// Writes one letter about all that somebody was asked, once, whichever process comes first, if anything of it is still theirs to decide: whoever is named in
/// a report meanwhile learns nothing of it. Says whether there was.
pub async fn write_to(system: &System, person: PersonId) -> Result<bool, AppError> {
    // Whoever comes second waits, and finds nothing.
    const TAKE: &str = "DELETE FROM moderation_call WHERE person_id = $1 AND due_at <= $2 RETURNING case_id";
    const STILL: &str = concat!(
        "\
SELECT c.kind = 'report' AS is_report, c.state = 'appealed' AS is_again
FROM moderation_case c
WHERE c.id = $2
    AND c.state <> 'closed'
    AND ",
        handles!("$1")
    );

    let mut transaction = system.begin().await?;
    let cases: Vec<CaseId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TAKE).bind(person).bind(system.now()).fetch_all(connection).await)?;
    let mut counts = Counts::default();
    for case in cases {
        let still: Option<(bool, bool)> =
            on!(&mut transaction, connection => sqlx::query_as(STILL).bind(person).bind(case).fetch_optional(connection).await)?;
        match still {
            Some((_, true)) => counts.again += 1,
            Some((true, false)) => counts.reported += 1,
            Some((false, false)) => counts.waiting += 1,
            None => {}
        }
    }
    let is_any = counts != Counts::default();
    if is_any {
        queue(&mut transaction, &to_decide(person, counts, system.origin()), system.now()).await?;
    }
    transaction.commit().await?;
    Ok(is_any)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::tests::{World, decide_as, own, report, world};
    use super::super::{appeal, queue_of, report_post};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::moderation::answers::OwnKind;
    use crate::moderation::forms::ReportForm;
    use crate::moderation::jobs::write_to_moderators;
    use crate::moderation::model::Outcome;
    use crate::people::fixture::{code_of, person};
    use crate::polls::fixture::{job, letters};
    use crate::spaces::Written;
    use crate::spaces::fixture::{opened, start, words};
    use crate::spaces::store::{change_held, reply};

    /// The program, so many minutes after the test began.
    fn program(world: &World<'_>, minutes: i64) -> System {
        job(world.fixture, world.fixture.now() + TimeDelta::minutes(minutes))
    }

    /// What somebody was written about what is to be decided: subject and lines.
    async fn told(world: &World<'_>, who: PersonId) -> Vec<(String, Vec<String>)> {
        let lines = |body: &str| body.lines().filter_map(|line| line.strip_prefix("- ")).map(ToOwned::to_owned).collect();
        let own = letters(world.fixture).await.into_iter().filter(|(to, _, body)| *to == who && body.contains("This is to be decided"));
        own.map(|(_, subject, body)| (subject, lines(&body))).collect()
    }

    both_databases! {
        async fn what_comes_within_an_hour_is_one_letter_to_each_that_counts_what_is_still_theirs_to_decide(fixture: Fixture) {
            let world = world(fixture).await;
            let femi = person(fixture, "Femi", "Okonjo", &[Role::Practitioner]).await;
            let (amina, tom) = (world.at(0, world.amina), world.at(40, world.tom));
            start(&amina, "all", "Endings", "First words").await.unwrap();
            let thread = opened(&amina, "all", 1).await.unwrap();
            for said in ["Second words", "Third words"] {
                reply(&amina, &thread, None, &words(said)).await.unwrap();
            }
            report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
            report(&world.at(30, world.tom), "all", 2, "").await.unwrap();
            report(&world.at(35, world.tom), "all", 3, "").await.unwrap();
            reply(&tom, &thread, None, &Written::for_a_moderator("Ours is at M14 5RT").unwrap()).await.unwrap();
            assert_eq!(write_to_moderators(&program(&world, 60)).await, Ok(0), "it gathers for an hour from the first");
            // What is decided before it leaves is not counted, nor what somebody is named in meanwhile.
            let first = queue_of(&world.at(50, world.nadia), false).await.unwrap().lines.remove(0).code;
            decide_as(&world.at(50, world.nadia), &first, Outcome::Leave).await.unwrap();
            report(&world.at(55, femi), "all", 2, &code_of(fixture, world.ruth).await).await.unwrap();

            let (one, two) = (program(&world, 61), program(&world, 61));
            let (one, two) = tokio::join!(write_to_moderators(&one), write_to_moderators(&two));
            assert_eq!(one.unwrap() + two.unwrap(), 2);
            let waits = "a post that others see once somebody has looked at it".to_owned();
            let of_nadia = ("3 things in the community wait to be looked at".to_owned(), vec!["2 posts that were reported".to_owned(), waits.clone()]);
            let of_ruth = ("2 things in the community wait to be looked at".to_owned(), vec!["a post that was reported".to_owned(), waits]);
            assert_eq!((told(&world, world.nadia).await, told(&world, world.ruth).await), (vec![of_nadia], vec![of_ruth]));
            assert_eq!((told(&world, world.sian).await, write_to_moderators(&program(&world, 600)).await), (Vec::new(), Ok(0)), "once");
        }

        async fn a_report_about_somebodys_safety_waits_for_nothing_else_even_where_the_post_was_reported_before(fixture: Fixture) {
            let world = world(fixture).await;
            let femi = person(fixture, "Femi", "Okonjo", &[Role::Practitioner]).await;
            let amina = world.at(0, world.amina);
            start(&amina, "all", "Endings", "First words").await.unwrap();
            let thread = opened(&amina, "all", 1).await.unwrap();
            report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
            assert_eq!(write_to_moderators(&program(&world, 2)).await, Ok(0));
            let form = ReportForm { reason: "safeguarding".to_owned(), words: "She is afraid of him.".to_owned(), ..ReportForm::default() };
            report_post(&world.at(2, femi), &thread, 1, &form.check().unwrap()).await.unwrap();
            assert_eq!(write_to_moderators(&program(&world, 2)).await, Ok(2));
            assert_eq!(told(&world, world.nadia).await.len(), 1);
            assert_eq!(write_to_moderators(&program(&world, 61)).await, Ok(0), "what was told is not told again");
        }

        async fn what_is_to_be_decided_again_is_told_again_and_what_is_decided_already_is_not_told(fixture: Fixture) {
            let world = world(fixture).await;
            let amina = world.at(0, world.amina);
            start(&amina, "all", "Endings", "First words").await.unwrap();
            report(&world.at(1, world.tom), "all", 1, "").await.unwrap();
            world.decide(&world.at(2, world.ruth), Outcome::Hide).await.unwrap();
            assert_eq!(write_to_moderators(&program(&world, 61)).await, Ok(0));
            appeal(&amina, &own(&amina, OwnKind::Decision).await, "I meant it otherwise.").await.unwrap();
            // Two changes of what waits are one thing to look at.
            let thread = opened(&world.at(0, world.tom), "all", 1).await.unwrap();
            reply(&world.at(0, world.tom), &thread, None, &Written::for_a_moderator("Ours is at M14 5RT").unwrap()).await.unwrap();
            let code = own(&world.at(0, world.tom), OwnKind::Held).await;
            for said in ["Ours is in town", "Ours is elsewhere"] {
                change_held(&world.at(0, world.tom), &code, "", &words(said)).await.unwrap();
            }
            assert_eq!(write_to_moderators(&program(&world, 61)).await, Ok(2));
            let lines = told(&world, world.nadia).await.remove(0).1;
            assert_eq!(lines, ["a post that others see once somebody has looked at it", "a decision to be made again by somebody else"]);
            assert_eq!(told(&world, world.ruth).await.remove(0).1.len(), 1, "whoever decided does not decide again");
        }
    }
}
