//! Lists of posts by a moment, the latest first, part by part. A part goes on after one post, however many share its moment.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::Actor;
use crate::spaces::model::{Place, ThreadId};

/// How many stand on one page.
const SHOWN: usize = 20;

/// That a post stands after a place of such a list, and the list's order and end: `$at` is the moment by which it is ordered, `$post` a row that has a
/// thread and a number, and the parameters are the place's moment, thread and number, and [`Part::at_most`].
macro_rules! older {
    ($at:literal, $post:literal, [$before:literal, $thread:literal, $number:literal, $at_most:literal]) => {
        concat!(
            $at,
            " <= ",
            $before,
            " AND (",
            $at,
            " < ",
            $before,
            " OR ",
            $post,
            ".thread_id < ",
            $thread,
            " OR (",
            $post,
            ".thread_id = ",
            $thread,
            " AND ",
            $post,
            ".number < ",
            $number,
            "))
ORDER BY ",
            $at,
            " DESC, ",
            $post,
            ".thread_id DESC, ",
            $post,
            ".number DESC
LIMIT ",
            $at_most
        )
    };
}
pub(super) use older;

/// After which post a part of such a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The moment by which the post is ordered.
    pub(super) at: DateTime<Utc>,
    /// Its thread.
    pub(super) thread: ThreadId,
    /// Its number in the thread.
    pub(super) number: i64,
}

impl Part {
    /// The part that an address names; nonsense is the beginning.
    pub(super) fn of_key(actor: &Actor, key: &str) -> Self {
        let beginning = Self { at: actor.now() + TimeDelta::days(1), thread: ThreadId(uuid::Uuid::max()), number: i64::MAX };
        let found = key.rsplit_once('-').and_then(|(place, number)| {
            let Place { at, id } = Place::of_key(place)?;
            Some(Self { at, thread: ThreadId(id), number: number.parse().ok()? })
        });
        found.unwrap_or(beginning)
    }

    /// How many rows to ask for: one more than is shown, which says that there are more.
    pub(super) fn at_most() -> i64 {
        i64::try_from(SHOWN + 1).unwrap_or(i64::MAX)
    }

    /// Cuts off what stands on the next page, and answers where that begins, if there is one.
    pub(super) fn cut<Row>(rows: &mut Vec<Row>, last: impl Fn(&Row) -> Self) -> Option<String> {
        let has_more = rows.len() > SHOWN;
        rows.truncate(SHOWN);
        let Self { at, thread, number } = last(rows.last().filter(|_| has_more)?);
        Some(format!("{}-{number}", Place { at, id: thread.0 }.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::spaces::SpaceKind;
    use crate::spaces::fixture::{opened, space, start};
    use crate::spaces::store::tests::{answer, at};
    use crate::spaces::store::{own_posts, save_post, saved};

    both_databases! {
        async fn posts_of_one_moment_stand_on_one_page_or_the_next_and_none_is_lost_or_shown_twice(fixture: Fixture) {
            space(fixture, "all", SpaceKind::Centre, "").await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let writer = at(fixture, 0, amina, Role::Practitioner);
            for thread in 1..=3 {
                start(&writer, "all", "A question", "Words").await.unwrap();
                for _ in 0..14 {
                    answer(&writer, "all", thread, "An answer").await.unwrap();
                }
                let opened = opened(&writer, "all", thread).await.unwrap();
                for number in 1..=15 {
                    save_post(&writer, &opened, number).await.unwrap();
                }
            }
            let (mut own, mut kept) = (Vec::new(), Vec::new());
            let mut next = Some(String::new());
            while let Some(part) = next {
                let shown = own_posts(&writer, &part).await.unwrap();
                own.push(shown.posts.into_iter().map(|post| (post.thread, post.number)).collect::<Vec<_>>());
                next = shown.next;
            }
            next = Some(String::new());
            while let Some(part) = next {
                let shown = saved(&writer, &part).await.unwrap();
                kept.push(shown.posts.into_iter().map(|post| (post.thread.0.to_string(), post.number)).collect::<Vec<_>>());
                next = shown.next;
            }
            for parts in [own, kept] {
                assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 5]);
                let mut all = parts.concat();
                all.sort();
                all.dedup();
                assert_eq!(all.len(), 45);
            }
        }
    }

    both_databases! {
        async fn the_address_of_a_part_that_nobody_was_given_is_the_beginning(fixture: Fixture) {
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let reader = at(fixture, 0, amina, Role::Practitioner);
            for nonsense in ["", "now", "-", "7-00000000000000000000000000000007", "7-00000000000000000000000000000007-x"] {
                assert_eq!(Part::of_key(&reader, nonsense).number, i64::MAX, "{nonsense}");
            }
        }
    }
}
