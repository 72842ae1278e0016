//! What becomes of each row: somebody is added, somebody is changed, nothing is new, or something has to be mended first.

use std::collections::HashMap;

use super::columns::Column;
use super::row::{Against, Brought, CellProblem, problem, read};
use super::sheet::{Cells, Sheet, SheetRow};
use crate::access::Role;
use crate::people::{Details, EmailAddress, PersonId, Standing};
use crate::registration::{Clearance, NewOffering, Registration};

/// Somebody who is here already.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says by its name what holds of the person")]
pub struct KnownPerson {
    /// Who.
    pub id: PersonId,
    /// In their address.
    pub code: String,
    /// Rises with every change.
    pub version: i64,
    /// How far they have come in joining.
    pub standing: Standing,
    /// What is known of them.
    pub details: Details,
    /// Whether whoever brings the file may change it.
    pub may_change: bool,
    /// Whether it is who brings the file.
    pub is_own: bool,
    /// Whether there are answers of theirs.
    pub has_answers: bool,
    /// Whether they have said what they offer.
    pub has_offering: bool,
    /// What they hold as a supervisor.
    pub clearances: Vec<Clearance>,
}

/// Everybody, by email.
pub type KnownPeople = HashMap<String, KnownPerson>;

/// What a row leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who they are from then on.
    pub details: Details,
    /// Who it is, where they are here already.
    pub known: Option<KnownPerson>,
    /// The row.
    pub brought: Brought,
    /// Answers to keep: those of somebody who has none yet.
    pub answers: Option<Registration>,
    /// Likewise.
    pub offering: Option<NewOffering>,
    /// What is to be written down of what they hold: where no date is, or another.
    pub clearances: Vec<Clearance>,
    /// Whether the file has answers that are left out, since there are some already.
    pub leaves_answers: bool,
}

impl Plan {
    /// Whether anything is different afterwards.
    pub fn is_new(&self) -> bool {
        let has_more = self.answers.is_some() || self.offering.is_some() || !self.clearances.is_empty();
        has_more || self.known.as_ref().is_none_or(|known| known.details != self.details)
    }
}

/// A row with what becomes of it.
#[derive(Debug)]
pub struct Planned<'a> {
    /// The row.
    pub row: &'a SheetRow,
    /// What becomes of it, or what has to change first.
    pub plan: Result<Plan, Vec<CellProblem>>,
}

/// What becomes of every row.
pub fn plan<'a>(sheet: &'a Sheet, known: &KnownPeople, against: &Against) -> Vec<Planned<'a>> {
    let places = sheet.places();
    let mut planned: Vec<Planned<'a>> = sheet
        .rows
        .iter()
        .map(|row| {
            let brought = read(Cells { places: &places, row }, against);
            let plan = brought.and_then(|brought| plan_of(row, brought, known).map_err(|problem| vec![problem]));
            Planned { row, plan }
        })
        .collect();
    refuse_twice(&mut planned);
    planned
}

/// Notes of each row which version there is of whoever has its address, and what they hold, as the plan will show it.
pub fn note_who_is_seen(sheet: &mut Sheet, known: &KnownPeople) {
    let places = sheet.places();
    for row in &mut sheet.rows {
        let email = EmailAddress::of(Cells { places: &places, row }.get(Column::Email));
        let known = email.and_then(|email| known.get(email.as_str()));
        row.seen = known.map(|known| known.version);
        row.seen_clearances = known.map(|known| known.clearances.clone()).unwrap_or_default();
    }
}

fn plan_of(row: &SheetRow, brought: Brought, known: &KnownPeople) -> Result<Plan, CellProblem> {
    let known = known.get(brought.email.as_str()).cloned();
    if known.as_ref().map(|known| known.version) != row.seen {
        return Err(changed_meanwhile(row.seen.is_some() && known.is_some()));
    }
    let held = known.as_ref().map(|known| known.clearances.as_slice()).unwrap_or_default();
    if !brought.clearances.is_empty() && held != row.seen_clearances {
        return Err(changed_meanwhile(true));
    }
    let details = match &known {
        Some(known) => details_over(known, &brought)?,
        None => new_details(&brought)?,
    };
    let has_answers = known.as_ref().is_some_and(|known| known.has_answers);
    let has_offering = known.as_ref().is_some_and(|known| known.has_offering);
    Ok(Plan {
        details,
        answers: brought.answers.clone().filter(|_| !has_answers),
        offering: brought.offering.clone().filter(|_| !has_offering),
        clearances: brought.clearances.iter().copied().filter(|clearance| !held.contains(clearance)).collect(),
        leaves_answers: (has_answers && brought.answers.is_some()) || (has_offering && brought.offering.is_some()),
        known,
        brought,
    })
}

/// Somebody was quicker.
pub fn changed_meanwhile(is_there: bool) -> CellProblem {
    let sentence = if is_there {
        "Somebody has changed what is known of this person since the file was read. Import the row again to see what would change now."
    } else {
        "Somebody has added or removed this person since the file was read. Import the row again to see what would change now."
    };
    problem(Column::Email, sentence.to_owned())
}

fn new_details(brought: &Brought) -> Result<Details, CellProblem> {
    if brought.authority.is_none() && brought.roles.contains(Role::Practitioner) {
        return Err(problem(Column::Authority, "Write the authority for which this practitioner works.".to_owned()));
    }
    Ok(Details {
        title: brought.title.clone().unwrap_or_default(),
        given_name: brought.given_name.clone(),
        family_name: brought.family_name.clone(),
        profession: brought.profession.clone().unwrap_or_default(),
        authority: brought.authority.clone().unwrap_or_default(),
        roles: brought.roles.clone(),
    })
}

/// An empty cell leaves what is known, and a role is given and never taken.
fn details_over(known: &KnownPerson, brought: &Brought) -> Result<Details, CellProblem> {
    let before = &known.details;
    let roles = Role::ALL.into_iter().filter(|role| before.roles.contains(*role) || brought.roles.contains(*role)).collect();
    let details = Details {
        title: brought.title.clone().unwrap_or_else(|| before.title.clone()),
        given_name: brought.given_name.clone(),
        family_name: brought.family_name.clone(),
        profession: brought.profession.clone().unwrap_or_else(|| before.profession.clone()),
        authority: brought.authority.clone().unwrap_or_else(|| before.authority.clone()),
        roles,
    };
    if details != *before && !known.may_change {
        return Err(problem(Column::Email, "Only an administrator can change this person, since they are one.".to_owned()));
    }
    if details.roles != before.roles && known.is_own {
        return Err(problem(Column::Role, "This is you, and you cannot change your own roles.".to_owned()));
    }
    Ok(details)
}

/// Of one address in several rows none is taken, since nobody knows which of them is right; where they say the same, the first is.
fn refuse_twice(planned: &mut [Planned<'_>]) {
    let mut by_email: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, planned) in planned.iter().enumerate() {
        if let Ok(plan) = &planned.plan {
            by_email.entry(plan.brought.email.as_str().to_owned()).or_default().push(place);
        }
    }
    let mut refused: Vec<(usize, usize)> = Vec::new();
    for places in by_email.values().filter(|places| places.len() > 1) {
        let number = |place: usize| planned.get(place).map_or(0, |planned| planned.row.number);
        let brought = |place: usize| planned.get(place).and_then(|planned| planned.plan.as_ref().ok()).map(|plan| &plan.brought);
        let (Some(first), Some(second)) = (places.first(), places.get(1)) else { continue };
        let are_same = places.iter().all(|place| brought(*place) == brought(*first));
        refused
            .extend(places.iter().skip(usize::from(are_same)).map(|place| (*place, number(if place == first { *second } else { *first }))));
    }
    for (place, other) in refused {
        if let Some(planned) = planned.get_mut(place) {
            planned.plan = Err(vec![problem(Column::Email, format!("Row {other} has this address too. Keep one of the two."))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Roles;
    use crate::imports::named::Names;
    use crate::imports::supervisors::Supervisors;

    fn sheet(rows: &[[&str; 5]]) -> Sheet {
        let row = |(place, cells): (usize, &[&str; 5])| SheetRow {
            number: place + 2,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            ..SheetRow::default()
        };
        Sheet {
            headings: ["First name", "Family name", "Email", "Role", "Profession"].map(str::to_owned).to_vec(),
            rows: rows.iter().enumerate().map(row).collect(),
        }
    }

    fn against() -> Against {
        Against { names: Names::default(), supervisors: Supervisors::default(), now: "2026-10-22T08:00:00Z".parse().unwrap() }
    }

    fn amina() -> KnownPerson {
        let details = Details {
            title: "Dr".to_owned(),
            given_name: "Amina".to_owned(),
            family_name: "Rahman".to_owned(),
            profession: "Midwife".to_owned(),
            authority: "bradford".to_owned(),
            roles: Roles::of_list("practitioner,coordinator"),
        };
        KnownPerson {
            id: PersonId(uuid::Uuid::nil()),
            code: "k3f9x2mv".to_owned(),
            version: 4,
            standing: Standing::Registered,
            details,
            may_change: true,
            is_own: false,
            has_answers: false,
            has_offering: false,
            clearances: Vec::new(),
        }
    }

    fn known(person: KnownPerson) -> KnownPeople {
        HashMap::from([("amina@council.example".to_owned(), person)])
    }

    fn seen(mut sheet: Sheet, version: Option<i64>) -> Sheet {
        for row in &mut sheet.rows {
            row.seen = version;
        }
        sheet
    }

    fn problem_of(planned: &Planned<'_>) -> String {
        planned.plan.as_ref().unwrap_err()[0].message.clone()
    }

    #[test]
    fn an_empty_cell_changes_nothing_and_a_role_is_never_taken() {
        let sheet = seen(sheet(&[["Amina", "Rahman", "AMINA@council.example", "Supervisor", ""]]), Some(4));
        let known = known(amina());
        let planned = plan(&sheet, &known, &against());
        let plan = planned[0].plan.as_ref().unwrap();
        assert!(plan.is_new());
        assert_eq!(plan.details, Details { roles: Roles::of_list("practitioner,supervisor,coordinator"), ..amina().details });
    }

    #[test]
    fn whoever_is_here_as_the_row_says_is_the_same() {
        let sheet = seen(sheet(&[["Amina", "Rahman", "amina@council.example", "", "Midwife"]]), Some(4));
        assert!(!plan(&sheet, &known(amina()), &against())[0].plan.as_ref().unwrap().is_new());
    }

    #[test]
    fn a_row_is_taken_for_what_was_shown_or_not_at_all() {
        let row = [["Amina", "Rahman", "amina@council.example", "Supervisor", "Nurse"]];
        for (version, people, what) in [
            (None, known(amina()), "added or removed"),
            (Some(3), known(amina()), "has changed what is known"),
            (Some(4), KnownPeople::new(), "added or removed"),
        ] {
            let sheet = seen(sheet(&row), version);
            assert!(problem_of(&plan(&sheet, &people, &against())[0]).contains(what), "{version:?}");
        }
    }

    #[test]
    fn nobody_changes_an_administrator_or_their_own_roles_by_a_file() {
        let sheet = seen(sheet(&[["Amina", "Rahman", "amina@council.example", "Supervisor", ""]]), Some(4));
        let refused = plan(&sheet, &known(KnownPerson { may_change: false, ..amina() }), &against()).remove(0);
        assert!(problem_of(&refused).contains("Only an administrator"));
        let refused = plan(&sheet, &known(KnownPerson { is_own: true, ..amina() }), &against()).remove(0);
        assert!(problem_of(&refused).contains("your own roles"));
    }

    #[test]
    fn an_address_in_two_rows_is_taken_from_neither_unless_they_say_the_same() {
        let sheet = sheet(&[
            ["Ruth", "Adeyemi", "ruth@centre.example", "Supervisor", ""],
            ["Ruth", "Adeyemi", "Ruth@centre.example", "Supervisor", ""],
            ["Jo", "Smith", "jo@centre.example", "Supervisor", "Nurse"],
            ["Joanna", "Smith", "jo@centre.example", "Supervisor", "Nurse"],
        ]);
        let planned = plan(&sheet, &KnownPeople::new(), &against());
        assert!(planned[0].plan.is_ok());
        assert_eq!(
            [1, 2, 3].map(|place: usize| problem_of(&planned[place])),
            [
                "Row 2 has this address too. Keep one of the two.",
                "Row 5 has this address too. Keep one of the two.",
                "Row 4 has this address too. Keep one of the two.",
            ]
        );
    }

    #[test]
    fn a_new_practitioner_works_for_an_authority_and_a_supervisor_need_not() {
        let sheet =
            sheet(&[["Ruth", "Adeyemi", "ruth@centre.example", "Supervisor", ""], ["Amina", "Rahman", "a@council.example", "", ""]]);
        let planned = plan(&sheet, &KnownPeople::new(), &against());
        assert!(planned[0].plan.is_ok());
        assert_eq!(planned[1].plan.as_ref().unwrap_err()[0].column, Column::Authority);
    }

    #[test]
    fn six_hundred_rows_are_looked_at_in_much_less_than_a_second() {
        let mut sheet = Sheet { headings: Column::HEADINGS.iter().map(|heading| (*heading).to_owned()).collect(), rows: Vec::new() };
        for number in 0..600 {
            let cells = Column::ALL.map(|column| match column {
                Column::Email => format!("practitioner{number}@council.example"),
                Column::Authority => "Bradfrod".to_owned(),
                other => other.example().to_owned(),
            });
            sheet.rows.push(SheetRow { number: number + 2, cells: cells.to_vec(), ..SheetRow::default() });
        }
        let started = std::time::Instant::now();
        assert_eq!(plan(&sheet, &KnownPeople::new(), &against()).len(), 600);
        // Unoptimised, and beside other tests.
        assert!(started.elapsed().as_secs_f64() < 5.0, "{:?}", started.elapsed());
    }
}
