//! What the pages about authorities show.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::forms::{NOBODY, NextStep, RegisterFilter};
use super::model::Stage;
use crate::people::PersonName;

/// The whole register. It has 75 lines, so what is shown of it is chosen where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Every authority, by name.
    pub authorities: Vec<ListedAuthority>,
    /// Who may keep up with one.
    pub owners: Vec<PersonName>,
    /// The day on which it was read, UK time.
    pub today: NaiveDate,
}

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAuthority {
    /// What stands in its address.
    pub slug: String,
    /// "Bradford".
    pub name: String,
    /// "E08000032".
    pub gss_code: String,
    /// "Yorkshire and The Humber".
    pub region: String,
    /// How far it has come.
    pub stage: Stage,
    /// Who keeps up with it.
    pub owner: Option<PersonName>,
    /// What is done next.
    pub next_step: Option<NextStep>,
    /// How many of its practitioners have registered.
    pub practitioners: i64,
}

/// Whether the next step is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// It is ahead.
    Ahead,
    /// Its day is over.
    Overdue,
    /// Its day has been over for so long that there is none, which must not be (features, 5.2).
    Lapsed,
    /// There is none.
    Missing,
}

/// For how many days an authority may be without a next step.
const LONGEST_WITHOUT: Days = Days::new(60);

/// How the next step stands on a day.
pub fn upkeep(next_step: Option<&NextStep>, today: NaiveDate) -> Upkeep {
    match next_step {
        None => Upkeep::Missing,
        Some(step) if step.on + LONGEST_WITHOUT < today => Upkeep::Lapsed,
        Some(step) if step.on < today => Upkeep::Overdue,
        Some(_) => Upkeep::Ahead,
    }
}

impl Register {
    /// The lines that a filter leaves, in its order.
    pub fn shown(&self, filter: &RegisterFilter) -> Vec<&ListedAuthority> {
        let is_shown = |authority: &&ListedAuthority| {
            let owner = authority.owner.as_ref().map_or(NOBODY, |owner| owner.code.as_str());
            (filter.region.is_empty() || filter.region == authority.region)
                && filter.stage().is_none_or(|stage| stage == authority.stage)
                && (filter.owner.is_empty() || filter.owner == owner)
                && (filter.overdue != "yes" || upkeep(authority.next_step.as_ref(), self.today) != Upkeep::Ahead)
        };
        let mut shown: Vec<&ListedAuthority> = self.authorities.iter().filter(is_shown).collect();
        match filter.sort.as_str() {
            "stage" => shown.sort_by_key(|authority| authority.stage),
            // Those without a next step come first, since they need one.
            "step" => shown.sort_by_key(|authority| authority.next_step.as_ref().map(|step| step.on)),
            _ => {}
        }
        shown
    }

    /// How many authorities have reached a stage.
    pub fn count(&self, stage: Stage) -> usize {
        self.authorities.iter().filter(|authority| authority.stage == stage).count()
    }
}

/// What the page of one authority shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityRecord {
    /// What the register says of it.
    pub line: ListedAuthority,
    /// "Metropolitan district".
    pub kind: String,
    /// Rises with every change.
    pub version: i64,
    /// How many of its people have come how far in joining.
    pub people: PeopleCounts,
    /// Who may keep up with it.
    pub owners: Vec<PersonName>,
    /// The day on which it was read, UK time.
    pub today: NaiveDate,
    /// Whether the person who is looking may change it.
    pub may_change: bool,
    /// Whether they may see the list of people.
    pub may_see_people: bool,
}

/// The people of an authority, of whatever role, by how far they have come in joining.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct PeopleCounts {
    /// Have a password.
    pub registered: i64,
    /// Have an invitation.
    pub invited: i64,
    /// Are on the list and nothing more.
    pub not_invited: i64,
    /// May not come in.
    pub suspended: i64,
    /// Are in a group.
    pub placed: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> NextStep {
        NextStep { words: "Welcome call".to_owned(), on: date.parse().unwrap() }
    }

    fn authority(name: &str, stage: Stage, next_step: Option<NextStep>) -> ListedAuthority {
        ListedAuthority {
            slug: name.to_lowercase(),
            name: name.to_owned(),
            gss_code: String::new(),
            region: if name == "Derby" { "East Midlands" } else { "North West" }.to_owned(),
            stage,
            owner: None,
            next_step,
            practitioners: 0,
        }
    }

    fn register() -> Register {
        let authorities = vec![
            authority("Bolton", Stage::Active, Some(on("2026-11-05"))),
            authority("Derby", Stage::Aware, None),
            authority("Oldham", Stage::Aware, Some(on("2026-10-01"))),
        ];
        Register { authorities, owners: Vec::new(), today: "2026-10-22".parse().unwrap() }
    }

    fn shown(filter: &RegisterFilter) -> Vec<String> {
        register().shown(filter).into_iter().map(|authority| authority.name.clone()).collect()
    }

    #[test]
    fn a_step_is_overdue_after_its_day_and_lapsed_after_sixty_more() {
        let today = "2026-10-22".parse().unwrap();

        assert_eq!(upkeep(None, today), Upkeep::Missing);
        assert_eq!(upkeep(Some(&on("2026-10-22")), today), Upkeep::Ahead);
        assert_eq!(upkeep(Some(&on("2026-10-21")), today), Upkeep::Overdue);
        assert_eq!(upkeep(Some(&on("2026-08-23")), today), Upkeep::Overdue);
        assert_eq!(upkeep(Some(&on("2026-08-22")), today), Upkeep::Lapsed);
    }

    #[test]
    fn filters_leave_those_that_meet_all_of_them() {
        let aware = RegisterFilter { stage: "aware".to_owned(), ..RegisterFilter::default() };
        let north = RegisterFilter { region: "North West".to_owned(), ..aware.clone() };
        let nobody = RegisterFilter { owner: NOBODY.to_owned(), ..RegisterFilter::default() };

        assert_eq!(shown(&RegisterFilter::default()), ["Bolton", "Derby", "Oldham"]);
        assert_eq!(shown(&aware), ["Derby", "Oldham"]);
        assert_eq!(shown(&north), ["Oldham"]);
        assert_eq!(shown(&nobody).len(), 3);
        assert_eq!(shown(&RegisterFilter { overdue: "yes".to_owned(), ..RegisterFilter::default() }), ["Derby", "Oldham"]);
        assert!(shown(&RegisterFilter { owner: "somebody".to_owned(), ..RegisterFilter::default() }).is_empty());
    }

    #[test]
    fn by_next_step_those_without_one_come_first() {
        assert_eq!(shown(&RegisterFilter { sort: "step".to_owned(), ..RegisterFilter::default() }), ["Derby", "Oldham", "Bolton"]);
        assert_eq!(shown(&RegisterFilter { sort: "stage".to_owned(), ..RegisterFilter::default() }), ["Derby", "Oldham", "Bolton"]);
    }
}
