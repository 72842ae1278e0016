//! What somebody has answered elsewhere, and what they offer and hold as a supervisor, from the cells of a row.
//!
//! The cells are put into the forms of a registration, so that its own rules say what is wrong with them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::columns::Column;
use super::row::{Row, parts, problem};
use super::windows::week_of;
use super::words::{date, last_day, number, plain, quoted, years, yes_or_no};
use crate::access::{Role, Roles};
use crate::people::EmailAddress;
use crate::registration::{Clearance, ClearanceKind, NewOffering, OfferingForm, Registration, Shared, Step, StepForm};

impl Row<'_> {
    /// The answers to a registration. Where every choice was made, the questions that may be left empty count as answered with nothing, as on a form
    /// that somebody has finished; and all of it as confirmed on the day on which they answered.
    /// Who comes from a file without the column of a setting was never asked for one, and still is; and with whom they would like to be no file asks.
    pub(super) fn answers(&mut self, roles: &Roles) -> Option<Registration> {
        const MAY_BE_EMPTY: [Step; 6] = [Step::Setting, Step::Keep, Step::Needs, Step::Together, Step::Apart, Step::Sharing];

        let confirmed_at = self.confirmed_at();
        let forms = self.step_forms();
        let mut registration = Registration::default();
        for form in forms {
            registration = self.kept(form.answer(&registration, roles)).unwrap_or(registration);
        }
        if registration.answered.is_empty() {
            return None;
        }
        if Step::ALL.iter().all(|step| registration.answered.contains(step) || MAY_BE_EMPTY.contains(step)) {
            let was_asked = |step: &Step| match step {
                Step::Together => false,
                Step::Setting => self.cells.has(Column::Setting),
                _ => true,
            };
            for step in MAY_BE_EMPTY.into_iter().filter(was_asked) {
                registration.has_answered(step);
            }
            registration.answered.sort_by_key(|step| Step::ALL.iter().position(|other| other == step));
            registration.confirmed_at = Some(confirmed_at);
        }
        Some(registration)
    }

    fn confirmed_at(&mut self) -> DateTime<Utc> {
        let now = self.against.now;
        let today: NaiveDate = ::series::local(now).date();
        let day = self.cell(Column::AnsweredOn, |cell| date(cell, today));
        day.filter(|day| *day < today).map_or(now, |day| day.and_time(NaiveTime::MIN).and_utc())
    }

    /// The answers as the pages of a registration send them, question by question, of those that have any.
    fn step_forms(&mut self) -> Vec<StepForm> {
        let word = |key: Option<&str>| key.map(str::to_owned).unwrap_or_default();
        let step = |step: Step| StepForm { step: step.key().to_owned(), ..StepForm::default() };
        let experience = self.experience();
        let elsewhere = self.choice(Column::Elsewhere);
        let experience = experience.zip(elsewhere).map(|(experience, elsewhere)| StepForm {
            experience: word(Some(experience)),
            elsewhere: word(Some(elsewhere)),
            ..step(Step::Experience)
        });
        let setting = self.choice(Column::Setting).map(|key| StepForm { setting: word(Some(key)), ..step(Step::Setting) });
        let stream = self.choice(Column::Stream).map(|key| StepForm { stream: word(Some(key)), ..step(Step::Stream) });
        let intervention =
            self.choice(Column::Intervention).map(|key| StepForm { intervention: word(Some(key)), ..step(Step::Intervention) });
        let level = self.choice(Column::Level).map(|key| StepForm { competence: word(Some(key)), ..step(Step::Competence) });
        let way = self.choice(Column::Way).map(|key| StepForm { way: word(Some(key)), ..step(Step::Way) });
        let urgency = self.choice(Column::Urgency).map(|key| StepForm { urgency: word(Some(key)), ..step(Step::Urgency) });
        let first = self.cell(Column::FirstWeek, week_of).map(|week| week.figures());
        let second = self.cell(Column::SecondWeek, week_of).map(|week| week.figures()).or_else(|| first.clone());
        let first = first.map(|painted| StepForm { painted, ..step(Step::FirstWeek) });
        let second = second.map(|painted| StepForm { painted, ..step(Step::SecondWeek) });
        let told = [self.manager(), self.keep(), self.needs(), self.apart(), self.sharing()];
        [experience, setting, stream, intervention, level, way, urgency, first, second].into_iter().chain(told).flatten().collect()
    }

    fn experience(&mut self) -> Option<&'static str> {
        self.cell(Column::Experience, |cell| match years(cell) {
            Some(years) if years < 1.0 => Ok("under_one"),
            Some(years) if years <= 3.0 => Ok("one_to_three"),
            Some(_) => Ok("over_three"),
            None => Column::Experience.vocabulary().choose(cell),
        })
    }

    fn manager(&mut self) -> Option<StepForm> {
        let manager = self.cell(Column::Manager, |cell| {
            Ok(match plain(cell).as_str() {
                "none" | "no" | "nobody" | "noone" | "na" | "ihavenolinemanager" => ("none", String::new()),
                "unknown" | "dontknow" | "idontknow" | "notsure" | "notknown" | "dk" => ("unknown", String::new()),
                _ => ("named", cell.to_owned()),
            })
        });
        let form = |(key, manager_email): (&str, String)| StepForm {
            step: Step::Manager.key().to_owned(),
            manager: key.to_owned(),
            manager_email,
            ..StepForm::default()
        };
        manager.map(form)
    }

    fn keep(&mut self) -> Option<StepForm> {
        let supervisors = &self.against.supervisors;
        let is_own = EmailAddress::of(self.cells.get(Column::Keep))
            .is_some_and(|email| EmailAddress::of(self.cells.get(Column::Email)).is_some_and(|own| own == email));
        let kept_supervisor = self.cell(Column::Keep, |cell| {
            if is_own {
                Err("This is the person’s own address. Write that of their supervisor.".to_owned())
            } else {
                supervisors.find(cell)
            }
        });
        kept_supervisor.map(|kept_supervisor| StepForm { step: Step::Keep.key().to_owned(), kept_supervisor, ..StepForm::default() })
    }

    fn needs(&self) -> Option<StepForm> {
        let (access_needs, language) = (self.cells.get(Column::Needs), self.cells.get(Column::Language));
        let is_said = !(access_needs.is_empty() && language.is_empty());
        is_said.then(|| StepForm {
            step: Step::Needs.key().to_owned(),
            access_needs: access_needs.to_owned(),
            language: language.to_owned(),
            ..StepForm::default()
        })
    }

    fn apart(&mut self) -> Option<StepForm> {
        let emails: Vec<&str> = parts(self.cells.get(Column::AvoidedEmails), &[';', ',', '\n']).collect();
        let names = &self.against.names;
        let authorities = self
            .cell(Column::AvoidedAuthorities, |cell| parts(cell, &[';', '\n']).map(|name| names.find(name)).collect::<Result<Vec<_>, _>>());
        let is_said = !emails.is_empty() || authorities.is_some();
        is_said.then(|| StepForm {
            step: Step::Apart.key().to_owned(),
            avoided_emails: emails.join("\n"),
            avoided_authorities: authorities.unwrap_or_default(),
            ..StepForm::default()
        })
    }

    fn sharing(&mut self) -> Option<StepForm> {
        let asked = [
            (Column::ShareProfession, Shared::Profession),
            (Column::ShareLanguage, Shared::Language),
            (Column::ShareSetting, Shared::Setting),
            (Column::Directory, Shared::Directory),
        ];
        let said: Vec<(Shared, bool)> =
            asked.into_iter().filter_map(|(column, shared)| self.cell(column, yes_or_no).map(|is_shared| (shared, is_shared))).collect();
        let shared = said.iter().filter(|(_, is_shared)| *is_shared).map(|(shared, _)| shared.key().to_owned()).collect();
        (!said.is_empty()).then(|| StepForm { step: Step::Sharing.key().to_owned(), shared, ..StepForm::default() })
    }

    /// Whether anything stands in columns that are for supervisors, and may.
    fn is_for_supervisors(&mut self, columns: &[Column], roles: &Roles) -> bool {
        let Some(first) = columns.iter().find(|column| !self.cells.get(**column).is_empty()) else { return false };
        let is_supervisor = roles.contains(Role::Supervisor);
        if !is_supervisor {
            self.problems
                .push(problem(*first, "This is for supervisors. Leave it empty, or write Supervisor into the column Role.".to_owned()));
        }
        is_supervisor
    }

    /// Until when each clearance holds of which the row says so.
    pub(super) fn clearances(&mut self, roles: &Roles) -> Vec<Clearance> {
        let columns: Vec<Column> = ClearanceKind::ALL.iter().map(|kind| Column::of_clearance(*kind)).collect();
        if !self.is_for_supervisors(&columns, roles) {
            return Vec::new();
        }
        let today = ::series::local(self.against.now).date();
        let mut held = Vec::new();
        for kind in ClearanceKind::ALL {
            let good_until = self.cell(Column::of_clearance(*kind), |cell| last_day(cell, today));
            held.extend(good_until.map(|good_until| Clearance { kind: *kind, good_until }));
        }
        held
    }

    pub(super) fn offering(&mut self, roles: &Roles) -> Option<NewOffering> {
        const ASKED: [Column; 3] = [Column::Supervises, Column::Region, Column::MostGroups];
        if !self.is_for_supervisors(&ASKED, roles) {
            return None;
        }
        let interventions = self.cell(Column::Supervises, |cell| {
            // A comma stands in the names of some.
            parts(cell, &[';', '\n'])
                .map(|word| Column::Supervises.vocabulary().choose(word).map(str::to_owned))
                .collect::<Result<Vec<_>, _>>()
        });
        let region = self.choice(Column::Region);
        let most_groups = self.cell(Column::MostGroups, |cell| number(cell).ok_or_else(|| format!("{} is not a number.", quoted(cell))));
        let form = OfferingForm {
            version: String::new(),
            interventions: interventions.unwrap_or_default(),
            way: self.choice(Column::Way).unwrap_or_default().to_owned(),
            region: region.unwrap_or_default().to_owned(),
            most_groups: most_groups.map(|most| most.to_string()).unwrap_or_default(),
        };
        self.kept(form.check())
    }
}
