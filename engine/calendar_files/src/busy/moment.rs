//! Moments and lengths of time, as other calendars write them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// When an entry begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) local: NaiveDateTime,
    pub(super) zone: Tz,
    /// Whether it is a whole day.
    pub(super) is_day: bool,
}

impl Moment {
    /// `20261022`, `20261022T100000` or `20261022T090000Z`. A time without a zone is one of the United Kingdom, where those are who use this.
    pub(super) fn of(text: &str, zone: Tz) -> Option<Self> {
        let text = text.trim();
        let moment = if text.len() == 8 {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
            Self { local: day.and_time(NaiveTime::MIN), zone, is_day: true }
        } else {
            let (text, zone) = text.strip_suffix('Z').map_or((text, zone), |text| (text, Tz::UTC));
            Self { local: NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?, zone, is_day: false }
        };
        // Far from both ends of what can be reckoned with, so that nothing can be added up to beyond them.
        (1900..=2200).contains(&moment.local.year()).then_some(moment)
    }

    /// The instant. A time that the clocks leave out is read as if they had not gone forward yet, one that they show twice as the first.
    pub(super) fn at(self) -> DateTime<Utc> {
        let earliest = |local: NaiveDateTime| self.zone.from_local_datetime(&local).earliest().map(|at| at.to_utc());
        let an_hour = TimeDelta::hours(1);
        earliest(self.local).or_else(|| earliest(self.local - an_hour).map(|at| at + an_hour)).unwrap_or_else(|| self.local.and_utc())
    }
}

/// A zone by the name that most programs give it, with or without what some put before it, or by the one that Microsoft's do. The zone of a
/// name that nobody knows cannot be told.
pub(super) fn zone_of(name: &str) -> Option<Tz> {
    let name = name.trim();
    let by_end =
        || name.rsplit('/').nth(1).and_then(|region| name.get(name.rfind(&format!("{region}/"))?..)).and_then(|end| end.parse().ok());
    let by_windows = || WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)).map(|(_, zone)| *zone);
    name.parse().ok().or_else(by_windows).or_else(by_end)
}

/// The names that Microsoft's calendars write, for the places from which people in the United Kingdom are invited most.
const WINDOWS: [(&str, Tz); 27] = [
    ("GMT Standard Time", Tz::Europe__London),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik),
    ("UTC", Tz::UTC),
    ("Coordinated Universal Time", Tz::UTC),
    ("tzone://Microsoft/Utc", Tz::UTC),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("Romance Standard Time", Tz::Europe__Paris),
    ("Central Europe Standard Time", Tz::Europe__Budapest),
    ("Central European Standard Time", Tz::Europe__Warsaw),
    ("E. Europe Standard Time", Tz::Europe__Chisinau),
    ("FLE Standard Time", Tz::Europe__Kyiv),
    ("GTB Standard Time", Tz::Europe__Bucharest),
    ("Turkey Standard Time", Tz::Europe__Istanbul),
    ("Russian Standard Time", Tz::Europe__Moscow),
    ("Israel Standard Time", Tz::Asia__Jerusalem),
    ("South Africa Standard Time", Tz::Africa__Johannesburg),
    ("Arabian Standard Time", Tz::Asia__Dubai),
    ("India Standard Time", Tz::Asia__Kolkata),
    ("China Standard Time", Tz::Asia__Shanghai),
    ("Singapore Standard Time", Tz::Asia__Singapore),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("AUS Eastern Standard Time", Tz::Australia__Sydney),
    ("New Zealand Standard Time", Tz::Pacific__Auckland),
    ("Eastern Standard Time", Tz::America__New_York),
    ("Central Standard Time", Tz::America__Chicago),
    ("Mountain Standard Time", Tz::America__Denver),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
];

/// `P1W`, `P1DT2H`, `PT1H30M`.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let (mut seconds, mut number) = (0_i64, 0_i64);
    for character in text.chars() {
        if let Some(digit) = character.to_digit(10) {
            number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
            continue;
        }
        let unit = match character {
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            'T' => 0,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    TimeDelta::try_seconds(seconds)
}

/// `19971015T050000Z/PT8H30M`, or with the end as an instant.
pub(super) fn period(text: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (starts, ends) = text.split_once('/')?;
    let starts = Moment::of(starts, Tz::UTC)?.at();
    let ends = match Moment::of(ends, Tz::UTC) {
        Some(ends) => ends.at(),
        None => starts.checked_add_signed(duration(ends)?)?,
    };
    (ends >= starts).then_some((starts, ends))
}
