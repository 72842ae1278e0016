//! What holds of openings on both databases.

use chrono::TimeDelta;

use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::openings::answers::OpeningLine;
use crate::openings::forms::{AnswerForm, AskForm};
use crate::openings::jobs::end_openings;
use crate::openings::model::State;
use crate::people::PersonId;
use crate::people::fixture::person;
use crate::polls::fixture::{job, letters};
use crate::spaces::store::{open_space, open_thread, space_shown, spaces_of, start_thread, thread_shown};
use crate::spaces::{SpaceKind, Written, store::feed};

const REASON: &str = "We know of no other way to find out today.";

/// A clinical lead, a safeguarding lead, and somebody who is both.
pub(super) struct Leads {
    pub(super) hannah: PersonId,
    pub(super) moira: PersonId,
    pub(super) both: PersonId,
}

const BOTH: [Role; 2] = [Role::ClinicalLead, Role::SafeguardingLead];

impl Leads {
    pub(super) async fn of(fixture: &Fixture) -> Self {
        Self {
            hannah: person(fixture, "Hannah", "Vantongeren", &[Role::ClinicalLead]).await,
            moira: person(fixture, "Moira", "Tennant", &[Role::SafeguardingLead]).await,
            both: person(fixture, "Brynn", "Alderson", &BOTH).await,
        }
    }

    pub(super) fn hannah(&self, fixture: &Fixture, hours: i64) -> Actor {
        fixture.actor_at(fixture.now() + TimeDelta::hours(hours), self.hannah, &[Role::ClinicalLead])
    }

    pub(super) fn moira(&self, fixture: &Fixture, hours: i64) -> Actor {
        fixture.actor_at(fixture.now() + TimeDelta::hours(hours), self.moira, &[Role::SafeguardingLead])
    }

    pub(super) fn both(&self, fixture: &Fixture) -> Actor {
        fixture.actor(self.both, &BOTH)
    }
}

pub(super) fn request(kind: &str, place: &str) -> AskForm {
    AskForm {
        kind: kind.to_owned(),
        place: place.to_owned(),
        ground: "child_at_risk".to_owned(),
        words: REASON.to_owned(),
        hours: "4".to_owned(),
        ..AskForm::default()
    }
}

pub(super) async fn asked(actor: &Actor, form: AskForm) -> Result<String, AppError> {
    ask(actor, &form.check().unwrap()).await
}

pub(super) async fn answered(actor: &Actor, code: &str, answer: &str, tell: &str) -> Result<bool, AppError> {
    let form = AnswerForm { code: code.to_owned(), answer: answer.to_owned(), words: REASON.to_owned(), tell: tell.to_owned() };
    super::answer(actor, code, &form.check().unwrap()).await
}

pub(super) async fn line(actor: &Actor) -> OpeningLine {
    openings(actor).await.unwrap().remove(0)
}

pub(super) async fn actions(fixture: &Fixture) -> Vec<String> {
    const ACTIONS: &str = "SELECT action FROM audit_entry WHERE subject = 'opening' ORDER BY sequence";

    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(ACTIONS).fetch_all(pool).await).unwrap()
}

pub(super) async fn letters_to(fixture: &Fixture, who: PersonId, about: &str) -> usize {
    letters(fixture).await.into_iter().filter(|(to, subject, _)| *to == who && subject.contains(about)).count()
}

/// The space of a group in which somebody has written, by the group's part of the address.
async fn written_in_a_group(fixture: &Fixture, supervisor: PersonId, members: &[PersonId]) -> String {
    let slug = slug_of(fixture, group(fixture, supervisor, members, GroupKind::Group).await).await;
    let writer = fixture.actor(members[0], &[Role::Practitioner]);
    let space = open_space(&writer, &format!("group-{slug}")).await.unwrap();
    start_thread(&writer, &space, "After Tuesday", &Written::of("I did not say what I saw.").unwrap()).await.unwrap();
    slug
}

/// A post without a name in a space of everybody.
pub(super) async fn written_without_a_name(fixture: &Fixture, author: PersonId) -> Actor {
    const SPACE: &str = "\
INSERT INTO space (id, slug, name, about, kind, subject, created_at, allows_unnamed, version)
VALUES ($1, 'all', 'All', '', $2, '', $3, TRUE, 1)";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(SPACE).bind(new_id()).bind(SpaceKind::Centre).bind(fixture.now()).execute(pool).await.map(|_| ()))
        .unwrap();
    let writer = fixture.actor(author, &[Role::Practitioner]);
    let space = open_space(&writer, "all").await.unwrap();
    start_thread(&writer, &space, "After a visit", &Written::of("I cried in the car.").unwrap().bearing_name(false)).await.unwrap();
    writer
}

fn first_thread() -> crate::spaces::ThreadAddress {
    crate::spaces::ThreadAddress { space: "all".to_owned(), number: "1".to_owned(), page: String::new() }
}

both_databases! {
    async fn nobody_opens_anything_alone_whatever_roles_they_hold(fixture: Fixture) {
        const ALONE: &str = "\
UPDATE opening
SET answered_by = asked_by, answered_as = 'clinical_lead', answered_at = asked_at, is_agreed = TRUE
WHERE asked_by = $1";
        const IN_ONE_ROLE: &str = "UPDATE opening SET answered_by = $1, answered_as = asked_as, answered_at = asked_at, is_agreed = TRUE";
        let (leads, amina) = (Leads::of(fixture).await, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await);
        written_without_a_name(fixture, amina).await;
        let post = || request("author", "/community/all/1#p1");
        let both = leads.both(fixture);
        assert_eq!(asked(&both, post()).await.unwrap_err().status(), 422, "whoever is both says as which they ask");
        let code = asked(&both, AskForm { role: "safeguarding_lead".to_owned(), ..post() }).await.unwrap();
        assert_eq!(asked(&leads.hannah(fixture, 0), post()).await.unwrap_err().status(), 409, "the same is asked once at a time");
        assert_eq!(answered(&both, &code, "agree", "now").await.unwrap_err().status(), 409);
        // Another safeguarding lead has not the other role, and is told of nothing.
        assert_eq!(answered(&leads.moira(fixture, 0), &code, "agree", "now").await, Err(AppError::NotFound));
        assert_eq!(opening(&leads.moira(fixture, 0), &code).await, Err(AppError::NotFound));
        let database = &fixture.database;
        for (statement, who) in [(ALONE, leads.both), (IN_ONE_ROLE, leads.hannah)] {
            let refused = on!(database, pool => sqlx::query(statement).bind(who).execute(pool).await.map(|_| ()));
            assert!(refused.is_err(), "the database lets one open what takes two");
        }
        assert_eq!(read(&both, &code, "").await, Err(AppError::NotFound));

        let other = fixture.actor(person(fixture, "Cara", "Lindqvist", &[Role::ClinicalLead]).await, &[Role::ClinicalLead]);
        let hannah = leads.hannah(fixture, 0);
        let (one, two) = tokio::join!(answered(&hannah, &code, "agree", "now"), answered(&other, &code, "decline", "now"));
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {two:?}");
    }

    async fn whoever_has_lost_their_role_opens_nothing_with_it(fixture: Fixture) {
        const LOSE: &str = "DELETE FROM person_role WHERE person_id = $1 AND role = 'clinical_lead'";
        let (leads, amina) = (Leads::of(fixture).await, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await);
        written_without_a_name(fixture, amina).await;
        let code = asked(&leads.hannah(fixture, 0), request("author", "/community/all/1")).await.unwrap();
        let database = &fixture.database;
        on!(database, pool => sqlx::query(LOSE).bind(leads.hannah).execute(pool).await.map(|_| ())).unwrap();
        assert_eq!(answered(&leads.moira(fixture, 1), &code, "agree", "now").await.unwrap_err().status(), 409);
        assert_eq!(line(&leads.moira(fixture, 1)).await.state, State::Waits);
        assert_eq!(openings(&leads.moira(fixture, 73)).await.unwrap(), [], "what nobody answers in time is gone from the list");
        assert_eq!(line(&leads.hannah(fixture, 73)).await.state, State::Lapsed);
    }

    async fn the_space_of_a_group_is_read_by_the_two_alone_until_their_hour_and_its_readers_are_told(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let slug = written_in_a_group(fixture, ruth, &[amina, tom]).await;
        assert_eq!(asked(&leads.moira(fixture, 0), request("space", "Nowhere")).await.unwrap_err().status(), 422);
        let code = asked(&leads.moira(fixture, 0), request("space", &slug)).await.unwrap();
        assert_eq!((letters_to(fixture, leads.hannah, "Please answer").await, letters_to(fixture, leads.moira, "Please answer").await), (1, 0));
        let told = async || {
            let mut told = Vec::new();
            for who in [ruth, amina, tom] {
                told.push(letters_to(fixture, who, "was opened").await);
            }
            told
        };
        assert_eq!(read(&leads.moira(fixture, 0), &code, "").await, Err(AppError::NotFound), "nothing is open before somebody agrees");
        assert_eq!(told().await, [0, 0, 0]);

        assert_eq!(answered(&leads.hannah(fixture, 1), &code, "agree", "later").await, Ok(true), "nobody asked to keep it from them");
        assert_eq!(told().await, [1, 1, 1]);
        for reader in [leads.hannah(fixture, 2), leads.moira(fixture, 2), leads.moira(fixture, 4)] {
            let seen = read(&reader, &code, "").await.unwrap();
            assert_eq!((seen.total, seen.posts[0].author.as_str(), seen.posts[0].html.as_str()), (1, "Amina R., health visitor", "<p>I did not say what I saw.</p>\n"));
            // Nothing else opens by it.
            assert_eq!(open_space(&reader, &format!("group-{slug}")).await.unwrap_err(), AppError::NotFound);
            assert!(spaces_of(&reader).await.unwrap().is_empty() && feed(&reader, "", true).await.unwrap().new.is_empty());
        }
        for stranger in [leads.both(fixture), fixture.actor(ruth, &[Role::Supervisor])] {
            assert_eq!(read(&stranger, &code, "").await, Err(AppError::NotFound));
            assert_eq!(opening(&stranger, &code).await, Err(AppError::NotFound));
        }
        let member = fixture.actor(tom, &[Role::Practitioner]);
        let shown = space_shown(&member, &open_space(&member, &format!("group-{slug}")).await.unwrap(), "").await.unwrap();
        assert_eq!(
            shown.opened.iter().map(crate::spaces::TimeOpened::in_words).collect::<Vec<_>>(),
            ["on Thursday 22 October, from 10:00 until 14:00, by Moira T. (safeguarding lead) and Hannah V. (clinical lead), because a child or an unborn baby may be at risk of significant harm"]
        );

        for over in [5, 6] {
            assert_eq!(read(&leads.moira(fixture, over), &code, "").await, Err(AppError::NotFound));
        }
        let program = job(fixture, fixture.now() + TimeDelta::hours(5));
        assert_eq!((end_openings(&program).await, end_openings(&program).await), (Ok(1), Ok(0)));
        assert_eq!(actions(fixture).await, ["ask_to_open", "agree_to_open", "look_into_opening", "look_into_opening", "end_opening"]);
        assert_eq!(opening(&leads.hannah(fixture, 6), &code).await.unwrap().looks.len(), 2);
        asked(&leads.moira(fixture, 6), request("space", &slug)).await.unwrap();
    }

    async fn whoever_wrote_without_their_name_is_told_that_the_two_have_seen_it_and_nobody_else_is(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let writer = written_without_a_name(fixture, amina).await;
        let code = asked(&leads.hannah(fixture, 0), request("author", "https://reverie.example/community/all/1?page=1#p1")).await.unwrap();
        assert_eq!(answered(&leads.moira(fixture, 0), &code, "agree", "now").await, Ok(true));
        let seen = read(&leads.hannah(fixture, 1), &code, "").await.unwrap();
        assert!(seen.posts.len() == 1 && seen.posts[0].author.starts_with("Amina Rahman"), "{seen:?}");
        assert_eq!((letters_to(fixture, amina, "was looked at").await, letters_to(fixture, tom, "").await), (1, 0));
        let times = async |reader: &Actor| {
            let thread = open_thread(reader, &first_thread()).await.unwrap();
            thread_shown(reader, &thread, "", true).await.unwrap().shown[0].opened.len()
        };
        assert_eq!((times(&writer).await, times(&fixture.actor(tom, &[Role::Practitioner])).await), (1, 0));
        assert_eq!(times(&leads.hannah(fixture, 1)).await, 0, "in the thread it stays without a name for the two as well");
        assert_eq!(read(&leads.hannah(fixture, 5), &code, "").await, Err(AppError::NotFound));
    }

    async fn telling_waits_only_where_both_agree_that_it_puts_somebody_at_risk_and_until_a_safeguarding_lead_ends_that(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        written_without_a_name(fixture, amina).await;
        let silent = || AskForm { silence: "A colleague of theirs reads their letters.".to_owned(), ..request("author", "/community/all/1") };
        let first = asked(&leads.hannah(fixture, 0), silent()).await.unwrap();
        assert_eq!(opening(&leads.moira(fixture, 0), &first).await.unwrap().silence, "A colleague of theirs reads their letters.");
        assert_eq!(answered(&leads.moira(fixture, 0), &first, "agree", "now").await, Ok(true));
        assert_eq!(letters_to(fixture, amina, "was looked at").await, 1);
        end_openings(&job(fixture, fixture.now() + TimeDelta::hours(5))).await.unwrap();

        let second = asked(&leads.hannah(fixture, 6), silent()).await.unwrap();
        assert_eq!(answered(&leads.moira(fixture, 6), &second, "agree", "later").await, Ok(false));
        read(&leads.hannah(fixture, 7), &second, "").await.unwrap();
        assert_eq!(letters_to(fixture, amina, "was looked at").await, 1);
        assert_eq!(tell(&leads.hannah(fixture, 8), &second).await, Err(AppError::NotFound));
        // It is every safeguarding lead's to end, so that it does not hang on one.
        let both = leads.both(fixture);
        assert!(opening(&both, &second).await.unwrap().may_tell);
        tell(&both, &second).await.unwrap();
        assert_eq!(tell(&leads.moira(fixture, 9), &second).await, Err(AppError::NotFound), "it is told once");
        assert_eq!(letters_to(fixture, amina, "was looked at").await, 2);

        end_openings(&job(fixture, fixture.now() + TimeDelta::hours(11))).await.unwrap();
        let third = asked(&leads.hannah(fixture, 12), silent()).await.unwrap();
        assert_eq!(answered(&leads.moira(fixture, 12), &third, "decline", "later").await, Ok(false));
        assert_eq!(read(&leads.hannah(fixture, 12), &third, "").await, Err(AppError::NotFound));
        assert_eq!(letters_to(fixture, amina, "was looked at").await, 2);
        assert_eq!(letters_to(fixture, leads.hannah, "is answered").await, 3);
    }
}
