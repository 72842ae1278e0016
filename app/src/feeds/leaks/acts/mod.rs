//! Everything in Reverie that writes to somebody, done once.

mod occasions;
mod opening;
mod places;

mod rounds;

mod sharing;

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::{Actor, Anyone, Role, System};
use crate::agreements::fixture::{agree, propose};
use crate::availability::store::{add_leave, open_availability};
use crate::availability::{LeaveKind, NewLeave};
use crate::changes::forms::{FOLLOWING, THIS};
use crate::changes::store::undo_change;
use crate::database::on;
use crate::feeds::story::Story;
use crate::groups::store::{add_member, end_group, open_group_to_change, remove_member};
use crate::groups::{CancelReason, GroupKind, fixture as groups};
use crate::people::fixture::{code_of, person, works_for};
use crate::people::forms::Correction;
use crate::people::store::{add_person, answer_about, correct_address, forget_codes, invite_person, lift_suspension, suspend_person};
use crate::people::{Details, EmailAddress, LeadsAnswer, NewPerson, PersonId, WorksThere};
use crate::polls::fixture::{form, job};
use crate::polls::store::{make_poll, nudge, open_poll, open_whom_to_ask};
use crate::sessions::store::{cancel_session, open_session, send_apologies, send_apologies_until, withdraw_apologies, withdraw_together};
use crate::sign_in::store::fixture::{entry, give_code, give_password, visitor, visitor_with};
use crate::sign_in::store::{ask_for_link, ask_for_reset, enter_code, forget_code, renew_recovery_codes, sign_in_with_password};
use crate::sign_in::{Limited, attempt};

/// Lives through everything that somebody is written of, so that every letter there is lies in the outbox.
pub async fn live_through_everything(story: &mut Story<'_>) {
    come_in(story).await;
    work_somewhere(story).await;
    meet(story).await;
    change_series(story).await;
    cover(story).await;
    wait(story).await;
    come_and_go(story).await;
    end(story).await;
    places::book(story).await;
    places::stand_beside(story).await;
    places::wait_for_a_place(story).await;
    rounds::ask_about_groups(story).await;
    sharing::share_an_entry(story).await;
    sharing::raise_a_theme(story).await;
    opening::open_together(story).await;
    sharing::report_a_post(story).await;
    sharing::send_a_digest(story).await;
    occasions::come_to_an_event(story).await;
}

impl Story<'_> {
    fn acting(&self, who: PersonId, role: Role) -> Actor {
        self.fixture.actor_at(self.now, who, &[role])
    }

    fn program(&self, moment: DateTime<Utc>) -> System {
        job(self.fixture, moment)
    }

    fn visitor(&self) -> Anyone {
        visitor(self.fixture)
    }
}

/// Everybody's way in, and what protects it.
async fn come_in(story: &Story<'_>) {
    const NOT_INVITED: &str = "UPDATE person SET standing = 'not_invited' WHERE id = $1";

    let (fixture, sian) = (story.fixture, story.coordinator());
    let esther = person(fixture, "Esther", "Kimani", &[Role::Practitioner]).await;
    let database = &fixture.database;
    on!(database, pool => sqlx::query(NOT_INVITED).bind(esther).execute(pool).await.map(|_| ())).unwrap();
    invite_person(&sian, &code_of(fixture, esther).await).await.unwrap();

    let email = give_password(fixture, story.ruth).await;
    give_password(fixture, story.ruth).await;
    give_code(fixture, story.ruth).await;
    let codes = renew_recovery_codes(&story.acting(story.ruth, Role::Supervisor)).await.unwrap();
    let entrance = sign_in_with_password(&story.visitor(), &entry(&email)).await.unwrap();
    enter_code(&visitor_with(fixture, &entrance.sign_in.token).await, &codes[0]).await.unwrap();
    ask_for_reset(&story.visitor(), &email).await.unwrap();
    ask_for_link(&story.visitor(), &email).await.unwrap();
    for _ in 0..5 {
        attempt(database, story.now, &[Limited::CodesOf(story.ruth)]).await.unwrap();
    }
    give_password(fixture, story.amina).await;
    give_code(fixture, story.amina).await;
    forget_code(&story.acting(story.amina, Role::Practitioner)).await.unwrap();
    forget_codes(&sian, &code_of(fixture, story.ruth).await).await.unwrap();
    let correction =
        Correction { code: code_of(fixture, story.tom).await, email: EmailAddress::of("t.barrowclough@kirklees.people.example").unwrap() };
    correct_address(&sian, &correction).await.unwrap();
}

/// A lead is asked about somebody of their authority, and says that they do not work there.
async fn work_somewhere(story: &Story<'_>) {
    let colin = person(story.fixture, "Colin", "Marchbanks", &[Role::AuthorityLead]).await;
    works_for(story.fixture, colin, "bradford").await;
    let details = Details {
        title: String::new(),
        given_name: "Priya".to_owned(),
        family_name: "Nairn".to_owned(),
        profession: "Midwife".to_owned(),
        authority: "bradford".to_owned(),
        roles: [Role::Practitioner].into_iter().collect(),
    };
    let email = EmailAddress::of("p.nairn@people.example").unwrap();
    let priya = NewPerson { details, email, works_there: WorksThere::ToBeAsked, is_invited: false };
    let code = add_person(&story.coordinator(), &priya).await.unwrap();
    answer_about(&story.acting(colin, Role::AuthorityLead), &code, LeadsAnswer::DoesNot).await.unwrap();
}

/// An agreement with a new text, a poll, apologies.
async fn meet(story: &Story<'_>) {
    let fixture = story.fixture;
    propose(fixture, &story.slug, story.ruth, 1, "Ruth Adeyemi supervises Amina Rahman and Tom Barrowclough.").await;

    let ruth = story.acting(story.ruth, Role::Supervisor);
    let asked = open_whom_to_ask(&ruth, &story.slug).await.unwrap();
    let poll = make_poll(&ruth, &asked, &form(&story.slug).check(story.now.date_naive()).unwrap()).await.unwrap();
    let later = fixture.actor_at(story.now + TimeDelta::days(2), story.ruth, &[Role::Supervisor]);
    nudge(&later, &open_poll(&later, &poll).await.unwrap()).await.unwrap();
    crate::polls::jobs::announce_closed_polls(&story.program(story.now + TimeDelta::days(9))).await.unwrap();

    let amina = story.acting(story.amina, Role::Practitioner);
    let session = open_session(&amina, &story.codes[1]).await.unwrap();
    send_apologies(&amina, &session, "Tom knows why").await.unwrap();
    withdraw_apologies(&amina, &session).await.unwrap();
    let until = session.starts_local().date() + TimeDelta::weeks(3);
    assert!(send_apologies_until(&amina, &session, "Tom knows why", until).await.unwrap() > 1);
    withdraw_together(&amina, &session).await.unwrap();
}

async fn change_series(story: &Story<'_>) {
    const OPEN_ENDED: &str = "UPDATE series SET times = NULL, horizon_on = '2027-01-14' WHERE group_id = $1";

    let database = &story.fixture.database;
    story.move_to(6, THIS, ("2027-02-05 14:30", "60")).await;
    let change = story.move_to(7, FOLLOWING, ("2027-02-19 09:15", "60")).await;
    deliver(story).await;
    undo_change(&story.coordinator(), &change).await.unwrap();
    let acting = story.acting(story.ruth, Role::Supervisor);
    let starts_at = open_session(&acting, &story.codes[5]).await.unwrap().course().starts_at;
    let ruth = story.fixture.actor_at(starts_at, story.ruth, &[Role::Supervisor]);
    let session = open_session(&ruth, &story.codes[5]).await.unwrap();
    cancel_session(&ruth, &session, CancelReason::SupervisorAway).await.unwrap();

    // A series without an end, of another group of Amina's.
    let other = groups::group(story.fixture, story.nadia, &[story.amina], GroupKind::Group).await;
    crate::sessions::fixture::session(story.fixture, other, "2027-01-14T16:00:00Z".parse().unwrap(), 60).await;
    on!(database, pool => sqlx::query(OPEN_ENDED).bind(other).execute(pool).await.map(|_| ())).unwrap();
    let slug = groups::slug_of(story.fixture, other).await;
    let version = propose(story.fixture, &slug, story.nadia, 0, "Nadia supervises Amina Rahman.").await;
    assert!(agree(story.fixture, &slug, &[story.nadia, story.amina], version).await);
    let taken = groups::group(story.fixture, story.nadia, &[], GroupKind::Group).await;
    crate::sessions::fixture::session(story.fixture, taken, "2027-01-28T16:00:00Z".parse().unwrap(), 60).await;
    let program = story.program(story.now);
    for series in crate::changes::store::series_to_extend(&program).await.unwrap() {
        assert!(crate::changes::store::extend(&program, series).await.unwrap());
    }
}

async fn cover(story: &Story<'_>) {
    let (fixture, day) = (story.fixture, "2026-12-10".parse().unwrap());
    let opened = open_availability(&story.coordinator(), &code_of(fixture, story.ruth).await).await.unwrap();
    add_leave(&story.coordinator(), &opened, &NewLeave { first: day, last: day, kind: LeaveKind::Leave }).await.unwrap();
    story.cover(3).await;
    story.cover(2).await;
    story.end_cover(2).await;
}

/// Everything has left: what only waits is taken back from somebody who is suspended.
async fn deliver(story: &Story<'_>) {
    const SENT: &str = "UPDATE message SET sent_at = created_at, attempts = 1";
    let database = &story.fixture.database;
    on!(database, pool => sqlx::query(SENT).execute(pool).await.map(|_| ())).unwrap();
}

/// What time alone brings.
async fn wait(story: &Story<'_>) {
    let first: DateTime<Utc> = "2026-10-29T10:00:00Z".parse().unwrap();
    crate::reminders::jobs::remind_of_sessions(&story.program(first - TimeDelta::days(1))).await.unwrap();
    crate::sessions::jobs::chase_unmarked(&story.program(first + TimeDelta::days(7))).await.unwrap();
    deliver(story).await;
    // The next one is left behind: whoever led it can finish it no more.
    suspend_person(&story.coordinator(), &code_of(story.fixture, story.ruth).await).await.unwrap();
    crate::sessions::jobs::chase_unmarked(&story.program(story.now + TimeDelta::days(28))).await.unwrap();
    lift_suspension(&story.coordinator(), &code_of(story.fixture, story.ruth).await).await.unwrap();
    crate::renewals::jobs::ask_about_renewals(&story.program(story.now + TimeDelta::days(160))).await.unwrap();
    crate::themes::jobs::remind_to_ask(&story.program(story.now + TimeDelta::days(400))).await.unwrap();
}

async fn come_and_go(story: &Story<'_>) {
    let (femi, amina) = (code_of(story.fixture, story.femi).await, code_of(story.fixture, story.amina).await);
    let group = open_group_to_change(&story.coordinator(), &story.slug).await.unwrap();
    add_member(&story.coordinator(), &group, &femi).await.unwrap();
    remove_member(&story.coordinator(), &group, &femi).await.unwrap();
    deliver(story).await;
    suspend_person(&story.coordinator(), &amina).await.unwrap();
    lift_suspension(&story.coordinator(), &amina).await.unwrap();
    story.hand_over_to_nadia().await;
}

async fn end(story: &Story<'_>) {
    let group = open_group_to_change(&story.coordinator(), &story.slug).await.unwrap();
    end_group(&story.coordinator(), &group, story.version().await).await.unwrap();
}
