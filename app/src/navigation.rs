//! Where one can go: the lines of the rail and of the bar, and to which of them a page belongs.

use crate::access::{Permission, Role, Roles, may};
use crate::paths;

/// A line of the rail.
#[derive(Clone, Copy, Debug)]
pub struct Destination {
    pub path: &'static str,
    pub icon: &'static str,
    pub name: &'static str,
    /// The word in the bar at the foot of a phone, which is narrow.
    pub short: &'static str,
}

const fn destination(path: &'static str, icon: &'static str, name: &'static str, short: &'static str) -> Destination {
    Destination { path, icon, name, short }
}

const TODAY: Destination = destination(paths::TODAY, "sunrise", "Today", "Today");
const CALENDAR: Destination = destination(paths::CALENDAR, "calendar-days", "Calendar", "Calendar");
const BOARD: Destination = destination(paths::BOARD, "kanban", "Board", "Board");
const MY_SUPERVISION: Destination = destination(paths::MY_SUPERVISION, "layers", "My supervision", "Supervision");
const MY_GROUPS: Destination = destination(paths::GROUPS, "users-round", "My groups", "My groups");
const GROUPS: Destination = destination(paths::GROUPS, "users-round", "Groups", "Groups");
const TO_MARK: Destination = destination(paths::TO_MARK, "circle-check", "To mark", "To mark");
const AVAILABILITY: Destination = destination(paths::AVAILABILITY, "clock", "Availability", "Availability");
const CONFLICTS: Destination = destination(paths::CONFLICTS, "triangle-alert", "Conflicts", "Conflicts");
const COVER: Destination = destination(paths::COVER, "arrow-left-right", "Cover", "Cover");
const WAITING: Destination = destination(paths::WAITING, "clock", "Waiting list", "Waiting");
const MATCHING: Destination = destination(paths::MATCHING, "puzzle", "Matching", "Matching");
const HOLDS: Destination = destination(paths::HOLDS, "shield", "Holds", "Holds");
const OPENINGS: Destination = destination(paths::OPENINGS, "lock", "Openings", "Openings");
const COMMUNITY: Destination = destination(paths::COMMUNITY, "messages-square", "Community", "Community");
const PEOPLE: Destination = destination(paths::PEOPLE, "user-round", "People", "People");
const COLLEAGUES: Destination = destination(paths::COLLEAGUES, "building-2", "Who works here?", "Works here");
const OVERDUE: Destination = destination(paths::OVERDUE, "hourglass", "Overdue", "Overdue");
const AUTHORITIES: Destination = destination(paths::AUTHORITIES, "map", "Authorities", "Authorities");
const THEMES: Destination = destination(paths::THEMES, "lightbulb", "Themes", "Themes");
const AUDIT: Destination = destination(paths::AUDIT, "history", "Audit log", "Audit log");
const LEARNING: Destination = destination(paths::LEARNING, "book-open", "Learning", "Learning");
/// What stands above the places of somebody who is supervised beside their work.
const OWN_PRACTICE: &str = "My own practice";
pub const SEARCH: Destination = destination(paths::SEARCH, "search", "Search", "Search");
pub const NEWS: Destination = destination(paths::NEWS, "bell", "News", "News");
pub const HELP: Destination = destination(paths::HELP, "life-buoy", "Help", "Help");
pub const CLOSURES: Destination = destination(paths::CLOSURES, "calendar-off", "Closures", "Closures");
pub const MENU: Destination = destination(paths::MENU, "menu", "Menu", "Menu");
pub const ACCOUNT: Destination = destination(paths::ME, "user-round", "Your account", "Account");

/// Where somebody may go, the most used first, and in parts where they do more than one thing.
#[derive(Debug)]
pub struct Places {
    /// What they do.
    pub work: Vec<Destination>,
    /// What else there is for them, under a name of its own; nothing for whoever has it among what they do.
    pub apart: Option<(&'static str, Vec<Destination>)>,
}

impl Places {
    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = &Destination> {
        self.work.iter().chain(self.apart.iter().flat_map(|(_, places)| places))
    }
}

/// Where somebody of these roles may go. Whoever leads or oversees groups finds apart what is their own, or everybody's.
pub fn destinations(roles: &Roles) -> Places {
    let is_supervisor = roles.contains(Role::Supervisor);
    let oversees = may(roles, Permission::SeeEveryGroup);
    let lines = [
        (true, TODAY),
        // Whoever leads no session and is supervised in none has the board in place of a calendar that would stay empty.
        (is_supervisor || roles.contains(Role::Practitioner), CALENDAR),
        (oversees, BOARD),
        (may(roles, Permission::ManageMatching), MATCHING),
        (may(roles, Permission::ArrangeCover), COVER),
        (oversees, GROUPS),
        (!oversees && is_supervisor, MY_GROUPS),
        (may(roles, Permission::ManagePeople), PEOPLE),
        (may(roles, Permission::ConfirmColleagues), COLLEAGUES),
        (is_supervisor && may(roles, Permission::MarkAttendance), TO_MARK),
        (is_supervisor, AVAILABILITY),
        (may(roles, Permission::ManageWaiting), WAITING),
        (may(roles, Permission::ManageGroups), CONFLICTS),
        (oversees, OVERDUE),
        (may(roles, Permission::HoldFromMatching), HOLDS),
        (may(roles, Permission::OpenTogether), OPENINGS),
        (may(roles, Permission::SeeAuthorities), AUTHORITIES),
        (may(roles, Permission::GatherThemes), THEMES),
        (may(roles, Permission::SeeAuditLog), AUDIT),
    ];
    let own = [
        (may(roles, Permission::SeeSupervisionChain), MY_SUPERVISION),
        (may(roles, Permission::UseCommunity), COMMUNITY),
        (may(roles, Permission::Learn), LEARNING),
    ];
    let shown = |(may_go, place): (bool, Destination)| may_go.then_some(place);
    let mut work: Vec<Destination> = lines.into_iter().filter_map(shown).collect();
    let own: Vec<Destination> = own.into_iter().filter_map(shown).collect();
    if own.is_empty() || !(is_supervisor || oversees) {
        work.extend(own);
        return Places { work, apart: None };
    }
    let name = if may(roles, Permission::SeeSupervisionChain) { OWN_PRACTICE } else { "Commons" };
    Places { work, apart: Some((name, own)) }
}

/// What the bar at the foot of a phone has room for beside the menu. Whoever leads groups finds the community there, which is read on the way.
pub fn in_short(places: &Places) -> Vec<&Destination> {
    let own = places.apart.iter().find(|(name, _)| *name == OWN_PRACTICE);
    match own.and_then(|(_, own)| own.iter().find(|place| place.path == paths::COMMUNITY)) {
        Some(community) => places.work.iter().take(3).chain([community]).collect(),
        None => places.all().take(4).collect(),
    }
}

/// Whether an address lies at or below a destination.
pub fn is_current(place: &Destination, here: &str) -> bool {
    let path = here.split('?').next().unwrap_or(here);
    path == place.path || path.strip_prefix(place.path).is_some_and(|rest| rest.starts_with('/'))
}

/// Where pages belong that lie below no destination of their own, or below one that not everybody has: the first of these that they have.
const BELONGING: [(&str, &[&str]); 26] = [
    ("/sessions", &[paths::GROUPS, paths::MY_SUPERVISION]),
    (paths::GROUPS, &[paths::GROUPS, paths::MY_SUPERVISION]),
    (paths::HOURS, &[paths::MY_SUPERVISION]),
    (paths::REFLECTIONS, &[paths::MY_SUPERVISION]),
    (paths::SHARED_WITH_ME, &[paths::MY_SUPERVISION]),
    (paths::LIBRARY, &[paths::LEARNING]),
    ("/reading-lists", &[paths::LEARNING]),
    (paths::CPD_LOG, &[paths::LEARNING]),
    (paths::MY_CERTIFICATES, &[paths::LEARNING]),
    (paths::CERTIFICATES, &[paths::LEARNING]),
    (paths::CLINICS, &[paths::MY_SUPERVISION]),
    (paths::MY_WAITING, &[paths::MY_SUPERVISION]),
    (paths::REGISTRATION, &[paths::MY_SUPERVISION]),
    ("/me/asked", &[paths::MY_SUPERVISION, paths::GROUPS]),
    (paths::OFFERING, &[paths::AVAILABILITY]),
    ("/statement", &[paths::TO_MARK]),
    (paths::MY_THEMES, &[paths::GROUPS]),
    (paths::POLLS, &[paths::GROUPS]),
    (paths::RENEWALS, &[paths::GROUPS]),
    (paths::DRAFTS, &[paths::GROUPS]),
    (paths::CONFLICTS, &[paths::CONFLICTS, paths::AVAILABILITY]),
    (paths::CONFLICT_RULES, &[paths::CONFLICTS]),
    (paths::CLOSURES, &[paths::CONFLICTS]),
    (paths::MODERATION, &[paths::COMMUNITY]),
    (paths::MY_POSTS, &[paths::COMMUNITY]),
    (paths::EVENTS, &[paths::LEARNING, paths::COMMUNITY]),
];

/// The destination to which an address belongs for somebody who has some of them; the address itself where it belongs to none of theirs.
pub fn destination_of(here: &str, has: impl Fn(&str) -> bool) -> String {
    let path = here.split('?').next().unwrap_or(here);
    let is_below = |top: &str| path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let home = BELONGING.iter().find(|(top, _)| is_below(top)).and_then(|(_, homes)| homes.iter().find(|home| has(home)));
    home.map_or_else(|| here.to_owned(), |home| (*home).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rail(roles: &[Role]) -> String {
        let Places { work, apart } = destinations(&roles.iter().copied().collect());
        let names = |places: &[Destination]| places.iter().map(|place| place.name).collect::<Vec<_>>().join(", ");
        apart.map_or_else(|| names(&work), |(name, places)| format!("{} | {name}: {}", names(&work), names(&places)))
    }

    #[test]
    fn everybody_finds_what_their_role_does_most_often_first() {
        assert_eq!(rail(&[Role::Practitioner]), "Today, Calendar, My supervision, Community, Learning");
        assert_eq!(
            rail(&[Role::Supervisor]),
            "Today, Calendar, My groups, To mark, Availability | My own practice: My supervision, Community, Learning"
        );
        assert_eq!(
            rail(&[Role::Coordinator]),
            "Today, Board, Matching, Cover, Groups, People, Waiting list, Conflicts, Overdue, Authorities, Themes | Commons: Community, Learning"
        );
        assert_eq!(rail(&[Role::Administrator]), "Today, People, Audit log");
        assert_eq!(
            rail(&[Role::ClinicalLead]),
            "Today, Board, Groups, Overdue, Holds, Openings, Authorities | Commons: Community, Learning"
        );
        assert_eq!(rail(&[Role::SafeguardingLead]), "Today, Holds, Openings");
        assert_eq!(rail(&[Role::AuthorityLead]), "Today, Who works here?, Community");
        assert_eq!(rail(&[Role::Evaluator]), "Today");
        assert!(
            rail(&[Role::Supervisor, Role::Coordinator]).starts_with("Today, Calendar, Board, Matching, Cover, Groups, People, To mark")
        );
    }

    #[test]
    fn the_bar_of_a_phone_holds_what_is_read_on_the_way() {
        let bar =
            |role| in_short(&destinations(&[role].into_iter().collect())).iter().map(|place| place.short).collect::<Vec<_>>().join(", ");
        assert_eq!(bar(Role::Practitioner), "Today, Calendar, Supervision, Community");
        assert_eq!(bar(Role::Supervisor), "Today, Calendar, My groups, Community");
        assert_eq!(bar(Role::Coordinator), "Today, Board, Matching, Cover");
    }

    #[test]
    fn a_session_belongs_to_the_groups_of_whoever_has_them_and_to_ones_own_supervision_otherwise() {
        let of_a_supervisor = |path: &str| [paths::GROUPS, paths::MY_SUPERVISION].contains(&path);
        let of_a_practitioner = |path: &str| path == paths::MY_SUPERVISION;
        assert_eq!(destination_of("/sessions/k3f9x2mv/record", of_a_supervisor), paths::GROUPS);
        assert_eq!(destination_of("/sessions/k3f9x2mv?print", of_a_practitioner), paths::MY_SUPERVISION);
        assert_eq!(destination_of("/groups/aire", of_a_practitioner), paths::MY_SUPERVISION);
    }

    #[test]
    fn a_page_that_belongs_nowhere_else_is_where_it_is() {
        assert_eq!(destination_of("/calendar/week/2026-10-19?show=vig", |_| true), "/calendar/week/2026-10-19?show=vig");
        assert_eq!(destination_of("/groupscale", |_| true), "/groupscale");
        assert_eq!(destination_of("/polls", |_| false), "/polls");
    }
}
