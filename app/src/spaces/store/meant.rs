//! Names in the place of the codes by which people are meant. What the database holds knows nobody's name, which may change or have to go; whoever is no
//! more where a text stands is named nowhere in it.

use std::collections::{BTreeMap, BTreeSet};

use super::readable::is_here;
use crate::belonging::is_meant_by_space;
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::codes_in;

/// The name of whoever has left, wherever a name would stand.
pub(super) const FORMER: &str = "a former member";

/// Whom a text means: their code, and their name as it is today.
pub type Meant = Vec<(String, String)>;

/// Somebody whose code stands in a text, and their name where they are there still.
#[derive(sqlx::FromRow)]
pub(super) struct Person {
    typed: String,
    code: Option<String>,
    title: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
}

impl Person {
    pub fn meant(self) -> (String, String) {
        let name = self.code.zip(self.title).zip(self.given_name.zip(self.family_name));
        let name =
            name.map(|((code, title), (given_name, family_name))| PersonName::from(NameRow { code, title, given_name, family_name }).short);
        (self.typed, name.unwrap_or_else(|| FORMER.to_owned()))
    }
}

/// Who is meant in which of some posts. Of those that hold no code, the database is asked nothing.
pub async fn meant_in(database: &Database, posts: &[((ThreadId, i64), &str)]) -> Result<BTreeMap<(ThreadId, i64), Meant>, AppError> {
    const MEANT: &str = concat!(
        "\
SELECT n.thread_id, n.number, c.code AS typed, w.code, w.title, w.given_name, w.family_name
FROM mention n
JOIN thread t ON t.id = n.thread_id
JOIN (SELECT id, kind FROM space UNION ALL SELECT id, 'group' FROM supervision_group) s ON s.id = t.space_id
JOIN person c ON c.id = n.person_id
LEFT JOIN person w ON w.id = n.person_id AND ",
        is_here!("w", "s.id", "s.kind"),
        "
WHERE (n.thread_id, n.number) IN ("
    );

    #[derive(sqlx::FromRow)]
    struct OfPost {
        thread_id: ThreadId,
        number: i64,
        #[sqlx(flatten)]
        person: Person,
    }

    let coded: Vec<(ThreadId, i64)> = posts.iter().filter(|(_, text)| !codes_in(text).is_empty()).map(|(post, _)| *post).collect();
    let mut meant: BTreeMap<(ThreadId, i64), Meant> = BTreeMap::new();
    if coded.is_empty() {
        return Ok(meant);
    }
    let rows: Vec<OfPost> = on!(database, pool => {
        let mut statement = sqlx::QueryBuilder::new(MEANT);
        statement.push_values(&coded, |mut values, (thread, number)| {
            values.push_bind(*thread).push_bind(*number);
        });
        statement.push(")");
        statement.build_query_as().persistent(false).fetch_all(pool).await
    })?;
    for OfPost { thread_id, number, person } in rows {
        meant.entry((thread_id, number)).or_default().push(person.meant());
    }
    Ok(meant)
}

/// Whom the codes in some texts of a space mean. Of what a post said before, or says while it is hidden or waits, it is not kept who was told of it: those
/// are meant who could be told there, now or as a member or a new starter of another day, also where the community is closed to them since, and the code of
/// anybody else is no name.
pub(crate) async fn people_of_codes(transaction: &mut Transaction, space: SpaceId, texts: &[&str]) -> Result<Meant, AppError> {
    let texts: Vec<(SpaceId, &str)> = texts.iter().map(|text| (space, *text)).collect();
    Ok(people_of_codes_in(transaction, &texts).await?.remove(&space).unwrap_or_default())
}

/// The same of texts of several spaces, in one statement. Of those that hold no code, the database is asked nothing.
pub(super) async fn people_of_codes_in(
    transaction: &mut Transaction,
    texts: &[(SpaceId, &str)],
) -> Result<BTreeMap<SpaceId, Meant>, AppError> {
    const PEOPLE: &str = concat!(
        "\
SELECT s.id AS space_id, c.code AS typed, w.code, w.title, w.given_name, w.family_name
FROM (SELECT id, kind FROM space UNION ALL SELECT id, 'group' FROM supervision_group) s
CROSS JOIN person c
LEFT JOIN person w ON w.id = c.id AND ",
        is_here!("w", "s.id", "s.kind"),
        "
WHERE (
        EXISTS (SELECT 1 FROM space home WHERE home.id = s.id AND ",
        is_meant_by_space!("home", "c.id", "'1970-01-01T00:00:00+00:00'"),
        ")
        OR EXISTS (SELECT 1 FROM membership there WHERE there.group_id = s.id AND there.person_id = c.id)
        OR EXISTS (SELECT 1 FROM supervision_group there WHERE there.id = s.id AND there.supervisor_id = c.id)
    )
    AND c.code IN ("
    );

    #[derive(sqlx::FromRow)]
    struct OfSpace {
        space_id: SpaceId,
        #[sqlx(flatten)]
        person: Person,
    }

    let found = texts.iter().flat_map(|(space, text)| codes_in(text).into_iter().map(|code| (*space, code)));
    let (spaces, codes): (BTreeSet<SpaceId>, BTreeSet<String>) = found.unzip();
    let mut meant: BTreeMap<SpaceId, Meant> = BTreeMap::new();
    if codes.is_empty() {
        return Ok(meant);
    }
    let people: Vec<OfSpace> = on!(&mut transaction, connection => {
        let mut statement = sqlx::QueryBuilder::new(PEOPLE);
        let mut list = statement.separated(", ");
        for code in &codes {
            list.push_bind(code.as_str());
        }
        list.push_unseparated(") AND s.id IN (");
        let mut list = statement.separated(", ");
        for space in &spaces {
            list.push_bind(*space);
        }
        list.push_unseparated(")");
        statement.build_query_as().persistent(false).fetch_all(connection).await
    })?;
    for OfSpace { space_id, person } in people {
        meant.entry(space_id).or_default().push(person.meant());
    }
    Ok(meant)
}

/// The same for somebody who cannot read the space: who is in it is told to them not at all, or no more.
pub(crate) fn to_a_stranger(meant: Meant) -> Meant {
    meant.into_iter().map(|(code, _)| (code, "somebody".to_owned())).collect()
}

/// Puts names in the place of codes in what is plain text.
pub fn named(text: &str, meant: Option<&Meant>) -> String {
    let name = |text: String, (code, name): &(String, String)| text.replace(&format!("@{code}"), name);
    meant.into_iter().flatten().fold(text.to_owned(), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::groups::GroupKind;
    use crate::groups::fixture::{group, slug_of};
    use crate::people::PersonId;
    use crate::people::fixture::{code_of, person};
    use crate::spaces::fixture::{opened, start, words};
    use crate::spaces::store::tests::{answer, at, post};
    use crate::spaces::store::{change_post, feed, open_space, own_posts, save_post, saved, space_shown};

    both_databases! {
        async fn whoever_is_meant_is_named_in_lists_among_saved_posts_and_in_what_a_post_said_before(fixture: Fixture) {
            const LEAVE: &str = "UPDATE membership SET left_on = '2026-10-22' WHERE person_id = $1";

            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let stranger = code_of(fixture, person(fixture, "Sian", "Lloyd", &[Role::Practitioner]).await).await;
            let slug = format!("group-{}", slug_of(fixture, group(fixture, ruth, &[amina, tom], GroupKind::Group).await).await);
            let leader = at(fixture, 0, ruth, Role::Supervisor);
            let (to_amina, to_tom) = (code_of(fixture, amina).await, code_of(fixture, tom).await);
            start(&leader, &slug, "Thank you", &format!("Thank you @{to_amina} and @{stranger}.")).await.unwrap();
            answer(&leader, &slug, 1, &format!("And @{to_tom}, not @{stranger}, for waiting.")).await.unwrap();
            let thread = opened(&leader, &slug, 1).await.unwrap();
            change_post(&leader, &thread, (2, 1), &words(&format!("And @{to_amina}, for waiting."))).await.unwrap();
            save_post(&leader, &thread, 2).await.unwrap();

            let excerpts = async |reader: PersonId, role: Role| {
                let reader = at(fixture, 1, reader, role);
                let space = open_space(&reader, &slug).await.unwrap();
                let feed = feed(&reader, "", true).await.unwrap();
                let line = feed.new.into_iter().chain(feed.earlier).next().unwrap();
                [line.excerpt, space_shown(&reader, &space, "").await.unwrap().threads.remove(0).excerpt]
            };
            // Whoever may not read it is not meant, so their code is no name.
            let named = format!("Thank you Amina R. and @{stranger}.");
            assert_eq!(excerpts(tom, Role::Practitioner).await, [named.clone(), named]);
            let kept = saved(&leader, "").await.unwrap().posts.remove(0).html;
            assert_eq!(kept, "<p>And <span class=\"meant\">Amina R.</span>, for waiting.</p>\n");
            assert_eq!(own_posts(&leader, "").await.unwrap().posts.into_iter().filter(|own| own.html == kept).count(), 1);
            let before = async || post(&leader, &slug, 1, 2).await.before.remove(0).1;
            assert_eq!(before().await, format!("<p>And <span class=\"meant\">Tom B.</span>, not @{stranger}, for waiting.</p>\n"));

            let database = &fixture.database;
            for gone in [amina, tom] {
                on!(database, pool => sqlx::query(LEAVE).bind(gone).execute(pool).await.map(|_| ())).unwrap();
            }
            assert_eq!(excerpts(ruth, Role::Supervisor).await[0], format!("Thank you a former member and @{stranger}."));
            assert!(before().await.contains("a former member") && !before().await.contains("Tom"));
        }
    }
}
