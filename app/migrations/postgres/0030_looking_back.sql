-- What was changed about a published session, as it stood before and after. The session's own row says how it is; this is kept, so that whoever reads
-- the session can read how it came to be so.
CREATE TABLE session_change (
    id UUID PRIMARY KEY NOT NULL,
    session_id UUID NOT NULL REFERENCES session (id),
    changed_at TIMESTAMPTZ NOT NULL,
    -- Whether it was cancelled by it, or is held again; how else it changed follows from the columns below.
    what TEXT NOT NULL CHECK (what IN ('changed', 'cancelled', 'restored')),
    starts_before TIMESTAMP NOT NULL,
    starts_after TIMESTAMP NOT NULL,
    length_before BIGINT NOT NULL CHECK (length_before > 0),
    length_after BIGINT NOT NULL CHECK (length_after > 0),
    -- Whether somebody else leads it since, whether it is held elsewhere, and whether it is called otherwise.
    is_led_by_another BOOLEAN NOT NULL,
    is_elsewhere BOOLEAN NOT NULL,
    is_renamed BOOLEAN NOT NULL
);

CREATE INDEX session_change_by_session ON session_change (session_id, changed_at);

-- What walking the audit log found when it was last walked; nobody waits for that on a page. One row, which whoever walks it takes first.
CREATE TABLE audit_check (
    only_row BIGINT PRIMARY KEY NOT NULL CHECK (only_row = 1),
    begun_at TIMESTAMPTZ NOT NULL,
    -- Empty until a walk has come to its end.
    checked_at TIMESTAMPTZ,
    -- How many entries there were; the first that does not follow from the one before, and why, where there is one.
    entries BIGINT,
    broken_at BIGINT,
    fault TEXT
);

-- The log is read by the kind of thing and by the day.
CREATE INDEX audit_entry_by_kind ON audit_entry (subject, sequence);
CREATE INDEX audit_entry_by_time ON audit_entry (written_at);
