//! The pages of the product by their names, as far as somebody's roles have them.

use super::answers::FoundLine;
use super::model::begins_words_of;
use crate::access::{Permission, Role, Roles, may};
use crate::database::folded;
use crate::paths;

/// A page that everybody of some roles has one of.
struct Page {
    address: &'static str,
    name: &'static str,
    about: &'static str,
    /// Other words by which somebody may look for it.
    also: &'static str,
    is_open: fn(&Roles) -> bool,
}

const fn page(address: &'static str, name: &'static str, about: &'static str, also: &'static str, is_open: fn(&Roles) -> bool) -> Page {
    Page { address, name, about, also, is_open }
}

fn is_supervisor(roles: &Roles) -> bool {
    roles.contains(Role::Supervisor)
}

/// Every page that can be found by name, the most used first.
const PAGES: &[Page] = &[
    page(paths::TODAY, "Today", "What is next, and what waits for you", "home start to do", |roles| may(roles, Permission::UseOwnAccount)),
    page(paths::NEWS, "News", "What we wrote to you, whether or not mail brought it", "messages letters bell unread", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(paths::CALENDAR, "Calendar", "Your sessions by day, week or month", "agenda diary sessions", |roles| {
        may(roles, Permission::SeeOwnSessions)
    }),
    page(paths::BOARD, "Board", "Every supervisor’s week", "caseload", |roles| may(roles, Permission::SeeEveryGroup)),
    page(paths::MY_SUPERVISION, "My supervision", "Your groups, and who supports your supervisor", "chain", |roles| {
        may(roles, Permission::SeeSupervisionChain)
    }),
    page(paths::GROUPS, "Groups", "The groups that you may see", "my groups list", |roles| may(roles, Permission::SeeOwnGroups)),
    page(paths::NEW_GROUP, "New group", "Make a group", "add", |roles| may(roles, Permission::ManageGroups)),
    page(paths::COMMUNITY, "Community", "What people doing this work write to one another", "spaces posts feed threads", |roles| {
        may(roles, Permission::UseCommunity)
    }),
    page(paths::MY_POSTS, "My posts", "What you have written in the community, and taking it back", "own withdraw written", |roles| {
        may(roles, Permission::UseCommunity)
    }),
    page(paths::CLINICS, "Open clinics", "Sessions at which you can book a place", "book", |roles| may(roles, Permission::BookPlaces)),
    page(paths::TO_MARK, "To mark", "Sessions that wait for their attendance", "unmarked", |roles| may(roles, Permission::MarkAttendance)),
    page(paths::AVAILABILITY, "Availability", "When you can be planned", "working hours leave away holiday busy", is_supervisor),
    page(paths::STATEMENT, "Monthly statement", "What you have led, for your records and for pay", "pay activity", |roles| {
        may(roles, Permission::SeeOwnStatement)
    }),
    page(paths::OFFERING, "What I offer", "What you offer when groups are formed", "offering", |roles| {
        may(roles, Permission::OfferSupervision)
    }),
    page(paths::REGISTRATION, "Registration", "What you need, and when you could come", "register questions", |roles| {
        may(roles, Permission::KeepRegistration)
    }),
    page(paths::MY_WAITING, "Asking for supervision", "What you are waiting for", "waiting list my", |roles| {
        may(roles, Permission::AskForSupervision)
    }),
    page(paths::HOURS, "Hours", "Your own supervision, added up", "log cpd re-registration", |roles| may(roles, Permission::KeepOwnHours)),
    page(paths::LOG_HOURS, "Log hours", "Write down supervision that you had elsewhere", "add elsewhere", |roles| {
        may(roles, Permission::KeepOwnHours)
    }),
    page(paths::REFLECTIONS, "Reflective log", "What you write for yourself alone", "diary journal notes reflection", |roles| {
        may(roles, Permission::KeepReflections)
    }),
    page(paths::SHARED_WITH_ME, "Shared with me", "Entries of reflective logs that were shared with you", "reflection log", |roles| {
        may(roles, Permission::ReadSharedReflections)
    }),
    page(paths::LEARNING, "Learning", "Learning pages, the library and your record", "course training", |roles| {
        may(roles, Permission::Learn)
    }),
    page(paths::LIBRARY, "Library", "Guidance, papers, books and measures", "reading resources lists", |roles| {
        may(roles, Permission::Learn)
    }),
    page(paths::CPD_LOG, "My CPD log", "What you have done, added up for revalidation", "development record", |roles| {
        may(roles, Permission::Learn)
    }),
    page(paths::MY_CERTIFICATES, "My certificates", "What the Centre vouches for", "certificate pdf", |roles| {
        may(roles, Permission::Learn)
    }),
    page(paths::CERTIFICATES, "Revoke a certificate", "Find one by its code", "certificate", |roles| {
        may(roles, Permission::RevokeCertificates)
    }),
    page(paths::MY_THEMES, "My themes", "What comes up again in your groups, told to the Centre", "raise theme suggestion", |roles| {
        may(roles, Permission::RaiseThemes)
    }),
    page(paths::THEMES, "Themes", "What supervisors raise, and what becomes of it", "gather suggestions", |roles| {
        may(roles, Permission::GatherThemes)
    }),
    page(paths::IMPROVEMENTS, "You said, we did", "What the Centre heard and what it changed", "improvement log changes", |roles| {
        may(roles, Permission::ReadImprovements)
    }),
    page(paths::MATCHING, "Matching", "Rounds in which groups are formed", "rounds match", |roles| may(roles, Permission::ManageMatching)),
    page(paths::COVER, "Cover", "Whose sessions need somebody else", "absence ill away substitute", |roles| {
        may(roles, Permission::ArrangeCover)
    }),
    page(paths::WAITING, "Waiting list", "Who is waiting for supervision", "offer places", |roles| may(roles, Permission::ManageWaiting)),
    page(paths::HOLDS, "Holds", "Who is held from being placed in a group", "safety hold", |roles| {
        may(roles, Permission::HoldFromMatching)
    }),
    page(paths::OPENINGS, "Openings", "What two people can open together for somebody’s safety", "break glass safeguarding", |roles| {
        may(roles, Permission::OpenTogether)
    }),
    page(
        paths::IMPORT_PEOPLE,
        "Import people from a spreadsheet",
        "See what a file would add and change before it is imported",
        "import upload csv xlsx",
        |roles| may(roles, Permission::ImportPeople),
    ),
    page(paths::OVERDUE, "Overdue", "People whose supervision is overdue", "lapsed", |roles| may(roles, Permission::SeeEveryGroup)),
    page(paths::RENEWALS, "Groups coming to an end", "Groups whose sessions come to an end", "renewals renew ending", |roles| {
        may(roles, Permission::PlanSessions)
    }),
    page(paths::DRAFTS, "Drafts", "Series that are planned and not published", "publish series", |roles| {
        may(roles, Permission::PlanSessions)
    }),
    page(paths::POLLS, "Polls for times", "Times that were offered", "availability poll", |roles| may(roles, Permission::PlanSessions)),
    page(paths::NEW_POLL, "Offer times", "Ask people by name which times suit", "new poll", |roles| may(roles, Permission::ManageGroups)),
    page(paths::CONFLICTS, "Conflicts", "What is planned and does not fit", "clashes", |roles| may(roles, Permission::SeeConflicts)),
    page(paths::CONFLICT_RULES, "How conflicts are treated", "Which kinds block, and which warn", "rules settings", |roles| {
        may(roles, Permission::ManageConflictRules)
    }),
    page(paths::CLOSURES, "Closures", "Days on which the Centre is closed", "bank holidays christmas", |roles| {
        may(roles, Permission::ManageClosures)
    }),
    page(paths::PEOPLE, "People", "Everybody, and how far they have come in joining", "list practitioners supervisors", |roles| {
        may(roles, Permission::ManagePeople)
    }),
    page(paths::COLLEAGUES, "Who works here?", "People of your authority who wait for your word", "colleagues confirm", |roles| {
        may(roles, Permission::ConfirmColleagues)
    }),
    page(paths::NEW_PERSON, "Add somebody", "Add and invite a person", "new person invite", |roles| may(roles, Permission::ManagePeople)),
    page(paths::AUTHORITIES, "Authorities", "The register, with stage, owner and next step", "councils map register", |roles| {
        may(roles, Permission::SeeAuthorities)
    }),
    page(paths::AUDIT, "Audit log", "What was done, when and by whom", "history chain entries", |roles| {
        may(roles, Permission::SeeAuditLog)
    }),
    page(paths::ME, "Your account", "What we hold about you, and your settings", "settings profile", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(paths::MY_DATA, "What we hold about you", "All of it, with a file to download", "my data export download", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(
        paths::MY_ACCESS,
        "Who opened your records",
        "Who at the Centre has opened something of yours, and when",
        "access log seen looked",
        |roles| may(roles, Permission::UseOwnAccount),
    ),
    page(
        paths::FEEDS,
        "Calendar link",
        "Your sessions in the calendar that you use",
        "feeds feed ical outlook google subscribe",
        |roles| may(roles, Permission::SeeOwnSessions),
    ),
    page(paths::NOTIFICATIONS, "Reminders", "When we write to you before a session", "notifications email digest", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(paths::DEVICES, "Devices", "Where you are signed in", "sign out", |roles| may(roles, Permission::UseOwnAccount)),
    page(paths::PASSWORD, "Password", "Choose a new one", "change", |roles| may(roles, Permission::UseOwnAccount)),
    page(paths::ONE_TIME_CODE, "One-time codes", "The second step when you sign in", "authenticator recovery two-step", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(paths::APPEARANCE, "Appearance", "Light or dark, and how the calendar opens", "theme keys", |roles| {
        may(roles, Permission::UseOwnAccount)
    }),
    page(paths::HELP, "Help", "How things work here", "", |_| true),
    page(paths::WHO_SEES_WHAT, "Who sees what", "What each role may see and do", "permissions access audience", |_| true),
    page(paths::PRIVACY, "Privacy", "What is stored, and why", "data cookies", |_| true),
    page(
        paths::ACCESSIBILITY,
        "Accessibility",
        "How everybody can use this, and what is not good enough yet",
        "screen reader keyboard",
        |_| true,
    ),
];

/// The pages that the words begin to name.
pub(super) fn pages_named(words: &[String], roles: &Roles) -> Vec<FoundLine> {
    open_to(roles)
        .filter(|page| begins_words_of(words, &folded(&format!("{} {}", page.name, page.also))))
        .map(|page| FoundLine {
            name: page.name.to_owned(),
            about: page.about.to_owned(),
            address: page.address.to_owned(),
            says: Vec::new(),
        })
        .collect()
}

/// The address of every page that search names for somebody of these roles.
pub fn addresses_open_to(roles: &Roles) -> Vec<&'static str> {
    open_to(roles).map(|page| page.address).collect()
}

fn open_to(roles: &Roles) -> impl Iterator<Item = &'static Page> {
    PAGES.iter().filter(move |page| (page.is_open)(roles))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::navigation::destinations;

    fn names(typed: &str, roles: &[Role]) -> Vec<String> {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        pages_named(&words, &roles.iter().copied().collect()).into_iter().map(|line| line.name).collect()
    }

    #[test]
    fn a_page_is_found_by_its_name_and_by_what_it_is_also_called() {
        assert_eq!(names("remin", &[Role::Practitioner]), ["Reminders"]);
        assert_eq!(names("outlook", &[Role::Practitioner]), ["Calendar link"]);
        assert_eq!(names("sign out", &[Role::Evaluator]), ["Devices"]);
        assert_eq!(names("letters", &[Role::Evaluator]), ["News"]);
        assert_eq!(names("opened", &[Role::DepartmentViewer]), ["Who opened your records"]);
    }

    #[test]
    fn nobody_is_shown_a_page_that_their_roles_do_not_have() {
        assert!(names("board", &[Role::Practitioner]).is_empty());
        assert_eq!(names("availability", &[Role::Supervisor]), ["Availability", "Polls for times"]);
        assert!(names("people", &[Role::ClinicalLead]).is_empty());
    }

    #[test]
    fn whatever_stands_in_the_rail_can_be_found() {
        for role in Role::ALL {
            let roles: Roles = [role].into_iter().collect();
            let open = addresses_open_to(&roles);
            for place in destinations(&roles).all() {
                assert!(open.contains(&place.path), "{} of a {}", place.path, role.name());
            }
        }
    }
}
