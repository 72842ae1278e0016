//! What is sent through the life of a series, and what calendars must then show.
//!
//! Each story is a list of files in `golden/`, in the order in which they are sent, with the sessions that the product has after each step in
//! `golden/*.json`. `script/check-calendar-files` lets two other readers follow the stories and compares what they find. After a change that
//! is meant, run these tests once with `REVERIE_WRITE_DOCUMENTS=1`, and read the difference.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, and so do the functions that it calls")]

use calendar_files::{Event, Feed, Identity, Method, NEUTRAL_TITLE, addressed, feed, invitations, method_of};
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use series::timetable::{
    Change, Circumstances, Delta, Details, Edit, Extension, PersonKey, Publication, RowChange, Scope, Session, SessionKey, Timetable,
};
use series::{Closure, DaysOff, Ending, Pattern, PlaceInMonth, Rhythm};

const SENDER: &str = "no-reply@reverie.example";
const FIRST_KEY: u128 = 0x0198_c3a0_0000_7000_8000_0000_0000_0000;
const RECIPIENT: &str = "amina.rahman@bradford.people.example";

/// A series and everything that was sent of it.
struct Story {
    name: &'static str,
    timetable: Timetable,
    /// Which sessions are those of the person whose calendar it is: nearly always all.
    is_theirs: fn(usize) -> bool,
    /// The series as that calendar shows it.
    shown: Timetable,
    now: DateTime<Utc>,
    keys: u128,
    steps: Vec<Value>,
    methods: Vec<Vec<Method>>,
}

fn at(local: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap()
}

fn on(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

impl Story {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            timetable: Timetable::default(),
            is_theirs: |_| true,
            shown: Timetable::default(),
            now: "2026-10-01T09:00:00Z".parse().unwrap(),
            keys: FIRST_KEY,
            steps: Vec::new(),
            methods: Vec::new(),
        }
    }

    /// Publishes a series of an hour and a half.
    fn begin(name: &'static str, pattern: Pattern, horizon: &str) -> Self {
        let mut story = Self::new(name);
        let publication = publication(pattern, horizon);
        story.step("create", |timetable, circumstances, fresh| timetable.publish(publication, circumstances, fresh).unwrap().delta);
        story
    }

    /// The same, seen by somebody who comes to none of its sessions yet, and so hears nothing of it.
    fn begin_unheard(name: &'static str, pattern: Pattern) -> Self {
        let mut story = Self::new(name);
        story.is_theirs = |_| false;
        let publication = publication(pattern, "2027-12-31");
        story.step("create", |timetable, circumstances, fresh| timetable.publish(publication, circumstances, fresh).unwrap().delta);
        assert_eq!(story.methods.pop(), Some(Vec::new()));
        story.steps.clear();
        story
    }

    /// The person comes to other sessions than before, counted from the first.
    fn come_to(&mut self, what: &str, is_theirs: fn(usize) -> bool) {
        self.is_theirs = is_theirs;
        self.step(what, |_, _, _| Delta::default());
    }

    /// The series as the person's calendar has it: what is not theirs is as good as cancelled.
    fn seen(&self) -> Timetable {
        let mut sessions: Vec<Session> = self.timetable.all_sessions().cloned().collect();
        sessions.sort_by_key(|session| session.key);
        for (_, session) in sessions.iter_mut().enumerate().filter(|(nth, _)| !(self.is_theirs)(*nth)) {
            session.cancelled = Some("It is not theirs".to_owned());
        }
        Timetable::of(self.timetable.all_series().cloned().collect(), sessions)
    }

    fn edit(&mut self, what: &str, session: usize, scope: Scope, change: Change) {
        let edit = Edit { session: self.nth(session), scope, change };
        self.step(what, |timetable, circumstances, fresh| timetable.edit(&edit, circumstances, fresh).unwrap().delta);
    }

    /// The session that is nth by time, held or not.
    fn nth(&self, nth: usize) -> SessionKey {
        let mut sessions: Vec<_> = self.timetable.all_sessions().map(|session| (session.starts, session.key)).collect();
        sessions.sort_unstable();
        sessions[nth].1
    }

    fn step(&mut self, what: &str, change: impl FnOnce(&Timetable, Circumstances<'_>, &mut dyn FnMut() -> u128) -> Delta) {
        let closures = closures();
        let circumstances = Circumstances { now: self.now, days_off: DaysOff { closures: &closures, leave: &[] } };
        let mut keys = self.keys;
        let delta = change(&self.timetable, circumstances, &mut || {
            keys += 1;
            keys
        });
        self.keys = keys;
        self.timetable = self.timetable.apply(&delta).unwrap();
        let seen = self.seen();
        let before = std::mem::replace(&mut self.shown, seen);
        self.send(what, &Delta::between(&before, &self.shown));
    }

    fn send(&mut self, what: &str, delta: &Delta) {
        let sent = invitations(&self.shown, delta, self.now, "https://reverie.example/calendar");
        let number = self.steps.len() + 1;
        let mut files = Vec::new();
        for (place, invitation) in sent.iter().enumerate() {
            let file = addressed(&invitation.file(), SENDER, RECIPIENT);
            assert_eq!(method_of(&file), Some(invitation.method()));
            assert_hides_everybody(&file);
            let name = format!("{}-{number}-{what}-{}.ics", self.name, place + 1);
            golden(&name, &file);
            files.push(name);
        }
        self.steps.push(json!({ "files": files, "sessions": self.sessions() }));
        self.methods.push(sent.iter().map(calendar_files::Invitation::method).collect());
        self.now += TimeDelta::days(1);
    }

    /// The sessions that are held, as the product knows them.
    fn sessions(&self) -> Vec<Value> {
        let mut held: Vec<_> = self.shown.all_sessions().filter(|session| session.cancelled.is_none()).collect();
        held.sort_by_key(|session| session.starts_at());
        held.iter().map(|session| span(session.starts_at(), session.ends_at())).collect()
    }

    fn end(self) -> Vec<Vec<Method>> {
        golden(&format!("{}.json", self.name), &one_step_a_line(&self.steps));
        self.methods
    }
}

fn publication(pattern: Pattern, horizon: &str) -> Publication {
    let details = Details { length_minutes: 90, host: PersonKey(1), place: "Ruth’s room".to_owned(), title: "Tom’s group".to_owned() };
    Publication { pattern, details, horizon: on(horizon) }
}

fn closures() -> [Closure; 1] {
    [Closure { first: on("2026-12-21"), last: on("2027-01-03"), name: "Christmas closure".to_owned() }]
}

fn one_step_a_line(steps: &[Value]) -> String {
    let lines: Vec<String> = steps.iter().map(ToString::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

fn span(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Value {
    [starts_at, ends_at].map(|instant| Value::from(instant.to_rfc3339_opts(SecondsFormat::Secs, true))).to_vec().into()
}

/// Neither whoever leads, nor a place, nor a title that somebody typed stands in a file.
fn assert_hides_everybody(file: &str) {
    for word in ["Ruth", "Tom", "group"] {
        assert!(!file.contains(word), "{word} stands in\n{file}");
    }
    assert_eq!(file.replace("\r\n ", "").matches("mailto:").count(), 2 * file.matches("BEGIN:VEVENT").count());
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
}

/// Compares a file with the one that is kept, or writes it anew where that is asked for.
fn golden(name: &str, content: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var_os("REVERIE_WRITE_DOCUMENTS").is_some() {
        std::fs::write(&path, content).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), content, "{name}");
}

fn fortnightly(ending: Ending) -> Pattern {
    Pattern::new(at("2026-10-22 10:00"), Rhythm::Weekly { every: 2 }, Some(ending)).unwrap()
}

#[test]
fn a_series_is_created_moved_split_and_cancelled() {
    use Method::{Cancel, Request};

    let mut story = Story::begin("fortnightly", fortnightly(Ending::Times(12)), "2027-12-31");
    story.edit("move-one", 1, Scope::This, Change::Start(at("2026-11-06 14:30")));
    story.edit("this-and-following", 5, Scope::ThisAndFollowing, Change::Start(at("2027-01-20 09:15")));
    story.edit("cancel-one", 7, Scope::This, Change::Cancel("Supervisor is ill".to_owned()));
    story.edit("shorten-one", 2, Scope::This, Change::Length(45));
    story.edit("host", 0, Scope::All, Change::Host(PersonKey(2)));
    story.edit("length-of-all", 0, Scope::All, Change::Length(60));
    story.edit("cancel-following", 8, Scope::ThisAndFollowing, Change::Cancel("The group ends".to_owned()));
    story.edit("cancel-all", 6, Scope::All, Change::Cancel("The group ends".to_owned()));
    story.edit("cancel-all", 0, Scope::All, Change::Cancel("The group ends".to_owned()));
    let sent = story.end();
    assert_eq!(
        sent,
        [
            vec![Request],
            vec![Request],
            vec![Request, Request],
            vec![Cancel],
            vec![Request],
            vec![],
            vec![Request],
            vec![Cancel],
            vec![Cancel],
            vec![Cancel],
        ]
    );
}

#[test]
fn a_monthly_series_without_an_end_is_known_as_far_as_it_is_planned() {
    let last_thursdays = Pattern::new(at("2026-10-29 16:00"), Rhythm::Monthly { every: 1, place: PlaceInMonth::Last }, None).unwrap();
    let mut story = Story::begin("monthly", last_thursdays, "2027-04-30");
    let key = story.timetable.all_series().next().unwrap().key;
    let extension = Extension { series: key, horizon: on("2027-07-31"), left_out: &[] };
    story.step("extend", |timetable, circumstances, fresh| timetable.extend(extension, circumstances, fresh).unwrap().delta);
    story.edit("move-one", 1, Scope::This, Change::Start(at("2026-11-27 16:00")));
    story.edit("this-and-following", 3, Scope::ThisAndFollowing, Change::Start(at("2027-01-27 16:30")));
    story.end();
}

#[test]
fn whoever_comes_later_and_leaves_is_sent_their_own_sessions_alone() {
    use Method::{Cancel, Request};

    let mut story = Story::begin_unheard("joined", fortnightly(Ending::Times(12)));
    story.come_to("join", |nth| nth >= 4);
    story.edit("move-one", 6, Scope::This, Change::Start(at("2027-01-29 14:30")));
    story.edit("cancel-one", 11, Scope::This, Change::Cancel("Supervisor is ill".to_owned()));
    story.edit("length-of-all", 4, Scope::All, Change::Length(60));
    story.come_to("leave", |nth| (4..9).contains(&nth));
    story.come_to("come-back", |nth| nth >= 4);
    assert_eq!(story.end(), [vec![Request], vec![Request], vec![Cancel], vec![Request], vec![Cancel], vec![Request]]);
}

#[test]
fn whoever_covers_is_sent_the_sessions_that_they_lead_and_loses_them_again() {
    use Method::{Cancel, Request};

    let mut story = Story::begin_unheard("covers", fortnightly(Ending::Until(on("2027-03-31"))));
    story.come_to("cover-one", |nth| nth == 2);
    story.edit("move-it", 2, Scope::This, Change::Start(at("2026-11-20 14:30")));
    story.come_to("cover-another", |nth| nth == 2 || nth == 4);
    story.come_to("take-one-back", |nth| nth == 4);
    story.edit("this-and-following", 4, Scope::ThisAndFollowing, Change::Start(at("2027-01-06 09:15")));
    story.come_to("take-all-back", |_| false);
    story.edit("others-move", 0, Scope::All, Change::Length(60));
    let sent = story.end();
    assert_eq!(sent, [vec![Request], vec![Request], vec![Request], vec![Cancel], vec![Cancel, Request], vec![Cancel], vec![]]);
}

#[test]
fn what_is_undone_stands_in_calendars_as_before() {
    use Method::{Cancel, Request};

    let mut story = Story::begin("undone", fortnightly(Ending::Until(on("2027-03-31"))), "2027-12-31");
    for (what, scope, change) in [
        ("cancel-one", Scope::This, Change::Cancel("Supervisor is ill".to_owned())),
        ("split", Scope::ThisAndFollowing, Change::Start(at("2026-12-04 10:00"))),
        ("cancel-all", Scope::All, Change::Cancel("The group ends".to_owned())),
    ] {
        let before = story.timetable.clone();
        story.edit(what, 3, scope, change);
        story.step("undo", |timetable, _, _| Delta::between(timetable, &before));
    }
    assert_eq!(story.end()[1..], [vec![Cancel], vec![Request], vec![Request, Request], vec![Request, Cancel], vec![Cancel], vec![Request]]);
}

#[test]
fn a_feed_holds_each_session_on_its_own() {
    let closures = closures();
    let circumstances =
        Circumstances { now: "2026-10-01T09:00:00Z".parse().unwrap(), days_off: DaysOff { closures: &closures, leave: &[] } };
    let mut key = FIRST_KEY;
    let fresh = || {
        key += 1;
        key
    };
    let pattern = fortnightly(Ending::Times(12));
    let delta = Timetable::default().publish(publication(pattern, "2027-12-31"), circumstances, fresh).unwrap().delta;
    let sessions: Vec<&Session> = delta.sessions.iter().filter_map(RowChange::after).collect();
    let events: Vec<Event> = sessions.iter().enumerate().map(|(nth, session)| event(nth, session)).collect();
    golden("feed-1.ics", &feed(&Feed { name: "Supervision", events: &events }));
    let held = sessions.iter().enumerate().filter(|(nth, _)| *nth != 3);
    let held: Vec<Value> = held.map(|(_, session)| span(session.starts_at(), session.ends_at())).collect();
    golden("feed.json", &one_step_a_line(&[json!({ "files": ["feed-1.ics"], "sessions": held })]));
}

/// One is cancelled, one has a long title with characters that mean something else, and every other has an alarm.
fn event(nth: usize, session: &Session) -> Event {
    let title = if nth == 1 { "Aire; Wharfe, Nidd – a group whose name goes on for longer than a line may" } else { NEUTRAL_TITLE };
    Event {
        identity: Identity(session.key.0),
        version: if nth == 3 { 2 } else { 1 },
        stamped: "2026-10-01T09:00:00Z".parse().unwrap(),
        starts: session.starts,
        length_minutes: 90,
        title: title.to_owned(),
        location: "Online".to_owned(),
        address: format!("https://reverie.example/sessions/code{nth:04}"),
        is_cancelled: nth == 3,
        alarm_minutes: nth.is_multiple_of(2).then_some(60),
    }
}
