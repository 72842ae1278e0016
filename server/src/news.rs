//! Tells open pages that something has changed, in this process or in another.
//!
//! One look at the end of the audit log for each process, however many listen, and none while nobody does. A page says how old it is, and hears
//! at once whether anything has happened since; so nothing falls between its making and its listening.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::access::{Permission, Premises, SignedIn, Visit, is_still_let_in, require_of, system};
use app::error::AppError;
use app::news::store::{Heard, Latest, heard_since};
use app::news::{CHANGED, ENDED, TALK};
use app::people::PersonId;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the end of the log is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How often a listener's sign-in is looked at where nothing happens, since it may simply run out.
const CHECK_EVERY: Duration = Duration::from_secs(30);
/// How often a word of nothing is sent, by which proxies and this process learn that the other end is there.
const BEAT: Duration = Duration::from_secs(15);
/// How many pages of one person listen at once: those in view on all their devices.
const MOST_PAGES: usize = 8;
/// A change may be committed a little after the moment that it carries, and two processes' clocks may differ by as much.
const SLACK: TimeDelta = TimeDelta::seconds(10);
/// Asks a proxy to pass each word on as it comes.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What open pages are told by this process.
#[derive(Clone, Debug)]
pub struct News(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    premises: Premises,
    /// How far the log has come; nothing while nobody looks.
    known: watch::Sender<Option<Heard>>,
    listeners: Mutex<Listeners>,
    end: CancellationToken,
}

/// Who listens, with how many pages, and whether somebody looks at the log for them.
#[derive(Debug, Default)]
struct Listeners {
    pages: HashMap<PersonId, usize>,
    is_looking: bool,
}

impl News {
    /// For the people of these premises.
    pub fn of(premises: &Premises) -> Self {
        Self(Arc::new(Inside {
            premises: premises.clone(),
            known: watch::Sender::new(None),
            listeners: Mutex::default(),
            end: CancellationToken::new(),
        }))
    }

    /// Ends every page's listening: the process stops.
    pub fn end(&self) {
        self.0.end.cancel();
    }

    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a page in, unless its reader has as many already; with the first, somebody begins to look at the log.
    fn let_in(&self, person: PersonId) -> Option<Place> {
        let mut listeners = self.listeners();
        let pages = listeners.pages.entry(person).or_default();
        if *pages >= MOST_PAGES {
            return None;
        }
        *pages += 1;
        if !listeners.is_looking {
            listeners.is_looking = true;
            tokio::spawn(self.clone().look());
        }
        Some(Place { news: self.clone(), person })
    }

    /// Looks at the log for as long as anybody listens.
    async fn look(self) {
        let system = system(&self.0.premises, "open pages hear of changes");
        loop {
            let before = *self.0.known.borrow();
            match heard_since(&system, before.map_or(0, |known| known.head)).await {
                Ok(heard) => {
                    let known = Some(heard.after(before.unwrap_or_default()));
                    self.0.known.send_if_modified(|former| std::mem::replace(former, known) != known);
                }
                // The error has said so in the log; the next look makes up for it, however long the database is away.
                Err(_) => tokio::time::sleep(BEAT).await,
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = self.0.end.cancelled() => return,
            }
            let mut listeners = self.listeners();
            if listeners.pages.is_empty() {
                listeners.is_looking = false;
                self.0.known.send_replace(None);
                return;
            }
        }
    }
}

/// A page's place among those that listen, given back when it goes.
#[derive(Debug)]
struct Place {
    news: News,
    person: PersonId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut listeners = self.news.listeners();
        if let Some(pages) = listeners.pages.get_mut(&self.person) {
            *pages = pages.saturating_sub(1);
        }
        listeners.pages.retain(|_, pages| *pages > 0);
    }
}

/// How old a page is, and what it is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Age {
    since: String,
    about: String,
}

/// Lets an open page listen. Nobody is told what has changed, so that the answer is the same for everybody who may listen.
pub async fn listen(State(news): State<News>, Query(age): Query<Age>, request: Request) -> Response {
    let visit = request.extensions().get::<Visit>();
    let allowed = visit.ok_or(AppError::SignInNeeded).and_then(|visit| require_of(visit, Permission::UseOwnAccount).map(|_| visit));
    let signed_in = match allowed.map(|visit| visit.visitor().cloned()) {
        Ok(Some(signed_in)) => signed_in,
        Ok(None) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(error) => return StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN).into_response(),
    };
    let Some(place) = news.let_in(signed_in.person) else {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    let since = age.since.parse().ok();
    let listener = Listener { known: news.0.known.subscribe(), place, signed_in, since, is_talk: age.about == TALK, heard: None };
    let mut response = Sse::new(listener.words()).keep_alive(KeepAlive::new().interval(BEAT)).into_response();
    response.headers_mut().insert(UNBUFFERED, HeaderValue::from_static("no"));
    response
}

/// A page that listens.
#[derive(Debug)]
struct Listener {
    known: watch::Receiver<Option<Heard>>,
    place: Place,
    signed_in: SignedIn,
    since: Option<DateTime<Utc>>,
    /// Whether the page shows what people write, and not the work.
    is_talk: bool,
    /// What the page has been told of; nothing before it is known how far the log has come.
    heard: Option<Heard>,
}

impl Listener {
    fn words(self) -> impl Stream<Item = Result<Event, Infallible>> {
        unfold(Some(self), |listener: Option<Self>| async move {
            let mut listener = listener?;
            let word = listener.next_word().await?;
            Some((Ok(Event::default().event(word).data(word)), Some(listener).filter(|_| word != ENDED)))
        })
    }

    /// Waits for the next word; nothing when the process stops, or the database does not answer.
    async fn next_word(&mut self) -> Option<&'static str> {
        let news = self.place.news.0.clone();
        loop {
            let Some(before) = self.heard else {
                let known = tokio::select! {
                    known = self.known.wait_for(Option::is_some) => (*known.ok()?)?,
                    () = news.end.cancelled() => return None,
                };
                self.heard = Some(known);
                if self.is_older_than(self.latest_of(known)) {
                    return Some(CHANGED);
                }
                continue;
            };
            let is_told = tokio::select! {
                changed = self.known.changed() => {
                    changed.ok()?;
                    true
                }
                () = tokio::time::sleep(CHECK_EVERY) => false,
                () = news.end.cancelled() => return None,
            };
            let known = (*self.known.borrow_and_update()).unwrap_or(before);
            self.heard = Some(known);
            // Most of what happens ends nobody's sign-in, and need not be asked about once for each page.
            let is_doubtful = !is_told || known.doubted != before.doubted;
            if is_doubtful && !is_still_let_in(&news.premises, &self.signed_in).await.ok()? {
                return Some(ENDED);
            }
            if self.latest_of(known).entry != self.latest_of(before).entry {
                return Some(CHANGED);
            }
        }
    }

    fn latest_of(&self, known: Heard) -> Latest {
        if self.is_talk { known.talk } else { known.work }
    }

    /// Whether anything may have happened since the page was made. One that does not say when that was had better look again.
    fn is_older_than(&self, latest: Latest) -> bool {
        match (self.since, latest.at) {
            (Some(since), Some(at)) => at + SLACK >= since,
            (Some(_), None) => false,
            (None, _) => true,
        }
    }
}
