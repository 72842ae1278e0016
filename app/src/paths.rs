//! Every address of the product, in one table. `routes.rs` says which page stands at each.
//!
//! Nouns, lower case, no trailing slash; dates are ISO 8601; people and sessions are addressed by a code, never by a name.

use chrono::NaiveDate;

/// The public front page.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// The six-digit code, the second step of signing in.
pub const SIGN_IN_CODE: &str = "/sign-in/code";
/// Setting up the one-time code, for a role that needs one.
pub const SIGN_IN_SET_UP: &str = "/sign-in/set-up";
/// Asking for a new password by e-mail.
pub const FORGOTTEN: &str = "/sign-in/forgotten";
/// Asking for a link to sign in with.
pub const SIGN_IN_LINK: &str = "/sign-in/link";
/// Signing out.
pub const SIGN_OUT: &str = "/sign-out";
/// How an authority joins.
pub const JOIN: &str = "/join";
/// The accessibility statement.
pub const ACCESSIBILITY: &str = "/accessibility";
/// What is stored and why.
pub const PRIVACY: &str = "/privacy";
/// Next session, what waits, who supports your supervisor.
pub const TODAY: &str = "/today";
/// The calendar, in the view last used.
pub const CALENDAR: &str = "/calendar";
/// Planning a session at a time, before it is said for which group.
pub const PLAN_SESSION: &str = "/calendar/plan";
/// The caseload board, at the present week.
pub const BOARD: &str = "/board";
/// When one can be planned.
pub const AVAILABILITY: &str = "/availability";
/// What is planned and does not fit.
pub const CONFLICTS: &str = "/conflicts";
/// How each kind of conflict is treated.
pub const CONFLICT_RULES: &str = "/settings/conflicts";
/// The days on which the Centre is closed.
pub const CLOSURES: &str = "/closures";
/// Closing days.
pub const NEW_CLOSURE: &str = "/closures/new";
/// Whose sessions need cover.
pub const COVER: &str = "/cover";
/// The sessions that wait for their attendance.
pub const TO_MARK: &str = "/to-mark";
/// The groups that one is in or leads; every group for a coordinator.
pub const GROUPS: &str = "/groups";
/// Making a group.
pub const NEW_GROUP: &str = "/groups/new";
/// The open clinics, at whose sessions one books a place.
pub const CLINICS: &str = "/clinics";
/// The places at open clinics for which one waits.
pub const CLINIC_WAITS: &str = "/clinics/waiting";
/// The groups whose sessions come to an end.
pub const RENEWALS: &str = "/renewals";
/// The people whose supervision is overdue.
pub const OVERDUE: &str = "/overdue";
/// Series that are planned and not published.
pub const DRAFTS: &str = "/drafts";
/// The polls for times.
pub const POLLS: &str = "/polls";
/// Offering times to a group, or to named people.
pub const NEW_POLL: &str = "/polls/new";
/// What is new in the community.
pub const COMMUNITY: &str = "/community";
/// The posts that one has saved.
pub const SAVED: &str = "/community/saved";
/// Which spaces there are, and making one.
pub const KEPT_SPACES: &str = "/community/spaces";
/// What one has written there oneself.
pub const MY_POSTS: &str = "/me/posts";
/// Attaching a file to what one has begun to write there.
pub const ATTACH: &str = "/community/attach";
/// What of one's own is with the moderators: posts that wait, reports, decisions.
pub const OWN_REPORTS: &str = "/community/reports";
/// What there is for moderators to decide.
pub const MODERATION: &str = "/moderation";
/// Starting a thread.
pub const NEW_THREAD: &str = "/community/new";
/// Where an open page hears that something has changed.
pub const LISTEN: &str = "/listen";
/// The matching rounds.
pub const MATCHING: &str = "/matching";
/// Starting a matching round.
pub const NEW_ROUND: &str = "/matching/new";
/// Who is placed in no group for now.
pub const HOLDS: &str = "/holds";
/// Who waits for supervision.
pub const WAITING: &str = "/waiting";
/// What one waits for oneself, and asking for supervision.
pub const MY_WAITING: &str = "/me/waiting";
/// What one has answered for the forming of groups.
pub const REGISTRATION: &str = "/me/registration";
/// What one offers as a supervisor when groups are formed.
pub const OFFERING: &str = "/me/offering";
/// One's own supervision and the chain above it.
pub const MY_SUPERVISION: &str = "/me/supervision";
/// One's own hours of supervision.
pub const HOURS: &str = "/me/hours";
/// Logging hours had elsewhere.
pub const LOG_HOURS: &str = "/me/hours/new";
/// One's own reflective log.
pub const REFLECTIONS: &str = "/me/reflections";
/// Writing an entry of it.
pub const NEW_REFLECTION: &str = "/me/reflections/new";
/// The entries that people whom one supervises have shared with one.
pub const SHARED_WITH_ME: &str = "/me/shared";
/// Learning: the learning pages, and the ways to the library and to what is one's own.
pub const LEARNING: &str = "/learning";
/// One's own CPD log.
pub const CPD_LOG: &str = "/me/log";
/// One's own certificates.
pub const MY_CERTIFICATES: &str = "/me/certificates";
/// Finding a certificate by its code, and revoking it.
pub const CERTIFICATES: &str = "/certificates";
/// The library.
pub const LIBRARY: &str = "/library";
/// Adding an item to the library.
pub const NEW_LIBRARY_ITEM: &str = "/library/new";
/// The events that one may come to.
pub const EVENTS: &str = "/events";
/// Making an event.
pub const NEW_EVENT: &str = "/events/new";
/// Making a reading list.
pub const NEW_READING_LIST: &str = "/reading-lists/new";
/// The themes that one has raised as a supervisor.
pub const MY_THEMES: &str = "/me/themes";
/// What supervisors raise, and what is made of it.
pub const THEMES: &str = "/themes";
/// What two people can open together, and nobody alone.
pub const OPENINGS: &str = "/openings";
/// Asking to open something.
pub const NEW_OPENING: &str = "/openings/new";
/// What the Centre heard and what it changed.
pub const IMPROVEMENTS: &str = "/improvements";
/// The monthly statement of what one has led, at the present month.
pub const STATEMENT: &str = "/statement";
/// The devices on which one is signed in.
pub const DEVICES: &str = "/me/devices";
/// Light or dark, and how the calendar opens.
pub const APPEARANCE: &str = "/me/appearance";
/// When one is reminded of one's sessions.
pub const NOTIFICATIONS: &str = "/me/notifications";
/// The link by which one's own calendar program fetches one's sessions.
pub const FEEDS: &str = "/me/feeds";
/// What is held about oneself.
pub const MY_DATA: &str = "/me/data";
/// Who has opened something of one's own.
pub const MY_ACCESS: &str = "/me/access";
/// One's own account.
pub const ME: &str = "/me";
/// Changing one's password.
pub const PASSWORD: &str = "/me/password";
/// The one-time code and its recovery codes.
pub const ONE_TIME_CODE: &str = "/me/one-time-code";
/// Everybody.
pub const PEOPLE: &str = "/people";
/// Adding somebody.
pub const NEW_PERSON: &str = "/people/new";
/// Who of a lead’s own authority waits to be confirmed.
pub const COLLEAGUES: &str = "/colleagues";
/// Bringing people from a spreadsheet.
pub const IMPORT_PEOPLE: &str = "/people/import";
/// The template of such a spreadsheet.
pub const IMPORT_TEMPLATE: &str = "/people/import.csv";
/// The register of authorities.
pub const AUTHORITIES: &str = "/authorities";
/// All the places that one can go, as a page.
pub const MENU: &str = "/menu";
/// The messages of a demonstration.
pub const MAIL: &str = "/demonstration/mail";
/// Searching what one may open.
pub const SEARCH: &str = "/search";
/// What one has been told.
pub const NEWS: &str = "/news";
/// What was done, by whom, to what.
pub const AUDIT: &str = "/audit";
/// Who can see what.
pub const WHO_SEES_WHAT: &str = "/help/who-sees-what";
/// Help.
pub const HELP: &str = "/help";

/// An invitation: `/sign-in/invitation/{token}`.
pub fn invitation(token: &str) -> String {
    format!("/sign-in/invitation/{token}")
}

/// A new password: `/sign-in/reset/{token}`.
pub fn reset(token: &str) -> String {
    format!("/sign-in/reset/{token}")
}

/// Signing in by a link: `/sign-in/link/{token}`.
pub fn sign_in_link(token: &str) -> String {
    format!("/sign-in/link/{token}")
}

/// A month of the calendar: `/calendar/month/2026-10`.
pub fn month(first: NaiveDate) -> String {
    let month = first.format("%Y-%m");
    format!("/calendar/month/{month}")
}

/// A week of the calendar, named by its Monday: `/calendar/week/2026-10-19`.
pub fn week(monday: NaiveDate) -> String {
    format!("/calendar/week/{monday}")
}

/// A day of the calendar: `/calendar/day/2026-10-22`.
pub fn day(date: NaiveDate) -> String {
    format!("/calendar/day/{date}")
}

/// The agenda from a day on: `/calendar/agenda/2026-10-19`.
pub fn agenda(from: NaiveDate) -> String {
    format!("/calendar/agenda/{from}")
}

/// A week of the caseload board, named by its Monday: `/board/2026-10-19`.
pub fn board(monday: NaiveDate) -> String {
    format!("/board/{monday}")
}

/// A session: `/sessions/{code}`.
pub fn session(code: &str) -> String {
    format!("/sessions/{code}")
}

/// Who leads a session beside its supervisor, or observes it: `/sessions/{code}/hosts`.
pub fn session_hosts(code: &str) -> String {
    format!("/sessions/{code}/hosts")
}

/// A session as a calendar file: `/sessions/{code}.ics`.
pub fn session_file(code: &str) -> String {
    format!("/sessions/{code}.ics")
}

/// What somebody's own calendar program fetches: `/feed/{secret}.ics`.
pub fn feed(secret: &str) -> String {
    format!("/feed/{secret}.ics")
}

/// Sending apologies: `/sessions/{code}/apologies`.
pub fn apologies(code: &str) -> String {
    format!("/sessions/{code}/apologies")
}

/// Attendance and actions: `/sessions/{code}/record`.
pub fn record(code: &str) -> String {
    format!("/sessions/{code}/record")
}

/// What happened to a session: `/sessions/{code}/history`.
pub fn session_history(code: &str) -> String {
    format!("/sessions/{code}/history")
}

/// The door of the session's room: `/sessions/{code}/join`.
pub fn join(code: &str) -> String {
    format!("/sessions/{code}/join")
}

/// Cancelling a session, which asks first: `/sessions/{code}/cancel`.
pub fn cancel(code: &str) -> String {
    format!("/sessions/{code}/cancel")
}

/// Changing when a session and its series are held: `/sessions/{code}/move`.
pub fn change_session(code: &str) -> String {
    format!("/sessions/{code}/move")
}

/// Cancelling several sessions of a series, which asks first: `/sessions/{code}/cancel/series`.
pub fn cancel_series(code: &str) -> String {
    format!("/sessions/{code}/cancel/series")
}

/// A group: `/groups/{slug}`.
pub fn group(slug: &str) -> String {
    format!("/groups/{slug}")
}

/// The session of a group on a day, which leads on to the session: `/groups/{slug}/2026-10-22`.
pub fn group_on(slug: &str, day: NaiveDate) -> String {
    format!("/groups/{slug}/{day}")
}

/// Changing a group: `/groups/{slug}/change`.
pub fn change_group(slug: &str) -> String {
    format!("/groups/{slug}/change")
}

/// Who joins a group and leaves it: `/groups/{slug}/members`.
pub fn group_members(slug: &str) -> String {
    format!("/groups/{slug}/members")
}

/// Ending a group: `/groups/{slug}/end`.
pub fn end_group(slug: &str) -> String {
    format!("/groups/{slug}/end")
}

/// Changing what one asked for: `/me/waiting/{code}`.
pub fn change_waiting(code: &str) -> String {
    format!("/me/waiting/{code}")
}

/// Where somebody could go who waits for supervision: `/waiting/{code}`.
pub fn where_to(code: &str) -> String {
    format!("/waiting/{code}")
}

/// One question of one's registration: `/me/registration/{step}`.
pub fn registration_step(step: &str) -> String {
    format!("/me/registration/{step}")
}

/// A matching round: `/matching/7`.
pub fn round(number: i64) -> String {
    format!("/matching/{number}")
}

/// Running a round again from its board: `/matching/7/again`.
pub fn run_round_again(number: i64) -> String {
    format!("/matching/{number}/again")
}

/// The rules and weights of a round: `/matching/7/rules`.
pub fn round_rules(number: i64) -> String {
    format!("/matching/{number}/rules")
}

/// Somebody on the board of a round: `/matching/7?person=k3f9x2mv`.
pub fn person_on_board(number: i64, code: &str) -> String {
    format!("/matching/{number}?person={code}")
}

/// A group on the board of a round, by its place counted from one: `/matching/7?group=3`.
pub fn group_on_board(number: i64, place: usize) -> String {
    format!("/matching/{number}?group={place}")
}

/// What a round was asked, as a file: `/matching/instance.json?round=7`.
pub fn round_instance(number: i64) -> String {
    format!("/matching/instance.json?round={number}")
}

/// From what a round was run again, as a file: `/matching/begun.json?round=7`.
pub fn round_begun(number: i64) -> String {
    format!("/matching/begun.json?round={number}")
}

/// What was proposed in a round, as a file: `/matching/proposal.json?round=7`.
pub fn round_proposal(number: i64) -> String {
    format!("/matching/proposal.json?round={number}")
}

/// The board of a round as it is now, for the engine in a browser: `/matching/board.json?round=7`.
pub fn round_board(number: i64) -> String {
    format!("/matching/board.json?round={number}")
}

/// Asking the people of a round’s groups: `/matching/7/ask`.
pub fn ask_round(number: i64) -> String {
    format!("/matching/{number}/ask")
}

/// What the people of a round’s groups have answered: `/matching/7/answers`.
pub fn round_answers(number: i64) -> String {
    format!("/matching/{number}/answers")
}

/// Making a group of a round that people were asked about: `/matching/7/make/{code}`.
pub fn make_asked_group(number: i64, code: &str) -> String {
    format!("/matching/{number}/make/{code}")
}

/// A group that one is asked about: `/me/asked/{code}`.
pub fn asked(code: &str) -> String {
    format!("/me/asked/{code}")
}

/// The agreement of a group: `/groups/{slug}/agreement`.
pub fn agreement(slug: &str) -> String {
    format!("/groups/{slug}/agreement")
}

/// One version of it: `/groups/{slug}/agreement/v2`.
pub fn agreement_version(slug: &str, version: i64) -> String {
    format!("/groups/{slug}/agreement/v{version}")
}

/// Proposing a text: `/groups/{slug}/agreement/propose`.
pub fn propose_agreement(slug: &str) -> String {
    format!("/groups/{slug}/agreement/propose")
}

/// What was agreed at the sessions of a group: `/groups/{slug}/actions`.
pub fn group_actions(slug: &str) -> String {
    format!("/groups/{slug}/actions")
}

/// Making a series: `/groups/{slug}/series/new`.
pub fn new_series(slug: &str) -> String {
    format!("/groups/{slug}/series/new")
}

/// A series, by its place in the group: `/groups/{slug}/series/2`.
pub fn series(slug: &str, number: i64) -> String {
    format!("/groups/{slug}/series/{number}")
}

/// Changing a series that is not published yet: `/groups/{slug}/series/2/change`.
pub fn change_series(slug: &str, number: i64) -> String {
    format!("/groups/{slug}/series/{number}/change")
}

/// What comes after a group's last session: `/groups/{slug}/renewal`.
pub fn renewal(slug: &str) -> String {
    format!("/groups/{slug}/renewal")
}

/// A poll: `/polls/{code}`.
pub fn poll(code: &str) -> String {
    format!("/polls/{code}")
}

/// A file of the community: `/community/file?code={code}`.
pub fn community_file(code: &str) -> String {
    format!("/community/file?code={code}")
}

/// A file of the post that a case is about: `/moderation/file?case={case}&code={code}`.
pub fn case_file(case: &str, code: &str) -> String {
    format!("/moderation/file?case={case}&code={code}")
}

/// A file of what two people have opened: `/openings/file?opening={opening}&code={code}`.
pub fn opened_file(opening: &str, code: &str) -> String {
    format!("/openings/file?opening={opening}&code={code}")
}

/// Reporting a post: `/community/{space}/{number}/report/{post}`.
pub fn report_post(space: &str, number: i64, post: i64) -> String {
    format!("/community/{space}/{number}/report/{post}")
}

/// What became of a report, a decision or a post that waits: `/community/reports/{code}`.
pub fn own_report(code: &str) -> String {
    format!("/community/reports/{code}")
}

/// Something to decide: `/moderation/{code}`.
pub fn moderation_case(code: &str) -> String {
    format!("/moderation/{code}")
}

/// Starting a thread in a space: `/community/new?space=endings`.
pub fn new_thread(space: &str) -> String {
    format!("/community/new?space={space}")
}

/// A space: `/community/{space}`.
pub fn space(slug: &str) -> String {
    format!("/community/{slug}")
}

/// Changing a space: `/community/spaces/{space}`.
pub fn keep_space(slug: &str) -> String {
    format!("/community/spaces/{slug}")
}

/// A thread, by its number in the space: `/community/{space}/{number}`.
pub fn thread(space: &str, number: i64) -> String {
    format!("/community/{space}/{number}")
}

/// A page of a thread: `/community/{space}/{number}?page=2`.
pub fn thread_page(space: &str, number: i64, page: i64) -> String {
    format!("/community/{space}/{number}?page={page}")
}

/// Adding a poll to a thread of one's own: `/community/{space}/{number}/poll`.
pub fn add_poll(space: &str, number: i64) -> String {
    format!("/community/{space}/{number}/poll")
}

/// Changing a post of one's own: `/community/{space}/{number}/change/{post}`.
pub fn change_post(space: &str, number: i64, post: i64) -> String {
    format!("/community/{space}/{number}/change/{post}")
}

/// The closed space of a group, which leads on to it: `/groups/{slug}/space`.
pub fn group_space(slug: &str) -> String {
    format!("/groups/{slug}/space")
}

/// Stopping every digest of one's own by the link in one: `/digest/{token}`.
pub fn stop_digest(token: &str) -> String {
    format!("/digest/{token}")
}

/// Answering a poll by the link in a message: `/q/{code}`.
pub fn answer_poll(code: &str) -> String {
    format!("/q/{code}")
}

/// Changing hours had elsewhere: `/me/hours/{code}`.
pub fn change_hours(code: &str) -> String {
    format!("/me/hours/{code}")
}

/// An entry of one's own reflective log: `/me/reflections/{code}`.
pub fn reflection(code: &str) -> String {
    format!("/me/reflections/{code}")
}

/// Writing about a session: `/me/reflections/new?session=k3f9x2mv`.
pub fn reflect_on(session: &str) -> String {
    format!("/me/reflections/new?session={session}")
}

/// An entry that was shared with one: `/me/shared/{code}`.
pub fn shared_entry(code: &str) -> String {
    format!("/me/shared/{code}")
}

/// An item of the library: `/library/{slug}`.
pub fn library_item(slug: &str) -> String {
    format!("/library/{slug}")
}

/// Changing an item of the library: `/library/{slug}/change`.
pub fn change_library_item(slug: &str) -> String {
    format!("/library/{slug}/change")
}

/// A reading list: `/reading-lists/{slug}`.
pub fn reading_list(slug: &str) -> String {
    format!("/reading-lists/{slug}")
}

/// Changing a reading list: `/reading-lists/{slug}/change`.
pub fn change_reading_list(slug: &str) -> String {
    format!("/reading-lists/{slug}/change")
}

/// An event: `/events/{code}`.
pub fn event(code: &str) -> String {
    format!("/events/{code}")
}

/// Changing an event: `/events/{code}/change`.
pub fn change_event(code: &str) -> String {
    format!("/events/{code}/change")
}

/// Who comes to an event, and who came: `/events/{code}/record`.
pub fn event_record(code: &str) -> String {
    format!("/events/{code}/record")
}

/// The door of an event's room: `/events/{code}/join`.
pub fn join_event(code: &str) -> String {
    format!("/events/{code}/join")
}

/// An event as a calendar file: `/events/{code}.ics`.
pub fn event_file(code: &str) -> String {
    format!("/events/{code}.ics")
}

/// A learning page: `/learning/{slug}`.
pub fn learning_page(slug: &str) -> String {
    format!("/learning/{slug}")
}

/// The note beside an entry of one's own CPD log: `/me/log/{entry}`.
pub fn log_note(entry: &str) -> String {
    format!("/me/log/{entry}")
}

/// What a certificate says, for whoever is shown it: `/verify/{code}`.
pub fn verify(code: &str) -> String {
    format!("/verify/{code}")
}

/// A certificate that was found by its code: `/certificates?code=k3f9x2mv`.
pub fn certificate_found(code: &str) -> String {
    format!("/certificates?code={code}")
}

/// Themes that belong together: `/themes/{code}`.
pub fn gathered_theme(code: &str) -> String {
    format!("/themes/{code}")
}

/// What somebody asks to open: `/openings/{code}`.
pub fn opening(code: &str) -> String {
    format!("/openings/{code}")
}

/// What two people have opened, while it is open: `/openings/{code}/read`.
pub fn read_opened(code: &str) -> String {
    format!("/openings/{code}/read")
}

/// The statement of a month: `/statement/2026-10`.
pub fn statement(first: NaiveDate) -> String {
    let month = first.format("%Y-%m");
    format!("/statement/{month}")
}

/// A person: `/people/{code}`.
pub fn person(code: &str) -> String {
    format!("/people/{code}")
}

/// People who were brought from a spreadsheet: `/people/import/{code}`.
pub fn import(code: &str) -> String {
    format!("/people/import/{code}")
}

/// The rows that were left of it, as a file: `/people/import/left.csv?code=k3f9x2mv`.
pub fn import_left(code: &str) -> String {
    format!("/people/import/left.csv?code={code}")
}

/// Changing what is known of a person: `/people/{code}/change`.
pub fn change_person(code: &str) -> String {
    format!("/people/{code}/change")
}

/// When a supervisor can be planned: `/people/{code}/availability`.
pub fn person_availability(code: &str) -> String {
    format!("/people/{code}/availability")
}

/// What groups are formed by, of somebody: `/people/{code}/registration`.
pub fn person_registration(code: &str) -> String {
    format!("/people/{code}/registration")
}

/// A supervisor's statement of a month: `/people/{code}/statement/2026-10`.
pub fn person_statement(code: &str, first: NaiveDate) -> String {
    let month = first.format("%Y-%m");
    format!("/people/{code}/statement/{month}")
}

/// Changing a closure: `/closures/{code}`.
pub fn closure(code: &str) -> String {
    format!("/closures/{code}")
}

/// The sessions of somebody who is away: `/cover/{code}`.
pub fn cover_for(code: &str) -> String {
    format!("/cover/{code}")
}

/// An authority: `/authorities/{slug}`.
pub fn authority(slug: &str) -> String {
    format!("/authorities/{slug}")
}
