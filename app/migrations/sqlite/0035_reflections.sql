-- The reflective log: what somebody writes for themselves. Title and text are sealed with a key that is kept apart from the database, for this row and
-- this person, so that they open nowhere else.
CREATE TABLE reflection (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES person (id),
    session_id BLOB REFERENCES session (id),
    written_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    -- By which the key is known that opens it.
    key_mark TEXT NOT NULL,
    sealed BLOB NOT NULL,
    version INTEGER NOT NULL,
    removed_at TEXT,
    -- With which supervisor it is shared; whether they may read it follows from who supervises whom at that moment.
    shared_with BLOB REFERENCES person (id),
    shared_at TEXT,
    opened_at TEXT,
    CHECK ((shared_with IS NULL) = (shared_at IS NULL)),
    CHECK (opened_at IS NULL OR shared_at IS NOT NULL),
    CHECK (removed_at IS NULL OR shared_at IS NULL)
) STRICT;

CREATE INDEX reflection_by_person ON reflection (person_id, written_at);
CREATE INDEX reflection_by_session ON reflection (session_id);
CREATE INDEX reflection_by_reader ON reflection (shared_with);
CREATE INDEX reflection_by_key ON reflection (key_mark);
CREATE INDEX reflection_by_removal ON reflection (removed_at);
