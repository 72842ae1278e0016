//! A round in the order of its file, with the sets that a board asks for.

use std::collections::BTreeMap;

use crate::board::{BoardError, Group, Meeting, When};
use crate::compile::{HALF_HOUR, STARTS, STARTS_A_DAY, free_starts};
use crate::ids::{BitTable, HalfHour, Position, PractitionerRow, SupervisorRow, Table};
use crate::instance::{Instance, Practitioner, Rules, StreamRules, Supervisor, Window};

#[derive(Clone, Debug)]
pub struct Round {
    pub rules: Rules,
    pub supervisors: Table<SupervisorRow, Supervisor>,
    pub practitioners: Table<PractitionerRow, Practitioner>,
    /// The half hours at which each has a whole session free.
    pub hours: BitTable<SupervisorRow, HalfHour>,
    pub free: BitTable<PractitionerRow, HalfHour>,
    pub preferred: BitTable<PractitionerRow, HalfHour>,
    foes: Table<PractitionerRow, Vec<PractitionerRow>>,
    barred: Table<SupervisorRow, Vec<PractitionerRow>>,
    supervisor_rows: BTreeMap<String, SupervisorRow>,
    practitioner_rows: BTreeMap<String, PractitionerRow>,
}

impl Round {
    pub fn of(instance: Instance) -> Self {
        let session = instance.rules.session_minutes;
        let mut round = Self {
            hours: starts_of(instance.supervisors.iter().map(|one| &one.availability), session),
            free: starts_of(instance.practitioners.iter().map(|one| &one.availability), session),
            preferred: starts_of(instance.practitioners.iter().map(|one| &one.preferred), session),
            foes: Table::filled(instance.practitioners.len(), Vec::new()),
            barred: Table::filled(instance.supervisors.len(), Vec::new()),
            supervisor_rows: rows(instance.supervisors.iter().map(|one| &one.id)),
            practitioner_rows: rows(instance.practitioners.iter().map(|one| &one.id)),
            rules: instance.rules,
            supervisors: instance.supervisors.into_iter().collect(),
            practitioners: instance.practitioners.into_iter().collect(),
        };
        for (one, other) in instance.conflicts.iter().filter(|(one, other)| one != other) {
            round.keep_apart(one, other);
            round.keep_apart(other, one);
        }
        round
    }

    fn keep_apart(&mut self, one: &str, other: &str) {
        let Some(foe) = self.practitioner_rows.get(other).copied() else { return };
        if let Some(row) = self.practitioner_rows.get(one) {
            self.foes[*row].push(foe);
        } else if let Some(row) = self.supervisor_rows.get(one) {
            self.barred[*row].push(foe);
        }
    }

    pub fn practitioner(&self, id: &str) -> Result<PractitionerRow, BoardError> {
        self.practitioner_rows.get(id).copied().ok_or_else(|| BoardError::UnknownPractitioner(id.to_owned()))
    }

    /// A supervisor by their id.
    pub fn supervisor(&self, id: &str) -> Option<&Supervisor> {
        self.supervisor_rows.get(id).map(|row| &self.supervisors[*row])
    }

    /// A group of nobody.
    pub fn group(&self, meeting: Meeting) -> Result<Group, BoardError> {
        let supervisor = self.supervisor_rows.get(&meeting.supervisor).copied();
        let supervisor = supervisor.ok_or_else(|| BoardError::UnknownSupervisor(meeting.supervisor.clone()))?;
        if !self.rules.streams.contains_key(&meeting.stream) {
            return Err(BoardError::UnknownStream(meeting.stream));
        }
        Ok(Group { supervisor, meeting, members: Vec::new() })
    }

    /// The sizes of a stream. Of one that the rules do not name there are no groups.
    pub fn sizes(&self, stream: &str) -> StreamRules {
        self.rules.streams.get(stream).copied().unwrap_or(StreamRules { min: 1, max: 0, target_min: 0, target_max: 0 })
    }

    pub fn are_foes(&self, one: PractitionerRow, other: PractitionerRow) -> bool {
        self.foes[one].contains(&other)
    }

    pub fn is_barred(&self, practitioner: PractitionerRow, supervisor: SupervisorRow) -> bool {
        self.barred[supervisor].contains(&practitioner)
    }
}

impl When {
    /// The half hour of the cycle; `None` where no session can begin.
    pub(super) fn half_hour(self) -> Option<HalfHour> {
        let is_in_the_cycle =
            (0..2).contains(&self.week) && (0..7).contains(&self.day) && (0..STARTS_A_DAY * HALF_HOUR).contains(&self.start);
        if !is_in_the_cycle || self.start % HALF_HOUR != 0 {
            return None;
        }
        usize::try_from((self.week * 7 + self.day) * STARTS_A_DAY + self.start / HALF_HOUR).ok().map(HalfHour::nth)
    }

    pub(super) fn of(half_hour: HalfHour) -> Self {
        let position = i64::try_from(half_hour.at()).unwrap_or(0);
        let (day, start) = (position / STARTS_A_DAY, position % STARTS_A_DAY);
        Self { week: day / 7, day: day % 7, start: start * HALF_HOUR }
    }
}

fn rows<'a, R: Position>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<String, R> {
    ids.enumerate().map(|(row, id)| (id.clone(), R::nth(row))).collect()
}

fn starts_of<'a, R: Position>(windows: impl ExactSizeIterator<Item = &'a Vec<Window>>, session: i64) -> BitTable<R, HalfHour> {
    let mut starts = BitTable::new(windows.len(), STARTS);
    for (row, windows) in windows.enumerate() {
        for start in free_starts(windows, session) {
            starts.set(R::nth(row), HalfHour::nth(start));
        }
    }
    starts
}
