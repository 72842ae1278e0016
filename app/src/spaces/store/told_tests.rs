//! What somebody is told of what two people opened together, among what else of theirs was opened.

use chrono::TimeDelta;

use super::*;
use crate::access::{Actor, Role};
use crate::access_log::Further;
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::openings::store::{answer, ask, tell};
use crate::openings::{AnswerForm, AskForm};
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::polls::fixture::letters;
use crate::spaces::fixture::{opened, space, start, words};
use crate::spaces::model::{SpaceKind, ThreadId};

/// The clinical lead asks, and the safeguarding lead agrees; those concerned are told at once, or the reason stands why not.
async fn open((hannah, moira): (&Actor, &Actor), (kind, place): (&str, String), silence: &str) -> String {
    const WORDS: &str = "We know of no other way to find out today.";

    let form = AskForm {
        kind: kind.to_owned(),
        place,
        ground: "adult_at_risk".to_owned(),
        words: WORDS.to_owned(),
        hours: "4".to_owned(),
        silence: silence.to_owned(),
        ..AskForm::default()
    };
    let code = ask(hannah, &form.check().unwrap()).await.unwrap();
    let tell = if silence.is_empty() { String::new() } else { "later".to_owned() };
    let form = AnswerForm { code: code.clone(), answer: "agree".to_owned(), words: WORDS.to_owned(), tell };
    let is_told = answer(moira, &code, &form.check().unwrap()).await.unwrap();
    assert_eq!(is_told, silence.is_empty());
    code
}

async fn told(fixture: &Fixture, who: PersonId, role: Role) -> Vec<Further> {
    told_of(&fixture.actor_at(fixture.now() + TimeDelta::days(1), who, &[role])).await.unwrap()
}

both_databases! {
    async fn who_was_opened_by_two_people_finds_it_beside_the_rest_once_they_are_told(fixture: Fixture) {
        const LEAVE: &str = "UPDATE membership SET left_on = $2 WHERE person_id = $1";

        let hannah = person(fixture, "Hannah", "Vantongeren", &[Role::ClinicalLead]).await;
        let moira = person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await;
        let (hannah, moira) = (fixture.actor(hannah, &[Role::ClinicalLead]), fixture.actor(moira, &[Role::SafeguardingLead]));
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let gone = person(fixture, "Grace", "Adeleke", &[Role::Practitioner]).await;
        let other = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let wrote = person(fixture, "Femi", "Sule", &[Role::Practitioner]).await;
        let took_back = person(fixture, "Olu", "Bright", &[Role::Practitioner]).await;
        let ours = group(fixture, ruth, &[amina, gone, wrote, took_back], GroupKind::Group).await;
        let slug = format!("group-{}", slug_of(fixture, ours).await);
        for (number, who) in [(1, wrote), (2, took_back)] {
            let writer = fixture.actor(who, &[Role::Practitioner]);
            start(&writer, &slug, "What I saw", "It stays with me.").await.unwrap();
            if who == took_back {
                withdraw_post(&writer, &opened(&writer, &slug, number).await.unwrap(), 1).await.unwrap();
            }
        }
        let database = &fixture.database;
        let today = ::series::local(fixture.now()).date();
        for left in [gone, wrote, took_back] {
            on!(database, pool => sqlx::query(LEAVE).bind(left).bind(today).execute(pool).await.map(|_| ())).unwrap();
        }
        open((&hannah, &moira), ("space", slug_of(fixture, ours).await), "").await;
        for (who, role, count) in
            [(amina, Role::Practitioner, 1), (ruth, Role::Supervisor, 1), (gone, Role::Practitioner, 0), (other, Role::Practitioner, 0)]
        {
            assert_eq!(told(fixture, who, role).await.len(), count);
        }
        for (who, letter, count) in [
            (amina, "The space of one of your groups was opened", 1),
            (wrote, "The space of a group that you have left was opened", 1),
            (took_back, "", 0),
            (gone, "", 0),
        ] {
            let written = letters(fixture).await.into_iter().filter(|(to, subject, _)| *to == who && subject.contains(letter)).count();
            assert_eq!((written, told(fixture, who, Role::Practitioner).await.len()), (count, count), "{letter}");
        }
        // What they take back afterwards is no less what was read.
        let writer = fixture.actor_at(fixture.now() + TimeDelta::hours(1), wrote, &[Role::Practitioner]);
        let own = own_posts(&writer, "").await.unwrap().posts.remove(0);
        withdraw_own(&writer, ThreadId(own.thread.parse().unwrap()), own.number).await.unwrap();
        assert_eq!(told(fixture, wrote, Role::Practitioner).await.len(), 1);
        let line = told(fixture, amina, Role::Practitioner).await.remove(0);
        assert!(line.what.starts_with("The closed space of "), "{line:?}");
        assert_eq!(line.who, "Hannah V. (clinical lead) and Moira T. (safeguarding lead)");
        assert_eq!(line.until - line.from, TimeDelta::hours(4));

        space(fixture, "endings", SpaceKind::Centre, "").await;
        on!(database, pool => sqlx::query("UPDATE space SET allows_unnamed = TRUE").execute(pool).await.map(|_| ())).unwrap();
        let writer = fixture.actor(amina, &[Role::Practitioner]);
        let endings = open_space(&writer, "endings").await.unwrap();
        start_thread(&writer, &endings, "After a visit", &words("I cried in the car.").bearing_name(false)).await.unwrap();
        let code = open((&hannah, &moira), ("author", "/community/endings/1".to_owned()), "It would put her at risk today.").await;
        assert_eq!(told(fixture, amina, Role::Practitioner).await.len(), 1, "nobody is told yet");
        tell(&moira, &code).await.unwrap();
        let lines = told(fixture, amina, Role::Practitioner).await;
        assert!(lines.iter().any(|line| line.what == "Who wrote a post of yours that bears no name"), "{lines:?}");
        assert_eq!((lines.len(), told(fixture, ruth, Role::Supervisor).await.len()), (2, 1));
        let later = fixture.actor_at(fixture.now() + TimeDelta::days(366), amina, &[Role::Practitioner]);
        assert_eq!(told_of(&later).await.unwrap(), []);
    }
}
