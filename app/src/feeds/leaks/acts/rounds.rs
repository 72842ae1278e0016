//! Groups about which people are asked: once in vain, and once so that one is made.

use crate::access::Actor;
use crate::agreements::fixture::agree;
use crate::asking::Reply;
use crate::asking::fixture::{ask_everybody, asked_code, form_to_make};
use crate::asking::jobs::publish_agreed;
use crate::asking::store::{answers_of_round, make_asked_group, reply, take_back};
use crate::database::on;
use crate::feeds::story::Story;
use crate::groups::{GroupKind, fixture as groups};
use crate::matching::RoundForm;
use crate::matching::fixture::{form, learner, practitioner, proposed, proposed_of, supervisor};
use crate::people::PersonId;
use crate::sessions::fixture as sessions;

/// Everybody is asked about a group that does not come about, and then about one that begins without whoever has not answered.
pub(super) async fn ask_about_groups(story: &Story<'_>) {
    let (fixture, sian) = (story.fixture, story.coordinator());
    let marianne = supervisor(fixture, &sian, "Marianne", "2027-12-31").await;
    let octavia = learner(fixture, &sian, "Octavia").await;
    let mut people: Vec<Actor> = Vec::new();
    for name in ["Philippa", "Quentin", "Rosalind", "Thelma"] {
        people.push(practitioner(fixture, name, &[]).await);
    }
    let in_vain = proposed(fixture, &sian).await.line.number;
    ask_everybody(&sian, in_vain).await;
    take_back(&sian, in_vain, &form_to_make(&sian, in_vain).await.code).await.unwrap();

    let number = proposed_of(fixture, &sian, &RoundForm { observer: "yes".to_owned(), ..form() }).await.line.number;
    ask_everybody(&sian, number).await;
    for actor in people.iter().skip(1).chain([&marianne, &octavia]) {
        reply(actor, &asked_code(fixture, actor.person()).await, Reply::Accepted).await.unwrap();
    }
    let first = answers_of_round(&sian, number).await.unwrap().groups.remove(0).terms.first.unwrap();
    let slug = make_asked_group(&sian, number, &form_to_make(&sian, number).await).await.unwrap();

    // All agree, and by then the supervisor leads somebody else at that time.
    let everybody: Vec<PersonId> = people.iter().skip(1).chain([&marianne]).map(Actor::person).collect();
    agree(fixture, &slug, &everybody, 1).await;
    let other = groups::group(fixture, marianne.person(), &[], GroupKind::Group).await;
    let taken = sessions::session(fixture, other, ::series::instant(first), 90).await;
    publish_agreed(&story.program(story.now)).await.unwrap();

    // Once she does not, the sessions are published, and whoever observes the group is added to them.
    sessions::cancel(fixture, taken).await;
    let database = &fixture.database;
    let changed = "UPDATE series SET version = version + 1 WHERE published_at IS NULL";
    on!(database, pool => sqlx::query(changed).execute(pool).await.map(|_| ())).unwrap();
    publish_agreed(&story.program(story.now)).await.unwrap();
}
