//! Themes, by their words.

use super::*;
use crate::themes::store::{decide, gather, gathered, raise, take_out, themes_list, withdraw};
use crate::themes::{DecisionForm, GatherForm, ThemeForm};

async fn raised(actor: &Actor, words: &str, tell: &str) {
    let form = ThemeForm { words: words.to_owned(), groups_met: "2".to_owned(), intervention: "general".to_owned(), tell: tell.to_owned() };
    raise(actor, &form.check().unwrap()).await.unwrap();
}

async fn lines(actor: &Actor, words: &str) -> Vec<FoundLine> {
    finds(actor, words).await.into_iter().filter(|found| found.kind == Kind::Themes).flat_map(|found| found.lines).collect()
}

async fn addresses(actor: &Actor, words: &str) -> Vec<String> {
    let mut addresses: Vec<String> = lines(actor, words).await.into_iter().map(|line| line.address).collect();
    addresses.sort();
    addresses
}

both_databases! {
    async fn themes_are_found_by_whoever_gathers_them_and_by_whoever_raised_them_and_by_nobody_else(fixture: Fixture) {
        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let nadia = fixture.actor(person(fixture, "Nadia", "Hussain", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let sian = fixture.actor(person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await, &[Role::Coordinator]);
        let amina = fixture.actor(person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, &[Role::Practitioner]);
        raised(&ruth, "Fathers who work nights", "yes").await;
        raised(&nadia, "Grandfathers, and fathers who are not asked", "no").await;

        assert_eq!(addresses(&sian, "fathers").await, ["/themes", "/themes"]);
        assert_eq!(addresses(&ruth, "fathers").await, ["/me/themes"]);
        assert_eq!(lines(&ruth, "nights").await[0].about, "Raised on Thursday 22 October 2026");
        for (who, words) in [(&nadia, "fathers"), (&ruth, "asked"), (&amina, "fathers"), (&nadia, "grandfathers")] {
            assert!(lines(who, words).await.is_empty(), "{words}");
        }
        let line = lines(&sian, "nights").await.remove(0);
        assert_eq!((line.name.as_str(), line.about.as_str()), ("A theme that nobody has gathered yet", "Raised in October 2026"));
        // What is mistyped is helped with the words of themes for whoever may read all of them.
        assert_eq!((addresses(&sian, "grandfahters").await.len(), addresses(&ruth, "grandfahters").await.len()), (1, 0));
        let nothing = looks_for(&ruth, "zzzzzzzzz", SearchAddress::default()).await.unwrap();
        let closed = looks_for(&ruth, "grandfathers", SearchAddress::default()).await.unwrap();
        assert_eq!((closed.kinds, closed.instead), (nothing.kinds, nothing.instead));
    }

    async fn what_was_gathered_is_found_by_its_title_and_by_what_became_of_it_and_of_what_is_withdrawn_no_word_stays(fixture: Fixture) {
        const WORDS: &str = "SELECT CAST(SUM(entries) AS BIGINT) FROM search_word WHERE word = 'weekends'";

        let ruth = fixture.actor(person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await, &[Role::Supervisor]);
        let sian = fixture.actor(person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await, &[Role::Coordinator]);
        raised(&ruth, "Fathers at weekends", "yes").await;
        let code = themes_list(&sian).await.unwrap().raised[0].code.clone();
        let form = GatherForm { chosen: vec![code.clone()], into: String::new(), title: "Reaching everybody".to_owned() };
        let gathered_code = gather(&sian, &form, form.check().unwrap().as_deref()).await.unwrap();
        let line = lines(&sian, "reaching").await.remove(0);
        assert_eq!(line.address, format!("/themes/{gathered_code}"));
        assert_eq!((line.name.as_str(), line.about.as_str()), ("Reaching everybody", "Gathered, to decide"));
        assert_eq!(lines(&sian, "weekends").await[0].name, "In “Reaching everybody”");
        assert!(lines(&ruth, "reaching").await.is_empty(), "whoever raised a part of it finds their own words");

        take_out(&sian, &code).await.unwrap();
        assert!(lines(&sian, "reaching").await.is_empty(), "what holds no theme is gone");
        let again = gather(&sian, &form, Some("Reaching everybody")).await.unwrap();
        let version = gathered(&sian, &again).await.unwrap().version.to_string();
        let decision = DecisionForm { version, outcome: "set_aside".to_owned(), words: "Evenings are full until spring.".to_owned(), ..DecisionForm::default() };
        decide(&sian, &again, &decision.check().unwrap()).await.unwrap();
        assert_eq!(lines(&sian, "evenings").await[0].about, "Set aside for now");

        raised(&ruth, "Weekends again", "yes").await;
        let waiting = themes_list(&sian).await.unwrap().raised.remove(0);
        withdraw(&ruth, &waiting.code).await.unwrap();
        assert_eq!(lines(&sian, "weekends").await.len(), 1);
        let database = &fixture.database;
        let known: i64 = on!(database, pool => sqlx::query_scalar(WORDS).fetch_one(pool).await).unwrap();
        assert_eq!(known, 1);
    }
}
