//! What is written of when two people open together what is closed.

use crate::access::{Actor, Role};
use crate::database::{new_id, on};
use crate::feeds::story::Story;
use crate::groups::{GroupKind, fixture as groups};
use crate::openings::store::{answer, ask};
use crate::openings::{AnswerForm, AskForm};
use crate::people::fixture::person;
use crate::spaces::store::{open_space, start_thread};
use crate::spaces::{SpaceKind, Written};

/// The space of a group, and who wrote a post without their name.
pub(super) async fn open_together(story: &Story<'_>) {
    const SPACE: &str = "\
INSERT INTO space (id, slug, name, about, kind, subject, created_at, allows_unnamed, version)
VALUES ($1, 'endings', 'Endings', '', $2, '', $3, TRUE, 1)";

    let fixture = story.fixture;
    let hannah = story.acting(person(fixture, "Hannah", "Vantongeren", &[Role::ClinicalLead]).await, Role::ClinicalLead);
    let moira = story.acting(person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await, Role::SafeguardingLead);
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SPACE).bind(new_id()).bind(SpaceKind::Centre).bind(story.now).execute(pool).await.map(|_| ()))
        .unwrap();
    let amina = story.acting(story.amina, Role::Practitioner);
    let space = open_space(&amina, "endings").await.unwrap();
    let text = Written::of("Amina wrote this.").unwrap().bearing_name(false);
    start_thread(&amina, &space, "Amina Rahman", &text).await.unwrap();
    let group = groups::group(fixture, story.ruth, &[story.tom], GroupKind::Group).await;
    open(&moira, &hannah, ("space", groups::slug_of(fixture, group).await)).await;
    open(&hannah, &moira, ("author", "/community/endings/1".to_owned())).await;
}

async fn open(asks: &Actor, agrees: &Actor, (kind, place): (&str, String)) {
    const WORDS: &str = "Amina may be at risk today, I think.";

    let form = AskForm {
        kind: kind.to_owned(),
        place,
        ground: "adult_at_risk".to_owned(),
        words: WORDS.to_owned(),
        hours: "1".to_owned(),
        ..AskForm::default()
    };
    let code = ask(asks, &form.check().unwrap()).await.unwrap();
    let form = AnswerForm { code: code.clone(), answer: "agree".to_owned(), words: WORDS.to_owned(), tell: String::new() };
    assert!(answer(agrees, &code, &form.check().unwrap()).await.unwrap());
}
