-- A session that stayed with whoever led its group when the group was handed over, since the new supervisor could not: it needs cover for as long as
-- that person leads it.
ALTER TABLE session ADD COLUMN stayed_with BLOB REFERENCES person (id);

CREATE INDEX session_stayed ON session (stayed_with, starts_at) WHERE stayed_with IS NOT NULL;

-- SQLite changes no constraint of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE leave_before AS SELECT * FROM leave;
DROP TABLE leave;

-- Days away, the first and the last included. Why is one of a list, never free text, which could hold what belongs to somebody's health. That somebody is
-- ill is for themselves and for those who arrange cover, and for nobody else.
CREATE TABLE leave (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'training', 'ill', 'other')),
    CHECK (ends_on >= starts_on)
) STRICT;

CREATE INDEX leave_by_person ON leave (person_id, ends_on);

INSERT INTO leave (id, person_id, starts_on, ends_on, kind)
SELECT id, person_id, starts_on, ends_on, kind
FROM leave_before;
DROP TABLE leave_before;
