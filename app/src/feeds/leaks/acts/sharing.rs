//! What is written of when somebody shares what they wrote for themselves.

use crate::access::Role;
use crate::feeds::story::Story;
use crate::groups::{GroupKind, fixture as groups};
use crate::people::fixture::code_of;
use crate::reflections::EntryForm;
use crate::reflections::store::{share, write};

/// An entry of a log, shared with the supervisor of a group.
pub(super) async fn share_an_entry(story: &Story<'_>) {
    groups::group(story.fixture, story.ruth, &[story.amina], GroupKind::Group).await;
    let amina = story.acting(story.amina, Role::Practitioner);
    let form =
        EntryForm { code: "k3f9x2mv".to_owned(), version: "0".to_owned(), felt: "Amina was tired.".to_owned(), ..EntryForm::default() };
    write(&amina, &form.check().unwrap()).await.unwrap();
    share(&amina, "k3f9x2mv", &code_of(story.fixture, story.ruth).await).await.unwrap();
}
