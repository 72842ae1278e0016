//! The groups of a round before anybody is asked. Looking sends nothing.

use ::matching::ProposedGroup;

use super::scene::{Scene, scene};
use crate::access::Actor;
use crate::asking::answers::{GroupToAsk, RoundToAsk, WrittenBeside};
use crate::asking::equity::{Asking, equity};
use crate::asking::letters::please_answer;
use crate::asking::model::AsWhat;
use crate::error::AppError;
use crate::people::PersonName;

/// The groups about which nobody has been asked, with the letters that would be sent; and who would be placed.
pub async fn round_to_ask(actor: &Actor, number: i64) -> Result<RoundToAsk, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let scene = scene(moment, number, ::series::local(actor.now()).date()).await?;
    Ok(RoundToAsk {
        number,
        name: scene.settled.name.clone(),
        groups: scene.unasked().filter_map(|group| group_to_ask(actor, &scene, group)).collect(),
        asked_groups: scene.asked.iter().filter(|group| !group.is_closed || group.made.is_some()).count(),
        equity: equity(&everybody(&scene), scene.today),
    })
}

fn group_to_ask(actor: &Actor, scene: &Scene, group: &ProposedGroup) -> Option<GroupToAsk> {
    // What stands in the place of each person's own link.
    const OWN_LINK: &str = "…";

    let planned = scene.plan_of(group)?;
    let terms = scene.terms_of(&planned);
    let (asked, left_out) = scene.asked_and_left_out(&planned);
    let told = terms.told(planned.roles_beside(), actor.origin());
    let letter = |as_what: AsWhat| {
        let letter = please_answer(planned.supervisor.id, &told, as_what, OWN_LINK);
        (letter.subject, letter.body)
    };
    let letters = [AsWhat::Member, AsWhat::Leader].map(letter);
    let beside = planned.asked_beside();
    let beside = beside.map(|one| WrittenBeside { person: one.name.clone(), role: one.role, letter: letter(AsWhat::Beside(one.role)) });
    let not_beside =
        planned.beside.iter().filter_map(|(one, why)| Some((one.name.clone(), format!("{}: {}", one.role.name(), why.clone()?))));
    let left_out = left_out.into_iter().map(|(one, why)| (one.name.clone(), why.to_owned())).chain(not_beside);
    Some(GroupToAsk {
        key: scene.key_of(group),
        asked: asked.into_iter().map(|one| (one.name.clone(), one.about())).collect::<Vec<(PersonName, String)>>(),
        left_out: left_out.collect(),
        problem: scene.why_not_led_by(planned.supervisor),
        letters,
        beside: beside.collect(),
        terms,
    })
}

/// Everybody who asks for a place in the round, and whether they would have one: whom nobody has asked yet, by the proposal; the others
/// by what they have answered.
fn everybody(scene: &Scene) -> Vec<Asking<'_>> {
    let proposed = |id: &String| scene.unasked().any(|group| group.members.contains(id));
    let people = scene.settled.instance.practitioners.iter().filter_map(|one| scene.people.get(&one.id).map(|person| (&one.id, person)));
    let asking = people.map(|(id, person)| Asking {
        authority: &person.authority,
        profession: &person.profession,
        has_access_need: person.has_access_need,
        is_placed: proposed(id) || scene.asked.iter().any(|group| group.holds_place_of(person.id)),
        since: person.since,
    });
    asking.collect()
}
