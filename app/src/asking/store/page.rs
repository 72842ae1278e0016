//! What the people of a round's groups have answered, for coordinators.

use super::next::{SUGGESTED, Waiting};
use super::row::AskedGroup;
use super::scene::{Scene, scene};
use crate::access::Actor;
use crate::asking::answers::{Answering, BesideAnswering, GroupAnswers, Next, RoundAnswers, Stage};
use crate::error::AppError;

/// The groups that people were asked about, those first that wait for something.
pub async fn answers_of_round(actor: &Actor, number: i64) -> Result<RoundAnswers, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let scene = scene(moment, number, ::series::local(actor.now()).date()).await?;
    let waiting = Waiting::of(&scene)?;
    let mut groups: Vec<GroupAnswers> = scene.asked.iter().map(|group| group_answers(&scene, &waiting, group)).collect();
    groups.sort_by_key(|group| match group.stage {
        Stage::Ready => 0,
        Stage::Waiting => 1,
        Stage::Made(..) => 2,
        Stage::TakenBack => 3,
    });
    Ok(RoundAnswers { number, name: scene.settled.name.clone(), groups })
}

fn group_answers(scene: &Scene, waiting: &Waiting<'_>, group: &AskedGroup) -> GroupAnswers {
    let open = group.open_places();
    let fitting = if open > 0 { waiting.who_fits(group) } else { Vec::new() };
    let next = fitting.into_iter().take(SUGGESTED);
    GroupAnswers {
        code: group.code.clone(),
        terms: group.terms(&scene.days_off, scene.today),
        supervisor: group.leader_replies(),
        beside: group.beside().map(|(one, role)| BesideAnswering { person: one.name.clone(), role, reply: one.reply }).collect(),
        people: group.members().map(Answering::from).collect(),
        least: group.least,
        open,
        next: next.map(|one| Next { person: one.person.name.clone(), about: one.person.about(), why: one.why, adds: one.adds }).collect(),
        apart: scene.why_not_together(group).filter(|_| !group.is_closed || group.made.is_some()),
        stage: group.stage(),
    }
}
