//! The groups of a round about which people were asked. Asking keeps them, and stands on matching; they are read here, since whoever was asked
//! is not moved by hand.

use std::collections::{BTreeSet, HashSet};

use ::matching::{Meeting, Proposal, ProposedGroup, When};

use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::matching::candidates::ident;
use crate::matching::model::{Part, RoundId};

/// Whether the dates of the group `g` are to come that people were asked about, as a condition of a statement: the question stands or the group was made,
/// its own sessions are not published, and it has not ended without any.
macro_rules! is_promised {
    () => {
        "\
(g.closed_at IS NULL OR g.group_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM series n WHERE n.group_id = g.group_id AND n.published_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM supervision_group e WHERE e.id = g.group_id AND e.ended_at IS NOT NULL)"
    };
}
pub(super) use is_promised;

/// The groups of a round about which people were asked, and who has not declined.
#[derive(Clone, Debug, Default)]
pub struct AskedAbout {
    groups: HashSet<Sitting>,
    /// By the names of the round's files.
    seated: BTreeSet<String>,
}

/// Who leads a group, and when: what no two groups of a round have in common.
type Sitting = (String, i64, i64, i64);

fn sitting(group: &ProposedGroup) -> Sitting {
    (group.supervisor.clone(), group.week, group.day, group.start)
}

/// Reads them. A question that was taken back is none.
pub async fn asked_about(moment: &mut Transaction, round: RoundId) -> Result<AskedAbout, AppError> {
    const ASKED: &str = "\
SELECT s.code, g.week, g.day, g.start_minute, p.code AS whom, COALESCE(w.answer = 'accepted', g.closed_at IS NULL) AS is_seated
FROM asked_group g
JOIN person s ON s.id = g.supervisor_id
LEFT JOIN asked_person w ON w.asked_group_id = g.id AND w.part = 'practitioner'
LEFT JOIN person p ON p.id = w.person_id
WHERE g.round_id = $1
    AND (g.closed_at IS NULL OR g.group_id IS NOT NULL)";

    type Row = (String, i64, i64, i64, Option<String>, bool);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(ASKED).bind(round).fetch_all(connection).await)?;
    let mut asked = AskedAbout::default();
    for (supervisor, week, day, start, whom, is_seated) in rows {
        asked.groups.insert((ident(Part::Supervisor, &supervisor), week, day, start));
        asked.seated.extend(whom.filter(|_| is_seated).map(|code| ident(Part::Practitioner, &code)));
    }
    Ok(asked)
}

/// Takes the board of a round for the rest of the transaction, so that nobody is moved in a group while its people are asked.
pub async fn take_board(transaction: &mut Transaction, number: i64) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE matching_round SET number = number WHERE number = $1 AND proposal IS NOT NULL AND number > 0";

    let taken =
        on!(&mut transaction, connection => sqlx::query(TAKE).bind(number).execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 1 { Ok(()) } else { Err(AppError::NotFound) }
}

impl AskedAbout {
    /// Whether people were asked about a group.
    pub fn is_about(&self, group: &ProposedGroup) -> bool {
        self.groups.contains(&sitting(group))
    }

    /// The same of the group of a meeting.
    pub fn is_about_meeting(&self, meeting: &Meeting) -> bool {
        let When { week, day, start } = meeting.when;
        self.groups.contains(&(meeting.supervisor.clone(), week, day, start))
    }

    /// Whether somebody was asked for a place, and has not declined.
    pub fn has_asked(&self, who: &str) -> bool {
        self.seated.contains(who)
    }

    /// Whether one proposal can take the place of another: whoever was asked stays where they are, and nobody joins a group about which others
    /// were asked.
    pub fn allows(&self, before: &Proposal, after: &Proposal) -> bool {
        let joins = |group: &ProposedGroup| {
            let there = before.groups.iter().find(|other| sitting(other) == sitting(group));
            group.members.iter().any(|member| there.is_none_or(|there| !there.members.contains(member)))
        };
        let place = |of: &Proposal, who: &String| of.groups.iter().find(|group| group.members.contains(who)).map(sitting);
        self.seated.iter().all(|who| place(before, who) == place(after, who))
            && after.groups.iter().filter(|group| self.is_about(group)).all(|group| !joins(group))
    }
}

/// What to do instead, where somebody would be moved who was asked.
pub fn people_were_asked() -> AppError {
    AppError::Conflict(
        "People were asked about this group, so nobody is moved into it or out of it by hand any more. Under Answers you can ask somebody for an open place, or take the question back first."
            .to_owned(),
    )
}
