//! Who is still asked.

/// Whether the person `p`, asked as `w` in the poll `q`, may still answer, as a condition of a statement: their links were not taken back,
/// they may come in, and where the poll is for a group, they are still in it or lead it.
macro_rules! is_still_asked {
    () => {
        "w.revoked_at IS NULL
    AND p.standing IN ('invited', 'registered')
    AND (
        q.group_id IS NULL
        OR EXISTS (SELECT 1 FROM supervision_group g WHERE g.id = q.group_id AND g.supervisor_id = w.person_id)
        OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = q.group_id AND m.person_id = w.person_id AND m.left_on IS NULL)
    )"
    };
}
pub(super) use is_still_asked;
