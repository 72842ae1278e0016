//! Inviting people, correcting their address, and shutting and opening the door to them.

use super::add::set_address;
use super::found::{find, note};
use super::record::may_correct_address;
use crate::access::Actor;
use crate::belonging::note_who_belonged;
use crate::database::{Transaction, on};
use crate::diaries::{Posting, files_on_return, files_on_suspension};
use crate::error::AppError;
use crate::messages::{queue, queue_with_calendars, recall};
use crate::people::forms::Correction;
use crate::people::letters;
use crate::people::model::{PersonId, Standing};
use crate::sign_in::store::{forget_codes_of, invite, sign_out_everywhere, withdraw_links};

/// Sends an invitation, in place of any that was sent before.
pub async fn invite_person(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = find(transaction, actor, code).await?;
    send_invitation(transaction, actor, person.id).await?;
    unit.commit().await
}

/// The same within a unit of work that goes on.
pub async fn send_invitation(transaction: &mut Transaction, actor: &Actor, person: PersonId) -> Result<(), AppError> {
    // The token leaves in the message alone; nobody who manages people sees it.
    let _token = invite(transaction, actor, person).await?;
    Ok(())
}

/// Puts the right address in the place of a wrong one. Links that went to the wrong one stop working; somebody who was invited is invited
/// again, at the right one; somebody registered is signed out everywhere and told at both. Answers with how far the person has come in
/// joining.
pub async fn correct_address(actor: &Actor, correction: &Correction) -> Result<Standing, AppError> {
    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = find(transaction, actor, &correction.code).await?;
    if person.email == correction.email.as_str() {
        return Err(AppError::invalid("email", "This is the address that we have already"));
    }
    if !may_correct_address(actor, &person.details.roles, person.standing) {
        return Err(AppError::NotAllowed);
    }
    if person.standing == Standing::Registered {
        // Queued first, since a message goes to the address of the moment.
        queue(transaction, &letters::address_changed(person.id), actor.now()).await?;
    }
    set_address(transaction, person.id, &correction.email).await?;
    withdraw_links(transaction, person.id).await?;
    if person.standing == Standing::Registered {
        sign_out_everywhere(transaction, person.id).await?;
        queue(transaction, &letters::address_is_this(person.id), actor.now()).await?;
    }
    note(transaction, actor, "correct_address", person.id, "").await?;
    if person.standing == Standing::Invited {
        send_invitation(transaction, actor, person.id).await?;
    }
    unit.commit().await?;
    Ok(person.standing)
}

/// Keeps somebody out, from their next request on, and takes what is to come out of their calendar. Their places are kept for the day on which they
/// come back; what they were to lead stands under cover.
pub async fn suspend_person(actor: &Actor, code: &str) -> Result<(), AppError> {
    const SUSPEND: &str = "\
UPDATE person
SET suspended_from = standing, standing = 'suspended', version = version + 1
WHERE id = $1 AND standing <> 'suspended'";

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = find(transaction, actor, code).await?;
    if person.id == actor.person() {
        return Err(AppError::Conflict("You cannot suspend yourself. Ask somebody else who manages people.".to_owned()));
    }
    note_who_belonged(transaction, actor.now()).await?;
    recall(transaction, person.id, actor.now()).await?;
    // Queued while they are still somebody to write to, and only where there is something to take out: otherwise they are told nothing more.
    let files = files_on_suspension(transaction, person.id, Posting::by(actor)).await?;
    if !files.is_empty() {
        queue_with_calendars(transaction, &letters::sessions_not_yours(person.id), &files, actor.now()).await?;
    }
    if !settle(transaction, SUSPEND, person.id).await? {
        // Somebody else has done so at this moment, and written; nothing of this is kept.
        return Ok(());
    }
    withdraw_links(transaction, person.id).await?;
    sign_out_everywhere(transaction, person.id).await?;
    note(transaction, actor, "suspend_person", person.id, "").await?;
    unit.commit().await
}

/// Lets somebody in again, as registered where they were. Whoever was on the way in can be invited again, since their link has ended.
pub async fn lift_suspension(actor: &Actor, code: &str) -> Result<(), AppError> {
    const LIFT: &str = "\
UPDATE person
SET standing = CASE WHEN suspended_from = 'registered' THEN 'registered' ELSE 'not_invited' END, suspended_from = NULL,
    version = version + 1
WHERE id = $1 AND standing = 'suspended'";

    let mut unit = actor.begin().await?;
    let transaction = &mut unit;
    let person = find(transaction, actor, code).await?;
    note_who_belonged(transaction, actor.now()).await?;
    if settle(transaction, LIFT, person.id).await? {
        let files = files_on_return(transaction, person.id, Posting::by(actor)).await?;
        if !files.is_empty() {
            queue_with_calendars(transaction, &letters::sessions_yours_again(person.id), &files, actor.now()).await?;
        }
        note(transaction, actor, "lift_suspension", person.id, "").await?;
    }
    unit.commit().await
}

/// Lets somebody who has lost their phone set up another when they next sign in.
pub async fn forget_codes(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut unit = actor.begin().await?;
    let person = find(&mut unit, actor, code).await?;
    forget_codes_of(&mut unit, actor, person.id).await?;
    unit.commit().await
}

/// Whether the standing is another one now; two who press the same button at once do it once.
async fn settle(transaction: &mut Transaction, statement: &'static str, person: PersonId) -> Result<bool, AppError> {
    let changed = on!(&mut transaction, connection => sqlx::query(statement).bind(person).execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::audit::{Verdict, verify};
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::EmailAddress;
    use crate::people::fixture::{code_of, person};
    use crate::people::store::record_of;

    /// A coordinator, and the code of a practitioner of some standing.
    async fn sian_and_amina(fixture: &Fixture, standing: Standing) -> (Actor, String) {
        const STANDING: &str = "UPDATE person SET standing = $1, email = 'wrong@council.gov.uk' WHERE id = $2";
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(STANDING).bind(standing).bind(amina).execute(pool).await.map(|_| ())).unwrap();
        (fixture.actor(sian, &[Role::Coordinator]), code_of(fixture, amina).await)
    }

    fn to(code: &str, email: &str) -> Correction {
        Correction { code: code.to_owned(), email: EmailAddress::of(email).unwrap() }
    }

    async fn standing(actor: &Actor, code: &str) -> Standing {
        record_of(actor, code).await.unwrap().unwrap().standing
    }

    async fn links(fixture: &Fixture) -> Vec<Vec<u8>> {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar("SELECT token_hash FROM one_time_link WHERE used_at IS NULL").fetch_all(pool).await)
            .unwrap()
    }

    async fn addresses(fixture: &Fixture) -> Vec<String> {
        let database = &fixture.database;
        on!(database, pool => sqlx::query_scalar("SELECT address FROM message ORDER BY id").fetch_all(pool).await).unwrap()
    }

    both_databases! {
        async fn an_invitation_is_sent_and_can_be_sent_again(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::NotInvited).await;

            invite_person(&sian, &amina).await.unwrap();
            let first = links(fixture).await;
            invite_person(&sian, &amina).await.unwrap();

            assert_eq!(standing(&sian, &amina).await, Standing::Invited);
            assert_eq!(addresses(fixture).await.len(), 2);
            assert_eq!((first.len(), links(fixture).await.len()), (1, 1));
            assert_ne!(first, links(fixture).await);
        }

        async fn a_corrected_address_ends_the_old_invitation_and_gets_a_new_one(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::NotInvited).await;
            invite_person(&sian, &amina).await.unwrap();
            let to_the_wrong_one = links(fixture).await;

            let before = correct_address(&sian, &to(&amina, "right@council.gov.uk")).await.unwrap();

            assert_eq!(before, Standing::Invited);
            assert_eq!(addresses(fixture).await, ["wrong@council.gov.uk", "right@council.gov.uk"]);
            let now = links(fixture).await;
            assert_eq!(now.len(), 1);
            assert_ne!(now, to_the_wrong_one);
        }

        async fn somebody_registered_is_told_at_both_addresses(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::Registered).await;

            correct_address(&sian, &to(&amina, "right@council.gov.uk")).await.unwrap();

            assert_eq!(addresses(fixture).await, ["wrong@council.gov.uk", "right@council.gov.uk"]);
            assert_eq!(record_of(&sian, &amina).await.unwrap().unwrap().email, "right@council.gov.uk");
            assert_eq!(standing(&sian, &amina).await, Standing::Registered);
        }

        async fn an_address_of_somebody_else_is_refused_beside_the_field(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::Registered).await;
            let taken = record_of(&sian, &code_of(fixture, sian.person()).await).await.unwrap().unwrap().email;

            let refused = correct_address(&sian, &to(&amina, &taken)).await;

            let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
            assert_eq!(problems[0].field, "email");
            assert!(addresses(fixture).await.is_empty());
        }

        async fn somebody_suspended_is_signed_out_and_their_links_end(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::NotInvited).await;
            invite_person(&sian, &amina).await.unwrap();

            suspend_person(&sian, &amina).await.unwrap();

            assert_eq!(standing(&sian, &amina).await, Standing::Suspended);
            assert!(links(fixture).await.is_empty());
            let Err(AppError::Conflict(_)) = invite_person(&sian, &amina).await else { panic!("a suspended person was invited") };
        }

        async fn a_lifted_suspension_leads_back_to_where_somebody_was(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::Invited).await;
            suspend_person(&sian, &amina).await.unwrap();
            lift_suspension(&sian, &amina).await.unwrap();
            assert_eq!(standing(&sian, &amina).await, Standing::NotInvited);
        }

        async fn whoever_is_registered_without_a_password_stays_registered(fixture: Fixture) {
            // The people of a demonstration have none.
            let (sian, amina) = sian_and_amina(fixture, Standing::Registered).await;
            suspend_person(&sian, &amina).await.unwrap();
            lift_suspension(&sian, &amina).await.unwrap();
            assert_eq!(standing(&sian, &amina).await, Standing::Registered);
        }

        async fn a_corrected_address_signs_out_everywhere(fixture: Fixture) {
            const SIGN_IN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, device, created_at, seen_at, expires_at)
SELECT id, $2, id, 'complete', '', created_at, created_at, created_at FROM person WHERE code = $1";
            let (sian, amina) = sian_and_amina(fixture, Standing::Registered).await;
            let database = &fixture.database;
            on!(database, pool => sqlx::query(SIGN_IN).bind(&amina).bind(vec![7_u8; 32]).execute(pool).await.map(|_| ())).unwrap();

            correct_address(&sian, &to(&amina, "right@council.gov.uk")).await.unwrap();

            let left: i64 = on!(database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM sign_in").fetch_one(pool).await).unwrap();
            assert_eq!(left, 0);
        }

        async fn the_address_of_somebody_of_the_staff_is_for_an_administrator_to_correct(fixture: Fixture) {
            let (sian, _) = sian_and_amina(fixture, Standing::Registered).await;
            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let tom = person(fixture, "Tom", "Barrowclough", &[Role::Administrator]).await;
            let (tom, ruth) = (fixture.actor(tom, &[Role::Administrator]), code_of(fixture, ruth).await);

            assert_eq!(correct_address(&sian, &to(&ruth, "mine@council.gov.uk")).await, Err(AppError::NotAllowed));
            assert!(!record_of(&sian, &ruth).await.unwrap().unwrap().may_correct_address);
            correct_address(&tom, &to(&ruth, "hers@council.gov.uk")).await.unwrap();
        }

        async fn nothing_leaves_for_somebody_who_was_suspended_meanwhile(fixture: Fixture) {
            const WAITING: &str = "SELECT COUNT(*) FROM message WHERE sent_at IS NULL AND given_up_at IS NULL";
            let (sian, amina) = sian_and_amina(fixture, Standing::NotInvited).await;
            invite_person(&sian, &amina).await.unwrap();
            suspend_person(&sian, &amina).await.unwrap();
            let database = &fixture.database;
            let waiting: i64 = on!(database, pool => sqlx::query_scalar(WAITING).fetch_one(pool).await).unwrap();
            assert_eq!(waiting, 0);
        }

        async fn nobody_suspends_themselves_and_no_coordinator_an_administrator(fixture: Fixture) {
            let (sian, _) = sian_and_amina(fixture, Standing::Registered).await;
            let tom = person(fixture, "Tom", "Barrowclough", &[Role::Administrator]).await;
            let (own, tom) = (code_of(fixture, sian.person()).await, code_of(fixture, tom).await);

            assert!(matches!(suspend_person(&sian, &own).await, Err(AppError::Conflict(_))));
            assert_eq!(suspend_person(&sian, &tom).await, Err(AppError::NotAllowed));
            assert_eq!(correct_address(&sian, &to(&tom, "mine@council.gov.uk")).await, Err(AppError::NotAllowed));
        }

        async fn each_step_is_written_down_without_a_name_or_an_address(fixture: Fixture) {
            let (sian, amina) = sian_and_amina(fixture, Standing::NotInvited).await;
            invite_person(&sian, &amina).await.unwrap();
            correct_address(&sian, &to(&amina, "right@council.gov.uk")).await.unwrap();
            suspend_person(&sian, &amina).await.unwrap();
            lift_suspension(&sian, &amina).await.unwrap();

            let database = &fixture.database;
            let details: Vec<String> = on!(database, pool => sqlx::query_scalar("SELECT detail FROM audit_entry").fetch_all(pool).await).unwrap();
            assert!(details.len() >= 4, "{details:?}");
            assert!(details.iter().all(|detail| !detail.contains('@') && !detail.contains("Amina")), "{details:?}");
            assert!(matches!(verify(database).await.unwrap(), Verdict::Whole { .. }));
        }
    }
}
