//! Whether the one who led a session can still mark it.

/// True where the leader `p` of a session can sign in and is a supervisor; part of a statement.
macro_rules! is_leader_there {
    () => {
        "(p.standing = 'registered' AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'supervisor'))"
    };
}
pub(crate) use is_leader_there;
