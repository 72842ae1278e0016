//! The community, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Feed, PostToChange, Saved, SpaceShown, ThreadShown, ThreadToStart};
use super::forms::{ChangeForm, FeedAddress, HeldForm, PostAddress, ReplyForm, SpaceAddress, SteerForm, ThreadAddress, ThreadForm};
use super::keeping::{KeptSpace, SpaceForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(CommunityFeed::PATH, Permission::UseCommunity),
    asks(SpaceOf::PATH, Permission::UseCommunity),
    asks(ThreadOf::PATH, Permission::UseCommunity),
    asks(SavedPosts::PATH, Permission::UseCommunity),
    asks(ThreadToStartIn::PATH, Permission::UseCommunity),
    asks(PostToChangeAt::PATH, Permission::UseCommunity),
    asks(StartThread::PATH, Permission::UseCommunity),
    asks(ReplyToThread::PATH, Permission::UseCommunity),
    asks(ChangePost::PATH, Permission::UseCommunity),
    asks(WithdrawPost::PATH, Permission::UseCommunity),
    asks(SteerThread::PATH, Permission::UseCommunity),
    asks(MarkAllRead::PATH, Permission::UseCommunity),
    asks(MuteThread::PATH, Permission::UseCommunity),
    asks(HearOfThread::PATH, Permission::UseCommunity),
    asks(SavePost::PATH, Permission::UseCommunity),
    asks(ForgetPost::PATH, Permission::UseCommunity),
    asks(KeptSpaces::PATH, Permission::ManageSpaces),
    asks(SpaceToKeep::PATH, Permission::ManageSpaces),
    asks(MakeSpace::PATH, Permission::ManageSpaces),
    asks(ChangeSpace::PATH, Permission::ManageSpaces),
    asks(ChangeHeldPost::PATH, Permission::UseCommunity),
    asks(WithdrawHeldPost::PATH, Permission::UseCommunity),
];

/// What somebody is told whose post waits.
#[cfg(feature = "ssr")]
const WAITS: &str = "A moderator looks at it before others see it, within one working day. Until then only you see it here.";

/// What is new in the spaces that one may read, and what was there before.
#[server(prefix = "/api", endpoint = "community_feed")]
pub async fn community_feed(form: FeedAddress) -> Result<Feed, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::feed(&actor, &form.before, form.is_again).await
}

/// A space with its threads.
#[server(prefix = "/api", endpoint = "space_of")]
pub async fn space_of(form: SpaceAddress) -> Result<SpaceShown, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let space = super::store::open_space(&actor, &form.space).await?;
    super::store::space_shown(&actor, &space, &form.before).await
}

/// A page of a thread, which counts as read from then on, unless an open page only looks again.
#[server(prefix = "/api", endpoint = "thread_of")]
pub async fn thread_of(form: ThreadAddress) -> Result<ThreadShown, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let is_again = crate::news::is_asked_again();
    let thread = super::store::open_thread(&actor, &form).await?;
    super::store::thread_shown(&actor, &thread, &form.page, is_again).await
}

/// The posts that one has saved.
#[server(prefix = "/api", endpoint = "saved_posts")]
pub async fn saved_posts(form: FeedAddress) -> Result<Saved, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    super::store::saved(&actor, &form.before).await
}

/// What the form of a new thread begins with.
#[server(prefix = "/api", endpoint = "thread_to_start_in")]
pub async fn thread_to_start_in(form: SpaceAddress) -> Result<ThreadToStart, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let slug = if form.space.is_empty() {
        super::store::spaces_of(&actor).await?.into_iter().next().map(|space| space.slug)
    } else {
        Some(form.space)
    };
    let space = super::store::open_space(&actor, &slug.unwrap_or_default()).await?;
    super::store::thread_to_start(&actor, &space).await
}

/// A post of one's own, as it was typed.
#[server(prefix = "/api", endpoint = "post_to_change_at")]
pub async fn post_to_change_at(form: PostAddress) -> Result<PostToChange, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    super::store::post_to_change(&actor, &thread, number_of(&form.post)?).await
}

/// Starts a thread, or keeps what was begun.
#[server(prefix = "/api", endpoint = "start_thread")]
pub async fn start_thread(form: ThreadForm) -> Result<(), AppError> {
    use super::forms::Press;
    use super::store::{Begun, Desk};
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let space = super::store::open_space(&actor, &form.space).await?;
    let press = Press::of_key(&form.press);
    if press != Press::Post {
        let begun = Begun { title: &form.title, text: &form.text, is_unnamed: form.is_unnamed() };
        super::store::keep_draft(&actor, &Desk::Thread(space.id()), &begun).await?;
        match press {
            Press::Attach => go_to(&super::model::attaching_address(space.slug(), "", ""), ""),
            _ => kept(&crate::paths::new_thread(space.slug()), press),
        }
        return Ok(());
    }
    let (title, text) = super::check::thread(&form)?;
    match super::store::start_thread(&actor, &space, &title, &text).await? {
        Some(number) => go_to(&crate::paths::thread(space.slug(), number), "Posted. You can change it or take it back."),
        None => go_to(crate::paths::OWN_REPORTS, WAITS),
    }
    Ok(())
}

/// Replies to a thread, or keeps what was begun.
#[server(prefix = "/api", endpoint = "reply_to_thread")]
pub async fn reply_to_thread(form: ReplyForm) -> Result<(), AppError> {
    use super::forms::Press;
    use super::store::{Begun, Desk};
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    let press = Press::of_key(&form.press);
    if press != Press::Post {
        let begun = Begun { title: "", text: &form.text, is_unnamed: form.is_unnamed() };
        super::store::keep_draft(&actor, &Desk::Reply(thread.id()), &begun).await?;
        match press {
            Press::Attach => go_to(&super::model::attaching_address(&form.space, &form.number, &form.quoted), ""),
            _ => kept(&super::model::writing_address(&form.space, &form.number, &form.quoted), press),
        }
        return Ok(());
    }
    let text = super::check::text(&form.text, &form.mention, &form.ask)?.bearing_name(!form.is_unnamed());
    let (slug, of_thread) = (thread.space().slug(), thread.number());
    match super::store::reply(&actor, &thread, form.quoted.parse().ok(), &text).await? {
        Some(number) => go_to(&super::model::post_address(slug, of_thread, number), "Posted. You can change it or take it back."),
        None => go_to(&waiting_in(slug, &thread), WAITS),
    }
    Ok(())
}

/// Changes a post of one's own, or keeps what was begun.
#[server(prefix = "/api", endpoint = "change_post")]
pub async fn change_post(form: ChangeForm) -> Result<(), AppError> {
    use super::forms::Press;
    use super::store::{Begun, Changed, Desk};
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.post().thread()).await?;
    let number = number_of(&form.post)?;
    let press = Press::of_key(&form.press);
    if press != Press::Post {
        super::store::post_to_change(&actor, &thread, number).await?;
        let begun = Begun { title: "", text: &form.text, is_unnamed: false };
        super::store::keep_draft(&actor, &Desk::Change(thread.id(), number), &begun).await?;
        kept(&crate::paths::change_post(thread.space().slug(), thread.number(), number), press);
        return Ok(());
    }
    let text = super::check::text(&form.text, "", &form.ask)?;
    let (slug, of_thread) = (thread.space().slug(), thread.number());
    let post = super::model::post_address(slug, of_thread, number);
    match super::store::change_post(&actor, &thread, (number, form.shown()?), &text).await? {
        Changed::Shown => go_to(&post, "Your post is changed, and says so."),
        Changed::Waits => go_to(&waiting_in(slug, &thread), WAITS),
        Changed::Nothing => go_to(&post, "Your post says that already, so it is as it was."),
    }
    Ok(())
}

/// Takes back a post of one's own.
#[server(prefix = "/api", endpoint = "withdraw_post")]
pub async fn withdraw_post(form: PostAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    let number = number_of(&form.post)?;
    super::store::withdraw_post(&actor, &thread, number).await?;
    go_to(&super::model::post_address(thread.space().slug(), thread.number(), number), "Your post is withdrawn. What it said is gone.");
    Ok(())
}

/// Pins or locks a thread, or takes that back.
#[server(prefix = "/api", endpoint = "steer_thread")]
pub async fn steer_thread(form: SteerForm) -> Result<(), AppError> {
    use super::forms::Steer;
    use crate::access::require;

    let actor = require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    let steer = Steer::of_key(&form.what).ok_or(AppError::NotFound)?;
    super::store::steer_thread(&actor, &thread, steer).await?;
    crate::access::stay(match steer {
        Steer::Pin => "The thread is above the others in this space now.",
        Steer::Unpin => "The thread is back where its last post puts it.",
        Steer::Lock => "The thread is locked. Everybody can read it, and nobody can reply.",
        Steer::Unlock => "People can reply to the thread again.",
        Steer::Slow => "From now on every reply is looked at before others see it. You find it under “To review”.",
        Steer::LetRun => "Replies are shown at once again. What waits still waits.",
    });
    Ok(())
}

/// Counts everything as read that was written until now.
#[server(prefix = "/api", endpoint = "mark_all_read")]
pub async fn mark_all_read() -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    super::store::mark_all_read(&actor).await?;
    go_to(crate::paths::COMMUNITY, "Everything is marked as read.");
    Ok(())
}

/// Hears nothing more of a thread.
#[server(prefix = "/api", endpoint = "mute_thread")]
pub async fn mute_thread(form: ThreadAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form).await?;
    super::store::mute_thread(&actor, &thread).await?;
    crate::access::stay("The thread is no longer listed under what is new. You can still read it here.");
    Ok(())
}

/// Hears of a thread again.
#[server(prefix = "/api", endpoint = "hear_of_thread")]
pub async fn hear_of_thread(form: ThreadAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form).await?;
    super::store::hear_of_thread(&actor, &thread).await?;
    crate::access::stay("New posts in this thread are listed under what is new again.");
    Ok(())
}

/// Saves a post to find it again.
#[server(prefix = "/api", endpoint = "save_post")]
pub async fn save_post(form: PostAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    super::store::save_post(&actor, &thread, number_of(&form.post)?).await?;
    crate::access::stay("Saved. You find it under Saved posts, and only you do.");
    Ok(())
}

/// Forgets that one has saved a post.
#[server(prefix = "/api", endpoint = "forget_post")]
pub async fn forget_post(form: PostAddress) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let thread = super::store::open_thread(&actor, &form.thread()).await?;
    super::store::forget_post(&actor, &thread, number_of(&form.post)?).await?;
    crate::access::stay("It is no longer under your saved posts.");
    Ok(())
}

/// The spaces that there are, without those of groups.
#[server(prefix = "/api", endpoint = "kept_spaces")]
pub async fn kept_spaces() -> Result<Vec<KeptSpace>, AppError> {
    let actor = crate::access::require(Permission::ManageSpaces)?;
    super::store::kept_spaces(&actor).await
}

/// A space that is no group's, to be changed.
#[server(prefix = "/api", endpoint = "space_to_keep")]
pub async fn space_to_keep(form: SpaceAddress) -> Result<KeptSpace, AppError> {
    let actor = crate::access::require(Permission::ManageSpaces)?;
    super::store::kept_space(&actor, &form.space).await
}

/// Makes a space.
#[server(prefix = "/api", endpoint = "make_space")]
pub async fn make_space(form: SpaceForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageSpaces)?;
    let (kind, subject) = form.check_whom()?;
    super::store::make_space(&actor, (kind, &subject), &form.check()?).await?;
    go_to(crate::paths::KEPT_SPACES, "The space is there, for everybody whom it is for.");
    Ok(())
}

/// Changes a space, and who looks after it.
#[server(prefix = "/api", endpoint = "change_space")]
pub async fn change_space(form: SpaceForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageSpaces)?;
    let shown = form.version.parse().map_err(|_| AppError::NotFound)?;
    super::store::change_space(&actor, (&form.slug, shown), &form.check()?).await?;
    go_to(crate::paths::KEPT_SPACES, "The space is changed.");
    Ok(())
}

/// Changes a post of one's own that waits for a moderator, or was sent back.
#[server(prefix = "/api", endpoint = "change_held_post")]
pub async fn change_held_post(form: HeldForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    let (title, text) = super::check::held(&form)?;
    super::store::change_held(&actor, &form.code, &title, &text).await?;
    go_to(crate::paths::OWN_REPORTS, WAITS);
    Ok(())
}

/// Takes back a post of one's own that waits for a moderator, or was sent back.
#[server(prefix = "/api", endpoint = "withdraw_held_post")]
pub async fn withdraw_held_post(form: HeldForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::UseCommunity)?;
    super::store::withdraw_held(&actor, &form.code).await?;
    go_to(crate::paths::OWN_REPORTS, "It is withdrawn. What it said is gone.");
    Ok(())
}

/// Where what waits for a thread stands: at its end, for its writer alone.
#[cfg(feature = "ssr")]
fn waiting_in(space: &str, thread: &super::store::OpenedThread) -> String {
    let page = super::model::page_of(thread.posts());
    format!("{}#waiting", crate::paths::thread_page(space, thread.number(), page))
}

#[cfg(feature = "ssr")]
pub(super) fn number_of(entered: &str) -> Result<i64, AppError> {
    entered.parse().map_err(|_| AppError::NotFound)
}

/// Goes on with a text that was kept: where it was to be looked at, below what it will look like.
#[cfg(feature = "ssr")]
fn kept(address: &str, press: super::forms::Press) {
    let joint = if address.contains('?') { '&' } else { '?' };
    match press {
        super::forms::Press::Preview => crate::access::go_to(&format!("{address}{joint}preview=1#preview"), ""),
        _ => crate::access::go_to(&format!("{address}#write"), "Your draft is kept. You find it here, on any device."),
    }
}
