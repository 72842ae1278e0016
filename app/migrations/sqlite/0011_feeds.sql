-- The link by which somebody's own calendar program fetches their sessions. One at a time: another takes its place, and the one before is over.
CREATE TABLE calendar_feed (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    -- As SHA-256, so that whoever reads the table cannot use it.
    secret_hash BLOB NOT NULL UNIQUE,
    -- Titles are neutral unless the owner asked for the group's name.
    titles TEXT NOT NULL CHECK (titles IN ('neutral', 'group')),
    -- How long before a session the device says so; empty where it does not.
    alarm_minutes INTEGER CHECK (alarm_minutes BETWEEN 1 AND 10080),
    made_at TEXT NOT NULL
) STRICT;

-- An invitation that travels with a message. It names neither sender nor recipient until it is sent.
ALTER TABLE message ADD COLUMN calendar TEXT;
