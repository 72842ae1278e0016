//! Who belonged to a group on the day of one of its sessions.

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
