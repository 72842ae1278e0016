//! Which role holds which permission: the one table from which pages, functions, the audience lines and the access document are made.

use super::role::{Role, Roles};
use crate::ui::and;

/// Something that a server function can ask for.
///
/// A permission says that a kind of thing may be done at all; whose group or whose session is settled in the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Use one's own account: today, devices, appearance, one-time code.
    UseOwnAccount,
    /// Search what one may open anyway.
    Search,
    /// See one's own week and sessions, as a member or as the supervisor.
    SeeOwnSessions,
    /// See the groups that one is in or leads.
    SeeOwnGroups,
    /// See who supervises one's supervisor, and whether that is in date.
    SeeSupervisionChain,
    /// Agree to the agreement of one's own group.
    AgreeToAgreement,
    /// Send or withdraw apologies for one's own place.
    SendApologies,
    /// Find open clinics, book a place at a session and give it back.
    BookPlaces,
    /// Mark the attendance of a session that one leads, and record agreed actions; as a coordinator, the attendance that nobody else can mark.
    MarkAttendance,
    /// Correct a finished attendance: for thirty days the one who led the session, later a coordinator.
    CorrectAttendance,
    /// Cancel a session for everybody.
    CancelSessions,
    /// Mark one's own action as done.
    FinishAction,
    /// Add up one's own hours of supervision, and log those had elsewhere.
    KeepOwnHours,
    /// Keep a reflective log, and share an entry with one's supervisor.
    KeepReflections,
    /// Read the entries that people whom one supervises have shared with one.
    ReadSharedReflections,
    /// Read the library and the learning pages, and keep what one saves, reads and finishes.
    Learn,
    /// Add, review and retire what stands in the library, and make reading lists.
    ManageLibrary,
    /// Find a certificate by its code, and revoke it.
    RevokeCertificates,
    /// Raise to the Centre what comes up in one's groups.
    RaiseThemes,
    /// Gather what supervisors raise, say what becomes of it, and keep the improvement log.
    GatherThemes,
    /// Read the improvement log.
    ReadImprovements,
    /// Propose the text of an agreement, offer times, make and publish a series, decide what comes after it.
    PlanSessions,
    /// Say when one can be planned; as a coordinator, for any supervisor.
    SayAvailability,
    /// Have one's busy times read from another calendar.
    ShareBusyTimes,
    /// See what is planned and does not fit: one's own, or everybody's as a coordinator.
    SeeConflicts,
    /// Decide how each kind of conflict is treated.
    ManageConflictRules,
    /// Decide on which days the Centre is closed.
    ManageClosures,
    /// See the monthly statement of what one has led.
    SeeOwnStatement,
    /// See any supervisor's monthly statement.
    SeeStatements,
    /// Mark a supervisor away, and let somebody else lead their sessions.
    ArrangeCover,
    /// Read and write in the spaces of the community that one belongs to.
    UseCommunity,
    /// Make spaces of the community and say who looks after them, without reading what is written in them.
    ManageSpaces,
    /// Ask for supervision, wait for it, and answer an offer of a place.
    AskForSupervision,
    /// See who waits for supervision, and offer places.
    ManageWaiting,
    /// Answer the questions by which one is placed in a group.
    KeepRegistration,
    /// Say what one offers as a supervisor when groups are formed.
    OfferSupervision,
    /// Say whether one would be in a group, or lead it, when one is asked.
    AnswerWhenAsked,
    /// See registrations, note clearances and who is kept apart or together, form groups, ask people about them and make them.
    ManageMatching,
    /// Hold somebody from being placed in a group, and lift the hold.
    HoldFromMatching,
    /// See every group of the Centre, its sessions, who came, and whose supervision is overdue.
    SeeEveryGroup,
    /// Change every group of the Centre.
    ManageGroups,
    /// List, invite and change people.
    ManagePeople,
    /// Say who works for one's own authority.
    ConfirmColleagues,
    /// Bring people from a spreadsheet, with what they have answered elsewhere.
    ImportPeople,
    /// Let somebody whose phone is lost set up one-time codes again.
    ForgetCodes,
    /// Read the log of what was done, and have its chain checked.
    SeeAuditLog,
    /// Read the list of authorities.
    SeeAuthorities,
    /// Change an authority's stage, owner and next step.
    ManageAuthorities,
    /// Open together with somebody else, for somebody's safety, who wrote a post without their name or the closed space of a group.
    OpenTogether,
    /// Decide about posts of every open space that were reported or wait to be seen, and read what was decided month by month.
    Moderate,
    /// Make events in the spaces that one can read, and look after those that one hosts.
    HostEvents,
    /// Look after every event, in whichever space it is at home.
    ManageEvents,
}

impl Permission {
    /// Every permission, in the order of the access document.
    pub const ALL: [Self; 52] = [
        Self::UseOwnAccount,
        Self::Search,
        Self::SeeOwnSessions,
        Self::SeeOwnGroups,
        Self::SeeSupervisionChain,
        Self::AgreeToAgreement,
        Self::SendApologies,
        Self::BookPlaces,
        Self::MarkAttendance,
        Self::CorrectAttendance,
        Self::CancelSessions,
        Self::FinishAction,
        Self::KeepOwnHours,
        Self::KeepReflections,
        Self::ReadSharedReflections,
        Self::Learn,
        Self::ManageLibrary,
        Self::RevokeCertificates,
        Self::RaiseThemes,
        Self::GatherThemes,
        Self::ReadImprovements,
        Self::PlanSessions,
        Self::SayAvailability,
        Self::ShareBusyTimes,
        Self::SeeConflicts,
        Self::ManageConflictRules,
        Self::ManageClosures,
        Self::SeeOwnStatement,
        Self::SeeStatements,
        Self::ArrangeCover,
        Self::UseCommunity,
        Self::ManageSpaces,
        Self::AskForSupervision,
        Self::ManageWaiting,
        Self::KeepRegistration,
        Self::OfferSupervision,
        Self::AnswerWhenAsked,
        Self::ManageMatching,
        Self::HoldFromMatching,
        Self::SeeEveryGroup,
        Self::ManageGroups,
        Self::ManagePeople,
        Self::ConfirmColleagues,
        Self::ImportPeople,
        Self::ForgetCodes,
        Self::SeeAuditLog,
        Self::SeeAuthorities,
        Self::ManageAuthorities,
        Self::OpenTogether,
        Self::Moderate,
        Self::HostEvents,
        Self::ManageEvents,
    ];

    /// Whether it opens the community, which is closed to whoever is entered with an authority that has not confirmed that they work there.
    pub const fn is_of_community(self) -> bool {
        matches!(self, Self::UseCommunity | Self::HostEvents | Self::ManageEvents | Self::Moderate | Self::OpenTogether)
    }

    /// What the access document says that it allows.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UseOwnAccount => "Use your own account, devices and settings",
            Self::Search => "Search the groups, sessions, people, authorities and pages that you may open anyway, and nothing else",
            Self::SeeOwnSessions => "See your own week and sessions, as a member or as the supervisor",
            Self::SeeOwnGroups => "See the groups that you are in or lead",
            Self::SeeSupervisionChain => "See who supervises your supervisor and whether that is in date, and nothing more",
            Self::AgreeToAgreement => "Agree to the agreement of your own group",
            Self::SendApologies => "Send or withdraw apologies for your own place",
            Self::BookPlaces => "Find open clinics, book a place at a session and give it back",
            Self::MarkAttendance => {
                "Mark the attendance of a session that you lead, and record agreed actions; a coordinator marks it where who led it is gone"
            }
            Self::CorrectAttendance => {
                "Correct a finished attendance: for thirty days who led the session; a coordinator later, or where they are gone"
            }
            Self::CancelSessions => "Cancel a session for everybody, if you lead it or as a coordinator",
            Self::FinishAction => "Mark your own agreed action as done",
            Self::KeepOwnHours => "Add up your own hours of supervision, and log those had elsewhere; nobody else reads them",
            Self::KeepReflections => "Keep a reflective log that nobody else can read, and share an entry of it with your supervisor",
            Self::ReadSharedReflections => {
                "Read the entries of reflective logs that people whom you supervise share with you, until they take them back"
            }
            Self::Learn => "Read the library and the learning pages; nobody else learns what you save, read and finish",
            Self::ManageLibrary => "Add, review and retire what stands in the library, and make reading lists",
            Self::RevokeCertificates => "Find a certificate by the code that stands on it, and revoke it with a reason",
            Self::RaiseThemes => "Raise to the Centre what comes up again and again in your groups, without anybody’s name",
            Self::GatherThemes => {
                "Read what supervisors raise, not who raised it; gather it, say what becomes of it, and keep the improvement log"
            }
            Self::ReadImprovements => "Read the improvement log: what the Centre heard and what it changed",
            Self::PlanSessions => "Propose an agreement’s text; offer times; make and publish a series, and decide what comes after it",
            Self::SayAvailability => "Say when you can be planned; as a coordinator, for any supervisor",
            Self::ShareBusyTimes => "Have your busy times, and nothing else, read from another calendar",
            Self::SeeConflicts => {
                "See what is planned and does not fit, and leave it so with a reason: your own, or everybody’s as a coordinator"
            }
            Self::ManageConflictRules => "Decide how each kind of conflict is treated",
            Self::ManageClosures => "Decide on which days the Centre is closed",
            Self::SeeOwnStatement => "See the monthly statement of the sessions that you have led",
            Self::SeeStatements => "See any supervisor’s monthly statement: sessions, minutes and how many came",
            Self::ArrangeCover => "Mark a supervisor away, and let somebody else lead their sessions",
            Self::UseCommunity => {
                "Read and write in the community, in the spaces that you belong to, once your authority has confirmed that you work there; the closed space of a group is for its members and supervisor alone"
            }
            Self::ManageSpaces => "Make spaces of the community and say who looks after them, which lets nobody read what is written there",
            Self::AskForSupervision => "Ask for supervision, wait for it and leave the list, and answer an offer of a place",
            Self::ManageWaiting => "See who waits for supervision, and offer places in groups",
            Self::KeepRegistration => "Answer the questions by which you are placed in a group; nobody else changes the answers",
            Self::OfferSupervision => "Say what you offer as a supervisor when groups are formed",
            Self::AnswerWhenAsked => {
                "Accept or decline a group that you are asked about, as a member or as its supervisor, without a reason"
            }
            Self::ManageMatching => {
                "See registrations with access needs, and whom somebody would like to be with or would rather not meet; note clearances and who is kept apart or together; form groups, ask people about them and make them"
            }
            Self::HoldFromMatching => "Hold somebody from being placed in a group, and lift the hold, without a reason",
            Self::SeeEveryGroup => "See every group, its sessions, who came, and whose supervision is overdue",
            Self::ManageGroups => "Change any group’s members, supervisor and room; plan for it, cancel and correct its sessions",
            Self::ManagePeople => "List, invite and change people, and confirm for the Centre that they work for their authority",
            Self::ConfirmColleagues => "See who of your own authority waits to be confirmed, and say whether they work there",
            Self::ImportPeople => {
                "Import people from a spreadsheet, with the answers of those who have given none here and the clearances of supervisors, and undo that for a day"
            }
            Self::ForgetCodes => "Let somebody whose phone is lost set up one-time codes again",
            Self::SeeAuditLog => "Read the log of what was done, when and by whom, without what anybody wrote, and have it checked",
            Self::SeeAuthorities => "Read the register of authorities",
            Self::ManageAuthorities => "Change an authority’s stage, owner and next step",
            Self::OpenTogether => {
                "For somebody’s safety, ask to see who wrote a post without a name or the closed space of a group, and agree when somebody in the other of these two roles asks; the two alone then read it, for some hours, and whoever it concerns is told"
            }
            Self::Moderate => {
                "Decide about posts that were reported or wait to be seen, unless they are about you; of the closed space of a group a clinical lead alone, about the one post, where its supervisor may not or asks"
            }
            Self::HostEvents => "Make events in the spaces that you can read; change and cancel those that you host, and mark who came",
            Self::ManageEvents => "Change and cancel every event, and mark who came, in whichever space it is at home",
        }
    }
}

/// The roles that hold a permission. Whoever is not named is refused.
pub const fn holders(permission: Permission) -> &'static [Role] {
    use Role::{
        Administrator, AuthorityLead, ClinicalLead, Coordinator, DepartmentViewer, Evaluator, Practitioner, SafeguardingLead, Supervisor,
    };
    match permission {
        Permission::UseOwnAccount | Permission::Search | Permission::ReadImprovements => &[
            Practitioner,
            Supervisor,
            Coordinator,
            ClinicalLead,
            AuthorityLead,
            SafeguardingLead,
            DepartmentViewer,
            Evaluator,
            Administrator,
        ],
        Permission::SeeOwnSessions | Permission::SeeOwnGroups | Permission::Learn => &[Practitioner, Supervisor, Coordinator, ClinicalLead],
        Permission::SeeSupervisionChain
        | Permission::AgreeToAgreement
        | Permission::SendApologies
        | Permission::FinishAction
        | Permission::KeepOwnHours
        | Permission::KeepReflections
        | Permission::AskForSupervision
        | Permission::KeepRegistration
        | Permission::AnswerWhenAsked => &[Practitioner, Supervisor],
        Permission::UseCommunity => &[Practitioner, Supervisor, Coordinator, ClinicalLead, AuthorityLead],
        Permission::BookPlaces => &[Practitioner],
        Permission::MarkAttendance
        | Permission::PlanSessions
        | Permission::CorrectAttendance
        | Permission::CancelSessions
        | Permission::SayAvailability
        | Permission::SeeConflicts => &[Supervisor, Coordinator],
        Permission::SeeOwnStatement
        | Permission::ReadSharedReflections
        | Permission::RaiseThemes
        | Permission::ShareBusyTimes
        | Permission::OfferSupervision => &[Supervisor],
        Permission::SeeAuthorities
        | Permission::SeeEveryGroup
        | Permission::ManageLibrary
        | Permission::RevokeCertificates
        | Permission::Moderate
        | Permission::ManageEvents => &[Coordinator, ClinicalLead],
        Permission::HostEvents => &[Supervisor, Coordinator, ClinicalLead],
        Permission::ManagePeople => &[Coordinator, Administrator],
        Permission::ConfirmColleagues => &[AuthorityLead],
        Permission::ForgetCodes | Permission::SeeAuditLog => &[Administrator],
        Permission::HoldFromMatching | Permission::OpenTogether => &[ClinicalLead, SafeguardingLead],
        Permission::ManageAuthorities
        | Permission::ManageGroups
        | Permission::ManageConflictRules
        | Permission::ManageClosures
        | Permission::ArrangeCover
        | Permission::SeeStatements
        | Permission::ManageWaiting
        | Permission::ManageMatching
        | Permission::ManageSpaces
        | Permission::GatherThemes
        | Permission::ImportPeople => &[Coordinator],
    }
}

/// Whether any of the roles holds the permission.
pub fn may(roles: &Roles, permission: Permission) -> bool {
    holders(permission).iter().any(|role| roles.contains(*role))
}

/// The roles that hold a permission, as the audience of a page: "coordinators and clinical leads".
pub fn holders_in_words(permission: Permission) -> String {
    let names: Vec<String> = holders(permission).iter().map(|role| format!("{}s", role.name().to_lowercase())).collect();
    and(&names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_is_named_by_its_roles() {
        assert_eq!(holders_in_words(Permission::ManagePeople), "coordinators and administrators");
        assert_eq!(holders_in_words(Permission::ManageAuthorities), "coordinators");
    }

    #[test]
    fn a_person_without_a_role_may_do_nothing() {
        for permission in Permission::ALL {
            assert!(!may(&Roles::default(), permission));
        }
    }

    #[test]
    fn several_roles_allow_what_any_of_them_allows() {
        let roles = Roles::of_list("practitioner,coordinator");
        assert!(may(&roles, Permission::SendApologies));
        assert!(may(&roles, Permission::ManagePeople));
        assert!(!may(&roles, Permission::ForgetCodes));
    }
}
