//! Sessions that were not handed over with their group, and those that were held before it was.

/// Whether the session `s` of the group `g` stayed with whoever led the group before, as a condition of a statement: while they lead it still, and do not
/// lead the group again.
macro_rules! has_stayed {
    () => {
        "(s.stayed_with IS NOT NULL AND s.stayed_with = s.supervisor_id AND s.stayed_with <> g.supervisor_id)"
    };
}
pub(crate) use has_stayed;

/// Whose group it was when the session `s` of the group `g` was held, as a term of a statement.
macro_rules! whose_group {
    () => {
        "COALESCE(s.group_was_of, g.supervisor_id)"
    };
}
pub(crate) use whose_group;
