-- A calendar elsewhere that says when its owner is busy. Its address is as good as a key to it, and is shown to nobody again.
CREATE TABLE other_calendar (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    address TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'read', 'not_reached', 'refused', 'sent_elsewhere', 'not_a_calendar', 'too_large')),
    -- How many of its entries could not be understood when it was last read in full.
    not_understood INTEGER NOT NULL CHECK (not_understood >= 0),
    -- When it was last read in full.
    read_at TEXT,
    -- When to read it next. A process that takes it moves this on, so that no other process takes it as well.
    due_at TEXT NOT NULL
) STRICT;

CREATE INDEX other_calendar_due ON other_calendar (due_at);

-- When somebody is busy by their other calendar, and nothing else of it. No two stretches of one person touch.
CREATE TABLE busy_block (
    person_id BLOB NOT NULL REFERENCES person (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    PRIMARY KEY (person_id, starts_at),
    CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX busy_block_by_start ON busy_block (starts_at);
CREATE INDEX busy_block_by_end ON busy_block (ends_at);
