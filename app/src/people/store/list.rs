//! The list of people.

use super::confirm::confirmed_column;
use super::record::authority_choices;
use super::search::searched_for;
use crate::access::{Actor, Roles};
use crate::database::{each_anywhere, on};
use crate::error::AppError;
use crate::people::answers::{ListedPerson, PEOPLE_ON_A_PAGE, PeopleList};
use crate::people::confirmation::Confirmed;
use crate::people::forms::PeopleFilter;
use crate::people::model::{Standing, initials};

/// From a list of columns to the people that a filter leaves, with the values `$1` to `$8`: the patterns of four words in a name or address,
/// role, authority, standing, and how far it is confirmed that they work there. An empty value leaves everybody. Of whoever is suspended nothing waits, so
/// the last leaves them out unless that standing is asked for.
macro_rules! filtered {
    ($columns:expr, $end:literal) => {
        concat!(
            "SELECT ",
            $columns,
            "
FROM person p
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN work_confirmation c ON c.person_id = p.id AND c.authority_id = p.authority_id
WHERE p.given_key || ' ' || p.family_key || ' ' || p.email LIKE $1 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key || ' ' || p.email LIKE $2 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key || ' ' || p.email LIKE $3 ESCAPE '!'
    AND p.given_key || ' ' || p.family_key || ' ' || p.email LIKE $4 ESCAPE '!'
    AND ($5 = '' OR EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = $5))
    AND ($6 = '' OR a.slug = $6)
    AND ($7 = '' OR p.standing = $7)
    AND ($8 = '' OR (",
            confirmed_column!(),
            " = $8 AND ($7 <> '' OR p.standing <> 'suspended')))
",
            $end
        )
    };
}

/// One page of the people whom a filter leaves, by family name. A page behind the last is the last.
pub async fn people_for(actor: &Actor, filter: &PeopleFilter) -> Result<PeopleList, AppError> {
    const COUNT: &str = filtered!("COUNT(*)", "");

    let database = actor.database();
    let words = searched_for(actor, &filter.search).await?;
    let [first, second, third, fourth] = each_anywhere(&words);
    let total: i64 = on!(database, pool => sqlx::query_scalar(COUNT)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(role_of(filter))
        .bind(&filter.authority)
        .bind(standing_of(filter))
        .bind(confirmed_of(filter))
        .fetch_one(pool).await)?;
    let pages = ((total + PEOPLE_ON_A_PAGE - 1) / PEOPLE_ON_A_PAGE).max(1);
    let page = filter.page().min(pages);
    let part = Part { at_most: PEOPLE_ON_A_PAGE, after: (page - 1) * PEOPLE_ON_A_PAGE };
    let people = listed(actor, filter, &words, part).await?;
    let filter = PeopleFilter { search: if words.is_empty() { String::new() } else { filter.search.clone() }, ..filter.clone() };
    Ok(PeopleList { filter, words, people, total, page, authorities: authority_choices(database).await? })
}

/// Everybody whom a filter leaves, on whatever page.
pub async fn everybody_for(actor: &Actor, filter: &PeopleFilter) -> Result<Vec<ListedPerson>, AppError> {
    let words = searched_for(actor, &filter.search).await?;
    listed(actor, filter, &words, Part { at_most: i64::MAX, after: 0 }).await
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    at_most: i64,
    after: i64,
}

async fn listed(actor: &Actor, filter: &PeopleFilter, words: &str, part: Part) -> Result<Vec<ListedPerson>, AppError> {
    const LIST: &str = filtered!(
        concat!(
            "p.code, p.given_name, p.family_name, p.email, p.profession, p.standing, COALESCE(a.name, '') AS authority,
    (SELECT COALESCE(string_agg(r.role, ','), '') FROM person_role r WHERE r.person_id = p.id) AS roles, ",
            confirmed_column!(),
            " AS confirmed"
        ),
        "ORDER BY p.family_key, p.given_key, p.id
LIMIT $9 OFFSET $10"
    );

    let [first, second, third, fourth] = each_anywhere(words);
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(LIST)
        .bind(first)
        .bind(second)
        .bind(third)
        .bind(fourth)
        .bind(role_of(filter))
        .bind(&filter.authority)
        .bind(standing_of(filter))
        .bind(confirmed_of(filter))
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(ListedPerson::from).collect())
}

fn role_of(filter: &PeopleFilter) -> &'static str {
    filter.role().map_or("", |role| role.key())
}

fn standing_of(filter: &PeopleFilter) -> &'static str {
    filter.standing().map_or("", |standing| standing.key())
}

fn confirmed_of(filter: &PeopleFilter) -> &'static str {
    filter.works_there().map_or("", |confirmed| confirmed.key())
}

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    given_name: String,
    family_name: String,
    email: String,
    profession: String,
    authority: String,
    roles: String,
    standing: Standing,
    confirmed: String,
}

impl From<Row> for ListedPerson {
    fn from(row: Row) -> Self {
        Self {
            name: format!("{}, {}", row.family_name, row.given_name),
            initials: initials(&row.given_name, &row.family_name),
            code: row.code,
            email: row.email,
            profession: row.profession,
            authority: row.authority,
            roles: Roles::of_list(&row.roles),
            standing: row.standing,
            confirmed: Confirmed::of_key(&row.confirmed),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::{Fixture, both_databases};
    use crate::people::PersonId;
    use crate::people::fixture::person;
    use crate::people::store::keep_search;

    async fn coordinator(fixture: &Fixture) -> Actor {
        let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
        fixture.actor(sian, &[Role::Coordinator])
    }

    async fn names(actor: &Actor, filter: PeopleFilter) -> Vec<String> {
        people_for(actor, &filter).await.unwrap().people.into_iter().map(|person| person.name).collect()
    }

    async fn found(actor: &Actor, words: &str) -> Vec<String> {
        let search = keep_search(actor, words).await.unwrap();
        names(actor, PeopleFilter { search, ..PeopleFilter::default() }).await
    }

    async fn put(fixture: &Fixture, person: PersonId, statement: &'static str) {
        let database = &fixture.database;
        on!(database, pool => sqlx::query(statement).bind(person).execute(pool).await.map(|_| ())).unwrap();
    }

    both_databases! {
        async fn people_are_found_by_any_part_of_their_name_or_address(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;

            assert_eq!(found(&actor, "AMINA  rah").await, ["Rahman, Amina"]);
            assert_eq!(found(&actor, "adeye").await, ["Adeyemi, Ruth"]);
            for typed in ["Rahman, Amina", "rahman amina", "amina.rahman. people.example", "min hma"] {
                assert_eq!(found(&actor, typed).await, ["Rahman, Amina"], "{typed}");
            }
            assert!(found(&actor, "Rahman, Ruth").await.is_empty(), "every word belongs to one person");
            assert_eq!(found(&actor, "ruth.adeyemi").await, ["Adeyemi, Ruth"]);
            assert_eq!(found(&actor, "").await, ["Adeyemi, Ruth", "Llewellyn, Sian", "Rahman, Amina"]);
            assert!(found(&actor, "nobody").await.is_empty());
        }

        async fn names_with_accents_are_found_and_stand_where_a_reader_looks_for_them(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            for (given_name, family_name) in [("Élodie", "Öztürk"), ("Zoë", "Young"), ("Carla", "de Souza"), ("Ólafur", "Dahl")] {
                person(fixture, given_name, family_name, &[Role::Practitioner]).await;
            }

            for typed in ["élodie", "Elodie", "ÉLODIE ÖZTÜRK", "ozturk"] {
                assert_eq!(found(&actor, typed).await, ["Öztürk, Élodie"], "{typed}");
            }
            assert_eq!(
                found(&actor, "").await,
                ["Dahl, Ólafur", "de Souza, Carla", "Llewellyn, Sian", "Öztürk, Élodie", "Young, Zoë"]
            );
        }

        async fn characters_that_mean_something_to_the_database_mean_themselves(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            person(fixture, "Odd_Name", "O'Hara", &[Role::Practitioner]).await;
            person(fixture, "OddXName", "Plain", &[Role::Practitioner]).await;

            assert_eq!(found(&actor, "odd_name").await, ["O'Hara, Odd_Name"]);
            assert_eq!(found(&actor, "o'h").await, ["O'Hara, Odd_Name"]);
            for nothing in ["%", "!", "'; DROP TABLE person; --"] {
                assert!(found(&actor, nothing).await.is_empty(), "{nothing}");
            }
        }

        async fn filters_leave_those_who_meet_all_of_them(fixture: Fixture) {
            const TO_BRADFORD: &str = "UPDATE person SET authority_id = (SELECT id FROM authority WHERE slug = 'bradford') WHERE id = $1";
            const INVITE: &str = "UPDATE person SET standing = 'invited' WHERE id = $1";
            let actor = coordinator(fixture).await;
            let mut transaction = fixture.database.begin().await.unwrap();
            crate::authorities::store::enter_eligible(&mut transaction).await.unwrap();
            transaction.commit().await.unwrap();
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let joanne = person(fixture, "Joanne", "Pickersgill", &[Role::Practitioner, Role::Supervisor]).await;
            put(fixture, amina, TO_BRADFORD).await;
            put(fixture, joanne, TO_BRADFORD).await;
            put(fixture, joanne, INVITE).await;

            let bradford = PeopleFilter { authority: "bradford".to_owned(), ..PeopleFilter::default() };
            let practitioners = PeopleFilter { role: "practitioner".to_owned(), ..bradford.clone() };
            let invited = PeopleFilter { standing: "invited".to_owned(), ..practitioners.clone() };

            assert_eq!(names(&actor, bradford).await, ["Pickersgill, Joanne", "Rahman, Amina"]);
            assert_eq!(names(&actor, practitioners).await, ["Pickersgill, Joanne", "Rahman, Amina"]);
            assert_eq!(names(&actor, PeopleFilter { role: "supervisor".to_owned(), ..PeopleFilter::default() }).await, ["Pickersgill, Joanne"]);
            assert_eq!(names(&actor, invited).await, ["Pickersgill, Joanne"]);
            assert!(names(&actor, PeopleFilter { authority: "nowhere".to_owned(), ..PeopleFilter::default() }).await.is_empty());
        }

        async fn the_pages_together_hold_everybody_once(fixture: Fixture) {
            let actor = coordinator(fixture).await;
            for number in 0..119 {
                // Many of one name, so that the order within a name matters.
                person(fixture, "Jo", if number % 3 == 0 { "Smith" } else { "Smyth" }, &[Role::Practitioner]).await;
            }

            let mut codes = Vec::new();
            for page in 1..=3 {
                let list = people_for(&actor, &PeopleFilter { page: page.to_string(), ..PeopleFilter::default() }).await.unwrap();
                assert_eq!((list.total, list.page), (120, page));
                codes.extend(list.people.into_iter().map(|person| person.code));
            }

            assert_eq!(codes.len(), 120);
            assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 120);
        }

        async fn a_page_behind_the_last_is_the_last(fixture: Fixture) {
            let actor = coordinator(fixture).await;

            let list = people_for(&actor, &PeopleFilter { page: "99".to_owned(), ..PeopleFilter::default() }).await.unwrap();

            assert_eq!((list.page, list.people.len()), (1, 1));
        }
    }
}
