-- People from a spreadsheet: the file as it was brought, until it is taken, given up, or a day old.
CREATE TABLE people_import (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    brought_by UUID NOT NULL REFERENCES person (id),
    brought_at TIMESTAMPTZ NOT NULL,
    -- The cells; once it was taken, those of the rows that were left.
    sheet JSONB NOT NULL,
    taken_at TIMESTAMPTZ,
    taken_back_at TIMESTAMPTZ,
    CHECK (taken_back_at IS NULL OR taken_at IS NOT NULL)
);

CREATE INDEX people_import_by_person ON people_import (brought_by, brought_at);

-- Whoever was added or changed, with what it takes to take that back within a day: the versions that were stored then, and who they were before.
CREATE TABLE people_import_line (
    import_id UUID NOT NULL REFERENCES people_import (id),
    person_id UUID NOT NULL REFERENCES person (id),
    version BIGINT NOT NULL,
    -- Empty where they were added.
    was JSONB,
    has_answers BOOLEAN NOT NULL,
    has_offering BOOLEAN NOT NULL,
    PRIMARY KEY (import_id, person_id)
);

CREATE INDEX people_import_line_of_person ON people_import_line (person_id);
