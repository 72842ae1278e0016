-- What keeps supervision from lapsing unseen.

-- A series after which nothing is planned: when those who plan were asked what comes next, and what they decided.
CREATE TABLE renewal (
    series_id BLOB PRIMARY KEY NOT NULL REFERENCES series (id),
    -- Whoever sets the moment writes the messages, so that of several processes one does.
    asked_at TEXT,
    decision TEXT CHECK (decision IN ('later', 'review', 'end')),
    -- The day for which it was decided. Once it has passed and nothing later is planned, the question is open again.
    decided_for TEXT,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    version INTEGER NOT NULL,
    CHECK ((decision IS NULL) = (decided_for IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL)),
    CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT;

-- How many hours before a session somebody is reminded of it, twice at most; nought is never. Whoever has not chosen has no row.
CREATE TABLE reminder_choice (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    first_hours INTEGER NOT NULL CHECK (first_hours >= 0),
    second_hours INTEGER NOT NULL CHECK (second_hours >= 0)
) STRICT;

-- That everybody was reminded of a session who wanted to be, so many hours before. The beginning is part of the key: a session that moves is
-- reminded of anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE reminder (
    session_id BLOB NOT NULL REFERENCES session (id),
    hours_before INTEGER NOT NULL,
    starts_at TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (session_id, hours_before, starts_at)
) STRICT;

CREATE INDEX reminder_by_beginning ON reminder (starts_at);
