//! Who belongs to those whom a space is for: the one text that says it of spaces that are no group's.

use chrono::TimeDelta;

/// How long somebody is a new starter.
pub const STARTING: TimeDelta = TimeDelta::days(365);

/// Whether the community is open to somebody at all, in which nobody belongs anywhere before their authority has confirmed that they work there.
macro_rules! is_in_community {
    ($person:literal) => {
        concat!("EXISTS (SELECT 1 FROM person known WHERE known.id = ", $person, " AND ", $crate::people::store::works_there!("known"), ")")
    };
}
pub(crate) use is_in_community;

/// Whether somebody may read a space that is no group's: `$space` is a row of `space`, `$person` who, and `$starters` the moment since when somebody is
/// a new starter.
macro_rules! reads_space {
    ($space:literal, $person:literal, $starters:literal) => {
        concat!(
            "(",
            $crate::belonging::is_in_community!($person),
            "
    AND ",
            $crate::belonging::is_meant_by_space!($space, $person, $starters),
            ")"
        )
    };
}
pub(crate) use reads_space;

/// Whether somebody is one of those for whom a space that is no group's is, whether or not the community is open to them now. With the same values.
macro_rules! is_meant_by_space {
    ($space:literal, $person:literal, $starters:literal) => {
        concat!(
            "(",
            $space,
            ".kind = 'centre'
    OR (",
            $space,
            ".kind = 'region' AND ",
            $space,
            ".subject IN (
        SELECT own_a.region FROM authority own_a JOIN person own ON own.authority_id = own_a.id WHERE own.id = ",
            $person,
            "))
    OR (",
            $space,
            ".kind = 'intervention' AND (
        ",
            $space,
            ".subject IN (SELECT own.intervention FROM registration own WHERE own.person_id = ",
            $person,
            ")
        OR EXISTS (
            SELECT 1 FROM offering own WHERE own.person_id = ",
            $person,
            " AND CAST(own.interventions AS TEXT) LIKE '%\"' || ",
            $space,
            ".subject || '\"%')))
    OR (",
            $space,
            ".kind = 'supervisors' AND EXISTS (
        SELECT 1 FROM person_role own WHERE own.person_id = ",
            $person,
            " AND own.role = 'supervisor'))
    OR (",
            $space,
            ".kind = 'new_starters' AND EXISTS (SELECT 1 FROM person own WHERE own.id = ",
            $person,
            " AND own.created_at > ",
            $starters,
            "))
    OR EXISTS (SELECT 1 FROM space_moderator own WHERE own.space_id = ",
            $space,
            ".id AND own.person_id = ",
            $person,
            "))"
        )
    };
}
pub(crate) use is_meant_by_space;
