//! How a text becomes the agreement of a group, on both databases.

use super::super::answers::{AgreementView, Standing};
use super::super::changes::Change;
use super::super::fixture::{agree, member, proposal, propose, supervisor};
use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{code_of, coordinator, group, messages, slug_of};
use crate::groups::store::{add_member, open_group, open_group_to_plan, remove_member};
use crate::people::PersonId;
use crate::people::fixture::person;

struct Scene {
    ruth: PersonId,
    amina: PersonId,
    tom: PersonId,
    slug: String,
}

async fn scene(fixture: &Fixture) -> Scene {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
    let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
    let id = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
    Scene { ruth, amina, tom, slug: slug_of(fixture, id).await }
}

async fn view(actor: &Actor, slug: &str, version: &str) -> AgreementView {
    let group = open_group(actor, slug).await.unwrap();
    agreement_view(actor, &group, version).await.unwrap()
}

/// The newest version that is in force, as a member sees it.
async fn in_force(fixture: &Fixture, scene: &Scene) -> Option<i64> {
    let view = view(&member(fixture, scene.amina), &scene.slug, "").await;
    view.versions.iter().find(|line| line.is_in_force()).map(|line| line.version)
}

both_databases! {
    async fn a_first_proposal_begins_with_the_standard_text_about_the_group(fixture: Fixture) {
        let scene = scene(fixture).await;
        let actor = supervisor(fixture, scene.ruth);
        let group = open_group_to_plan(&actor, &scene.slug).await.unwrap();
        let draft = proposal_draft(&actor, &group).await.unwrap();
        assert_eq!((draft.base, draft.from, draft.sections.len(), draft.asked), (0, None, 16, 3));
        assert!(draft.sections[0].text.contains("Ruth A., who supervises"));
        assert_eq!(draft.review_on.to_string(), "2027-01-22");
    }

    async fn an_agreement_is_in_force_when_the_last_party_agrees(fixture: Fixture) {
        let scene = scene(fixture).await;
        assert_eq!(propose(fixture, &scene.slug, scene.ruth, 0, "First.").await, 1);
        assert_eq!(messages(fixture, "%supervision agreement%").await, 2);
        assert!(!agree(fixture, &scene.slug, &[scene.ruth, scene.amina], 1).await);
        assert_eq!(in_force(fixture, &scene).await, None);
        assert!(agree(fixture, &scene.slug, &[scene.tom], 1).await);
        assert_eq!(in_force(fixture, &scene).await, Some(1));
        let shown = view(&member(fixture, scene.tom), &scene.slug, "").await.shown.unwrap();
        assert!(shown.parties.iter().all(|party| party.line.agreed_on == Some(fixture.now().date_naive())));
        assert_eq!(shown.parties[0].line.name.short, "Ruth A.");
    }

    async fn a_change_of_text_asks_everyone_again_and_the_old_text_holds_until_then(fixture: Fixture) {
        let scene = scene(fixture).await;
        let everybody = [scene.ruth, scene.amina, scene.tom];
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &everybody, 1).await;
        propose(fixture, &scene.slug, scene.ruth, 1, "Second.").await;
        let shown = view(&member(fixture, scene.amina), &scene.slug, "").await.shown.unwrap();
        assert_eq!((shown.line.version, shown.waits_for_reader, shown.changes[0].change), (2, true, Change::Changed));
        assert!(shown.parties.iter().all(|party| party.line.agreed_on.is_none()));
        assert_eq!(in_force(fixture, &scene).await, Some(1));
        assert!(agree(fixture, &scene.slug, &everybody, 2).await);
        let versions = view(&member(fixture, scene.amina), &scene.slug, "").await.versions;
        assert!(versions[0].is_in_force());
        assert!(matches!(versions[1].standing, Standing::Ended(_, _)));
    }

    async fn a_text_proposed_before_all_had_agreed_takes_the_place_of_the_one_before(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &[scene.amina], 1).await;
        propose(fixture, &scene.slug, scene.ruth, 1, "Second.").await;
        let tom = member(fixture, scene.tom);
        let opened = open_group(&tom, &scene.slug).await.unwrap();
        let refused = agree_to_agreement(&tom, &opened, 1).await.unwrap_err();
        assert_eq!(refused, AppError::Conflict("A newer text was proposed while you were reading. Please read that one.".to_owned()));
        let versions = view(&tom, &scene.slug, "").await.versions;
        assert!(matches!(versions[1].standing, Standing::Withdrawn(_)));
    }

    async fn the_second_of_two_who_propose_at_once_reads_the_first_text_first(fixture: Fixture) {
        let scene = scene(fixture).await;
        let actor = supervisor(fixture, scene.ruth);
        let opened = open_group_to_plan(&actor, &scene.slug).await.unwrap();
        propose_agreement(&actor, &opened, &proposal(fixture, 0, "First.")).await.unwrap();
        let refused = propose_agreement(&actor, &opened, &proposal(fixture, 0, "Another.")).await.unwrap_err();
        assert!(matches!(refused, AppError::Conflict(sentence) if sentence.starts_with("Version 1 was proposed while you were writing.")));
        let same = propose_agreement(&actor, &opened, &proposal(fixture, 1, "First.")).await.unwrap_err();
        assert_eq!(same.status(), 422);
    }

    async fn nobody_agrees_twice_or_to_what_they_were_not_asked(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &[scene.amina], 1).await;
        let amina = member(fixture, scene.amina);
        let opened = open_group(&amina, &scene.slug).await.unwrap();
        assert_eq!(agree_to_agreement(&amina, &opened, 1).await.unwrap_err().status(), 409);
        assert_eq!(agree_to_agreement(&amina, &opened, 7).await.unwrap_err(), AppError::NotFound);
        let sian = coordinator(fixture).await;
        let opened = open_group(&sian, &scene.slug).await.unwrap();
        assert_eq!(agree_to_agreement(&sian, &opened, 1).await.unwrap_err(), AppError::NotFound);
    }

    async fn a_new_member_is_asked_too_and_the_agreement_waits_for_them_alone(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &[scene.ruth, scene.amina, scene.tom], 1).await;
        let joanne = person(fixture, "Joanne", "Price", &[Role::Practitioner]).await;
        let sian = coordinator(fixture).await;
        let opened = open_group(&sian, &scene.slug).await.unwrap();
        add_member(&sian, &opened, &code_of(fixture, joanne).await).await.unwrap();
        assert!(view(&member(fixture, joanne), &scene.slug, "").await.shown.unwrap().waits_for_reader);
        assert!(!view(&member(fixture, scene.amina), &scene.slug, "").await.shown.unwrap().waits_for_reader);
        assert_eq!(in_force(fixture, &scene).await, Some(1));
        agree(fixture, &scene.slug, &[joanne], 1).await;
        assert!(!view(&member(fixture, joanne), &scene.slug, "").await.shown.unwrap().waits_for_reader);
    }

    async fn a_text_comes_into_force_when_the_last_who_was_waited_for_leaves(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &[scene.ruth, scene.amina], 1).await;
        let sian = coordinator(fixture).await;
        let opened = open_group(&sian, &scene.slug).await.unwrap();
        remove_member(&sian, &opened, &code_of(fixture, scene.tom).await).await.unwrap();
        assert_eq!(in_force(fixture, &scene).await, Some(1));
    }

    async fn two_who_agree_last_at_the_same_moment_bring_it_into_force(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        agree(fixture, &scene.slug, &[scene.ruth], 1).await;
        let attempts = [scene.amina, scene.tom].map(|person| {
            let (actor, slug) = (member(fixture, person), scene.slug.clone());
            tokio::spawn(async move {
                let opened = open_group(&actor, &slug).await.unwrap();
                agree_to_agreement(&actor, &opened, 1).await.unwrap()
            })
        });
        let mut brought = 0;
        for attempt in attempts {
            brought += u32::from(attempt.await.unwrap());
        }
        assert_eq!((brought, in_force(fixture, &scene).await), (1, Some(1)));
    }

    async fn a_member_proposes_nothing_and_a_group_without_members_agrees_to_nothing(fixture: Fixture) {
        let scene = scene(fixture).await;
        let amina = member(fixture, scene.amina);
        assert_eq!(open_group_to_plan(&amina, &scene.slug).await.unwrap_err(), AppError::NotFound);
        let empty = slug_of(fixture, group(fixture, scene.ruth, &[], GroupKind::Group).await).await;
        let ruth = supervisor(fixture, scene.ruth);
        let opened = open_group_to_plan(&ruth, &empty).await.unwrap();
        assert_eq!(propose_agreement(&ruth, &opened, &proposal(fixture, 0, "First.")).await.unwrap_err().status(), 409);
    }

    async fn a_version_that_is_not_there_is_not_found(fixture: Fixture) {
        let scene = scene(fixture).await;
        propose(fixture, &scene.slug, scene.ruth, 0, "First.").await;
        let amina = member(fixture, scene.amina);
        let opened = open_group(&amina, &scene.slug).await.unwrap();
        for version in ["v2", "2", "propose", "v0"] {
            assert_eq!(agreement_view(&amina, &opened, version).await.unwrap_err(), AppError::NotFound, "{version}");
        }
        assert!(agreement_view(&amina, &opened, "v1").await.unwrap().shown.is_some());
    }
}
