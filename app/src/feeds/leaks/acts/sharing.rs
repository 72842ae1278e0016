//! What is written of when somebody shares what they wrote for themselves, or raised to the Centre.

use chrono::TimeDelta;

use crate::access::Role;
use crate::digest::Rhythm;
use crate::feeds::story::Story;
use crate::groups::{GroupKind, fixture as groups};
use crate::moderation::store::{appeal, open_case, own_reports, queue_of, report_post};
use crate::moderation::{Outcome, ReportForm};
use crate::people::fixture::code_of;
use crate::reflections::EntryForm;
use crate::reflections::store::{share, write};
use crate::spaces::fixture::{look_after, opened, space, start};
use crate::spaces::store::reply;
use crate::spaces::{SpaceKind, Written};
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

/// A post that waits, and one that is reported, decided about and decided about again.
pub(super) async fn report_a_post(story: &Story<'_>) {
    let all = space(story.fixture, "all", SpaceKind::Centre, "").await;
    look_after(story.fixture, all, story.ruth).await;
    let (amina, tom) = (story.acting(story.amina, Role::Practitioner), story.acting(story.tom, Role::Practitioner));
    start(&amina, "all", "Tom and Femi", "Ruth said so.").await.unwrap();
    let thread = opened(&tom, "all", 1).await.unwrap();
    reply(&tom, &thread, None, &Written::for_a_moderator("Amina, at M14 5RT").unwrap()).await.unwrap();
    let form = ReportForm { reason: "unkind".to_owned(), words: "It is about Femi.".to_owned(), ..ReportForm::default() };
    report_post(&tom, &thread, 1, &form.check().unwrap()).await.unwrap();
    let ruth = story.acting(story.ruth, Role::Supervisor);
    for line in queue_of(&ruth, false).await.unwrap().lines.into_iter().filter(|line| line.because.is_none()) {
        let case = open_case(&ruth, &line.code).await.unwrap();
        let form = crate::moderation::DecisionForm {
            version: "2".to_owned(),
            outcome: "hide".to_owned(),
            reason: "unkind".to_owned(),
            words: "Femi knows.".to_owned(),
            ..crate::moderation::DecisionForm::default()
        };
        crate::moderation::store::decide(&ruth, &case, &form.check(&Outcome::OF_REPORTS).unwrap()).await.unwrap();
    }
    let own = own_reports(&amina).await.unwrap().lines.remove(0);
    appeal(&amina, &own.code, "Tom agrees.").await.unwrap();
    crate::moderation::jobs::write_to_moderators(&story.program(story.now + TimeDelta::hours(2))).await.unwrap();
}

/// A digest of a space that Tom reads, in which Amina has written.
pub(super) async fn send_a_digest(story: &Story<'_>) {
    let tom = story.acting(story.tom, Role::Practitioner);
    crate::digest::store::choose(&tom, &[("all".to_owned(), Some(Rhythm::Daily))].into()).await.unwrap();
    let amina = story.fixture.actor_at(story.now + TimeDelta::minutes(1), story.amina, &[Role::Practitioner]);
    start(&amina, "all", "Endings", "Amina and Ruth know.").await.unwrap();
    crate::digest::jobs::send_digests(&story.program(story.now + TimeDelta::days(1))).await.unwrap();
}
