//! Who belonged to a session: the members of its group on that day, and whoever has booked a place at it.

/// Whether the membership `m` held on the day of the session `s`, as a condition of a statement: from the day on which somebody joined
/// until the day before the one on which they no longer belong.
///
/// Whoever comes later does not read what was before, and whoever has left keeps what they were at. It stands here alone, so that no two
/// pages can disagree about it.
macro_rules! is_member_on_the_day {
    () => {
        "m.joined_on <= s.starts_local AND (m.left_on IS NULL OR m.left_on > s.starts_local)"
    };
}
pub(crate) use is_member_on_the_day;

/// Whether somebody is one of those whom the session `s` is for, as a condition of a statement: a member on the day, or whoever has booked.
macro_rules! is_at_session {
    ($person:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM membership m WHERE m.group_id = s.group_id AND m.person_id = ",
            $person,
            " AND ",
            $crate::groups::store::is_member_on_the_day!(),
            ") OR EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id AND b.person_id = ",
            $person,
            "))"
        )
    };
}
pub(crate) use is_at_session;

/// The people (`person_id`) whom the session `$1` is for, as a statement.
macro_rules! people_of_session {
    () => {
        concat!(
            "\
SELECT m.person_id
FROM session s
JOIN membership m ON m.group_id = s.group_id
WHERE s.id = $1
    AND ",
            $crate::groups::store::is_member_on_the_day!(),
            "
UNION
SELECT b.person_id
FROM booking b
WHERE b.session_id = $1"
        )
    };
}
pub(crate) use people_of_session;

/// The people (`person_id`) who come to the session `$1`, as a statement: of those whom it is for, all but whoever gave their place back so late that it
/// stands on their record.
macro_rules! coming_to_session {
    () => {
        concat!($crate::groups::store::people_of_session!(), "\n    AND b.place IS NOT NULL")
    };
}
pub(crate) use coming_to_session;
