//! From the cells of a row to somebody who can be added, or to what has to change first.

use chrono::{DateTime, Utc};

use super::columns::Column;
use super::named::Names;
use super::sheet::Cells;
use super::supervisors::Supervisors;
use super::words::{plain, quoted};
use crate::access::{Role, Roles};
use crate::error::{AppError, Problem};
use crate::people::{EmailAddress, NewPersonForm};
use crate::registration::{Clearance, NewOffering, Registration};

/// Something to put right in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// Its column.
    pub column: Column,
    /// What to do.
    pub message: String,
}

/// What a row says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Who it is.
    pub email: EmailAddress,
    /// "Dr"; nothing where the cell is empty, which changes nothing.
    pub title: Option<String>,
    /// The first name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// Likewise.
    pub profession: Option<String>,
    /// The slug of the authority, likewise.
    pub authority: Option<String>,
    /// Practitioner, supervisor or both.
    pub roles: Roles,
    /// What they have answered elsewhere.
    pub answers: Option<Registration>,
    /// What they offer as a supervisor.
    pub offering: Option<NewOffering>,
    /// What they hold as a supervisor, as far as the row says so.
    pub clearances: Vec<Clearance>,
}

/// What rows are checked against.
#[derive(Clone, Debug)]
pub struct Against {
    /// The authorities.
    pub names: Names,
    /// Those who supervise.
    pub supervisors: Supervisors,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// Reads a row, or says everything that is wrong in it.
pub fn read(cells: Cells<'_>, against: &Against) -> Result<Brought, Vec<CellProblem>> {
    let mut row = Row { cells, against, problems: Vec::new() };
    row.refuse_formulas();
    let brought = row.brought();
    match brought {
        Some(brought) if row.problems.is_empty() => Ok(brought),
        _ => {
            let place = |column: Column| Column::ALL.iter().position(|other| *other == column);
            row.problems.sort_by_key(|problem| place(problem.column));
            row.problems.dedup_by_key(|problem| problem.column);
            Err(row.problems)
        }
    }
}

/// A row while it is read.
pub(super) struct Row<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) against: &'a Against,
    pub(super) problems: Vec<CellProblem>,
}

impl Row<'_> {
    /// A program that writes a file without calculating leaves formulas in it, and so does somebody who wants ours to calculate them.
    fn refuse_formulas(&mut self) {
        let formulas = self.cells.filled().filter(|(_, cell)| cell.starts_with(['=', '@']) || is_error(cell));
        let refused = formulas.map(|(column, cell)| problem(column, format!("{} is a formula. Write what it stands for.", quoted(cell))));
        self.problems.extend(refused);
    }

    fn brought(&mut self) -> Option<Brought> {
        let roles = self.roles();
        let authority = self.authority(Column::Authority);
        let form = NewPersonForm {
            title: self.cells.get(Column::Title).to_owned(),
            given_name: self.cells.get(Column::GivenName).to_owned(),
            family_name: self.cells.get(Column::FamilyName).to_owned(),
            email: self.cells.get(Column::Email).to_owned(),
            profession: self.cells.get(Column::Profession).to_owned(),
            authority: authority.clone().unwrap_or_default(),
            roles: roles.iter().map(|role| role.key().to_owned()).collect(),
            ..NewPersonForm::default()
        };
        let person = self.kept(form.check_row());
        let answers = self.answers(&roles);
        let offering = self.offering(&roles);
        let clearances = self.clearances(&roles);
        let person = person?;
        let said = |words: String| (!words.is_empty()).then_some(words);
        Some(Brought {
            email: person.email,
            title: said(person.details.title),
            given_name: person.details.given_name,
            family_name: person.details.family_name,
            profession: said(person.details.profession),
            authority,
            roles,
            answers,
            offering,
            clearances,
        })
    }

    /// What a form accepts; what it refuses becomes a problem of the cell that its field was filled from.
    pub(super) fn kept<T>(&mut self, checked: Result<T, AppError>) -> Option<T> {
        match checked {
            Ok(kept) => Some(kept),
            Err(AppError::Invalid(refused)) => {
                let refused = refused.into_iter().map(|Problem { field, message }| problem(column_of(&field), message));
                self.problems.extend(refused);
                None
            }
            Err(other) => {
                self.problems.push(problem(Column::Email, other.to_string()));
                None
            }
        }
    }

    /// What a cell says; nothing where it is empty, or cannot be read.
    pub(super) fn cell<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let cell = self.cells.get(column);
        if cell.is_empty() {
            return None;
        }
        read(cell).map_err(|message| self.problems.push(problem(column, message))).ok()
    }

    pub(super) fn choice(&mut self, column: Column) -> Option<&'static str> {
        self.cell(column, |cell| column.vocabulary().choose(cell))
    }

    fn authority(&mut self, column: Column) -> Option<String> {
        let names = &self.against.names;
        self.cell(column, |cell| names.find(cell))
    }

    fn roles(&mut self) -> Roles {
        let read = |cell: &str| -> Result<Roles, String> {
            if plain(cell) == "both" {
                return Ok([Role::Practitioner, Role::Supervisor].into_iter().collect());
            }
            let keys: Result<Vec<&str>, String> =
                parts(cell, &[';', ',', '/', '&']).map(|word| Column::Role.vocabulary().choose(word)).collect();
            let none_else = "Add those who do anything else on the page of people.";
            keys.map(|keys| Role::ALL.into_iter().filter(|role| keys.contains(&role.key())).collect())
                .map_err(|message| format!("{message} {none_else}"))
        };
        self.cell(Column::Role, read).unwrap_or_else(|| [Role::Practitioner].into_iter().collect())
    }
}

/// What a spreadsheet shows where a formula came to nothing: "#N/A", "#REF!", "#NAME?".
fn is_error(cell: &str) -> bool {
    cell.starts_with('#') && cell.ends_with(['!', '?', 'A'])
}

/// A problem with a cell.
pub fn problem(column: Column, message: String) -> CellProblem {
    CellProblem { column, message }
}

/// The parts of a cell that holds several things.
pub(super) fn parts<'a>(cell: &'a str, dividers: &'a [char]) -> impl Iterator<Item = &'a str> {
    cell.split(dividers).map(str::trim).filter(|part| !part.is_empty())
}

/// The column from which a field of the forms was filled.
fn column_of(field: &str) -> Column {
    match field {
        "title" => Column::Title,
        "given_name" => Column::GivenName,
        "family_name" => Column::FamilyName,
        "profession" => Column::Profession,
        "authority" => Column::Authority,
        "roles" => Column::Role,
        "experience" => Column::Experience,
        "elsewhere" => Column::Elsewhere,
        "setting" => Column::Setting,
        "stream" => Column::Stream,
        "intervention" => Column::Intervention,
        "competence" => Column::Level,
        "way" => Column::Way,
        "urgency" => Column::Urgency,
        "weekdays" => Column::FirstWeek,
        "manager" | "manager_email" => Column::Manager,
        "access_needs" => Column::Needs,
        "language" => Column::Language,
        "avoided_emails" => Column::AvoidedEmails,
        "interventions" => Column::Supervises,
        "region" => Column::Region,
        "most_groups" => Column::MostGroups,
        _ => Column::Email,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorities::eligible;
    use crate::availability::Week;
    use crate::imports::named::Named;
    use crate::imports::sheet::{Sheet, SheetRow};
    use crate::registration::{Competence, Experience, Manager, Setting, Shared, Step, Stream};
    use crate::waiting::{Urgency, Way};

    /// A row of the template's columns, some of them filled otherwise than in its example.
    fn row(otherwise: &[(Column, &str)]) -> Result<Brought, Vec<CellProblem>> {
        let named = eligible().map(|line| Named { slug: line.slug(), name: line.name.to_owned(), gss_code: line.gss_code.to_owned() });
        let now = "2026-10-22T08:00:00Z".parse().unwrap();
        let against = Against { names: Names::of(named.collect()), supervisors: Supervisors::default(), now };
        let cell = |column: Column| otherwise.iter().find(|(other, _)| *other == column).map_or(column.example(), |(_, cell)| cell);
        let sheet = Sheet {
            headings: Column::HEADINGS.iter().map(|heading| (*heading).to_owned()).collect(),
            rows: vec![SheetRow { number: 2, cells: Column::ALL.map(|column| cell(column).to_owned()).to_vec(), ..SheetRow::default() }],
        };
        read(Cells { places: &sheet.places(), row: &sheet.rows[0] }, &against)
    }

    fn problems(otherwise: &[(Column, &str)]) -> Vec<(Column, String)> {
        row(otherwise).unwrap_err().into_iter().map(|problem| (problem.column, problem.message)).collect()
    }

    #[test]
    fn the_example_of_the_template_is_a_whole_registration_but_for_what_no_file_asks() {
        let brought = row(&[]).unwrap();
        assert_eq!((brought.email.as_str(), brought.authority.as_deref()), ("amina.rahman@council.example", Some("bradford")));
        assert_eq!(brought.roles, Roles::of_list("practitioner"));
        let answers = brought.answers.unwrap();
        assert_eq!(answers.next_step(), Some(Step::Together));
        let asked: Vec<Step> = Step::ALL.iter().copied().filter(|step| *step != Step::Together).collect();
        assert_eq!(answers.answered, asked);
        assert_eq!(answers.confirmed_at.unwrap().to_rfc3339(), "2026-10-01T00:00:00+00:00");
        assert_eq!(
            (answers.experience, answers.stream, answers.competence),
            (Some(Experience::OverThree), Some(Stream::ParentInfant), Some(Competence::Two))
        );
        assert_eq!(
            (answers.intervention.as_deref(), answers.way, answers.urgency),
            (Some("solihull"), Some(Way::Online), Some(Urgency::Now))
        );
        assert_eq!((answers.manager, answers.manager_email.as_str()), (Some(Manager::Named), "line.manager@council.example"));
        assert_eq!(
            (answers.access_needs.as_str(), answers.language.as_str(), answers.shared),
            ("Captions", "English and Urdu", vec![Shared::Profession, Shared::Setting])
        );
        assert_eq!(answers.setting, Some(Setting::HealthVisiting));
        assert_eq!(answers.first_week, answers.second_week);
        let week = Week::of_figures(answers.first_week.as_deref().unwrap()).unwrap();
        assert_eq!(
            week.stretches(0)
                .iter()
                .chain(&week.stretches(3))
                .map(|(stretch, is_preferred)| format!("{stretch} {is_preferred}"))
                .collect::<Vec<_>>(),
            ["09:00 to 12:00 false", "13:00 to 16:30 true"]
        );
        assert_eq!(brought.offering, None);
    }

    #[test]
    fn what_was_not_answered_is_left_to_be_asked_and_nothing_is_confirmed() {
        let answers = row(&[(Column::Urgency, ""), (Column::Manager, "don’t know")]).unwrap().answers.unwrap();
        assert_eq!((answers.urgency, answers.manager, answers.confirmed_at), (None, Some(Manager::Unknown), None));
        assert_eq!(answers.next_step(), Some(Step::Urgency));
        let of_before = row(&[(Column::Setting, ""), (Column::ShareSetting, ""), (Column::Keep, "")]).unwrap().answers.unwrap();
        assert_eq!(
            (of_before.setting, of_before.next_step(), of_before.confirmed_at.is_some()),
            (None, Some(Step::Together), true),
            "a setting may be left out"
        );
        let neither = row(&[(Column::Setting, ""), (Column::Urgency, "")]).unwrap().answers.unwrap();
        assert_eq!((neither.next_step(), neither.confirmed_at), (Some(Step::Setting), None));
        let nothing: Vec<(Column, &str)> =
            Column::ALL.into_iter().filter(|column| !column.is_needed()).map(|column| (column, "")).collect();
        let bare = row(&nothing).unwrap();
        assert_eq!((bare.answers, bare.profession, bare.authority, bare.title), (None, None, None, None));
        assert_eq!(bare.roles, Roles::of_list("practitioner"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_by_cell_in_the_order_of_the_columns_and_once() {
        let wrong = problems(&[
            (Column::GivenName, ""),
            (Column::Email, "amina at council"),
            (Column::Role, "Administrator"),
            (Column::Authority, "Bradfrod"),
            (Column::AnsweredOn, "tomorrow"),
            (Column::Setting, "The moon"),
            (Column::Way, "Onlin"),
            (Column::FirstWeek, "Tue"),
            (Column::Manager, "Jo from the team"),
            (Column::AvoidedEmails, "somebody"),
            (Column::AvoidedAuthorities, "Bradford; Nowhere"),
            (Column::Directory, "perhaps"),
        ]);
        let columns: Vec<Column> = wrong.iter().map(|(column, _)| *column).collect();
        assert_eq!(
            columns,
            [
                Column::GivenName,
                Column::Email,
                Column::Role,
                Column::Authority,
                Column::AnsweredOn,
                Column::Setting,
                Column::Way,
                Column::FirstWeek,
                Column::Manager,
                Column::AvoidedEmails,
                Column::AvoidedAuthorities,
                Column::Directory
            ]
        );
        assert_eq!(wrong[1].1, "Enter a work email address, like name@council.gov.uk");
        assert!(wrong[2].1.ends_with("on the page of people."), "{wrong:?}");
        assert!(wrong[3].1.contains("Did you mean “Bradford”?"));
    }

    #[test]
    fn a_supervisor_brings_what_they_offer_and_nobody_else_does() {
        let offered =
            [(Column::Role, "both"), (Column::Supervises, "VIG; Solihull"), (Column::Region, "Yorkshire"), (Column::MostGroups, "02.0")];
        let brought = row(&offered).unwrap();
        assert_eq!(brought.roles, Roles::of_list("practitioner,supervisor"));
        let offering = brought.offering.unwrap();
        assert_eq!(
            (offering.interventions, offering.region.as_str(), offering.most_groups),
            (vec!["vig".to_owned(), "solihull".to_owned()], "Yorkshire and The Humber", 2)
        );
        assert_eq!(problems(&[(Column::MostGroups, "2")]).len(), 1);
        let asks = problems(&[(Column::Role, "Supervisor"), (Column::Supervises, "VIG"), (Column::MostGroups, "many")]);
        assert_eq!(asks.iter().map(|(column, _)| *column).collect::<Vec<_>>(), [Column::Region, Column::MostGroups]);
        assert_eq!(problems(&[(Column::Stream, "Supervisors")])[0].0, Column::Stream);
    }

    #[test]
    fn what_a_supervisor_holds_has_a_last_day_for_each_and_what_is_wrong_with_it_is_said_by_cell() {
        let held = [(Column::Role, "Supervisor"), (Column::DbsUntil, "31/03/2028"), (Column::IndemnityUntil, "1 May 2027")];
        let clearances = row(&held).unwrap().clearances;
        let told: Vec<(&str, String)> = clearances.iter().map(|one| (one.kind.key(), one.good_until.to_string())).collect();
        assert_eq!(told, [("indemnity", "2027-05-01".to_owned()), ("dbs", "2028-03-31".to_owned())]);
        let wrong = problems(&[
            (Column::Role, "Supervisor"),
            (Column::RegistrationUntil, "21 October 2026"),
            (Column::SafeguardingUntil, "Yes"),
            (Column::SupervisionUntil, "31 March 2028"),
        ]);
        assert_eq!(wrong.iter().map(|(column, _)| *column).collect::<Vec<_>>(), [Column::RegistrationUntil, Column::SafeguardingUntil]);
        assert!(wrong[0].1.contains("is over. Write the last day after the renewal"), "{wrong:?}");
        assert!(wrong[1].1.contains("Write the last day on which it holds"), "{wrong:?}");
        let none_of_theirs = problems(&[(Column::SupervisionUntil, "31 March 2028"), (Column::DbsUntil, "31 March 2028")]);
        assert_eq!(none_of_theirs.iter().map(|(column, _)| *column).collect::<Vec<_>>(), [Column::DbsUntil]);
    }

    #[test]
    fn whoever_stays_with_a_supervisor_names_one_who_is_here_and_not_themselves() {
        let wrong = |cell| problems(&[(Column::Keep, cell)]).remove(0);
        assert!(wrong("Ruth Adeyemi").1.contains("a name is not enough"));
        assert!(wrong("ruth@centre.example").1.contains("Nobody who supervises here has the address"));
        let own = wrong("Amina.Rahman@council.example");
        assert_eq!(own, (Column::Keep, "This is the person’s own address. Write that of their supervisor.".to_owned()));
        assert_eq!(row(&[(Column::Keep, "None")]).unwrap().answers.unwrap().kept_supervisor, "");
    }

    #[test]
    fn a_formula_is_refused_whatever_it_would_come_to() {
        let wrong = problems(&[
            (Column::FamilyName, "=HYPERLINK(\"https://example.org\")"),
            (Column::Profession, "@SUM(A1)"),
            (Column::Needs, "#REF!"),
        ]);
        assert_eq!(wrong.iter().map(|(column, _)| *column).collect::<Vec<_>>(), [Column::FamilyName, Column::Profession, Column::Needs]);
        assert!(wrong.iter().all(|(_, message)| message.contains("is a formula")));
    }
}
