//! The parts of a recurrence rule, each at most once.

use super::RruleProblem;

/// The values of a rule as they stand, before anything is understood of them.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) frequency: Option<&'a str>,
    pub(super) interval: Option<&'a str>,
    pub(super) days: Option<&'a str>,
    pub(super) position: Option<&'a str>,
    pub(super) count: Option<&'a str>,
    pub(super) until: Option<&'a str>,
    /// The first day of the week makes no difference to a series on one weekday, so it is read and let go.
    week_start: Option<&'a str>,
}

/// A rule of a series takes some sixty characters.
const LONGEST: usize = 500;

impl<'a> Parts<'a> {
    /// Takes a rule apart. The name of the property may stand in front of it, once.
    pub(super) fn of(text: &'a str) -> Result<Self, RruleProblem> {
        if text.len() > LONGEST {
            return Err(RruleProblem::TooLong);
        }
        let text = text.trim();
        let text = text.strip_prefix("RRULE:").unwrap_or(text);
        let mut parts = Self::default();
        for part in text.split(';') {
            parts.take(part)?;
        }
        if parts.count.is_some() && parts.until.is_some() {
            return Err(RruleProblem::CountAndUntil);
        }
        Ok(parts)
    }

    fn take(&mut self, part: &'a str) -> Result<(), RruleProblem> {
        let Some((name, value)) = part.split_once('=') else {
            return Err(RruleProblem::NotAPart { part: part.to_owned() });
        };
        let (name, place) = match name.to_ascii_uppercase().as_str() {
            "FREQ" => ("FREQ", &mut self.frequency),
            "INTERVAL" => ("INTERVAL", &mut self.interval),
            "BYDAY" => ("BYDAY", &mut self.days),
            "BYSETPOS" => ("BYSETPOS", &mut self.position),
            "COUNT" => ("COUNT", &mut self.count),
            "UNTIL" => ("UNTIL", &mut self.until),
            "WKST" if is_weekday(value) => ("WKST", &mut self.week_start),
            "WKST" => return Err(RruleProblem::Unreadable { name: "WKST", value: value.to_owned() }),
            _ => return Err(RruleProblem::NotSupported { name: name.to_owned() }),
        };
        match place.replace(value) {
            None => Ok(()),
            Some(_) => Err(RruleProblem::Twice { name }),
        }
    }
}

fn is_weekday(value: &str) -> bool {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().any(|code| value.eq_ignore_ascii_case(code))
}
