//! Who of those waiting for a place at a session of an open clinic can have one.

/// True where whoever waits (`w`) can have a place at the session (`s`): they may still book one, there are terms for it, and they are not to be there
/// otherwise by now; part of a statement.
macro_rules! can_have_place {
    () => {
        "EXISTS (
        SELECT 1
        FROM person p
        JOIN person_role r ON r.person_id = p.id AND r.role = 'practitioner'
        WHERE p.id = w.person_id
            AND p.standing = 'registered'
    )
    AND EXISTS (SELECT 1 FROM agreement f WHERE f.group_id = s.group_id AND f.in_force_at IS NOT NULL AND f.ended_at IS NULL)
    AND s.supervisor_id <> w.person_id
    AND NOT EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = w.person_id)
    AND NOT EXISTS (SELECT 1 FROM supervision_group l WHERE l.id = s.group_id AND l.supervisor_id = w.person_id)"
    };
}
pub(crate) use can_have_place;
