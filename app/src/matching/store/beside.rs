//! The places beside supervisors in the database: what is asked of them, who was proposed, and who has them by now.

use std::collections::HashMap;

use ::matching::ProposedGroup;
use chrono::{DateTime, Utc};

use super::asked::asked_about;
use super::by_now::everybody_in;
use super::moves::{Noted, OpenedBoard, open_board};
use super::settled::{read_instance, read_proposal};
use crate::access::Actor;
use crate::database::{Transaction, on, unavailable};
use crate::error::AppError;
use crate::matching::beside::{Asked, BesideForm, Chosen, Led, OnBoard, Places, Table};
use crate::matching::board::{Deed, RoundBoard, Sitting};
use crate::matching::candidates::ident;
use crate::matching::facts::Names;
use crate::matching::forms::Shown;
use crate::matching::model::{MeetsEvery, Part, RoundId};
use crate::people::store::{Apart, apart_by_now};
use crate::people::{PersonId, PersonName};
use crate::sessions::HostRole;

/// All that is known of such places in a round.
pub(super) struct Beside {
    asked: Asked,
    proposed: Vec<Chosen>,
    people: HashMap<String, OnBoard>,
    apart: Apart,
}

/// Somebody who has a place beside the supervisor of a group.
#[derive(Clone, Debug)]
pub struct PlacedBeside {
    /// The group's place among those of the round, from nought.
    pub group: usize,
    /// What they are.
    pub role: HostRole,
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: PersonName,
    /// What is in their way by now, as a sentence.
    pub problem: Option<String>,
}

/// Reads it; nothing where the round asks for no such place.
pub(super) async fn beside_of(moment: &mut Transaction, round: RoundId) -> Result<Option<Beside>, AppError> {
    const BESIDE: &str = "SELECT beside, beside_proposed FROM matching_round WHERE id = $1";

    type Row = (Option<String>, Option<String>);
    let (asked, proposed): Row = on!(&mut moment, connection => sqlx::query_as(BESIDE).bind(round).fetch_one(connection).await)?;
    let Some(asked) = asked else { return Ok(None) };
    let proposed: Option<Vec<Chosen>> = proposed.map(|text| serde_json::from_str(&text)).transpose().map_err(|_| unreadable())?;
    let people = everybody_in(moment, round).await?.into_iter();
    Ok(Some(Beside {
        asked: read_beside(&asked)?,
        proposed: proposed.unwrap_or_default(),
        people: people.map(|one| (one.ident(), one.on_board())).collect(),
        apart: apart_by_now(moment).await?,
    }))
}

/// What a round is asked of such places.
pub(super) fn read_beside(text: &str) -> Result<Asked, AppError> {
    serde_json::from_str(text).map_err(|_| unreadable())
}

fn unreadable() -> AppError {
    unavailable("the places beside the supervisors of a round cannot be read back")
}

impl Beside {
    /// Them on a board whose groups are these.
    pub(super) fn places<'a>(&'a self, names: &'a Names<'a>, board: &'a RoundBoard) -> Places<'a> {
        Places::of(self.table(names, &board.proposal.groups), &self.proposed, &board.beside)
    }

    fn table<'a>(&'a self, names: &'a Names<'a>, groups: &'a [ProposedGroup]) -> Table<'a> {
        Table { asked: &self.asked, names, groups, people: &self.people, apart: &self.apart }
    }
}

/// The groups that people have led, whatever has become of them.
pub(super) async fn led(moment: &mut Transaction) -> Result<HashMap<PersonId, Led>, AppError> {
    const LED: &str = "\
SELECT supervisor_id, MIN(created_at), COUNT(*)
FROM supervision_group
WHERE kind IN ('group', 'vig', 'supervisors')
GROUP BY supervisor_id";

    let rows: Vec<(PersonId, DateTime<Utc>, i64)> = on!(&mut moment, connection => sqlx::query_as(LED).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(person, first, count)| (person, (first, count))).collect())
}

/// Freezes what a round is asked of such places.
pub(super) async fn ask_beside(transaction: &mut Transaction, round: RoundId, asked: &Asked) -> Result<(), AppError> {
    const ASK: &str = "UPDATE matching_round SET beside = $2 WHERE id = $1";

    let text = serde_json::to_string(asked).map_err(|_| unavailable("the places beside supervisors cannot be written"))?;
    on!(&mut transaction, connection => sqlx::query(ASK).bind(round).bind(text).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// The same of a round that is run again from a board: with the same pool, as much of each contract as that round proposes, and what coordinators have chosen
/// on the board.
pub(super) async fn ask_beside_again(
    transaction: &mut Transaction,
    (from, round): (RoundId, RoundId),
    board: &RoundBoard,
) -> Result<(), AppError> {
    const ASKED: &str = "\
SELECT f.beside, r.most_share
FROM matching_round f
JOIN matching_round r ON r.id = $2
WHERE f.id = $1";

    let (asked, most_share): (Option<String>, i64) =
        on!(&mut transaction, connection => sqlx::query_as(ASKED).bind(from).bind(round).fetch_one(connection).await)?;
    let Some(asked) = asked else { return Ok(()) };
    ask_beside(transaction, round, &Asked { most_share, kept: board.beside.clone(), ..read_beside(&asked)? }).await
}

/// Keeps whom a run proposes for such places, once its groups are proposed. The proposal itself knows nothing of it.
pub(super) async fn propose_beside(
    transaction: &mut Transaction,
    round: RoundId,
    (instance, proposal): (&str, &str),
) -> Result<(), AppError> {
    const KEEP: &str = "UPDATE matching_round SET beside_proposed = $2 WHERE id = $1";

    let Some(beside) = beside_of(transaction, round).await? else { return Ok(()) };
    let (instance, proposal) = (read_instance(instance)?, read_proposal(proposal)?);
    // How often groups meet is asked by words alone, of which there are none here.
    let names = Names::of(&instance, MeetsEvery::default());
    let proposed = beside.table(&names, &proposal.groups).propose();
    let text = serde_json::to_string(&proposed).map_err(|_| unavailable("the places beside supervisors cannot be written"))?;
    on!(&mut transaction, connection => sqlx::query(KEEP).bind(round).bind(text).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Who has such places on a board.
pub(super) async fn placed_beside(
    moment: &mut Transaction,
    round: RoundId,
    (names, board): (&Names<'_>, &RoundBoard),
) -> Result<Vec<PlacedBeside>, AppError> {
    let Some(beside) = beside_of(moment, round).await? else { return Ok(Vec::new()) };
    let places = beside.places(names, board);
    let of_person = |(group, role, who, problem): (usize, HostRole, &str, Option<String>)| {
        let known = beside.people.get(who)?;
        Some(PlacedBeside { group, role, person: known.id, name: known.name.clone(), problem })
    };
    Ok(places.held().filter_map(of_person).collect())
}

/// Gives a place beside the supervisor of a group as it is chosen. Answers how many changes the board has now.
pub async fn choose_beside(actor: &Actor, form: &BesideForm) -> Result<Shown, AppError> {
    let (shown, number, role) = (form.shown()?, form.place()?, form.role()?);
    let mut transaction = actor.begin().await?;
    let opened = open_board(&mut transaction, shown).await?;
    let beside = beside_of(&mut transaction, opened.round.id).await?.ok_or(AppError::NotFound)?;
    let at = opened.board.proposal.groups.get(number).map(Sitting::of).ok_or(AppError::NotFound)?;
    if asked_about(&mut transaction, opened.round.id).await?.is_about_meeting(&at.meeting()) {
        return Err(people_were_asked_beside());
    }
    let code = form.person(role);
    let who = (!code.is_empty()).then(|| ident(Part::Supervisor, code));
    beside.check_it_can_go_to(who.as_deref(), (number, role), &opened)?;
    let deed = Deed::Beside(Chosen { at, role, who });
    let now = opened.note(&mut transaction, actor, &Noted { deed, code, reason: "" }).await?;
    transaction.commit().await?;
    Ok(now)
}

impl Beside {
    /// Refuses to give a place of a board to whoever has it, or cannot have it.
    fn check_it_can_go_to(&self, who: Option<&str>, place: (usize, HostRole), opened: &OpenedBoard) -> Result<(), AppError> {
        if !self.asked.roles.contains(&place.1) {
            return Err(AppError::NotFound);
        }
        let names = Names::of(&opened.round.instance, opened.round.meets_every);
        let places = self.places(&names, &opened.board);
        if places.holder(place) == who {
            return Err(AppError::Conflict("They have this place already. Choose somebody else, or nobody.".to_owned()));
        }
        let Some(who) = who else { return Ok(()) };
        let one = self.asked.pool.iter().find(|one| one.id == who).ok_or(AppError::NotFound)?;
        match places.why_not(place, one) {
            Some(problem) => {
                Err(AppError::Conflict(format!("They cannot have this place by now: {problem} Nothing was changed; choose somebody else.")))
            }
            None => Ok(()),
        }
    }
}

fn people_were_asked_beside() -> AppError {
    AppError::Conflict(
        "People were asked about this group, so nobody else comes beside its supervisor by hand any more. Take the question back first, under Answers."
            .to_owned(),
    )
}

impl OpenedBoard {
    /// Refuses to take back a choice about which people were asked meanwhile.
    pub(super) async fn check_nobody_was_asked_beside(&self, transaction: &mut Transaction) -> Result<(), AppError> {
        let Some(Deed::Beside(chosen)) = self.board.last().map(|change| &change.deed) else { return Ok(()) };
        let asked = asked_about(transaction, self.round.id).await?;
        if asked.is_about_meeting(&chosen.at.meeting()) { Err(people_were_asked_beside()) } else { Ok(()) }
    }
}
