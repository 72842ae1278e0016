//! That several drafts are published together, all of them or none.

use super::*;
use crate::series::answers::Readiness;
use crate::series::forms::DraftsForm;

/// Another group, which has agreed, with some of the same people.
async fn beside(fixture: &Fixture, planning: &Planning, supervisor: PersonId, members: &[PersonId]) -> Planning {
    let group = group(fixture, supervisor, members, GroupKind::Group).await;
    let other = Planning { ruth: supervisor, group, slug: slug_of(fixture, group).await, ..*planning };
    agree(fixture, &other).await;
    other
}

async fn end_agreement(fixture: &Fixture, planning: &Planning) {
    const END: &str = "UPDATE agreement SET ended_at = $2 WHERE group_id = $1";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(END).bind(planning.group).bind(fixture.now()).execute(pool).await.map(|_| ())).unwrap();
}

both_databases! {
    async fn several_drafts_are_published_together_with_one_message_to_each_person(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let other = beside(fixture, &planning, planning.ruth, &[planning.amina]).await;
        let sian = coordinator(fixture).await;
        save_series(&sian, &planning.form(), Then::KeepAsDraft).await.unwrap();
        save_series(&sian, &SeriesForm { starts_time: "14:00".to_owned(), ..other.form() }, Then::KeepAsDraft).await.unwrap();
        let chosen = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let page = drafts_page(&sian, &chosen).await.unwrap();
        let told = page.preview.unwrap().told;
        let lines: Vec<_> = told.iter().map(|line| (line.name.short.as_str(), line.of.iter().map(|(_, count)| *count).collect::<Vec<_>>())).collect();
        assert_eq!(lines, [("Amina R.", vec![3, 3]), ("Ruth A.", vec![3, 3]), ("Tom B.", vec![3])]);

        assert_eq!(publish_drafts(&sian, &chosen).await, Ok(2));
        assert_eq!(sessions(fixture).await.len(), 6);
        let letters = letters(fixture).await;
        let words: Vec<_> = letters.iter().filter(|letter| !letter.2.contains("This belongs to our message")).collect();
        assert_eq!(words.iter().map(|letter| letter.0).collect::<Vec<_>>(), [planning.ruth, planning.amina, planning.tom]);
        assert!(words.iter().take(2).all(|letter| letter.2.contains("The sessions of 2 series are planned") && letter.2.contains("14:00 to 15:30")));
        assert!(words[2].2.contains("one of your supervision groups are planned") && !words[2].2.contains("14:00"), "{}", words[2].2);
        assert_eq!(publish_drafts(&sian, &chosen).await.unwrap_err().status(), 409);
    }

    async fn drafts_that_clash_with_one_another_are_shown_and_none_of_them_is_published(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let other = beside(fixture, &planning, daniel, &[planning.amina]).await;
        let sian = coordinator(fixture).await;
        for form in [planning.form(), SeriesForm { starts_time: "11:00".to_owned(), ..other.form() }] {
            save_series(&sian, &form, Then::KeepAsDraft).await.unwrap();
        }
        let chosen = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let preview = drafts_page(&sian, &chosen).await.unwrap().preview.unwrap();
        assert!(!preview.may_be_published());
        let found: usize = preview.drafts.iter().map(|(_, verdict)| verdict.blocks_publishing.len()).sum();
        assert_eq!(found, 3, "each date is said once");
        let refused = publish_drafts(&sian, &chosen).await.unwrap_err();
        assert!(refused.status() == 409 && refused.to_string().contains("A member of the group"), "{refused}");
        assert!(sessions(fixture).await.is_empty() && letters(fixture).await.is_empty());
        // Alone, each of them can be.
        let one = DraftsForm { drafts: vec![format!("{}.1.1", other.slug)], ..DraftsForm::default() };
        assert_eq!(publish_drafts(&sian, &one).await, Ok(1));
    }

    async fn a_draft_that_is_not_ready_or_not_ones_own_is_not_published_with_others(fixture: Fixture) {
        let planning = planning(fixture).await;
        agree(fixture, &planning).await;
        let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
        let other = beside(fixture, &planning, daniel, &[]).await;
        end_agreement(fixture, &other).await;
        let sian = coordinator(fixture).await;
        save_series(&sian, &planning.form(), Then::KeepAsDraft).await.unwrap();
        save_series(&sian, &other.form(), Then::KeepAsDraft).await.unwrap();
        let stages = drafts_page(&sian, &DraftsForm::default()).await.unwrap().drafts;
        let ready: Vec<_> = stages.iter().filter(|draft| draft.readiness == Readiness::Ready).map(|draft| draft.slug.as_str()).collect();
        assert_eq!((ready, stages.len()), (vec![planning.slug.as_str()], 2));
        let both = DraftsForm { drafts: [&planning, &other].map(|one| format!("{}.1.1", one.slug)).into(), ..DraftsForm::default() };
        let refused = publish_drafts(&sian, &both).await.unwrap_err();
        assert!(refused.to_string().contains("no agreement in force"), "{refused}");
        // Ruth plans her own group, and knows nothing of Daniel's.
        let ruth = planning.supervisor(fixture);
        assert_eq!(drafts_page(&ruth, &both).await.unwrap().drafts.len(), 1);
        assert_eq!(publish_drafts(&ruth, &both).await.unwrap_err().status(), 409);
        assert!(sessions(fixture).await.is_empty());
        assert_eq!(publish_drafts(&sian, &DraftsForm::default()).await.unwrap_err().status(), 422);
    }
}
