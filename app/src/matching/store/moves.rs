//! Changing a board by hand. Each change takes the place after the last that its author was shown, so that of two who change a board at the
//! same time one finds it taken.

use std::collections::BTreeSet;

use ::matching::{Board, Destination, Obstacle, Proposal, ProposedGroup};
use chrono::{DateTime, Utc};

use super::asked::{asked_about, people_were_asked, take_board};
use super::by_now::{ByNow, known_by_now};
use super::places::{is_past_the_places, places_are_taken};
use super::settled::{Round, laid_out, proposed_round};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, is_taken, on, unavailable};
use crate::error::AppError;
use crate::matching::board::{Change, Deed, RoundBoard, meeting_of};
use crate::matching::candidates::ident;
use crate::matching::forms::{BoardForm, Shown, Whither};
use crate::matching::model::{ChangeKind, Part, RoundId};
use crate::people::PersonName;
use crate::people::store::NameRow;

/// A board that is about to be changed, as its author was shown it.
pub(super) struct OpenedBoard {
    pub(super) round: Round,
    pub(super) board: RoundBoard,
    pub(super) shown: Shown,
}

/// Every change of a board, in its order.
pub(super) async fn changes_of(moment: &mut Transaction, round: RoundId) -> Result<Vec<Change>, AppError> {
    const CHANGES: &str = "\
SELECT c.position, c.kind, w.code AS whom, c.destination, c.reason, c.changed_at, p.code, p.title, p.given_name, p.family_name
FROM board_change c
JOIN person p ON p.id = c.changed_by
LEFT JOIN person w ON w.id = c.person_id
WHERE c.round_id = $1
ORDER BY c.position";

    #[derive(sqlx::FromRow)]
    struct Row {
        position: i64,
        kind: ChangeKind,
        whom: Option<String>,
        destination: Option<String>,
        reason: String,
        changed_at: DateTime<Utc>,
        #[sqlx(flatten)]
        by: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(CHANGES).bind(round).fetch_all(connection).await)?;
    let change = |row: Row| {
        let who = row.whom.map(|code| ident(Part::Practitioner, &code)).unwrap_or_default();
        let deed = match row.kind {
            ChangeKind::Move => Deed::Move(who, serde_json::from_str(&row.destination?).ok()?),
            ChangeKind::Pin => Deed::Pin(who),
            ChangeKind::Unpin => Deed::Unpin(who),
            ChangeKind::Beside => Deed::Beside(serde_json::from_str(&row.destination?).ok()?),
            ChangeKind::TakeBack => Deed::TakeBack,
        };
        Some(Change { position: row.position, deed, reason: row.reason, by: PersonName::from(row.by), at: row.changed_at })
    };
    rows.into_iter().map(change).collect::<Option<Vec<Change>>>().ok_or_else(|| unavailable("a change of a board cannot be read back"))
}

/// Opens a board to change it: only as it was shown.
pub(super) async fn open_board(transaction: &mut Transaction, shown: Shown) -> Result<OpenedBoard, AppError> {
    take_board(transaction, shown.number).await?;
    let round = proposed_round(transaction, shown.number).await?;
    let board = round.board(changes_of(transaction, round.id).await?)?;
    if board.position() != shown.seen {
        return Err(somebody_was_quicker());
    }
    Ok(OpenedBoard { round, board, shown })
}

fn somebody_was_quicker() -> AppError {
    AppError::Conflict(
        "Somebody changed this board a moment ago, so nothing was changed. Look at it as it is now, then decide again.".to_owned(),
    )
}

/// Moves somebody. Answers how many changes the board has now.
pub async fn move_person(actor: &Actor, form: &BoardForm) -> Result<Shown, AppError> {
    let (shown, whither, reason) = (form.shown()?, form.whither()?, form.reason()?);
    let mut transaction = actor.begin().await?;
    let OpenedBoard { round, board, shown } = open_board(&mut transaction, shown).await?;
    let by_now = known_by_now(&mut transaction, (round.id, &round.instance)).await?;
    let opened = OpenedBoard { board: by_now.board(board)?, round, shown };
    let who = ident(Part::Practitioner, &form.person);
    opened.check_all_are_available(&by_now, &who, whither)?;
    let (to, reason) = opened.checked(&who, whither, reason)?;
    if is_past_the_places((&opened.round.instance, &opened.board.proposal), opened.round.limits.most_places, &who, &to) {
        return Err(places_are_taken());
    }
    let after = laid_out(opened.board.after(&who, &to))?;
    opened.check_nobody_was_asked(&mut transaction, &after).await?;
    let to = opened.board.moved_to(&to).ok_or(AppError::NotFound)?;
    let now = opened.note(&mut transaction, actor, &Noted { deed: Deed::Move(who, to), code: &form.person, reason: &reason }).await?;
    transaction.commit().await?;
    Ok(now)
}

fn somebody_is_out() -> AppError {
    AppError::Conflict("One of these people is not available for matching, so they are not placed by hand either.".to_owned())
}

fn leader_is_out() -> AppError {
    AppError::Conflict(
        "Whoever leads this group is not available for matching by now, so nobody is placed in it. Choose another group.".to_owned(),
    )
}

fn they_may_not_meet() -> AppError {
    AppError::Conflict("Two people who may not meet would be in one group. Nobody can override that; choose another group.".to_owned())
}

/// Says that somebody stays in their group when the round is run again.
pub async fn pin_person(actor: &Actor, form: &BoardForm) -> Result<Shown, AppError> {
    let mut transaction = actor.begin().await?;
    let opened = open_board(&mut transaction, form.shown()?).await?;
    let who = ident(Part::Practitioner, &form.person);
    if opened.board.group_of(&who).is_none() {
        return Err(AppError::NotFound);
    }
    if opened.board.pins.contains(&who) {
        return Err(AppError::Conflict("They are pinned already.".to_owned()));
    }
    let now = opened.note(&mut transaction, actor, &Noted { deed: Deed::Pin(who), code: &form.person, reason: "" }).await?;
    transaction.commit().await?;
    Ok(now)
}

/// Takes that back.
pub async fn unpin_person(actor: &Actor, form: &BoardForm) -> Result<Shown, AppError> {
    let mut transaction = actor.begin().await?;
    let opened = open_board(&mut transaction, form.shown()?).await?;
    let who = ident(Part::Practitioner, &form.person);
    if !opened.board.pins.contains(&who) {
        return Err(AppError::Conflict("They are not pinned.".to_owned()));
    }
    let now = opened.note(&mut transaction, actor, &Noted { deed: Deed::Unpin(who), code: &form.person, reason: "" }).await?;
    transaction.commit().await?;
    Ok(now)
}

/// Takes back the last change of a board that stands. It places nobody whom a move would not place: much may be noted since that change.
pub async fn take_back(actor: &Actor, shown: Shown) -> Result<Shown, AppError> {
    let mut transaction = actor.begin().await?;
    let opened = open_board(&mut transaction, shown).await?;
    if opened.board.last().is_none() {
        return Err(AppError::Conflict("There is nothing to take back.".to_owned()));
    }
    let after = laid_out(opened.board.before_the_last(&opened.round.instance, &opened.round.proposal))?;
    let by_now = known_by_now(&mut transaction, (opened.round.id, &opened.round.instance)).await?;
    opened.check_nobody_meets_who_may_not(&by_now, &after)?;
    opened.check_nobody_out_comes_back(&by_now, &after)?;
    opened.check_nobody_was_asked(&mut transaction, &after).await?;
    opened.check_nobody_was_asked_beside(&mut transaction).await?;
    let now = opened.note(&mut transaction, actor, &Noted { deed: Deed::TakeBack, code: "", reason: "" }).await?;
    transaction.commit().await?;
    Ok(now)
}

/// A change that is about to be noted.
pub(super) struct Noted<'a> {
    pub(super) deed: Deed,
    /// The code of the person whom it concerns.
    pub(super) code: &'a str,
    pub(super) reason: &'a str,
}

impl OpenedBoard {
    /// Where somebody is moved, if they may be, with the reason if one is needed.
    fn checked(&self, who: &str, whither: Whither, reason: String) -> Result<(Destination, String), AppError> {
        let ways = self.board.board.ways(who).map_err(|_| AppError::NotFound)?;
        let is_it = |to: &Destination| match (whither, to) {
            (Whither::Group(number), Destination::Group(other)) => number == *other,
            (Whither::New, Destination::New { .. }) | (Whither::List, Destination::List) => true,
            _ => false,
        };
        let gone = || AppError::Conflict("They are there already, or it is not possible any more. Choose again.".to_owned());
        let (to, effect) = ways.into_iter().find(|(to, _)| is_it(to)).ok_or_else(gone)?;
        if !effect.breaks.iter().all(|broken| broken.obstacle.may_be_broken()) {
            return Err(they_may_not_meet());
        }
        if effect.breaks.is_empty() {
            return Ok((to, String::new()));
        }
        if reason.is_empty() {
            return Err(AppError::invalid("reason", "Say why the rule is broken. It stands in the record."));
        }
        Ok((to, reason))
    }

    /// Refuses to place somebody who is not available by now, or with whoever leads and is not. Whoever is to go back to the list may be.
    fn check_all_are_available(&self, by_now: &ByNow, who: &str, whither: Whither) -> Result<(), AppError> {
        if whither == Whither::List {
            return Ok(());
        }
        if by_now.is_out(who) {
            return Err(somebody_is_out());
        }
        match whither {
            Whither::Group(number) if self.board.proposal.groups.get(number).is_some_and(|group| by_now.is_out(&group.supervisor)) => {
                Err(leader_is_out())
            }
            // Into a new group the board takes nobody else who is not available, and none of them leads it.
            _ => Ok(()),
        }
    }

    /// Refuses what would bring people together who may not meet by now, and do not meet on the board as it is.
    fn check_nobody_meets_who_may_not(&self, by_now: &ByNow, after: &Proposal) -> Result<(), AppError> {
        // By who leads the group, since its number may be another afterwards.
        let meetings = |groups: &Proposal| -> Result<BTreeSet<(String, Obstacle)>, AppError> {
            let board = laid_out(Board::new(by_now.instance.clone(), groups))?;
            let forbidden = board.broken().into_iter().filter(|broken| !broken.obstacle.may_be_broken());
            Ok(forbidden.filter_map(|broken| Some((groups.groups.get(broken.group)?.supervisor.clone(), broken.obstacle))).collect())
        };
        if meetings(after)?.is_subset(&meetings(&self.board.proposal)?) { Ok(()) } else { Err(they_may_not_meet()) }
    }

    /// Refuses what would place somebody who is not available by now, or place anybody with whoever leads and is not, but for who is there already.
    fn check_nobody_out_comes_back(&self, by_now: &ByNow, after: &Proposal) -> Result<(), AppError> {
        let is_there = |comes: &ProposedGroup, member: &String| {
            let same = |group: &&ProposedGroup| meeting_of(group) == meeting_of(comes);
            self.board.proposal.groups.iter().find(same).is_some_and(|group| group.members.contains(member))
        };
        for group in &after.groups {
            let mut come = group.members.iter().filter(|member| !is_there(group, member));
            if by_now.is_out(&group.supervisor) && come.clone().next().is_some() {
                return Err(leader_is_out());
            }
            if come.any(|member| by_now.is_out(member)) {
                return Err(somebody_is_out());
            }
        }
        Ok(())
    }

    /// Refuses what would move somebody who was asked.
    async fn check_nobody_was_asked(&self, transaction: &mut Transaction, after: &Proposal) -> Result<(), AppError> {
        let asked = asked_about(transaction, self.round.id).await?;
        if asked.allows(&self.board.proposal, after) { Ok(()) } else { Err(people_were_asked()) }
    }

    pub(super) async fn note(&self, transaction: &mut Transaction, actor: &Actor, noted: &Noted<'_>) -> Result<Shown, AppError> {
        const NOTE: &str = "\
INSERT INTO board_change (round_id, position, kind, person_id, destination, reason, changed_by, changed_at)
VALUES ($1, $2, $3, (SELECT p.id FROM person p WHERE p.code = $4), $5, $6, $7, $8)";

        let now = Shown { seen: self.shown.seen + 1, ..self.shown };
        let (kind, action, destination) = match &noted.deed {
            Deed::Move(_, to) => (ChangeKind::Move, "move_person", Some(serde_json::to_string(to))),
            Deed::Pin(_) => (ChangeKind::Pin, "pin_person", None),
            Deed::Unpin(_) => (ChangeKind::Unpin, "unpin_person", None),
            Deed::Beside(chosen) => (ChangeKind::Beside, "choose_beside", Some(serde_json::to_string(chosen))),
            Deed::TakeBack => (ChangeKind::TakeBack, "take_back_move", None),
        };
        let destination = destination.transpose().map_err(|_| unavailable("a change of a board cannot be written"))?;
        let stored = on!(&mut transaction, connection => sqlx::query(NOTE)
            .bind(self.round.id)
            .bind(now.seen)
            .bind(kind)
            .bind(noted.code)
            .bind(destination)
            .bind(noted.reason)
            .bind(actor.person())
            .bind(actor.now())
            .execute(connection).await.map(|_| ()));
        match stored {
            Err(cause) if is_taken(&cause) => return Err(somebody_was_quicker()),
            stored => stored?,
        }
        let detail = format!("round {}, change {}", now.number, now.seen);
        let entry = Entry { action, subject: "round", subject_id: Some(self.round.id.0), detail: &detail };
        record(transaction, actor, entry).await?;
        Ok(now)
    }
}
