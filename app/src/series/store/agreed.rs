//! Whether sessions may be planned for a group at all.

/// True where a group has an agreement in force that somebody, who is to lead its sessions, has agreed to; part of a statement.
macro_rules! has_agreed {
    ($group:literal, $person:literal) => {
        concat!(
            "EXISTS (
        SELECT 1
        FROM agreement a
        JOIN agreement_party p ON p.agreement_id = a.id
        WHERE a.group_id = ",
            $group,
            "
            AND a.in_force_at IS NOT NULL
            AND a.ended_at IS NULL
            AND p.person_id = ",
            $person,
            "
            AND p.agreed_at IS NOT NULL
    )"
        )
    };
}
pub(crate) use has_agreed;
