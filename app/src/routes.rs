//! Which page stands at each address of [`crate::paths`].

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::access_log::AccessPage;
use crate::account::{AccountPage, AppearancePage, MyDataPage};
use crate::agreements::{AgreementPage, AgreementVersionPage, ProposeAgreementPage};
use crate::asking::{AnswersPage, AskPage, AskedPage, MakePage};
use crate::audit::AuditPage;
use crate::authorities::{AuthoritiesPage, AuthorityPage};
use crate::availability::{AvailabilityPage, ConflictRulesPage, ConflictsPage, PersonAvailabilityPage};
use crate::board::{BoardPage, BoardTodayPage};
use crate::calendar::{AgendaPage, CalendarPage, DayPage, MonthPage, WeekPage};
use crate::certificates::{CertificatesPage, MyCertificatesPage, VerifyPage};
use crate::changes::{CHANGE_GROUP, CancelSeriesPage, ChangeSessionPage, ask_to_cancel};
use crate::clinics::{ClinicWaitsPage, ClinicsPage};
use crate::closures::{ChangeClosurePage, ClosuresPage, NewClosurePage};
use crate::cover::{CoverForPage, CoverPage, choose_next_supervisor, choose_supervisor};
use crate::cpd::{LogNotePage, LogPage};
use crate::digest::{NotificationsPage, StopDigestPage};
use crate::error::AppError;
use crate::events::{ChangeEventPage, EventPage, EventRecordPage, EventsPage, JoinEventPage, NewEventPage, NextEvents};
use crate::feeds::FeedsPage;
use crate::groups::{ChangeGroupPage, EndGroupPage, GroupMembersPage, GroupPage, GroupsPage, NewGroupPage};
use crate::holds::HoldsPage;
use crate::hosts::HostsPage;
use crate::hours::{ChangeHoursPage, HoursPage, LogHoursPage};
use crate::imports::{BringPage, ImportPage};
use crate::learning::{LearningPage, OneLearningPage};
use crate::library::{ChangeItemPage, ChangeReadingListPage, ItemPage, LibraryPage, NewItemPage, NewReadingListPage, ReadingListPage};
use crate::matching::{AgainPage, NewRoundPage, RoundPage, RoundRulesPage, RoundsPage};
use crate::messages::{MailPage, NewsPage};
use crate::moderation::{CasePage, ModerationPage, OwnReportPage, OwnReportsPage, ReportPage};
use crate::openings::{NewOpeningPage, OpeningPage, OpeningsPage, ReadOpenedPage};
use crate::overdue::OverduePage;
use crate::people::{ChangePersonPage, ColleaguesPage, NewPersonPage, PeoplePage, PersonPage};
use crate::polls::{AnswerPage, NewPollPage, PollPage, PollsPage};
use crate::public_pages::{AccessibilityPage, HelpPage, HomePage, HowToJoinPage, PrivacyPage, WhoSeesWhatPage};
use crate::reflections::{NewReflectionPage, ReflectionPage, ReflectionsPage, SharedEntryPage, SharedPage};
use crate::registration::{OfferingPage, PersonRegistrationPage, RegistrationPage, StepPage};
use crate::renewals::{RenewalPage, RenewalsPage};
use crate::search::SearchPage;
use crate::series::{ChangeSeriesPage, DraftsPage, NewSeriesPage, PlanSessionPage, SeriesPage};
use crate::sessions::{
    ApologiesPage, CancelPage, GroupActionsPage, HistoryPage, JoinPage, RecordPage, SessionOfDayPage, SessionPage, ToMarkPage,
};
use crate::shell::{MenuPage, Shell};
use crate::sign_in::{
    AskForLinkPage, ChangePasswordPage, CodePage, DevicesPage, ForgottenPage, InvitationPage, LinkPage, OneTimeCodePage, ResetPage,
    SetUpCodePage, SignInPage, SignOutPage,
};
use crate::spaces::{
    AddPollPage, AttachPage, ChangePostPage, FeedPage, GroupSpacePage, KeepSpacePage, KeptSpacesPage, NewThreadPage, OwnPostsPage,
    SavedPage, SpacePage, ThreadPage, what_was_opened_together,
};
use crate::statements::{PersonStatementPage, StatementOfMonthPage, StatementPage};
use crate::themes::{GatheredPage, ImprovementsPage, MyThemesPage, ThemesPage};
use crate::today::{MySupervisionPage, TodayPage};
use crate::ui::Refusal;
use crate::waiting::{ChangeWaitingPage, MyWaitingPage, PeopleWhoFit, WaitingPage, WhereToPage};

/// The application: one page, inside the shell.
#[expect(clippy::too_many_lines, reason = "it is the one table of addresses")]
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Shell>
                <FlatRoutes fallback=|| view! { <Refusal error=AppError::NotFound /> }>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/join") view=HowToJoinPage />
                    <Route path=path!("/accessibility") view=AccessibilityPage />
                    <Route path=path!("/privacy") view=PrivacyPage />
                    <Route path=path!("/help") view=HelpPage />
                    <Route path=path!("/help/who-sees-what") view=WhoSeesWhatPage />
                    <Route path=path!("/sign-in") view=SignInPage />
                    <Route path=path!("/groups") view=GroupsPage />
                    <Route path=path!("/groups/new") view=|| view! { <NewGroupPage choose=choose_supervisor /> } />
                    <Route path=path!("/groups/:slug") view=GroupPage />
                    <Route path=path!("/groups/:slug/change") view=|| view! { <ChangeGroupPage choose=choose_next_supervisor action=CHANGE_GROUP /> } />
                    <Route path=path!("/groups/:slug/members") view=|| view! { <GroupMembersPage><PeopleWhoFit /></GroupMembersPage> } />
                    <Route path=path!("/groups/:slug/end") view=EndGroupPage />
                    <Route path=path!("/sign-in/code") view=CodePage />
                    <Route path=path!("/sign-in/set-up") view=SetUpCodePage />
                    <Route path=path!("/sign-in/invitation/:token") view=InvitationPage />
                    <Route path=path!("/sign-in/forgotten") view=ForgottenPage />
                    <Route path=path!("/sign-in/reset/:token") view=ResetPage />
                    <Route path=path!("/sign-in/link") view=AskForLinkPage />
                    <Route path=path!("/sign-in/link/:token") view=LinkPage />
                    <Route path=path!("/sign-out") view=SignOutPage />
                    <Route path=path!("/me") view=AccountPage />
                    <Route path=path!("/me/data") view=MyDataPage />
                    <Route path=path!("/me/posts") view=OwnPostsPage />
                    <Route path=path!("/me/access") view=|| view! { <AccessPage further=what_was_opened_together /> } />
                    <Route path=path!("/me/feeds") view=FeedsPage />
                    <Route path=path!("/me/appearance") view=AppearancePage />
                    <Route path=path!("/me/devices") view=DevicesPage />
                    <Route path=path!("/me/notifications") view=NotificationsPage />
                    <Route path=path!("/me/hours") view=HoursPage />
                    <Route path=path!("/me/hours/new") view=LogHoursPage />
                    <Route path=path!("/me/hours/:code") view=ChangeHoursPage />
                    <Route path=path!("/me/reflections") view=ReflectionsPage />
                    <Route path=path!("/me/reflections/new") view=NewReflectionPage />
                    <Route path=path!("/me/reflections/:code") view=ReflectionPage />
                    <Route path=path!("/me/shared") view=SharedPage />
                    <Route path=path!("/me/shared/:code") view=SharedEntryPage />
                    <Route path=path!("/me/themes") view=MyThemesPage />
                    <Route path=path!("/themes") view=ThemesPage />
                    <Route path=path!("/themes/:code") view=GatheredPage />
                    <Route path=path!("/improvements") view=ImprovementsPage />
                    <Route path=path!("/me/password") view=ChangePasswordPage />
                    <Route path=path!("/me/one-time-code") view=OneTimeCodePage />
                    <Route path=path!("/groups/:slug/agreement") view=AgreementPage />
                    <Route path=path!("/groups/:slug/agreement/propose") view=ProposeAgreementPage />
                    <Route path=path!("/groups/:slug/agreement/:version") view=AgreementVersionPage />
                    <Route path=path!("/groups/:slug/series/new") view=NewSeriesPage />
                    <Route path=path!("/groups/:slug/series/:number") view=SeriesPage />
                    <Route path=path!("/groups/:slug/series/:number/change") view=ChangeSeriesPage />
                    <Route path=path!("/groups/:slug/actions") view=GroupActionsPage />
                    <Route path=path!("/groups/:slug/renewal") view=RenewalPage />
                    <Route path=path!("/groups/:slug/space") view=GroupSpacePage />
                    <Route path=path!("/groups/:slug/:day") view=SessionOfDayPage />
                    <Route path=path!("/clinics") view=ClinicsPage />
                    <Route path=path!("/clinics/waiting") view=ClinicWaitsPage />
                    <Route path=path!("/drafts") view=DraftsPage />
                    <Route path=path!("/renewals") view=RenewalsPage />
                    <Route path=path!("/overdue") view=OverduePage />
                    <Route path=path!("/polls") view=PollsPage />
                    <Route path=path!("/polls/new") view=NewPollPage />
                    <Route path=path!("/polls/:code") view=PollPage />
                    <Route path=path!("/q/:code") view=AnswerPage />
                    <Route path=path!("/digest/:token") view=StopDigestPage />
                    <Route path=path!("/waiting") view=WaitingPage />
                    <Route path=path!("/waiting/:code") view=WhereToPage />
                    <Route path=path!("/me/waiting") view=MyWaitingPage />
                    <Route path=path!("/me/waiting/:code") view=ChangeWaitingPage />
                    <Route path=path!("/matching") view=RoundsPage />
                    <Route path=path!("/matching/new") view=NewRoundPage />
                    <Route path=path!("/matching/:number") view=RoundPage />
                    <Route path=path!("/matching/:number/again") view=AgainPage />
                    <Route path=path!("/matching/:number/rules") view=RoundRulesPage />
                    <Route path=path!("/matching/:number/ask") view=AskPage />
                    <Route path=path!("/matching/:number/answers") view=AnswersPage />
                    <Route path=path!("/matching/:number/make/:code") view=MakePage />
                    <Route path=path!("/me/asked/:code") view=AskedPage />
                    <Route path=path!("/holds") view=HoldsPage />
                    <Route path=path!("/me/registration") view=RegistrationPage />
                    <Route path=path!("/me/registration/:step") view=StepPage />
                    <Route path=path!("/me/offering") view=OfferingPage />
                    <Route path=path!("/search") view=SearchPage />
                    <Route path=path!("/news") view=NewsPage />
                    <Route path=path!("/menu") view=MenuPage />
                    <Route path=path!("/demonstration/mail") view=MailPage />
                    <Route path=path!("/today") view=TodayPage />
                    <Route path=path!("/me/supervision") view=MySupervisionPage />
                    <Route path=path!("/calendar") view=CalendarPage />
                    <Route path=path!("/calendar/plan") view=PlanSessionPage />
                    <Route path=path!("/calendar/month/:day") view=MonthPage />
                    <Route path=path!("/calendar/week/:day") view=WeekPage />
                    <Route path=path!("/calendar/day/:day") view=DayPage />
                    <Route path=path!("/calendar/agenda/:day") view=AgendaPage />
                    <Route path=path!("/board") view=BoardTodayPage />
                    <Route path=path!("/board/:day") view=BoardPage />
                    <Route path=path!("/sessions/:code") view=SessionPage />
                    <Route path=path!("/sessions/:code/join") view=JoinPage />
                    <Route path=path!("/sessions/:code/apologies") view=ApologiesPage />
                    <Route path=path!("/sessions/:code/record") view=RecordPage />
                    <Route path=path!("/sessions/:code/history") view=HistoryPage />
                    <Route path=path!("/sessions/:code/cancel") view=|| view! { <CancelPage ask=ask_to_cancel /> } />
                    <Route path=path!("/sessions/:code/cancel/series") view=CancelSeriesPage />
                    <Route path=path!("/sessions/:code/move") view=ChangeSessionPage />
                    <Route path=path!("/sessions/:code/hosts") view=HostsPage />
                    <Route path=path!("/community") view=|| view! { <FeedPage><NextEvents /></FeedPage> } />
                    <Route path=path!("/community/saved") view=SavedPage />
                    <Route path=path!("/community/new") view=NewThreadPage />
                    <Route path=path!("/community/attach") view=AttachPage />
                    <Route path=path!("/community/spaces") view=KeptSpacesPage />
                    <Route path=path!("/community/spaces/:space") view=KeepSpacePage />
                    <Route path=path!("/community/reports") view=OwnReportsPage />
                    <Route path=path!("/community/reports/:code") view=OwnReportPage />
                    <Route path=path!("/community/:space") view=SpacePage />
                    <Route path=path!("/community/:space/:number") view=ThreadPage />
                    <Route path=path!("/community/:space/:number/poll") view=AddPollPage />
                    <Route path=path!("/community/:space/:number/change/:post") view=ChangePostPage />
                    <Route path=path!("/openings") view=OpeningsPage />
                    <Route path=path!("/openings/new") view=NewOpeningPage />
                    <Route path=path!("/openings/:code") view=OpeningPage />
                    <Route path=path!("/openings/:code/read") view=ReadOpenedPage />
                    <Route path=path!("/community/:space/:number/report/:post") view=ReportPage />
                    <Route path=path!("/moderation") view=ModerationPage />
                    <Route path=path!("/moderation/:code") view=CasePage />
                    <Route path=path!("/to-mark") view=ToMarkPage />
                    <Route path=path!("/statement") view=StatementPage />
                    <Route path=path!("/statement/:month") view=StatementOfMonthPage />
                    <Route path=path!("/availability") view=AvailabilityPage />
                    <Route path=path!("/conflicts") view=ConflictsPage />
                    <Route path=path!("/settings/conflicts") view=ConflictRulesPage />
                    <Route path=path!("/closures") view=ClosuresPage />
                    <Route path=path!("/closures/new") view=NewClosurePage />
                    <Route path=path!("/closures/:code") view=ChangeClosurePage />
                    <Route path=path!("/cover") view=CoverPage />
                    <Route path=path!("/cover/:code") view=CoverForPage />
                    <Route path=path!("/audit") view=AuditPage />
                    <Route path=path!("/colleagues") view=ColleaguesPage />
                    <Route path=path!("/people") view=PeoplePage />
                    <Route path=path!("/people/new") view=NewPersonPage />
                    <Route path=path!("/people/import") view=BringPage />
                    <Route path=path!("/people/import/:code") view=ImportPage />
                    <Route path=path!("/people/:code") view=PersonPage />
                    <Route path=path!("/people/:code/change") view=ChangePersonPage />
                    <Route path=path!("/people/:code/availability") view=PersonAvailabilityPage />
                    <Route path=path!("/people/:code/registration") view=PersonRegistrationPage />
                    <Route path=path!("/people/:code/statement/:month") view=PersonStatementPage />
                    <Route path=path!("/learning") view=LearningPage />
                    <Route path=path!("/learning/:slug") view=OneLearningPage />
                    <Route path=path!("/me/log") view=LogPage />
                    <Route path=path!("/me/log/:entry") view=LogNotePage />
                    <Route path=path!("/me/certificates") view=MyCertificatesPage />
                    <Route path=path!("/certificates") view=CertificatesPage />
                    <Route path=path!("/verify/:code") view=VerifyPage />
                    <Route path=path!("/library") view=LibraryPage />
                    <Route path=path!("/library/new") view=NewItemPage />
                    <Route path=path!("/library/:slug") view=ItemPage />
                    <Route path=path!("/library/:slug/change") view=ChangeItemPage />
                    <Route path=path!("/reading-lists/new") view=NewReadingListPage />
                    <Route path=path!("/reading-lists/:slug") view=ReadingListPage />
                    <Route path=path!("/reading-lists/:slug/change") view=ChangeReadingListPage />
                    <Route path=path!("/events") view=EventsPage />
                    <Route path=path!("/events/new") view=NewEventPage />
                    <Route path=path!("/events/:code") view=EventPage />
                    <Route path=path!("/events/:code/change") view=ChangeEventPage />
                    <Route path=path!("/events/:code/record") view=EventRecordPage />
                    <Route path=path!("/events/:code/join") view=JoinEventPage />
                    <Route path=path!("/authorities") view=AuthoritiesPage />
                    <Route path=path!("/authorities/:slug") view=AuthorityPage />
                </FlatRoutes>
            </Shell>
        </Router>
    }
}
