//! Who is put together in a round: alike, mixed, not alone, and never with whoever manages them.

use ::matching::Instance;

use super::*;
use crate::access::Actor;
use crate::availability::{Cell, Stretch, Week};
use crate::database::fixture::{Fixture, both_databases};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::group;
use crate::matching::answers::WayToGo;
use crate::matching::candidates::ident;
use crate::matching::fixture::{board_of, email_of, form, move_by_hand, practitioner, proposed, proposed_of, scene, supervisor};
use crate::matching::forms::{BoardAddress, BoardForm, RoundForm, Shown};
use crate::matching::jobs::reproduce;
use crate::matching::mixes::Mix;
use crate::matching::model::Part;
use crate::matching::runs::AgainForm;
use crate::people::PersonId;
use crate::people::fixture::code_of;
use crate::registration::fixture::answer;
use crate::registration::store::{answer_step, confirm, keep_apart, keep_together, let_part, registration_of};
use crate::registration::{Apart, Step, StepForm};

fn sharing(what: &[&str]) -> StepForm {
    StepForm { shared: what.iter().map(|key| (*key).to_owned()).collect(), ..answer(Step::Sharing) }
}

fn speaking(language: &str) -> StepForm {
    StepForm { language: language.to_owned(), ..answer(Step::Needs) }
}

fn working(setting: &str) -> StepForm {
    StepForm { setting: setting.to_owned(), ..answer(Step::Setting) }
}

async fn question(sian: &Actor, number: i64) -> Instance {
    Instance::read(round_text(sian, number).await.unwrap().0.as_bytes()).unwrap()
}

async fn id_of(fixture: &Fixture, person: &Actor) -> String {
    ident(Part::Practitioner, &code_of(fixture, person.person()).await)
}

/// Says with whom somebody would like to be.
async fn wish(actor: &Actor, emails: &[String]) {
    answer_step(actor, &StepForm { wished_emails: emails.join("\n"), ..answer(Step::Together) }).await.unwrap();
    confirm(actor).await.unwrap();
}

/// From when until when somebody is a member, in every group of theirs.
async fn was_member(fixture: &Fixture, person: PersonId, joined_on: &str, left_on: &str) {
    const MEMBER: &str = "UPDATE membership SET joined_on = $1, left_on = $2 WHERE person_id = $3";

    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let (joined_on, left_on) = (day(joined_on), day(left_on));
    let database = &fixture.database;
    on!(database, pool => sqlx::query(MEMBER).bind(joined_on).bind(left_on).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

/// Monday mornings alone, when nobody leads.
fn monday() -> String {
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let mut week = Week::of_hours(&[]);
    week.paint_stretch(chrono::Weekday::Mon, Stretch::new(at(9), at(13)).unwrap(), Cell::Free);
    week.figures()
}

async fn started(fixture: &Fixture, sian: &Actor, form: &RoundForm) -> i64 {
    proposed_of(fixture, sian, form).await.line.number
}

both_databases! {
    async fn a_profession_a_language_or_a_setting_is_in_the_question_of_a_round_only_where_somebody_lets_it_be_used(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let everything = sharing(&["profession", "language", "setting"]);
        let amina = practitioner(fixture, "Amina", &[everything.clone(), speaking("English and Urdu"), working("maternity")]).await;
        let tom = practitioner(fixture, "Tom", &[sharing(&["directory"]), speaking("Welsh"), working("family_hub")]).await;
        let grace = practitioner(fixture, "Grace", &[sharing(&["profession", "setting"]), speaking("English"), working("other")]).await;
        let number = started(fixture, &sian, &form()).await;
        let question = question(&sian, number).await;
        let mut said = Vec::new();
        for person in [&amina, &tom, &grace] {
            let id = ident(Part::Practitioner, &code_of(fixture, person.person()).await);
            let one = question.practitioners.iter().find(|one| one.id == id).unwrap();
            said.push((one.profession.as_deref(), one.language.as_deref(), one.setting.as_deref()));
        }
        let health_visitor = Some("health visitor");
        assert_eq!(said, [(health_visitor, Some("urdu"), Some("maternity")), (None, None, None), (health_visitor, None, None)]);
        let criteria = question.rules.criteria;
        assert!([criteria.profession, criteria.language, criteria.setting].iter().all(|one| one.alone > 0), "nobody is left alone in them");
        // What somebody takes back later is not in the next round, and stays in this one, of which nothing is ever changed.
        answer_step(&amina, &sharing(&[])).await.unwrap();
        confirm(&amina).await.unwrap();
        let next = started(fixture, &sian, &form()).await;
        let next = round_text(&sian, next).await.unwrap().0;
        assert!(!next.contains("urdu") && !next.contains("maternity"));
    }

    async fn what_groups_should_be_in_each_criterion_is_kept_with_the_round_and_gives_the_same_to_the_byte(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[sharing(&["profession", "setting"]), working("family_hub")]).await;
        }
        let mixes = [
            ("authority", "alike"),
            ("intervention", "mixed"),
            ("level", "mixed"),
            ("profession", "alike"),
            ("language", "ignored"),
            ("setting", "mixed"),
        ];
        let mixes = mixes.map(|(key, mix)| (key.to_owned(), mix.to_owned())).into();
        let number = started(fixture, &sian, &RoundForm { mixes, ..form() }).await;
        let said = |rules: crate::matching::answers::RoundRules| rules.mixes.into_iter().map(|(_, mix)| mix).collect::<Vec<_>>();
        let chosen = [Mix::Alike, Mix::Mixed, Mix::Mixed, Mix::Alike, Mix::Ignored, Mix::Mixed];
        assert_eq!(said(rules_of(&sian, number).await.unwrap()), chosen);
        let rules = question(&sian, number).await.rules;
        assert_eq!((rules.weights.same_authority, rules.criteria.authority.alike), (0, 50));
        let round = board_of(&sian, number).await.unwrap();
        let flaws = ["More than two of one intervention", "More than two of one level", "More than two of one setting"];
        assert_eq!(round.groups[0].flaws, flaws, "all four do the same work at the same level and in one setting, for one authority and in one profession");
        let (instance, proposal) = round_text(&sian, number).await.unwrap();
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        assert_eq!(reproduce(&asked, round.record.steps_done).map(|(_, proposal)| proposal), proposal);

        // Run again it asks the same, but for what is chosen otherwise; the same board can be run in both ways.
        let shown = Shown { number, seen: round.by_hand.seen };
        let again = |mixes: &[(&str, &str)]| {
            let mixes = mixes.iter().map(|(key, mix)| ((*key).to_owned(), (*mix).to_owned())).collect();
            AgainForm { change: shown.change(), mixes, ..AgainForm::default() }.check().unwrap()
        };
        let same = run_again(&sian, &again(&[])).await.unwrap();
        assert_eq!(said(rules_of(&sian, same).await.unwrap()), chosen);
        let other = run_again(&sian, &again(&[("level", "ignored")])).await.unwrap();
        assert_eq!(said(rules_of(&sian, other).await.unwrap())[2], Mix::Ignored);
        assert!(matches!(run_again(&sian, &again(&[("level", "ignored")])).await, Err(AppError::Conflict(_))), "but each once");
    }

    async fn a_line_manager_never_leads_a_group_of_whoever_reports_to_them_proposed_or_by_hand(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        let manager_email = email_of(fixture, ruth.person()).await;
        let reports = StepForm { manager: "named".to_owned(), manager_email, ..answer(Step::Manager) };
        let amina = practitioner(fixture, "Amina", std::slice::from_ref(&reports)).await;
        // Whose manager reports to her is not led by her either.
        let under_amina = StepForm { manager_email: email_of(fixture, amina.person()).await, ..reports };
        let low = practitioner(fixture, "Low", &[under_amina]).await;
        for name in ["Tom", "Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let round = proposed(fixture, &sian).await;
        let number = round.line.number;
        assert_eq!((round.groups.len(), round.line.placed), (1, 3), "nobody else leads, so the two have no place");
        for one in [&amina, &low] {
            let code = code_of(fixture, one.person()).await;
            let address = BoardAddress { number: number.to_string(), person: code.clone(), ..BoardAddress::default() };
            let ways = round_of(&sian, &address).await.unwrap().about_person.unwrap().ways;
            let to_ruth: Vec<&WayToGo> = ways.iter().filter(|way| way.key != "list").collect();
            assert!(!to_ruth.is_empty() && to_ruth.iter().all(|way| !way.may_be_broken), "{to_ruth:?}");
            assert!(to_ruth[0].breaks.contains(&format!("Ruth A. may not lead a group with {} in it.", if one.person() == amina.person() { "Amina E." } else { "Low E." })));
            let with_reason = BoardForm {
                number: number.to_string(),
                seen: round.by_hand.seen.to_string(),
                person: code.clone(),
                to: "group-0".to_owned(),
                reason: "She asked for it".to_owned(),
            };
            assert!(matches!(move_person(&sian, &with_reason).await, Err(AppError::Conflict(_) | AppError::Invalid(_))), "no reason is enough");
            assert!(move_by_hand(&sian, number, &code, "group-0").await.is_err());
        }
        assert_eq!(board_of(&sian, number).await.unwrap().by_hand.moves, 0);

        // With somebody else who leads one of the two is placed, beside whom the other may not be, and neither of them with her.
        supervisor(fixture, &sian, "Nadia", "2027-12-31").await;
        let second = proposed(fixture, &sian).await;
        let of_the_two = |leader: &str| {
            let members = second.groups.iter().filter(|group| group.supervisor.short == leader).flat_map(|group| &group.members);
            members.filter(|member| ["Amina E.", "Low E."].contains(&member.person.short.as_str())).count()
        };
        assert_eq!((of_the_two("Nadia A."), of_the_two("Ruth A.")), (1, 0), "{:?}", second.groups);
    }

    async fn two_are_kept_together_where_a_coordinator_has_noted_it_or_each_has_asked_for_the_other(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf"] {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let [amina, tom, grace, yusuf] = people.as_slice() else { panic!("four people") };
        let (mut ids, mut emails) = (Vec::new(), Vec::new());
        for one in &people {
            ids.push(id_of(fixture, one).await);
            emails.push(email_of(fixture, one.person()).await);
        }
        let aminas = code_of(fixture, amina.person()).await;
        keep_together(&sian, &aminas, &emails[1]).await.unwrap();
        wish(grace, &[emails[3].clone(), "nobody.here@council.example".to_owned()]).await;
        wish(yusuf, &[emails[2].clone(), emails[0].clone(), emails[3].clone()]).await;
        wish(tom, &[emails[0].clone()]).await;
        let together = async |number: i64| {
            let question = question(&sian, number).await;
            let of = |id: &String| question.practitioners.iter().find(|one| one.id == *id).unwrap().together.clone();
            ids.iter().map(of).collect::<Vec<_>>()
        };
        let of = |place: usize| vec![ids[place].clone()];
        let number = started(fixture, &sian, &form()).await;
        assert_eq!(together(number).await, [of(1), of(0), of(3), of(2)], "who is asked for and has not asked is kept with nobody");
        let (instance, proposal) = round_text(&sian, number).await.unwrap();
        assert!(!instance.contains('@'), "no address of anybody is in the file");
        let round = board_of(&sian, number).await.unwrap();
        let asked = Asked { instance, seed: round.record.seed, begun_from: None };
        assert_eq!(reproduce(&asked, round.record.steps_done).map(|(_, proposal)| proposal), proposal);

        wish(grace, &[]).await;
        keep_apart(&sian, &aminas, &Apart::Person(emails[1].clone())).await.unwrap();
        let next = started(fixture, &sian, &form()).await;
        assert_eq!(together(next).await, vec![Vec::<String>::new(); 4], "nor who may not meet");
        assert_eq!(together(number).await, [of(1), of(0), of(3), of(2)], "and what was asked before stays as it was");
        let line = registration_of(&sian, &aminas).await.unwrap().kept_together.remove(0).id;
        let_part(&sian, &aminas, &line).await.unwrap();
    }

    async fn whoever_is_without_one_with_whom_they_are_kept_together_is_placed_all_the_same_and_coordinators_are_told(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let amina = practitioner(fixture, "Amina", &[]).await;
        for name in ["Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let weeks = [Step::FirstWeek, Step::SecondWeek].map(|step| StepForm { painted: monday(), ..answer(step) });
        let tom = practitioner(fixture, "Tom", &weeks).await;
        let aminas = code_of(fixture, amina.person()).await;
        keep_together(&sian, &aminas, &email_of(fixture, tom.person()).await).await.unwrap();
        let round = proposed(fixture, &sian).await;
        assert_eq!(round.line.placed, 3);
        assert!(round.groups[0].flaws.contains(&"Somebody without one with whom they are kept together".to_owned()), "{:?}", round.groups[0].flaws);
        let number = round.line.number.to_string();
        let reasons = async |person: &str| {
            let address = BoardAddress { number: number.clone(), person: person.to_owned(), ..BoardAddress::default() };
            let about = round_of(&sian, &address).await.unwrap().about_person.unwrap();
            about.reasons.into_iter().map(|line| (line.sentence, line.points)).collect::<Vec<_>>()
        };
        let sentence = ("Without somebody with whom they are kept together".to_owned(), -100);
        assert!(reasons(&aminas).await.contains(&sentence), "{:?}", reasons(&aminas).await);
        let others = round.groups[0].members.iter().map(|member| member.person.code.clone()).find(|code| *code != aminas).unwrap();
        assert!(reasons(&others).await.iter().all(|(sentence, _)| !sentence.contains("together")), "{:?}", reasons(&others).await);
    }

    async fn wishes_never_keep_somebody_on_the_list_however_many_they_are_and_however_much_they_count(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let in_no_hurry = StepForm { urgency: "later".to_owned(), ..answer(Step::Urgency) };
        let amina = practitioner(fixture, "Amina", &[in_no_hurry]).await;
        for name in ["Grace", "Yusuf"] {
            practitioner(fixture, name, &[]).await;
        }
        let aminas = code_of(fixture, amina.person()).await;
        let weeks = [Step::FirstWeek, Step::SecondWeek].map(|step| StepForm { painted: monday(), ..answer(step) });
        for name in ["Tom", "Lena", "Olu"] {
            let companion = practitioner(fixture, name, &weeks).await;
            keep_together(&sian, &aminas, &email_of(fixture, companion.person()).await).await.unwrap();
        }
        let four_times = RoundForm { strengths: [("together".to_owned(), "4".to_owned())].into(), ..form() };
        let as_much_as_can_be = RoundForm { weights: [("together".to_owned(), "10000".to_owned())].into(), ..form() };
        for form in [four_times, as_much_as_can_be] {
            let round = proposed_of(fixture, &sian, &form).await;
            assert_eq!(round.line.placed, 3, "without her the two others would have no group either");
            assert_eq!(question(&sian, round.line.number).await.rules.criteria.together, 166, "what is shown is what counts");
        }
    }

    async fn nothing_is_asked_of_two_who_can_be_in_no_group_together(fixture: Fixture) {
        let (sian, _) = scene(fixture).await;
        let at_level = |level: &str| StepForm { competence: level.to_owned(), ..answer(Step::Competence) };
        let in_person = StepForm { way: "in_person".to_owned(), ..answer(Step::Way) };
        let amina = practitioner(fixture, "Amina", &[at_level("one")]).await;
        let tom = practitioner(fixture, "Tom", &[at_level("three")]).await;
        let grace = practitioner(fixture, "Grace", &[at_level("two")]).await;
        let yusuf = practitioner(fixture, "Yusuf", &[at_level("two"), in_person]).await;
        for (one, other) in [(&amina, &tom), (&amina, &grace), (&grace, &yusuf)] {
            let email = email_of(fixture, other.person()).await;
            keep_together(&sian, &code_of(fixture, one.person()).await, &email).await.unwrap();
        }
        let number = started(fixture, &sian, &form()).await;
        let asked = question(&sian, number).await;
        let mut together = Vec::new();
        for one in [&amina, &tom, &grace, &yusuf] {
            let id = id_of(fixture, one).await;
            together.push(asked.practitioners.iter().find(|one| one.id == id).unwrap().together.clone());
        }
        let (aminas, graces) = (id_of(fixture, &amina).await, id_of(fixture, &grace).await);
        assert_eq!(together, [vec![graces], vec![], vec![aminas], vec![]]);
    }

    async fn those_know_one_another_who_were_in_one_group_at_one_time_in_the_last_three_years(fixture: Fixture) {
        let (sian, ruth) = scene(fixture).await;
        let mut people = Vec::new();
        for name in ["Amina", "Tom", "Grace", "Yusuf", "Lena"] {
            people.push(practitioner(fixture, name, &[]).await);
        }
        let of = |places: &[usize]| places.iter().map(|place| people[*place].person()).collect::<Vec<PersonId>>();
        group(fixture, ruth.person(), &of(&[0, 1, 4]), GroupKind::Vig).await;
        group(fixture, ruth.person(), &of(&[2, 3]), GroupKind::Vig).await;
        // Of the second group it is long ago, and Lena had gone before the others of the first came.
        was_member(fixture, people[2].person(), "2020-01-06", "2022-01-10").await;
        was_member(fixture, people[4].person(), "2025-01-06", "2026-09-01").await;
        was_member(fixture, people[1].person(), "2026-09-01", "2026-10-19").await;
        let fresh = RoundForm { strengths: [("acquainted".to_owned(), "2".to_owned())].into(), ..form() };
        let number = started(fixture, &sian, &fresh).await;
        let question_asked = question(&sian, number).await;
        let mut known = Vec::new();
        for one in &people {
            let id = id_of(fixture, one).await;
            known.push(question_asked.practitioners.iter().find(|one| one.id == id).unwrap().acquainted.clone());
        }
        let ids = [id_of(fixture, &people[0]).await, id_of(fixture, &people[1]).await];
        assert_eq!(known, [vec![ids[1].clone()], vec![ids[0].clone()], vec![], vec![], vec![]]);
        assert_eq!(question_asked.rules.criteria.acquainted, 20);
        let usual = started(fixture, &sian, &form()).await;
        assert_eq!(question(&sian, usual).await.rules.criteria.acquainted, 0, "it counts for nothing unless somebody asks for it");
    }
}
