//! Who works where they are entered, on both databases.

use chrono::{TimeDelta, Utc};

use super::*;
use crate::access::{Actor, Premises, Role, Roles, Visit, digest};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::{Clock, new_id};
use crate::people::answers::PersonRecord;
use crate::people::confirmation::{Confirmed, LeadsAnswer, WorksThere};
use crate::people::fixture::{code_of, is_entered_with, person, works_for};
use crate::people::forms::{Confirming, Details, NewPerson, PeopleFilter, PersonChange};
use crate::people::{EmailAddress, Standing};
use crate::today::Waiting;
use crate::today::store::overview;

/// A coordinator, and the leads of two authorities.
struct Scene {
    sian: Actor,
    colin: Actor,
    leila: Actor,
}

async fn scene(fixture: &Fixture) -> Scene {
    let mut transaction = fixture.database.begin().await.unwrap();
    crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
    let colin = person(fixture, "Colin", "Marchbanks", &[Role::AuthorityLead]).await;
    let leila = person(fixture, "Leila", "Osman", &[Role::AuthorityLead]).await;
    works_for(fixture, colin, "bradford").await;
    works_for(fixture, leila, "wakefield").await;
    let lead = |person| fixture.actor(person, &[Role::AuthorityLead]);
    Scene { sian: fixture.actor(sian, &[Role::Coordinator]), colin: lead(colin), leila: lead(leila) }
}

/// Enters a practitioner with Bradford. Answers their code.
async fn entered(sian: &Actor, name: &str, works_there: WorksThere) -> String {
    let details = Details {
        title: String::new(),
        given_name: name.to_owned(),
        family_name: "Rahman".to_owned(),
        profession: "Midwife".to_owned(),
        authority: "bradford".to_owned(),
        roles: Roles::of_list("practitioner"),
    };
    let email = EmailAddress::of(&format!("{name}@council.example")).unwrap();
    add_person(sian, &NewPerson { details, email, works_there, is_invited: true }).await.unwrap()
}

fn named() -> WorksThere {
    WorksThere::Named { how: "named on the list of 3 November".to_owned() }
}

async fn record(actor: &Actor, code: &str) -> PersonRecord {
    record_of(actor, code).await.unwrap().unwrap()
}

async fn confirmed(actor: &Actor, code: &str) -> Option<Confirmed> {
    record(actor, code).await.confirmation.map(|confirmation| confirmation.confirmed)
}

/// The Centre's word of somebody as their page shows them.
async fn as_shown(sian: &Actor, code: &str, how: &str) -> Confirming {
    let record = record(sian, code).await;
    let is_denied = record.confirmation.is_some_and(|confirmation| confirmation.confirmed == Confirmed::Denied);
    let authority = record.authority.map(|authority| authority.slug).unwrap_or_default();
    Confirming { code: code.to_owned(), authority, is_denied, how: how.to_owned() }
}

async fn moved(sian: &Actor, code: &str, authority: &str, works_there: Option<WorksThere>) -> Result<(), AppError> {
    let record = record(sian, code).await;
    let details = Details {
        title: record.title,
        given_name: record.given_name,
        family_name: record.family_name,
        profession: record.profession,
        authority: authority.to_owned(),
        roles: record.roles,
    };
    change_person(sian, &PersonChange { code: record.code, version: record.version, details, works_there }).await
}

async fn listed(sian: &Actor, works_there: &str) -> Vec<(String, Option<Confirmed>)> {
    let filter = PeopleFilter { works_there: works_there.to_owned(), ..PeopleFilter::default() };
    let list = people_for(sian, &filter).await.unwrap();
    assert_eq!(i64::try_from(list.people.len()).unwrap(), list.total);
    list.people.into_iter().map(|person| (person.name, person.confirmed)).collect()
}

/// What stands on the coordinator's Today: how many do not work where they are entered, and how many nobody of their authority can confirm.
async fn on_today(sian: &Actor) -> (i64, i64) {
    let waiting = overview(sian).await.unwrap().waiting;
    let count = |counted: fn(&Waiting) -> Option<i64>| waiting.iter().find_map(counted).unwrap_or_default();
    (
        count(|waiting| if let Waiting::NotThere { count } = waiting { Some(*count) } else { None }),
        count(|waiting| if let Waiting::NoLead { count } = waiting { Some(*count) } else { None }),
    )
}

async fn waiting(lead: &Actor) -> Vec<String> {
    colleagues_of(lead).await.unwrap().waiting.into_iter().map(|colleague| colleague.name).collect()
}

async fn count(fixture: &Fixture, query: &'static str) -> i64 {
    let database = &fixture.database;
    on!(database, pool => sqlx::query_scalar(query).fetch_one(pool).await).unwrap()
}

const TO_LEADS: &str = "SELECT COUNT(*) FROM message WHERE leads_to = '/colleagues'";
const TO_COORDINATORS: &str = "SELECT COUNT(*) FROM message WHERE leads_to = '/people'";

/// Whether somebody who signs in now is one to whom the community is open, as the layer reads it that finds out who they are.
async fn is_let_in(fixture: &Fixture, person: PersonId) -> bool {
    const SIGN_IN: &str = "\
INSERT INTO sign_in (id, token_hash, person_id, stage, created_at, seen_at, code_given_at, expires_at, device)
VALUES ($1, $2, $3, 'complete', $4, $4, $4, $5, '')
ON CONFLICT DO NOTHING";

    let (token, now) = (person.0.to_string(), fixture.now());
    let database = &fixture.database;
    on!(database, pool => sqlx::query(SIGN_IN)
        .bind(new_id())
        .bind(digest(&token))
        .bind(person)
        .bind(now)
        .bind(now + TimeDelta::days(30))
        .execute(pool).await.map(|_| ()))
    .unwrap();
    let premises = Premises {
        database: database.clone(),
        clock: Clock::Fixed(now),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    let visit = Visit::new(&premises, std::net::Ipv4Addr::LOCALHOST.into(), "").recognise(&premises, &token).await.unwrap();
    visit.visitor().unwrap().works_there
}

both_databases! {
    async fn whoever_the_authority_has_named_is_confirmed_with_the_centres_word_and_nobody_is_asked(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        let amina = entered(&sian, "Amina", named()).await;

        let confirmation = record(&sian, &amina).await.confirmation.unwrap();

        let said = confirmation.sentence(|at| at.format("%-d %B").to_string());
        assert_eq!(said, "Confirmed by Sian L. on 22 October: named on the list of 3 November.");
        assert!(waiting(&colin).await.is_empty());
        assert_eq!(count(fixture, TO_LEADS).await, 0);
        assert_eq!(answer_about(&colin, &amina, LeadsAnswer::DoesNot).await, Err(AppError::NotFound), "nobody asked the lead");
    }

    async fn a_lead_sees_who_of_their_own_authority_waits_and_is_written_to_once(fixture: Fixture) {
        let Scene { sian, colin, leila } = scene(fixture).await;
        entered(&sian, "Amina", WorksThere::ToBeAsked).await;
        let femi = entered(&sian, "Femi", WorksThere::ToBeAsked).await;

        assert_eq!(waiting(&colin).await, ["Amina Rahman", "Femi Rahman"]);
        assert!(waiting(&leila).await.is_empty());
        let colleagues = colleagues_of(&colin).await.unwrap();
        let amina = &colleagues.waiting[0];
        assert_eq!((colleagues.authority.as_str(), amina.profession.as_str(), amina.standing), ("Bradford", "Midwife", Standing::Invited));
        assert_eq!(amina.invited_on, Some(fixture.now().date_naive()));
        assert_eq!(count(fixture, TO_LEADS).await, 1, "one letter for all of a day");
        assert_eq!(colleagues_waiting(&colin, &mut fixture.snapshot().await).await.unwrap(), (2, Some(fixture.now())));
        suspend_person(&sian, &femi).await.unwrap();
        assert_eq!(waiting(&colin).await, ["Amina Rahman"]);
    }

    async fn a_lead_confirms_their_own_people_and_nobody_of_another_authority(fixture: Fixture) {
        let Scene { sian, colin, leila } = scene(fixture).await;
        let amina = entered(&sian, "Amina", WorksThere::ToBeAsked).await;

        assert_eq!(answer_about(&leila, &amina, LeadsAnswer::WorksThere).await, Err(AppError::NotFound));
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Waits));
        answer_about(&colin, &amina, LeadsAnswer::WorksThere).await.unwrap();

        let confirmation = record(&sian, &amina).await.confirmation.unwrap();
        assert_eq!((confirmation.confirmed, confirmation.by.as_deref(), confirmation.is_of_lead), (Confirmed::Yes, Some("Colin M."), true));
        let twice = answer_about(&colin, &amina, LeadsAnswer::DoesNot).await;
        assert!(matches!(twice, Err(AppError::Conflict(_))), "{twice:?}");
        assert!(waiting(&colin).await.is_empty());
        assert_eq!(count(fixture, TO_COORDINATORS).await, 0);
        assert_eq!(count(fixture, "SELECT COUNT(*) FROM audit_entry WHERE action IN ('ask_about_work', 'confirm_work')").await, 2);
    }

    async fn of_somebody_who_does_not_work_there_coordinators_are_told_and_the_account_stays(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        let amina = entered(&sian, "Amina", WorksThere::ToBeAsked).await;

        answer_about(&colin, &amina, LeadsAnswer::DoesNot).await.unwrap();

        assert_eq!((confirmed(&sian, &amina).await, record(&sian, &amina).await.standing), (Some(Confirmed::Denied), Standing::Invited));
        assert_eq!(count(fixture, TO_COORDINATORS).await, 1);
        take_answer_back(&colin, &amina).await.unwrap();
        assert_eq!(count(fixture, TO_COORDINATORS).await, 0, "what was taken back at once is told to nobody");
        assert_eq!(waiting(&colin).await, ["Amina Rahman"]);
        answer_about(&colin, &amina, LeadsAnswer::DoesNot).await.unwrap();
        let later = fixture.actor_at(fixture.now() + TimeDelta::hours(2), colin.person(), &[Role::AuthorityLead]);
        assert!(matches!(take_answer_back(&later, &amina).await, Err(AppError::Conflict(_))));
        confirm_person(&sian, &as_shown(&sian, &amina, "the lead took it back by phone").await).await.unwrap();
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Yes));
        assert!(matches!(take_answer_back(&colin, &amina).await, Err(AppError::Conflict(_))), "the Centre’s word is not the lead’s to take back");
    }

    async fn of_whoever_moves_it_is_asked_anew_and_whoever_comes_back_by_an_undo_is_known(fixture: Fixture) {
        let Scene { sian, colin, leila } = scene(fixture).await;
        let amina = entered(&sian, "Amina", named()).await;
        let moved = async |authority: &str, works_there| moved(&sian, &amina, authority, works_there).await.unwrap();

        moved("wakefield", Some(WorksThere::ToBeAsked)).await;
        assert_eq!((confirmed(&sian, &amina).await, waiting(&leila).await), (Some(Confirmed::Waits), vec!["Amina Rahman".to_owned()]));
        moved("bradford", None).await;
        assert_eq!((confirmed(&sian, &amina).await, waiting(&leila).await, waiting(&colin).await), (Some(Confirmed::Yes), vec![], vec![]));
        moved("rotherham", None).await;
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::NoLead), "nobody’s word is no word");
    }

    async fn a_practitioner_works_for_an_authority_and_comes_past_its_word_by_none(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        let amina = entered(&sian, "Amina", WorksThere::ToBeAsked).await;
        answer_about(&colin, &amina, LeadsAnswer::DoesNot).await.unwrap();

        for said in [WorksThere::ToBeAsked, named()] {
            let refused = moved(&sian, &amina, "", Some(said)).await;
            assert!(matches!(&refused, Err(AppError::Invalid(problems)) if problems[0].field == "authority"), "{refused:?}");
        }
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Denied));
        // Whoever is a practitioner without one already is left alone, and whoever is none needs none.
        let femi = code_of(fixture, person(fixture, "Femi", "Rahman", &[Role::Practitioner]).await).await;
        let of_before = record(&sian, &femi).await;
        let details = Details {
            title: "Dr".to_owned(),
            given_name: of_before.given_name,
            family_name: of_before.family_name,
            profession: of_before.profession,
            authority: String::new(),
            roles: of_before.roles,
        };
        let change = PersonChange { code: femi, version: of_before.version, details, works_there: Some(WorksThere::ToBeAsked) };
        change_person(&sian, &change).await.unwrap();
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        is_entered_with(fixture, ruth, "bradford").await;
        let ruth = code_of(fixture, ruth).await;
        moved(&sian, &ruth, "", Some(WorksThere::ToBeAsked)).await.unwrap();
        assert_eq!(confirmed(&sian, &ruth).await, None, "whoever is of the Centre needs no word");
    }

    async fn a_lead_of_whom_it_is_not_confirmed_themself_says_nothing_of_others(fixture: Fixture) {
        let Scene { sian, colin, leila } = scene(fixture).await;
        let (first, second) = (
            person(fixture, "Ivo", "Lang", &[Role::AuthorityLead]).await,
            person(fixture, "Una", "Lang", &[Role::AuthorityLead]).await,
        );
        let mut codes = Vec::new();
        for lead in [first, second] {
            is_entered_with(fixture, lead, "rotherham").await;
            codes.push(code_of(fixture, lead).await);
            let code = codes.last().unwrap();
            // Moved away and back, so that the authority is asked about them.
            moved(&sian, code, "sheffield", Some(WorksThere::ToBeAsked)).await.unwrap();
            moved(&sian, code, "rotherham", Some(WorksThere::ToBeAsked)).await.unwrap();
        }
        assert_eq!(count(fixture, TO_LEADS).await, 0, "neither can answer for the other, so neither is asked");
        let ivo = fixture.actor(first, &[Role::AuthorityLead]);
        assert!(waiting(&ivo).await.is_empty() && !colleagues_of(&ivo).await.unwrap().is_open);
        assert_eq!(answer_about(&ivo, &codes[1], LeadsAnswer::WorksThere).await, Err(AppError::NotFound));
        assert_eq!(colleagues_waiting(&ivo, &mut fixture.snapshot().await).await.unwrap().0, 0);
        assert_eq!(confirmed(&sian, &codes[1]).await, Some(Confirmed::NoLead));

        // A lead who was moved says nothing of those who wait where they come to, and takes nothing back.
        let amina = entered(&sian, "Amina", WorksThere::ToBeAsked).await;
        answer_about(&colin, &amina, LeadsAnswer::WorksThere).await.unwrap();
        let femi = entered(&sian, "Femi", WorksThere::ToBeAsked).await;
        is_entered_with(fixture, leila.person(), "bradford").await;
        assert!(waiting(&leila).await.is_empty());
        assert_eq!(answer_about(&leila, &femi, LeadsAnswer::WorksThere).await, Err(AppError::NotFound));
        let colins = code_of(fixture, colin.person()).await;
        moved(&sian, &colins, "wakefield", Some(named())).await.unwrap();
        moved(&sian, &colins, "bradford", Some(WorksThere::ToBeAsked)).await.unwrap();
        assert_eq!(take_answer_back(&colin, &amina).await, Err(AppError::NotFound));
        assert_eq!(confirmed(&sian, &femi).await, Some(Confirmed::NoLead));
    }

    async fn where_an_authority_has_no_lead_coordinators_are_told_and_one_who_comes_later_sees_who_waits(fixture: Fixture) {
        let Scene { sian, leila, .. } = scene(fixture).await;
        let amina = entered(&sian, "Amina", named()).await;
        moved(&sian, &amina, "rotherham", Some(WorksThere::ToBeAsked)).await.unwrap();
        entered(&sian, "Femi", WorksThere::ToBeAsked).await;

        assert_eq!(on_today(&sian).await, (0, 1));
        assert_eq!(listed(&sian, "no_lead").await, [("Rahman, Amina".to_owned(), Some(Confirmed::NoLead))]);
        assert_eq!(listed(&sian, "waits").await, [("Rahman, Femi".to_owned(), Some(Confirmed::Waits))]);

        let before = count(fixture, TO_LEADS).await;
        let una = person(fixture, "Una", "Lang", &[Role::AuthorityLead]).await;
        works_for(fixture, una, "rotherham").await;
        let una = fixture.actor(una, &[Role::AuthorityLead]);
        assert_eq!((waiting(&una).await, on_today(&sian).await), (vec!["Amina Rahman".to_owned()], (0, 0)));
        let joanne = entered(&sian, "Joanne", named()).await;
        moved(&sian, &joanne, "rotherham", Some(WorksThere::ToBeAsked)).await.unwrap();
        assert_eq!(count(fixture, TO_LEADS).await, before + 1, "of an ask that reached nobody, nobody was told within the day");
        answer_about(&una, &amina, LeadsAnswer::WorksThere).await.unwrap();
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Yes));
        assert!(waiting(&leila).await.is_empty());
    }

    async fn the_centre_writes_over_no_answer_that_it_has_not_seen_and_follows_no_move(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        let amina = entered(&sian, "Amina", WorksThere::ToBeAsked).await;
        let as_opened = as_shown(&sian, &amina, "by phone").await;
        answer_about(&colin, &amina, LeadsAnswer::DoesNot).await.unwrap();

        let unseen = confirm_person(&sian, &as_opened).await;
        assert!(matches!(&unseen, Err(AppError::Conflict(sentence)) if sentence.contains("has answered")), "{unseen:?}");
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Denied));

        let as_denied = as_shown(&sian, &amina, "by phone").await;
        take_answer_back(&colin, &amina).await.unwrap();
        assert!(matches!(confirm_person(&sian, &as_denied).await, Err(AppError::Conflict(_))), "what was shown is taken back");
        moved(&sian, &amina, "wakefield", Some(WorksThere::ToBeAsked)).await.unwrap();
        let of_another = confirm_person(&sian, &as_opened).await;
        assert!(matches!(&of_another, Err(AppError::Conflict(sentence)) if sentence.contains("another authority")), "{of_another:?}");
        assert_eq!(confirmed(&sian, &amina).await, Some(Confirmed::Waits));

        let shown = as_shown(&sian, &amina, "by phone").await;
        confirm_person(&sian, &shown).await.unwrap();
        assert!(matches!(confirm_person(&sian, &shown).await, Err(AppError::Conflict(_))), "of two who confirm, the second is told");
    }

    async fn todays_count_of_those_who_do_not_work_there_is_that_of_the_list(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        for name in ["Amina", "Femi"] {
            let code = entered(&sian, name, WorksThere::ToBeAsked).await;
            answer_about(&colin, &code, LeadsAnswer::DoesNot).await.unwrap();
            assert_eq!(i64::try_from(listed(&sian, "denied").await.len()).unwrap(), on_today(&sian).await.0);
        }
        let code = entered(&sian, "Joanne", WorksThere::ToBeAsked).await;
        answer_about(&colin, &code, LeadsAnswer::DoesNot).await.unwrap();
        suspend_person(&sian, &code).await.unwrap();
        assert_eq!((listed(&sian, "denied").await.len(), on_today(&sian).await), (2, (2, 0)));
        let filter = PeopleFilter { works_there: "denied".to_owned(), standing: "suspended".to_owned(), ..PeopleFilter::default() };
        assert_eq!(people_for(&sian, &filter).await.unwrap().total, 1, "whoever asks for the suspended finds them");
    }

    async fn the_list_of_people_is_narrowed_by_it(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        entered(&sian, "Amina", WorksThere::ToBeAsked).await;
        let femi = entered(&sian, "Femi", WorksThere::ToBeAsked).await;
        answer_about(&colin, &femi, LeadsAnswer::DoesNot).await.unwrap();
        let listed = async |works_there: &str| listed(&sian, works_there).await;
        assert_eq!(listed("waits").await, [("Rahman, Amina".to_owned(), Some(Confirmed::Waits))]);
        assert_eq!(listed("denied").await, [("Rahman, Femi".to_owned(), Some(Confirmed::Denied))]);
        assert_eq!(listed("yes").await.len(), 2, "both leads, and nobody of the Centre");
        assert_eq!(listed("").await.len(), 5);
    }

    async fn the_community_is_open_to_whoever_is_of_the_centre_or_confirmed(fixture: Fixture) {
        let Scene { sian, colin, .. } = scene(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        assert!(is_let_in(fixture, sian.person()).await && is_let_in(fixture, colin.person()).await && is_let_in(fixture, amina).await);
        is_entered_with(fixture, amina, "bradford").await;
        assert!(!is_let_in(fixture, amina).await);
        let code = code_of(fixture, amina).await;
        confirm_person(&sian, &as_shown(&sian, &code, "by phone").await).await.unwrap();
        assert!(is_let_in(fixture, amina).await);
        is_entered_with(fixture, amina, "wakefield").await;
        assert!(!is_let_in(fixture, amina).await, "one authority does not speak for another");
    }

    async fn whoever_was_here_before_authorities_were_asked_is_confirmed_by_the_centre(fixture: Fixture) {
        const AUTHORITY: &str = "\
INSERT INTO authority (id, slug, name, gss_code, region, kind, stage, next_step, version)
VALUES ($1, 'bradford', 'Bradford', 'E08000032', 'North', 'metropolitan_district', 'active', '', 1)";
        const ENTERED: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = 'bradford')";

        let mut transaction = fixture.database.begin().await.unwrap();
        transaction.start_over(77).await.unwrap();
        transaction.commit().await.unwrap();
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let database = &fixture.database;
        on!(database, pool => sqlx::query(AUTHORITY).bind(new_id()).execute(pool).await.map(|_| ())).unwrap();
        on!(database, pool => sqlx::query(ENTERED).execute(pool).await.map(|_| ())).unwrap();
        database.migrate().await.unwrap();

        assert!(is_let_in(fixture, amina).await);
        let code = code_of(fixture, amina).await;
        let confirmation = record(&fixture.actor(sian, &[Role::Coordinator]), &code).await.confirmation.unwrap();
        let day = fixture.now().with_timezone(&Utc).format("%-d %B").to_string();
        assert_eq!(
            confirmation.sentence(|at| at.format("%-d %B").to_string()),
            format!("Confirmed by the Centre on {day}: here before authorities were asked.")
        );
    }
}
