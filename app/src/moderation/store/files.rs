//! Files of the post that a case is about: of the one that was reported, of the one that what waits would change, or of what waits itself.

use super::open::OpenedCase;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::store::AttachedRow;
use crate::spaces::{Attached, FileKind};

/// A case `c` with each file `a` of its post, while the case shows what its post says. `$1` is the case.
macro_rules! files_of_case {
    () => {
        "\
FROM moderation_case c
LEFT JOIN held_post h ON h.case_id = c.id AND h.state IN ('waiting', 'sent_back')
JOIN attachment a ON (a.thread_id = COALESCE(c.thread_id, h.thread_id) AND a.number = COALESCE(c.number, h.number))
    OR (a.thread_id IS NULL AND a.person_id = h.author_id AND a.place_id = c.id AND h.state = 'waiting')
WHERE c.id = $1"
    };
}

/// What stands with the post.
pub(super) async fn files(moment: &mut Transaction, case: &OpenedCase) -> Result<Vec<Attached>, AppError> {
    const FILES: &str =
        concat!("SELECT a.code, a.kind, a.description, a.width, a.height, a.bytes\n", files_of_case!(), "\nORDER BY a.slot");

    let rows: Vec<AttachedRow> = on!(&mut *moment, connection => sqlx::query_as(FILES).bind(case.id).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(Attached::from).collect())
}

/// What is in one of them, for whoever has opened the case.
pub async fn file_of_case(actor: &Actor, case: &OpenedCase, code: &str) -> Result<(FileKind, Vec<u8>), AppError> {
    const CONTENT: &str = concat!("SELECT a.kind, a.content\n", files_of_case!(), "\n    AND a.code = $2");

    let database = actor.database();
    let row: Option<(FileKind, Vec<u8>)> =
        on!(database, pool => sqlx::query_as(CONTENT).bind(case.id).bind(code).fetch_optional(pool).await)?;
    row.ok_or(AppError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{decide_as, report, world};
    use super::super::{case_shown, decide, open_case, own_report};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::moderation::forms::DecisionForm;
    use crate::moderation::model::Outcome;
    use crate::people::fixture::{code_of, person};
    use crate::spaces::fixture::{draw_at, draw_for, opened, start, words};
    use crate::spaces::store::{
        Desk, change_held, change_post, file_content, files_of_draft, open_held, open_space, remove_file, start_thread, thread_shown,
        withdraw_held, withdraw_post,
    };

    async fn files_of(actor: &Actor, case: &str) -> Vec<String> {
        let shown = case_shown(actor, &open_case(actor, case).await.unwrap()).await.unwrap();
        shown.files.into_iter().map(|file| file.code).collect()
    }

    async fn content(actor: &Actor, case: &str, code: &str) -> Result<(FileKind, Vec<u8>), AppError> {
        file_of_case(actor, &open_case(actor, case).await?, code).await
    }

    both_databases! {
        async fn whoever_decides_about_a_post_sees_its_files_there_and_nobody_else_learns_that_there_are_any(fixture: Fixture) {
            let world = world(fixture).await;
            let slug = format!("group-{}", slug_of(fixture, group(fixture, world.ruth, &[world.amina, world.tom], GroupKind::Group).await).await);
            let lead = person(fixture, "Beth", "Moss", &[Role::ClinicalLead]).await;
            let lead = fixture.actor(lead, &[Role::ClinicalLead]);
            let ruth = world.at(0, world.ruth);
            let file = draw_for(fixture, &ruth, &slug).await;
            start(&ruth, &slug, "Next time", "What we do.").await.unwrap();
            let other = draw_for(fixture, &world.at(1, world.amina), &slug).await;
            start(&world.at(1, world.amina), &slug, "Another", "Something else.").await.unwrap();
            report(&world.at(2, world.tom), &slug, 1, "").await.unwrap();

            // It is about the supervisor, so that it is the clinical lead's.
            let case = world.case(&lead).await;
            assert_eq!(files_of(&lead, &case).await, std::slice::from_ref(&file));
            assert_eq!(content(&lead, &case, &file).await, Ok((FileKind::Png, b"a drawing".to_vec())));
            assert_eq!(content(&lead, &case, &other).await, Err(AppError::NotFound), "of the space it opens nothing else");
            assert_eq!(file_content(&lead, &file).await, Err(AppError::NotFound), "and on no other page");
            for other in [&ruth, &world.at(3, world.tom), &world.at(3, world.sian), &world.at(3, world.nadia)] {
                assert_eq!(content(other, &case, &file).await, Err(AppError::NotFound));
            }
            // Hidden, it is there for those who decide; removed or withdrawn, it is gone for them too.
            decide_as(&lead, &case, Outcome::Hide).await.unwrap();
            assert!(content(&lead, &case, &file).await.is_ok());
            remove_file(&ruth, &file).await.unwrap();
            assert_eq!((files_of(&lead, &case).await, content(&lead, &case, &file).await), (Vec::new(), Err(AppError::NotFound)));
        }

        async fn what_waits_keeps_its_files_for_its_writer_and_those_who_decide_and_they_come_with_it(fixture: Fixture) {
            let world = world(fixture).await;
            world.says("UPDATE space SET approval = 'all'").await;
            let (amina, ruth, tom) = (world.at(0, world.amina), world.at(1, world.ruth), world.at(2, world.tom));
            let file = draw_for(fixture, &amina, "all").await;
            let all = open_space(&amina, "all").await.unwrap();
            assert_eq!(start_thread(&amina, &all, "Four steps", &words("As a drawing.")).await, Ok(None));
            assert!(files_of_draft(&amina, &Desk::Thread(all.id())).await.unwrap().is_empty(), "the next post begins without it");
            let case = world.case(&ruth).await;
            assert_eq!(files_of(&ruth, &case).await, std::slice::from_ref(&file));
            assert_eq!(content(&ruth, &case, &file).await, Ok((FileKind::Png, b"a drawing".to_vec())));
            assert_eq!(content(&tom, &case, &file).await, Err(AppError::NotFound));
            for other in [&ruth, &tom] {
                assert_eq!(file_content(other, &file).await, Err(AppError::NotFound), "and on no other page");
            }
            assert!(file_content(&amina, &file).await.is_ok());
            assert_eq!(own_report(&amina, &case).await.unwrap().files[0].code, file);
            decide_as(&ruth, &case, Outcome::Show).await.unwrap();
            let shown = thread_shown(&tom, &opened(&tom, "all", 1).await.unwrap(), "", false).await.unwrap().shown.remove(0);
            assert_eq!(shown.files.into_iter().map(|file| file.code).collect::<Vec<_>>(), std::slice::from_ref(&file));
            assert!(file_content(&tom, &file).await.is_ok());
            assert_eq!(content(&ruth, &case, &file).await, Err(AppError::NotFound), "it is where it belongs");
        }

        async fn what_is_sent_back_or_withdrawn_loses_its_files_and_nothing_is_shown_that_nobody_has_looked_at(fixture: Fixture) {
            let world = world(fixture).await;
            world.says("UPDATE space SET approval = 'all'").await;
            let (amina, ruth) = (world.at(0, world.amina), world.at(1, world.ruth));
            let file = draw_for(fixture, &amina, "all").await;
            start_thread(&amina, &open_space(&amina, "all").await.unwrap(), "Four steps", &words("As a drawing.")).await.unwrap();
            let code = world.case(&ruth).await;
            for stranger in [&ruth, &world.at(1, world.tom)] {
                assert_eq!(open_held(stranger, &code).await.unwrap_err(), AppError::NotFound);
            }
            decide_as(&ruth, &code, Outcome::SendBack).await.unwrap();
            assert_eq!(file_content(&amina, &file).await, Err(AppError::NotFound));
            let own = own_report(&amina, &code).await.unwrap();
            assert!(own.files.is_empty() && own.takes_files);

            let held = open_held(&amina, &code).await.unwrap();
            draw_at(&amina, held.space(), &held.desk()).await;
            change_held(&amina, &code, "Four steps", &words("As another drawing.")).await.unwrap();
            let case = open_case(&ruth, &code).await.unwrap();
            let shown = case_shown(&ruth, &case).await.unwrap();
            assert_eq!(shown.files.len(), 1);
            // While somebody looks at it, its writer adds another.
            draw_at(&amina, held.space(), &held.desk()).await;
            let outcome = Outcome::Show.key().to_owned();
            let form = DecisionForm { code: code.clone(), version: shown.version.to_string(), outcome, ..DecisionForm::default() };
            assert_eq!(decide(&ruth, &case, &form.check(&Outcome::OF_WAITING).unwrap()).await.unwrap_err().status(), 409);
            withdraw_held(&amina, &code).await.unwrap();
            assert!(files_of_draft(&amina, &held.desk()).await.unwrap().is_empty());
            assert_eq!(open_held(&amina, &code).await.unwrap_err(), AppError::NotFound);
        }

        async fn whoever_looks_at_a_change_sees_the_files_of_the_post_that_it_would_change(fixture: Fixture) {
            let world = world(fixture).await;
            let amina = world.at(0, world.amina);
            let file = draw_for(fixture, &amina, "all").await;
            start(&amina, "all", "Endings", "First words").await.unwrap();
            report(&world.at(1, world.tom), "all", 1, &code_of(fixture, world.ruth).await).await.unwrap();
            let nadia = world.at(2, world.nadia);
            let reported = world.case(&nadia).await;
            decide_as(&nadia, &reported, Outcome::Ask).await.unwrap();
            let thread = opened(&amina, "all", 1).await.unwrap();
            change_post(&amina, &thread, (1, 1), &words("Second words")).await.unwrap();
            let case = world.case(&nadia).await;
            assert_eq!(files_of(&nadia, &case).await, std::slice::from_ref(&file));
            // Whom the report names may decide about the change, and learns nothing of the report by it.
            let ruth = world.at(3, world.ruth);
            assert!(content(&ruth, &case, &file).await.is_ok());
            assert_eq!(content(&ruth, &reported, &file).await, Err(AppError::NotFound));
            withdraw_post(&world.at(4, world.amina), &thread, 1).await.unwrap();
            assert_eq!((files_of(&nadia, &case).await, content(&nadia, &reported, &file).await), (Vec::new(), Err(AppError::NotFound)));
        }
    }
}
