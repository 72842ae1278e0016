//! What holds of a request that is taken back, on both databases.

use super::tests::{Leads, actions, answered, asked, letters_to, line, request, written_without_a_name};
use super::*;
use crate::access::Role;
use crate::database::fixture::both_databases;
use crate::error::AppError;
use crate::openings::model::State;
use crate::people::fixture::person;

both_databases! {
    async fn whoever_asked_takes_it_back_until_somebody_answers_and_both_see_that(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        written_without_a_name(fixture, amina).await;
        let post = || request("author", "/community/all/1");
        let (hannah, moira) = (leads.hannah(fixture, 1), leads.moira(fixture, 1));
        let code = asked(&leads.hannah(fixture, 0), post()).await.unwrap();
        assert!(opening(&hannah, &code).await.unwrap().is_readers_to_take_back && !opening(&moira, &code).await.unwrap().is_readers_to_take_back);
        let stranger = fixture.actor(amina, &[Role::Practitioner]);
        for other in [&moira, &leads.both(fixture), &stranger] {
            assert_eq!(take_back(other, &code).await, Err(AppError::NotFound));
        }
        take_back(&hannah, &code).await.unwrap();
        assert_eq!(take_back(&hannah, &code).await.unwrap_err().status(), 409);
        for lead in [&hannah, &moira] {
            assert_eq!((line(lead).await.state, line(lead).await.is_readers_to_answer), (State::TakenBack, false));
        }
        assert_eq!(answered(&moira, &code, "agree", "now").await.unwrap_err().status(), 409);
        assert_eq!(read(&hannah, &code, "").await, Err(AppError::NotFound));
        assert_eq!((actions(fixture).await, letters_to(fixture, amina, "").await), (vec!["ask_to_open".to_owned(), "take_back_opening".to_owned()], 0));
        // For as long as it would have waited; whoever asked keeps it in their list.
        assert_eq!((openings(&leads.moira(fixture, 73)).await.unwrap(), line(&leads.hannah(fixture, 73)).await.state), (Vec::new(), State::TakenBack));
        // The same can be asked again, and of taking back and answering at once one counts.
        let code = asked(&leads.hannah(fixture, 2), post()).await.unwrap();
        let (hannah, moira) = (leads.hannah(fixture, 3), leads.moira(fixture, 3));
        let (one, two) = tokio::join!(take_back(&hannah, &code), answered(&moira, &code, "agree", "now"));
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {two:?}");
        if two.is_ok() {
            assert_eq!(take_back(&hannah, &code).await.unwrap_err().status(), 409);
        }
    }
}
