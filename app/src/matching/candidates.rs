//! Who takes part in a round, who does not and why, and the question to the engine: all of it follows from what was read.

use std::collections::{BTreeSet, HashMap, HashSet};

use ::matching::{INSTANCE_FORMAT, Instance, Practitioner, Supervisor, Window};
use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::bounded::{contract, leave_out_over_the_quota, modes_left, needing, room};
use super::company::Company;
use super::forms::{Place, RoundToAsk};
use super::kinds;
use super::limits::Kept;
use super::model::{Part, Rule};
use super::needs::Mode;
use super::rules::{usual_rules, weighed, with_weakest_first, without_rules};
use super::taken::{Cycle, Taken};
use super::weekly;
use crate::authorities::Stage;
use crate::availability::{Availability, Week};
use crate::groups::GroupKind;
use crate::people::store::managers_above;
use crate::people::{PersonId, PersonName, Standing};
use crate::registration::store::Registered;
use crate::registration::{Clearance, ClearanceKind, Competence, Offering, Registration, Shared, Stream, is_stale};
use crate::ui::day_month_year;
use crate::waiting::Urgency;

/// All that was read for a round, at one moment.
#[derive(Debug)]
pub struct Gathered {
    pub people: Vec<Known>,
    pub registrations: HashMap<PersonId, Registered>,
    pub offerings: HashMap<PersonId, Offering>,
    pub clearances: HashMap<PersonId, Vec<Clearance>>,
    pub said: HashMap<PersonId, Availability>,
    pub qualified: HashSet<(PersonId, GroupKind)>,
    pub placed: HashSet<(PersonId, GroupKind)>,
    /// When somebody is in a session or hosts an event while groups meet, or would be in a session that they were asked about.
    pub taken: HashMap<PersonId, Vec<Taken>>,
    /// When another calendar of theirs is busy.
    pub elsewhere: HashMap<PersonId, Vec<Taken>>,
    /// How many groups supervisors have taken on, or were asked to lead, since they said how many new ones they could.
    pub led_since: HashMap<PersonId, i64>,
    /// The minutes of sessions that supervisors lead anyway in the first two weeks of the round.
    pub minutes_led: HashMap<PersonId, i64>,
    /// Since when those wait who have asked for supervision.
    pub waits_since: HashMap<PersonId, DateTime<Utc>>,
    /// Who is held, and since when.
    pub held: HashMap<PersonId, NaiveDate>,
    /// Whom coordinators keep apart, and whom people would rather not meet: another, or everybody of an authority.
    pub not_to_meet: Vec<(PersonId, Option<PersonId>, Option<String>)>,
    /// Who is kept together, each pair once.
    pub together: Vec<(PersonId, PersonId)>,
    /// Who was in a group with whom, each pair once.
    pub acquainted: Vec<(PersonId, PersonId)>,
    pub today: NaiveDate,
}

/// Somebody who is supervised or supervises, in the order of their codes.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: PersonId,
    pub name: PersonName,
    pub profession: String,
    pub standing: Standing,
    pub authority: Option<Authority>,
    pub is_supervisor: bool,
}

/// Whose practitioner somebody is.
#[derive(Clone, Debug)]
pub struct Authority {
    pub slug: String,
    pub name: String,
    pub gss_code: String,
    pub region: String,
    pub stage: Stage,
}

/// Somebody who was looked at.
#[derive(Debug)]
pub struct Candidate<'a> {
    pub known: &'a Known,
    pub part: Part,
    pub is_stale: bool,
    pub obstacles: Vec<String>,
    /// What they need that groups of the round do not have, as a sentence.
    pub needs: Option<String>,
    /// Whether they have written what else they need.
    pub has_words: bool,
    /// What the limits of the round are reckoned from.
    pub kept: Option<Kept>,
    /// Where they stand among those of their authority who ask, where its places are taken.
    pub place_in_line: Option<i64>,
}

/// How somebody is called in the files of a round. Whoever supervises and is supervised is there twice.
pub fn ident(part: Part, code: &str) -> String {
    match part {
        Part::Practitioner => format!("p-{code}"),
        Part::Supervisor => format!("s-{code}"),
    }
}

/// Everybody who comes into question, with what is in the way.
pub fn looked_at<'a>(gathered: &'a Gathered, asked: &RoundToAsk) -> Vec<Candidate<'a>> {
    let practitioners = gathered.people.iter().filter_map(|known| practitioner(gathered, asked, known));
    let supervisors = gathered.people.iter().filter(|known| known.is_supervisor).map(|known| supervisor(gathered, asked, known));
    let mut candidates: Vec<Candidate<'_>> = practitioners.chain(supervisors).collect();
    leave_out_over_the_quota(gathered, asked, &mut candidates);
    candidates
}

/// Somebody who asks for one of the groups and belongs to one of the authorities; nothing of anybody else.
fn practitioner<'a>(gathered: &Gathered, asked: &RoundToAsk, known: &'a Known) -> Option<Candidate<'a>> {
    let registration = &gathered.registrations.get(&known.id)?.registration;
    let stream = registration.stream.filter(|stream| asked.streams.contains(stream));
    if (stream.is_none() && registration.stream.is_some()) || !is_of(known, &asked.place) {
        return None;
    }
    let mut obstacles = Vec::new();
    let mut note = |is_in_the_way: bool, sentence: &str| {
        if is_in_the_way {
            obstacles.push(sentence.to_owned());
        }
    };
    note(known.standing == Standing::Suspended, SUSPENDED);
    if let Some(held) = held(gathered, known) {
        note(true, &held);
    }
    note(registration.confirmed_at.is_none(), "Has not confirmed the answers yet.");
    note(registration.competence == Some(Competence::Unknown), "Does not know the level yet. Ask, and let them change the answer.");
    note(stream == Some(Stream::Supervisors) && !known.is_supervisor, "Asks for a group of supervisors and is none.");
    let is_placed = stream.is_some_and(|stream| gathered.placed.contains(&(known.id, stream.kind())));
    note(is_placed && !asked.also_placed, "Is in such a group already.");
    // Whoever supervises works for the Centre, and belongs to no authority.
    match &known.authority {
        None => note(!known.is_supervisor, "Belongs to no authority."),
        Some(authority) => note(
            !matches!(authority.stage, Stage::Agreed | Stage::Active),
            &format!("The participation agreement of {} is not signed.", authority.name),
        ),
    }
    let is_stale = registration.confirmed_at.is_some_and(|at| is_stale(at, gathered.today));
    let needing = needing(registration);
    let needs = needing.as_ref().zip(asked.limits.needs_met.as_ref()).and_then(|(needing, met)| needing.told(met));
    let (has_words, kept) = (!registration.access_needs.trim().is_empty(), needing.map(Kept::Needs));
    Some(Candidate { known, part: Part::Practitioner, is_stale, obstacles, needs, has_words, kept, place_in_line: None })
}

/// That somebody is held; why, is nothing to whoever forms groups.
fn held(gathered: &Gathered, known: &Known) -> Option<String> {
    gathered.held.get(&known.id).map(|since| held_in_words(*since))
}

/// What is said of whoever is suspended.
pub const SUSPENDED: &str = "Is suspended.";

/// What is said of whoever is held since a day.
pub fn held_in_words(since: NaiveDate) -> String {
    format!("Is not available for matching since {}.", day_month_year(since))
}

fn is_of(known: &Known, place: &Place) -> bool {
    match place {
        Place::Everywhere => true,
        Place::Region(region) => known.authority.as_ref().is_some_and(|authority| authority.region == *region),
        Place::Authority(slug) => known.authority.as_ref().is_some_and(|authority| authority.slug == *slug),
    }
}

fn supervisor<'a>(gathered: &Gathered, asked: &RoundToAsk, known: &'a Known) -> Candidate<'a> {
    let offering = gathered.offerings.get(&known.id);
    let mut obstacles = Vec::new();
    if known.standing == Standing::Suspended {
        obstacles.push(SUSPENDED.to_owned());
    }
    obstacles.extend(held(gathered, known));
    match offering {
        None => obstacles.push("Has not said what they offer.".to_owned()),
        Some(offering) if offering.most_groups == 0 => obstacles.push(TAKES_ON_NO_MORE[0].to_owned()),
        Some(offering) if groups_left(gathered, known, offering) == 0 => {
            obstacles.push(TAKES_ON_NO_MORE[1].to_owned());
        }
        Some(offering) if contract(gathered, known, offering).is_some_and(|contract| room(asked, contract) == 0) => {
            obstacles.push(NO_HOURS_LEFT.to_owned());
        }
        Some(offering) if streams_of(gathered, known, offering, &asked.streams).is_empty() => {
            obstacles.push("Is qualified for none of these groups.".to_owned());
        }
        Some(_) => {}
    }
    if !gathered.said.get(&known.id).is_some_and(Availability::has_hours) {
        obstacles.push("Has said no working hours.".to_owned());
    } else if obstacles.is_empty() && hours_in_file(gathered, asked, known).is_none_or(|hours| hours.is_empty()) {
        obstacles.push("Is away, busy elsewhere or in other sessions at all the hours that they have said.".to_owned());
    }
    let held = gathered.clearances.get(&known.id).map(Vec::as_slice).unwrap_or_default();
    obstacles.extend(not_cleared_until(held, asked.ends_on));
    let is_stale = offering.is_some_and(|offering| is_stale(offering.confirmed_at, gathered.today));
    let kept = offering.and_then(|offering| contract(gathered, known, offering)).map(Kept::Contract);
    Candidate { known, part: Part::Supervisor, is_stale, obstacles, needs: None, has_words: false, kept, place_in_line: None }
}

/// What is said of a supervisor of whose contract no more may be proposed.
pub const NO_HOURS_LEFT: &str = "Has no contracted hours left for another group.";

/// What keeps somebody from leading a further group and not from being there to learn: they take on none, or no more.
pub const TAKES_ON_NO_MORE: [&str; 2] = ["Takes on no new group.", "Has taken on as many new groups since as they said they could."];

/// How many groups a supervisor can still take on.
pub fn groups_left(gathered: &Gathered, known: &Known, offering: &Offering) -> i64 {
    (offering.most_groups - gathered.led_since.get(&known.id).copied().unwrap_or_default()).max(0)
}

/// The weeks of which a supervisor's hours are reckoned: a group of a round meets once in them, or twice.
pub const TWO_WEEKS: i64 = 2;

/// Each clearance that does not hold until the last day on which a supervisor would lead, with its date.
pub fn not_cleared_until(held: &[Clearance], last: NaiveDate) -> impl Iterator<Item = String> {
    ClearanceKind::ALL.iter().filter_map(move |kind| not_cleared(held, *kind, last))
}

/// What is in the way, with its date, where a clearance does not hold until the last day.
fn not_cleared(held: &[Clearance], kind: ClearanceKind, last: NaiveDate) -> Option<String> {
    match held.iter().find(|clearance| clearance.kind == kind).map(|clearance| clearance.good_until) {
        None => Some(format!("{}: no date is written down.", kind.name())),
        Some(until) if until < last => {
            Some(format!("{}: good until {}, and groups meet until {}.", kind.name(), day_month_year(until), day_month_year(last)))
        }
        Some(_) => None,
    }
}

fn streams_of(gathered: &Gathered, known: &Known, offering: &Offering, asked: &[Stream]) -> Vec<Stream> {
    let leads = |stream: &Stream| match stream {
        Stream::ParentInfant => !offering.interventions.is_empty(),
        Stream::Vig | Stream::Supervisors => gathered.qualified.contains(&(known.id, stream.kind())),
    };
    asked.iter().copied().filter(leads).collect()
}

/// The question to the engine: whoever has no obstacle, who may not meet whom, and who should or should rather not.
pub fn instance_of(gathered: &Gathered, asked: &RoundToAsk, candidates: &[Candidate<'_>]) -> Instance {
    let taking_part = |part: Part| candidates.iter().filter(move |one| one.part == part && one.obstacles.is_empty());
    let supervisors: Vec<Supervisor> =
        taking_part(Part::Supervisor).filter_map(|one| supervisor_in_file(gathered, asked, one.known)).collect();
    let practitioners: Vec<Practitioner> =
        taking_part(Part::Practitioner).filter_map(|one| practitioner_in_file(gathered, asked, one.known)).collect();
    let taking_part: Vec<&Candidate<'_>> = candidates.iter().filter(|one| one.obstacles.is_empty()).collect();
    let conflicts = conflicts_in_file(gathered, &taking_part);
    let rules = with_weakest_first(weighed(&usual_rules(), &asked.weights, &asked.mixes), asked.weakest_first);
    let instance = Instance { format: INSTANCE_FORMAT.to_owned(), rules, supervisors, practitioners, conflicts };
    Company::of(gathered).in_question(without_rules(instance, &asked.rules_off))
}

pub fn supervisor_in_file(gathered: &Gathered, asked: &RoundToAsk, known: &Known) -> Option<Supervisor> {
    let offering = gathered.offerings.get(&known.id)?;
    let streams = streams_of(gathered, known, offering, &asked.streams);
    Some(Supervisor {
        id: ident(Part::Supervisor, &known.name.code),
        region: offering.region.clone(),
        streams: streams.iter().map(|stream| stream.key().to_owned()).collect(),
        interventions: offering.interventions.clone(),
        modes: in_file(Mode::of(offering.way)),
        max_groups: contract(gathered, known, offering)
            .map_or_else(|| groups_left(gathered, known, offering), |contract| contract.most_groups.min(room(asked, contract))),
        availability: hours_in_file(gathered, asked, known)?,
    })
}

/// A supervisor's hours for the groups of the round, without what is taken of them, the pause around it included.
fn hours_in_file(gathered: &Gathered, asked: &RoundToAsk, known: &Known) -> Option<Vec<Window>> {
    let (offering, said) = (gathered.offerings.get(&known.id)?, gathered.said.get(&known.id)?);
    let streams = streams_of(gathered, known, offering, &asked.streams);
    let serves = |kinds: &[GroupKind]| kinds.is_empty() || streams.iter().any(|stream| kinds.contains(&stream.kind()));
    let minute = |time: chrono::NaiveTime| i64::from(time.num_seconds_from_midnight() / 60);
    let windows = said.hours.iter().filter(|line| serves(&line.kinds)).flat_map(|line| {
        let day = i64::from(line.weekday.num_days_from_monday());
        [0, 1].map(|week| Window { week, day, from: minute(line.stretch.from()), to: minute(line.stretch.to()) })
    });
    let windows = weekly::in_file(asked.meets_every, in_order(windows.collect()));
    let pause = if asked.rules_off.contains(&Rule::Pause) { 0 } else { usual_rules().changeover_minutes };
    Some(what_is_left(gathered, asked, known, (windows, pause)))
}

/// Windows without the sessions that somebody is in already and the events that they host, with a pause around each, and without the days on which
/// they are away or busy elsewhere.
fn what_is_left(gathered: &Gathered, asked: &RoundToAsk, known: &Known, (windows, pause): (Vec<Window>, i64)) -> Vec<Window> {
    let cycle = Cycle::of((asked.starts_on, asked.ends_on), asked.meets_every);
    let sessions = gathered.taken.get(&known.id).into_iter().flatten().map(|taken| taken.with_pause(pause));
    let elsewhere = gathered.elsewhere.get(&known.id).into_iter().flatten().copied();
    let away = gathered.said.get(&known.id).map(|said| cycle.away(said)).unwrap_or_default();
    let taken: Vec<Taken> = sessions.chain(elsewhere).chain(away).collect();
    cycle.without(windows, &taken, usual_rules().session_minutes)
}

fn practitioner_in_file(gathered: &Gathered, asked: &RoundToAsk, known: &Known) -> Option<Practitioner> {
    let registered = gathered.registrations.get(&known.id)?;
    let registration = &registered.registration;
    let kept = registered.kept_supervisor.and_then(|kept| gathered.people.iter().find(|other| other.id == kept));
    let region = known.authority.as_ref().map(|authority| authority.region.clone());
    Some(Practitioner {
        id: ident(Part::Practitioner, &known.name.code),
        authority: known.authority.as_ref().map(|authority| authority.gss_code.clone()).unwrap_or_default(),
        region: region.or_else(|| gathered.offerings.get(&known.id).map(|offering| offering.region.clone())).unwrap_or_default(),
        stream: registration.stream?.key().to_owned(),
        intervention: registration.intervention.clone()?,
        level: registration.competence?.level()?,
        modes: in_file(registration.way.map(|_| modes_left(registration, asked))?),
        urgency: urgency_in_file(registration.urgency?),
        availability: what_is_left(gathered, asked, known, (weekly::in_file(asked.meets_every, windows_of(registration, false)), 0)),
        preferred: weekly::in_file(asked.meets_every, windows_of(registration, true)),
        previous_supervisor: kept.map(|kept| ident(Part::Supervisor, &kept.name.code)),
        profession: kinds::profession(&known.profession).filter(|_| registration.shared.contains(&Shared::Profession)),
        language: kinds::language(&registration.language).filter(|_| registration.shared.contains(&Shared::Language)),
        setting: kinds::setting(registration.setting).filter(|_| registration.shared.contains(&Shared::Setting)),
        together: Vec::new(),
        acquainted: Vec::new(),
    })
}

/// Ways to meet as the file calls them.
pub fn in_file(modes: Vec<Mode>) -> Vec<String> {
    modes.into_iter().map(|mode| mode.key().to_owned()).collect()
}

pub const fn urgency_in_file(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Now => 100,
        Urgency::ThreeMonths => 80,
        Urgency::SixMonths => 60,
        Urgency::Year => 40,
        Urgency::Later => 20,
    }
}

/// The hours of both weeks, or those alone that they would choose.
fn windows_of(registration: &Registration, preferred_alone: bool) -> Vec<Window> {
    let weeks = [(0, &registration.first_week), (1, &registration.second_week)];
    let mut windows = Vec::new();
    for (week, figures) in weeks {
        let Some(hours) = figures.as_deref().and_then(Week::of_figures) else { continue };
        for (day, place) in (0_i64..7).zip(0_usize..) {
            for (stretch, is_preferred) in hours.stretches(place) {
                let minute = |time: chrono::NaiveTime| i64::from(time.num_seconds_from_midnight() / 60);
                if is_preferred || !preferred_alone {
                    windows.push(Window { week, day, from: minute(stretch.from()), to: minute(stretch.to()) });
                }
            }
        }
    }
    windows
}

fn in_order(mut windows: Vec<Window>) -> Vec<Window> {
    windows.sort_unstable();
    windows
}

/// Who may not meet whom: somebody and whoever manages them, as many steps up as count; those whom a coordinator keeps apart; those whom somebody
/// would rather not meet; and somebody and themselves in the other part.
fn conflicts_in_file(gathered: &Gathered, taking_part: &[&Candidate<'_>]) -> Vec<(String, String)> {
    let mut apart: BTreeSet<(PersonId, PersonId)> = BTreeSet::new();
    let mut keep = |one: PersonId, other: PersonId| {
        apart.insert((one.min(other), one.max(other)));
    };
    let of_authority = |slug: &str| {
        let slug = slug.to_owned();
        let is_theirs = move |known: &&Known| known.authority.as_ref().is_some_and(|authority| authority.slug == slug);
        gathered.people.iter().filter(is_theirs).map(|known| known.id)
    };
    let manager_of = |person: PersonId| gathered.registrations.get(&person).and_then(|registered| registered.manager);
    for one in taking_part {
        let person = one.known.id;
        keep(person, person);
        managers_above(person, manager_of).for_each(|manager| keep(person, manager));
    }
    for (person, other, authority) in &gathered.not_to_meet {
        if let Some(other) = other {
            keep(*person, *other);
        }
        authority.iter().flat_map(|slug| of_authority(slug)).for_each(|other| keep(*person, other));
    }
    let parts = |person: PersonId| {
        let own = taking_part.iter().filter(move |one| one.known.id == person);
        own.map(|one| (one.part, ident(one.part, &one.known.name.code))).collect::<Vec<_>>()
    };
    let mut pairs = BTreeSet::new();
    for (one, other) in apart {
        for (part, ident) in parts(one) {
            let others = parts(other).into_iter().filter(|(of_other, _)| (part, *of_other) != (Part::Supervisor, Part::Supervisor));
            for (_, of_other) in others.filter(|(_, of_other)| *of_other != ident) {
                pairs.insert(if ident < of_other { (ident.clone(), of_other) } else { (of_other, ident.clone()) });
            }
        }
    }
    pairs.into_iter().collect()
}
