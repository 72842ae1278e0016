-- What was done, by whom, to what. Append-only: each entry carries the hash of the one before.
CREATE TABLE audit_entry (
    sequence INTEGER PRIMARY KEY NOT NULL,
    written_at TEXT NOT NULL,
    -- Empty where the system itself acted; the reason then stands in the detail.
    actor_id BLOB,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id BLOB,
    detail TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, sequence);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id, sequence);

-- One row: the end of the chain. Updating it is what puts two writers in order, on both databases.
CREATE TABLE audit_end (
    only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

INSERT INTO audit_end (only_row, sequence, hash) VALUES (1, 0, x'0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'an audit entry is never changed');
END;

CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'an audit entry is never removed');
END;
