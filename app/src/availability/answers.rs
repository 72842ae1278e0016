//! What the pages of availability and of conflicts show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::free::Day;
use super::level::{ClashKind, KeepReason, Level};
use super::model::Availability;
use crate::busy::OtherCalendar;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::people::{PersonId, PersonName};
use crate::ui::day_and_month;

/// All that the page of somebody's availability shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AvailabilityPage {
    /// Whose it is.
    pub person: PersonName,
    /// Whether the reader is that person.
    pub is_own: bool,
    /// What they have said, from today on.
    pub said: Availability,
    /// The version of their limits.
    pub version: i64,
    /// The next days as somebody who plans sees them.
    pub days: Vec<FreeDay>,
    /// The kind of supervision that the days are shown for, by its key, or empty for any.
    pub kind: String,
    /// What is planned and does not fit.
    pub conflicts: Vec<Conflict>,
    /// What they are qualified to lead, beside what every supervisor leads.
    pub qualified: Vec<GroupKind>,
    /// Whether the reader writes that down.
    pub may_qualify: bool,
    /// The other calendar that busy times are read from. Nobody but its owner learns of it.
    pub other_calendar: Option<OtherCalendar>,
}

/// One of the next days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDay {
    /// The date.
    pub date: NaiveDate,
    /// What is free of it.
    pub day: Day,
}

/// A session, as conflicts name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLink {
    /// Its part of the address.
    pub code: String,
    /// "Aire group".
    pub group: String,
    /// When it begins on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// When it ends there.
    pub ends: NaiveDateTime,
}

/// Something in what is planned that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The rule.
    pub kind: ClashKind,
    /// How it is treated.
    pub level: Level,
    /// The session.
    pub session: SessionLink,
    /// The other session, where there is one that the reader may open.
    pub other: Option<SessionLink>,
    /// Whose conflict it is: whoever leads it, or is there beside them.
    pub supervisor: PersonName,
    /// Whether that is somebody who is there beside whoever leads it.
    pub is_beside: bool,
    /// Who, what and when.
    pub sentence: String,
    /// What can be done about it.
    pub way: String,
    /// Why it was kept as it is, if it was.
    pub kept: Option<KeepReason>,
    /// Whether the reader may keep it as it is.
    pub may_keep: bool,
}

/// A part of the list of conflicts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictsPage {
    /// Whether the reader sees those of everybody.
    pub is_everybody: bool,
    /// The conflicts of this part, the most serious first.
    pub lines: Vec<Conflict>,
    /// Which part, counted from one.
    pub page: i64,
    /// How many conflicts there are in all.
    pub total: i64,
    /// Those that were kept as they are, each with its reason.
    pub kept: Vec<Conflict>,
    /// Who leads sessions and has never said any hours.
    pub unknown: Vec<PersonName>,
    /// The last day that was looked at.
    pub until: NaiveDate,
}

/// How many conflicts a part of the list has.
pub const CONFLICTS_ON_A_PAGE: i64 = 25;

/// How each kind of conflict is treated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictRules {
    /// Every kind, in order.
    pub rules: Vec<(ClashKind, Level)>,
}

/// Something that a plan would break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub kind: ClashKind,
    /// How it is treated.
    pub level: Level,
    /// Whose it is: of whoever would lead the session, or of somebody who is there beside them. Nobody is told by an identity.
    #[serde(skip, default = "nobody")]
    pub person: PersonId,
    /// Whether it is so because of who would lead the session, so that it would be otherwise if somebody else did.
    pub is_of_leader: bool,
    /// When the session would begin, on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// Who, what and when, for the page of those who plan.
    pub sentence: String,
    /// The same without anybody's name, for an error.
    pub plain: String,
}

fn nobody() -> PersonId {
    PersonId(Uuid::nil())
}

/// A sentence for each finding; those that differ by their date alone are said once, with the further dates after the first.
fn once_for_its_dates(findings: &[Finding]) -> Vec<String> {
    let mut said: Vec<(String, String, Vec<NaiveDate>)> = Vec::new();
    for finding in findings {
        let date = finding.starts.date();
        let without = finding.sentence.replace(&day_and_month(date), "");
        match said.iter_mut().find(|(same, ..)| *same == without && *same != finding.sentence) {
            Some((_, _, further)) => further.push(date),
            None => said.push((without, finding.sentence.clone(), Vec::new())),
        }
    }
    said.into_iter().map(|(_, sentence, further)| with_further(sentence, &further)).collect()
}

/// "… The same on 29 October, 5 November and 12 November."
fn with_further(sentence: String, further: &[NaiveDate]) -> String {
    let dates: Vec<String> = further.iter().map(|date| date.format("%-d %B").to_string()).collect();
    match dates.split_last() {
        None => sentence,
        Some((only, [])) => format!("{sentence} The same on {only}."),
        Some((last, before)) => format!("{sentence} The same on {} and {last}.", before.join(", ")),
    }
}

/// What a plan would break, before anything is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// With these, nothing is saved.
    pub blocks: Vec<Finding>,
    /// With these, a draft is saved and not published.
    pub blocks_publishing: Vec<Finding>,
    /// These need a reason.
    pub warns: Vec<Finding>,
    /// Whether whoever would lead the sessions has never said any hours, so that nobody knows whether they fit.
    pub is_unknown: bool,
}

impl Verdict {
    /// Puts a finding where its level belongs.
    #[cfg(feature = "ssr")]
    pub(super) fn add(&mut self, finding: Finding) {
        match finding.level {
            Level::Block => self.blocks.push(finding),
            Level::BlockPublishing => self.blocks_publishing.push(finding),
            Level::Warn => self.warns.push(finding),
            Level::Ignore => {}
        }
    }

    /// What does not fit, by how serious it is, in sentences for who plans: the level, a title, and each finding.
    pub fn told(&self) -> Vec<(Level, &'static str, Vec<String>)> {
        let told = [
            (Level::Block, "This cannot be planned", once_for_its_dates(&self.blocks)),
            (Level::BlockPublishing, "This cannot be published", once_for_its_dates(&self.blocks_publishing)),
            (Level::Warn, "This does not quite fit, so it needs a reason", once_for_its_dates(&self.warns)),
        ];
        told.into_iter().filter(|(_, _, sentences)| !sentences.is_empty()).collect()
    }

    /// What of it is so because of who would lead the sessions: nothing of what a member has elsewhere, or of a day on which the Centre is closed.
    #[must_use]
    pub fn of_leader(mut self) -> Self {
        for findings in [&mut self.blocks, &mut self.blocks_publishing, &mut self.warns] {
            findings.retain(|finding| finding.is_of_leader);
        }
        self
    }

    /// Every finding, the most serious first.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.blocks.iter().chain(&self.blocks_publishing).chain(&self.warns)
    }

    /// Refuses what nothing may be saved with.
    pub fn refuse_to_save(&self) -> Result<(), AppError> {
        refuse(&self.blocks, "Nothing was saved.")
    }

    /// Refuses what nothing may be published with; what only warns needs a reason, which is asked for in the field `reason`.
    pub fn refuse_to_publish(&self, reason: Option<KeepReason>) -> Result<(), AppError> {
        self.refuse_to_save()?;
        refuse(&self.blocks_publishing, "Nothing was published; a draft can be kept until it fits.")?;
        self.ask_why(reason)
    }

    /// Refuses what sessions that are published already may not be changed to.
    pub fn refuse_to_change(&self, reason: Option<KeepReason>) -> Result<(), AppError> {
        refuse(&self.blocks, "Nothing was changed.")?;
        refuse(&self.blocks_publishing, "Nothing was changed.")?;
        self.ask_why(reason)
    }

    /// Whether it may be published, with a reason where something only warns.
    pub fn may_be_published(&self) -> bool {
        self.blocks.is_empty() && self.blocks_publishing.is_empty()
    }

    fn ask_why(&self, reason: Option<KeepReason>) -> Result<(), AppError> {
        match (self.warns.first(), reason) {
            (Some(first), None) => Err(AppError::invalid("reason", format!("{} Choose why it is planned all the same.", first.plain))),
            _ => Ok(()),
        }
    }
}

fn refuse(findings: &[Finding], then: &str) -> Result<(), AppError> {
    let Some(first) = findings.first() else { return Ok(()) };
    let more = match findings.len() {
        1 => String::new(),
        2 => " One more thing does not fit.".to_owned(),
        all => format!(" {} more things do not fit.", all - 1),
    };
    Err(AppError::Conflict(format!("{}{more} {then}", first.plain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(kind: ClashKind) -> Finding {
        Finding {
            kind,
            level: kind.usual_level(),
            person: nobody(),
            is_of_leader: true,
            starts: NaiveDateTime::MIN,
            sentence: "Daniel O. is away on Thursday 22 October.".to_owned(),
            plain: "The supervisor is away on Thursday 22 October.".to_owned(),
        }
    }

    #[test]
    fn what_is_the_same_on_several_dates_is_said_once() {
        let on = |day: &str, words: &str| {
            let starts: NaiveDateTime = format!("{day}T10:00:00").parse().unwrap();
            Finding { starts, sentence: words.replace("{}", &day_and_month(starts.date())), ..finding(ClashKind::OnLeave) }
        };
        let (away, unknown) = ("Daniel O. is away on {}.", "No time lies between it and another session; 15 should.");
        let findings = vec![
            on("2026-10-22", away),
            on("2026-10-29", away),
            on("2026-10-29", unknown),
            on("2026-11-05", away),
            on("2026-11-05", unknown),
        ];
        let told = Verdict { blocks_publishing: findings, ..Verdict::default() }.told();
        assert_eq!(told[0].2, ["Daniel O. is away on Thursday 22 October. The same on 29 October and 5 November.", unknown, unknown,]);
    }

    #[test]
    fn what_blocks_is_refused_and_what_warns_needs_a_reason() {
        let warned = Verdict { warns: vec![finding(ClashKind::Buffer)], ..Verdict::default() };
        assert_eq!(warned.refuse_to_save(), Ok(()));
        let asked = warned.refuse_to_publish(None).unwrap_err();
        assert!(matches!(&asked, AppError::Invalid(problems) if problems.iter().all(|problem| problem.field == "reason")), "{asked:?}");
        assert_eq!(warned.refuse_to_publish(Some(KeepReason::Agreed)), Ok(()));

        let away = Verdict { blocks_publishing: vec![finding(ClashKind::OnLeave), finding(ClashKind::OnLeave)], ..Verdict::default() };
        assert_eq!(away.refuse_to_save(), Ok(()));
        let refused = away.refuse_to_publish(Some(KeepReason::Agreed)).unwrap_err().to_string();
        assert!(refused.starts_with("The supervisor is away") && refused.contains("One more thing"), "{refused}");

        let twice = Verdict { blocks: vec![finding(ClashKind::SupervisorTwice)], ..Verdict::default() };
        assert_eq!(twice.refuse_to_save().unwrap_err().status(), 409);
    }
}
