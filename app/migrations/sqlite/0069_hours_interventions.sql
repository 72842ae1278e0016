-- Hours had elsewhere can be on any intervention that a group can be on, by the key that registrations and groups have for it; "general" is the work in
-- general, and "other" one that is on no list.

-- SQLite changes no constraint of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE hours_before AS SELECT * FROM hours_elsewhere;
DROP TABLE hours_elsewhere;

-- Hours of supervision that people have had elsewhere, as they log them for themselves. Nobody verifies them, and nobody else reads them.
CREATE TABLE hours_elsewhere (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES person (id),
    held_on TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 600),
    format TEXT NOT NULL CHECK (format IN ('one_to_one', 'pair', 'group', 'vig', 'supervisors', 'reflective', 'open_clinic')),
    intervention TEXT NOT NULL,
    -- With whom, in general words: "line manager, NHS trust".
    supervised_by TEXT NOT NULL,
    logged_at TEXT NOT NULL,
    -- What was removed can be put back for a day, and is then forgotten.
    removed_at TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX hours_elsewhere_by_person ON hours_elsewhere (person_id, held_on);

INSERT INTO hours_elsewhere (id, code, person_id, held_on, minutes, format, intervention, supervised_by, logged_at, removed_at, version)
SELECT id, code, person_id, held_on, minutes, format, intervention, supervised_by, logged_at, removed_at, version
FROM hours_before;
DROP TABLE hours_before;
