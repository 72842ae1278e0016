//! What the forms of a registration send, and what of it can be used.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::Registration;
use super::model::{
    ClearanceKind, Competence, Elsewhere, Experience, INTERVENTIONS, Manager, Need, REGIONS, Setting, Shared, Step, Stream,
};
use crate::access::{Role, Roles};
use crate::availability::{Cell, HoursForm, Week};
use crate::error::{AppError, Problem};
use crate::people::EmailAddress;
use crate::waiting::{Urgency, Way};

/// The answer to one question. Each question fills the fields that are its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// The key of a [`Step`].
    pub step: String,
    /// The key of an [`Experience`].
    pub experience: String,
    /// The key of an [`Elsewhere`].
    pub elsewhere: String,
    /// The key of a [`Setting`], or empty.
    pub setting: String,
    /// The key of a [`Stream`].
    pub stream: String,
    /// The key of an intervention.
    pub intervention: String,
    /// The key of a [`Competence`].
    pub competence: String,
    /// The key of a [`Way`].
    pub way: String,
    /// The key of an [`Urgency`].
    pub urgency: String,
    /// A week, as it was painted.
    pub painted: String,
    /// The key of a [`Manager`].
    pub manager: String,
    /// The manager's work email.
    pub manager_email: String,
    /// The code of a supervisor, or empty.
    pub kept_supervisor: String,
    /// The keys of [`Need`].
    pub needs: Vec<String>,
    /// What else somebody needs to take part.
    pub access_needs: String,
    /// The language that they work in.
    pub language: String,
    /// Work emails of those with whom somebody would like to be, one on a line.
    pub wished_emails: String,
    /// Work emails of those whom somebody would rather not meet, one on a line.
    pub avoided_emails: String,
    /// The slugs of authorities.
    pub avoided_authorities: Vec<String>,
    /// The keys of [`Shared`].
    pub shared: Vec<String>,
}

/// The most people with whom somebody can ask to be.
const MOST_WISHED: usize = 3;

/// The most people whom somebody can avoid.
const MOST_AVOIDED: usize = 20;

/// The longest text of a line.
const LONGEST_LINE: usize = 80;

/// The longest text about what somebody needs.
const LONGEST_NEEDS: usize = 600;

/// A choice that must be made.
fn chosen<T>(field: &str, choice: Option<T>, sentence: &str) -> Result<T, Problem> {
    choice.ok_or_else(|| Problem::new(field, sentence))
}

impl StepForm {
    /// The question that is answered.
    pub fn step(&self) -> Result<Step, AppError> {
        Step::of_key(&self.step).ok_or(AppError::NotFound)
    }

    /// The registration with this answer, or what has to change first.
    pub fn answer(&self, registration: &Registration, roles: &Roles) -> Result<Registration, AppError> {
        let step = self.step()?;
        let mut answered = registration.clone();
        self.fill(step, &mut answered, roles).map_err(AppError::Invalid)?;
        answered.has_answered(step);
        Ok(answered)
    }

    fn fill(&self, step: Step, into: &mut Registration, roles: &Roles) -> Result<(), Vec<Problem>> {
        let one = |problem: Problem| vec![problem];
        match step {
            Step::Experience => self.fill_experience(into)?,
            Step::Setting => into.setting = self.setting().map_err(one)?,
            Step::Stream => {
                let stream = Stream::of_key(&self.stream).filter(|stream| streams_for(roles).contains(stream));
                into.stream = Some(chosen("stream", stream, "Choose the group that you ask for.").map_err(one)?);
            }
            Step::Intervention => {
                let known = INTERVENTIONS.iter().find(|(key, _)| *key == self.intervention).map(|(key, _)| (*key).to_owned());
                into.intervention = Some(chosen("intervention", known, "Choose the work that you would bring most often.").map_err(one)?);
            }
            Step::Competence => {
                into.competence = Some(
                    chosen("competence", Competence::of_key(&self.competence), "Choose a level, or that you don’t know.").map_err(one)?,
                );
            }
            Step::Way => into.way = Some(chosen("way", Way::of_key(&self.way), "Choose how you would meet.").map_err(one)?),
            Step::Urgency => {
                into.urgency =
                    Some(chosen("urgency", Urgency::of_key(&self.urgency), "Choose how soon you need supervision.").map_err(one)?);
            }
            Step::FirstWeek => into.first_week = Some(self.week().map_err(one)?),
            Step::SecondWeek => into.second_week = Some(self.week().map_err(one)?),
            Step::Manager => self.fill_manager(into)?,
            Step::Keep => self.kept_supervisor.trim().clone_into(&mut into.kept_supervisor),
            Step::Needs => self.fill_needs(into)?,
            Step::Together => {
                into.wished_emails =
                    emails_of(&self.wished_emails, MOST_WISHED).map_err(|sentence| vec![Problem::new("wished_emails", sentence)])?;
            }
            Step::Apart => self.fill_apart(into)?,
            Step::Sharing => into.shared = self.shared.iter().filter_map(|key| Shared::of_key(key)).collect(),
        }
        Ok(())
    }

    fn fill_experience(&self, into: &mut Registration) -> Result<(), Vec<Problem>> {
        let experience = chosen("experience", Experience::of_key(&self.experience), "Choose for how long, or that you don’t know.");
        let elsewhere = chosen("elsewhere", Elsewhere::of_key(&self.elsewhere), "Choose yes, no, or that you don’t know.");
        match (experience, elsewhere) {
            (Ok(experience), Ok(elsewhere)) => {
                (into.experience, into.elsewhere) = (Some(experience), Some(elsewhere));
                Ok(())
            }
            (experience, elsewhere) => Err(experience.err().into_iter().chain(elsewhere.err()).collect()),
        }
    }

    fn setting(&self) -> Result<Option<Setting>, Problem> {
        if self.setting.is_empty() {
            return Ok(None);
        }
        chosen("setting", Setting::of_key(&self.setting), "Choose where you work, or that you would rather not say.").map(Some)
    }

    fn week(&self) -> Result<String, Problem> {
        let week = Week::of_figures(&self.painted).filter(|week| (0..7).any(|day| !week.stretches(day).is_empty()));
        chosen("weekdays", week, "Add at least one stretch of hours in which you are free.").map(|week| week.figures())
    }

    fn fill_manager(&self, into: &mut Registration) -> Result<(), Vec<Problem>> {
        let manager = chosen("manager", Manager::of_key(&self.manager), "Choose one, or that you don’t know.").map_err(|one| vec![one])?;
        let email = email_of(&self.manager_email);
        if manager == Manager::Named && email.is_none() {
            return Err(vec![Problem::new("manager_email", "Enter your line manager’s work email, like name@council.gov.uk.")]);
        }
        into.manager = Some(manager);
        into.manager_email = email.filter(|_| manager == Manager::Named).unwrap_or_default();
        Ok(())
    }

    fn fill_needs(&self, into: &mut Registration) -> Result<(), Vec<Problem>> {
        let (needs, language) = (self.access_needs.trim(), self.language.split_whitespace().collect::<Vec<_>>().join(" "));
        let ticked: Option<Vec<Need>> = self.needs.iter().map(|key| Need::of_key(key)).collect();
        let problems: Vec<Problem> = [
            ticked.is_none().then(|| Problem::new("needs", "Choose of those that are listed, and write below what else you need.")),
            (needs.chars().count() > LONGEST_NEEDS)
                .then(|| Problem::new("access_needs", format!("Use at most {LONGEST_NEEDS} letters. We will talk about the rest."))),
            (language.chars().count() > LONGEST_LINE)
                .then(|| Problem::new("language", format!("Use at most {LONGEST_LINE} letters, such as English and Urdu."))),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        (into.needs, into.access_needs, into.language) = (ticked.unwrap_or_default(), needs.to_owned(), language);
        Ok(())
    }

    fn fill_apart(&self, into: &mut Registration) -> Result<(), Vec<Problem>> {
        let emails = emails_of(&self.avoided_emails, MOST_AVOIDED).map_err(|sentence| vec![Problem::new("avoided_emails", sentence)])?;
        (into.avoided_emails, into.avoided_authorities) = (emails, self.avoided_authorities.clone());
        Ok(())
    }
}

/// Work emails, one on a line, in the form in which they are stored; or what is wrong with them.
fn emails_of(typed: &str, most: usize) -> Result<Vec<String>, String> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let emails: Option<Vec<String>> = lines.map(email_of).collect();
    emails.filter(|emails| emails.len() <= most).ok_or_else(|| format!("Enter work emails alone, one on a line, at most {most}."))
}

/// A work email in the form in which it is stored.
fn email_of(typed: &str) -> Option<String> {
    EmailAddress::of(typed).map(|email| email.as_str().to_owned())
}

/// The groups that somebody can ask for: a group of supervisors is for supervisors.
pub fn streams_for(roles: &Roles) -> Vec<Stream> {
    let is_for_them = |stream: &Stream| *stream != Stream::Supervisors || roles.contains(Role::Supervisor);
    Stream::ALL.iter().copied().filter(is_for_them).collect()
}

/// Adding a stretch of hours to a week, or taking the hours of a day away, without the painter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursOfWeekForm {
    /// The key of a [`Step`] that asks for a week.
    pub step: String,
    /// The days of the week, from `1` for Monday.
    pub weekdays: Vec<String>,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// `yes` for the time that they would choose.
    pub preferred: String,
    /// A day whose hours are taken away, from `0` for Monday; empty where hours are added.
    pub clear: String,
}

impl HoursOfWeekForm {
    /// The registration with these hours. What was added has not been answered: the question is answered when the week is saved.
    pub fn change(&self, registration: &Registration) -> Result<Registration, AppError> {
        let mut changed = registration.clone();
        let figures = match Step::of_key(&self.step) {
            Some(Step::FirstWeek) => &mut changed.first_week,
            Some(Step::SecondWeek) => &mut changed.second_week,
            _ => return Err(AppError::NotFound),
        };
        let before = figures.clone().or_else(|| registration.first_week.clone()).unwrap_or_default();
        let mut week = Week::of_figures(&before).unwrap_or_else(|| Week::of_hours(&[]));
        if let Ok(day) = self.clear.parse::<usize>() {
            week.clear(day);
        } else {
            let form = HoursForm {
                weekdays: self.weekdays.clone(),
                from: self.from.clone(),
                to: self.to.clone(),
                preferred: self.preferred.clone(),
                ..HoursForm::default()
            };
            let hours = form.check()?;
            let cell = if hours.is_preferred { Cell::Preferred } else { Cell::Free };
            for weekday in hours.weekdays {
                week.paint_stretch(weekday, hours.stretch, cell);
            }
        }
        *figures = Some(week.figures());
        Ok(changed)
    }
}

/// What a supervisor offers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferingForm {
    /// The version that was shown; `0` where nothing was said yet.
    pub version: String,
    /// The keys of interventions.
    pub interventions: Vec<String>,
    /// The key of a [`Way`].
    pub way: String,
    /// A region.
    pub region: String,
    /// How many groups.
    pub most_groups: String,
}

/// What a supervisor offers, as it can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOffering {
    /// The version that was shown.
    pub shown: i64,
    /// The keys of interventions, in the order of the list.
    pub interventions: Vec<String>,
    /// How they would meet.
    pub way: Way,
    /// Where.
    pub region: String,
    /// How many groups.
    pub most_groups: i64,
}

impl OfferingForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<NewOffering, AppError> {
        let known = INTERVENTIONS.iter().map(|(key, _)| (*key).to_owned());
        let interventions: Vec<String> = known.filter(|key| self.interventions.contains(key)).collect();
        let way = Way::of_key(&self.way);
        let region = REGIONS.into_iter().find(|region| *region == self.region);
        let most_groups = self.most_groups.trim().parse::<i64>().ok().filter(|most| (0..=20).contains(most));
        let problems: Vec<Problem> = [
            interventions.is_empty().then(|| Problem::new("interventions", "Choose the work that you supervise, one at least.")),
            way.is_none().then(|| Problem::new("way", "Choose how you would meet.")),
            region.is_none().then(|| Problem::new("region", "Choose the region in which you could meet in person.")),
            most_groups.is_none().then(|| Problem::new("most_groups", "Enter how many new groups you could take on, from 0 to 20.")),
        ]
        .into_iter()
        .flatten()
        .collect();
        let (true, Some(way), Some(region), Some(most_groups)) = (problems.is_empty(), way, region, most_groups) else {
            return Err(AppError::Invalid(problems));
        };
        Ok(NewOffering { shown: self.version.parse().unwrap_or(0), interventions, way, region: region.to_owned(), most_groups })
    }
}

/// Whose registration a coordinator looks at.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonAddress {
    /// The person's code.
    pub person: String,
}

/// Until when a supervisor's clearances hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClearancesForm {
    /// The person's code.
    pub person: String,
    /// A date, or nothing, for the key of each [`ClearanceKind`].
    pub until: BTreeMap<String, String>,
}

/// The name of the field of a clearance.
pub fn until_field(kind: ClearanceKind) -> String {
    format!("until[{}]", kind.key())
}

impl ClearancesForm {
    /// A date for each kind, or nothing where it is not held.
    pub fn check(&self) -> Result<Vec<(ClearanceKind, Option<NaiveDate>)>, AppError> {
        let mut problems = Vec::new();
        let mut until = Vec::new();
        for kind in ClearanceKind::ALL {
            let entered = self.until.get(kind.key()).map(|date| date.trim()).unwrap_or_default();
            match entered.parse::<NaiveDate>() {
                Ok(date) => until.push((*kind, Some(date))),
                Err(_) if entered.is_empty() => until.push((*kind, None)),
                Err(_) => problems.push(Problem::new(&until_field(*kind), "Choose the last day on which it holds, or leave it empty.")),
            }
        }
        if problems.is_empty() { Ok(until) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Keeping somebody apart from another, or from everybody of an authority.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApartForm {
    /// The person's code.
    pub person: String,
    /// The other's work email, or empty.
    pub email: String,
    /// The slug of an authority, or empty.
    pub authority: String,
}

/// From whom somebody is kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apart {
    /// From the person of a work email.
    Person(String),
    /// From everybody of the authority of a slug.
    Authority(String),
}

impl ApartForm {
    /// From whom.
    pub fn check(&self) -> Result<Apart, AppError> {
        let (email, authority) = (self.email.trim(), self.authority.trim());
        match (email.is_empty(), authority.is_empty()) {
            (false, true) => email_of(email)
                .map(Apart::Person)
                .ok_or_else(|| AppError::invalid("email", "Enter a work email, like name@council.gov.uk.")),
            (true, false) => Ok(Apart::Authority(authority.to_owned())),
            _ => Err(AppError::invalid("email", "Enter a work email, or choose an authority.")),
        }
    }
}

/// Keeping somebody together with another.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TogetherForm {
    /// The person's code.
    pub person: String,
    /// The other's work email.
    pub together_email: String,
}

impl TogetherForm {
    /// The other's work email, in the form in which it is stored.
    pub fn check(&self) -> Result<String, AppError> {
        email_of(&self.together_email).ok_or_else(|| AppError::invalid("together_email", "Enter a work email, like name@council.gov.uk."))
    }
}

/// Taking it back that somebody is kept together or apart.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotedForm {
    /// The person's code.
    pub person: String,
    /// Which line.
    pub line: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practitioner() -> Roles {
        Roles::of_list("practitioner")
    }

    fn form(step: Step) -> StepForm {
        StepForm { step: step.key().to_owned(), ..StepForm::default() }
    }

    fn fields(form: &StepForm) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = form.answer(&Registration::default(), &practitioner()) else { panic!("{form:?}") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_question_that_was_not_answered_says_which_and_that_one_may_not_know() {
        assert_eq!(fields(&form(Step::Experience)), ["experience", "elsewhere"]);
        assert_eq!(fields(&form(Step::Competence)), ["competence"]);
        let unknown = StepForm { competence: "unknown".to_owned(), ..form(Step::Competence) };
        let answered = unknown.answer(&Registration::default(), &practitioner()).unwrap();
        assert_eq!((answered.competence, answered.answered), (Some(Competence::Unknown), vec![Step::Competence]));
        assert_eq!(Registration::default().competence, None, "not the same as no answer");
    }

    #[test]
    fn where_somebody_works_is_one_of_a_list_or_is_left_unsaid() {
        let family_hub = StepForm { setting: "family_hub".to_owned(), ..form(Step::Setting) };
        let answered = family_hub.answer(&Registration::default(), &practitioner()).unwrap();
        assert_eq!((answered.setting, answered.answered.as_slice()), (Some(Setting::FamilyHub), [Step::Setting].as_slice()));
        let unsaid = form(Step::Setting).answer(&answered, &practitioner()).unwrap();
        assert_eq!((unsaid.setting, unsaid.answered), (None, vec![Step::Setting]));
        assert_eq!(fields(&StepForm { setting: "the moon".to_owned(), ..form(Step::Setting) }), ["setting"]);
    }

    #[test]
    fn what_somebody_needs_is_ticked_of_a_list_and_what_else_they_need_is_theirs_to_word() {
        let ticked = |needs: &[&str]| StepForm {
            needs: needs.iter().map(|need| (*need).to_owned()).collect(),
            access_needs: " A quiet corner ".to_owned(),
            ..form(Step::Needs)
        };
        let answered = ticked(&["step_free", "captions"]).answer(&Registration::default(), &practitioner()).unwrap();
        assert_eq!(
            (answered.needs.as_slice(), answered.access_needs.as_str()),
            ([Need::StepFree, Need::Captions].as_slice(), "A quiet corner")
        );
        assert_eq!(ticked(&[]).answer(&answered, &practitioner()).unwrap().needs, []);
        assert_eq!(fields(&ticked(&["step_free", "wings"])), ["needs"]);
    }

    #[test]
    fn a_supervisors_group_is_for_supervisors() {
        let form = StepForm { stream: "sos".to_owned(), ..form(Step::Stream) };
        assert_eq!(fields(&form), ["stream"]);
        assert!(form.answer(&Registration::default(), &Roles::of_list("supervisor")).is_ok());
    }

    #[test]
    fn a_manager_who_is_named_has_an_email_and_another_answer_forgets_it() {
        let named =
            StepForm { manager: "named".to_owned(), manager_email: "Line.Manager@Bradford.gov.uk ".to_owned(), ..form(Step::Manager) };
        let answered = named.answer(&Registration::default(), &practitioner()).unwrap();
        assert_eq!(answered.manager_email, "line.manager@bradford.gov.uk");
        assert_eq!(fields(&StepForm { manager_email: "nobody".to_owned(), ..named.clone() }), ["manager_email"]);
        let unknown = StepForm { manager: "unknown".to_owned(), ..named }.answer(&answered, &practitioner()).unwrap();
        assert_eq!((unknown.manager, unknown.manager_email.as_str()), (Some(Manager::Unknown), ""));
    }

    #[test]
    fn hours_are_added_to_a_week_and_taken_from_a_day_without_the_painter() {
        let add = HoursOfWeekForm {
            step: "first-week".to_owned(),
            weekdays: vec!["1".to_owned(), "4".to_owned()],
            from: "09:10".to_owned(),
            to: "11:00".to_owned(),
            ..HoursOfWeekForm::default()
        };
        let added = add.change(&Registration::default()).unwrap();
        let week = Week::of_figures(added.first_week.as_deref().unwrap()).unwrap();
        let thursday: Vec<String> = week.stretches(3).into_iter().map(|(stretch, _)| stretch.to_string()).collect();
        assert_eq!(thursday, ["09:30 to 11:00"], "half hours that are wholly free");
        assert!(added.answered.is_empty());
        let cleared = HoursOfWeekForm { clear: "3".to_owned(), ..add }.change(&added).unwrap();
        let week = Week::of_figures(cleared.first_week.as_deref().unwrap()).unwrap();
        assert_eq!((week.stretches(0).len(), week.stretches(3).len()), (1, 0));
    }

    #[test]
    fn people_to_be_with_are_three_work_emails_at_most_whoever_they_belong_to() {
        let wished = |emails: &str| StepForm { wished_emails: emails.to_owned(), ..form(Step::Together) };
        let answered = |emails: &str| wished(emails).answer(&Registration::default(), &practitioner()).unwrap().wished_emails;
        assert_eq!(answered("Nobody.Here@b.example\n\n c@d.example "), ["nobody.here@b.example", "c@d.example"]);
        assert_eq!(answered(""), Vec::<String>::new());
        assert_eq!(fields(&wished("Jo from the team")), ["wished_emails"]);
        assert_eq!(fields(&wished("a@b.example\nc@b.example\nd@b.example\ne@b.example")), ["wished_emails"]);
    }

    #[test]
    fn people_to_be_avoided_are_work_emails_one_on_a_line() {
        let two = StepForm { avoided_emails: "a@b.example\n\n c@d.example ".to_owned(), ..form(Step::Apart) };
        assert_eq!(two.answer(&Registration::default(), &practitioner()).unwrap().avoided_emails, ["a@b.example", "c@d.example"]);
        assert_eq!(fields(&StepForm { avoided_emails: "Jo from the team".to_owned(), ..form(Step::Apart) }), ["avoided_emails"]);
    }
}
