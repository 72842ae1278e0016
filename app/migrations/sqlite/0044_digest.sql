-- Who wants a digest of which space. A space without a row is in no digest.
CREATE TABLE digest_choice (
    person_id BLOB NOT NULL REFERENCES person (id),
    -- A space, or a supervision group.
    space_id BLOB NOT NULL,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
    -- Up to which moment they were told what was written.
    told_to TEXT NOT NULL,
    due_at TEXT NOT NULL,
    PRIMARY KEY (person_id, space_id)
) STRICT;

CREATE INDEX digest_choice_by_due ON digest_choice (due_at);

-- The links by which whoever holds a digest stops all of theirs without signing in.
CREATE TABLE digest_link (
    token_hash BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL
) STRICT;

CREATE INDEX digest_link_by_person ON digest_link (person_id);
CREATE INDEX digest_link_by_age ON digest_link (made_at);

-- Where a program of mail stops what the message is one of (RFC 8058).
ALTER TABLE message ADD COLUMN stops_at TEXT;
