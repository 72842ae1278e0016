//! Whether planned sessions fit what else their people have.

use ::series::Occurrence;

use crate::access::{Actor, Permission};
use crate::availability::store::{Proposal, ProposedSession, refuse_or_warn};
use crate::availability::{MeetingId, Reader, Verdict};
use crate::database::{Transaction, new_id};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::people::PersonId;

/// Who is told what does not fit: a coordinator may know each name, a supervisor knows of their own sessions.
pub fn reader_of(actor: &Actor) -> Reader {
    if actor.may(Permission::ManageGroups) { Reader::Manager } else { Reader::Supervisor(actor.person()) }
}

/// The sessions of a series that is to be published, each with the identity that it will have.
pub(super) fn proposal_of(group: GroupId, supervisor: PersonId, held: &[Occurrence]) -> Proposal {
    let session =
        |session: &Occurrence| ProposedSession { id: MeetingId(new_id()), starts_at: session.starts_at, ends_at: session.ends_at };
    Proposal { group, supervisor, sessions: held.iter().map(session).collect(), replaces: Vec::new() }
}

/// Refuses a draft of what nothing may be saved with. What only may not be published waits until then.
pub(super) async fn refuse_blocked(transaction: &mut Transaction, actor: &Actor, proposal: &Proposal) -> Result<(), AppError> {
    refuse_or_warn(transaction, reader_of(actor), proposal).await?.refuse_to_save()
}

/// What the dates of a plan would break, for the page that shows them.
pub(super) async fn verdict_of(actor: &Actor, group: GroupId, supervisor: PersonId, held: &[Occurrence]) -> Result<Verdict, AppError> {
    let mut moment: Transaction = actor.database().snapshot().await?;
    let to_come: Vec<Occurrence> = held.iter().filter(|session| session.starts_at > actor.now()).copied().collect();
    refuse_or_warn(&mut moment, reader_of(actor), &proposal_of(group, supervisor, &to_come)).await
}

#[cfg(test)]
mod tests {
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::database::{new_id, on};
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::groups::store::open_group_to_plan;
    use crate::people::fixture::person;
    use crate::series::forms::{SeriesForm, TIMES, WEEKS};
    use crate::series::store::{Then, page_of_new, save_series};
    use crate::sessions::fixture::session;

    fn thursdays(slug: &str, time: &str) -> SeriesForm {
        SeriesForm {
            slug: slug.to_owned(),
            starts_on: "2026-10-29".to_owned(),
            starts_time: time.to_owned(),
            length_minutes: "90".to_owned(),
            repeats: WEEKS.to_owned(),
            every: "1".to_owned(),
            ending: TIMES.to_owned(),
            times: "2".to_owned(),
            ..SeriesForm::default()
        }
    }

    both_databases! {
        async fn no_draft_is_saved_in_which_its_supervisor_would_be_at_two_sessions_and_one_that_cannot_be_published_yet_is(fixture: Fixture) {
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let daniel = person(fixture, "Daniel", "Okafor", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let planned = group(fixture, ruth, &[amina], GroupKind::Group).await;
            let others = [(group(fixture, ruth, &[], GroupKind::Group).await, "10:00"), (group(fixture, daniel, &[amina], GroupKind::Group).await, "14:00")];
            for (other, time) in others {
                session(fixture, other, format!("2026-10-29T{time}:00Z").parse().unwrap(), 90).await;
            }
            let (slug, actor) = (slug_of(fixture, planned).await, fixture.actor(ruth, &[Role::Supervisor]));
            let refused = save_series(&actor, &thursdays(&slug, "10:30"), Then::KeepAsDraft).await.unwrap_err();
            assert!(refused.status() == 409 && refused.to_string().contains("Nothing was saved"), "{refused}");
            assert_eq!(save_series(&actor, &thursdays(&slug, "14:30"), Then::KeepAsDraft).await, Ok(1));
        }

        async fn the_supervisors_leave_is_skipped_and_shown_before_anything_is_saved(fixture: Fixture) {
            const LEAVE: &str = "INSERT INTO leave (id, person_id, starts_on, ends_on, kind) VALUES ($1, $2, $3, $3, 'leave')";

            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let planned = group(fixture, ruth, &[], GroupKind::Group).await;
            let (database, day) = (&fixture.database, "2026-11-05".parse::<chrono::NaiveDate>().unwrap());
            on!(database, pool => sqlx::query(LEAVE).bind(new_id()).bind(ruth).bind(day).execute(pool).await.map(|_| ())).unwrap();
            let actor = fixture.actor(ruth, &[Role::Supervisor]);
            let slug = slug_of(fixture, planned).await;
            let opened = open_group_to_plan(&actor, &slug).await.unwrap();
            let page = page_of_new(&actor, &opened, thursdays(&slug, "10:00")).await.unwrap();
            let plan = page.plan.unwrap();
            assert_eq!((plan.held(), plan.skips(), page.form.skipped.as_str()), (2, 1, "2026-11-05"));
            assert_eq!(save_series(&actor, &page.form, Then::KeepAsDraft).await, Ok(1));
        }
    }
}
