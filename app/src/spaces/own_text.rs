//! What somebody has written in the community, as a text that they take along: Markdown, as it was typed.

use std::fmt::Write;

use super::own::OwnPost;
use super::store::own_posts;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::{clock_time, day_month_year};

/// All that one has written and not taken back, the latest first, part after part as the page shows it.
pub async fn own_posts_as_text(visit: &Visit) -> Result<String, AppError> {
    let actor = require_of(visit, Permission::UseOwnAccount)?;
    let mut text = String::from("# What I wrote in the community\n");
    let mut from = Some(String::new());
    while let Some(before) = from {
        let part = own_posts(&actor, &before).await?;
        for post in &part.posts {
            write_post(&mut text, post);
        }
        from = part.next;
    }
    Ok(text)
}

fn write_post(text: &mut String, post: &OwnPost) {
    let written = format!("{}, {}", day_month_year(post.written_at.date()), clock_time(post.written_at.time()));
    let title = if post.title.is_empty() { String::new() } else { format!(": {}", post.title) };
    let place = match &post.place {
        Some(place) => format!("In “{}”, {}.", place.thread, place.space),
        None => "In a space that I can no longer read.".to_owned(),
    };
    let unnamed = if post.is_unnamed { " Without my name." } else { "" };
    let hidden = if post.hidden.is_some() { " Hidden by a moderator." } else { "" };
    let _infallible = write!(text, "\n## {written}{title}\n\n{place}{unnamed}{hidden}\n\n{}\n", post.source.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_taken_along_as_it_was_typed_with_when_and_where_and_nobody_else_s_words() {
        let post = OwnPost {
            thread: String::new(),
            number: 2,
            title: String::new(),
            html: "<p>I <em>wait</em>.</p>".to_owned(),
            source: "I *wait*.\n".to_owned(),
            written_at: "2026-10-22T09:05:00".parse().unwrap(),
            is_unnamed: true,
            hidden: None,
            files: 0,
            place: None,
        };
        let mut text = String::new();
        write_post(&mut text, &post);
        assert_eq!(text, "\n## Thursday 22 October 2026, 09:05\n\nIn a space that I can no longer read. Without my name.\n\nI *wait*.\n");
    }
}
