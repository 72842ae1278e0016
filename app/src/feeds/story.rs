//! The life of one group, for the tests of what everybody is sent on the way.

use ::series::timetable::Scope;
use chrono::{DateTime, Utc};

use crate::access::{Actor, Role};
use crate::agreements::fixture::{agree, propose};
use crate::authorities::store::enter_eligible;
use crate::changes::forms::{ChangeForm, THIS, TimesForm};
use crate::changes::store::{cancel_page, cancel_series, change_group, change_page, change_times, open_to_change};
use crate::cover::forms::{CoverForm, EndCoverForm};
use crate::cover::store::{end_cover, give_cover};
use crate::database::fixture::Fixture;
use crate::database::on;
use crate::groups::forms::GroupForm;
use crate::groups::store::open_group_to_change;
use crate::groups::{CancelReason, GroupId, GroupKind, fixture as groups};
use crate::people::PersonId;
use crate::people::fixture::{code_of, person, works_for};
use crate::series::forms::{SeriesForm, TIMES};
use crate::series::store::{Then, save_series};

/// A fortnightly series of twelve over Christmas and into the summer, and everybody round it.
pub struct Story<'a> {
    pub fixture: &'a Fixture,
    pub now: DateTime<Utc>,
    pub sian: PersonId,
    pub ruth: PersonId,
    pub nadia: PersonId,
    pub amina: PersonId,
    pub tom: PersonId,
    pub femi: PersonId,
    pub group: GroupId,
    pub slug: String,
    pub codes: Vec<String>,
}

impl<'a> Story<'a> {
    /// Publishes the series with everything that goes before it.
    pub async fn begin(fixture: &'a Fixture) -> Self {
        const CLOSE: &str =
            "INSERT INTO closure (id, starts_on, ends_on, reason) VALUES ($1, '2026-12-21', '2027-01-03', 'Christmas closure')";

        let mut transaction = fixture.database.begin().await.unwrap();
        enter_eligible(&mut transaction).await.unwrap();
        transaction.commit().await.unwrap();
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let nadia = person(fixture, "Nadia", "Hassan", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Barrowclough", &[Role::Practitioner]).await;
        let femi = person(fixture, "Femi", "Okonjo", &[Role::Practitioner]).await;
        let sian = person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await;
        let group = groups::group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
        let slug = groups::slug_of(fixture, group).await;
        let database = &fixture.database;
        for (who, authority) in [(amina, "bradford"), (tom, "rotherham"), (femi, "calderdale"), (ruth, "wakefield")] {
            works_for(fixture, who, authority).await;
        }
        on!(database, pool => sqlx::query(CLOSE).bind(group).execute(pool).await.map(|_| ())).unwrap();
        let version = propose(fixture, &slug, ruth, 0, "What is said in the group stays in the group.").await;
        assert!(agree(fixture, &slug, &[ruth, amina, tom], version).await);
        let mut story = Self { fixture, now: fixture.now(), sian, ruth, nadia, amina, tom, femi, group, slug, codes: Vec::new() };
        save_series(&story.coordinator(), &story.plan(), Then::Publish).await.unwrap();
        story.codes = story.session_codes().await;
        story
    }

    fn plan(&self) -> SeriesForm {
        SeriesForm {
            slug: self.slug.clone(),
            starts_on: "2026-10-29".to_owned(),
            starts_time: "10:00".to_owned(),
            length_minutes: "90".to_owned(),
            repeats: "weeks".to_owned(),
            every: "2".to_owned(),
            ending: TIMES.to_owned(),
            times: "12".to_owned(),
            skipped: "2026-12-24".to_owned(),
            ..SeriesForm::default()
        }
    }

    /// Sian, who does everything that is done.
    pub fn coordinator(&self) -> Actor {
        self.fixture.actor_at(self.now, self.sian, &[Role::Coordinator])
    }

    async fn session_codes(&self) -> Vec<String> {
        const CODES: &str = "SELECT code FROM session WHERE group_id = $1 ORDER BY starts_at";
        let database = &self.fixture.database;
        on!(database, pool => sqlx::query_scalar(CODES).bind(self.group).fetch_all(pool).await).unwrap()
    }

    /// Answers what undoes it, as the next one does.
    pub async fn move_to(&self, session: usize, scope: &str, (starts, minutes): (&str, &str)) -> String {
        let actor = self.coordinator();
        let session = open_to_change(&actor, &self.codes[session]).await.unwrap();
        let (day, time) = starts.split_once(' ').unwrap();
        let form = TimesForm {
            session: session.opened().code().to_owned(),
            scope: scope.to_owned(),
            starts_on: day.to_owned(),
            starts_time: time.to_owned(),
            length_minutes: minutes.to_owned(),
            ..TimesForm::default()
        };
        let asked = ChangeForm { times: form.clone(), ..ChangeForm::default() };
        let seen = change_page(&actor, &session, asked).await.unwrap().preview.unwrap().seen;
        change_times(&actor, &session, form.check().unwrap(), &TimesForm { seen, ..form }).await.unwrap().undo().of
    }

    pub async fn cancel(&self, session: usize, scope: Scope) -> String {
        let actor = self.coordinator();
        let session = open_to_change(&actor, &self.codes[session]).await.unwrap();
        let seen = cancel_page(&actor, &session, scope).await.unwrap().preview.unwrap().seen;
        let call = (scope, CancelReason::CentreClosed);
        cancel_series(&actor, &session, call, &seen).await.unwrap().undo().of
    }

    pub async fn cover(&self, session: usize) {
        let (from, to) = (code_of(self.fixture, self.ruth).await, code_of(self.fixture, self.nadia).await);
        give_cover(&self.coordinator(), &CoverForm { session: self.codes[session].clone(), from, to }).await.unwrap();
    }

    pub async fn end_cover(&self, session: usize) {
        let (from, cover) = (code_of(self.fixture, self.ruth).await, code_of(self.fixture, self.nadia).await);
        end_cover(&self.coordinator(), &EndCoverForm { session: self.codes[session].clone(), cover, from }).await.unwrap();
    }

    pub async fn let_ruth_lead(&self, session: usize) {
        let actor = self.coordinator();
        let session = open_to_change(&actor, &self.codes[session]).await.unwrap();
        let opened = session.opened();
        let form = TimesForm {
            scope: THIS.to_owned(),
            starts_on: opened.starts_local().date().to_string(),
            starts_time: opened.starts_local().format("%H:%M").to_string(),
            length_minutes: opened.length_minutes().to_string(),
            supervisor: code_of(self.fixture, self.ruth).await,
            was_supervisor: code_of(self.fixture, self.nadia).await,
            ..TimesForm::default()
        };
        let asked = ChangeForm { times: form.clone(), ..ChangeForm::default() };
        let seen = change_page(&actor, &session, asked).await.unwrap().preview.unwrap().seen;
        change_times(&actor, &session, form.check().unwrap(), &TimesForm { seen, ..form }).await.unwrap();
    }

    pub async fn hand_over_to_nadia(&self) {
        let form = GroupForm {
            name: "Wharfe group".to_owned(),
            kind: "group".to_owned(),
            supervisor: code_of(self.fixture, self.nadia).await,
            capacity: "6".to_owned(),
            mode: "in_person".to_owned(),
            place: "The Centre".to_owned(),
            ..GroupForm::default()
        };
        let group = open_group_to_change(&self.coordinator(), &self.slug).await.unwrap();
        let form = GroupForm { version: self.version().await.to_string(), ..form };
        change_group(&self.coordinator(), &group, &form).await.unwrap();
    }

    /// The version of the group, as its form was made from.
    pub async fn version(&self) -> i64 {
        const VERSION: &str = "SELECT version FROM supervision_group WHERE id = $1";
        let database = &self.fixture.database;
        on!(database, pool => sqlx::query_scalar(VERSION).bind(self.group).fetch_one(pool).await).unwrap()
    }
}
