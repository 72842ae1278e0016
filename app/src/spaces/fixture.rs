//! Spaces for tests.

use super::files::CleanFile;
use super::forms::ThreadAddress;
use super::model::{FileKind, SpaceId, SpaceKind};
use super::polling::NewPoll;
use super::store::{Desk, OpenedSpace, OpenedThread, add_poll, attach, files_of_draft, open_space, open_thread, start_thread};
use super::written::Written;
use crate::access::Actor;
use crate::database::fixture::Fixture;
use crate::database::{new_id, on};
use crate::error::AppError;
use crate::people::PersonId;

/// A space that is called by its part of the address.
pub async fn space(fixture: &Fixture, slug: &str, kind: SpaceKind, subject: &str) -> SpaceId {
    const INSERT: &str =
        "INSERT INTO space (id, slug, name, about, kind, subject, created_at, version) VALUES ($1, $2, $2, '', $3, $4, $5, 1)";

    let id = SpaceId(new_id());
    let database = &fixture.database;
    on!(database, pool => sqlx::query(INSERT).bind(id).bind(slug).bind(kind).bind(subject).bind(fixture.now()).execute(pool).await.map(|_| ()))
        .unwrap();
    id
}

/// Lets somebody look after a space.
pub async fn look_after(fixture: &Fixture, space: SpaceId, person: PersonId) {
    const INSERT: &str = "INSERT INTO space_moderator (space_id, person_id) VALUES ($1, $2)";

    let database = &fixture.database;
    on!(database, pool => sqlx::query(INSERT).bind(space).bind(person).execute(pool).await.map(|_| ())).unwrap();
}

/// A text that can be posted.
pub fn words(text: &str) -> Written {
    Written::of(text).unwrap()
}

/// Starts a thread, which is shown at once. Answers its number.
pub async fn start(actor: &Actor, slug: &str, title: &str, text: &str) -> Result<i64, AppError> {
    Ok(start_thread(actor, &open_space(actor, slug).await?, title, &words(text)).await?.expect("it is shown at once"))
}

/// A thread, for whoever may read it.
pub async fn opened(actor: &Actor, slug: &str, number: i64) -> Result<OpenedThread, AppError> {
    open_thread(actor, &ThreadAddress { space: slug.to_owned(), number: number.to_string(), page: String::new() }).await
}

/// Attaches a drawing to the thread that somebody starts next in a space, which takes files from then on. Answers its code.
pub async fn draw_for(fixture: &Fixture, actor: &Actor, slug: &str) -> String {
    const ALLOW: &str =
        "INSERT INTO space_with_files (space_id, allowed_by, allowed_at) VALUES ($1, $2, $3) ON CONFLICT (space_id) DO NOTHING";

    let id = open_space(actor, slug).await.unwrap().id();
    let database = &fixture.database;
    on!(database, pool => sqlx::query(ALLOW).bind(id).bind(actor.person()).bind(actor.now()).execute(pool).await.map(|_| ())).unwrap();
    draw_at(actor, &open_space(actor, slug).await.unwrap(), &Desk::Thread(id)).await
}

/// Attaches a drawing to what somebody writes, or to what of theirs waits. Answers its code.
pub async fn draw_at(actor: &Actor, space: &OpenedSpace, desk: &Desk) -> String {
    let file = CleanFile { kind: FileKind::Png, size: Some((40, 20)), content: b"a drawing".to_vec() };
    attach(actor, space, desk, "A drawing", file).await.unwrap();
    files_of_draft(actor, desk).await.unwrap().pop().unwrap().code
}

/// Adds a poll of two answers to a thread that somebody began, open for a week.
pub async fn ask_in(actor: &Actor, slug: &str, number: i64) {
    add_poll(actor, &opened(actor, slug, number).await.unwrap(), &poll_for_a_week(actor)).await.unwrap();
}

/// The same, asking what the community takes up next.
pub async fn ask_for_topics_in(actor: &Actor, slug: &str, number: i64) {
    let poll = NewPoll { is_about_topics: true, ..poll_for_a_week(actor) };
    add_poll(actor, &opened(actor, slug, number).await.unwrap(), &poll).await.unwrap();
}

fn poll_for_a_week(actor: &Actor) -> NewPoll {
    let options = vec!["Mornings".to_owned(), "Evenings".to_owned()];
    let closes_on = ::series::local(actor.now()).date() + chrono::Days::new(7);
    NewPoll { options, takes_several: false, closes_on, is_about_topics: false }
}
