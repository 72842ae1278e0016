//! What is written of when somebody shares what they wrote for themselves, or raised to the Centre.

use crate::access::Role;
use crate::feeds::story::Story;
use crate::groups::{GroupKind, fixture as groups};
use crate::people::fixture::code_of;
use crate::reflections::EntryForm;
use crate::reflections::store::{share, write};
use crate::themes::store::{decide, gather, raise, themes_list};
use crate::themes::{DecisionForm, GatherForm, ThemeForm};

/// An entry of a log, shared with the supervisor of a group.
pub(super) async fn share_an_entry(story: &Story<'_>) {
    groups::group(story.fixture, story.ruth, &[story.amina], GroupKind::Group).await;
    let amina = story.acting(story.amina, Role::Practitioner);
    let form =
        EntryForm { code: "k3f9x2mv".to_owned(), version: "0".to_owned(), felt: "Amina was tired.".to_owned(), ..EntryForm::default() };
    write(&amina, &form.check().unwrap()).await.unwrap();
    share(&amina, "k3f9x2mv", &code_of(story.fixture, story.ruth).await).await.unwrap();
}

/// A theme that is gathered and set aside.
pub(super) async fn raise_a_theme(story: &Story<'_>) {
    let sian = story.coordinator();
    let form = ThemeForm {
        words: "Ruth and Amina.".to_owned(),
        groups_met: "1".to_owned(),
        intervention: "vig".to_owned(),
        tell: "yes".to_owned(),
    };
    raise(&story.acting(story.ruth, Role::Supervisor), &form.check().unwrap()).await.unwrap();
    let chosen = themes_list(&sian).await.unwrap().raised.into_iter().map(|line| line.code).collect();
    let code = gather(&sian, &GatherForm { chosen, ..GatherForm::default() }, Some("Amina")).await.unwrap();
    let aside = DecisionForm {
        version: "1".to_owned(),
        outcome: "set_aside".to_owned(),
        words: "Amina knows.".to_owned(),
        ..DecisionForm::default()
    };
    decide(&sian, &code, &aside.check().unwrap()).await.unwrap();
}
