-- What was done, by whom, to what. Append-only: each entry carries the hash of the one before.
CREATE TABLE audit_entry (
    sequence BIGINT PRIMARY KEY NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    -- Empty where the system itself acted; the reason then stands in the detail.
    actor_id UUID,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id UUID,
    detail TEXT NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);

CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, sequence);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id, sequence);

-- One row: the end of the chain. Updating it is what puts two writers in order, on both databases.
CREATE TABLE audit_end (
    only_row BIGINT PRIMARY KEY NOT NULL CHECK (only_row = 1),
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

INSERT INTO audit_end (only_row, sequence, hash) VALUES (1, 0, '\x0000000000000000000000000000000000000000000000000000000000000000');

CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an audit entry is never changed and never removed';
END;
$$;

CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
