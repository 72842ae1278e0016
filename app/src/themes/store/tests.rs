use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::people::fixture::person;
use crate::polls::fixture::letters;
use crate::themes::forms::{DecisionForm, GatherForm, ThemeForm};
use crate::themes::model::Outcome;

fn theme(words: &str, tell: &str) -> ThemeForm {
    ThemeForm { words: words.to_owned(), groups_met: "2".to_owned(), intervention: "general".to_owned(), tell: tell.to_owned() }
}

async fn raised(actor: &Actor, words: &str, tell: &str) {
    raise(actor, &theme(words, tell).check().unwrap()).await.unwrap();
}

struct World {
    ruth: Actor,
    nadia: Actor,
    sian: Actor,
}

/// Two supervisors who raise four themes, and a coordinator.
async fn world(fixture: &Fixture) -> World {
    let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
    let nadia = person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await;
    let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
    let world = World {
        ruth: fixture.actor(ruth, &[Role::Supervisor]),
        nadia: fixture.actor(nadia, &[Role::Supervisor]),
        sian: fixture.actor(sian, &[Role::Coordinator]),
    };
    raised(&world.ruth, "Fathers who work nights", "yes").await;
    raised(&world.ruth, "Fathers at weekends", "yes").await;
    raised(&world.nadia, "Fathers who are not asked", "no").await;
    raised(&world.nadia, "Waiting rooms", "yes").await;
    world
}

/// Gathers what speaks of fathers.
async fn gather_fathers(sian: &Actor) -> String {
    let waiting = themes_list(sian).await.unwrap().raised;
    let chosen = waiting.into_iter().filter(|line| line.words.contains("Fathers")).map(|line| line.code).collect();
    let form = GatherForm { chosen, into: String::new(), title: "Fathers".to_owned() };
    gather(sian, &form, form.check().unwrap().as_deref()).await.unwrap()
}

fn decision(outcome: &str, version: i64) -> DecisionForm {
    DecisionForm {
        version: version.to_string(),
        outcome: outcome.to_owned(),
        words: "Evening sessions from November.".to_owned(),
        heard: "Fathers cannot come by day.".to_owned(),
        changed_on: "2026-11-02".to_owned(),
        address: "/library/fathers".to_owned(),
        ..DecisionForm::default()
    }
}

both_databases! {
    async fn what_was_raised_is_gathered_with_everybodys_words_and_answered_once_to_whoever_wants_to_know(fixture: Fixture) {
        let World { ruth, nadia, sian } = world(fixture).await;
        let code = gather_fathers(&sian).await;
        let fathers = gathered(&sian, &code).await.unwrap();
        assert_eq!(fathers.themes.len(), 3);
        assert_eq!(fathers.to_tell, 1, "Ruth twice, and Nadia does not want to be told");
        let said = format!("{fathers:?}");
        assert!(!said.contains("Ruth") && !said.contains(&ruth.person().to_string()));

        decide(&sian, &code, &decision("improvement", fathers.version).check().unwrap()).await.unwrap();
        assert!(matches!(decide(&sian, &code, &decision("resource", fathers.version).check().unwrap()).await, Err(AppError::Conflict(_))));
        let stands = gathered(&sian, &code).await.unwrap();
        let decision = stands.decision.unwrap();
        assert_eq!((decision.outcome, decision.words.as_str()), (Outcome::Improvement, "Evening sessions from November."));
        assert_eq!(stands.improvement, Some(("Fathers cannot come by day.".to_owned(), "2026-11-02".parse().unwrap())), "what whoever was second is shown");
        let told = letters(fixture).await;
        assert_eq!(told.iter().map(|letter| letter.0).collect::<Vec<_>>(), [ruth.person()]);
        assert!(!told[0].1.contains("Fathers") && !told[0].2.contains("Fathers"));

        let own = themes_of(&ruth).await.unwrap();
        assert!(own.iter().all(|theme| theme.decision.as_ref().unwrap().outcome == Outcome::Improvement));
        let nadias = themes_of(&nadia).await.unwrap();
        assert_eq!(nadias.iter().map(|theme| theme.words.as_str()).collect::<Vec<_>>(), ["Waiting rooms"]);
        let log = improvements(&ruth).await.unwrap();
        assert_eq!((log.lines[0].heard.as_str(), log.lines[0].groups_met, log.may_add), ("Fathers cannot come by day.", Some(6), false));
    }

    async fn a_theme_is_gathered_once_and_comes_out_again_until_it_is_decided(fixture: Fixture) {
        let World { nadia, sian, .. } = world(fixture).await;
        let code = gather_fathers(&sian).await;
        let themes = gathered(&sian, &code).await.unwrap().themes;
        let again = GatherForm { chosen: vec![themes[0].code.clone()], into: String::new(), title: "Again".to_owned() };
        assert!(matches!(gather(&sian, &again, Some("Again")).await, Err(AppError::Conflict(_))));
        assert_eq!(themes_list(&sian).await.unwrap().gathered.len(), 1, "what was refused leaves nothing behind");

        take_out(&sian, &themes[0].code).await.unwrap();
        let back = GatherForm { chosen: vec![themes[0].code.clone()], into: code.clone(), title: String::new() };
        assert_eq!(gather(&sian, &back, None).await.unwrap(), code);
        let version = gathered(&sian, &code).await.unwrap().version;
        assert!(matches!(decide(&sian, &code, &decision("resource", version - 1).check().unwrap()).await, Err(AppError::Conflict(_))));
        decide(&sian, &code, &decision("resource", version).check().unwrap()).await.unwrap();
        assert!(matches!(take_out(&sian, &themes[0].code).await, Err(AppError::Conflict(_))));
        assert!(improvements(&sian).await.unwrap().lines.is_empty());

        let waiting = themes_list(&sian).await.unwrap().raised;
        let alone = GatherForm { chosen: vec![waiting[0].code.clone()], into: String::new(), title: "Rooms".to_owned() };
        let rooms = gather(&sian, &alone, Some("Rooms")).await.unwrap();
        take_out(&sian, &waiting[0].code).await.unwrap();
        assert_eq!(gathered(&sian, &rooms).await, Err(AppError::NotFound), "what holds no theme is gone");
        withdraw(&nadia, &waiting[0].code).await.unwrap();
        assert!(themes_list(&sian).await.unwrap().raised.is_empty());
    }

    async fn who_raised_a_theme_is_in_the_database_only_where_they_want_to_be_told_and_nobody_else_withdraws_it(fixture: Fixture) {
        const NAMED: &str = "SELECT COUNT(*) FROM raised_theme WHERE raised_by IS NOT NULL";
        const IN_THE_LOG: &str = "SELECT COUNT(*) FROM audit_entry WHERE action = 'raise_theme' AND subject_id IS NOT NULL";

        let World { ruth, sian, .. } = world(fixture).await;
        let database = &fixture.database;
        for (count, expected) in [(NAMED, 3), (IN_THE_LOG, 0)] {
            let found: i64 = on!(database, pool => sqlx::query_scalar(count).fetch_one(pool).await).unwrap();
            assert_eq!(found, expected, "{count}");
        }
        for line in themes_list(&sian).await.unwrap().raised.into_iter().filter(|line| !line.words.contains("Fathers")) {
            assert!(matches!(withdraw(&ruth, &line.code).await, Err(AppError::Conflict(_))));
        }
    }
}
