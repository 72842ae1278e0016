//! What the pages about authorities show.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::forms::{NOBODY, NextStep, Overdue, RegisterFilter};
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
    /// Since when there has been nothing to be done next; known only where there is nothing.
    pub without_step_since: Option<NaiveDate>,
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
    /// Its day has been over for longer than an authority may be without a next step (features, 5.2).
    LongOverdue,
    /// There has been none for longer than may be.
    Lapsed,
    /// There is none, and that is not long ago.
    Missing,
}

impl Upkeep {
    /// What is wrong with a next step, in words; nothing where it is in order.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ahead => "",
            Self::Overdue => "Overdue",
            Self::LongOverdue => "Overdue for more than 60 days",
            Self::Lapsed => "No next step for 60 days",
            Self::Missing => "No next step",
        }
    }
}

/// For how many days an authority may be without a next step.
const LONGEST_WITHOUT: Days = Days::new(60);

impl ListedAuthority {
    /// How the next step stands on a day. An authority that has stopped for now is not urged.
    pub fn upkeep(&self, today: NaiveDate) -> Upkeep {
        let is_long_ago = |day: NaiveDate| self.stage != Stage::Paused && day + LONGEST_WITHOUT < today;
        match &self.next_step {
            None if self.without_step_since.is_some_and(is_long_ago) => Upkeep::Lapsed,
            None => Upkeep::Missing,
            Some(step) if is_long_ago(step.on) => Upkeep::LongOverdue,
            Some(step) if step.on < today => Upkeep::Overdue,
            Some(_) => Upkeep::Ahead,
        }
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
                && match filter.overdue() {
                    None => true,
                    Some(Overdue::AtAll) => authority.upkeep(self.today) != Upkeep::Ahead,
                    Some(Overdue::TooLong) => matches!(authority.upkeep(self.today), Upkeep::LongOverdue | Upkeep::Lapsed),
                }
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
            without_step_since: next_step.is_none().then(|| "2026-08-22".parse().unwrap()),
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
    fn a_step_is_overdue_after_its_day_and_long_overdue_after_sixty_more() {
        let upkeep = |day: &str, stage| authority("Bolton", stage, Some(on(day))).upkeep("2026-10-22".parse().unwrap());

        assert_eq!(upkeep("2026-10-22", Stage::Active), Upkeep::Ahead);
        assert_eq!(upkeep("2026-10-21", Stage::Active), Upkeep::Overdue);
        assert_eq!(upkeep("2026-08-23", Stage::Active), Upkeep::Overdue);
        assert_eq!(upkeep("2026-08-22", Stage::Active), Upkeep::LongOverdue);
        assert_eq!(upkeep("2026-08-22", Stage::Paused), Upkeep::Overdue);
    }

    #[test]
    fn an_authority_may_be_without_a_step_for_sixty_days_and_no_longer() {
        let upkeep = |since: Option<&str>, stage| {
            let since = since.map(|day| day.parse().unwrap());
            ListedAuthority { without_step_since: since, ..authority("Derby", stage, None) }.upkeep("2026-10-22".parse().unwrap())
        };

        assert_eq!(upkeep(Some("2026-10-22"), Stage::Aware), Upkeep::Missing);
        assert_eq!(upkeep(Some("2026-08-23"), Stage::Aware), Upkeep::Missing);
        assert_eq!(upkeep(Some("2026-08-22"), Stage::Aware), Upkeep::Lapsed);
        assert_eq!(upkeep(Some("2026-08-22"), Stage::Paused), Upkeep::Missing);
        assert_eq!(upkeep(None, Stage::Aware), Upkeep::Missing);
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
        assert_eq!(shown(&RegisterFilter { overdue: "lapsed".to_owned(), ..RegisterFilter::default() }), ["Derby"]);
        assert!(shown(&RegisterFilter { owner: "somebody".to_owned(), ..RegisterFilter::default() }).is_empty());
    }

    #[test]
    fn by_next_step_those_without_one_come_first() {
        assert_eq!(shown(&RegisterFilter { sort: "step".to_owned(), ..RegisterFilter::default() }), ["Derby", "Oldham", "Bolton"]);
        assert_eq!(shown(&RegisterFilter { sort: "stage".to_owned(), ..RegisterFilter::default() }), ["Derby", "Oldham", "Bolton"]);
    }
}
