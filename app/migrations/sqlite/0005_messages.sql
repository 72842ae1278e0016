-- Messages waiting to be sent, written in the same transaction as what they tell of.
CREATE TABLE message (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- The address at the time of writing: a corrected address gets a new message.
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- When to try next; a process that takes a message moves this on, so that no other process takes it as well.
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at TEXT,
    given_up_at TEXT
) STRICT;

CREATE INDEX message_waiting ON message (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX message_by_person ON message (person_id, created_at);
