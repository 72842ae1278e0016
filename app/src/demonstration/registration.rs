//! What everybody has answered by which groups are formed: nearly all of it in date, and a little that is in the way. Not everybody has a place in
//! the next round: more ask for VIG supervision than are supervised in it, and some can come in the evening alone.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use uuid::Uuid;

use super::availability::Said;
use super::cast::{Cast, Person};
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use crate::access::Role;
use crate::availability::{Cell, Stretch, Week};
use crate::groups::GroupKind;
use crate::people::PersonId;
use crate::registration::{ClearanceKind, Competence, Elsewhere, Experience, Manager, Need, REGIONS, Setting, Shared, Step, Stream};
use crate::waiting::{Urgency, Way};

/// What one practitioner has answered.
#[derive(Debug, PartialEq)]
pub struct Registered {
    pub person: PersonId,
    pub experience: Experience,
    pub elsewhere: Elsewhere,
    pub setting: Option<Setting>,
    pub stream: Stream,
    pub intervention: &'static str,
    pub competence: Competence,
    pub way: Way,
    pub urgency: Urgency,
    pub first_week: String,
    pub second_week: String,
    pub manager_email: String,
    pub kept_supervisor: Option<PersonId>,
    pub needs: Vec<Need>,
    pub access_needs: &'static str,
    pub shared: Vec<Shared>,
    pub confirmed_at: Option<DateTime<chrono::Utc>>,
}

/// What one supervisor offers and holds.
#[derive(Debug, PartialEq)]
pub struct Offers {
    pub person: PersonId,
    pub interventions: Vec<&'static str>,
    pub way: Way,
    pub region: &'static str,
    pub most_groups: i64,
    pub confirmed_at: DateTime<chrono::Utc>,
    pub clearances: Vec<(ClearanceKind, NaiveDate)>,
}

/// All that groups are formed by.
#[derive(Debug, PartialEq)]
pub struct Registrations {
    pub answers: Vec<Registered>,
    pub offers: Vec<Offers>,
    /// Two who are kept apart, and who noted it.
    pub apart: Option<(Uuid, PersonId, PersonId, PersonId)>,
    /// Somebody who is held from matching, and who holds them.
    pub held: Option<(Uuid, PersonId, PersonId)>,
}

impl Registered {
    /// Whoever has a manager has named them.
    pub fn manager(&self) -> Manager {
        if self.manager_email.is_empty() { Manager::Unknown } else { Manager::Named }
    }
}

/// The work that most people bring.
const USUAL_WORK: [&str; 8] = ["solihull", "solihull", "nbo", "cosp", "www", "triple_p_baby", "mellow", "five_to_thrive"];

const DAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Lets everybody answer.
pub fn registrations(seed: u64, present: Present, cast: &Cast, (groups, said): (&[Group], &[Said])) -> Registrations {
    let mut draw = Draw::of(seed, "registration");
    let people: Vec<&Person> = cast.everybody.iter().filter(|person| person.roles.contains(&Role::Practitioner)).collect();
    let mut answers: Vec<Registered> = people.iter().map(|person| answers(&mut draw, present, (person, &people), groups)).collect();
    settle(&mut Draw::of(seed, "settings"), &people, &mut answers);
    // Ruth holds everything, so that she can lead what people are asked about.
    let place_of = |place: usize, person: PersonId| if person == cast.ruth { 0 } else { place };
    let supervisors = cast.supervisors.iter().copied().enumerate();
    let mut offers: Vec<Offers> = supervisors.map(|(place, person)| offers(&mut draw, present, person, place_of(place, person))).collect();
    let mut asking: Vec<&mut Registered> = answers.iter_mut().filter(|one| asks_for_a_place(one, groups)).collect();
    come_in_the_evening(&mut asking);
    let for_vig = asking.iter().filter(|one| one.stream == Stream::Vig).count();
    lead_few_for_vig(&mut offers, present, said, for_vig);
    let apart = cast.coordinators.first().zip(cast.practitioners.first()).zip(cast.practitioners.get(1));
    let apart = apart.map(|((by, one), other)| (draw.id(), *one.min(other), *one.max(other), *by));
    let lead = cast.everybody.iter().find(|person| person.roles.contains(&Role::SafeguardingLead));
    let held = lead.zip(cast.practitioners.last()).map(|(lead, person)| (draw.id(), *person, lead.id));
    Registrations { answers, offers, apart, held }
}

/// Whether somebody is in no group of the kind that they ask for, and so takes part in the next round.
fn asks_for_a_place(one: &Registered, groups: &[Group]) -> bool {
    let of_kind = groups.iter().filter(|group| group.kind == one.stream.kind());
    !of_kind.flat_map(|group| &group.members).any(|member| member.person == one.person)
}

/// Some who ask for parent-infant work are free when no supervisor works.
fn come_in_the_evening(asking: &mut [&mut Registered]) {
    const ONE_OF: usize = 10;

    let at = |hour: u32, minute: u32| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let mut week = Week::of_hours(&[]);
    for weekday in [Weekday::Tue, Weekday::Thu] {
        if let Some(stretch) = Stretch::new(at(17, 30), at(20, 0)) {
            week.paint_stretch(weekday, stretch, Cell::Free);
        }
    }
    for one in asking.iter_mut().filter(|one| one.stream == Stream::ParentInfant).step_by(ONE_OF) {
        (one.first_week, one.second_week) = (week.figures(), week.figures());
    }
}

/// Those who could lead VIG supervision take on fewer new groups than people ask for.
fn lead_few_for_vig(offers: &mut [Offers], present: Present, said: &[Said], asking: usize) {
    const ASKING_FOR_A_GROUP: usize = 8;

    let mut left = i64::try_from(asking / ASKING_FOR_A_GROUP).unwrap_or_default();
    for one in offers.iter_mut().filter(|one| could_lead_vig(one, present, said)) {
        one.most_groups = one.most_groups.min(left);
        left -= one.most_groups;
    }
}

/// Whether somebody is qualified for VIG supervision and cleared for as long as a round plans.
fn could_lead_vig(one: &Offers, present: Present, said: &[Said]) -> bool {
    let is_qualified = said.iter().any(|said| said.person == one.person && said.qualified.contains(&GroupKind::Vig));
    let in_a_year = present.today + Days::new(365);
    is_qualified && one.clearances.len() == ClearanceKind::ALL.len() && one.clearances.iter().all(|(_, until)| *until > in_a_year)
}

fn answers(draw: &mut Draw, present: Present, (person, people): (&Person, &[&Person]), groups: &[Group]) -> Registered {
    let supervisor = groups.iter().find(|group| {
        matches!(group.kind, GroupKind::Group | GroupKind::Vig) && group.members.iter().any(|member| member.person == person.id)
    });
    let colleagues: Vec<&&Person> = people.iter().filter(|other| other.authority == person.authority && other.id != person.id).collect();
    let manager_email = draw.pick(&colleagues).map(|manager| manager.email.clone()).filter(|_| draw.chance(12)).unwrap_or_default();
    let first_week = week(draw);
    let second_week = if draw.chance(80) { first_week.clone() } else { week(draw) };
    let stream = if draw.chance(10) { Stream::Vig } else { Stream::ParentInfant };
    let days = if draw.chance(7) { draw.between(200, 320) } else { draw.between(1, 150) };
    ticked(Registered {
        person: person.id,
        experience: draw.pick(Experience::ALL).copied().unwrap_or(Experience::Unknown),
        elsewhere: draw.pick(Elsewhere::ALL).copied().unwrap_or(Elsewhere::Unknown),
        setting: None,
        stream,
        intervention: if stream == Stream::Vig { "vig" } else { draw.word(&USUAL_WORK) },
        competence: match draw.below(20) {
            0..5 => Competence::One,
            5..15 => Competence::Two,
            15..19 => Competence::Three,
            _ => Competence::Unknown,
        },
        way: if draw.chance(65) { Way::Online } else { Way::Either },
        urgency: draw.pick(&Urgency::ALL).copied().unwrap_or(Urgency::Later),
        first_week,
        second_week,
        manager_email,
        kept_supervisor: supervisor.map(|group| group.supervisor).filter(|_| draw.chance(60)),
        needs: Vec::new(),
        access_needs: if draw.chance(6) { draw.word(&["Live captions", "A step-free room", "A short break half-way"]) } else { "" },
        shared: vec![Shared::Profession],
        confirmed_at: (!draw.chance(4)).then(|| present.now - TimeDelta::days(i64::from(days))),
    })
}

/// What somebody needs is ticked where it is listed, and said in words where it is not.
fn ticked(one: Registered) -> Registered {
    let need = match one.access_needs {
        "Live captions" => Need::Captions,
        "A step-free room" => Need::StepFree,
        _ => return one,
    };
    Registered { needs: vec![need], access_needs: "", ..one }
}

/// Says where everybody works, mostly where their profession does; most let it be used. Drawn apart, so that it changes nothing else that is drawn.
fn settle(draw: &mut Draw, people: &[&Person], answers: &mut [Registered]) {
    for (one, person) in answers.iter_mut().zip(people) {
        let (says, is_usual, elsewhere, shares) = (draw.chance(95), draw.chance(80), draw.pick(Setting::ALL).copied(), draw.chance(75));
        let setting = if is_usual { Some(usual_setting(person.profession)) } else { elsewhere };
        one.setting = setting.filter(|_| says);
        one.shared.extend((says && shares).then_some(Shared::Setting));
    }
}

/// Where most people of a profession work.
fn usual_setting(profession: &str) -> Setting {
    match profession {
        "Health visitor" | "Specialist health visitor" | "Nursery nurse" => Setting::HealthVisiting,
        "Midwife" | "Specialist midwife" => Setting::Maternity,
        "Parent-infant therapist" | "Perinatal mental health nurse" => Setting::MentalHealth,
        "Early years practitioner" => Setting::EarlyYears,
        "Social worker" => Setting::SocialCare,
        "Infant feeding specialist" => Setting::Voluntary,
        _ => Setting::FamilyHub,
    }
}

/// Half days on which somebody is free, and some of them preferred.
fn week(draw: &mut Draw) -> String {
    let at = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let mut week = Week::of_hours(&[]);
    for weekday in DAYS {
        for (from, to) in [(9, 13), (13, 17)] {
            let (is_free, is_preferred) = (draw.chance(45), draw.chance(30));
            if let Some(stretch) = Stretch::new(at(from), at(to)).filter(|_| is_free) {
                week.paint_stretch(weekday, stretch, if is_preferred { Cell::Preferred } else { Cell::Free });
            }
        }
    }
    // Whoever drew no half day at all can come on Thursday mornings.
    if let Some(stretch) = Stretch::new(at(9), at(12)) {
        week.paint_stretch(Weekday::Thu, stretch, Cell::Free);
    }
    week.figures()
}

fn offers(draw: &mut Draw, present: Present, person: PersonId, place: usize) -> Offers {
    let mut interventions: Vec<&'static str> = USUAL_WORK.into_iter().filter(|_| draw.chance(60)).collect();
    interventions.sort_unstable();
    interventions.dedup();
    if interventions.is_empty() {
        interventions.push("solihull");
    }
    // A clearance that runs out soon, or is not written down, keeps its supervisor out of the next round.
    let (runs_out_soon, lacks_one) = (one_runs_out(place), one_is_missing(place));
    let clearances = ClearanceKind::ALL.iter().skip(usize::from(lacks_one)).map(|kind| {
        let days = if runs_out_soon && *kind == ClearanceKind::Indemnity { draw.between(20, 120) } else { draw.between(400, 900) };
        (*kind, present.today + Days::new(u64::from(days)))
    });
    let clearances = clearances.collect();
    Offers {
        person,
        interventions,
        way: if draw.chance(60) { Way::Online } else { Way::Either },
        region: draw.word(&REGIONS),
        most_groups: i64::from(draw.between(0, 2)),
        confirmed_at: present.now - TimeDelta::days(i64::from(draw.between(2, 170))),
        clearances,
    }
}

const fn one_runs_out(place: usize) -> bool {
    place % 9 == 4
}

const fn one_is_missing(place: usize) -> bool {
    place % 17 == 6
}

/// Whether the supervisor at a place of the cast holds every clearance for long.
pub const fn holds_everything(place: usize) -> bool {
    !one_runs_out(place) && !one_is_missing(place)
}

/// Every question is answered by everybody.
pub fn every_step() -> Vec<Step> {
    Step::ALL.to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Size, plan};
    use super::*;

    #[test]
    fn most_say_where_they_work_and_let_it_be_used_and_some_would_rather_not() {
        let plan = plan(Size::SMALL, 1, "2026-10-22T08:50:00Z".parse().unwrap());
        let answers = &plan.registrations.answers;
        let say = answers.iter().filter(|one| one.setting.is_some()).count();
        let share = answers.iter().filter(|one| one.shared.contains(&Shared::Setting)).count();
        assert!(say < answers.len() && share < say && share * 2 > answers.len(), "{share} of {say} of {}", answers.len());
        let settings = Setting::ALL.iter().filter(|setting| answers.iter().any(|one| one.setting == Some(**setting))).count();
        assert!(settings > 4, "{settings}");
    }

    #[test]
    fn more_ask_for_vig_than_there_are_places_and_some_are_free_in_the_evening_alone() {
        for size in [Size::SMALL, Size::PLANNING] {
            let now = "2026-10-22T08:50:00Z".parse().unwrap();
            let plan = plan(size, 1, now);
            let asking: Vec<&Registered> = plan.registrations.answers.iter().filter(|one| asks_for_a_place(one, &plan.groups)).collect();
            let for_vig = asking.iter().filter(|one| one.stream == Stream::Vig).count();
            let leading = plan.registrations.offers.iter().filter(|one| could_lead_vig(one, Present::at(now), &plan.said));
            let places: i64 = leading.map(|one| one.most_groups * 6).sum();
            assert!(places > 6 && places < i64::try_from(for_vig).unwrap(), "{places} places for {for_vig}");

            let first = |one: &Registered| Week::of_figures(&one.first_week).unwrap();
            let in_the_evening =
                asking.iter().filter(|one| first(one).stretches(3).iter().all(|(stretch, _)| stretch.from().to_string() == "17:30:00"));
            let in_the_evening = in_the_evening.count();
            assert!(in_the_evening >= 5 && in_the_evening * 5 < asking.len(), "{in_the_evening} of {}", asking.len());
        }
    }
}
