-- People from a spreadsheet: the file as it was brought, until it is taken, given up, or a day old.
CREATE TABLE people_import (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    brought_by BLOB NOT NULL REFERENCES person (id),
    brought_at TEXT NOT NULL,
    -- The cells; once it was taken, those of the rows that were left.
    sheet TEXT NOT NULL,
    taken_at TEXT,
    taken_back_at TEXT,
    CHECK (taken_back_at IS NULL OR taken_at IS NOT NULL)
) STRICT;

CREATE INDEX people_import_by_person ON people_import (brought_by, brought_at);

-- Whoever was added or changed, with what it takes to take that back within a day: the versions that were stored then, and who they were before.
CREATE TABLE people_import_line (
    import_id BLOB NOT NULL REFERENCES people_import (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,
    -- Empty where they were added.
    was TEXT,
    has_answers INTEGER NOT NULL CHECK (has_answers IN (0, 1)),
    has_offering INTEGER NOT NULL CHECK (has_offering IN (0, 1)),
    PRIMARY KEY (import_id, person_id)
) STRICT;

CREATE INDEX people_import_line_of_person ON people_import_line (person_id);
