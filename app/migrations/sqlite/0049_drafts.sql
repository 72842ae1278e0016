-- How often what somebody has begun to write was kept, by which a window that was left open is known.
ALTER TABLE post_draft ADD COLUMN kept INTEGER NOT NULL DEFAULT 1;

-- What somebody has begun to write in their reflective log and not kept yet, a new entry or a change of one. Sealed as entries are.
CREATE TABLE reflection_draft (
    person_id BLOB NOT NULL REFERENCES person (id),
    -- The entry's part of the address, which a new one has before it is kept.
    code TEXT NOT NULL,
    -- The session's part of the address; may be empty.
    session TEXT NOT NULL,
    -- The version of the entry that was changed; 0 of a new one.
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    key_mark TEXT NOT NULL,
    sealed BLOB NOT NULL,
    kept INTEGER NOT NULL,
    PRIMARY KEY (person_id, code)
) STRICT;

CREATE INDEX reflection_draft_by_key ON reflection_draft (key_mark);
