//! What would become of an import, and what has.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::keep::{Opened, open_import};
use super::known::{against, known_people};
use crate::access::{Actor, Role, Roles};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::imports::answers::{AddedLine, CellToMend, ChangedLine, Import, LeftRow, Taken, TakenLine};
use crate::imports::jobs::KEPT_FOR;
use crate::imports::plan::{Plan, Planned, plan};
use crate::imports::row::Against;
use crate::imports::sheet::{Sheet, SheetRow};
use crate::people::{Details, Standing};
use crate::registration::Step;
use crate::ui::day_month_year;

/// All that the page of an import shows.
pub async fn import_page(actor: &Actor, code: &str) -> Result<Import, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let opened = open_import(&mut moment, actor, code).await?;
    let mut page = Import {
        code: code.to_owned(),
        kept_until: opened.taken_at.unwrap_or(opened.brought_at) + KEPT_FOR,
        left_out: opened.sheet.left_out(),
        added: Vec::new(),
        changed: Vec::new(),
        same: 0,
        left: Vec::new(),
        taken: None,
    };
    if let Some(at) = opened.taken_at {
        page.left = opened.sheet.rows.iter().map(|row| left_row(&opened.sheet, row, row.problems.clone())).collect();
        page.taken = Some(taken(&mut moment, &opened, at).await?);
        return Ok(page);
    }
    let known = known_people(&mut moment, actor).await?;
    let against = against(&mut moment, actor, &known).await?;
    for Planned { row, plan } in plan(&opened.sheet, &known, &against) {
        match plan {
            Err(problems) => {
                let problems = problems.iter().map(|problem| opened.sheet.to_mend(problem)).collect();
                page.left.push(left_row(&opened.sheet, row, problems));
            }
            Ok(plan) if !plan.is_new() => page.same += 1,
            Ok(plan) => match &plan.known {
                None => page.added.push(added(row.number, &plan, &against)),
                Some(known) => page.changed.push(ChangedLine {
                    row: row.number,
                    code: known.code.clone(),
                    name: full_name(&plan.details),
                    changes: changes(&known.details, &plan, &against),
                }),
            },
        }
    }
    Ok(page)
}

/// The rows that are not taken as they are, below the headings of the file, each with what to mend.
pub async fn left_rows_of(actor: &Actor, code: &str) -> Result<Sheet, AppError> {
    let mut moment = actor.database().snapshot().await?;
    let opened = open_import(&mut moment, actor, code).await?;
    let sheet = opened.sheet.0;
    if opened.taken_at.is_some() {
        return Ok(sheet);
    }
    let known = known_people(&mut moment, actor).await?;
    let against = against(&mut moment, actor, &known).await?;
    let left = plan(&sheet, &known, &against).into_iter().filter_map(|Planned { row, plan }| {
        let problems = plan.err()?.iter().map(|problem| sheet.to_mend(problem)).collect();
        Some(SheetRow { problems, ..row.clone() })
    });
    Ok(Sheet { rows: left.collect(), headings: sheet.headings.clone() })
}

fn left_row(sheet: &Sheet, row: &SheetRow, problems: Vec<CellToMend>) -> LeftRow {
    LeftRow { row: row.number, name: sheet.name_in(row), problems }
}

fn added(row: usize, plan: &Plan, against: &Against) -> AddedLine {
    let authority = against.names.name_of(&plan.details.authority);
    let about = [roles_in_words(&plan.details.roles).as_str(), authority]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let answers = match &plan.answers {
        None => "None yet",
        Some(answers) if answers.confirmed_at.is_none() => "Some: they are asked for the rest",
        // With whom they would like to be is no column of a file.
        Some(answers) if answers.answered.contains(&Step::Setting) => "All but with whom they would like to be: they are asked for it",
        Some(_) => "All but where they work and with whom they would like to be: they are asked for both",
    };
    AddedLine {
        row,
        name: full_name(&plan.details),
        email: plan.brought.email.as_str().to_owned(),
        about,
        answers: answers.to_owned(),
        more: more(plan, against).collect(),
    }
}

/// What would be different, each in a sentence.
fn changes(before: &Details, plan: &Plan, against: &Against) -> Vec<String> {
    let (after, names) = (&plan.details, &against.names);
    let said = |words: &str| if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") };
    let lines = [
        ("Title", before.title.clone(), after.title.clone()),
        ("First name", before.given_name.clone(), after.given_name.clone()),
        ("Family name", before.family_name.clone(), after.family_name.clone()),
        ("Profession", before.profession.clone(), after.profession.clone()),
        ("Authority", names.name_of(&before.authority).to_owned(), names.name_of(&after.authority).to_owned()),
        ("Roles", roles_in_words(&before.roles), roles_in_words(&after.roles)),
    ];
    let differences = lines.into_iter().filter(|(_, before, after)| before != after);
    let told = differences.map(|(name, before, after)| format!("{name}: {} instead of {}.", said(&after), said(&before)));
    let answers = plan.answers.as_ref().map(|_| "Answers for the forming of groups are added.".to_owned());
    let offering = plan.offering.as_ref().map(|_| "What they offer as a supervisor is added.".to_owned());
    let left = plan.leaves_answers.then(|| "Answers in the file are left out, since there are some here already.".to_owned());
    told.chain(answers).chain(offering).chain(more(plan, against)).chain(left).collect()
}

/// With whom somebody would stay, and until when they are cleared, as far as the file says so and it is new.
fn more(plan: &Plan, against: &Against) -> impl Iterator<Item = String> {
    let kept = plan.answers.as_ref().map(|answers| against.supervisors.in_words(&answers.kept_supervisor)).filter(|kept| !kept.is_empty());
    let held = plan.known.as_ref().map(|known| known.clearances.as_slice()).unwrap_or_default();
    let clearances = plan.clearances.iter().map(|clearance| {
        let until = format!("{}: good until {}", clearance.kind.name(), day_month_year(clearance.good_until));
        let before = held.iter().find(|before| before.kind == clearance.kind);
        before.map_or_else(|| format!("{until}."), |before| format!("{until} instead of {}.", day_month_year(before.good_until)))
    });
    kept.map(|kept| format!("Would stay with {kept}.")).into_iter().chain(clearances)
}

fn roles_in_words(roles: &Roles) -> String {
    roles.iter().map(Role::name).collect::<Vec<_>>().join(", ")
}

fn full_name(details: &Details) -> String {
    format!("{}, {}", details.family_name, details.given_name)
}

async fn taken(moment: &mut Transaction, opened: &Opened, at: DateTime<Utc>) -> Result<Taken, AppError> {
    let people = people_of(moment, opened.id).await?;
    let to_invite = people.iter().filter(|line| line.is_added && line.standing == Standing::NotInvited).count();
    Ok(Taken { at, people, to_invite, is_taken_back: opened.taken_back_at.is_some() })
}

/// Whoever an import added or changed, and has not been taken back.
async fn people_of(moment: &mut Transaction, import: Uuid) -> Result<Vec<TakenLine>, AppError> {
    const PEOPLE: &str = "\
SELECT p.code, p.given_name, p.family_name, p.standing, CASE WHEN l.was IS NULL THEN 1 ELSE 0 END AS added
FROM people_import_line l
JOIN person p ON p.id = l.person_id
WHERE l.import_id = $1
ORDER BY p.family_key, p.given_key, p.id";

    type Row = (String, String, String, Standing, i32);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(PEOPLE).bind(import).fetch_all(connection).await)?;
    let line = |(code, given_name, family_name, standing, added): Row| TakenLine {
        code,
        name: format!("{family_name}, {given_name}"),
        standing,
        is_added: added == 1,
    };
    Ok(rows.into_iter().map(line).collect())
}
