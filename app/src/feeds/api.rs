//! Links to one's own sessions, and calendar files. The server answers `/feed/{secret}.ics` and `/sessions/{code}.ics` with what the last two
//! functions answer.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{FeedAddress, FeedForm, OwnFeed};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;
use crate::sessions::forms::SessionAddress;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyFeed::PATH, Permission::SeeOwnSessions),
    asks(MakeFeed::PATH, Permission::SeeOwnSessions),
    asks(ChangeFeed::PATH, Permission::SeeOwnSessions),
    asks(RenewFeed::PATH, Permission::SeeOwnSessions),
    asks(RemoveFeed::PATH, Permission::SeeOwnSessions),
    asks(SessionFile::PATH, Permission::SeeOwnSessions),
    asks_nothing(FeedAt::PATH),
];

/// Whether one has a link, and what it gives.
#[server(prefix = "/api", endpoint = "my_feed")]
pub async fn my_feed() -> Result<Option<OwnFeed>, AppError> {
    let actor = crate::access::require(Permission::SeeOwnSessions)?;
    super::store::own_feed(&actor).await
}

/// Makes a link. Answers with its secret, which is stored nowhere.
#[server(prefix = "/api", endpoint = "make_feed")]
pub async fn make_feed(form: FeedForm) -> Result<(), AppError> {
    use crate::access::{answer_here, require};

    let actor = require(Permission::SeeOwnSessions)?;
    let secret = super::store::make_feed(&actor, form.check()?).await?;
    answer_here(&secret);
    Ok(())
}

/// Changes what one's link gives. The link stays.
#[server(prefix = "/api", endpoint = "change_feed")]
pub async fn change_feed(form: FeedForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::SeeOwnSessions)?;
    super::store::change_feed(&actor, form.check()?).await?;
    go_to(paths::FEEDS, "Your choice is kept. Your calendar follows when it next fetches the link, which may take a day.");
    Ok(())
}

/// Puts another link in the place of one's own, which is over at once. Answers with the new secret.
#[server(prefix = "/api", endpoint = "renew_feed")]
pub async fn renew_feed() -> Result<(), AppError> {
    use crate::access::{answer_here, require};

    let actor = require(Permission::SeeOwnSessions)?;
    let secret = super::store::renew_feed(&actor).await?;
    answer_here(&secret);
    Ok(())
}

/// Ends one's link.
#[server(prefix = "/api", endpoint = "remove_feed")]
pub async fn remove_feed() -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::SeeOwnSessions)?;
    super::store::remove_feed(&actor).await?;
    go_to(paths::FEEDS, "The link is over. A calendar that has it fetches nothing any more.");
    Ok(())
}

/// A session as a calendar file.
#[server(prefix = "/api", endpoint = "session_file")]
pub async fn session_file(form: SessionAddress) -> Result<String, AppError> {
    let actor = crate::access::require(Permission::SeeOwnSessions)?;
    let session = crate::sessions::store::open_session(&actor, &form.code).await?;
    super::store::session_file(&actor, &session).await
}

/// The feed behind a link, as a calendar file. Whoever has the link has the feed: a calendar program signs in nowhere.
#[server(prefix = "/api", endpoint = "feed_at")]
pub async fn feed_at(form: FeedAddress) -> Result<String, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::feed_at(&anyone, &form.secret).await
}
