//! Files of the post that a case is about: of the one that was reported, or of the one that what waits would change. What waits has none of its own.

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
JOIN attachment a ON a.thread_id = COALESCE(c.thread_id, h.thread_id) AND a.number = COALESCE(c.number, h.number)
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
    use super::super::{case_shown, open_case};
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::moderation::model::Outcome;
    use crate::people::fixture::{code_of, person};
    use crate::spaces::fixture::{draw_for, opened, start, words};
    use crate::spaces::store::{change_post, file_content, remove_file, withdraw_post};

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
