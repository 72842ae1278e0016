//! Who may read which space: the one text that says it, where it is a group's; of the others `belonging` says it.

/// The spaces that somebody may read, as a statement: `$person` is who, and `$starters` the moment since when somebody is a new starter. It stands for a
/// table with the columns `id, slug, name, about, kind`, which is empty before the authority of whoever it is has confirmed that they work there. Whatever
/// can be read of the community is joined with it. Nothing else opens the space of a group: neither a role nor a permission stands here. Supervision of
/// one person has none, since that would be messages between two.
///
/// Groups are found by whoever leads them and by who belongs to them, so that what a reader opens costs the same however many groups there are.
macro_rules! readable {
    ($person:literal, $starters:literal) => {
        concat!(
            $crate::spaces::store::readable_but_groups!($person, $starters),
            "
UNION ALL
SELECT sg.id, 'group-' || sg.slug, sg.name, '', 'group'
FROM supervision_group sg
WHERE sg.id IN (
        SELECT led.id FROM supervision_group led WHERE led.supervisor_id = ",
            $person,
            "
        UNION
        SELECT own.group_id FROM membership own WHERE own.person_id = ",
            $person,
            " AND own.left_on IS NULL)
    AND sg.kind NOT IN ('one_to_one', 'vig', 'open_clinic')
    AND sg.ended_at IS NULL
    AND ",
            $crate::belonging::is_in_community!($person)
        )
    };
}
pub(crate) use readable;

/// The same without the spaces of groups: half the work where a space cannot be a group's.
macro_rules! readable_but_groups {
    ($person:literal, $starters:literal) => {
        concat!(
            "\
SELECT sp.id, sp.slug, sp.name, sp.about, sp.kind
FROM space sp
WHERE ",
            $crate::belonging::reads_space!("sp", $person, $starters)
        )
    };
}
pub(crate) use readable_but_groups;

/// What the part of the address begins with that the space of a group has, and no other.
pub const OF_GROUP: &str = "group-";

/// Whether somebody is still where they wrote: registered, and of a group still a member or its supervisor. `$person` is a row of `person`, `$space` and
/// `$kind` the space's id and kind. Whoever is not is a former member, whom nothing names.
macro_rules! is_here {
    ($person:literal, $space:literal, $kind:literal) => {
        concat!(
            $person,
            ".standing = 'registered' AND (",
            $kind,
            " <> 'group'
    OR EXISTS (SELECT 1 FROM membership here WHERE here.person_id = ",
            $person,
            ".id AND here.group_id = ",
            $space,
            " AND here.left_on IS NULL)
    OR EXISTS (SELECT 1 FROM supervision_group here WHERE here.id = ",
            $space,
            " AND here.supervisor_id = ",
            $person,
            ".id))"
        )
    };
}
pub(crate) use is_here;

/// Whether somebody may still post where they wrote: registered, and a reader of the space at this moment. `$person` is who, `$space` the space's id, and
/// `$starters` the moment since when somebody is a new starter.
macro_rules! may_still_post {
    ($person:literal, $space:literal, $starters:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM person still WHERE still.id = ",
            $person,
            " AND still.standing = 'registered')
    AND EXISTS (SELECT 1 FROM (",
            $crate::spaces::store::readable!($person, $starters),
            ") still_r WHERE still_r.id = ",
            $space,
            "))"
        )
    };
}
pub(crate) use may_still_post;

/// What a statement shows of whoever wrote something: `$of` is a row of `post` or `thread`, and the rows of `person` and `authority` are called `w` and
/// `wa`, and are absent of a former member and of whoever wrote without their name.
macro_rules! author_columns {
    ($of:literal) => {
        concat!(
            $of,
            ".author_id IS NULL AS is_unnamed, \
w.code, w.title, w.given_name, w.family_name, w.profession, wa.name AS authority,
    EXISTS (SELECT 1 FROM person_role sup WHERE sup.person_id = w.id AND sup.role = 'supervisor') AS is_supervisor"
        )
    };
}
pub(crate) use author_columns;
